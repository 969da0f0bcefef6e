"""What tells of licences: an environment as it is installed, the licence lock, what locks hold of themselves."""

from __future__ import annotations

import os

from pytest_genomic_guard.inventory import remembered
from pytest_genomic_guard.inventory.states import Node
from pytest_genomic_guard.inventory.versions import holds
from pytest_genomic_guard.views.licences.nouns import CLASSES, Conclusion

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pytest_genomic_guard.evidence.environments import Environment, Installed
    from pytest_genomic_guard.inventory.remembered import Remembered
    from pytest_genomic_guard.views.licences.kept import Kept
    from pytest_genomic_guard.views.licences.nouns import Ecosystem, Metadata

    Key = tuple[Ecosystem, str]

_STRICT = frozenset(("strong-copyleft", "network-copyleft"))


class Seen:
    """An environment: its distributions by name, each concluded when it is asked for.

    What was read and concluded of it is remembered: as long as nothing is installed or removed there, no file of it is opened.
    """

    def __init__(self, environment: Environment, *, cached: bool = True) -> None:
        """Find what is there; nothing is concluded yet."""
        self.environment = environment
        self.digest = remembered.told(environment) if cached else ""
        self._read: dict[str, tuple[Metadata, Installed]] | None = None
        self._nodes: dict[Key, Node] | None = None
        known = remembered.load(self._key) if self.digest else None
        self._new, self._cached = known is None, cached
        self._known = known or self._cold()
        self.broken, self.differ, self._held = self._known.broken, self._known.differ, self._known.held
        self.unsearched = self._known.unsearched
        self._concluded, self._fleeting = dict(self._known.concluded), set[str]()

    def _cold(self) -> Remembered:
        """Read all that is there, and compare what pip-licenses sees."""
        from pytest_genomic_guard.evidence.environments import digest  # noqa: PLC0415 - where nothing is remembered
        from pytest_genomic_guard.inventory.compared import differ  # noqa: PLC0415 - as above

        first = digest(self.environment)
        self._read, broken = _read(self.environment)
        marked = [mark for _said, each in self._read.values() for mark in each.watched]
        self.digest = remembered.watch(self.environment, first, marked, cached=self._cached)
        held = {
            name: remembered.Held(name=name, version=said.version, local=each.local, requires=said.requires)
            for name, (said, each) in self._read.items()
        }
        two = differ(self.environment, held.keys()) if self.ours else None
        blind = frozenset(name for name, (_said, each) in self._read.items() if not each.searched)
        return remembered.Remembered(held=held, broken=broken, unsearched=blind, differ=two)

    @property
    def _key(self) -> str:
        """Return the name under which it is remembered."""
        return f"{self.digest} {self.environment.top!r} {self.ours}"

    @property
    def _found(self) -> dict[str, tuple[Metadata, Installed]]:
        """Return what the files of it say, which are read where that is not remembered."""
        if self._read is None:
            self._read, _broken = _read(self.environment)
        return self._read

    @property
    def python(self) -> str:
        """Return the release of Python, such as 3.11."""
        return self.environment.python

    @property
    def ours(self) -> bool:
        """Tell whether it is the project's own: what is there is there for the project."""
        return self.environment.inside or self.environment.kind in {"configured", "running", "project"}

    @property
    def label(self) -> str:
        """Return what it is, in our words: a folder's name is told of one in the project alone, and only if nobody chose it."""
        each = self.environment
        name = os.path.basename(each.prefix)
        where = {"running": "of the tests", "conda": "CONDA_PREFIX", "pixi": "of pixi", "path": "first on PATH"}.get(each.kind, "")
        if each.inside and name in {b".venv", b"venv", b"env", b".env"}:
            where = name.decode()
        return f"environment {where or 'of the project'}" + (f" (Python {each.python})" if each.python else "")

    def __iter__(self) -> Iterator[str]:
        """Yield the names of what is there."""
        return iter(self._held)

    def __contains__(self, name: str) -> bool:
        """Tell whether a distribution is there."""
        return name in self._held

    def version(self, name: str) -> str:
        """Return the version of a distribution that is there."""
        return self._held[name].version

    def local(self, name: str) -> bool:
        """Tell whether a distribution that is there is a working copy, as the project itself is."""
        return self._held[name].local

    def metadata(self, name: str) -> Metadata:
        """Return what a distribution that is there says of itself."""
        return self._found[name][0]

    def distribution(self, name: str) -> Installed:
        """Return a distribution that is there, as it lies on the disk."""
        return self._found[name][1]

    def files(self, name: str) -> Mapping[str, str]:
        """Return the SHA-256 of the licence files of a distribution that is there, by name."""
        import hashlib  # noqa: PLC0415 - loads OpenSSL; for policies that clarify, and for the licence lock

        return {path: hashlib.sha256(data).hexdigest() for path, data in self.texts(name).items()}

    def texts(self, name: str) -> Mapping[str, bytes]:
        """Return the licence files of a distribution that is there, by name."""
        return dict(self._found[name][1].files)

    def sboms(self, name: str) -> Sequence[bytes]:
        """Return the bills of materials that a distribution that is there brings of itself (PEP 770)."""
        return self._found[name][1].sboms

    def conclusion(self, name: str) -> Conclusion:
        """Conclude of a distribution that is there, with the copyleft that headers of its source files state."""
        key = f"{name}=={self.version(name)}"
        if key not in self._concluded:
            from pytest_genomic_guard.inventory.bundled import counted, native  # noqa: PLC0415 - where nothing is remembered
            from pytest_genomic_guard.inventory.embeddings import copyleft  # noqa: PLC0415 - as above
            from pytest_genomic_guard.views.licences.conclude import conclude  # noqa: PLC0415 - as above

            said, each = self._found[name]
            found = conclude(said, each.files)
            if found.kind not in _STRICT:
                within = counted(os.fsdecode(each.site), each.record)
                known = (*found.bundled, *sorted(within), *native(each.libraries), *copyleft(each.sboms, each.libraries))
                found = found.replace(bundled=tuple(dict.fromkeys(known)), sources=sum(within.values()))
            self._concluded[key] = found
            if each.source:  # its licence files can change where nothing is installed
                self._fleeting.add(key)
            else:
                self._new = True
        return self._concluded[key]

    def remember(self) -> None:
        """Keep what was concluded for the next run."""
        if self._new and self._cached:
            lasting = {key: each for key, each in self._concluded.items() if key not in self._fleeting}
            remembered.store(self._key, self._known.replace(concluded=lasting))
            self._new = False

    def nodes(self) -> dict[Key, Node]:
        """Return what is there as a graph."""
        nodes = self._nodes or {
            ("python", name): Node(name=name, version=each.version, requires=each.requires, own=each.local)
            for name, each in self._held.items()
        }
        self._nodes = nodes
        return nodes


def _read(environment: Environment) -> tuple[dict[str, tuple[Metadata, Installed]], int]:
    """Return the distributions of an environment by name, and how many say nothing of themselves."""
    from pytest_genomic_guard.evidence.environments import installed  # noqa: PLC0415 - where it is not remembered
    from pytest_genomic_guard.views.licences import metadata  # noqa: PLC0415 - as above

    found: dict[str, tuple[Metadata, Installed]] = {}
    broken = 0
    for each in installed(environment):
        said = None if each.broken else metadata.read(each.metadata)
        if said is None or not said.name:
            broken += 1
        else:
            found.setdefault(said.name, (said, each))  # the first on the path is the one that is imported
    return found, broken


class Lock:
    """The licence lock, by package."""

    def __init__(self, kept: Sequence[Kept]) -> None:
        """Take its entries."""
        self._by: dict[Key, list[Kept]] = {}
        for each in kept:
            self._by.setdefault((each.ecosystem, each.name), []).append(each)

    def __bool__(self) -> bool:
        """Tell whether it has entries."""
        return bool(self._by)

    def all(self, key: Key) -> Sequence[Kept]:
        """Return the entries of a package, one for each version."""
        return self._by.get(key, ())

    @property
    def entries(self) -> tuple[Kept, ...]:
        """Return its entries."""
        return tuple(each for some in self._by.values() for each in some)

    def of(self, key: Key, version: str) -> Kept | None:
        """Return the entry of a version, or the only one where the version is not known."""
        entries = self.all(key)
        if not version:
            return entries[0] if len(entries) == 1 else None
        return next((each for each in entries if each.version == version), None)

    @staticmethod
    def conclusion(held: Kept) -> Conclusion:
        """Return what an entry concludes."""
        from pytest_genomic_guard.views.licences import kept  # noqa: PLC0415 - where there is a licence lock

        return kept.conclusion(held)

    def nodes(self, wanted: Mapping[str, Sequence[str]]) -> dict[Key, Node]:
        """Return its entries as a graph; `wanted` is what is asked of versions of Python's packages.

        Of several versions that fit, the one under the strictest licence counts: nothing here tells which of them is used.
        """
        found: dict[Key, Node] = {}
        for key, entries in self._by.items():
            asked = wanted.get(key[1], ()) if key[0] == "python" and len(entries) > 1 else ()
            fitting = [each for each in entries if all(holds(one, each.version) for one in asked)] or entries
            each = max(fitting, key=lambda one: CLASSES.index(self.conclusion(one).kind)) if len(fitting) > 1 else fitting[0]
            found[key] = Node(name=key[1], version=each.version, ecosystem=key[0], requires=each.requires)
        return found


def embedded(text: str, ecosystem: Ecosystem) -> Conclusion:
    """Conclude from what a lock, or what installed a package, says of it in one field."""
    from pytest_genomic_guard.views.licences import expression  # noqa: PLC0415 - where one says something
    from pytest_genomic_guard.views.licences.manifests import ecosystems  # noqa: PLC0415 - as above

    said = ecosystems.expression(ecosystem, text)
    return Conclusion(expression=said, kind=expression.classify(said) if said else "unknown", told="embedded")
