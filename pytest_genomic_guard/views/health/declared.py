"""What a file says of itself at its head: that it was made up, and by what. Nothing else is a declaration.

It stands in the first comment (of any language), in a first line that begins with the word, in the description of a workbook or the
metadata of a Parquet file, or under keys at the top of JSON or YAML, before any record. It says both that the data are made up and
what made them. Who wrote it may have been wrong: what the values say counts for more (`evidence.verdict`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.health.providers import Seen
    from pytest_genomic_guard.views.text import Segment, Text

MARK = "a declaration at its head"
HEAD = 2048  # bytes of a text in which one stands
_SIGNS = (
    *(b"generated", b"synthetic", b"simulated", b"dummy", b"mock", b"fake", b"fictitious", b"fictional"),
    *(b"made-up", b"made up"),
)
# What generators of people call themselves: who names one says that the people are nobody
_PEOPLE = (
    r"(?:faker(?:\.?js)?|py-?faker|bogus|datafaker|javafaker|mimesis|mockaroo|generatedata|random-?user(?:\.me)?|chance(?:\.?js)"
    r"|synthea|synthpop|sdv|ctgan|medgan|gretel|mostly ?ai|simstudy|syntegra|mdclone|synthcity|data ?synthesizer|tonic(?:\.ai)?"
    r"|mockneat|factory[_ ]?boy|snowfakery|neosync|falso|lorem)(?![\w-])"
)
_WORD = r"(?:synthetic(?:ally)?|simulated|fictitious|fictional|made[- ]up|fake|mock(?:ed)?|dummy|artificial(?:ly)?|invented)"
_THINGS = (
    r"(?:data(?:set|base)?|sets?|patients?|people|persons?|humans?|records?|cohorts?|notes?|names?|cases?|rows|populations?|individuals?"
    r"|messages?|reports?|letters?|tables?|samples?|identities|demographics|extracts?|subjects?|participants?|values|content)(?!\w)"
)
_MADE = regex(
    rf"(?<![\w-])(?:{_WORD}(?:[ _-]\w{{1,20}}){{0,2}}[ _-]{_THINGS}|synthetic\W{{0,3}}[:=(]|synthetic generator\W|synthetically"
    rf"|(?:are|is|all) {_WORD}(?!\w))"
)
_WITH = r"(?: by| with| using| from| via) (?:the |a |our )?"
_BY = regex(
    r"(?<![\w-])generat(?:or|ed[_-]?by|ed[_-]?with)\W{0,4}[=:]\W{0,4}\w"
    r"|(?<![\w-])(?:generated|created|produced|made|simulated|sampled|drawn|written|built)" + _WITH + r"\w"
    r"|(?<![\w-])" + _PEOPLE
)
_BY_NAME = regex(r"(?<![\w-])(?:generated|created|produced|made|mocked|written)" + _WITH + _PEOPLE)
# What says the contrary, or only of a part, or only as a plan
_AGAINST = regex(
    r"(?<![\w-])(?:(?:not|never|isn't|aren't|no|un|non)[ -](?:\w{1,20} ){0,2}" + _WORD + r""
    r"|synthetic\W{1,8}(?:false|no|0|none|null|partly|partial|mixed|todo)(?!\w)|todo|fixme|replac\w{1,4}|instead|except|partly|partially"
    r"|mixed|half|some (?:of|rows|are)|based on (?:real|actual)|derived from|before (?:we )?commit\w{0,4}|contains real|real phi"
    r"|actual patients)(?![\w-])"
)
_KEY = regex(r"[\"']?(?:is_?)?synthetic(?:_?data)?[\"']?\s{0,4}:\s{0,4}[\"']?(?:true|yes|1)(?!\w)")
_MAKER = regex(r"[\"']?(?:generator|generated_?by|generated_?with|made_?by|tool)[\"']?\s{0,4}:\s{0,4}[\"'\[{]{0,2}\w")
_WITHIN = regex(
    r"(?:^|\n|[{,]\s{0,8})[\"']?synthetic[\"']?\s{0,4}:\s{0,8}\{?\s{0,8}[\"']?(?:generator|generated_?by)[\"']?\s{0,2}[:=]"
)
_REMARK = regex(
    r"[\"'](?:_{0,2}|\$|//)(?:comments?|notes?|description|disclaimer|about|info|readme|source|meta)?[\"']\s{0,4}:\s{0,4}"
    r"[\"']([^\"\n]{4,400})"
)
_SKIPPED = regex(
    r"\s{0,80}(?:#![^\n]{0,200}|<\?[^>]{0,200}\?>|<!doctype[^>]{0,200}>|---|%yaml[^\n]{0,40}|[{\[(]|<html[^>]{0,200}>|<head>)?\s{0,80}"
)
_BLOCK = ((regex(r"/\*"), "*/"), (regex(r"<!--"), "-->"), (regex(r"\"\"\""), '"""'), (regex(r"\(\*"), "*)"))
_LINE = regex(r"[ \t]{0,40}(?:#|--|//|%|;|\*|'|!|rem\b|\.\.|>|@)[-#%;*/>! \t]{0,80}(?P<text>[^\n]{0,400})(?:\n|\Z)")
_BARE = regex(
    r"[ \t*=_-]{0,20}(?P<text>synthetic(?: (?:data|test|patients?|records?|health|clinical|people|cohort|set|notes?)){0,3}"
    r"(?:[:.,;(!-]| - )[^\n]{4,400})(?:\n|\Z)"
)
# The head of a dump (mysqldump, MariaDB), where the database is called after what is in it
_DUMPED = regex(
    rb"-- Host: [^\n]{0,120}Database: (?:[\w-]{0,30}[_-])?(?:[a-z]{0,4}demo|sample|fake|mock|dummy|synthetic|synthea)"
    rb"(?:[_-]?data|[_-]?db)?[ \t\r]*\n"
)
_DATABASE = "the name of the database that was dumped"
_NEAR = 64  # parts of a page before a table
_LINES, _AROUND = 12, 64  # of a comment; places in metadata that are looked at


def declared(head: bytes, *, binary: bool = False) -> str:
    """Return in our words that a text says of itself that it is made up, "" where it does not; `binary`: metadata between bytes."""
    head = head[:HEAD] if not binary else head
    if _DUMPED.search(head):
        return _DATABASE
    if not signs(head):
        return ""
    text = head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").lower().replace("\r\n", "\n").replace("\r", "\n")
    if binary:
        return MARK if any(map(_says, _around(text))) else ""
    return MARK if any(map(_says, _comments(text))) or _keyed(_top(text)) else ""


def signs(data: bytes) -> bool:
    """Tell whether any word stands there without which nothing is declared; each by itself is found sooner than one of all."""
    low = data.lower()
    return any(map(low.__contains__, _SIGNS))


def _says(text: str) -> bool:
    if _AGAINST.search(text.replace("not real", "").replace("no real", "")):
        return False
    return (_MADE.search(text) is not None and _BY.search(text) is not None) or _BY_NAME.search(text) is not None


def _around(text: str) -> Iterator[str]:
    """Yield what stands around the word in binary metadata, bytes without a letter as blanks."""
    for found in islice(re.finditer(r"(?<![a-z])synthetic(?![a-z])", text), _AROUND):
        yield re.sub(r"[^ -~]{1,40}", " : ", text[max(0, found.start() - 120) : found.end() + 200])


def _comments(text: str) -> Iterator[str]:
    """Yield the first comment of a text, or the first line where that begins with the word."""
    at = _SKIPPED.match(text)
    start = at.end() if at else 0
    bare = _BARE.match(text, start)
    if bare:
        yield bare["text"]
    for opening, closing in _BLOCK:
        if begun := opening.match(text, start):
            end = text.find(closing, begun.end())
            yield text[begun.end() : end if end >= 0 else len(text)][: 2 * 400]
            return
    lines: list[str] = []
    while len(lines) < _LINES and (line := _LINE.match(text, start)):
        lines.append(line["text"])
        start = line.end()
    if lines:
        yield " ".join(lines)


def _top(text: str) -> str:
    """Return what stands at the top of JSON or YAML before the first list, and in YAML before what is further in than one step."""
    lead = text.lstrip()
    if lead[:1] in {"{", "["}:
        start = 1 if lead[0] == "[" else 0  # the first record of a list may be of the list itself
        deep = False
        for at in range(start, len(lead)):
            each = lead[at]
            deep = deep ^ (each == '"' and lead[at - 1] != "\\")
            if each == "[" and not deep:
                return lead[:at]
        return lead
    return "\n".join(
        line for line in text.split("\n")[:40] if line[:1] not in {" ", "\t", "-", "#"} or line.startswith(("  g", "  s"))
    )


def _keyed(top: str) -> bool:
    """Tell whether keys say it: `synthetic: true` and a generator, or a remark in words."""
    if _KEY.search(top) and _MAKER.search(top) and not _AGAINST.search(top):
        return True
    if _WITHIN.search(top) and not _AGAINST.search(top):
        return True
    return any(_says(found[1]) for found in _REMARK.finditer(top))


def head(view: Text, segment: Segment) -> bytes:
    """Return the first bytes of a part of a text, or of the page of which it is a table, where they may declare anything."""
    if segment.trail and segment.trail[-1].startswith("table"):
        at = bisect_left(view.segments, segment.start, key=lambda each: each.start)
        near = view.segments[max(0, at - _NEAR) : at]
        segment = next((each for each in near if each.trail == segment.trail[:-1]), segment)
    raw = view.data[segment.start : min(view.end(segment), segment.start + HEAD)]
    return raw if signs(raw) or _DUMPED.search(raw) else b""


def marked(view: Text, seen: tuple[Seen, ...]) -> tuple[Seen, ...]:
    """Return what was seen in a text, with the declaration at the head of the part of it in which each stands."""
    if not seen or view.begin or not (signs(view.data) or _DUMPED.search(view.data, 0, HEAD)):
        return seen
    there = {each.at.trail for each in seen}
    says = {each.trail: declared(head(view, each)) for each in reversed(view.segments) if each.trail in there}
    return tuple(
        each.replace(evidence=each.evidence.replace(marked=says[each.at.trail]))
        if each.evidence.marked in {"", "its own words"} and says.get(each.at.trail)
        else each
        for each in seen
    )
