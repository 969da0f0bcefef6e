"""Invented microarrays, with direct-to-consumer exports, annotated variants and clinical documents."""

from __future__ import annotations

import random
import struct

from pytest_genomic_guard._invented import made
from pytest_genomic_guard._invented.documents import Documents
from pytest_genomic_guard._invented.exports import Exports

_random = random.SystemRandom()
_FINAL = ("SNP Name", "Sample ID", "Allele1 - Top", "Allele2 - Top", "GC Score", "B Allele Freq", "Log R Ratio")


class Arrays(Exports, Documents):
    """Part of `testing.samples`: every function returns bytes or text made at call time."""

    @staticmethod
    def finalreport(samples: int = 2, snps: int = 20, style: str = "long", header: str = "full") -> bytes:
        """Return an Illumina final report; `style` is long or matrix, `header` full or none (the table alone)."""
        people = [made.word() for _each in range(samples)]
        lines = ["[Header]", "GSGT Version\t2.0.4", "Processing Date\t1/2/2024 3:04 PM", "Content\t\tChip.bpm", f"Num SNPs\t{snps}"]
        lines += [f"Num Samples\t{samples}", "[Data]"]
        lines = lines if header == "full" else []
        sites = made.sites(snps)
        if style == "matrix":
            lines.append("\t" + "\t".join(people))
            lines += [f"{row[0]}\t" + "\t".join("".join(made.pair(row[3], row[4], "")) for _each in people) for row in sites]
            return made.text(lines)
        lines.append("\t".join(_FINAL))
        for person in people:
            for row in sites:
                one, two = made.pair(row[3], row[4], "")
                lines.append(f"{row[0]}\t{person}\t{one}\t{two}\t{_random.random():.4f}\t{_random.random():.4f}\t0.0123")
        return made.text(lines)

    @staticmethod
    def signal(people: int = 1, snps: int = 20, style: str = "studio") -> bytes:
        """Return intensities by person as GenomeStudio exports them, or with `style` pfb the frequencies of alleles alone."""
        names = [made.word() for _each in range(people)]
        parts = [f"{name}.{what}" for name in names for what in ("GType", "B Allele Freq", "Log R Ratio")]
        lines = ["\t".join(["Name", "Chr", "Position", *(parts if style == "studio" else ["PFB"])])]
        for row in made.sites(snps):
            values = [f"AB\t{_random.random():.4f}\t{_random.gauss(0, 0.2):.4f}" for _each in names]
            lines.append("\t".join([row[0], row[1], str(row[2]), *(values if style == "studio" else ["0.41"])]))
        return made.text(lines)

    @staticmethod
    def idat(version: int = 3, probes: int = 50) -> bytes:
        """Return an Illumina intensity file: mark, version, table of fields, number of probes, values."""
        fields = ((1000, 0), (102, 4), (103, 4 + 4 * probes), (104, 4 + 6 * probes))
        start = 16 + 10 * len(fields)
        table = b"".join(struct.pack("<Hq", code, start + at) for code, at in fields)
        body = struct.pack("<i", probes) + _random.randbytes(9 * probes)
        return b"IDAT" + struct.pack("<qi", version, len(fields)) + table + body

    @staticmethod
    def gtc(version: int = 5, snps: int = 400) -> bytes:
        """Return an Illumina genotype call file: mark, version, table of contents, name of the sample, calls."""
        name = made.word().encode()
        start = 8 + 6 * 3
        calls = start + 1 + len(name)
        table = struct.pack("<hIhIhI", 1, snps, 10, start, 1002, calls)
        return b"gtc" + bytes([version]) + struct.pack("<i", 3) + table + bytes([len(name)]) + name + _random.randbytes(snps)

    @staticmethod
    def cel(version: int = 4, chip: str = "HG-U133_Plus_2", kind: str = "intensity") -> bytes:
        """Return an Affymetrix file: version 3 (text), 4 (binary) or 5 (Command Console, of a `kind` of data)."""
        told = (
            f"Cols=4\nRows=4\nTotalX=4\nTotalY=4\nDatHeader=[0..1]  {made.word()}:CLS=4 RWS=4  {chip}.1sq\nAlgorithm=Percentile\n"
        )
        if version == 3:
            cells = [f"{at % 4}\t{at // 4}\t{_random.uniform(50, 900):.1f}\t9.1\t16" for at in range(16)]
            return made.text(
                ["[CEL]", "Version=3", "", "[HEADER]", *told.splitlines(), "", "[INTENSITY]", "NumberCells=16", *cells]
            )
        if version == 4:
            header = told.encode()
            return struct.pack("<iiiiii", 64, 4, 4, 4, 16, len(header)) + header + _random.randbytes(160)
        guid, name = f"affymetrix-calvin-{kind}".encode(), "affymetrix-array-type".encode("utf-16-be")
        value = chip.encode("utf-16-be")
        text = (
            struct.pack(">i", len(guid)) + guid + struct.pack(">i", len(name) // 2) + name + struct.pack(">i", len(value)) + value
        )
        return b"\x3b\1" + struct.pack(">iI", 1, 10 + len(text)) + text + _random.randbytes(160)

    @staticmethod
    def calls(people: int = 3, probes: int = 20, header: str = "full") -> bytes:
        """Return calls as Axiom writes them; `header` is full or none (without the notes)."""
        lines = ["#%affymetrix-algorithm-name=brlmm-p", "#%Call=-1,0,1,2"] if header == "full" else []
        lines.append("\t".join(["probeset_id", *(f"{made.word()}.CEL" for _each in range(people))]))
        for _each in range(probes):
            name = f"AX-{_random.randrange(10**7, 10**8)}"
            lines.append("\t".join([name, *(str(_random.choice((-1, 0, 0, 1, 1, 2))) for _one in range(people))]))
        return made.text(lines)

    @staticmethod
    def manifest(rows: int = 20) -> bytes:
        """Return an array's manifest, with its sections."""
        lines = ["Illumina, Inc.,,,", "[Heading],,,", "Descriptor File Name,Made.bpm,,", f"Loci Count,{rows},,", "[Assay],,,"]
        lines += ["IlmnID,Name,IlmnStrand,SNP,Chr,MapInfo"]
        return made.text(
            [*lines, *(f"{row[0]}-0_T_F,{row[0]},TOP,[{row[3]}/{row[4]}],{row[1]},{row[2]}" for row in made.sites(rows))]
        )

    @staticmethod
    def segments(samples: int = 2, style: str = "seg") -> bytes:
        """Return copy number by segment, of DNAcopy (seg) or PennCNV."""
        lines = ["ID\tchrom\tloc.start\tloc.end\tnum.mark\tseg.mean"] if style == "seg" else []
        for name in [made.word() for _each in range(samples)]:
            for row in made.sites(8):
                if style == "seg":
                    lines.append(f"{name}\t{row[1]}\t{row[2]}\t{row[2] + 9000}\t12\t{_random.gauss(0, 0.3):.4f}")
                else:
                    lines.append(
                        f"chr{row[1]}:{row[2]}-{row[2] + 9000}  numsnp=6  length=9,001  state2,cn=1 {name}.txt startsnp={row[0]}"
                    )
        return made.text(lines)

    @staticmethod
    def sheet(samples: int = 2, style: str = "arrays", header: str = "full") -> bytes:
        """Return an Illumina sample sheet, of arrays or of a sequencer; `header` is full or none."""
        columns = (
            "Sample_ID,SentrixBarcode_A,SentrixPosition_A,Sample_Plate" if style == "arrays" else "Sample_ID,Sample_Name,index,Lane"
        )
        lines = (
            ["[Header],,,", "Investigator Name,made,,", "[Manifests],,,", "A,Made.bpm,,", "[Data],,,"] if header == "full" else []
        )
        lines.append(columns)
        for number in range(samples):
            rest = f"{_random.randrange(10**11, 10**12)},R0{number + 1}C01,made" if style == "arrays" else f"{made.word()},ACGTAC,1"
            lines.append(f"{made.word()},{rest}")
        return made.text(lines)
