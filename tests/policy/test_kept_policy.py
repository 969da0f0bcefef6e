"""A policy that was read once is known by its digest: nothing changes but the time, and no word of it is kept."""

from __future__ import annotations

import json
import os
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest
from _policy import POLICY, Repo, everything, guard, policy, scan, write
from _scratch import run
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.matching import cache
from pytest_genomic_guard.policy import PolicyError
from pytest_genomic_guard.policy.nodes import Node, typed
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REGISTER = ".genomic-guard/vendors.yaml"


class Place:
    """A folder with a policy, and a cache of its own."""

    def __init__(self, root: Path) -> None:
        """Make both."""
        self.folder, self.cache = write(root / "w", {"a.txt": "plain\n"}), root / "cache"
        self.env = {"XDG_CACHE_HOME": str(self.cache)}

    def scan(self, *arguments: str, text: str | None = None) -> tuple[int, str, str]:
        """Scan under a policy; return the exit status and both streams."""
        if text is not None:
            write(self.folder, {POLICY: text})
        ran = guard("scan", "--format", "json", *arguments, cwd=self.folder, env=self.env)
        return ran.code, ran.out, ran.err

    @property
    def kept(self) -> list[Path]:
        """Return the kept files of policies."""
        return sorted((self.cache / "genomic-guard").glob("policy-*"))

    def imports_yaml(self) -> bool:
        """Tell whether a scan reads YAML."""
        command: list[str | bytes] = [sys.executable, "-I", "-X", "importtime", "-m", "pytest_genomic_guard", "scan"]
        ran = run(command, self.folder, self.env)
        assert (ran.code, "pytest_genomic_guard.policy.load" in ran.err) == (0, True), ran.err
        return bool(re.search(r"\| +yaml$", ran.err, re.MULTILINE))


@pytest.fixture
def at(tmp_path: Path) -> Place:
    """Return a folder and a cache."""
    return Place(tmp_path)


def test_read_once(at: Place) -> None:
    """The second run knows the policy and its registers without YAML and says the same; an edit is read again."""
    entry = "[{id: EGAD00001000001, controlled: false}]\n"  # which nothing names, a note
    write(at.folder, {POLICY: policy(profile="strict"), ".genomic-guard/data-use.yaml": entry})
    assert at.imports_yaml()
    first = at.scan()
    assert len(at.kept) == 2
    assert not at.imports_yaml()
    assert at.scan() == first == at.scan("--no-cache")
    assert "GOV106" in first[1]
    write(at.folder, {POLICY: policy(profile="minimal")})
    assert at.imports_yaml()
    assert json.loads(at.scan()[1])["policy"]["profile"] == "minimal"


def test_the_hook_too(at: Place) -> None:
    """A hook knows a staged policy by its content; another one that is staged is another content."""
    repo = Repo(at.folder)
    profiles = []
    for profile in ("strict", "minimal", "strict"):
        repo.add(POLICY, policy(profile=profile).encode())
        ran = run([sys.executable, "-I", "-m", "pytest_genomic_guard.hooks.everything", "--", POLICY], at.folder, at.env)
        assert ran.code == 0
        profiles.append(ran.out.partition("profile ")[2].partition(",")[0])
    assert (profiles, len(at.kept)) == (["strict", "minimal", "strict"], 2)


def test_numbers_alone_are_kept(at: Place) -> None:
    """No word of a policy is in the cache, not in a name either; folder and file are the user's alone."""
    text = policy(
        **{key: value for key, value in everything().items() if key not in {"version", "fairness", "projects", "waivers"}}
    )
    assert at.scan(text=text)[0] == 0
    (file,) = at.kept
    head, numbers = file.read_bytes().split(b"\n")
    assert re.fullmatch(rb"genomic-guard nodes 1 [0-9a-f]{64}", head)
    assert re.fullmatch(rb"[0-9 ]+", numbers)
    assert re.fullmatch(r"policy-[0-9a-f]{32}\.nodes", file.name)
    if os.name == "posix":
        assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_mistakes_are_not_kept(at: Place) -> None:
    """A text with a mistake leaves nothing behind, and neither does --no-cache."""
    wrong = [
        "version: 2\n",
        "version: 1\nprofil: strict\n",
        "version: [\n",
        f"{samples.name()}\n",
        "version: 1\nvendors: [{name: 1}]\n",
    ]
    for text in wrong:
        assert at.scan(text=text)[0] == 2
    assert at.scan("--no-cache", text="version: 1\n")[0] == 0
    assert at.kept == []


def test_mistakes_of_a_known_text(at: Place) -> None:
    """What only the rules can tell of a policy is told at the same place, whether its text is known or not."""
    text = "version: 1\nignore:\n  - {code: GEN101, reason: later}\n"
    first = at.scan(text=text)
    assert (first[0], first[2].startswith("genomic-guard: .genomic-guard.yaml:3:12: ")) == (2, True)
    assert len(at.kept) == 1
    assert at.scan() == first == at.scan("--no-cache")


@pytest.mark.parametrize("damage", ["empty", "cut", "letters", "other", "longer", "negative"])
def test_damaged_files_are_ignored(at: Place, damage: str) -> None:
    """A kept file that is not whole or is another text's is as none, and is written anew."""
    at.scan(text=policy(profile="minimal"))
    other = at.kept[0].read_bytes()
    os.remove(at.kept[0])
    first = at.scan(text=policy(profile="strict", packs=["hipaa-2024"]))
    (file,) = at.kept
    good = file.read_bytes()
    head, numbers = good.split(b"\n")
    changed = {
        "empty": b"",
        "cut": good[:-3],
        "letters": head + b"\n" + b"x" + numbers,
        "other": head + b"\n" + other.split(b"\n")[1],
        "longer": good + b" 1",
        "negative": head + b"\n-" + numbers,
    }
    file.write_bytes(changed[damage])
    assert at.scan() == first
    assert file.read_bytes() == good


@pytest.mark.skipif(os.name != "posix", reason="permissions and links as POSIX has them")
def test_foreign_files_are_ignored(at: Place) -> None:
    """What others could have written is not used: a link, a file or a folder that is open to a group or to all."""
    first = at.scan(text=policy(profile="strict"))
    (file,) = at.kept
    assert not at.imports_yaml()
    file.chmod(0o666)
    assert at.imports_yaml()
    (file,) = at.kept
    file.rename(at.cache / "elsewhere")
    file.symlink_to(at.cache / "elsewhere")
    assert at.imports_yaml()
    file.parent.chmod(0o777)
    assert at.imports_yaml()
    assert at.scan() == first


def test_clean_removes_them(at: Place) -> None:
    """`clean` removes what is kept of policies, and of many the older ones go by themselves."""
    at.scan(text=policy())
    assert guard("clean", cwd=at.folder, env=at.env).out == "1 cached file removed\n"
    assert at.kept == []


def test_many_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every edit makes a file, and the folder does not grow without end; files of another kind stay."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    cache.store("rules-0.db", b"x")
    for number in range(150):
        cache.store(f"policy-{number}.nodes", b"x")
        os.utime(tmp_path / "genomic-guard" / f"policy-{number}.nodes", (number, number))
    names = os.listdir(tmp_path / "genomic-guard")
    assert {"rules-0.db", "policy-149.nodes"} <= set(names)
    assert "policy-0.nodes" not in names
    assert 50 <= len(names) <= 101


class Shelf(dict[str, bytes]):
    """A cache in memory."""

    def load(self, name: str, /) -> bytes | None:
        """Return what is there."""
        return self.get(name)

    def store(self, name: str, data: bytes, /) -> None:
        """Keep it."""
        self[name] = data


class Anything:
    """A kind that accepts every node."""

    def read(self, node: Node) -> list[tuple[Any, ...]]:
        """Return all that is told of the nodes."""
        return list(_all(node))


def _all(node: Node) -> Iterator[tuple[Any, ...]]:
    yield node.id, node.value if node.id == "scalar" else len(node.value), node.line, node.column
    for each in node.value if node.id != "scalar" else ():
        for below in each if node.id == "mapping" else (each,):
            yield from _all(below)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=6)
TREES = st.recursive(
    WORDS | st.sampled_from(["yes", "1.10", "2027-06-30", "'", '"', "a\nb"]), lambda kind: st.lists(kind, max_size=3)
)


@settings(max_examples=200, deadline=None)
@given(tree=TREES, indent=st.sampled_from([None, 2]), ascii_=st.booleans())
def test_known_nodes_are_the_same(tree: Any, indent: int | None, *, ascii_: bool) -> None:
    """Whatever stands in a text, its nodes from the cache are those from YAML: kinds, words and places."""
    shelf = Shelf()
    text = json.dumps({"a": tree, "b": [tree]}, indent=indent, ensure_ascii=ascii_)
    kind: Any = Anything()
    try:
        first = typed(text.encode(), kind, shelf)[1]
    except PolicyError:  # a character that YAML does not allow
        return
    assert typed(text.encode(), kind, shelf)[1] == first == typed(text.encode(), kind)[1]
    plain = all(re.fullmatch(r"[A-Za-z0-9 .'-]*", each[1]) for each in first if each[0] == "scalar")
    assert shelf or not plain


@pytest.mark.parametrize("text", ["a: 'it''s'\n", "a: >\n  folded\n", "a: |\n  held\n", 'a: "\\x41"\n', "a: two\n  lines\n"])
def test_texts_that_are_read_each_time(text: str) -> None:
    """A word that does not stand in the text as it is read cannot be kept as numbers, so such a text is read each time."""
    shelf = Shelf()
    kind: Any = Anything()
    assert typed(text.encode(), kind, shelf)[1] == typed(text.encode(), kind)[1]
    assert not shelf


@pytest.mark.parametrize(
    "text", ["a: b\r\nc: d\r\n", "\ufeffa: b\n", "# é\na: 'ü'  # x\n", "a:\n  - b\n  - {c: [d]}\n", "a:\nb: ''\n"]
)
def test_texts_of_many_forms(text: str) -> None:
    """Line ends of any kind, a byte order mark, comments, empty values: known again with the same places."""
    shelf = Shelf()
    kind: Any = Anything()
    first = typed(text.encode(), kind, shelf)[1]
    assert shelf
    assert typed(text.encode(), kind, shelf)[1] == first


def test_reports_are_the_same(at: Place) -> None:
    """A finding under waivers, options and plugins is judged alike from a known policy."""
    write(at.folder, {"x.vcf": samples.vcf(samples=2)})
    text = policy(checks={"GEN101": {"max-samples": 3}}, samples={"public": ["hgdp"]}, packs=["ukb-2026-04"])
    first = at.scan(text=text)
    assert first[0] == 0
    assert at.scan() == first == at.scan("--no-cache")
    assert scan(cwd=at.folder).out == first[1]
