"""Files that the policy declares as made up: a note for exactly that content, and nothing more."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from _policy import POLICY, inside, policy, refused, write

from pytest_genomic_guard.model import Finding, Location
from pytest_genomic_guard.policy import Policy
from pytest_genomic_guard.policy.madeup import MadeUp, MadeUps
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

ROWS = samples.cohort("mimic-icu", people=9)
ENTRY = {
    "path": "data/made.csv",
    "sha256": hashlib.sha256(ROWS).hexdigest(),
    "generator": "seeded writer",
    "reason": "fixtures",
    "owner": "steward",
    "expires": samples.later().decode(),
}


def outcome(folder: Path, rows: bytes = ROWS, *options: str, register: bool = False, **changed: str) -> tuple[str, str]:
    """Return the outcome of the one finding in a folder with a declaration, and what is told of it after the finding itself."""
    entry = {**ENTRY, **changed}
    files: dict[str, bytes | str] = {"data/made.csv": rows, POLICY: policy(**({} if register else {"synthetic": [entry]}))}
    if register:
        lines = [f"{'-' if at == 0 else ' '} {key}: '{value}'" for at, (key, value) in enumerate(entry.items())]
        files[".genomic-guard/synthetic.yaml"] = "\n".join(lines) + "\n"
    ran = inside("scan", "--format", "json", "--select", "PHI203", *options, write(folder, files))
    (finding,) = [each for each in ran.json["findings"] if each["code"] == "PHI203"]
    return finding["outcome"], finding["message"].partition("; ")[2]


@pytest.mark.parametrize("register", [False, True])
def test_declared_file(tmp_path: Path, register: bool) -> None:  # noqa: FBT001 - a parameter of a test
    """The findings of the file that was declared are notes that say so, from the policy and from its register."""
    assert outcome(tmp_path / "w", register=register) == ("note", "the policy declares it as synthetic")


def test_what_does_not_hold(tmp_path: Path) -> None:
    """Another content, a day that is past, the profile strict and another path leave the finding what it is, and why is told."""
    other = samples.cohort("mimic-icu", people=9)
    said = "the policy declares it as synthetic, "
    assert outcome(tmp_path / "a", other) == ("fail", said + "but its content is another by now")
    assert outcome(tmp_path / "b", expires="2001-01-01") == ("fail", said + "which has expired")
    assert outcome(tmp_path / "c", ROWS, "--profile", "strict") == (
        "fail",
        said + "which the profile strict does not take for a proof",
    )
    assert outcome(tmp_path / "d", path="data/other.csv") == ("fail", "")


def _made_ups(**values: str) -> MadeUps:
    entry = MadeUp(path=b"a", sha256="0" * 64, generator="g", reason="r", owner="o", expires=values.get("expires", "2901-01-01"))
    return MadeUps(Policy(synthetic=(entry,)), "2030-01-01")


def test_values_that_contradict() -> None:
    """What contradicts any declaration keeps its outcome, and so do other families, notes and findings of the working copy."""
    finding = Finding(code="PHI105", location=Location(path=b"a"), message="rows")
    made = _made_ups()
    assert made.told(finding, lambda: "0" * 64).known == "declared"
    assert not made.told(finding.replace(human=True), lambda: "0" * 64).known
    assert not made.told(finding.replace(code="GEN101"), lambda: "0" * 64).known
    assert not made.told(finding, lambda: "0" * 64, copy=True).known
    assert not made.told(finding, lambda: "").known
    assert made.told(finding.replace(known="public"), lambda: "0" * 64).message == "rows"


@pytest.mark.parametrize("key", sorted(ENTRY))
def test_declaration_without_a_key(tmp_path: Path, key: str) -> None:
    """Every declaration says which file and content, what made it, why, who and until when."""
    entry = {name: value for name, value in ENTRY.items() if name != key}
    assert key in refused(inside("scan", write(tmp_path / "w", {POLICY: policy(synthetic=[entry])})))[2]


def test_threshold_is_no_option(tmp_path: Path) -> None:
    """What is small is said once for all checks."""
    text = policy(checks={"PHI501": {"small-cell": "5"}})
    assert "set 'small-cell'" in refused(inside("scan", write(tmp_path / "w", {POLICY: text})))[2]
