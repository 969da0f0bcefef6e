"""Front matter of cards, their figures, and which Markdown is a card at all, through the door."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.testing import scan, told
from pytest_genomic_guard.views.cards import frontmatter, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from _scratch import Ran

    Guard = Callable[..., Ran]

HEAD = "---\nlicense: mit\nlibrary_name: x\n"
BODY = "\n# Model card\n\n## Intended use\n\nIt is intended for researchers.\n"


def _sections(guard: Guard, folder: Path, text: str, name: str = "README.md") -> dict[str, Any]:
    (folder / name).write_text(text, "utf-8")
    cards = json.loads(guard("card", "check", "--format", "json", name, cwd=folder).out)["cards"]
    assert len(cards) == 1
    found = cards[0]["sections"]
    return {key: each if isinstance(each, str) else each["status"] for key, each in found.items()}


def _of(text: str | bytes, path: bytes = b"README.md") -> Any:
    return read.card(text.encode() if isinstance(text, str) else text, path)


@pytest.mark.parametrize(
    ("front", "status"),
    [
        ("license: mit", "stated"),
        ("license: [mit, apache-2.0]", "stated"),
        ("license: other\nlicense_name: ours-1.0", "stated"),
        ("license: other", "mentioned"),
        ("license: unknown", "mentioned"),
        ("license:", "mentioned"),
        ("license: '[More Information Needed]'", "mentioned"),
        ("tags: [a]", "absent"),
    ],
)
def test_a_licence_of_front_matter(folder: Path, guard: Guard, front: str, status: str) -> None:
    """A name is content; a place that is open is none."""
    assert _sections(guard, folder, f"---\nlibrary_name: x\n{front}\n---\n{BODY}")["licence"] == status


@pytest.mark.parametrize(
    ("front", "section", "status"),
    [
        ("datasets: [squad]", "training-data", "stated"),
        ("datasets: []", "training-data", "absent"),
        ("datasets: [null]", "training-data", "absent"),
        ("metrics: [accuracy]", "evaluation", "mentioned"),
        ("tags: [a]", "evaluation", "absent"),
    ],
)
def test_data_and_metrics_of_front_matter(folder: Path, guard: Guard, front: str, section: str, status: str) -> None:
    """Data sets by name are content; metrics without values are a heading."""
    assert _sections(guard, folder, f"{HEAD}{front}\n---\n{BODY}")[section] == status


def test_values_of_a_model_index_are_an_evaluation(folder: Path, guard: Guard) -> None:
    """Without values it is a heading."""
    index = [
        {
            "name": "x",
            "results": [
                {
                    "task": {"type": "a"},
                    "dataset": {"type": "org/set", "name": "D", "split": "test"},
                    "metrics": [{"type": "f1", "value": 0.71, "name": "F1 (macro)"}],
                }
            ],
        }
    ]
    text = f"{HEAD}{yaml.safe_dump({'model-index': index}, sort_keys=False)}---\n{BODY}"
    assert _sections(guard, folder, text)["evaluation"] == "stated"
    (metric,) = _of(text).metrics
    assert (metric.metric, metric.value, metric.data, metric.split, metric.digits) == ("f1-macro", 0.71, "set", "test", 2)
    assert text.split("\n")[metric.line - 1].strip() == "value: 0.71"
    del index[0]["results"][0]["metrics"][0]["value"]  # type: ignore[index]
    text = f"{HEAD}{yaml.safe_dump({'model-index': index})}---\n{BODY}"
    assert _sections(guard, folder, text)["evaluation"] == "mentioned"


@pytest.mark.parametrize(("path", "by"), [("MODEL_CARD.md", "name"), ("docs/model-card.md", "name"), ("model_cards/a.md", "name")])
def test_a_card_by_its_name(path: str, by: str) -> None:
    """Its name, or that of its folder, says that it is one."""
    assert told(scan({path.encode(): b"# A model\n\nIt is a model.\n"}), "CARD201")
    assert _of("# A model\n\nIt is a model.\n", path.encode()).by == by


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("README.md", "# A program\n\nRun it.\n"),
        ("notes.md", "# Notes\n\n## Limitations\n\nNone.\n"),
        ("templates/model_card.md", "# {{ name }}\n"),
        ("{{cookiecutter.x}}/MODEL_CARD.md", "# Model card\n"),
        ("docs/index.md", "---\nlayout: page\ntitle: Datasets\ndatasets: a\n---\n\n# x\n"),
        ("_posts/a.md", "---\nlayout: post\ntags: [a]\nlicense: mit\n---\n\n# Model card\n"),
        ("README.md", "---\ntitle: X\nsdk: gradio\napp_file: a.py\nlicense: mit\n---\n\n# x\n"),
        ("postcards.md", "# Postcards\n"),
        ("docs/model-cards.md", "# Model cards\n\n## Limitations\n\nWrite them down.\n"),
        ("docs/model-card-guidebook.md", "# Model card guidebook\n"),
        ("docs/source/model_card.mdx", "# Model card\n"),
        ("model_cards/README.md", "# A program\n"),
        ("modelcard.md", "---\nlicense: {license}\nlibrary_name: {library_name}\n---\n\n# {name}\n"),
    ],
)
def test_no_card(path: str, text: str) -> None:
    """Programs, posts, pages, Spaces and forms to be filled in have no sections to state."""
    report = scan({path.encode(): text.encode()})
    assert [each for each in report.findings if each.code.startswith("CARD")] == []


def test_a_readme_without_models_is_not_parsed() -> None:
    """What is asked of every README is one expression."""
    assert not read.likely(b"README.md", b"# A program\n\n" + b"words of it\n" * 1000)
    assert read.likely(b"README.md", b"# A model\n\n## Intended use\n")
    assert not read.likely(b"other.md", b"# A model\n\n## Intended use\n")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_lines_are_those_of_the_file(end: str, mark: str) -> None:
    """Whatever ends a line, and whatever comes before the first."""
    text = mark + f"{HEAD}tags: a\n---\n".replace("\n", end)
    faults = {each.what: each.line for each in _of(text).faults}
    assert faults["has a `tags` that is no list"] == 4
    assert ("begins behind a mark of the byte order, so that readers of the Hub see no front matter" in faults) is bool(mark)


def test_what_the_card_says_of_itself() -> None:
    """Tier, generation, names, base models and data sets, and nothing else of its words."""
    card = _of(f"{HEAD}risk_tier: research\ngenerative: true\nbase_model: org/base\ndatasets: [org/data]\n---\n{BODY}")
    assert (card.tier, card.generative, card.base_models, card.datasets, card.licence) == (
        "research", True, ("org/base",), ("org/data",), "MIT",
    )  # fmt: skip
    assert _of(f"{HEAD}risk_tier: high\ngenerative: perhaps\n---\n{BODY}").tier == ""


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (f"{HEAD}---\n# x\n\n## Training data\n\nExomes of phs000178.v11.p8.\n", ("phs000178.v11.p8",)),
        (f"{HEAD}---\n# x\n\nThe model was trained on phs000178 and others.\n", ("phs000178",)),
        (f"{HEAD}---\n# x\n\n## Evaluation\n\nTested with phs000178.\n", ()),
        (f"{HEAD}---\n# x\n\n## Training data\n\nIt was not trained on phs000178.\n", ()),
        (f"{HEAD}---\n# x\n\n## References\n\nphs000178 is another study.\n", ()),
    ],
)
def test_sources_are_those_of_the_training_data(text: str, sources: tuple[str, ...]) -> None:
    """What was evaluated on, excluded or cited is no source of the model."""
    assert _of(text).sources == sources


_WORDS = st.sampled_from(["a/b", "c", "null", "~", "true", "3", "[x, y]", "{k: v}", "", "'é'", "- a"])
_KEYS = st.sampled_from(
    ["license", "tags", "datasets", "metrics", "base_model", "library_name", "pipeline_tag", "language", "other"]
)


@settings(max_examples=150, deadline=None)
@given(pairs=st.lists(st.tuples(_KEYS, _WORDS), min_size=1, max_size=6))
def test_keys_are_read_as_by_pyyaml(pairs: list[tuple[str, str]]) -> None:
    """What is YAML for PyYAML is read here, with a fault for each key that stands twice; what is none has a fault."""
    text = "".join(f"{key}: {value}\n" for key, value in pairs)
    front = frontmatter.found(f"---\n{text}---\n".encode())
    assert front is not None
    fields, faults, reason = frontmatter.keys(front)
    assert reason == ""
    try:
        loaded = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - which makes words alone
    except yaml.YAMLError:
        assert [each.what for each in faults] == ["has front matter that is no YAML"]
        return
    assert {*fields} == {*loaded}
    names = [key for key, _value in pairs]
    twice = [each for each in faults if "twice" in each.what]
    assert len(twice) == len(names) - len({*names})
    assert all(1 < each.line <= len(pairs) + 1 for each in faults)


@pytest.mark.parametrize(
    ("written", "measured", "fires"),
    [
        ("0.91", 0.9149, False),
        ("0.91", 0.905, False),
        ("0.91", 0.93, True),
        ("91 %", 0.9099, False),
        ("91", 0.9099, False),
        ("91 %", 0.93, True),
        ("0.9", 0.86, False),
        ("0.900", 0.86, True),
    ],
)
def test_a_figure_is_as_exact_as_it_is_written(written: str, measured: float, *, fires: bool) -> None:
    """Rounded and cut figures agree, and so do a percentage and its fraction."""
    card = f"# Model card\n\n| Metric | Value |\n|---|---|\n| Accuracy | {written} |\n"
    report = scan({b"MODEL_CARD.md": card.encode(), b"metrics.json": json.dumps({"accuracy": measured}).encode()})
    assert bool(told(report, "CARD206")) is fires
