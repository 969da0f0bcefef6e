"""Genotype arrays and single cells in HDF5, by the names of its groups and datasets.

Sources: the layout of scikit-allel (``calldata/GT``, ``samples``), AnnData's on-disk format (``obs``, ``var``, ``X``), the loom
specification (``row_attrs``, ``col_attrs``, ``matrix``), 10x Genomics' feature-barcode matrix (``matrix/barcodes``).
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Location
from pytest_genomic_guard.views.bounds import HELD
from pytest_genomic_guard.views.genomic.containers import TENX, GenotypeFile, SingleCell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.genomic.seen import Genomic, Species
    from pytest_genomic_guard.views.streams import Peek

_GENOTYPES = frozenset({"gt", "genotype", "genotypes", "geno", "genos", "callgenotype", "genotypematrix", "dosage", "dosages"})
_SURE = _GENOTYPES - {"geno", "genos", "dosage", "dosages"}  # a dose is more often one of a drug
_PEOPLE = frozenset(
    {"samples", "sample", "sampleid", "sampleids", "samplename", "samplenames", "iid", "iids", "individuals", "individualid"}
    | {"participants", "participantid", "eid", "subjectid", "subjects", "donorid", "patientid"}
)
_VARIANTS = regex(r"variants?(?:id|ids|s|position)?|pos|positions?|snps?|snpids?|rsids?|chrom|chromosome|calldata|markers?")
_DONOR = regex(
    r"(?:donor|patient|subject|individual|participant|sample|person|case)(?:id|ids|uuid|name|names|code|barcode|no|number)?"
)
_DEMUX = regex(r"(?:demuxlet|freemuxlet|souporcell|vireo|scsplit|genotype|genotyped).{0,24}")
_SIGNS = regex(r"[\W_]+")
_OTHERS = (b"ENSMUSG0", b"ENSRNOG0", b"ENSDARG0", b"FBgn00", b"WBGene00", b"ENSSSCG0", b"ENSBTAG0", b"ENSGALG0", b"ENSCAFG0")
_HUMAN = b"ENSG00"


def binary(name: str, stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> Genomic | None:  # noqa: ARG001 - one form for all
    """Return what a file is; None for arrays of anything else. What it holds of tables is read all the same."""
    from pytest_genomic_guard.views.tables import hdf5  # noqa: PLC0415 - for such files only

    data = stream.peek(HELD)[:HELD]
    names, shapes = hdf5.shaped(data)
    at = Location(path=artifact.path, trail=trail)
    form = cells(set(names))
    if form:
        donors, genotyped = whose(names)
        return SingleCell(
            artifact=artifact,
            trail=trail,
            format=form,
            level="individual",
            at=at,
            donors=donors,
            genotyped=genotyped,
            species=species(data),
            final=False,
        )
    if genotypes(names):
        people, variants = counts(shapes)
        found = GenotypeFile(artifact=artifact, trail=trail, format="HDF5 genotype array", level="individual", at=at, final=False)
        return found.replace(people=people, variants=variants)
    return None


def counts(shapes: Mapping[str, tuple[int, ...]]) -> tuple[int, int]:
    """Return people and variants by the shape of the genotypes beside arrays of variants; 0 where it does not tell.

    An array of people that has another length speaks against it.
    """
    plain = {_SIGNS.sub("", name).lower(): shape for name, shape in shapes.items()}
    people, variants = _counts(plain)
    return (people, variants) if all(plain[name][:1] in {(), (people,)} for name in _PEOPLE & set(plain)) else (0, 0)


def _counts(plain: Mapping[str, tuple[int, ...]]) -> tuple[int, int]:
    lengths = {shape[0] for name, shape in plain.items() if len(shape) == 1 and _VARIANTS.fullmatch(name)}
    for shape in (shape for name, shape in plain.items() if name in _GENOTYPES and len(shape) in {2, 3}):
        if shape[0] in lengths and shape[0] != shape[1]:
            return shape[1], shape[0]
        if shape[1] in lengths and shape[0] != shape[1]:
            return shape[0], shape[1]
        if len(shape) == 3 and shape[2] == 2:
            return shape[1], shape[0]
    return 0, 0


def cells(names: set[str]) -> str:
    """Name the layout of single cells that these names make up; empty for none."""
    if {"obs", "var"} <= names and names & {"X", "layers", "raw"}:
        return "AnnData"
    if {"row_attrs", "col_attrs", "matrix"} <= names:
        return "loom"
    if {"barcodes", "indices", "indptr", "data"} <= names and names & {"features", "genes", "gene_names"}:
        return TENX
    return ""


def whose(names: Iterable[str]) -> tuple[bool, bool]:
    """Tell whether a column says of whom a cell is, and whether one says by which genotype."""
    plain = [_SIGNS.sub("", name).lower() for name in names if len(name) <= 100]
    return any(_DONOR.fullmatch(name) for name in plain), any(_DEMUX.fullmatch(name) for name in plain)


def genotypes(names: Iterable[str]) -> bool:
    """Tell whether arrays have the names that genotypes of people have: calls, and beside them people or variants."""
    plain = {_SIGNS.sub("", name).lower() for name in names if len(name) <= 100}
    people, variants = bool(plain & _PEOPLE), any(_VARIANTS.fullmatch(name) for name in plain)
    return bool(plain & _GENOTYPES) and (variants or people) and (bool(plain & _SURE) or variants)


def species(data: bytes) -> Species:
    """Tell whose genes are named, by the accessions of Ensembl and of model organisms."""
    if _HUMAN in data:
        return "human"
    return "other" if any(mark in data for mark in _OTHERS) else ""
