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

_BEFORE = rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]{0,200}>\s*+)?(?><!--.{0,2000}?-->\s*+)*+<(?:"
_FLAGS = re.IGNORECASE | re.DOTALL
_PAGE = re.compile(_BEFORE + rb"!doctype html|html|head|body)\b", _FLAGS)
_FRAGMENT = re.compile(_BEFORE + rb"table|div|style|pre|h[1-6]|p|script|section)\b", _FLAGS)
_NAMES = (b".html", b".htm", b".xhtml")


def looks_like(name: bytes, head: bytes) -> bool:
    """Tell whether a text is a page by what it begins with; a fragment needs the name too, as Markdown often begins with one."""
    return _PAGE.match(head) is not None or (name.lower().endswith(_NAMES) and _FRAGMENT.match(head) is not None)


def read(stream: Peek, artifact: Artifact, trail: tuple[str, ...]) -> Text | None:
    """Return the text of a page without its tags, rows of tables as lines with tabs; None when it is too large to be held."""
    data = stream.peek(HELD + 1)
    if len(data) > HELD:
        return None
    out = Joiner()
    out.add(plain(data.decode("utf-8", "replace")), (*trail, "html"), "output")
    return out.text(artifact, (*trail, "html"))
