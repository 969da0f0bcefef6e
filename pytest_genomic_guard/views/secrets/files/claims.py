"""What the checks of files tell of a text, each place once, and none where a vendor or a programme is named."""

from __future__ import annotations

from bisect import bisect_left

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.secrets.assigned import TRIAL
from pytest_genomic_guard.views.secrets.files import clouds, environment, hashes, jupyter, logins, profiles

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.secrets.files.forms import Seen
    from pytest_genomic_guard.views.text import Text

# In order: where two read the same value, the first one tells of it
_READERS = (
    ("SEC306", jupyter),
    ("SEC301", logins),
    ("SEC304", clouds),
    ("SEC303", profiles),
    ("SEC302", hashes),
    ("SEC305", environment),
)
_ACCOUNTS = regex(rb"(?i)(?:htpasswd|shadow|passwd|users?|\.ldif|\.db|\.sqlite3?)$")
_VENDORS = ("SEC101", "SEC102", "SEC103", "SEC104", "SEC105")

_last: list[tuple[Text, tuple[tuple[str, Seen], ...]]] = []


def found(view: Text, code: str) -> Iterator[Seen]:
    """Yield what the check of a code tells of a text, in order. It is kept for the next check."""
    yield from (seen for own, seen in _all(view) if own == code)


def claimed(view: Text, start: int, end: int) -> bool:
    """Tell whether a check of files tells of a value that stands where something else was found."""
    return any(seen.start < end and start < seen.end for _code, seen in _all(view))


def _all(view: Text) -> tuple[tuple[str, Seen], ...]:
    if not _last or _last[0][0] is not view:
        _last[:] = [(view, tuple(_found(view)))]
    return _last[0][1]


def _found(view: Text) -> list[tuple[str, Seen]]:
    spans: list[tuple[int, int]] = []  # in order, none overlapping
    kept: list[tuple[str, Seen]] = []
    path = view.artifact.path
    trial = TRIAL.search(path) is not None and not _ACCOUNTS.search(path)  # a hash of somebody invented, as a rule
    for code, reader in _READERS:
        for seen in reader.found(view):
            if not kept:
                spans = _elsewhere(view)
            at = bisect_left(spans, (seen.start, seen.end))
            before = spans[at - 1] if at else (0, 0)
            after = spans[at] if at < len(spans) else (seen.end, seen.end)
            if before[1] <= seen.start and seen.end <= after[0]:
                spans.insert(at, (seen.start, seen.end))
                kept.append(("SEC402" if trial and code == "SEC302" else code, seen))
    return sorted(kept, key=lambda item: item[1].start)


def _elsewhere(view: Text) -> list[tuple[int, int]]:
    """Return the spans that a vendor's or a programme's check tells of, in order, joined where they overlap."""
    from pytest_genomic_guard.views.secrets import vendors  # noqa: PLC0415 - for texts in which there is a login only
    from pytest_genomic_guard.views.secrets.programmes import find  # noqa: PLC0415 - as above

    spans = [(seen.start, seen.end) for code in _VENDORS for seen in vendors.found(view, code)]
    spans += [(seen.start, seen.end) for seen in find.found(view)]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
