"""What ``.pre-commit-config.yaml`` keeps from a hook. It is read as YAML nodes: nothing in it is built, joined or followed."""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.cli.patterns import withheld
from pytest_genomic_guard.model import Unreadable, Withheld
from pytest_genomic_guard.sources.files import read_all
from pytest_genomic_guard.sources.git import staged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from pytest_genomic_guard.sources.index import Index

_CONFIG = b".pre-commit-config.yaml"
_WORDS = (b"files", b"exclude", b"types", b"local")  # one of these stands in any configuration that narrows a hook
_SIZE = 1 << 18  # bytes of a configuration
_LONGEST = 1 << 16  # characters of a pattern
_USES = 10_000
_ALL = ("", "^$")  # the patterns of a hook that is given everything
# Names that fit the shortest command line that pre-commit ever makes (4,096 bytes): they come in one run, not in several.
_ONE_RUN = 2048


class Use(Record):
    """One configured use of a hook."""

    patterns: tuple[tuple[str, str], ...] = ()  # files and exclude, the top level's and its own
    typed: bool = False


class _Unclear(ValueError):  # noqa: N818 - a state of the input
    """The configuration says it in a way that is not read here."""


def hold(index: Index, hook: str, *, named: bool) -> None:
    """Note in `index` what the hook is kept from, and take it out of what is judged.

    Paths are found by the patterns, never by subtracting the names: pre-commit splits long lists into several runs.
    """
    try:
        text = read_all(index.open(_CONFIG), _SIZE + 1)
    except Unreadable:
        return
    if not any(word in text for word in _WORDS):
        return
    uses = configured(text, hook)
    if uses is None:
        index.note(_CONFIG, Withheld(by="unclear"))
        return
    new = staged(index.root)
    if any(use.typed for use in uses):
        index.note(_CONFIG, Withheld(by="narrowed"))
    if all(pair == _ALL for use in uses for pair in use.patterns):
        if named and len(uses) == 1 and uses[0].typed and index.changed <= {*new} and len(b" ".join(new)) < _ONE_RUN:
            modules = {entry.path for entry in index.entries() if entry.kind == "submodule"}
            index.withhold({*new} - index.changed - modules, by="types")
        return
    # what a hook was given is judged, whatever the patterns say
    everything = named and not index.changed <= {*new}
    given = index.changed if named else frozenset()
    paths = [path for path in ([entry.path for entry in index.entries()] if everything else new) if path not in given]
    found = withheld([path.decode("utf-8", "surrogateescape") for path in paths], [use.patterns for use in uses])
    if found is None:
        index.note(_CONFIG, Withheld(by="unclear"))
    else:
        index.withhold([path.encode("utf-8", "surrogateescape") for path in found])


def configured(text: bytes, hook: str) -> Sequence[Use] | None:
    """Return the uses of a hook in a configuration; None where it cannot be told."""
    import yaml  # noqa: PLC0415 - only where something is configured

    try:
        if len(text) > _SIZE:
            raise _Unclear
        top = _fields(yaml.compose(text, Loader=yaml.SafeLoader))
        pair = _pair(top)
        return [use.replace(patterns=(pair, *use.patterns)) for use in _uses(top, hook)] or [Use(patterns=(pair,))]
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):  # PyYAML has further errors of its own for odd scalars
        return None


def _uses(top: dict[str, Any], hook: str) -> Iterator[Use]:
    seen = 0
    for repo in map(_fields, _items(top.get("repos"))):
        local = _scalar(repo.get("repo"), "") == "local"
        for node in _items(repo.get("hooks")):
            seen += 1
            if seen > _USES:  # few lines can say many, by aliases
                raise _Unclear
            use = _fields(node, merged=True)
            if _scalar(use.get("id", use.get("<<")), "") == hook:
                if "<<" in use:
                    raise _Unclear
                yield Use(patterns=(_pair(use),), typed=_typed(use, local=local))


def _typed(use: dict[str, Any], *, local: bool) -> bool:
    """Tell whether types narrow a use. Only pre-commit can tell what they keep from it; by itself, a local hook gets no links."""
    types, either, neither = (_items(use[name]) if name in use else () for name in ("types", "types_or", "exclude_types"))
    missed = {"file", "symlink"} - {_scalar(item) for item in either} if either else ()
    return bool(types or neither or missed or (local and "types" not in use))


def _pair(block: dict[str, Any]) -> tuple[str, str]:
    files, exclude = (_scalar(block.get(name), default) for name, default in zip(("files", "exclude"), _ALL, strict=True))
    return files, exclude


def _fields(node: Any, *, merged: bool = False) -> dict[str, Any]:
    """Return a mapping's nodes by key. Raises `_Unclear` for anything else, and for one that takes keys of another."""
    if node is None or node.id != "mapping" or any(key.id != "scalar" for key, _value in node.value):
        raise _Unclear
    fields = {key.value: value for key, value in node.value}
    if "<<" in fields and not merged:
        raise _Unclear
    return fields


def _items(node: Any) -> Sequence[Any]:
    if node is None or node.id != "sequence":
        raise _Unclear
    found: Sequence[Any] = node.value
    return found


def _scalar(node: Any, default: str | None = None) -> str:
    """Return a text. Raises `_Unclear` for what YAML takes for something else, for what is no scalar, and for a very long one."""
    if node is None and default is not None:
        return default
    if node is None or node.tag != "tag:yaml.org,2002:str" or node.id != "scalar" or len(node.value) > _LONGEST:
        raise _Unclear
    text: str = node.value
    return text
