"""Lists in source code of strings with one pattern, under a name that says that they are people."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.genomic import idlists, lists, nearby, usedlists

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.views.text import Text

    Listed = tuple[int, tuple[bytes, ...], bool]

_NAMES = (
    b"participant",
    b"withdr",
    b"subject",
    b"patient",
    b"individual",
    b"sample",
    b"exclu",
    b"remov",
    b"keep",
    b"iid",
    b"donor",
)
_STRING = rb"[\"']?[A-Za-z0-9][A-Za-z0-9_.-]{3,39}[\"']?"
_FIRST = rb"(?:[\"']?[A-Za-z]|[\"']\d)[A-Za-z0-9_.-]{2,39}[\"']?[,\s]"
_ARRAY = (
    rb"[\"'\]]{0,2}[ \t]{0,9}(?:(?:=|<-|:|%in%|in|IN|\.isin|,)[ \t]{0,9}!?(?:[A-Za-z_.]{1,16})?[ \t]?[(\[{][\s(\[{]{0,20}"
    rb"|:[ \t]{0,9}\r?\n[ \t]{0,20}- )" + _FIRST
)
_BEHIND = rb"(?=[A-Za-z0-9_.]{0,80}+[\"'\]]{0,2}[ \t]{0,9}[.!=<:%,iI(\[{])"  # where most words end the search at once
RULE = Rule(
    name="list-of-people",
    anchors=_NAMES,
    face="lower",
    pattern=_BEHIND + rb"[A-Za-z0-9_.]{0,40}" + _ARRAY,
)
RULES = (RULE, *usedlists.RULES)
_ITEMS = regex(rb"[(\[{][\s(\[{]*+(" + _STRING + rb"(?:[\s,]++" + _STRING + rb"){4,}+)[\s,]*+[)\]}]")
_LINES = regex(rb":[ \t]*+((?:\r?\n[ \t]*+- " + _STRING + rb"[ \t]*+(?=\r?\n|\Z)){5,}+)")
_ITEM = regex(rb"\n[ \t]*- ")
_CATALOGUE = regex(rb"(?:[A-Za-z]{1,3}\d{1,7}_)?(?i:NA|GM|HG)\d{5}(?:_\w{1,3})?")
_WORD = regex(rb"\w[\w.-]*+")


_last: list[tuple[Text, tuple[Listed, ...]]] = []  # two checks ask for the same text, one after the other


def found(text: Text) -> tuple[Listed, ...]:
    """Return the offset and the items of lists of names that are ids of people, and whether that is sure."""
    if not _last or _last[0][0] is not text:
        _last[:] = [(text, tuple(_found(text)))]
    return _last[0][1]


def _found(text: Text) -> Iterator[Listed]:
    told = list[tuple[int, int]]()
    for start, end, items in _named(text):
        name = text.data[max(0, start - 30) : end]
        words = "against" if usedlists.OTHER.search(name) else idlists.words(name)
        direct = words == "strong"
        names = lists.quoted([each[0] for each in _WORD.finditer(items)], direct=direct) if words in {"strong", "some"} else None
        if names:
            told.append((start, end + len(items)))
            yield start, names, direct or lists.is_cohort(names) or _sure(text.data, start, end, end + len(items))
    for start, items, sure in usedlists.found(text):
        if any(begin <= start <= stop for begin, stop in told):
            continue
        names = lists.quoted([each[0] for each in _WORD.finditer(items)], direct=sure)
        if names:
            told.append((start, start + len(items)))
            yield start, names, sure or lists.is_cohort(names)


def _named(text: Text) -> Iterator[tuple[int, int, bytes]]:
    """Yield lists behind a word for people: where the word stands, where the list is opened, the items."""
    done = 0
    for start, end in text.matches(RULE):
        if start < done or text.segment(start).context in {"markup", "binary"}:
            continue
        data, items = text.data, None
        if _ITEM.search(data, start, end):
            opened = data.rfind(b":", start, end)
            items = _LINES.match(data, opened)
        else:
            opened = max(data.rfind(sign, start, end) for sign in (b"(", b"[", b"{"))
            while opened > start and data[opened - 1 : opened] in {b"(", b"[", b"{"}:
                opened -= 1
            items = _ITEMS.match(data, opened)
        if items:
            done = items.end()
            yield start, opened, items[1]


def _sure(data: bytes, start: int, opened: int, end: int) -> bool:
    """Tell whether a list whose name says little is of people: samples, or what is asked of it, or a program of genetics."""
    begin = max(data.rfind(b"\n", 0, start) + 1, start - 200)
    name = data[begin:opened]
    if b"samp" in name.lower() or b"specimen" in name.lower() or nearby.paired(name + b"["):
        return True
    above = data[max(0, begin - 200) : begin].rstrip(b"\r\n").rpartition(b"\n")[2]
    above = above if above.lstrip().startswith((b"#", b"//", b"--")) else b""
    return nearby.literal(name + b"[", above, data[max(0, begin - 2048) : begin], data[end : end + 2048]) in {"people", "program"}


def catalogued(ids: Sequence[bytes]) -> bool:
    """Tell whether ids have the form of numbers in the catalogue of Coriell, whose cells anybody can order."""
    return all(_CATALOGUE.fullmatch(each) for each in ids)
