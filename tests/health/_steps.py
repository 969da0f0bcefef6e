"""Counts the steps of a backtracking match as `re` goes: what a pattern does with a text shows as a number, not as a time.

It goes over the tree that the parser of `re` makes, in the order in which `re` tries things. One step is one look at one byte, or
one round of a repetition. It knows what our patterns use, and refuses the rest.
"""

from __future__ import annotations

import re
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Then = Callable[[int], bool]

_SETS = {
    c.CATEGORY_DIGIT: re.compile(rb"\d"),
    c.CATEGORY_NOT_DIGIT: re.compile(rb"\D"),
    c.CATEGORY_SPACE: re.compile(rb"\s"),
    c.CATEGORY_NOT_SPACE: re.compile(rb"\S"),
    c.CATEGORY_WORD: re.compile(rb"\w"),
    c.CATEGORY_NOT_WORD: re.compile(rb"\W"),
}
_REPEATS = {c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT}


class TooMany(Exception):  # noqa: N818 - ends the counting
    """More steps than anybody wants to see."""


def tree(pattern: bytes | str, flags: int = 0) -> Any:
    """Return what the parser makes of a pattern."""
    return parser.parse(pattern, flags)


def unbounded(node: Any, inside: bool = False) -> Iterator[str]:  # noqa: FBT001, FBT002 - a state of the walk
    """Yield what is said against a tree: a repetition without a bound in another one, unless one of the two gives nothing back."""
    for kind, given in node:
        if kind in _REPEATS:
            open_ended = given[1] is c.MAXREPEAT and kind is not c.POSSESSIVE_REPEAT
            if open_ended and inside:
                yield "a repetition without a bound in another one"
            yield from unbounded(given[2], inside or open_ended)
        else:
            for part in _parts(kind, given):
                yield from unbounded(part, inside and kind is not c.ATOMIC_GROUP)


def _parts(kind: Any, given: Any) -> list[Any]:
    if kind is c.BRANCH:
        return list(given[1])
    if kind is c.SUBPATTERN:
        return [given[3]]
    if kind in {c.ASSERT, c.ASSERT_NOT}:
        return [given[1]]
    return [given] if kind is c.ATOMIC_GROUP else []


class Steps:
    """Matches a pattern against a text at a place, and counts."""

    def __init__(self, pattern: bytes | str, flags: int = 0, most: int = 1 << 22) -> None:
        """Take a pattern, and how many steps are taken at most."""
        self._tree = tree(pattern, flags)
        self._flags = self._tree.state.flags
        self._most = most
        self._sets: dict[int, frozenset[int]] = {}
        self.count = 0

    def at(self, text: bytes, place: int) -> bool:
        """Tell whether it matches at a place. Raises `TooMany`."""
        self._text, self._groups = text, dict[int, tuple[int, int]]()
        return self._run(list(self._tree), 0, place, self._flags, lambda _end: True)

    def _step(self) -> None:
        self.count += 1
        if self.count > self._most:
            raise TooMany

    def _run(self, nodes: list[Any], number: int, at: int, flags: int, then: Then) -> bool:
        while number < len(nodes):
            kind, given = nodes[number]
            number += 1
            if kind in {c.LITERAL, c.NOT_LITERAL, c.ANY, c.IN}:
                self._step()
                if at >= len(self._text) or self._text[at] not in self._set(kind, given, flags):
                    return False
                at += 1
            elif kind is c.AT:
                self._step()
                if not self._edge(given, at, flags):
                    return False
            elif kind in {c.ASSERT, c.ASSERT_NOT}:
                if self._looked(given, at, flags) is (kind is c.ASSERT_NOT):
                    return False
            elif kind is c.ATOMIC_GROUP:
                end = self._end(list(given), at, flags)
                if end < 0:
                    return False
                at = end
            else:
                return self._several(kind, given, at, flags, self._rest(nodes, number, flags, then))
        return then(at)

    def _rest(self, nodes: list[Any], number: int, flags: int, then: Then) -> Then:
        return lambda end: self._run(nodes, number, end, flags, then)

    def _several(self, kind: Any, given: Any, at: int, flags: int, then: Then) -> bool:
        if kind is c.SUBPATTERN:
            _group, add, remove, inner = given
            return self._run(list(inner), 0, at, (flags | add) & ~remove, then)
        if kind is c.BRANCH:
            return any(self._run(list(branch), 0, at, flags, then) for branch in given[1])
        if kind not in _REPEATS:
            raise NotImplementedError(str(kind))
        least, most, inner = given
        items = list(inner)
        single = len(items) == 1 and items[0][0] in {c.LITERAL, c.NOT_LITERAL, c.ANY, c.IN}
        if single:
            return self._simple(kind, (least, most), self._set(items[0][0], items[0][1], flags), at, then)
        if kind is c.POSSESSIVE_REPEAT:
            return self._possessive((least, most), items, at, flags, then)
        return self._round(kind, (least, most), items, at, flags, then, 0, -1)

    def _simple(self, kind: Any, bounds: tuple[Any, Any], allowed: frozenset[int], at: int, then: Then) -> bool:
        """Repeat a set of bytes, one step for each."""
        least, most = bounds[0], len(self._text) - at if bounds[1] is c.MAXREPEAT else min(bounds[1], len(self._text) - at)
        done = 0
        if kind is c.MIN_REPEAT:
            while True:
                if done >= least and then(at + done):
                    return True
                self._step()
                if done >= most or self._text[at + done] not in allowed:
                    return False
                done += 1
        while done < most and self._text[at + done] in allowed:
            self._step()
            done += 1
        if kind is c.POSSESSIVE_REPEAT:
            return done >= least and then(at + done)
        for left in range(done, least - 1, -1):
            self._step()
            if then(at + left):
                return True
        return False

    def _possessive(self, bounds: tuple[Any, Any], items: list[Any], at: int, flags: int, then: Then) -> bool:
        done = 0
        while bounds[1] is c.MAXREPEAT or done < bounds[1]:
            end = self._end(items, at, flags)
            if end < 0 or end == at:
                break
            at, done = end, done + 1
        return done >= bounds[0] and then(at)

    def _round(  # noqa: PLR0913, PLR0917 - the state of a repetition
        self, kind: Any, bounds: tuple[Any, Any], items: list[Any], at: int, flags: int, then: Then, done: int, was: int
    ) -> bool:
        self._step()
        enough = done >= bounds[0]
        if kind is c.MIN_REPEAT and enough and then(at):
            return True
        more = (bounds[1] is c.MAXREPEAT or done < bounds[1]) and at != was
        if more and self._run(items, 0, at, flags, lambda end: self._round(kind, bounds, items, end, flags, then, done + 1, at)):
            return True
        return kind is not c.MIN_REPEAT and enough and then(at)

    def _end(self, items: list[Any], at: int, flags: int) -> int:
        """Return where the first way to match ends, -1 without one."""
        found = [-1]

        def keep(end: int) -> bool:
            found[0] = end
            return True

        self._run(items, 0, at, flags, keep)
        return found[0]

    def _looked(self, given: Any, at: int, flags: int) -> bool:
        direction, inner = given
        if direction > 0:
            return self._end(list(inner), at, flags) >= 0
        width = inner.getwidth()[0]
        return at >= width and self._run(list(inner), 0, at - width, flags, lambda end: end == at)

    def _edge(self, where: Any, at: int, flags: int) -> bool:
        text = self._text
        if where in {c.AT_BOUNDARY, c.AT_NON_BOUNDARY}:
            word = _SETS[c.CATEGORY_WORD]
            sides = [bool(word.match(text[each : each + 1])) for each in (at - 1, at) if each >= 0]
            here = (sides[0] if at else False) != sides[-1]
            return here is (where is c.AT_BOUNDARY)
        if where is c.AT_BEGINNING:
            return at == 0 or bool(flags & re.MULTILINE and text[at - 1] == 10)
        if where is c.AT_END:
            return at == len(text) or (text[at] == 10 and (bool(flags & re.MULTILINE) or at == len(text) - 1))
        return at == (0 if where is c.AT_BEGINNING_STRING else len(text))

    def _set(self, kind: Any, given: Any, flags: int) -> frozenset[int]:
        key = hash((str(kind), repr(given), flags & (re.IGNORECASE | re.DOTALL)))
        if key not in self._sets:
            found = _allowed(kind, given, flags)
            if flags & re.IGNORECASE:
                found |= {ord(each) for code in found if code < 128 for each in (chr(code).lower(), chr(code).upper())}
            negated = kind is c.NOT_LITERAL or (kind is c.IN and given[0][0] is c.NEGATE)
            self._sets[key] = frozenset(range(256)) - found if negated else frozenset(found)
        return self._sets[key]


def _allowed(kind: Any, given: Any, flags: int) -> set[int]:
    """Return the bytes of a set, of a negated one those that it leaves out; signs beyond a byte are as one."""
    if kind is c.ANY:
        return set(range(256)) - (set() if flags & re.DOTALL else {10})
    if kind in {c.LITERAL, c.NOT_LITERAL}:
        return {min(given, 255)}
    found: set[int] = set()
    for item, value in given:
        if item is c.LITERAL:
            found.add(min(value, 255))
        elif item is c.RANGE:
            found.update(range(min(value[0], 255), min(value[1], 255) + 1))
        elif item is c.CATEGORY:
            found.update(code for code in range(256) if _SETS[value].match(bytes([code])))
    return found
