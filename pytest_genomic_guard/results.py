"""What earlier runs read and found nothing in: how far each clean content was covered, kept between runs.

Kept is the outcome of a content at a path that gave no finding, no gap and no identifier, and whose path is shown as it is: a keyed
digest of the blob id and the path, one of the line in which git records an unmodified file, coverage and format, and facts that are
counts and words of our own lists, so nothing from which a value could follow. All else is scanned anew in every run, and relations
are never kept. A file holds for one set of rules, options, packages and interpreter; it lies in the owner-only folder of compiled
databases, is written whole or not at all, and one that is damaged or foreign is as none.
"""

from __future__ import annotations

import json
import os
import sys
from array import array
from hashlib import blake2b
from importlib import import_module
from itertools import accumulate, pairwise
from struct import pack, unpack_from

from pytest_genomic_guard._record import fields
from pytest_genomic_guard.matching import cache
from pytest_genomic_guard.model import COVERAGES, Covered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_genomic_guard.model import Artifact, Fact
    from pytest_genomic_guard.registry import Registry

    Outcome = tuple[Covered, tuple[Fact, ...]]

_MAGIC = b"genomic-guard results 3\n"
_CHECK, _SALT, _KEY = 16, 16, 16  # bytes
_PREFIX = 16  # bits of a key by which it is found, at most
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


class Held:
    """What a file holds: keys in order, one after the other, and the number of the outcome of each.

    As a dictionary of so many, that would take five times the memory. Keys are digests, so by the first bits of one it is known
    where it stands, but for a few.
    """

    def __init__(self, salt: bytes, outcomes: list[Outcome], keys: bytes, numbers: array[int], begins: array[int]) -> None:
        """Take them, and where those begin that begin with the same bits, by these, with the end of all."""
        self.salt, self.outcomes, self.numbers = salt, outcomes, numbers
        self._keys, self._begins = keys, begins
        self._shift = _PREFIX - (len(begins) - 1).bit_length() + 1

    def __len__(self) -> int:
        """Return how many keys there are."""
        return len(self.numbers)

    def key(self, at: int) -> bytes:
        """Return one of them."""
        return self._keys[at * _KEY : (at + 1) * _KEY]

    def at(self, key: bytes) -> int | None:
        """Return the number of a key; None where it is not among them."""
        prefix = int.from_bytes(key[:2], "big") >> self._shift
        at, end = self._begins[prefix] * _KEY, self._begins[prefix + 1] * _KEY
        while (at := self._keys.find(key, at, end)) % _KEY:
            if at < 0:
                return None
            at += 1
        return at // _KEY


class Results:
    """The outcomes of one set of rules; `name` is that of their file."""

    def __init__(self, name: str) -> None:
        """Load what is there."""
        self._name = name
        self._held = _loaded(name) or Held(os.urandom(_SALT), [], b"", array("H"), array("I", [0, 0]))
        self._outcomes = self._held.outcomes
        self._numbers = {told: number for number, told in enumerate(self._outcomes)}
        self._used = bytearray(len(self._held))
        self._new: dict[bytes, int] = {}

    def find(self, artifact: Artifact) -> Outcome | None:
        """Return how far a content at its path was covered."""
        return self._told(_key(artifact, self._held.salt))

    def stamped(self, stamps: Iterable[bytes]) -> list[Outcome | None]:
        """Return how far the contents of files were covered that had just these stamps; of an empty one nothing is known."""
        return [self._told(stamp) if stamp else None for stamp in stamps]

    def _told(self, key: bytes) -> Outcome | None:
        at = self._held.at(key)
        if at is None:
            return None
        self._used[at] = 1
        return self._outcomes[self._held.numbers[at]]

    def keep(self, artifact: Artifact, covered: Covered, facts: tuple[Fact, ...] = ()) -> None:
        """Remember what a content gave, and of a file with a stamp, that this one did; not where it gave facts with words."""
        number = self._number((covered, facts)) if len(facts) <= _EACH and all(map(_kept, facts)) else None
        if number is None:
            return
        stamp = artifact.copy.stamp if artifact.copy else b""
        for key in (_key(artifact, self._held.salt), *((stamp,) if stamp else ())):
            at = self._held.at(key)
            if at is not None and self._held.numbers[at] == number:
                self._used[at] = 1
            elif len(self._new) < MOST:
                self._new[key] = number

    def store(self) -> None:
        """Write what is new beside what is known, with what other processes have written since. Does nothing without news."""
        if not self._new:
            return
        kept, held = self._new, self._held
        rows = [at for used in (1, 0) for at, each in enumerate(self._used) if each == used]  # those that this run used first
        for at in rows[: MOST - len(kept)]:
            kept.setdefault(held.key(at), held.numbers[at])
        others = _loaded(self._name)
        if others and others.salt == held.salt:  # of another salt nothing can be compared: whoever writes last has the file
            for at, number in enumerate(others.numbers):
                if len(kept) >= MOST:
                    break
                if (key := others.key(at)) not in kept and (told := self._number(others.outcomes[number])) is not None:
                    kept[key] = told
        cache.store(self._name, _written(held.salt, self._outcomes, kept))
        self._new = {}

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


def _kept(fact: Fact) -> bool:
    """Tell whether a fact can be kept."""
    kind = type(fact)
    return _FACTS.get(kind.__name__) == kind.__module__.removeprefix(f"{__package__}.views.")


def _written(salt: bytes, outcomes: Sequence[Outcome], kept: dict[bytes, int]) -> bytes:
    """Return a file of outcomes, of which only those that are named stay."""
    order = {number: at for at, number in enumerate(sorted(set(kept.values())))}
    told = json.dumps([_put(*outcomes[number]) for number in order]).encode()
    keys = sorted(kept)
    bits = min(max(len(keys).bit_length() - 3, 0), _PREFIX)
    begins = array("I", bytes(4 << bits) + bytes(4))
    for key in keys:
        begins[(int.from_bytes(key[:2], "big") >> _PREFIX - bits) + 1] += 1
    begins = array("I", accumulate(begins))
    numbers = array("H", [order[kept[key]] for key in keys])
    rest = b"".join((salt, pack("<3I", len(told), len(keys), bits), told, begins.tobytes(), *keys, numbers.tobytes()))
    return _MAGIC + blake2b(rest, digest_size=_CHECK).digest() + rest


def _put(covered: Covered, facts: tuple[Fact, ...]) -> list[object]:
    return [covered.level, covered.format, [[type(each).__name__, fields(each)] for each in facts]]


def _loaded(name: str) -> Held | None:
    """Return what a file holds; None without a file, or for one that is not as it was written."""
    data = cache.load(name)
    if data is None or not data.startswith(_MAGIC):
        return None
    rest = memoryview(data)[len(_MAGIC) + _CHECK :]
    if blake2b(rest, digest_size=_CHECK).digest() != data[len(_MAGIC) : len(_MAGIC) + _CHECK]:
        return None
    try:
        size, count, bits = unpack_from("<3I", rest, _SALT)
        at = _SALT + 12
        ends = [*accumulate((size, (4 << min(bits, _PREFIX)) + 4, _KEY * count, 2 * count), initial=at)]
        told, begins, keys, numbers = (bytes(rest[begin:end]) for begin, end in pairwise(ends))
        held = Held(
            bytes(rest[:_SALT]), [_outcome(*each) for each in json.loads(told)], keys, array("H", numbers), array("I", begins)
        )
        fit = ends[-1] == len(rest) and max(held.numbers, default=-1) < len(held.outcomes)
        return held if fit else None
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
