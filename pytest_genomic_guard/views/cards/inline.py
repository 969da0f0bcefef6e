"""What stands within a paragraph of Markdown: links, images and emphasis, sentences, labels."""

from __future__ import annotations

# ruff: noqa: RUF001 - marks that other languages have are meant
import re

from pytest_genomic_guard.views.cards import late

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_ENDS = late.form(
    r"[.!?。！？](?:(?<=[。！？])|(?<!\b[A-Z]\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bal\.)(?<!\bvs\.)(?<!\bFig\.)(?<!\bapprox\.)(?<!\bNo\.)(?<!\bDr\.)"
    r"[\"')\]]{0,2}\s+(?=[A-Z\"'(\[0-9\u00bf]))"
)
_IMAGE = late.form(r"!\[[^\]]{0,200}\]\([^()\s]{0,600}+(?:\([^()]{0,100}\))?[^()]{0,100}\)|<img\b[^<>]{0,600}+>", re.IGNORECASE)
_LINK = late.form(
    r"\[([^\[\]]{0,400})\](?:\([^()\s]{0,800}+(?:\([^()]{0,200}\)[^()\s]{0,400}+)?(?:\s[^()]{0,100})?\)|\[[^\[\]]{0,80}\])"
)
_URL = late.form(r"https?://[^\s)>\]]{1,2000}")
_TAG = late.form(r"</?[a-zA-Z][^<>]{0,600}+>")
_MARKS = str.maketrans("", "", "*`")


LABEL = late.form(r"([^\W\d_][\w /&,()'’-]{1,62}+)[:：]\s+(?=\S)")


def cleaned(text: str) -> str:
    """Return a text without images, links, tags and emphasis."""
    if "![" in text or "<img" in text:
        text = _IMAGE.sub(" ", text)
    if "](" in text or "][" in text:
        text = _LINK.sub(r"\1", text)
    if "://" in text:
        text = _URL.sub("http:", text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = text.replace("&nbsp;", " ").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    if "*" in text or "`" in text:
        text = text.translate(_MARKS)
    return text.strip(" _\t")


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield the sentences of a text, with where they begin."""
    at = 0
    for found in _ENDS.finditer(text):
        yield at, text[at : found.end()].strip()
        at = found.end()
    if at < len(text):
        yield at, text[at:].strip()
