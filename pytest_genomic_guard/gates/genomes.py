"""What files of genotypes and of scores tell of a release, bound by bound.

Imported only where a gate or a command has such files, since it needs numpy. Nothing of a person leaves: a figure is a share or an
area of all, and a count of 1 to `small` genomes is not told.
"""

from __future__ import annotations

import numpy as np

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.evidence import rowtables
from pytest_genomic_guard.gates import genotypefiles
from pytest_genomic_guard.metrics import membership
from pytest_genomic_guard.metrics.genomic import attacks, beacon, figures, relatedness, synthetic
from pytest_genomic_guard.metrics.nouns import Assessment, Column, Grouping, Unusable
from pytest_genomic_guard.metrics.release import KNOWN, OF_GENOMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, Literal

    from pytest_genomic_guard.gates.genotypefiles import People, Source
    from pytest_genomic_guard.metrics.genomic.figures import Figure
    from pytest_genomic_guard.metrics.nouns import Ask, Kind, Terms

    Files = Mapping[str, Source]
    Judged = tuple[Assessment, ...]

_ALIKE = ("duplicates", "kinship")
_HOLDOUT = ("privacy-loss", "nearest-ibs")
_PAIR = ("synthetic", "training")


class Settings(Record):
    """What the policy or the command says beside the files."""

    people: int = 0  # in the pool; 0: as many as there are members
    reference: int = 0  # in an attacker's reference; 0: as many as wanted
    member: str = "member"
    score: str = "score"
    higher_is: Literal["member", "non-member"] = "member"
    match_on: tuple[str, ...] = ()
    ancestry: str = "ancestry"
    mismatch: float = 0.0
    related: float = relatedness.FIRST
    error: float = beacon.ERROR


def settings(people: int, reference: int, options: Mapping[str, Any]) -> Settings:
    """Return the settings of a gate by the keys of the policy."""
    plain = {key.replace("-", "_"): options[key] for key in ("member", "score", "higher-is", "ancestry") if key in options}
    numbers = {key: options[key] for key in ("mismatch", "related") if key in options}
    if "error-rate" in options:
        numbers["error"] = options["error-rate"]
    return Settings(people=people, reference=reference, match_on=tuple(options.get("match-on", ())), **plain, **numbers)


def assess(files: Files, asks: Sequence[Ask], terms: Terms, given: Settings, small: int = 10) -> Judged:
    """Return one assessment for each bound, in order; what cannot be computed is an "error", with the reason."""
    families: dict[str, tuple[Callable[..., Judged], list[Ask]]] = {}
    for ask in asks:
        way = "synthetic" if ask.metric in OF_GENOMES else "scores" if _scored(ask, files) else "attacks"
        families.setdefault(way, (_WAYS[way], []))[1].append(ask)
    found: dict[str, Assessment] = {}
    for _name, (judge, some) in sorted(families.items()):
        share = (1 - terms.confidence) * len(some) / len(asks)
        inner = terms.replace(asks=tuple(some), confidence=1 - share if len(families) > 1 else terms.confidence)
        try:
            judged = judge(files, inner, given, small)
        except Unusable as problem:
            judged = tuple(error(ask.metric, str(problem)) for ask in some)
        found |= {each.metric: each for each in judged}
    return tuple(found[ask.metric] for ask in asks)


def error(metric: str, message: str) -> Assessment:
    """Return what is said of a bound that nothing could be computed for."""
    return Assessment(metric=metric, value=None, interval=None, n=0, verdict="error", message=message)


def _scored(ask: Ask, files: Files) -> bool:
    return "scores" in files and ask.metric not in {"homer-auc", "beacon-power"}


def _need(files: Files, *keys: str) -> None:
    missing = [key for key in keys if key not in files]
    if missing:
        raise Unusable("this needs " + " and ".join(f"'{key}'" for key in missing))


def _of_synthetic(files: Files, terms: Terms, given: Settings, small: int) -> Judged:
    metrics = {ask.metric for ask in terms.asks}
    _need(files, *_PAIR, *(("holdout",) if metrics.intersection(_HOLDOUT) else ()))
    names = [*_PAIR, *(("holdout",) if "holdout" in files else ())]
    read = {key: genotypefiles.people(files[key], key) for key in names}
    genotypefiles.same_variants(**read)
    made: dict[str, Figure] = {}
    if metrics.intersection(_ALIKE):
        alike = relatedness.compare(read["synthetic"].calls, read["training"].calls, mismatch=given.mismatch, related=given.related)
        made |= {"duplicates": relatedness.duplicates(alike), "kinship": relatedness.relatives(alike)}
    if metrics.difference(_ALIKE):
        held = read["holdout"].calls if "holdout" in read else None
        near = synthetic.neighbours(read["synthetic"].calls, read["training"].calls, held)
        made["aats"] = synthetic.aats(near)
        if held is not None:
            made |= {"privacy-loss": synthetic.privacy_loss(near), "nearest-ibs": synthetic.nearest_ibs(near)}
    chance = sum(ask.metric not in _ALIKE for ask in terms.asks)  # a count needs no share of the confidence
    return tuple(figures.assess(made[ask.metric], ask, terms, max(1, chance), small) for ask in terms.asks)


def _of_attacks(files: Files, terms: Terms, given: Settings, small: int) -> Judged:
    _need(files, *KNOWN)
    labels = tuple(dict.fromkeys((*given.match_on, given.ancestry)))
    inside = genotypefiles.people(files["members"], "members", labels)
    others = genotypefiles.people(files["non-members"], "non-members", labels)
    genotypefiles.same_variants(members=inside, non_members=others)
    pool, reference = genotypefiles.frequencies(files["frequencies"])
    size = given.reference
    if "reference" in files:
        reference, counted = genotypefiles.reference(files["reference"])
        size = size or counted
    if reference is None:
        raise Unusable("there are no reference frequencies: the file of 'reference', or a column 'reference' of 'frequencies'")
    released = attacks.Released(
        pool=pool,
        reference=reference,
        people=given.people or len(inside.calls),
        reference_people=size,
        error=given.error,
    )
    return attacks.assess(terms.asks, released, _sides(inside, others, given, labels), terms, small)


def _sides(inside: People, others: People, given: Settings, labels: Sequence[str]) -> attacks.Sides:
    """Return both sides with their labels under one code. Raises Unusable where one side alone has them."""
    columns = {}
    for label in labels:
        both = [each.labels.get(label) for each in (inside, others)]
        if both[0] is not None and both[1] is not None:
            columns[label] = _joined(both[0], both[1])
        elif both != [None, None] or label in given.match_on:
            raise Unusable(f"members and non-members do not both have the labels {label!r}")
    return attacks.Sides(
        members=inside.calls,
        others=others.calls,
        strata=_strata({name: columns[name] for name in given.match_on}),
        covariates=tuple(columns.items()),
        matched=given.match_on,
    )


def _joined(one: Column, other: Column) -> Column:
    labels = tuple(sorted({*one.labels, *other.labels}))
    codes = [np.asarray([labels.index(label) for label in each.labels], np.int32)[each.codes] for each in (one, other)]
    return Column(codes=np.concatenate(codes), labels=labels)


def _strata(columns: Mapping[str, Column]) -> Grouping | None:
    """Return who is compared with whom: people who have all labels in common."""
    if not columns:
        return None
    table = np.stack([column.codes for column in columns.values()], axis=1)
    kinds, codes = np.unique(table, axis=0, return_inverse=True)
    named = list(columns.items())
    labels = tuple(
        " & ".join(f"{name}={column.labels[code]}" for (name, column), code in zip(named, kind, strict=True)) for kind in kinds
    )
    return Grouping(name=" x ".join(columns), labels=labels, codes=codes.reshape(-1).astype(np.int32))


def _of_scores(files: Files, terms: Terms, given: Settings, small: int) -> Judged:
    file, name = files["scores"]
    header = rowtables.header(file, name)
    labels = [*given.match_on, *((given.ancestry,) if given.ancestry in header and given.ancestry not in given.match_on else ())]
    wanted: dict[str, Kind] = {given.member: "truth", given.score: "number", **dict.fromkeys(labels, "label")}
    columns = rowtables.table(file, name, wanted).columns
    audit = membership.Audit(
        scores=columns[given.score].numbers,
        member=columns[given.member].numbers == 1,
        higher_is=given.higher_is,
        strata=_strata({label: columns[label] for label in given.match_on}),
        covariates=tuple((label, columns[label]) for label in labels),
        matched=given.match_on,
        attack="likelihood ratio",
    )
    return attacks.of_scores(terms.asks, audit, terms, small)


_WAYS = {"synthetic": _of_synthetic, "attacks": _of_attacks, "scores": _of_scores}
