"""The generated hook manifest keeps to its contract, and nothing that is generated holds a literal sample."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import yaml

from pytest_genomic_guard.model import FAMILIES
from pytest_genomic_guard.registry import Registry, family

ROOT = Path(__file__).parents[2]


def test_pages_and_cases_are_clean() -> None:
    """The scanner finds nothing in what documents it: no page or case holds a literal sample."""
    names = ("docs/checks", "tests/checks", "codes.lock", "pytest_genomic_guard/schemas")
    done = subprocess.run(
        [sys.executable, "-I", "-m", "pytest_genomic_guard", "scan", *names], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert "0 fail, 0 warn, 0 waived, 0 not read" in done.stdout


def test_manifest() -> None:
    """Every hook is as DESIGN 8 wants it: links too, always, with names, one process, and out of the repository's reach."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    ruled = {FAMILIES[family(code)] for code in Registry().entries} - {"run"}
    families = [word for word in dict.fromkeys(FAMILIES.values()) if word in ruled]
    assert [hook["id"] for hook in hooks] == [
        "genomic-guard",
        *(f"genomic-guard-{word}" for word in [*families, "push", "message"]),
    ]
    for hook in hooks:
        module = re.fullmatch(r"python -I -m pytest_genomic_guard\.hooks\.(\w+)", hook["entry"])
        assert module
        assert (ROOT / "hooks" / f"{module[1]}.py").is_file()
        assert hook["language"] == "python"
        assert (hook["types"], hook["types_or"]) == ([], ["file", "symlink"])
        assert hook["always_run"] is hook["require_serial"] is True
        assert hook["pass_filenames"] is (hook["id"] != "genomic-guard-push")  # a push is judged by its commits, once
        assert hook["name"]
        assert hook["description"]
        assert not {"files", "exclude", "exclude_types"} & set(hook)
        other = {"genomic-guard-push": ["pre-push"], "genomic-guard-message": ["commit-msg"]}
        assert hook["stages"] == other.get(hook["id"], ["pre-commit", "pre-merge-commit", "manual"])
