"""``genomic-guard mia``: what an attack tells of members, held against bounds."""

from __future__ import annotations

from pytest_genomic_guard.cli.gatework import Work, run
from pytest_genomic_guard.cli.session import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

_USUAL = ("auc", "advantage", "tpr@fpr=0.01", "tpr@fpr=0.001")


def command(given: argparse.Namespace) -> int:
    """Do what the options say. Raises `UsageError`."""
    one_run = given.canaries is not None
    if not given.gate and given.data is None and not one_run:
        raise UsageError("give scores with --higher-is, the numbers of a one-run audit, or a gate of the policy with --gate")
    usual = ("epsilon-lower",) if one_run or given.audit else _USUAL
    return run(Work("mia", given, usual))
