"""Paths of a system as a snapshot names them: relative to a root, in bytes, with ``/`` between folders."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType


def relative(path: bytes, root: bytes, paths: ModuleType = os.path) -> bytes:
    """Return the name of a path for a root. Raises ValueError where there is none, as on another drive."""
    name: bytes = paths.relpath(path, root)
    return name.replace(os.fsencode(paths.sep), b"/")


def within(path: bytes, folder: bytes, paths: ModuleType = os.path) -> bool:
    """Tell whether a path is a folder, or lies below it, by the rules of a system for letters and separators."""
    end = os.fsencode(paths.sep)
    inner, outer = (paths.normcase(each).rstrip(end) + end for each in (path, folder))
    return bool(inner.startswith(outer))


def same(one: bytes, other: bytes, paths: ModuleType = os.path) -> bool:
    """Tell whether two spellings are of one path."""
    return within(one, other, paths) and within(other, one, paths)
