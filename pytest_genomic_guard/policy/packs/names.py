"""Whose samples names are: those of public resources, by list; simulated ones, by form. `samples` says where the lists are from.

Names come decorated, with a family before them, a population, the kind of file or the haplotype after them. A name counts where
what stands around it is nothing but that.
"""

from __future__ import annotations

import functools
import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.policy.packs.samples import PUBLIC

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from typing import Literal

    Matcher = Callable[[bytes], bool]

# HG001 to HG007, the same at Coriell, six of them in the Personal Genome Project, and the pedigree of Platinum Genomes.
_GIAB = """HG001 HG002 HG003 HG004 HG005 HG006 HG007 NA12878 NA24385 NA24149 NA24143 NA24631 NA24694 NA24695
HUAA53E0 HU6E4515 HU8E87A9 HUCA017E HU91BD69 HU38168C
NA12877 NA12879 NA12880 NA12881 NA12882 NA12883 NA12884 NA12885 NA12886 NA12887 NA12888 NA12889 NA12890 NA12891 NA12892"""
_BY_HAND = {"giab": _GIAB, "t2t": "CHM1 CHM13 CHM1HTERT CHM13HTERT"}

_CORIELL = regex(rb"GM(?=\d{5}$)")  # cells have GM where their DNA has NA
# The names of SGDP that hold what else stands between a name and its decoration.
_JOINED = regex(rb"LP\d{7}-DNA_[A-H]\d\d|(?:BR?|S|T)_[A-Z][A-Z_]{1,30}-\d{1,2}")
_SPLIT = regex(rb"[^0-9A-Z]+")
_FAMILY = regex(
    rb"[A-Z]{0,6}\d{1,7}[A-Z]?|FAM(?:ILY)?|S|SM|ID|IID|SAMPLE|DATA|GIAB|NIST|1000G|1KGP?|KGP|HGDP|SGDP|HAPMAP|CEPH|RM\d+"
)
_POPULATIONS = (
    b"ACB|ASW|BEB|CDX|CEU|CHB|CHD|CHS|CLM|ESN|FIN|GBR|GIH|GWD|IBS|ITU|JPT|KHV|LWK|MKK|MSL|MEX|MXL|PEL|PJL|PUR|STU|TSI|YRI"
    b"|AFR|AMR|EAS|EUR|SAS"
)
_DECORATION = regex(
    rb"\d{1,8}|"
    + _POPULATIONS
    + rb"|BAM|CRAM|SAM|G?VCF|BCF|FASTQ|FQ|FA|FASTA|TXT|[BG]?GZ|MALE|FEMALE|[AB]|[HRLS]\d{1,3}|CHR\w{1,2}|CHROM\w{1,2}"
    rb"|FINAL|SORT(?:ED)?|DEDUP(?:PED)?|MARK(?:ED|DUP)|MD|RMDUP|DUPLICATES|RECAL|BQSR|MERGED|FILTERED|NORM|RAW|DUP|REP\d?|LANE\d|RUN\d|LIB\d"
    rb"|HAP\d?|HAPLOTYPE\d?|MATERNAL|PATERNAL|MAT|PAT|SON|DAUGHTER|FATHER|MOTHER|CHILD|PARENT|TRUTH|QUERY|BENCHMARK"
    rb"|HG(?:19|38)|GRCH3[78]|B37|HS3[78]\w{0,3}|T2T|MAPPED|UNMAPPED|ILLUMINA|PACBIO|HIFI|CCS|CLR|ONT|NANOPORE|10X|HIC|WGS|WES|WXS|EXOME|RNA"
    rb"|HISEQ\w{0,5}|NOVASEQ|NEXTSEQ|MISEQ|BGISEQ|LOW|HIGH|COVERAGE|COV|\d{1,3}X|BWA|MEM|MINIMAP2|DRAGEN|GATK|DEEPVARIANT|S?DG|SG|GIAB|NIST|SUBSET|SMALL|TEST|REF|TUMOU?R|NORMAL"
)
_LONGEST = 100  # bytes of a name
_BEFORE, _AFTER = 2, 8  # parts of a name before and after the id
_FAMILY_LONGEST = 20  # before two colons

# What simulators and people call samples that are made up. A short word must be followed by a number, for there is a name Simon.
_PERSON = (
    rb"(?:sample|person|people|individual|indiv|ind|patient|subject|donor|id|child|kid|mother|father|proband|sib|tumou?r|normal"
    rb"|genome|hap|cell|read|case|control|ctrl)s?"
)
_MADE_UP = regex(
    rb"(?:(?-i:tsk|msp|syn)|(?:tsk|msp|syn)(?=_)|sim|simu|synth|mock|fake|dummy)(?:(?:[_.-]?"
    + _PERSON
    + rb")?[_.-]?\d{1,6}(?:[_.-]\d{1,3})?|[_.-]"
    + _PERSON
    + rb")"
    rb"|(?:mock|fake|dummy|synthetic|simulated|artificial|invented|msprime|tskit|slim|stdpopsim|in[_-]?silico)"
    rb"(?:[_. -][\w .-]{0,60})?"
    rb"|(?:synthetic|simulated|artificial)[A-Za-z]{0,20}\d{0,8}|sim(?:ulated|ulation)?",
    re.IGNORECASE,
)
_EXAMPLE = regex(rb"NA0000[123]")  # the three of the specification's example (VCFv4.3, section 1.1)
_OF_SIMULATOR = {"slim": regex(rb"i\d{1,7}")}  # names that mean nothing without the header that says who wrote them
# A person, or a tumour (sample types 01 to 09) and cells of one (50, 60, 61): what is normal (10 to 14) is of the germline.
_OPEN_TIER = regex(rb"TCGA-[0-9A-Z]{2}-[0-9A-Z]{4}(?:-(?:0\d|[56]\d)[A-Z]?(?:-[0-9A-Z]{2,5}){0,4})?", re.IGNORECASE)
_NORMAL = regex(rb"TCGA-[0-9A-Z]{2}-[0-9A-Z]{4}-[12]\d[A-Z]?(?:-[0-9A-Z]{2,5}){0,4}", re.IGNORECASE)


class Recognised(Record):
    """Whose all samples are: the resources by name, in the order of `PUBLIC`; whether some are made up, or the format's example."""

    resources: tuple[str, ...] = ()
    made_up: bool = False
    example: bool = False

    @property
    def known(self) -> Literal["public", "synthetic"]:
        """Return which of the two counts: public where any is."""
        return "public" if self.resources else "synthetic"


def recognise(
    names: Sequence[bytes],
    people: int,
    packs: Collection[str] | None = None,
    *,
    simulated: bool = True,
    source: str = "",
) -> Recognised | None:
    """Return whose samples people are when each has a name and each name is public or made up, else None.

    `people` is how many there are, 0 where that is not known. `packs` are the resources that count, None for all; `simulated`
    tells whether made-up names do. `source` is the program that the content says it is from, in lower case.
    """
    if not names or people > len(names):
        return None
    wanted = [pack.name for pack in PUBLIC if packs is None or pack.name in packs]
    common, seen, kinds = set(wanted), set[str](), set[str]()
    if simulated and _dummies(names):
        return Recognised(made_up=True)
    for name in dict.fromkeys(names):
        found = _resources(name, wanted)
        if found:
            common &= set(found)
            seen.add(found[0])
        elif simulated and (kind := _made_up(name, source)):
            kinds.add(kind)
        else:
            return None
    one = next(((name,) for name in wanted if name in common), None) if seen else ()
    resources = tuple(name for name in wanted if name in seen) if one is None else one
    return Recognised(resources=resources, made_up="made up" in kinds, example="example" in kinds)


def _dummies(names: Sequence[bytes]) -> bool:
    """Tell whether names are all that ``plink --dummy`` gives so many people: ``per0``, ``per1`` and so on."""
    distinct = {*names} - {b"0"} if all(name.startswith(b"per") or name == b"0" for name in names) else ()
    return len(distinct) > 1 and distinct == {b"per%d" % number for number in range(len(distinct))}


def matcher(packs: Collection[str] | None = None) -> Matcher:
    """Return a function that tells whether a name is one of the named resources'; without `packs`, of any, or made up."""
    wanted = [pack.name for pack in PUBLIC if packs is None or pack.name in packs]
    return lambda name: bool(_resources(name, wanted) or (packs is None and _made_up(name)))


def open_tier(names: Sequence[bytes], people: int, *, normal: bool = False) -> bool:
    """Tell whether all names are those of The Cancer Genome Atlas; of what it has, masked somatic mutations are open.

    So is expression of tumours and of `normal` tissue beside them, but nothing else by the names of normal samples.
    """
    if not names or people > len(names):
        return False
    return all(_OPEN_TIER.fullmatch(part) or (normal and _NORMAL.fullmatch(part)) for part in map(bytes.strip, names))


def _made_up(name: bytes, source: str = "") -> Literal["", "made up", "example"]:
    name = name.strip()
    by = _OF_SIMULATOR.get(source)
    if len(name) <= _LONGEST and (_MADE_UP.fullmatch(name) or (by and by.fullmatch(name))):
        return "made up"
    return "example" if _EXAMPLE.fullmatch(name) else ""


def _resources(name: bytes, wanted: Sequence[str]) -> list[str]:
    """Return the resources that have a sample of this name, decorated or not."""
    name = name.strip().upper()
    if not name or len(name) > _LONGEST:
        return []
    return _of(name, wanted) or _decorated(name, wanted)


def _of(name: bytes, wanted: Sequence[str]) -> list[str]:
    bare = _CORIELL.sub(b"NA", name) if name.startswith(b"GM") else name
    return [pack for pack in wanted if bare in listed(pack)]


def _decorated(name: bytes, wanted: Sequence[str]) -> list[str]:
    """Return the resources of the one name among parts that are families before it and other decoration around it."""
    family, colons, rest = name.partition(b"::")
    if colons and len(family) <= _FAMILY_LONGEST and b"::" not in rest:
        return _resources(rest, wanted)
    joined = _JOINED.search(name)
    parts = [name[: joined.start()], joined[0], name[joined.end() :]] if joined else _parts(name)
    ids = [found for part in parts if (found := _of(part, wanted))]
    if not ids:
        return []
    first = next(number for number, part in enumerate(parts) if _of(part, wanted))
    before = [part for each in parts[:first] for part in _parts(each)]
    after = [part for each in parts[first:] if not _of(each, wanted) for part in _parts(each)]
    fits = len(before) <= _BEFORE and all(_FAMILY.fullmatch(part) or _DECORATION.fullmatch(part) for part in before)
    fits = fits and len(after) <= _AFTER and all(_DECORATION.fullmatch(part) for part in after)
    return [pack for pack in ids[0] if fits and all(pack in each for each in ids)]


def _parts(name: bytes) -> list[bytes]:
    return [part for part in _SPLIT.split(name) if part]


@functools.cache
def listed(pack: str) -> frozenset[bytes]:
    """Return the names of a resource in capitals."""
    if pack in _BY_HAND:
        return frozenset(_BY_HAND[pack].encode().split())
    from pytest_genomic_guard.policy.packs import _ids, _ids_sgdp  # noqa: PLC0415 - where names of people are seen

    runs = {"1000-genomes": _ids.THOUSAND_GENOMES, "hapmap": _ids.HAPMAP, "hgdp": _ids.HGDP, "sgdp": _ids_sgdp.SGDP}[pack]
    return frozenset(name.upper() for entry in runs for name in _names(*entry))


def _names(prefix: str, digits: int, runs: str) -> Iterator[bytes]:
    """Yield the names of one beginning: `5-7 12` are four of them."""
    for run in runs.split():
        first, _dash, last = run.partition("-")
        for number in range(int(first), int(last or first) + 1):
            yield f"{prefix}{number:0{digits}d}".encode()
