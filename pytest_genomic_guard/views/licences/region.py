"""The header of a source file: its first comments and its docstring, whatever the language, and their words without the marks.

A licence notice counts where a file speaks of itself: before its first statement. In strings, further down, and in prose it is
a quotation. No language is told by name: what begins with the sign of a comment in any of them is a comment here, because a line
too many does no harm, and the first line that is clearly a statement ends the header.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex

LONGEST = 8192  # bytes of a header; a notice with the names of all who hold rights is hardly longer

_LINE = regex(
    rb"\s*+(?:#|//|%|!|;|--|\*|\.\.(?:\s|$)|::|'|\.?\\\"|@c(?:omment)?\s|dnl\b|[Rr][Ee][Mm]\b|REM\b|\|)|[CcdD*](?:\s|$)|\"\s"
)
# What may stand before a header, or between its parts, and states nothing.
_PASSED = regex(
    rb"\s*+(?:<\?(?:xml|php)|<!doctype|<(?:html|head|meta|template|script|style)\b|from __future__ import|package\s|[\"']use strict"
    rb"|function\b|classdef\b|@echo off|scriptversion=|\\input texinfo|---\s*$|%YAML|\{?\\rtf|__(?:author|copyright|version"
    rb"|date|email|maintainer|credits|status)__\s*=)",
    re.IGNORECASE,
)
_BLOCKS = (
    (regex(rb"\s*+/\*"), b"*/"),
    (regex(rb"\s*+<!--"), b"-->"),
    (regex(rb"\s*+[rRuUbB]{0,2}\"\"\""), b'"""'),
    (regex(rb"\s*+[rRuU]{0,2}'''"), b"'''"),
    (regex(rb"\s*+\(\*"), b"*)"),
    (regex(rb"\s*+\{-"), b"-}"),
    (regex(rb"\s*+--\[\["), b"]]"),
    (regex(rb"\s*+%\{\s*$"), b"%}"),
    (regex(rb"\s*+#="), b"=#"),
    (regex(rb"\s*+#\|(?!.{0,200}\|)"), b"|#"),
    (regex(rb"\s*+<#"), b"#>"),
    (regex(rb"\s*+<%--"), b"--%>"),
    (regex(rb"\s*+\{#"), b"#}"),
    (regex(rb"=(?:pod|head\d|begin|encoding)\b"), b"=cut"),
)
_STRING = regex(rb"\s*+[rRuU]{0,2}(?:\"[^\"\n]{0,400}\"|'[^'\n]{0,400}')\s*;?\s*$")  # a docstring of one line, "use strict"
_MARKS = regex(
    r"^\s*+(?:(?:/\*+|\*+/?|//+[!/]?|#+['!=|]?|%+[{}]?|!+|;+|--+|\.\.|::|<!--|[rRuU]{0,2}(?:\"\"\"|''')|\(\*|\{-|\.?\\\"|\||'"
    r"|(?:@c|@comment|dnl|REM|rem|C|c)(?=\s|$))\s*+){1,3}"
)
_ENDS = regex(r"\s*+(?:\*+/|\*+\)|-+>|\"\"\"|'''|\*{1,80}|#{1,80}|;{2,80}|%{2,80}|!{1,80}|/{2,80}|\|)\s*$")
_BLANKS = regex(r"\s+")


def header(data: bytes, limit: int = LONGEST) -> int:
    """Return the offset at which the header of a file ends."""
    data = data[:limit]
    at = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    closing = b""
    for line in data[at:].splitlines(keepends=True):
        if closing:
            found = line.find(closing)
            closing = b"" if found >= 0 else closing
        elif line.strip():
            opened = _opened(line)
            if opened:
                closing = opened[0] if opened[0] not in line[opened[1] :] else b""
            elif not (_LINE.match(line) or _PASSED.match(line) or _STRING.match(line)):
                break
        at += len(line)
    return at


def _opened(line: bytes) -> tuple[bytes, int] | None:
    """Return what closes the comment or docstring that begins with a line, and where its text begins."""
    for pattern, closing in _BLOCKS:
        found = pattern.match(line)
        if found:
            return closing, found.end()
    return None


def words(data: bytes) -> str:
    """Return the words of comments in lower case, one blank between any two, without the marks of comments."""
    text = data.decode("utf-8", "replace")
    lines = (_ENDS.sub("", _MARKS.sub("", line[:2000])) for line in text.splitlines())
    return _BLANKS.sub(" ", " ".join(lines)).strip().lower()
