"""Environment markers (PyPA, "Dependency specifiers", 2025-07): where a requirement holds, in four words instead of two.

Written for thousands of markers: `packaging` needs 30 ms to be imported and 0.1 ms a marker, and says yes or no. What excludes this
platform has to be told from what an extra would bring that nobody asked for, so that it can be reported. `packaging` compares what
is no plain version here, and is the oracle of the tests.
"""

from __future__ import annotations

import operator
from functools import lru_cache

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Literal

    # here: on this platform; maybe: by the patch release of Python, which is not known; elsewhere: on others; no: on none, without
    # the extra
    Where = Literal["here", "maybe", "elsewhere", "no"]
    Tree = tuple[str, ...] | tuple[str, "Tree", "Tree"]

_LONGEST, _DEEPEST = 4000, 40
_TOKEN = regex(
    r"""\s*+(?:([()])|(and|or)(?=[\s("'])|(not\s++in|in)(?=[\s"'(])|([<>=!~]=?=?)|("[^"]*+"|'[^']*+')|([A-Za-z_.]++))""",
)
_PLAIN = regex(r"\d{1,9}(?:\.\d{1,9}){0,5}(\.\*)?")
_NORMAL = regex(r"[-_.]+")
_VERSIONS = frozenset(("python_version", "python_full_version", "implementation_version"))
_OLD = {  # names of before PEP 508
    "os.name": "os_name",
    "sys.platform": "sys_platform",
    "platform.machine": "platform_machine",
    "platform.python_implementation": "platform_python_implementation",
    "platform.version": "platform_version",
    "python_implementation": "platform_python_implementation",
}
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "===": operator.eq,
}


class Platform:
    """The machine with the Python of the project: where markers hold."""

    def __init__(self, python: str) -> None:
        """Take the version of Python as ``3.11`` or ``3.11.9``; empty: the one that runs."""
        import platform  # noqa: PLC0415 - for projects with dependencies
        import sys  # noqa: PLC0415 - as above

        full = python if _PLAIN.fullmatch(python) and not python.endswith("*") else platform.python_version()
        short = ".".join((full + ".0").split(".")[:2])
        self._vague = full.count(".") < 2
        ends = (f"{short}.0", f"{short}.99") if self._vague else (full,)
        common = {
            "os_name": "nt" if sys.platform == "win32" else "posix",
            "sys_platform": sys.platform,
            "platform_machine": platform.machine(),
            "platform_python_implementation": "CPython",
            "platform_release": platform.release(),
            "platform_system": platform.system(),
            "platform_version": platform.version(),
            "implementation_name": "cpython",
            "python_version": short,
        }
        self._ends = [common | {"python_full_version": end, "implementation_version": end} for end in ends]
        self._known: dict[tuple[str, str], Where] = {}

    def where(self, marker: str, extra: str = "") -> Where:
        """Tell where a marker holds when an extra (normalised; empty: none) is asked for. One that cannot be read holds here."""
        if not marker:
            return "here"
        key = (marker, extra)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._where(parsed(marker), extra)
        return found

    def _where(self, tree: Tree, extra: str) -> Where:
        answers = {_holds(tree, values, extra) for values in self._ends}
        if len(answers) == 2:
            return "maybe"
        if answers == {True}:
            return "here"
        return "elsewhere" if _holds(tree, None, extra) else "no"


@lru_cache(4096)
def parsed(marker: str) -> Tree:
    """Return a marker as a tree of ("and" | "or", left, right) and (variable, operator, value, side)."""
    if len(marker) > _LONGEST:
        return ("yes",)
    tokens: list[tuple[str, str]] = []
    at = 0
    end = len(marker.rstrip())
    while at < end:
        match = _TOKEN.match(marker, at)
        if match is None or match.lastindex is None:
            return ("yes",)
        tokens.append(("(jiovn"[match.lastindex - 1], match[match.lastindex]))
        at = match.end()
    try:
        tree, after = _either(tokens, 0, 0)
    except (IndexError, ValueError, KeyError):
        return ("yes",)
    return tree if after == len(tokens) else ("yes",)


def _either(tokens: list[tuple[str, str]], at: int, depth: int) -> tuple[Tree, int]:
    tree, at = _both(tokens, at, depth)
    while at < len(tokens) and tokens[at] == ("j", "or"):
        right, at = _both(tokens, at + 1, depth)
        tree = ("or", tree, right)
    return tree, at


def _both(tokens: list[tuple[str, str]], at: int, depth: int) -> tuple[Tree, int]:
    tree, at = _one(tokens, at, depth)
    while at < len(tokens) and tokens[at] == ("j", "and"):
        right, at = _one(tokens, at + 1, depth)
        tree = ("and", tree, right)
    return tree, at


def _one(tokens: list[tuple[str, str]], at: int, depth: int) -> tuple[Tree, int]:
    """Read what stands in parentheses, or one comparison. Raises IndexError or ValueError for what is neither."""
    if tokens[at][1] == "(" and tokens[at][0] == "(":
        if depth > _DEEPEST:
            raise ValueError
        tree, at = _either(tokens, at + 1, depth + 1)
        if tokens[at] != ("(", ")"):
            raise ValueError
        return tree, at + 1
    (left, first), (kind, sign), (right, second) = tokens[at : at + 3]
    if kind not in "io" or {left, right} != {"v", "n"}:
        raise ValueError
    name, value = (first, second) if left == "n" else (second, first)
    sign = " ".join(sign.split())
    if sign not in {*_COMPARE, "~=", "in", "not in"}:
        raise ValueError
    name, value = _OLD.get(name, name), value[1:-1]
    value = _NORMAL.sub("-", value).lower() if name in {"extra", "extras"} else value
    return (name, sign, value, "left" if left == "n" else "right"), at + 3


def _holds(tree: Tree, values: Mapping[str, str] | None, extra: str) -> bool:
    """Evaluate a tree; without values, whether it can hold on some platform. Its depth is that of the parentheses and the chain."""
    while tree[0] in {"and", "or"} and len(tree) == 3:
        right = _holds(tree[2], values, extra)  # type: ignore[arg-type]  # a chain leans to the left
        if right == (tree[0] == "or"):
            return right
        tree = tree[1]  # type: ignore[assignment]
    return len(tree) == 1 or _compared(tree, values, extra)  # type: ignore[arg-type]


def _compared(atom: tuple[str, str, str, str], values: Mapping[str, str] | None, extra: str) -> bool:
    name, sign, value, side = atom
    if name == "extras":  # PEP 751: a set
        return (value == extra) == (sign == "in")
    if name == "extra":
        return _words(extra, sign, value)
    if values is None or name not in values:
        return True
    mine = values[name]
    if sign in {"in", "not in"}:
        return ((mine in value) if side == "left" else (value in mine)) == (sign == "in")
    left, right = (mine, value) if side == "left" else (value, mine)
    return _versions(left, sign, right) if name in _VERSIONS else _words(left, sign, right)


def _words(left: str, sign: str, right: str) -> bool:
    if sign in {"in", "not in"}:
        return (left in right) == (sign == "in")
    return bool(_COMPARE[sign](left, right)) if sign in _COMPARE else left == right


def _versions(left: str, sign: str, right: str) -> bool:
    plain = _PLAIN.fullmatch(right)
    if plain and not plain[1] and sign in _COMPARE and sign != "===" and _PLAIN.fullmatch(left):
        return bool(_COMPARE[sign](_release(left), _release(right)))
    from packaging.specifiers import InvalidSpecifier, Specifier  # noqa: PLC0415 - for the rare forms
    from packaging.version import InvalidVersion  # noqa: PLC0415 - as above

    try:
        return Specifier(f"{sign}{right}").contains(left, prereleases=True)
    except (InvalidSpecifier, InvalidVersion):
        return _words(left, sign, right)


def _release(text: str) -> tuple[int, ...]:
    """Return the numbers of a version without the zeros at its end, which mean nothing."""
    numbers = [int(part) for part in text.split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
