"""``genomic-guard licences refresh``: the text of the licence lock, and with ``--online`` the metadata of pins from an index.

The online part is the only one of this package that uses the network, through pip of the interpreter that runs this, isolated
(``-I``), from an empty folder. Its report has license expressions from pip 25.0 on (its NEWS and sources; 23.3 to 24.3 leave them
out, and packages that say nothing else would be unknown), so older ones are refused. Wheels only: nothing of a source archive is
run. What pip prints may hold addresses with credentials, so nothing of it is passed on.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.views.licences.kept import Kept, sound, write
from pytest_genomic_guard.views.licences.showing import shown, shown_version

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard.views.licences.nouns import Conclusion, Ecosystem, Metadata

PIP = (25, 0)
_SECONDS = 900
_REPORT_BYTES = 1 << 28
_ROUNDS = 30  # each leaves out the pins that pip finds no wheel for
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,198}[A-Za-z0-9])?\Z")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+!_-]{0,99}\Z")
_PYTHON = re.compile(r"3\.[0-9]{1,2}\Z")
_ABSENT = re.compile(r"No matching distribution found for ([A-Za-z0-9._-]{1,200})==")
# What wheels of the three systems are tagged with (packaging.python.org, "Platform compatibility tags", 2026-11).
_PLATFORMS = (
    *(
        "any",
        "win_amd64",
        "win_arm64",
        "win32",
        "macosx_11_0_arm64",
        "macosx_14_0_arm64",
        "macosx_10_9_x86_64",
        "macosx_11_0_x86_64",
    ),
    *("macosx_10_9_universal2", "manylinux2014_x86_64", "manylinux_2_28_x86_64", "manylinux2014_aarch64", "manylinux_2_28_aarch64"),
)
_UNSAFE = (
    "PIP_REQUIREMENT",
    "PIP_CONSTRAINT",
    "PIP_EDITABLE",
    "PIP_REPORT",
    "PIP_LOG",
    "PIP_TARGET",
    "PIP_PREFIX",
    "PIP_ROOT",
    "PIP_PYTHON",
)
_FIELDS = (
    ("Version", "version"),
    ("License-Expression", "license_expression"),
    ("License", "license"),
    ("License-File", "license_file"),
    ("Classifier", "classifier"),
    ("Requires-Dist", "requires_dist"),
    ("Provides-Extra", "provides_extra"),
)
NO_PIP = "pip could not be run by this interpreter"
OLD_PIP = "pip 25.0 or later is needed in this tool's own environment: earlier reports leave out license expressions"
FAILED = "pip could not resolve the pins"
NO_REPORT = "pip's report could not be read"


class Fetched(Record):
    """What an index says of pins."""

    packages: tuple[tuple[str, str, bytes], ...] = ()  # name, version and metadata, as METADATA has it
    missing: tuple[str, ...] = ()  # names without a wheel for this Python, or that the index does not have
    problem: str = ""  # why there is nothing, in our words


def refreshed(
    packages: Iterable[tuple[Metadata, Conclusion, Sequence[tuple[str, bytes]]]],
    date: str,
    others: Iterable[Kept] = (),
) -> tuple[str, int]:
    """Return the text of the lock, and how many packages it cannot hold, which have no name or version as names and versions are.

    `packages` are distributions with their licence files; `others` are entries of another kind, or from the lock of before.
    """
    kept = [*others, *(of(metadata, conclusion, files) for metadata, conclusion, files in packages)]
    good = [each for each in kept if sound(each)]
    return write(good, date), len(kept) - len(good)


def of(metadata: Metadata, conclusion: Conclusion, files: Sequence[tuple[str, bytes]], ecosystem: Ecosystem = "python") -> Kept:
    """Return the entry of one package."""
    import hashlib  # noqa: PLC0415 - loads OpenSSL

    return Kept(
        name=metadata.name,
        version=metadata.version,
        ecosystem=ecosystem,
        expression=conclusion.expression,
        told=conclusion.told,
        conflict=conclusion.conflict,
        ambiguous=conclusion.ambiguous,
        bundled=conclusion.bundled,
        requires=metadata.requires,
        extras=metadata.extras,
        files=tuple((name, hashlib.sha256(data).hexdigest()) for name, data in files),
    )


def fetched(pins: Sequence[tuple[str, str]], environ: Mapping[str, str], python: str = "", *, elsewhere: bool = False) -> Fetched:
    """Ask an index for the metadata of pins (name, version), for a version of Python such as "3.12"; this needs the network.

    `elsewhere` asks for wheels of other platforms than this one too.
    """
    wanted = [pin for pin in dict.fromkeys(pins) if _asked(*pin)]
    missing = [name for name, version in pins if not _asked(name, version)]
    found: list[tuple[str, str, bytes]] = []
    while wanted:  # two versions of one name cannot be asked for at once
        now = dict(reversed(wanted))
        wanted = [pin for pin in wanted if now[pin[0]] != pin[1]]
        part = _several(now, environ, python, elsewhere=elsewhere)
        if part.problem:
            return part
        found += part.packages
        missing += part.missing
    return Fetched(packages=tuple(sorted(found)), missing=tuple(sorted(set(missing))))


def _asked(name: str, version: str) -> bool:
    """Tell whether an index is asked for a pin; what is hidden in a report is not sent to anybody either."""
    plain = _NAME.match(name) and _VERSION.match(version)
    return bool(plain) and shown(name) == name and shown_version(version) == version


def _several(pins: dict[str, str], environ: Mapping[str, str], python: str, *, elsewhere: bool = False) -> Fetched:
    """Ask for pins of different names, again without those that there is no wheel for."""
    missing: list[str] = []
    for _ in range(_ROUNDS):
        if not pins:
            return Fetched(missing=tuple(missing))
        code, data, errors = _pip(pins, environ, python, _PLATFORMS if elsewhere else ())
        if code == 0:
            answer = _report(data)
            absent = {_normal(name) for name in pins} - {_normal(name) for name, _, _ in answer.packages}
            return answer if answer.problem else answer.replace(missing=(*missing, *sorted(absent)))
        if code is None:
            return Fetched(problem=NO_PIP)
        gone = {_normal(name) for name in _ABSENT.findall(errors)}
        left = {name: version for name, version in pins.items() if _normal(name) not in gone}
        if len(left) == len(pins):
            return Fetched(problem=FAILED)
        missing += sorted(pins.keys() - left.keys())
        pins = left
    return Fetched(problem=FAILED)


def _pip(
    pins: Mapping[str, str], environ: Mapping[str, str], python: str, platforms: Sequence[str] = ()
) -> tuple[int | None, bytes, str]:
    """Run pip; return its code, None where it could not be run, its report, and what it says of errors, which is not shown."""
    import os  # noqa: PLC0415 - only where somebody asked for the network
    import subprocess  # noqa: PLC0415 - as above  # noqa: S404 - pip of this interpreter
    import sys  # noqa: PLC0415 - as above
    import tempfile  # noqa: PLC0415 - as above

    kept = {key: value for key, value in environ.items() if not key.startswith("PYTHON") and key not in _UNSAFE}
    kept |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    with tempfile.TemporaryDirectory(prefix="genomic-guard-") as folder:
        listed = os.path.join(folder, "pins.txt")
        with open(listed, "w", encoding="utf-8") as stream:
            stream.writelines(f"{name}=={version}\n" for name, version in sorted(pins.items()))
        command = [sys.executable, "-I", "-m", "pip", "install", "--dry-run", "--ignore-installed", "--no-deps", "--quiet"]
        command += ["--only-binary", ":all:", *(("--python-version", python) if _PYTHON.match(python) else ())]
        command += [word for platform in platforms for word in ("--platform", platform)]
        command += ["--report", os.path.join(folder, "report.json"), "-r", listed]
        try:
            done = subprocess.run(command, cwd=folder, env=kept, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - a list, ours
            with open(command[-3], "rb") as stream:
                data = stream.read(_REPORT_BYTES)
        except FileNotFoundError:
            data = b""
        except (OSError, subprocess.SubprocessError):
            return None, b"", ""
        errors = done.stderr.decode("utf-8", "replace")
        return (None if "No module named pip" in errors else done.returncode), data, errors


def _report(data: bytes) -> Fetched:
    """Read pip's report (pip.pypa.io, "Installation report", version 1)."""
    import json  # noqa: PLC0415 - as above

    try:
        found = json.loads(data)
        version = tuple(int(part) for part in re.findall(r"[0-9]{1,6}", str(found["pip_version"]))[:2])
        rows = [row["metadata"] for row in found["install"]]
    except (ValueError, TypeError, KeyError, RecursionError):
        return Fetched(problem=NO_REPORT)
    if version < PIP:
        return Fetched(problem=OLD_PIP)
    if not all(isinstance(row, dict) and isinstance(row.get("name"), str) and isinstance(row.get("version"), str) for row in rows):
        return Fetched(problem=NO_REPORT)
    return Fetched(packages=tuple((row["name"], row["version"], _headers(row)) for row in rows))


def _headers(row: Mapping[str, Any]) -> bytes:
    """Return metadata as METADATA has it, without a description."""
    lines = ["Metadata-Version: 2.4", f"Name: {_folded(row['name'])}"]
    for title, key in _FIELDS:
        values = row.get(key)
        values = values if isinstance(values, list) else [values]
        lines += [f"{title}: {_folded(value)}" for value in values if isinstance(value, str) and value]
    return "\n".join([*lines, "", ""]).encode("utf-8", "replace")


def _folded(text: str) -> str:
    return "\n        ".join(text.splitlines())


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
