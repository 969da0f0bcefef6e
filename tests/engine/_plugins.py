"""Build distributions with a plugin, and run the tool where they are installed."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# A check of a house that labels its tubes. The label itself is made at run time, and must never be in what is reported.
CHECK = '''"""A third party's checks."""

from pytest_genomic_guard.hookspecs import hookimpl
from pytest_genomic_guard.model import Check, Options, Rule
from pytest_genomic_guard.views.text import Text

LABEL = Rule(name="acme-label", anchors=(b"TUBE-",), pattern=rb"TUBE-[0-9a-f]{12}")


class Allowed(Options):
    """How many labels are no finding."""

    allowed: int = 0


class ACME101(Check[Text, Allowed]):
    """A label of a tube.

    What to do instead
    ------------------
    Replace labels by numbers.
    """

    code = "ACME101"
    name = "tube-label"
    since = "1.0"
    rules = (LABEL,)
    Options = Allowed

    def look(self, view, options):
        """Report labels by their places."""
        for start, end in list(view.matches(LABEL))[options.allowed:]:
            BODY


@hookimpl
def genomic_guard_checks():
    """Add the check."""
    return [ACME101]
'''
REPORT = 'yield self.finding(view.locate(start, end), "a label of {length} characters", length=end - start)'


def distribution(site: Path, name: str, source: str, *, plugin: str | None = None) -> None:
    """Install a distribution of one module, with an entry point that names it."""
    info = site / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text(f"[genomic_guard]\n{plugin or name} = {name}\n", "utf-8")
    (site / f"{name}.py").write_text(source, "utf-8")


def guard(
    site: Path, folder: Path, *arguments: str, variables: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command line in a folder, with the distributions of `site` installed."""
    return subprocess.run(
        [sys.executable, "-m", "pytest_genomic_guard", *arguments],
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(site),
            "PYTHONDONTWRITEBYTECODE": "1",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_CONFIG_SYSTEM": "/dev/null",
            "GIT_CEILING_DIRECTORIES": str(folder.parent),
            **(variables or {}),
        },
        capture_output=True,
        text=True,
        check=False,
    )
