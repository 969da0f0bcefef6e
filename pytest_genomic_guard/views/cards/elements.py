"""XML of cards through expat as a tree: no document type, no entity and nothing external, as cards have none."""

from __future__ import annotations

from pytest_genomic_guard.views.cards import trees

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_genomic_guard.views.cards.trees import Read, Tree

_DEPTH, _ELEMENTS = 40, 100_000


class _Stop(Exception):  # noqa: N818 - ends a parse
    """The XML holds what a card cannot."""


class _Builder:
    """Elements as tables, of several with one name a list; text as words. Attributes stand beside the elements, with `@`."""

    def __init__(self) -> None:
        self.root: dict[str, Tree] = {}
        self.lines: dict[str, int] = {}
        self.count = 0
        self._stack: list[tuple[str, dict[str, Tree], list[str]]] = [("", self.root, [])]
        self.line: Callable[[], int] = int

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > _ELEMENTS or len(self._stack) > _DEPTH:
            raise _Stop
        name = name.rpartition(":")[2][:120]
        self.lines.setdefault(name, self.line())
        self._stack.append((name, {f"@{key}": value for key, value in attributes.items() if not key.startswith("xml")}, []))

    def end(self, _name: str) -> None:
        name, tree, parts = self._stack.pop()
        text = "".join(parts).strip()
        value: Tree = tree if any(not key.startswith("@") for key in tree) else text if text or not tree else tree
        above = self._stack[-1][1]
        if name not in above:
            above[name] = value
            return
        have = above[name]
        if isinstance(have, list):
            have.append(value)
        else:
            above[name] = [have, value]

    def text(self, data: str) -> None:
        self._stack[-1][2].append(data)


def read(data: bytes) -> Read:
    """Return the tree of a document. Raises `CardError`."""
    from xml.parsers import expat  # noqa: PLC0415 - for few files

    if len(data) > trees.MOST:
        raise trees.CardError("too-large")
    parser = expat.ParserCreate(encoding="utf-8")  # texts are decoded before
    parser.buffer_text = True
    builder = _Builder()
    builder.line = lambda: parser.CurrentLineNumber
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.ExternalEntityRefHandler = _refuse
    parser.SkippedEntityHandler = _refuse
    parser.StartElementHandler, parser.EndElementHandler = builder.start, builder.end
    parser.CharacterDataHandler = builder.text
    try:
        parser.Parse(data.removeprefix(b"\xef\xbb\xbf"), True)  # noqa: FBT003 - expat takes no keyword
    except (expat.ExpatError, _Stop, ValueError, LookupError):
        raise trees.CardError("card") from None
    return trees.Read(builder.root, builder.lines)


def _refuse(*_what: object) -> int:
    raise _Stop
