"""The names of columns, asked all at once: a table can have a million, and each recogniser asks for some of its own.

Of a wide table every shape of a name is asked in place of the names: the name with each digit put as 1. Names that somebody gave
by counting, as `col1` to `col999999`, have a handful. A test has to pass the shape of whatever it passes itself: it must not tell
one digit from another, unless 1 is among those that it wants. Where no shape passes no name does; else the names are asked.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Collection, Iterable, Sequence

_WIDE = 512  # names from which on shapes are made
_WORTH = 2  # names of a shape, at least, for shapes to be asked
_LONGEST = 100  # characters of a name that is put plainly
_AT_ONCE = 1 << 14  # names that are put at once: a million of them take 100 MB, once more than what is kept of them
_ONES = str.maketrans("023456789", "111111111")
_ASCII_SIGNS = {at: None for at in range(128) if not chr(at).isalnum() and chr(at) != "\n"}


def shape(name: str) -> str:
    """Return a name with all its digits as ones."""
    return name.translate(_ONES)


def shapes(names: Sequence[str]) -> Collection[str]:
    """Return the different shapes of many names; the names themselves where they are few, or more than half as many shapes.

    Those would say no as late as the names do, and take as much memory again.
    """
    if len(names) < _WIDE:
        return names
    found: set[str] = set()
    for at in range(0, len(names), _AT_ONCE):
        some = names[at : at + _AT_ONCE]
        text = "\n".join(some)  # a third of the time, unless one has a line feed
        found.update(map(shape, some) if text.count("\n") >= len(some) else text.translate(_ONES).split("\n"))
        if len(found) * _WORTH > len(names):
            return names
    return frozenset(found)


def fit(names: Sequence[str], kinds: Collection[str], test: Callable[[str], object], loose: re.Pattern[str] | None) -> list[int]:
    """Return which of some names pass a test, of which `kinds` are the shapes; `loose` matches the shape of each that does."""
    if kinds is not names and not any(map(loose.fullmatch if loose else test, kinds)):
        return []
    return [at for at, name in enumerate(names) if test(name)]


def plain(names: Sequence[str], one: Callable[[str], str]) -> tuple[str, ...]:
    """Return all names as `one` puts each: in lower case, without signs; nothing for a long one."""
    if len(names) < _WIDE:
        return tuple(map(one, names))
    found: list[str] = []
    for at in range(0, len(names), _AT_ONCE):
        found += _put(names[at : at + _AT_ONCE], one)
    return tuple(found)


def _put(names: Sequence[str], one: Callable[[str], str]) -> Iterable[str]:
    text = "\n".join(names)
    if not text.isascii() or text.count("\n") != len(names) - 1 or max(map(len, names)) > _LONGEST:
        return map(one, names)
    made = text.translate(_ASCII_SIGNS).lower().split("\n")
    return [name if name == each else each for name, each in zip(names, made, strict=True)]  # not one more of a million
