"""Invented tables with a row for each person."""

from __future__ import annotations

import random
from itertools import pairwise

_random = random.SystemRandom()
_FIELDS = (31, 50, 2443, 4080, 20116, 21001, 21022, 41270)
_LAYOUTS = {
    "dash": ("eid", "{}-0.0"),
    "f": ("f.eid", "f.{}.0.0"),
    "r": ("eid", "X{}.0.0"),
    "stata": ("n_eid", "n_{}_0_0"),
    "platform": ("eid", "p{}_i0"),
    "entity": ("participant.eid", "participant.p{}_i0"),
    "short": ("eid", "p{}"),
    "tools": ("eid", "measure_f{}_0_0"),
    "title": ("Participant ID", "Measure {} | Instance 0"),
}


def _ids(style: str, people: int) -> list[str]:
    """Return different ids: words, the seven digits of a biobank, or small numbers."""
    if style == "biobank":
        return [str(number) for number in _random.sample(range(1_000_000, 6_000_000), people)]
    if style == "small":
        return [str(number) for number in range(1, people + 1)]
    return [
        f"{''.join(_random.choices('BCDFGHJKLPQRTVWXZ', k=3))}{number}Q" for number in _random.sample(range(10_000, 99_999), people)
    ]


def _joined(rows: list[list[str]], sign: str) -> bytes:
    sign = {"tab": "\t", "blank": " ", "comma": ",", "semicolon": ";"}[sign]
    return "".join(sign.join(row) + "\n" for row in rows).encode()


def _number(most: float = 1.0) -> str:
    return f"{_random.uniform(-most, most):.5f}"


class Persons:
    """Part of `testing.samples`: every function returns bytes or text made at call time."""

    @classmethod
    def persons(cls, kind: str = "phen", people: int = 5, ids: str = "words", sign: str = "blank", families: str = "same") -> bytes:
        """Return what a genetic analysis writes of people; `families` are same (the id twice), named or none (0)."""
        names = _ids(ids, people)
        family = {"same": names, "named": [f"FAM{at // 2:03}" for at in range(people)], "none": ["0"] * people}[families]
        pairs = [list(pair) for pair in zip(family, names, strict=True)]
        rows: list[list[str]] = {
            "fam": lambda: [[*pair, "0", "0", str(1 + at % 2), "1"] for at, pair in enumerate(pairs)],
            "hh": lambda: [[*pair, f"rs{_random.randrange(10**4, 10**8)}"] for pair in pairs for _each in range(3)],
            "nosex": lambda: pairs,
            "phen": lambda: [[*pair, _number(9)] for pair in pairs],
            "imiss": lambda: [["FID", "IID", "N_MISS", "N_GENO", "F_MISS"], *([*pair, "12", "900", "0.01333"] for pair in pairs)],
            "psam": lambda: [["#FID", "IID", "SEX"], *([*pair, "2"] for pair in pairs)],
            "ids": lambda: [["#IID"], *([name] for name in names)],
            "sscore": lambda: [["#IID", "ALLELE_CT", "SCORE1_AVG"], *([name, "900", _number()] for name in names)],
            "kinship": lambda: [
                ["#IID1", "IID2", "NSNP", "KINSHIP"],
                *([one, two, "900", _number(0.5)] for one, two in pairwise(names)),
            ],
            "scores": lambda: [["sample_id", "age", "PRS_height"], *([name, "51", _number(3)] for name in names)],
            "components": lambda: [
                ["sample_id", *(f"PC{at}" for at in range(1, 6))],
                *([name, *(_number() for _each in range(5))] for name in names),
            ],
            "panel": lambda: [["sample", "pop", "super_pop", "gender"], *([name, "GBR", "EUR", "female"] for name in names)],
            "haplogroups": lambda: [["SampleID", "Haplogroup", "Quality"], *([name, "H1a", "0.98"] for name in names)],
            "pedigree": lambda: [
                ["family", "id", "father", "mother", "sex", "affected"],
                *(["1", name, "0", "0", "1", "2"] for name in names[:-1]),
                ["1", names[-1], names[0], names[1 % people], "2", "1"],
            ],
            "segments": lambda: [[one, "1", two, "2", "7", "100200", "5100200", "4.2"] for one, two in pairwise(names)],
            "canrisk": lambda: [
                ["##CanRisk", "2.0"],
                *(["XF1", "x", "0", name, "0", "0", "F", "0", "0", "44", "1970", "0", "0"] for name in names),
            ],
        }[kind]()
        return _joined(rows, sign)

    @staticmethod
    def biobank(layout: str = "dash", people: int = 5, fields: int = 4, sign: str = "comma", ids: str = "biobank") -> bytes:
        """Return a table in one of the layouts of UK Biobank."""
        first, name = _LAYOUTS[layout]
        header = [first, *(name.format(each) for each in _FIELDS[:fields])]
        rows = [[each, *(str(_random.randrange(1, 90)) for _field in range(fields))] for each in _ids(ids, people)]
        return _joined([header, *rows], sign)

    @staticmethod
    def controlled(columns: str = "dbGaP_Subject_ID,AGE", form: str | int = "", people: int = 4, sign: str = "tab") -> bytes:
        """Return a table with the given columns; ids are of a form in which 0 stands for any digit."""
        form = str(form or "0000000")
        rows = []
        for _each in range(people):
            word = "".join(str(_random.randrange(1, 10)) if letter == "0" else letter for letter in form)
            rows.append([word, *(str(_random.randrange(1, 9)) for _column in columns.split(",")[1:])])
        return _joined([columns.split(","), *rows], sign)

    @staticmethod
    def proportions(people: int = 12, groups: int = 3) -> bytes:
        """Return proportions as ADMIXTURE writes them: six decimals that sum to one, and none less than 0.00001."""
        rows = []
        for at in range(people):
            parts = [10] * (groups - 1)
            if at % 2:
                parts = [_random.randrange(10, 10**6 // groups) for _group in parts]
            rows.append([f"{part / 10**6:.6f}" for part in (*parts, 10**6 - sum(parts))])
        return _joined(rows, "blank")

    @staticmethod
    def relationships(people: int = 12, form: str = "square") -> bytes:
        """Return genetic relationships of people without names, as a square, or in pairs as GCTA writes them."""
        found = {(one, two): _number(0.05) for one in range(people) for two in range(one)}
        found |= {(one, one): f"{_random.uniform(0.9, 1.1):.5f}" for one in range(people)}
        if form == "pairs":
            return _joined([[str(one + 1), str(two + 1), "900", found[one, two]] for one, two in sorted(found)], "tab")
        return _joined([[found[max(one, two), min(one, two)] for two in range(people)] for one in range(people)], "tab")
