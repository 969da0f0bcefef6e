"""GOV109: a policy on small cells that asks for less than the terms of a data set."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.policy.smallcells import of_terms
from pytest_genomic_guard.relations.datause.mend_register import CELLS
from pytest_genomic_guard.relations.datause.register import Register, at, label
from pytest_genomic_guard.views.datause.nouns import DataUse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class GOV109(Relation):
    """A policy on small cells that asks for less than the terms of a data set.

    What it looks for
    -----------------
    A policy that sets `small-cell` to a number below that of an entry of `data-use`: the entry's own `small-cell`, or 20 for data
    of All of Us, where counts of 1 to 20 may not be shown, 20 included. 0 switches the rule off and is below every other number.
    Without the key the largest number of all entries holds by itself.

    Why it matters
    --------------
    A table with a count between both numbers passes here and breaks the terms of the data set: few people in a cell can be found.

    What to do instead
    ------------------
    Set `small-cell` to the largest number that any of the terms asks for, or leave the key out.

    References
    ----------
    - All of Us, Data and Statistics Dissemination Policy: counts of 1 to 20
    - Centers for Medicare & Medicaid Services, cell size suppression policy: counts of 1 to 10
    """

    code = "GOV109"
    name = "small-cell-rule-weaker"
    since = "0.1"
    mend = CELLS
    needs = (DataUse,)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report the entries whose terms ask for more."""
        register = Register(facts)
        policy = register.today.small_cell
        for entry in register.entries():
            asked = of_terms(entry.id, entry.small_cell)
            if asked > policy >= 0:
                name = label(entry)
                state = "switches the rule off" if policy == 0 else "sets it to {policy}"
                told = f"the terms of {name} ask that counts of 1 to {{asked}} are not shown, and the policy's `small-cell` {state}"
                yield self.finding(at(entry), told, key=name, subject=name, asked=asked, policy=policy)
