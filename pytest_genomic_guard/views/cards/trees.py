"""Structured cards as plain tables, lists and words, whatever they are written in: JSON, YAML, XML of other people, all bounded.

Nothing is made of a value but its words: a number keeps the digits that were written. Lines are those of the first place of a key,
which is where people look for it.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.licences.manifests import yamls
from pytest_genomic_guard.views.licences.manifests.damaged import DamagedError, TooLargeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    Tree = dict[str, "Tree"] | list["Tree"] | str | None

MOST = 4 << 20  # bytes of one card; the largest public one that was met has 0.7 MB
_DEPTH = 60  # collections in collections
_NODES = 200_000  # of one card
_WORDS = 200_000  # characters that are taken of one field
_KEY = regex(rb'^[ \t\-{[,]*+"?(?P<key>[\w$@:.-]{1,80})"?[ \t]*:|"(?P<inner>[\w$@:.-]{1,80})"[ \t]*:', re.MULTILINE)
_STRING = regex(rb'"([^"\\]*+(?:\\.[^"\\]*+)*+)"', re.DOTALL)
_SILENT = frozenset(("", "description", "name", "text", "value", "overview"))  # keys that say nothing of a value
_NUMBER = regex(r"[+-]?(?:\d{1,18}(?:\.\d{0,20})?|\.\d{1,20})(?:[eE][+-]?\d{1,3})?")


class CardError(ValueError):
    """A card cannot be read, for one of `model.REASONS`. Says nothing of its content."""

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


class Number(str):
    """A number, or a truth value, as it is written."""

    __slots__ = ()


class Read:
    """A card as a tree, and where its keys stand."""

    def __init__(self, tree: Tree, lines: dict[str, int], data: bytes = b"") -> None:
        """Take them."""
        self.tree = tree
        self._lines = lines
        self._data = data
        self._below: dict[str, tuple[int, dict[bytes, int]]] = {}

    def at(self, word: str, key: str) -> int:
        """Return the line of a value below a key of JSON that has a list or a table, of the key where it is not found there."""
        if key not in self._below:
            self._below[key] = self._values(key)
        first, lines = self._below[key]
        return lines.get(word.encode("utf-8", "replace"), first)

    def _values(self, key: str) -> tuple[int, dict[bytes, int]]:
        """Return the line of such a key, and those of the words that stand below it, in one pass."""
        below = re.search(b'"(?:[a-z]{1,8}:)?' + re.escape(key.encode()) + rb'"[ \t]*:[ \t\r\n]*[\[{]', self._data)
        at = below.start() if below else 0
        first = line = self._data.count(b"\n", 0, at) + 1
        lines: dict[bytes, int] = {}
        for each in _STRING.finditer(self._data, at):
            line, at = line + self._data.count(b"\n", at, each.start()), each.start()
            lines.setdefault(each[1], line)
        return first, lines

    def used(self, key: str) -> bool:
        """Tell whether a key stands somewhere in a document of JSON."""
        return re.search(b'"' + re.escape(key.encode()) + rb'"[ \t\r\n]{0,8}:', self._data) is not None

    def line(self, *keys: str) -> int:
        """Return the line of the first of some keys that is there, 1 where none is."""
        return next((self._lines[key] for key in keys if key in self._lines), 1)


def json_of(data: bytes) -> Read:
    """Return a JSON document. Raises `CardError`."""
    import json  # noqa: PLC0415 - for structured cards only

    if len(data) > MOST:
        raise CardError("too-large")
    if deep(data):
        raise CardError("too-deep")
    try:
        tree = json.loads(data.decode("utf-8-sig"), parse_int=Number, parse_float=Number, parse_constant=Number)
    except (ValueError, RecursionError):
        raise CardError("card") from None
    return Read(_plain(tree, [_NODES]), _lines(data), data)


def yaml_of(data: bytes) -> Read:
    """Return a YAML document. Raises `CardError`."""
    if len(data) > MOST:
        raise CardError("too-large")
    try:
        root = yamls.Document(data).root
    except TooLargeError:
        raise CardError("too-large") from None
    except (DamagedError, RecursionError):
        raise CardError("too-deep" if deep(data) else "card") from None
    return Read(_of_node(root, [_NODES], 0), _lines(data))


def deep(data: bytes) -> bool:
    """Tell whether brackets, or blanks of YAML in front of a line, are nested deeper than is followed."""
    if data.count(b"[") + data.count(b"{") <= _DEPTH:
        return re.search(rb"^(?:[-?:][ \t]|[ \t]){400}", data, re.MULTILINE) is not None
    depth = 0
    for found in re.finditer(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[{]|[\]}]', data, re.DOTALL):
        depth += 1 if found[0] in b"[{" else -1 if found[0] in b"]}" else 0
        if depth > _DEPTH:
            return True
    return False


def _lines(data: bytes) -> dict[str, int]:
    """Return the line of the first place of every key."""
    found: dict[str, int] = {}
    line = at = 0
    for each in _KEY.finditer(data):
        start = each.start(each.lastgroup or 0)
        line, at = line + data.count(b"\n", at, start), start
        found.setdefault((each["key"] or each["inner"]).decode(), line + 1)
        if len(found) > 4000:
            break
    return found


def _plain(value: object, left: list[int]) -> Tree:
    """Return what JSON gave: truth and numbers as words."""
    left[0] -= 1
    if left[0] < 0:
        raise CardError("too-large")
    if isinstance(value, dict):
        return {str(key): _plain(each, left) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each, left) for each in value]
    if isinstance(value, bool):
        return Number("true" if value else "false")
    return value if isinstance(value, str) else None


def _of_node(node: yamls.Yaml, left: list[int], depth: int) -> Tree:
    """Return a node of YAML; what aliases repeat counts each time."""
    left[0] -= 1
    if left[0] < 0:
        raise CardError("too-large")
    if depth > _DEPTH:
        raise CardError("too-deep")
    if node is None:
        return None
    if node.id == "mapping":
        return {key.value: _of_node(value, left, depth + 1) for key, value in node.value if key.id == "scalar"}
    if node.id == "sequence":
        return [_of_node(each, left, depth + 1) for each in node.value]
    value = yamls.text(node)
    if not value and not node.style:
        return None
    return Number(value) if not node.style and _NUMBER.fullmatch(value) else value


def table(tree: Tree, *keys: str) -> dict[str, Tree]:
    """Return the table below some keys, an empty one where none is."""
    for key in keys:
        tree = tree.get(key) if isinstance(tree, dict) else None
    return tree if isinstance(tree, dict) else {}


def listed(tree: Tree) -> list[Tree]:
    """Return a list, of a single value one with it."""
    if isinstance(tree, list):
        return tree
    return [] if tree is None or tree == "" else [tree]


def word(tree: Tree) -> str:
    """Return a value that is words."""
    return tree.strip() if isinstance(tree, str) else ""


def words(tree: Tree) -> str:
    """Return all that is said in a value, one line each, with the keys of what is nested."""
    return "\n".join(_said(tree))[:_WORDS].strip()


def _said(tree: Tree, key: str = "") -> Iterator[str]:
    if isinstance(tree, dict):
        for name, each in tree.items():
            yield from _said(each, name)
    elif isinstance(tree, list):
        for each in tree:
            yield from _said(each, key)
    elif tree:
        yield f"{key}: {tree}" if key not in _SILENT and (isinstance(tree, Number) or len(tree) < 40) else tree


def number(tree: Tree) -> float | None:
    """Return the number that a value is, or that words are."""
    text = word(tree).rstrip("%").strip()
    return float(text) if _NUMBER.fullmatch(text) else None
