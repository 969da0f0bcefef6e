"""Invented files of population genetics: GENEPOP, Arlequin, STRUCTURE, pedigrees, relationships, tree sequences, FHIR in XML."""

from __future__ import annotations

import json
import random
import string
import struct

_random = random.SystemRandom()
_SPACE = "http://" + "hl7.org/fhir"


def _ids(count: int) -> list[str]:
    letters = "".join(_random.choices(string.ascii_uppercase, k=2))
    return [f"{letters}{number:05}T" for number in _random.sample(range(10**5), count)]


def _alleles(people: int, loci: int) -> list[list[tuple[int, int]]]:
    """Return two of five alleles, as numbers from 0, of each person at each locus."""
    return [[(_random.randrange(5), _random.randrange(5)) for _locus in range(loci)] for _person in range(people)]


class Populations:
    """Part of `testing.samples`: every function returns bytes or text made at call time."""

    @staticmethod
    def genepop(people: int = 12, loci: int = 8, width: int = 3, line: int = 0) -> str:
        """Return GENEPOP with two populations; `line` puts all loci into one line."""
        names = [f"Loc{at}" for at in range(loci)]
        rows = [
            f"{name} , " + " ".join("".join(f"{each + 1:0{width}}" for each in pair) for pair in calls)
            for name, calls in zip(_ids(people), _alleles(people, loci), strict=True)
        ]
        half = people // 2
        return "\n".join(["Two valleys", *([", ".join(names)] if line else names), "Pop", *rows[:half], "Pop", *rows[half:], ""])

    @staticmethod
    def arlequin(people: int = 8, loci: int = 6, kind: str = "MICROSAT") -> str:
        """Return an Arlequin project; of the kind FREQUENCY, counts of haplotypes."""
        genotypic = int(kind != "FREQUENCY")
        rows: list[str] = []
        for name, calls in zip(_ids(people), _alleles(people, loci), strict=True):
            upper, lower = (" ".join(str(101 + 2 * pair[at]) for pair in calls) for at in (0, 1))
            rows += [f"{name} 1 {upper}", f"  {lower}"] if genotypic else [f"h{len(rows)} {_random.randrange(2, 60)}"]
        head = ["[Profile]", '  Title="x"', "  NbSamples=1", f"  GenotypicData={genotypic}", f"  DataType={kind}"]
        sample = ["[Data]", "[[Samples]]", '  SampleName="a"', f"  SampleSize={people}", "  SampleData={", *rows, "  }", ""]
        return "\n".join([*head, *sample])

    @staticmethod
    def structure(people: int = 12, loci: int = 8, rows: int = 2, header: int = 1) -> str:
        """Return STRUCTURE's input, with one or two rows for each person under the names of loci."""
        lines = [" ".join(f"L{at}" for at in range(loci))] if header else []
        for name, calls in zip(_ids(people), _alleles(people, loci), strict=True):
            cells = [[str(120 + 2 * each) for each in pair] for pair in calls]
            if rows == 1:
                lines.append(" ".join([name, "1", *(each for pair in cells for each in pair)]))
            else:
                lines += [" ".join([name, "1", *(pair[at] for pair in cells)]) for at in (0, 1)]
        return "\n".join([*lines, ""])

    @staticmethod
    def family_alleles(families: int = 4, loci: int = 6, mark: str = "/") -> str:
        """Return a pedigree file of LINKAGE or Merlin: two parents and two children in each family."""
        lines = []
        for family in range(1, families + 1):
            for person, calls in enumerate(_alleles(4, loci), 1):
                parents = "0 0" if person < 3 else "1 2"
                sex = person if person < 3 else _random.choice((1, 2))
                cells = " ".join(mark.join(str(each + 1) for each in pair) for pair in calls)
                lines.append(f"{family} {person} {parents} {sex} {_random.choice((1, 2))} {cells}")
        return "\n".join([*lines, ""])

    @staticmethod
    def kinship(people: int = 24, shape: str = "triangle", size: int = 4, of: str = "genotypes") -> bytes:
        """Return relationships in binary numbers; `of` noise it is a covariance, `of` correlation one with 1 on its diagonal."""
        variants = 150
        rows: list[list[float]] = [[] for _person in range(people)]
        for _variant in range(variants):
            share = _random.uniform(0.2, 0.8)
            counts: list[float] = [(_random.random() < share) + (_random.random() < share) for _person in rows]
            counts = counts if of == "genotypes" else [_random.gauss(0, 1) for _person in rows]
            mean = sum(counts) / people if of == "genotypes" else 0.0
            spread = (sum((each - mean) ** 2 for each in counts) / people) ** 0.5 or 1.0
            for row, each in zip(rows, counts, strict=True):
                row.append((each - mean) / spread)
        made = [[sum(a * b for a, b in zip(one, two, strict=True)) / variants for two in rows] for one in rows]
        if of == "correlation":
            made = [[1.0 if one == two else cell for two, cell in enumerate(row)] for one, row in enumerate(made)]
        cells = [cell for at, row in enumerate(made) for cell in (row[: at + 1] if shape == "triangle" else row)]
        return struct.pack(f"<{len(cells)}{'f' if size == 4 else 'd'}", *cells)

    @staticmethod
    def trees(people: int = 5, software: str = "", keys: str = "nodes edges") -> bytes:
        """Return a tree sequence (kastore 1); `software` is what its provenance names, `keys` the tables that it has."""
        record = json.dumps({"schema_version": "1.0.0", "software": {"name": software, "version": "1"}}) if software else ""
        arrays = {
            "nodes/flags": struct.pack(f"<{3 * people}I", *([1] * (2 * people) + [0] * people)),
            "edges/parent": struct.pack("<2i", 1, 2),
            "individuals/flags": bytes(4 * people),
            "sites/position": struct.pack("<9d", *range(9)),
            "provenances/record": record.encode(),
        }
        kept = {key: value for key, value in arrays.items() if keys == "nodes edges" or key.startswith(keys)}
        widths = {"nodes": 4, "edges": 4, "individuals": 4, "sites": 8, "provenances": 1}
        at = 64 + 64 * len(kept)
        names, values, table = b"", b"", b""
        begin = at + sum(map(len, kept))
        for key, value in kept.items():
            count = len(value) // widths[key.split("/")[0]]
            table += struct.pack("<B7x4Q24x", 5, at + len(names), len(key), begin + len(values), count)
            names, values = names + key.encode(), values + value
        head = b"\x89KAS\r\n\x1a\n" + struct.pack("<2HIQ40x", 1, 0, len(kept), begin + len(values))
        return head + table + names + values

    @staticmethod
    def fhir_xml(patients: int = 2, code: str = "48018-6", root: str = "Bundle", subject: int = 1) -> str:
        """Return FHIR in XML: observations with a code of LOINC, about patients."""
        entries = []
        for name in _ids(patients):
            who = f'<subject><reference value="Patient/{name}"/></subject>' if subject else ""
            coded = f'<code><coding><system value="http://loinc.org"/><code value="{code}"/></coding></code>'
            entries.append(f'<entry><resource><Observation><status value="final"/>{coded}{who}</Observation></resource></entry>')
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_SPACE}">\n' + "\n".join(entries) + f"\n</{root}>\n"

    @staticmethod
    def karyotypes(people: int = 8) -> str:
        """Return karyotypes in the notation of ISCN, a row for each case."""
        some = ("46,XX", "46,XY", "47,XY,+21", "45,X", "46,XX,t(9;22)(q34;q11.2)")
        return "Case,ISCN\n" + "".join(f'{name},"{_random.choice(some)}"\n' for name in _ids(people))
