"""What to do about data under terms that the register does not hold, or holds no longer, by how far the commit went."""

from __future__ import annotations

from pytest_genomic_guard.model import Mend

DECLARE = Mend(
    not_pushed="write the data set into the policy's register `data-use` as its agreement has it, which its owner reviews: "
    "its `id` with `controlled`, `duo` or `consent`, `dua`, `owner` and `closes`; a new version is approved first",
    pushed="write the data set into the register in a further commit, and ask its owner whether this use was applied for",
    public="write the data set into the register, and have its owner check what was made from it and published before that",
)
CLOSED = Mend(
    not_pushed="take it out of the index, delete it, and report the close-out; a renewed access gets its new day in the register",
    pushed="delete it from the branch and its history, other copies too; a renewed access gets its new day in the register",
    public="withdraw it, delete every copy that you can reach, and report it to the archive: access to its data has ended",
)
ENTRY = Mend(
    not_pushed="complete the entry from the agreement and the approved request, or take it out where the data are used no longer",
    pushed="complete the entry in a further commit, from the agreement and the approved request, or take it out",
    public="complete the entry from the agreement and the approved request, and look at what was published meanwhile",
)
RENEW = Mend(
    not_pushed="renew the agreement or the attestation and write its new day, or stop using what depends on it",
    pushed="renew the agreement or the attestation, write its new day in a further commit, and see what was done since it ran out",
    public="renew the agreement or the attestation, and have its owner judge what left while it did not hold",
)
CELLS = Mend(
    not_pushed="set the policy's `small-cell` to at least the number that the terms of the data set ask for",
    pushed="set `small-cell` to the number of the terms in a further commit, and look at the tables that passed meanwhile",
    public="set `small-cell` to the number of the terms, and withdraw tables with counts between both numbers",
)
