"""Lists of names in source code that tell by their use that they are of people.

A variable that is compared with a column of ids; a comment right above a list; lists that a shell hands to a program of genetics:
`--keep`, `-s`, a loop, a here-document.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.genomic import idlists, nearby

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.text import Text

    Span = tuple[int, bytes, bool]  # where it begins, the items, whether something says outright that they are people

_PEOPLE = (b"participant", b"subject", b"patient", b"individual", b"donor", b"iid", b"sample", b"withdr")
_ID = rb"(?=[A-Za-z_.-]{0,16}\d)[A-Za-z0-9][A-Za-z0-9_.-]{3,39}"
_OPENED = rb"[ \t]*+(?:<-|=)[ \t]*+(?:[A-Za-z_.]{1,16})?[ \t]*+[(\[{][\s(\[{]*+(?=[\"'])"
_GIVEN = regex(_OPENED)
_WITHIN = regex(rb"[\w.$]")
COMPARED = Rule(
    name="list-compared-with-people",
    anchors=_PEOPLE,
    face="lower",
    pattern=rb"[A-Za-z0-9_.]{0,40}+[\"'\])]{0,3}[ \t]{0,4}(?:%in%|\.isin\(|(?:not[ ])?in(?=[ ]))[ \t(@]{0,5}"
    rb"(?!c\(|set\(|list\()[A-Za-z_][\w.]{1,40}+(?![\w.(\[])",
)
COMMENTED = Rule(
    name="list-below-a-comment",
    anchors=_PEOPLE,
    face="lower",
    pattern=rb"[^\n]{0,120}+\n[ \t]*+[A-Za-z_][\w.$]{0,40}+" + _OPENED,
)
OPTION = Rule(  # bcftools view -s A,B,C; plink --keep <(printf ...)
    name="people-for-a-program",
    anchors=(b"--keep", b"--remove", b"--samples", b" -s "),
    pattern=rb"(?:--(?:keep|remove|samples)(?:-fam)?[ =]|[ ]-s[ ])[ ]{0,3}(?:<\([ ]?"
    rb"(?:echo|printf)[ ](?:-e[ ])?(?:[\"'][^\"'\n]{0,20}[\"'][ ])?"
    rb"|[\"'^]{0,2})(?=" + _ID + rb"[ ,\n])",
)
HERE = Rule(
    name="people-in-a-here-document",
    anchors=tuple(b"<<%c" % after for after in b"- \"'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"),
    pattern=rb"<<-?[ ]?[\"']?[A-Za-z]{2,20}[\"']?[^\n]{0,80}\n(?=" + _ID + rb"(?:[ \t]" + _ID + rb")?\n)",
)
LOOP = Rule(name="loop-over-people", anchors=(b"; do", b";do", b"\ndo"), pattern=rb"[;\n][ ]?do(?=\s)")
RULES = (COMPARED, COMMENTED, OPTION, HERE, LOOP)

# A name for things, whatever else it speaks of.
OTHER = regex(
    rb"(?i)(?<![a-z])(?:codes|fields|columns|cols|features|rules|models|files|paths|urls|probes|terms|tests|modules|lanes|runs|batches|plates|chunks|tables)(?![a-z])"
)
_COMMENT = regex(rb"[ \t]*(?:#|//|--|\*|%)")
_LOOPED = regex(rb"[ \t]*for[ \t]+(\w+)[ \t]+in[ \t]+((?:[\"']?" + _ID + rb"[\"']?[ \t]+){4,}[\"']?" + _ID + rb"[\"']?)[ \t]*\Z")
_HANDED = regex(_ID + rb"(?:[, \n]" + _ID + rb"){4,}+")
_ROWS = regex(rb"(?:" + _ID + rb"(?:[ \t]" + _ID + rb")?\r?\n){5,}+")
_LITERAL = regex(rb"[\s(\[{]*+([\"'][^\"'\n]{4,40}[\"'](?:[\s,]++[\"'][^\"'\n]{4,40}[\"']){4,}+)[\s,]*+[)\]}]")
_MOST, _FAR, _LINE = 32, 1 << 11, 1 << 14  # variables of a text; bytes around a list; bytes of a loop's line
_PROGRAM = regex(rb"bcftools|samtools|vcftools|plink|regenie|bgenix|qctool|gatk|\.vcf\b|\.bcf\b|\.fam\b|\.psam\b|\.sample\b")


def found(text: Text) -> Iterator[Span]:
    """Yield the lists of a text."""
    yield from _compared(text)
    yield from _commented(text)
    yield from _handed(text)


def _own(text: Text, rule: Rule) -> Iterator[tuple[int, int]]:
    return ((start, end) for start, end in text.matches(rule) if text.segment(start).context not in {"markup", "binary"})


def _compared(text: Text) -> Iterator[Span]:
    """Yield lists under a name that is compared with a column of ids elsewhere in the text."""
    data, seen = text.data, set[bytes]()
    for start, end in _own(text, COMPARED):
        variable = re.search(rb"[A-Za-z_][\w.]*\Z", data[start:end])
        if not variable or variable[0] in seen or len(seen) >= _MOST:
            continue
        seen.add(variable[0])
        column = data[start : start + variable.start()]
        said = "against" if OTHER.search(variable[0]) else idlists.words(column)
        if said not in {"strong", "some"} or idlists.words(variable[0]) == "against":
            continue
        segment = text.segment(start)
        first, opened = _assigned(data, variable[0], segment.start, min(text.end(segment), len(data)))
        items = _LITERAL.match(data, opened) if opened else None
        if items:
            yield first, items[1], True


def _assigned(data: bytes, variable: bytes, start: int, end: int) -> tuple[int, int]:
    """Return where a list is first assigned to a variable, and where its first item stands; 0 and 0 where none is."""
    at = data.find(variable, start, end)
    while at >= 0:
        after = at + len(variable)
        given = None if _WITHIN.match(data, at - 1) and at else _GIVEN.match(data, after, end)
        if given:
            return at, given.end()
        at = data.find(variable, after, end)
    return 0, 0


def _commented(text: Text) -> Iterator[Span]:
    """Yield lists below a comment that speaks of people."""
    data = text.data
    for start, end in _own(text, COMMENTED):
        begin = max(data.rfind(b"\n", 0, start) + 1, start - 200)
        line, name = data[begin:end].split(b"\n", 1) if b"\n" in data[begin:end] else (b"", b"")
        items = _LITERAL.match(data, end)
        if (
            not items
            or not _COMMENT.match(line)
            or idlists.words(line) != "strong"
            or idlists.words(name) == "against"
            or OTHER.search(name)
        ):
            continue
        if nearby.literal(name, b"", b"", data[items.end() : items.end() + _FAR]) != "against":
            yield end, items[1], True


def _handed(text: Text) -> Iterator[Span]:
    """Yield lists that a shell hands on."""
    data = text.data
    for start, end in _own(text, OPTION):
        items = _HANDED.match(data, end)
        line = data[max(data.rfind(b"\n", 0, start) + 1, start - _FAR) : start]
        if items and (data[start : start + 2] == b"--" or _PROGRAM.search(line)):
            yield start, items[0], _PROGRAM.search(line) is not None
    for start, end in _own(text, HERE):
        rows = _ROWS.match(data, end)
        if rows and _genetic(data, start, rows.end(), data[start:end]):
            yield start, rows[0], True
    for start, _end in _own(text, LOOP):
        line = data[max(data.rfind(b"\n", 0, start) + 1, start - _LINE) : start]
        looped = _LOOPED.match(line)
        if looped and _genetic(data, start - len(line), start, looped[1]):
            yield start - len(looped[2]), looped[2], True


def _genetic(data: bytes, start: int, end: int, name: bytes) -> bool:
    """Tell whether what stands around a list says that it is of people: a program of genetics, or the name it has."""
    line = data[max(data.rfind(b"\n", 0, start) + 1, start - 200) : start]
    if idlists.words(name) == "strong" or idlists.words(line) == "strong":
        return True
    return any(map(_PROGRAM.search, (data[max(0, start - _FAR) : start], name, data[end : end + _FAR])))
