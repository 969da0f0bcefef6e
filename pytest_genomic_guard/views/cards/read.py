"""From the text of a file to a card: which form it has, and who reads that form."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Gap, Location
from pytest_genomic_guard.views.cards import named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Fact
    from pytest_genomic_guard.views.cards.nouns import Card
    from pytest_genomic_guard.views.text import Text

_MARKDOWN = (b".md", b".markdown", b".mdx")
_CARD = regex(rb"card|datasheet", re.IGNORECASE)
# One expression decides for most files, before anything else of a card is imported: what structured cards have, and READMEs
_STRUCTURED = regex(
    rb"\"(?:monai_version|network_data_format|modelCard|model_details|AppliedModelCard|UsesAndDirections)\"[ \t\r\n]{0,8}:|"
    rb"<(?:\w{1,20}:)?(?:AppliedModelCard|modelCard)[\s/>]|mlcommons\.org/(?:croissant|schema)\b|"
    rb"^(?:default_dataloader|model_details|defined_as)[ \t]{0,4}:",
    re.MULTILINE,
)
_ROOT = regex(rb"AppliedModelCard|cyclonedx\.org/schema/bom")
_TABLED = regex(rb"(?:model|data|dataset|system)[-_ ]?cards?(?:[-_./ ]|$)", re.IGNORECASE)
_KEYS = regex(rb"[\"']?(?:intended|limitations|training|metrics|performance|model[_ -]?name|risk_tier|checkpoints)", re.IGNORECASE)
_README = regex(
    rb"^(?:#{1,6}[ \t]|\*\*|<h\d)[^\n]{0,60}(?:model card|intended use|out[- ]of[- ]scope|limitation|training (?:data|set)|"
    rb"pre-?train|evaluation|ethical|bias|model (?:details|description|weights)|checkpoints?|data ?sets?|benchmark|results)",
    re.IGNORECASE | re.MULTILINE,
)


def told(text: Text) -> Iterator[Fact]:
    """Yield the cards that a text is; a gap, as which the engine takes it, for one that cannot be read whole."""
    path = text.artifact.path
    if text.trail or text.begin or text.artifact.kind != "file" or text.segments[0].context not in {"file", "markup"}:
        return
    if not likely(path, text.data):
        return
    if not text.whole and len(text.data) >= 1 << 22:
        if not named.metric(path) and _certain(path, text.data):
            yield from _unread(path, "too-large")
        return
    from pytest_genomic_guard.views.cards import trees  # noqa: PLC0415 - for few files

    try:
        yield from _read(text.data, path)
    except trees.CardError as error:
        yield from _unread(path, error.reason)


def _unread(path: bytes, reason: str) -> Iterator[Fact]:
    """Yield the gap of a card, and the fact that one lies there."""
    from pytest_genomic_guard.views.cards import nouns  # noqa: PLC0415 - as above

    yield Gap(path=path, reason=reason)  # type: ignore[misc]  # the engine sorts gaps from facts
    yield nouns.UnreadCard(at=Location(path=path))


def card(data: bytes, path: bytes) -> Card | None:
    """Return the card that a person says a file is, the first of several; None where it has none. Raises `trees.CardError`."""
    from pytest_genomic_guard.views.cards import nouns, trees  # noqa: PLC0415 - as above

    if len(data) > trees.MOST:
        raise trees.CardError("too-large")
    return next((each for each in _read(data, path, asked=True) if isinstance(each, nouns.Card)), None)


def plain(data: bytes, path: bytes) -> bool:
    """Tell whether a file is a card for whoever scans it, and not only because a person says so. Raises `trees.CardError`."""
    from pytest_genomic_guard.views.cards import nouns  # noqa: PLC0415 - as above

    return likely(path, data) and any(isinstance(each, nouns.Card) for each in _read(data, path))


def likely(path: bytes, data: bytes) -> bool:
    """Tell whether a file can be a card by its name and the beginning of what it holds; nothing is imported for the others."""
    name = path.rpartition(b"/")[2]
    if not name.lower().endswith(_MARKDOWN):
        if name.lower().endswith(b".xml") and not _ROOT.search(data, 0, 8192):
            return False
        return (
            named.metric(path)
            or _STRUCTURED.search(data) is not None
            or (_TABLED.search(path) is not None and _KEYS.search(data) is not None)
        )
    if data[:80].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"---") or _CARD.search(path):
        return True
    return name[:6].lower() == b"readme" and _README.search(data) is not None


def _certain(path: bytes, data: bytes) -> bool:
    """Tell whether what is too large to be read is a card without doubt."""
    if path.lower().endswith(_MARKDOWN):
        from pytest_genomic_guard.views.cards import frontmatter, marked  # noqa: PLC0415 - as above

        front = frontmatter.found(data)
        return marked.by_name(path) or (front is not None and len(frontmatter.hints(front)) > 1)
    return _STRUCTURED.search(data[: 1 << 16]) is not None


def _read(data: bytes, path: bytes, *, asked: bool = False) -> Iterator[Fact]:
    low = path.lower()
    if low.endswith(_MARKDOWN) or (asked and not low.endswith((b".json", b".xml", b".yaml", b".yml", b".jsonld"))):
        from pytest_genomic_guard.views.cards import marked  # noqa: PLC0415 - as above

        found = marked.read(data, path, asked=asked)
        if found is None and low.endswith(b"docs/readme.md"):
            from pytest_genomic_guard.views.cards import nouns  # noqa: PLC0415 - as above

            beside = marked.read(data, path, asked=True)
            yield from [nouns.Beside(card=beside)] if beside else ()
        yield from [found] if found else ()
        return
    if not asked and re.search(rb"template|cookiecutter", path.rpartition(b"/")[0], re.IGNORECASE):
        return
    if named.metric(path) and not _STRUCTURED.search(data):
        from pytest_genomic_guard.views.cards import metricfiles  # noqa: PLC0415 - as above

        figures = metricfiles.read(data, path)
        yield from [figures] if figures else ()
        return
    from pytest_genomic_guard.views.cards import structured  # noqa: PLC0415 - as above

    yield from structured.cards(data, path, asked=asked)
