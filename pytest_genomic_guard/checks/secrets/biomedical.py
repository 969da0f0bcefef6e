"""How the checks of biomedical credentials tell what they see."""

from __future__ import annotations

from pytest_genomic_guard.model import BY_NAME
from pytest_genomic_guard.views.secrets.programmes import find

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Rulebook
    from pytest_genomic_guard.views.text import Text


def told(check: Rulebook, view: Text) -> Iterator[Finding]:
    """Yield the findings of one check: what it is, what it opens, where to revoke it."""
    for seen in find.found(view):
        if seen.code == check.code:
            length = f" of {seen.end - seen.start} characters" if seen.long else ""
            template = f"{seen.what}{length}, which opens {seen.opens}; revoke {seen.revoke}"
            key = BY_NAME if view.artifact.kind == "name" and not seen.long else seen.key
            yield check.finding(view.locate(seen.start, seen.end), template, key=key, subject=seen.subject)
