"""JSON of other people, with the lines of its keys."""

from __future__ import annotations

import bisect
import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.licences.manifests.damaged import DamagedError, TooLargeError, table_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST = 32 << 20  # bytes of one document; the largest public lock that was met has 3 MB
_KEY = regex(r'^[ \t]*"(?P<key>(?:[^"\\\n]|\\[^\n]){0,400}+)"[ \t]*:', re.MULTILINE)


def load(data: bytes) -> tuple[dict[str, Any], str]:
    """Return the object that a text is, and the text. Raises `DamagedError`, which says nothing of the content."""
    import json  # noqa: PLC0415 - a run without JSON needs none

    if len(data) > MOST:
        raise TooLargeError
    try:
        text = data.decode("utf-8-sig")
        found = json.loads(text, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        raise DamagedError from None
    if not isinstance(found, dict):
        raise DamagedError
    return found, text


def table(document: dict[str, Any], key: str) -> dict[str, Any]:
    """Return a field that is an object, or an empty one."""
    found = document.get(key)
    return found if isinstance(found, dict) else {}


def held(document: dict[str, Any], key: str) -> dict[str, Any]:
    """Return a field that is an object, an empty one where there is none. Raises `DamagedError` for anything else."""
    return table_in(document.get(key))


def word(document: dict[str, Any], key: str, most: int = 200) -> str:
    """Return a field that is a string, cut."""
    found = document.get(key)
    return found[:most] if isinstance(found, str) else ""


def lines(text: str, after: str = "") -> dict[str, int]:
    """Return the line of the first place where each key stands at the beginning of a line, behind a word where one is given."""
    start = max(text.find(after), 0) if after else 0
    ends = [found.start() for found in re.finditer("\n", text)]
    found: dict[str, int] = {}
    for each in _KEY.finditer(text, start):
        found.setdefault(each["key"], bisect.bisect_left(ends, each.start("key")) + 1)
    return found
