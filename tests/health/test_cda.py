"""Clinical documents are read in every layout; samples and templates are nobody's."""

from __future__ import annotations

import json
import re

import pytest
from _fhir_writers import ccr, cda, phone
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.testing import scan

_ONE = cda().encode()
_CODES = ("PHI103", "PHI208", "PHI302", "PHI401")


def _told(content: str, path: bytes = b"export.dat") -> dict[str, str]:
    report = scan({path: content.encode()})
    assert not report.gaps
    return {finding.code: finding.outcome for finding in report.findings if finding.code in _CODES}


@pytest.mark.parametrize("prefix", ["", "cda", "n1", "hl7v3"])
@pytest.mark.parametrize("pretty", [True, False])
@pytest.mark.parametrize("guardian", [True, False])
def test_a_document_is_found(prefix: str, *, pretty: bool, guardian: bool) -> None:
    """Prefixes and line feeds change nothing."""
    assert _told(cda(prefix, pretty=pretty, guardian=guardian)) == {"PHI103": "fail"}


def test_a_document_in_strings() -> None:
    """A document in a string of JSON, and in a string of that, is found."""
    assert _told(json.dumps({"payload": cda()})) == {"PHI103": "fail"}


def test_a_fragment() -> None:
    """The role alone, and a document that is cut behind it, are found."""
    text = cda()
    start = text.index("<patientRole")
    assert _told(text[start : start + 700])["PHI103"] == "fail"
    assert _told(text[: start + 800])["PHI103"] == "fail"


def test_a_continuity_of_care_record() -> None:
    """The actor of a CCR is found."""
    assert _told(ccr()) == {"PHI103": "fail"}


def test_people_of_samples_are_a_note() -> None:
    """HL7's own people are nobody."""
    text = re.sub(r"<given>\w+</given><family>\w+</family>", "<given>Adam</given><family>Everyman</family>", cda())
    assert _told(text) == {"PHI401": "note"}


def test_reserved_numbers_are_a_note() -> None:
    """A telephone number of the reserved exchange tells that the person is made up."""
    assert _told(re.sub(r'value="tel:[^"]*"', 'value="tel:+1(312)555-0142"', cda())) == {"PHI401": "note"}


@pytest.mark.parametrize("fill", ["{{ given }}", "{% given %}", "${given}", '<xsl:value-of select="given"/>'])
def test_templates_are_quiet(fill: str) -> None:
    """What makes documents is none."""
    assert _told(re.sub(r"<given>\w+</given>", f"<given>{fill}</given>", cda())) == {}


def test_few_in_source_code_are_a_warning() -> None:
    """A document in a test of a program is a warning."""
    assert _told(f"DOCUMENT = '''{cda()}'''\n", b"test_parse.py") == {"PHI302": "warn"}


def test_a_document_that_names_nobody_is_quiet() -> None:
    """A role with no name, number or way to reach anybody says nothing."""
    assert _told("<recordTarget><patientRole><id nullFlavor='NI'/><patient/></patientRole></recordTarget>") == {}


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_damaged_documents_give_no_gap(data: st.DataObject) -> None:
    """Changed and cut bytes are read without failing."""
    content = bytearray(_ONE)
    for _each in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(32, 126))
    assert not scan({b"x.dat": bytes(content[: data.draw(st.integers(10, len(content)))])}).gaps


@pytest.mark.parametrize("unit", ["<patientRole ", "<patientRole>", "<CurrentName><", f'<patientRole telecom="{phone()}'])
def test_hostile_repetition_ends(unit: str) -> None:
    """Half a megabyte of what begins a role is read in bounded work."""
    assert not scan({b"x.dat": (unit * (500_000 // len(unit))).encode()}).gaps
