"""``genomic-guard new-check``: a check that works, to be changed: in a checkout of this project, else as a plugin."""

from __future__ import annotations

import os
import re

from pytest_genomic_guard import __version__
from pytest_genomic_guard.cli.generate import discover
from pytest_genomic_guard.cli.scaffold import CASES, INIT, MODULE, PYPROJECT, TESTS
from pytest_genomic_guard.cli.session import OutputError, UsageError, emit
from pytest_genomic_guard.model import FAMILIES
from pytest_genomic_guard.registry import Registry, family

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_CODE = re.compile(r"[A-Z]{3,4}[0-9]{3}")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_PACKAGE = "pytest_genomic_guard"


def new_check(code: str, name: str | None) -> int:
    """Write module and case file of a new code, and what a plugin needs besides. Raises `UsageError` and `OutputError`."""
    code = code.strip().upper()
    name = name or f"example-{code.lower()}"
    own = os.path.isfile(os.path.join(_PACKAGE, "_index.py")) and os.path.isdir(os.path.join("tests", "checks"))
    _acceptable(code, name, own=own)
    files, then = _ours(code) if own else _plugin(code)
    since = ".".join(__version__.split(".")[:2])
    length = str(len(f"EXAMPLE-{code}-") + 8)
    words = {"CODE": code, "NAME": name, "PACKAGE": _package(code), "VERSION": since, "LENGTH": length}
    written = _write({path: _filled(text, words) for path, text in files.items()}, fresh=_fresh(code, files))
    emit("".join(f"written: {path}\n" for path in written) + "\n" + _filled(then, words))
    return 0


def _acceptable(code: str, name: str, *, own: bool) -> None:
    """Raise `UsageError` for a code or a name that is malformed, taken, or another's to give."""
    if not _CODE.fullmatch(code):
        raise UsageError("CODE is three or four capitals and three digits, such as GEN104")
    if not _NAME.fullmatch(name):
        raise UsageError('--name is words in lower case with hyphens between them, and reads as "allow NAME"')
    if own:
        _this_copy()
        if family(code) not in FAMILIES or family(code) == "RUN":
            raise UsageError(f"the letters of CODE are one of {', '.join(each for each in FAMILIES if each != 'RUN')}")
        taken = {rulebook.code: rulebook.name for rulebook in discover()}
    else:
        if family(code) in FAMILIES:
            raise UsageError(f"codes that begin with {family(code)} are the project's own; choose other letters for a plugin")
        taken = {each: entry.rulebook.name for each, entry in Registry().entries.items()}
    if code in taken:
        raise UsageError(f"{code} is taken, by {taken[code]}")
    if name in taken.values():
        raise UsageError("the name is taken, by another code")


def _this_copy() -> None:
    """Raise `UsageError` where the checkout is not the code that runs: what is taken there could not be told."""
    if not os.path.samefile(os.path.join(_PACKAGE, "_index.py"), os.path.join(os.path.dirname(__file__), "..", "_index.py")):
        raise UsageError(f"another copy of the project is running; from the root of this one: python -m {_PACKAGE} new-check CODE")


def _ours(code: str) -> tuple[dict[str, str], str]:
    """Return the files for the project's own tree, and what to do then."""
    room = FAMILIES[family(code)].replace("-", "_")
    folder = f"{_PACKAGE}/checks/{room}"
    files = {f"{folder}/{code.lower()}.py": MODULE, f"tests/checks/{code}.md": CASES}
    then = "then: genomic-guard generate\n      python -m pytest tests/checks -k CODE_\n".replace("CODE_", "@CODE@")
    if not os.path.isfile(f"{folder}/__init__.py"):
        files[f"{folder}/__init__.py"] = f'"""Checks of the family {FAMILIES[family(code)]}."""\n'
        then = f"the family has a package now: list {_PACKAGE}.checks.{room} under packages in pyproject.toml\n{then}"
    return files, then


def _plugin(code: str) -> tuple[dict[str, str], str]:
    """Return the files of a plugin package below the current folder, and what to do then."""
    package = _package(code)
    files = {
        f"{package}/{code.lower()}.py": MODULE,
        f"tests/{code}.md": CASES,
        f"{package}/__init__.py": INIT,
        "tests/test_cases.py": TESTS,
        "pyproject.toml": PYPROJECT,
    }
    then = "then: python -m pip install -e .\n      python -m pytest tests\nin a policy that is to use it: plugins: [@PACKAGE@]\n"
    return files, then


def _package(code: str) -> str:
    return f"{family(code).lower()}_checks"


def _fresh(code: str, files: Mapping[str, str]) -> set[str]:
    """Return the files that must not be there; the others belong to a package that may hold checks already."""
    return {path for path in files if code.lower() in path.lower()}


def _filled(text: str, words: Mapping[str, str]) -> str:
    for word, value in words.items():
        text = text.replace(f"@{word}@", value)
    return text


def _write(files: Mapping[str, str], fresh: set[str]) -> list[str]:
    """Create what is not there and return its paths. Raises `UsageError` before the first where a `fresh` one is there."""
    there = [path for path in files if os.path.lexists(path)]
    if taken := sorted(fresh.intersection(there)):
        raise UsageError(f"{taken[0]} is there already; nothing was written")
    try:
        for path in files:
            if path not in there:
                os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
                with open(path, "x", encoding="utf-8", newline="\n") as file:
                    file.write(files[path])
    except OSError:
        raise OutputError("a file of the new check could not be written") from None
    return [path for path in files if path not in there]
