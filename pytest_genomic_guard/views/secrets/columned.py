"""Secrets in a column: the name stands in the head of a table, and the values stand below it.

Read are comma, tab and semicolon separated lines, tables of Markdown, what pandas and R print (aligned at the end or at the
beginning of the name), tables of pages, and the lists of columns and values of INSERT. A value counts where it looks drawn, or has
three kinds of characters: there are columns of tokens that are words.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.secrets import names, values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_NOUNS = (
    *(b"password", b"passwd", b"passphrase", b"pwd", b"secret", b"token", b"api_key", b"apikey", b"api key", b"access_key"),
    *(b"private_key", b"account_key", b"encryption_key", b"signing_key", b"credential"),
)
HEADED = Rule(
    name="assigned-headed",
    face="lower",
    anchors=_NOUNS,
    pattern=rb"(?i:passw(?:or)?d|passphrase|pwd|secret|token|api[_ ]?key|(?:access|private|account|encryption|signing)_key"
    rb"|credentials?)(?:_key)?[\"'`*]{0,3}+"
    rb"(?:[ \t]{0,40}+\|?[ \t]{0,4}\r?\n[ \t|:-]{0,200}|[ \t]{0,40}[,;\t|][^\n]{0,1000}\n|[ \t]{2,40}[^\n]{0,400}\n"
    rb"|[,;|][^\n\\]{0,400}\\n|[^\n()]{0,400}\)\s{0,40}(?:VALUES|values|Values)\s{0,40}\(|\s{0,20}</t[hd]>)",
)
_ROWS, _MOST = 20, 4000  # rows that are read; bytes of a line
_PRINTED = 1000  # bytes before and behind a name of a table in a printed string
_LEAST = 16  # bytes of a token: words of a vocabulary are shorter
_NAME = regex(rb"[\w.-]{1,64}")
_RULE = regex(rb"[\s|:+=-]*")
_ROW = regex(rb"(?i)<tr\b[^<>]{0,200}>")
_CELL = regex(rb"(?i)<t[hd]\b[^<>]{0,200}>\s{0,40}([^<>]{0,300}?)\s{0,40}</t[hd]>")
_GIVES = regex(rb"(?i)\)\s{0,40}values\s{0,40}\(")
_HASH = regex(rb"(?i)(?:pbkdf2|scrypt|bcrypt|argon2|sha\d{1,3}|md5|crypt)\w{0,8}[$:]|\$")
_SENTENCE = regex(rb"[\"'`$(){}=<>;]|[.,:](?:\s|\Z)")
_WORD = regex(rb"[^\s|]{1,300}")


def read(data: bytes, start: int, least: int, most: int) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield the offset and the value of each cell below a name, and the name."""
    escaped, feed = (data.find(each, start, start + 500) for each in (b"\\n", b"\n"))
    if escaped >= 0 and not start <= feed < escaped:
        low = max(least, start - _PRINTED)  # lines of a string as a program prints it: a blank and an end of line are as long
        data = data[low : min(most, start + _PRINTED)].replace(b"\\n", b" \n")
        yield from ((low + at, value, name) for at, value, name in _read(data, start - low, 0, len(data)))
        return
    yield from _read(data, start, least, most)


def _read(data: bytes, start: int, least: int, most: int) -> Iterator[tuple[int, bytes, bytes]]:
    begin = start
    while begin > max(least, start - 64) and (data[begin - 1 : begin].isalnum() or data[begin - 1] in b"_-."):
        begin -= 1
    match = _NAME.match(data, begin)
    name = data[begin : match.end()] if match else b""
    kind = names.kind(name)
    if kind not in {"password", "secret"} or match is None:
        return
    for at, value in _below(data, begin, match.end(), max(least, begin - _MOST), min(most, begin + _ROWS * _MOST)):
        if values.hashlike(value) or _HASH.match(value) or b'"' in value:
            continue
        if (values.strong(value) and kind == "password") or (values.drawn(value) and (kind == "password" or len(value) >= _LEAST)):
            yield at, value, name


def _below(data: bytes, begin: int, end: int, least: int, most: int) -> Iterator[tuple[int, bytes]]:
    line = max(data.rfind(b"\n", least, begin) + 1, least)
    if data[end : end + 20].lstrip()[:4].lower() in {b"</th", b"</td"}:
        yield from _page(data, begin, least, most)
        return
    feed = data.find(b"\n", end, most)
    head = data[line : feed if feed >= 0 else most]
    given = _GIVES.search(data, end, min(most, end + 1000)) if b"(" in head[: begin - line] else None
    if given:
        column = data[data.rfind(b"(", line, begin) + 1 : begin].count(b",")
        yield from _split(data, column, (given.end(), min(most, given.end() + _MOST)), b",", 0)
        return
    if feed < 0:
        return
    sign = next((sign for sign in (b"\t", b"|", b";", b",") if sign in head), b"")
    if sign == b"," and head.rstrip().endswith(sign):
        return  # the arguments of a call
    at = feed + 1
    for _row in range(_ROWS):
        stop = data.find(b"\n", at, most)
        last = stop if stop >= 0 else most
        row = data[at:last]
        if sign and not _RULE.fullmatch(row):
            if row.count(sign) != head.count(sign) or len(row) > _MOST:
                return
            yield from _split(data, data[line:begin].count(sign), (at, last), sign, head.count(sign))
        elif not sign and _table(head, begin - line) and len(row.split()) - len(head.split()) in {0, 1}:
            yield from _aligned(data, at, last, begin - line, end - line)
        if stop < 0 or not row.strip():
            return
        at = stop + 1


def _split(data: bytes, column: int, span: tuple[int, int], sign: bytes, count: int) -> Iterator[tuple[int, bytes]]:
    """Yield the cell of a column of a row that signs part; without a count, up to the bracket that closes it."""
    at, last = span
    for _cell in range(column):
        at = data.find(sign, at, last) + 1
        if not at:
            return
    ends = [end for end in (data.find(sign, at, last), data.find(b")", at, last) if not count else -1) if end >= 0]
    end = min(ends, default=last)
    cell = data[at:end]
    value = cell.strip(b" \t\r\"'`*")
    if value and b" " not in value:
        yield at + cell.find(value), value


def _table(head: bytes, at: int) -> bool:
    """Tell whether a line is the head of a table that blanks make: two of them stand before a name. An item of a list is none."""
    return (
        head.lstrip()[:2] not in {b"- ", b"* "}
        and (head[:1] == b" " or b"  " in head[max(0, at - 2) : at + 64])
        and _SENTENCE.search(head) is None
    )


def _aligned(data: bytes, at: int, last: int, first: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Yield the word that ends, or begins, where the name of its column does."""
    for word in _WORD.finditer(data, at, min(last, at + _MOST)):
        if word.end() - at == end or word.start() - at == first:
            yield word.start(), word[0]


def _page(data: bytes, begin: int, least: int, most: int) -> Iterator[tuple[int, bytes]]:
    """Yield the cells of a page's table, in the same column of the rows below."""
    rows = [row.end() for row in _ROW.finditer(data, least, begin)]
    if not rows:
        return
    column = sum(1 for cell in _CELL.finditer(data, rows[-1], begin))
    below = [row.end() for _number, row in zip(range(_ROWS), _ROW.finditer(data, begin, most), strict=False)]
    for at, stop in zip(below, [*below[1:], most], strict=False):
        for number, cell in enumerate(_CELL.finditer(data, at, stop)):
            if number == column and cell[1]:
                yield cell.start(1), cell[1]
                break
