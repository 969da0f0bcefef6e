"""What to do about individual-level data, by how far the commit went."""

from __future__ import annotations

from pytest_genomic_guard.model import Mend

INDIVIDUAL_LEVEL = Mend(
    not_pushed="take it out of the index (git rm --cached), keep it ignored where its data-use terms put it; clear saved outputs",
    pushed="stop; deleting it is not enough: rewrite the history (git filter-repo) and ask the host to drop its caches",
    public="treat it as a breach: tell the data owner or data-access committee now, then purge history, forks and caches",
)
