"""What is remembered of an inventory: the same answer without reading anything, and never an old one."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest
from _projects import MIT, environment, judged, project, wheel, wheels
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.cli.main import main
from pytest_genomic_guard.inventory import build, remembered, result, sources, unchanged
from pytest_genomic_guard.model import Gap, Located
from pytest_genomic_guard.views.licences import judgements, nouns

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_genomic_guard.evidence.environments import Environment

GPL = "GNU GENERAL PUBLIC LICENSE\nVersion 3, 29 June 2007\n\nEveryone is permitted to copy and distribute verbatim copies\n"
WORDS = st.text(max_size=20)
CONCLUSIONS = st.builds(
    nouns.Conclusion,
    expression=WORDS,
    kind=st.sampled_from(nouns.CLASSES),
    conflict=WORDS,
    ambiguous=st.booleans(),
    bundled=st.lists(WORDS, max_size=3).map(tuple),
    spellings=st.dictionaries(WORDS, WORDS, max_size=2),
)
FACTS = st.one_of(
    st.builds(
        nouns.Package,
        name=WORDS,
        version=WORDS,
        ecosystem=st.just("python"),
        conclusion=CONCLUSIONS,
        why=st.lists(WORDS, max_size=3).map(tuple),
        manifest=st.binary(max_size=9),
        line=st.integers(0, 99),
    ),
    st.builds(nouns.Uncovered, name=WORDS, line=st.integers(0, 9)),
    st.builds(judgements.ClarifyVoid, package=WORDS),
)


@pytest.fixture(scope="module")
def prefix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an environment with all packages."""
    folder = tmp_path_factory.mktemp("made")
    return environment(folder / "venv", wheels(folder))


@given(st.lists(FACTS, max_size=4), st.frozensets(st.binary(max_size=9), max_size=3))
def test_facts_come_back_as_they_were(facts: list[nouns.Package], paths: frozenset[bytes]) -> None:
    """Records, bytes that are no text, sets and mappings."""
    located = tuple(Located(path=b"\xff", fact=each) for each in facts)
    found = result.Inventory(facts=located, gaps=(Gap(path=b"a", reason="manifest"),), paths=paths)
    kept = json.dumps(unchanged._plain(found))  # noqa: SLF001 - the two halves
    assert json.loads(kept, object_hook=unchanged._makers(unchanged._kinds())) == found  # noqa: SLF001 - as above


def test_an_unchanged_repository_is_not_judged_again(
    tmp_path: Path, prefix: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second run reads neither manifests nor packages, and says the same."""
    root = project(tmp_path / "study", prefix)
    monkeypatch.chdir(root)
    monkeypatch.setenv("XDG_CACHE_HOME", os.fspath(tmp_path / "cache"))
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    arguments = ["scan", "--select", "LIC", "--format", "json"]
    assert main(arguments) == 1
    first = capsys.readouterr().out

    def fails(*_all: object) -> None:
        raise AssertionError

    monkeypatch.setattr(build, "build", fails)
    assert main(arguments) == 1
    assert capsys.readouterr().out == first
    assert main([*arguments, "--no-cache"]) == 3


def test_an_unchanged_environment_is_not_read_again(tmp_path: Path, prefix: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names, versions, requirements and conclusions are remembered; texts are read when they are asked for."""
    monkeypatch.setenv("XDG_CACHE_HOME", os.fspath(tmp_path / "cache"))
    from pytest_genomic_guard.evidence.environments import found  # noqa: PLC0415 - the evidence itself

    (one,) = found(os.fsencode(prefix), os.fspath(prefix), {}, "/nowhere", running=False)
    cold = sources.Seen(one)
    told = {name: cold.conclusion(name) for name in cold}
    cold.remember()
    reads: list[object] = []
    real = sources._read  # noqa: SLF001 - it is counted

    def counted(each: Environment) -> object:
        reads.append(each)
        return real(each)

    monkeypatch.setattr(sources, "_read", counted)
    warm = sources.Seen(one)
    assert {name: warm.conclusion(name).replace(spellings={}) for name in warm} == {
        name: each.replace(spellings={}) for name, each in told.items()
    }
    assert warm.nodes() == cold.nodes()
    assert (warm.broken, warm.differ, reads) == (cold.broken, cold.differ, [])
    assert warm.differ == (0, 0)
    assert warm.texts("deep-thing") == cold.texts("deep-thing")
    assert len(reads) == 1


def _version(root: Path) -> None:
    shutil.rmtree(root / ".venv")
    made = [
        wheel(root.parent, "copy-thing", "1.5", "License-Expression: MIT\n"),
        wheel(root.parent, "plain-thing", "1.1", "License: MIT\n"),
    ]
    environment(root / ".venv", made)


def _rewritten(root: Path) -> None:
    (info,) = root.glob(".venv/lib/python*/site-packages/plain_thing-*.dist-info/METADATA")
    info.write_text("Metadata-Version: 2.4\nName: plain-thing\nVersion: 1.1\nLicense-Expression: AGPL-3.0-only\n\n")


def _relicensed(root: Path) -> None:
    (text,) = root.glob(".venv/lib/python*/site-packages/plain_thing-*.dist-info/licenses/LICENSE")
    text.write_text(GPL)


def _backdated(root: Path) -> None:
    (info,) = root.glob(".venv/lib/python*/site-packages/plain_thing-*.dist-info/METADATA")
    state, text = info.stat(), info.read_text()
    changed = text.replace("MIT OR Apache-2.0\n", "GPL-3.0-only\n").replace("Text.\n", "Text.     \n")
    assert len(changed) == len(text)
    info.write_text(changed)
    os.utime(info, ns=(state.st_atime_ns, state.st_mtime_ns))


def _vendored(root: Path) -> None:
    (text,) = root.glob(".venv/lib/python*/site-packages/plain_thing/_vendor/inner/LICENSE")
    text.write_text(GPL)


def _listed(root: Path) -> None:
    (bill,) = root.glob(".venv/lib/python*/site-packages/deep_thing-*.dist-info/sboms/inner.cdx.json")
    bill.write_text(bill.read_text().replace('"MIT"', '"GPL-3.0-or-later"'))


def _licensed(root: Path) -> None:
    text = (root / "pyproject.toml").read_text()
    (root / "pyproject.toml").write_text(text.replace('license = "MIT"', 'license = "GPL-3.0-or-later"'))


def _policy(root: Path) -> None:
    (root / ".genomic-guard.yaml").write_text(
        "version: 1\nlicences:\n  allow-classes: [permissive, weak-copyleft, strong-copyleft]\n"
    )


def _required(root: Path) -> None:
    (root / "requirements-more.txt").write_text("tool-thing\n")


def _locked(root: Path) -> None:
    (root / ".genomic-guard").mkdir()
    row = '{"name": "plain-thing", "version": "1.1", "expression": "GPL-3.0-only", "told": "expression"}'
    (root / ".genomic-guard" / "licences.lock.yaml").write_text(f'version: 1\ndate: "2026-01-01"\npackages:\n- {row}\n')


def _removed(root: Path) -> None:
    shutil.rmtree(root / ".venv")


CHANGES = [
    *(_version, _rewritten, _relicensed, _backdated, _vendored, _listed),
    *(_licensed, _policy, _required, _locked, _removed),
]


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_seen(tmp_path: Path, prefix: Path, change: Callable[[Path], None]) -> None:
    """With what was remembered before a change, a run says what one says that remembers nothing, and not what was before."""
    root = project(tmp_path / "study", prefix)
    (site,) = root.glob(".venv/lib/python*/site-packages")
    (site / "plain_thing" / "_vendor" / "inner").mkdir(parents=True)
    (site / "plain_thing" / "_vendor" / "inner" / "LICENSE").write_text(MIT)
    (record,) = site.glob("plain_thing-*.dist-info/RECORD")
    record.write_text(record.read_text() + "plain_thing/_vendor/inner/LICENSE,,\n")
    before = judged(root)
    assert judged(root) == before
    change(root)
    after = judged(root)
    assert after != before
    shutil.rmtree(tmp_path / "home")
    assert judged(root) == after


def test_damage_is_nothing_remembered(tmp_path: Path, prefix: Path) -> None:
    """Whatever stands in the files of the cache, the run says the same."""
    root = project(tmp_path / "study", prefix)
    told = judged(root)
    files = list((tmp_path / "home" / ".cache" / "genomic-guard").glob("licences-*"))
    assert len(files) == 3  # what was said, of what, and which files told
    for data in (
        b"",
        b"{",
        b"[]",
        b'{"": "Inventory"}',
        b"[1, 2]",
        b'[{"": "Package"}, []]',
        b'{"held": [[1]], "broken": 0}',
        b"\xff",
    ):
        for file in files:
            file.write_bytes(data)
        assert judged(root) == told
    assert remembered.load("nobody's") is None


def test_a_list_that_is_included_is_read_again(tmp_path: Path, prefix: Path) -> None:
    """Its name says nothing of it: what is remembered is compared with what it holds, and with what was not there."""
    root = project(tmp_path / "study", prefix)
    (root / "requirements.txt").write_text("-r more\n")
    judged(root)
    for text in ("plain-thing\n", "tool-thing\n"):
        (root / "more").write_text(text)
        told = judged(root)
        shutil.rmtree(tmp_path / "home")
        assert judged(root) == told
