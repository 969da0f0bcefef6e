"""What ``new-check`` writes. ``@CODE@`` and its like are filled in; every text is complete and works before it is changed."""

from __future__ import annotations

MODULE = '''\
"""@CODE@: one line about what it finds."""

from __future__ import annotations

from pytest_genomic_guard.model import Check, Mend, Rule
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options

LABEL = Rule(name="@NAME@", anchors=(b"EXAMPLE-@CODE@-",), pattern=rb"EXAMPLE-@CODE@-[0-9a-f]{8}\\b")


class @CODE@(Check[Text]):
    """An example label.

    What it looks for
    -----------------
    The words that begin with EXAMPLE and this code, and end with eight hexadecimal digits. Say here what is found, and what is not.

    Why it matters
    --------------
    Say what somebody could do with it, and to whom.

    What to do instead
    ------------------
    Say how the same work is done without it. The first paragraph becomes the help of a finding.

    References
    ----------
    - A document that can be looked up, with its section
    """

    code = "@CODE@"
    name = "@NAME@"
    severity = "error"
    confidence = "high"
    since = "@VERSION@"
    clauses = ()
    mend = Mend(
        not_pushed="say what to do before it is pushed",
        pushed="say what to do once it is pushed",
        public="say what to do once it is public",
    )
    rules = (LABEL,)

    def look(self, view: Text, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - the contract of a check
        """Report every label by its place and its length, never by its text."""
        for start, end in view.matches(LABEL):
            yield self.finding(view.locate(start, end), "a label of {length} characters", length=end - start)
'''

CASES = """\
# @CODE@ @NAME@

## fires: a label in a text

`notes.txt`

```
EXAMPLE-@CODE@-{{hexadecimal digits=8}}
{{prose words=30}}
```

Expect: `notes.txt:1: a label of @LENGTH@ characters`

## fires: a label in a compressed file

`notes.txt.gz` gzip

```
EXAMPLE-@CODE@-{{hexadecimal digits=8}}
```

Expect: `a label of @LENGTH@ characters`

## quiet: a label without its digits

`notes.txt`

```
EXAMPLE-@CODE@-
```
"""

INIT = '''\
"""Checks for pytest-genomic-guard: every module of this package that is named like a code holds the class of that code."""

from importlib import import_module
from pkgutil import iter_modules

from pytest_genomic_guard.hookspecs import hookimpl


@hookimpl
def genomic_guard_checks():
    """Return the checks of this package."""
    codes = [info.name.upper() for info in iter_modules(__path__) if info.name[-3:].isdigit()]
    return [getattr(import_module(f"{__name__}.{code.lower()}"), code) for code in sorted(codes)]
'''

TESTS = '''\
"""Every case of every case file beside this module does what its heading says."""

from pathlib import Path

import pytest
from @PACKAGE@ import genomic_guard_checks
from pytest_genomic_guard.testing import assert_case, cases

CHECKS = {check.code: check for check in genomic_guard_checks()}
CASES = [(file.stem, case) for file in sorted(Path(__file__).parent.glob("*.md")) for case in cases(file.read_text("utf-8"))]


@pytest.mark.parametrize(("code", "case"), CASES, ids=[f"{code}-{case.title}" for code, case in CASES])
def test_case(code, case):
    """The check tells what the case expects, or stays quiet."""
    assert_case(case, CHECKS[code])


@pytest.mark.parametrize("code", sorted(CHECKS))
def test_there_are_cases_of_both_kinds(code):
    """No check is without a case that fires and one that is quiet."""
    assert {case.fires for name, case in CASES if name == code} == {True, False}
'''

PYPROJECT = """\
[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = "@PACKAGE@"
version = "0.1"
requires-python = ">=3.11"
dependencies = ["pytest-genomic-guard>=@VERSION@"]

[project.entry-points.genomic_guard]
@PACKAGE@ = "@PACKAGE@"

[tool.setuptools]
packages = ["@PACKAGE@"]
"""
