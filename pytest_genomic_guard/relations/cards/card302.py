"""CARD302: Croissant metadata that its readers refuse."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.cards.faulty import told
from pytest_genomic_guard.relations.cards.mend_forms import FORM
from pytest_genomic_guard.views.cards.nouns import Card

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class CARD302(Relation):
    """Croissant metadata that its readers refuse.

    What it looks for
    -----------------
    JSON-LD of Croissant 1.0 and 1.1: no `@context`, `conformsTo`, `name`, `description` or `url`; a type that is no
    `sc:Dataset`; a `conformsTo` that names no version; properties to which `@context` gives no meaning; ids with blanks; entries of
    `distribution` that are no file, without `@id`, `encodingFormat`, `contentUrl`, `includes` or a digest; record sets and fields
    that are none, without `source` or `dataType`, with a source that is nowhere in the file, over several files without
    `references`; shapes of arrays that are none. `creator` and `datePublished` are not asked for: the specification requires them,
    its reference reader warns, and most of its own examples have none. The licence is told by LIC301.

    Why it matters
    --------------
    A reader that refuses the metadata gets no data, and without a digest nobody can tell whether the data are those that the card
    is about.

    What to do instead
    ------------------
    Correct the entry at the line that is named.

    References
    ----------
    - MLCommons, Croissant Format Specification 1.0 and 1.1
    - mlcommons/croissant, `mlcroissant` 1.1, `structure_graph/nodes`
    """

    code = "CARD302"
    name = "croissant-faulty"
    since = "0.1"
    mend = FORM
    needs = (Card,)
    alone = True
    standing = True

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report what is wrong, with its line."""
        for _path, card in facts.of(Card):
            yield from (self.finding(at, what, key=what) for at, what in told(card.at, card.faults, self.code))
