"""What makes a text worth being asked for genotype tables, besides rs numbers and variants with alleles."""

from __future__ import annotations

from pytest_genomic_guard.model import Rule

_CELL = rb"(?>-?[0-39](?:\.0{1,20}(?:e\+00)?)?|NA|nan|\.)"
_NUMBERED = rb"(?i:snp|marker|variant|snv|locus|site)s?[ _.-]?\d"
_CELL_BYTES = b"01239.,;\t -+eNAan"  # of cells of such a row, and what stands between them

ARRAY_PROBE = Rule(
    name="array-probe",
    anchors=(b"AX-", b"Affx-", b"SNP_A-", b"kgp", b"exm", b"JHU_", b"GSA-"),
    pattern=rb"(?<![\w-])(?:AX-\d{6}|Affx-\d{4}|SNP_A-\d{6}|kgp\d{3}|exm(?:-rs|-)?\d{3}|JHU_[\dXYM]+\.\d{3}|GSA-(?:rs)?\d)",
)
GENOTYPE_CELLS = Rule(  # beside each other, or at the end of a row
    name="genotype-cells",
    anchors=tuple(one + mark + two for mark in (b"/", b"|") for one in (b"0", b"1") for two in (b"0", b"1")),
    pattern=rb"(?<![\w./|-])[01][/|][01](?::[^\s,;]{1,60})?[\"']?(?:[\t,; ]|[\r\n]|\Z)",
)
LETTER_CELLS = Rule(  # a person with two alleles alike: no panel of sites has one
    name="letter-cells",
    anchors=tuple(base + mark + base for mark in (b"/", b"|") for base in (b"A", b"C", b"G", b"T")),
    pattern=rb"(?<=[\t,;=\"])[ACGT][/|][ACGT]\"?(?=[\t,;\r\n]|\Z)",
)
GENOTYPE_COLUMN = Rule(
    name="genotype-column",
    anchors=(b"genotype", b"zygosity", b"diplotype", b"dosage"),
    pattern=rb"(?:genotype|zygosity|diplotype|dosage)s?\b",
    face="lower",
)
NUMBERED_SITES = Rule(  # columns such as snp_1, snp_2
    name="numbered-sites",
    anchors=tuple(
        site + many + mark + b"0"
        for site in (b"snp", b"marker", b"variant", b"snv", b"locus", b"site")
        for many in (b"", b"s")
        for mark in (b"", b" ", b"_", b".", b"-")
    ),
    pattern=_NUMBERED + rb"{1,9}[\"']?[,;\t ]{1,3}[\"']?" + _NUMBERED,
    face="shape",
)
PLACES = Rule(  # columns such as chr1:12345 without alleles
    name="places-of-variants",
    anchors=tuple(b"chr" + each + mark + b"0000" for each in (b"0", b"00", b"x", b"y", b"m") for mark in (b":", b"_", b".", b"-")),
    pattern=rb"chr(?:\d{1,2}|[XYM])[:_.-]\d{4,9}(?![\d-])",
    face="shape",
)
STAR_ALLELES = Rule(
    name="star-alleles",
    anchors=(b"*0",),
    pattern=rb"\*\d{1,3}[A-Z]?(?:x[\dN])?\s?[/|]\s?(?:[A-Z0-9]{3,10}\s?)?\*\d",
    face="shape",
)
APOE = Rule(name="apoe", anchors=(b"apoe",), pattern=rb"(?i)apoe", face="lower")
_RESIDUES = b"Ala Arg Asn Asp Asx Cys Gln Glu Glx Gly His Ile Leu Lys Met Phe Pro Ser Thr Trp Tyr Val Ter Sec Pyl Xaa Xle".split()
CHANGE = Rule(
    name="coding-change",
    anchors=(b"c.0", b"g.0", b"p.0", *(b"p." + each.lower() + b"0" for each in _RESIDUES)),
    pattern=rb"(?<![\w.])[cgp]\.(?:\d|[A-Z][a-z]{2}\d)",
    face="shape",
)
STATES = Rule(
    name="genotype-words",
    anchors=(b"hom_", b"wild", b"heteroz", b"homoz", b"het", b"wt/", b"hemiz"),
    pattern=rb"(?<![A-Za-z])(?i:hom_(?:ref|alt)|wild[ -]?type|(?:hetero|homo|hemi)zyg\w*|hets?(?=[\"'\t,;\r\n])|wt/(?:wt|mut))",
    face="lower",
)
_CELLS = rb"(?:[,;\t ]{1,3}+" + _CELL + rb")"
SMALL_NUMBERS = Rule(  # a row of a matrix of 0, 1 and 2
    name="row-of-counts",
    anchors=(_CELL_BYTES,),
    # behind a cell of the same kind the row has begun already
    pattern=rb"[0-2](?<![\d.].)(?<![^\d.][0-2][,;\t ].)(?<![^\d.][0-2], .)(?:(?:[,;\t ][0-39]){3}|(?:, [0-39]){3})"
    + _CELLS
    + rb"{14,}",
    face="run",
)
SMALL_DECIMALS = Rule(
    name="row-of-decimals",
    anchors=(_CELL_BYTES,),
    pattern=rb"[0-2]\.0(?<![\d.].{3})0{0,19}+(?:e\+00)?" + _CELLS + rb"{17,}",
    face="run",
)
PAIRS = Rule(  # a row of letters
    name="row-of-genotypes",
    anchors=tuple(pair + mark for pair in (b"AA", b"CC", b"GG", b"TT") for mark in (b",", b"\t", b";", b" ", b'"')),
    pattern=rb"[ACGT]{2}(?:[\"']?[,;\t ]{1,3}[\"']?(?:[ACGT]{2}|--|00|NN|NA)){9,}",
)
DIGITS = Rule(  # the same without anything between them: a line of its own, or the end of one
    name="row-of-digits",
    anchors=(*(end + b"0" * 10 for end in (b"\n", b"\r")), *(b"0" * 10 + end for end in (b"\n", b"\r"))),
    pattern=rb"[\r\n][01239-]{20,}+(?![^\r\n])|(?<=[01239-]{10})[01239-]{10}(?=[\r\n])",
    face="shape",
)
SITES = (ARRAY_PROBE, GENOTYPE_CELLS, LETTER_CELLS, GENOTYPE_COLUMN, NUMBERED_SITES, PLACES)
GENES = (STAR_ALLELES, APOE, STATES)
