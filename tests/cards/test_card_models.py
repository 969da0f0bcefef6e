"""Models are found by what is in them and by what stands for them, and each needs a card: through the scan, on real files."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import pickle
import random
import struct
import subprocess
import sys
import types
from typing import TYPE_CHECKING, Any

import h5py
import joblib
import numpy as np
import pytest
from _card_texts import BASIC, card, weights
from _scratch import scan

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from _scratch import Ran, Repo

LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize {}\n"
DVC = "outs:\n- md5: {}\n  size: 4096\n  path: {}\n"


def found(where: Path, *options: str, codes: str = "CARD101") -> list[tuple[str, str]]:
    """Return path and subject of the findings of some codes."""
    ran = scan(*options, "--select", codes, cwd=where)
    assert ran.code in {0, 1}, ran.err
    return [(each["path"], each["subject"] or "") for each in ran.json["findings"] if each["code"].startswith("CARD")]


def lfs(data: bytes = b"x") -> bytes:
    """Return a pointer of git-lfs."""
    return LFS.format(hashlib.sha256(data).hexdigest(), len(data)).encode()


@pytest.fixture(name="estimator")
def fixture_estimator(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return an object whose class is named as one of scikit-learn: what is dumped of it names no other."""
    module = types.ModuleType("sklearn.linear_model._logistic")
    made = type("LogisticRegression", (), {"__module__": module.__name__})
    module.LogisticRegression = made  # type: ignore[attr-defined]
    for name in ("sklearn", "sklearn.linear_model"):
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    monkeypatch.setitem(sys.modules, module.__name__, module)
    one: Any = made()
    one.coef_ = np.arange(4.0)
    return one


@pytest.mark.parametrize("how", [0, 3, ("zlib", 3), ("gzip", 3), ("bz2", 3), ("xz", 3), ("lzma", 3)])
def test_joblib_of_an_estimator_is_a_model_and_of_data_is_none(tmp_path: Path, estimator: object, how: Any) -> None:
    """However it is compressed; an array, a dictionary and words that joblib wrote are data, whatever the file is called."""
    joblib.dump(estimator, tmp_path / "clf.joblib", compress=how)
    for name, data in (("array", np.arange(40.0)), ("model", {"a": [1, 2]}), ("vocabulary", ["a", "b"])):
        joblib.dump(data, tmp_path / f"{name}.joblib", compress=how)
    assert found(tmp_path) == [("clf.joblib", "pickle LogisticRegression")]


@pytest.mark.parametrize("protocol", range(6))
def test_pickles_of_each_protocol(tmp_path: Path, estimator: object, protocol: int) -> None:
    """Those without a mark at their beginning too."""
    (tmp_path / "clf.pkl").write_bytes(pickle.dumps(estimator, protocol))
    (tmp_path / "model.pkl").write_bytes(pickle.dumps({"model": [1, 2.5, "a"]}, protocol))
    assert found(tmp_path) == [("clf.pkl", "pickle LogisticRegression")]


def _h5(kind: str) -> bytes:
    out = io.BytesIO()
    with h5py.File(out, "w") as file:
        if kind == "keras":
            file.attrs["keras_version"] = b"2.4.0"
            file.attrs["model_config"] = json.dumps({"class_name": "Sequential", "config": {}}).encode()
            file.create_group("model_weights").create_dataset("dense/kernel:0", data=np.ones((2, 2)))
        elif kind == "weights":
            file.create_dataset("layers/dense/vars/0", data=np.ones((2, 2)))
            file.create_group("_layer_checkpoint_dependencies")
        elif kind == "anndata":
            file.attrs["encoding-type"] = "anndata"
            file.create_group("layers")
            file.create_dataset("X", data=np.ones((2, 2)))
        else:
            file.create_dataset("layers", data=np.ones((2, 2)))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "made", "subject"),
    [
        ("a.safetensors", samples.safetensors, "safetensors"),
        ("a.bin", samples.safetensors, "safetensors"),
        ("a.gguf", samples.gguf, "GGUF llama"),
        ("a.pt", samples.torch_zip, "torch"),
        ("a", samples.torch_old, "torch"),
        ("a.onnx", samples.onnx, "ONNX"),
        ("a.h5", lambda: _h5("keras"), "Keras Sequential"),
        ("a.weights.h5", lambda: _h5("weights"), "Keras"),
        ("saved_model.pb", samples.graph, "SavedModel"),
        ("a.tflite", lambda: b"\x1c\0\0\0TFL3" + bytes(60), "TFLite"),
        ("a.txt", lambda: b"tree\nversion=v4\nnum_class=1\n", "LightGBM"),
        ("a.json", lambda: b'{"learner":{"attributes":{},"gradient_booster":{"model":{}}},"version":[2,0,0]}', "XGBoost"),
        ("a.ubj", lambda: b"{L\0\0\0\0\0\0\0\x07learner{L\0\0\0\0\0\0\0\x10gradient_booster{" + bytes(40), "XGBoost"),
        ("a.cbm", lambda: b"CBM1" + bytes(60), "CatBoost"),
        ("flax_model.msgpack", lambda: b"\x81\xa6params\x81\xa1w\x93\x01\x02\x03" + bytes(40), "flax"),
        ("a.pmml", lambda: b'<?xml version="1.0"?>\n<PMML version="4.4"></PMML>\n', "PMML"),
    ],
)
def test_content_tells_a_model(tmp_path: Path, name: str, made: Any, subject: str) -> None:
    """The name of the file is no part of it, apart from formats that have no mark of their own."""
    data = made()
    (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    assert found(tmp_path) == [(name, subject)]


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("model.h5", lambda: _h5("data")),
        ("model.h5ad", lambda: _h5("anndata")),
        ("model.npy", samples.npy_objects),
        ("model.npz", samples.npz_objects),
        ("model.pkl", samples.pickled),
        ("model.pb", lambda: b"\x08\x03\x08\x04\x10\x01" + bytes(64)),
        ("model.json", lambda: b'{"model": "tree"}'),
        ("model.bin", lambda: bytes(range(256)) * 8),
        ("config.json", lambda: b'{"architectures": ["LlamaForCausalLM"], "model_type": "llama"}'),
        ("tokenizer.json", lambda: b'{"version": "1.0", "model": {"type": "BPE"}}'),
        ("vocab.gguf", lambda: b"GGUF" + struct.pack("<IQQ", 3, 0, 0) + bytes(40)),
    ],
)
def test_data_are_no_model_whatever_they_are_called(tmp_path: Path, name: str, made: Any) -> None:
    """A configuration alone is none either."""
    (tmp_path / name).write_bytes(made())
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "is_model"),
    [
        ("a.safetensors", True),
        ("net.pth", True),
        ("a.onnx", True),
        ("pytorch_model.bin", True),
        ("models/a.pkl", True),
        ("classifier.joblib", True),
        ("checkpoints/last.pt", True),
        ("variables/variables.data-00000-of-00001", True),
        ("model.tar.gz", True),
        ("data/cohort.pkl", False),
        ("cells.h5ad", False),
        ("matrix.npz", False),
        ("vocab.pkl", False),
        ("data/reads.bin", False),
        ("data.tar.gz", False),
        ("models/scaler.pkl", False),
        ("out/optimizer.pt", False),
        ("picture.png", False),
    ],
)
def test_pointers_of_git_lfs(tmp_path: Path, name: str, is_model: bool) -> None:  # noqa: FBT001 - a column of the table
    """A suffix of models alone tells; one of data as well needs a word beside it."""
    (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
    (tmp_path / name).write_bytes(lfs())
    assert [path for path, _subject in found(tmp_path)] == [name] * is_model


def test_a_configuration_beside_a_pointer_is_a_hint(tmp_path: Path) -> None:
    """Without it nothing tells what the pointer stands for."""
    (tmp_path / "a.bin").write_bytes(lfs())
    assert found(tmp_path) == []
    (tmp_path / "config.json").write_text('{"architectures": ["BertForMaskedLM"], "model_type": "bert"}')
    assert found(tmp_path) == [("a.bin", "torch BertForMaskedLM")]


def test_pointers_of_dvc_and_annex(tmp_path: Path) -> None:
    """Outputs of DVC are told by their path, also in a lock, where a folder of models is one; an annex by its link."""
    for name, path in (("a.dvc", "model.pkl"), ("b.dvc", "data.csv"), ("c.dvc", "checkpoints"), ("d.dvc", "raw")):
        digest = hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()
        (tmp_path / name).write_text(DVC.format(digest, path))
    (tmp_path / "w.onnx").symlink_to(f".git/annex/objects/aa/bb/SHA256E-s9--{'0' * 64}.onnx/SHA256E-s9--{'0' * 64}.onnx")
    (tmp_path / "w.csv").symlink_to(f".git/annex/objects/aa/bb/SHA256E-s9--{'0' * 64}.csv/SHA256E-s9--{'0' * 64}.csv")
    assert [path for path, _subject in found(tmp_path)] == ["a.dvc", "c.dvc", "w.onnx"]


def test_the_object_behind_a_pointer_decides(repo: Repo) -> None:
    """A name that sounds like a model is none where the object is data, and the other way round."""
    for name, data in (("model.bin", b"plain words\n" * 40), ("cohort.bin", weights())):
        digest = hashlib.sha256(data).hexdigest()
        place = repo.root / ".git/lfs/objects" / digest[:2] / digest[2:4] / digest
        place.parent.mkdir(parents=True)
        place.write_bytes(data)
        repo.add(name, lfs(data))
    assert found(repo.root, "--staged") == [("cohort.bin", "safetensors")]


def test_parts_of_one_model_are_one(tmp_path: Path) -> None:
    """Shards, states of optimisers and arguments beside them, checkpoints of one training."""
    for number in range(1, 6):
        (tmp_path / f"model-0000{number}-of-00005.safetensors").write_bytes(weights())
    for step in (500, 1000):
        (tmp_path / f"checkpoint-{step}").mkdir()
        for name in ("pytorch_model.bin", "optimizer.pt", "scheduler.pt", "rng_state.pth", "training_args.bin"):
            (tmp_path / f"checkpoint-{step}" / name).write_bytes(samples.torch_zip())
    assert len(found(tmp_path)) == 1
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "scorer.onnx").write_bytes(samples.onnx())
    assert len(found(tmp_path)) == 2


@pytest.mark.parametrize("folder", ["tests/data", "testdata", "pkg/test/models", "tests/fixtures", "a/test_data"])
def test_test_data_need_no_card(tmp_path: Path, folder: str) -> None:
    """By where they lie, or as the policy says."""
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / folder / "a.safetensors").write_bytes(weights())
    assert found(tmp_path) == []
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "a.safetensors").write_bytes(weights())
    assert found(tmp_path) == [("kept/a.safetensors", "safetensors")]
    (tmp_path / ".genomic-guard.yaml").write_text('version: 1\ncards: {fixtures: ["kept/**"]}\n')
    assert found(tmp_path) == []


CARDS = [
    ("m/README.md", True),
    ("README.md", True),
    ("m/MODEL_CARD.md", True),
    ("docs/README.md", True),
    ("other/MODEL_CARD.md", False),
    ("m/sub/MODEL_CARD.md", False),
    ("m/other.md", False),
]


@pytest.mark.parametrize(("name", "counts"), CARDS)
@pytest.mark.parametrize("changed", [False, True])
def test_where_a_card_is_looked_for(repo: Repo, name: str, counts: bool, changed: bool) -> None:  # noqa: FBT001 - as above
    """Beside the model, above it, in a bundle's `docs`; a card that did not change counts for a model that did."""
    repo.commit(name, card(*BASIC)) if not changed else repo.add(name, card(*BASIC))
    repo.add("m/w.safetensors", weights())
    assert [path for path, _ in found(repo.root, "--staged")] == ["m/w.safetensors"] * (not counts)


def test_the_registry_names_a_card_elsewhere(repo: Repo) -> None:
    """Also one that did not change; what it names and is not there is told at the policy."""
    repo.commit("papers/score.md", card(*BASIC))
    repo.commit(".genomic-guard.yaml", b'version: 1\ncards:\n  registry:\n    - {models: "m/**", card: papers/score.md}\n')
    repo.add("m/w.safetensors", weights())
    assert found(repo.root, "--staged", codes="CARD101,CARD104") == []
    repo.git("rm", "-q", "papers/score.md")
    assert found(repo.root, codes="CARD101,CARD104") == [(".genomic-guard.yaml", ""), ("m/w.safetensors", "safetensors")]


def test_a_changed_registry_finds_its_unchanged_card(repo: Repo) -> None:
    """And tells of a line without one."""
    repo.commit("papers/score.md", card(*BASIC))
    line = b'    - {models: "%b/**", card: papers/%b.md}\n'
    repo.add(".genomic-guard.yaml", b"version: 1\ncards:\n  registry:\n" + line % (b"m", b"score"))
    assert found(repo.root, "--staged", codes="CARD104") == []
    repo.add(".genomic-guard.yaml", b"version: 1\ncards:\n  registry:\n" + line % (b"m", b"gone"))
    assert found(repo.root, "--staged", codes="CARD104") == [(".genomic-guard.yaml", "")]


def test_an_adapter_has_the_card_of_its_base(repo: Repo) -> None:
    """By the name that the card gives itself."""
    front = "---\nlicense: mit\nlibrary_name: pytorch\nmodel-index:\n- name: scorer-7b\n  results: []\n---\n\n# Scorer\n\n"
    repo.add("adapter/adapter_model.safetensors", weights())
    repo.add("adapter/adapter_config.json", b'{"base_model_name_or_path": "lab/scorer-7b", "peft_type": "LORA"}')
    assert [path for path, _ in found(repo.root, "--staged")] == ["adapter/adapter_model.safetensors"]
    repo.add("base/README.md", card(*BASIC, front=front))
    assert found(repo.root, "--staged") == []


@pytest.mark.parametrize("size", [1 << 60, 1 << 47, (1 << 32) - 1, 100_000_001])
def test_a_header_that_claims_too_much(tmp_path: Path, size: int) -> None:
    """It is read no further, and nothing breaks."""
    (tmp_path / "a.safetensors").write_bytes(struct.pack("<Q", size) + b'{"a": {}}')
    ran = scan(cwd=tmp_path)
    assert not [gap for gap in ran.json["gaps"] if gap["reason"] in {"view-failed", "check-failed"}]


def test_nothing_of_the_card_family_is_read_without_a_model(tmp_path: Path) -> None:
    """Neither the readers of models nor what compares them is imported for files that are none."""
    (tmp_path / "a.py").write_text("print(1)\n")
    (tmp_path / "b.json").write_text('{"a": 1}\n')
    (tmp_path / "c.csv").write_text("a,b\n1,2\n")
    program = (
        "import sys\nfrom pytest_genomic_guard.cli.main import main\ntry:\n    main(['scan'])\nexcept SystemExit:\n    pass\n"
        "print(sorted(name for name in sys.modules if '.models.' in name or '.relations.cards.' in name))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, check=True, env=dict(os.environ))
    allowed = {"pytest_genomic_guard.views.models.first", "pytest_genomic_guard.views.models.nouns"}
    shown = done.stdout.decode().splitlines()[-1]
    assert set(shown.strip("[]").replace("'", "").replace(" ", "").split(",")) - {""} <= allowed


def _r(*classes: str) -> bytes:
    """Return a list of R with a class, as `saveRDS` writes it."""

    def text(value: str) -> bytes:
        return b"\0\x04\0\x09" + struct.pack(">i", len(value)) + value.encode()

    head = b"X\n" + struct.pack(">iii", 3, 0x40300, 0x30500) + struct.pack(">i", 5) + b"UTF-8"
    values = struct.pack(">ii", 0x213, 1) + struct.pack(">iid", 14, 1, 0.5)
    attribute = struct.pack(">i", 0x402) + struct.pack(">i", 1) + text("class") + struct.pack(">ii", 16, len(classes))
    return head + values + attribute + b"".join(map(text, classes)) + b"\0\0\0\xfe"


@pytest.mark.parametrize("packed", [False, True])
def test_fitted_models_of_r(tmp_path: Path, packed: bool) -> None:  # noqa: FBT001 - as above
    """By the class of the outermost object; a table is none."""
    wrap = gzip.compress if packed else bytes
    for name, classes in (
        ("a", ("glm", "lm")),
        ("b", ("randomForest",)),
        ("c", ("naiveBayes",)),
        ("d", ("data.frame",)),
        ("e", ("tbl_df", "tbl", "data.frame")),
    ):
        (tmp_path / f"{name}.rds").write_bytes(wrap(_r(*classes)))
    assert found(tmp_path) == [("a.rds", "R glm"), ("b.rds", "R randomForest"), ("c.rds", "R naiveBayes")]


def test_a_staged_deployment_with_an_unchanged_card(repo: Repo) -> None:
    """Its card is known by the base model that it names, wherever it lies."""
    front = "---\nlicense: mit\nlibrary_name: vllm\npipeline_tag: text-generation\nbase_model: {}\n---\n\n# Assistant\n\n"
    repo.commit("cards/README.md", card(*BASIC, front=front.format("lab/other")))
    repo.add("deploy/serve.sh", b"exec vllm serve Qwen/Qwen2.5-7B-Instruct --port 80\n")
    assert found(repo.root, "--staged", codes="CARD102") == [("deploy/serve.sh", "Qwen/Qwen2.5-7B-Instruct")]
    repo.commit("cards/README.md", card(*BASIC, front=front.format("Qwen/Qwen2.5-7B-Instruct")))
    repo.add("deploy/serve.sh", b"exec vllm serve Qwen/Qwen2.5-7B-Instruct --port 8000\n")
    assert found(repo.root, "--staged", codes="CARD102") == []


def test_what_could_tell_of_a_person_is_not_shown(tmp_path: Path) -> None:
    """A long number in the metadata of weights, or in the name of a deployed model, stands in no message."""
    number = str(random.SystemRandom().randrange(10**8, 10**9))
    (tmp_path / "a.safetensors").write_bytes(weights(**{"modelspec.architecture": f"net-{number}"}))
    (tmp_path / "serve.sh").write_text(f"vllm serve lab/net-{number}\n")
    ran = scan("--select", "CARD1", cwd=tmp_path)
    assert {code for code, _outcome, _path in ran.codes()} >= {"CARD101", "CARD102"}
    assert number not in ran.out + ran.err


@pytest.mark.parametrize("place", ["m/README.md", "README.md", "m/MODEL_CARD.md"])
def test_a_card_that_cannot_be_read_is_not_missing(repo: Repo, guard: Callable[..., Ran], place: str) -> None:
    """It is a gap, status 3, and the model beside or below it is not told to have no card; another model is."""
    repo.add("m/model.safetensors", weights())
    large = b"---\nlicense: mit\nlibrary_name: pytorch\n---\n# Scorer\n" + b"word " * (5 << 20)
    repo.add(place, large)
    ran = guard("scan", "--select", "CARD", "--format", "json", cwd=repo.root)
    assert ran.code == 3
    assert [each["code"] for each in ran.json["findings"] if each["code"].startswith("CARD")] == []
    assert [each["path"] for each in ran.json["gaps"]] == [place]
    if place != "README.md":
        repo.add("other/model.safetensors", weights())
        ran = guard("scan", "--select", "CARD", "--format", "json", cwd=repo.root)
        assert [each["path"] for each in ran.json["findings"] if each["code"] == "CARD101"] == ["other/model.safetensors"]


def test_the_two_cards_of_a_bundle(repo: Repo, guard: Callable[..., Ran]) -> None:
    """What its metadata leaves out its README may state, which alone would be no card; without the metadata it is none."""
    said = {
        "monai_version": "1.4.0",
        "network_data_format": {},
        "license": "Apache-2.0",
        "data_source": "LUNA16, 888 scans of adults",
    }
    said["intended_use"] = "Intended for radiologists who measure nodules in studies of adults."
    repo.add("b/configs/metadata.json", json.dumps(said).encode())
    repo.add("b/models/model.safetensors", weights())
    missing = guard("scan", "--select", "CARD", "--format", "json", cwd=repo.root).json["findings"]
    assert {each["subject"] for each in missing} == {"limitations"}
    text = b"# Nodules\n\n## Limitations\n\nIt fails on nodules below 4 mm and on scans with metal implants.\n"
    repo.add("b/docs/README.md", text)
    assert guard("scan", "--select", "CARD", cwd=repo.root).code == 0
    repo.add("b/docs/README.md", text.replace(b"It fails on nodules below 4 mm and on scans with metal implants.", b"TODO"))
    assert guard("scan", "--select", "CARD", cwd=repo.root).code == 1
