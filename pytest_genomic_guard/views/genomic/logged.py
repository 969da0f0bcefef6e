"""People whom a log names, one a line: "processing sample ...", "Warning: sample ... has missing sex", a process of a workflow."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.genomic import givenids

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.text import Text

_ID = rb"(?=[A-Za-z_.-]{0,16}\d[\w.-]{0,16}\d)[A-Za-z0-9][A-Za-z0-9_-]{3,47}"
_END = rb"(?![\w-]|\.[\w])"
NAMED = Rule(
    name="person-in-a-log",
    anchors=(b"sample", b"individual", b"person", b"subject", b"participant", b"patient", b"donor"),
    face="lower",
    pattern=rb"(?i:sample|individual|person|subject|participant|patient|donor)(?:[ _-]?(?i:id|name))?(?:[ \t]?[=:][ \t]?|[ \t])"
    rb"[\"'\[(<]{0,2}" + _ID + _END,
)
PROCESS = Rule(
    name="person-of-a-process",
    anchors=(b"process > ",),
    pattern=rb"process > [\w:.-]{1,200} \([^()\s]{0,40}?" + _ID + rb"\)",
)
RULES = (NAMED, PROCESS)
_LAST = regex(rb"[A-Za-z0-9][A-Za-z0-9_-]*\)?\Z")
_MOST = 1 << 16  # ids


def found(text: Text) -> tuple[int, tuple[bytes, ...]] | None:
    """Return where the first person stands, and all of them, when a text names several, each as somebody gave out ids."""
    first, ids = -1, dict[bytes, None]()
    for start, end in _own(text):
        last = _LAST.search(text.data, start, end)
        if last and len(ids) < _MOST:
            first = start if first < 0 else first
            ids[_single(last[0].rstrip(b")"))] = None
    names = tuple(ids)
    return (first, names) if givenids.given(names) else None


def _own(text: Text) -> Iterator[tuple[int, int]]:
    spans = sorted((*text.matches(NAMED), *text.matches(PROCESS)))
    return ((start, end) for start, end in spans if text.segment(start).context not in {"markup", "binary"})


def _single(name: bytes) -> bytes:
    """Return the person's own id where that of a family, which is the same, is joined with it."""
    half = len(name) // 2
    return name[:half] if name[half : half + 1] == b"_" and name[:half] == name[half + 1 :] else name
