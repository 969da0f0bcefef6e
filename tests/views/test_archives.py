"""Archives and compressed streams: a table of what must be read, what is a gap, and what stays opaque."""

from __future__ import annotations

import bz2
import gzip
import importlib
import io
import lzma
import shutil
import subprocess
import sys
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest
from _archives import ARM, DELTA, LZMA1, LZMA2, X86, Coder, sevenz, tarred, zipped
from _archives_odd import base256, between, flagged, flip, huge7z, method, prefixed, realigned, twice, v7, with_links, zip64
from _views import people, read

from pytest_genomic_guard.model import Location
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CALLS = samples.vcf(samples=3)
TEXT = samples.prose(words=300)
FILES = {"notes.txt": TEXT, "calls.vcf": CALLS, "folder/empty": b"", "other.md": samples.prose()}
LONG = {"d/" * 90 + "long" * 20 + ".vcf": CALLS, "notes.txt": TEXT}
SPARSE = "".join(f"{each}\n" for each in (1, 0, len(CALLS))).encode().ljust(512, b"\0")

# How people and programs pack files: all of these are read to the end.
READ: dict[str, Callable[[], bytes]] = {
    "zip stored": lambda: zipped(FILES, zipfile.ZIP_STORED),
    "zip deflate": lambda: zipped(FILES),
    "zip bzip2": lambda: zipped(FILES, zipfile.ZIP_BZIP2),
    "zip lzma": lambda: zipped(FILES, zipfile.ZIP_LZMA),
    "zip piped": lambda: zipped(FILES, piped=True),
    "zip piped stored": lambda: zipped(FILES, zipfile.ZIP_STORED, piped=True),
    "zip in a pipe of names that are tricks": lambda: zipped({"../../etc/x": CALLS, "/abs": TEXT, "C:\\x": TEXT, "..": TEXT}),
    "zip64": lambda: zip64(FILES),
    "zip padded": lambda: realigned(zipped({"a.vcf": CALLS})),
    "zipapp": lambda: prefixed(b"#!/usr/bin/env python3\n", FILES),
    "tar v7": lambda: v7(tarred(FILES, tarfile.USTAR_FORMAT)),
    "tar ustar": lambda: tarred(FILES, tarfile.USTAR_FORMAT),
    "tar gnu": lambda: tarred(LONG, tarfile.GNU_FORMAT),
    "tar pax": lambda: tarred(LONG),
    "tar in two": lambda: tarred(FILES) + tarred({"more.txt": TEXT}),
    "tar base 256": lambda: base256(tarred({"calls.vcf": CALLS}, tarfile.GNU_FORMAT)),
    "tar sparse": lambda: tarred({"calls.vcf": SPARSE + CALLS}, more={"GNU.sparse.major": "1", "GNU.sparse.minor": "0"}),
    "tar links": lambda: with_links(FILES),
    "7z lzma": lambda: sevenz(FILES, [LZMA1]),
    "7z lzma2": lambda: sevenz(FILES),
    "7z packed header": lambda: sevenz(FILES, nested=True),
    "7z not solid": lambda: sevenz(FILES, solid=False),
    "7z delta": lambda: sevenz(FILES, [DELTA, LZMA2]),
    "7z x86": lambda: sevenz(FILES, [X86, LZMA2], nested=True),
    "7z arm": lambda: sevenz(FILES, [ARM, LZMA2], solid=False),
    "7z copy": lambda: sevenz({"a": CALLS}, [Coder(b"\0", b"", {})], CALLS),
    "7z bzip2": lambda: sevenz({"a": CALLS}, [Coder(b"\4\2\2", b"", {})], bz2.compress(CALLS)),
    "7z deflate": lambda: sevenz({"a": CALLS}, [Coder(b"\4\1\x08", b"", {})], gzip.compress(CALLS)[10:-8]),
    "bzip2": lambda: bz2.compress(CALLS),
    "bzip2 in streams": lambda: bz2.compress(CALLS[:99]) + bz2.compress(b"") + bz2.compress(CALLS[99:]) + bytes(9),
    "xz": lambda: lzma.compress(CALLS),
    "xz -9e": lambda: lzma.compress(CALLS, preset=9 | lzma.PRESET_EXTREME),
    "xz in streams": lambda: lzma.compress(CALLS[:99]) + bytes(8) + lzma.compress(CALLS[99:]) + bytes(4),
    "tar.gz": lambda: gzip.compress(tarred(FILES)),
    "tar.bz2": lambda: bz2.compress(tarred(FILES)),
    "tar.xz": lambda: lzma.compress(tarred(FILES)),
    "gz in zip in tar in xz": lambda: lzma.compress(tarred({"a.zip": zipped({"a.gz": gzip.compress(CALLS)})})),
    "7z in 7z in zip": lambda: zipped({"a": sevenz({"b": sevenz({"c": CALLS})}), "t": TEXT}),
}


@pytest.mark.parametrize("name", READ)
def test_read(name: str) -> None:
    """The people in it are counted, every text is read, and nothing is a gap."""
    found = read(READ[name](), b"packed")
    assert not found.gaps, [(gap.reason, gap.trail) for gap in found.gaps]
    assert [call.samples for call in found.calls] == [3]
    assert found.covered[0].level == "verdict-by-header"
    assert people(READ[name](), b"packed") == 3


@pytest.mark.parametrize("make", [zipped, tarred, sevenz], ids=["zip", "tar", "7z"])
def test_members_keep_their_places(make: Callable[[dict[str, bytes]], bytes]) -> None:
    """A text is located in its member by an ordinal and its own lines, and no name is in a trail."""
    found = read(make(FILES))
    kind = make.__name__.removesuffix("ped").removesuffix("red").replace("sevenz", "7z")
    text = found.texts[-1]
    assert text.data.count(TEXT) == text.data.count(FILES["other.md"]) == 1
    second = text.data.index(FILES["other.md"]) + FILES["other.md"].index(b"\n") + 1
    assert text.locate(second) == Location(path=b"x", trail=(kind, "member 4"), line=2, column=1)
    assert [call.trail for call in found.calls] == [(kind, "member 2")]


GAPS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zip without its end": ("truncated", lambda: zipped(FILES)[:-9]),
    "zip with more after it": ("trailing-data", lambda: zipped(FILES) + b"more"),
    "zip encrypted": ("encrypted", lambda: flagged(zipped(FILES), 1)),
    "zip of deflate64": ("method", lambda: method(zipped({"a": CALLS}), 9)),
    "zip of another size": (
        "directory",
        lambda: zipped({"a": CALLS}).replace(b"PK\3\4\x14", b"PK\3\4\x14", 1)[:22] + b"\1" + zipped({"a": CALLS})[23:],
    ),
    "zip of two names": ("directory", lambda: zipped({"nameless": CALLS}).replace(b"nameless", b"somebody", 1)),
    "zip with data before": ("unowned", lambda: b"PK\3\4 hidden" + zipped(FILES)),
    "zip with data between": ("unowned", lambda: between(FILES)),
    "zip member twice": ("overlap", lambda: twice(CALLS)),
    "zip in volumes": ("split", lambda: zipped(FILES)[:-18] + b"\1" + zipped(FILES)[-17:]),
    "zip damaged": ("corrupt", lambda: flip(zipped({"a": TEXT}, zipfile.ZIP_STORED), 40 + len(TEXT) // 2)),
    "tar without its end": ("truncated", lambda: tarred(FILES)[: len(tarred(FILES)) // 1024 * 512]),
    "tar with more after it": ("trailing-data", lambda: tarred(FILES) + b"more"),
    "tar with a damaged header": ("corrupt", lambda: flip(tarred({"a": CALLS, "b": TEXT}), 512 + -(-len(CALLS) // 512) * 512 + 3)),
    "tar with a long header": ("too-large", lambda: tarred({"a": TEXT}, more={"comment": "x" * (2 << 20)})),
    "7z damaged": ("corrupt", lambda: flip(sevenz(FILES), 60)),
    "7z without its end": ("truncated", lambda: sevenz(FILES)[:-3]),
    "7z with more after it": ("trailing-data", lambda: sevenz(FILES) + b"more"),
    "7z with data between": ("unowned", lambda: sevenz(FILES, gap=9)),
    "7z encrypted": ("encrypted", lambda: sevenz({"a": CALLS}, [Coder(b"\6\xf1\7\1", b"\0\0", {})], CALLS)),
    "7z of PPMd": ("method", lambda: sevenz({"a": CALLS}, [Coder(b"\3\4\1", b"12345", {})], CALLS)),
    "7z of a huge dictionary": ("too-large", huge7z),
    "bzip2 cut": ("truncated", lambda: bz2.compress(TEXT)[:-9]),
    "bzip2 damaged": ("corrupt", lambda: flip(bz2.compress(TEXT), 60)),
    "bzip2 with more after it": ("trailing-data", lambda: bz2.compress(TEXT) + b"more"),
    "xz cut": ("truncated", lambda: lzma.compress(TEXT)[:-3]),
    "xz damaged": ("corrupt", lambda: flip(lzma.compress(TEXT), 60)),
    "xz with more after it": ("trailing-data", lambda: lzma.compress(TEXT) + b"more"),
    "RAR": ("container", lambda: b"Rar!\x1a\7\1\0" + bytes(99)),
    "lz4": ("container", lambda: b"\x04\x22\x4d\x18" + bytes(99)),
    "five deep": ("too-deep", lambda: zipped({"a": zipped({"a": zipped({"a": zipped({"a": zipped({"a": TEXT})})})})})),
}


@pytest.mark.parametrize("name", GAPS)
def test_gap(name: str) -> None:
    """What cannot be read, or can be read in two ways, is told with its reason."""
    reason, make = GAPS[name]
    assert reason in {gap.reason for gap in read(make()).gaps}


OPAQUE = {"a.png": samples.png(), "b.so": b"\x7fELF" + bytes(99)}


@pytest.mark.parametrize("make", [zipped, tarred, sevenz], ids=["zip", "tar", "7z"])
def test_opaque_and_partial(make: Callable[[dict[str, bytes]], bytes]) -> None:
    """The level of an archive is that of its worst member; an empty archive is covered in full."""
    assert read(make(OPAQUE)).level == "opaque"
    assert read(make(OPAQUE | {"c": samples.binary()})).level == "partial"
    assert read(make({"a": TEXT})).level == "full"
    assert read(zipped({})).level == "full"


@pytest.mark.parametrize("make", [zipped, tarred, lambda files: sevenz(files, solid=False)], ids=["zip", "tar", "7z"])
def test_one_damaged_member(make: Callable[[dict[str, bytes]], bytes]) -> None:
    """A damaged member is one gap with its place, and what stands before and after it is read."""
    found = read(make({"a": TEXT, "b.gz": gzip.compress(TEXT)[:-4], "c.vcf": CALLS}))
    ((trail, reason),) = {(gap.trail[1:], gap.reason) for gap in found.gaps}
    assert (trail, reason) == (("member 2", "gzip"), "truncated")
    assert [call.samples for call in found.calls] == [3]
    assert TEXT in found.texts[-1].data


def test_joined_texts_read_as_alone() -> None:
    """Small texts beside each other are judged as each is alone: what stands around a text does not make it a quotation."""
    contents = [
        samples.prose(),
        b"# made by a program\n" + samples.vcf(samples=2, header="columns"),
        samples.frame(samples=2),
        TEXT * 9,
    ]
    for content in contents:
        alone = read(content)
        beside = read(zipped({"a": TEXT, "b": content, "c": TEXT * 3}))
        assert [(call.samples, call.setting, call.rows) for call in alone.calls] == [
            (call.samples, call.setting, call.rows) for call in beside.calls
        ]


def test_links_are_not_followed(tmp_path: Path) -> None:
    """The target of a link is text of the archive; what it names is never opened."""
    (tmp_path / "secret").write_bytes(CALLS)
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE):
            member = tarfile.TarInfo("link")
            member.type, member.linkname = kind, str(tmp_path / "secret")
            archive.addfile(member)
    found = read(out.getvalue())
    assert not found.calls
    assert found.texts[0].data.count(bytes(tmp_path / "secret")) == 2


def test_comments_are_read() -> None:
    """What stands in the comments of a zip archive and in the headers of a tar archive is text that leaves with it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.comment = b"of the archive"
        member = zipfile.ZipInfo("a")
        member.comment = b"of the member"
        archive.writestr(member, b"")
    (text,) = read(out.getvalue()).texts
    assert b"of the archive" in text.data
    assert b"of the member" in text.data
    assert b"of the header" in read(tarred({"a": TEXT}, more={"comment": "of the header"})).texts[0].data


PROGRAMS = {
    "zip": ["zip", "-q", "-r", "-", "."],
    "tar": ["tar", "-c", "-f", "-", "."],
    "tar V7": ["tar", "-c", "--format=v7", "-f", "-", "."],
    "tar sparse": ["tar", "-c", "-S", "-f", "-", "."],
    "xz": ["xz", "-c", "-k", "calls.vcf"],
    "bzip2": ["bzip2", "-c", "-k", "calls.vcf"],
    "zstd": ["zstd", "-q", "-c", "calls.vcf"],
    **({"7z": ["sh", "-c", "7z a -t7z x . > /dev/null && cat x.7z"]} if shutil.which("7z") else {}),  # it writes no 7z to a pipe
}


@pytest.mark.parametrize("name", [name for name, command in PROGRAMS.items() if shutil.which(command[0])])
def test_programs(name: str, tmp_path: Path) -> None:
    """What the usual programs write is read, where they are there."""
    (tmp_path / "calls.vcf").write_bytes(CALLS)
    with (tmp_path / "holes").open("wb") as holes:
        holes.truncate(1 << 20)
        holes.seek(1 << 19)
        holes.write(TEXT)
    done = subprocess.run(PROGRAMS[name], cwd=tmp_path, capture_output=True, check=True, stdin=subprocess.DEVNULL)
    found = read(done.stdout)
    assert not found.gaps
    assert [call.samples for call in found.calls] == [3]


def test_zstd(monkeypatch: pytest.MonkeyPatch) -> None:
    """Zstandard is read frame after frame; where its module is missing, the gap says what to install."""
    name = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"
    pack = importlib.import_module(name).compress
    many = pack(CALLS[:300]) + b"\x50\x2a\x4d\x18\3\0\0\0abc" + pack(CALLS[300:] + TEXT * 5000)
    assert [call.samples for call in read(many).calls] == [3]
    text = pack(TEXT)
    assert read(text[:-1]).level == "gap truncated"
    assert read(text + b"x").level == "gap trailing-data"
    assert read(text[:-4] + b"\xff" * 4).gaps
    assert read(pack(bytes(200 << 20))).level == "gap ratio"
    monkeypatch.setitem(sys.modules, name, None)
    assert read(text).level == "gap zstd"
