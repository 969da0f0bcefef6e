"""What the text of a card in Markdown says of each section: by content, not by headings."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.views.cards import blocks, markdown, signs, states
from pytest_genomic_guard.views.cards.markdown import _Reading
from pytest_genomic_guard.views.cards.nouns import SECTIONS

# A sentence that states its section wherever it stands
STATED = {
    "intended-use": "This model is intended for research use by bioinformaticians who study splicing.",
    "out-of-scope": "It must not be used for the diagnosis of patients or for treatment decisions.",
    "training-data": "The model was trained on 45,000 chest images of the PadChest dataset.",
    "evaluation": "On the held-out test set it reaches an AUROC of 0.87 and a sensitivity of 81.5 %.",
    "limitations": "Performance degrades on low-resolution scans, and it may not generalize to other scanners.",
    "licence": "The weights are released under the Apache License 2.0.",
    "subgroups": "AUROC was 0.83 for female participants and 0.81 for male participants.",
    "demographics": "The cohort has 1,204 patients, 52 % female, with a mean age of 61 years.",
    "privacy": "All records were de-identified before training, and no personal data remain in the files.",
    "privacy-evaluation": "A membership inference attack against the model reached an AUC of 0.51.",
    "oversight": "Every prediction must be reviewed by a clinician before it is used.",
}
HEADINGS = {
    "intended-use": "Intended use",
    "out-of-scope": "Out-of-scope use",
    "training-data": "Training data",
    "evaluation": "Evaluation results",
    "limitations": "Limitations",
    "licence": "License",
    "subgroups": "Subgroup performance",
    "demographics": "Demographics",
    "privacy": "Privacy",
    "privacy-evaluation": "Membership inference",
    "oversight": "Human oversight",
}


def read(text: str | bytes, kind: str = "model") -> dict[str, str]:
    """Return the status of each section."""
    body = text.encode() if isinstance(text, str) else text
    return {each.name: each.status for each in markdown.read(body, 1, kind=kind).sections}  # type: ignore[arg-type]


def why(text: str, section: str) -> tuple[str, str, int]:
    """Return what is told of one section."""
    found = next(each for each in markdown.read(text.encode(), 1, kind="model").sections if each.name == section)
    return found.status, found.why, found.line


def test_all_sections_are_told_once_and_in_order() -> None:
    """Whatever a text is, each section is told."""
    assert tuple(read("")) == SECTIONS
    assert set(read("").values()) == {"absent"}


@pytest.mark.parametrize("section", SECTIONS)
def test_a_sentence_states_its_section_without_a_heading(section: str) -> None:
    """Headings do not decide."""
    assert read(f"# A model\n\nSome words of greeting.\n\n{STATED[section]}\n")[section] == "stated"


@pytest.mark.parametrize("section", SECTIONS)
def test_a_sentence_states_its_section_below_its_heading_and_tells_its_line(section: str) -> None:
    """The line is that of the sentence, not of the heading."""
    assert why(f"# A model\n\n## {HEADINGS[section]}\n\n{STATED[section]}\n", section) == ("stated", "", 5)


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("form", ["## {}\n", "{}\n----\n", "<h2>{}</h2>\n", "**{}**\n", "## {}\n\n### Details\n\n#### More\n"])
def test_a_heading_alone_is_mentioned(section: str, form: str) -> None:
    """ATX, setext, HTML, a line in bold, and deeper headings that are as empty."""
    assert why("# A model\n\n" + form.format(HEADINGS[section]), section)[:2] == ("mentioned", "heading")


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("[More Information Needed]", "placeholder"),
        ("TODO: write this", "placeholder"),
        ("{{ limitations | default() }}", "placeholder"),
        ("N/A", "placeholder"),
        ("- [ ] known failure modes", "checklist"),
        ("Describe the known failure modes of the model.", "instruction"),
        ("What are the known failure modes?", "instruction"),
        ("See the paper for details.", "deferral"),
        ("None.", "placeholder"),
        (
            "Users (both direct and downstream) should be made aware of the risks, biases and limitations of the model.",
            "boilerplate",
        ),
    ],
)
def test_what_says_nothing_is_only_mentioned(said: str, state: str) -> None:
    """Each way of saying nothing is told apart."""
    assert why(f"# Model card\n\n## Limitations\n\n{said}\n", "limitations")[:2] == ("mentioned", state)


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("evaluation", "No evaluation has been performed yet."),
        ("evaluation", "Report precision, recall and AUC on the test split."),
        ("evaluation", "We compute accuracy, precision and recall."),
        ("evaluation", "| Metric | Target |\n|---|---|\n| Sensitivity | 0.85 |"),
        ("subgroups", "No analysis by sex or ancestry was performed."),
        ("subgroups", "| Class | F1 |\n|---|---|\n| Male fern | 0.91 |\n| Lady fern | 0.82 |"),
        ("subgroups", "The gender classification accuracy is 0.97."),
        ("demographics", "The distribution of age and sex is not available."),
        ("privacy-evaluation", "A membership inference attack is planned; the target is an AUC below 0.55."),
        ("privacy-evaluation", "Membership inference cannot be ruled out."),
        ("training-data", "Details are described in [the paper](https://example.org/p)."),
        ("licence", "No license has been chosen yet."),
        ("oversight", "Future work should include human oversight."),
    ],
)
def test_evidence_that_is_none_is_never_stated(section: str, said: str) -> None:
    """Negation, targets, plans, outputs and classes are no evidence."""
    assert read(f"# A model\n\n## {HEADINGS[section]}\n\n{said}\n")[section] == "mentioned"


def test_negative_sentences_state_what_is_written_in_them() -> None:
    """Limits and uses that are not intended are negative sentences."""
    text = "## Limitations\n\nThe model does not handle indels.\n\n## Out of scope\n\nNot for clinical use.\n"
    assert {read(text)[name] for name in ("limitations", "out-of-scope")} == {"stated"}


def test_a_heading_over_a_text_of_another_subject_does_not_count() -> None:
    """A heading on evaluation data whose text describes the training data states the latter alone."""
    told = read("## Evaluation data\n\nThe model was trained on 20,000 sequences of the GENCODE dataset.\n")
    assert (told["evaluation"], told["training-data"]) == ("mentioned", "stated")


def test_words_of_a_licence_are_no_limitations() -> None:
    """`limitations under the License` is of the licence."""
    text = "# License\n\nLicensed under the Apache License, Version 2.0.\nSee the License for the specific language governing\n"
    text += "permissions and limitations under the License.\n"
    told = read(text)
    assert (told["limitations"], told["licence"]) == ("absent", "stated")


def test_a_badge_is_no_licence() -> None:
    """An image says nothing that stays."""
    assert why("[![License](https://img.shields.io/badge/license-MIT-blue.svg)](LICENSE)\n", "licence")[:2] == (
        "mentioned",
        "badge",
    )


@pytest.mark.parametrize(
    "table",
    [
        "| Group | AUROC |\n|---|---|\n| Female | 0.83 |\n| Male | 0.81 |\n",
        "<table>\n <tr>\n  <th>Group</th>\n  <th>AUROC</th>\n </tr>\n <tr>\n  <td>Female</td>\n  <td>0.83</td>\n </tr>\n</table>\n",
        "<table><tr><th>Group</th><th>AUROC</th></tr><tr><td>Female</td><td>0.83</td></tr></table>\n",
    ],
)
def test_rows_of_tables_are_read_with_their_heads(table: str) -> None:
    """Markdown, HTML over many lines, HTML on one."""
    told = read("# A model\n\n" + table)
    assert (told["evaluation"], told["subgroups"]) == ("stated", "stated")


def test_labels_of_items_are_like_headings() -> None:
    """`- **Intended users:** ...` in a list."""
    text = "# Model card\n\n- **Intended users:** clinicians\n- **Training data:** MIMIC-IV\n- **License:** MIT\n"
    told = read(text)
    assert [told[name] for name in ("intended-use", "training-data", "licence")] == ["stated"] * 3


def test_a_table_of_contents_and_code_state_nothing() -> None:
    """Entries that link below, and what stands in code."""
    text = "- [Limitations](#limitations)\n- [Privacy](#privacy)\n\n```\nThe model may not generalize. accuracy = 0.93\n```\n"
    assert set(read(text).values()) <= {"absent", "mentioned"}


def test_comments_are_not_read() -> None:
    """They are not shown."""
    assert read(f"<!-- {STATED['limitations']}\n{STATED['evaluation']} -->\n") == dict.fromkeys(SECTIONS, "absent")


def test_a_form_to_be_filled_in_states_nothing() -> None:
    """Its title says so, its ready-made sentences are of nobody."""
    text = "# Model card template\n\n" + "\n\n".join(f"## {HEADINGS[name]}\n\n{STATED[name]}" for name in SECTIONS)
    assert "stated" not in read(text).values()


def test_places_left_open_are_told_with_their_lines() -> None:
    """For the check of what is left of a template."""
    prose = markdown.read(b"# M\n\n## Bias\n\n[More Information Needed]\n\ntext\n\nTODO\n", 10, kind="model")
    assert [(each.code, each.line) for each in prose.faults] == [("CARD203", 14), ("CARD203", 18)]


def test_signs() -> None:
    """What sounds generative, writes text, invents, and is used in the clinic."""
    text = "# Model Card\n\nA causal language model.\n\nIt may hallucinate references.\n\n"
    text += "It is meant to support diagnosis of sepsis.\n"
    prose = markdown.read(text.encode(), 1, kind="model")
    assert (markdown.cardlike(text.encode()), prose.text, prose.invented, prose.clinical, prose.hint) == (
        True,
        True,
        True,
        7,
        "causal language model",
    )
    text = "# Tool\n\nThe organ began. Not for diagnosis.\n"
    prose = markdown.read(text.encode(), 1, kind="model")
    assert not markdown.cardlike(text.encode())
    assert (prose.text, prose.invented, prose.clinical, prose.hint) == (False, False, 0, "")


_LINES = [
    "# Model *card*",
    "## **Limitations**",
    "Bias",
    "====",
    "### Intended use",
    "## Training `data`",
    "<h2>Model details</h2>",
]
_LINES += ["For example", "## Example", "- [ ] add this", "text of datasheets", "```", "| a | b |", "|---|---|", "**Bias**", ""]
_LINES += ["Datasheet for it", "## [Out-of-scope](#x)", "Please describe the bias.", "<!-- # Bias", "-->", "---"]


@given(st.lists(st.sampled_from(_LINES), max_size=16), st.sampled_from(["\n", "\n\n", "\r\n"]))
@settings(max_examples=300, deadline=None)
def test_headings_are_those_that_a_card_is_read_by(lines: list[str], end: str) -> None:
    """Whether a README is a card is told by its headings before it is read; reading it takes the very same, whatever is between."""
    found, _cut = blocks.blocks(end.join(lines), 7)
    reader = _Reading(data=False)
    for block in found:
        reader.block(block)
    assert signs.headings(found) == reader.headings
    assert markdown.cardlike(end.join(lines).encode()) == signs.cardlike(found)


def test_sentences_that_cards_share_have_the_same_hash() -> None:
    """Case, marks and spaces do not count."""
    first = markdown.read(b"## Limitations\n\nIt may not generalize to other scanners.\n", 1, kind="model")
    other = markdown.read(b"# Limits\n\n* **It may not generalize**, to other\n  scanners!\n", 1, kind="model")
    hashes = [next(each for each in prose.sections if each.name == "limitations").sentences for prose in (first, other)]
    assert hashes[0] == hashes[1] != ()


@pytest.mark.parametrize(
    ("section", "text", "status"),
    [
        ("training-data", "Mayo Clinic", "stated"),
        ("training-data", "https://example.org/data", "mentioned"),
        ("limitations", "None", "mentioned"),
        ("limitations", "", "mentioned"),
        ("limitations", "It may fail on rotated images.", "stated"),
        ("intended-use", "This is an example, not to be used for diagnostic purposes", "mentioned"),
        ("demographics", "The distribution by race is unavailable.", "mentioned"),
        ("licence", "CC-BY-NC-4.0", "stated"),
        ("subgroups", "Cardiology, Oncology, Radiology", "mentioned"),
    ],
)
def test_a_field_is_judged_by_the_section_of_its_key(section: str, text: str, status: str) -> None:
    """As structured cards have them."""
    assert states.field(section, text)[0] == status


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=600))
def test_no_bytes_are_too_bad(body: bytes) -> None:
    """Whatever is read, nothing is raised, and each section is told."""
    assert tuple(read(body)) == SECTIONS


_LINE = st.sampled_from(
    [
        *STATED.values(),
        *(f"## {each}" for each in HEADINGS.values()),
        "",
        "| a | b |",
        "|---|---|",
        "| F1 | 0.9 |",
        "```",
        "> note",
        "- item",
        "- [ ] open",
        "**Bold**",
        "<table>",
        "</table>",
        "<!--",
        "-->",
        "---",
        "===",
        "Bias:",
        "见论文。",
        "{{ x }}",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_LINE, max_size=25))
def test_ends_of_lines_do_not_matter(lines: list[str]) -> None:
    """What Windows, old Macs and Unix write says the same on the same lines."""
    found = [markdown.read(end.join(lines).encode(), 1, kind="model") for end in ("\n", "\r\n", "\r")]
    assert found[0] == found[1] == found[2]


@settings(max_examples=100, deadline=None)
@given(st.lists(_LINE.filter(lambda line: line not in {"```", "<!--", "<table>"}), max_size=25))
def test_an_unrelated_paragraph_takes_nothing_away(lines: list[str]) -> None:
    """What is stated stays so when something else is added at the end."""
    text = "\n".join(lines)
    before, after = read(text), read(text + "\n\n# Acknowledgements\n\nWe thank our colleagues for their patience.\n")
    assert all(after[name] == "stated" for name in SECTIONS if before[name] == "stated")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(sorted(HEADINGS.values())), min_size=1, max_size=20), st.integers(1, 6))
def test_headings_alone_never_state(headings: list[str], level: int) -> None:
    """Whatever they say."""
    assert "stated" not in read("\n\n".join("#" * level + " " + each for each in headings)).values()


@pytest.mark.parametrize("unit", ["- may not work\n", "| 0.9 | AUC |\n", "word. ", "## Limitations\n", "<h2>x</h2>", "> a\n"])
def test_a_long_card_costs_as_much_as_it_is_long(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps are lines, blocks and sentences: four times the text has four times as many, not more."""
    steps = [0]
    for name in ("line", "add", "close"):
        inner = getattr(blocks._Reader, name)  # noqa: SLF001 - steps are counted where they are taken

        def counted(*values: object, inner: object = inner, **named: object) -> object:
            steps[0] += 1
            return inner(*values, **named)  # type: ignore[operator]

        monkeypatch.setattr(blocks._Reader, name, counted)  # noqa: SLF001 - as above
    counts = []
    for times in (500, 2000):
        steps[0] = 0
        read(unit * times)
        counts.append(steps[0])
    assert counts[1] <= 4 * counts[0] + 8


@pytest.mark.parametrize(
    "unit",
    [
        "a ",
        "[",
        "![x](" + "y" * 690,
        "|",
        "1 ",
        "1,",
        "trained ",
        "not be ",
        "accuracy ",
        "<",
        "<h1>",
        "<table><tr><td>",
        "*",
        "- ",
        ". ",
        "What? ",
        "model is ",
        "limit a ",
        "for a ",
        "age ",
        "<!-- ",
        "from data ",
        "ABc ",
        "| " + "x" * 8000 + "|\n|-|\n" + "|1|\n" * 400,
    ],
)
def test_hostile_texts_end_soon(unit: str) -> None:
    """Text made so that expressions search for long: a bound a hundred times above what it takes."""
    body = (unit * (200_000 // len(unit) + 1)).encode()
    begin = time.process_time()
    read(body, "dataset")
    assert time.process_time() - begin < 20


def test_a_card_that_is_too_large_is_cut_off_and_says_so() -> None:
    """So that nobody takes what was not read for absent."""
    prose = markdown.read(b"words and words\n\n" * 100_000, 1, kind="model")
    assert prose.truncated
    assert not markdown.read(b"words\n", 1, kind="model").truncated
    image = b"![x](data:image/png;base64," + b"QUJD" * 200_000 + b")\n\n" + STATED["limitations"].encode()
    prose = markdown.read(image, 1, kind="model")
    assert not prose.truncated
    assert next(each.status for each in prose.sections if each.name == "limitations") == "stated"


@pytest.mark.parametrize(
    ("section", "text", "status"),
    [
        ("oversight", "## Human oversight\n\nA certified geneticist reviews every score and can overrule it.\n", "stated"),
        ("oversight", "Human review is required before any lending decision.\n", "stated"),
        ("oversight", "Model outputs should be reviewed, especially in high-stakes applications.\n", "stated"),
        ("oversight", "All users are responsible for reviewing the output.\n", "stated"),
        ("oversight", "## Human oversight\n\nNo clinician reviews the scores.\n", "mentioned"),
        ("oversight", "An expert checks every prediction.\n", "stated"),
        ("oversight", "Our staff checks the weather.\n", "absent"),
        ("out-of-scope", "## Not valid for\n\n- Children\n- Triage of patients\n", "stated"),
        ("out-of-scope", "## Not valid for\n\n- N/A\n", "mentioned"),
        ("out-of-scope", "## Intended use\n\n* Out-of-scope use cases\n", "absent"),
        ("limitations", "It is small, with no external validation.\n", "stated"),
        ("intended-use", "The dataset aims to help clinicians who read reports.\n", "stated"),
        ("training-data", "The model was trained on publicly available images.\n", "stated"),
        ("out-of-scope", "Use cases out of scope include: digits in colour.\n", "stated"),
        ("evaluation", "## Limitations\n\nScores are not calibrated below 0.2.\n", "absent"),
        ("evaluation", "## Limitations\n\nOn older scanners the accuracy is 0.61.\n", "stated"),
        ("evaluation", "## Metrics\n\n- Test accuracy: 0.991\n", "stated"),
        ("intended-use", "Call-o-matic is a framework designed for the review of variants in laboratories.\n", "stated"),
        ("intended-use", "Call-o-matic is an encoder designed for bulk RNA-seq data.\n", "absent"),
        ("training-data", "## Uses\n\nFine-tuned on ClinVar for use by curators.\n", "stated"),
        ("training-data", "Fine-tuned on NVIDIA A100 in the cloud.\n", "absent"),
        ("subgroups", "Gender classification accuracy was 98.4% for Asian and 96.5% for White faces.\n", "stated"),
        ("subgroups", "Gender classification accuracy was 98.4%.\n", "absent"),
        ("demographics", "It was trained on 2,143,817 individuals of the Swedish register.\n", "stated"),
        ("demographics", "The data skew towards people who are younger and male.\n", "stated"),
        ("privacy", "No real person is depicted or referenced.\n", "stated"),
        ("licence", "The weights are released under an NVIDIA license for research only.\n", "stated"),
    ],
)
def test_what_earlier_versions_missed_or_took_for_more_than_it_is(section: str, text: str, status: str) -> None:
    """Each of these is one kind of sentence that real cards have."""
    assert read(text)[section] == status


def test_a_plan_is_no_result() -> None:
    """An attack that is only planned is told as what it is."""
    assert why("## Privacy\n\nWe plan a membership inference attack.\n", "privacy-evaluation")[:2] == ("mentioned", "negation")


def test_an_open_place_behind_a_label_is_told() -> None:
    """So it is where the label only says who made something."""
    found = markdown.read(b"# Model Card\n\n- **Developed by:** [More Information Needed]\n", 1, kind="model")
    assert [(each.code, each.line) for each in found.faults] == [("CARD203", 3)]
