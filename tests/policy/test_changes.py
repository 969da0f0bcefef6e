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
GONE = object()  # the key is taken out
FEWEST = 5  # of 400 drawn pairs, about one in ten has an outcome that is milder
CLOSED = re.compile(r"[A-Za-z0-9 .,:<>=@+-]+")
SHA = hashlib.sha256(b"").hexdigest()

_SAID = {"reason": "said", "owner": "office"}
_WAIVER = {"code": "GEN101", "path": "a.vcf", "sha256": SHA, **_SAID, "expires": "2030-01-02"}
_GATE = {"value": "m.json#/a", "bounds": {"tpr.difference": "<= 0.10", "ppv.min": ">= 0.80"}}
_SURE = _GATE | {"decide": "pass-if-proven"}
_ATTACK = {"scores": "s.npz", "bounds": {"auc": "<= 0.60"}, "decide": "pass-if-proven", "confidence": 0.95}
_USE = {"id": "phs1", "controlled": True, "duo": ["HMB", "NPU"], "share-models": "paused", "closes": "2030-01-02"}
_VENDOR = {"name": "host", "owner": "office", "baa": False, "expires": "2030-01-02"}
_PROOF = {"id": "audit", "owner": "office", "date": "2026-01-02", "expires": "2030-01-02"}
_LINKED = {"package": "linked", **_SAID, "expires": "2030-01-02"}


def _ignore(*codes: str) -> list[Document]:
    return [{"code": code, "reason": "said"} for code in codes]


def _exclude(*patterns: str) -> list[Document]:
    return [{"path": pattern, "reason": "said"} for pattern in patterns]


def _bounded(**bounds: str) -> Document:
    return {"a": _GATE | {"bounds": _GATE["bounds"] | {key.replace("_", "."): text for key, text in bounds.items()}}}  # type: ignore[operator]


def _part(**settings: Any) -> list[Document]:
    return [{"root": "part", **settings}]


# Key, before, after; what is told: the word, the difference, and a text on its line, with a brace before it on the line above,
# and a dash for what is gone.
LOOSER: list[tuple[str, Any, Any, str, str, str]] = [
    ("policy-changes", GONE, "accept", "policy-changes", "policy-changes refuse -> accept", '"policy-changes"'),
    ("profile", "strict", "research", "profile", "profile strict -> research", '"profile": "research"'),
    ("profile", "strict", GONE, "profile", "profile strict -> research", "-"),
    ("profile", GONE, "minimal", "profile", "profile research -> minimal", '"profile"'),
    ("select", GONE, ["GEN", "FAIR"], "select", "select all -> FAIR, GEN", '"select"'),
    ("select", ["GEN", "FAIR"], ["GEN1", "FAIR"], "select", "select - GEN", '"select"'),
    ("ignore", GONE, _ignore("FAIR101"), "ignore", "ignore + FAIR101", '{"FAIR101"'),
    ("ignore", _ignore("FAIR101"), _ignore("FAIR"), "ignore", "ignore + FAIR", '{"FAIR"'),
    ("exclude", GONE, _exclude("third/**"), "exclude", "exclude + 1 pattern", '{"third/**"'),
    ("exclude", _exclude("third/a/**"), _exclude("third/**"), "exclude", "exclude + 1 pattern", '{"third/**"'),
    ("exclude", _exclude("*/a/**"), _exclude("b/a/**"), "exclude", "exclude + 1 pattern", '{"b/a/**"'),
    ("checks", GONE, {"GEN101": {"max-samples": 3}}, "checks", "GEN101 max-samples 0 -> 3", '"max-samples"'),
    ("samples", {"public": ["hgdp"]}, {"public": ["hgdp", "giab"]}, "samples", "samples public + giab", '"samples"'),
    ("packs", ["ukb-2026-04"], [], "packs", "packs - ukb-2026-04", '"packs"'),
    ("plugins", ["debts"], [], "plugins", "plugins - 1", '"plugins"'),
    ("small-cell", GONE, 5, "small-cell", "small-cell 10 -> 5", '"small-cell"'),
    ("waivers", GONE, [_WAIVER], "waiver", "waiver + GEN101", '{"code"'),
    ("waivers", [_WAIVER], [_WAIVER | {"sha256": "0" * 64}], "waiver", "waiver + GEN101", '{"code"'),
    (
        *("waivers", [_WAIVER], [_WAIVER | {"expires": "2031-01-02"}]),
        *("waiver", "waiver GEN101 2030-01-02 -> 2031-01-02", '{"code"'),
    ),
    ("baseline", [("a.py", "SEC901", 1)], [("a.py", "SEC901", 3)], "baseline", "baseline + 2 SEC901", "-"),
    (
        *("on-inconclusive", {"mia": "fail"}, {"mia": "note"}),
        *("on-inconclusive", "on-inconclusive mia fail -> note", '"mia": "note"'),
    ),
    ("fairness", {"a": _GATE}, {"b": _GATE}, "gate removed", "fairness gate removed", "-"),
    ("fairness", {"a": _GATE}, {"a": _GATE | {"value": "m.json#/b"}}, "gate changed", "fairness value changed", '"a"'),
    (
        *("fairness", {"a": _GATE}, _bounded(tpr_difference="<= 0.25")),
        *("bound", "fairness tpr.difference <= 0.1 -> <= 0.25", '"tpr.difference"'),
    ),
    ("fairness", {"a": _GATE}, _bounded(ppv_min=">= 0.7"), "bound", "fairness ppv.min >= 0.8 -> >= 0.7", '"ppv.min"'),
    (
        *("fairness", {"a": _GATE}, _bounded(tpr_difference=">= 0.10")),
        *("bound", "fairness tpr.difference <= 0.1 -> >= 0.1", '"tpr.difference"'),
    ),
    (
        *("fairness", {"a": _GATE}, {"a": _GATE | {"bounds": {"ppv.min": ">= 0.80"}}}),
        *("bound", "fairness tpr.difference <= 0.1 -> none", "-"),
    ),
    ("fairness", {"a": _SURE}, {"a": _GATE}, "decide", "fairness decide pass-if-proven -> fail-if-proven", '"a"'),
    (
        *("fairness", {"a": _GATE | {"decide": "point"}}, {"a": _GATE}),
        *("decide", "fairness decide point -> fail-if-proven", '"a"'),
    ),
    ("fairness", {"a": _SURE}, {"a": _SURE | {"confidence": 0.9}}, "confidence", "fairness confidence 0.95 -> 0.9", '"a"'),
    ("fairness", {"a": _GATE}, {"a": _GATE | {"confidence": 0.99}}, "confidence", "fairness confidence 0.95 -> 0.99", '"a"'),
    (
        *("fairness", {"a": _GATE}, {"a": _GATE | {"min-denominator": 50}}),
        *("min-denominator", "fairness min-denominator 20 -> 50", '"a"'),
    ),
    ("mia", {"a": _ATTACK}, GONE, "gate removed", "mia gate removed", "-"),
    ("mia", {"a": _ATTACK}, {"a": _ATTACK | {"scores": "t.npz"}}, "gate changed", "mia scores changed", '"a"'),
    ("mia", {"a": _ATTACK}, {"a": _ATTACK | {"bounds": {"auc": "<= 0.7"}}}, "bound", "mia auc <= 0.6 -> <= 0.7", '"auc"'),
    ("release", {"a": {"n": 9}}, {"a": {"n": 8}}, "gate changed", "release n changed", '"a"'),
    (
        *("licences", {"allow-classes": ["permissive"]}, {"allow-classes": ["permissive", "proprietary"]}),
        *("licences", "licences allow-classes + proprietary", '"allow-classes"'),
    ),
    ("licences", GONE, {"unknown": "warn"}, "licences", "licences unknown fail -> warn", '"unknown"'),
    (
        *("licences", {"dev-groups": ["dev"]}, {"dev-groups": ["dev", "test"]}),
        *("licences", "licences dev-groups + 1", '"dev-groups"'),
    ),
    ("licences", GONE, {"exceptions": [_LINKED]}, "licences", "licences exceptions + 1", '"exceptions"'),
    (
        *("licences", {"exceptions": [_LINKED]}, {"exceptions": [_LINKED | {"expires": "2030-01-03"}]}),
        *("licences", "licences exceptions + 1", '"exceptions"'),
    ),
    ("licences", GONE, {"clarify": [{"package": "own", "expression": "MIT"}]}, "licences", "licences clarify + 1", '"clarify"'),
    ("cards", {"tier": "release"}, GONE, "cards", "cards tier release -> basic", "-"),
    ("data-use", GONE, [_USE], "data-use", "data-use + 1 entry", '{"id"'),
    ("data-use", [_USE], GONE, "data-use", "data-use - 1 entry", "-"),
    ("data-use", [_USE], [_USE | {"controlled": False}], "data-use", "data-use controlled true -> false", '"controlled"'),
    (
        "data-use",
        [_USE],
        [_USE | {"ai-training": "allowed"}],
        "data-use",
        "data-use ai-training default -> allowed",
        '"ai-training"',
    ),
    ("data-use", [_USE], [_USE | {"closes": "2031-01-02"}], "data-use", "data-use closes 2030-01-02 -> 2031-01-02", '"closes"'),
    ("data-use", [_USE], [_USE | {"duo": ["GRU", "NPU"]}], "data-use", "data-use duo HMB, NPU -> GRU, NPU", '"duo"'),
    ("data-use", [_USE], [_USE | {"duo": ["HMB"]}], "data-use", "data-use duo HMB, NPU -> HMB", '"duo"'),
    ("data-use", [_USE], [_USE, _USE], "data-use", "data-use, several entries of one data set changed", '{"id"'),
    ("vendors", GONE, [_VENDOR], "vendors", "vendors + 1 entry, or for more or longer", '{"name"'),
    ("vendors", [_VENDOR], [_VENDOR | {"baa": True}], "vendors", "vendors + 1 entry, or for more or longer", '{"name"'),
    (
        *("attestations", [_PROOF], [_PROOF | {"date": "2026-01-03"}]),
        *("attestations", "attestations + 1 entry, or for more or longer", '{"id"'),
    ),
    (
        *("projects", _part(cards={"tier": "release"}), [{"root": "other"}]),
        *("cards", "cards tier release -> basic in a project", "-"),
    ),
    (
        *("projects", GONE, _part(licences={"unknown": "note"})),
        *("licences", "licences unknown fail -> note in a project", '"unknown"'),
    ),
    ("projects", _part(fairness={"a": _GATE}), GONE, "gate removed", "fairness gate removed", "-"),
]
# key, before, after: nothing is told, and something is the other way round.
STRICTER: list[tuple[str, Any, Any]] = [
    ("select", ["GEN101"], ["GEN"]),
    ("ignore", _ignore("FAIR", "SEC"), _ignore("FAIR101", "SEC")),
    ("exclude", _exclude("third/**", "x/"), _exclude("third/a/*.vcf", "x/y/**", "third/**/b")),
    ("exclude", _exclude("**"), _exclude("*.vcf")),
    ("checks", {"GEN101": {"max-samples": 3}}, {"GEN101": {"max-samples": 2}}),
    ("checks", {"GEN101": {"max-samples": 3}}, GONE),
    ("small-cell", 5, GONE),
    ("packs", [], ["ukb-2026-04"]),
    ("plugins", [], ["debts"]),
    ("waivers", [_WAIVER, _WAIVER | {"path": "b"}], [_WAIVER | {"expires": "2029-01-02"}]),
    ("on-inconclusive", {"fairness": "note"}, {}),
    ("fairness", {"a": _GATE}, {"a": _GATE | {"decide": "pass-if-proven"}, "b": _GATE}),
    ("fairness", {"a": _SURE}, {"a": _SURE | {"confidence": 0.99, "min-denominator": 50}}),
    ("fairness", {"a": _GATE}, _bounded(tpr_difference="<= 0.05", ppv_min=">= 0.9", tpr_ratio=">= 0.8")),
    ("mia", {}, {"a": _ATTACK}),
    ("licences", {"allow-classes": ["permissive", "unknown"], "unknown": "note"}, {"allow-classes": ["permissive"]}),
    ("cards", GONE, {"tier": "research"}),
    ("data-use", [_USE], [_USE | {"ai-training": "forbidden", "share-models": "forbidden", "duo": ["NPU", "HMB", "IRB"]}]),
    ("data-use", [_USE | {"controlled": False}], [_USE | {"closes": "2029-01-02"}]),
    ("vendors", [_VENDOR | {"baa": True}, _VENDOR | {"name": "other"}], [_VENDOR | {"expires": "2029-01-02"}]),
    ("attestations", [_PROOF], []),
    ("projects", _part(cards={"tier": "basic"}, licences={"unknown": "warn"}), _part(cards={"tier": "research"})),
]


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
    texts = ("reason", "owner", "package", "versions", "expression", "id", "name", "path", "scores", "table", "member", "canary")
    if isinstance(document, list):
        return [_marked(each, mark) for each in document]
    if not isinstance(document, dict):
        return document
    kept = {key: mark if key in texts and isinstance(each, str) else _marked(each, mark) for key, each in document.items()}
    return {("x" + mark if key in {"triage", "attack", "freqs", "f", "m", "r"} else key): each for key, each in kept.items()}


def test_quotes_nothing() -> None:
    """Nothing of the two policies that is no word of a closed list, number or date is in what is told of either way."""
    mark = samples.hexadecimal(12).decode()
    document = _marked(everything(), mark)
    document["projects"][0]["root"] = f"services/{mark}"
    document["licences"]["dev-groups"] = [mark]
    document["fairness"]["x" + mark]["bounds"] = {"zebra.difference": "<= 0.2"}
    document["mia"]["x" + mark]["match-on"] = [mark]
    document["plugins"] = ["debts"]
    full, empty = read(document)[0], read({})[0]
    found = [*loosened(full, empty), *loosened(empty, full), *loosened(full, Policy())]
    told = {each.what for each in found}
    assert {"waiver", "exclude", "gate removed", "data-use", "vendors", "licences", "plugins", "policy removed"} <= told
    wider = copy.deepcopy(document)
    wider["fairness"]["x" + mark]["bounds"] = {"zebra.difference": "<= 0.3"}
    found += loosened(full, read(wider)[0])
    assert "fairness bound on a .difference <= 0.2 -> <= 0.3" in {each.shows for each in found}
    assert [each.what for each in found if not CLOSED.fullmatch(each.shows) or each.what not in WORDS] == []
    assert [each.what for each in found if mark in each.shows or "zebra" in each.shows or mark.encode() in each.file] == []


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
    assert [each.what for each in loosened(Policy(), read({"exclude": _exclude("a")})[0])] == ["exclude"]


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
    lists = {"waivers": [_WAIVER], "data-use": [_USE], "vendors": [_VENDOR], "attestations": [_PROOF]}
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
    return read({"waivers": [entry | _SAID | {"expires": "2030-01-02"}]}, {b".genomic-guard/waivers/m": text})[0]


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
    new = read({"exclude": _exclude("a", "b"), "ignore": _ignore("FAIR101"), "profile": "minimal"})[0]
    found = loosened(read({})[0], new)
    assert Counter(each.what for each in found) == {"exclude": 2, "ignore": 1, "profile": 1}
    assert [each.line for each in found] == sorted({each.line for each in found})
    assert all(isinstance(each, Loosening) for each in found)
