"""Files beside the policy: registers, manifests of waivers, and what ``waive --glob`` writes."""

from __future__ import annotations

import hashlib
import json
import os
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from _policy import POLICY, Ran, Repo, everything, guard, hook, inside, policy, scan, write

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

REGISTER = ".genomic-guard/waivers.yaml"
LISTS = ".genomic-guard/waivers"


def waive(folder: Path, pattern: str, *arguments: str, code: str = "GEN101") -> Ran:
    """Run ``waive --glob``."""
    reviewed = ("--reason", "public call sets", "--owner", "data office", "--expires", samples.later().decode())
    return guard("waive", code, "--glob", pattern, *reviewed, *arguments, cwd=folder)


def listed(folder: Path) -> Path:
    """Return the one manifest of a folder."""
    (name,) = os.listdir(folder / LISTS)
    return folder / LISTS / name


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Return a repository with three call sets, of which two are staged below a folder."""
    repo = Repo(tmp_path / "repo")
    for name in ("d/a.vcf", "d/e/b.vcf", "c.vcf"):
        repo.add(name, samples.vcf())
    repo.add("d/prose.vcf", samples.prose())
    return repo


def test_many_files_in_one_waiver(repo: Repo) -> None:
    """One entry and one list excuse what the pattern matched and had a finding; the rest still fails, in the hook too."""
    ran = waive(repo.root, "d/**")
    assert (ran.code, ran.out.startswith("waived GEN101 in 2 files until ")) == (0, True)
    text = listed(repo.root).read_text()
    digests = {name: hashlib.sha256((repo.root / name).read_bytes()).hexdigest() for name in ("d/a.vcf", "d/e/b.vcf")}
    assert text == "".join(f"{digest}  {name}\n" for name, digest in digests.items())
    assert (repo.root / POLICY).read_text().count("- code: GEN101") == 1
    expected = [("GEN101", "fail", "c.vcf"), ("GEN101", "waived", "d/a.vcf"), ("GEN101", "waived", "d/e/b.vcf")]
    ran = scan(cwd=repo.root)
    assert (ran.codes(), ran.json["waivers"]["applied"]) == (expected, 2)
    repo.git("add", POLICY, LISTS)
    assert scan("--staged", cwd=repo.root).codes() == expected
    assert hook("everything", "d/a.vcf", "d/e/b.vcf", cwd=repo.root).code == 0


def test_void_file_by_file(repo: Repo) -> None:
    """A file that changed loses its waiver, at its line of the list; the others keep theirs; a new one is not in it."""
    waive(repo.root, "d/**")
    repo.add("d/e/b.vcf", samples.vcf(samples=5))
    repo.add("d/new.vcf", samples.vcf())
    ran = scan(cwd=repo.root)
    name = listed(repo.root).relative_to(repo.root).as_posix()
    found = [code for code in ran.codes() if code[0] != "GEN101" or code[2].startswith("d/")]
    assert sorted(found) == [
        ("GEN101", "fail", "d/e/b.vcf"),
        ("GEN101", "fail", "d/new.vcf"),
        ("GEN101", "waived", "d/a.vcf"),
        ("RUN203", "warn", name),
    ]
    assert [each["line"] for each in ran.json["findings"] if each["code"] == "RUN203"] == [2]


def test_gone_and_expired(repo: Repo) -> None:
    """A file that is gone is told at its line of the list; an expired waiver once, where it was written."""
    waive(repo.root, "d/**")
    name = listed(repo.root).relative_to(repo.root).as_posix()
    repo.git("rm", "-q", "-f", "d/a.vcf")
    assert ("RUN201", "warn", name) in scan(cwd=repo.root).codes()
    text = (repo.root / POLICY).read_text()
    write(repo.root, {POLICY: text.replace(samples.later().decode(), samples.later(-1).decode()), "d/a.vcf": samples.vcf()})
    codes = scan(cwd=repo.root).codes()
    assert codes.count(("RUN202", "warn", POLICY)) == 1
    assert not [code for code in codes if code[1] == "waived"]


def test_a_list_that_is_not_the_reviewed_one(repo: Repo) -> None:
    """A list with a line more, or that is not there or not staged, is an error at the waiver that names it."""
    waive(repo.root, "d/**")
    manifest = listed(repo.root)
    repo.git("add", POLICY)
    assert f"{POLICY}:3:1: the manifest of this waiver is not there" in scan("--staged", cwd=repo.root).err
    text = manifest.read_text()
    manifest.write_bytes(text.replace("\n", "\r\n").encode())  # as a checkout on Windows has it
    assert scan(cwd=repo.root).json["waivers"]["applied"] == 2
    more = hashlib.sha256((repo.root / "c.vcf").read_bytes()).hexdigest()
    manifest.write_text(f"{text}{more}  c.vcf\n")
    ran = scan(cwd=repo.root)
    assert (ran.code, ran.out) == (2, "")
    assert "the manifest of this waiver is not the one that was reviewed" in ran.err


def test_bad_list(tmp_path: Path) -> None:
    """A list that cannot be read is an error at its line, under its own name."""
    text = "0" * 64 + " x.vcf\n"
    entry = {"code": "GEN101", "manifest": f"{LISTS}/l", "sha256": hashlib.sha256(text.encode()).hexdigest()}
    reviewed = {"reason": "r", "owner": "o", "expires": samples.later().decode()}
    folder = write(tmp_path / "w", {f"{LISTS}/l": text, POLICY: policy(waivers=[entry | reviewed])})
    ran = inside("scan", folder)
    assert (ran.code, f"genomic-guard: {LISTS}/l:1:1: this must be the SHA-256" in ran.err) == (2, True)


@pytest.mark.parametrize("pattern", ["nothing/**", "d/prose.vcf", "../x", "/d/**", "[z-a]"])
def test_pattern_without_findings(repo: Repo, pattern: str) -> None:
    """A pattern that matches no finding, or is none, writes nothing."""
    ran = waive(repo.root, pattern)
    assert (ran.code, ran.out) == (2, "")
    assert not (repo.root / POLICY).exists()
    assert not (repo.root / LISTS).exists()


def test_path_or_pattern(repo: Repo) -> None:
    """One of both is needed, and not both; what is never waived is not waived by a pattern."""
    assert waive(repo.root, "d/**", "c.vcf").code == 2
    assert guard("waive", "GEN101", "--reason", "r", "--owner", "o", "--expires", "2199-01-01", cwd=repo.root).code == 2
    assert waive(repo.root, "d/**", code="RUN101").code == 2
    repo.write(POLICY, b"{version: 1}\n")
    assert waive(repo.root, "d/**").code == 2
    assert not (repo.root / LISTS).exists()


def test_odd_names_in_a_list(repo: Repo) -> None:
    """Line feeds, percent signs and bytes that are no UTF-8 in a name neither break the list nor its waivers."""
    names = (b"o/a\nb.vcf", b"o/50%.vcf", b"o/\xff.vcf", b"o/ x .vcf", "o/ä.vcf".encode())
    for name in names:
        repo.add(name, samples.vcf())
    assert waive(repo.root, "o/*").code == 0
    codes = scan(cwd=repo.root).codes()
    assert sum(outcome == "waived" for _code, outcome, _path in codes) == len(names)


def entry(folder: Path, path: str, **other: str) -> dict[str, str]:
    """Return a waiver of one file as it is."""
    sha256 = hashlib.sha256((folder / path).read_bytes()).hexdigest()
    waiver = {"code": "GEN101", "path": path, "sha256": sha256, "reason": "r", "owner": "o", "expires": samples.later().decode()}
    return waiver | other


def test_register(tmp_path: Path) -> None:
    """A register continues the list of the policy; its waivers are told at their own lines."""
    folder = write(tmp_path / "w", {"a.vcf": samples.vcf(), "b.vcf": samples.vcf(), "c.txt": "plain\n"})
    entries = [entry(folder, "b.vcf"), entry(folder, "c.txt")]
    write(
        folder, {POLICY: policy(waivers=[entry(folder, "a.vcf")]), REGISTER: "".join(f"- {json.dumps(each)}\n" for each in entries)}
    )
    for ran in (scan(cwd=folder), scan("a.vcf", "b.vcf", "c.txt", cwd=folder)):
        assert ran.codes() == [("RUN201", "warn", REGISTER), ("GEN101", "waived", "a.vcf"), ("GEN101", "waived", "b.vcf")]
        assert next(each["line"] for each in ran.json["findings"]) == 2
        assert [each["path"] for each in ran.json["evidence"]] == [REGISTER]


BAD: dict[str, tuple[str, Any, str]] = {
    "a mapping": ("waivers", {"waivers": []}, "this must be a list"),
    "a code that there is not": ("waivers", "GEN999", "there is no such code"),
    "a gate": ("waivers", "FAIR101", "a gate cannot be waived"),
    "an unknown key": ("data-use", [{"id": "x", "controled": True}], "unknown key; did you mean 'controlled'?"),
    "a bad date": (
        "attestations",
        [{"id": "x", "owner": "o", "date": "2026-02-30", "expires": "2027-01-01"}],
        "this must be a date",
    ),
    "a bad word": ("data-use", [{"id": "x", "duo": ["GRV"]}], "this must be one of GRU, HMB"),
    "no owner": ("vendors", [{"name": "x"}], "this entry needs owner"),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_bad_register(tmp_path: Path, name: str) -> None:
    """What is wrong in a register is told under its name, with line and column, and quotes nothing of it."""
    register, value, message = BAD[name]
    folder = write(tmp_path / "w", {"a.vcf": samples.vcf(), POLICY: "version: 1\n"})
    document = [entry(folder, "a.vcf", code=value)] if isinstance(value, str) else value
    write(folder, {f".genomic-guard/{register}.yaml": json.dumps(document)})
    ran = inside("scan", folder)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"genomic-guard: .genomic-guard/{register}.yaml:1:")
    assert message in ran.err
    assert "GRV" not in ran.err


def test_register_of_the_index(tmp_path: Path) -> None:
    """A register that is not staged is named and not used."""
    repo = Repo(tmp_path / "repo")
    repo.add("a.vcf", samples.vcf())
    repo.add(POLICY, b"version: 1\n")
    register = json.dumps([entry(repo.root, "a.vcf")]).encode()
    repo.write(REGISTER, register)
    assert scan("--staged", cwd=repo.root).codes() == [("RUN301", "warn", REGISTER), ("GEN101", "fail", "a.vcf")]
    repo.add(REGISTER, register)
    assert scan("--staged", cwd=repo.root).codes() == [("GEN101", "waived", "a.vcf")]


@pytest.mark.parametrize("name", ["vendor.yaml", "vendors.yml", "waiver.yaml", "data_use.yaml", "attestations.yml"])
def test_misspelt_register(tmp_path: Path, name: str) -> None:
    """A file that was meant to be a register is an error with the name that was meant; any other file is nobody's business."""
    folder = write(tmp_path / "w", {POLICY: policy(), f".genomic-guard/{name}": "[]\n"})
    ran = inside("scan", folder)
    said = rf"genomic-guard: \.genomic-guard/{re.escape(name)}:1:1: there is no such register; did you mean '[a-z-]+\.yaml'\?\n"
    assert (ran.code, bool(re.fullmatch(said, ran.err))) == (2, True), ran.err
    others = ["notes.yaml", "vendors.txt", "baselines", "evidence/vendor.yaml", "vendors.yaml"]
    folder = write(tmp_path / "o", {POLICY: policy()} | {f".genomic-guard/{each}": "[]\n" for each in others})
    write(folder, {".genomic-guard/licences.lock.yaml": 'version: 1\ndate: "2026-01-04"\npackages: []\n'})
    assert (inside("scan", folder).code, inside("scan", folder).err) == (0, "")


def test_schema_and_reader_agree() -> None:
    """The shipped schema accepts a policy with every key, and the other form of a waiver, and no mixture of both."""
    schema = json.loads((files("pytest_genomic_guard.schemas") / "policy-1.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    document = everything()
    validator.validate(document)
    waiver = document["waivers"][0]
    waiver["manifest"] = f"{LISTS}/x"
    assert not validator.is_valid(document)
    del waiver["path"]
    validator.validate(document)
    document["samples"]["public"] = ["hapmapp"]
    assert not validator.is_valid(document)
