"""What earlier runs read and found nothing in: the facts and the coverage of clean contents, kept between runs.

Kept is the outcome of a content at a path that gave no finding, no gap and no identifier, and whose path is shown as it is: a keyed
digest of the blob id and the path, coverage and format, and value-free facts, so nothing from which a value could follow. All else
is scanned anew in every run, and relations are never kept. A file holds for one set of rules, options, packages and interpreter; it
lies in the owner-only folder of compiled databases, is written whole or not at all, and one that is damaged or foreign is as none.
"""

from __future__ import annotations

import json
import os
import sys
from hashlib import blake2b
from importlib import import_module
from struct import iter_unpack, pack, unpack_from

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.matching import cache
from pytest_genomic_guard.model import COVERAGES, Covered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from pytest_genomic_guard.model import Artifact, Fact
    from pytest_genomic_guard.registry import Registry

_MAGIC = b"genomic-guard results 1\n"
_CHECK, _SALT, _KEY = 16, 16, 16  # bytes
_RECORD = f"<{_KEY}sI"
MOST = 1 << 19  # outcomes in one file; those that a run used stay first
_OURS = "pytest_genomic_guard."
_PACKAGES = (".dist-info", ".egg-info")


class Unkept(Exception):  # noqa: N818 - a state of a fact, told to nobody
    """A fact that is not kept: it holds bytes, which could be a value."""


class Results:
    """The outcomes of one set of rules; `name` is that of their file."""

    def __init__(self, name: str) -> None:
        """Load what is there."""
        self._name = name
        self._salt, self._outcomes, self._known = _loaded(name) or (os.urandom(_SALT), [], {})
        self._numbers = {told: number for number, told in enumerate(self._outcomes)}
        self._bare: dict[int, Covered] = {}  # outcomes without facts, which are most
        self._used: set[bytes] = set()
        self._new: dict[bytes, int] = {}

    def find(self, artifact: Artifact, stamp: bytes = b"") -> tuple[Covered, tuple[Fact, ...]] | None:
        """Return what is known of a content at its path; with a `stamp`, of one whose file had just this stamp."""
        key = self._key(artifact, stamp)
        number = self._known.get(key)
        if number is None:
            return None
        self._used.add(key)
        if number in self._bare:
            return self._bare[number], ()
        try:
            found = _read(self._outcomes[number], artifact.path)
        except (ValueError, TypeError, KeyError, AttributeError, IndexError, ImportError):
            return None
        if not found[1]:
            self._bare[number] = found[0]
        return found

    def keep(self, artifact: Artifact, covered: Covered, facts: Sequence[Fact], stamps: Iterable[bytes] = (b"",)) -> None:
        """Remember what a content gave, where all of it may be kept."""
        try:
            told = json.dumps([covered.level, covered.format, [_plain(fact, artifact.path) for fact in facts]], allow_nan=False)
        except (Unkept, ValueError):
            return
        number = self._number(told)
        for stamp in stamps:
            self._new[self._key(artifact, stamp)] = number

    def store(self) -> None:
        """Write what is new beside what is known, with what other processes have written since. Does nothing without news."""
        if not self._new:
            return
        others = _loaded(self._name)
        if others and others[0] == self._salt:  # of another salt nothing can be compared: whoever writes last has the file
            for key, number in others[2].items():
                if key not in self._known and key not in self._new:
                    self._known[key] = self._number(others[1][number])
        kept = self._new | {key: self._known[key] for key in self._used}
        for key, number in self._known.items():
            if len(kept) >= MOST:
                break
            kept.setdefault(key, number)
        cache.store(self._name, _written(self._salt, self._outcomes, dict(list(kept.items())[:MOST])))
        self._known, self._new = kept, {}

    def _number(self, told: str) -> int:
        number = self._numbers.setdefault(told, len(self._outcomes))
        if number == len(self._outcomes):
            self._outcomes.append(told)
        return number

    def _key(self, artifact: Artifact, stamp: bytes) -> bytes:
        what = b"%b %b %d %b" % (artifact.kind.encode(), (artifact.blob or "").encode(), artifact.size or 0, stamp)
        return blake2b(b"%b\0%b" % (what, artifact.path), digest_size=_KEY, key=self._salt).digest()


def opened(registry: Registry, rules: str) -> Results | None:
    """Return the outcomes by the rules that a text tells; None where there are rules of plugins, whose code may change unseen."""
    if registry.extended:
        return None
    told = repr((rules, sys.version, sys.platform, _installed()))
    return Results(f"results-{blake2b(told.encode('utf-8', 'backslashreplace'), digest_size=16).hexdigest()}.bin")


def _installed() -> list[object]:
    """Return the packages that are there with their versions: an extra reads more. Of a checkout, when its modules changed."""
    found: list[object] = []
    for folder in sys.path:
        try:
            found += sorted(name for name in os.listdir(folder or ".") if name.endswith(_PACKAGES))
        except OSError:
            continue
    package = os.path.dirname(os.path.abspath(__file__))
    if os.path.exists(os.path.join(os.path.dirname(package), "pyproject.toml")):
        found += sorted(_changed(package))
    return found


def _changed(package: str) -> Iterable[tuple[str, int]]:
    for folder, _folders, names in os.walk(package):
        for name in names:
            if name.endswith(".py"):
                path = os.path.join(folder, name)
                yield os.path.relpath(path, package), os.stat(path).st_mtime_ns


def _written(salt: bytes, outcomes: Sequence[str], kept: dict[bytes, int]) -> bytes:
    """Return a file of outcomes, of which only those that are named stay."""
    order = {number: at for at, number in enumerate(sorted(set(kept.values())))}
    told = json.dumps([outcomes[number] for number in order]).encode()
    records = b"".join([pack(_RECORD, key, order[number]) for key, number in kept.items()])
    rest = salt + pack("<I", len(told)) + told + records
    return _MAGIC + blake2b(rest, digest_size=_CHECK).digest() + rest


def _loaded(name: str) -> tuple[bytes, list[str], dict[bytes, int]] | None:
    """Return the salt, the outcomes and which one each key has; None without a file, or for one that is not as it was written."""
    data = cache.load(name)
    if data is None or not data.startswith(_MAGIC):
        return None
    rest = data[len(_MAGIC) + _CHECK :]
    if blake2b(rest, digest_size=_CHECK).digest() != data[len(_MAGIC) : len(_MAGIC) + _CHECK]:
        return None
    try:
        size = unpack_from("<I", rest, _SALT)[0]
        begin = _SALT + 4
        outcomes = json.loads(rest[begin : begin + size])
        return rest[:_SALT], [str(told) for told in outcomes], dict(iter_unpack(_RECORD, rest[begin + size :]))
    except Exception:  # noqa: BLE001 - a cache that cannot be read is none
        return None


def _read(told: str, path: bytes) -> tuple[Covered, tuple[Fact, ...]]:
    """Return an outcome of a content at a path. Raises ValueError and others for what this version did not write."""
    level, form, facts = json.loads(told)
    if level not in COVERAGES or not isinstance(form, str):
        raise ValueError
    return Covered(level=level, format=form), tuple(_made(fact, path) for fact in facts)


def _plain(value: Any, path: bytes) -> Any:
    """Return a part of a fact as JSON has it. Raises `Unkept`."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, Record):
        fields = {field: _plain(getattr(value, field), path) for field in type(value)._defaults}  # noqa: SLF001
        return {"kind": f"{type(value).__module__}:{type(value).__qualname__}", "fields": fields}
    if isinstance(value, tuple):
        return {"tuple": [_plain(each, path) for each in value]}
    if value == path and isinstance(value, bytes):
        return {"path": True}
    raise Unkept


def _made(told: Any, path: bytes) -> Any:
    """Return what `_plain` was given. Raises ValueError and others for anything else."""
    if not isinstance(told, dict):
        return told
    if "path" in told:
        return path
    if "tuple" in told:
        return tuple(_made(each, path) for each in told["tuple"])
    module, _colon, name = told["kind"].partition(":")
    kind = getattr(import_module(module), name) if module.startswith(_OURS) else None
    if not (isinstance(kind, type) and issubclass(kind, Record)):
        raise TypeError
    return kind(**{field: _made(value, path) for field, value in told["fields"].items()})
