"""The trees of programs that were parsed before: cells that notebooks share, and what two versions of a file have in common.

A statement of a module stands for itself: where it begins, Python's tokenizer holds nothing of what was before it, neither a
bracket nor a string nor an indent. So what parses between two such places is what the whole has there, whatever is around it; what
does not, as an `else` whose `if` is in the part before, is parsed with the whole.
"""

from __future__ import annotations

import ast
from itertools import takewhile

from pytest_genomic_guard.views.code.nodes import FIELDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Parsed = tuple[ast.Module, tuple[int, ...]]

_MOST = 1 << 18  # characters of programs that are kept: their trees take fifty times as many bytes


class Versions:
    """The last versions of programs, by their paths: few, as those of one path come one after the other."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: dict[bytes, tuple[str, ast.Module]] = {}

    def add(self, path: bytes, code: str, tree: ast.Module) -> None:
        """Keep a program that was parsed as it stands."""
        self._kept.pop(path, None)
        if len(code) <= _MOST and "\r" not in code and "barry_as_FLUFL" not in code:
            self._kept[path] = code, tree
        while sum(len(kept) for kept, _tree in self._kept.values()) > _MOST:
            del self._kept[next(iter(self._kept))]

    def tree(self, path: bytes, code: str, parse: Callable[[str], ast.Module | None]) -> ast.Module | None:
        """Return the tree of the next version; None where it has to be parsed whole. The tree of the one before is used up."""
        if path not in self._kept or "\r" in code or "barry_as_FLUFL" in code or code.rstrip("\n").endswith("\\"):
            return None
        before, tree = self._kept.pop(path)
        if before == code:
            return tree
        old, new = before.split("\n"), code.split("\n")
        starts = _starts(tree.body, old)
        same = sum(1 for _each in takewhile(bool, map(str.__eq__, old, new)))
        first = max((at for at, line in enumerate(starts) if 0 < line <= same + 1), default=0)
        least = max(starts[first] if first else 1, 1)  # the line from which on it may differ
        left = min(len(old), len(new)) - least + 1
        alike = sum(
            1 for _each, _left in zip(takewhile(bool, map(str.__eq__, reversed(old), reversed(new))), range(left), strict=False)
        )
        last = min((at for at, line in enumerate(starts) if line and at >= first and line > len(old) - alike), default=len(starts))
        shift = len(new) - len(old)
        stop = starts[last] + shift - 1 if last < len(starts) else len(new)
        if stop < least - 1 or (first == 0 and last == len(starts)) or new[max(0, stop - 1)].endswith("\\"):
            return None
        between = parse("\n" * (least - 1) + "\n".join(new[least - 1 : stop]) + "\n" * (last < len(starts)))
        if between is None:
            return None
        behind = tree.body[last:]
        _move(behind, shift)
        return ast.Module(body=[*tree.body[:first], *between.body, *behind], type_ignores=[])


class Cells:
    """Cells of notebooks by their text: those of one project have the same imports, commands and figures."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: dict[str, Parsed] = {}
        self._size = 0

    def parsed(self, code: str, used: set[int], parse: Callable[[str], Parsed]) -> Parsed:
        """Return what a cell is parsed to. `used` are the trees of this notebook: two equal cells are two places, so two trees."""
        known = self._kept.pop(code, None)
        if known is None:
            known = parse(code)
            self._size += len(code)
        self._kept[code] = known  # the latest last
        while self._size > _MOST:
            oldest = next(iter(self._kept))
            del self._kept[oldest]
            self._size -= len(oldest)
        if id(known[0]) in used:
            known = parse(code)
        used.add(id(known[0]))
        return known


def _starts(body: Sequence[ast.stmt], lines: Sequence[str]) -> list[int]:
    """Return for each statement the line that begins with it, 0 for one that shares a line or goes on from one."""
    found: list[int] = []
    end = 0
    for node in body:
        above = [each.lineno for each in getattr(node, "decorator_list", ())]  # of what follows the sign, perhaps a line below it
        line = min([node.lineno, *above])
        alone = line > end and not (line > 1 and lines[line - 2].endswith("\\"))
        alone = alone and (not above or lines[line - 1].lstrip(" \t\f").startswith("@"))
        found.append(line if alone else 0)
        end = node.end_lineno or line
    return found


def _move(body: Sequence[ast.stmt], lines: int) -> None:
    """Move statements down by a number of lines, and all that is in them."""
    waiting: list[ast.AST] = list(body) if lines else []
    for node in waiting:  # which grows as it is read, also by what is no node
        for field in FIELDS.get(type(node), ()):
            value = getattr(node, field)
            if type(value) is list:
                waiting += value
            else:
                waiting.append(value)
        place = node.__dict__ if type(node) in FIELDS else {}
        if "lineno" in place:
            place["lineno"] += lines
            place["end_lineno"] += lines
