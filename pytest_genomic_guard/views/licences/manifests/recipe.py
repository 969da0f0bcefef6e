"""Recipes of conda: ``meta.yaml`` (conda-build) and ``recipe.yaml`` (rattler-build), both read 2026-11.

Templates are not run: what ``{% set name = "x" %}`` says is put in, any other ``{{ ... }}`` is nothing, and of conditions
(``# [win]``, ``if: ... then: ...``) all sides hold.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.views.licences.manifests import matchspec, yamls
from pytest_genomic_guard.views.licences.manifests.damaged import DamagedError
from pytest_genomic_guard.views.licences.manifests.ecosystems import spoken
from pytest_genomic_guard.views.licences.nouns import Group, Manifest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.licences.manifests.yamls import Yaml
    from pytest_genomic_guard.views.licences.nouns import Requirement, Scope

_SET = re.compile(
    r"\{%-?[ \t]*set[ \t]+(?P<name>[A-Za-z_][A-Za-z0-9_]{0,60})[ \t]*=[ \t]*['\"](?P<value>[^'\"%\n]{0,200})['\"][ \t]*-?%\}"
)
_STATEMENT = re.compile(r"\{%[^%]{0,2000}%\}|\{#[^#]{0,2000}#\}")
_VALUE = re.compile(r"\$?\{\{[ \t]*(?P<name>[A-Za-z_][A-Za-z0-9_]{0,60}+)?+(?P<rest>[^{}\n]{0,400}+)\}\}")
_TIMES: tuple[tuple[str, str, Scope], ...] = (
    ("run", "", "runtime"),
    ("run_constrained", "constrained", "extra"),
    ("host", "host", "dev"),
    ("build", "build", "dev"),
)
_LEAST = 2  # of the fields that recipes have


def read(data: bytes, path: bytes) -> Manifest | None:  # noqa: ARG001 - all readers are called alike
    """Return what a recipe asks for and its licence. Raises `DamagedError`."""
    if b"about" not in data:
        return None
    document = yamls.Document(_plain(data))
    top = document.fields(document.root)
    if (
        len({"package", "recipe", "about", "requirements", "build", "source", "outputs"} & top.keys()) < _LEAST
        or "about" not in top
    ):
        return None
    parts = [top, *(document.fields(each) for each in document.listed(top.get("outputs")))]
    unread: list[int] = []
    found = []
    for key, name, scope in _TIMES:
        requires: dict[str, Requirement] = {}
        for part in parts:
            asked = part.get("requirements")
            listed = asked if asked is not None and asked.id == "sequence" else document.table(asked).get(key)
            if listed is asked and key != "run":  # a list that does not say when is for running it
                continue
            _collect(document, listed, requires, unread)
        if requires:
            found.append(Group(name=name, scope=scope, requires=tuple(requires.values())))
    about = document.fields(top.get("about"))
    name = yamls.text(document.fields(top.get("package") or top.get("recipe")).get("name"))
    return Manifest(
        form="recipe",
        ecosystem="conda",
        name=name.lower() if matchspec.parse(name) is not None else "",
        licence=spoken(yamls.text(about.get("license"))),
        groups=tuple(found),
        unread=tuple(unread),
        dynamic=b"{%" in data,
    )


def _collect(document: yamls.Document, listed: Yaml, requires: dict[str, Requirement], unread: list[int]) -> None:
    """Take the entries of a list and those of its conditions."""
    left = [listed] if listed is not None and listed.id == "scalar" and listed.value else list(document.listed(listed))
    for _ in range(yamls.DEPTH):
        more: list[Yaml] = []
        for item in left:
            if item.id != "scalar":
                fields = document.fields(item)
                more += [
                    each for key in ("then", "else") if key in fields for each in (document.items(fields[key]) or [fields[key]])
                ]
                continue
            found = matchspec.parse(item.value, yamls.line(item)) if item.value else None
            if found is not None:
                requires.setdefault(found.name, found)
            elif item.value:
                unread.append(yamls.line(item))
        if not more:
            return
        left = more
    raise DamagedError


def _plain(data: bytes) -> bytes:
    """Return a recipe without templates, its lines where they were."""
    if b"{{" not in data and b"{%" not in data:
        return data
    if len(data) > yamls.MOST:
        raise DamagedError
    text = data.decode("utf-8", "replace")
    known = {found["name"]: found["value"] for found in _SET.finditer(text)}

    def value(found: re.Match[str]) -> str:
        name = found["name"] or ""
        rest = found["rest"].strip()
        if name in {"compiler", "stdlib", "pin_subpackage", "pin_compatible", "cdt"}:
            return ""
        return known.get(name, "") if not rest or rest.startswith(("|", "[", ".")) else ""

    text = _STATEMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    return _VALUE.sub(value, text).encode()
