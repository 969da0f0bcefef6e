"""Invented genotype tables and matrices."""

from __future__ import annotations

import random
import string

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_random = random.SystemRandom()
_MARKS = {"comma": ",", "tab": "\t", "space": " ", "semicolon": ";", "none": ""}
_FIRST = ("Ama", "Bo", "Cleo", "Dana", "Elif", "Finn", "Gita", "Hugo")
_LAST = ("Abendrot", "Birkenau", "Castellan", "Dunkel", "Espenlaub", "Fernwald")


def _ids(count: int) -> list[str]:
    """Return invented sample names, which look like no public ones."""
    letters = "".join(_random.choices(string.ascii_uppercase, k=3))
    return [f"{letters}{number:05}Q" for number in _random.sample(range(10**5), count)]


def _counts(people: int, variants: int) -> list[list[int]]:
    """Return allele counts in Hardy-Weinberg proportions, a row for each person."""
    shares = [0.04 + 0.92 * _random.betavariate(0.8, 1.1) for _each in range(variants)]
    return [[(_random.random() < share) + (_random.random() < share) for share in shares] for _each in range(people)]


def _names(count: int, kind: str) -> list[str]:
    """Return names of variants: rs numbers, places with alleles, or probes of an array."""
    numbers = _random.sample(range(10**6, 10**8), count)
    if kind == "rs":
        return [f"rs{number}" for number in numbers]
    if kind == "probes":
        return [f"AX-{number}" for number in numbers]
    if kind == "numbers":
        return [f"snp_{number}" for number in range(count)]
    return [f"{1 + number % 22}:{number}:{':'.join(_random.sample('ACGT', 2))}" for number in numbers]


def _shown(column: Sequence[int], style: str) -> list[str]:
    """Return one variant's counts as a style says them."""
    one, two = sorted(_random.sample("ACGT", 2))
    words = {
        "letters": (one * 2, one + two, two * 2),
        "slashed": (f"{one}/{one}", f"{one}/{two}", f"{two}/{two}"),
        "calls": ("0/0", "0/1", "1/1"),
        "phased": ("0|0", "1|0", "1|1"),
        "words": ("hom_ref", "het", "hom_alt"),
    }.get(style, ("0", "1", "2"))
    if style == "dosages":
        return [f"{min(2, max(0, count + _random.gauss(0, 0.03))):.3f}" for count in column]
    return [words[count] for count in column]


class Genotypes:
    """Part of `testing.samples`: every function returns bytes or text made at call time."""

    @staticmethod
    def pairs(count: int = 40, form: str = "python") -> str:
        """Return rs numbers with a genotype each, as Python or YAML has them; of alleles, two that differ."""
        lines = []
        for number in _random.sample(range(10**4, 10**8), count):
            both = "".join(_random.sample("ACGT", 2)) if form == "alleles" or _random.random() < 0.5 else _random.choice("ACGT") * 2
            lines.append(f"    'rs{number}': '{both}'," if form == "python" else f"  rs{number}: {both}")
        return "\n".join(lines)

    @staticmethod
    def genotype_table(  # noqa: PLR0913, PLR0917 - what tells one table from another
        people: int = 20,
        variants: int = 40,
        style: str = "counts",
        layout: str = "across",
        names: str = "rs",
        mark: str = "comma",
        header: str = "yes",
        direct: str = "",
    ) -> bytes:
        """Return a table with a row for each person (across), each variant (down) or each of both (long).

        `direct` adds a column that names people outright: name, mail, birth or record.
        """
        sites, ids = _names(variants, names), _ids(people)
        columns = [_shown(column, style) for column in zip(*_counts(people, variants), strict=True)]
        if layout == "across":
            rows = [["sample_id", *sites], *([own, *row] for own, row in zip(ids, zip(*columns, strict=True), strict=True))]
        elif layout == "down":
            rows = [["variant", *ids], *([site, *column] for site, column in zip(sites, columns, strict=True))]
        else:
            rows = [["sample_id", "variant", "genotype"]]
            rows += [[ids[at], site, cell] for site, column in zip(sites, columns, strict=True) for at, cell in enumerate(column)]
        if direct:
            told = {"name": "patient_name", "mail": "email", "birth": "date_of_birth", "record": "mrn"}[direct]
            rows = [[told, *rows[0]], *([_direct(direct), *row] for row in rows[1:])]
        lines = [_MARKS[mark].join(row) for row in rows[0 if header == "yes" else 1 :]]
        return ("\n".join(lines) + "\n").encode()

    @staticmethod
    def genotype_matrix(people: int = 60, variants: int = 80, mark: str = "comma", missing: int = 0, printed: str = "") -> bytes:
        """Return rows of allele counts without any name; `missing` in 100 are -1; `printed` as numpy shows an array."""
        rows = [[str(cell if _random.random() * 100 >= missing else -1) for cell in row] for row in _counts(people, variants)]
        if printed == "list":
            return ("array([[" + "],\n       [".join(", ".join(row) for row in rows) + "]])\n").encode()
        if printed:
            return ("[[" + "]\n [".join(" ".join(row) for row in rows) + "]]\n").encode()
        return "".join(_MARKS[mark].join(row) + "\n" for row in rows).encode()

    @staticmethod
    def small_numbers(rows: int = 60, columns: int = 80, kind: str = "scale", mark: str = "comma") -> bytes:
        """Return a matrix of 0, 1 and 2 that holds no genotypes: answers on a scale, labels of classes, or clipped counts."""
        made = []
        weights = [[_random.random() ** 2 + 0.05 for _each in range(3)] for _column in range(columns)]
        for _row in range(rows):
            if kind == "scale":
                made.append([_random.choices("012", weight)[0] for weight in weights])
            elif kind == "labels":
                made.append([_random.choice("012")] * columns)
            else:
                made.append([str(min(2, sum(_random.random() < 0.2 for _each in range(6)))) for _column in range(columns)])
        return "".join(_MARKS[mark].join(row) + "\n" for row in made).encode()

    @staticmethod
    def variant_summary(variants: int = 40, kind: str = "frequencies") -> bytes:
        """Return a table with a row for each variant that says nothing of a person."""
        sites = _names(variants, "rs")
        if kind == "frequencies":
            rows = [["variant", "AFR", "EUR", "EAS"], *([site, *(f"{_random.random():.4f}" for _each in "abc")] for site in sites)]
        elif kind == "counts":
            rows = [["variant", "hom_ref", "het", "hom_alt"]]
            rows += [[site, *(str(_random.randrange(high)) for high in (900, 300, 40))] for site in sites]
        elif kind == "weights":
            rows = [["rsid", "effect_allele", "other_allele", "weight"]]
            rows += [[site, *_random.sample("ACGT", 2), f"{_random.gauss(0, 0.1):.4f}"] for site in sites]
        elif kind == "panel":
            rows = [["rsid", "alleles"], *([site, "/".join(_random.sample("ACGT", 2))] for site in sites)]
        elif kind == "meaning":
            rows = [["rsid", "genotype", "meaning"]]
            for site in sites:
                one, two = sorted(_random.sample("ACGT", 2))
                rows += [[site, pair, word] for pair, word in ((one * 2, "low"), (one + two, "middle"), (two * 2, "high"))]
        else:
            rows = [["", *sites]]
            rows += [[site, *("1.0" if other == site else f"{_random.random():.3f}" for other in sites)] for site in sites]
        return "".join(",".join(row) + "\n" for row in rows).encode()

    @staticmethod
    def gene_table(people: int = 12, gene: str = "star", direct: str = "") -> bytes:
        """Return a table of people with the alleles of one gene: star, apoe or words."""
        cells = {
            "star": ("CYP2D6", ["*1/*4", "*1/*1", "*2/*41", "*4/*4"]),
            "apoe": ("APOE", ["e3/e3", "e3/e4", "e2/e3", "e4/e4"]),
            "words": ("F5 Leiden", ["wild type", "heterozygous", "homozygous"]),
        }[gene]
        rows = [["subject_id", "age", cells[0]]]
        rows += [[own, str(_random.randrange(30, 80)), _random.choice(cells[1])] for own in _ids(people)]
        if direct:
            told = {"name": "name", "mail": "email", "birth": "dob", "record": "patient_id"}[direct]
            rows = [[told, *rows[0]], *([_direct(direct), *row] for row in rows[1:])]
        return "".join(",".join(row) + "\n" for row in rows).encode()


def _direct(kind: str) -> str:
    """Return what names a person outright, of nobody."""
    number = _random.randrange(10**6)
    return {
        "name": f"{_random.choice(_FIRST)} {_random.choice(_LAST)}",
        "mail": f"person{number}@example.org",
        "birth": f"{_random.randrange(1930, 2000)}-{_random.randrange(1, 13):02}-{_random.randrange(1, 29):02}",
        "record": f"{number:07}",
    }[kind]
