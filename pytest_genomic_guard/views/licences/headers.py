"""The licence that a source file states in its header: by a tag, by a notice, or by a line such as ``License: GPL-3``.

Tags are those of SPDX 3.0 (annex "Using SPDX short identifiers in source files") and REUSE 3.3, notices those of the GNU licences.

Pure: bytes in, an SPDX expression out. Files of the repository, cells of notebooks and files of installed distributions alike.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.licences import grants, region

_TAG = regex(rb"SPDX-License-Identifier:[ \t]{0,8}([^\r\n]{1,300})")
_CLOSED = regex(rb"[ \t]*(?:\*/|-->|\*\)|-\}|#}|\"\"\"|''')[^\r\n]*$|[ \t\"',;]{1,8}$")
_IGNORED = regex(rb"REUSE-[I]gnoreStart.{0,8192}?(?:REUSE-[I]gnoreEnd|\Z)", re.DOTALL)  # no mark in this file itself
_TEMPLATE = regex(rb"[<>{}$%]")
# Where none of these is, there is no notice: most files are done with here.
_ANY = regex(rb"SPDX-License|[Gg][Pp][Ll]|(?i:general\s)|(?i:affero)|(?i:cecill)|(?i:public\s)")
_DUNDER = regex(rb"^__licen[sc]e__[ \t]{0,4}=[ \t]{0,4}[rRuU]?[\"']([^\"'\r\n]{1,120})[\"']", re.MULTILINE)
_FIELD = regex(r"(?:^|[\s@:(])licen[sc]e ?(?::|=| is) ?(?:the )?([\w +.,()>=/-]{2,60})")


class Header(Record):
    """What a header states of its file."""

    expression: str  # SPDX; empty: a tag that is no expression
    spdx: bool = False  # by a tag
    start: int = 0  # where the statement is, in the bytes of the file
    end: int = 0


def header(data: bytes) -> str:
    """Return what the header of a source file states, as an SPDX expression; empty where it states nothing of licences.

    Of a notice in free words only copyleft is told; a tag is told whatever it names.
    """
    found = stated(data)
    return found.expression if found else ""


def stated(data: bytes, *, whole: bool = False, limit: int = region.LONGEST) -> Header | None:
    """Return what the header of a file states; `whole`: all of the text is such a place, as a cell of prose. Never raises."""
    head = data[:limit]
    if not _ANY.search(head):
        return None
    end = len(head) if whole else region.header(head, limit)
    tagged = _tagged(head[:end])
    if tagged:
        return tagged
    text = region.words(head[:end])
    expression = grants.granted(text) or _field(text)
    if expression:
        start = _where(head[:end])
        return Header(expression=expression, start=start, end=min(end, start + 40))
    return _dunder(data)


def _tagged(head: bytes) -> Header | None:
    """Return what the tags of a header say; several hold together."""
    if b"SPDX-License-Identifier" not in head:
        return None
    ignored = [found.span() for found in _IGNORED.finditer(head)]
    said, first = [], None
    for found in _TAG.finditer(head):
        value = _CLOSED.sub(b"", found[1]).strip()
        if any(start <= found.start() < end for start, end in ignored) or _TEMPLATE.search(value) or not value:
            continue
        said.append(_spdx(value.decode("ascii", "replace")))
        first = first or found
    if first is None:
        return None
    expression = said[0] if len(set(said)) == 1 else " AND ".join(f"({each})" for each in dict.fromkeys(said)) if all(said) else ""
    return Header(expression=_canonical(expression), spdx=True, start=first.start(), end=first.end())


def _spdx(value: str) -> str:
    """Return a tag's value in canonical form, or what its words name."""
    from pytest_genomic_guard.views.licences import prose  # noqa: PLC0415 - where a licence is named only

    return _canonical(value) or prose.named(value)


def _canonical(value: str) -> str:
    from pytest_genomic_guard.views.licences import expression  # noqa: PLC0415 - as above

    return expression.canonical(value) if value else ""


def _field(text: str) -> str:
    """Return what a line such as ``License: GPL (>= 2)`` names, where it is copyleft."""
    for found in _FIELD.finditer(text):
        value = re.split(r"[.,;](?:\s|$)| see | and | with | copyright| author| version:", found[1])[0].strip(" .,;-")
        if re.search(r"gpl|general public|affero|cecill", value) and not re.search(r"compatib|\bnot?\b", value):
            from pytest_genomic_guard.views.licences import prose  # noqa: PLC0415 - as above

            named = prose.named(value)
            if named:
                return named
    return ""


def _dunder(data: bytes) -> Header | None:
    """Return what a Python module says of itself in ``__license__``, which is read as free words are."""
    found = _DUNDER.search(data[: 4 * region.LONGEST])
    if not found or not re.search(rb"(?i)gpl|general public|affero|cecill", found[1]):
        return None
    from pytest_genomic_guard.views.licences import prose  # noqa: PLC0415 - as above

    named = prose.named(found[1].decode("utf-8", "replace"))
    return Header(expression=named, start=found.start(), end=found.end()) if named else None


def _where(head: bytes) -> int:
    """Return where in a header the licence is named first."""
    found = re.search(rb"(?i)general\W{1,40}public|affero|\b[al]?gpl|cecill|european union public|public\W{1,40}licen", head)
    return found.start() if found else 0
