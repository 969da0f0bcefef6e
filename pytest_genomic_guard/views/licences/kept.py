"""The licence lock: what was concluded of each version, so that a commit can be judged without an environment.

``.genomic-guard/licences.lock.yaml`` is YAML of which every entry is one line of JSON: a change of one package is a change of one
line in a review, a merge is line by line, and reading it is cheap. What somebody wrote by hand as other YAML is read too, by a
loader that makes texts, lists and mappings only. No licence text is kept, no field of the metadata as it stands, no address.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.views.licences.nouns import Conclusion, Requirement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from pytest_genomic_guard.views.licences.manifests.yamls import Document
    from pytest_genomic_guard.views.licences.nouns import Ecosystem, Told

PATH = b".genomic-guard/licences.lock.yaml"
BYTES = 1 << 23
VERSION = 1
_MOST = 20_000
_DEPTH = 6
_HEAD = (
    "# What the packages that this project uses are licensed under. Written by `genomic-guard licences refresh`: commit it.\n"
    "# An entry holds for its version only; what it concludes can be changed in the policy (licences: clarify), not here.\n"
)
_ECOSYSTEMS = frozenset({"python", "conda", "r", "node", "tool", "container"})
_TOLD = frozenset({"expression", "license", "classifiers", "file", "embedded", "lock", "clarified", "catalogue", "none"})
_NAME = re.compile(r"@?[A-Za-z0-9_][A-Za-z0-9._/+-]{0,213}\Z")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+!_~:-]{0,99}\Z")
_EXPRESSION = re.compile(r"[A-Za-z0-9(][A-Za-z0-9.+:() -]{0,999}\Z")
_SPECIFIER = re.compile(r"[A-Za-z0-9<>=!~.*+_,() |^-]{0,200}\Z")
_MARKER = re.compile(r"[^\x00-\x1f;#@]{1,500}\Z")
_FILE = re.compile(r"[^\x00-\x1f\x7f]{1,300}\Z")
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_REQUIREMENT = re.compile(r"([^\[\s<>=!~;(]++)(?:\[([^\]]*+)\])?+([^;]*+)(?:; (.*+))?\Z", re.DOTALL)
_KEYS = frozenset(
    {"name", "version", "ecosystem", "expression", "told", "conflict", "ambiguous", "bundled", "requires", "extras", "files"}
)


class Kept(Record):
    """What the lock says of one version of one package."""

    name: str  # normalised
    version: str
    ecosystem: Ecosystem = "python"
    expression: str = ""  # SPDX; empty where nothing could be concluded
    told: Told = "none"  # by what, when it was concluded
    conflict: str = ""
    ambiguous: bool = False
    bundled: tuple[str, ...] = ()
    requires: tuple[Requirement, ...] = ()
    extras: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()  # name and SHA-256 of the licence files


def read(data: bytes) -> tuple[Kept, ...] | None:
    """Return the entries; None for what is no licence lock of this version, is damaged, or names one version twice."""
    if len(data) > BYTES:
        return None
    try:
        rows = _lines(data.decode("utf-8"))
        found = tuple(_entry(row) for row in (rows if rows is not None else _yaml(data)))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return found if len({(each.ecosystem, each.name, each.version) for each in found}) == len(found) else None


def write(packages: Iterable[Kept], date: str) -> str:
    """Return the lock as text, sorted; `date` is that of the evidence. Raises ValueError for what `sound` refuses."""
    import json  # noqa: PLC0415 - only where a lock is read or written

    if not _DATE.match(date):
        raise ValueError("the date is no date")
    rows = {}
    for each in packages:
        if not sound(each):
            raise ValueError("a package has a name, a version or an expression that a lock cannot hold")
        rows[each.name, each.ecosystem, each.version] = each
    lines = [f"- {json.dumps(_row(rows[key]), ensure_ascii=False)}\n" for key in sorted(rows)]
    return f'{_HEAD}version: {VERSION}\ndate: "{date}"\npackages:{"" if lines else " []"}\n' + "".join(lines)


def sound(kept: Kept) -> bool:
    """Tell whether a lock can hold an entry: its words are of the kinds of words that they should be, and may be shown."""
    from pytest_genomic_guard.views.licences.showing import shown_expression  # noqa: PLC0415 - where there is a lock, as the next

    told = [each for each in (kept.expression, kept.conflict, *kept.bundled) if each]
    return (
        _NAME.match(kept.name) is not None
        and _VERSION.match(kept.version) is not None
        and kept.ecosystem in _ECOSYSTEMS
        and kept.told in _TOLD
        and all(_EXPRESSION.match(each) and shown_expression(each) == each for each in told)
        and all(_NAME.match(each) for each in kept.extras)
        and all(_FILE.match(name) and _SHA256.match(sha256) for name, sha256 in kept.files)
        and _public(kept)
    )


def _public(kept: Kept) -> bool:
    """Tell whether nothing of an entry is hidden elsewhere."""
    from pytest_genomic_guard.views.licences.showing import shown, shown_version, telling  # noqa: PLC0415 - as above

    return (
        all(shown(name) == name for name in (kept.name, *kept.extras))
        and shown_version(kept.version) == kept.version
        and not any(telling(name) for name, _sha256 in kept.files)
    )


def conclusion(kept: Kept) -> Conclusion:
    """Return what was concluded; its class is that of the expression by the present tables."""
    from pytest_genomic_guard.views.licences.expression import classify  # noqa: PLC0415 - its tables only where there is a lock

    return Conclusion(
        expression=kept.expression,
        kind=classify(kept.expression) if kept.expression else "unknown",
        told=kept.told,
        conflict=kept.conflict,
        ambiguous=kept.ambiguous,
        bundled=kept.bundled,
    )


def _row(kept: Kept) -> dict[str, Any]:
    """Return an entry without what it does not say."""
    row: dict[str, Any] = {"name": kept.name, "version": kept.version}
    if kept.ecosystem != "python":
        row["ecosystem"] = kept.ecosystem
    row |= {"expression": kept.expression, "told": kept.told}
    optional = {
        "conflict": kept.conflict,
        "ambiguous": kept.ambiguous,
        "bundled": sorted(kept.bundled),
        "extras": sorted(kept.extras),
        "requires": sorted({text for each in kept.requires if (text := _asked(each))}),
        "files": dict(sorted(kept.files)),
    }
    return row | {key: value for key, value in optional.items() if value}


def _asked(one: Requirement) -> str:
    """Return a requirement as PEP 508 writes it; of a specifier that is none, such as an address, nothing.

    What could be a token, or a person's number, is left out of it.
    """
    from pytest_genomic_guard.views.licences.showing import shown, telling  # noqa: PLC0415 - where there is a lock

    if not _NAME.match(one.name) or shown(one.name) != one.name:
        return ""
    extras = [extra for extra in one.extras if _NAME.match(extra) and shown(extra) == extra]
    specifier = one.specifier if _SPECIFIER.match(one.specifier) and not telling(one.specifier) else ""
    asked = f"[{','.join(extras)}]" if extras else ""
    marker = f"; {one.marker}" if _MARKER.match(one.marker) and not telling(one.marker) else ""
    return one.name + asked + specifier + marker


def _lines(text: str) -> list[Any] | None:
    """Return the entries of a lock as it is written here; None where it is other YAML. Raises ValueError."""
    import json  # noqa: PLC0415 - only where a lock is read or written

    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    if len(lines) < 3 or lines[0] != f"version: {VERSION}" or not lines[1].startswith("date: ") or lines[2] != "packages:":
        return None
    if not all(line.startswith("- {") for line in lines[3:]):
        return None
    try:
        found = json.loads(f"[{','.join(line[2:] for line in lines[3:])}]", object_pairs_hook=_once)
    except json.JSONDecodeError:
        return None
    return found if isinstance(found, list) and len(found) == len(lines) - 3 else None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _RepeatedError
    return found


class _RepeatedError(TypeError):
    """A key is there twice."""


def _yaml(data: bytes) -> list[Any]:
    """Return the entries of a lock that somebody wrote, or changed, by hand. Raises ValueError."""
    from pytest_genomic_guard.views.licences.manifests.damaged import DamagedError  # noqa: PLC0415 - as the next
    from pytest_genomic_guard.views.licences.manifests.yamls import Document  # noqa: PLC0415 - yaml, for such locks only

    try:
        document = Document(data)
        top = _plain(document, document.root, _DEPTH)
    except DamagedError:
        raise ValueError("no YAML") from None
    if not isinstance(top, dict) or top.get("version") != str(VERSION) or not isinstance(top.get("packages"), list):
        raise ValueError("no licence lock")
    rows: list[Any] = top["packages"]
    return rows


def _plain(document: Document, node: Any, depth: int) -> Any:
    """Return a node as text, list or mapping. Raises ValueError."""
    if node is None or not depth:
        raise ValueError("nothing, or too deep")
    if node.id == "sequence":
        return [_plain(document, each, depth - 1) for each in document.items(node)]
    if node.id == "mapping":
        fields = document.fields(node)
        if len(fields) != len(node.value):
            raise ValueError("a key is repeated, or is no text")
        return {key: _plain(document, value, depth - 1) for key, value in fields.items()}
    return node.value


def _entry(row: Any) -> Kept:
    """Return one entry. Raises ValueError, TypeError and KeyError."""
    if not isinstance(row, dict) or not row.keys() <= _KEYS:
        raise TypeError("no entry")
    files = row.get("files", {})
    kept = Kept(
        name=_word(row["name"]),
        version=_word(row["version"]),
        ecosystem=_word(row.get("ecosystem", "python")),  # type: ignore[arg-type]  # `sound` looks at it
        expression=_word(row["expression"]),
        told=_word(row.get("told", "none")),  # type: ignore[arg-type]  # `sound` looks at it
        conflict=_word(row.get("conflict", "")),
        ambiguous=_word(str(row.get("ambiguous", False))).lower() == "true",
        bundled=_words(row.get("bundled", [])),
        requires=tuple(_requirement(text) for text in _words(row.get("requires", []))),
        extras=_words(row.get("extras", [])),
        files=tuple((_word(name), _word(sha256)) for name, sha256 in files.items()),
    )
    if not sound(kept):
        raise ValueError("an entry is damaged")
    return kept


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _words(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > _MOST:
        raise TypeError("no list")
    return tuple(_word(each) for each in value)


def _requirement(text: str) -> Requirement:
    match = _REQUIREMENT.match(text)
    if match is None or not _NAME.match(match[1]):
        raise ValueError("no requirement")
    extras = tuple(extra for extra in (match[2] or "").split(",") if extra)
    return Requirement(name=match[1], specifier=match[3], extras=extras, marker=match[4] or "")
