"""Notebooks, documents, databases, arrays, models and media by independent writers, around the leak of `_independent`."""

from __future__ import annotations

import base64
import importlib
import io
import json
import pickle
import sqlite3
import struct
import subprocess
import tempfile
import warnings
import zipfile
import zlib
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any

import pytest
from _independent import QUIET, zipped

if TYPE_CHECKING:
    from collections.abc import Callable


def rows(data: bytes) -> tuple[list[str], list[list[str]]]:
    """Return the column names of the leak, and its rows."""
    lines = [line.split("\t") for line in data.decode().splitlines() if not line.startswith("##")]
    return lines[0], lines[1:]


# Notebooks

nbformat: Any = importlib.import_module("nbformat")  # has no types


def _output(data: bytes, kind: str) -> Any:
    return nbformat.v4.new_output("display_data", {kind: data.decode()})


def notebook(kind: str) -> Callable[[bytes], bytes]:
    """Return a maker of a notebook of format 4 that shows the leak in an output of a type, or as its source."""

    def make(data: bytes) -> bytes:
        text = data.decode()
        output = nbformat.v4.new_output("stream", text=text) if kind == "stream" else _output(data, kind)
        cell = nbformat.v4.new_code_cell(text) if kind == "source" else nbformat.v4.new_code_cell("x", outputs=[output])
        if kind == "attachment":
            encoded = {"a.txt": {"text/plain": base64.b64encode(data).decode()}}
            cell = nbformat.v4.new_markdown_cell("![x](attachment:a.txt)", attachments=encoded)
        if kind == "metadata":
            cell = nbformat.v4.new_code_cell("x", metadata={"kept": text})
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("x"), cell])
        return str(nbformat.writes(book)).encode()

    return make


def notebook_3(data: bytes) -> bytes:
    """Return a notebook of format 3, whose cells stand in a worksheet."""
    output = nbformat.v3.new_output("stream", output_text=data.decode())
    cells = [nbformat.v3.new_text_cell("markdown", "x"), nbformat.v3.new_code_cell("x", outputs=[output])]
    book = nbformat.v3.new_notebook(worksheets=[nbformat.v3.new_worksheet(cells=cells)])
    return str(nbformat.writes(book, 3)).encode()


def notebook_in_zip(data: bytes) -> bytes:
    """Return a zip archive with a notebook as its only member."""
    return zipped(notebook("stream")(data), "a.ipynb")


def notebook_broken(data: bytes) -> bytes:
    """Return a notebook that ends in its middle."""
    whole = notebook("stream")(data)
    return whole[: whole.rindex(b"]")]


# Documents


def xlsx(data: bytes, *, hidden: bool = False) -> bytes:
    """Return a workbook by openpyxl; the leak is in its second sheet, which can be hidden."""
    import openpyxl  # noqa: PLC0415 - slow to import, as all below

    book = openpyxl.Workbook()
    sheet = book.create_sheet("more")
    names, lines = rows(data)
    for line in (names, *lines):
        sheet.append(line)
    sheet.sheet_state = "veryHidden" if hidden else "visible"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx_hidden(data: bytes) -> bytes:
    """Return a workbook whose second sheet no menu shows."""
    return xlsx(data, hidden=True)


def docx(data: bytes) -> bytes:
    """Return a document of which each paragraph is a line."""
    from xml.sax.saxutils import escape  # noqa: PLC0415

    lines = "".join(
        f"<w:p><w:r><w:t xml:space='preserve'>{escape(line)}</w:t></w:r></w:p>\n" for line in data.decode().splitlines()
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document xmlns:w='{space}'><w:body>{lines}</w:body></w:document>")
    return out.getvalue()


def pdf(data: bytes) -> bytes:
    """Return a PDF whose one stream is deflated, as all programs write them."""
    stream = zlib.compress(data)
    return b"%%PDF-1.7\n1 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream\nendobj\n%%%%EOF\n" % (
        len(stream),
        stream,
    )


# Databases, frames, arrays


def sqlite(data: bytes) -> bytes:
    """Return a database with the leak as the text of one row."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.db")
        base = sqlite3.connect(path)
        base.execute("create table notes (body text)")
        base.execute("insert into notes values (?)", (data.decode(),))
        base.commit()
        base.close()
        return path.read_bytes()


def _frame(data: bytes) -> Any:
    import pandas  # noqa: PLC0415

    names, lines = rows(data)
    return pandas.DataFrame(lines, columns=names)


def parquet(data: bytes) -> bytes:
    """Return Parquet by pyarrow, through pandas."""
    out = io.BytesIO()
    _frame(data).to_parquet(out)
    return out.getvalue()


def numbers() -> bytes:
    """Return Parquet that holds two columns of numbers."""
    import pandas  # noqa: PLC0415

    out = io.BytesIO()
    pandas.DataFrame({"epoch": range(9), "loss": [1 / (1 + at) for at in range(9)]}).to_parquet(out)
    return out.getvalue()


def arrow(kind: str) -> Callable[[bytes], bytes]:
    """Return a maker of a Feather or Arrow file by pyarrow."""

    def make(data: bytes) -> bytes:
        import pyarrow  # noqa: PLC0415
        from pyarrow import feather, ipc  # noqa: PLC0415

        table, out = pyarrow.Table.from_pandas(_frame(data)), io.BytesIO()
        if kind == "feather":
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # files of the first version are about for years to come
                feather.write_feather(table, out, version=1)
        else:
            with ipc.new_file(out, table.schema) as writer:
                writer.write_table(table)
        return out.getvalue()

    return make


def hdf5(data: bytes) -> bytes:
    """Return HDF5 by h5py, with the leak as a text."""
    import h5py  # noqa: PLC0415

    out = io.BytesIO()
    with h5py.File(out, "w") as file:
        file["notes"] = data.decode()
    return out.getvalue()


def npy(data: bytes) -> bytes:
    """Return an array of numbers by numpy; the leak is not in it, as it cannot be."""
    import numpy  # noqa: PLC0415

    out = io.BytesIO()
    numpy.save(out, numpy.arange(len(data) + 999, dtype="float64"))
    return out.getvalue()


def npz(data: bytes) -> bytes:
    """Return two arrays in a zip archive; one holds the lines of the leak."""
    import numpy  # noqa: PLC0415

    out = io.BytesIO()
    numpy.savez_compressed(out, numbers=numpy.arange(99.0), lines=numpy.frombuffer(data, dtype="uint8"))
    return out.getvalue()


def rds(data: bytes) -> bytes:
    """Return a data frame saved by R."""
    if not which("Rscript"):
        pytest.skip("Rscript is not installed, and nothing here can stand in for it")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "x.vcf").write_bytes(data)
        code = "x <- readLines('x.vcf', encoding = 'UTF-8'); saveRDS(data.frame(note = x), 'x.rds')"
        subprocess.run(["Rscript", "--vanilla", "-e", code], cwd=folder, capture_output=True, check=True, timeout=120)
        return Path(folder, "x.rds").read_bytes()


# Models


def pickled(data: bytes) -> bytes:
    """Return a pickle of Python's own."""
    return pickle.dumps({"kept": data.decode()}, 4)


def joblib(data: bytes) -> bytes:
    """Return a pickle as ``joblib.dump(compress=3)`` writes it: deflated, with a zlib header and nothing before it."""
    return zlib.compress(pickled(data), 3)


def safetensors(data: bytes) -> bytes:
    """Return a safetensors file with the leak in its metadata, by the format's own description."""
    header = {"__metadata__": {"note": data.decode()}, "w": {"dtype": "F32", "shape": [100], "data_offsets": [0, 400]}}
    told = json.dumps(header).encode()
    return struct.pack("<Q", len(told)) + told + struct.pack("<100f", *range(100))


def gguf(data: bytes) -> bytes:
    """Return a GGUF file of version 3 with one string of metadata and numbers after it."""
    key = b"general.description"
    told = struct.pack("<Q", len(key)) + key + struct.pack("<LQ", 8, len(data)) + data
    return b"GGUF" + struct.pack("<LQQ", 3, 0, 1) + told + struct.pack("<400f", *range(400))


def torch(data: bytes) -> bytes:
    """Return a checkpoint as torch.save writes it: a zip archive of a pickle, weights and a version."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("archive/data.pkl", pickled(data))
        archive.writestr("archive/data/0", struct.pack("<400f", *range(400)))
        archive.writestr("archive/version", "3\n")
    return out.getvalue()


def tokenizer(data: bytes) -> bytes:
    """Return a tokenizer of as many tokens as a small one has, with the leak among what it adds."""
    vocabulary = {word: number for number, word in enumerate(dict.fromkeys(QUIET.decode().split()))}
    return json.dumps({"version": "1.0", "model": {"type": "BPE", "vocab": vocabulary}, "added": data.decode()}).encode()


# Media and programs


def png(data: bytes) -> bytes:
    """Return a picture of one pixel, with the leak as its comment."""
    header = struct.pack(">2L5B", 1, 1, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"tEXt", b"Comment\0" + data), (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body)) for kind, body in parts
    )


def behind(magic: bytes) -> Callable[[bytes], bytes]:
    """Return a maker of a file that begins so, and holds the leak further on."""
    return lambda data: magic + bytes(64) + data
