"""The pytest door, with a repository that stands in its way."""

from __future__ import annotations

import os
import textwrap
from typing import TYPE_CHECKING

import pytest
from _pytest_door import ALSO, GAPS, GENOMIC, LEAK, OWN, PASSING, PHI, Repo, lines, states, verdict

from pytest_genomic_guard._pytest_guard import scan, shielded

if TYPE_CHECKING:
    from pathlib import Path

pytest_plugins = ["pytester"]


@pytest.fixture
def repo(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """Return a clean repository with one passing test."""
    return Repo(pytester, monkeypatch)


def test_collection_error(repo: Repo) -> None:
    """A module that cannot be imported stops pytest before our items; the section tells all the same."""
    repo.leak()
    repo.write("test_bad.py", "raise RuntimeError\n")
    result = repo.run("--genomic-guard", usual=True)
    assert (result.ret, verdict(result)) == (pytest.ExitCode.INTERRUPTED, "FAIL")
    assert f"  {LEAK}:4" in lines(result)


CONFTESTS = {
    "deselects all": "def pytest_collection_modifyitems(items):\n    items.clear()",
    "deselects ours": "def pytest_collection_modifyitems(items):\n    items[:] = [i for i in items if 'guard' not in i.nodeid]",
    "deselects last": """
        @pytest.hookimpl(wrapper=True, tryfirst=True)
        def pytest_collection_modifyitems(items):
            yield
            items.clear()""",
    "clears the session": "def pytest_collection_finish(session):\n    session.items.clear()",
    "resets the status": """
        @pytest.hookimpl(trylast=True)
        def pytest_sessionfinish(session):
            session.exitstatus = 0""",
    "resets the status around": """
        @pytest.hookimpl(wrapper=True, tryfirst=True)
        def pytest_sessionfinish(session):
            yield
            session.exitstatus = 0""",
    "resets the status at the end": """
        def pytest_sessionstart(session):
            session.config.kept = session

        def pytest_unconfigure(config):
            config.kept.exitstatus = 0""",
    "skips": "def pytest_runtest_setup(item):\n    pytest.skip()",
    "expects failure": """
        def pytest_collection_modifyitems(items):
            for item in items:
                item.add_marker(pytest.mark.xfail)""",
    "runs nothing": "def pytest_runtestloop():\n    return True",
    "runs no item": "def pytest_runtest_protocol():\n    return True",
    "forges reports": """
        @pytest.hookimpl(wrapper=True, tryfirst=True)
        def pytest_runtest_makereport():
            report = yield
            report.outcome, report.longrepr = "passed", None
            return report""",
    "replaces run": """
        import subprocess
        subprocess.run = lambda *a, **k: subprocess.CompletedProcess(a, 0, b"{}", b"")""",
    "sets the environment": """
        import os, sys
        os.environ.update(GIT_DIR=os.devnull, PATH="", PYTHONPATH=".", GIT_CONFIG_COUNT="x")
        sys.executable = "/bin/true"
        os.chdir("/")""",
}


@pytest.mark.parametrize("how", CONFTESTS)
def test_conftest_that_interferes(repo: Repo, how: str) -> None:
    """Whatever a conftest does to items, reports, status or environment, the leak fails the run and is told."""
    repo.leak()
    repo.write("conftest.py", "import pytest\n\n" + textwrap.dedent(CONFTESTS[how]) + "\n")
    result = repo.run("--genomic-guard")
    assert (result.ret, verdict(result)) == (1, "FAIL")
    assert states(result) == {**ALSO, GENOMIC: "fail", PHI: "pass", GAPS: "pass"}
    assert f"  {LEAK}:4" in lines(result)


def test_conftest_below_that_interferes(repo: Repo) -> None:
    """A conftest that is found late, when its folder is collected, comes before our hooks and still changes nothing."""
    repo.leak()
    repo.write("below/test_below.py", PASSING)
    repo.write("below/conftest.py", "import pytest\n" + textwrap.dedent(CONFTESTS["resets the status around"]) + "\n")
    assert repo.run("--genomic-guard").ret == 1


def test_shadow_modules(repo: Repo) -> None:
    """Modules of the repository that stand before the library's, by PYTHONPATH, are not loaded by the scan."""
    repo.leak()
    log = repo.path.parent / "loaded"
    library = os.path.dirname(os.__file__)
    for name, file in (("json", "json/__init__.py"), ("subprocess", "subprocess.py")):
        folder = os.path.join(library, "json")
        repo.write(
            f"{name}.py",
            f"""
import importlib.util, sys
with open({str(log)!r}, "a") as log:
    log.write(" ".join(sys.orig_argv) + "\\n")
spec = importlib.util.spec_from_file_location({name!r}, {os.path.join(library, file)!r}, submodule_search_locations=[{folder!r}])
sys.modules[{name!r}] = module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
""",
        )
    result = repo.run("--genomic-guard", PYTHONPATH=".")
    assert (result.ret, states(result)[GENOMIC]) == (1, "fail")
    loaded = log.read_text()
    assert "pytest" in loaded
    assert "scan" not in loaded


def test_shadow_package(repo: Repo) -> None:
    """A package of our name in the repository is not ours; where it does come first, the run fails and never passes."""
    repo.leak()
    repo.write("pytest_genomic_guard/__init__.py", "")
    repo.write("conftest.py", "")
    result = repo.run("--genomic-guard", isolated=True)
    assert (result.ret, states(result)[GENOMIC]) == (1, "fail")
    assert repo.run("--genomic-guard", PYTHONPATH=".").ret != 0


def test_program_in_the_repository(repo: Repo) -> None:
    """A relative entry of PATH does not make the scan run a git of the repository."""
    repo.leak()
    trace = repo.path.parent / "ran"
    repo.write("git", f'#!/bin/sh\ntouch "{trace}"\n').chmod(0o755)
    result = repo.run("--genomic-guard", PATH=f".{os.pathsep}{os.environ['PATH']}")
    assert (result.ret, states(result)[GENOMIC]) == (1, "fail")
    assert not trace.exists()


def test_environment_of_the_scan() -> None:
    """PYTHON* and relative parts of PATH do not reach the scan; the rest does."""
    given = {"PYTHONSTARTUP": "x", "PYTHONPATH": ".", "PATH": os.pathsep.join([".", "/bin", "", "bin"]), "HOME": "/h"}
    assert shielded(given) == {"PATH": "/bin", "HOME": "/h"}


@pytest.mark.parametrize(
    "body",
    [
        "exit 0",
        "echo '{}'; exit 0",
        'echo \'{"schema": "genomic-guard/report/1", "verdict": "pass"}\'; exit 1',
        'echo \'{"schema": "genomic-guard/report/1", "verdict": "fail"}\'; exit 0',
        "echo '[]'; exit 3",
        "kill -9 $$",
    ],
)
def test_scan_that_says_nothing_sound(tmp_path: Path, body: str) -> None:
    """A child whose report is missing, or at odds with its exit status, is no pass."""
    child = tmp_path / "python"
    child.write_text(f"#!/bin/sh\n{body}\n")
    child.chmod(0o755)
    result = scan(str(tmp_path), str(child), {"PATH": "/bin:/usr/bin"}, None)
    assert {spec["name"]: spec["state"] for spec in result["specs"]} == dict.fromkeys(OWN, "fail")
    assert "the scan did not start" in result["summary"][0]


def test_scan_that_cannot_start(tmp_path: Path) -> None:
    """An interpreter that is not there is no pass either."""
    result = scan(str(tmp_path), str(tmp_path / "none"), {}, None)
    assert [spec["state"] for spec in result["specs"]] == ["fail"] * len(OWN)


def test_others_see_our_status(repo: Repo) -> None:
    """After the session, plugins that report its status see the one that pytest ends with."""
    repo.leak()
    report = "\n\ndef pytest_unconfigure(config):\n    print('status', int(config.kept.exitstatus))\n"
    keep = "\n\ndef pytest_sessionstart(session):\n    session.config.kept = session"
    repo.write("conftest.py", "import pytest\n\n" + CONFTESTS["skips"] + keep + report)
    result = repo.run("--genomic-guard")
    assert "status 1" in lines(result)
    assert result.ret == 1
