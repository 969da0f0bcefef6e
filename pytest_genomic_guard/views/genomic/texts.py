"""Which reader of a text format is asked: those whose mark the text begins with, one after another."""

from __future__ import annotations

import importlib

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.again import Again, key
from pytest_genomic_guard.views.genomic.head import Head, given
from pytest_genomic_guard.views.genomic.may import ALIGNED, MAY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_genomic_guard.views.genomic.seen import Genomic
    from pytest_genomic_guard.views.text import Text

    _Order = tuple[tuple[str, Callable[[Head], bool] | None], ...]

# Module, and the bytes that a text of it can begin with; an empty one: any, but only where its first lines have the same number of
# fields. Each module has `sniff(head) -> Genomic | None`, which answers None for what is not its own, whatever that is.
_READERS: tuple[tuple[str, bytes], ...] = (
    ("aligned", b"@"),
    ("fastq", b"@"),
    ("sequences", b">;"),
    ("documents", b"{[-#%\"'cdfimprs"),
    ("stores", b"{["),
    ("arrays", b'[#c"SN'),
    ("consumer", b'#"'),
    ("annotated", b"#"),
    ("pedigrees", b"#B0"),
    ("plinktext", b"#0123456789SF"),  # as PLINK writes, and before `plinklists`, which knows tables by fewer signs
    ("plinklists", b"#SF0123456789-"),
    ("ragged", b"0123456789rRXYMSA"),
    ("cells", b"%ACGTE"),
    ("omics", b"%"),
    ("aligned", b""),
    ("fastq", b""),
    ("consumer", b""),
    ("squares", b""),
    ("plinktext", b""),
    ("oxford", b""),
    ("plinklists", b""),
    ("populations", b"[*-"),
    ("programs", b"#"),
    ("fhirxml", b"<"),
    ("populations", b""),
    ("programs", b""),
    ("manifests", b""),
    ("lists", b""),
)
_NOBODYS = Again()  # outputs that no reader knows
_PLAIN = bytes.maketrans(b",;", b"  ")
_LOOKED = 8  # lines
_LOCI = regex(rb"[^\s,]{1,60}(?: ?[^\s,]{1,20})?[ \t]*(?:,|$)")
# What rows of differing length can begin with, that a program writes of people.
_KNOWN = regex(
    rb"(?i:sampleid\trange\t|track name=|pharmcat |\ttgenotype|[^\n]{1,60}(?:karyotype|ISCN)|[^\t,;:]{1,40}[\t,;:] ?\"?4\d,X)"
)


def sniff(head: Head) -> Genomic | None:
    """Return what the text is when a reader knows it."""
    if not head.top or not head.top[0].strip():
        return None
    first, rows = head.top[0].lstrip()[:1], _rows(head)
    for name, asked in _asked.get((first, rows)) or _asked.setdefault((first, rows), _order(first, rows=rows)):
        if asked is None or asked(head):
            found = (_loaded.get(name) or _reader(name))(head)
            if found:
                return found
    return None


def outputs(text: Text) -> Iterator[Genomic]:
    """Yield what the saved outputs of a notebook, or the parts of a page, are: of those that many show, each is looked at once."""
    ends = [*(each.start for each in text.segments[1:]), len(text.data)]
    for segment, end in zip(text.segments, ends, strict=True):
        if segment.context == "output":
            data = text.data[segment.start : end].rstrip(b"\r\n")
            told = key(data)
            if told in _NOBODYS:
                continue
            if seen := sniff(Head(given(data), text.artifact, segment.trail, setting="output", line=segment.line)):
                yield seen
            else:
                _NOBODYS.add(told)


_asked: dict[tuple[bytes, bool], _Order] = {}  # by the first byte, and whether there are rows


def _order(first: bytes, *, rows: bool) -> _Order:
    """Return the readers to ask, each once, with what decides whether it is asked: of text without rows fewer are."""
    found: dict[str, Callable[[Head], bool] | None] = {}
    for name, marks in _READERS:
        if first in marks if marks else rows or name in _WITHOUT:
            found.setdefault(name, MAY.get(name) if marks or rows else _WITHOUT[name])
    return tuple(found.items())


def _aligned(head: Head) -> bool:
    return any(ALIGNED.match(line[:1000]) for line in head.top[:3])


def _known(head: Head) -> bool:
    return _KNOWN.match(head.top[0][:200]) is not None


def _loci(head: Head) -> bool:
    """Tell whether a text can be GENEPOP's, whose rows come under a title, names of loci and the word Pop."""
    return (
        len(head.top) > 3
        and _LOCI.match(head.top[1][:400]) is not None
        and (b"\nPop" in head.text or b"\nPOP" in head.text or b"\npop" in head.text)
        and any(line[:1] in b"Pp" and line.strip() in {b"Pop", b"POP", b"pop"} for line in head.lines[2:])
    )


_WITHOUT: dict[str, Callable[[Head], bool]] = {"aligned": _aligned, "populations": _loci, "programs": _known}


_loaded: dict[str, Callable[[Head], Genomic | None]] = {}


def _reader(name: str) -> Callable[[Head], Genomic | None]:
    """Return a reader, imported when the first text needs it."""
    if name not in _loaded:
        _loaded[name] = importlib.import_module(f"pytest_genomic_guard.views.genomic.{name}").sniff
    return _loaded[name]


def _rows(head: Head) -> bool:
    """Tell whether the first lines look like rows: of nearly all the same number of fields. Prose and code end here."""
    widths: list[int] = []
    for line in head.top[: _LOOKED + 1]:
        if line[:1] != b"#":
            width = len(line.translate(_PLAIN).split())
            if width or line.strip():
                widths.append(width)
    widths = sorted(widths[-_LOOKED:])
    return bool(widths) and widths.count(widths[len(widths) // 2]) * 4 >= len(widths) * 3  # which is that of more than half of them
