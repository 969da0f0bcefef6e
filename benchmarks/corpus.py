"""How much of what is about people is found, and how much of what is not is left alone: several hundred files, one scan.

    python benchmarks/corpus.py [--seed N] [--keep FOLDER] [--show]

Independent programs write the files (see `_cohort.py`); a third of them are traps. Each is also wrapped at random: renamed, packed,
with other line ends, in base64 or in an archive. Choose another seed to check than the one that was looked at.
"""

from __future__ import annotations

import argparse
import base64
import bz2
import gzip
import io
import json
import math
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from typing import TYPE_CHECKING

import _corpus_elsewhere as elsewhere
import _corpus_harmless as harmless
import _corpus_known as known
import _corpus_labs as labs
import _corpus_people as people
import _corpus_tables as tables
from _cohort import Cohort

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    Files = dict[str, bytes]

_SOURCES = {
    "individual": (
        *(people.plink, people.calls, people.frames, people.arrays, people.consumer, people.reads),
        *(tables.layouts, tables.persons, tables.lists, labs.omics, labs.stores, labs.others),
    ),
    "harmless": (
        *(harmless.plink, harmless.sites, harmless.statistics, harmless.references),
        *(elsewhere.lists, elsewhere.documents, elsewhere.tables, elsewhere.matrices),
    ),
    "known": (known.public, known.simulated, known.other_species),
}


def _zipped(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner", data)
    return out.getvalue()


def _tarred(data: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        member = tarfile.TarInfo("inner")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


_ANY: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "zip": _zipped,
    "tgz": _tarred,
    "b64": lambda data: base64.b64encode(data) if len(data) < 1 << 20 else data,
}
_TEXT: dict[str, Callable[[bytes], bytes]] = {
    "crlf": lambda data: data.replace(b"\n", b"\r\n"),
    "bom": lambda data: b"\xef\xbb\xbf" + data,
    "utf16": lambda data: data.decode().encode("utf-16"),
    "blank": lambda data: b"\n\n" + data,
}


def cases(seed: int) -> Iterator[tuple[str, str, Files]]:
    """Yield label, name and files of every case, plain and once wrapped."""
    for number, (count, length) in enumerate(((60, 2_000_000), (110, 1_500_000))):
        cohort = Cohort(seed * 10 + number + 1, count, length)
        for label, makers in _SOURCES.items():
            for make in makers:
                for name, files in make(cohort):
                    if number == 0:
                        yield label, name, files
                    elif len(files) == 1:
                        yield label, *_wrapped(name, files, cohort.random)


def _wrapped(name: str, files: Files, random: Random) -> tuple[str, Files]:
    ((path, data),) = files.items()
    text = b"\0" not in data[:4096] and data[:1] != b"\x1f" and not path.endswith(".ipynb")
    word = random.choice([*_ANY, *(_TEXT if text else ()), "renamed"])
    wrap = {**_ANY, **_TEXT}.get(word, bytes)
    try:
        return f"{name} [{word}]", {f"file{random.randrange(10**6)}": wrap(data)}
    except UnicodeDecodeError:
        return f"{name} [renamed]", {"file": data}


def scanned(folder: str) -> dict[str, list[tuple[str, str, str]]]:
    """Return code, outcome and message of every finding and gap, by the case's folder; one scan, as a user starts it."""
    command = [sys.executable, "-I", "-m", "pytest_genomic_guard", "scan", folder, "--format", "json"]
    report = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    paths = sorted(
        os.path.relpath(os.path.join(where, name), folder).encode() for where, _folders, names in os.walk(folder) for name in names
    )
    found: dict[str, list[tuple[str, str, str]]] = {}
    for each in report["findings"]:
        case = paths[each["entry"]].split(b"/")[0].decode()
        found.setdefault(case, []).append((each["code"], each["outcome"], each["message"]))
    for gap in report["gaps"]:
        found.setdefault(gap["path"].split("/")[0], []).append(("RUN101", "gap", gap["reason"]))
    return found


def right(label: str, found: list[tuple[str, str, str]]) -> bool:
    """Tell whether a case was judged as it should be."""
    outcomes = {outcome for code, outcome, _message in found if code.startswith("GEN") or outcome == "gap"}
    if label == "individual":
        return "fail" in outcomes
    failed = outcomes & {"fail", "gap"}
    return not failed and (label == "harmless" or "note" in outcomes)


def wilson(hits: int, count: int) -> tuple[float, float]:
    """Return the 95 % interval of a proportion (Wilson 1927)."""
    z, share = 1.96, hits / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return middle - half, middle + half


def main() -> int:
    """Build, scan, count; the exit status is 1 where a case was misjudged."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", help="a folder to keep the files in")
    parser.add_argument("--show", action="store_true", help="show what was found in each misjudged case")
    options = parser.parse_args()
    folder = options.keep or tempfile.mkdtemp(prefix="corpus")
    labels: dict[str, tuple[str, str]] = {}
    for number, (label, name, files) in enumerate(cases(options.seed)):
        case = f"{number:04}"
        labels[case] = (label, name)
        for path, data in files.items():
            where = os.path.join(folder, case, path)
            os.makedirs(os.path.dirname(where), exist_ok=True)
            with open(where, "wb") as file:
                file.write(data)
    found = scanned(folder)
    wrong = [case for case, (label, _name) in labels.items() if not right(label, found.get(case, []))]
    for case in wrong:
        label, name = labels[case]
        print(f"{case} {label}: {name}")
        if options.show:
            print(*(f"     {' '.join(each)}" for each in found.get(case, [("nothing", "", "")])), sep="\n")
    for label in _SOURCES:
        count = sum(1 for each, _name in labels.values() if each == label)
        hits = count - sum(1 for case in wrong if labels[case][0] == label)
        low, high = wilson(hits, count)
        print(f"{label}: {hits} of {count} as they should be, {hits / count:.1%} (95 % interval {low:.1%} to {high:.1%})")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
