"""What is scanned to see how cost grows: a file of a size, findings in a number, a history of a length."""

from __future__ import annotations

import json
import random
import string
import subprocess
from typing import TYPE_CHECKING

import _plausible
from _timing import QUIET, git

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_BLOCK = 1 << 20
_SPLIT = 40  # blocks of a file are made, and then repeated: a gigabyte that is all new would take a minute


def _chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same in every run


def _write(path: Path, size: int, part: Callable[[int, int], str], head: str = "", tail: str = "") -> None:
    """Write a file of about `size` bytes, of parts that are made of a number and a size."""
    parts = [part(number, min(size, _BLOCK)) for number in range(min(_SPLIT, 1 + size // _BLOCK))]
    with path.open("w", encoding="utf-8") as file:
        written, number = file.write(head), 0
        while written < size:
            written += file.write(parts[number % len(parts)][: size - written] if not tail else parts[number % len(parts)])
            number += 1
        file.write(tail)


def prose(root: Path, size: int) -> None:
    """Write prose in lines."""
    _write(root / "notes.txt", size, lambda number, some: _plausible.text("txt", some, _chance(number)))


def line(root: Path, size: int) -> None:
    """Write prose without an end of line."""
    _write(root / "line.txt", size, lambda number, some: _plausible.text("txt", some, _chance(number)).replace("\n", " "))


def python(root: Path, size: int) -> None:
    """Write functions, one module."""
    _write(root / "module.py", size, lambda number, some: _plausible.text("py", some, _chance(number)), tail="\n")


def table(root: Path, size: int) -> None:
    """Write counts of groups."""
    _write(root / "counts.csv", size, _rows, head="group,n,mean_curve,mean_depth,mean_ratio,mean_span\n", tail="\n")


def _rows(number: int, size: int) -> str:
    chance = _chance(number)
    lines: list[str] = []
    length = 0
    while length < size:
        figures = ",".join(f"{chance.random():.3f}" for _ in range(4))
        lines.append(f"group {number} {len(lines)},{chance.randint(50, 5000)},{figures}\n")
        length += len(lines[-1])
    return "".join(lines)


def values(root: Path, size: int) -> None:
    """Write JSON: a list of settings."""

    def rows(number: int, some: int) -> str:
        return _plausible.text("json", some, _chance(number)).strip() + ",\n"

    _write(root / "values.json", size, rows, head="[\n", tail="{}]\n")


def notebook(root: Path, size: int) -> None:
    """Write a notebook of cells of code with outputs."""
    chance = _chance(size)
    cells = []
    length = 0
    while length < size:
        source, output = _plausible.python(chance), _plausible.prose(chance)
        streamed = {"output_type": "stream", "name": "stdout", "text": output.splitlines(keepends=True)}
        code = {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": source.splitlines(keepends=True)}
        cells.append({**code, "outputs": [streamed]})
        length += len(source) + len(output) + 200
    whole = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (root / "notebook.ipynb").write_text(json.dumps(whole, indent=1), encoding="utf-8")


SIZES = {"prose": prose, "one line": line, "Python": python, "CSV": table, "JSON": values, "notebook": notebook}


def _tokens(chance: random.Random, count: int) -> str:
    """Return lines with a token each, drawn by chance for the run alone, in the form that a hub of models gives out."""
    letters = string.ascii_letters
    return "".join(f'value_{number} = "hf_{"".join(chance.choices(letters, k=34))}"\n' for number in range(count))


def in_one(root: Path, count: int) -> None:
    """Write one file with so many findings."""
    (root / "keys.py").write_text(_tokens(_chance(count), count), encoding="utf-8")


def in_many(root: Path, count: int) -> None:
    """Write files with ten findings each, among plausible ones without."""
    chance = _chance(count)
    for number in range(max(1, count // 10)):
        path = root / _plausible.place(number, "py", chance)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_plausible.text("py", 1000, chance) + _tokens(chance, min(10, count)), encoding="utf-8")


def history(root: Path, count: int) -> None:
    """Make a repository of so many commits, each of which changes one of a hundred files."""
    git(root, "init", "-q")
    chance = _chance(count)
    with subprocess.Popen(["git", "fast-import", "--quiet"], cwd=root, env=QUIET, stdin=subprocess.PIPE) as importing:
        if importing.stdin is None:
            raise SystemExit("git fast-import has no input")
        for number in range(count):
            message = f"Change {number}: {_plausible.prose(chance).splitlines()[0]}".encode()
            text = _plausible.text("py", min(20_000, int(chance.lognormvariate(6.85, 1.2))), chance).encode()
            who = b"committer a <a@example.org> %d +0000\n" % (1_700_000_000 + 60 * number)
            head = b"commit refs/heads/main\n" + who + b"data %d\n%s\n" % (len(message), message)
            importing.stdin.write(head + b"M 100644 inline module_%d.py\ndata %d\n%s\n" % (number % 100, len(text), text))
    if importing.returncode:
        raise SystemExit("git fast-import failed")
