"""One table in every form in which it can be given: files of all formats, and what is in memory."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas
import polars
import pyarrow as pa
from pyarrow import feather, parquet

if TYPE_CHECKING:
    from pytest_genomic_guard.metrics.nouns import Table

WANTED: Any = {"ancestry": "label", "site": "label", "y_true": "truth", "y_pred": "truth", "score": "number"}
LABELS = ("AFR", "EUR", "EAS", "")


def columns(rows: int) -> dict[str, list[Any]]:
    """Return columns of made-up rows."""
    luck = np.random.default_rng()
    return {
        "ancestry": luck.choice(LABELS, rows).tolist(),
        "site": luck.integers(0, 12, rows).tolist(),
        "y_true": luck.integers(0, 2, rows).tolist(),
        "y_pred": (luck.random(rows) < 0.4).tolist(),
        "score": luck.normal(size=rows).tolist(),
    }


def text(given: dict[str, list[Any]], delimiter: str = ",", end: str = "\n", *, quoted: bool = False) -> str:
    """Return columns as delimited text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    writer.writerow(given)
    writer.writerows(zip(*given.values(), strict=True))
    return out.getvalue()


def arrays(given: dict[str, list[Any]]) -> dict[str, Any]:
    """Return columns as arrays."""
    return {name: np.array(each) for name, each in given.items()}


def records(given: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """Return columns as rows."""
    return [dict(zip(given, row, strict=True)) for row in zip(*given.values(), strict=True)]


def structured(given: dict[str, list[Any]]) -> Any:
    """Return columns as a structured array."""
    each = arrays(given)
    made = np.empty(len(next(iter(each.values()))), [(name, array.dtype) for name, array in each.items()])
    for name, array in each.items():
        made[name] = array
    return made


def files(given: dict[str, list[Any]]) -> dict[str, bytes]:
    """Return columns as files, by name."""
    table = pa.table(given)
    frame = pandas.DataFrame(given)
    stream = io.BytesIO()
    with pa.ipc.new_stream(stream, table.schema) as writer:
        writer.write_table(table)
    return {
        "plain.csv": text(given).encode(),
        "marked.csv": b"\xef\xbb\xbf" + text(given, ";", "\r\n").encode(),
        "quoted.tsv": text(given, "\t", quoted=True).encode(),
        "returns.csv": text(given, end="\r").encode(),
        "wide.csv": text(given).encode("utf-16"),
        "bars.txt": text(given, "|").encode(),
        "rows.jsonl": "\n".join(map(json.dumps, records(given))).encode(),
        "rows.json": json.dumps(records(given)).encode(),
        "columns.json": json.dumps(given).encode(),
        "lines.json": ("\n".join(map(json.dumps, records(given))) + "\n").encode(),
        "stored.npz": _saved(np.savez, **arrays(given)),
        "packed.npz": _saved(np.savez_compressed, **arrays(given)),
        "structured.npy": _saved(np.save, structured(given)),
        "rows.parquet": _saved(lambda out: parquet.write_table(table, out)),
        "categories.parquet": _saved(lambda out: _categories(frame).to_parquet(out)),
        "rows.feather": _saved(lambda out: feather.write_feather(table, out)),
        "rows.arrows": stream.getvalue(),
    }


def things(given: dict[str, list[Any]]) -> dict[str, Any]:
    """Return columns as what programs have in memory."""
    frame, table = pandas.DataFrame(given), pa.table(given)
    return {
        "pandas": frame,
        "pandas, categories": _categories(frame),
        "pandas, nullable": frame.convert_dtypes(),
        "pandas, arrow": frame.convert_dtypes(dtype_backend="pyarrow"),
        "pandas, objects": frame.astype(object),
        "polars": polars.DataFrame(given),
        "polars, categories": polars.DataFrame(given).with_columns(polars.col("ancestry").cast(polars.Categorical)),
        "pyarrow": table,
        "pyarrow, chunks": pa.concat_tables([table.slice(0, 7), table.slice(7)]),
        "pyarrow, categories": pa.Table.from_pandas(_categories(frame)),
        "pyarrow, batch": table.combine_chunks().to_batches()[0],
        "dict of lists": given,
        "dict of tuples": {name: tuple(each) for name, each in given.items()},
        "dict of arrays": arrays(given),
        "dict of series": {name: frame[name] for name in frame},
        "dict of arrow": {name: table[name] for name in table.column_names},
        "list of dicts": records(given),
        "structured array": structured(given),
        "a stream of arrow": Stream(table),
    }


class Stream:
    """Some library's frame, of which is known that it gives Arrow."""

    def __init__(self, table: Any) -> None:
        """Take a table of pyarrow."""
        self._table = table

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """Give the table."""
        return self._table.__arrow_c_stream__(requested_schema)


def figures(table: Table) -> list[tuple[Any, ...]]:
    """Return a table as bytes and labels, to be compared."""
    found: list[tuple[Any, ...]] = [("rows", table.rows)]
    for name, each in sorted(table.columns.items()):
        for field in ("numbers", "codes"):
            array = getattr(each, field)
            found.append((name, field, None if array is None else (str(array.dtype), array.tobytes()), each.labels))
    return found


def _categories(frame: Any) -> Any:
    return frame.astype({name: "category" for name in frame if name in {"ancestry", "g"}})


def _saved(save: Any, *given: Any, **named: Any) -> bytes:
    out = io.BytesIO()
    save(out, *given, **named)
    return out.getvalue()
