"""What frequencies, statistics or sites give away of a cohort: measured once, judged by several checks and by gates."""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.metrics import release
from pytest_genomic_guard.model import Mend
from pytest_genomic_guard.policy.packs import summaries
from pytest_genomic_guard.views.genomic import aggregates, kinds, layouts
from pytest_genomic_guard.views.genomic.sites import Sites
from pytest_genomic_guard.views.genomic.species import of_contigs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, Literal

    from pytest_genomic_guard.metrics.release import By
    from pytest_genomic_guard.model import Finding, Rulebook
    from pytest_genomic_guard.views.genomic.layouts import Site
    from pytest_genomic_guard.views.genomic.seen import Species
    from pytest_genomic_guard.views.tables import DataTable

    Level = Literal["", "possible", "certain"]

FEW = 50  # rows below which a table is not looked at: a person has millions of variants
SMALL = 1_000  # people from which on summary statistics are shared without a question (NIH, NOT-OD-19-023)

MEND = Mend(
    not_pushed="leave the counts of people out of rare and unneeded rows, thin the variants, or ask who designated the study",
    pushed="ask whoever answers for the study whether its summary results may be public; if not, rewrite the history",
    public="tell the data-access committee of the study, which decides; then thin or withdraw the table",
)


class Thresholds(Whose):
    """From how many independent variants a person on, m_eff / n, a release warns and blocks; one pair, set under GEN401."""

    warn_from: float = release.WARN
    block_from: float = release.BLOCK
    released: str = ""  # what `release` in the policy says of tables; no option that anybody sets


class Declared(Record):
    """What the policy says of a table: people in it, in an attacker's reference (0: any number), and whether it is sensitive."""

    people: int
    reference: int = 0
    sensitive: bool = False


class Measured(Record):
    """The figures of a release. `people` is the largest count of a row, `median` that of most."""

    statistics: bool
    people: int
    median: int
    rows: int
    rated: int  # rows with a frequency
    upper: int
    lower: int
    by: By  # what the lower bound is made of
    singles: int  # sites where one chromosome of all has the allele
    heterozygous: float  # sites at which a member is expected to be so
    more: bool = False
    species: Species = ""
    resource: str | None = None


class Ratio(Record):
    """Independent variants a person, by the bounds on variants and on people."""

    people: int
    reference: int
    lower: float
    upper: float


class Figures:
    """The figures of one group of people while rows come in."""

    def __init__(self) -> None:
        """Begin with none."""
        self.loci, self.people = release.Loci(), release.People()
        self.rated = self.singles = 0
        self.heterozygous = 0.0

    def add(self, site: Site) -> None:
        """Take a row."""
        _group, chromosome, position, frequency, people, single = site
        self.loci.add(chromosome, position, frequency)
        self.people.add(people)
        self.singles += single
        if frequency is not None:
            self.rated += 1
            self.heterozygous += release.heterozygous(frequency)

    def rank(self, *, quick: bool) -> tuple[bool, float, float]:
        """Return how much it gives away, beside another group of the same table: `quick` for certain, else at most."""
        people = self.people.most or 1
        lower, upper = self.loci.lower / people, self.loci.upper / people
        return (self.people.most > 0, lower, upper) if quick else (self.people.most > 0, upper, lower)


_last: tuple[DataTable | Sites, str, Measured | None] | None = None  # a view is shown to all checks in turn


def measured(view: DataTable | Sites, options: Thresholds) -> Measured | None:
    """Return the figures of a release that could give anybody away; None for any other view."""
    global _last  # noqa: PLW0603 - see above
    if _last is None or _last[0] is not view or _last[1] != options.released:
        _last = (view, options.released, figures(view, declared(options, view.artifact.path), quick=True))
    return _last[2]


def figures(view: DataTable | Sites, said: Declared | None = None, *, quick: bool = False) -> Measured | None:
    """Return the figures of a release, of which the policy may say something.

    `quick`: None for one that is too small, or of too many people, to give anybody away, unless it is said to be sensitive.
    """
    if isinstance(view, Sites):
        return _sites(view, said, quick=quick)
    kind = kinds.of(view)
    found = aggregates.layout(view) if kind and kind.what in {"frequencies", "statistics"} else None
    if kind is None or found is None:
        return None
    layout, sample = found
    statistics = kind.what == "statistics"
    short = quick and not (said and said.sensitive)
    if short:
        told = _people(max((site[4] for site in layouts.sites([sample], layout)), default=0), said)
        if len(sample) < FEW or (statistics and (told >= SMALL or not told)):
            return None
    best = _best(layouts.sites(view.source.blocks(), layout), quick=quick)
    if best is None or (short and best.loci.rows < FEW):
        return None
    chromosomes = {site[1].encode("utf-8", "replace") for site in layouts.sites([sample], layout)}
    return _measured(
        best,
        statistics=statistics,
        more=not view.complete or best.loci.rows >= layouts.ROWS,
        species=kind.species or of_contigs((name, None) for name in sorted(chromosomes)),
        resource=summaries.named(view.header, _people(best.people.most, said)),
    )


def _sites(view: Sites, said: Declared | None, *, quick: bool) -> Measured | None:
    best = _best(view.rows(), quick=quick)
    if best is None or (quick and best.loci.rows < FEW and not (said and said.sensitive)):
        return None
    resource = summaries.named(view.fields, _people(best.people.most, said))
    return _measured(best, statistics=False, more=view.more, species=view.species, resource=resource)


def _best(sites: Iterable[Site], *, quick: bool) -> Figures | None:
    """Return the figures of the group that a table gives away most of."""
    groups: dict[str, Figures] = {}
    for site in sites:
        group = groups.get(site[0])
        if group is None:
            group = groups[site[0]] = Figures()
        group.add(site)
    return max(groups.values(), key=lambda group: group.rank(quick=quick), default=None)


def _measured(best: Figures, *, statistics: bool, more: bool, species: Species, resource: str | None) -> Measured:
    return Measured(
        statistics=statistics,
        people=best.people.most,
        median=best.people.median,
        rows=best.loci.rows,
        rated=best.rated,
        upper=best.loci.upper,
        lower=best.loci.lower,
        by=best.loci.by,
        singles=best.singles,
        heterozygous=best.heterozygous,
        more=more,
        species=species,
        resource=resource,
    )


def declared(options: Thresholds, path: bytes) -> Declared | None:
    """Return what the policy says of a table, by the path of its file; of several entries, the strictest of each."""
    if not options.released:
        return None
    import json  # noqa: PLC0415 - only a policy with releases needs it

    found = [entry[1:] for entry in json.loads(options.released) if entry[0].encode("utf-8", "surrogateescape") == path]
    return Declared(people=min(each[0] for each in found), sensitive=any(each[1] for each in found)) if found else None


def _people(told: int, said: Declared | None) -> int:
    """Return the people of a table for the checks: as it tells, or as the policy does where the table tells none, or more.

    What the policy says can make a check stricter, and never milder: that is what waivers are for.
    """
    return min((count for count in (told, said.people if said else 0) if count), default=0)


def checked(found: Measured, said: Declared | None) -> Ratio | None:
    """Return variants a person as the checks use them, against any reference; None where nobody tells of how many people."""
    people = _people(found.people, said)
    least = min(people, found.median or people)
    return Ratio(people=people, reference=0, lower=found.lower / people, upper=found.upper / least) if people else None


def ratio(found: Measured, said: Declared | None = None) -> Ratio | None:
    """Return variants a person by both bounds as a gate uses them; None where nobody tells of how many people it is.

    The lower bound takes the larger number of people where two are told, and the upper one the smaller.
    """
    counts = [count for count in (said.people if said else 0, found.people) if count]
    if not counts:
        return None
    reference = said.reference if said else 0
    most, least = max(counts), min(*counts, found.median or counts[0], counts[0])
    return Ratio(
        people=said.people if said and said.people else found.people,
        reference=reference,
        lower=found.lower / _spread(most, reference),
        upper=found.upper / _spread(least, reference),
    )


def _spread(people: int, reference: int) -> float:
    return people * (1 + (people / reference if reference else 0))


def level(found: Measured, options: Thresholds, path: bytes) -> Level:
    """Return whether a release gives members away for certain, by its lower bound or as the policy calls it sensitive, or may."""
    said = declared(options, path)
    bounds = checked(found, said)
    if bounds is None or (found.statistics and bounds.people >= SMALL and not (said and said.sensitive)):
        return ""
    if bounds.lower >= options.block_from or (said and said.sensitive and bounds.upper >= options.warn_from):
        return "certain"
    return "possible" if bounds.upper >= options.warn_from else ""


def told(finding: Finding, found: Measured, options: Thresholds) -> Finding:
    """Return a finding as it is told: a note for a public resource, and for another species."""
    if found.resource:
        told = "with the columns of a public resource (a claim: anybody can name columns so)"
        return finding.replace(known="public", message=f"{finding.message}; {told}")
    return settled(finding, names=(), people=0, species=found.species, options=options)


SENTENCE = (
    "of {people} people at {rows}{more} variants ({common}{more} {which}, {loci} independent{how}): "
    "power {low:.2f} to {high:.2f} at false-positive rate 0.001 (likelihood-ratio test)"
)


_HOW = {
    "positions": " at one per 100 kb",
    "lengths": " at most, one per 100 kb of each chromosome",
    "chromosomes": " at one per 100 kb, and one per chromosome without positions",
}


def which(found: Measured) -> str:
    """Return which variants the upper bound counts."""
    if found.rated >= found.rows:
        return f"with MAF >= {release.COMMON:g}"
    return f"with MAF >= {release.COMMON:g} or none told" if found.rated else "of a frequency that is not told"


def sentence(found: Measured, bounds: Ratio) -> tuple[str, dict[str, Any]]:
    """Return what a release gives away as a template, and its numbers: the figure, what went into it, and the formula's name."""
    noun = "statistics" if found.statistics else "allele frequencies"
    text = SENTENCE.replace("{more}", " or more" if found.more else "")
    text = text.replace("{which}", which(found)).replace("{how}", _HOW[found.by])
    if bounds.reference:
        text += f", with {bounds.reference} people in the reference"
    return f"{noun} {text}", {
        "people": bounds.people,
        "rows": found.rows,
        "common": found.upper,
        "loci": found.lower,
        "low": release.power(bounds.lower, 1),
        "high": release.power(bounds.upper, 1),
    }


def reported(check: Rulebook, view: DataTable | Sites, found: Measured, options: Thresholds) -> Finding:
    """Return the finding of a release that a check reports, as it is told."""
    said = declared(options, view.artifact.path)
    bounds = checked(found, said)
    if bounds is None:
        raise ValueError("a release of nobody knows how many people has no level")
    text, numbers = sentence(found, bounds)
    if said and said.sensitive:
        text += ", declared sensitive"
    return told(check.finding(view.locate(), text, **numbers), found, options)
