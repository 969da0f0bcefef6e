"""What follows in a file of pickles besides opcodes: arrays whose width their type tells, and bytes behind the end or a break."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.weights import names
from pytest_genomic_guard.views.weights.follow import Call

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_GLOBAL = regex(rb"[ci]([A-Za-z_][\w.]{1,60})\n([A-Za-z_][\w.]{0,60})\n")
_STACKED = regex(rb"\x8c.([a-z_][\w.]{1,60})(?:\x94|q.)?\x8c.([A-Za-z_][\w.]{0,60})(?:\x94|q.)?\x93", re.DOTALL)


def width(kind: object) -> int | None:
    """Return the bytes of one value of a dtype; 0 for objects, None for what is no plain type."""
    text = kind.args[0] if isinstance(kind, Call) and kind.called and kind.called.name == "dtype" and kind.args else None
    if not isinstance(text, str):
        return None
    text = text.lstrip("<>|=")
    if text[:1] not in tuple("biufcmMSUVO?") or not (text[1:].isdigit() or text in {"?", "O"}) or len(text) > 12:
        return None
    return 0 if text[0] == "O" else int(text[1:] or 1) * (4 if text[0] == "U" else 1)


def running(data: bytes) -> Iterator[str]:
    """Yield the entries of our list that could run anything and stand in data as they would in a pickle."""
    for rule in (_GLOBAL, _STACKED):
        for found in rule.finditer(data):
            kind, label = names.judge(found[1].decode(), found[2].decode())
            if kind == "runs":
                yield label
