"""Source code of Python as it is compared: statements without what a formatter, an editor or a commentator changes.

A statement is one line here, however it is wrapped. Comments, docstrings, imports, blanks, round brackets, quotes, the prefixes of
strings and trailing commas are dropped, all is in lower case. Names stay: code that only has the same shape is not the same code.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Line = tuple[int, int, bytes]  # the first and the last line of a statement in its file, and what is compared of it

WIDTH = 4  # statements of one fingerprint

_TOKEN = regex(
    rb"#[^\n]*+"
    rb"|[rRbBuUfFtT]{0,2}(?:\"\"\"(?:[^\\\"]|\\.|\"(?!\"\"))*+(?:\"\"\"|\Z)|'''(?:[^\\']|\\.|'(?!''))*+(?:'''|\Z)"
    rb"|\"(?:[^\"\\\n]|\\.)*+\"?|'(?:[^'\\\n]|\\.)*+'?)"
    rb"|[(\[{]|[)\]}]|\\\n|[\n;:]",
    re.DOTALL,
)
_BLANKS, _BRACKETS = b" \t\n\f\v'\"\\`", b"()"
_BLOCK = regex(rb"\s*(?:async\s+)?(?:if|elif|else|for|while|try|except|finally|with|def|class|match|case)\b(?!\s*[=.,])")
_IMPORT = regex(rb"import[\w.,*]+|from\.*[\w.]*?import[\w.,*]+")
# What stands in every program, and would make a match of nothing.
_TRIVIAL = regex(
    rb"else|try|finally|pass|break|continue|raise\w{0,30}|return(?:-?\d|\w{1,20})?|yield\w*|except[\w.,]*|@[\w.]*"
    rb"|super[\w,]*\.__init__[\w,*=]*|(?:self\.)?_?(\w+)=(?:\1|none|true|false|\[\]|\{\}|-?\d+|self\._?\1)|if__name__==__main__|main"
    rb"|ifnot\w{1,20}|if[\w.]{1,20}(?:isnone|isnotnone)?|__\w+__=.*|\W*|global\w+|def__init__.*|def\w{1,20}self(?:->\w+)?|printx?"
)
_WORDS = regex(rb"[A-Za-z_]\w{2,}")
_LONG = 60  # characters of a statement that count as one line
_MOST = 3  # lines that one statement counts for at most: an argument list is long, and nobody's work
_ROUGH = 20  # characters of a line, as it is wrapped, that two programs can have in common


def statements(data: bytes) -> list[Line]:
    """Return the statements of a program. Never raises; what is no Python gives lines all the same."""
    return [
        line for line in _raw(data.replace(b"\r", b"") if b"\r" in data else data) if line[2] and not _IMPORT.fullmatch(line[2])
    ]


def _raw(data: bytes) -> Iterator[Line]:  # noqa: PLR0912 - one branch for each sign, without a call for each of them
    """Yield statements with their docstrings dropped."""
    parts: list[bytes] = []
    code = False  # something else than a string stands in the statement
    depth, at, line, first = 0, 0, 1, 1
    for found in _TOKEN.finditer(data):
        start, end = found.span()
        sign = data[start]
        if start > at and (gap := data[at:start]).strip():
            if not parts:
                first = line
            parts.append(gap)
            code = True
        at = end
        if sign == 10 or sign == 59:  # a new line, a semicolon  # noqa: PLR1714 - faster so, for each token
            if not depth and parts:
                if code:
                    yield first, line, plain(b"".join(parts))
                parts, code = [], False
            line += sign == 10
        elif sign == 58:  # a colon ends the head of a block
            if depth or not parts or not _BLOCK.match(parts[0]) or b"lambda" in parts[-1]:
                parts.append(b":")
            elif code:
                yield first, line, plain(b"".join(parts))
                parts, code = [], False
        elif sign == 35:
            pass
        elif sign in b"([{":
            if not parts:
                first = line
            depth, code = depth + 1, True
            parts.append(data[start:end])
        elif sign in b")]}":
            depth = max(0, depth - 1)
            parts.append(data[start:end])
        elif sign == 92:
            line += 1
        else:
            if not parts:
                first = line
            text = data[start:end]
            parts.append(text.lstrip(b"rRbBuUfFtT"))
            line += text.count(b"\n")
    if data[at:].strip():
        first = first if parts else line
        parts.append(data[at:])
        code = True
    if parts and code:
        yield first, line, plain(b"".join(parts))


def plain(text: bytes) -> bytes:
    """Return what is compared of a statement."""
    text = text.translate(None, _BLANKS).lower()
    if b"," in text:
        text = text.replace(b",)", b")").replace(b",]", b"]").replace(b",}", b"}")
    return text.translate(None, _BRACKETS)


def prints(lines: Sequence[Line]) -> list[int]:
    """Return a fingerprint of each `WIDTH` statements that follow each other: 64 bits, never 0."""
    from hashlib import blake2b  # noqa: PLC0415 - loads OpenSSL; for projects with copyleft beside them

    texts = [text for _first, _last, text in lines]
    whole = (b"\n".join(texts[at : at + WIDTH]) for at in range(len(texts) - WIDTH + 1))
    return [int.from_bytes(blake2b(each, digest_size=8).digest(), "little") | 1 for each in whole]


def rough(data: bytes) -> set[int]:
    """Return checksums of the lines of a file as they are wrapped: two programs that have none in common need no closer look."""
    from zlib import crc32  # noqa: PLC0415 - as above

    text = data.translate(None, b" \t\r\f\v'\"\\`()").lower().replace(b",\n", b"\n")
    return {crc32(line) for line in text.split(b"\n") if len(line) >= _ROUGH and not line.startswith((b"#", b"import", b"from"))}


def trivial(text: bytes) -> bool:
    """Tell whether a statement stands in every program."""
    return _TRIVIAL.fullmatch(text) is not None


def height(text: bytes) -> int:
    """Return for how many lines a statement counts, however it is wrapped."""
    return min(_MOST, 1 + len(text) // _LONG)


def words(data: bytes) -> set[bytes]:
    """Return the words of a piece of a program."""
    return set(_WORDS.findall(data))
