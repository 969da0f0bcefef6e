"""What a third-party plugin can add: things to look for. Nothing here can remove a finding.

A plugin is an installed distribution with an entry point in the group ``genomic_guard``, named in the policy's ``plugins``.
"""

from __future__ import annotations

import pluggy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.model import Check, Relation, View

PROJECT = "genomic_guard"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def genomic_guard_checks() -> Sequence[type[Check[View]]]:  # type: ignore[empty-body]
    """Return check classes. Their codes must be new."""


@hookspec
def genomic_guard_relations() -> Sequence[type[Relation]]:  # type: ignore[empty-body]
    """Return relation classes. Their codes must be new."""
