"""The place where a model for names plugs in: an entry point of the group `genomic_guard_names` of an installed distribution.

    [project.entry-points.genomic_guard_names]
    mine = "package.module:names"

    def names(text: str) -> Iterable[tuple[int, int]]: ...  # spans of characters that are names of people

It sees windows of a few thousand characters around labels, days and numbers, and must keep that to itself. Nothing is loaded
unless the option `names` of PHI106 says which; a policy can name what is installed, and nothing else.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.health.noteitems import Namer

GROUP = "genomic_guard_names"
_loaded: dict[str, Namer] = {}


def named(name: str) -> Namer:
    """Return the function of that name. Raises LookupError where none is installed, or more than one."""
    if name not in _loaded:
        from importlib.metadata import entry_points  # noqa: PLC0415 - slow to import, and of no use by default

        points = list(entry_points(group=GROUP, name=name))
        if len(points) != 1:
            raise LookupError("no such entry point")
        _loaded[name] = points[0].load()
    return _loaded[name]
