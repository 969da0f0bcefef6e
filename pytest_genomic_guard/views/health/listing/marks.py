"""Records in markup: elements of XML that have no known schema, and terms with values as pages show one person.

Records in attributes are left out: programs keep the data of their tests so.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.health.listing.listings import LONGEST, MOST, Entry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.health.listing.listings import Pairs

_TAG = regex(r"<(/?)([A-Za-z][\w.-]{0,80}+(?::[\w.-]{1,80}+)?+)([^<>]{0,4000}+)>")
_DEEP, _FEWEST = 100, 3
_HTML = frozenset(
    [
        "a",
        "abbr",
        "article",
        "aside",
        "b",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "center",
        "code",
        "col",
        "colgroup",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "fieldset",
        "figure",
        "font",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "i",
        "img",
        "input",
        "label",
        "legend",
        "li",
        "link",
        "main",
        "meta",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "s",
        "script",
        "section",
        "select",
        "small",
        "span",
        "strong",
        "style",
        "sub",
        "summary",
        "sup",
        "svg",
        "table",
        "tbody",
        "td",
        "template",
        "text",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "u",
        "ul",
    ]
)
_TERMS = frozenset({"dt", "th", "label", "b", "strong", "td"})
_VALUES = frozenset({"dd", "td", "span", "div", "p", "em", "i"})
_ENDS = frozenset({"dl", "table", "tbody", "section", "article", "li", "hr"})
_ENTITIES = (("&nbsp;", " "), ("&#39;", "'"), ("&quot;", '"'), ("&apos;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


class _Element:
    __slots__ = ("line", "name", "pairs")

    def __init__(self, name: str, line: int) -> None:
        self.name, self.line = name, line
        self.pairs: Pairs = []


def read(text: str) -> Iterator[Entry]:
    """Yield the records of markup."""
    yield from _elements(text)
    lowered = text.lower()
    if "</d" in lowered or "</t" in lowered or "</b>" in lowered or "</strong>" in lowered or "</label>" in lowered:
        yield from _terms(text)


def _elements(text: str) -> Iterator[Entry]:
    """Yield elements of which some children hold text alone."""
    stack: list[_Element] = []
    line = at = 0
    opened = ""  # the element that was opened last, where nothing but text has followed
    for tag in _TAG.finditer(text):
        line += text.count("\n", at, tag.start())
        between, at = text[at : tag.start()], tag.start()
        name = tag[2].rpartition(":")[2]
        if name.lower() in _HTML:
            opened = ""
            continue
        if not tag[1]:
            if not tag[3].endswith("/") and len(stack) < _DEEP:
                stack.append(_Element(name, line))
            opened = name
            continue
        if any(each.name == name for each in stack[-8:]):
            while stack[-1].name != name:
                yield from _ended(stack.pop(), stack)
            element = stack.pop()
            value = _told(between.rpartition(">")[2]) if opened == name else ""
            if value and stack:
                stack[-1].pairs += [(name, value)] if len(stack[-1].pairs) < MOST else []
            else:
                yield from _ended(element, stack)
        opened = ""
    while stack:
        yield from _ended(stack.pop(), stack)


def _ended(element: _Element, stack: list[_Element]) -> Iterator[Entry]:
    """Give an element that is a record, or put its few fields into the one around it."""
    keys = {key for key, _value in element.pairs}
    around = stack[-1] if stack else None
    if around and around.pairs and keys and not (keys & {key.rpartition(".")[2] for key, _value in around.pairs}):
        around.pairs += [(f"{element.name}.{key}", value) for key, value in element.pairs[: max(0, MOST - len(around.pairs))]]
    elif len(keys) >= _FEWEST:
        seen: dict[str, str] = {}
        for key, value in element.pairs:
            seen.setdefault(key, value)
        yield Entry(line=element.line, pairs=tuple(seen.items()))
    elif around and keys:
        around.pairs += [(f"{element.name}.{key}", value) for key, value in element.pairs]


def _terms(text: str) -> Iterator[Entry]:
    """Yield what a page lists as terms and their values, one person after the other."""
    pairs: Pairs = []
    first = line = at = 0
    term = ""
    for tag in _TAG.finditer(text):
        line += text.count("\n", at, tag.start())
        between = _told(text[at : tag.start()].rpartition(">")[2])
        at = tag.start()
        name, closing = tag[2].lower(), bool(tag[1])
        if between and len(between) < LONGEST:
            if (closing and name in _TERMS and not term and len(between) <= 60) or (between.endswith(":") and len(between) <= 60):
                term = between.strip(": ")
            elif term:
                if any(term == key for key, _value in pairs) or not pairs:
                    yield from _record(first, pairs)
                    pairs, first = [], line
                pairs += [(term, between)] if len(pairs) < MOST else []
                term = ""
        if closing and name in _ENDS:
            yield from _record(first, pairs)
            pairs, term = [], ""
        elif closing and name == "tr":
            term = ""
    yield from _record(first, pairs)


def _record(line: int, pairs: Pairs) -> Iterator[Entry]:
    if len(pairs) >= _FEWEST:
        yield Entry(line=line, pairs=tuple(pairs))


def _told(text: str) -> str:
    text = " ".join(text[:LONGEST].split())
    if "&" in text:
        for entity, sign in _ENTITIES:
            text = text.replace(entity, sign)
    return text
