"""Waivers, exclusions, selections and profiles: what a policy can take out of a report, and what it cannot."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from _policy import POLICY, Repo, guard, hook, judged, policy, refused, scan, write

from pytest_genomic_guard.testing import DIRECTIVES, samples

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = samples.vcf(samples=2)


def waiver(path: str = "x.vcf", content: bytes = PEOPLE, **other: Any) -> dict[str, Any]:
    """Return a waiver of one file as it is, for a while."""
    entry = {"code": "GEN101", "path": path, "sha256": hashlib.sha256(content).hexdigest()}
    return entry | {"reason": "public", "owner": "steward", "expires": samples.later().decode()} | other


def excluding(*paths: str) -> list[dict[str, str]]:
    """Return exclusions, each with a reason."""
    return [{"path": path, "reason": "known"} for path in paths]


def lines(*entries: dict[str, Any]) -> str:
    """Return a policy with waivers, each on one line, the first on line 3."""
    return "version: 1\nwaivers:\n" + "".join(f"- {json.dumps(each)}\n" for each in entries)


MISSES: dict[str, dict[str, Any]] = {
    "another code": {"code": "GEN102"},
    "another path": {"path": "y.vcf"},
    "another folder": {"path": "d/x.vcf"},
    "a longer path": {"path": "./x.vcf"},
    "another case": {"path": "X.vcf"},
    "a pattern": {"path": "*.vcf"},
    "a folder": {"path": "."},
}


@pytest.mark.parametrize("name", sorted(MISSES))
def test_a_waiver_that_is_not_exact(tmp_path: Path, name: str) -> None:
    """Code and path must be those of the finding, letter by letter; a waiver that is not is unused, and the people fail."""
    write(tmp_path, {"x.vcf": PEOPLE})
    ran = judged(tmp_path, policy=lines(waiver(**MISSES[name])))
    assert ran.code == 1
    assert ran.codes() == [("RUN201", "warn", POLICY), ("GEN101", "fail", "x.vcf")]
    assert ran.json["waivers"]["applied"] == 0
    assert [each["line"] for each in ran.json["waivers"]["unused"]] == [3]


@pytest.mark.parametrize("change", [lambda data: data + b"\n", lambda data: data[:-1], lambda data: data.replace(b"\n", b"\r\n")])
def test_a_waiver_of_other_bytes(tmp_path: Path, change: Any) -> None:
    """One byte more, one less, other line ends: what was reviewed is not there any more."""
    write(tmp_path, {"x.vcf": change(PEOPLE)})
    ran = judged(tmp_path, policy=lines(waiver()))
    assert (ran.code, ran.codes()) == (1, [("RUN203", "warn", POLICY), ("GEN101", "fail", "x.vcf")])
    assert ran.json["waivers"] == {"applied": 0, "unused": [], "expired": []}


DAYS = {"long past": -4000, "yesterday": -1, "today": 0, "tomorrow": 1, "far": 40_000}


@pytest.mark.parametrize("when", sorted(DAYS))
def test_the_last_day(tmp_path: Path, when: str) -> None:
    """A waiver holds up to and with the day that it names."""
    write(tmp_path, {"x.vcf": PEOPLE})
    ran = scan(cwd=write(tmp_path, {POLICY: lines(waiver(expires=samples.later(days=DAYS[when]).decode()))}))
    if DAYS[when] < 0:
        assert (ran.code, ran.codes()) == (1, [("RUN202", "warn", POLICY), ("GEN101", "fail", "x.vcf")])
        assert ran.json["waivers"]["expired"] == [{"code": "GEN101", "path": "x.vcf", "line": 3}]
    else:
        assert (ran.code, ran.codes()) == (0, [("GEN101", "waived", "x.vcf")])


def test_several_waivers_of_one_file(tmp_path: Path) -> None:
    """The first that holds excuses; what was tried before is told as what it is, what comes after as unused."""
    write(tmp_path, {"x.vcf": PEOPLE})
    void, expired = waiver(sha256=samples.hexadecimal().decode()), waiver(expires="2020-01-01")
    ran = judged(tmp_path, policy=lines(void, expired, waiver(), waiver()))
    assert ran.code == 0
    found = [(each["code"], each["line"], each["outcome"]) for each in ran.json["findings"] if each["path"] == POLICY]
    assert found == [("RUN201", 6, "warn"), ("RUN202", 4, "warn"), ("RUN203", 3, "warn")]
    assert [(each["outcome"]) for each in ran.json["findings"] if each["code"] == "GEN101"] == ["waived"]
    assert ran.json["waivers"]["applied"] == 1
    assert [each["line"] for each in ran.json["waivers"]["unused"]] == [6]


def test_a_waiver_excuses_one_code(tmp_path: Path) -> None:
    """In a file with findings of two codes, the waiver of one leaves the other."""
    rows = samples.vcf(samples=1, variants=3, header="none").decode()
    book = json.loads(DIRECTIVES["notebook"](samples.vcf(samples=2)))
    book["cells"].append({"cell_type": "markdown", "metadata": {}, "source": f"see\n{rows}"})
    data = json.dumps(book).encode()
    write(tmp_path, {"b.ipynb": data})
    assert {code for code, *_rest in judged(tmp_path, policy="version: 1\n").codes()} == {"GEN101", "GEN102"}
    for code in ("GEN101", "GEN102"):
        ran = judged(tmp_path, policy=lines(waiver("b.ipynb", data, code=code)))
        assert {(each, outcome) for each, outcome, _path in ran.codes()} == {
            ("GEN101", "waived" if code == "GEN101" else "fail"),
            ("GEN102", "waived" if code == "GEN102" else "warn"),
        }


def test_a_waiver_removes_no_gap(tmp_path: Path) -> None:
    """What cannot be read cannot have been reviewed: the gap stays, and the waiver is unused."""
    data = DIRECTIVES["truncated"](DIRECTIVES["gzip"](samples.prose(words=900)))
    write(tmp_path, {"x.gz": data})
    ran = judged(tmp_path, policy=lines(waiver("x.gz", data)))
    assert (ran.code, ran.gaps(), ran.codes()) == (3, [("x.gz", "truncated")], [("RUN201", "warn", POLICY)])


def test_a_waiver_removes_no_gate(tmp_path: Path) -> None:
    """A gate that fails is mended, not excused: the policy that tries is refused."""
    gate = {"g": {"value": "m.json#", "bounds": {"tpr.difference": "<= 0.1"}, "decide": "point"}}
    ran = judged(tmp_path, m_json="0.2", policy=policy(fairness=gate, waivers=[waiver("m.json", b"0.2", code="FAIR101")]))
    assert "gate cannot be waived" in refused(ran)[2]


def test_staged_scan_leaves_other_waivers_alone(tmp_path: Path) -> None:
    """A commit that does not touch a waived file says nothing of its waiver, one that cleans it does."""
    repo = Repo(tmp_path / "repo")
    repo.add("x.vcf", PEOPLE)
    repo.commit(POLICY, lines(waiver()).encode())
    repo.add("a.txt", b"plain\n")
    assert scan("--staged", cwd=repo.root).codes() == []
    repo.add("x.vcf", samples.prose())
    assert scan("--staged", cwd=repo.root).codes() == [("RUN201", "warn", POLICY)]


TREE = [
    "a.txt",
    "b.txt",
    "A.txt",
    "d/a.txt",
    "d/e/a.txt",
    "d/e/f.md",
    "xd/a.txt",
    "[a].txt",
    "é.txt",
    "éé.txt",
    "a\nb.txt",
    "-.txt",
    "&.txt",
]
GLOBS = {
    "a.txt": {"a.txt"},
    "*.txt": {"a.txt", "b.txt", "A.txt", "[a].txt", "é.txt", "éé.txt", "a\nb.txt", "-.txt", "&.txt"},
    "?.txt": {"a.txt", "b.txt", "A.txt", "é.txt", "-.txt", "&.txt"},
    "??.txt": {"éé.txt"},
    "**": {*TREE},
    "**/*": {*TREE},
    "**/a.txt": {"a.txt", "d/a.txt", "d/e/a.txt", "xd/a.txt"},
    "d/**": {"d/a.txt", "d/e/a.txt", "d/e/f.md"},
    "d/": {"d/a.txt", "d/e/a.txt", "d/e/f.md"},
    "d": set(),
    "d/*": {"d/a.txt"},
    "d/**/a.txt": {"d/a.txt", "d/e/a.txt"},
    "**/e/**": {"d/e/a.txt", "d/e/f.md"},
    "*/a.txt": {"d/a.txt", "xd/a.txt"},
    "d?a.txt": set(),
    "d[!x]a.txt": set(),
    "d[/]a.txt": set(),
    "[ab].txt": {"a.txt", "b.txt"},
    "[!a].txt": {"b.txt", "A.txt", "é.txt", "-.txt", "&.txt"},
    "[^a].txt": {"b.txt", "A.txt", "é.txt", "-.txt", "&.txt"},
    "[a-c].txt": {"a.txt", "b.txt"},
    "[-a].txt": {"a.txt", "-.txt"},
    "[a-].txt": {"a.txt", "-.txt"},
    "[a&&b].txt": {"a.txt", "b.txt", "&.txt"},
    "[é-ü].txt": {"é.txt"},
    "[[]a[]].txt": {"[a].txt"},
    "[!].txt": set(),
    "[": set(),
    "a.tx": set(),
    ".txt": set(),
    "a*b.txt": {"a\nb.txt"},
}


@pytest.mark.parametrize("glob", sorted(GLOBS))
def test_patterns(tmp_path: Path, glob: str) -> None:
    """A pattern takes out exactly the paths that it matches whole; they are counted, and the rest is read."""
    write(tmp_path, dict.fromkeys(TREE, PEOPLE))
    ran = judged(tmp_path, policy=policy(exclude=excluding(glob)))
    found = {path for code, _outcome, path in ran.codes() if code == "GEN101"}
    assert found == {*TREE} - GLOBS[glob]
    assert ran.json["scanned"]["excluded"] == len(GLOBS[glob]) + (glob in {"**", "**/*"})
    assert ran.json["scanned"]["files"] == len(TREE) + 1


def test_excluded_is_not_opened(tmp_path: Path) -> None:
    """What is excluded is not opened: a FIFO is not waited for, damage is no gap, and text and JSON count it."""
    folder = write(tmp_path / "w", {"third/x.vcf": PEOPLE, "third/y.gz": b"\x1f\x8b\x08\0", "a.txt": "plain\n"})
    os.mkfifo(folder / "third" / "pipe")
    write(folder, {POLICY: policy(exclude=excluding("third/"))})
    ran = scan(cwd=folder)
    assert (ran.code, ran.codes(), ran.gaps(), ran.json["scanned"]["excluded"]) == (0, [], [], 3)
    shown = guard("scan", cwd=folder)
    assert "5 files of the folder: 2 full; 3 excluded by policy\n" in shown.out


def test_excluded_and_waived(tmp_path: Path) -> None:
    """A waiver of an excluded file is neither used nor called unused: nobody looked."""
    write(tmp_path, {"x.vcf": PEOPLE, "a.txt": "plain\n"})
    ran = judged(tmp_path, policy=policy(exclude=excluding("x.vcf"), waivers=[waiver()]))
    assert (ran.code, ran.codes(), ran.json["waivers"]) == (0, [], {"applied": 0, "unused": [], "expired": []})


def test_excluding_everything_is_no_pass(tmp_path: Path) -> None:
    """A folder of which nothing was read did not pass."""
    folder = write(tmp_path / "w", {"x.vcf": PEOPLE, POLICY: policy(exclude=excluding("**"))})
    ran = guard("scan", cwd=folder)
    assert ran.code == 3
    assert "2 files of the folder: none read; 2 excluded by policy\nINCOMPLETE" in ran.out


def test_a_commit_of_excluded_files_passes(tmp_path: Path) -> None:
    """A commit, or a batch of names, that holds nothing but excluded files can be made; it says how many they are."""
    repo = Repo(tmp_path / "repo")
    repo.commit(POLICY, policy(exclude=excluding("third/")).encode())
    repo.add("third/x.vcf", PEOPLE)
    for ran in (guard("scan", "--staged", cwd=repo.root), hook("everything", "third/x.vcf", cwd=repo.root)):
        assert ran.code == 0, ran.out
        assert "1 files of the index: none read; 1 excluded by policy\nPASS" in ran.out


def test_select_and_ignore(tmp_path: Path) -> None:
    """What is not selected, or is ignored with a reason, does not run; RUN does, and the command line narrows further."""
    gate = {"g": {"value": "m.json#", "bounds": {"tpr.difference": "<= 0.1"}, "decide": "point"}}
    folder = write(tmp_path / "w", {"x.vcf": PEOPLE, "d.bin": samples.binary(), "m.json": "0.2"})

    def seen(*arguments: str, **keys: Any) -> tuple[set[str], int]:
        write(folder, {POLICY: policy(fairness=gate, **keys)})
        ran = scan(*arguments, cwd=folder)
        return {code for code, *_rest in ran.codes()}, len(ran.json["gates"])

    assert seen() == ({"GEN101", "RUN102"}, 1)
    assert seen(select=["GEN"]) == ({"GEN101", "RUN102"}, 0)
    assert seen(select=["FAIR"]) == ({"RUN102"}, 1)
    assert seen(select=["GEN102", "FAIR1"]) == ({"RUN102"}, 1)
    assert seen(ignore=[{"code": "FAIR101", "reason": "later"}]) == ({"GEN101", "RUN102"}, 0)
    assert seen(ignore=[{"code": "FAIR", "reason": "later"}]) == ({"GEN101", "RUN102"}, 0)
    assert seen("--select", "GEN101", select=["GEN", "FAIR"]) == ({"GEN101", "RUN102"}, 0)
    assert seen("--ignore", "GEN", select=["GEN", "FAIR"]) == ({"RUN102"}, 1)
    assert scan("--select", "GEN", cwd=write(folder, {POLICY: policy(select=["FAIR"])})).code == 2  # nothing is left


PROFILES = {
    # profile: what partial content, a gap, an undecided gate and a warning alone make of a run
    "minimal": (0, "note", 3, 0, "warn", 0),
    "research": (0, "warn", 3, 0, "warn", 0),
    "strict": (1, "fail", 3, 1, "fail", 0),
}


@pytest.mark.parametrize("profile", [*PROFILES, ""])
def test_profiles(tmp_path: Path, profile: str) -> None:
    """What is read in part, not read, not decided, or a warning, in each profile; without one it is research."""
    partial, outcome, gap, undecided, gate_outcome, warning = PROFILES[profile or "research"]
    chosen = {"profile": profile} if profile else {}
    ran = judged(write(tmp_path / "partial", {"d.bin": samples.binary()}), policy=policy(**chosen))
    assert (ran.code, ran.codes()) == (partial, [("RUN102", outcome, "d.bin")])
    ran = judged(write(tmp_path / "gap", {"x.gz": b"\x1f\x8b\x08\0"}), policy=policy(**chosen))
    assert (ran.code, ran.codes()) == (gap, [])
    gate = {"g": {"value": "m.json#", "bounds": {"tpr.difference": "<= 0.1"}}}
    ran = judged(tmp_path / "gate", m_json="0.05", policy=policy(fairness=gate, **chosen))
    assert (ran.code, [each["outcome"] for each in ran.json["gates"]]) == (undecided, [gate_outcome])
    quoted = b"as in\n" + samples.vcf(samples=1, variants=2, header="none") + samples.prose()
    ran = judged(write(tmp_path / "quoted", {"notes.md": quoted}), policy=policy(**chosen))
    assert (ran.code, ran.codes()) == (warning, [("GEN102", "warn", "notes.md")])
    ran = judged(write(tmp_path / "people", {"x.vcf": PEOPLE}), policy=policy(**chosen))
    assert (ran.code, ran.codes()) == (1, [("GEN101", "fail", "x.vcf")])
    ran = judged(write(tmp_path / "opaque", {"x.png": samples.png()}), policy=policy(**chosen))
    assert (ran.code, ran.codes(), ran.json["scanned"]["coverage"]["opaque"]) == (0, [], 1)


@pytest.mark.parametrize("wanted", ["note", "warn", "fail"])
def test_on_inconclusive(tmp_path: Path, wanted: str) -> None:
    """The policy says what an undecided gate means, but for strict, where it fails, and for other kinds of gates."""
    gate = {"g": {"value": "m.json#", "bounds": {"tpr.difference": "<= 0.1"}}}
    for profile in PROFILES:
        on = {"fairness": wanted, "mia": "fail", "release": "fail"}
        ran = judged(tmp_path, m_json="0.05", policy=policy(fairness=gate, profile=profile, on_inconclusive=on))
        outcome = "fail" if profile == "strict" else wanted
        assert [(each["verdict"], each["outcome"]) for each in ran.json["gates"]] == [("inconclusive", outcome)]
        assert ran.code == (1 if outcome == "fail" else 0)
