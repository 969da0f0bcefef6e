"""Names of models, cards and the files of both, as they are compared."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_genomic_guard.policy.globs import Glob

# Words of a card's file name that name no model
_CARD = regex(rb"(?i)[-_. ]?(?:readme|(?:model|data|dataset)[-_ ]?card|card|metadata|model|index)(?=[-_. ]|$)")
_SHARD = regex(rb"[-_.](?:\d{3,5}-of-\d{3,5}|shard[-_]?\d+)|[-_]\d{1,9}$")
_ENDS = regex(rb"(?i)(?:\.(?:tar|gz|bz2|xz|zip|dvc|index|meta|data-\d{5}-of-\d{5}|[a-z0-9]{1,11})){1,8}$")
# What tells the exports of one model apart: the numbers in which its weights are kept
EXPORT = (
    rb"(?:fp(?:8|16|32|64)|bf16|f(?:16|32)|float(?:16|32)|u?int(?:4|8|16)|[48]bit|quant(?:ized|ised)?|awq|gptq"
    rb"|bnb4|q4f16|i?q[2-8][-_](?:\d|[ks](?:[-_][sml])?|xx?s|nl))"
)
_EXPORT = regex(rb"(?:[-_.]" + EXPORT + rb"(?![a-z0-9])){1,4}(?=[-_.]|$)")
_GLOBS: dict[str, Glob] = {}  # patterns of the policy, compiled


def folder(path: bytes) -> bytes:
    """Return the folder of a path, empty at the top."""
    return path.rpartition(b"/")[0]


def stem(path: bytes) -> bytes:
    """Return the name of a model's or card's file without what tells its format, its part of a whole, or that it is a card.

    Nor has it what tells exports of one model apart, such as `fp16`.
    """
    name = _CARD.sub(b"", _ENDS.sub(b"", path.rpartition(b"/")[2].lower()))
    return _SHARD.sub(b"", _EXPORT.sub(b"", name)).strip(b"-_. ")


def exported(path: bytes) -> bool:
    """Tell whether a file is an export of a model beside others, by its name."""
    return _EXPORT.search(_ENDS.sub(b"", path.rpartition(b"/")[2].lower())) is not None


def last(name: str) -> str:
    """Return the last part of an id or a path, as far as people spell it alike."""
    return re.sub(r"[-_. ]+", "-", name.rstrip("/").rpartition("/")[2].lower())


def text(name: bytes) -> str:
    """Return a name as text."""
    return name.decode("utf-8", "replace")


def shown(path: bytes) -> str:
    """Return a path as the subject of a message may have it: a part that may be of a person is masked."""
    from pytest_genomic_guard.policy.mask import MASK  # noqa: PLC0415 - where a path is told only
    from pytest_genomic_guard.views.models.headed import showable  # noqa: PLC0415 - as above

    parts = text(path).split("/") if path else []
    return "/".join(part if showable(part) and not re.search(r"\d{4}", part) else MASK for part in parts)


def matches(patterns: Iterable[str], *paths: bytes) -> bool:
    """Tell whether one of the policy's patterns is of one of some paths."""
    from pytest_genomic_guard.policy.globs import Glob  # noqa: PLC0415 - where there are models only

    texts = [path.decode("utf-8", "surrogateescape") for path in dict.fromkeys(paths)]
    for pattern in patterns:
        if pattern not in _GLOBS:
            _GLOBS[pattern] = Glob(pattern)
        if any(map(_GLOBS[pattern].match, texts)):
            return True
    return False
