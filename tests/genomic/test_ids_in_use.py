"""Names in source code are told by their use; invented people of a test, and what looks like a table and is none, are not."""

from __future__ import annotations

import json
import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.testing import scan
from pytest_genomic_guard.views.genomic import named
from pytest_genomic_guard.views.text import Segment, Text

_draw = random.Random(20261122)  # noqa: S311 - invented data
CODES = frozenset({"GEN501", "GEN502", "GEN503", "GEN303", "GEN304", "GEN313"})


def told(path: str, data: str) -> set[tuple[str, str]]:
    """Return code and outcome of what is said of people."""
    report = scan({path.encode(): data.encode()})
    assert not report.gaps
    return {(finding.code, finding.outcome) for finding in report.findings if finding.code in CODES}


def names(form: str, count: int = 9) -> list[str]:
    """Return ids of people: `A` is a letter, the same for all, `a` one of its own, `0` a digit."""
    prefix = "".join(_draw.choice("BHKLMRW") for _each in form)
    made: set[str] = set()
    while len(made) < count:
        each = [_draw.choice("0123456789") if sign == "0" else _draw.choice("BHKLMRW") if sign == "a" else sign for sign in form]
        made.add("".join(prefix[at] if sign == "A" else sign for at, sign in enumerate(each)))
    return sorted(made, key=lambda _name: _draw.random())


def quoted(ids: list[str]) -> str:
    """Return ids as the items of a list."""
    return ", ".join(f'"{each}"' for each in ids)


USES = {
    "a column in R": ("a.R", "d <- subset(d, !(IID %in% c({quoted})))\n"),
    "a column in Python": ("a.py", "d = d[~d['donor_id'].isin([{quoted}])]\n"),
    "a variable in R": ("a.R", "bad <- c({quoted})\nd <- d[!(d$iid %in% bad), ]\n"),
    "a variable in Python": ("a.py", "bad = [{quoted}]\nd = d[~d['patient_id'].isin(bad)]\n"),
    "a query": ("a.py", "outliers = [{quoted}]\nd = d.query('iid not in @outliers')\n"),
    "a comment": ("a.py", "# participants who withdrew\nbad = [{quoted}]\n"),
    "an option": ("a.sh", "plink2 --bfile data --keep <(printf '%s\\n' {blank}) --out x\n"),
    "a program's samples": ("a.sh", "bcftools view -s {comma} in.vcf.gz -Oz -o out.vcf.gz\n"),
    "a loop": ("a.sh", "for s in {blank}; do\n  echo $s $s >> remove.txt\ndone\nplink --bfile x --remove remove.txt\n"),
    "a here-document": ("a.sh", "cat > out.txt <<EOF\n{lines}\nEOF\nplink --bfile x --remove out.txt\n"),
}


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("form", ["AAA00000", "AAA-0000", "AAA_000_0000", "000000a", "A000000", "00-00000"])
def test_use_tells(use: str, form: str) -> None:
    """A list is of people by what it is compared with, what is written above it, or what reads it."""
    path, code = USES[use]
    ids = names(form)
    blank, lines = " ".join(ids), "\n".join(ids)
    code = (
        code.replace("{quoted}", quoted(ids)).replace("{blank}", blank).replace("{comma}", ",".join(ids)).replace("{lines}", lines)
    )
    assert ("GEN502", "fail") in told(path, code)


@pytest.mark.parametrize("form", ["JIRA-0000", "AAA00000", "a000"])
@pytest.mark.parametrize(
    "code",
    [
        "exclude = [{}]\n",
        "exclude_codes = [{}]\npatients = d[d.code.isin(exclude_codes)]\n",
        "# patients with these diagnoses\ncodes = [{}]\nd = d[d.icd10.isin(codes)]\n",
        "genes_to_keep = [{}]\n",
        "items = [{}]\n",
        "d = d.drop(columns=[{}])\n",
        "exclude_lanes = [{}]\n",
    ],
)
def test_other_use(form: str, code: str) -> None:
    """A list of codes, genes, columns or items never fails, and neither does one of which a bare word is all that is said."""
    assert not {each for each in told("a.py", code.replace("{}", quoted(names(form)))) if each[1] == "fail"}


@pytest.mark.parametrize("form", ["list.txt", "urls"])
def test_loop_over_things(form: str) -> None:
    """A loop or here-document that no program of genetics reads is quiet."""
    ids = names("AAA-0000")
    code = f"for s in {' '.join(ids)}; do\n  wget https://example.org/$s\ndone\ncat > {form} <<EOF\n" + "\n".join(ids) + "\nEOF\n"
    assert not told("a.sh", code)


@pytest.mark.parametrize("start", [1_000_001, 2_345_001])
@pytest.mark.parametrize("step", [1, 10, 1000])
def test_people_numbered_through(start: int, step: int) -> None:
    """A table in code of people who are numbered through warns; one of drawn numbers fails, and so does a file of data."""
    through = [start + step * each for each in range(9)]
    drawn = _draw.sample(range(1_000_000, 6_000_000), 9)
    code = "import pandas as pd\nd = pd.DataFrame({{'eid': {}, 'p31': [0, 1, 0, 1, 1, 0, 1, 0, 1]}})\n"
    assert {outcome for _code, outcome in told("test_d.py", code.format(through))} == {"warn"}
    assert ("GEN304", "fail") in told("test_d.py", code.format(drawn))
    frame = pd.DataFrame({"eid": through, "31-0.0": [0, 1] * 4 + [1]})
    assert ("GEN304", "fail") in told("d.csv", frame.to_csv(index=False))


def _output(text: str) -> str:
    """Return a notebook whose output is a text."""
    output = {"output_type": "execute_result", "data": {"text/plain": text}, "metadata": {}, "execution_count": 1}
    cell = {"cell_type": "code", "source": "d", "metadata": {}, "outputs": [output], "execution_count": 1}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def test_vector_of_column_names() -> None:
    """The names of columns, as R prints a vector of them, are no people."""
    columns = ["FID", "IID", "father", "mother", "sex", *[f"PC{each}" for each in range(1, 41)]]
    lines = [
        f"{f'[{at + 1}]':>5} " + " ".join(f'"{name}"'.ljust(10) for name in columns[at : at + 2])
        for at in range(0, len(columns), 2)
    ]
    assert not told("a.ipynb", _output("\n".join(lines)))


def test_calls_in_rows() -> None:
    """Calls with as many arguments each are no table."""
    code = "".join(f'a.add_score("./x{at}.sscore", "IID", ["SCORE"], ["{at}"], sep="\\s+")\n' for at in range(1, 7))
    assert not told("prs.py", code)
    assert not told("prs.md", f"Add scores:\n\n```python\n{code}```\n")


@pytest.mark.parametrize("columns", [3, 30])
def test_rows_left_out(columns: int) -> None:
    """Rows that a print leaves out are not counted, and the ids are those of their column, also where the print is wrapped."""
    ids = names("AA00000", 80)
    frame = pd.DataFrame({"IID": ids, **{f"PC{each}": [_draw.gauss(0, 1) for _id in ids] for each in range(1, columns)}})
    with pd.option_context("display.max_rows", 10, "display.width", 80, "display.max_columns", 40):
        shown = repr(frame).split("\n\n[", maxsplit=1)[0]
    report = scan({b"a.ipynb": _output(shown).encode()})
    assert any("one row per person" in finding.message and "10 people" in finding.message for finding in report.findings)


@pytest.mark.parametrize("group", ["", " CASE", " CTRL"])
def test_places_on_chips(group: str) -> None:
    """Ids that are places on chips are ids, and a third column may have a group of each."""
    chips = [f"{_draw.randrange(10**11, 10**12)}_R{_draw.randrange(1, 9):02}C01" for _each in range(40)]
    text = "".join(f"{each} {each}{group}\n" for each in chips) if group else "".join(f"{each}\n" for each in chips)
    assert any(outcome == "fail" for _code, outcome in told("samples.txt", text))


PIECES = st.sampled_from(
    [
        *[each.encode() for each in ("bad = [", '"QXV12345", ', "d.iid.isin(bad)", "IID %in% bad", "bad <- c(", ")", "]", "\n")],
        *[
            each.encode()
            for each in ("# patients\n", "for s in ", "QXV12345 ", "; do", "<<EOF\n", "--keep ", " -s ", "bcftools", ",")
        ],
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=60))
def test_any_pieces_in_use(pieces: list[bytes]) -> None:
    """No text makes the search for lists by their use raise."""
    from pytest_genomic_guard.matching.stdlib import StdlibMatcher  # noqa: PLC0415 - one reference matcher is enough

    data = b"".join(pieces)
    artifact = next(iter(Memory({b"x/y": data}, []).entries()))
    hits = StdlibMatcher(list(named.RULES)).scan(data)
    text = Text(artifact=artifact, data=data, segments=(Segment(start=0, trail=(), context="file"),), owned=len(data), hits=hits)
    assert all(0 <= start < len(data) for start, _ids, _sure in named.found(text))
