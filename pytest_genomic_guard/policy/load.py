"""Read the policy file: strict YAML without anchors or tags, typed by the schema, every error with line and column."""

from __future__ import annotations

import datetime
import hashlib
import re

import yaml

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.policy import (
    INCONCLUSIVE,
    NEVER_WAIVED,
    PROFILES,
    WAIVER_ONLY,
    Bound,
    Gate,
    Policy,
    PolicyError,
    Reasoned,
    Waiver,
)
from pytest_genomic_guard.policy.globs import Glob
from pytest_genomic_guard.policy.schema import Choice, Fields, ListOf, MapOf, Scalar, fail, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard.policy.schema import Block, Node

SIZE = 1 << 20  # bytes; long registers have files of their own
_FEED = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # what ends a line in YAML


def _name(text: str) -> str:
    """Return a path's text. Raises ValueError for escapes that are no bytes of any file name."""
    text.encode("utf-8", "surrogateescape")
    return text


def _pattern(text: str) -> str:
    """Return a pattern's text. Raises ValueError for one that cannot be compiled, such as a set that runs backwards."""
    Glob(text)
    return text


_TEXT = Scalar("a text that is not empty", r"[\s\S]*\S[\s\S]*", minLength=1)
_CODE = Scalar("a code such as GEN101, or the beginning of one such as GEN", r"[A-Z]{3,4}[0-9]{0,3}")
_DATE = Scalar(
    "a date such as 2027-06-30", r"\d{4}-\d{2}-\d{2}", lambda text: datetime.date.fromisoformat(text).isoformat(), format="date"
)
_RELATIVE = r"(?!/)(?!.*\\)[^\0]+"
_PATH = Scalar("a path relative to the root, with / between folders", _RELATIVE, _name)
_PATTERN = Scalar("a pattern of paths relative to the root, such as data/**", _RELATIVE, _pattern)
_BOUND = Scalar('a bound such as "<= 0.10"', r"[<>]=\s*[0-9]{1,9}(?:\.[0-9]{1,17})?")
_COUNT = Scalar("a whole number", r"[0-9]{1,9}", int, type=["integer", "string"])
_SHARE = Scalar("a number between 0.5 and 1", r"0\.[5-9][0-9]{0,17}|1\.0{0,17}", float, type=["number", "string"])
_VALUE = Scalar("a number, true or false, or a word", r"[^\n]+", type=["string", "number", "boolean"])
_METRIC = r"[a-z][a-z-]*\.(?:difference|ratio|min|max)"
_SHA256 = Scalar("the SHA-256 of the file: 64 hexadecimal digits", r"[0-9a-f]{64}")

_GATE = Fields(
    {
        "value": Scalar('a file and a JSON pointer such as "metrics.json#/tpr"', r"[^#\0]+#(?:/.*)?", _name),
        "bounds": MapOf("a metric such as tpr.difference", _METRIC, _BOUND, least=1),
    },
    {
        "decide": Choice("fail-if-proven", "pass-if-proven", "point"),
        "confidence": _SHARE,
        "min-denominator": _COUNT,
    },
)
SCHEMA = Fields(
    {"version": Choice("1")},
    {
        "profile": Choice(*PROFILES),
        "select": ListOf(_CODE),
        "ignore": ListOf(Fields({"code": _CODE, "reason": _TEXT})),
        "exclude": ListOf(Fields({"path": _PATTERN, "reason": _TEXT})),
        "checks": MapOf("a code such as GEN101", r"[A-Z]{3,4}\d{3}", MapOf("an option", r"[a-z][a-z-]*", _VALUE)),
        "waivers": ListOf(
            Fields({"code": _CODE, "path": _PATH, "sha256": _SHA256, "reason": _TEXT, "owner": _TEXT, "expires": _DATE})
        ),
        "fairness": MapOf("the name of a gate", r"[A-Za-z0-9][\w.-]*", _GATE),
        "on-inconclusive": Fields({}, {kind: Choice("fail", "warn", "note") for kind in INCONCLUSIVE}),
        "plugins": ListOf(Scalar("the name of an installed plugin", r"[\w.-]+")),
    },
)


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
    """A policy whose form is right; `checked` holds it against the rules that there are, those of its plugins included."""

    policy: Policy
    root: Node

    def checked(self, codes: Sequence[str], options: Callable[[str], Mapping[str, Any]]) -> Policy:
        """Return the policy with typed options; `options` gives a rule's options with their defaults. Raises `PolicyError`."""
        _check_codes(self.root, codes)
        sections = {key.value: value for key, value in self.root.value}
        typed: dict[str, dict[str, Any]] = {}
        for code, block in sections["checks"].value if "checks" in sections else ():
            known = options(code.value)
            typed[code.value] = {key.value.replace("-", "_"): _option(key, value, known) for key, value in block.value}
        return self.policy.replace(checks=typed)


def load(data: bytes, path: bytes) -> Loaded:
    """Return the policy in `data`. Raises `PolicyError`."""
    root = _compose(data)
    block = SCHEMA.read(root)
    policy = Policy(
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        profile=block.get("profile", "research"),
        select=tuple(block.get("select", ())),
        ignore=tuple(Reasoned(what=item["code"], reason=item["reason"]) for item in block.get("ignore", ())),
        exclude=tuple(Reasoned(what=item["path"], reason=item["reason"]) for item in block.get("exclude", ())),
        waivers=tuple(
            Waiver(**{**item, "path": item["path"].encode("utf-8", "surrogateescape")}, line=item.line)
            for item in block.get("waivers", ())
        ),
        gates=tuple(_gate(name, item) for name, item in block.get("fairness", {}).items()),
        inconclusive={**INCONCLUSIVE, **block.get("on-inconclusive", {})},
        plugins=tuple(block.get("plugins", ())),
    )
    return Loaded(policy=policy, root=root)


def _compose(data: bytes) -> Node:
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


def _check_codes(root: Node, known: Sequence[str]) -> None:
    """Refuse codes that do not exist, and exceptions that the house does not make."""
    for section, node in _codes(root):
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


def _codes(root: Node) -> Iterator[tuple[str, Node]]:
    """Yield the nodes that name codes, each with its section."""
    for key, value in root.value:
        if key.value == "select":
            yield from (("select", item) for item in value.value)
        elif key.value == "checks":
            yield from (("checks", code) for code, _options in value.value)
        elif key.value in {"ignore", "waivers"}:
            yield from ((key.value, node) for item in value.value for name, node in item.value if name.value == "code")


def _option(key: Node, value: Node, known: Mapping[str, Any]) -> Any:
    """Return an option's text as the type of its default."""
    name = key.value.replace("-", "_")
    if name not in known:
        raise fail(key, f"there is no such option{nearest(key.value, [each.replace('_', '-') for each in known])}")
    if isinstance(known[name], bool):
        return Choice("true", "false").read(value) == "true"
    return _COUNT.read(value) if isinstance(known[name], int) else value.value


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
