"""The metadata of a MONAI bundle (`metadata.json`, schema of Project-MONAI, `meta_schema`), read as a card.

31 public bundles were read: most take over the sentence of the tutorial on what a bundle is not for, which tells nothing of theirs.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.views.cards import figures, forms, trees
from pytest_genomic_guard.views.cards.nouns import Section

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.cards.trees import Read

OWN = re.compile(rb'"(?:monai_version|network_data_format)"[ \t\r\n]{0,8}:')
_WHERE = {
    "intended-use": ("intended_use",),
    "out-of-scope": ("intended_use", "out_of_scope"),
    "training-data": ("data_source", "dataset", "training_data"),
    "limitations": ("limitations", "warning"),
    "oversight": ("human_oversight",),
    "": ("description", "task", "name", "data_type"),
}
_LONG = 4000  # characters of a description in which the data are looked for
_SHARED = re.compile(
    r"(?i)\W*this is (?:an? )?(?:example|research tool)[^.]{0,80}not (?:to be )?used (?:for )?(?:clinical|diagnos)\w*[^.]{0,40}\W*"
)
_DATA = re.compile(
    r"[^.]{0,200}\b(?:on|using|with|from|of)\b (?:the )?(?P<name>[A-Z][\w-]{2,40}(?: [A-Z0-9][\w-]{1,40}){0,4})"
    r"(?: [a-z]{1,20}){0,2} (?:data ?set|data|challenge|cohort)s?\b|[^.]{0,200}\btrained (?:on|with|using|from)\b[^.]{6,200}"
)


def form(read: Read) -> forms.Form | None:
    """Return what a bundle says, None where a file is none."""
    tree = trees.table(read.tree)
    if "monai_version" not in tree and "network_data_format" not in tree:
        return None
    found = list(forms.fields(read, tree, _WHERE))
    found += _named(read, tree)
    use = trees.word(tree.get("intended_use"))
    settled = []
    if len(use) < _LONG and _SHARED.fullmatch(use):
        settled = [
            Section(name=name, status="mentioned", why="boilerplate", line=read.line("intended_use"))
            for name in ("intended-use", "out-of-scope")
        ]
        found = [each for each in found if each.section not in {"intended-use", "out-of-scope"}]
    metrics = figures.of_table(trees.table(tree, "eval_metrics"), read.line("eval_metrics"))
    if "eval_metrics" in tree:
        settled.append(figures.section((), read.line("eval_metrics"), others=figures.counted(tree["eval_metrics"])))
    licence = ""
    for key in ("license", "licence"):
        if key in tree:
            each, licence = forms.licence(trees.word(tree[key]), read.line(key))
            settled.append(each)
    return forms.Form(
        form="monai",
        fields=tuple(found),
        settled=tuple(settled),
        names=forms.called(trees.word(tree.get("name"))),
        licence=licence,
        metrics=metrics,
    )


def _named(read: Read, tree: dict[str, trees.Tree]) -> list[forms.Field]:
    """Return the data that the description names, where the source is an address or is not told."""
    source = trees.word(tree.get("data_source"))
    if source and not re.fullmatch(r"https?://\S+", source):
        return []
    found = _DATA.search(trees.word(tree.get("description"))[:_LONG])
    text = f"Trained on the {found['name']} dataset." if found and found["name"] else found[0] if found else ""
    return [forms.Field(section="training-data", text=text, line=read.line("description"))] if text else []
