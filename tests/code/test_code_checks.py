"""Checks of code: never an error, the same in every wrapper, quiet about text, and bandit without a trace in this process."""

from __future__ import annotations

import ast
import logging
import sys
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.adapters import bandit_findings
from pytest_genomic_guard.testing import DIRECTIVES, scan, told
from pytest_genomic_guard.views.code import constants
from pytest_genomic_guard.views.code.python import parsed
from pytest_genomic_guard.views.code.scopes import Scope

_PROGRAMS = {
    "COD101": "import pickle as p\nx = p.load(f)\n",
    "COD102": "m = AutoModel.from_pretrained('a/b', trust_remote_code=True)\n",
    "COD103": "from datasets import load_dataset as l\nd = l('a/b')\n",
    "COD104": "x = eval(text)\n",
    "COD105": "import os\nos.system('ls ' + d)\n",
    "COD106": "import tarfile\ntarfile.open(p).extractall()\n",
    "COD107": "import requests\nrequests.get(u, verify=False)\n",
    "COD108": "cur.execute('SELECT a FROM t WHERE b = %s' % b)\n",
    "COD109": "import tempfile\np = tempfile.mktemp()\n",
    "COD110": "from openai import OpenAI\nr = OpenAI().responses.create(input=q)\nexec(r.output_text)\n",
    "COD111": "import torch\nm = torch.load(p)\n",
    "COD112": "x = eval(t)  # nosec\n",
}
_WRAPPERS = ("notebook-source", "utf-16", "bom", "crlf", "gzip", "zip")


def _codes(path: str, data: bytes) -> set[str]:
    report = scan({path.encode(): data})
    assert not [gap for gap in report.gaps if gap.reason in {"check-failed", "view-failed"}]
    return {finding.code for finding in report.findings}


@pytest.mark.parametrize("wrapper", _WRAPPERS)
@pytest.mark.parametrize("code", _PROGRAMS)
def test_found_in_every_wrapper(code: str, wrapper: str) -> None:
    """A program is judged in a notebook, in other encodings and in archives as it is in a file."""
    text = "#!/usr/bin/env python\n" + _PROGRAMS[code] if wrapper in {"gzip", "zip"} else _PROGRAMS[code]
    path = "a.ipynb" if wrapper.startswith("notebook") else "a.py.gz" if wrapper == "gzip" else "a.py"
    path = "a.zip" if wrapper == "zip" else path
    assert code in _codes(path, DIRECTIVES[wrapper](text.encode()))


@pytest.mark.parametrize("code", _PROGRAMS)
def test_quiet_in_text(code: str) -> None:
    """What a string, a comment, a manual or an output of a notebook shows is no program."""
    quoted = f"text = {_PROGRAMS[code]!r}\n" + "".join(f"# {line}\n" for line in _PROGRAMS[code].replace("#", "").splitlines())
    assert code not in _codes("a.py", quoted.encode())
    assert code not in _codes("a.md", _PROGRAMS[code].encode())
    assert code not in _codes("a.ipynb", DIRECTIVES["notebook-stream"](_PROGRAMS[code].encode()))


_PIECES = st.sampled_from(
    [line for text in _PROGRAMS.values() for line in text.splitlines()]
    + [
        "x = y",
        "y = x",
        "def f(a=x, *b, c=eval):",
        "    return x",
        "class A(B):",
        "with x as (a, b):",
        "    pass",
        "x += x",
        "(" * 90,
        "'",
        "\\",
    ]
    + [
        "for x in [x, eval]:",
        "x = lambda: eval(x)",
        "from . import *",
        "from os import *",
        "import a.b.c",
        "%time x",
        "!ls {x}",
        "\t",
        "# nosec B1,",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES, max_size=14), st.booleans())
def test_never_fails(pieces: list[str], notebook: bool) -> None:  # noqa: FBT001 - drawn
    """Whatever lines follow each other, no check raises."""
    data = "\n".join(pieces).encode()
    _codes("a.ipynb" if notebook else "a.py", DIRECTIVES["notebook-source"](data) if notebook else data)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 40), st.integers(1, 12))
def test_names_that_stand_for_names(names: int, times: int) -> None:
    """Names that stand for each other, many times each, are looked at once each."""
    scope = Scope("module")
    for at in range(names):
        scope.values[f"n{at}"] = [ast.Name(id=f"n{other % names}") for other in range(at, at + times)]
    assert constants.values(ast.Name(id="n0"), scope) is not None
    assert isinstance(constants.constant(ast.Name(id="n0"), scope), bool)


def test_deep_expressions() -> None:
    """A sum of thousands of parts, and calls in calls, end in no error."""
    deep = (
        "x = "
        + " + ".join(["a"] * 3000)
        + "\n"
        + "eval(" * 60
        + "x"
        + ")" * 60
        + "\nimport tempfile\ntempfile.mktemp()"
        + ".a" * 2000
        + "\n"
    )
    assert "COD104" in _codes("a.py", deep.encode())


def test_bandit_leaves_no_trace() -> None:
    """The modules of bandit are a private copy: nothing stays in this process, nothing is logged, no formatter is replaced."""
    before = warnings.formatwarning
    tree, _lost = parsed("import tempfile\ntempfile.mktemp()\n")
    found = list(bandit_findings.run([(tree, [2])], frozenset({"B306"})))
    assert [[each.test for each in part] for part in found] == [["B306"]]
    assert warnings.formatwarning is before
    assert "stevedore" not in sys.modules or "bandit" in sys.modules
    assert not logging.getLogger("bandit").isEnabledFor(logging.ERROR)


def test_a_match_on_a_line_of_python_2_is_told() -> None:
    """A program is read around its broken lines; where one of them asks for a check, the report says that it was not looked at."""
    broken = scan({b"job.py": b"import pickle\nexec pickle.load(f) in scope\nx = 1\n"})
    assert any("no Python 3" in line for line in told(broken, "RUN102"))
    assert not told(scan({b"job.py": b"import pickle\nexec text in scope\nx = 1\n"}), "RUN102")
