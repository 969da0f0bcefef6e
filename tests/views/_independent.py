"""Files made by programs and libraries that are not ours, around one invented call set: the leak that a scan must see.

Where a program is not installed, Python's own module stands in for it; where nothing can, the row is skipped by name.
"""

from __future__ import annotations

import base64
import bz2
import gzip
import html
import io
import json
import lzma
import os
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Maker = Callable[[bytes], bytes]

NAME = "calls.vcf"
QUIET = samples.prose(60)


def leak() -> bytes:
    """Return a new call set of three people, long enough to count in any text; the name of one of them is no ASCII."""
    return samples.vcf(names=f"{samples.name()},Zo\u00eb{samples.name()},{samples.name()}", variants=40)


def program(*command: str, given: bytes = b"", instead: Maker | None = None) -> Maker:
    """Return a maker that runs a filter over the leak, or Python's own in its place; without either the row is skipped."""

    def make(data: bytes) -> bytes:
        if shutil.which(command[0]):
            return subprocess.run(command, input=given + data, capture_output=True, check=True, timeout=60).stdout
        return instead(given + data) if instead else _missing(command[0])

    return make


def archiver(*command: str, files: Sequence[str] = (NAME,), result: str = "out", instead: Maker | None = None) -> Maker:
    """Return a maker that runs an archiver in a folder that holds `files`: the leak, and quiet ones."""

    def make(data: bytes) -> bytes:
        if not shutil.which(command[0]):
            return instead(data) if instead else _missing(command[0])
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            for name in files:
                (folder / name).write_bytes(data if name == NAME else os.urandom(100_000) if name == "pad" else QUIET)
            subprocess.run([*command, *files], cwd=folder, capture_output=True, check=True, timeout=60)
            return (folder / result).read_bytes()

    return make


def _missing(name: str) -> bytes:
    pytest.skip(f"{name} is not installed, and nothing here can stand in for it")


def then(*makers: Maker) -> Maker:
    """Return a maker that hands what each makes to the next."""

    def make(data: bytes) -> bytes:
        for maker in makers:
            data = maker(data)
        return data

    return make


def iconv(to: str, *, mark: bool = False) -> Maker:
    """Return a maker of text in an encoding, by iconv."""
    plain = "\ufeff" if mark else ""
    return program("iconv", "-f", "UTF-8", "-t", to, given=plain.encode(), instead=lambda data: data.decode().encode(to))


def replaced(old: bytes, new: bytes) -> Maker:
    """Return a maker that changes line ends."""
    return lambda data: data.replace(old, new)


# Compressed


GZIP = program("gzip", "-9", "-c", instead=gzip.compress)
BGZIP = program("bgzip", "-c")
BZIP2 = program("bzip2", "-c", instead=bz2.compress)
XZ = program("xz", "-c", instead=lzma.compress)
ZSTD = program("zstd", "-q", "-c", "-19")
LZ4 = program("lz4", "-q", "-c")
LZIP = program("lzip", "-c")
LZMA = program("xz", "--format=lzma", "-c", instead=lambda data: lzma.compress(data, lzma.FORMAT_ALONE))


def compressed(data: bytes) -> bytes:
    """Return what compress (.Z) writes for a file without repeats: a header and codes of nine bits, each one byte of the text."""
    bits = sum((128 if byte > 127 else byte) << 9 * at for at, byte in enumerate(data[:250]))
    return b"\x1f\x9d\x90" + bits.to_bytes(9 * 250 // 8 + 1, "little")


def gzip_named(data: bytes) -> bytes:
    """Return a gzip member whose header holds the name of the file, as gzip writes it."""
    out = io.BytesIO()
    with gzip.GzipFile(NAME, "wb", fileobj=out) as file:
        file.write(data)
    return out.getvalue()


# Archives


ZIP = archiver("zip", "-q", "out", result="out.zip", instead=lambda data: zipped(data))  # noqa: PLW0108 - defined below
ZIP_ENCRYPTED = archiver("zip", "-q", "-P", "word", "out", result="out.zip")
ZIP_AES = archiver("7z", "a", "-tzip", "-mem=AES256", "-pword", "out.zip", result="out.zip")
ZIP_LZMA = archiver("7z", "a", "-tzip", "-mm=LZMA", "out.zip", result="out.zip")
ZIP_BZIP2 = archiver("7z", "a", "-tzip", "-mm=BZip2", "out.zip", result="out.zip")
ZIP_DEFLATE64 = archiver("7z", "a", "-tzip", "-mm=Deflate64", "out.zip", result="out.zip")
ZIP_FIRST = archiver("zip", "-q", "-s", "64k", "out", files=("pad", NAME), result="out.z01")
ZIP_LAST = archiver("zip", "-q", "-s", "64k", "out", files=("pad", NAME), result="out.zip")
SEVENZ = archiver("7z", "a", "-mx=5", "-ms=off", "out.7z", files=("a.txt", NAME), result="out.7z")
SEVENZ_SOLID = archiver("7z", "a", "-ms=on", "out.7z", files=("a.txt", NAME, "z.txt"), result="out.7z")
SEVENZ_STORED = archiver("7z", "a", "-mx=0", "out.7z", result="out.7z")
SEVENZ_BZIP2 = archiver("7z", "a", "-m0=bzip2", "out.7z", result="out.7z")
SEVENZ_PPMD = archiver("7z", "a", "-m0=ppmd", "out.7z", result="out.7z")
SEVENZ_ENCRYPTED = archiver("7z", "a", "-pword", "out.7z", result="out.7z")
SEVENZ_HIDDEN = archiver("7z", "a", "-pword", "-mhe=on", "out.7z", result="out.7z")
SEVENZ_FIRST = archiver("7z", "a", "-v2000b", "-mx=0", "out.7z", result="out.7z.001")
SEVENZ_LAST = archiver("7z", "a", "-v2000b", "-mx=0", "out.7z", result="out.7z.002")
TAR = archiver("tar", "-cf", "out", files=("a.txt", NAME), instead=lambda data: tarred(data))  # noqa: PLW0108 - defined below
TAR_V7 = archiver("tar", "--format=v7", "-cf", "out")
TAR_PAX = archiver("tar", "--format=pax", "-cf", "out")


def zipped(data: bytes, name: str = NAME) -> bytes:
    """Return a zip archive by Python's own module."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def tarred(data: bytes) -> bytes:
    """Return a tar archive by Python's own module, with a quiet member first."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in (("a.txt", QUIET), (NAME, data)):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


def cabinet(data: bytes) -> bytes:
    """Return the beginning of a CAB file."""
    return b"MSCF\0\0\0\0" + len(data).to_bytes(4, "little") + bytes(24) + data


def rar(data: bytes) -> bytes:
    """Return the signature of RAR 5 and what looks packed."""
    return b"Rar!\x1a\7\1\0" + zlib.compress(data)


# Text that holds it


def data_uri(data: bytes) -> bytes:
    """Return a page with a link that holds a file."""
    return b'<!DOCTYPE html><html><body><a href="data:text/plain;base64,' + base64.b64encode(data) + b'">x</a></body></html>\n'


def in_json(data: bytes) -> bytes:
    """Return JSON in which the file is one string in base64."""
    return json.dumps({"name": "x", "content": base64.b64encode(data).decode()}, indent=1).encode()


def mime(data: bytes) -> bytes:
    """Return a mail with an attachment, as the standard library's writer wraps it."""
    from email.message import EmailMessage  # noqa: PLC0415 - for this row

    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content("see below\n")
    message.add_attachment(gzip.compress(data), maintype="application", subtype="gzip")
    return message.as_bytes()


def page(data: bytes) -> bytes:
    """Return a page that shows the text."""
    return b"<!DOCTYPE html>\n<html><body><h1>x</h1><pre>" + html.escape(data.decode()).encode() + b"</pre></body></html>\n"
