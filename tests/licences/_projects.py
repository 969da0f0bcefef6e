"""Repositories with an environment beside them, made by pip from wheels that are written here, and our command run in them."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

MIT = "Permission is hereby granted, free of charge, to any person obtaining a copy\nof this software"
PYPROJECT = """
[project]
name = "study"
version = "1"
license = "MIT"
dependencies = ["copy-thing>=1", "plain-thing"]

[project.optional-dependencies]
plots = ["weak-thing"]

[dependency-groups]
dev = ["tool-thing"]
"""


def wheel(folder: Path, name: str, version: str, head: str, files: dict[str, str] | None = None) -> Path:
    """Write a wheel; `files` go into its dist-info."""
    module = name.replace("-", "_")
    info = f"{module}-{version}.dist-info"
    inside = {
        f"{module}/__init__.py": "",
        f"{info}/METADATA": f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n{head}\nText.\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        **{f"{info}/{path}": text for path, text in (files or {}).items()},
    }
    rows = [f"{path},sha256={_hash(text)},{len(text.encode())}\n" for path, text in inside.items()]
    inside[f"{info}/RECORD"] = "".join(rows) + f"{info}/RECORD,,\n"
    path = folder / f"{module}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for each, text in inside.items():
            archive.writestr(each, text)
    return path


def _hash(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def wheels(folder: Path) -> list[Path]:
    """Write those of the project below."""
    sbom = {
        "bomFormat": "CycloneDX",
        "components": [{"name": "fast-crate", "version": "0.3.1", "licenses": [{"expression": "MIT"}]}],
    }
    files = {"licenses/LICENSE": MIT, "sboms/inner.cdx.json": json.dumps(sbom)}
    return [
        wheel(folder, "copy-thing", "1.0", "License: GPL-3.0-or-later\nRequires-Dist: deep-thing\n"),
        wheel(folder, "deep-thing", "2.0", "License-Expression: MIT\n", files),
        wheel(
            folder,
            "plain-thing",
            "1.1",
            "License-Expression: MIT OR Apache-2.0\n",
            {"licenses/LICENSE": MIT, "licenses/NOTICE": "By\x1b[2J us."},
        ),
        wheel(folder, "weak-thing", "0.5", "License-Expression: MPL-2.0\nRequires-Dist: deep-thing\n"),
        wheel(folder, "tool-thing", "3.0", "License-Expression: GPL-2.0-only\n"),
        wheel(folder, "loose-thing", "1.0", "License-Expression: MIT\n"),
    ]


def environment(prefix: Path, packages: list[Path]) -> Path:
    """Make an environment and install wheels."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", prefix], check=True, capture_output=True)
    pip: list[str | Path] = [
        sys.executable,
        "-I",
        "-m",
        "pip",
        "--python",
        prefix,
        "install",
        "-q",
        "--no-index",
        "--no-deps",
        *packages,
    ]
    if packages:
        subprocess.run(pip, check=True, capture_output=True)
    return prefix


def project(root: Path, prefix: Path | None = None, text: str = PYPROJECT) -> Path:
    """Write a repository, with a copy of an environment."""
    root.mkdir(parents=True)
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    (root / "pyproject.toml").write_text(text)
    (root / ".gitignore").write_text(".venv/\n")
    if prefix is not None:
        shutil.copytree(prefix, root / ".venv", symlinks=True)
    return root


def ran(root: Path, *arguments: str | Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run our command; nothing of this machine's environments tells."""
    path = os.pathsep.join(folder for folder in ("/usr/bin", "/bin") if shutil.which("git", path=folder))
    kept = {"PATH": path, "HOME": os.fspath(root.parent / "home"), "PYTHONNOUSERSITE": "1", **environ}
    command = [sys.executable, "-I", "-m", "pytest_genomic_guard", *map(str, arguments)]
    return subprocess.run(command, cwd=root, env=kept, capture_output=True, text=True, check=False)


def judged(root: Path) -> tuple[Any, list[tuple[str, str, str, str]]]:
    """Return verdict and findings on licences."""
    report = json.loads(ran(root, "scan", "--select", "LIC", "--format", "json").stdout)
    rows = [(each["code"], each["outcome"], each["path"], each["subject"]) for each in report["findings"]]
    return (report["verdict"], report["gaps"]), sorted(rows, key=str)
