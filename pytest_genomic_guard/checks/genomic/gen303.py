"""GEN303: a table with a row for each person, next to genetics."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.checks.genomic.quoted import in_code, made_up
from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Check, Finding, Identifiers, Whom
from pytest_genomic_guard.views.genomic import kinds
from pytest_genomic_guard.views.genomic.containers import KnownPeople
from pytest_genomic_guard.views.genomic.persons import WEAK
from pytest_genomic_guard.views.genomic.personwords import PERSON_HINTS
from pytest_genomic_guard.views.genomic.plinklists import PersonRows
from pytest_genomic_guard.views.tables.table import DataTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Fact, Location, Rulebook
    from pytest_genomic_guard.views.genomic.kinds import Kind


_SETS = frozenset({"fid", "iid", "fid1", "iid1", "id1", "indv", "indv1"})  # a person, as programs that read filesets have it


class GEN303(Check[DataTable | PersonRows, Whose]):
    """A table with a row for each person, next to genetics.

    What it looks for
    -----------------
    Tables and lists that a genetic analysis writes or reads with a row for each person, or each pair of people: the sample tables
    of PLINK (`.fam`, `.psam`) and all that it writes beside a fileset (`.hh`, `.nosex`, `.irem`, `.imiss`, `.het`, `.sexcheck`,
    `.genome`, `.kin0`, `.hom`, `.eigenvec`, `.scount`, `.sscore`, `.profile`, `.mendel`, `.cov`, lists of ids), relationships of
    people in text and in binary numbers (`.grm.bin`, `.rel.bin`, `.king.bin`), karyotypes, pharmacogenetic calls, what bcftools
    and its kin write of each sample, phenotype and covariate files, principal components, polygenic scores, relatedness (KING,
    somalier, vcftools), shared segments, local and global ancestry by person, haplogroups, pedigrees (LINKAGE, CanRisk, BOADICEA,
    tables that name both parents), clinical tables of cBioPortal, cells of single-cell data by donor, MultiQC's summary of samples
    under ids of people. Columns and the form of ids decide; a name of a file decides only where its content leaves it
    open. A saved output of a notebook or page that shows such rows counts the same, and so does a table in any other form: a
    sheet, a database, a columnar file.

    Quiet: tables with a row for each variant, gene or region, summaries of columns (describe, corr), counts by group, fits of
    models. What belongs to a fileset of another species, by the chromosomes of the variants or genotypes with the same name beside
    it, is a note.

    Why it matters
    --------------
    Side files of PLINK are what takedown notices of cohorts name, far more often than VCF. Each row is one participant: an id
    with which the owner of the data finds the person, and what is measured in them.

    What to do instead
    ------------------
    Keep such files with the fileset, where its data-use terms put it, and have the output folder ignored. Commit counts, plots of
    groups and code. Clear notebook outputs before committing.

    References
    ----------
    - PLINK 1.9 and 2.0 file format references
    - UK Biobank takedown notices in github/dmca, 2025 to 2026
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying number or code
    """

    code = "GEN303"
    name = "per-person-genetic-table"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    rules = PERSON_HINTS
    Options = Whose

    def look(self, view: DataTable | PersonRows, options: Whose) -> Iterator[Finding | Identifiers | Fact]:
        """Report a table or list of people; where all are known, a matrix beside it is of the same."""
        for found in reported(self, view, options, weak=False):
            yield found
            if isinstance(found, Finding) and found.known in {"public", "synthetic"} and isinstance(view, PersonRows):
                yield KnownPeople(people=view.people, synthetic=found.known == "synthetic")


def reported(check: Rulebook, view: DataTable | PersonRows, options: Whose, *, weak: bool) -> Iterator[Finding | Identifiers]:
    """Yield what is told of a table or list of people, as an error or as a warning by who asks."""
    if isinstance(view, PersonRows):
        if view.weak == weak:
            yield of_rows(check, view, options)
        return
    kind = kinds.of(view)
    if kind and kind.what == "per-person" and (kind.format in WEAK or in_code(view, kind) or made_up(view, kind)) == weak:
        yield from of_table(check, view, kind, options)


def of_table(check: Rulebook, view: DataTable, kind: Kind, options: Whose) -> Iterator[Finding | Identifiers]:
    """Yield the ids of a table, and what is told of it."""
    yield Identifiers(values=kind.names)
    at = view.locate() if kind.row is None else view.locate_row(kind.row)
    shown = any(step.startswith("output") for step in view.trail)
    finding = _finding(check, at, kind.format, kind.people, shown=shown)
    beside = _of_any(kind.format) and bool(_SETS.intersection(name.strip('#" ').lower() for name in view.header[:4]))
    whom = Whom(people=kind.people, listed=True, beside=beside)
    yield settled(finding, names=kind.names, people=kind.people, species=kind.species, options=options, open_tier=True, whom=whom)


def _of_any(format: str) -> bool:  # noqa: A002 - the field of a kind
    """Tell whether a table can be of another species: groups and populations of the genome are told of people alone."""
    return "group" not in format and "population" not in format


def of_rows(check: Rulebook, view: PersonRows, options: Whose) -> Finding:
    """Return what is told of a list."""
    finding = _finding(check, view.at, view.format, view.people, shown=view.setting == "output", more=view.more)
    beside = _of_any(view.format)
    whom = (
        Whom(people=0 if view.more else view.people, listed=True, beside=beside) if view.setting == "file" and view.names else None
    )
    return settled(finding, names=view.names, people=view.people, species=view.species, options=options, open_tier=True, whom=whom)


def _finding(check: Rulebook, at: Location, format: str, people: int, *, shown: bool, more: bool = False) -> Finding:  # noqa: A002, PLR0913
    told = f"a saved output shows {format}" if shown else format
    if not people:
        return check.finding(at, told)
    many = "1 person" if people == 1 and not more else "at least {people} people" if more else "{people} people"
    return check.finding(at, f"{told}: {many}", people=people)
