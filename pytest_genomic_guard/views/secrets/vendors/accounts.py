"""Whether a private key is that of a Google service account, which is told of once, as such."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex

_FIELD = regex(rb"private_key\\{0,3}[\"'][ \t]{0,8}:\s{0,8}[bru]?\\{0,3}[\"']{1,3}\Z")
_ACCOUNT = regex(rb"service_account|gserviceaccount\.com")
_NEAR, _FAR = 64, 6144


def service_account(data: bytes, at: int) -> bool:
    """Tell whether the PEM block that begins at an offset is in the JSON key file of a Google service account."""
    if not _FIELD.search(data[max(0, at - _NEAR) : at]):
        return False
    return _ACCOUNT.search(data, max(0, at - _FAR), at + _FAR) is not None
