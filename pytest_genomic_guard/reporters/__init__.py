"""How a report is told. Every reporter gets the same report and cannot reach what was scanned."""

from __future__ import annotations

import importlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_genomic_guard.registry import Registry
    from pytest_genomic_guard.report import Report

FORMATS = ("text", "json")


def reporter(name: str) -> Callable[[Report, Registry], str]:
    """Return the function that renders a format of `FORMATS`."""
    render: Callable[[Report, Registry], str] = importlib.import_module(f"{__name__}.{name}").render
    return render
