"""Metric files as plain tables, lists, words and numbers: JSON, YAML, TOML, the front matter of model cards, MLflow's run folders.

Nothing is made of a tag and no alias is followed further than the bound on values; a repeated key is a mistake, since another
reader may have seen the value that loses.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

MOST = 8 << 20  # bytes of a file
_VALUES = 500_000  # of a file in YAML, those that aliases repeat counted each time
_DEPTH = 100
# One level of block style takes an indicator and a blank, or a blank of indentation (two levels for a sequence in a mapping).
_BLOCK = re.compile(rb"^(?:[-?:][ \t]|[ \t]){%d}" % (2 * _DEPTH), re.MULTILINE)
_FLOW = re.compile(rb"[\[{]|[\]}]")
_FRONT = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")
_WORDS: Mapping[str, Any] = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "false": False,
    ".nan": float("nan"),
    "nan": float("nan"),
}
_STEPS = re.compile(rb"-?\d+ \S+(?: -?\d+)?")  # of a file of MLflow: time, value, step
_NAMES = {
    "json": "JSON",
    "yaml": "YAML",
    "yml": "YAML",
    "dvc": "YAML",
    "toml": "TOML",
    "md": "model card",
    "markdown": "model card",
}


class DamagedError(ValueError):
    """A file is not what its name says; the message says so and quotes nothing."""


def tree(data: bytes, name: str) -> Any:
    """Return what a file says. Raises `DamagedError`."""
    if len(data) > MOST:
        raise DamagedError("the evidence file is larger than 8 MiB")
    last = name.rpartition("/")[2]
    form = _NAMES.get(last.rpartition(".")[2].lower(), "")
    lines = data.splitlines()
    if not form and "metrics" in name.split("/")[:-1] and lines and all(_STEPS.fullmatch(line) for line in lines):
        return _steps(lines)
    readers: dict[str, Callable[[bytes], Any]] = {"YAML": _yaml, "TOML": _toml, "model card": _front}
    try:
        return readers.get(form, _json)(data)
    except (ValueError, RecursionError):
        what = "has no front matter that could be read" if form == "model card" else f"is no {form or 'JSON'}"
        raise DamagedError(f"the evidence file {what}, or repeats a key") from None


def at(found: Any, pointer: str) -> list[Any]:
    """Return what a JSON pointer (RFC 6901) leads through, from the whole to the value. Raises LookupError."""
    trail = [found]
    for token in tokens(pointer):
        found = trail[-1]
        try:
            trail.append(found[_index(token)] if isinstance(found, list) else found[token])
        except (ValueError, TypeError):
            raise LookupError(token) from None
    return trail


def tokens(pointer: str) -> list[str]:
    """Return the parts of a pointer, unescaped."""
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


def _index(key: str) -> int:
    """Return an index as RFC 6901 writes it: digits, no sign, no leading zero. Raises ValueError."""
    if not key.isascii() or not key.isdigit() or (key[0] == "0" and key != "0"):
        raise ValueError("no index")
    return int(key)


def _json(data: bytes) -> Any:
    import json  # noqa: PLC0415 - only a policy with gates needs it

    return json.loads(data, object_pairs_hook=_object)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):  # a reader may have seen the figure that loses
        raise ValueError("a key is repeated")
    return found


def _toml(data: bytes) -> Any:
    import tomllib  # noqa: PLC0415 - as above

    return tomllib.loads(data.decode("utf-8-sig"))


def _front(data: bytes) -> Any:
    """Return the front matter of a model card."""
    front = _FRONT.match(data)
    if front is None:
        raise ValueError
    return _yaml(front[1])


def _steps(lines: list[bytes]) -> float:
    """Return the last value of a metric of MLflow: of the highest step, then the latest, then the last line."""
    found = []
    for number, line in enumerate(lines):
        time, value, *step = line.split()
        found.append((int(step[0]) if step else 0, int(time), number, value))
    try:
        return float(max(found)[3])
    except ValueError:
        raise DamagedError("the evidence file is no metric of MLflow") from None


def _yaml(data: bytes) -> Any:
    """Return the first document. Raises ValueError."""
    import yaml  # noqa: PLC0415 - as above

    if _deep(data):
        raise ValueError
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(data)
    try:
        return _of_node(loader.get_single_node(), [_VALUES], 0)
    except (yaml.YAMLError, OverflowError, AttributeError, TypeError, IndexError, MemoryError):
        raise ValueError from None
    finally:
        loader.dispose()


def _deep(data: bytes) -> bool:
    """Tell whether a text may be nested deeper than the bound: libyaml recurses on the stack of C. Brackets in strings count."""
    if _BLOCK.search(data) or data[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in data[:64]:
        return True
    depth = 0
    for found in _FLOW.finditer(data):
        depth = depth + 1 if found[0] in b"[{" else max(0, depth - 1)
        if depth > _DEPTH:
            return True
    return False


def _of_node(node: Any, left: list[int], depth: int) -> Any:
    left[0] -= 1
    if left[0] < 0 or depth > _DEPTH:
        raise ValueError
    if node is None:
        return None
    if node.id == "sequence":
        return [_of_node(each, left, depth + 1) for each in node.value]
    if node.id == "mapping":
        return _object([(key.value if key.id == "scalar" else "", _of_node(each, left, depth + 1)) for key, each in node.value])
    value: str = node.value
    if node.style in {"'", '"', "|", ">"}:
        return value
    if _NUMBER.fullmatch(value) and len(value) < 400:
        return int(value) if value.lstrip("+-").isdigit() else float(value)
    return _WORDS.get(value.lower(), value)
