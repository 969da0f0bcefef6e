"""Tables about variants whose columns are those of one program, so that counts of 0, 1 and 2 in them are nobody's genotypes."""

from __future__ import annotations

from pytest_genomic_guard.views.genomic.kinds import Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.genomic.grid import Grid

# Columns that are all there, and, where the program writes no others, all that there can be (PLINK 1.9 and 2.0 format pages).
_PARTS = tuple(
    frozenset(text.split())
    for text in (
        "altfreqs obsct",
        "altcts obsct",
        "homrefct hetrefaltcts twoaltgenocts",
        "homa1ct heta1ct twoaxct",
        "choma1 chet choma2",
        "geno ohet ehet",
        "snp a1 a2 maf nchrobs",
        "mafa mafu nchrobsa nchrobsu",
        "obsct test p",
        "snp bp a1 chisq p",
        "snp bp a1 test nmiss p",
        "snp bp nmiss beta se r2 t p",
        "genpos allele0 allele1 a1freq log10p",
        "markerid allele1 allele2 acallele2 beta se",
        "effectallele otherallele beta standarderror pvalue",
        "variantid genotypecount pvalnominal slope",
        "nalleles nchr allelefreq",
        "obshom1hethom2 phwe",
        "markername allele1 allele2 effect stderr pvalue direction",
    )
)
_WHOLES = tuple(
    (frozenset(least.split()), frozenset(most.split()))
    for least, most in (
        ("chr f snp bp p total nsig", "s05 s01 s001 s0001 sp2"),
        ("chrom pos id p total nonsig", "ref alt provisionalref a1 s005 s001 s0001 s00001 sp2"),
        ("chr snp nmiss ngeno fmiss", "clst ncluster nclst"),
        ("kb ngenes nsnps", "chr bp1 bp2 snps"),
    )
)


def recognise(grid: Grid) -> Kind | None:
    """Return what a table with the columns of a known program is."""
    names = grid.known
    if any(part <= names for part in _PARTS):
        from pytest_genomic_guard.views.genomic import aggregates  # noqa: PLC0415 - where the columns are known

        return aggregates.recognise(grid)
    if any(least <= names <= least | most for least, most in _WHOLES):
        return Kind(what="reference", format="table of variants")
    return None
