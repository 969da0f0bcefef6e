"""What the fixture `genomic_guard` asks of the engine. Loaded by tests that use it, and by no others."""

from __future__ import annotations

import os

from pytest_genomic_guard._pytest_guard import told
from pytest_genomic_guard.engine import Engine
from pytest_genomic_guard.model import REASONS
from pytest_genomic_guard.policy import Policy
from pytest_genomic_guard.registry import Plan, Registry
from pytest_genomic_guard.reporters.text import SHOWN, printable
from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.sources.worktree import Directory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.model import Snapshot


def complaint(thing: object) -> str | None:
    """Scan one thing in this process and say what is wrong with it, or None. Raises TypeError for what cannot be scanned."""
    snapshot = _snapshot(thing)
    if isinstance(snapshot, str):
        return snapshot
    report = Engine(Plan(Registry())).run(snapshot, Policy())
    findings = [found for found in report.findings if found.outcome in {"fail", "warn"}]
    gaps = [f"{' '.join([gap.path, *gap.trail])}: {REASONS[gap.reason]}" for gap in report.gaps[:SHOWN]]
    if not findings and not gaps and not report.exit_code:
        return None
    return "\n".join(["this is not clean:", *told(findings, waive=False), *map(printable, gaps)])


def _snapshot(thing: object) -> Snapshot | str:
    """Return the thing as something to scan, or why there is nothing to scan."""
    if isinstance(thing, (bytes, bytearray, memoryview)):
        return Memory({b"bytes": bytes(thing)})
    if isinstance(thing, str):
        if "\n" not in thing and os.path.exists(thing):
            raise TypeError("a str is judged as text, and this one names a file: give pathlib.Path(...) to have the file read")
        return Memory({b"text": _encoded(thing)})
    if isinstance(thing, os.PathLike):
        return _files(os.fsencode(thing))
    contents = _table(thing) or _printed(thing) or _payload(thing)
    if contents is None:
        raise TypeError(
            "assert_clean takes a path (os.PathLike), a str, bytes, a table with to_csv, write_csv or to_pylist, a log with .text,"
            " what capsys gives, or a payload of mappings, lists, numbers and texts"
        )
    return Memory(contents)


def _files(path: bytes) -> Snapshot | str:
    full = os.path.realpath(path)  # a link is judged by what it leads to: that is what was asked about
    if not os.path.exists(full):
        return "there is nothing at this path, so it was not judged"
    try:
        if os.path.isdir(full):
            return Directory(full)
        return Directory(os.path.dirname(full), [os.path.basename(full)])
    except OSError:
        return "this folder could not be listed, so it was not judged"


def _table(thing: Any) -> dict[bytes, bytes] | None:
    """Return a table as text, or None: of pandas, of polars, of pyarrow, or of anything with the same methods."""
    if callable(getattr(thing, "to_csv", None)):
        return _tables(thing)
    if callable(getattr(thing, "write_csv", None)):
        return {b"table": _encoded(thing.write_csv())}
    if callable(getattr(thing, "to_pylist", None)):
        return _payload(thing.to_pylist())
    return None


def _printed(thing: Any) -> dict[bytes, bytes] | None:
    """Return what a test printed or logged, or got as a response, or None."""
    if callable(getattr(thing, "readouterr", None)):
        thing = thing.readouterr()
    if isinstance(text := getattr(thing, "text", None), str):
        return {b"log": _encoded(text)}
    parts = {name.encode(): getattr(thing, name, None) for name in ("out", "err")}
    if all(isinstance(part, (str, bytes)) for part in parts.values()):
        return {name: _encoded(part) if isinstance(part, str) else part for name, part in parts.items() if part is not None}
    return None


def _payload(thing: object) -> dict[bytes, bytes] | None:
    """Return a payload of a request as JSON, or None. What JSON has no form for is written as text."""
    if not isinstance(thing, (dict, list, tuple)):
        return None
    import json  # noqa: PLC0415 - for payloads only

    return {b"payload": _encoded(json.dumps(thing, default=str, ensure_ascii=False, skipkeys=False))}


def _tables(table: Any) -> dict[bytes, bytes]:
    """Return a table as text, without and with its index, which can hold sample names."""
    rendered = {b"table": table.to_csv(sep="\t", index=False), b"table with its index": table.to_csv(sep="\t")}
    if not all(isinstance(text, str) for text in rendered.values()):
        raise TypeError("to_csv(sep=..., index=...) of this table returns no text, so it cannot be judged")
    return {name: _encoded(text) for name, text in rendered.items()}


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
