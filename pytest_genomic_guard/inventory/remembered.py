"""What was read and concluded of an environment, between runs: names, versions, requirements, licences of packages: all public.

The name of the file tells the environment as it is (what is installed, when it was written, and when each file that told was),
and ours: the version, and the modules that read and conclude. So what was concluded by other rules, or of other packages, is never
found. Which files told is known when they were read; a file of their names is kept for the next run.
"""

from __future__ import annotations

import os

from pytest_genomic_guard import __version__
from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.licences.nouns import CLASSES, Conclusion, Requirement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from pytest_genomic_guard.evidence.environments import Environment
    from pytest_genomic_guard.evidence.reading import Marks

_NUMBERS = regex(rb"[0-9]{4}")
_LISTS = ("bundled",)
_FIELDS = ("expression", "kind", "told", "conflict", "ambiguous", "bundled", "sources")


class Held(Record):
    """One distribution, as much of it as a graph needs."""

    name: str
    version: str
    local: bool = False
    requires: tuple[Requirement, ...] = ()


class Remembered(Record):
    """All that is kept of an environment."""

    held: Mapping[str, Held] = {}
    broken: int = 0
    unsearched: frozenset[str] = frozenset()  # names of those whose files could not be searched
    differ: tuple[int, int] | None = None  # names that only we see, and that only pip-licenses sees; None: nobody compared them
    concluded: Mapping[str, Conclusion] = {}  # by ``name==version``


def told(environment: Environment) -> str:
    """Return a digest of all that told of an environment, as it is now; empty where it is not known what told."""
    from pytest_genomic_guard.evidence import watched  # noqa: PLC0415 - where there is an environment
    from pytest_genomic_guard.matching import cache  # noqa: PLC0415 - as above

    first = watched.digest(environment)
    data = cache.load(_name(f"watched {first}"))
    if data is None:
        return ""
    import json  # noqa: PLC0415 - as above

    try:
        rows = json.loads(data)
        before = (b"", *(site + os.sep.encode() for site in environment.sites))
        paths = [before[site] + os.fsencode(name) for site, names in rows for name in names]
    except (ValueError, TypeError, IndexError, RecursionError):
        return ""
    return watched.together(first, watched.again(paths))


def watch(environment: Environment, first: str, marked: Iterable[tuple[bytes, Marks]], *, cached: bool) -> str:
    """Return the digest that `told` will return as long as nothing changes, and keep which files it is made of.

    `first` and the marks are of the time before the files were read. Nothing is kept where a path outside of the environment can
    tell more than names of packages, as the folder of a patient.
    """
    from pytest_genomic_guard.evidence import watched  # noqa: PLC0415 - where there is an environment

    by_site: dict[int, list[tuple[bytes, Marks]]] = {}  # the folder of the path, from 1; 0: none of them
    before = [(number, site + os.sep.encode()) for number, site in enumerate(environment.sites, 1)]
    for path, marks in marked:
        number = next((number for number, site in before if path.startswith(site)), 0)
        cached = cached and not (not number and _NUMBERS.search(path))
        by_site.setdefault(number, []).append((path, marks))
    if cached:
        import json  # noqa: PLC0415 - as above

        from pytest_genomic_guard.matching import cache  # noqa: PLC0415 - as above

        cut = [0, *(len(site) for _number, site in before)]
        rows = [(number, [os.fsdecode(path[cut[number] :]) for path, _marks in files]) for number, files in by_site.items()]
        cache.store(_name(f"watched {first}"), json.dumps(rows).encode())
    return watched.together(first, [each for files in by_site.values() for each in files])


def load(digest: str) -> Remembered | None:
    """Return what is kept; None where there is nothing, or what is there is damaged."""
    from pytest_genomic_guard.matching import cache  # noqa: PLC0415 - where there is an environment

    data = cache.load(_name(digest))
    if data is None:
        return None
    import json  # noqa: PLC0415 - as above

    try:
        read = json.loads(data)
        held = [_held(*row) for row in read["held"]]
        differ = None if read["differ"] is None else (int(read["differ"][0]), int(read["differ"][1]))
        return Remembered(
            held={each.name: each for each in held},
            broken=int(read["broken"]),
            unsearched=frozenset(map(str, read["unsearched"])),
            differ=differ,
            concluded={key: _concluded(row) for key, row in read["concluded"].items()},
        )
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        return None


def store(digest: str, found: Remembered) -> None:
    """Keep it."""
    import json  # noqa: PLC0415 - as above

    from pytest_genomic_guard.matching import cache  # noqa: PLC0415 - as above

    rows = {
        "held": [(each.name, each.version, each.local, [_asked(one) for one in each.requires]) for each in found.held.values()],
        "broken": found.broken,
        "unsearched": sorted(found.unsearched),
        "differ": found.differ,
        "concluded": {key: {field: getattr(each, field) for field in _FIELDS} for key, each in found.concluded.items()},
    }
    cache.store(_name(digest), json.dumps(rows).encode())


def stamp(*modules: Any) -> list[object]:
    """Return what changes when ours does: the version, and of folders of modules the times and sizes of their files."""
    marks: list[object] = [__version__]
    for folder in (path for module in modules for path in module.__path__ if os.path.isdir(path)):
        with os.scandir(folder) as found:
            files = sorted((each for each in found if each.name.endswith(".py")), key=lambda each: each.name)
        marks += [(each.name, each.stat().st_mtime_ns, each.stat().st_size) for each in files]
    return marks


def _asked(one: Requirement) -> tuple[object, ...]:
    return one.name, one.specifier, one.extras, one.marker


def _held(name: str, version: str, local: object, requires: list[tuple[str, str, list[str], str]]) -> Held:
    asked = [Requirement(name=one, specifier=of, extras=tuple(extras), marker=marker) for one, of, extras, marker in requires]
    return Held(name=name, version=version, local=bool(local), requires=tuple(asked))


def _concluded(row: Mapping[str, Any]) -> Conclusion:
    """Build a conclusion. Raises ValueError and others for what is none."""
    values: Any = {field: tuple(row[field]) if field in _LISTS else row[field] for field in _FIELDS}
    if values["kind"] not in CLASSES or not all(isinstance(values[key], str) for key in ("expression", "told", "conflict")):
        raise ValueError
    return Conclusion(**values)


def _name(digest: str) -> str:
    """Return the name of the file."""
    import hashlib  # noqa: PLC0415 - loads OpenSSL

    from pytest_genomic_guard import evidence, inventory  # noqa: PLC0415 - their folders
    from pytest_genomic_guard.views import licences  # noqa: PLC0415 - as above

    told = repr((digest, stamp(licences, evidence, inventory)))
    return f"licences-{hashlib.sha256(told.encode()).hexdigest()[:32]}.json"
