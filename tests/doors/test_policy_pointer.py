"""``[tool.genomic-guard] policy`` in `pyproject.toml`: a policy that stands elsewhere, through every door."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from _scratch import Ran, Repo, guard, hook, run, scan
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.policy import PolicyError
from pytest_genomic_guard.policy.place import pointer
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

PLACE = "ci/guard.yaml"
TABLE = b'[project]\nname = "x"\n\n[tool.genomic-guard]\npolicy = "ci/guard.yaml"\n'
STRICT = b"version: 1\nprofile: strict\n"
LENIENT = b"version: 1\nprofile: minimal\n"


def _pointed(repo: Repo, policy: bytes = STRICT) -> None:
    repo.add("pyproject.toml", TABLE)
    repo.add(PLACE, policy)


def _policy(ran: Ran) -> tuple[str | None, str]:
    told = ran.json["policy"]
    return told["path"], told["profile"]


def _refused(ran: Ran, place: str, words: str) -> None:
    """Hold an error of the policy: status 2, nothing on stdout, one line with the place and these words."""
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1), ran.err
    assert ran.err.startswith(f"genomic-guard: {place}: "), ran.err
    assert words in ran.err


def test_every_door(repo: Repo) -> None:
    """Scan, the index, the hook and pytest judge by the policy that the table names, and the report says where it is."""
    _pointed(repo)
    repo.add("d.bin", samples.binary())
    assert _policy(scan(cwd=repo.root)) == _policy(scan("--staged", cwd=repo.root)) == (PLACE, "strict")
    assert _policy(scan("d.bin", cwd=repo.root)) == (PLACE, "strict")
    assert f"(profile strict, {PLACE})" in hook("everything", "--", "d.bin", cwd=repo.root).out
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--genomic-guard", "--genomic-guard-only"]
    ran = run([*command], repo.root)
    assert ran.code == 1
    assert "profile strict" in ran.out


def test_mistake_at_the_pytest_door(repo: Repo) -> None:
    """With pytest a wrong table is a usage error, told with its place."""
    repo.add("pyproject.toml", b'[tool.genomic-guard]\npolicy = "nowhere.yaml"\n')
    ran = run([sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--genomic-guard"], repo.root)
    assert ran.code == 4
    assert "pyproject.toml:2:1: the policy that this names is not there" in ran.err


@pytest.mark.parametrize("paths", [[], ["d.bin"], ["d.bin", "in/e.bin"], ["in"]])
def test_plain_folder(folder: Path, paths: list[str]) -> None:
    """Outside a repository the table at the top counts, also where only some files are named; in a folder below it does not."""
    (folder / "ci").mkdir()
    (folder / "in").mkdir()
    (folder / "pyproject.toml").write_bytes(TABLE)
    (folder / PLACE).write_bytes(STRICT)
    for name in ("d.bin", "in/e.bin"):
        (folder / name).write_bytes(samples.binary())
    ran = scan(*paths, cwd=folder)
    assert _policy(ran) == ((None, "research") if paths == ["in"] else (PLACE, "strict"))
    assert ran.json["scanned"]["files"] == (len(paths) or 4)


def test_plain_folder_through_a_link(folder: Path, tmp_path: Path) -> None:
    """A policy behind a linked folder is none, whether all is scanned or one file."""
    (tmp_path / "away").mkdir()
    (tmp_path / "away" / "guard.yaml").write_bytes(LENIENT)
    (folder / "ci").symlink_to(tmp_path / "away")
    (folder / "pyproject.toml").write_bytes(TABLE)
    (folder / "d.bin").write_bytes(samples.binary())
    for paths in ([], ["d.bin"]):
        _refused(scan(*paths, cwd=folder), "pyproject.toml:5:1", "is not there")


def test_config_wins(repo: Repo) -> None:
    """A file given with --config is used, and the table is not even looked at."""
    repo.add("pyproject.toml", TABLE)  # names what is not there
    repo.add("other.yaml", LENIENT)
    for arguments in ([], ["--staged"]):
        assert scan(*arguments, "--config", "other.yaml", cwd=repo.root).json["policy"]["profile"] == "minimal"
    assert hook("everything", "--config", "other.yaml", "--", cwd=repo.root).code == 0


def test_change_cannot_excuse_itself(repo: Repo) -> None:
    """Where the index is judged, table and policy are those of the index; a table of the work tree alone is named and not used."""
    repo.add("x.vcf", samples.vcf())
    repo.write("pyproject.toml", TABLE)
    repo.write(PLACE, b"version: 1\nexclude: [{path: '*.vcf', reason: known}]\n")
    ran = scan("--staged", cwd=repo.root)
    assert ran.code == 1
    assert ("RUN301", "warn", "pyproject.toml") in ran.codes()
    assert ran.json["policy"]["path"] is None
    named = hook("everything", "--", "x.vcf", "pyproject.toml", PLACE, cwd=repo.root)
    assert (named.code, "RUN301" in named.out) == (1, True)
    repo.git("add", "pyproject.toml")  # the table alone
    _refused(scan("--staged", cwd=repo.root), "pyproject.toml:5:1", "is not staged")
    repo.git("add", PLACE)
    assert scan("--staged", cwd=repo.root).code == 0


@pytest.mark.parametrize(
    ("name", "edit", "told"),
    [
        ("pyproject.toml", b'[tool.genomic-guard]\npolicy = "ci/other.yaml"\n', True),
        ("pyproject.toml", b'[project]\nname = "x"\n', True),
        ("pyproject.toml", b"genomic-guard = [\n", True),
        ("pyproject.toml", TABLE.replace(b'"x"', b'"y"'), False),
        ("pyproject.toml", TABLE.replace(b"\n", b"\r\n"), False),
        (PLACE, LENIENT, True),
        (PLACE, STRICT.replace(b"\n", b"\r\n"), False),
        (".genomic-guard.yaml", LENIENT, True),
    ],
)
def test_unstaged_edits_are_named(repo: Repo, name: str, edit: bytes, told: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """RUN301 watches the table and the policy that it names; other edits of `pyproject.toml` do not matter."""
    _pointed(repo)
    repo.write(name, edit)
    ran = scan("--staged", cwd=repo.root)
    assert _policy(ran) == (PLACE, "strict")
    assert ran.codes() == ([("RUN301", "warn", name)] if told else [])
    assert ("RUN301" in hook("everything", "--", cwd=repo.root).out) == told


def test_deleted_in_the_work_tree(repo: Repo) -> None:
    """A table that is gone from the work tree has no say over it; a policy that is gone is missing; the index has both."""
    _pointed(repo)
    repo.commit()
    (repo.root / PLACE).unlink()
    _refused(scan(cwd=repo.root), "pyproject.toml:5:1", "is not there")
    (repo.root / "pyproject.toml").unlink()
    assert _policy(scan(cwd=repo.root)) == (None, "research")
    assert _policy(scan("--staged", cwd=repo.root)) == (PLACE, "strict")


def test_policy_at_both_places(repo: Repo) -> None:
    """Two policies are an error wherever both are, and none where the table names the usual place."""
    _pointed(repo)
    repo.add(".genomic-guard.yaml", LENIENT)
    for ran in (scan(cwd=repo.root), scan("--staged", cwd=repo.root), hook("everything", "--", cwd=repo.root)):
        _refused(ran, "pyproject.toml:5:1", "keep one")
    repo.add("pyproject.toml", TABLE.replace(b"ci/guard.yaml", b"./.genomic-guard.yaml"))
    assert _policy(scan(cwd=repo.root)) == _policy(scan("--staged", cwd=repo.root)) == (".genomic-guard.yaml", "minimal")


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('[tool.genomic-guard]\npolcy = "a"\n', "2:1", "did you mean 'policy'?"),
        ('[tool.genomic-guard]\n\n  profile = "strict"\n', "3:3", "there is no such key"),
        ('tool.genomic-guard.polisy = "a"\n', "1:6", "did you mean 'policy'?"),
        ('[tool]\ngenomic-guard = "a.yaml"\n', "2:1", "needs to be"),
        ("[tool.genomic-guard]\npolicy = 3\n", "2:1", "needs to be"),
        ("[[tool.genomic-guard]]\n", "1:8", "needs to be"),
        ('[tool.genomic-guard]\npolicy = "../guard.yaml"\n', "2:1", "leads out"),
        ('[tool.genomic-guard]\npolicy = "ci/../../guard.yaml"\n', "2:1", "leads out"),
        ('[tool.genomic-guard]\npolicy = "/etc/guard.yaml"\n', "2:1", "leads out"),
        ("[tool.genomic-guard]\npolicy = 'ci\\guard.yaml'\n", "2:1", "with / between folders"),
        ('[tool.genomic-guard]\npolicy = "c:/guard.yaml"\n', "2:1", "with / between folders"),
        ('[tool.genomic-guard]\npolicy = "a\\u001b[2J"\n', "2:1", "with / between folders"),
        ('[tool.genomic-guard]\npolicy = ""\n', "2:1", "with / between folders"),
        ('[tool.genomic-guard]\npolicy = "."\n', "2:1", "name a file"),
        ('[tool.genomic-guard]\npolicy = "ci/"\n', "2:1", "name a file"),
        ('[tool.genomic-guard]\npolicy = ".git/config"\n', "2:1", "name a file"),
        ('[tool.genomic-guard]\npolicy = "nowhere.yaml"\n', "2:1", "is not"),
        ('[tool.genomic-guard]\npolicy = "ci"\n', "2:1", "is not"),
        ('[tool.genomic-guard]\npolicy = "a"\nx = [\n', "4:1", "not TOML"),
        ("# genomic-guard\n" + "a" + ".a" * 300 + " = 1\n", "2:1", "full stops"),
        ("# genomic-guard\na = " + "[" * 5000 + "\n", "1:1", "TOML"),
        ("# genomic-guard\na = " + "9" * 5000 + "\n", "1:1", "TOML"),
        ("# genomic-guard\n" + "#\n" * (1 << 18), "1:1", "too long"),
    ],
)
def test_mistakes_have_a_place(repo: Repo, text: str, place: str, words: str) -> None:
    """Every mistake in the table is status 2 with line and column, in the work tree and in the index, and `init` writes nothing."""
    repo.add("pyproject.toml", text.encode())
    repo.add("ci/a.txt", samples.prose())
    for ran in (scan(cwd=repo.root), scan("--staged", cwd=repo.root), hook("everything", "--", cwd=repo.root)):
        _refused(ran, f"pyproject.toml:{place}", words)
    if words != "is not":
        _refused(guard("init", cwd=repo.root), f"pyproject.toml:{place}", words)


def test_not_utf_8(repo: Repo) -> None:
    """A file in another encoding that has our words is an error with a place."""
    repo.add("pyproject.toml", b"# genomic-guard\n# caf\xe9\n")
    _refused(scan(cwd=repo.root), "pyproject.toml:2:6", "UTF-8")


@pytest.mark.parametrize(
    "text",
    [
        '[project]\ndependencies = ["pytest-genomic-guard"]\n',
        "[tool.genomic-guard]\n",
        '[tool.other]\npolicy = "nowhere.yaml"\n',
        "tool = 3 # genomic-guard\n",
        "not TOML, and without our words\n",
    ],
)
def test_files_without_a_pointer(repo: Repo, text: str) -> None:
    """A file that names the distribution, another tool's table and an empty one point nowhere."""
    repo.add("pyproject.toml", text.encode())
    repo.add(".genomic-guard.yaml", STRICT)
    for arguments in ([], ["--staged"]):
        ran = scan("--select", "GEN", *arguments, cwd=repo.root)  # as a manifest it would need an environment
        assert (ran.code, _policy(ran)) == (0, (".genomic-guard.yaml", "strict"))


def test_links(repo: Repo, tmp_path: Path) -> None:
    """A linked `pyproject.toml` says nothing; a linked policy is refused like one at the usual place."""
    (tmp_path / "away.toml").write_bytes(TABLE)
    (repo.root / "pyproject.toml").symlink_to(tmp_path / "away.toml")
    repo.git("add", "pyproject.toml")
    for arguments in ([], ["--staged"]):
        assert _policy(scan(*arguments, cwd=repo.root)) == (None, "research")
    (repo.root / "pyproject.toml").unlink()
    repo.add("pyproject.toml", TABLE)
    (repo.root / "ci").mkdir()
    (repo.root / PLACE).symlink_to(tmp_path / "away.toml")
    repo.git("add", PLACE)
    for arguments in ([], ["--staged"]):
        _refused(scan(*arguments, cwd=repo.root), f"{PLACE}:1:1", "the policy file is a link")


def test_ignored_policy(repo: Repo) -> None:
    """A policy that git ignores is no policy: nobody else would have it."""
    repo.add(".gitignore", b"ci/\n")
    repo.add("pyproject.toml", TABLE)
    repo.write(PLACE, LENIENT)
    _refused(scan(cwd=repo.root), "pyproject.toml:5:1", "git ignores it")


def test_mistakes_in_the_policy_name_its_place(repo: Repo) -> None:
    """A mistake in the policy is told with its own path, and so are findings about its waivers."""
    _pointed(repo, b"version: 1\nprofil: strict\n")
    for arguments in ([], ["--staged"]):
        _refused(scan(*arguments, cwd=repo.root), f"{PLACE}:2:1", "did you mean")
    sha, day = samples.hexadecimal(), samples.later()
    waiver = b"{code: GEN101, path: z.vcf, sha256: %b, reason: r, owner: o, expires: %b}" % (sha, day)
    repo.add(PLACE, b"version: 1\nwaivers:\n  - %b\n" % waiver)
    (found,) = scan(cwd=repo.root).json["findings"]
    assert (found["code"], found["path"], found["line"]) == ("RUN201", PLACE, 3)


@pytest.mark.parametrize("glob", [True, False])
def test_waive(repo: Repo, glob: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """A waiver is written into the policy that the table names, and no second policy appears."""
    _pointed(repo, b"# kept\nversion: 1\n")
    repo.add("x.vcf", samples.vcf())
    what = ["--glob", "*.vcf"] if glob else ["x.vcf"]
    reviewed = ["--reason", "public", "--owner", "office", "--expires", samples.later().decode()]
    ran = guard("waive", "GEN101", *what, *reviewed, cwd=repo.root)
    assert (ran.code, PLACE in ran.out) == (0, True)
    assert not (repo.root / ".genomic-guard.yaml").exists()
    assert (repo.root / PLACE).read_bytes().startswith(b"# kept\nversion: 1\n")
    assert scan(cwd=repo.root).codes() == [("GEN101", "waived", "x.vcf")]
    repo.git("add", ".")
    assert scan("--staged", cwd=repo.root).code == 0


@pytest.mark.parametrize("there", [True, False])
def test_init_writes_no_second_policy(repo: Repo, there: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """`init` keeps the policy that the table names, or writes it there."""
    repo.add("pyproject.toml", TABLE)
    if there:
        repo.add(PLACE, STRICT)
    ran = guard("init", "--ci", "none", cwd=repo.root)
    assert ran.code == 0
    assert f"{'kept as it is' if there else 'written'}: {PLACE}\n" in ran.out
    assert not (repo.root / ".genomic-guard.yaml").exists()
    assert _policy(scan(cwd=repo.root)) == (PLACE, "strict" if there else "research")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=80), st.sampled_from([b"", b'\n[tool.genomic-guard]\npolicy = "a.yaml"\n']))
def test_any_bytes(before: bytes, table: bytes) -> None:
    """Whatever stands in the file, it points somewhere, nowhere, or is a mistake with a place inside of it."""
    data = before + table + b"# genomic-guard\n"
    found, mistake = None, None
    try:
        found = pointer(data)
    except PolicyError as error:
        mistake = error
    if mistake is None:
        assert (found.path if found else b"") == (b"a.yaml" if table else b"")
    else:
        assert (mistake.file, mistake.column >= 1) == (b"pyproject.toml", True)
        assert 1 <= mistake.line <= data.count(b"\n") + 1
