"""Invented contents and how a case file wraps them: ``samples`` and ``DIRECTIVES`` of ``pytest_genomic_guard.testing``."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
import random
import string
import tarfile
import zipfile
import zlib

from pytest_genomic_guard._invented.aggregates import Aggregates
from pytest_genomic_guard._invented.arrays import Arrays
from pytest_genomic_guard._invented.assigned import Assigned
from pytest_genomic_guard._invented.biokeys import BioKeys
from pytest_genomic_guard._invented.cohorts import Cohorts
from pytest_genomic_guard._invented.containers import Containers
from pytest_genomic_guard._invented.genotypes import Genotypes
from pytest_genomic_guard._invented.installed import Installed
from pytest_genomic_guard._invented.keys import Keys
from pytest_genomic_guard._invented.lists import Lists
from pytest_genomic_guard._invented.logins import Logins
from pytest_genomic_guard._invented.media import Media
from pytest_genomic_guard._invented.messages import Messages
from pytest_genomic_guard._invented.notes import Notes
from pytest_genomic_guard._invented.omics import Omics
from pytest_genomic_guard._invented.patients import Patients
from pytest_genomic_guard._invented.persons import Persons
from pytest_genomic_guard._invented.pickles import Pickles
from pytest_genomic_guard._invented.populations import Populations
from pytest_genomic_guard._invented.reads import Reads
from pytest_genomic_guard._invented.resources import Resources
from pytest_genomic_guard._invented.tokens import Tokens
from pytest_genomic_guard._invented.weights import Weights
from pytest_genomic_guard._invented.whose import Whose

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_random = random.SystemRandom()


class Samples(
    Aggregates,
    Arrays,
    Cohorts,
    Containers,
    Genotypes,
    Installed,
    Lists,
    Media,
    Messages,
    Notes,
    Omics,
    Patients,
    Persons,
    Populations,
    Reads,
    Resources,
    Tokens,
    Keys,
    Logins,
    BioKeys,
    Assigned,
    Pickles,
    Weights,
    Whose,
):
    """Invented contents. Every function returns bytes; its keywords are what a case file writes as ``{{name key=value}}``."""

    @staticmethod
    def name() -> str:
        """Return an invented sample name, which looks like no public one."""
        return "".join(_random.choices(string.ascii_uppercase, k=3)) + "".join(_random.choices(string.digits, k=5)) + "Q"

    @staticmethod
    def variants(count: int) -> list[tuple[str, int, str, str, str]]:
        """Return chromosome, position, id, reference and alternate allele of invented sites, in order."""
        at = 10_000
        rows = []
        for _each in range(count):
            at += _random.randrange(100, 5_000)
            reference, alternate = _random.sample("ACGT", 2)
            rows.append(("chr7", at, f"rs{_random.randrange(10**6, 10**8)}", reference, alternate))
        return rows

    @staticmethod
    def genotype() -> str:
        """Return an unphased or phased diploid genotype."""
        return f"{_random.randrange(2)}{_random.choice('/|')}{_random.randrange(2)}"

    @classmethod
    def vcf(cls, samples: int = 2, variants: int = 5, header: str = "full", names: str = "") -> bytes:
        """Return a VCF; `header` is full, columns (the column line alone) or none; `names` are given with commas, or invented."""
        people = names.split(",") if names else [cls.name() for _each in range(samples)]
        columns = cls.columns(",".join(["FORMAT", *people]) if people else "").decode()
        lines = {
            "full": [
                "##fileformat=VCFv4.3",
                "##contig=<ID=chr7>",
                '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">',
                columns,
            ],
            "columns": [columns],
            "none": [],
        }[header]
        for row in cls.variants(variants):
            fields = [str(field) for field in row] + [".", "PASS", "."]
            calls = [f"{cls.genotype()}:{_random.randrange(9, 60)}" for _each in people]
            lines.append("\t".join(fields + (["GT:DP", *calls] if people else [])))
        return ("\n".join(lines) + "\n").encode()

    @staticmethod
    def columns(extra: str = "") -> bytes:
        """Return the column line of a VCF, with `extra` columns given with commas."""
        return "\t".join(["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", *filter(None, extra.split(","))]).encode()

    @staticmethod
    def prose(words: int = 40) -> bytes:
        """Return lines of invented words."""
        made = ["".join(_random.choices("aeioulmnrst", k=_random.randrange(2, 9))) for _each in range(words)]
        return "".join(" ".join(made[at : at + 12]) + "\n" for at in range(0, words, 12)).encode()

    @classmethod
    def bcf(cls, samples: int = 2) -> bytes:
        """Return the beginning of a BCF2 with its header, uncompressed and without records."""
        header = cls.vcf(samples=samples, variants=0) + b"\0"
        return b"BCF\2\2" + len(header).to_bytes(4, "little") + header

    @classmethod
    def frame(cls, samples: int = 2, variants: int = 5, style: str = "text") -> bytes:
        """Return the same calls as a table library shows them, as text or html."""
        people = [cls.name() for _each in range(samples)]
        head = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", *people]
        body = [[*map(str, row), ".", "PASS", ".", "GT", *(cls.genotype() for _each in people)] for row in cls.variants(variants)]
        if style == "html":
            rows = ["<tr><th></th>" + "".join(f"<th>{cell}</th>\n" for cell in head) + "</tr>"]
            rows += [
                f"<tr>\n<th>{number}</th>\n" + "\n".join(f"<td>{cell}</td>" for cell in row) + "\n</tr>"
                for number, row in enumerate(body)
            ]
            return ("<div>\n<table border='1'>\n" + "\n".join(rows) + "\n</table>\n</div>").encode()
        widths = [max(len(row[at]) for row in [head, *body]) for at in range(len(head))]
        shown = [[" ", *head], *([str(number), *row] for number, row in enumerate(body))]
        return "\n".join(
            "  ".join(cell.rjust(width) for cell, width in zip(row, [1, *widths], strict=True)) for row in shown
        ).encode()

    @staticmethod
    def bed(people: int = 5, variants: int = 4, major: str = "variant", cut: int = 0) -> bytes:
        """Return a PLINK 1 genotype matrix of random genotypes, with `cut` bytes missing at its end."""
        across, down = (people, variants) if major == "variant" else (variants, people)
        size = (across + 3) // 4 * down - cut
        return b"\x6c\x1b" + (b"\1" if major == "variant" else b"\0") + _random.randbytes(size)

    @classmethod
    def fam(cls, people: int = 5, ids: str = "words") -> bytes:
        """Return a PLINK sample table; with `ids` numbers, every column is a number and the phenotype is given."""
        rows = [(cls.name(), cls.name(), "-9") for _each in range(people)]
        if ids == "numbers":
            rows = [(str(at), str(at), str(_random.randrange(1, 3))) for at in range(1, people + 1)]
        return "".join(f"{house} {own} 0 0 {_random.randrange(1, 3)} {trait}\n" for house, own, trait in rows).encode()

    @classmethod
    def bim(cls, variants: int = 4, alleles: str = "letters") -> bytes:
        """Return a PLINK variant table; with `alleles` numbers, they are coded 1 and 2."""
        rows = [(row[2], row[1], *(row[3:] if alleles == "letters" else ("1", "2"))) for row in cls.variants(variants)]
        return "".join(f"7\t{name}\t0\t{at}\t{minor}\t{major}\n" for name, at, minor, major in rows).encode()

    @staticmethod
    def ucsc_bed(rows: int = 4) -> bytes:
        """Return a UCSC BED file: text, and aggregate."""
        starts = sorted(_random.randrange(10**6) for _each in range(rows))
        return "".join(f"chr7\t{start}\t{start + 500}\tregion{at}\n" for at, start in enumerate(starts)).encode()

    @staticmethod
    def binary(size: int = 200) -> bytes:
        """Return data of no known format."""
        return b"\0\1\2\3" + _random.randbytes(size)

    @staticmethod
    def png(size: int = 200) -> bytes:
        """Return the signature of a PNG and random bytes."""
        return b"\x89PNG\r\n\x1a\n" + _random.randbytes(size)

    @staticmethod
    def later(days: int = 90) -> bytes:
        """Return a date so many days from today, which may be in the past."""
        import datetime  # noqa: PLC0415

        return (datetime.date.today() + datetime.timedelta(days=days)).isoformat().encode()  # noqa: DTZ011 - policies hold local dates

    @staticmethod
    def comment(allows: str = "SEC999", reason: str = "reviewed") -> bytes:
        """Return a comment that allows a code on its line; `reason` can be ``none``."""
        return f"# genomic-guard: allow[{allows}]{'' if reason == 'none' else ' ' + reason}".encode()

    @staticmethod
    def hexadecimal(digits: int = 64) -> bytes:
        """Return random hexadecimal digits."""
        return _random.randbytes(digits // 2).hex().encode()


def gzipped(data: bytes) -> bytes:
    """Return `data` as one gzip member."""
    return gzip.compress(data)


def bgzf(data: bytes) -> bytes:
    """Return `data` as BGZF blocks with the end marker (SAMv1, 4.1)."""
    blocks = []
    for start in [*range(0, len(data), 60_000), len(data)]:
        deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
        body = deflate.compress(data[start : start + 60_000]) + deflate.flush()
        head = b"\x1f\x8b\x08\4\0\0\0\0\0\xff\6\0BC\2\0" + (len(body) + 25).to_bytes(2, "little")
        part = data[start : start + 60_000]
        blocks.append(head + body + zlib.crc32(part).to_bytes(4, "little") + len(part).to_bytes(4, "little"))
    return b"".join(blocks)


def zipped(data: bytes) -> bytes:
    """Return a zip archive with `data` as its only member."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("member", data)
    return out.getvalue()


def tarred(data: bytes) -> bytes:
    """Return a tar archive with `data` as its only member."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        member = tarfile.TarInfo("member")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


def notebook(data: bytes, kind: str = "text/plain") -> bytes:
    """Return a notebook of which one output shows `data`; `kind` is a MIME type, or stream, source or markdown."""
    text = data.decode()
    output: dict[str, object] = {"output_type": "display_data", "metadata": {}, "data": {kind: text.splitlines(keepends=True)}}
    if kind == "stream":
        output = {"output_type": "stream", "name": "stdout", "text": text}
    cell: dict[str, object] = {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "show()", "outputs": [output]}
    if kind in {"source", "markdown"}:
        cell = {"cell_type": "markdown" if kind == "markdown" else "code", "metadata": {}, "source": text}
        cell |= {} if kind == "markdown" else {"outputs": [], "execution_count": None}
    first = {"cell_type": "markdown", "metadata": {}, "source": "# Analysis"}
    return json.dumps({"cells": [first, cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1).encode()


# What a case file writes after a path: how the content is wrapped, in order.
DIRECTIVES: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzipped,
    "bgzf": bgzf,
    "zip": zipped,
    "tar": tarred,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "rar": lambda data: b"Rar!\x1a\7\1\0" + data[::-1],
    "damaged": lambda data: data[:10] + b"\xff" * 8 + data[18:],
    "truncated": lambda data: data[: len(data) // 2],
    "trailed": lambda data: data + b"more",
    "crlf": lambda data: data.replace(b"\n", b"\r\n"),
    "bom": lambda data: b"\xef\xbb\xbf" + data,
    "blank-lines": lambda data: b"\n\n" + data,
    "spaces": lambda data: data.replace(b"\t", b" "),
    "utf-16": lambda data: data.decode().encode("utf-16"),
    "utf-16-le": lambda data: data.decode().encode("utf-16-le"),
    "utf-16-be": lambda data: data.decode().encode("utf-16-be"),
    "base64": base64.b64encode,
    "escaped": lambda data: json.dumps(data.decode()).encode(),
    "notebook": notebook,
    "notebook-html": lambda data: notebook(data, "text/html"),
    "notebook-stream": lambda data: notebook(data, "stream"),
    "notebook-source": lambda data: notebook(data, "source"),
    "notebook-markdown": lambda data: notebook(data, "markdown"),
}
