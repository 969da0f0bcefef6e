"""Whose data: what a check says when all people are of a public resource, made up, or no people at all."""

from __future__ import annotations

from pytest_genomic_guard.model import Options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.model import Finding


class Whose(Options):
    """Public resources whose samples are a note, from `samples` in the policy."""

    public_samples: str = "all"


def settled(finding: Finding, *, names: Sequence[bytes], people: int, species: str, options: Whose) -> Finding:
    """Return a finding as it is told: a note where the data are known to be nobody's secret, with what makes it one."""
    del names, people, species, options  # not written yet
    return finding
