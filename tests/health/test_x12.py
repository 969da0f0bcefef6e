"""X12 transactions: written from the implementation guides, in all the ways in which they come, and hostile."""

from __future__ import annotations

import base64
import gzip
import json
import random
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from faker import Faker
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.model import Artifact, View
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.testing import DIRECTIVES, samples, scan
from pytest_genomic_guard.views.health import hl7, x12
from pytest_genomic_guard.views.health.segments import spans
from pytest_genomic_guard.views.text import Segment, Text

if TYPE_CHECKING:
    from collections.abc import Callable

_faker = Faker("en_US")
_random = random.SystemRandom()
_OWN = {"PHI101", "PHI104", "PHI208", "PHI302", "PHI401"}


def _found(data: bytes, path: bytes = b"data/feed") -> list[tuple[str, str]]:
    return [(each.code, each.outcome) for each in scan({path: data}).findings if each.code in _OWN]


def _number(count: int) -> str:
    return str(_random.randrange(3 * 10 ** (count - 1), 9 * 10 ** (count - 1)))


def _day() -> str:
    return str(_faker.date_of_birth().strftime("%Y%m%d"))


def _person(role: str) -> list[str]:
    return [
        f"NM1*{role}*1*{_faker.last_name()}*{_faker.first_name()}*{_faker.random_uppercase_letter()}***MI*{_number(9)}".upper(),
        f"N3*{_faker.street_address()}".upper(),
        f"N4*{_faker.city()}*{_faker.state_abbr()}*{_faker.postcode()}".upper(),
        f"DMG*D8*{_day()}*F",
    ]


def _transaction(kind: str) -> list[str]:
    """Return an interchange by the guides: 837P, I and D, 835, 834, 270, 271, 276, 277, 278."""
    claim = [f"CLM*{_number(6)}*150***11:B:1*Y*A*Y*I"]
    body = {
        "837P": [*_person("IL"), *claim, "HI*ABK:J0300", "LX*1", "SV1*HC:99213*40*UN*1***1", "DTP*472*D8*20230310"],
        "837I": [*_person("QC"), *claim, "HI*ABK:I2510", "DTP*434*RD8*20230101-20230104", "LX*1", "SV2*0120*HC:99223*1500*UN*3"],
        "837D": [*_person("IL"), *claim, "LX*1", "SV3*AD:D2150*100"],
        "835": [f"CLP*{_number(6)}*1*226*132**12*{_number(9)}", _person("QC")[0], "SVC*HC:99214*100*80", "DTM*472*20230310"],
        "834": ["INS*Y*18*030*XN*A***FT", f"REF*0F*{_number(9)}", *_person("74"), "HD*030**HLT**EMP"],
        "270": ["HL*3*2*22*0", *_person("IL"), "EQ*30"],
        "271": ["HL*3*2*22*0", *_person("IL"), "EB*1**30**GOLD"],
        "276": ["HL*4*3*22*0", _person("IL")[0], f"TRN*1*{_number(6)}"],
        "277": ["HL*4*3*PT", _person("QC")[0], "STC*A1:20*20230310"],
        "278": ["HL*3*2*22*1", *_person("03"), "UM*HS*I*2"],
    }[kind]
    head = f"ISA*00*{'':10}*00*{'':10}*ZZ*{'SENDER':15}*ZZ*{'RECEIVER':15}*230310*1253*!*00501*{_number(9)}*0*P*:"
    opened = [head, "GS*HC*SENDER*RECEIVER*20230310*0802*1*X*005010X222A1", f"ST*{kind[:3]}*0001"]
    return [*opened, *body, f"SE*{len(body) + 2}*0001", "GE*1*1", "IEA*1*000000905"]


@pytest.mark.parametrize("kind", ["837P", "837I", "837D", "835", "834", "270", "271", "276", "277", "278"])
def test_transactions_of_every_kind(kind: str) -> None:
    """Every transaction about a person fails."""
    assert _found(("~".join(_transaction(kind)) + "~").encode()) == [("PHI104", "fail")]


_WRAPS: list[Callable[[list[str]], bytes]] = [
    lambda rows: ("~\n".join(rows) + "~\n").encode(),
    lambda rows: ("~\r\n".join(rows) + "~\r\n").encode(),
    lambda rows: ("\n".join(rows) + "\n").encode(),
    lambda rows: "~\t".join(rows).encode(),
    lambda rows: "~".join(rows).replace("*", "|").encode(),
    lambda rows: "~".join(rows).replace("*", "^").encode(),
    lambda rows: "\x1c".join(rows).replace("*", "\x1d").encode(),
    lambda rows: "~\n".join(rows[1:-1]).encode(),
    lambda rows: "~\n".join(rows[2:-2]).encode(),
    lambda rows: "~\n".join(rows[3:-3]).encode(),
    lambda rows: "~".join("*".join(each.strip() for each in row.split("*")) for row in rows).encode(),
    lambda rows: json.dumps({"x12": "~\n".join(rows)}).encode(),
    lambda rows: json.dumps(rows).encode(),
    lambda rows: repr("~\n".join(rows)).encode(),
    lambda rows: "".join(f"2024-01-01 00:00:00 DEBUG seg={row}~\n" for row in rows).encode(),
    lambda rows: "~\n".join(rows).encode("utf-16"),
    lambda rows: gzip.compress("~".join(rows).encode()),
    lambda rows: base64.b64encode("~".join(rows).encode()),
    lambda rows: json.dumps({"d": base64.b64encode("~".join(rows).encode()).decode()}).encode(),
    lambda rows: DIRECTIVES["zip"]("~".join(rows).encode()),
    lambda rows: DIRECTIVES["notebook-stream"]("~\n".join(rows).encode()),
    lambda rows: ("<html><body><pre>" + "~\n".join(rows) + "</pre></body></html>").encode(),
]


@pytest.mark.parametrize("wrap", _WRAPS)
def test_transactions_in_every_wrapper(wrap: Callable[[list[str]], bytes]) -> None:
    """A claim is found with any separator and terminator, cut, escaped or packed."""
    assert ("PHI104", "fail") in _found(wrap(_transaction("837P")))


def test_made_up_members_are_a_note() -> None:
    """ISA15, and people of the guides' examples: a note, and no silence."""
    assert _found(samples.x12(usage="T")) == [("PHI401", "note")]
    assert _found(samples.x12(name="placeholder")) == [("PHI401", "note")]
    assert _found(samples.x12().replace(b"NM1*IL*1*", b"NM1*IL*1*SUBSCRIBER*")) == [("PHI401", "note")]


def test_values_speak_against_a_test_interchange() -> None:
    """An issued Social Security number and a telephone number in service are somebody's."""
    reached = (
        f"REF*SY*{_random.randrange(201, 650)}-45-{_random.randrange(2000, 9000)}~PER*IP**TE*312{_random.randrange(601, 889)}7143~"
    )
    data = samples.x12(usage="T").replace(b"~DMG*", b"~" + reached.encode() + b"DMG*", 1)
    assert _found(data) == [("PHI104", "fail")]


def test_members_without_names_are_row_level() -> None:
    """A member number beside a claim is PHI208's."""
    assert _found(samples.x12(name="none")) == [("PHI208", "fail")]


def test_providers_and_payers_are_nobody() -> None:
    """A person who bills is no patient."""
    rows = [f"NM1*85*1*{_faker.last_name()}*{_faker.first_name()}****XX*{_number(10)}", "NM1*PR*2*PLAN*****PI*60054"]
    assert not _found("~\n".join(rows).upper().encode())


def test_few_members_in_a_program_are_a_warning() -> None:
    """One person in a program is a warning, seven are a failure."""
    assert _found(samples.x12(ends="feed"), b"tests/t.py") == [("PHI302", "warn")]
    assert ("PHI104", "fail") in _found(samples.x12(ends="feed", people=7), b"t.py")


@given(st.binary(max_size=300), st.integers(0, 900), st.integers(0, 400))
def test_nothing_raises(noise: bytes, at: int, cut: int) -> None:
    """Cut, mutated and arbitrary bytes are read without an error or a gap."""
    whole = samples.x12()
    at = 1 + at % (len(whole) - 1)  # behind its first byte: noise in front can be the beginning of an archive
    data = whole[:at] + noise + whole[at + cut :]
    assert not scan({b"a": data}).gaps


@given(st.sets(st.integers(0, 500)), st.sets(st.integers(0, 500)))
def test_messages_do_not_overlap(heads: set[int], cut: set[int]) -> None:
    """No byte is of two messages, so that the work of all of them is linear."""
    data = b" " * 501
    artifact = Artifact(path=b"a", kind="file", origin="worktree", opener=lambda: BytesStream(data))
    text = Text(artifact=artifact, data=data, segments=(Segment(start=0, trail=(), context="file"),), owned=len(data))
    found = [span for span, _headed in spans(text, heads, cut)]
    assert all(one[1] <= two[0] for one, two in pairwise(found))
    assert {start for start, _end in found} >= heads


def test_the_readers_see_texts_only() -> None:
    """A view that is no text has no messages."""
    view = View(artifact=Artifact(path=b"a", kind="file", origin="worktree", opener=lambda: BytesStream(b"")))
    assert not list(x12.found(view))
    assert not list(hl7.found(view))
