"""Manifests and locks of npm, Yarn and pnpm."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.views.licences import forms
from pytest_genomic_guard.views.licences.forms import DAMAGED
from pytest_genomic_guard.views.licences.manifests.ecosystems import expression, spoken

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.licences.nouns import Manifest


def _read(path: str, text: str) -> Manifest:
    found = forms.read(path.encode(), text.encode())
    assert found is not None
    assert found is not DAMAGED
    return found


PACKAGE = {
    "name": "Own-Front",
    "license": "(MIT OR GPL-2.0)",
    "dependencies": {
        "React": "^18",
        "alias": "npm:@scope/real@~2.1",
        "local": "file:../x",
        "git": "git+https://user:word@example.org/a.git",
    },
    "optionalDependencies": {"fsevents": "*"},
    "devDependencies": {"jest": "^29", "shared": "workspace:*"},
}


def test_package_json() -> None:
    """Tables as groups, aliases as what they stand for, folders as the project's own, addresses without a trace."""
    found = _read("ui/package.json", json.dumps(PACKAGE, indent=2))
    assert [(each.name, each.scope, [(r.name, r.specifier) for r in each.requires]) for each in found.groups] == [
        ("", "runtime", [("react", "^18"), ("@scope/real", "~2.1"), ("git", "")]),
        ("optional", "extra", [("fsevents", "")]),
        ("dev", "dev", [("jest", "^29")]),
    ]
    assert (found.name, found.licence, found.groups[0].requires[0].line) == ("own-front", "(MIT OR GPL-2.0)", 5)
    assert forms.read(b"node_modules/a/package.json", json.dumps(PACKAGE).encode()) is None


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("MIT", "MIT"),
        ({"type": "ISC", "url": "https://example.org"}, "ISC"),
        ([{"type": "MIT"}, {"type": "GPL-2.0-only"}], "MIT AND GPL-2.0-only"),
        (["MIT OR ISC", "GPL-2.0-only"], "(MIT OR ISC) AND GPL-2.0-only"),
        ("SEE LICENSE IN https://example.org", ""),
        (None, ""),
        (3, ""),
        ("a\nb", "a b"),
    ],
)
def test_spoken(value: object, wanted: str) -> None:
    """Fields of licences in all the shapes that npm has known."""
    assert spoken(value) == wanted


LOCK3 = {
    "name": "own",
    "lockfileVersion": 3,
    "packages": {
        "": {"name": "own", "license": "MIT", "dependencies": {"a": "^1"}, "workspaces": ["w"]},
        "node_modules/a": {
            "version": "1.0.0",
            "license": "GPL-3.0",
            "dependencies": {"b": "^2"},
            "resolved": "https://user:word@example.org/a.tgz",
        },
        "node_modules/a/node_modules/b": {"version": "2.0.0", "license": "ISC"},
        "node_modules/b": {"version": "1.0.0", "dev": True},
        "node_modules/c": {"version": "3.0.0", "devOptional": True},
        "node_modules/@s/d": {"version": "1.0.0", "optional": True, "license": {"type": "BSD-3-Clause"}},
        "node_modules/w": {"resolved": "w", "link": True},
        "w": {"name": "own-w", "version": "0.1.0"},
        "node_modules/e": {"name": "real", "version": "1.1.1", "peer": True},
    },
}


def test_package_lock() -> None:
    """Licences and groups by folder; members of the workspace are the project's own."""
    found = _read("package-lock.json", json.dumps(LOCK3, indent=1))
    assert [(each.name, each.version, each.licence, each.groups, each.own) for each in found.packages] == [
        ("a", "1.0.0", "GPL-3.0", ("",), False),
        ("b", "2.0.0", "ISC", ("",), False),
        ("b", "1.0.0", "", ("dev",), False),
        ("c", "3.0.0", "", ("dev", "optional"), False),
        ("@s/d", "1.0.0", "BSD-3-Clause", ("optional",), False),
        ("own-w", "0.1.0", "", ("",), True),
        ("real", "1.1.1", "", ("peer",), False),
    ]
    assert ([each.name for each in found.groups[0].requires], found.licence, found.lock) == (["a"], "MIT", True)
    assert expression("node", found.packages[0].licence).startswith("GPL-3.0")
    assert found.packages[0].line == 15


def test_package_lock_of_version_1() -> None:
    """A tree of packages in packages, without licences."""
    tree = {
        "a": {"version": "1.0.0", "requires": {"b": "^2"}, "dependencies": {"b": {"version": "2.0.0"}}},
        "b": {"version": "1.0.0", "dev": True},
    }
    found = _read("npm-shrinkwrap.json", json.dumps({"name": "own", "lockfileVersion": 1, "dependencies": tree}, indent=2))
    assert sorted((each.name, each.version, each.groups) for each in found.packages) == [
        ("a", "1.0.0", ("",)),
        ("b", "1.0.0", ("dev",)),
        ("b", "2.0.0", ("",)),
    ]


YARN1 = """\
# yarn lockfile v1


"@babel/core@^7.1.0", "@babel/core@^7.2.0":
  version "7.26.9"
  resolved "https://user:word@example.org/core.tgz#aa"
  dependencies:
    "@babel/types" "^7.26.0"
    debug "^4"

alias@npm:real@^2:
  version "2.0.1"

here@file:../here:
  version "0.0.0"
"""
YARN4 = """\
__metadata:
  version: 8

"@babel/core@npm:^7.1.0, @babel/core@npm:^7.2.0":
  version: 7.26.9
  resolution: "@babel/core@npm:7.26.9"
  dependencies:
    debug: "npm:^4"
  linkType: hard

"own@workspace:.":
  version: 0.0.0-use.local
  resolution: "own@workspace:."
  linkType: soft
"""


def test_yarn() -> None:
    """Both formats."""
    one = [
        (each.name, each.version, [(r.name, r.specifier) for r in each.requires], each.line, each.own)
        for each in _read("yarn.lock", YARN1).packages
    ]
    assert one == [
        ("@babel/core", "7.26.9", [("@babel/types", "^7.26.0"), ("debug", "^4")], 4, False),
        ("real", "2.0.1", [], 11, False),
        ("here", "0.0.0", [], 14, True),
    ]
    four = [
        (each.name, each.version, [(r.name, r.specifier) for r in each.requires], each.own)
        for each in _read("yarn.lock", YARN4).packages
    ]
    assert four == [("@babel/core", "7.26.9", [("debug", "^4")], False), ("own", "0.0.0-use.local", [], True)]
    assert forms.read(b"yarn.lock", b"words") is DAMAGED


PNPM9 = """\
lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      vue: {specifier: ^3.5, version: 3.5.12(typescript@5.6.3)}
      shared: {specifier: 'workspace:*', version: 'link:../shared'}
    devDependencies:
      vitest: {specifier: 2.1.3, version: 2.1.3}
packages:
  vue@3.5.12: {resolution: {integrity: x}}
snapshots:
  vue@3.5.12(typescript@5.6.3):
    dependencies:
      '@vue/shared': 3.5.12
  '@vue/shared@3.5.12': {}
  vitest@2.1.3: {}
"""


def test_pnpm() -> None:
    """Version 9 with its snapshots, version 5 with slashes."""
    found = _read("pnpm-lock.yaml", PNPM9)
    assert [(each.name, each.version, [r.name for r in each.requires]) for each in found.packages] == [
        ("vue", "3.5.12", ["@vue/shared"]),
        ("@vue/shared", "3.5.12", []),
        ("vitest", "2.1.3", []),
    ]
    assert [(each.name, each.scope, [(r.name, r.specifier) for r in each.requires]) for each in found.groups] == [
        ("", "runtime", [("vue", "^3.5")]),
        ("dev", "dev", [("vitest", "2.1.3")]),
    ]
    five = (
        "lockfileVersion: 5.4\nspecifiers: {a: ^1}\ndependencies: {a: 1.0.0}\npackages:\n  /a/1.0.0:\n"
        "    dev: false\n  /@s/b/2.0.0_x@1:\n    dev: true\n"
    )
    assert [(each.name, each.version, each.groups) for each in _read("pnpm-lock.yaml", five).packages] == [
        ("a", "1.0.0", ("",)),
        ("@s/b", "2.0.0", ("dev",)),
    ]


_SEEDS = [json.dumps(PACKAGE).encode(), json.dumps(LOCK3).encode(), YARN1.encode(), YARN4.encode(), PNPM9.encode(), b"[" * 200_000]
_PATHS = [b"package.json", b"package-lock.json", b"yarn.lock", b"pnpm-lock.yaml"]


@given(st.sampled_from(_PATHS), st.sampled_from(_SEEDS), st.integers(0, 600), st.integers(0, 30), st.binary(max_size=20))
def test_never_raises(path: bytes, seed: bytes, at: int, gone: int, put: bytes) -> None:
    """Whatever is cut out of a file and put in, a manifest, nothing or damage is returned."""
    forms.read(path, seed[:at] + put + seed[at + gone :])
