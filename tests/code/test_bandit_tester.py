"""Bandit's tests say under our tester what they say under bandit's own."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_genomic_guard.adapters import bandit_findings, bandit_tester
from pytest_genomic_guard.checks.code.elsewhere import LOW, TESTS
from pytest_genomic_guard.views.code.versions import Versions

if TYPE_CHECKING:
    import pytest

CODE = """import pickle, subprocess, hashlib, requests, yaml, xml.sax, ftplib
from Crypto.Cipher import DES as d
password = 'abc'; tmp = '/tmp/x'; host = b'0.0.0.0'
def f(token='x', *a): assert a
subprocess.run(c, shell=True); hashlib.md5(x)
requests.get(u, verify=False)
try: yaml.load(t)
except Exception: pass
cur.execute('select a from b where c = ' + c + '%s' % d)
xml.sax.parse(
    p); d.new(k)
os.chmod(p, 0o777); random.random()
"""


def _theirs(tests: object, _context: object) -> object:
    """Return bandit's own tester, which keeps where a test failed."""
    modules = bandit_tester.load()
    made, metrics = vars(modules["bandit.core.tester"])["BanditTester"], vars(modules["bandit.core.metrics"])["Metrics"]
    tester = made(testset=tests, debug=False, nosec_lines={}, metrics=metrics())
    tester.failures = []
    tester.report_error = lambda _test, context, _error: tester.failures.append(context._context.get("lineno", 1))  # noqa: SLF001
    return tester


def test_as_bandits_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same findings in the same order, those of tests that fail among them."""
    own = sorted(Path(bandit_findings.__file__).parents[1].rglob("*.py"))[::40]
    trees = [ast.parse(CODE), *(ast.parse(path.read_bytes()) for path in own)]
    asked = [(tree, range(1, 400)) for tree in trees]
    wanted = frozenset({**TESTS, **LOW, "B301": "", "B602": "", "B501": "", "B102": ""})
    ours = list(bandit_findings.run(asked, wanted))

    def broken(_context: object) -> None:
        raise ValueError

    by = bandit_tester.Tests.get_tests
    both = [ours]
    broken._test_id = "B999"  # type: ignore[attr-defined]  # noqa: SLF001
    monkeypatch.setattr(bandit_tester.Tests, "get_tests", lambda self, kind: [*by(self, kind), broken])
    both.append(list(bandit_findings.run(asked, wanted)))
    monkeypatch.setattr(bandit_tester, "Tester", _theirs)
    assert list(bandit_findings.run(asked, wanted)) == both[1]
    monkeypatch.setattr(bandit_tester.Tests, "get_tests", by)
    assert list(bandit_findings.run(asked, wanted)) == both[0]
    assert len(both[0][0]) > 12
    assert any(each.test == bandit_findings.FAILED for each in both[1][0])


def _found(tree: ast.Module) -> list[bandit_findings.Found]:
    return [found for each in bandit_findings.run([(tree, range(1, 400))], frozenset({*TESTS, *LOW, "B104"})) for found in each]


def test_versions_say_what_they_say_alone() -> None:
    """Statements that versions share moved: what bandit notes at nodes, such as the lines of a list of arguments, is let go."""
    versions, body = Versions(), f"{CODE}def g(host='0.0.0.0', *, more=[x for x in y if x == '0.0.0.0']):\n    return 1\n"
    for blanks in (0, 3, 1, 9):
        code = "import os\n" + "\n" * blanks + body
        tree = versions.tree(b"a.py", code, ast.parse) or ast.parse(code)
        versions.add(b"a.py", code, tree)
        found = _found(tree)
        assert found == _found(ast.parse(code))
        assert any(each.test == "B104" for each in found)
        assert not [name for node in ast.walk(tree) for name in vars(node) if name.startswith("_bandit")]


def test_an_expression_that_is_too_deep_holds_no_module() -> None:
    """Nor does one that bandit cannot walk to its end."""
    tree = ast.parse("import os\nx = " + "-" * 900 + "1\n" + "assert x\n")
    node: ast.expr = tree.body[1].value  # type: ignore[attr-defined]
    for _step in range(3000):
        node = ast.UnaryOp(op=ast.USub(), operand=node, lineno=2, end_lineno=2, col_offset=0, end_col_offset=1)
    tree.body[1].value = node  # type: ignore[attr-defined]
    assert bandit_findings.FAILED in {each.test for each in _found(tree)}
    assert not [name for statement in tree.body for name in vars(statement) if name.startswith("_bandit")]
