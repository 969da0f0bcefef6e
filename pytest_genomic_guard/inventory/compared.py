"""A test of ourselves: whether another program sees the same distributions in an environment as we do."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from pytest_genomic_guard.evidence.environments import Environment


def differ(environment: Environment, ours: Collection[str]) -> tuple[int, int] | None:
    """Return how many names are ours alone, and how many pip-licenses sees and we do not; None where it is not installed.

    It is given the folders on the path of the environment's interpreter, with those that path files and egg links add to it.
    """
    from pytest_genomic_guard.adapters.pip_licenses import Missing, names  # noqa: PLC0415 - where nothing is remembered
    from pytest_genomic_guard.evidence.listed import listed  # noqa: PLC0415 - as above

    sites = dict.fromkeys((*environment.sites, *(entry.site for entry in listed(environment.sites))))
    try:
        theirs = names([os.fsdecode(each) for each in sites])
    except Missing:
        return None
    own = frozenset(ours)
    return len(own - theirs), len(theirs - own)
