"""The cells of a notebook as text: sources, outputs of every version, attachments; fields at an odd place are told too."""

from __future__ import annotations

from pytest_genomic_guard.views.rich import Rich, joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.views.trees import Pieces

    Trail = tuple[str, ...]

# How nbformat 2 and 3 call what is shown.
_OLD = {
    "html": "text/html",
    "latex": "text/latex",
    "json": "application/json",
    "javascript": "application/javascript",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "pdf": "application/pdf",
}
# What the format itself says in every cell and output, and nobody reads.
_FIXED: dict[str, tuple[Any, ...]] = {
    "cell_type": ("code", "markdown", "raw", "heading"),
    "output_type": ("stream", "display_data", "execute_result", "error", "pyout", "pyerr"),
    "name": ("stdout", "stderr"),
    "stream": ("stdout", "stderr"),
    "language": ("python", "R"),
    "collapsed": (True, False),
    "metadata": ({},),
    "execution_count": (None,),
    "prompt_number": (None,),
}
_COUNTS = frozenset({"execution_count", "prompt_number", "nbformat", "nbformat_minor"})


class Cells:
    """Tells the parts of one notebook."""

    def __init__(self, out: Pieces) -> None:
        """Take where the texts go."""
        self._out, self._rich = out, Rich(out)
        self._ids: list[str] = []  # of cells; one text at the end, as most notebooks have nothing else to say of a cell

    def holder(self, rest: dict[str, Any], trail: Trail) -> None:
        """Take what stands beside the cells; the state of widgets is in the metadata."""
        metadata = rest.get("metadata")
        widgets = metadata.get("widgets") if isinstance(metadata, dict) else None
        if isinstance(metadata, dict) and isinstance(widgets, dict):
            rest["metadata"] = {key: value for key, value in metadata.items() if key != "widgets"}
            states = {key: value for key, value in widgets.items() if isinstance(value, dict) and key.endswith("json")}
            odd = {key: value for key, value in widgets.items() if key not in states}
            for kind, state in states.items():
                self._rest({kind: ""}, trail)
                self._rich.value(state, trail)
            self._rich.value(odd, trail) if odd else None
        self._rest(rest, trail)

    def ids(self, trail: Trail) -> None:
        """Add the ids of all cells."""
        if self._ids:
            self._rich.plain(self._ids, trail)

    def cell(self, cell: Any, trail: Trail) -> None:
        """Take a cell."""
        if not isinstance(cell, dict):
            self._rich.value(cell, trail)
            return
        rest = dict(cell)
        for key in ("source", "input"):
            text = joined(rest.get(key))
            if text is not None:
                written = rest.get("cell_type") in {"markdown", "raw", "heading"}
                self._out.add(text, (*trail, "source"), "prose" if written else "source")
                del rest[key]
        outputs = rest.pop("outputs", None)
        for number, output in enumerate(outputs if isinstance(outputs, list) else [outputs] if outputs else [], 1):
            self._output(output, (*trail, f"output {number}"))
        files = rest.pop("attachments", None)
        if isinstance(files, dict):
            for number, (name, bundle) in enumerate(files.items(), 1):
                place = (*trail, f"attachment {number}")
                self._rest({"attachment": name}, place)
                self._bundle(bundle, place, packed=True)
        elif files is not None:
            rest["attachments"] = files
        if isinstance(rest.get("id"), str):
            self._ids.append(rest.pop("id"))
        self._rest(rest, (*trail, "metadata"))

    def _output(self, output: Any, trail: Trail) -> None:
        if not isinstance(output, dict):
            self._rich.value(output, trail)
            return
        rest = dict(output)
        text = joined(rest.get("text"))
        if text is not None:
            self._out.add(text, trail, "output")
            del rest["text"]
        if rest.get("data") is not None:
            self._bundle(rest.pop("data"), trail)
        for key in [key for key in rest if key in _OLD and rest.get("output_type") in {"pyout", "display_data"}]:
            self._rich.bundle({_OLD[key]: rest.pop(key)}, trail)
        traceback = joined(rest.get("traceback"))
        if traceback is not None:
            self._out.add("\n".join(rest.pop("traceback")) if isinstance(rest["traceback"], list) else traceback, trail, "output")
        self._rest(rest, trail)

    def _bundle(self, bundle: Any, trail: Trail, *, packed: bool = False) -> None:
        if isinstance(bundle, dict):
            self._rich.bundle(bundle, trail, packed=packed)
        else:
            self._rich.value(bundle, trail)

    def _rest(self, rest: dict[str, Any], trail: Trail) -> None:
        """Take all other fields, less what every notebook says."""
        said = {
            key: value
            for key, value in rest.items()
            if (key not in _FIXED or value not in _FIXED[key]) and (key not in _COUNTS or not _count(value))
        }
        if said:
            self._rich.plain(said, trail)


def _count(value: Any) -> bool:
    """Tell whether a value is a short number, as that of a cell that was run, or the version of the format."""
    return isinstance(value, str) and len(value) < 6 and value.isdecimal()
