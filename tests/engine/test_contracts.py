"""The architecture as a test: the import contracts of ``pyproject.toml``, held against an installed package.

They are run outside the checkout: import-linter does not follow the mapping of ``hooks/`` into the package, and an import of the
checkout would hide a package that the wheel lacks.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_CHECKOUT = Path(__file__).resolve().parents[2]
_NO_COPY = shutil.ignore_patterns(".git", ".venv*", "*.egg-info", "__pycache__", ".*_cache", ".hypothesis", "build", "dist")
_LINT = "import sys; sys.path.insert(0, sys.argv.pop(1)); from importlinter.cli import lint_imports_command; lint_imports_command()"


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder into which pip has installed a wheel of the checkout as it is now."""
    folder = tmp_path_factory.mktemp("wheel")
    shutil.copytree(_CHECKOUT, folder / "copy", ignore=_NO_COPY)
    pip = [sys.executable, "-I", "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
    done = subprocess.run(
        [*pip, "--target", str(folder / "site"), str(folder / "copy")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture
def broken(installed: Path, tmp_path: Path) -> Path:
    """Return a copy of the installed package that a test may break."""
    return Path(shutil.copytree(installed, tmp_path / "broken"))


def _lint(site: Path, outside: Path) -> tuple[int, str]:
    options = ["--no-logo", "--no-cache", "--config", str(_CHECKOUT / "pyproject.toml")]
    done = subprocess.run(
        [sys.executable, "-I", "-c", _LINT, str(site), *options],
        cwd=outside,
        env=os.environ | {"NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def _append(site: Path, module: str, line: str) -> None:
    file = (site / "pytest_genomic_guard").joinpath(*module.split(".")).with_suffix(".py")
    file.write_text(file.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")


def test_contracts_hold(installed: Path, tmp_path: Path) -> None:
    """All contracts are kept by what a user installs, the hooks among it."""
    assert (installed / "pytest_genomic_guard" / "hooks" / "everything.py").is_file()
    status, text = _lint(installed, tmp_path)
    assert status == 0, text
    assert "Contracts: 5 kept, 0 broken" in text


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("sources.files", "from pytest_genomic_guard.views import text", "Rooms import downwards only"),
        ("views.text", "from pytest_genomic_guard import engine", "Rooms import downwards only"),
        ("model", "from pytest_genomic_guard import report, registry", "Rooms import downwards only"),
        ("cli.scan", "from pytest_genomic_guard.hooks import everything", "Rooms import downwards only"),
        ("checks.genomic.gen101", "import os", "Checks and relations read nothing themselves"),
        ("relations.genomic.gen103", "import subprocess", "Checks and relations read nothing themselves"),
        ("checks.genomic.gen102", "from pytest_genomic_guard.sources import files", "Checks do not know where bytes come from"),
        ("engine", "import pytest", "Only the plugin knows pytest"),
        ("hooks.genomic", "import pytest", "Only the plugin knows pytest"),
    ],
)
def test_broken_contract_is_refused(broken: Path, tmp_path: Path, module: str, line: str, contract: str) -> None:
    """An import that goes the wrong way breaks the contract that forbids it."""
    _append(broken, module, line)
    status, text = _lint(broken, tmp_path)
    assert status == 1, text
    assert f"{contract} BROKEN" in text


def test_new_room_needs_a_place(broken: Path, tmp_path: Path) -> None:
    """A module at the top that no layer names is refused, so that nothing is outside the contracts."""
    (broken / "pytest_genomic_guard" / "attic.py").write_text('"""Somewhere else."""\n', encoding="utf-8")
    status, text = _lint(broken, tmp_path)
    assert status == 1, text
    assert "attic" in text
