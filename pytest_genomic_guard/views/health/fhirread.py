"""Resources of FHIR out of any text: JSON, also cut, escaped or in the literals of a program, and YAML.

Each is found by the word `resourceType` in it, and its ends by a bounded search, so that neither a bundle of gigabytes nor a text
that only begins like one is parsed whole.
"""

from __future__ import annotations

import json
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_BACK = (2 << 10, 16 << 10, 64 << 10)  # bytes before the word in which its object begins
_AHEAD = (8 << 10, 64 << 10, 1 << 20)  # bytes of an object
_WORK = 1 << 20  # bytes of one text that are read as literals or YAML
_LITERAL = 32 << 10  # bytes of an object that is no JSON
_YAML = 8 << 10
_LEVELS = 3  # texts in texts, each escaped once more
_ESCAPE = re.compile(rb"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_MEANT = {b"n": b"\n", b"t": b" ", b"r": b" "}
_BRACE = re.compile(rb"[{}()]")
_TOKEN = re.compile(
    r"\"((?:[^\"\\\n]|\\.){0,65536}+)\"|'((?:[^'\\\n]|\\.){0,4096}+)'|`([^`]{0,4096}+)`"
    r"|([A-Za-z_$][\w$.]{0,64}+)|(-?[0-9][0-9.]{0,32}+)|(=>|[{}\[\]():=,;])|(//[^\n]*+|\#[^\n]*+|/\*)"
)
_OPEN, _CLOSE = frozenset("{[("), frozenset("}])")
_KEY = re.compile(rb"(?m)^([ \t]*(?:- )?)[\"']?resource_?[Tt]ype")


class Work:
    """What may still be read of one text besides well-formed JSON, in bytes."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        """Begin with all."""
        self.left = _WORK

    def take(self, size: int) -> bool:
        """Take so many; tell whether there were any left."""
        self.left -= size
        return self.left + size > 0


def resource(data: bytes, at: int, low: int, high: int, work: Work, level: int = 0) -> dict[str, Any] | None:  # noqa: PLR0913, PLR0917 - where
    """Return the object in `data[low:high]` whose key for the type of a resource begins at `at`; None where there is none."""
    quote = data[at - 1 : at]
    if quote in {b'"', b"'"} and data[at - 2 : at - 1] == b"\\" and at - 2 >= low:
        if level >= _LEVELS:
            return None
        before = unescaped(data[max(low, at - _BACK[1]) : at])
        both = before + unescaped(data[at : min(high, at + _AHEAD[1])])
        return resource(both, len(before), 0, len(both), work, level + 1) if work.take(len(both) // 8) else None
    begin = at - (quote in {b'"', b"'"})
    line = data.rfind(b"\n", low, begin) + 1
    if quote not in {b'"', b"'"} and not data[line:begin].strip(b" \t-") and _KEY.match(data, max(line, low)):
        found = _yaml(data, max(line, low), low, high) if work.take(_YAML) else None
        if found:
            return found
    for opening in _openings(data, begin, low):
        found = _json(data, opening, high) if data[opening : opening + 1] == b"{" else None
        if found is None and work.take(0):
            found = _literal(data[opening : min(high, opening + _LITERAL)], work)
        if found and any(key in found for key in ("resourceType", "resource_type")):
            return found
    return None


def unescaped(data: bytes) -> bytes:
    """Return a text that stood in another one, without the escapes of that."""
    return _ESCAPE.sub(_meant, data)


def _meant(found: re.Match[bytes]) -> bytes:
    what = found[1]
    if len(what) == 5:
        return chr(int(what[1:], 16)).encode("utf-8", "replace")
    return _MEANT.get(what, what)


def _openings(data: bytes, begin: int, low: int) -> list[int]:
    """Return where the object around an offset may begin: the brace right before it, or the last that is still open."""
    before = data[max(low, begin - 256) : begin].rstrip()
    if before.endswith((b"{", b"(")):
        return [max(low, begin - 256) + len(before) - 1]
    found: list[int] = []
    for size in _BACK:
        start = max(low, begin - size)
        stack: list[int] = []
        for brace in _BRACE.finditer(data, start, begin):
            if brace[0] in {b"{", b"("}:
                stack.append(brace.start())
            elif stack:
                stack.pop()
        found += [at for at in reversed(stack[-2:]) if at not in found]
        if found or start == low:
            break
    return found


def _json(data: bytes, at: int, high: int) -> dict[str, Any] | None:
    for size in _AHEAD:
        end = min(high, at + size)
        try:
            found, _end = json.JSONDecoder(strict=False).raw_decode(data[at:end].decode("utf-8", "replace"))
        except json.JSONDecodeError as error:
            if end == high or error.pos < (end - at) // 4:  # cut, or no JSON from its beginning
                return None
        except (ValueError, RecursionError):
            return None
        else:
            return found if isinstance(found, dict) else None
    return None


class _Frame:
    """One bracket of a literal: what has keys in it, and what has none."""

    __slots__ = ("items", "keyed", "waiting", "word")

    def __init__(self) -> None:
        self.items: list[Any] = []
        self.keyed: dict[str, Any] = {}
        self.waiting: str | None = None  # a key whose value has not come
        self.word: str | None = None  # what the next sign may make a key

    def put(self, value: Any) -> None:
        if self.waiting is None:
            self.items.append(value)
        else:
            self.keyed.setdefault(self.waiting, value)
            self.waiting = None

    def take(self) -> None:
        """Make a key of the last word, which may have been taken for a value."""
        if self.items and self.items[-1] is self.word:
            self.items.pop()
        self.waiting, self.word = self.word, None

    def end(self) -> None:
        self.waiting = self.word = None


def _literal(data: bytes, work: Work) -> dict[str, Any] | None:
    """Read the literals of a program, or an object that is cut: texts and numbers by the keys and brackets around them."""
    text = data.decode("utf-8", "replace")
    top = _Frame()
    stack = [top]
    at, token = 0, None
    for token in _TOKEN.finditer(text, 1):
        if token.start() < at:
            continue
        here = stack[-1]
        string = next((each for each in token.groups()[:3] if each is not None), None)
        if string is not None or token[5]:
            here.word = string if string is not None else token[5]
            here.put(here.word)
        elif token[4]:
            here.word = token[4]
        elif token[7]:
            ending = text.find("*/", token.end()) if token[7] == "/*" else token.end()
            at = ending if ending >= 0 else len(text)
        elif token[6] in _OPEN:
            stack.append(_Frame())
        elif token[6] in _CLOSE:
            stack.pop()
            if not stack:
                break
            stack[-1].put(here.keyed or here.items)
        elif token[6] in {",", ";"}:
            here.end()
        else:
            here.take()
    work.take(token.end() if token else 1)
    for inner, outer in zip(reversed(stack), reversed(stack[:-1]), strict=False):  # of one that is cut
        outer.put(inner.keyed or inner.items)
    return top.keyed or None


def _yaml(data: bytes, line: int, low: int, high: int) -> dict[str, Any] | None:
    """Read the mapping of YAML around a line: all lines at least as far from the left, without aliases."""
    first = data[line:high].lstrip(b"\n")
    depth = len(first) - len(first.lstrip(b" -\t"))
    start = line
    while start > max(low, line - _YAML) and not _dash(data, start, depth):
        before = data.rfind(b"\n", low, start - 1) + 1 if start - 1 > low else low
        row = data[before : start - 1]
        if row.strip() and (len(row) - len(row.lstrip(b" -")) < depth or row.startswith(b"---")):
            break
        start = before
    rows: list[bytes] = []
    for row in data[start : min(high, line + _YAML)].splitlines():
        own = len(row) - len(row.lstrip(b" "))
        if rows and row.strip() and (own < depth or row.startswith(b"---") or (own < depth and row.lstrip().startswith(b"- "))):
            break
        rows.append(row.replace(b"-", b" ", 1)[depth:] if not rows and row.lstrip().startswith(b"- ") else row[depth:])
    text = b"\n".join(rows)
    if re.search(rb"(?m)[:-] [&*]\w", text):
        return None
    import yaml  # noqa: PLC0415 - for YAML only

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        found = yaml.load(text.decode("utf-8", "replace"), Loader=loader)  # noqa: S506 - a base loader makes texts, lists and mappings only
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _dash(data: bytes, start: int, depth: int) -> bool:
    """Tell whether a line begins an entry of a list at that depth."""
    return depth >= 2 and data[start : start + depth].strip() == b"-"
