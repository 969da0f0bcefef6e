"""Jupyter notebooks, read with ``json`` alone: source, every output, attachments, metadata, the state of widgets.

Nothing is validated away: a field at an unexpected place is still text that leaves with a push, so every value is read.
"""

from __future__ import annotations

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.views.bounds import HELD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from pytest_genomic_guard.model import Artifact, Stream
    from pytest_genomic_guard.views.streams import Peek
    from pytest_genomic_guard.views.text import Text

    Trail = tuple[str, ...]


def looks_like(path: bytes, head: bytes) -> bool:
    """Tell whether a text is meant to be a notebook: by its name, or by what only notebooks begin with."""
    return path.endswith(b".ipynb") or (head.lstrip().startswith(b"{") and b'"cells"' in head and b'"cell_type"' in head)


def read(stream: Peek, artifact: Artifact, trail: Trail, opener: Callable[[], Stream] | None = None) -> Text | None:
    """Return all texts of a notebook as one view, or None when it is empty. Raises `Unreadable`: notebook, too-large, too-deep.

    Of one that is too large, `opener` opens the stream anew, so that what was looked at is not held while it is read as a text.
    """
    data = stream.peek(HELD + 1)
    if len(data) > HELD:
        del data
        if opener and not stream.taken:
            stream.again(opener)
        raise Unreadable("too-large")
    if not data.strip():
        return None
    import json  # noqa: PLC0415 - a hook on a commit without notebooks does not need it

    from pytest_genomic_guard.views.cells import Cells  # noqa: PLC0415 - as above
    from pytest_genomic_guard.views.trees import Pieces  # noqa: PLC0415 - as above

    try:
        book = json.loads(
            data.decode("utf-8-sig", "replace"), object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=str
        )  # numbers stay as they are spelled
    except RecursionError:
        raise Unreadable("too-deep") from None
    except ValueError:
        raise Unreadable("notebook") from None
    if not isinstance(book, dict) or not isinstance(book.get("cells", book.get("worksheets")), list):
        raise Unreadable("notebook")
    stream.read(len(data))  # it is not needed any more, and would be held beside what was made of it
    del data
    out = Pieces()
    trail = (*trail, "notebook")
    reader = Cells(out)
    for number, cell in enumerate(_cells(book), 1):
        reader.cell(cell, (*trail, f"cell {number}"))
    reader.ids((*trail, "metadata"))
    for holder in _holders(book):
        reader.holder({key: value for key, value in holder.items() if key not in {"cells", "worksheets"}}, (*trail, "metadata"))
    return out.text(artifact, trail)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):  # the value that loses would never be looked at, and is pushed all the same
        raise ValueError("a key is repeated")
    return found


def _cells(book: dict[str, Any]) -> Iterator[Any]:
    """Yield the cells of nbformat 4, and of nbformat 3's worksheets; what is no list of cells is one odd cell."""
    for holder in _holders(book):
        cells = holder.get("cells")
        if cells:
            yield from cells if isinstance(cells, list) else [[cells]]


def _holders(book: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what may hold cells: the notebook, and nbformat 3's worksheets; what is no mapping is held by one."""
    yield book
    sheets = book.get("worksheets") or []
    for sheet in sheets if isinstance(sheets, list) else [sheets]:
        yield sheet if isinstance(sheet, dict) else {"sheet": sheet}
