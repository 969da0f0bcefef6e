"""One run of pytest with the guard switched on: its items, its section, and the last word on the exit status."""

from __future__ import annotations

import os

import pytest

from pytest_genomic_guard._pytest_guard import Usage, listed, placed, scan
from pytest_genomic_guard._pytest_specs import with_recorded
from pytest_genomic_guard.reporters.text import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard._pytest_guard import Asked
    from pytest_genomic_guard._pytest_specs import Result, Spec


NAME = "genomic_guard"
RECORDED = pytest.StashKey["list[list[dict[str, Any]]]"]()  # of each time that a test recorded a gate, its verdicts


def _shown(root: str, start: str) -> str:
    """Return a folder as seen from another one; as it is, where there is no way from one to the other."""
    try:
        return os.path.relpath(root, start)
    except ValueError:  # another drive
        return root


class GuardFailure(Exception):  # noqa: N818 - what an item raises; its text is all that is shown
    """An item fails."""


def register(config: pytest.Config, plugin: object) -> None:
    """Register a part of ours under a name that no ``-p no:NAME`` of an ini file can know."""
    if config.pluginmanager.register(plugin, f"genomic-guard-{os.urandom(8).hex()}") is None:
        raise pytest.UsageError("genomic-guard: a part of it was blocked; to switch it off, use -p no:genomic_guard")


def passes(status: object) -> bool:
    """Tell whether a run that ends with this status counts as passed; the system keeps the lowest byte of it."""
    return status is None or (isinstance(status, int) and (status % 256 == 0 or status == pytest.ExitCode.NO_TESTS_COLLECTED))


class GuardItem(pytest.Item):
    """One line of the verdict as a test item, directly below the session: a file's collector would see only `testpaths`."""

    def __init__(self, *, spec: Spec, settle: Callable[[GuardItem], bool], **kwargs: Any) -> None:
        """Take what the item says, and what settles it where tests record it."""
        super().__init__(**kwargs)
        self.spec, self.settle = spec, settle
        self.add_marker(NAME)
        self.user_properties += [(name, value) for name, value in spec["properties"]]

    def runtest(self) -> None:
        """Fail if the verdict says so, which of what tests record is known when they have run."""
        if self.spec["gate"] and not self.settle(self) and self.spec["recorded"]:
            pytest.skip("tests record it: what they say together stands in the section genomic-guard")
        if self.spec["state"] == "fail":
            raise GuardFailure(self.spec["text"])

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the findings alone: a traceback would show our code and nothing else."""
        return str(excinfo.value) if isinstance(excinfo.value, GuardFailure) else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """Return the rootdir, and a heading that does not end the node id, where pytest would take a metric's dots for colons."""
        return self.path, None, self.name.replace("::", " ")


class Only:
    """Keep pytest from collecting tests, and so from importing them."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_make_collect_report(self, collector: pytest.Collector) -> pytest.CollectReport | None:
        """Return an empty report for the session."""
        return pytest.CollectReport(collector.nodeid, "passed", None, []) if isinstance(collector, pytest.Session) else None


class Keeper:
    """Stand around every hook that ends pytest, as the last one to be registered before it starts."""

    def __init__(self, guard: Guard) -> None:
        """Take the guard of the run."""
        self._guard = guard

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_cmdline_main(self) -> Generator[None, object, object]:
        """Let the guard have the last word on the exit status."""
        try:
            status = yield
        except SystemExit as error:
            if not self._guard.asked.insist or not passes(error.code):
                raise
            status = pytest.ExitCode.OK
        return self._guard.ended(status)


class Guard:
    """One run of pytest with the guard switched on."""

    def __init__(self, config: pytest.Config, asked: Asked, started: tuple[str, Mapping[str, str]]) -> None:
        """Take what is asked for, and the interpreter and the environment with which pytest was started."""
        self.asked = asked
        self._config, self._started = config, started
        self._root, self._aside = "", False
        self._result: Result | None = None
        self._items: list[GuardItem] = []
        self._selection: dict[str, int] = {}  # of how many items are left, and whether they had to be put back
        self._told: set[str] = set()
        self._recorded: list[list[dict[str, Any]]] = []  # verdicts of gates that tests record: one list for each time
        self._shown = False

    @property
    def _worker(self) -> dict[str, Any] | None:
        """What xdist gave to this process when it is a worker, which no conftest can say of the controller."""
        return getattr(self._config, "workerinput", None) if "PYTEST_XDIST_WORKER" in self._started[1] else None

    @property
    def failed(self) -> bool:
        """Tell whether the scan fails what was asked for. False before a scan, and in a worker, whose status is not the run's."""
        self._settled()
        return self._worker is None and self._result is not None and any(spec["state"] == "fail" for spec in self._result["specs"])

    def ended(self, status: object) -> object:
        """Return the exit status of the run; scan now if something else kept pytest from it."""
        if self._worker is not None:
            return status
        late = self.asked.insist and self._result is None and passes(status)
        if late:
            self._scan()
        if not self._shown and (late or self.failed):
            self._told.clear()  # where the section did not come, nothing that comes before it did
            heading = [f"{' genomic-guard ':=^80}"] if self._result else []
            for line in (*heading, *self._lines()):
                print(line.encode("ascii", "backslashreplace").decode())  # noqa: T201 - pytest's own writer may be gone
        return pytest.ExitCode.TESTS_FAILED if self.failed and passes(status) else status

    def _scan(self) -> None:
        """Scan, unless pytest was only asked to list. Raises `pytest.UsageError` for a wrong policy or root."""
        places = str(self._config.rootpath), str(self._config.invocation_params.dir)
        try:
            self._root, self._aside = placed(self.asked, *places)
            if not self.asked.lists:
                self._result = scan(self._root, *self._started, self.asked.words)
        except Usage as error:
            raise pytest.UsageError(str(error)) from None

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self) -> None:
        """Scan, or take the controller's result."""
        if self._worker is not None:
            self._result = self._worker.get(NAME)
        else:
            self._scan()

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Give an xdist worker the result."""
        node.workerinput[NAME] = self._result

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Learn from an xdist worker what became of the items."""
        told = getattr(node, "workeroutput", {}).get(NAME) or {}
        self._selection = told.get("selection") or self._selection
        self._recorded += told.get("recorded", [])

    def pytest_report_header(self) -> list[str]:
        """Say what is judged, and where; nothing in a worker."""
        families = "all families" if self.asked.words is None else ", ".join(self.asked.words)
        where = self._root and _shown(self._root, os.path.realpath(self._config.rootpath))
        return [f"genomic-guard: {families}, in {'rootdir' if where == os.curdir else printable(where)}"] if where else []

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
        if not self._items:
            specs = self._result["specs"] if self._result else listed(self.asked.words)
            self._items = [
                GuardItem.from_parent(session, name=spec["name"], nodeid=spec["name"], spec=spec, settle=self._settle)
                for spec in specs
            ]
        return self._items

    def _settle(self, item: GuardItem) -> bool:
        """Give an item what tests recorded of it; False in a worker, where the others' tests are not known."""
        if self._worker is not None:
            return False
        self._settled()
        for spec in self._result["specs"] if self._result else ():
            if spec["name"] == item.spec["name"]:
                item.spec = spec
                item.user_properties[:] = [*spec["properties"]]
        return True

    def _settled(self) -> None:
        """Put what tests recorded so far in the place of what the scan said of it."""
        recorded = [*self._recorded, *self._config.stash.get(RECORDED, [])]
        if self._result is not None and self._worker is None and recorded:
            self._result = with_recorded(self._result, recorded)

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
        back = not left and self.asked.firm
        items[:] = self._placed(items, own if back else left)
        self._selection = {"of": len(own), "out": len(own) - len(left), "back": int(back)}
        terminal: Any = self._config.pluginmanager.get_plugin("terminalreporter")
        if back and terminal and "deselected" in terminal.stats:
            terminal.stats["deselected"] = [item for item in terminal.stats["deselected"] if item not in own]
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note which items have shown their text."""
        option = self._config.option  # without a terminal reporter, it has none of these
        hidden = getattr(option, "tbstyle", "no") == "no" or getattr(option, "no_summary", True)
        if report.failed and report.when == "call" and not hidden:
            self._told.add(report.nodeid)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the verdict: the exit status that the summary knows of is not yet ours."""
        self._shown = True
        self._settled()
        terminalreporter.section("genomic-guard")
        for line in self._lines():
            terminalreporter.line(line)

    def _lines(self) -> Iterator[str]:
        """Yield what the section says."""
        if self._result is None:
            yield "genomic guard did not run: pytest was only asked to list"
            return
        if self._aside:
            yield f"scanned: {printable(_shown(self._root, os.path.realpath(self._config.invocation_params.dir)))}"
        for spec in self._result["specs"]:
            yield f"{spec['name']}  {spec['state']}" + (f": {spec['line']}" if spec["line"] else "")
            if spec["state"] != "pass" and spec["name"] not in self._told:
                yield spec["text"]
        if out := self._selection.get("out"):
            what = "they run all the same" if self._selection["back"] else "the verdict counts all"
            yield f"{out} of {self._selection['of']} deselected; {what}"
        yield from self._result["summary"]

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, object, object]:
        """Hold the exit status, whatever became of the items."""
        if self._worker is not None:
            told = {"selection": self._selection, "recorded": self._config.stash.get(RECORDED, [])}
            session.config.workeroutput[NAME] = told  # type: ignore[attr-defined]  # xdist adds it
        try:
            return (yield)
        finally:
            if self.failed and passes(session.exitstatus):
                session.exitstatus = pytest.ExitCode.TESTS_FAILED
