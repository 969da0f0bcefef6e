"""COD110: running what a model wrote."""

from __future__ import annotations

import ast

from pytest_genomic_guard.checks.code.cod104 import RUN
from pytest_genomic_guard.checks.code.mend import CODE
from pytest_genomic_guard.checks.code.shells import QUERY, SHELL
from pytest_genomic_guard.checks.code.sinks import ENDS, ROOTS, runs_it, sink
from pytest_genomic_guard.checks.code.told import told
from pytest_genomic_guard.model import Check, Rule
from pytest_genomic_guard.views.code import constants
from pytest_genomic_guard.views.code.flow import Flow
from pytest_genomic_guard.views.code.names import program
from pytest_genomic_guard.views.code.python import Python

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options

_TOOLS = Rule(
    name="model-tools",
    anchors=(
        b"PythonREPL",
        b"PythonAstREPL",
        b"allow_dangerous_",
        b"PALChain",
        b"LLMMathChain",
        b"create_pandas_",
        b"subprocess",
        b"ShellTool",
        b"LocalCommand",
        b"load_tools(",
    ),
    pattern=rb"(?:Python(?:Ast)?REPL|allow_dangerous_(?:code|requests)|PALChain|create_pandas_|ShellTool|LocalCommand[Ll]ineCodeExecutor"
    rb"|load_tools\(|subprocess\.(?:run|call|check|Popen))",
)
_OUTPUT = {"model": "what a language model wrote", "server": "what a server sent"}
_ALLOWED = ("allow_dangerous_code", "allow_dangerous_requests")


class COD110(Check[Python]):
    """Running what a model wrote.

    What it looks for
    -----------------
    Text that a language model wrote (OpenAI, Anthropic, Google, Mistral, Cohere, Groq, Ollama, LiteLLM, vLLM, LangChain,
    LlamaIndex, pipelines and `generate` of transformers), or that a server sent (requests, httpx, urllib, fields of a web
    request), and that goes into `exec`, `eval`, `compile`, a shell, an interpreter that is started with it, or a statement of SQL.
    It is followed through names, methods, f-strings and functions of the same program, and the cells of a notebook. Also tools
    that run what a model writes: a `PythonREPL` that such text reaches or that is handed to a tool, `PythonREPLTool`,
    `PythonAstREPLTool`, `ShellTool`, `load_tools(["terminal"])` and `allow_dangerous_code=True` of LangChain, the executor of
    AutoGen for local commands.

    A client whose making the program does not show is known by how it is asked (`x.chat.completions.create`, `.choices[0].message`)
    or by its name (`llm(...)`, `chain.run(...)`).

    It is followed in one program only, and not through containers that are filled elsewhere.

    bandit has no test for this.

    Why it matters
    --------------
    Whoever can write a sentence that the model reads (a note of a patient, a web page, a title of a file) decides what runs here.
    With the access of this process to patients' data that is a leak by instruction.

    What to do instead
    ------------------
    Run it where nothing is to be found: a container without network, credentials and data. For queries, let the model fill
    parameters of statements that you wrote, and connect as a user that may only read what the asker may.

    References
    ----------
    - OWASP Top 10 for LLM Applications 2025, LLM05: Improper Output Handling
    - CVE-2023-29374 (LangChain)
    - CWE-94, CWE-95
    """

    code = "COD110"
    name = "model-output-executed"
    confidence = "medium"
    since = "0.1"
    inline = True
    mend = CODE
    rules = (RUN, SHELL, QUERY, _TOOLS)

    def look(self, view: Python, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report what runs such text."""
        made = program(view)
        flow: Flow | None = None
        inside: set[int] = set()
        for use in made.some(last=ENDS, roots=ROOTS, keys=(*_ALLOWED, "shell")):
            if id(use.node) in inside or not use.called:
                continue
            if any(constants.true(use.argument(name), use.scope) for name in _ALLOWED):
                yield from told(self, view, use, "what a language model writes is run: dangerous code is allowed")
                continue
            if runs_it(use):
                yield from told(self, view, use, "what a language model writes is run here by a tool that is made for it")
                continue
            text, how = sink(use)
            if text is None:
                continue
            flow = flow or Flow(made)
            whose = flow.whose(text, use.scope)
            if whose and (whose == "model" or how != "as SQL"):
                inside.update(id(node) for node in ast.walk(use.node) if isinstance(node, ast.Call))
                yield from told(self, view, use, f"{_OUTPUT[whose]} is run {how}")
