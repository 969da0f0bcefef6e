"""Full names of expressions, by what is bound around them: imports, assignments, parameters. Nothing is run."""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_STEPS = 64  # of one chain of attributes, calls and indices
_KEPT = 12  # values of one name that are looked at
# One name for what can be imported from several places
_SAME = (
    ("_pickle.", "pickle."),
    ("cPickle.", "pickle."),
    ("six.moves.cPickle.", "pickle."),
    ("pickle5.", "pickle."),
    ("torch.serialization.load", "torch.load"),
    ("sklearn.externals.joblib.", "joblib."),
    ("tensorflow.compat.v1.keras.", "keras."),
    ("tensorflow.compat.v2.keras.", "keras."),
    ("tensorflow.python.keras.", "keras."),
    ("tensorflow.keras.", "keras."),
    ("tf_keras.", "keras."),
    ("datasets.load.load_dataset", "datasets.load_dataset"),
    ("huggingface_hub.file_download.", "huggingface_hub."),
    ("subprocess32.", "subprocess."),
    ("sh.subprocess.", "subprocess."),
    ("builtins.", ""),
    ("__builtin__.", ""),
    ("__builtins__.", ""),
    ("yaml.loader.", "yaml."),
    ("yaml.cyaml.", "yaml."),
)
_HEADS = frozenset(old.partition(".")[0] for old, _new in _SAME)
# Where a name is never imported in what was parsed, as in the first lost cell of a notebook
_USUAL = {"np": "numpy", "pd": "pandas", "tf": "tensorflow", "plt": "matplotlib.pyplot"}
# Modules of which `from module import *` brings names that the checks know
_STARS = (
    "pickle",
    "os",
    "subprocess",
    "tarfile",
    "shutil",
    "torch",
    "transformers",
    "datasets",
    "joblib",
    "dill",
    "yaml",
    "marshal",
)
_BUILTINS = frozenset(("eval", "exec", "compile", "open", "getattr", "__import__", "input", "print", "str", "super", "type"))
_SELVES = frozenset(("self", "cls"))
_LOOKED_UP = frozenset(("getattr", "import_module", "__import__", "partial"))
# Statements that bind names
BINDING = frozenset(
    (
        *(ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.AugAssign),
        *(ast.For, ast.AsyncFor, ast.With, ast.AsyncWith),
    )
)
_LOADED = {"importlib.import_module", "__import__", "importlib.__import__"}


class Scope:
    """What is bound in a module, class or function: full names, and the values that were assigned."""

    __slots__ = ("key", "kind", "names", "parent", "values")

    def __init__(self, kind: str, parent: Scope | None = None, key: str = "") -> None:
        """Begin with nothing; `key` is the dotted name of the function or class."""
        self.kind, self.parent, self.key = kind, parent, key
        self.names: dict[str, str] = {}
        self.values: dict[str, list[ast.expr | None]] = {}

    def name(self, bound: str) -> str | None:
        """Return the full name of what a name stands for, or None where nothing binds it. Functions do not see classes' names."""
        scope: Scope | None = self
        while scope is not None:
            if bound in scope.names and (scope is self or scope.kind != "class"):
                return scope.names[bound]
            scope = scope.parent
        return None

    def klass(self) -> Scope:
        """Return the innermost class, or the module."""
        scope = self
        while scope.kind != "class" and scope.parent is not None:
            scope = scope.parent
        return scope

    def given(self, bound: str) -> list[ast.expr | None]:
        """Return the values that were assigned to a name, None among them for one that is not known."""
        scope: Scope | None = self
        while scope is not None:
            if bound in scope.values and (scope is self or scope.kind != "class"):
                return scope.values[bound]
            scope = scope.parent
        return [None]


def qualified(node: ast.expr, scope: Scope) -> str:
    """Return the full name of an expression, ``?`` where it has none."""
    if type(node) is ast.Name:
        return _named(_bound(node.id, scope), ())
    parts: list[str] = []
    for _step in range(_STEPS):
        if type(node) is ast.Attribute:
            if type(node.value) is ast.Name and node.value.id in _SELVES:
                own = scope.klass().names.get(f"self.{node.attr}")
                return _named(own or f"?.{node.attr}", parts)
            parts.append(f".{node.attr}")
            node = node.value
        elif type(node) is ast.Name:
            return _named(_bound(node.id, scope), parts)
        elif type(node) is ast.Call:
            known = _loaded(node, scope)
            if known:
                return _named(known, parts)
            parts.append("()")
            node = node.func
        elif type(node) is ast.Subscript:
            parts.append("[]")
            node = node.value
        elif isinstance(node, (ast.Await, ast.NamedExpr)):
            node = node.value
        else:
            break
    return _named("?", parts)


def _named(root: str, parts: Sequence[str]) -> str:
    name = root + "".join(reversed(parts)) if parts else root
    if name.partition(".")[0] in _HEADS:
        for old, new in _SAME:
            if name.startswith(old):
                return new + name[len(old) :]
    return name


def _bound(name: str, scope: Scope) -> str:
    known = scope.name(name)
    if known is not None:
        return known
    stars = scope.name("*") or ""
    if stars and name not in _BUILTINS:
        return f"{stars}.{name}"
    return _USUAL.get(name, name)


def _loaded(node: ast.Call, scope: Scope) -> str:
    """Return what a call hands out that only looks up a name: of a module, an attribute, or a function with arguments filled in."""
    function = node.func
    last = function.attr if type(function) is ast.Attribute else function.id if type(function) is ast.Name else ""
    if last not in _LOOKED_UP or not node.args:
        return ""
    name = qualified(node.func, scope)
    second = node.args[1] if len(node.args) > 1 else None
    if name == "getattr" and isinstance(second, ast.Constant) and isinstance(second.value, str):
        return _named(qualified(node.args[0], scope), [f".{second.value}"])
    first = node.args[0]
    if name in _LOADED and isinstance(first, ast.Constant) and isinstance(first.value, str):
        return first.value
    return ""


def parameters(args: ast.arguments, scope: Scope) -> None:
    """Bind parameters: to what their annotation makes, or a function that is their default, or what is not known."""
    for each in (*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg):
        if each is not None:
            kind = qualified(each.annotation, scope) if isinstance(each.annotation, (ast.Name, ast.Attribute)) else "?"
            scope.names[each.arg] = "?" if kind.startswith("?") or "." not in kind else f"{kind}()"
            scope.values[each.arg] = [None]  # what a caller gives
    given = (*args.posonlyargs, *args.args)
    pairs = [*zip(reversed(given), reversed(args.defaults), strict=False), *zip(args.kwonlyargs, args.kw_defaults, strict=True)]
    for each, default in pairs:
        if isinstance(default, ast.Attribute):
            scope.names[each.arg] = qualified(default, scope)
        if default is not None:
            scope.values[each.arg] = [None, default]


def bind(node: ast.stmt, scope: Scope) -> None:
    """Bind what a statement binds."""
    if isinstance(node, ast.Import):
        for each in node.names:
            root = each.name if each.asname else each.name.partition(".")[0]
            scope.names[each.asname or root] = root
    elif isinstance(node, ast.ImportFrom):
        module = "." * node.level + (node.module or "")
        for each in node.names:
            if each.name != "*":
                scope.names[each.asname or each.name] = _named(f"{module}.{each.name}", ())
            elif module in _STARS:
                scope.names["*"] = module
    elif isinstance(node, (ast.Assign, ast.AnnAssign)):
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            assign(target, node.value, scope)
    elif isinstance(node, (ast.AugAssign, ast.For, ast.AsyncFor)):
        assign(node.target, node.value if isinstance(node, ast.AugAssign) else node.iter, scope, known="?")
    elif isinstance(node, (ast.With, ast.AsyncWith)):
        for item in node.items:
            if item.optional_vars is not None:
                assign(item.optional_vars, item.context_expr, scope)


def assign(target: ast.expr, value: ast.expr | None, scope: Scope, known: str = "") -> None:
    """Bind a target to the name and value of an expression; `known` is its full name where it is no plain assignment."""
    if isinstance(target, (ast.Tuple, ast.List)):
        values = value.elts if isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts) else None
        for at, each in enumerate(target.elts):
            assign(each, values[at] if values and not known else value, scope, known if values and not known else "?")
        return
    name = target.id if isinstance(target, ast.Name) else ""
    if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id in {"self", "cls"}:
        scope, name = scope.klass(), f"self.{target.attr}"
    if name:
        plain = isinstance(value, (ast.Name, ast.Attribute, ast.Call, ast.Await))
        scope.names[name] = known or (qualified(value, scope) if plain and value is not None else "?")
        kept = scope.values.setdefault(name, [])
        if len(kept) < _KEPT:
            kept.append(value)
