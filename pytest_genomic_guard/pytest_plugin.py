"""``pytest --genomic-guard``: the repository is scanned once, and its verdict becomes items, a section and the exit status.

The scan is a child process that neither ``conftest.py`` nor a module in the repository can change; nor can PYTHONPATH, or what the
repository sets in the environment. What the child said is then told *in* the process that runs the repository's tests. Deselecting,
skipping or hiding our items, and resetting the exit status, change nothing; but code in this process that means harm can do what it
likes: replace functions, end the process, or stand before this plugin on ``sys.path``. Where the tests are not trusted,
``genomic-guard scan`` in a job of its own is the authoritative gate.

Loading this module costs an idle pytest next to nothing: everything else is imported when the guard is switched on.
"""

from __future__ import annotations

import copy
import os
import sys

import pytest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from typing import Any

    from pytest_genomic_guard._pytest_guard import Result, Spec


_OPTION = "--genomic-guard"
_NAME = "genomic_guard"
_FLIPPED = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
# As they were before any code of the repository ran: this module is loaded before the first conftest.
_PYTHON, _ENVIRONMENT = sys.executable, dict(os.environ)


class GuardFailure(Exception):  # noqa: N818 - what an item raises; its text is all that is shown
    """An item fails."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options and the ini key."""
    group = parser.getgroup("genomic-guard", "genomic-guard: human genomic and health data in the repository")
    group.addoption(
        _OPTION,
        dest=_NAME,
        nargs="?",
        const="all",
        metavar="FAMILIES",
        help="scan the repository and fail on what is found; with =FAMILIES, such as =genomic,gates, only these count",
    )
    group.addoption("--genomic-guard-only", action="store_true", help="run the guard and collect no tests")
    group.addoption("--genomic-guard-root", metavar="PATH", help="scan the repository at PATH; default: the one that holds rootdir")
    parser.addini(_NAME, "scan the repository in every run, as --genomic-guard does", type="bool", default=False)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, parser: pytest.Parser, args: list[str]) -> None:
    """Keep ``--genomic-guard tests/`` from taking the path for its value, and load our half before the repository's code runs."""
    end = args.index("--") if "--" in args else len(args)
    bare = [at for at, word in enumerate(args[:end]) if word == _OPTION]
    known = early_config.known_args_namespace
    if bare:
        for at in bare:
            args[at] = f"{_OPTION}=all"
        again = parser.parse_known_args(args, namespace=copy.copy(early_config.option))
        known.file_or_dir, known.genomic_guard = again.file_or_dir, again.genomic_guard
    if _on(early_config, known):
        import pytest_genomic_guard._pytest_guard  # noqa: F401, PLC0415


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Register the marker, and the guard where it is switched on. It comes late, so that its wrappers are the outer ones."""
    config.addinivalue_line("markers", f"{_NAME}: an item of pytest-genomic-guard; select them with -m {_NAME}")
    option = config.option
    shows = option.showfixtures or option.show_fixtures_per_test or getattr(option, "cacheshow", None)
    if _on(config, option) and not shows:
        from pytest_genomic_guard import _pytest_guard  # noqa: PLC0415

        try:
            words = _pytest_guard.chosen(option.genomic_guard)
        except _pytest_guard.Usage as error:
            raise pytest.UsageError(str(error)) from None
        config.stash[_GUARD] = Guard(config, words)
        config.pluginmanager.register(config.stash[_GUARD], "genomic-guard-run")
        if option.genomic_guard_only:
            config.pluginmanager.register(_Only(), "genomic-guard-only")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> Generator[None, int | pytest.ExitCode | None, int | pytest.ExitCode | None]:
    """Hold the exit status once more, after every other hook had its turn."""
    status = yield
    guard = config.stash.get(_GUARD, None)
    return pytest.ExitCode.TESTS_FAILED if guard and guard.failed and status in _FLIPPED else status


def _on(config: pytest.Config, option: Any) -> bool:
    return bool(option.genomic_guard is not None or option.genomic_guard_only or config.getini(_NAME))


class GuardItem(pytest.Item):
    """One line of the verdict as a test item, directly below the session: a file's collector would see only `testpaths`."""

    def __init__(self, *, spec: Spec, **kwargs: Any) -> None:
        """Take what the item says."""
        super().__init__(**kwargs)
        self.spec = spec
        self.add_marker(_NAME)
        self.user_properties += [(name, value) for name, value in spec["properties"]]

    def runtest(self) -> None:
        """Fail if the verdict says so."""
        if self.spec["state"] == "fail":
            raise GuardFailure(self.spec["text"])

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the findings alone: a traceback would show our code and nothing else."""
        return str(excinfo.value) if isinstance(excinfo.value, GuardFailure) else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """Return the rootdir, and a heading that does not end the node id, where pytest would take a metric's dots for colons."""
        return self.path, None, self.name.replace("::", " ")


class _Only:
    """Keep pytest from collecting tests, and so from importing them."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_make_collect_report(self, collector: pytest.Collector) -> pytest.CollectReport | None:
        """Return an empty report for the session."""
        return pytest.CollectReport(collector.nodeid, "passed", None, []) if isinstance(collector, pytest.Session) else None


class Guard:
    """One run of pytest with the guard switched on."""

    def __init__(self, config: pytest.Config, words: tuple[str, ...] | None) -> None:
        """Take the families to judge, None for all."""
        self._config, self._words = config, words
        self._worker: dict[str, Any] | None = getattr(config, "workerinput", None)
        self._firm = config.option.genomic_guard is not None or config.option.genomic_guard_only or bool(_ENVIRONMENT.get("CI"))
        self._root = _root(config)
        self._result: Result | None = None
        self._items: list[GuardItem] = []
        self._selection: dict[str, int] = {}  # of how many items are left, and whether they had to be put back
        self._told: set[str] = set()

    @property
    def failed(self) -> bool:
        """Tell whether the scan fails what was asked for. False before a scan, and in a worker, whose status is not the run's."""
        return self._worker is None and self._result is not None and any(spec["state"] == "fail" for spec in self._result["specs"])

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self) -> None:
        """Scan, or take the controller's result. Raises `pytest.UsageError` for a wrong policy."""
        from pytest_genomic_guard import _pytest_guard  # noqa: PLC0415 - loaded already

        if self._worker is not None:
            self._result = self._worker.get(_NAME)
        elif not self._config.option.collectonly:
            try:
                self._result = _pytest_guard.scan(self._root, _PYTHON, _ENVIRONMENT, self._words)
            except _pytest_guard.Usage as error:
                raise pytest.UsageError(str(error)) from None

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Give an xdist worker the result."""
        node.workerinput[_NAME] = self._result

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Learn from an xdist worker what became of the items."""
        self._selection = getattr(node, "workeroutput", {}).get(_NAME) or self._selection

    def pytest_report_header(self) -> str:
        """Say what is judged, and where."""
        where = os.path.relpath(self._root, self._config.rootpath)
        families = "all families" if self._words is None else ", ".join(self._words)
        return f"genomic-guard: {families}, in {'rootdir' if where == os.curdir else where}"

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Collect our items with the session's own."""
        report = yield
        if isinstance(collector, pytest.Session) and report.passed and report.result is not None:
            report.result = self._placed(report.result, self._made(collector))
        return report

    def _made(self, session: pytest.Session) -> list[GuardItem]:
        from pytest_genomic_guard._pytest_guard import listed  # noqa: PLC0415 - loaded already

        if not self._items:
            specs = self._result["specs"] if self._result else listed(self._words)
            self._items = [GuardItem.from_parent(session, name=spec["name"], nodeid=spec["name"], spec=spec) for spec in specs]
        return self._items

    @staticmethod
    def _placed(nodes: Sequence[Any], own: Sequence[GuardItem]) -> list[Any]:
        """Return the nodes with our items at their places: static ones first, gates after the tests that may feed them."""
        others = [node for node in nodes if not isinstance(node, GuardItem)]
        first, last = ([item for item in own if item.spec["gate"] is gate] for gate in (False, True))
        return [*first, *others, *last]

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(self, session: pytest.Session, items: list[pytest.Item]) -> Generator[None]:
        """See what selections leave of our items, and put them back where nothing is left of them."""
        own = self._made(session)
        items[:] = self._placed(items, own)
        result = yield
        left = [item for item in own if item in items]
        back = not left and self._firm
        items[:] = self._placed(items, own if back else left)
        self._selection = {"of": len(own), "out": len(own) - len(left), "back": int(back)}
        terminal: Any = self._config.pluginmanager.get_plugin("terminalreporter")
        if back and terminal and "deselected" in terminal.stats:
            terminal.stats["deselected"] = [item for item in terminal.stats["deselected"] if item not in own]
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note which items have shown their text."""
        hidden = self._config.option.tbstyle == "no" or self._config.option.no_summary
        if report.failed and report.when == "call" and not hidden:
            self._told.add(report.nodeid)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the verdict: the exit status that the summary knows of is not yet ours."""
        terminalreporter.section("genomic-guard")
        for spec in self._result["specs"] if self._result else ():
            terminalreporter.line(f"{spec['name']}  {spec['state']}" + (f": {spec['line']}" if spec["line"] else ""))
            if spec["state"] != "pass" and spec["name"] not in self._told:
                terminalreporter.line(spec["text"])
        if out := self._selection.get("out"):
            what = "they run all the same" if self._selection["back"] else "the verdict counts all"
            terminalreporter.line(f"{out} of {self._selection['of']} deselected; {what}")
        for line in self._result["summary"] if self._result else ["nothing was scanned"]:
            terminalreporter.line(line)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, object, object]:
        """Hold the exit status, whatever became of the items."""
        if self._worker is not None:
            session.config.workeroutput[_NAME] = self._selection  # type: ignore[attr-defined]  # xdist adds it
        try:
            return (yield)
        finally:
            if self.failed and session.exitstatus in _FLIPPED:
                session.exitstatus = pytest.ExitCode.TESTS_FAILED


_GUARD = pytest.StashKey[Guard]()


def _root(config: pytest.Config) -> str:
    """Return the folder to scan: the one given, else the nearest from rootdir upwards with a ``.git``, else rootdir."""
    given = config.option.genomic_guard_root
    if given is not None:
        root = os.path.join(config.invocation_params.dir, given)
        if not os.path.isdir(root):
            raise pytest.UsageError("--genomic-guard-root: there is no such folder")
        return root
    folders = (config.rootpath, *config.rootpath.parents)
    return str(next((folder for folder in folders if os.path.lexists(folder / ".git")), config.rootpath))


class GenomicGuard:
    """What the fixture `genomic_guard` gives."""

    def assert_clean(self, thing: object) -> None:
        """Assert that nothing in `thing` is what the guard looks for; the message tells kind and place, and no value.

        What `thing` is follows from its type alone:

        - `os.PathLike`: a file, or a folder with everything in it, hidden and git-ignored files too. A link is followed.
        - `str`: the text itself. The name of a file that exists is refused with TypeError, so that it cannot pass unread.
        - `bytes`, `bytearray`, `memoryview`: the content of a file, compressed or not.
        - anything with ``to_csv(sep=..., index=...)``, such as a pandas DataFrame: the table, with its index and without.
        - anything with a ``text`` that is a `str`, such as pytest's `caplog`: that text.

        Warnings count as well, such as calls quoted in other text, and what cannot be read does not pass. The policy file plays
        no part: no waiver and no exclusion holds here. pytest itself shows the arguments, output and log of a test that fails:
        keep what must not leave out of these, or run with ``--show-capture=no``.
        """
        __tracebackhide__ = True
        from pytest_genomic_guard._pytest_fixture import complaint  # noqa: PLC0415 - the engine, for tests that use it

        found = complaint(thing)
        if found is not None:
            raise AssertionError(found)


@pytest.fixture(scope="session")
def genomic_guard() -> GenomicGuard:
    """Check what a test made: ``genomic_guard.assert_clean(path | text | bytes | DataFrame | caplog)``."""
    return GenomicGuard()
