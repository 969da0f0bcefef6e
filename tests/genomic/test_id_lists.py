"""Lists of participant ids: found in every wrapper and with every separator; positions, counts and ids of other things are not."""

from __future__ import annotations

import io
import itertools
import json
import random
import shutil
import subprocess
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.testing import DIRECTIVES, samples, scan
from pytest_genomic_guard.views.genomic import idlists, lists, literals, named
from pytest_genomic_guard.views.genomic.head import Head
from pytest_genomic_guard.views.genomic.head import given as at_hand
from pytest_genomic_guard.views.text import Segment, Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CODES = ("GEN501", "GEN502", "GEN503", "GEN303")  # the last for family and person
LOW, HIGH = 1_000_000, 6_030_000
_draw = random.Random(20260502)  # noqa: S311 - invented data


def eids(count: int) -> list[int]:
    """Return numbers as UK Biobank gives them."""
    return _draw.sample(range(LOW, HIGH), count)


def told(path: str, data: bytes | str) -> set[str]:
    """Return the outcomes of what is said of participant ids."""
    return {outcome for _code, outcome in every(path, data)}


def every(path: str, data: bytes | str) -> list[tuple[str, str]]:
    """Return code and outcome of all that is said of participant ids."""
    report = scan({path.encode(): data.encode() if isinstance(data, str) else data})
    assert not report.gaps
    return [(finding.code, finding.outcome) for finding in report.findings if finding.code in CODES]


def lines(ids: list[int]) -> str:
    """Return one id a line."""
    return "".join(f"{each}\n" for each in ids)


LISTS: dict[str, Callable[[list[int]], str]] = {
    "lines": lines,
    "header": lambda ids: "eid\n" + lines(ids),
    "weak header": lambda ids: "id\n" + lines(ids),
    "R row names": lambda ids: '"x"\n' + "".join(f'"{at}","{each}"\n' for at, each in enumerate(ids, 1)),
    "sorted": lambda ids: lines(sorted(ids)),
    "pairs": lambda ids: "FID IID\n" + "".join(f"{each} {each}\n" for each in ids),
    "pairs without header": lambda ids: "".join(f"{each}\t{each}\n" for each in ids),
    "withdrawn above": lambda ids: "-1\n-2\n-3\n" + lines(ids),
    "withdrawn below": lambda ids: lines(ids) + "-1\n-2\n",
    "pandas": lambda ids: pd.DataFrame({"eid": ids}).to_csv(),
    "pandas floats": lambda ids: pd.DataFrame({"eid": ids}, dtype=float).to_csv(index=False),
    "JSON": json.dumps,
    "JSON on lines": lambda ids: json.dumps(ids, indent=2),
    "JSON of strings": lambda ids: json.dumps([str(each) for each in ids]),
    "one line": lambda ids: ",".join(map(str, ids)) + "\n",
    "blanks": lambda ids: " ".join(map(str, ids)) + "\n",
    "semicolons": lambda ids: ";".join(map(str, ids)) + "\n",
}
SOURCES: dict[str, Callable[[list[int]], str]] = {
    "R vector": lambda ids: f"x <- 1\nwithdrawn <- c({', '.join(map(str, ids))})\ny <- f(x)\nz <- g(y)\n",
    "R integers": lambda ids: f"x <- 1\nremove_ids = c({'L, '.join(map(str, ids))}L)\ny <- f(x)\nz <- g(y)\n",
    "R filter": lambda ids: f"x <- 1\nd <- d %>% filter(!eid %in% c({','.join(map(str, ids))}))\ny <- f(x)\nz <- g(y)\n",
    "Python list": lambda ids: f"import x\n\nwithdrawn = {ids!r}\nd = d[~d.eid.isin(withdrawn)]\nf(d)\n",
    "Python set": lambda ids: f"import x\n\nparticipants = {set(map(str, ids))!r}\nd = f(participants)\ng(d)\n",
    "numpy": lambda ids: f"import x\n\nsubject_ids = np.array({ids!r})\nd = f(subject_ids)\ng(d)\n",
    "isin": lambda ids: f"import x\n\nd = d[~d['eid'].isin({ids!r})]\nd = f(d)\ng(d)\n",
    "comment": lambda ids: f"import x\n\n# participants who withdrew\nw = {ids!r}\nd = f(w)\ng(d)\n",
    "shell": lambda ids: f"set -e\nsubjects=({' '.join(map(str, ids))})\nfor s in $subjects; do f $s; done\nls\n",
    "loop": lambda ids: f"set -e\nfor eid in {' '.join(map(str, ids))}; do\n  echo $eid\ndone\nls\n",
    "SQL": lambda ids: f"select a\nfrom t\nwhere eid not in ({', '.join(map(str, ids))})\nand b = 1\norder by c;\n",
    "SQL values": lambda ids: f"insert into withdrawn (eid) values ({'), ('.join(map(str, ids))});\nselect 1;\nselect 2;\n",  # noqa: S608 - a text
    "Stata": lambda ids: "use x.dta\n" + "".join(f"drop if n_eid == {each}\n" for each in ids) + "save y\n",
    "Stata inlist": lambda ids: f"use x\ngen y = 1\ndrop if inlist(n_eid, {', '.join(map(str, ids))})\nsave y\nexit\n",
    "pandas one by one": lambda ids: "".join(f"df = df[df.eid != {each}]\n" for each in ids),
    "Markdown": lambda ids: (
        "# Notes\n\nText.\n\nWithdrawn participants:\n\n" + "".join(f"- {each}\n" for each in ids) + "\nEnd.\nX.\n"
    ),
    "Markdown table": lambda ids: (
        "# Notes\n\nText.\n\n| eid |\n| --- |\n" + "".join(f"| {each} |\n" for each in ids) + "\nEnd.\nX.\n"
    ),
    "YAML": lambda ids: "a: 1\nb: 2\nexclude_participants:\n" + "".join(f"  - {each}\n" for each in ids) + "c: 3\nd: 4\n",
    "records": lambda ids: json.dumps([{"eid": each} for each in ids]),
    "log": lambda ids: "start\n" + "".join(f"2024-01-01 excluding participant {each} (het)\n" for each in ids) + "end\n",
}
OUTPUTS: dict[str, Callable[[list[int]], str]] = {
    "array": lambda ids: repr(np.array(ids)),
    "Index": lambda ids: repr(pd.Index(ids, name="eid")),
    "Series": lambda ids: repr(pd.Series(ids, name="eid")),
    "frame": lambda ids: pd.DataFrame({"eid": ids}).to_string(),
    "list": str,
}


@pytest.mark.parametrize("form", LISTS)
@pytest.mark.parametrize("count", [5, 20, 300])
def test_list_of_withdrawn(form: str, count: int) -> None:
    """A list in a file whose name says what it is fails from five ids on, whatever separates them."""
    assert "fail" in told("data/withdrawn_participants.txt", LISTS[form](eids(count)))


@pytest.mark.parametrize("form", LISTS)
def test_bare_list(form: str) -> None:
    """Of lists that nothing speaks for nineteen in twenty fail, and all are told; sorted ones only warn, as places are sorted."""
    outcomes = [
        told("d/f", LISTS[form](eids(count))) for count in (20, 25, 40, 60, 100, 200, 500, 1000, 1500, 2000) for _twice in "ab"
    ]
    fails = sum("fail" in each for each in outcomes)
    assert fails == 0 if form == "sorted" else fails >= 17  # 19.7 on average
    assert sum(bool(each) for each in outcomes) >= 19


@pytest.mark.parametrize("form", SOURCES)
@pytest.mark.parametrize("count", [5, 20, 100])
def test_source(form: str, count: int) -> None:
    """Ids in source code, documents and logs fail where a word says that they are people."""
    assert "fail" in told("src/clean.txt", SOURCES[form](eids(count)))


@pytest.mark.parametrize("form", OUTPUTS)
def test_output(form: str) -> None:
    """A saved output that shows nothing but ids is found as text, as a stream and in a page."""
    text = OUTPUTS[form](eids(400 if form == "list" else 40)).encode()
    for wrapped in ("notebook", "notebook-stream"):
        assert told("a.ipynb", DIRECTIVES[wrapped](text)), wrapped


@pytest.mark.parametrize("wrapper", ["gzip", "bgzf", "zip", "tar", "bz2", "xz", "crlf", "bom", "blank-lines", "utf-16", "base64"])
def test_wrapped(wrapper: str) -> None:
    """A list is found in every wrapper and encoding."""
    assert "fail" in told("participants", DIRECTIVES[wrapper](("eid\n" + lines(eids(60))).encode()))
    assert "fail" in told("participants", DIRECTIVES[wrapper](samples.cohort_ids(count=60, header="sample_id").encode()))


@pytest.mark.parametrize("make", [lambda: {"eid": eids(40)}, lambda: {"sample_id": samples.cohort_ids(count=40).split()}])
def test_binary_tables(make: Callable[[], dict[str, list[object]]]) -> None:
    """Sheets, Parquet and NumPy arrays are lists too, as pandas and NumPy write them."""
    frame, out = pd.DataFrame(make()), io.BytesIO()
    frame.to_excel(out, index=False)
    assert "fail" in told("a.xlsx", out.getvalue())
    out = io.BytesIO()
    frame.to_parquet(out)
    assert "fail" in told("a.parquet", out.getvalue())
    page = f"<html><body><h1>Report</h1>{frame.to_html(index=False)}</body></html>"
    assert "fail" in told("a.html", page)


def test_bcftools(tmp_path: Path) -> None:
    """What `bcftools query -l` prints is a list of samples where its name says so."""
    if not shutil.which("bcftools"):
        pytest.skip("bcftools is not installed")
    names = samples.cohort_ids(count=12).split()
    (tmp_path / "a.vcf").write_bytes(samples.vcf(samples=12, names=",".join(names)))
    done = subprocess.run(["bcftools", "query", "-l", str(tmp_path / "a.vcf")], capture_output=True, check=True)
    assert done.stdout.split() == [name.encode() for name in names]
    assert "fail" in told("samples.txt", done.stdout)


def _row(ids: list[int]) -> str:
    return ", ".join(map(str, ids))


WEAK: dict[str, Callable[[], str]] = {
    "three": lambda: f"eids = [{_row(eids(3))}]\nprint(1)\n",
    "three in R": lambda: f"eids <- c({_row(eids(3)).replace(' ', '')})\nprint(1)\n",
    "three in a filter": lambda: f"import x\ndf = df[~df['eid'].isin([{_row(eids(3))}])]\nprint(1)\n",
    "two": lambda: f"eids = [{_row(eids(2))}]\nprint(1)\n",
    "two in a query": lambda: f"select 1\nfrom x\nwhere eid in ({_row(eids(2))});\n",
    "one": lambda: f"d <- filter(d, !eid %in% c({_row(eids(1))}))\nprint(1)\n",
    "a bare word": lambda: f"import x\nexclude = [{_row(eids(12))}]\nd = d[~d.index.isin(exclude)]\nprint(1)\n",
    "drop": lambda: f"import x\ndf = df.drop([{_row(eids(12))}])\nprint(df)\nx = 1\n",
    "samples": lambda: f"import x\nsamples = [{_row(eids(12))}]\nf(samples)\nprint(1)\n",
    "short manifest": lambda: (
        "subject\tcohort\n" + "".join(f"PT{each}\tc\n" for each in _draw.sample(range(100, 1000), 30))  # three digits
    ),
    "few of a manifest": lambda: "donor,age\n" + "".join(f"D{each},40\n" for each in _draw.sample(range(1000, 10000), 6)),
    "signs in a manifest": lambda: "patient,age\n" + "".join(f"KQ-{each},40\n" for each in _draw.sample(range(100, 1000), 12)),
}


@pytest.mark.parametrize("form", WEAK)
def test_little_tells(form: str) -> None:
    """Where little tells that ids are of people, there is a warning and no more."""
    assert told("src/x.txt", WEAK[form]()) == {"warn"}


SURE: dict[str, Callable[[], str]] = {
    "looked up by eid": lambda: f"library(x)\nexclude <- c({_row(eids(12))})\nd <- d %>% filter(!eid %in% exclude)\n",
    "looked up by subject": lambda: (
        f"import x\nexclude = [{_row(eids(12))}]\n\nd = [r for r in d if r['subject_id'] not in exclude]\n"
    ),
    "family and person": lambda: (
        f"set -e\nREMOVE_IDS=({_row(eids(12)).replace(',', '')})\nfor i in ${{REMOVE_IDS[@]}}; do echo $i $i >> r.txt; done\n"
    ),
    "for PLINK": lambda: f"set -e\nremove=({_row(eids(12)).replace(',', '')})\nf $remove > r.txt\nplink --bfile x --remove r.txt\n",
    "awk": lambda: "set -e\nawk '" + " && ".join(f"$1!={each}" for each in eids(25)) + "' ukb.sample > out\nls\n",
    "manifest": lambda: (
        "participant_id\tcohort\n" + "".join(f"PT{each}\tc\n" for each in _draw.sample(range(1000, 10000), 30))  # four digits
    ),
    "counted manifest": lambda: "participant_id,cohort\n" + "".join(f"PT{1001 + each},c\n" for each in range(30)),
    "samplesheet": lambda: "sample,fastq_1,fastq_2,strandedness\n" + "".join(f"{e},{e}_R1.fq.gz,,auto\n" for e in eids(30)),
}


@pytest.mark.parametrize("form", SURE)
def test_surroundings_tell(form: str) -> None:
    """The use of a list, or the program that it is for, tells that it is of people."""
    assert "fail" in told("src/x.txt", SURE[form]())


@pytest.mark.parametrize("command", ["grep -v -e {} pheno.txt > out", "set -e\nawk '$1 != {}' x.sample > out\nls"])
def test_commands(command: str) -> None:
    """Twenty-five ids in a command are told, unless they happen to be spread unevenly."""
    between = " -e " if "-e {" in command else " && $1 != "
    scripts = [command.format(between.join(map(str, eids(25)))) + "\n" for _each in range(8)]
    assert sum(bool(told("src/x.sh", script)) for script in scripts) >= 6


HARMLESS: dict[str, Callable[[], str]] = {
    "articles": lambda: f"library(x)\nexclude <- c({_row(eids(12))})\npubs <- pubs[!pubs$pmid %in% exclude,]\nx\n",
    "orders": lambda: f"import x\nexclude = [{_row(eids(12))}]\norders = orders[~orders.order_id.isin(exclude)]\nprint(1)\n",
    "regions": lambda: f"import x\n# exclude regions with long-range LD\nexclude = [{_row(eids(12))}]\nf(exclude)\nprint(1)\n",
    "examples": lambda: "eids = [1234567, 2345678, 3456789]\n",
    "counted": lambda: "eids = [1000001, 1000002, 1000003]\n",
    "one digit": lambda: "eids = [1111111, 2222222]\n",
    "BIDS": lambda: "participant_id\tage\n" + "".join(f"sub-{each:03}\t40\n" for each in range(1, 31)),
    "courses": lambda: "subject,score\n" + "".join(f"{word}101,7\n" for word in ("math", "bio", "art", "chem", "phys", "law")),
    "samplesheet": lambda: "sample,fastq_1,fastq_2,strandedness\n" + "".join(f"sample{n:03},a,b,auto\n" for n in range(40)),
}


@pytest.mark.parametrize("form", HARMLESS)
def test_said_to_be_something_else(form: str) -> None:
    """What source says of its numbers is believed, and examples are no ids."""
    assert not told("src/x.txt", HARMLESS[form]())


@pytest.mark.parametrize("name", ["cids.txt", "clinvar_ids.txt", "expected.txt"])
def test_names_of_files(name: str) -> None:
    """The name of a file may say what a bare list is of."""
    assert not told(name, lines(eids(40)))


@pytest.mark.parametrize("form", ["pairs", "pairs without header"])
@pytest.mark.parametrize("count", [5, 30])
def test_told_once(form: str, count: int) -> None:
    """Pairs of family and person are told by one code, and so is a sentence."""
    assert every("withdrawn_participants.txt", LISTS[form](eids(count))) == [("GEN303", "fail")]
    sentence = f"# N\n\nText.\n\nWe excluded participants with eid {_row(eids(8))} after QC.\n\nx\ny\n"
    assert every("notes.md", sentence) == [("GEN502", "fail")]


def primes() -> list[int]:
    """Return primes of seven digits."""
    first = _draw.randrange(LOW, 5_000_000)
    found = (n for n in itertools.count(first) if all(n % k for k in range(2, int(n**0.5) + 1)))
    return list(itertools.islice(found, 40))


def climbing() -> list[int]:
    """Return positions near each other."""
    steps = (_draw.randrange(1, _draw.choice([200, 5000])) for _each in range(200))
    return list(itertools.accumulate(steps, initial=_draw.randrange(LOW, 3_000_000)))


OTHER: dict[str, Callable[[], list[int]]] = {
    "positions of a chromosome": lambda: sorted(_draw.sample(range(10_000, 150_000_000), 300)),
    "positions of a region": climbing,
    "steps": lambda: list(
        range(first := _draw.randrange(LOW, 4_000_000), first + 60 * (step := _draw.choice([1, 2, 10, 97])), step)
    ),
    "reads by gene": lambda: [int(_draw.lognormvariate(9, 3)) for _each in range(200)],
    "inhabitants": lambda: [int(_draw.paretovariate(1.1) * 300_000) for _each in range(80)],
    "articles": lambda: [_draw.randrange(1, 39_000_000) for _each in range(80)],
    "old articles": lambda: sorted(_draw.sample(range(1_000_000, 2_600_000), 60)),
    "seconds": lambda: [1_700_000_000 + _draw.randrange(10**7) for _each in range(60)],
    "zip codes": lambda: [_draw.randrange(10_000, 99_999) for _each in range(60)],
    "phone numbers": lambda: [_draw.randrange(2_000_000, 9_999_999) for _each in range(60)],
    "places of a map": lambda: [_draw.randrange(20_000_000, 9_000_000_000) for _each in range(60)],
    "sizes of files": lambda: [int(_draw.lognormvariate(13, 2)) for _each in range(80)],
    "prices": lambda: [_draw.randrange(200, 1200) * 5000 for _each in range(60)],
    "normal": lambda: [int(_draw.gauss(3_500_000, 700_000)) for _each in range(80)],
    "genes": lambda: [_draw.randrange(1, 120_000_000) for _each in range(60)],
    "primes": primes,
}


@pytest.mark.parametrize("kind", OTHER)
def test_other_numbers(kind: str) -> None:
    """Numbers of other things never fail, and of 500 lists at most five warn; a word for participants is not near them."""
    warned = 0
    for number in range(500 if kind != "primes" else 60):
        values = OTHER[kind]()
        alone = number % 2 == 0
        before, after = (b"", b"") if alone else (b"import x\nimport y\nvalues = [", b"]\nf(values)\ng()\n")
        data = before + (b"\n" if alone else b", ").join(str(each).encode() for each in values) + after
        runs = literals.runs(_text(data))
        assert not [run for run in runs if run.verdict == "error"]
        warned += bool(runs)
    assert warned <= 5


def test_numbers_with_another_name() -> None:
    """A word for something else keeps numbers quiet that look like ids."""
    for word in ("pmid", "position", "zip_code", "population", "price", "seed", "product_id", "tweet_ids", "gene_id", "concept_id"):
        assert not told("x.csv", f"{word}\n" + lines(eids(60)))
        assert not told("x.py", f"import a\nimport b\n{word} = {eids(60)!r}\nf()\ng()\n")


def test_randomly_drawn_lists() -> None:
    """Of 500 lists of 20 to 2000 ids 97 in 100 fail with nothing near them, and all but one in a hundred are told."""
    failed = seen = 0
    for _each in range(500):
        values = sorted(eids(_draw.randrange(20, 2001)))
        verdict = idlists.numbers(values, "none", alone=True)
        failed, seen = failed + (verdict == "error"), seen + bool(verdict)
    assert failed >= 480
    assert seen >= 494


def _text(data: bytes) -> Text:
    """Return a text as the engine gives it, whose rules have matched."""
    from pytest_genomic_guard.matching.stdlib import StdlibMatcher  # noqa: PLC0415 - one reference matcher is enough

    global _matcher  # noqa: PLW0603 - compiled once
    _matcher = _matcher or StdlibMatcher([*literals.RULES, *named.RULES])
    artifact = next(iter(Memory({b"x/y": data}, []).entries()))
    segment = Segment(start=0, trail=(), context="file")
    return Text(artifact=artifact, data=data, segments=(segment,), owned=len(data), hits=_matcher.scan(data))  # type: ignore[attr-defined]


_matcher: object = None
WORDS = rb"""7654321|, |[|]|(|"|eid| == |-1|NA|...|0.5|samples = [|"QXV12345", |- QXV12345|participant |\n|12|Name: eid|L, |:|'|,"""
NUMBERS = [str(each).encode() for each in _draw.sample(range(LOW, HIGH), 4)]
PIECES = st.sampled_from([*WORDS.split(b"|"), *NUMBERS, b"\n", b"\xff", b"|"])


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60))
def test_any_pieces(pieces: list[bytes]) -> None:
    """Whatever is put together, nothing is raised, and what is found lies in the text."""
    data = b"".join(pieces)
    text = _text(data)
    assert all(0 <= run.start <= run.end <= len(data) for run in literals.runs(text))
    assert all(0 <= start < len(data) for start, _ids, _sure in named.found(text))
    artifact = text.artifact
    lists.sniff(Head(at_hand(data), artifact, ())) if data.strip() else None


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    """Arbitrary bytes raise nothing."""
    head = Head(at_hand(data), next(iter(Memory({b"samples.txt": data}, []).entries())), ())
    if head.lines and head.lines[0].strip():
        lists.sniff(head)
    assert isinstance(literals.runs(_text(data)), tuple)
