"""Which reader of a text format is asked: those whose mark the text begins with, one after another."""

from __future__ import annotations

import importlib
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_genomic_guard.views.genomic.head import Head
    from pytest_genomic_guard.views.genomic.seen import Genomic

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
_FIELDS = re.compile(rb"[^\s,;]+")
_LOOKED = 8  # lines
# A row of reads has as many fields as it has tags, and qualities can be commas.
ALIGNED = re.compile(
    rb"\"?(?:\d{1,9}\"?[\t ,]+\"?)?[^\s,]{1,300}[\t ,]+\"?\d{1,5}\"?[\t ,]+[^\s,]{1,300}[\t ,]+"
    rb"\"?\d{1,10}\"?[\t ,]+\"?\d{1,3}\"?[\t ,]+\"?(?:\*|\d{1,9}[MIDNSHPX=])"
)

_LOCI = re.compile(rb"[^\s,]{1,60}(?: ?[^\s,]{1,20})?[ \t]*(?:,|$)")
# What rows of differing length can begin with, that a program writes of people.
_KNOWN = re.compile(
    rb"(?i:sampleid\trange\t|track name=|pharmcat |\ttgenotype|[^\n]{1,60}(?:karyotype|ISCN)|[^\t,;:]{1,40}[\t,;:] ?\"?4\d,X)"
)


def sniff(head: Head) -> Genomic | None:
    """Return what the text is when a reader knows it."""
    if not head.lines or not head.lines[0].strip():
        return None
    first = head.lines[0].lstrip()[:1]
    rows: bool | None = None
    for name, marks in _READERS:
        if marks:
            asked = first in marks
        else:
            rows = asked = _rows(head) if rows is None else rows
            asked = asked or (name == "aligned" and any(ALIGNED.match(line[:1000]) for line in head.lines[:3]))
            asked = asked or (name == "populations" and _loci(head))
            asked = asked or (name == "programs" and _KNOWN.match(head.lines[0][:200]) is not None)
        if asked:
            found = _reader(name)(head)
            if found:
                return found
    return None


def _loci(head: Head) -> bool:
    """Tell whether a text can be GENEPOP's, whose rows come under a title, names of loci and the word Pop."""
    return (
        len(head.lines) > 3
        and _LOCI.match(head.lines[1][:400]) is not None
        and any(line[:1] in b"Pp" and line.strip() in {b"Pop", b"POP", b"pop"} for line in head.lines[2:])
    )


_loaded: dict[str, Callable[[Head], Genomic | None]] = {}


def _reader(name: str) -> Callable[[Head], Genomic | None]:
    """Return a reader, imported when the first text needs it."""
    if name not in _loaded:
        _loaded[name] = importlib.import_module(f"pytest_genomic_guard.views.genomic.{name}").sniff
    return _loaded[name]


def _rows(head: Head) -> bool:
    """Tell whether the first lines look like rows: of nearly all the same number of fields. Prose and code end here."""
    lines = [line for line in head.lines[: _LOOKED + 1] if line.strip() and not line.startswith(b"#")]
    widths = [len(_FIELDS.findall(line)) for line in lines[-_LOOKED:]]
    return bool(widths) and max(widths.count(width) for width in set(widths)) * 4 >= len(widths) * 3
