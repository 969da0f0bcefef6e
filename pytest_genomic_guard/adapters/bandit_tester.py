"""bandit as it is used here: a private copy of its modules, its visitor, and what its tester does that is wanted.

It is loaded without its manager, its configuration and its search for plugins: those look at files, at the entry points of
whatever else is installed, and write a cache. What of it is used: the visitor, the modules in `bandit.plugins` and the lists in
`bandit.blacklists` (tried with bandit 1.9.4). It prints nothing and logs nothing.
"""

from __future__ import annotations

import ast
import importlib
import logging
import pkgutil
import sys
import types
import warnings

from pytest_genomic_guard.views.code.nodes import FIELDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

_ABSENT = ("bandit.core.manager", "bandit.core.extension_loader", "bandit.core.config")
_NAMING = frozenset(("Import", "ImportFrom", "ClassDef", "FunctionDef"))  # kinds of nodes from which the visitor takes names
_FIRST = "B001"  # the test that goes through the lists


class Bandit:
    """The private copy."""

    def __init__(self) -> None:
        modules = load()
        self._visitor: Any = type("Visitor", (_Shorter, modules["bandit.core.node_visitor"].BanditNodeVisitor), {})
        self._metrics: Any = modules["bandit.core.metrics"].Metrics
        self._context: Any = modules["bandit.core.context"].Context
        self.tests: dict[str, Any] = {}
        for name, module in modules.items():
            if name.startswith("bandit.plugins."):
                tests = (each for each in vars(module).values() if callable(each) and hasattr(each, "_test_id"))
                for test in tests:
                    if hasattr(test, "_takes_config"):
                        home = module if hasattr(module, "gen_config") else modules["bandit.plugins.injection_shell"]
                        test._config = home.gen_config(test._takes_config)  # noqa: SLF001 - its own names for what a test is
                    self.tests[test._test_id] = test  # noqa: SLF001
        lists: dict[str, list[Mapping[str, Any]]] = {}
        for part in ("calls", "imports"):
            for kind, entries in modules[f"bandit.blacklists.{part}"].gen_blacklist().items():
                lists.setdefault(kind, []).extend(entries)
        self.lists = lists
        utils: Any = modules["bandit.core.utils"]
        utils.linerange = _noted(utils.linerange)
        self.blacklist: Any = modules["bandit.core.blacklisting"].blacklist

    def visiting(self, tests: Tests | NoTests, names: Any = None) -> Any:
        """Return a visitor that knows the names that another has seen."""
        visitor = self._visitor("/m/m.py", None, None, tests, False, {}, self._metrics())  # noqa: FBT003 - its signature
        visitor.kinds, visitor.tester = tests.kinds, Tester(tests, self._context)
        if names is not None:
            visitor.imports, visitor.import_aliases = set(names.imports), dict(names.import_aliases)
        return visitor


def _noted(linerange: Callable[[ast.AST], list[int]]) -> Callable[[ast.AST], list[int]]:
    """Return bandit's own, which keeps the lines of nodes without a place at them and below: of these it is known which."""

    def noted(node: ast.AST) -> list[int]:
        if not hasattr(node, "lineno"):
            RANGED[id(node)] = node
        return linerange(node)

    return noted


RANGED: dict[int, ast.AST] = {}  # each once: a list of arguments is asked for each of them


class _Shorter:
    """What of bandit's visitor is replaced: of the nodes that no test asks for it visits those alone that bring names."""

    kinds: frozenset[str]

    if TYPE_CHECKING:

        def pre_visit(self, node: ast.AST) -> bool: ...
        def visit(self, node: ast.AST) -> None: ...
        def post_visit(self, node: ast.AST) -> None: ...

    def generic_visit(self, node: ast.AST) -> None:
        """Drive the visitor, as deep as its own does: one call for each step down."""
        for child, sibling in _below(node):
            child._bandit_sibling, child._bandit_parent = sibling, node  # noqa: SLF001 - its own names
            if type(child).__name__ not in self.kinds:
                self.generic_visit(child)
            elif self.pre_visit(child):
                self.visit(child)
                self.generic_visit(child)
                self.post_visit(child)
            del child._bandit_sibling, child._bandit_parent  # noqa: SLF001 - versions of a program share nodes: none holds another

    def update_scores(self, scores: Any) -> None:
        """Add nothing up: nobody asks for the scores."""


def _below(node: ast.AST) -> list[tuple[Any, Any]]:
    """Return the nodes right below one, each with what stands behind it in the same list."""
    found: list[tuple[Any, Any]] = []
    for field in FIELDS[type(node)]:
        value = getattr(node, field, None)
        if isinstance(value, ast.AST):
            found.append((value, None))
        elif isinstance(value, list):
            found += [pair for pair in zip(value, [*value[1:], None], strict=False) if isinstance(pair[0], ast.AST)]
    return found


class Tests:
    """The tests of one run, by the kind of node they look at, as bandit's tester asks for them."""

    def __init__(self, bandit: Bandit, wanted: frozenset[str]) -> None:
        self._by: dict[str, list[Any]] = {}
        for name, test in bandit.tests.items():
            if name in wanted:
                for kind in test._checks:  # noqa: SLF001
                    self._by.setdefault(kind, []).append(test)
        listed = {kind: [each for each in entries if each["id"] in wanted] for kind, entries in bandit.lists.items()}

        def blacklist(context: Any, config: Any = listed) -> Any:
            return bandit.blacklist(context, config)

        blacklist._test_id = _FIRST  # type: ignore[attr-defined]  # noqa: SLF001
        for kind, entries in listed.items():
            if entries:
                self._by.setdefault(kind, []).append(blacklist)

        asked = {"Constant"} if {"Str", "Bytes"}.intersection(self._by) else set[str]()
        self.kinds = _NAMING.union(self._by, asked)

    def get_tests(self, kind: str) -> list[Any]:
        """Return the tests for a kind of node."""
        return self._by.get(kind, [])


class Tester:
    """What of bandit's tester is left without its scores, its log, and its own look at comments, of which it is given none."""

    def __init__(self, tests: Tests | NoTests, context: Any) -> None:
        self._tests, self._context = tests, context
        self.results: list[Any] = []
        self.failures: list[int] = []

    def run_tests(self, raw: dict[str, Any], kind: str) -> None:
        """Run the tests for a kind of node, each with a context of its own."""
        for test in self._tests.get_tests(kind):
            context = self._context(raw.copy())
            try:
                result = test(context, test._config) if hasattr(test, "_config") else test(context)  # noqa: SLF001
                if result is not None:
                    result.lineno = raw["lineno"] if result.lineno is None else result.lineno
                    result.linerange = result.linerange or raw["linerange"]
                    result.test_id = result.test_id or test._test_id  # noqa: SLF001
                    self.results.append(result)
            except Exception:  # noqa: BLE001 - whatever fails there has not looked
                self.failures.append(raw.get("lineno", 1))


class NoTests:
    """No test at all: to learn what imports bring."""

    kinds = _NAMING

    def get_tests(self, _kind: str) -> list[Any]:
        """Return none."""
        return []


NO_TESTS = NoTests()


def load() -> dict[str, types.ModuleType]:
    """Import bandit apart from a copy that somebody else in this process may use. Raises ImportError where it is not installed."""
    others = {name: module for name, module in sys.modules.items() if name == "bandit" or name.startswith("bandit.")}
    for name in others:
        del sys.modules[name]
    formats = warnings.formatwarning  # bandit replaces it
    try:
        for name in _ABSENT:
            sys.modules[name] = _stub(name)
        importlib.import_module("bandit.core.node_visitor")
        for package in ("bandit.plugins", "bandit.blacklists"):
            folder = importlib.import_module(package).__path__
            for info in pkgutil.iter_modules(folder):
                importlib.import_module(f"{package}.{info.name}")
        for name in ("bandit.core.metrics", "bandit.core.blacklisting"):
            importlib.import_module(name)
        return {name: module for name, module in sys.modules.items() if name == "bandit" or name.startswith("bandit.")}
    finally:
        warnings.formatwarning = formats
        for name in [name for name in sys.modules if name == "bandit" or name.startswith("bandit.")]:
            del sys.modules[name]
        sys.modules.update(others)
        logging.getLogger("bandit").setLevel(logging.CRITICAL + 1)


def _stub(name: str) -> types.ModuleType:
    module = types.ModuleType(name)
    vars(module)["MANAGER"] = None
    return module
