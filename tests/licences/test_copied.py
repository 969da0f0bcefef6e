"""Blocks that were copied from packages under copyleft."""

from __future__ import annotations

import json
import random
import re
from array import array
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.evidence.installed import Installed
from pytest_genomic_guard.inventory import blocks, lines, prints, programs
from pytest_genomic_guard.inventory.blocks import Compared
from pytest_genomic_guard.inventory.prints import Prints
from pytest_genomic_guard.inventory.programs import Program
from pytest_genomic_guard.matching import cache
from pytest_genomic_guard.model import Artifact, Gap
from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.testing import scan, told

if TYPE_CHECKING:
    from pathlib import Path

_WORDS = [
    left + right
    for left in ("read", "site", "fold", "pair", "depth", "locus", "align", "count")
    for right in ("_of", "s", "_at", "er")
]


def _function(seed: int, size: int = 12) -> list[str]:
    """Return the lines of a function whose names are drawn."""
    rng = random.Random(seed)  # noqa: S311 - a sample

    def word() -> str:
        return rng.choice(_WORDS) + rng.choice(("", f"_{rng.randrange(99)}"))

    body = [f"def {word()}_{seed}({word()}, {word()}_of_all, {word()}=None):"]
    body += [f"    {word()} = {word()}({word()}, {word()}[{rng.randrange(99)}])" for _ in range(size)]
    return [*body, f"    return {word()} + {word()}"]


def _program(*seeds: int) -> str:
    return "\n\n\n".join("\n".join(_function(seed)) for seed in seeds) + "\n"


def _package(text: str) -> Prints:
    data = text.encode()
    made = array("Q", [*lines.prints(lines.statements(data)), 0])
    return Prints(
        name="alpha", version="1.0", expression="GPL-3.0-only", key="a", statements=made, rough=frozenset(lines.rough(data))
    )


def _found(text: str, package: str) -> list[blocks.Block]:
    return list(Compared([_package(package)]).blocks(Program(b"x.py", text.encode())))


def _changed(text: str, rng: random.Random) -> str:
    """Return a program with other blanks, comments and quotes, and lines wrapped in other places."""
    out = ["# ours", ""]
    for line in text.splitlines():
        if rng.random() < 0.3:
            out.append(rng.choice(("", "        # what it does", "   ")))
        new = re.sub(r", ", lambda _: rng.choice((", ", ",", ",  ", ",\n          ")), line) if "(" in line else line
        new = new.replace("(", "(\n        ", 1).replace("):", ",\n):") if rng.random() < 0.3 else new
        out.append(new + rng.choice(("", "  ", "  # noted")) if new.strip() and "\n" not in new else new)
    return "\n".join(out) + "\n"


@given(st.randoms(use_true_random=False), st.permutations(range(4)))
@settings(max_examples=60, deadline=None)
def test_blocks_are_found_in_other_forms(rng: random.Random, order: list[int]) -> None:
    """Other blanks, comments and line breaks, and another order of the functions, change nothing."""
    text = _changed(_program(*order), rng)
    found = _found(text, _program(0, 1, 2, 3))
    covered = {line for each in found for line in range(each.statements[0][0], each.statements[-1][1] + 1)}
    heads = [number for number, line in enumerate(text.splitlines(), 1) if line.startswith("def ")]
    assert covered.issuperset(heads)


@given(st.lists(st.integers(100, 10**6), min_size=1, max_size=6, unique=True))
@settings(max_examples=40, deadline=None)
def test_own_programs_are_quiet(seeds: list[int]) -> None:
    """Programs of the same shape and vocabulary that nobody copied are no copies."""
    assert not _found(_program(*seeds), _program(*range(40)))


def test_calls_are_quiet() -> None:
    """A program that uses a package is no copy of it."""
    text = "import alpha\n\n\ndef main():\n" + "".join(f"    print(alpha.{_function(seed)[0][4:-1]})\n" for seed in range(20))
    assert not _found(text, _program(*range(20)))


def test_other_names_are_quiet() -> None:
    """The same shape with other names is no copy."""
    package = _program(1)
    assert not _found(re.sub(r"\b(?!def|return|None)([a-z_]+\w*)", r"\1x", package), package)


@pytest.mark.parametrize("kept", [3, 5, 9, 11])
def test_parts_need_a_size(kept: int) -> None:
    """A few statements of a function are no block, more are."""
    part = "\n".join(_function(1)[1 : 1 + kept]) + "\n"
    assert bool(_found(part, _program(1))) == (kept > 5)


def test_changed_statements_are_bridged() -> None:
    """A block in which a statement was changed is one block."""
    body = _function(1, 16)
    (found,) = _found("\n".join([*body[:8], "    changed = True", *body[9:]]) + "\n", "\n".join(body) + "\n")
    assert (found.statements[0][0], found.statements[-1][1]) == (1, len(body))


def test_boilerplate_is_quiet() -> None:
    """What stands in every program makes no match alone."""
    text = "import os\nimport re\nfrom typing import Any\n\n\nclass A:\n    def __init__(self, one, two, three, four):\n"
    text += "".join(f"        self.{name} = {name}\n" for name in ("one", "two", "three", "four"))
    text += "\n    def run(self):\n        try:\n            return self\n        except ValueError:\n            pass\n"
    text += "        else:\n            return None\n"
    assert not _found(text, text)


@given(st.binary(max_size=400) | st.text(alphabet="ab('\"#\\\n:;,[]{} =", max_size=200).map(str.encode))
@settings(max_examples=300, deadline=None)
def test_statements_of_anything(data: bytes) -> None:
    """What is no Python is read all the same: lines in their order, none beyond the end."""
    found = lines.statements(data)
    assert all(1 <= first <= last <= data.count(b"\n") + 1 for first, last, _text in found)
    assert [each[0] for each in found] == sorted(each[0] for each in found)
    assert len(lines.prints(found)) == max(0, len(found) - lines.WIDTH + 1)


def test_work_is_linear(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice as much of the worst, one statement again and again, takes twice as many steps."""
    steps = [0]
    real = blocks._steps  # noqa: SLF001 - what is counted

    def counted(*args: object) -> object:
        steps[0] += 1
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(blocks, "_steps", counted)
    taken = []
    for size in (500, 1000, 2000):
        steps[0] = 0
        text = "one_name = two_names(three_names)\n" * size
        _found(text, text)
        taken.append(steps[0])
    assert taken[2] <= 2.2 * taken[1] <= 5 * taken[0]


def _installed(tmp_path: Path, data: bytes, name: str = "alpha/fold.py") -> Installed:
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return Installed(
        name="alpha",
        version="1.0",
        site=bytes(tmp_path),
        record=f"{name},,\n../../out.py,,\n".encode(),
        folder=bytes(tmp_path / "d"),
    )


def test_files_that_are_no_work_of_the_package(tmp_path: Path) -> None:
    """Generated files, files with a permissive notice and those of others give no fingerprints."""
    text = _program(1).encode()
    assert prints.made(_installed(tmp_path, text))[0]
    assert not prints.made(_installed(tmp_path, b"# Generated by a compiler. DO NOT EDIT\n" + text))[0]
    assert not prints.made(_installed(tmp_path, b"# SPDX-License-Identifier: MIT\n" + text))[0]
    assert not prints.made(_installed(tmp_path, text, "alpha/_vendor/fold.py"))[0]


def test_kept_fingerprints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept comes back, what is damaged is none, and `clean` removes it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    asked = [0]

    def sought() -> frozenset[int]:
        asked[0] += 1
        return frozenset({1, 3})

    for _ in range(2):
        assert prints.answered((), "it", sought, cached=True) == {1, 3}
    assert asked == [1]
    (kept,) = (tmp_path / "genomic-guard").glob("copied-*")
    kept.write_bytes(b"\xff" * 30)
    assert prints.answered((), "it", sought, cached=True) == {1, 3}
    assert asked == [2]
    assert cache.remove() == 1


def _entry(path: bytes, data: bytes) -> Artifact:
    return Memory({path: data}, []).entries()[0]


def test_cells() -> None:
    """Code of cells is read with its number, magics and prose are not, damaged notebooks have none."""
    cells = [
        {"cell_type": "markdown", "source": "text"},
        {"cell_type": "code", "source": ["%time\n", "a = 1\n"]},
        {"cell_type": "code", "source": "%%bash\nls"},
        {"cell_type": "code", "source": None},
        7,
    ]
    found = [each for each in programs.read(_entry(b"a.ipynb", json.dumps({"cells": cells}).encode())) if isinstance(each, Program)]
    assert (found[0].trail, found[0].data) == (("notebook", "cell 2", "source"), b"\na = 1\n")
    assert not any(each.data for each in found[1:])
    assert not list(programs.read(_entry(b"a.ipynb", b"[" * 10**5)))


def test_large_programs_are_told() -> None:
    """What is too large to be compared is a gap."""
    entry = _entry(b"a.py", b"x").replace(size=1 << 30)
    assert [type(each) for each in programs.read(entry)] == [Gap]


def test_nothing_of_the_text_is_told() -> None:
    """A finding has the place, a number of lines and the package; an edit of the program alone is judged as well."""
    site = b".venv/lib/python3.11/site-packages/"
    files = {
        b".venv/pyvenv.cfg": b"home = /usr/bin\nversion = 3.11.4\n",
        b".venv/bin/python": b"\x7fELF" + b"\0" * 60,
        site
        + b"alpha-1.0.dist-info/METADATA": b"Metadata-Version: 2.4\nName: alpha\nVersion: 1.0\nLicense-Expression: AGPL-3.0-only\n",
        site + b"alpha-1.0.dist-info/RECORD": b"alpha/fold.py,,\n",
        site + b"alpha/fold.py": _program(1, 2, 3).encode(),
        b"ours.py": _program(9, 2).encode(),
    }
    (found,) = told(scan(files), "LIC205")
    assert found.startswith("ours.py:17: a block of 14 lines")
    assert not any(word in found for word in _WORDS)
