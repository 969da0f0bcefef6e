"""Cards of models that code or a workflow publishes are held to the release tier: which ones, and what raised them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from _card_texts import BASIC, card, weights

if TYPE_CHECKING:
    from collections.abc import Callable

    from _scratch import Ran, Repo

    Guard = Callable[..., Ran]

PUSH = b"from transformers import AutoModel\n\nmodel = AutoModel.from_pretrained('here')\nmodel.push_to_hub(%s)\n"
UPLOAD = b"from huggingface_hub import HfApi\n\nHfApi().upload_folder(folder_path=%s, repo_id='lab/else')\n"
WORKFLOW = b"on: push\njobs:\n  up:\n    runs-on: ubuntu-latest\n    steps:\n      - run: hf upload lab/else %s\n"


def _tiers(guard: Guard, repo: Repo) -> dict[str, str]:
    rows: list[dict[str, Any]] = json.loads(guard("card", "check", "--format", "json", cwd=repo.root).out)["cards"]
    return {each["path"]: each["tier"] for each in rows}


def _two(repo: Repo) -> None:
    """Write two models with cards."""
    for name in ("fly", "rice"):
        repo.add(f"models/{name}/README.md", card(*BASIC))
        repo.add(f"models/{name}/model.safetensors", weights())


@pytest.mark.parametrize(
    ("path", "code", "raised"),
    [
        ("share.py", PUSH % b"'lab/fly'", {"fly"}),
        ("share.py", PUSH % b"'lab/FLY'", {"fly"}),
        ("share.py", PUSH % b"", {"fly", "rice"}),
        ("share.py", PUSH % b"'lab/else'", {"fly", "rice"}),
        ("models/rice/share.py", PUSH % b"'lab/else'", {"rice"}),
        ("models/rice/share.py", PUSH % b"'lab/fly'", {"fly"}),
        ("models/rice/scripts/share.py", PUSH % b"name", {"rice"}),
        ("scripts/share.py", PUSH % b"name", {"fly", "rice"}),
        ("share.py", UPLOAD % b"'models/fly'", {"fly"}),
        ("models/share.py", UPLOAD % b"'rice/'", {"rice"}),
        (".github/workflows/up.yml", WORKFLOW % b"models/rice/", {"rice"}),
        (".github/workflows/up.yml", WORKFLOW % b".", {"fly", "rice"}),
        (".github/workflows/up.yml", WORKFLOW % b"", {"fly", "rice"}),
        ("tests/share.py", PUSH % b"'lab/fly'", set()),
        ("examples/share.py", PUSH % b"'lab/fly'", set()),
        ("docs/share.py", PUSH % b"'lab/fly'", set()),
    ],
)
def test_which_cards_are_raised(repo: Repo, guard: Guard, path: str, code: bytes, raised: set[str]) -> None:
    """Those of the models that are named, else those of the innermost folder around the code that has any."""
    _two(repo)
    assert set(_tiers(guard, repo).values()) == {"basic"}
    repo.add(path, code)
    assert {each.split("/")[1] for each, tier in _tiers(guard, repo).items() if tier == "release"} == raised
    found = guard("scan", "--select", "CARD201", "--format", "json", cwd=repo.root).json["findings"]
    assert {each["path"].split("/")[1] for each in found if "its model is published" in each["message"]} == raised


def test_another_project_is_not_raised(repo: Repo, guard: Guard) -> None:
    """A project of the policy is its own: code outside of it that names nothing of it publishes nothing of it."""
    _two(repo)
    repo.add(".genomic-guard.yaml", b"version: 1\nprojects:\n  - root: models/rice\n    cards: {tier: basic}\n")
    repo.add("share.py", PUSH % b"name")
    assert _tiers(guard, repo) == {"models/fly/README.md": "release", "models/rice/README.md": "basic"}


def test_by_the_heading_of_the_card(repo: Repo, guard: Guard) -> None:
    """A card is known by its heading, and a second card of its folder is of the same model."""
    repo.add("models/fly/README.md", card(*BASIC))  # with a third of the same words, all would be taken for a template
    repo.add("models/fly/model.safetensors", weights())
    head = "---\nlicense: mit\ngenerative: true\n---\n# Model card for Gene-GPT\n\n"
    repo.add("models/new/README.md", card(*BASIC, front=head))
    repo.add("models/new/MODEL_CARD.md", b"---\nlibrary_name: pytorch\n---\n# Draft\n")
    repo.add("models/new/model.safetensors", weights())
    repo.add("train.py", PUSH % b"'me/gene_gpt'")
    raised = {path for path, tier in _tiers(guard, repo).items() if tier == "release"}
    assert raised == {"models/new/README.md", "models/new/MODEL_CARD.md"}
    found = guard("scan", "--select", "CARD201", "--format", "json", cwd=repo.root).json["findings"]
    assert {each["path"] for each in found} == raised
    assert all("the release tier (its model is published)" in each["message"] for each in found)


def test_a_root_card_beside_the_model(repo: Repo, guard: Guard) -> None:
    """Code, model and card at the root are of one project; what raised the tier is named, in text and in JSON."""
    repo.add("README.md", card(*BASIC))
    repo.add("model.safetensors", weights())
    repo.add("push.py", PUSH % b"'lab/other-name'")
    ran = guard("card", "check", cwd=repo.root)
    assert ran.code == 1
    assert "tier release, as its model is published by push.py)" in ran.out
    rows = json.loads(guard("card", "check", "README.md", "--format", "json", cwd=repo.root).out)["cards"]
    assert [(each["raised"], each["raised_by"]) for each in rows] == [("published", ["push.py"])]
    assert guard("scan", "--select", "CARD", cwd=repo.root).code == 1
    repo.add("README.md", card())
    assert guard("scan", "--select", "CARD", cwd=repo.root).code == 0


def test_nothing_is_said_twice_in_text(repo: Repo, guard: Guard) -> None:
    """A subject stands in brackets behind a sentence only where the sentence does not have it."""
    repo.add("MODEL_CARD.md", card("intended-use"))
    repo.add("train.py", b'STUDY = "phs000178.v11.p8"\n')
    out = guard("scan", "--select", "CARD,GOV", cwd=repo.root).out
    assert "requires limitations, and the card says nothing of it\n" in out
    assert "phs000178.v11.p8 (dbGaP) is used here, and no entry of `data-use` is about it\n" in out


LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"4d" * 32 + b"\nsize 123456\n"
DVC = b"outs:\n- md5: " + b"4d" * 16 + b"\n  size: 4096\n  path: net.onnx\n"


@pytest.mark.parametrize(
    "step",
    [
        "git push https://me:$TOKEN@huggingface.co/spaces/lab/demo main",
        "git push --force https://huggingface.co/spaces/lab/demo HEAD:main",
        "git remote add space https://me:$TOKEN@huggingface.co/spaces/lab/demo && git push --force space main",
        "hf upload lab/demo . --repo-type space",
        "huggingface-cli upload --repo-type=space lab/demo models/ models/",
    ],
)
@pytest.mark.parametrize(
    ("name", "data", "tier"), [("net.onnx", LFS, "release"), ("net.onnx.dvc", DVC, "basic"), ("", b"", "basic")]
)
def test_a_space(repo: Repo, guard: Guard, step: str, name: str, data: bytes, tier: str) -> None:  # noqa: PLR0913, PLR0917 - a table
    """It hands out the weights that lie in the repository, and no other."""
    repo.add("models/MODEL_CARD.md", card(*BASIC))
    if name:
        repo.add(f"models/{name}", data)
    repo.add(".github/workflows/deploy.yml", f"on: push\njobs:\n  up:\n    steps:\n      - run: {step}\n".encode())
    assert _tiers(guard, repo) == {"models/MODEL_CARD.md": tier}


@pytest.mark.parametrize(
    ("lines", "tier"),
    [
        ("git remote add hub https://huggingface.co/lab/net\ngit push hub main\n", "release"),
        ("git remote set-url hub git@hf.co:lab/net.git\ngit push -f hub main\n", "release"),
        ("git remote add hub https://huggingface.co/lab/net\ngit push origin main\n", "basic"),
        ("git remote add hub https://huggingface.co/datasets/lab/net\ngit push hub main\n", "basic"),
        ("git remote add hub https://example.org/lab/net\ngit push hub main\n", "basic"),
        ("# git remote add hub https://huggingface.co/lab/net\ngit push hub main\n", "basic"),
        ("git push hub main\n", "basic"),
    ],
)
def test_a_remote_of_the_hub(repo: Repo, guard: Guard, lines: str, tier: str) -> None:
    """A push to a remote that the same text adds goes where that leads."""
    repo.add("models/MODEL_CARD.md", card(*BASIC))
    repo.add("models/net.onnx", LFS)
    repo.add("push.sh", lines.encode())
    assert _tiers(guard, repo) == {"models/MODEL_CARD.md": tier}
