"""HTML as text: what stands in a page, its tables with tabs between cells, its scripts. Nothing is rendered, run or loaded.

Every byte of the text between tags is in one of the parts, so that nothing is lost in damaged markup either.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views import grids

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    Kind = Literal["text", "table", "script"]
    Part = tuple[Kind, str, str]  # with the attributes of a script

_NAMED = r"(?=[A-Za-z])[A-Za-z0-9]*+[^<>]*+>"
_SPLIT = regex(r"<(/?)(?=[tTsSpP][aAcCrR])((?i:table|script|pre))\b([^<>]*+)>")
_CLOSE = {name: regex(f"</{name}\\b", re.IGNORECASE) for name in ("script", "pre")}
_ROW = regex(r"<t[rdh](?![A-Za-z0-9])[^<>]*+>", re.IGNORECASE)
_TERM = regex(r"(?<!:)</dt\s{0,8}>\s{0,400}<dd[^<>]*+>", re.IGNORECASE)
_BREAK = regex(r"</?(?:tr|p|div|br|pre|li|table|dl|dt|h[1-6])(?![A-Za-z0-9])[^<>]*+>", re.IGNORECASE)
_TAG = regex(rf"</?{_NAMED}")
_ATTRIBUTES = regex(r"<[A-Za-z][A-Za-z0-9]*+\s[^<>]++>")
_DOCUMENT = regex(r"\ssrcdoc\s*=\s*(?:\"([^\"<>]*+)\"|'([^'<>]*+)')", re.IGNORECASE)
_NO_CHARACTER = regex(r"&#0*(\d{8,}|[xX]0*[0-9A-Fa-f]{7,})")


def plain(markup: str) -> str:
    """Return the text of `markup`: rows of tables as lines with tabs. One linear pass."""
    return "\n".join(text for _kind, text, _attributes in parts(markup))


def parts(markup: str) -> Iterator[Part]:
    """Yield the text between tables, each table, and each script as it stands there; a table in another one on its own."""
    tables: list[list[str]] = []  # the pieces of each table that is open
    begin = at = 0
    while tag := _SPLIT.search(markup, at):
        start, at = tag.start(), tag.end()
        name, closing = tag[2].lower(), bool(tag[1])
        if name != "table":
            if closing or (name == "pre" and not tables):
                continue
            stop = _CLOSE[name].search(markup, at)
            inner, at = markup[at : stop.start() if stop else len(markup)], stop.start() if stop else len(markup)
            if name == "pre" and "\n" not in inner:
                continue
        yield from _piece(tables, markup[begin:start])
        begin = at
        if name == "script":
            yield "script", inner, tag[3]
        elif name == "pre":  # the lines of a cell, such as code beside its numbers, are no row
            yield from _loose(inner)
        elif not closing:
            tables.append([])
        elif tables:
            yield from _table("".join(tables.pop()))
            yield from _piece(tables, " ")
    yield from _piece(tables, markup[begin:])
    for pieces in reversed(tables):
        yield from _table("".join(pieces))


def _piece(tables: list[list[str]], markup: str) -> Iterator[Part]:
    """Put a piece into the innermost open table; without one, yield what it is."""
    if tables:
        tables[-1].append(markup)
    else:
        yield from _loose(markup)


def attributes(markup: str) -> str:
    """Return what the tags of a page say beside their names, each tag once: titles, values, addresses."""
    return unescape("\n".join(dict.fromkeys(_ATTRIBUTES.findall(markup))))


def documents(markup: str) -> Iterator[str]:
    """Yield the pages that stand in attributes, as maps of folium do."""
    if "srcdoc" in markup:
        for found in _DOCUMENT.finditer(markup):
            yield unescape(found[1] or found[2] or "")


def unescape(text: str) -> str:
    """Return `text` with characters in place of entities; a number of thousands of digits is an error to `int`."""
    if "&" not in text:
        return text
    import html  # noqa: PLC0415 - its table of entities is needed for HTML only

    return html.unescape(_NO_CHARACTER.sub("&amp;#", text))


def _flat(markup: str) -> str:
    """Return what stands between tags: a line for each block, and for each term of a list with what it stands for."""
    return unescape(_TAG.sub("", _BREAK.sub("\n", _TERM.sub(": ", markup) if "</d" in markup.lower() else markup)))


def _loose(markup: str) -> Iterator[Part]:
    """Yield what stands outside of tables; rows without a table, as in a fragment, are one."""
    row = _ROW.search(markup)
    if row:
        yield from _loose(markup[: row.start()])
        yield from _table(markup[row.start() :])
    else:
        text = _flat(markup)
        if text.strip():
            yield "text", text, ""


def _table(markup: str) -> Iterator[Part]:
    """Yield a table, after its caption, its titles, and the upper ones of several rows of names."""
    row = _ROW.search(markup)
    if not row:
        yield from _loose(markup)
        return
    grid = grids.read(markup[row.start() :])
    above = [_flat(markup[: row.start()]), *map(unescape, grid.notes)]
    if any(each.strip() for each in above):
        yield "text", "\n".join(each for each in above if each.strip()), ""
    if grid.rows:
        yield "table", unescape("\n".join(grid.rows)).replace("\xa0", " "), ""
