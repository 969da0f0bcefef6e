"""``renv.lock`` (rstudio.github.io/renv, "lockfiles", versions 1 and 2, read 2026-11).

Version 1 names requirements (``Requirements``); version 2, of renv 1.1, keeps the fields of DESCRIPTION, among them ``License``.
What is part of R itself is left out.
"""

from __future__ import annotations

from pytest_genomic_guard.views.licences.manifests import description, jsons
from pytest_genomic_guard.views.licences.manifests.damaged import NODES, DamagedError, TooLargeError
from pytest_genomic_guard.views.licences.manifests.ecosystems import spoken, version
from pytest_genomic_guard.views.licences.nouns import Locked, Manifest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.views.licences.nouns import Requirement

_REQUIRED = ("Requirements", "Depends", "Imports", "LinkingTo")


def read(data: bytes, path: bytes) -> Manifest | None:  # noqa: ARG001 - all readers are called alike
    """Return the packages of a lock. Raises `DamagedError`."""
    document, text = jsons.load(data)
    if "Packages" not in document:
        raise DamagedError
    listed = jsons.held(document, "Packages")
    if len(listed) > NODES:
        raise TooLargeError
    lines = jsons.lines(text, '"Packages"')
    packages, unread = [], []
    for key, entry in listed.items():
        name = (jsons.word(entry, "Package") or key[:200]) if isinstance(entry, dict) else ""
        if description.NAME.fullmatch(name) is None:
            unread.append(lines.get(key, 0))
            continue
        packages.append(
            Locked(
                name=name,
                version=version(jsons.word(entry, "Version")),
                ecosystem="r",
                requires=_requires(entry),
                licence=spoken(entry.get("License")),
                line=lines.get(key, 0),
            )
        )
    return Manifest(form="renv.lock", ecosystem="r", lock=True, packages=tuple(packages), unread=tuple(unread))


def _requires(entry: dict[str, Any]) -> tuple[Requirement, ...]:
    """Return what a package needs, each name once."""
    found: dict[str, Requirement] = {}
    for key in _REQUIRED:
        value = entry.get(key)
        if value is not None and not isinstance(value, list | str):
            raise DamagedError
        for text in value if isinstance(value, list) else (value,):
            if text is not None and not isinstance(text, str):
                raise DamagedError
            for each in description.requirements(text) if isinstance(text, str) else ():
                found.setdefault(each.name, each)
    return tuple(found.values())
