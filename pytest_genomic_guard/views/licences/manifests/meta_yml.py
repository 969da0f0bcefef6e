"""``meta.yml`` of nf-core modules (nf-co.re, module specifications and ``meta-schema.json``, read 2026-11): licences of tools.

``tools`` lists what a module runs, each with ``licence``, in some ``license``. A ``meta.yaml`` of a conda recipe has another shape
and is read by `recipe`.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.views.licences.manifests import yamls
from pytest_genomic_guard.views.licences.manifests.damaged import NODES, TooLargeError
from pytest_genomic_guard.views.licences.manifests.ecosystems import spoken
from pytest_genomic_guard.views.licences.nouns import Locked, Manifest

_TOOLS = re.compile(rb"^[\"']?tools[\"']?[ \t]*:|\A\s*+\{[^%{]", re.MULTILINE)
_BESIDE = frozenset(("name", "description", "keywords", "input", "output"))  # what such a file says besides
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_ .+/()&,:-]{0,99}")

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.licences.manifests.yamls import Yaml


def read(data: bytes, path: bytes) -> Manifest | None:
    """Return the tools of a module, or the requirements of a recipe. Raises `DamagedError`."""
    if _TOOLS.search(data) is None:
        from pytest_genomic_guard.views.licences.manifests import recipe  # noqa: PLC0415 - few repositories have one

        return recipe.read(data, path)
    document = yamls.Document(data)
    top = document.fields(document.root)
    items = document.listed(top.get("tools")) if not _BESIDE.isdisjoint(top) else document.items(top.get("tools"))
    if len(items) > NODES:
        raise TooLargeError
    found, unread = [], list[int]()
    for item in items:
        for name, about in document.fields(item).items():
            if about.id != "mapping":
                continue
            if _NAME.fullmatch(name) is None:
                unread.append(yamls.line(item))
            else:
                found.append(_tool(document, name, about, yamls.line(item)))
    if not found and not unread:
        return None
    return Manifest(form="meta.yml", ecosystem="tool", packages=tuple(found), unread=tuple(unread))


def _tool(document: yamls.Document, name: str, about: Yaml, line: int) -> Locked:
    fields = document.fields(about)
    told = fields.get("licence") or fields.get("license")
    licence = spoken([each for each in document.texts(told) if each])
    return Locked(
        name=name.lower(), ecosystem="tool", licence=licence, groups=("",), line=yamls.line(told) if told is not None else line
    )
