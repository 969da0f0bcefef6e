"""The names of columns, asked all at once: a table can have a million, and each recogniser asks for some of its own.

Of a wide table every shape of a name is asked in place of the names: the name with each digit put as 1. Names that somebody gave
by counting, as `col1` to `col999999`, have a handful. A test has to pass the shape of whatever it passes itself: it must not tell
one digit from another, unless 1 is among those that it wants. Where no shape passes no name does; else the names are asked.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Collection, Sequence

_WIDE = 512  # names from which on shapes are made
_LONGEST = 100  # characters of a name that is put plainly
_ONES = str.maketrans("023456789", "111111111")
_ASCII_SIGNS = {at: None for at in range(128) if not chr(at).isalnum() and chr(at) != "\n"}


def shape(name: str) -> str:
    """Return a name with all its digits as ones."""
    return name.translate(_ONES)


def shapes(names: Sequence[str]) -> Collection[str]:
    """Return the different shapes of many names; the names themselves where they are few."""
    if len(names) < _WIDE:
        return names
    text = "\n".join(names)
    if text.count("\n") >= len(names):
        return frozenset(map(shape, names))  # one has a line feed
    return frozenset(text.translate(_ONES).split("\n"))  # a third of the time


def fit(names: Sequence[str], kinds: Collection[str], test: Callable[[str], object], loose: re.Pattern[str] | None) -> list[int]:
    """Return which of some names pass a test, of which `kinds` are the shapes; `loose` matches the shape of each that does."""
    if kinds is not names and not any(map(loose.fullmatch if loose else test, kinds)):
        return []
    return [at for at, name in enumerate(names) if test(name)]


def plain(names: Sequence[str], one: Callable[[str], str]) -> tuple[str, ...]:
    """Return all names as `one` puts each: in lower case, without signs; nothing for a long one."""
    text = "\n".join(names) if len(names) >= _WIDE else ""
    if not text or not text.isascii() or text.count("\n") != len(names) - 1 or max(map(len, names)) > _LONGEST:
        return tuple(map(one, names))
    made = text.translate(_ASCII_SIGNS).lower().split("\n")
    return tuple([name if name == each else each for name, each in zip(names, made, strict=True)])  # not one more of a million
