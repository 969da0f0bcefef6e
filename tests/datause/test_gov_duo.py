"""Terms of consent: all codes of the ontology, each decided as the table says, and nothing allowed by silence."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

# The helpers of the policy's tests stand beside them, and test folders are no packages.
sys.path.insert(0, str(Path(__file__).parent.parent / "policy"))

from _duo_table import PAGE, page
from _policy import POLICY, inside, policy, write

from pytest_genomic_guard.policy.packs import duo
from pytest_genomic_guard.relations.datause.duo import verdicts
from pytest_genomic_guard.testing import samples
from pytest_genomic_guard.views.datause.nouns import DataUse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# id, shorthand and label of EBISPOT/DUO, duo.csv
CSV = {
    1: ("", "data use permission"),
    4: ("NRES", "no restriction"),
    6: ("HMB", "health or medical or biomedical research"),
    7: ("DS", "disease specific research"),
    11: ("POA", "population origins or ancestry research only"),
    12: ("RS", "research specific restrictions"),
    15: ("NMDS", "no general methods research"),
    16: ("GSO", "genetic studies only"),
    17: ("", "data use modifier"),
    18: ("NPUNCU", "not for profit, non commercial use only"),
    19: ("PUB", "publication required"),
    20: ("COL", "collaboration required"),
    21: ("IRB", "ethics approval required"),
    22: ("GS", "geographical restriction"),
    24: ("MOR", "publication moratorium"),
    25: ("TS", "time limit on use"),
    26: ("US", "user specific restriction"),
    27: ("PS", "project specific restriction"),
    28: ("IS", "institution specific restriction"),
    29: ("RTN", "return to database or resource"),
    42: ("GRU", "general research use"),
    43: ("CC", "clinical care use"),
    44: ("NPOA", "population origins or ancestry research prohibited"),
    45: ("NPU", "not for profit organisation use only"),
    46: ("NCU", "non-commercial use only"),
}
# Of each term a use that it forbids, and one that it allows; None: there is none
LIMITS = {
    "disease": "CA",
    "region": "EU",
    "institution": "one",
    "research": "paediatric",
    "until": "2999-12-31",
    "publish-from": "2999-01-01",
}
CASES: Mapping[str, tuple[dict[str, Any] | None, dict[str, Any] | None]] = {
    "NRES": (None, {"purpose": "ancestry", "commercial": True}),
    "GRU": ({"purpose": "health", "clinical-care": True}, {"purpose": "general"}),
    "HMB": ({"purpose": "ancestry"}, {"purpose": "health"}),
    "DS": ({"purpose": "disease", "disease": "diabetes"}, {"purpose": "disease", "disease": "ca"}),
    "POA": ({"purpose": "disease"}, {"purpose": "ancestry"}),
    "NMDS": ({"purpose": "disease", "methods": True}, {"methods": False}),
    "NPOA": ({"purpose": "ancestry"}, {"purpose": "control"}),
    "GSO": ({"genetic": False}, {"genetic": True}),
    "NCU": ({"commercial": True}, {"commercial": False}),
    "NPU": ({"for-profit": True}, {"for-profit": False}),
    "NPUNCU": ({"for-profit": True, "commercial": False}, {"for-profit": False, "commercial": False}),
    "IRB": ({"irb": False}, {"irb": True}),
    "COL": ({"collaboration": False}, {"collaboration": True}),
    "PUB": ({"publication": False}, {"publication": True}),
    "MOR": ({"published": "2998-12-31"}, {"published": "2999-01-01"}),
    "US": ({"approved-users": False}, {"approved-users": True}),
    "PS": ({"approved-project": False}, {"approved-project": True}),
    "IS": ({"institution": "two"}, {"institution": "One"}),
    "GS": ({"region": "US"}, {"region": "EU/DE"}),
    "RTN": ({"return": False}, {"return": True}),
    "CC": (None, {"purpose": "health", "clinical-care": True}),
    "RS": ({"research": "geriatric"}, {"research": "paediatric/oncology"}),
}


def _entry(number: int, **keys: Any) -> dict[str, Any]:
    return {"id": f"phs{number:06d}", **{key.replace("_", "-"): value for key, value in keys.items()}}


def _told(folder: Path, entries: Sequence[dict[str, Any]]) -> dict[str, dict[str, list[str]]]:
    """Return the messages of a scan by entry and code."""
    found: dict[str, dict[str, list[str]]] = {each["id"]: {} for each in entries}
    write(folder, {POLICY: policy(data_use=list(entries))})
    for each in inside("scan", "--select", "GOV", "--format", "json", folder).json["findings"]:
        if each["code"] in {"GOV103", "GOV110"}:
            found[each["subject"]].setdefault(each["code"], []).append(each["message"])
    return found


def test_every_code_of_the_ontology_is_there() -> None:
    """The table has the 25 codes by number, abbreviation and label, each with what it means and its source."""
    assert len(CSV) == 25
    assert {term.number: (term.short, term.label) for term in duo.TERMS} == CSV
    assert len(duo.TERMS) == len(CSV)
    for term in duo.TERMS:
        assert term.means
        assert "duo.csv" in term.source
        assert term.allows == ((),) or term.asks  # what would decide it
        assert term.id == f"DUO:{term.number:07d}"
        assert duo.BY_NAME[term.id] is term


def test_the_page_has_the_table() -> None:
    """docs/duo.md is what the data say; ``python tests/datause/_duo_table.py`` writes it anew."""
    text = PAGE.read_text("utf-8")
    assert text == page(text)
    assert text.count("| DUO:00000") == 25


def test_every_decidable_code_fires_and_is_quiet(folder: Path) -> None:
    """Through the command line, by abbreviation and by id: a use that a term forbids fails, one that it allows says nothing."""
    terms = [term for term in duo.TERMS if term.kind != "class"]
    assert {term.short for term in terms} == {*CASES, "TS"}
    entries, expected = list[dict[str, Any]](), dict[str, tuple[str, bool]]()
    for term in terms:
        forbidden, allowed = CASES.get(term.short, ({"purpose": "health"}, {"purpose": "health"}))
        for use, forbids in ((forbidden, True), (allowed, False)):
            for name in (term.short, term.id) if use is not None else ():
                limits = LIMITS | ({"until": "2020-01-01"} if term.short == "TS" and forbids else {})
                duo_codes = ["NRES", name] if term.kind == "modifier" else [name]
                duo_codes += ["CC"] * (term.short == "GRU" and not forbids)
                entry = _entry(len(entries) + 100, duo=duo_codes, use=use, limits=limits)
                entries.append(entry)
                expected[entry["id"]] = (term.id, forbids)
    told = _told(folder, entries)
    for name, (term_id, forbids) in expected.items():
        messages = told[name].get("GOV103", [])
        assert ([term_id in each for each in messages] == [True]) == forbids, (name, term_id, told[name])
        assert forbids or told[name] == {}, (name, term_id, told[name])
    assert len(expected) == 2 * (2 * 23 - 2)


def test_silence_allows_nothing(folder: Path) -> None:
    """Without a declared use every term is noted as open, but for those that allow or forbid whatever the use is."""
    terms = [term for term in duo.TERMS if term.short not in {"NRES", "CC"}]
    told = _told(folder, [_entry(number, duo=["NRES", term.id]) for number, term in enumerate(terms)])
    for number, term in enumerate(terms):
        (message,) = told[f"phs{number:06d}"].pop("GOV110")
        assert message.endswith(f"decided: {term.short or term.id}")
        assert not told[f"phs{number:06d}"]


def test_an_unrelated_use_leaves_it_open(folder: Path) -> None:
    """With some use declared, each term that it does not answer is noted with the reason and what would decide it."""
    terms = [term for term in duo.TERMS if term.short not in {"NRES", "CC", "IRB"}]
    told = _told(folder, [_entry(number, duo=["NRES", term.id], use={"irb": True}) for number, term in enumerate(terms)])
    for number, term in enumerate(terms):
        (message,) = told[f"phs{number:06d}"]["GOV110"]
        assert term.why in message
        assert term.asks in message


@pytest.mark.parametrize(
    ("group", "use", "code"),
    [
        ("GRU-NPU-MDS", {"purpose": "general", "for-profit": True}, "DUO:0000045"),
        ("HMB-IRB", {"purpose": "health", "irb": False}, "DUO:0000021"),
        ("DS-CA-NPU", {"purpose": "disease", "disease": "heart"}, "DUO:0000007"),
        ("DS-CA", {"purpose": "health"}, "DUO:0000007"),
        ("ds-brain-dis-mds", {"purpose": "disease", "disease": "heart"}, "DUO:0000007"),
        ("HMB-NMDS", {"purpose": "methods"}, "DUO:0000015"),
        ("GRU-PUB-COL-GSO", {"purpose": "general", "publication": False, "collaboration": True, "genetic": True}, "DUO:0000019"),
        ("GRU-MDS", {"purpose": "methods"}, ""),
        ("DS-BRAIN-DIS-MDS", {"purpose": "disease", "disease": "Brain Dis"}, ""),
        ("HMB-MDS", {"purpose": "methods"}, ""),
        ("DS-CA-NPU-MDS", {"purpose": "disease", "disease": "CA/lung", "for-profit": False, "methods": True}, ""),
    ],
)
def test_consent_groups(folder: Path, group: str, use: dict[str, Any], code: str) -> None:
    """What dbGaP writes of a group is read part by part; MDS includes methods, and is not NMDS."""
    told = _told(folder, [_entry(178, consent=[group], use=use)])["phs000178"]
    assert [code in each for each in told.pop("GOV103", [])] == [True] * bool(code)
    assert code or told == {}


@pytest.mark.parametrize(
    ("use", "limits", "outcome"),
    [
        ({"purpose": "disease"}, {}, "GOV110"),
        ({"purpose": "disease"}, {"disease": "ca"}, "GOV110"),
        ({"purpose": "disease", "disease": "ca"}, {}, "GOV110"),
        ({"purpose": "disease", "disease": "heart"}, {"disease": "ca"}, "GOV103"),
        ({"purpose": "disease", "disease": "ca"}, {"disease": "ca"}, ""),
        ({"purpose": "health"}, {}, "GOV103"),
        ({"purpose": "general"}, {}, "GOV103"),
    ],
)
def test_diseases_that_are_not_named(folder: Path, use: dict[str, Any], limits: dict[str, str], outcome: str) -> None:
    """Two diseases that differ are an error, and so is research on no disease; where one of them is not named, nothing decides."""
    assert list(_told(folder, [_entry(178, duo=["DS"], use=use, limits=limits)])["phs000178"]) == [outcome] * bool(outcome)


def test_nothing_of_the_declaration_is_shown(folder: Path) -> None:
    """Diseases, regions and institutions that are written there stay there."""
    word = samples.hexadecimal(24).decode()
    use = {"purpose": "disease", "disease": word, "region": word, "institution": word, "research": word}
    limits = {"disease": f"x{word}", "region": f"x{word}", "institution": f"x{word}", "research": f"x{word}"}
    write(
        folder,
        {POLICY: policy(data_use=[_entry(178, duo=["DS", "GS", "IS", "RS"], use=use, limits=limits, consent=[f"DS-{word}-XX"])])},
    )
    ran = inside("scan", "--select", "GOV", "--format", "json", folder)
    assert [each["code"] for each in ran.json["findings"]].count("GOV103") == 4
    assert word not in ran.out + ran.err
    assert word.upper() not in ran.out + ran.err


def test_days_are_compared_with_the_day_of_the_run() -> None:
    """The last day still counts, and so does the first one after a moratorium."""
    entry = DataUse(id="x", line=1, duo=("TS", "MOR"), limits=(("publish-from", "2026-05-01"), ("until", "2026-04-30")))
    said = {day: [each.outcome for each in verdicts(entry, day)] for day in ("2026-04-30", "2026-05-01")}
    assert said == {"2026-04-30": ["allowed", "undecided"], "2026-05-01": ["forbidden", "allowed"]}
    closed = DataUse(id="x", line=1, duo=("TS",), closes="2026-04-30")
    assert [each.outcome for each in verdicts(closed, "2026-05-01")] == ["forbidden"]


_WORDS = st.one_of(st.sampled_from([*duo.BY_NAME, "MDS", "CA", "-", "_", ""]), st.text(max_size=20))


@settings(deadline=None)
@given(
    consent=st.lists(st.lists(_WORDS, max_size=8).map("-".join), max_size=4),
    use=st.dictionaries(st.sampled_from(["purpose", "disease", "commercial", "published", "region"]), st.text(max_size=8)),
    limits=st.dictionaries(st.sampled_from(["disease", "region", "until", "publish-from"]), st.text(max_size=8)),
)
def test_any_consent_is_read(consent: list[str], use: dict[str, str], limits: dict[str, str]) -> None:
    """Whatever is written there, each term is told once, and a group without a known term is told as unknown."""
    entry = DataUse(id="x", line=1, consent=tuple(consent), use=tuple(use.items()), limits=tuple(limits.items()))
    found = verdicts(entry, "2026-01-01")
    assert all(each.outcome in {"allowed", "forbidden", "undecided"} for each in found if each.term)
    assert bool(found) == bool(consent)
    assert all((each.outcome == "unknown") == (each.term is None) for each in found)
