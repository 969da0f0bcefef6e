"""The columns of a ``CREATE TABLE`` statement."""

from __future__ import annotations

from itertools import pairwise

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex

_TOKEN = regex(
    r"--[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?|\"(?:[^\"]++|\"\")*+\"?|`(?:[^`]++|``)*+`?|\[[^\]]*+\]?|'(?:[^']++|'')*+'?|[(),;]|[^\s(),;\"`'\[]++"
)
_KEYED = frozenset({"primary", "unique", "check", "foreign", "constraint", "index", "fulltext", "exclude"})
_CONSTRAINTS = _KEYED | {"key", "period", "like"}


class Columns(Record):
    """Names of columns in order, and where the rowid stands in their place."""

    names: tuple[str, ...]
    rowid: int | None = None  # index of an INTEGER PRIMARY KEY
    bare: bool = False  # WITHOUT ROWID
    keys: tuple[str, ...] = ()  # names in a PRIMARY KEY


def unquote(word: str) -> str:
    """Return a name without its quotes."""
    if len(word) > 1 and word[0] in "\"`['":
        close = "]" if word[0] == "[" else word[0]
        return word[1:].removesuffix(close).replace(close * 2, close)
    return word


def columns(statement: str) -> Columns:
    """Return the columns of a statement; none when it has no list of them."""
    parts, after = _parts(statement)
    names: list[str] = []
    keys: list[str] = []
    rowid = None
    for part in parts:
        low = [word.lower() for word in part]
        if low[0] in _CONSTRAINTS and (low[0] in _KEYED or (len(low) > 1 and low[1] == "(")):
            if "primary" in low and "(" in low:
                keys = [
                    unquote(w) for w in part[low.index("(") + 1 : low.index(")") if ")" in low else None] if w not in {",", ")"}
                ]
                keys = [key for key in keys if key.lower() not in {"asc", "desc"}]
            continue
        names.append(unquote(part[0]))
        if "primary" in low[1:]:
            keys = [names[-1]]
            if low[1:2] == ["integer"] and "desc" not in low:
                rowid = len(names) - 1
    bare = any(one == "without" and two == "rowid" for one, two in pairwise(after))
    if rowid is None and len(keys) == 1 and not bare:
        rowid = _integer(parts, names, keys[0])
    return Columns(names=tuple(names), rowid=None if bare else rowid, bare=bare, keys=tuple(keys))


def _integer(parts: list[list[str]], names: list[str], key: str) -> int | None:
    """Return the index of a key that a constraint names, when it is an INTEGER."""
    for at, name in enumerate(names):
        if name.lower() == key.lower():
            return at if any(unquote(part[0]) == name and [w.lower() for w in part[1:2]] == ["integer"] for part in parts) else None
    return None


def _parts(statement: str) -> tuple[list[list[str]], list[str]]:
    """Return the tokens of each definition in the outer parentheses, and those after them."""
    depth = 0
    parts: list[list[str]] = [[]]
    after: list[str] = []
    for found in _TOKEN.finditer(statement):
        word = found[0]
        if word.startswith(("--", "/*")):
            continue
        depth -= word == ")"
        if depth < 1 and parts != [[]]:
            if word == ";":
                break
            after.append(word.lower())
        elif depth == 1 and word == ",":
            parts.append([])
        elif depth >= 1:
            parts[-1].append(word)
        depth += word == "("
    return [part for part in parts if part], after
