"""Sentences that tools and templates write into every card: none of them says anything of the model at hand.

Sources: `modelcard_template.md` and `datasetcard_template.md` (huggingface/huggingface_hub), `modelcard.py` of transformers (its
Trainer), the bundles of Project-MONAI/model-zoo, the template of Google's Model Card Toolkit (2.0.0). Kept in the form in which
`plain` brings a sentence: lower case, letters and digits only.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex

_WORDS = regex(r"[^\W_]+")

SENTENCES = frozenset(
    {
        "this is an example not to be used for diagnostic purposes",
        "this modelcard aims to be a base template for new models",
        "it has been generated using this raw template",
        "users both direct and downstream should be made aware of the risks biases and limitations of the model",
        "more information needed for further recommendations",
        "use the code below to get started with the model",
        "carbon emissions can be estimated using the machine learning impact calculator presented in lacoste et al 2019",
        "this dataset card aims to be a base template for new datasets",
        "users should be made aware of the risks biases and limitations of the dataset",
        "this is the model card of a transformers model that has been pushed on the hub",
        "this model card has been automatically generated",
        "this model card has been generated automatically according to the information the trainer had access to",
        "you should probably proofread and complete it then remove this comment",
        "this is not an officially supported google product",
        "the dataset card authors",
        # NVIDIA's template
        (
            "nvidia believes trustworthy ai is a shared responsibility and we have established policies and practices to enable "
            "development for a wide array of ai applications"
        ),
        *(
            "when downloaded or used in accordance with our terms of service developers should work with their "
            f"{team} model team to ensure this model meets requirements for the relevant industry and use case and addresses "
            "unforeseen product misuse"
            for team in ("internal", "supporting")
        ),
        # headings of the first model cards (Mitchell et al. 2019), where they are left as items of a list
        "intended use",
        "primary intended uses",
        "primary intended users",
        "out of scope use cases",
        "out of scope uses",
        "caveats and recommendations",
        "ethical considerations",
        "quantitative analyses",
    }
)
# What the templates ask of the author: beginnings of their sentences
ASKS = (
    "provide a longer summary of what this model is",
    "provide a quick summary of what the model is does",
    "provide the basic links for the model",
    "address questions around how the model is intended to be used",
    "this section is for the model use without fine tuning",
    "this section is for the model use when fine tuned",
    "this section addresses misuse malicious use and uses that the model will not work well for",
    "this section is meant to convey both technical and sociotechnical limitations",
    "this section is meant to convey recommendations with respect to",
    "this should link to a dataset card",
    "this relates heavily to the technical specifications",
    "this section describes the evaluation protocols and provides the results",
    "these are the things the evaluation is disaggregating by",
    "these are the evaluation metrics being used",
    "this section provides information about throughput",
    "total emissions in grams of co2eq",
    "relevant interpretability work for the model goes here",
    "if there is a paper or blog post introducing the model",
    "if relevant include terms and calculations in this section",
    "address questions around how the dataset is intended to be used",
    "this section describes suitable use cases for the dataset",
    "this section addresses misuse malicious use and uses that the dataset will not work well for",
    "this section describes the source data",
    "this section describes the data collection and processing process",
    "this section describes the people or systems who",
    "state whether the dataset contains data that might be considered personal sensitive or private",
    "motivation for the creation of this dataset",
    "the team releasing",
    "if the dataset contains annotations which are not part of the initial data collection",
)


def plain(sentence: str) -> str:
    """Return a sentence in lower case with letters and digits only, by which it is compared."""
    return " ".join(_WORDS.findall(sentence.lower()))


def known(text: str) -> bool:
    """Tell whether a sentence, as `plain` gives it, is one of a template."""
    return text in SENTENCES or text.startswith(ASKS)
