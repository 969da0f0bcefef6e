"""What makes a text worth being asked for tables: rules that checks of tables share, each under one name.

They are found in the one pass over all bytes, and decide nothing: a table is read where one of them matched.
"""

from __future__ import annotations

from pytest_genomic_guard.model import Rule

_BEFORE = rb"(?<![\w.-])"
_AFTER = rb"(?![\w-])"

RS_NUMBER = Rule(name="rs-number", anchors=(b"rs000",), pattern=_BEFORE + rb"rs\d{3,12}(?!\d)", face="shape")
VARIANT_KEY = Rule(  # chr1:12345:A:G, 1_12345_A_G_b38, 1-12345-A-G
    name="variant-key",
    anchors=tuple(b"0" + mark + base for mark in (b":", b"_", b"-") for base in (b"a", b"c", b"g", b"t")),
    pattern=rb"\d[:_-][ACGT]{1,40}[:_/>-][ACGT]{1,40}" + _AFTER,
    face="shape",
)
VRS_ALLELE = Rule(name="vrs-allele", anchors=(b"ga4gh:VA.",), pattern=rb"ga4gh:VA\.[\w-]{20}")
HINTS = (RS_NUMBER, VARIANT_KEY, VRS_ALLELE)

# Names of columns that no other kind of table has, with a separator behind them, as in a header: frequencies and counts of alleles,
# statistics of association, linkage, in the spellings of PLINK, VCFtools, REGENIE, SAIGE, BOLT-LMM and GWAS-SSF.
AGGREGATE_COLUMN = Rule(
    name="aggregate-column",
    anchors=(
        *(b"OBS_CT", b"NCHROBS", b"N_CHR", b"ALT_FREQS", b"HOM_REF_CT", b"HOM_A1_CT", b"C(HOM", b"{ALLELE:FREQ}", b"E(HET)"),
        *(b"A1FREQ", b"AF_Allele2", b"effect_allele", b"EFFECT_ALLELE", b"CHR_A", b"CHROM_A", b"R^2", b"N_INDV", b"OBS(HOM1"),
    ),
    pattern=rb"[\w(){}:^/.]{3,40}(?: A[12]\))?[\"']?(?:[\t,;|\r\n]| {1,20}[\w(#{]|$)",
)
_PAIRS = (b"AC?AN", b"AN?AC", b"AF?AC", b"AC?AF", b"AF?AN", b"AN?AF", b"MAF?N", b"AF?N", b"REF?ALT", b"A1?A2")
_BETWEEN = (b"\t", b",", b";", b"|")
COUNTED_COLUMNS = Rule(  # AC and AN, or both alleles, beside one another
    name="counted-alleles",
    anchors=tuple(form.replace(b"?", mark) for pair in _PAIRS for form in (pair, pair.lower()) for mark in _BETWEEN),
    pattern=rb"(?<![\w.])[ACMNRFELTacmnrfelt12]{2,3}[\t,;|][ACMNRFELTacmnrfelt12]{1,3}(?=[\t,;|\r\n]|$)",
)
AGGREGATES = (RS_NUMBER, VARIANT_KEY, AGGREGATE_COLUMN, COUNTED_COLUMNS)
