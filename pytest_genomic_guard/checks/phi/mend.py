"""What to do about health data of people, by how far the commit went."""

from __future__ import annotations

from pytest_genomic_guard.model import Mend

IDENTIFIED = Mend(
    not_pushed="take it out of the index (git rm --cached) and keep it where patient data belong; clear saved outputs",
    pushed="stop; deleting it is not enough: tell your privacy officer, rewrite the history (git filter-repo), purge caches",
    public="treat it as a breach (45 CFR 164.400 to 414): tell your privacy officer now, then purge history, forks and caches",
)
ROW_LEVEL = Mend(
    not_pushed="take it out of the index (git rm --cached), keep it ignored where its data-use terms put it; clear saved outputs",
    pushed="stop; deleting it is not enough: rewrite the history (git filter-repo) and ask the host to drop its caches",
    public="treat it as a breach of the data-use terms: tell the data owner now, then purge history, forks and caches",
)
SINGLE = Mend(
    not_pushed="replace it by a reserved value, or one made at run time; if it is somebody's, take it out of the index",
    pushed="if it is somebody's, rewrite the history (git filter-repo); otherwise replace it by a reserved value",
    public="if it is somebody's, tell your privacy officer, then purge history, forks and caches",
)
MEDIA = Mend(
    not_pushed="take it out of the index (git rm --cached) and keep it where patient data belong, or clean and check it first",
    pushed="if it shows or tells of a person, rewrite the history (git filter-repo); deleting it is not enough",
    public="if it shows or tells of a person, tell your privacy officer, then purge history, forks and caches",
)
