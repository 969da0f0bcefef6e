"""Licences in free words and classifiers; oracles: our own reading by hand, the classifiers' list, Hugging Face's ids."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.views.licences.expression import canonical, classify
from pytest_genomic_guard.views.licences.nouns import CLASSES
from pytest_genomic_guard.views.licences.prose import named, of_classifiers
from pytest_genomic_guard.views.licences.trove import TROVE

NAMED = """
BSD = BSD-3-Clause
BSD License = BSD-3-Clause
3-clause BSD = BSD-3-Clause
new BSD = BSD-3-Clause
BSD 3-Clause "New" or "Revised" License = BSD-3-Clause
BSD (3-clause) = BSD-3-Clause
Simplified BSD = BSD-2-Clause
BSD 2-Clause "Simplified" License = BSD-2-Clause
BSD-like = BSD-3-Clause
BSD_3_clause + file LICENSE = BSD-3-Clause
MIT License = MIT
The MIT License (MIT) = MIT
MIT licence = MIT
MIT + file LICENSE = MIT
Apache 2.0 = Apache-2.0
Apache Software License = Apache-2.0
Apache License, Version 2.0 = Apache-2.0
Apache License (== 2.0) = Apache-2.0
ASL 2 = Apache-2.0
Apache2 = Apache-2.0
Apache 2.0 with LLVM exception = Apache-2.0 WITH LLVM-exception
GPL = GPL-1.0-or-later
GNU = GPL-1.0-or-later
GNU General Public License (GPL) = GPL-1.0-or-later
GPLv2 = GPL-2.0-only
gpl2 = GPL-2.0-only
GPLv2+ = GPL-2.0-or-later
GPL (>= 2) = GPL-2.0-or-later
GPL >=2 = GPL-2.0-or-later
GPL (>= 2.0, < 4) = GPL-2.0-or-later
GPL v3-or-later = GPL-3.0-or-later
GNU GPL v3 or later = GPL-3.0-or-later
GNU/GPLv3 = GPL-3.0-only
GPL V3.0 = GPL-3.0-only
GPL-3 + file LICENSE = GPL-3.0-only
v3 GPL = GPL-3.0-only
version 3 of the GNU General Public License = GPL-3.0-only
GNU General Public License Version 2 = GPL-2.0-only
GNU GENERAL PUBLIC LICENSE Version 3, 29 June 2007 = GPL-3.0-only
GNU General Public License (GPL) version 2, or any later version = GPL-2.0-or-later
GNU General Public License v3 or later (GPLv3+) = GPL-3.0-or-later
GNU General Public Licence v3 = GPL-3.0-only
GPL v2 or v3 = GPL-2.0-only OR GPL-3.0-only
GPLv2 or GPLv3 = GPL-2.0-only OR GPL-3.0-only
LGPLv3 = LGPL-3.0-only
GNU LESSER GENERAL PUBLIC LICENSE = LGPL-2.0-or-later
GNU Lesser General Public License v2.1 or later = LGPL-2.1-or-later
GNU Lesser General Public License (LGPL) v3 or later = LGPL-3.0-or-later
GNU Library or Lesser General Public License (LGPL) = LGPL-2.0-or-later
LGPL with exceptions = LGPL-2.0-or-later
LGPL OR MIT = LGPL-2.0-or-later OR MIT
AGPL = AGPL-3.0-or-later
Affero GPL v3 = AGPL-3.0-only
GNU AFFERO GENERAL PUBLIC LICENSE = AGPL-3.0-or-later
dual licensed under GNU AFFERO GPL 3.0 or commercial = AGPL-3.0-only OR LicenseRef-Commercial
GPLv3; commercial licenses available = GPL-3.0-only OR LicenseRef-Commercial
Dual licensed under the MIT and GPLv2 = MIT OR GPL-2.0-only
MPL-1.1/GPL-2.0/LGPL-2.1 = MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-only
MPL 2 = MPL-2.0
PSF = PSF-2.0
PSFL = PSF-2.0
Python Software Foundation License = PSF-2.0
PSF (GPL-compatible) = PSF-2.0
ZPL = ZPL-2.1
Public Domain = LicenseRef-scancode-public-domain
BSD, Public Domain = BSD-3-Clause AND LicenseRef-scancode-public-domain
CC0 = CC0-1.0
Creative Commons Attribution-NonCommercial 4.0 International = CC-BY-NC-4.0
CC BY-NC-SA 4.0 = CC-BY-NC-SA-4.0
https://creativecommons.org/licenses/by-nc/4.0/ = CC-BY-NC-4.0
https://opensource.org/licenses/MIT = MIT
http://www.apache.org/licenses/LICENSE-2.0 = Apache-2.0
https://www.gnu.org/licenses/lgpl-3.0.txt = LGPL-3.0-only
Free for non-commercial use = LicenseRef-Non-Commercial
academic use only = LicenseRef-Non-Commercial
Free for academic use; commercial license available = LicenseRef-Non-Commercial OR LicenseRef-Commercial
Academic Free License = AFL-3.0
Proprietary = LicenseRef-Proprietary
Other/Proprietary = LicenseRef-Proprietary
UNLICENSED = LicenseRef-Proprietary
Copyright 2020. All rights reserved. = LicenseRef-Proprietary
Commercial = LicenseRef-Commercial
NVIDIA Proprietary Software = LicenseRef-NVIDIA-Proprietary
MIT/Apache-2.0 = MIT OR Apache-2.0
MIT/X11 = MIT
zlib/libpng = Zlib
MIT, BSD = MIT AND BSD-3-Clause
MIT, BSD or Apache = MIT OR BSD-3-Clause OR Apache-2.0
GPL and MIT = GPL-1.0-or-later AND MIT
MIT (not GPL) = MIT
MIT (formerly GPL) = MIT
Not GPL but MIT = MIT
GPL-2.0-only AND BSD-3-Clause = GPL-2.0-only AND BSD-3-Clause
GPLv3 with GCC Runtime Library Exception = GPL-3.0-only WITH GCC-exception-3.1
GNU GPLv2 (with FOSS License Exception) = GPL-2.0-only WITH Universal-FOSS-exception-1.0
perl_5 = Artistic-1.0-Perl OR GPL-1.0-or-later
Nethack General Public License = NGPL
wxWindows Library License = LGPL-2.0-or-later WITH WxWindows-exception-3.1
LicenseRef-Foo-bar = LicenseRef-Foo-bar
License :: OSI Approved :: BSD License = BSD-3-Clause
Apache 2.0 with Commons Clause = Apache-2.0 AND LicenseRef-Commons-Clause
BUSL 1.1 = BUSL-1.1
PolyForm Noncommercial 1.0.0 = PolyForm-Noncommercial-1.0.0
"""

LONG = {
    "GPLv2-or-later with a special exception which allows to use PyInstaller to build and distribute non-free programs "
    "(including commercial ones)": "GPL-2.0-or-later WITH Bootloader-exception",
    "GNU GPL as published by the Free Software Foundation; either version 3 of the License, or (at your option) any later "
    "version": "GPL-3.0-or-later",
    "BSD license (see license.txt for details), Copyright (c) 2000-2025, Some Company Inc.": "BSD-3-Clause",
    "BSD 3-Clause License\n\nCopyright (c) 2020, Somebody\n" + "word " * 300: "BSD-3-Clause",
    "MIT License\n" + "permission " * 9000: "MIT",
    "Copyright (c) 2020, Somebody\n" + "the GPL is mentioned once in a long text of other words " * 40: "",
}

SILENT = """
see LICENSE|SEE LICENSE IN LICENSE.txt|UNKNOWN|Custom|custom|file LICENSE|LICENSE.txt|Other|none|None|N/A|TBD|cc|Free
Open Source|BSL
not GPL|free of GPL|GPL-free|non-GPL|GPL-compatible|compatible with the GPL|without GPL|Intel|MIT AND Foo-9|permitted|limited
https://github.com/mit/gpl/blob/main/LICENSE|OSI approved|Freely Distributable|Novartis Terms of License
"""

# Hugging Face hub-docs, docs/hub/repositories-licenses.md, August 2026.
HUB = {
    "permissive": """apache-2.0 mit bsd bsd-2-clause bsd-3-clause bsd-3-clause-clear afl-3.0 isc ncsa postgresql zlib unlicense
        wtfpl
        cc0-1.0 pddl ecl-2.0 bsl-1.0
        ms-pl ofl-1.1 artistic-2.0 cdla-permissive-1.0 cdla-permissive-2.0 openmdw-1.0 openmdw-1.1
        cc-by-2.0 cc-by-2.5 cc-by-3.0 cc-by-4.0 odc-by etalab-2.0""",
    "weak-copyleft": """cc-by-sa-3.0 cc-by-sa-4.0 odbl cdla-sharing-1.0 gfdl lgpl lgpl-2.1 lgpl-3.0 mpl-2.0 epl-1.0 epl-2.0
        lppl-1.3c lgpl-lr""",
    "strong-copyleft": "gpl gpl-2.0 gpl-3.0 eupl-1.1 eupl-1.2 osl-3.0",
    "network-copyleft": "agpl-3.0",
    "non-commercial": """cc-by-nc-2.0 cc-by-nc-3.0 cc-by-nc-4.0 cc-by-nc-sa-2.0 cc-by-nc-sa-3.0 cc-by-nc-sa-4.0 cc-by-nc-nd-3.0
        cc-by-nc-nd-4.0 fair-noncommercial-research-license h-research intel-research deepfloyd-if-license apple-amlr""",
    "use-restricted": """cc-by-nd-4.0 openrail openrail++ bigscience-openrail-m creativeml-openrail-m bigscience-bloom-rail-1.0
        bigcode-openrail-m llama2 llama3 llama3.1 llama3.2 llama3.3 llama4 gemma grok2-community apple-ascl c-uda""",
    "unknown": "cc unknown other",
}

# Classifiers that name no licence.
EMPTY = {"osi approved", "dfsg approved", "freely distributable"}


@pytest.mark.parametrize("line", NAMED.strip().splitlines())
def test_named(line: str) -> None:
    """Words of licence fields are read as people mean them."""
    text, _, wanted = line.partition(" = ") if not line.startswith("Apache License (==") else (line[:-13], "", line[-10:])
    assert named(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), LONG.items())
def test_long(text: str, wanted: str) -> None:
    """Of a whole text only a title is read; of a sentence its licence with what it says of it."""
    assert named(text) == wanted


@pytest.mark.parametrize("text", "|".join(SILENT.strip().splitlines()).split("|"))
def test_silent(text: str) -> None:
    """What names no licence, or only mentions one, is read as nothing."""
    assert named(text) == ""


@pytest.mark.parametrize(("text", "wanted"), [(name, kind) for kind, names in HUB.items() for name in names.split()])
def test_hub_ids(text: str, wanted: str) -> None:
    """Every id of model and dataset cards has the class that is meant; ``bsl-1.0`` is Boost."""
    assert classify(named(text)) == wanted


@pytest.mark.parametrize("name", sorted(TROVE))
def test_classifier(name: str) -> None:
    """Each classifier is mapped to an expression with a class, or deliberately to none; the words of its name agree."""
    expression, ambiguous = of_classifiers([f"License :: OSI Approved :: {name}"])
    assert not ambiguous
    assert expression == canonical(TROVE[name])
    assert bool(expression) == (name not in EMPTY)
    assert classify(expression) != "unknown" or name in EMPTY
    assert classify(named(name)) == classify(expression)


def test_classifiers_are_all_there() -> None:
    """As many as the list of trove-classifiers has, deprecated ones too; with or without their prefix."""
    assert len(TROVE) == 89
    assert (
        of_classifiers(["OSI Approved :: MIT License"])
        == of_classifiers(["License :: OSI Approved :: MIT License"])
        == ("MIT", False)
    )
    assert of_classifiers([]) == ("", False)
    assert of_classifiers(["License :: OSI Approved", "License :: OSI Approved :: MIT License"]) == ("MIT", False)


def test_several_classifiers() -> None:
    """Several are a choice, and ambiguous where the choice decides the class."""
    mit, bsd = "License :: OSI Approved :: MIT License", "License :: OSI Approved :: BSD License"
    gpl = "License :: OSI Approved :: GNU General Public License (GPL)"
    third = "License :: OSI Approved :: GNU General Public License v3 or later (GPLv3+)"
    assert of_classifiers([mit, bsd]) == ("MIT OR BSD-3-Clause", False)
    assert of_classifiers([mit, gpl]) == ("MIT OR GPL-1.0-or-later", True)
    assert of_classifiers([gpl, third]) == ("GPL-3.0-or-later", False)
    assert of_classifiers([mit, "License :: Other/Proprietary License"]) == ("MIT OR LicenseRef-Proprietary", True)


_SAID = (
    """GPL v2 v3 or later + ( ) , / | and MIT BSD 3 clause not compatible with exception linking LGPL license version >= 2 dual"""
)
_PIECES = st.sampled_from((*_SAID.split(), "\n"))


@given(st.one_of(st.text(max_size=300), st.lists(_PIECES, max_size=25).map(" ".join)))
def test_nothing_raises(text: str) -> None:
    """Any text is read as an expression in canonical form, or nothing."""
    found = named(text)
    assert canonical(found) == found
    assert classify(found) in CLASSES
    expression, _ = of_classifiers([text, f"License :: {text}"])
    assert canonical(expression) == expression


@given(
    st.sampled_from(NAMED.strip().splitlines()), st.sampled_from(("{}", " {} ", "{}.", '"{}"', "License: {}", "{} (see LICENSE)"))
)
def test_wrapping_changes_nothing(line: str, around: str) -> None:
    """Quotes, blanks and pointers around a name leave what it names."""
    text = line.partition(" = ")[0]
    if "(==" not in line and not text.startswith("UNL"):
        assert classify(named(around.format(text))) == classify(named(text))
