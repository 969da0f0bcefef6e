"""GEN603: a table or index whose genotypes are not here."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Mend, Relation
from pytest_genomic_guard.views.genomic.containers import GenotypeFact, IndexFact
from pytest_genomic_guard.views.plink import BedFact, BimFact
from pytest_genomic_guard.views.pointers import Pointer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class GEN603(Relation):
    """A companion of genotypes that are not here.

    What it looks for
    -----------------
    A PLINK `.bim`, known by its rows, in a folder without the genotype matrix that it belongs to, and the index of a BGEN or PLINK
    2 matrix without that. The genotypes may be ignored by git, elsewhere, or committed in another folder. The companion itself is
    about variants, not about people, so it is a note.

    Why it matters
    --------------
    Somebody who commits the `.bim` has the `.bed` beside it. One `git add --force`, or one rule less in
    `.gitignore`, and it leaves.

    What to do instead
    ------------------
    Nothing, if it is meant. Otherwise keep the whole fileset in one place outside the repository.

    References
    ----------
    - PLINK 1.9 file formats: bed, bim, fam
    """

    code = "GEN603"
    name = "companion-without-its-genotypes"
    severity = "note"
    since = "0.1"
    mend = Mend(
        not_pushed="nothing, if it is meant; else keep the fileset outside the repository",
        pushed="nothing, if it is meant; make sure that the genotypes were never committed (genomic-guard scan --history)",
        public="nothing, if it is meant; make sure that no fork or release holds the genotypes (genomic-guard scan --history)",
    )
    needs = (BimFact, IndexFact)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a relation
        """Look for the genotypes of every companion in its folder."""
        beds = {_folder(path) for path, _bed in facts.of(BedFact)}
        beds |= {_folder(path) for path, pointer in facts.of(Pointer) if pointer.suffix.startswith(".bed")}
        for path, _bim in facts.of(BimFact):
            if _folder(path) not in beds and b".bim" in path:
                yield self.finding(Location(path=path), "variant table whose PLINK matrix is not in this folder")
        there = {(_folder(path), genotypes.format) for path, genotypes in facts.of(GenotypeFact)}
        there |= {(_folder(path), pointer.suffix[1:5].upper()) for path, pointer in facts.of(Pointer)}
        for path, index in facts.of(IndexFact):
            if (_folder(path), index.of) not in there:
                yield self.finding(Location(path=path), "index of genotypes that are not in this folder")


def _folder(path: bytes) -> bytes:
    return path.rpartition(b"/")[0]
