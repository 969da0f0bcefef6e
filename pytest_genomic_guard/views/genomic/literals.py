"""Numbers of seven digits that follow each other in a text of any kind: lists, source code, saved outputs, rows of a table.

The rules find three in a row, or one behind a word for a participant; the whole run, and what stands around it, is looked at here.
"""

from __future__ import annotations

import itertools
import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.genomic import idlists, nearby, singles

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Literal

    from pytest_genomic_guard.views.genomic.idlists import Verdict, Words
    from pytest_genomic_guard.views.text import Text

    Form = Literal["list", "literal", "single"]

_ID = rb"[1-6]\d{6}"
# Numbers between signs; two of them where a single one is frequent in tables of measurements.
_SEPARATED = (
    *(b"\n0000000" + after for after in (b"\n", b"\r", b"\t0000000", b" 0000000", b",\n", b",\r", b";\n", b".")),
    *(b" 0000000" + after for after in (b"\n", b"\r", b" 0000000", b" |", b" -e", b",", b";", b"|", b"l", b".")),
    *(opened + b"0000000," for opened in (b"[", b"(", b"{")),
    *(b"\t0000000" + after for after in (b"\n", b"\r")),
    *(b",0000000" + after for after in (b"\n", b"\r", b",0000000", b"l", b".")),
    *(b'"0000000"', b"'0000000'", b"(0000000)", b"|0000000|", b";0000000;", b"\\n0000000\\"),
)
_END = rb"(?:\.0{0,2}(?!\d)|L)?"
_BETWEEN = rb"(?:\\[ntr]|-e |[^A-Za-z0-9<>=]){1,20}(?:\d{1,6}[^A-Za-z0-9.]{1,10})?"
_NEXT = rb"(?:[^A-Za-z0-9<>=]{1,20}+(?=" + _ID + rb")|" + _BETWEEN + rb")"  # the usual first: it is tried for each of a long list
NUMBERS = Rule(
    name="seven-digit-numbers",
    anchors=_SEPARATED,
    face="shape",
    pattern=rb"(?:\\n|[^A-Za-z0-9])" + _ID + _END + rb"(?:" + _NEXT + _ID + _END + rb"){2,1500}+(?![A-Za-z0-9])",
)
RULES = (NUMBERS, singles.PARTICIPANT, singles.CHAIN)
RECORD = Rule(  # {"sample_id": "..."}: a table of one column, which is asked for where this stands
    name="person-record",
    anchors=tuple(
        b'%s%s%s"' % (word, many, name)
        for word in (b"sample", b"subject", b"participant", b"patient", b"individual", b"donor", b"iid")
        for many in (b"", b"s")
        for name in (b"", b"id", b"name", b"_id", b"_name", b"-id", b"-name")
    ),
    face="lower",
    pattern=rb"(?<=\")(?i:sample|subject|participant|patient|individual|donor|iid)s?(?:[_-]?(?i:id|name))?"
    rb"\"[ ]?:[ ]?\"[A-Za-z_-]{0,12}\d{3}",
)
_CELL = rb"(?<![^\t,;|\r\n\"'\xbf])"
_HEAD = rb"s?(?:[ _.-]?(?i:id|ids|no|number|name|code|identifier))?[\"']?(?=[\t,;|\r\n ])[^\n]{0,400}\n[^\n]{0,400}?"
MANIFEST = Rule(  # a header's name for people, above a line with digits
    name="people-manifest",
    anchors=(b"participant", b"subject", b"patient", b"individual", b"donor", b"proband", b"person", b"volunteer", b"sample"),
    face="lower",
    pattern=_CELL
    + rb"(?:(?i:participant|subject|patient|individual|donor|proband|person|volunteer)"
    + _HEAD
    + rb"\d{3}|(?i:sample)"
    + _HEAD
    + rb"(?<![\w.])[1-6]\d{6}(?![\w.]))",
)

# What may stand between two numbers: signs, a missing or negative one, the number of a row as a program prints it.
_SIGN = rb"\\[ntr]|[\s,;|+&\"'`()\[\]{}]"
_SEPARATOR = (
    rb"(?:\.0{0,2}(?!\d)|L)?+(?:" + _SIGN + rb")"
    rb"(?:" + _SIGN + rb"|\.\.\.|-e |[-*](?=[ ])|(?<=[\s,])(?:NA|nan|NaN|-\d{1,3})(?=[\s,])){0,60}+"
    rb"(?:(?<=[\s\"'\[])\d{1,6}[\"'\].):]{0,2}[\s,\"'\[(]{1,12}+)?+"
)
_RUN = regex(rb"(?<![\w.])" + _ID + rb"(?![\d])(?:" + _SEPARATOR + _ID + rb"(?!\d))*+")
_NUMBER = regex(rb"(?<![\w.])" + _ID + rb"(?!\d)")
_INDEX = regex(rb"(?:^|\n)[ \t]*[\"']?(\d{1,6})[\"'.):]?[ \t,]+[\"']?" + _ID)
_NEAR = 240  # bytes before and behind a run that are looked at
_NAME = 100  # bytes of a line, before a list, in which its name stands
_OTHER = regex(rb"[-+]?\d[\d.,]*(?:[eE][-+]?\d+)?")
_WRAPPER = regex(
    rb"(?:(?:np|pd|numpy|pandas)\.)?(?:array|Index|Int64Index|Series|set|list|tuple|frozenset|c)?[\s(\[{\"']*+|\[1\]|```\w*|Out\[\d+\]:"
)
_BEHIND = regex(rb"(?:\d{6}|\.\d+|[7-9]\d{6})[\s,;|\"']{1,4}\Z")
_BEFORE = regex(rb"[\s,;|\"']{1,4}(?:\d{6}|\d*\.\d)")
_FIRST = regex(rb"\A[A-Za-z_.]+")
_HEREDOC = regex(rb"<<-?[ ]?['\"]?\w+['\"]?")  # a word such as END is no name of what follows
_READS = regex(rb"samtools|bcftools|gatk|\.(?:bam|cram|g?vcf)\b|ARRAY_TASK_ID")  # what reads a file of each sample
_COMMENTS = (b"#", b"//", b"--", b"*", b"%")
_WORDY = regex(rb"[\w.#$ \t\"',;-]{1,80}")


# Above a list: the number of its first row, and who withdrew before.
_FILLER = regex(rb"[\"']?\d{0,6}[\"'.):\]]?[\s,\"'\[(]*|(?:-\d{1,3}|NA|nan|[,;\s])+")
_NOTE = regex(rb"#.{19,}|//.{18,}")
_NEUTRAL = regex(
    rb"#.*|[\s,;]*[\"']?(?:[xXvV]\d*|[A-Z]\d*|Unnamed.*|column_?\d*|list|array|n)?[\"']?[\s,;(\[{]*|" + _WRAPPER.pattern,
    re.IGNORECASE,
)


class Run(Record):
    """Numbers that follow each other. `ids` stay in memory."""

    start: int
    end: int
    form: Form
    verdict: Verdict
    ids: tuple[bytes, ...]
    words: Words
    paired: bool = False  # each twice on its line, in a file of nothing else: family and person


def runs(text: Text) -> tuple[Run, ...]:
    """Return the runs of a text that are, or may be, ids of participants."""
    global _last  # noqa: PLW0603 - a text is shown to each of three checks in turn
    if _last is None or _last[0] is not text:
        _last = (text, tuple(_all(text)))
    return _last[1]


_last: tuple[Text, tuple[Run, ...]] | None = None


def _all(text: Text) -> Iterator[Run]:
    done, told = 0, list[tuple[int, int]]()
    for start, _end in text.matches(NUMBERS):
        if start < done:
            continue
        segment = text.segment(start)
        if segment.context in {"markup", "binary"}:
            continue
        low, high = segment.start, min(text.end(segment), len(text.data))
        found = _RUN.search(text.data, max(low, start - 40), high)
        while found and found.end() <= start + 1:
            found = _RUN.search(text.data, found.end(), high)
        if not found:
            continue
        done = max(found.end(), start + 1)
        if found.start() <= text.begin and not text.whole and text.begin:
            continue  # the last window told it
        begin, end = found.span()
        if _BEHIND.search(text.data, max(low, begin - 24), begin) or _BEFORE.match(text.data, end, min(high, end + 24)):
            continue  # a part of other numbers
        run = _judged(text, begin, end, low, high)
        if run:
            told.append((begin, end))
            yield run
    for start, end, line, ids in singles.chains(text):
        values = [int(each) for each in ids]
        verdict = idlists.numbers(values, "strong" if (words := idlists.words(line)) == "strong" else "none", alone=False)
        if verdict and words != "against":
            told.append((start, end))
            yield Run(start=start, end=end, form="literal", verdict=verdict, ids=tuple(dict.fromkeys(ids)), words=words)
    rest = singles.found(text, told)
    if rest:
        verdict = "error" if len(rest[1]) >= idlists.FEWEST else "warning"
        yield Run(start=rest[0], end=rest[0], form="single", verdict=verdict, ids=rest[1], words="strong")


def _judged(text: Text, start: int, end: int, low: int, high: int) -> Run | None:
    """Return a run with what is thought of it."""
    data = text.data
    ids = _NUMBER.findall(data, start, end)
    values = list(map(int, ids))
    paired = len(values) >= 2 * idlists.FEWEST and values[::2] == values[1::2]
    if paired:  # family and person, as PLINK writes them
        values = values[::2]
    low += 3 if data.startswith(b"\xef\xbb\xbf", low) else 0
    before, after = data[low:start] if start - low <= _NEAR else data[start - _NEAR : start], data[end : min(high, end + _NEAR)]
    if not start - low <= _NEAR:
        before = before[before.find(b"\n") + 1 :]
    alone = start - low <= _NEAR and high - end <= _NEAR and _alone(before, after)
    said = _words(_heading(data, low, start), after, alone=alone, path=text.artifact.path)
    if (said != "strong" and len(idlists.in_range(values)) < len(values)) or _among_others(before, after, len(values), said):
        return None
    sure = alone
    if not alone and said in {"some", "none"}:
        said, sure = _around(data, (low, start, end, high), said)
    named = [line for line in before.split(b"\n") if re.search(rb"[A-Za-z]", line) and not _NEUTRAL.fullmatch(line.strip())]
    verdict = idlists.numbers(values, said, alone=alone, named=bool(named))
    if verdict == "error" and said != "strong" and not (sure and _counted(data, start, end)):
        verdict = "warning"
    if verdict == "error" and said == "none" and _in_order(values):
        verdict = "warning"  # as places on a chromosome are
    if len(set(ids)) < idlists.FEWEST and any(map(singles.example, ids)):
        return None
    if not verdict:
        return None
    form: Form = "list" if alone else "literal"
    paired = paired and alone and text.whole and text.segment(start).context == "file"
    return Run(start=start, end=end, form=form, verdict=verdict, ids=tuple(dict.fromkeys(ids)), words=said, paired=paired)


def _in_order(values: Sequence[int]) -> bool:
    """Tell whether numbers grow, or fall, from the first to the last."""
    pairs = list(itertools.pairwise(values))
    return all(one <= two for one, two in pairs) or all(one >= two for one, two in pairs)


def _heading(data: bytes, low: int, start: int) -> bytes:
    """Return what stands before a run, and before other numbers of the same list; it begins with a whole word."""
    first = max(low, start - (1 << 12))
    end = first + len(data[first:start].rstrip(b"0123456789,;|\r\n\t \"'-+L"))
    begin = max(low, end - _NEAR)
    text = data[begin:start] if start - end <= _NEAR else data[begin:end]
    text = _HEREDOC.sub(b"<<", text)
    return text if begin == low else _FIRST.sub(b"", text, count=1)


def _alone(before: bytes, after: bytes) -> bool:
    """Tell whether around a run stands no more than a header, comments, brackets, and what a program prints below a column."""
    above = [line.strip() for line in before.replace(b"\\n", b"\n").split(b"\n") if line.strip()]
    above = [line for line in above if not (_FILLER.fullmatch(line) or _WRAPPER.fullmatch(line) or _NOTE.fullmatch(line))]
    below = [line.strip() for line in after.split(b"\n") if line.strip(b" \t\r\n)]}\"',;L.")]
    below = [
        line for line in below if not line.startswith((b"Name:", b"dtype", b"Length:", b"[", b"Levels:", b"```")) or len(line) > 80
    ]
    below = [line for line in below if not re.match(rb"[\])\"', ]*(?:dtype=|name=|-\d|NA\b)", line)]
    return len(above) <= 1 and all(_WORDY.fullmatch(line) and not re.search(rb"\d{4}", line) for line in above) and not below


def _words(before: bytes, after: bytes, *, alone: bool, path: bytes) -> Words:
    """Return what is said of a run: by the name right before it, by the lines above it, by its end, and by the file's name."""
    lines = [line for line in before.split(b"\n") if line.strip() and not _FILLER.fullmatch(line.strip())]
    last = lines[-1] if lines else b""
    tail = re.search(rb"\A[^\n]{0,20}(?:name=|Name:)[ ]?['\"]?(\w+)", after.replace(b"\n", b" ", 1))
    name = re.split(rb"[;{}]|\. ", last.rstrip(b" \t\"'([{0123456789,|"))[-1]
    name = name if len(name) <= _NAME else _FIRST.sub(b"", name[-_NAME:])
    said = idlists.best(idlists.words(tail[1]) if tail else "none", idlists.words(name))
    above = idlists.words(b" ".join(lines[-3:-1])[-160:]) if len(lines) > 1 else "none"
    told = idlists.path_words(path)
    if said == "none" and above in {"strong", "some"} and not alone:
        above = "some" if above == "strong" and not re.search(rb"^\s*(?:#|//|--|\*|%)|:\W*$", lines[-2]) else above
    if alone:
        return idlists.best(said, above, told)
    return idlists.best(said, above, told if told == "strong" else "none")


def _around(data: bytes, at: tuple[int, int, int, int], said: Words) -> tuple[Words, bool]:
    """Return what is said of a list in source code that has no name of its own for people, and whether it is sure."""
    low, start, end, high = at
    before = data[max(low, start - (1 << 11)) : start]
    lines = [line.strip() for line in before.split(b"\n") if line.strip() and not _FILLER.fullmatch(line.strip())][-3:]
    above = b"\n".join(line[:_NEAR] for line in lines[:-1] if line.startswith(_COMMENTS))
    name = lines[-1] if lines else b""
    near = nearby.literal(name, above, before, data[end : min(high, end + (1 << 11))])
    if near == "against":
        return "against", False
    if near == "people":
        return ("strong" if said == "some" else "some"), True
    read = b"samp" in name.lower() and _READS.search(data[end : min(high, end + (1 << 11))]) is not None
    return said, said == "some" and (near == "program" or read or nearby.paired(name) or any(map(idlists.people, lines)))


def _among_others(before: bytes, after: bytes, count: int, said: Words) -> bool:
    """Tell whether a run is a part of rows of other numbers, such as a table of counts or a list of positions."""
    lines = before.split(b"\n")
    left = _OTHER.findall(re.sub(rb"\[\d+\]", b"", lines[-1]))
    right = _OTHER.findall(after.split(b"\n", 1)[0])
    odd = [each for each in (*left, *right) if len(each.strip(b"-.,")) > 3]
    if odd and said != "strong":
        return True
    above = [line.strip() for line in lines[:-1] if line.strip()][-8:]
    below = [line.strip() for line in after.split(b"\n")[1:] if line.strip()][:8]
    rows = [line for line in (*above, *below) if re.fullmatch(rb"[\s,;|\"'()\[\]{}]*\d[\d\s,;|\"'()\[\]{}.eE+-]*", line)]
    return len(rows) > (2 if said == "strong" else 0) and count < 50 * len(rows)


def _counted(data: bytes, start: int, end: int) -> bool:
    """Tell whether the numbers of rows before the ids, if there are some, count up, as a program prints them."""
    rows = [int(each) for each in _INDEX.findall(data, start, min(end, start + (1 << 16)))]
    return all(one < two for one, two in itertools.pairwise(rows))
