"""No value leaves with an error: what a policy, git's configuration or a conflict says is not passed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from _values import DOORS, GUARD, Planted

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def planted(tmp_path: Path) -> Planted:
    """Return a repository with nothing planted yet."""
    return Planted.in_turn(tmp_path)


WRONG = {
    "a key": "version: 1\nVALUE: 1\n",
    "a profile": "version: 1\nprofile: VALUE\n",
    "a version": "version: VALUE\n",
    "a code": "version: 1\nselect: [VALUE]\n",
    "a known code's option": "version: 1\nchecks: {GEN101: {VALUE: 1}}\n",
    "an option": "version: 1\nchecks: {GEN101: {max-samples: VALUE}}\n",
    "a date": f"version: 1\nwaivers: [{{code: GEN101, path: p, sha256: {'0' * 64}, reason: r, owner: o, expires: VALUE}}]\n",
    "a digest": "version: 1\nwaivers: [{code: GEN101, path: p, sha256: VALUE, reason: r, owner: o, expires: 2999-01-01}]\n",
    "a path": "version: 1\nexclude: [{path: /VALUE, reason: r}]\n",
    "a list": "version: 1\nexclude: VALUE\n",
    "a bound": 'version: 1\nfairness: {g: {value: "f#/x", bounds: {tpr.difference: VALUE}}}\n',
    "a metric": 'version: 1\nfairness: {g: {value: "f#/x", bounds: {VALUE: "<= 0.1"}}}\n',
    "an anchor": "version: 1\nselect: &VALUE [GEN]\nignore: *VALUE\n",
    "a tag": "version: 1\nselect: !VALUE [GEN]\n",
    "no YAML": "version: 1\nVALUE: [\n",
    "a tab": "version: 1\n\tVALUE: 1\n",
    "text": "VALUE",
    "a control character": "version: 1 # VALUE \x07\n",
    "a plugin's name": "version: 1\nplugins: ['VALUE VALUE']\n",
    "a repeated key": "version: 1\nVALUE: 1\nVALUE: 2\n",
}


@pytest.mark.parametrize("what", WRONG)
def test_policy_that_is_wrong(planted: Planted, what: str) -> None:
    """The error of a policy has line and column, and quotes nothing, through every door and as --config."""
    text = WRONG[what].replace("VALUE", planted.mark("policy"))
    planted.write(".genomic-guard.yaml", text.encode())
    for door, status in (("scan", 2), ("hook", 2), ("pytest, long", 4)):
        planted.silent(*DOORS[door], status=[status])
    planted.repo.git("mv", "-f", ".genomic-guard.yaml", "other.yaml")
    planted.silent(*GUARD, "scan", "--config", "other.yaml", status=[2])


CONFIGS = {
    "no configuration": "VALUE\n",
    "bare": "[core]\n\tbare = VALUE\n",
    "version": "[core]\n\trepositoryformatversion = VALUE\n",
    "extension": "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tVALUE = true\n",
    "work tree": "[core]\n\tworktree = /VALUE\n",
    "work tree that is there": "[core]\n\tworktree = ../home\n\tnote = VALUE\n",
    "include": "[include]\n\tpath = VALUE\n[core]\n\tbare = VALUE\n",
    "attributes": "[core]\n\tattributesFile = ~VALUE/x\n",
    "excludes": "[core]\n\texcludesFile = ~VALUE/x\n",
}


@pytest.mark.parametrize("config", CONFIGS)
def test_git_that_refuses(planted: Planted, config: str) -> None:
    """What git says of its configuration names files and values, and is not passed on."""
    planted.write("plain.txt", samples.prose())
    with (planted.repo.root / ".git" / "config").open("a", encoding="utf-8") as file:
        file.write(CONFIGS[config].replace("VALUE", planted.mark("configuration")))
    for door in ("scan", "scan, staged", "hook", "pytest, long"):
        planted.silent(*DOORS[door], status=[0, 1, 3, 4])


def test_conflict_and_missing_objects(planted: Planted) -> None:
    """A conflict, an object that is gone and a branch are told without their names."""
    branch = planted.mark("branch")
    planted.repo.commit("plain.txt", samples.prose())
    planted.repo.git("checkout", "-q", "-b", branch)
    planted.repo.commit("plain.txt", planted.vcf("sample of theirs"))
    planted.repo.git("checkout", "-q", "main")
    planted.repo.commit("plain.txt", planted.vcf("sample of ours"))
    planted.repo.git("merge", branch, check=False)
    assert planted.repo.git("ls-files", "-u")
    for door, status in (("scan", 1), ("scan, staged", 3), ("hook", 3), ("pytest, long", 1)):
        planted.silent(*DOORS[door], status=[status])
    planted.repo.git("reset", "-q", "--hard")
    planted.write(f"{planted.mark('sample of ours')}.vcf", planted.vcf("sample that is gone"))
    planted.repo.blob(f"{planted.mark('sample of ours')}.vcf").unlink()
    planted.write("beside.vcf", planted.vcf("sample of ours"))
    for door in ("scan, staged", "hook"):
        assert b"[masked].vcf" in planted.silent(*DOORS[door])
