"""What is asked of every source file of an installed package is asked of its words first; that never tells anything else."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.inventory.bundled import _ANY, _QUOTED, _SOURCES, named, quotes

_HEADS = [b"SPDX-License-Identifier", b"SPDX-License-Id", b"spdx-license-id", b"GPL", b"gPl", b"lgpl", b"GNU General Public"]
_HEADS += [b"general", b" \n * ", b"PUBLIC", b"Affero", b"CeCILL", b"MIT", b"g", b"pl", b"\xe9", b" " * 31]
_PARTS = [
    b"tests",
    b"test",
    b"data",
    b"Licenses",
    b"licence",
    b"LICENCE",
    b"templates",
    b"template",
    b"spdx",
    b"Cookiecutter-x",
    b"a",
]
_PARTS += [b"test_data", b"testdata", b"fixture", b"Snapshots", b"skeletons", b"gnulib-tests", b"gnulib", b"golden", b"of_licenses"]
_ENDS = [b".py", b".PY", b".c", b".R", b".js", b".json", b".pyc", b"", b".py\n", b".h", b"py", b".f90"]
_SUFFIX = re.compile(
    rb"\.(?:py|pyx|pxd|pxi|c|cc|cpp|cxx|cu|cuh|h|hh|hpp|hxx|f|f90|for|js|mjs|ts|pl|pm|R|r|jl|m|java|sh|rb|lua|go|rs)\Z"
)


@given(st.lists(st.sampled_from(_HEADS), max_size=8).map(b"".join))
@settings(max_examples=400, deadline=None)
def test_words_pass_over_no_licence(head: bytes) -> None:
    """A head that the expression matches has one of the words."""
    assert named(head) == (_ANY.search(head) is not None)


@given(st.lists(st.sampled_from(_PARTS), min_size=1, max_size=5).map(b"/".join), st.sampled_from(_ENDS))
@settings(max_examples=400, deadline=None)
def test_words_pass_over_no_quotation(path: bytes, end: bytes) -> None:
    """So has a path that the expression matches, and a file is a source by the same ends."""
    assert quotes(path + end) == (_QUOTED.search(path + end) is not None)
    assert (path + end).endswith(_SOURCES) == (_SUFFIX.search(path + end) is not None)
