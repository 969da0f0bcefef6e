"""The pytest door, with a conftest that ends pytest before the guard had its turn."""

from __future__ import annotations

import textwrap

import pytest
from _pytest_door import ALSO, GAPS, GENOMIC, LEAK, PHI, Repo, lines, states, verdict

pytest_plugins = ["pytester"]


@pytest.fixture
def repo(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """Return a clean repository with one passing test."""
    return Repo(pytester, monkeypatch)


FIRST = "@pytest.hookimpl(tryfirst=True)\n"
AROUND = "@pytest.hookimpl(wrapper=True, tryfirst=True)\n"
CONFTESTS = {
    "only collects": FIRST + "def pytest_configure(config):\n    config.option.collectonly = True",
    "only collects, from the start": FIRST + "def pytest_cmdline_main(config):\n    config.option.collectonly = True",
    "only shows fixtures": FIRST + "def pytest_cmdline_main(config):\n    config.option.showfixtures = True",
    "only helps": FIRST + "def pytest_cmdline_main(config):\n    config.option.help = True",
    "forgets the flag": FIRST + "def pytest_cmdline_main(config):\n    config.option.genomic_guard = None",
    "ends well": FIRST + "def pytest_cmdline_main():\n    return 0",
    "ends well around": AROUND + "def pytest_cmdline_main():\n    yield\n    return 0",
    "ends with nothing": AROUND + "def pytest_cmdline_main():\n    yield\n    return None",
    "ends with a byte too many": AROUND + "def pytest_cmdline_main():\n    yield\n    return 256",
    "leaves": FIRST + "def pytest_cmdline_main():\n    raise SystemExit",
    "leaves at the end": "def pytest_unconfigure():\n    raise SystemExit(0)",
    "exits at configure": FIRST + "def pytest_configure():\n    pytest.exit('x', returncode=0)",
    "exits before the scan": AROUND + "def pytest_sessionstart():\n    pytest.exit('x', returncode=0)\n    yield",
    "exits at collection": FIRST + "def pytest_collection():\n    pytest.exit('x', returncode=0)",
    "exits at the end": FIRST + "def pytest_sessionfinish():\n    pytest.exit('x', returncode=0)",
    "looks like a worker": """
        @pytest.hookimpl(tryfirst=True)
        def pytest_configure(config):
            if not hasattr(config, "workerinput"):
                config.workerinput, config.workeroutput = {"workerid": "gw0"}, {}""",
    "unregisters the plugin": "def pytest_addoption(pluginmanager):\n    pluginmanager.unregister(name='genomic_guard')",
    "blocks the plugin": "def pytest_addoption(pluginmanager):\n    pluginmanager.set_blocked('genomic_guard')",
    "comes late": """
        class Late:
            @pytest.hookimpl(wrapper=True, tryfirst=True)
            def pytest_sessionfinish(self, session):
                yield
                session.exitstatus = 0

        def pytest_sessionstart(session):
            session.config.pluginmanager.register(Late())""",
}


def conftest(repo: Repo, how: str) -> None:
    """Write that conftest."""
    repo.write("conftest.py", "import pytest\n\n" + textwrap.dedent(CONFTESTS[how]) + "\n")


@pytest.mark.parametrize("workers", [[], ["-n2"]], ids=["alone", "xdist"])
@pytest.mark.parametrize("how", CONFTESTS)
def test_conftest_that_ends_pytest(repo: Repo, how: str, workers: list[str]) -> None:
    """With the flag, the leak fails the run and is told, wherever a conftest's hook cuts it short."""
    repo.leak()
    conftest(repo, how)
    result = repo.run("--genomic-guard", *workers)
    assert (result.ret, verdict(result)) == (1, "FAIL")
    assert states(result) == {**ALSO, GENOMIC: "fail", PHI: "pass", GAPS: "pass"}
    assert f"  {LEAK}:4" in lines(result)


@pytest.mark.parametrize("how", ["ends well", "leaves", "only collects", "exits at configure"])
def test_clean_repository_still_passes(repo: Repo, how: str) -> None:
    """A conftest that ends pytest early for a reason of its own does no harm to a clean repository, and the verdict is given."""
    conftest(repo, how)
    result = repo.run("--genomic-guard")
    assert (result.ret, verdict(result)) == (0, "PASS")
    assert lines(result).count(f"{GENOMIC}  pass") == 1


def test_policy_error_at_the_end(repo: Repo) -> None:
    """A scan that comes late ends as an early one does where the policy is wrong."""
    repo.write(".genomic-guard.yaml", "version: 1\nprofil: strict\n")
    conftest(repo, "ends well")
    result = repo.run("--genomic-guard", usual=True)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "unknown key; did you mean 'profile'?" in result.stderr.str()


@pytest.mark.parametrize("workers", [[], ["-n2"]], ids=["alone", "xdist"])
def test_conftest_that_leaves_on_import(repo: Repo, workers: list[str]) -> None:
    """A conftest that ends the process well while it is imported is a usage error; a failing status of its own stays."""
    repo.leak()
    repo.write("conftest.py", "raise SystemExit(0)\n")
    result = repo.run("--genomic-guard", *workers)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "a conftest ended pytest, and nothing was scanned" in result.stderr.str()
    repo.write("conftest.py", "raise SystemExit(7)\n")
    assert repo.run("--genomic-guard", *workers).ret == 7


def test_failing_status_of_others_stays(repo: Repo) -> None:
    """A status that fails already is not ours to change."""
    repo.leak()
    repo.write("conftest.py", "import pytest\n\n" + AROUND + "def pytest_cmdline_main():\n    yield\n    return 7\n")
    assert repo.run("--genomic-guard").ret == 7


def test_ini_alone_leaves_conftests_alone(repo: Repo) -> None:
    """Where only the repository itself asks, outside CI, its conftest may end pytest; in CI it may not."""
    repo.leak()
    repo.write("pytest.ini", "[pytest]\ngenomic_guard = true\n")
    conftest(repo, "ends well")
    assert repo.run().ret == 0
    repo.write("conftest.py", "raise SystemExit(0)\n")
    assert repo.run().ret == 0
    assert repo.run(CI="1").ret == pytest.ExitCode.USAGE_ERROR
    conftest(repo, "leaves")
    assert repo.run(CI="1").ret == 1
