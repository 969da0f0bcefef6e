"""One hook for each family that has rules: made by `generate`, and each tells of its own family alone, run by real pre-commit."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml
from _precommit import (  # noqa: F401 - a fixture is found by being here
    CHECKOUT,
    HOOKS,
    Scratch,
    fixture_common,
    fixture_empty,
    fixture_hooks,
    told,
)

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

BOUND = {"value": "m.json#/triage", "bounds": {"tpr.difference": "<= 0.10"}}
FIGURE = {"value": 0.3, "n": 900, "interval": [0.2, 0.4], "confidence": 0.95}
POLICY = json.dumps({"version": 1, "fairness": {"triage": BOUND}})
TELLS = {
    "genomic-guard": {"GEN101", "PHI101", "SEC401", "COD101", "LIC202", "LIC301", "CARD101", "GOV101", "gate"},
    "genomic-guard-genomic": {"GEN101"},
    "genomic-guard-phi": {"PHI101"},
    "genomic-guard-secrets": {"SEC401"},
    "genomic-guard-code": {"COD101"},
    "genomic-guard-licences": {"LIC202", "LIC301"},
    "genomic-guard-cards": {"CARD101", "LIC301"},  # the licence that a card names, too
    "genomic-guard-data-use": {"GOV101"},
    "genomic-guard-gates": {"gate"},
}


def _trouble(repository: Scratch) -> None:
    """Stage one trouble for each family that has rules."""
    repository.stage("people.vcf", samples.vcf())
    repository.stage("m.hl7", samples.hl7())
    repository.stage("settings.py", b"token = '" + samples.drawn() + b"'\n")
    repository.stage("load.py", b"import joblib\nmodel = joblib.load('m.joblib')\n")
    repository.stage("copied.py", b"# You may use this under the terms of the GNU General Public License, version 3.\nx = 1\n")
    repository.stage("net/model.safetensors", samples.safetensors())
    repository.stage("other/README.md", b"---\nlicense: apache2.0-ish\nlibrary_name: pytorch\n---\n# A model\n")
    repository.stage("fetch.sh", b"prefetch --ngc key.ngc phs000178.v11.p8\n")
    repository.stage("m.json", json.dumps({"triage": FIGURE}).encode())
    repository.stage(".genomic-guard.yaml", POLICY.encode())


def _families(text: str) -> set[str]:
    return {word for word in sorted(TELLS["genomic-guard"]) if any(line.startswith(f"{word} ") for line in text.splitlines())}


def test_hooks_tell_of_their_family(empty: Scratch, hooks: Path) -> None:
    """At one commit each hook fails with what its family says, and only the first with all of it."""
    assert set(HOOKS) == {*TELLS, "genomic-guard-push", "genomic-guard-message"}
    uses: list[dict[str, object]] = [{"id": name} for name in TELLS]
    empty.install(hooks, *uses)
    _trouble(empty)
    done = empty.commit()
    assert done.returncode == 1
    for name, tells in TELLS.items():
        alone = empty.pre_commit("run", name)
        assert alone.returncode == 1, told(alone)
        assert _families(alone.stdout) == tells


@pytest.mark.parametrize("name", sorted(set(TELLS) - {"genomic-guard"}))
def test_try_repo(empty: Scratch, hooks: Path, name: str) -> None:
    """`pre-commit try-repo` takes each family's hook, which names withheld files and passes what is another family's."""
    _trouble(empty)
    empty.stage("shown/people.vcf", samples.vcf())
    done = empty.try_repo(hooks, name)
    assert (done.returncode, _families(done.stdout)) == (1, TELLS[name]), told(done)
    empty.stage(".pre-commit-config.yaml", b"repos: []\nexclude: ^shown/\n")
    seen = empty.hook("people.vcf", use=name)
    assert "shown/people.vcf" in seen.stdout.partition("RUN401")[2], told(seen)
    other = "m.json" if name == "genomic-guard-genomic" else "people.vcf"
    assert empty.hook(other, use=name).returncode == 0


def test_first_rule_of_a_family_brings_its_hook(tmp_path: Path) -> None:
    """A family's hook is generated with its first rule: manifest entry and module, which selects the family's codes."""
    for folder in ("hooks", "pytest_genomic_guard", "tests/checks", "docs/checks"):
        shutil.copytree(CHECKOUT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("codes.lock", ".pre-commit-hooks.yaml", "pyproject.toml"):
        shutil.copy(CHECKOUT / file, tmp_path / file)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pytest_genomic_guard", *arguments]
        env = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)

    manifest, lock = tmp_path / ".pre-commit-hooks.yaml", tmp_path / "codes.lock"
    for folder, form in (("pytest_genomic_guard/relations/datause", "gov*.py"), ("tests/checks", "GOV*.md")):
        for rule in (tmp_path / folder).glob(form):
            rule.unlink()
    lock.write_text("".join(line for line in lock.read_text().splitlines(keepends=True) if not line.startswith("GOV")))
    (tmp_path / "hooks" / "data_use.py").unlink()
    assert run("generate").returncode == 0
    assert "genomic-guard-data-use" not in manifest.read_text(encoding="utf-8")
    done = run("new-check", "GOV991", "--name", "a-first-rule")
    assert done.returncode == 0, done.stderr
    stale = run("generate", "--check")
    assert stale.returncode == 1
    assert "out of date: hooks/data_use.py\n" in stale.stdout
    assert run("generate").returncode == run("generate", "--check").returncode == 0
    (added,) = [each for each in yaml.safe_load(manifest.read_text(encoding="utf-8")) if each["id"] == "genomic-guard-data-use"]
    assert added["entry"] == "python -I -m pytest_genomic_guard.hooks.data_use"
    same = set(added) - {"id", "name", "description", "entry"}
    assert {key: added[key] for key in same} == {key: HOOKS["genomic-guard"][key] for key in same}
    module = (tmp_path / "hooks" / "data_use.py").read_text(encoding="utf-8")
    assert 'run(argv, "genomic-guard-data-use", ("GOV",))' in module
    assert module.count("\n") <= 30
