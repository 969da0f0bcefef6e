"""What is asked of an inventory, what it answers, and where it looks: without what finds the answer, which costs time to import."""

from __future__ import annotations

import os

from pytest_genomic_guard._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_genomic_guard.evidence.environments import Environment
    from pytest_genomic_guard.inventory.part import Part
    from pytest_genomic_guard.model import Gap, Located

_ORDER = ("configured", "running", "project", "pixi", "conda", "path")


class Evidence(Record):
    """What told of the packages of one part, and of how many."""

    root: bytes
    ecosystem: str
    label: str  # in our words, such as ``environment .venv (Python 3.11)``
    digest: str | None
    told: int
    of: int


class Inventory(Record):
    """What a repository uses."""

    facts: tuple[Located, ...] = ()
    gaps: tuple[Gap, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    parts: tuple[Part, ...] = ()
    paths: frozenset[bytes] = frozenset()  # the manifests and locks that were read
    asked: tuple[tuple[bytes, str], ...] = ()  # the prefixes of the environments that were read, and digests of what was there


class Asked(Record):
    """What the door knows of where packages are installed."""

    environ: Mapping[str, str]
    own: str  # the prefix of the interpreter that runs us
    python: str = ""  # an interpreter, or the folder of its environment, given by the user
    running: bool = False  # the project's tests run in our own environment
    cached: bool = True  # what was concluded before may be remembered


def candidates(top: bytes, below: bytes, configured: str, asked: Asked) -> list[Environment]:
    """Return the environments in which a part of a repository may be installed, in the order of the ladder."""
    from pytest_genomic_guard.evidence.environments import found  # noqa: PLC0415 - where there are manifests

    places = dict.fromkeys((os.path.join(top, below) if below else top, top))
    by_prefix: dict[bytes, Environment] = {}
    for root in places:
        for each in found(root, asked.python or configured, asked.environ, asked.own, asked.running):
            by_prefix.setdefault(each.prefix, each)
    return sorted(by_prefix.values(), key=lambda each: _ORDER.index(each.kind))
