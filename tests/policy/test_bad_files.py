"""Policy files that are no policy: damaged, hostile, of another encoding. Always exit 2 with a place, never a pass."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from _policy import POLICY, Repo, everything, guard, hook_policy, judged, place, refused, scan, write

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path

ANCHORS = "anchors and aliases are not used in a policy"
TAGS = "tags are not used in a policy"
REPEATED = "this key is repeated"
NOT_YAML = "this is not YAML"
CHARACTER = "the policy holds a character that YAML does not allow"
# what is wrong stands between the bars, which are taken out
BAD = {
    "anchor": ("version: 1\nprofile: |&a strict|\n", ANCHORS),
    "alias": ("version: 1\nselect: |&a [GEN]|\nplugins: *a\n", ANCHORS),
    "alias alone": ("version: 1\nprofile: |*nobody|\n", ANCHORS),
    "alias as key": ("version: 1\n|*a| : x\n", ANCHORS),
    "anchored root": ("|&a|\nversion: 1\n", ANCHORS),
    "doubling aliases": ("a: |&a [x, x]|\nb: &b [*a, *a]\nc: [*b, *b]\n", ANCHORS),
    "merge key": ("version: 1\n|<<|: {profile: strict}\n", "unknown key; known: "),
    "local tag": ("version: 1\nprofile: |!secret| strict\n", TAGS),
    "core tag": ("version: 1\nprofile: |!!str| strict\n", TAGS),
    "tag of python": ("version: 1\nplugins: |!!python/object/apply:os.system| [id]\n", TAGS),
    "verbatim tag": ("version: 1\nplugins: |!<tag:yaml.org,2002:seq>| []\n", TAGS),
    "bare tag": ("version: |!| 1\n", TAGS),
    "tagged root": ("|!!map|\nversion: 1\n", TAGS),
    "second document": ("version: 1\n|---|\nprofile: strict\n", NOT_YAML),
    "second document, empty": ("version: 1\n|---|\n", NOT_YAML),
    "repeated key": ("version: 1\nprofile: strict\n|profile|: minimal\n", REPEATED),
    "repeated in quotes": ("version: 1\nprofile: strict\n|'profile'|: strict\n", REPEATED),
    "repeated option": ("version: 1\nchecks: {GEN101: {max-samples: 1, |max-samples|: 2}}\n", REPEATED),
    "repeated code": ("version: 1\nchecks:\n  GEN101: {}\n  |GEN101|: {}\n", REPEATED),
    "repeated in a waiver": ("version: 1\nwaivers:\n  - code: GEN101\n    |code|: GEN102\n", REPEATED),
    "key that is a list": ("version: 1\n? |[a, b]|\n: c\n", "a key must be a plain word"),
    "key that is a mapping": ("version: 1\n|{a: b}|: c\n", "a key must be a plain word"),
    "list at the top": ("|- version: 1|\n", "this must be a mapping of keys to values"),
    "text at the top": ("|version 1|\n", "this must be a mapping of keys to values"),
    "nothing but a marker": ("---\n|...|\n", "this must be a mapping of keys to values"),
    "tab": ("version: 1\n|\t|profile: strict\n", NOT_YAML),
    "open bracket": ("version: 1\nselect: [GEN\n||", NOT_YAML),
    "open quote": ("version: 1\nprofile: 'strict\n||", NOT_YAML),
    "two values": ("version: 1\nprofile: strict|:| minimal\n", NOT_YAML),
    "bad escape": ('version: 1\nprofile: "\\|q|"\n', NOT_YAML),
    "beyond Unicode": ('version: 1\nprofile: "\\U|0|0110000"\n', NOT_YAML),
    "far beyond Unicode": ('version: 1\nprofile: "\\U|F|FFFFFFF"\n', NOT_YAML),
    "version of 5000 digits": ("%YAML 1.|1|" + "1" * 5000 + "\n---\nversion: 1\n", NOT_YAML),
    "other YAML": ("|%YAML 3.0|\n---\nversion: 1\n", NOT_YAML),
    "block scalar": ("version: 1\nprofile: |>|\n  strict\n  minimal\n", "this must be one of minimal, research, strict"),
    "NUL": ("version: 1\nprofile: |\0|strict\n", CHARACTER),
    "control character": ("version: 1\nprofile: strict\n# |\x1b|[2J\n", CHARACTER),
    "lone surrogate": ("version: 1\n|\ud800|\n", "the policy is not UTF-8"),
}


def _split(marked: str) -> tuple[str, int, int]:
    """Return a text without its two bars, and the place of the first."""
    before, _bar, rest = marked.partition("|")
    lines = before.split("\n")
    return before + rest.replace("|", "", 1), len(lines), len(lines[-1]) + 1


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "BOM"])
@pytest.mark.parametrize("name", sorted(BAD))
def test_bad(tmp_path: Path, name: str, mark: str, newline: str) -> None:
    """Each is told at its line and column, whatever ends the lines, with or without a byte order mark."""
    marked, message = BAD[name]
    text, line, column = _split(marked)
    found = refused(judged(tmp_path, policy=mark + text.replace("\n", newline)))
    assert found[:2] == (line, column)
    assert found[2].startswith(message)


@pytest.mark.parametrize("name", ["tag of python", "beyond Unicode", "version of 5000 digits", "NUL", "lone surrogate"])
def test_bad_in_a_process(tmp_path: Path, name: str) -> None:
    """The same through the command line of a user, where nothing but the one line is written."""
    text, line, column = _split(BAD[name][0])
    ran = guard("scan", cwd=write(tmp_path / "w", {POLICY: text}))
    assert refused(ran)[:2] == (line, column)


NOT_UTF8 = {
    "Latin-1": "version: 1\n# b\xe9ta\n".encode("latin-1"),
    "after other letters": "version: 1\n# \u00e9\u4e00\U0001f600".encode() + b"\xff\n",
    "cut character": "version: 1\n# \u4e00".encode()[:-1],
    "UTF-16": "version: 1\n".encode("utf-16"),
    "overlong": b"version: 1\n# \xc0\x80\n",
}


@pytest.mark.parametrize("name", sorted(NOT_UTF8))
def test_not_utf_8(tmp_path: Path, name: str) -> None:
    """The first byte that is no UTF-8 has its line, and its column in characters."""
    data = NOT_UTF8[name]
    line, column = {"Latin-1": (2, 4), "after other letters": (2, 6), "UTF-16": (1, 1)}.get(name, (2, 3))
    assert refused(judged(tmp_path, policy=data)) == (line, column, "the policy is not UTF-8")


def test_utf_16_without_a_mark(tmp_path: Path) -> None:
    """Every second byte is NUL, which YAML does not allow."""
    assert refused(judged(tmp_path, policy="version: 1\n".encode("utf-16-le"))) == (1, 2, CHARACTER)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"# only a comment\n", b"\xef\xbb\xbf", b"---\n", b"   \n"])
def test_empty(tmp_path: Path, data: bytes) -> None:
    """An empty file promises nothing: that is told, not taken for the default."""
    line, column, message = refused(judged(tmp_path, policy=data))
    assert message in {"the policy is empty; it needs at least 'version: 1'", "this must be a mapping of keys to values"}
    assert (line, column) in {(1, 1), (1, 4), (2, 1)}


DEEP = {"lists": "[" * 100_000, "mappings": "{a: " * 100_000, "blocks": "- " * 100_000 + "a", "keys": "? " * 50_000 + "a"}


@pytest.mark.parametrize("name", sorted(DEEP))
def test_deep(tmp_path: Path, name: str) -> None:
    """Nesting without end is refused where it was given up."""
    line, column, message = refused(guard("scan", cwd=write(tmp_path / "w", {POLICY: DEEP[name]})))
    assert message == "the policy is nested too deep"
    assert line == 1
    assert 1 < column < len(DEEP[name])


def test_size(tmp_path: Path) -> None:
    """A mebibyte is read, a byte more is not."""
    text = b"version: 1\n#"
    fits = text + b"x" * ((1 << 20) - len(text))
    assert judged(tmp_path, policy=fits).code == 0
    assert refused(judged(tmp_path, policy=fits + b"x")) == (1, 1, "the policy is larger than a mebibyte")


def test_huge(tmp_path: Path) -> None:
    """A file that memory could not hold is not read to its end."""
    folder = write(tmp_path / "w", {POLICY: "version: 1\n"})
    os.truncate(folder / POLICY, 1 << 40)  # sparse: no disk is used
    assert refused(guard("scan", "a.txt", cwd=write(folder, {"a.txt": "plain\n"}))) == (
        1,
        1,
        "the policy is larger than a mebibyte",
    )


@pytest.mark.parametrize("kind", ["fifo", "link", "loop", "folder"])
def test_no_regular_file(tmp_path: Path, kind: str) -> None:
    """A FIFO, a link or a folder in the policy's place is never waited for, followed or taken for no policy."""
    folder = write(tmp_path / "w", {"a.txt": "plain\n", "elsewhere.yaml": "version: 1\nexclude: [{path: '**', reason: r}]\n"})
    if kind == "fifo":
        os.mkfifo(folder / POLICY)
    elif kind == "folder":
        (folder / POLICY).mkdir()
        (folder / POLICY / "x").write_text("plain\n")
    else:
        (folder / POLICY).symlink_to(POLICY if kind == "loop" else "elsewhere.yaml")
    ran = guard("scan", "a.txt", cwd=folder)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"genomic-guard: {POLICY}:1:")


def test_mark_and_line_ends_are_no_matter(tmp_path: Path) -> None:
    """A good policy is the same policy with a byte order mark, with CRLF, and as one line of JSON."""
    document = everything() | {"select": ["GEN"], "ignore": [], "waivers": []}
    block = "version: 1\nprofile: strict\nexclude:\n  - path: third/**\n    reason: r\n"
    files: dict[str, bytes | str] = {"third/x.vcf": samples.vcf(), "a.txt": "plain\n"}
    for text in (block, "\ufeff" + block.replace("\n", "\r\n"), "\ufeff" + block, block.replace("\n", "\r"), json.dumps(document)):
        ran = scan(cwd=write(tmp_path / "w", files | {POLICY: text}))
        assert (ran.code, ran.json["scanned"]["excluded"]) == (0, 1)


def test_hooks_and_staged_scan_refuse_too(tmp_path: Path) -> None:
    """A staged policy that is wrong stops the commit with the same line, for every door that reads the index."""
    repo = Repo(tmp_path / "repo")
    text = "version: 1\nprofile: strct\n"
    repo.add(POLICY, text.encode())
    for ran in (guard("scan", "--staged", cwd=repo.root), guard("scan", cwd=repo.root), *hook_policy(repo)):
        line, column, message = refused(ran)
        assert (line, column) == place(text, "strct")
        assert message == "this must be one of minimal, research, strict; did you mean 'strict'?"
