"""Licences and manifests of R: the grammar of DESCRIPTION, renv."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.views.licences import expression, forms, rlang
from pytest_genomic_guard.views.licences.forms import DAMAGED
from pytest_genomic_guard.views.licences.manifests.ecosystems import expression as spdx

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.licences.nouns import Manifest

_GRAMMAR = {
    "GPL (>= 2)": "GPL-2.0-or-later",
    "GPL (>=2)": "GPL-2.0-or-later",
    "GPL-2 | GPL-3": "GPL-2.0-only OR GPL-3.0-only",
    "GPL-2|GPL-3": "GPL-2.0-only OR GPL-3.0-only",
    "GPL-2 or GPL-3": "GPL-2.0-only OR GPL-3.0-only",
    "GPL-3 + file LICENSE": "GPL-3.0-only",
    "GPL (> 2)": "GPL-3.0-or-later",
    "GPL (== 2)": "GPL-2.0-only",
    "GPL (< 3)": "GPL-1.0-only OR GPL-2.0-only",
    "GPL (>= 2, < 4)": "GPL-2.0-only OR GPL-3.0-only",
    "GPL (>= 3.1)": "GPL-3.0-or-later",
    "GPL": "GPL-1.0-or-later",
    "GNU General Public License version 3": "GPL-3.0-only",
    "GPL (>= 2) | file LICENCE": "GPL-2.0-or-later",
    "GPL (>= 2) | BSD_3_clause + file LICENSE": "GPL-2.0-or-later OR BSD-3-Clause",
    "LGPL-2": "LGPL-2.0-only",
    "LGPL (>= 2.1)": "LGPL-2.1-or-later",
    "LGPL (>= 2.0, < 3) | Mozilla Public License": "LGPL-2.0-only OR LGPL-2.1-only OR MPL-1.0 OR MPL-1.1 OR MPL-2.0",
    "AGPL-3": "AGPL-3.0-only",
    "AGPL (>= 3)": "AGPL-3.0-or-later",
    "MIT + file LICENSE": "MIT",
    "MIT + file LICENCE.md": "MIT",
    "BSD_2_clause + file LICENCE": "BSD-2-Clause",
    "BSD_3_clause + file LICENCE": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",
    "FreeBSD": "BSD-2-Clause",
    "Apache License (>= 2)": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Artistic-2.0": "Artistic-2.0",
    "Artistic License 2.0": "Artistic-2.0",
    "CC BY 4.0": "CC-BY-4.0",
    "CC BY-NC-SA 4.0": "CC-BY-NC-SA-4.0",
    "CC0": "CC0-1.0",
    "Creative Commons Attribution-NonCommercial 4.0 International License": "CC-BY-NC-4.0",
    "CeCILL": "CECILL-2.0",
    "CeCILL-2": "CECILL-2.0",
    "MPL (== 2.0)": "MPL-2.0",
    "MPL-2.0 | MIT + file LICENSE": "MPL-2.0 OR MIT",
    "EUPL-1.1": "EUPL-1.1",
    "BSL-1.0": "BSL-1.0",
    "Lucent Public License": "LPL-1.02",
    "Zlib": "Zlib",
    "Unlimited": "LicenseRef-Unlimited",
    "ACM": "LicenseRef-ACM",
    "Part of R 4.4.1": "GPL-2.0-only OR GPL-3.0-only",
    "GPL-3.0-or-later": "GPL-3.0-or-later",
    "file LICENSE": "",
    "file LICENCE | file COPYING": "",
    "see the homepage": "",
    "": "",
}


@pytest.mark.parametrize(("text", "wanted"), _GRAMMAR.items(), ids=range(len(_GRAMMAR)))
def test_grammar(text: str, wanted: str) -> None:
    """Every form that the manual has, and those that people write."""
    assert rlang.expression(text) == wanted


@pytest.mark.parametrize("wanted", sorted({each for each in _GRAMMAR.values() if each}))
def test_what_is_said_is_spdx(wanted: str) -> None:
    """Every answer is an expression, and none of them is of an unknown class."""
    assert expression.canonical(wanted)
    assert expression.classify(wanted) != "unknown"


def test_files() -> None:
    """The files that a licence refers to."""
    assert rlang.files("MIT + file LICENSE | file inst/COPYRIGHTS") == ("LICENSE", "inst/COPYRIGHTS")
    assert rlang.files("GPL-3") == ()


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="the oracle is R itself")
def test_r_agrees_on_what_is_of_its_grammar() -> None:
    """What ``tools:::analyze_licenses`` can standardise is understood here, but for licences that are a file alone."""
    texts = [each for each in _GRAMMAR if each]
    names = ", ".join(json.dumps(each) for each in texts)
    code = f"x <- c({names}); r <- tools:::analyze_licenses(x); cat(as.integer(r$is_standardizable))"
    told = subprocess.run(["Rscript", "--vanilla", "-e", code], check=True, capture_output=True, text=True, timeout=120).stdout
    flags = [each == "1" for each in told.split()]
    assert len(flags) == len(texts)
    assert [
        each
        for each, known in zip(texts, flags, strict=True)
        if known and not rlang.expression(each) and not each.startswith("file ")
    ] == []


DESCRIPTION = """\
Package: own.tools
Type: Package
Title: Tools
Description: Words about it,
    with commas: and colons.
License: MIT + file LICENSE
Depends: R (>= 4.1.0), methods,
    Biobase (>= 2.50)
Imports:
    Rcpp (>= 1.0.7),
    data.table,
    utils
LinkingTo: Rcpp, BH
Suggests: testthat (>= 3.0.0), knitr
Config/Needs/website: pkgdown, owner/theme
Remotes: github::owner/thing
"""


def _read(path: str, text: str) -> Manifest:
    found = forms.read(path.encode(), text.encode())
    assert found is not None
    assert found is not DAMAGED
    return found


def test_description() -> None:
    """What it runs with once each, without R and its parts; the rest is for those who work on it."""
    found = _read("pkg/DESCRIPTION", DESCRIPTION)
    runtime, dev = found.groups
    assert [(each.name, each.specifier, each.line) for each in runtime.requires] == [
        ("Biobase", ">=2.50", 8),
        ("Rcpp", ">=1.0.7", 10),
        ("data.table", "", 11),
        ("BH", "", 13),
    ]
    assert [each.name for each in dev.requires] == ["testthat", "knitr", "pkgdown"]
    assert (found.name, found.licence, dev.scope, found.unread) == ("own.tools", "MIT + file LICENSE", "dev", ())


@pytest.mark.parametrize(
    "text", ["Unnamed repository; edit this file 'description' to name the repository.\n", "", "Title: a\n", "{}"]
)
def test_other_descriptions(text: str) -> None:
    """The file of git of that name, and texts, are none."""
    assert forms.read(b"description", text.encode()) is None


RENV = {
    "R": {"Version": "4.4.0", "Repositories": [{"Name": "CRAN", "URL": "https://user:word@example.org"}]},
    "Packages": {
        "Rcpp": {"Package": "Rcpp", "Version": "1.0.10", "Source": "Repository", "Requirements": ["R", "methods", "utils"]},
        "sva": {
            "Package": "sva",
            "Version": "3.50.0",
            "Source": "Bioconductor",
            "License": "Artistic-2.0",
            "Depends": ["R (>= 3.2)", "mgcv", "genefilter"],
            "Imports": "matrixStats,\nlimma (>= 3.0)",
        },
        "bad name": {"Version": 3},
    },
}


def test_renv() -> None:
    """Both versions of the lock: with bare requirements, and with the fields of DESCRIPTION."""
    found = _read("renv.lock", json.dumps(RENV, indent=2))
    rcpp, sva = found.packages
    assert (rcpp.name, rcpp.version, rcpp.requires, rcpp.licence, rcpp.line) == ("Rcpp", "1.0.10", (), "", 12)
    assert [(each.name, each.specifier) for each in sva.requires] == [
        ("mgcv", ""),
        ("genefilter", ""),
        ("matrixStats", ""),
        ("limma", ">=3.0"),
    ]
    assert spdx(sva.ecosystem, sva.licence) == "Artistic-2.0"
    assert len(found.unread) == 1
    assert forms.read(b"renv.lock", b"{") is DAMAGED


@given(st.text(max_size=80) | st.text("GPLMIT-|+()<>=!,. 0123456789fileLICENSE", max_size=60))
def test_the_grammar_never_raises(text: str) -> None:
    """Any text is an expression or nothing."""
    found = rlang.expression(text)
    assert not found or expression.canonical(found)
    rlang.files(text)


@given(
    st.sampled_from([b"DESCRIPTION", b"renv.lock"]),
    st.sampled_from([DESCRIPTION.encode(), json.dumps(RENV).encode()]),
    st.integers(0, 500),
    st.integers(0, 30),
    st.binary(max_size=20),
)
def test_never_raises(path: bytes, seed: bytes, at: int, gone: int, put: bytes) -> None:
    """Whatever is cut out of a file and put in, a manifest, nothing or damage is returned."""
    forms.read(path, seed[:at] + put + seed[at + gone :])
