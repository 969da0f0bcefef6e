"""Locks and manifests that are not understood say so: none of them is taken for one that asks for nothing."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from pytest_genomic_guard.views.licences import forms

if TYPE_CHECKING:
    from pytest_genomic_guard.views.licences.nouns import Manifest

URL = "https://conda.anaconda.org/conda-forge/linux-64/igraph-1.0-h0_0.conda"
TOML: dict[str, Any] = {
    "uv.lock": {
        "version": 1,
        "package": [
            {
                "name": "ours",
                "source": {"editable": "."},
                "dependencies": [{"name": "igraph", "extra": ["x"]}],
                "optional-dependencies": {"more": [{"name": "other"}]},
                "dev-dependencies": {"dev": [{"name": "tool"}]},
            },
            {"name": "igraph", "version": "1", "wheels": [{"url": "x"}], "resolution-markers": ["os_name == 'nt'"]},
        ],
        "manifest": {"requirements": [{"name": "igraph"}], "dependency-groups": {"dev": [{"name": "tool"}]}},
    },
    "poetry.lock": {
        "package": [
            {"name": "ours", "version": "1", "dependencies": {"igraph": "*"}, "files": [{"file": "x"}]},
            {"name": "igraph", "version": "1"},
        ],
        "metadata": {"lock-version": "2.1"},
    },
    "pdm.lock": {
        "metadata": {"lock_version": "4.5.0", "groups": ["default"]},
        "package": [{"name": "ours", "version": "1", "dependencies": ["igraph>=1"]}, {"name": "igraph", "extras": ["x"]}],
    },
    "pylock.toml": {
        "lock-version": "1.0",
        "packages": [{"name": "ours", "version": "1", "dependencies": [{"name": "igraph"}]}, {"name": "igraph"}],
    },
}
JSON: dict[str, Any] = {
    "Pipfile.lock": {"_meta": {"pipfile-spec": 6}, "default": {"igraph": {"version": "==1"}}, "develop": {"tool": {}}},
    "renv.lock": {
        "R": {"Version": "4.4.0"},
        "Packages": {"igraph": {"Package": "igraph", "Version": "1", "Requirements": ["cli"], "Imports": ["Rcpp (>= 1)"]}},
    },
    "package-lock.json": {
        "lockfileVersion": 3,
        "packages": {
            "": {"name": "ours", "dependencies": {"a": "1"}, "devDependencies": {"b": "1"}},
            "node_modules/a": {"version": "1", "dependencies": {"c": "1"}, "engines": {"node": "1"}},
        },
    },
    "npm-shrinkwrap.json": {
        "name": "ours",
        "lockfileVersion": 1,
        "dependencies": {"a": {"version": "1", "requires": {"c": "1"}, "dependencies": {"c": {"version": "2"}}}},
    },
    "conda-lock.yml": {
        "version": 1,
        "metadata": {"channels": []},
        "package": [{"name": "igraph", "version": "1", "manager": "conda", "dependencies": {"gmp": ">=6"}}],
    },
    "pixi.lock": {
        "version": 6,
        "environments": {"default": {"channels": [], "packages": {"linux-64": [{"conda": URL}]}}},
        "packages": [{"conda": URL, "depends": ["gmp >=6"], "license": "GPL-2.0-or-later"}],
    },
    "pnpm-lock.yaml": {
        "lockfileVersion": "9.0",
        "importers": {".": {"dependencies": {"a": {"specifier": "1", "version": "1"}}}},
        "packages": {"a@1": {"resolution": {"integrity": "x"}}},
        "snapshots": {"a@1": {"dependencies": {"c": "2"}}, "c@2": {}},
    },
    "yarn.lock": {
        "__metadata": {"version": 8},
        "a@npm:^1": {"version": "1", "resolution": "a@npm:1", "dependencies": {"c": "npm:^2"}},
        "c@npm:^2": {"version": "2", "resolution": "c@npm:2"},
    },
}
OTHERS: tuple[Any, ...] = ("x", 7, ["x"], [], {}, {"x": "x"})


def inline(value: Any) -> str:
    """Return a value as TOML has it on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {inline(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    return json.dumps(value)


def spoken(name: str, document: Any) -> bytes:
    """Write a lock."""
    if name not in TOML:
        return json.dumps(document, indent=1).replace('"__metadata":', "__metadata:").encode()
    return "".join(f"{json.dumps(key)} = {inline(value)}\n" for key, value in document.items()).encode()


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the ways to all lists and tables in a document."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if items is None:
        return []
    return [path, *(place for key, each in items for place in places(each, (*path, key)))]


def put(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return a document with another value at one place."""
    if not path:
        return value
    made = copy.deepcopy(document)
    at = made
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return made


def names(found: Manifest) -> set[tuple[str, str]]:
    """Return all that a manifest names, and for whom."""
    held = {("package", each.name) for each in found.packages}
    held |= {(each.name, one.name) for each in found.packages for one in each.requires}
    held |= {(each.name, one.name) for each in found.packages for _, extra in each.extras for one in extra}
    return held | {(f"group {each.name}", one.name) for each in found.groups for one in each.requires}


CASES = [(name, place) for name, document in {**TOML, **JSON}.items() for place in places(document) if place or name not in TOML]


@pytest.mark.parametrize(("name", "place"), CASES)
def test_another_kind_of_value_is_told(name: str, place: tuple[Any, ...]) -> None:
    """Wherever a list or a table is replaced by something else, all that was named is named still, or the lock is damaged."""
    document = {**TOML, **JSON}[name]
    whole = forms.read(name.encode(), spoken(name, document))
    assert whole is not None
    assert whole.packages
    assert not whole.unread
    held: Any = document
    for key in place:
        held = held[key]
    for other in OTHERS:
        if type(other) is type(held) or (other in ("x", 7) and place[-1:] in {("Requirements",), ("Imports",)}):  # one name
            continue
        found = forms.read(name.encode(), spoken(name, put(document, place, other)))
        assert found is not None
        assert found is forms.DAMAGED or found.unread or names(found) >= names(whole), (place, other)


@given(
    st.sampled_from(CASES), st.recursive(st.none() | st.text(max_size=3) | st.integers(), lambda each: st.lists(each, max_size=3))
)
def test_no_lock_is_nothing(case: tuple[str, tuple[Any, ...]], other: Any) -> None:
    """Whatever stands in place of a part of a lock, the answer is no "nothing to see here"."""
    name, place = case
    if name in TOML and "null" in json.dumps(other):
        other = "x"
    document = {**TOML, **JSON}[name]
    assert forms.read(name.encode(), spoken(name, put(document, place, other))) is not None


UNCLEAR = [
    ("pixi.lock", 'version: 99\npackages: "x"\n'),
    ("pixi.lock", "version: 99\nenvironments: {}\npackages: []\n"),
    ("pixi.lock", '!!python/object/apply:os.system ["x"]\n'),
    ("pixi.lock", "version: 6\nenvironments: {}\npackages: !!python/object:x []\n"),
    ("pixi.lock", "version: 6\nenvironments: {}\npackages: []\n---\nversion: 6\n"),
    ("uv.lock", "version = 99\n[[packages]]\nname = 'x'\n"),
    ("uv.lock", "version = 1\n[[packages]]\nname = 'x'\n"),
    ("uv.lock", ""),
    ("poetry.lock", "[[packages]]\nname = 'x'\n"),
    ("pdm.lock", "[[packages]]\nname = 'x'\n"),
    ("pdm.lock", "[metadata]\nlock_version = '9'\n"),
    ("pylock.toml", "lock-version = '1.0'\n"),
    ("Pipfile.lock", '{"default": []}'),
    ("Pipfile.lock", "{}"),
    ("renv.lock", '{"Packages": [1]}'),
    ("renv.lock", "{}"),
    ("package-lock.json", '{"lockfileVersion": 9, "packages": []}'),
    ("package-lock.json", '{"lockfileVersion": 9}'),
    ("package-lock.json", "{}"),
    ("pnpm-lock.yaml", "lockfileVersion: '99'\npackage: {a@1: {}}\n"),
    ("pnpm-lock.yaml", "packages: {}\n"),
    ("yarn.lock", ""),
    ("conda-lock.yml", "version: 2\npackages: []\n"),
    ("conda-lock.yml", "[]"),
    ("conda-linux-64.lock", "words\n"),
    ("environment.yml", "dependencies: Unidecode\n"),
    ("environment.yml", "dependencies: {Unidecode: 1}\n"),
    ("environment.yml", "dependencies: &a\n- *a\n"),
    ("environment.yml", "&a\ndependencies: *a\n"),
    ("environment.yml", "a: &a [x, x]\nb: &b [*a, *a]\ndependencies: [*b, *b]\n"),
    ("environment.yml", "channels: [x]\ndependencies:\n- name: x\n"),
    ("environment.yml", "dependencies:\n- pip: {x: y}\n"),
    ("environment.yml", "dependencies: [x]\n---\ndependencies: [y]\n"),
    ("envs/tool.yaml", "dependencies: bwa\n"),
    ("setup.cfg", "[metadata]\nname = x\n[options\ninstall_requires = Unidecode\n"),
    ("setup.cfg", "install_requires = Unidecode\n"),
    ("pyproject.toml", '[project]\nname = "x"\ndependencies = "Unidecode"\n'),
    ("pyproject.toml", '[project]\nname = "x"\noptional-dependencies = ["Unidecode"]\n'),
    ("pyproject.toml", '[project]\nname = "x"\n[project.optional-dependencies]\nx = "Unidecode"\n'),
    ("pyproject.toml", '[dependency-groups]\nx = "Unidecode"\n'),
    ("pyproject.toml", '[dependency-groups]\nx = [{include-group = "none"}]\n'),
    ("pyproject.toml", '[tool.poetry]\ndependencies = ["Unidecode"]\n'),
    ("pyproject.toml", '[tool.poetry.group.x]\ndependencies = ["Unidecode"]\n'),
    ("pyproject.toml", '[tool.uv]\ndev-dependencies = "Unidecode"\n'),
    ("pyproject.toml", '[tool.pixi]\ndependencies = "igraph"\n'),
    ("Pipfile", 'packages = "Unidecode"\n'),
    ("pixi.toml", 'dependencies = "igraph"\n'),
    ("pixi.toml", '[feature]\nx = "igraph"\n'),
    ("package.json", '{"name": "x", "dependencies": ["a"]}'),
    ("modules/x/meta.yml", "name: x\ntools: igraph\n"),
    ("recipe/meta.yaml", "package: {name: x}\nabout: {license: MIT}\nrequirements: igraph\n"),
    ("recipe/meta.yaml", "package: {name: x}\nabout: {license: MIT}\nrequirements: {run: {igraph: 1}}\n"),
]


@pytest.mark.parametrize(("path", "text"), UNCLEAR)
def test_not_understood(path: str, text: str) -> None:
    """The keys that tell are there, and hold something else; or nothing is there that a lock has."""
    assert forms.read(path.encode(), text.encode()) is forms.DAMAGED


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("conda-lock.yml", "on: push\njobs: {}\n"),  # a workflow that makes one
        ("conda/galaxy.yml", "dependencies: {a.b: 1}\n"),
        ("environment.yml", "dependencies:\n- role: x\n"),
        ("spec.lock", "123\n"),
        ("meta.yml", "tools: x\n"),
        ("setup.cfg", "[flake8\nmax-line-length = 100\n"),
        (".conda-lock/README.txt", "words\n"),
    ],
)
def test_something_else(path: str, text: str) -> None:
    """Files of such names that are truly of others are none."""
    assert forms.read(path.encode(), text.encode()) is None


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("uv.lock", 'version = 1\nrequires-python = ">=3.11"\n'),
        ("uv.lock", 'version = 9\n[[package]]\nname = "x"\n'),
        ("poetry.lock", 'package = []\n[metadata]\nlock-version = "2.1"\n'),
        ("pdm.lock", '[metadata]\nlock_version = "4.5.0"\n'),
        ("pylock.toml", 'lock-version = "1.0"\npackages = []\n'),
        ("Pipfile.lock", '{"_meta": {}, "default": {}}'),
        ("renv.lock", '{"R": {}, "Packages": {}}'),
        ("package-lock.json", '{"name": "x", "lockfileVersion": 1, "requires": true}'),
        ("package-lock.json", '{"lockfileVersion": 3, "packages": {}}'),
        ("npm-shrinkwrap.json", '{"name": "x", "version": "1"}'),
        ("pnpm-lock.yaml", "lockfileVersion: '9.0'\nimporters: {.: {}}\n"),
        ("pnpm-lock.yaml", "lockfileVersion: '9.0'\n---\nlockfileVersion: '9.0'\npackages: {a@1: {}}\n"),
        ("pixi.lock", "version: 6\nenvironments: {}\npackages: []\n"),
        ("conda-lock.yml", "version: 1\nmetadata: {}\npackage: []\n"),
        ("yarn.lock", "# yarn lockfile v1\n\n\n"),
        ("environment.yml", "dependencies:\n"),
    ],
)
def test_empty_and_later_locks(path: str, text: str) -> None:
    """A lock without packages in a version that is known, and a later version of the known shape, are read."""
    found = forms.read(path.encode(), text.encode())
    assert found is not None
    assert found is not forms.DAMAGED


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("uv.lock", b"version = 1\n" + b'[[package]]\nname = "x"\n' * 200_000),
        ("poetry.lock", b'[[package]]\nname = "x"\n' * 30_000),
        ("pylock.toml", b'lock-version = "1.0"\n' + b'[[packages]]\nname = "x"\n' * 30_000),
        ("pdm.lock", b"x = 1\n" * 3_000_000),
        ("package-lock.json", b" " * (33 << 20)),
        ("pixi.lock", b"\n" * 1_000_001),
        ("requirements.txt", b"#" * ((64 << 20) + 1)),
    ],
)
def test_too_large_is_said_before_it_is_parsed(path: str, data: bytes) -> None:
    """What has more in it than any file that was met is not read, and not called damaged."""
    assert forms.read(path.encode(), data) is forms.TOO_LARGE
