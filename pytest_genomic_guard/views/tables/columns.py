"""The columns of records whose keys differ, each under its name with dots, and their rows."""

from __future__ import annotations

from pytest_genomic_guard.views.tables.table import CELLS, DataTable, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.views.tables.table import Format, Numbered

    Trail = tuple[str, ...]

_DEPTH = 16  # of objects in a record that become columns, such as name.0.family; a resource of FHIR has up to nine
_NESTED: frozenset[type] = frozenset({dict, list})
_TEXT: frozenset[type] = frozenset({str})


class Columns:
    """The columns of records, in the order in which their names turn up, within the bound for cells that are filled up."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.rows = self._cells = 0
        self._whole = True

    def add(self, value: Any) -> None:
        """Take the columns of one more record."""
        self.rows += 1
        if isinstance(value, dict) and self.names.keys() == value.keys() and not _NESTED.intersection(map(type, value.values())):
            self._cells += len(value)  # as most records are like the others
            return
        for name, _cell in _flat(value):
            self._cells += 1
            if name not in self.names:
                if (len(self.names) + 1) * self.rows > CELLS + 2 * self._cells:
                    self._whole = False
                else:
                    self.names[name] = len(self.names)
        self._whole = self._whole and not _deep(value)

    def maker(self, values: Any) -> Any:
        """Return what makes the rows of records, given what makes pairs of a line and a record."""
        width = len(self.names)
        if width * self.rows > 4 * CELLS + 4 * self._cells:  # narrow at first, wide at the end
            self._whole = False

        def make() -> Numbered:
            names = tuple(self.names)
            for line, value in values():
                if self._whole and isinstance(value, dict) and len(value) == width and tuple(value) == names:
                    cells = tuple(value.values())
                    kinds = set(map(type, cells))
                    if kinds == _TEXT:
                        yield line, cells
                        continue
                    if not _NESTED & kinds:
                        yield line, tuple(map(shown, cells))
                        continue
                flat = list(_flat(value))
                row = [""] * (width if self._whole else min(width, 4 * len(flat) + 64))
                for name, cell in flat:
                    at = self.names.get(name, width)
                    if at < len(row):
                        row[at] = cell
                yield line, tuple(row)

        return make

    def table(self, artifact: Artifact, trail: Trail, form: Format, source: Source, *, complete: bool = True) -> DataTable:
        """Return the table."""
        whole = complete and self._whole
        return DataTable(artifact=artifact, trail=trail, format=form, header=tuple(self.names), source=source, complete=whole)


def shown(value: Any) -> str:
    """Return a scalar as JSON writes it, without quotes; nothing for null."""
    return "" if value is None else value if isinstance(value, str) else str(value).lower()


def _items(value: Any) -> Iterable[tuple[str, Any]]:
    """Return the parts of an object or list with their keys or numbers."""
    if isinstance(value, dict):
        return value.items()
    return ((str(number), each) for number, each in enumerate(value))


def _flat(value: Any, prefix: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the scalars of a record with dotted names."""
    if not isinstance(value, (dict, list)):
        yield prefix, shown(value)
        return
    for key, each in _items(value):
        name = f"{prefix}.{key}" if prefix else key
        if not isinstance(each, (dict, list)):
            yield name, shown(each)
        elif depth < _DEPTH:
            yield from _flat(each, name, depth + 1)


def _deep(value: Any, depth: int = 0) -> bool:
    """Tell whether a record is deeper than its columns go."""
    if not isinstance(value, (dict, list)):
        return False
    return depth > _DEPTH or any(_deep(each, depth + 1) for _key, each in _items(value))
