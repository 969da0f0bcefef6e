"""Participants that a text names one by one, a few at a time, or in a chain of comparisons."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.genomic import idlists

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.views.text import Text

_ID = rb"[1-6]\d{6}"
_COLUMN = rb"(?<![A-Za-z0-9?&/-])(?i:n_eid|f\.eid|eids?|participants?|ukbb?)(?:[_ ]?(?i:id|ids|no|number))?(?:_0_0)?[\"'`\])]{0,4}"
_OPERATOR = rb"(?:==|!=|<>|~=|=|:|,|<-|\.isin|%in%|(?i:not[ ])?(?i:in)(?=[ (\[{]))?"
_OPENED = rb"(?:(?:c|set|list|tuple|(?:np|pd)\.\w{1,8})(?=[(\[{]))?[\"'(\[{]{0,4}"
PARTICIPANT = Rule(
    name="participant-number",
    anchors=(b"eid", b"participant", b"ukb"),
    face="lower",
    pattern=_COLUMN + rb"[ \t]{0,4}" + _OPERATOR + rb"[ \t]{0,4}" + _OPENED + _ID + rb"(?![\d\w-]|\.\d)",
)
_SIDE = rb"[ \t]*(?:&&?|\|\|?|(?i:and|or))[ \t]*\(?[\w$.\[\]\"']{1,40}[ \t]*(?:!=|==?|<>)[ \t]*[\"']?"
CHAIN = Rule(  # $1!=A && $1!=B && ...
    name="chain-of-numbers",
    anchors=(b"=0000000", b"= 0000000", b'="0000000', b'= "0000000'),
    face="shape",
    pattern=rb"=[ ]?[\"']?" + _ID + rb"[\"')]{0,2}(?:" + _SIDE + _ID + rb"[\"')]{0,2}){4,1500}+(?![\d.])",
)
_FURTHER = regex(rb"[\"'L]{0,2}(?:,[\s\"']{1,3}|,)(" + _ID + rb")(?![\d\w-]|\.\d)")
_NUMBER = regex(rb"(?<!\d)" + _ID + rb"(?!\d)")
_MOST = 1500  # of one list
_NEAR = 200  # bytes of the line before and behind a chain


def found(text: Text, told: Sequence[tuple[int, int]]) -> tuple[int, tuple[bytes, ...]] | None:
    """Return where the first participant of a text stands, and all that are named one by one outside of the spans `told`."""
    data, ids, first = text.data, dict[bytes, None](), -1
    for start, end in text.matches(PARTICIPANT):
        if text.segment(start).context in {"markup", "binary"} or any(begin < end <= stop for begin, stop in told):
            continue
        own = [data[end - 7 : end]]
        while len(own) < _MOST and (further := _FURTHER.match(data, end)):
            own.append(further[1])
            end = further.end()  # noqa: PLW2901 - the list goes on
        if len(own) > 2 and idlists.regular(sorted(set(map(int, own))), known=True):
            continue
        first = start if first < 0 else first
        ids.update(dict.fromkeys(own))
    if not ids or idlists.regular(sorted(map(int, ids)), known=True):
        return None
    return None if len(ids) < idlists.FEWEST and any(map(example, ids)) else (first, tuple(ids))


def example(number: bytes) -> bool:
    """Tell whether a number is made up for a manual: 1111111, 1000001, 1234567."""
    return len(set(number)) <= 2 or number in b"1234567890123"


def chains(text: Text) -> Iterator[tuple[int, int, bytes, tuple[bytes, ...]]]:
    """Yield where chains of comparisons stand, what their lines say, and the numbers in them."""
    done = 0
    for start, end in text.matches(CHAIN):
        if start < done or text.segment(start).context in {"markup", "binary"}:
            continue
        done = end
        begin = max(text.data.rfind(b"\n", 0, start) + 1, start - _NEAR)
        stop = text.data.find(b"\n", end, end + _NEAR)
        line = text.data[begin:start] + b" " + text.data[end : stop if stop >= 0 else end + _NEAR]
        yield start, end, line, tuple(_NUMBER.findall(text.data, start, end))
