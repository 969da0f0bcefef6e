"""What to do about a credential, by how far the commit went."""

from __future__ import annotations

from pytest_genomic_guard.model import Mend

KEY = Mend(
    not_pushed="take it out, read it from the environment or a keyring, and clear saved outputs; revoke it if anybody saw it",
    pushed="revoke it first, then make another; deleting it is not enough: rewrite the history (git filter-repo), purge caches",
    public="revoke it now and look through its access log for others' use; then rewrite the history, purge forks and caches",
)
CONTROLLED = Mend(
    not_pushed="take it out of the index (git rm --cached), keep it where your data-use terms put it; clear saved outputs",
    pushed="revoke it first and tell who signed the data-use terms; then rewrite the history (git filter-repo), purge caches",
    public="revoke it now and report it as a data management incident; then rewrite the history, purge forks and caches",
)
LOCKED = Mend(
    not_pushed="take it out of the index (git rm --cached) and keep it outside of the repository",
    pushed="make another and take this one out of service; its password can be guessed at leisure; rewrite the history",
    public="make another now and take this one out of service; its password can be guessed at leisure; rewrite the history",
)
UNSURE = Mend(
    not_pushed="if it is a credential, take it out and read it from the environment or a keyring; otherwise allow it with a reason",
    pushed="if it is a credential, revoke it first, then rewrite the history (git filter-repo); otherwise allow it with a reason",
    public="if it is a credential, revoke it now, then rewrite the history, purge forks and caches; otherwise allow it",
)
