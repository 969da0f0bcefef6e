"""``conda-lock.yml`` of conda-lock 1 to 3 (``version: 1``; schema of conda/conda-lock, ``lockfile/v1/models.py``, read 2026-11).

One entry a package and platform, made one package here. It knows dependencies and categories, and no licences.
"""

from __future__ import annotations

from pytest_genomic_guard.views.licences.manifests import environment_yml, matchspec, pep508, yamls
from pytest_genomic_guard.views.licences.manifests.damaged import NODES, DamagedError, TooLargeError
from pytest_genomic_guard.views.licences.manifests.ecosystems import version
from pytest_genomic_guard.views.licences.nouns import Locked, Manifest, Requirement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.licences.manifests.yamls import Yaml
    from pytest_genomic_guard.views.licences.nouns import Ecosystem

Key = tuple[str, str, str]


def read(data: bytes, path: bytes) -> Manifest | None:
    """Return the packages of a lock, None for a workflow that makes one. Raises `DamagedError`."""
    document, top = yamls.lock(data)
    if not environment_yml.OTHER.isdisjoint(top):
        return None
    if "package" not in top and "dependencies" in top:  # of which such a lock is made
        return environment_yml.read(data, path)
    if "package" not in top or document.more:
        raise DamagedError
    items = document.listed(top["package"])
    if not items and yamls.whole(top.get("version")) != 1:
        raise DamagedError
    if len(items) > NODES:
        raise TooLargeError
    found: dict[Key, tuple[set[str], dict[str, Requirement], int]] = {}
    unread = []
    for item in items:
        fields = document.fields(item)
        ecosystem: Ecosystem = "python" if yamls.text(fields.get("manager")) == "pip" else "conda"
        name = _name(yamls.text(fields.get("name")), ecosystem)
        if not name:
            unread.append(yamls.line(item))
            continue
        key = (name, version(yamls.text(fields.get("version"))), ecosystem)
        groups, requires, _ = found.setdefault(key, (set(), {}, yamls.line(item)))
        groups |= _groups(document, fields)
        for other, rule in document.table(fields.get("dependencies")).items():
            asked = _name(other, ecosystem)
            if asked and not asked.startswith("__"):
                requires.setdefault(asked, Requirement(name=asked, specifier=pep508.loose(yamls.text(rule)), line=yamls.line(rule)))
    packages = tuple(_package(key, *rest) for key, rest in sorted(found.items()))
    return Manifest(form="conda-lock.yml", ecosystem="conda", lock=True, packages=packages, unread=tuple(unread))


def _name(text: str, ecosystem: Ecosystem) -> str:
    parsed = pep508.parse(text) if ecosystem == "python" else matchspec.parse(text)
    return parsed.name if parsed is not None else ""


def _groups(document: yamls.Document, fields: dict[str, Yaml]) -> set[str]:
    """Return the categories of a package: ``main`` is what is always installed."""
    categories = document.texts(fields.get("categories")) or document.texts(fields.get("category")) or ["main"]
    return {"" if each == "main" else pep508.normal(each[:100]) for each in categories}


def _package(key: Key, groups: set[str], requires: dict[str, Requirement], line: int) -> Locked:
    name, release, ecosystem = key
    return Locked(
        name=name,
        version=release,
        ecosystem="python" if ecosystem == "python" else "conda",
        requires=tuple(requires[each] for each in sorted(requires)),
        groups=tuple(sorted(groups)),
        line=line,
    )
