"""pip-licenses as a second pair of eyes: which distributions it sees in given folders, never what it says of their licences.

It is loaded as a private copy that is given its path of folders and its distributions. So it starts no interpreter, splits no path
at blanks, does not read the ``pyproject.toml`` of the working directory, which can hide packages from it, and does not end at the
first distribution without metadata (tried with pip-licenses 5.5.5). Its options that end the process are never set.
"""

from __future__ import annotations

import os
import re

from pytest_genomic_guard.evidence.reading import piece

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from email.message import Message
    from types import ModuleType
    from typing import Any

_MODULE = "piplicenses"
_EXECUTABLE = "python"  # a name for "this interpreter", which the copy compares and never starts
_BYTES = 1 << 20  # of the metadata of one distribution
_HEADERS = ("METADATA", "PKG-INFO")
_END = re.compile(r"\r?\n\r?\n")

_kept: list[ModuleType] = []


class Missing(Exception):  # noqa: N818 - a state of the installation
    """pip-licenses is not installed, or is another than the one this was written for."""


def names(site_folders: Sequence[str]) -> frozenset[str]:
    """Return the names of what pip-licenses sees in these folders, as PEP 503 compares them. Raises `Missing`."""
    from types import SimpleNamespace  # noqa: PLC0415 - only where the two are compared

    copy: Any = _copy()
    copy.sys = SimpleNamespace(executable=_EXECUTABLE, path=list(site_folders))
    copy.importlib_metadata = SimpleNamespace(distributions=_distributions)
    try:
        arguments = copy.create_parser(os.devnull).parse_args(["--python", _EXECUTABLE, "--with-system"])
        found = {_normal(str(each["name"])) for each in copy.get_packages(arguments)}
    except (Exception, SystemExit) as error:
        raise Missing from error
    return frozenset(found)


def _copy() -> ModuleType:
    """Return a module of our own, apart from one that others may have imported. Raises `Missing`."""
    if _kept:
        return _kept[0]
    import importlib.util  # noqa: PLC0415 - only where the two are compared

    try:
        spec = importlib.util.find_spec(_MODULE)
        if spec is None or spec.loader is None:
            raise Missing
        copy = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(copy)
    except (ImportError, ValueError, AttributeError) as error:
        raise Missing from error
    if not all(hasattr(copy, each) for each in ("create_parser", "get_packages", "importlib_metadata", "sys")):
        raise Missing
    copy.__dict__["subprocess"] = None  # it has no need of it
    _kept.append(copy)
    return copy


class _Distribution:
    """What it is given instead of a distribution of the standard library: the head of the metadata, and no files.

    The files cost most of its time, and the standard library reads whatever is there, also a pipe, in full.
    """

    files = ()

    def __init__(self, metadata: Message) -> None:
        self.metadata = metadata
        self.version = metadata["version"]


def _distributions(path: Sequence[str]) -> Iterator[_Distribution]:
    """Yield what the standard library finds in folders, and whose metadata names it."""
    import email  # noqa: PLC0415 - only where the two are compared
    import importlib.metadata  # noqa: PLC0415 - as above

    for each in importlib.metadata.distributions(path=list(path)):
        place = getattr(each, "_path", None)
        text = _head(os.fspath(place)) if isinstance(place, os.PathLike) else ""
        metadata = email.message_from_string(text)
        if metadata["name"]:
            yield _Distribution(metadata)


def _head(place: Any) -> str:
    """Return the headers of a distribution's metadata, empty where there are none."""
    for path in (*(os.path.join(place, name) for name in _HEADERS), place):
        text = (piece(os.fsencode(path), _BYTES) or b"").decode("utf-8", "replace")
        if text:
            end = _END.search(text)
            return text[: end.start()] if end else text
    return ""


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
