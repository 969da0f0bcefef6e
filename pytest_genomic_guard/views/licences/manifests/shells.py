"""Commands in the text of a shell, as far as what they install goes. Nothing is expanded: a word with ``$`` is not understood."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = regex(
    r"(?P<blank>(?:[ \t]|\\\n)++)|(?P<comment>#[^\n]*+)|(?P<end>&&|\|\||;;|[;&|\n()])"
    r"|(?P<word>(?:[^\s'\"\\;&|()#]|'[^']*+'|\"(?:[^\"\\]|\\.)*+\"|\\[^\n]|(?<=\S)#)++)|(?P<rest>.)",
    re.DOTALL,
)
_MARKS = frozenset(
    ("if", "then", "do", "else", "elif", "while", "!", "{", "}", "time", "exec", "sudo", "command", "env", "nohup", "eatmydata")
)
_ASSIGNED = regex(r"[A-Za-z_][A-Za-z0-9_]{0,100}=")
MOST = 2_000_000  # characters of one text


def commands(text: str, line: int = 1) -> Iterator[tuple[list[str], int]]:
    """Yield the words of each command without quotes, and its line; what only stands before a command is left out."""
    words: list[str] = []
    begun = line
    before = ""
    for found in _TOKEN.finditer(text, 0, MOST):
        kind = found.lastgroup
        if kind == "end":
            if words:
                yield words, begun
            words = []
        elif kind == "word":
            word = unquoted(found[0])
            if not words:
                begun = line
                if word in _MARKS or _ASSIGNED.match(word) is not None or (before in {"sudo", "env"} and word.startswith("-")):
                    before = word
                    line += found[0].count("\n")
                    continue
            words.append(word)
        line += found[0].count("\n")
    if words:
        yield words, begun


def unquoted(word: str) -> str:
    """Return a word as the command gets it."""
    if "'" not in word and '"' not in word and "\\" not in word:
        return word
    return re.sub(
        r"'([^']*+)'|\"((?:[^\"\\]|\\.)*+)\"|\\(.)",
        lambda found: found[1] or found[2] or (found[3] or "").strip("\n"),
        word,
        flags=re.DOTALL,
    )
