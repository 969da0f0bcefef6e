"""HTML files: reports of knitr, Quarto and nbconvert, saved pages, fragments. Their text is read as an output; nothing is rendered.

What scripts hold, such as the JSON of an htmlwidget, is read as well: it leaves with the page.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.bounds import HELD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.streams import Peek
    from pytest_genomic_guard.views.text import Text

_BEFORE = rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]{0,200}>\s*+)?(?><!--.{0,2000}?-->\s*+)*+<(?:"
_FLAGS = re.IGNORECASE | re.DOTALL
_PAGE = regex(_BEFORE + rb"!doctype html|html|head|body)\b", _FLAGS)
_FRAGMENT = regex(_BEFORE + rb"table|div|style|pre|h[1-6]|p|script|section)\b", _FLAGS)
_NAMES = (b".html", b".htm", b".xhtml")


def looks_like(name: bytes, head: bytes) -> bool:
    """Tell whether a text is a page by what it begins with; a fragment needs the name too, as Markdown often begins with one."""
    return _PAGE.match(head) is not None or (name.lower().endswith(_NAMES) and _FRAGMENT.match(head) is not None)


def read(stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> Text | None:
    """Return the text of a page without its tags, tables and the data of scripts apart; None when it is too large to be held.

    Raises `Unreadable`: too-large, for the numbers in it.
    """
    data = stream.peek(HELD + 1)
    if len(data) > HELD:
        return None
    from pytest_genomic_guard.views.rich import Rich  # noqa: PLC0415 - a hook on a commit without pages does not need it
    from pytest_genomic_guard.views.trees import Pieces  # noqa: PLC0415 - as above

    out, place = Pieces(), (*trail, "html")
    Rich(out).markup(data.decode("utf-8", "replace"), place, tags=False)  # the tags are in the markup, which is read as well
    return out.text(artifact, place)
