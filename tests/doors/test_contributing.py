"""CONTRIBUTING, "Add a check", followed to the letter in a copy of the tree."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from _scratch import environment

ROOT = Path(__file__).resolve().parents[2]
_STEP = re.compile(
    r"^(?:`(?P<path>[^`\n]+)`\n\n)?(?P<fence>`{3,})(?P<language>\w*)\n(?P<text>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL
)
_LINES = 140  # one page


def _page() -> str:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    return text.partition("\n## Add a check\n")[2].partition("\n## Rules\n")[0]


def _files(root: Path) -> dict[str, bytes]:
    return {str(file.relative_to(root)): file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file()}


def _run(copy: Path, line: str) -> str:
    """Run a line as it is written and return what it prints."""
    program, *arguments = shlex.split(line)
    assert program == "python"
    command, env = [sys.executable, *arguments], environment(PYTHONDONTWRITEBYTECODE="1")
    done = subprocess.run(command, cwd=copy, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (line, done.stdout, done.stderr)
    return done.stdout


def test_the_page_followed_literally(tmp_path: Path) -> None:
    """Every block is done in its order, files written and commands run; then the check is there and its tests pass."""
    copy = tmp_path / "checkout"
    for folder in ("pytest_genomic_guard", "tests/checks", "docs/checks"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", ".hypothesis"))
    for name in ("codes.lock", ".pre-commit-hooks.yaml", "pyproject.toml"):
        shutil.copy(ROOT / name, copy / name)
    _run(copy, "python -m pytest_genomic_guard generate")  # what is out of date already is not the page's
    before = _files(copy)
    written, outputs = set(), []
    for step in _STEP.finditer(_page()):
        if step["language"]:
            file = copy / (step["path"] or "")
            assert file.is_file(), "the scaffold wrote it before"
            file.write_text(step["text"], "utf-8")
            written.add(step["path"])
            continue
        outputs += [_run(copy, line) for line in step["text"].splitlines()]
    assert written == {"pytest_genomic_guard/checks/genomic/gen597.py", "tests/checks/GEN597.md"}
    assert len(outputs) == 4
    assert re.search(r"\b1[0-9] passed, \d+ deselected", outputs[2])
    assert outputs[3].startswith("GEN597 freezer-label (error, high confidence, since 0.2)\n\nA label of a freezer.")
    changed = {name for name, data in _files(copy).items() if before.get(name) != data and not name.startswith(".pytest_cache")}
    generated = {"codes.lock", "pytest_genomic_guard/_index.py", "docs/checks/README.md", "docs/checks/GEN597.md"}
    assert written <= changed
    assert generated <= changed
    assert all(name in {*written, *generated} or name.endswith(".schema.json") for name in changed)


def test_the_module_of_the_page_is_in_style(tmp_path: Path) -> None:
    """The module passes the project's linter, formatter and type checker."""
    module = next(step["text"] for step in _STEP.finditer(_page()) if step["language"] == "python")
    shutil.copy(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "__init__.py").write_text('"""A package."""\n')
    (folder / "gen597.py").write_text(module, "utf-8")
    commands = (
        ["ruff", "check", "--no-cache"],
        ["ruff", "format", "--no-cache", "--check"],
        ["mypy", "--strict", "--follow-imports=silent"],
    )
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", *command, "package/gen597.py"],
            cwd=tmp_path, env=environment(MYPYPATH=str(ROOT)), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr


def test_one_page() -> None:
    """It is a page: what has to be read and done fits on it."""
    assert 40 < len(_page().splitlines()) <= _LINES
