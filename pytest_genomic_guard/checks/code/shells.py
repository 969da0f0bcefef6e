"""Functions that give a text to a shell or a database, by their full names, with what bandit calls them."""

from __future__ import annotations

import ast
import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.checks.code.told import last, root
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.code import constants
from pytest_genomic_guard.views.code.names import program
from pytest_genomic_guard.views.code.nodes import walk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.code.names import Use
    from pytest_genomic_guard.views.code.python import Python, Source
    from pytest_genomic_guard.views.code.scopes import Scope

SHELL = Rule(
    name="shell-command",
    anchors=(b"shell", b"system", b"popen", b"getoutput", b"getstatusoutput", b"exec_command", b"commands."),
    pattern=rb"(?:shell[ \t]{0,4}=(?!=)|shell[\"']|(?<=_)shell\(|(?<=\.)system\b|(?<=import )system\b|system(?:\(| as )"
    rb"|(?<=getattr\(os, [\"'])system|popen[234]?\b|getoutput|getstatusoutput|exec_command)",
)
LINE = Rule(name="shell-line", anchors=(b"!{", b"!$"), pattern=rb"(?<![\"'\w=$\\#\[(])(?:!\{|!\$)")
QUERY = Rule(
    name="database-query",
    anchors=(b".execute", b"executemany", b"executescript", b"read_sql", b".sql(", b"text(", b".query(", b"raw("),
    pattern=rb"(?:\.execute\w{0,10}\(|executemany|executescript|read_sql\w{0,8}\(|\.sql\(|(?<![\w.])text\(|\.text\(|\.query\(|\.raw\()",
)
_ALWAYS = {  # the first argument is a command of a shell
    "os.system": ("B605",),
    "os.popen": ("B605",),
    "os.popen2": ("B605",),
    "os.popen3": ("B605",),
    "os.popen4": ("B605",),
    "popen2.popen2": ("B605",),
    "popen2.popen3": ("B605",),
    "popen2.popen4": ("B605",),
    "popen2.Popen3": ("B605",),
    "popen2.Popen4": ("B605",),
    "commands.getoutput": ("B605",),
    "commands.getstatusoutput": ("B605",),
    "subprocess.getoutput": ("B605",),
    "subprocess.getstatusoutput": ("B605",),
    "asyncio.create_subprocess_shell": ("B605",),
    "asyncio.subprocess.create_subprocess_shell": ("B605",),
    "get_ipython().system": (),
    "get_ipython().getoutput": (),
    "IPython.get_ipython().system": (),
}
COMMANDS = frozenset((*(last(name) for name in _ALWAYS), "exec_command"))  # with `shell` all that `command` reads
_PROCESSES = frozenset(("Popen", "call", "check_call", "check_output", "run"))
_STATEMENT = regex(
    r"\b(?:select\s[^;]{0,2000}?\bfrom\s|delete\s+from\s|insert\s+into\s|update\s+\S{1,200}\s+set\s|drop\s+table\s|create\s+table\s"
    r"|merge\s+into\s|where\s)",
    re.IGNORECASE,
)
RUNS = frozenset(
    ("execute", "executemany", "executescript", "read_sql", "read_sql_query", "sql", "query", "raw", "text", "exec_driver_sql")
)


def command(use: Use) -> tuple[ast.expr | None, tuple[str, ...]]:
    """Return the text that a call gives to a shell, None where it gives none, and bandit's names for it."""
    known = _ALWAYS.get(use.name)
    if known is not None:
        return use.argument("cmd", 0) or use.argument("command"), known
    end = last(use.name)
    if end == "exec_command" and (root(use.name) in {"paramiko", "?"} or "SSH" in use.name):
        return use.argument("command", 0), ("B601",)
    shell = use.argument("shell")
    if shell is None or not use.called or _off(shell, use):
        return None, ()
    text = use.call.args[0] if use.call.args else use.argument("args") or use.argument("cmd") or use.argument("command")
    return text, ("B602",) if root(use.name) == "subprocess" and end in _PROCESSES else ("B604",)


def _off(shell: ast.expr, use: Use) -> bool:
    """Tell whether no shell is asked for. For a process, what the program does not tell may ask for one."""
    found = constants.values(shell, use.scope)
    if root(use.name) == "subprocess":
        return all(value is not constants.UNKNOWN and not value for value in found)
    return not any(value is True or (type(value) is int and value != 0) for value in found)


def query(use: Use) -> ast.expr | None:
    """Return the text that a call gives to a database, None where it gives none."""
    end = last(use.name)
    if not use.called or end not in RUNS or (end == "text" and root(use.name) != "sqlalchemy"):
        return None
    return use.call.args[0] if use.call.args else use.argument("sql") or use.argument("query") or use.argument("statement")


def statement(text: str) -> bool:
    """Tell whether a text looks like a statement of SQL."""
    return _STATEMENT.search(text) is not None


def queries(view: Python) -> list[tuple[Use, Source, ast.expr]]:
    """Return the statements of SQL with something filled in that are run: the call, and where the statement stands."""
    found: list[tuple[Use, Source, ast.expr]] = []
    for use in program(view).some(last=RUNS):
        text = query(use)
        if text is None:
            continue
        given = use.scope.given(text.id) if isinstance(text, ast.Name) else [text]
        for node in given:
            if node is not None and _built(node, use.scope):
                home = use.source if node is text else _home(view, use.source, node)
                found.append((use, home, node))
    return found


def _built(node: ast.expr, scope: Scope) -> bool:
    formatted = (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"format", "replace", "join"}
    )
    if not (formatted or isinstance(node, (ast.BinOp, ast.JoinedStr))) or constants.constant(node, scope):
        return False
    return statement(constants.text(node, scope))


def _home(view: Python, first: Source, node: ast.expr) -> Source:
    """Return the file or cell in which an expression stands."""
    if len(view.sources) == 1:
        return first
    homes = view.shared.get("homes")
    if not isinstance(homes, dict):
        built = (ast.Call, ast.BinOp, ast.JoinedStr)
        homes = view.shared["homes"] = {id(each): source for source in view.sources for each in walk(source.tree, built)}
    home: Source = homes.get(id(node), first)
    return home
