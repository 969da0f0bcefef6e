"""What a licence lock should hold: an entry for each package that is required, by what tells of it now."""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.views.licences.kept import Kept, sound

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pytest_genomic_guard.inventory.part import Part
    from pytest_genomic_guard.views.licences.nouns import Ecosystem

NO_PIN = "no version is locked or installed"
NO_EVIDENCE = "nothing here tells of this version"
NO_ENTRY = "its name, version or licence is of a form that a lock cannot hold"


class Left(Record):
    """A package that is required, and that has no entry."""

    name: str
    version: str
    ecosystem: Ecosystem
    why: str
    needed: bool  # at run time, on this platform
    python: str = ""  # of the environment that was asked
    elsewhere: bool = False  # it is required on other platforms alone


class Renewed(Record):
    """The entries, and what has none."""

    kept: tuple[Kept, ...]
    left: tuple[Left, ...]


def renewed(parts: Sequence[Part], made: Callable[[Part, str], Kept]) -> Renewed:
    """Return the entries; `made` makes one from an environment that has the package.

    What a lock itself says of a package's licence needs no entry. What the environment has counts before what the lock of before
    says of the same version; an entry of a package that nothing requires any more is dropped.
    """
    kept: dict[tuple[str, str, str], Kept] = {}
    left: dict[tuple[str, str, str], Left] = {}
    for part in parts:
        for name, needed, elsewhere in _required(part):
            node = part.nodes.get((part.ecosystem, name))
            version = part.unmet.get(name) or (node.version if node else part.pins.get(name, ""))
            entry = made(part, name) if part.has(name) else part.kept.of((part.ecosystem, name), version)
            if node and node.licence and not part.has(name):
                continue
            key = (part.ecosystem, name, entry.version if entry else version)
            if entry is not None and sound(entry):
                kept[key] = entry
                continue
            why = NO_ENTRY if entry is not None else NO_EVIDENCE if version else NO_PIN
            python = part.seen.python if part.seen else ""
            before = left.get(key)
            left[key] = Left(
                name=name,
                version=version,
                ecosystem=part.ecosystem,
                why=why,
                needed=needed or (before is not None and before.needed),
                python=python,
                elsewhere=elsewhere and (before is None or before.elsewhere),
            )
    return Renewed(kept=tuple(kept.values()), left=tuple(each for key, each in sorted(left.items()) if key not in kept))


def _required(part: Part) -> Iterator[tuple[str, bool, bool]]:
    """Yield the names of what is required and others make, whether it is at run time here, and whether it is elsewhere alone."""
    for name, each in sorted((*part.closure.items(), *part.closure.missing.items())):
        if not (part.own(name) or name in part.base):
            yield name, each.scope == "runtime", False
    for name in sorted(part.closure.elsewhere):
        if not (part.own(name) or name in part.base):
            yield name, False, True
