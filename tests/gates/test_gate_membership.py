"""Membership gates through a scan: verdicts, refusals, strength of the attack, audits, claims, exposure, and broken data."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from _gate import POLICY, Repo, gates, judged, membership, only, policy, scan, scores, write

from pytest_genomic_guard._pytest_gates import Audit
from pytest_genomic_guard._pytest_judged import Settings
from pytest_genomic_guard._pytest_judged import figures as figures_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from _gate import Ran

SAID = Settings(inconclusive={"fairness": "warn", "mia": "fail", "release": "fail"}, small=10)
CLAIM = {
    "value": 6.0,
    "delta": 1e-6,
    "accountant": "rdp",
    "version": "0.6",
    "sampling": 0.01,
    "batch": 256,
    "noise": 1.0,
    "steps": 1000,
}


def run(folder: Path, data: str, text: str) -> Ran:
    """Scan a folder with an attack's scores."""
    write(folder, {"mia.csv": data})
    return judged(folder, policy=text)


def test_verdicts(tmp_path: Path) -> None:
    """No leak passes, a strong one fails, and a few people decide nothing, which fails for privacy unless the policy says else."""
    bounds = {"auc": "<= 0.60", "advantage": "<= 0.20"}
    assert set(gates(run(tmp_path, scores(4000, 4000), membership(bounds))).values()) == {("pass", "pass")}
    assert set(gates(run(tmp_path, scores(4000, 4000, 2.0), membership(bounds))).values()) == {("fail", "fail")}
    few = run(tmp_path, scores(40, 40, 0.35), membership(bounds))
    assert ("inconclusive", "fail") in gates(few).values()
    assert few.code == 1
    assert ("inconclusive", "warn") in gates(
        judged(tmp_path, policy=membership(bounds, outer={"on-inconclusive": {"mia": "warn"}}))
    ).values()


def test_a_rate_that_the_others_cannot_carry(tmp_path: Path) -> None:
    """At a false-positive rate that so few non-members cannot show, nothing passes."""
    # A weak leak: of scores without any, one set in forty lies below 0.5 by chance, and is refused.
    gate = only(run(tmp_path, scores(2000, 200, 0.3), membership({"tpr@fpr=0.001": "<= 0.05"})))
    assert gate["verdict"] in {"inconclusive", "undefined"}
    assert gate["outcome"] == "fail"
    assert only(run(tmp_path, scores(4000, 20000, 0.3), membership({"tpr@fpr=0.001": "<= 0.05"})))["verdict"] == "pass"


def test_direction(tmp_path: Path) -> None:
    """Scores that are provably on the other side are refused, never a pass; declared the other way round they are a leak."""
    data = scores(2000, 2000, -1.5)
    gate = only(run(tmp_path, data, membership()))
    assert (gate["verdict"], gate["outcome"]) == ("refused", "fail")
    assert only(run(tmp_path, data, membership(higher_is="non-member")))["verdict"] == "fail"


def test_ancestry_is_no_leak(tmp_path: Path) -> None:
    """Members and others of other ancestry are told apart without a model: refused, unless people are compared within it."""
    random = np.random.default_rng()
    ancestry = np.repeat(["AFR", "EUR"], 2000)
    member = (random.random(4000) < np.where(ancestry == "AFR", 0.2, 0.8)).astype(int)
    score = random.normal((ancestry == "EUR") * 2.0)
    data = "member,score,ancestry\n" + "".join(f"{a},{b:.5f},{c}\n" for a, b, c in zip(member, score, ancestry, strict=True))
    gate = only(run(tmp_path, data, membership()))
    assert gate["verdict"] == "refused"
    assert "ancestry" in gate["message"]
    assert only(run(tmp_path, data, membership(match_on=["ancestry"])))["verdict"] == "pass"
    assert only(run(tmp_path, data, membership(covariates=[])))["verdict"] == "fail"  # nobody asked what tells them apart


def _confounded(column: str, code: Callable[[int], str]) -> str:
    """Return scores without any leak, of members and others of different ancestry, coded in a column."""
    random = np.random.default_rng()
    ancestry = random.integers(0, 5, 4000)
    member = (random.random(4000) < np.array([0.1, 0.3, 0.5, 0.7, 0.9])[ancestry]).astype(int)
    score = random.normal(0.05 * member)  # a little, as a chance below 0.5 is refused
    lines = (f"{a},{b:.5f},{code(c)}\n" for a, b, c in zip(member, score, ancestry.tolist(), strict=True))
    return f"member,score,{column}\n" + "".join(lines)


def _within(each: int, width: int) -> int:
    """Return a code that is one of many for the same ancestry."""
    return each * width + int(np.random.default_rng().integers(0, width))


@pytest.mark.parametrize(
    ("column", "code"),
    [
        ("ancestry", lambda each: "ABCDE"[each]),
        ("ancestry", str),
        ("anything", str),
        ("anything", lambda each: f"{each}.0"),
        ("Super_Population", lambda each: f"{1000 + each}"),
        ("PC_7", lambda each: f"{_within(each, 1000) / 7:.4f}"),
        ("array_id", lambda each: f"{_within(each, 90)}"),
        ("site", lambda each: f"s{_within(each, 40)}"),
    ],
)
def test_covariates_however_they_are_coded(tmp_path: Path, column: str, code: Callable[[int], str]) -> None:
    """Words, whole numbers and amounts by the names that are used for them tell members from others: refused."""
    gate = only(run(tmp_path, _confounded(column, code), membership()))
    assert gate["verdict"] == "refused"
    assert f"told apart by {column} alone" in gate["message"]


@pytest.mark.parametrize(
    ("column", "code", "keys"),
    [
        ("anything", lambda each: f"{each / 7:.4f}", {}),  # no name that says what it is
        ("y_pred", str, {}),  # what the model says may be the leak itself
        ("ancestry", str, {"match_on": ["ancestry"]}),
        ("ancestry", str, {"covariates": []}),
    ],
)
def test_what_is_no_covariate(tmp_path: Path, column: str, code: Callable[[int], str], keys: dict[str, Any]) -> None:
    """Amounts by other names, outputs of the model, and what people are matched by are not tried."""
    gate = only(run(tmp_path, _confounded(column, code), membership({"auc": "<= 0.7"}, **keys)))
    assert "told apart by" not in gate["message"]


def test_a_column_that_is_membership(tmp_path: Path) -> None:
    """Under whatever name it tells members from others, all of them."""
    head, *lines = scores(2000, 2000, 0.1).splitlines()
    data = f"{head},cohort\n" + "".join(f"{line},{line[0]}\n" for line in lines)
    assert "told apart by cohort alone" in only(run(tmp_path, data, membership()))["message"]


def test_more_columns_than_can_be_tried(tmp_path: Path) -> None:
    """Nothing is left out without a word: who has so many columns names those that could tell."""
    head, *lines = scores(300, 300, 0.2).splitlines()
    many = range(201)
    data = ",".join([head, *(f"x{at}" for at in many)]) + "\n" + "".join(f"{line}{',1.5' * len(many)}\n" for line in lines)
    gate = only(run(tmp_path, data, membership(groups=["x1"])))
    assert (gate["verdict"], gate["outcome"]) == ("refused", "fail")
    assert {each["verdict"] for each in gate["groups"]} == {"refused"}
    assert "201 columns" in gate["message"]
    assert "(covariates)" in gate["message"]
    for named in ([], ["x7"], [f"x{at}" for at in many]):
        gate = only(run(tmp_path, data, membership({"auc": "<= 0.7"}, covariates=named)))
        assert "columns" not in gate["message"]
    data = data.replace("x200", "x199", 1)
    assert "two columns are called" in only(run(tmp_path, data, membership(covariates=["x199"])))["message"]


def test_exchangeable_people_are_not_refused() -> None:
    """Of data sets whose columns say nothing of membership, no more than one in twenty is refused for them."""
    random = np.random.default_rng()
    refused = 0
    for _set in range(200):
        people = int(random.integers(200, 2000))
        table = {
            "member": (random.random(people) < 0.5).astype(int),
            "score": random.normal(size=people),
            "ancestry": random.integers(0, 5, people),
            "batch": random.choice([0, 1, 2], people, p=[0.9, 0.08, 0.02]),
            "visits": random.poisson(3, people),
            "age": random.integers(20, 90, people),
            "pc1": random.normal(size=people),
        }
        figures = figures_of("mia", "", SAID, table, {"higher_is": "member"})
        assert isinstance(figures, Audit)
        refused += "told apart by" in (figures.auc <= 0.6).judged.message
    assert refused <= 18  # of 200 at 5 %, a number that one run in 150 exceeds


def test_the_worst_group_decides(tmp_path: Path) -> None:
    """A leak in one group is found, however small the group is among all."""
    whole, leak = scores(6000, 6000, ancestry=["EUR"]), scores(600, 600, 2.5, ancestry=["AFR"])
    data = whole + leak.split("\n", 1)[1]
    assert only(run(tmp_path, data, membership(covariates=[])))["verdict"] == "pass"
    gate = only(run(tmp_path, data, membership(covariates=[], groups=["ancestry"])))
    assert gate["verdict"] == "fail"
    assert {group["group"]: group["verdict"] for group in gate["groups"]}["AFR"] == "fail"
    missing = only(run(tmp_path, whole, membership(covariates=[], groups=["ancestry"], declared={"ancestry": ["SAS"]})))
    assert (missing["verdict"], missing["outcome"]) == ("inconclusive", "fail")


def _models(random: Any, leak: float) -> dict[str, Any]:
    member = random.integers(0, 2, 3000).astype(bool)
    inside = random.integers(0, 2, (32, 3000)).astype(bool)
    hard = random.normal(0, 3, 3000)
    return {
        "member": member,
        "score": hard + random.normal(leak * member),
        "ref_scores": (hard + random.normal(leak * inside)).astype(np.float32),
        "ref_member": inside,
    }


def test_reference_models(tmp_path: Path) -> None:
    """With reference models the attack is run, and finds what the bare scores do not show."""
    arrays = _models(np.random.default_rng(), 1.5)
    out = io.BytesIO()
    np.savez(out, **arrays)
    write(tmp_path, {"mia.npz": out.getvalue()})
    bare = only(judged(tmp_path, policy=membership({"auc": "<= 0.70"}, scores="mia.npz")))
    strong = only(judged(tmp_path, policy=membership({"auc": "<= 0.70"}, scores="mia.npz", references="mia.npz")))
    assert (bare["verdict"], strong["verdict"]) == ("pass", "fail")
    assert strong["value"] > bare["value"] + 0.1


def test_a_weak_attack_never_passes(tmp_path: Path) -> None:
    """What the policy asks of an attack, a pass must have stood; a failure stands without."""
    asked = {"min_attack": {"attack": "lira", "references": 16}}
    gate = only(run(tmp_path, scores(4000, 4000), membership(**asked)))
    assert (gate["verdict"], gate["outcome"]) == ("inconclusive", "fail")
    assert only(run(tmp_path, scores(4000, 4000, 2.0), membership(**asked)))["verdict"] == "fail"
    out = io.BytesIO()
    np.savez(out, **_models(np.random.default_rng(), 0.1))  # a little, as a chance below 0.5 is refused
    write(tmp_path, {"mia.npz": out.getvalue()})
    keys: dict[str, Any] = {"scores": "mia.npz", "references": "mia.npz"}
    assert only(judged(tmp_path, policy=membership(**keys, **asked)))["verdict"] == "pass"
    more = {"min_attack": {"attack": "lira", "references": 64}}
    assert only(judged(tmp_path, policy=membership(**keys, **more)))["verdict"] == "inconclusive"


def test_audits_and_claims(tmp_path: Path) -> None:
    """Numbers of an audit, and what an accountant claims, stand in the policy; in a hook they are judged as in a scan."""

    def gate(**keys: Any) -> str:
        return policy(mia={"attack": keys})

    cases = [
        (gate(canaries=1000, guesses=500, correct=480, delta=1e-5, bounds={"epsilon-lower": "<= 1"}), "fail"),
        (gate(canaries=1000, guesses=500, correct=255, delta=1e-5, bounds={"epsilon-lower": "<= 1"}), "pass"),
        (gate(epsilon=CLAIM, bounds={"epsilon": "<= 8"}), "pass"),
        (gate(epsilon=CLAIM, bounds={"epsilon": "<= 3"}), "fail"),
        (gate(epsilon={"value": 2, "delta": 1e-6}, bounds={"epsilon": "<= 3"}), "refused"),
    ]
    repo = Repo(tmp_path / "repo")
    for text, wanted in cases:
        repo.add(POLICY, text.encode())
        for ran in (judged(tmp_path / "w", policy=text), scan("--staged", cwd=repo.root)):
            assert only(ran)["verdict"] == wanted, text


def test_one_run_from_scores(tmp_path: Path) -> None:
    """An audit is made of the scores of canaries as well."""
    keys = {"audit": "one-run", "delta": 1e-5}
    assert only(run(tmp_path, scores(500, 500), membership({"epsilon-lower": "<= 1"}, **keys)))["verdict"] == "pass"
    assert only(run(tmp_path, scores(500, 500, 4.0), membership({"epsilon-lower": "<= 1"}, **keys)))["verdict"] == "fail"


def test_exposure(tmp_path: Path) -> None:
    """A canary before all references is exposed as far as these can show."""
    perplexities = np.random.default_rng().normal(100, 5, 4000)
    write(tmp_path, {"refs.csv": "score\n" + "".join(f"{each:.6f}\n" for each in perplexities)})
    for canary, wanted in ((10.0, "fail"), (float(np.median(perplexities)), "pass")):
        text = policy(mia={"attack": {"references": "refs.csv", "canary": canary, "bounds": {"exposure": "<= 6"}}})
        assert only(judged(tmp_path, policy=text))["verdict"] == wanted
    write(tmp_path, {"canary.csv": "score\n10.0\n"})
    text = policy(mia={"attack": {"references": "refs.csv", "canary": "canary.csv", "bounds": {"exposure": "<= 6"}}})
    assert only(judged(tmp_path, policy=text))["verdict"] == "fail"


BROKEN = {
    "NaN": ("1,nan\n", "row 201"),
    "infinite": ("0,inf\n", "row 201"),
    "a member of two": ("2,0.5\n", "row 201"),
    "a word": ("1,high\n", "row 201"),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_errors_name_the_row(tmp_path: Path, name: str) -> None:
    """Scores that are none end with status 3, and the row is named by its number."""
    line, told = BROKEN[name]
    ran = run(tmp_path, scores(100, 100) + line, membership())
    gate = only(ran)
    assert (gate["verdict"], gate["outcome"], ran.code) == ("error", "fail", 3)
    assert told in gate["message"]


@pytest.mark.parametrize("data", ["", "member,score\n", "member,score\n1,0.5\n1,0.6\n", "a,b\n1,2\n"])
def test_nothing_to_compare(tmp_path: Path, data: str) -> None:
    """Without rows, without others, without the columns: never a pass."""
    gate = only(run(tmp_path, data, membership()))
    assert gate["verdict"] in {"error", "undefined"}
    assert gate["outcome"] == "fail"


def test_recorded(tmp_path: Path) -> None:
    """A figure that a test records cannot be judged by a scan without tests, which says so and passes nothing."""
    gate = only(judged(tmp_path, policy=policy(mia={"attack": {"recorded": True, "bounds": {"auc": "<= 0.6"}}})))
    assert (gate["verdict"], gate["outcome"]) == ("inconclusive", "fail")
    assert "tests record this figure" in gate["message"]


def test_no_order_matters(tmp_path: Path) -> None:
    """Rows in another order change no byte of a report."""
    head, *lines = scores(800, 900, 0.3, ancestry=["EUR", "AFR"], site=["a", "b", "c"]).splitlines()
    text = membership({"auc": "<= 0.6", "advantage": "<= 0.2", "tpr@fpr=0.01": "<= 0.05"}, groups=["ancestry"])
    told = set()
    for _time in range(3):
        told.add(run(tmp_path, "\n".join([head, *np.random.default_rng().permutation(lines)]) + "\n", text).out)
    assert len(told) == 1
