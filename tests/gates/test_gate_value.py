"""Figures that other tools computed, through a scan: what upgrades a bare number, and what does not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from _gate import inside, judged, only, policy, write

if TYPE_CHECKING:
    from pathlib import Path


def gate(metric: str, bound: str, value: str, kind: str = "fairness", **keys: Any) -> str:
    """Return a policy with one gate on a figure in a file."""
    return policy(**{kind: {"triage": {"value": value, "bounds": {metric: bound}, **keys}}})


UPGRADED = [
    ("tpr.min", ">= 0.7", {"k": 450, "n": 500}, "pass"),
    ("tpr.min", ">= 0.95", {"k": 450, "n": 500}, "fail"),
    ("tpr.min", ">= 0.9", {"value": 0.9, "n": 500}, "inconclusive"),
    ("tpr.min", ">= 0.7", {"value": 0.9, "n": 500}, "pass"),
    ("tpr.difference", "<= 0.2", {"value": 0.1, "n": 500}, "inconclusive"),  # a difference is no share of n people
    ("tpr.difference", "<= 0.2", {"value": 0.1, "n": 500, "ci": [0.05, 0.15], "confidence": 0.95}, "pass"),
    ("tpr.difference", "<= 0.2", {"value": 0.1, "n": 500, "ci": [0.05, 0.15]}, "inconclusive"),
    ("tpr.min", ">= 0.7", 0.9, "inconclusive"),
    ("mae.max", "<= 40", {"value": 30, "n": 500, "interval": [28, 33], "confidence": 0.95}, "pass"),
    ("bias.min", ">= -2", {"value": -1, "n": 500, "interval": [-1.5, -0.5], "confidence": 0.95}, "pass"),
    ("tpr.min", ">= 0.7", {"k": 501, "n": 500}, "error"),
    # A ratio of one group to another, as others write it, is the smaller over the larger here: 1.3 is 0.77.
    ("tpr.ratio", ">= 0.8", {"value": 1.3, "n": 500, "interval": [1.26, 1.35], "confidence": 0.95}, "fail"),
    ("tpr.ratio", ">= 0.8", {"value": 1.1, "n": 500, "interval": [0.95, 1.2], "confidence": 0.95}, "pass"),
    ("tpr.ratio", ">= 0.9", {"value": 1.0, "n": 500, "interval": [0.95, 1.2], "confidence": 0.95}, "inconclusive"),
]


@pytest.mark.parametrize(("metric", "bound", "found", "verdict"), UPGRADED)
def test_upgraded(tmp_path: Path, metric: str, bound: str, found: Any, verdict: str) -> None:
    """Successes of n, a rate with its n, or an interval are evidence; a bare number is a point."""
    write(tmp_path, {"m.json": json.dumps({"a": found})})
    told = only(judged(tmp_path, policy=gate(metric, bound, "m.json#/a")))
    assert told["verdict"] == verdict, told
    bare = isinstance(found, float) or not {"k", "ci", "interval"} & {*found}
    assert ("point only" in told["message"]) is (verdict == "inconclusive" and bare and bound != ">= 0.9")
    assert only(judged(tmp_path, policy=gate(metric, bound, "m.json#/a", decide="point")))["verdict"] in {"pass", "fail", "error"}


@pytest.mark.parametrize(("metric", "kind"), [("auc.min", "fairness"), ("auc", "mia")])
def test_successes_of_what_is_no_share(tmp_path: Path, metric: str, kind: str) -> None:
    """An area under a curve is no share of n people, so that k of n tells nothing of its uncertainty."""
    write(tmp_path, {"m.json": json.dumps({"a": {"k": 450, "n": 500}})})
    bound = ">= 0.7" if kind == "fairness" else "<= 0.95"
    told = only(judged(tmp_path, policy=gate(metric, bound, "m.json#/a", kind)))
    assert (told["verdict"], told["interval"]) == ("inconclusive", None)


def test_other_formats(tmp_path: Path) -> None:
    """YAML and TOML are read as JSON is."""
    write(tmp_path, {"m.yaml": "a:\n  k: 450\n  n: 500\n", "m.toml": "[a]\nk = 450\nn = 500\n"})
    for name in ("m.yaml", "m.toml"):
        assert only(judged(tmp_path, policy=gate("tpr.min", ">= 0.7", f"{name}#/a")))["verdict"] == "pass"


def test_a_classification_report(tmp_path: Path) -> None:
    """The recall of a report of scikit-learn is a rate of its support."""
    report = {"1": {"precision": 0.9, "recall": 0.9, "f1-score": 0.9, "support": 500.0}}
    write(tmp_path, {"m.json": json.dumps(report)})
    told = only(judged(tmp_path, policy=gate("tpr.min", ">= 0.7", "m.json#/1/recall")))
    assert (told["verdict"], told["n"]) == ("pass", 500)


def test_figures_of_an_attack(tmp_path: Path) -> None:
    """A membership gate takes a figure of another tool too; where the policy asks for proof, a bare one fails."""
    write(
        tmp_path,
        {"m.json": json.dumps({"auc": {"value": 0.52, "n": 900, "interval": [0.49, 0.55], "confidence": 0.95}, "bare": 0.52})},
    )
    assert only(judged(tmp_path, policy=gate("auc", "<= 0.6", "m.json#/auc", "mia")))["verdict"] == "pass"
    bare = only(judged(tmp_path, policy=gate("auc", "<= 0.6", "m.json#/bare", "mia")))
    assert (bare["verdict"], bare["outcome"]) == ("inconclusive", "fail")
    assert "point only" in bare["message"]


@pytest.mark.parametrize(
    ("version", "key", "verdict"),
    [("2.0.1", "TPR@0.1%", "pass"), ("1.9.0", "TPR@0.001", "pass"), ("2.0.1", "TPR@0.001%", "error"), (None, "TPR@0.1%", "error")],
)
def test_sacro_versions(tmp_path: Path, version: str | None, key: str, verdict: str) -> None:
    """The same name is another rate in another version of the tool, and without a version it is none."""
    run = {"metadata": {"sacroml_version": version} if version else {}, "metrics": {key: 0.01}}
    write(tmp_path, {"report.json": json.dumps(run)})
    text = gate("tpr@fpr=0.001", "<= 0.05", "report.json#/metrics/tpr@fpr=0.001", "mia", decide="point")
    assert only(judged(tmp_path, policy=text))["verdict"] == verdict


FEW: list[tuple[str, str, Any]] = [
    ("tpr.min", ">= 0.5", {"k": 5, "n": 7}),
    ("tpr.min", ">= 0.5", {"k": 10, "n": 10}),
    ("tpr.min", ">= 0.5", {"value": 0.714, "n": 7.0, "interval": [0.6, 0.8], "confidence": 0.95}),
    ("tpr.difference", "<= 0.9", {"value": 0.714, "n": 7, "interval": [0.6, 0.8], "confidence": 0.95}),
]


@pytest.mark.parametrize(("metric", "bound", "found"), FEW)
@pytest.mark.parametrize("decide", ["fail-if-proven", "point"])
def test_of_few_people(tmp_path: Path, metric: str, bound: str, found: Any, decide: str) -> None:
    """A figure of 1 to 10 people is judged, and nothing of it told in any format; of more it is, and where nothing is masked."""
    write(tmp_path, {"m.json": json.dumps({"a": found})})
    text = gate(metric, bound, "m.json#/a", decide=decide)
    told = only(judged(tmp_path, policy=text))
    assert told["verdict"] == ("pass" if decide == "point" else "inconclusive")
    assert (told["value"], told["interval"], told["n"]) == (None, None, None)
    for form in ("text", "markdown", "junit", "json", "sarif", "gitlab", "github"):
        out = inside("scan", "--format", form, tmp_path).out
        assert "0.71" not in out, form
        assert "n 7" not in out, form
    assert only(judged(tmp_path, policy=text.replace('"version": 1', '"version": 1, "small-cell": 0')))["value"] is not None
    larger = {"k": 8, "n": 11} if "k" in found else found | {"n": 11}
    write(tmp_path, {"m.json": json.dumps({"a": larger})})
    assert only(judged(tmp_path, policy=text))["value"] is not None
