"""Write `policy/packs/_ids.py` and `_ids_sgdp.py`: the names that public resources give their samples, as short texts of numbers.

Give the lists as they are published; nothing but names is taken from them:

- `--igsr` the sample list of the International Genome Sample Resource (https://www.internationalgenome.org/data-portal/sample,
  "Download the list": `igsr_samples.tsv`), for the 1000 Genomes Project and the Human Genome Diversity Project
- `--hgdp` a further list of names of the Human Genome Diversity Project, such as the `.fam` file of its arrays (optional)
- `--hapmap` any text that names the samples of the HapMap Project, such as `relationships_w_pops_041510.txt` of phase 3
- `--sgdp` the samples of the Simons Genome Diversity Project (`10_24_2014_SGDP_metainformation_update.txt`), with the columns
  `Illumina_ID`, `SGDP_ID` and `Embargo`; those under a signed letter are left out

A text is a list of runs: `5-7 12` are the numbers 5, 6, 7 and 12, written with as many digits as the names have.
"""

from __future__ import annotations

import argparse
import csv
import re
import textwrap
from pathlib import Path

_PLACE = Path(__file__).resolve().parent.parent / "pytest_genomic_guard" / "policy" / "packs"
_CORIELL = re.compile(r"\b(?:NA|HG)\d{5}\b")
_HGDP = re.compile(r"\bHGDP\d{5}\b")
_PARTS = re.compile(r"(.*?)(\d+)")


def main() -> None:
    """Read the lists, print how many names each resource has, and write the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("igsr", "hapmap", "sgdp"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--hgdp", type=Path)
    given = parser.parse_args()
    resources = {
        "THOUSAND_GENOMES": _igsr(given.igsr, "1000 Genomes"),
        "HAPMAP": set(_CORIELL.findall(given.hapmap.read_text("utf-8"))),
        "HGDP": {name for name in _igsr(given.igsr, "") if _HGDP.fullmatch(name)}
        | (set(_HGDP.findall(given.hgdp.read_text("utf-8"))) if given.hgdp else set()),
    }
    sgdp = _sgdp(given.sgdp)
    for name, ids in [*resources.items(), ("SGDP", sgdp)]:
        print(f"{name}: {len(ids)}")
    (_PLACE / "_ids.py").write_text("".join(_module(resources)), "utf-8")
    (_PLACE / "_ids_sgdp.py").write_text("".join(_module({"SGDP": sgdp})), "utf-8")


def _igsr(file: Path, collection: str) -> set[str]:
    """Return the names of the samples that are in a collection whose name holds a text."""
    with file.open(encoding="utf-8", newline="") as opened:
        rows = csv.DictReader(opened, delimiter="\t")
        return {row["Sample name"] for row in rows if collection in (row["Data collections"] or "")}


def _sgdp(file: Path) -> set[str]:
    """Return the names of the sequencer and of the project. Those of the contributors, such as `R3`, name nobody in particular."""
    with file.open(encoding="latin-1", newline="") as opened:
        rows = list(csv.DictReader(opened, delimiter="\t"))
    return {row[whose].strip() for row in rows if row["Embargo"] == "FullyPublic" for whose in ("Illumina_ID", "SGDP_ID")}


def _module(resources: dict[str, set[str]]) -> list[str]:
    lines = [
        '"""Names of public samples: beginning, digits, numbers that follow. Written by tools/public_samples.py."""\n',
        "\nfrom __future__ import annotations\n",
        "\nRuns = tuple[tuple[str, int, str], ...]\n",
    ]
    for name, ids in resources.items():
        lines.append(f"\n# {len(ids)} names\n{name}: Runs = (\n")
        lines += [_entry(*key, numbers) for key, numbers in sorted(_grouped(ids).items())]
        lines.append(")\n")
    return lines


def _grouped(ids: set[str]) -> dict[tuple[str, int], list[int]]:
    groups: dict[tuple[str, int], list[int]] = {}
    for each in ids:
        found = _PARTS.fullmatch(each)
        if not found:
            raise SystemExit("a name does not end in digits")
        groups.setdefault((found[1], len(found[2])), []).append(int(found[2]))
    return groups


def _entry(prefix: str, digits: int, numbers: list[int]) -> str:
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    text = " ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
    if len(text) < 100 - len(prefix):
        return f'    ("{prefix}", {digits}, "{text}"),\n'
    wrapped = textwrap.wrap(text, 114)
    body = "".join(f'            "{line}{"" if line is wrapped[-1] else " "}"\n' for line in wrapped)
    return f'    (\n        "{prefix}",\n        {digits},\n        (\n{body}        ),\n    ),\n'


if __name__ == "__main__":
    main()
