"""The register of data use: which entry is about what, close-out, incomplete and unused entries, vendors, small cells."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

# The helpers of other tests stand beside them, and test folders are no packages.
sys.path.insert(0, str(Path(__file__).parent.parent / "policy"))
sys.path.insert(0, str(Path(__file__).parent.parent / "doors"))

from _commits import Past
from _policy import POLICY, inside, place, policy, refused, write

from pytest_genomic_guard.testing import samples
from pytest_genomic_guard.views.datause import ids

if TYPE_CHECKING:
    from _scratch import Ran

OURS = "GOV101,GOV102,GOV104,GOV105,GOV106,GOV108,GOV109"
STUDY = "phs000178.v11.p8"
FULL = {"controlled": True, "duo": ["GRU"], "dua": "signed", "owner": "office", "closes": "2099-12-31"}
CARD = "---\nlibrary_name: sklearn\nlicense: mit\n---\n\n# A model\n\n## Training data\n\nIt was trained on {}.\n"
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 1000000\n"
DAY = 86_400


def entry(name: str, **terms: Any) -> dict[str, Any]:
    """Return a complete entry with other terms, with ``_`` for ``-``; None takes one out."""
    found = {"id": name} | FULL | {key.replace("_", "-"): value for key, value in terms.items()}
    return {key: value for key, value in found.items() if value is not None}


def day(offset: int) -> str:
    """Return a day before or after today."""
    return time.strftime("%Y-%m-%d", time.localtime(time.time() + offset * DAY))


def told(folder: Path, files: dict[str, str], *uses: dict[str, Any], **keys: Any) -> list[tuple[str, str, str | None]]:
    """Return code, path and subject of what a folder under a policy gives."""
    write(folder, files | {POLICY: policy(data_use=list(uses), **keys)})
    return found(inside("scan", "--select", OURS, "--format", "json", folder))


def found(ran: Ran) -> list[tuple[str, str, str | None]]:
    """Return code, path and subject of each finding on data use."""
    return [(each["code"], each["path"], each["subject"]) for each in ran.json["findings"] if each["code"] in OURS]


@pytest.mark.parametrize(
    ("declared", "used"),
    [
        ("phs000178", "phs000178"),
        ("phs000178", STUDY),
        ("phs000178", f"{STUDY}.c1"),
        ("PHS000178.v11.p8", STUDY),
        ("phs000178.v11", "phs000178"),
        ("phs000178.v11", "phs000178.v9.p1"),
        ("phs000178.v11", "phs000178.v11.p8.c2"),
        ("phs000178.v11.p8.c1", "phs000178.v11.p8.c1"),
        ("phs000178.v11.p8.c1", STUDY),
        ("dbgap:phs000178", STUDY),
        ("tcga", STUDY),
        ("TCGA-controlled", "phs000178"),
        ("egad00001000001", "EGAD00001000001"),
        ("uk-biobank:12345", "uk-biobank:12345"),
        ("ukb:12345", "uk-biobank:12345"),
        ("ukb", "uk-biobank:12345"),
        ("UK-Biobank", "uk-biobank"),
        ("uk-biobank:12345", "uk-biobank"),
        ("allofus", "all-of-us"),
        ("all-of-us-v8", "all-of-us"),
        ("anvil", "anvil:ccdg"),
        ("AnVIL_CCDG", "anvil:ccdg"),
        ("phs000007", "dbgap"),
        ("EGAD00001000001", "ega"),
        ("phs000178", "gdc"),
    ],
)
def test_covers(declared: str, used: str) -> None:
    """Names of one data set, its versions up to the declared one, its parts, and the name of its archive."""
    assert ids.covers(declared, used)
    assert not ids.newer(declared, used)


@pytest.mark.parametrize(
    ("declared", "used"),
    [
        ("phs000178", "phs000179"),
        ("phs000178.v11.p8.c1", "phs000178.v11.p8.c2"),
        ("EGAD00001000001", "EGAD00001000002"),
        ("EGAD00001000001", "EGAS00001000001"),
        ("uk-biobank:12345", "uk-biobank:54321"),
        ("anvil:one", "anvil:two"),
        ("all-of-us", "uk-biobank"),
        ("dbgap", "phs000178"),
        ("our-cohort", "our-other-cohort"),
        ("EGAD00001000001", "dbgap"),
    ],
)
def test_covers_not(declared: str, used: str) -> None:
    """Another data set, consent group, application or workspace; an archive by its name stands for none of its data sets."""
    assert not ids.covers(declared, used)


@pytest.mark.parametrize(
    ("declared", "used"),
    [
        ("phs000178.v11", "phs000178.v12.p8"),
        ("phs000178.v11.p7", STUDY),
        ("phs000178.v11.p8", "phs000178.v12"),
        ("hum0123.v1", "hum0123.v2"),
    ],
)
def test_newer(tmp_path: Path, declared: str, used: str) -> None:
    """A later version than the declared one is told as such."""
    assert ids.newer(declared, used)
    files = {"a.py": f"S = '{used}'  # NBDC\n"}
    write(tmp_path, files | {POLICY: policy(data_use=[entry(declared)])})
    ran = inside("scan", "--select", "GOV101", "--format", "json", tmp_path)
    assert found(ran) == [("GOV101", "a.py", used)]
    assert "earlier version only" in ran.json["findings"][0]["message"]
    assert told(tmp_path, files, entry(declared), entry(used)) == []


def test_aliases(tmp_path: Path) -> None:
    """An entry is found by its other names."""
    files = {"a.py": "S = 'EGAD00001000001'\n"}
    assert told(tmp_path, files, entry("our-cohort")) == [("GOV101", "a.py", "EGAD00001000001")]
    assert told(tmp_path, files, entry("our-cohort", aliases=["EGAD00001000001"])) == []


@pytest.mark.parametrize(("offset", "expected"), [(-1, 1), (0, 0), (1, 0)])
def test_last_day(tmp_path: Path, offset: int, expected: int) -> None:
    """The last day itself still holds."""
    assert len(told(tmp_path, {"a.py": f"S = '{STUDY}'\n"}, entry("phs000178", closes=day(offset)))) == expected


def test_past_close_out(tmp_path: Path) -> None:
    """Files and models that are tied to an entry fail, pointers too; what is tied to another, or cites, does not."""
    files = {
        "train.py": f"S = '{STUDY}'\n",
        "README.md": f"Data of {STUDY}.\n",
        "derived/a.txt": "made\n",
        "models/a/weights.safetensors": POINTER.format(samples.hexadecimal().decode()),
        "models/a/MODEL_CARD.md": CARD.format(STUDY),
        "models/b/weights.safetensors": POINTER.format(samples.hexadecimal().decode()),
        "models/b/MODEL_CARD.md": CARD.format("phs000424"),
        "other/weights.onnx": POINTER.format(samples.hexadecimal().decode()),
    }
    closed = entry("phs000178", closes="2020-01-01", paths=["derived/**"], models=["other/*"])
    own = ["derived/a.txt", "models/a/MODEL_CARD.md", "models/a/weights.safetensors", "other/weights.onnx", "train.py"]
    write(tmp_path, files | {POLICY: policy(data_use=[closed, entry("phs000424")])})
    ran = inside("scan", "--select", "GOV104", "--format", "json", tmp_path)
    assert found(ran) == [("GOV104", path, "phs000178") for path in own]
    assert all("2020-01-01" in each["message"] for each in ran.json["findings"] if each["code"] == "GOV104")
    write(tmp_path, {POLICY: policy(data_use=[closed | {"approval": "letter"}, entry("phs000424")])})
    ran = inside("scan", "--select", "GOV104", "--format", "json", tmp_path)
    assert [path for _code, path, _id in found(ran)] == own  # an approval of sharing does not move the day


def test_excluded(tmp_path: Path) -> None:
    """What the policy excludes is not looked for by the patterns of an entry."""
    use = entry("our-cohort", closes="2020-01-01", paths=["derived/**"])
    files = {"derived/a.txt": "x\n", "derived/b.txt": "x\n"}
    exclude = [{"path": "derived/a.txt", "reason": "gone"}]
    assert told(tmp_path, files, use, exclude=exclude) == [("GOV104", "derived/b.txt", "our-cohort")]


@pytest.mark.parametrize("lacking", ["duo", "dua", "owner", "closes"])
def test_incomplete(tmp_path: Path, lacking: str) -> None:
    """What an entry leaves out is a warning that names its key, and never fails."""
    write(tmp_path, {"a.py": "S = 'phs000178'\n", POLICY: policy(data_use=[entry("phs000178", **{lacking: None})])})
    ran = inside("scan", "--select", OURS, "--format", "json", tmp_path)
    assert (ran.code, [each["outcome"] for each in ran.json["findings"]]) == (0, ["warn"])
    assert f"`{lacking}`" in ran.json["findings"][0]["message"]
    others: dict[str, dict[str, Any]] = {"duo": {"consent": ["GRU-NPU"]}, "dua": {"dar": "1"}}
    other = others.get(lacking)
    if other:
        assert told(tmp_path, {}, entry("phs000178", **{lacking: None}, **other)) == []


def test_own_ids_are_not_quoted(tmp_path: Path) -> None:
    """An id that could be a token is not told."""
    token = samples.hexadecimal().decode()
    write(tmp_path, {POLICY: policy(data_use=[{"id": token, "controlled": True}])})
    ran = inside("scan", "--select", OURS, "--format", "json", tmp_path)
    assert [each["code"] for each in ran.json["findings"]] == ["GOV105"]
    assert token not in ran.out


def test_unused(tmp_path: Path) -> None:
    """An entry that nothing names is noted where all is judged, and not where a part is."""
    repo = Past(tmp_path / "repo")
    repo.save(POLICY, policy(data_use=[entry("phs000178"), entry("our-cohort")]).encode())
    ran = repo.scan("--select", OURS)
    assert [(each["code"], each["outcome"], each["subject"]) for each in ran.json["findings"]] == [("GOV106", "note", "phs000178")]
    assert found(repo.range("HEAD~1..HEAD")) == []
    repo.save("model/README.md", f"See {STUDY}.\n".encode())
    assert found(repo.scan("--select", OURS)) == []


@pytest.mark.parametrize("register", ["vendors", "attestations"])
@pytest.mark.parametrize(("offset", "expected"), [(-1, ["GOV108"]), (0, []), (1, [])])
def test_expiry(tmp_path: Path, register: str, offset: int, expected: list[str]) -> None:
    """The day on which a vendor's agreement or an attestation expires still holds; what runs out is told, without its name."""
    name = samples.name()
    item = {"name": name} if register == "vendors" else {"id": "audit", "date": "2020-01-01"}
    write(tmp_path, {POLICY: policy(**{register: [item | {"owner": name, "expires": day(offset)}]})})
    ran = inside("scan", "--select", OURS, "--format", "json", tmp_path)
    assert [each["code"] for each in ran.json["findings"]] == expected
    assert name not in ran.out


@pytest.mark.parametrize(
    ("uses", "count", "expected"),
    [
        ([{"id": "all-of-us"}], 20, ["PHI501"]),
        ([{"id": "all-of-us"}], 21, []),
        ([{"id": "our-cohort", "small-cell": 15}], 15, ["PHI501"]),
        ([{"id": "our-cohort", "small-cell": 15}], 16, []),
        ([{"id": "our-cohort", "small-cell": 5}], 10, ["PHI501"]),
        ([{"id": "our-cohort", "small-cell": 15}, {"id": "aou"}], 20, ["PHI501"]),
    ],
)
def test_small_cells_of_terms(tmp_path: Path, uses: list[dict[str, Any]], count: int, expected: list[str]) -> None:
    """The largest number of all terms holds where the policy sets none: of All of Us 20 is suppressed, 21 is not."""
    write(tmp_path, {POLICY: policy(data_use=uses), "a.csv": samples.cells(smallest=count)})
    ran = inside("scan", "--select", "PHI501,GOV109", "--format", "json", tmp_path)
    assert [each["code"] for each in ran.json["findings"]] == expected


@pytest.mark.parametrize(
    ("number", "use", "expected"),
    [
        (19, {"id": "all-of-us"}, True),
        (20, {"id": "all-of-us"}, False),
        (0, {"id": "all-of-us"}, True),
        (14, {"id": "our-cohort", "small-cell": 15}, True),
        (15, {"id": "our-cohort", "small-cell": 15}, False),
        (0, {"id": "our-cohort"}, False),
        (20, {"id": "all-of-us", "small-cell": 5}, False),
    ],
)
def test_weaker_rule(tmp_path: Path, number: int, use: dict[str, Any], expected: bool) -> None:  # noqa: FBT001 - of a table
    """A policy that sets less than the terms ask for fails, and 0 is less than anything."""
    write(tmp_path, {POLICY: policy(small_cell=number, data_use=[use])})
    ran = inside("scan", "--select", "GOV109", "--format", "json", tmp_path)
    assert [each["code"] for each in ran.json["findings"]] == ["GOV109"] * expected


def test_a_change_cannot_excuse_itself(tmp_path: Path) -> None:
    """A range is judged by the register of its merge base, and what the change made of it is told."""
    repo = Past(tmp_path / "repo")
    repo.save(POLICY, policy(data_use=[entry("phs000424", closes="2020-01-01")]).encode())
    repo.save("old.py", b"S = 'phs000424'\n")
    start = repo.id("HEAD")
    repo.add("train.py", f"S = '{STUDY}'\n".encode())
    repo.save(POLICY, policy(data_use=[entry("phs000424"), entry("phs000178")]).encode())
    repo.save("old.py", b"S = 'phs000424'  # still\n")
    ran = repo.range(f"{start}..HEAD")
    codes = {(each["code"], each["path"]) for each in ran.json["findings"]}
    assert {("GOV101", "train.py"), ("GOV104", "old.py")} <= codes
    shown = [each["message"] for each in ran.json["findings"] if each["code"] == "RUN303"]
    assert any("data-use + 1 entry" in each for each in shown)
    assert any("data-use closes 2020-01-01 -> 2099-12-31" in each for each in shown)
    assert found(repo.scan("--select", OURS)) == []  # the change itself is whole: after a review it holds
    accepting = policy(policy_changes="accept", data_use=[entry("phs000424"), entry("phs000178")])
    repo.save(POLICY, accepting.encode())
    base = repo.id("HEAD")
    repo.add("more.py", b"S = 'phs000007'\n")
    repo.save(POLICY, accepting.replace('"phs000178"', '"phs000178", "aliases": ["phs000007"]').encode())
    assert found(repo.range(f"{base}..HEAD")) == []


def test_staged(tmp_path: Path) -> None:
    """A commit is judged by the staged register; a staged model by the card that lies there unchanged."""
    repo = Past(tmp_path / "repo")
    repo.save("models/MODEL_CARD.md", CARD.format(STUDY).encode())
    repo.add("a.py", f"S = '{STUDY}'\n".encode())
    assert found(repo.scan("--staged", "--select", "GOV101")) == [("GOV101", "a.py", STUDY)]
    repo.add(POLICY, policy(data_use=[entry("phs000178", closes="2020-01-01")]).encode())
    assert found(repo.scan("--staged", "--select", "GOV101")) == []
    repo.save()
    repo.add("models/w.safetensors", POINTER.format(samples.hexadecimal().decode()).encode())
    assert found(repo.scan("--staged", "--select", "GOV104")) == [("GOV104", "models/w.safetensors", "phs000178")]


_LEFT = "outs:\n- md5: {}\n  size: 1000\n  path: {}\n"


@pytest.mark.parametrize("suffix", [".pt", ".pkl", ".h5", ".safetensors"])
@pytest.mark.parametrize("system", ["git-lfs", "dvc"])
@pytest.mark.parametrize(
    ("terms", "card", "expected"),
    [
        ({"models": ["m/*"]}, "", True),
        ({"models": ["m/gen.*[a-z0-9]"]}, "", True),
        ({"paths": ["m/gen*"]}, "", True),
        ({}, "m/README.md", True),
        ({"models": ["other/*"]}, "", False),
        ({}, "", False),
        ({}, "other/README.md", False),
    ],
)
def test_pointers_past_close_out(  # noqa: PLR0913 - a table
    tmp_path: Path, suffix: str, system: str, terms: dict[str, Any], card: str, *, expected: bool
) -> None:
    """A pointer is tied by a pattern or a card beside it, also where its suffix does not tell that it is to a model."""
    digest = samples.hexadecimal().decode()
    path = f"m/gen{suffix}" + (".dvc" if system == "dvc" else "")
    text = _LEFT.format(digest[:32], f"gen{suffix}") if system == "dvc" else POINTER.format(digest)
    files = {path: text} | ({card: CARD.format(STUDY)} if card else {})
    found = told(tmp_path, files, entry("phs000178", closes="2020-01-01", **terms))
    assert (("GOV104", path, "phs000178") in found) == expected


def test_pattern_of_what_dvc_keeps(tmp_path: Path) -> None:
    """A pattern that names a model names the pointer of DVC to it; a pointer that nothing ties is nothing; test data count."""
    files = {f"{folder}/gen.pt.dvc": _LEFT.format("0" * 32, "gen.pt") for folder in ("m", "other", "tests/data")}
    closed = entry("our-cohort", closes="2020-01-01", models=["m/gen.pt", "tests/**"])
    assert told(tmp_path, files, closed) == [("GOV104", f"{folder}/gen.pt.dvc", "our-cohort") for folder in ("m", "tests/data")]


def test_staged_register_turns_what_lies_there(tmp_path: Path) -> None:
    """A commit that takes an entry out, or lets it end, is told of the files that it does not touch; another change is not."""
    repo = Past(tmp_path / "repo")
    repo.add("a.py", f"S = '{STUDY}'\n".encode())
    repo.add("m/gen.pt", POINTER.format(samples.hexadecimal().decode()).encode())
    repo.add("README.md", f"Data of {STUDY}.\n".encode())
    repo.save(POLICY, policy(data_use=[entry("phs000178", models=["m/*"])]).encode())
    repo.add("b.py", b"x = 1\n")
    assert found(repo.scan("--staged", "--select", OURS)) == []
    repo.add(POLICY, policy(data_use=[entry("phs000178", models=["m/*"], owner="other")]).encode())
    assert found(repo.scan("--staged", "--select", OURS)) == []
    repo.add(POLICY, policy(data_use=[entry("phs000178", models=["m/*"], closes="2020-01-01")]).encode())
    left = [("GOV104", path, "phs000178") for path in ("a.py", "m/gen.pt")]
    assert found(repo.scan("--staged", "--select", OURS)) == left
    for text in (b"version: 1\n", policy(data_use=[entry("phs000424")]).encode(), policy().encode()):
        repo.add(POLICY, text)
        assert ("GOV101", "a.py", STUDY) in found(repo.scan("--staged", "--select", OURS))
    repo.add(POLICY, policy(data_use=[entry("phs000178", closes="2020-01-01")]).encode())
    repo.save()
    repo.add("b.py", b"x = 2\n")
    assert found(repo.scan("--staged", "--select", OURS)) == []  # what was wrong before is for the scan of all


def test_staged_register_beside_the_policy(tmp_path: Path) -> None:
    """The same of a register in the folder of the policy."""
    repo = Past(tmp_path / "repo")
    repo.add("a.py", b"x = env['WORKSPACE_CDR']\n")
    repo.add(POLICY, policy().encode())
    repo.save(".genomic-guard/data-use.yaml", json.dumps([entry("all-of-us")]).encode())
    assert found(repo.scan("--select", OURS)) == []
    repo.add(".genomic-guard/data-use.yaml", json.dumps([entry("uk-biobank")]).encode())
    assert ("GOV102", "a.py", "all-of-us") in found(repo.scan("--staged", "--select", OURS))


def test_register_of_a_range_is_not_in_force(tmp_path: Path) -> None:
    """A range that mends the register is not held against files that it does not touch, and is where the policy accepts changes."""
    repo = Past(tmp_path / "repo")
    repo.add("a.py", f"S = '{STUDY}'\n".encode())
    repo.save("old.py", b"S = 'phs000424'\n")
    repo.save(POLICY, policy(data_use=[entry("phs000424", closes="2020-01-01")]).encode())
    repo.save(POLICY, policy(data_use=[entry("phs000178"), entry("phs000424")]).encode())
    assert found(repo.range("HEAD~1..HEAD")) == []
    repo.save(POLICY, policy(policy_changes="accept", data_use=[entry("phs000178"), entry("phs000424")]).encode())
    repo.save(POLICY, policy(policy_changes="accept", data_use=[entry("phs000424", closes="2020-01-01")]).encode())
    assert found(repo.range("HEAD~1..HEAD")) == [("GOV101", "a.py", STUDY), ("GOV104", "old.py", "phs000424")]


def test_what_came_and_went(tmp_path: Path) -> None:
    """The state at the end of a range counts: an accession is public by itself, and one that is gone is no use that is left."""
    repo = Past(tmp_path / "repo")
    repo.save("README.md", b"x\n")
    start = repo.id("HEAD")
    repo.save("new.py", f"S = '{STUDY}'\n".encode())
    assert found(repo.range(f"{start}..HEAD")) == [("GOV101", "new.py", STUDY)]
    repo.save("new.py", b"S = None\n")
    assert found(repo.range(f"{start}..HEAD")) == []


BAD = {
    "a term of an agreement": (
        "vendors",
        {"name": "x", "owner": "o", "terms": {"breech": True}},
        '"breech"',
        "did you mean 'breach'?",
    ),
    "no truth": ("vendors", {"name": "x", "owner": "o", "terms": {"breach": "soon"}}, '"soon"', "true or false"),
    "an empty answer": ("vendors", {"name": "x", "owner": "o", "diligence": {"updates": " "}}, '" "', "a text that is not empty"),
    "a purpose": ("data-use", {"id": "x", "use": {"purpose": "fun"}}, '"fun"', "this must be one of general"),
    "a number": ("data-use", {"id": "x", "small-cell": "few"}, '"few"', "a whole number"),
    "a pattern": ("data-use", {"id": "x", "paths": ["a[z-a]"]}, '"a[z-a]"', "a pattern of paths"),
    "a day": ("data-use", {"id": "x", "closes": "2027-02-30"}, '"2027-02-30"', "a date"),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_mistakes(tmp_path: Path, name: str) -> None:
    """What is wrong in an entry is told with its line and column."""
    register, item, at, message = BAD[name]
    text = json.dumps({"version": 1, register: [item]}, indent=1)
    write(tmp_path, {POLICY: text})
    line, column, said = refused(inside("scan", tmp_path))
    assert message in said
    assert (line, column) == place(text, at)
