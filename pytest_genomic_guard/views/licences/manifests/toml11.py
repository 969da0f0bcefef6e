"""TOML 1.1 (toml.io, December 2025) for readers of TOML 1.0: inline tables over several lines, with a comma behind the last entry.

pixi accepts them and its documentation has them; tomllib does not. They are put on one line each, all else stays as it is.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.views.licences.manifests import toml
from pytest_genomic_guard.views.licences.manifests.damaged import DamagedError, TooLargeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PIECE = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+"""'
    r"|'''(?:[^']|'(?!''))*+'''"
    r'|"(?:[^"\\\n]|\\[^\n])*+"'
    r"|'[^'\n]*+'|#[^\n]*+|[{}\[\]\n,]|[^\"'#{}\[\]\n,]++",
    re.DOTALL,
)


def load(data: bytes) -> tuple[dict[str, Any], toml.Lines]:
    """Return the document and the place of its words. Raises `DamagedError`."""
    try:
        return toml.load(data)
    except TooLargeError:
        raise
    except DamagedError:
        if b"{" not in data:
            raise
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except ValueError:
        raise DamagedError from None
    document, _ = toml.load(_joined(text).encode())
    return document, toml.Lines(text)


def _joined(text: str) -> str:
    """Return a text whose inline tables are on one line each."""
    open_: list[str] = []
    kept: list[str] = []
    for found in _PIECE.finditer(text):
        piece = found[0]
        if piece in {"{", "["}:
            open_.append(piece)
        elif piece in {"}", "]"} and open_:
            open_.pop()
            if piece == "}" and kept and kept[-1] == ",":
                kept.pop()
        within = "{" in open_
        if within and (piece.startswith("#") or not piece.strip()):
            continue  # words in an inline table need no blanks between them: they are keys, marks and values
        kept.append(piece)
    return "".join(kept)
