"""Time is linear in the size of hostile content: shown by counting steps of patterns and calls of readers, not by a clock."""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
import sys
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import pytest
from _steps import Steps, TooMany, tree, unbounded

import pytest_genomic_guard.checks.phi as checks
from pytest_genomic_guard import identifiers
from pytest_genomic_guard._regex import Regex
from pytest_genomic_guard.registry import Plan, Registry
from pytest_genomic_guard.testing import scan
from pytest_genomic_guard.views import health

if TYPE_CHECKING:
    from types import FrameType

    from pytest_genomic_guard.model import Rule

RULES: list[Rule] = sorted(Plan(Registry(), selections=(("PHI",),)).rules(), key=lambda rule: rule.name)
SIGNS = b"aA0 \n\t,;|^~:-/._\"'<>()\\=&#\xc3\0"
FILLERS = [bytes([sign]) for sign in SIGNS] + [
    b"a,",
    b"a ",
    b"1 ",
    b"A, ",
    b"a_",
    b"1-",
    b"a\n",
    b"\r\n",
    b"Aa Aa,",
    b"\xc3\xa9",
    b'","',
]
REACH = 8_000  # steps of a rule at one place, whatever stands behind it
FAR = 3_000  # bytes that stand behind it
GROWTH = 2.5
ENOUGH = 400  # steps or calls that depend on no size


def anchors(rule: Rule) -> list[bytes]:
    """Return some of the anchors of a rule as they may stand in a text."""
    some = rule.anchors[:: max(1, len(rule.anchors) // 3)][:3]
    return [each.replace(b"0", b"1") if rule.face == "shape" else each for each in some]


def test_steps_are_those_of_re() -> None:
    """What counts steps says of each place what `re` says of it."""
    draw = random.Random(5)  # noqa: S311 - the same texts in every run
    for rule in RULES:
        pattern = re.compile(rule.pattern, re.MULTILINE)
        for anchor in anchors(rule):
            for _time in range(8):
                text = bytes(draw.choices(SIGNS, k=4)) + anchor + bytes(draw.choices(SIGNS, k=60))
                assert Steps(rule.pattern, re.MULTILINE).at(text, 4) is bool(pattern.match(text, 4)), rule.name


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_takes_bounded_steps_at_a_place(rule: Rule) -> None:
    """So all places together take steps in proportion to the text: what stands behind an anchor cannot make a rule go on and on."""
    for anchor in anchors(rule):
        for filler in [*FILLERS, anchor, anchor + b" ", anchor + b","]:
            steps = Steps(rule.pattern, re.MULTILINE, most=REACH)
            try:
                steps.at(b",  " + anchor + filler * (FAR // len(filler)), 3)
            except TooMany:
                pytest.fail(f"more than {REACH} steps where {filler!r} is repeated")


@cache
def patterns() -> dict[str, re.Pattern[Any]]:
    """Return all expressions that the modules of this family hold, by where they are."""
    found: dict[str, re.Pattern[Any]] = {}
    for package in (health, identifiers, checks):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                several = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else [value]
                for number, each in enumerate(several):
                    if isinstance(each, (re.Pattern, Regex)):
                        found.setdefault(f"{module.name.split('.', 1)[1]}.{name}.{number}", cast("re.Pattern[Any]", each))
    return found


@pytest.mark.parametrize("name", sorted(patterns()))
def test_no_repetition_without_a_bound_in_another(name: str) -> None:
    """By its structure: what can be divided in many ways is not repeated without a bound, unless it gives nothing back."""
    pattern = patterns()[name]
    assert not list(unbounded(tree(pattern.pattern, pattern.flags & ~re.UNICODE)))


HOSTILE = {
    "hl7-fields": (b"MSH|^~\\&|A|B\rPID|1||", b"X|"),
    "hl7-segments": (b"MSH|^~\\&|A|B\r", b"PID|\r"),
    "hl7-headers": (b"", b"MSH|^~\\&|\r"),
    "x12-segments": (b"ISA*00*          *00*          *ZZ*A*ZZ*B*200101*1200*^*00501*1*0*P*:~", b"NM1*IL*1*~"),
    "x12-headers": (b"", b"ISA*00*"),
    "fhir-open": (b'{"resourceType": "Patient", "name": ', b"[{"),
    "fhir-types": (b"", b'{"resourceType": "Patient"}\n'),
    "fhir-tags": (b'<Patient xmlns="http://hl7.org/fhir">', b"<a>"),
    "cda-roles": (b"<ClinicalDocument>", b"<patientRole "),
    "notes": (b"", b"DOB: 01/02/1950 MRN: "),
    "names": (b"Patient: ", b"Aa "),
    "rows": (b"patient_id,dob,diagnosis\n", b'"a,'),
    "columns": (b"", b"patient_id,"),
    "records": (b"[", b'{"patient_id": 1, "diagnosis": "a"},'),
    "markup": (b"<table><tr><td>patient_id</td>", b"<td>"),
    "days": (b"", b"2001-02-03,"),
    "fields": (b"Patient record\n", b"Name: A\nDOB: 1\n"),
    "fields-open": (b"", b"name="),
    "brackets": (b"Patient(name='A', dob='B', ", b"[("),
    "brackets-closed": (b"Patient(name='A', dob='B')\n", b")]}>"),
    "keys": (b"{'patient_id': 1, 'dob': 'A', ", b"'a' => "),
    "tags-of-records": (b"<patients>", b"<patient><name>A"),
    "tags-open": (b"<patients><name>A</name><dob>", b"</"),
    "drawn": (b"+----+-----+\n| name | dob |\n", b"| A |"),
    "drawn-rules": (b"| patient_id | dob |\n", b"+-"),
    "printed": (b"   patient_id  dob         diagnosis\n", b"1  A  2001-02-03  B\n"),
    "printed-wide": (b"patient_id  dob  diagnosis\n", b"1   A   "),
    "practice": (b"01380006310\n0143101Aa\n", b"0143101Aa\n"),
    "typeset": (b"\\begin{tabular}{ll}\npatient_id & dob \\\\\n", b"A & B & "),
    "bare": (b"", b"1|A|2001-02-03|F|E11.9\n"),
    "bare-wide": (b"E11.9,2001-02-03,F,", b"A,"),
    "fixed": (b"", b"0001 A         20010203F E11.9  \n"),
    "participants": (b"participant_id,age,sex,bmi,diagnosis\n", b"P1,50,F,20.1,A\n"),
    "participants-wide": (b"participant_id,age,sex", b",bmi"),
    "sql-quote": (b"INSERT INTO patients (name, dob) VALUES ('A', '", b"INSERT INTO patients VALUES ('"),
    "sql-quotes": (b"INSERT INTO patients (name, dob) VALUES (", b"'',"),
    "sql-copy": (b"COPY patients (patient_id, dob) FROM stdin;\n", b"COPY patients (patient_id) FROM stdin;\n"),
    "sql-lists": (b"INSERT INTO patients (patient_id, dob", b"(a, "),
    "counts": (b"sex,patients\n", b"patients,"),
    "shares": (b"Characteristic,N\n", b"1 (2%)"),
}


def calls(content: bytes) -> int:
    """Return how many functions a scan calls, ours and those in C."""
    count = 0

    def tell(_frame: FrameType, event: str, _what: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(tell)
    try:
        scan({b"a": content})
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", HOSTILE)
def test_a_reader_makes_calls_in_proportion(name: str) -> None:
    """Hostile messages, notes and tables of twice the size take about twice the calls, of all readers together."""
    lead, unit = HOSTILE[name]
    texts = [lead + unit * (size // len(unit)) for size in (1 << 14, 1 << 15)]
    calls(texts[0][: -len(unit)])  # loads what is loaded at the first time; a text that was read would be known the next time
    small, large = map(calls, texts)
    assert large <= GROWTH * small + ENOUGH
