"""The description of a Kipoi model (`model.yaml`, kipoi.org/docs, 0.8), read as a card; of a group it is a template of Jinja.

A template is read with its places left open by their names, which is what is the same for all models of the group.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.views.cards import forms, trees
from pytest_genomic_guard.views.cards.nouns import Section

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.cards.trees import Read

OWN = re.compile(
    rb"^(?:default_dataloader|defined_as[ \t]{0,4}(?=:[ \t]{0,8}[\"']?\w{1,60}\.)|"
    rb"type[ \t]{0,4}(?=:[ \t]{0,8}[\"']?(?:keras|sklearn|pytorch|tensorflow)\b)|info)[ \t]{0,4}:",
    re.MULTILINE,
)
JINJA = re.compile(rb"\{%|\{\{|\{#")
_STATEMENT = re.compile(rb"\{%[^\n]{0,400}?%\}|\{#[^\n]{0,400}?#\}")
_PLACE = re.compile(rb"\{\{[^\n}]{0,200}\}\}")
_WHERE = {
    "training-data": ("trained_on",),
    "limitations": ("limitations",),
    "": ("doc", "training_procedure"),
}
_SAID = (
    (
        "intended-use",
        re.compile(
            r"(?i)\b(?:use (?:this|the) model (?:only )?(?:for|to|when|if)|intended (?:for|to)|"
            r"(?:should|can|may|must) (?:only )?be used (?:only )?(?:for|to))\b"
        ),
    ),
    (
        "out-of-scope",
        re.compile(
            r"(?i)\bnot (?:intended |suitable |meant |designed )?(?:to be used )?for\b|\b(?:do|must|should) not (?:be )?used?\b"
        ),
    ),
)
_COUNTED = re.compile(r"\d[\d,]{2,14}\s(?:\w{1,40}\s){0,2}(?:sites|samples|sequences|regions|genes|variants|cells|peaks|examples)")
_BLOCK = re.compile(rb"^info[ \t]{0,4}:[^\n]*\n(?:[ \t#][^\n]*+\n|\n)++", re.MULTILINE)


def is_one(data: bytes) -> bool:
    """Tell whether a text is a description of a model."""
    return len({each[0] for each in OWN.finditer(data)}) > 1  # a model with a data loader inside has no `default_dataloader`


def read(data: bytes) -> Read:
    """Return the description as a tree; of a template, what is left where its statements are taken out. Raises `CardError`."""
    if not JINJA.search(data):
        return trees.yaml_of(data)
    plain = _PLACE.sub(b"x", _STATEMENT.sub(b"", data))
    try:
        return trees.yaml_of(plain)
    except trees.CardError:
        block = _BLOCK.search(plain)
        if block is None:
            raise
        before = plain.count(b"\n", 0, block.start())
        return trees.yaml_of(b"\n" * before + block[0])


def form(read: Read) -> forms.Form | None:
    """Return what a description says, None where it says nothing of its own."""
    info = trees.table(read.tree, "info")
    if not info:
        return None
    found = forms.fields(read, info, _WHERE)
    doc = trees.words(info.get("doc"))
    settled = [Section(name=name, status="stated", line=read.line("doc")) for name, form in _SAID if form.search(doc)]
    licence = ""
    if "license" in info:
        each, licence = forms.licence(trees.word(info["license"]), read.line("license"))
        settled.append(each)
    held = trees.words(info.get("trained_on"))
    if _COUNTED.search(held):
        settled.append(Section(name="training-data", status="stated", line=read.line("trained_on")))
    if re.search(r"(?i)\b(?:test|held[- ]out|hold-?out|validation)\b", held):  # which data it was evaluated on, and no result
        settled.append(Section(name="evaluation", status="mentioned", why="heading", line=read.line("trained_on")))
    return forms.Form(
        form="kipoi",
        fields=found,
        settled=tuple(settled),
        names=forms.called(trees.word(info.get("name"))),
        licence=licence,
    )
