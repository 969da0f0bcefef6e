"""COD104: running text as code."""

from __future__ import annotations

import ast

from pytest_genomic_guard.checks.code.mend import CODE
from pytest_genomic_guard.checks.code.told import told, uses
from pytest_genomic_guard.model import Check, Rule
from pytest_genomic_guard.views.code import constants
from pytest_genomic_guard.views.code.python import Python

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options

RUN = Rule(
    name="run-text",
    anchors=(b"eval", b"exec", b"compile("),
    pattern=rb"(?<![\w.])(?:(?:eval|exec)\b[ \t]{0,4}[(),\]]|compile\()|(?<=builtins\.)(?:eval|exec)\b|(?<=__\.)(?:eval|exec)\b",
)
_RUNS = {"eval": ("B307",), "exec": ("B102",), "compile": ("B307", "B102"), "code.InteractiveInterpreter().runsource": ("B102",)}


class COD104(Check[Python]):
    """Running text as code.

    What it looks for
    -----------------
    `eval`, `exec` and `compile` of Python, also handed on as in `frame["x"].apply(eval)`, whose text is not made of constants of
    the program. A method with such a name (`model.eval()`, `frame.eval("a + b")`, `re.compile`) is another thing, as is a
    function of the program's own. What a model wrote or a server sent is COD110.

    What bandit calls B307 and B102; bandit reports constants as well.

    Why it matters
    --------------
    A column of a shared table, a field of a request or an environment variable becomes code that runs with the rights of the
    person at the keyboard.

    What to do instead
    ------------------
    `ast.literal_eval` or `json.loads` for values; a dictionary of functions for choices; a parser for expressions.

    References
    ----------
    - CWE-95
    - bandit B307, B102
    """

    code = "COD104"
    name = "dynamic-code"
    severity = "warning"
    since = "0.1"
    inline = True
    gives_way = ("COD110",)
    mend = CODE
    rules = (RUN,)

    def look(self, view: Python, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report what runs text that the program does not hold."""
        inside: set[int] = set()
        for use in uses(view):
            tests = _RUNS.get(use.name)
            if tests is None or id(use.node) in inside:
                continue
            first = use.argument("source", 0)
            if use.called and (first is None or constants.constant(first, use.scope)):
                continue
            inside.update(id(node) for node in ast.walk(use.node) if isinstance(node, ast.Call))
            said = f" (bandit {tests[0]})" if len(tests) == 1 else ""
            yield from told(self, view, use, f"{use.name} of text that is no constant{said}", tests)
