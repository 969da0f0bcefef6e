"""``genomic-guard clean``: our own files in our own cache folder, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from _scratch import guard

from pytest_genomic_guard.matching import cache

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_only_our_files_go(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the cache stored is removed and counted; what lies beside it stays; a second time there is nothing to do."""
    base = tmp_path / "cache"
    base.mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(base))
    for name in ("rules-a", "rules-b"):
        cache.store(name, b"compiled")
    stored = {file for file in base.rglob("*") if file.is_file()}
    assert len(stored) == 2
    foreign = [base / "other.txt", next(iter(stored)).parent / "notes.txt"]
    for file in foreign:
        file.write_text("not ours")
    env = {"XDG_CACHE_HOME": str(base)}
    ran = guard("clean", cwd=folder, env=env)
    assert (ran.code, ran.out, ran.err) == (0, "2 cached files removed\n", "")
    assert {file for file in base.rglob("*") if file.is_file()} == set(foreign)
    assert guard("clean", cwd=folder, env=env).out == "0 cached files removed\n"


def test_without_a_cache(folder: Path, tmp_path: Path) -> None:
    """Where there never was one, that is said, and no folder is made."""
    ran = guard("clean", cwd=folder, env={"XDG_CACHE_HOME": str(tmp_path / "none")})
    assert (ran.code, ran.out) == (0, "0 cached files removed\n")
    assert not (tmp_path / "none").exists()
    assert list(folder.iterdir()) == []
