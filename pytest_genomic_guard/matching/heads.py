"""How the matches of a rule begin, as Hyperscan reads it: for each anchor what may stand before it, its bytes, and those after it.

Every match begins at an anchor and is as its expression says. So the first bytes of both are put together, place by place, and
where that leaves nothing, the anchor is left out. An expression made here has matches of one length, so that the end that Hyperscan
tells gives the beginning; it finds every place at which `re` can match, and ``re`` has the last word.
"""

from __future__ import annotations

import functools
import importlib
import re

from pytest_genomic_guard.matching.faces import Faces

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from pytest_genomic_guard.model import Face, Rule

    Head = tuple[frozenset[int], ...]  # for each place the bytes that can stand there

# The parser has no public name since Python 3.11, and no other parser knows Python's language.
op: Any = importlib.import_module("re._constants")
_parser: Any = importlib.import_module("re._parser")

_LONG = 6  # places of a head; more make the database large
_MANY = 64  # heads of one expression; with more, they end where it branches
_BYTES = bytes(range(256))
_ALL = frozenset(_BYTES)
_DIGITS = frozenset(b"0123456789")
_BLANKS = frozenset(b"\t\n\v\f\r ")
_WORD = frozenset(byte for byte in range(128) if chr(byte).isalnum()) | {0x5F}
_CATEGORIES = {
    op.CATEGORY_DIGIT: _DIGITS,
    op.CATEGORY_SPACE: _BLANKS,
    op.CATEGORY_WORD: _WORD,
    op.CATEGORY_NOT_DIGIT: _ALL - _DIGITS,
    op.CATEGORY_NOT_SPACE: _ALL - _BLANKS,
    op.CATEGORY_NOT_WORD: _ALL - _WORD,
}


@functools.cache
def heads(rule: Rule) -> tuple[tuple[str, int], ...]:
    """Return expressions for the beginnings of a rule's matches, and how many bytes of a match each has; by that, then the text."""
    tree = _parser.parse(rule.pattern, re.MULTILINE)
    items, flags = list(tree), tree.state.flags
    before = ""
    if items and items[0][0] in {op.ASSERT, op.ASSERT_NOT}:
        before = _before(items.pop(0), flags)
    starts = [head for head, _open in _heads(items, flags)]
    face = _standing(rule.face)
    found: set[tuple[str, int]] = set()
    for anchor in rule.anchors:
        sets = tuple(face[byte] for byte in anchor)
        for start in starts:
            both = tuple(_both(sets, start))
            if all(both):
                found.add((before + "".join(map(_written, both)), len(both)))
    return tuple(sorted(found, key=lambda head: (head[1], head[0])))


def _standing(face: Face) -> list[frozenset[int]]:
    """Return for each byte of a face the bytes of a text for which it stands."""
    if face not in _faces:
        found: list[set[int]] = [set() for _byte in _BYTES]
        for byte, seen in zip(_BYTES, Faces(_BYTES)[face], strict=True):
            found[seen].add(byte)
        _faces[face] = [frozenset(some) for some in found]
    return _faces[face]


_faces: dict[Face, list[frozenset[int]]] = {}


def _both(one: Head, two: Head) -> Iterator[frozenset[int]]:
    for at in range(max(len(one), len(two))):
        yield (one[at] if at < len(one) else _ALL) & (two[at] if at < len(two) else _ALL)


def _before(item: tuple[Any, Any], flags: int) -> str:
    """Return the expression of what may stand before a match: a byte, or nothing."""
    kind, (direction, inner) = item
    if direction > 0 or len(inner) != 1 or (found := _single(inner[0][0], inner[0][1], flags)) is None:
        return ""
    return _written(found) if kind is op.ASSERT else rf"(?:\A|{_written(_ALL - found)})"


def _single(kind: Any, value: Any, flags: int) -> frozenset[int] | None:
    """Return which bytes a node matches, when that is always one."""
    if kind is op.LITERAL:
        return _folded({value}, flags)
    if kind is op.NOT_LITERAL:
        return _ALL - _folded({value}, flags)
    if kind is op.ANY:
        return _ALL if flags & re.DOTALL else _ALL - {0x0A}
    return _class(value, flags) if kind is op.IN else None


def _class(members: Sequence[tuple[Any, Any]], flags: int) -> frozenset[int]:
    found: set[int] = set()
    for kind, value in members:
        if kind is op.LITERAL:
            found.add(value)
        elif kind is op.RANGE:
            found.update(range(value[0], value[1] + 1))
        elif kind is op.CATEGORY:
            found.update(_CATEGORIES[value])
    whole = _folded(found, flags)
    return _ALL - whole if members[0][0] is op.NEGATE else whole


def _folded(found: set[int], flags: int) -> frozenset[int]:
    if not flags & re.IGNORECASE:
        return frozenset(found)
    return frozenset(found | {byte ^ 0x20 for byte in found if 0x41 <= (byte & ~0x20) <= 0x5A})


def _heads(items: Sequence[tuple[Any, Any]], flags: int) -> list[tuple[Head, bool]]:
    """Return how what a sequence matches begins; True for one that goes on with what comes behind the sequence."""
    found: list[tuple[Head, bool]] = [((), True)]
    for kind, value in items:
        if not any(goes for _head, goes in found):
            break
        after = _after(kind, value, flags)
        joined: dict[tuple[Head, bool], None] = {}
        for head, goes in found:
            for more, on in after if goes else [((), False)]:
                whole = (*head, *more)
                joined[whole[:_LONG], on and goes and len(whole) < _LONG] = None
        if len(joined) > _MANY:
            return [(head, False) for head, _goes in found]
        found = list(joined)
    return found


def _after(kind: Any, value: Any, flags: int) -> list[tuple[Head, bool]]:
    """Return how what one node matches begins; with nothing told of a node that is not known."""
    found: list[tuple[Head, bool]] = [((), False)]
    single = _single(kind, value, flags)
    if single is not None:
        found = [((single,), True)]
    elif kind in {op.AT, op.ASSERT, op.ASSERT_NOT}:
        found = [((), True)]
    elif kind is op.SUBPATTERN:
        _group, added, removed, inner = value
        found = _heads(inner, (flags | added) & ~removed)
    elif kind is op.ATOMIC_GROUP:
        found = _heads(value, flags)
    elif kind is op.BRANCH:
        found = list(dict.fromkeys(each for branch in value[1] for each in _heads(branch, flags)))
    elif kind in {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}:
        least, most, inner = value
        found = _repeated(least, most, inner, flags)
    return found


def _repeated(least: int, most: Any, inner: Sequence[tuple[Any, Any]], flags: int) -> list[tuple[Head, bool]]:
    """Return how repeats begin: with the fewest of them, behind which comes what follows only when there can be no more."""
    if (least, most) == (0, 1):
        return [((), True), *_heads(inner, flags)]
    found = _heads(list(inner) * min(least, _LONG), flags)
    return found if least == most else [(head, False) for head, _goes in found]


@functools.cache
def _written(some: frozenset[int]) -> str:
    """Return a class of bytes."""
    spans: list[list[int]] = []
    for byte in sorted(some):
        if spans and spans[-1][1] == byte - 1:
            spans[-1][1] = byte
        else:
            spans.append([byte, byte])
    return "[" + "".join(f"\\x{first:02x}-\\x{last:02x}" for first, last in spans) + "]"
