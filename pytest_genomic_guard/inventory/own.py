"""The project's own licence: as its manifest declares it, else by its licence file."""

from __future__ import annotations

from pytest_genomic_guard.model import Unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.inventory.declared import Unit
    from pytest_genomic_guard.model import Snapshot

NAMES = tuple(f"{name}{end}".encode() for name in ("LICENSE", "LICENCE", "COPYING") for end in ("", ".txt", ".md", ".rst"))


def own_licence(snapshot: Snapshot, unit: Unit) -> str:
    """Return the SPDX expression of what a unit is licensed under, or an empty string."""
    from pytest_genomic_guard.views.licences import expression, prose, rlang  # noqa: PLC0415 - where there are manifests

    top = [each for each in unit.declared if each.folder == unit.root]
    for each in top:
        text = each.manifest.licence
        said = expression.canonical(text) or (rlang.expression(text) if each.manifest.ecosystem == "r" else prose.named(text))
        if text and said:
            return said
    from pytest_genomic_guard.inventory.declared import content  # noqa: PLC0415 - as above
    from pytest_genomic_guard.views.licences.texts import recognised  # noqa: PLC0415 - as above

    for name in NAMES:
        entry = snapshot.find(unit.root + b"/" + name if unit.root else name)
        if entry is None:
            continue
        try:
            return recognised(content(entry)).expression
        except Unreadable:
            return ""  # the scan of the file says so
    return ""
