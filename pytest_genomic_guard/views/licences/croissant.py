"""What Croissant metadata of a data set (MLCommons, format specification 1.0, 2024) say of its licence: JSON-LD with `license`.

`license` is required there: an SPDX id, the address of a licence, or a list of them. `conformsTo` tells Croissant from other JSON.
"""

from __future__ import annotations

import json
import re

from pytest_genomic_guard.views.licences.cards import CardLicence, Given
from pytest_genomic_guard.views.licences.cards import read as read_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.views.text import Text

_MOST = 1 << 22
_ADDRESS = re.compile(
    r"(?i)^https?://(?:www\.)?(?:spdx\.org/licenses|choosealicense\.com/licenses)/([\w.+-]{2,40}?)(?:\.html|\.json)?/?$"
)
_COMMONS = re.compile(r"(?i)^https?://(?:www\.)?creativecommons\.org/(?:licenses/(by[a-z-]{0,9})|publicdomain/(zero))/(\d\.\d)\b")


def read(text: Text) -> CardLicence | None:
    """Return what it says, None where a file is no Croissant."""
    data = text.data[:_MOST]
    if b"mlcommons.org/croissant" not in data:
        return None
    try:
        tree: Any = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(tree, dict):
        return None
    values = [each for each in _listed(tree.get("license")) if each and each.lower() not in {"none", "null", "n/a", "?"}]
    at = re.search(rb'"license"[ \t]{0,8}:', data)
    place = text.locate(at.start() if at else 0)
    given = tuple(_given(each, place.line or 1) for each in values)
    return CardLicence(at=place, kind="dataset", given=given, fault="" if given else "missing")


def _given(value: str, line: int) -> Given:
    """Return one licence; SPDX ids are right here, in any case of letters, and so are addresses."""
    commons = _COMMONS.match(value)
    if commons:
        value = f"cc0-{commons[3]}" if commons[2] else f"cc-{commons[1]}-{commons[3]}"
    found = _ADDRESS.match(value)
    given = read_name(found[1] if found else value, line)
    if given.listed is None and re.match(r"(?i)https?://", value):
        return Given(listed=None, exact=True, line=line)
    return given.replace(exact=given.listed is not None)


def _listed(value: object) -> list[str]:
    """Return names and addresses, of objects their own."""
    found = []
    for each in value if isinstance(value, list) else [value]:
        told = (each.get("@id") or each.get("url") or each.get("name")) if isinstance(each, dict) else each
        if isinstance(told, str):
            found.append(told.strip()[:300])
    return found[:64]
