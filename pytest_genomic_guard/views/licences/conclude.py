"""One conclusion from all that a distribution says of its licence.

The order is that of how exactly a source can speak: ``License-Expression`` (PEP 639), the ``License`` field, the classifiers,
the licence files. A later one fills in for an earlier one that says nothing and settles it where it leaves a choice; where two
say what cannot both be (other classes, and neither is one of the other's terms), that is a conflict, and the stricter one is
taken: which of them is right is for a person to find out.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.licences.nouns import CLASSES, Conclusion

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.views.licences.nouns import Class, Metadata, Told
    from pytest_genomic_guard.views.licences.texts import Recognised

_DEEP = 2  # the rank of licence files in a folder of the distribution
_WITHIN = 3  # the rank of those that are of something else for sure
_FEW = 4  # licences that are joined
_TELLING = ("strong-copyleft", "network-copyleft", "non-commercial")
_RESTRICTED = frozenset(("use-restricted", "non-commercial", "proprietary"))  # none is free: which one it is, is no conflict
LONG = 200  # characters from which a License field is a text and no name

_VAGUE = frozenset(
    ("", "unknown", "none", "license", "licence", "see license", "other", "n/a", "tbd", "custom", "file", "open source", "various")
)
_MAIN = regex(
    r"(?:licen[cs]es?|copying|copyright|unlicense|license\.lesser|copying\.lesser|eula)(?:\.(?:txt|md|rst|rtf|html?))?\Z",
    re.IGNORECASE,
)
_KIN = regex(
    r"(?:licen[cs]es?|copying|copyright|eula)[-_. ]?|.{1,40}licen[cs]e|(?:[al]?gpl|mpl|mit|bsd"
    r"|apache)[-_.v\d]{0,8}(?:\.(?:txt|md|rst))?\Z",
    re.IGNORECASE,
)
_LESSER = regex(r"lesser|lgpl|\.lib\b", re.IGNORECASE)  # in the name of the text that adds to the GPL 3 beside it
_OTHERS = regex(r"third|3rd|bundle|vendor|depend|notice|external|other|thrdparty|acknowledg|contrib|authors", re.IGNORECASE)
_DATA = (".json", ".yaml", ".yml", ".toml", ".xml", ".csv", ".py", ".pyc", ".js", ".so", ".png", ".svg")  # lists of licences, code
_REFERS = regex(
    r"\b(?:see|in|cf|refer to|read|details)\b[\s:.]{0,3}(?:the )?(?:files? )?(?:named )?[\"'`]?"
    r"(?:[\w.-]{1,40}/){0,3}(?:licen[cs]es?|copying|copyright|notice)\b",
    re.IGNORECASE,
)
_FOLDERS = ("licenses/", "license_files/", "licences/")


def conclude(metadata: Metadata, files: Sequence[tuple[str, bytes]]) -> Conclusion:
    """Conclude the licence of a distribution from its metadata and its licence files (name within it, content)."""
    from pytest_genomic_guard.views.licences import expression, prose  # noqa: PLC0415 - siblings that load their tables

    stated = expression.canonical(metadata.expression) if metadata.expression else ""
    field, inside = _field(metadata.licence)
    classified, choice = prose.of_classifiers(metadata.classifiers) if metadata.classifiers else ("", False)
    filed, spare, bundled, settles = _filed(files, metadata.name)
    if not (filed or stated or field or classified):
        filed, bundled = spare, [one for one in bundled if one != spare]
    spellings = {
        "License-Expression": (metadata.expression, stated),
        "License": (metadata.licence, field),
        "Classifier": (metadata.classifiers, classified),
        "files": (files, filed),
    }
    if not stated and _of_parts(metadata.licence, field, classified if choice else "", filed, bundled):
        field = ""
    told, concluded, conflict, ambiguous = _decided(stated, field, (classified, choice), filed, settles=settles)
    within = tuple(dict.fromkeys((*inside, *bundled)))
    listed = classified if choice else ""  # what a list of classifiers says of parts is no news
    return Conclusion(
        expression=concluded,
        kind=_kind(concluded) if concluded else "unknown",
        told=told,
        conflict=conflict,
        ambiguous=ambiguous,
        bundled=tuple(one for one in within if not (_within(one, concluded) or _listed(one, listed))),
        spellings={name: read for name, (raw, read) in spellings.items() if raw},
    )


def _field(text: str) -> tuple[str, tuple[str, ...]]:
    """Return what a License field says, and what its text bundles."""
    if text.strip().strip(".").lower() in _VAGUE:
        return "", ()
    from pytest_genomic_guard.views.licences import prose, texts  # noqa: PLC0415 - only where there is such a field

    if len(text) < LONG and "\n" not in text:
        named = prose.named(text)
        if named:
            return named, ()
    read = texts.recognised(text.encode("utf-8", "replace"))
    if not read.expression and len(text) >= LONG:
        return prose.named(text.split("\n", 1)[0][:LONG]), read.bundled
    return read.expression, read.bundled


def _of_parts(text: str, field: str, listed: str, filed: str, bundled: Sequence[str]) -> bool:
    """Return whether a field lists the licences of parts, and leaves it to a file, or to a choice, what the whole is under.

    "public domain, Python, 2-Clause BSD, GPL 3 (see COPYING.txt)": it refers to the file, or the classifiers list the same as what
    can be chosen, and the file, which is read, has the copyleft of the list as that of a part. Where the file is not there, the
    classifiers stay, as the open question that they are. A list without such a file asks for all that it names, and so does an
    expression with AND in it.
    """
    if (
        "," not in text
        or " AND " in text
        or " AND " not in field
        or _kind(field) not in _TELLING
        or not (listed or _REFERS.search(text))
    ):
        return False
    if not filed:
        return bool(listed) and _REFERS.search(text) is not None
    strong = [one for one in re.split(r"[\s()]+(?:AND[\s()]+)?", field) if one and _kind(one) in _TELLING]
    known = {each.partition("-")[0] for one in bundled for each in _stems(one)}
    return _kind(filed) not in (*_TELLING, "unknown") and all(one.partition("-")[0] in known for one in strong)


def _filed(files: Sequence[tuple[str, bytes]], name: str) -> tuple[str, str, list[str], bool]:
    """Return what the licence files say of the whole, what one deeper says, what is within, and whether they offer a choice."""
    if not files:
        return "", "", [], False
    from pytest_genomic_guard.views.licences import texts  # noqa: PLC0415 - only where there are files

    ranked: list[list[Recognised]] = [[], [], [], []]
    folders: dict[str, list[Recognised]] = {}  # of what is within
    for path, data in files:
        if path.lower().endswith(_DATA):
            continue
        read, rank = texts.recognised(data), _rank(path, name)
        lesser = rank == 1 and read.expression.startswith("LGPL-3") and _LESSER.search(path)
        rank = 0 if lesser and any(each.expression.startswith("GPL-3") for each in ranked[0]) else rank
        ranked[rank].append(read)
        if rank >= _DEEP:
            folders.setdefault(path.rpartition("/")[0], []).append(read)
    bundled = [one for folder in folders.values() for one in _copyleft(folder)]
    bundled += [one for rank in (0, 1) for read in ranked[rank] for one in read.bundled]
    own, others, deep = ([*dict.fromkeys(read.expression for read in ranked[rank] if read.expression)] for rank in (0, 1, _DEEP))
    if own:
        bundled += _copyleft(ranked[1])
    settles = any(read.choice for rank in (0, 1) for read in ranked[rank])
    whole = _together(own, " AND ") or _together(others, " OR ")
    return whole, _together(deep[:1], " AND "), list(dict.fromkeys(bundled)), settles


def _rank(path: str, name: str) -> int:
    """Return how near a licence file is to the distribution: 0 its own, 1 one of several, 2 deeper, 3 of something else."""
    low = path.replace("\\", "/").lower().removeprefix("../")
    for folder in _FOLDERS:
        low = low.removeprefix(folder)
    folder, _, base = low.rpartition("/")
    if _OTHERS.search(low):
        return _WITHIN
    if folder:
        own = folder.replace("_", "-") in (name, name.removeprefix("python-"))
        return 1 if own and _MAIN.match(base) else _DEEP if _MAIN.match(base) else _WITHIN
    return 0 if _MAIN.match(base) else 1 if _KIN.match(base) else _WITHIN


def _copyleft(folder: Sequence[Recognised]) -> list[str]:
    """Return what of the licence files of one folder within is worth telling.

    The text of the GPL beside that of the LGPL 3, or beside the runtime exception of GCC, is there for the other's sake.
    """
    spoken = [read.expression for read in folder]
    beside = any(one.startswith("LGPL-") or "GCC-exception" in one for one in spoken)
    own = [one for one in spoken if _kind(one) in _TELLING and not (beside and one.startswith("GPL-"))] if any(spoken) else []
    return [*own, *(one for read in folder for one in read.bundled)]


def _together(own: list[str], word: str) -> str:
    """Join what several files say of the distribution itself.

    A ``COPYING`` and a ``LICENSE`` both hold; ``LICENSE-MIT`` and ``LICENSE-APACHE`` are a choice.
    """
    if len(own) > 1 and any(one.startswith("LGPL-") for one in own):
        own = [one for one in own if not one.startswith("GPL-")] or own
    return word.join(f"({one})" if " " in one and len(own) > 1 else one for one in own[:_FEW])


def _decided(stated: str, field: str, classified: tuple[str, bool], filed: str, *, settles: bool) -> tuple[Told, str, str, bool]:
    """Return what told, the expression, what contradicts it, and whether a choice is left open."""
    words, choice = classified
    said: list[tuple[Told, str]] = [("expression", stated), ("license", field), ("classifiers", words), ("file", filed)]
    known = [(told, text) for told, text in said if text and _kind(text) != "unknown"]
    if not known:
        return next(((told, text, "", False) for told, text in said if text), ("none", "", "", False))
    told, text = known[0]
    ambiguous = False
    if told == "classifiers" and choice:
        told, text, ambiguous = ("file", text, False) if settles else _settled(text, filed)
    conflict = ""
    for other, also in known[1:]:
        if other == "classifiers" and (choice or stated):
            continue
        if _agree(text, also):
            continue
        if other == "classifiers" and filed and not _agree(also, filed):
            continue  # field and file agree against a classifier: the likeliest left-over of a template
        if _stricter(also, text):
            told, text, conflict = other, also, text
        else:
            conflict = conflict or also
    return told, text, conflict, ambiguous


def _settled(text: str, filed: str) -> tuple[Told, str, bool]:
    """Settle a list of classifiers that can be a choice by the file; else it stays one."""
    if filed and _kind(filed) != "unknown":
        return "file", filed, False
    return "classifiers", text, True


def _agree(one: str, other: str) -> bool:
    """Return whether two expressions can both be: of one class, or one is among the terms of the other."""
    first, second = _kind(one), _kind(other)
    if {first, second} <= _RESTRICTED:
        return True
    return first == second or "unknown" in (first, second) or _within(one, other) or _within(other, one)


def _within(one: str, other: str) -> bool:
    """Return whether the ids of an expression are among those of another, whatever the version's suffix."""
    return bool(one) and _stems(one) <= _stems(other)


def _listed(one: str, listed: str) -> bool:
    """Return whether classifiers name what is within, or its family without a version."""
    return _within(one, listed) or (one.startswith("GPL-") and re.search(r"(?<!L)(?<!A)GPL-1\.0-or-later", listed) is not None)


def _stems(text: str) -> set[str]:
    """Return the ids of an expression without what tells later versions apart."""
    words = re.split(r"[\s()]+", text)
    return {
        word.removesuffix("-only").removesuffix("-or-later").removesuffix("+")
        for word in words
        if word not in ("", "AND", "OR", "WITH")
    }


def _stricter(one: str, other: str) -> bool:
    """Return whether an expression asks more than another."""
    return CLASSES.index(_kind(one)) > CLASSES.index(_kind(other))


def _kind(text: str) -> Class:
    """Return the class of an expression."""
    from pytest_genomic_guard.views.licences.expression import classify  # noqa: PLC0415 - a sibling that loads its tables

    return classify(text)
