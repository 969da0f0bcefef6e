"""What the plugins that a policy names add to the rules; most policies name none, and nothing of this is imported."""

from __future__ import annotations

from importlib.metadata import entry_points

import pluggy

from pytest_genomic_guard import hookspecs
from pytest_genomic_guard.registry import PluginError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.model import Rulebook

GROUP = "genomic_guard"


def load_plugins(names: Sequence[str]) -> list[type[Rulebook]]:
    """Return what the named plugins add. Raises `PluginError`."""
    found: list[type[Rulebook]] = []
    for name in names:
        points = list(entry_points(group=GROUP, name=name))
        if len(points) != 1:
            many = "offered by more than one distribution" if points else "not installed"
            raise PluginError(f"the plugin {name} is {many}")
        try:
            found += _added(points[0].load(), name)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a plugin does wrong, the run says who it was
            raise PluginError(f"the plugin {name} cannot be used ({type(error).__name__})") from None
    return found


def _added(plugin: object, name: str) -> list[type[Rulebook]]:
    """Return the rules of one plugin. Raises what the plugin raises."""
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    manager.register(plugin, name)
    manager.check_pending()
    hooks = (manager.hook.genomic_guard_checks, manager.hook.genomic_guard_relations)
    return [rulebook for hook in hooks for added in hook() for rulebook in added]
