"""Plain sentences as people write them below a clear heading: what is concrete is believed, what says nothing is not."""

from __future__ import annotations

import pytest

from pytest_genomic_guard.views.cards import markdown

HEADINGS = {
    "intended-use": "Intended use",
    "out-of-scope": "Out-of-scope use",
    "training-data": "Training data",
    "limitations": "Limitations",
    "demographics": "Demographics",
    "privacy": "Privacy",
    "privacy-evaluation": "Privacy evaluation",
    "oversight": "Human oversight",
}


def told(section: str, text: str, heading: str = "") -> tuple[str, str]:
    """Return what a card says of a section, with this text below the heading; `-`: below none."""
    above = "" if heading == "-" else f"## {heading or HEADINGS[section]}\n\n"
    card = f"# A model\n\nScores windows of DNA.\n\n{above}{text}\n\n## Files\n\nweights.bin\n"
    found = next(each for each in markdown.read(card.encode(), 1, kind="model").sections if each.name == section)
    return found.status, found.why


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ("limitations", "Promoters shorter than 70 bp are missed."),
        ("limitations", "Scores of genes on chromosome Y mean little."),
        ("limitations", "Insertions above 20 bp are scored as zero."),
        ("limitations", "Half of the deletions in repeats go unseen."),
        ("limitations", "Predictions beyond 30 days are guesses."),
        ("limitations", "Batch effects between sequencing centres move the score by up to 0.1."),
        ("limitations", "Model hanya membaca judul dan tidak membaca isi berita."),
        ("out-of-scope", "Prenatal testing."),
        ("out-of-scope", "Insurance pricing, hiring, law enforcement."),
        ("out-of-scope", "Plants and bacteria."),
        ("oversight", "An epidemiologist of the study team reviews every set of scores before it is used."),
        ("oversight", "Two curators sign off each call."),
        ("oversight", "Scores go to a clinical geneticist, who decides."),
        ("oversight", "No result is released until a clinician has confirmed it."),
        ("oversight", "Every report is read by two people."),
        ("oversight", "The molecular tumour board has the last word."),
        ("privacy", "Names and addresses were removed, dates shifted by up to a year."),
        ("privacy", "Participants gave broad consent."),
        ("privacy-evaluation", "An attack with 64 shadow models reached AUC 0.52."),
        ("privacy-evaluation", "0 of 10,000 generated genomes were copies of one in the training set."),
        ("demographics", "61 African, 40 European and 20 East Asian people."),
        ("training-data", "4,000 windows of the rice reference, release 5."),
        ("intended-use", "For fly geneticists who pick promoters for reporter assays."),
    ],
)
def test_a_plain_sentence_below_its_heading_is_believed(section: str, text: str) -> None:
    """No list of words holds all that a model can fail at, or all who look at what it puts out."""
    assert told(section, text) == ("stated", "")


@pytest.mark.parametrize(
    ("section", "text", "why"),
    [
        ("limitations", "There are some limitations.", "word"),
        ("limitations", "Like all models, this model has limitations.", "word"),
        ("limitations", "We plan to add limitations in future work.", "word"),
        ("limitations", "Use at your own risk.", "word"),
        ("limitations", "The model achieves state-of-the-art results on all benchmarks.", "word"),
        ("limitations", "Limitations are discussed in the paper.", "deferral"),
        ("out-of-scope", "Use with caution.", "word"),
        ("out-of-scope", "Out-of-scope uses are described in the appendix.", "deferral"),
        ("intended-use", "See our paper (https://doi.org/10.1000/xyz) for the intended uses.", "deferral"),
        ("intended-use", "The intended use is described in the paper.", "deferral"),
        ("oversight", "Human oversight is important.", "word"),
        ("oversight", "Oversight will be defined before release.", "word"),
        ("oversight", "Nobody reviews the scores.", "negation"),
        ("privacy-evaluation", "We believe the model does not memorise.", "negation"),
        ("demographics", "The demographic composition of the data is not available.", "negation"),
    ],
)
def test_what_says_nothing_below_its_heading_is_refused_for_its_reason(section: str, text: str, why: str) -> None:
    """That there are limits is none, and a plan is no person."""
    assert told(section, text) == ("mentioned", why)


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ("limitations", "The model never saw long-range contacts, so it misses enhancers that act over more than 1 kb."),
        ("limitations", "Scores fall by about a third in windows with more than 40 % repeats."),
        ("limitations", "On long recordings this model silently drops large spans of speech."),
        (
            "oversight",
            "Do not use it for the care of patients without local validation, regulatory review, and clinical oversight.",
        ),
        ("oversight", "Revisão humana obrigatória antes de decisões."),
        ("out-of-scope", "Not for clinical diagnosis."),
        ("out-of-scope", "No recomendado para scoring de créditos corporativos."),
        ("privacy", "Es wurden keine sensiblen oder personenbezogenen Daten verwendet."),
        ("privacy", "Names and dates of birth were never collected."),
        ("intended-use", "Made for epidemiologists who study lipid response across cohorts."),
    ],
)
def test_a_sentence_counts_without_any_heading(section: str, text: str) -> None:
    """Headings do not decide."""
    assert told(section, text, "-") == ("stated", "")


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ("intended-use", "See our paper (https://doi.org/10.1000/xyz) for the intended uses."),
        ("out-of-scope", "Out-of-scope uses are described in the appendix."),
        ("limitations", "This repository does not include:"),
        ("demographics", "The score is poorly calibrated above age 75 and loses accuracy in people without European ancestry."),
        ("demographics", "It won the second prize of an African hackathon out of 1200 participants."),
        ("oversight", "Human oversight is important."),
    ],
)
def test_a_sentence_of_another_matter_states_nothing(section: str, text: str) -> None:
    """Neither a pointer nor a limit on ages says more than it does."""
    assert told(section, text, "-")[0] != "stated"


@pytest.mark.parametrize(
    ("heading", "text", "section"),
    [
        ("Data use", "All data are open access and under the terms of the resource.", "intended-use"),
        ("Memory consumption warning", "Lower the caching rate if you face memory issues.", "limitations"),
        ("Responsible use", "Always obtain consent before cloning the voice of a person, and disclose it.", "limitations"),
    ],
)
def test_headings_that_only_sound_like_one(heading: str, text: str, section: str) -> None:
    """Terms of data are no use of a model, and memory of a machine is none of its limits."""
    assert told(section, text, heading)[0] != "stated"


@pytest.mark.parametrize(
    ("section", "text", "why"),
    [
        ("limitations", "", "heading"),
        ("limitations", "### Known\n\n#### More", "heading"),
        ("limitations", "Fine.", "word"),
        ("limitations", "![a figure](limits.png)", "word"),
        ("limitations", "```\nprint(1)\n```", "word"),
        ("limitations", "License: MIT", "word"),
        ("limitations", "Fine.\n\nTODO", "placeholder"),
        ("oversight", "Fine.", "word"),
        ("subgroups", "Fine.", "word"),
    ],
)
def test_nothing_below_is_only_said_where_nothing_stands_below(section: str, text: str, why: str) -> None:
    """Whoever wrote something is not told that there is nothing."""
    assert told(section, text, {"subgroups": "Subgroup performance"}.get(section, "")) == ("mentioned", why)


def test_a_table_without_bars_at_its_ends_has_its_head() -> None:
    """As GitHub shows it."""
    table = "Model   |Bleu 1|METEOR\n--------|------|------\nBART-a  |34.25 |23.58\n"
    card = f"# A model\n\n## Experiments\n{table}"
    assert any(
        each.name == "evaluation" and each.status == "stated" for each in markdown.read(card.encode(), 1, kind="model").sections
    )


def test_what_is_crossed_out_is_out_of_scope() -> None:
    """A list of ticks and crosses says both."""
    text = "Built for research:\n\n- ✅ Research\n- ❌ Forging documents\n"
    assert told("out-of-scope", text, "Ethical use") == ("stated", "")
    assert told("out-of-scope", "- ✅ Research\n- ✅ Teaching\n", "Ethical use")[0] != "stated"
