"""Molecular measurements by sample: methylation, expression, proteins; and HLA and STR typing (`loci`).

A matrix has features (probes, genes, transcripts, proteins) on one axis and samples on the other. What statistics made of many
samples (fold changes, p-values, coefficients, medians by tissue) is about nobody in particular, and so is what only describes the
features. Sources: Illumina manifests (``cg`` and eight digits), Ensembl stable ids, RefSeq accessions, Affymetrix probe set ids.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.genomic.kinds import Kind
from pytest_genomic_guard.views.tables.roles import known
from pytest_genomic_guard.views.tables.table import is_site

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from pytest_genomic_guard.views.genomic.grid import Grid
    from pytest_genomic_guard.views.genomic.head import Head
    from pytest_genomic_guard.views.genomic.kinds import What
    from pytest_genomic_guard.views.genomic.seen import Genomic, Species

METHYLATION = Rule(name="methylation-probe", anchors=(b"cg00000000",), pattern=rb"(?<![\w.-])cg\d{8}(?!\d)", face="shape")
GENE = Rule(name="ensembl-gene", anchors=(b"ENS",), pattern=rb"ENS(?:[A-Z]{3})?[GTP]\d{11}")
PROBE = Rule(
    name="expression-probe",
    anchors=(b"_at", b"ILMN_"),
    pattern=rb"(?:(?<=\d)_at(?!\w)|(?<=\d_[a-z])_at(?!\w)|ILMN_\d{7})",
)
PROTEIN = Rule(name="protein-panel", anchors=(b"OID", b"SeqId.", b"seq."), pattern=rb"(?:OID\d{5}|SeqId\.\d{4,5}-|seq\.\d{4,5}\.)")
SYMBOL = Rule(  # a row that begins with the symbol of a gene of which nearly every matrix has one, or a row of such
    name="gene-symbol",
    anchors=tuple(
        each.encode() for each in ("RPL", "RPS", "SLC", "ZNF", "TMEM", "FAM", "GAPDH", "ACTB", "TP53", "BRCA", "EGFR", "MYC")
    ),
    pattern=rb"(?:(?<=^)|(?<=^\")|(?<=[\t,;])|(?<=[\t,;]\"))[A-Z][A-Z0-9-]{2,12}\"?[\t,;]",
)
HINTS = (METHYLATION, GENE, PROBE, PROTEIN, SYMBOL)

_SYMBOL_LIKE = regex(r"[A-Z][A-Z0-9.-]{1,15}|C\d{1,2}orf\d{1,3}")
_KINDS: tuple[tuple[str, Species, re.Pattern[str]], ...] = (
    ("methylation", "human", regex(r"(?:cg|ch\.\d{1,2}\.|nv-|rs)\d{6,12}(?:[FR])?(?:_[A-Z]{2}\d{2})?")),
    ("expression", "human", regex(r"ENS[GTP]\d{11}(?:\.\d+)?(?:_PAR_Y)?(?:[|_:].{1,80})?")),
    (
        "expression",
        "other",
        regex(r"ENS[A-Z]{3}[GTP]\d{11}(?:\.\d+)?|FBgn\d{7}|WBGene\d{8}|AT[1-5MC]G\d{5}(?:\.\d+)?|Y[A-P][LR]\d{3}[WC]"),
    ),
    ("expression", "", regex(r"N[MR]_\d{6,9}(?:\.\d+)?")),
    ("expression", "", regex(r"(?:AFFX-)?[\w.-]{1,30}_at|ILMN_\d{7}|A_\d\d_P\d{4,8}|TC\d{8,10}\.hg\.1")),
    ("proteins", "human", regex(r"OID\d{5}|SeqId\.\d{4,5}-\d{1,3}|seq\.\d{4,5}\.\d{1,3}")),
    ("expression", "human", _SYMBOL_LIKE),
)
_OF_ANY = regex("|".join(kind[2].pattern for kind in _KINDS))
# Any words in capitals look like symbols of genes: some must be of large families.
_FAMILY = regex(
    r"(?:SLC\d+A|ZNF|TMEM|FAM\d|CCDC|LOC\d|LINC|MIR\d|OR\d+[A-Z]|RP[LS]\d|PSM[A-F]\d|NDUF|ATP\d|MAPK\d|CDK\d|CD\d|IL\d|HLA-|USP\d|RAB\d|"
    r"KIF\d|TRIM\d|ADAM|COL\d+A|WNT\d|FOX[A-Z]\d|HOX[A-D]|SOX\d|GPR\d|KCN[A-Z]|CACN|TNF|CXC|CCL\d|KRT\d|MMP\d|PIK3|AKT\d|BRCA\d|TP53|"
    r"EGFR|ERBB|MYC|KRAS|GAPDH|ACTB|VIM|ESR\d|STAT\d|JAK\d|NOTCH|FGF|SMAD\d|CYP\d|ABC[A-G]\d|DNAJ|EIF\d|POLR|HIST|H\dC|MRP[LS]|COX|UBE\d|"
    r"ZFP\d|WDR\d|PRSS|SERPIN|TBC1D|ANK|ARHG|DUSP|B2M|ALB\b|APOE|APOB|PTEN|RB1|CDKN|MT-|FBX|KLK|S100|SPRR|PPP\d|PRKC|TUB[AB]|TGF|VEGF)[A-Z0-9.-]*"
)
_NUMBER = regex(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,4})?")
# Of what describes features, whatever the signs in it; a prefix of a plain name.
_ABOUT = regex(
    r"(?:chr|chrom|chromosome|start|end|stop|strand|length|width|pos|position|mapinfo|gc|entrez|biotype|type|exon|description|symbol|"
    r"gene|transcript|probe|name|build|score|rank|index|unnamed\d*|level\d|effectivelength|genelength|bp|cpg|island|coordinate\w*)"
    r"(?:hg\d\d|name|id|type|\d{0,2})?"
)
# Of what statistics make of many samples.
_STATISTIC = regex(
    r"(?!\D{0,20}\d{3})(?:"  # three digits are of a name
    r"(?:adj)?p(?:val(?:ue)?s?|adj)?|.{0,12}(?:pvalue|pval|padj|qvalue|fdr|foldchange|log2fc|logfc|lfcse|tstat|zscore|effectsize)|"
    r"q(?:val(?:ue)?)?|fdr|lfc|logfc|logcpm|basemean|stat|beta|se|stderr|coef\w*|effect|ci\w{0,6}|z|t|b|f|lr|aveexpr|n|nsamples|"
    r"mean\w{0,20}|median\w{0,20}|\w{0,20}(?:mean|median)|sd\w{0,12}|std\w{0,12}|var(?:iance)?|min|max|loading\w*|weight\w*|pc\d|r2|rho|"
    r"cor\w{0,10}|slope|intercept|hr|or|odds\w*|\w{0,12}(?:avg|average)\w{0,12}|pct\w{0,4}|cluster|module|percent\w*|i2|het\w{0,8})"
)
# What quantifiers of one sample call their columns: salmon, kallisto, RSEM, StringTie, HTSeq, GenomeStudio, Olink.
_QUANTITIES = regex(
    r"tpm|fpkm|rpkm|numreads|estcounts|expectedcount|counts?|coverage|cov|isopct|beta|betavalue|avgbeta|npx|intensity"
)
_WHO = frozenset({"sample", "sampleid", "samplename", "iid", "eid", "subject", "barcode"})
_SUMMARY = frozenset(
    {"count", "mean", "std", "min", "max", "25%", "50%", "75%", "median", "sd", "var", "sum", "top", "freq", "unique"}
)
# Means over many: of a cluster of cells, of a time.
_GROUP = regex(
    r"(?i:(?:cluster|clust|leiden|louvain|seurat_clusters|cell_?type|ct|topic|module|factor|group|stage|grade|pc)[ _.-]?\d{1,3}"
    r"|(?:t|time|day|d|week|wk|e|p|h|hour)?[ _.-]?\d{1,4}(?:\.\d)?[ _.-]?"
    r"(?:h|hr|hrs|hours?|min|mins|d|days?|wks?|weeks?|months?|y|yrs?))"
)
# Repeats of an experiment under a condition, and lines of cells that many laboratories have.
_REPLICATE = regex(
    r"(?i:(?:control|ctrl|con|treated|treatment|treat|trt|dmso|vehicle|veh|untreated|mock|wt|ko|kd|mut|het|oe|ev|scr|scramble"
    r"|si[a-z]{2,8}|sh[a-z]{2,8}"
    r"|nc|input|ip|stim|unstim|drug|lps|ifn\w?|tnf\w?|tgf\w?|dox|nodox|plus|minus|rep|replicate)"
    r"(?:[ _.-]?(?:rep|r|n|s|replicate))?[ _.-]?\d{0,2}"
    r"|(?:hek293t?|hela|k562|mcf-?7|mcf10a|a549|hepg2|u2os|jurkat|gm12878|imr-?90|hct116|thp-?1|hl-?60|lncap|pc-?3|sh-?sy5y|t47d"
    r"|mda-?mb-?231"
    r"|u937|caco-?2|ht-?29|huvec|h1|h9|nhek|raji|ramos|bj|rpe1|hap1)(?:[ _.-]?(?:rep|r)?[ _.-]?\d{0,2})?)"
)
_CHROMOSOME, _START, _END = frozenset({"chr", "chrom", "chromosome"}), frozenset({"start"}), frozenset({"end", "stop"})
_FEW = 12  # columns of an experiment; a cohort has more
_ENOUGH = 3  # features of one axis
_BARE = 12  # rows from which columns without names are samples, and not whatever a program lists


def sniff(head: Head) -> Genomic | None:  # noqa: ARG001 - a sparse matrix names nobody
    """Return what a text is: such formats are tables, which `recognise` is shown."""
    return None


def recognise(grid: Grid) -> Kind | None:
    """Return what a table of measurements by feature, or of typed loci, says about people."""
    labels = (*grid.header[1:65], *(row[0] for row in grid.rows[:64] if row))
    if sum(map(is_site, labels)) * 3 >= len(labels) > 9:
        return None  # of variants by gene, as effects on its expression are
    return _long(grid) or _down(grid) or _across(grid)


def _long(grid: Grid) -> Kind | None:
    """Judge a table with a person, a feature and a number in each row."""
    who = next((at for at, name in enumerate(grid.header[:40]) if known(name) == "person-id" or grid.plain[at] in _WHO), None)
    if who is None or not grid.speaks(_QUANTITIES.fullmatch):
        return None
    for number in range(min(8, grid.width)):
        cells = grid.column(number)
        for kind in _KINDS if number != who and len(cells) >= _ENOUGH else ():
            if grid.mostly(number, kind[2].fullmatch, 0.8) and _certain(kind, cells):
                names, features = grid.distinct(who), len(set(cells))
                return Kind(what="omics", format=kind[0], people=len(names), variants=features, names=tuple(names), species=kind[1])
    return None


def _down(grid: Grid) -> Kind | None:
    """Judge a table with a feature in each row."""
    # Behind its place, as FastQTL, tensorQTL and QTLtools read it: chromosome, start, end, id, perhaps another id and a strand.
    behind = len(grid.plain) > 3 and grid.plain[0] in _CHROMOSOME and grid.plain[1] in _START and grid.plain[2] in _END
    for number in (3, 4) if behind and grid.width > 4 else range(min(2, grid.width)):
        cells = grid.column(number)
        if len(cells) < _ENOUGH or not grid.mostly(number, _OF_ANY.fullmatch, 0.8):
            continue
        found = next((kind for kind in _KINDS if grid.mostly(number, kind[2].fullmatch, 0.8)), None)
        if found and _certain(found, cells):
            return _by_columns(grid, number, found[0], found[1])
    return None


def _certain(kind: tuple[str, Species, re.Pattern[str]], cells: Sequence[str]) -> bool:
    """Tell whether names are what their form suggests, where other names have the same form."""
    if kind[0] == "methylation":
        return any(cell.startswith("cg") for cell in cells)
    return kind[2] is not _SYMBOL_LIKE or sum(1 for cell in cells if _FAMILY.fullmatch(cell)) * 10 >= max(len(cells), 30)


def _by_columns(grid: Grid, features: int, format_: str, species: Species) -> Kind:
    """Tell samples from statistics and descriptions by the names of the columns and the numbers below them."""
    reference = Kind(what="reference", format=format_, variants=len(grid.rows))
    numbers = [at for at in range(grid.width) if at != features and grid.mostly(at, _NUMBER.fullmatch, 0.9) and grid.column(at)]
    about = {at for at in numbers if _ABOUT.fullmatch(grid.plain[at])}
    statistics = {at for at in numbers if _STATISTIC.fullmatch(grid.plain[at])}
    samples = [at for at in numbers if at not in about and at not in statistics]
    if len(statistics) > 1 or not samples or len(samples) < len(statistics):
        return reference
    if len(samples) == 1 or all(_QUANTITIES.fullmatch(grid.plain[at]) for at in samples):
        one = not grid.header[samples[0]] or any(_QUANTITIES.fullmatch(grid.plain[at]) for at in samples)
        what: What = "one-sample" if one else "reference"
        return Kind(what=what, format=format_, people=1, variants=len(grid.rows), species=species)
    names = [grid.header[at] for at in samples]
    if not any(names) and len(samples) > 5 and len(grid.rows) >= _BARE:
        return Kind(what="omics", format=format_, people=len(samples), variants=len(grid.rows), species=species)
    if not _persons(names) or sum(1 for name in names if _is_feature(name, grid.column(features))) * 2 > len(names):
        return reference  # also between features, as a matrix of correlations is
    if len(names) <= _FEW and all(map(_REPLICATE.fullmatch, names)):
        return Kind(what="one-sample", format=format_, people=len(samples), variants=len(grid.rows), species=species)
    told = tuple(name.encode("utf-8", "replace") for name in names)
    return Kind(what="omics", format=format_, people=len(samples), variants=len(grid.rows), names=told, species=species)


def _is_feature(name: str, cells: Sequence[str]) -> bool:
    """Tell whether a column is called as a row is, or as rows of the same kind are."""
    return name in cells or any(kind[2].fullmatch(name) and kind[2].fullmatch(cells[0]) for kind in _KINDS[:3] if cells)


def _persons(names: Sequence[str]) -> bool:
    """Tell whether columns are called as samples are, and not as tissues, clusters or times are: most have a number."""
    numbered = sum(1 for name in names if any(map(str.isdigit, name)) and not _GROUP.fullmatch(name))
    return numbered * 10 >= 6 * len(names)


def _across(grid: Grid) -> Kind | None:
    """Judge a table with a feature in each column, and a sample in each row."""
    step = max(1, grid.width // 500)
    looked = grid.header[::step]
    for kind in _KINDS:
        format_, species, pattern = kind
        fitting = sum(1 for name in looked if len(name) <= 100 and pattern.fullmatch(name))
        if fitting < _ENOUGH or fitting * 2 < len(looked) or not _certain(kind, looked):
            continue
        labels = next((at for at in range(min(4, grid.width)) if not pattern.fullmatch(grid.header[at])), None)
        cells = [] if labels is None else grid.column(labels)
        if _SUMMARY.issuperset(cells) and cells:
            return Kind(what="reference", format=format_)
        if not grid.values:
            return Kind(what="omics", format=format_, variants=fitting * step, species=species)
        below = [at for at in range(0, grid.width, step) if grid.header[at] and pattern.fullmatch(grid.header[at])]
        if sum(1 for at in below if grid.mostly(at, _NUMBER.fullmatch, 0.9)) * 2 < len(below):
            continue  # a set of genes, not a row of names above numbers
        people = grid.count()
        if people < 2 and not cells:
            return Kind(what="reference", format=format_)  # a row of coefficients, or of one profile without a name
        names = () if labels is None else grid.distinct(labels)
        return Kind(what="omics", format=format_, people=people, variants=fitting * step, names=tuple(names), species=species)
    return None
