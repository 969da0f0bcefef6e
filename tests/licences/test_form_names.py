"""A name that no cheap look lets through is no manifest by the whole look either."""

# ruff: noqa: SLF001 - the parts of what is compared

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import strategies as st

from pytest_genomic_guard.views.licences import forms

if TYPE_CHECKING:
    import pytest

_WORDS = st.sampled_from(
    [
        "requirements",
        "constraint",
        "reqs",
        "pip",
        "freeze",
        "pylock",
        "conda",
        "lock",
        "environment",
        "env",
        "spec",
        "explicit",
        "file",
        "docker",
        "container",
        "singularity",
        "apptainer",
        "dockerfile",
        "containerfile",
        "Dockerfile",
        "txt",
        "in",
        "pip",
        "toml",
        "yml",
        "yaml",
        "def",
        "py",
        "x",
        "setup.cfg",
        "package.json",
        "DESCRIPTION",
    ]
)
_JOINTS = st.sampled_from([".", "-", "_", "", "/", ".py.", "\n", ". "])


@given(st.lists(st.tuples(_WORDS, _JOINTS), min_size=1, max_size=6), st.sampled_from(["", "\n", "\n\n", ".", "txt"]))
@example([("requirements", "."), ("txt", "")], "\n")
@example([("Dockerfile", "."), ("x", "")], "")
@example([("env", "/"), ("x", "."), ("yaml", "")], "")
def test_no_name_is_passed_over(parts: list[tuple[str, str]], end: str) -> None:
    """Names made of the words of manifests, with and without endings, folders and line feeds."""
    path = ("".join(word + joint for word, joint in parts) + end).encode()
    assert forms.form(path) == _whole(path)


def _whole(path: bytes) -> str:
    """Return the form by the looks alone that decide."""
    folder, _, name = path.lower().rpartition(b"/")
    if name in forms._NAMES:
        return "" if b"{{" in folder else forms._NAMES[name]
    many = re.match(forms._MANY.pattern, name)
    if many is not None and not folder.endswith((b".egg-info", b".dist-info")):
        return forms._MATCHED[many.lastgroup or ""]
    folders = folder.split(b"/") if folder else []
    for wanted, direct, kind in forms._FOLDERS.get(name.rpartition(b".")[2], ()) if folders else ():
        if wanted == folders[-1] or (not direct and wanted in folders):
            return kind
    return ""


def test_most_names_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs, texts and data are told without the expression."""
    monkeypatch.setattr(forms, "_MANY", None)
    for name in (b"a/b/x.py", b"README.md", b"data/a.tsv.gz", b"Makefile", b".gitignore", b"requirements/x.json", b"a b\n.c"):
        assert not forms.form(name)
