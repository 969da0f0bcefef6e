"""What a distribution says of itself is read as the standard library reads it, and faster."""

from __future__ import annotations

import importlib.metadata
import re
from email import message_from_string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import InvalidRequirement, Requirement

from pytest_genomic_guard.views.licences import metadata

HEAD = b"Metadata-Version: 2.4\nName: Some.Package_x\nVersion: 1.0\n"
INSTALLED = sorted(importlib.metadata.distributions(), key=lambda one: str(one.metadata["Name"]))


def raw(distribution: importlib.metadata.Distribution) -> str:
    """Return the text of the metadata of an installed distribution."""
    return distribution.read_text("METADATA") or distribution.read_text("PKG-INFO") or ""


@pytest.mark.parametrize("distribution", INSTALLED, ids=lambda one: str(one.metadata["Name"]))
def test_installed_distributions_read_as_email_reads_them(distribution: importlib.metadata.Distribution) -> None:
    """Names, versions, licence fields, classifiers and requirements of every installed distribution are those of ``email``."""
    text = raw(distribution)
    if not text:
        pytest.skip("no metadata")
    mine, other = metadata.read(text.encode()), message_from_string(text)
    assert mine is not None
    assert (mine.name, mine.version) == (metadata.normal(other["Name"]), other["Version"])
    assert mine.expression == (other["License-Expression"] or "")
    assert re.sub(r"[\s|]+", "", mine.licence) == re.sub(r"[\s|]+", "", other["License"] or "")
    said = [one[len("License ::") :].strip() for one in other.get_all("Classifier", []) if one.startswith("License ::")]
    assert list(mine.classifiers) == list(dict.fromkeys(said))
    assert list(mine.files) == list(dict.fromkeys(other.get_all("License-File", [])))
    wanted = [Requirement(one) for one in other.get_all("Requires-Dist", [])]
    assert [one.name for one in mine.requires] == [metadata.normal(one.name) for one in wanted]
    assert [set(one.extras) for one in mine.requires] == [{metadata.normal(extra) for extra in one.extras} for one in wanted]
    assert [bool(one.marker) for one in mine.requires] == [bool(one.marker) for one in wanted]


def test_names_are_normal() -> None:
    """Names and extras are written as PEP 503 writes them."""
    read = metadata.read(HEAD + b"Provides-Extra: A_b.C\nRequires-Dist: Other_One[X_y]>=1; extra == 'A_b.C'\n\nbody")
    assert read is not None
    assert (read.name, read.extras, read.requires[0].name, read.requires[0].extras) == (
        "some-package-x",
        ("a-b-c",),
        "other-one",
        ("x-y",),
    )


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("mark", [b"        ", b"\t", b"       |"])
def test_a_licence_of_several_lines(end: bytes, mark: bytes) -> None:
    """Lines that go on, with blanks, a tab or a bar, belong to the licence; the description does not."""
    text = (
        HEAD
        + b"License: MIT License\n"
        + mark
        + b"\n"
        + mark
        + b"Permission is hereby\n"
        + mark
        + b"granted\nSummary: x\n\nLicense: GPL\n"
    )
    read = metadata.read(text.replace(b"\n", end))
    assert read is not None
    assert read.licence == "MIT License\n\nPermission is hereby\ngranted"


def test_a_licence_that_was_not_indented() -> None:
    """Lines of a licence that old tools did not indent belong to it, and the fields after it are read."""
    text = (
        HEAD
        + b"License: MIT License\nCopyright (c) nobody\n\nPermission is granted\n\n"
        + b"Classifier: License :: OSI Approved :: MIT License\n"
    )
    read = metadata.read(text + b"Requires-Dist: one\n\nThe description.\n")
    assert read is not None
    assert read.licence.startswith("MIT License")
    assert read.licence.endswith("Permission is granted")
    assert read.classifiers == ("OSI Approved :: MIT License",)
    assert [one.name for one in read.requires] == ["one"]


def test_the_description_says_nothing() -> None:
    """Fields within the description, or of an indented one in the head, are not read."""
    text = (
        HEAD
        + b"Description: see\n        License: GPL\n        \n        Classifier: License :: X\n"
        + b"License: BSD\n\nLicense-Expression: MIT\n"
    )
    read = metadata.read(text)
    assert read is not None
    assert (read.licence, read.expression, read.classifiers) == ("BSD", "", ())


def test_the_first_of_two_fields_counts() -> None:
    """Of a field that may stand once the first is taken, as the standard library does."""
    read = metadata.read(HEAD + b"License: MIT\nLicense: GPL\nlicense-EXPRESSION: MIT\n\n")
    assert read is not None
    assert (read.licence, read.expression) == ("MIT", "MIT")


def test_other_encodings() -> None:
    """A byte order mark and bytes that are no UTF-8 do no harm."""
    read = metadata.read(b"\xef\xbb\xbfName: one\nVersion: 1\nAuthor: \xe9\xff\nLicense: MIT\n\n\xff")
    assert read is not None
    assert (read.name, read.licence) == ("one", "MIT")


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"Name:\nVersion: 1\n", b"Name: a b\n", b"\x00\x01", b"just words", b"Version: 1\n\nName: x"]
)
def test_what_names_nothing_is_none(data: bytes) -> None:
    """Without a name there is no metadata."""
    assert metadata.read(data) is None


MIT = b"Classifier: License :: OSI Approved :: MIT License\n"
GPL = b"Classifier: License :: OSI Approved :: GNU General Public License v3 (GPLv3)\n"


@pytest.mark.parametrize(
    "text",
    [
        b"License: MIT\n" + MIT * 500_000 + GPL + b"\ntext",
        b"License: MIT\n" + MIT * metadata.MANY + GPL + b"\ntext",
        b"License: MIT\n" + b"Author: x\n" * (metadata.HEAD // 10) + GPL + b"\ntext",
        b"License: " + b"Words of a long licence. " * 4 + b"\n\nMore.\n" + MIT + b"Author: x\n" * (metadata.HEAD // 10) + GPL,
    ],
)
def test_a_head_that_is_not_read_to_its_end_says_nothing(text: bytes) -> None:
    """What comes after the cut could say the contrary."""
    assert metadata.read(HEAD + text) is None


def test_a_long_description_is_no_matter() -> None:
    """The head ends before it."""
    read = metadata.read(HEAD + MIT + b"\n" + b"words\n" * metadata.HEAD)
    assert read is not None
    assert read.classifiers == ("OSI Approved :: MIT License",)


@pytest.mark.parametrize(
    ("text", "name", "specifier", "marker"),
    [
        ("one", "one", "", ""),
        ("one (>=1.0,<2)", "one", ">=1.0,<2", ""),
        ("one>=1 ; python_version < '3'", "one", ">=1", "python_version < '3'"),
        ("one @ git+https://user:secret@host.example/x", "one", "", ""),
        ("one @ https://host.example/x.whl ; extra == 'y'", "one", "", "extra == 'y'"),
    ],
)
def test_requirements(text: str, name: str, specifier: str, marker: str) -> None:
    """Requirements of all ages are read, and nothing of an address is kept."""
    read = metadata.requirement(text)
    assert read is not None
    assert (read.name, read.specifier, read.marker) == (name, specifier, marker)


@given(st.binary(max_size=400))
def test_never_raises(data: bytes) -> None:
    """Whatever the bytes are, reading them returns."""
    metadata.read(data)
    metadata.read(HEAD + data)


@given(st.text(max_size=80))
def test_requirements_never_raise_and_agree(text: str) -> None:
    """What the standard reads as a requirement has the same name here."""
    mine = metadata.requirement(text)
    try:
        other = Requirement(text)
    except InvalidRequirement:
        return
    assert mine is not None
    assert mine.name == metadata.normal(other.name)
