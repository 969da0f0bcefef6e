"""``genomic-guard explain``: the manual of a code."""

from __future__ import annotations

import difflib
import inspect

from pytest_genomic_guard.cli.scan import below
from pytest_genomic_guard.cli.session import UsageError, emit, prepare
from pytest_genomic_guard.model import Options
from pytest_genomic_guard.policy.released import INTERNAL
from pytest_genomic_guard.registry import Registry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_genomic_guard.model import Rulebook
    from pytest_genomic_guard.registry import Entry


def explain(code: str) -> int:
    """Print the manual of a shipped code, or of one that the policy's plugins add. Raises `UsageError` for an unknown code."""
    entries = Registry().entries
    wanted = code.strip().upper()
    if wanted not in entries:
        entries = with_plugins()
    if wanted not in entries:
        near = difflib.get_close_matches(wanted, list(entries), 1, 0.5)
        raise UsageError("there is no such code" + (f"; did you mean {near[0]}?" if near else ""))
    emit(manual(entries[wanted].rulebook))
    return 0


def with_plugins() -> Mapping[str, Entry]:
    """Return the rules by code, with those that the policy of where we are adds. Raises `PolicyError` and others."""
    snapshot = below(())
    try:
        return prepare(snapshot)[0].registry.entries
    finally:
        snapshot.close()


def manual(rulebook: type[Rulebook]) -> str:
    """Return name, severity, manual and options of a rule as text."""
    lines = [
        f"{rulebook.code} {rulebook.name} ({rulebook.severity}, {rulebook.confidence} confidence, since {rulebook.since})",
        "",
        inspect.cleandoc(rulebook.__doc__ or ""),
    ]
    options = rulebook.Options._defaults  # noqa: SLF001 - the fields of a record
    if rulebook.Options is not Options:
        lines += ["", "Options", "-------"]
        lines += [f"{name.replace('_', '-')}: {default} by default" for name, default in options.items() if name not in INTERNAL]
    return "\n".join(lines) + "\n"
