"""Which format a file of rows has, and its reader."""

from __future__ import annotations

import io

from pytest_genomic_guard.metrics.nouns import Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, BinaryIO, Protocol

    from pytest_genomic_guard.metrics.nouns import Kind

    class Reader(Protocol):
        """A file of rows that was opened."""

        @property
        def header(self) -> tuple[str, ...]:
            """Return the names of its columns."""

        def blocks(self, wanted: Mapping[str, Kind], rows: int) -> Iterator[tuple[int, dict[str, Any]]]:
            """Yield how many rows there are in a block, and their raw cells by column. Raises `Unusable`."""


COLUMNS = 100_000
_HEAD = 64
_MAGIC = (
    (b"PK\x03\x04", "npz"),
    (b"PK\x05\x06", "npz"),
    (b"\x93NUMPY", "npy"),
    (b"PAR1", "parquet"),
    (b"ARROW1", "arrow"),
    (b"\xff\xff\xff\xff", "stream"),
)
_NAMED = {"json": "json", "jsonl": "lines", "ndjson": "lines", "csv": "delimited", "tsv": "delimited", "tab": "delimited"}
_NEVER = ("pkl", "pickle", "joblib", "pt", "pth")


def opened(source: Any, name: str | bytes) -> Reader:
    """Return the reader of a seekable file, or of bytes. Raises `Unusable`."""
    file: BinaryIO = io.BytesIO(source) if isinstance(source, (bytes, bytearray, memoryview)) else source
    form = form_of(file, name)
    if form in {"npz", "npy"}:
        from pytest_genomic_guard.evidence import rowarrays  # noqa: PLC0415 - each format on demand

        return rowarrays.ArrayFile(file, form)
    if form in {"parquet", "arrow", "stream"}:
        from pytest_genomic_guard.evidence import rowarrow  # noqa: PLC0415 - as above

        return rowarrow.ArrowFile(file, form)
    if form in {"json", "lines"}:
        from pytest_genomic_guard.evidence import rowjson  # noqa: PLC0415 - as above

        return rowjson.JsonFile(file, lines=form == "lines")
    from pytest_genomic_guard.evidence import rowdelimited  # noqa: PLC0415 - as above

    return rowdelimited.DelimitedFile(file, tabs=not ending(name).startswith("c"))


def form_of(file: BinaryIO, name: str | bytes) -> str:
    """Return the format of a file by its first bytes, else by its name; text of other names is taken for delimited."""
    file.seek(0)
    head = file.read(_HEAD)
    end = ending(name)
    form = next((form for magic, form in _MAGIC if head.startswith(magic)), "")
    if form:
        return form
    if end in _NEVER or head.startswith((b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05")):
        raise Unusable("pickles are never loaded; write the rows as npz, csv or parquet")
    if head.startswith(b"FEA1"):
        raise Unusable("the file is of the first version of Feather, which pyarrow no longer reads: write it again")
    if head.startswith(b"\x1f\x8b") or end in {"gz", "zst", "bz2", "xz"}:
        raise Unusable("the file is compressed: rows are read from plain text, npz or parquet")
    return _NAMED.get(end, "delimited")


def ending(name: str | bytes) -> str:
    """Return what stands behind the last dot of a name, in lower case."""
    text = name.decode("utf-8", "replace") if isinstance(name, bytes) else name
    return text.rpartition("/")[2].rpartition(".")[2].lower()


def one_of(header: tuple[str, ...], name: str) -> int:
    """Return where a column stands. Raises `Unusable` where it is not there, or twice."""
    count = header.count(name)
    if count > 1:
        raise Unusable(f"there is more than one column {name!r}")
    if not count:
        from pytest_genomic_guard.evidence.rownames import absent  # noqa: PLC0415 - for a mistake alone

        raise Unusable(absent(name, header))
    return header.index(name)
