"""What the cards of models and data sets say of their licence: YAML front matter of Markdown, as the Hugging Face Hub reads it.

Keys and their meaning: huggingface/hub-docs, `modelcard.md` and `datasetcard.md` (August 2026); the front matter is what stands
between two lines `---` at the beginning (huggingface_hub, `repocard.py`). Posts of Jekyll and Hugo, pages of documentation and
documents of R Markdown have front matter too: a card is told by keys that only the Hub has. Croissant (MLCommons, 1.0) is JSON-LD
with a `license`, and a Kipoi model has `model.yaml`: they count as cards. Nothing of what a card says is kept but ids of the Hub's
list, SPDX expressions, and the ids by which it and what it is made from are known.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Fact, Location
from pytest_genomic_guard.views.licences import cardkeys
from pytest_genomic_guard.views.licences.manifests import yamls
from pytest_genomic_guard.views.licences.manifests.damaged import DamagedError
from pytest_genomic_guard.views.licences.named import carded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from pytest_genomic_guard.views.licences.hub import Listed
    from pytest_genomic_guard.views.text import Text

    Kind = Literal["model", "dataset", "unclear"]
    # missing: no key, or nothing in it; open: a place that a template left; twice: two that differ; key: under another key;
    # form: neither text nor a list; damaged: no YAML
    # text: named in the text below the front matter only
    Fault = Literal["", "missing", "open", "twice", "key", "form", "damaged", "text"]
    Entries = list[tuple[str, int, yamls.Yaml]]  # key, line of the key, value

_START = regex(rb"(?:\xef\xbb\xbf)?[ \t\r\n]{0,64}+---[ \t]{0,64}+\r?\n")
_END = regex(rb"^(?:---|\.\.\.)[ \t]{0,64}+\r?$", re.MULTILINE)
_CARD = regex(rb"^(?:.*[-_. ])?(?:readme|(?:model|data|dataset)[-_ ]?card|card)(?:[-_. ].*)?$", re.IGNORECASE | re.DOTALL)
_NAMED = regex(rb"(?:model|data|dataset)[-_ ]?card", re.IGNORECASE)
_PATTERN = regex(rb"template|cookiecutter|\{\{|boilerplate", re.IGNORECASE)  # a form to be filled in
_OPEN = regex(r"(?i)\[?\s*(?:more information needed|todo|tbd|tba|fixme|xxx|\.\.\.|n/?a|none|null|\?+|-)\s*\]?$|[{<\[(]")
_NAME = regex(r"[A-Za-z0-9][\w.+-]{0,95}(?:/[\w.+-]{1,96}){0,6}")
_MOST, _LONGEST = 64, 1 << 22


class Given(Record):
    """One licence that a card names."""

    listed: Listed | None = None  # of the Hub's list, or what it can be read as; None where it is nothing known
    exact: bool = True  # it is spelled as the list has it
    line: int = 1


class CardLicence(Fact):
    """What a card says of its licence, and what the model or data set was made from."""

    at: Location  # of the licence, or else of the card
    kind: Kind = "unclear"
    sure: bool = True  # it is a card by keys of the Hub, not by the licence alone
    given: tuple[Given, ...] = ()
    fault: Fault = ""
    named: bool = False  # it gives the licence a name (`license_name`)
    linked: bool = False  # it says where the licence is (`license_link`), or what (`license_details`)
    names: tuple[str, ...] = ()  # by which it says to be known
    base_models: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()  # on which it was trained, or from which it was made


def is_card(path: bytes) -> bool:
    """Tell whether a file can be a card, by its name."""
    return carded(path)


def told(text: Text) -> Iterator[CardLicence]:
    """Yield what a text says, where it is the beginning of a card."""
    path = text.artifact.path
    if text.trail or text.begin or text.artifact.kind != "file" or not is_card(path):
        return
    if path[-5:].lower() == b".json":
        from pytest_genomic_guard.views.licences import croissant  # noqa: PLC0415 - for few files

        found = croissant.read(text)
    elif path[-5:].lower() == b".yaml":
        from pytest_genomic_guard.views.licences import kipoi  # noqa: PLC0415 - as above

        found = kipoi.read(text)
    else:
        found = _read(text, path.rpartition(b"/")[2].rpartition(b".")[0])
    if found:
        yield found


def _read(text: Text, name: bytes) -> CardLicence | None:
    """Return what Markdown says by its front matter, None where it has none, or none of a card."""
    start = None if _PATTERN.search(text.artifact.path) else _START.match(text.data)
    if start is None:
        return _plain(text, name)
    end = _END.search(text.data, start.end(), _LONGEST)
    front = text.data[start.end() : end.start() if end else _LONGEST]
    hints = {found[1].decode() for found in cardkeys.HINT.finditer(front)}
    card, mine = _CARD.match(name) is not None, hints & cardkeys.OWN
    if not mine and not (card and hints):
        return None
    first = text.data.count(b"\n", 0, start.end())
    entries = _entries(front, first) if end else None
    if entries is None:
        damaged = (card or len(mine) > 1) and mine and not cardkeys.OTHERS.search(front) and b"{{" not in front
        return CardLicence(at=_place(text, first), kind=cardkeys.kind(mine, name), fault="damaged") if damaged else None
    keys = {key for key, _line, _node in entries}
    form = sum(cardkeys.placed(node) for _key, _line, node in entries) > 1  # to be filled in: `{license}` and the like
    sure = None if form else cardkeys.sure(keys, card=card)
    if sure is None:
        return None
    found = _card(text, entries, first, sure=sure, kind=cardkeys.kind(keys, name))
    return _below(text, found, end.end() if end else 0) if found.fault in {"missing", "open"} else found


def _below(text: Text, card: CardLicence, begin: int) -> CardLicence:
    """Return a card whose front matter names no licence with the one that its text names."""
    from pytest_genomic_guard.views.licences import cardtext  # noqa: PLC0415 - for few cards

    at, given = cardtext.licence(text, begin)
    return card.replace(at=text.locate(at), given=(given,), fault="text") if given else card


def _plain(text: Text, name: bytes) -> CardLicence | None:
    """Return what a card without front matter says: one by its name alone, whose form others judge."""
    if not _NAMED.search(name) or _PATTERN.search(text.artifact.path):
        return None
    found = _below(text, CardLicence(at=text.locate(0), kind=cardkeys.kind(set(), name), sure=False, fault="missing"), 0)
    return found.replace(fault="", given=tuple(each.replace(exact=True) for each in found.given)) if found.given else None


def _entries(front: bytes, first: int) -> Entries | None:
    """Return keys and values of a mapping in their order, repeated ones too, with lines of the file; None where it is no YAML."""
    try:
        root = yamls.Document(front).root
    except (DamagedError, RecursionError):
        return None
    if root is None or root.id != "mapping":
        return []
    return [(key.value, yamls.line(key) + first, value) for key, value in root.value[:2000] if key.id == "scalar"]


def _card(text: Text, entries: Entries, first: int, *, sure: bool, kind: Kind) -> CardLicence:
    """Return what the fields of a card say."""
    fields = {key: node for key, _line, node in entries}
    found = [(line, node) for key, line, node in entries if key == "license"]
    right = bool(found)
    found = found or [(line, node) for key, line, node in entries if key in cardkeys.LICENCE]
    given, fault = licences([each for line, node in found for each in _items(line, node, first)])
    if not found:
        fault = "missing"
    elif len({tuple(yamls.text(item) for _at, item in _items(line, node, first)) for line, node in found}) > 1:
        fault = "twice"
    elif not right and fault == "":
        fault = "key"
    name = _filled(fields.get("license_name"))
    return CardLicence(
        at=_place(text, given[0].line if given else found[0][0] if found else first),
        kind=kind,
        sure=sure,
        given=tuple(_called(each, name) for each in given),
        fault=fault,
        named=bool(name),
        linked=bool(_filled(fields.get("license_link")) or _filled(fields.get("license_details"))),
        names=known_names(fields),
        base_models=ids(fields.get("base_model")),
        datasets=(*ids(fields.get("datasets")), *ids(fields.get("source_datasets"))),
    )


def _items(line: int, node: yamls.Yaml, first: int) -> list[tuple[int, yamls.Yaml]]:
    """Return the values of a licence, each with its line."""
    if node.id == "sequence":
        return [(yamls.line(item) + first, item) for item in node.value[:_MOST]]
    return [(line, node)]


def licences(items: list[tuple[int, yamls.Yaml]]) -> tuple[tuple[Given, ...], Fault]:
    """Return what values name, and what is wrong where they name nothing."""
    given: list[Given] = []
    fault: Fault = "" if items else "missing"
    for line, node in items:
        value = yamls.text(node).strip()
        if node.id != "scalar":
            fault = "open" if node.id == "mapping" and node.flow_style else "form"
        elif not value:
            fault = fault or "missing"
        elif _OPEN.match(value):
            fault = "open"
        else:
            given.append(read(value, line))
    return tuple(given), "" if given and fault in {"missing", "open"} else fault


def read(value: str, line: int) -> Given:
    """Return what one value is."""
    from pytest_genomic_guard.views.licences import hub  # noqa: PLC0415 - where there is a card only

    if value in hub.ids():
        return Given(listed=hub.ids()[value], line=line)
    meant = hub.meant(value)
    expression = "" if meant else hub.spdx(value)
    return Given(listed=hub.ids()[meant] if meant else hub.of(expression) if expression else None, exact=False, line=line)


def _called(given: Given, name: str) -> Given:
    """Return a licence of its own with what its name says."""
    if given.listed is None or given.listed.id != "other" or not name:
        return given
    from pytest_genomic_guard.views.licences import hub  # noqa: PLC0415 - as above

    known = hub.called(name)
    return given.replace(listed=known.replace(id="other")) if known else given


def _filled(node: yamls.Yaml) -> str:
    value = yamls.text(node).strip()
    return "" if not value or _OPEN.match(value) else value[:200]


def ids(node: yamls.Yaml) -> tuple[str, ...]:
    """Return ids of models or data sets as they are written, without the address of the Hub; what is no id is left out."""
    if node is None:
        return ()
    items = node.value[:_MOST] if node.id == "sequence" else [node]
    found = []
    for item in items:
        value = yamls.text(item).strip().rstrip("/")[:400]
        value = re.sub(r"^(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/", "", value)
        value = re.sub(r"^(?:\.{1,2}/){1,8}|^(?:datasets|models)/(?=[^/]+/[^/]+$)", "", value.rpartition("|")[2])
        if _NAME.fullmatch(value):
            found.append(value)
    return tuple(dict.fromkeys(found))


def known_names(fields: dict[str, yamls.Yaml]) -> tuple[str, ...]:
    """Return the names by which a card says that its model or data set is known."""
    index = fields.get("model-index")
    found = [fields.get(key) for key in ("name", "model_name", "pretty_name")]
    for each in index.value[:_MOST] if index is not None and index.id == "sequence" else ():
        found += [value for key, value in each.value[:20] if key.value == "name"] if each.id == "mapping" else []
    names = [re.sub(r"\s+", "-", yamls.text(each).strip()[:120]) for each in found]
    return tuple(dict.fromkeys(each for each in names if _NAME.fullmatch(each)))


def _place(text: Text, line: int) -> Location:
    """Return the place of a line."""
    at = 0
    for _each in range(line - 1):
        at = text.data.find(b"\n", at) + 1
    return text.locate(at)
