"""The licence lock: what is written is read back, what is damaged is not read, and it holds nothing but words of ours and ids."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.cli import refreshed as module
from pytest_genomic_guard.cli.refreshed import PIP, fetched, of, refreshed
from pytest_genomic_guard.views.licences.kept import Kept, conclusion, read, sound, write
from pytest_genomic_guard.views.licences.metadata import read as metadata
from pytest_genomic_guard.views.licences.nouns import Conclusion, Metadata, Requirement

SHA = "0" * 64
THING = Kept(
    name="igraph",
    version="0.11.9",
    expression="GPL-2.0-or-later",
    told="license",
    conflict="MIT",
    ambiguous=True,
    bundled=("LGPL-2.1-only",),
    extras=("plotting",),
    requires=(
        Requirement(name="texttable", specifier=">=1.6.2"),
        Requirement(name="pandas", specifier="<3,>=1", extras=("a", "b"), marker='extra == "x" and python_version < "4"'),
    ),
    files=(("licenses/LICENSE", SHA), ("na\u00efve: # file", SHA)),
)
PLAIN = Kept(name="numpy", version="2.1.0", expression="BSD-3-Clause AND MIT", told="expression")

WORDS = st.text(alphabet="abcXYZ019", min_size=1, max_size=8).filter(lambda word: sum(map(str.isdigit, word)) < 7)
REQUIREMENTS = st.builds(
    Requirement,
    name=WORDS,
    specifier=st.sampled_from(["", ">=1", "==2.*,!=3", "~=1.0"]),
    extras=st.lists(WORDS, max_size=2, unique=True).map(tuple),
    marker=st.sampled_from(["", 'extra == "x"', "python_version < '3.12'"]),
)
KEPT = st.builds(
    Kept,
    name=WORDS,
    version=WORDS,
    ecosystem=st.sampled_from(["python", "conda", "r", "node"]),
    expression=st.sampled_from(["", "MIT", "GPL-2.0-only WITH Classpath-exception-2.0", "(MIT OR Apache-2.0) AND BSD-3-Clause"]),
    told=st.sampled_from(["expression", "file", "none"]),
    ambiguous=st.booleans(),
    requires=st.lists(REQUIREMENTS, max_size=3).map(tuple),
    files=st.dictionaries(st.text(alphabet="aZ/.\u00e9 '\"{}#:\\", min_size=1, max_size=9), st.just(SHA), max_size=3).map(
        lambda found: tuple(sorted(found.items()))
    ),
)


def same(one: Kept) -> tuple[object, ...]:
    """Return what two entries are compared by: the order of requirements is that of the text."""
    asked = {(each.name, each.specifier, each.extras, each.marker) for each in one.requires}
    return (one.replace(requires=()), frozenset(asked))


@given(st.lists(KEPT, max_size=8, unique_by=lambda each: (each.name, each.ecosystem, each.version)))
def test_what_is_written_is_read_back(packages: list[Kept]) -> None:
    """The same entries, whatever the order they came in, and as any reader of YAML has them."""
    text = write(packages, "2026-11-22")
    assert text == write(reversed(packages), "2026-11-22")
    found = read(text.encode())
    assert found is not None
    assert {same(each) for each in found} == {same(each) for each in packages}
    top = yaml.safe_load(text)
    assert [row["name"] for row in top["packages"]] == [each.name for each in found]


def test_every_field_is_kept() -> None:
    """One entry that says all that an entry can say."""
    (thing, plain) = read(write([PLAIN, THING], "2026-11-22").encode()) or ()
    assert same(thing) == same(THING)
    assert same(plain) == same(PLAIN)
    assert conclusion(thing).kind == "strong-copyleft"
    assert conclusion(Kept(name="a", version="1")).kind == "unknown"


def test_one_package_is_one_line() -> None:
    """A change of a package changes its line; there is no time in it but the date."""
    before = write([THING, PLAIN], "2026-11-22").splitlines()
    after = write([THING.replace(version="1.0"), PLAIN], "2026-11-22").splitlines()
    assert len([1 for one, two in zip(before, after, strict=True) if one != two]) == 1


def test_other_yaml_is_read_too() -> None:
    """As somebody, or a formatter, writes it."""
    text = yaml.safe_dump(yaml.safe_load(write([THING, PLAIN], "2026-11-22")), allow_unicode=True)
    assert {same(each) for each in read(text.encode()) or ()} == {same(THING), same(PLAIN)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a\n",
        "version: 2\npackages: []\n",
        "version: 1\n",
        'version: 1\ndate: "2026-01-01"\npackages:\n- {"name": "a", "version": "1"}\n',
        'version: 1\ndate: "2026-01-01"\npackages:\n- {"name": "a", "version": "1", "expression": "MIT", "odd": 1}\n',
        'version: 1\ndate: "2026-01-01"\npackages:\n- {"name": "a", "version": "1", "expression": "MIT", "name": "b"}\n',
        'version: 1\ndate: "2026-01-01"\npackages:\n- {"name": "a", "version": 1.0, "expression": "MIT"}\n',
        'version: 1\ndate: "2026-01-01"\npackages:\n- {"name": "a b", "version": "1", "expression": "MIT"}\n',
        'version: 1\ndate: "2026-01-01"\npackages:\n- {"name": "a", "version": "1", "expression": "MIT\\nx"}\n',
        'version: 1\ndate: "2026-01-01"\npackages:\n- {"name": "a", "version": "1", "expression": "MIT", "told": "me"}\n',
        'version: 1\ndate: "2026-01-01"\npackages:\n- {"name": "a", "version": "1", "expression": "MIT", "files": {"x": "y"}}\n',
        'version: 1\ndate: "x"\npackages:\n<<<<<<< ours\n- {"name": "a", "version": "1", "expression": "MIT"}\n=======\n',
        "version: 1\npackages: &a [*a]\n",
        "version: 1\npackages: !!python/object/apply:os.system [ls]\n",
        "version: 1\npackages: " + "[" * 5000,
    ],
)
def test_what_is_damaged_is_not_read(text: str) -> None:
    """All of it or nothing: a lock that was read in part would leave packages out."""
    assert read(text.encode()) is None


def test_a_version_that_is_there_twice_is_damaged() -> None:
    """As after a merge that kept both sides."""
    text = write([PLAIN], "2026-11-22")
    line = text.splitlines(keepends=True)[-1]
    assert read((text + line).encode()) is None
    assert read((text + line.replace("2.1.0", "2.2.0")).encode()) is not None


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"version: 1\ndate: x\npackages:\n- {text}".encode()))
def test_reading_never_raises(data: bytes) -> None:
    """Whatever it is."""
    found = read(data)
    assert found is None or all(sound(each) for each in found)


def test_addresses_and_odd_words_are_not_written() -> None:
    """Of a requirement by address nothing but the name; a name or a version that is none is refused."""
    asked = (
        Requirement(name="a", specifier="@ https://user:word@example.org/a.whl"),
        Requirement(name="b", marker="x@y"),
        Requirement(name="no name"),
    )
    text = write([PLAIN.replace(requires=asked)], "2026-11-22")
    assert json.loads(text.splitlines()[-1][2:])["requires"] == ["a", "b"]
    for bad in (PLAIN.replace(name="a\nb"), PLAIN.replace(version=""), PLAIN.replace(expression="Copyright (c) someone, 2020")):
        assert not sound(bad)
        with pytest.raises(ValueError, match="cannot hold"):
            write([bad], "2026-11-22")


def test_a_lock_is_made_of_conclusions() -> None:
    """With digests of the licence files, without what a lock cannot hold, which is counted."""
    said = Metadata(name="thing", version="1", licence="raw words", requires=(Requirement(name="numpy"),))
    concluded = Conclusion(expression="MIT", kind="permissive", told="file")
    text, left = refreshed(
        [(said, concluded, [("LICENSE", b"text")]), (said.replace(version="?"), concluded, [])], "2026-11-22", [PLAIN]
    )
    assert left == 1
    assert "raw words" not in text
    found = {each.name: each for each in read(text.encode()) or ()}
    assert set(found) == {"numpy", "thing"}
    assert found["thing"] == of(said, concluded, [("LICENSE", b"text")])


def report(version: str = "26.3", **fields: object) -> bytes:
    """Return a report as pip writes it."""
    row = {
        "name": "thing",
        "version": "1.0",
        "license": "two\nlines",
        "license_expression": "MIT",
        "requires_dist": ["a>1"],
        **fields,
    }
    return json.dumps({"version": "1", "pip_version": version, "install": [{"metadata": row, "download_info": {}}]}).encode()


def test_reports_of_pip_are_read_as_metadata(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pins without a wheel are left out and told; a report of an old pip, or none, is refused."""
    asked: list[dict[str, str]] = []

    def answer(pins: dict[str, str], *_rest: object) -> tuple[int | None, bytes, str]:
        asked.append(dict(pins))
        if "source-only" in pins:
            return 1, b"", "ERROR: No matching distribution found for source-only==2 from https://u:p@example.org\n"
        return 0, report(), ""

    monkeypatch.setattr(module, "_pip", answer)
    found = fetched([("thing", "1.0"), ("source-only", "2"), ("--index-url", "x"), ("gone", "1")], {})
    assert (found.problem, found.missing) == ("", ("--index-url", "gone", "source-only"))
    assert asked == [{"thing": "1.0", "source-only": "2", "gone": "1"}, {"thing": "1.0", "gone": "1"}]
    ((_, _, data),) = found.packages
    said = metadata(data)
    assert said is not None
    assert (said.name, said.expression, said.licence, said.requires[0].name) == ("thing", "MIT", "two\nlines", "a")
    for data, code in ((report("24.3.1"), 0), (report(version="x"), 0), (b"{", 0), (report(name=1), 0), (b"", 1), (b"", None)):
        monkeypatch.setattr(module, "_pip", lambda *_all, data=data, code=code: (code, data, "https://u:p@example.org"))
        refused = fetched([("thing", "1.0")], {})
        assert refused.problem
        assert not refused.packages
        assert "example.org" not in refused.problem
    assert PIP == (25, 0)


def test_two_versions_of_one_name_are_asked_for_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a lock has them for two platforms."""
    asked: list[dict[str, str]] = []

    def answer(pins: dict[str, str], *_rest: object) -> tuple[int | None, bytes, str]:
        asked.append(dict(pins))
        return 0, report(version=pins["thing"]).replace(b'"pip_version": "1.0"', b'"pip_version": "26.0"'), ""

    monkeypatch.setattr(module, "_pip", answer)
    fetched([("thing", "1.0"), ("thing", "2.0"), ("thing", "1.0")], {})
    assert asked == [{"thing": "1.0"}, {"thing": "2.0"}]


def test_pip_is_run_apart_from_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    """Isolated, from an empty folder, wheels only, without variables of Python or of pip that could add to the pins."""
    seen: dict[str, object] = {}

    class Done:
        returncode = 1
        stderr = b"ERROR: No module named pip"

    def run(command: list[str], **options: object) -> Done:
        with open(command[-1], encoding="utf-8") as stream:
            seen.update(options, command=command, pins=stream.read())
        return Done()

    monkeypatch.setattr("subprocess.run", run)
    environ = {"PYTHONPATH": "x", "PIP_REQUIREMENT": "y", "PIP_INDEX_URL": "https://example.org/simple", "HOME": "/h"}
    assert fetched([("thing", "1.0")], environ, "3.12").problem == module.NO_PIP
    command = seen["command"]
    assert isinstance(command, list)
    assert command[1:6] == ["-I", "-m", "pip", "install", "--dry-run"]
    assert {"--ignore-installed", "--no-deps", "--only-binary", ":all:", "--python-version", "3.12"} <= set(command)
    assert seen["pins"] == "thing==1.0\n"
    passed = seen["env"]
    assert isinstance(passed, dict)
    assert set(passed) == {"HOME", "PIP_INDEX_URL", "PIP_DISABLE_PIP_VERSION_CHECK", "PIP_NO_INPUT"}
