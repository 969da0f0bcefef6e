"""Invented reads and sequences."""

from __future__ import annotations

import random
import string
import struct

_random = random.SystemRandom()

# Sequences by organism: a name and a length of a chromosome, which no other organism has.
_CONTIGS: dict[str, tuple[tuple[str, int], ...]] = {
    "human": (("chr20", 64_444_167), ("chr21", 46_709_983), ("chrM", 16_569)),
    "mouse": (("chr1", 195_471_971), ("chr19", 61_431_566), ("chrM", 16_299)),
    "fly": (("2L", 23_513_712), ("2R", 25_286_936), ("X", 23_542_271)),
    "virus": (("NC_045512.2", 29_903),),
    "unknown": (("made1", 1_000), ("made2", 2_000)),
}


def _bases(count: int) -> str:
    return "".join(_random.choices("ACGT", k=count))


def _qualities(count: int) -> str:
    return "".join(_random.choices("".join(map(chr, range(33, 74))), k=count))


def _somebody() -> str:
    return "".join(_random.choices(string.ascii_uppercase, k=3)) + "".join(_random.choices(string.digits, k=5)) + "Q"


def _read_name(style: str = "illumina") -> str:
    digits = "".join(_random.choices(string.digits, k=9))
    if style == "archive":
        return f"SRR{digits[:7]}.{int(digits[7:]) + 1}"
    if style == "simulated":
        return f"chr20_{digits[:5]}_{digits[4:]}_2:0:0_1:0:0_{_random.randrange(4096):x}/1"
    if style == "plain":
        return f"r{digits[:4]}"
    return f"MADE{digits[:2]}:{digits[2:4]}:HINVENTED:1:1{digits[4:7]}:{digits[5:]}:{digits[3:7]}"


class Reads:
    """Part of `testing.samples`: every function returns bytes or text made at call time."""

    @staticmethod
    def sam_header(people: int = 1, species: str = "human", names: str = "", contigs: int = 99) -> str:
        """Return the header of a SAM; `names` of samples are given with commas, or invented."""
        samples = names.split(",") if names else [_somebody() for _each in range(people)]
        lines = ["@HD\tVN:1.6\tSO:coordinate"]
        lines += [f"@SQ\tSN:{name}\tLN:{length}" for name, length in _CONTIGS[species][:contigs]]
        lines += [f"@RG\tID:lane{number}\tSM:{name}\tPL:ILLUMINA" for number, name in enumerate(samples, 1)]
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def sam(  # noqa: PLR0913, PLR0917 - what a case can vary
        cls, reads: int = 3, people: int = 1, species: str = "human", header: str = "full", names: str = "", style: str = "illumina"
    ) -> str:
        """Return a SAM; `header` is full or none."""
        contig = _CONTIGS[species][0][0]
        rows = []
        for number in range(reads):
            size = _random.randrange(30, 60)
            at = 10_000 + 50 * number
            fields = (_read_name(style), 0, contig, at, 60, f"{size}M", "*", 0, 0, _bases(size), _qualities(size), "NM:i:0")
            rows.append("\t".join(map(str, fields)) + "\n")
        return ("" if header == "none" else cls.sam_header(people, species, names)) + "".join(rows)

    @classmethod
    def bam(cls, reads: int = 0, people: int = 0, species: str = "", names: str = "") -> bytes:
        """Return a BAM, uncompressed; without anything, its header says but the order of reads."""
        contigs = _CONTIGS[species] if species else ()
        text = cls.sam_header(people, species, names).encode() if species or people or names else b"@HD\tVN:1.6\tSO:coordinate\n"
        out = [b"BAM\1", struct.pack("<I", len(text)), text, struct.pack("<I", len(contigs))]
        for name, length in contigs:
            out.append(struct.pack(f"<I{len(name) + 1}sI", len(name) + 1, name.encode() + b"\0", length))
        for number in range(reads):
            read = _read_name().encode() + b"\0"
            size = 40
            body = struct.pack("<iiBBHHHiiii", 0, 10_000 + number, len(read), 60, 4681, 1, 0, size, -1, -1, 0) + read
            body += (
                struct.pack("<I", size << 4)
                + bytes(_random.choices((0x11, 0x12, 0x24, 0x48, 0x88), k=size // 2))
                + bytes([30]) * size
            )
            out.append(struct.pack("<I", len(body)) + body)
        return b"".join(out)

    @classmethod
    def cram(cls, reads: int = 1, people: int = 1, species: str = "human", version: int = 3) -> bytes:
        """Return the beginning of a CRAM: its header, then a container of reads or, without any, the last one."""
        import zlib  # noqa: PLC0415

        text = cls.sam_header(people, species).encode()
        data = struct.pack("<I", len(text)) + text
        packer = zlib.compressobj(6, zlib.DEFLATED, 31)
        packed = packer.compress(data) + packer.flush()
        check = bytes(4) if version == 3 else b""
        block = b"\1\0\0" + _itf8(len(packed)) + _itf8(len(data)) + packed + check
        first = struct.pack("<I", len(block)) + bytes(4) + bytes(2) + _itf8(1) + _itf8(1) + _itf8(0) + check
        after = struct.pack("<I", 15) + _itf8(0xFFFFFFFF) + _itf8(4_542_278 if not reads else 10_000) + _itf8(0) + _itf8(reads)
        after += bytes(2) + _itf8(1) + _itf8(0) + check + bytes(15)
        return b"CRAM" + bytes([version, 0 if version == 3 else 1]) + bytes(20) + first + block + after

    @staticmethod
    def fastq(reads: int = 4, style: str = "illumina", length: int = 0, width: int = 0) -> str:
        """Return a FASTQ; `width` breaks its lines, `style` of names is illumina, archive, simulated or plain."""
        out = []
        for _each in range(reads):
            size = length or _random.randrange(50, 80)
            parts = [_bases(size), _qualities(size)]
            if width:
                parts = ["\n".join(part[at : at + width] for at in range(0, size, width)) for part in parts]
            out.append(f"@{_read_name(style)}\n{parts[0]}\n+\n{parts[1]}\n")
        return "".join(out)

    @staticmethod
    def fasta(kind: str = "mtdna", records: int = 1, length: int = 0, names: str = "") -> str:
        """Return a FASTA; `kind` is mtdna, haplotype, chromosome, reads, reference, transcript, gene or protein."""
        made = {
            "mtdna": (_somebody, 16_569 - _random.randrange(3)),
            "haplotype": (lambda: f"{_somebody()}#1#chr20", 3_000),
            "chromosome": (lambda: f"{_somebody()}_chr20", 30_000),
            "reads": (_read_name, 75),
            "reference": (lambda: "chrM", 16_569),
            "transcript": (lambda: f"NM_{_random.randrange(10**5, 10**6):06}.2 invented transcript", 900),
            "gene": (lambda: f"{_somebody()}_GENE1", 600),
            "protein": (lambda: f"sp|Q{_random.randrange(10**4, 10**5)}|MADE_HUMAN invented protein", 300),
        }
        name, size = made[kind]
        given = names.split(",") if names else [name() for _each in range(records)]
        out = []
        for title in given:
            text = "".join(_random.choices("ACDEFGHIKLMNPQRSTVWY", k=size)) if kind == "protein" else _bases(length or size)
            out.append(f">{title}\n" + "".join(f"{text[at : at + 70]}\n" for at in range(0, len(text), 70)))
        return "".join(out)

    @staticmethod
    def ab1(name: str = "") -> bytes:
        """Return an ABIF trace with the name of its sample and a few of its bases."""
        sample = (name or _somebody()).encode()
        text, bases = bytes([len(sample)]) + sample, _bases(400).encode()
        entries = [(b"PBAS", 2, 1, bases), (b"SMPL", 18, 1, text)]
        at, body, folder = 128, b"", b""
        for mark, kind, size, data in entries:
            folder += struct.pack(">4sihhiiii", mark, 1, kind, size, len(data), len(data), at + len(body), 0)
            body += data
        start = struct.pack(">4shi", b"tdir", 0, 1)[:4] + struct.pack(
            ">ihhiiii", 1, 1023, 28, len(entries), 28 * len(entries), at + len(body), 0
        )
        return (b"ABIF" + struct.pack(">h", 101) + start).ljust(128, b"\0") + body + folder


def _itf8(number: int) -> bytes:
    if number < 0x80:
        return bytes([number])
    if number < 0x4000:
        return bytes([0x80 | number >> 8, number & 255])
    if number < 0x200000:
        return bytes([0xC0 | number >> 16, number >> 8 & 255, number & 255])
    if number < 0x10000000:
        return bytes([0xE0 | number >> 24, number >> 16 & 255, number >> 8 & 255, number & 255])
    return bytes([0xF0 | number >> 28, number >> 20 & 255, number >> 12 & 255, number >> 4 & 255, number & 15])
