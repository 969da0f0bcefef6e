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


class Head:
    """The first lines of a text in UTF-8, without byte order mark, leading blank lines and line ends.

    `lines` are whole lines of the first 64 KiB; where not even the first ends there, it is that one alone, as far as 4 MiB go.
    `text` is what they were cut from, and a part of a line behind them. `whole` tells that nothing comes after them. `name` is a
    hint only, and never shown.
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
        more = len(peek(len(data) + 1)) > len(data)
        self.text = text = data.removeprefix(b"\xef\xbb\xbf")
        body = text.lstrip(b" \t\r\n")
        begin = text[: len(text) - len(body)].rfind(b"\n") + 1  # blanks that begin the first line belong to it
        self._first = line + text.count(b"\n", 0, begin)
        lines = (text[begin:].replace(b"\r\n", b"\n") if b"\r" in text else text[begin:]).split(b"\n")
        if (more and len(lines) > 1) or not lines[-1]:
            lines.pop()
        else:
            lines[-1] = lines[-1].removesuffix(b"\r")
        self.whole = not more
        self.lines = tuple(lines)

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
