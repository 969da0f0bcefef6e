"""What earlier runs read and found nothing in: how far each clean content was covered, kept between runs.

Kept is the outcome of a content at a path that gave no finding, no fact, no gap and no identifier, and whose path is shown as it
is: a keyed digest of the blob id and the path, coverage and format, so nothing from which a value could follow. All else is scanned
anew in every run, and relations are never kept. A file holds for one set of rules, options, packages and interpreter; it lies in
the owner-only folder of compiled databases, is written whole or not at all, and one that is damaged or foreign is as none.
"""

from __future__ import annotations

import json
import os
import sys
from hashlib import blake2b
from struct import iter_unpack, pack, unpack_from

from pytest_genomic_guard.matching import cache
from pytest_genomic_guard.model import COVERAGES, Covered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.registry import Registry

_MAGIC = b"genomic-guard results 1\n"
_CHECK, _SALT, _KEY = 16, 16, 16  # bytes
_RECORD = f"<{_KEY}sI"
_LONGEST = 200  # characters of the name of a format
MOST = 1 << 19  # outcomes in one file; those that a run used stay first
_PACKAGES = (".dist-info", ".egg-info")


class Results:
    """The outcomes of one set of rules; `name` is that of their file."""

    def __init__(self, name: str) -> None:
        """Load what is there."""
        self._name = name
        self._salt, self._outcomes, self._known = _loaded(name) or (os.urandom(_SALT), [], {})
        self._numbers = {told: number for number, told in enumerate(self._outcomes)}
        self._used: set[bytes] = set()
        self._new: dict[bytes, int] = {}

    def find(self, artifact: Artifact, stamp: bytes = b"") -> Covered | None:
        """Return how far a content at its path was covered; with a `stamp`, of one whose file had just this stamp."""
        key = _key(artifact, stamp, self._salt)
        number = self._known.get(key)
        if number is None:
            return None
        self._used.add(key)
        return self._outcomes[number]

    def keep(self, artifact: Artifact, covered: Covered, stamps: Iterable[bytes] = (b"",)) -> None:
        """Remember that a content gave nothing."""
        number = self._number(covered)
        for stamp in stamps:
            key = _key(artifact, stamp, self._salt)
            if self._known.get(key) == number:
                self._used.add(key)
            else:
                self._new[key] = number

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

    def _number(self, told: Covered) -> int:
        number = self._numbers.setdefault(told, len(self._outcomes))
        if number == len(self._outcomes):
            self._outcomes.append(told)
        return number


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


def _key(artifact: Artifact, stamp: bytes, salt: bytes) -> bytes:
    what = (artifact.kind.encode(), (artifact.blob or "").encode(), artifact.size or 0, stamp, artifact.path)
    return blake2b(b"%b %b %d %b\0%b" % what, digest_size=_KEY, key=salt).digest()


def _written(salt: bytes, outcomes: Sequence[Covered], kept: dict[bytes, int]) -> bytes:
    """Return a file of outcomes, of which only those that are named stay."""
    order = {number: at for at, number in enumerate(sorted(set(kept.values())))}
    told = json.dumps([[outcomes[number].level, outcomes[number].format] for number in order]).encode()
    records = b"".join([pack(_RECORD, key, order[number]) for key, number in kept.items()])
    rest = salt + pack("<I", len(told)) + told + records
    return _MAGIC + blake2b(rest, digest_size=_CHECK).digest() + rest


def _loaded(name: str) -> tuple[bytes, list[Covered], dict[bytes, int]] | None:
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
        outcomes = [_covered(*told) for told in json.loads(rest[begin : begin + size])]
        known = dict(iter_unpack(_RECORD, rest[begin + size :]))
        return (rest[:_SALT], outcomes, known) if max(known.values(), default=-1) < len(outcomes) else None
    except Exception:  # noqa: BLE001 - a cache that cannot be read is none
        return None


def _covered(level: object, form: object) -> Covered:
    """Return an outcome. Raises ValueError for what this version did not write."""
    if level not in COVERAGES or not isinstance(form, str) or len(form) > _LONGEST:
        raise ValueError
    return Covered(level=level, format=form)  # type: ignore[arg-type]  # as was seen
