"""What a policy may say of licences, packages and versions: words that nothing could ever equal are errors, not silence."""

from __future__ import annotations

import re

# Ids of model and data cards that are no SPDX ids (huggingface.co/docs/hub/repositories-licenses, 2026-11).
CARDS = frozenset(
    (
        *("apple-amlr", "apple-ascl", "bigcode-openrail-m", "bigscience-bloom-rail-1.0", "bigscience-openrail-m", "bsd", "c-uda"),
        *("cc", "creativeml-openrail-m", "deepfloyd-if-license", "fair-noncommercial-research-license", "gemma", "gfdl", "gpl"),
        *("grok2-community", "h-research", "intel-research", "lgpl", "lgpl-lr", "llama2", "llama3", "llama3.1", "llama3.2"),
        *("llama3.3", "llama4", "odbl", "odc-by", "openmdw-1.0", "openmdw-1.1", "openrail", "openrail++", "pddl"),
    )
)
PACKAGE = r"(?:@[A-Za-z0-9~][A-Za-z0-9._~-]{0,99}/)?[A-Za-z0-9_][A-Za-z0-9._+-]{0,199}"
_CLAUSE = re.compile(r"\s{0,9}(?:===?|!=|<=|>=|<|>|=|~=)?\s{0,9}v?(?:\d{1,9}!)?\d[^\s<>=!~,|^]{0,79}\s{0,9}")


def listed(text: str) -> str:
    """Return an id of SPDX, of a card, or of the user's own (``LicenseRef-``). Raises ValueError for any other word."""
    return text if text.lower() in CARDS else expression(text)


def expression(text: str) -> str:
    """Return an SPDX expression as it was written. Raises ValueError for what is none."""
    try:
        from packaging.licenses import canonicalize_license_expression  # noqa: PLC0415 - for policies that name a licence
    except ImportError:  # before 24.2
        return text
    canonicalize_license_expression(text)
    return text


def versions(text: str) -> str:
    """Return clauses of comparisons as they were written. Raises ValueError for what is none.

    Versions are not those of PEP 440 alone: conda, R and npm have ``1.2-3`` and ``2024a``. Each begins with a digit.
    """
    if not all(map(_CLAUSE.fullmatch, text.split(","))):
        raise ValueError("versions")
    return text
