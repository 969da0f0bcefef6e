"""Tables with a row for each person, as programs print and write them, and what only looks like one."""

from __future__ import annotations

import io
import json
import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.testing import samples, scan

if TYPE_CHECKING:
    from collections.abc import Callable

    from pandas import DataFrame

_CODES = frozenset({"GEN303", "GEN304", "GEN313"})
_LAYOUTS = ("dash", "f", "r", "stata", "platform", "entity", "tools")
_pick = random.SystemRandom()


def _told(name: str, data: bytes | str) -> set[tuple[str, str]]:
    report = scan({name.encode(): data.encode() if isinstance(data, str) else data})
    assert not report.gaps
    return {(finding.code, finding.outcome) for finding in report.findings if finding.code in _CODES}


def _frame(layout: str, people: int = 30, fields: int = 7) -> DataFrame:
    pandas = pytest.importorskip("pandas")
    frame: DataFrame = pandas.read_csv(io.BytesIO(samples.biobank(layout=layout, people=people, fields=fields)))
    return frame


def _notebook(*data: dict[str, str]) -> str:
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": each["stream"]}
        if "stream" in each
        else {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": each}
        for each in data
    ]
    cell = {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "table", "outputs": outputs}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def _shown(frame: DataFrame, columns: int) -> str:
    pandas = pytest.importorskip("pandas")
    with pandas.option_context("display.width", 80, "display.max_columns", columns, "display.max_rows", 8):
        return repr(frame)


_FORMS: dict[str, Callable[[DataFrame], tuple[str, bytes | str]]] = {
    "text": lambda frame: ("a.ipynb", _notebook({"text/plain": _shown(frame.head(), 20)})),
    "text, wrapped": lambda frame: ("a.ipynb", _notebook({"text/plain": _shown(frame, 0)})),
    "text, columns left out": lambda frame: ("a.ipynb", _notebook({"text/plain": _shown(frame, 4)})),
    "stream below a line": lambda frame: ("a.ipynb", _notebook({"stream": f"30 rows read\n{_shown(frame.head(), 20)}\n"})),
    "HTML": lambda frame: ("a.ipynb", _notebook({"text/html": frame.head().to_html(), "text/plain": "table"})),
    "HTML, by id": lambda frame: ("a.ipynb", _notebook({"text/html": frame.set_index(frame.columns[0]).head().to_html()})),
    "text, by id": lambda frame: ("a.ipynb", _notebook({"text/plain": _shown(frame.set_index(frame.columns[0]), 20)})),
    "page": lambda frame: ("a.html", f"<html><body><h1>Report</h1>{frame.head().to_html()}</body></html>"),
    "csv": lambda frame: ("a", frame.to_csv(index=False)),
    "csv with row numbers": lambda frame: ("a.csv", frame.to_csv()),
    "quoted": lambda frame: ("a.csv", frame.to_csv(index=False, quoting=1)),
    "json": lambda frame: ("a.json", frame.to_json(orient="records")),
    "printed": lambda frame: ("a.txt", frame.to_string()),
    "in a document": lambda frame: ("a.md", f"# Report\n\nRows:\n\n```\n{_shown(frame.head(), 20)}\n```\n\nEnd.\n"),
    "knitted": lambda frame: (
        "a.md",
        "# Report\n\n```\n" + "".join(f"## {line}\n" for line in frame.head().to_string().split("\n")) + "```\n",
    ),
}
_SUMMARIES: dict[str, Callable[[DataFrame], str]] = {
    "describe": lambda frame: _notebook({"text/html": frame.describe().to_html(), "text/plain": _shown(frame.describe(), 20)}),
    "corr": lambda frame: _notebook({"text/html": frame.corr().to_html(), "text/plain": _shown(frame.corr(), 0)}),
    "columns": lambda frame: _notebook({"text/plain": repr(frame.columns)}),
    "types": lambda frame: _notebook({"text/plain": repr(frame.dtypes)}),
    "missing": lambda frame: _notebook({"stream": repr(frame.isna().sum())}),
    "counts": lambda frame: _notebook({"stream": repr(frame.iloc[:, 1].value_counts())}),
    "means by group": lambda frame: _notebook(
        {"text/html": frame.groupby(frame.iloc[:, 1] > 40)[list(frame.columns[2:])].mean().to_html()}
    ),
}


@pytest.mark.parametrize("form", _FORMS)
@pytest.mark.parametrize("layout", _LAYOUTS)
def test_participants_are_found_in_every_form(layout: str, form: str) -> None:
    """Rows of UK Biobank fail in each naming of its fields, however pandas writes or shows them."""
    name, data = _FORMS[form](_frame(layout))
    assert ("GEN304", "fail") in _told(name, data)


@pytest.mark.parametrize("summary", _SUMMARIES)
@pytest.mark.parametrize("layout", _LAYOUTS)
def test_summaries_of_columns_are_quiet(layout: str, summary: str) -> None:
    """A summary names the same columns and no participant."""
    assert not _told("a.ipynb", _SUMMARIES[summary](_frame(layout)))


@pytest.mark.parametrize("suffix", ["xlsx", "parquet", "feather", "sqlite"])
def test_participants_are_found_in_binary_tables(suffix: str) -> None:
    """A sheet, a columnar file and a database count as a text does."""
    pandas = pytest.importorskip("pandas")
    del pandas
    frame, out = _frame("platform"), io.BytesIO()
    if suffix == "sqlite":
        import sqlite3  # noqa: PLC0415 - one case of four

        with sqlite3.connect(":memory:") as base:
            frame.to_sql("t", base, index=False)
            out.write(base.serialize())
    else:
        {"xlsx": frame.to_excel, "parquet": frame.to_parquet, "feather": frame.to_feather}[suffix](out)
    assert ("GEN304", "fail") in _told("x", out.getvalue())


def _rows(*columns: Callable[[int], object], count: int = 60, sign: str = " ") -> str:
    return "".join(sign.join(str(column(at)) for column in columns) + "\n" for at in range(count))


def _any(most: int) -> Callable[[int], int]:
    return lambda _at: _pick.randrange(most)


def _real(_at: int) -> str:
    return f"{_pick.random():.4f}"


_OTHERS = {
    "edges of a graph": _rows(_any(9999), _any(9999), count=300),
    "proteins that meet": _rows(lambda _at: f"P{_pick.randrange(10**4, 10**5)}", lambda _at: f"Q{_pick.randrange(10**4, 10**5)}"),
    "numbers twice": _rows(lambda at: at, lambda at: at),
    "contigs twice": _rows(lambda at: f"scaffold_{at}", lambda at: f"scaffold_{at}"),
    "genes and transcripts": _rows(lambda at: f"ENSG{at:011}", lambda at: f"ENST{at:011}"),
    "versions twice": _rows(lambda at: f"{at}.0.1", lambda at: f"{at}.0.1"),
    "days twice": _rows(lambda at: 20200101 + at, lambda at: 20200101 + at, _any(9), count=28),
    "places and rs numbers": _rows(lambda at: 1 + at % 22, lambda at: 10_000 + 7 * at, lambda at: f"rs{1000 + at}"),
    "genes and rs numbers": _rows(lambda at: f"ENSG{at:011}", lambda at: f"ENST{at:011}", lambda at: f"rs{1000 + at}"),
    "regions": _rows(
        lambda _at: "chr1", lambda at: at * 100, lambda at: at * 100 + 50, lambda at: f"peak{at}", _any(9), lambda _at: "+"
    ),
    "variants": _rows(lambda _at: 1, lambda at: f"rs{at}", lambda _at: 0, lambda at: 100 * at, lambda _at: 1, lambda _at: 2),
    "small counts": _rows(*[_any(3)] * 6),
    "boxes in pictures": _rows(lambda _at: 0, _real, _real, _real, _real),
    "labels of pictures": _rows(lambda at: f"img_{at:04}.png", lambda at: at % 10),
    "vectors of words": _rows(lambda at: f"word{at}", *[_real] * 12),
    "time series": _rows(lambda at: 1_600_000_000 + at, lambda at: 1_600_000_000 + at, _real),
    "employees": "eid,name,salary\n" + _rows(lambda at: at, lambda _at: "somebody", lambda _at: 50_000, sign=","),
    "articles": "pmid,title,year\n" + _rows(_any(6 * 10**6), lambda _at: "a title", lambda _at: 2010, sign=","),
    "ratings": "uid,iid,rating\n" + _rows(_any(500), _any(500), _any(5), sign=","),
    "loadings": "gene,PC1,PC2,PC3\n" + _rows(lambda at: f"GENE{at}", _real, _real, _real, sign=","),
    "flowers": "sepal_length,petal_length,PC1,PC2,species\n" + _rows(_real, _real, _real, _real, lambda _at: "setosa", sign=","),
    "catalogue": "pgs_id,pgs_name,n_variants\n" + _rows(lambda at: f"PGS{at:06}", lambda at: f"PRS{at}", _any(10**6), sign=","),
    "pull requests": "id,author,prs\n" + _rows(lambda at: at, lambda _at: "somebody", _any(30), sign=","),
    "cohorts": "cohort,n,mean_age,ancestry\nA,500,55,EUR\nB,600,56,AFR\nC,200,51,EAS\n",
    "cities": "city,population,lat,lon\n" + _rows(lambda at: f"Town{at}", _any(10**6), _real, _real, sign=","),
    "families of words": "en,de,father,mother\n" + _rows(*[lambda at: f"word{at}"] * 4, sign=","),
    "pedigree of cattle": "animal,sire,dam,sex,breed\n"
    + _rows(lambda at: f"A{at:05}", lambda _at: 0, lambda _at: 0, _any(2), _any(9), sign=","),
    "linkage": _rows(*[lambda at, to=to: "1" if at == to else f"{1 / (2 + abs(at - to)):.4f}" for to in range(30)], count=30),
}


@pytest.mark.parametrize("other", _OTHERS)
def test_what_is_of_no_person_is_quiet(other: str) -> None:
    """Coordinates, graphs, ratings, catalogues and the like have no finding."""
    assert not _told("x", _OTHERS[other])
    assert not _told("x.csv", ",".join(_OTHERS[other].split(" ")))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["fam", "hh", "nosex", "phen", "segments", "canrisk", "pedigree"]), st.data())
def test_damage_never_raises(noise: bytes, kind: str, data: st.DataObject) -> None:
    """A cut or altered table is a finding, a gap of the reader or nothing, and never an error of ours."""
    whole = samples.persons(kind=kind, people=4, sign=data.draw(st.sampled_from(["tab", "blank", "comma"])))
    at = data.draw(st.integers(0, 1000)) * len(whole) // 1000  # their length is not the same each time
    report = scan({b"x": whole[:at] + noise + whole[at + len(noise) // 2 :]})
    assert not [gap for gap in report.gaps if gap.reason in {"view-failed", "check-failed"}]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text("019.-:aZ_#/\u00e9", min_size=1, max_size=6), min_size=1, max_size=9), min_size=1, max_size=12))
def test_no_text_raises(rows: list[list[str]]) -> None:
    """Whatever cells a text has, under the name that says most about it."""
    text = "\n".join(" ".join(row) for row in rows).encode()
    for name in (b"x.fam", b"x.nosex", b"x.3.Q", b"x.rel", b"x"):
        assert not [gap for gap in scan({name: text}).gaps if gap.reason in {"view-failed", "check-failed"}]


def test_names_are_kept_from_what_is_told() -> None:
    """No id of the table stands in a message, and a path that repeats one is masked."""
    data = samples.persons(kind="hh", people=3, sign="tab")
    one = data.split()[1]
    report = scan({b"out/" + one + b".hh": data})
    shown = repr([(finding.path, finding.message) for finding in report.findings])
    assert one.decode() not in shown
    assert any(finding.code == "GEN303" for finding in report.findings)
