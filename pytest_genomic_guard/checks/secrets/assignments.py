"""What SEC401 and SEC402 share: what is assigned in a text or program, and the sentence about it."""

from __future__ import annotations

from pytest_genomic_guard.views.secrets import assigned
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Rulebook
    from pytest_genomic_guard.views.code.python import Python

_WHAT = {
    ("password", True): "a password of {length} characters that looks drawn at random, assigned to a name",
    ("password", False): "a password of {length} characters as people choose them, assigned to a name",
    ("secret", True): "a secret or token of {length} characters that looks drawn at random, assigned to a name",
    ("secret", False): "a secret of {length} characters as people choose them, assigned to a name",
}
_MEND = "; whoever reads the file has what it opens: change it where it was given out"


def findings(check: Rulebook, view: Text | Python, *, sure: bool) -> Iterator[Finding]:
    """Yield the findings of one degree of certainty."""
    if isinstance(view, Text):
        for seen in assigned.found(view):
            if seen.sure == sure:
                at = view.locate(seen.start, seen.end)
                yield check.finding(at, _WHAT[seen.kind, seen.drawn] + _MEND, key=seen.key, length=seen.length)
        return
    from pytest_genomic_guard.views.secrets import assigned_python  # noqa: PLC0415 - trees, for programs only

    for _source, seen in assigned_python.found(view):
        if seen.sure == sure:
            at = view.locate(seen.start, seen.end)
            yield check.finding(at, _WHAT[seen.kind, seen.drawn] + _MEND, key=seen.key, length=seen.length)
