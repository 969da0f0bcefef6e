"""How a report is told. Every reporter gets the same report and cannot reach what was scanned.

A reporter is a module with one function, ``render(report, registry) -> str``: pure, the same text for the same report, ended by a
line feed. It is imported when its format is asked for.
"""

from __future__ import annotations

import importlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_genomic_guard.registry import Registry
    from pytest_genomic_guard.report import Report

FORMATS = ("text", "json", "sarif", "github", "gitlab", "junit", "markdown")

# What a format on stdout tells in a second place: an environment variable that names a file, and the format that is added to it.
BESIDE: Mapping[str, tuple[str, str]] = {"github": ("GITHUB_STEP_SUMMARY", "markdown")}


def reporter(name: str) -> Callable[[Report, Registry], str]:
    """Return the function that renders a format of `FORMATS`."""
    render: Callable[[Report, Registry], str] = importlib.import_module(f"{__name__}.{name}").render
    return render
