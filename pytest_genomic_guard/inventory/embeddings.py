"""What a wheel says that it carries: the components of the bills of materials in its dist-info (PEP 770, 2026-11)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

_MOST = 2000


def components(sboms: Sequence[bytes], ref: str) -> list[dict[str, Any]]:
    """Return name, version and licence of each, as components of CycloneDX; others' documents are read, and nothing is believed."""
    from pytest_genomic_guard.views.licences.showing import shown, shown_version  # noqa: PLC0415 - for this command

    found: dict[tuple[str, str], str] = {}
    for name, version, expression in (each for data in sboms for each in _read(data)):
        if shown(name) == name and (not version or shown_version(version) == version) and len(found) < _MOST:
            found.setdefault((name, version), expression)
    return [_component(f"{ref}#{number}", *key, found[key]) for number, key in enumerate(sorted(found), 1)]


def _component(ref: str, name: str, version: str, expression: str) -> dict[str, Any]:
    from pytest_genomic_guard.inventory.bom import choice  # noqa: PLC0415 - which imports this

    row: dict[str, Any] = {"type": "library", "bom-ref": ref, "name": name}
    if version:
        row["version"] = version
    if licences := choice(expression, "declared"):
        row["licenses"] = licences
    return row


def _read(data: bytes) -> Iterator[tuple[str, str, str]]:
    """Yield name, version and SPDX expression of the components of one document."""
    import json  # noqa: PLC0415 - where there is one

    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return
    rows = document.get("components") if isinstance(document, dict) else None
    for row in rows[:_MOST] if isinstance(rows, list) else ():
        if isinstance(row, dict) and isinstance(name := row.get("name"), str):
            version = row.get("version")
            yield name, version if isinstance(version, str) else "", _expression(row.get("licenses"))


def _expression(licences: Any) -> str:
    from pytest_genomic_guard.views.licences.expression import canonical  # noqa: PLC0415 - where a document has one

    said = []
    for each in licences[:20] if isinstance(licences, list) else ():
        inner = each.get("license") if isinstance(each, dict) else None
        text = each.get("expression") if isinstance(each, dict) else None
        text = text or (inner.get("id") if isinstance(inner, dict) else None)
        if isinstance(text, str) and (one := canonical(text[:1000])):
            said.append(one)
    return canonical(" AND ".join(f"({one})" for one in said)) if said else ""
