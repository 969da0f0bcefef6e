"""Where a program and a package have statements in common: runs of fingerprints that are long enough to be somebody's work."""

from __future__ import annotations

from functools import cached_property

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.inventory import lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.inventory.lines import Line
    from pytest_genomic_guard.inventory.prints import Prints
    from pytest_genomic_guard.inventory.programs import Program

LINES = 7  # that a block has at least: eight or more as programs are wrapped
CHARACTERS = 200  # that are no blanks, of lines that differ from each other
WORDS = 10  # that differ from each other
_TOLD = 4  # lines that do not stand in every program
_STATEMENTS = 4  # that do not
_LONG = 100  # characters of one statement that count
_SHARED = 2  # lines that a file has in common with a package before it is looked at closely
_PLACES = 8  # of one fingerprint in a package that are followed
_CHANGED = 3  # statements between two parts of a block that somebody changed


class Block(Record):
    """A run of statements that a program and a package have in common."""

    program: Program
    package: Prints
    first: int  # of the program's statements
    last: int
    same: tuple[int, ...]  # the fingerprints

    @property
    def statements(self) -> Sequence[Line]:
        """Return its statements."""
        return self.program.statements[self.first : self.last + 1]

    @property
    def words(self) -> set[bytes]:
        """Return its words, as they are written in the program."""
        parts = self.program.data.split(b"\n")[self.statements[0][0] - 1 : self.statements[-1][1]]
        return lines.words(b"\n".join(part.partition(b"#")[0] for part in parts))

    @property
    def enough(self) -> bool:
        """Tell whether it is somebody's work."""
        texts = [text for _first, _last, text in self.statements]
        told = {text for text in texts if not lines.trivial(text)}
        return (
            len(told) >= _STATEMENTS
            and sum(map(lines.height, texts)) >= LINES
            and sum(map(lines.height, told)) >= _TOLD
            and sum(min(len(text), _LONG) for text in {*texts}) >= CHARACTERS
            and len(self.words) >= WORDS
        )


class Compared:
    """Packages with which programs are compared."""

    def __init__(self, packages: Sequence[Prints]) -> None:
        """Take their fingerprints."""
        self.packages = packages
        self._rough = frozenset[int]().union(*(each.rough for each in packages))
        self._places: dict[str, dict[int, list[int]]] = {}

    @cached_property
    def _known(self) -> frozenset[int]:
        """Return the fingerprints of all packages."""
        return frozenset[int]().union(*(each.statements for each in self.packages))

    def blocks(self, program: Program) -> Iterator[Block]:
        """Yield the blocks of a program that stand in a package, too."""
        rough = lines.rough(program.data)
        if len(rough & self._rough) < _SHARED:
            return
        made = lines.prints(program.statements)
        known = self._known.intersection(made)
        for package in self.packages if known else ():
            if len(rough & package.rough) >= _SHARED and not known.isdisjoint(package.statements):
                yield from self._runs(program, package, made)

    def again(self, block: Block, without: frozenset[int]) -> Iterator[Block]:
        """Yield what is left of a block without some fingerprints."""
        made = lines.prints(block.program.statements)
        hidden = without.union(made[: block.first], made[block.last - lines.WIDTH + 2 :])
        yield from self._runs(block.program, block.package, made, hidden)

    def _runs(
        self, program: Program, package: Prints, made: Sequence[int], without: frozenset[int] = frozenset()
    ) -> Iterator[Block]:
        """Yield the runs of fingerprints that a program and a package have in common, the longest at each place."""
        places, at = self._index(package), 0
        while at < len(made):
            found = places.get(made[at], ()) if made[at] not in without else ()
            runs = [_run(made, package.statements, at, place, without) for place in found]
            best = max(runs, key=lambda run: run[-1] + len(run) / 2**32, default=[])
            if not best:
                at += 1
                continue
            same = tuple(made[each] for each in best)
            block = Block(program=program, package=package, first=at, last=best[-1] + lines.WIDTH - 1, same=same)
            if block.enough:
                yield block
            at = best[-1] + 1

    def _index(self, package: Prints) -> dict[int, list[int]]:
        """Return where a package has its fingerprints."""
        if package.key not in self._places:
            places: dict[int, list[int]] = {}
            for at, each in enumerate(package.statements):
                if each and len(known := places.setdefault(each, [])) < _PLACES:
                    known.append(at)
            self._places[package.key] = places
        return self._places[package.key]


def _run(made: Sequence[int], theirs: Sequence[int], at: int, place: int, without: frozenset[int]) -> list[int]:
    """Return the positions of the fingerprints that are the same from two places on, over statements that somebody changed."""
    run = [at]
    while True:
        step = next(_steps(made, theirs, at, place, without), None)
        if step is None:
            return run
        at, place = at + step[0], place + step[1]
        run.append(at)


def _steps(made: Sequence[int], theirs: Sequence[int], at: int, place: int, without: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Yield how far the next common fingerprint is: one statement, or beyond up to `_CHANGED` others on either side."""
    if at + 1 < len(made) and place + 1 < len(theirs) and made[at + 1] == theirs[place + 1] and made[at + 1] not in without:
        yield 1, 1
        return
    ahead = list(theirs[place + 1 : place + 1 + lines.WIDTH + _CHANGED])
    if 0 in ahead:
        ahead = ahead[: ahead.index(0)]
    for step in range(1, lines.WIDTH + _CHANGED + 1):
        if at + step < len(made) and made[at + step] in ahead and made[at + step] not in without:
            yield step, ahead.index(made[at + step]) + 1
            return
