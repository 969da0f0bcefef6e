"""What to do about code and model files that run what they should not, by how far the commit went."""

from __future__ import annotations

from pytest_genomic_guard.model import Mend

CODE = Mend(
    not_pushed="change the call before it is committed; where it is meant, allow it beside the line, with the reason",
    pushed="change the call in a further commit: the history need not be rewritten; see who ran it on input of others",
    public="change the call and release that; tell users which versions ran what they loaded, and look whether it was used",
)
PINNED = Mend(
    not_pushed="pin what is downloaded to the hash of a commit that you have looked at",
    pushed="pin what is downloaded to the hash of a commit in a further commit; the history need not be rewritten",
    public="pin what is downloaded in a further release; results that were published need the revision that was used",
)
MODEL = Mend(
    not_pushed="do not load it; take it out of the index (git rm --cached) and keep weights as safetensors instead",
    pushed="do not load it; replace it by safetensors, and ask who made the file and who has loaded it",
    public="withdraw it, tell those who downloaded it, and treat machines that have loaded it as taken over until looked at",
)
REASON = Mend(
    not_pushed="write behind the comment which finding is accepted, and why",
    pushed="write behind the comment which finding is accepted, and why, in a further commit",
    public="write behind the comment which finding is accepted, and why, so that readers can judge it",
)
