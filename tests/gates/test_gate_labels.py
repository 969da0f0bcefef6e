"""Which labels of groups, and which names of a header, may be shown: words and short codes, and no id of anybody's."""

from __future__ import annotations

import random
import string
from typing import TYPE_CHECKING

import pytest
from _gate import GOOD, POLICY, ROWS, fairness, inside, rows, write
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.evidence.rownames import telling
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_random = random.SystemRandom()


def _some(kind: str, number: int) -> str:
    return "".join(_random.choices(kind, k=number))


# Ids as they are given, drawn anew in every run.
IDS: dict[str, Callable[[], str]] = {
    "of GTEx": lambda: f"GTEX-{_some(string.ascii_uppercase, 4)}-{_some(string.digits, 4)}",
    "of TCGA": lambda: f"TCGA-{_some(string.ascii_uppercase, 2)}-{_some(string.digits, 4)}",
    "of TCGA, like a year": lambda: f"TCGA-{_some(string.ascii_uppercase, 2)}-20{_some('01', 1)}{_some(string.digits, 1)}",
    "of HGDP": lambda: f"HGDP{_some(string.digits, 5)}",
    "of a study": lambda: f"PT{_some(string.digits, 4)}",
    "of a site and a study": lambda: f"{_some(string.digits, 3)}_S_{_some(string.digits, 4)}",
    "with a hyphen": lambda: f"MRN-{_some(string.digits, 3)}",
    "hexadecimal": lambda: f"{_some('0123456789', 1)}{_some('abcdef', 1)}{_some('0123456789abcdef', 6)}",
    "letters and digits in turn": lambda: "".join(_some("abcdef", 1) + _some(string.digits, 1) for _time in range(6)),
    "letters with a checksum": lambda: f"NDAR_INV{_some(string.ascii_uppercase, 6)}{_some(string.digits, 2)}",
    "number": lambda: f"{_some('3456789', 1)}{_some(string.digits, 3)}",
    "number with zeros": lambda: f"000{_some('123456789', 1)}",
    "long number": lambda: _some("123456789", 8),
    "date": lambda: f"19{_some('456789', 1)}{_some(string.digits, 1)}-0{_some('123456789', 1)}-1{_some(string.digits, 1)}",
    "date, day first": lambda: (
        f"1{_some(string.digits, 1)}/0{_some('123456789', 1)}/19{_some('456789', 1)}{_some(string.digits, 1)}"
    ),
    "a person's number": lambda: f"patient {_some('123456789', 2)}",
    "a person of a family": lambda: f"family_{_some('123456789', 1)}",
    "mail": lambda: f"{_some(string.ascii_lowercase, 5)}@example.org",
    "uuid": samples.uuid
    if hasattr(samples, "uuid")
    else lambda: f"{_some('0123456789', 4)}{_some('abcdef', 4)}-{_some('0123456789abcdef', 4)}",
}
WORDS = [
    *("AFR", "EUR", "AFR2", "1KG", "1KG-EUR", "UK10K", "GRCh38", "hg19", "q1", "Q4", "pc1", "T2D", "COVID-19", "chr1", "v1.2"),
    *("18-39", "65+", ">=65", "<18", "40-49 years", "18.5-24.9", "BMI 25-30", "(0.333, 0.667]", "[18, 40)", "0", "1", "100"),
    *("1990s", "2019", "2010-2015", "2010-15", "2001 to 2005", "2021 Q4", "FY2021", "Site 3", "site_12", "batch07", "Stage IIIa"),
    *("East Asian (EAS)", "African_American", "CamelCase", "HLA-B*57:01", "e3/e4", "(missing)", "North & South"),
]


@pytest.mark.parametrize("kind", IDS)
def test_ids(kind: str) -> None:
    """What looks like an id is one."""
    for _time in range(20):
        label = IDS[kind]()
        assert telling(label), label


@pytest.mark.parametrize("label", WORDS)
def test_words(label: str) -> None:
    """Words, short codes, bands and years are shown."""
    assert not telling(label)


@given(st.text(max_size=40))
def test_any_text(label: str) -> None:
    """Any text has an answer, the same for its letters in the other case where these are only letters and digits."""
    assert telling(label) in {True, False}
    if label.isascii() and label.isdecimal():
        assert telling(label) is (len(label) > 3 and not (len(label) == 4 and label[:2] in {"19", "20"}))


def test_in_a_scan(tmp_path: Path) -> None:
    """However many rows have it, an id is a number in every format; a word is shown, and an id that the policy declares."""
    ids = {kind: make() for kind, make in IDS.items()}
    data = dict.fromkeys([*ids.values(), "1KG", "18-39", "65+", "CamelCase"], (900, 90, 30, 270))
    write(tmp_path, {ROWS: rows({**GOOD, **data}), POLICY: fairness()})
    for form in ("text", "json", "junit", "markdown", "sarif", "gitlab", "github"):
        told = inside("scan", "--format", form, tmp_path)
        assert not [kind for kind, label in ids.items() if label in told.out + told.err], form
    everything = inside("scan", "--format", "json", tmp_path).out
    assert all(f'"{label}"' in everything for label in ("1KG", "18-39", "65+", "CamelCase", "group 1", f"group {len(ids)}"))
    declared = ids["of GTEx"]
    write(tmp_path, {POLICY: fairness(declared={"ancestry": [declared]})})
    assert declared in inside("scan", "--format", "json", tmp_path).out


@pytest.mark.parametrize("kind", ["of a study", "of HGDP"])
def test_in_a_header(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """A column of a matrix can be a person: an id is no hint, and the usual names and words are."""
    label = IDS[kind]()
    write(tmp_path, {ROWS: f"{label},ancestries,y_true,y_pred\n1,A,0,1\n"})
    monkeypatch.chdir(tmp_path)
    near = label[:-1] + ("1" if label[-1] != "1" else "2")
    ran = inside("fairness", ROWS, "--groups", near, "--bound", "tpr.min >= 0.5")
    assert ran.code == 3
    assert label not in ran.err + ran.out
    assert "did you mean 'ancestries'?" in inside("fairness", ROWS, "--groups", "ancestry", "--bound", "tpr.min >= 0.5").err
