"""What counts as publishing a model: calls, commands, steps and switches, and what looks like them and is none."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

# The helpers of the policy's tests stand beside them, and test folders are no packages.
sys.path.insert(0, str(Path(__file__).parent.parent / "policy"))

from _policy import inside, write

from pytest_genomic_guard.testing import scan, told

if TYPE_CHECKING:
    from collections.abc import Mapping

CARD = (
    "---\nlicense: mit\ngenerative: true\nlibrary_name: x\n---\n\n# Model\n\n"
    "## Training data\n\nThe dbGaP study phs000178.v11.p8.\n"
)
HEAD = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n"


def _notebook(*cells: str) -> str:
    made = [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": 1, "source": [cell]} for cell in cells]
    return json.dumps({"cells": made, "metadata": {"language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5})


PUBLISH: Mapping[str, tuple[str, str, int]] = {  # by path: the text, the target, the line
    "a01.py": ("model.push_to_hub('org/m')\n", "Hugging Face Hub", 1),
    "a02.py": ("self.model.push_to_hub_merged('org/m', tokenizer)\n", "Hugging Face Hub", 1),
    "a03.py": ("import transformers as t\na = t.TrainingArguments('o', push_to_hub=True)\n", "Hugging Face Hub", 2),
    "a04.py": ("model.save_pretrained('o', push_to_hub=True, repo_id='org/m')\n", "Hugging Face Hub", 1),
    "a05.py": (
        "from huggingface_hub import HfApi\napi = HfApi()\napi.upload_large_folder(repo_id='org/m', folder_path='o')\n",
        "Hugging Face Hub",
        3,
    ),
    "a06.py": (
        "from huggingface_hub import upload_file\nupload_file(path_or_fileobj='m.bin', path_in_repo='m.bin', repo_id=R)\n",
        "Hugging Face Hub",
        2,
    ),
    "a07.py": ("from huggingface_hub import push_to_hub_keras\npush_to_hub_keras(model, 'org/m')\n", "Hugging Face Hub", 2),
    "a08.py": ("import os\nos.system('huggingface-cli upload org/m .')\n", "Hugging Face Hub", 2),
    "a09.py": ("import subprocess\nsubprocess.run(['hf', 'upload', 'org/m', '.'])\n", "Hugging Face Hub", 2),
    "a10.py": ("class T:\n    def train(self):\n        self.model.push_to_hub(self.name)\n", "Hugging Face Hub", 3),
    "a11.py": ("kwargs = dict(push_to_hub=True)\nTrainer(model, **kwargs)\n", "Hugging Face Hub", 2),
    "b01.py": ("import mlflow\nmlflow.register_model(uri, 'm')\n", "MLflow registry", 2),
    "b02.py": ("import mlflow\nmlflow.sklearn.log_model(m, 'm', registered_model_name=NAME)\n", "MLflow registry", 2),
    "b03.py": ("from mlflow import MlflowClient\nMlflowClient().create_model_version('m', source)\n", "MLflow registry", 2),
    "c01.py": ("import wandb\nwandb.log_artifact('m.pt', type='model')\n", "Weights & Biases registry", 2),
    "c02.py": ("import wandb\nrun = wandb.init()\nrun.link_model('m.pt', 'm')\n", "Weights & Biases registry", 3),
    "d01.py": ("import kagglehub\nkagglehub.model_upload('o/m/pytorch/a', 'm')\n", "Kaggle", 2),
    "e01.ipynb": (_notebook("x = 1", "%%bash\nhuggingface-cli upload org/m ."), "Hugging Face Hub", 2),
    "e02.ipynb": (_notebook("!hf upload org/m ."), "Hugging Face Hub", 1),
    "f01.sh": ("#!/bin/sh\nset -e\nhuggingface-cli upload org/m . --repo-type model\n", "Hugging Face Hub", 3),
    "f10.sh": ("hf upload org/m model.bin model.bin\n", "Hugging Face Hub", 1),
    "f11.sh": ('huggingface-cli upload "$REPO" "$DIR"\n', "Hugging Face Hub", 1),
    "f02.sh": ("python train.py --push_to_hub --hub_model_id org/m\n", "Hugging Face Hub", 1),
    "f03.sh": ("git push https://huggingface.co/org/m main\n", "Hugging Face Hub", 1),
    "f15.sh": ("git remote add h https://huggingface.co/org/m\ngit push h main\n", "Hugging Face Hub", 2),
    "f04.sh": ("gh release create v1 \\\n  out/model.onnx \\\n  --notes x\n", "GitHub release", 1),
    "f05.sh": ("kaggle models instances versions create o/m/p/a -p .\n", "Kaggle", 1),
    "f06.sh": ("kaggle datasets create -p model\n", "Kaggle", 1),
    "f07.sh": ("ollama push org/m\n", "Ollama library", 1),
    "f08.sh": (
        "curl --data-binary @m.ckpt https://uploads.github.com/repos/o/r/releases/1/assets?name=m.ckpt\n",
        "GitHub release",
        1,
    ),
    "f09.sh": ("zenodo_upload 123 weights/model.pt\n", "Zenodo", 1),
    "g01.yaml": ("training:\n  push_to_hub: true\n", "Hugging Face Hub", 2),
    "g02.json": ('{\n "push_to_hub": true\n}\n', "Hugging Face Hub", 2),
    "h/Makefile": ("share:\n\t@hf upload org/m .\n", "Hugging Face Hub", 2),
    ".github/workflows/a.yml": (
        HEAD + "    - uses: actions/upload-release-asset@v1\n      with:\n        asset_path: out/m.safetensors\n",
        "GitHub release",
        6,
    ),
    ".github/workflows/b.yml": (
        HEAD + "    - name: x\n      uses: softprops/action-gh-release@v2\n      with:\n        files: out/model-v1.tar.gz\n",
        "GitHub release",
        7,
    ),
}
QUIET: Mapping[str, str] = {
    "a01.py": "dataset.push_to_hub('org/d')\nds['train'].push_to_hub('org/d')\nlerobot_dataset.push_to_hub()\n",
    "a02.py": "tokenizer.push_to_hub('org/m')\nself.processor.push_to_hub('org/m')\n",
    "a03.py": (
        "from transformers import TrainingArguments\n"
        "TrainingArguments('o', push_to_hub=False)\n"
        "TrainingArguments('o', push_to_hub=args.push)\n"
    ),
    "a04.py": "def push_to_hub(model, repo_id):\n    model.push_to_hub(repo_id)\n",
    "a05.py": "class Mixin:\n    def push_to_hub(self, **kwargs):\n        return super().push_to_hub(**kwargs)\n",
    "a06.py": "from huggingface_hub import HfApi\nHfApi().upload_folder(repo_id='org/d', repo_type='dataset', folder_path='d')\n",
    "a08.py": "bucket.upload_file('m.pt', 'k')\nStorageManager.upload_folder(a, b)\n",
    "a09.py": "parser.add_argument('--push_to_hub', action='store_true')\n",
    "a10.py": '"""Use `huggingface-cli upload org/m .` afterwards."""\n',
    "a11.py": "print('huggingface-cli upload org/m .')\n",
    "a12.py": "import mlflow\nmlflow.sklearn.log_model(m, 'm')\nmlflow.sklearn.log_model(m, 'm', registered_model_name=None)\n",
    "a13.py": "import wandb\nwandb.log_artifact('t.csv', type='dataset')\nwandb.log({'a': 1})\n",
    "a14.py": (
        "from huggingface_hub import upload_file\n"
        "upload_file(path_or_fileobj='README.md', path_in_repo='README.md', repo_id='org/m')\n"
    ),
    "b01.sh": "# huggingface-cli upload org/m .\necho 'hf upload org/m .'\n",
    "b02.sh": "huggingface-cli upload org/d . --repo-type dataset\nhuggingface-cli download org/m\nhf download org/m\n",
    "b03.sh": "git push origin main\ngit lfs push origin main\ndvc push\naws s3 cp m.pt s3://b/m.pt\nscp m.pt host:\n",
    "b04.sh": "gh release upload v1 dist/x-1.0.whl dist/x.tar.gz\ngh release create v1 --notes x\ngh release view v1\n",
    "b05.sh": "git push https://huggingface.co/datasets/org/d main\n",
    "b07.sh": 'huggingface-cli upload "$REPO" "$DIR/README.md" README.md\nhf upload org/m config.json\n',
    "datasets/convert.py": "push_to_hub(config, folder)\n",
    "b06.sh": "python train.py --push_to_hub=false\n",
    "c01.yaml": "push_to_hub: false\n# push_to_hub: true\n",
    "c02.json": '{"push_to_hub": null}\n',
    "d01.md": "    model.push_to_hub('org/m')\n",
    "docs/conf.py": "model.push_to_hub('org/m')\n",
    "tests/test_a.py": "model.push_to_hub('org/m')\n",
    "e01.ipynb": _notebook("%%writefile x.md\nhuggingface-cli upload org/m ."),
    ".github/workflows/a.yml": HEAD
    + "    - uses: softprops/action-gh-release@v2\n      with:\n        files: dist/*.whl\n    - run: ls out/m.safetensors\n",
    ".github/workflows/b.yml": HEAD + "    - uses: actions/upload-artifact@v4\n      with:\n        path: m.safetensors\n",
}


def _found(folder: Path, files: Mapping[str, str]) -> dict[str, tuple[str, int]]:
    write(folder, {"README.md": CARD, **files})
    findings = inside("scan", "--select", "GOV202", "--format", "json", folder).json["findings"]
    told = [each for each in findings if each["code"] == "GOV202"]
    return {each["path"]: (each["message"].partition("(")[2].partition(")")[0], each["line"]) for each in told}


def test_what_publishes(folder: Path) -> None:
    """Each of them is found at its line, with where it publishes."""
    found = _found(folder, {path: text for path, (text, _target, _line) in PUBLISH.items()})
    assert found == {path: (target, line) for path, (_text, target, line) in PUBLISH.items()}


SPACES: Mapping[str, tuple[str, int]] = {  # by path: the text, the line
    "f12.sh": ("git push https://huggingface.co/spaces/org/s main\n", 1),
    "f13.sh": ("hf upload org/s . --repo-type space\n", 1),
    "f14.sh": ("git remote add s https://hf.co/spaces/org/s\ngit push s main\n", 2),
    "a12.py": (
        "from huggingface_hub import HfApi\nHfApi().upload_folder(repo_id='org/s', repo_type='space', folder_path='.')\n",
        2,
    ),
}
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "4d" * 32 + "\nsize 123456\n"


@pytest.mark.parametrize(("name", "told"), [("net.onnx", True), ("notes.txt", False)])
def test_a_space_hands_out_the_weights_that_are_here(folder: Path, name: str, told: bool) -> None:  # noqa: FBT001 - a table
    """Without weights an application publishes no model."""
    found = _found(folder, {name: POINTER, **{path: text for path, (text, _line) in SPACES.items()}})
    assert found == ({path: ("Hugging Face Space", line) for path, (_text, line) in SPACES.items()} if told else {})


def test_what_publishes_no_model(folder: Path) -> None:
    """Data sets, tokenizers, stores of one's own, wheels, switches that are off, definitions, manuals and tests are quiet."""
    assert _found(folder, QUIET) == {}


@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
def test_line_ends_do_not_matter(folder: Path, line_end: str) -> None:
    """Commands and steps of files with either end of lines are found."""
    files = {path: PUBLISH[path][0].replace("\n", line_end) for path in ("f01.sh", "f04.sh", "g01.yaml", ".github/workflows/b.yml")}
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode())
    assert set(_found(folder, {})) == set(files)


_PIECES = st.sampled_from(
    [
        *("push_to_hub", "huggingface-cli upload ", "gh release upload ", "hf upload ", "zenodo", "softprops/action-gh-release"),
        *("model.", "(", ")", "'", '"', "\n", " ", "uses: ", "files: ", "m.safetensors", "--", "=True", "\\\n", "%%bash", "!"),
        *("def f", ":", "\t", "#"),
    ]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(_PIECES, max_size=40).map("".join), st.sampled_from(["a.py", "a.sh", "a.yml", "a.json", "Makefile"]))
def test_anything_is_read(text: str, name: str) -> None:
    """Whatever stands together there, nothing breaks."""
    report = scan({b"README.md": CARD.encode(), name.encode(): text.encode()})
    assert told(report, "RUN101") == []
