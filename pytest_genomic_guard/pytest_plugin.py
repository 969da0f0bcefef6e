"""``pytest --genomic-guard``: the repository is scanned once, and its verdict becomes items, a section and the exit status.

The scan is a child process that neither ``conftest.py`` nor a module in the repository can change; nor can PYTHONPATH, or what the
repository sets in the environment. What the child said is then told *in* the process that runs the repository's tests. Deselecting,
skipping or hiding our items, lines of an ini file, ending pytest early and resetting the exit status change nothing; but code in
this process that means harm can do what it likes: replace functions, end the process, or stand before this plugin on ``sys.path``.
Where the tests are not trusted, ``genomic-guard scan`` in a job of its own is the authoritative gate.

Loading this module costs an idle pytest next to nothing: everything else is imported when the guard is switched on.
"""

from __future__ import annotations

import copy
import os
import sys

import pytest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator
    from typing import Any, Literal

    from pytest_genomic_guard._pytest_cards import Cards, ModelCard
    from pytest_genomic_guard._pytest_run import Guard


_OPTION = "--genomic-guard"
_NAME = "genomic_guard"
# As they were before any conftest ran: this module is loaded before the first.
_PYTHON, _ENVIRONMENT = sys.executable, dict(os.environ)


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


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, parser: pytest.Parser, args: list[str]) -> Generator[None]:
    """Note what is asked for before the repository's conftests run, and stand around what they add."""
    known = early_config.known_args_namespace
    if _mended(args):
        again = parser.parse_known_args(args, namespace=copy.copy(early_config.option))
        known.file_or_dir, known.genomic_guard = again.file_or_dir, again.genomic_guard
    said = [_ENVIRONMENT.get("PYTEST_ADDOPTS", ""), *map(str, early_config.invocation_params.args)]
    named = any(_OPTION in word for word in said)  # such words can still be hidden, as by a -- in the ini's addopts
    guard = _guard(early_config, parser, known) if named or _on(early_config, known) else None
    if guard is None:
        return (yield)
    from pytest_genomic_guard._pytest_run import Keeper, passes, register  # noqa: PLC0415 - loaded already

    early_config.stash[_GUARD] = guard
    try:
        return (yield)
    except SystemExit as error:
        if not guard.asked.insist or not passes(error.code):
            raise
        raise pytest.UsageError("genomic-guard: a conftest ended pytest, and nothing was scanned") from None
    finally:  # also after a conftest that failed: with --help, pytest goes on
        register(early_config, Keeper(guard))


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Register the marker, and the guard where it is switched on. It comes late, so that its wrappers are the outer ones."""
    config.addinivalue_line("markers", f"{_NAME}: an item of pytest-genomic-guard; select them with -m {_NAME}")
    option, guard = config.option, config.stash.get(_GUARD, None)
    if guard and not (option.showfixtures or option.show_fixtures_per_test or getattr(option, "cacheshow", None)):
        from pytest_genomic_guard._pytest_run import Only, register  # noqa: PLC0415 - loaded already

        register(config, guard)
        if guard.asked.only:
            register(config, Only())


def _mended(words: list[str]) -> bool:
    """Keep ``--genomic-guard tests/`` from taking the path for its value, and tell whether that was needed."""
    end = words.index("--") if "--" in words else len(words)
    bare = [at for at, word in enumerate(words[:end]) if word == _OPTION]
    for at in bare:
        words[at] = f"{_OPTION}=all"
    return bool(bare)


def _on(config: pytest.Config, option: Any) -> bool:
    return bool(option.genomic_guard is not None or option.genomic_guard_only or config.getini(_NAME))


def _guard(config: pytest.Config, parser: pytest.Parser, known: Any) -> Guard | None:
    """Return the guard of this run, or None where nobody asks for it after all. Raises `pytest.UsageError`."""
    import shlex  # noqa: PLC0415 - as the next: only where the guard may be on

    from pytest_genomic_guard import _pytest_guard, _pytest_run  # noqa: PLC0415

    def parsed(words: list[str]) -> Any:
        _mended(words)
        return parser.parse_known_args(words, namespace=copy.copy(config.option))

    # each by itself, as a -- of one hides the other
    added, line = parsed(shlex.split(_ENVIRONMENT.get("PYTEST_ADDOPTS", ""))), parsed(list(config.invocation_params.args))
    if not any(_on(config, option) for option in (known, added, line)):
        return None
    try:
        asked = _pytest_guard.asked(known, added, line, ci=bool(_ENVIRONMENT.get("CI")))
    except _pytest_guard.Usage as error:
        raise pytest.UsageError(str(error)) from None
    return _pytest_run.Guard(config, asked, (_PYTHON, _ENVIRONMENT))


_GUARD = pytest.StashKey["Guard"]()


class GenomicGuard:
    """What the fixture `genomic_guard` gives."""

    def assert_clean(self, thing: object) -> None:
        """Assert that nothing in `thing` is what the guard looks for; the message tells kind and place, and no value.

        What `thing` is follows from its type alone:

        - `os.PathLike`: a file, or a folder with everything in it, hidden and git-ignored files too. A link is followed.
        - `str`: the text itself. The name of a file that exists is refused with TypeError, so that it cannot pass unread.
        - `bytes`, `bytearray`, `memoryview`: the content of a file, compressed or not.
        - anything with ``to_csv(sep=..., index=...)``, such as a pandas DataFrame: the table, with its index and without; and
          tables of polars and pyarrow.
        - anything with a ``text`` that is a `str`, such as pytest's `caplog` or the response of an HTTP client: that text.
        - pytest's `capsys` and its like, or what their ``readouterr()`` gave: what was printed. The fixture is read by that.
        - `dict`, `list`, `tuple`: the payload of a request, as JSON.

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
    """Check what a test made: ``genomic_guard.assert_clean(path | text | bytes | DataFrame | caplog | capsys | payload)``."""
    return GenomicGuard()


class ModelCards:
    """What the fixture `model_card` gives."""

    def __init__(self, folder: str) -> None:
        """Take the folder to which paths are relative."""
        self._folder = folder
        self._cards: Cards | None = None

    def __call__(self, path: str | os.PathLike[str]) -> ModelCard:
        """Return the card at `path`, or the card to which the model there resolves; it is relative to pytest's rootdir.

        Each card is read as `genomic-guard card check` reads it, policy and all. Assert with its methods, which say what is missing
        and why: ``assert model_card("models/x").stated("intended-use", "limitations")`` and
        ``assert model_card("models/x").complete("release")``. `sections` has the status of each section, `tier` the tier to which
        it is held, `lacks` what that requires and it does not state, `models` the models that resolve to it. Raises AssertionError
        where no card is found.
        """
        __tracebackhide__ = True
        if self._cards is None:
            from pytest_genomic_guard._pytest_cards import Cards  # noqa: PLC0415 - for tests that use it

            self._cards = Cards(self._folder)
        return self._cards.card(os.fspath(path))


@pytest.fixture(scope="session")
def model_card(pytestconfig: pytest.Config) -> ModelCards:
    """Read the card of a model or a data set, and assert what it states: ``model_card("models/x.onnx").stated("limitations")``."""
    return ModelCards(str(pytestconfig.rootpath))


class Gates:
    """What the fixtures `fairness_gate`, `mia_gate` and `release_gate` give."""

    def __init__(self, kind: Literal["fairness", "mia", "release"], config: pytest.Config) -> None:
        """Take the kind of gate; paths are relative to rootdir."""
        self._kind, self._config = kind, config

    def _said(self) -> Any:
        """Return what the policy says, which is read when a gate is first used, and note that the running test uses one."""
        __tracebackhide__ = True
        from pytest_genomic_guard import _pytest_judged  # noqa: PLC0415 - for tests that use it

        stash = self._config.stash
        stash.setdefault(_JUDGED, []).append(None)
        if _SAID not in stash:
            stash[_SAID] = _pytest_judged.settings(self._config, stash[_GUARD].asked if _GUARD in stash else None)
        return stash[_SAID]

    def __call__(self, data: object = None, **options: object) -> Any:
        """Return figures of data, to be compared: ``assert fairness_gate(rows, groups=["sex"]).tpr.difference() <= 0.1``.

        `data` is a table (of pandas, polars, pyarrow, or a mapping of columns) or the path of a file; the options are the keys that
        a gate has in the policy, with underscores. A comparison is a verdict by the figure's interval: true where the data show
        that the bound is kept, false where they show that it is not, and neither where they cannot tell: then the test does what
        the policy says under `on-inconclusive`, and does not pass. Raises TypeError for an option that there is not, and
        ValueError where options do not go together or the data cannot be used.
        """
        __tracebackhide__ = True
        from pytest_genomic_guard import _pytest_judged  # noqa: PLC0415 - for tests that use it

        said, folder, stash = self._said(), str(self._config.rootpath), self._config.stash
        return _pytest_judged.figures(self._kind, folder, said, data, options, lambda each: stash[_JUDGED].append(each))  # noqa: PLW0108 - of the test that then runs

    def record(self, gate: str, data: object = None, **options: object) -> None:
        """Judge a gate of the policy that says `recorded: true` on data that this test has, once in a run.

        The verdict is the gate's item, which runs last, and with xdist the controller's summary and exit status. What the gate's
        keys name as columns must be in the data; options are its files, such as ``counts=``. Raises TypeError for any other option,
        and ValueError where the policy has no such gate, or the data cannot be used.
        """
        __tracebackhide__ = True
        from pytest_genomic_guard import _pytest_judged  # noqa: PLC0415 - for tests that use it
        from pytest_genomic_guard._pytest_run import RECORDED  # noqa: PLC0415 - as above

        found = _pytest_judged.recorded(self._kind, str(self._config.rootpath), self._said(), gate, data, options)
        self._config.stash.setdefault(RECORDED, []).append(found)

    def within(self, limit: float, *, confidence: float) -> Any:
        """Return a bound with a confidence of its own: ``figure >= fairness_gate.within(0.75, confidence=0.99)``."""
        from pytest_genomic_guard._pytest_gates import within  # noqa: PLC0415 - as above

        return within(limit, confidence=confidence)


@pytest.fixture(scope="session")
def fairness_gate(pytestconfig: pytest.Config) -> Gates:
    """Compare the figures of groups with bounds, as in ``fairness_gate(rows, groups=["ancestry"]).tpr.difference() <= 0.10``."""
    return Gates("fairness", pytestconfig)


@pytest.fixture(scope="session")
def mia_gate(pytestconfig: pytest.Config) -> Gates:
    """Hold what an attack tells of members against bounds, as in ``mia_gate("mia.npz", higher_is="member").auc <= 0.60``."""
    return Gates("mia", pytestconfig)


@pytest.fixture(scope="session")
def release_gate(pytestconfig: pytest.Config) -> Gates:
    """Hold what a release gives away against bounds, as in ``release_gate("freq.tsv", n=812).power <= 0.5``."""
    return Gates("release", pytestconfig)


_GATES = frozenset(("fairness_gate", "mia_gate", "release_gate"))
_JUDGED = pytest.StashKey["list[Any]"]()  # verdicts in the running test, in order; None: a gate was used
_SAID = pytest.StashKey["Any"]()  # what the policy says


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """Explain a bound that is not kept by the figures of the groups."""
    if "pytest_genomic_guard._pytest_gates" not in sys.modules or op not in {"<=", ">="}:
        return None
    from pytest_genomic_guard._pytest_gates import explained  # noqa: PLC0415 - loaded already

    return explained(op, left, right)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin to note what gates say in this test."""
    item.config.stash[_JUDGED] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Make of a bound that nobody can decide what the policy says; keep rows, which are arguments of tests, out of tracebacks."""
    report = yield
    judged, request = item.config.stash.get(_JUDGED, []), getattr(item, "_request", None)
    if call.excinfo is not None and (
        judged or _GATES.intersection((*getattr(item, "fixturenames", ()), *getattr(request, "fixturenames", ())))
    ):  # those of the request are also those that are asked for by getfixturevalue
        from pytest_genomic_guard._pytest_gates import told  # noqa: PLC0415 - for tests of gates that do not pass

        told(item, call.excinfo, report, [each for each in judged if each is not None])
    return report
