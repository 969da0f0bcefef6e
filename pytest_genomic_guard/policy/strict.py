"""Strict YAML: no anchors, aliases or tags, every node with its place."""

from __future__ import annotations

import yaml

from pytest_genomic_guard.policy import PolicyError
from pytest_genomic_guard.policy.nodes import Node, after

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Yaml = Any  # a yaml.nodes.Node or event: their stubs lack `id` and the marks


class _Loader(yaml.SafeLoader):
    """Compose nodes only; an alias could make a small file a large one, so there are none, and a tag would type what we type."""

    def compose_node(self, parent: Yaml, index: int) -> Yaml:
        event: Yaml = self.peek_event()  # type: ignore[no-untyped-call]
        if event.anchor is not None:
            raise _at(event.start_mark, "anchors and aliases are not used in a policy")
        if event.tag is not None:
            raise _at(event.start_mark, "tags are not used in a policy")
        return super().compose_node(parent, index)


def parse(text: str) -> Node:
    """Return the root of a text. Raises `PolicyError`."""
    try:
        loader = _Loader(text)
    except yaml.reader.ReaderError as error:
        raise after(text[: error.position], "the policy holds a character that YAML does not allow") from None
    try:
        root: Yaml = loader.get_single_node()
        node = None if root is None else _node(root)
    except yaml.MarkedYAMLError as error:
        raise _at(error.problem_mark or error.context_mark, "this is not YAML") from None
    except (ValueError, OverflowError):  # from PyYAML: an escape beyond Unicode, a version of thousands of digits
        raise PolicyError("this is not YAML", loader.line + 1, loader.column + 1) from None
    except RecursionError:
        raise PolicyError("the policy is nested too deep", loader.line + 1, loader.column + 1) from None
    if node is None:
        raise PolicyError("the policy is empty; it needs at least 'version: 1'", 1, 1)
    return node


def _at(mark: Yaml, message: str) -> PolicyError:
    return PolicyError(message, (mark.line if mark else 0) + 1, (mark.column if mark else 0) + 1)


def _node(found: Yaml) -> Node:
    """Return a node of YAML as one of ours, with all below it."""
    value = found.value
    if found.id == "sequence":
        value = [_node(each) for each in value]
    elif found.id == "mapping":
        value = [(_node(key), _node(each)) for key, each in value]
    mark = found.start_mark
    return Node(found.id, value, mark.line + 1, mark.column + 1, (mark.index, found.end_mark.index))
