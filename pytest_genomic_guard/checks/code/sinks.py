"""What runs a text: the argument of a call that is run, and tools with which a model runs what it writes."""

from __future__ import annotations

import ast

from pytest_genomic_guard.checks.code.shells import COMMANDS, RUNS, command, query
from pytest_genomic_guard.checks.code.told import last, root
from pytest_genomic_guard.views.code import constants
from pytest_genomic_guard.views.code.scopes import qualified

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.code.names import Use

# Tools of LangChain and executors of AutoGen that run on this machine whatever a model hands them: their own documentation warns of
# it (docs.langchain.com, "Python REPL integration", and the text of the class in microsoft/autogen, both read on 2026-11-22)
_TOOLS_MADE = frozenset(
    ("PythonREPLTool", "PythonAstREPLTool", "ShellTool", "LocalCommandLineCodeExecutor", "LocalCommandlineCodeExecutor")
)
_MAKERS = ("langchain", "autogen")
_TEXTS, _REPLS = frozenset(("eval", "exec", "compile")), frozenset(("run", "invoke", "_run"))
# What a use has one of that `runs_it` or `sink` says anything of, with `shell` among its arguments
ENDS = COMMANDS | RUNS | _TEXTS | _REPLS
ROOTS = (*_MAKERS, "subprocess")
_LOADED = frozenset(("python_repl", "python_repl_ast", "terminal"))


def runs_it(use: Use) -> bool:
    """Tell whether a call makes a tool with which a model runs code on this machine."""
    if not use.name.startswith(_MAKERS):
        return False
    end = last(use.name)
    if end == "load_tools":
        listed = use.argument("tool_names", 0)
        return isinstance(listed, (ast.List, ast.Tuple)) and any(
            value in _LOADED for each in listed.elts for value in constants.values(each, use.scope) if isinstance(value, str)
        )
    if end in {"Tool", "StructuredTool", "from_function"}:
        given = use.argument("func", 1 if end == "Tool" else 0)
        return isinstance(given, ast.Attribute) and qualified(given, use.scope).endswith("PythonREPL().run")
    return end in _TOOLS_MADE


def sink(use: Use) -> tuple[ast.expr | None, str]:
    """Return what a call runs, and as what."""
    if use.name in _TEXTS:
        return use.argument("source", 0), "as Python"
    if last(use.name) in _REPLS and "REPL" in use.name:
        return use.argument("command", 0), "as Python"
    text, _tests = command(use)
    if text is not None:
        return text, "in a shell"
    if root(use.name) == "subprocess" and use.call.args:
        return _interpreted(use.call.args[0], use), "by an interpreter"
    asked = query(use)
    return (asked, "as SQL") if asked is not None else (None, "")


def _interpreted(node: ast.expr, use: Use) -> ast.expr | None:
    """Return the program among the arguments of an interpreter: what follows ``-c`` or ``-e``."""
    if not isinstance(node, (ast.List, ast.Tuple)) or len(node.elts) < 3:
        return None
    for at, each in enumerate(node.elts[:-1]):
        if at and constants.values(each, use.scope)[0] in {"-c", "-e", "-lc"}:
            return node.elts[at + 1]
    return None
