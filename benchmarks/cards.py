"""Time what cards, models and the use of data cost a scan: for each card, where there is none, for a card of 100 MB, and in a hook.

    python benchmarks/cards.py [FOLDER] [ROUNDS]

FOLDER holds real cards; without one (or with `-`) cards are generated. Each scan runs with all families and with all but these two
in turn, so that a busy machine disturbs both alike, and the difference is what the two families take; reading is opening and
reading each file once, as no scanner can avoid. The figures are those of the least times, medians beside them.
The bars: 3 ms a card; a tenth more where there is no card, also in a hook; for 100 MB no more than ten times the reading.
"""

from __future__ import annotations

import os
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from _timing import Timed, git, rounds

BAR_CARD_MS, BAR_SHARE, BAR_LARGE = 3, 1.1, 10
CARDS, FILES, STAGED, LARGE = 300, 600, 20, 100_000_000
OWN = [sys.executable, "-I", "-m", "pytest_genomic_guard"]
ONE = ["--jobs", "1"]
WITHOUT = ["--ignore", "CARD,GOV"]
_READ = """
import os
for at, _folders, names in os.walk("."):
    for name in () if ".git" in at else names:
        file = os.open(os.path.join(at, name), os.O_RDONLY)
        while os.read(file, 1 << 20):
            pass
        os.close(file)
"""
_SECTIONS = (
    (
        "Intended use",
        "The model ranks variants for researchers who annotate exomes of adults in study {n}. It runs on one processor.",
    ),
    ("Out-of-scope use", "It must not be used for diagnosis or treatment, nor for children under {n} years."),
    ("Training data", "Trained on {n},000 exomes of gnomAD v4.1 with labels of ClinVar; see [the paper](https://example.org/{n})."),
    (
        "Evaluation",
        "| Set | n | AUROC |\n|---|---|---|\n| held out | {n} | 0.91 |\n| African | {n} | 0.88 |\n| European | {n} | 0.92 |",
    ),
    (
        "Limitations",
        "It fails on structural variants. Of {n} genes outside of the panel nothing is known. Scores are no probabilities.",
    ),
    (
        "How to use",
        "```python\nfrom study import load\nmodel = load('model-{n}')\nmodel.predict(rows)\n```\n\n- Version: {n}",
    ),
)


def cards(root: Path) -> int:
    """Write cards, no two of them alike, and return how many."""
    for number in range(CARDS):
        parts = [f"## {head}\n\n" + "\n\n".join([text.format(n=number + more) for more in range(4)]) for head, text in _SECTIONS]
        front = f"---\nlicense: mit\nlibrary_name: pytorch\ndatasets: [study/set{number}]\ntags: [variants, exomes]\n---\n"
        folder = root / f"model{number}"
        folder.mkdir()
        (folder / "README.md").write_text(f"{front}\n# Scores of study {number}\n\n" + "\n\n".join(parts) + "\n", encoding="utf-8")
    return CARDS


def ordinary(root: Path, count: int) -> list[str]:
    """Write code, prose and settings without a model, stage them, and return their names."""
    git(root, "init", "--quiet")
    texts = {
        "py": "def area{n}(width, height):\n    return {n} * width * height  # a line of code\n\n\n",
        "md": "## Part {n}\n\nA paragraph of the guide, with `code` and a [link](part{n}.md).\n\n",
        "json": '{{"port": {n}, "hosts": ["one", "two"]}}\n',
        "yaml": "job{n}:\n  script: make part{n}\n",
    }
    names = []
    for number in range(count):
        suffix, text = list(texts.items())[number % len(texts)]
        folder = root / f"part{number // 20}"
        folder.mkdir(exist_ok=True)
        name = f"part{number // 20}/{'README' if number % 20 == 1 else f'text{number}'}.{suffix}"
        (root / name).write_text("".join(text.format(n=number + line) for line in range(60)), encoding="utf-8")
        names.append(name)
    git(root, "add", "--all")
    return names


def pair(root: Path, count: int, name: str) -> dict[str, Timed]:
    """Time scans of a folder, with all families and without the two, and reading it."""
    commands = {
        "bare Python": [sys.executable, "-I", "-c", "pass"],
        "read": [sys.executable, "-I", "-c", _READ],
        "all": [*OWN, "scan", ".", *ONE],
        "without": [*OWN, "scan", ".", *ONE, *WITHOUT],
    }
    times = rounds(commands, root, count)
    print(name)
    for each, timed in times.items():
        print(f"  {each:12} least {timed.least:8.1f} ms   median {timed.median:8.1f} ms")
    return times


def each_card(root: Path, given: str, count: int) -> bool:
    """Time cards; tell whether the bar is held."""
    if given == "-":
        there, found = root, cards(root)
    else:
        there = Path(given).resolve()
        found = sum(1 for _at, _folders, names in os.walk(there) for _name in names)
    size = sum(each.stat().st_size for each in there.rglob("*") if each.is_file())
    times = pair(there, count, f"{found} {'generated' if given == '-' else 'given'} cards, {size / 1e6:.1f} MB")
    least, median = ((times["all"].least - times["without"].least) / found, (times["all"].median - times["without"].median) / found)
    print(f"  a card       {least:8.2f} ms   by the medians {median:.2f} ms   (bar {BAR_CARD_MS})")
    return least <= BAR_CARD_MS


def none(root: Path, count: int) -> bool:
    """Time a repository without models; tell whether the bar is held."""
    ordinary(root, FILES)
    times = pair(root, count, f"{FILES} files without a model")
    share = times["all"].least / times["without"].least
    print(
        f"  ratio        {share:8.3f}      by the medians {times['all'].median / times['without'].median:.3f}   (bar {BAR_SHARE})"
    )
    return share <= BAR_SHARE


def large(root: Path, count: int) -> bool:
    """Time a card of 100 MB; tell whether the bar is held."""
    line = b"The model was trained on exomes of a study, and reaches an AUROC of 0.9 on the held-out set.\n"
    (root / "MODEL_CARD.md").write_bytes(b"# Model card\n\n## Intended use\n\n" + line * (LARGE // len(line)))
    times = pair(root, count, f"one card of {LARGE / 1e6:.0f} MB")
    over = {each: times[each].least - times["bare Python"].least for each in ("read", "all", "without")}
    print(f"  over reading {over['all'] / over['read']:8.1f}      of it by other families {over['without'] / over['read']:.1f}")
    print(f"  these two    {(over['all'] - over['without']) / over['read']:8.2f}      of reading   (bar {BAR_LARGE})")
    return over["all"] - over["without"] <= BAR_LARGE * over["read"]


def hook(root: Path, count: int) -> bool:
    """Time a cold hook on twenty files without a model; tell whether the bar is held."""
    names = ordinary(root, STAGED)
    own = [sys.executable, "-I", "-m", "pytest_genomic_guard.hooks.everything"]
    commands = {"bare Python": [sys.executable, "-I", "-c", "pass"], "all": [*own, *names], "without": [*own, *WITHOUT, *names]}
    times = rounds(commands, root, count * 3)
    print(f"hook on {STAGED} files")
    for each, timed in times.items():
        print(f"  {each:12} least {timed.least:8.1f} ms   median {timed.median:8.1f} ms")
    share = times["all"].least / times["without"].least
    print(
        f"  ratio        {share:8.3f}      by the medians {times['all'].median / times['without'].median:.3f}   (bar {BAR_SHARE})"
    )
    return share <= BAR_SHARE


def main() -> int:
    """Run, print, and return 1 when a bar is missed."""
    given = sys.argv[1] if len(sys.argv) > 1 else "-"
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    print(f"Python {sys.version.split()[0]}, pytest-genomic-guard {version('pytest-genomic-guard')}, {count} rounds, one process")
    held = []
    with tempfile.TemporaryDirectory() as folder:
        held.append(each_card(Path(folder), given, count))
    for bench in (none, large, hook):
        with tempfile.TemporaryDirectory() as folder:
            held.append(bench(Path(folder), count))
    return 0 if all(held) else 1


if __name__ == "__main__":
    raise SystemExit(main())
