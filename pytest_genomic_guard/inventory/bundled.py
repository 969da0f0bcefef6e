"""Copyleft inside an installed distribution that declares another licence: what the headers of its source files state.

Packages under permissive licences hold single files of other projects, with their notices. Metadata and licence files
say nothing of them. Only files that the RECORD of the distribution lists are read, a few kilobytes of each, nothing is imported.
"""

from __future__ import annotations

import os

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.licences import expression, headers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 6000  # files of one distribution that are read; about a second
HEAD = 4096  # bytes of each
_WHOLE = 8192  # bytes of one that names a licence: an exception can stand behind a long notice
_RECORD = 1 << 24
_SOURCES = tuple(
    b"." + each
    for each in (b"py pyx pxd pxi c cc cpp cxx cu cuh h hh hpp hxx f f90 for js mjs ts pl pm R r jl m java sh rb lua go rs".split())
)
# Where a notice of somebody else is quoted, rendered or tested: names of folders and files.
_QUOTED = regex(
    rb"(?i)(?:^|/)(?:licen[cs]es?|templates?|cookiecutter[^/]*|spdx[^/]*|test[-_]?data|fixtures?|skeletons?|snapshots?)/"
    rb"|(?:^|/)tests?/(?:[^/]{1,80}/){0,6}(?:data|files|resources|assets|samples?|examples?|inputs?|outputs?|expected|golden|cases)/"
    rb"|(?:^|/)gnulib(?:-lib|-tests)?/"  # its headers say GPL where its modules are under the LGPL, which its own tool writes
    rb"|licen[cs]e[^/]{0,255}\.(?:py|js)\Z"
)
_QUOTING = tuple(b"test templat licen fixture snapshot skeleton cookiecutter spdx gnulib".split())  # one is in each
# Native libraries that tools of wheels put beside a package, by the beginning of their names; of none is there a milder choice
# (fftw.org, gnu.org/software/gsl, readline and glpk, videolan.org on x264 and x265; November 2026).
_NATIVE = (
    (regex(r"libfftw3[fl]?q?(?:[-_.]|\Z)"), "GPL-2.0-or-later"),
    (regex(r"libx26[45](?:[-_.]|\Z)"), "GPL-2.0-or-later"),
    (regex(r"lib(?:gsl|gslcblas|readline|glpk|espeak-ng)(?:[-_.]|\Z)"), "GPL-3.0-or-later"),
)
# The same among the components of a bill of materials, as packagers name them: ``gsl``, ``fftw-libs-double``, ``libreadline8``.
_PACKAGED = (
    (regex(r"(?:lib)?(?:fftw3?|x26[45])(?:[-_.\d]|\Z)"), "GPL-2.0-or-later"),
    (regex(r"(?:lib)?(?:gsl|gslcblas|readline|glpk|espeak-ng)(?:-(?:devel?|libs?|bin)\b|[.\d]|\Z)"), "GPL-3.0-or-later"),
)
_STUB = "WITH Bootloader-exception"  # hooks for PyInstaller that packages ship for it: what is made with them is free of it
_COPYLEFT = frozenset({"strong-copyleft", "network-copyleft"})
_ANY = regex(rb"SPDX-License-Id|[Gg][Pp][Ll]|(?i:general\W{1,30}public|affero|cecill)")
_WORDS = (b"gpl", b"general", b"spdx-license-id", b"affero", b"cecill")  # one of them stands in lower case wherever that matches


def bundled(folder: str, record: bytes) -> tuple[str, ...]:
    """Return the SPDX expressions of strong and network copyleft that headers of a distribution's source files state, sorted."""
    return tuple(sorted(counted(folder, record)))


def native(libraries: Iterable[str]) -> tuple[str, ...]:
    """Return the licences of native libraries within a wheel that are known to be under the GPL, by their names, sorted."""
    known = {licence for name in libraries for pattern, licence in _NATIVE if pattern.match(name)}
    return tuple(sorted(known))


def packaged(name: str) -> str:
    """Return the licence of a native library that is known to be under the GPL, by the name of its package; else nothing."""
    return next((licence for pattern, licence in _PACKAGED if pattern.match(name.lower())), "")


def counted(folder: str, record: bytes) -> dict[str, int]:
    """Return strong and network copyleft that headers of a distribution's source files state, with how many files state it.

    `folder` is where the distribution is installed (``site-packages``), `record` its RECORD (or a list of files, one a line). A
    path that leaves the folder, a link, and a file that is not there are passed over. Never raises.
    """
    found: dict[str, int] = {}
    base = os.fsencode(folder)
    for path in _paths(record)[:MOST]:
        head = _head(os.path.join(base, path))
        if named(head):
            stated = headers.header(_head(os.path.join(base, path), _WHOLE))
            if stated and _STUB not in stated and expression.classify(stated) in _COPYLEFT:
                found[stated] = found.get(stated, 0) + 1
    return found


def named(head: bytes) -> bool:
    """Tell whether copyleft may be named, for most files by words alone: the expression takes seven times as long."""
    low = head.lower()
    return any(map(low.__contains__, _WORDS)) and _ANY.search(head) is not None


def _paths(record: bytes) -> list[bytes]:
    """Return the source files of a RECORD in which a notice is one."""
    return [path for path in listed(record) if path.endswith(_SOURCES) and not quotes(path)]


def quotes(path: bytes) -> bool:
    """Tell whether a notice in a file may be somebody else's, by its path, which seldom has a word that the expression needs."""
    low = path.lower()
    return any(map(low.__contains__, _QUOTING)) and _QUOTED.search(path) is not None


def listed(record: bytes) -> list[bytes]:
    """Return the files of a RECORD that lie in the folder, each once (RECORD is CSV: path, hash, size)."""
    paths: dict[bytes, None] = {}
    for line in record[:_RECORD].splitlines():
        path = line[1:].partition(b'"')[0] if line.startswith(b'"') else line.partition(b",")[0]
        if path and not path.startswith((b"/", b"\\")) and b".." not in path.split(b"/"):
            paths[path] = None
    return list(paths)


def _head(path: bytes, size: int = HEAD) -> bytes:
    """Return the first bytes of a plain file, nothing of anything else."""
    try:
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
        )
    except (OSError, ValueError):
        return b""
    try:
        return os.read(handle, size)
    except OSError:
        return b""
    finally:
        os.close(handle)
