"""Archives that were made to hurt: any damage is a gap or changes nothing, and no bomb takes memory or time without bound."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import os
import random
import subprocess
import sys
import zipfile
import zlib
from struct import pack
from typing import TYPE_CHECKING

import pytest
from _archives import sevenz, tarred, zipped
from _views import read
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = samples.prose(words=60)
FILES = {"a.txt": TEXT, "b.txt": samples.prose(words=90), "c.gz": gzip.compress(TEXT)}
WHOLE = {
    "zip": zipped(FILES),
    "zip stored": zipped(FILES, zipfile.ZIP_STORED),
    "zip piped": zipped(FILES, piped=True),
    "zip lzma": zipped(FILES, zipfile.ZIP_LZMA),
    "tar.gz": gzip.compress(tarred(FILES)),
    "7z": sevenz(FILES),
    "7z packed header": sevenz(FILES, nested=True, solid=False),
    "bzip2": bz2.compress(TEXT),
    "xz": lzma.compress(TEXT),
    "7z in zip": zipped({"a": sevenz(FILES)}),
}
CLEAN = {name: sorted(text.data for text in read(data).texts) for name, data in WHOLE.items()}


def harmless(name: str, data: bytes) -> bool:
    """Tell whether what was read is a gap, reported as read in part, or the very same text."""
    found = read(data)
    return found.level.startswith(("gap", "partial")) or sorted(text.data for text in found.texts) == CLEAN[name]


@pytest.mark.parametrize("name", WHOLE)
@given(at=st.integers(0, 10**6), value=st.integers(1, 255))
def test_one_damaged_byte(name: str, at: int, value: int) -> None:
    """One changed byte anywhere is told, or the very same text is read."""
    data = bytearray(WHOLE[name])
    data[at % len(data)] ^= value
    assert harmless(name, bytes(data))


@pytest.mark.parametrize("name", WHOLE)
@given(cut=st.integers(0, 10**6))
def test_cut(name: str, cut: int) -> None:
    """A part that is missing at the end is told."""
    data = WHOLE[name]
    assert harmless(name, data[: 8 + cut % (len(data) - 8)])  # before that it shows no format


@pytest.mark.parametrize("kind", ["zip", "tar", "7z"])
@given(data=st.data())
def test_any_bytes(kind: str, data: st.DataObject) -> None:
    """Noise in every field, cut out and put in twice, never raises and is never silent."""
    whole = {"zip": WHOLE["zip"], "tar": tarred(FILES), "7z": WHOLE["7z packed header"]}[kind]
    noisy = bytearray(whole)
    for _change in range(data.draw(st.integers(1, 6))):
        at, size = data.draw(st.integers(8, len(whole))), data.draw(st.integers(0, 40))
        noisy[at : at + data.draw(st.sampled_from([size, 0]))] = data.draw(st.binary(min_size=size, max_size=size))
    read(bytes(noisy))


@given(st.binary(max_size=400), st.sampled_from(["zip", "7z", "tar"]))
def test_headers_of_noise(noise: bytes, kind: str) -> None:
    """Noise where a header is expected, with the checksum that belongs to it, never raises."""
    if kind == "7z":
        start = pack("<QQL", 0, len(noise), zlib.crc32(noise))
        read(b"7z\xbc\xaf'\x1c\0\4" + pack("<L", zlib.crc32(start)) + start + noise)
    elif kind == "zip":
        read(b"PK\3\4" + noise + b"PK\5\6" + bytes(4) + b"\1\0\1\0" + pack("<LLH", len(noise), 4, 0))
    else:
        block = bytearray(noise.ljust(512, b"7")[:512])
        block[148:156] = b" " * 8
        block[148:156] = b"%06o\0 " % sum(block)
        read(bytes(block) + noise)


_PROBE = """
import sys
from pytest_genomic_guard.cli.main import main
status = main(["scan", "--format", "json", sys.argv[1]])
with open("/proc/self/status", encoding="utf-8") as told:  # getrusage would tell what the parent had when it forked
    print(next(int(line.split()[1]) // 1024 for line in told if line.startswith("VmHWM")), file=sys.stderr)
raise SystemExit(status)
"""


def scanned(folder: Path, data: bytes) -> tuple[set[str], int]:
    """Scan one file as a user does; return the reasons of the gaps, and the memory that was taken in MiB."""
    import json  # noqa: PLC0415

    (folder / "bomb").write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-I", "-c", _PROBE, str(folder)], cwd=folder, capture_output=True, check=False, timeout=300
    )
    assert b"Traceback" not in done.stderr, done.stderr
    return {gap["reason"] for gap in json.loads(done.stdout)["gaps"]}, int(done.stderr.split()[-1])


def _quine() -> bytes:
    """Return nested archives without end in sight: sixteen in one, sixteen times over, as in 42.zip."""
    data = zipped({"a": bytes(1 << 20)})
    for _layer in range(3):
        data = zipped({str(number): data for number in range(16)})
    return data


def _many(count: int) -> bytes:
    """Return a zip archive with so many empty members that share one name."""
    local = pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 33, 0, 0, 0, 1, 0) + b"a"
    record = b"".join(
        pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, at * len(local)) + b"a"
        for at in range(count)
    )
    start, size = count * len(local), len(record)
    end64 = pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, start)
    locator = pack("<4sLQL", b"PK\6\7", 0, start + size, 1)
    return local * count + record + end64 + locator + b"PK\5\6" + bytes(4) + b"\xff" * 12 + bytes(2)


def _shared() -> bytes:
    """Return a zip archive of which a thousand members are one and the same kernel of zeros."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("kernel", bytes(10 << 20))
        for number in range(1000):
            info = zipfile.ZipInfo(str(number))
            first = archive.filelist[0]
            info.compress_type, info.CRC, info.compress_size, info.file_size = 8, first.CRC, first.compress_size, first.file_size
            info.header_offset, info.date_time = first.header_offset, first.date_time
            archive.filelist.append(info)
    return out.getvalue()


def _gzips() -> bytes:
    return zipped({str(number): gzip.compress(bytes(40 << 20)) for number in range(4)})


def _dictionary() -> bytes:
    """Return an xz stream whose block header asks for a dictionary of a gibibyte, with the right checksum."""
    data = bytearray(lzma.compress(TEXT))
    at = data.index(b"\x21\x01", 12)
    data[at + 2] = 36
    size = (data[12] + 1) * 4
    data[12 + size - 4 : 12 + size] = pack("<L", zlib.crc32(data[12 : 12 + size - 4]))
    return bytes(data)


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zip in zip in zip": ("ratio", _quine),
    "a million members": ("too-many", lambda: _many(10**6)),
    "members that share bytes": ("overlap", _shared),
    "gzip in zip": ("ratio", _gzips),
    "a dictionary of a gibibyte": ("too-large", _dictionary),
    "a hundred mebibytes of zeros in xz": ("ratio", lambda: lzma.compress(bytes(100 << 20), preset=1)),
    "a hundred mebibytes of zeros in bzip2": ("ratio", lambda: bz2.compress(bytes(100 << 20))),
    "base64 of a bomb": ("ratio", lambda: b"x = " + base64.b64encode(gzip.compress(bytes(100 << 20))) + b"\n"),
    "a great deal of base64": ("too-large", lambda: b"\n".join([base64.b64encode(TEXT * 4000).rstrip(b"=")] * 40) + b"\n"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bomb(name: str, tmp_path: Path) -> None:
    """A bomb is told by its reason, within the memory that any scan may take."""
    reason, make = BOMBS[name]
    reasons, memory = scanned(tmp_path, make())
    assert reason in reasons
    assert memory < 220


def test_large_archive(tmp_path: Path) -> None:
    """Of a large archive of weights, with an archive in it that must be read by its end, little is in memory at a time."""
    noise = random.Random(7).randbytes(1 << 20)  # noqa: S311 - no secret
    inner = zipped({"weights": (b"\0\1" + noise) * 20, "notes.txt": TEXT}, zipfile.ZIP_STORED)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number in range(4):
            archive.writestr(f"{number}.bin", (b"\0\1" + noise) * 50)
            archive.writestr(f"{number}.zip", inner)
    data = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "a.zip").unlink()
    reasons, memory = scanned(tmp_path, data)
    assert not reasons
    assert memory < 150


def test_staged_archive_in_an_archive(tmp_path: Path) -> None:
    """Git gives one blob at a time; an archive that has to be opened again while another is read is read all the same."""
    noise = random.Random(8).randbytes(9 << 20)  # noqa: S311 - no secret
    inner = zipped({"weights": noise, "calls.vcf": samples.vcf(samples=2)}, zipfile.ZIP_STORED)
    (tmp_path / "a.zip").write_bytes(zipped({"1.zip": inner, "2.zip": inner, "3.vcf": samples.vcf(samples=5)}, zipfile.ZIP_STORED))
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    for words in (["init", "-q"], ["add", "a.zip"]):
        subprocess.run(["git", *words], cwd=tmp_path, env=env, check=True)
    command = [sys.executable, "-I", "-m", "pytest_genomic_guard.hooks.everything", "a.zip"]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "RUN101" not in done.stdout
    for place, count in (("zip, member 1, zip, member 2", 2), ("zip, member 2, zip, member 2", 2), ("zip, member 3", 5)):
        assert f"{place}, line 4\n" in done.stdout, done.stdout
        assert f"of {count} people" in done.stdout
