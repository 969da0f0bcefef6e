"""``genomic-guard init``: what it writes works, what is there stays, and nothing is written through a link."""

from __future__ import annotations

import json
import os
import re
import sys
from typing import TYPE_CHECKING

import jsonschema
import pytest
import yaml
from _scratch import Ran, Repo, guard, hook, run, scan

from pytest_genomic_guard import __version__
from pytest_genomic_guard.cli.schemas import policy_schema
from pytest_genomic_guard.policy.load import load
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

PARTS = {
    "policy": ".genomic-guard.yaml",
    "schema": ".genomic-guard/policy-1.schema.json",
    "pre-commit": ".pre-commit-config.yaml",
    "github": ".github/workflows/genomic-guard.yml",
    "gitlab": ".gitlab-ci.yml",
}


def _files(root: Path) -> set[str]:
    return {str(file.relative_to(root)) for file in root.rglob("*") if file.is_file() and ".git/" not in f"{file}/"}


def _told(ran: Ran) -> dict[str, str]:
    """Return what became of each file by its path."""
    heads = [line for line in ran.out.splitlines() if line and not line.startswith((" ", "next"))]
    return {line.split(": ")[1]: line.split(": ")[0] for line in heads}


def test_everything_is_written_and_works(repo: Repo) -> None:
    """In an empty repository all five files are written, from a folder below too; policy and hook judge what is staged then."""
    below = repo.root / "below"
    below.mkdir()
    ran = guard("init", cwd=below)
    assert (ran.code, ran.err) == (0, "")
    assert _told(ran) == dict.fromkeys(PARTS.values(), "written")
    assert _files(repo.root) == set(PARTS.values())
    policy = load((repo.root / PARTS["policy"]).read_bytes(), b".genomic-guard.yaml").policy
    assert policy.profile == "research"
    repo.git("add", ".")
    assert scan(cwd=repo.root).code == hook("everything", "--", cwd=repo.root).code == 0
    repo.add("x.vcf", samples.vcf())
    assert scan(cwd=repo.root).code == hook("everything", "--", cwd=repo.root).code == 1
    assert "RUN401" not in hook("everything", "--", cwd=repo.root).out


@pytest.mark.parametrize("place", ["", "ci/guard.yaml", ".genomic-guard/guard.yaml"])
def test_schema_is_named_for_editors(folder: Path, place: str) -> None:
    """The policy names its schema by a path from where it stands, as the YAML language server reads it; no network is needed."""
    if place:
        (folder / "pyproject.toml").write_text(f'[tool.genomic-guard]\npolicy = "{place}"\n')
    guard("init", "--ci", "none", cwd=folder)
    policy = folder / (place or PARTS["policy"])
    first, _feed, _rest = policy.read_text().partition("\n")
    named = re.fullmatch(r"#\s+yaml-language-server\s*:\s*\$schema=(\S+)", first)
    assert named
    schema = json.loads((policy.parent / named[1]).read_text())
    assert schema == policy_schema()
    jsonschema.validate(yaml.safe_load(policy.read_text()), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"version": 1, "profil": "strict"}, schema)
    assert scan(cwd=folder).code == 0


@pytest.mark.parametrize("place", ["", "ci/guard.yaml"])
def test_examples_of_registers(folder: Path, place: str) -> None:
    """The commented examples of the registers are entries as they stand, and their comments are no use of the data."""
    if place:
        (folder / "pyproject.toml").write_text(f'[tool.genomic-guard]\npolicy = "{place}"\n')
    guard("init", "--ci", "none", cwd=folder)
    policy = folder / (place or PARTS["policy"])
    assert scan("--select", "GOV", cwd=folder).codes() == []
    text = policy.read_text()
    for register in ("data-use", "vendors", "attestations"):
        assert text.count(f"# {register}:\n") == 1
        text = re.sub(rf"^# {register}:\n(?:# +[^\n]*\n)+", lambda block: re.sub("(?m)^# ", "", block[0]), text, flags=re.MULTILINE)
    policy.write_text(text)
    found = load(policy.read_bytes(), b".genomic-guard.yaml").policy.declared
    assert {key: len(found[key]) for key in ("data-use", "vendors", "attestations")} == dict.fromkeys(
        ("data-use", "vendors", "attestations"), 1
    )
    assert {*found["vendors"][0]["terms"].values()} == {True}
    assert "GOV105" not in {code for code, _outcome, _path in scan("--select", "GOV", cwd=folder).codes()}


def test_stanza_is_that_of_the_manifest(folder: Path) -> None:
    """The hooks are called as the shipped manifest calls them, from this version, and installed for all of their stages."""
    guard("init", cwd=folder)
    config = yaml.safe_load((folder / PARTS["pre-commit"]).read_text())
    (entry,) = config["repos"]
    assert entry["repo"] == "local"
    from pathlib import Path  # noqa: PLC0415 - the manifest of this checkout

    manifest = yaml.safe_load((Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text())
    assert [written["id"] for written in entry["hooks"]] == ["genomic-guard", "genomic-guard-push", "genomic-guard-message"]
    for written in entry["hooks"]:
        assert written.pop("additional_dependencies") == [f"pytest-genomic-guard=={__version__}"]
        shipped = next(each for each in manifest if each["id"] == written["id"])
        assert {key: value for key, value in shipped.items() if key in written} == written
        assert set(shipped) - set(written) == {"description", "minimum_pre_commit_version"}
        assert set(config["default_install_hook_types"]) >= set(written["stages"]) - {"manual"}


def test_files_that_are_there_take_the_advice(folder: Path) -> None:
    """What `init` says to add to files of one's own makes them whole: pre-commit takes the one, and the other keeps its jobs."""
    mine = {"pre-commit": "repos:\n  - repo: meta\n    hooks:\n      - id: identity\n", "gitlab": "mine:\n  script: [make]\n"}
    for part, text in mine.items():
        (folder / PARTS[part]).write_text(text)
    out = guard("init", cwd=folder).out
    advice = {part: re.split(r"\n(?=\S|\n)", out.partition(f"kept as it is: {PARTS[part]}\n")[2])[0] for part in mine}
    for part, text in mine.items():
        lines = [line[4:] for line in advice[part].splitlines()[1:] if line.startswith("    ")]
        (folder / PARTS[part]).write_text(text + "".join(f"{line}\n" for line in lines))
    assert set(yaml.safe_load((folder / PARTS["gitlab"]).read_text())) == {"mine", "genomic-guard"}
    config = yaml.safe_load((folder / PARTS["pre-commit"]).read_text())
    _meta, ours = config["repos"]
    assert [hook["id"] for hook in ours["hooks"]] == ["genomic-guard", "genomic-guard-push", "genomic-guard-message"]
    assert "pre-push" in config["default_install_hook_types"]
    command = [sys.executable, "-m", "pre_commit", "validate-config", PARTS["pre-commit"]]
    ran = run([*command], folder, {"PRE_COMMIT_HOME": str(folder / "home")})
    assert (ran.code, ran.out) == (0, "")
    (folder / PARTS["pre-commit"]).unlink()
    guard("init", cwd=folder)
    assert run([*command], folder, {"PRE_COMMIT_HOME": str(folder / "home")}).code == 0


def test_jobs_call_commands_that_exist(folder: Path) -> None:
    """The jobs are YAML of the two services, install this version, and their scan lines are taken by the command line."""
    guard("init", cwd=folder)
    workflow = yaml.safe_load((folder / PARTS["github"]).read_text())
    assert workflow["permissions"] == {"contents": "read"}
    github = [step["run"] for step in workflow["jobs"]["genomic-guard"]["steps"] if "run" in step]
    gitlab = yaml.safe_load((folder / PARTS["gitlab"]).read_text())["genomic-guard"]["script"]
    for install, call in (github, gitlab):
        assert install == f"python -m pip install pytest-genomic-guard=={__version__}"
        prefix, _scan, options = call.partition(" scan ")
        assert prefix == "python -I -m pytest_genomic_guard"
        assert guard("scan", *options.split(), cwd=folder).code == 0
    assert (folder / "gl-code-quality.json").read_text() == "[]\n"


@pytest.mark.parametrize("part", list(PARTS))
@pytest.mark.parametrize("there", ["file", "link", "dangling", "folder"])
def test_nothing_is_overwritten(folder: Path, tmp_path: Path, part: str, there: str) -> None:
    """What stands at a path stays as it is, whatever it is; the rest is written, and what to add by hand is said."""
    path, outside = folder / PARTS[part], tmp_path / "outside"
    path.parent.mkdir(parents=True, exist_ok=True)
    if there == "file":
        path.write_text("# mine\n")
    elif there == "folder":
        path.mkdir()
    else:
        if there == "link":
            outside.write_text("# mine\n")
        path.symlink_to(outside)
    ran = guard("init", cwd=folder)
    assert ran.code == 0
    assert _told(ran) == {name: "kept as it is" if name == PARTS[part] else "written" for name in PARTS.values()}
    assert (there in {"file", "link"}) == (path.is_file() and path.read_text() == "# mine\n")
    assert outside.exists() == (there == "link")
    assert ("add this to it" in ran.out) == (part in {"policy", "pre-commit", "gitlab"})
    if part in {"pre-commit", "gitlab"}:
        assert "    additional_dependencies:" in ran.out or "    genomic-guard:" in ran.out


def test_second_time(folder: Path) -> None:
    """Run again, it keeps every file and changes no byte."""
    guard("init", cwd=folder)
    before = {name: (folder / name).read_bytes() for name in PARTS.values()}
    ran = guard("init", cwd=folder)
    assert set(_told(ran).values()) == {"kept as it is"}
    assert {name: (folder / name).read_bytes() for name in PARTS.values()} == before


@pytest.mark.parametrize(
    ("ci", "parts"), [("github", {"github"}), ("gitlab", {"gitlab"}), ("none", set()), ("both", {"github", "gitlab"})]
)
def test_choice_of_jobs(folder: Path, ci: str, parts: set[str]) -> None:
    """Only the jobs that were asked for are written."""
    guard("init", "--ci", ci, cwd=folder)
    assert _files(folder) == {PARTS[part] for part in {"policy", "schema", "pre-commit", *parts}}


def test_a_linked_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    """Where .github leads elsewhere nothing is written there; the status says so, and the other files are whole."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (folder / ".github").symlink_to(outside)
    ran = guard("init", cwd=folder)
    assert ran.code == 3
    assert list(outside.iterdir()) == []
    assert _told(ran)[PARTS["github"]] == "not written"
    assert (folder / PARTS["gitlab"]).is_file()


def test_a_file_where_a_folder_should_be(folder: Path) -> None:
    """A file named .github is kept, and the job that cannot be written is told."""
    (folder / ".github").write_text("x")
    ran = guard("init", cwd=folder)
    assert ran.code == 3
    assert _told(ran)[PARTS["github"]] == "not written"
    assert (folder / ".github").read_text() == "x"
    assert os.listdir(folder) != [".github"]
