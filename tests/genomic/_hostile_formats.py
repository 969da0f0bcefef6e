"""Damaged and absurd content of the genomic formats: what the cases of all checks hold, changed, and headers that claim much."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from struct import pack
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from pytest_genomic_guard.testing import cases, fill, scan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CASES = sorted((Path(__file__).parents[1] / "checks").glob("GEN*.md"))
CODES = [file.stem for file in CASES]
LARGEST = 300_000  # bytes of a content that is changed
# What a number is replaced by; the last two are digits, and no decimal numbers of ours.
ABSURD = tuple(
    word.encode()
    for word in (
        *(
            "2147483647",
            "2147483648",
            "4294967295",
            "9223372036854775808",
            "-1",
            "-2147483648",
            "0",
            "1e309",
            "nan",
            "inf",
            "1e-400",
        ),
        *("9" * 400, "9" * 5000, "0" * 40, "", "\0", "\u0663", "\u00b2"),
    )
)
_WORDS = re.compile(rb"[^\s,;|\"']{1,60}")


@functools.cache
def seeds(code: str) -> tuple[tuple[bytes, bytes], ...]:
    """Return path and content of the files of a check's cases, those that fire and those that do not."""
    (text,) = (file.read_text("utf-8") for file in CASES if file.stem == code)
    found: dict[tuple[str, str], bytes] = {}
    for case in cases(text):
        for path, _directives, template in case.files:
            if "genomic-guard" not in path and "{{sha256" not in template:
                found.setdefault((path, template), fill(template))
    return tuple((path.encode(), data) for (path, _template), data in found.items() if 0 < len(data) <= LARGEST)


@functools.cache
def words() -> tuple[bytes, ...]:
    """Return the words of all texts that the cases hold: names of columns, ids, alleles and numbers."""
    found = dict.fromkeys(word for code in CODES for _path, data in seeds(code) for word in _WORDS.findall(data[:4000]))
    return tuple(found)


def _cut(draw: st.DrawFn, data: bytes) -> bytes:
    return data[: draw(st.integers(0, len(data)))]


def _flipped(draw: st.DrawFn, data: bytes) -> bytes:
    out = bytearray(data or b"\0")
    for at, value in draw(st.lists(st.tuples(st.integers(0, len(out) - 1), st.integers(0, 255)), min_size=1, max_size=10)):
        out[at] = value
    return bytes(out)


def _removed(draw: st.DrawFn, data: bytes) -> bytes:
    at = draw(st.integers(0, len(data)))
    return data[:at] + data[at + draw(st.integers(1, 300)) :]


def _doubled(draw: st.DrawFn, data: bytes) -> bytes:
    at, size = draw(st.integers(0, len(data))), draw(st.integers(1, 300))
    return data[: at + size] + data[at : at + size] * draw(st.integers(1, 20)) + data[at + size :]


def _size(draw: st.DrawFn, data: bytes) -> bytes:
    """Replace four or eight bytes of a binary header by a size that no file has."""
    size = draw(st.sampled_from([4, 8]))
    at = draw(st.integers(0, min(200, len(data))))
    huge = draw(st.sampled_from([b"\xff" * size, b"\xff" * (size - 1) + b"\x7f", b"\x7f" + b"\xff" * (size - 1), bytes(size)]))
    return data[:at] + huge + data[at + size :]


def _number(draw: st.DrawFn, data: bytes) -> bytes:
    numbers = list(re.finditer(rb"\d+", data))
    if not numbers:
        return data
    found = draw(st.sampled_from(numbers))
    return data[: found.start()] + draw(st.sampled_from(ABSURD)) + data[found.end() :]


def _fields(draw: st.DrawFn, data: bytes) -> bytes:
    """Change the fields of one line: one is removed, doubled or replaced, or all change places."""
    lines = data.split(b"\n")
    at, mark = draw(st.integers(0, len(lines) - 1)), draw(st.sampled_from([b"\t", b",", b" "]))
    fields = lines[at].split(mark)
    place = draw(st.integers(0, len(fields) - 1))
    how = draw(st.integers(0, 3))
    if how == 0:
        del fields[place]
    elif how == 1:
        fields.insert(place, fields[-1])
    elif how == 2:
        fields[place] = draw(st.sampled_from(ABSURD))
    else:
        fields.reverse()
    lines[at] = mark.join(fields)
    return b"\n".join(lines)


def _column(draw: st.DrawFn, data: bytes) -> bytes:
    """Replace one field of all lines, or of all but the first."""
    column, word = draw(st.integers(0, 12)), draw(st.sampled_from(ABSURD))
    mark, kept = draw(st.sampled_from([b"\t", b",", b" "])), draw(st.integers(0, 1))
    lines = [line.split(mark) for line in data.split(b"\n")]
    for fields in lines[kept:]:
        fields[column : column + 1] = [word] * (column < len(fields))
    return b"\n".join(mark.join(fields) for fields in lines)


def _word(draw: st.DrawFn, data: bytes) -> bytes:
    found = sorted(set(_WORDS.findall(data[:3000])))
    return data.replace(draw(st.sampled_from(found)), draw(st.sampled_from([*ABSURD, *found]))) if found else data


CHANGES: Mapping[str, Callable[[st.DrawFn, bytes], bytes]] = {
    change.__name__: change for change in (_cut, _flipped, _removed, _doubled, _size, _number, _fields, _column, _word)
}


@st.composite
def changed(draw: st.DrawFn, code: str) -> tuple[bytes, bytes]:
    """Return path and content of a case's file, changed one to three times; another may follow it."""
    path, data = draw(st.sampled_from(seeds(code)))
    for change in draw(st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=3)):
        data = CHANGES[change](draw, data)[: 4 * LARGEST]
    if draw(st.integers(0, 9)) == 9:
        data += draw(st.sampled_from(seeds(code)))[1]
    return draw(st.sampled_from([path, b"x"])), data


def failed(files: dict[bytes, bytes]) -> list[tuple[str, str | None]]:
    """Return where something raised over the files; no finding of a genomic check may be more than a finding."""
    report = scan(files)
    return [(gap.reason, gap.where) for gap in report.gaps if gap.reason in {"view-failed", "check-failed"}]


_MANY, _LONG = 0x7FFFFFFF, 0xFFFFFFFF
_ITF8 = b"\xff\xff\xff\xff\xff"


def absurd() -> dict[str, bytes]:
    """Return headers of binary formats that claim what no file can hold."""
    bam = b"BAM\1"
    cram = b"CRAM\3\0" + bytes(20)
    deep: Any = b"\x89HDF\r\n\x1a\n"
    return {
        "BAM, text": bam + pack("<I", _MANY) + b"@HD\tVN:1.6\n",
        "BAM, text of 4 GB": bam + pack("<I", _LONG),
        "BAM, sequences": bam + pack("<2I", 0, _MANY) + pack("<I", 5) + b"chr1\0" + pack("<I", 100),
        "BAM, empty sequences": bam + pack("<2I", 0, _MANY) + bytes(2_000_000),
        "BAM, name": bam + pack("<3I", 0, 1, _MANY) + b"chr1\0",
        "BAM, alignment": bam + pack("<2I", 0, 0) + pack("<I", _MANY) + b"\xff" * 100,
        "CRAM, container": cram + pack("<I", _MANY) + _ITF8 * 40,
        "CRAM, negative": cram + pack("<i", -1) + _ITF8 * 40,
        "CRAM, landmarks": cram + pack("<I", 1000) + b"\0" * 8 + _ITF8 * 4000,
        "CRAM, block": cram + pack("<I", 100) + bytes(20) + b"\0\0\0" + _ITF8 * 3 + bytes(100),
        "CRAM, gzip": cram + pack("<I", 100) + bytes(18) + b"\1\0\0" + b"\0" + _ITF8 * 2 + b"\x1f\x8b\x08" + bytes(100),
        "BGEN": pack("<4I", 20, 20, _MANY, _MANY) + b"bgen" + pack("<I", 0x80000009),
        "BGEN, header": pack("<4I", _LONG, _LONG, _LONG, _LONG) + b"bgen" + b"\xff" * 64,
        "BGEN, names": pack("<4I", 5000, 20, 1, 1000)
        + b"bgen"
        + pack("<I", 0x80000009)
        + pack("<2I", _LONG, _LONG)
        + b"\xff" * 5000,
        "PGEN": b"\x6c\x1b\x10" + pack("<2I", _LONG, _LONG) + b"\xff" * 40,
        "PGEN, fixed": b"\x6c\x1b\x02" + pack("<2I", _LONG, _LONG) + b"\xff" * 40,
        "PGEN, index": b"\x6c\x1b\x30" + pack("<2I", _LONG, _LONG),
        "PLINK bed": b"\x6c\x1b\x01" + b"\xff" * 100,
        "packed GENO": b"GENO 2147483647 2147483647 ffffffff ffffffff".ljust(48, b"\0"),
        "packed GENO, longer": b"GENO 99999999999999999999 2 ffffffff ffffffff".ljust(48, b"\0"),
        "IDAT": b"IDAT" + pack("<QI", 3, _MANY) + pack("<HQ", 1000, 2**63 - 1) * 3,
        "IDAT, negative": b"IDAT" + pack("<QI", 3, 1) + pack("<HQ", 1000, 2**64 - 1) + b"\xff" * 40,
        "GTC": b"gtc\5" + pack("<I", _LONG) + pack("<HI", 10, _LONG) * 50,
        "GTC, name": b"gtc\5" + pack("<I", 2) + pack("<HI", 10, 20) + pack("<HI", 101, 21) + b"\xff" * 40,
        "CEL": b"\x40\0\0\0\4\0\0\0" + pack("<4i", _MANY, _MANY, 1, _MANY),
        "CEL, negative": b"\x40\0\0\0\4\0\0\0" + pack("<4i", -1, -1, 1, -1),
        "Command Console": b"\x3b\1" + pack(">4I", _LONG, _LONG, _LONG, _LONG),
        "ABIF": b"ABIF\0\x65tdir" + pack(">2H4I", 1, 1023, 28, _MANY, _MANY, 128),
        "ABIF, sizes": b"ABIF\0\x65tdir" + pack(">I2H3I", 1, 1023, 65535, _LONG, _LONG, _LONG),
        "GDS": b"COREARRAYx0A" + b"\xff" * 40 + b"sample.id" + b"\xff" * 40,
        "HDF5": deep + b"\0" * 5 + b"\x08\x08\0" + b"\xff" * 400,
        "BCF": b"BCF\2\2" + pack("<I", _LONG) + b"##fileformat=VCFv4.2\n",
        "BCF, negative": b"BCF\2\2" + pack("<i", -1),
    }


def documents() -> dict[str, bytes]:
    """Return texts whose form, and not whose bytes, is absurd: claims, cycles, depth."""
    shape = b'{"shape":[9223372036854775807,99999999999999999999999],"zarr_format":2}'
    arrays = b'"call_genotype/.zarray":' + shape + b',"call_genotype/.zattrs":{"_ARRAY_DIMENSIONS":["variants","samples","ploidy"]}'
    return {
        "Zarr, claims": b'{"zarr_consolidated_format":1,"metadata":{' + arrays + b"}}",
        "Zarr, cyclic": b'{"zarr_consolidated_format":1,"metadata":{"consolidated_metadata":{"metadata":{"zarr.json":"zarr.json",'
        + b'"a":{"$ref":"#"},' * 20_000
        + arrays
        + b"}}}}",
        "Zarr, deep": b'{"zarr_format":3,"node_type":"group","consolidated_metadata":' * 20_000
        + b"{"
        + arrays
        + b"}"
        + b"}" * 20_000,
        "Zarr, path": b'{"zarr_consolidated_format":1,"metadata":{"' + b"a/" * 500_000 + b'call_genotype/.zarray":' + shape + b"}}",
        "Hail": b'{"hail_version":"0.2","matrix_type":"Matrix{global:Struct{},col_key:' + b"[" * 500_000,
        "phenopacket": b'{"phenopacketSchemaVersion":"2.0","subject":' + b'{"subject":' * 100_000,
        "FHIR": b'{"resourceType":"Bundle","entry":[' + b'{"resourceType":"Observation","contained":[' * 50_000,
        "VRS": b'{"type":"Allele","location":' * 50_000,
        "YAML": b"phenopacketSchemaVersion: 2\nsubject:\n" + b"".join(b" " * at + b"a:\n" for at in range(1500)),
        "YAML, aliases": b"a: &a [x]\n" + b"".join(b"b%d: &b%d [*a, *a]\n" % (at, at) for at in range(5000)),
        "MatrixMarket": b"%%MatrixMarket matrix coordinate integer general\n%\n999999999999 999999999999 999999999999\n",
        "EIGENSTRAT": b"GENO 2147483647 2147483647 0 0\n" + b"9" * 100_000,
        "PHASE": b"999999999999\n             999999999999\n" + b"P 1 2 3\n" + b"0101\n" * 20,
        "triangle": b"\n".join(b"\t".join([b"0.5"] * at + [b"1"]) for at in range(300)) + b"\tword\n",
        "final report": b"[Header]\nNum Samples\t99999999\nTotal Samples\t99999999\n[Data]\n"
        + b"\t".join((b"SNP Name", b"Sample ID", b"Allele1 - Top", b"Allele2 - Top\n")),
        "sites": b"##fileformat=VCFv4.2\n##contig=<ID=1,length=999999999999>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
        + b"1\t9223372036854775808\t.\tA\tC\t.\t.\tAC=9223372036854775808;AN=1;AF=1e309\n" * 50,
        "sequence dictionary": b"@HD\tVN:1.6\n" + b"@SQ\tSN:1\tLN:99999999999999999999\n" * 1000,
        "SAM": b"r\t65535\t1\t9999999999\t255\t999999999M\t=\t-9999999999\t-9999999999\tA\tI\n" * 20,
        "ids": b"eid\n" + b"".join(b"%d\n" % at for at in range(1_000_000, 1_000_600)) + b"9" * 5000 + b"\nx\n",
        "numbers": b"sample_id\n" + b"".join(b"%d\n" % (at * at) for at in range(40, 700)) + b"9" * 5000 + b"\nx\n",
    }


def wide(columns: int) -> dict[str, bytes]:
    """Return tables of very many columns, in the forms that readers of genotypes and of people ask for."""
    places = range(columns)
    ones, snps = [b"1"] * columns, [b"rs%d" % (at + 1000) for at in places]
    return {
        "words": b"\t".join(b"c%d" % at for at in places) + b"\n" + b"\t".join(ones) + b"\n",
        "variants": b"id," + b",".join(snps) + b"\n" + (b"a1x," + b",".join(ones) + b"\n") * 2,
        "blanks": b"id " + b" ".join(snps) + b"\n" + (b"a1x " + b" ".join(ones) + b"\n") * 2,
        "samples": b"rsid\t" + b"\t".join(b"SM%dQ" % at for at in places) + b"\n" + (b"rs10\t" + b"\t".join(ones) + b"\n") * 2,
        "pedigree": (b"F I 0 0 1 2 " + b" ".join([b"A G"] * (columns // 2)) + b"\n") * 2,
        "dosages": b"1 rs10 7 A G " + b" ".join([b"0.1 0.9 0"] * (columns // 3)) + b"\n",
        "haplotypes": (b"1 rs10 7 A G " + b" ".join([b"0 1"] * (columns // 2)) + b"\n") * 2,
        "digits": (b"012" * columns + b"\n") * 2,
        "pipes": b"|" + b"rs10|" * columns + b"\n|" + b"---|" * columns + b"\n|" + b"AA|" * columns + b"\n",
        "semicolons": b"rs10;" * columns,
        "INSERT": b"INSERT " + b"INTO g VALUES (" + b"'rs10'," * columns,
        "vector": b"c(" + b'"rs10",' * columns,
        "one name": b"@RG\tID:1" + b"\tSM:x" * columns + b"\n",
        "tags": b"r\t0\t1\t1\t60\t4M\t*\t0\t0\tACGT\tIIII" + b"\tXX:i:1" * columns + b"\n",
        "pileup": b"chr1\t1\tA" + b"\t5\t.....\tIIIII" * (columns // 3) + b"\n",
        "barcodes": b"Hugo_Symbol" + b"\tTumor_Sample_Barcode" * columns + b"\n",
        "header": b"##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO" + b"\tx" * columns + b"\n",
    }


def long_cells(unit: bytes, size: int) -> dict[str, bytes]:
    """Return lines with one very long cell, where readers look at a first line, at its fields, at a header and at rows."""
    cell = unit * (size // len(unit))
    return {
        "alone": cell,
        "with an end": cell + b"!\n",
        "second": b"a\t" + cell + b"!\n",
        "triangle": b"1\n1 " + cell + b"!\n1 1 1\n" * 2,
        "numbers": b"1 2 0.5 " + cell + b"!\n" + b"1 2 0.5 0.1\n" * 9,
        "header": b"rsid\tchromosome\tposition\t" + cell + b"!\n" + b"rs10\t1\t7\tAG\n" * 40,
        "row": b"sample,rs10,rs20\n" + b"x1,0,1\n" * 40 + b"x2,1," + cell + b"!\n",
        "first name": cell + b"!,rs10,rs20\n" + b"x1,0,1\n" * 40,
        "comment": b"# " + cell + b"!\nrs10\t1\t7\tAG\n",
        "record": b">" + cell + b"!\nACGT\n",
        "read": b"@" + cell + b"!\nACGT\n+\nIIII\n",
        "JSON": b'{"resourceType":"' + cell + b'!","subject":1}',
    }
