"""What the terms of consent of a data set say of the use that a project declares: allowed, forbidden, or not decided and why."""

from __future__ import annotations

import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.policy.packs.duo import BY_NAME, PERMITTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from pytest_genomic_guard.policy.packs.duoterm import Rule, Term
    from pytest_genomic_guard.views.datause.nouns import DataUse

    Outcome = Literal["allowed", "forbidden", "undecided", "unknown"]

_CONDITION = re.compile(r"(?P<minus>-)?(?P<key>[a-z-]+)(?:(?P<sign>=|!|<=|>=|<|>)(?P<value>.+))?")
_SPLIT = re.compile(r"[-_+/;, ()\[\]]+")
_DATES = {"until": ("until",), "from": ("publish-from",)}
_MOST = 40  # parts of a consent group
_RELATED = "RD"  # of dbGaP behind a disease: related disorders too
_NONE = frozenset(("none", "no", "false", "not obtained", "not approved", "denied", "refused", "rejected", "missing", "null"))
_PENDING = frozenset(("pending", "requested", "submitted", "applied", "awaiting", "tbd", "todo", "unknown", "n/a", "na", "-", "?"))
# An id of an ontology of diseases or signs: two that differ may well be a kind of each other
_ONTOLOGY = re.compile(
    r"(?i)(?:MONDO|DOID|HP|EFO|OMIM|MIM|ORPHA(?:NET)?|MESH|NCIT|SNOMED(?:CT)?|SCTID|UMLS"
    r"|ICD-?(?:9|10|11)?(?:CM)?|MEDGEN|GARD)[:_ -]{1,2}[A-Z]?\d.*"
)
_MISSING = {
    "use": "the entry names the disease of the consent, and its use names none (`use: disease` is missing)",
    "limits": "the code names no disease: the entry has to (`limits: disease` is missing)",
    "related": "the consent takes in disorders related to its disease (RD), and no file tells which those are",
    "ids": "a disease is named by an id of an ontology, and no file tells whether one is a kind of the other",
}


class Verdict(Record):
    """What one term says of the use; no term where a part of a consent group is not known."""

    outcome: Outcome
    term: Term | None = None
    why: str = ""  # why it is open, where the table tells it less exactly


class Asked(Record):
    """A term, with the disease that its consent group names."""

    term: Term | None
    disease: str = ""
    related: bool = False  # and disorders that are related to it


def verdicts(entry: DataUse, today: str) -> list[Verdict]:
    """Return what each term of an entry says of its use, each once, in the order in which they are written."""
    asked = list(dict.fromkeys(_asked(entry)))
    names = frozenset(each.term.short for each in asked if each.term)
    found: dict[tuple[Outcome, int], Verdict] = {}
    for each in asked:
        said = _verdict(each, _Declared(entry, today, names, each)) if each.term else Verdict(outcome="unknown")
        found.setdefault((said.outcome, said.term.number if said.term else 0), said)
    return list(found.values())


def _asked(entry: DataUse) -> Iterator[Asked]:
    """Yield the terms of an entry: of its codes, and of what dbGaP writes of its consent groups."""
    for name in entry.duo:
        yield Asked(term=BY_NAME.get(name))
    for group in entry.consent:
        yield from _grouped(group)


def _grouped(group: str) -> Iterator[Asked]:
    """Yield the terms of one consent group, such as ``DS-CA-NPU-MDS``: what follows DS is its disease, up to the next term."""
    parts = [part.upper() for part in _SPLIT.split(group) if part][:_MOST]
    at, known = 0, False
    while at < len(parts):
        part, at = parts[at], at + 1
        term = BY_NAME.get(part)
        disease: list[str] = []
        while term and part in {"DS", "RS", "GS", "IS", "PS", "US", "TS", "MOR"} and at < len(parts) and not _term(parts[at]):
            if disease and parts[at] == _RELATED:
                break
            disease.append(parts[at])
            at += 1
        related = bool(disease) and part == "DS" and at < len(parts) and parts[at] == _RELATED
        at += related
        if term or part not in PERMITTED:
            yield Asked(term=term, disease="-".join(disease) if part == "DS" else "", related=related)
        known = known or bool(term)
    if not known:
        yield Asked(term=None)  # a group without any term says nothing of the use


def _term(part: str) -> bool:
    return part in BY_NAME or part in PERMITTED


class _Declared:
    """What an entry declares, against which conditions are held."""

    def __init__(self, entry: DataUse, today: str, names: frozenset[str], asked: Asked) -> None:
        """Take the use and the limits. A disease that the consent group names is the limit there."""
        self.use = {key: value.lower() if value in {"True", "False"} else value for key, value in entry.use}
        self.limits = {**dict(entry.limits), **({"disease": asked.disease} if asked.disease else {})}
        self.names, self.today, self.related = names, today, asked.related
        irb = entry.irb.strip().lower()
        if irb and irb not in _PENDING:
            self.use.setdefault("irb", "false" if irb in _NONE else "true")
        if entry.closes:
            self.limits.setdefault("until", entry.closes)

    def holds(self, condition: str) -> bool:
        """Tell whether a condition of `policy.packs.duo` holds."""
        if condition.startswith("without "):
            return condition.removeprefix("without ") not in self.names
        found = _CONDITION.fullmatch(condition)
        if found is None:
            raise ValueError("the table has a condition that nothing reads")
        key, sign, value = found["key"], found["sign"], found["value"]
        given = self.use.get(key, "")
        if found["minus"]:
            return not given
        if key in {"today", "published"}:
            return self._dated(self.today if key == "today" else given, sign, value)
        if value == "limit":
            limit = self.limits.get(key, "")
            if not given or not limit or (sign == "!" and key == "disease" and (self.related or _ids(given, limit))):
                return False
            return _within(given, limit) == (sign == "=")
        return bool(given) if value == "*" else given in value.split("|")

    def missing(self) -> str:
        """Return what is not told of the disease, or what no file can tell of two; nothing where neither is named."""
        given, limit = self.use.get("disease", ""), self.limits.get("disease", "")
        if bool(given) != bool(limit):
            return _MISSING["limits" if given else "use"]
        if not given or _within(given, limit):
            return ""
        return _MISSING["related"] if self.related else _MISSING["ids"] if _ids(given, limit) else ""

    def _dated(self, day: str, sign: str, limit: str) -> bool:
        """Compare days, which are ISO 8601; nothing holds of one that is not told."""
        other = next((self.limits[key] for key in _DATES[limit] if key in self.limits), "")
        if not day or not other:
            return False
        return {"<": day < other, ">": day > other, "<=": day <= other, ">=": day >= other}[sign]


def _verdict(asked: Asked, declared: _Declared) -> Verdict:
    term = asked.term
    if term is None:
        return Verdict(outcome="unknown")

    def any_of(rule: Rule) -> bool:
        return any(all(map(declared.holds, conditions)) for conditions in rule)

    if any_of(term.forbids):
        return Verdict(outcome="forbidden", term=term)
    if any_of(term.allows):
        return Verdict(outcome="allowed", term=term)
    return Verdict(outcome="undecided", term=term, why=declared.missing() if term.short == "DS" else "")


def lacks_permission(entry: DataUse, found: list[Verdict]) -> bool:
    """Tell whether an entry has modifiers alone, so that nothing says which use they modify."""
    kinds = {each.term.kind for each in found if each.term}
    return kinds == {"modifier"} and all(each.term for each in found) and bool(entry.duo or entry.consent)


def _ids(given: str, limit: str) -> bool:
    return any(_ONTOLOGY.fullmatch(each.strip()) for each in (given, limit))


def _within(given: str, limit: str) -> bool:
    """Tell whether what is declared is what the limit names, or a part of it: `EU/DE` is within `EU`."""
    own, allowed = _steps(given), _steps(limit)
    return own[: len(allowed)] == allowed


def _steps(text: str) -> list[str]:
    return [re.sub(r"[\s_-]+", "-", step.strip().lower()) for step in text.split("/")]


def told(term: Term) -> str:
    """Return a term as sentences name it."""
    return f"{term.short} ({term.id}, {term.label})" if term.short else f"{term.id} ({term.label})"
