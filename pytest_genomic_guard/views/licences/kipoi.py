"""What the description of a Kipoi model (`model.yaml`, kipoi.org/docs, 0.8) says of its licence: `info`, `license` in free words.

Descriptions of groups of models are templates of Jinja, which are no YAML: the line is read alone. None means MIT there.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.views.licences.cards import CardLicence
from pytest_genomic_guard.views.licences.cards import read as read_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.text import Text

_OWN = re.compile(rb"^(?:default_dataloader|info)[ \t]{0,4}:", re.MULTILINE)
_LICENCE = re.compile(rb"^[ \t]{1,8}license[ \t]{0,4}:[ \t]{0,8}[\"']?([^\r\n#\"']{1,120})", re.MULTILINE)


def read(text: Text) -> CardLicence | None:
    """Return what it says, None where a file is none, or says nothing that is known."""
    data = text.data[:262144]
    found = _LICENCE.search(data)
    if found is None or len({each[0] for each in _OWN.finditer(data)}) < 2:
        return None
    at = text.locate(found.start(1))
    words = found[1].decode("utf-8", "replace").strip()
    given = read_name(words, at.line or 1)
    if given.listed is None and re.search(r"(?i)non-?\s?comm?erci?al|academic", words):
        given = read_name("non-commercial", at.line or 1)
    return CardLicence(at=at, kind="model", sure=False, given=(given.replace(exact=True),)) if given.listed else None
