"""From a login in a file to a finding: our own words, and how long it is."""

from __future__ import annotations

from pytest_genomic_guard.views.secrets.files import claims

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pytest_genomic_guard.model import Finding, Rulebook
    from pytest_genomic_guard.views.text import Text


def told(check: Rulebook, view: Text, words: Mapping[str, tuple[str, str]]) -> Iterator[Finding]:
    """Yield a finding for each login that is the check's to tell of."""
    for seen in claims.found(view, check.code):
        what, opens = words[seen.form]
        template = what + " of {length} characters; " + opens
        yield check.finding(view.locate(seen.start, seen.end), template, key=seen.key, length=seen.end - seen.start)
