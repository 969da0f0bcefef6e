"""``genomic-guard scan`` and ``explain``: exit codes, formats, what is selected, what is scanned from where."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from _scratch import Repo, environment, guard, hook, scan, valid

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path


def test_clean_repository_is_0(repo: Repo) -> None:
    """A repository with plain text passes, and the report counts what was read."""
    repo.commit("a.txt", samples.prose())
    ran = scan(cwd=repo.root)
    assert ran.code == 0
    report = ran.json
    assert (report["verdict"], report["scanned"]["files"], report["scanned"]["coverage"]["full"]) == ("pass", 1, 1)
    assert ran.err == ""


def test_people_are_1(repo: Repo) -> None:
    """A committed call set fails, in text and in JSON, with code, place and what to do."""
    repo.commit("data/x.vcf", samples.vcf(samples=3))
    ran = guard("scan", cwd=repo.root)
    assert ran.code == 1
    assert "GEN101 individual-level-variant-calls: 1 fail" in ran.out
    assert "  data/x.vcf:4\n      VCF with genotype columns of 3 people\n" in ran.out
    assert "genomic-guard explain GEN101" in ran.out
    assert scan(cwd=repo.root).codes() == [("GEN101", "fail", "data/x.vcf")]


def test_finding_beats_gap(repo: Repo) -> None:
    """With a finding and a gap the status is 1, and both are told."""
    repo.add("x.vcf", samples.vcf())
    repo.add("y.gz", b"\x1f\x8b\x08\0")
    ran = scan(cwd=repo.root)
    assert ran.code == 1
    assert ran.gaps() == [("y.gz", "truncated")]
    assert len(ran.codes()) == 1


def test_gap_alone_is_3(repo: Repo) -> None:
    """What could not be read is incomplete, never clean."""
    repo.add("y.gz", b"\x1f\x8b\x08\0")
    ran = guard("scan", cwd=repo.root)
    assert ran.code == 3
    assert "INCOMPLETE" in ran.out
    assert "ends in the middle of its compressed data" in ran.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["scan", "no-such-file"],
        ["scan", "--select", "NOPE"],
        ["scan", "--ignore", "GEN,PHI,SEC,COD,LIC,CARD,GOV,FAIR,MIA"],
        ["scan", "--profile", "lenient"],
        ["scan", "--config", "no-such-file"],
        ["scan", "--format", "xml"],
        ["scan", "--format", "json:"],
        ["scan", "--format", "json", "--format", "text"],
        ["scan", "--no-such-option"],
        ["scan", "--staged", "a.txt"],
        ["explain", "NOPE999"],
        ["explain"],
        ["nothing"],
        [],
    ],
)
def test_wrong_usage_is_2(repo: Repo, arguments: list[str]) -> None:
    """Whatever cannot be understood is said on stderr, with nothing on stdout."""
    repo.commit("a.txt", samples.prose())
    ran = guard(*arguments, cwd=repo.root)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err


def test_json_is_reproducible(tmp_path: Path) -> None:
    """Two runs over the same content give the same bytes, also in a copy elsewhere."""
    people = samples.vcf(samples=2)
    outputs = set()
    for name in ("one", "two"):
        repo = Repo(tmp_path / name)
        repo.commit("b/x.vcf", people)
        repo.commit("a.gz", b"\x1f\x8b\x08\0")
        outputs |= {scan(cwd=repo.root).raw_out for _each in range(2)}
    assert len(outputs) == 1


def test_two_formats(repo: Repo, tmp_path: Path) -> None:
    """JSON goes to a file while text goes to stdout."""
    repo.commit("x.vcf", samples.vcf())
    file = tmp_path / "report.json"
    ran = guard("scan", "--format", f"json:{file}", "--format", "text", cwd=repo.root)
    assert ran.code == 1
    assert "FAIL  1 fail" in ran.out
    assert valid(file.read_text())["verdict"] == "fail"


def test_select_and_ignore(repo: Repo) -> None:
    """Codes and prefixes narrow what is looked for; RUN runs always."""
    repo.add("x.vcf", samples.vcf())
    repo.add("d.bin", samples.binary())
    assert {code for code, _outcome, _path in scan(cwd=repo.root).codes()} == {"GEN101", "RUN102"}
    assert {code for code, _outcome, _path in scan("--select", "gen1", cwd=repo.root).codes()} == {"GEN101", "RUN102"}
    narrow = scan("--select", "GEN102,GEN103", cwd=repo.root)
    assert (narrow.code, [code for code, *_rest in narrow.codes()]) == (0, ["RUN102"])
    without = scan("--ignore", "GEN101", "--ignore", "GEN102", cwd=repo.root)
    assert (without.code, [code for code, *_rest in without.codes()]) == (0, ["RUN102"])


@pytest.mark.parametrize(("profile", "outcome", "code"), [("minimal", "note", 0), ("research", "warn", 0), ("strict", "fail", 1)])
def test_profile(repo: Repo, profile: str, outcome: str, code: int) -> None:
    """The profile on the command line decides what content that was read in part means."""
    repo.add(".genomic-guard.yaml", b"version: 1\nprofile: minimal\n")
    repo.add("d.bin", samples.binary())
    ran = scan("--profile", profile, cwd=repo.root)
    assert (ran.code, ran.codes()) == (code, [("RUN102", outcome, "d.bin")])
    assert ran.json["policy"]["profile"] == profile


def test_config(repo: Repo, tmp_path: Path) -> None:
    """A policy given by name is used instead of the repository's; its mistakes are told with line and column."""
    repo.add(".genomic-guard.yaml", b"version: 1\nprofile: strict\n")
    repo.add("d.bin", samples.binary())
    other = tmp_path / "other.yaml"
    other.write_bytes(b"version: 1\nexclude: [{path: '*.bin', reason: checked by hand}]\n")
    ran = scan("--config", other, cwd=repo.root)
    assert (ran.code, ran.json["scanned"]["excluded"]) == (0, 1)
    other.write_bytes(b"version: 1\nprofil: strict\n")
    wrong = scan("--config", other, cwd=repo.root)
    assert wrong.code == 2
    assert "--config:2:1: unknown key; did you mean 'profile'?" in wrong.err


def test_from_sub_directory(repo: Repo) -> None:
    """Without paths the whole repository is scanned, wherever one stands; paths are relative to the top."""
    repo.add("x.vcf", samples.vcf())
    repo.write("sub/y.vcf", samples.vcf())
    ran = scan(cwd=repo.root / "sub")
    assert ran.codes() == [("GEN101", "fail", "sub/y.vcf"), ("GEN101", "fail", "x.vcf")]
    assert scan(".", cwd=repo.root / "sub").codes() == [("GEN101", "fail", "sub/y.vcf")]
    assert scan("../x.vcf", cwd=repo.root / "sub").codes() == [("GEN101", "fail", "x.vcf")]


def test_ignored_files(repo: Repo) -> None:
    """An ignored file is passed over, also inside a named folder, but not when it is named itself."""
    repo.commit(".gitignore", b"*.vcf\n")
    repo.write("sub/y.vcf", samples.vcf())
    assert scan(cwd=repo.root).codes() == []
    assert scan("sub", cwd=repo.root).codes() == []
    named = scan("sub/y.vcf", cwd=repo.root)
    assert (named.code, named.codes()) == (1, [("GEN101", "fail", "sub/y.vcf")])


def test_plain_directory(folder: Path) -> None:
    """Outside a repository everything is read: hidden files, and what a .gitignore names."""
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / ".x").write_bytes(samples.vcf())
    (folder / ".gitignore").write_bytes(b"*\n")
    ran = scan(folder, cwd=folder.parent)
    assert (ran.code, ran.codes()) == (1, [("GEN101", "fail", ".hidden/.x")])
    assert ran.json["scanned"]["source"] == "directory"
    assert ran.json["scanned"]["files"] == 2


def test_policy_of_a_plain_directory(folder: Path) -> None:
    """The policy at the top of a folder holds for the folder and for a single file in it, where it is not itself judged."""
    (folder / ".genomic-guard.yaml").write_bytes(b"version: 1\nprofile: strict\n")
    (folder / "d.bin").write_bytes(samples.binary())
    assert scan(cwd=folder).code == 1
    alone = scan("d.bin", cwd=folder)
    assert (alone.code, alone.json["scanned"]["files"], alone.json["policy"]["profile"]) == (1, 1, "strict")


def test_nothing_to_scan(folder: Path, repo: Repo) -> None:
    """An empty folder, an empty repository and an empty index are 0 files and clean."""
    for ran in (guard("scan", cwd=folder), guard("scan", cwd=repo.root), guard("scan", "--staged", cwd=repo.root)):
        assert ran.code == 0
        assert ran.out.startswith("0 files")


def test_staged_before_the_first_commit(repo: Repo) -> None:
    """The index is judged where nothing was committed yet."""
    repo.add("x.vcf", samples.vcf())
    ran = scan("--staged", cwd=repo.root)
    assert (ran.code, ran.codes(), ran.json["scanned"]["source"]) == (1, [("GEN101", "fail", "x.vcf")], "index")


def test_staged_judges_the_index_only(repo: Repo) -> None:
    """What is committed already, or not staged, is not judged; what is staged is, though the work tree was cleaned."""
    repo.commit("old.vcf", samples.vcf())
    repo.write("new.vcf", samples.vcf())
    assert scan("--staged", cwd=repo.root).code == 0
    repo.git("add", "new.vcf")
    repo.write("new.vcf", b"")
    cleaned = scan("--staged", cwd=repo.root)
    assert (cleaned.code, cleaned.codes()) == (1, [("GEN101", "fail", "new.vcf")])
    assert hook("everything", "new.vcf", cwd=repo.root).code == 1
    assert hook("genomic", "new.vcf", cwd=repo.root).code == 1
    repo.git("rm", "-q", "--cached", "-f", "new.vcf")
    assert scan("--staged", cwd=repo.root).code == 0


def test_staged_policy(repo: Repo) -> None:
    """An edit of the policy that is not staged is named and not used."""
    repo.commit(".genomic-guard.yaml", b"version: 1\nprofile: strict\n")
    repo.add("d.bin", samples.binary())
    repo.write(".genomic-guard.yaml", b"version: 1\nprofile: minimal\n")
    ran = scan("--staged", cwd=repo.root)
    assert ran.code == 1
    assert ("RUN301", "warn", ".genomic-guard.yaml") in ran.codes()
    assert ran.json["policy"]["profile"] == "strict"


def test_commit_that_only_deletes(repo: Repo) -> None:
    """Taking people out passes: the staged scan and a hook that gets no names."""
    repo.commit("x.vcf", samples.vcf())
    repo.git("rm", "-q", "x.vcf")
    for ran in (guard("scan", "--staged", cwd=repo.root), hook("everything", cwd=repo.root), hook("genomic", cwd=repo.root)):
        assert ran.code == 0
        assert "0 files changed content" in ran.out


def test_hook_without_names(repo: Repo) -> None:
    """A hook that gets no names judges what is staged."""
    repo.commit("old.vcf", samples.vcf())
    assert hook("everything", cwd=repo.root).code == 0
    repo.add("new.vcf", samples.vcf())
    ran = hook("everything", cwd=repo.root)
    assert ran.code == 1
    assert "new.vcf" in ran.out
    assert "old.vcf" not in ran.out


def test_explain(tmp_path: Path) -> None:
    """The manual of a code, and the near one for a slip."""
    ran = guard("explain", "gen101", cwd=tmp_path)
    assert ran.code == 0
    assert ran.out.startswith("GEN101 individual-level-variant-calls (error, high confidence, since 0.1)\n")
    assert "What to do instead" in ran.out
    assert "max-samples: 0 by default" in ran.out
    assert "did you mean GEN101?" in guard("explain", "GEM101", cwd=tmp_path).err


def test_version_and_help(tmp_path: Path) -> None:
    """Both go to stdout with status 0, and help tells the exit statuses."""
    assert guard("--version", cwd=tmp_path).out.startswith("genomic-guard ")
    shown = guard("scan", "--help", cwd=tmp_path)
    assert shown.code == 0
    assert "130 interrupted" in shown.out


def test_control_c(folder: Path) -> None:
    """An interrupt while a large input is read ends with 130, without a traceback."""
    with open(folder / "big.txt", "wb") as big:
        big.truncate(1 << 36)  # sparse: no disk is used, and nobody reads it to the end
        big.write(b"plain ")
    child = subprocess.Popen(
        [sys.executable, "-I", "-m", "pytest_genomic_guard", "scan", "--jobs", "1"],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not any(target.endswith("big.txt") for target in _open_files(child.pid)):
        assert child.poll() is None
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=60)
    assert (child.returncode, out, err) == (130, "", "genomic-guard: interrupted\n")


def _open_files(process: int) -> list[str]:
    """Return the paths that a process has open."""
    found = []
    for name in os.listdir(f"/proc/{process}/fd"):
        with suppress(FileNotFoundError):  # closed meanwhile
            found.append(os.readlink(f"/proc/{process}/fd/{name}"))
    return found


@pytest.mark.parametrize("name", ["json", "re", "sitecustomize", "usercustomize", "yaml", "pytest_genomic_guard", "os", "argparse"])
def test_shadowing_module(repo: Repo, tmp_path: Path, name: str) -> None:
    """A module of the scanned repository is never imported, not even with PYTHONPATH=."""
    marker = tmp_path / "marker"
    repo.add(f"{name}.py", f"open({str(marker)!r}, 'w').close()\n".encode())
    repo.add(".genomic-guard.yaml", b"version: 1\n")
    repo.add("x.vcf", samples.vcf())
    env = {"PYTHONPATH": "."}
    assert scan(cwd=repo.root, env=env).code == 1
    assert hook("everything", "x.vcf", cwd=repo.root, env=env).code == 1
    assert guard("explain", "GEN101", cwd=repo.root, env=env).code == 0
    assert not marker.exists()
