"""Whether what was found at a place is another check's: a biomedical programme's before a vendor's, a vendor's before a form's."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.text import Text


def owns(view: Text, start: int, end: int, value: bytes = b"") -> bool:
    """Tell whether a more special check tells of a span, or of a value there that has a format of a vendor."""
    from pytest_genomic_guard.views.secrets.programmes import find  # noqa: PLC0415 - for texts with a credential only

    if find.claimed(view, start, end):
        return True
    if not value:
        return False  # a private key, which is no vendor's
    if any(first < end and start < last for first, last in _clouds(view)):
        return True
    from pytest_genomic_guard.views.secrets.vendors import named  # noqa: PLC0415 - as above

    return bool(named(value))


_last: list[tuple[Text, list[tuple[int, int]]]] = []


def _clouds(view: Text) -> list[tuple[int, int]]:
    """Return where keys of clouds stand, which have no form of their own in part; kept for the next one who asks."""
    from pytest_genomic_guard.views.secrets import vendors  # noqa: PLC0415 - as above

    if not _last or _last[0][0] is not view:
        _last[:] = [(view, [(seen.start, seen.end) for seen in vendors.found(view, "SEC101")])]
    return _last[0][1]


def taken(view: Text) -> list[tuple[int, int]]:
    """Return the spans of keys, tokens, headers and addresses, in order, as far as their checks are asked."""
    from pytest_genomic_guard.views.secrets import addresses, connections, headers, jwk, jwt, keyfiles, pem  # noqa: PLC0415 - as above

    spans = [(key.start, key.end) for key in (*pem.found(view), *keyfiles.found(view))]
    spans += ((web.start, web.end) for web in jwk.found(view))
    spans += ((token.start, token.end) for token in jwt.found(view))
    spans += ((header.start, header.end) for header in headers.found(view))
    spans += ((address.start, address.end) for address in addresses.found(view))
    spans += ((member.start, member.end) for member in connections.found(view))
    return sorted(spans)
