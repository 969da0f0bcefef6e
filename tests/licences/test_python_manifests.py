"""Manifests of Python projects; `packaging` is the oracle for requirements."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given
from packaging.markers import Marker
from packaging.requirements import InvalidRequirement
from packaging.requirements import Requirement as Oracle
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from pytest_genomic_guard.views.licences import forms
from pytest_genomic_guard.views.licences.manifests import groups
from pytest_genomic_guard.views.licences.manifests.pep508 import normal, parse
from pytest_genomic_guard.views.licences.nouns import Manifest, Requirement

ADDRESS = "git+https://" + "someone:" + "w" * 12 + "@example.org/team/tool.git"
PYTHON = [
    *(b"pyproject.toml", b"setup.cfg", b"setup.py", b"requirements.txt", b"requirements/test.in", b"Pipfile", b"Pipfile.lock"),
    *(b"uv.lock", b"poetry.lock", b"pdm.lock", b"pylock.toml", b"pylock.dev.toml", b"constraints.txt", b"data_requirements.txt"),
]

names = st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,12}[A-Za-z0-9])?", fullmatch=True)
versions = st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){0,2}(rc1|\.post2|\+cpu)?", fullmatch=True)
clauses = st.tuples(st.sampled_from(("==", ">=", "<", "!=", "<=", ">")), versions).map("".join)
markers = st.sampled_from(
    ("", 'python_version < "3.12"', "sys_platform == 'win32' and extra == 'x'", '(os_name=="nt" or extra=="a")')
)


def written(name: str, extras: list[str], rules: list[str], marker: str, blank: str) -> str:
    """Write a requirement with or without blanks."""
    asked = f"[{(',' + blank).join(extras)}]" if extras else ""
    return f"{name}{asked}{blank}{(blank + ',').join(rules)}{f' ; {marker}' if marker else ''}"


some = st.lists(names, max_size=2)
requirements = st.builds(written, names, some, st.lists(clauses, max_size=3), markers, st.sampled_from(("", " ")))


def read(path: str, text: str) -> Manifest:
    """Return a manifest that has to be one."""
    found = forms.read(path.encode(), text.encode())
    assert found is not None
    assert found is not forms.DAMAGED
    return found


def held(manifest: Manifest) -> dict[str, list[str]]:
    """Return the names of each group; groups of one name together."""
    found: dict[str, list[str]] = {}
    for group in manifest.groups:
        found.setdefault(f"{group.scope}:{group.name}", []).extend(each.name for each in group.requires)
    return found


def fields(value: object) -> str:
    """Return all that a record holds, as text."""
    if hasattr(value, "_defaults"):
        return " ".join(fields(getattr(value, name)) for name in value._defaults)  # noqa: SLF001 - all of it is wanted
    return " ".join(map(fields, value)) if isinstance(value, tuple) else str(value)


def same(ours: Requirement, oracle: Oracle) -> None:
    """Hold one requirement against the oracle."""
    assert ours.name == canonicalize_name(oracle.name)
    assert ours.extras == tuple(sorted({canonicalize_name(each) for each in oracle.extras}))
    assert SpecifierSet(ours.specifier) == oracle.specifier
    assert (Marker(ours.marker) if ours.marker else None) == oracle.marker


@given(requirements)
def test_a_requirement_is_read_as_packaging_reads_it(text: str) -> None:
    """Name, extras, specifier and marker of what is drawn to be valid."""
    try:
        oracle = Oracle(text)
    except InvalidRequirement:  # two versions that one operator does not take
        return
    ours = parse(text, 7)
    assert ours is not None
    assert ours.line == 7
    same(ours, oracle)


@given(st.text(alphabet="ab1-_.[]<>=!~;,@ ()\"'#:/", max_size=30))
def test_what_packaging_accepts_is_not_lost(text: str) -> None:
    """Of texts near the grammar, each that the oracle takes has the same name here."""
    try:
        oracle = Oracle(text)
    except InvalidRequirement:
        return
    ours = parse(text)
    assert ours is not None
    assert ours.name == canonicalize_name(oracle.name)


@given(st.lists(requirements, max_size=12))
def test_a_list_is_read_line_by_line(drawn: list[str]) -> None:
    """Each line of a list of requirements is one of the group, with its line."""
    valid = []
    for text in drawn:
        try:
            valid.append((text, Oracle(text)))
        except InvalidRequirement:
            continue
    found = forms.read(b"requirements.txt", "\n\n".join(text for text, _ in valid).encode())
    if not valid:
        assert found is None
        return
    assert found is not None
    assert found.unread == ()
    for index, (ours, (_, oracle)) in enumerate(zip(found.groups[0].requires, valid, strict=True)):
        assert ours.line == 2 * index + 1
        same(ours, oracle)


@given(st.sampled_from(PYTHON), st.binary(max_size=300))
def test_nothing_raises(path: bytes, data: bytes) -> None:
    """Whatever the bytes are, a manifest, None or the one damaged constant comes back."""
    found = forms.read(path, data)
    assert found is None or isinstance(found, Manifest)


BITS = (
    "[project]",
    "[[package]]",
    "name = 'a'",
    "dependencies = [",
    "]",
    "{",
    "}",
    '"b>=1"',
    "[tool.poetry.extras]",
    "x = ['y']",
    "=",
    "[",
    "-e",
    ".",
)


@given(
    st.sampled_from(PYTHON), st.lists(st.sampled_from((*BITS, "\n", " ", "# via", "setup(", ")", "install_requires=", ",", "\\")))
)
def test_nothing_raises_near_the_grammars(path: bytes, bits: list[str]) -> None:
    """Nor do texts made of what the formats are made of."""
    found = forms.read(path, "".join(bits).encode())
    assert found is None or isinstance(found, Manifest)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (b"pyproject.toml", "pyproject.toml"),
        (b"sub dir/PyProject.toml", "pyproject.toml"),
        (b"requirements-dev.txt", "requirements"),
        (b"requirements/test.in", "requirements"),
        (b"dev_requirements.txt", "requirements"),
        (b"constraints.txt", "requirements"),
        (b"pylock.dev.toml", "pylock.toml"),
        (b"script.py.lock", "uv.lock"),
        (b"x.egg-info/requires.txt", ""),
        (b"{{cookiecutter.name}}/pyproject.toml", ""),
        (b"notes/readme.txt", ""),
        (b"uv.lock.txt", ""),
        (b"", ""),
    ],
)
def test_forms_by_name(path: bytes, kind: str) -> None:
    """Which files are manifests is told by their names."""
    assert forms.form(path) == kind


@pytest.mark.parametrize(
    "name", ["dev", "Tests", "test-gpu", "docs_auto", "lint", "typing", "ci", "ci-build", "pre-commit", "test-py311"]
)
def test_groups_of_those_who_work_on_it(name: str) -> None:
    """Customary names of groups are dev."""
    assert groups.scope_of(name) == "dev"


@pytest.mark.parametrize("name", ["leiden", "all", "gpu", "doc-search", "ml", "plot", "full", "testimonials", "devices"])
def test_other_groups_are_extras(name: str) -> None:
    """Other names are not."""
    assert groups.scope_of(name) == "extra"


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        (b"requirements.txt", "runtime"),
        (b"requirements-dev.txt", "dev"),
        (b"dev-requirements.txt", "dev"),
        (b"requirements/test.txt", "dev"),
        (b"requirements/base.txt", "runtime"),
        (b"docs/requirements.txt", "dev"),
        (b"tests/requirements.txt", "dev"),
        (b"requirements_mac(no GPU).txt", "runtime"),
        (b"doc_build_requirements.txt", "dev"),
        (b"requirements-gpu.txt", "runtime"),
    ],
)
def test_lists_for_those_who_work_on_it(path: bytes, scope: str) -> None:
    """A list is dev by its name or its folder."""
    assert groups.of_path(path)[1] == scope


PYPROJECT = """\
[build-system]
requires = ["hatchling"]
[project]
name = "Single.Cell"
license = "MIT"
dependencies = [
    "numpy>=1.26",  # numpy
    "scanpy[leiden]; python_version < \\"3.14\\"",
]
[project.optional-dependencies]
leiden = ["igraph<1", "leidenalg"]
Docs = ["sphinx"]
[dependency-groups]
dev = [{include-group = "lint"}, "pytest"]
lint = ["ruff", {include-group = "dev"}]
models = ["torch"]
[tool.pdm.dev-dependencies]
bench = ["asv"]
[tool.uv]
dev-dependencies = ["tox"]
[tool.hatch.envs.notebooks]
dependencies = ["jupyter"]
"""


def test_all_tables_of_a_pyproject() -> None:
    """Groups, scopes, extras, markers and lines."""
    found = read("pyproject.toml", PYPROJECT)
    assert (found.name, found.licence, found.lock, found.dynamic) == ("single-cell", "MIT", False, False)
    assert held(found) == {
        "runtime:": ["numpy", "scanpy"],
        "extra:leiden": ["igraph", "leidenalg"],
        "dev:docs": ["sphinx"],
        "dev:dev": ["pytest", "ruff", "tox"],
        "dev:lint": ["ruff", "pytest"],
        "extra:models": ["torch"],
        "dev:bench": ["asv"],
        "dev:notebooks": ["jupyter"],
        "dev:build-system": ["hatchling"],
    }
    scanpy = found.groups[0].requires[1]
    assert (scanpy.extras, scanpy.marker, scanpy.line) == (("leiden",), 'python_version < "3.14"', 8)
    lines = PYPROJECT.splitlines()
    assert all(each.name in lines[each.line - 1] for group in found.groups for each in group.requires)


POETRY = """\
[tool.poetry]
name = "x"
license = "GPL-3.0-only"
[tool.poetry.dependencies]
python = "^3.11"
numpy = "^1.26"
igraph = {version = "<1", optional = true, markers = "sys_platform == 'linux'"}
torch = [{version = "2.1", platform = "linux"}, {version = "2.2", extras = ["Opt_A"]}]
mine = {path = "../mine"}
theirs = {git = "ADDRESS", branch = "main"}
spare = {version = "*", optional = true}
[tool.poetry.extras]
leiden = ["igraph", "leidenalg"]
[tool.poetry.dev-dependencies]
black = "*"
[tool.poetry.group.test.dependencies]
pytest = "*"
[tool.poetry.group.viewers.dependencies]
napari = "*"
"""


def test_the_tables_of_poetry() -> None:
    """Optional requirements stand in extras alone; of addresses the name is kept."""
    found = read("pyproject.toml", POETRY.replace("ADDRESS", ADDRESS))
    assert held(found) == {
        "runtime:": ["numpy", "torch", "torch", "mine", "theirs"],
        "extra:leiden": ["igraph", "leidenalg"],
        "extra:optional": ["spare"],
        "dev:dev": ["black"],
        "dev:test": ["pytest"],
        "extra:viewers": ["napari"],
    }
    runtime = found.groups[0].requires
    assert (runtime[0].specifier, runtime[2].extras, runtime[4].specifier) == ("^1.26", ("opt-a",), "")
    assert found.groups[1].requires[0].marker == "sys_platform == 'linux'"
    assert [each.line for each in runtime] == [6, 8, 8, 9, 10]
    assert "example.org" not in fields(found)


def test_a_pyproject_of_tools_is_no_manifest() -> None:
    """A file that only configures tools requires nothing."""
    assert forms.read(b"pyproject.toml", b"[tool.ruff]\nline-length = 88\n") is None


def test_dynamic_requirements_that_stand_in_a_file() -> None:
    """Setuptools reads them from lists, which are includes; elsewhere a program computes them."""
    told = '[project]\nname = "x"\ndynamic = ["dependencies"]\n'
    listed = read("pyproject.toml", told + '[tool.setuptools.dynamic]\ndependencies = {file = ["reqs/base.txt"]}\n')
    assert (listed.includes, listed.dynamic) == (("reqs/base.txt",), False)
    assert read("pyproject.toml", told).dynamic


def test_dynamic_requirements_of_poetry() -> None:
    """Poetry 2 has them in its own table, and nothing is computed."""
    text = '[project]\nname = "x"\ndynamic = ["dependencies"]\n[tool.poetry.dependencies]\nnumpy = "*"\n'
    found = read("pyproject.toml", text)
    assert (held(found), found.dynamic) == ({"runtime:": ["numpy"]}, False)


def test_a_pyproject_of_toml_1_1() -> None:
    """Inline tables may go over several lines there."""
    text = '[tool.poetry.dependencies]\nigraph = {\n  version = "<1",\n  optional = false,\n}\n'
    assert held(read("pyproject.toml", text)) == {"runtime:": ["igraph"]}


def test_pixi_in_a_pyproject() -> None:
    """What conda brings is told apart from what pip does."""
    text = '[project]\nname = "x"\n[tool.pixi.dependencies]\nbwa = "*"\n[tool.pixi.pypi-dependencies]\nigraph = "*"\n'
    assert held(read("pyproject.toml", text)) == {"runtime:pixi:conda": ["bwa"], "runtime:": ["igraph"]}


def test_keys_of_many_parts_are_damage() -> None:
    """They take tomllib the square of their number."""
    text = "a" + ".a" * 5000 + " = 1\n[project]\nname = 'x'\n"
    assert forms.read(b"pyproject.toml", text.encode()) is forms.DAMAGED


LIST = """\
# what it runs with
-i https://example.org/simple
-r base.txt
--constraint=limits.txt
numpy >= 1.26 ; python_version < "3.14"  # why
Pandas[excel]==2.2 \\
    --hash=sha256:00 \\
    --hash=sha256:11
-e .[dev]
-e ADDRESS#egg=their_tool
tool2 @ ADDRESS
./folder
https://example.org/wheels/fast_math-1.2-cp311-cp311-linux_x86_64.whl
ADDRESS
-r https://example.org/list.txt
what is this
"""


def test_a_list_with_all_that_pip_takes() -> None:
    """Includes, continued lines, addresses by their names, and what could not be read."""
    found = read("requirements.txt", LIST.replace("ADDRESS", ADDRESS))
    assert [(each.name, each.line) for each in found.groups[0].requires] == [
        *(("numpy", 5), ("pandas", 6), ("their-tool", 10), ("tool2", 11), ("fast-math", 13)),
    ]
    assert (found.includes, found.limits) == (("base.txt",), ("limits.txt",))
    assert found.unread == (14, 15, 16)
    assert not found.lock
    assert "example.org" not in fields(found)


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_lists_of_other_encodings(codec: str) -> None:
    """As PowerShell writes them."""
    found = forms.read(b"requirements.txt", "igraph==0.11\r\nnumpy\r\n".encode(codec))
    assert found is not None
    assert held(found) == {"runtime:": ["igraph", "numpy"]}


def test_prose_under_such_a_name_is_no_list() -> None:
    """Unless it is the name that pip documents: then each line counts as unread."""
    text = b"The data must be paired.\nEach sample has a barcode.\n"
    assert forms.read(b"data_requirements.txt", text) is None
    found = forms.read(b"requirements.txt", text)
    assert found is not None
    assert found.unread == (1, 2)


def test_constraints_require_nothing() -> None:
    """Their pins are kept, and nothing is required."""
    found = read("constraints.txt", "numpy==1.26\nscipy<2\n")
    assert (found.groups, found.lock) == ((), False)
    assert [(each.name, each.version) for each in found.packages] == [("numpy", "1.26"), ("scipy", "")]


BELOW = """\
flask==2.3
    # via -r requirements.in
click==8.1
    # via
    #   -c limits.txt
    #   flask
jinja2==3.1
    # via flask
markupsafe==2.1
    # via jinja2
"""
BESIDE = """\
flask==2.3            # via x (pyproject.toml)
click==8.1            # via flask, -c limits.txt
jinja2==3.1           # via flask
markupsafe==2.1       # via jinja2
"""
EXPORTED = """\
-e .
flask==2.3 \\
    --hash=sha256:00
    # via x
click==8.1 \\
    --hash=sha256:11
    # via flask
jinja2==3.1 ; python_version < "4" \\
    --hash=sha256:22
    # via flask
markupsafe==2.1 \\
    --hash=sha256:33
    # via jinja2
"""


@pytest.mark.parametrize("text", [BELOW, BESIDE, EXPORTED])
def test_who_asks_for_a_pin(text: str) -> None:
    """All layouts of ``# via`` give the same graph."""
    found = read("requirements.txt", text)
    assert found.lock
    assert held(found) == {"runtime:": ["flask"]}
    edges = {each.name: [child.name for child in each.requires] for each in found.packages}
    assert edges == {"flask": ["click", "jinja2"], "click": [], "jinja2": ["markupsafe"], "markupsafe": []}
    assert [each.version for each in found.packages] == ["2.3", "8.1", "3.1", "2.1"]
    lines = text.splitlines()
    assert all(lines[each.line - 1].startswith(each.name) for each in found.packages)


@given(st.dictionaries(names.map(normal), st.lists(names.map(normal), max_size=3), max_size=8))
def test_every_pin_is_reached(parents: dict[str, list[str]]) -> None:
    """Whoever is named as a parent, and be it in a circle, each package is direct or below one that is."""
    text = "".join(f"{name}==1\n    # via\n" + "".join(f"    #   {each}\n" for each in who) for name, who in parents.items())
    found = forms.read(b"requirements.txt", b"# autogenerated by pip-compile\n" + text.encode())
    if not parents:
        assert found is None
        return
    assert found is not None
    edges = {each.name: {child.name for child in each.requires} for each in found.packages}
    waiting = [each.name for group in found.groups for each in group.requires]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += edges[name]
    assert seen == set(parents)


SETUP_CFG = """\
[metadata]
name = Cell_Tool
license = BSD
[options]
install_requires =
    numpy>=1.20
    # a comment
    igraph; python_version < "3.12"
setup_requires = cython; numpy
[options.extras_require]
leiden =
    leidenalg
test = pytest
[flake8]
max-line-length = 100
"""


def test_a_setup_cfg() -> None:
    """Groups with exact lines; several requirements on a line."""
    found = read("setup.cfg", SETUP_CFG)
    assert (found.name, found.licence) == ("cell-tool", "BSD")
    assert held(found) == {
        "runtime:": ["numpy", "igraph"],
        "dev:build-system": ["cython", "numpy"],
        "extra:leiden": ["leidenalg"],
        "dev:test": ["pytest"],
    }
    assert [each.line for each in found.groups[0].requires] == [6, 8]
    assert forms.read(b"setup.cfg", b"[flake8]\nmax-line-length = 100\n") is None


def test_lists_that_a_setup_cfg_names() -> None:
    """``file:`` is an include."""
    found = read("setup.cfg", "[metadata]\nname = x\n[options]\ninstall_requires = file: requirements.txt, more.txt\n")
    assert found.includes == ("requirements.txt", "more.txt")


SETUP_PY = '''\
from setuptools import setup, find_packages
VERSION = "1"
BASE = ["numpy", "scipy>=1"]
EXTRAS = {"leiden": ["igraph", "leidenalg"], "test": ["pytest"]}
EXTRAS["all"] = EXTRAS["leiden"] + ["umap-learn"]
setup(
    name="Cell-Tool",
    license="MIT",
    install_requires=BASE + [f"other=={VERSION}"] + """
        pandas
        tqdm
    """.split("\\n"),
    extras_require=EXTRAS,
    setup_requires=["cython"],
    packages=find_packages(),
)
'''


def test_a_setup_py_is_read_and_not_run() -> None:
    """Constants are folded."""
    found = read("setup.py", SETUP_PY)
    assert (found.name, found.licence, found.dynamic) == ("cell-tool", "MIT", False)
    assert held(found) == {
        "runtime:": ["numpy", "scipy", "other", "pandas", "tqdm"],
        "extra:leiden": ["igraph", "leidenalg"],
        "dev:test": ["pytest"],
        "extra:all": ["igraph", "leidenalg", "umap-learn"],
        "dev:build-system": ["cython"],
    }
    lines = SETUP_PY.splitlines()
    assert all(each.name in lines[each.line - 1] for group in found.groups for each in group.requires)


@pytest.mark.parametrize(
    "how",
    [
        'with open("requirements.txt") as f:\n    R = f.read().splitlines()\n',
        'R = [line.strip() for line in open(os.path.join(HERE, "requirements.txt"))]\n',
        'def lines(name="requirements.txt"):\n    return open(name).readlines()\nR = lines()\n',
        'R = Path("requirements.txt").read_text().splitlines()\n',
    ],
)
def test_a_setup_py_that_opens_a_list(how: str) -> None:
    """The list is an include, and nothing is computed."""
    found = read("setup.py", f"{how}setup(name='x', install_requires=R)\n")
    assert (found.includes, found.dynamic) == (("requirements.txt",), False)


@pytest.mark.parametrize("value", ["compute()", "[x for x in y]", "data['a']", "1", "**z"])
def test_a_setup_py_that_computes(value: str) -> None:
    """What the text does not tell makes it dynamic."""
    argument = value if value.startswith("**") else f"install_requires={value}"
    assert read("setup.py", f"setup(name='x', {argument})\n").dynamic


def test_a_setup_py_of_python_2() -> None:
    """It cannot be parsed, so it is taken for computed; one that calls no setup is none."""
    assert read("setup.py", "print 'x'\nsetup(name='x')\n").dynamic
    assert forms.read(b"setup.py", b"print 'x'\n") is None


def test_a_pipfile() -> None:
    """Packages are runtime, dev-packages are dev."""
    found = read(
        "Pipfile",
        '[packages]\nflask = "*"\nx = {git = "' + ADDRESS + '"}\n[dev-packages]\npytest = "*"\n[requires]\npython_version = "3"\n',
    )
    assert held(found) == {"runtime:": ["flask", "x"], "dev:dev": ["pytest"]}
    assert "example.org" not in fields(found)
