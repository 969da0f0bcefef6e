"""Values that a more specific check names, so that one place is told once."""

from __future__ import annotations

import re

_SIGNED = re.compile(
    rb"eyJ[\w-]{8,}\.|-----BEGIN|[a-zA-Z][\w+.-]{1,20}://[^\s/]{0,200}@|(?:Bearer|Basic|token|Token) [\w+/.=-]{16,}"
)
_HEX32, _HEX36 = re.compile(rb"(?i)[0-9a-f]{32}"), re.compile(rb"(?i)[0-9a-f]{36}")
_UUID = re.compile(rb"(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_BIOMEDICAL = (  # words of names, and the form that a check of that programme reads
    (re.compile(rb"(?i)redcap|sevenbridges|sbg|^sb_|cavatica|cgc|basespace|bs_"), _HEX32),
    (re.compile(rb"(?i)ncbi|entrez|eutils"), _HEX36),
    (re.compile(rb"(?i)umls|uts"), _UUID),
)


def elsewhere(value: bytes, name: bytes = b"") -> bool:
    """Tell whether a check for a vendor's or a programme's own credentials names a value."""
    if _SIGNED.match(value) or _vendor(value):
        return True
    return any(word.search(name) and form.fullmatch(value) for word, form in _BIOMEDICAL)


def _vendor(value: bytes) -> bool:
    """Ask the formats of vendors."""
    from pytest_genomic_guard.views.secrets import vendors  # noqa: PLC0415 - for texts with such a value only

    return bool(vendors.named(value))
