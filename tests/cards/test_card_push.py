"""Weights that are pushed and tags: the cards of their models are held to the tier `release`, through the hook that is shipped."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from _card_texts import BASIC, card, weights
from _scratch import environment

if TYPE_CHECKING:
    from collections.abc import Callable

    from _scratch import Ran, Repo

    Guard = Callable[..., Ran]

_HOOKS = yaml.safe_load((Path(__file__).resolve().parents[2] / ".pre-commit-hooks.yaml").read_text("utf-8"))
_ENTRY = next(each for each in _HOOKS if each["id"] == "genomic-guard-push")["entry"].split()
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 1234567\n"


class Pushed:
    """A repository with a remote that has its first commit, and the shipped hook before each push."""

    def __init__(self, repo: Repo, remote: Path) -> None:
        """Set both up."""
        self.repo = repo
        subprocess.run(["git", "init", "-q", "--bare", str(remote)], env=environment(), check=True)
        repo.git("remote", "add", "origin", remote.as_uri())
        self.commit("README.md", b"# x\n")
        repo.git("push", "-q", "origin", "HEAD:refs/heads/main")
        hook = repo.root / ".git" / "hooks" / "pre-push"
        hook.parent.mkdir(exist_ok=True)
        entry = [sys.executable, *_ENTRY[1:]]
        assert _ENTRY[0] == "python"
        hook.write_text(f'#!/bin/sh\nexec {shlex.join(entry)} "$@"\n', "utf-8")
        hook.chmod(0o755)

    def commit(self, name: str, data: bytes) -> None:
        """Commit a file."""
        self.repo.add(name, data)
        self.repo.git("commit", "-q", "--no-verify", "-m", "work")

    def push(self, *what: str) -> tuple[int, str]:
        """Push with the hook; return the status and what it said."""
        done = subprocess.run(
            ["git", "push", "-q", "origin", *what], cwd=self.repo.root, env=environment(), capture_output=True, check=False
        )
        return done.returncode, (done.stdout + done.stderr).decode()


@pytest.fixture(name="pushed")
def fixture_pushed(repo: Repo, tmp_path: Path) -> Pushed:
    """Return such a repository."""
    return Pushed(repo, tmp_path / "remote.git")


def _refused(told: tuple[int, str], because: str) -> bool:
    code, text = told
    return code != 0 and "CARD201" in text and f"the release tier (its model is {because})" in text


def test_weights_that_are_pushed(pushed: Pushed, guard: Guard) -> None:
    """A commit of both is held to the policy's tier, the push to `release`; with all that asks for it goes through."""
    pushed.repo.add("models/x/MODEL_CARD.md", card(*BASIC))
    pushed.repo.add("models/x/x.safetensors", weights())
    assert guard("scan", "--staged", "--select", "CARD", cwd=pushed.repo.root).code == 0
    pushed.repo.git("commit", "-q", "--no-verify", "-m", "work")
    assert guard("scan", "--select", "CARD", cwd=pushed.repo.root).code == 0
    assert _refused(pushed.push("HEAD:refs/heads/main"), "pushed")
    pushed.commit("models/x/MODEL_CARD.md", card())
    code, text = pushed.push("HEAD:refs/heads/main")
    assert code == 0, text


def test_new_weights_for_a_card_that_the_remote_has(pushed: Pushed) -> None:
    """The card is judged though the push does not send it."""
    pushed.commit("models/x/MODEL_CARD.md", card(*BASIC))
    code, text = pushed.push("HEAD:refs/heads/main")
    assert code == 0, text
    pushed.commit("models/x/x.safetensors", weights())
    assert _refused(pushed.push("HEAD:refs/heads/main"), "pushed")


def test_weights_in_git_lfs(pushed: Pushed) -> None:
    """A push takes the object of a pointer along; a pointer of DVC leads to another store, and does not."""
    pushed.commit("models/x/MODEL_CARD.md", card(*BASIC))
    outs = "outs:\n- md5: " + "ab" * 16 + "\n  size: 1234567\n  path: x.safetensors\n"
    pushed.commit("models/x/x.safetensors.dvc", outs.encode())
    code, text = pushed.push("HEAD:refs/heads/main")
    assert code == 0, text
    pushed.commit("models/x/y.safetensors", POINTER.format("4d" * 32).encode())
    assert _refused(pushed.push("HEAD:refs/heads/main"), "pushed")


@pytest.mark.parametrize("annotated", [False, True])
def test_a_tag_over_a_model_that_the_remote_has(pushed: Pushed, *, annotated: bool) -> None:
    """It sends no file, and still publishes the model under a version."""
    pushed.repo.add("models/x/MODEL_CARD.md", card(*BASIC))
    pushed.commit("models/x/x.safetensors", weights())
    pushed.repo.git("push", "-q", "--no-verify", "origin", "HEAD:refs/heads/main")
    pushed.repo.git("tag", *(["-a", "-m", "one"] if annotated else []), "v1")
    assert _refused(pushed.push("v1"), "released by a tag")
    pushed.repo.git("tag", "-d", "v1")
    pushed.commit("models/x/MODEL_CARD.md", card())
    pushed.repo.git("tag", "v1")
    code, text = pushed.push("v1")
    assert code == 0, text


def test_a_tag_without_models(pushed: Pushed) -> None:
    """A card of data, or one without a model here, stays at its tier."""
    pushed.commit("MODEL_CARD.md", card(*BASIC))
    pushed.repo.git("tag", "v1")
    code, text = pushed.push("HEAD:refs/heads/main", "v1")
    assert code == 0, text


def test_a_push_of_other_things(pushed: Pushed) -> None:
    """With weights at the remote, a push of code asks for nothing."""
    pushed.repo.add("models/x/MODEL_CARD.md", card(*BASIC))
    pushed.commit("models/x/x.safetensors", weights())
    pushed.repo.git("push", "-q", "--no-verify", "origin", "HEAD:refs/heads/main")
    pushed.commit("a.py", b"x = 1\n")
    code, text = pushed.push("HEAD:refs/heads/main")
    assert code == 0, text


def test_in_ci(pushed: Pushed, guard: Guard, tmp_path: Path) -> None:
    """A run for a tag, or for a push that brought weights, is judged as the push is; a plain range is not."""
    base = pushed.repo.git("rev-parse", "HEAD").decode().strip()
    pushed.repo.add("models/x/MODEL_CARD.md", card(*BASIC))
    pushed.commit("models/x/x.safetensors", weights())
    head = pushed.repo.git("rev-parse", "HEAD").decode().strip()
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"before": base, "after": head, "repository": {"default_branch": "main"}}), "utf-8")
    said = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_PATH": str(event), "GITHUB_SHA": head}
    scan = ("scan", "--select", "CARD", "--format", "json")
    messages = [each["message"] for each in guard(*scan, "--range", "ci", cwd=pushed.repo.root, env=said).json["findings"]]
    assert any("its model is pushed" in each for each in messages)
    tag = {**said, "GITHUB_REF_TYPE": "tag", "GITHUB_REF_NAME": "v1"}
    messages = [each["message"] for each in guard(*scan, "--range", "ci", cwd=pushed.repo.root, env=tag).json["findings"]]
    assert any("released by a tag" in each for each in messages)
    assert guard(*scan, "--range", f"{base}..{head}", cwd=pushed.repo.root).code == 0
