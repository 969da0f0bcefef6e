"""The policy file through the command line: every key works, and every mistake has its line, its column and no value."""

from __future__ import annotations

import copy
import hashlib
import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from _policy import POLICY, everything, guard, inside, judged, place, policy, refused, scan, write

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Where = tuple[Any, ...]
SPLIT = (",\n  ", ": ")  # a line for each entry, so that lines and columns differ


def test_every_key(tmp_path: Path) -> None:
    """A policy with every key of the schema is in force, each key with its effect."""
    public = samples.vcf(samples=3)
    document = everything() | {"ignore": [], "profile": "strict"}
    document["waivers"][0]["sha256"] = hashlib.sha256(public).hexdigest()
    schema = json.loads((files("pytest_genomic_guard.schemas") / "policy-1.schema.json").read_text("utf-8"))
    assert set(document) == set(schema["properties"])
    write(tmp_path / "w", {"public.vcf": public, "two.vcf": samples.vcf(samples=2), "data.bin": samples.binary()})
    write(tmp_path / "w", {"third/x.vcf": samples.vcf(samples=9), "m.json": '{"sex": 0.04}', POLICY: json.dumps(document)})
    figure = {"value": 0.8, "n": 900, "interval": [0.75, 0.85], "confidence": 0.95}
    write(tmp_path / "w", {"services/a/f.json": json.dumps(figure)})
    ran = scan(cwd=tmp_path / "w")
    report = ran.json
    assert sorted(ran.codes()) == [("GEN101", "waived", "public.vcf"), ("RUN102", "fail", "data.bin")]
    assert report["policy"]["profile"] == "strict"
    assert (report["scanned"]["excluded"], report["waivers"]["applied"]) == (1, 1)
    assert [(gate["gate"], gate["verdict"], gate["value"], gate["confidence"]) for gate in report["gates"]] == [
        ("triage", "pass", 0.04, 0.9),
        ("rows", "error", None, 0.95),
        ("rows", "error", None, 0.95),
        ("cells", "error", None, 0.95),
        ("told", "inconclusive", None, 0.95),
        ("services/a: f", "pass", 0.8, 0.95),
    ]
    document["ignore"] = everything()["ignore"]
    assert judged(tmp_path / "w", policy=json.dumps(document)).json["gates"] == []


def _mappings(node: Any, at: Where = ()) -> Iterator[Where]:
    """Yield the place of every key of a document."""
    for key, child in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        if isinstance(node, dict):
            yield (*at, key)
        yield from _mappings(child, (*at, key))


def _changed(at: Where, *, key: str | None = None, value: Any = None) -> str:
    """Return the whole policy with the key at a place renamed, or its value replaced, as lines of JSON, which is YAML."""
    document = copy.deepcopy(everything())
    node: Any = document
    for step in at[:-1]:
        node = node[step]
    if key is None:
        node[at[-1]] = value
    else:
        entries = [(key if each == at[-1] else each, child) for each, child in node.items()]
        node.clear()
        node.update(entries)
    return json.dumps(document, separators=SPLIT)


KEYS = list(_mappings(everything()))
FREE = {
    "checks": "a code such as GEN101",
    **dict.fromkeys(("fairness", "mia", "release"), "the name of a gate"),
    "bounds": "a metric such as ",
}


@pytest.mark.parametrize("at", KEYS, ids=lambda at: ".".join(map(str, at)))
def test_unknown_key(tmp_path: Path, at: Where) -> None:
    """A misspelt key, at every level, is told with its place and the key that was meant; where keys are free, with their form."""
    key = str(at[-1])
    above = at[-2] if len(at) > 1 else None
    wrong = key[:-1] + "%" if above in FREE else key + "z"
    text = _changed(at, key=wrong)
    line, column, message = refused(judged(tmp_path, policy=text))
    assert (line, column) == place(text, f'"{wrong}"')
    if above in FREE:
        assert message.startswith(f"this key must be {FREE[above]}")
    elif above == "declared":
        assert message == f"this is no column of 'groups'; did you mean {key!r}?"
    else:
        assert message == f"{'there is no such option' if above == 'GEN101' else 'unknown key'}; did you mean {key!r}?"


def test_unknown_key_far_from_all(tmp_path: Path) -> None:
    """Where no key is near, the known ones are told; what was written is not."""
    word = samples.name()
    line, column, message = refused(judged(tmp_path, policy=f"version: 1\nprofile: strict\n{word}: x\n"))
    assert (line, column) == (3, 1)
    assert message.startswith("unknown key; known: attestations, cards, checks, data-use, exclude, fairness,")
    assert word not in message


def _shapes(node: Any, at: Where = ()) -> Iterator[tuple[Where, Any]]:
    """Yield the place of every value of a document, each with a value of another shape."""
    for key, child in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from _shapes(child, (*at, key))
    if at:
        yield at, "a text" if isinstance(node, (dict, list)) else ["a list"]
        yield at, ["a list"] if isinstance(node, dict) else {"a": "mapping"}


@pytest.mark.parametrize(("at", "value"), list(_shapes(everything())), ids=lambda given: "-".join(map(str, given)))
def test_wrong_shape(tmp_path: Path, at: Where, value: Any) -> None:
    """A list, mapping or text where another of them belongs is refused at its place."""
    text = _changed(at, value=value)
    line, column, message = refused(judged(tmp_path, policy=text))
    assert (line, column) == place(text, json.dumps(value))
    assert message.startswith("this must be ")


DIGEST = samples.hexadecimal().decode()
WRONG: dict[Where, list[str]] = {
    ("version",): ["2", "1.0", "01", "true", "null", "~"],
    ("profile",): ["Strict", "off", "null", "''"],
    ("select", 0): ["gen", "GENE1234", "GEN1011", "GE", "''"],
    ("ignore", 0, "code"): ["fair101", "null"],
    ("ignore", 0, "reason"): ["' '", "''", '"\\n"'],
    ("exclude", 0, "path"): ["/etc/x", "'a\\b'", "''", "'[z-a]'", '"\\ud800\\0"', '"a\\0b"'],
    ("exclude", 0, "reason"): ["' '"],
    ("waivers", 0, "code"): ["GEN10l", "null"],
    ("waivers", 0, "path"): ["/x.vcf", '"\\ud800"'],
    ("waivers", 0, "sha256"): [DIGEST[1:], DIGEST + "0", DIGEST.upper() + "G", "0"],
    ("waivers", 0, "owner"): ["' '"],
    ("waivers", 0, "expires"): [
        "2027-02-30",
        "2027-13-01",
        "30.06.2027",
        "2027-6-30",
        "tomorrow",
        "0000-01-01",
        "2027-06-30T00:00",
    ],
    ("fairness", "triage", "value"): ["m.json", "'#/sex'", "'m.json#sex'", "0.1", '"\\ud800#/x"'],
    ("fairness", "triage", "bounds", "tpr.difference"): [
        "0.10",
        "< 0.1",
        "'<= 1e-3'",
        "'<= -0.1'",
        "'<= nan'",
        "'=> 0.1'",
        "'<= .'",
    ],
    ("fairness", "triage", "decide"): ["fail", "null"],
    ("fairness", "triage", "confidence"): ["0.4", "1.5", "95", "95%", ".95", "9.5e-1", "true"],
    ("fairness", "triage", "min-denominator"): ["-1", "1.0", "1e3", "0x10", "1_000", "many"],
    ("on-inconclusive", "fairness"): ["pass", "no", "null"],
    ("checks", "GEN101", "max-samples"): ["two", "1.5", "-1", "true", "0x1"],
}


@pytest.mark.parametrize(
    ("at", "scalar"),
    [(at, scalar) for at, scalars in WRONG.items() for scalar in scalars],
    # digests are made anew by every worker, and a test's name must be the same in all
    ids=[f"{'.'.join(map(str, at))} {number}" for at, scalars in WRONG.items() for number, _scalar in enumerate(scalars)],
)
def test_wrong_scalar(tmp_path: Path, at: Where, scalar: str) -> None:
    """A scalar that is not of its kind is refused at its place, and neither it nor its neighbours are shown."""
    text = _changed(at, value="@@").replace('"@@"', f"\x00{scalar}", 1)
    line, column = place(text, "\0")
    ran = judged(tmp_path, policy=text.replace("\0", ""))
    if scalar in {"2027-02-30", "tomorrow"}:
        assert "this must be a date such as 2027-06-30" in ran.err
    assert refused(ran)[:2] == (line, column)
    assert everything()["waivers"][0]["owner"] not in ran.err
    assert len(scalar) < 5 or scalar not in ran.err


def test_bounds_are_needed(tmp_path: Path) -> None:
    """A gate without a bound would pass whatever the evidence says, so it is refused."""
    text = 'version: 1\nfairness:\n  g:\n    value: "m.json#"\n    bounds: {}\n'
    assert refused(judged(tmp_path, policy=text)) == (*place(text, "{}"), "this needs at least 1: a metric such as tpr.difference")


REQUIRED: list[tuple[Where, str]] = [
    *((("waivers", 0), key) for key in everything()["waivers"][0]),
    *((("ignore", 0), key) for key in ("code", "reason")),
    *((("exclude", 0), key) for key in ("path", "reason")),
    (("fairness", "triage"), "bounds"),
]


@pytest.mark.parametrize(("at", "key"), REQUIRED, ids=str)
def test_missing_key(tmp_path: Path, at: Where, key: str) -> None:
    """An entry without a required key is told where it begins, with the key that it needs."""
    document = everything()
    node: Any = document
    for step in at:
        node = node[step]
    value = node.pop(key)
    first = next(iter(node))
    text = json.dumps(document, separators=SPLIT)
    begin = text.index(json.dumps(node, separators=SPLIT))
    before = text[:begin].split("\n")
    line, column, message = refused(judged(tmp_path, policy=text))
    assert (line, column, message) == (len(before), len(before[-1]) + 1, f"this entry needs {key}"), (first, value)


def test_version_is_needed(tmp_path: Path) -> None:
    """A file without its version is refused, whatever else it says."""
    assert refused(judged(tmp_path, policy="profile: strict\n")) == (1, 1, "this entry needs version")


CODES = [
    ("select: [GEM]", "GEM", "there is no such code"),
    ("select: [GEN199]", "GEN199", "there is no such code; did you mean 'GEN1"),
    ("checks: {GEN999: {a: 1}}", "GEN999", "there is no such code"),
    ("checks: {GEN101: {max-sample: 1}}", "max-sample", "there is no such option; did you mean 'max-samples'?"),
    ("checks: {GEN102: {max-samples: 1}}", "max-samples", "there is no such option"),
    ("ignore: [{code: GEN101, reason: r}]", "GEN101", "GEN101 findings are removed by a waiver only"),
    ("ignore: [{code: GEN, reason: r}]", "GEN", "GEN findings are removed by a waiver only"),
    ("ignore: [{code: RUN102, reason: r}]", "RUN102", "RUN always runs"),
    ("ignore: [{code: SEC7, reason: r}]", "SEC7", "there is no such code"),
]


@pytest.mark.parametrize(("entry", "what", "message"), CODES, ids=[entry for entry, *_rest in CODES])
def test_codes(tmp_path: Path, entry: str, what: str, message: str) -> None:
    """Codes that do not exist, and exceptions that are not made, are refused at the code."""
    text = f"# a comment\nversion: 1\n{entry}\n"
    line, column, told = refused(judged(tmp_path, policy=text))
    assert (line, column) == place(text, what)
    assert told.startswith(message)


@pytest.mark.parametrize("code", ["GEN", "RUN202", "FAIR101"])
def test_waiver_of_no_single_code(tmp_path: Path, code: str) -> None:
    """A waiver is for one whole code, and none about the run or of a gate."""
    document = everything()
    document["waivers"][0]["code"] = code
    line, column, message = refused(judged(tmp_path, policy=json.dumps(document["waivers"]).join(("version: 1\nwaivers: ", "\n"))))
    assert (line, column) == (2, len('waivers: [{"code": ') + 1)
    gate = "a gate cannot be waived: its bound can be changed, with whoever answers for it"
    assert message == (
        gate if code == "FAIR101" else "a waiver names one whole code, and none of RUN: mend those, or exclude the path"
    )


def test_nothing_left_to_look_for(tmp_path: Path) -> None:
    """A selection that ignores itself away is a mistake, not a pass."""
    ran = judged(tmp_path, policy=policy(select=["FAIR"], ignore=[{"code": "FAIR101", "reason": "r"}]))
    assert (ran.code, ran.out) == (2, "")
    assert "nothing is left to look for" in ran.err


PLAIN = [
    "no",
    "NO",
    "yes",
    "on",
    "off",
    "true",
    "null",
    "~",
    "1.10",
    "010",
    "0o17",
    "0x1F",
    "1e3",
    "1:30",
    ".inf",
    "2027-06-30",
    "=",
    "1_0",
]


@pytest.mark.parametrize("word", PLAIN)
def test_scalars_stay_as_written(tmp_path: Path, word: str) -> None:
    """What YAML makes a truth value, number, date or nothing of is a text here: a path, a reason, an owner, the name of a gate."""
    people = samples.vcf()
    waiver = f"code: GEN101, path: w{word}, sha256: {hashlib.sha256(people).hexdigest()}, expires: {samples.later().decode()}"
    gate = f'  {word}: {{value: "m.json#", bounds: {{tpr.difference: "<= 0.1"}}}}\n' if word[0].isalnum() else "  g: {}\n"
    write(tmp_path, {word: people, f"w{word}": people, "m.json": "0"})
    text = f"version: 1\nexclude: [{{path: {word}, reason: {word}}}]\nwaivers: [{{{waiver}, reason: {word}, owner: {word}}}]\n"
    ran = judged(tmp_path, policy=text + ("fairness:\n" + gate if word[0].isalnum() and ":" not in word else ""))
    assert ran.codes() == [("GEN101", "waived", f"w{word}")]
    assert ran.json["scanned"]["excluded"] == 1
    assert [each["gate"] for each in ran.json["gates"]] == ([word] if word[0].isalnum() and ":" not in word else [])


def test_policy_that_was_given_by_name(tmp_path: Path) -> None:
    """A mistake in a file of --config is told with the option, line and column, never with the file's name or content."""
    word = samples.name()
    other = write(tmp_path / "o", {f"{word}.yaml": f"version: 1\nprofile: {word}\n"}) / f"{word}.yaml"
    ran = guard("scan", "--config", other, cwd=write(tmp_path / "w", {"a.txt": "plain\n"}))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "genomic-guard: the file given with --config:2:10: this must be one of minimal, research, strict\n"
    assert inside("scan", "--config", tmp_path, tmp_path / "w").code == 2
