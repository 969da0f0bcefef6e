"""Pickles of small size that build very much, from opcodes set one after another; none of them is ever loaded."""

from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_BEGIN, _END = b"\x80\x04", b"."
_CALL = b"h\0h\1R"  # what stands in the first two places of the memo, called


def _text(text: bytes) -> bytes:
    return b"X" + pack("<I", len(text)) + text


def _bytes(data: bytes) -> bytes:
    return b"B" + pack("<I", len(data)) + data


def _name(module: bytes, name: bytes) -> bytes:
    return b"c" + module + b"\n" + name + b"\n"


def _dtype(kind: bytes) -> bytes:
    return _name(b"numpy", b"dtype") + _text(kind) + b"\x85R"


_ARRAY = _name(b"numpy.core.multiarray", b"_reconstruct")
_WRAPPER = _name(b"joblib.numpy_pickle", b"NumpyArrayWrapper") + b")R}("
_INDEX = _name(b"pandas.core.indexes.base", b"_new_Index") + b"(N}" + _text(b"stop") + b"J\xff\xff\xff\0st" + b"R"
_BLOCK = (
    *(_name(b"pandas._libs.internals", b"_unpickle_block"), b"(", _ARRAY, b")R(K\1K\1\x85", _dtype(b"i1"), b"\x89C\1\1tb"),
    *(_name(b"builtins", b"slice"), b"(K\0J\xff\xff\xff\0K\1tR", b"tR"),
)
_MANAGER = b"".join((_name(b"pandas._libs.internals", b"BlockManager"), b"((", *_BLOCK, b"t](", _INDEX * 2, b"etR"))


def _frame(state: bytes) -> bytes:
    return _name(b"pandas.core.frame", b"DataFrame") + b")R(" + state + b"tb"


def _each_in_the_next(levels: int, times: int) -> bytes:
    """Return tuples of which each holds the one before many times."""
    return b")q\0" + b"".join(b"0(" + (b"h" + bytes([at])) * times + b"tq" + bytes([at + 1]) for at in range(levels))


def _shared(size: int) -> Mapping[str, Callable[[], bytes]]:
    """Return pickles in which one text, or one piece of bytes, is made use of again and again."""
    return {
        "bytes from one text": lambda: _name(b"_codecs", b"encode") + b"q\0" + _text(b"a" * size) + b"\x85q\1" + _CALL * 100_000,
        "names from one text": lambda: _text(b"a" * size) + b"q\0" + b"h\0h\0\x93" * 1000,
        "lists of one text": lambda: _text(b"a" * size) + b"q\0](" + (b"](" + b"h\0" * 1000 + b"e") * 1000 + b"e",
        "keys of one piece": lambda: _bytes(b"a" * size) + b"q\0](" + b"}h\0K\1s" * 200_000 + b"e",
        "arrays of one piece": lambda: (
            _ARRAY
            + b"q\0)q\1"
            + _bytes(b"\1" * size)
            + b"q\2"
            + _dtype(b"i1")
            + b"q\3]("
            + (_CALL + b"(K\1(J" + pack("<i", size // 8) + b"K\x08th\3\x89h\2tb") * 3000
            + b"e"
        ),
        "array of one text": lambda: (
            _ARRAY
            + b"q\0)q\1"
            + _text(b"a" * size)
            + b"q\2"
            + _dtype(b"O8")
            + b"q\3"
            + _CALL
            + b"(K\1(M\xe8\3th\3\x89]("
            + b"h\2" * 1000
            + b"etb"
        ),
        "wide array": lambda: (
            _ARRAY + b")R(K\1(K\1J" + pack("<i", size // 4) + b"t" + _dtype(b"i1") + b"\x89" + _bytes(b"\1" * (size // 4)) + b"tb"
        ),
    }


_CLAIMS: Mapping[str, Callable[[], bytes]] = {
    "absurd length": lambda: b"\x8e" + b"\xff" * 7 + b"\x7f" + b"abc",
    "negative length": lambda: b"\x8e" + b"\xff" * 8 + b"abc",
    "absurd frame": lambda: b"\x95" + b"\xff" * 7 + b"\x7f" + b"K\1",
    "absurd integer": lambda: b"\x8b" + pack("<i", 1 << 20) + b"\x7f" * (1 << 20) + b"\x85",
    "absurd integers in an array": lambda: (
        _ARRAY + b")R(K\1K\1\x85" + _dtype(b"O8") + b"\x89](\x8b" + pack("<i", 9000) + b"\x7f" * 9000 + b"etb"
    ),
    "a shape of words": lambda: (
        _WRAPPER + _text(b"dtype") + _dtype(b"S999999999") + _text(b"shape") + _text(b"a" * 1000) + b"\x85ub"
    ),
    "a shape of bytes": lambda: _WRAPPER + _text(b"dtype") + _dtype(b"S99999999") + _text(b"shape") + _bytes(b"a" * 99) + b"\x85ub",
    "many dimensions": lambda: _WRAPPER + _text(b"dtype") + _dtype(b"i1") + _text(b"shape") + b"(" + b"K\xff" * 99_999 + b"tub",
    "rows of nothing": lambda: _ARRAY + b")R(K\1(J\xff\xff\xff\x7fK\0t" + _dtype(b"i1") + b"\x89C\0tb",
    "a frame of ranges": lambda: _frame(b"}" + _text(b"_mgr") + _MANAGER + b"s"),
    "tuples in tuples": lambda: _each_in_the_next(8, 64) + b"0" + _name(b"pandas", b"DataFrame") + b")Rh\x08b",
    "lists in lists": lambda: _each_in_the_next(60, 2),
    "wrappers in wrappers": lambda: (_BEGIN + _WRAPPER + _text(b"dtype") + _dtype(b"O8") + _text(b"shape") + b"K\1\x85ub") * 3000,
    "a list of itself": lambda: b"]q\0h\0a",
    "deep lists": lambda: b"]" * 200_000 + b"a" * 199_999,
    "deep tuples": lambda: b")" + b"\x85" * 200_000,
    "calls of calls": lambda: _name(b"a", b"b") + b")R" * 200_000,
    "no mark": lambda: b"K\1" * 1000 + b"t",
    "memo beyond": lambda: b"j\xff\xff\xff\x7f",
}


def claims() -> dict[str, bytes]:
    """Return pickles of at most a megabyte."""
    return {name: _BEGIN + make() + _END for name, make in _CLAIMS.items()}


def bombs(size: int) -> dict[str, bytes]:
    """Return pickles of little more than a size."""
    return {name: _BEGIN + make() + _END for name, make in _shared(size).items()}
