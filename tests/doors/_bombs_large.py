"""Documents, long lines, weights and folders that were made to hurt: each maker writes a file, and needs little memory itself."""

from __future__ import annotations

import json
import os
import zipfile
from struct import pack
from typing import TYPE_CHECKING

from _bombs import leak, many_members

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path


def cells(path: Path) -> None:
    """Write a notebook of a hundred thousand cells; the last one shows a leak."""
    cell: dict[str, object] = {"cell_type": "code", "execution_count": None, "metadata": {}, "source": "x = 1", "outputs": []}
    last = {**cell, "outputs": [{"output_type": "stream", "name": "stdout", "text": leak().decode().splitlines(keepends=True)}]}
    start, _mark, end = json.dumps({"cells": ["MARK"], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).partition('"MARK"')
    with path.open("w", encoding="utf-8") as out:
        out.write(start + (json.dumps(cell) + ",\n") * 99_999 + json.dumps(last) + end)


def nested(path: Path) -> None:
    """Write JSON nested a hundred thousand deep, with a leak at its bottom."""
    start, end = (b'{"cells": ', b"}") if path.suffix == ".ipynb" else (b"", b"")
    text = json.dumps(leak().decode()).encode()
    path.write_bytes(start + b"[\n" * 100_000 + text + b"\n]" * 100_000 + end)


_ENTITIES = (
    '<!DOCTYPE x [<!ENTITY e0 "laughter">'
    + "".join(f'<!ENTITY e{level + 1} "{f"&e{level};" * 10}">' for level in range(9))
    + '<!ENTITY file SYSTEM "file:///etc/passwd">]>'
)


def entities(path: Path) -> None:
    """Write a document whose entities make a gigabyte of eight letters, and name a file of the machine."""
    page = {".svg": "<svg xmlns='http://www.w3.org/2000/svg'><text>{}</text></svg>", ".html": "<html><body>{}</body></html>"}
    if path.suffix == ".xlsx":
        sheet = (
            '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&e9;&file;</t></is></c></row></sheetData></worksheet>'
        )
        workbook(path, _ENTITIES + sheet)
    else:
        path.write_text('<?xml version="1.0"?>' * (path.suffix == ".svg") + _ENTITIES + page[path.suffix].format("&e9;&file;"))


def workbook(path: Path, sheet: str, strings: str = "<sst/>") -> None:
    """Write a workbook of one sheet."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {space} xmlns:r="{relations}"><sheets><sheet name="x" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        target = f'<Relationship Id="rId1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>'
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{target}</Relationships>")
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        archive.writestr("xl/sharedStrings.xml", strings)


def columns(path: Path) -> None:
    """Write a sheet of a million columns, and a row under them."""
    rows = "".join(f'<row r="{row}">' + "".join(f"<c><v>{at}</v></c>" for at in range(10**6)) + "</row>" for row in (1, 2))
    workbook(path, f"<worksheet><sheetData>{rows}</sheetData></worksheet>")


def shared(path: Path) -> None:
    """Write a sheet of 300,000 cells that all show one long text: nine gigabytes, to whoever writes them out."""
    rows = '<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>' * 150_000
    text = "x" * 30_000
    workbook(path, f"<worksheet><sheetData>{rows}</sheetData></worksheet>", f"<sst><si><t>{text}</t></si></sst>")


def line(path: Path, size: int) -> None:
    """Write one line of words, with forty rows of two people in its middle."""
    words = samples.prose(20_000).replace(b"\n", b" ")
    with path.open("wb") as out:
        while out.tell() < size // 2:
            out.write(words)
        out.write(samples.vcf(samples=2, variants=40, header="none").replace(b"\n", b" "))
        while out.tell() < size:
            out.write(words)


def weight(path: Path) -> None:
    """Write a safetensors file of 500 MB that takes no disk."""
    told = json.dumps({"w": {"dtype": "F32", "shape": [124_999_975], "data_offsets": [0, 499_999_900]}}).encode().ljust(92)
    with path.open("wb") as out:
        out.write(pack("<Q", len(told)) + told)
        out.truncate(500_000_000)


def hollow(path: Path) -> None:
    """Write what begins and ends as Parquet does, with nothing in 200 MB between."""
    with path.open("wb") as out:
        out.write(b"PAR1")
        out.truncate(200_000_000)
        out.seek(0, os.SEEK_END)
        out.write(pack("<L", 1000) + b"PAR1")


def deep(tree: Path, depth: int) -> None:
    """Make folders in folders, and a leak at their bottom; the path may be longer than the system takes at once."""
    at = os.open(tree, os.O_RDONLY)
    for _level in range(depth):
        os.mkdir("d", dir_fd=at)
        below = os.open("d", os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = below
    file = os.open("x.vcf", os.O_WRONLY | os.O_CREAT, dir_fd=at)
    os.write(file, leak())
    os.close(file)
    os.close(at)


def findings(path: Path) -> None:
    """Write a zip archive of a hundred thousand call sets."""
    many_members(path, 100_000, samples.vcf(samples=1, variants=1, header="columns"))
