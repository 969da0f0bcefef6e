"""GEN103: a PLINK genotype matrix, judged with its tables."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.model import Location, Relation, Whom
from pytest_genomic_guard.relations.genomic.siblings import MISFIT
from pytest_genomic_guard.views.genomic.containers import KnownPeople
from pytest_genomic_guard.views.plink import BedFact, BimFact, FamFact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import TypeVar

    from pytest_genomic_guard.model import Facts, Finding, Options

    F = TypeVar("F", FamFact, BimFact)


_CLAIM = "by the names in its .fam (a claim: anybody can rename a sample)"
_UNKNOWN = "", ""
_OTHER = "non-human", "; of another species by the chromosomes in its .bim"
_KNOWN = (("public", f"; all of public resources {_CLAIM}"), ("synthetic", f"; all made up {_CLAIM}"))


class GEN103(Relation):
    """A PLINK genotype matrix.

    What it looks for
    -----------------
    A PLINK 1 binary genotype matrix, known by its three magic bytes whatever it is called, together with the `.fam` and `.bim`
    beside it, known by the grammar of their rows. Two bits for each person and variant must fill the matrix exactly; when they
    do, the finding counts the people. A matrix whose tables are missing, or do not fit, is reported as well: its genotypes are
    there. Where all people in the fitting `.fam` are known, of public resources or made up (see GEN303), it is a note as theirs is.
    A UCSC BED file is text and has nothing to do with it.

    Why it matters
    --------------
    The matrix is the genotypes of every participant of a study. PLINK filesets and their side files are what takedown notices
    of cohorts name, far more often than VCF.

    What to do instead
    ------------------
    Keep the fileset where its data-use terms put it, and read it from there. Where a test needs one, simulate it at test time.

    References
    ----------
    - PLINK 1.9 file formats: bed, bim, fam
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic
    """

    code = "GEN103"
    name = "plink-genotype-matrix"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = INDIVIDUAL_LEVEL
    needs = (BedFact, FamFact, BimFact)
    alone = True  # genotypes are in the matrix whatever is beside it

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a relation
        """Pair every matrix with the tables of its folder."""
        fams, bims = _by_folder(facts.of(FamFact)), _by_folder(facts.of(BimFact))
        index: dict[bytes, dict[tuple[bytes | None, int], bytes]] = {
            folder: {key: path for path, bim in reversed(near) for key in ((_stem(path), bim.variants), (None, bim.variants))}
            for folder, near in bims.items()
        }
        known = dict(facts.of(KnownPeople))
        for path, matrix in facts.of(BedFact):
            folder = _folder(path)
            near_fams, near_bims = fams.get(folder, ()), bims.get(folder, ())
            at = Location(path=path)
            fitting = _fitting(path, matrix, near_fams, index.get(folder, {}))
            involved = tuple(sorted(item[0] for item in (*near_fams, *near_bims)))
            if fitting:
                people, variants, involved = fitting
                whose = known.get(involved[0])
                of = _KNOWN[whose.synthetic] if whose and whose.people == people else _UNKNOWN
                if any(bim.other for name, bim in near_bims if name in involved):
                    of = _OTHER
                told = "genotypes of {people} people at {variants} variants" + of[1]
                found = self.finding(at, told, people=people, variants=variants, involves=involved)
                yield found.replace(known=of[0], whom=Whom(people=people, variants=variants))
            elif near_fams and near_bims:
                told = "genotype matrix whose size does not fit the .fam and .bim beside it"
                yield self.finding(at, told, involves=involved).replace(whom=Whom(people=MISFIT))
            else:
                yield self.finding(at, "genotype matrix without its .fam or .bim, so people cannot be counted", involves=involved)


def _fitting(
    path: bytes, matrix: BedFact, fams: Sequence[tuple[bytes, FamFact]], bims: Mapping[tuple[bytes | None, int], bytes]
) -> tuple[int, int, tuple[bytes, bytes]] | None:
    """Return people, variants and the tables that fill the matrix, those of its own name first.

    Two bits for each genotype, with rows padded to whole bytes; what the size asks for is looked up, so that many filesets in one
    folder are not tried in all pairs.
    """
    stem = _stem(path)
    for fam_path, fam in sorted(fams, key=lambda item: _stem(item[0]) != stem):
        rows = (fam.people + 3) // 4 if matrix.variant_major else fam.people
        if not rows or matrix.size % rows:
            continue
        columns = matrix.size // rows
        wanted = (columns,) if matrix.variant_major else tuple(range(4 * columns, max(0, 4 * columns - 4), -1))
        for key in ((name, variants) for name in (stem, None) for variants in wanted):
            if key in bims:
                return fam.people, key[1], (fam_path, bims[key])
    return None


def _by_folder(tables: Iterable[tuple[bytes, F]]) -> dict[bytes, list[tuple[bytes, F]]]:
    found: dict[bytes, list[tuple[bytes, F]]] = {}
    for path, fact in tables:
        found.setdefault(_folder(path), []).append((path, fact))
    return found


def _folder(path: bytes) -> bytes:
    return path.rpartition(b"/")[0]


def _stem(path: bytes) -> bytes:
    return path.rpartition(b"/")[2].partition(b".")[0]
