"""Environments, locks, lists and recipes of conda and pixi."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.views.licences import forms
from pytest_genomic_guard.views.licences.forms import DAMAGED, TOO_LARGE
from pytest_genomic_guard.views.licences.manifests import matchspec, toml11, yamls
from pytest_genomic_guard.views.licences.manifests.damaged import DamagedError
from pytest_genomic_guard.views.licences.manifests.ecosystems import ecosystem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.licences.nouns import Manifest


def _read(path: str, text: str) -> Manifest:
    found = forms.read(path.encode(), text.encode())
    assert found is not None
    assert found is not DAMAGED
    return found


ENVIRONMENT = """\
name: single-cell
channels: [conda-forge, bioconda]
dependencies:
  - python=3.10
  - conda-forge::Scanpy >=1.9,<2
  - bioconda:bcftools=1.20  # one colon
  - blas[build=mkl]
  - numpy 1.26.*
  - sel(win): pywin32
  - __glibc >=2.17
  - https://conda.example.org/t/abc-123/conda-forge/linux-64/xz-5.2.6-h166bdaf_0.tar.bz2
  - pip:
      - -r more.txt
      - --index-url https://user:word@example.org/simple
      - -e .
      - igraph==0.11.9
      - leidenalg[all]>=0.10 ; python_version < "3.13"
      - git+https://user:word@example.org/a/b.git
"""


def test_environment() -> None:
    """Match specs of all kinds, and what pip installs as a group of its own; nothing of an address is kept."""
    found = _read("environment.yml", ENVIRONMENT)
    conda, pip = found.groups
    assert [(each.name, each.specifier, each.line) for each in conda.requires] == [
        ("python", "=3.10", 4),
        ("scanpy", ">=1.9,<2", 5),
        ("bcftools", "=1.20", 6),
        ("blas", "", 7),
        ("numpy", "1.26.*", 8),
        ("pywin32", "", 9),
        ("xz", "==5.2.6", 11),
    ]
    assert [(each.name, each.specifier, each.extras, each.line) for each in pip.requires] == [
        ("igraph", "==0.11.9", (), 16),
        ("leidenalg", ">=0.10", ("all",), 17),
    ]
    assert (ecosystem(found, conda), ecosystem(found, pip), found.lock) == ("conda", "python", False)
    assert (found.includes, found.unread) == (("more.txt",), (18,))
    assert "word" not in str([(g.name, [(r.name, r.specifier, r.marker) for r in g.requires]) for g in found.groups])


def test_exported_environment_is_a_lock() -> None:
    """With builds, as ``conda env export`` writes them, versions are exact: of pip's too."""
    found = _read(
        "env/environment.yaml", "dependencies:\n- gsl=2.7=he838d99_0\n- zlib==1.3.1=h4ab18f5_1\n- pip:\n  - Unidecode==1.3.8\n"
    )
    assert found.lock
    assert [(each.name, each.version, each.ecosystem) for each in found.packages] == [
        ("gsl", "2.7", "conda"),
        ("zlib", "1.3.1", "conda"),
        ("unidecode", "1.3.8", "python"),
    ]


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("environment.yml", "runtime"),
        ("environment-dev.yml", "dev"),
        ("dev-environment.yaml", "dev"),
        ("docs/environment.yml", "dev"),
        ("workflow/envs/bwa.yaml", "runtime"),
        ("conda_env_test.yml", "dev"),
        ("modules/nf-core/bwa/mem/environment.yml", "runtime"),
    ],
)
def test_scope_by_name(path: str, scope: str) -> None:
    """Whether an environment is for those who work on the project is told by its name or folder."""
    assert _read(path, "dependencies: [bwa]").groups[0].scope == scope


@pytest.mark.parametrize(
    "text",
    [
        "on: push\njobs: {}\n",
        "dependencies:\n- name: redis\n  repository: x\n",
        "PATH: /bin\n",
        "- a\n",
        "",
    ],
)
def test_other_files_of_that_name(text: str) -> None:
    """A workflow, a chart, a list of variables are no environment."""
    assert forms.read(b"environment.yml", text.encode()) is None


@pytest.mark.parametrize(
    ("text", "name", "rule"),
    [
        ("python", "python", ""),
        ("python=3.11", "python", "=3.11"),
        ("python==3.11.4", "python", "==3.11.4"),
        ("python =3.11", "python", "=3.11"),
        ("python 3.11.4 h955ad1f_0", "python", "==3.11.4"),
        ("r-base=4.3=h1_0", "r-base", "==4.3"),
        ("numpy>=1.20,!=1.21.0", "numpy", ">=1.20,!=1.21.0"),
        ("conda-forge/linux-64::libgomp", "libgomp", ""),
        ("pkg[version='>=1.2,<2',channel=x]", "pkg", ">=1.2,<2"),
        ("_openmp_mutex 4.5 2_gnu", "_openmp_mutex", "==4.5"),
        ("pytorch=*=*cuda*", "pytorch", "=*=*cuda*"),
    ],
)
def test_match_specs(text: str, name: str, rule: str) -> None:
    """Names and rules of versions in the spellings of conda's documentation."""
    found = matchspec.parse(text)
    assert found is not None
    assert (found.name, found.specifier) == (name, rule)


CONDA_LOCK = """\
version: 1
metadata:
  platforms: [linux-64, osx-64]
package:
- name: anndata
  version: 0.12.0
  manager: conda
  platform: linux-64
  dependencies: {h5py: '>=3.8', python: '>=3.11'}
  url: https://user:word@conda.example.org/noarch/anndata-0.12.0-pyhd8ed1ab_0.conda
  category: main
- name: anndata
  version: 0.12.0
  manager: conda
  platform: osx-64
  dependencies: {natsort: ''}
  category: dev
- name: Yarl
  version: '1.10'
  manager: pip
  platform: osx-64
  dependencies: {idna: '>=2.0'}
  category: test
"""


def test_conda_lock() -> None:
    """One package for all platforms; the category ``main`` is the runtime; zeros of versions stay."""
    found = _read("conda-lock.yml", CONDA_LOCK)
    assert [(each.name, each.version, each.ecosystem, each.groups, each.line) for each in found.packages] == [
        ("anndata", "0.12.0", "conda", ("", "dev"), 5),
        ("yarl", "1.10", "python", ("test",), 18),
    ]
    assert [each.name for each in found.packages[0].requires] == ["h5py", "natsort", "python"]


def test_explicit_lists() -> None:
    """Names by the archives of both kinds of lists; a token in an address is not kept."""
    text = (
        "# platform: linux-64\n@EXPLICIT\n"
        "https://conda.example.org/t/tk-1/main/linux-64/_libgcc_mutex-0.1-main.conda#d41d8\n"
        "https://x/noarch/r-base-4.3.1-h1_0.tar.bz2\n\nnonsense\n"
    )
    found = _read("conda-linux-64.lock", text)
    assert [(each.name, each.version, each.line) for each in found.packages] == [
        ("_libgcc_mutex", "0.1", 3),
        ("r-base", "4.3.1", 4),
    ]
    assert found.unread == (6,)
    exported = (
        "# This file may be used to create an environment using:\n"
        "# $ conda create --name <env> --file <this file>\nxz=5.2=h7_0\nigraph=0.11=pypi_0\n"
    )
    assert [(each.name, each.ecosystem) for each in _read("spec-file.txt", exported).packages] == [
        ("xz", "conda"),
        ("igraph", "python"),
    ]
    assert forms.read(b"conda_notes.txt", b"only words\n") is None


PIXI_LOCK = """\
version: 6
environments:
  default:
    packages:
      linux-64:
      - conda: https://conda.example.org/linux-64/gsl-2.7-he838d99_0.tar.bz2
      - pypi: https://files.example.org/igraph-0.11.9-cp310-abi3-manylinux_2_17_x86_64.whl
      - pypi: ./
  test:
    packages:
      linux-64:
      - conda: https://conda.example.org/linux-64/gsl-2.7-he838d99_0.tar.bz2
      - conda: https://conda.example.org/noarch/pytest-8.3.3-pyhd8ed1ab_0.conda
packages:
- conda: https://conda.example.org/linux-64/gsl-2.7-he838d99_0.tar.bz2
  depends: [libgcc-ng >=9.3.0, __glibc >=2.17]
  license: GPL-3.0-or-later
  license_family: GPL
- conda: https://conda.example.org/noarch/pytest-8.3.3-pyhd8ed1ab_0.conda
  license: MIT
- pypi: https://files.example.org/igraph-0.11.9-cp310-abi3-manylinux_2_17_x86_64.whl
  name: igraph
  version: 0.11.9
  requires_dist:
  - texttable>=1.6.2
- pypi: ./
  name: own-project
  version: 0.1.0
"""


def test_pixi_lock() -> None:
    """Licences of conda's entries, environments as groups, a folder as the project's own."""
    found = {each.name: each for each in _read("pixi.lock", PIXI_LOCK).packages}
    gsl, igraph, own = found["gsl"], found["igraph"], found["own-project"]
    assert (gsl.version, gsl.licence, gsl.groups, [each.name for each in gsl.requires]) == (
        "2.7",
        "GPL-3.0-or-later",
        ("", "test"),
        ["libgcc-ng"],
    )
    assert (igraph.ecosystem, igraph.version, igraph.licence, igraph.groups) == ("python", "0.11.9", "", ("",))
    assert [(each.name, each.specifier) for each in igraph.requires] == [("texttable", ">=1.6.2")]
    assert own.own
    assert found["pytest"].groups == ("test",)


def test_pixi_lock_of_other_versions() -> None:
    """Entries with names of their own (5), sources with a hash (7), and a lock that lost its indentation."""
    five = (
        "version: 5\n"
        "environments: {default: {packages: {linux-64: [conda: https://x/linux-64/xz-5-h1_0.conda]}}}\n"
        "packages:\n- kind: conda\n  name: xz\n  version: '5.10'\n  url: https://x/linux-64/xz-5-h1_0.conda\n"
        "  license: LGPL-2.1 and GPL-2.0\n"
    )
    found = _read("pixi.lock", five).packages[0]
    assert (found.version, found.licence, found.groups) == ("5.10", "LGPL-2.1 and GPL-2.0", ("",))
    seven = (
        "version: 7\nplatforms: []\nenvironments: {}\npackages:\n- conda_source: tool_a[0f] @ .\n"
        "- conda_source: tool_b[1f] @ .\n  source: {git: https://x/y, rev: z}\n"
    )
    assert [(each.name, each.own) for each in _read("pixi.lock", seven).packages] == [("tool_a", True), ("tool_b", False)]
    flat = (
        "\nversion: 6\nenvironments:\ndefault:\nchannels:\n- url: x\npackages:\nlinux-64:\n"
        "- conda: https://x/bwa-0.7-h1_0.conda\npackages:\n- conda: https://x/bwa-0.7-h1_0.conda\n"
        "license: GPL-3.0-or-later\nsize: 1\n"
    )
    found = _read("modules/nf-core/bwa/.conda-lock/linux_amd64-bd-1_1.txt", flat).packages[0]
    assert (found.name, found.licence, found.line) == ("bwa", "GPL-3.0-or-later", 11)


PIXI_TOML = """\
[workspace]
name = "Own"
license = "MIT"
[dependencies]
python = ">=3.11"
gsl = { version = "2.7.*", channel = "conda-forge" }
local = { path = "." }
[pypi-dependencies]
Unidecode = { version = "==1.3.8", extras = ["A_b"] }
[target.linux-64.dependencies]
bwa = "*"
[feature.test.dependencies]
pytest = "*"
[feature.leiden.pypi-dependencies]
igraph = ">=0.11"
[tasks]
run = {
  cmd = "echo { # }",
  cwd = '.', # with a comma behind
}
"""


def test_pixi_toml() -> None:
    """Tables of the workspace, of platforms and features, in TOML 1.1."""
    found = _read("pixi.toml", PIXI_TOML)
    groups = {(each.name, each.scope): [(r.name, r.specifier, r.line) for r in each.requires] for each in found.groups}
    assert groups == {
        ("", "runtime"): [("python", ">=3.11", 5), ("gsl", "2.7.*", 6), ("bwa", "", 11)],
        ("pip", "runtime"): [("unidecode", "==1.3.8", 9)],
        ("test", "dev"): [("pytest", "", 13)],
        ("leiden:pip", "extra"): [("igraph", ">=0.11", 15)],
    }
    assert (found.name, found.licence) == ("own", "MIT")
    assert [ecosystem(found, each) for each in found.groups] == ["conda", "python", "conda", "python"]
    document, _ = toml11.load(PIXI_TOML.encode())
    assert document["tasks"]["run"] == {"cmd": "echo { # }", "cwd": "."}


RECIPE = """\
{% set name = "bcftools" %}
{% set version = "1.20" %}
package:
  name: {{ name }}
  version: {{ version }}
build:
  number: 0
requirements:
  build:
    - {{ compiler('c') }}
  run:
    - gsl
    - perl >=5.26  # [not win]
about:
  license: GPL
"""


def test_recipe() -> None:
    """The licence and the requirements of a recipe; templates are put in, not run."""
    found = _read("recipes/bcftools/meta.yaml", RECIPE)
    assert (found.form, found.name, found.licence, found.unread) == ("recipe", "bcftools", "GPL", ())
    assert [(each.name, each.scope, [r.name for r in each.requires]) for each in found.groups] == [("", "runtime", ["gsl", "perl"])]


@pytest.mark.parametrize(
    "data", [b"[" * 300_000, b"- " * 300_000, b"? " * 300_000, b"a:\n" + b"\n".join(b" " * n + b"a:" for n in range(3000))]
)
def test_deep_yaml_is_damaged(data: bytes) -> None:
    """Depth that ends the process inside libyaml is refused before."""
    assert forms.read(b"pixi.lock", data) is DAMAGED


def test_aliases_do_not_multiply() -> None:
    """A lock whose environments refer to the same lists again and again is refused after a bounded number of visits."""
    many = ", ".join(["*b"] * 3000)
    items = ", ".join(["*c"] * 3000)
    text = (
        f"version: 6\nx: [&c {{conda: y}}]\ny: &b [{items}]\n"
        f"environments: {{default: {{packages: {{{', '.join(f'p{n}: *b' for n in range(3000))}}}}}}}\n"
        f"packages: [{many}]\n"
    )
    assert forms.read(b"pixi.lock", text.encode()) is TOO_LARGE


def test_no_tag_is_followed() -> None:
    """A tag that builds objects elsewhere is nothing here; a list where a name should be is damage."""
    found = _read("environment.yml", "dependencies:\n- !!python/name:os.system bwa\n")
    assert [each.name for each in found.groups[0].requires] == ["bwa"]
    assert forms.read(b"environment.yml", b"dependencies:\n- !!python/object/apply:os.system [x]\n- bwa\n") is DAMAGED


_PATHS = [
    b"environment.yml",
    b"conda-lock.yml",
    b"conda-linux-64.lock",
    b"pixi.toml",
    b"pixi.lock",
    b"a/.conda-lock/x.txt",
    b"meta.yaml",
]
_SEEDS = [each.encode() for each in (ENVIRONMENT, CONDA_LOCK, PIXI_LOCK, PIXI_TOML, RECIPE)]


@given(st.sampled_from(_PATHS), st.sampled_from(_SEEDS), st.integers(0, 900), st.integers(0, 40), st.binary(max_size=20))
def test_never_raises(path: bytes, seed: bytes, at: int, gone: int, put: bytes) -> None:
    """Whatever is cut out of a file and put in, a manifest, nothing or damage is returned."""
    forms.read(path, seed[:at] + put + seed[at + gone :])


@given(st.binary(max_size=200))
def test_yaml_raises_one_error(data: bytes) -> None:
    """Bytes are a document, or damaged."""
    try:
        yamls.Document(data)
    except DamagedError:
        return


@given(st.text(max_size=60))
def test_match_specs_never_raise(text: str) -> None:
    """Any text is a requirement with a name of conda's characters, or none."""
    found = matchspec.parse(text)
    assert found is None or (found.name and found.name == found.name.lower() and "/" not in found.name)


@pytest.mark.parametrize("data", [b"dependencies:\n" + b"- a\n" * 1_100_000, b"dependencies: [" + b"a," * 1_100_000 + b"]"])
def test_too_many_entries_are_damage(data: bytes) -> None:
    """More than a file of people or of a tool has is refused before it is parsed."""
    assert forms.read(b"environment.yml", data) is TOO_LARGE


def test_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML without its library of C reads the same."""
    import yaml  # noqa: PLC0415 - only this test needs it

    wanted = [forms.read(path, seed) for path in _PATHS for seed in _SEEDS]
    monkeypatch.delattr(yaml, "CBaseLoader", raising=False)
    assert [forms.read(path, seed) for path in _PATHS for seed in _SEEDS] == wanted
    assert forms.read(b"pixi.lock", b"[" * 199 + b"]" * 199) is DAMAGED
