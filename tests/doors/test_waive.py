"""``genomic-guard waive``, and what becomes of waivers."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from _scratch import Ran, Repo, guard, hook, scan

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

POLICY = ".genomic-guard.yaml"


def _waive(path: str | bytes, cwd: Path, code: str = "GEN101", reason: str = "public call set", expires: str = "") -> Ran:
    until = expires or samples.later().decode()
    return guard("waive", code, path, "--reason", reason, "--owner", "data office", "--expires", until, cwd=cwd)


def test_new_policy(repo: Repo) -> None:
    """The first waiver makes the policy, and holds in the work tree, in the index and in the hook."""
    repo.add("d/x.vcf", samples.vcf())
    ran = _waive("d/x.vcf", repo.root)
    assert (ran.code, ran.out.startswith("waived GEN101 until ")) == (0, True)
    repo.git("add", POLICY)
    assert scan(cwd=repo.root).codes() == [("GEN101", "waived", "d/x.vcf")]
    staged = scan("--staged", cwd=repo.root)
    assert (staged.code, staged.json["waivers"]) == (0, {"applied": 1, "unused": [], "expired": []})
    assert hook("everything", "d/x.vcf", POLICY, cwd=repo.root).code == 0


@pytest.mark.parametrize(
    "policy",
    [
        "# first\nversion: 1  # one\n\nprofile: strict\n# last\n",
        "version: 1\nwaivers: []  # none yet\nprofile: strict  # after\n",
        "version: 1\nwaivers: [\n  ]  # none yet\nprofile: strict\n",
        "---\n# top\nversion: 1\nwaivers:\n{item}  # by hand\n\n# about the profile\nprofile: strict\n",
        "version: 1\nwaivers:\n{flat}\n# about the profile\nprofile: strict\n",
        "version: 1\nprofile: strict\nwaivers:\n{item}\n\n",
        "version: 1\nprofile: strict\nwaivers:\n  - {flow}\n",
        "  version: 1\n  profile: strict\n",
        "  version: 1\n  waivers: []\n  profile: strict\n",
        "version: 1\nprofile: strict",
        "version: 1\r\nprofile: strict\r\n# last\r\n",
    ],
)
def test_existing_policy(repo: Repo, policy: str) -> None:
    """A waiver is added to a policy written by hand in any of its styles; every line and comment of it stays, in order."""
    sha, day = samples.hexadecimal().decode(), samples.later().decode()
    lines = ["- code: GEN101", "  path: z.vcf", f"  sha256: {sha}", "  reason: r", "  owner: o", f"  expires: {day}"]
    flow = f"{{code: GEN101, path: z.vcf, sha256: {sha}, reason: r, owner: o, expires: {day}}}"
    before = policy.format(item="\n".join("    " + line for line in lines), flat="\n".join(lines), flow=flow)
    repo.write(POLICY, before.encode())
    repo.write("x.vcf", samples.vcf())
    repo.write("y.vcf", samples.vcf())
    for name in ("x.vcf", "y.vcf"):
        assert _waive(name, repo.root).code == 0
    after = (repo.root / POLICY).read_bytes().decode()
    found = iter([line.split() for line in after.splitlines()])
    assert all(line.split() in found for line in before.replace("[]", "").replace("[\n  ]", "").splitlines() if line.strip())
    assert after.count("#") == before.count("#")
    assert ("\r\n" in before) == ("\r\n" in after)
    assert after.replace("\r\n", "").count("\r") == 0
    ran = scan(cwd=repo.root)
    assert (ran.code, ran.json["waivers"]["applied"], ran.json["policy"]["profile"]) == (0, 2, "strict")


def test_comments_stay_where_they_belong(repo: Repo) -> None:
    """The new entry comes before the comment that belongs to the next key."""
    repo.write("x.vcf", samples.vcf())
    _waive("x.vcf", repo.root)
    first = (repo.root / POLICY).read_text()
    repo.write(POLICY, (first + "\n# why strict\nprofile: strict\n").encode())
    repo.write("y.vcf", samples.vcf())
    _waive("y.vcf", repo.root)
    after = (repo.root / POLICY).read_text()
    assert after.startswith(first.rstrip("\n"))
    assert after.endswith("\n\n# why strict\nprofile: strict\n")


@pytest.mark.parametrize(
    "policy",
    [
        "{version: 1}\n",
        "version: 1\nwaivers: [{code: GEN101, path: z, sha256: SHA, reason: r, owner: o, expires: DAY}]\n",
        "version: 1\nwaiver: []\n",
        "version: 1\nwaivers:\n",
        "version: 1\n...\n",
        "version: 2\n",
        "- a\n",
    ],
)
def test_policy_that_needs_a_person(repo: Repo, policy: str) -> None:
    """What cannot be edited safely is told, and the file is as it was."""
    before = policy.replace("SHA", samples.hexadecimal().decode()).replace("DAY", samples.later().decode()).encode()
    repo.write(POLICY, before)
    repo.write("x.vcf", samples.vcf())
    ran = _waive("x.vcf", repo.root)
    assert (ran.code, ran.out) == (2, "")
    assert (repo.root / POLICY).read_bytes() == before
    assert set(os.listdir(repo.root)) == {".git", POLICY, "x.vcf"}


@pytest.mark.parametrize(
    ("code", "path", "reason", "expires"),
    [
        ("GEN", "x.vcf", "r", ""),
        ("RUN101", "x.vcf", "r", ""),
        ("GEN999", "x.vcf", "r", ""),
        ("GEN101", "gone.vcf", "r", ""),
        ("GEN101", "folder", "r", ""),
        ("GEN101", "x.vcf", " ", ""),
        ("GEN101", "x.vcf", "r", "2020-01-01"),
        ("GEN101", "x.vcf", "r", "01/02/2030"),
        ("GEN101", "x.vcf", "r", "2030-02-30"),
        ("GEN101", "fifo", "r", ""),
    ],
)
def test_waiver_that_is_refused(repo: Repo, code: str, path: str, reason: str, expires: str) -> None:
    """A waiver is for one code, one readable file, with a reason, until a day to come; else nothing is written."""
    repo.write("x.vcf", samples.vcf())
    repo.write("folder/x.vcf", samples.vcf())
    os.mkfifo(repo.root / "fifo")
    ran = _waive(path, repo.root, code, reason, expires)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err
    assert not (repo.root / POLICY).exists()


def test_void_after_a_change(repo: Repo) -> None:
    """A waiver holds for the content that was reviewed, and says so when that changed."""
    repo.commit("x.vcf", samples.vcf())
    _waive("x.vcf", repo.root)
    repo.commit(POLICY, (repo.root / POLICY).read_bytes())
    repo.add("x.vcf", samples.vcf(samples=5))
    for ran in (scan(cwd=repo.root), scan("--staged", cwd=repo.root)):
        assert (ran.code, ran.codes()) == (1, [("RUN203", "warn", POLICY), ("GEN101", "fail", "x.vcf")])


def test_expired(repo: Repo) -> None:
    """An expired waiver excuses nothing and is named."""
    repo.add("x.vcf", samples.vcf())
    _waive("x.vcf", repo.root)
    policy = (repo.root / POLICY).read_bytes()
    repo.add(POLICY, policy.replace(samples.later(), samples.later(-1)))
    ran = scan(cwd=repo.root)
    assert (ran.code, ran.codes()) == (1, [("RUN202", "warn", POLICY), ("GEN101", "fail", "x.vcf")])
    assert [each["path"] for each in ran.json["waivers"]["expired"]] == ["x.vcf"]
    repo.add(POLICY, policy.replace(samples.later(), samples.later(0)))
    assert scan(cwd=repo.root).code == 0  # the last day counts


def test_unused(repo: Repo) -> None:
    """A waiver that excuses nothing any more is named, with its line."""
    repo.add("x.vcf", samples.vcf())
    _waive("x.vcf", repo.root)
    repo.add("x.vcf", samples.prose())
    ran = scan(cwd=repo.root)
    assert (ran.code, ran.codes()) == (0, [("RUN201", "warn", POLICY)])
    assert ran.json["waivers"]["unused"] == [{"code": "GEN101", "path": "x.vcf", "line": 3}]


def test_moved_content_is_not_waived(repo: Repo) -> None:
    """A waiver is for one path: the same content elsewhere fails."""
    people = samples.vcf()
    repo.add("x.vcf", people)
    _waive("x.vcf", repo.root)
    repo.add("y.vcf", people)
    assert scan(cwd=repo.root).codes() == [("GEN101", "waived", "x.vcf"), ("GEN101", "fail", "y.vcf")]


@pytest.mark.parametrize(
    "name", [b"*.vcf", b"[ab].vcf", b"?", b"a b: c#d.vcf", b"- x", b"'\".vcf", b"\xff.vcf", b"a\nb.vcf", b"@x", "ä.vcf".encode()]
)
def test_odd_names(repo: Repo, name: bytes) -> None:
    """A name is taken as it is, never as a pattern, whatever it means to YAML or a shell."""
    repo.add(name, samples.vcf())
    repo.add("a.vcf", samples.vcf())
    assert _waive(b"./" + name, repo.root).code == 0
    ran = scan(cwd=repo.root)
    assert sorted(outcome for _code, outcome, _path in ran.codes()) == ["fail", "waived"]
    assert ("GEN101", "fail", "a.vcf") in ran.codes()


def test_from_a_sub_directory(repo: Repo) -> None:
    """The policy is the repository's, wherever one stands."""
    repo.add("d/x.vcf", samples.vcf())
    assert _waive("x.vcf", repo.root / "d").code == 0
    assert set(os.listdir(repo.root)) == {".git", POLICY, "d"}
    assert scan(cwd=repo.root).code == 0


def test_plain_directory(folder: Path) -> None:
    """Outside a repository the policy lands where a scan of the current folder, or of the file, reads it."""
    (folder / "d").mkdir()
    (folder / "d" / "x.vcf").write_bytes(samples.vcf())
    assert _waive("d/x.vcf", folder).code == 0
    assert os.path.exists(folder / POLICY)
    for ran in (scan(cwd=folder), scan("d/x.vcf", cwd=folder), scan(folder, cwd=folder.parent)):
        assert (ran.code, ran.codes()) == (0, [("GEN101", "waived", "d/x.vcf")])


def test_file_outside_the_current_folder(folder: Path, tmp_path: Path) -> None:
    """A file that the current folder does not hold has its policy beside it."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "x.vcf").write_bytes(samples.vcf())
    assert _waive(str(other / "x.vcf"), folder).code == 0
    assert os.listdir(folder) == []
    assert scan(cwd=other).code == 0


def test_existing_policy_of_a_plain_directory(folder: Path) -> None:
    """A second waiver in a folder goes into the policy that is there, whose mistakes are told first."""
    for name in ("x.vcf", "y.vcf"):
        (folder / name).write_bytes(samples.vcf())
        assert _waive(name, folder).code == 0
    assert scan(cwd=folder).json["waivers"]["applied"] == 2
    (folder / POLICY).write_text("version: 1\nprofil: strict\n")
    assert f"{POLICY}:2:1: " in _waive("x.vcf", folder).err


def test_policy_file_is_replaced_whole(repo: Repo, tmp_path: Path) -> None:
    """The file keeps its mode, and nothing is written through a link that waits under a likely name."""
    repo.write("x.vcf", samples.vcf())
    repo.write(POLICY, b"version: 1\n").chmod(0o640)
    victim = tmp_path / "victim"
    victim.write_text("untouched")
    (repo.root / (POLICY + ".new")).symlink_to(victim)
    assert _waive("x.vcf", repo.root).code == 0
    assert victim.read_text() == "untouched"
    assert (repo.root / POLICY).stat().st_mode & 0o777 == 0o640


def test_policy_that_is_a_link(repo: Repo, tmp_path: Path) -> None:
    """A policy that is a link is neither followed nor written through."""
    (tmp_path / "outside.yaml").write_bytes(b"version: 1\nexclude: [{path: '**', reason: all}]\n")
    (repo.root / POLICY).symlink_to("../outside.yaml")
    repo.write("x.vcf", samples.vcf())
    assert scan(cwd=repo.root).code == 2
    assert _waive("x.vcf", repo.root).code == 2
    assert (repo.root / POLICY).is_symlink()


def test_report_shows_no_reason(repo: Repo) -> None:
    """Reason and owner of a waiver stay in the policy."""
    repo.add("x.vcf", samples.vcf())
    word = samples.name()
    _waive("x.vcf", repo.root, reason=word)
    for ran in (guard("scan", cwd=repo.root), scan(cwd=repo.root), hook("everything", "x.vcf", cwd=repo.root)):
        assert word not in ran.out + ran.err
        assert "data office" not in ran.out + ran.err


def test_ignored_file(repo: Repo) -> None:
    """Nothing computed from a file that git ignores gets into the policy; one that is tracked all the same may be waived."""
    repo.commit(".gitignore", b"*.vcf\n")
    repo.write("x.vcf", samples.vcf())
    ran = _waive("x.vcf", repo.root)
    assert (ran.code, ran.out) == (2, "")
    assert "git ignores PATH" in ran.err
    assert not (repo.root / POLICY).exists()
    repo.add("x.vcf", samples.vcf())
    assert _waive("x.vcf", repo.root).code == 0


@pytest.mark.parametrize("policy", [b"version: 1\n", b"version: 1\nexclude: [{path: '*.txt', reason: prose}]\n"])
def test_no_such_finding(repo: Repo, policy: bytes) -> None:
    """A waiver that would excuse nothing is not written, and the message says so."""
    repo.write(POLICY, policy)
    repo.add("x.txt", samples.prose())
    for end, data in (("bed", samples.bed(5, 4)), ("bim", samples.bim(4)), ("fam", samples.fam(5))):
        repo.add(f"c.{end}", data)
    for code, path in (("GEN101", "x.txt"), ("GEN103", "x.txt"), ("GEN101", "c.bed"), ("GEN103", "c.fam")):
        ran = _waive(path, repo.root, code)
        assert (ran.code, ran.out) == (2, "")
        assert f"PATH has no finding of {code}" in ran.err
        assert ("excludes" in ran.err) == (b"exclude" in policy and path == "x.txt")
    assert (repo.root / POLICY).read_bytes() == policy
    assert _waive("c.bed", repo.root, "GEN103").code == 0


@pytest.mark.parametrize("code", ["RUN101", "FAIR101", "FAIR"])
def test_what_is_never_waived(repo: Repo, code: str) -> None:
    """Neither a gate nor what a run says of itself can be waived; a policy by hand that tries is refused with its place."""
    repo.add("x.vcf", samples.vcf())
    ran = _waive("x.vcf", repo.root, code)
    assert ran.code == 2
    assert "cannot be waived" in ran.err
    _waive("x.vcf", repo.root)
    repo.write(POLICY, (repo.root / POLICY).read_bytes().replace(b"GEN101", code.encode()))
    refused = scan(cwd=repo.root)
    assert (refused.code, refused.out) == (2, "")
    assert f"{POLICY}:3:11: " in refused.err
