"""What the packs of rules hold: the clauses that a code serves, identifiers, limits and lists; each pack's data in its module."""

from __future__ import annotations

import importlib

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.policy.packs import RULES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import Literal


class Identifier(Record):
    """The form of an identifier that a rule maker or archive gives out."""

    name: str
    of: Literal["participant", "patient", "study", "file"]
    pattern: bytes  # a regular expression over bytes that a whole value matches
    source: str
    least: int | None = None  # where it is a number
    most: int | None = None
    beside: tuple[bytes, ...] = ()  # names of columns, of which one must stand with it; without any it tells by itself


class Limit(Record):
    """A number that a rule sets."""

    name: str
    number: int
    means: str
    source: str


class Listing(Record):
    """A closed list that a rule maker published."""

    name: str
    values: tuple[str, ...]
    means: str
    source: str


class Notice(Record):
    """A dated rule on models that are trained on controlled-access data."""

    name: str  # as the rule maker numbers it
    title: str
    since: str  # ISO 8601
    systems: tuple[str, ...]  # archives whose controlled data it is about, as `views.datause` names them
    models: Literal["generative", "all"]
    sharing: Literal["paused", "forbidden", "allowed"]
    retention: Literal["until-close-out", "paused", "forbidden", "allowed"]
    allowed: str  # what is allowed, in our words
    source: str
    briefly: str = ""  # the same in one clause, for messages


class Rules(Record):
    """The data of one pack."""

    clauses: Mapping[str, tuple[str, ...]]  # by codes or beginnings of codes, of which the longest counts
    identifiers: tuple[Identifier, ...] = ()
    limits: tuple[Limit, ...] = ()
    lists: tuple[Listing, ...] = ()
    notices: tuple[Notice, ...] = ()


def data(name: str) -> Rules:
    """Return the data of a pack."""
    found: Rules = importlib.import_module(f"{__package__}.{name.replace('-', '_')}").RULES
    return found


def clauses(name: str, code: str) -> tuple[str, ...]:
    """Return the clauses of a pack that a code serves."""
    held = data(name).clauses
    return held[max(keys, key=len)] if (keys := [key for key in held if code.startswith(key)]) else ()


def in_force(named: Collection[str]) -> tuple[str, ...]:
    """Return the packs that are named, and of every rule maker of whom none is, the newest."""
    found: dict[str, list[str]] = {}
    for pack in sorted(RULES, key=lambda pack: pack.date):
        found.setdefault(pack.name.partition("-")[0], []).append(pack.name)
    return tuple(name for names in found.values() for name in ([name for name in names if name in named] or names[-1:]))
