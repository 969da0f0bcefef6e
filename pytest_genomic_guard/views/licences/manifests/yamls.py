"""YAML of other people as nodes with lines, never as objects: no tag is followed, no number loses its zeros (``3.10``).

Nodes are composed by libyaml where PyYAML has it, which recurses on the stack of C and ends the process where a text is nested a
hundred thousand deep: the depth is bounded before it is asked. An alias is one more reference to a node; what is visited through
them is counted, so that a small file cannot become a large one.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.licences.manifests.damaged import DamagedError, TooLargeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Yaml = Any  # a yaml.nodes.Node: their stubs lack `id` and the marks

MOST = 16 << 20  # bytes of one document; the largest public lock that was met has 3 MB
ENTRIES = 1_000_000  # line ends and commas of one document: a million nodes take four seconds
VISITS = 4_000_000  # nodes that readers may come by in one document
_DOCUMENTS = 16  # of one text
DEPTH = 200  # collections in collections; the stack of a thread on macOS has 512 kB
# One level of block style takes an indicator and a blank, or a blank of indentation (two levels for a sequence in a mapping).
_BLOCK = regex(rb"^(?:[-?:][ \t]|[ \t]){%d}" % (2 * DEPTH), re.MULTILINE)
_FLOW = regex(rb"[\[{]|[\]}]")


class Document:
    """A parsed text, and how much of it was visited."""

    def __init__(self, data: bytes) -> None:
        """Parse the first document of a text, and what other documents stand behind it. Raises `DamagedError`."""
        self.root, *self.more = _composed(data)
        self._left = VISITS

    def _take(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise TooLargeError

    def table(self, node: Yaml) -> dict[str, Yaml]:
        """Return the fields of a mapping, none for no node and for null. Raises `DamagedError` for anything else."""
        if node is not None and node.id != "mapping" and (node.id != "scalar" or text(node)):
            raise DamagedError
        return self.fields(node)

    def listed(self, node: Yaml) -> list[Yaml]:
        """Return the items of a sequence, none for no node and for null. Raises `DamagedError` for anything else."""
        if node is not None and node.id != "sequence" and (node.id != "scalar" or text(node)):
            raise DamagedError
        return self.items(node)

    def fields(self, node: Yaml) -> dict[str, Yaml]:
        """Return the fields of a mapping, of a repeated key the last as loaders do; nothing for any other node."""
        if node is None or node.id != "mapping":
            return {}
        self._take(len(node.value))
        return {key.value: value for key, value in node.value if key.id == "scalar"}

    def items(self, node: Yaml) -> list[Yaml]:
        """Return the items of a sequence; nothing for any other node."""
        if node is None or node.id != "sequence":
            return []
        self._take(len(node.value))
        found: list[Yaml] = node.value
        return found

    def texts(self, node: Yaml) -> list[str]:
        """Return the scalars of a sequence, or the one that stands where a sequence can."""
        if node is not None and node.id == "scalar":
            return [node.value] if node.value else []
        return [item.value for item in self.items(node) if item.id == "scalar"]


def text(node: Yaml) -> str:
    """Return a scalar as it is spelled, nothing for other nodes and for null."""
    if node is None or node.id != "scalar" or (not node.style and node.value in {"~", "null", "Null", "NULL"}):
        return ""
    value: str = node.value
    return value


def line(node: Yaml) -> int:
    """Return the line on which a node begins."""
    found: int = node.start_mark.line + 1
    return found


def lock(data: bytes) -> tuple[Document, dict[str, Yaml]]:
    """Return a lock and the fields of its first document. Raises `DamagedError` for one that is no mapping, or asks for objects."""
    document = Document(data)
    if document.root is None or document.root.id != "mapping" or b"!!python/" in data:
        raise DamagedError
    return document, document.fields(document.root)


def whole(node: Yaml) -> int:
    """Return the number that a version begins with, -1 for none."""
    digits = text(node).partition(".")[0]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 5 else -1


def _composed(data: bytes) -> list[Yaml]:
    import yaml  # noqa: PLC0415 - a run without YAML needs none

    if len(data) > MOST or data.count(b"\n") + data.count(b",") > ENTRIES:
        raise TooLargeError
    if _too_deep(data):
        raise DamagedError
    try:
        loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)(data)  # which asks of no scalar what type it has
        try:
            found: list[Yaml] = []
            while loader.check_node() and len(found) < _DOCUMENTS:
                found.append(loader.get_node())
            more = [each for each in found[1:] if each.id != "scalar" or text(each)]
            return [found[0] if found else None, *more]
        finally:
            loader.dispose()
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError, AttributeError, TypeError, IndexError, MemoryError):
        raise DamagedError from None


def _too_deep(data: bytes) -> bool:
    """Tell whether a text may be nested deeper than the bound. Brackets in strings count, which makes the answer too strict."""
    if _BLOCK.search(data) is not None or data[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in data[:64]:
        return True
    if data.count(b"[") + data.count(b"{") <= DEPTH:
        return False
    depth = 0
    for found in _FLOW.finditer(data):
        depth = depth + 1 if found[0] in b"[{" else max(0, depth - 1)
        if depth > DEPTH:
            return True
    return False
