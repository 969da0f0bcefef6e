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


class Taken(Record):
    """What a run has of licences besides its scan."""

    facts: tuple[Located, ...] = ()
    gaps: tuple[Gap, ...] = ()
    used: tuple[Used, ...] = ()
    paths: frozenset[bytes] = frozenset()  # that are judged together: a change of one changes what is said of all


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
    """Return it, where a rule on licences is asked for, and what is judged holds a manifest, a lock or the policy."""
    chosen = [code for code in codes if code.startswith("LIC")]
    if not chosen or snapshot.source == "history":
        return NOTHING
    from pytest_genomic_guard.inventory import asked  # noqa: PLC0415 - where licences are asked for

    return asked.taken(
        snapshot,
        policy,
        excluded,
        python,
        packages=any(code.startswith(_NEEDING) for code in chosen),
        copies=_COPIES in chosen,
        cached=cached,
    )
