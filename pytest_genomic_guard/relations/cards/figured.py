"""Which figures of files belong to a card, and which of the card's they contradict."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_genomic_guard.views.cards.metricfiles import MetricFile
    from pytest_genomic_guard.views.cards.nouns import Card, Metric

    Told = tuple[bytes, Metric]  # path of a file, and a figure of it


def near(path: bytes, files: Iterable[tuple[bytes, MetricFile]], cards: Sequence[tuple[bytes, Card]]) -> list[Told]:
    """Return the figures of the files beside a card, or below it where no other card is nearer."""
    folder = _folder(path)
    others = {_folder(each) for each, card in cards if card.kind != "dataset" and (card.by != "headings" or each == path)}
    found = []
    for where, file in files:
        below = _folder(where).removesuffix(b"/.eval_results").removesuffix(b".eval_results")
        if _nearest(below, others | {folder}) == folder:
            found += [(where, metric) for metric in file.metrics]
    return found


def _folder(path: bytes) -> bytes:
    return path.rpartition(b"/")[0]


def _nearest(folder: bytes, others: set[bytes]) -> bytes | None:
    """Return the folder itself, or the nearest above it, that has a card."""
    while folder not in others:
        if not folder:
            return None
        folder = folder.rpartition(b"/")[0]
    return folder


def contradicted(metrics: Sequence[Metric], near: Sequence[Told]) -> Iterator[tuple[Metric, list[Told]]]:
    """Yield the figures that none of the same metric agrees with, with those; nothing where it is open which are meant."""
    for metric in metrics:
        same = [each for each in near if _about(metric, each[1])]
        if not same or any(agree(metric, other) for _path, other in same):
            continue
        twins = [each for each in metrics if each.metric == metric.metric and each is not metric and not agree(each, metric)]
        if any(not _apart(metric, each, same) for each in twins):
            continue
        values = [other for _path, other in same]
        if all(values[0].value == other.value for other in values[1:]):
            yield metric, same


def _about(metric: Metric, other: Metric) -> bool:
    """Tell whether two figures are of the same metric, and of the same data and split where both tell them."""
    if other.metric and metric.metric != other.metric:
        return False
    if not other.metric and not (metric.data and other.data):
        return False  # of `.eval_results`, which names no metric
    if metric.data and other.data and not _alike(metric.data, other.data):
        return False
    if not metric.split:  # nobody writes figures of training without saying so
        return other.split != "train"
    return other.split in {"", metric.split}


def _alike(one: str, other: str) -> bool:
    return one == other or one in other.split("-") or other in one.split("-") or set(one.split("-")) >= set(other.split("-"))


def _apart(metric: Metric, twin: Metric, same: Sequence[Told]) -> bool:
    """Tell whether it is clear that figures of files are those of one of two of a card: their data, or split, says which."""
    by_data = bool(metric.data) and all(other.data for _path, other in same) and not (twin.data and _alike(metric.data, twin.data))
    return by_data or (
        bool(metric.split) and all(other.split for _path, other in same) and bool(twin.split) and metric.split != twin.split
    )


def agree(one: Metric, other: Metric) -> bool:
    """Tell whether two figures are the same as exactly as the less exact is written, as percentages or fractions."""
    return any(
        abs(one.value * by - other.value) < max(_step(one) * by, _step(other)) * 1.000001
        for by in (1.0, 100.0, 0.01)
        if by == 1.0 or _fractions(one, other, by)
    )


def _fractions(one: Metric, other: Metric, by: float) -> bool:
    """Tell whether one figure can be the fraction of which the other is the percentage."""
    fraction = one if by > 1 else other
    return abs(fraction.value) <= 1 and not fraction.percent


def _step(metric: Metric) -> float:
    """Return the step of the last digit: people round, and cut."""
    return float(10.0 ** -min(max(metric.digits, -9), 12))
