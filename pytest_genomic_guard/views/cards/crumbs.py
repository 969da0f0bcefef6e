"""What is wrong with Croissant metadata by the specification (1.0, 1.1) and by what its reference reader refuses (mlcroissant 1.1).

`creator` and `datePublished` are required by the text of the specification and missing in most of its own examples, which the
reference reader takes with a warning: they are not asked for here. The licence is judged elsewhere.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.views.cards import trees
from pytest_genomic_guard.views.cards.croissant import plain
from pytest_genomic_guard.views.cards.nouns import Fault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.cards.trees import Read, Tree

_OURS = ("recordSet", "field", "source", "dataType", "extract", "fileObject", "fileSet", "references")
_MOST = 20_000  # fields of one data set
_SHAPE = re.compile(r"\(?\s{0,4}-?\d{1,9}(?:\s{0,4},\s{0,4}-?\d{1,9}){0,15}\s{0,4},?\s{0,4}\)?")


def faults(read: Read, tree: dict[str, Tree]) -> Iterator[Fault]:
    """Yield what is wrong, each kind once, with the first line on which it is."""
    seen: set[str] = set()
    for what, line in _faults(read, tree):
        if what not in seen:
            seen.add(what)
            yield Fault(what=what, line=line, code="CARD302")


def _faults(read: Read, tree: dict[str, Tree]) -> Iterator[tuple[str, int]]:
    for key in ("@context", "conformsTo", "name", "description", "url"):
        if not tree.get(key):
            yield f"has no `{key}`, which the specification requires", 1
    yield from ((what, 1) for what in _undefined(read, tree))
    for key in ("name", "description"):
        if isinstance(tree.get(key), trees.Number):
            yield f"has a `{key}` that is no text", read.line(key)
    if not _is(tree, "Dataset"):
        yield "is of a type that is not `sc:Dataset`", read.line("@type")
    versions = [trees.word(each) or trees.word(trees.table(each).get("@id")) for each in trees.listed(tree.get("conformsTo"))]
    if versions and not any("mlcommons.org/croissant" in each for each in versions):
        yield "has a `conformsTo` that names no version of Croissant", read.line("conformsTo", "dct:conformsTo")
    if not versions:  # 0.8, whose ids and references are others
        return
    files = [plain(each) for each in trees.listed(tree.get("distribution")) if isinstance(each, dict)]
    records = [plain(each) for each in trees.listed(tree.get("recordSet")) if isinstance(each, dict)]
    known = {_id(each) for each in (*files, *records)}
    held = [(record, each) for record in records for each in _fields(record.get("field"), [_MOST])]
    known |= {_id(each) for _record, each in held}
    if any(re.search(r"\s", each) for each in known):
        yield "has an `@id` with a blank in it", read.line("distribution", "recordSet")
    for each in files:
        line = read.at(_id(each) or trees.word(each.get("name")), "distribution")
        yield from ((what, line) for what in _file(each, known, live="isLiveDataset" in tree))
    for record in records:
        yield from _record(read, record, known)


def _undefined(read: Read, tree: dict[str, Tree]) -> Iterator[str]:
    """Yield the properties of Croissant that are used by their bare names, and that the context gives no meaning."""
    context = tree.get("@context")
    if not isinstance(context, dict):
        return
    for key in _OURS:
        if key not in context and read.used(key):
            yield f"uses `{key}`, to which its `@context` gives no meaning"


def _is(tree: dict[str, Tree], *names: str) -> bool:
    return any(trees.word(each).rpartition(":")[2].rpartition("/")[2] in names for each in trees.listed(tree.get("@type")))


def _id(tree: dict[str, Tree]) -> str:
    return trees.word(tree.get("@id"))


def _references(tree: Tree) -> list[str]:
    """Return the ids to which a value points."""
    return [_id(each) if isinstance(each, dict) else trees.word(each) for each in trees.listed(tree)]


def _file(each: dict[str, Tree], known: set[str], *, live: bool) -> Iterator[str]:
    """Yield what is wrong with an entry of `distribution`."""
    if not _is(each, "FileObject", "FileSet"):
        yield "has an entry of `distribution` that is neither a `cr:FileObject` nor a `cr:FileSet`"
        return
    if not _id(each):
        yield "has an entry of `distribution` without `@id`"
    if not each.get("encodingFormat"):
        yield "has an entry of `distribution` without `encodingFormat`"
    if _is(each, "FileSet"):
        if not each.get("includes"):
            yield "has a `cr:FileSet` without `includes`"
    elif not each.get("containedIn"):
        if not each.get("contentUrl"):
            yield "has a `cr:FileObject` without `contentUrl`"
        if not (each.get("md5") or each.get("sha256") or live):
            yield "has a `cr:FileObject` without `sha256`, so that nobody can tell whether the data are those"
    if any(name and name not in known for name in _references(each.get("containedIn"))):
        yield "has a `containedIn` that names nothing of this file"


def _fields(tree: Tree, left: list[int]) -> Iterator[dict[str, Tree]]:
    for each in trees.listed(tree):
        left[0] -= 1
        if left[0] < 0:
            return
        if isinstance(each, dict):
            found = plain(each)
            yield found
            yield from _fields(found.get("subField"), left)


def _record(read: Read, record: dict[str, Tree], known: set[str]) -> Iterator[tuple[str, int]]:
    """Yield what is wrong with a record set."""
    line = read.at(_id(record), "recordSet")
    if not _is(record, "RecordSet"):
        yield "has an entry of `recordSet` that is no `cr:RecordSet`", line
        return
    top = [plain(each) for each in trees.listed(record.get("field")) if isinstance(each, dict)]
    for each in top:
        at = read.at(_id(each), "recordSet")
        yield from ((what, at) for what in _field(each, known, data=bool(record.get("data")), typed=False))
    used = {name for each in _fields(record.get("field"), [_MOST]) for name in _files_of(each)}
    if len(used) > 1 and not any(each.get("references") for each in _fields(record.get("field"), [_MOST])):
        yield "has a record set over several files that no `references` joins", line


def _files_of(each: dict[str, Tree]) -> list[str]:
    source = plain(trees.table(each.get("source")))
    return [name for key in ("fileObject", "fileSet", "distribution") for name in _references(source.get(key)) if name]


def _field(each: dict[str, Tree], known: set[str], *, data: bool, typed: bool) -> Iterator[str]:
    """Yield what is wrong with a field, and with those in it."""
    if not _is(each, "Field"):
        yield "has an entry of `field` that is no `cr:Field`"
        return
    typed = typed or bool(each.get("dataType")) or bool(each.get("references"))
    typed = typed or "field" in plain(trees.table(each.get("source")))  # the type of that field
    inner = [plain(sub) for sub in trees.listed(each.get("subField")) if isinstance(sub, dict)]
    source, value = each.get("source"), each.get("value")
    if source and value:
        yield "has a field with both `source` and `value`"
    if not (source or value or inner or data):
        yield "has a field without `source`, so that it has no values"
    names = _files_of(each) + _references(plain(trees.table(source)).get("field")) if isinstance(source, dict) else []
    if source and isinstance(source, dict) and not names and not plain(source).keys() & {"recordSet", "@id"}:
        yield "has a `source` that names neither a file nor a field"
    if any(name and name not in known for name in names):
        yield "has a `source` that names nothing of this file"
    if not typed and not inner:
        yield "has a field without `dataType`"
    if each.get("arrayShape") and trees.word(each.get("isArray")) != "true":
        yield "has a field with `arrayShape` that is no array"
    if each.get("arrayShape") and not _SHAPE.fullmatch(trees.word(each.get("arrayShape"))):
        yield "has an `arrayShape` that is no list of numbers"
    for sub in inner:
        yield from _field(sub, known, data=data, typed=typed)
