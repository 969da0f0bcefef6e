"""What a run said of the packages of a repository, kept for runs in which nothing changed: no manifest is parsed, no graph walked.

Nothing changed where the bytes of all manifests and locks, of the licence lock and of the project's own licence file are the same,
what is installed in every environment that could tell is, and so are the policy on licences, the day, the platform and ours. It is
written to the user's own folder, as JSON of facts: names and versions of packages, licences, paths of manifests.
"""

from __future__ import annotations

import sys
import time

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.inventory import declared, remembered
from pytest_genomic_guard.inventory.links import behind
from pytest_genomic_guard.model import Gap, Located, Unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any, TypeGuard

    from pytest_genomic_guard.evidence.environments import Environment
    from pytest_genomic_guard.inventory.result import Asked, Inventory
    from pytest_genomic_guard.model import Snapshot
    from pytest_genomic_guard.policy import Policy

_LASTING = frozenset(("manifest", "no-environment", "dead-environment", "empty-environment", "own-environment"))
_NUMBERS = regex(rb"[0-9]{4}")
_ELSEWHERE = frozenset(("r", "node"))  # what is installed of them has no digest that costs less than reading it


class Memory:
    """What is kept of a repository as it is now."""

    def __init__(self, snapshot: Snapshot, policy: Policy, excluded: Callable[[bytes], bool], asked: Asked) -> None:
        """Find the name under which it is kept; there is none where a manifest cannot be read, which a run has to tell."""
        import hashlib  # noqa: PLC0415 - loads OpenSSL

        self._snapshot, self._name = snapshot, ""
        self._environments: dict[bytes, Environment] = {}
        listed = hashlib.sha256()  # of all names: a manifest can include a file of any name that is not there yet
        wanted: dict[bytes, None] = {}
        entries = snapshot.entries()
        for at, path in enumerate(snapshot.names()):
            listed.update(path + b"\0")
            if declared.counts(path) and entries[at].kind in {"file", "link"} and not excluded(path):
                wanted[path] = None
        try:
            read, roots = _digests(snapshot, policy, wanted)
        except Unreadable:
            return
        marks: list[object] = [listed.digest(), read, policy.path, time.strftime("%Y-%m-%d"), sys.version, sys.platform]
        marks += [(root, sorted(policy.settings("licences", root or b".").items())) for root in roots]
        marks += [list(self._around(policy, root, asked)) for root in roots]
        self._name = f"licences-all-{hashlib.sha256(repr((marks, _stamp())).encode()).hexdigest()[:32]}.json"

    def load(self) -> Inventory | None:
        """Return what was said; None where nothing is kept, what is kept is damaged, or what it was said by has changed."""
        from pytest_genomic_guard.matching import cache  # noqa: PLC0415 - where there are manifests

        data = cache.load(self._name) if self._name else None
        if data is None:
            return None
        import json  # noqa: PLC0415 - as above

        from pytest_genomic_guard.inventory.result import Inventory  # noqa: PLC0415 - as above

        kinds = _kinds()
        try:
            found, included = _tuples(json.loads(data, object_hook=_makers(kinds)))
            if not isinstance(found, Inventory) or any(_digest(self._snapshot, path) != digest for path, digest in included):
                return None
            return None if any(self._told(prefix) != digest for prefix, digest in found.asked) else found
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None

    def store(self, found: Inventory) -> None:
        """Keep what was said, unless something told of it that has no digest, or something could not be read."""
        lost = any(gap.reason not in _LASTING for gap in found.gaps)
        if not self._name or lost or any(part.ecosystem in _ELSEWHERE for part in found.parts):
            return
        if any(_NUMBERS.search(path) for path in found.paths):  # a folder can have the name of a patient
            return
        import json  # noqa: PLC0415 - as above

        from pytest_genomic_guard.matching import cache  # noqa: PLC0415 - as above

        included = [(path, _digest(self._snapshot, path)) for path in sorted(found.paths) if not declared.counts(path)]
        cache.store(self._name, json.dumps(_plain((found.replace(parts=()), included))).encode())

    def _around(self, policy: Policy, root: bytes, asked: Asked) -> Iterator[object]:
        """Yield what tells the environments in which a part of the repository may be installed, but not what is in them."""
        from pytest_genomic_guard.inventory.result import candidates  # noqa: PLC0415 - as above

        top: bytes | None = getattr(self._snapshot, "root", None)
        yield top
        if top is not None:
            configured = policy.settings("licences", root or b".").get("python", "")
            for each in candidates(top, root, configured, asked):
                self._environments.setdefault(each.prefix, each)
                yield each.kind, each.prefix, each.python, each.inside, each.problem, each.top, each.sites

    def _told(self, prefix: bytes) -> str:
        """Return the digest of what is in an environment. Raises KeyError."""
        return remembered.told(self._environments[prefix])


def _digests(snapshot: Snapshot, policy: Policy, paths: Iterable[bytes]) -> tuple[list[tuple[bytes, bytes]], list[bytes]]:
    """Return paths with digests of all that counts besides, and the roots of what is judged apart. Raises `Unreadable`."""
    import hashlib  # noqa: PLC0415 - as above

    from pytest_genomic_guard.inventory.own import NAMES  # noqa: PLC0415 - as above

    roots = sorted({b"", *(policy.project(path).root for path in paths)})
    own = [root + b"/" + name if root else name for root in roots for name in NAMES]
    found = [(path, behind(snapshot, path)) for path in (*paths, declared.LOCK, *own)]
    return [(path, hashlib.sha256(declared.content(entry)).digest()) for path, entry in found if entry is not None], roots


def _digest(snapshot: Snapshot, path: bytes) -> str:
    """Return the digest of a file; empty where there is none."""
    import hashlib  # noqa: PLC0415 - as above

    try:
        entry = behind(snapshot, path)
        return hashlib.sha256(declared.content(entry)).hexdigest() if entry is not None else ""
    except Unreadable:
        return ""


def _stamp() -> list[object]:
    from pytest_genomic_guard import evidence, inventory  # noqa: PLC0415 - their folders
    from pytest_genomic_guard.views import licences  # noqa: PLC0415 - as above
    from pytest_genomic_guard.views.licences import manifests  # noqa: PLC0415 - as above

    return remembered.stamp(licences, manifests, evidence, inventory)


def _kinds() -> dict[str, type[Record]]:
    """Return the records that can be kept, by name."""
    from pytest_genomic_guard.inventory import result  # noqa: PLC0415 - its records
    from pytest_genomic_guard.views.licences import judgements, nouns  # noqa: PLC0415 - as above

    found: set[type[Record]] = {Gap, Located, result.Evidence, result.Inventory}
    found |= {each for module in (judgements, nouns) for each in vars(module).values() if _is_kind(each)}
    return {each.__name__: each for each in found}


def _is_kind(value: object) -> TypeGuard[type[Record]]:
    return isinstance(value, type) and issubclass(value, Record)


def _plain(value: Any) -> Any:
    """Return a value as JSON holds it: a record with what differs from its defaults, bytes as text that has no other use here."""
    if isinstance(value, Record):
        fields = {field: getattr(value, field) for field in value._defaults}  # noqa: SLF001 - our own records
        return {
            "": type(value).__name__,
            **{field: _plain(each) for field, each in fields.items() if each is not value._defaults[field]},  # noqa: SLF001
        }
    if isinstance(value, bytes):
        return {"b": value.decode("latin-1")}
    if isinstance(value, frozenset):
        return {"s": sorted(map(_plain, value), key=str)}
    if isinstance(value, dict):
        return {"m": [(_plain(one), _plain(other)) for one, other in value.items()]}
    return [_plain(each) for each in value] if isinstance(value, (tuple, list)) else value


def _makers(kinds: dict[str, type[Record]]) -> Callable[[dict[str, Any]], Any]:
    """Return what makes of each object of JSON, those within first, what `_plain` made plain. It raises KeyError and others."""

    def made(value: dict[str, Any]) -> Any:
        if "" in value:
            kind = kinds[value.pop("")]
            for field, each in value.items():
                if type(each) is list:
                    value[field] = _tuples(each)
            return kind(**value)
        if "b" in value:
            return value["b"].encode("latin-1")
        return frozenset(map(_tuples, value["s"])) if "s" in value else {_tuples(one): _tuples(other) for one, other in value["m"]}

    return made


def _tuples(value: Any) -> Any:
    """Return lists, of which JSON has no other kind, as tuples."""
    return tuple([_tuples(each) if type(each) is list else each for each in value]) if type(value) is list else value
