"""People's data in places that a blind evaluation found overlooked, and what stands beside it."""

from __future__ import annotations

import io
import json
import pickle
import random
import string
from typing import TYPE_CHECKING

import joblib
import numpy
import pandas
import pytest

from pytest_genomic_guard.testing import samples, scan

if TYPE_CHECKING:
    from collections.abc import Callable

_random = random.SystemRandom()


def _sites(count: int) -> list[str]:
    return [f"rs{number}" for number in _random.sample(range(10**4, 10**8), count)]


def _people(count: int) -> list[str]:
    letters = "".join(_random.choices(string.ascii_uppercase, k=2))
    return [f"{letters}-{number:05}" for number in _random.sample(range(2000, 10**5), count)]


def _counts(people: int, sites: int) -> list[list[int]]:
    shares = [_random.uniform(0.1, 0.9) for _each in range(sites)]
    return [[(_random.random() < share) + (_random.random() < share) for share in shares] for _person in range(people)]


def _letters(people: int, sites: int) -> pandas.DataFrame:
    alleles = [_random.sample("ACGT", 2) for _each in range(sites)]
    rows = [["".join(_random.choices(pair, k=2)) for pair in alleles] for _person in range(people)]
    return pandas.DataFrame(rows, index=_people(people), columns=_sites(sites))


def _shown(frame: pandas.DataFrame) -> bytes:
    data = {"text/html": frame._repr_html_(), "text/plain": repr(frame)}
    output = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": data}
    cell = {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "df", "outputs": [output]}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def _failed(files: dict[bytes, bytes]) -> set[tuple[str, str]]:
    return {(finding.path, finding.code) for finding in scan(files).findings if finding.outcome == "fail"}


def test_a_claimed_text_says_nothing_of_the_next_file() -> None:
    """Behind an export that a reader of texts knows, the tables of notebooks are looked at as they are alone."""
    book = _shown(_letters(40, 60))
    alone = {code for _path, code in _failed({b"b.ipynb": book})}
    after = _failed({b"a.txt": samples.fam(people=9), b"b.ipynb": book, b"c.ipynb": book})
    assert alone
    for path in ("b.ipynb", "c.ipynb"):
        assert {code for where, code in after if where == path} == alone


@pytest.mark.parametrize("name", ["prs.ipynb", "eid.ipynb", "rs7412.ipynb", "dosage.ipynb"])
def test_a_name_is_no_notebook(name: str) -> None:
    """The name of a file is a text of its own, and not what the name says."""
    book = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    assert not scan({name.encode(): json.dumps(book).encode()}).gaps


def test_columns_that_pandas_leaves_out() -> None:
    """Dots in place of columns are no value, so the row of names stays one."""
    assert _failed({b"a.ipynb": _shown(_letters(30, 200).head())}) == {("a.ipynb", "GEN301")}


def test_letters_between_blanks() -> None:
    """Genotypes of letters make a table of a text, as numbers do."""
    text = str(_letters(20, 40).to_csv(sep=" ")).encode()
    assert {code for _path, code in _failed({b"a.txt": text})} & {"GEN301", "GEN105"}


def _latex() -> bytes:
    frame = _letters(6, 35)
    rows = [
        " & ".join(["Sample", *frame.columns]),
        *(" & ".join([str(name), *row]) for name, row in zip(frame.index, frame.to_numpy(), strict=True)),
    ]
    return ("\\begin{tabular}{l" + "c" * 35 + "}\n\\hline\n" + " \\\\\n".join(rows) + " \\\\\n\\hline\n\\end{tabular}\n").encode()


def _copied() -> bytes:
    rows = [f"{name}\t{site}\t{_random.choice('AG')}\t{_random.choice('AG')}" for name in _people(3) for site in _sites(40)]
    return (
        "--\n-- dump\n--\nCOPY public.calls (sample_id, rsid, allele1, allele2) FROM stdin;\n" + "\n".join(rows) + "\n\\.\n"
    ).encode()


def _heredoc() -> bytes:
    ids = _random.sample(range(1_000_000, 6_000_000), 30)
    return (
        "#!/bin/sh\ncat > remove.txt <<END\n" + "".join(f"{each} {each}\n" for each in ids) + "END\nplink --remove remove.txt\n"
    ).encode()


def _manifest() -> bytes:
    start = _random.randrange(100, 900)
    rows = [f"L{at},PT-{start + at:05},blood,lib{at}" for at in range(40)]
    return ("sample_id,participant_id,tissue,library\n" + "\n".join(rows) + "\n").encode()


def _lengths() -> bytes:
    loci = ("D3S1358", "vWA", "FGA", "D8S1179", "TH01")
    rows = [f"{name}\t{locus}\t{_random.randrange(8, 30)}\t{_random.randrange(8, 30)}" for name in _people(4) for locus in loci]
    return ("Sample\tMarker\tAllele 1\tAllele 2\n" + "\n".join(rows) + "\n").encode()


def _yaml_packet() -> bytes:
    name = _people(1)[0]
    lines = [
        f"id: case.{name}",
        "subject:",
        f"  id: {name}",
        "  sex: FEMALE",
        "genomicInterpretations:",
        f"- subjectOrBiosampleId: {name}",
    ]
    return "\n".join([*lines, "metaData:", '  phenopacketSchemaVersion: "2.0"', ""]).encode()


def _in_joblib() -> bytes:
    out = io.BytesIO()
    joblib.dump({"X": numpy.array(_counts(12, 80), dtype="int8"), "samples": _people(12), "snps": _sites(80)}, out)
    return out.getvalue()


def _in_pickle() -> bytes:
    held = {"names": numpy.array(_sites(50), dtype=object), "dosage": numpy.array(_counts(9, 50), dtype="int8")}
    return pickle.dumps(held, protocol=4)


FORMS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "LaTeX": ("GEN301", _latex),
    "COPY of PostgreSQL": ("GEN110", _copied),
    "here-document": ("GEN502", _heredoc),
    "manifest": ("GEN501", _manifest),
    "STR by locus": ("GEN206", _lengths),
    "phenopacket in YAML": ("GEN109", _yaml_packet),
    "dictionary in joblib": ("GEN301", _in_joblib),
    "dictionary in a pickle": ("GEN301", _in_pickle),
}


@pytest.mark.parametrize("form", FORMS)
def test_forms(form: str) -> None:
    """Each is found under its code."""
    code, make = FORMS[form]
    assert ("data", code) in _failed({b"data": make()})


def test_a_questionnaire_is_none() -> None:
    """Answers under numbered questions are answers, whatever shape they have."""
    rows = _counts(200, 30)
    text = ",".join(f"Q{at}" for at in range(30)) + "\n" + "".join(",".join(map(str, row)) + "\n" for row in rows)
    assert not _failed({b"survey.csv": text.encode()})


def test_what_plink_makes_up() -> None:
    """The names that ``plink --dummy`` gives are nobody's."""
    fam = "".join(f"per{at} per{at} 0 0 2 -9\n" for at in range(30)).encode()
    assert not _failed({b"d.fam": fam})
    assert _failed({b"d.fam": fam.replace(b"per7 per7", b"per7x per7x")})


def test_a_test_that_quotes_rows() -> None:
    """A few rows in source code are a warning, also where they are the longest part of it."""
    source = b'ROWS = """\n' + samples.vcf(samples=2, variants=3) + b'"""\n'
    found = {(finding.code, finding.outcome) for finding in scan({b"test_reader.py": source}).findings}
    assert found == {("GEN102", "warn")}
