"""The words around the product say what the code does: reasons, bounds, keys, options, dependencies and examples."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from pytest_genomic_guard.cli.main import parser
from pytest_genomic_guard.model import COVERAGES, REASONS
from pytest_genomic_guard.policy import PROFILES, PolicyError
from pytest_genomic_guard.policy.load import SCHEMA, load
from pytest_genomic_guard.registry import Registry
from pytest_genomic_guard.report import CLEAN, FAILED, INCOMPLETE, INTERRUPTED, USAGE
from pytest_genomic_guard.reporters import FORMATS
from pytest_genomic_guard.views import bounds

_ROOT = Path(__file__).resolve().parents[2]
_DOCS = ("policy", "coverage", "doors", "commits", "audit", "purge", "plugins", "reports", "gates")
_GUIDES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", *(f"docs/{name}.md" for name in _DOCS))


def _read(name: str) -> str:
    return (_ROOT / name).read_text("utf-8")


def _first_cells(text: str) -> list[str]:
    """Return the first cell of every table row, without backticks."""
    return [row.split("|")[1].strip().strip("`") for row in text.splitlines() if row.startswith("| ")]


def _blocks(name: str, language: str) -> list[str]:
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", _read(name), re.MULTILINE | re.DOTALL)
    return [text for word, text in fenced if word == language]


def test_every_reason_class_and_bound_is_in_the_guide() -> None:
    """The guide on coverage has a row for each, and none that the code does not have."""
    cells = _first_cells(_read("docs/coverage.md"))
    names = {name for name in vars(bounds) if name.isupper()}
    statuses = {str(status) for status in (CLEAN, FAILED, USAGE, INCOMPLETE, INTERRUPTED)}
    assert sorted(set(cells) - {"class", "reason", "bound", "status", "---"}) == sorted({*REASONS, *COVERAGES, *names, *statuses})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WINDOW", "4 MiB"),
        ("OVERLAP", "64 KiB"),
        ("HEAD", "64 KiB"),
        ("HEADER", "64 MiB"),
        ("HELD", "64 MiB"),
        ("DEPTH", "4 "),
        ("RATIO", "300 "),
        ("RATIO_FREE", "64 MiB"),
        ("NAMES", "1,048,576"),
    ],
)
def test_bounds_in_the_guide_have_their_values(name: str, value: str) -> None:
    """The row of a bound states the number that the code has."""
    row = next(row for row in _read("docs/coverage.md").splitlines() if row.startswith(f"| `{name}` "))
    number, _blank, unit = value.replace(",", "").partition(" ")
    assert int(number) * {"KiB": 1 << 10, "MiB": 1 << 20, "": 1}[unit] == getattr(bounds, name)
    assert value in row


def test_every_key_of_the_policy_is_in_the_guide() -> None:
    """The table of keys is that of the schema, and the profiles are those of the code."""
    keys = set(SCHEMA.schema()["properties"])
    before, _heading, rest = _read("docs/policy.md").partition("\n## Gates\n")  # whose tables are of the keys of gates
    cells = set(_first_cells(before + rest.partition("\n## ")[2]))
    assert cells - {"key", "profile", "---"} == (keys | set(PROFILES)) - {"profile"}
    assert "| `profile` |" in _read("docs/policy.md")


def test_the_example_policy_holds_every_key_and_loads() -> None:
    """The whole file of the guide is a policy of this version."""
    example = _blocks("docs/policy.md", "yaml")[0]
    registry = Registry()
    policy = load(example.encode(), b"policy").checked(tuple(registry.entries), registry.options)
    assert set(yaml.safe_load(example)) == set(SCHEMA.schema()["properties"])
    assert policy.waivers
    assert policy.gates[0].bounds
    with pytest.raises(PolicyError):
        load(example.replace("profile:", "profil:").encode(), b"policy")


def test_dependencies_in_the_readme_are_those_of_the_project() -> None:
    """One row a dependency, with a licence, and no other row."""
    project = tomllib.loads(_read("pyproject.toml"))["project"]
    section = _read("README.md").partition("## Dependencies")[2].partition("## Platforms")[0]
    tables = re.findall(r"(?:^\|.*\n)+", section, re.MULTILINE)  # what is always there, and the extra `tables`
    for lines, table in zip((project["dependencies"], project["optional-dependencies"]["tables"]), tables, strict=True):
        names = [re.match(r"[\w.-]+", line) for line in lines]
        rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in table.splitlines()][2:]
        assert sorted(row[0] for row in rows) == sorted(name[0] for name in names if name)
        assert all(len(row) == 4 and all(row) for row in rows)


def test_hooks_in_the_guides_are_shipped() -> None:
    """Every hook id that a guide writes is in the manifest, and the guide on doors has all of them."""
    shipped = {hook["id"] for hook in yaml.safe_load(_read(".pre-commit-hooks.yaml"))}
    stanza = yaml.safe_load(_blocks("README.md", "yaml")[0])
    assert {hook["id"] for hook in stanza["repos"][0]["hooks"]} <= shipped
    table = _read("docs/doors.md").partition("## pre-commit")[2].partition("## pytest")[0]
    assert set(_first_cells(table)) - {"id", "---"} == shipped


def test_options_in_the_guides_exist() -> None:
    """Every ``genomic-guard`` line of a guide is taken by the parser, or names a code that exists."""
    lines = [line for name in _GUIDES for block in _blocks(name, "") for line in block.splitlines()]
    commands = [shlex.split(line.partition("  #")[0]) for line in lines if line.startswith("genomic-guard ") and "[" not in line]
    assert len(commands) > 4
    for command in commands:
        arguments = parser().parse_args([word.replace("CODE", "GEN101") for word in command[1:]])
        assert getattr(arguments, "code", "GEN101") in Registry().entries


def test_codes_in_the_readme_exist_and_are_all_there() -> None:
    """The table of what is found names every family, and every code of the families that find data."""
    rows = _first_cells(_read("README.md").partition("## What it finds")[2].partition("## Dependencies")[0])
    cells = {code for row in rows for code in row.split(", ")}
    assert cells - {"code", "---"} == {code for code in Registry().entries if not code.startswith("RUN")} | {"RUN"}


def test_links_of_the_guides_lead_somewhere() -> None:
    """Every relative link is a file of the repository, and every anchor a heading of its file."""
    for name in _GUIDES:
        for target in re.findall(r"\]\(([^)\s]+)\)", _read(name)):
            if target.startswith("https://"):
                continue
            file, _hash, anchor = target.partition("#")
            path = (_ROOT / name).parent / file if file else _ROOT / name
            assert path.is_file(), f"{name}: {target}"
            headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
            assert not anchor or anchor in slugs, f"{name}: {target}"


def test_the_plugin_of_the_guide_works(tmp_path: Path) -> None:
    """The modules of the guide on plugins, installed as it says, fire through the command line, and their test passes."""
    check, hooks, test = (
        next(text for text in _blocks("docs/plugins.md", "python") if word in text) for word in ("LABEL", "hookimpl", "def test_")
    )
    packages = tmp_path / "packages"
    (packages / "biobank_guard").mkdir(parents=True)
    (packages / "biobank_guard" / "__init__.py").write_text(hooks)
    (packages / "biobank_guard" / "checks.py").write_text(check)
    metadata = packages / "biobank_guard-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: biobank-guard\nVersion: 1.0\n")
    entry = tomllib.loads(_blocks("docs/plugins.md", "toml")[0])["project"]["entry-points"]["genomic_guard"]
    (metadata / "entry_points.txt").write_text(
        "[genomic_guard]\n" + "".join(f"{name} = {module}\n" for name, module in entry.items())
    )
    folder = tmp_path / "scanned"
    folder.mkdir()
    (folder / ".genomic-guard.yaml").write_text(_blocks("docs/plugins.md", "yaml")[0])
    (folder / "notes.txt").write_text("BIOLABEL-XY-" + "7" * 6)
    run = "import sys; sys.path.append(sys.argv.pop(1)); from pytest_genomic_guard.cli.main import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-I", "-c", run, str(packages), "scan", str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    assert "BIO101 biobank-label: 1 fail" in done.stdout
    assert "notes.txt:1" in done.stdout
    (tmp_path / "test_label.py").write_text(test)
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", "/dev/null", str(tmp_path / "test_label.py")],
        cwd=packages, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_matrix_is_what_the_readme_says() -> None:
    """The workflow has the systems and versions that the README names, calls what exists, and the README says it was not run."""
    jobs = yaml.safe_load(_read(".github/workflows/ci.yml"))["jobs"]
    systems = {jobs["all-of-it"]["runs-on"], *jobs["tests"]["strategy"]["matrix"]["os"]}
    assert systems == {"ubuntu-latest", "macos-latest", "windows-latest"}
    assert all(job["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13", "3.14"] for job in jobs.values())
    lines = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    assert ".ci/run" in lines
    assert os.access(_ROOT / ".ci" / "run", os.X_OK)
    platforms = " ".join(_read("README.md").partition("## Platforms")[2].partition("\n## ")[0].split())
    assert "`.github/workflows/ci.yml` names Linux, macOS and Windows with Python 3.11 to 3.14; it has not been run." in platforms


def test_every_format_is_in_the_guide() -> None:
    """The guide on reports has a row for each format, and none that does not exist."""
    rows = _first_cells(_read("docs/reports.md").partition("| format |")[2].partition("\n## ")[0])
    assert set(rows) - {"---"} == set(FORMATS)


def test_nothing_of_this_workplace_is_in_the_guides() -> None:
    """No path of a machine stands in a guide, and no address but those of projects that it refers to."""
    for name in _GUIDES:
        text = _read(name)
        assert not re.search(r"/(?:root|home|tmp|work|Users)/", text), name
        hosts = set(re.findall(r"https?://([^/\s)]+)", text))
        assert hosts <= {"github.com", "pre-commit.com", "keepachangelog.com", "semver.org"}, name
