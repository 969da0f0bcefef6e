"""The YAML front matter of a card, strictly and offline: what the Hub's server refuses, and what its client loses without a word.

Keys and types: huggingface/hub-docs, `modelcard.md` and `datasetcard.md` (2026). huggingface_hub 2.4 takes a mark of the byte order
before `---` for text, so that a card has no metadata at all; of a repeated key it keeps the last, and a null in a list it keeps.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.cards.nouns import Fault
from pytest_genomic_guard.views.licences import cardkeys
from pytest_genomic_guard.views.licences.manifests import yamls
from pytest_genomic_guard.views.licences.manifests.damaged import DamagedError, TooLargeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.licences.manifests.yamls import Yaml

START = regex(rb"(\xef\xbb\xbf)?[ \t\r\n]{0,64}+---[ \t]{0,64}+\r?\n")
_END = regex(rb"^(?:---|\.\.\.)[ \t]{0,64}+\r?$", re.MULTILINE)
_HINT = regex(rb"^[ \t]{0,8}-?[ \t]{0,4}[\"']?(" + cardkeys.KEYS + rb")[\"']?[ \t]{0,8}:", re.MULTILINE)
_TAB = regex(rb"^ {0,40}\t[ \t]{0,40}[^\s#]", re.MULTILINE)
_LARGEST = 2 << 20  # bytes; the largest public one, of a model with results of MTEB, has 0.7 MB
_MOST = 50  # faults of one card
_NODES = 100_000
_GROWN = 400_000  # nodes that a front matter may have where its aliases are followed
# What a key holds: a list; words; a list or words; a table
_LISTS = frozenset(
    ("tags", "widget", "model-index", "train-eval-index", "task_categories", "task_ids", "size_categories", "configs")
)
_TEXTS = frozenset(
    [
        "pipeline_tag",
        "library_name",
        "license_name",
        "license_link",
        "pretty_name",
        "thumbnail",
        "model_name",
        "new_version",
        "base_model_relation",
        "paperswithcode_id",
        "risk_tier",
    ]
)
_EITHER = frozenset(
    [
        "language",
        "languages",
        "datasets",
        "metrics",
        "base_model",
        "license",
        "multilinguality",
        "source_datasets",
        "annotations_creators",
    ]
)
# Keys that are read here alone: the Hub tells of none that is written in another way
_OURS = {"generative": "generative", "risktier": "risk_tier"}
TIERS = frozenset(("basic", "research", "release"))


class Front(Record):
    """What stands between the two lines `---`."""

    data: bytes
    first: int  # lines before it
    end: int  # where the text begins
    closed: bool
    mark: bool  # a mark of the byte order comes before it


def found(data: bytes) -> Front | None:
    """Return the front matter of a text, None where it has none."""
    start = START.match(data)
    if start is None:
        return None
    end = _END.search(data, start.end())
    first = data.count(b"\n", 0, start.end())
    if end is None:
        return Front(data=data[start.end() :], first=first, end=len(data), closed=False, mark=bool(start[1]))
    return Front(data=data[start.end() : end.start()], first=first, end=end.end(), closed=True, mark=bool(start[1]))


def hints(front: Front) -> set[str]:
    """Return the keys of cards that seem to be there, also where it is no YAML."""
    return {each[1].decode() for each in _HINT.finditer(front.data[: 64 << 10])}


def keys(front: Front) -> tuple[dict[str, Yaml], list[Fault], str]:
    """Return the keys with their values, what is wrong, and for what reason it was not read, where it was not."""
    faults = (
        [_fault("begins behind a mark of the byte order, so that readers of the Hub see no front matter", 1)] if front.mark else []
    )
    if not front.closed:
        return {}, [*faults, _fault("has front matter without an end", front.first)], ""
    if len(front.data) > _LARGEST:
        return {}, faults, "too-large"
    try:
        document = yamls.Document(front.data)
        fields = document.fields(document.root)
    except TooLargeError:
        return {}, faults, "too-large"
    except (DamagedError, RecursionError):
        from pytest_genomic_guard.views.cards import trees  # noqa: PLC0415 - for damaged ones only

        deep = trees.deep(front.data)
        return {}, faults if deep else [*faults, _damage(front)], "too-deep" if deep else ""
    if b"*" in front.data and document.root is not None and _grows(document.root):
        return {}, [*faults, _fault("has aliases of YAML that make it too large for its readers", front.first + 1)], ""
    return fields, [*faults, *_of_root(document.root, front.first)], ""


def _grows(root: Yaml) -> bool:
    """Tell whether aliases, of which each is a whole tree again, make more of a text than any card has."""
    left, count = [root], 0
    while left:
        node = left.pop()
        count += 1
        if node.id == "sequence":
            left += node.value
        elif node.id == "mapping":
            left += (part for pair in node.value for part in pair)
        if count + len(left) > _GROWN:
            return True
    return False


def _of_root(root: Yaml, first: int) -> list[Fault]:
    """Return what is wrong with a table of keys, or that it is none."""
    if root is not None and root.id == "mapping":
        return [_fault(what, line + first) for what, line in _checked(root)][:_MOST]
    if root is None or (root.id == "scalar" and not yamls.text(root)):
        return [_fault("has front matter with nothing in it", first)]
    what = "a list" if root.id == "sequence" else "running text"
    return [_fault(f"has front matter that is {what} and no table of keys", yamls.line(root) + first)]


def _fault(what: str, line: int) -> Fault:
    return Fault(what=what, line=line, code="CARD204")


def _damage(front: Front) -> Fault:
    """Return where text stops to be YAML."""
    tab = _TAB.search(front.data)
    if tab:
        return _fault("has a tab where YAML indents by blanks", front.first + front.data.count(b"\n", 0, tab.start()) + 1)
    import yaml  # noqa: PLC0415 - as above

    line = 0
    try:
        yaml.compose(front.data, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = min(mark.line + 1, front.data.count(b"\n")) if mark else 0
    except (ValueError, RecursionError):
        line = 0
    return _fault("has front matter that is no YAML", front.first + line)


def _checked(root: Yaml) -> Iterator[tuple[str, int]]:
    """Yield what is wrong with keys and values."""
    left = [_NODES]
    yield from _repeated(root, left, set(), 0)
    have = {key.value for key, _node in root.value[:2000] if key.id == "scalar"}
    for key, node in root.value[:2000]:
        if key.id != "scalar":
            yield "has a key that is no word", yamls.line(key)
        elif (ours := meant(key.value)) and ours not in have:
            yield f"has a key that is nearly `{ours}`, which nothing reads as that", yamls.line(key)
        elif not cardkeys.placed(node):
            yield from ((what, line) for what, line in _typed(key.value, node, yamls.line(key)))


def meant(key: str) -> str:
    """Return the key of ours that another spelling means: another case, another stroke, a letter more or less."""
    bare = re.sub(r"[^a-z]", "", key.lower()[:40])
    if key in _OURS.values() or not 6 <= len(bare) <= 14:
        return ""
    import difflib  # noqa: PLC0415 - for keys of about that length only

    near = difflib.get_close_matches(bare, _OURS, 1, 0.86)
    return _OURS[near[0]] if near else ""


def _repeated(node: Yaml, left: list[int], seen: set[int], depth: int) -> Iterator[tuple[str, int]]:
    """Yield the keys that stand twice in one table, wherever that is."""
    left[0] -= 1
    if id(node) in seen or left[0] < 0 or depth > yamls.DEPTH:
        return
    seen.add(id(node))
    if node.id == "mapping":
        have: set[str] = set()
        for key, value in node.value:
            if key.id == "scalar" and key.value in have and key.value != "<<":
                yield _twice(key.value), yamls.line(key)
            have.add(key.value if key.id == "scalar" else "")
            yield from _repeated(value, left, seen, depth + 1)
    elif node.id == "sequence":
        for each in node.value:
            yield from _repeated(each, left, seen, depth + 1)


def _twice(key: str) -> str:
    known = key in cardkeys.OWN | cardkeys.SHARED or key in {"name", "type", "value"}
    return f"has {f'`{key}`' if known else 'a key'} twice, of which readers take one"


def _typed(key: str, node: Yaml, line: int) -> Iterator[tuple[str, int]]:
    """Yield what is wrong with the value of a known key; that of `license` is judged elsewhere."""
    nothing = node.id == "scalar" and not yamls.text(node)
    if key in _LISTS and node.id != "sequence" and not nothing and not (key == "widget" and yamls.text(node) in {"false", "true"}):
        yield f"has a `{key}` that is no list", line
    elif key in _TEXTS and node.id != "scalar" and not (key == "pretty_name" and node.id == "mapping"):
        yield f"has a `{key}` that is no text", line
    elif key in _EITHER and node.id == "mapping" and key not in {"license", "language", "languages"} and not _configured(node):
        yield f"has a `{key}` that is neither a list nor an id", line
    elif key == "risk_tier" and yamls.text(node) not in TIERS:
        yield "has a `risk_tier` that is none of basic, research, release", line
    elif key == "generative" and yamls.text(node).lower() not in {"true", "false"}:
        yield "has a `generative` that is neither true nor false", line
    if key in _EITHER | _LISTS and node.id == "sequence" and key != "license":
        for each in node.value:
            if each.id == "scalar" and not yamls.text(each):
                yield f"has an empty item in `{key}`", yamls.line(each)
            elif key in {"datasets", "tags", "base_model", "metrics"} and each.id != "scalar" and not cardkeys.placed(each):
                yield f"has an item in `{key}` that is no id", yamls.line(each)


def _configured(node: Yaml) -> bool:
    """Tell whether a table is one by configurations, as old cards of data sets have them: each with a list."""
    return bool(node.value) and all(value.id == "sequence" for _key, value in node.value)
