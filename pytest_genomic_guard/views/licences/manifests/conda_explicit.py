"""Lists of conda: ``conda list --explicit`` (addresses behind ``@EXPLICIT``) and ``conda list --export`` (``name=version=build``).

Name and version are told by the file name of each archive; of the address, which can hold a token, nothing else is read.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.views.licences.manifests import environment_yml, matchspec
from pytest_genomic_guard.views.licences.manifests.damaged import NODES, DamagedError, TooLargeError
from pytest_genomic_guard.views.licences.nouns import Locked, Manifest

_EXPORT = re.compile(r"(?P<name>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})=(?P<version>[^=\s]{1,64})=(?P<build>[^=\s]{1,128})")
_PIP = re.compile(r"#\s{0,4}pip\s{1,4}(?P<name>[A-Za-z0-9][A-Za-z0-9._-]{0,127})\s{1,4}@")  # conda-lock's lines for pip


def read(data: bytes, path: bytes) -> Manifest | None:
    """Return the packages of a list, None where a text is no such list. Raises `DamagedError`."""
    lines = data.decode("utf-8", "replace").splitlines()
    if len(lines) > NODES:
        raise TooLargeError
    explicit = any(each.strip() == "@EXPLICIT" for each in lines)
    exported = not explicit and any("conda create --name" in each for each in lines[:8])
    if not explicit and not exported:
        return _other(data, path)
    group, scope = environment_yml.of_path(path)
    packages, unread = [], []
    for number, each in enumerate(lines, 1):
        held = _held(each.strip())
        if held is None:
            if not each.lstrip().startswith(("#", "@")) and each.strip():
                unread.append(number)
            continue
        name, version, pip = held
        packages.append(
            Locked(
                name=name,
                version=version,
                ecosystem="python" if pip else "conda",
                groups=("" if scope == "runtime" else group,),
                line=number,
            )
        )
    return Manifest(form="explicit", ecosystem="conda", lock=True, packages=tuple(packages), unread=tuple(unread))


def _other(data: bytes, path: bytes) -> Manifest | None:
    """Return what a file without the words of a list is: a lock in YAML, or none where its name is no lock's."""
    name = path.rpartition(b"/")[2].lower()
    if not name.endswith(b".lock") or name.startswith(b"spec"):
        return None
    if b"\npackage:" in data:
        from pytest_genomic_guard.views.licences.manifests import conda_lock  # noqa: PLC0415 - rare

        return conda_lock.read(data, path)
    raise DamagedError


def _held(text: str) -> tuple[str, str, bool] | None:
    pip = _PIP.match(text)
    if pip is not None:
        from pytest_genomic_guard.views.licences.manifests import pep508  # noqa: PLC0415 - lists with them are few

        named = pep508.named_by_address(text.partition("@")[2].strip())
        version = named.specifier.removeprefix("==") if named is not None else ""
        return pep508.normal(pip["name"]), version, True
    if text.startswith("#"):
        return None
    found = _EXPORT.fullmatch(text)
    if found is None:
        held = matchspec.archive(text)
        return None if held is None else (*held, False)
    if found["build"].startswith("pypi"):
        return re.sub(r"[-_.]+", "-", found["name"]).lower(), found["version"], True
    return found["name"].lower(), found["version"], False
