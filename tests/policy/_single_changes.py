"""Single changes of a policy: those that are told as less strict, with what is told, and those that are not."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _changes import Document

GONE = object()  # the key is taken out
SHA = hashlib.sha256(b"").hexdigest()

SAID = {"reason": "said", "owner": "office"}
WAIVER = {"code": "GEN101", "path": "a.vcf", "sha256": SHA, **SAID, "expires": "2030-01-02"}
MADE = {"path": "a.csv", "sha256": SHA, "generator": "seeded", **SAID, "expires": "2030-01-02"}
DECLARED = {"path": "a/**", "species": "Escherichia coli", "source": "said", **SAID, "expires": "2030-01-02"}
_GATE = {"value": "m.json#/a", "bounds": {"tpr.difference": "<= 0.10", "ppv.min": ">= 0.80"}}
_SURE = _GATE | {"decide": "pass-if-proven"}
_ATTACK = {"scores": "s.npz", "higher-is": "member", "bounds": {"auc": "<= 0.60"}, "decide": "pass-if-proven", "confidence": 0.95}
USE = {"id": "phs1", "controlled": True, "duo": ["HMB", "NPU"], "share-models": "paused", "closes": "2030-01-02"}
VENDOR = {"name": "host", "owner": "office", "baa": False, "expires": "2030-01-02"}
PROOF = {"id": "audit", "owner": "office", "date": "2026-01-02", "expires": "2030-01-02"}
_LINKED = {"package": "linked", **SAID, "expires": "2030-01-02"}


def ignore(*codes: str) -> list[Document]:
    """Return entries of `ignore`."""
    return [{"code": code, "reason": "said"} for code in codes]


def exclude(*patterns: str) -> list[Document]:
    """Return entries of `exclude`."""
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
    ("ignore", GONE, ignore("FAIR101"), "ignore", "ignore + FAIR101", '{"FAIR101"'),
    ("ignore", ignore("FAIR101"), ignore("FAIR"), "ignore", "ignore + FAIR", '{"FAIR"'),
    ("exclude", GONE, exclude("third/**"), "exclude", "exclude + 1 pattern", '{"third/**"'),
    ("exclude", exclude("third/a/**"), exclude("third/**"), "exclude", "exclude + 1 pattern", '{"third/**"'),
    ("exclude", exclude("*/a/**"), exclude("b/a/**"), "exclude", "exclude + 1 pattern", '{"b/a/**"'),
    ("checks", GONE, {"GEN101": {"max-samples": 3}}, "checks", "GEN101 max-samples 0 -> 3", '"max-samples"'),
    ("samples", {"public": ["hgdp"]}, {"public": ["hgdp", "giab"]}, "samples", "samples public + giab", '"samples"'),
    ("samples", {"public": []}, GONE, "samples", "samples public + 1000-genomes, giab, hapmap, hgdp, sgdp, t2t", "-"),
    ("samples", {"simulated": False}, GONE, "samples", "samples simulated false -> true", "-"),
    ("samples", GONE, {"declared": [DECLARED]}, "samples", "samples declared + 1 pattern", '{"a/**"'),
    (
        "samples",
        {"declared": [DECLARED]},
        {"declared": [DECLARED | {"expires": "2031-01-02"}]},
        "samples",
        "samples declared 2030-01-02 -> 2031-01-02",
        '{"a/**"',
    ),
    ("packs", ["ukb-2026-04"], [], "packs", "packs - ukb-2026-04", '"packs"'),
    ("plugins", ["debts"], [], "plugins", "plugins - 1", '"plugins"'),
    ("small-cell", GONE, 5, "small-cell", "small-cell 10 -> 5", '"small-cell"'),
    ("small-cell", 5, GONE, "small-cell", "small-cell 5 -> default", "-"),
    ("synthetic", GONE, [MADE], "synthetic", "synthetic + 1 file", '{"path": "a.csv"'),
    ("synthetic", [MADE], [MADE | {"path": "b.csv"}], "synthetic", "synthetic + 1 file", '{"path": "b.csv"'),
    (
        *("synthetic", [MADE], [MADE | {"expires": "2031-01-02"}]),
        *("synthetic", "synthetic 2030-01-02 -> 2031-01-02", '{"path": "a.csv"'),
    ),
    ("waivers", GONE, [WAIVER], "waiver", "waiver + GEN101", '{"code"'),
    ("waivers", [WAIVER], [WAIVER | {"sha256": "0" * 64}], "waiver", "waiver + GEN101", '{"code"'),
    (
        *("waivers", [WAIVER], [WAIVER | {"expires": "2031-01-02"}]),
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
    ("release", {"a": {"n": 8}}, {"a": {"n": 9}}, "gate changed", "release n changed", '"a"'),
    ("release", {"a": {"n": 8}}, {"a": {"n": 8, "n-ref": 9}}, "gate changed", "release n-ref changed", '"a"'),
    ("release", {"a": {"n": 8, "n-ref": 9}}, {"a": {"n": 8, "n-ref": 7}}, "gate changed", "release n-ref changed", '"a"'),
    ("release", {"a": {"n": 8, "sensitive": True}}, {"a": {"n": 8}}, "gate changed", "release sensitive changed", '"a"'),
    ("release", {"a": {"n": 8, "table": "b"}}, {"a": {"n": 8, "table": "c"}}, "gate changed", "release table changed", '"a"'),
    (
        *("licences", {"allow-classes": ["permissive"]}, {"allow-classes": ["permissive", "proprietary"]}),
        *("licences", "licences allow-classes + proprietary", '"allow-classes"'),
    ),
    ("licences", GONE, {"unknown": "warn"}, "licences", "licences unknown fail -> warn", '"unknown"'),
    ("licences", GONE, {"conflict": "note"}, "licences", "licences conflict fail -> note", '"conflict"'),
    ("licences", GONE, {"uncovered": "warn"}, "licences", "licences uncovered fail -> warn", '"uncovered"'),
    ("licences", {"allow": ["OSL-3.0"]}, {"allow": ["OSL-3.0", "EUPL-1.2"]}, "licences", "licences allow + 1", '"allow"'),
    ("licences", GONE, {"own": "GPL-3.0-only"}, "licences", "licences own + 1", '"own"'),
    ("licences", {"python": "a"}, {"python": "b"}, "licences", "licences python changed", '"python"'),
    (
        *("licences", GONE, {"use": "non-commercial-research"}),
        *("licences", "licences use any -> non-commercial-research", '"use"'),
    ),
    (
        *("licences", {"exceptions": [_LINKED | {"allow": ["OSL-3.0"]}]}, {"exceptions": [_LINKED]}),
        *("licences", "licences exceptions + 1", '"exceptions"'),
    ),
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
    ("cards", GONE, {"fixtures": ["a/**"]}, "cards", "cards fixtures + 1", '"fixtures"'),
    (
        *("cards", {"registry": []}, {"registry": [{"models": "m/*", "card": "c.md"}]}),
        *("cards", "cards registry + 1", '"registry"'),
    ),
    ("data-use", GONE, [USE], "data-use", "data-use + 1 entry", '{"id"'),
    ("data-use", [USE], GONE, "data-use", "data-use - 1 entry", "-"),
    ("data-use", [USE], [USE | {"controlled": False}], "data-use", "data-use controlled true -> false", '"controlled"'),
    (
        "data-use",
        [USE],
        [USE | {"ai-training": "allowed"}],
        "data-use",
        "data-use ai-training default -> allowed",
        '"ai-training"',
    ),
    ("data-use", [USE], [USE | {"closes": "2031-01-02"}], "data-use", "data-use closes 2030-01-02 -> 2031-01-02", '"closes"'),
    ("data-use", [USE], [USE | {"duo": ["GRU", "NPU"]}], "data-use", "data-use duo HMB, NPU -> GRU, NPU", '"duo"'),
    ("data-use", [USE], [USE | {"duo": ["HMB"]}], "data-use", "data-use duo HMB, NPU -> HMB", '"duo"'),
    ("data-use", [USE], [USE | {"generative": "allowed"}], "data-use", "data-use generative default -> allowed", '"generative"'),
    ("data-use", [USE | {"small-cell": 20}], [USE | {"small-cell": 5}], "data-use", "data-use small-cell 20 -> 5", '"small-cell"'),
    ("data-use", [USE | {"small-cell": 20}], [USE], "data-use", "data-use small-cell 20 -> 0", '{"id"'),
    ("data-use", [USE], [USE | {"aliases": ["tcga"]}], "data-use", "data-use aliases + 1", '"aliases"'),
    ("data-use", [USE | {"paths": ["a/**", "b"]}], [USE | {"paths": ["b"]}], "data-use", "data-use paths - 1", '"paths"'),
    ("data-use", [USE | {"models": ["m.onnx"]}], [USE], "data-use", "data-use models - 1", '{"id"'),
    (
        "data-use",
        [USE | {"consent": ["GRU-NPU"]}],
        [USE | {"consent": ["GRU"]}],
        "data-use",
        "data-use consent changed",
        '"consent"',
    ),
    ("data-use", [USE], [USE | {"approval": "letter"}], "data-use", "data-use approval changed", '"approval"'),
    ("data-use", [USE], [USE | {"irb": "a board"}], "data-use", "data-use irb changed", '"irb"'),
    (
        *("data-use", [USE | {"use": {"purpose": "general"}}], [USE | {"use": {"purpose": "health"}}]),
        *("data-use", "data-use use changed", '"use"'),
    ),
    ("data-use", [USE], [USE, USE], "data-use", "data-use, several entries of one data set changed", '{"id"'),
    ("vendors", GONE, [VENDOR], "vendors", "vendors + 1 entry, or for more or longer", '{"name"'),
    ("vendors", [VENDOR], [VENDOR | {"baa": True}], "vendors", "vendors + 1 entry, or for more or longer", '{"name"'),
    (
        *("vendors", [VENDOR], [VENDOR | {"terms": {"no-training": True, "breach": False}}]),
        *("vendors", "vendors + 1 entry, or for more or longer", '{"name"'),
    ),
    (
        *("vendors", [VENDOR], [VENDOR | {"diligence": {"updates": "minutes"}}]),
        *("vendors", "vendors + 1 entry, or for more or longer", '{"name"'),
    ),
    (
        *("attestations", [PROOF], [PROOF | {"date": "2026-01-03"}]),
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
    ("ignore", ignore("FAIR", "SEC"), ignore("FAIR101", "SEC")),
    ("exclude", exclude("third/**", "x/"), exclude("third/a/*.vcf", "x/y/**", "third/**/b")),
    ("exclude", exclude("**"), exclude("*.vcf")),
    ("checks", {"GEN101": {"max-samples": 3}}, {"GEN101": {"max-samples": 2}}),
    ("checks", {"GEN101": {"max-samples": 3}}, GONE),
    ("checks", {"GEN401": {"warn-from": 2.8, "block-from": 9.6}}, {"GEN401": {"warn-from": 2.5, "block-from": 9.5}}),
    ("release", {"a": {"n": 9, "n-ref": 7, "table": "b"}}, {"a": {"n": 8, "n-ref": 8, "table": "b", "sensitive": True}}),
    ("release", {"a": {"n": 9, "n-ref": 7, "table": "b"}}, {"a": {"n": 9, "table": "b"}, "c": {"n": 5, "table": "d"}}),
    ("samples", GONE, {"public": ["hgdp"], "simulated": False}),
    ("samples", {"declared": [DECLARED, DECLARED | {"path": "b"}]}, {"declared": [DECLARED | {"expires": "2029-01-02"}]}),
    ("small-cell", 5, 12),
    ("synthetic", [MADE], [MADE | {"expires": "2029-01-02"}]),
    ("packs", [], ["ukb-2026-04"]),
    ("plugins", [], ["debts"]),
    ("waivers", [WAIVER, WAIVER | {"path": "b"}], [WAIVER | {"expires": "2029-01-02"}]),
    ("on-inconclusive", {"fairness": "note"}, {}),
    ("fairness", {"a": _GATE}, {"a": _GATE | {"decide": "pass-if-proven"}, "b": _GATE}),
    ("fairness", {"a": _SURE}, {"a": _SURE | {"confidence": 0.99, "min-denominator": 50}}),
    ("fairness", {"a": _GATE}, _bounded(tpr_difference="<= 0.05", ppv_min=">= 0.9", tpr_ratio=">= 0.8")),
    ("mia", {}, {"a": _ATTACK}),
    ("licences", {"allow-classes": ["permissive", "unknown"], "unknown": "note"}, {"allow-classes": ["permissive"]}),
    ("licences", {"exceptions": [_LINKED]}, {"exceptions": [_LINKED | {"allow": ["OSL-3.0"]}]}),
    ("licences", {"exceptions": [_LINKED]}, {"exceptions": [_LINKED | {"extra": "leiden"}]}),
    ("cards", GONE, {"tier": "research"}),
    ("cards", {"fixtures": ["a/**", "b"]}, {"fixtures": ["b"]}),
    ("data-use", [USE], [USE | {"ai-training": "forbidden", "share-models": "forbidden", "duo": ["NPU", "HMB", "IRB"]}]),
    ("data-use", [USE | {"controlled": False}], [USE | {"closes": "2029-01-02"}]),
    (
        *("data-use", [USE | {"aliases": ["tcga"], "approval": "letter", "small-cell": 5, "generative": "allowed"}]),
        [USE | {"paths": ["a"], "models": ["b"], "small-cell": 20, "owner": "office", "dua": "signed", "generative": "forbidden"}],
    ),
    ("vendors", [VENDOR | {"baa": True}, VENDOR | {"name": "other"}], [VENDOR | {"expires": "2029-01-02"}]),
    ("vendors", [VENDOR | {"terms": {"breach": True}}], [VENDOR | {"terms": {"breach": False}}]),
    ("attestations", [PROOF], []),
    ("projects", _part(cards={"tier": "basic"}, licences={"unknown": "warn"}), _part(cards={"tier": "research"})),
]
