"""Lists of ids of people that have letters, or any number of digits: texts and tables of one column, or of family and person.

Lists of numbers of seven digits, as UK Biobank gives them, are found in the pass over all bytes (`literals`).
"""

from __future__ import annotations

import itertools
from collections import Counter

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic import idlists, shapes
from pytest_genomic_guard.views.genomic.head import MOST
from pytest_genomic_guard.views.genomic.may import ARRAY, QUOTES, VALUE, WIDEST, is_wide
from pytest_genomic_guard.views.genomic.seen import Genomic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.views.genomic.grid import Grid
    from pytest_genomic_guard.views.genomic.head import Head
    from pytest_genomic_guard.views.genomic.idlists import Words
    from pytest_genomic_guard.views.genomic.kinds import Kind

_SPLIT = regex(rb"[\s,;]+")
_PLAIN = bytes.maketrans(b",;", b"  ")
_LONGEST = 40
_UKB = regex(rb"[1-6]\d{6}")
# How cohorts name their people or samples; a list of nothing else needs no other sign.
_COHORT = regex(
    rb"FINNGEN\w{6,12}|FG\w{8}|NDAR_?INV\w{6,10}|GTEX-\w{3,6}(?:-\w+){0,4}|TCGA-\w\w-\w{4}(?:-\w+){0,5}|TARGET-\d\d-\w{4,8}(?:-\w+){0,3}"
    rb"|NWD\d{6}|LP\d{7}-DNA_[A-H]\d\d|(?:HG|NA|GM)\d{5}|HGDP\d{5}|UKB[_-]?\d{5,8}|MVP\d{6,}|ADNI\w+|\d{3}_S_\d{4}|DO\d{3,6}|SA\d{6}"
    rb"|C3[NL]-\d{5}(?:-\d\d)?|EGAN\d{11}"
)
_EVERYDAY_WORDS = """img image images im file video frame page item row col column test train val valid node edge user users doc
    document task class label v ver version contig scaffold gene exon tx cluster cell barcode well feature feat var key run exp
    model layer step issue bug pr ticket q question f x y z t line part chunk block batch word tok token seq read protein prot mol
    compound cmpd synset product sku order room city station site sensor device python py java release rc build dataset fold day
    week year month figure fig table section chapter episode season level map way relation port host server ip epoch iter id scene
    clip song track audio utt speaker spk"""
_EVERYDAY = frozenset(_EVERYDAY_WORDS.split())
_HONEST_WORDS = """sample samples s sub subject subj patient pat pt p participant person individual indiv ind i donor d case control
    ctrl tumor tumour normal proband father mother child tsk sim syn mock fake dummy example toy demo rep replicate wt ko"""
_HONEST = frozenset(_HONEST_WORDS.split())
_MANIFEST_NAMES = """sampleid participantid subjectid individualid personid patientid donorid iid eid ptid probandid volunteerid
    participant subject patient individual donor recordid studyid subjid indid"""
_MANIFEST = frozenset(_MANIFEST_NAMES.split())
_PEOPLE = ("participant", "subject", "patient", "individual", "donor", "proband", "person", "volunteer")
_NUMBER = regex(rb"\d{4,12}")
_LETTERED = regex(rb"[A-Z]{1,6}-\d{3}")
_LEAD, _LEADS = regex(rb"\d{5,}(?=.*\d{1,12}\Z)(?!\d)"), 2  # a long number before that at the end; so many are of one project
_SHORT, _FULL = regex(rb"\d{3}"), regex(rb"\d{6}")
_SHAPE = bytes(48 if 48 <= byte < 58 else 97 if chr(byte).isalpha() and byte < 128 else byte for byte in range(256))
_REPEATED = regex(rb"([a0])\1+")
_COUNT, _LAST, _BEGIN = regex(rb"\d{3,12}"), regex(rb"\d{1,12}\Z"), regex(rb"[A-Za-z]*")
_LISTED = "list of ids"
PERHAPS = "names in a column for people"
_NOBODY = frozenset({b"NA", b"-1", b"-2", b"-9", b"0", b"nan"})
_HEADER = regex(rb"[\"'#]{0,3}[A-Za-z][\w .-]{0,40}[\"']?(?:[\s,;]+[\"']?[A-Za-z][\w .-]{0,40}[\"']?){0,2}")
_CALLED = regex(rb"name=[\"'](\w{1,40})")


class IdList(Genomic):
    """A text that is a list of ids of people. `people` counts different ones."""

    weak: bool = False  # little tells that they are of people
    digits: int = 0  # of each id that is a number; 0: they have letters


def sniff(head: Head) -> IdList | None:
    """Return the list that a text is."""
    lines = head.lines
    last = lines[len(lines) // 2].strip(QUOTES)
    if ARRAY.match(lines[0]):
        header, rows = _array(lines)
    elif len(last) > WIDEST or not VALUE.match(last) or is_wide(lines[1:MOST]):
        return None
    else:
        rows = [[cell for each in line.translate(_PLAIN).split() if (cell := each.strip(QUOTES))] for line in lines[:MOST]]
        rows = [row for row in rows if row and not row[0].startswith(b"##")]
        header = _header(lines[0])
        rows = rows[1:] if header else rows
    values = _values(rows)
    if values is None:
        return None
    found = _known(values, idlists.words(header), head.name, header=header)
    if found is None:
        return None
    weak, names = found
    return told(head, names, "list of ids", weak=weak)


def told(head: Head, names: Sequence[bytes], what: str, *, weak: bool) -> IdList:
    """Return the list that a whole head is, of ids of which some can be there more than once."""
    names = tuple(dict.fromkeys(names))
    return IdList(
        artifact=head.artifact,
        trail=head.trail,
        format=what,
        level="individual",
        at=head.at(),
        people=len(names),
        more=not head.whole,
        names=names,
        setting=head.setting,
        final=False,
        weak=weak,
        digits=len(names[0]) if all(name.isdigit() for name in names) else 0,
    )


def _header(line: bytes) -> bytes:
    """Return a line when it names columns."""
    line = line.strip()
    return line if _HEADER.fullmatch(line) and not VALUE.fullmatch(line.strip(QUOTES)) else b""


def _array(lines: Sequence[bytes]) -> tuple[bytes, list[list[bytes]]]:
    """Return what an array of strings is called, and its items; nothing where more stands there than one."""
    text = b" ".join(lines)
    items, end = text.rfind(b"]"), text.rfind(b"]") + 1
    if items < 0 or len(text) - end > 120:
        return b"", []
    named = _CALLED.search(text, end)
    opened = text.find(b"[")
    inner = text[opened + 1 : items]
    values = [] if b"[" in inner or b"{" in inner else [each.strip(QUOTES) for each in _SPLIT.split(inner)]
    return named[1] if named else b"", [[each] for each in values if each and each != b"..."]


def recognise(grid: Grid) -> Kind | None:
    """Return the list of ids that a table is: one column, or family and person."""
    from pytest_genomic_guard.views.genomic.kinds import Kind  # noqa: PLC0415 - it imports this module

    listed = _listed(grid)
    if listed:
        return listed
    if grid.width > 3 or grid.format in {"literal", "delimited", "fixed-width"} or not grid.rows or not any(grid.header):
        return None
    named = [number for number, name in enumerate(grid.header) if name]
    header = " ".join(grid.header).encode("utf-8", "replace")
    rows = [[cell.strip().encode("utf-8", "replace") for cell in row if cell.strip()] for row in grid.rows]
    values = _values([row for row in rows if row])
    if values is None:
        return None
    path = grid.table.artifact.path
    found = _known(values, idlists.words(header), path, header=header)
    if found is None or found[0]:
        return None
    column = named[-1] if len(named) < 3 else named[1]
    names = tuple(grid.distinct(column))
    return Kind(what="ids", format=_LISTED, people=len(names), names=names)


def _listed(grid: Grid) -> Kind | None:
    """Return the ids of a manifest: a column that is called after people's ids, beside what is said of each of them."""
    from pytest_genomic_guard.views.genomic.kinds import Kind  # noqa: PLC0415 - as below

    if not 2 <= grid.width <= 12 or len(grid.rows) < idlists.FEWEST:
        return None
    for number, name in enumerate(grid.plain):
        if name not in _MANIFEST and name != "sample":
            continue
        names = tuple(grid.distinct(number))
        some = names[:500]
        if len(names) < idlists.FEWEST or len(names) * 10 < grid.count() * 8 or not all(map(VALUE.fullmatch, some)):
            continue
        first = min((int(found[0]) for each in some if (found := _NUMBER.search(each))), default=0)
        if _honest(some) and (name == "sampleid" or first < 20):  # counted from the first one, as an example is
            continue
        if name == "sample" and not all(map(_UKB.fullmatch, some)):  # of a pipeline: what it is called there says nothing
            continue
        ukb = all(map(_UKB.fullmatch, some)) and idlists.numbers([int(each) for each in some], "strong", alone=False, named=True)
        if (
            is_cohort(some)
            or ukb == "error"
            or (_long(some) and _alike(some) and (_fixed(some) or name != "sampleid") and not _prefixes(some) & _EVERYDAY)
        ):
            few = len(names) < idlists.BARE and not (is_cohort(some) or ukb or all(map(_FULL.search, some)))
            return Kind(what="ids", format=PERHAPS if few else _LISTED, people=len(names), names=names)
        alike = _alike(some) or all(map(_LETTERED.fullmatch, some))
        if name.startswith(_PEOPLE) and all(map(_SHORT.search, some)) and alike and len(_prefixes(some) - _EVERYDAY) in {1, 2, 3}:
            return Kind(what="ids", format=PERHAPS, people=len(names), names=names)
    return None


def _long(names: Sequence[bytes]) -> bool:
    """Tell whether each name has a number of four digits or more in it: shorter ones only tell the samples of a test apart."""
    return all(_NUMBER.search(name) for name in names) and not all(map(bytes.isdigit, names))


def quoted(values: Sequence[bytes], *, direct: bool) -> tuple[bytes, ...] | None:
    """Return the different values of a list in source code that is said to be of people, when they look like ids.

    `direct`: what says so can hardly mean anything else, so that ids of less even a shape count.
    """
    names = tuple(dict.fromkeys(values))
    some = names[:500]
    if len(names) < idlists.FEWEST or not all(VALUE.fullmatch(each) for each in some) or _honest(some):
        return None
    if is_cohort(some):
        return names
    things = {prefix for prefix in _prefixes(some) if len(prefix) > 1} & _EVERYDAY
    if direct and not things and shapes.patterned(some):
        return names
    if not _alike(some) or not _fixed(some) or len(_prefixes(some)) > 3 or _prefixes(some) & _EVERYDAY or shapes.coded(some):
        return None
    return names


def _values(rows: Sequence[Sequence[bytes]]) -> list[bytes] | None:
    """Return the ids of rows: a single cell; one behind the number of its row; the same for family and person; None otherwise."""
    widths = Counter(map(len, rows))
    width, number = max(widths.items(), key=lambda item: item[1], default=(0, 0))
    if not 0 < width <= 3 or number * 20 < len(rows) * 19:
        return None
    rows = [row for row in rows if len(row) == width]
    if width == 1:
        return [row[0] for row in rows]
    numbered = [row[0] for row in rows[:50]]
    if all(each.isdigit() and len(each) < 7 for each in numbered):
        counts = list(map(int, numbered))
        if all(two - one == 1 for one, two in itertools.pairwise(counts)):
            rows = [row[1:] for row in rows]
    if len(rows[0]) == 1:
        return [row[0] for row in rows]
    same = sum(1 for row in rows if row[0] == row[1] or row[0] == b"0")
    return [row[1] for row in rows] if len(rows[0]) == 2 and same * 20 >= len(rows) * 19 else None


def _known(values: Sequence[bytes], said: Words, path: bytes, *, header: bytes) -> tuple[bool, tuple[bytes, ...]] | None:
    """Return whether values are only perhaps ids of people, and the different ones; None when they are something else."""
    names = tuple(dict.fromkeys(value for value in values if value not in _NOBODY))
    ukb = sum(1 for name in names if _UKB.fullmatch(name)) * 20 > len(names) * 19  # they are told by where they stand in the text
    if len(names) < idlists.FEWEST or len(names) * 10 < len(values) * 8 or said == "against" or ukb:
        return None
    some = names[:500]
    if is_cohort(some):
        return False, names
    told = idlists.path_words(path)
    words = said if said != "none" else told
    inside = words == "none" and idlists.folder(path) and shapes.patterned(some)  # only the folder says that they are
    if (words in {"against", "none"} and not inside) or not all(map(VALUE.fullmatch, some)) or _honest(some):
        return None
    if all(name.isdigit() for name in some):
        return _numbers(names, words, strong=idlists.people(header))
    if not _alike(some) or (words != "strong" and _prefixes(some) <= _EVERYDAY):
        return None
    generic = told == "none" and header.strip(b"\"'#").lower() in {b"id", b"ids", b"fid", b"sid"}
    return inside or ((words != "strong" or generic) and not _fixed(some)), names


def is_cohort(names: Sequence[bytes]) -> bool:
    """Tell whether nine in ten names are as a known cohort makes them."""
    return sum(1 for name in names if _COHORT.fullmatch(name)) * 10 >= len(names) * 9


def _prefixes(names: Sequence[bytes]) -> set[str]:
    """Return the letters with which names begin."""
    return {_BEGIN.match(name)[0].lower().decode() for name in names[:50]}  # type: ignore[index]


def _numbers(names: Sequence[bytes], words: Words, *, strong: bool) -> tuple[bool, tuple[bytes, ...]] | None:
    """Judge numbers of another length than UK Biobank's."""
    values = sorted(int(name) for name in names if len(name) <= _LONGEST and name.isdigit())  # the first ones all are
    if words != "strong" or values[-1] < 1000 or idlists.regular(values):
        return None
    return not strong, tuple(names)


def _alike(names: Sequence[bytes]) -> bool:
    """Tell whether nine in ten names have the same signs between letters and digits, and are no things."""
    if shapes.things(names):
        return False
    forms = Counter(_REPEATED.sub(rb"\1", name.translate(_SHAPE)) for name in names)
    return max(forms.values()) * 10 >= len(names) * 9


def _fixed(names: Sequence[bytes]) -> bool:
    """Tell whether nine in ten names have as many letters before three digits or more, and are not counted through."""
    heads = Counter(name.translate(_SHAPE) for name in names)
    shape, number = max(heads.items(), key=lambda item: item[1])
    ends = sorted(int(found[0]) for name in names if (found := _COUNT.search(name)))
    return number * 10 >= len(names) * 9 and b"000" in shape and len(ends) > 1 and ends[-1] - ends[0] >= 2 * len(ends)


def _honest(names: Sequence[bytes]) -> bool:
    """Tell whether names are counted through, as S1, S2, sample_3: they tell nothing of anyone."""
    prefixes = _prefixes(names)
    if len({found[0] for name in names if (found := _LEAD.search(name))}) > _LEADS:
        return False  # what is counted is a place on one of many plates or chips, as 200012345678_R01C01
    ends = [int(found[0]) for name in names if (found := _LAST.search(name))]
    if not prefixes <= (_HONEST | {""}) or len(ends) < len(names):
        return False
    ends.sort()
    return ends[-1] - ends[0] < 2 * len(ends)
