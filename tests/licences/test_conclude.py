"""One conclusion from metadata and files: who wins, what is a conflict, what stays open."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.views.licences.conclude import conclude
from pytest_genomic_guard.views.licences.nouns import CLASSES, Conclusion, Metadata

MIT = b"""Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files, to deal in it. The above copyright notice shall be kept."""
GPL3 = b"GNU GENERAL PUBLIC LICENSE\n Version 3, 29 June 2007\n Everyone is permitted to copy and distribute. why-not-lgpl"
LGPL3 = b"GNU LESSER GENERAL PUBLIC LICENSE\n Version 3, 29 June 2007\n permanent authorization for you to choose"
APACHE = b"Apache License\n Version 2.0, January 2004\n END OF TERMS AND CONDITIONS"
RESEARCH = b"Software Copyright License for non-commercial scientific research purposes. Please read it carefully."
AGREEMENT = b"End User License Agreement. You may not redistribute it. All rights reserved."
MIT_CLASSIFIER = "OSI Approved :: MIT License"
GPL_CLASSIFIER = "OSI Approved :: GNU General Public License v3 (GPLv3)"
ARTISTIC_CLASSIFIER = "OSI Approved :: Artistic License"


def concluded(
    expression: str = "", licence: str = "", classifiers: tuple[str, ...] = (), files: dict[str, bytes] | None = None
) -> Conclusion:
    """Return what is concluded of a distribution."""
    stated = Metadata(name="one", version="1", expression=expression, licence=licence, classifiers=classifiers)
    return conclude(stated, list((files or {}).items()))


@pytest.mark.parametrize(
    ("given_", "kind", "told"),
    [
        ({"expression": "MIT", "licence": "x", "files": {"LICENSE": MIT}}, "permissive", "expression"),
        ({"expression": "Apache-2.0 AND CC0-1.0 AND CC-BY-SA-4.0 AND GPL-3.0-or-later"}, "strong-copyleft", "expression"),
        ({"expression": "MIT OR GPL-3.0-or-later", "files": {"licenses/LICENSE": MIT}}, "permissive", "expression"),
        ({"licence": "GNU General Public License (GPL)"}, "strong-copyleft", "license"),
        ({"licence": MIT.decode()}, "permissive", "license"),
        ({"licence": "ONE version 1\n\n" + GPL3.decode()}, "strong-copyleft", "license"),
        ({"licence": "UNKNOWN", "files": {"LICENSE": MIT}}, "permissive", "file"),
        ({"licence": "UNKNOWN", "classifiers": (MIT_CLASSIFIER,)}, "permissive", "classifiers"),
        ({"licence": "LICENSE.txt", "files": {"LICENSE.txt": GPL3}}, "strong-copyleft", "file"),
        ({"classifiers": (GPL_CLASSIFIER,)}, "strong-copyleft", "classifiers"),
        ({"files": {"licenses/COPYING": GPL3}}, "strong-copyleft", "file"),
        ({"files": {"licenses/COPYING": GPL3, "licenses/COPYING.LESSER": LGPL3}}, "weak-copyleft", "file"),
        ({"files": {"licenses/LICENSE": GPL3, "licenses/lgpl-3.0.txt": LGPL3}}, "weak-copyleft", "file"),
        ({"files": {"licenses/LICENSE": LGPL3, "licenses/COPYING": GPL3}}, "weak-copyleft", "file"),
        (
            {"licence": "LGPLv3", "files": {"licenses/lgpl-3.0.txt": LGPL3, "licenses/gpl-3.0.txt": GPL3}},
            "weak-copyleft",
            "license",
        ),
        ({"files": {"LICENSE": LGPL3 + b"\n\n" + GPL3}}, "weak-copyleft", "file"),
        ({"licence": "Lesser GNU General Public License v3"}, "weak-copyleft", "license"),
        ({"licence": "Custom", "files": {"LICENSE": RESEARCH}}, "non-commercial", "file"),
        ({"licence": "UNKNOWN", "files": {"LICENSE": AGREEMENT}}, "proprietary", "file"),
        ({"files": {"LICENSE-MIT": MIT, "LICENSE-APACHE": APACHE}}, "permissive", "file"),
        ({"files": {"../LICENSE": GPL3}}, "strong-copyleft", "file"),
        ({"files": {"one/LICENSE": MIT}}, "permissive", "file"),
        ({"files": {"licenses/python/LICENSE": GPL3}}, "strong-copyleft", "file"),
        ({"expression": "LicenseRef-Something", "files": {"LICENSE": MIT}}, "permissive", "file"),
        ({"licence": "UNKNOWN"}, "unknown", "none"),
        ({}, "unknown", "none"),
    ],
)
def test_who_tells(given_: dict[str, Any], kind: str, told: str) -> None:
    """The most exact source that says something tells, and no conflict is made up."""
    read = concluded(**given_)
    assert (read.kind, read.told, read.conflict, read.ambiguous) == (kind, told, "", False)


@pytest.mark.parametrize(
    ("given_", "expression", "conflict"),
    [
        ({"licence": "GNU General Public License Version 3", "files": {"LICENSE": MIT}}, "GPL-3.0-only", "MIT"),
        ({"licence": "MIT", "files": {"LICENSE": GPL3}}, "GPL-3.0-or-later", "MIT"),
        ({"expression": "MIT", "files": {"licenses/LICENSE": GPL3}}, "GPL-3.0-or-later", "MIT"),
        ({"classifiers": (MIT_CLASSIFIER,), "files": {"COPYING": GPL3}}, "GPL-3.0-or-later", "MIT"),
        ({"licence": "MIT", "classifiers": (GPL_CLASSIFIER,)}, "GPL-3.0-only", "MIT"),
    ],
)
def test_conflicts_are_shown_and_the_stricter_is_taken(given_: dict[str, Any], expression: str, conflict: str) -> None:
    """Where two sources cannot both be, the stricter one is concluded and the other is told."""
    read = concluded(**given_)
    assert (read.expression, read.kind, read.conflict) == (expression, "strong-copyleft", conflict)


def test_a_left_over_classifier_does_not_outvote_field_and_file() -> None:
    """Field and file that agree are right against a classifier."""
    read = concluded(licence="MIT", classifiers=(GPL_CLASSIFIER,), files={"LICENSE": MIT})
    assert (read.kind, read.conflict) == ("permissive", "")


def test_a_list_of_classifiers_is_settled_by_the_file() -> None:
    """Classifiers that can be a choice are settled by the file; with none they stay open."""
    both = (ARTISTIC_CLASSIFIER, GPL_CLASSIFIER)
    either = b"You can redistribute it under the terms of either:\n* GPL or GPLv2+, or\n* Artistic License:\n"
    either += b"The Artistic License\n Preamble The End"
    settled = concluded(classifiers=both, files={"LICENSE": either})
    assert (settled.kind, settled.ambiguous) == ("permissive", False)
    assert concluded(classifiers=both, files={"LICENSE": GPL3}).kind == "strong-copyleft"
    assert concluded(classifiers=both).ambiguous


def test_what_is_within_is_told_apart() -> None:
    """Copyleft of what is vendored is told, and does not become the licence of the whole."""
    read = concluded("MIT", files={"licenses/LICENSE": MIT, "licenses/one/_vendor/two/COPYING": GPL3})
    assert (read.kind, read.conflict, read.bundled) == ("permissive", "", ("GPL-3.0-or-later",))
    read = concluded("MIT", files={"licenses/LICENSE": MIT + b"\n\nThis bundles:\n" + GPL3})
    assert (read.kind, read.conflict, read.bundled) == ("permissive", "", ("GPL-3.0-or-later",))


PARTS = "public domain, Python, 2-Clause BSD, GPL 3"
CHOICE = ("Public Domain", "OSI Approved :: BSD License", "OSI Approved :: GNU General Public License (GPL)")
COPYING = (
    b"Most of the files included in this project have been placed in the public domain. There are exceptions, listed below.\n"
    b"* tools/mode.el: released under the GNU General Public License version 3 or later."
)


@pytest.mark.parametrize(
    ("field", "classifiers", "files", "expression", "ambiguous"),
    [
        (PARTS + " (see COPYING.txt)", CHOICE, {"COPYING.txt": COPYING}, "LicenseRef-Public-Domain", False),
        (PARTS + " (see COPYING.txt)", (), {"COPYING.txt": COPYING}, "LicenseRef-Public-Domain", False),
        (PARTS, CHOICE, {"COPYING.txt": COPYING}, "LicenseRef-Public-Domain", False),
        (PARTS + "; details in the file LICENSE", CHOICE, {"LICENSE": COPYING}, "LicenseRef-Public-Domain", False),
        (PARTS + " (see COPYING.txt)", CHOICE, {}, "", True),
    ],
)
def test_a_list_of_parts_is_settled_by_the_file(
    field: str,
    classifiers: tuple[str, ...],
    files: dict[str, bytes],
    expression: str,
    ambiguous: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """What a file says of the whole counts, and its copyleft is that of a part; without the file it stays open."""
    found = concluded("", field, classifiers, files)
    assert (found.kind, found.conflict, found.ambiguous) == ("permissive", "", ambiguous)
    assert expression in {"", found.expression}
    assert found.bundled == (() if classifiers else ("GPL-3.0-or-later",))


@pytest.mark.parametrize(
    ("field", "classifiers", "files"),
    [
        ("MIT, GPL-3.0", (), {}),
        ("MIT, GPL-3.0", (), {"LICENSE": MIT}),
        ("MIT, GPL-3.0", (MIT_CLASSIFIER, GPL_CLASSIFIER), {"LICENSE": MIT}),
        ("MIT, GPL-3.0 (see LICENSE)", (), {"LICENSE": MIT}),
        ("MIT, GPL-3.0 (see LICENSE)", (), {"LICENSE": GPL3}),
        ("MIT, GPL-3.0 (see LICENSE)", (), {}),
        ("MIT AND GPL-3.0-only", (MIT_CLASSIFIER, GPL_CLASSIFIER), {"LICENSE": MIT, "COPYING-GPL": GPL3}),
    ],
)
def test_a_list_that_no_file_settles_stays_strict(field: str, classifiers: tuple[str, ...], files: dict[str, bytes]) -> None:
    """All that it names holds, where the file does not have it as that of a part."""
    assert concluded("", field, classifiers, files).kind == "strong-copyleft"


def test_lists_of_licences_are_none() -> None:
    """A table or a program that has licences in it is no licence file."""
    assert concluded("MIT", files={"LICENSE": MIT, "one/data/licenses.json": GPL3, "one/licenses.py": GPL3}).bundled == ()


def test_the_gpl_beside_the_lgpl_is_there_for_its_sake() -> None:
    """Vendored LGPL 3 comes with the text of the GPL: no copyleft that would reach the whole."""
    files = {"licenses/LICENSE": MIT, "licenses/one.libs/x/COPYING": GPL3, "licenses/one.libs/x/COPYING.LESSER": LGPL3}
    assert concluded("MIT", files=files).bundled == ()


def test_copyleft_within_copyleft_is_nothing_new() -> None:
    """What the whole is under anyway is not told as bundled."""
    assert concluded("GPL-3.0-or-later", files={"LICENSE": GPL3, "licenses/_vendor/COPYING": GPL3}).bundled == ()


def test_spellings_never_quote() -> None:
    """What is kept of a field is what it was read as, never its text."""
    read = concluded(licence="token-like-words 0123456789abcdef of nobody", classifiers=(MIT_CLASSIFIER,), files={"LICENSE": MIT})
    assert dict(read.spellings) == {"License": "", "Classifier": "MIT", "files": "MIT"}


@pytest.mark.parametrize("field", ["Free for non-commercial use", "Academic use only", "CC BY-NC 4.0", "Custom", "see LICENSE", ""])
def test_a_lone_classifier_does_not_free_what_is_restricted(field: str) -> None:
    """A permissive classifier, or expression, does not outweigh a field and a file that restrict the use."""
    for given_ in ({"classifiers": (MIT_CLASSIFIER,)}, {"expression": "MIT"}):
        assert concluded(licence=field, files={"LICENSE": RESEARCH}, **given_).kind == "non-commercial"
    assert concluded(licence="Proprietary", classifiers=(MIT_CLASSIFIER,), files={"LICENSE": AGREEMENT}).kind == "proprietary"
    assert concluded(licence="Proprietary", classifiers=(MIT_CLASSIFIER,)).kind == "proprietary"


@pytest.mark.parametrize(
    "words", ["tri-licensed", "triple licensed", "under any of the following licences", "under one of three licences"]
)
def test_a_file_that_offers_settles_classifiers(words: str) -> None:
    """Several classifiers with a file that says that they are a choice are one, and nothing stays open."""
    both = (MIT_CLASSIFIER, GPL_CLASSIFIER)
    read = concluded(
        classifiers=both, files={"LICENSE": f"It is {words}: the MIT license, the GPL v3".encode(), "LICENSE.gpl": GPL3}
    )
    assert (read.kind, read.told, read.ambiguous, read.bundled) == ("permissive", "file", False, ())


def test_texts_of_listed_licences_are_not_within() -> None:
    """A text that the classifiers name beside the licence of the whole, as those of docutils do, is no news."""
    both = (MIT_CLASSIFIER, "OSI Approved :: GNU General Public License (GPL)")
    assert concluded(classifiers=both, files={"COPYING": MIT, "licenses/gpl-3-0.txt": GPL3}).bundled == ()
    assert concluded(classifiers=both[:1], files={"COPYING": MIT, "licenses/gpl-3-0.txt": GPL3}).bundled == ("GPL-3.0-or-later",)


WORDS = st.sampled_from(["", "MIT", "GPL", "UNKNOWN", "BSD", "GPLv3 or MIT", "see file", "x" * 300, MIT.decode(), GPL3.decode()])
FILES = st.lists(
    st.tuples(st.sampled_from(["LICENSE", "COPYING", "a/LICENSE", "licenses/NOTICE", "x"]), st.binary(max_size=90)), max_size=4
)


@settings(deadline=None)
@given(WORDS, WORDS, st.lists(st.sampled_from([MIT_CLASSIFIER, GPL_CLASSIFIER, "x"]), max_size=3), FILES)
def test_never_raises(expression: str, licence: str, classifiers: list[str], files: list[tuple[str, bytes]]) -> None:
    """Any metadata and files give a conclusion of a known class."""
    stated = Metadata(name="one", version="1", expression=expression, licence=licence, classifiers=tuple(classifiers))
    read = conclude(stated, files)
    assert read.kind in CLASSES
    assert bool(read.expression) or read.kind == "unknown"
