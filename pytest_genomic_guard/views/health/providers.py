"""Who reads health data out of views, and what they share with the checks.

A provider is a module of this package with `found(view) -> Iterable[Seen]`: one `Seen` for each person of a message, resource,
note or header. It caches its answer for the last view (see `Last`), since several checks ask in turn: the one of its own code
(PHI101 and the like: identified people in data), PHI208 (people without names), PHI302 (few people in source code or
documentation) and PHI401 (synthetic). It decides nothing: `settled` does, for all of them.

To plug in: add a line to `PROVIDERS` with the rules without which a text has nothing to read. The rules stand in a module that
is cheap to import.
"""

from __future__ import annotations

import importlib

from pytest_genomic_guard import identifiers
from pytest_genomic_guard._record import Record
from pytest_genomic_guard.views.health import dicomhints, hints, listhints, notehints
from pytest_genomic_guard.views.health.evidence import Evidence, verdict
from pytest_genomic_guard.views.health.setting import INVENTED
from pytest_genomic_guard.views.health.tablehints import PEOPLE_HINTS
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Literal

    from pytest_genomic_guard.model import Location, Rule, View

    # of evidence.verdict, and unnamed: ids of people, and nothing that names or reaches them, PHI208
    Verdict = Literal["identified", "limited", "unnamed", "single", "synthetic", ""]


class Seen(Record):
    """One person as a provider saw them."""

    at: Location
    evidence: Evidence
    setting: str  # of setting.of: code, document or data
    what: str  # where, in our own words and in the singular, such as "HL7 v2 message"
    who: bytes = b""  # tells this person from others; in memory only. With none, each counts as another
    names: tuple[bytes, ...] = ()  # values that a path must not show


class Said(Record):
    """What is said of the people of one place (a file, a cell, an output) about whom the same is to be said."""

    at: Location  # of the first
    evidence: Evidence  # of all of them together
    verdict: Verdict
    few: bool  # in source code or documentation, and so few that they are an example: PHI302
    what: str
    places: int  # messages, resources, notes
    people: int  # different ones
    names: tuple[bytes, ...]


class Provider(Record):
    """Where a provider is, and what it reads."""

    module: str
    views: tuple[str, ...] = ("Text",)  # names of the classes of views
    rules: tuple[Rule, ...] = ()  # text rules of which one must match in a text; none: every text is shown to it


PROVIDERS: tuple[Provider, ...] = (
    Provider(module="hl7", rules=(hints.HL7, hints.HL7_PERSON)),
    Provider(module="x12", rules=(hints.X12, hints.X12_PERSON)),
    Provider(module="fhir", rules=(hints.FHIR, hints.FHIR_PERSON)),
    Provider(module="cda", rules=(hints.CDA, hints.CCR)),
    Provider(module="notes", rules=notehints.RULES),
    Provider(module="tabled", views=("DataTable",), rules=(*PEOPLE_HINTS, *listhints.RULES)),
    Provider(module="dicom", views=("Dicom",)),
    Provider(module="dicomtext", rules=dicomhints.RULES),
)
RULES: tuple[Rule, ...] = tuple(rule for provider in PROVIDERS for rule in provider.rules)
TEXT_RULES: tuple[Rule, ...] = tuple(rule for provider in PROVIDERS if "Text" in provider.views for rule in provider.rules)

# Kinds that neither name nor reach a person by themselves: numbers that an institution gave
UNNAMED = frozenset({"mrn", "account", "code", "device", "health-plan", "medicaid", "zip", "city", "age-over-89", "npi", "dea"})

MOST = 50  # identified people of one view, in data: whether there are more changes nothing of what is said

_loaded: dict[str, Callable[[View], Iterable[Seen]]] = {}


class Last:
    """The answer of a provider for the view that it saw last: a view is shown to all checks in turn."""

    def __init__(self, read: Callable[[View], Iterable[Seen]]) -> None:
        """Take the function that reads a view."""
        self._read = read
        self._view: View | None = None
        self._seen: tuple[Seen, ...] = ()

    def __call__(self, view: View) -> tuple[Seen, ...]:
        """Return what there is in a view."""
        if self._view is not view:
            self._seen = placed(view, self._read(view))
            self._view = view
        return self._seen


def placed(view: View, seen: Iterable[Seen]) -> tuple[Seen, ...]:
    """Return who is in a view; where code or documentation is about people who look real, they are as in data (`weighed`).

    What the text declares of itself at its head holds for all of them (`declared`).
    """
    those = tuple(seen)
    if those and isinstance(view, Text):
        from pytest_genomic_guard.views.health import declared  # noqa: PLC0415 - for texts with people only

        those = declared.marked(view, those)
    if all(each.setting == "data" for each in those):
        return those
    from pytest_genomic_guard.views.health import weighed  # noqa: PLC0415 - for people in code and documentation only

    return weighed.placed(view, those)


def found(view: View) -> Iterator[tuple[str, Iterable[Seen]]]:
    """Yield the module and what it saw, of each provider that reads such a view, and of which a rule matched in a text."""
    kinds = {kind.__name__ for kind in type(view).__mro__}
    hits = getattr(view, "hits", None)
    for provider in PROVIDERS:
        matched = hits is None or not provider.rules or any(rule.name in hits for rule in provider.rules)
        if matched and kinds.intersection(provider.views):
            if provider.module not in _loaded:
                _loaded[provider.module] = importlib.import_module(f"pytest_genomic_guard.views.health.{provider.module}").found
            yield provider.module, _loaded[provider.module](view)


def decided(seen: Seen) -> Verdict:
    """Return what follows for one person."""
    found = verdict(seen.evidence)
    return "unnamed" if found == "identified" and seen.evidence.real <= UNNAMED else found


def enough(seen: Iterable[Seen]) -> Iterator[Seen]:
    """Yield what a provider sees up to `MOST` identified people in data: reading on would cost time and change no verdict."""
    number = 0
    for each in seen:
        yield each
        number += each.setting == "data" and decided(each) == "identified"
        if number >= MOST:
            return


def settled(seen: Iterable[Seen]) -> list[Said]:
    """Return what one provider saw in a view as what is said of it, place by place, in order.

    In source code and documentation people are made up more often than not: up to `setting.INVENTED` different ones, over all
    that is code or documentation in the view, are few.
    """
    groups: dict[tuple[tuple[str, ...], bool, str, Verdict], list[Seen]] = {}
    quoted: list[Seen] = []
    for each in seen:
        if said := decided(each):
            in_text = each.setting != "data"
            groups.setdefault((each.at.trail, in_text, each.what, said), []).append(each)
            quoted += [each] if in_text and said != "synthetic" else []
    few = people(quoted) <= INVENTED
    return [
        Said(
            at=those[0].at,
            evidence=merged([each.evidence for each in those]),
            verdict=said,
            few=in_text and few,
            what=what,
            places=len({(each.at.line, each.at.column) for each in those}),
            people=people(those),
            names=tuple(dict.fromkeys(name for each in those for name in each.names)),
        )
        for (_trail, in_text, what, said), those in groups.items()
    ]


def people(seen: Sequence[Seen]) -> int:
    """Return how many different people there are."""
    named = {each.who for each in seen if each.who}
    return len(named) + sum(1 for each in seen if not each.who)


def merged(evidence: Sequence[Evidence]) -> Evidence:
    """Return what is told of several people together: a kind is invented where no value of it is real."""
    real = frozenset().union(*(each.real for each in evidence))
    return Evidence(
        real=real,
        invented=frozenset().union(*(each.invented for each in evidence)) - real,
        health=frozenset().union(*(each.health for each in evidence)),
        dates=any(each.dates for each in evidence),
        marked=next((each.marked for each in evidence if each.marked), ""),
    )


class Gathered:
    """Collect the values of one person by kind, and give the evidence."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.real: dict[str, list[str]] = {}
        self.invented: set[str] = set()
        self.health: set[str] = set()
        self.dates = False

    def add(self, key: str, text: str) -> bool:
        """Add a value where it has the form of its kind; return whether it has."""
        kind = identifiers.kind(key)
        if not text or kind.check(text) == "no":
            return False
        self.put(key, text, invented=kind.invented(text))
        return True

    def put(self, key: str, text: str, *, invented: bool) -> None:
        """Add a value of which all is known."""
        if invented:
            self.invented.add(key)
        else:
            self.real.setdefault(key, []).append(text)

    def evidence(self, marked: str = "", *, nobody: bool = False) -> Evidence:
        """Return what was collected; `nobody`: two marks say independently that the person is none, so that no value is theirs."""
        real = frozenset() if nobody else frozenset(self.real)
        if nobody:
            self.invented.update(self.real)
        return Evidence(
            real=real,
            invented=frozenset(self.invented) - real,
            health=frozenset(self.health),
            dates=self.dates,
            marked=marked,
        )
