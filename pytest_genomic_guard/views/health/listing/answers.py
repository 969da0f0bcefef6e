"""Questions and answers, or attributes and values, of JSON: what DHIS2, questionnaires of FHIR and forms hold of one person.

An object has a label under one key and a value under another, or its answers in objects below it. No JSON is parsed, so that
what was cut off, or is longer than any document, is read as well.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.views.health import words
from pytest_genomic_guard.views.health.listing.listings import LONGEST, MOST, Entry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.health.listing.listings import Pairs

_TOKEN = re.compile(
    r"(?P<open>[{])|(?P<close>[}])|\"(?P<key>[A-Za-z_]\w{0,40})\"\s{0,40}:\s{0,40}"
    r"(?:\"(?P<text>(?:[^\"\\\n]|\\.){0,4000}+)\"|(?P<number>-?\d[\d.]{0,30}|true|false))?"
)
_LABELS = frozenset(
    {"displayname", "text", "label", "question", "dataelement", "title", "name", "field", "prompt", "fieldname", "key", "caption"}
)
_VALUES = re.compile(r"(?:value|answer|response)(?:[A-Z_]\w{0,20})?|raw_?value|display_?value|answered", re.IGNORECASE)
_DEEP = 100
_LONGEST_LABEL = 80
_FEWEST = 3


def read(text: str) -> Iterator[Entry]:
    """Yield records: another begins where an identifier is asked for again."""
    pairs: Pairs = []
    first = line = at = 0
    stack: list[list[str]] = [["", ""]]
    for token in _TOKEN.finditer(text):
        if token["open"]:
            if len(stack) < _DEEP:
                stack.append(["", ""])
        elif token["close"]:
            label, value = stack.pop() if len(stack) > 1 else ("", "")
            if label and value:
                line += text.count("\n", at, token.start())
                at = token.start()
                if pairs and _again(pairs, label):
                    yield from _record(first, pairs)
                    pairs = []
                first = first if pairs else line
                pairs += [(label, value[:LONGEST])] if len(pairs) < MOST and all(key != label for key, _value in pairs) else []
            elif value and not stack[-1][1]:
                stack[-1][1] = value
        else:
            _take(stack[-1], token)
    yield from _record(first, pairs)


def _take(frame: list[str], token: re.Match[str]) -> None:
    """Take a key with its text or number: a label, or a value."""
    key, value = token["key"], token["text"] or token["number"] or ""
    if _VALUES.fullmatch(key):
        frame[1] = frame[1] or value
    elif key.lower() in _LABELS and token["text"] and len(value) <= _LONGEST_LABEL and not frame[0]:
        frame[0] = value.strip(" :?*")


def _again(pairs: Pairs, label: str) -> bool:
    return any(key == label for key, _value in pairs) and bool(words.named(label).identity)


def _record(line: int, pairs: Pairs) -> Iterator[Entry]:
    if len(pairs) >= _FEWEST:
        yield Entry(line=line, pairs=tuple(pairs))
