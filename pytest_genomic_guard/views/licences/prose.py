"""Licences in free words: what a ``License`` field, or the word of a conda, R, npm, nf-core or Hugging Face record, names.

Fields are read by words, not by substrings: "General Public License" within "GNU Lesser General Public License" is no GPL, "MIT"
is not in "permit". The longest known name at each place is taken (`phrases`), with its version ("v2", "version 3", ">= 2",
"2.1+"), what follows it ("or any later version", "only", "with linking exception"), and what goes before ("version 3 of the").
"not GPL", "GPL-free", "GPL-compatible" and "compatible with GPL" name nothing.

Several names: ``or``, ``|`` and ``/`` are a choice ("MIT/Apache-2.0" by long usage); ``and``, ``&``, ``;``, a line break and a
comma mean that all hold, but in a list that ends with "or", or where "dual licensed", "either" or "choice" is said, a comma and an
"and" are a choice too. Names beside each other, or in brackets, that are of one family are one licence said twice.

A whole text is not read here: of more than 150 words only a first line that is a title and nothing else.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.licences.expression import canonical
from pytest_genomic_guard.views.licences.phrases import LONGEST, NOISE, TABLE, WORDS, Family, pieces
from pytest_genomic_guard.views.licences.trove import of_classifiers
from pytest_genomic_guard.views.licences.versions import Name, exception, versioned

__all__ = ["named", "of_classifiers"]

_OR = frozenset({"or", "|", "/", "either", "alternatively", "ou", "oder"})
_AND = frozenset({"and", "&", "+", "plus", "et", "und", "along"})
_COMMA = frozenset({",", ";", "\n"})
_CHOICE = frozenset(
    {"dual", "dually", "duallicense", "duel", "triple", "tri", "multi", "either", "choice", "choose", "alternatively", "double"}
)
_NOT = frozenset({
    "not", "no", "non", "without", "never", "isn", "cannot", "unlike", "instead", "replaces", "replacing", "formerly",
    "previously", "incompatible", "compatible", "compatibility", "than", "avoid", "avoids", "avoiding",
})  # fmt: skip
_MOST, _TITLE, _LOST, _LONG, _SHORT = 150, 14, 15, 4000, 200
_ADDRESS = regex(
    r"(?:https?://|\bwww\.|\b(?=(?:github|gitlab|bitbucket)\.))([a-z0-9.\-]{1,80}+)(/[^\s,;)>\"']{0,300}+|)", re.IGNORECASE
)
_COMMONS = regex(r"(?:https?://)?(?:www\.)?creativecommons\.org/(?:licenses|publicdomain)/([a-z\-]{2,12})/(\d\.\d)?", re.IGNORECASE)


def named(text: str) -> str:
    """Give the SPDX expression that free words name, or nothing: for "Custom", "see LICENSE", "UNKNOWN", "Other" too."""
    said = text[:_LONG].strip().strip("\"'`").strip()
    if not said or said.lower() in WORDS:
        return ""
    return _named(said, cut=len(text) > _LONG)


@lru_cache(maxsize=2048)
def _named(said: str, *, cut: bool) -> str:
    if said == "UNLICENSED":
        return "LicenseRef-Proprietary"  # npm: nobody may use it; "unlicensed" in other places means anything
    quick = canonical(said, near=True) if len(said) < _SHORT else ""
    if quick:
        return quick
    words = [] if cut else pieces(_plain(said))
    if words and len(words) <= _MOST:
        found, lost = _read(words)
        if (not found or lost) and _formal(said):
            found = canonical(said) or ("" if " AND " in said else found)  # a part that is not understood holds as well
        if found and (lost <= _LOST or lost <= 3 * _told(words)):
            return found
    head = pieces(said.partition("\n")[0])
    if len(head) > _TITLE or "\n" not in said:
        return ""
    found, lost = _read(head)
    return "" if lost else found


def _plain(said: str) -> str:
    """Give the text with addresses made words: of licence sites the path, of others nothing, as a path may hold any name."""
    return _ADDRESS.sub(_worded, _COMMONS.sub(r" cc-\1 \2 ", said)) if "/" in said else said


def _worded(hit: re.Match[str]) -> str:
    host, path = hit[1].lower(), hit[2].lower()
    if host.endswith(("gnu.org", "opensource.org", "spdx.org", "choosealicense.com", "mozilla.org")):
        return f" {path.rpartition('/')[2] or path} "
    if host.endswith("apache.org"):
        return " apache 2.0 " if "license-2" in path else " "
    return " eula " if "eula" in path else " "


def _formal(said: str) -> bool:
    """Tell whether it looks like an expression with ids that are not in our table, for which the index is loaded."""
    if " " not in said:
        return len(said) < 60 and "-" in said and any(sign.isdigit() for sign in said)
    return any(word in said for word in (" OR ", " AND ", " WITH "))


def _told(words: list[str]) -> int:
    """Tell how many of the words belong to names."""
    return sum(name.end - name.at for name in _scan(words)[0])


def _read(words: list[str]) -> tuple[str, int]:
    """Give the expression of these words, and how many of them say something that is not understood."""
    names, lost = _scan(words)
    return canonical(_joined(names, words)) if names else "", lost


def _scan(words: list[str]) -> tuple[list[Name], int]:
    """Give the names within the words in order, and how many words are neither of names nor around them."""
    names: list[Name] = []
    at = lost = 0
    while at < len(words):
        end, target = _longest(words, at)
        if target is None:
            lost += (
                words[at] not in NOISE
                and words[at] not in _CHOICE
                and words[at].isalpha()
                and words[at] not in _OR
                and words[at] not in _AND
            )
            at += 1
            continue
        found, end = _names(words, at, end, target)
        if not _denied(words, at, end):
            names.extend(found)
        if found and found[-1].rest:
            break
        at = end
    return names, lost


def _longest(words: list[str], at: int) -> tuple[int, Family | str | None]:
    """Give the end of the longest known name that starts here, and what it names."""
    for end in range(min(len(words), at + LONGEST), at, -1):
        target = TABLE.get(" ".join(words[at:end]))
        if target is not None:
            return end, target
    return at, None


def _names(words: list[str], at: int, end: int, target: Family | str) -> tuple[list[Name], int]:
    """Give the licences of one name, with its versions and exception, and where it ends."""
    if isinstance(target, str):
        mark = target[0] if target[0] in "~?" else ""
        wanted = target.lstrip("~?")
        name = Name(wanted, wanted.partition("-")[0].lower(), at, end, plain=mark == "~", loose=mark == "?")
        found = [name]
    else:
        found, end = versioned(words, at, end, target)
    added, end, rest = exception(words, end, found[-1].wanted)
    if added:
        found[-1] = Name(f"{found[-1].wanted} WITH {added}", found[-1].family, at, end)
    found[-1].end, found[-1].rest = end, rest
    return found, end


def _denied(words: list[str], at: int, end: int) -> bool:
    """Tell whether the words around a name say that it is not the licence."""
    for back in range(1, 4):
        word = words[at - back] if at >= back else ","
        if word in _NOT or (word == "free" and words[at - back + 1] in ("of", "from")):
            return True
        if word == "but" or word in _COMMA or word in _OR or word in _AND or word in "()":
            break
    after = words[end] if end < len(words) else ""
    further = words[end + 1] if end + 1 < len(words) else ""
    return after in ("compatible", "incompatible", "compatibility") or (
        after == "free" and further not in ("software", "documentation")
    )


def _joined(names: list[Name], words: list[str]) -> str:
    """Give the expression: the names joined by what stands between them."""
    names = _distinct(names, words)
    gaps = [_between(words, one, other) for one, other in pairwise(names)]
    choice = bool(_CHOICE.intersection(words))
    listed = any("OR" in gap for gap in gaps) and not any("AND" in gap for gap in gaps)
    parts = [[names[0].wanted]]
    for gap, name in zip(gaps, names[1:], strict=True):
        offered = "LicenseRef-Commercial" in (name.wanted, parts[-1][-1])  # to be bought instead, whatever the joint
        if "OR" in gap or choice or offered or (listed and "," in gap):
            parts.append([name.wanted])
        else:
            parts[-1].append(name.wanted)
    return " OR ".join("(" + " AND ".join(f"({each})" for each in part) + ")" for part in parts)


def _between(words: list[str], one: Name, other: Name) -> set[str]:
    """Tell which kinds of joints stand between two names."""
    kinds = (("OR", _OR), ("AND", _AND), (",", _COMMA))
    return {kind for kind, signs in kinds if signs.intersection(words[one.end : other.at])}


def _distinct(names: list[Name], words: list[str]) -> list[Name]:
    """Give the names without those that repeat another: loose words, a family beside its version, a form of the same version."""
    firm = [name for name in names if not name.loose] or names
    exact = {name.family for name in firm if not name.plain}
    kept: list[Name] = []
    for name in firm:
        if name.plain and name.family in exact:
            continue
        last = kept[-1] if kept else None
        if last and last.family == name.family and _same(last.wanted, name.wanted) and "OR" not in _between(words, last, name):
            last.wanted = max(last.wanted, name.wanted, key=lambda each: (" WITH " in each, "later" in each))
            last.end = name.end
            continue
        kept.append(name)
    return kept


def _same(one: str, other: str) -> bool:
    """Tell whether both are forms of one version: ``-only``, ``-or-later``, with or without an exception."""
    cut = [each.partition(" WITH ")[0].removesuffix("-only").removesuffix("-or-later") for each in (one, other)]
    return cut[0] == cut[1]
