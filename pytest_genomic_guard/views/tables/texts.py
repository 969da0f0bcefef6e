"""Which tables a text holds: decided by its content, never by its name alone."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.again import Again, key
from pytest_genomic_guard.views.tables import delimited, fixed, lists, parts, printed
from pytest_genomic_guard.views.tables.table import Page

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.tables.table import DataTable

    Trail = tuple[str, ...]

_INPUT = b"input"
_INDENT = 16  # blanks before it
_BEHIND = frozenset({b" ", b"\t", b"\r", b"\n"})
_ONE = regex(rb"1\.[ \t]*+(?:\{txt\})?(?:\{c \|\}|\||\xe2\x94\x82)")  # the end of what follows, which is quicker to find
_OBSERVED = regex(rb"^[ \t]*+(?:\{\w{1,8}\})*+[ \t]*+1\.[ \t]*+(?:\{txt\})?(?:\{c \|\}|\||\xe2\x94\x82)", re.MULTILINE)
_STATEMENT = rb"\n[ \t]*+(?:insert\s{1,9}+into\s|copy\s[^\n;]{1,4000}\sfrom\s{1,9}+stdin;)"
_LIKE_YAML = regex(rb"\n[ \t]*+(?:- )*+[\"']?[\w.:|/-]{1,80}[\"']?:(?:[ \t][^\n]*+)?\r?\n")
_LONG = 400  # bytes of a line
_BAR = regex(rb"\|(?: ?-|:|(?<=-\|))")
_CROSS = regex(rb"\+(?<=-\+)-")
_TOLD = 1 << 12  # bytes of a text by which it is told whether it can be YAML
_SIGNS = frozenset({"#", "##", "#>"})
_TYPE = regex(r"`?<[a-z0-9]{1,8}>`?")
_MARKUP = rb"<(?:table|tr)\b"
_WORDS = (b"stdin;", b"insert")
_BESIDE = (b"into", b"values")  # words that tell something beside another one
_TAG = regex(rb"<[tT]")  # of a table: the first sign alone is found faster than two
_LONGEST = 24  # bytes of one with what stands beside it
_COPIED = 1 << 20  # bytes that are copied at once: a text can have 64 MB
_NONE = Again()  # parts that are no tables
_ABOVE = 1  # bytes above a part that are seen with its second record: those before tell whether a blank line is above


def read(text: bytes, artifact: Artifact, trail: Trail, name: bytes) -> Iterator[DataTable]:
    """Yield the tables of a text, unless another one with the same bytes had none."""
    as_json = name.endswith((b".json", b".ndjson", b".jsonl"))
    told, none = key(text, b"whole%d" % as_json), True
    if told in _NONE:
        return
    for table in _read(text, artifact, trail, as_json=as_json):
        none = False
        yield table
    if none:
        _NONE.add(told)


def _read(text: bytes, artifact: Artifact, trail: Trail, *, as_json: bool) -> Iterator[DataTable]:
    text = _utf_8(text.removeprefix(b"\xef\xbb\xbf"))
    if b"\r" in text and b"\n" not in text:
        text = text.replace(b"\r", b"\n")
    if as_json or text.lstrip()[:1] in {b"{", b"["}:
        from pytest_genomic_guard.views.tables import records  # noqa: PLC0415 - for JSON only

        found = records.find(text, artifact, trail)
        if found is not None:
            yield from found
            return
    if _is_like_yaml(text):
        yield from _yaml(text, artifact, trail)
    page = Page(text, artifact, trail)
    if related := _related(page):
        yield related
        return
    holds = _holds(text)
    yield from _instream(page, holds)
    leave_out = b""
    if "markup" in holds or _drawn(text):
        from pytest_genomic_guard.views.tables import markup, pages  # noqa: PLC0415 - for what looks like it only

        for table in (*pages.html(page), *markup.markdown(page)):
            leave_out = b"|"
            yield table
    if b"&" in text and b"\\begin{" in text:
        from pytest_genomic_guard.views.tables import latex  # noqa: PLC0415 - as above

        typeset = list(latex.find(page))
        yield from typeset
        if typeset:
            return
    yield from _lined(page, leave_out, holds)


def _holds(text: bytes) -> set[str]:
    """Return what a text may hold of things that words begin, in any case: each word is looked for alone first."""
    there, found = _words(text), set[str]()
    if _INPUT in there:
        found.add("input")
    if b"stdin;" in there or {b"insert", b"into", b"values"} <= there:
        found.add("rows of SQL")
        found.update(("statement",) if _begins(text, _STATEMENT) else ())
    if _TAG.search(text) and _begins(text, _MARKUP):
        found.add("markup")
    return found


def _begins(text: bytes, pattern: bytes) -> bool:
    """Tell whether a text has something in any case; ignoring case is slow, and takes no copy."""
    if len(text) <= _COPIED:
        return re.search(pattern, b"\n" + text.lower()) is not None
    return (
        re.search(pattern.replace(b"\\n", rb"(?:\A|\n)", 1) if pattern[:2] == b"\\n" else pattern, text, re.IGNORECASE) is not None
    )


def _words(text: bytes, words: tuple[bytes, ...] = _WORDS) -> set[bytes]:
    """Return the words of those that begin something which stand in a text, in any case; it is copied piece by piece."""
    found = set[bytes]()
    for at in range(0, len(text), _COPIED):
        low = text[max(0, at - _LONGEST) : at + _COPIED].lower()
        found.update(word for word in words if word in low)
        if words is _WORDS and _reads(low, first=not at):
            found.add(_INPUT)
    return found | _words(text, _BESIDE) if words is _WORDS and b"insert" in found else found


def _reads(low: bytes, *, first: bool) -> bool:
    """Tell whether a line of a text in small letters begins with a word that reads the lines below."""
    at = low.find(_INPUT)
    while at >= 0:
        before = low[max(0, at - _INDENT - 1) : at].rstrip(b" \t")
        if (before[-1:] == b"\n" or (first and not before and at <= _INDENT)) and low[at + 5 : at + 6] in _BEHIND:
            return True
        at = low.find(_INPUT, at + 1)
    return False


def _lined(page: Page, leave_out: bytes, holds: set[str]) -> Iterator[DataTable]:
    """Yield the tables of the lines of a text: statements, one table that it is as a whole, or those of its parts."""
    from pytest_genomic_guard.views.tables import digits, sql  # noqa: PLC0415 - as above

    text, artifact, trail = page.data, page.artifact, page.trail
    told = list(sql.find(text, artifact, trail)) if "statement" in holds else []  # whose lines may have as many commas each
    whole = (
        None if told else digits.find(page) or delimited.find(page, (0, len(text)), leave_out) or lists.find(page, (0, len(text)))
    )
    if whole:
        yield whole
        return
    told = told or (list(sql.find(text, artifact, trail)) if "rows of SQL" in holds else [])
    yield from told
    if not told:
        taken: list[tuple[int, int]] = []
        yield from _literals(page, taken)
        yield from _parts(page, leave_out, taken)


def _related(page: Page) -> DataTable | None:
    """Return the table of a text in the format of Weka."""
    if b"@" not in page.data[:_TOLD]:
        return None
    from pytest_genomic_guard.views.tables import arff  # noqa: PLC0415 - for what looks like it only

    return arff.find(page) if arff.BEGIN.match(page.data) else None


def _instream(page: Page, holds: set[str]) -> Iterator[DataTable]:
    """Yield the rows that a program holds behind the names of their columns, or that Stata lists."""
    if "input" in holds:
        from pytest_genomic_guard.views.tables import instream  # noqa: PLC0415 - for what looks like it only

        yield from instream.find(page)
    if b" 1." in page.data and _ONE.search(page.data) and _OBSERVED.search(page.data):
        from pytest_genomic_guard.views.tables import observed  # noqa: PLC0415 - as above

        yield from observed.find(page)


def _is_like_yaml(text: bytes) -> bool:
    """Tell whether one of the first lines is a key alone, or what an object or a list in brackets begins with."""
    return text.startswith((b"- [", b"- {")) or _LIKE_YAML.search(b"\n" + text[:_TOLD]) is not None


def _yaml(text: bytes, artifact: Artifact, trail: Trail) -> Iterator[DataTable]:
    """Yield the genotypes of people in YAML; its lines are read as any others too."""
    from pytest_genomic_guard.views.tables import nested, yamls  # noqa: PLC0415 - for what looks like it only

    may = yamls.begins(text) and (nested.can(text) or _has_long(text))  # a long text in brackets is cut, perhaps before a key
    documents = yamls.load(text) if may else None
    found = nested.within((), documents, artifact, trail, "json") if documents else None
    if found:
        yield found


def _has_long(text: bytes) -> bool:
    """Tell whether a line is long."""
    at = 0
    while len(text) - at >= _LONG:
        end = text.rfind(b"\n", at, at + _LONG)
        if end < 0:
            return True
        at = end + 1
    return False


def _literals(page: Page, taken: list[tuple[int, int]]) -> Iterator[DataTable]:
    """Yield the tables that code holds, and keep where they stand."""
    if page.data.count(b",", 0) >= 4:
        from pytest_genomic_guard.views.tables import literals  # noqa: PLC0415 - for what may be code only

        for table, span in literals.find(page):
            taken.append(span)
            yield table


def _drawn(text: bytes) -> bool:
    """Tell whether a text may hold tables that are drawn with bars."""
    return b"|" in text and b"-" in text and (_BAR.search(text) is not None or _CROSS.search(text) is not None)


def _utf_8(text: bytes) -> bytes:
    """Return a text in UTF-8; one of 8 bits a character is taken for Windows-1252, as Latin-1 is by programs that show it."""
    if text.isascii():
        return text
    try:
        text.decode()
    except UnicodeDecodeError as error:
        if error.start >= len(text) - 3:
            return text  # cut within its last character
        return text.decode("cp1252", "replace").encode()
    return text


def _parts(page: Page, leave_out: bytes, taken: Sequence[tuple[int, int]]) -> Iterator[DataTable]:
    """Yield the table that a text of blanks is, or else those that the parts between blank lines are, outside of spans taken."""
    text = page.data
    whole = None if leave_out or taken else _fixed(page, (0, len(text)))
    if whole:
        yield whole
        return
    ends = iter((*taken, (len(text) + 1, len(text) + 1)))
    low, high = next(ends)
    for begin, end, ways, shown in parts.find(text, labels=not leave_out):
        while high <= begin:
            low, high = next(ends)
        if low >= end and (table := _part(page, (begin, end), ways, leave_out, shown=shown)):
            yield table


def _part(page: Page, span: tuple[int, int], ways: str, leave_out: bytes, *, shown: bool) -> DataTable | None:
    """Return the table of a part, unless another one with the same bytes in the same place of its lines was none."""
    text, (start, end) = page.data, span
    above = min(start, _ABOVE)
    told = key(text[start - above : end], b"%s%d%d%d" % (leave_out, above, shown, end - start < len(text)))
    if told in _NONE:
        return None
    table = delimited.find(page, span, leave_out) if "d" in ways else None
    table = table or (_fixed(page, span) if "f" in ways else None) or (lists.find(page, span) if "l" in ways else None)
    table = table or (printed.find(page, span) if shown else None)
    if not table:
        _NONE.add(told)
    return table


def _is_shown(header: Sequence[str]) -> bool:
    """Tell whether names of columns are types below the names, as a tibble prints them, or begin with the sign of a comment."""
    return header[0] in _SIGNS or all(map(_TYPE.fullmatch, filter(None, header)))


def _fixed(page: Page, span: tuple[int, int]) -> DataTable | None:
    """Return the table of blanks that a span is, or that it shows among other output."""
    table = fixed.find(page, span)
    if table and any(table.header) and not _is_shown(table.header):
        return table
    return (printed.find(page, span) if table else None) or table
