"""SPDX expressions: form, class, what a policy and an own licence make of them; oracles: packaging, license-expression."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from license_expression import get_license_index, get_spdx_licensing  # type: ignore[import-untyped]
from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from pytest_genomic_guard.views.licences import classes
from pytest_genomic_guard.views.licences.expression import agree, canonical, classify, compatible, ids, settled
from pytest_genomic_guard.views.licences.nouns import CLASSES

DEFAULT = ("permissive", "weak-copyleft")

CANONICAL = {
    "mit": "MIT",
    "(MIT)": "MIT",
    "GPL-3.0": "GPL-3.0-only",
    "gpl-2.0+": "GPL-2.0-or-later",
    "LGPL-2.1": "LGPL-2.1-only",
    "AGPL-3.0": "AGPL-3.0-only",
    "GFDL-1.3": "GFDL-1.3-only",
    "Apache-2.0+": "Apache-2.0+",
    "LicenseRef-X": "LicenseRef-X",
    "licenseref-x": "LicenseRef-x",
    "LicenseRef-PSF-2.0": "PSF-2.0",
    "LicenseRef-GPL": "GPL-1.0-or-later",
    "DocumentRef-a:LicenseRef-b": "DocumentRef-a:LicenseRef-b",
    "mit or apache-2.0": "MIT OR Apache-2.0",
    "MIT OR MIT": "MIT",
    "mit and (apache-2.0 or bsd-3-clause)": "MIT AND (Apache-2.0 OR BSD-3-Clause)",
    "MIT OR Apache-2.0 AND ISC": "MIT OR (Apache-2.0 AND ISC)",
    "GPL-2.0-with-GCC-exception": "GPL-2.0-only WITH GCC-exception-2.0",
    "apache-2.0 with llvm-exception": "Apache-2.0 WITH LLVM-exception",
    "OLDAP-2.3": "OLDAP-2.3",  # only the index has it
    "BSD-2-Clause-FreeBSD": "BSD-2-Clause-Views",
}

CLASSED = {
    "MIT": "permissive",
    "Artistic-2.0": "permissive",
    "OFL-1.1": "permissive",
    "CC-BY-4.0": "permissive",
    "MPL-2.0": "weak-copyleft",
    "LGPL-3.0-or-later": "weak-copyleft",
    "CC-BY-SA-4.0": "weak-copyleft",
    "ODbL-1.0": "weak-copyleft",
    "CECILL-C": "weak-copyleft",
    "CECILL-B": "permissive",
    "CECILL-2.1": "strong-copyleft",
    "GPL-1.0-or-later": "strong-copyleft",
    "EUPL-1.2": "strong-copyleft",
    "OSL-3.0": "strong-copyleft",
    "AGPL-3.0-only": "network-copyleft",
    "SSPL-1.0": "network-copyleft",
    "BUSL-1.1": "use-restricted",
    "CC-BY-ND-4.0": "use-restricted",
    "LicenseRef-scancode-llama-2-license-2023": "use-restricted",
    "LicenseRef-scancode-bigscience-open-rail-m": "use-restricted",
    "CC-BY-NC-SA-3.0-DE": "non-commercial",
    "PolyForm-Noncommercial-1.0.0": "non-commercial",
    "LicenseRef-NVIDIA-SOFTWARE-LICENSE": "proprietary",
    "LicenseRef-Example-Proprietary": "proprietary",
    "LicenseRef-Example-Non-Commercial": "non-commercial",
    "LicenseRef-ProprietaryIntel": "proprietary",
    "LicenseRef-MIT-modified": "unknown",  # a name can warn, not reassure
    "LicenseRef-scancode-agpl-generic": "unknown",
    "LLVM-exception": "unknown",  # no licence, and never classed alone
    "Foo-1.0": "unknown",
    "": "unknown",
    "MIT OR GPL-3.0-only": "permissive",
    "MIT AND GPL-3.0-only": "strong-copyleft",
    "GPL-3.0-only AND LicenseRef-X": "strong-copyleft",
    "MIT AND LicenseRef-X": "unknown",
    "MIT OR LicenseRef-X": "permissive",
    "GPL-3.0-only AND CC-BY-NC-4.0": "non-commercial",
    "Apache-2.0 AND CC0-1.0 AND CC-BY-SA-4.0 AND GPL-3.0-or-later": "strong-copyleft",
    "GPL-3.0-only WITH GCC-exception-3.1": "permissive",
    "GPL-2.0-only WITH Classpath-exception-2.0": "permissive",
    "Apache-2.0 WITH LLVM-exception": "permissive",
    "GPL-2.0-or-later WITH Bootloader-exception": "strong-copyleft",
    "GPL-2.0-only WITH Universal-FOSS-exception-1.0": "strong-copyleft",
    "GPL-3.0-only WITH GPL-3.0-linking-exception": "weak-copyleft",
    "AGPL-3.0-only WITH PS-or-PDF-font-exception-20170817": "permissive",
    "AGPL-3.0-only WITH GPL-3.0-linking-exception": "network-copyleft",
    "Apache-2.0 WITH LicenseRef-Commons-Clause": "use-restricted",
    "GPL-2.0-only WITH AdditionRef-unheard-of": "strong-copyleft",
}

COMPATIBLE = [
    ("MIT", "MIT", True),
    ("MPL-2.0", "MIT", True),
    ("LGPL-3.0-only", "Apache-2.0", True),
    ("GPL-3.0-only", "MIT", False),
    ("AGPL-3.0-only", "MIT", False),
    ("CC-BY-NC-4.0", "MIT", False),
    ("LicenseRef-X", "MIT", None),
    ("", "MIT", None),
    ("GPL-3.0-only", "", None),
    ("MIT OR GPL-3.0-only", "MIT", True),
    ("MIT AND GPL-3.0-only", "MIT", False),
    ("GPL-2.0-only", "LGPL-2.1-only", False),
    ("GPL-3.0-only WITH GCC-exception-3.1", "MIT", True),
    ("GPL-3.0-only WITH GCC-exception-3.1", "GPL-2.0-only", True),
    ("Apache-2.0", "GPL-2.0-only", False),
    ("Apache-2.0", "GPL-2.0-or-later", True),
    ("Apache-2.0", "GPL-3.0-or-later", True),
    ("GPL-3.0-only", "GPL-2.0-only", False),
    ("GPL-2.0-only", "GPL-2.0-only", True),
    ("GPL-2.0-only", "GPL-3.0-or-later", False),
    ("GPL-2.0-or-later", "GPL-3.0-or-later", True),
    ("LGPL-2.1-only", "GPL-3.0-or-later", True),
    ("LGPL-3.0-or-later", "GPL-3.0-or-later", True),
    ("LGPL-3.0-or-later", "GPL-2.0-only", False),
    ("AGPL-3.0-only", "GPL-3.0-or-later", True),
    ("GPL-3.0-only", "AGPL-3.0-or-later", True),
    ("GPL-2.0-only", "AGPL-3.0-or-later", False),
    ("EPL-2.0", "GPL-3.0-or-later", False),
    ("EUPL-1.2", "GPL-3.0-or-later", True),
    ("SSPL-1.0", "GPL-3.0-or-later", False),
    ("CC-BY-NC-4.0", "GPL-3.0-or-later", False),
    ("GPL-3.0-only", "MIT OR GPL-3.0-or-later", True),
    ("GPL-3.0-only", "LicenseRef-X", None),
    ("GPL-3.0-only", "LicenseRef-Proprietary", False),
    ("GPL-3.0-only", "EUPL-1.2", None),
]

NONE = (
    "",
    " ",
    "GPLv3",
    "BSD License",
    "Apache 2.0",
    *("MIT OR", "OR MIT", "MIT MIT", "(MIT", "MIT)", "()", "MIT WITH", "MIT WITH MIT", "WITH"),
    "LLVM-exception",
    "MIT/Apache-2.0",
    "NONE",
    "NOASSERTION",
    "MIT\x00",
    "(" * 100 + "MIT" + ")" * 100,
    "MIT OR " * 3000 + "MIT",
    "AdditionRef-x",
)

_NAMES = (
    "MIT",
    "Apache-2.0",
    "GPL-2.0-only",
    "GPL-3.0-or-later",
    "LGPL-2.1-only",
    "AGPL-3.0-only",
    "MPL-2.0",
    "CC-BY-NC-4.0",
    "LicenseRef-X",
)
_EXPRESSIONS = st.recursive(
    st.sampled_from((*_NAMES, "GPL-2.0-only WITH Classpath-exception-2.0")),
    lambda inner: st.tuples(inner, st.sampled_from((" OR ", " AND ")), inner).map(
        lambda parts: f"({parts[0]}{parts[1]}{parts[2]})"
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(("text", "wanted"), CANONICAL.items())
def test_canonical(text: str, wanted: str) -> None:
    """Ids, deprecated ids, operators and brackets come out in one form, which is its own form."""
    assert canonical(text) == wanted
    assert canonical(wanted) == wanted


@pytest.mark.parametrize("text", NONE)
def test_no_expression(text: str) -> None:
    """What is no expression is none, is unknown, and is settled by nothing."""
    assert canonical(text) == ""
    assert classify(text) == "unknown"
    assert ids(text) == ()
    assert not settled(text, CLASSES, ())


@pytest.mark.parametrize(("text", "wanted"), CLASSED.items())
def test_classes(text: str, wanted: str) -> None:
    """Choices take the mildest, conjunctions the strictest, exceptions their effect."""
    assert classify(text) == wanted


@pytest.mark.parametrize(("part", "own", "wanted"), COMPATIBLE)
def test_compatible(part: str, own: str, wanted: object) -> None:
    """A part fits into a work under the own licence, or not, or nobody knows."""
    assert compatible(part, own) is wanted


def test_settled() -> None:
    """A choice is settled by one side, a conjunction by all; an id covers its version in both forms."""
    assert settled("MIT OR GPL-3.0-only", DEFAULT)
    assert not settled("MIT AND GPL-3.0-only", DEFAULT)
    assert settled("MIT AND GPL-3.0-only", DEFAULT, ("GPL-3.0-only",))
    assert settled("GPL-3.0-only", (), ("gpl-3.0-or-later",))
    assert settled("GPL-2.0-or-later", (), ("GPL-3.0-only",))
    assert not settled("GPL-3.0-or-later", (), ("GPL-2.0-only",))
    assert not settled("GPL-2.0-only", (), ("GPL-3.0-only",))
    assert not settled("GPL-2.0-only", (), ("LGPL-2.0-only",))
    assert settled("GPL-2.0-only WITH Classpath-exception-2.0", (), ("GPL-2.0-only WITH Classpath-exception-2.0",))
    assert settled("GPL-2.0-only WITH Bootloader-exception", (), ("GPL-2.0-only",))
    assert not settled("GPL-2.0-only", (), ("GPL-2.0-only WITH Classpath-exception-2.0",))
    assert not settled("Apache-2.0 WITH LicenseRef-Commons-Clause", (), ("Apache-2.0",))
    assert settled("LicenseRef-Example", (), ("LicenseRef-Example",))
    assert not settled("LicenseRef-Example", DEFAULT)


def test_agree() -> None:
    """Metadata and a file agree when their ids are the same or their GNU versions meet."""
    assert agree("GPL-1.0-or-later", "GPL-3.0-only")
    assert agree("MIT OR Apache-2.0", "Apache-2.0 OR MIT")
    assert not agree("GPL-2.0-only", "GPL-3.0-or-later")
    assert not agree("MIT", "MIT AND GPL-3.0-only")
    assert not agree("MIT", "")


def test_ids() -> None:
    """Ids come in the order of the text, each once, an exception with its licence."""
    assert ids("MIT OR (GPL-2.0 WITH Classpath-exception-2.0 AND MIT)") == ("MIT", "GPL-2.0-only WITH Classpath-exception-2.0")


def test_every_listed_id_has_a_class() -> None:
    """No licence of the index is without a class, and whatever it calls copyleft is not permissive, but for what we say."""
    meant = {"Artistic", "ClArtistic", "OFL", "Ruby", "Qhull"}
    for entry in get_license_index():
        name = entry["spdx_license_key"]
        if not name or entry["is_exception"]:
            continue
        kind = classify(name)
        assert kind in CLASSES
        assert canonical(name) == name or name.lower() in classes.DEPRECATED
        if entry["category"] in ("Copyleft", "Copyleft Limited") and not any(name.startswith(each) for each in meant):
            assert kind != "permissive", name
        if entry["category"] in ("Permissive", "Public Domain"):
            assert kind in ("permissive", "unknown"), name
        if "AGPL" in name.upper():
            assert kind in ("network-copyleft", "unknown"), name


def test_own_table_has_listed_ids() -> None:
    """Each id of the table and each exception without LicenseRef is one that the index lists, spelled as there."""
    listed = {entry["spdx_license_key"] for entry in get_license_index()}
    listed |= {other for entry in get_license_index() for other in entry["other_spdx_license_keys"]}
    spelled = [name for name, _ in (*classes.KNOWN.values(), *classes.EXCEPTIONS.values()) if not name.startswith("LicenseRef-")]
    assert [name for name in spelled if name not in listed] == []
    scancode = [
        name for name, _ in (*classes.KNOWN.values(), *classes.EXCEPTIONS.values()) if name.startswith("LicenseRef-scancode-")
    ]
    assert [name for name in scancode if name not in listed] == []


@given(_EXPRESSIONS)
def test_against_license_expression(text: str) -> None:
    """The canonical form means the same to license-expression, and keeps class, ids and settlement."""
    ours = canonical(text)
    licensing = get_spdx_licensing()
    assert licensing.is_equivalent(licensing.parse(ours), licensing.parse(text))
    assert canonical(ours) == ours
    assert (classify(ours), set(ids(ours))) == (classify(text), set(ids(text)))
    assert settled(ours, CLASSES)
    assert settled(text, (), ids(text))


@given(_EXPRESSIONS, st.sampled_from(_NAMES))
def test_choices_never_worsen(text: str, name: str) -> None:
    """One more choice never makes a class stricter, one more part never makes one permissive."""
    assert CLASSES.index(classify(f"{text} OR {name}")) <= CLASSES.index(classify(text))
    if classify(text) != "permissive":
        assert classify(f"{text} AND {name}") != "permissive"


@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(st.sampled_from((*_NAMES, "(", ")", "AND", "or", "WITH", "GPL-2.0+", "x")), max_size=9).map(" ".join),
    )
)
def test_against_packaging(text: str) -> None:
    """Nothing raises; what packaging takes we take, with the same ids but for deprecated ones."""
    ours = canonical(text)
    try:
        theirs = canonicalize_license_expression(text)
    except InvalidLicenseExpression:
        return
    assert ours
    assert canonical(theirs) == ours


@given(st.text(max_size=200), st.text(max_size=80))
def test_nothing_raises(text: str, other: str) -> None:
    """Any text has an answer."""
    assert classify(text) in CLASSES
    assert compatible(text, other) in (True, False, None)
    settled(text, (other,), (other, text))
