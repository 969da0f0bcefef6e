"""How an audit is called: packs by their names, wrong usage, repositories with nothing, documents that cannot be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from _audit import audit, calls, told
from _scratch import Ran, Repo, guard

from pytest_genomic_guard.policy.packs import RULES
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", ["ukb", "UKB", "ukb-2026-04"])
def test_a_pack_has_a_short_name(repo: Repo, name: str) -> None:
    """The first part stands for the newest pack of that rule maker."""
    repo.commit("notes.md", samples.prose())
    assert told(repo, pack=name)["pack"]["name"] == "ukb-2026-04"


def usage(ran: Ran) -> str:
    """Assert that a command was refused, and return what it says."""
    assert (ran.code, ran.out) == (2, "")
    return ran.err


def test_wrong_usage_is_told(repo: Repo, folder: Path) -> None:
    """An unknown pack with the nearest name and the list, no repository, a wrong range, options that exclude each other."""
    repo.commit("notes.md", samples.prose())
    said = usage(audit(repo, pack="ukbb"))
    assert "did you mean ukb?" in said
    assert all(pack.name in said for pack in RULES)
    assert "did you mean" not in usage(audit(repo, pack="x"))
    assert "git repository" in usage(audit(folder))
    assert "A..B" in usage(audit(repo, "--range", "main"))
    assert "--reflog" in usage(audit(repo, "--range", "HEAD..main", "--reflog"))
    assert "--pack" in usage(guard("audit", cwd=repo.root))
    assert usage(audit(repo, "--range", "a..b", "--since", "c"))


def test_an_empty_repository_is_told_as_one(repo: Repo) -> None:
    """No commit, nothing to find, and no day."""
    ran = audit(repo)
    assert ran.code == 0
    assert "| HEAD | no commit |" in ran.out
    assert "| date of the document | none, from newest commit |" in ran.out


def test_a_document_that_cannot_be_written_is_no_success(repo: Repo, tmp_path: Path) -> None:
    """It is status 3, whatever was found."""
    repo.commit("cohort.vcf", calls())
    assert audit(repo, "--output", tmp_path / "no" / "folder" / "audit.md").code == 3
    ran = audit(repo, "--output", tmp_path / "audit.md")
    assert (ran.code, ran.out) == (1, "")
    assert (tmp_path / "audit.md").read_bytes() == audit(repo).raw_out
