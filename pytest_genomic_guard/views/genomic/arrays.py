"""Microarray data: intensities, calls and reports by sample; manifests, libraries and cluster files are about nobody."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.genomic.seen import Genomic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.genomic.grid import Grid
    from pytest_genomic_guard.views.genomic.head import Head
    from pytest_genomic_guard.views.genomic.kinds import Kind
    from pytest_genomic_guard.views.streams import Peek

_MARK = regex(rb"(?i)\"?\[(?:header|heading|cel|data)\]|#%|\d*,?\[(?:header|data)\]")
_PASTED = regex(  # names of columns that hold blanks themselves, with blanks between them
    rb"(?:SNP Name|Sample (?:ID|Name)|Name Chr Position)\b[^\t,;|]{0,4000}"
    rb"\b(?:Allele1 - |GC Score|B Allele Freq|Log R Ratio)[^\t,;|]*$"
)
_FIRST = 1 << 16  # bytes of a first line that are looked at
# Names of columns, each with the pattern that follows where it begins; tables are looked for where one of them stands.
_COLUMNS = {
    b"SNP": rb"SNP[ ._]?Name\b",
    b"snp_name": rb"snp_name\b",
    b"B Allele Freq": rb"B Allele Freq",
    b"B.Allele.Freq": rb"B\.Allele\.Freq",
    b"Log R Ratio": rb"Log R Ratio",
    b"Log.R.Ratio": rb"Log\.R\.Ratio",
    b".GType": rb"\.GType\b",
    b"probeset_id": rb"probeset_id\b",
    b"Probe Set": rb"Probe Set (?:ID|Name)\b",
    b".CEL": rb"\.CEL\b",
    b".cel": rb"\.cel\b",
    b"cel_files": rb"cel_files\b",
    b"loc.start": rb"loc\.start\b",
    b"egment": rb"egment[_ .]?Mean\b",
    b"eg.mean": rb"eg\.mean\b",
    b"log2": rb"(?<=gene[\t ,;])log2\b",
    b"entrix": rb"entrix[ _]?(?:[Bb]arcode|ID|[Ii]d|[Pp]osition)",
    b"Allele1": rb"Allele1[ .]+-?[ .]*(?:Top|AB|Forward|Plus|Design)\b",
    b"DNA_": rb"DNA_(?:ID|Name)\b",
    b"IlmnID": rb"IlmnID\b",
    b"ssay": rb"ssay[ _](?:Name|ID|Id)\b",
}
HINT = Rule(name="array-columns", anchors=tuple(_COLUMNS), pattern=b"|".join(_COLUMNS.values()))


class Chip(Genomic):
    """A file of a microarray, or of a sheet that says which sample lies on which."""

    sheet: bool = False  # of a sequencer, not of arrays


def sniff(head: Head) -> Genomic | None:
    """Return what a text is."""
    first = head.lines[0]
    if not _MARK.match(first) and b"numsnp=" not in first[:_FIRST] and not _PASTED.match(first):
        return None
    from pytest_genomic_guard.views.genomic import arraytexts  # noqa: PLC0415 - for what may be one only

    return arraytexts.read(head)


def binary(name: str, stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> Genomic | None:
    """Return what a file is."""
    from pytest_genomic_guard.views.genomic import arrayfiles  # noqa: PLC0415 - for such files only

    return arrayfiles.read(name, stream, artifact, trail)


def recognise(grid: Grid) -> Kind | None:
    """Return what a table is."""
    if not any(grid.header):
        return None
    from pytest_genomic_guard.views.genomic import arraytables  # noqa: PLC0415 - for tables only

    return arraytables.recognise(grid)
