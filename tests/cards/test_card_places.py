"""Where models lie for which a file elsewhere stands, where their cards may lie, and what is told once."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from _card_texts import BASIC, FRONT, card, weights

from pytest_genomic_guard.model import Facts, Located, Location
from pytest_genomic_guard.relations.cards.held import held
from pytest_genomic_guard.views.cards.nouns import Card, CardTerms
from pytest_genomic_guard.views.datause.nouns import DataUse, Today
from pytest_genomic_guard.views.models.named import TEST_FOLDERS, is_fixture
from pytest_genomic_guard.views.models.nouns import Model

if TYPE_CHECKING:
    from collections.abc import Callable

    from _scratch import Ran, Repo

    Guard = Callable[..., Ran]

DOCS = Path(__file__).parent.parent.parent / "docs" / "cards.md"


def _lock(stages: dict[str, list[str]]) -> bytes:
    """Return a lock of DVC with the outputs of stages."""
    lines = ["schema: '2.0'", "stages:"]
    for number, (stage, outs) in enumerate(stages.items()):
        lines += [
            f"  {stage}:",
            "    cmd: python make.py",
            "    deps:",
            "    - path: in.csv",
            f"      md5: {'b' * 32}",
            "    outs:",
        ]
        for place, path in enumerate(outs):
            lines += [f"    - path: {path}", f"      md5: {number:016x}{place:016x}", "      size: 4096"]
    return "\n".join([*lines, ""]).encode()


def _alone(repo: Repo, guard: Guard) -> list[dict[str, Any]]:
    """Return the findings of CARD101."""
    ran = guard("scan", "--select", "CARD101", "--format", "json", cwd=repo.root)
    assert ran.code in {0, 1}, ran.err
    return [each for each in ran.json["findings"] if each["code"] == "CARD101"]


def _cards(repo: Repo, guard: Guard) -> dict[str, list[str]]:
    """Return the models of each card."""
    rows: list[dict[str, Any]] = json.loads(guard("card", "check", "--format", "json", cwd=repo.root).out)["cards"]
    return {each["path"]: [model["path"] for model in each["models"]] for each in rows}


def test_outputs_of_a_lock_lie_at_their_paths(repo: Repo, guard: Guard) -> None:
    """Each is a model of its own, with the card beside its path; tables are none."""
    repo.add(
        "dvc.lock", _lock({"train": ["model/encoder.joblib", "model/net.pt", "data/train.csv", "data/cells.h5ad", "other/x.onnx"]})
    )
    repo.add("model/model_card.md", card(*BASIC))
    assert _cards(repo, guard) == {"model/model_card.md": ["model/encoder.joblib", "model/net.pt"]}
    (found,) = _alone(repo, guard)
    assert (found["path"], found["subject"], found["line"]) == ("dvc.lock", "other/x.onnx, ONNX", 21)


@pytest.mark.parametrize("where", ["model/MODEL_CARD.md", "MODEL_CARD.md", "docs/MODEL_CARD.md"])
def test_a_card_of_such_a_model(repo: Repo, guard: Guard, where: str) -> None:
    """It is looked for from the path of the output on."""
    repo.add("dvc.lock", _lock({"train": ["model/encoder.joblib"]}))
    repo.add(where, card(*BASIC))
    assert _alone(repo, guard) == []


def test_the_folder_of_a_stage(repo: Repo, guard: Guard) -> None:
    """Paths of a lock are written from the `wdir` of the stage on, which stands in `dvc.yaml`."""
    repo.add("pipe/dvc.lock", _lock({"train": ["models/a.onnx"], "each@x": ["../b.onnx"], "plain": ["c.onnx"]}))
    text = (
        "stages:\n  train:\n    cmd: x\n    wdir: ../src\n    outs:\n    - models/a.onnx\n  each:\n    foreach: [x]\n    do:\n"
        "      wdir: deep/er\n      cmd: y\n  plain:\n    cmd: z\n"
    )
    repo.add("pipe/dvc.yaml", text.encode())
    found = _alone(repo, guard)
    assert [each["subject"] for each in found] == ["src/models/a.onnx, ONNX", "pipe/deep/b.onnx, ONNX", "pipe/c.onnx, ONNX"]


def test_a_pointer_of_several(repo: Repo, guard: Guard) -> None:
    """A `.dvc` file can have several outputs, and a folder from which on they are written."""
    out = "- md5: {}\n  size: 9\n  path: {}\n"
    text = "wdir: ../w\nouts:\n" + out.format("1" * 32, "one/a.onnx") + out.format("2" * 32, "'two/b.onnx'")
    repo.add("p/all.dvc", text.encode())
    repo.add("w/one/MODEL_CARD.md", card(*BASIC))
    assert [(each["path"], each["subject"]) for each in _alone(repo, guard)] == [("p/all.dvc", "w/two/b.onnx, ONNX")]


@pytest.mark.parametrize("path", ["../../up.onnx", "/abs/up.onnx", "s3://bucket/a/up.onnx"])
def test_what_lies_outside(repo: Repo, guard: Guard, path: str) -> None:
    """It counts as if it lay beside the file that names it."""
    repo.add("p/dvc.lock", _lock({"train": [path]}))
    (found,) = _alone(repo, guard)
    assert found["subject"] == "p/up.onnx, ONNX"
    repo.add("p/MODEL_CARD.md", card(*BASIC))
    assert _alone(repo, guard) == []


def test_the_registry_and_fixtures_mean_the_path_of_the_output(repo: Repo, guard: Guard) -> None:
    """Patterns of the policy match where the model lies."""
    repo.add("dvc.lock", _lock({"train": ["model/a.onnx", "samples/b.onnx", "out/c.onnx"]}))
    repo.add("notes/a.md", card(*BASIC))
    repo.add(
        ".genomic-guard.yaml",
        b"version: 1\ncards:\n  registry: [{models: 'model/*', card: notes/a.md}]\n  fixtures: ['samples/**']\n",
    )
    assert [each["subject"] for each in _alone(repo, guard)] == ["out/c.onnx, ONNX"]


def test_a_draft_for_an_output(repo: Repo, guard: Guard) -> None:
    """It goes beside the place of the output, though nothing is there; of a lock with several somebody has to choose."""
    repo.add("dvc.lock", _lock({"train": ["model/model.joblib", "other/net.pt"]}))
    ran = guard("card", "new", "dvc.lock", cwd=repo.root)
    assert ran.code == 2
    assert "model/model.joblib" in ran.err
    assert "other/net.pt" in ran.err
    assert guard("card", "new", "model/model.joblib", cwd=repo.root).code == 0
    text = (repo.root / "model" / "MODEL_CARD.md").read_text("utf-8")
    assert "| File | `model.joblib` |" in text
    assert "| Stored by | dvc |" in text
    assert [each["subject"] for each in _alone(repo, guard)] == ["other/net.pt, torch"]
    repo.add("dvc.lock", _lock({"train": ["other/net.pt"]}))
    assert guard("card", "new", "dvc.lock", cwd=repo.root).code == 0
    assert (repo.root / "other" / "MODEL_CARD.md").exists()


def test_a_changed_lock_is_told(repo: Repo, guard: Guard) -> None:
    """The file that changes is the lock, and not what it stands for."""
    repo.add("README.md", b"x\n")
    repo.commit("first")
    repo.add("dvc.lock", _lock({"train": ["model/a.onnx"]}))
    repo.git("add", "-A")
    ran = guard("scan", "--staged", "--select", "CARD101", "--format", "json", cwd=repo.root)
    assert [each["subject"] for each in ran.json["findings"]] == ["model/a.onnx, ONNX"]


@pytest.mark.parametrize("name", ["s" + "4" * 5 + ".onnx", "people of mine.onnx"])
def test_a_name_that_may_be_of_a_person_is_masked(repo: Repo, guard: Guard, name: str) -> None:
    """The line tells which it is."""
    repo.add("dvc.lock", _lock({"train": [f"model/{name}"]}))
    (found,) = _alone(repo, guard)
    assert found["subject"] == "model/[masked], ONNX"
    assert found["line"] == 9


@pytest.mark.parametrize("name", ["MODEL_CARD.md", "model_card.md", "model-card.md", "Model_Card.md"])
@pytest.mark.parametrize("top", ["", "part/"])
def test_a_card_in_docs(repo: Repo, guard: Guard, top: str, name: str) -> None:
    """The one card of a project often lies there, and is of all models below the folder in which `docs` lies."""
    repo.add("part/models/x.safetensors", weights())
    repo.add(f"{top}docs/{name}", card(*BASIC))
    repo.add("part/README.md", b"# Notes\n")
    assert _cards(repo, guard) == {f"{top}docs/{name}": ["part/models/x.safetensors"]}


def test_what_comes_before_a_card_in_docs(repo: Repo, guard: Guard) -> None:
    """The card of the folder, of a nearer one, and one that lies above by its form or name; not a README by headings alone."""
    repo.add("part/x.safetensors", weights())
    repo.add("docs/MODEL_CARD.md", card(*BASIC))
    repo.add("README.md", card(*BASIC, front="# Scorer\n\n"))
    assert _cards(repo, guard)["docs/MODEL_CARD.md"] == ["part/x.safetensors"]
    repo.add("MODEL_CARD.md", card(*BASIC))
    assert _cards(repo, guard)["MODEL_CARD.md"] == ["part/x.safetensors"]
    repo.add("part/docs/model_card.md", card(*BASIC))
    assert _cards(repo, guard)["part/docs/model_card.md"] == ["part/x.safetensors"]


@pytest.mark.parametrize("name", ["docs/other.md", "docs/models/MODEL_CARD.md", "elsewhere/docs/MODEL_CARD.md"])
def test_what_is_no_card_of_it(repo: Repo, guard: Guard, name: str) -> None:
    """Other names and other folders are others'."""
    repo.add("models/x.safetensors", weights())
    repo.add(name, card(*BASIC))
    assert len(_alone(repo, guard)) == 1


@pytest.mark.parametrize("said", ["`hub/models/x.onnx`", "`run --model hub/models/x.onnx --fast`", "front"])
def test_a_card_that_gives_the_whole_path(repo: Repo, guard: Guard, said: str) -> None:
    """It is taken wherever it lies."""
    front = FRONT.replace("license: mit\n", "license: mit\nfile: hub/models/x.onnx\n") if said == "front" else FRONT
    repo.add("dvc.lock", _lock({"train": ["hub/models/x.onnx"]}))
    repo.add("train/MODEL_CARD.md", card(*BASIC, front=front) + f"\nSee {said}.\n".encode())
    assert _cards(repo, guard) == {"train/MODEL_CARD.md": ["hub/models/x.onnx"]}


@pytest.mark.parametrize("said", ["`x.onnx`", "`models/x.onnx`", "`hub/models/x.onnx.bak` and `x.onnx`"])
def test_a_card_that_gives_the_name_alone(repo: Repo, guard: Guard, said: str) -> None:
    """It is named as one that is not taken."""
    repo.add("dvc.lock", _lock({"train": ["hub/models/x.onnx"]}))
    repo.add("train/MODEL_CARD.md", card(*BASIC) + f"\nSee {said}.\n".encode())
    (found,) = _alone(repo, guard)
    assert found["subject"] == "hub/models/x.onnx, ONNX, not taken: train/MODEL_CARD.md"
    assert "is not taken, as it does not give its whole path" in found["message"]


def test_copies_are_told_once(repo: Repo, guard: Guard) -> None:
    """Files with the same bytes are one finding, which says how many; another model is another."""
    for folder in ("a/x", "b/y", "c/z"):
        repo.add(f"{folder}/scorer.safetensors", weights())
    repo.add("c/other.safetensors", weights(license="mit"))
    repo.commit("models")
    found = _alone(repo, guard)
    assert [(each["path"], "(3 copies)" in each["message"]) for each in found] == [
        ("a/x/scorer.safetensors", True),
        ("c/other.safetensors", False),
    ]
    repo.add("b/MODEL_CARD.md", card(*BASIC))
    assert "(2 copies)" in _alone(repo, guard)[0]["message"]


@pytest.mark.parametrize(
    "names",
    [
        ("scorer.onnx", "scorer-fp16.onnx", "scorer_int8.onnx", "scorer.fp32.onnx", "scorer.pth"),
        ("model.onnx", "model_q4.onnx", "model_quantized.onnx", "model_uint8.onnx"),
        ("llama-Q4_K_M.gguf", "llama-Q8_0.gguf", "llama.IQ2_XXS.gguf", "llama-f16.gguf"),
    ],
)
def test_exports_are_one_model(repo: Repo, guard: Guard, names: tuple[str, ...]) -> None:
    """In one folder, whatever the numbers in which the weights are kept."""
    repo.add("dvc.lock", _lock({"train": [f"m/{name}" for name in names]}))
    (found,) = _alone(repo, guard)
    assert f"({len(names)} files are parts of it)" in found["message"]


def test_what_is_no_export(repo: Repo, guard: Guard) -> None:
    """Other names in one folder are other models, and so are equal names in two."""
    names = ["m/sales_q2.onnx", "m/sales_q3.onnx", "m/scorer.onnx", "n/scorer.onnx", "m/int8.onnx"]
    repo.add("dvc.lock", _lock({"train": names}))
    assert len(_alone(repo, guard)) == len(names)


def test_folders_of_test_data_are_those_that_are_documented() -> None:
    """The list of docs/cards.md and the code are one; a folder `test_models` is none of them."""
    text = DOCS.read_text("utf-8")
    told = set(re.findall(r"`([\w-]+)/`", text[text.index("## Test data") : text.index("## Front matter")]))
    assert set(TEST_FOLDERS) <= told
    assert {each for each in told if not is_fixture(f"a/{each}/x.onnx".encode())} == {"test_models"}
    for other in ("test_models", "test-set", "test_utils", "tested", "contest", "latest", "pytest", "mytests", "tests_models"):
        assert not is_fixture(f"{other}/x.onnx".encode()), other
    assert is_fixture(b"a/Tests/b/x.onnx")
    assert not is_fixture(b"a/tests.onnx")


def test_what_is_excused_is_counted(repo: Repo, guard: Guard) -> None:
    """Never in silence; and a folder `test_models` excuses nothing."""
    repo.add("test_models/x.safetensors", weights())
    repo.add("tests/y.safetensors", weights(license="mit"))
    assert [each["path"] for each in _alone(repo, guard)] == ["test_models/x.safetensors"]
    ran = guard("card", "check", cwd=repo.root)
    assert "1 model without a card needs none, as test data:\n  tests/y.safetensors\n" in ran.out
    assert json.loads(guard("card", "check", "--format", "json", cwd=repo.root).out)["fixtures"] == ["tests/y.safetensors"]


def test_the_line_below_the_tables(repo: Repo, guard: Guard) -> None:
    """A card that states all and fails for something else is told as both."""
    repo.add("x.safetensors", weights())
    repo.add(
        "MODEL_CARD.md",
        card(*BASIC, front=FRONT.replace("license: mit", "license: other"))
        + b"\n## License\n\nThe weights are under the Apache License 2.0.\n",
    )
    ran = guard("card", "check", cwd=repo.root)
    assert ran.code == 1
    assert ran.out.endswith("1 of 1 cards state what the tier requires; 1 fails other checks (above)\n")
    repo.add("MODEL_CARD.md", card(*BASIC))
    assert guard("card", "check", cwd=repo.root).out.endswith("1 of 1 cards state what the tier requires\n")


def test_a_published_model_that_is_not_here(repo: Repo, guard: Guard) -> None:
    """The table says whose tier it is."""
    repo.add("MODEL_CARD.md", card(*BASIC))
    repo.add("share.sh", b"hf upload lab/fly model.bin\n")
    out = guard("card", "check", cwd=repo.root).out
    assert "as the model that it describes is published by share.sh" in out
    assert "the tier is that of the model which this card describes and which is published" in out


class _Nobody(Card):
    """A card that says that nobody is in its data."""

    nobody: bool = True


def _asked(*facts: tuple[bytes, Any], sources: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return what is asked of such a card at the tier `release`."""
    placed = [
        (b"MODEL_CARD.md", _Nobody(at=Location(path=b"MODEL_CARD.md"), tier="release", sources=sources)),
        (b"x.onnx", Model(at=Location(path=b"x.onnx"), format="ONNX")),
        (b".", CardTerms()),
        (b".", Today(day="2026-11-22")),
        *facts,
    ]
    (found,) = held(Facts(sorted((Located(path=path, fact=fact) for path, fact in placed), key=lambda each: each.path)))
    return found.asked


def test_where_nobody_is_in_the_data() -> None:
    """Nobody asks for figures of groups of people, who they are, or their privacy, at any tier."""
    people = {"subgroups", "demographics", "privacy", "privacy-evaluation"}
    assert people.isdisjoint(_asked())
    assert {"intended-use", "evaluation", "oversight"} <= set(_asked())


def test_where_the_card_or_the_register_names_data_of_people() -> None:
    """Then the card is not believed."""
    people = {"subgroups", "demographics", "privacy", "privacy-evaluation"}
    assert people <= set(_asked(sources=("phs000178",)))
    entry = DataUse(id="phs000178", line=3, models=("*.onnx",), controlled=True)
    assert people <= set(_asked((b".", entry)))
    assert people.isdisjoint(_asked((b".", entry.replace(models=("other/*",)))))
