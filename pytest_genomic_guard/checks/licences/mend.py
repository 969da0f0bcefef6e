"""What to do about code that came with a licence, by how far the commit went."""

from __future__ import annotations

from pytest_genomic_guard.model import Mend

HEADER = Mend(
    not_pushed="replace the file by one under a licence that the policy allows, or ask its author for one",
    pushed="replace the file in a further commit; nothing that contains it is published before that",
    public="replace the file and release that; what was published with it owes its users the terms of its licence",
)
FOLDER = Mend(
    not_pushed="require the package instead of a copy where the policy allows that, or take the folder out",
    pushed="take the folder out in a further commit; nothing that contains it is published before that",
    public="take the folder out and release that; what was published with it owes its users the terms of its licence",
)
OWN = Mend(
    not_pushed="decide which licence holds, and let all files say the same",
    pushed="decide which licence holds, and correct the others in a further commit",
    public="decide which licence holds, correct the others and release that; who used the project may rely on either",
)
ADAPTED = Mend(
    not_pushed="write it anew from a description, or ask the author of the original for other terms",
    pushed="replace what was adapted in a further commit; nothing that contains it is published before that",
    public="replace what was adapted and release that; what was published with it owes its users the terms of the original",
)
SNIPPET = Mend(
    not_pushed="write it anew, or name author, address and CC BY-SA beside it",
    pushed="name author, address and CC BY-SA beside it in a further commit",
    public="name author, address and CC BY-SA beside it in a further release",
)
