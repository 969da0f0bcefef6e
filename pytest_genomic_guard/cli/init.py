"""``genomic-guard init``: write a policy, a pre-commit stanza and CI jobs where there are none; what is there stays as it is."""

from __future__ import annotations

import json
import os
import posixpath

from pytest_genomic_guard import __version__
from pytest_genomic_guard.cli.schemas import policy_schema
from pytest_genomic_guard.cli.session import OutputError, UsageError, emit, folder_here
from pytest_genomic_guard.policy import FOLDER
from pytest_genomic_guard.policy.held import pointed
from pytest_genomic_guard.sources.git import top_level

# Editors that know YAML schemas read this line; the file that it names is written beside the policy, so no network is needed.
_SCHEMA = FOLDER.decode() + "/policy-1.schema.json"
_MODELINE = "# yaml-language-server: $schema={}\n"
_POLICY = """\
# What this repository promises about data of people. Every key: docs/policy.md of pytest-genomic-guard.
version: 1
profile: research # minimal, research or strict

# Paths that are not read, each with a reason; they are counted in every report.
# exclude:
#   - {path: "third_party/**", reason: "published call sets of others, reviewed on ..."}

# Data under terms: every controlled data set that is used here, as its agreement has it (docs/data-use.md).
# data-use:
#   - id: phs000178.v11 # accession; or uk-biobank:12345, all-of-us, anvil:WORKSPACE, or an id of your own with `aliases`
#     controlled: true
#     consent: [GRU-NPU] # as dbGaP writes it, or duo: [GRU, NPU]
#     dua: "signed 2026-01-15, in the office's register"
#     dar: "request number"
#     owner: "data office"
#     closes: 2027-01-15 # the last day of access; afterwards every file and model of these data fails
#     ai-training: allowed # or forbidden
#     generative: forbidden # whether models that generate may be trained
#     share-models: paused # allowed, paused or forbidden
#     small-cell: 10 # counts of 1 to 10 people are not shown
#     use: {purpose: health}
#     paths: ["derived/tcga/**"] # files that hold, or were made from, these data
#     models: ["models/tcga/*"]

# Vendors that see data of people, with what their agreement (45 CFR 164.504(e)) settles and what they were asked.
# vendors:
#   - name: "a cloud"
#     owner: "data office"
#     baa: true
#     expires: 2027-06-30
#     link: https://example.org/agreement
#     terms: {no-training: true, security: true, subprocessors: true, breach: true, location: true, traces: true}
#     diligence: {assessments: "report", isolation: "own keys", de-identification: "none", updates: "notice", governance: "contact"}

# What no file can show and somebody answers for, until when.
# attestations:
#   - {id: nist-800-171, owner: "security office", date: 2026-01-15, expires: 2027-01-15, link: "https://example.org/attestation"}

# An exception for one file is written by: genomic-guard waive CODE PATH --reason TEXT --owner NAME --expires YYYY-MM-DD
"""
_TYPES = "default_install_hook_types: [pre-commit, pre-merge-commit, commit-msg, pre-push]\n"
_HOOK = """\
      - id: genomic-guard{name}
        name: genomic guard{title}
        entry: python -I -m pytest_genomic_guard.hooks.{module}
        args: [--]
        language: python
        additional_dependencies: [pytest-genomic-guard=={version}]
        types: []
        types_or: [file, symlink]
        always_run: true
        pass_filenames: {names}
        require_serial: true
        stages: [{stages}]
        verbose: true
"""
_STANZA = "  - repo: local\n    hooks:\n" + "".join(
    _HOOK.format(name=name, title=title, module=module, version=__version__, names=names, stages=stages)
    for name, title, module, names, stages in (
        ("", "", "everything", "true", "pre-commit, pre-merge-commit, manual"),
        ("-push", ", what a push sends", "push", "false", "pre-push"),
        ("-message", ", commit messages", "message", "true", "commit-msg"),
    )
)
_GITHUB = f"""\
# The authoritative gate: unlike a hook on a developer's machine, it cannot be left out.
name: genomic-guard
on:
  push:
  pull_request:
permissions:
  contents: read
jobs:
  genomic-guard:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: python -m pip install pytest-genomic-guard=={__version__}
      - run: python -I -m pytest_genomic_guard scan --format github
"""
_JOB = f"""\
genomic-guard:
  image: python:3.12
  script:
    - python -m pip install pytest-genomic-guard=={__version__}
    - python -I -m pytest_genomic_guard scan --format text --format gitlab:gl-code-quality.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality.json
"""
_NEXT = """
next: genomic-guard scan          what is there today
      pre-commit install          the hooks, before each commit and push; what else a push needs: docs/commits.md
"""


def init(ci: str) -> int:
    """Write the parts at the top of the repository, or here where there is none.

    Raises `PolicyError` for a wrong table in `pyproject.toml`, and `OutputError` when one could not be written.
    """
    here = folder_here()
    root = os.fsdecode(top_level(here) or here)
    told, failed = [], False
    for path, text, addition in _parts(pointed(os.fsencode(root)).decode(), ci):
        try:
            _create(root, path, text)
            told.append(f"written: {path}\n")
        except FileExistsError:
            told.append(f"kept as it is: {path}\n" + _advice(addition))
        except (OSError, UsageError) as error:
            failed = True
            why = str(error) if isinstance(error, UsageError) else "it could not be written"
            told.append(f"not written: {path}: {why}\n")
    emit("".join(told) + ("" if failed else _NEXT))
    if failed:
        raise OutputError("not every file could be written; those named as written are complete")
    return 0


def _parts(policy: str, ci: str) -> list[tuple[str, str, str]]:
    """Return of each part its path, the whole file, and what to add to a file that is there already."""
    modeline = _MODELINE.format(posixpath.relpath(_SCHEMA, posixpath.dirname(policy) or "."))
    schema = json.dumps(policy_schema(), separators=(",", ":")) + "\n"
    parts = [
        (policy, modeline + _POLICY, modeline),
        (_SCHEMA, schema, ""),
        (".pre-commit-config.yaml", _TYPES + "repos:\n" + _STANZA, _STANZA + _TYPES),
    ]
    if ci in {"both", "github"}:
        parts.append((".github/workflows/genomic-guard.yml", _GITHUB, ""))  # a file of its own
    if ci in {"both", "gitlab"}:
        parts.append((".gitlab-ci.yml", _JOB, _JOB))
    return parts


def _advice(addition: str) -> str:
    if not addition:
        return ""
    return "  add this to it, unless it is there:\n" + "".join(f"    {line}\n" for line in addition.splitlines())


def _create(root: str, path: str, text: str) -> None:
    """Create a file with the folders above it, through no link. Raises `FileExistsError`, `UsageError` and `OSError`."""
    folder = root
    for part in path.split("/")[:-1]:
        folder = os.path.join(folder, part)
        if os.path.islink(folder):
            raise UsageError("a folder on its path is a link, and links are not followed")
        if not os.path.lexists(folder):
            os.mkdir(folder)
        elif not os.path.isdir(folder):
            raise UsageError("a file stands where a folder on its path should be")
    full = os.path.join(root, *path.split("/"))
    handle = os.open(full, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)  # a link that stands there counts as a file
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError:
        os.remove(full)  # ours, and not whole
        raise
