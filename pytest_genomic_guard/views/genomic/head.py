"""The beginning of a text, cut into lines once for all readers of formats."""

from __future__ import annotations

from pytest_genomic_guard.model import Location
from pytest_genomic_guard.views.bounds import HEAD, NAMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, TypeVar

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.genomic.seen import Genomic, Setting

    G = TypeVar("G", bound=Genomic)

_LONGEST = 4 << 20  # bytes of a first line; a row can hold a million people
MOST = 1 << 17  # lines of a list that are looked at
TOP = 16  # lines by which most texts are told to be nobody's ...
_NEAR = 4096  # ... and bytes in which they stand, mostly


class Head:
    """The first lines of a text in UTF-8, without byte order mark, leading blank lines and line ends.

    `lines` are whole lines of the first 64 KiB; where not even the first ends there, it is that one alone, as far as 4 MiB go.
    `text` is what they were cut from, and a part of a line behind them. `whole` tells that nothing comes after them. `top` is
    the first of them. `name` is a hint only, and never shown.
    """

    def __init__(  # noqa: PLR0913 - a text with its place
        self,
        peek: Callable[[int], bytes],
        artifact: Artifact,
        trail: tuple[str, ...],
        *,
        name: bytes = b"",
        setting: Setting = "file",
        line: int = 1,
    ) -> None:
        """Look ahead by `peek`, which returns at least as many bytes as asked from the beginning, or all there are."""
        self.peek, self.artifact, self.trail, self.name, self.setting = peek, artifact, trail, name, setting
        data = peek(HEAD)
        if len(data) >= HEAD and b"\n" not in data:
            data = peek(_LONGEST)[:_LONGEST]
        self.whole = len(peek(len(data) + 1)) == len(data)
        self.text = text = data.removeprefix(b"\xef\xbb\xbf")
        blank = len(text) - len(text.lstrip(b" \t\r\n"))
        self._begin = text.rfind(b"\n", 0, blank) + 1 if blank else 0  # blanks that begin the first line belong to it
        self._first = line + text.count(b"\n", 0, self._begin)
        self._lines: tuple[bytes, ...] | None = None
        self._marks: bytes | None = None
        near = text[self._begin : self._begin + _NEAR]
        top = near.split(b"\n", TOP)
        if len(top) > TOP:  # more lines follow, so that all of these are whole
            self.top = tuple([each.removesuffix(b"\r") for each in top[:TOP]] if b"\r" in near else top[:TOP])
        else:
            self.top = self.lines[:TOP]

    @property
    def lines(self) -> tuple[bytes, ...]:
        """Return the lines, cut apart when a reader first asks for more than the top: most texts are told to be none by that."""
        if self._lines is None:
            text = self.text[self._begin :]
            lines = (text.replace(b"\r\n", b"\n") if b"\r" in text else text).split(b"\n")
            if (not self.whole and len(lines) > 1) or not lines[-1]:
                lines.pop()
            else:
                lines[-1] = lines[-1].removesuffix(b"\r")
            self._lines = tuple(lines)
        return self._lines

    def last(self) -> bytes:
        """Return the last line that is no comment, of the first `MOST`, from the end of the text; empty where there is none."""
        text = self.text
        if len(text) > MOST and text.count(b"\n") >= MOST:
            return next((line for line in reversed(self.lines[:MOST]) if line.strip() and not line.startswith(b"#")), b"")
        end = len(text) if self.whole or b"\n" not in text else text.rfind(b"\n")  # behind it stands a part of a line
        while end > 0:
            begin = text.rfind(b"\n", 0, end) + 1
            line = text[begin:end]
            if line.strip() and not line.startswith(b"#"):
                return line.removesuffix(b"\r")
            end = begin - 1
        return b""

    @property
    def marks(self) -> bytes:
        """Return the first bytes of the lines at the top, those of empty ones left out."""
        if self._marks is None:
            self._marks = b"".join([each[:1] for each in self.top])
        return self._marks

    def at(self, number: int = 0) -> Location:
        """Return the place of a line, counted from 0."""
        return Location(path=self.artifact.path, trail=self.trail, line=self._first + number, column=1)

    def seen(self, kind: type[G], form: str, people: int = 0, variants: int = 0, names: Iterable[bytes] = (), **further: Any) -> G:
        """Return a view of a kind: this text is of such a format, and about people."""
        view = kind(artifact=self.artifact, trail=self.trail, format=form, level="individual", at=self.at(), setting=self.setting)
        return view.replace(people=people, variants=variants, names=tuple(names)[:NAMES], **further)


def given(data: bytes) -> Callable[[int], bytes]:
    """Return what looks ahead in bytes that are there."""
    return lambda _size: data
