"""Invented tables about the health of people: everything is drawn when it is asked for, and nobody's."""

from __future__ import annotations

import csv
import io
import json
import random

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_random = random.SystemRandom()
_SYLLABLES = tuple(b + v for b in "bdfghklmnprst" for v in ("a", "el", "in", "or", "u"))
_ENDS = ["n", "r", "s", "t", "l", "d"]
_FINDINGS = ["Type 2 diabetes mellitus", "Essential hypertension", "Asthma", "Low back pain", "Migraine", "Chronic kidney disease"]
_DRUGS = ["metformin 500 mg", "lisinopril 10 mg", "sertraline 50 mg", "omeprazole 20 mg"]


def _pick(words: str) -> Callable[[], str]:
    return lambda: _random.choice(words.split(";"))


def _number(low: float, high: float, places: int = 0) -> Callable[[], str]:
    return lambda: f"{_random.uniform(low, high):.{places}f}"


class Patients:
    """Part of `testing.samples`: every function returns bytes made at call time."""

    @staticmethod
    def family() -> str:
        """Return an invented family or given name."""
        return "".join(_random.choices(_SYLLABLES, k=2)).title() + _random.choice(_ENDS)

    @classmethod
    def whole(cls) -> str:
        """Return an invented name of two words."""
        return f"{cls.family()} {cls.family()}"

    @staticmethod
    def ssn() -> str:
        """Return a number of the range that is given out."""
        return f"{_random.randrange(100, 600)}-{_random.randrange(10, 99)}-{_random.randrange(1001, 9899)}"

    @staticmethod
    def day(first: int = 1935, last: int = 2020) -> str:
        """Return a day in ISO form."""
        return f"{_random.randrange(first, last)}-{_random.randrange(1, 13):02}-{_random.randrange(2, 28):02}"

    @classmethod
    def person_columns(cls, form: str) -> Mapping[str, Callable[[], str]]:
        """Return what each column of a form of table holds."""
        at = iter(range(2001, 10**6))
        under = {"subject_id": lambda: f"S{next(at)}"}
        one: dict[str, Mapping[str, Callable[[], str]]] = {
            "record": {
                "MRN": _number(2_000_000, 8_000_000),
                "Last Name": cls.family,
                "First Name": cls.family,
                "DOB": cls.day,
                "Diagnosis": _pick(";".join(_FINDINGS)),
            },
            "social": {"ssn": cls.ssn, "patient_name": cls.whole, "medication": _pick(";".join(_DRUGS))},
            "appointments": {"Patient": cls.whole, "DOB": cls.day, "Appointment": lambda: cls.day(2022, 2025)},
            "invented": {
                "ssn": lambda: f"999-{_random.randrange(10, 99)}-{_random.randrange(1000, 9999)}",
                "name": lambda: f"Test Patient{_random.randrange(90)}",
                "diagnosis": _pick(";".join(_FINDINGS)),
            },
            "reached": {
                "patient_name": cls.whole,
                "ssn": cls.ssn,
                "phone": lambda: f"{_random.randrange(212, 989)}-{_random.randrange(220, 540)}-{_random.randrange(1000, 9999)}",
                "diagnosis": _pick(";".join(_FINDINGS)),
            },
            "nhs": {
                "nhs_number": lambda: f"999 {_random.randrange(1000):03} {_random.randrange(10_000):04}",
                "surname": lambda: f"TEST{cls.family().upper()}",
                "forename": cls.family,
                "dob": cls.day,
                "condition": _pick(";".join(_FINDINGS)),
            },
            "synthea": {
                "Id": lambda: f"{_random.getrandbits(64):08x}",
                "BIRTHDATE": cls.day,
                "SSN": lambda: f"999-{_random.randrange(10, 99)}-{_random.randrange(1000, 9999)}",
                "DRIVERS": lambda: f"S999{_random.randrange(10**5):05}",
                "PREFIX": _pick("Mr.;Mrs."),
                "FIRST": lambda: f"{cls.family()}{_random.randrange(10, 999)}",
                "LAST": lambda: f"{cls.family()}{_random.randrange(10, 999)}",
                "RACE": _pick("white;black;asian"),
                "GENDER": _pick("M;F"),
                "ADDRESS": lambda: f"{_random.randrange(100, 999)} {cls.family()} Way",
                "ZIP": _number(10_001, 99_000),
            },
            "contacts": {"name": cls.whole, "birthday": cls.day, "company": cls.family, "job_title": cls.family},
            "employees": {"name": cls.whole, "ssn": cls.ssn, "salary": _number(40_000, 90_000)},
            "limited": {
                "zip": _number(10_001, 99_000),
                "age": _number(20, 88),
                "admit_date": lambda: cls.day(2019, 2024),
                "icd10": _pick("E11.9;I10;J45.909;N18.3"),
            },
            "participants": {**under, "age": _number(20, 88), "hba1c": _number(5, 11, 1), "bmi": _number(18, 40, 1)},
            "scores": {**under, "y_true": _pick("0;1"), "y_pred": _number(0, 1, 4)},
        }
        return one[form]

    @classmethod
    def people_table(cls, form: str = "record", rows: int = 12, style: str = "csv", lead: str = "") -> bytes:
        """Return a table of one of the forms above, as csv, tab, records (JSON), pairs (of one person) or side (turned).

        `lead` is a first line of its own, in which `_` stands for a blank.
        """
        columns = cls.person_columns(form)
        body = [[make() for make in columns.values()] for _row in range(rows)]
        above = lead.replace("_", " ").encode() + b"\n" if lead else b""
        if style == "records":
            return json.dumps([dict(zip(columns, row, strict=True)) for row in body], indent=1).encode()
        if style in {"pairs", "side"}:
            body = body[:1] if style == "pairs" else body
            return above + cls._joined([[name, *(row[at] for row in body)] for at, name in enumerate(columns)], ",")
        return above + cls._joined([list(columns), *body], "\t" if style == "tab" else ",")

    @staticmethod
    def _joined(rows: Sequence[Sequence[str]], mark: str) -> bytes:
        out = io.StringIO()
        csv.writer(out, delimiter=mark, lineterminator="\n").writerows(rows)
        return out.getvalue().encode()
