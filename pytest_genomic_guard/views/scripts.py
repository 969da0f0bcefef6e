"""JSON in scripts: the calls and variables of Plotly, Vega, Bokeh, DataTables. No script is run; each part is tried as JSON."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.trees import every

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator
    from json import JSONDecoder
    from typing import Any

_LEAST = 40  # characters from which a value is worth being told on its own
_TRIES = 8  # times the length of a script that may be read to find its JSON
_FIRST = 1 << 8  # characters that are tried first; most of what looks like JSON is none from the beginning
_NEAR = 16  # characters before a cut in which an error may be due to it
_START = regex(r"[\[{](?=\s*+(?:[\[{\"}]|-?\d))|['\"`](?=[\[{])")
_BEFORE = ("=", "(", ",", ":", "[", "return")
_LITERAL = {quote: regex(rf"(?:[^{quote}\\]++|\\[\s\S])*+") for quote in "'\"`"}
_ESCAPE = regex(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([\s\S]))")
_MEANT = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}


def split(script: str) -> Iterator[tuple[str, Any]]:
    """Yield each piece of a script before a value of JSON, with the value; the last piece comes with None."""
    tried = _Tried(_TRIES * len(script) + 1000)
    begin = at = 0
    while tried.left > 0 and (found := _START.search(script, at)):
        start = found.start()
        at = start + 1
        before = script[max(0, start - 20) : start].rstrip()
        if before and not before.endswith(_BEFORE):
            continue
        value, end = tried.value(script, start)
        if value is not None:
            if end - start >= _LEAST:
                yield script[begin:start], value
                begin = end
            at = end
    yield script[begin:], None


class _Tried:
    """Reads JSON, and counts what that takes."""

    def __init__(self, left: int) -> None:
        self.left = left
        self._decoder = _decoder()

    def value(self, script: str, at: int) -> tuple[Any, int]:
        """Return the object or array at `at`, in a string or not, and where it ends; or None."""
        quote = script[at]
        if quote not in _LITERAL:
            return self._json(script, at)
        found = _LITERAL[quote].match(script, at + 1)
        end = found.end() if found else at + 1
        self.left -= end - at
        text = _unescaped(script[at + 1 : end])
        value, stop = self._json(text, 0)
        return (None, at) if value is None or text[stop:].strip() else (value, end + 1)

    def _json(self, text: str, at: int) -> tuple[Any, int]:
        """Try longer and longer pieces: an error is told with its line, which costs as much as all that is before it."""
        size = _FIRST
        while True:
            piece = text[at : at + size]
            self.left -= len(piece) if size > _FIRST else 20
            try:
                value, end = self._decoder.raw_decode(piece)
            except (ValueError, RecursionError) as error:
                place = getattr(error, "pos", len(piece))
                cut = place >= len(piece) - _NEAR or getattr(error, "msg", "").startswith("Unterminated")
                if not cut or isinstance(error, RecursionError) or at + size >= len(text) or self.left <= 0:
                    return None, at
                size *= 16
            else:
                return value, at + end


def _decoder() -> JSONDecoder:
    import json  # noqa: PLC0415 - for scripts only

    return json.JSONDecoder(object_pairs_hook=every, parse_int=str, parse_float=str, parse_constant=str)


def _unescaped(literal: str) -> str:
    """Return what a string of JavaScript means."""
    return _ESCAPE.sub(_character, literal) if "\\" in literal else literal


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _MEANT.get(escape[3], escape[3])
