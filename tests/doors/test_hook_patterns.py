"""What pre-commit's patterns keep from a hook is named, by real pre-commit at real commits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from _precommit import (  # noqa: F401 - a fixture is found by being here
    CallSet,
    Scratch,
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
