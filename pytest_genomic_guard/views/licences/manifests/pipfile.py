"""``Pipfile`` (pipenv.pypa.io, read 2026-11): ``packages``, ``dev-packages`` and further categories, in TOML."""

from __future__ import annotations

from pytest_genomic_guard.views.licences.manifests.damaged import table_in
from pytest_genomic_guard.views.licences.manifests.groups import scope_of
from pytest_genomic_guard.views.licences.manifests.pep508 import normal
from pytest_genomic_guard.views.licences.manifests.poetry import requirements
from pytest_genomic_guard.views.licences.manifests.toml import load
from pytest_genomic_guard.views.licences.nouns import Group, Manifest

_NO_GROUPS = frozenset(("source", "requires", "pipenv", "scripts", "pipfile"))


def read(data: bytes, path: bytes) -> Manifest | None:  # noqa: ARG001 - all readers are called alike
    """Return the groups; None where it lists none."""
    table, lines = load(data)
    groups = []
    for name, value in table.items():
        if name in _NO_GROUPS:
            continue
        found = tuple(each for each, _ in requirements(table_in(value), lines, lines.table(name)))
        if name == "packages":
            groups.append(Group(requires=found))
        elif found:
            group = "dev" if name == "dev-packages" else normal(name)
            groups.append(Group(name=group, scope=scope_of(group), requires=found))
    groups = [each for each in groups if each.requires]
    return Manifest(form="Pipfile", ecosystem="python", groups=tuple(groups)) if groups else None
