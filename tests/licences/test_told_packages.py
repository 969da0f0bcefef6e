"""The relations over packages: each package has at most one error, and nothing is shown that could be somebody's."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from pytest_genomic_guard.inventory.judged import Settings, judge
from pytest_genomic_guard.model import Facts, Located, Options, Relation
from pytest_genomic_guard.relations.licences.packages import subject
from pytest_genomic_guard.views.licences.expression import classify
from pytest_genomic_guard.views.licences.instead import instead
from pytest_genomic_guard.views.licences.nouns import Conclusion, Package
from pytest_genomic_guard.views.licences.showing import shown, shown_step, shown_version

if TYPE_CHECKING:
    from pytest_genomic_guard.model import Finding

CODES = [f"LIC{number}" for number in (*range(101, 111), 113, 114)]
ERRORS = ("LIC101", "LIC102", "LIC103", "LIC104", "LIC105", "LIC110", "LIC113")
EXPRESSIONS = ("MIT", "MPL-2.0", "GPL-3.0-or-later", "AGPL-3.0-only", "CC-BY-NC-4.0", "LicenseRef-Ours", "MIT OR GPL-3.0-only", "")


def relation(code: str) -> Relation:
    """Return the relation of a code."""
    made: Relation = getattr(importlib.import_module(f"pytest_genomic_guard.relations.licences.{code.lower()}"), code)()
    return made


RELATIONS = {code: relation(code) for code in CODES}


def package(expression: str, **more: Any) -> Package:
    """Return a package."""
    said = {key: more.pop(key) for key in ("conflict", "ambiguous", "bundled", "told", "sources") if key in more}
    kind = classify(expression) if expression else "unknown"
    conclusion = Conclusion(expression=expression, kind=kind, **said)
    values: dict[str, Any] = {"name": "some", "version": "1.5", "ecosystem": "python", "conclusion": conclusion} | more
    return Package(**values)


def findings(*some: Package) -> list[Finding]:
    """Return what all relations say of packages."""
    facts = Facts([Located(path=b"requirements.txt", fact=one) for one in some])
    return [finding for each in RELATIONS.values() for finding in each.look(facts, Options())]


expressions = st.sampled_from(EXPRESSIONS)
packages = st.builds(
    package,
    expressions,
    conflict=st.sampled_from(("", "MIT", "GPL-3.0-only", "AGPL-3.0-only")),
    ambiguous=st.booleans(),
    bundled=st.lists(expressions.filter(bool), max_size=2).map(tuple),
    scope=st.sampled_from(("runtime", "extra", "dev")),
    group=st.sampled_from(("", "dev", "graphs")),
)
settings = st.builds(
    Settings.of,
    st.fixed_dictionaries(
        {},
        optional={
            "allow-classes": st.sets(st.sampled_from(("permissive", "weak-copyleft", "strong-copyleft"))),
            "unknown": st.sampled_from(("fail", "warn", "note")),
            "conflict": st.sampled_from(("fail", "warn")),
            "own": st.sampled_from(("MIT", "GPL-3.0-or-later")),
        },
    ),
)


@given(packages, settings)
def test_not_allowed_is_one_error(one: Package, given_settings: Settings) -> None:
    """A package that is not allowed has exactly one error, one that is allowed has none."""
    judged = judge(one, given_settings, "2026-11-22")
    codes = [finding.code for finding in findings(judged)]
    assert len([code for code in codes if code in ERRORS]) == (not judged.allowed)
    assert len(codes) == len(set(codes))
    if judged.mild:
        assert set(codes) & {"LIC107", "LIC114", "LIC106", "LIC108", "LIC109"} or judged.conclusion.kind in {
            "permissive",
            "weak-copyleft",
        }


def test_what_is_told() -> None:
    """Place, subject, class, source, scope, path and what to do instead."""
    one = package(
        "GPL-2.0-or-later",
        told="license",
        name="igraph",
        version="0.11.9",
        why=("scanpy[leiden]", "igraph"),
        manifest=b"requirements.txt",
        line=7,
        allowed=False,
        against=("GPL-2.0-or-later",),
    )
    (found,) = findings(one)
    assert (found.code, found.location.path, found.location.line) == ("LIC101", b"requirements.txt", 7)
    assert found.subject == "igraph==0.11.9 (scanpy[leiden] -> igraph)"
    assert found.message == (
        "strong copyleft dependency; GPL-2.0-or-later (strong copyleft, by its License field); required at runtime, through one "
        "other; use networkx or rustworkx, or move it to an optional extra and except that"
    )


def test_once_per_manifest() -> None:
    """The same package of the same manifest is told once, of two manifests twice."""
    one = package("AGPL-3.0-only", allowed=False, against=("AGPL-3.0-only",), manifest=b"a/requirements.txt")
    assert len(findings(one, one)) == 1
    assert len(findings(one, one.replace(manifest=b"b/requirements.txt"))) == 2


def test_long_paths_are_cut() -> None:
    """Of a path of many steps the beginning and the end are shown."""
    steps = tuple(f"package-{'abcdefghijkl'[number]}" for number in range(12))
    shows = subject(package("MIT", name=steps[-1], why=steps))
    assert "package-f -> ... -> package-l" in shows
    assert shows.count("->") == 7


TOKENS = (
    "ghp_" + "a1B2c3D4e5" * 3 + "F6g7H8",
    ("ghp_" + "a1B2c3D4e5" * 3 + "F6g7H8").lower(),
    "AKIA" + "Q3EGRTUV7XYZ2ABC",
    "patient-1234567",
    "x" * 61,
    "two words",
    "https://host/path",
    "name\nmore",
    "",
)


@pytest.mark.parametrize("name", TOKENS)
def test_not_shown(name: str) -> None:
    """What is no name of a package, or could be a token, is nowhere in a finding."""
    assert name not in shown(name) or not name
    one = package(
        "LicenseRef-" + "Secret-Words",
        name=name,
        version=name,
        group=name,
        why=(f"{name}[{name}]", name),
        scope="extra",
        allowed=False,
        against=("LicenseRef-Secret-Words",),
    )
    for found in findings(one):
        told = f"{found.message} {found.subject} {found.key}"
        assert not name or name not in told
        assert "Secret" not in told


@pytest.mark.parametrize(
    "name", ["numpy", "nvidia-cuda-nvrtc-cu12", "backports.zstd", "Rcpp", "@types/node", "data.table", "zope.interface"]
)
def test_shown(name: str) -> None:
    """Names of packages are shown as they are, and so are versions with a day."""
    assert shown(name) == name
    assert shown_step(f"{name}[all]") == f"{name}[all]"


@pytest.mark.parametrize(
    ("version", "shows"),
    [("1.2.3", "1.2.3"), ("2.9.0.20241206", "2.9.0.20241206"), ("1.0+cu121", "1.0+cu121"), ("1.2-3", "1.2-3"), ("1.99887766", "?")],
)
def test_versions(version: str, shows: str) -> None:
    """A version may hold a day, and no other long number."""
    assert shown_version(version) == shows


@given(st.text(max_size=80))
def test_any_name(text: str) -> None:
    """No text raises, and a step never has a line break."""
    assert "\n" not in shown(text) + shown_step(text) + shown_version(text)


def test_the_extra_says_more_than_the_package() -> None:
    """Where an extra brings it, another extra is the way out."""
    assert "format-nongpl" in instead("fqdn", ("jsonschema[format]", "fqdn"))
    assert instead("fqdn", ("jsonschema[format-nongpl]", "fqdn")) == ""
    assert instead("numpy") == ""


@pytest.mark.parametrize(
    ("number", "said"), [(0, "than the whole;"), (1, "(so says one of its source files)"), (3, "(so say 3 of its source files)")]
)
def test_files_within_are_counted(number: int, said: str) -> None:
    """Copyleft that headers of source files state is told with how many of them do, and without their paths."""
    within = package("MIT", bundled=("GPL-2.0-or-later",), sources=number, against=("GPL-2.0-or-later",))
    told = [each.message for each in findings(within) if each.code == "LIC109"]
    assert len(told) == 1
    assert said in told[0]
