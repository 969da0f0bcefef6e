"""The parts of a policy, each with its place; from YAML, or from what a cache holds of the same text.

Reading YAML costs more than scanning a commit does, and a policy seldom changes. What is kept of a text is where its parts begin
and end: numbers alone. Its words, which can name people and files, stay in the policy, and are taken from there again.
"""

from __future__ import annotations

import hashlib
import re

from pytest_genomic_guard import __version__
from pytest_genomic_guard.policy import PolicyError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Protocol

    from pytest_genomic_guard.policy.schema import Kind

    class Cache(Protocol):
        """Files between runs that nobody else can write."""

        def load(self, name: str, /) -> bytes | None:
            """Return a file, or None."""

        def store(self, name: str, data: bytes, /) -> None:
            """Keep a file, or do nothing."""


SIZE = 1 << 20  # bytes; long registers have files of their own
_FORM = b"genomic-guard nodes 1 "  # of the kept file; another number when `_told` or what the strict reader refuses changes
_FEED = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # what ends a line in YAML
_PLAIN, _QUOTED, _LIST, _MAP = range(4)


class Node:
    """A scalar, whose value is its text, a sequence of nodes, or a mapping of pairs of nodes, at a 1-based place."""

    __slots__ = ("column", "id", "line", "span", "value")

    def __init__(self, kind: str, value: Any, line: int, column: int, span: tuple[int, int]) -> None:
        """Take the kind as YAML names it; `span` is where the node begins and ends in the text."""
        self.id, self.value, self.line, self.column, self.span = kind, value, line, column, span


def typed(data: bytes, kind: Kind, cache: Cache | None = None) -> tuple[Node, Any]:
    """Return the root of a policy's bytes, and its value by the schema. Raises `PolicyError`."""
    text = _decoded(data)
    named = hashlib.sha256(b"%s%s\0%s" % (_FORM, __version__.encode(), data)).hexdigest()
    name = f"policy-{named[:32]}.nodes"
    kept = None if cache is None else cache.load(name)
    known = _restored(kept, text) if kept else None
    if known is not None:
        return known, kind.read(known)
    from pytest_genomic_guard.policy.strict import parse  # noqa: PLC0415 - YAML, where nothing is kept of this text

    root = parse(text)
    value = kind.read(root)
    numbers = None if cache is None else _told(root, text)
    if cache is not None and numbers:  # of a text without a mistake, and not of one that could hold anything
        cache.store(name, numbers)
    return root, value


def after(text: str, message: str) -> PolicyError:
    """Build the error for the place right after `text`."""
    lines = _FEED.split(text)
    return PolicyError(message, len(lines), len(lines[-1]) + 1)


def _decoded(data: bytes) -> str:
    if len(data) > SIZE:
        raise PolicyError("the policy is larger than a mebibyte", 1, 1)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise after(error.object[: error.start].decode(), "the policy is not UTF-8") from None


def _told(root: Node, text: str) -> bytes | None:
    """Return the nodes as numbers; None where a scalar does not stand in the text as it is read: folded, or with escapes."""
    numbers: list[int] = []
    stack = [root]
    while stack:
        node = stack.pop()
        first, last = node.span
        if node.id == "scalar":
            quoted = node.value != text[first:last]
            if quoted and node.value != text[first + 1 : last - 1]:
                return None
            numbers += (_QUOTED if quoted else _PLAIN, node.line, node.column, first, last)
        else:
            below = node.value if node.id == "sequence" else [each for pair in node.value for each in pair]
            numbers += (_LIST if node.id == "sequence" else _MAP, node.line, node.column, first, len(node.value))
            stack += reversed(below)
    body = b" ".join(b"%d" % number for number in numbers)
    return _FORM + hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def _restored(kept: bytes, text: str) -> Node | None:
    """Return the root from numbers; None for what is not whole, not ours, or not of this text."""
    head, _feed, body = kept.partition(b"\n")
    if head != _FORM + hashlib.sha256(body).hexdigest().encode():
        return None
    try:
        numbers = iter([int(number) for number in body.split()])
        root = _next(numbers, text)
    except (ValueError, RecursionError, RuntimeError):  # RuntimeError: numbers that end too soon
        return None
    return root if next(numbers, None) is None else None


def _next(numbers: Iterator[int], text: str) -> Node:
    kind, line, column, first, last = (next(numbers) for _ in range(5))
    if kind <= _QUOTED:
        return Node("scalar", text[first + kind : last - kind], line, column, (first, last))
    if kind == _LIST:
        return Node("sequence", [_next(numbers, text) for _ in range(last)], line, column, (first, first))
    return Node("mapping", [(_next(numbers, text), _next(numbers, text)) for _ in range(last)], line, column, (first, first))
