"""SPDX licence expressions: their canonical form, their class, what a policy and an own licence make of them.

Grammar: SPDX specification 2.3 annex D and 3.0 annex B: ids, ``+``, ``LicenseRef-``, ``WITH``, ``AND``,
``OR`` and parentheses, where ``WITH`` binds tighter than ``AND``, and ``AND`` tighter than ``OR``. Read here by a parser of our
own, as nearly every expression is one common id; the index of license-expression is asked only for ids that our table lacks.
More is accepted than the grammar has: operators and ids in any case, deprecated ids (``GPL-3.0`` is ``GPL-3.0-only``,
``GPL-2.0-with-GCC-exception`` a ``WITH``). The order of terms stays as written; doubled terms and brackets that say nothing go.
An expression of more than 4,000 characters, 200 terms or 40 brackets within one another is none.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.licences import classes
from pytest_genomic_guard.views.licences.nouns import CLASSES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Literal

    from pytest_genomic_guard.views.licences.nouns import Class

    Tree = tuple[Literal["OR", "AND"], tuple["Tree", ...]] | str

_MOST, _TERMS, _DEEP = 4000, 200, 40
_TOKEN = regex(r"\s*+(?:([()])|([A-Za-z0-9][A-Za-z0-9.:_\-]{0,150}+\+?+))")
_NAMES = regex(r"(?:documentref-[a-z0-9.\-]+:)?(?:licenseref|additionref)-[a-z0-9.\-]+")
_GNU = regex(r"(?:a|l)?gpl-\d\.\d|gfdl-1\.\d(?:-(?:no-)?invariants)?")
_RANK = {kind: place for place, kind in enumerate(CLASSES)}


@lru_cache(maxsize=4096)
def canonical(text: str, *, near: bool = False) -> str:
    """Give the expression in canonical form, or nothing if it is none; ``near``: only with the ids of our own table: quick."""
    tree = _tree(text, near=near)
    return "" if tree is None else _written(tree)


@lru_cache(maxsize=4096)
def classify(expression: str) -> Class:
    """Give the class: of a choice the mildest, of several that all hold the strictest, of an exception its effect.

    What is known to restrict is told even beside a part that is unknown: of ``GPL-3.0-only AND LicenseRef-X`` the class is
    strong copyleft. Beside mild parts the unknown one decides: it may be anything.
    """
    tree = _tree(expression)
    return "unknown" if tree is None else _class(tree)


def settled(expression: str, allowed: Collection[str], named: Collection[str] = ()) -> bool:
    """Tell whether it can be used where these classes and these ids are allowed: one side of a choice suffices, all parts must.

    An allowed GNU id covers its version in both forms, ``-only`` and ``-or-later``, and what is offered "or later" is covered
    by any later version: metadata rarely tell which form is meant. An allowed id covers it with a permission added to it.
    """
    tree = _tree(expression)
    permitted = frozenset(canonical(name) or name for name in named)
    return tree is not None and _settled(tree, frozenset(allowed), frozenset(name.lower() for name in permitted))


def ids(expression: str) -> tuple[str, ...]:
    """Its licences in the order of the text, each once; one with an exception as ``id WITH exception``."""
    tree = _tree(expression)
    return () if tree is None else tuple(dict.fromkeys(leaves(tree)))


def agree(left: str, right: str) -> bool:
    """Tell whether both can be said of the same work: the same ids, or GNU ids of one family whose versions meet."""
    one, other = ids(left), ids(right)
    return bool(one and other) and _within(one, other) and _within(other, one)


def compatible(expression: str, own: str) -> bool | None:
    """Tell whether a work under ``own`` can take a part under this in; nothing where either is not known well enough."""
    from pytest_genomic_guard.views.licences.taking import taken  # noqa: PLC0415 - only where the policy knows an own licence

    tree, mine = _tree(expression), _tree(own)
    return None if tree is None or mine is None else taken(tree, mine)


def leaves(tree: Tree) -> list[str]:
    """Give the ids of a parsed expression in order."""
    if isinstance(tree, str):
        return [tree]
    return [name for part in tree[1] for name in leaves(part)]


def leaf_class(leaf: str) -> Class:
    """Give the class of one id with or without an exception."""
    name, _, exception = leaf.partition(" WITH ")
    base = classes.of(name)
    return classes.effect(base, exception) if exception else base


def span(name: str) -> tuple[str, frozenset[str]]:
    """Give the family of a GNU id and the versions that it offers; of any other id the id itself and no version."""
    low = name.partition(" WITH ")[0].lower()
    family, _, rest = low.partition("-")
    version = rest.partition("-")[0]
    versions = _VERSIONS.get(family, ())
    if version not in versions:
        return low, frozenset()
    later = versions[versions.index(version) :] if rest.endswith("-or-later") else (version,)
    return family, frozenset(later)


_VERSIONS: dict[str, tuple[str, ...]] = {
    "gpl": ("1.0", "2.0", "3.0"),
    "lgpl": ("2.0", "2.1", "3.0"),
    "agpl": ("1.0", "3.0"),
    "gfdl": ("1.1", "1.2", "1.3"),
}


def _class(tree: Tree) -> Class:
    if isinstance(tree, str):
        return leaf_class(tree)
    kinds = [_class(part) for part in tree[1]]
    if tree[0] == "OR":
        return min(kinds, key=_RANK.__getitem__)
    known: Class = max((kind for kind in kinds if kind != "unknown"), key=_RANK.__getitem__, default="unknown")
    mild = "unknown" in kinds and known in ("permissive", "weak-copyleft")
    return "unknown" if mild else known


def _settled(tree: Tree, allowed: frozenset[str], named: frozenset[str]) -> bool:
    if isinstance(tree, str):
        return leaf_class(tree) in allowed or _named(tree, named)
    parts = (_settled(part, allowed, named) for part in tree[1])
    return any(parts) if tree[0] == "OR" else all(parts)


def _named(leaf: str, named: frozenset[str]) -> bool:
    name, _, exception = leaf.partition(" WITH ")
    if leaf.lower() in named:
        return True
    if exception and classes.EXCEPTIONS.get(exception.lower(), ("", ""))[1] == "restricting":
        return False
    family, versions = span(name)
    return name.lower() in named or bool(versions and any(_covers(one, family, versions, name) for one in named))


def _covers(allowed: str, family: str, versions: frozenset[str], name: str) -> bool:
    own, offered = span(allowed)
    first = min(offered, default="")
    return own == family and " with " not in allowed and (first in versions if name.endswith("-or-later") else {first} == versions)


def _within(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return all(any(_meet(one, other) for other in others) for one in some)


def _meet(left: str, right: str) -> bool:
    one, other = span(left), span(right)
    return one[0] == other[0] and (one[1] == other[1] or bool(one[1] & other[1]))


def _tree(text: str, *, near: bool = False) -> Tree | None:
    """Give the parsed expression, or nothing."""
    if not text or len(text) > _MOST:
        return None
    tokens = _tokens(text)
    if not tokens or len(tokens) > 4 * _TERMS:
        return None
    reader = _Reader(tokens, near=near)
    tree = reader.choice(0)
    return tree if reader.at == len(tokens) else None


def _tokens(text: str) -> list[str]:
    """Give the tokens, or none if there is anything that is no token."""
    found: list[str] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        hit = _TOKEN.match(text, at)
        if hit is None:
            return []
        found.append(hit[1] or hit[2])
        at = hit.end()
    return found


class _Reader:
    """Reads tokens by recursive descent; nothing stands for what is no expression."""

    def __init__(self, tokens: list[str], *, near: bool) -> None:
        self.tokens, self.at, self.near = tokens, 0, near

    def choice(self, deep: int) -> Tree | None:
        return self._several("OR", deep)

    def _several(self, operator: Literal["OR", "AND"], deep: int) -> Tree | None:
        parts: list[Tree] = []
        while True:
            part = self._several("AND", deep) if operator == "OR" else self._one(deep)
            if part is None:
                return None
            parts.extend(part[1] if not isinstance(part, str) and part[0] == operator else (part,))
            if self._next() != operator:
                break
            self.at += 1
        kept = tuple(dict.fromkeys(parts))
        return kept[0] if len(kept) == 1 else (operator, kept)

    def _next(self) -> str:
        return self.tokens[self.at].upper() if self.at < len(self.tokens) else ""

    def _one(self, deep: int) -> Tree | None:
        if self._next() == "(":
            self.at += 1
            inner = self.choice(deep + 1) if deep < _DEEP else None
            if inner is None or self._next() != ")":
                return None
            self.at += 1
            return inner
        if self._next() in ("", ")", "AND", "OR", "WITH"):
            return None
        name = _id(self.tokens[self.at], near=self.near)
        self.at += 1
        if self._next() != "WITH":
            return name or None
        self.at += 2
        added = _exception(self.tokens[self.at - 1], near=self.near) if self.at <= len(self.tokens) else ""
        if " WITH " in name:
            return name if name.lower().endswith(f" {added.lower()}") and added else None
        return f"{name} WITH {added}" if name and added else None


def _id(token: str, *, near: bool) -> str:
    """Give a licence id in its own spelling; of a deprecated one what replaces it; nothing for what no list has."""
    low, later = token.removesuffix("+").lower(), token.endswith("+")
    if low in classes.DEPRECATED:
        return classes.DEPRECATED[low]
    if _GNU.fullmatch(low):
        low += "-or-later" if later else "-only"
    elif later and _GNU.match(low):
        low, later = low.removesuffix("-only").removesuffix("-or-later") + "-or-later", True
    known = classes.KNOWN.get(low)
    if known:
        return known[0] + ("+" if later and not _GNU.match(low) else "")
    if _NAMES.fullmatch(low) and "licenseref-scancode-" not in low:
        listed = token[len("licenseref-") :] if low.startswith("licenseref-") else ""
        if listed and not listed.lower().startswith("licenseref-") and (meant := _id(listed, near=True)):
            return meant  # ``LicenseRef-PSF-2.0``, as conda-forge had it: the whole of an id that is listed
        return "" if low.startswith("additionref") else _reference(token)
    found = None if near else classes.listed(low)
    if found and not found[2]:
        return found[0] + ("+" if later and not _GNU.match(low) else "")
    return _reference(token) if _NAMES.fullmatch(low) else ""


def _exception(token: str, *, near: bool) -> str:
    """Give an exception's id in its own spelling; nothing for what no list has."""
    low = token.lower()
    known = classes.EXCEPTIONS.get(low)
    if known:
        return known[0]
    found = None if near else classes.listed(low)
    if found and found[2]:
        return found[0]
    return _reference(token) if _NAMES.fullmatch(low) else ""


def _reference(token: str) -> str:
    """Give a reference with the prefixes as the specification writes them."""
    for prefix in ("DocumentRef-", "LicenseRef-", "AdditionRef-"):
        token = re.sub(rf"(?i)(^|:){prefix}", rf"\g<1>{prefix}", token)
    return token


def _written(tree: Tree) -> str:
    if isinstance(tree, str):
        return tree
    parts = (_written(part) if isinstance(part, str) else f"({_written(part)})" for part in tree[1])
    return f" {tree[0]} ".join(parts)
