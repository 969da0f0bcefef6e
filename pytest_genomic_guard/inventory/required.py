"""What the manifests of a unit require and lock in one ecosystem, and at which of them is told what is of none."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.inventory.markers import Platform
from pytest_genomic_guard.inventory.states import Node
from pytest_genomic_guard.inventory.versions import holds
from pytest_genomic_guard.views.licences.manifests.ecosystems import ecosystem as of_group

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pytest_genomic_guard.inventory.declared import Declared
    from pytest_genomic_guard.views.licences.nouns import Ecosystem, Group

    Key = tuple[Ecosystem, str]


def ecosystems(each: Declared) -> set[str]:
    """Return the ecosystems of which a manifest names packages."""
    manifest = each.manifest
    return {
        manifest.ecosystem,
        *(package.ecosystem for package in manifest.packages),
        *(of_group(manifest, group) for group in manifest.groups),
    }


def groups(declared: Iterable[Declared], ecosystem: Ecosystem) -> list[tuple[bytes, Group]]:
    """Return what is required directly, and by which manifests."""
    return [
        (each.path, _scoped(group, each, ecosystem))
        for each in declared
        for group in each.manifest.groups
        if of_group(each.manifest, group) == ecosystem
    ]


def _scoped(group: Group, each: Declared, ecosystem: Ecosystem) -> Group:
    """Return a group with its scope as the place of its manifest has it.

    What an image installs besides, with pip or conda, is no runtime of the project: an image is somewhere to run it.
    """
    if each.aside or (each.manifest.ecosystem == "container" and ecosystem != "container"):
        return group.replace(scope="dev", name="")
    return group


def locked(declared: Iterable[Declared], ecosystem: Ecosystem, *, aside: bool) -> dict[Key, list[Node]]:
    """Return the packages of the locks of the project, or of those that lie aside, each with its versions.

    A lock among tests or examples says nothing of the project: it must not stand for what the project has.
    """
    found: dict[Key, list[Node]] = {}
    for each in declared:
        for one in each.manifest.packages if each.aside == aside else ():
            if one.ecosystem != ecosystem:
                continue
            versions = found.setdefault((ecosystem, one.name), [])
            if any(node.version == one.version for node in versions):
                continue
            versions.append(
                Node(
                    name=one.name,
                    version=one.version,
                    ecosystem=ecosystem,
                    requires=one.requires,
                    extras=one.extras,
                    groups=("dev",) if aside else one.groups,
                    marker=one.marker,
                    licence=one.licence,
                    line=one.line,
                    own=one.own,
                    manifest=each.path,
                )
            )
    return found


def joined(node: Node, other: Node | None) -> Node:
    """Return a node of a lock that has no graph, with what the metadata of the package say it requires."""
    return node if other is None else node.replace(requires=other.requires, extras=other.extras)


def foremost(declared: Sequence[Declared], ecosystem: Ecosystem) -> bytes:
    """Return the manifest at which is told what is of none: that of the project rather than one of an image or an example.

    One that is of the ecosystem counts before one that names packages of it besides, as an `environment.yml` those of pip.
    """

    def rank(each: Declared) -> tuple[bool, bool, bool, bool, int]:
        mine = [group for group in each.manifest.groups if of_group(each.manifest, group) == ecosystem and group.requires]
        runtime = any(group.scope == "runtime" for group in mine)
        image, other = each.manifest.ecosystem == "container", each.manifest.ecosystem != ecosystem
        return each.aside, image, not (runtime or each.manifest.lock), other, each.path.count(b"/")

    return min(declared, key=rank).path


_CLAUSES = regex(r"\s*(?:(?:===?|~=|!=|<=?|>=?)\s*[A-Za-z0-9][^\s,]{0,80}\s*,?\s*){1,20}")  # PEP 440


def wanted(groups: Sequence[tuple[bytes, Group]]) -> dict[str, list[str]]:
    """Return what direct requirements ask of versions, where they say it as PEP 440 does: Poetry's carets say it otherwise."""
    found: dict[str, list[str]] = {}
    for _manifest, group in groups:
        for each in group.requires:
            if _CLAUSES.fullmatch(each.specifier):
                found.setdefault(each.name, []).append(each.specifier)
    return found


def pins(groups: Sequence[tuple[bytes, Group]]) -> dict[str, str]:
    """Return the versions that direct requirements pin, where all of them pin the same."""
    found = {name: {pin(one) for one in specifiers} for name, specifiers in wanted(groups).items()}
    return {name: min(each) for name, each in found.items() if len(each) == 1 and "" not in each}


def pin(specifier: str) -> str:
    """Return the version that a specifier pins, empty for a range."""
    version = specifier.strip().removeprefix("==").strip()
    return version if specifier.strip().startswith("==") and not set(version) & set(",*<>=!~ ") else ""


def unmet(
    groups: Sequence[tuple[bytes, Group]], nodes: Mapping[Key, Node], locked: Mapping[Key, Node], python: str
) -> dict[str, str]:
    """Return the packages of Python that are there in a version that a direct requirement does not take, with the pin it asks for.

    What a lock names is left to it. The pin is empty where a range is asked for.
    """
    found: dict[str, str] = {}
    platform = Platform(python)
    for _manifest, group in groups:
        for each in group.requires:
            node = nodes.get(("python", each.name))
            if not _CLAUSES.fullmatch(each.specifier) or node is None or ("python", each.name) in locked or not node.version:
                continue  # Poetry's carets say what is meant to fit, and a lock what does
            if not holds(each.specifier, node.version) and platform.where(each.marker) != "elsewhere":
                found[each.name] = pin(each.specifier)
    return found
