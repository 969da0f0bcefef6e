"""Which rules there are, which of them run, and that nothing is imported before it is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pytest_genomic_guard import registry
from pytest_genomic_guard.engine import Engine
from pytest_genomic_guard.model import FAMILIES
from pytest_genomic_guard.registry import Plan, Registry, UnknownCode, families, family
from pytest_genomic_guard.sources.memory import Memory


def codes(*selections: list[str], ignore: tuple[str, ...] = ()) -> set[str]:
    """Return the codes that run, RUN left out."""
    return {code for code in Plan(Registry(), selections=selections, ignore=ignore).codes if not code.startswith("RUN")}


def test_selection() -> None:
    """A code or a prefix selects; several selections narrow each other; an empty one selects all."""
    assert codes() == codes([]) >= {"GEN101", "GEN102", "GEN103", "FAIR101"}
    assert codes(["GEN101"]) == {"GEN101"}
    assert all(codes([some]) == {code for code in codes() if code.startswith(some)} for some in ("GEN", "GEN1", "GEN20"))
    assert codes(["GEN101", "FAIR"]) == {"GEN101", "FAIR101"}
    assert codes(["GEN"], ["GEN101", "FAIR"]) == {"GEN101"}
    assert "GEN102" not in codes(ignore=("GEN102",))


def test_run_always_runs() -> None:
    """RUN can be neither left out nor ignored."""
    every = {code for code in Registry().entries if code.startswith("RUN")}
    assert every <= set(Plan(Registry(), selections=(["GEN101"],)).codes)
    assert every <= set(Plan(Registry(), ignore=("RUN",)).codes)


@pytest.mark.parametrize("selection", [["GEN9"], ["gen101"], ["X"], [""], ["GEN101", "GEN999"]])
def test_unknown_code(selection: list[str]) -> None:
    """A code or prefix that names nothing is an error: a typing mistake must not switch checks off."""
    with pytest.raises(UnknownCode):
        Plan(Registry(), selections=(selection,))
    with pytest.raises(UnknownCode):
        Plan(Registry(), ignore=selection)


@pytest.mark.parametrize(("selections", "ignore"), [((["GEN101"], ["GEN102"]), ()), ((["RUN"],), ()), ((["GEN101"],), ("GEN",))])
def test_nothing_left(selections: tuple[list[str], ...], ignore: tuple[str, ...]) -> None:
    """A selection that leaves nothing to look for is an error, never a clean run."""
    with pytest.raises(UnknownCode, match="nothing is left"):
        Plan(Registry(), selections=selections, ignore=ignore)


def test_families() -> None:
    """The words that people write lead to the prefixes of codes, and every shipped code has a family."""
    assert families("genomic") == ["GEN"]
    assert set(families("gates")) == {"FAIR", "MIA"}
    assert families("nothing") == []
    assert {family(code) for code in Registry().entries} <= set(FAMILIES)


def test_rules_are_imported_when_needed() -> None:
    """Listing and planning import no rule; a module is imported when its class is asked for."""
    script = (
        "import sys\n"
        "from pytest_genomic_guard.registry import Plan, Registry\n"
        "registry = Registry(); plan = Plan(registry); plan.relations(set(), run=False)\n"
        "rooms = ('checks', 'relations', 'gates')\n"
        "loaded = lambda: [m for m in sys.modules if m.startswith('pytest_genomic_guard.') and m.split('.')[1] in rooms]\n"
        "assert not loaded(), loaded()\n"
        "assert registry.entries['GEN103'].rulebook.code == 'GEN103'\n"
        "assert 'pytest_genomic_guard.relations.genomic.gen103' in loaded()\n"
        "assert 'pytest_genomic_guard.checks.genomic.gen102' not in loaded()\n"
    )
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_check_is_imported_when_its_rule_matches(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index holds the text rules, so a check without a match costs no import; with one, a check that is not there is a gap."""
    row = ("SEC999", "check", "no_such_module", ("Text",), (("a-rule", "lower", (b"needle",), rb"(?i:needle)\d"),))
    monkeypatch.setattr(registry, "INDEX", (row,))
    for text, reasons in ((b"needle x", []), (b"a NEEDLE7", ["check-failed"])):
        engine = Engine(Plan(Registry()))
        found = engine.scan(Memory({b"x": text}).entries()[0])
        assert [gap.reason for gap in found.gaps] == reasons


def test_a_name_is_of_one_text_rule() -> None:
    """Checks share text rules under one name; two rules of the same name would hide each other, and one would match nothing."""
    rules = [rule for entry in Registry().entries.values() for rule in entry.rules]
    assert len({rule.name for rule in rules}) == len(set(rules))
