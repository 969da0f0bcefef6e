"""The fixtures for gates: what comparisons say, of which tables, what a run shows of people, and what tests record."""

from __future__ import annotations

import math
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent.parent / "doors"))

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from _gate import BAD, GOOD, policy, rows
from _pytest_door import Repo, lines, states, verdict
from junitparser import Error, Failure, JUnitXml, Properties, Skipped, TestCase

from pytest_genomic_guard import _pytest_judged
from pytest_genomic_guard._pytest_gates import Audit, Fairness, Inconclusive, Verdict, within

if TYPE_CHECKING:
    from collections.abc import Mapping

pytest_plugins = ["pytester"]

SAID = _pytest_judged.Settings(inconclusive={"fairness": "warn", "mia": "fail", "release": "fail"}, small=10)
THIN = {"AFR": (70, 7, 12, 18), "EUR": (140, 14, 12, 48)}  # too few to tell
ID = "individual-of-nobody"


@pytest.fixture
def repo(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """Return a repository with tests of its own."""
    made = Repo(pytester, monkeypatch)
    (made.path / "test_mine.py").unlink()
    return made


def columns(counts: Mapping[str, Any] = BAD) -> dict[str, list[Any]]:
    """Return rows as a dict of lists, each person with a name that no output may show."""
    head, *body = [line.split(",") for line in rows(counts).splitlines()]
    found: dict[str, list[Any]] = {name: [line[at] for line in body] for at, name in enumerate(head)}
    for name in ("y_true", "y_pred"):
        found[name] = [int(each) for each in found[name]]
    found["score"] = [float(each) for each in found["score"]]
    return {"id": [f"{ID}-{at}" for at in range(len(body))], **found}


def fair(data: Any = None, counts: Mapping[str, Any] = BAD, folder: Path = Path(), counted: Any = None, **options: Any) -> Fairness:
    """Return what `fairness_gate` gives, of `data`, of rows by their counts, or of a table of counts."""
    data = columns(counts) if data is None and counted is None else data
    options |= {"counts": counted}
    found = _pytest_judged.figures("fairness", str(folder), SAID, data, {"groups": ["ancestry"], **options})
    assert isinstance(found, Fairness)
    return found


def audit(kind: Any = "mia", data: Any = None, folder: Path = Path(), **options: Any) -> Audit:
    """Return what `mia_gate` or `release_gate` gives."""
    found = _pytest_judged.figures(kind, str(folder), SAID, data, options)
    assert isinstance(found, Audit)
    return found


def test_comparisons() -> None:
    """A bound is kept, broken or neither, whichever side the figure stands on."""
    gap = fair().tpr.difference()  # 0.3
    assert gap <= 0.5
    assert not gap <= 0.1
    assert 0.5 >= gap  # noqa: SIM300 - a figure may stand on either side
    assert not 0.1 >= gap  # noqa: SIM300 - a figure may stand on either side
    assert gap >= 0.1
    assert 0.1 <= gap  # noqa: SIM300 - a figure may stand on either side
    assert 0.1 <= gap <= 0.5
    assert not 0.1 <= gap <= 0.2
    assert not 0.4 <= gap <= 0.5
    assert (gap <= 0.5).verdict == "pass"
    assert (gap <= 0.1).verdict == "fail"
    with pytest.raises(Inconclusive):
        bool(gap <= 0.3)


@pytest.mark.parametrize(
    "turned", [lambda v: not v, lambda v: v or True, lambda v: v and False, lambda v: [0][v], lambda v: 0 <= v <= 1]
)
def test_what_nobody_can_tell_stays_so(turned: Any) -> None:
    """Neither not nor and nor or makes a truth of it."""
    with pytest.raises((Inconclusive, TypeError)):
        turned(fair(counts=THIN).tpr.difference() <= 0.2)


def test_refused_comparisons() -> None:
    """What has no interval to stand on is a mistake, and says what to write."""
    found = fair()
    gap = found.tpr.difference()
    for wrong in (
        lambda: gap < 0.1,
        lambda: gap > 0.1,
        lambda: gap == 0.1,
        lambda: gap != 0.1,
        lambda: 0.1 < gap,  # noqa: SIM300 - as above
        lambda: bool(gap),
        lambda: float(gap),
        lambda: gap in [0.1, 0.2],
        lambda: hash(gap),
        lambda: gap <= "0.1",
        lambda: gap <= True,
        lambda: gap <= math.nan,  # noqa: PLW0177 - what is refused
        lambda: gap <= found.fpr.difference(),
        lambda: (gap <= 0.1) == False,  # noqa: E712 - what is refused
        lambda: (gap <= 0.1) is (gap <= 0.1) or hash(gap <= 0.1),
        lambda: found.tpr <= 0.1,
        lambda: bool(found.tpr),
        lambda: found.tpr == 0.1,
    ):
        with pytest.raises(TypeError):
            wrong()


def test_within() -> None:
    """A bound can have a confidence of its own, which makes its interval wider."""
    least = fair().tpr.min()
    narrow, wide = (least >= within(0.5, confidence=level) for level in (0.8, 0.999))
    assert [each.judged.confidence for each in (narrow, wide)] == [0.8, 0.999]
    assert wide.judged.interval[0] < narrow.judged.interval[0]  # type: ignore[index]
    for level in (0.2, 1, 95):
        with pytest.raises(ValueError, match=r"between 0\.5 and 1"):
            within(0.5, confidence=level)


def test_names() -> None:
    """Underscores stand for hyphens, in metrics and options; what there is not gets what was probably meant."""
    found = fair(score="score")
    assert found.selection_rate.difference() <= 0.5
    assert found["selection-rate"].difference() <= 0.5
    assert found.equalised_odds.difference() <= 0.5
    assert found.auc.min() >= 0.5
    with pytest.raises(AttributeError, match="did you mean 'selection_rate'"):
        _ = found.selection_rat
    with pytest.raises(KeyError, match="did you mean 'selection-rate'"):
        _ = found["selection_rate"]
    with pytest.raises(AttributeError, match="difference, ratio"):
        _ = found.tpr.differences
    with pytest.raises(AttributeError, match=r"difference, min, max, change$"):  # a ratio of what can be negative tells nothing
        _ = found.bias.ratio
    with pytest.raises(TypeError, match="did you mean 'min_denominator'"):
        fair(min_denominater=3)
    with pytest.raises(TypeError, match="once"):
        _pytest_judged.figures("fairness", "", SAID, columns(), {"data": columns()})
    with pytest.raises(AttributeError, match="did you mean 'advantage'"):
        _ = audit(scores={}).advantag
    with pytest.raises(ValueError, match="between 0 and 1"):
        audit(scores={}).tpr(fpr=1)


def test_options_are_held_to_the_rules_of_a_policy() -> None:
    """What the policy would refuse is refused, in words that name the fixture and the metric."""
    for options, said in (
        ({"min_denominator": "many"}, "fairness_gate, tpr.difference: "),
        ({"reference": "rset", "declared": {"ancestry": ["AFR", "EUR"]}}, "did you mean 'rest'"),
        ({"declared": {"sex": ["F"]}}, "no column of 'groups'"),
        ({"intersections": 2}, "as many attributes can intersect"),
        ({"decide": "always"}, "fairness_gate"),
        ({"groups": None}, "needs groups"),
    ):
        with pytest.raises(ValueError, match=said):
            bool(fair(**options).tpr.difference() <= 0.1)
    with pytest.raises(ValueError, match="needs 'base'"):
        bool(fair().tpr.change() >= -0.1)
    with pytest.raises(ValueError, match="needs rows, under 'data'"):
        bool(fair(counted={}).auc.min() >= 0.5)
    with pytest.raises(ValueError, match="needs higher-is"):
        bool(audit(data={}).auc <= 0.6)


def test_options() -> None:
    """Keys of the policy are options: what they change is changed."""
    assert fair(reference="EUR").tpr.difference() <= 0.5
    assert fair(declared={"ancestry": ["AFR", "EUR"]}).tpr.difference() <= 0.5
    with pytest.raises(Inconclusive, match="EAS"):
        bool(fair(declared={"ancestry": ["AFR", "EUR", "EAS"]}).tpr.difference() <= 0.5)
    with pytest.raises(Inconclusive):
        bool(fair(min_denominator=301).tpr.difference() <= 0.5)
    assert fair(counts=THIN, decide="point").tpr.difference() <= 0.21
    both = columns()
    better = {**both, "y_pred": both["y_true"]}
    assert fair(better, base=both).tpr.change() >= 0
    assert not fair(both, base=better).tpr.change() >= -0.05
    both["family"] = [at // 4 for at in range(len(both["id"]))]
    assert fair(both, cluster="family").tpr.difference() <= 0.5


def _forms(folder: Path) -> dict[str, Any]:
    """Return the same rows as everything that there is a reader for."""
    plain = columns()
    arrays = {name: np.asarray(values) for name, values in plain.items()}
    (folder / "rows.csv").write_text(rows(BAD))
    np.savez(folder / "rows.npz", **arrays)  # type: ignore[arg-type]
    pq.write_table(pa.table(plain), folder / "rows.parquet")
    pd.DataFrame(plain).to_json(folder / "rows.jsonl", orient="records", lines=True)
    return {
        "dict of lists": plain,
        "dict of arrays": arrays,
        "list of dicts": [dict(zip(plain, row, strict=True)) for row in zip(*plain.values(), strict=True)],
        "pandas": pd.DataFrame(plain),
        "pandas, categories": pd.DataFrame(plain).astype({"ancestry": "category", "y_true": bool}),
        "pandas, another index": pd.DataFrame(plain).set_index("id"),
        "polars": pl.DataFrame(plain),
        "pyarrow": pa.table(plain),
        **{name: name for name in ("rows.csv", "rows.npz", "rows.parquet", "rows.jsonl")},
        "path": folder / "rows.csv",
    }


def test_the_same_figures_of_all_forms(tmp_path: Path) -> None:
    """Tables of all libraries and files of all formats say the same, to the last digit, whatever the order of rows."""
    found = {}
    for name, data in _forms(tmp_path).items():
        figures = fair(data, folder=tmp_path)
        found[name] = [repr(figures.tpr.difference() <= 0.1), repr(figures.auc.min() >= 0.9), repr(figures.brier.max() <= 0.9)]
    first = found.pop("dict of lists")
    assert found == dict.fromkeys(found, first)
    shuffled = columns()
    order = np.random.default_rng().permutation(len(shuffled["id"]))
    assert repr(fair({name: [each[at] for at in order] for name, each in shuffled.items()}).tpr.difference() <= 0.1) == first[0]


def test_counts() -> None:
    """Counts say what their rows say."""
    table = {"ancestry": [*BAD], **{name: [each[at] for each in BAD.values()] for at, name in enumerate(("tn", "fp", "fn", "tp"))}}
    assert repr(fair(counted=table).tpr.difference() <= 0.1) == repr(fair().tpr.difference() <= 0.1)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"y_true": 2}, "y_true.*row 3"),
        ({"y_true": "yes!"}, "row 3"),
        ({"y_pred": None}, "row 3"),
        ({"score": float("nan")}, "row 3"),
        ({"score": float("inf")}, "row 3"),
    ],
)
def test_unusable_rows(change: dict[str, Any], said: str) -> None:
    """A value that cannot be used is named by its row, and never passes."""
    table = columns()
    for name, value in change.items():
        table[name][2] = value
    figures = fair(table)
    figure = figures.auc.min() if "score" in change else figures.tpr.min()
    with pytest.raises(ValueError, match=said) as raised:
        bool(figure >= 0)
    assert "yes!" not in str(raised.value)


def test_missing_things(tmp_path: Path) -> None:
    """No file, no column, no rows: each is said."""
    with pytest.raises(AssertionError, match="no file that could be read"):
        bool(fair("rows.csv", folder=tmp_path).tpr.difference() <= 0.1)
    (tmp_path / "rows").write_text("")
    wrong: list[tuple[Any, str]] = [
        ({"ancestry": [], "y_true": [], "y_pred": []}, "there are no rows"),
        ({"ancestry": ["A"], "y_true": [1]}, "no column 'y_pred'"),
        (7, "neither a DataFrame nor"),
        ("rows", "tpr.difference: "),
    ]
    for data, said in wrong:
        with pytest.raises(ValueError, match=said):
            bool(fair(data, folder=tmp_path).tpr.difference() <= 0.1)


def _scores(shift: float, people: int = 4000) -> dict[str, Any]:
    random = np.random.default_rng(people)
    member = np.arange(2 * people) % 2
    return {"member": member, "score": random.normal(shift * member), "sex": random.choice(["F", "M"], 2 * people)}


def test_membership() -> None:
    """An attack that finds nothing passes, one that finds members fails, too few people tell nothing."""
    quiet, loud = (audit(data=_scores(shift), higher_is="member") for shift in (0.0, 1.5))
    assert quiet.auc <= 0.55
    assert quiet.advantage <= 0.1
    assert quiet.tpr(fpr=0.01) <= 0.05
    assert not loud.auc <= 0.55
    assert not loud.advantage <= 0.1
    assert not loud.tpr(fpr=0.01) <= 0.05
    few = audit(data=_scores(0.0, 300), higher_is="member").tpr(fpr=0.001) <= 0.01
    assert few.verdict == "inconclusive"
    grouped = audit(data=_scores(0.0), higher_is="member", groups=["sex"], match_on=["sex"]).auc <= 0.6
    assert grouped
    assert {each.group for each in grouped.judged.groups} >= {"F", "M"}
    with pytest.raises(Inconclusive, match="refused"):  # the sign is wrong: such an attack says nothing good
        bool(audit(data=_scores(1.5), higher_is="non-member").auc <= 0.55)
    with pytest.raises(Inconclusive):
        bool(audit(data=_scores(0.0), higher_is="member", min_attack="lira").auc <= 0.55)


def test_membership_by_numbers() -> None:
    """An audit in one run, canaries and a claim need no scores of people."""
    one = audit(canaries=1000, guesses=100, correct=55, delta=0.00001)
    assert one.epsilon_lower <= 1
    assert not audit(canaries=1000, guesses=1000, correct=950, delta=0.00001).epsilon_lower <= 1
    references = {"score": np.random.default_rng(3).normal(100, 5, 5000)}
    hidden, known = (audit(canary=value, references=references).exposure <= 6 for value in (100.0, 1.0))
    assert hidden.verdict == "pass"
    assert known.verdict == "fail"
    claim = {"value": 3, "delta": 0.00001, "accountant": "pld", "version": "0.6", "sampling": "poisson", "batch": 256, "noise": 1.1}
    assert (audit(epsilon=claim).epsilon <= 8).verdict == "refused"
    assert audit(epsilon={**claim, "steps": 1000}).epsilon <= 8
    assert not audit(epsilon={**claim, "steps": 1000}).epsilon <= 2


def _frequencies(variants: int) -> str:
    lines = "".join(f"{1 + at % 22}\t{10_000 + 200_000 * at}\tA\tG\t{0.1 + 0.3 * (at % 7) / 7:.3f}\n" for at in range(variants))
    return "chrom\tpos\tref\talt\taf\n" + lines


def test_release_by_theory(tmp_path: Path) -> None:
    """A table of frequencies, as a file or in memory, is judged as a gate of the policy judges it."""
    (tmp_path / "freq.tsv").write_text(_frequencies(60))
    safe, told = (audit("release", "freq.tsv", folder=tmp_path, n=number) for number in (4000, 5))
    assert safe.power <= 0.5
    assert safe.tpr(fpr=0.001) <= 0.5
    assert safe.variants_per_person <= 1
    assert not told.power <= 0.5
    table = pd.read_csv(tmp_path / "freq.tsv", sep="\t")
    assert repr(audit("release", table, n=4000).power <= 0.5) == repr(safe.power <= 0.5)
    with pytest.raises(ValueError, match="neither frequencies"):
        bool(audit("release", pd.DataFrame({"a": [1, 2], "b": [3, 4]}), n=4000).power <= 0.5)
    with pytest.raises(ValueError, match="needs n"):
        bool(audit("release", table).power <= 0.5)


def test_release_by_people(tmp_path: Path) -> None:
    """Synthetic genomes that are new pass, copies of those of training fail; arrays say what files say."""
    random = np.random.default_rng(5)
    frequencies = random.uniform(0.05, 0.5, 300)
    made, training, holdout = (random.binomial(2, frequencies, (150, 300)).astype(np.int8) for _set in range(3))
    new = audit("release", synthetic=made, training=training, holdout=holdout)
    copies = audit("release", synthetic=training, training=training, holdout=holdout)
    assert new.privacy_loss <= 0.3
    assert new.duplicates <= 0.01
    assert not copies.privacy_loss <= 0.3
    assert not copies.duplicates <= 0.01
    for name, genomes in {"made": made, "training": training, "holdout": holdout}.items():
        np.save(tmp_path / f"{name}.npy", genomes)
    files = audit("release", folder=tmp_path, synthetic="made.npy", training="training.npy", holdout=tmp_path / "holdout.npy")
    assert repr(files.privacy_loss <= 0.3) == repr(new.privacy_loss <= 0.3)
    with pytest.raises(ValueError, match="'holdout'"):
        bool(audit("release", synthetic=made, training=training).privacy_loss <= 0.3)


TESTS = """
import pytest
from rows import BAD, GOOD, THIN

@pytest.fixture
def people():
    return BAD

@pytest.fixture
def checked(people, fairness_gate):
    assert fairness_gate(people, groups=["ancestry"]).tpr.difference() <= 0.1

def test_keeps(fairness_gate):
    assert fairness_gate(GOOD, groups=["ancestry"]).tpr.difference() <= 0.1

def test_breaks(fairness_gate, people):
    mine = people
    assert fairness_gate(mine, groups=["ancestry"]).tpr.difference() <= 0.1

def test_reversed(fairness_gate, people):
    assert 0.9 <= fairness_gate(people, groups=["ancestry"]).tpr.min()

def test_chained(fairness_gate, people):
    assert 0.1 <= fairness_gate(people, groups=["ancestry"]).tpr.difference() <= 0.2

def test_not(fairness_gate, people):
    assert not fairness_gate(people, groups=["ancestry"]).tpr.difference() <= 0.9

def test_undecided(fairness_gate):
    assert not fairness_gate(THIN, groups=["ancestry"]).tpr.difference() <= 0.2

def test_within(fairness_gate, people):
    assert fairness_gate(people, groups=["ancestry"]).tpr.min() >= fairness_gate.within(0.55, confidence=0.51)

def test_misspelt(fairness_gate, people):
    fairness_gate(people, groups=["ancestry"]).tprs

def test_unusable(fairness_gate, people):
    assert fairness_gate({**people, "y_true": people["id"]}, groups=["ancestry"]).tpr.difference() <= 0.1

def test_in_a_fixture(checked):
    pass

def test_leak(mia_gate, people):
    assert mia_gate({"member": people["y_true"], "score": people["score"]}, higher_is="member").auc <= 0.6

def test_plain_failure(fairness_gate, people):
    mine = people
    raise RuntimeError("something else")
"""
FAILED = {"breaks", "reversed", "chained", "not", "misspelt", "unusable", "in_a_fixture", "leak", "plain_failure"}


def ours(repo: Repo, tests: str = TESTS) -> None:
    """Write tests that hold rows as DataFrames, and leave what they import in a module of its own."""
    (repo.path / "rows.py").write_text(
        "import pandas as pd\n"
        + "".join(f"{name} = pd.DataFrame({columns(data)!r})\n" for name, data in (("BAD", BAD), ("GOOD", GOOD), ("THIN", THIN)))
    )
    repo.write("test_ours.py", tests)


def _cases(repo: Repo) -> list[TestCase]:
    return [case for suite in JUnitXml.fromfile(str(repo.path / "report.xml")) for case in suite]


def told(repo: Repo, *arguments: str) -> tuple[dict[str, str], dict[str, str], str]:
    """Run the tests; return their states, what JUnit XML says of them, and everything that was shown."""
    result = repo.run("-p", "no:cacheprovider", "--junitxml=report.xml", *arguments)
    found, text = {}, {}
    for case in _cases(repo):
        name = (case.name or "").removeprefix("test_")
        kinds = {type(each) for each in case.result}
        found[name] = "error" if Error in kinds else "failure" if Failure in kinds else "skipped" if Skipped in kinds else "passed"
        text[name] = "\n".join(f"{each.message}\n{each.text}" for each in case.result)
    shown = result.stdout.str() + result.stderr.str() + (repo.path / "report.xml").read_text()
    return found, text, shown


@pytest.mark.parametrize("options", [["-vv", "--tb=long", "-l", "--showlocals", "-rA"], ["-n", "2"], ["--tb=native"]])
def test_run(repo: Repo, options: list[str]) -> None:
    """Each test ends as its figures say, and nothing of a person is shown, whatever pytest is asked to show."""
    ours(repo)
    found, text, shown = told(repo, *options)
    states = {name: {"failure": "failed", "error": "failed"}.get(state, state) for name, state in found.items()}
    assert states == {
        **dict.fromkeys(("keeps", "within"), "passed"),
        **dict.fromkeys(FAILED, "failed"),
        "undecided": "skipped",
    }
    assert ID not in shown
    assert "rows x" not in shown  # how pandas shows a table
    for name in ("breaks", "reversed", "chained", "in_a_fixture"):
        assert "AFR" in text[name]
        assert "95% interval" in text[name]
    assert "did you mean 'tpr'" in text["misspelt"]
    assert "row 1" in text["unusable"]
    assert "inconclusive" in text["undecided"]
    assert "test_ours.py:" in shown


@pytest.mark.parametrize(
    ("policy_text", "options", "state", "warned"),
    [
        (policy(), [], "skipped", True),
        (policy(on_inconclusive={"fairness": "note"}), [], "skipped", False),
        (policy(on_inconclusive={"fairness": "fail"}), [], "failure", False),
        (policy(profile="strict"), [], "failure", False),
        (policy(), ["-W", "error"], "failure", False),
        (None, [], "skipped", True),
    ],
)
def test_undecided(repo: Repo, policy_text: str | None, options: list[str], state: str, *, warned: bool) -> None:
    """What nobody can tell does what the policy says, and never passes."""
    ours(repo)
    if policy_text is not None:
        repo.write(".genomic-guard.yaml", policy_text)
    found, text, shown = told(repo, "-k", "undecided", "-p", "no:hypothesispytest", *options)
    assert found == {"undecided": state}
    assert ("UserWarning: not decided" in shown) is warned
    assert ("the rest of the test did not run" in text["undecided"]) is (state == "skipped")
    assert "tpr.difference must be <= 0.2: inconclusive" in text["undecided"]


def test_wrong_policy(repo: Repo) -> None:
    """A policy that cannot be read is no pass."""
    ours(repo)
    repo.write(".genomic-guard.yaml", "version: 1\nfairnes: {}\n")
    found, text, _shown = told(repo, "-k", "keeps")
    assert found == {"keeps": "failure"}
    assert "the policy cannot be used: .genomic-guard.yaml:2:1: " in text["keeps"]


THICK_AND_THIN = """
import pytest
from rows import BAD, THIN

def test_in_a_row(fairness_gate):
    bounds = [fairness_gate(each, groups=["ancestry"]).tpr.difference() <= 0.2 for each in (THIN, BAD)]
    assert all(bounds)

def test_broken_first(fairness_gate):
    broken = not fairness_gate(BAD, groups=["ancestry"]).tpr.difference() <= 0.2
    assert fairness_gate(THIN, groups=["ancestry"]).tpr.difference() <= 0.2
    assert not broken

def test_undecided_first(fairness_gate):
    assert fairness_gate(THIN, groups=["ancestry"]).tpr.difference() <= 0.2
    assert fairness_gate(BAD, groups=["ancestry"]).tpr.difference() <= 0.2

def test_after_a_broken_one(fairness_gate):
    assert fairness_gate(THIN, groups=["ancestry"]).tpr.difference() <= 0.2

@pytest.fixture(scope="session")
def kept(request):
    return request.getfixturevalue("fairness_gate")(THIN, groups=["ancestry"]).tpr

def test_kept(kept):
    assert kept.difference() <= 0.2

def test_kept_again(kept):
    assert kept.difference() <= 0.2
"""


def test_no_undecided_bound_hides_a_broken_one(repo: Repo) -> None:
    """A test that found a bound broken fails, whichever other one nobody could decide; what did not run is said."""
    ours(repo, THICK_AND_THIN)
    found, text, shown = told(repo)
    skipped = ("undecided_first", "after_a_broken_one", "kept", "kept_again")
    assert found == {"in_a_row": "failure", "broken_first": "failure", **dict.fromkeys(skipped, "skipped")}
    for name in ("in_a_row", "broken_first"):
        assert "one bound is broken, and another is not decided" in text[name]
        assert "tpr.difference must be <= 0.2: fail" in text[name]
        assert "tpr.difference must be <= 0.2: inconclusive" in text[name]
    assert "the rest of the test did not run" in text["undecided_first"]
    assert ID not in shown


ASKED_FOR = """
import pytest
from rows import BAD, THIN

def test_undecided(request):
    gate = request.getfixturevalue("fairness_gate")
    assert gate(THIN, groups=["ancestry"]).tpr.difference() <= 0.2

def test_breaks(request):
    mine = {name: list(BAD[name]) for name in BAD}
    gate = request.getfixturevalue("fairness_gate")
    assert gate(mine, groups=["ancestry"]).tpr.difference() <= 0.2

def test_plain_failure(request):
    mine = {name: list(BAD[name]) for name in BAD}
    gate = request.getfixturevalue("mia_gate")
    raise RuntimeError("something else")

@pytest.fixture
def gate(request):
    return request.getfixturevalue("fairness_gate")

def test_by_another_fixture(gate):
    mine = {name: list(BAD[name]) for name in BAD}
    assert gate(mine, groups=["ancestry"]).tpr.difference() <= 0.2
"""


def test_a_fixture_that_is_asked_for_by_name(repo: Repo) -> None:
    """`request.getfixturevalue` gives what an argument gives: verdicts by the policy, and no row in a traceback."""
    ours(repo, ASKED_FOR)
    found, text, shown = told(repo, "--showlocals", "--tb=long", "-vv")
    assert found == {**dict.fromkeys(("breaks", "plain_failure", "by_another_fixture"), "failure"), "undecided": "skipped"}
    assert ID not in shown
    assert "AFR" in text["breaks"]


STRICT = policy(profile="strict", **{"small-cell": 50})
SHOWS = """
from rows import BAD, THIN

def test_undecided(fairness_gate):
    assert fairness_gate(THIN, groups=["ancestry"]).tpr.difference() <= 0.2

def test_breaks(fairness_gate):
    assert fairness_gate(BAD, groups=["ancestry"]).npv.min() >= 0.99
"""


@pytest.mark.parametrize(
    ("files", "options"),
    [
        ({".genomic-guard.yaml": STRICT}, ["--rootdir=sub", "sub"]),
        ({"rules/guard.yaml": STRICT, "pyproject.toml": '[tool.genomic-guard]\npolicy = "rules/guard.yaml"\n'}, ["sub"]),
        ({"sub/inner/.genomic-guard.yaml": STRICT}, ["sub", "--genomic-guard-root=sub/inner"]),
        ({".genomic-guard.yaml": STRICT}, ["-n", "1", "--rootdir=sub", "sub"]),
    ],
)
def test_the_policy_is_that_of_the_scan(repo: Repo, files: Mapping[str, str], options: list[str]) -> None:
    """Wherever the scan finds its policy, fixtures find it: what is not decided fails, and counts up to 50 are masked."""
    ours(repo, SHOWS)
    for name in ("rows.py", "test_ours.py"):
        repo.write(f"sub/{name}", (repo.path / name).read_text())
        (repo.path / name).unlink()
    for name, content in files.items():
        repo.write(name, content)
    if any("inner" in name for name in files):
        (repo.path / "sub/inner/.git").mkdir()
        repo.write("sub/inner/.git/HEAD", "ref: refs/heads/main\n")
        for name in ("objects", "refs"):
            (repo.path / "sub/inner/.git" / name).mkdir()
    found, text, _shown = told(repo, *options)
    assert found == {"undecided": "failure", "breaks": "failure"}
    assert "withheld" in text["undecided"]
    assert " 18 " not in text["undecided"]


@pytest.mark.parametrize(
    ("files", "options", "said"),
    [
        (
            {"pyproject.toml": '[tool.genomic-guard]\npolicy = "rules/none.yaml"\n'},
            [],
            "pyproject.toml:2:1: the policy that this names",
        ),
        ({"pyproject.toml": '[tool.genomic-guard]\npolicy = "../guard.yaml"\n'}, [], "leads out of what is judged"),
        ({".genomic-guard/data-use.yaml": "nothing: [\n"}, [], "data-use.yaml:"),
        ({}, ["--genomic-guard-root=none"], "there is no such folder"),
    ],
)
def test_a_policy_that_cannot_be_read_is_told(repo: Repo, files: Mapping[str, str], options: list[str], said: str) -> None:
    """No default stands in for it."""
    ours(repo)
    repo.write(".genomic-guard.yaml", policy()) if ".genomic-guard/data-use.yaml" in files else None
    for name, content in files.items():
        repo.write(name, content)
    found, text, _shown = told(repo, "-k", "keeps", *options)
    assert found == {"keeps": "failure"}
    assert said in text["keeps"]


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="links need rights elsewhere")
def test_a_policy_that_is_a_link_is_told(repo: Repo) -> None:
    """A scan follows none either."""
    ours(repo)
    repo.write("other.yaml", policy())
    (repo.path / ".genomic-guard.yaml").symlink_to("other.yaml")
    found, text, _shown = told(repo, "-k", "keeps")
    assert found == {"keeps": "failure"}
    assert "the policy file is a link" in text["keeps"]


RECORDED = policy(
    fairness={
        "triage": {"recorded": True, "groups": ["ancestry"], "bounds": {"tpr.difference": "<= 0.10", "fpr.difference": "<= 0.5"}}
    }
)
RECORDS = """
import pytest
from rows import BAD, GOOD, THIN

@pytest.mark.parametrize("data", [{data}])
def test_records(fairness_gate, data):
    fairness_gate.record({name!r}, data)
"""
ITEM = "genomic-guard::fairness::triage::tpr.difference"


def records(repo: Repo, data: str = "GOOD", name: str = "triage", text: str = RECORDED) -> None:
    """Write a test that records a gate."""
    ours(repo, RECORDS.format(data=data, name=name))
    repo.write(".genomic-guard.yaml", text)
    repo.write(".gitignore", "rows.py\nreport.xml\n")


@pytest.mark.parametrize("workers", ["0", "2"])
@pytest.mark.parametrize(("data", "state"), [("GOOD", "pass"), ("BAD", "fail"), ("THIN", "warn")])
def test_record(repo: Repo, data: str, state: str, workers: str) -> None:
    """A gate that a test records has its verdict, in the section and in the exit status, with xdist and without."""
    records(repo, data)
    result = repo.run("--genomic-guard", "-n", workers, "-p", "no:cacheprovider")
    assert states(result)[ITEM] == state
    assert verdict(result) == ("FAIL" if state == "fail" else "PASS")
    assert (result.ret == 1) is (state == "fail")
    assert ID not in result.stdout.str()
    if state == "fail":
        assert "worst pair EUR - AFR" in result.stdout.str()


def test_recorded_by_none(repo: Repo) -> None:
    """A gate that no test records is not decided."""
    records(repo)
    result = repo.run("--genomic-guard", "-p", "no:cacheprovider", "-k", "nothing")
    assert states(result)[ITEM] == "warn"
    assert "inconclusive" in "\n".join(lines(result))


@pytest.mark.parametrize("workers", ["0", "2"])
def test_recorded_twice(repo: Repo, workers: str) -> None:
    """The second would hide the first: neither counts."""
    records(repo, "GOOD, GOOD")
    result = repo.run("--genomic-guard", "-n", workers, "-p", "no:cacheprovider")
    assert states(result)[ITEM] == "fail"
    assert result.ret == 1
    assert "recorded 2 times in one run" in result.stdout.str()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [("triaje", RECORDED, "did you mean 'triage'"), ("triage", policy(), "no fairness gate of that name with 'recorded: true'")],
)
def test_recorded_unknown(repo: Repo, name: str, text: str, said: str) -> None:
    """A test that records a gate which is not there fails, and says so."""
    records(repo, name=name, text=text)
    result = repo.run("--genomic-guard", "-p", "no:cacheprovider")
    assert result.ret == 1
    assert said in result.stdout.str()


OPTIONS = """
from rows import BAD

def test_{at}(fairness_gate):
    fairness_gate.record("triage", {arguments})
"""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("BAD, groups=['nope']", "takes no 'groups'"),
        ("BAD, decide='point'", "takes no 'decide'"),
        ("BAD, confidence=0.5", "takes no 'confidence'"),
        ("BAD, bse=BAD", "takes no 'bse'"),
        ("", "the gate needs 'groups', and rows or counts"),
    ],
)
def test_a_record_takes_data_alone(repo: Repo, arguments: str, said: str) -> None:
    """How a gate is judged stands in the policy: what a test says of it is refused, and nothing is recorded."""
    records(repo)
    repo.write("test_ours.py", OPTIONS.format(at="records", arguments=arguments))
    result = repo.run("--genomic-guard", "-p", "no:cacheprovider")
    assert said in result.stdout.str()
    assert states(result)[ITEM] == "warn"
    assert result.ret == 1


def test_a_record_without_what_the_policy_leaves_open(repo: Repo) -> None:
    """Without groups in the policy there is nothing to compare, which is said."""
    records(repo, text=RECORDED.replace('"groups": ["ancestry"], ', ""))
    result = repo.run("--genomic-guard", "-p", "no:cacheprovider")
    assert "the gate needs 'groups'" in result.stdout.str()
    assert result.ret == 1


def test_comparisons_of_one_figure_after_another() -> None:
    """Two numbers of people that are told one after the other tell no third one that is small: 1,005 of 1,000 negatives."""
    few = {"AFR": (1000, 0, 2, 3), "EUR": (500, 100, 50, 450), "EAS": (400, 80, 40, 300)}
    figures = fair(counts=few)
    first, then = (
        {each.group: each.n for each in (part.difference() <= 0.1).judged.groups} for part in (figures.selection_rate, figures.fpr)
    )
    assert first["AFR"] == 1005
    assert then["AFR"] is None
    alone = (fair(counts=few).fpr.difference() <= 0.1).judged.groups
    assert {each.group: each.n for each in alone}["AFR"] == 1000


def test_recorded_without_the_flag(repo: Repo) -> None:
    """Where nobody asks for the guard, a record is made and judges nothing."""
    records(repo, "BAD")
    result = repo.run("-p", "no:cacheprovider")
    result.assert_outcomes(passed=1)


def test_junit_of_a_recorded_gate(repo: Repo) -> None:
    """The item of a recorded gate has the figures as properties."""
    records(repo, "BAD")
    repo.run("--genomic-guard", "-p", "no:cacheprovider", "--junitxml=report.xml", "-o", "junit_family=xunit1")
    (case,) = [each for each in _cases(repo) if each.name == ITEM.rpartition("::")[2]]
    parts = case.iterchildren(Properties)  # type: ignore[no-untyped-call]
    found = {each.name: each.value for properties in parts for each in properties}
    assert found["genomic-guard.verdict"] == "fail"
    assert (
        0.2
        <= float(found["genomic-guard.low"] or 0)
        <= float(found["genomic-guard.value"] or 0)
        <= float(found["genomic-guard.high"] or 0)
    )


def test_tests_without_gates_load_nothing(repo: Repo) -> None:
    """Neither the plugin nor a test that asks for a fixture and does not call it loads what computes."""
    repo.write(
        "test_mine.py",
        """
        import sys

        def test_modules(fairness_gate, mia_gate, release_gate):
            loaded = [name for name in sys.modules if name.split(".")[0] == "numpy" or name.startswith("pytest_genomic_guard.")]
            assert loaded == ["pytest_genomic_guard.pytest_plugin"]
        """.replace("\n        ", "\n"),
    )
    options = [f"-pno:{name}" for name in ("hypothesispytest", "xdist", "faker", "zarr", "anyio", "cacheprovider")]
    repo.run(*options).assert_outcomes(passed=1)


def test_verdicts_explain_themselves() -> None:
    """The text of a verdict has the bound, the interval, the groups and the method, and is printable."""
    found = fair().tpr.difference() <= 0.1
    assert isinstance(found, Verdict)
    first, *table = found.lines()
    assert first.startswith("tpr.difference must be <= 0.1: fail, ")
    assert "95% interval" in first
    assert [line.split()[0] for line in table[:3]] == ["group", "AFR", "EUR"]
    assert "Clopper-Pearson" in table[-1]
