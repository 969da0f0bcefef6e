"""Large texts that several processes look at: who is asked for which share, and what the shares come to together.

Whoever takes a large artifact decodes it, and tells when it turns out to be a long text. Then others are asked for the windows that
are not its own, and for the tables of the whole as soon as something matched. Where the shares do not fit together (a process has
died, a view raised, a file was written to meanwhile) none of them counts, and one process scans the artifact once more.
"""

from __future__ import annotations

from pytest_genomic_guard import engine
from pytest_genomic_guard._record import Record
from pytest_genomic_guard.look import TABLES
from pytest_genomic_guard.sources.rows import sizes
from pytest_genomic_guard.views.bounds import WINDOW

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_genomic_guard.look import Share, Told
    from pytest_genomic_guard.model import Artifact

    Task = tuple[int, int, int]  # an artifact, a share of it, and whether its text is claimed

_SHARE = 2 * WINDOW  # bytes of a share at least: everybody who has one cuts the whole text into windows
_ENOUGH = 4  # artifacts as large for each process: none of them is shared
_EACH, _MOST = 2, 16  # shares for each process, and all in all: whoever decodes the text is done later with as many windows ...
_UNPACKED = 1  # ... and shares of what git unpacks for everybody who has one


class Begun(Record):
    """That an artifact is a long text."""

    at: int
    claimed: bool
    matched: bool


def counted(entries: Sequence[Artifact], jobs: int, numbers: Iterable[int]) -> dict[int, int]:
    """Return the artifacts that are worth sharing where they are long texts, and in how many shares.

    Others would wait for these at the end; where there are many as large, there is enough to do for everybody.
    """
    large = {at: size for at, size in enumerate(sizes(entries)) if size >= engine.LARGE}
    if not large:
        return {}
    enough = sum(sizes(entries)) // (_ENOUGH * jobs)
    each = {at: _UNPACKED if entries[at].blob else _EACH for at in large.keys() & set(numbers) if large[at] > enough}
    return {at: min(many * jobs, _MOST, max(2, large[at] // _SHARE)) for at, many in each.items()}


class Shares:
    """What is known of the large artifacts of an input while children look at them."""

    def __init__(self, entries: Sequence[Artifact], jobs: int, numbers: Iterable[int]) -> None:
        """Take what the children will scan."""
        self._entries, self.counts = entries, counted(entries, jobs, numbers)
        self._hoped = set(self.counts)  # of which it is not known what they are
        self._open: dict[int, dict[int, Share | None]] = {}  # the shares of each, by their numbers
        self._claimed, self._unfit = set[int](), set[int]()
        self.told: dict[int, int] = {}  # bytes of which was told that they are done

    def most(self) -> int:
        """Return how many tasks there may be besides parts."""
        return sum(self.counts.values())

    def waiting(self) -> bool:
        """Tell whether there may be more to do than is known."""
        return bool(self._hoped or self._open)

    def known(self, numbers: Iterable[int]) -> None:
        """Take that it is known of artifacts what they are."""
        self._hoped.difference_update(numbers)

    def left(self) -> list[int]:
        """Return the artifacts of which not all shares fit, or are there."""
        return sorted(self._unfit.union(self._open))

    def begun(self, told: Begun) -> list[Task]:
        """Return what others are to be asked for; what takes longest first."""
        self._open[told.at] = dict.fromkeys(range(self.counts[told.at]))
        if told.claimed:
            self._claimed.add(told.at)
        tasks = self._tables(told.at) if told.matched else []
        return tasks + [self._task(told.at, number) for number in self._open[told.at] if number not in {0, TABLES}]

    def _tables(self, at: int) -> list[Task]:
        """Return the task of reading the tables of a text as a whole, once."""
        if TABLES in self._open[at]:
            return []
        self._open[at][TABLES] = None
        return [self._task(at, TABLES)]

    def _task(self, at: int, number: int) -> Task:
        return at, number, int(at in self._claimed)

    def take(self, at: int, share: Share) -> tuple[list[Task], int]:
        """Take a share; return what others are to be asked for, and how many bytes are done by it."""
        there = self._open[at]
        there[share.number] = share
        done = 0 if share.number == TABLES else (self._entries[at].size or 0) // (len(there) + 1)
        self.told[at] = self.told.get(at, 0) + done
        return self._tables(at) if share.matched else [], done

    def joined(self, at: int) -> list[Share] | None:
        """Return the shares of an artifact once all are there and fit together, the first one first."""
        there = [share for _number, share in sorted(self._open[at].items()) if share is not None]
        if len(there) < len(self._open[at]):
            return None
        del self._open[at]
        cut = [share for share in there if share.number != TABLES]
        if not all(share.whole for share in there) or len({share.windows for share in cut}) > 1:
            self._unfit.add(at)
            return None
        return there if there[0].over else cut  # the tables of what cannot be read to its end are not asked for


def together(given: Sequence[Share]) -> Iterator[Told]:
    """Yield what shares found, as one process finds it: of each window what its own share has, and then what stands behind it."""
    behind = given[0].windows
    found = [(behind if share.number == TABLES else at, share.number == 0, each) for share in given for at, each in share.found]
    found.sort(key=lambda each: each[:2])
    return (each for _at, _first, each in found)
