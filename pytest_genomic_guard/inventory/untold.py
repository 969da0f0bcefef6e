"""The packages that are required and of whose licences nothing here tells, and what a dated catalogue would take them for."""

from __future__ import annotations

from pytest_genomic_guard.inventory import ways
from pytest_genomic_guard.model import Located
from pytest_genomic_guard.views.licences.nouns import Conclusion, Hinted, Package

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.inventory.part import Part

_STRICT = frozenset(("strong-copyleft", "network-copyleft"))


def packages(part: Part) -> Iterator[Package]:
    """Yield them, after the others were judged: without evidence, and not allowed where they are needed at run time."""
    told = {each.name for each in part.packages}
    for name, each in sorted((*part.closure.items(), *part.closure.missing.items())):
        if name in told or part.own(name) or name in part.base:
            continue
        package = Package(
            name=name,
            version=_version(part, name),
            ecosystem=part.ecosystem,
            conclusion=Conclusion(),
            scope=each.scope,
            group=each.group,
            direct=each.direct,
            why=each.why,
            manifest=each.manifest or part.path,
            line=each.line,
            allowed=each.scope != "runtime" or part.ecosystem in {"tool", "container"},
        )
        yield ways.noted(part, package)


def hinted(part: Part) -> Iterator[Located]:
    """Yield those that the catalogue takes for strong or network copyleft, of other platforms too."""
    if part.ecosystem in {"tool", "container"}:
        return
    from pytest_genomic_guard.views.licences.catalogue import hint  # noqa: PLC0415 - where nothing tells of something

    told = {each.name for each in part.packages}
    for each in packages(part):
        kind = hint(part.ecosystem, each.name, each.version)
        if kind in _STRICT and not part.settings.dev(each):
            about = {"scope": each.scope, "group": each.group, "why": each.why, "line": each.line}
            fact = Hinted(name=each.name, version=each.version, kind=kind, **about)  # type: ignore[arg-type]
            yield Located(path=each.manifest, fact=fact)
    for name in sorted(part.closure.elsewhere):
        kind = hint(part.ecosystem, name, _version(part, name))
        if kind in _STRICT and name not in told and not part.own(name):
            node = part.nodes.get((part.ecosystem, name))
            at, line = (node.manifest or part.path, node.line) if node else (part.path, 0)
            yield Located(path=at, fact=Hinted(name=name, version=_version(part, name), kind=kind, line=line))  # type: ignore[arg-type]


def _version(part: Part, name: str) -> str:
    node = part.nodes.get((part.ecosystem, name))
    return (node.version if node else "") or part.pins.get(name, "")
