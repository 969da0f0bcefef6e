"""Which keys of front matter tell the card of a model or of data from a post, a page, a document or a program on the Hub."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.licences.manifests import yamls

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.licences.cards import Kind
    from pytest_genomic_guard.views.licences.manifests.yamls import Yaml

_KEYS_OF = {
    "model": """
        library_name pipeline_tag base_model base_model_relation model-index model_name model_type model_creator model_link
        co2_eq_emissions mask_token quantized_by new_version instance_prompt""",
    "dataset": """
        annotations_creators language_creators multilinguality size_categories source_datasets task_categories task_ids
        dataset_info pretty_name paperswithcode_id train-eval-index language_details language_bcp47 configs""",
    "custom": "license_name license_link license_details",
    "shared": "license licenses tags language languages datasets metrics thumbnail widget inference viewer arxiv",
    # Of other front matter: posts and pages, R Markdown and Quarto, Jupytext, Spaces of the Hub, which are programs
    "foreign": """
        layout permalink date categories category slug output author authors nav_order parent has_children sidebar
        sidebar_label sidebar_position draft weight redirect_from toc bibliography vignette format execute jupyter jupytext
        kernelspec header-includes editor theme hero head aliases excerpt published comments hide hide_table_of_contents sdk
        sdk_version app_file colorFrom""",
}
MODEL, DATA, CUSTOM, SHARED, FOREIGN = (frozenset(words.split()) for words in _KEYS_OF.values())
OWN = MODEL | DATA | CUSTOM
LICENCE = ("license", "licenses", "licence", "licences")
KEYS = rb"|".join(each.encode() for each in sorted(OWN | {*LICENCE, "datasets"}))
HINT = regex(rb"^[\"']?(" + KEYS + rb")[\"']?[ \t]{0,8}:", re.MULTILINE)
OTHERS = regex(rb"^(?:layout|sdk|output|permalink|title)[ \t]{0,8}:", re.MULTILINE)
PAGES = frozenset({"sdk", "layout", "output", "permalink"})


def placed(node: Yaml) -> bool:
    """Tell whether a value is a place to be filled in: `{name}`, which YAML reads as a mapping."""
    if node.id == "sequence" and node.value:
        node = node.value[0]
    return bool(node.id == "mapping" and node.flow_style and len(node.value) == 1 and not yamls.text(node.value[0][1]))


def sure(keys: set[str], *, card: bool) -> bool | None:
    """Tell whether keys are those of a card; None where they are not, and False where a licence alone says it."""
    own = keys & OWN | {each for each in keys if each.startswith("extra_gated_")}
    if keys & FOREIGN:
        return True if len(own) > 1 and card and not keys & PAGES else None
    if own and (card or len(own) > 1):
        return True
    if card and not own and keys <= SHARED | {*LICENCE} and (keys & {*LICENCE} or {"datasets", "metrics"} <= keys):
        return bool(keys & {"datasets", "metrics"})
    return None


def kind(keys: set[str], name: bytes) -> Kind:
    """Tell what a card describes, by its keys and the name of its file."""
    model, data, low = keys & MODEL, keys & DATA, name.lower()
    if b"data" in low and b"card" in low:
        return "dataset"
    if b"model" in low and b"card" in low:
        return "model"
    if len(model) != len(data):
        return "model" if len(model) > len(data) else "dataset"
    return "model" if model or keys & {"datasets", "metrics"} else "unclear"
