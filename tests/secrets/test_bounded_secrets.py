"""Hostile text costs work in proportion to its length: shown by counting steps of patterns and calls, not by a clock."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from pytest_genomic_guard.registry import Plan, Registry
from pytest_genomic_guard.testing import scan
from pytest_genomic_guard.views.secrets.programmes import named
from pytest_genomic_guard.views.text import Segment, Text

if TYPE_CHECKING:
    from types import FrameType

GROWTH = 2.6
ENOUGH = 2000  # calls that depend on no size
DRAWN = b"Zq8Lw3Rt7" + b"Yb2Nc5Kp9" + b"Xv4Md6"
SIGNED = b"Ab3dEf9hIj" * 5
UNITS = {
    "names": b"pass" + b"word=",
    "names-apart": b"pass" + b"word = ",
    "names-quoted": b"auth: pass" + b'word"',
    "blanks": b"token" + b" " * 800,
    "values": b"pass" + b'word = "' + DRAWN + b'"\n',
    "values-in-a-line": b'p="' + DRAWN + b'" tok' + b'en="' + DRAWN + b'" ',
    "addresses": b"://",
    "tokens": b"eyJ",
    "headers": b"-----BEGIN RSA " + b"PRIVATE KEY-----",
    "web-keys": b'"kty":"RSA",',
    "web-keys-with-numbers": b'"kty":"RSA","d":"' + SIGNED + b'",',
    "web-keys-in-objects": b'{"kty":"RSA","d":"' + SIGNED + b'"}',
    "pairs": b"api_" + b'key": "' + SIGNED + b'", key_id": "0123456789abcdef01234567", ',
    "pets": b"private_" + b'key": "-----BEGIN pet-123456@abcde.iam.gserviceaccount.com ',
    "programmes": b"redcap token ",
    "programme-names": b"gdc_token=",
    "settings": b"encryption-key=",
    "commands": b"!{a}",
    "flags": b"trust_remote_code=True ",
    "calls": b"x = eval(y)\n",
    "references": b"&quot;",
    "zeros": b"\0",
    "brackets": b"[{(",
    "base64": b"QUJD",
}


def calls(content: bytes, name: bytes) -> int:
    """Return how many functions a scan calls, ours and those in C."""
    count = 0

    def tell(_frame: FrameType, event: str, _what: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(tell)
    try:
        scan({name: content})
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("unit", UNITS)
def test_a_scan_makes_calls_in_proportion(unit: str) -> None:
    """Text of twice the size takes about twice the calls, of all checks together."""
    first, second, third = (UNITS[unit] * (size // len(UNITS[unit])) for size in (1 << 12, 1 << 13, 1 << 14))
    calls(first, b"a.txt")  # what is made once
    assert calls(third, b"a.txt") <= GROWTH * calls(second, b"a.txt") + ENOUGH


def test_a_long_value_is_read_once() -> None:
    """Words within a long value without quotes are part of it: each is not read to its end again."""
    assert len(list(named.named(b"gdc_" + b"token=" * 5000, 0, 30000))) < 5000 * 6 // 512


def test_places_are_counted_from_the_last_one() -> None:
    """Line and column are those of a count from the beginning, in whatever order places are asked for."""
    data = "a\u00e9\nb\u20ac\U0001f600c\n\nd".encode() * 20
    segments = (Segment(start=0, trail=(), context="file", line=3, column=7), Segment(start=101, trail=(), context="file"))
    text = Text(artifact=None, trail=(), data=data, segments=segments, owned=len(data))  # type: ignore[arg-type]
    for at in (*range(len(data)), *range(len(data) - 1, -1, -7)):
        segment = segments[at >= 101]
        before = data[segment.start : at]
        line, column = segment.line + before.count(b"\n"), len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        column += segment.column - 1 if b"\n" not in before else 0
        found = _place(text, at)
        assert found == (line, column)


def _place(text: Text, at: int) -> tuple[int, int]:
    from pytest_genomic_guard.views.text import _placed  # noqa: PLC0415 - what `locate` asks

    return _placed(text.data, text.segment(at), at)


def test_repeats_of_the_rules_are_bounded() -> None:
    """No rule of these families repeats anything without a bound but what it never gives back."""
    import re  # noqa: PLC0415 - its parser, which has no public name
    from re import _parser as parser  # type: ignore[attr-defined]  # noqa: PLC0415 - as above

    for rule in Plan(Registry(), selections=(("SEC", "COD"),)).rules():
        for repeat in _open(parser.parse(rule.pattern, re.MULTILINE)):
            pytest.fail(f"{rule.name} repeats without a bound: {repeat}")


def _open(node: object) -> list[str]:
    """Return the repetitions without a bound that are not possessive."""
    found: list[str] = []
    if isinstance(node, (list, tuple)) or type(node).__name__ == "SubPattern":
        items = list(node)  # type: ignore[call-overload]
        if items and str(items[0]) in {"MAX_REPEAT", "MIN_REPEAT"} and str(items[1][1]) == "MAXREPEAT":
            found.append(str(items[0]))
        for item in items:
            found += _open(item)
    return found
