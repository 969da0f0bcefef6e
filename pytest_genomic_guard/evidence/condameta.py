"""What conda says it installed: ``conda-meta/*.json``, one a package, with the licence as the recipe has it.

Source: conda's documentation of environments and of repodata records (docs.conda.io, 2026-11). These files list every file of the
package and are large: the few fields are taken by their place in what conda and pixi write, and only else by a parser.
"""

from __future__ import annotations

import os
import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.evidence.reading import inside, whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.evidence.prefixes import Environment

_BYTES = 1 << 25
_MOST = 20_000
_FIELD = re.compile(rb'^  "(name|version|license|build)": "([^"\\\n]*+)"', re.MULTILINE)
_PLAIN = re.compile(rb'^  "license":', re.MULTILINE)


class CondaPackage(Record):
    """A package that conda installed, of any language."""

    name: str
    version: str = ""
    licence: str = ""  # as the recipe has it: often no SPDX id
    broken: bool = False  # its record could not be read


def conda_packages(environment: Environment) -> Iterator[CondaPackage]:
    """Yield what conda installed in an environment, by name."""
    folder = os.path.join(environment.prefix, b"conda-meta")
    entries = sorted((each for each in inside(folder) if each.name.endswith(b".json")), key=lambda one: one.name)
    for entry in entries[:_MOST]:
        data = whole(entry.path, _BYTES)
        yield _read(data) if data is not None else _broken(entry.name)


def _read(data: bytes) -> CondaPackage:
    fields: dict[bytes, bytes] = {}
    for match in _FIELD.finditer(data):
        fields.setdefault(match[1], match[2])
    if {b"name", b"version"} <= fields.keys() and (b"license" in fields or not _PLAIN.search(data)):
        name, version, licence = (fields.get(key, b"").decode("utf-8", "replace") for key in (b"name", b"version", b"license"))
        return CondaPackage(name=name, version=version, licence=licence)
    import json  # noqa: PLC0415 - for what another tool wrote

    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return CondaPackage(name="", broken=True)
    if not isinstance(found, dict) or not isinstance(found.get("name"), str):
        return CondaPackage(name="", broken=True)
    name, version, licence = (str(found.get(key) or "") for key in ("name", "version", "license"))
    return CondaPackage(name=name, version=version, licence=licence)


def _broken(name: bytes) -> CondaPackage:
    """Return a package whose record cannot be read by its file's name: ``name-version-build.json``."""
    parts = name.decode("utf-8", "replace").removesuffix(".json").rsplit("-", 2)
    return CondaPackage(name=parts[0], version=parts[1] if len(parts) == 3 else "", broken=True)
