"""Members of archives that a program writes out itself, each under the name that the archive gives it."""

from __future__ import annotations

import ast

from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.code.nodes import telling

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.code.python import Python, Source

MEMBERS = Rule(
    name="archive-members",
    anchors=(b".namelist(", b".infolist(", b".getmembers(", b".getnames("),
    pattern=rb"\.(?:namelist|infolist|getmembers|getnames)\(\)",
)
_LISTS = frozenset(("namelist", "infolist", "getmembers", "getnames"))
_NAMED = frozenset(("filename", "name", "orig_filename", "path"))
# What somebody calls who looks where a name leads; any of them in the loop counts as care taken
_CARE_WORDS = """basename secure_filename commonpath commonprefix is_relative_to relative_to realpath resolve abspath normpath
    safe_join sanitize_filename isabs is_absolute split"""
_CARE = frozenset(_CARE_WORDS.split())
_STEPS = 20_000  # nodes of one loop


def slips(view: Python) -> Iterator[tuple[Source, ast.Call]]:
    """Yield the calls that open a file for writing under a path to which a member's own name was joined."""
    for source in view.sources:
        for node in telling(view, source):
            if isinstance(node, (ast.For, ast.AsyncFor)) and _lists(node.iter) and isinstance(node.target, ast.Name):
                yield from ((source, call) for call in _written(node, node.target.id))


def _lists(node: ast.expr) -> bool:
    """Tell whether a loop goes over the members of an archive."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
        node = node.args[0]  # tqdm, sorted, enumerate
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _LISTS


def _written(loop: ast.For | ast.AsyncFor, member: str) -> list[ast.Call]:
    nodes = [each for each, _step in zip(_inside(loop), range(_STEPS), strict=False)]
    if any(_cares(each) for each in nodes):
        return []
    held = {member}
    for each in nodes:  # in the order of their lines
        target = each.targets[0] if isinstance(each, ast.Assign) else None
        if (
            isinstance(each, ast.Assign)
            and isinstance(target, ast.Name)
            and (_joined(each.value, held) or _plain(each.value, held))
        ):
            held.add(target.id)
    return [each for each in nodes if isinstance(each, ast.Call) and _writes(each) and _leads(each, held, member)]


def _inside(loop: ast.For | ast.AsyncFor) -> Iterator[ast.AST]:
    for statement in loop.body:
        yield from ast.walk(statement)


def _cares(node: ast.AST) -> bool:
    """Tell whether a node looks at where a name leads."""
    if isinstance(node, ast.Call):
        function = node.func
        return (function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")) in _CARE
    if isinstance(node, ast.Constant):
        return node.value in {"..", "../"}
    return isinstance(node, ast.Attribute) and node.attr in {"stem", "parts"}


def _plain(node: ast.expr, held: set[str]) -> bool:
    """Tell whether an expression is a member's name."""
    if isinstance(node, ast.Attribute) and node.attr in _NAMED:
        node = node.value
    return isinstance(node, ast.Name) and node.id in held


def _joined(node: ast.expr, held: set[str]) -> bool:
    """Tell whether an expression is a path with a member's name in it."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Div, ast.Add)):
        return any(_plain(each, held) or _joined(each, held) for each in (node.left, node.right))
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(each, ast.FormattedValue) and _plain(each.value, held) for each in node.values)
    if isinstance(node, ast.Call):
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        joins = name in {"join", "joinpath", "Path", "PurePath"}
        return joins and any(_plain(each, held) or _joined(each, held) for each in node.args)
    return False


def _writes(call: ast.Call) -> bool:
    """Tell whether a call makes a file: open for writing, or a method of a path."""
    function = call.func
    if isinstance(function, ast.Attribute) and function.attr in {"write_bytes", "write_text"}:
        return True
    at = 0 if isinstance(function, ast.Attribute) and not _module(function.value) else 1
    if (function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")) != "open":
        return False
    given = next((each.value for each in call.keywords if each.arg == "mode"), call.args[at] if len(call.args) > at else None)
    return isinstance(given, ast.Constant) and isinstance(given.value, str) and given.value[:1] in {"w", "a", "x"}


def _module(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in {"io", "gzip", "codecs", "builtins", "os", "bz2", "lzma"}


def _leads(call: ast.Call, held: set[str], member: str) -> bool:
    """Tell whether what is opened is such a path; the member itself is what is read."""
    function = call.func
    if isinstance(function, ast.Attribute) and not _module(function.value):
        path: ast.expr | None = function.value
    else:
        path = call.args[0] if call.args else next((each.value for each in call.keywords if each.arg == "file"), None)
    if path is None:
        return False
    return _joined(path, held) or (_plain(path, held) and not (isinstance(function, ast.Attribute) and _plain(path, {member})))
