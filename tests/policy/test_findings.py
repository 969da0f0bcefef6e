"""Findings as they are told: a cap with the count, fingerprints that know no value, an order that depends on nothing else."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest
from _policy import POLICY, Repo, guard, judged, policy, scan, write

from pytest_genomic_guard.testing import DIRECTIVES, samples

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NOTHING = "version: 1\n"


def book(outputs: int, *, first: int = 0) -> bytes:
    """Return a notebook whose cells from `first` on show calls of one invented person each."""
    made = json.loads(DIRECTIVES["notebook"](samples.vcf(samples=1)))
    cells: list[Any] = [{"cell_type": "markdown", "metadata": {}, "source": "x"} for _each in range(first)]
    for _each in range(outputs):
        cells.append(json.loads(json.dumps(made["cells"][1])))
        cells[-1]["outputs"][0]["data"] = {"text/plain": samples.vcf(samples=1).decode()}
    return json.dumps(made | {"cells": cells}, indent=1).encode()


@pytest.mark.parametrize("outputs", [49, 50, 51, 60])
def test_cap(tmp_path: Path, outputs: int) -> None:
    """Of one code in one file 50 findings are told, and the last says how many there are; other files have their own 50."""
    write(tmp_path, {"a.ipynb": book(outputs), "b.ipynb": book(52), "c.vcf": samples.vcf()})
    report = judged(tmp_path, policy=NOTHING).json
    told = {
        name: [each["message"] for each in report["findings"] if each["path"] == name] for name in ("a.ipynb", "b.ipynb", "c.vcf")
    }
    assert [len(messages) for messages in told.values()] == [min(outputs, 50), 50, 1]
    plain = "a saved output shows genotype columns of 1 person"
    assert set(told["a.ipynb"][:-1]) == {plain}
    assert told["a.ipynb"][-1] == (f"{plain} (the last of 50 told; {outputs} in this file)" if outputs > 50 else plain)
    assert told["b.ipynb"][-1] == f"{plain} (the last of 50 told; 52 in this file)"


def test_cap_and_waiver(tmp_path: Path) -> None:
    """A waiver excuses all findings of its code in its file, told or not."""
    data = book(60)
    repo = Repo(tmp_path / "repo")
    repo.add("a.ipynb", data)
    until = samples.later().decode()
    guard("waive", "GEN101", "a.ipynb", "--reason", "r", "--owner", "o", "--expires", until, cwd=repo.root)
    ran = scan(cwd=repo.root)
    assert (ran.code, {outcome for _code, outcome, _path in ran.codes()}, len(ran.codes())) == (0, {"waived"}, 50)
    shown = guard("scan", cwd=repo.root).out
    assert "PASS  0 fail, 0 warn, 50 waived" in shown


def test_cap_hides_no_failure(tmp_path: Path) -> None:
    """Sixty warnings about the working copy do not push the one finding of the committed content out of the report."""
    repo = Repo(tmp_path / "repo")
    committed = tmp_path / "committed.ipynb"
    committed.write_bytes(book(1, first=99))
    repo.git("config", "filter.strip.clean", f"cat '{committed}'")
    repo.commit(".gitattributes", b"*.ipynb filter=strip\n")
    repo.commit("a.ipynb", book(60))
    assert repo.git("status", "--porcelain") == b""
    ran = scan(cwd=repo.root)
    outcomes = [outcome for _code, outcome, _path in ran.codes()]
    assert (ran.code, outcomes.count("fail"), outcomes.count("warn")) == (1, 1, 49)
    messages = [each["message"] for each in ran.json["findings"]]
    assert sum(" (the last of 50 told; 61 in this file)" in each for each in messages) == 1


def shapes(count: int) -> dict[str, bytes]:
    """Return files with findings of every kind, of the same shape and with other values at every call."""
    return {
        "a.vcf": samples.vcf(samples=count),
        "b/c.vcf.gz": DIRECTIVES["gzip"](samples.vcf(samples=count)),
        "d.ipynb": book(3),
        "e.md": samples.prose() + samples.vcf(samples=count, variants=3, header="none"),
        "f.bed": samples.bed(people=7),
        "f.fam": samples.fam(people=7),
        "f.bim": samples.bim(),
        "g.bin": samples.binary(),
    }


def prints(folder: Path, files: dict[str, bytes]) -> list[str]:
    """Return the fingerprints of a scan."""
    return [each["fingerprint"] for each in judged(write(folder, files), policy=NOTHING).json["findings"]]


def test_fingerprints_know_no_value(tmp_path: Path) -> None:
    """Other names, alleles, genotypes, counts of people, more lines above: the same fingerprints, so none can be tried out."""
    first = prints(tmp_path / "one", shapes(2))
    assert len(first) == 9
    assert prints(tmp_path / "two", shapes(2)) == first
    assert prints(tmp_path / "three", shapes(5)) == first
    longer = {name: DIRECTIVES["blank-lines"](data) if name == "a.vcf" else data for name, data in shapes(2).items()}
    assert prints(tmp_path / "four", longer) == first


def test_fingerprints_know_no_masked_id(tmp_path: Path) -> None:
    """A file named by its sample has the fingerprint of its masked name; two of them stay apart by their order."""
    first = prints(tmp_path / "one", {f"{name}.vcf": samples.vcf(names=name) for name in (samples.name(), samples.name())})
    second = prints(tmp_path / "two", {f"{name}.vcf": samples.vcf(names=name) for name in (samples.name(), samples.name())})
    assert first == second
    assert len(set(first)) == 2


def test_fingerprints_are_distinct(tmp_path: Path) -> None:
    """No two findings of a report share a fingerprint, however much alike they are."""
    files = shapes(2) | {"x.ipynb": book(50), "y.ipynb": book(50)}
    found = prints(tmp_path / "w", files)
    assert len(found) == 109
    assert len(set(found)) == len(found)


def test_fingerprints_know_the_place(tmp_path: Path) -> None:
    """The path, the code and the trail make a fingerprint: the same content elsewhere has another."""
    data = samples.vcf()
    found = prints(tmp_path / "w", {"a.vcf": data, "b.vcf": data, "c.vcf": DIRECTIVES["gzip"](data), "d/a.vcf": data})
    assert len(set(found)) == 4


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]])
def test_order(tmp_path: Path, order: Sequence[int]) -> None:
    """Findings are sorted by path as bytes, then code, then line, whatever the order on disk; paths count from zero."""
    parts = [{"b.md": shapes(2)["e.md"]}, {"a/z.vcf": samples.vcf()}, {"a.vcf": samples.vcf()}, {"é.bin": samples.binary()}]
    for at in order:
        write(tmp_path, parts[at])
    report = judged(tmp_path, policy=NOTHING).json
    assert [(each["path"], each["code"]) for each in report["findings"]] == [
        ("a.vcf", "GEN101"),
        ("a/z.vcf", "GEN101"),
        ("b.md", "GEN102"),
        ("é.bin", "RUN102"),
    ]
    assert [each["entry"] for each in report["findings"]] == [1, 2, 3, 4]  # the policy file is 0


def test_what_was_used_has_its_digest(tmp_path: Path) -> None:
    """The report names the policy and the evidence by digest, and the rules by one that changes with their options."""
    gate = {"g": {"value": "m.json#", "bounds": {"tpr.difference": "<= 0.1"}, "decide": "point"}}
    text = policy(fairness=gate)
    ran = judged(tmp_path, m_json="0.05", policy=text)
    report = ran.json
    digests = {name: hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in ("m.json", POLICY)}
    assert report["policy"] == {"path": POLICY, "sha256": digests[POLICY], "profile": "research"}
    assert report["evidence"] == [{"path": "m.json", "sha256": digests["m.json"], "what": ""}]
    assert judged(tmp_path, policy=text.replace("\n", " \n")).json["tool"]["ruleset"] == report["tool"]["ruleset"]
    for other in (policy(checks={"GEN101": {"max-samples": 1}}), policy(select=["GEN"])):
        assert judged(tmp_path, policy=other).json["tool"]["ruleset"] != report["tool"]["ruleset"]
