"""What the text of a card says of its licence: the line `- **License:** MIT` of the templates of huggingface_hub.

`templates/modelcard_template.md` and `datasetcard_template.md` (read November 2026) have it as "License" and "License(s)". Only
what is an id of the Hub's list, or clearly means one, is taken from prose.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.licences.cards import Given
    from pytest_genomic_guard.views.text import Text

_LINE = re.compile(
    rb"^[ \t]{0,3}[-*|]?[ \t]{0,3}\*\*(?:model |data(?:set)? )?licen[sc]e(?:\(s\))?[ \t]?:?\*\*"
    rb"[ \t]{0,2}[:|]?[ \t]{0,3}([^\r\n|]{2,120})",
    re.IGNORECASE | re.MULTILINE,
)
_LINK = re.compile(r"\[([^\]]{1,80})\]\([^)]{0,200}\)?|[*_`]")
_MOST = 1 << 18


def licence(text: Text, begin: int) -> tuple[int, Given | None]:
    """Return where the text of a card from an offset on has a line on its licence, and what that names; nothing where none does."""
    from pytest_genomic_guard.views.licences import cards  # noqa: PLC0415 - they import each other

    found = _LINE.search(text.data, begin, begin + _MOST)
    if found is None:
        return 0, None
    words = _LINK.sub(lambda link: link[1] or "", found[1].decode("utf-8", "replace")).strip(" .")
    given = cards.read(words, text.locate(found.start()).line or 1)
    known = given.listed is not None and given.listed.id not in {"", "other", "unknown", "cc"}
    return found.start(), given if known else None
