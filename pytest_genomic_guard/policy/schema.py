"""A small schema over YAML nodes: every scalar is text until a kind here types it, and every error knows its line and column."""

from __future__ import annotations

import re

from pytest_genomic_guard.policy import PolicyError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard.policy.nodes import Node

    Json = dict[str, Any]


class Block(dict[str, "Any"]):
    """A mapping that was read, with the line on which it begins, those of its keys, and the file where that is not the policy."""

    def __init__(self) -> None:
        """Begin an empty one."""
        super().__init__()
        self.line = 0
        self.lines: dict[str, int] = {}
        self.file: bytes | None = None


def fail(node: Node, message: str) -> PolicyError:
    """Build the error for a node."""
    return PolicyError(message, node.line, node.column)


def meant(word: str, known: Sequence[str]) -> str:
    """Return a did-you-mean that names the known word only, or nothing."""
    import difflib  # noqa: PLC0415 - for errors only

    near = difflib.get_close_matches(word, known, 1, 0.6)
    return f"; did you mean {near[0]!r}?" if near else ""


def nearest(word: str, known: Sequence[str]) -> str:
    """Return a did-you-mean, or the choices when nothing is near and they are not too many to read."""
    return meant(word, known) or (f"; known: {', '.join(known)}" if len(known) <= 30 else "")


class Scalar:
    """One value: a pattern that the text must match, and what to make of it."""

    def __init__(self, wants: str, pattern: str, make: Callable[[str], Any] = str, **schema: Any) -> None:
        """Take a description for messages, the pattern, the conversion and the JSON schema."""
        self._wants, self._pattern, self._make = wants, pattern, make  # compiled where it is used: few are
        self._schema = {"type": "string", "pattern": f"^(?:{pattern})$"} | schema

    def read(self, node: Node) -> Any:
        """Return the typed value. Raises `PolicyError`."""
        if node.id != "scalar" or not re.fullmatch(self._pattern, node.value):
            raise fail(node, f"this must be {self._wants}")
        try:
            return self._make(node.value)
        except ValueError:
            raise fail(node, f"this must be {self._wants}") from None

    def schema(self) -> Json:
        """Return the JSON schema."""
        return self._schema


class Choice:
    """One of a few words."""

    def __init__(self, *words: str) -> None:
        """Take the words."""
        self._words = words

    def read(self, node: Node) -> str:
        """Return the word. Raises `PolicyError`."""
        if node.id != "scalar" or node.value not in self._words:
            given = node.value if node.id == "scalar" else ""
            raise fail(node, f"this must be one of {', '.join(self._words)}{meant(given, self._words)}")
        return str(node.value)

    def schema(self) -> Json:
        """Return the JSON schema."""
        return {"enum": [*self._words, *(int(word) for word in self._words if word.isdigit())]}


class ListOf:
    """A list of one kind."""

    def __init__(self, kind: Kind, *, distinct: str | None = None) -> None:
        """Take the kind of the items, and where they must differ by what: a key of theirs, or with ``""`` the item itself."""
        self._kind, self._distinct = kind, distinct

    def read(self, node: Node) -> list[Any]:
        """Return the items. Raises `PolicyError`."""
        if node.id != "sequence":
            raise fail(node, "this must be a list")
        items: list[Any] = [self._kind.read(item) for item in node.value]
        if self._distinct is not None:
            seen = set()
            for item, at in zip(items, node.value, strict=True):
                told = item[self._distinct] if self._distinct else item
                if told in seen:
                    raise fail(_value(at, self._distinct), "this is in the list already")
                seen.add(told)
        return items

    def schema(self) -> Json:
        """Return the JSON schema."""
        unique = {"uniqueItems": True} if self._distinct == "" else {}
        return {"type": "array", "items": self._kind.schema()} | unique


class MapOf:
    """A mapping with free keys of one pattern, or of several with a kind each."""

    def __init__(self, wants: str, kinds: Mapping[str, Kind], *, least: int = 0, known: Sequence[str] = ()) -> None:
        """Take a description of the keys, kinds by the patterns of their keys, how many there must be, and keys to remind of."""
        self._wants, self._kinds, self._least, self._known = wants, kinds, least, known

    def read(self, node: Node) -> Block:
        """Return the values by key. Raises `PolicyError`."""
        block = Block()
        for key, value in _pairs(node):
            kind = next((kind for pattern, kind in self._kinds.items() if re.fullmatch(pattern, key.value)), None)
            if kind is None:
                raise fail(key, f"this key must be {self._wants}{meant(key.value, self._known)}")
            block[key.value], block.lines[key.value] = kind.read(value), key.line
        if len(block) < self._least:
            raise fail(node, f"this needs at least {self._least}: {self._wants}")
        block.line = node.line
        return block

    def schema(self) -> Json:
        """Return the JSON schema."""
        return {
            "type": "object",
            "patternProperties": {f"^(?:{pattern})$": kind.schema() for pattern, kind in self._kinds.items()},
            "additionalProperties": False,
        } | ({"minProperties": self._least} if self._least else {})


class Fields:
    """A mapping with known keys."""

    def __init__(self, required: Mapping[str, Kind], optional: Mapping[str, Kind] | None = None) -> None:
        """Take the kinds by key."""
        self._required, self._all = required, {**required, **(optional or {})}
        self.keys = (*self._all,)

    def read(self, node: Node) -> Block:
        """Return the values by key. Raises `PolicyError`."""
        block = Block()
        for key, value in _pairs(node):
            kind = self._all.get(key.value)
            if kind is None:
                raise fail(key, f"unknown key{nearest(key.value, sorted(self._all))}")
            block[key.value], block.lines[key.value] = kind.read(value), key.line
        missing = [key for key in self._required if key not in block]
        if missing:
            raise fail(node, f"this entry needs {', '.join(missing)}")
        block.line = node.line
        return block

    def schema(self) -> Json:
        """Return the JSON schema."""
        return {
            "type": "object",
            "properties": {key: kind.schema() for key, kind in self._all.items()},
            "required": list(self._required),
            "additionalProperties": False,
        }


class OneOf:
    """A mapping in one of two forms: the second where it has the key that tells it."""

    def __init__(self, usual: Fields, **other: Fields) -> None:
        """Take the usual form, and the other one under the key that tells it."""
        ((self._key, self._other),) = other.items()
        self._usual = usual

    def read(self, node: Node) -> Block:
        """Return the values by key. Raises `PolicyError`."""
        told = any(key.value == self._key for key, _value in _pairs(node))
        return (self._other if told else self._usual).read(node)

    def schema(self) -> Json:
        """Return the JSON schema."""
        return {"oneOf": [self._usual.schema(), self._other.schema()]}


class Either:
    """A value that is a scalar in short, and a mapping where there is more to say."""

    def __init__(self, short: Scalar | Choice, long: Fields | Held) -> None:
        """Take both forms."""
        self._short, self._long = short, long

    def read(self, node: Node) -> Any:
        """Return the value. Raises `PolicyError`."""
        known = self._long.keys
        told = node.id == "mapping" and any(key.value in known or meant(key.value, known) for key, _value in _pairs(node))
        return (self._long if told else self._short).read(node)

    def schema(self) -> Json:
        """Return the JSON schema."""
        return {"anyOf": [self._short.schema(), self._long.schema()]}


class Held:
    """A mapping whose values are held against each other when each has been read."""

    def __init__(self, kind: Fields, rule: Callable[[Block, Node], None]) -> None:
        """Take the mapping, and what raises `PolicyError` for values that do not go together."""
        self._kind, self._rule = kind, rule
        self.keys = kind.keys

    def read(self, node: Node) -> Block:
        """Return the values by key. Raises `PolicyError`."""
        block = self._kind.read(node)
        self._rule(block, node)
        return block

    def schema(self) -> Json:
        """Return the JSON schema, which does not know of the rule."""
        return self._kind.schema()


def at(node: Node, *keys: str, value: bool = False) -> Node:
    """Return the key that a path of keys leads to in a mapping, or its value."""
    found = node
    for number, key in enumerate(keys, 1):
        name, below = next(pair for pair in node.value if pair[0].value == key)
        found, node = (below if value or number < len(keys) else name), below
    return found


def _value(node: Node, key: str) -> Node:
    """Return the value at a key of a mapping, or the node itself without one."""
    return next((value for name, value in node.value if name.value == key), node) if key else node


def _pairs(node: Node) -> list[tuple[Node, Node]]:
    if node.id != "mapping":
        raise fail(node, "this must be a mapping of keys to values")
    seen: set[str] = set()
    for key, _value in node.value:
        if key.id != "scalar":
            raise fail(key, "a key must be a plain word")
        if key.value in seen:
            raise fail(key, "this key is repeated")
        seen.add(key.value)
    pairs: list[tuple[Node, Node]] = node.value
    return pairs


if TYPE_CHECKING:
    Kind = Scalar | Choice | ListOf | MapOf | Fields | OneOf | Either | Held
