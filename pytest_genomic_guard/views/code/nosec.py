"""Comments that bandit takes as leave: ``# nosec``, alone or with the tests that it is about."""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.code.python import Python, Source

_COMMENT = regex(r"#\s{0,8}nosec\b:?([^#]{0,400})")
_TEST = regex(r"\b(?:B[0-9]{3}|COD[0-9]{3}|[a-z]{2,}(?:_[a-z0-9]+)+)\b,?")
_WORD = regex(r"[^\W\d_]{2,}")
_ASIDE = regex(r"#[^#]{0,400}")
_OTHER = regex(r"#\s{0,8}(?:noqa|type|pylint|pragma|pyright|fmt|nosec)\b[^#]{0,200}")
_IDS = regex(r"(?:B|COD)[0-9]{3}")


class Leave(Record):
    """One comment: its line, the tests it names (none: all), and whether words say why."""

    source: Source
    line: int
    tests: frozenset[str]
    reasoned: bool


def leaves(view: Python) -> dict[tuple[int, int], Leave]:
    """Return the comments of a program by where its source begins and the line, found once for all checks."""
    known = view.shared.get("nosec")
    if not isinstance(known, dict):
        found = [leave for source in view.sources if "nosec" in source.source for leave in _found(source)]
        known = view.shared["nosec"] = {(leave.source.start, leave.line): leave for leave in found}
    return known


def _found(source: Source) -> Iterator[Leave]:
    for line, comment in _comments(source.source):
        found = _COMMENT.search(comment)
        if found:
            named = _TEST.findall(found[1])
            tests = frozenset(test.rstrip(",") for test in named if _IDS.match(test) or "_" in test)
            rest = _OTHER.sub("", comment[: found.start()] + comment[found.end() :]) + _TEST.sub("", found[1])
            yield Leave(source=source, line=line, tests=tests, reasoned=len(_WORD.findall(rest)) > 0)


def _comments(code: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of the comments in which the word stands. A string that holds such words is none."""
    import tokenize  # noqa: PLC0415 - for the few programs with such a comment

    lines = iter(code.splitlines(keepends=True))
    seen = 0
    try:
        for token in tokenize.generate_tokens(lambda: next(lines, "")):
            seen = token.end[0]
            if token.type == tokenize.COMMENT and "nosec" in token.string:
                yield token.start[0], token.string
    except (tokenize.TokenError, SyntaxError, ValueError, RecursionError):
        for number, line in enumerate(code.splitlines(), 1):  # what cannot be tokenised whole, line by line
            if number > seen and "nosec" in line:
                yield from _alone(number, line)


def _alone(number: int, line: str) -> Iterator[tuple[int, str]]:
    import tokenize  # noqa: PLC0415 - as above

    lines = iter([line.strip() + "\n"])
    try:
        for token in tokenize.generate_tokens(lambda: next(lines, "")):
            if token.type == tokenize.COMMENT:
                yield number, token.string
    except (tokenize.TokenError, SyntaxError, ValueError):
        return
