"""What PLINK 1.9 and 2 write beside a fileset: files about people are found, files about variants are not."""

from __future__ import annotations

import gzip
import random
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from pytest_genomic_guard.testing import samples, scan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_PEOPLE, _VARIANTS = 60, 400
_CODES = frozenset({"GEN303", "GEN313"})
_FIRST = (
    "--missing",
    "--het",
    "--ibc",
    "--check-sex",
    "--genome",
    "--homozyg --homozyg-snp 10 --homozyg-kb 10 --homozyg-window-snp 10 --homozyg-window-het 3",
    "--pca 4 header",
    "--mendel",
    "--freq",
    "--freqx",
    "--assoc",
    "--model",
    "--r2 --ld-window-r2 0",
    "--indep-pairwise 50 5 0.2",
    "--make-grm-gz",
    "--rel-cutoff 0.025",
    "--cluster --mds-plot 3 --K 3",
    "--neighbour 1 2",
    "--test-missing",
    "--make-just-bim",
    "--make-just-fam",
    "--score {weights}",
)
_SECOND = (
    "--missing",
    "--het",
    "--make-king-table",
    "--sample-counts",
    "--geno-counts",
    "--freq",
    "--hardy",
    "--pca 4",
    "--score {weights}",
    "--king-cutoff 0.05",
    "--make-just-psam",
    "--make-just-pvar",
    "--write-samples",
    "--make-rel",
)
_OF_VARIANTS = re.compile(
    r"\.(?:log|frq|frqx|lmiss|hwe|assoc|model|ld|prune\.(?:in|out)|missing|bim|eigenval|hom\.summary|lmendel|pvar|acount|afreq"
    r"|gcount|hardy(?:\.x)?|vmiss)"
)
_NO_PEOPLE = re.compile(r"\.(?:bed|rel|bin)")
_CHANGES: Mapping[str, Callable[[bytes], bytes]] = {
    "as it is": bytes,
    "gzip": gzip.compress,
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "UTF-16": lambda data: data.decode().encode("utf-16"),
    "commas": lambda data: b"\n".join(b",".join(line.split()) for line in data.split(b"\n")),
}


def _write(folder: Path, ids: list[tuple[str, str]]) -> None:
    """Write a transposed fileset of invented people, some of them heterozygous on their only X, some without a sex."""
    pick = random.SystemRandom()
    with (folder / "in.tfam").open("w") as table:
        for at, (family, person) in enumerate(ids):
            table.write(f"{family} {person} 0 0 {at % 3} {1 + at % 2}\n")
    with (folder / "in.tped").open("w") as calls, (folder / "weights").open("w") as weights:
        for at in range(_VARIANTS):
            bases = pick.sample("ACGT", 2)
            common = pick.uniform(0.2, 0.8)
            row = [bases[pick.random() < common] for _each in range(2 * len(ids))]
            missing = pick.randrange(len(ids))
            row[2 * missing : 2 * missing + 2] = ["0", "0"]
            calls.write(f"{1 + at // 150 if at < 350 else 23} rs{1000 + 7 * at} 0 {10_000 + 1777 * at} {' '.join(row)}\n")
            weights.write(f"rs{1000 + 7 * at} {bases[0]} {pick.gauss(0, 0.1):.4f}\n")


def _run(folder: Path, *words: str) -> None:
    subprocess.run([*words, "--silent"], cwd=folder, check=False, capture_output=True, timeout=120)


@pytest.fixture(scope="module", params=["words", "biobank", "families", "none"])
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return every file that PLINK writes of a fileset, by its name."""
    for tool in ("plink1.9", "plink2"):
        if not shutil.which(tool):
            pytest.skip(f"{tool} is not installed")
    folder = tmp_path_factory.mktemp(request.param)
    rows = (
        samples.persons(kind="nosex", people=_PEOPLE, ids="biobank" if request.param == "biobank" else "words").decode().split("\n")
    )
    names = [row.split()[1] for row in rows if row]
    families = {"families": [f"FAM{at // 2:03}" for at in range(_PEOPLE)], "none": ["0"] * _PEOPLE}.get(request.param, names)
    _write(folder, list(zip(families, names, strict=True)))
    _run(folder, "plink1.9", "--tfile", "in", "--allow-no-sex", "--make-bed", "--out", "set")
    for number, words in enumerate(_FIRST):
        given = words.format(weights="weights").split()
        _run(folder, "plink1.9", "--bfile", "set", "--allow-no-sex", *given, "--out", f"one{number}")
    for number, words in enumerate(_SECOND):
        given = words.format(weights="weights").split()
        _run(folder, "plink2", "--bfile", "set", *given, "--out", f"two{number}")
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name.startswith(("one", "two"))}


@pytest.mark.parametrize("change", _CHANGES)
def test_people_are_found_and_variants_are_not(written: dict[str, bytes], change: str) -> None:
    """Under its name, and wrapped and renamed to x, each file about people fails; none about variants has a finding of ours."""
    missed, wrong, about = [], [], 0
    for name, data in written.items():
        suffix = name[name.index(".") :]
        if _NO_PEOPLE.fullmatch(suffix) or suffix.endswith(".gz") or len(data.split(b"\n")) < 3:
            continue
        for path in (name, "x") if change == "as it is" else ("x",):
            if path == "x" and suffix == ".nosex" and b"FAM" in data:
                continue  # two words in a row, which have no meaning without the name
            told = scan({path.encode(): _CHANGES[change](data)}).findings
            if _OF_VARIANTS.fullmatch(suffix):
                wrong += [(path, suffix)] if any(finding.code in _CODES for finding in told) else []
            else:
                about += 1
                failed = any(finding.code.startswith("GEN") and finding.outcome == "fail" for finding in told)
                missed += [] if failed else [(path, suffix)]
    assert not wrong
    assert about > 40
    assert not missed
