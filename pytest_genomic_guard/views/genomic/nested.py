"""Genotypes nested in data: objects in lists in objects, of JSON, YAML, literals in code and pickles.

Whatever the order of people and variants in them is, they become rows of person, variant and genotype; `nestedsets` tells which of
those are of people.
"""

from __future__ import annotations

import functools
from itertools import islice

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic.genocells import is_variant
from pytest_genomic_guard.views.genomic.nestedsets import Sets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

_NODES = 1_000_000  # objects and lists that are looked at
_AT_ONCE = 512  # documents that are looked at as one list
_DEEP = 24  # of them in each other
_LOOKED = 24  # keys or items by which it is told what an object or list holds
_SCHEMA = frozenset({"$schema", "openapi", "swagger", "$defs", "definitions", "$ref"})
_WHO = """sample sampleid subject subjectid participant participantid patient patientid individual individualid person personid
    donor donorid iid eid id sid name s callset callsetname callsetid proband samplename who user userid customer customerid
    member"""
_WHO_KEYS = tuple(_WHO.split())
_SITE = "rsid rs snp snpid variant variantid marker markerid id name rsnumber locus site dbsnp dbsnpid markername snpname key"
_SITE_KEYS = tuple(_SITE.split())
_WHO_SET, _SITE_SET = frozenset(_WHO_KEYS), frozenset(_SITE_KEYS)
_CALL = """genotype gt call dosage ds geno genotypecall zygosity allelecount altcount nalt altdosage altallelecount genotypes
    alleles diplotype g gp result numericgenotype callednumeric calledgenotype"""
_CALL_KEYS = tuple(_CALL.split())
_PAIRS = (("allele1", "allele2"), ("a1", "a2"), ("a", "b"))
_CHROMOSOMES = ("chromosome", "chrom", "chr", "contig", "referencename")
_POSITIONS = ("position", "pos", "bp", "start")
# What a text holds that names a variant, in a form that `is_variant` knows or as a chromosome and a position.
_SITES = regex(
    rb"rs\d|AX-\d|Affx-|SNP_A-|kgp\d|exm|JHU_|GSA-|ga4gh:|N[CGTM]_\d|[\dXYMT][:_.-]g?\.?\d\d|(?i:[\"'](?:chr|contig|reference_?name))"
)
_OF_GENOTYPES = regex(r"(?:genotyp|geno|gt|call|dosage|snp|variant|marker|allelecount|rs|hardcall)\w*")
_INHERITED = regex(  # keys that name no person
    r"(?:genotyp|geno|gts?\Z|call|dosage|snp|variant|marker|allele|rsids?\Z|data|records?\Z|result|sample|participant|people|person"
    r"|individual|patient|subject|donor|cohort|study|matrix|values?\Z|items?\Z|rows?\Z|payload|content|body|all\Z|entries)\w*"
    r"|(?:chr(?:omosome)?)?(?:\d{1,2}|x|y|mt?)"
)
_OF_GROUPS = regex(
    r"freq|frac|prop|prob|percent|carriers|magnitude|meaning|interpretation|recommendation|odds|beta\Z|effect|count\Z|n\Z"
)
_SIGNS = regex(r"[\W_]+")
_ALLELE = regex(r"[ACGTDIN0-]|[ACGT]{2,40}")


class _At:
    """Where a value stands: whose it is, as far as that is told, and the lists of variants and people that are beside it."""

    __slots__ = ("called", "depth", "named", "people", "variants", "who")

    def __init__(self) -> None:
        self.who, self.named, self.called, self.depth = "", False, False, 0
        self.variants: Sequence[str] = ()
        self.people: Sequence[str] = ()

    def below(self, key: str = "", *, item: int = -1) -> _At:
        """Return where a part is: one under a key, or an item of a list."""
        at = _At()
        at.who, at.named, at.called, at.depth = self.who, self.named, self.called, self.depth + 1
        at.variants, at.people = self.variants, self.people
        word = plain(key)
        at.called = at.called or _OF_GENOTYPES.fullmatch(word) is not None
        if item >= 0 and not at.named:
            at.who = self.people[item] if item < len(self.people) else f"{self.who}#{item}"
            at.named = item < len(self.people)
        elif key and not at.named and not _INHERITED.fullmatch(word):
            at.who = key
        return at


@functools.lru_cache(maxsize=8192)  # keys are the same in every record
def plain(name: object) -> str:
    """Return a key in lower case without signs."""
    return _SIGNS.sub("", name).lower() if isinstance(name, str) and len(name) <= 100 else ""


def may(text: bytes) -> bool:
    """Tell whether a text can name a variant: all else is not walked through."""
    return _SITES.search(text) is not None


def rows(documents: Iterable[Any]) -> list[tuple[str, str, str]]:
    """Return person, variant and genotype of what values hold; none where they are not those of people."""
    walk, every, number = _Walk(), iter(documents), 0
    while some := list(islice(every, _AT_ONCE)):  # lines of a text are many documents
        walk.go([each for each in some if isinstance(each, (dict, list))], _At().below(item=number))
        number += 1
    return walk.sets.judged()


class _Walk:
    """Goes through values, within one bound for all of them."""

    def __init__(self) -> None:
        self.sets = Sets()
        self._left = _NODES
        self._waiting: list[tuple[Any, _At]] = []

    def go(self, document: Any, at: _At) -> None:
        """Take what one value holds."""
        self._waiting.append((document, at))
        while self._waiting and self._left > 0 and self.sets.left > 0:
            value, at = self._waiting.pop()
            self._left -= 1
            if at.depth > _DEEP or not value:
                continue
            if isinstance(value, dict):
                self._object(value, at)
            else:
                self._list(value, at)
        self._waiting.clear()

    def _push(self, value: Any, at: _At) -> None:
        if isinstance(value, (dict, list)):
            self._waiting.append((value, at))

    def _object(self, value: dict[Any, Any], at: _At) -> None:
        if not _SCHEMA.isdisjoint(value):
            return
        keys = [key for key in value if isinstance(key, str)]
        words = {plain(key): key for key in keys[:256]}
        who = "" if _WHO_SET.isdisjoint(words) else _named(value)
        if who:
            at.who, at.named = who[:200], True
        sites = [key for key in keys[:_LOOKED] if is_variant(key)]
        if sites and len(sites) * 2 > min(len(keys), _LOOKED):
            self._by_key([key for key in keys if is_variant(key)], value, at)
            return
        if site := _site(value, words):
            for key, part in value.items():
                if isinstance(part, (dict, list)):
                    self._of_people(site, part, at.below(str(key)))
            return
        lists = [part for part in value.values() if isinstance(part, list) and len(part) > 1]
        for part in lists:
            some = part[:_LOOKED]
            if all(isinstance(each, str) for each in some) and sum(map(is_variant, some)) * 10 >= 8 * len(some):
                at.variants = [str(each) for each in part]
        for key, part in value.items():
            if isinstance(part, list) and part and _lists_people(plain(key), part):
                at.people = [str(each)[:200] for each in part]
        for key, part in value.items():
            self._push(part, at.below(str(key)[:200]))

    def _by_key(self, sites: list[str], parts: dict[Any, Any], at: _At) -> None:
        """Take what an object has for each of the variants: genotypes of one person, or objects and lists of people."""
        number = sum(1 for key in sites if cell(parts[key]) is not None)
        if number * 2 > len(sites):
            told = ((key, found) for key in sites if (found := cell(parts[key])) is not None)
            self.sets.add(at.who, list(islice(told, max(0, self.sets.left))), number, **_told(at))
            return
        for key in sites:
            self._of_people(key, parts[key], at)

    def _of_people(self, site: str, part: Any, at: _At, depth: int = 0) -> None:
        """Take what people have at one variant: an object with a key for each, or a list."""
        self._left -= 1
        if isinstance(part, dict):
            for key, each in part.items():
                found = cell(each)
                if found is not None and isinstance(key, str):
                    self.sets.put(key[:200], site, found, named=False, called=at.called)
                elif depth < 3 and isinstance(each, (dict, list)):
                    self._of_people(site, each, at.below(str(key)), depth + 1)
        elif isinstance(part, list):
            for number, each in enumerate(part):
                found = cell(each)
                if found is None:
                    continue
                who = _named(each) if isinstance(each, dict) else at.people[number] if number < len(at.people) else ""
                self.sets.put(who or f"#{number}", site, found, named=bool(who), called=at.called)

    def _list(self, value: list[Any], at: _At) -> None:
        if at.variants and self._beside(value, at):
            return
        some = value[:_LOOKED]
        objects = [each for each in some if isinstance(each, dict)]
        if objects and len(objects) == len(some):
            told = [_site(each, _words(each)) for each in objects]
            if sum(map(bool, told)) * 10 >= 8 * len(objects):
                self._records(value, at)
                return
        elif all(isinstance(each, list) and 1 < len(each) < 4 and is_variant(str(each[0])) for each in some):
            pairs = [(str(each[0]), cell(each[1] if len(each) == 2 else each[1:])) for each in value if isinstance(each, list)]
            self.sets.add(at.who, [(site, each) for site, each in pairs if each is not None], named=at.named, called=at.called)
            return
        for number, each in enumerate(value):
            if isinstance(each, (dict, list)):
                self._push(each, at.below(item=number) if len(value) > 1 else at.below())

    def _records(self, value: list[Any], at: _At) -> None:
        """Take objects that name a variant each: with a genotype, and perhaps whose it is, or with those of people."""
        own: dict[str, list[tuple[str, str]]] = {}
        for each in value:
            words = _words(each) if isinstance(each, dict) else {}
            site = _site(each, words)
            found = cell(each) if site else None
            if found is not None:
                who = next((str(each[words[word]]) for word in _WHO_KEYS[:15] if word in words and _is_name(each[words[word]])), "")
                own.setdefault(who, []).append((site, found))
            elif site:
                self._push(each, at)
        for who, pairs in own.items():
            self.sets.add(who or at.who, pairs, named=bool(who) or at.named, called=True)

    def _beside(self, value: list[Any], at: _At) -> bool:
        """Take a list, or lists in a list, of one genotype for each variant of a list beside; tell whether it is one."""
        count = len(at.variants)
        if len(value) == count and not is_variant(str(value[0])):
            told = [cell(each) for each in value]
            if all(each is not None for each in told) and not any(map(_names_site, value[:_LOOKED])):
                self.sets.add(at.who, [(site, each or "") for site, each in zip(at.variants, told, strict=True)], **_told(at))
                return True
            width = len(value[0]) if isinstance(value[0], list) else 0
            if width and width != count and all(isinstance(each, list) and len(each) == width for each in value):
                for site, row in zip(at.variants, value, strict=True):
                    self._of_people(site, row, at)
                return True
        if not all(isinstance(each, list) and len(each) == count for each in value):
            return False
        for number, each in enumerate(value):
            inner = at.below(item=number)
            told = [cell(one) for one in each]
            self.sets.add(inner.who, [(site, one) for site, one in zip(at.variants, told, strict=True) if one], **_told(inner))
        return True


def _names_site(value: Any) -> bool:
    return isinstance(value, dict) and bool(_site(value, _words(value)))


def _told(at: _At) -> dict[str, bool]:
    return {"named": at.named, "called": at.called}


def _words(value: dict[Any, Any]) -> dict[str, Any]:
    return {plain(key): key for key in list(value)[:64]}


def _is_name(value: Any) -> bool:
    return (
        isinstance(value, (str, int)) and not isinstance(value, bool) and 0 < len(str(value)) <= 200 and not is_variant(str(value))
    )


def _named(value: dict[Any, Any]) -> str:
    words = _words(value)
    return next((str(value[words[word]])[:200] for word in _WHO_KEYS if word in words and _is_name(value[words[word]])), "")


def _lists_people(word: str, part: list[Any]) -> bool:
    """Tell whether a list names people: by its key, and by items that are all different."""
    known = word in _WHO_KEYS or word.removesuffix("s") in _WHO_KEYS or word in {"people", "index", "rows"}
    return known and all(map(_is_name, part)) and len(set(map(str, part))) == len(part)


def _site(value: Any, words: dict[str, Any]) -> str:
    """Return the variant that an object names: by its id, or by chromosome and position."""
    for word in () if _SITE_SET.isdisjoint(words) else _SITE_KEYS:
        if word in words and isinstance(each := value[words[word]], str) and is_variant(each):
            return each
    chromosome = next((value[words[word]] for word in _CHROMOSOMES if word in words), None)
    position = next((value[words[word]] for word in _POSITIONS if word in words), None)
    name = f"chr{str(chromosome).removeprefix('chr')}:{position}" if chromosome is not None and position is not None else ""
    return name if name and is_variant(name) else ""


def cell(value: Any, depth: int = 0) -> str | None:  # noqa: PLR0911 - one a form
    """Return a genotype as a cell of a table has it; "" where it is missing, None for what is none."""
    if value is None:
        return ""
    if isinstance(value, (str, int, float)):
        return None if isinstance(value, bool) else str(value)[:80]
    if isinstance(value, list):
        alleles = [str(each) for each in value[:2]]
        if not 2 <= len(value) <= 3 or (len(value) == 3 and str(value[2]) not in {"True", "False"}):
            return None
        numbers = all(each in {"0", "1", "-1", "2", "3"} for each in alleles)
        return "/".join(alleles).replace("-1", ".") if numbers or all(map(_ALLELE.fullmatch, alleles)) else None
    if isinstance(value, dict):
        words = _words(value)
        if any(map(_OF_GROUPS.match, words)):
            return None
        for word in _CALL_KEYS:
            if word in words and (depth < 2 or not isinstance(value[words[word]], dict)):
                return cell(value[words[word]], depth + 1)
        for one, two in _PAIRS:
            if one in words and two in words:
                return cell([value[words[one]], value[words[two]]])
    return None
