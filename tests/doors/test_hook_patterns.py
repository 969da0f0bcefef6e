"""What pre-commit's patterns and types keep from a hook is named, by real pre-commit at real commits, whatever they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from _precommit import (  # noqa: F401 - a fixture is found by being here
    CallSet,
    Scratch,
    fixture_bare,
    fixture_calls,
    fixture_common,
    fixture_empty,
    fixture_hooks,
    told,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("where", ["top", "hook"])
@pytest.mark.parametrize("pattern", [{"exclude": "^data/"}, {"files": r"\.txt$"}])
def test_withheld_file_is_named(empty: Scratch, hooks: Path, calls: CallSet, where: str, pattern: dict[str, str]) -> None:
    """A file that pre-commit's patterns keep from the hook is listed; the commit passes, since the user asked for that."""
    top, use = (pattern, {}) if where == "top" else ({}, pattern)
    empty.install(hooks, {"id": "genomic-guard", **use}, **top)
    empty.stage("data/people.vcf", calls.vcf)
    empty.stage("seen.txt")
    done = empty.commit()
    assert done.returncode == 0, told(done)
    assert "RUN401" in told(done)
    assert "data/people.vcf" in told(done)
    assert "seen.txt" not in told(done)
    assert "1 files of the index" in told(done)


def test_only_withheld_files_staged(empty: Scratch, hooks: Path, calls: CallSet) -> None:
    """When every staged file is withheld, pre-commit gives no names: the commit passes and the file is still listed."""
    empty.install(hooks, exclude="^data/")
    empty.stage("data/people.vcf", calls.vcf)
    done = empty.commit()
    assert done.returncode == 0, told(done)
    assert "RUN401" in told(done)
    assert "data/people.vcf" in told(done)


def test_patterns_of_another_hook_withhold_nothing(empty: Scratch, hooks: Path, calls: CallSet) -> None:
    """What one hook is not shown the other one still judges."""
    empty.install(hooks, {"id": "genomic-guard-genomic", "exclude": "^data/"}, {"id": "genomic-guard"})
    empty.stage("data/people.vcf", calls.vcf)
    done = empty.commit()
    assert done.returncode == 1
    assert "GEN101" in told(done)


def test_given_name_is_judged_whatever_the_patterns_say(empty: Scratch, hooks: Path, calls: CallSet) -> None:
    """A name that the hook is given was not withheld: another configuration may have chosen it."""
    empty.install(hooks, exclude="^data/")
    empty.stage("data/people.vcf", calls.vcf)
    done = empty.hook("data/people.vcf")
    assert done.returncode == 1
    assert "GEN101" in done.stdout
    assert "RUN401" not in done.stdout


def test_run_all_files_names_what_is_withheld(empty: Scratch, hooks: Path, calls: CallSet) -> None:
    """Over all files, withheld ones are listed although nothing is staged."""
    empty.install(hooks, exclude="^old/")
    empty.stage("old/people.vcf", calls.vcf)
    empty.keep()
    done = empty.pre_commit("run", "--all-files")
    assert done.returncode == 0, told(done)
    assert "RUN401" in told(done)
    assert "old/people.vcf" in told(done)


@pytest.mark.parametrize("narrow", [{"types": ["python"]}, {"types_or": ["python", "symlink"]}, {"exclude_types": ["plain-text"]}])
def test_types_that_narrow_the_hook(empty: Scratch, hooks: Path, calls: CallSet, narrow: dict[str, object]) -> None:
    """Types of the user withhold a staged file: the report says that they do, and names the file."""
    empty.install(hooks, {"id": "genomic-guard", **narrow})
    empty.stage("code.py", b"import os\n")
    (empty.root / "link").symlink_to("code.py")
    empty.git("add", "link")
    empty.stage("people.vcf", calls.vcf)
    if "exclude_types" in narrow:
        (empty.root / "people.vcf").rename(empty.root / "people.txt")
        empty.git("add", "--all")
    done = empty.commit()
    assert done.returncode == 0, told(done)
    assert ".pre-commit-config.yaml\n      types, types_or or exclude_types narrow this hook" in told(done)
    assert "people." in told(done)
    assert "staged, and not given to the hook" in told(done)


def test_types_that_leave_no_names(empty: Scratch, hooks: Path, calls: CallSet) -> None:
    """Where types leave the hook without names, it judges what is staged, and still says that they narrow it."""
    empty.install(hooks, {"id": "genomic-guard", "types": ["python"]})
    empty.stage("people.vcf", calls.vcf)
    done = empty.commit()
    assert done.returncode == 1
    assert "GEN101" in told(done)
    assert "narrow this hook" in told(done)


def test_types_and_many_names(bare: Scratch) -> None:
    """Of more names than surely fit one run, none is called withheld: another run may have been given it."""
    bare.stage(".pre-commit-config.yaml", b"repos: [{repo: x, hooks: [{id: genomic-guard, types: [text]}]}]\n")
    names = [f"{number:0100}.txt" for number in range(40)]
    for name in names:
        bare.stage(name)
    done = bare.hook(*names[:20])
    assert (done.returncode, done.stdout.count("RUN401")) == (0, 2), told(done)
    assert "narrow this hook" in done.stdout
    assert "not given to the hook" not in done.stdout
    assert names[30] not in done.stdout


@pytest.mark.parametrize(
    "configuration",
    [
        "repos: [{repo: x, hooks: [{id: genomic-guard, types: [], types_or: [symlink, file], exclude_types: []}]}]",
        "repos: [{repo: x, hooks: [{id: genomic-guard, alias: files}, {id: another, types: [text], files: x}]}]",
        "repos: [{repo: local, hooks: [{id: genomic-guard, types: []}]}]",
    ],
)
def test_types_that_narrow_nothing(bare: Scratch, configuration: str) -> None:
    """Types that let all files and links through, and those of another hook, are not told of."""
    bare.stage(".pre-commit-config.yaml", configuration.encode())
    done = bare.hook(".pre-commit-config.yaml")
    assert (done.returncode, "RUN401" in done.stdout) == (0, False), told(done)


def test_local_hook_without_types(bare: Scratch) -> None:
    """A hook of the repository's own gets no links unless it says so."""
    bare.stage(".pre-commit-config.yaml", b"repos: [{repo: local, hooks: [{id: genomic-guard}]}]\n")
    assert "narrow this hook" in bare.hook(".pre-commit-config.yaml").stdout


_BOMB = "a: &a [x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 8)}]\n" for before, name in zip("abcdefg", "bcdefgh", strict=True)
)
_UNCLEAR = {
    "cubic": "files: '^(a|a|a)*c$'",
    "groups": f"exclude: '^{'(a|a)' * 40}c$'",
    "stars": f"exclude: '^{'a*' * 30}c$'",
    "expansion": _BOMB + "files: *h",
    "number": "exclude: 2024",
    "broken": "exclude: '(a'",
    "long": f"exclude: {'a' * 70_000}",
    "large": f"exclude: a # {'a' * 300_000}",
    "merged": "x: &x {exclude: a}\n<<: *x",
    "digits": f"exclude: {'9' * 5_000}",
    "scalar": "exclude: !!int x",
}


@pytest.mark.parametrize(("what", "named"), [("cubic", True), *((what, False) for what in sorted(_UNCLEAR))])
def test_patterns_that_cannot_be_told(bare: Scratch, calls: CallSet, what: str, named: bool) -> None:  # noqa: FBT001 - a parameter
    """A pattern that would run for ever, or is not plainly there, withholds nothing: all is judged, with a warning."""
    bare.stage(".pre-commit-config.yaml", f"{_UNCLEAR[what]}\nrepos: []\n".encode())
    bare.keep()
    bare.stage("people.vcf", calls.vcf)
    bare.stage("a" * 60)
    done = bare.hook(*(["people.vcf"] if named else []))
    assert (done.returncode, done.stderr) == (1, ""), told(done)
    assert "could not be found out" in done.stdout
    assert "GEN101" in done.stdout


def test_use_by_merge_key(bare: Scratch) -> None:
    """A hook that takes its settings from elsewhere by a merge key is not read, and said so; another hook may."""
    uses = "x: &x {exclude: a}\nrepos: [{repo: x, hooks: [{<<: *x, id: %s}]}]\n"
    for name, count in (("genomic-guard", 1), ("another", 0)):
        bare.stage(".pre-commit-config.yaml", (uses % name).encode())
        assert bare.hook().stdout.count("could not be found out") == count


def test_odd_patterns_say_nothing_on_stderr(bare: Scratch) -> None:
    """A set of which Python warns is obeyed, and neither Python nor we show it."""
    bare.stage(".pre-commit-config.yaml", b"exclude: '^[[a]|^x{1,2}y'\nrepos: []\n")
    for name in ("a.txt", "xxy.txt", "c.txt"):
        bare.stage(name)
    done = bare.hook()
    assert (done.returncode, done.stderr) == (0, ""), told(done)
    assert "  a.txt" in done.stdout
    assert "  xxy.txt" in done.stdout
    assert "c.txt" not in done.stdout


def test_alias_of_a_pattern(bare: Scratch) -> None:
    """A pattern that stands elsewhere under an anchor is a pattern."""
    bare.stage(".pre-commit-config.yaml", b"x: &x ^a/\nexclude: *x\nrepos: []\n")
    bare.stage("a/b.txt")
    done = bare.hook()
    assert "a/b.txt" in done.stdout
    assert "a pattern of" in done.stdout
