"""Folders and files from elsewhere, under the policy and under the project's own licence."""

from __future__ import annotations

import pytest

from pytest_genomic_guard.model import Facts, Located
from pytest_genomic_guard.relations.licences.ground import Ground, together, vendored
from pytest_genomic_guard.testing import scan
from pytest_genomic_guard.views.licences.terms import Terms
from pytest_genomic_guard.views.licences.tree import LicenceFile, is_licence, licence

GPL = b"          GNU GENERAL PUBLIC LICENSE\n          Version 3, 29 June 2007\n\n Everyone is permitted to copy\n"
GPL += b" and distribute verbatim copies\n of this license document, but changing it is not allowed.\n"
MIT = (
    b"MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy of this software and associated\n"
)
MIT += b'documentation files (the "Software"), to deal in the Software without restriction.\n'
HEADER = b"# SPDX-License-Identifier: GPL-3.0-or-later\nx = 1\n"


def codes(files: dict[bytes, bytes]) -> set[tuple[str, bytes]]:
    """Return code and path of each finding about the source tree."""
    report = scan(files)
    return {(item.code, item.path.encode()) for item in report.findings if item.code.startswith("LIC2")}


@pytest.mark.parametrize("name", [b"LICENSE", b"LICENCE.txt", b"COPYING", b"license.md", b"COPYING.GPL"])
@pytest.mark.parametrize("folder", [b"vendor/x", b"third_party/x/y", b"lib/aligner", b"src/with blank"])
def test_folders(folder: bytes, name: bytes) -> None:
    """A licence file in any folder below the top is told once, and the files in it are not told again."""
    files = {b"LICENSE": MIT, folder + b"/" + name: GPL, folder + b"/a.py": HEADER, folder + b"/sub/b.py": HEADER}
    assert codes(files) == {("LIC203", folder + b"/" + name)}


@pytest.mark.parametrize(
    "own", [{b"COPYING": GPL}, {b"DESCRIPTION": b"Package: x\nLicense: GPL-3\n"}, {b"package.json": b'{"license": "GPL-3.0"}'}]
)
def test_own_licence(own: dict[bytes, bytes]) -> None:
    """A project under the GPL may hold what is under the GPL, by its licence file or its manifest."""
    files = {b"a.py": HEADER, b"third_party/x/COPYING": GPL, b"third_party/x/a.py": HEADER}
    assert codes(files)
    assert not codes({**files, **own})


def test_stricter_than_own() -> None:
    """A file under the AGPL in a project under the GPL is told, and one under the GPL in a project under the AGPL is not."""
    affero = HEADER.replace(b"GPL-3.0", b"AGPL-3.0")
    assert codes({b"COPYING": GPL, b"a.py": affero}) == {("LIC201", b"a.py")}
    assert not codes({b"pyproject.toml": b'[project]\nlicense = "AGPL-3.0-or-later"\n', b"a.py": HEADER})


def test_terms() -> None:
    """The policy's classes, ids and own licence decide, those of the nearest project first."""
    every = ("permissive", "weak-copyleft", "strong-copyleft")

    def allowed(path: bytes, expression: str, *terms: Terms) -> bool:
        return Ground(Facts([Located(path=b".", fact=each) for each in terms])).allowed(expression, path)

    assert not allowed(b"a/x", "GPL-3.0-only")
    assert allowed(b"a/x", "GPL-3.0-only", Terms(classes=every))
    assert not allowed(b"b/x", "GPL-3.0-only", Terms(classes=every), Terms(root=b"b"))
    assert allowed(b"ba/x", "GPL-3.0-only", Terms(classes=every), Terms(root=b"b"))
    assert allowed(b"a/x", "GPL-3.0-only", Terms(), Terms(root=b"a", ids=("GPL-3.0-only",)))
    assert allowed(b"a/x", "GPL-3.0-or-later", Terms(root=b"a", own="GPL-3.0-only"))
    assert not allowed(b"a/x", "LGPL-3.0-only", Terms(classes=("permissive",)))


def test_policy() -> None:
    """What the policy file allows is allowed in the source tree."""
    policy = b"version: 1\nlicences: {allow-classes: [permissive, weak-copyleft, strong-copyleft]}\n"
    assert codes({b"a.py": HEADER}) == {("LIC201", b"a.py")}
    assert not codes({b"a.py": HEADER, b".genomic-guard.yaml": policy})
    assert codes({b"a.py": b"# SPDX-License-Identifier: AGPL-3.0-only\n", b".genomic-guard.yaml": policy}) == {("LIC201", b"a.py")}


def test_part_of_monorepo() -> None:
    """A part with its own manifest has its own licence; one folder's does not count for its neighbour."""
    files = {b"LICENSE": MIT, b"r/DESCRIPTION": b"Package: x\nLicense: GPL-3\n", b"r/R/a.R": HEADER, b"py/a.py": HEADER}
    assert codes(files) == {("LIC201", b"py/a.py")}


@pytest.mark.parametrize(
    "path", [b"LICENSES/GPL.txt", b"a/licenses/x/COPYING", b"src/license.py", b"license.stan", b"LICENSE.json", b"relicensing.md"]
)
def test_no_licence_file(path: bytes) -> None:
    """Collections of texts and programs are no licence of their folder."""
    assert not is_licence(path)


@pytest.mark.parametrize(
    "path", [b"a/THIRD_PARTY_LICENSES", b"license-header.txt", b"LICENSE_TEMPLATE", b"dependencies-license.txt"]
)
def test_of_something_else(path: bytes) -> None:
    """A licence file that names what it is of is not that of the folder."""
    assert licence(path, GPL) is None


@pytest.mark.parametrize(
    "path",
    [b"docs/licences.md", b"docs/licensing.md", b"docs/licenses.rst", b"docs/third-party-licenses.md", b"a/LICENSING.md",
     b"docs/gpl-license.md", b"website/docs/licenses.mdx", b"licences.adoc"],
)  # fmt: skip
def test_pages_are_no_licence_files(path: bytes) -> None:
    """A page of a guide that lists or quotes licences is none of its folder's, and contradicts nothing."""
    assert not is_licence(path)
    assert not codes({b"LICENSE": MIT, b"pyproject.toml": b'[project]\nname = "a"\nlicense = "MIT"\n', path: GPL})


@pytest.mark.parametrize(
    "path", [b"docs/LICENSE", b"docs/LICENSE.md", b"docs/COPYING", b"docs/LICENSE-GPL.txt", b"vendor/x/LICENSE.rst"]
)
def test_licence_files_of_documentation_stay(path: bytes) -> None:
    """A licence file by its plain name is one in a folder of documentation, too."""
    assert codes({b"LICENSE": MIT, path: GPL}) == {("LIC203", path)}


def test_together() -> None:
    """Several licence files in a folder are a choice, and the Lesser GPL stands with the GPL that it adds to."""
    lesser, gpl, mit = (LicenceFile(expression=each) for each in ("LGPL-3.0-only", "GPL-3.0-only", "MIT"))
    assert together([gpl, lesser]) == "LGPL-3.0-only"
    assert together([mit, gpl]) == "(MIT) OR (GPL-3.0-only)"
    assert together([LicenceFile(), mit]) == "MIT"


def test_vendored() -> None:
    """Names of folders tell what came from elsewhere, not names of files or parts of names."""
    assert vendored(b"a/Third_Party/x.c")
    assert not vendored(b"a/external_data/x.c")
    assert not vendored(b"src/a.py")


def test_damaged() -> None:
    """Damaged manifests and licence files declare nothing, and leave no gap of ours."""
    files = {
        b"pyproject.toml": b"[project\nlicense=",
        b"package.json": b"[" * 100000,
        b"LICENSE": b"\xff\xfe\x00",
        b"vendor/x/setup.py": b"\x00license=",
    }
    report = scan({**files, b"vendor/y/DESCRIPTION": b"License: ((((", b"CITATION.cff": b"license: ]["})
    assert not [gap for gap in report.gaps if gap.reason in {"view-failed", "check-failed"}]
