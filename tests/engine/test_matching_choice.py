"""Which matcher is chosen, and the folder in which compiled databases wait for the next run."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

import hyperscan
import pytest

from pytest_genomic_guard.matching import cache, matcher
from pytest_genomic_guard.matching.automaton import AutomatonMatcher
from pytest_genomic_guard.matching.stdlib import StdlibMatcher
from pytest_genomic_guard.matching.vectorscan import VectorscanMatcher
from pytest_genomic_guard.model import Rule

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_genomic_guard.matching import Matcher

MANY = [Rule(name=f"rule-{at}", anchors=(b"key%d=" % at,), pattern=rb"key\d+=[a-z]+") for at in range(40)]
TEXT = b"key7=abc key31=x KEY7=y\nkey39=zz"


def chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, size: int, *missing: str) -> Matcher:
    """Return the matcher for many rules, on a machine that lacks some packages."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for name in missing:
        monkeypatch.setitem(sys.modules, name, None)
        monkeypatch.delitem(sys.modules, "pytest_genomic_guard.matching.automaton", raising=False)
    return matcher(MANY, size)


def test_choice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Little input takes an automaton; much input pays for a database, which is then at hand."""
    assert isinstance(chosen(monkeypatch, tmp_path, 1 << 20), AutomatonMatcher)
    assert isinstance(chosen(monkeypatch, tmp_path, 0), AutomatonMatcher)
    assert not list(tmp_path.iterdir())
    assert isinstance(chosen(monkeypatch, tmp_path, 1 << 30), VectorscanMatcher)
    assert isinstance(chosen(monkeypatch, tmp_path, 1 << 20), VectorscanMatcher)
    assert isinstance(chosen(monkeypatch, tmp_path, 0), AutomatonMatcher)
    assert isinstance(chosen(monkeypatch, tmp_path, 0, "ahocorasick_rs"), VectorscanMatcher)
    assert chosen(monkeypatch, tmp_path, 0).scan(TEXT) == StdlibMatcher(MANY).scan(TEXT)


def test_choice_without_the_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the automaton is not installed, as by default, a database pays from little input on, and is there afterwards."""
    assert isinstance(chosen(monkeypatch, tmp_path, 1 << 10, "ahocorasick_rs"), StdlibMatcher)
    assert isinstance(chosen(monkeypatch, tmp_path, 1 << 20, "ahocorasick_rs"), VectorscanMatcher)
    assert isinstance(chosen(monkeypatch, tmp_path, 1 << 10, "ahocorasick_rs"), VectorscanMatcher)


def test_choice_without_wheels(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where neither package is installed the standard library does it, with the same result."""
    automaton = chosen(monkeypatch, tmp_path, 1 << 30, "hyperscan")
    assert type(automaton).__name__ == "AutomatonMatcher"  # of a module loaded anew
    assert automaton.scan(TEXT) == StdlibMatcher(MANY).scan(TEXT)
    plain = chosen(monkeypatch, tmp_path, 1 << 30, "hyperscan", "ahocorasick_rs")
    assert isinstance(plain, StdlibMatcher)
    assert plain.scan(TEXT) == StdlibMatcher(MANY).scan(TEXT)


def test_damaged_cache_is_made_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A database that is damaged, empty or of something else is replaced, and nothing is lost."""
    chosen(monkeypatch, tmp_path, 1 << 30)
    (file,) = (tmp_path / "genomic-guard").iterdir()
    whole = file.read_bytes()
    for data in (b"", b"x" * 1000, whole[:-9], whole[:99] + bytes([whole[99] ^ 255]) + whole[100:]):
        file.write_bytes(data)
        assert chosen(monkeypatch, tmp_path, 1 << 30).scan(TEXT) == StdlibMatcher(MANY).scan(TEXT)
        assert len(file.read_bytes()) == len(whole)


def test_cache_is_ours_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The folder is made for its owner; one that others can write to, a link, or no home: nothing is read or written."""
    chosen(monkeypatch, tmp_path, 1 << 30)
    folder = tmp_path / "genomic-guard"
    assert folder.stat().st_mode & 0o777 == 0o700
    (file,) = folder.iterdir()
    folder.chmod(0o777)
    assert cache.load(file.name) is None
    folder.chmod(0o700)
    assert cache.load(file.name) == file.read_bytes()
    assert cache.remove() == 1
    assert not list(folder.iterdir())
    folder.rmdir()
    folder.symlink_to(tmp_path)
    assert chosen(monkeypatch, tmp_path, 1 << 30).scan(TEXT)
    assert [each.name for each in tmp_path.iterdir()] == ["genomic-guard"]
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", "")
    cache.store("rules-x.db", b"x")
    assert cache.load("rules-x.db") is None


def test_an_anchor_that_hyperscan_does_not_take(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An anchor of nothing but NUL leaves large input to the automaton, with the same result."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    rules = [*MANY, Rule(name="nul", anchors=(b"\0",), pattern=rb"\x00[a-z]")]
    found = matcher(rules, 1 << 30)
    assert type(found).__name__ == "AutomatonMatcher"
    assert found.scan(b"key7=a\0b") == StdlibMatcher(rules).scan(b"key7=a\0b")
    assert not list(tmp_path.iterdir())


def test_no_thread_is_needed_and_none_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """One database is made in a thread: all are those that are made in turn, and it has ended, also with an error."""
    running = threading.active_count()
    together = VectorscanMatcher(MANY)
    with pytest.raises(hyperscan.HyperscanError):
        VectorscanMatcher([Rule(name="nul", anchors=(b"\0",), pattern=rb"\x00[a-z]", face="plain")])
    assert threading.active_count() == running
    monkeypatch.setattr(threading.Thread, "start", _refused)
    assert VectorscanMatcher(MANY).dump() == together.dump()
    assert together.scan(TEXT) == StdlibMatcher(MANY).scan(TEXT)


def _refused(_self: threading.Thread) -> None:
    raise RuntimeError


def test_other_rules_have_another_database() -> None:
    """The name of a database tells rules and faces apart."""
    rule = MANY[0]
    sets = ([rule], [rule.replace(face="lower")], [rule.replace(pattern=b"x")], [rule.replace(anchors=(b"x",))], MANY[:2])
    assert len({cache.key(rules) for rules in sets}) == len(sets)
