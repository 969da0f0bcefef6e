"""Invented clinical messages: HL7 v2 and X12."""

from __future__ import annotations

import random

_random = random.SystemRandom()
_ENDS = {"cr": "\r", "lf": "\n", "crlf": "\r\n", "escaped": "\\r", "tilde": "~", "feed": "~\n", "tab": "\t"}


def _word(least: int = 2) -> str:
    """Return a word that could be a name, and is not one of a standard's examples."""
    parts = [_random.choice("bdfgklmnprstv") + _random.choice("aeiou") for _each in range(_random.randrange(least, 4))]
    return ("".join(parts) + _random.choice(("ker", "nov", "lin", "ska", "veld"))).capitalize()


def _digits(count: int) -> str:
    """Return digits that are no run and do not begin with a nought."""
    while True:
        found = str(_random.randrange(4, 9)) + "".join(_random.choices("0123456789", k=count - 1))
        if len(set(found)) > min(3, count - 1) and not found.startswith("5555"):
            return found


def _day(first: int = 1940, last: int = 1999) -> str:
    return f"{_random.randrange(first, last)}{_random.randrange(1, 13):02}{_random.randrange(2, 28):02}"


def _phone() -> str:
    return f"({_random.choice((312, 617, 206, 713))}){_random.randrange(601, 889)}-{_random.randrange(2000, 9899)}"


def _ssn() -> str:
    return f"{_random.randrange(201, 650)}-{_random.randrange(12, 88)}-{_random.randrange(1201, 9877)}"


class Messages:
    """Part of `testing.samples`: every function returns bytes made at call time."""

    @classmethod
    def hl7(  # noqa: PLR0913, PLR0917 - keywords of a case file
        cls, people: int = 1, name: str = "random", test: str = "P", sign: str = "bar", ends: str = "lf", kind: str = "full"
    ) -> bytes:
        """Return ADT messages.

        `name` is random, none or placeholder; `kind` is full, ids (nothing but an id and a visit), reserved (numbers that nobody
        has) or cut (no header); `ends` what ends a segment; `test` is MSH-11.
        """
        mark = {"bar": "|", "hash": "#", "dollar": "$"}[sign]
        out = [each for _each in range(people) for each in cls._adt(name, test, kind)]
        end = _ENDS[ends]
        return "".join(each.replace("|", mark) + end for each in out).encode()

    @staticmethod
    def _adt(name: str, test: str, kind: str) -> list[str]:
        day = _day(2021, 2025)
        called = {"random": f"{_word()}^{_word()}^{_word()[0]}", "none": "", "placeholder": "TEST^PATIENT"}[name]
        phone, ssn = (_phone(), _ssn()) if kind != "reserved" else ("(312)555-0142", f"999-{_digits(2)}-{_digits(4)}")
        place = f"{_digits(3)} {_word()} Street^^{_word()}^IL^6{_digits(4)}"
        fields = [
            "PID",
            "1",
            "",
            f"{_digits(7)}^^^{_word().upper()}^MR",
            "",
            called,
            "",
            _day(),
            "F",
            "",
            "",
            place,
            "",
            phone,
            *[""] * 5,
            ssn,
        ]
        if kind == "ids":
            fields = [*fields[:5], called]
        head = f"MSH|^~\\&|{_word()}|{_word()}|||{day}0815||ADT^A01|{_digits(6)}|{test}|2.5"
        visit = f"PV1|1|I|W^{_digits(3)}^1||||||||||||||||{_digits(8)}" + "|" * 25 + day + "1130"
        out = [head, f"EVN|A01|{day}", "|".join(fields), visit, "DG1|1||I10^Essential hypertension^I10||" + day]
        return out[2:] if kind == "cut" else out

    @classmethod
    def x12(  # noqa: PLR0913, PLR0917 - keywords of a case file
        cls, people: int = 1, name: str = "random", usage: str = "P", sign: str = "star", ends: str = "tilde", kind: str = "837"
    ) -> bytes:
        """Return an interchange: `kind` is 837, 834, 835, 271 or cut (claims without an envelope); `usage` is ISA15."""
        day, mark, end = _day(2021, 2025), {"star": "*", "bar": "|", "caret": "^"}[sign], _ENDS[ends]
        number = _digits(9)
        head = (
            f"ISA*00*{'':10}*00*{'':10}*ZZ*{_word().upper():15}*ZZ*{_word().upper():15}*{day[2:]}*0815*!*00501*{number}*0*{usage}*:"
        )
        body = [each for _each in range(people) for each in cls._loop(name, kind, day)]
        code = "837" if kind == "cut" else kind
        opened = [
            f"GS*HC*SENDER*RECEIVER*{day}*0815*1*X*005010X222A1",
            f"ST*{code}*0001*005010X222A1",
            f"BHT*0019*00*{_digits(6)}*{day}*0815*CH",
        ]
        closed = [f"SE*{len(body) + 3}*0001", "GE*1*1", f"IEA*1*{number}"]
        out = body if kind == "cut" else [head, *opened, *body, *closed]
        return "".join(each.replace("*", mark) + end for each in out).encode()

    @staticmethod
    def _loop(name: str, kind: str, day: str) -> list[str]:
        called = {"random": f"{_word()}*{_word()}".upper(), "none": "*", "placeholder": "DOE*JANE"}[name]
        who = f"NM1*{'QC' if kind == '835' else 'IL'}*1*{called}****MI*W{_digits(9)}"
        if kind == "835":
            return [
                f"CLP*{_digits(7)}*1*{_digits(3)}*{_digits(2)}**12*{_digits(10)}",
                who,
                f"SVC*HC:99213*{_digits(3)}*{_digits(2)}",
                f"DTM*472*{day}",
            ]
        place = [f"N3*{_digits(3)} {_word()} AVE".upper(), f"N4*{_word()}*IL*6{_digits(4)}".upper(), f"DMG*D8*{_day()}*F"]
        if name == "none":
            place = []
        if kind == "834":
            return [
                "INS*Y*18*021*20*A***FT",
                f"REF*0F*{_digits(9)}",
                who,
                *place,
                f"HD*021**HLT*{_digits(4)}*FAM",
                f"DTP*348*D8*{day}",
            ]
        claim = [
            f"CLM*{_digits(7)}*{_digits(3)}***11:B:1*Y*A*Y*Y",
            "HI*ABK:E119*ABF:I10",
            "LX*1",
            "SV1*HC:99213*120*UN*1***1",
            f"DTP*472*D8*{day}",
        ]
        return ["HL*2*1*22*0", "SBR*P*18*******MB", who, *place, *(claim if kind in {"837", "cut"} else ["EB*1*FAM*30"])]
