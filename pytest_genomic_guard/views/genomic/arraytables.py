"""Tables of microarrays: which columns are of samples, and which are of probes, clusters or populations."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic.kinds import Kind
from pytest_genomic_guard.views.genomic.naming import bare

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.views.genomic.grid import Grid

_BY_SAMPLE = regex(  # GenomeStudio: the sample's name, a dot, and what was measured
    r"(.*?)[._ ]?(?:GType|B[ ._]Allele[ ._]Freq(?:uency)?|Log[ ._]R[ ._]Ratio|Top[ ._]Alleles|Import[ ._]Calls"
    r"|X[ ._]Raw|Y[ ._]Raw|CNV[ ._]Value)"
)
_SNP = frozenset({"snpname", "snp", "snpid", "rsid", "name", "probesetid", "markername"})
_SAMPLE = frozenset({"sampleid", "samplename", "sample", "sampleids", "samplenames", "dnaid", "dnaname"})
_ALLELES = regex(r"allele[12](?:top|forward|ab|design|plus|\w*)|gcscore|ballelefreq|logrratio|gtscore|theta|xraw|yraw")
_CALL = regex(r"-1|[012]|NoCall|NC|--|[AB]{1,2}|[ACGT]{2}|[ACGT]/[ACGT]")
_MEASURED = regex(r"[ACGTDINacgt-]{1,60}|[AB]|-?\d{0,9}\.?\d{1,20}(?:[eE][-+]?\d+)?")  # an allele, or how sure it is
_NUMBER = regex(r"-?\d{1,9}(?:\.\d+)?(?:[eE][-+]?\d+)?")
_CHIP = regex(r".*\.(?:CEL|cel)(?:[ ._].*)?")
_PROBES = regex(r"AX-\d+|AFFX-\S+|SNP_A-\d+|CN_\d+|\d{6,8}|rs\d+|[\w-]{2,40}")
# of each probe, over all samples
_OF_PROBES = frozenset(
    {"cr", "fld", "hetso", "homro", "nmin", "nminor", "nclus", "bb", "ab", "aa", "cv", "type", "callrate", "conversiontype"}
)


def recognise(grid: Grid) -> Kind | None:
    """Return what a table is."""
    plain = grid.known
    if "ilmnid" in plain or ({"probesetid", "affysnpid"} <= plain and not plain & {"call", "callcodes", "confidence"}):
        return Kind(what="reference", format="array manifest")
    return _report(grid) or _calls(grid) or _measured(grid) or _segments(grid) or _sheet(grid) or _by_sample(grid)


def _report(grid: Grid) -> Kind | None:
    """Return a final report: a line for each variant of each sample (GenomeStudio, GSGT)."""
    if {"call", "calls"} & grid.known and grid.find("assayid", "snpassayname", "assayname", "snpassayid") is not None:
        names = tuple(grid.distinct(at)) if (at := grid.find(*_SAMPLE)) is not None else ()
        return Kind(what="array", format="calls by assay", people=len(names), variants=grid.count(), names=names) if names else None
    snp, sample = grid.find("snpname", "snp", "snpid", "markername", "rsid"), grid.find(*_SAMPLE)
    columns = grid.called(_ALLELES.fullmatch)
    told = columns if not grid.values or any(grid.mostly(at, _MEASURED.fullmatch, 0.5) for at in columns) else []
    if snp is None or sample is None or not told:
        if grid.find("snpname") is None or len(told) < 2 or grid.find("rsid", "allele1top", "allele1forward", "gcscore") is None:
            return None
        sample = None
    names = tuple(grid.distinct(sample)) if sample is not None else ()
    people = len(names) or 1
    return Kind(what="array", format="final report", people=people, variants=max(1, grid.count() // people), names=names)


def _calls(grid: Grid) -> Kind | None:
    """Return values by probe set: a column for each CEL file (Affymetrix Power Tools), or one sample's (CHP)."""
    label = grid.find("probesetid", "probesetname", "probeset", "probesetids")
    chips = grid.headed(_CHIP.fullmatch)
    if label is None:
        if chips and len(chips) * 2 >= grid.width:
            return Kind(
                what="array", format="values by CEL file", people=len(chips), variants=grid.count(), names=_named(grid, chips)
            )
        return _cel_files(grid)
    if {"call", "confidence"} <= grid.known or {"callcodes", "signala"} <= grid.known:
        return Kind(what="array", format="calls by probe set", people=1, variants=grid.count())
    if not chips and grid.known.isdisjoint(_OF_PROBES):
        others = [at for at in range(grid.width) if at != label and grid.header[at]]
        chips = others if others and all(grid.mostly(at, _CALL.fullmatch, 1) for at in others[:50]) and grid.count() > 3 else []
    if not chips:
        return None
    return Kind(what="array", format="calls by probe set", people=len(chips), variants=grid.count(), names=_named(grid, chips))


def _named(grid: Grid, columns: Sequence[int]) -> tuple[bytes, ...]:
    return tuple(bare(grid.header[at].encode("utf-8", "replace")) for at in columns)


def _cel_files(grid: Grid) -> Kind | None:
    """Return a report by CEL file, or one of the lists of them that programs take."""
    at = grid.find("celfiles", "celfile", "celfilename", "celname")
    if at is None or not grid.mostly(at, _CHIP.fullmatch, 0.8):
        return None
    names = tuple(map(bare, grid.distinct(at)))
    return Kind(what="array", format="report by CEL file", people=len(names), variants=grid.count(), names=names)


def _measured(grid: Grid) -> Kind | None:
    """Return intensities by sample (GenomeStudio full data table, PennCNV signal): no column of them is of a population."""
    if grid.find("name", "snpname", "snp", "index", "probesetid", "probeid", "id") is None:
        return None
    found = [(at, match[1]) for at in grid.headed(_BY_SAMPLE.fullmatch) if (match := _BY_SAMPLE.fullmatch(grid.header[at]))]
    if not found:
        return None
    if grid.values and all(
        not grid.mostly(at, _NUMBER.fullmatch, 0.5) and not grid.mostly(at, _CALL.fullmatch, 0.5) for at, _name in found[:20]
    ):
        return None
    people = tuple(dict.fromkeys(name for _at, name in found))
    names = tuple(name.encode("utf-8", "replace") for name in people if name)
    return Kind(what="array", format="intensities by sample", people=len(people), variants=grid.count(), names=names)


def _segments(grid: Grid) -> Kind | None:
    """Return copy number by sample and segment (DNAcopy, GISTIC, IGV); CNVkit's name no sample."""
    plain = grid.known
    place = plain & {"chrom", "chromosome", "chr"} and plain & {"locstart", "start", "startposition", "startpos"}
    value = plain & {"segmean", "segmentmean", "log2", "log2ratio", "logr", "totalcn", "copynumber", "cn"}
    sample = grid.find("id", "sample", "sampleid", "samplename", "tumorsamplebarcode", "samplenamealiquot")
    if not place or not value:
        return None
    if sample is not None and (plain & {"segmean", "segmentmean", "nummark", "numprobes", "totalcn", "copynumber", "cn"}):
        names = tuple(grid.distinct(sample))
        if len(names) == grid.count() > 1 and "id" in plain and not plain & {"nummark", "segmean"}:
            return None  # the id is the segment's
        return Kind(what="array", format="copy number by segment", people=len(names), variants=grid.count(), names=names)
    if {"gene", "log2"} <= plain and "spread" not in plain and plain & {"depth", "probes", "weight"}:
        return Kind(what="array", format="copy number by segment", people=1, variants=grid.count())
    return None


def _sheet(grid: Grid) -> Kind | None:
    """Return a sample sheet of arrays: who lies on which."""
    sentrix = grid.find("sentrixbarcodea", "sentrixbarcode", "sentrixid", "sentrixposition", "sentrixpositiona")
    sample = grid.find(*_SAMPLE, "individualid", "basename", "patientid")
    if sentrix is None or sample is None:
        return None
    names = tuple(grid.distinct(sample))
    return (
        Kind(what="array", format="sample sheet of arrays", people=len(names), variants=grid.count(), names=names)
        if names
        else None
    )


def _by_sample(grid: Grid) -> Kind | None:
    """Return a DNA report of GenomeStudio: how well each sample was called."""
    sample = grid.find("dnaid", "dnaname")
    if sample is None or not grid.known & {"callrate", "calls", "nocalls", "callfreq", "aafreq", "50gcscore"}:
        return None
    names = tuple(grid.distinct(sample))
    return Kind(what="array", format="report by sample", people=len(names), variants=grid.count(), names=names)
