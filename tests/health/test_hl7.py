"""HL7 v2 messages: written by others, in all the ways in which they come, and hostile."""

from __future__ import annotations

import base64
import gzip
import json
import random

import pytest
from faker import Faker
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.matching import matcher
from pytest_genomic_guard.model import Artifact
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.testing import DIRECTIVES, samples, scan
from pytest_genomic_guard.views.health import hl7, segments
from pytest_genomic_guard.views.health.providers import RULES
from pytest_genomic_guard.views.text import Segment, Text

_random = random.SystemRandom()
_OWN = {"PHI101", "PHI104", "PHI208", "PHI302", "PHI401"}
hl7apy = pytest.importorskip("hl7apy.core")

_faker = Faker(["en_US", "de_DE", "fr_FR", "es_MX", "pl_PL", "ja_JP", "it_IT"])


def _found(data: bytes, path: bytes = b"data/feed") -> list[tuple[str, str]]:
    return [(each.code, each.outcome) for each in scan({path: data}).findings if each.code in _OWN]


def _written(version: str, structure: str) -> str:
    """Return a message that hl7apy wrote about somebody whom Faker made up, outside of reserved ranges."""
    message = hl7apy.Message(structure, version=version)
    message.msh.msh_11 = "P"
    if structure == "ORU_R01":
        result = message.add_group("ORU_R01_PATIENT_RESULT")
        pid = result.add_group("ORU_R01_PATIENT").add_segment("PID")
        order = result.add_group("ORU_R01_ORDER_OBSERVATION")
        order.add_segment("OBR").obr_4 = "718-7^Hemoglobin^LN"
    elif structure == "SIU_S12":
        message.add_segment("SCH").sch_7 = "CHECKUP"
        pid = message.add_group("SIU_S12_PATIENT").add_segment("PID")
    else:
        pid = message.add_segment("PID")
        message.add_segment("PV1").pv1_2 = "I"
    pid.pid_3 = f"{_random.randrange(10**6, 10**8)}^^^{_faker.lexify('????').upper()}^MR"
    pid.pid_5 = f"{_faker.last_name()}^{_faker.first_name()}"
    pid.pid_7 = _faker.date_of_birth(minimum_age=1, maximum_age=95).strftime("%Y%m%d")
    return str(message.to_er7())


@pytest.mark.parametrize("structure", ["ADT_A01", "ORU_R01", "SIU_S12"])
@pytest.mark.parametrize("version", ["2.3.1", "2.4", "2.5", "2.5.1", "2.6"])
def test_messages_that_a_library_wrote(version: str, structure: str) -> None:
    """Every version and structure fails, whatever the name is."""
    assert ("PHI101", "fail") in _found(_written(version, structure).encode())


@pytest.mark.parametrize(
    "wrap",
    [
        lambda text: text.encode(),
        lambda text: text.replace("\r", "\n").encode(),
        lambda text: text.replace("\r", "\r\n").encode(),
        lambda text: b"\x0b" + text.encode() + b"\x1c\r",
        lambda text: ("FHS|^~\\&|A\rBHS|^~\\&|A\r" + text + "\rBTS|1\rFTS|1\r").encode(),
        lambda text: "".join(f"2024-03-01T10:00:01 INFO recv: {line}\n" for line in text.split("\r")).encode(),
        lambda text: json.dumps({"payload": text}).encode(),
        lambda text: json.dumps(text.split("\r"), indent=1).encode(),
        lambda text: repr(text).encode(),
        lambda text: ("DEBUG:mllp:" + repr(b"\x0b" + text.encode())).encode(),
        lambda text: text.replace("\r", "<CR>\n").encode(),
        lambda text: text.replace("\r", "\n").encode("utf-16"),
        lambda text: gzip.compress(text.encode()),
        lambda text: base64.b64encode(text.encode()),
        lambda text: base64.b64encode(b"\x0b" + text.encode() + b"\x1c\r"),
        lambda text: json.dumps({"data": base64.b64encode(text.encode()).decode()}).encode(),
        lambda text: DIRECTIVES["zip"](text.encode()),
        lambda text: DIRECTIVES["notebook-stream"](text.replace("\r", "\n").encode()),
        lambda text: DIRECTIVES["notebook"](repr(text).encode()),
        lambda text: (
            "<!DOCTYPE html><html><body><pre>" + text.replace("\r", "\n").replace("&", "&amp;") + "</pre></html>"
        ).encode(),
        lambda text: ("<a><b>" + text.replace("&", "&amp;").replace("\r", "&#xD;") + "</b></a>").encode(),
        lambda text: ("INSERT INTO t VALUES ('" + text.replace("'", "''").replace("\r", "\n") + "');").encode(),  # noqa: S608 - a dump, not a query
        lambda text: "\n".join(line[at : at + 80] for line in text.split("\r") for at in range(0, len(line), 80)).encode(),
        lambda text: "\n".join(text.split("\r")[1:]).encode(),
        lambda text: text.replace("#", "").replace("|", "#").replace("\r", "\n").encode(),
    ],
)
def test_messages_in_every_wrapper(wrap: object) -> None:
    """A message is found however it is framed, escaped, quoted, packed or broken."""
    assert callable(wrap)
    assert ("PHI101", "fail") in _found(wrap(_written("2.5", "ADT_A01").rstrip("\r")))


@pytest.mark.parametrize("path", [b"a.hl7", b"a.txt", b"a.dat", b"a", b"a.bin", b"a.json", b"x/a.csv", b"a.sql"])
def test_a_name_decides_nothing(path: bytes) -> None:
    """Content decides, whatever a data file is called."""
    assert ("PHI101", "fail") in _found(samples.hl7(), path)


def test_a_python_list_with_line_feeds_is_code() -> None:
    """One person in a program is a warning, seven are a failure."""
    assert _found(b"M = [\n" + samples.hl7(), b"tests/t.py") == [("PHI302", "warn")]
    assert ("PHI101", "fail") in _found(samples.hl7(people=7), b"t.py")


@pytest.mark.parametrize("mark", [{"test": "T", "kind": "reserved"}, {"test": "D", "kind": "reserved"}, {"name": "placeholder"}])
def test_made_up_people_are_a_note(mark: dict[str, str]) -> None:
    """A mark of the standard, reserved numbers or a placeholder for the name: a note, and no silence."""
    assert _found(samples.hl7(**mark)) == [("PHI401", "note")]  # type: ignore[arg-type]


def test_values_speak_against_a_mark() -> None:
    """An issued Social Security number and a telephone number in service are somebody's."""
    assert _found(samples.hl7(test="T")) == [("PHI101", "fail")]


def test_aliases_of_a_placeholder_are_nobody() -> None:
    """The first name of PID-5 decides; what repeats behind it are aliases."""
    message = samples.hl7(name="placeholder").replace(b"TEST^PATIENT", b"TEST^PATIENT~Belanov^Kadoker")
    assert _found(message) == [("PHI401", "note")]


def test_no_value_leaves() -> None:
    """Neither message nor path shows a word of the content."""
    data = samples.hl7()
    words = {word for word in data.decode().replace("^", "|").replace("\n", "|").split("|") if len(word) > 5 and word.isalnum()}
    for finding in scan({b"feed": data}).findings:
        assert not words.intersection(finding.message.split())


def _text(data: bytes) -> Text:
    artifact = Artifact(path=b"a", kind="file", origin="worktree", opener=lambda: BytesStream(data))
    part = Segment(start=0, trail=(), context="file")
    text = Text(artifact=artifact, data=data, segments=(part,), owned=len(data))
    return text.replace(hits=matcher(list(RULES), 0, cached=False).scan(data))


@given(st.binary(max_size=300), st.integers(0, 400), st.integers(0, 400))
def test_nothing_raises(noise: bytes, at: int, cut: int) -> None:
    """Cut, mutated and arbitrary bytes are read without an error or a gap."""
    whole = samples.hl7()
    data = whole[: at % len(whole)] + noise + whole[at % len(whole) + cut :]
    assert not scan({b"a": data}).gaps


@pytest.mark.parametrize(
    "unit", [b"MSH|^~\\&|", b"PID|1|a|b|\n", b"MSH|^~\\&|\nPID|1||", b"\nPID|" + b"|a" * 30, b"\\r\\n", b"PID|1|\n|\n|\n|" * 4]
)
def test_work_grows_with_the_size(unit: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes that are handed to the parser of segments are no more than a few times those of the text."""
    work = [0]
    inner = segments._fields

    def counted(raw: bytes, *rest: object) -> list[str]:
        work[0] += len(raw)
        return inner(raw, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(segments, "_fields", counted)
    for times in (200, 2000):
        work[0] = 0
        data = unit * times
        list(hl7._read(_text(data)))  # noqa: SLF001 - all people, not only as many as decide
        assert work[0] <= 2 * len(data)
