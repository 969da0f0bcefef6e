"""The entries of the shipped manifest, called as pre-commit calls them, and the hook on our own repository."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from typing import TYPE_CHECKING

import pytest
import yaml
from _precommit import (  # noqa: F401 - a fixture is found by being here
    CHECKOUT,
    HOOKS,
    CallSet,
    Scratch,
    bcftools,
    fixture_bare,
    fixture_calls,
    fixture_common,
    fixture_hooks,
    told,
)

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path


def test_pysam_writes_the_same_calls(tmp_path: Path, calls: CallSet, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where bcftools is not installed, pysam's copy of it stands in, and writes people too."""
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    (tmp_path / "calls.vcf").write_bytes(calls.vcf)
    bcftools(tmp_path, "view", "--output", "again.vcf", "calls.vcf")
    assert calls.names[0].encode() in (tmp_path / "again.vcf").read_bytes()


def test_batch_sees_its_siblings(bare: Scratch) -> None:
    """A relation compares what a batch was given with what is staged beside it."""
    for end, data in (("bed", samples.bed(5, 4)), ("bim", samples.bim(4)), ("fam", samples.fam(5))):
        bare.stage(f"cohort.{end}", data)
    for given in ("cohort.bed", "cohort.fam"):
        done = bare.hook(given)
        assert done.returncode == 1
        assert "GEN103" in done.stdout


def test_edit_of_the_policy_that_is_not_staged(bare: Scratch, calls: CallSet) -> None:
    """The staged policy is used, and an edit beside it is named."""
    bare.stage("people.vcf", calls.vcf)
    bare.waive("people.vcf")
    bare.write(".genomic-guard.yaml", b"version: 1\n")
    done = bare.hook("people.vcf", ".genomic-guard.yaml")
    assert done.returncode == 0, told(done)
    assert "RUN301" in done.stdout
    assert "1 waived" in done.stdout


@pytest.mark.parametrize(
    ("args", "status"),
    [
        ([], 0),
        (["--"], 0),
        (["--profile", "strict"], 1),
        (["--profile", "strict", "--"], 1),
        (["--profile"], 2),
        (["--profile", "sttrict"], 2),
        (["--config"], 2),
        (["--config", "there-is-none.yaml"], 2),
        (["--nothing-we-know"], 3),  # no option, so a name, and a file that is not there is no clean file
        (["--", "--profile", "strict"], 3),
    ],
)
def test_odd_arguments(bare: Scratch, args: list[str], status: int) -> None:
    """Whatever stands before the names, the status says what came of it, and nothing ends in a traceback."""
    bare.stage("blob.dat", samples.binary())
    done = bare.hook("blob.dat", args=args)
    assert done.returncode == status, told(done)
    assert "Traceback" not in told(done)


def test_file_with_the_name_of_an_option(bare: Scratch, calls: CallSet) -> None:
    """A file name is never taken for an option, not even where the user's `args` do not end with `--`."""
    bare.stage("--config", calls.vcf)
    bare.stage("policy", b"version: 1\nexclude: [{path: '**', reason: a trick}]\n")
    done = bare.hook("--config", "policy")
    assert done.returncode == 1
    assert "GEN101" in done.stdout
    done = bare.hook("--config", "policy", args=[])
    assert done.returncode == 2
    assert "the name of an option" in done.stderr


def test_file_with_the_name_of_the_separator(bare: Scratch, calls: CallSet) -> None:
    """A file called `--` is judged, with shipped arguments and without."""
    bare.stage("--", calls.vcf)
    bare.stage("beside.txt")
    for args in (None, [], ["--profile", "research"]):
        done = bare.hook("--", "beside.txt", args=args)
        assert done.returncode == 1, told(done)
        assert "GEN101" in done.stdout


def test_file_name_of_other_bytes(bare: Scratch, calls: CallSet) -> None:
    """A name that is no UTF-8 is still the name of a file."""
    name = b"donn\xe9es.vcf"
    (bare.root / "plain").write_bytes(calls.vcf)
    os.rename(bare.root / "plain", os.path.join(os.fsencode(bare.root), name))
    bare.git("add", "--all")
    for done in (bare.hook(name), bare.hook()):
        assert done.returncode == 1, told(done)
        assert "donn\\xe9es.vcf" in done.stdout


def test_outside_a_repository(bare: Scratch) -> None:
    """Without a repository the hook says so, with the status of wrong usage."""
    shutil.rmtree(bare.root / ".git")
    bare.write("a.txt")
    done = bare.hook("a.txt", GIT_CEILING_DIRECTORIES=str(bare.root.parent))
    assert done.returncode == 2
    assert "git repository" in done.stderr


def test_first_commit(bare: Scratch, calls: CallSet) -> None:
    """In a repository without any commit, without names, everything staged is judged."""
    bare.stage("people.vcf", calls.vcf)
    bare.stage("sites.vcf", calls.sites)
    done = bare.hook()
    assert done.returncode == 1
    assert "2 files of the index" in done.stdout


def test_names_are_relative_to_where_the_hook_runs(bare: Scratch, calls: CallSet) -> None:
    """A hook that somebody calls in a folder finds the files that are named there."""
    bare.stage("folder/people.vcf", calls.vcf)
    entry = [sys.executable, *HOOKS["genomic-guard"]["entry"].split()[1:], "--", "people.vcf"]
    done = bare.run(*entry, folder="folder")
    assert done.returncode == 1, told(done)
    assert "folder/people.vcf" in done.stdout


@pytest.mark.parametrize("hook", sorted(HOOKS))
def test_manifest(hook: str) -> None:
    """Every hook judges links too, runs without names, in one process at a time, and shows its warnings."""
    shipped = HOOKS[hook]
    assert shipped["types"] == []
    assert shipped["types_or"] == ["file", "symlink"]
    assert [shipped[key] for key in ("always_run", "require_serial", "verbose")] == [True] * 3
    assert shipped["pass_filenames"] == (hook != "genomic-guard-push")  # which would be split over several processes
    assert shipped["entry"].startswith("python -I -m pytest_genomic_guard.hooks.")
    assert shipped["args"] == ["--"]
    other = {"genomic-guard-push": ["pre-push"], "genomic-guard-message": ["commit-msg"]}
    assert shipped["stages"] == other.get(hook, ["pre-commit", "pre-merge-commit", "manual"])


def test_our_own_configuration_is_the_shipped_hook() -> None:
    """The hook on our own repository is the shipped one, but for its environment, and it is shown every file."""
    (repo,) = yaml.safe_load((CHECKOUT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    (own,) = repo["hooks"]
    shipped = HOOKS[own["id"]]
    assert not {"files", "exclude"} & own.keys()
    assert {key for key in own if own[key] != shipped.get(key)} == {"language", "stages"}
    assert set(shipped) - set(own) == {"description", "minimum_pre_commit_version"}


def test_our_own_repository_passes_our_hook(hooks: Path, tmp_path: Path) -> None:
    """Over all files of this checkout, none excluded, our hook finds nothing: no test and no page holds anybody's data."""
    repository = Scratch(shutil.copytree(hooks, tmp_path / "checkout", symlinks=True))
    scripts = sysconfig.get_path("scripts")
    done = repository.pre_commit("run", "--all-files", PATH=os.pathsep.join([scripts, os.environ["PATH"]]))
    assert done.returncode == 0, told(done)
    assert "0 fail, 0 warn, 11 waived, 0 not read" in told(done)
    assert "0 excluded by policy" in told(done)
