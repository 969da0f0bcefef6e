"""Files of genotypes and of frequencies as arrays: npz, npy, or a table with a person in each row.

Imported only where a gate or a command has such files, since it needs numpy.
"""

from __future__ import annotations

import numpy as np

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.evidence import rowformats, rowmatrices, rowtables
from pytest_genomic_guard.evidence.rowcells import Coded
from pytest_genomic_guard.metrics.genomic import genotypes
from pytest_genomic_guard.metrics.nouns import Column, Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any, BinaryIO

    from pytest_genomic_guard.metrics.genomic.genotypes import Calls

    Source = tuple[BinaryIO, str | bytes]  # a seekable file, and the name that tells its format

MATRIX = "genotypes"  # the array of an npz
# What stands before the variants of a person's row, as PLINK writes it (--recode A), and as others do.
_IDS = frozenset(("fid", "iid", "pat", "mat", "sex", "phenotype", "id", "sample", "sample_id", "individual", "person", "person_id"))
_RELEASED = ("frequencies", "frequency", "freq", "af", "alt_freqs")
_REFERENCE = ("reference", "reference_frequencies", "ref_frequencies")


class People(Record):
    """Genotypes of people, and what is told of them."""

    calls: Calls  # [people, variants]
    labels: Mapping[str, Column]  # by name: those that were asked for, and are there
    variants: tuple[str, ...] = ()  # their names, where the file tells them


def people(source: Source, what: str, labels: Sequence[str] = ()) -> People:
    """Read genotypes and some labels. `what` names them in messages. Raises Unusable."""
    file, name = source
    arrays = rowformats.form_of(file, name) in {"npz", "npy"}
    header = rowtables.header(file, name)
    there = [label for label in labels if label in header]
    columns = rowtables.table(file, name, dict.fromkeys(there, "label")).columns if there else {}
    if arrays:
        variants: tuple[str, ...] = ()
        calls = genotypes.calls(rowmatrices.matrix(file, name, MATRIX), what)
    else:
        variants = tuple(column for column in header if column not in there and column.casefold() not in _IDS)
        calls = _table(source, what, variants)
    if any(len(column.codes) != len(calls) for column in columns.values()):
        raise Unusable(f"the labels of the {what} people are not as many as their genotypes")
    return People(calls=calls, labels=columns, variants=variants)


def _table(source: Source, what: str, variants: tuple[str, ...]) -> Calls:
    """Return the columns of variants: cells that are no number are missing calls, or `Unusable`."""
    if not variants:
        raise Unusable(f"the {what} genotypes have no variant")
    parts, before = [], 0
    reader = rowformats.opened(*source)
    for count, raw in reader.blocks(dict.fromkeys(variants, "label"), rowtables.ROWS):
        part = np.empty((count, len(variants)), np.int8)
        for at, variant in enumerate(variants):
            part[:, at : at + 1] = genotypes.calls(_cells(raw[variant])[:, None], what, before)
        parts.append(part)
        before += count
    if not before:
        raise Unusable(f"the {what} genotypes are of nobody")
    return np.concatenate(parts)


def _cells(raw: Any) -> Any:
    if isinstance(raw, Coded):
        values = np.asarray([*map(_text, raw.values), ""])
        return values[np.where(np.asarray(raw.codes) < 0, len(raw.values), raw.codes)]
    if isinstance(raw, list):
        return np.asarray([_text(cell) for cell in raw])
    return np.char.strip(raw) if raw.dtype.kind in "US" else raw


def _text(cell: Any) -> str:
    if isinstance(cell, bytes):
        return cell.decode("ascii", "replace").strip()
    return "" if cell is None else str(cell).strip()


def same_variants(**read: People) -> None:
    """Raise Unusable where files that name their variants name others, or in another order."""
    named = [each.variants for each in read.values() if each.variants]
    if any(each != named[0] for each in named):
        genotypes.alike(**{what: each.calls for what, each in read.items()})
        raise Unusable("the files name other variants, or the same in another order")


def frequencies(source: Source) -> tuple[Any, Any]:
    """Return released frequencies, and those of a reference, or None where the file has none. Raises Unusable."""
    file, name = source
    header = rowtables.header(file, name)
    found = _named(header, _RELEASED) or _RELEASED[0]  # the first is what a message names
    other = _named(header, _REFERENCE)
    wanted = dict.fromkeys((found, *((other,) if other else ())), "number")
    columns = rowtables.table(file, name, wanted).columns  # type: ignore[arg-type]  # a Kind
    return columns[found].numbers, columns[other].numbers if other else None


def reference(source: Source) -> tuple[Any, int]:
    """Return frequencies of a reference and how many people they are of, where genotypes tell; else 0. Raises Unusable."""
    file, name = source
    header = rowtables.header(file, name)
    found = _named(header, _REFERENCE) or _named(header, _RELEASED)
    if found:
        return rowtables.table(file, name, {found: "number"}).columns[found].numbers, 0
    calls = people(source, "reference").calls
    return genotypes.frequencies(calls), len(calls)


def _named(header: Sequence[str], names: Sequence[str]) -> str:
    folded = {each.casefold(): each for each in reversed(header)}
    return next((folded[name] for name in names if name in folded), "")
