"""A long text that several processes look at: one decodes all of it and looks at some of its windows, others at the rest."""

from __future__ import annotations

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.views.streams import Peek
from pytest_genomic_guard.views.text import windows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.text import Text
    from pytest_genomic_guard.views.wanted import Wanted


class Split:
    """How far whoever has the first share is: everything that is no window of a text is looked at there."""

    def __init__(self, shares: int, tell: Callable[[bool, bool], None]) -> None:
        """Deal out windows in turn. At the second, `tell` is told whether a reader claims the text, and whether a rule matched."""
        self.shares, self._tell = shares, tell
        self.at = 0  # the window that is looked at; behind the last one their number
        self.windows = 0
        self.over = False  # all were read, so that whether the tables of the whole are read depends on what matched ...
        self.matched = False  # ... and whether something did

    def own(self, window: Text, wanted: Wanted) -> Text:
        """Return the next window, marked where another process looks at it."""
        self.at = self.windows
        self.windows += 1
        if self.at == 1:
            self._tell(wanted.claimed, wanted.matched)
        return window if self.at % self.shares == 0 else window.replace(elsewhere=True)

    def end(self, wanted: Wanted) -> None:
        """Behind the last window is what stands in the text as a whole."""
        self.at, self.over, self.matched = self.windows, True, wanted.matched


def share(artifact: Artifact, split: Split, number: int) -> Iterator[Text]:
    """Yield the windows of a share of a plain text, that is of no other encoding and in no container, until it cannot be read."""
    stream = None
    try:
        stream = Peek(artifact.open())
        for window in windows(stream, artifact, (), "file"):
            split.at = split.windows
            split.windows += 1
            if split.at % split.shares == number:
                yield window
    except Unreadable:
        return  # as whoever has the first share tells
    finally:
        if stream is not None:
            stream.close()
