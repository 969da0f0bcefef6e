"""LIC303: a model promises more than what it was made from allows."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.licences.derived import Cards, conditions, shown
from pytest_genomic_guard.relations.licences.mend import DERIVED
from pytest_genomic_guard.views.licences.cards import CardLicence, is_card

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options
    from pytest_genomic_guard.views.licences.cards import Kind

_FROM = {"model": "its base model", "dataset": "the data that it is made from"}


class LIC303(Relation):
    """A model under milder terms than what it was made from.

    What it looks for
    -----------------
    A card whose `base_model`, `datasets` or `source_datasets` name a model or data set that has a card in the same repository, by
    the path or the name of its folder, by the name of its file, or by the name that it gives itself (`model-index`, `pretty_name`),
    and whose licence drops a condition of that one. What is made from a work has to keep: that its authors be named, that it be
    shared alike or under the same copyleft (weak, then share-alike, then the GPL, then the AGPL, each keeping those before it), no
    commercial use, research only, no changed versions, and limits on use of the same family (RAIL, Llama, Gemma). C-UDA and CDLA
    ask nothing of a model that is trained on the data, and the ODbL a notice. A licence that nobody can name is LIC301's.

    Why it matters
    --------------
    Nobody can give more than they have. Who takes weights under `mit` that were tuned from `cc-by-nc-4.0` relies on a permission
    that does not exist.

    What to do instead
    ------------------
    Publish under a licence that keeps those terms (often the same one), train on other data, or ask for other terms.

    References
    ----------
    - Creative Commons licences 4.0, sections 2.a and 3; GPL-3.0, section 5; BigScience OpenRAIL-M, section 4
    - C-UDA-1.0, section 3; CDLA-Sharing-1.0, section 3.5; ODbL-1.0, sections 4.3 and 4.5
    """

    code = "LIC303"
    name = "card-derivation"
    since = "0.1"
    mend = DERIVED
    needs = (CardLicence,)
    reach = "snapshot"  # data and models lie in different folders
    standing = True
    looks_at = staticmethod(is_card)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each source whose conditions are dropped."""
        cards = Cards(facts)
        for path, card in cards.all:
            own = conditions(card)
            for _name, kind, found in cards.sources(path, card) if own is not None else ():
                dropped = [_dropped(own or (), card, source, kind) for _path, source in found]
                if not dropped or not all(dropped):
                    continue
                told = f"the licence of a card drops what {_FROM[kind]} asks: {' and '.join(dropped[0])}"
                subject = f"{shown(card)} on {shown(found[0][1])}"
                yield self.finding(card.at, told, key=subject, subject=subject, involves=(found[0][0],))


def _dropped(own: tuple[str, ...], card: CardLicence, source: CardLicence, kind: Kind) -> list[str]:
    """Return, in words, what a card's licence drops of what a source asks; nothing where that is not known."""
    from pytest_genomic_guard.views.licences import hub  # noqa: PLC0415 - where a card names a source only

    if conditions(source) is None:
        return []
    trained = kind == "dataset" and card.kind != "dataset"
    asked = [hub.to_model(each.listed) if trained else each.listed.conditions for each in source.given if each.listed]
    return hub.lost(own, tuple(dict.fromkeys(word for words in asked for word in words)))
