"""GOV101: an accession of data under controlled access that the register does not have."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.datause.mend_register import DECLARE
from pytest_genomic_guard.relations.datause.register import Register
from pytest_genomic_guard.views.cards.named import may_be
from pytest_genomic_guard.views.cards.nouns import Card
from pytest_genomic_guard.views.datause import accessions, ids, registered
from pytest_genomic_guard.views.datause.nouns import Accession, Registered
from pytest_genomic_guard.views.datause.systems import RULES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options
    from pytest_genomic_guard.views.text import Text


class GOV101(Relation):
    """An accession of data under controlled access that the register does not have.

    What it looks for
    -----------------
    Accessions of archives that give data out under terms: dbGaP studies (`phs000178.v11.p8`), EGA studies, data sets and their
    parts (`EGAD...`, `EGAS...`), JGA and NBDC (`JGAS...`, `hum0123.v1`), and applications of UK Biobank where it is named beside
    the number. They count in programs and their comments, cells of notebooks, configurations, workflow files, and as what the card
    of a model names as its training data, unless an entry of the policy's `data-use` is about them. An entry without a version is
    about all versions; one with a version is not about later ones, and one with a consent group about no other group.

    Quiet are running text (README, papers, docstrings, comments that cite literature or thank), tests and their fixtures,
    examples of a package of R (`inst/extdata`), dbGaP's dictionaries of variables, tables, cards that say of an accession that it
    is an open tier or that it is planned, and data files that name more than 30 data sets, which are catalogues; a program that
    does is told once. Public ids (SRR, GSE, PRJ, SAM, NCT), Synapse ids and barcodes of TCGA are nothing by themselves.

    Of several commits the state at their end counts: an accession that one commit brings and a later one takes out again is no
    use that needs an entry, and as it is public, nothing leaves with it. Where a commit changes the register, files that it does
    not touch are judged by the new one.

    Why it matters
    --------------
    Such data come with an agreement: for which use, by whom, until when. Who reads the repository has to find it, and the other
    rules on data use judge by it. A file that names an accession which nobody declared is data that nobody answers for.

    What to do instead
    ------------------
    Write an entry with the terms of the agreement into `data-use`, in a change that the data set's owner reviews: a range is judged
    by the register as it was before.

    References
    ----------
    - NIH Genomic Data Sharing Policy, NOT-OD-14-124, and its Data Use Certification
    - Accessions: dbGaP (PubMed 17898773), ega-archive.org, ddbj.nig.ac.jp/jga, humandbs.dbcls.jp
    """

    code = "GOV101"
    name = "accession-undeclared"
    since = "0.1"
    mend = DECLARE
    needs = (Accession, Card, Registered)
    reach = "above"  # a README at the top can be the card of a changed model
    looks_at = staticmethod(may_be)
    standing = True
    rules = (*registered.RULES, *RULES)

    def gathered(self, text: Text) -> Iterator[Accession | Registered]:
        """Yield what a file names, and that it is one of the policy."""
        yield from registered.gathered(text)
        yield from accessions.gathered(text)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report the accessions of each file that no entry is about, each data set once."""
        register = Register(facts)
        files: dict[bytes, dict[str, Accession]] = {}
        many: dict[bytes, set[str]] = {}
        for path, each in register.named():
            if each.named or each.level != "controlled" or each.setting == "prose":
                continue
            many.setdefault(path, set()).add(ids.parse(each.id).base)
            entry = register.entry(each.id)
            if entry is None or register.outdated(entry, each.id):
                files.setdefault(path, {}).setdefault(ids.parse(each.id).base, each)
        for path, found in files.items():
            if len(many[path]) > accessions.MANY:
                yield from self._catalogue(path, found, register.turned())
            else:
                for each in found.values():
                    yield self._told(each, register.turned(), outdated=register.entry(each.id) is not None)

    def _told(self, each: Accession, turned: tuple[bytes, ...], *, outdated: bool) -> Finding:
        name = ids.shown(each.id)
        what = f"{name or 'an accession'} ({each.system}) is used here"
        if outdated:
            told = f"{what}, and `data-use` is about an earlier version only"
        else:
            told = f"{what}, and no entry of `data-use` is about it"
        return self.finding(each.at, told, key=name, subject=name or None, involves=turned)

    def _catalogue(self, path: bytes, found: dict[str, Accession], turned: tuple[bytes, ...]) -> Iterator[Finding]:
        """Report a program with many once; a data file with as many is a list of what others publish."""
        first = next(iter(found.values()))
        if first.setting == "code" or not path.lower().endswith((b".json", b".xml")):
            told = "{count} data sets under controlled access are named here that no entry of `data-use` is about"
            yield self.finding(first.at, told, key="catalogue", subject=first.system, involves=turned, count=len(found))
