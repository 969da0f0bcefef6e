"""No value leaves through a plugin's check that raises it, formats it or hands it on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from _values import DOORS, LOUD, Planted, name

if TYPE_CHECKING:
    from pathlib import Path


PLUGIN = '''"""Checks that try to tell what they saw."""

import re

from pytest_genomic_guard.hookspecs import hookimpl
from pytest_genomic_guard.model import Check, Fact, Location, Relation, Rule
from pytest_genomic_guard.views.text import Text


class Told(Fact):
    """What was seen."""

    text: str


class Number(int):
    """A number that shows something else."""

    text = ""

    def __format__(self, spec):
        return self.text

    __str__ = __repr__ = lambda self: self.text


def seen(view):
    return re.search(rb"TUBE-\\w+", view.data)[0].decode()


def number(view):
    found = Number(1)
    found.text = seen(view)
    return found


class Base(Check[Text]):
    """A check."""

    since = "1.0"


def look(body):
    def method(self, view, options):
        if b"TUBE-" in view.data:
            yield from body(self, view, seen(view))

    return method


def raising(error):
    def body(self, view, text):
        local_that_holds_it = text
        raise error(f"it was {local_that_holds_it}")
        yield

    return body


def chained(self, view, text):
    try:
        {}[text]
    except KeyError as error:
        raise RuntimeError(text) from error
    yield


BODIES = [
    raising(ValueError),
    raising(SystemExit),
    raising(MemoryError),
    raising(UnicodeError),
    chained,
    lambda self, view, text: [self.finding(view.locate(), "{text}", text=text)],
    lambda self, view, text: [self.finding(view.locate(), "{text}", text=number(view))],
    lambda self, view, text: [self.finding(view.locate(), "{text.text}", text=number(view))],
    lambda self, view, text: [self.finding(view.locate(), "{0}", text)],
    lambda self, view, text: [self.finding(view.locate(), "{" + text + "}")],
    lambda self, view, text: [self.finding(text, "a label")],
    lambda self, view, text: [text],
    lambda self, view, text: text,
    lambda self, view, text: [self.finding(view.locate(), "a label").replace(code=text)],
]


class ACME201(Relation):
    """A relation that raises what it was given."""

    code = "ACME201"
    name = "relation"
    since = "1.0"
    needs = (Told,)

    def look(self, facts, options):
        raise ValueError(facts.of(Told))


class ACME200(Base):
    """Gives a fact."""

    code = "ACME200"
    name = "fact"

    def look(self, view, options):
        if b"TUBE-" in view.data:
            yield Told(text=seen(view))


@hookimpl
def genomic_guard_checks():
    """Add a check for each body."""
    made = [
        type(f"ACME1{at:02}", (Base,), {"code": f"ACME1{at:02}", "name": f"check-{at}", "__doc__": "x", "look": look(body)})
        for at, body in enumerate(BODIES)
    ]
    return [*made, ACME200]


@hookimpl
def genomic_guard_relations():
    """Add the relation."""
    return [ACME201]
'''


@pytest.fixture
def planted(tmp_path: Path) -> Planted:
    """Return a repository with nothing planted yet."""
    return Planted(tmp_path)


def test_checks_that_tell(planted: Planted, tmp_path: Path) -> None:
    """Checks of a plugin that raise, format or yield what they saw: each is a gap of its own, and no door tells the value."""
    planted.values["label"] = f"TUBE-{name()}"
    planted.install(tmp_path / "venv", "acme", PLUGIN)
    planted.write(".genomic-guard.yaml", b"version: 1\nplugins: [acme]\n")
    planted.write("notes.txt", f"one\ntwo {planted.values['label']}\n".encode())
    planted.write("beside.vcf", planted.vcf("sample"))
    for door in ("scan, json", "hook", "pytest, long", "pytest, xdist"):
        shown = planted.silent(*DOORS[door])
        assert b"GEN101" in shown
        if door == "scan, json":
            report = json.loads(shown)
            assert [gap["reason"] for gap in report["gaps"]] == ["check-failed"] * 15
            assert {gap["path"] for gap in report["gaps"]} == {"notes.txt", "."}
            assert [found["path"] for found in report["findings"]] == ["beside.vcf"]
    planted.silent(*DOORS["scan"], env=LOUD)
