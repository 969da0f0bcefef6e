"""Elements of XML by a bounded scan of tags: no parser, no entities beyond the five, nothing declared, nothing fetched."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 256 << 10  # bytes of one element that are read
_NODES = 500  # elements of it
_DEEP = 40
_TOKEN = re.compile(
    rb"<(?P<close>/)?(?:[\w.-]{1,32}:)?(?P<name>[A-Za-z_][\w.-]{0,63})(?P<rest>(?:[^<>\"']|\"[^\"<]{0,4096}\"|'[^'<]{0,4096}'){0,256}+)>"
    rb"|<!--|<!\[CDATA\["
)
_ATTRIBUTE = re.compile(
    rb"(?<![\w.-])(?:[\w.-]{1,32}:)?(?P<name>[\w.-]{1,64}+)\s{0,4}=\s{0,4}(?:\"(?P<one>[^\"]*+)\"|'(?P<two>[^']*+)')"
)
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&#39;", "'"), ("&#160;", " "), ("&amp;", "&"))


class Element:
    """One element: its name without a prefix, attributes, children in order, and the text that stands in it directly."""

    __slots__ = ("attributes", "children", "name", "text")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        """Begin with no children."""
        self.name, self.attributes = name, attributes
        self.children: list[Element] = []
        self.text = ""

    def all(self, *names: str) -> Iterator[Element]:
        """Yield the children of these names."""
        return (child for child in self.children if child.name in names)

    def first(self, *path: str) -> Element | None:
        """Return what stands at a path of names, the first at every step."""
        here: Element | None = self
        for name in path:
            here = next(here.all(name), None) if here else None
        return here

    def below(self, *names: str) -> Iterator[Element]:
        """Yield all elements of these names, at any depth, in order."""
        waiting = list(reversed(self.children))
        while waiting:
            child = waiting.pop()
            if child.name in names:
                yield child
            waiting += reversed(child.children)

    def words(self) -> str:
        """Return the text in it and in what stands in it, with single blanks."""
        parts = [self.text, *(child.text for child in self._inside())]
        return " ".join(" ".join(parts).split())[:400]

    def _inside(self) -> Iterator[Element]:
        waiting = list(reversed(self.children))
        while waiting:
            child = waiting.pop()
            yield child
            waiting += reversed(child.children)


def element(data: bytes, start: int, end: int) -> Element | None:
    """Return the element whose tag begins at `start`, or as much of it as there is up to `end`; None where no tag begins."""
    first = _TOKEN.match(data, start, end)
    if not first or not first["name"] or first["close"]:
        return None
    top = _made(first)
    if first["rest"].endswith(b"/"):
        return top
    end = min(end, start + LONGEST)
    stack, at = [top], first.end()
    for _node in range(2 * _NODES):
        token = _TOKEN.search(data, at, end)
        if token is None:
            break
        stack[-1].text += _text(data[at : token.start()])
        at = token.end()
        if not token["name"]:
            last = data.find(b"-->" if token[0] == b"<!--" else b"]]>", at, end)
            if token[0] != b"<!--":
                stack[-1].text += data[at : last if last >= 0 else end].decode("utf-8", "replace")
            at = last + 3 if last >= 0 else end
        elif token["close"]:
            _closed(stack, token["name"].decode("utf-8", "replace"))
            if not stack:
                break
        else:
            child = _made(token)
            stack[-1].children.append(child)
            if not token["rest"].endswith(b"/") and len(stack) < _DEEP:
                stack.append(child)
    return top


def _closed(stack: list[Element], name: str) -> None:
    """Close the innermost element of that name, and what was left open in it; one that nobody opened closes nothing."""
    for at in range(len(stack) - 1, -1, -1):
        if stack[at].name == name:
            del stack[at:]
            return


def _made(token: re.Match[bytes]) -> Element:
    attributes = {
        found["name"].decode("utf-8", "replace"): _text(found["one"] if found["one"] is not None else found["two"])
        for found in _ATTRIBUTE.finditer(token["rest"])
    }
    return Element(token["name"].decode("utf-8", "replace"), attributes)


def _text(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    if "&" in text:
        for entity, meant in _ENTITIES:
            text = text.replace(entity, meant)
    return text
