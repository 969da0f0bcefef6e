"""A bill of materials: CycloneDX 1.6 as JSON (ECMA-424, cyclonedx.org/docs/1.6/json, 2026-11), the same bytes for the same inputs.

A component is in scope "required" where it is needed at run time, "optional" where an extra brings it, "excluded" where it is only
developed with. What a package says of itself is a declared licence, what was read from its files a concluded one.
"""

from __future__ import annotations

from pytest_genomic_guard import __version__
from pytest_genomic_guard._record import Record
from pytest_genomic_guard.inventory import edges, embeddings
from pytest_genomic_guard.inventory.sources import Seen
from pytest_genomic_guard.inventory.states import SCOPES
from pytest_genomic_guard.views.licences.nouns import Conclusion
from pytest_genomic_guard.views.licences.showing import shown, shown_expression, shown_step, shown_version

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from pytest_genomic_guard.inventory.part import Part
    from pytest_genomic_guard.inventory.result import Inventory
    from pytest_genomic_guard.views.licences.nouns import Ecosystem, Package

SCHEMA = "http://cyclonedx.org/schema/bom-1.6.schema.json"
_TYPES = {"python": "pypi", "conda": "conda", "r": "cran", "node": "npm"}
_SCOPES = {"runtime": "required", "extra": "optional", "dev": "excluded"}
_READ = frozenset(("file", "clarified", "catalogue"))
_PREFIX = "genomic-guard:"


class _Item(Record):
    """A component, until all parts were asked what it is for."""

    package: Package | None  # none: nothing tells of it
    scope: str
    row: dict[str, Any]


def text(found: Inventory, moment: int | None = None) -> str:
    """Return the document; `moment` is its time stamp, in seconds since 1970, if it is to have one."""
    import json  # noqa: PLC0415 - for this command
    import time  # noqa: PLC0415 - as above
    import uuid  # noqa: PLC0415 - as above

    document = _document(found)
    if moment is not None:
        document["metadata"] = {"timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment)), **document["metadata"]}
    serial = uuid.uuid5(uuid.NAMESPACE_URL, SCHEMA + json.dumps(document, sort_keys=True))
    head = {"$schema": SCHEMA, "bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": f"urn:uuid:{serial}", "version": 1}
    return json.dumps({**head, **document}, indent=2) + "\n"


def purl(ecosystem: Ecosystem, name: str, version: str) -> str:
    """Return the package URL (github.com/package-url/purl-spec, 2026-11)."""
    from urllib.parse import quote  # noqa: PLC0415 - for this command

    place = "/".join(quote(each, safe="") for each in name.split("/"))
    return f"pkg:{_TYPES.get(ecosystem, 'generic')}/{place}" + (f"@{quote(version, safe=':')}" if version else "")


def choice(expression: str, acknowledgement: str) -> list[dict[str, Any]]:
    """Return a licence as CycloneDX has it: by its id where it is a single one that everybody knows, else as an expression."""
    from pytest_genomic_guard.views.licences import classes  # noqa: PLC0415 - for this command

    if not expression:
        return []
    if " " not in expression and not expression.startswith("LicenseRef-") and classes.of(expression) != "unknown":
        return [{"license": {"id": expression, "acknowledgement": acknowledgement}}]
    return [{"expression": shown_expression(expression), "acknowledgement": acknowledgement}]


def _document(found: Inventory) -> dict[str, Any]:
    """Return metadata, components and dependencies."""
    projects = _projects(found.parts)
    items: dict[str, _Item] = {}
    depends: dict[str, set[str]] = {ref: set() for ref in projects.values()}
    for part in found.parts:
        refs = _components(part, items)
        direct, after = edges.edges(part)
        depends[projects[part.unit.root]].update(refs[name] for name in direct if name in refs)
        for name, ref in refs.items():
            depends.setdefault(ref, set()).update(refs[each] for each in after.get(name, ()) if each in refs)
    names = _names(found.parts)
    top, *others = [_project(ref, names.get(root, ""), found.parts, root) for root, ref in projects.items()] or [_unnamed()]
    depends.setdefault(top["bom-ref"], set()).update(each["bom-ref"] for each in others)
    document: dict[str, Any] = {
        "metadata": {
            "tools": {"components": [{"type": "application", "name": "pytest-genomic-guard", "version": __version__}]},
            "component": top,
        },
        "components": [*others, *(items[ref].row for ref in sorted(items))],
        "dependencies": [{"ref": ref, "dependsOn": sorted(on - {ref})} for ref, on in sorted(depends.items())],
    }
    if found.gaps:
        document["compositions"] = [{"aggregate": "incomplete", "dependencies": [top["bom-ref"]]}]
    return document


def _projects(parts: Sequence[Part]) -> dict[bytes, str]:
    """Return the reference of each unit by its root, that of the whole first."""
    roots = sorted({part.unit.root for part in parts})
    return {root: f"project-{number}" for number, root in enumerate(roots)}


def _names(parts: Sequence[Part]) -> dict[bytes, str]:
    """Return the name of each unit, where a manifest at its top has one."""
    found: dict[bytes, str] = {}
    for part in parts:
        for each in part.unit.declared:
            if each.folder == part.unit.root and each.manifest.name:
                found.setdefault(part.unit.root, each.manifest.name)
    return found


def _project(ref: str, name: str, parts: Sequence[Part], root: bytes) -> dict[str, Any]:
    own = next(part.settings.own for part in parts if part.unit.root == root)
    row: dict[str, Any] = {"type": "application", "bom-ref": ref, "name": shown(name) if name else "this project"}
    return row | ({"licenses": choice(own, "declared")} if own else {})


def _unnamed() -> dict[str, Any]:
    return {"type": "application", "bom-ref": "project-0", "name": "this project"}


def _components(part: Part, items: dict[str, _Item]) -> dict[str, str]:
    """Add the components of a part, and return their references by name."""
    told = {each.name: each for each in part.packages}
    refs: dict[str, str] = {}
    for name, each in sorted((*part.closure.items(), *part.closure.missing.items())):
        if part.own(name) or name in part.base:
            continue
        node = part.nodes.get((part.ecosystem, name))
        package = told.get(name)
        version = package.version if package else node.version if node else ""
        ref = refs[name] = _reference(part.ecosystem, name, version, len(items))
        before = items.get(ref)
        scope = each.scope if before is None else min(before.scope, each.scope, key=SCOPES.index)
        package = package or (before.package if before else None)
        items[ref] = _Item(package=package, scope=scope, row=_row(part, ref, name, version, package, scope))
    return refs


def _reference(ecosystem: Ecosystem, name: str, version: str, count: int) -> str:
    """Return what others refer to: the package URL, and of what must not be shown a number."""
    hidden = shown(name) != name or (version and shown_version(version) != version)
    return f"unnamed-{count}" if hidden else purl(ecosystem, name, version)


def _row(part: Part, ref: str, name: str, version: str, package: Package | None, scope: str) -> dict[str, Any]:  # noqa: PLR0913, PLR0917 - one place
    """Return a component."""
    what = package.conclusion if package else Conclusion()
    how = "concluded" if what.told in _READ else "declared"
    row: dict[str, Any] = {"type": "library", "bom-ref": ref, "name": shown(name)}
    if version:
        row["version"] = shown_version(version)
    row["scope"] = _SCOPES[scope]
    if licences := choice(what.expression, how):
        row["licenses"] = licences
    if ref.startswith("pkg:"):
        row["purl"] = ref
    if isinstance(part.seen, Seen) and part.has(name) and (within := embeddings.components(part.seen.sboms(name), ref)):
        row["components"] = within
    if what.conflict:  # what the other source of it says
        row["evidence"] = {"licenses": choice(what.conflict, "concluded" if how == "declared" else "declared")}
    row["properties"] = [{"name": _PREFIX + key, "value": value} for key, value in _properties(what, package, part)]
    return row


def _properties(what: Conclusion, package: Package | None, part: Part) -> Iterator[tuple[str, str]]:
    """Yield what told of a package, and what has no place of its own, sorted."""
    yield from (("bundled", shown_expression(each)) for each in sorted(what.bundled))
    yield "class", what.kind
    if what.conflict:
        yield "conflict", shown_expression(what.conflict)
    yield "ecosystem", part.ecosystem
    if package:
        yield "evidence", package.evidence
        if package.group:
            yield "group", shown(package.group)
    yield "told-by", what.told
    if package and len(package.why) > 1:
        yield "why", " -> ".join(map(shown_step, package.why))
