"""Advice on ``.gitignore``: what a pack and the findings suggest, what the file has already, and writing the rest on demand."""

from __future__ import annotations

import os
import stat
from fnmatch import fnmatchcase

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.cli.session import OutputError
from pytest_genomic_guard.policy.packs.handling import PATTERNS, handling

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

FILE = b".gitignore"
_MOST = 1 << 20
_BEGIN = "# genomic-guard audit: {}; names of files that hold data of people"
_NOTEBOOK = b".ipynb"


class Advice(Record):
    """What is proposed for one repository."""

    there: bool  # whether there is a .gitignore at the root that can be read
    missing: tuple[tuple[str, str], ...]  # pattern, and what such files hold
    held: int  # how many of the patterns it has already
    notebooks: int
    stripped: bool  # whether an attribute at the root names nbstripout

    def told(self) -> dict[str, Any]:
        """Return it as the document holds it."""
        missing = [{"pattern": pattern, "what": what} for pattern, what in self.missing]
        return {
            "there": self.there,
            "missing": missing,
            "held": self.held,
            "notebooks": self.notebooks,
            "nbstripout": self.stripped,
        }


def advise(root: bytes, pack: str, found: Iterable[bytes], paths: Iterable[bytes]) -> Advice:
    """Return the patterns that the pack names, and those for the names in which something was `found`, less what is there."""
    data, _usable = _read(os.path.join(root, FILE))
    lines = (data or b"").decode("utf-8", "replace").splitlines()
    wanted = dict(handling(pack).ignore)
    for path in found:
        name = path.rpartition(b"/")[2].decode("utf-8", "replace")
        wanted |= {pattern: what for pattern, what in PATTERNS.items() if fnmatchcase(name.lower(), pattern.lower())}
    missing = tuple((pattern, what) for pattern, what in wanted.items() if not _ignored(pattern, lines))
    attributes, _usable = _read(os.path.join(root, b".gitattributes"))
    return Advice(
        there=data is not None,
        missing=missing,
        held=len(wanted) - len(missing),
        notebooks=len({path for path in paths if path.endswith(_NOTEBOOK)}),
        stripped=b"filter=nbstripout" in (attributes or b""),
    )


def write(root: bytes, pack: str, advice: Advice) -> int:
    """Add what is missing at the end of the file; return how many patterns that were. Raises `OutputError`."""
    if not advice.missing:
        return 0
    path = os.path.join(root, FILE)
    data, usable = _read(path)
    if not usable:
        raise OutputError("the .gitignore is a link, or no file that can be read; nothing was written to it")
    end = "\r\n" if b"\r\n" in (data or b"") else "\n"
    lines = [_BEGIN.format(pack), *(pattern for pattern, _what in advice.missing)]
    before = end if data and not data.endswith(b"\n") else ""
    text = before + (end if data else "") + "".join(line + end for line in lines)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0), 0o666)
        with open(handle, "ab") as file:
            file.write(text.encode())
    except OSError:
        raise OutputError("the .gitignore could not be written") from None
    return len(advice.missing)


def _read(path: bytes) -> tuple[bytes | None, bool]:
    """Return the content of a file, None where there is none to read; and whether it is a regular file, or nothing."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return None, False
        with open(path, "rb") as file:
            data = file.read(_MOST + 1)
    except FileNotFoundError:
        return None, True
    except OSError:
        return None, False
    return (data, True) if len(data) <= _MOST else (None, False)


def _ignored(pattern: str, lines: Sequence[str]) -> bool:
    """Tell whether lines ignore what a pattern is for, wherever it stands: the last one that matches decides, as in git."""
    sample = pattern.replace("*", "a").rstrip("/")
    state = False
    for line in lines:
        rule = line.rstrip()
        if not rule or rule.startswith("#"):
            continue
        negated = rule.startswith("!")
        rule = rule.removeprefix("!").removeprefix("\\").removeprefix("**/")
        folder = rule.endswith("/")
        rule = rule.rstrip("/")
        if "/" not in rule and (not folder or pattern.endswith("/")) and fnmatchcase(sample, rule):
            state = not negated
    return state
