"""LIC302: a model or a data set is under a licence that the policy does not allow."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.licences.ground import Ground
from pytest_genomic_guard.relations.licences.mend import RESTRICTED
from pytest_genomic_guard.views.licences import expression as spdx
from pytest_genomic_guard.views.licences import tree
from pytest_genomic_guard.views.licences.cards import CardLicence
from pytest_genomic_guard.views.licences.showing import shown_expression

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options
    from pytest_genomic_guard.views.licences.hub import Listed

_COPYLEFT = frozenset({"weak-copyleft", "strong-copyleft", "network-copyleft"})
_WHAT = {"model": "a model", "dataset": "a data set", "unclear": "what a card describes"}


class LIC302(Relation):
    """A model or a data set under a licence that the policy does not allow.

    What it looks for
    -----------------
    The licence of a card (see LIC301), of a card that has it in its text alone (`**License:**`), or of a Kipoi `model.yaml`, that
    forbids commercial use (`cc-by-nc-4.0`), changed versions (`cc-by-nd-4.0`) or all but research (`apple-amlr`), that limits what
    it is used for (`openrail`, `llama3`, `gemma`, `c-uda`), or whose class the policy does not allow (copyleft such as `gpl-3.0`,
    unless the project is under as much itself). Of several ids each counts. A licence of its own (`other`) is judged by its
    `license_name`. With `licences: use: non-commercial-research` in the policy, what forbids
    commercial use and what is for research only may stay.

    Why it matters
    --------------
    Weights and data come with terms as code does. A product, a hospital's routine or a company partner is often commercial use,
    and limits on use have to be passed on to whoever gets the model, or what was made from it.

    What to do instead
    ------------------
    Use a model or data under open terms, get other terms from the authors, or state in the policy what is allowed and why.

    References
    ----------
    - Hugging Face Hub documentation, "Licenses" (August 2026)
    - Creative Commons licences 4.0, sections 1 and 2; BigScience OpenRAIL-M, attachment A; Llama 3.1 Community License, section 1.b
    """

    code = "LIC302"
    name = "card-licence-restricted"
    since = "0.1"
    mend = RESTRICTED
    needs = (CardLicence,)
    reach = "above"  # the licence of the project lies at the top
    standing = True
    looks_at = staticmethod(tree.named)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report the first licence of each card that is not allowed."""
        ground = Ground(facts)
        for path, card in facts.of(CardLicence):
            barred = [each.listed for each in card.given if each.listed and not _allowed(each.listed, path, ground)]
            if barred:
                why = barred[0].restriction or barred[0].kind
                name = barred[0].id or shown_expression(barred[0].expression)
                told = f"{_WHAT[card.kind]} is under a licence that the policy does not allow here ({why})"
                yield self.finding(card.at, told, key=name, subject=name)


def _allowed(listed: Listed, path: bytes, ground: Ground) -> bool:
    """Tell whether something under a licence may lie at a path; of what is not known LIC301 speaks."""
    terms = ground.terms(path)
    if listed.kind == "unknown" or listed.kind in terms.classes or listed.id.lower() in {each.lower() for each in terms.ids}:
        return True
    if listed.kind == "non-commercial" and terms.use == "non-commercial-research":
        return "nd" not in listed.conditions
    if listed.kind in _COPYLEFT:
        return ground.allowed(listed.expression, path)
    return bool(listed.expression) and spdx.settled(listed.expression, terms.classes, terms.ids)
