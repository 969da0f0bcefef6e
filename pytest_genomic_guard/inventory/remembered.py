"""What was read and concluded of an environment, between runs: names, versions, requirements, licences of packages: all public.

The name of the file tells the environment as it is (what is installed, when it was written), and ours: the version, and the
modules that read and conclude. So what was concluded by other rules, or of other packages, is never found.
"""

from __future__ import annotations

import os

from pytest_genomic_guard import __version__
from pytest_genomic_guard._record import Record
from pytest_genomic_guard.views.licences.nouns import CLASSES, Conclusion, Requirement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

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
    differ: tuple[int, int] | None = None  # names that only we see, and that only pip-licenses sees; None: nobody compared them
    concluded: Mapping[str, Conclusion] = {}  # by ``name==version``


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
