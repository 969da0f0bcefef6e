"""What a reader returns for a file that claims a format and does not hold to it, and the bounds of all readers.

A file whose name is that of a lock is understood, or it is damaged. A file of a name that others use too is none of ours only
where the keys that tell are not there: keys that are there and hold another kind of value than theirs are damaged.
"""

from __future__ import annotations

from pytest_genomic_guard.views.licences.nouns import Manifest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

DAMAGED = Manifest(form="damaged", ecosystem="python")  # compare with ``is``
TOO_LARGE = Manifest(form="too-large", ecosystem="python")  # as above
MOST = 64 << 20  # bytes of one file
NODES = 200_000  # requirements and packages of one file; the largest public lock that was met has 2,500 packages
PACKAGES = 25_000  # of one lock: tomllib takes a second for them


class DamagedError(ValueError):
    """A file is not what its name says. Says nothing of its content."""


class TooLargeError(DamagedError):
    """A file has more in it than is read of one."""


def table_in(value: Any) -> dict[str, Any]:
    """Return a table, an empty one for none. Raises `DamagedError` for anything else."""
    if value is not None and not isinstance(value, dict):
        raise DamagedError
    return value or {}


def list_in(value: Any, *kinds: type) -> list[Any]:
    """Return a list of some kinds of values, an empty one for none. Raises `DamagedError` for anything else."""
    if value is not None and not isinstance(value, list):
        raise DamagedError
    if kinds and any(not isinstance(each, kinds) for each in value or ()):
        raise DamagedError
    return value or []
