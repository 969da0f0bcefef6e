"""What programs write of each of some people, told by their own header or the grammar of their rows.

bcftools (roh, stats, gtcheck), GARLIC, shares of ancestry with names, haplogroups (HaploGrep, Yleaf, yhaplo), HLA types (HIBAG,
Kourami, Polysolver), pharmacogenetics (Stargazer, PyPGx, Cyrius, PharmCAT), and karyotypes in the notation of ISCN. Sources: the
manuals of these programs; ISCN 2020.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic.containers import rows
from pytest_genomic_guard.views.genomic.personwords import alike, is_id
from pytest_genomic_guard.views.genomic.plinklists import PersonRows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_genomic_guard.views.genomic.head import Head
    from pytest_genomic_guard.views.genomic.seen import Genomic

_LOOKED = 200  # rows
_FEWEST = 3  # rows, where no header tells what they are
_ROH = "runs of homozygosity of people"
_DRUGS = "pharmacogenetic calls of people"
_GROUPS = "haplogroups of people"
_HLA = "HLA types of people"
# Names of columns a text begins with, in lower case, what it is, and the column of ids.
_HEADERS: tuple[tuple[tuple[str, ...], str, int], ...] = (
    (("sample.id", "allele1", "allele2", "prob"), _HLA, 0),
    (("name", "status", "hap1_main", "hap2_main"), _DRUGS, 0),
    (("", "genotype", "phenotype", "haplotype1", "haplotype2"), _DRUGS, 0),
    (("sample id", "gene", "source diplotype"), _DRUGS, 0),
    (("sampleid", "range", "haplogroup"), _GROUPS, 0),
    (("sample_name", "hg", "hg_marker"), _GROUPS, 0),
    (("sample", "genotype", "filter"), _DRUGS, 0),
    (("sample", "pop", "super_pop"), "one row per person, with the group that the genome tells", 0),
)
_CALLS = ("sample", "genotype")
_STAR = regex(r"\*\d{1,3}\S*/\*\d{1,3}\S*")  # a diplotype of star alleles
_RUN = regex(rb"RG\t([^\t]{1,64})\t[^\t]{1,40}\t(\d{1,10})\t(\d{1,10})\t(\d{1,10})\t\d+\t")
_TRACK = regex(rb"track name=\"Ind: (\S{1,64}) Pop:?")
_CALLED = regex(r"4[3-9](?:[~-]4\d)?,(?:X{1,5}Y{0,3}|Y|XY?\?)(?:,[^\s\"]{1,400}|\[\d{1,3}\]\S{0,400}|/\S{0,400})?")
_HLA_ALLELE = regex(r"(?:HLA-)?([A-C]|D[RQP][AB]\d?|MIC[AB])\*\d{2,3}(?::\d{2,4}){1,3}[A-Z]?")
_HLA_WORD = regex(r"hla_([a-c])_\d\d_\d\d\S{0,12}")
_NUMBER = regex(r"-?\d+(?:\.\d+)?")
_GROUP = regex(r"[A-T][0-9A-Za-z]{0,40}(?:-[A-Z]{1,3}\d{1,7})?~?")
_SHARE = regex(r"[01]\.\d{3,17}|[0-9.]+e-\d{2,3}|1|0")
_WHO = frozenset({"sample", "iid", "id", "ind", "indiv", "individual", "sample_id", "sampleid"})
_CLUSTER = regex(r"(?i:k|q|anc|ancestry|pop|cluster|group)_?\d{1,2}")
_BLANK = regex(r"[\t ,;]+")
_COMMA = regex(r"[\t,;:]")


def sniff(head: Head) -> Genomic | None:
    """Return what a text is."""
    first = head.lines[0]
    if first.startswith(b"#"):
        return _bcftools(head) if b"bcftools" in first else _clinical(head)
    if first.startswith(b"track "):
        return _tracks(head)
    found = _headed(head) or _runs(head) or _karyotypes(head)
    if found:
        return found
    line = _text(first)
    return _typed(head, line) or _named_groups(head, line) or _shares(head, line)


def _seen(head: Head, form: str, names: Iterable[str], *, more: bool = False, weak: bool = False) -> PersonRows | None:
    own = tuple(dict.fromkeys(name.strip().encode() for name in names if name.strip()))
    if not own:
        return None
    return PersonRows(
        artifact=head.artifact,
        trail=head.trail,
        at=head.at(),
        level="individual",
        format=form,
        people=len(own),
        more=more,
        names=own,
        setting=head.setting,
        final=False,
        weak=weak,
    )


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace").rstrip("\r")


def _bcftools(head: Head) -> PersonRows | None:
    """Return runs of homozygosity, counts by sample (PSC) or discordance of pairs (DC) of bcftools."""
    every, more = rows(head)
    found: list[str] = []
    form = "counts of variants of people"
    for line in every:
        cut = _text(line[:400]).split("\t")
        if cut[0] in {"PSC", "PSI"} and len(cut) > 4:
            found.append(cut[2])
        elif cut[0] in {"DC", "DCv2"} and len(cut) > 4:
            form = "pairs of people, with how alike their genotypes are"
            found += cut[1:3]
    return _seen(head, form, found, more=more)


def _clinical(head: Head) -> PersonRows | None:
    """Return a clinical table of cBioPortal: above the names of its columns, four comments, of which the third has their types."""
    if len(head.lines) < 6 or not all(line.startswith(b"#") for line in head.lines[:4]) or b"PATIENT_ID" not in head.lines[4]:
        return None
    types = _text(head.lines[2][1:4000]).strip("\t").split("\t")
    header = _text(head.lines[4]).split("\t")
    if "PATIENT_ID" not in header or not {"STRING", "NUMBER", "BOOLEAN"}.issuperset(types):
        return None
    every, more = rows(head)
    at = header.index("PATIENT_ID")
    cut = [_text(line[:4000]).split("\t") for line in every[5:]]
    return _seen(head, "clinical table, one row per patient or sample", (row[at] for row in cut if len(row) > at), more=more)


def _runs(head: Head) -> PersonRows | None:
    """Return runs of homozygosity without their header: the length is that between start and end."""
    if not head.lines[0].startswith(b"RG\t"):
        return None
    every, more = rows(head)
    found = [match for line in every if (match := _RUN.match(line))]
    if not found or any(int(each[4]) - 1 != int(each[3]) - int(each[2]) for each in found):
        return None
    return _seen(head, _ROH, (_text(each[1]) for each in found), more=more)


def _tracks(head: Head) -> PersonRows | None:
    """Return what GARLIC writes: a track of a genome browser for each person."""
    every, more = rows(head)
    return _seen(head, _ROH, (_text(found[1]) for line in every if (found := _TRACK.match(line))), more=more)


def _headed(head: Head) -> PersonRows | None:
    """Return rows under a header of one program."""
    skip = 1 if head.lines[0].startswith(b"PharmCAT ") else 0
    if len(head.lines) < skip + 2:
        return None
    if b"\t" not in head.lines[skip]:
        return None
    first = [name.strip(' "') for name in _text(head.lines[skip][:2000]).lower().split("\t")]
    for names, form, column in _HEADERS:
        if tuple(first[: len(names)]) != names:
            continue
        every, more = rows(head)
        cut = [_text(line[:4000]).split("\t") for line in every[skip + 1 :]]
        if names[:2] == _CALLS and sum(1 for row in cut if len(row) > 1 and _STAR.fullmatch(row[1])) * 2 < len(cut):
            return None
        return _seen(head, form, (row[column].strip('"') for row in cut), more=more)
    return None


def _karyotypes(head: Head) -> PersonRows | None:
    """Return karyotypes, a row for each case: 46,XX and what differs from it."""
    if b",X" not in head.text and b",Y" not in head.text:
        return None
    lines = [_text(line) for line in head.lines[:_LOOKED] if line.strip()]
    found = [(line, match.start()) for line in lines if len(line) < 2000 and (match := _CALLED.search(line))]
    if len(found) < _FEWEST or len(found) * 10 < 8 * (len(lines) - 1):
        return None
    ids = [_COMMA.split(line, maxsplit=1)[0].strip(' "') for line, at in found if at]
    if len(ids) < len(found) or len(set(ids)) < len(ids) or not all(ids) or any(len(each) > 40 or " " in each for each in ids):
        return None
    people = sum(map(is_id, ids)) * 10 >= 9 * len(ids) and (alike(ids) or all(each.isdigit() for each in ids))
    return _seen(head, "karyotypes of people", ids, more=not head.whole) if people else None  # syndromes and cell lines have words


def _typed(head: Head, first: str) -> PersonRows | None:
    """Return HLA alleles of one person: at most two of a gene, with what speaks for each, or both behind the gene."""
    if "*" not in first and "hla_" not in first:
        return None
    if not head.whole:
        return None
    lines = [line for line in head.lines[:60] if line.strip()]
    if not 3 <= len(lines) <= 40:
        return None
    genes: dict[str, int] = {}
    for row in (_text(line).replace(",", "\t").split() for line in lines):
        alleles = [match for cell in row if (match := _HLA_ALLELE.fullmatch(cell) or _HLA_WORD.fullmatch(cell))]
        supported = len(alleles) == 1 and len(row) > 1 and all(map(_NUMBER.fullmatch, row[1:]))
        if not supported and not (len(alleles) == 2 and row[0].upper().startswith("HLA-") and len(row) <= 4):
            return None
        gene = alleles[0][1].upper()
        genes[gene] = genes.get(gene, 0) + len(alleles)
    told = len(genes) > 2 and max(genes.values()) == 2 and sum(genes.values()) * 3 > len(genes) * 4
    found = _seen(head, "HLA types of one person", ["1"]) if told else None
    return found.replace(names=()) if found else None


def _named_groups(head: Head, first: str) -> PersonRows | None:
    """Return haplogroups of the Y chromosome as yhaplo writes them: an id, two markers, the group."""
    if "-" not in first or len(first.split()) != 4:
        return None
    lines = [_text(line).split() for line in head.lines[:_LOOKED] if line.strip()]
    if len(lines) < _FEWEST or any(len(row) != 4 for row in lines):
        return None
    marker = re.compile(r"[A-T]\w{0,6}-[A-Za-z]{1,4}\d{1,7}(?:\.\d)?|[A-T]\w{0,6}")
    if not all(
        marker.fullmatch(row[1]) and "-" in row[1] and marker.fullmatch(row[2]) and _GROUP.fullmatch(row[3]) for row in lines
    ):
        return None
    ids = [row[0] for row in lines]
    return _seen(head, _GROUPS, ids, more=not head.whole) if all(map(is_id, ids)) and len(set(ids)) == len(ids) else None


def _shares(head: Head, first: str) -> PersonRows | None:
    """Return people with the share of each group, as K1, K2 and K3, that sum to 1; clusters can be of anything, so they warn."""
    first = first.strip()
    header = _BLANK.split(first) if _BLANK.split(first, maxsplit=1)[0].lower() in _WHO else []
    if not header or not all(_CLUSTER.fullmatch(name) for name in header[1:]):
        return None
    lines = [_BLANK.split(_text(line).strip()) for line in head.lines[1:_LOOKED] if line.strip()]
    if len(lines) < 8 or not 3 <= len(lines[0]) <= 41 or any(len(row) != len(lines[0]) for row in lines):
        return None
    if not all(_SHARE.fullmatch(cell) for row in lines for cell in row[1:]):
        return None
    if any(abs(sum(map(float, row[1:])) - 1) > 0.002 * len(row) for row in lines):
        return None
    ids = [row[0] for row in lines]
    if len(set(ids)) < len(ids) or not all(map(is_id, ids)) or not alike(ids):
        return None
    weak = any(name[0] not in "KkQqAa" for name in header[1:])
    return _seen(head, "one row per person, with ancestry proportions", ids, more=not head.whole, weak=weak)
