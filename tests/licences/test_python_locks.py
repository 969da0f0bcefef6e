"""Locks of Python packages, written from what is drawn and read back; `tomllib` is the oracle for what they hold."""

from __future__ import annotations

import json
import tomllib

import hypothesis.strategies as st
import pytest
from hypothesis import given

from pytest_genomic_guard.views.licences import forms
from pytest_genomic_guard.views.licences.manifests import toml
from pytest_genomic_guard.views.licences.manifests.pep508 import normal
from pytest_genomic_guard.views.licences.nouns import Locked, Manifest

names = st.from_regex(r"[a-z0-9]([a-z0-9.-]{0,8}[a-z0-9])?", fullmatch=True)
versions = st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){1,2}(rc1|\+cpu)?", fullmatch=True)
edges = st.dictionaries(names, st.sampled_from(("", "sys_platform == 'win32'", "extra == 'x'")), max_size=4)
graphs = st.dictionaries(names, st.tuples(versions, edges, st.dictionaries(names, edges, max_size=2)), min_size=1, max_size=6)
Graph = dict[str, tuple[str, dict[str, str], dict[str, dict[str, str]]]]
HASH = "sha256:" + "0" * 64


def read(path: str, text: str) -> Manifest:
    """Return a lock that has to be one."""
    found = forms.read(path.encode(), text.encode())
    assert found is not None
    assert found is not forms.DAMAGED
    assert found.lock
    return found


def package(found: Manifest, name: str) -> Locked:
    """Return the one package of a name."""
    (one,) = [each for each in found.packages if each.name == name]
    return one


def uv_edges(asked: dict[str, str]) -> str:
    """Write edges as uv does."""
    return "".join(f'    {{ name = "{name}"{f", marker = {marker!r}" if marker else ""} }},\n' for name, marker in asked.items())


def uv_lock(graph: Graph) -> str:
    """Write a lock as uv does, with archives."""
    text = "version = 1\nrevision = 3\n"
    for name, (version, asked, extras) in graph.items():
        text += f'\n[[package]]\nname = "{name}"\nversion = "{version}"\nsource = {{ registry = "https://example.org/simple" }}\n'
        text += f"dependencies = [\n{uv_edges(asked)}]\n" if asked else ""
        text += f'sdist = {{ url = "https://example.org/{name}.tar.gz", hash = "{HASH}", upload-time = "2026-01-01T00:00:00Z" }}\n'
        text += f'wheels = [\n    {{ url = "https://example.org/{name}.whl", hash = "{HASH}", size = 1 }},\n]\n'
        if extras:
            text += "\n[package.optional-dependencies]\n" + "".join(
                f'"{extra}" = [\n{uv_edges(of)}]\n' for extra, of in extras.items()
            )
    return text


@given(graphs)
def test_a_uv_lock_comes_back(graph: Graph) -> None:
    """Packages, edges, markers, extras and lines."""
    text = uv_lock(graph)
    found = read("uv.lock", text)
    lines = text.splitlines()
    assert [each.name for each in found.packages] == [normal(name) for name in graph]
    for each, (version, asked, extras) in zip(found.packages, graph.values(), strict=True):
        assert each.version == version
        assert [(edge.name, edge.marker) for edge in each.requires] == [(normal(name), marker) for name, marker in asked.items()]
        assert {extra: [edge.name for edge in of] for extra, of in each.extras} == {
            normal(extra): [normal(name) for name in of] for extra, of in extras.items()
        }
        assert lines[each.line - 1] == "[[package]]"
        assert normal(lines[each.line]) == f'name = "{each.name}"'
        assert all(f'"{edge.name}"' in normal(lines[edge.line - 1]) for edge in each.requires)


@given(graphs)
def test_archives_are_passed_over_and_nothing_else(graph: Graph) -> None:
    """Without the lines of archives, a lock says the same of everything else, on the same lines."""
    text = uv_lock(graph)
    whole, short = tomllib.loads(text), toml.load_lock(text.encode())
    for each in whole["package"]:
        del each["sdist"], each["wheels"]
    for each in short[0]["package"]:
        assert each.pop("wheels") == []
    assert short[0] == whole
    assert len(short[1].text.splitlines()) == len(text.splitlines())


PROJECT = """\
version = 1

[manifest]
members = ["lib", "root"]

[manifest.dependency-groups]
lint = [{ name = "ruff" }]

[[package]]
name = "lib"
version = "1"
source = { editable = "packages/lib" }
dependencies = [
    { name = "igraph" },
]

[[package]]
name = "igraph"
version = "0.11.9"
source = { registry = "https://example.org/simple" }
resolution-markers = ["python_version < '3.12'", "python_version >= '3.12'"]

[[package]]
name = "root"
version = "0.1"
source = { virtual = "." }
dependencies = [
    { name = "lib" },
    { name = "scanpy", version = "1.10", extra = ["leiden"], marker = "sys_platform == 'linux'" },
]

[package.optional-dependencies]
plot = [
    { name = "seaborn" },
]

[package.dev-dependencies]
dev = [
    { name = "pytest" },
]

[package.metadata]
requires-dist = [{ name = "lib", editable = "packages/lib" }]
"""


def test_the_project_in_a_uv_lock() -> None:
    """The project and the members of its workspace are its own, and what they ask for is direct."""
    found = read("uv.lock", PROJECT)
    assert found.name == "root"
    assert [(each.name, each.own) for each in found.packages] == [("lib", True), ("igraph", False), ("root", True)]
    assert [(each.name, each.scope, [one.name for one in each.requires]) for each in found.groups] == [
        ("", "runtime", ["igraph"]),
        ("", "runtime", ["lib", "scanpy"]),
        ("plot", "extra", ["seaborn"]),
        ("dev", "dev", ["pytest"]),
        ("lint", "dev", ["ruff"]),
    ]
    scanpy = found.groups[1].requires[1]
    assert (scanpy.specifier, scanpy.extras, scanpy.marker, scanpy.line) == ("==1.10", ("leiden",), "sys_platform == 'linux'", 29)
    assert package(found, "igraph").marker == "(python_version < '3.12') or (python_version >= '3.12')"


def test_the_lock_of_a_script() -> None:
    """Its requirements stand in the lock."""
    text = '[manifest]\nrequirements = [{ name = "click", specifier = ">=8" }]\n[[package]]\nname = "click"\nversion = "8.1"\n'
    found = read("plot.py.lock", text)
    assert [(each.name, each.specifier) for each in found.groups[0].requires] == [("click", ">=8")]


def poetry_lock(graph: Graph, told: str) -> str:
    """Write a lock as Poetry does."""
    text = "# This file is automatically @generated by Poetry\n"
    for name, (version, asked, extras) in graph.items():
        text += f'\n[[package]]\nname = "{name}"\nversion = "{version}"\noptional = false\n{told}\n'
        text += f'files = [\n    {{file = "{name}.whl", hash = "{HASH}"}},\n]\n'
        wanted = {**asked, **{one: "extra" for of in extras.values() for one in of if one not in asked}}
        if wanted:
            text += "\n[package.dependencies]\n" + "".join(
                f'"{one}" = {{version = ">=1", optional = true}}\n' if marker == "extra" else f'"{one}" = ">=1"\n'
                for one, marker in wanted.items()
            )
        if extras:
            lists = (f'"{extra}" = [{", ".join(json.dumps(f"{one} (>=1)") for one in of)}]\n' for extra, of in extras.items())
            text += "\n[package.extras]\n" + "".join(lists)
    return text + '\n[metadata]\nlock-version = "2.1"\n'


@pytest.mark.parametrize(
    ("told", "expected"),
    [('category = "dev"', ("dev",)), ('category = "main"', ("",)), ('groups = ["main", "Test"]', ("", "test")), ("", ())],
)
@given(graph=graphs)
def test_a_poetry_lock_comes_back(told: str, expected: tuple[str, ...], graph: Graph) -> None:
    """Of all its versions: categories, groups, or neither."""
    text = poetry_lock(graph, told)
    found = read("poetry.lock", text)
    lines = text.splitlines()
    assert [(each.name, each.version) for each in found.packages] == [(normal(name), told[0]) for name, told in graph.items()]
    for each, (_, asked, extras) in zip(found.packages, graph.values(), strict=True):
        assert each.groups == expected
        assert [one.name for one in each.requires] == [normal(one) for one in asked if normal(one) != "python"]
        assert {extra: [one.name for one in of] for extra, of in each.extras} == {
            normal(extra): [normal(one) for one in of] for extra, of in extras.items()
        }
        assert lines[each.line - 1] == "[[package]]"
        assert all(one.name in normal(lines[one.line - 1]) for one in each.requires)


def test_folders_in_a_poetry_lock() -> None:
    """A folder is the project's own."""
    text = '[[package]]\nname = "mine"\nversion = "1"\n[package.source]\ntype = "directory"\nurl = "../mine"\n'
    assert read("poetry.lock", text).packages[0].own


PDM = """\
[metadata]
groups = ["default", "test"]

[[package]]
name = "coverage"
version = "7.6"
groups = ["test"]
marker = "python_version < '4'"
files = [
    {file = "coverage.whl", hash = "sha256:00"},
]

[[package]]
name = "coverage"
version = "7.6"
extras = ["toml"]
groups = ["default"]
dependencies = [
    "coverage==7.6",
    "tomli; python_full_version <= \\"3.11.0a6\\"",
]

[[package]]
name = "Tool_Box"
version = "0.1"
path = "./lib"
editable = true
dependencies = ["numpy"]
"""


def test_a_pdm_lock() -> None:
    """An entry with extras adds them to the package; a folder is the project's own."""
    found = read("pdm.lock", PDM)
    coverage, box = found.packages
    assert (coverage.name, coverage.version, coverage.groups, coverage.line) == ("coverage", "7.6", ("test", ""), 4)
    assert [(extra, [(one.name, one.marker, one.line) for one in of]) for extra, of in coverage.extras] == [
        ("toml", [("tomli", 'python_full_version <= "3.11.0a6"', 20)])
    ]
    assert (box.name, box.own, [one.name for one in box.requires]) == ("tool-box", True, ["numpy"])


PYLOCK = """\
lock-version = "1.0"
dependency-groups = ["test"]
extras = ["plot"]

[[packages]]
name = "numpy"
version = "2.0"
wheels = [{ url = "https://example.org/a.whl", upload-time = 2026-01-01T00:00:00Z, size = 1, hashes = { sha256 = "00" } }]

[[packages]]
name = "Seaborn"
version = "0.13"
marker = "'plot' in extras and python_version < '4'"
dependencies = [{ name = "numpy", version = "2.0" }]

[[packages]]
name = "pytest"
version = "8"
marker = "'test' in dependency_groups"

[[packages]]
name = "mine"
directory = { path = ".", editable = true }
"""


def test_a_pylock() -> None:
    """Groups are told by markers; edges where they are given."""
    found = read("pylock.toml", PYLOCK)
    assert [(each.name, each.version, each.groups, each.own) for each in found.packages] == [
        ("numpy", "2.0", ("",), False),
        ("seaborn", "0.13", ("plot",), False),
        ("pytest", "8", ("test",), False),
        ("mine", "", ("",), True),
    ]
    assert [(one.name, one.specifier) for one in found.packages[1].requires] == [("numpy", "==2.0")]
    assert [each.line for each in found.packages] == [5, 10, 16, 21]


@pytest.mark.parametrize(("path", "expected"), [("pylock.toml", ()), ("pylock.dev.toml", ("dev",)), ("pylock.gpu.toml", ())])
def test_a_pylock_that_does_not_tell_of_groups(path: str, expected: tuple[str, ...]) -> None:
    """The name of the file can."""
    assert read(path, '[[packages]]\nname = "numpy"\nversion = "2"\n').packages[0].groups == expected


@given(st.dictionaries(names, versions), st.dictionaries(names, versions))
def test_a_pipfile_lock_comes_back(default: dict[str, str], develop: dict[str, str]) -> None:
    """Packages of both categories, each once."""
    tables = {
        key: {name: {"hashes": [HASH], "version": f"=={version}"} for name, version in each.items()}
        for key, each in (("default", default), ("develop", develop))
    }
    text = json.dumps({"_meta": {"sources": [{"url": "https://example.org"}]}, **tables}, indent=4)
    found = read("Pipfile.lock", text)
    expected: dict[tuple[str, str], list[str]] = {}
    for group, each in (("", default), ("dev", develop)):
        for name, version in each.items():
            groups = expected.setdefault((normal(name), version), [])
            groups += [group] if group not in groups else []
    assert {(each.name, each.version): list(each.groups) for each in found.packages} == expected
    lines = text.splitlines()
    assert all(each.name in normal(lines[each.line - 1]) for each in found.packages)


@pytest.mark.parametrize("path", ["uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "Pipfile.lock"])
@pytest.mark.parametrize("data", [b"[[", b"{", b"\xff\xfe", b"[" * 5000, b'{"default":' * 2000, b"a = " + b"[" * 3000])
def test_what_is_no_lock_is_damaged(path: str, data: bytes) -> None:
    """And nothing raises."""
    assert forms.read(path.encode(), data) is forms.DAMAGED


@pytest.mark.parametrize("path", ["uv.lock", "poetry.lock", "pdm.lock", "pylock.toml"])
@pytest.mark.parametrize(
    "entry", ["1", "{}", "{name = 1}", "{name = 'a', dependencies = 1}", "{name = 'a', groups = 1, extras = 1, source = 1}"]
)
def test_values_of_other_types(path: str, entry: str) -> None:
    """They are passed over or damaged, and never raise."""
    key = "packages" if path == "pylock.toml" else "package"
    found = forms.read(path.encode(), f"{key} = [{entry}]".encode())
    assert isinstance(found, Manifest)


def test_addresses_leave_nothing() -> None:
    """Of a package from an address, the name and the version are kept."""
    host = "example.org"
    text = f'[[package]]\nname = "tool"\nversion = "1"\nsource = {{ git = "https://{"w" * 12}@{host}/tool" }}\n'
    found = read("uv.lock", text).packages[0]
    assert (found.name, found.version, found.own) == ("tool", "1", False)
    assert host not in "".join(str(getattr(found, field)) for field in found._defaults)  # noqa: SLF001 - all of it is wanted
