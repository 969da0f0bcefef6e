"""YAML as far as data need it: mappings, lists and scalars in blocks and in brackets. Tags and texts of several lines say nothing.

Written for scanned content: one pass over the lines, within bounds. Scalars stay texts, as in `records`. What an alias stands for
is the same object again and no copy, so that who walks through it needs a bound too.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_LINES = 1 << 20
_TOLD = 1 << 12  # bytes among which the first line is looked for
_DEPTH = 60
_FLOW = 1 << 20  # characters of one value in brackets
_QUOTED = r"\"(?:[^\"\\]|\\.){0,400}\"|'(?:[^']|''){0,400}'"
_KEY = regex(
    rf"(?:\? )?({_QUOTED}|[^\s#&*!|>%@`\"'\[\]{{}},-][^#\n]{{0,200}}?|-[^\s#][^#\n]{{0,200}}?)[ \t]{{0,40}}:(?:[ \t]+(.*)|\Z)"
)
_MARKS = regex(r"(?:![^\s,\[\]{}]{0,200}[ \t]*|&([^\s,\[\]{}]{1,200})[ \t]*){1,3}")
_COMMENT = regex(r"[ \t]#.*\Z")
_TOKEN = regex(rf"[ \t\n]*(?:([\[\]{{}},])|({_QUOTED})|((?:[^\[\]{{}},:\n#]|:(?![ \t\n]|\Z)|(?<=\S)#){{1,400}})|(:)|(#[^\n]*))")
_BLOCK = regex(r"[|>][-+\d]{0,2}\Z")


class _Odd(Exception):  # noqa: N818 - no error, the answer that a text is no YAML
    pass


def begins(text: bytes) -> bool:
    """Tell by its first line whether a text may be YAML: most others show there that they are not."""
    *lines, _cut = text[:_TOLD].decode("utf-8", "replace").split("\n")
    for line in lines:
        if line.startswith(("---", "...")):
            return True
        if (body := line.strip()) and body[0] not in "#%":
            return _opens(line.strip(" \r"))
    return True


def _opens(body: str) -> bool:
    """Tell whether a line can be the first one of a document."""
    return body == "-" or body.startswith("- ") or body[:1] in {"[", "{"} or _KEY.match(body) is not None


def load(text: bytes) -> list[Any] | None:
    """Return the documents of a text; None where it is anything else than YAML."""
    lines = text.decode("utf-8", "replace").split("\n", _LINES)[:_LINES]
    documents: list[Any] = []
    part: list[tuple[int, str]] = []
    try:
        for line in [*lines, "---"]:
            if line.startswith(("---", "...")):
                documents += [_Reader(part).read()] if part else []
                part = [(4, line[4:])] if line[4:].strip() else []
            elif (body := line.strip()) and body[0] not in "#%":
                part.append((len(line) - len(line.lstrip(" ")), line.strip(" \r")))
    except (_Odd, RecursionError):
        return None
    return [each for each in documents if isinstance(each, (dict, list))] or None


class _Reader:
    """The lines of one document, taken one after another."""

    def __init__(self, lines: list[tuple[int, str]]) -> None:
        self._lines, self._at = lines, 0
        self._anchors: dict[str, Any] = {}

    def read(self) -> Any:
        """Return the document's value. Raises `_Odd` where it is none."""
        value = self._block(self._lines[0][0], 0)
        if self._at < len(self._lines):
            raise _Odd
        return value

    def _block(self, indent: int, depth: int) -> Any:
        """Return the value of the lines that are at least so far from the edge."""
        if depth > _DEPTH:
            raise _Odd
        first = self._lines[self._at][1]
        if first == "-" or first.startswith("- "):
            return self._items(indent, depth)
        if first[0] in "[{":
            return self._value(first, indent - 1, depth)
        return self._pairs(indent, depth)

    def _items(self, indent: int, depth: int) -> list[Any]:
        found = []
        while self._at < len(self._lines):
            here, body = self._lines[self._at]
            if here != indent or not (body == "-" or body.startswith("- ")):
                if here > indent:
                    raise _Odd
                break
            rest = body[1:].lstrip(" ")
            inner = here + len(body) - len(rest)
            if rest and (rest == "-" or rest.startswith("- ") or (rest[0] not in "[{" and _KEY.match(rest))):
                self._lines[self._at] = inner, rest
                found.append(self._block(inner, depth + 1))
            else:
                found.append(self._value(rest, here, depth))
        return found

    def _pairs(self, indent: int, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while self._at < len(self._lines):
            here, body = self._lines[self._at]
            if here < indent or (here == indent and body.startswith("- ")):
                break
            match = _KEY.match(body)
            if here > indent or not match:
                raise _Odd
            found[_scalar(match[1]) or ""] = self._value(match[2] or "", here, depth, key=True)
        return found

    def _value(self, rest: str, here: int, depth: int, *, key: bool = False) -> Any:
        """Return what stands behind a key or the sign of an item, and in the lines below it; takes those lines."""
        if mark := _MARKS.match(rest):
            value = self._value(rest[mark.end() :], here, depth, key=key)
            if mark[1]:
                self._anchors[mark[1]] = value
            return value
        if rest[:1] == "*" and rest[1:] in self._anchors:
            self._at += 1
            return self._anchors[rest[1:]]
        if rest[:1] in {"[", "{"}:
            return self._flow(rest)
        self._at += 1
        rest = "" if rest.startswith("#") else _COMMENT.sub("", rest).strip()
        below = self._lines[self._at] if self._at < len(self._lines) else (-1, "")
        nested = below[0] > here or (key and below[0] == here and (below[1] == "-" or below[1].startswith("- ")))
        if not nested:
            return _scalar(rest)
        if not rest:
            return self._block(below[0], depth + 1)
        while self._at < len(self._lines) and self._lines[self._at][0] > here:  # a text of several lines
            if not _BLOCK.match(rest) and rest[:1] not in {'"', "'"} and _KEY.match(self._lines[self._at][1]):
                raise _Odd
            self._at += 1
        return None

    def _flow(self, rest: str) -> Any:
        """Return a value in brackets, which can end some lines below."""
        parts, opened, size = [], 0, 0
        while True:
            opened += rest.count("[") + rest.count("{") - rest.count("]") - rest.count("}")
            parts.append(rest)
            self._at += 1
            size += len(rest)
            if opened <= 0:
                break
            if self._at >= len(self._lines) or size > _FLOW:
                raise _Odd
            rest = self._lines[self._at][1]
        return _bracketed("\n".join(parts))


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found or found.end() == at:
            if text[at:].strip():
                raise _Odd
            return
        at = found.end()
        sign, quoted, bare, colon, _comment = found.groups()
        if sign or colon:
            yield sign or colon, ""
        elif quoted or (bare and bare.strip()):
            yield "text", quoted or bare.strip()


def _bracketed(text: str) -> Any:
    stack: list[tuple[Any, str | None]] = []
    value: Any = None
    filled = False
    for kind, word in _tokens(text):
        if kind in {"[", "{"}:
            if len(stack) > _DEPTH:
                raise _Odd
            stack.append(([] if kind == "[" else {}, None))
            value, filled = None, False
        elif not stack:
            raise _Odd
        elif kind == ":":
            stack[-1] = stack[-1][0], str(value)
            value, filled = None, False
        elif kind == "text":
            value, filled = _scalar(word), True
        else:
            held, key = stack[-1]
            if isinstance(held, list):
                held += [value] if filled else []
            elif filled or key is not None:
                held[str(value) if key is None else key] = value if key is not None else None
            stack[-1] = held, None
            value, filled = None, False
            if kind != ",":
                stack.pop()
                value, filled = held, True
    if stack or not filled:
        raise _Odd
    return value


def _scalar(text: str) -> str | None:
    """Return a scalar without its quotes; None for null and for an alias."""
    text = text.strip()
    if text[:1] in {'"', "'"} and len(text) > 1 and text[-1] == text[0]:
        return text[1:-1]
    return None if text in {"", "~", "null", "Null", "NULL"} or text[0] in "*|>" else text
