"""HTML files: reports of knitr, Quarto and nbconvert, saved pages, fragments. Their text is read as an output; nothing is rendered.

What scripts hold, such as the JSON of an htmlwidget, stays in the text: it leaves with the page.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.views.bounds import HELD
from pytest_genomic_guard.views.html import plain
from pytest_genomic_guard.views.text import Joiner

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.streams import Peek
    from pytest_genomic_guard.views.text import Text

# A page, or a fragment with a table; code that builds markup has other words before it.
_BEGINS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]{0,200}>\s*+)?(?><!--.{0,2000}?-->\s*+)*+"
    rb"<(?:!doctype html|html|head|body|table|div|style)\b",
    re.IGNORECASE | re.DOTALL,
)


def looks_like(head: bytes) -> bool:
    """Tell whether a text is a page by what it begins with."""
    return _BEGINS.match(head) is not None


def read(stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> Text | None:
    """Return the text of a page without its tags, rows of tables as lines with tabs; None when it is too large to be held."""
    data = stream.peek(HELD + 1)
    if len(data) > HELD:
        return None
    out = Joiner()
    out.add(plain(data.decode("utf-8", "replace")), (*trail, "html"), "output")
    return out.text(artifact, (*trail, "html"))
