"""Path patterns of the policy: ``*`` and ``?`` within a name, ``**`` across folders, ``[...]`` for a set."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex

_SET = regex(r"(.)-(.)|(.)", re.DOTALL)  # a range, or one character
_NAME, _ANY, _FOLDERS = "[^/]*", ".*", "(?:.*/)?"  # what ``*``, ``**`` and ``**/`` stand for
_LONGEST = 4096  # no path is longer, on any system that git runs on
_TRIED = 2  # stars up to which trying every length of each is cheap; every further one multiplies the steps by the path's length


class Glob:
    """A pattern that must match a whole path; one that ends in ``/`` means everything below that folder."""

    def __init__(self, pattern: str) -> None:
        """Compile it. Raises ValueError for a set that runs backwards, and for a pattern that is longer than any path."""
        if len(pattern) > _LONGEST:
            raise ValueError("longer than any path")
        pieces = _pieces(pattern + "**" if pattern.endswith("/") else pattern)
        stars = sum(piece in {_NAME, _ANY, _FOLDERS} for piece in pieces)
        self._whole = re.compile("".join(pieces) + r"\Z", re.DOTALL) if stars <= _TRIED else None
        self._pieces = pieces

    def match(self, path: str) -> bool:
        """Tell whether a path matches. It is text with ``surrogateescape``: a character is one, whatever bytes it takes."""
        return bool(self._whole.match(path)) if self._whole else _steps(self._pieces, path)


def _steps(pieces: list[str], path: str) -> bool:
    """Match piece by piece, holding all places that can be reached as the bits of a number: one step a piece, none taken back."""
    names, slashes = (_places(piece, path) for piece in ("[^/]", "/"))
    end = 1 << len(path)
    masks: dict[str, int] = {}
    at = 1
    for piece in pieces:
        lowest = at & -at
        if piece == _ANY:
            at = 2 * end - lowest  # from the lowest place on, all
        elif piece == _FOLDERS:
            at |= (slashes << 1) & -(lowest << 1)
        elif piece == _NAME:
            at |= ((at & names) + names) ^ names  # the carry of the sum runs from each place to the end of its name
        else:
            if piece not in masks:
                masks[piece] = _places(piece, path)
            at = (at & masks[piece]) << 1
        if not at:
            return False
    return bool(at & end)


def _places(piece: str, path: str) -> int:
    """Return where one character of a path is matched, as bits."""
    return sum(1 << found.start() for found in re.finditer(piece, path, re.DOTALL))


def _pieces(pattern: str) -> list[str]:
    """Return a pattern as pieces of a regular expression: one for each character, set or star."""
    out = []
    at = 0
    while at < len(pattern):
        if pattern.startswith("**/", at):
            out.append(_FOLDERS)
            at += 3
        elif pattern.startswith("**", at):
            out.append(_ANY)
            at += 2
        elif pattern[at] == "*":
            out.append(_NAME)
            at += 1
        elif pattern[at] == "?":
            out.append("[^/]")
            at += 1
        elif pattern[at] == "[" and (end := pattern.find("]", at + 2 + pattern.startswith(("!", "^"), at + 1))) > 0:
            out.append(_set(pattern[at + 1 : end]))
            at = end + 1
        else:
            out.append(re.escape(pattern[at]))
            at += 1
    return out


def _set(inside: str) -> str:
    """Return a set as a regular expression writes it; neither form matches the ``/`` between folders."""
    negated = inside[0] in "!^"
    out = []
    for first, last, alone in _SET.findall(inside[negated:]):
        if first > last:
            raise ValueError("a range that runs backwards")
        out.append(re.escape(alone) if alone else f"{re.escape(first)}-{re.escape(last)}")
    return f"[^/{''.join(out)}]" if negated else f"(?!/)[{''.join(out)}]"
