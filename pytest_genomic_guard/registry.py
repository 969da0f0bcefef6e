"""Which rules there are, and which of them run. A module is imported when a view or fact that it needs turns up."""

from __future__ import annotations

import importlib
import re

from pytest_genomic_guard._index import INDEX
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import FAMILIES, Rule, Rulebook
from pytest_genomic_guard.views.wanted import LISTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard.model import Check, Face, Options, Relation, View

_CODE = regex(r"(?!RUN)[A-Z]{3,4}[0-9]{3}")
_NO_TEXTS = frozenset({"DataTable", "Export", "Annotated", "Chip", "Sites", "IdList", "PersonRows"})  # views that have no hits
_NAME = regex(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_KEPT = 1000  # sets of text rules of which is kept who asks for them
_rules: dict[str, Rule] = {}  # those of the index that were made, by their names


class UnknownCode(Exception):  # noqa: N818 - the word a user needs
    """A code or prefix names no rule."""


class PluginError(Exception):
    """A plugin that the policy names cannot be used; the message says which."""


class Entry:
    """One rule: what the index says of it, and its class once that is needed."""

    def __init__(  # noqa: PLR0913 - a line of the index
        self,
        code: str,
        kind: str,
        module: str,
        sees: Sequence[str],
        *,
        rules: Sequence[Rule] = (),
        rulebook: type[Rulebook] | None = None,
    ) -> None:
        """Take a line of the index. `sees` names the view, or the facts, by their classes."""
        self.code, self.kind, self.sees, self.rules = code, kind, sees, rules
        self._module, self._rulebook = module, rulebook

    @property
    def rulebook(self) -> type[Rulebook]:
        """Import the class."""
        if self._rulebook is None:
            found: type[Rulebook] = getattr(importlib.import_module(self._module), self.code)
            self._rulebook = found
        return self._rulebook


class Registry:
    """All rules by code, in order."""

    def __init__(self, extra: Iterable[type[Rulebook]] = (), *, shipped: bool = True) -> None:
        """Take the shipped rules and further classes. Raises `PluginError` for one that could not work, or whose code is taken."""
        self._entries: dict[str, Entry] = {}
        for code, kind, module, sees, rules in INDEX if shipped else ():
            self._entries[code] = Entry(code, kind, module, sees, rules=[_rule(*rule) for rule in rules])
        names: set[str] = set()
        self.extended = False  # by rules that are not shipped
        for rulebook in extra:
            self.extended = True
            fault = _fault(rulebook) or ("its code is taken" if rulebook.code in self._entries else _repeated(rulebook, names))
            if fault:
                raise PluginError(f"{_label(rulebook)} cannot be used: {fault}")
            self._entries[rulebook.code] = describe(rulebook)

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Return the rules by code."""
        return self._entries

    def options(self, code: str) -> Mapping[str, Any]:
        """Return the options of a rule with their defaults."""
        defaults: Mapping[str, Any] = self._entries[code].rulebook.Options._defaults  # noqa: SLF001
        return defaults

    def matching(self, codes: Sequence[str]) -> frozenset[str]:
        """Return the codes that begin with one of `codes`. Raises `UnknownCode`."""
        found: set[str] = set()
        for code in codes:
            some = {each for each in self._entries if each.startswith(code)}
            if not some or not code:
                raise UnknownCode(f"there is no code that begins with {code[:12]!r}")
            found |= some
        return frozenset(found)


class Plan:
    """The rules of one run with their options, by what they see."""

    def __init__(
        self,
        registry: Registry,
        *,
        selections: Sequence[Sequence[str]] = (),
        ignore: Sequence[str] = (),
        options: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """Choose the rules that every selection names; an empty one names all. RUN always runs. Raises `UnknownCode`."""
        chosen = frozenset(registry.entries)
        for select in selections:
            chosen &= registry.matching(select) if select else chosen
        chosen -= registry.matching(ignore) if ignore else frozenset()
        if not any(not code.startswith("RUN") for code in chosen):
            raise UnknownCode("nothing is left to look for: no selected code is there and not ignored")
        self.registry = registry
        self._entries = [e for code, e in sorted(registry.entries.items()) if code in chosen or code.startswith("RUN")]
        self._options = options or {}
        self._made: dict[str, tuple[Any, Options]] = {}
        self._seen: dict[type[View], _Seeing] = {}
        self._gathering = _Seeing([entry for entry in self._entries if entry.kind == "relation" and entry.rules])
        self.licensed = any(entry.code.startswith(("LIC2", "LIC3")) for entry in self._entries)  # at licences of the tree
        self.carded = any(entry.code.startswith(("CARD", "GOV")) for entry in self._entries)  # at cards of models

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes that run."""
        return tuple(entry.code for entry in self._entries)

    def checks(self, view: View) -> list[tuple[Check[View], Options]]:
        """Return the checks that see a view, by its class or a base of it; of those with text rules, the ones that matched."""
        seen = self._seen.get(type(view))
        if seen is None:
            names = {kind.__name__ for kind in type(view).__mro__}
            seen = _Seeing([entry for entry in self._entries if entry.kind == "check" and names.intersection(entry.sees)])
            self._seen[type(view)] = seen
        return [self._make(entry) for entry in seen.matched(getattr(view, "hits", None))]

    def relations(self, facts: Iterable[str], *, run: bool) -> list[tuple[Relation, Options]]:
        """Return the relations that need one of the facts, named by their classes: those of RUN, or the others."""
        names = set(facts)
        return [
            self._make(entry)
            for entry in self._entries
            if entry.kind == "relation" and entry.code.startswith("RUN") == run and names.intersection(entry.sees)
        ]

    def rules(self) -> list[Rule]:
        """Return the text rules of the checks and relations, each once, which need not be imported for it."""
        return list({rule.name: rule for entry in self._entries for rule in entry.rules}.values())

    def gathering(self, hits: Mapping[str, object]) -> list[Relation]:
        """Return the relations that gather facts of a text themselves, by the text rules that matched there."""
        return [self._make(entry)[0] for entry in self._gathering.matched(hits)] if hits else []

    def asked(self) -> tuple[list[str], bool]:
        """Return the text rules without which a text is not asked for tables, and whether every text is."""
        entries = [entry for entry in self._entries if entry.kind == "check" and "DataTable" in entry.sees]
        return list({rule.name: None for entry in entries for rule in entry.rules}), any(not entry.rules for entry in entries)

    def parsed(self) -> frozenset[str]:
        """Return the text rules without which the Python of a text is not parsed."""
        entries = [entry for entry in self._entries if entry.kind == "check" and "Python" in entry.sees]
        return frozenset(rule.name for entry in entries for rule in entry.rules)

    def hints(self) -> frozenset[str]:
        """Return the text rules that only tell which texts are asked for tables: no check that looks at their matches names them.

        A check that sees both texts and tables names the rules of both: those of checks of tables alone are not for its texts.
        """
        checks = [entry for entry in self._entries if entry.kind == "check"]
        seeing = [(_NO_TEXTS.intersection(entry.sees), _NO_TEXTS.issuperset(entry.sees), entry.rules) for entry in checks]
        own = {rule.name for _some, alone, rules in seeing if alone for rule in rules}
        others = {rule.name for some, alone, rules in seeing if not alone for rule in rules if not (some and rule.name in own)}
        return frozenset(self.asked()[0]) - others - LISTED

    def _make(self, entry: Entry) -> tuple[Any, Options]:
        if entry.code not in self._made:
            self._made[entry.code] = (entry.rulebook(), entry.rulebook.Options(**self._options.get(entry.code, {})))
        return self._made[entry.code]


class _Seeing:
    """The checks that see a class of views, in order, and by their text rules: most texts have matches of few."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Take them."""
        self._entries = entries
        self._always = frozenset(number for number, entry in enumerate(entries) if not entry.rules)
        self._by: dict[str, list[int]] = {}
        for number, entry in enumerate(entries):
            for rule in entry.rules:
                self._by.setdefault(rule.name, []).append(number)
        self._known: dict[frozenset[str], Sequence[Entry]] = {}  # by hits: many texts have the same few

    def matched(self, hits: Mapping[str, object] | None) -> Sequence[Entry]:
        """Return those without text rules, and those of which one is in `hits`; all of them for a view that has no hits."""
        if hits is None:
            return self._entries
        names = frozenset(hits)
        known = self._known.get(names)
        if known is None:
            found = self._always.union(*(self._by.get(name, ()) for name in names))
            known = [self._entries[number] for number in sorted(found)]
            if len(self._known) < _KEPT:
                self._known[names] = known
        return known


def _rule(name: str, face: Face, anchors: tuple[bytes, ...], pattern: bytes) -> Rule:
    """Return a text rule of the index: of all entries that name it, and in all registries, the same one."""
    if name not in _rules:
        _rules[name] = Rule(name=name, face=face, anchors=anchors, pattern=pattern)
    return _rules[name]


def family(code: str) -> str:
    """Return the letters of a code that name its family."""
    return code.rstrip("0123456789")


def families(word: str) -> list[str]:
    """Return the prefixes of a family by the word that people write, such as ``genomic``; empty when there is none."""
    return [prefix for prefix, name in FAMILIES.items() if name == word]


def describe(rulebook: type[Rulebook]) -> Entry:
    """Return the entry of a class: a check sees its view, a relation its facts, anything else nothing."""
    view = getattr(rulebook, "view", None)
    needs = getattr(rulebook, "needs", ())
    kind = "check" if view else "relation" if needs else "rule"
    views = (view, *getattr(rulebook, "also", ())) if view else ()
    sees = tuple(each.__name__ for each in (*views, *needs))
    return Entry(rulebook.code, kind, rulebook.__module__, sees, rules=getattr(rulebook, "rules", ()), rulebook=rulebook)


def added(names: Sequence[str]) -> Sequence[type[Rulebook]]:
    """Return what the named plugins add; most policies name none. Raises `PluginError`."""
    if not names:
        return ()
    from pytest_genomic_guard.plugins import load_plugins  # noqa: PLC0415 - see above

    return load_plugins(names)


def _fault(rulebook: Any) -> str | None:
    """Return why a class from outside could not work as a rule: better told at once than as a check that never looks."""
    if not isinstance(rulebook, type) or not issubclass(rulebook, Rulebook):
        return "it is no class of a check or relation"
    if not _CODE.fullmatch(str(getattr(rulebook, "code", ""))):
        return "its code is not three or four capitals, other than RUN, and three digits"
    if not _NAME.fullmatch(str(getattr(rulebook, "name", ""))) or not getattr(rulebook, "since", ""):
        return "it needs a name in kebab-case, and since when it exists"
    if rulebook.severity not in {"error", "warning", "note"} or rulebook.confidence not in {"high", "medium", "low"}:
        return "its severity or confidence is none of the known ones"
    if describe(rulebook).kind not in {"check", "relation"}:
        return "it sees no view and needs no facts"
    return _unusable(rulebook)


def _unusable(rulebook: Any) -> str | None:
    """Return why the first file would end the run: what fails here would fail there, outside of what a check's error spares."""
    try:
        rulebook()
        rulebook.Options()
        for rule in getattr(rulebook, "rules", ()):
            re.compile(rule.pattern, re.MULTILINE)
            if not rule.anchors or not all(rule.anchors):
                return "one of its text rules has no anchor"
    except (Exception, SystemExit):  # noqa: BLE001 - whatever it is, its message could hold anything
        return "it cannot be made without arguments, or a pattern of its text rules does not compile"
    return None


def _repeated(rulebook: type[Rulebook], names: set[str]) -> str | None:
    """Add the names of a class's text rules to `names`; return what is wrong when one is there already."""
    from pytest_genomic_guard.relations.run.allow import ALLOW  # noqa: PLC0415 - for rules from outside only
    from pytest_genomic_guard.views.variants import RULES as CALLS  # noqa: PLC0415 - as above

    own = [rule.name for rule in getattr(rulebook, "rules", ())]
    taken = {ALLOW.name, *(rule.name for rule in CALLS)}
    if len({*own, *names, *taken}) < len(own) + len(names) + len(taken):
        return "the name of one of its text rules is taken"
    names.update(own)
    return None


def _label(rulebook: object) -> str:
    module, name = getattr(rulebook, "__module__", "?"), getattr(rulebook, "__qualname__", "?")
    return f"the rule {module}.{name}"
