"""The shape of one environment: its interpreter, its version, the folders of what is installed. Nothing of it is run.

Sources: PEP 405 (pyvenv.cfg), the modules `site` and `sysconfig` of the standard library, Debian's Python policy (dist-packages),
conda's layout of an environment (conda-meta); 2026-11.
"""

from __future__ import annotations

import os

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.evidence.listed import listed, only_seeds, some
from pytest_genomic_guard.evidence.reading import inside, piece

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Kind = Literal["configured", "project", "running", "conda", "pixi", "path"]
    Problem = Literal["", "dead", "empty", "own", "missing"]

PROBLEMS = ("dead", "empty", "own", "missing")
_CONFIGURATION_BYTES = 1 << 16
_PROGRAMS = (b"bin/python", b"bin/python3", b"bin/pypy3", b"Scripts/python.exe", b"python.exe", b"bin/python.exe")
_LIBRARIES = (b"local/lib", b"lib", b"lib64")
_VERSIONED = regex(rb"(?:python|pypy)3\.(\d{1,2})t?\Z")
_VERSION = regex(r"\s*3\.(\d{1,2})(?!\d)")
_IN_NAME = regex(rb"(?:python|pypy)3\.(\d{1,2})(?!\d)")
_IN_CONDA = regex(rb"(?:python|pypy)-3\.(\d{1,2})\.[^/]*\.json\Z")
_MAGIC = (
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"\xca\xfe\xba\xbf",
)


class Environment(Record):
    """One environment, and what is wrong with it as evidence."""

    kind: Kind
    prefix: bytes
    python: str = ""  # such as "3.11"; empty where there is no Python, or it cannot be told
    inside: bool = False  # it lies in the project's root
    problem: Problem = ""  # dead: no interpreter that could run; empty: nothing but pip; own: the tool's; missing: no such folder
    top: bytes = b""  # the repository that was asked about, its real path; what is installed from a folder of it is its own
    sites: tuple[bytes, ...] = ()  # folders on the interpreter's path that hold distributions, in its order


def looked(kind: Kind, prefix: bytes, *, within: bool = False, program: bytes = b"", users: bytes = b"") -> Environment:
    """Return what a prefix is; `program` where the interpreter is known, `users` the base of the user's own site folder."""
    if not os.path.isdir(prefix):
        return Environment(kind=kind, prefix=prefix, inside=within, problem="dead" if os.path.lexists(prefix) else "missing")
    cfg = configuration(prefix)
    conda = os.path.isdir(os.path.join(prefix, b"conda-meta"))
    program = program or interpreter(prefix)
    version = _version(prefix, program, cfg or {}, conda)
    problem: Problem = ""
    if not program:
        problem = "" if conda and not version else "dead"  # an environment of R alone has no Python
    elif not alive(program):
        problem = "dead"
    sites = _sites(prefix, version, venv=cfg is not None)
    if cfg is None or cfg.get("include-system-site-packages", "").lower() == "true":
        sites = _outer(sites, cfg, version, users)
    if not problem and not conda and not some(sites) and only_seeds(listed(sites)):
        problem = "empty"
    return Environment(kind=kind, prefix=prefix, python=version, inside=within, problem=problem, sites=tuple(sites))


def configuration(prefix: bytes) -> dict[str, str] | None:
    """Return what pyvenv.cfg says, keys in lower case; None where there is none."""
    data = piece(os.path.join(prefix, b"pyvenv.cfg"), _CONFIGURATION_BYTES)
    if data is None:
        return None
    pairs = (line.partition("=") for line in os.fsdecode(data).splitlines() if "=" in line)
    return {key.strip().lower(): value.strip() for key, _, value in pairs}


def interpreter(prefix: bytes) -> bytes:
    """Return the path of a prefix's interpreter, which may be a link that leads nowhere; empty where there is none."""
    for name in _PROGRAMS:
        path = os.path.join(prefix, name)
        if os.path.lexists(path):
            return path
    return b""


def alive(program: bytes) -> bool:
    """Tell whether what an interpreter's path leads to is a program that this user may run. It is not run."""
    magic = piece(program, 4) or b""
    if magic[:2] == b"MZ":
        return True  # the executable bit says nothing of programs for Windows
    return magic in _MAGIC and os.access(program, os.X_OK)


def prefix_of(program: bytes) -> bytes:
    """Return the prefix of an interpreter as Python finds it: beside or above pyvenv.cfg, else where the links lead."""
    folder = os.path.dirname(os.path.abspath(program))
    for up in (os.path.dirname(folder), folder):
        if os.path.isfile(os.path.join(up, b"pyvenv.cfg")):
            return up
    real = os.path.dirname(os.path.realpath(program))
    return os.path.dirname(real) if os.path.basename(real).lower() in {b"bin", b"scripts"} else real


def _version(prefix: bytes, program: bytes, cfg: dict[str, str], conda: bool) -> str:  # noqa: FBT001 - all of them are facts of one prefix
    """Return the version by the name of the program, by pyvenv.cfg, by what conda installed, by the newest library folder."""
    match = _IN_NAME.search(os.path.basename(os.path.realpath(program))) if program else None
    if match:
        return f"3.{int(match[1])}"
    told = _VERSION.match(cfg.get("version_info", "") or cfg.get("version", ""))
    if told:
        return f"3.{int(told[1])}"
    names = [_IN_CONDA.match(entry.name) for entry in inside(os.path.join(prefix, b"conda-meta"))] if conda else []
    minors = [int(each[1]) for each in names if each]
    if not minors:
        minors = [minor for base in _LIBRARIES for minor, _ in _libraries(prefix, base)]
    return f"3.{max(minors)}" if minors else ""


def _libraries(prefix: bytes, base: bytes) -> list[tuple[int, bytes]]:
    """Return (minor version, folder) of what could be a standard library."""
    matches = ((_VERSIONED.match(entry.name), entry.path) for entry in inside(os.path.join(prefix, base)))
    return sorted((int(match[1]), path) for match, path in matches if match)


def _sites(prefix: bytes, version: str, *, venv: bool) -> list[bytes]:
    found = []
    for base in _LIBRARIES:
        for minor, folder in _libraries(prefix, base):
            if version == f"3.{minor}":
                found += [os.path.join(folder, leaf) for leaf in (b"site-packages", b"dist-packages")]
    if not venv:
        found.append(os.path.join(prefix, b"lib", b"python3", b"dist-packages"))
    found += [os.path.join(prefix, base, b"site-packages") for base in (b"Lib", b"lib")]  # Windows, whatever the case
    kept: dict[bytes, bytes] = {}
    for folder in found:
        if os.path.isdir(folder):
            kept.setdefault(os.path.realpath(folder), folder)
    return list(kept.values())


def _outer(sites: list[bytes], cfg: dict[str, str] | None, version: str, users: bytes) -> list[bytes]:
    """Return the folders with those outside of the environment that its interpreter sees too."""
    own = os.path.join(users, b"lib", f"python{version}".encode(), b"site-packages") if users and version else b""
    personal = [own] if own and os.path.isdir(own) else []
    if cfg is None:
        return personal + sites  # the user's own come first on the path
    home = os.fsencode(cfg.get("home", ""))
    if not os.path.isabs(home) or b"\0" in home:
        return sites + personal
    base = os.path.realpath(home)
    base = os.path.dirname(base) if os.path.basename(base).lower() in {b"bin", b"scripts"} else base
    if not _sites(base, version, venv=False):
        base = prefix_of(os.path.join(home, f"python{version}".encode()))
    return sites + personal + _sites(base, version, venv=False)
