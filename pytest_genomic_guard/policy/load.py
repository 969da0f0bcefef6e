"""Read the policy file: strict YAML without anchors or tags, typed by the schema, every error with line and column."""

from __future__ import annotations

import hashlib
import re

import yaml

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.policy import (
    INCONCLUSIVE,
    NEVER_WAIVED,
    UNJUDGED,
    WAIVER_ONLY,
    Bound,
    Gate,
    Policy,
    PolicyError,
    Reasoned,
    Waiver,
)
from pytest_genomic_guard.policy.keys import COUNT, SCHEMA
from pytest_genomic_guard.policy.schema import Choice, fail, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard.policy.schema import Block, Node

__all__ = ["SCHEMA", "SIZE", "Loaded", "compose", "load", "waiver"]

SIZE = 1 << 20  # bytes; long registers have files of their own
_FEED = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # what ends a line in YAML


class _Loader(yaml.SafeLoader):
    """Compose nodes only; an alias could make a small file a large one, so there are none, and a tag would type what we type."""

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if event.anchor is not None:
            raise fail(event, "anchors and aliases are not used in a policy")
        if event.tag is not None:
            raise fail(event, "tags are not used in a policy")
        return super().compose_node(parent, index)


class Loaded(Record):
    """A policy whose form is right; `checked` holds it against the rules that there are, those of its plugins included.

    `registers` are the lists of files beside it that were added to it: key, file, nodes.
    """

    policy: Policy
    root: Node
    registers: tuple[tuple[str, bytes, Node], ...] = ()

    def checked(self, codes: Sequence[str], options: Callable[[str], Mapping[str, Any]]) -> Policy:
        """Return the policy with typed options; `options` gives a rule's options with their defaults. Raises `PolicyError`."""
        _check_codes(_codes(self.root.value), codes)
        for name, file, node in self.registers:
            try:
                _check_codes(_entries(name, node), codes)
            except PolicyError as error:
                raise error.within(file) from None
        sections = {key.value: value for key, value in self.root.value}
        typed: dict[str, dict[str, Any]] = {}
        for code, block in sections["checks"].value if "checks" in sections else ():
            known = options(code.value)
            typed[code.value] = {key.value.replace("-", "_"): _option(key, value, known) for key, value in block.value}
        public = self.policy.public
        for code in codes if public else ():
            if "public_samples" in options(code):
                typed.setdefault(code, {})["public_samples"] = " ".join(public)
        return self.policy.replace(checks=typed)


def load(data: bytes, path: bytes) -> Loaded:
    """Return the policy in `data`. Raises `PolicyError`."""
    root = compose(data)
    block = SCHEMA.read(root)
    policy = Policy(
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        profile=block.get("profile", "research"),
        select=tuple(block.get("select", ())),
        ignore=tuple(Reasoned(what=item["code"], reason=item["reason"]) for item in block.get("ignore", ())),
        exclude=tuple(Reasoned(what=item["path"], reason=item["reason"]) for item in block.get("exclude", ())),
        public=tuple(sorted(set(block.get("samples", {}).get("public", ())))),
        waivers=tuple(waiver(item) for item in block.get("waivers", ())),
        gates=tuple(_gate(name, item) for name, item in block.get("fairness", {}).items()),
        inconclusive={**INCONCLUSIVE, **block.get("on-inconclusive", {})},
        plugins=tuple(block.get("plugins", ())),
        declared={key: block[key] for key in UNJUDGED if key in block},
    )
    return Loaded(policy=policy, root=root)


def waiver(item: Block, file: bytes | None = None) -> Waiver:
    """Return an entry of `waivers`; one with a manifest has the manifest's path until that is read."""
    manifest = item.get("manifest")
    values = {key: value for key, value in item.items() if key != "manifest"}
    path = (manifest or item["path"]).encode("utf-8", "surrogateescape")
    return Waiver(**{**values, "path": path}, line=item.line, file=file, manifest=path if manifest else None)


def compose(data: bytes) -> Node:
    """Return the nodes of strict YAML. Raises `PolicyError`."""
    if len(data) > SIZE:
        raise PolicyError("the policy is larger than a mebibyte", 1, 1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _after(error.object[: error.start].decode(), "the policy is not UTF-8") from None
    try:
        loader = _Loader(text)
    except yaml.reader.ReaderError as error:
        raise _after(text[: error.position], "the policy holds a character that YAML does not allow") from None
    try:
        node: Node | None = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise PolicyError("this is not YAML", (mark.line if mark else 0) + 1, (mark.column if mark else 0) + 1) from None
    except (ValueError, OverflowError):  # from PyYAML: an escape beyond Unicode, a version of thousands of digits
        raise PolicyError("this is not YAML", loader.line + 1, loader.column + 1) from None
    except RecursionError:
        raise PolicyError("the policy is nested too deep", loader.line + 1, loader.column + 1) from None
    if node is None:
        raise PolicyError("the policy is empty; it needs at least 'version: 1'", 1, 1)
    return node


def _after(text: str, message: str) -> PolicyError:
    """Build the error for the place right after `text`."""
    lines = _FEED.split(text)
    return PolicyError(message, len(lines), len(lines[-1]) + 1)


def _check_codes(named: Iterable[tuple[str, Node]], known: Sequence[str]) -> None:
    """Refuse codes that do not exist, and exceptions that the house does not make."""
    for section, node in named:
        code = node.value
        if not any(each.startswith(code) for each in known) or (section == "checks" and code not in known):
            raise fail(node, f"there is no such code{nearest(code, known)}")
        if section == "waivers" and (code not in known or code.startswith("RUN")):
            raise fail(node, "a waiver names one whole code, and none of RUN: mend those, or exclude the path")
        if section == "waivers" and code.startswith(NEVER_WAIVED):
            raise fail(node, "a gate cannot be waived: its bound can be changed, with whoever answers for it")
        if section == "ignore" and code.startswith("RUN"):
            raise fail(node, "RUN always runs")
        if section == "ignore" and any(code.startswith(only) or only.startswith(code) for only in WAIVER_ONLY):
            raise fail(node, f"{code} findings are removed by a waiver only")


def _codes(sections: Sequence[tuple[Node, Node]]) -> Iterator[tuple[str, Node]]:
    """Yield the nodes that name codes, each with its section."""
    for key, value in sections:
        if key.value == "select":
            yield from (("select", item) for item in value.value)
        elif key.value == "checks":
            yield from (("checks", code) for code, _options in value.value)
        else:
            yield from _entries(key.value, value)


def _entries(section: str, value: Node) -> Iterator[tuple[str, Node]]:
    """Yield the codes of a list whose entries have one."""
    if section in {"ignore", "waivers"}:
        yield from ((section, node) for item in value.value for name, node in item.value if name.value == "code")


def _option(key: Node, value: Node, known: Mapping[str, Any]) -> Any:
    """Return an option's text as the type of its default."""
    name = key.value.replace("-", "_")
    if name not in known:
        raise fail(key, f"there is no such option{nearest(key.value, [each.replace('_', '-') for each in known])}")
    if name == "public_samples":
        raise fail(key, "name public resources under 'samples', for all checks at once")
    if isinstance(known[name], bool):
        return Choice("true", "false").read(value) == "true"
    return COUNT.read(value) if isinstance(known[name], int) else value.value


def _gate(name: str, item: Block) -> Gate:
    file, _hash, pointer = item["value"].partition("#")
    return Gate(
        kind="fairness",
        name=name,
        file=file.encode("utf-8", "surrogateescape"),
        pointer=pointer,
        bounds=tuple(_bound(metric, text) for metric, text in item["bounds"].items()),
        decide=item.get("decide", "fail-if-proven"),
        confidence=item.get("confidence", 0.95),
        min_denominator=item.get("min-denominator", 20),
    )


def _bound(metric: str, text: Any) -> Bound:
    return Bound(metric=metric, operator="<=" if text.startswith("<=") else ">=", limit=float(text[2:]), text=text)
