"""``genomic-guard card new``: a draft says what the file says, nothing else, and is refused until it is filled in."""

from __future__ import annotations

import json
import re
import struct
from typing import TYPE_CHECKING

import pytest
import yaml
from _card_texts import TEXTS, policy, weights

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from _scratch import Ran, Repo

    Guard = Callable[..., Ran]

MARK = "<!-- genomic-guard: fill in -->"
PLACE = re.compile(rf"^{re.escape(MARK)}\n\[Fill in: [^\n]*\]\n", re.MULTILINE)
_HEADINGS = {
    "Intended use": "intended-use",
    "Out-of-scope use": "out-of-scope",
    "Training data": "training-data",
    "Evaluation": "evaluation",
    "Limitations": "limitations",
    "Subgroup performance": "subgroups",
    "Demographics": "demographics",
    "Privacy": "privacy",
    "Privacy evaluation": "privacy-evaluation",
    "Human oversight": "oversight",
}


def _front(text: str) -> dict[str, object]:
    return dict(yaml.safe_load(text.split("---\n")[1]))


def _filled(text: str) -> str:
    """Return a draft with each place filled in as a person would."""
    heading = ""
    out = []
    for part in re.split(r"(?m)^(?=## )", text):
        heading = part.partition("\n")[0].removeprefix("## ")
        name = _HEADINGS.get(heading)
        body = TEXTS[name].partition("\n\n")[2] if name else "The weights are under the licence MIT.\n"
        out.append(PLACE.sub(lambda _found, body=body: body, part))
    return "".join(out)


@pytest.mark.parametrize("tier", ["basic", "research", "release"])
def test_a_draft_fails_and_a_filled_one_passes(repo: Repo, guard: Guard, tier: str) -> None:
    """At each tier it has a place for each section, is refused as it is, and passes once each is filled in."""
    repo.add("models/x/scorer.safetensors", weights(license="apache-2.0"))
    made = guard("card", "new", "models/x/scorer.safetensors", "--tier", tier, cwd=repo.root)
    assert made.code == 0
    file = repo.root / "models" / "x" / "MODEL_CARD.md"
    text = file.read_text("utf-8")
    assert _front(text)["license"] == "apache-2.0"
    checked = guard("card", "check", "--format", "json", cwd=repo.root)
    card = json.loads(checked.out)["cards"][0]
    assert checked.code == 1
    assert "CARD202" in {found["code"] for found in card["findings"]}
    assert {card["sections"][name] for name in card["lacks"]} <= {"mentioned", "absent"}
    assert set(card["lacks"]) == {name for heading, name in _HEADINGS.items() if f"## {heading}\n" in text}
    file.write_text(_filled(text), "utf-8")
    checked = guard("card", "check", cwd=repo.root)
    assert checked.code == 0, checked.out


def test_one_mark_left_is_refused(repo: Repo, guard: Guard) -> None:
    """All places but one are not enough."""
    repo.add("x.safetensors", weights(license="mit"))
    guard("card", "new", "x.safetensors", "--tier", "release", cwd=repo.root)
    file = repo.root / "MODEL_CARD.md"
    text = _filled(file.read_text("utf-8"))
    file.write_text(f"{text}\n## Contact\n\n{MARK}\nUs.\n", "utf-8")
    ran = guard("scan", "--select", "CARD", "--format", "json", cwd=repo.root)
    assert ("CARD202", "fail", "MODEL_CARD.md") in ran.codes()


def test_nothing_is_invented(repo: Repo, guard: Guard) -> None:
    """Outside of headings, marked places and the table of what the file says, there is no sentence."""
    repo.add("x.safetensors", weights())
    out = guard("card", "new", "x.safetensors", "--tier", "release", "--output", "-", cwd=repo.root).out
    rest = PLACE.sub("", out.split("---\n", 2)[2])
    left = [line for line in rest.splitlines() if line and not line.startswith(("#", "|"))]
    assert left == []
    assert "license" not in out.split("---\n")[1]
    assert not (repo.root / "MODEL_CARD.md").exists()


def test_what_a_folder_says(repo: Repo, guard: Guard) -> None:
    """Architecture, adapter and base model are those of the configuration beside the weights."""
    repo.add("lora/adapter_model.safetensors", weights())
    config = {"peft_type": "LORA", "base_model_name_or_path": "org/base-7b", "task_type": "CAUSAL_LM", "r": 8}
    repo.add("lora/adapter_config.json", json.dumps(config).encode())
    assert guard("card", "new", "lora", cwd=repo.root).code == 0
    front = _front((repo.root / "lora" / "MODEL_CARD.md").read_text("utf-8"))
    assert front["base_model"] == "org/base-7b"
    assert front["library_name"] == "peft"


def test_a_pointer(repo: Repo, guard: Guard) -> None:
    """Of a pointer of git-lfs the draft says what it is a pointer to."""
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "4d" * 32 + "\nsize 123456789\n"
    repo.add("model.safetensors", pointer.encode())
    out = guard("card", "new", "model.safetensors", "--output", "-", cwd=repo.root).out
    assert "| Stored by | git-lfs |" in out
    assert "| Format | safetensors |" in out


def test_nothing_is_overwritten(repo: Repo, guard: Guard) -> None:
    """A file that is there stays, also one that is named."""
    repo.add("x.safetensors", weights())
    for file, more in (("MODEL_CARD.md", []), ("docs.md", ["--output", "docs.md"])):
        (repo.root / file).write_bytes(b"mine\n")
        ran = guard("card", "new", "x.safetensors", *more, cwd=repo.root)
        assert ran.code == 2
        assert (repo.root / file).read_bytes() == b"mine\n"
        assert "--output" in ran.err


@pytest.mark.parametrize("name", ["README.md", "table.csv", "empty", "nowhere.onnx"])
def test_what_is_no_model(repo: Repo, guard: Guard, name: str) -> None:
    """It is wrong usage, and nothing is written."""
    for other in ("README.md", "table.csv"):
        repo.add(other, b"a,b\n1,2\n")
    (repo.root / "empty").mkdir()
    ran = guard("card", "new", name, cwd=repo.root)
    assert (ran.code, ran.out) == (2, "")
    assert not list(repo.root.rglob("MODEL_CARD.md"))


def test_the_tier_of_the_policy(repo: Repo, guard: Guard) -> None:
    """Without the option it decides which sections a draft has, and no tier is written into the card."""
    repo.add("x.safetensors", weights())
    repo.add(".genomic-guard.yaml", policy("research"))
    out = guard("card", "new", "x.safetensors", "--output", "-", cwd=repo.root).out
    assert "## Demographics" in out
    assert "## Privacy" not in out
    assert "risk_tier" not in out


def test_a_hostile_name_writes_no_markup(repo: Repo, guard: Guard) -> None:
    """What a file says of itself is written only where it is an id."""
    repo.add("x.safetensors", weights(license="mit\nbase_model: evil", base_model="a]\n---\nx"))
    out = guard("card", "new", "x.safetensors", "--output", "-", cwd=repo.root).out
    assert "evil" not in out
    assert set(_front(out)) <= {"library_name", "license"}


def test_a_plain_folder(folder: Path, guard: Guard) -> None:
    """It works where there is no git."""
    (folder / "x.safetensors").write_bytes(weights())
    assert guard("card", "new", "x.safetensors", cwd=folder).code == 0
    assert MARK in (folder / "MODEL_CARD.md").read_text("utf-8")
    assert guard("card", "check", cwd=folder).code == 1


def test_what_git_ignores(repo: Repo, guard: Guard) -> None:
    """Weights often are: a draft is made of them all the same, by file and by folder."""
    repo.add(".gitignore", b"*.safetensors\n")
    (repo.root / "m").mkdir()
    (repo.root / "m" / "x.safetensors").write_bytes(weights())
    for name in ("m/x.safetensors", "m"):
        assert MARK in guard("card", "new", name, "--output", "-", cwd=repo.root).out


@pytest.mark.parametrize(
    ("name", "title"),
    [
        *(("lora/scorer.gguf", "scorer"), ("lora", "lora"), ("lora/model.gguf", "lora")),
        *(("models/full_model_seed42.gguf", "full_model_seed42"), ("models/model.gguf", "model"), ("models", "scorer")),
        *(("model.gguf", "model"), ("x/scorer-v1.2_model.gguf", "scorer-v1.2_model")),
    ],
)
def test_the_title_is_the_name_of_the_file(repo: Repo, guard: Guard, name: str, title: str) -> None:
    """What the model is called inside can be a person's name or a sentence, and is not written."""
    said = "zzyzzyva-of-somebody"
    repo.add(name if "." in name else f"{name}/scorer.gguf", _named_gguf(said))
    out = guard("card", "new", name, "--output", "-", cwd=repo.root).out
    assert f"\n# {title}\n" in f"\n{out}"
    assert said not in out


def _named_gguf(name: str) -> bytes:
    """Return a GGUF with one tensor that gives itself a name."""

    def text(word: str) -> bytes:
        return struct.pack("<Q", len(word)) + word.encode()

    fields = (("general.architecture", "llama"), ("general.name", name))
    pairs = b"".join(text(key) + struct.pack("<I", 8) + text(value) for key, value in fields)
    tensor = text("output.weight") + struct.pack("<IQIQ", 1, 4, 0, 0)
    head = b"GGUF" + struct.pack("<IQQ", 3, 1, len(fields)) + pairs + tensor
    return head + bytes(-len(head) % 32 + 32)


def _field(number: int, value: int | bytes) -> bytes:
    """Return a field of a protocol buffer."""

    def plain(many: int) -> bytes:
        out = b""
        while many > 127:
            out, many = out + bytes([many & 127 | 128]), many >> 7
        return out + bytes([many])

    if isinstance(value, int):
        return plain(number << 3) + plain(value)
    return plain(number << 3 | 2) + plain(len(value)) + value


def _onnx(producer: bytes = b"pytorch", first: bytes = b"N") -> bytes:
    """Return a model of ONNX with one node, one initializer of 3 x 224 values, and a free size in its input."""

    def shaped(name: bytes, *sizes: int | bytes) -> bytes:
        shape = b"".join(_field(1, _field(1 if isinstance(each, int) else 2, each)) for each in sizes)
        return _field(1, name) + _field(2, _field(1, _field(1, 1) + _field(2, shape)))

    node = _field(1, b"x") + _field(1, b"w") + _field(2, b"y") + _field(4, b"MatMul")
    weight = _field(1, 3) + _field(1, 224) + _field(2, 1) + _field(8, b"w") + _field(9, bytes(4 * 3 * 224))
    values = _field(11, shaped(b"x", first, 3)) + _field(11, shaped(b"w", 3, 224)) + _field(12, shaped(b"y", b"N", 224))
    graph = _field(1, node) + _field(2, b"main") + _field(5, weight) + values
    return _field(1, 8) + _field(2, producer) + _field(3, b"2.1.0") + _field(7, graph) + _field(8, _field(1, b"") + _field(2, 17))


def test_what_onnx_says(repo: Repo, guard: Guard) -> None:
    """Producer, operators, inputs that are no weights, outputs, and how much stands in the initializers."""
    repo.add("scorer.onnx", _onnx())
    out = guard("card", "new", "scorer.onnx", "--output", "-", cwd=repo.root).out
    for row in (
        *("| Format | ONNX |", "| Producer | pytorch 2.1.0 |", "| Opset | 17 |", "| Inputs | x float32[N, 3] |"),
        *("| Outputs | y float32[N, 224] |", "| Initializers | 1 with 672 values |"),
    ):
        assert f"{row}\n" in out


@pytest.mark.parametrize("cut", [0, 1, 5])
def test_what_onnx_says_hostile(repo: Repo, guard: Guard, cut: int) -> None:
    """Free text is no name, and a damaged file says nothing more than its format."""
    data = _onnx(b"made by | somebody\n# x", b"a | b")
    repo.add("scorer.onnx", data[: len(data) - cut])
    out = guard("card", "new", "scorer.onnx", "--output", "-", cwd=repo.root).out
    assert "somebody" not in out
    assert "a | b" not in out
    assert ("| Inputs | x float32[?, 3] |" in out) is (cut == 0)
