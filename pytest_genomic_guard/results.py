"""What earlier runs read and found nothing in: how far each clean content was covered, kept between runs.

Kept is the outcome of a content at a path that gave no finding, no gap and no identifier, and whose path is shown as it is: a keyed
digest of the blob id and the path, coverage and format, and facts that are counts and words of our own lists, so nothing from which
a value could follow. All else is scanned anew in every run, and relations are never kept. A file holds for one set of rules,
options, packages and interpreter; it lies in the owner-only folder of compiled databases, is written whole or not at all, and one
that is damaged or foreign is as none.
"""

from __future__ import annotations

import json
import os
import sys
from hashlib import blake2b
from importlib import import_module
from struct import iter_unpack, pack, unpack_from

from pytest_genomic_guard._record import fields
from pytest_genomic_guard.matching import cache
from pytest_genomic_guard.model import COVERAGES, Covered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_genomic_guard.model import Artifact, Fact
    from pytest_genomic_guard.registry import Registry

    Outcome = tuple[Covered, tuple[Fact, ...]]

_MAGIC = b"genomic-guard results 2\n"
_CHECK, _SALT, _KEY = 16, 16, 16  # bytes
_RECORD = f"<{_KEY}sI"
_LONGEST = 200  # characters of the name of a format
_EACH, _OUTCOMES = 16, 4096  # facts of one content, and different outcomes in one file
MOST = 1 << 19  # outcomes in one file; those that a run used stay first
_PACKAGES = (".dist-info", ".egg-info")
# Facts without a text, a place or a digest: their fields are counts, flags, formats and public ids of licences.
_FACTS = {
    "BedFact": "plink",
    "FamFact": "plink",
    "BimFact": "plink",
    "CountsFact": "genomic.cells",
    "BarcodesFact": "genomic.cells",
    "OtherGenesFact": "genomic.cells",
    "IndexFact": "genomic.containers",
    "MatrixFact": "genomic.containers",
    "TableFact": "genomic.containers",
    "SitesFact": "genomic.containers",
    "LicenceFile": "licences.tree",
    "TorchNamed": "code.manifests",
}


class Results:
    """The outcomes of one set of rules; `name` is that of their file."""

    def __init__(self, name: str) -> None:
        """Load what is there."""
        self._name = name
        self._salt, self._outcomes, self._known = _loaded(name) or (os.urandom(_SALT), [], {})
        self._numbers = {told: number for number, told in enumerate(self._outcomes)}
        self._used: list[bytes] = []
        self._new: dict[bytes, int] = {}

    def find(self, artifact: Artifact) -> Outcome | None:
        """Return how far a content at its path was covered."""
        return self._told(_key(artifact, self._salt))

    def stamped(self, stamp: bytes) -> Outcome | None:
        """Return how far the content of a file was covered that had just this stamp."""
        return self._told(_stamp_key(stamp, self._salt))

    def _told(self, key: bytes) -> Outcome | None:
        number = self._known.get(key)
        if number is None:
            return None
        self._used.append(key)
        return self._outcomes[number]

    def keep(self, artifact: Artifact, covered: Covered, facts: tuple[Fact, ...] = ()) -> None:
        """Remember what a content gave, and of a file with a stamp, that this one did; not where it gave facts with words."""
        number = self._number((covered, facts)) if len(facts) <= _EACH and all(map(_kept, facts)) else None
        if number is None:
            return
        stamp = artifact.copy.stamp if artifact.copy else b""
        for key in (_key(artifact, self._salt), *((_stamp_key(stamp, self._salt),) if stamp else ())):
            if self._known.get(key) == number:
                self._used.append(key)
            else:
                self._new[key] = number

    def store(self) -> None:
        """Write what is new beside what is known, with what other processes have written since. Does nothing without news."""
        if not self._new:
            return
        others = _loaded(self._name)
        if others and others[0] == self._salt:  # of another salt nothing can be compared: whoever writes last has the file
            for key, number in others[2].items():
                if key not in self._known and key not in self._new and (told := self._number(others[1][number])) is not None:
                    self._known[key] = told
        kept = self._new | {key: self._known[key] for key in self._used}
        for key, number in self._known.items():
            if len(kept) >= MOST:
                break
            kept.setdefault(key, number)
        cache.store(self._name, _written(self._salt, self._outcomes, dict(list(kept.items())[:MOST])))
        self._known, self._new = kept, {}

    def _number(self, told: Outcome) -> int | None:
        """Return the number of an outcome; None where there are too many."""
        number = self._numbers.get(told)
        if number is None and len(self._outcomes) < _OUTCOMES:
            number = self._numbers[told] = len(self._outcomes)
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


def _key(artifact: Artifact, salt: bytes) -> bytes:
    what = (artifact.kind.encode(), (artifact.blob or "").encode(), artifact.size or 0, artifact.path)
    return blake2b(b"%b %b %d %b" % what, digest_size=_KEY, key=salt).digest()


def _stamp_key(stamp: bytes, salt: bytes) -> bytes:
    """Return a key that is none of a content: these are made of more bytes than a stamp has."""
    return blake2b(stamp, digest_size=_KEY, key=salt).digest()


def _kept(fact: Fact) -> bool:
    """Tell whether a fact can be kept."""
    kind = type(fact)
    return _FACTS.get(kind.__name__) == kind.__module__.removeprefix(f"{__package__}.views.")


def _written(salt: bytes, outcomes: Sequence[Outcome], kept: dict[bytes, int]) -> bytes:
    """Return a file of outcomes, of which only those that are named stay."""
    order = {number: at for at, number in enumerate(sorted(set(kept.values())))}
    told = json.dumps([_put(*outcomes[number]) for number in order]).encode()
    records = b"".join([pack(_RECORD, key, order[number]) for key, number in kept.items()])
    rest = salt + pack("<I", len(told)) + told + records
    return _MAGIC + blake2b(rest, digest_size=_CHECK).digest() + rest


def _put(covered: Covered, facts: tuple[Fact, ...]) -> list[object]:
    return [covered.level, covered.format, [[type(each).__name__, fields(each)] for each in facts]]


def _loaded(name: str) -> tuple[bytes, list[Outcome], dict[bytes, int]] | None:
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
        outcomes = [_outcome(*told) for told in json.loads(rest[begin : begin + size])]
        known = dict(iter_unpack(_RECORD, rest[begin + size :]))
        return (rest[:_SALT], outcomes, known) if max(known.values(), default=-1) < len(outcomes) else None
    except Exception:  # noqa: BLE001 - a cache that cannot be read is none
        return None


def _outcome(level: object, form: object, facts: list[tuple[str, dict[str, object]]]) -> Outcome:
    """Return an outcome. Raises an error for what this version did not write."""
    if level not in COVERAGES or not isinstance(form, str) or len(form) > _LONGEST:
        raise ValueError
    return Covered(level=level, format=form), tuple(_fact(*told) for told in facts)  # type: ignore[arg-type]  # as was seen


def _fact(name: str, values: dict[str, object]) -> Fact:
    made: Fact = getattr(import_module(f"{__package__}.views.{_FACTS[name]}"), name)(**values)
    return made
