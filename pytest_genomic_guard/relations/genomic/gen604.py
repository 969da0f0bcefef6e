"""GEN604: a pointer to a PLINK genotype matrix."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.gen601 import POINTED
from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.views.plink import BedFact, BimFact, FamFact
from pytest_genomic_guard.views.pointers import MatrixPointer, Pointer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options

_LEAST = 4  # bytes of a matrix: three magic ones, then genotypes


class GEN604(Relation):
    """A git-lfs pointer to a PLINK genotype matrix.

    What it looks for
    -----------------
    A pointer of git-lfs called `.bed` beside a `.bim` or `.fam`, or pointers to them. A UCSC BED file has the same suffix, so a
    `.bed` alone is not reported; nor is one whose object is at hand, since its content decides.

    Why it matters
    --------------
    A push uploads the matrix, which is the genotypes of every participant of a study.

    What to do instead
    ------------------
    Keep the fileset out of git-lfs, where its data-use terms put it.

    References
    ----------
    - git-lfs specification: pointers; PLINK 1.9 file formats: bed, bim, fam
    - 45 CFR 164.514(b)(2)(i)(R), any other unique identifying characteristic
    """

    code = "GEN604"
    name = "pointer-to-genotype-matrix"
    confidence = "medium"
    since = "0.1"
    clauses = ("45 CFR 164.514(b)(2)(i)(R)",)
    mend = POINTED
    needs = (MatrixPointer,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a relation
        """Set every such pointer beside the tables of its folder."""
        read = {path for path, _bed in facts.of(BedFact)}
        near: dict[bytes, bytes] = {_key(path): path for kind in (BimFact, FamFact) for path, _table in facts.of(kind)}
        pointers = facts.of(Pointer)
        near |= {_key(path): path for path, pointer in pointers if pointer.suffix.startswith((".bim", ".fam"))}
        for path, pointer in pointers:
            wanted = isinstance(pointer, MatrixPointer) and (pointer.size or _LEAST) >= _LEAST
            if wanted and path not in read and _key(path) in near:
                involved = (near[_key(path)],)
                yield self.finding(
                    Location(path=path), "git-lfs pointer to a genotype matrix, which a push uploads", involves=involved
                )


def _key(path: bytes) -> bytes:
    """Return folder and name up to its first dot: what the files of one fileset share."""
    folder, slash, name = path.rpartition(b"/")
    return folder + slash + name.partition(b".")[0]
