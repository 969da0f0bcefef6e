"""People of FHIR in its XML and its Turtle, brought into the form of its JSON."""

from __future__ import annotations

import re

from pytest_genomic_guard.views.health import fhirperson, fhirread, hints
from pytest_genomic_guard.views.health.tags import LONGEST, element

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from pytest_genomic_guard.views.health.fhirperson import Person
    from pytest_genomic_guard.views.health.tags import Element
    from pytest_genomic_guard.views.text import Text

_DEEP = 12
_TURTLE = re.compile(
    rb"fhir:(?:[A-Za-z]{1,32}\.){0,2}(family|given|birthDate|text|value|system|line|city|postalCode|code)\s{1,8}[\[(]?\s{0,8}[\[(]?\s{0,8}"
    rb"(?:fhir:v(?:alue)?\s{1,8})?\"([^\"\\\n]{1,200}+)\""
)
_SAMPLED = 60
_STATEMENT = 32 << 10  # bytes of a resource in Turtle


def people(view: Text) -> Iterator[tuple[int, Person]]:
    """Yield where each person begins, and what is told."""
    for number, (start, _end) in enumerate(view.matches(hints.FHIR_PERSON)):
        if number >= _SAMPLED:
            return
        segment = view.segment(start)
        if segment.context == "markup":
            continue
        data, end = view.data, view.end(segment)
        if data[start : start + 1] == b":" and data[max(0, start - 4) : start] == b"fhir":
            found = _turtle(data[start : min(end, start + _STATEMENT)])
        else:
            found = _xml(data, start, end)
        if found:
            yield start, fhirperson.read(found)


def _xml(data: bytes, start: int, end: int) -> dict[str, Any] | None:
    opening = start if data[start : start + 1] == b"<" else data.rfind(b"<", max(0, start - 16), start)
    if opening < 0:
        return None
    top = element(data, opening, end)
    if top and not top.children and b'\\"' in data[opening : opening + 2048]:  # in a string of a program or log
        text = fhirread.unescaped(data[opening : min(end, opening + LONGEST)])
        top = element(text, 0, len(text))
    if top is None or not any("value" in child.attributes for child in top.below("family", "given", "birthDate", "value", "text")):
        return None
    return _object(top, 0)


_LISTS = frozenset(
    {"name", "given", "telecom", "address", "identifier", "line", "contact", "extension", "coding", "tag", "security"}
)


def _object(node: Element, depth: int) -> dict[str, Any]:
    """Return an element as FHIR's JSON has it (FHIR R4, 2.6.2.2)."""
    made: dict[str, Any] = {key: value for key, value in node.attributes.items() if key in {"url", "id"}}
    if depth > _DEEP:
        return made
    for child in node.children:
        value: Any = child.attributes.get("value")
        if child.name == "div":
            value = child.words()
        elif value is None or (child.children and child.name != "text"):
            value = _object(child, depth + 1)
        if child.name in _LISTS:
            made.setdefault(child.name, []).append(value)
        else:
            made.setdefault(child.name, value)
    return made


def _turtle(data: bytes) -> dict[str, Any] | None:
    """Return what a resource in Turtle tells: its literals by the last part of their predicates."""
    end = re.search(rb"\]\s{0,8}\.\s|\n\s{0,8}\.\s|\.\s{0,8}\n\s{0,8}\n", data)
    values: dict[str, list[str]] = {}
    for each in _TURTLE.finditer(data, 0, end.end() if end else len(data)):
        values.setdefault(each[1].decode(), []).append(each[2].decode("utf-8", "replace"))
    if not values.get("family") and not values.get("birthDate"):
        return None
    systems = values.get("system", [])
    return {
        "name": [{"family": values.get("family", [""])[0], "given": values.get("given", [])}],
        "birthDate": values.get("birthDate", [""])[0],
        "telecom": [{"value": value} for value in values.get("value", []) if not value.isalnum()],
        "identifier": [{"value": value, "system": " ".join(systems)} for value in values.get("value", []) if value.isalnum()],
        "address": [{"line": values.get("line", []), "city": values.get("city", [""])[0]}],
        "meta": {"security": [{"code": code} for code in values.get("code", [])]},
    }
