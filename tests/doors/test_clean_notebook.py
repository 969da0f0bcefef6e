"""``genomic-guard clean-notebook``: outputs that show people go, and everything else stays as it is, byte for byte."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import nbformat
import pandas
import pytest
from _scratch import Repo, guard, scan
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.testing import samples
from pytest_genomic_guard.views import spans

if TYPE_CHECKING:
    from pathlib import Path

_V4: Any = nbformat.v4  # which has no types


def table() -> str:
    """Return calls of three people as a notebook shows a table."""
    vcf = samples.vcf(samples=3, variants=40)
    shown = pandas.read_csv(io.BytesIO(vcf[vcf.index(b"#CHROM") :]), sep="\t").to_html()
    return str(shown)


def notebook(*outputs: list[Any], source: str = "show()") -> dict[str, Any]:
    """Return a notebook with a cell for each list of outputs."""
    cells = [_V4.new_code_cell(source, outputs=each, execution_count=at) for at, each in enumerate(outputs, 1)]
    return dict(_V4.new_notebook(cells=[_V4.new_markdown_cell("# About"), *cells]))


def stream(text: str) -> Any:
    """Return what a cell printed."""
    return _V4.new_output("stream", text=text)


def shown(html: str) -> Any:
    """Return what a cell displayed."""
    return _V4.new_output("display_data", data={"text/html": html, "text/plain": "a table"})


@pytest.mark.parametrize("indent", [1, None, 4])
def test_only_findings(tmp_path: Path, indent: int | None) -> None:
    """The outputs in which people are found go; what stands before and behind them is the same, byte for byte."""
    book = notebook([stream("fit\n"), shown(table()), stream("done\n")], [shown(table())], [stream("ok\n")])
    file = tmp_path / "a.ipynb"
    before = json.dumps(book, indent=indent).encode()
    file.write_bytes(before)
    assert scan(cwd=tmp_path).code == 1
    ran = guard("clean-notebook", "--only-findings", "a.ipynb", cwd=tmp_path)
    assert (ran.code, ran.out) == (0, "a.ipynb: 2 outputs removed\n")
    after = file.read_bytes()
    cut = json.loads(before)
    del cut["cells"][1]["outputs"][1], cut["cells"][2]["outputs"][0]
    assert json.loads(after) == cut
    assert after == json.dumps(cut, indent=indent).encode()
    nbformat.validate(nbformat.reads(after.decode(), as_version=4))  # type: ignore[no-untyped-call]
    assert scan(cwd=tmp_path).code == 0


def test_all_outputs(tmp_path: Path) -> None:
    """Without the option all outputs go, and the numbers of their runs; sources stay."""
    file = tmp_path / "a.ipynb"
    book = notebook([stream("fit\n")], [], source='x = [1, 2]  # [ } "')
    file.write_text(json.dumps(book, indent=1))
    assert guard("clean-notebook", "a.ipynb", cwd=tmp_path).out == "a.ipynb: 1 output removed\n"
    after = json.loads(file.read_text())
    assert [(cell.get("outputs"), cell.get("execution_count")) for cell in after["cells"]] == [(None, None), ([], None), ([], None)]
    assert [cell["source"] for cell in after["cells"]] == [cell["source"] for cell in book["cells"]]


def test_source_stays(tmp_path: Path) -> None:
    """People in a cell's source are told, and left to the writer: status 1, and nothing of them is shown."""
    vcf = samples.vcf(samples=2, variants=40).decode()
    file = tmp_path / "a.ipynb"
    file.write_text(json.dumps(notebook([stream("x\n")], source=f"rows = '''{vcf}'''")))
    before = file.read_bytes()
    ran = guard("clean-notebook", "--only-findings", "a.ipynb", cwd=tmp_path)
    assert (ran.code, ran.out, file.read_bytes()) == (1, "a.ipynb: 0 outputs removed\n", before)
    assert "still there, at notebook cell 2 source" in ran.err


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"cells": 1}', b"\xff\xfe{", b'{"cells": [' + b"[" * 20_000])
@pytest.mark.parametrize("option", [(), ("--only-findings",)])
def test_no_notebook(tmp_path: Path, content: bytes, option: tuple[str, ...]) -> None:
    """What is no notebook is left as it is, and that is told by the status."""
    file = tmp_path / "a.ipynb"
    file.write_bytes(content)
    assert guard("clean-notebook", *option, "a.ipynb", cwd=tmp_path).code == 3
    assert file.read_bytes() == content


def test_policy_holds(repo: Repo) -> None:
    """What the repository's policy waives stays."""
    repo.add("a.ipynb", json.dumps(notebook([shown(table())]), indent=1).encode())
    until = samples.later().decode()
    given_ = ("--reason", "public calls", "--owner", "data office", "--expires", until)
    assert guard("waive", "GEN101", "a.ipynb", *given_, cwd=repo.root).code == 0
    ran = guard("clean-notebook", "--only-findings", "--select", "GEN101", "a.ipynb", cwd=repo.root)
    assert (ran.code, ran.out) == (0, "a.ipynb: 0 outputs removed\n")


def test_no_link(tmp_path: Path) -> None:
    """A link is refused: what it leads to may be anywhere."""
    (tmp_path / "a.ipynb").symlink_to(tmp_path / "b.ipynb")
    assert guard("clean-notebook", "a.ipynb", cwd=tmp_path).code == 2


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=9) | st.sampled_from(["cells", "outputs", "execution_count"]), inner, max_size=4)
    ),
    max_leaves=8,
)
CELL = st.fixed_dictionaries(
    {"cell_type": st.just("code")},
    optional={"outputs": st.lists(ANY, max_size=4), "execution_count": st.none() | st.integers(), "metadata": ANY, "source": ANY},
)


@given(cells=st.lists(CELL, max_size=5), indent=st.sampled_from([None, 0, 2]), metadata=ANY, data=st.data())
def test_any_outputs(cells: list[Any], indent: int | None, metadata: Any, data: st.DataObject) -> None:
    """Whatever stands in a notebook: taking outputs out of its text is the same as taking them out of its tree."""
    text = json.dumps({"metadata": metadata, "cells": cells, "nbformat": 4}, indent=indent)
    found = spans.cells(text)
    assert [len(each.outputs) for each in found] == [len(cell.get("outputs", [])) for cell in cells]
    for at, cell in enumerate(found):
        gone = data.draw(st.sets(st.integers(1, 4)))
        if cell.outputs:
            kept = [each for number, each in enumerate(cells[at]["outputs"], 1) if number not in gone]
            assert json.loads(f"[{cell.without(text, gone)}]") == kept
    counts = [[text[start:end] for start, end in cell.counts] for cell in found]
    assert counts == [[json.dumps(cell["execution_count"])] if "execution_count" in cell else [] for cell in cells]
