"""HTML as text: rows of tables as lines with tabs between cells. Nothing is rendered or loaded."""

from __future__ import annotations

import re

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*+)[^<>]*+>")
_NO_CHARACTER = re.compile(r"&#0*(\d{8,}|[xX]0*[0-9A-Fa-f]{7,})")
_BREAKS = frozenset({"tr", "p", "div", "br", "pre", "li", "table", "h1", "h2", "h3", "h4", "h5", "h6"})


def plain(markup: str) -> str:
    """Return the text of `markup`. One linear pass; comments and damaged markup stay as text, so that nothing is lost."""
    from html import unescape  # noqa: PLC0415 - its table of entities is needed for HTML only

    out: list[str] = []
    at = 0
    in_row = in_cell = False
    for tag in _TAG.finditer(markup):
        between = markup[at : tag.start()]
        at = tag.end()
        if in_cell:
            between = " ".join(between.split())
        elif in_row and between.isspace():
            between = ""  # the line breaks of the source between cells are layout
        out.append(between)
        name, closing = tag[2].lower(), bool(tag[1])
        if name in {"td", "th"}:
            in_cell = not closing
            out.append("\t" if closing else "")
        elif name in _BREAKS:
            in_row = not closing if name == "tr" else in_row
            out.append(" " if in_cell else "\n")
    out.append(markup[at:])
    return unescape(_NO_CHARACTER.sub("&amp;#", "".join(out)))  # a number of thousands of digits is an error to `int`
