"""Words of tables about people: hints in a text, names of columns, and how ids look. Shared by the readers of such tables."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_EDGE = rb"(?![A-Za-z0-9])"
_ALONE = rb"(?<![A-Za-z0-9.-])"  # an underscore may stand before: prs_iid

# What makes a text worth being asked for tables. Face "lower" finds the anchor in any case.
PERSON_HINTS = (
    Rule(  # columns of PLINK, KING, vcftools
        name="person-column",
        anchors=(b"iid", b"indv", b"fid1", b"fid\t", b"fid ", b"sampleid\thaplogroup"),
        pattern=_ALONE + rb"(?i:iid[12]?|indv[12]?|fid1?|sampleid)" + _EDGE,
        face="lower",
    ),
    Rule(
        name="pair-of-people",
        anchors=(b"kinship", b"relatedness", b"pi_hat", b"hethet", b"ibs0", b"hom_concordance"),
        pattern=_ALONE + rb"(?i:kinship|relatedness|pi_hat|hethet|ibs0|hom_concordance)" + _EDGE,
        face="lower",
    ),
    Rule(
        name="genetic-score",
        anchors=(b"prs", b"pgs", b"grs", b"polygenic"),
        pattern=rb"(?<![A-Za-z0-9])(?i:prs|pgs|grs|polygenic)(?![A-Za-z]{2})",
        face="lower",
    ),
    Rule(
        name="principal-component",
        anchors=(b"pc2", b"pc_2", b"pc02", b"genetic_principal"),
        pattern=rb"(?<![A-Za-z0-9])(?i:pc_?0?2|genetic_principal)(?![0-9A-Za-z])",
        face="lower",
    ),
    Rule(
        name="genetic-group",
        anchors=(b"super_pop", b"superpop", b"superpopulation", b"haplogroup", b"haplogrp", b"ancestry", b"population"),
        pattern=rb"(?<![A-Za-z0-9])(?i:super_?pop|super_?population|(?:mt|y)?haplogroup|haplogrp|ancestry|population)(?![A-Za-z0-9])",
        face="lower",
    ),
    Rule(name="continental-groups", anchors=(b"afr",), pattern=_ALONE + rb"(?i:afr(?:ican)?)[\"']?[\t,; |<]", face="lower"),
    Rule(
        name="genotyping-quality",
        anchors=(b"freemix", b"call_rate", b"callrate", b"f_miss", b"f_roh", b"froh", b"het_rate", b"genotyping_"),
        pattern=rb"(?<![A-Za-z0-9])(?i:freemix|call_?rate|f_miss|f_?roh|het_rate|genotyping_(?:array|batch))(?![A-Za-z0-9])",
        face="lower",
    ),
    Rule(  # cBioPortal
        name="clinical-outcome",
        anchors=(b"os_months", b"os_status", b"dfs_months", b"dfs_status", b"pfs_months", b"oncotree_code"),
        pattern=rb"(?i:[odp]+fs?_(?:months|status)|os_(?:months|status)|oncotree_code)(?![A-Za-z0-9])",
        face="lower",
    ),
    Rule(name="sequencing-summary", anchors=(b"_mqc-generalstats",), pattern=rb"_(?i:mqc-generalstats)-", face="lower"),
    Rule(  # a header's name for people, above the barcode of a cell
        name="cell-of-a-donor",
        anchors=(b"donor", b"patient", b"subject", b"individual", b"participant"),
        pattern=rb"(?i:donor|patient|subject|individual|participant)(?:[ _.-]?(?i:id|name|code))?[\"']?[\t,;\r\n][^\n]{0,600}+"
        rb"\n[^\n]{0,300}?(?<![A-Za-z])[ACGT]{12,24}(?:-\d{1,2})?(?![A-Za-z0-9])",
        face="lower",
    ),
    Rule(  # both parents in a record
        name="parents-of-a-record",
        anchors=(b"father", b"paternal", b"mother", b"maternal"),
        pattern=rb"(?i:father|paternal|mother|maternal)[\w -]{0,24}[\"'][ ]?:[ ]?[\"']?[^\"'\n]{0,64}[\"']?,\s{0,80}[\"']"
        rb"[\w -]{0,24}(?i:father|paternal|mother|maternal)[\w -]{0,24}[\"'][ ]?:",
        face="lower",
    ),
    Rule(  # both parents in one line
        name="both-parents",
        anchors=(b"father", b"paternal", b"dad", b"patid", *(b"pat" + bytes([after]) for after in b"\t\n ,;|\"'<>/_.-")),
        pattern=rb"(?<![A-Za-z])(?i:(?:father|paternal|pat|dad)[\w. -]{0,12}[\t,;|\"'<>/th \n]{1,24}(?:mother|maternal|mat|mom)"
        rb"(?:[\w.-]{0,12}|[ ]id)[\t,;|\"'<> ])",
        face="lower",
    ),
)
_FIELD = rb"(?<![A-Za-z0-9])(?i:f\.\d{2,6}\.\d{1,2}\.\d|[nstdxf]s?_\d{2,6}_\d{1,2}_\d|x\d{2,6}\.\d{1,2}\.\d)"
CONTROLLED_HINTS = (
    Rule(name="ukb-eid", anchors=(b"eid",), pattern=rb"(?<![A-Za-z0-9])(?i:eid)(?![A-Za-z0-9-])", face="lower"),
    Rule(name="ukb-instance", anchors=(b"0_i0",), pattern=rb"\d_i\d{1,2}(?:_a\d{1,3})?(?![\w])", face="shape"),
    Rule(name="ukb-array", anchors=(b"0-0.0",), pattern=rb"\d-\d{1,2}\.\d{1,3}(?![\w.-])", face="shape"),
    Rule(
        name="ukb-field",
        anchors=(
            b"f.00",
            *(b"x" + b"0" * many + b"." for many in range(2, 7)),
            *(b"%c_%s_0" % (kind, b"0" * many) for kind in b"nstdxf" for many in range(2, 7)),
        ),
        pattern=_FIELD,
        face="shape",
    ),
    Rule(name="ukb-title", anchors=(b"| instance 0",), pattern=rb"\| (?i:instance) \d", face="shape"),
    Rule(
        name="controlled-column",
        anchors=(b"dbgap_s", b"finngenid", b"platekey", b"plate key", b"plate_key", b"patno", b"ptid", b"src_subject_id"),
        pattern=rb"(?<![A-Za-z0-9])(?i:dbgap_s(?:ubject|ample)_id|finngenid|plate[ _]?key|patno|ptid|src_subject_id)" + _EDGE,
        face="lower",
    ),
    Rule(
        name="controlled-id",
        anchors=(b"NWD", b"GTEX-", b"NDAR_INV", b"EGAN", b"LP3000", b"LP2000", b"LP4000", b"LP5000", b"FG"),
        pattern=rb"(?<![A-Za-z0-9])(?:NWD\d{6}|GTEX-[0-9A-Z]{4,5}|NDAR_INV[0-9A-Z]{6}|EGAN\d{11}|LP[2-5]000\d{3}-DNA_"
        rb"|FG[0-9A-Z]{8})(?![a-z0-9])",
    ),
    Rule(
        name="concept-column",
        anchors=(b"gender_concept_id", b"race_concept_id", b"_concept_id"),
        pattern=rb"(?i:gender_concept_id|race_concept_id|(?<=[a-z])_concept_id)(?![A-Za-z0-9])",
        face="lower",
    ),
    Rule(name="consent-column", anchors=(b"consent",), pattern=_ALONE + rb"(?i:consent)(?=[\t,;\"\r\n])", face="lower"),
)

# Plain names (see `Grid.plain`) of columns that hold ids of people.
PEOPLE = frozenset(
    [
        "iid",
        "indid",
        "individ",
        "individual",
        "individualid",
        "individuals",
        "indiv",
        "participant",
        "participantid",
        "person",
        "personid",
        "subject",
        "subjectid",
        "subjid",
        "patient",
        "patientid",
        "patid",
        "pid",
        "donor",
        "donorid",
        "proband",
        "probandid",
        "sample",
        "sampleid",
        "samplename",
        "sampleids",
        "sampleidentifier",
        "member",
        "memberid",
        "studyid",
        "recruitid",
        "caseid",
        "rid",
        "indv",
        "eid",
        "bioid",
        "biobankid",
        "ukbid",
        "finngenid",
        "sampleiid",
        "geneticid",
    ]
)
_ID = regex(r"(?=[^\d]{0,40}\d)[A-Za-z0-9][\w.:@+-]{0,63}")
_NOT_ID = regex(
    r"-?\d*\.\d+(?:[eE]-?\d+)?|(?:19|20)\d\d[-/.]?[01]\d[-/.]?[0-3]\d|chr\w{1,2}(?:_\w+)?|(?i:rs|ss)\d{3,}|\d{1,2}:\d+\S*|v?\d+(?:\.\d+)+"
    r"|(?:ENS[A-Z]*[GTPE]|N[CGMPRTW]_|X[MPR]_|GO:|HP:|MONDO|cg|UniRef|scaffold|contig|hsa|IPR|PF|OG|GC[AF]_|PMID|PMC|chr)[\w:.]*\d+(?:\.\d+)?"
    r"|[ACGTN]{8,}(?:-\d+)?"
)
_DIGITS, _LETTERS = regex(r"\d+"), regex(r"[A-Za-z]+")


def is_id(text: str) -> bool:
    """Tell whether a cell can be an id of a person: a word with a digit that is no number, date, site, accession or barcode."""
    text = text.removesuffix("...").rstrip()  # beside columns that a print leaves out
    return len(text) <= 64 and _ID.fullmatch(text) is not None and _NOT_ID.fullmatch(text) is None


def alike(cells: Sequence[str]) -> bool:
    """Tell whether nearly all words have one of two shapes, as ids that somebody gave out: letters, digits and signs in turn."""
    shapes: dict[str, int] = {}
    for cell in cells:
        shape = _LETTERS.sub("a", _DIGITS.sub("0", cell[:64]))
        shapes[shape] = shapes.get(shape, 0) + 1
    return sum(sorted(shapes.values())[-2:]) * 10 >= len(cells) * 9


EXAMPLE = "a few rows under ids such as documentation has"  # what may be invented to show the form
CUT = "rows of people under ids that are cut short"  # as a tibble prints them

# Names by which somebody who is no secret's owner goes by in statistics: rows of a summary, not of people.
_SUMMARY = frozenset(
    [
        "count",
        "mean",
        "std",
        "min",
        "max",
        "25%",
        "50%",
        "75%",
        "5%",
        "95%",
        "median",
        "unique",
        "top",
        "freq",
        "sum",
        "var",
        "sd",
        "total",
        "n",
        "nobs",
        "null_count",
        "dtype",
        "nan",
        "missing",
        "mean_",
        *("q1", "q3"),
        "iqr",
        "skew",
        "kurtosis",
    ]
)
_STATED = regex(r"(?:Min\.|1st Qu\.|Median|Mean|3rd Qu\.|Max\.|Length|Class|Mode)\s*:.*")


_last: list[tuple[Sequence[Sequence[str]], Sequence[str], bool]] = []  # several recognisers ask of one table


def summarises(rows: Sequence[Sequence[str]], header: Sequence[str]) -> bool:
    """Tell whether rows are of a summary of columns: what pandas' describe and corr, and R's summary print."""
    if not _last or _last[0][0] is not rows or _last[0][1] is not header:
        _last[:] = [(rows, header, _summarises(rows, header))]
    return _last[0][2]


def _summarises(rows: Sequence[Sequence[str]], header: Sequence[str]) -> bool:
    firsts = [row[0].strip() for row in rows if row]
    if sum(1 for each in firsts if each.lower() in _SUMMARY) * 2 > len(firsts):
        return True
    labels = {each for each in firsts[1:] if len(each) > 1 and not each.isdigit()}
    if labels and not labels.isdisjoint(header):
        return True  # below the names once more, as labels of rows: a correlation, or counts of missing cells
    stated = [_STATED.fullmatch(cell.strip()) is not None for row in rows[:8] for cell in row[:4]]
    return sum(stated) * 3 > len(stated)


_EXAMPLE = regex(
    rb"(?i:(?:sample|ind|indiv|individual|id|iid|person|patient|subject|subj|fam|family|per|s|p|i|f|n)?[_-]?\d{1,2}|[a-z])"
)
_PLACEHOLDER = regex(rb"[A-Za-z]{0,8}[-_]?(?:[Xx]{3,}|[Yy]{3,}|[Zz]{3,}|#{3,}|\*{3,})[-_]?\w{0,2}")
_TYPED = regex(rb"12345|(\d)\1{5}")
_FEW, _LONGEST = 6, 18  # names; digits of a number that is compared: a text of thousands of them is none
_DOTS = "\u2026".encode()


def of_people(names: Sequence[bytes]) -> tuple[bytes, ...]:
    """Return names without the dots that stand for rows left out."""
    kept = (name.removesuffix(b"...").removesuffix(_DOTS).rstrip() for name in names)
    return tuple(dict.fromkeys(name for name in kept if name))


def is_cut(cells: Sequence[str]) -> bool:
    """Tell whether ids are cut short, so that most of them look the same."""
    dots = _DOTS.decode()
    return all(cell.endswith(dots) for cell in cells) and len(cells) > 1 and len(set(cells)) * 2 <= len(cells)


def is_example(names: Sequence[bytes]) -> bool:
    """Tell whether a few people are called as documentation calls them: 1 and 2, A and B, sample1."""
    if are_roles([name.decode("utf-8", "replace") for name in names]):
        return True
    return 0 < len(names) <= _FEW and (all(_EXAMPLE.fullmatch(name) for name in names) or is_invented(names))


_ROLE = regex(
    r"(?:(?:fam|family|trio|quad|f|ped)[_-]?\d{0,3}[_-])?(?:father|mother|child|dad|mom|mum|kid|proband|index|son|daughter|brother|sister|sib"
    r"|sibling|twin|parent|uncle|aunt|grandfather|grandmother|grandpa|grandma|boy|girl)s?[_-]?\d{0,2}",
    re.IGNORECASE,
)


def are_roles(names: Sequence[str]) -> bool:
    """Tell whether a few people are called after what they are in a family, as those of an example: father, mother, child."""
    return 0 < len(names) <= 2 * _FEW and all(_ROLE.fullmatch(name) for name in names)


def is_invented(names: Sequence[bytes]) -> bool:
    """Tell whether a few ids are put for others: EID-XXXXXXX, or 1234567 and the numbers that follow it."""
    if not 0 < len(names) <= _FEW:
        return False
    first, *rest = names
    numbers = all(name.isdigit() and len(name) <= _LONGEST for name in names)
    following = numbers and all(int(name) == int(first) + at for at, name in enumerate(rest, 1))
    return all(map(_PLACEHOLDER.fullmatch, names)) or (following and bool(rest) and _TYPED.match(first) is not None)
