"""Sentences of published cards that were read wrongly, by their classes, beside others that look alike and say the contrary."""

from __future__ import annotations

# ruff: noqa: RUF001 - dashes as people write them are meant
import pytest
from test_card_sentences import HEADINGS, told

from pytest_genomic_guard.views.cards import markdown, nouns, read

HEADINGS = {**HEADINGS, "licence": "License"}


def status(section: str, heading: str, text: str) -> str:
    """Return what a card says of a section with this text below a heading; `-`: below none."""
    return told(section, text, heading or HEADINGS[section])[0]


@pytest.mark.parametrize(
    ("section", "heading", "text"),
    [
        (
            "intended-use",
            "",
            "For researchers of our group who want to rank synthetic records in benchmarks; it is not meant for patients.",
        ),
        (
            "out-of-scope",
            "Intended use",
            "For researchers of our group who want to rank synthetic records in benchmarks; it is not meant for patients.",
        ),
        ("intended-use", "", "Ranking of maize hybrids for breeders, but not for seed certification."),
        ("intended-use", "", "For teaching in the second year of the course (not for clinical decisions)."),
        ("intended-use", "", "To help curators find duplicates; never use it to delete records."),
        ("intended-use", "", "Helps librarians plan workshops — it must not be used to rate instructors."),
        (
            "demographics",
            "Training data",
            "- Records of 768 people in one clinic.\n- Population: adult female patients of Pima Indian heritage.",
        ),
        ("demographics", "Training data", "- Participants: healthy volunteers of European ancestry."),
        ("demographics", "", "Adult women of Finnish descent."),
        ("demographics", "", "All donors are European adults."),
        ("demographics", "-", "All participants were Japanese women."),
        ("out-of-scope", "Should not be used for", "- insurance pricing\n- prenatal testing"),
        ("out-of-scope", "-", "We advise against employing them for commercial purposes."),
        ("out-of-scope", "-", "Clinical use is strongly discouraged."),
        ("out-of-scope", "-", "Use of this model for hiring is discouraged."),
        ("evaluation", "", "The model reaches 95% test accuracy."),
        ("evaluation", "", "Accuracy of 93% on the 20% test split."),
        ("evaluation", "Accuracy", "0.93"),
        ("licence", "", "The weights are CC BY 4.0; the MIT license of the code does not apply to them."),
        ("licence", "", "Apache-2.0, but not for the data."),
        ("licence", "", "Released under the MIT license."),
        (
            "training-data",
            "",
            (
                "The data was obtained from https://archive.ics.uci.edu/ml/datasets/census+income. The training "
                "is done using 80% of this data."
            ),
        ),
        ("training-data", "", "Downloaded from https://www.kaggle.com/datasets/someone/heart."),
        ("training-data", "-", "The model was fine-tuned on https://huggingface.co/datasets/foo/bar."),
        ("training-data", "-", "You can load the network, which was trained on ImageNet."),
        (
            "limitations",
            "-",
            "Treat the numbers below as an early signal on small samples, not a converged result.",
        ),
        (
            "limitations",
            "-",
            "**Caveats.** Wins are unpaired measurements over ~32 games each; treat them as directional, not precise strength.",
        ),
        ("limitations", "-", "**Limitations.** Half of the deletions in repeats go unseen."),
        ("limitations", "-", "Interpret the scores as rough estimates."),
        ("limitations", "-", "**Limitations.** Promoters shorter than 70 bp are missed."),
        ("limitations", "-", "It is not a representative sample of any population."),
        ("oversight", "-", "Applications should allow users to review and edit outputs."),
        ("oversight", "-", "The tool lets clinicians overrule each score."),
        ("oversight", "-", "Always review and validate the generated code before use."),
        ("oversight", "-", "Always review the generated report by a human radiologist."),
        ("privacy", "-", "Zero data leaves the phone."),
    ],
)
def test_what_says_something_is_stated(section: str, heading: str, text: str) -> None:
    """A use before a denial, a set of data by its address, people in words, figures to be taken with care."""
    assert status(section, heading, text) == "stated"


@pytest.mark.parametrize(
    ("section", "heading", "text"),
    [
        ("intended-use", "", "Not for patients; it is not validated."),
        ("intended-use", "", "Doctors, nurses and staff must not rely on it."),
        ("intended-use", "", "The model classifies variants; it is not a medical device."),
        ("intended-use", "", "It should not be used to rank people, nor for hiring."),
        ("intended-use", "", "Do not use it for patients, the results are wrong."),
        ("demographics", "-", "python -m src.mci_ad.inference --age 72 --sex female --education 16 --mmse 26 --faq 6"),
        ("demographics", "-", "run_model --age 55 --patients 200 --sex male"),
        ("demographics", "Demographics", 'payload = {"age": 72, "sex": "female", "patients": 12}'),
        ("demographics", "Target population", "Adult patients with diabetes."),
        ("demographics", "", "Not known."),
        ("demographics", "", "The model may be used for adult patients of any ancestry."),
        ("demographics", "", "Male patients were excluded."),
        ("demographics", "", "The variable sex is one of the inputs."),
        ("out-of-scope", "Inputs not used by the default demo model", "- ADAS13\n- diagnosis labels\n- future outcome information"),
        ("out-of-scope", "Features not used", "- diagnosis\n- clinical notes"),
        ("out-of-scope", "-", "Using pickle in Python is discouraged due to security risks."),
        ("out-of-scope", "", "The model was trained from reviews, thus there is a subjective opinion in the text."),
        (
            "evaluation",
            "Model selection",
            (
                "Each candidate was tuned with 5-fold cross-validated GridSearchCV on ROC AUC;\nthe winner was "
                "chosen by cross-validated ROC AUC, then evaluated once on a\nheld-out 30% test set."
            ),
        ),
        ("evaluation", "", "Accuracy is measured on a 20% test split."),
        ("evaluation", "", "We report F1 on 15% of the data."),
        ("evaluation", "-", "AUROC is given on the 10% validation set."),
        ("evaluation", "-", "The scores are under the CC BY NC 4.0 license."),
        ("evaluation", "Accuracy target", "0.93"),
        (
            "licence",
            "-",
            "The checkpoint should *not* automatically be assumed to inherit the code repository's Apache-2.0 license.",
        ),
        ("licence", "", "The MIT license of the code does not extend to the weights."),
        ("licence", "", "The weights are not covered by the Apache-2.0 license."),
        (
            "training-data",
            "Model details",
            "| Property | Value |\n|---|---|\n| Source vocabulary | 129 symbols |\n| Target vocabulary | 77 symbols |",
        ),
        (
            "training-data",
            "Training Protocol",
            (
                "- landmark-level split: fixed stratified 70/10/20 train/validation/test;\n- split generated "
                "before `StandardScaler` fitting;\n- `StandardScaler` fitted only on training features;\n- SMOTE "
                "applied only to the training split when enabled;\n- validation split used for early "
                "stopping/model selection;"
            ),
        ),
        ("training-data", "", "- SMOTE was applied only to the training split.\n- Normalisation with MinMaxScaler."),
        ("training-data", "", "- The split was generated with StratifiedKFold."),
        ("training-data", "", "The code can be downloaded from https://github.com/foo/bar."),
        ("training-data", "", "See https://zenodo.org/ for details."),
        ("training-data", "", "The benchmark results are on https://www.kaggle.com/competitions/."),
        ("training-data", "-", "You can train the model on ImageNet yourself."),
        ("limitations", "-", "Treat inputs as tokens."),
        ("limitations", "-", "Read the file as an array of estimates."),
        ("limitations", "-", "Please do not include the checkpoint if you start from scratch."),
        ("limitations", "-", "Does the model not generalise to other cohorts?"),
        ("limitations", "", "Not to our knowledge."),
        ("limitations", "-", "Excessive heat leads to worse air and water quality."),
        ("oversight", "-", "This lets users check the installation."),
        ("oversight", "-", "It does not allow users to edit outputs."),
        ("oversight", "-", "Requires Python 3.9."),
        ("oversight", "-", "The agents act without human intervention."),
        ("privacy", "-", "Comply with local regulations on user privacy and content moderation."),
    ],
)
def test_what_only_looks_like_it_is_not(section: str, heading: str, text: str) -> None:
    """Command lines, shares of data, licences that do not hold, settings, questions, and the world at large."""
    assert status(section, heading, text) != "stated"


def card(text: str, name: bytes = b"MODEL_CARD.md") -> nouns.Card:
    """Return the card that a text is."""
    found = read.card(b"# Model card\n\n## Intended use\n\nRanks lines for breeders.\n\n" + text.encode(), name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text",
    [
        "- No human subject data – all records are procedurally generated.",
        "## Demographics\n\nNot applicable: nobody is in the data.",
        (
            "The training data are synthetic; no people, no human subject data and no personal data are in "
            "them, so no groups of people, no privacy evaluation and no demographics apply."
        ),
        "## Demographics\n\nN/A - no human subjects.",
        "The data contain no people.",
        "There are no people in the training data.",
        "The dataset does not contain human data.",
        "No human subjects were involved.",
        "The images do not include any people.",
        "## Demographics\n\nNot applicable (no people in the data).",
        "## Training data\n\n5,000 synthetic patients were drawn by a simulator. No human subject data were used.",
    ],
)
def test_that_nobody_is_in_the_data_is_a_statement(text: str) -> None:
    """It answers what is asked about people, and is no negation."""
    found = card(text)
    assert found.nobody
    assert found.section("demographics").status == "stated"


@pytest.mark.parametrize(
    "text",
    [
        "No patient data is included in this repository.",
        "No human subject data is released.",
        "The data contain no patients with diabetes.",
        "No personal data.",
        "Users must ensure that no people are in the images.",
        "No human subject data was used. The model was trained on scans of 300 patients.",
        "We cannot guarantee that no people are in the data.",
        "No people are in the test data.",
        "The data do not contain names of patients.",
        "No people were harmed.",
        "No human review.",
        "Nobody is responsible for the data.",
        "No individuals are identifiable in the data.",
        "## Demographics\n\nNot applicable.",
        "No human subjects research approval was needed: the 40 participants were anonymous.",
        "There are no patients in the data who opted out.",
        "The dataset contains no individuals under 18.",
        "No human subject data except survey answers.",
    ],
)
def test_what_is_released_or_asked_for_says_nothing_of_who_is_in_the_data(text: str) -> None:
    """Neither do people who are, some of them who are not, nor the data of a test."""
    assert not card(text).nobody


def test_the_line_is_that_below_the_own_heading() -> None:
    """A sentence further up that says something by the way is not where people look."""
    found = card("The model does not generalise to other crops.\n\n## Limitations\n\n- Heads shorter than 3 cm are missed.\n")
    assert found.section("limitations").line == 11


def test_a_fence_that_closed_another_does_not_take_the_rest_along() -> None:
    """Headings below it are none of code."""
    text = "```bash\npip install it\n\n2. Load:\n```\nload()\n```\n\n## Evaluation\n\n- **Accuracy:** 79.81%\n\n## Contact\n\nUs.\n"
    assert markdown.read(text.encode(), 1, kind="model").sections[3].status == "stated"
    closed = text.replace("2. Load:\n", "```\n")
    assert markdown.read(closed.encode(), 1, kind="model").sections[3].status == "stated"
    script = "```r\n## Evaluation\nprint('accuracy 0.9')\n"
    assert markdown.read(script.encode(), 1, kind="model").sections[3].status != "stated"


@pytest.mark.parametrize(
    "line", ["data/<dataset_name>/processed/", "  <class_name>/<image_file>", "train.py --data <dataset>", "  ..."]
)
def test_a_pattern_of_paths_in_code_is_no_open_place(line: str) -> None:
    """It stands for each of several names."""
    assert not card(f"## Layout\n\n```text\n{line}\n```\n").faults


@pytest.mark.parametrize("line", ["load('<your-model>')", "load('<model-id>')"])
def test_a_place_for_one_name_is(line: str) -> None:
    """Its author left it."""
    assert card(f"## How to load\n\n```python\n{line}\n```\n").faults
