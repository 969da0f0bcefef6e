"""What the header of a source file states: tags, notices in comments of many languages, and what is no header."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.inventory.bundled import bundled, counted, native
from pytest_genomic_guard.testing import scan
from pytest_genomic_guard.views.licences import expression, grants, headers, region

if TYPE_CHECKING:
    from pathlib import Path

NOTICE = (
    "This program is free software: you can redistribute it and/or modify it under the terms of the GNU General Public License as "
    "published by the Free Software Foundation, either version 3 of the License, or (at your option) any later version."
)
# What begins each line, what stands before and after it, and what follows the header.
LANGUAGES = {
    "python": ("# ", "", "", "x = 1"),
    "roxygen": ("#' ", "", "", "f <- function() 1"),
    "c": (" * ", "/*\n", "\n */", "int x;"),
    "c-bare": ("", "/*\n", "\n*/", "int x;"),
    "c++": ("// ", "", "", "int x;"),
    "rust": ("//! ", "", "", "fn main() {}"),
    "matlab": ("% ", "", "", "x = 1;"),
    "matlab-function": ("% ", "function y = f(x)\n", "", "y = x;"),
    "fortran": ("C     ", "", "", "      PROGRAM X"),
    "fortran-free": ("! ", "", "", "program x"),
    "lisp": (";; ", "", "", "(x)"),
    "sql": ("-- ", "", "", "SELECT 1;"),
    "lua": ("", "--[[\n", "\n]]", "x = 1"),
    "html": ("", "<!DOCTYPE html>\n<!--\n", "\n-->", "<html></html>"),
    "perl": ("", "#!/usr/bin/perl\n\n=pod\n\n", "\n\n=cut", "use strict;"),
    "docstring": ("", '#!/usr/bin/env python\n# coding: utf-8\n"""Title.\n\n', '\n"""', "import os"),
    "future": ("# ", "from __future__ import annotations\n\n", "", "x = 1"),
    "ocaml": ("", "(*\n", "\n*)", "let x = 1"),
    "haskell": ("", "{-\n", "\n-}", "main = x"),
    "batch": ("REM ", "@echo off\n", "", "echo x"),
    "m4": ("dnl ", "", "", "AC_INIT"),
    "tex": ("% ", "", "", "\\documentclass{x}"),
    "byte order mark": ("# ", "\ufeff", "", "x = 1"),
}


def wrapped(text: str, width: int) -> list[str]:
    """Return words in lines of at most so many characters."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] += f"{' ' * bool(lines[-1])}{word}"
    return lines


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [18, 40, 72, 500])
def test_languages(language: str, width: int) -> None:
    """A notice is read in the comments of every language, wherever its lines break."""
    sign, before, after, code = LANGUAGES[language]
    text = before + "\n".join(sign + line for line in wrapped(NOTICE, width)) + after + "\n" + code + "\n"
    assert headers.header(text.encode()) == "GPL-3.0-or-later"
    assert headers.header(text.replace("\n", "\r\n").encode()) == "GPL-3.0-or-later"


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"docstring", "future", "byte order mark"}))
def test_after_code(language: str) -> None:
    """The same words after the first statement state nothing."""
    sign, before, after, code = LANGUAGES[language]
    text = code + "\n" + before + "\n".join(sign + line for line in wrapped(NOTICE, 60)) + after + "\n"
    if language != "html":  # its statement is an element, which stands before comments, too
        assert headers.header(text.encode()) == ""


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Licensed under the GPL v3.", "GPL-3.0-only"),
        ("Released under GPLv2+", "GPL-2.0-or-later"),
        ("License: GPL (>= 2)", "GPL-2.0-or-later"),
        ("@license GPL-3", "GPL-3.0-only"),
        ("distributed under the GNU General Public License.", "GPL-1.0-or-later"),
        ("under the terms of the GNU General Public License version 2 as published", "GPL-2.0-only"),
        ("under the terms of the GNU Affero General Public License version 3", "AGPL-3.0-only"),
        ("under the terms of the GNU Library General Public License, version 2 or later", "LGPL-2.0-or-later"),
        ("the terms of the GNU Lesser General Public License; either version 2.1 or any later version", "LGPL-2.1-or-later"),
        ("governed by the CeCILL license under French law", "CECILL-2.1"),
        ("governed by the CeCILL-B license under French law", "CECILL-B"),
        ("You should have received a copy of the GNU General Public License along with this", "GPL-1.0-or-later"),
        ("Dual licensed under the MIT or GPL Version 2 licenses.", "MIT OR GPL-2.0-only"),
        ("under either the GNU General Public License or the Artistic License", "Artistic-1.0-Perl OR GPL-1.0-or-later"),
        ("under the terms of the Lesser GNU General Public License as published; either version 3 of it", "LGPL-3.0-only"),
        ("under the terms of the GNU Lesser Public License, version 2.1 or any later version", "LGPL-2.1-or-later"),
        ("under the terms of the GNU General Lesser Public License, version 2.1", "LGPL-2.1-only"),
        ("under the terms of the Lesser General GNU Public License, version 3", "LGPL-3.0-only"),
        ("under the terms of the GNU Library or Lesser General Public License, version 3", "LGPL-3.0-only"),
        ("under the terms of the GNU Lesser (or Library) General Public License v3", "LGPL-3.0-only"),
        ("licensed under the Lesser GPL version 3", "LGPL-3.0-only"),
        ("License: GNU Lesser GPL v3", "LGPL-3.0-only"),
        ("under the terms of the Affero GNU General Public License version 3", "AGPL-3.0-only"),
        ("under the terms of the GNU Public License version 3", "GPL-3.0-only"),
        ("licensed under the SIP licence, or GPL v2 or v3, at your choice", "PSF-2.0 OR GPL-2.0-only"),
        ("Released under the MIT, BSD, and GPL Licenses.", "MIT OR BSD-3-Clause OR GPL-1.0-or-later"),
        ("Dual licensed under the MIT and GPL licenses", "MIT OR GPL-1.0-or-later"),
        (
            "under the terms of any of the following licenses at your choice: GPL version 2, LGPL, MPL",
            "MPL-1.1 OR GPL-2.0-only OR LGPL-2.0",
        ),
        ("License: BSD/GPL", "BSD-3-Clause OR GPL-1.0-or-later"),
        ("under the GNU General Public License with exception for distributing bootloader", "WITH Bootloader-exception"),
    ],
)
def test_grants(words: str, wanted: str) -> None:
    """Each usual way of applying a GNU licence is read with its version and exception."""
    assert wanted in headers.header(f"# {words}\nx = 1\n".encode())


@pytest.mark.parametrize(
    "words",
    [
        "GPL-compatible",
        "This is not under the GPL.",
        "approved by the OSI and FSF as GPL-compatible",
        "Unfortunately the other tool is GPL and its header files cannot be used",
        "Reads what GPL programs write",
        "The fitsio library is GPL licensed, therefore it could not be used here",
        "see the GNU GPL for what copyleft means",
        "available to the general public, license plates included",
        "The package foo is under the GPL, but this file is under the BSD licence.",
        "The package foo is licensed under the GPL, but this file is licensed under the BSD license.",
        "While the rest of the package is distributed under the GPL, this file may be used under the MIT license.",
        "Foo is licensed under the GNU General Public License. This file, however, is placed in the public domain.",
        "While the rest of it is released under the GPL, I am releasing this single file under the terms of another",
        "BSD; no longer under the GPL",
    ],
)
def test_mentions(words: str) -> None:
    """What merely speaks of the GPL states nothing of the file."""
    assert headers.header(f"# {words}\nx = 1\n".encode()) == ""


@pytest.mark.parametrize(
    ("special", "kind"),
    [
        ("As a special exception, if you distribute this file as part of a program built using GNU Libtool", "permissive"),
        ("As a special exception, the Autoconf Macro's owner gives unlimited permission to copy configure scripts", "permissive"),
        ("As a special exception, you may create a larger work that contains part of the Bison parser skeleton", "permissive"),
        ("under the GCC Runtime Library Exception, version 3.1", "permissive"),
        ("In addition, as a special exception, you may link it with the OpenSSL library", "strong-copyleft"),
    ],
)
def test_exceptions(special: str, kind: str) -> None:
    """An exception counts by its effect: what is made with a build tool is free, a link to OpenSSL frees nothing else."""
    text = "".join(f"# {line}\n" for line in [*wrapped(NOTICE, 70), "", *wrapped(special, 60)])
    assert expression.classify(headers.header(text.encode())) == kind


def test_tag_before_notice() -> None:
    """Where a tag and a notice are in one header, the tag is the licence; of two tags both hold."""
    notice = "".join(f"# {line}\n" for line in wrapped(NOTICE, 70))
    assert headers.header(f"# SPDX-License-Identifier: MIT\n{notice}".encode()) == "MIT"
    two = b"# SPDX-License-Identifier: MIT\n# SPDX-License-Identifier: GPL-2.0-only\n"
    assert expression.classify(headers.header(two)) == "strong-copyleft"


@pytest.mark.parametrize("value", ["{{ license }}", "<license>", "${LICENSE}", "%s"])
def test_templates(value: str) -> None:
    """A tag with a blank to be filled is no tag."""
    assert headers.header(f"# SPDX-License-Identifier: {value}\n".encode()) == ""


def test_ignored_part() -> None:
    """What REUSE is told to ignore is no tag."""
    marks = ("REUSE-" + "IgnoreStart", "REUSE-" + "IgnoreEnd")
    assert headers.header(f"# {marks[0]}\n# SPDX-License-Identifier: GPL-3.0-only\n# {marks[1]}\n".encode()) == ""


@given(st.binary(max_size=400) | st.text(max_size=300).map(str.encode))
@settings(max_examples=300, deadline=None)
def test_never_raises(data: bytes) -> None:
    """Whatever a file holds, its header is an expression or nothing."""
    for text in (data, b"# license: gpl " + data, b"/* SPDX-License-Identifier: " + data, b'"""under the GPL ' + data):
        found = headers.stated(text)
        if found and found.expression:
            assert expression.canonical(found.expression)
            assert 0 <= found.start <= found.end <= len(text)
        assert region.header(text) <= len(text)


@given(
    st.sampled_from([b"/*", b'"""', b"# ", b"<!--", b"general ", b"gpl ", b"under ", b"special exception ", b"(", b"\n"]),
    st.integers(1, 40000),
)
@settings(max_examples=40, deadline=None)
def test_bounded(part: bytes, times: int) -> None:
    """A header is read up to a bound, and no repetition of its words makes it slow: only the bound is read."""
    assert region.header(part * times) <= region.LONGEST
    grants.granted(region.words((part * times)[: region.LONGEST]))


def test_installed(tmp_path: Path) -> None:
    """A single file under the GPL in an installed distribution is found, and dictionaries, stubs and foreign paths are not."""
    package = tmp_path / "pkg"
    package.mkdir()
    notice = "".join(f"# {line}\n" for line in wrapped(NOTICE, 70))
    (package / "__init__.py").write_text("# SPDX-License-Identifier: MIT\n")
    (package / "borrowed.py").write_text(notice + "x = 1\n")
    (package / "names.py").write_text('NAMES = {"GPL-3.0": "GNU General Public License v3"}\n' + notice)
    (package / "hook.py").write_text("# SPDX-License-Identifier: GPL-2.0-or-later WITH Bootloader-exception\n")
    (package / "text.txt").write_text(notice)
    (tmp_path.parent / "outside.py").write_text("# SPDX-License-Identifier: AGPL-3.0-only\n")
    (package / "link.py").symlink_to(tmp_path.parent / "outside.py")
    names = ["pkg/__init__.py", "pkg/borrowed.py", "pkg/names.py", "pkg/hook.py", "pkg/text.txt", "pkg/link.py", "../outside.py"]
    record = "".join(f"{name},sha256=x,1\n" for name in [*names, "/etc/x.py", '"pkg/a,b.py"', "pkg/gone.py"]).encode()
    assert bundled(str(tmp_path), record) == ("GPL-3.0-or-later",)
    assert bundled(str(tmp_path / "gone"), record) == bundled(str(tmp_path), b"") == ()


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_record_never_raises(record: bytes) -> None:
    """A RECORD may hold anything."""
    assert isinstance(bundled("/nonexistent", record + b"\nx.py,,\n"), tuple)


def test_alone() -> None:
    """Each of the codes works when it is the only one that is not ignored."""
    files = {b"a.py": b"# SPDX-License-Identifier: GPL-3.0-only\nx = 1\n", b"b.py": b"# licensed under the GPL v3\nx = 1\n"}
    policy = b"version: 1\nignore:\n" + b"".join(
        b'  - {code: %s, reason: "of a test"}\n' % code for code in (b"LIC203", b"LIC204", b"LIC206", b"LIC207")
    )
    found = {(item.code, item.path.encode()) for item in scan({**files, b".genomic-guard.yaml": policy}).findings}
    assert {(code, path) for code, path in found if code.startswith("LIC2")} == {("LIC201", b"a.py"), ("LIC202", b"b.py")}


def test_allowed() -> None:
    """A comment beside the tag allows it, with a reason."""
    allow = b"# SPDX-License-Identifier: GPL-3.0-only  # genomic-guard: " + b"allow[LIC201] a script that is not published\n"
    found = [item for item in scan({b"a.py": allow}).findings if item.code == "LIC201"]
    assert [item.outcome for item in found] == ["waived"]


def test_words_have_no_marks() -> None:
    """The words of a comment come without marks, in lower case, with one blank between them."""
    assert region.words(b"/*\n * One  TWO\n *\n * three */\n# four") == "one two three four"
    assert not re.search(r"\s\s", region.words(b"#\t a\n#\n#   b"))


@pytest.mark.parametrize(
    "words",
    [
        "This file is derived from code under the BSD license.",
        "Portions of this file are under the MIT license.",
        "This file is part of a tool. Parts of this file are licensed under the Apache License.",
    ],
)
def test_parts_do_not_free_the_file(words: str) -> None:
    """What a file has from elsewhere under mild terms does not take its own notice away."""
    text = "".join(f"# {line}\n" for line in wrapped(f"{NOTICE} {words}", 70))
    assert expression.classify(headers.header(text.encode())) == "strong-copyleft"


@pytest.mark.parametrize(
    "path",
    [
        "one/tests/data/x.py",
        "one/test_data/x.c",
        "one/fixtures/x.js",
        "one/src/gnulib/lib/x.c",
        "one/LICENSES/x.py",
        "one/templates/x.py",
        "one/doc.rst",
        "one/table.csv",
    ],
)
def test_quoted_in_an_installed_distribution(tmp_path: Path, path: str) -> None:
    """Test data, templates, gnulib and documents of a distribution tell nothing of it."""
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text("".join(f"# {line}\n" for line in wrapped(NOTICE, 70)))
    assert counted(str(tmp_path), f"{path},,\n".encode()) == {}


def test_files_are_counted(tmp_path: Path) -> None:
    """Each file that states copyleft is counted once, under what it states; exceptions and choices are none."""
    notice = "".join(f"# {line}\n" for line in wrapped(NOTICE, 70))
    texts = {
        "one/a.py": notice,
        "one/b.py": notice + "x = 1\n",
        "one/c.js": "/*! Dual licensed under the MIT and GPL licenses */\n",
        "one/d.c": "/*\n * under the terms of the Lesser GNU General Public License, version 3\n */\nint x;\n",
        "one/parser.c": f"/* {NOTICE} As a special exception, you may create a larger work with the Bison parser skeleton */\n",
        "one/hook-one.py": notice + "# with exception for distributing bootloader\n",
        "one/e.js": "/* released under the GNU General Public License, version 2 */\n",
    }
    (tmp_path / "one").mkdir()
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    record = "".join(f"{name},,\n" for name in texts).encode()
    assert counted(str(tmp_path), record) == {"GPL-3.0-or-later": 2, "GPL-2.0-only": 1}
    assert counted(str(tmp_path), record + record) == counted(str(tmp_path), record)


def test_native_libraries() -> None:
    """Libraries within a wheel that are known to be under the GPL are told by name, and none that only begins like one."""
    assert native(["libfftw3-6b983104.so.3.5.5", "libgsl.27.dylib"]) == ("GPL-2.0-or-later", "GPL-3.0-or-later")
    assert native(["libgslang.so", "libgfortran-1.so.5", "libx26.so", "libfftw.so", ""]) == ()
