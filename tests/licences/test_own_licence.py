"""The project's own licence as its files declare it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.testing import scan
from pytest_genomic_guard.views.licences import declared

MIT = (
    b"MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy of this software and associated\n"
)
MIT += b'documentation files (the "Software"), to deal in the Software without restriction.\n'


def said(form: str, text: str) -> set[str]:
    """Return the expressions that a file of a form declares."""
    return {expression for by, expression, _vague, _at in declared.said(form, text.encode()) if "aside" not in by}


@pytest.mark.parametrize(
    ("form", "text", "wanted"),
    [
        ("pyproject.toml", '[project]\nlicense = "MIT"', {"MIT"}),
        ("pyproject.toml", '[project]\nlicense = {text = "Apache 2.0"}', {"Apache-2.0"}),
        ("pyproject.toml", '[tool.poetry]\nlicense = "GPL-3.0-or-later"', {"GPL-3.0-or-later"}),
        ("pyproject.toml", '[project]\nlicense = {file = "LICENSE"}', set()),
        ("pyproject.toml", '[project]\nclassifiers = ["License :: OSI Approved :: MIT License"]', {"MIT"}),
        ("setup.cfg", "[metadata]\nlicense = MIT\n", {"MIT"}),
        ("setup.cfg", "[metadata]\nlicense = file: LICENSE\n", set()),
        ("setup.py", "setup(\n    name='x',\n    license='MIT',\n)", {"MIT"}),
        ("setup.py", "setup(license=open('LICENSE').read())", set()),
        ("DESCRIPTION", "Package: x\nLicense: GPL-3", {"GPL-3.0-only"}),
        ("DESCRIPTION", "Package: x\nLicense: MIT + file LICENSE", {"MIT"}),
        ("DESCRIPTION", "Title: notes\nLicense: GPL-3", set()),
        ("package.json", '{"license": "ISC"}', {"ISC"}),
        ("package.json", '{"license": {"type": "MIT", "url": "x"}}', {"MIT"}),
        ("package.json", '{"license": "SEE LICENSE IN x"}', set()),
        ("CITATION.cff", 'cff-version: 1.2.0\nlicense: "BSD-3-Clause"', {"BSD-3-Clause"}),
        ("README", "![x](https://img.shields.io/badge/license-Apache--2.0-blue.svg)", {"Apache-2.0"}),
        ("README", "[x]: https://img.shields.io/badge/License-GPLv3-blue.svg\n", {"GPL-3.0-only"}),
        ("README", "This project is licensed under the MIT License - see the file.", {"MIT"}),
        ("README", "This software is released under the Apache License 2.0.", {"Apache-2.0"}),
        ("README", "The data are licensed under CC BY 4.0.", set()),
        ("README", "![x](https://img.shields.io/github/license/x/y)", set()),
        ("README", "We thank the authors of the GPL.", set()),
    ],
)
def test_declared(form: str, text: str, wanted: set[str]) -> None:
    """Each file declares what its format says, and nothing else."""
    assert said(form, text) - {""} == wanted


@given(st.sampled_from(sorted(declared._READERS)), st.binary(max_size=300) | st.text(max_size=200).map(str.encode))  # noqa: SLF001 - all of them
@settings(max_examples=300, deadline=None)
def test_never_raises(form: str, data: bytes) -> None:
    """A damaged file declares nothing."""
    assert isinstance(declared.said(form, data), list)
    assert isinstance(declared.said(form, b"License: " + data), list)


@pytest.mark.parametrize(
    ("path", "text", "fires"),
    [
        (b"package.json", b'{"license": "GPL-3.0"}', True),
        (b"package.json", b'{"license": "(GPL-3.0 OR MIT)"}', False),
        (b"package.json", b'{"license": "LicenseRef-House"}', False),
        (b"README.md", b"This package is released under the terms of the GNU General Public License v3.", True),
        (b"README.md", b"The data is available under CC BY 4.0, the code is licensed under the MIT license.", False),
        (b"docs/package.json", b'{"license": "GPL-3.0"}', False),
        (b"vendor/x/package.json", b'{"license": "ISC"}', False),
    ],
)
def test_mismatch(path: bytes, text: bytes, *, fires: bool) -> None:
    """What stands beside a licence file under MIT either agrees with it or is told, at its own place."""
    found = [item for item in scan({b"LICENSE": MIT, path: text}).findings if item.code in {"LIC204", "LIC208"}]
    assert [item.path.encode() for item in found] == [path] * fires


BADGE = b"# Study\n\n![l](https://img.shields.io/badge/license-%s-blue.svg)\n"


@pytest.mark.parametrize("licence", [b"MIT License\n\nCopyright (c) 2020 The authors\n", MIT, None])
def test_the_odd_one_out_is_told(licence: bytes | None) -> None:
    """A README that says what no other file says is the place, whether the licence file can be read or not."""
    files = {b"README.md": BADGE % b"GPLv3", b"pyproject.toml": b'[project]\nname = "study"\nversion = "1"\nlicense = "MIT"\n'}
    files |= {b"LICENSE": licence} if licence else {}
    found = [item for item in scan(files).findings if item.code in {"LIC204", "LIC208"}]
    assert [(item.path, item.line, item.subject) for item in found] == [("README.md", 3, "GPL-3.0-only")]


def test_the_manifest_is_told_where_two_others_agree() -> None:
    """Without a licence file what most files say counts."""
    files = {
        b"README.md": BADGE % b"MIT",
        b"CITATION.cff": b"cff-version: 1.2.0\nlicense: MIT\n",
        b"pyproject.toml": b'[project]\nname = "study"\nversion = "1"\nlicense = "GPL-3.0-only"\n',
    }
    found = [item for item in scan(files).findings if item.code in {"LIC204", "LIC208"}]
    assert [(item.path, item.line, item.subject) for item in found] == [("pyproject.toml", 4, "GPL-3.0-only")]


def test_nothing_is_quoted() -> None:
    """The words of a field are not in the message, only what they were read as."""
    field = b"MIT, as told by Grandmother Quince"
    for item in scan(
        {b"LICENSE": MIT, b"package.json": b'{"license": "GPL-3.0 Quince"}', b"setup.cfg": b"[metadata]\nlicense = " + field}
    ).findings:
        assert "quince" not in f"{item.message} {item.subject} {item.help}".lower()
