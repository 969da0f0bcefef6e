"""Columns of what is in memory: DataFrames of pandas, polars and pyarrow, dicts of columns, lists of dicts, structured arrays.

None of the libraries is imported: whoever has one of their objects has them. The figures are those of `rowtables` of the same data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from pytest_genomic_guard.evidence import rowcounts, rowtables
from pytest_genomic_guard.evidence.rowcells import Coded
from pytest_genomic_guard.evidence.rowcounts import ANSWERS
from pytest_genomic_guard.evidence.rowformats import COLUMNS, one_of
from pytest_genomic_guard.metrics.nouns import Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pytest_genomic_guard.metrics.nouns import Cells, Kind, Table

_AHEAD = 1000  # rows whose keys are the columns
_STEP = 1 << 18  # rows that are turned together


def header(thing: Any) -> tuple[str, ...]:
    """Return the names of the columns. Raises `Unusable` for what holds none."""
    return _opened(thing)[0]


def table(thing: Any, wanted: Mapping[str, Kind], keys: rowtables.Keys | None = None) -> Table:
    """Return some columns, labels sorted. Raises `Unusable` as `rowtables.table`."""
    names, column = _opened(thing)
    for name in wanted:
        one_of(names, name)
    raw = {name: column(name, kind) for name, kind in wanted.items()}
    return rowtables.joined(rowtables.read(_steps(raw), wanted, keys), wanted)


def kinds(thing: Any, columns: Sequence[str] | None = None) -> dict[str, rowtables.Seen]:
    """Return what columns can be read as. Raises `Unusable`."""
    names, column = _opened(thing)
    asked = [name for name in columns or names if names.count(name) == 1]
    found: dict[str, rowtables.Seen] = {}
    for name in asked:
        try:
            raw = {name: column(name, "label")}
            found |= rowtables.seen(_steps(raw), [name])
        except Unusable:
            found[name] = rowtables.Seen(kind=None)
    return found


def _steps(raw: dict[str, Any]) -> Any:
    lengths = {name: len(each.codes) if isinstance(each, Coded) else len(each) for name, each in raw.items()}
    if len(set(lengths.values())) > 1:
        raise Unusable("the columns are not of one length: " + ", ".join(f"{name} {count:,}" for name, count in lengths.items()))
    length = max(lengths.values(), default=0)
    for first in range(0, length, _STEP):
        yield min(_STEP, length - first), {name: _part(each, first) for name, each in raw.items()}


def _part(raw: Any, first: int) -> Any:
    after = first + _STEP
    return Coded(codes=raw.codes[first:after], values=raw.values) if isinstance(raw, Coded) else raw[first:after]


def _opened(thing: Any) -> tuple[tuple[str, ...], Callable[[str, Kind], Any]]:  # noqa: PLR0911 - one return for each kind of thing
    """Return the names of columns and what gives a raw one."""
    module = type(thing).__module__.partition(".")[0]
    if module == "narwhals":
        return _opened(thing.to_native())
    if module == "polars" and hasattr(thing, "collect"):
        raise Unusable("a LazyFrame has no rows yet: collect() it first")
    if module == "polars" and hasattr(thing, "get_column"):
        return _names(thing.columns), lambda name, _kind: _series(thing.get_column(name))
    if module == "pyarrow" and hasattr(thing, "schema"):
        return _names(thing.schema.names), lambda name, kind: _plain(_joined(thing.column(name)), kind)
    if hasattr(thing, "dtypes") and hasattr(thing, "iloc"):  # pandas, or what does as pandas does
        names = _names(thing.columns)
        return names, lambda name, _kind: _series(thing.iloc[:, names.index(name)])
    if isinstance(thing, Mapping):
        keys = dict(zip(_names(thing), thing, strict=True))
        return tuple(keys), lambda name, _kind: _series(thing[keys[name]])
    fields = getattr(getattr(thing, "dtype", None), "names", None)
    if fields:
        flat = thing.reshape(-1)
        return _names(fields), lambda name, _kind: _series(flat[name])
    if hasattr(thing, "__arrow_c_stream__"):
        return _streamed(thing)
    return _records(thing)


_NOT = "this is neither a DataFrame nor a dict of columns, a list of dicts or a structured array"


def _names(names: Any) -> tuple[str, ...]:
    found = tuple(name if isinstance(name, str) else str(name) for name in names)
    if len(found) > COLUMNS:
        raise Unusable(f"there are more than {COLUMNS:,} columns")
    return found


def _streamed(thing: Any) -> tuple[tuple[str, ...], Callable[[str, Kind], Any]]:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
    except ImportError:
        raise Unusable("reading this needs pyarrow: pip install 'pytest-genomic-guard[tables]'") from None
    return _opened(pa.table(thing))


def _joined(column: Any) -> Any:
    """Return a column of pyarrow as one array."""
    if not hasattr(column, "chunks"):
        return column
    found = column.unify_dictionaries().combine_chunks()
    return found.chunk(0) if hasattr(found, "chunks") else found  # before pyarrow 17, in chunks still


def _plain(array: Any, kind: Kind) -> Any:
    """Return an array of pyarrow as a raw column; `kind` tells what will be made of it."""
    import pyarrow as pa  # noqa: PLC0415 - whoever has the array has it

    while isinstance(array, pa.ExtensionArray):
        array = array.storage
    if kind in {"label", "key"} and not pa.types.is_nested(array.type):
        coded = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
        return Coded(
            codes=coded.indices.cast(pa.int64()).fill_null(-1).to_numpy(zero_copy_only=False), values=coded.dictionary.to_pylist()
        )
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    of = array.type
    if not array.null_count and (pa.types.is_integer(of) or pa.types.is_floating(of) or pa.types.is_boolean(of)):
        return array.to_numpy(zero_copy_only=False)
    return array.to_pylist()


def _records(thing: Any) -> tuple[tuple[str, ...], Callable[[str, Kind], Any]]:
    if isinstance(thing, (str, bytes)) or not isinstance(thing, Sequence):
        raise Unusable(_NOT)
    for number, row in enumerate(thing, 1):
        if not isinstance(row, Mapping):
            raise Unusable(_NOT if number == 1 else f"row {number:,} is no dict")
    names = _names(dict.fromkeys(key for row in thing[:_AHEAD] for key in row if isinstance(key, str)))
    return names, lambda name, _kind: [row.get(name) for row in thing]


def _series(values: Any) -> Any:  # noqa: PLR0911 - one return for each kind of column
    """Return values as a raw column: an array of plain numbers, else a list, or the codes of categories."""
    categories = getattr(values, "cat", None)
    if categories is not None and hasattr(categories, "codes"):  # pandas
        return Coded(codes=categories.codes.to_numpy(), values=categories.categories.tolist())
    if hasattr(values, "combine_chunks") or type(values).__module__.partition(".")[0] == "pyarrow":
        return _joined(values).to_pylist()
    dtype = str(getattr(values, "dtype", ""))
    if hasattr(values, "to_numpy") and dtype.lower().startswith(("int", "uint", "float", "bool")) and not dtype[:1].isupper():
        return values.to_numpy()  # of pandas; where the type begins with a capital it has nulls of its own
    if hasattr(values, "null_count"):  # polars
        plain = dtype.startswith(("Int", "UInt", "Float", "Boolean")) and not values.null_count()
        return values.to_numpy() if plain else values.to_list()
    if hasattr(values, "to_list"):
        return list(values.to_list())
    if hasattr(values, "dtype") and hasattr(values, "reshape"):  # of numpy, or of what gives itself as such
        return _array(values)
    if isinstance(values, (str, bytes)) or not hasattr(values, "__iter__"):
        raise Unusable("a column is no list of values")
    return list(values)


def _array(values: Any) -> Any:
    import numpy as np  # noqa: PLC0415 - an array is there

    if isinstance(values, np.ma.MaskedArray):
        return values.tolist()  # with nothing where a value is masked
    found = np.asarray(values)
    if found.ndim != 1 and not (found.ndim == 2 and found.shape[1] == 1):
        raise Unusable("a column has more than one dimension")
    return found.reshape(-1)


def counts(
    thing: Any,
    groups: Sequence[str] | None = None,
    *,
    intersections: int = 1,
    answers: tuple[str, str] = ANSWERS,
) -> tuple[Cells, ...]:
    """Return the counts of a table of them, as `rowcounts.counts` of a file. Raises `Unusable`."""
    return rowcounts.cells(header(thing), partial(table, thing), groups, intersections=intersections, answers=answers)
