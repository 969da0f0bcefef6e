"""Whether a version is among those that somebody meant: PEP 440 for Python, numbers and words elsewhere."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    Part = tuple[int, int, str]

_CLAUSE = regex(r"\s{0,9}(===?|!=|<=|>=|<|>|=|~=)?\s{0,9}([^\s<>=!~,]{1,80})\s{0,9}")
_PIECE = regex(r"\d{1,18}|[a-z]{1,40}")
_ZERO: Part = (1, 0, "")


def holds(wanted: str, version: str, ecosystem: str = "python") -> bool:
    """Tell whether a version is wanted; nothing wanted is all. What cannot be read holds for nothing."""
    if not wanted.strip():
        return True
    if not version:
        return False
    if ecosystem == "python":
        from packaging.specifiers import InvalidSpecifier, SpecifierSet  # noqa: PLC0415 - for the few packages of exceptions
        from packaging.version import InvalidVersion  # noqa: PLC0415 - as above

        bare = wanted.strip()[:1].isalnum()
        try:
            return SpecifierSet(f"=={wanted.strip()}" if bare else wanted).contains(version, prereleases=True)
        except (InvalidSpecifier, InvalidVersion):
            pass
    return all(_clause(clause, version) for clause in wanted.split(","))


def _clause(clause: str, version: str) -> bool:
    match = _CLAUSE.fullmatch(clause)
    if match is None:
        return False
    sign, given = match[1] or "==", match[2]
    if given.endswith("*"):
        length = len(_PIECE.findall(given.lower()))
        start, of = ((_parts(text) + [_ZERO] * length)[:length] for text in (version, given.rstrip("*.")))
        return (start == of) == (sign != "!=") and sign in {"=", "==", "!="}
    mine, other = _parts(version), _parts(given)
    if sign == "~=":
        series = max(1, len(_PIECE.findall(given.lower())) - 1)
        start, of = ((parts + [_ZERO] * series)[:series] for parts in (mine, other))
        return start == of and _padded(mine, other) >= _padded(other, mine)
    mine, other = _padded(mine, other), _padded(other, mine)
    answers = {"==": mine == other, "=": mine == other, "===": version == given, "!=": mine != other}
    answers |= {"<": mine < other, "<=": mine <= other, ">": mine > other, ">=": mine >= other}
    return answers[sign]


def _parts(version: str) -> list[Part]:
    """Return what a version is compared by: words before numbers, as ``1.0rc1`` is before ``1.0.1``, and no zeros at its end."""
    pieces = _PIECE.findall(version.lower())
    parts = [(1, int(piece), "") if piece.isdigit() else (0, 0, piece) for piece in pieces]
    while parts and parts[-1] == _ZERO:
        parts.pop()
    return parts


def _padded(parts: list[Part], other: list[Part]) -> list[Part]:
    """Return the parts with zeros, up to the length of the other's."""
    return parts + [_ZERO] * (len(other) - len(parts))
