"""What names a variant, and what cells say of a genotype: the grammar that genotype tables share."""

from __future__ import annotations

import re
from collections import Counter

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    # calls: 0/1; letters: A/G, AG, AB; base: one of two alleles in a column of its own; counts: 0, 1, 2; dosages: 0.02, 1.97;
    # words: het; triple: probabilities of the three genotypes in one cell
    Style = Literal["", "calls", "letters", "base", "counts", "dosages", "words", "triple"]

_CHROMOSOME = r"(?:chr)?(?:[1-9]|1\d|2[0-6]|XY?|Y|MT?)"
_ALLELE = r"(?:[ACGT]{1,80}|[DIR]|<[A-Z0-9:*]{1,20}>|\*)"
_ARRAYS = (
    r"(?:AX-\d{6,12}|Affx-\d{4,12}|SNP_A-\d{6,9}|kgp\d{3,10}|exm(?:-rs|-)?\d{2,12}|JHU_[\dXYMT]{1,2}\.\d{3,10}|GSA-(?:rs)?[\dXYMT:]{3,20}"
    r"|psy_rs\d{2,12}|ilmnseq_rs\d{2,12}|seq-rs\d{2,12}|newrs\d{2,12}|[1-9XY]\d?:\d{4,9}(?:-[A-Z]{1,20}){0,2})"
)
_TAIL = r"(?:[ _.:(/|\[-][ACGTDIN0-9()+:_/.|> -]{1,60}[\])]?|[ACGT])?"
_SHOWN = r"(?i:[ _.:-](?:gt|geno(?:type)?|dosage|ds|call|snp|add|count|minor|a[12]|allele[12]|[12]))?"
_VARIANT = regex(
    r"(?:(?i:gt|geno(?:type)?|dosage|ds|snp|call|var(?:iant)?)[ _.:-])?"
    r"(?:X(?=\d))?"  # as R writes names that begin with a digit
    rf"(?:rs\d{{1,12}}{_TAIL}|{_ARRAYS}{_TAIL}"
    rf"|{_CHROMOSOME}[:_.-]g?\.?\d{{2,9}}[:_.-]?{_ALLELE}[:_.>/|,-]{{1,2}}{_ALLELE}(?:[:,_]{_ALLELE}){{0,4}}(?:_b3[78]|_hg\d\d)?{_TAIL}"
    r"|ga4gh:VA\.[\w-]{20,40}"
    rf"|(?:chr{_CHROMOSOME}[:_.-]|{_CHROMOSOME}:)\d{{4,9}}"
    r"|N[CGTM]_\d{5,9}(?:\.\d{1,2})?:[cgmn]\.[\d+_*-]{1,24}(?:[ACGT]{1,40}>[ACGT]{1,40}|del|dup|ins)[ACGT]{0,40}"
    rf"){_SHOWN}"
)
SHAPE = regex(_VARIANT.pattern.replace("ga4gh", r"ga\dgh").replace("_b3[78]", r"_b\d\d"))
GENERIC = regex(r"(?i)(?:snps?|snvs?|markers?|variants?|locus|loc|sites?|var|rs|m|g)[ _.-]?\d{1,9}(?:[ _.-][ACGT12])?")
_ALLELES_OF = regex(r"(?i)[ _.:-](?:a[12]|allele[12]|[12]|[ab])\Z")

CALL = regex(r"(?:\d|\.)(?:[/|](?:\d|\.)){1,3}(?::[^\s:]{0,100}){0,12}")
_ZERO = regex(r"0[/|][0.](?!\d)")
LETTERS = regex(r"[ACGT]{2}|(?:[ACGTDI]{1,60}|-)[/|:; ,]{1,2}(?:[ACGTDI]{1,60}|-)|AB|BB|I[ID]|D[ID]")
_NO_CALL = frozenset({"NN", "00", "0 0", "0/0", "N/N", "--", "-/-", "- -", "?", "??", "NC", "-1", "9", "0", "N", "U", "3"})
BASE = regex(r"[ACGT]")
COUNT = regex(r"[0-2](?:\.0{1,6})?")
_ODD = frozenset(
    {"-1", "-1.0", "9", "9.0", "3", "3.0", "-9.0", "-127", "127", "255", "-99"}
)  # missing, as programs write it in numbers
_DOSAGE = regex(r"(?:[01]?\.\d{1,20}|[0-2](?:\.\d{0,20})?|\d\.?\d{0,17}e-\d{1,3})")
_WORDS_WORDS = """hom het homref homalt wt wildtype heterozygous homozygous heterozygote homozygote homozygousreference
    homozygousalternate
    homozygousalt homozygousref homozygousvariant hemizygous carrier noncarrier wtwt wtmut mutmut homwt hommut nocall
    homozygouswildtype homozygousmutant"""
_WORDS = frozenset(_WORDS_WORDS.split())
_TRIPLE = regex(r"[01]?(?:\.\d{1,8})?(?:[,; |/][01]?(?:\.\d{1,8})?){2}")
_SIGN = regex(r"[\W_]+")
_LEAST = 0.95  # of the cells of a column that a style must fit


def is_variant(name: str) -> bool:
    """Tell whether a name is that of one variant: an rs number, a place with alleles, a probe of an array."""
    return len(name) <= 200 and _VARIANT.fullmatch(name.strip()) is not None


def variant(name: str) -> str:
    """Return the name of a variant without what tells which of its two alleles a column holds."""
    return _ALLELES_OF.sub("", name)


def style(cells: Sequence[str]) -> Style:
    """Return how the cells of a column say genotypes; "" when they say something else."""
    kinds = Counter(cells)
    if not kinds or len(kinds) > 4096:
        return _dosages(cells) if kinds else ""
    need = _LEAST * len(cells)
    counted: dict[Style, int] = dict.fromkeys(("calls", "letters", "base", "counts", "words", "triple"), 0)
    blank = 0
    for each, many in kinds.items():
        if COUNT.fullmatch(each):
            counted["counts"] += many
        elif each in _NO_CALL or each in _ODD:
            blank += many
        elif CALL.fullmatch(each):
            counted["calls"] += many
        elif BASE.fullmatch(each):
            counted["base"] += many
        elif LETTERS.fullmatch(each):
            counted["letters"] += many
        elif _word(each):
            counted["words"] += many
        elif _TRIPLE.fullmatch(each):
            counted["triple"] += many
    kind: Style
    for kind, number in counted.items():
        if number and number + blank >= need:
            return _sure(kind, cells)
    if any(each == "0/0" for each in kinds) and counted["calls"] + blank >= need:
        return "calls"
    return _dosages(cells)


def _sure(kind: Style, cells: Sequence[str]) -> Style:
    """Return a style unless it is one of other things: fractions that are no calls."""
    if kind == "calls":
        low = sum(1 for each in cells if set(each.split(":", 1)[0]) <= set("0123./|"))
        return "calls" if low >= _LEAST * len(cells) else ""
    return kind


def _word(cell: str) -> bool:
    return len(cell) <= 40 and _SIGN.sub("", cell).lower() in _WORDS


def _dosages(cells: Sequence[str]) -> Style:
    fit = 0
    for each in cells:
        if len(each) <= 24 and _DOSAGE.fullmatch(each) and float(each) <= 2.0001:
            fit += 1
    return "dosages" if fit and fit >= _LEAST * len(cells) else ""


def called(cell: str) -> bool:
    """Tell whether a call has an allele that is the reference, as most of any table have."""
    return _ZERO.match(cell) is not None or cell[:3] in {"0/1", "0|1", "1|0", "1/1", "1|1"}


def mixed(cells: Sequence[str]) -> bool:
    """Tell whether letters are those of people: some have two alleles alike. Of a panel of sites, none has."""
    pairs = [pair for each in cells if each not in _NO_CALL and len(pair := _pair(each)) == 2]
    alike = sum(1 for one, two in pairs if one == two)
    return bool(pairs) and alike * 10 >= len(pairs)


def _pair(cell: str) -> tuple[str, ...]:
    if len(cell) == 2 and cell.isalpha():
        return cell[0], cell[1]
    return tuple(each for each in re.split(r"[/|:; ,]", cell) if each)
