"""Tables are judged by less work than they have cells: what is settled early is what all cells tell, and none is judged twice."""

# ruff: noqa: SLF001 - what is tested are the ways in between

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.identifiers import labels
from pytest_genomic_guard.model import Artifact
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.testing import samples
from pytest_genomic_guard.views import genomic, health
from pytest_genomic_guard.views.again import Again
from pytest_genomic_guard.views.genomic import controlled, grid, kinds, omics
from pytest_genomic_guard.views.genomic.grid import MISSING, Grid
from pytest_genomic_guard.views.health import clinicalwords, noteitems, notelabels, notelayouts, participants, sheets, tables
from pytest_genomic_guard.views.tables import DataTable, from_text
from pytest_genomic_guard.views.tables.table import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

_CELLS = st.sampled_from(["", " ", "NA", "1", "2 ", "x", "rs12", "0.5", "name", "diabetes", "age", "sex"])
_ROWS = st.lists(st.lists(_CELLS, max_size=6).map(tuple), max_size=12)
_HEADER = ("name", "age", "diagnosis", "mrn")


def _table(rows: Sequence[tuple[str, ...]], header: tuple[str, ...] = _HEADER, **more: object) -> DataTable:
    artifact = Artifact(path=b"a.csv", kind="file", origin="memory", opener=lambda: BytesStream(b""), size=0)
    made = DataTable(artifact=artifact, format="delimited", header=header, source=Source(lambda: enumerate(rows, 2)))
    return made.replace(**more)


@given(_ROWS, st.integers(0, 6), st.sampled_from(["[a-z]+", r"\d", "rs.*", ".*", "q"]), st.floats(0.01, 1))
def test_what_most_cells_pass_is_their_share(rows: list[tuple[str, ...]], at: int, pattern: str, least: float) -> None:
    """Stopping early says what counting all of them says, at every bound; cells are those of the rows, however ragged."""
    made, test = Grid(_table(rows)), re.compile(pattern).fullmatch
    for bound in (least, 0.5, 0.8, 0.9, 0.95, 1.0, 2 / 3):
        assert made.mostly(at, test, bound) == (made.part(at, test) >= bound)
    cells = tuple(cell for row in rows if at < len(row) and (cell := row[at].strip()) not in MISSING)
    assert made.column(at) == cells
    assert made.part(at, test) == (sum(map(bool, map(test, cells))) / len(cells) if cells else 0.0)


def test_columns_of_wide_and_of_narrow_tables_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Columns that are made at once are those that are made one by one."""
    rows = [tuple(str(number) for number in range(width)) for width in (3, 7, 1, 5)]
    narrow = [Grid(_table(rows)).column(at) for at in range(9)]
    monkeypatch.setattr(grid, "_TURNED", 0)
    assert [Grid(_table(rows)).column(at) for at in range(9)] == narrow


@pytest.mark.parametrize("total", range(1, 203))
def test_no_bound_is_off_by_one(total: int) -> None:
    """Each number of cells that pass is judged as its share, also where a product of floats is not exact."""
    for passed in range(total + 1):
        made = Grid(_table([("a",)] * passed + [("b",)] * (total - passed), ("x",)), rows=400)
        for bound in (0.1, 0.3, 1 / 3, 0.6, 0.7, 0.8, 0.9, 0.95):
            assert made.mostly(0, "a".__eq__, bound) == (made.part(0, "a".__eq__) >= bound)


def test_a_table_that_is_nothing_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same cells under another path are known; other cells, names, forms or declarations are not."""
    monkeypatch.setattr(kinds, "_nothing", Again())
    monkeypatch.setattr(tables, "_nothing", Again())
    judged = Counter[str]()
    for module in (kinds, tables):
        real = module._recognised

        def counted(made: Grid, real: object = real, name: str = module.__name__) -> object:
            judged[name] += 1
            return real(made)  # type: ignore[operator]

        monkeypatch.setattr(module, "_recognised", counted)
    rows = [("red", "1"), ("blue", "2"), ("green", "3")]
    first = _table(rows, ("colour", "weight"))
    others = [
        _table([*rows, ("black", "4")], ("colour", "weight")),
        _table(rows, ("colour", "height")),
        first.replace(format="json"),
        first.replace(lead=b"# synthetic"),
        first.replace(complete=False),
    ]
    path = Artifact(path=b"b.csv", kind="file", origin="memory", opener=lambda: BytesStream(b""), size=0)
    for each in (first, *others, first.replace(artifact=path, around=b"other"), *others):
        assert (kinds.of(each), tables.of(each)) == (None, None)
    assert set(judged.values()) == {1 + len(others)}


def test_people_are_found_as_often_as_they_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table that says something is never remembered, nor one of which more was asked than is remembered."""
    monkeypatch.setattr(tables, "_nothing", Again())
    artifact = Artifact(path=b"a.csv", kind="file", origin="memory", opener=lambda: BytesStream(b""), size=0)
    data = samples.people_table(form="record", style="csv")
    found = [tables.of(table) for _again in range(3) for table in from_text(data, artifact, ())]
    assert found
    assert all(each and each.what == "identified" for each in found)
    asked = Grid(_table([("1", "2")]))
    assert not asked.asked
    assert asked.told() == Grid(_table([("1", "2")])).told()
    for ask in (lambda one: one.table, lambda one: one.count(), lambda one: one.distinct(0), lambda one: list(one.names(0))):
        made = Grid(_table([("1", "2")]))
        ask(made)
        assert made.asked


def test_recognisers_ask_the_grid() -> None:
    """Nobody reaches for the table behind the back of what notes that it was asked for."""
    for room in (genomic, health):
        for path in Path(str(room.__file__)).parent.rglob("*.py"):
            assert path.name == "grid.py" or "._table" not in path.read_text(encoding="utf-8")


@given(st.lists(_CELLS, max_size=9), st.integers(1, 6))
def test_cells_that_speak_are_counted_no_further_than_needed(cells: list[str], least: int) -> None:
    """As many as are asked for speak, or not."""
    assert sheets._speaking(cells, least) == (sum(map(sheets._speaks, cells)) >= least)


@given(st.lists(st.sampled_from(["asthma", "Diabetes mellitus", "blue", "x1", "HbA1c", "ok"]), unique=True, max_size=6))
def test_words_of_medicine_among_cells(cells: list[str]) -> None:
    """The first that speaks for sure tells, where six in ten do, and two."""
    kinds_of = [clinicalwords.spoken(cell) for cell in cells]
    sure = [context for context, weight in kinds_of if weight == 1]
    assert participants._spoken(cells) == (sure[0] if len(sure) > 1 and len(sure) >= 0.6 * len(kinds_of) else "")


@pytest.mark.parametrize(
    ("union", "forms"),
    [(omics._OF_ANY, [kind[2] for kind in omics._KINDS]), (controlled._OF_ANY, [form for form, _told in controlled._IDS])],
)
@given(data=st.data())
def test_one_look_for_many_forms_misses_none(union: re.Pattern[str], forms: list[re.Pattern[str]], data: st.DataObject) -> None:
    """Whatever one of the forms takes, the look before them takes."""
    form = data.draw(st.sampled_from(forms))
    text = data.draw(st.from_regex(re.compile(form.pattern, form.flags), fullmatch=True))
    assert union.fullmatch(text)


def _slow(text: str) -> tuple[str, ...]:
    """Return the words of a label by its definition."""
    if len(text) > 80:
        return ()
    parts = []
    for at, each in enumerate(text):
        if at and each.isupper() and (text[at - 1].islower() or (text[at - 1].isupper() and text[at + 1 : at + 2].islower())):
            parts.append(" ")
        parts.append(each)
    folded = unicodedata.normalize("NFKD", "".join(parts).casefold().replace("#", " number "))
    kept = "".join(each if each.isalpha() else "" if each in "'`" else " " for each in folded)
    return tuple(word for word in kept.split() if word != "s")[:13]


@given(st.text("abcSTU xs'`#_-.:9\n", max_size=90))
def test_labels_in_ascii(text: str) -> None:
    """Words of labels in ASCII are those of any label."""
    assert labels._words(text) == _slow(text)


@given(st.lists(st.sampled_from(["patient", "dateofbirth", "patientdob", "dob", "pt", "ptname", "mrn", "the", "persons", "x"])))
def test_labels_of_a_text_are_found_by_its_words(parts: list[str]) -> None:
    """A word that is no label alone, nor of several written together, is passed over."""
    text = notelabels.folded(" ".join(parts))
    these = notelabels.Words(text)
    told = {word for word in set(these.texts) if word in notelabels._FIRST or notelabels._together(word)}
    assert {text[each.start : each.end].split()[0] for each in notelabels.labels(text, these)} <= told
    assert all(
        any(text[each.start :].startswith(word) for each in notelabels.labels(text, these))
        for word in told
        if word not in notelabels._FIRST
    )


_OLD = {
    "_WARD": (
        r"(?i)(?<![\w.])(?:U ?#|Unit ?(?:#|no\.?)|FIN ?#?|MR ?#|Hosp\.? ?(?:no|#)\.?|PTID|PATID|file(?: no\.?)?)[ ]?[:=]?[ ]{0,3}"
        r"(?P<number>[A-Z]{0,3}[0-9]{5,14})(?![\w-])"
    ),
    "_PLAIN_ID": r"(?<![\w.-])(?:ID|No|#)[ ]?[.:=][ \t]{0,4}(?P<number>[A-Z]{0,3}[0-9]{5,12})(?![\w-])",
    "_SEXED": r"(?m)(?<=[ (,])[0-9]{1,3}[ ]?(?:y(?:r|rs|o)?[ /]{0,1})?[MF](?=[ ),;.\t]|$)",
    "_YEARS": r"(?<=[ (])[0-9]{1,3}[ ]?(?:yrs?|yo|y)(?=[ ),;.])",
    "_TITLED": (
        r"(?<![\w.])(?:Mr|Mrs|Ms|Miss|Mx|Herrn?|Frau|Mme|Mlle|Monsieur|Madame|Señora?|Sra|Sr|D\.|Dña|Sig|Signora?|Dhr|Mevr"
        r"|Mevrouw|Fru|Sra)\.?[ ]{1,2}(?:\(?[A-Z\u00c0-\u017f][\w'’.-]{1,24}\)?[ ]?){1,3}"  # noqa: RUF001 - as it is written
    ),
}
_PARTS = re.split(
    r"\|",
    "U|u| |#|Unit|no.|FIN|fin|MR|mr|M|Hosp|.|No|no|PTID|PATID|patid|file|ID|id|:|=|123456|12|1|F|y|yo|yrs|(|)|,|;|\n|Mr|Mrs|Ms"
    "|Herr|Herrn|Frau|Señor|Señora|Sr|Sra|D.|Dña|Sig|Signora|Dhr|Mevr|Mevrouw|Fru|Madame|Mlle|Aaaa|a|_|-|K|\u017f|\u212a|é",
)


@pytest.mark.parametrize("name", sorted(_OLD))
@given(text=st.lists(st.sampled_from(_PARTS), max_size=14).map("".join))
@settings(max_examples=500)
def test_patterns_that_begin_with_characters_match_the_same(name: str, text: str) -> None:
    """What must stand before a match may be asked behind its first character: matches are the same."""
    new, old = getattr(notelayouts, name, None) or getattr(noteitems, name), re.compile(_OLD[name])
    assert [(each.span(), each.groups()) for each in new.finditer(text)] == [
        (each.span(), each.groups()) for each in old.finditer(text)
    ]


def test_a_table_that_has_no_key_is_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of cells that are more than texts nothing is remembered, so that no such table stands for another."""

    class Cell(str):
        __slots__ = ()

    monkeypatch.setattr(kinds, "_nothing", Again())
    monkeypatch.setattr(tables, "_nothing", Again())
    rows = [(Cell("red"), Cell("1")), (Cell("blue"), Cell("2"))]
    assert tables.of(_table(rows, ("colour", "weight"))) is None
    assert kinds.of(_table(rows, ("colour", "weight"))) is None
    assert b"" not in kinds._nothing
    assert b"" not in tables._nothing
