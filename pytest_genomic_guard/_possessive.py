r"""Possessive quantifiers on Pythons that get them wrong.

Before 3.11.5 (gh-106052), what is repeated possessively and fails half-way leaves the place at which it failed: ``0(?:-\d)?+``
takes ``0-`` of ``0-x``. Debian 12 has such a Python, 3.11.2. There, an expression is compiled as the atomic groups that it stands
for: ``X*+`` is ``(?>(?:(?>X))*)``. That changes no expression that a right Python compiles, whoever asks for it.
"""

from __future__ import annotations

import functools
from re import _compiler, _constants, _parser  # type: ignore[attr-defined]  # which the stubs do not know

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def mend() -> None:
    """Compile possessive quantifiers as atomic groups from now on; a second time does nothing."""
    code = _compiler._code  # noqa: SLF001 - there is no other place between parser and compiler
    if not hasattr(code, "__wrapped__"):
        _compiler._code = functools.wraps(code)(lambda parsed, flags: code(mended(parsed), flags))  # noqa: SLF001 - as above


def mended(parsed: Any) -> Any:
    """Return a parsed expression without possessive quantifiers of more than one sign, which are right."""
    parsed.data = [_item(*each) for each in parsed.data]
    return parsed


def _item(op: Any, value: Any) -> tuple[Any, Any]:
    if op is _constants.POSSESSIVE_REPEAT and not _compiler._simple(value[2]):  # noqa: SLF001 - as above
        least, most, body = value
        once = _alone(body, _constants.ATOMIC_GROUP, mended(body))
        return _constants.ATOMIC_GROUP, _alone(body, _constants.MAX_REPEAT, (least, most, once))
    return op, _within(value)


def _alone(like: Any, op: Any, value: Any) -> Any:
    """Return an expression that is one item, of the same whole as another."""
    return _parser.SubPattern(like.state, [(op, value)])


def _within(value: Any) -> Any:
    """Mend what stands in an item."""
    if isinstance(value, _parser.SubPattern):
        return mended(value)
    if isinstance(value, (tuple, list)):
        return type(value)(_within(each) for each in value)
    return value
