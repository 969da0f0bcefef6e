"""Where ``[tool.genomic-guard]`` of a ``pyproject.toml`` says that the policy stands; imported where that file has these words."""

from __future__ import annotations

import re
import tomllib

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.policy import PYPROJECT, PolicyError
from pytest_genomic_guard.policy.schema import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_SIZE = 1 << 18  # bytes
_DOTS = 200  # in one line: the time that tomllib takes for a key grows with the square of its parts
_TABLE, _KEY = "genomic-guard", "policy"
_HEAD = re.compile(r"""^[ \t]*\[[ \t]*["']?tool["']?[ \t]*\.[ \t]*["']?genomic-guard["']?[ \t]*\]""", re.MULTILINE)
_NEXT = re.compile(r"^[ \t]*\[", re.MULTILINE)
_SPOT = re.compile(r"line (\d+), column (\d+)")


class Pointer(Record):
    """What the table names, and where it does."""

    path: bytes
    line: int
    column: int

    def wrong(self, message: str) -> PolicyError:
        """Build the error for this place."""
        return PolicyError(message, self.line, self.column, PYPROJECT)


def pointer(data: bytes) -> Pointer | None:
    """Return what the bytes of a ``pyproject.toml`` point to; None where they have no such table. Raises `PolicyError`."""
    text = _text(data)
    table = _tool(text)
    if table is None:
        return None
    for name in table if isinstance(table, dict) else ():
        if name != _KEY:
            raise _wrong(text, name, f"there is no such key in [tool.genomic-guard]{nearest(name, [_KEY])}")
    found = table.get(_KEY) if isinstance(table, dict) else table
    if isinstance(table, dict) and not table:
        return None
    if not isinstance(table, dict) or not isinstance(found, str):
        raise _wrong(text, _KEY, 'this needs to be: [tool.genomic-guard] policy = "a path relative to the root"')
    parts = [part for part in found.split("/") if part != "."]
    if not found.strip() or not found.isprintable() or "\\" in found or re.match("[A-Za-z]:", found):
        raise _wrong(text, _KEY, "the path of the policy has to be one relative to the root, with / between folders")
    if found.startswith("/") or ".." in parts:
        raise _wrong(text, _KEY, "the path of the policy leads out of what is judged; it has to be below the root, without ..")
    if not all(parts) or not parts or ".git" in (part.lower() for part in parts):
        raise _wrong(text, _KEY, "the path of the policy has to name a file that can be committed")
    line, column = _place(text, _KEY)
    return Pointer(path="/".join(parts).encode(), line=line, column=column)


def _tool(text: str) -> Any:
    """Return the value of ``tool.genomic-guard``. Raises `PolicyError`, which quotes nothing of the file, as tomllib would."""
    try:
        tool = tomllib.loads(text).get("tool")
    except tomllib.TOMLDecodeError as error:
        spot = _SPOT.search(str(error))
        line, column = (int(spot[1]), int(spot[2])) if spot else _ending(text)
        raise PolicyError("this is not TOML, so it cannot be told where the policy is", line, column, PYPROJECT) from None
    except (ValueError, RecursionError):  # a number of many digits; tables within tables
        raise PolicyError("this is no TOML that can be read, so it cannot be told where the policy is", 1, 1, PYPROJECT) from None
    return tool.get(_TABLE) if isinstance(tool, dict) else None


def _text(data: bytes) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        place = _ending(error.object[: error.start].decode())
        raise PolicyError("this is not UTF-8, so it cannot be told where the policy is", *place, PYPROJECT) from None
    if len(data) > _SIZE:
        raise PolicyError("this is too long to tell where the policy is: more than 256 KiB", 1, 1, PYPROJECT)
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > _DOTS:
            message = f"a line with more than {_DOTS} full stops; nothing was read of this file"
            raise PolicyError(message, number, 1, PYPROJECT)
    return text


def _ending(text: str) -> tuple[int, int]:
    """Return line and column right after a text."""
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def _wrong(text: str, key: str, message: str) -> PolicyError:
    return PolicyError(message, *_place(text, key), PYPROJECT)


def _place(text: str, key: str) -> tuple[int, int]:
    """Return line and column of a key of our table. The reader tells no places, so of odd spellings it is that of the table."""
    head = _HEAD.search(text)
    if head is None:
        return _ending(text[: max(text.find(_TABLE), 0)])
    after = _NEXT.search(text, head.end())
    named = re.compile(rf"""^[ \t]*(?=["']?{re.escape(key)}["']?[ \t]*[.=])""", re.MULTILINE)
    found = named.search(text, head.end(), after.start() if after else len(text))
    return _ending(text[: found.end() if found else head.start()])
