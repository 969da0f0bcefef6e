"""Croissant metadata of a data set (MLCommons, format 1.0 and 1.1, with the vocabulary of RAI), read as the card of the data."""

from __future__ import annotations

import re

from pytest_genomic_guard.views.cards import forms, trees
from pytest_genomic_guard.views.cards.nouns import Section

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.cards.trees import Read, Tree

_USED = re.compile(
    r"(?i)\b(?:can|could|may|should|to) be used (?:for|to|as|in)\b|"
    r"\b(?:designed|intended|meant|built|created|curated|developed) (?:for|to (?:support|enable|evaluate|help|serve|facilitate|"
    r"assess|train|benchmark|measure|study))\b|\baddress(?:es)? the need\b|"
    r"\bfacilitates? (?:the )?(?:development|research|study|training|evaluation)|"
    r"\benabl(?:es|ing) (?:\w+ ){0,2}(?:research|training|evaluation)|\bbenchmark (?:for|to)\b"
)
_HUB = re.compile(r"(?i)\bhosted on hugging ?face and contributed by\b")  # what the Hub writes where nobody described the data
_SHORT = 300
_TITLE = 12  # words: a description of fewer is a title
OWN = re.compile(rb"mlcommons\.org/(?:croissant|schema)\b")
_PREFIX = re.compile(r"^(?:sc|schema|cr|ml|dct|https?://schema\.org/|http://mlcommons\.org/croissant/)[:#]?(?=\w)")
_WHERE = {
    "intended-use": ("rai:dataUseCases",),
    "out-of-scope": ("rai:dataUseRestrictions", "rai:dataOutOfScopeUses", "rai:prohibitedUses"),
    "limitations": ("rai:dataLimitations", "rai:dataBiases"),
    "privacy": ("rai:personalSensitiveInformation",),
    "demographics": ("rai:annotatorDemographics", "rai:personalSensitiveInformation"),
    "training-data": ("description", "rai:dataCollection", "rai:dataCollectionRawData", "rai:dataPreprocessingProtocol"),
    "": ("description", "rai:dataCollection", "rai:dataCollectionType", "rai:dataSocialImpact", "usageInfo"),
}


def form(read: Read) -> forms.Form | None:
    """Return what metadata say, None where a file is none."""
    tree = plain(trees.table(read.tree))
    if not ({"conformsTo", "recordSet", "distribution"} & {*tree}):
        return None
    from pytest_genomic_guard.views.cards import crumbs  # noqa: PLC0415 - for few files

    about = " ".join(trees.words(tree.get(key)) for key in ("description", "rai:dataCollection"))
    settled = [Section(name="intended-use", status="stated", line=read.line("description"))] if _USED.search(about) else []
    known = ""
    for each in trees.listed(tree.get("license")):
        item = trees.table(each)
        told = trees.word(each) or trees.word(item.get("@id") or item.get("url") or item.get("name"))
        section, licence = forms.licence(_id(told), read.line("license", "sc:license"))
        settled.append(section)
        known = known or licence
    return forms.Form(
        form="croissant",
        kind="dataset",
        fields=tuple(each for each in forms.fields(read, tree, _WHERE) if not _titled(each)),
        settled=tuple(settled),
        names=forms.called(trees.word(tree.get("name"))),
        licence=known,
        faults=tuple(crumbs.faults(read, tree)),
    )


def _titled(field: forms.Field) -> bool:
    """Tell whether a description is a title: what the data are called is not where they come from."""
    from pytest_genomic_guard.views.cards import states  # noqa: PLC0415 - for few files

    if field.text.count(".") <= 1 and len(field.text) < _SHORT and _HUB.search(field.text):
        return True
    return field.section == "training-data" and states.fewer(field.text, _TITLE) and not re.search(r"\d\d|https?://", field.text)


def _id(value: str) -> str:
    """Return the id of a licence of which the address is given, where the address has it."""
    found = re.search(
        r"(?i)choosealicense\.com/licenses/([\w.+-]{2,40}?)/?$|spdx\.org/licenses/([\w.+-]{2,40}?)(?:\.html|\.json)?/?$", value
    )
    commons = re.search(r"(?i)creativecommons\.org/(?:licenses/(by[a-z-]{0,9})|publicdomain/(zero))/(\d\.\d)", value)
    if commons:
        return f"cc0-{commons[3]}" if commons[2] else f"cc-{commons[1]}-{commons[3]}".lower()
    return next((each for each in found.groups() if each), "") if found else value


def plain(tree: dict[str, Tree]) -> dict[str, Tree]:
    """Return a table with the properties of schema.org and of Croissant by their bare names."""
    return {_PREFIX.sub("", key): value for key, value in tree.items()}
