"""Plain sentences as people write them below a clear heading: what is concrete is believed, what says nothing is not."""

from __future__ import annotations

# ruff: noqa: RUF001 - letters that other languages have are meant
import json

import pytest

from pytest_genomic_guard.views.cards import markdown, structured

HEADINGS = {
    "intended-use": "Intended use",
    "out-of-scope": "Out-of-scope use",
    "training-data": "Training data",
    "limitations": "Limitations",
    "demographics": "Demographics",
    "privacy": "Privacy",
    "privacy-evaluation": "Privacy evaluation",
    "evaluation": "Evaluation",
    "subgroups": "Subgroup performance",
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
        ("intended-use", "Il est conçu pour annoter les variants de la levure."),
        ("intended-use", "This dataset is a scoring reference, not a training corpus."),
        ("out-of-scope", "Le modèle ne doit pas être utilisé sur des plantes sans évaluation préalable."),
        ("limitations", "It is completely incapable of placing insertions."),
        ("limitations", "Without these dynamics the model is overly sensitive."),
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
        ("limitations", "However, current classifiers are limited to a fixed vocabulary."),
        ("evaluation", "The label accuracy was approximately 90% in the whole data set."),
        ("evaluation", "The images were filtered to those with an aesthetic score above 4.5."),
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
        ("Train and evaluate", "```\npython run.py \\\n  --loss_mul 0.2\n```", "evaluation"),
        ("The base model uses:", "- an encoder that is frozen and a head of 91 letters", "intended-use"),
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
    assert told(section, text) == ("mentioned", why)


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


def test_a_kipoi_model_is_known_by_its_type() -> None:
    """Not every one names a data loader of its own."""
    said = (
        b"info:\n  name: a\n  trained_on: GM12878 (Kasowski et al., 2013), without chromosome 1\ntype: keras\nargs:\n  backend: x\n"
    )
    (found,) = structured.cards(said, b"a/model.yaml")
    assert {each.name: each.status for each in found.sections}["training-data"] == "stated"
    assert not [*structured.cards(said.replace(b"keras", b"object"), b"a/model.yaml")]


@pytest.mark.parametrize(
    ("description", "status"),
    [
        ("A Large-Scale Dataset for TCR-pHLA Binding Prediction.", "not stated"),
        ("4,000 sequences collected from RefSeq.", "stated"),
    ],
)
def test_the_title_of_a_data_set_is_not_its_source(description: str, status: str) -> None:
    """What data are called does not tell where they come from."""
    said = {
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "@type": "sc:Dataset",
        "name": "a",
        "description": description,
        "distribution": [],
    }
    (found,) = structured.cards(json.dumps(said).encode(), b"croissant.json")
    told = {each.name: each.status for each in found.sections}["training-data"]
    assert (told == "stated") is (status == "stated")


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ("evaluation", "The target is an accuracy of at least 0.95."),
        ("evaluation", "For EUR we aim at AUC 0.90, for AFR at 0.85; no test was run yet."),
        ("evaluation", "We expect an AUROC of 0.90 once the data arrive"),
        ("evaluation", "An AUROC of at least 0.80 is required."),
        ("evaluation", "The model will reach an AUROC of 0.90."),
        ("evaluation", "AUROC of 0.90 is expected."),
        ("evaluation", "Accuracy 0.95 (not yet measured)."),
        ("evaluation", "We think the accuracy is about 0.9."),
        ("evaluation", "Hoped-for accuracy: 0.95"),
        ("evaluation", "AUROC 0.95 is our ambition."),
        ("evaluation", "Typical models of this kind reach AUROC 0.9."),
        ("subgroups", "For EUR we aim at AUC 0.90, for AFR at 0.85; no test was run yet."),
        ("subgroups", "We require AUC 0.90 for women and 0.85 for men."),
        ("privacy-evaluation", "The requirement is that a membership inference attack has AUC below 0.55."),
        ("privacy-evaluation", "We expect a membership inference attack to reach an AUC of 0.52"),
        ("privacy-evaluation", "A membership inference attack must stay below AUC 0.55."),
        ("evaluation", "Baseline model X reaches AUROC 0.91 in the paper; ours was not evaluated."),
        ("evaluation", "Enformer reaches a correlation of 0.85 in its paper; this model was not evaluated."),
        ("evaluation", "According to Smith et al., the AUROC is 0.90."),
        ("evaluation", "| Model | AUROC |\n|---|---|\n| Baseline | 0.91 |"),
        ("subgroups", "The previous model of Smith had AUC 0.90 for women and 0.85 for men."),
        ("privacy-evaluation", "Carlini et al. report a membership inference AUC of 0.58 for GPT-2."),
    ],
)
def test_figures_that_nobody_measured_or_others_did_are_no_evidence(section: str, text: str) -> None:
    """A goal, a plan, a requirement, and what a baseline alone reaches."""
    status, why = told(section, text)
    assert (status, why in {"word", "negation"}) == ("mentioned", True)


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ("evaluation", "The model reached AUROC 0.93, above our target of 0.90."),
        ("evaluation", "Our targets were met: AUROC 0.93 against 0.90."),
        ("evaluation", "The target variable is binary; accuracy is 0.91 on 500 people."),
        ("evaluation", "As expected, AUROC was 0.91 on the held-out chromosome."),
        ("evaluation", "AUROC 0.91 in adults; children were not tested."),
        ("evaluation", "AUROC 0.91 on the held-out chromosome; no external validation was performed."),
        ("evaluation", "The baseline reaches AUROC 0.91, our model 0.93."),
        ("evaluation", "| Model | AUROC |\n|---|---|\n| Baseline | 0.91 |\n| Ours | 0.93 |"),
        ("evaluation", "Outperforms previous models with an accuracy of 0.91."),
        ("evaluation", "On the benchmark of Smith et al. (2020) the model has AUROC 0.91."),
        ("evaluation", "This baseline model has an accuracy of 0.81."),
        ("evaluation", "The model has an accuracy of 0.91, and we plan to add more data."),
        ("evaluation", "It could reach 0.95 with more data, today it has an accuracy of 0.91."),
        ("subgroups", "AUC 0.90 for women and 0.85 for men, where the previous model had 0.80."),
        ("privacy-evaluation", "A membership inference attack reached AUC 0.52, below our threshold of 0.55."),
        ("privacy-evaluation", "The attack of Carlini et al. with 64 shadow models reached AUC 0.52."),
    ],
)
def test_measured_figures_beside_a_target_or_others_are_evidence(section: str, text: str) -> None:
    """What came out counts, whatever it is compared with."""
    assert told(section, text) == ("stated", "")


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ("intended-use", "This model is intended for use by users who want to use it."),
        ("intended-use", "The model is intended to be used for its intended purpose."),
        ("training-data", "The training data is data that was collected from various sources."),
        ("training-data", "A large dataset of high quality data from multiple sources."),
        ("limitations", "The model may have some limitations and might not always be accurate."),
        ("limitations", "Predictions may be inaccurate in some cases."),
        ("out-of-scope", "Not to be used for purposes that are not intended, such as misuse."),
        ("out-of-scope", "Anything outside the intended use is out of scope."),
    ],
)
def test_a_sentence_of_the_words_of_its_heading_alone_is_empty(section: str, text: str) -> None:
    """It names no user, no source, no condition."""
    assert told(section, text) == ("mentioned", "word")


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ("limitations", "It may be inaccurate for children."),
        ("limitations", "May fail in low light."),
        ("out-of-scope", "Not to be used for clinical purposes."),
        ("out-of-scope", "Not intended to be used for:\n\n- hiring\n- credit scoring"),
        ("training-data", "Data of various hospitals, collected in 2019."),
    ],
)
def test_one_word_of_its_own_is_content(section: str, text: str) -> None:
    """The same sentences with a condition, a setting or a source."""
    assert told(section, text) == ("stated", "")


@pytest.mark.parametrize(
    ("section", "text", "heading"),
    [
        ("intended-use", "本模型用于研究人员对罕见病变异进行排序。", "预期用途"),
        ("training-data", "使用千人基因组计划的2504个样本训练。", "训练数据"),
        ("limitations", "对长度超过20bp的插入缺失效果不佳。", "局限性"),
        ("limitations", "对长度超过20bp的插入缺失效果不佳。", ""),
        ("limitations", "このモデルは短い配列では性能が低下します。", "制限"),
        ("training-data", "با داده‌های ۲۵۰۴ نفر از پروژه هزار ژنوم آموزش دیده است.", "داده‌های آموزش"),
        ("intended-use", "Модель создана для исследователей, изучающих редкие болезни.", "Назначение"),
        ("intended-use", "هذا النموذج مخصص للباحثين في الأمراض النادرة.", ""),
    ],
)
def test_a_language_that_is_not_read_is_believed_below_a_clear_heading(section: str, text: str, heading: str) -> None:
    """No lexicon has its words."""
    assert told(section, text, heading) == ("stated", "")


@pytest.mark.parametrize(
    ("section", "text", "heading"),
    [
        ("limitations", "暂无。", "局限性"),
        ("limitations", "没有已知的限制。", "局限性"),
        ("training-data", "训练数据未公开，请联系作者了解详情。", "训练数据"),
        ("training-data", "详见我们发表的论文中的说明部分。", "训练数据"),
        ("intended-use", "待补充。", "预期用途"),
        ("limitations", "محدودیت‌ها در آینده تکمیل خواهد شد.", "محدودیت‌ها"),
        ("evaluation", "我们对模型进行了全面的测试和评估工作。", "评估"),
    ],
)
def test_a_shrug_in_such_a_language_is_not(section: str, text: str, heading: str) -> None:
    """Nothing, not yet, elsewhere; and evidence needs its figures in any language."""
    assert told(section, text, heading)[0] == "mentioned"
