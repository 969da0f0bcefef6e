"""Blocks of the repository's own programs that stand in an installed package under strong or network copyleft, word for word.

Only what is judged is read, and only where an environment of the project holds such packages. A block that a package under a milder
licence, or the standard library, has too is nobody's in particular and is not told. Nothing of a text leaves: places and numbers.
"""

from __future__ import annotations

from functools import cached_property

from pytest_genomic_guard.inventory import programs
from pytest_genomic_guard.inventory.result import candidates
from pytest_genomic_guard.model import Gap, Located, Location
from pytest_genomic_guard.views.licences.nouns import Copied

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pytest_genomic_guard.evidence.environments import Environment
    from pytest_genomic_guard.inventory.blocks import Block, Compared
    from pytest_genomic_guard.inventory.prints import Prints
    from pytest_genomic_guard.inventory.result import Asked
    from pytest_genomic_guard.inventory.sources import Seen
    from pytest_genomic_guard.model import Snapshot
    from pytest_genomic_guard.policy import Policy

CODE = "LIC205"


def copied(
    snapshot: Snapshot, policy: Policy, excluded: Callable[[bytes], bool], asked: Asked
) -> tuple[tuple[Located, ...], tuple[Gap, ...]]:
    """Return a fact for each block, and what could not be read."""
    root: bytes | None = getattr(snapshot, "root", None)
    entries = (each for each in programs.entries(snapshot) if not excluded(each.path))
    first = next(entries, None)
    if root is None or first is None:
        return (), ()
    search = Search(policy, asked, root)
    if not search.packages:
        search.end()
        return (), ()
    gaps: list[Gap] = []
    blocks: list[Block] = []
    for entry in (first, *entries):
        for each in programs.read(entry):
            if isinstance(each, Gap):
                gaps.append(each.replace(code=CODE))
            else:
                blocks += search.compared.blocks(each)
    if blocks:
        from pytest_genomic_guard.inventory.spared import told  # noqa: PLC0415 - for the few that have any

        blocks = told(blocks, search, snapshot, policy, excluded)
    search.end()
    return tuple(Located(path=each.program.path, fact=_fact(each)) for each in _once(blocks)), tuple(gaps)


def _fact(block: Block) -> Copied:
    first, last = block.statements[0], block.statements[-1]
    package = block.package
    at = Location(path=block.program.path, trail=block.program.trail, line=first[0], column=1, end=last[1])
    return Copied(name=package.name, version=package.version, expression=package.expression, lines=last[1] - first[0] + 1, at=at)


def _once(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, of those that overlap the one that is longest: packages copy from each other."""
    from bisect import bisect, insort  # noqa: PLC0415 - for the few that have any

    taken: dict[tuple[object, ...], list[tuple[int, int]]] = {}
    for each in sorted(blocks, key=lambda block: (block.first - block.last, block.package.name)):
        ranges = taken.setdefault((each.program.path, each.program.trail), [])
        at = bisect(ranges, (each.first, each.last))
        if (at == 0 or ranges[at - 1][1] < each.first) and (at == len(ranges) or each.last < ranges[at][0]):
            insort(ranges, (each.first, each.last))
            yield each


class Search:
    """What programs are compared with."""

    def __init__(self, policy: Policy, asked: Asked, root: bytes) -> None:
        """Find the environments, and the fingerprints of what they hold."""
        self._asked, self.cached = asked, asked.cached
        self._read: dict[bytes, Seen] = {}
        self.packages: list[Prints] = []
        self.environments: list[Environment] = []
        prefixes: set[bytes] = set()
        for place in (b"", *(project.root.strip(b"/") for project in policy.projects)):
            configured = policy.settings("licences", place or b".").get("python", "")
            for each in candidates(root, place, configured, asked):
                if each.prefix not in prefixes and not each.problem and each.kind != "path":
                    prefixes.add(each.prefix)
                    self._add(each)

    @cached_property
    def compared(self) -> Compared:
        """Return what compares programs with the packages."""
        from pytest_genomic_guard.inventory.blocks import Compared  # noqa: PLC0415 - where there are packages

        return Compared(self.packages)

    def _add(self, environment: Environment) -> None:
        from pytest_genomic_guard.inventory import prints as fingerprints  # noqa: PLC0415 - where there is an environment

        self.environments.append(environment)
        known = {(each.name, each.version) for each in self.packages}
        found = fingerprints.of(environment, lambda: self.seen(environment), cached=self.cached)
        self.packages += [each for each in found if (each.name, each.version) not in known]

    def seen(self, environment: Environment) -> Seen:
        """Return what an environment holds."""
        if environment.prefix not in self._read:
            from pytest_genomic_guard.inventory.sources import Seen  # noqa: PLC0415 - where nothing is remembered

            self._read[environment.prefix] = Seen(environment, cached=self.cached)
        return self._read[environment.prefix]

    def all(self) -> Iterator[Seen]:
        """Yield what the environments hold."""
        yield from map(self.seen, self.environments)

    def end(self) -> None:
        """Keep what was concluded."""
        for seen in self._read.values():
            seen.remember()
