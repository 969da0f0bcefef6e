"""A change cannot excuse itself: what makes a policy less strict is told, in words that quote nothing of it."""

from __future__ import annotations

import copy
import hashlib
import json
import re
from collections import Counter
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from _changes import DOCUMENTS, edited, judge, milder, read
from _policy import everything
from _single_changes import GONE, LOOSER, PROOF, SAID, SHA, STRICTER, USE, VENDOR, WAIVER, exclude, ignore
from hypothesis import HealthCheck, given, reject, settings

from pytest_genomic_guard.policy import BASELINE, FILE, Policy, PolicyError
from pytest_genomic_guard.policy.changes import WORDS, Loosening, loosened
from pytest_genomic_guard.policy.lists import manifest
from pytest_genomic_guard.registry import Registry, UnknownCode
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _changes import Document

OPTIONS = Registry().options
FEWEST = 5  # of 400 drawn pairs, about one in ten has an outcome that is milder
CLOSED = re.compile(r"[A-Za-z0-9 .,:<>=@+-]+")


def _document(key: str, value: Any) -> Document:
    return {"plugins": ["debts"]} | ({} if value is GONE else {key: value})


def _pair(key: str, before: Any, after: Any) -> tuple[Policy, Policy]:
    return read(_document(key, before))[0], read(_document(key, after))[0]


def _line(document: Document, text: str) -> int:
    """Return the line of a text in a document as `read` writes it; the last of several."""
    lines = json.dumps({"version": 1} | {key: each for key, each in document.items() if key != "baseline"}, indent=1).split("\n")
    return max(number for number, line in enumerate(lines, 1) if text in line)


@pytest.mark.parametrize("row", LOOSER, ids=lambda row: row[4])
def test_looser(row: tuple[str, Any, Any, str, str, str]) -> None:
    """Each kind of loosening is told alone, with its difference, at its line; what is gone, with the line that it had."""
    key, before, after, what, shows, at = row
    (found,) = loosened(*_pair(key, before, after), OPTIONS)
    assert (found.what, found.shows) == (what, shows)
    if key == "baseline":
        assert (found.file, found.line) == (BASELINE, 2)
    elif at == "-":
        assert (found.file, found.line) == (FILE, 0)
        assert found.was > 1
    else:
        above = at.startswith("{")
        assert (found.file, found.line) == (FILE, _line(_document(key, after), at[above:]) - above)


@pytest.mark.parametrize(("key", "before", "after"), STRICTER)
def test_stricter(key: str, before: Any, after: Any) -> None:
    """What is stricter, or the same in other words, is not told; the way back is."""
    old, new = _pair(key, before, after)
    assert [each.shows for each in loosened(old, new, OPTIONS)] == []
    assert loosened(new, old, OPTIONS)


def test_every_key_and_word() -> None:
    """Each key that a policy can have is one that somebody thought about here, and each word is told of something."""
    schema = json.loads((files("pytest_genomic_guard.schemas") / "policy-1.schema.json").read_text("utf-8"))
    assert {row[0] for row in LOOSER} == {*schema["properties"], "baseline"} - {"version"}
    assert {row[3] for row in LOOSER} == {*WORDS} - {"policy removed"}


@pytest.mark.parametrize("key", sorted({*everything()} - {"version", "plugins", "packs", "policy-changes", "projects"}))
def test_reasons_and_owners(key: str) -> None:
    """Another reason, owner or link in an entry, and another order of entries, make nothing less strict."""
    old = everything()
    new = copy.deepcopy(old)
    for entry in _entries(new[key]):
        entry.update({name: "https://example.org/c" for name in ("reason", "owner", "link") if name in entry})
    if isinstance(new[key], list):
        new[key].reverse()
    assert loosened(read(old)[0], read(new)[0]) == ()


def _entries(node: Any) -> Iterator[Any]:
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _entries(child)


@given(DOCUMENTS)
@settings(max_examples=60, deadline=None)
def test_same(document: Document) -> None:
    """A policy is not less strict than itself."""
    try:
        found = loosened(read(document)[0], read(document)[0])
    except PolicyError:
        reject()
    assert found == ()


def test_milder_is_told() -> None:
    """Where any outcome over the same content is milder than under the old policy, a loosening is told."""
    seen: Counter[str] = Counter()

    @given(edited())
    @settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
    def told(pair: tuple[Document, Document]) -> None:
        try:
            old, new = (judge(document) for document in pair)
        except (PolicyError, UnknownCode):
            reject()
        fewer = milder(old, new)
        seen["milder"] += bool(fewer)
        if fewer:
            assert loosened(old.policy, new.policy, OPTIONS), fewer

    told()
    assert seen["milder"] >= FEWEST


def _marked(document: Any, mark: str) -> Any:
    """Return a policy in which every text that its writer chose is a mark of its own, as far as its form allows."""
    texts = ("reason", "owner", "package", "id", "name", "path", "scores", "table", "member", "canary")
    if isinstance(document, list):
        return [_marked(each, mark) for each in document]
    if not isinstance(document, dict):
        return document
    kept = {key: mark if key in texts and isinstance(each, str) else _marked(each, mark) for key, each in document.items()}
    forms = {"versions": f"==1+{mark}", "expression": f"LicenseRef-{mark}"}
    kept |= {key: form for key, form in forms.items() if key in kept and isinstance(kept[key], str)}
    named = {"triage", "attack", "freqs", "f", "m", "r"}
    return {("x" + mark if key in named and isinstance(each, dict) else key): each for key, each in kept.items()}


def test_quotes_nothing() -> None:
    """Nothing of the two policies that is no word of a closed list, number or date is in what is told of either way."""
    mark = samples.hexadecimal(12).decode()
    document = _marked(everything(), mark)
    document["projects"][0]["root"] = f"services/{mark}"
    document["licences"]["dev-groups"] = [mark]
    document["fairness"]["x" + mark]["value"] = f"{mark}.json#/{mark}"
    document["mia"]["x" + mark]["match-on"] = [mark]
    document["plugins"] = ["debts"]
    full, empty = read(document)[0], read({})[0]
    found = [*loosened(full, empty), *loosened(empty, full), *loosened(full, Policy())]
    told = {each.what for each in found}
    assert {"waiver", "exclude", "gate removed", "data-use", "vendors", "licences", "plugins", "policy removed"} <= told
    wider = copy.deepcopy(document)
    wider["fairness"]["x" + mark] |= {"value": f"other.json#/{mark}", "bounds": {"tpr.difference": "<= 0.3"}}
    found += loosened(full, read(wider)[0])
    assert {"fairness value changed", "fairness tpr.difference <= 0.1 -> <= 0.3"} <= {each.shows for each in found}
    assert [each.what for each in found if not CLOSED.fullmatch(each.shows) or each.what not in WORDS] == []
    assert [each.what for each in found if mark in each.shows or mark.encode() in each.file] == []


def test_no_policy_any_more() -> None:
    """A policy that is gone is told where the defaults are less strict, with what it had; one that asked for less is not."""
    strict = read({"profile": "strict", "cards": {"tier": "release"}})[0]
    found = loosened(strict, Policy())
    assert [(each.what, each.line) for each in found] == [("policy removed", 0), ("profile", 0), ("cards", 0)]
    assert {each.file for each in found} == {FILE}
    assert loosened(read({"profile": "minimal"})[0], Policy()) == ()


def test_first_policy() -> None:
    """A first policy is held against the defaults, which it can loosen."""
    assert loosened(Policy(), read({"profile": "strict", "small-cell": 10})[0]) == ()
    assert [each.what for each in loosened(Policy(), read({"exclude": exclude("a")})[0])] == ["exclude"]


def test_options_without_defaults() -> None:
    """Of an option whose default nobody gave, or of a rule that is not there, any change is told."""
    old, new = _pair("checks", GONE, {"GEN101": {"max-samples": 0}})
    assert [each.shows for each in loosened(old, new)] == ["GEN101 max-samples default -> 0"]
    assert loosened(old, new, OPTIONS) == ()
    foreign = new.replace(checks={"SEC901": {"depth": 2, "words": "quoted"}})
    shown = ["SEC901 depth default -> 2", "SEC901 words changed"]
    assert [each.shows for each in loosened(old, foreign, OPTIONS)] == shown
    assert [each.shows for each in loosened(foreign, foreign.replace(checks={"SEC901": {"depth": 1}}))] == [
        "SEC901 depth 2 -> 1",
        "SEC901 words changed",
    ]


def test_registers() -> None:
    """An entry of a register is told at its line of that file; one that only moved there is not told."""
    lists = {"waivers": [WAIVER], "data-use": [USE], "vendors": [VENDOR], "attestations": [PROOF]}
    beside = {b".genomic-guard/%b.yaml" % key.encode(): b"# said\n" + json.dumps(items).encode() for key, items in lists.items()}
    apart, whole = read({}, beside)[0], read(lists)[0]
    found = loosened(read({})[0], apart)
    assert {(each.file, each.line) for each in found} == {(file, 2) for file in beside}
    assert len(found) == len(lists)
    assert loosened(apart, whole) == loosened(whole, apart) == ()


def test_manifest() -> None:
    """The waivers of one manifest are told together, with how many are new."""
    old, new = (_listed(number) for number in (2, 5))
    (found,) = loosened(old, new)
    assert (found.what, found.shows, found.file) == ("waiver", "waiver + GEN101, 3 files", FILE)
    assert loosened(new, old) == ()


def _listed(number: int) -> Policy:
    text = manifest((f"{name}.vcf".encode(), SHA) for name in range(number)).encode()
    entry = {"code": "GEN101", "manifest": ".genomic-guard/waivers/m", "sha256": hashlib.sha256(text).hexdigest()}
    return read({"waivers": [entry | SAID | {"expires": "2030-01-02"}]}, {b".genomic-guard/waivers/m": text})[0]


def test_baseline() -> None:
    """New debts are told by code; a baseline that became shorter, or that is gone, is not."""
    old, new = (
        read({"baseline": entries})[0]
        for entries in ([("a", "SEC901", 1)], [("a", "SEC901", 1), ("b", "COD901", 2), ("b", "SEC901", 3), ("c", "COD901", 1)])
    )
    found = [(each.shows, each.line) for each in loosened(old, new)]
    assert found == [("baseline + 3 COD901", 3), ("baseline + 3 SEC901", 4)]
    assert loosened(new, old) == loosened(new, read({})[0]) == ()


def test_projects_inherit() -> None:
    """What the whole loosens is told once, and for a project that has its own value not at all."""
    inner = [{"root": "a"}, {"root": "a/b", "cards": {"tier": "research"}}]
    old, new = (read({"cards": {"tier": tier}, "projects": inner})[0] for tier in ("release", "basic"))
    assert [each.shows for each in loosened(old, new)] == ["cards tier release -> basic"]
    looser = read({"cards": {"tier": "release"}, "projects": [{"root": "a", "cards": {"tier": "basic"}}, inner[1]]})[0]
    assert [each.shows for each in loosened(old, looser)] == ["cards tier release -> basic in a project"]
    without = read({"cards": {"tier": "basic"}, "projects": inner[:1]})[0]
    found = [each.shows for each in loosened(new, without)]
    assert found == ["cards tier research -> basic in a project"]


def test_two_of_a_kind() -> None:
    """Loosenings of one kind on lines of their own are told each, in the order of the lines."""
    new = read({"exclude": exclude("a", "b"), "ignore": ignore("FAIR101"), "profile": "minimal"})[0]
    found = loosened(read({})[0], new)
    assert Counter(each.what for each in found) == {"exclude": 2, "ignore": 1, "profile": 1}
    assert [each.line for each in found] == sorted({each.line for each in found})
    assert all(isinstance(each, Loosening) for each in found)


def test_one_release_one_loosening() -> None:
    """What the checks are told of releases is compared under `release`, and thresholds that hold for several checks once."""
    old, new = (read({"release": {"a": {"n": people, "table": "b"}}})[0] for people in (8, 9))
    assert [(each.what, each.shows) for each in loosened(old, new, OPTIONS)] == [("gate changed", "release n changed")]
    assert [each.shows for each in loosened(new, read({})[0], OPTIONS)] == ["release gate removed"]
    old, new = (read({"checks": {"GEN401": {"block-from": number}}})[0] for number in (9.5, 12.0))
    assert [each.shows for each in loosened(old, new, OPTIONS)] == ["GEN401 block-from 9.5 -> 12.0"]
