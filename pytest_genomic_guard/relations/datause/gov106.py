"""GOV106: an entry of the register on data that nothing here names."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.datause.mend_register import ENTRY
from pytest_genomic_guard.relations.datause.register import Register, at, label
from pytest_genomic_guard.views.datause import accessions, ids
from pytest_genomic_guard.views.datause.nouns import Accession, DataUse
from pytest_genomic_guard.views.datause.systems import RULES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options
    from pytest_genomic_guard.views.text import Text


class GOV106(Relation):
    """An entry of the register on data that nothing here names.

    What it looks for
    -----------------
    Entries of `data-use` whose accession or source no file and no card of the repository names, running text included, and whose
    `paths` and `models` match nothing. Entries by an id of one's own, which no form tells, are not judged, and nothing is judged
    where only a part of the repository is read (a commit, a range, a folder).

    Why it matters
    --------------
    A register that lists what is gone hides what is there. An accession that was mistyped is not the one that is used.

    What to do instead
    ------------------
    Take the entry out, or name the files and models that come from its data in `paths` and `models`.

    References
    ----------
    - The guide on data use
    """

    code = "GOV106"
    name = "data-use-entry-unused"
    severity = "note"
    since = "0.1"
    mend = ENTRY
    needs = (DataUse,)
    standing = True
    rules = RULES

    def gathered(self, text: Text) -> Iterator[Accession]:
        """Yield what a file names."""
        yield from accessions.gathered(text)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report the entries that hold for nothing."""
        register = Register(facts)
        if not register.today.whole:
            return
        named = {each.id for _path, each in register.named()}
        for entry in register.entries():
            names = (entry.id, *entry.aliases)
            told = all(ids.parse(each).known for each in names) and not entry.files
            if told and not any(ids.covers(one, each) for one in names for each in named) and not register.tied(entry):
                name = label(entry)
                yield self.finding(at(entry), f"nothing here names {name}, on which this entry is", key=name, subject=name)
