"""Checks ask for the uses that have a name or an argument that they know: of no other have they anything to say."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.checks.code import cod107, cod110, shells, sinks
from pytest_genomic_guard.views.code import constants
from pytest_genomic_guard.views.code.names import Program, Use
from pytest_genomic_guard.views.code.python import Source

if TYPE_CHECKING:
    from pytest_genomic_guard.views.code.python import Python

IMPORTS = """import os, subprocess as sp, ssl as s, requests as r, asyncio, popen2, paramiko
import langchain.tools as t, autogen, sqlalchemy
from langchain_experimental.utilities import PythonREPL as P
from os import system as run_it
opts = {"shell": True, "verify": False}
"""
_FUNCTIONS = """eval exec compile os.system os.popen run_it sp.run sp.Popen sp.getoutput sp popen2.Popen3
    asyncio.create_subprocess_shell
    paramiko.SSHClient().exec_command s.CERT_NONE s._create_unverified_context r.get r.Session().get
    t.ShellTool t.load_tools t
    autogen.LocalCommandLineCodeExecutor P().run P().invoke db.execute db.cursor().executemany db.text sqlalchemy.text
    x[0].query f f()()
    getattr(os,'system') langchain autogen.x.y Model.objects.raw get_ipython().system"""
_ARGUMENTS = """x 'a' f'{x}' *x **x **opts shell=True shell=x verify=False tlsAllowInvalidCertificates=True ssl=False
    allow_dangerous_code=True sql=x cmd=x ['python','-c',x] map(os.system,x)"""
FUNCTIONS, ARGUMENTS = _FUNCTIONS.split(), _ARGUMENTS.split()
CALLS = st.builds("{}({})\n".format, st.sampled_from(FUNCTIONS), st.lists(st.sampled_from(ARGUMENTS), max_size=3).map(", ".join))


class _View:
    """What of a view is read here."""

    def __init__(self, code: str) -> None:
        self.sources = (Source(start=0, lines=(0,), tree=ast.parse(code), source=code),)


def _program(code: str) -> Program:
    view: Python = _View(code)  # type: ignore[assignment]
    return Program(view)


def _compare(made: Program) -> None:
    commands = made.some(last=shells.COMMANDS, keys=("shell",))
    queries = made.some(last=shells.RUNS)
    unverified = made.some(last=cod107._ENDS, keys=cod107._KEYS)  # noqa: SLF001
    run = made.some(last=sinks.ENDS, roots=sinks.ROOTS, keys=(*cod110._ALLOWED, "shell"))  # noqa: SLF001
    for use in made.uses:
        assert use in commands or (shells.command(use) == (None, ()) and use.name not in {"os.system", "os.popen"})
        assert use in queries or shells.query(use) is None
        assert use in unverified or cod107._off(use) == ("", "")  # noqa: SLF001
        assert use in run or not (sinks.runs_it(use) or sinks.sink(use)[0] is not None or _allowed(use))
    for chosen in (commands, queries, unverified, run):
        places = [next(at for at, use in enumerate(made.uses) if use is each) for each in chosen]
        assert places == sorted(set(places))


def _allowed(use: Use) -> bool:
    return any(constants.true(use.argument(name), use.scope) for name in cod110._ALLOWED)  # noqa: SLF001


@given(st.lists(CALLS, max_size=6))
def test_of_no_other_use_is_anything_said(calls: list[str]) -> None:
    """Calls that the checks know, under other names, with arguments and without."""
    code = []
    for call in calls:
        try:
            ast.parse(call)
        except SyntaxError:  # a positional argument behind one with a name
            continue
        code.append(call)
    _compare(_program(IMPORTS + "".join(code)))


@pytest.mark.parametrize("name", ["subprocess", "os", "pdb", "urllib/request", "smtplib", "ssl", "timeit", "pickle"])
def test_of_no_other_use_of_real_programs(name: str) -> None:
    """Programs of the standard library."""
    _compare(_program((Path(ast.__file__).parent / f"{name}.py").read_text(encoding="utf-8")))
