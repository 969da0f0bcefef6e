"""Which blocks that stand in a copyleft package, too, are not told: allowed, told by another rule, or not that package's own."""

from __future__ import annotations

import os
import re

from pytest_genomic_guard.inventory import declared as manifests
from pytest_genomic_guard.inventory import lines
from pytest_genomic_guard.inventory import prints as fingerprints
from pytest_genomic_guard.inventory.declared import Unit
from pytest_genomic_guard.inventory.judged import Settings, clarified, judge
from pytest_genomic_guard.inventory.own import NAMES, own_licence
from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.views.licences import expression, headers, texts
from pytest_genomic_guard.views.licences.nouns import Conclusion, Package

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pytest_genomic_guard.inventory.blocks import Block
    from pytest_genomic_guard.inventory.copied import Search
    from pytest_genomic_guard.inventory.prints import Prints
    from pytest_genomic_guard.inventory.sources import Seen
    from pytest_genomic_guard.model import Snapshot
    from pytest_genomic_guard.policy import Policy

_MILD = frozenset({"permissive", "weak-copyleft"})
_HEAD = 8192
_ABOVE = 30  # lines above a block in which a credit is one of it
_CREDIT = re.compile(
    rb"(?i)\b(?:adapted|copied|borrowed|taken|derived|ported|modified|lifted|vendored|based|credits?|origin(?:al(?:ly)?)?|source)\b"
    rb"[^\n]{0,80}(?:\n[^\n]{0,80}){0,2}?git(?:hub|lab)\.com/([\w.-]{1,60})/([\w.-]{1,80})"
)
_NEEDLES = 16  # words that are looked for one by one
_BUDGET = 1 << 30  # bytes of other packages that are looked through


def told(
    blocks: Sequence[Block], search: Search, snapshot: Snapshot, policy: Policy, excluded: Callable[[bytes], bool]
) -> list[Block]:
    """Return the blocks that are told."""
    ground = Ground(search, snapshot, policy, excluded)
    left = [each for each in blocks if not ground.spares(each)]
    common = _common(left, search, ground.names) if left else frozenset[int]()
    kept: list[Block] = []
    for each in left:
        if common.isdisjoint(each.same):
            kept.append(each)
        else:
            kept += search.compared.again(each, common)
    return kept


class Ground:
    """Answers for blocks: what the policy, the project's own licence, the file and its folder say."""

    def __init__(self, search: Search, snapshot: Snapshot, policy: Policy, excluded: Callable[[bytes], bool]) -> None:
        """Read the manifests, for the names and the licences of the repository's own projects."""
        self._search, self._snapshot, self._policy = search, snapshot, policy
        units, _gaps = manifests.units(snapshot, policy, excluded)
        self._units = {each.root: each for each in units}
        self.names = frozenset(each.manifest.name for unit in units for each in unit.declared if each.manifest.name)
        self._settings: dict[bytes, Settings] = {}
        self._allowed: dict[tuple[bytes, str], bool] = {}
        self._folders: dict[bytes, bool] = {}

    def spares(self, block: Block) -> bool:
        """Tell whether a block is none of ours to tell."""
        if block.package.name in self.names:  # the project itself, installed
            return True
        stated = headers.header(block.program.data[:_HEAD])
        if stated and expression.classify(stated) in fingerprints.COPYLEFT:  # LIC201 and LIC202 tell
            return True
        return self._allows(block) or _credited(block) or self._licensed(block.program.path.rpartition(b"/")[0])

    def _allows(self, block: Block) -> bool:
        """Tell whether the policy lets code under the licence of a package into the project. Exceptions are for its use alone."""
        root = self._policy.project(block.program.path).root
        key = root, block.package.key
        if key not in self._allowed:
            settings = self._terms(root).replace(exceptions=())
            package = _package(block.package)
            conclusion, _void = clarified(
                package.conclusion, (package.name, package.version, "python"), lambda: self._hashes(package.name), settings
            )
            found = judge(package.replace(conclusion=conclusion), settings, "")
            self._allowed[key] = found.allowed and not found.unfit
        return self._allowed[key]

    def _terms(self, root: bytes) -> Settings:
        if root not in self._settings:
            values = self._policy.settings("licences", root or b".")
            unit = self._units.get(root) or Unit(root=root, declared=())
            self._settings[root] = Settings.of(values, own_licence(self._snapshot, unit))
        return self._settings[root]

    def _hashes(self, name: str) -> Mapping[str, str]:
        """Return the SHA-256 of the licence files of a package, for clarifications that are bound to one."""
        seen = next((seen for seen in self._search.all() if name in seen), None)
        return seen.files(name) if seen else {}

    def _licensed(self, folder: bytes) -> bool:
        """Tell whether a folder, or one above it, has a copyleft licence file of its own: LIC203 tells of all that is in it."""
        if not folder or folder in self._units:
            return False
        if folder not in self._folders:
            self._folders[folder] = any(self._strict(folder + b"/" + name) for name in NAMES)
        return self._folders[folder] or self._licensed(folder.rpartition(b"/")[0])

    def _strict(self, path: bytes) -> bool:
        entry = self._snapshot.find(path)
        try:
            said = texts.recognised(manifests.content(entry)).expression if entry else ""
        except Unreadable:
            return False
        return bool(said) and expression.classify(said) in fingerprints.COPYLEFT


def _credited(block: Block) -> bool:
    """Tell whether the program says, in a block or right above it, that it was taken from another project, by an address."""
    first, last = block.statements[0][0], block.statements[-1][1]
    near = b"\n".join(block.program.data.split(b"\n")[max(0, first - 1 - _ABOVE) : last])
    for found in _CREDIT.finditer(near):
        names = {found[1].lower(), found[2].lower().removesuffix(b".git")}
        if names.isdisjoint({block.package.name.encode(), block.package.name.removeprefix("python-").encode()}):
            return True
    return False


def _package(each: Prints) -> Package:
    conclusion = Conclusion(expression=each.expression, kind=expression.classify(each.expression), told="file")
    return Package(name=each.name, version=each.version, ecosystem="python", conclusion=conclusion)


def _common(blocks: Sequence[Block], search: Search, own: frozenset[str]) -> frozenset[int]:
    """Return the fingerprints of blocks that a milder package or the standard library has, too.

    The answer is kept: it is of packages alone, and asked again in each run as long as a block stays.
    """
    wanted = frozenset(one for each in blocks for one in each.same)
    asked = sorted(wanted), sorted(own)
    sought = lambda: _sought(blocks, wanted, search, own)  # noqa: E731 - asked for where nothing is kept
    return fingerprints.answered(search.environments, asked, sought, cached=search.cached)


def _sought(blocks: Sequence[Block], wanted: frozenset[int], search: Search, own: frozenset[str]) -> frozenset[int]:
    needles = {max(words, key=lambda word: (len(word), word)) for each in blocks if (words := each.words)}
    rough = frozenset[int]().union(*(lines.rough(each.program.data) & each.package.rough for each in blocks))
    few = len(needles) <= _NEEDLES
    found: set[int] = set()
    left = _BUDGET
    for data in _others(search, own):
        left -= len(data)
        if left < 0:
            break
        if any(each in data for each in needles) if few else len(lines.rough(data) & rough) > 1:
            found |= wanted.intersection(lines.prints(lines.statements(data)))
    return frozenset(found)


def _others(search: Search, own: frozenset[str]) -> Iterator[bytes]:
    """Yield the source files of the standard library, and of what is installed under milder licences and is not the project."""
    yield from _standard()
    for seen in search.all():
        for name in sorted(seen):
            if name not in own and _milder(seen, name):
                yield from fingerprints.sources(seen.distribution(name), None)


def _milder(seen: Seen, name: str) -> bool:
    conclusion = seen.conclusion(name)
    return not seen.distribution(name).source and conclusion.kind in _MILD and not conclusion.conflict


def _standard() -> Iterator[bytes]:
    """Yield the modules of our own standard library: that of another release hardly differs."""
    from pytest_genomic_guard.evidence.reading import whole  # noqa: PLC0415 - as this module

    for folder, folders, names in os.walk(os.fsencode(os.path.dirname(os.__file__))):
        folders[:] = sorted(set(folders) - {b"site-packages", b"dist-packages", b"test", b"tests", b"__pycache__"})
        for name in names:
            if name.endswith(b".py"):
                yield whole(os.path.join(folder, name), fingerprints.FILE) or b""
