"""What commits and tags say besides their files: messages, and the lines of their heads that are no part of git's own form."""

from __future__ import annotations

import re

from pytest_genomic_guard.sources.running import Running

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LARGE = 16 << 20  # bytes of a message
_KEPT = 32 << 20  # bytes of all messages, from which they are read a second time instead of kept
_PART = 1 << 16
_FAILURES = 16  # damaged ones, each of which costs a new process
_DATE = re.compile(rb"^(?:committer|tagger) [^\n]*> (\d{1,12}) [+-]\d{4}$", re.MULTILINE)
_TAG = re.compile(rb"^tag ([^\n]+)$", re.MULTILINE)
_ID = rb"[0-9a-f]{40}(?:[0-9a-f]{24})?"
_OWN = re.compile(
    rb"(?:tree|parent|object) " + _ID + rb"|type [a-z]+|tag .+|encoding [\w.:-]{1,40}"
    rb"|(?:author|committer|tagger) [^<>]*<[^<>]*> \d{1,20} [+-]\d{4}"
)
_SIGNATURE = re.compile(rb"(?:gpgsig(?:-sha256)?)? (?:-----(?:BEGIN|END) [A-Z ]+-----|[A-Za-z0-9+/=]{0,76})")


class Said:
    """One commit or tag."""

    __slots__ = ("path", "tag", "text", "time")

    def __init__(self, path: bytes, text: bytes | None, time: int, tag: bytes | None) -> None:
        """Take where it is told, what it says, None for what is not kept, when, and the name that a tag gives itself."""
        self.path, self.text, self.time, self.tag = path, text, time, tag


class Messages:
    """The messages of commits and tags by id; of a long history the texts are read again when they are asked for."""

    def __init__(self, root: bytes, names: Sequence[str]) -> None:
        """Read them. Raises `GitError`."""
        self._root, self._names = root, names
        self._held: dict[str, Said] = {}
        self.unread: list[tuple[bytes, str]] = []  # path and reason
        self._whole = True
        kept = 0
        for name, said, reason in _read(root, names):
            if reason:
                self.unread.append((said.path, reason))
                said.text = b""
            elif said.text is not None:
                kept += len(said.text)
                if kept > _KEPT:
                    said.text, self._whole = None, False
            self._held[name] = said

    def __contains__(self, name: object) -> bool:
        """Tell whether an id is that of one of these."""
        return name in self._held

    def time(self, name: str) -> int:
        """Return when a commit was made, in seconds."""
        return self._held[name].time if name in self._held else 0

    def tags(self) -> Iterator[bytes]:
        """Yield the names that tags give themselves, which need not be those of their refs."""
        for said in self._held.values():
            if said.tag is not None:
                yield said.tag

    def text(self, name: str) -> bytes:
        """Return one text."""
        text = self._held[name].text
        return next((said.text or b"" for _name, said, _why in _read(self._root, [name])), b"") if text is None else text

    def __iter__(self) -> Iterator[tuple[str, bytes, bytes]]:
        """Yield id, path and text of each."""
        told = self._held.items() if self._whole else ((name, said) for name, said, _why in _read(self._root, self._names))
        for name, said in told:
            yield name, said.path, said.text or b""


def _read(root: bytes, names: Sequence[str]) -> Iterator[tuple[str, Said, str]]:
    """Yield each commit or tag, and the reason why it could not be read; empty where it could. Raises `GitError`."""
    at = failures = 0
    while at < len(names) and failures < _FAILURES:
        for name, said, reason in _streamed(root, names[at:]):
            at += 1
            yield name, said, reason
        if at < len(names):  # git has given up at this one
            yield names[at], Said(b"commit:" + names[at].encode(), None, 0, None), "missing-object"
            at, failures = at + 1, failures + 1
    for name in names[at:]:
        yield name, Said(b"commit:" + name.encode(), None, 0, None), "missing-object"


def _streamed(root: bytes, names: Sequence[str]) -> Iterator[tuple[str, Said, str]]:
    running = Running(root, "cat-file", "--batch", "--buffer", given=(f"{name}\n".encode() for name in names))
    out = running.out
    try:
        while (header := out.readline().split()) and (len(header) == 3 or header[-1] == b"missing"):
            name = header[0].decode()
            if len(header) < 3:
                yield name, Said(b"commit:" + header[0], None, 0, None), "missing-object"
                continue
            left = int(header[2]) + 1
            body = out.read(min(left, _LARGE))
            left -= len(body)
            large = left > 0
            while left and (part := out.read(min(left, _PART))):
                left -= len(part)
            if left:
                return
            yield name, _said(header[0], header[1], body if large else body[:-1]), "too-large" if large else ""
    finally:
        running.close()


def _said(name: bytes, kind: bytes, body: bytes) -> Said:
    head, _blank, message = body.partition(b"\n\n")
    date = _DATE.search(head)
    tag = _TAG.search(head) if kind == b"tag" else None
    path = b"commit:" + name if kind == b"commit" else b"tag:" + (tag[1] if tag else name)
    further = _further(head)
    text = message + b"\n\n" + further if further else message
    return Said(path, text, int(date[1]) if date else 0, tag[1] if tag else None)


def _further(head: bytes) -> bytes:
    """Return what stands in a head besides git's own lines and signatures: a tag that was merged, and whatever people put there."""
    found, signature = [], False
    for line in head.split(b"\n"):
        if line.startswith(b" "):
            if not (signature and _SIGNATURE.fullmatch(line)):
                found.append(line[1:])
        else:
            signature = line.startswith(b"gpgsig") and _SIGNATURE.fullmatch(line) is not None
            if not signature and not _OWN.fullmatch(line):
                found.append(line)
    return b"\n".join(found)
