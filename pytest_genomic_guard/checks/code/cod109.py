"""COD109: what else bandit reports."""

from __future__ import annotations

import ast
from bisect import bisect_right

from pytest_genomic_guard.adapters import bandit_findings
from pytest_genomic_guard.checks.code.elsewhere import GATE, LOW, MODULES, STATEMENT, TESTS
from pytest_genomic_guard.checks.code.loads import loads_with, safe, unsafe
from pytest_genomic_guard.checks.code.mend import CODE
from pytest_genomic_guard.checks.code.shells import queries
from pytest_genomic_guard.checks.code.told import excused
from pytest_genomic_guard.model import Check
from pytest_genomic_guard.model import Options as _Options
from pytest_genomic_guard.views.code.names import program
from pytest_genomic_guard.views.code.python import Python

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.adapters.bandit_findings import Found
    from pytest_genomic_guard.model import Finding
    from pytest_genomic_guard.views.code.python import Source


_TEXT = "B608"  # of low confidence where a text has words of SQL, and nothing shows that it is run


class _Low(_Options):
    """`low`: report as well what bandit calls low, and texts with words of SQL that nobody is seen to run."""

    low: bool = False  # also what bandit calls low


class COD109(Check[Python, _Low]):
    """What else bandit reports.

    What it looks for
    -----------------
    Findings of bandit of medium or high severity that no other check here covers: weak hashes and ciphers, parsers of XML, broken
    TLS, `tempfile.mktemp`, fixed names in `/tmp`, servers on all networks or with a debugger, requests without a timeout, FTP and
    telnet, ssh without host keys, templates without escaping. bandit's own tests are run
    in memory, over the statements in which a text says that there may be something, in files and in the cells of notebooks; the
    message names the test. `# nosec` counts. With the option `low`, what bandit calls low is reported in the same programs, and
    texts with words of SQL that nobody is seen to run; those that are run are COD108.

    A test of bandit that fails on a statement is reported as such, as it has not looked.

    Why it matters
    --------------
    These are weaknesses of programs in general. Teams that run bandit beside know them; in notebooks bandit sees none of them.

    What to do instead
    ------------------
    What the page of the test says (bandit.readthedocs.io). Where it is meant, `# nosec B108: why`.

    References
    ----------
    - bandit, test plugins
    """

    code = "COD109"
    name = "bandit"
    severity = "warning"
    confidence = "medium"
    since = "0.1"
    inline = True
    mend = CODE
    rules = (GATE, STATEMENT)
    Options = _Low

    def look(self, view: Python, options: _Low) -> Iterator[Finding]:
        """Run bandit's tests over the statements in which a rule matched."""
        known = {**TESTS, **LOW} if options.low else TESTS
        lines = _lines(view, whole=options.low)
        trees = [(source.tree, lines[source.start]) for source in view.sources]
        own = _own(view)
        for source, found in zip(view.sources, bandit_findings.run(trees, frozenset(known)), strict=True):
            told: set[tuple[str, int]] = set()
            for each in found:
                place = ast.Pass(lineno=each.line, end_lineno=each.end, col_offset=0, end_col_offset=1)
                if not options.low and (each.severity == "LOW" or (each.test == _TEXT and each.confidence == "LOW")):
                    continue
                if (each.test, each.line) in told or (source.start, each.line, each.test) in own or _doubled(each, own, source):
                    continue
                told.add((each.test, each.line))
                if not excused(view, source, place, (self.code, each.test)):
                    start = source.lines[min(each.line, len(source.lines)) - 1]
                    yield self.finding(view.locate(start, start + 1), _said(each, known))


def _said(found: Found, known: dict[str, str]) -> str:
    if found.test == bandit_findings.FAILED:
        return "a test of bandit failed on this statement: look at it yourself"
    return f"{known[found.test]} (bandit {found.test})"


def _lines(view: Python, *, whole: bool) -> dict[int, list[int]]:
    """Return by source the lines on which a rule matched."""
    found: dict[int, list[int]] = {source.start: [] for source in view.sources}
    if whole:
        return {source.start: list(range(1, len(source.lines) + 1)) for source in view.sources}
    starts = sorted(found)
    by = {source.start: source for source in view.sources}
    for rule in (GATE, STATEMENT):
        for start, _end in view.hits.get(rule.name, ()):
            at = bisect_right(starts, start) - 1
            if at >= 0:
                found[starts[at]].append(bisect_right(by[starts[at]].lines, start))
    for use in program(view).uses:
        if use.name.startswith(MODULES):
            found[use.source.start].append(use.node.lineno)
    return found


def _own(view: Python) -> set[tuple[int, int, str]]:
    """Return the places that another check decides, with the test: loads of YAML, statements of SQL that are run."""
    found: set[tuple[int, int, str]] = set()
    made = program(view)
    for use in made.uses:
        if use.name.startswith("yaml.load") and use.called and (unsafe(use, made)[0] or safe(loads_with(use), made)):
            found.add((use.source.start, use.node.lineno, "B506"))
    for _use, source, node in queries(view):
        last = node.end_lineno or node.lineno
        found.update((source.start, line, "B608") for line in range(node.lineno, last + 1))
    return found


def _doubled(found: Found, own: set[tuple[int, int, str]], source: Source) -> bool:
    """Tell whether a statement over several lines is one that another check decides."""
    return found.test == "B608" and any((source.start, line, "B608") in own for line in range(found.line, found.end + 1))
