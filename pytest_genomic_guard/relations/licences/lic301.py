"""LIC301: the card of a model or a data set names no licence."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.licences.ground import folder
from pytest_genomic_guard.relations.licences.mend import CARD
from pytest_genomic_guard.views.licences import tree
from pytest_genomic_guard.views.licences.cards import CardLicence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options
    from pytest_genomic_guard.views.licences.cards import Given

_WHAT = {"model": "the card of a model", "dataset": "the card of a data set", "unclear": "a card"}
_FAULTS = {
    "missing": "names no licence",
    "open": "leaves the place of its licence open, as a template has it",
    "text": "names its licence in its text alone, and not in the front matter, where readers look for it",
    "twice": "has `license` twice, and they differ: readers take one of them",
    "key": "has its licence under another key than `license`, where nothing reads it",
    "form": "has a `license` that is neither an id nor a list of ids",
    "damaged": "has front matter that is no YAML, so that nothing reads its licence",
}
_MEANT = "names a licence by an id that is none of the Hub's list; this one is meant"
_OTHER = "names a licence that is none of the Hub's list: there it is `other`, with its name and a link"
_SAID = {"unknown": "says that its licence is unknown", "cc": "names the family of Creative Commons licences, and not which one"}


class LIC301(Relation):
    """A card that names no licence.

    What it looks for
    -----------------
    The front matter of cards as the Hugging Face Hub has them (a README or a card in Markdown with keys such as `pipeline_tag`,
    `base_model`, `datasets`, `task_categories`, or with `license` alone), and Croissant metadata: no `license`, nothing in it, a
    place that a template left open, `unknown`, `cc` (a family without its version), `other` without `license_name`, or without
    `license_link` and a licence file beside the card, an id that the Hub does not list (`Apache 2.0`, `CC-BY-4.0`, `gpl3`: the one
    that is meant is told), the key `licence` or `licenses`, two `license` that differ, a licence that only the text below names,
    and front matter that is no YAML. Posts, pages of documentation, R Markdown, Spaces and templates of cards are quiet.

    Why it matters
    --------------
    Who has no licence has no permission. The Hub shows and filters by the id, and what it does not list counts as none.

    What to do instead
    ------------------
    Write the id of the Hub's list into `license`. Another licence is `other`, with its name and a link to its text.

    References
    ----------
    - Hugging Face Hub documentation, "Licenses" and the metadata of model and dataset cards (August 2026)
    - MLCommons, Croissant Format Specification 1.0, `license`
    """

    code = "LIC301"
    name = "card-licence-missing"
    since = "0.1"
    mend = CARD
    needs = (CardLicence,)
    reach = "folder"  # the licence file that `other` means lies beside the card
    standing = True

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report what each card lacks."""
        beside = {folder(path) for path, _file in facts.of(tree.LicenceFile)}
        for path, card in facts.of(CardLicence):
            told, subject = _told(card, beside=folder(path) in beside)
            if told:
                yield self.finding(card.at, f"{_WHAT[card.kind]} {told}", key=subject, subject=subject or None)


def _told(card: CardLicence, *, beside: bool) -> tuple[str, str]:
    """Return what is wrong with a card's licence, and the id of which it is said; nothing where all is well."""
    if card.fault:
        meant = next((each.listed.id for each in card.given if each.listed), "") if card.fault in {"key", "text"} else ""
        return _FAULTS[card.fault], meant
    told = (_of(each, card, beside=beside) for each in card.given)
    return next((each for each in told if each[0]), ("", ""))


def _of(given: Given, card: CardLicence, *, beside: bool) -> tuple[str, str]:
    """Return the same of one licence."""
    listed = given.listed
    if listed is None:  # an address in Croissant is a name as well
        return ("", "") if given.exact else ("names a licence that is none of the Hub's list, and that is not known otherwise", "")
    if not given.exact and (card.sure or not listed.expression):
        return (_MEANT, listed.id) if listed.id else (_OTHER, listed.expression)
    if listed.id != "other" or (card.named and (card.linked or beside)):
        return _SAID.get(listed.id, ""), listed.id
    lacks = "`license_name`" if not card.named else "`license_link` or a licence file beside it"
    lacks += " and `license_link`" if not (card.named or card.linked or beside) else ""
    return f"has a licence of its own without {lacks}", "other"
