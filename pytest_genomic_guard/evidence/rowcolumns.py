"""Raw cells of any format as columns of numbers, truths, labels or keys.

A raw column is a numpy array, a list of plain values, or `Coded`. Rows are told by their position from 1 and cells never: what is
wrong with data of people is said without the data.
"""

from __future__ import annotations

from pytest_genomic_guard.evidence import rowcells
from pytest_genomic_guard.evidence.rowcells import Coded
from pytest_genomic_guard.evidence.rowdigits import decimals
from pytest_genomic_guard.metrics.nouns import Column, Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from pytest_genomic_guard.metrics.nouns import Kind

MISSING = "(missing)"  # the label of rows that have none
LABELS = 1000  # distinct ones of a column
_TRUTHS = {"0": 0.0, "1": 1.0, "0.0": 0.0, "1.0": 1.0, "false": 0.0, "true": 1.0, "no": 0.0, "yes": 1.0}
_FORMS = {"0": 0, "1": 0, "0.0": 0, "1.0": 0, "false": 1, "true": 1, "no": 2, "yes": 2}  # those that a column holds together
_FEW = 32  # labels that are looked for one by one


class Keys:
    """Codes of ids: columns that are read with the same `Keys` have equal codes where they have equal ids."""

    def __init__(self) -> None:
        """Begin with none."""
        self._known: dict[str, int] = {}

    def code(self, text: str) -> int:
        """Return the code of an id."""
        return self._known.setdefault(text, len(self._known))


class Reading:
    """A column that is read chunk by chunk: its labels keep their codes."""

    def __init__(self, name: str, kind: Kind, keys: Keys | None = None) -> None:
        """Take the column's name as the policy has it."""
        self.name = name
        self.kind = kind
        self.labels: list[str] = []
        self._codes: dict[str, int] = {}  # of labels
        self._seen: dict[str, dict[Any, int]] = {}  # by the kind of an array, raw values to codes
        self._keys = keys or Keys()
        self._class = ""
        self._form = -1  # of truths in words: which pair

    def take(self, raw: Any, first: int) -> Column:
        """Return the next rows, before which there were `first`. Raises `Unusable`."""
        if self.kind == "number":
            return Column(numbers=self._numbers(raw, first))
        if self.kind == "truth":
            return Column(numbers=self._truths(raw, first))
        codes = self._coded(raw, first)
        return Column(codes=codes, labels=tuple(self.labels))

    def _wrong(self, what: str, row: int) -> Unusable:
        return Unusable(f"the column {self.name!r} {what} in row {row + 1:,}")

    def _numbers(self, raw: Any, first: int) -> Any:
        """Return finite numbers as float64."""
        import numpy as np  # noqa: PLC0415 - evidence is read for gates alone

        cells = rowcells.cells(raw)
        if isinstance(cells, list):
            text = self._alike(cells, first) == "text"
            found = self._floats(cells, first, text=text)
        elif cells.dtype.kind == "S":
            found, left = decimals(cells)
            if left.any():
                rows = np.flatnonzero(left)
                found[rows] = self._floats(cells[rows].tolist(), first, text=True, rows=rows)
        elif cells.dtype.kind in "biu":
            return cells.astype(np.float64)
        elif cells.dtype.kind == "f":
            with np.errstate(over="ignore"):  # of a longer float, which is told below
                found = cells.astype(np.float64)
        else:
            raise Unusable(f"the column {self.name!r} holds no numbers")
        finite = np.isfinite(found)
        if not finite.all():
            at = int(np.argmin(finite))
            raise self._wrong("is empty" if isinstance(cells, list) and cells[at] is None else "holds no finite number", first + at)
        return found

    def _floats(self, cells: list[Any], first: int, *, text: bool, rows: Any = None) -> Any:
        """Return numbers as Python reads them, but for digits with _ between them, which are numbers in source code alone."""
        import numpy as np  # noqa: PLC0415 - as above

        try:
            found = np.fromiter(map(float, cells), np.float64, len(cells))
        except (TypeError, ValueError, OverflowError):
            found = None
        if found is not None and not (text and "_" in repr(cells)):
            return found
        at, what = rowcells.no_number(cells)
        raise self._wrong(what, first + (at if rows is None else int(rows[at])))

    def _truths(self, raw: Any, first: int) -> Any:
        """Return zeros and ones as float64."""
        import numpy as np  # noqa: PLC0415 - as above

        cells = rowcells.cells(raw)
        kind = self._alike(cells, first) if isinstance(cells, list) else cells.dtype.kind
        if kind == "S" and cells.dtype.itemsize == 1 and ((digits := cells.view(np.uint8) - ord("0")) < 2).all():
            return digits.astype(np.float64)
        if kind in {"text", "S"}:
            distinct, inverse = rowcells.factored(cells)
            words = [(rowcells.text(each) or "").lower() for each in distinct]
            found = np.array([_TRUTHS.get(word, np.nan) for word in words] or [np.nan])[inverse]
            forms = np.array([_FORMS.get(word, -1) for word in words] or [-1])[inverse]
            wrong = np.isnan(found)
            if self._form < 0 and len(forms):
                self._form = int(forms[0])
            if not wrong.any() and (forms != self._form).any():
                raise self._wrong("holds another pair of words than before", first + int(np.argmax(forms != self._form)))
        else:
            found = self._numbers(raw, first)
            wrong = (found != 0) & (found != 1)
        if wrong.any():
            at = int(np.argmax(wrong))
            empty = (
                not len(rowcells.text(cells[at]) or "") if kind in {"text", "S"} else isinstance(cells, list) and cells[at] is None
            )
            raise self._wrong("is empty" if empty else "holds neither 0 nor 1 (or false and true, no and yes)", first + at)
        return found

    def _coded(self, raw: Any, first: int) -> Any:
        """Return codes of labels, or of keys."""
        import numpy as np  # noqa: PLC0415 - as above

        if isinstance(raw, Coded):
            used, inverse = np.unique(raw.codes, return_inverse=True)
            distinct = [raw.values[code] if code >= 0 else None for code in used.tolist()]
            self._alike(distinct, first)
            return self._code(distinct, inverse, first)
        cells = rowcells.cells(raw)
        if isinstance(cells, list):
            self._alike(cells, first)
        elif cells.dtype.kind not in "biufS":
            raise Unusable(f"the column {self.name!r} holds no labels")
        elif self.kind == "label" and len(self.labels) <= _FEW:
            return self._looked(cells, first)
        distinct, inverse = rowcells.factored(cells)
        return self._code(distinct, inverse, first)

    def _looked(self, cells: Any, first: int) -> Any:
        """Return the codes of an array by comparing it with each label that is known: faster than sorting it where they are few."""
        import numpy as np  # noqa: PLC0415 - as above

        known = np.zeros(len(cells), np.uint8)  # one more than the code; bytes are worked on many at a time
        marks = rowcells.marks(cells)
        seen = self._seen.setdefault(marks.dtype.kind, {})
        for value, code in seen.items():
            np.maximum(known, (marks == value).view(np.uint8) * np.uint8(code + 1), out=known)
        codes = known.astype(np.int32) - 1
        rest = np.flatnonzero(known == 0)
        if len(rest):
            distinct, inverse = rowcells.factored(cells[rest])
            codes[rest] = self._code(distinct, inverse, first, rest)
            places = rest[[int(np.argmax(inverse == number)) for number in range(min(len(distinct), _FEW))]]
            seen.update(zip(marks[places].tolist(), codes[places].tolist(), strict=True))
        return codes

    def _code(self, distinct: Sequence[Any], inverse: Any, first: int, rows: Any = None) -> Any:
        """Return codes of ours for those of a chunk."""
        import numpy as np  # noqa: PLC0415 - as above

        found = []
        for number, value in enumerate(distinct):
            text = rowcells.text(value)
            problem = "" if text is None or rowcells.printable(text) else "holds what cannot be printed"
            if self.kind == "key" and not text:
                problem = "is empty"
            if problem:
                at = int(np.argmax(inverse == number))
                raise self._wrong(problem, first + (at if rows is None else int(rows[at])))
            found.append(self._label(text or MISSING) if self.kind == "label" else self._keys.code(text or ""))
        return np.array(found, np.int32)[inverse] if found else np.zeros(0, np.int32)

    def _label(self, text: str) -> int:
        code = self._codes.get(text)
        if code is None:
            if len(self.labels) >= LABELS:
                raise Unusable(f"the column {self.name!r} has more than {LABELS:,} labels")
            code = self._codes[text] = len(self.labels)
            self.labels.append(text)
        return code

    def _alike(self, cells: list[Any], first: int) -> str:
        """Return the class of a column's values. Raises `Unusable` where there are two, which two readers could tell apart."""
        classes = {rowcells.kind_of(kind) for kind in set(map(type, cells))} - {"null"}
        if classes <= {self._class} or (len(classes) == 1 and not self._class and "other" not in classes):
            self._class = self._class or next(iter(classes), "")
            return self._class
        for at, cell in enumerate(cells):
            kind = "null" if rowcells.null(cell) else rowcells.kind_of(type(cell))
            if kind == "other":
                raise self._wrong("holds no plain value", first + at)
            if kind not in {"null", self._class or kind}:
                raise self._wrong("mixes types", first + at)
            self._class = self._class or ("" if kind == "null" else kind)
        cells[:] = [
            None if rowcells.null(cell) else cell for cell in cells
        ]  # what pandas puts between texts is a float that is no number
        return self._class
