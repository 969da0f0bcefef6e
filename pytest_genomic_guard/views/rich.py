"""What notebooks and pages show: HTML, scripts, pictures by MIME type, and the JSON of plots, tables and widgets.

Libraries are told apart by what their JSON holds, as a notebook can call a MIME type whatever it likes.
"""

from __future__ import annotations

from pytest_genomic_guard.views import figures, formats, html, scripts
from pytest_genomic_guard.views.trees import Pieces, Trees, loads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Trail = tuple[str, ...]

_NESTED = 3  # pages in attributes of pages
# What a trail may name: a closed list, because a notebook can call a MIME type whatever it likes.
_TYPES = frozenset(
    f"{family}/{kind}"
    for family, kinds in {
        "text": ("plain", "html", "markdown", "latex", "csv", "tab-separated-values"),
        "application": ("json", "javascript"),
        "image": ("svg+xml",),
    }.items()
    for kind in kinds
)
_ENCODED = (
    "image/",
    "audio/",
    "video/",
    "application/pdf",
)  # pictures and sounds: most have nothing to read, where they are base64
_HEAD = 2048  # bytes in which a format shows itself


class Rich:
    """Tells outputs, each at its place."""

    def __init__(self, out: Pieces) -> None:
        """Take where the texts go."""
        self._out, self._trees = out, Trees(out)
        self._numbers: dict[tuple[Trail, str], int] = {}

    def value(self, value: Any, trail: Trail) -> None:
        """Add JSON of any library, or of none."""
        if not figures.tell(self._trees, value, trail, self.number):
            self._trees.tell(value, trail)

    def plain(self, value: Any, trail: Trail) -> None:
        """Add JSON that is no output, such as metadata."""
        self._trees.tell(value, trail)

    def number(self, trail: Trail, word: str) -> Trail:
        """Return the trail of the next `word` at a place."""
        count = self._numbers[trail, word] = self._numbers.get((trail, word), 0) + 1
        return (*trail, f"{word} {count}")

    def bundle(self, data: dict[str, Any], trail: Trail, *, packed: bool = False) -> None:
        """Add what is shown, by MIME type; `packed`: text is in base64 as well, as in attachments."""
        odd = [kind for kind in data if kind not in _TYPES]
        if odd:
            self._trees.tell(odd, trail)
        for kind, value in data.items():
            text = joined(value) if packed else None
            self.shown(kind, value if text is None else _decoded(text), (*trail, kind) if kind in _TYPES else trail)

    def shown(self, kind: str, value: Any, place: Trail) -> None:
        """Add one representation of an output."""
        text = joined(value)
        if text is None or kind.endswith("json"):
            self.value(_parsed(text) if isinstance(value, str) and text else value, place)
        elif kind == "text/html":
            self.markup(text, place)
        elif kind == "application/javascript":
            self.script(text, "", place)
        elif not kind.startswith(_ENCODED) or not _is_picture(text):
            self._out.add(_decoded(text) if kind.startswith(_ENCODED) else text, place, "output")

    def markup(self, markup: str, trail: Trail, *, tags: bool = True, depth: int = 0) -> None:
        """Add a page or a fragment: text, tables, scripts, pages in attributes; `tags`: and what its tags say."""
        for kind, text, attributes in html.parts(markup):
            if kind == "script":
                self.script(text, attributes, trail)
            else:
                self._out.add(text, self.number(trail, "table") if kind == "table" else trail, "output")
        said = html.attributes(markup) if tags else ""
        if said:
            self._out.add(said, trail, "output")
        if depth < _NESTED:
            for document in html.documents(markup):
                self.markup(document, trail, depth=depth + 1)

    def script(self, text: str, attributes: str, trail: Trail) -> None:
        """Add a script: the JSON in it as what it is, the rest as text."""
        if "json" in attributes.lower():
            try:
                self._embedded(loads(text), trail)
            except (ValueError, RecursionError):  # what is no JSON is text
                self._text(text, trail)
            return
        rest = []
        for piece, value in scripts.split(text):
            rest.append(piece)
            if value is not None:
                self._embedded(value, trail)
        self._text("\n".join(rest), trail)

    def _embedded(self, value: Any, trail: Trail) -> None:
        if not figures.tell(self._trees, value, trail, self.number):
            self._trees.tell(value, self.number(trail, "script"))

    def _text(self, text: str, trail: Trail) -> None:
        if text.strip():
            self._out.add(text, trail, "output")


def joined(value: Any) -> str | None:
    """Return a multi-line string, which nbformat writes as one string or as a list of lines."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        try:
            return "".join(value)
        except TypeError:  # one of them is no line
            return None
    return None


def _parsed(text: str) -> Any:
    """Return the JSON that a string holds, as nbformat 3 has it; the string when it is none."""
    try:
        return loads(text)
    except (ValueError, RecursionError):
        return text


def _is_picture(text: str) -> bool:
    """Tell whether base64 is what its MIME type says: of a format that no check reads, and without metadata."""
    from pytest_genomic_guard.views.health import glimpse  # noqa: PLC0415 - most outputs have no picture

    head = _bytes(text[: _HEAD * 8])
    if head.startswith(glimpse.STARTS) and glimpse.told(head[: glimpse.LOOKED]):
        return False
    known = formats.identify(head[:_HEAD]) if head else None
    return known is not None and (known[1] == "opaque" or known[0] == "PDF")


def _decoded(text: str) -> str:
    """Return the text that base64 holds, under the name of a picture or not; itself where it holds none, to be read elsewhere."""
    data = _bytes(text)
    try:
        return data.decode() if data and b"\0" not in data else text
    except UnicodeDecodeError:
        return text


def _bytes(text: str) -> bytes:
    import binascii  # noqa: PLC0415 - most texts have no base64

    packed = "".join(text.split())
    try:
        return binascii.a2b_base64(packed[: len(packed) // 4 * 4], strict_mode=True)
    except ValueError:
        return b""
