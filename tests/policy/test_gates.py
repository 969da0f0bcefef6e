"""Fairness gates through a scan: pass, fail or undecided by the interval; without evidence an error, and never a pass."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from _gates import DIFFERENCE, RATIO, evidence, fair, figure, only
from _policy import POLICY, inside, judged, scan, write

if TYPE_CHECKING:
    from pathlib import Path

# bound, value, low, high: what the interval says, what the value alone says
SIDES = [
    ("<= 0.10", 0.04, 0.01, 0.07, "pass", "pass"),
    ("<= 0.10", 0.04, 0.01, 0.10, "pass", "pass"),
    ("<= 0.10", 0.10, 0.10, 0.10, "inconclusive", "pass"),
    ("<= 0.10", 0.04, 0.01, 0.1000001, "inconclusive", "pass"),
    ("<= 0.10", 0.20, 0.10, 0.30, "inconclusive", "fail"),
    ("<= 0.10", 0.20, 0.1000001, 0.30, "fail", "fail"),
    ("<= 0", 0, -0.1, 0.0, "pass", "pass"),
    (">= 0.80", 0.95, 0.80, 0.99, "pass", "pass"),
    (">= 0.80", 0.95, 0.79, 0.99, "inconclusive", "pass"),
    (">= 0.80", 0.70, 0.60, 0.81, "inconclusive", "fail"),
    (">= 0.80", 0.70, 0.60, 0.79, "fail", "fail"),
    (">=1", 1, 1, 1.1, "pass", "pass"),
]


@pytest.mark.parametrize("row", SIDES, ids=lambda row: "-".join(map(str, row)))
def test_sides(tmp_path: Path, row: tuple[str, float, float, float, str, str]) -> None:
    """The whole interval inside passes, the whole of it outside fails, both sides is undecided, in each way to decide."""
    bound, value, low, high, wanted, alone = row
    bounds, found = {DIFFERENCE: bound}, evidence(figure(value, low, high))
    undecided = wanted == "inconclusive"
    assert only(judged(tmp_path, m_json=found, policy=fair(bounds))) == (
        (wanted, "warn", 0) if undecided else (wanted, wanted, int(wanted == "fail"))
    )
    assert only(judged(tmp_path, m_json=found, policy=fair(bounds, decide="pass-if-proven"))) == (
        (wanted, "fail", 1) if undecided else (wanted, wanted, int(wanted == "fail"))
    )
    assert only(judged(tmp_path, m_json=found, policy=fair(bounds, decide="point"))) == (alone, alone, int(alone == "fail"))


@pytest.mark.parametrize("decide", ["fail-if-proven", "pass-if-proven", "point"])
@pytest.mark.parametrize(("metric", "value"), [("tpr.difference", -0.6), ("ppv.min", 80), ("auc.max", 1.01), ("fpr.ratio", -0.1)])
def test_a_value_that_cannot_be(tmp_path: Path, metric: str, value: float, decide: str) -> None:
    """A difference below nothing, a rate above one: an error, never a pass, whatever the bound."""
    for bound in ("<= 100", ">= 0"):
        found = evidence(figure(value, value - 0.01, value + 0.01))
        assert only(judged(tmp_path, m_json=found, policy=fair({metric: bound}, decide=decide))) == ("error", "fail", 3)


@pytest.mark.parametrize("decide", ["fail-if-proven", "pass-if-proven", "point"])
@pytest.mark.parametrize("wanted", ["note", "warn", "fail"])
@pytest.mark.parametrize("profile", ["minimal", "research", "strict"])
def test_undecided(tmp_path: Path, profile: str, wanted: str, decide: str) -> None:
    """What an undecided gate means: `decide` and the profile strict before `on-inconclusive`; a point is always decided."""
    text = fair(decide=decide, profile=profile, on_inconclusive={"fairness": wanted})
    found = only(judged(tmp_path, m_json=evidence(figure(0.08, 0.02, 0.14)), policy=text))
    outcome = "fail" if wanted == "fail" or profile == "strict" or decide == "pass-if-proven" else wanted
    assert found == (("pass", "pass", 0) if decide == "point" else ("inconclusive", outcome, int(outcome == "fail")))


THIN = {
    "no interval": (figure(low=None), "a figure without an interval is no evidence"),
    "a bare number": (0.04, "a figure without an interval is no evidence"),
    "no n": (figure(n=None), "n must be at least 20"),
    "few": (figure(n=19), "n must be at least 20"),
    "nobody": (figure(n=0), "n must be at least 20"),
    "a negative n": (figure(n=-900), "n must be at least 20"),
    "n as text": (figure(n="900"), "n must be at least 20"),
    "n with a fraction": (figure(n=900.5), "n must be at least 20"),
    "n that is true": (figure(n=True), "n must be at least 20"),
    "no confidence": (figure(confidence=None), "confidence must be stated and at least 0.95"),
    "low confidence": (figure(confidence=0.9), "confidence must be stated and at least 0.95"),
    "confidence as text": (figure(confidence="0.95"), "confidence must be stated and at least 0.95"),
    "confidence in per cent": (figure(confidence=95), "confidence must be stated and at least 0.95"),
    "confidence that is true": (figure(confidence=True), "confidence must be stated and at least 0.95"),
}


@pytest.mark.parametrize("name", sorted(THIN))
def test_thin_evidence(tmp_path: Path, name: str) -> None:
    """A figure that fits the bound but lacks what makes it evidence is undecided, and fails where proof is wanted."""
    found, message = THIN[name]
    ran = judged(tmp_path, m_json=evidence(found), policy=fair())
    assert only(ran) == ("inconclusive", "warn", 0)
    assert message in ran.json["gates"][0]["message"]
    assert only(judged(tmp_path, m_json=evidence(found), policy=fair(decide="pass-if-proven"))) == ("inconclusive", "fail", 1)
    assert only(judged(tmp_path, m_json=evidence(found), policy=fair(profile="strict"))) == ("inconclusive", "fail", 1)


NO_NUMBER = "the evidence holds no finite number for this metric"
NO_INTERVAL = "the interval is not two finite numbers around the value"
NO_JSON = "the evidence file is no JSON, or repeats a key"
NOTHING_THERE = "the pointer leads to nothing in the evidence file"
BROKEN: dict[str, tuple[str | bytes, str]] = {
    "NaN": ('{"sex": {"value": NaN, "n": 900, "interval": [0, 0.05], "confidence": 0.95}}', NO_NUMBER),
    "infinity": ('{"sex": {"value": Infinity, "n": 900, "interval": [0, 0.05], "confidence": 0.95}}', NO_NUMBER),
    "minus infinity": ('{"sex": -Infinity}', NO_NUMBER),
    "beyond floats": ('{"sex": 1e999}', NO_NUMBER),
    "a whole number beyond floats": ('{"sex": 1' + "0" * 400 + "}", NO_NUMBER),
    "true": ('{"sex": true}', NO_NUMBER),
    "false as value": (evidence(figure(value=False)), NO_NUMBER),
    "null": ('{"sex": null}', NO_NUMBER),
    "text": ('{"sex": "0.04"}', NO_NUMBER),
    "a list": ('{"sex": [0.04]}', NO_NUMBER),
    "an empty object": ('{"sex": {}}', NO_NUMBER),
    "another metric": (evidence({RATIO: figure()}), NO_NUMBER),
    "a metric that is null": (evidence(figure() | {DIFFERENCE: None}), NO_NUMBER),
    "an interval of NaN": ('{"sex": {"value": 0.04, "n": 900, "interval": [NaN, 0.05], "confidence": 0.95}}', NO_INTERVAL),
    "an open interval": ('{"sex": {"value": 0.04, "n": 900, "interval": [-Infinity, 0.05], "confidence": 0.95}}', NO_INTERVAL),
    "an interval the wrong way round": (evidence(figure(low=0.07, high=0.01)), NO_INTERVAL),
    "an interval of one": (evidence(figure() | {"interval": [0.04]}), NO_INTERVAL),
    "an interval of three": (evidence(figure() | {"interval": [0.01, 0.04, 0.07]}), NO_INTERVAL),
    "an interval of truth values": (evidence(figure(low=False, high=True)), NO_INTERVAL),
    "an interval as text": (evidence(figure() | {"interval": "0.01-0.07"}), NO_INTERVAL),
    "an interval as an object": (evidence(figure() | {"interval": {"low": 0.01, "high": 0.07}}), NO_INTERVAL),
    "an interval beside the value": (evidence(figure(value=0.2)), NO_INTERVAL),
    "empty": ("", NO_JSON),
    "cut": (evidence(figure())[:-2], NO_JSON),
    "two values": ("{} {}", NO_JSON),
    "single quotes": ("{'sex': 0.04}", NO_JSON),
    "YAML": ("sex: 0.04\n", NO_JSON),
    "a repeated key": ('{"sex": 0.04, "sex": 0.5}', NO_JSON),
    "a repeated key further down": ('{"sex": {"value": 0.04, "value": 0.5}}', NO_JSON),
    "no UTF-8": (b'{"sex": 0.04, "\xff": 1}', NO_JSON),
    "too deep": ("[" * 100_000 + "]" * 100_000, NO_JSON),
    "a number of 5000 digits": ('{"sex": 1' + "0" * 5000 + "}", NO_JSON),
    "another key": ('{"age": 0.04}', NOTHING_THERE),
    "a list at the top": ("[0.04]", NOTHING_THERE),
    "a number at the top": ("0.04", NOTHING_THERE),
    "null at the top": ("null", NOTHING_THERE),
    "text at the top": ('"sex"', NOTHING_THERE),
    "more than 8 MiB": (evidence(figure()) + " " * (8 << 20), "the evidence file is larger than 8 MiB"),
}


@pytest.mark.parametrize("decide", ["fail-if-proven", "point"])
@pytest.mark.parametrize("name", sorted(BROKEN))
def test_broken_evidence(tmp_path: Path, name: str, decide: str) -> None:
    """Evidence that is damaged, elsewhere or no number is an error with status 3; the message quotes nothing of it."""
    data, message = BROKEN[name]
    if decide == "point" and message == NO_INTERVAL:
        decide = "pass-if-proven"  # a point does not ask for an interval
    ran = judged(tmp_path, m_json=data, policy=fair(decide=decide))
    assert only(ran) == ("error", "fail", 3)
    (gate,) = ran.json["gates"]
    assert (gate["message"], gate["interval"]) == (message, None)
    shown = inside("scan", tmp_path).out
    assert "gate fairness triage: tpr.difference <= 0.10: error (fail)\n" in shown
    assert shown.splitlines()[-1].startswith("INCOMPLETE  1 fail, ")


@pytest.mark.parametrize("kind", ["missing", "outside", "folder", "fifo", "link", "loop"])
def test_no_evidence_file(tmp_path: Path, kind: str) -> None:
    """A file that is not there, is no file, or lies outside what is scanned is no evidence."""
    folder = write(tmp_path / "w", {"a.txt": "plain\n"})
    write(tmp_path, {"good.json": evidence(figure())})
    value = "../good.json#/sex" if kind == "outside" else "m.json#/sex"
    if kind == "folder":
        write(folder, {"m.json/x": "plain\n"})
    elif kind == "fifo":
        os.mkfifo(folder / "m.json")
    elif kind in {"link", "loop"}:
        (folder / "m.json").symlink_to("m.json" if kind == "loop" else "../good.json")
    write(folder, {POLICY: fair(value=value)})
    ran = scan(cwd=folder)
    assert only(ran) == ("error", "fail", 3)
    assert ran.json["evidence"][0]["path"] == value.partition("#")[0]


def test_excluding_the_evidence_decides_nothing(tmp_path: Path) -> None:
    """An exclusion keeps a file from being scanned, and its figure from nothing: a gate that fails still fails."""
    exclude = [{"path": "m.json", "reason": "r"}]
    for found, wanted in ((figure(), ("pass", "pass", 0)), (figure(0.3, 0.2, 0.4), ("fail", "fail", 1))):
        ran = judged(tmp_path, m_json=evidence(found), policy=fair(exclude=exclude))
        assert only(ran) == wanted
        assert ran.json["scanned"]["excluded"] == 1


POINTERS = {
    "m.json#": figure(),
    "m.json#/": {"": figure()},
    "m.json#/a/b": {"a": {"b": figure()}},
    "m.json#/a~1b": {"a/b": figure()},
    "m.json#/a~0b": {"a~b": figure()},
    "m.json#/~01": {"~1": figure()},
    "m.json#/0": [figure()],
    "m.json#/a/10": {"a": [0] * 10 + [figure()]},
    "m.json#/01": {"01": figure()},
    "m.json#/é ü": {"é ü": figure()},
    "m.json#/-": {"-": figure()},
}


@pytest.mark.parametrize("value", sorted(POINTERS))
def test_pointers(tmp_path: Path, value: str) -> None:
    """A pointer is read as RFC 6901 writes it."""
    assert only(judged(tmp_path, m_json=json.dumps(POINTERS[value]), policy=fair(value=value))) == ("pass", "pass", 0)


@pytest.mark.parametrize("token", ["01", "-1", "+1", "-", "1_0", " 1", "1.0", "٣", "", "9" * 30])
def test_no_index(tmp_path: Path, token: str) -> None:
    """What RFC 6901 does not write is no index of a list, though Python would take it."""
    ran = judged(tmp_path, m_json=json.dumps([figure()] * 12), policy=fair(value=f"m.json#/{token}"))
    assert ran.json["gates"][0]["message"] == NOTHING_THERE


def test_encodings_of_evidence(tmp_path: Path) -> None:
    """JSON with a byte order mark, in UTF-16, or with CRLF is JSON."""
    text = json.dumps({"sex": figure()}, indent=1)
    for data in (text.encode("utf-8-sig"), text.encode("utf-16"), text.replace("\n", "\r\n").encode()):
        assert only(judged(tmp_path, m_json=data, policy=fair())) == ("pass", "pass", 0)


def test_several_bounds_need_several_figures(tmp_path: Path) -> None:
    """Each bound is judged by the figure of its own metric; one figure never answers for two."""
    bounds = {DIFFERENCE: "<= 0.10", RATIO: ">= 0.80", "fpr.difference": "<= 0.10"}
    found = {DIFFERENCE: figure(), RATIO: figure(0.7, 0.6, 0.75)}
    ran = judged(tmp_path, m_json=evidence(found), policy=fair(bounds))
    assert [(gate["metric"], gate["verdict"]) for gate in ran.json["gates"]] == [
        (DIFFERENCE, "pass"),
        (RATIO, "fail"),
        ("fpr.difference", "error"),
    ]
    assert ran.code == 1  # what failed beats what is missing
    for decide in ("point", "fail-if-proven"):
        for one in (figure(), 0.04):
            ran = judged(
                tmp_path, m_json=evidence(one), policy=fair({DIFFERENCE: "<= 0.1", "fpr.difference": "<= 0.1"}, decide=decide)
            )
            assert [gate["verdict"] for gate in ran.json["gates"]] == ["error", "error"]
            assert ran.code == 3


def test_what_is_shown(tmp_path: Path) -> None:
    """Value, interval, n and confidence are told as the evidence states them, in JSON and in text."""
    found = evidence(figure(0.04, 0.01, 0.07, 812, 0.99))
    ran = judged(tmp_path, m_json=found, policy=fair(min_denominator=500))
    (gate,) = ran.json["gates"]
    assert (gate["value"], gate["interval"], gate["n"], gate["confidence"]) == (0.04, [0.01, 0.07], 812, 0.99)
    assert "the whole interval keeps the bound, value 0.04, 99% interval 0.01 to 0.07, n 812\n" in inside("scan", tmp_path).out
    ran = judged(tmp_path, m_json=found, policy=fair(min_denominator=813))
    assert (only(ran), ran.json["gates"][0]["n"]) == (("inconclusive", "warn", 0), 812)
    assert "n must be at least 813, value 0.04, 99% interval 0.01 to 0.07, n 812\n" in inside("scan", tmp_path).out
    judged(tmp_path, m_json=evidence(figure(confidence=0.8)), policy=fair())
    assert "at least 0.95, value 0.04, 80% interval 0.01 to 0.07, n 900\n" in inside("scan", tmp_path).out
    judged(tmp_path, m_json=evidence(figure(confidence=None)), policy=fair())
    assert "at least 0.95, value 0.04, n 900\n" in inside("scan", tmp_path).out  # of which confidence, nobody says


def test_the_policy_decides_how_sure(tmp_path: Path) -> None:
    """`confidence` and `min-denominator` of the gate are what the evidence is held against."""
    found = evidence(figure(n=25, confidence=0.9))
    assert only(judged(tmp_path, m_json=found, policy=fair()))[0] == "inconclusive"
    assert only(judged(tmp_path, m_json=found, policy=fair(confidence=0.9)))[0] == "pass"
    assert only(judged(tmp_path, m_json=found, policy=fair(confidence=0.9, min_denominator=26)))[0] == "inconclusive"
    assert only(judged(tmp_path, m_json=found, policy=fair(confidence=0.91)))[0] == "inconclusive"
