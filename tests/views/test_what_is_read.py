"""What is read, in one table: each kind of content around an invented call set, and what a scan of it must say.

All are made by programs and libraries that are not ours.

``found`` with the place: the call set is a finding there. ``gap REASON``: that it could not be read is told, and fails. ``opaque``
and ``partial``: counted as such, so that nothing is passed over in silence. Several outcomes of one file stand with semicolons;
``partial or full``, and ``partial, or found``, depend on whether the libraries of the extra ``tables`` are there.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import _independent as by
import _independent_formats as form
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "sources"))

from _scratch import Repo, hook, scan

from pytest_genomic_guard.model import COVERAGES
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

# fmt: off
TABLE: tuple[tuple[str, by.Maker, str], ...] = (
    # Text: every encoding, every line end
    ("utf-8.vcf", lambda data: data, "found"),
    ("utf-8-mark.vcf", by.iconv("UTF-8", mark=True), "found"),
    ("utf-16-le.vcf", by.iconv("UTF-16LE"), "found"),
    ("utf-16-le-mark.vcf", by.iconv("UTF-16LE", mark=True), "found"),
    ("utf-16-be.vcf", by.iconv("UTF-16BE"), "found"),
    ("utf-16-be-mark.vcf", by.iconv("UTF-16BE", mark=True), "found"),
    ("utf-32-le.vcf", by.iconv("UTF-32LE"), "found"),
    ("utf-32-le-mark.vcf", by.iconv("UTF-32LE", mark=True), "found"),
    ("utf-32-be.vcf", by.iconv("UTF-32BE"), "found"),
    ("utf-32-be-mark.vcf", by.iconv("UTF-32BE", mark=True), "found"),
    ("latin-1.vcf", by.iconv("ISO-8859-1"), "found"),
    ("cp1252.vcf", by.iconv("CP1252"), "found"),
    ("mac.vcf", by.iconv("MACINTOSH"), "found"),
    ("gb18030.vcf", by.iconv("GB18030"), "found"),
    ("no-final-newline.vcf", bytes.rstrip, "found"),
    ("crlf.vcf", by.replaced(b"\n", b"\r\n"), "found"),
    ("cr.vcf", by.replaced(b"\n", b"\r"), "found"),
    ("utf-16-crlf.vcf", by.then(by.replaced(b"\n", b"\r\n"), by.iconv("UTF-16")), "found"),
    ("utf-16-cr.vcf", by.then(by.replaced(b"\n", b"\r"), by.iconv("UTF-16LE")), "found"),
    ("empty.txt", lambda _data: b"", "full"),
    ("prose.txt", lambda _data: by.QUIET, "full"),

    # Compressed
    ("a.gz", by.GZIP, "found in gzip"),
    ("named.gz", by.gzip_named, "found in gzip"),
    ("two.gz", lambda data: by.GZIP(by.QUIET) + by.GZIP(data), "found in gzip"),
    ("a.bgz", by.BGZIP, "found in gzip"),
    ("a.bz2", by.BZIP2, "found in bzip2"),
    ("a.xz", by.XZ, "found in xz"),
    ("a.zst", by.ZSTD, "found in zstd"),
    ("utf-16.gz", by.then(by.iconv("UTF-16"), by.GZIP), "found in gzip"),
    ("gz.xz", by.then(by.GZIP, by.XZ), "found in xz > gzip"),
    ("five.gz", by.then(*[by.GZIP] * 5), "gap too-deep"),
    ("cut.gz", lambda _data: by.GZIP(by.QUIET)[:-9], "gap truncated"),
    ("a.lz4", by.LZ4, "gap container"),
    ("a.lzma", by.LZMA, "found in lzma"),
    ("a.lz", by.LZIP, "gap container"),
    ("a.Z", by.compressed, "gap container"),

    # Archives
    ("a.zip", by.ZIP, "found in zip > member 1"),
    ("own.zip", by.zipped, "found in zip > member 1"),
    ("encrypted.zip", by.ZIP_ENCRYPTED, "gap encrypted"),
    ("encrypted-aes.zip", by.ZIP_AES, "gap encrypted"),
    ("lzma.zip", by.ZIP_LZMA, "found in zip > member 1"),
    ("bzip2.zip", by.ZIP_BZIP2, "found in zip > member 1"),
    ("deflate64.zip", by.ZIP_DEFLATE64, "gap method"),
    ("first-volume.z01", by.ZIP_FIRST, "gap split"),
    ("last-volume.zip", by.ZIP_LAST, "partial"),
    ("a.7z", by.SEVENZ, "found in 7z > member 2"),
    ("solid.7z", by.SEVENZ_SOLID, "found in 7z > member 2"),
    ("stored.7z", by.SEVENZ_STORED, "found in 7z > member 1"),
    ("bzip2.7z", by.SEVENZ_BZIP2, "found in 7z > member 1"),
    ("ppmd.7z", by.SEVENZ_PPMD, "gap method"),
    ("encrypted.7z", by.SEVENZ_ENCRYPTED, "gap encrypted"),
    ("hidden-names.7z", by.SEVENZ_HIDDEN, "gap encrypted"),
    ("first-volume.7z.001", by.SEVENZ_FIRST, "gap truncated"),
    ("last-volume.7z.002", by.SEVENZ_LAST, "found; partial"),
    ("a.rar", by.rar, "gap container"),
    ("a.cab", by.cabinet, "gap container"),
    ("a.tar", by.TAR, "found in tar > member 2"),
    ("v7.tar", by.TAR_V7, "found in tar > member 1"),
    ("pax.tar", by.TAR_PAX, "found in tar > member 1"),
    ("a.tar.gz", by.then(by.TAR, by.GZIP), "found in gzip > tar > member 2"),
    ("zip.tar.gz", by.then(by.ZIP, by.TAR, by.GZIP), "found in gzip > tar > member 2 > zip > member 1"),
    ("gz.7z", by.then(by.GZIP, by.SEVENZ), "found in 7z > member 2 > gzip"),

    # Base64 in text
    ("base64.json", by.in_json, "found in line 3 > base64"),
    ("data-uri.html", by.data_uri, "found in line 1 > base64"),
    ("gz-base64.json", by.then(by.GZIP, by.in_json), "found in line 3 > base64 > gzip"),
    ("mail.eml", by.mime, "found in line 17 > base64 > gzip"),

    # Notebooks and documents
    ("stream.ipynb", form.notebook("stream"), "found in notebook > cell 2 > output 1"),
    ("plain.ipynb", form.notebook("text/plain"), "found in notebook > cell 2 > output 1 > text/plain"),
    ("html.ipynb", form.notebook("text/html"), "found in notebook > cell 2 > output 1 > text/html"),
    ("source.ipynb", form.notebook("source"), "found in notebook > cell 2 > source"),
    ("attachment.ipynb", form.notebook("attachment"), "found in notebook > cell 2 > attachment 1 > text/plain"),
    ("metadata.ipynb", form.notebook("metadata"), "found in notebook > cell 2 > metadata"),
    ("version-3.ipynb", form.notebook_3, "found in notebook > cell 2 > output 1"),
    ("broken.ipynb", form.notebook_broken, "found; gap notebook"),
    ("ipynb.zip", form.notebook_in_zip, "found in zip > member 1 > notebook > cell 2 > output 1"),
    ("page.html", by.page, "found in html"),
    ("a.xlsx", form.xlsx, "found in zip > xlsx > sheet 2"),
    ("hidden-sheet.xlsx", form.xlsx_hidden, "found in zip > xlsx > sheet 2"),
    ("a.docx", form.docx, "found in zip > member 2 > text"),
    ("a.pdf", form.pdf, "partial"),

    # Databases, tables, arrays
    ("a.sqlite", form.sqlite, "found; found in sqlite > table 1 > row 1"),
    ("a.parquet", form.parquet, "partial, or found in parquet > table 1"),
    ("a.feather", form.arrow("feather"), "partial, or found in feather > table 1"),
    ("a.arrow", form.arrow("arrow"), "partial, or found in arrow > table 1"),
    ("a.h5", form.hdf5, "found; partial, or found in hdf5 > table 1 > row 1"),
    ("a.npy", form.npy, "partial or full"),
    ("a.npz", form.npz, "found in zip > member 2; partial or full"),
    ("a.rds", form.rds, "found in gzip; partial, or found in gzip > rds > table 1 > row 4"),

    # Models
    ("a.pkl", form.pickled, "found in pickle; partial"),
    ("a.joblib", form.joblib, "found in zlib > pickle; partial"),
    ("a.safetensors", form.safetensors, "found; verdict-by-header"),
    ("a.gguf", form.gguf, "found; partial"),
    ("a.pt", form.torch, "found in zip > member 1 > pickle; partial"),
    ("tokenizer.json", form.tokenizer, "found"),

    # Media, programs, and what nobody knows
    ("a.png", form.png, "opaque; found"),
    ("a.jpg", form.behind(b"\xff\xd8\xff\xe0\0\x10JFIF\0"), "opaque; found"),
    ("a.mp4", form.behind(b"\0\0\0\x20ftypisom"), "opaque; found"),
    ("a.so", form.behind(b"\x7fELF\2\1\1\0"), "opaque; found"),
    ("junk.bin", form.behind(bytes(range(256)) * 4), "found; partial"),
)
# fmt: on


def seen(report: Any, name: str) -> set[str]:
    """Return what a report on one file says, in the words of the table."""
    places = {" > ".join(each["trail"]) for each in report["findings"] if each["code"] == "GEN101" and each["path"] == name}
    gaps = {f"gap {each['reason']}" for each in report["gaps"] if each["path"] == name}
    return {f"found in {place}" if place else "found" for place in places} | gaps


def level(report: Any) -> str:
    """Return the coverage of the one file of a report."""
    (found,) = [each for each, count in report["scanned"]["coverage"].items() if count]
    return str(found)


def levels(says: str) -> set[str]:
    """Return the coverage that a line of the table allows."""
    words = set(says.replace(", or found", " or full; found").split("; "))
    if any(each.startswith("gap") for each in words):
        return {"unread"}
    named = {each for word in words for each in word.split(" or ") if each in COVERAGES}
    return named or {"full", "verdict-by-header"}


@pytest.mark.parametrize(("name", "make", "says"), TABLE, ids=[name for name, _make, _says in TABLE])
def test_what_is_read(tmp_path: Path, name: str, make: by.Maker, says: str) -> None:
    """A scan of the file says what the table says, and what it does not read it counts so."""
    (tmp_path / name).write_bytes(make(by.leak()))
    ran = scan(name, cwd=tmp_path)
    extra = level(ran.json) == "full"  # where an outcome depends on the extra, the file is read in part without it
    told = {each.removeprefix("partial, or ") for each in says.split("; ") if extra or not each.startswith("partial, or ")}
    assert seen(ran.json, name) == {each for each in told if each.startswith(("found", "gap"))}
    assert level(ran.json) in levels(says)


LARGE = 500_000_000


def pointer(size: int) -> bytes:
    """Return what git-lfs commits in place of a file."""
    return b"version https://git-lfs.github.com/spec/v1\noid sha256:%b\nsize %d\n" % (samples.hexadecimal(), size)


def staged(repo: Repo, mode: str, name: str, content: bytes) -> None:
    """Put an entry into the index alone."""
    blob = repo.git("hash-object", "-w", "--stdin", stdin=content).decode().strip()
    repo.git("update-index", "--add", "--cacheinfo", f"{mode},{blob},{name}")


def _pointer(repo: Repo) -> None:
    repo.add("x", pointer(1234))


def _checked_out(repo: Repo) -> None:
    staged(repo, "100644", "x", pointer(LARGE))
    with (repo.root / "x").open("wb") as weight:
        weight.write(samples.binary(5000))
        weight.truncate(5_000_000)


def _checked_out_leak(repo: Repo) -> None:
    staged(repo, "100644", "x", pointer(LARGE))
    repo.write("x", by.GZIP(by.leak()))


def _submodule(repo: Repo) -> None:
    (repo.root / "x").mkdir()
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{samples.hexadecimal(40).decode()},x")


def _link(repo: Repo) -> None:
    (repo.root / "x").symlink_to("/etc/hostname")
    repo.git("add", "x")


def _link_of_a_leak(repo: Repo) -> None:
    os.symlink(by.leak(), os.fsencode(repo.root / "x"))
    repo.git("add", "x")


HELD: dict[str, tuple[Callable[[Repo], None], str]] = {
    "git-lfs pointer": (_pointer, "partial"),
    "weight behind a git-lfs pointer": (_checked_out, "partial"),
    "leak behind a git-lfs pointer": (_checked_out_leak, "found in gzip"),
    "submodule": (_submodule, "opaque"),
    "symbolic link out of the tree": (_link, "full"),
    "leak as the target of a link": (_link_of_a_leak, "found"),
}


@pytest.mark.parametrize("name", HELD)
def test_what_git_holds(tmp_path: Path, name: str) -> None:
    """What stands in a repository and is no plain file is counted, and read where there is something to read."""
    repo = Repo(tmp_path / "repo")
    make, says = HELD[name]
    make(repo)
    report = scan(cwd=repo.root).json
    assert seen(report, "x") == {each for each in says.split("; ") if each.startswith(("found", "gap"))}
    assert level(report) in levels(says)


def test_all_at_once(tmp_path: Path) -> None:
    """In one repository all of them say the same: each file is counted once, and no file hides another one."""
    repo = Repo(tmp_path / "repo")
    made = {name: make(by.leak()) for name, make, _says in TABLE if not _lacking(make)}
    for name, data in made.items():
        repo.write(name, data)
    repo.git("add", "-A")
    report = scan(cwd=repo.root).json
    assert report["scanned"]["files"] == len(made) == sum(report["scanned"]["coverage"].values())
    for name, _make, says in TABLE:
        sure = {each for each in says.split("; ") if each.startswith(("found", "gap"))}
        assert name not in made or seen(report, name) >= sure, name


def _lacking(make: by.Maker) -> bool:
    """Tell whether the program of a row is not there; its own test is skipped by name."""
    try:
        make(by.leak())
    except pytest.skip.Exception:
        return True
    return False


@pytest.mark.parametrize("door", ["scan", "hook"])
def test_repository_of_a_model(tmp_path: Path, door: str) -> None:
    """With a PDF, a picture, Parquet, a weight behind git-lfs and a tokenizer it is not red, and every file is counted."""
    repo = Repo(tmp_path / "repo")
    repo.write("paper.pdf", form.pdf(by.QUIET))
    repo.write("figure.png", form.png(by.QUIET))
    repo.write("metrics.parquet", form.numbers())
    repo.write("tokenizer.json", form.tokenizer(by.QUIET))
    if door == "hook":  # which sees that it is a pointer to a model, and would ask for a card
        repo.write(".genomic-guard.yaml", b"version: 1\ncards: {fixtures: [model.bin]}\n")
    repo.git("add", "-A")
    staged(repo, "100644", "model.bin", pointer(LARGE))
    with (repo.root / "model.bin").open("wb") as weight:
        weight.write(samples.binary(5000))
        weight.truncate(LARGE // 10)
    if door == "hook":
        names = ["figure.png", "metrics.parquet", "model.bin", "paper.pdf", "tokenizer.json"]
        ran = hook("everything", *names, cwd=repo.root)
        assert ran.code == 0, ran.out
        assert "5 files" in ran.out, ran.out
        return
    ran = scan(cwd=repo.root)
    report = ran.json
    assert (ran.code, report["verdict"], report["gaps"]) == (0, "pass", [])
    assert {each["outcome"] for each in report["findings"]} <= {"warn", "note"}
    coverage = report["scanned"]["coverage"]
    assert report["scanned"]["files"] == sum(coverage.values()) == 5
    assert (coverage["unread"], coverage["opaque"]) == (0, 1)
    assert coverage["partial"] == len({each["path"] for each in report["findings"] if each["code"] == "RUN102"}) >= 2
