"""GOV102: a source of controlled data that is used, and that the register does not have."""

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


class GOV102(Relation):
    """A source of controlled data that is used, and that the register does not have.

    What it looks for
    -----------------
    Signs that data of a source under terms are read, where no accession says which: buckets and files of UK Biobank
    (`ukb12345.tab`, field names such as `p31_i0` and `f.31.0.0`, its analysis platform), the workspace and data of All of Us
    (`WORKSPACE_CDR`, `fc-aou-datasets-controlled`), AnVIL workspaces and buckets behind an authorization domain, BioData Catalyst,
    downloads with a token from the Genomic Data Commons and what is called `GDC controlled` or `TCGA controlled` there,
    individual-level FinnGen, MIMIC of PhysioNet, tables and variables of dbGaP; and such a source by its name where the card of a
    model names it as training data. One entry of `data-use` for the source is enough, and a source is told once, where it is used
    first. Names in running text, summary statistics, demonstration
    and public workspaces are quiet.

    Why it matters
    --------------
    A bucket or a workspace stands for an agreement as an accession does, and is easier to overlook.

    What to do instead
    ------------------
    Write an entry for the source into `data-use`, with the number of the application or workspace where it has one.

    References
    ----------
    - UK Biobank, All of Us, AnVIL, BioData Catalyst, GDC, FinnGen and PhysioNet: their documentation on data access, as of 2026-11
    """

    code = "GOV102"
    name = "controlled-source-undeclared"
    severity = "warning"
    confidence = "medium"
    since = "0.1"
    mend = DECLARE
    needs = (Accession, Card, Registered)
    reach = "above"
    looks_at = staticmethod(may_be)
    standing = True
    rules = (*registered.RULES, *RULES)

    def gathered(self, text: Text) -> Iterator[Accession | Registered]:
        """Yield what a file names, and that it is one of the policy."""
        yield from registered.gathered(text)
        yield from accessions.gathered(text)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report the sources that neither an entry nor an accession is about, each where it is used first."""
        register = Register(facts)
        used = [each for _path, each in register.named() if each.setting != "prose" and each.level == "controlled"]
        said = {each.id for each in used if not each.named}
        sources: dict[str, list[Accession]] = {}
        for each in used:
            if each.named and not register.entry(each.id) and not any(ids.covers(one, each.id) for one in said):
                sources.setdefault(each.id, []).append(each)
        for places in sources.values():
            yield self._told(places, register.turned())

    def _told(self, places: list[Accession], turned: tuple[bytes, ...]) -> Finding:
        first = places[0]
        name = ids.shown(first.id) or first.system
        files = tuple(sorted({each.at.path for each in places}))
        where = "as training data" if first.setting == "card" else "here"
        more = " and in {more} more files" if len(files) > 1 else ""
        told = f"data of {first.system} are used {where}{more}, and no entry of `data-use` is about them"
        return self.finding(first.at, told, key=name, subject=name, involves=(*files, *turned), more=len(files) - 1)
