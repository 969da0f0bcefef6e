"""``genomic-guard demo``: a small git repository with invented leaks and clean decoys, and all three doors over it.

Everything here is made at call time by generators of its own. They share nothing with the rules or with what tests use, so that the
demo cannot agree with a rule by construction.
"""

from __future__ import annotations

import json
import os
import random
import struct
import subprocess
import sys
import tempfile
import zlib
from contextlib import contextmanager

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.cli.session import OutputError, emit
from pytest_genomic_guard.report import CLEAN, FAILED
from pytest_genomic_guard.sources.git import GitError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Literal

_chance = random.SystemRandom()
_SITE = ("CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO")
_LETTERS = "BCDFGHJKLMNPRSTVWXZ"
_MODULE = "pytest_genomic_guard"
_OURS = ("GIT_", "PYTEST_", "PRE_COMMIT")  # settings of the caller that would change what git, pytest or the hook do


class Item(Record):
    """A file of the repository; a `part` belongs to a leak that another file stands for."""

    path: str
    what: str
    data: bytes
    kind: Literal["leak", "decoy", "part"]


class Door(Record):
    """A way in: its title, its command after ``python -I -m``, and what it means when it fails."""

    title: str
    command: tuple[str, ...]
    means: str
    staged: bool = False  # takes the staged names, as a hook does
    machine: bool = False  # prints the JSON report


class Said(Record):
    """What one door said: its exit status, its words, and the files that it complained about."""

    door: Door
    status: int
    text: str
    named: frozenset[str]


DOORS = (
    Door(title="pre-commit", command=(f"{_MODULE}.hooks.everything",), means="so git makes no commit", staged=True),
    Door(title="scan", command=(_MODULE, "scan", "--format", "json"), means="so a CI job fails", machine=True),
    Door(title="pytest", command=("pytest", "--genomic-guard", "-p", "no:cacheprovider", "--color=no"), means="so the tests fail"),
)


def demo(*, keep: bool) -> int:
    """Build the repository, run the doors, tell; 0 only when every door caught every leak, named no decoy and showed no name."""
    people = [_person() for _each in range(9)]
    items = contents(people)
    with _folder(keep=keep) as folder:
        names = _build(folder, items)
        leaks, decoys = (sum(item.kind == kind for item in items) for kind in ("leak", "decoy"))
        where = f"Kept in {folder}\n" if keep else ""
        emit(f"A git repository with {leaks} invented leaks and {decoys} clean decoys, everything staged.\n{where}\n")
        answers = [_enter(door, folder, names, items) for door in DOORS]
    faults = _faults(answers, items, people)
    emit("".join(f"{line}\n" for line in (*_table(answers, items), "", *_excerpt(answers[0]), "", *_result(answers, faults))))
    return FAILED if faults else CLEAN


def contents(people: Sequence[str]) -> list[Item]:
    """Return the files, leaks first."""
    calls = _calls(people, 40)
    matrix, fam, bim = _plink(people, 40)
    return [
        Item(path="calls/cohort.vcf.gz", what="VCF of a cohort, bgzip", data=_blocked(_lines(calls)), kind="leak"),
        Item(path="notebooks/explore.ipynb", what="table in a saved output", data=_notebook(calls[:8]), kind="leak"),
        Item(path="plink/study.bed", what="PLINK fileset", data=matrix, kind="leak"),
        Item(path="plink/study.fam", what="its people", data=fam, kind="part"),
        Item(path="plink/study.bim", what="its variants", data=bim, kind="part"),
        Item(path="notes/export.txt", what="VCF renamed, UTF-16", data=_lines(calls).decode().encode("utf-16"), kind="leak"),
        Item(path="reference/sites.vcf", what="VCF of sites, no people", data=_lines(_calls((), 40)), kind="decoy"),
        Item(path="reference/regions.bed", what="UCSC BED, text", data=_regions(), kind="decoy"),
        Item(path="src/read_calls.py", what="code that parses VCF", data=_CODE.encode(), kind="decoy"),
        Item(path="notebooks/clean.ipynb", what="notebook, output cleared", data=_notebook(()), kind="decoy"),
        Item(path="results/counts.csv", what="table of counts", data=_counts(), kind="decoy"),
        Item(path="README.md", what="prose about genotypes", data=_PROSE.encode(), kind="decoy"),
        Item(path="pytest.ini", what="settings", data=b"[pytest]\n", kind="part"),
    ]


_PROSE = """# A study that does not exist

Calls are read from the archive; a genotype such as 0/1 is heterozygous. The column line of a VCF begins with `#CHROM`.
"""
_CODE = '''"""Read calls from wherever the data-use terms keep them."""


def people(lines):
    """Return what stands after the fixed columns."""
    for line in lines:
        if line.startswith("#CHROM"):
            return line.rstrip().split("\\t")[9:]
    return []


def dosage(call):
    """Return the number of alternate alleles of a call such as 0|1."""
    return sum(allele not in "0." for allele in call.replace("|", "/").split("/"))
'''


def _person() -> str:
    return "".join(_chance.choices(_LETTERS, k=4)) + "".join(_chance.choices("23456789", k=4)) + _chance.choice(_LETTERS)


def _calls(people: Sequence[str], rows: int) -> list[list[str]]:
    """Return the column names, then one list for each site."""
    table = [["#" + _SITE[0], *_SITE[1:], *(("FORMAT", *people) if people else ())]]
    at = _chance.randrange(1, 10**6)
    for _each in range(rows):
        at += _chance.randrange(1, 10**4)
        site = ["11", str(at), ".", *_chance.sample("GATC", 2), "60", "PASS", f"DP={_chance.randrange(99)}"]
        calls = [_chance.choice("/|").join(_chance.choices("01", k=2)) for _person in people]
        table.append([*site, *(("GT", *calls) if people else ())])
    return table


def _lines(table: Sequence[Sequence[str]]) -> bytes:
    meta = {"fileformat": "VCFv4.2", "source": "demo", "contig": "<ID=11>"}
    lines = [*(f"##{key}={value}" for key, value in meta.items()), *("\t".join(row) for row in table)]
    return "".join(f"{line}\n" for line in lines).encode()


def _blocked(data: bytes) -> bytes:
    """Return `data` as bgzip writes it: gzip members that tell their own size, the last of them empty."""
    out = b""
    for part in (data[:900], data[900:], b""):
        raw = zlib.compressobj(wbits=-15)
        body = raw.compress(part) + raw.flush()
        out += struct.pack("<4BI2BH2B2H", 31, 139, 8, 4, 0, 0, 255, 6, 66, 67, 2, len(body) + 25) + body
        out += struct.pack("<II", zlib.crc32(part), len(part))
    return out


def _notebook(table: Sequence[Sequence[str]]) -> bytes:
    """Return a notebook that the notebook library writes; its one output is the table in HTML, or nothing."""
    from nbformat import v4  # noqa: PLC0415 - slow to import

    outputs = []
    if table:
        rows = ["".join(f"<td>{cell}</td>" for cell in row) for row in table]
        markup = "<table>" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</table>"
        outputs = [v4.new_output("display_data", data={"text/html": markup})]  # type: ignore[no-untyped-call]
    cells = [v4.new_code_cell("calls.head(7)", outputs=outputs)]  # type: ignore[no-untyped-call]
    text: str = v4.writes(v4.new_notebook(cells=cells))  # type: ignore[no-untyped-call]
    return text.encode()


def _plink(people: Sequence[str], variants: int) -> tuple[bytes, bytes, bytes]:
    """Return matrix, people and variants of a PLINK 1 fileset, one variant after the other."""
    matrix = bytes((0x6C, 0x1B, 1)) + b"".join(_packed(len(people)) for _each in range(variants))
    fam = "".join(f"F{number}\t{name}\t0\t0\t{_chance.choice('12')}\t-9\n" for number, name in enumerate(people))
    rows = [["11", f"v{at}", "0", str(1000 + 37 * at), *_chance.sample("GATC", 2)] for at in range(variants)]
    bim = "".join("\t".join(row) + "\n" for row in rows)
    return matrix, fam.encode(), bim.encode()


def _packed(people: int) -> bytes:
    """Return one variant: two bits a person, padded with zeros to whole bytes."""
    bits = sum(_chance.choice((0, 2, 3)) << 2 * at for at in range(people))
    return bits.to_bytes(-(-people // 4), "little")


def _regions() -> bytes:
    return "".join(f"chr11\t{start}\t{start + 250}\tpeak_{start}\t0\t+\n" for start in range(4000, 9000, 500)).encode()


def _counts() -> bytes:
    rows = [f"gene_{number},{_chance.randrange(40, 900)},{_chance.randrange(40, 900)}" for number in range(12)]
    return "\n".join(["gene,cases,controls", *rows, ""]).encode()


@contextmanager
def _folder(*, keep: bool) -> Iterator[str]:
    try:
        if keep:
            yield tempfile.mkdtemp(prefix="genomic-guard-demo-")
        else:
            with tempfile.TemporaryDirectory(prefix="genomic-guard-demo-", ignore_cleanup_errors=True) as made:
                yield made
    except OSError:
        raise OutputError("the temporary folder of the demo could not be written") from None


def _environment() -> dict[str, str]:
    """Return the environment for git and the doors: without the caller's git configuration, identity and test settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    kept |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for who in ("AUTHOR", "COMMITTER"):
        kept |= {f"GIT_{who}_NAME": "demo", f"GIT_{who}_EMAIL": "demo@example.invalid"}
    return kept


def _run(folder: str, command: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    void = subprocess.DEVNULL
    return subprocess.run(command, cwd=folder, env=_environment(), stdin=void, capture_output=True, check=False)  # noqa: S603 - no shell


def _git(folder: str, *arguments: str) -> str:
    try:
        done = _run(folder, ("git", *arguments))
    except FileNotFoundError:
        raise GitError("git is not installed") from None
    if done.returncode:
        raise GitError(f"git {arguments[0]} failed in the repository of the demo")
    return done.stdout.decode()


def _build(folder: str, items: Sequence[Item]) -> list[str]:
    """Write and stage the files in a repository that has a commit; return the staged names."""
    for item in items:
        file = os.path.join(folder, *item.path.split("/"))
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "wb") as out:
            out.write(item.data)
    _git(folder, "init", "--quiet", "--template=")
    _git(folder, "commit", "--quiet", "--allow-empty", "--message=Begin")
    _git(folder, "add", "--all", "--force")
    return _git(folder, "diff", "--cached", "--name-only", "-z").rstrip("\0").split("\0")


def _enter(door: Door, folder: str, names: Sequence[str], items: Sequence[Item]) -> Said:
    """Run one door as a child process and note which files it complains about."""
    done = _run(folder, (sys.executable, "-I", "-m", *door.command, *(names if door.staged else ())))
    text = (done.stdout + done.stderr).decode("utf-8", "replace")
    if door.machine and done.returncode == FAILED:
        report = json.loads(done.stdout)
        named = {told["path"] for told in (*report["findings"], *report["gaps"])}
    else:
        named = {item.path for item in items if item.path in text}
    return Said(door=door, status=done.returncode, text=text, named=frozenset(named))


def _faults(answers: Sequence[Said], items: Sequence[Item], people: Sequence[str]) -> list[str]:
    """Return what went wrong, one line each."""
    faults = []
    for answer in answers:
        title = answer.door.title
        faults += [f"{title} missed {item.path}" for item in items if item.kind == "leak" and item.path not in answer.named]
        faults += [f"{title} complained about {item.path}" for item in items if item.kind == "decoy" and item.path in answer.named]
        if answer.status != FAILED:
            faults.append(f"{title} ended with exit status {answer.status}, not {FAILED}")
        if any(name in answer.text for name in people):
            faults.append(f"{title} showed the name of a sample")
    return faults


def _table(answers: Sequence[Said], items: Sequence[Item]) -> Iterator[str]:
    titles = "".join(f"{answer.door.title:<12}" for answer in answers)
    words = {"leak": ("caught", "MISSED"), "decoy": ("FALSE ALARM", "quiet")}
    for kind, title in (("leak", "Leaks: every door must catch them"), ("decoy", "Decoys: every door must stay quiet")):
        yield f"{title:<53}{titles}".rstrip()
        for item in items:
            if item.kind == kind:
                cells = "".join(f"{words[kind][item.path not in answer.named]:<12}" for answer in answers)
                yield f"  {item.path:<24} {item.what:<25} {cells}".rstrip()


def _excerpt(answer: Said) -> Iterator[str]:
    """Yield the first group of findings, as the hook printed it."""
    yield f"What the {answer.door.title} hook said, its first part:"
    yield from (f"  | {line}" for line in answer.text.partition("\n\n")[0].splitlines())


def _result(answers: Sequence[Said], faults: Sequence[str]) -> Iterator[str]:
    for answer in answers:
        means = answer.door.means if answer.status == FAILED else "WHICH IS NO VERDICT ON THE LEAKS"
        yield f"{answer.door.title:<12}exit status {answer.status}, {means}"
    yield ""
    if not faults:
        yield "Every leak was caught and every decoy stayed quiet at every door, and none of them printed a sample name."
    yield from (f"FAILED: {fault}" for fault in faults)
