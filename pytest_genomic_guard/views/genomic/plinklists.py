"""What PLINK, GCTA and their kin write without a header: a line for each person, each pair, or each call of a person.

Sources: the PLINK 1.9 and 2.0 file format references; the manuals of GCTA, EIGENSOFT, hap-ibd, germline, RFMix, bcftools roh.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic import familypairs, matrices, personwords
from pytest_genomic_guard.views.genomic.personwords import alike, is_id
from pytest_genomic_guard.views.genomic.seen import Genomic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_genomic_guard.views.genomic.head import Head

    Rows = Sequence[Sequence[str]]

_LINES = 400  # rows by which a form is decided
_KEPT = 4 << 20  # bytes of which people are counted
_NAME = regex(
    rb"\.(?:hh|nosex|irem|t?fam|ped|(?:rel|grm|king|m?dist|mibs|mind|mindrem|cutoff|out|in)\.id|keep|remove|phen|pheno|q?covar?|eigenvec"
    rb"|clst|cluster[23])(?:\.(?:gz|bgz|bz2|xz|zst|txt|csv|tsv))*\Z",
    re.IGNORECASE,
)
_FAMILIES = regex(rb"\.(?:t?fam|ped)(?:\.(?:gz|bgz|txt))*\Z", re.IGNORECASE)
_COLUMNS = 6  # of a .fam; GEMMA takes further traits behind them
_FAMILY = regex(r"(?i:fam|family|ped|hh|fid)[_-]?\d+")
_VARIANT = regex(
    r"(?:rs|ss|exm|kgp|AX-|Affx-|JHU_|GSA-|variant\.?|snp_?|SNP_A-)\d+\S*|(?:chr)?(?:\d{1,2}|[XYM]|MT)[:_]\d+\S*", re.IGNORECASE
)
_NUMBER = regex(r"[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?|NA|nan|NaN|\.")
_WORD = regex(r"[\w.:@+-]{1,64}")
_LONG = regex(r"(?!(?:19|20)\d{6}\Z)\d{5,9}")
_CHROMOSOME = regex(r"(?:chr)?(?:\d{1,2}|[XYM]|MT)", re.IGNORECASE)
_DIGITS = 4  # of an id, where nothing but the same word twice tells what it is
_NUMERIC = frozenset("+-.0123456789Nn")  # how a number, or a word for a missing one, begins
_FEWEST = 3  # rows, where no name tells what they are
_ABSENT = frozenset({"0", "."})  # a father or mother who is not in the table
_SPLIT = regex(r"[\s,;]+")


class PersonRows(Genomic):
    """A text with a line for each person, or each pair of people; `weak` where they have no names, or it may be something else."""

    weak: bool = False


def sniff(head: Head) -> Genomic | None:
    """Return what a text is."""
    first = head.lines[0].lstrip()
    lines: Sequence[bytes] = head.lines[:_LINES]
    if first.startswith((b"#", b"SOL-0", b"FID")):
        marked = _marked(head, first)
        if marked or not _FAMILIES.search(head.name):
            return marked
        lines = [line for line in lines if not line.lstrip().startswith(b"#")]  # the columns of a pedigree in a comment
    lines = [line for line in lines if line.strip()]
    if not lines or not _can_be(lines[:3], head.name) or not (rows := _rows(lines)):
        return None
    width = len(rows[0])
    if len(rows) > 2 and len(rows[-1]) < width and head.whole:
        rows.pop()  # a print that was cut
    if sum(1 for row in rows if len(row) == width) * 20 < len(rows) * 19:
        found = matrices.triangle(rows, head.name) if width == 1 else ""
        return _seen(head, found, (), weak=found != matrices.RELATIONSHIPS) if found else None
    rows = [row for row in rows if len(row) == width]
    named = _NAME.search(head.name) is not None
    if width >= _COLUMNS and _FAMILIES.search(head.name) and _family_table(rows, named=True):
        told: tuple[str, tuple[int, ...]] | None = "PLINK sample table, one row per person", (1,)
    else:
        told = _people(rows, width, named=named)
    if not told and width == 2 and familypairs.family_first(rows, head.name):
        told = "ids of people, with their families", (1,)
    if told:
        return _seen(head, told[0], told[1], weak=width == _COLUMNS and personwords.are_roles([row[1] for row in rows]))
    found = matrices.numbers(rows, head.name, whole=head.whole and len(head.lines) <= _LINES)
    weak = found != matrices.RELATIONSHIPS and not (found == matrices.PROPORTIONS and matrices.is_called(head.name))
    return _seen(head, found, (), weak=weak) if found else None


def _rows(lines: Sequence[bytes]) -> list[list[str]]:
    """Return the fields of rows, none where too many differ in how many they have; rows of one field can be of a triangle."""
    rows, left = [_fields(lines[0])], len(lines) // 20 + 2  # the last one can be dropped
    for line in lines[1:]:
        rows.append(_fields(line))
        left -= len(rows[-1]) != len(rows[0])
        if not left and len(rows[0]) > 1:
            return []
    return rows


def _fields(line: bytes) -> list[str]:
    text = line.decode("utf-8", "replace").strip(" \t\r,;")
    cells = text.replace(",", " ").replace(";", " ").split()
    odd = not cells or text[0].isspace() or text[-1].isspace()  # an empty cell beside a blank of another kind
    return _SPLIT.split(text) if odd else cells


def _can_be(lines: Sequence[bytes], name: bytes) -> bool:
    """Tell whether the first lines can be rows of one of the forms; most texts end here."""
    first = _fields(lines[0])
    if len(first) < 2:
        return _NUMBER.fullmatch(first[0]) is not None and [len(_fields(line)) for line in lines] == [1, 2, 3]
    if len(first) > 5:  # a code of sex or a chromosome, or numbers behind two ids
        told = first[4] in {"0", "1", "2"} or _CHROMOSOME.fullmatch(first[4]) or all(cell[:1] in _NUMERIC for cell in first[2:50])
        return bool(told) or _NAME.search(name) is not None
    if first[0] == first[1] or len(first) == 3 or first[0] == "0" or _FAMILY.fullmatch(first[0]):
        return True
    if len(first) == 2 and is_id(first[1]):
        return True
    return (len(first) > 1 and all(_NUMBER.fullmatch(cell) for cell in first[:50])) or _NAME.search(name) is not None


def _people(rows: Rows, width: int, *, named: bool) -> tuple[str, tuple[int, ...]] | None:
    """Return what rows are, and in which columns people's ids stand."""
    told = ""
    if width == _COLUMNS and _family_table(rows, named=named):
        told = "PLINK sample table, one row per person"
    elif width >= 7 and (found := _segments(rows, width)):
        return "segments that pairs of people share", found
    elif width == 3 and _calls(rows, named=named):
        told = "calls of people, one row for each"
    elif (width == 2 or (width == 3 and _clusters(rows))) and _pairs(rows, width, named=named):
        told = "ids of people, with their families"
    elif width > 2 and all(_NUMBER.fullmatch(cell) for row in rows for cell in row[2:50]) and _pairs(rows, width, named=named):
        told = "one row per person, without names of columns"
    elif width >= 4 and _components(rows):
        told = "principal components, one row per person"
    return (told, (1,)) if told else None


def _family_table(rows: Rows, *, named: bool) -> bool:
    """Tell whether rows are of a .fam: family, person, father, mother, sex, phenotype, with parents that are absent or people."""
    if not all(row[4] in {"0", "1", "2"} and all(map(_NUMBER.fullmatch, row[5:])) and _WORD.fullmatch(row[0]) for row in rows):
        return False
    ids = {row[1] for row in rows}
    absent = sum(1 for row in rows for parent in row[2:4] if parent in _ABSENT)
    present = sum(1 for row in rows for parent in row[2:4] if parent in ids or (is_id(parent) and is_id(row[1])))
    alone = sum(1 for row in rows if (row[2] in _ABSENT) != (row[3] in _ABSENT))
    if alone * 5 > len(rows):
        return False  # of a .bim, whose third column is zero and whose fourth never is
    if (
        (absent + present < 2 * len(rows) and not named)
        or len({(row[0], row[1]) for row in rows}) < len(rows)
        or not all(map(_WORD.fullmatch, ids))
    ):
        return False
    coded = bool({row[4] for row in rows} & {"1", "2"}) and all(row[5] in {"-9", "0", "1", "2", "NA", "."} for row in rows)
    if all(map(is_id, ids)) and not all(each.isdigit() and len(each) < 5 for each in ids):
        return named or len(rows) > 1 or coded
    told = all(row[0] == row[1] for row in rows) or present > 0 or not rows[0][1].isdigit()
    return named or (coded and len(rows) > 2 and told)


def _segments(rows: Rows, width: int) -> tuple[int, ...]:
    """Return the columns of ids in rows of hap-ibd, refined-ibd, ibdseq or germline."""
    if not all(_CHROMOSOME.fullmatch(row[4]) and row[5].isdigit() and row[6].isdigit() for row in rows):
        return ()
    haplotypes = all(row[1] in {"0", "1", "2"} and row[3] in {"0", "1", "2"} for row in rows)
    columns = (0, 2) if haplotypes and width < 10 else (1, 3)
    if columns == (1, 3) and (width < 9 or any(_CHROMOSOME.fullmatch(row[at]) for row in rows for at in columns)):
        return ()
    return columns if all(is_id(row[at]) for row in rows[:50] for at in columns) else ()


def _calls(rows: Rows, *, named: bool) -> bool:
    """Tell whether rows are of a .hh: family, person, variant."""
    if not all(_WORD.fullmatch(cell) for row in rows for cell in row[:2]):
        return False
    variants = sum(1 for row in rows if _VARIANT.fullmatch(row[2])) * 10 >= len(rows) * 8
    if _same(rows) or not variants:
        return variants or (named and not any(_NUMBER.fullmatch(row[2]) for row in rows))
    ids, families = [row[1] for row in rows], [row[0] for row in rows]
    family_of = {row[1]: row[0] for row in rows}
    people = all(map(is_id, ids)) and alike(ids) and all(family_of[row[1]] == row[0] for row in rows)
    placed = all(_CHROMOSOME.fullmatch(row[0]) and row[1].isdigit() for row in rows)
    return named or (people and not placed and (set(families) == {"0"} or (all(map(is_id, families)) and alike(families))))


def _same(rows: Rows) -> bool:
    """Tell whether nearly all rows have the same word twice: a person who is a family."""
    return sum(1 for row in rows if row[0] == row[1]) * 10 >= len(rows) * 9


def _pairs(rows: Rows, width: int, *, named: bool) -> bool:
    """Tell whether the first two columns are family and person: the same id twice, no family, or a word for one."""
    ids = [row[1] for row in rows]
    placed = any(_CHROMOSOME.fullmatch(row[0]) and len(row[1]) > 4 and row[1].isdigit() and row[0] != "0" for row in rows)
    if placed or not all(_WORD.fullmatch(cell) for row in rows for cell in row[:2]) or any(map(_VARIANT.fullmatch, ids[:50])):
        return False
    once = len(set(ids)) * 10 >= len(ids) * 9
    if named and once and (width == 2 or _same(rows) or all(map(is_id, ids))):
        return True
    if named or not once or len(rows) < _FEWEST or not alike(ids) or not all(map(is_id, ids)):
        return False
    if all(each.isdigit() for each in ids):
        return _same(rows) and all(_LONG.fullmatch(each) for each in ids)
    if width == 2 and sum(1 for each in ids if sum(map(str.isdigit, each)) < _DIGITS) * 5 > len(ids):
        return False  # item1 item1: whatever is called as it was called before
    without = len(rows) > _FEWEST + 1 and all(row[0] == "0" for row in rows)
    return _same(rows) or without or all(_FAMILY.fullmatch(row[0]) for row in rows)


def _clusters(rows: Rows) -> bool:
    """Tell whether a third column has a word for a group of each person, as a file for PLINK's `--within`."""
    groups = {row[2] for row in rows}
    words = all(_WORD.fullmatch(each) and each[0].isalpha() and not _VARIANT.fullmatch(each) for each in groups)
    return words and _same(rows) and len(groups) * 4 <= len(rows)


def _components(rows: Rows) -> bool:
    """Tell whether rows are of an .eigenvec: two ids, then columns of decimals of which each has the length 1, or less as yet."""
    if len(rows) < 3 or not all("." in cell or "e" in cell for row in rows for cell in row[2:]):
        return False
    if not all(_NUMBER.fullmatch(cell) and abs(_value(cell)) <= 1 for row in rows for cell in row[2:]):
        return False
    ids = [row[1] for row in rows]
    if len(set(ids)) < len(ids) or any(_NUMBER.fullmatch(each) and "." in each for each in ids[:50]):
        return False
    lengths = [sum(_value(row[at]) ** 2 for row in rows) for at in range(2, len(rows[0]))]
    return len(lengths) > 1 and all(0.98 < each < 1.02 for each in lengths) and not all(map(_VARIANT.fullmatch, ids))


def _value(cell: str) -> float:
    return float(cell) if cell not in {"NA", "."} else 0.0


_IDS = "ids of people, with their families"
# How a text begins, what it is then, the column of people's ids below, how many lines stand above.
_FIRST: tuple[tuple[re.Pattern[bytes], str, int, int], ...] = (
    (regex(rb"#eigvals?:"), "principal components, one row per person", 0, 1),
    (regex(rb"#FID[\t ,;]+IID(?:[\t ,;]+SID)?\Z"), _IDS, 1, 1),
    (regex(rb"#IID(?:[\t ,;]+SID)?\Z"), _IDS, 0, 1),
    # its last column holds blanks
    (regex(rb"FID\s+KID\s+CHR\s+SNP\s+CODE\s+ERROR\s*\Z"), "Mendel errors of people, one row for each", 1, 1),
    (regex(rb"#rfmix diploid global ancestry"), "one row per person, with ancestry proportions", 0, 2),
)


def _marked(head: Head, first: bytes) -> Genomic | None:
    """Return a text that begins with a line of its own."""
    second = head.lines[1].lstrip() if len(head.lines) > 1 else b""
    for mark, told, column, skip in _FIRST:
        if second and mark.match(first):
            return _seen(head, told, (column,), skip=skip)
    names: list[str] = []
    told = "local ancestry of people"
    if first.startswith(b"SOL-0") and b"_" in first:
        told = "clusters of people"
        names = [word.partition("(")[0] for line in head.lines for word in _fields(line)[1:]]
    elif first.startswith(b"FID_IID") and second.split()[:1] and second.split()[0].isdigit():
        told = "predictions by person and chromosome"
        names = [word.partition("_")[2] or word for word in _fields(first)[1:]]
    elif first.startswith(b"#Subpopulation order/codes") and second.startswith(b"#chm"):
        names = [word.rpartition(".")[0] for word in _fields(second)[6:]]
    elif first.startswith(b"#reference_panel_population"):
        names = [word.partition(":::")[0] for word in _fields(second)[4:]]
    elif first.startswith(b"# This file was produced by: bcftools roh"):
        told = "runs of homozygosity of people"
        names = [fields[1] for line in head.lines if (fields := _fields(line))[0] in {"RG", "ST"} and len(fields) > _FEWEST]
    return _seen(head, told, (), names=names) if names else None


def _seen(  # noqa: PLR0913 - fields of the view
    head: Head,
    format: str,  # noqa: A002 - the field of a view
    columns: tuple[int, ...],
    *,
    weak: bool = False,
    skip: int = 0,
    names: Iterable[str] | None = None,
) -> PersonRows | None:
    """Return the view, with the people of what can be read of the text."""
    found = {name.encode(): None for name in names or ()}
    data = head.peek(_KEPT)[:_KEPT] if columns else b""
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n") if columns else []
    for line in (line for line in lines[skip:] if line.strip() and not line.startswith(b"#")):
        fields = _fields(line)
        found.update((fields[at].encode(), None) for at in columns if at < len(fields))
    if not found and not weak and format not in {matrices.RELATIONSHIPS, matrices.PROPORTIONS}:
        return None
    return PersonRows(
        artifact=head.artifact,
        trail=head.trail,
        at=head.at(),
        level="individual",
        format=format,
        people=len(found),
        more=not head.whole,
        names=tuple(found),
        setting=head.setting,
        final=False,
        weak=weak,
    )
