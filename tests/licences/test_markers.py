"""Markers say where a requirement holds; `packaging` is the oracle."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given
from packaging.markers import Marker, default_environment

from pytest_genomic_guard.inventory.markers import Platform, parsed

ENVIRONMENT = default_environment()
HERE = Platform(ENVIRONMENT["python_full_version"])
PLAIN = ("os_name", "sys_platform", "platform_system", "platform_machine", "implementation_name", "platform_python_implementation")
VALUES = ("posix", "nt", "linux", "win32", "darwin", "Linux", "Windows", "x86_64", "arm64", "cpython", "pypy", "CPython", "PyPy")
VERSIONS = ("2.7", "3", "3.8", "3.9", "3.10", "3.11", "3.11.0", "3.12", "3.14", "3.11.0rc1", "4.0")

of_words = st.tuples(st.sampled_from(PLAIN), st.sampled_from(("==", "!=", "in", "not in")), st.sampled_from(VALUES))
of_versions = st.tuples(
    st.sampled_from(("python_version", "python_full_version", "implementation_version")),
    st.sampled_from(("==", "!=", "<", "<=", ">", ">=", "~=")),
    st.sampled_from(VERSIONS),
).filter(lambda one: one[1] != "~=" or "." in one[2])
of_series = st.tuples(st.just("python_version"), st.sampled_from(("==", "!=")), st.sampled_from(("3.*", "3.11.*", "2.7.*")))
of_extras = st.tuples(st.just("extra"), st.sampled_from(("==", "!=")), st.sampled_from(("leiden", "Dev_Tools", "all.of-it")))


def written(one: tuple[str, str, str]) -> st.SearchStrategy[str]:
    """Write a comparison, either side first, with either quotes."""
    name, sign, value = one
    forms = [f'{name} {sign} "{value}"', f"{name}{' ' * ('in' in sign)}{sign}  '{value}'"]
    if sign in {"==", "!="} and "*" not in value:
        forms.append(f'"{value}" {sign} {name}')
    return st.sampled_from(forms)


atoms = st.one_of(of_words, of_versions, of_series, of_extras).flatmap(written)
markers = st.recursive(
    atoms,
    lambda inner: st.tuples(inner, st.sampled_from((" and ", " or ", "  and  ")), inner, st.booleans()).map(
        lambda four: f"({four[0]}){four[1]}{four[2]}" if four[3] else f"{four[0]}{four[1]}({four[2]})"
    ),
    max_leaves=6,
)
EXTRAS = st.sampled_from(("", "leiden", "dev-tools", "all-of-it"))


@given(markers, EXTRAS)
def test_packaging_agrees(marker: str, extra: str) -> None:
    """Whether a marker holds here is what packaging says."""
    assert parsed(marker) != ("yes",)
    assert (HERE.where(marker, extra) == "here") == Marker(marker).evaluate({"extra": extra})


@given(markers, EXTRAS)
def test_here_is_possible(marker: str, extra: str) -> None:
    """What does not hold on any platform without an extra holds on none of those that are tried."""
    if HERE.where(marker, extra) == "no":
        for platform, python in (("win32", "3.8"), ("darwin", "3.14"), ("linux", "2.7")):
            values = {"sys_platform": platform, "python_version": python, "python_full_version": f"{python}.1", "extra": extra}
            assert not Marker(marker).evaluate(values)


@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    """Nothing raises; what cannot be read holds."""
    assert Platform("3.11").where(text) in {"here", "maybe", "elsewhere", "no"}


@pytest.mark.parametrize(
    ("marker", "extra", "where"),
    [
        ('sys_platform == "nowhere"', "", "elsewhere"),
        ('extra == "leiden"', "", "no"),
        ('extra == "leiden"', "leiden", "here"),
        ('extra == "Dev.Tools"', "dev-tools", "here"),
        ('sys_platform == "nowhere" and extra == "leiden"', "", "no"),
        ('sys_platform == "nowhere" and extra == "leiden"', "leiden", "elsewhere"),
        ('python_version < "3"', "", "elsewhere"),
        ('python_full_version < "3.11.3"', "", "maybe"),
        ('python_full_version < "3.11"', "", "elsewhere"),
        ('python_version == "3.11" and (extra == "a" or extra == "b")', "b", "here"),
        ("'test' in extras", "test", "here"),
        ("'test' in extras", "", "no"),
        ("'dev' in dependency_groups", "", "here"),
        ("python_version in '2.7 3.6 3.11'", "", "here"),
        ('os.name == "posix" and ', "", "here"),
        ("(" * 5000, "", "here"),
        ('os_name == "a"' + ' and os_name == "a"' * 200, "", "elsewhere"),
    ],
)
def test_where(marker: str, extra: str, where: str) -> None:
    """The four answers: on a Python 3.11 of which the patch release is not known."""
    assert Platform("3.11").where(marker, extra) == where
