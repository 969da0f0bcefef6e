"""Files of the genomic formats that were made to hurt: each maker writes a file, and needs little memory itself."""

from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def claims(path: Path) -> None:
    """Write the header of a BAM that claims two thousand million reference sequences."""
    path.write_bytes(b"BAM\1" + pack("<2I", 0, 0x7FFFFFFF) + pack("<I", 5) + b"chr1\0" + pack("<I", 100))


def pedigree(path: Path) -> None:
    """Write two people with a million genotypes each."""
    row = b"F I 0 0 1 2 " + b" ".join([b"A G", b"A A"] * 500_000) + b"\n"
    path.write_bytes(row * 2)


def digits(path: Path) -> None:
    """Write ten million digits, as numbers that never end."""
    path.write_bytes(b"1\n1 " + b"0" * 5_000_000 + b"!\n1 1 1\n" + b"0" * 5_000_000 + b"!\n")


def cyclic(path: Path) -> None:
    """Write the metadata of a Zarr store that holds itself, with arrays larger than any disk."""
    array = b'"call_genotype/.zarray":{"shape":[9223372036854775807,99999999999999999999]}'
    path.write_bytes(b'{"zarr_consolidated_format":1,"metadata":{"$ref":"#","metadata":{' * 50_000 + array + b"}}" * 50_000)


def names(path: Path) -> None:
    """Write a pickle that makes ten thousand names of one text of 8 MB."""
    text = b"X" + pack("<I", 8 << 20) + b"a" * (8 << 20)
    path.write_bytes(b"\x80\x04" + text + b"q\0" + b"h\0h\0\x93" * 10_000 + b".")


def tuples(path: Path) -> None:
    """Write a pickle of 64 tuples in each of 64 tuples and so on, eight times, as the state of a data frame."""
    levels = b"".join(b"0(" + (b"h" + bytes([at])) * 64 + b"tq" + bytes([at + 1]) for at in range(8))
    path.write_bytes(b"\x80\x04)q\0" + levels + b"0cpandas\nDataFrame\n)Rh\x08b.")
