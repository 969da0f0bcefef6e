"""Fairness gates: their figures against fairlearn and published tables, their verdicts, and what must not change them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import fairlearn.metrics as fl
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as sk

from pytest_genomic_guard.metrics import cells, fairness, names
from pytest_genomic_guard.metrics.nouns import Ask, Cells, Grouping, Rows, Terms, Unusable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from pytest_genomic_guard.metrics.nouns import Assessment

COMPAS = Cells(name="race", labels=("Black", "White"), counts=np.array([[[1511, 284], [1160, 741]], [[1407, 81], [771, 195]]]))
COUNTED = ("selection-rate", "tpr", "fpr", "tnr", "fnr", "ppv", "npv", "accuracy", "balanced-accuracy")


def ask(metric: str, operator: Any = "<=", limit: float = 0.1, recalibrate: float | None = None) -> Ask:
    """Return a bound."""
    return Ask(metric=metric, operator=operator, limit=limit, recalibrate=recalibrate)


def judge(data: Any, *asks: Ask, **terms: Any) -> tuple[Assessment, ...]:
    """Return the assessments of bounds."""
    return fairness.assess(data, Terms(asks=asks, **terms))


def one(data: Any, metric: str, operator: Any = "<=", limit: float = 0.1, **terms: Any) -> Assessment:
    """Return the assessment of one bound."""
    return judge(data, ask(metric, operator, limit), **terms)[0]


def table(counts: Sequence[Sequence[int]], declared: tuple[str, ...] = ()) -> tuple[Cells, ...]:
    """Return cells of groups A, B, C... from counts of true negatives, false positives, false negatives and true positives."""
    labels = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: len(counts)])
    return (Cells(name="group", labels=labels, counts=np.array(counts).reshape(-1, 2, 2), declared=declared),)


def invented(rows: int = 600, groups: int = 4, **more: Any) -> Rows:
    """Return predictions of a model that is alike for all groups."""
    rng = np.random.default_rng()
    codes = rng.integers(0, groups, rows).astype(np.int32)
    y = rng.integers(0, 2, rows).astype(float)
    score = np.clip(rng.normal(0.35 + 0.3 * y, 0.2), 0, 1)
    labels = tuple("ABCDEFGH"[:groups])
    return Rows(
        groupings=(Grouping(name="group", labels=labels, codes=codes),),
        y_true=y,
        y_pred=(score > 0.5).astype(float),
        score=score,
        **more,
    )


def test_compas_as_published() -> None:
    """Counts of high scores alone, by ProPublica."""
    fpr, fnr, rate, ppv = judge((COMPAS,), *(ask(f"{m}.difference") for m in ("fpr", "fnr", "selection-rate", "ppv")))
    assert [round(each.value or 0, 3) for each in (fpr, fnr, rate, ppv)] == [0.104, 0.188, 0.165, 0.016]
    assert [round(group.value or 0, 3) for group in fpr.groups] == [0.158, 0.054]
    assert fnr.verdict == "fail"
    assert fnr.message.startswith("worst pair White - Black: 0.188, from 0.14")
    assert rate.verdict == "fail"
    assert ppv.verdict == "pass"
    assert fpr.n == 1488
    low, high = fpr.interval or (0, 0)
    assert low < 0.104 < high


@pytest.mark.parametrize("metric", COUNTED)
def test_figures_are_fairlearns(metric: str) -> None:
    """Of groups, and of what compares them."""
    data = invented()
    known = {
        "selection-rate": fl.selection_rate,
        "tpr": fl.true_positive_rate,
        "fpr": fl.false_positive_rate,
        "tnr": fl.true_negative_rate,
        "fnr": fl.false_negative_rate,
        "ppv": sk.precision_score,
        "npv": lambda y, p: sk.precision_score(1 - y, 1 - p),
        "accuracy": sk.accuracy_score,
        "balanced-accuracy": sk.balanced_accuracy_score,
    }
    frame = fl.MetricFrame(
        metrics=known[metric], y_true=data.y_true, y_pred=data.y_pred, sensitive_features=data.groupings[0].codes
    )
    asks = [ask(f"{metric}.{each}") for each in ("difference", "ratio", "min", "max")]
    difference, ratio, least, most = judge(data, *asks)
    assert [group.value for group in difference.groups] == pytest.approx(frame.by_group.to_list())
    assert difference.value == pytest.approx(frame.difference("between_groups"))
    assert ratio.value == pytest.approx(frame.ratio("between_groups"))
    assert least.value == pytest.approx(frame.group_min())
    assert most.value == pytest.approx(frame.group_max())
    overall = judge(data, *asks[:2], reference="overall")
    assert overall[0].value == pytest.approx(frame.difference("to_overall"))
    assert overall[1].value == pytest.approx(frame.ratio("to_overall"))


def test_names_for_comparisons_are_fairlearns() -> None:
    """Demographic parity, equal opportunity, equalised odds."""
    data = invented()
    codes = data.groupings[0].codes
    told = {name: one(data, f"{name}.difference").value for name in ("demographic-parity", "equalised-odds", "equal-opportunity")}
    arguments = {"y_true": data.y_true, "y_pred": data.y_pred, "sensitive_features": codes}
    assert told["demographic-parity"] == pytest.approx(fl.demographic_parity_difference(**arguments))
    assert told["equalised-odds"] == pytest.approx(fl.equalized_odds_difference(**arguments))
    assert told["equal-opportunity"] == pytest.approx(fl.equal_opportunity_difference(**arguments))
    assert one(data, "equalized-odds.ratio", ">=").value == pytest.approx(fl.equalized_odds_ratio(**arguments))


def test_weights_are_those_of_scikit_learn() -> None:
    """They change figures, and not how many people there are."""
    weights = np.random.default_rng().gamma(2, 1, 600)
    data = invented(weights=weights)
    codes = data.groupings[0].codes
    for metric, function in {
        "accuracy": sk.accuracy_score,
        "tpr": sk.recall_score,
        "balanced-accuracy": sk.balanced_accuracy_score,
    }.items():
        wanted = [function(data.y_true[codes == g], data.y_pred[codes == g], sample_weight=weights[codes == g]) for g in range(4)]
        found = one(data, f"{metric}.difference")
        assert [group.value for group in found.groups] == pytest.approx(wanted)
        whole = function(data.y_true, data.y_pred, sample_weight=weights)
        to_all = one(data, f"{metric}.difference", reference="overall")
        assert to_all.value == pytest.approx(max(abs(each - whole) for each in wanted))
    plain = one(data.replace(weights=None), "tpr.difference")
    assert [group.n for group in one(data, "tpr.difference").groups] == [group.n for group in plain.groups]


ALL = [
    *(ask(f"{metric}.difference") for metric in (*COUNTED, "equalised-odds", "auc", "brier", "calibration-error")),
    ask("tpr.ratio", ">=", 0.8),
    ask("accuracy.min", ">=", 0.6),
    ask("fpr.max", "<=", 0.4),
    ask("tpr.change", ">=", -0.05),
    ask("auc.change", ">=", -0.05),
]


def told(found: Sequence[Assessment]) -> list[Any]:
    """Return all that assessments say."""
    return [
        (
            a.metric,
            a.value,
            a.interval,
            a.n,
            a.verdict,
            a.message,
            a.method,
            a.needed,
            a.band,
            *tuple((g.group, g.n, g.value, g.interval, g.verdict) for g in a.groups),
        )
        for a in found
    ]


@pytest.mark.parametrize("reference", ["pairs", "rest", "overall", "B"])
@pytest.mark.parametrize("kind", ["plain", "weights", "clusters", "both", "resamples"])
def test_neither_the_order_of_rows_nor_that_of_labels_changes_a_byte(reference: str, kind: str) -> None:
    """Of any metric, with any reference."""
    rng = np.random.default_rng()
    data = invented(300)
    base = np.where(rng.random(300) < 0.1, 1 - data.y_pred, data.y_pred)
    data = data.replace(base_y_pred=base, base_score=np.clip(data.score + rng.normal(0, 0.05, 300), 0, 1))
    if kind in {"weights", "both"}:
        data = data.replace(weights=rng.gamma(2, 1, 300))
    if kind in {"clusters", "both"}:
        data = data.replace(clusters=rng.integers(0, 120, 300).astype(np.int32))
    terms = {"reference": reference, "resamples": 500 if kind == "resamples" else 0}
    first = told(judge(data, *ALL, **terms))
    order = rng.permutation(300)
    moved = {
        name: None if getattr(data, name) is None else getattr(data, name)[order]
        for name in ("y_true", "y_pred", "score", "weights", "clusters", "base_y_pred", "base_score")
    }
    labels = rng.permutation(4)  # the same labels, met in another order
    grouping = data.groupings[0]
    codes = np.argsort(labels)[grouping.codes[order]].astype(np.int32)
    if moved["clusters"] is not None:
        moved["clusters"] = rng.permutation(120).astype(np.int32)[moved["clusters"]]
    other = Rows(groupings=(Grouping(name="group", labels=tuple("ABCD"[at] for at in labels), codes=codes),), **moved)
    assert told(judge(other, *ALL, **terms)) == first


@pytest.mark.parametrize("resamples", [0, 300])
def test_names_of_groups_change_nothing_but_names(resamples: int) -> None:
    """They say which comes first in a list."""
    rng = np.random.default_rng()
    data = invented(400, base_y_pred=rng.integers(0, 2, 400).astype(float), base_score=rng.random(400))
    grouping = data.groupings[0]
    new = rng.permutation(["Z", "Q", "M", "H"]).tolist()
    renamed = data.replace(groupings=(Grouping(name="group", labels=tuple(new), codes=grouping.codes),))
    back = dict(zip(new, "ABCD", strict=True))
    for before, after in zip(judge(data, *ALL, resamples=resamples), judge(renamed, *ALL, resamples=resamples), strict=True):
        assert (before.value, before.interval, before.verdict, before.needed) == (
            after.value,
            after.interval,
            after.verdict,
            after.needed,
        )
        groups = sorted((back[g.group], g.n, g.value, g.interval, g.verdict) for g in after.groups)
        assert groups == [(g.group, g.n, g.value, g.interval, g.verdict) for g in before.groups]
        assert re.sub("[ZQMH]", "?", after.message) == re.sub("[ABCD]", "?", before.message)  # of equals one is named


def test_weights_that_are_all_alike_and_clusters_of_one_person_change_nothing() -> None:
    """To the last bit, and to 1e-9."""
    data = invented(500, base_y_pred=np.random.default_rng().integers(0, 2, 500).astype(float))
    asks = [each for each in ALL if not each.metric.startswith(("auc", "brier", "calibration"))]
    first = told(judge(data, *asks))
    assert told(judge(data.replace(weights=np.full(500, 2.5)), *asks)) == first
    alone = judge(data.replace(clusters=np.random.default_rng().permutation(500).astype(np.int32)), *asks)
    for one, other in zip(judge(data, *asks), alone, strict=True):
        assert one.interval == pytest.approx(other.interval, abs=1e-9)
        assert one.verdict == other.verdict


def test_counts_and_rows_tell_the_same() -> None:
    """Also where the counts come in parts."""
    data = invented()
    asks = [ask(f"{metric}.difference") for metric in COUNTED]
    counted = cells.count(data.groupings, data.y_true, data.y_pred)
    assert told(judge(counted, *asks)) == told(judge(data, *asks))
    half = [
        cells.count(
            [Grouping(name="group", labels=tuple("ABCD"), codes=data.groupings[0].codes[part])],
            data.y_true[part],
            data.y_pred[part],
        )
        for part in (slice(0, 250), slice(250, None))
    ]
    assert told(judge(cells.add(half[::-1]), *asks)) == told(judge(data, *asks))


def test_missing_small_and_undefined_groups_are_listed_and_keep_a_gate_from_passing() -> None:
    """The denominator decides, not the rows; it is not in the message."""
    fair = [[4000, 1000, 1000, 4000]] * 2
    assert one(table(fair), "tpr.difference").verdict == "pass"
    assert one(table(fair, ("A", "B", "X")), "tpr.difference").verdict == "inconclusive"
    small = one(table([*fair, [500, 100, 5, 14]]), "tpr.difference")
    assert (small.verdict, small.needed) == ("inconclusive", 20)
    assert [(g.group, g.n, g.verdict) for g in small.groups] == [
        ("A", 5000, "pass"),
        ("B", 5000, "pass"),
        ("C", 19, "inconclusive"),
    ]
    assert "too small to judge (fewer than 20 positives): C" in small.message
    assert "19" not in small.message
    assert one(table([*fair, [500, 100, 5, 14]]), "fpr.difference").verdict == "pass"  # of negatives there are enough
    none = one(table([*fair, [500, 100, 0, 0]]), "tpr.difference")
    assert none.verdict == "inconclusive"
    assert (none.groups[2].value, none.groups[2].verdict) == (None, "undefined")
    assert "undefined (no positives): C" in none.message


def test_a_proven_failure_stays_one_whoever_is_missing() -> None:
    """Whoever is listed besides."""
    found = one(table([[400, 100, 100, 900], [400, 100, 500, 500], [5, 5, 5, 5]], ("X",)), "tpr.difference")
    assert found.verdict == "fail"
    assert [(group.group, group.verdict) for group in found.groups] == [
        ("A", "fail"),
        ("B", "fail"),
        ("C", "inconclusive"),
        ("X", "undefined"),
    ]


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        ([[50, 50, 50, 50]], "undefined"),  # one group
        ([[50, 50, 0, 0], [50, 50, 0, 0]], "undefined"),  # one class
        ([[0, 0, 0, 0], [0, 0, 0, 0]], "undefined"),  # nobody
        ([[50, 50, 5, 5], [50, 50, 3, 3]], "inconclusive"),
        ([[50, 50, 50, 50], [50, 50, 0, 0]], "undefined"),
        ([[50, 50, 50, 50], [50, 50, 3, 3]], "inconclusive"),
    ],
)
def test_nothing_to_compare_is_no_pass(counts: list[list[int]], verdict: str) -> None:
    """It is undefined, or inconclusive where more people would tell."""
    for reference in ("pairs", "rest", "overall", "A"):
        found = one(table(counts), "tpr.difference", reference=reference)
        assert (found.verdict, found.value, found.interval) == (verdict, None, None)
    assert one(table(counts), "tpr.difference", point=True).verdict == verdict


def reference(counts: Sequence[Sequence[int]], declared: tuple[str, ...] = (), **terms: Any) -> Assessment:
    """Return what is said of groups that are compared with A."""
    return one(table(counts, declared), "tpr.difference", reference="A", **terms)


def test_a_reference_that_is_not_judged_is_compared_with_nobody() -> None:
    """Neither one that is too small, nor one that is missing or undefined: others fail nobody in its place."""
    others = [[100, 0, 400, 100], [100, 0, 100, 400]]  # which are far apart
    why = "the reference cannot be judged, and nothing is compared with it; "
    small = reference([[100, 0, 9, 3], *others])
    assert (small.verdict, small.value, small.needed) == ("inconclusive", None, 20)
    assert small.message == f"{why}too small to judge (fewer than 20 positives): A"
    nobody = reference([[100, 0, 0, 0], *others])
    assert (nobody.verdict, nobody.interval) == ("undefined", None)
    assert nobody.message == f"{why}undefined (no positives): A"
    cells = table([[0, 0, 0, 0], *others])[0]
    gone = one((cells.replace(labels=("B", "C"), counts=cells.counts[1:], declared=("A", "B")),), "tpr.difference", reference="A")
    assert (gone.verdict, gone.value) == ("undefined", None)
    assert gone.message == f"{why}declared and not in the data: A"
    assert [group.verdict for group in gone.groups] == ["undefined"] * 3
    assert reference([[100, 0, 100, 400], *others]).verdict == "fail"
    assert reference([[100, 0, 100, 400]]).message == "there is only one group"


def test_only_a_grouping_that_does_not_know_the_reference_compares_all_pairs() -> None:
    """One that declares it says that it is missing."""
    ancestry = table([[100, 0, 100, 400], [100, 0, 102, 398]], ("A", "B"))[0]
    sex = ancestry.replace(name="sex", labels=("F", "M"), declared=())
    found = one((ancestry, sex), "tpr.difference", reference="A")
    assert "2 pairs" in found.method
    lost = ancestry.replace(labels=("B", "C"))
    found = one((lost, sex), "tpr.difference", reference="A")
    assert (found.verdict, found.groups[-1].verdict) == ("inconclusive", "pass")
    assert found.message.endswith("declared and not in the data: A; nothing to compare with: B, C")


def test_none_of_many_to_none_of_many_is_no_ratio() -> None:
    """Also where points decide: the other rate does not pass in its place."""
    never = table([[100, 0, 50, 50]] * 3)
    for point in (False, True):
        for metric in ("fpr.ratio", "equalised-odds.ratio"):
            found = one(never, metric, ">=", 0.8, point=point)
            assert (found.verdict, [group.verdict for group in found.groups]) == ("inconclusive", ["inconclusive"] * 3)
            assert found.message.endswith("; a comparison of 0 with 0 is undefined")
    some = table([[100, 0, 50, 50], [50, 50, 50, 50], [100, 0, 50, 50]])
    assert one(some, "equalised-odds.ratio", ">=", 0.8, point=True).verdict == "fail"


def test_the_n_of_a_group_is_that_of_the_figure_beside_it() -> None:
    """Of equalised odds, that of the rate in which the worst comparison lies, or of the one that is too small."""
    found = one((COMPAS,), "equalised-odds.difference")
    assert "(tpr)" in found.message
    assert [(group.n, round(group.value or 0, 2)) for group in found.groups] == [(1901, 0.39), (966, 0.2)]
    few = one(table([[400, 100, 100, 400], [400, 100, 300, 200], [400, 100, 6, 12]]), "equalised-odds.difference")
    assert [(group.n, round(group.value or 0, 2)) for group in few.groups] == [(500, 0.8), (500, 0.4), (18, 0.67)]


def test_a_rate_of_zero_has_an_interval_with_a_width() -> None:
    """None of 25 is not none of all."""
    found = one(table([[500, 0, 25, 0], [500, 0, 25, 0]]), "tpr.difference", resamples=500)
    assert found.value == 0
    assert found.interval is not None
    assert found.interval[1] > 0.1
    assert found.verdict == "inconclusive"
    ratio = one(table([[500, 0, 25, 0], [500, 0, 25, 0]]), "tpr.ratio", ">=", 0.8)
    assert (ratio.value, ratio.verdict) == (None, "inconclusive")


def test_everybody_holds_the_group_itself() -> None:
    """So that a difference from all is smaller than that from the rest."""
    counts = [[400, 100, 100, 400], [300, 200, 150, 350], [90, 20, 30, 60]]
    rest, overall = (one(table(counts), "tpr.difference", reference=each) for each in ("rest", "overall"))
    apart = {"A": 0.8 - 410 / 590, "B": 0.7 - 460 / 590, "C": 60 / 90 - 750 / 1000}
    assert rest.message.startswith("worst A against the rest: 0.105")
    assert rest.value == pytest.approx(apart["A"])
    within = {group: (1 - n / 1090) * apart[group] for group, n in {"A": 500, "B": 500, "C": 90}.items()}
    assert overall.message.startswith("worst C against all: 0.076")
    assert overall.value == pytest.approx(-within["C"])
    assert overall.value == max(map(abs, within.values())) == pytest.approx(abs(60 / 90 - 810 / 1090))
    assert (overall.interval or (0, 1))[1] < (rest.interval or (0, 1))[1]


def test_points_decide_where_the_policy_says_so_and_the_message_says_it() -> None:
    """Not otherwise."""
    counts = table([[40, 10, 10, 40], [40, 10, 13, 37]])
    assert one(counts, "tpr.difference").verdict == "inconclusive"
    found = one(counts, "tpr.difference", point=True)
    assert found.verdict == "pass"
    assert "judged by the point estimate alone" in found.message
    assert one(counts, "tpr.difference", limit=0.05, point=True).verdict == "fail"


def test_a_bound_may_have_three_bands() -> None:
    """What is past the first and not past the second is to be recalibrated."""

    def band(gap: int, people: int = 10_000) -> tuple[str, str]:
        counts = table([[people, 0, people // 5, people * 4 // 5], [people, 0, people // 5 + gap, people * 4 // 5 - gap]])
        found = judge(counts, ask("tpr.difference", "<=", 0.05, 0.10))[0]
        return found.verdict, found.band

    assert band(0) == ("pass", "pass")
    assert band(750) == ("fail", "recalibrate")
    assert band(2000) == ("fail", "stop")
    assert band(500) == ("inconclusive", "")


@pytest.mark.parametrize(
    ("metric", "operator", "limit"),
    [
        ("tpr.difference", "<=", 0.1),
        ("tpr.ratio", ">=", 0.8),
        ("tpr.ratio", ">=", 0.5),
        ("tpr.min", ">=", 0.3),
        ("tpr.max", "<=", 0.4),
    ],
)
@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(80, 600), st.floats(0.2, 0.8)), min_size=2, max_size=4), st.floats(0.2, 0.8))
def test_as_many_people_as_are_needed_decide(
    metric: str, operator: str, limit: float, groups: list[tuple[int, float]], rate: float
) -> None:
    """If the figures stay as they are: a third more of each group than is said are enough."""
    right = [(n, round(n * (0.8 * rate + 0.2 * own))) for n, own in groups]

    def judged(times: float) -> Assessment:
        scaled = [(round(n * times), round(hits * times)) for n, hits in right]
        return one(table([[9, 0, n - hits, hits] for n, hits in scaled]), metric, operator, limit)

    found = judged(1)
    if found.verdict == "inconclusive" and found.needed is not None and found.needed < 1_000_000:
        assert found.needed > found.n
        assert judged(4 / 3 * found.needed / found.n).verdict != "inconclusive"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"y_true": (17, np.nan)}, "y_true is not a finite number in row 17"),
        ({"y_pred": (3, np.inf)}, "y_pred is not a finite number in row 3"),
        ({"y_pred": (600, 2.0)}, "y_pred is neither 0 nor 1 in row 600"),
        ({"y_true": (5, 0.5)}, "y_true is neither 0 nor 1 in row 5"),
        ({"weights": (9, -1.0)}, "a weight is negative in row 9"),
        ({"weights": (9, np.nan)}, "a weight is not a finite number in row 9"),
        ({"codes": (8, -1)}, "group has no group in row 8"),
        ({"codes": (8, 4)}, "group has no group in row 8"),
    ],
)
def test_a_value_that_no_figure_can_be_made_of_is_named_by_its_row(change: dict[str, tuple[int, float]], message: str) -> None:
    """Counted from 1, and not quoted."""
    data = invented(weights=np.ones(600))
    for name, (row, value) in change.items():
        column = data.groupings[0].codes if name == "codes" else getattr(data, name)
        column[row - 1] = value
    with pytest.raises(Unusable, match=f"^{message}$"):
        one(data, "tpr.difference")


def test_what_is_not_there_is_named() -> None:
    """Columns, groups, rows, people."""
    data = invented()
    with pytest.raises(Unusable, match=r"^tpr needs y_true$"):
        one(data.replace(y_true=None), "tpr.difference")
    assert one(data.replace(y_true=None), "selection-rate.difference").value is not None
    both = [ask("selection-rate.difference"), ask("tpr.difference")]
    with pytest.raises(Unusable, match=r"^tpr needs y_true$"):
        judge(data.replace(y_true=None), *both)
    with pytest.raises(Unusable, match=r"^auc needs score$"):
        one(data.replace(score=None), "auc.min")
    with pytest.raises(Unusable, match=r"^auc needs rows, and there are counts$"):
        one((COMPAS,), "auc.min")
    with pytest.raises(Unusable, match=r"^tpr needs base_y_pred$"):
        one(data, "tpr.change")
    with pytest.raises(Unusable, match=r"^the reference is no group of the data$"):
        one(data, "tpr.difference", reference="E")
    with pytest.raises(Unusable, match=r"^the reference is no group of the data; did you mean 'AFR'\?$"):
        one(table([[9, 9, 9, 9]] * 2, declared=("AFR", "EUR")), "tpr.difference", reference="AFRO")
    with pytest.raises(Unusable, match=r"^y_pred has 599 rows, and y_true has 600$"):
        one(data.replace(y_pred=data.y_pred[:-1]), "tpr.difference")
    many = Grouping(name="group", labels=tuple(map(str, range(1001))), codes=data.groupings[0].codes)
    with pytest.raises(Unusable, match="1,001 groups"):
        one(data.replace(groupings=(many,)), "tpr.difference")
    with pytest.raises(Unusable, match="no whole number of people in row 2"):
        one(table([[1, 2, 3, 4], [1, 2.5, 3, 4]]), "tpr.difference")  # type: ignore[list-item]


def test_no_rows_are_no_evidence() -> None:
    """Nor are weights of nothing."""
    nothing = np.array([])
    grouping = Grouping(name="group", labels=(), codes=np.array([], np.int32), declared=("A", "B"))
    found = one(Rows(groupings=(grouping,), y_true=nothing, y_pred=nothing), "tpr.difference")
    assert (found.verdict, found.n) == ("undefined", 0)
    assert [group.verdict for group in found.groups] == ["undefined", "undefined"]
    with pytest.raises(Unusable, match=r"^all weights are 0$"):
        one(invented(weights=np.zeros(600)), "tpr.difference")
    with pytest.raises(Unusable, match=r"^there is no metric tpr$"):
        one(invented(), "tpr")
    with pytest.raises(Unusable, match=r"^there is no grouping to compare$"):
        one(Rows(groupings=(), y_true=nothing, y_pred=nothing), "tpr.difference")


def test_a_figure_that_does_not_vary_is_undefined_and_not_said_to_be_of_nobody() -> None:
    """An R2 of a constant."""
    data = invented()
    score = np.where(data.groupings[0].codes == 2, 0.5, data.score)
    found = one(data.replace(score=score), "r2.difference")
    assert found.groups[2].verdict == "undefined"
    assert found.message.endswith("; undefined: C")
    wide = one(data.replace(score=score), "r2.difference", limit=1.0)  # which any two keep
    assert (wide.verdict, [group.verdict for group in wide.groups]) == ("inconclusive", ["pass", "pass", "undefined", "pass"])
    assert one(data, "r2.difference", limit=1.0).verdict == "pass"


def test_several_groupings_are_one_family() -> None:
    """So the intervals are wider than for one of them."""
    data = invented(2000)
    sex = Grouping(name="sex", labels=("F", "M"), codes=np.random.default_rng().integers(0, 2, 2000).astype(np.int32))
    alone = one(data, "tpr.difference")
    both = one(data.replace(groupings=(*data.groupings, sex)), "tpr.difference")
    assert [group.group for group in both.groups] == ["A", "B", "C", "D", "F", "M"]
    assert "7 pairs" in both.method
    assert (both.interval or (0, 0))[1] >= (alone.interval or (0, 0))[1]


def test_an_update_is_compared_on_the_same_people() -> None:
    """What both models judge alike cancels."""
    data = invented(4000)
    same = one(data.replace(base_y_pred=data.y_pred), "tpr.change", ">=", -0.02)
    assert same.value == 0
    low, high = same.interval or (0, 0)
    assert -0.02 < low < 0 < high < 0.02  # of 200 positives whom both judge alike, a few per cent might have been changed
    assert same.verdict == "pass"
    worse = data.y_pred.copy()
    worse[(data.groupings[0].codes == 1) & (data.y_true == 1)] = 0
    found = one(data.replace(y_pred=worse, base_y_pred=data.y_pred), "tpr.change", ">=", -0.02)
    assert found.verdict == "fail"
    assert found.message.startswith("lowest change B: -0.")
    assert [group.verdict for group in found.groups] == ["pass", "fail", "pass", "pass"]


def test_every_key_of_the_table_is_known_and_nothing_else() -> None:
    """With the values that it can have."""
    known = names.keys()
    for key in known:
        assert names.known(key)
        low, high = names.possible(key)
        assert low < high
    assert "bias.ratio" not in known
    assert not names.known("equalised-odds.min")
    assert not names.known("tpr")
    assert names.known("tpr@fpr=0.001", "mia")
    assert not names.known("tpr@fpr=2", "mia")
    assert names.rate("tpr@fpr=x") is None
