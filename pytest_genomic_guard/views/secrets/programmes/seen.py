"""What is seen of a credential: its place and the programme, and nothing of its value."""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.secrets.programmes.table import Programme

_KEY = regex(rb"[A-Za-z][A-Za-z0-9_.-]{0,63}")
_DIGITS = regex(rb"\d{5}")


class Seen(Record):
    """A credential: from where to where in the text it stands, whose it is, and what to tell of it."""

    start: int
    end: int
    code: str
    subject: str
    what: str  # words of our own
    opens: str
    revoke: str
    key: str = ""
    long: bool = True  # whether its length says something


def of(programme: Programme, start: int, end: int, what: str = "", *, name: str = "", long: bool = True) -> Seen:  # noqa: PLR0913
    """Return a credential of a programme."""
    return Seen(
        start=start,
        end=end,
        code=programme.code,
        subject=programme.subject,
        what=what or programme.subject,
        opens=programme.opens,
        revoke=programme.revoke,
        key=name,
        long=long,
    )


def key(name: bytes) -> str:
    """Return a name that may be shown, or "" for one that is no name of a program text."""
    return name.decode() if _KEY.fullmatch(name) and not _DIGITS.search(name) else ""
