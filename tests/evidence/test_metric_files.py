"""Figures of other tools' metric files: what they say, how much evidence it is, and what is told of a file that says nothing."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
import yaml
from _interval import wilson
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.evidence import files, metricfiles, metrictrees
from pytest_genomic_guard.sources.memory import Memory

NESTED = {"fairness": {"tpr/gap": 0.04, "a~b": [1, 2.5]}}
CARD = """---
model-index:
- name: m
  results:
  - task: {type: text}
    metrics:
    - type: accuracy
      value: 0.912
      verified: false
---
# Model
accuracy 0.5
"""
RESULTS = "- dataset: {id: a/b, task_id: t}\n  value: 91.5\n"


def sacro(version: str | None, **values: float) -> bytes:
    """Return a report of SACRO-ML as its versions write them: metadata of an experiment, and an instance's metrics."""
    metadata = {"attack_name": "LiRA Attack"} | ({"sacroml_version": version} if version else {})
    instance = {"AUC": 0.56, "n_pos_test_examples": 500, "n_neg_test_examples": 700, **values}
    return json.dumps(
        {"LiRA Attack_1": {"metadata": metadata, "attack_experiment_logger": {"attack_instance_logger": {"instance_0": instance}}}}
    ).encode()


INSTANCE = "/LiRA Attack_1/attack_experiment_logger/attack_instance_logger/instance_0"


@pytest.mark.parametrize(
    ("name", "data", "pointer", "value"),
    [
        ("m.json", json.dumps(NESTED), "/fairness/tpr~1gap", 0.04),
        ("m.json", json.dumps(NESTED), "/fairness/a~0b/1", 2.5),
        ("m.json", "0.5", "", 0.5),
        ("m.yaml", yaml.safe_dump(NESTED), "/fairness/tpr~1gap", 0.04),
        ("m.yml", "a: &x {auc: 1.5e-3}\nb: *x\n", "/b/auc", 0.0015),
        ("m.yaml", "a: 1e-05\n", "/a", 1e-05),
        ("metrics.toml", "[test]\nauc = 0.75\n", "/test/auc", 0.75),
        ("README.md", CARD, "/model-index/0/results/0/metrics/0/value", 0.912),
        ("README.md", CARD, "/model-index/0/results/0/metrics/0", 0.912),
        (".eval_results/a.yaml", RESULTS, "/0/value", 91.5),
        (".eval_results/a.yaml", RESULTS, "/0", 91.5),
        (
            "wandb/latest-run/files/wandb-summary.json",
            '{"val/auc": 0.7, "_step": 9, "gradients": {"_type": "histogram"}}',
            "/val~1auc",
            0.7,
        ),
        ("dvc/metrics.json", '{"train": {"auc": 0.7}}', "/train/auc", 0.7),
        ("mlruns/0/1a2b/metrics/auc", "1700000000000 0.5 0\n1700000000002 0.75 1\n", "", 0.75),
        ("mlruns/0/1a2b/metrics/val/auc", "1700000000009 0.75 7\n1700000000002 0.5 3\n", "", 0.75),
        ("mlruns/0/1a2b/metrics/auc", "1700000000005 0.5 2\n1700000000005 0.25 2\n1700000000001 1.0 2", "", 0.25),
        ("mlruns/0/1a2b/metrics/auc", "1700000000000 0.125\n", "", 0.125),
        ("SACRO/report.json", sacro("1.4.0").decode(), f"{INSTANCE}/AUC", 0.56),
    ],
)
def test_formats(name: str, data: str, pointer: str, value: float) -> None:
    """A bare number of each tool: its value, and no evidence."""
    found = metricfiles.figure(data.encode(), name, pointer)
    assert (found.value, found.problem, found.bare) == (value, "", True)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ({"value": 0.5, "n": 100}, (0.5, None, None, 100)),
        ({"value": 0.5, "interval": [0.4, 0.6], "confidence": 0.95, "n": 100}, (0.5, (0.4, 0.6), 0.95, 100)),
        ({"value": 0.5, "ci": [0.4, 0.6], "level": 0.9}, (0.5, (0.4, 0.6), 0.9, None)),
        ({"value": 0.5, "low": 0.4, "high": 0.6}, (0.5, (0.4, 0.6), None, None)),
        (
            {"value": 0.5, "confidence_interval": {"lower": 0.4, "upper": 0.6}, "confidence_level": 95},
            (0.5, (0.4, 0.6), None, None),
        ),
        (0.5, (0.5, None, None, None)),
        (1, (1.0, None, None, None)),
    ],
)
def test_what_is_told_beside(value: Any, wanted: tuple[Any, ...]) -> None:
    """An interval is evidence, with the confidence where that is told as a share."""
    found = metricfiles.of(value)
    assert (found.value, found.interval, found.confidence, found.n) == wanted
    assert not found.problem


@given(k=st.integers(0, 5000), more=st.integers(0, 5000), confidence=st.sampled_from([0.9, 0.95, 0.99]))
def test_successes_of_trials(k: int, more: int, confidence: float) -> None:
    """Successes and trials have Wilson's interval, which solves the score equation; the value may be told too, rounded."""
    n = k + more
    found = metricfiles.of({"k": k, "n": n}, confidence=confidence)
    if not n:
        assert found.problem
        return
    assert found.interval is not None
    assert found.interval == pytest.approx(wilson(k, n, confidence), abs=1e-7)
    assert (found.value, found.n, found.successes, found.confidence) == (k / n, n, k, confidence)
    assert metricfiles.of({"k": k, "n": n, "value": round(k / n, 7)}, confidence=confidence) == found
    assert metricfiles.of({"value": k / n, "n": n}, rate=True, confidence=confidence).interval == found.interval
    assert metricfiles.of({"value": k / n, "n": n}, confidence=confidence).interval is None


def test_reports_of_scikit_learn() -> None:
    """A recall is a rate of its support, the accuracy of all; precision, averages and f1 are no rates of people."""
    report = {
        "0": {"precision": 0.5, "recall": 0.25, "f1-score": 0.3, "support": 40.0},
        "1": {"precision": 0.5, "recall": 2 / 3, "f1-score": 0.3, "support": 60},
        "accuracy": 0.5,
        "macro avg": {"precision": 0.5, "recall": 0.5, "f1-score": 0.5, "support": 100.0},
        "weighted avg": {"precision": 0.5, "recall": 0.5, "f1-score": 0.5, "support": 100.0},
    }
    data = json.dumps(report).encode()
    found = {pointer: metricfiles.figure(data, "r.json", pointer) for pointer in ("/0/recall", "/1/recall", "/accuracy")}
    assert [(each.successes, each.n) for each in found.values()] == [(10, 40), (40, 60), (50, 100)]
    assert not any(each.bare for each in found.values())
    for pointer in ("/0/precision", "/1/f1-score", "/macro avg/recall", "/weighted avg/recall"):
        assert metricfiles.figure(data, "r.json", pointer).bare


@pytest.mark.parametrize(
    ("version", "key", "share"),
    [
        ("1.4.0", "TPR@0.001", 0.001),
        ("1.4.0", "TPR@1e-05", 0.00001),
        ("2.0.1", "TPR@0.1%", 0.001),
        ("2.0.1", "TPR@0.001%", 0.00001),
        ("10.0", "TPR@0.001%", 0.00001),
    ],
)
def test_the_trap_of_sacro(version: str, key: str, share: float) -> None:
    """One name is a share before version 2 and percent from then on: both ways to ask give the rate, and what it is a rate at."""
    data = sacro(version, **{key: 0.25, "TPR@0.5" + "%" * (not version.startswith("1")): 0.5})
    for pointer in (f"{INSTANCE}/{key}", f"{INSTANCE}/tpr@fpr={share}"):
        found = metricfiles.figure(data, "report.json", pointer)
        assert (found.value, found.n, found.metric, found.problem) == (0.25, 500, f"tpr@fpr={share:g}", "")


@pytest.mark.parametrize(
    ("version", "key"),
    [
        ("1.4.0", "TPR@0.001%"),
        ("2.0.1", "TPR@0.001"),
        (None, "TPR@0.001"),
        (None, "TPR@0.001%"),
        ("x", "TPR@0.001"),
        ("2.0.1", "TPR@0%"),
    ],
)
def test_names_that_their_version_does_not_write(version: str | None, key: str) -> None:
    """A rate whose meaning is not certain is none."""
    data = sacro(version, **{key: 0.25})
    for pointer in (f"{INSTANCE}/{key}", f"{INSTANCE}/tpr@fpr=0.001"):
        found = metricfiles.figure(data, "report.json", pointer)
        assert (found.value, bool(found.problem)) == (None, True)


@pytest.mark.parametrize(
    ("name", "data", "pointer"),
    [
        ("m.json", b'{"a": 1, "a": 2}', "/a"),
        ("m.json", b"{", "/a"),
        ("m.json", b"[" * 100_000, "/0"),
        ("m.json", b'{"a": NaN}', "/a"),
        ("m.json", b'{"a": true}', "/a"),
        ("m.json", b'{"a": "0.5"}', "/a"),
        ("m.json", b'{"a": [0.5]}', "/a"),
        ("m.json", b'{"a": [0.5]}', "/a/00"),
        ("m.json", b'{"a": [0.5]}', "/a/-1"),
        ("m.json", b'{"a": 1' + b"0" * 400 + b"}", "/a"),
        ("m.json", b" " * (9 << 20), ""),
        ("m.yaml", b"a: 1\na: 2\n", "/a"),
        ("m.yaml", b"a: [" * 3000, "/a"),
        ("m.yaml", b"a: .nan\n", "/a"),
        ("m.yaml", b'a: "1"\n', "/a"),
        ("m.yaml", b"a: !!python/object/apply:os.getcwd []\n", "/a"),
        ("m.yaml", b"\xff", "/a"),
        ("m.toml", b"a = 1\na = 2\n", "/a"),
        ("m.toml", b"\xff", "/a"),
        ("README.md", b"# no front matter\n", "/a"),
        ("mlruns/0/1/metrics/auc", b"1700000000000 nan 0\n", ""),
        ("mlruns/0/1/metrics/auc", b"", ""),
        ("m.json", b'{"a": {"value": 0.5, "interval": [0.6, 0.7]}}', "/a"),
        ("m.json", b'{"a": {"value": 0.5, "interval": [0.6]}}', "/a"),
        ("m.json", b'{"a": {"k": 5}}', "/a"),
        ("m.json", b'{"a": {"k": 5, "n": 4}}', "/a"),
        ("m.json", b'{"a": {"k": 5, "n": 10, "value": 0.7}}', "/a"),
        ("m.json", b'{"a": {"k": 0, "n": 0}}', "/a"),
        ("m.json", b'{"a": {"value": 0.5, "n": 1.5}}', "/a"),
        ("m.json", b'{"a": {"value": 0.5, "n": -1}}', "/a"),
        ("m.json", b'{"a": {"n": 5}}', "/a"),
    ],
)
def test_no_figure(name: str, data: bytes, pointer: str) -> None:
    """Damage, repeated keys, depth, words and contradictions are told, quote nothing and have no interval."""
    found = metricfiles.figure(data, name, pointer)
    assert found.problem
    assert found.bare
    assert "0.7" not in found.problem


def test_aliases_are_bounded() -> None:
    """Nine lists of nine aliases each are a billion values, and no figure."""
    lines = ["a0: &a0 [1,1,1,1,1,1,1,1,1]"] + [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    assert metricfiles.figure("\n".join(lines).encode(), "m.yaml", "/a0/0").problem
    assert metricfiles.figure(b"a: &a [*a]\n", "m.yaml", "/a").problem


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(10**9), 10**9)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text("abcé: #'", max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc:", min_size=1, max_size=3), inner, max_size=3),
        max_leaves=12,
    )
)
def test_yaml_says_what_json_says(value: Any) -> None:
    """The same tree of values, written in both."""
    assert metrictrees.tree(yaml.safe_dump(value, allow_unicode=True).encode(), "m.yaml") == metrictrees.tree(
        json.dumps(value).encode(), "m.json"
    )


@given(
    st.binary(max_size=200),
    st.sampled_from(["m.json", "m.yaml", "m.toml", "README.md", "mlruns/0/1/metrics/a"]),
    st.text("/a0~", max_size=6),
)
def test_any_bytes(data: bytes, name: str, pointer: str) -> None:
    """Bytes of any kind have a figure or a problem."""
    for each in (data, b"---\n" + data + b"\n---\n"):
        found = metricfiles.figure(each, name, pointer)
        assert (found.value is None) == bool(found.problem) or found.problem.startswith("the interval")
        assert found.value is None or math.isfinite(found.value)


def test_evidence_of_a_snapshot() -> None:
    """A folder of MLflow is pointed into as a file is; what the file holds beside the figure counts."""
    snapshot = Memory(
        {
            b"mlruns/0/1a/metrics/val/auc": b"1700000000000 0.5 0\n",
            b"r.json": b'{"1": {"precision": 1, "recall": 0.5, "support": 8}}',
        }
    )
    found = files.load(snapshot, b"mlruns/0/1a", "/metrics/val/auc")
    assert (found.value, found.problem, found.path) == (0.5, None, b"mlruns/0/1a/metrics/val/auc")
    recall = files.load(snapshot, b"r.json", "/1/recall")
    assert recall.figure is not None
    assert (recall.value, recall.figure.n) == (0.5, 8)
    assert files.load(snapshot, b"none.json", "/a").problem == "the evidence file is missing or could not be read"
    trap = files.load(Memory({b"report.json": sacro("2.0.1", **{"TPR@0.1%": 0.25})}), b"report.json", f"{INSTANCE}/tpr@fpr=0.001")
    assert (trap.value, trap.problem) == (0.25, None)
