"""``setup.cfg`` of setuptools, and of pbr and d2to1 before it (setuptools.pypa.io/userguide/declarative_config, read 2026-11).

Read line by line as configparser does, without its interpolation (``%``), which setuptools does not use, and with the line of
each requirement, which configparser does not tell.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.views.licences.manifests.damaged import NODES, DamagedError, TooLargeError
from pytest_genomic_guard.views.licences.manifests.groups import scope_of
from pytest_genomic_guard.views.licences.manifests.pep508 import normal, parse
from pytest_genomic_guard.views.licences.manifests.pyproject import licence_of
from pytest_genomic_guard.views.licences.nouns import Group, Manifest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.licences.nouns import Requirement

    Values = list[tuple[int, str]]  # the lines of an option, each with its number

_SECTION = re.compile(r"\[(?P<name>[^\]\n]{1,8000})\]")
_OPTION = re.compile(r"(?P<key>[^=:\s][^=:]{0,200}?)\s{0,80}[=:](?P<value>.*)")
# Words of a file that is about a package: one that only configures tools is not asked whether it could be parsed.
_ABOUT = re.compile(
    r"^[ \t]*(?:\[[ \t]*(?:options|metadata)|(?:install|setup|tests|extras)[_-]requires?|requires[_-]dist)", re.MULTILINE
)
_GROUPS = (("install_requires", "", "runtime"), ("tests_require", "test", "dev"), ("setup_requires", "build-system", "dev"))


def read(data: bytes, path: bytes) -> Manifest | None:  # noqa: ARG001 - all readers are called alike
    """Return the groups; None for a file that configures tools and names no project."""
    try:
        text = data.decode("utf-8-sig")
    except ValueError:
        text = data.decode("latin-1")
    sections = _sections(text)
    metadata, options = sections.get("metadata", {}), sections.get("options", {})
    reader = _Reader()
    for key, name, scope in _GROUPS:
        reader.group(name, scope, options.get(key) or options.get(key.replace("_", "-")) or [])
    for key, values in sections.get("options.extras_require", {}).items():
        reader.group(normal(key), scope_of(key), values)
    reader.group("", "runtime", metadata.get("requires_dist") or metadata.get("requires-dist") or [])
    name = _text(metadata, "name")
    licence = licence_of(
        _text(metadata, "license"), [each for _, each in metadata.get("classifiers", metadata.get("classifier", []))]
    )
    groups = reader.groups
    if not (name or licence or groups or reader.includes or reader.dynamic or reader.unread):
        return None
    return Manifest(
        form="setup.cfg",
        ecosystem="python",
        name=normal(name) if re.fullmatch(r"[A-Za-z0-9._-]{1,200}", name) else "",
        licence=licence,
        groups=tuple(groups),
        includes=tuple(dict.fromkeys(reader.includes)),
        unread=tuple(reader.unread),
        dynamic=reader.dynamic,
    )


def _text(section: dict[str, Values], key: str) -> str:
    return " ".join(each for _, each in section.get(key, ())).strip()


def _sections(text: str) -> dict[str, dict[str, Values]]:
    """Return sections, options and lines. What continues an option is set in; a line of its own begins one or a section.

    Raises `DamagedError` for a header that does not end, and for options of a package above any header.
    """
    found: dict[str, dict[str, Values]] = {}
    section: dict[str, Values] = {}
    values: Values | None = None
    lines = text.splitlines()
    if len(lines) > NODES:
        raise TooLargeError
    for number, raw in enumerate(lines, 1):
        line = raw.strip()
        if not line or line.startswith(("#", ";")):
            continue
        if raw[0].isspace() and values is not None:
            values.append((number, line))
            continue
        head = _SECTION.match(line)
        if head is not None:
            section, values = found.setdefault(head["name"].strip(), {}), None
            continue
        if (line.startswith("[") or not found) and _ABOUT.search(text) is not None:
            raise DamagedError
        option = _OPTION.match(line)
        values = None
        if option is not None:
            values = section.setdefault(option["key"].strip().lower(), [])
            if option["value"].strip():
                values.append((number, option["value"].strip()))
    return found


class _Reader:
    """Gathers groups, and the files that hold what is not written here."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self.includes: list[str] = []
        self.unread: list[int] = []
        self.dynamic = False

    def group(self, name: str, scope: str, values: Values) -> None:
        """Add a group; ``file:`` names lists, ``attr:`` a program."""
        first = values[0][1] if values else ""
        if first.startswith("file:"):
            files = [each.strip() for each in ",".join(value for _, value in values).removeprefix("file:").split(",")]
            self.includes += [each for each in files if each and scope != "dev"]
            return
        if first.startswith("attr:"):
            self.dynamic = True
            return
        found = [each for number, value in values for each in self._requirements(number, value)]
        if found:
            self.groups.append(Group(name=name, scope=scope, requires=tuple(found)))  # type: ignore[arg-type]

    def _requirements(self, line: int, value: str) -> list[Requirement]:
        """Return the requirements of a line; several stand on one, with ``;`` between them, as setuptools allows."""
        words = re.split(r"\s#", value)[0].strip().rstrip(",")
        each = parse(words, line)
        if each is not None and (";" not in words or not _listed(words)):
            return [each]
        parts = [part for part in words.split(";") if part.strip()]
        several = [parse(part, line) for part in parts] if len(parts) > 1 else []
        found = [part for part in several if part is not None]
        if not found:
            self.unread.append(line)
        return found


def _listed(words: str) -> bool:
    """Tell whether what follows a ``;`` is no marker, which always compares something."""
    rest = words.partition(";")[2]
    return re.search(r"[a-z_.]\s{0,8}(?:[<>=!~]=|[<>]|\bin\b|\bnot\b)|[\"']", rest) is None or parse(rest.strip()) is not None
