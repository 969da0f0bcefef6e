"""The baseline: known debts of code, licences and cards; never of data of people, and never more than there were."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from _debts import BASELINE, HEAD, POLICY_TEXT, Repo, entry, install, run, scanned, write
from _policy import POLICY, hook, inside

from pytest_genomic_guard.policy.lists import escaped, manifest, read_manifest
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

DEBTS = {"a.py": "token opensesame\n\nevaluate\n", "d/b.py": "one opensesame\none opensesame\ntwo opensesame\n", "c.md": "nocard\n"}
LINES = HEAD + "".join(
    [
        entry("a.py", "COD901"),
        entry("a.py", "SEC901", "token"),
        entry("c.md", "CARD901"),
        entry("d/b.py", "SEC901", "one", 2),
        entry("d/b.py", "SEC901", "two"),
    ]
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Install the plugin with the checks."""
    return install(tmp_path / "site")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with debts."""
    return write(tmp_path / "work", {POLICY: POLICY_TEXT, **DEBTS})


def test_written_and_used(site: Path, folder: Path) -> None:
    """What is written is sorted, one entry a line, without lines and dates, the same each time; with it all debts are baselined."""
    assert {outcome for _code, outcome, _path in scanned(site, folder)} == {"fail"}
    for _again in range(2):
        ran = run(site, folder, "scan", "--write-baseline", BASELINE)
        assert (folder / BASELINE).read_text() == LINES
        assert "the baseline holds 6 findings" in ran.err
    found = scanned(site, folder)
    assert len(found) == 6
    assert {outcome for _code, outcome, _path in found} == {"baselined"}
    report = json.loads(run(site, folder, "scan", "--format", "json").out)
    assert [each["path"] for each in report["evidence"]] == [BASELINE]


CHANGES = {
    "one more": ("d/b.py", DEBTS["d/b.py"] + "one opensesame\n", 5),
    "another key": ("d/b.py", DEBTS["d/b.py"].replace("two", "three"), 5),
    "another code": ("d/b.py", DEBTS["d/b.py"] + "evaluate\n", 5),
    "one less": ("d/b.py", DEBTS["d/b.py"].replace("two opensesame\n", ""), 5),
    "none left": ("d/b.py", "plain\n", 5),
}


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_changed_file(site: Path, folder: Path, name: str) -> None:
    """Where codes, keys or numbers differ, all findings of that file fire, and no other file's."""
    path, text, line = CHANGES[name]
    write(folder, {path: text, BASELINE: LINES})
    found = scanned(site, folder)
    here = [(code, outcome) for code, outcome, where in found if where == path]
    assert len(here) == text.count("opensesame") + text.count("evaluate")
    assert {outcome for _code, outcome in here} <= {"fail"}
    assert {outcome for _code, outcome, where in found if where in DEBTS and where != path} == {"baselined"}
    report = json.loads(run(site, folder, "scan", "--format", "json").out)
    told = [(each["path"], each["line"], each["message"]) for each in report["findings"] if each["code"] == "RUN204"]
    word = "fewer" if name in {"one less", "none left"} else "other or more"
    assert [(where, at) for where, at, _message in told] == [(BASELINE, line)]
    assert word in told[0][2]


def test_lines_may_move(site: Path, folder: Path) -> None:
    """A debt that stands elsewhere in its file is the same debt; in another file it is a new one."""
    write(folder, {BASELINE: LINES, "a.py": "\n\n\n" + DEBTS["a.py"]})
    assert {outcome for _code, outcome, _path in scanned(site, folder)} == {"baselined"}
    (folder / "a.py").rename(folder / "moved.py")
    found = scanned(site, folder)
    assert ("SEC901", "fail", "moved.py") in found
    assert ("RUN204", "warn", BASELINE) in found


def test_never_people(site: Path, folder: Path) -> None:
    """Data of people are neither written into a baseline nor taken from one."""
    write(folder, {"x.vcf": samples.vcf(), "y.txt": "chart\n"})
    run(site, folder, "scan", "--write-baseline", BASELINE)
    assert (folder / BASELINE).read_text() == LINES
    found = scanned(site, folder)
    assert ("GEN101", "fail", "x.vcf") in found
    assert ("PHI199", "fail", "y.txt") in found
    write(folder, {BASELINE: LINES + entry("x.vcf", "GEN101")})
    ran = run(site, folder, "scan")
    assert (ran.code, ran.out) == (2, "")
    assert f"{BASELINE}:7:1: this must be a path, a code of SEC, COD, LIC or CARD, a key and a count" in ran.err


BAD = {
    "no head": (LINES.replace(HEAD, ""), 1, "a baseline begins with the line"),
    "empty": ("", 1, "a baseline begins with the line"),
    "another version": (LINES.replace("baseline 1", "baseline 2"), 1, "a baseline begins with the line"),
    "blanks": (LINES.replace("\t", " ", 1), 2, "this must be a path"),
    "no count": (LINES.replace("\t1\n", "\t0\n", 1), 2, "this must be a path"),
    "repeated": (LINES + entry("a.py", "COD901", "", 3), 7, "this entry is repeated"),
    "cut": (LINES[:-1], 6, "the last line of this file has no end"),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_bad_baseline(site: Path, folder: Path, name: str) -> None:
    """A baseline that cannot be read is an error with its place, and quotes nothing."""
    text, line, message = BAD[name]
    write(folder, {BASELINE: text})
    ran = run(site, folder, "scan")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"genomic-guard: {BASELINE}:{line}:1: {message}")
    given = write(folder, {"other": text, BASELINE: LINES}) / "other"
    assert f"the file given with --baseline:{line}:1: {message}" in run(site, folder, "scan", "--baseline", str(given)).err


def test_other_line_ends_and_other_file(site: Path, folder: Path) -> None:
    """A checkout with CRLF reads the same; --baseline takes another file for one run."""
    write(folder, {BASELINE: LINES.replace("\n", "\r\n"), "other": HEAD})
    assert {outcome for _code, outcome, _path in scanned(site, folder)} == {"baselined"}
    assert {outcome for _code, outcome, _path in scanned(site, folder, "--baseline", "other")} == {"fail"}


def test_narrowed_runs(site: Path, folder: Path) -> None:
    """A run of some codes or some files holds only these against the baseline."""
    write(folder, {BASELINE: LINES})
    for arguments in (["--select", "COD"], ["--ignore", "SEC"], ["a.py"], ["d/b.py"]):
        found = scanned(site, folder, *arguments)
        assert found
        assert {outcome for _code, outcome, _path in found} == {"baselined"}


@pytest.mark.parametrize("narrowed", [["a.py"], ["--select", "SEC"], ["--ignore", "SEC"], ["--staged"]])
def test_a_baseline_of_a_part_is_not_written(site: Path, folder: Path, narrowed: list[str]) -> None:
    """A part would drop the debts of the rest without a word, so it is refused."""
    ran = run(site, folder, "scan", "--write-baseline", BASELINE, *narrowed)
    assert (ran.code, ran.out) == (2, "")
    assert not (folder / BASELINE).exists()


def test_of_the_index(site: Path, tmp_path: Path) -> None:
    """What is staged is held against the staged baseline; one that is not staged is named and not used."""
    repo = Repo(tmp_path / "repo")
    for name, text in {POLICY: POLICY_TEXT, **DEBTS}.items():
        repo.add(name, text.encode())
    write(repo.root, {BASELINE: LINES})
    found = scanned(site, repo.root, "--staged")
    assert ("RUN301", "warn", BASELINE) in found
    assert ("SEC901", "fail", "a.py") in found
    repo.commit(BASELINE, LINES.encode())
    repo.add("a.py", (DEBTS["a.py"] + "# more\n").encode())
    found = scanned(site, repo.root, "--staged")
    assert sorted(found) == [("COD901", "baselined", "a.py"), ("SEC901", "baselined", "a.py")]


def test_without_a_policy(tmp_path: Path) -> None:
    """A baseline counts without a policy file as well; a link in its place is refused."""
    folder = write(tmp_path / "w", {BASELINE: HEAD + entry("a.py", "SEC999"), "x.txt": "plain\n"})
    assert inside("scan", "--format", "json", folder).codes() == [("RUN204", "warn", BASELINE)]
    (folder / BASELINE).unlink()
    (folder / BASELINE).symlink_to("../x.txt")
    ran = inside("scan", folder)
    assert (ran.code, f"{BASELINE}:1:1: this file is a link" in ran.err) == (2, True)


def test_masked_path(site: Path, folder: Path) -> None:
    """A sample id in a path gets into no baseline, and the debt is known all the same."""
    name = samples.name()
    write(folder, {f"{name}.py": "opensesame\n", "x.vcf": samples.vcf(names=name)})
    run(site, folder, "scan", "--write-baseline", BASELINE)
    text = (folder / BASELINE).read_text()
    assert name not in text
    assert entry("[masked].py") in text
    assert ("SEC901", "baselined", "[masked].py") in scanned(site, folder)


def test_hook_without_plugins_reads_it(tmp_path: Path) -> None:
    """The hook reads the staged baseline, and what is wrong with it is its error."""
    repo = Repo(tmp_path / "repo")
    repo.add("a.txt", b"plain\n")
    repo.add(BASELINE, b"nothing\n")
    ran = hook("everything", "a.txt", cwd=repo.root)
    assert (ran.code, f"{BASELINE}:1:1:" in ran.err) == (2, True)


@settings(max_examples=200, deadline=None)
@given(
    paths=st.dictionaries(
        st.binary(min_size=1, max_size=20).filter(lambda path: b"\0" not in path), st.just("0" * 64), min_size=1, max_size=5
    )
)
def test_any_path_in_a_manifest(paths: dict[bytes, str]) -> None:
    """Whatever a file is called, its line gives its name back, and no name breaks a line."""
    text = manifest(paths.items())
    assert dict(read_manifest(text.encode(), b"m")) == paths
    assert text.count("\n") == len(paths)
    assert not any(mark in escaped(path.decode("utf-8", "surrogateescape")) for path in paths for mark in "\t\n\r\x85\u2028")
