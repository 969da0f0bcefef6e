"""Fingerprints of the source code of packages under strong and network copyleft that an environment holds, kept between runs.

What is kept is made of packages alone, never of what is scanned: names, versions, conclusions, checksums of their statements. The
name of a file tells the distribution (its RECORD, when that was written) and how fingerprints are made.
"""

from __future__ import annotations

import os
from array import array

from pytest_genomic_guard import __version__
from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.evidence.reading import whole
from pytest_genomic_guard.inventory import lines, remembered
from pytest_genomic_guard.inventory.bundled import listed
from pytest_genomic_guard.views.licences import expression, headers

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator

    from pytest_genomic_guard.evidence.environments import Environment, Installed
    from pytest_genomic_guard.inventory.sources import Seen

COPYLEFT = frozenset({"strong-copyleft", "network-copyleft"})
FILE = 4 << 20  # bytes of one file
FILES = 20000  # of one distribution
BYTES = 256 << 20  # of one distribution
_SHAPE = 3  # of what is kept; raised when fingerprints are made in another way
_SOURCES = regex(rb"\.(?:py|pyw|pyx|pxi)\Z")
# What came from elsewhere, is made by a program, or is meant to be copied. Segment Anything is under Apache-2.0, and in many
# repositories; the copy in Ultralytics does not say so (2026-11).
_ASIDE = regex(
    rb"(?i)(?:^|/)(?:_?vendor(?:ed)?|_?vendored_packages|third_?party|extern(?:al|s)?|ext|packages|templates?|cookiecutter[^/]*"
    rb"|skeletons?|scaffold[^/]*)/|(?:^|/)ultralytics/models/sam/|(?:^|/)(?:_?version(?:eer)?|six|_compat|compat|setup|manage|conf|docscrape(?:_sphinx)?|appdirs"
    rb"|\d{4}_[^/]*)\.py\Z|_pb2(?:_grpc)?\.py\Z|(?:^|/)ui_[^/]*\.py\Z|_ui\.py\Z|_rc\.py\Z|(?:Lexer|Parser|Listener|Visitor)\.py\Z"
)
_GENERATED = regex(
    rb"(?i)(?:automatically|auto-?) ?generated|generated (?:by|from|with)|do not (?:edit|modify)|this file (?:is|was) generated"
)
# A notice that lets everybody copy, whatever the whole is under.
_FREE = regex(
    rb"(?i)permission is hereby granted|redistribution and use in source and binary|apache license|public domain"
    rb"|(?:mit|bsd|isc|psf)[- ]licen[cs]e|licen[cs]ed? under (?:the )?(?:terms of the )?(?:mit|bsd|apache|psf)"
    rb"|licen[cs]e:? *(?:mit|bsd|apache|psf|cc0)\b|creative commons zero|\bcc0\b|unlicense|python software foundation"
)
_HEAD = 4096


class Prints(Record):
    """The fingerprints of one package."""

    name: str
    version: str
    expression: str
    key: str  # under which they are kept
    statements: array[int]  # of each file in its order, a 0 between files
    rough: frozenset[int]


def of(environment: Environment, seen: Callable[[], Seen], *, cached: bool = True) -> list[Prints]:
    """Return those of all packages that an environment holds; `seen` reads it, where nothing is remembered."""
    told = remembered.told(environment) if cached else ""
    known = _listed(_name("listed", f"{told} {environment.top!r}")) if told else None
    if known is None:
        read = seen()
        known = [_row(read, each) for each in sorted(read) if _copyleft(read, each)]
        if cached:
            _store(_name("listed", f"{read.digest} {environment.top!r}"), _dumped(known))
    return [_prints(row, seen, cached=cached) for row in known]


def _copyleft(read: Seen, name: str) -> bool:
    return not read.local(name) and read.conclusion(name).kind in COPYLEFT


def _row(read: Seen, name: str) -> tuple[str, str, str, str]:
    """Return a package with the name under which its fingerprints are kept."""
    each = read.distribution(name)
    try:
        state = os.stat(os.path.join(each.folder, b"RECORD"))
        written = (state.st_mtime_ns, state.st_size)
    except OSError:
        written = (0, 0)
    return name, read.version(name), read.conclusion(name).expression, _name("prints", repr((each.folder, written, each.record)))


def _prints(row: tuple[str, str, str, str], seen: Callable[[], Seen], *, cached: bool) -> Prints:
    """Return the fingerprints of a package, as they are kept, or made now."""
    name, version, said, key = row
    kept = _load(key) if cached else None
    if kept is None:
        read = seen()
        kept = made(read.distribution(name)) if name in read else (array("Q"), array("I"))
        if cached:
            _store(key, len(kept[0]).to_bytes(8, "little") + kept[0].tobytes() + kept[1].tobytes())
    return Prints(name=name, version=version, expression=said, key=key, statements=kept[0], rough=frozenset(kept[1]))


def made(each: Installed) -> tuple[array[int], array[int]]:
    """Return the fingerprints of a distribution's files, and the checksums of their lines. Never raises."""
    statements, rough = array("Q"), set[int]()
    for data in sources(each):
        head = data[:_HEAD]
        if _GENERATED.search(head) or _free(head):
            continue
        statements.extend(lines.prints(lines.statements(data)))
        statements.append(0)
        rough |= lines.rough(data)
    return statements, array("I", sorted(rough))


def _free(head: bytes) -> bool:
    """Tell whether the header of a file lets everybody copy it, and does not name copyleft beside that."""
    stated = headers.header(head)
    if stated:
        return expression.classify(stated) not in COPYLEFT
    return _FREE.search(head) is not None


def sources(each: Installed, aside: re.Pattern[bytes] | None = _ASIDE) -> Iterator[bytes]:
    """Yield the source files of a distribution, without those that are set aside."""
    left = BYTES
    for path in _paths(each)[:FILES]:
        if _SOURCES.search(path) and not (aside and aside.search(path)):
            data = whole(os.path.join(each.site, path), FILE)
            left -= len(data or b"")
            if left < 0:
                return
            if data:
                yield data


def _paths(each: Installed) -> list[bytes]:
    """Return the files of a distribution: by its RECORD, else those below the folders that an egg names."""
    if each.record or not os.path.isdir(each.folder):
        return listed(each.record)
    tops = (whole(os.path.join(each.folder, b"top_level.txt"), 1 << 16) or b"").split()
    return [path for top in tops[:16] if b"/" not in top and not top.startswith(b".") for path in _below(each.site, top)]


def _below(site: bytes, top: bytes) -> Iterator[bytes]:
    """Yield the source files of a package, relative to the folder in which it is installed."""
    yield top + b".py"
    count = 0
    for folder, _folders, names in os.walk(os.path.join(site, top)):
        for name in names:
            if name.endswith(b".py"):
                yield os.path.relpath(os.path.join(folder, name), site).replace(os.sep.encode(), b"/")
        count += len(names)
        if count > FILES:
            return


def answered(
    environments: Iterable[Environment], asked: object, sought: Callable[[], frozenset[int]], *, cached: bool
) -> frozenset[int]:
    """Return which fingerprints of packages others have too, as it is kept, or sought now."""
    told = [remembered.told(each) for each in environments] if cached else []
    cached = cached and all(told)
    name = _name("common", repr((told, asked)))
    kept = _load(name) if cached else None
    if kept is not None:
        return frozenset(kept[0])
    found = sought()
    if cached:
        _store(name, len(found).to_bytes(8, "little") + array("Q", sorted(found)).tobytes())
    return found


def _name(kind: str, told: str) -> str:
    import hashlib  # noqa: PLC0415 - loads OpenSSL
    import sys  # noqa: PLC0415 - as above

    marks = repr((__version__, _SHAPE, sys.byteorder, kind, told))
    return f"copied-{hashlib.sha256(marks.encode()).hexdigest()[:32]}.{'json' if kind == 'listed' else 'bin'}"


def _listed(name: str) -> list[tuple[str, str, str, str]] | None:
    """Return the packages that are remembered of an environment."""
    from pytest_genomic_guard.matching import cache  # noqa: PLC0415 - where there is an environment

    data = cache.load(name)
    if data is None:
        return None
    import json  # noqa: PLC0415 - as above

    try:
        rows = json.loads(data)
        if all(len(row) == 4 and all(isinstance(each, str) for each in row) for row in rows):
            return [tuple(row) for row in rows]
    except (ValueError, TypeError, RecursionError):
        pass
    return None


def _dumped(rows: Iterable[tuple[str, str, str, str]]) -> bytes:
    import json  # noqa: PLC0415 - as above

    return json.dumps(list(rows)).encode()


def _load(name: str) -> tuple[array[int], array[int]] | None:
    from pytest_genomic_guard.matching import cache  # noqa: PLC0415 - as above

    data = cache.load(name)
    if data is None or len(data) < 8:
        return None
    statements, rough = array("Q"), array("I")
    end = 8 + statements.itemsize * int.from_bytes(data[:8], "little")
    if end > len(data) or (len(data) - end) % rough.itemsize:
        return None
    statements.frombytes(data[8:end])
    rough.frombytes(data[end:])
    return statements, rough


def _store(name: str, data: bytes) -> None:
    from pytest_genomic_guard.matching import cache  # noqa: PLC0415 - as above

    cache.store(name, data)
