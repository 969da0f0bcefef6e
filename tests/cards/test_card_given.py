"""Fields whose key names a section need no words that say so; what says nothing there says nothing all the same."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from _card_texts import weights
from _scratch import scan as command

from pytest_genomic_guard.testing import samples, scan, told
from pytest_genomic_guard.views.cards import monai, structured, trees

if TYPE_CHECKING:
    from pathlib import Path

LIMITS = "Scores fall by a third in windows with more than 40 % repeats"
USE = "Ranking of candidate enhancers before a screen"
DATA = "UMI-STARR-seq of S2 cells"


def _mct(**said: str) -> str:
    about = {"users": "Genome biologists", "use_cases": USE, "limitations": LIMITS} | said
    details = {"name": "enh", "overview": "Ranks.", "licenses": [{"identifier": "Apache-2.0"}]}
    data = [{"name": DATA, "description": "242,026 windows"}]
    considerations = {key: [{"description": text}] for key, text in about.items()}
    return json.dumps({"model_details": details, "model_parameters": {"data": data}, "considerations": considerations})


def _cyclonedx(**said: str) -> str:
    considerations = {key: [text] for key, text in ({"useCases": USE, "technicalLimitations": LIMITS} | said).items()}
    card = {"modelParameters": {"datasets": [{"name": DATA, "description": "242,026 windows"}]}, "considerations": considerations}
    component = {"type": "machine-learning-model", "name": "enh", "licenses": [{"license": {"id": "MIT"}}], "modelCard": card}
    return json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [component]})


def _chai(use: str = USE, limits: str = LIMITS, data: str = "112,120 frontal films of the ChestX-ray14 release") -> str:
    return (
        '<?xml version="1.0"?>\n<AppliedModelCard xmlns="https://mc.chai.org/v0.2/schema.xsd"><UsesAndDirections>'
        f"<IntendedUseAndWorkflow>{use}</IntendedUseAndWorkflow></UsesAndDirections><Warnings><KnownRisksAndLimitations>{limits}"
        f"</KnownRisksAndLimitations></Warnings><TrustIngredients><DevelopmentDataCharacterization>{data}"
        "</DevelopmentDataCharacterization></TrustIngredients></AppliedModelCard>\n"
    )


def _kipoi(**info: str) -> str:
    said = {"doc": f"{USE}.", "license": "MIT", "trained_on": f"{DATA} (GSE183939), chromosome X held out", "limitations": LIMITS}
    said = {key: text for key, text in (said | info).items() if text}
    return yaml.safe_dump({"defined_as": "kipoi.model.KerasModel", "args": {"weights": "w.h5"}, "info": said})


def _told(code: str, files: dict[str, bytes]) -> list[str]:
    return told(scan({name.encode(): data for name, data in files.items()}), code)


def _lacks(name: str, text: str) -> set[str]:
    """Return the sections that a scan of a model with such a card beside it misses."""
    report = scan({b"m/" + name.encode(): text.encode(), b"m/sub/model.safetensors": weights()})
    assert "CARD101" not in {each.code for each in report.findings}
    return {str(each.subject) for each in report.findings if each.code == "CARD201"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("model_card.json", _mct()),
        ("m.cdx.json", _cyclonedx()),
        ("model.xml", _chai()),
        ("model.yaml", _kipoi()),
    ],
)
def test_plain_words_in_a_field_are_content(name: str, text: str) -> None:
    """None of them says `limitation`, `intended` or `trained`: the key does."""
    assert not _lacks(name, text) & {"limitations", "training-data"}
    assert name == "model.yaml" or "intended-use" not in _lacks(name, text)


NOTHING = ("TBD", "TODO", "None known", "No known limitations", "Describe the limitations of the model", "See the paper", "Limits")


@pytest.mark.parametrize("words", NOTHING)
def test_words_that_say_nothing_are_none(words: str) -> None:
    """Places that were left open, what is denied, what asks the author, what points elsewhere, and too few words."""
    assert "limitations" in _lacks("model_card.json", _mct(limitations=words))
    assert "limitations" in _lacks("m.cdx.json", _cyclonedx(technicalLimitations=words))
    assert "limitations" in _lacks("model.yaml", _kipoi(limitations=words))


@pytest.mark.parametrize("words", ["TBD", "Not for patients of any age", "Describe the uses here", "See the manual of the device"])
def test_a_use_that_is_not_told(words: str) -> None:
    """For what a model is not is no use."""
    assert "intended-use" in _lacks("model.xml", _chai(use=words))
    assert "intended-use" in _lacks("m.cdx.json", _cyclonedx(useCases=words))


@pytest.mark.parametrize("words", ["The data were not disclosed", "To be added", "See the paper of the authors", "TBD"])
def test_data_need_a_source(words: str) -> None:
    """A name, a number or an address has to tell which data these are."""
    assert "training-data" in _lacks("model.xml", _chai(data=words))
    assert "training-data" in _lacks("model.yaml", _kipoi(trained_on=words))


def test_a_description_of_kipoi_without_a_loader_is_a_card() -> None:
    """What lacks in it is told of it, and the weights in a folder below have a card."""
    assert _lacks("model.yaml", _kipoi(trained_on="", license="")) >= {"training-data", "licence"}
    assert not _told("CARD201", {"m/model.yaml": b"defined_as: 3\ninfo: {title: x}\n"})


BOMB = "---\nlicense: mit\nlibrary_name: pytorch\na0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]\n" for at in range(1, 9)
)


def test_aliases_that_grow_are_told() -> None:
    """A few lines that readers make a billion of; aliases that do not are none of it."""
    (finding,) = _told("CARD204", {"README.md": f"{BOMB}---\n# A\n".encode()})
    assert "too large" in finding
    quiet = "---\nlicense: mit\nlibrary_name: pytorch\ntags: &t [a, b]\nkeywords: *t\n---\n# A\n"
    assert not _told("CARD204", {"README.md": quiet.encode()})


def _records(count: int) -> bytes:
    fields = [[{"@type": "cr:Field", "@id": f"r{at}/{name}"} for name in "abc"] for at in range(count)]
    records = [{"@type": "cr:RecordSet", "@id": f"r{at}", "field": each} for at, each in enumerate(fields)]
    head: dict[str, Any] = {"@context": {}, "@type": "sc:Dataset", "conformsTo": "http://mlcommons.org/croissant/1.0"}
    return json.dumps(head | {"name": "x", "description": "d", "url": "u", "recordSet": records}, indent=1).encode()


def test_many_records_are_read_in_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """The place of each is looked up; the first line of a fault is still that of the field."""
    passes: list[str] = []
    values = trees.Read._values  # noqa: SLF001 - what is counted

    def counted(read: trees.Read, key: str) -> Any:
        passes.append(key)
        return values(read, key)

    monkeypatch.setattr(trees.Read, "_values", counted)
    data = _records(400)
    (card,) = structured.cards(data, b"croissant.json")
    assert len(passes) <= 2
    line = next(each.line for each in card.faults if "without `dataType`" in each.what)
    assert '"r0/a"' in data.decode().splitlines()[line - 1]


@pytest.mark.parametrize("filler", [b"\\\n --", b"\\\n - ", b"\\\r\n --", b"--model ", b"-m --", b"\\\n   "])
def test_a_command_of_many_lines_takes_no_time(filler: bytes) -> None:
    """Each byte of a command is read in one way: two ways for each line would be a million for twenty."""
    text = b"vllm serve " + filler * (6000 // len(filler))
    began = time.process_time()
    _told("CARD102", {"start.sh": text + b"\ndocker run a " + filler * 400})
    assert time.process_time() - began < 5
    assert monai._SHARED.fullmatch("This is an example, not to be used for diagnostic purposes")  # noqa: SLF001 - what is bounded


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "run.sh",
            "docker run --gpus all -p 80:80 ghcr.io/huggingface/text-generation-inference:2.3 --model-id org-a/net-b\n",
        ),
        ("run.sh", "docker run --rm \\\n  -m 64g \\\n  vllm/vllm-openai:v0.6.3 \\\n  --model org-a/net-b\n"),
        ("values.yaml", "image:\n  repository: vllm/vllm-openai\n  tag: v0.6.3\nmodelId: org-a/net-b\n"),
        ("values.yaml", "modelURL: org-a/net-b\nimage:\n  repository: ghcr.io/huggingface/text-generation-inference\n"),
    ],
)
def test_a_container_of_a_server_is_a_deployment(name: str, text: str) -> None:
    """By the image and the model that it is given."""
    assert len(_told("CARD102", {f"deploy/{name}": text.encode()})) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("run.sh", "# docker run vllm/vllm-openai:v0.6.3 --model org-a/net-b\n"),
        ("run.sh", "docker run -m 64g ubuntu:24.04 -m org-a/net-b\n"),
        ("run.sh", "docker run vllm/vllm-openai:v0.6.3 --help\nother --model org-a/net-b\n"),
        ("values.yaml", "image:\n  repository: org-a/portal\nmodelId: org-a/net-b\n"),
        ("docs/run.sh", "docker run vllm/vllm-openai:v0.6.3 --model org-a/net-b\n"),
    ],
)
def test_other_containers_deploy_nothing(name: str, text: str) -> None:
    """What is commented out, of another image, of another command, or in documentation."""
    assert not _told("CARD102", {name: text.encode()})


XGBOOST = b'{"learner":{"attributes":{},"gradient_booster":{"model":{}},"learner_model_param":{}},"version":[3,0,0]}'


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (XGBOOST, 1),
        (b'{"learner": {"name": "course 1", "lessons": [1, 2]}}', 0),
        (b'{"learner": {"name": "course 1"}, "version": 3}', 0),
        (b"{L\0\0\0\0\0\0\0\x07learner{L\0\0\0\0\0\0\0\x04nameSL\0\0\0\0\0\0\0\x01a}}" + bytes(40), 0),
    ],
)
def test_a_learner_is_no_booster(data: bytes, count: int) -> None:
    """Others have learners, too: the model of XGBoost has a booster, and the version that wrote it."""
    assert len(_told("CARD101", {"a/learner.json": data, "b/learner.ubj": data})) in {count, 2 * count}


@pytest.mark.parametrize(
    ("name", "data", "told_as"),
    [
        ("a.safetensors", weights(), ("verdict-by-header", "")),
        ("a.safetensors", weights() + bytes(8), ("partial", "safetensors")),
        ("a.gguf", samples.gguf(), ("verdict-by-header", "")),
        ("a.gguf", b"GGUF\3\0\0\0" + bytes(200), ("partial", "GGUF")),
        ("a.tflite", b"\x1c\0\0\0TFL3" + bytes(60), ("partial", "TFLite")),
        ("a.bin", bytes(range(256)), ("partial", "unknown binary")),
    ],
)
def test_a_sound_header_says_all_that_is_asked(tmp_path: Path, name: str, data: bytes, told_as: tuple[str, str]) -> None:
    """What follows it are numbers; other models are read in part, by the name of their format."""
    (tmp_path / name).write_bytes(data)
    report = command("--select", "COD", cwd=tmp_path).json
    (level,) = [each for each, count in report["scanned"]["coverage"].items() if count]
    partly = [str(each["subject"]) for each in report["findings"] if each["code"] == "RUN102"]
    assert (level, "".join(partly)) == told_as
