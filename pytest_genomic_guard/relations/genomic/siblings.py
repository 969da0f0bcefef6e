"""Whose data a file is of, as the files beside it tell: a list of names for genotypes without names, chromosomes for a list.

Genotypes that name nobody are notes where a list of exactly as many people stands beside them, all of whom are of public resources
or made up: of the same folder and the same name up to the first dot, or the only such list of the folder. A list of what has no
names that are known is a note where the variants or genotypes of the same name are another species' by their chromosomes. What
stands in an archive is of one folder and one name. All of it is a claim of one file about another, so numbers have to agree, and
whatever contradicts it keeps the finding as it is.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Fact
from pytest_genomic_guard.views.genomic.containers import SitesFact
from pytest_genomic_guard.views.plink import BimFact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_genomic_guard.model import Finding, Known, Located, Whom

    Level = tuple[bytes, bytes | None]  # a folder and a name there; or an archive, whose names are not looked at

_CLAIM = "a claim: anybody can rename a sample"
_TOLD = {"public": "all of public resources", "synthetic": "all made up"}
# Steps of a trail into what shows data that are elsewhere, or names them by the way.
_PAGES = """attachment binary bokeh cell header html htmlwidget literal markup metadata name notebook output page pdf plotly row
    script source trace vega widget"""
_SHOWN = frozenset(_PAGES.split())
_STORE = regex(rb"(.*/)?[^/]+\.(?:zarr|mt|vds|ht)(?=/)")
_PARTS = (b".zmetadata", b"zarr.json", b".zarray", b".zattrs", b"metadata.json.gz")
# Of people whatever stands beside them: exports, records, typing, layouts of cohorts, names and ids.
_OF_PEOPLE = frozenset({"GEN106", "GEN109", "GEN116", "GEN206", "GEN304", "GEN306", "GEN501", "GEN502", "GEN503"})
MISFIT = -1  # people of genotypes whose tables contradict them


class About(Fact):
    """A finding, as far as it tells something of what stands beside it."""

    code: str
    whom: Whom
    known: Known
    human: bool
    inside: bool  # of an archive


def told(findings: Iterable[Finding]) -> Iterator[About]:
    """Yield what findings of one file tell; not those of outputs, pages and documents, which show what is elsewhere."""
    for each in findings:
        if each.whom and not _SHOWN.intersection(step.partition(" ")[0] for step in each.location.trail):
            inside = any(step.startswith("member") for step in each.location.trail)
            yield About(code=each.code, whom=each.whom, known=each.known, human=each.human, inside=inside)


def folders(located: Iterable[Located]) -> set[bytes]:
    """Return the folders in which something can stand that settles what these facts are of."""
    asking = [each.path for each in located if isinstance(each.fact, About) and _asks(each.fact)]
    return {folder for path in asking for folder, _name in _levels(path, inside=False)}


def _asks(about: About) -> bool:
    """Tell whether something beside it can settle a finding: genotypes, or what programs write beside them, of who is not known."""
    return not about.known and about.code not in _OF_PEOPLE and (about.whom.beside or not about.whom.listed)


class Siblings:
    """What stands beside each other: findings and tables of variants, by folder and name."""

    def __init__(self, located: Iterable[Located]) -> None:
        """Sort it, each once, whoever asked for it."""
        self._people: dict[Level, dict[tuple[bytes, About], None]] = {}
        self._variants: dict[Level, dict[tuple[bytes, BimFact | SitesFact], None]] = {}
        self._stores: dict[bytes, set[int]] = {}
        for each in located:
            if isinstance(each.fact, About):
                for level in _levels(each.path, inside=each.fact.inside):
                    self._people.setdefault(level, {})[each.path, each.fact] = None
                    self._people.setdefault((level[0], None), {})[each.path, each.fact] = None
                if each.fact.whom.people and (store := _store(each.path)):
                    self._stores.setdefault(store, set()).add(each.fact.whom.people)
            elif isinstance(each.fact, BimFact | SitesFact):
                for level in _levels(each.path, inside=True):
                    self._variants.setdefault(level, {})[each.path, each.fact] = None

    def settled(self, findings: Sequence[Finding], keep: frozenset[int] = frozenset()) -> tuple[Finding, ...]:
        """Return findings as what stands beside them settles them; those at the positions `keep` as they are."""
        return tuple(each if number in keep else self._settled(each) for number, each in enumerate(findings))

    def _settled(self, finding: Finding) -> Finding:
        own = next(told((finding,)), None)
        if own is None or not _asks(own):
            return finding
        path = finding.location.path
        whom = own.whom
        if not whom.people and len(counts := self._stores.get(_store(path), set())) == 1:
            whom = whom.replace(people=next(iter(counts)))
        for level in _levels(path, inside=own.inside):
            if not whom.listed and not whom.named and (known := self._names(level, whom)):
                told_of = f"{_TOLD[known]} by the names in a list beside it ({_CLAIM})"
                return finding.replace(known=known, human=False, message=f"{finding.message}; {told_of}")
            if self._other(level, path, own, whom):
                message = f"{finding.message}; of another species by the chromosomes of what stands beside it"
                return finding.replace(known="non-human", message=message)
        return finding

    def _names(self, level: Level, whom: Whom) -> Known:
        """Return whose the people of genotypes are, by the lists of their name, or the only ones of their folder."""
        lists = [each for _path, each in self._people.get(level, ()) if each.whom.listed]
        if not lists:
            lists = [each for _path, each in self._people.get((level[0], None), ()) if each.whom.listed]
            if any(each.whom.people != whom.people for each in lists):
                return ""
        fitting = [each for each in lists if each.whom.people == whom.people and each.whom.named]
        if whom.people < 1 or not fitting or any(each.known not in _TOLD for each in lists):
            return ""
        return "public" if any(each.known == "public" for each in fitting) else "synthetic"

    def _other(self, level: Level, path: bytes, own: About, whom: Whom) -> bool:
        """Tell whether variants or genotypes of the same name are another species', and nothing there speaks against it."""
        if own.human:
            return False
        tables = [each for _path, each in self._variants.get(level, ())]
        near = [each for where, each in self._people.get(level, ()) if (where, each) != (path, own)]
        genotypes = [each for each in near if not each.whom.listed]
        others = [each for each in genotypes if each.known == "non-human"]
        if not all(each.other for each in tables) or not (tables or others):
            return False
        if any(each.human or each.known in _TOLD or each.whom.people == MISFIT for each in near):
            return False
        counts = {each.whom.people for each in genotypes if each.whom.people}
        if whom.listed:
            full = any(each.whom.listed and each.whom.people in counts for each in near)
            return bool(whom.people) and (not counts or whom.people in counts or (full and whom.people < max(counts)))
        lists = {each.whom.people for each in near if each.whom.listed}
        agreed = any(each.variants == whom.variants for each in tables) if tables else whom.people in counts
        return bool(agreed and whom.variants) and (not lists or whom.people in lists)


def _levels(path: bytes, *, inside: bool) -> list[Level]:
    """Return where to look for what belongs to a file: in its archive, in its folder, and beside the store that it is a part of."""
    levels: list[Level] = [(path + b"/", b"")] if inside else []
    for each in (path, _store(path)):
        if each:
            folder, _slash, name = each.rpartition(b"/")
            levels.append((folder, name.partition(b".")[0]))
    return levels


def _store(path: bytes) -> bytes:
    """Return the folder that is a store, where a path is of one of its parts; by the names that such parts have."""
    folder, _slash, name = path.rpartition(b"/")
    if name not in _PARTS:
        return b""
    outer = _STORE.match(path)
    return outer[0] if outer else folder if name in {b".zmetadata", b"zarr.json"} else b""
