"""Which version the evidence is of: pins, several entries of the licence lock, other platforms, and what the policy lets pass."""

from __future__ import annotations

import json

import pytest

from pytest_genomic_guard import testing

LOCK = b".genomic-guard/licences.lock.yaml"
SITE = b".venv/lib/python3.11/site-packages/"


def entries(*rows: tuple[str, str, str]) -> bytes:
    """Return a licence lock: name, version and expression of each package."""
    lines = [
        json.dumps({"name": name, "version": version, "expression": said, "told": "expression"}) for name, version, said in rows
    ]
    return ('version: 1\ndate: "2026-11-22"\npackages:\n' + "".join(f"- {line}\n" for line in lines)).encode()


def installed(*rows: tuple[str, str, str]) -> dict[bytes, bytes]:
    """Return the files of an environment."""
    files = {b".venv/pyvenv.cfg": b"home = /usr/bin\nversion = 3.11.4\n", b".venv/bin/python": testing.samples.interpreter()}
    for name, version, said in rows:
        head = f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\nLicense-Expression: {said}\n"
        files[SITE + f"{name}-{version}.dist-info/METADATA".encode()] = head.encode()
    return files


def codes(files: dict[bytes, bytes]) -> set[str]:
    """Return the codes of licences that fail or warn, and those of gaps."""
    report = testing.scan(files)
    found = {each.code for each in report.findings if each.outcome in {"fail", "warn"} and each.code.startswith("LIC")}
    return found | {gap.code for gap in report.gaps}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("gplx", {"LIC101"}),
        ("gplx==1", {"LIC101"}),
        ("gplx<2", {"LIC101"}),
        ("gplx>=2", set()),
        ("gplx==2", set()),
        ("gplx==3", {"LIC908"}),
    ],
)
def test_the_entry_that_is_asked_for(asked: str, told: set[str]) -> None:
    """Of two versions in the licence lock the one that fits counts; where both fit, the stricter; where none, nothing tells."""
    lock = entries(("gplx", "1", "GPL-3.0-only"), ("gplx", "2", "MIT"))
    assert codes({b"requirements.txt": asked.encode(), LOCK: lock}) == told


def test_a_pin_that_the_environment_does_not_meet() -> None:
    """What is installed in another version says nothing of the one that is asked for."""
    files = {b"requirements.txt": b"alpha==1\n", **installed(("alpha", "2", "MIT"))}
    assert codes(files) == {"LIC902"}
    assert codes({**files, b"requirements.txt": b"alpha>=1\n"}) == set()


def test_a_package_of_another_platform_is_judged_where_something_tells() -> None:
    """The licence lock tells of it, so it is judged, and is not counted among those that nothing tells of."""
    files = {b"requirements.txt": b"alpha==1\nwinonly==1; sys_platform == 'none'\n"}
    assert codes({**files, LOCK: entries(("alpha", "1", "MIT"), ("winonly", "1", "AGPL-3.0-only"))}) == {"LIC102"}
    assert codes({**files, LOCK: entries(("alpha", "1", "MIT"))}) == set()


@pytest.mark.parametrize(("word", "told"), [("fail", {"LIC901"}), ("warn", {"LIC114"}), ("note", set())])
def test_what_the_policy_lets_pass_uncovered(word: str, told: set[str]) -> None:
    """`uncovered` makes of a package that nothing tells of a failure, a warning or a note."""
    policy = f"version: 1\nlicences: {{uncovered: {word}}}\n".encode()
    lock = entries(("alpha", "1", "MIT"))
    assert codes({b"requirements.txt": b"alpha\nbeta\n", LOCK: lock, b".genomic-guard.yaml": policy}) == told


@pytest.mark.parametrize("broken", [{}, {b".venv/bin/python": b""}])
def test_no_other_environment_stands_in(broken: dict[bytes, bytes]) -> None:
    """Where the project's environment is empty or dead, there is no verdict, whatever is first on PATH."""
    assert codes({b"requirements.txt": b"pytest\n", **installed(), **broken}) == {"LIC908"}
