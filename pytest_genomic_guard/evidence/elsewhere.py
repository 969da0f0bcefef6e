"""Environments that lie outside of a project: those that other tools keep for it, and the first Python on PATH.

Sources: Pipenv's documentation (``.venv`` as a file, WORKON_HOME, the name of an environment), Poetry's documentation of
``virtualenvs.path`` and its names, pyenv's documentation of versions and shims; 2026-11. None of these tools is run.
"""

from __future__ import annotations

import os
import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.evidence.prefixes import alive
from pytest_genomic_guard.evidence.reading import inside, is_folder, piece

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PLACES = 512
_WORD = regex(rb"[A-Za-z0-9][A-Za-z0-9._-]{0,100}\Z")
_NAMES = (b"python", b"python3", b"python.exe")


def from_file(root: bytes, path: bytes, environ: Mapping[str, str]) -> bytes:
    """Return the prefix that a file ``.venv`` names (Pipenv): a path, or a name among the kept ones; else the file's own path."""
    text = (piece(path, 4096) or b"").strip()
    if not text or b"\n" in text or b"\0" in text:
        return path
    if b"/" in text or b"\\" in text:
        return os.path.join(root, text)
    kept = [os.path.join(folder, text) for folder in _pipenv(environ)]
    return next((each for each in kept if _WORD.match(text) and os.path.isdir(each)), path)


def of_tools(root: bytes, environ: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the prefixes that Pipenv and Poetry keep for the project: their names end in a digest of its path."""
    tools = []
    if os.path.isfile(os.path.join(root, b"Pipfile")):
        tools.append((_pipenv(environ), _mark(os.path.join(os.path.abspath(root), b"Pipfile"), 6)))
    if os.path.isfile(os.path.join(root, b"poetry.lock")) or os.path.isfile(os.path.join(root, b"pyproject.toml")):
        tools.append((_poetry(environ), _mark(os.path.normcase(os.path.realpath(root)), 32)))
    for folders, mark in tools:
        for folder in folders:
            matches = (each for each in inside(folder) if re.search(rb"-" + re.escape(mark) + rb"(?:-py3\.\d+)?\Z", each.name))
            yield from sorted((each.path for each in matches if is_folder(each)), reverse=True)


def on_path(root: bytes, environ: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the interpreters on PATH that could run, in its order. Relative entries are not looked at."""
    for text in environ.get("PATH", "").split(os.pathsep)[:_PLACES]:
        folder = os.fsencode(text)
        if not os.path.isabs(folder) or b"\0" in folder:
            continue
        folder = os.path.realpath(folder)
        if os.path.basename(folder) == b"shims":
            yield from _pyenv(root, os.path.dirname(folder), environ)
            continue
        for name in _NAMES:
            program = os.path.join(folder, name)
            if alive(program):
                yield program
                break


def _pyenv(root: bytes, home: bytes, environ: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the interpreters that pyenv's shims would start."""
    told = os.fsencode(environ.get("PYENV_VERSION", "")).replace(b":", b"\n")
    told = told or piece(os.path.join(root, b".python-version"), 4096) or piece(os.path.join(home, b"version"), 4096) or b""
    for line in told.split()[:8]:
        if not _WORD.match(line):
            continue
        exact = os.path.join(home, b"versions", line)
        begun = sorted(each.path for each in inside(os.path.join(home, b"versions")) if each.name.startswith(line + b"."))
        for prefix in (exact, *reversed(begun)):
            program = os.path.join(prefix, b"bin", b"python")
            if alive(program):
                yield program
                return


def _pipenv(environ: Mapping[str, str]) -> list[bytes]:
    home = os.fsencode(environ.get("HOME", ""))
    named = os.fsencode(environ.get("WORKON_HOME", ""))
    folders = [named] if named else []
    folders += [os.path.join(home, b".local", b"share", b"virtualenvs")] if home else []
    return [folder for folder in folders if os.path.isabs(folder) and b"\0" not in folder]


def _poetry(environ: Mapping[str, str]) -> list[bytes]:
    home = os.fsencode(environ.get("HOME", ""))
    named = os.fsencode(environ.get("POETRY_VIRTUALENVS_PATH", ""))
    cache = os.fsencode(environ.get("POETRY_CACHE_DIR", ""))
    folders = [named] if named else []
    folders += [os.path.join(cache, b"virtualenvs")] if cache else []
    if home:
        folders += [os.path.join(home, *part, b"pypoetry", b"virtualenvs") for part in ((b".cache",), (b"Library", b"Caches"))]
    return [folder for folder in folders if os.path.isabs(folder) and b"\0" not in folder]


def _mark(path: bytes, size: int) -> bytes:
    """Return the eight characters that these tools make of a path."""
    import base64  # noqa: PLC0415 - only in a project of these tools
    import hashlib  # noqa: PLC0415 - loads OpenSSL

    return base64.urlsafe_b64encode(hashlib.sha256(path).digest()[:size])[:8]
