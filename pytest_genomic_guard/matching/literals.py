"""What Hyperscan looks for: the anchors themselves, as text without a language, which it compiles in a tenth of a second.

A text is looked at as it is, for anchors as they are and in either case, and once more with its digits made alike, for those that
hold digits and are of the face ``shape``. Hyperscan takes no NUL in such a text, so of an anchor with one the longest part without
is looked for, and the anchor itself where that stands.
"""

from __future__ import annotations

from pytest_genomic_guard.matching.faces import Faces

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.model import Rule

    # a rule, how far before the end of what is found its matches begin, and the anchor where that is to be looked at once more
    Begins = tuple[Rule, int, bytes]

_DIGITS = b"0123456789"


class Sought:
    """What is looked for in a text as it is and in one with digits alike; of each its number, by whether case does not count."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Take the rules."""
        found: dict[tuple[bool, bytes, bool], list[Begins]] = {}
        for rule in rules:
            for anchor in dict.fromkeys(rule.anchors) if rule.face != "run" else ():
                if Faces(anchor)[rule.face] != anchor:
                    continue  # it stands in no text
                alike = rule.face == "shape" and any(map(_DIGITS.__contains__, anchor))
                part = max(anchor.split(b"\0"), key=len) if b"\0" in anchor else anchor
                either = not alike and rule.face != "plain" and part.upper() != part
                begins = (rule, anchor.index(part) + len(part), anchor if part is not anchor else b"")
                found.setdefault((alike, part, either), []).append(begins)
        self.begins: list[tuple[Begins, ...]] = []  # by number
        numbers: dict[object, int] = {}
        self.texts: tuple[list[tuple[bytes, bool, int]], list[tuple[bytes, bool, int]]] = ([], [])
        for (alike, part, either), some in found.items():
            number = numbers.setdefault(tuple((rule.name, back, anchor) for rule, back, anchor in some), len(numbers))
            if number == len(self.begins):
                self.begins.append(tuple(some))
            self.texts[alike].append((part, either, number))
