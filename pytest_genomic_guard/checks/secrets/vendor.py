"""What the checks of vendors' tokens say."""

from __future__ import annotations

from pytest_genomic_guard.views.secrets import vendors

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Rulebook
    from pytest_genomic_guard.views.text import Text


def told(check: Rulebook, view: Text) -> Iterator[Finding]:
    """Report each token of a text once: what it is, its length, what it opens, and where it is revoked."""
    for seen in vendors.found(view, check.code):
        each = seen.format
        said = f"{each.what} of {{length}} characters"
        if each.holds and not each.holds(view.data[seen.start : seen.end]):
            said += ", whose checksum is not that of a token that was given out,"
        elif each.holds:
            said += ", whose checksum is right,"
        said += f", which opens {each.opens}; revoke it at {each.revoke}"
        at = view.locate(seen.start, seen.end)
        yield check.finding(at, said.replace(",,", ","), key=seen.key, subject=each.vendor, length=seen.end - seen.start)
