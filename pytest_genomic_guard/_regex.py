"""Regular expressions that are compiled when they are first used.

A hook on twenty files imports modules with some three hundred expressions and uses about thirty: to compile them all takes as long
as everything else that it does.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, AnyStr

PARTS = (
    *("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn", "scanner"),
    *("pattern", "flags", "groups", "groupindex"),
)


class Regex:
    """Stands in for a compiled expression, and has the same methods: after the first use, the very same."""

    __slots__ = ("_given", *PARTS)

    def __init__(self, text: Any, flags: int) -> None:
        self._given = (text, flags)

    def __getattr__(self, name: str) -> Any:
        """Compile, since a part was asked for that is not there yet."""
        if name not in PARTS:
            raise AttributeError(name)
        made = re.compile(*self._given)
        for part in PARTS:
            setattr(self, part, getattr(made, part))
        return getattr(made, name)


def regex(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what ``re.compile`` returns, for the top level of a module. It is no argument for the functions of `re`."""
    return Regex(text, flags)  # type: ignore[return-value]
