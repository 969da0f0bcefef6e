"""The trees of programs that were parsed before: cells that notebooks share, and what two versions of a file have in common.

A statement of a module stands for itself: where it begins, Python's tokenizer holds nothing of what was before it, neither a
bracket nor a string nor an indent. So what parses between two such places is what the whole has there, whatever is around it; what
does not, as an `else` whose `if` is in the part before, is parsed with the whole. The same lines as before, from such a place on,
are the same statements, and where they end is such a place again.
"""

from __future__ import annotations

import ast
from itertools import pairwise

from pytest_genomic_guard.views.code.nodes import FIELDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Parsed = tuple[ast.Module, tuple[int, ...]]

_TRIES, _FREE = 8, 1000  # lines that are compared for each of a version, and for all
_MOST = 1 << 18  # characters of programs that are kept: their trees take fifty times as many bytes


class _Block:
    """Statements that stand on lines of their own: these lines, where they begin, and the places of all nodes once one moved."""

    __slots__ = ("body", "first", "lines", "places")

    def __init__(self, lines: list[str], body: list[ast.stmt], first: int) -> None:
        """Take them; lines are counted from 0."""
        self.lines, self.body, self.first = lines, body, first
        self.places: list[dict[str, int]] | None = None

    def move(self, lines: int) -> None:
        """Move the statements down by a number of lines."""
        self.first += lines
        if lines:
            self.places = self.places if self.places is not None else _places(self.body)
            for place in self.places:
                place["lineno"] += lines
                place["end_lineno"] += lines


# The length of a program, its tree, and its statements; its text, as long as nobody has asked for another version
_Kept = tuple[int, ast.Module, list[_Block] | str]


class Versions:
    """The last versions of programs, by their paths: few, as those of one path come one after the other."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: dict[bytes, _Kept] = {}

    def add(self, path: bytes, code: str, tree: ast.Module) -> None:
        """Keep a program that was parsed as it stands."""
        known = self._kept.pop(path, None)
        if len(code) <= _MOST and "\r" not in code and "barry_as_FLUFL" not in code:
            own = known is not None and known[1] is tree
            self._kept[path] = known if known is not None and own else (len(code), tree, code)
        while sum(kept[0] for kept in self._kept.values()) > _MOST:
            del self._kept[next(iter(self._kept))]

    def tree(self, path: bytes, code: str, parse: Callable[[str], ast.Module | None]) -> ast.Module | None:
        """Return the tree of the next version; None where it has to be parsed whole. The tree of the one before is used up."""
        if path not in self._kept or "\r" in code or "barry_as_FLUFL" in code or code.rstrip("\n").endswith("\\"):
            return None
        lines, blocks = code.split("\n"), list[_Block]()
        at = 0  # up to where it is known
        _size, whole, before = self._kept.pop(path)
        for place, known in _same(_blocks(whole.body, before.split("\n")) if isinstance(before, str) else before, lines):
            between = _parsed(lines, at, place, parse)
            if between is None:
                return None
            known.move(place - known.first)
            blocks += [*between, known]
            at = place + len(known.lines)
        rest = _parsed(lines, at, len(lines), parse) if blocks else None
        if rest is None:
            return None
        blocks += rest
        tree = ast.Module(body=[each for block in blocks for each in block.body], type_ignores=[])
        self._kept[path] = len(code), tree, blocks
        return tree


def _same(blocks: Sequence[_Block], lines: Sequence[str]) -> list[tuple[int, _Block]]:
    """Return in order where lines stand that a version before had, each of its blocks once."""
    by: dict[str, list[_Block]] = {}
    for block in reversed(blocks):  # what is taken first stands last
        if block.lines:
            by.setdefault(block.lines[0], []).append(block)
    found: list[tuple[int, _Block]] = []
    left = _TRIES * len(lines) + _FREE  # lines that may be compared, so that no text takes long
    at = 0
    while at < len(lines) and left > 0:
        waiting = by.get(lines[at], ())
        for number in range(len(waiting) - 1, -1, -1):
            block = waiting[number]
            last = at + len(block.lines) - 1
            left -= 1
            if last < len(lines) and lines[last] == block.lines[-1]:
                left -= len(block.lines)
                if lines[at : last + 1] == block.lines:
                    del by[lines[at]][number]
                    found.append((at, block))
                    at = last
                    break
            if left <= 0:
                break
        at += 1
    return found


def _parsed(lines: list[str], first: int, end: int, parse: Callable[[str], ast.Module | None]) -> list[_Block] | None:
    """Return the blocks of the lines between two places at which statements begin; None where they do not parse by themselves."""
    new = lines[first:end]
    if all(not line or line[0] == "#" for line in new):
        return []
    if end < len(lines) and new[-1].endswith("\\"):
        return None
    tree = parse("\n".join(new) + "\n" * (end < len(lines)))
    if tree is None:
        return None
    blocks = _blocks(tree.body, new)
    for block in blocks:
        block.move(first)
    return blocks


def _blocks(body: list[ast.stmt], lines: list[str]) -> list[_Block]:
    """Return statements with their lines; without lines those of which these do not tell where they begin or end."""
    starts = _starts(body, lines)
    heads = [at for at, line in enumerate(starts) if line]
    found = [_Block([], body[: heads[0] if heads else None], 0)]
    for at, to in pairwise([*heads, len(body)]):
        part = body[at:to]
        own = lines[starts[at] - 1 : part[-1].end_lineno]
        found.append(_Block([] if own[-1].endswith("\\") else own, part, starts[at] - 1))
    return found


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


def _places(body: Sequence[ast.stmt]) -> list[dict[str, int]]:
    """Return where each node that has a place holds it."""
    waiting: list[ast.AST] = list(body)
    found: list[dict[str, int]] = []
    for node in waiting:  # which grows as it is read, also by what is no node
        fields = FIELDS.get(type(node))
        if fields is None:
            continue
        place = node.__dict__
        if "lineno" in place:
            found.append(place)
        for field in fields:
            value = place.get(field)
            if type(value) is list:
                waiting += value
            elif value is not None:
                waiting.append(value)
    return found
