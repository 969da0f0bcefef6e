"""Cards of models and data sets: which files are one, what their front matter says, and where."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.engine import Engine
from pytest_genomic_guard.model import Artifact
from pytest_genomic_guard.policy import Policy
from pytest_genomic_guard.registry import Plan, Registry
from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.testing import scan, told
from pytest_genomic_guard.views.licences import cardkeys, cards, hub, kipoi
from pytest_genomic_guard.views.text import Segment, Text

if TYPE_CHECKING:
    from io import BytesIO


def _opener() -> BytesIO:
    raise AssertionError("a view opens nothing")


def _text(data: bytes, path: bytes = b"README.md") -> Text:
    artifact = Artifact(path=path, kind="file", origin="work tree", opener=_opener)  # type: ignore[arg-type]
    return Text(artifact=artifact, trail=(), data=data, segments=(Segment(start=0, trail=(), context="file"),), owned=len(data))


def _read(data: str | bytes, path: bytes = b"README.md") -> cards.CardLicence | None:
    found = list(cards.told(_text(data.encode() if isinstance(data, str) else data, path)))
    assert len(found) < 2
    return found[0] if found else None


def _ids(card: cards.CardLicence | None) -> list[str]:
    assert card is not None
    return [each.listed.id for each in card.given if each.listed]


@pytest.mark.parametrize(
    "front",
    [
        b"---\nlicense: mit\nlibrary_name: x\n---\n",
        b"\xef\xbb\xbf---\nlicense: mit\nlibrary_name: x\n---\n",
        b"---\r\nlicense: mit\r\nlibrary_name: x\r\n---\r\n",
        b"---  \nlicense: 'mit'  # all\nlibrary_name: x\n...\n",
        b"---\n? license\n: mit\nlibrary_name: x\n---",
        b"---\n{license: mit, library_name: x}\n---\n",
        b"\n\n---\nlicense:\n  - mit\nlibrary_name: x\n---\ntext\n---\n",
        b"---\nx: &a mit\nlicense: *a\nlibrary_name: x\n---\n",
        b"---\nlicense: !!str mit\nlibrary_name: x\n---\n",
        b"---\nlicense: >-\n  mit\nlibrary_name: x\n---\n",
    ],
)
def test_forms_of_front_matter(front: bytes) -> None:
    """Marks, line ends, ends, comments, aliases and lists do not matter."""
    if front.startswith(b"---\n{"):
        assert _read(front) is None  # no key at the beginning of a line: nobody writes it so, and nobody is asked about it
    else:
        assert _ids(_read(front)) == ["mit"]


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("---\nlibrary_name: x\nlicense: mit\n---\n", 3),
        ("\ufeff---\r\nlibrary_name: x\r\n\r\nlicense: mit\r\n---\r\n", 4),
        ("---\nlibrary_name: x\nlicense:\n- mit\n---\n", 4),
        ("---\nlibrary_name: x\nlicense:\n---\n", 3),
        ("---\nlibrary_name: x\n---\n", 1),
        ("\n---\nlibrary_name: x\n---\n", 2),
    ],
)
def test_lines(front: str, line: int) -> None:
    """A card's place is that of its licence, or of the first line of its front matter."""
    found = _read(front)
    assert found is not None
    assert found.at.line == line


@pytest.mark.parametrize(
    ("path", "front", "kind"),
    [
        ("README.md", "pipeline_tag: x", "model"),
        ("README.md", "task_categories: [x]", "dataset"),
        ("README.md", "license: mit", "unclear"),
        ("README.md", "datasets: [a/b]\nlicense: mit", "model"),
        ("models/x/README.md", "base_model: a/b", "model"),
        ("docs/MODEL_CARD.md", "license_name: x", "model"),
        ("dataset-card.md", "license: mit", "dataset"),
        ("README_x.md", "license: mit\ntags: [a]\nlanguage: en", "unclear"),
        ("notes.md", "pipeline_tag: x\nlibrary_name: y", "model"),
        ("README.md", "pipeline_tag: x\nlibrary_name: y\nauthor: nobody", "model"),
        ("README.md", "extra_gated_prompt: x\nlicense: mit", "unclear"),
    ],
)
def test_what_is_a_card(path: str, front: str, kind: str) -> None:
    """Keys of the Hub tell a card, in a file whose name says so or with several of them."""
    found = _read(f"---\n{front}\n---\n", path.encode())
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    ("path", "front"),
    [
        ("_posts/a.md", "layout: post\ntitle: x\nlicense: mit"),
        ("README.md", "title: x\nlicense: mit"),
        ("README.md", "title: x\nemoji: y\nsdk: gradio\nlicense: mit\nmodels: [a/b]\npipeline_tag: x"),
        ("README.md", "tags: [a]"),
        ("README.md", "language: en\ntags: [a]"),
        ("README.md", "output: github_document\nlicense: MIT"),
        ("docs/index.md", "license: mit"),
        ("docs/x.md", "datasets: a"),
        ("blog/x.md", "title: x\nthumbnail: y\nauthors: [z]\nbase_model: q"),
        ("card.md", "name: x"),
        ("templates/README.md", "license: mit\nlibrary_name: x"),
        ("{{cookiecutter.x}}/README.md", "license: mit\nlibrary_name: x"),
        ("README.md", "license: {license}\nlibrary_name: {name}"),
        ("README.md", "{{ card_data }}"),
        ("README.md", ""),
    ],
)
def test_what_is_no_card(path: str, front: str) -> None:
    """Posts, pages, documents, programs on the Hub and forms to be filled in are none."""
    assert _read(f"---\n{front}\n---\n", path.encode()) is None


def test_what_it_is_made_from() -> None:
    """Ids are kept without the Hub's address; what is no id is left out."""
    found = _read(
        "---\nlicense: mit\nbase_model:\n- https://huggingface.co/a/b\n- ../c\n- is no id at all\ndatasets: datasets/d/e\n"
        "source_datasets:\n- extended|f\n- original\nmodel-index:\n- name: x y\n---\n"
    )
    assert found is not None
    assert (found.base_models, found.datasets, found.names) == (("a/b", "c"), ("d/e", "f", "original"), ("x-y",))


@pytest.mark.parametrize(
    "data",
    [
        b"---\nlicense: " + b"[" * 5000 + b"\nlibrary_name: x\n---\n",
        b"---\nlibrary_name: x\n" + b"- " * 5000 + b"\n---\n",
        b"---\nlibrary_name: x\nlicense: &a [*a]\n---\n",
        b"---\nlibrary_name: x\nlicense: !!python/object/apply:os.system [x]\n---\n",
        b"---\nlibrary_name: x\nlicense: \x00\n---\n",
        b"---\nlibrary_name: x\nlicense: \xff\xfe\n---\n",
        b"---\nlibrary_name: x\nlicense: mit\n",
        b"---\nlibrary_name: x\n? [a, b]\n: c\n---\n",
        b"---\nlibrary_name: x\n<<: *nobody\n---\n",
    ],
)
def test_hostile_front_matter(data: bytes) -> None:
    """What no reader takes is damaged, or names no licence; nothing is raised and nothing is run."""
    found = _read(data)
    assert found is not None
    assert found.fault in {"damaged", "missing", "form"} or all(each.listed is None for each in found.given)


_BOMB = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'x'}]\n" for n in range(12))


def test_aliases_that_grow() -> None:
    """Aliases are one more reference, and are not followed."""
    assert _ids(_read(f"---\n{_BOMB}library_name: x\nlicense: mit\nbase_model: *a11\n---\n")) == ["mit"]


@settings(max_examples=200)
@given(st.binary(max_size=300), st.sampled_from([b"README.md", b"x.md", b"croissant.json", b"model.yaml"]))
def test_bytes_never_raise(data: bytes, path: bytes) -> None:
    """Whatever a file holds, it is a card or none."""
    for front in (data, b"---\n" + data, b"---\nlicense: x\npipeline_tag: y\n" + data + b"\n---\n"):
        _read(front, path)


_KEYS = sorted(cardkeys.MODEL | {*cardkeys.LICENCE, "license_name", "datasets", "name", "tags", "language"})
_VALUES = st.recursive(
    st.text(max_size=12) | st.sampled_from([*hub.ids(), "MIT", "gpl3"]) | st.none() | st.integers() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from(_KEYS), _VALUES, max_size=5))
def test_what_others_write_is_read(fields: dict[str, object]) -> None:
    """Of YAML that PyYAML writes, the ids are those that it reads again."""
    found = _read("---\n" + yaml.safe_dump(fields, allow_unicode=True) + "---\n")
    licence = fields.get("license")
    plain = [licence] if isinstance(licence, str) else licence if isinstance(licence, list) else []
    if found is not None and found.fault == "" and all(isinstance(each, str) and each in hub.ids() for each in plain):
        assert _ids(found) == plain or "license" not in fields


def test_croissant() -> None:
    """Names, ids and addresses of licences are read in Croissant; other JSON is none."""
    tree = {"conformsTo": "http://mlcommons.org/croissant/1.0", "license": ["https://spdx.org/licenses/CC0-1.0.html", "MIT"]}
    path = b"data/my_croissant.json"
    assert _ids(_read(json.dumps(tree), path)) == ["cc0-1.0", "mit"]
    tree["license"] = [{"@type": "CreativeWork", "url": "https://creativecommons.org/licenses/by-nc-sa/4.0/deed.en"}]  # type: ignore[list-item]
    assert _ids(_read(json.dumps(tree), path)) == ["cc-by-nc-sa-4.0"]
    tree["license"] = ["https://example.org/terms"]
    found = _read(json.dumps(tree), path)
    assert found is not None
    assert [each.listed for each in found.given] == [None]
    assert _read('{"license": "MIT"}', path) is None
    assert _read(json.dumps({**tree, "x": "y"})[:-1], path) is None


def test_kipoi() -> None:
    """A template is no YAML, and its line is read all the same; a model.yaml of somebody else is none."""
    data = "{% set x = 1 %}\ndefault_dataloader: .\ninfo:\n  license: Apache License v2  # x\n"
    found = kipoi.read(_text(data.encode(), b"x/model-template.yaml"))
    assert _ids(found) == ["apache-2.0"]
    assert _read("name: x\ninfo:\n  license: GPL-3\n", b"model.yaml") is None


SECRET = "sk-" + "a1B2" * 6


@pytest.mark.parametrize("key", ["license", "license_name", "licenses", "base_model", "pretty_name", "datasets"])
def test_no_value_is_told(key: str) -> None:
    """What stands in a card is never quoted, only what it was read as."""
    front = f"---\npipeline_tag: x\n{key}: {SECRET}\n---\n".encode()
    other = b"---\nlicense: cc-by-nc-4.0\nlibrary_name: x\nmodel-index:\n- name: " + SECRET.encode() + b"\n---\n"
    report = scan({b"README.md": front, b"m/README.md": other})
    lines = [line for code in ("LIC301", "LIC302", "LIC303", "LIC304") for line in told(report, code)]
    assert lines
    assert not any(SECRET in line for line in lines)


DERIVED = {
    b"models/new/README.md": b"---\nlicense: mit\nbase_model: lab/tiny\n---\n",
    b"base/tiny/README.md": b"---\nlicense: cc-by-nc-4.0\nlibrary_name: x\n---\n",
    b"src/a.py": b"x = 1\n",
    b"LICENSE": b"x\n",
}


class _Part(Memory):
    """A snapshot of which one file changed."""

    file = b""

    @property
    def changed(self) -> frozenset[bytes]:
        """Name it."""
        return frozenset({self.file})


@pytest.mark.parametrize(
    ("file", "codes"),
    [
        (b"models/new/README.md", ["LIC303"]),
        (b"base/tiny/README.md", ["LIC302", "LIC303"]),
        (b"src/a.py", []),
    ],
)
def test_a_change_of_either_card(file: bytes, codes: list[str]) -> None:
    """Where one card changed, it is compared with the others wherever they lie."""
    snapshot = _Part(DERIVED)
    snapshot.file = file
    report = Engine(Plan(Registry(), selections=(["LIC3"],))).run(snapshot, Policy())
    assert sorted(finding.code for finding in report.findings) == codes
