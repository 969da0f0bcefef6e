"""Texts that show no sign of anything else are told by fewer looks: each is compared with the long way."""

# ruff: noqa: SLF001 - the short way and the long one are inside

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import strategies as st

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.sources.files import FileStream, read_all
from pytest_genomic_guard.views import callset, formats, rows
from pytest_genomic_guard.views.streams import Peek, encoding, is_plain

if TYPE_CHECKING:
    from pathlib import Path

MAGIC = st.sampled_from([each[1] for each in formats._MAGIC])
PLAIN = st.text(st.characters(codec="utf-8")).map(str.encode) | st.binary(max_size=40)
FURTHER = st.sampled_from(
    (b"", b"A\n2\n1\n131840\n2\n", b"RDA3\nA\n3\n", b"\\\1\0\0", b"x^", b"]\0\0", b"#!/bin/sh\nPK\3\4", b"\x08\0", b"$FL2")
)
CELL = st.sampled_from(
    (b"chr1", b"1", b"12", b".", b"A", b"C,T", b"PASS", b"GT", b"0/1", b"0|1", b"#x", b" ", b"", b"\x0c", b"x y")
)


def _head() -> bytes:
    """Return a header of tar that is text, but for its checksum, which is right."""
    block = b"name".ljust(148) + b" " * 8 + b"x" * 356
    return block[:148] + b"%06o  " % sum(block) + block[156:]


@given(begin=MAGIC | FURTHER, rest=PLAIN, at=st.sampled_from((0, 4, 8, 16, 128, 257, 344)))
@example(b"", _head(), 0)
@example(b"", b"", 0)
def test_a_plain_text_is_told_as_any_content(begin: bytes, rest: bytes, at: int) -> None:
    """A text without control characters is of the format that the long way names, and of no wide encoding."""
    for head in (begin + rest, b"a" * at + begin + rest, rest):
        if is_plain(head):
            assert formats.of_text(head) == formats.of_data(head)
            assert encoding(head) == "bytes"
            assert not head.startswith((b"BCF\2", b"\x6c\x1b\0", b"\x6c\x1b\1"))
        assert formats.identify(head) == formats.of_data(head)


def test_a_header_of_tar_can_be_text() -> None:
    """The example above is what it says."""
    assert is_plain(_head())
    assert formats.of_text(_head()) == ("tar", "archive")


@given(
    cells=st.lists(CELL, max_size=12),
    mark=st.sampled_from((b"\t", b" ", b" \t", b"\x0b", b"  ")),
    blank=st.sampled_from((b"", b" ", b"\n\t")),
)
def test_a_row_of_calls_begins_with_a_place(cells: list[bytes], mark: bytes, blank: bytes) -> None:
    """What does not begin as a row of calls is no site."""
    head = blank + mark.join(cells)
    begin = len(head) - len(head.lstrip(callset._BLANK_OR_MARK))
    if rows.site(rows.fields(head[begin:].partition(b"\n")[0])):
        assert callset._PLACED.match(head, begin)


class _Pieces:
    """A stream of given pieces, which may end with an error."""

    def __init__(self, pieces: list[bytes], *, broken: bool) -> None:
        self._pieces, self._broken = list(pieces), broken

    def read(self, _size: int, /) -> bytes:
        if self._pieces:
            return self._pieces.pop(0)
        if self._broken:
            raise Unreadable("truncated")
        return b""

    def close(self) -> None:
        """Do nothing."""


@given(
    pieces=st.lists(st.binary(min_size=1, max_size=9), max_size=5),
    looks=st.lists(st.tuples(st.booleans(), st.integers(1, 40)), max_size=8),
    broken=st.booleans(),
)
def test_looking_ahead_takes_nothing(pieces: list[bytes], looks: list[tuple[bool, int]], broken: bool) -> None:  # noqa: FBT001 - drawn
    """Whatever is looked at before, what is read is what there is, in order; an error comes after all of it."""
    whole, stream, taken = b"".join(pieces), Peek(_Pieces(pieces, broken=broken)), b""
    for take, size in looks:
        if take:
            try:
                taken += stream.read(size)
            except Unreadable:
                assert taken == whole
        else:
            ahead = stream.peek(size)
            assert whole[len(taken) :].startswith(ahead)
            assert len(ahead) >= min(size, len(whole) - len(taken))
    try:
        while part := stream.read(7):
            taken += part
    except Unreadable:
        assert broken
    assert taken == whole
    assert stream.taken == len(whole)


def test_a_file_is_read_whole_whatever_is_asked_at_once(tmp_path: Path) -> None:
    """Files of any size around those of a read, and one that grows while it is read."""
    file = tmp_path / "file"
    for size in (0, 1, 4095, 4096, 4097, 1 << 20, (1 << 20) + 1):
        file.write_bytes(bytes(size))
        for most in (None, 1, 4096, 1 << 21):
            assert len(read_all(FileStream(bytes(file)), most)) == (size if most is None else min(size, most))
    for more in (1, 4096, 5000, 1 << 20):
        file.write_bytes(b"begin")
        stream = FileStream(bytes(file))
        with file.open("ab") as grown:
            grown.write(bytes(more))
        assert len(read_all(stream)) == 5 + more
