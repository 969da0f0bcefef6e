"""Rows that a program holds in no literal of R or Python: structures of C, cells of MATLAB, corrections of one person a line.

Names of fields are those of the structure, of a comment with as many words, or of what is compared.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.views.health.listing.listings import MOST, Entry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.health.listing.listings import Pairs

_ARRAY = re.compile(r"(?:\b(\w{1,60})[ \t]{1,8})?\w{1,60}[ ]?\[\w{0,20}\]\s{0,20}=\s{0,20}\{(?=\s{0,80}\{)")
_BODY = re.compile(r"struct\b[ \w]{0,60}\{([^{}]{1,2000})\}[ ]?(\w{0,60})")
_ROW = re.compile(r"\{([^{}\n]{1,2000})\}")
_CELL = re.compile(r"\"((?:[^\"\\\n]|\\.){0,400}+)\"|'((?:[^'\n]|''){0,400}+)'|([^\s,;{}'\"]{1,60})")
_FIELD = re.compile(r"(?:\.\w+[ ]?=)?\**(\w{1,60})(?:\[\w{0,20}\])?[ ]?\Z")
_CELLS = re.compile(
    r"[ \t]*(?:\w{1,60}[ ]?=[ ]?\{)?[ \t]*('(?:[^'\n]|''){1,200}'[ \t]*,[^\n;]{1,1000});?[ \t]*(?:\.\.\.|\}?;?)[ \t]*(?:%.*)?"
)
_WORDS = re.compile(r"[ \t]*[%#][ \t]*([A-Za-z][^\n,;|]{0,40}(?:[,;|][^\n,;|]{1,40}){2,20})[ \t]*")
_SAME = re.compile(
    r"(?:[$.]|\[[\"'])?(\w{1,40})(?:[\"']\])?\s{0,4}==\s{0,4}(?:[\w.]{1,20}\()?(?:\"([^\"\n]{1,100})\"|'([^'\n]{1,100})'|(\d{1,12}))"
)
_SET = re.compile(r"(?:[$.](\w{1,40})\[|[\"'](\w{1,40})[\"']\])[^\n]{0,300}(?:<-|[^=!<>]=)\s{0,4}[\"']([^\"'\n]{1,100})[\"']")
_TOLD = re.compile(r"#[ \t]*([A-Za-z][\w ]{0,20}?)[ \t]*[:=#]?[ \t]*(\d{4,12})\b")
_FEWEST = 3


def structures(text: str) -> Iterator[Entry]:
    """Yield the rows of arrays of structures in C."""
    bodies = {match[2]: match[1] for match in _BODY.finditer(text)}
    line = at = 0
    for array in _ARRAY.finditer(text):
        above = [
            match for match in _BODY.finditer(text, max(0, array.start() - 4000), array.end()) if match.end() >= array.start() - 1
        ]
        body = above[-1][1] if above else bodies.get(array[1] or "", "")
        names = [found[1] for part in re.split(r"[,;]", body) if (found := _FIELD.search(part.strip()))]
        end = text.find("};", array.end())
        for row in _ROW.finditer(text, array.end(), end if end > 0 else len(text)):
            cells = ["".join(cell) for cell in _CELL.findall(row[1])]
            if len(cells) == len(names) and _FEWEST <= len(cells) <= MOST:
                line, at = line + text.count("\n", at, row.start()), max(at, row.start())
                yield Entry(line=line, pairs=tuple(zip(names, cells, strict=True)))


def cells(text: str) -> Iterator[Entry]:
    """Yield the rows of cells of MATLAB, with the names that a comment gives them."""
    lines = text.split("\n")
    comments = [re.split(r"[,;|]", match[1]) for line in lines if (match := _WORDS.fullmatch(line))]
    for number, line in enumerate(lines):
        match = _CELLS.fullmatch(line) if line.count(",") >= _FEWEST - 1 else None
        row = ["".join(cell) for cell in _CELL.findall(match[1])] if match else []
        names = next((each for each in comments if len(each) == len(row)), None)
        if names and len(row) >= _FEWEST:
            yield Entry(line=number, pairs=tuple((name.strip(), cell) for name, cell in zip(names, row, strict=True)))


def corrections(text: str) -> Iterator[Entry]:
    """Yield who is looked for in lines that change one value of one person, and what it is changed to."""
    for number, line in enumerate(text.split("\n")):
        if len(line) > 1000 or "==" not in line:
            continue
        pairs: Pairs = [(match[1], match[2] or match[3] or match[4]) for match in _SAME.finditer(line)]
        changed, told = _SET.search(line), _TOLD.search(line)
        pairs += [(changed[1] or changed[2], changed[3])] if changed else []
        pairs += [(told[1], told[2])] if told else []
        if len(pairs) >= _FEWEST:
            yield Entry(line=number, pairs=tuple(dict(pairs).items()))
