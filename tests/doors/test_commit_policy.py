"""A range is judged by the policy of its merge base: nothing that it brings can excuse it, and a waiver is of one content."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from _commits import FAR, POLICY, Past, excluding, findings, leak, told, waiver

# The plugin with debts is that of the tests of the policy, and test folders are no packages.
sys.path.insert(0, str(Path(__file__).parent.parent / "policy"))

from _debts import BASELINE, HEAD, POLICY_TEXT, entry, install, scanned

if TYPE_CHECKING:
    from _scratch import Ran


@pytest.fixture(name="past")
def fixture_past(tmp_path: Path) -> Past:
    """Return a repository with one clean commit."""
    return Past(tmp_path / "past")


def _since(past: Past, start: str) -> Ran:
    return past.range(f"{start}..HEAD")


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_exclusion_of_the_range_does_not_hold(past: Past) -> None:
    """An exclusion that comes with the data is told, with its line, and not used, whatever came first."""
    start = past.save("a.txt", b"a\n")
    past.save(POLICY, excluding("data/**"))
    past.save("data/a.dat", leak())
    ran = _since(past, start)
    assert (ran.code, told(ran)) == (1, ["data/a.dat"])
    (loosened,) = findings(ran, "RUN303")
    assert (loosened["path"], loosened["line"], loosened["outcome"]) == (POLICY, 3, "warn")
    assert "not in force in it: exclude + 1 pattern" in loosened["message"]
    assert past.scan().code == 0  # after the merge it holds


def test_exclusion_of_the_merge_base_holds(past: Past) -> None:
    """What the merge base excludes is counted and not read; a range of nothing else passes, and all there is does not."""
    start = past.save(POLICY, excluding("data/**"))
    past.save("data/a.dat", leak())
    past.drop("data/a.dat")
    ran = _since(past, start)
    assert (ran.code, told(ran), ran.json["scanned"]["excluded"]) == (0, [], 1)
    everything = past.save(POLICY, excluding("**"))
    past.save("data/b.dat", leak())
    assert past.range(f"{everything}..HEAD").code == 3


def test_the_merge_base_and_not_the_target(past: Past) -> None:
    """The policy is that of the commit from which a branch parted, whatever its target has become."""
    past.branch("topic")
    past.save("data/a.dat", leak())
    past.git("checkout", "-q", "main")
    past.save(POLICY, excluding("data/**"))
    for given in ("main..topic", "main...topic"):
        assert told(past.range(given)) == ["data/a.dat"]
    past.git("checkout", "-q", "topic")
    past.made("merge", "-q", "--no-ff", "-m", "take main", "main")
    assert told(past.range("main..topic")) == []


@pytest.mark.parametrize(("said", "code"), [("accept", 0), ("refuse", 1)])
def test_policy_that_accepts_changes(past: Past, said: str, code: int) -> None:
    """Where the merge base accepts changes, the range's own policy rules, and what it loosens is told all the same."""
    start = past.save(POLICY, f"version: 1\npolicy-changes: {said}\n".encode())
    past.save(POLICY, f"policy-changes: {said}\n".encode() + excluding("data/**"))
    past.save("data/a.dat", leak())
    past.save("b.txt", b"b\n")
    ran = _since(past, start)
    assert ran.code == code
    state = ", and in force" if said == "accept" else ", and not in force"
    assert [state in each["message"] for each in findings(ran, "RUN303")] == [True]


def test_accepting_cannot_be_brought_along(past: Past) -> None:
    """A range that lets changes be accepted is judged by what did not accept them."""
    past.save(POLICY, b"policy-changes: accept\n" + excluding("data/**"))
    past.save("data/a.dat", leak())
    assert told(_since(past, past.base)) == ["data/a.dat"]


def test_waiver_of_the_range_does_not_hold(past: Past) -> None:
    """A waiver that comes with the data waives nothing in that range; one of the merge base does."""
    data = leak()
    past.save(POLICY, waiver("a.vcf", _sha(data)))
    past.save("a.vcf", data)
    assert told(_since(past, past.base)) == ["a.vcf"]
    ran = past.range("HEAD~1..HEAD")
    assert (ran.code, [each["outcome"] for each in findings(ran, "GEN101")]) == (0, ["waived"])


def test_waiver_of_one_content(past: Past) -> None:
    """Of two contents that a path had the waiver waives the one whose digest it states, whichever came last."""
    one, other = leak(), leak()
    for kept in (one, other):
        start = past.save(POLICY, waiver("a.vcf", _sha(kept)))
        past.save("a.vcf", one)
        past.save("a.vcf", other)
        past.drop("a.vcf")
        ran = _since(past, start)
        outcomes = {each["commit"]["first"]: each["outcome"] for each in findings(ran, "GEN101")}
        assert sorted(outcomes.values()) == ["fail", "waived"]
        kept_by = past.id("HEAD~2") if kept == one else past.id("HEAD~1")
        assert outcomes[kept_by] == "waived"
        assert ran.code == 1


def test_expired_waiver(past: Past) -> None:
    """A waiver of the merge base that has expired waives nothing."""
    data = leak()
    start = past.save(POLICY, waiver("a.vcf", _sha(data)).replace(FAR.encode(), b"2001-01-01"))
    past.save("a.vcf", data)
    assert told(_since(past, start)) == ["a.vcf"]


def test_profile_of_the_merge_base(past: Past) -> None:
    """A range cannot lower its own profile."""
    start = past.save(POLICY, b"version: 1\nprofile: strict\n")
    past.save(POLICY, b"version: 1\nprofile: minimal\n")
    ran = _since(past, start)
    assert ran.json["policy"]["profile"] == "strict"
    assert "profile strict -> minimal" in findings(ran, "RUN303")[0]["message"]


def test_policy_that_goes(past: Past) -> None:
    """A range that deletes the policy is judged by it."""
    start = past.save(POLICY, b"version: 1\nprofile: strict\n")
    past.drop(POLICY)
    ran = _since(past, start)
    assert ran.json["policy"]["profile"] == "strict"
    assert findings(ran, "RUN303")


def test_policy_with_a_mistake(past: Past) -> None:
    """A mistake in the range's policy is an error; where the merge base has it, the defaults rule, and that is said."""
    past.save(POLICY, b"version: 1\nprofil: strict\n")
    assert _since(past, past.base).code == 2
    start = past.id("HEAD")
    past.save(POLICY, excluding("data/**"))
    past.save("data/a.dat", leak())
    ran = _since(past, start)
    assert told(ran) == ["data/a.dat"]
    assert "the defaults rule" in ran.err


def test_one_path_of_two_is_excluded(past: Past) -> None:
    """A content at an excluded path and at another is judged at the other, once, also where either is gone again."""
    start = past.save(POLICY, excluding("data/**"))
    data = leak()
    past.add("data/a.dat", data)
    past.save("z.dat", data)
    assert told(_since(past, start)) == ["z.dat"]
    past.drop("z.dat")
    assert told(_since(past, start)) == ["z.dat"]
    past.save("y.dat", data)
    past.drop("data/a.dat")
    assert told(_since(past, start)) == ["y.dat"]
    for ran in (past.scan("--history"), _since(past, start)):
        assert len(findings(ran, "GEN101")) == 1


def test_content_that_moves_out_of_what_is_excluded(past: Past) -> None:
    """A content that the base has at an excluded path is nothing new to a range that moves it."""
    past.save(POLICY, excluding("data/**"))
    start = past.save("data/a.dat", leak())
    past.git("mv", "data/a.dat", "a.dat")
    past.save()
    assert _since(past, start).code == 0
    assert told(past.scan("--history")) == ["a.dat"]
    assert told(past.scan()) == ["a.dat"]


def test_baseline_of_the_merge_base(past: Past, tmp_path: Path) -> None:
    """Debts that the baseline of the merge base holds stay debts; a baseline that comes with new ones holds none of them."""
    site = install(tmp_path / "site")
    past.add(POLICY, POLICY_TEXT.encode())
    past.add(BASELINE, (HEAD + entry("a.py")).encode())
    start = past.save("a.py", b"opensesame\n")
    past.save("a.py", b"\nopensesame\n")
    given = ("--range", f"{start}..HEAD")
    assert ("SEC901", "baselined", "a.py") in scanned(site, past.root, *given)
    past.add(BASELINE, (HEAD + entry("a.py") + entry("b.py")).encode())
    past.save("b.py", b"\n\nopensesame\n")
    found = scanned(site, past.root, *given)
    assert ("SEC901", "fail", "b.py") in found
    assert ("RUN303", "warn", BASELINE) in found
    assert ("SEC901", "baselined", "b.py") in scanned(site, past.root)


def test_history_is_judged_by_the_policy_of_head(past: Past) -> None:
    """A whole history is judged by the policy that HEAD has, and by no other version of it, branch or stash."""
    past.save("data/a.dat", leak())
    past.branch("other")
    past.save(POLICY, excluding("data/**"))
    past.git("checkout", "-q", "main")
    assert told(past.scan("--history")) == ["data/a.dat"]
    past.git("checkout", "-q", "other")
    assert past.scan("--history").code == 0
    past.drop(POLICY)
    past.save(".genomic-guard/later.txt", b"x\n")
    assert told(past.scan("--history")) == ["data/a.dat"]
    past.git("checkout", "-q", "--orphan", "unborn")
    assert told(past.scan("--history")) == ["data/a.dat"]
    past.write("policy", excluding("data/**"))
    assert past.scan("--history", "--config", "policy").code == 0
