"""What is taken for a pointer: of git-lfs, DVC and git-annex, by their grammars; and which line of .gitattributes is the rule."""

from __future__ import annotations

import os
import shutil
import string
from functools import partial
from typing import TYPE_CHECKING

import pytest
from _pointers import VERSION, facts, facts_of, link_facts, pointer
from _scratch import Repo, scan
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.policy.attributes import Attributes
from pytest_genomic_guard.sources.files import artifact, read_all
from pytest_genomic_guard.sources.index import Index
from pytest_genomic_guard.sources.worktree import WorkTree
from pytest_genomic_guard.testing import samples
from pytest_genomic_guard.views.pointers import Pointer, lfs, suffix

if TYPE_CHECKING:
    from pathlib import Path

unhurried = settings(deadline=None)
_HEX = st.text("0123456789abcdef", min_size=64, max_size=64)
_SIZES = st.integers(0, 2**63 - 1)
_KEYS = st.sampled_from(
    [b"version ", b"oid ", b"oid sha256:", b"size ", b"ext-0-a ", b"\r\n", b"\n", b" ", b"0", b"9" * 30, b"\xff"]
)


@given(
    oid=_HEX, size=_SIZES, end=st.sampled_from(["\n", "\r\n", "\n\n"]), around=st.text(" \n\t", max_size=9), more=st.integers(0, 2)
)
def test_every_pointer_is_decoded(oid: str, size: int, end: str, around: str, more: int) -> None:
    """Whatever ends its lines and stands around it, id and size of a pointer are read."""
    lines = [VERSION.decode(), *(f"ext-{number}-x sha256:{oid}" for number in range(more)), f"oid sha256:{oid}", f"size {size}"]
    target = lfs((around + end.join(lines) + around).encode())
    assert target is not None
    assert (target.oid, target.size) == (oid, size)


@given(st.lists(_KEYS | st.binary(max_size=80), max_size=20).map(b"".join))
def test_anything_else_is_bounded(data: bytes) -> None:
    """Whatever a file holds, an id is one, or there is none; nothing raises."""
    for each in (data, VERSION + b"\n" + data, VERSION + b"\noid sha256:" + data):
        target = lfs(each)
        assert target is None or (target.size >= 0 and set(target.oid) <= set("0123456789abcdef") and len(target.oid) in {0, 64})


@given(st.binary(max_size=30), st.sampled_from(["a.dvc", "dvc.lock", "a.vcf"]), st.integers(0, 400))
@unhurried
def test_any_bytes_give_facts_without_values(data: bytes, name: str, at: int) -> None:
    """A damaged pointer gives no fact that holds more than a number and a word of a list."""
    for good in (pointer(b"x"), _dvc(("data/x.vcf", 12)), _lock(("x.bed", 3)), b"/annex/objects/MD5-s5--" + b"0" * 32 + b"\n"):
        for fact in facts_of(name, good[:at] + data + good[at:]):
            assert fact.system in {"git-lfs", "dvc", "git-annex"}
            assert fact.size is None or 0 <= fact.size < 2**63
            assert fact.suffix == "" or suffix(b"x" + fact.suffix.encode()) == fact.suffix


def _output(path: str, size: int | None, indent: str) -> str:
    told = "" if size is None else f"{indent}  size: {size}\n"
    return f"{indent}- md5: {samples.hexadecimal(32).decode()}\n{told}{indent}  hash: md5\n{indent}  path: {path}\n"


def _dvc(*outputs: tuple[str, int | None], indent: str = "") -> bytes:
    """Return what ``dvc add`` writes."""
    return ("outs:\n" + "".join(_output(path, size, indent) for path, size in outputs)).encode()


def _lock(*outputs: tuple[str, int | None]) -> bytes:
    """Return what ``dvc repro`` writes: a dependency, which is no output, and the outputs of one stage."""
    text = "".join(_output(path, size, "    ") for path, size in outputs)
    return (
        f"schema: '2.0'\nstages:\n  train:\n    cmd: python a.py\n    deps:\n{_output('a.py', 9, '    ')}    outs:\n{text}".encode()
    )


def _of_dvc(size: int | None, ends: str) -> Pointer:
    return Pointer(system="dvc", size=size, suffix=ends)


@given(
    outputs=st.lists(
        st.tuples(st.sampled_from(["a.vcf.gz", "data/b.bed", "'c d.h5ad'", '"e.csv"', "folder", "-"]), st.none() | _SIZES),
        max_size=9,
    ),
    end=st.sampled_from([b"\n", b"\r\n"]),
    indent=st.sampled_from(["", "  "]),
)
@unhurried
def test_every_output_of_dvc(outputs: list[tuple[str, int | None]], end: bytes, indent: str) -> None:
    """Each output of a file or a stage is one fact with its size and suffix; dependencies are none."""
    expected = [_of_dvc(size, suffix(path.strip("'\"").encode())) for path, size in outputs]
    assert facts_of("x.dvc", _dvc(*outputs, indent=indent).replace(b"\n", end)) == expected
    assert facts_of("d/dvc.lock", _lock(*outputs).replace(b"\n", end)) == expected


DVC = {
    "with what stands above and below": (
        b"wdir: ..\ndeps:\n- path: a.csv\n  repo:\n    url: x\n" + _dvc(("b.csv", 5)) + b"frozen: true\n",
        1,
    ),
    "with a cloud's versions": (
        b"outs:\n- path: b.csv\n  cloud:\n    s3:\n      etag: abc\n      version_id: 1\n  md5: abc\n  size: 5\n",
        1,
    ),
    "with its files one by one": (
        b"outs:\n- md5: abc.dir\n  path: b.csv\n  size: 5\n  files:\n  - md5: abc\n    size: 2\n    relpath: c.csv\n",
        1,
    ),
    "wide dashes": (b"outs:\n-   path: b.csv\n    size: 5\n    md5: abc\n", 1),
    "quoted keys": (b"'outs':\n- \"md5\": abc\n  'size': 5\n  'path': b.csv\n", 1),
    "a key twice": (b"outs:\n- md5: abc\n  size: 5\n  size: 6\n  path: b.csv\n", 1),
    "nothing stored yet": (b"outs:\n- path: b.csv\n", 0),
    "an empty list": (b"outs: []\n", 0),
    "no list": (b"outs:\nmd5: abc\npath: b.csv\n", 0),
    "another file of that name": (b"plain words\n", 0),
}


@pytest.mark.parametrize("name", DVC)
def test_what_dvc_may_write(name: str) -> None:
    """Further keys, lists in outputs and other ways to write the same change nothing."""
    data, number = DVC[name]
    assert facts_of("b.csv.dvc", data) == [_of_dvc(5, ".csv")] * number


@pytest.mark.parametrize("name", ["x.csv", ".dvc", ".dvcignore", "xdvc.lock", "dvc.lock.txt", ".dvc/config"])
def test_other_names_are_none_of_dvc(name: str) -> None:
    """DVC reads files by name, and so are they here."""
    assert facts_of(name, _dvc(("a.csv", 5))) == []


def test_long_lock() -> None:
    """A lock of megabytes is read as text in full, and for facts to a bound."""
    found = facts_of("dvc.lock", _lock(*[("a.csv", 5)] * 40_000))
    assert 1000 < len(found) < 40_000


ANNEX = {
    "locked": (b"../.git/annex/objects/F1/Fp/{key}/{key}", True),
    "in a submodule": (b"../.git/modules/sub/annex/objects/F1/Fp/{key}/{key}", True),
    "on Windows": (b"..\\.git\\annex\\objects\\F1\\Fp\\{key}\\{key}", True),
    "elsewhere": (b"../.git/objects/{key}", False),
    "a name that holds it": (b"../annex/objects.txt", False),
}


@pytest.mark.parametrize("name", ANNEX)
def test_links_of_git_annex(name: str) -> None:
    """A link into the annex is a pointer with the size that its key tells."""
    target, is_one = ANNEX[name]
    key = b"SHA256E-s300-m12--" + samples.hexadecimal() + b".nii.gz"
    assert link_facts(target.replace(b"{key}", key)) == [Pointer(system="git-annex", size=300, suffix=".nii.gz")] * is_one


KEYS = {
    "a size": (b"MD5E-s5--0a.csv\n", [5]),
    "no size": (b"URL--http&c%%x%y\n", [None]),
    "a chunk": (b"GPGHMACSHA1--aa\n", [None]),
    "a size that is none": (b"MD5-s99999999999999999999--0a\n", []),
    "a large size": (b"MD5-s9999999999999999999--0a\n", [None]),
    "carriage return": (b"MD5E-s5--0a.csv\r\n", [5]),
    "no line feed": (b"MD5E-s5--0a.csv", [5]),
    "a further line of its own": (b"MD5E-s5--0a.csv\n/annex/later\n", [5]),
    "a further line": (b"MD5E-s5--0a.csv\nmore\n", []),
    "no key": (b"words\n", []),
    "nothing": (b"", []),
    "much more": (b"MD5E-s5--0a.csv\n" + b"/annex/x\n" * 9000, []),
}


@pytest.mark.parametrize("name", KEYS)
def test_files_of_git_annex(name: str) -> None:
    """An unlocked file is a pointer when its first line is a key in the annex, and nothing else follows."""
    data, sizes = KEYS[name]
    assert [fact.size for fact in facts_of("x", b"/annex/objects/" + data)] == sizes


@pytest.mark.skipif(shutil.which("git-annex") is None, reason="git-annex is not installed; the tables above hold what it writes")
def test_git_annex_itself(tmp_path: Path) -> None:
    """What git-annex commits is known for what it is; the content, which git does not push, is not read."""
    repo = Repo(tmp_path / "repo")
    repo.git("annex", "init", "-q")
    people = samples.vcf()
    repo.write("locked.vcf", people)
    repo.git("annex", "add", "-q", "locked.vcf")
    repo.write("open.vcf", samples.vcf())
    repo.git("-c", "annex.addunlocked=true", "annex", "add", "-q", "open.vcf")
    repo.commit()
    index = Index(os.fsencode(repo.root))
    found = facts(index)
    index.close()
    assert {path: [(each.system, each.suffix) for each in seen] for path, seen in found.items()} == {
        "locked.vcf": [("git-annex", ".vcf")],
        "open.vcf": [("git-annex", ".vcf")],
    }
    assert found["locked.vcf"][0].size == len(people)
    noted = [("GEN605", "note", "locked.vcf"), ("GEN605", "note", "open.vcf")]
    assert scan("--history", cwd=repo.root).codes() == noted
    shown = [code for code in scan(cwd=repo.root).codes() if code[0] != "GEN605"]
    assert shown == [("GEN101", "warn", "open.vcf")]  # the copy that the work tree shows


def test_content_of_an_annex_is_not_read(tmp_path: Path) -> None:
    """A link of git-annex is read as the text that it is, also where its object is at hand."""
    repo = Repo(tmp_path / "repo")
    key = f"SHA256E-s9--{samples.hexadecimal().decode()}.vcf"
    repo.write(f".git/annex/objects/F1/Fp/{key}/{key}", samples.vcf())
    (repo.root / "x.vcf").symlink_to(f".git/annex/objects/F1/Fp/{key}/{key}")
    repo.add("y.vcf", f"/annex/objects/{key}\n".encode())
    repo.git("add", "x.vcf")
    ran = scan(cwd=repo.root)
    noted = [("GEN605", "note", "x.vcf"), ("GEN605", "note", "y.vcf")]
    assert (ran.code, ran.codes(), ran.json["scanned"]["coverage"]["full"]) == (0, noted, 2)
    tree = WorkTree(os.fsencode(repo.root))
    assert sorted(facts(tree)) == ["x.vcf", "y.vcf"]
    tree.close()


def test_what_stands_in_a_pointer_is_read(tmp_path: Path) -> None:
    """A file of DVC, or of git-annex, is text: a leak in it is found."""
    repo = Repo(tmp_path / "repo")
    repo.add("x.dvc", _dvc(("a.vcf", 5)) + b"desc: |\n" + samples.vcf())
    repo.add("y", b"/annex/objects/MD5-s5--0a\n" + samples.vcf())
    assert {path for _code, _outcome, path in scan("--staged", cwd=repo.root).codes()} == {"x.dvc", "y"}


_WORDS = st.text(string.ascii_lowercase[:3], min_size=1, max_size=2)
_PIECES = st.lists(
    st.sampled_from(["a", "b", "*", "?", ".", "[ab]", "[!a]", "\\*", "**", "/", "[[:space:]]", " "]), min_size=1, max_size=5
)
_GIVEN = st.sampled_from(
    ["filter=lfs", "filter=lfs diff=lfs -text", "-filter", "!filter", "filter=other", "text", "big", "-text big"]
)
_LINES = st.tuples(st.booleans(), _PIECES.map("".join), _GIVEN)
_FILES = st.dictionaries(st.sampled_from(["", "a/", "a/b/"]), st.lists(_LINES, max_size=5), min_size=1, max_size=3)
_PATHS = st.lists(
    st.lists(st.sampled_from(["a", "b", "ab", "a.b", "a b", "*"]), min_size=1, max_size=3).map("/".join), min_size=1, max_size=6
)


def _line(quoted: bool, pattern: str, given_: str) -> str:  # noqa: FBT001 - a part of a tuple
    return f'"{pattern}" {given_}' if quoted and "\\" not in pattern else f"{pattern} {given_}"


@given(files=_FILES, paths=_PATHS)
@settings(deadline=None, max_examples=60)
def test_git_agrees_on_the_rule(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, list[tuple[bool, str, str]]], paths: list[str]
) -> None:
    """A line is named for a path exactly where git says that the path is given to git-lfs."""
    repo = Repo(tmp_path_factory.mktemp("repo"))
    for folder, lines in files.items():
        macro = "[attr]big filter=lfs\n" * (not folder)
        repo.write(f"{folder}.gitattributes", (macro + "\n".join(_line(*line) for line in lines) + "\n").encode())
    root = os.fsencode(repo.root)
    rules = Attributes(lambda path, most: read_all(artifact(root, path).open(), most))
    said = repo.git("check-attr", "-z", "--stdin", "filter", stdin="\0".join(paths).encode()).split(b"\0")[2::3]
    found = [rules.lfs(path.encode()) for path in paths]
    assert [place is not None and place.line > 0 for place in found] == [each == b"lfs" for each in said]


def test_rules_are_bounded() -> None:
    """Many patterns for many pointers end: after a million looks no rule is named."""
    data = b"".join(b"a%d filter=lfs\n" % number for number in range(50_000))
    read = partial(_only_at_the_top, data)
    rules = Attributes(read)
    found = [rules.lfs(b"x%d" % number) for number in range(40)]
    assert found[0] is not None
    assert found[0].line == 0
    assert found[-1] is None


def _only_at_the_top(data: bytes, path: bytes, most: int) -> bytes:
    return data[:most] if path == b".gitattributes" else b""
