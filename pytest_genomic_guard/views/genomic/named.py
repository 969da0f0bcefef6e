"""Lists in source code of strings with one pattern, under a name that says that they are people."""

from __future__ import annotations

import re

from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.genomic import lists

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.views.text import Text

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
_FIRST = rb"[\"']?[A-Za-z][A-Za-z0-9_.-]{2,39}[\"']?[,\s]"
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
_ITEMS = re.compile(rb"[(\[{][\s(\[{]*+(" + _STRING + rb"(?:[\s,]++" + _STRING + rb"){4,}+)[\s,]*+[)\]}]")
_LINES = re.compile(rb":[ \t]*+((?:\r?\n[ \t]*+- " + _STRING + rb"[ \t]*+(?=\r?\n|\Z)){5,}+)")
_ITEM = re.compile(rb"\n[ \t]*- ")
_CATALOGUE = re.compile(rb"(?:[A-Za-z]{1,3}\d{1,7}_)?(?i:NA|GM|HG)\d{5}(?:_\w{1,3})?")
_WORD = re.compile(rb"\w[\w.-]*+")


def found(text: Text) -> Iterator[tuple[int, tuple[bytes, ...]]]:
    """Yield the offset and the items of lists of names that are ids of people."""
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
        if not items:
            continue
        done = items.end()
        names = lists.quoted([each[0] for each in _WORD.finditer(items[1])], data[max(0, start - 30) : opened])
        if names:
            yield start, names


def catalogued(ids: Sequence[bytes]) -> bool:
    """Tell whether ids have the form of numbers in the catalogue of Coriell, whose cells anybody can order."""
    return all(_CATALOGUE.fullmatch(each) for each in ids)
