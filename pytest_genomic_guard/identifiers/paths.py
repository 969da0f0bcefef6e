"""Identifiers that stand in paths, names of branches and headers: what `policy.mask` hides of them."""

from __future__ import annotations

import importlib.util

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers import IN_PATHS, find, kind, where

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_FORMS: dict[str, re.Pattern[str]] = {
    key: regex(rf"(?<![0-9A-Za-z])(?<![0-9][-.])(?:{form})(?![0-9A-Za-z])(?![-.][0-9])")
    for key, form in IN_PATHS.items()
    if importlib.util.find_spec(f"{__package__}.{where(key)}")
}


def spans(text: str) -> list[tuple[int, int]]:
    """Return where a path holds an identifier that its check confirms and that is not invented, in order, none inside another."""
    data = text.encode("utf-8", "surrogatepass")
    found = sorted({*_numbers(text), *_addresses(text, data)})
    kept: list[tuple[int, int]] = []
    for start, end in found:
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    for key, form in _FORMS.items():
        held = kind(key)
        for found in form.finditer(text):
            value = found[0].replace("_", "-")
            if held.check(value) == "yes" and not held.invented(value):
                yield found.span()


def _addresses(text: str, data: bytes) -> Iterator[tuple[int, int]]:
    """Yield addresses of e-mail, counted in characters."""
    if "@" in text:
        invented = kind("email").invented
        for start, end in find.spans("email", data):
            if not invented(data[start:end].decode()):
                before = len(data[:start].decode("utf-8", "surrogatepass"))
                yield before, before + end - start  # an address is ASCII
