"""What the policy says of counts of people: from which number on they are too small, and whether any rule binds the repository."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.policy import Policy

NONE = -1  # no rule binds: small cells are a note
DEFAULT = 10  # Centers for Medicare & Medicaid Services, cell size suppression policy: 1 to 10
_LARGER = 20  # All of Us, data and statistics dissemination policy: 1 to 20
_OF_US = ("allofus", "all-of-us", "all_of_us", "aou")


def threshold(policy: Policy) -> int:
    """Return up to which number of people a cell is small; 0 where the policy switches that off, `NONE` where it sets no rule.

    A rule is what `small-cell` says, or else a pack or an entry of `data-use` by which somebody's terms bind the repository: then
    the largest number of all of them.
    """
    if "small-cell" in policy.declared:
        return int(policy.declared["small-cell"])
    uses = policy.declared.get("data-use", ())
    if not uses and not policy.packs:
        return NONE
    found = [DEFAULT, *(of_terms(use["id"], use.get("small-cell")) for use in uses)]
    if policy.packs:
        from pytest_genomic_guard.policy.packs.rules import data  # noqa: PLC0415 - where a pack is named

        found += [limit.number for name in policy.packs for limit in data(name).limits if limit.name == "small-cell"]
    return max(found)


def of_terms(name: str, said: int | None) -> int:
    """Return up to which number the terms of one data set suppress counts: by its entry or its archive; else 0."""
    return max(said or 0, _LARGER if name.lower().startswith(_OF_US) else 0)


def options(policy: Policy) -> dict[str, Any]:
    """Return the option that the checks of counts share, where the policy sets a rule."""
    found = threshold(policy)
    return {} if found == NONE else {"small_cell": found}
