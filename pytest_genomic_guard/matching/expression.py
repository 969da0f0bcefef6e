"""A regular expression as Hyperscan reads it, loosened where the two languages differ, so that it never finds less.

Python's parse tree is written out again from scratch: every byte as an escape, look-around and back-references left out,
possessive and lazy repeats greedy, long bounded repeats open. What matches the original matches the loosened one too; ``re`` has
the last word.
"""

from __future__ import annotations

import importlib
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

# The parser has no public name since Python 3.11, and no other parser knows Python's language.
op: Any = importlib.import_module("re._constants")
_parser: Any = importlib.import_module("re._parser")

_BOUND = 64  # repeats beyond this many make large databases, and are left open
_ANY = r"[\x00-\xff]"
_CATEGORIES = {
    op.CATEGORY_DIGIT: r"0-9",
    op.CATEGORY_SPACE: r"\x09-\x0d\x20",
    op.CATEGORY_WORD: r"0-9A-Za-z_",
    op.CATEGORY_NOT_DIGIT: r"\x00-\x2f\x3a-\xff",
    op.CATEGORY_NOT_SPACE: r"\x00-\x08\x0e-\x1f\x21-\xff",
    op.CATEGORY_NOT_WORD: r"\x00-\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\xff",
}
_PLACES = {op.AT_BEGINNING: "^", op.AT_END: "$", op.AT_BOUNDARY: r"\b", op.AT_BEGINNING_STRING: r"\A"}


def loosened(pattern: bytes) -> str | None:
    """Return the expression, to be compiled with the multi-line flag; None when it would match nothing at all, everywhere."""
    tree = _parser.parse(pattern, re.MULTILINE)
    if not tree.getwidth()[0]:
        return None
    return _sequence(tree, tree.state.flags)


def literal(anchor: bytes, face: str) -> str:
    """Return an expression that finds an anchor in the bytes of which `face` was made."""
    out = []
    for byte in anchor:
        if face == "shape" and byte == 0x30:
            out.append("[0-9]")
        elif face != "plain" and 0x61 <= byte <= 0x7A:
            out.append(f"[\\x{byte:02x}\\x{byte - 32:02x}]")
        else:
            out.append(f"\\x{byte:02x}")
    return "".join(out)


def _sequence(items: Iterable[tuple[Any, Any]], flags: int) -> str:
    return "".join(_item(kind, value, flags) for kind, value in items)


def _item(kind: Any, value: Any, flags: int) -> str:  # noqa: PLR0911 - one for each kind of node
    if kind is op.LITERAL:
        return _byte(value, flags)
    if kind is op.NOT_LITERAL:
        return f"[^{_folded(value, flags)}]"
    if kind is op.ANY:
        return _ANY if flags & re.DOTALL else r"[^\x0a]"
    if kind is op.IN:
        return _class(value, flags)
    if kind is op.BRANCH:
        return "(?:" + "|".join(_sequence(branch, flags) for branch in value[1]) + ")"
    if kind is op.SUBPATTERN:
        _group, added, removed, inner = value
        return "(?:" + _sequence(inner, (flags | added) & ~removed) + ")"
    if kind is op.ATOMIC_GROUP:
        return "(?:" + _sequence(value, flags) + ")"
    if kind in {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}:
        least, most, inner = value
        return _repeat(least, most, inner, flags)
    if kind is op.AT:
        return _PLACES.get(value, "")
    if kind in {op.ASSERT, op.ASSERT_NOT}:
        return ""
    return f"{_ANY}*"  # a back-reference, or a node of a later Python


def _repeat(least: int, most: Any, inner: Any, flags: int) -> str:
    least = min(least, _BOUND)
    upper = "" if most is op.MAXREPEAT or most > _BOUND else str(most)
    return f"(?:{_sequence(inner, flags)}){{{least},{upper}}}"


def _class(members: Iterable[tuple[Any, Any]], flags: int) -> str:
    out, negated = "", ""
    for kind, value in members:
        if kind is op.NEGATE:
            negated = "^"
        elif kind is op.LITERAL:
            out += _folded(value, flags)
        elif kind is op.RANGE:
            low, high = value
            out += f"\\x{low:02x}-\\x{high:02x}"
            if flags & re.IGNORECASE:
                out += "".join(_folded(each, flags) for each in range(low, high + 1))
        else:
            out += _CATEGORIES[value]
    return f"[{negated}{out}]"


def _byte(value: int, flags: int) -> str:
    text = _folded(value, flags)
    return f"[{text}]" if len(text) > 4 else text


def _folded(value: int, flags: int) -> str:
    """Return a byte, and its other case where that counts too."""
    other = value ^ 0x20
    letter = 0x41 <= (value & ~0x20) <= 0x5A
    return f"\\x{value:02x}" + (f"\\x{other:02x}" if letter and flags & re.IGNORECASE else "")
