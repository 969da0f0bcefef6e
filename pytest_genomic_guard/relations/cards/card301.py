"""CARD301: the card of a data set does not state what its tier requires."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.cards.held import held, looks_at
from pytest_genomic_guard.relations.cards.mend_content import DATA
from pytest_genomic_guard.views.cards.nouns import Card

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class CARD301(Relation):
    """A section that the card of a data set has to have, and does not state.

    What it looks for
    -----------------
    Cards of data sets: Markdown with the front matter of the Hugging Face Hub, datasheets, Croissant metadata. The tier `basic`
    requires intended use, where the data come from and how they were collected (`training-data`), limitations and a licence;
    `research` adds who the people in the data are; `release` adds privacy. The tier is that of the policy (`cards: tier`), raised
    by the card's own `risk_tier`. What counts as stated is told as in CARD201.

    Why it matters
    --------------
    Where data come from decides what may be done with them. A model inherits both the gaps and the terms of its data.

    What to do instead
    ------------------
    Write what holds for these data. What nobody knows is a limit: say so under the limitations.

    References
    ----------
    - Gebru et al., Datasheets for Datasets, 2021
    - MLCommons, Croissant Format Specification 1.1 and its vocabulary for responsible AI
    """

    code = "CARD301"
    name = "data-card-section-not-stated"
    since = "0.1"
    mend = DATA
    needs = (Card,)
    reach = "snapshot"
    looks_at = staticmethod(looks_at)
    standing = True

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each section that is required and not stated."""
        for each in held(facts):
            for section in each.lacks if each.counts and each.card.kind == "dataset" else ():
                yield self.finding(each.place(section), each.why(section), key=section.name, subject=section.name)
