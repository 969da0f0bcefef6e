"""Licence files and native libraries that RECORD names outside of the dist-info: what a wheel carries within.

Sources: the PyPA specification of RECORD; the places where wheels were seen to keep what they vendor, and the folders that
auditwheel, delocate and delvewheel write (``name.libs``, ``.dylibs``); 2026-11.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = rb"(?:LICEN[CS]ES?|COPYING|COPYRIGHT|NOTICE|UNLICEN[CS]E)"
# LICENSE.txt, COPYING_QHULL.txt, LICENSE-MIT; after other words ICON_LICENSE.md, font-copying-gpl.txt, not create-license-x.rst
LICENCE = regex(
    _WORD
    + rb"(?![A-Za-z])|[A-Za-z0-9.+_-]{1,60}[-_.]"
    + _WORD
    + rb"(?:[-_.](?:[al]?gpl|mit|bsd|apache|mpl|zlib|ofl)[0-9A-Za-z.+-]{0,20}?)?(?:\.(?:txt|md|rst))?\Z",
    re.IGNORECASE,
)
_TOKENS = (b"licen", b"copying", b"copyright", b"notice")
_PROGRAM = regex(
    rb"\.(?:py[cdiox]?|js|ts|css|html?|json|ya?ml|toml|so|pyd|dll|h|hpp|c|cc|cpp|png|svg|csv|mo|po|ipynb|whl|gz|zip)\Z",
    re.IGNORECASE,
)
VENDOR = regex(
    rb"/(?:_?vendor(?:ed|_packages)?|_?vendored_|third[-_]?party|3rdparty|_?externals?|extern|_?ext|deps|bundled|[^/]{0,80}\.libs|\.dylibs)/",
    re.IGNORECASE,
)
_TEMPLATE = regex(rb"/(?:templates?|skeletons?|cookiecutters?|test[-_]?data|fixtures)/", re.IGNORECASE)
_LIBRARY = regex(
    rb"^(?:[^/,\n]{1,100}\.libs|(?:[^/,\n]{1,100}/){1,6}\.dylibs|(?:[^/,\n]{1,100}/){1,6}[^/,\n]{1,100}\.libs)/[^,\n]{1,200}",
    re.MULTILINE,
)
_OFVENDORED = regex(rb"/licen[cs]es?\Z", re.IGNORECASE)
_MOST = 400
_LIBRARIES = 200


def record_names(record: bytes) -> list[bytes]:
    """Return the paths of RECORD, relative to the site folder, that have the name of a licence file; not those of the dist-info."""
    low = record.lower()
    found: dict[bytes, None] = {}
    for token in _TOKENS:
        at = low.find(token)
        while at != -1 and len(found) < _MOST:
            start = record.rfind(b"\n", 0, at) + 1
            end = record.find(b"\n", at)
            end = len(record) if end == -1 else end
            name = _first(record[start:end])
            if _wanted(name):
                found[name] = None
            at = low.find(token, end)
    return list(found)


def bundled(names: Sequence[bytes]) -> list[bytes]:
    """Return the names in the order in which they matter: of what is vendored, then those nearest to the top."""
    return sorted(names, key=lambda name: (VENDOR.search(b"/" + name) is None, name.count(b"/"), name))


def libraries(record: bytes) -> tuple[str, ...]:
    """Return the base names of the native libraries that were put into a wheel."""
    if b".libs/" not in record and b".dylibs/" not in record:
        return ()
    names = dict.fromkeys(match[0].rpartition(b"/")[2].decode("utf-8", "replace") for match in _LIBRARY.finditer(record))
    return tuple(sorted(names)[:_LIBRARIES])


def _first(line: bytes) -> bytes:
    """Return the first field of a line of RECORD, which is CSV."""
    if line.startswith(b'"'):
        return line[1:].partition(b'",')[0].replace(b'""', b'"')
    return line.partition(b",")[0]


def _wanted(name: bytes) -> bool:
    """Tell whether a path is that of a licence file in a package."""
    folder, _, base = name.rpartition(b"/")
    if b"\0" in name or b".dist-info" in folder or name.startswith(b"/") or b".." in name.split(b"/"):
        return False
    if _PROGRAM.search(base):
        return False
    if not LICENCE.match(base) and not (_OFVENDORED.search(b"/" + folder) and VENDOR.search(b"/" + name)):
        return False
    return _TEMPLATE.search(b"/" + name) is None
