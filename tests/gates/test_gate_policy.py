"""What the policy may say of gates: every contradiction is an error at its line and column, and every loosening is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from _gate import inside, place, refused, write

from pytest_genomic_guard.metrics import names
from pytest_genomic_guard.policy import FILE, PolicyError
from pytest_genomic_guard.policy.changes import loosened
from pytest_genomic_guard.policy.gatekeys import ATTACKS
from pytest_genomic_guard.policy.load import load

if TYPE_CHECKING:
    from pathlib import Path

DATA = "data: rows.csv, groups: [ancestry, sex]"
CELLS = "counts: cells.csv, groups: [ancestry]"
TPR = 'bounds: {tpr.difference: "<= 0.1"}'
SCORED = "scores: mia.npz, higher-is: member"
GENOMES = "synthetic: a.npz, training: b.npz"

# kind, the gate, where the error is, what it says
WRONG: list[tuple[str, str, str, str]] = [
    ("fairness", f'{DATA}, bounds: {{tpr.diference: "<= 0.1"}}', "tpr.diference", "did you mean 'tpr.difference'?"),
    ("fairness", f'{DATA}, bounds: {{trp.difference: "<= 0.1"}}', "trp.difference", "did you mean 'tpr.difference'?"),
    ("fairness", f'{DATA}, bounds: {{tpr: "<= 0.1"}}', "tpr:", "this key must be a metric such as tpr.difference"),
    ("fairness", f'{DATA}, bounds: {{equalised-odds.min: ">= 0.1"}}', "equalised-odds.min", "this key must be a metric such as"),
    ("fairness", f'{DATA}, bounds: {{tpr.difference: "<= -0.1"}}', '"<= -0.1"', "this must be a bound such as"),
    ("fairness", f'{DATA}, bounds: {{tpr.min: ">= 0.9", tpr.max: "<= 0.8"}}', "tpr.max", "contradicts the bound on the smallest"),
    (
        *("fairness", f'{DATA}, bounds: {{tpr.difference: {{pass: "<= 0.1", recalibrate: "<= 0.05"}}}}'),
        *('"<= 0.05"', "the band 'recalibrate' must begin where 'pass' ends"),
    ),
    (
        *("fairness", f'{DATA}, bounds: {{tpr.ratio: {{pass: ">= 0.8", recalibrate: ">= 0.9"}}}}'),
        *('">= 0.9"', "the band 'recalibrate' must begin where 'pass' ends"),
    ),
    (
        *("fairness", f'{DATA}, bounds: {{tpr.ratio: {{pass: ">= 0.8", recalibrate: "<= 0.7"}}}}'),
        *('"<= 0.7"', "the band 'recalibrate' must begin where 'pass' ends"),
    ),
    ("fairness", f"{DATA}, counts: cells.csv, {TPR}", "counts:", "there is 'data' already"),
    ("fairness", f"groups: [ancestry], {TPR}", "{groups", "this entry needs exactly one of data, counts, value, recorded"),
    ("fairness", f"data: rows.csv, {TPR}", "{data", "this entry needs groups"),
    ("fairness", f"data: rows.csv, groups: [], {TPR}", "groups:", "this entry needs groups"),
    ("fairness", f"{CELLS}, score: p, {TPR}", "score:", "this says nothing where the gate is judged by 'counts'"),
    ("fairness", f"value: 'm.json#/a', groups: [sex], {TPR}", "groups:", "this says nothing where the gate is judged by 'value'"),
    ("fairness", f'{CELLS}, bounds: {{auc.min: ">= 0.7"}}', "auc.min", "this cannot be told from counts"),
    ("fairness", f'{DATA}, bounds: {{concordance-index.min: ">= 0.7"}}', "concordance-index.min", "this needs 'time'"),
    ("fairness", f'{DATA}, bounds: {{tpr.change: ">= -0.02"}}', "tpr.change", "it needs 'base'"),
    ("fairness", f'{DATA}, bounds: {{tpr.drift: "<= 0.02"}}', "tpr.drift", "it needs 'against'"),
    ("fairness", f"{DATA}, declared: {{ancestri: [AFR]}}, {TPR}", "ancestri", "did you mean 'ancestry'?"),
    ("fairness", f"{DATA}, intersections: 3, {TPR}", "3,", "as many attributes can intersect"),
    ("fairness", f"{DATA}, intersections: 0, {TPR}", "0,", "as many attributes can intersect"),
    ("fairness", f"{CELLS}, declared: {{ancestry: [AFR, EUR]}}, reference: EURO, {TPR}", "EURO", "did you mean 'EUR'?"),
    ("fairness", f"{DATA}, min-denominater: 5, {TPR}", "min-denominater", "did you mean 'min-denominator'?"),
    ("mia", f'{SCORED}, bounds: {{acu: "<= 0.6"}}', "acu", "did you mean 'auc'?"),
    ("mia", f'{SCORED}, bounds: {{tpr@fpr=0.000: "<= 0.6"}}', "tpr@fpr", "this key must be a metric such as auc"),
    ("mia", 'scores: mia.npz, bounds: {auc: "<= 0.6"}', "{scores", "this entry needs higher-is"),
    ("mia", 'bounds: {advantage: "<= 0.6"}', "advantage", "this needs 'scores'"),
    ("mia", 'canaries: 9, guesses: 3, bounds: {epsilon-lower: "<= 1"}', "epsilon-lower", "this needs an audit"),
    ("mia", 'canaries: 9, guesses: 10, correct: 1, bounds: {epsilon-lower: "<= 1"}', "10,", "more of these than canaries"),
    ("mia", 'canaries: 9, guesses: 5, correct: 6, bounds: {epsilon-lower: "<= 1"}', "6,", "more of these than guesses"),
    ("mia", 'bounds: {epsilon: "<= 1"}', "epsilon:", "this needs 'epsilon'"),
    ("mia", 'bounds: {exposure: "<= 1"}', "exposure", "this needs 'references' and 'canary'"),
    ("mia", f'{SCORED}, min-attack: liro, bounds: {{auc: "<= 0.6"}}', "liro", "did you mean 'lira'?"),
    ("release", 'bounds: {power: "<= 0.1"}', "{bounds", "this entry needs n"),
    (
        "release",
        f'{GENOMES}, bounds: {{privacy-loss: "<= -0.02"}}',
        "privacy-loss",
        "this needs 'synthetic' and 'training' and 'holdout'",
    ),
    ("release", 'n: 9, bounds: {lr-auc: "<= 0.6"}', "lr-auc", "this needs 'scores', or 'frequencies' and 'members'"),
    ("release", 'n: 9, bounds: {pover: "<= 0.6"}', "pover", "did you mean 'power'?"),
]


@pytest.mark.parametrize(("kind", "gate", "what", "message"), WRONG, ids=[f"{kind} {what}" for kind, _gate, what, _told in WRONG])
def test_refused(tmp_path: Path, kind: str, gate: str, what: str, message: str) -> None:
    """A gate that nothing can be computed for, or that nothing can keep, is an error of the text with status 2, at its place."""
    text = f"version: 1\n{kind}:\n  triage: {{{gate}}}\n"
    write(tmp_path, {".genomic-guard.yaml": text})
    line, column, told = refused(inside("scan", tmp_path))
    assert message in told
    assert line == 3
    assert text.splitlines()[2].find(what) + 1 == column or place(text, what) == (line, column)


EVERY = json.dumps(dict.fromkeys(names.keys("fairness"), ">= 0"))

RIGHT = [
    ("fairness", f'{DATA}, base: b.csv, bounds: {{tpr.change: ">= -0.02", bias.min: ">= -1.5", bias.max: "<= 1.5"}}'),
    ("fairness", f"{DATA}, time: days, base: b.csv, against: e.json, bounds: {EVERY}"),
    ("fairness", 'recorded: true, bounds: {tpr.change: ">= -0.02"}'),
    ("fairness", f"{DATA}, reference: anybody, {TPR}"),
    ("mia", 'epsilon: {value: 3, delta: 1e-6}, bounds: {epsilon: "<= 8"}'),
    ("mia", 'references: r.npz, canary: 12.5, bounds: {exposure: "<= 8"}'),
    ("mia", f'{SCORED}, audit: one-run, delta: 1e-5, bounds: {{epsilon-lower: "<= 8"}}'),
    ("mia", 'recorded: true, bounds: {auc: "<= 0.6"}'),
    ("release", f'{GENOMES}, bounds: {{aats: ">= 0.4", kinship: "<= 0"}}'),
    ("release", f'{GENOMES}, holdout: c.npz, bounds: {{privacy-loss: "<= -0.02"}}'),
    ("release", "n: 9"),
]


@pytest.mark.parametrize(("kind", "gate"), RIGHT)
def test_accepted(kind: str, gate: str) -> None:
    """What goes together is read."""
    found = load(f"version: 1\n{kind}:\n  triage: {{{gate}}}\n".encode(), FILE).policy
    assert [each.kind for each in found.gates] == [kind]


def test_attacks_are_ranked_alike() -> None:
    """The policy knows the attacks that the statistics know, in their order."""
    from pytest_genomic_guard.metrics.membership import STRENGTH  # noqa: PLC0415 - numpy

    assert dict(ATTACKS) == STRENGTH


def changes(kind: str, before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return what is told of a change of one gate."""
    old, new = (load(json.dumps({"version": 1, kind: {"a": gate}}).encode(), FILE).policy for gate in (before, after))
    return [each.shows for each in loosened(old, new)]


FAIR: dict[str, Any] = {
    "data": "rows.csv",
    "groups": ["ancestry", "sex"],
    "declared": {"ancestry": ["AFR", "EUR"]},
    "intersections": 2,
    "bounds": {"tpr.difference": {"pass": "<= 0.05", "recalibrate": "<= 0.1"}},
}
ATTACK: dict[str, Any] = {
    "scores": "mia.npz",
    "higher-is": "member",
    "min-attack": {"attack": "lira", "references": 16},
    "covariates": ["age", "site"],
    "bounds": {"auc": "<= 0.6"},
}
LOOSER: list[tuple[str, dict[str, Any], str]] = [
    ("fairness", {"declared": {"ancestry": ["EUR"]}}, "fairness declared changed"),
    ("fairness", {"groups": ["ancestry"], "intersections": 1}, "fairness groups, intersections changed"),
    ("fairness", {"reference": "rest"}, "fairness reference changed"),
    ("fairness", {"data": "other.csv"}, "fairness data changed"),
    ("fairness", {"model": "m.bin"}, "fairness model changed"),
    ("fairness", {"weights": "w"}, "fairness weights changed"),
    (
        *("fairness", {"bounds": {"tpr.difference": {"pass": "<= 0.05", "recalibrate": "<= 0.2"}}}),
        "fairness tpr.difference <= 0.05, recalibrate <= 0.1 -> <= 0.05, recalibrate <= 0.2",
    ),
    (
        *("fairness", {"bounds": {"tpr.difference": "<= 0.07"}}),
        "fairness tpr.difference <= 0.05, recalibrate <= 0.1 -> <= 0.07",
    ),
    ("mia", {"min-attack": "lira"}, "mia min-attack changed"),
    ("mia", {"min-attack": {"attack": "lira-offline", "references": 64}}, "mia min-attack changed"),
    ("mia", {"covariates": ["age"]}, "mia covariates changed"),
    ("mia", {"match-on": ["age"]}, "mia match-on changed"),
    ("mia", {"higher-is": "non-member"}, "mia higher-is changed"),
    ("mia", {"decide": "pass-if-proven"}, ""),
    ("mia", {"min-attack": {"attack": "rmia", "references": 32}}, ""),
    ("mia", {"covariates": ["age", "site", "batch"]}, ""),
    ("fairness", {"declared": {"ancestry": ["AFR", "EAS", "EUR"], "sex": ["F"]}}, ""),
    ("fairness", {"bounds": {"tpr.difference": "<= 0.05"}}, ""),
    ("fairness", {"bounds": {"tpr.difference": {"pass": "<= 0.04", "recalibrate": "<= 0.1"}}}, ""),
]


@pytest.mark.parametrize(
    ("kind", "change", "told"), LOOSER, ids=[f"{kind} {next(iter(change))} {told}" for kind, change, told in LOOSER]
)
def test_loosening(kind: str, change: dict[str, Any], told: str) -> None:
    """What is milder, or that nobody can order, is told; what is stricter is not."""
    before = FAIR if kind == "fairness" else ATTACK
    assert changes(kind, before, before | change) == ([told] if told else [])


def test_dropping_what_was_asked_is_told() -> None:
    """A key that is gone asks for less."""
    for key in ("declared", "intersections"):
        assert changes("fairness", FAIR, {name: each for name, each in FAIR.items() if name != key}) == [f"fairness {key} changed"]
    for key in ("min-attack", "covariates"):
        assert changes("mia", ATTACK, {name: each for name, each in ATTACK.items() if name != key}) == [f"mia {key} changed"]


def test_bands_are_typed() -> None:
    """A bound of three bands keeps both limits and its text."""
    (gate,) = load(json.dumps({"version": 1, "fairness": {"a": FAIR}}).encode(), FILE).policy.gates
    (bound,) = gate.bounds
    assert (bound.limit, bound.recalibrate, bound.text) == (0.05, 0.1, "<= 0.05, recalibrate <= 0.1")
    with pytest.raises(PolicyError):
        load(
            json.dumps({"version": 1, "fairness": {"a": FAIR | {"bounds": {"tpr.difference": {"pass": "<= 0.1"}}}}}).encode(), FILE
        )
