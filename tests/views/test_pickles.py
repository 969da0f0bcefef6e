"""Pickles by their opcodes: what Python's own pickler wrote is read whole, and nothing of it is ever loaded."""

from __future__ import annotations

import collections
import datetime
import fractions
import pickle
import struct

import pytest
from _views import read
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.model import Unreadable, View
from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.testing import samples
from pytest_genomic_guard.views import pickles
from pytest_genomic_guard.views.pickles import Pickle
from pytest_genomic_guard.views.streams import Peek
from pytest_genomic_guard.views.text import Text

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner) | st.frozensets(st.integers()),
    max_leaves=20,
)
PROTOCOLS = st.integers(2, 5)


def opened(data: bytes) -> tuple[Pickle, str, str | None]:
    """Return the view, all texts, and the reason of an early end."""
    one = Memory({b"x": data}).entries()[0]
    found: list[View] = []
    reason = None
    try:
        found += pickles.read(Peek(one.open()), one, ())
    except Unreadable as error:
        reason = error.reason
    (view,) = (each for each in found if isinstance(each, Pickle))
    texts = [each.data.decode("utf-8", "replace") for each in found if isinstance(each, Text)]
    return view, "".join(texts), reason


def every_text(value: object) -> list[str]:
    """Return all texts in a value."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for pair in value.items() for each in pair for text in every_text(each)]
    if isinstance(value, (list, tuple)):
        return [text for each in value for text in every_text(each)]
    return []


@given(value=PLAIN, protocol=PROTOCOLS)
def test_every_text_is_read(value: object, protocol: int) -> None:
    """Whatever plain values are pickled, all their texts come out, and nothing would be imported or called."""
    view, texts, reason = opened(pickle.dumps(value, protocol))
    assert reason is None
    assert all(text.encode("utf-8", "replace").decode() in texts for text in every_text(value))
    assert view.protocol == protocol
    assert all(name.split(" ")[0] in {"builtins", "__builtin__", "_codecs"} for name in view.names)


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
@pytest.mark.parametrize(
    ("value", "names"),
    [
        (collections.OrderedDict(a=1), {"collections OrderedDict"}),
        (fractions.Fraction(1, 3), {"fractions Fraction"}),
        ([datetime.date(2026, 1, 1), len], {"datetime date", "builtins len"}),
        ((collections.Counter("aab"), collections.Counter), {"collections Counter"}),
    ],
)
def test_names_are_those_that_loading_would_look_up(protocol: int, value: object, names: set[str]) -> None:
    """The names equal what an unpickler asks for."""
    data = pickle.dumps(value, protocol)
    view, _texts, reason = opened(data)
    asked = {name.replace("__builtin__", "builtins") for name in view.names}
    assert reason is None
    assert names <= asked | {"_codecs encode"}
    assert (view.calls > 0) == any(name != "builtins len" for name in names)


def _push(text: str) -> bytes:
    return b"\x8c" + bytes([len(text)]) + text.encode()


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (_push("os") + _push("system") + b"\x93", "os system"),
        (_push("os") + _push("system") + _push("a") + _push("b") + b"00\x93", "os system"),  # pushed and taken off again
        (_push("os") + b"\x94" + _push("a") + b"0h\x00" + _push("system") + b"\x93", "os system"),  # through the memo
        (b"(" + _push("x") + _push("y") + b"1" + _push("os") + _push("system") + b"\x93", "os system"),  # down to a mark
        (_push("os") + b"N\x93", "os ?"),  # made while loading
        (b"cos\nsystem\n", "os system"),
        (b"(ios\nsystem\n", "os system"),
    ],
)
def test_names_that_hide(body: bytes, name: str) -> None:
    """A name is what stands on the stack when it is looked up, whatever was put there before to mislead."""
    view, _texts, _reason = opened(b"\x80\x04" + body + b".")
    assert view.names == (name,)


@given(data=PLAIN.map(lambda value: pickle.dumps(value, 4)), cut=st.integers(1, 10**6))
def test_truncated(data: bytes, cut: int) -> None:
    """A pickle that was cut is told, and never passes for whole."""
    kept = data[: 3 + cut % max(1, len(data) - 3)] if len(data) > 4 else data[:3]
    assert kept == data or opened(kept)[2] is not None


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    """Any bytes end with an answer: a view and a reason or none."""
    opened(b"\x80\x04" + data)


def test_huge_lengths() -> None:
    """A length that the file does not have reserves no memory."""
    for code in (b"\x8d", b"\x8e", b"\x96"):
        assert opened(b"\x80\x05" + code + struct.pack("<Q", 1 << 60) + b"x")[2] == "corrupt"


def test_one_after_another() -> None:
    """Pickles that follow each other are all read; other data behind them is told."""
    data = pickle.dumps("first") + pickle.dumps("second")
    assert opened(data)[1].split() == ["first", "second"]
    assert opened(data + b"\0\0")[2] is None
    assert opened(data + b"more")[2] == "trailing-data"


def test_calls_in_a_pickled_text_are_found() -> None:
    """A VCF in a pickled string is found as in any other, at a trail that says where."""
    found = read(pickle.dumps({"calls": samples.vcf(samples=2).decode()}), b"m.pkl")
    assert [view.samples for view in found.calls] == [2]
    assert found.calls[0].trail == ("pickle",)
