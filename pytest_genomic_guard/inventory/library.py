"""Packages of other tools than pip, as they are installed: of conda, of R, of npm. What they say of themselves is one field."""

from __future__ import annotations

from pytest_genomic_guard.inventory.sources import embedded
from pytest_genomic_guard.inventory.states import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pytest_genomic_guard.evidence.environments import Environment
    from pytest_genomic_guard.inventory.sources import Key
    from pytest_genomic_guard.views.licences.nouns import Conclusion, Ecosystem, Requirement


class Library:
    """What is installed of one ecosystem: name to version, licence and requirements."""

    broken = 0

    def __init__(
        self,
        ecosystem: Ecosystem,
        label: str,
        packages: Iterable[tuple[str, str, str, tuple[Requirement, ...]]],
        *,
        ours: bool,
        python: str = "",
    ) -> None:
        """Take them; `ours` tells that they lie in the project."""
        self.ecosystem, self.label, self.ours, self.python = ecosystem, label, ours, python
        self._found: dict[str, tuple[str, str, tuple[Requirement, ...]]] = {}
        for name, version, licence, requires in packages:
            self._found.setdefault(name, (version, licence, requires))

    @property
    def digest(self) -> str:
        """Return a digest of what is installed."""
        import hashlib  # noqa: PLC0415 - loads OpenSSL

        told = sorted((name, version, licence) for name, (version, licence, _requires) in self._found.items())
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def __iter__(self) -> Iterator[str]:
        """Yield the names of what is there."""
        return iter(self._found)

    def __contains__(self, name: str) -> bool:
        """Tell whether a package is there."""
        return name in self._found

    def version(self, name: str) -> str:
        """Return the version of a package that is there."""
        return self._found[name][0]

    def local(self, name: str) -> bool:  # noqa: ARG002 - as of environments
        """Tell whether a package is a working copy; nobody says so here."""
        return False

    def files(self, name: str) -> Mapping[str, str]:  # noqa: ARG002 - as of environments
        """Return nothing: licence files are not read here."""
        return {}

    def conclusion(self, name: str) -> Conclusion:
        """Conclude of a package that is there."""
        return embedded(self._found[name][1], self.ecosystem).replace(told="license")

    def nodes(self) -> dict[Key, Node]:
        """Return what is there as a graph."""
        return {
            (self.ecosystem, name): Node(name=name, version=version, ecosystem=self.ecosystem, requires=requires)
            for name, (version, _licence, requires) in self._found.items()
        }


def of_conda(environment: Environment) -> Library:
    """Return what conda installed in an environment."""
    from pytest_genomic_guard.evidence.environments import conda_packages  # noqa: PLC0415 - where there is one

    found = [(each.name.lower(), each.version, each.licence, ()) for each in conda_packages(environment) if each.name]
    label = "environment of conda" if environment.kind != "pixi" else "environment of pixi"
    return Library("conda", label, found, ours=environment.inside or environment.kind == "configured", python=environment.python)


def of_r(root: bytes, environ: Mapping[str, str], prefixes: Sequence[bytes]) -> Library:
    """Return the R packages of a project."""
    from pytest_genomic_guard.evidence import libraries  # noqa: PLC0415 - where R packages are required

    return Library("r", "library of R", _described(libraries.of_r(root, environ, prefixes)), ours=True)


def _described(found: Iterable[bytes]) -> Iterator[tuple[str, str, str, tuple[Requirement, ...]]]:
    from pytest_genomic_guard.views.licences.manifests import damaged, description  # noqa: PLC0415 - as above

    for data in found:
        try:
            read = description.read(data, b"DESCRIPTION")
        except damaged.DamagedError:
            continue
        if read and read.name:
            requires = tuple(each for group in read.groups if group.scope == "runtime" for each in group.requires)
            yield read.name, _version(data), read.licence, requires


def _version(data: bytes) -> str:
    at = data.find(b"\nVersion:")
    return data[at + 9 : at + 80].partition(b"\n")[0].strip().decode("utf-8", "replace") if at >= 0 else ""


def of_node(root: bytes) -> Library:
    """Return what npm installed for a project."""
    from pytest_genomic_guard.evidence import libraries  # noqa: PLC0415 - where packages of npm are required

    return Library("node", "node_modules", _packed(libraries.of_node(root)), ours=True)


def _packed(found: Iterable[bytes]) -> Iterator[tuple[str, str, str, tuple[Requirement, ...]]]:
    import json  # noqa: PLC0415 - as above

    from pytest_genomic_guard.views.licences.manifests.ecosystems import spoken  # noqa: PLC0415 - as above
    from pytest_genomic_guard.views.licences.nouns import Requirement  # noqa: PLC0415 - as above

    for data in found:
        try:
            read = json.loads(data)
        except (ValueError, RecursionError):
            continue
        if isinstance(read, dict) and isinstance(name := read.get("name"), str) and isinstance(version := read.get("version"), str):
            needs = read.get("dependencies")
            requires = (
                tuple(Requirement(name=each.lower()) for each in needs if isinstance(each, str)) if isinstance(needs, dict) else ()
            )
            yield name.lower(), version, spoken(read.get("license") or read.get("licenses")), requires
