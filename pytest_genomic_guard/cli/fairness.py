"""``genomic-guard fairness``: figures of groups with their intervals, held against bounds."""

from __future__ import annotations

from pytest_genomic_guard.cli.gatework import Work, run
from pytest_genomic_guard.cli.session import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

_USUAL = ("selection-rate", "tpr", "fpr", "ppv", "accuracy")


def command(given: argparse.Namespace) -> int:
    """Do what the options say. Raises `UsageError`."""
    if not given.gate and (given.data is None or not given.groups):
        raise UsageError("give a file of rows with --groups, or a gate of the policy with --gate")
    work = Work("fairness", given, [f"{metric}.difference" for metric in _USUAL])
    if given.partial:
        from pytest_genomic_guard.cli.merge import partial  # noqa: PLC0415 - for sites that merge

        partial(work, given.partial, unmasked=given.unmasked)
    return run(work)
