"""What the policy makes of packages: classes, groups, exceptions, clarifications, and the findings that come of it."""

from __future__ import annotations

from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given
from packaging.specifiers import SpecifierSet

from pytest_genomic_guard.inventory.judged import Settings, clarified, judge, unused
from pytest_genomic_guard.inventory.versions import holds
from pytest_genomic_guard.views.licences.expression import classify
from pytest_genomic_guard.views.licences.nouns import CLASSES, Conclusion, Package

TODAY = "2026-11-22"
EXPRESSIONS = (
    "MIT",
    "MPL-2.0",
    "GPL-2.0-only",
    "GPL-3.0-or-later",
    "AGPL-3.0-only",
    "CC-BY-NC-4.0",
    "BUSL-1.1",
    "LicenseRef-Ours",
    "MIT OR GPL-3.0-or-later",
    "MIT AND GPL-3.0-or-later",
    "GPL-3.0-or-later WITH GCC-exception-3.1",
    "",
)


def concluded(expression: str, **more: Any) -> Conclusion:
    """Return a conclusion with the class of its expression."""
    return Conclusion(expression=expression, kind=classify(expression) if expression else "unknown", **more)


def package(expression: str = "MIT", name: str = "some", version: str = "1.5", **more: Any) -> Package:
    """Return a package that is required at runtime, unless said otherwise."""
    said = {key: more.pop(key) for key in ("conflict", "ambiguous", "bundled") if key in more}
    return Package(name=name, version=version, ecosystem="python", conclusion=concluded(expression, **said), **more)


def judged(one: Package, **values: Any) -> Package:
    """Return a package judged by the values of the policy key."""
    return judge(one, Settings.of({key.replace("_", "-"): value for key, value in values.items()}), TODAY)


def exception(**more: Any) -> dict[str, Any]:
    """Return an exception as the policy has it."""
    return {"package": "some", "reason": "seen", "owner": "us", "expires": "2099-12-31"} | more


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("MPL-2.0", True),
        ("GPL-3.0-or-later", False),
        ("AGPL-3.0-only", False),
        ("CC-BY-NC-4.0", False),
        ("BUSL-1.1", False),
        ("LicenseRef-Ours", False),
        ("", False),
        ("MIT OR GPL-3.0-or-later", True),
        ("MIT AND GPL-3.0-or-later", False),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", True),
    ],
)
def test_default(expression: str, allowed: bool) -> None:  # noqa: FBT001 - a row
    """Without a word in the policy permissive and weak pass."""
    assert judged(package(expression)).allowed is allowed
    assert judged(package(expression)).mild == ""


@pytest.mark.parametrize(
    ("values", "expression", "allowed"),
    [
        ({"allow_classes": ["permissive"]}, "MPL-2.0", False),
        ({"allow_classes": ["permissive"], "allow": ["MPL-2.0"]}, "MPL-2.0", True),
        ({"allow": ["LicenseRef-Ours"]}, "LicenseRef-Ours", True),
        ({"allow": ["LicenseRef-Ours"]}, "LicenseRef-Theirs", False),
        ({"use": "non-commercial-research"}, "CC-BY-NC-4.0", True),
        ({"use": "non-commercial-research"}, "BUSL-1.1", False),
        ({"allow_classes": [*CLASSES]}, "", True),
    ],
)
def test_what_is_allowed(values: dict[str, Any], expression: str, allowed: bool) -> None:  # noqa: FBT001 - a row
    """Classes, ids and the declared use settle it."""
    assert judged(package(expression), **values).allowed is allowed


@pytest.mark.parametrize(
    ("scope", "group", "values", "allowed", "mild"),
    [
        ("dev", "lint", {}, True, "warn"),
        ("dev", "", {}, True, "warn"),
        ("dev", "test-gpu", {}, True, "warn"),
        ("extra", "test", {}, True, "warn"),
        ("extra", "graphs", {}, False, ""),
        ("dev", "server", {}, True, "warn"),
        ("dev", "server", {"dev_groups": ["server"]}, True, "warn"),
        ("dev", "lint", {"dev_groups": ["server"]}, False, ""),
        ("dev", "lint", {"dev_allow_classes": ["strong-copyleft"]}, True, ""),
        ("dev", "lint", {"dev_allow_classes": ["permissive"]}, False, ""),
        ("runtime", "", {}, False, ""),
    ],
)
def test_groups(scope: Any, group: str, values: dict[str, Any], allowed: bool, mild: str) -> None:  # noqa: FBT001 - a row
    """Copyleft in groups of development warns, unless the policy has said which classes may be there."""
    found = judged(package("GPL-3.0-or-later", scope=scope, group=group), **values)
    assert (found.allowed, found.mild) == (allowed, mild)


def test_restricted_use_in_development() -> None:
    """What may not be used is not used for development either."""
    assert not judged(package("CC-BY-NC-4.0", scope="dev", group="lint")).allowed


@pytest.mark.parametrize("word", ["warn", "note"])
def test_lenient(word: str) -> None:
    """Unknown and contradictory licences can pass with a word; nothing else does by that."""
    assert judged(package(""), unknown=word).mild == word
    assert judged(package(""), unknown=word).allowed
    assert judged(package("GPL-3.0-only", conflict="MIT"), conflict=word).mild == word
    assert not judged(package("GPL-3.0-only", conflict="AGPL-3.0-only"), conflict=word).allowed
    assert not judged(package("GPL-3.0-only"), unknown=word, conflict=word).allowed


def test_against() -> None:
    """What is not allowed is told: its own expression, that of the other source, what is within, what could be chosen."""
    assert judged(package("GPL-3.0-only", conflict="MIT")).against == ("GPL-3.0-only",)
    assert judged(package("MIT", conflict="GPL-3.0-only")).against == ("GPL-3.0-only",)
    within = judged(package("MIT", bundled=("GPL-2.0-or-later", "LGPL-2.1-only")))
    assert (within.allowed, within.against) == (True, ("GPL-2.0-or-later",))
    choice = judged(package("MIT OR GPL-2.0-or-later", ambiguous=True))
    assert (choice.allowed, choice.against) == (True, ("GPL-2.0-or-later",))


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ({}, True),
        ({"package": "Some"}, True),
        ({"package": "other"}, False),
        ({"versions": "<2"}, True),
        ({"versions": "==1.5"}, True),
        ({"versions": "1.5"}, True),
        ({"versions": ">=2"}, False),
        ({"versions": "nonsense"}, False),
        ({"expires": TODAY}, True),
        ({"expires": "2026-11-21"}, False),
        ({"allow": ["GPL-3.0-or-later"]}, True),
        ({"allow": ["AGPL-3.0-only"]}, False),
        ({"extra": "leiden"}, True),
        ({"extra": "other"}, False),
    ],
)
def test_exceptions(words: dict[str, Any], held: bool) -> None:  # noqa: FBT001 - a row
    """An exception holds for its package, versions, ids, extra and days."""
    one = package("GPL-3.0-or-later", why=("scanpy[leiden]", "some"))
    found = judged(one, exceptions=[exception(**words)])
    assert (found.allowed, found.excepted) == (held, held)


def test_a_second_exception_can_hold() -> None:
    """Of several exceptions for one package one is enough."""
    some = [exception(allow=["AGPL-3.0-only"]), exception(allow=["GPL-3.0-or-later"])]
    assert judged(package("GPL-3.0-or-later"), exceptions=some).excepted


def test_exceptions_in_development() -> None:
    """What would only warn can be excepted too, and the exception is used then."""
    settings = Settings.of({"exceptions": [exception()]})
    found = judge(package("GPL-3.0-only", scope="dev", group="lint"), settings, TODAY)
    assert (found.allowed, found.excepted, found.mild) == (True, True, "")
    assert not unused([found], settings, TODAY)
    other = Settings.of({"exceptions": [exception(allow=["AGPL-3.0-only"])]})
    assert judge(found, other, TODAY).mild == "warn"


def test_unused() -> None:
    """Exceptions that hold for nothing, are not needed or are over are told, and clarifications of what is not there."""
    values = {
        "exceptions": [
            exception(),
            exception(package="fine"),
            exception(package="gone"),
            exception(package="old", expires="2026-01-01"),
        ],
        "clarify": [{"package": "gone", "expression": "MIT"}, {"package": "fine", "expression": "MIT"}],
    }
    settings = Settings.of(values)
    some = [package("GPL-3.0-only"), package("MIT", name="fine"), package("GPL-3.0-only", name="old")]
    found = unused([judge(one, settings, TODAY) for one in some], settings, TODAY)
    assert [(one.package, one.kind, one.expired) for one in found] == [
        ("fine", "exception", False),
        ("gone", "exception", False),
        ("old", "exception", True),
        ("gone", "clarify", False),
    ]


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ({}, ""),
        ({"versions": "==1.5"}, ""),
        ({"versions": "==1.4"}, "version"),
        ({"file": "LICENSE", "sha256": "a" * 64}, ""),
        ({"file": "licenses/LICENSE", "sha256": "a" * 64}, ""),
        ({"file": "LICENSE", "sha256": "b" * 64}, "changed"),
        ({"file": "ICENSE", "sha256": "a" * 64}, "file"),
        ({"sha256": "a" * 64}, ""),
        ({"expression": "as they like"}, "expression"),
    ],
)
def test_clarify(entry: dict[str, Any], why: str) -> None:
    """A clarification holds for its version and its file alone."""
    settings = Settings.of({"clarify": [{"package": "Some", "expression": "MIT"} | entry]})
    said = concluded("GPL-3.0-only", conflict="MIT", bundled=("GPL-2.0-only",))
    found, void = clarified(said, ("some", "1.5", "python"), lambda: {"some.dist-info/licenses/LICENSE": "a" * 64}, settings)
    assert (void.why if void else "") == why
    if not why:
        assert (found.expression, found.kind, found.told, found.conflict) == ("MIT", "permissive", "clarified", "")
        assert found.bundled == ("GPL-2.0-only",)
    else:
        assert found is said


expressions = st.sampled_from(EXPRESSIONS)
packages = st.builds(
    package,
    expressions,
    conflict=st.sampled_from(("", "MIT", "GPL-3.0-only", "LicenseRef-Ours")),
    ambiguous=st.booleans(),
    bundled=st.lists(expressions.filter(bool), max_size=2).map(tuple),
    scope=st.sampled_from(("runtime", "extra", "dev")),
    group=st.sampled_from(("", "dev", "graphs", "test")),
)
classes = st.sets(st.sampled_from(CLASSES)).map(sorted)
values = st.fixed_dictionaries(
    {},
    optional={
        "allow-classes": classes,
        "allow": st.lists(st.sampled_from(("GPL-2.0-only", "LicenseRef-Ours", "MIT")), max_size=2),
        "dev-allow-classes": classes,
        "unknown": st.sampled_from(("fail", "warn", "note")),
        "conflict": st.sampled_from(("fail", "warn", "note")),
        "own": st.sampled_from(("MIT", "GPL-3.0-or-later", "GPL-2.0-only")),
        "use": st.sampled_from(("any", "non-commercial-research")),
    },
)


@given(packages, values)
def test_allowing_more_never_forbids(one: Package, given_values: dict[str, Any]) -> None:
    """One more class, one more id or an exception can only help; and judging twice is judging once."""
    before = judge(one, Settings.of(given_values), TODAY)
    assert judge(before, Settings.of(given_values), TODAY) == before
    assert not (before.mild and not before.allowed)
    more = given_values | {"exceptions": [exception()]}
    assert judge(one, Settings.of(more), TODAY).allowed
    if before.allowed and "own" not in given_values:
        wider = given_values | {
            "allow-classes": [*given_values.get("allow-classes", ("permissive", "weak-copyleft")), "proprietary"]
        }
        assert judge(one, Settings.of(wider), TODAY).allowed


numbers = st.lists(st.integers(0, 30), min_size=1, max_size=4).map(lambda some: ".".join(map(str, some)))


@given(numbers, st.sampled_from(("==", "!=", "<", "<=", ">", ">=")), numbers)
def test_plain_versions(version: str, sign: str, other: str) -> None:
    """Outside of Python plain versions compare as packaging compares them."""
    expected = SpecifierSet(f"{sign}{other}").contains(version)
    assert holds(f"{sign}{other}", version, "r") == expected
    assert holds(f"{sign} {other}", version, "python") == expected


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(("python", "r", "conda", "node")))
def test_any_versions(wanted: str, version: str, ecosystem: str) -> None:
    """No text raises."""
    assert holds(wanted, version, ecosystem) in {True, False}


@pytest.mark.parametrize(
    ("wanted", "version", "held"),
    [
        ("<1.2-4", "1.2-3", True),
        ("==1.2.*", "1.2.9", True),
        ("==1.2.*", "1.20", False),
        ("==1.0.*", "1", True),
        ("==1.0.*", "1.1", False),
        ("~=1.0", "1.5", True),
        (">=1.0", "1.0rc1", False),
        ("<1.0", "1.0rc1", True),
        ("~=1.2", "2.0", False),
    ],
)
def test_versions_elsewhere(wanted: str, version: str, held: bool) -> None:  # noqa: FBT001 - a row
    """R and conda have versions of their own."""
    assert holds(wanted, version, "conda") is held
