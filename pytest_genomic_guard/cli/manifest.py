"""The pre-commit hooks: one for all families and one for each family that has rules; manifest and modules of `hooks/`."""

from __future__ import annotations

import os

from pytest_genomic_guard.model import FAMILIES
from pytest_genomic_guard.registry import family

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

# word of a family: name of its hook, what it looks for
_FAMILIES = {
    "genomic": ("genomic data", "human individual-level genomic data in what is staged"),
    "phi": ("health data", "health data of people in what is staged"),
    "secrets": ("secrets", "credentials in what is staged"),
    "code": ("code and models", "unsafe code and model files in what is staged"),
    "licences": ("licences", "licences of dependencies, sources, models and data"),
    "cards": ("model cards", "models and data sets without a card, or with one that lacks something or names no licence"),
    "data-use": ("data use", "terms of use of controlled data"),
    "gates": ("gates", "figures in committed evidence that break a bound of the policy"),
}
# word of a family: codes of others that its hook tells as well, since what it reads is half judged by them
_BESIDE = {"cards": ("LIC3",)}  # the licence that a card names
_ALL = ("genomic-guard", "everything", "genomic guard", "all families of checks over what is staged, in one process")
# name of a hook of another stage: the stage, what it judges
_STAGED = {
    "push": ("pre-push", "what a push sends", "every blob, message and name that a push sends, also those added and removed again"),
    "message": ("commit-msg", "commit messages", "the message of the commit that is about to be made"),
}
_STAGE = '''"""{title}."""

import sys

from pytest_genomic_guard.cli.push import {name}


def main(argv: list[str]) -> int:
    """Judge it."""
    return {name}(argv)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
'''
_MODULE = '''"""{title}."""

import sys

from pytest_genomic_guard.cli.hook import main as run


def main(argv: list[str]) -> int:
    """Judge what is staged."""
    return run(argv, {arguments})


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
'''


def products(codes: Iterable[str]) -> dict[str, str]:
    """Return the manifest, and the module of each hook, for the rules that there are."""
    codes = [*codes]
    letters = {family(code) for code in codes}
    entries = [_entry(*_ALL)]
    modules = {"everything": _MODULE.format(title="All families in one process", arguments='"genomic-guard"')}
    for word, (title, description) in _FAMILIES.items():
        prefixes = [prefix for prefix, name in FAMILIES.items() if name == word and prefix in letters]
        if prefixes:
            module, name = word.replace("-", "_"), f"genomic-guard-{word}"
            entries.append(_entry(name, module, f"genomic guard, {title}", description))
            prefixes += [prefix for prefix in _BESIDE.get(word, ()) if any(code.startswith(prefix) for code in codes)]
            selected = ", ".join(f'"{prefix}"' for prefix in prefixes) + ("," if len(prefixes) == 1 else "")
            modules[module] = _MODULE.format(title=f"{title[0].upper()}{title[1:]} only", arguments=f'"{name}", ({selected})')
    for name, (stage, title, description) in _STAGED.items():
        entries.append(_entry(f"genomic-guard-{name}", name, f"genomic guard, {title}", description, stage))
        modules[name] = _STAGE.format(title=f"{title[0].upper()}{title[1:]}", name=name)
    files = {os.path.join("hooks", f"{module}.py"): text for module, text in modules.items()}
    return {".pre-commit-hooks.yaml": "".join(entries), **files}


def _entry(name: str, module: str, title: str, description: str, stage: str = "") -> str:
    # types: [] and types_or, because `types: [file]` would drop symbolic links; verbose, because pre-commit shows nothing of a
    # hook that passes, and a warning that nobody sees warns nobody; args, so that no file name is taken for an option. A push is
    # judged by its commits, and pre-commit would split a long list of names over several processes.
    names = "false" if stage == "pre-push" else "true"
    stages = stage or "pre-commit, pre-merge-commit, manual"
    return f"""- id: {name}
  name: {title}
  description: {description}
  entry: python -I -m pytest_genomic_guard.hooks.{module}
  args: [--]
  language: python
  types: []
  types_or: [file, symlink]
  always_run: true
  pass_filenames: {names}
  require_serial: true
  stages: [{stages}]
  verbose: true
  minimum_pre_commit_version: 3.2.0
"""
