"""Expressions that are compiled when they are first used: a card needs few of those that all cards together need."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, AnyStr


class _Late:
    """What stands for an expression until it is used; from then on its methods are those of the expression."""

    def __init__(self, form: str | bytes, flags: int) -> None:
        self._form = form
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        method = getattr(re.compile(self._form, self._flags), name)
        setattr(self, name, method)
        return method


def form(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return an expression that is compiled when it is first used."""
    return _Late(text, flags)  # type: ignore[return-value]  # it has the methods of one
