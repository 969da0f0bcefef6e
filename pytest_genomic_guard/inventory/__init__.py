"""Which packages a repository uses, and what is concluded of their licences: from manifests, locks, environments, the policy."""

from __future__ import annotations

from pytest_genomic_guard._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pytest_genomic_guard.model import Gap, Located, Snapshot
    from pytest_genomic_guard.policy import Policy
    from pytest_genomic_guard.report import Used

_NEEDING = ("LIC1", "LIC9")
_COPIES = "LIC205"


RUNNING = ":running:"  # instead of a path: the environment in which we run is that of the project's tests


class Taken(Record):
    """What a run has of licences, and of promises of the policy, besides its scan."""

    facts: tuple[Located, ...] = ()
    gaps: tuple[Gap, ...] = ()
    used: tuple[Used, ...] = ()
    paths: frozenset[bytes] = frozenset()  # that are judged together: a change of one changes what is said of all
    near: tuple[Located, ...] = ()  # those of the facts for which unchanged files are read


NOTHING = Taken()


def taken(  # noqa: PLR0913 - what a run knows
    snapshot: Snapshot,
    policy: Policy,
    excluded: Callable[[bytes], bool],
    codes: Sequence[str],
    python: str = "",
    *,
    cached: bool = True,
) -> Taken:
    """Return what the policy promises; of licences where what is judged holds a manifest, a lock or the policy."""
    if snapshot.source == "history":
        return NOTHING
    facts: tuple[Located, ...] = ()
    near: tuple[Located, ...] = ()
    gaps: tuple[Gap, ...] = ()
    paths = frozenset[bytes]()
    if any(code.startswith(("CARD", "GOV")) for code in codes):
        from pytest_genomic_guard.inventory import promised  # noqa: PLC0415 - where cards or terms of data are asked for

        facts, paths = promised.facts(policy, snapshot, excluded), promised.released(snapshot)
        near, gaps = promised.lost(policy, snapshot, excluded)
        gone = {each.path for each in near if each.path != b"." and snapshot.find(each.path) is None}
        facts, paths = (*facts, *near), paths | gone
    chosen = [code for code in codes if code.startswith("LIC")]
    if not chosen:
        return Taken(facts=facts, gaps=gaps, paths=paths, near=near)
    from pytest_genomic_guard.inventory import asked  # noqa: PLC0415 - where licences are asked for

    found = asked.taken(
        snapshot,
        policy,
        excluded,
        python,
        packages=any(code.startswith(_NEEDING) for code in chosen),
        copies=_COPIES in chosen,
        cached=cached,
    )
    return found.replace(facts=(*facts, *found.facts), gaps=(*gaps, *found.gaps), paths=found.paths | paths, near=near)


def unjudged(snapshot: Snapshot, codes: Sequence[str]) -> list[str]:
    """Return the codes on dependencies that a history does not judge, where one of its files names dependencies."""
    chosen = [code for code in codes if code.startswith(_NEEDING)]
    if not chosen:
        return []
    from pytest_genomic_guard.inventory.declared import concerns  # noqa: PLC0415 - where licences are asked for

    return chosen if any(concerns(path) for path in snapshot.changed) else []
