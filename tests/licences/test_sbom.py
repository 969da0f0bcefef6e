"""``genomic-guard licences sbom``: a document that the schema of CycloneDX accepts, the same every time."""

from __future__ import annotations

import importlib.resources
import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from _projects import PYPROJECT, environment, project, ran, wheel, wheels
from referencing import Registry, Resource

from pytest_genomic_guard.inventory import bom, embeddings
from pytest_genomic_guard.views.licences import classes

if TYPE_CHECKING:
    from pathlib import Path

SCHEMAS = importlib.resources.files("cyclonedx.schema._res")  # cyclonedx-python-lib ships what cyclonedx.org publishes
NAMES = {"copy-thing", "deep-thing", "plain-thing", "weak-thing", "tool-thing"}


def schema(name: str) -> dict[str, Any]:
    """Return one of the published schemas."""
    read: dict[str, Any] = json.loads((SCHEMAS / f"{name}.SNAPSHOT.schema.json").read_text("utf-8"))
    return read


def valid(text: str) -> dict[str, Any]:
    """Return a document that is valid."""
    parts = {name: Resource.from_contents(schema(name)) for name in ("spdx", "jsf-0.82", "cryptography-defs")}
    registry: Registry[Any] = Registry().with_resources(
        (f"http://cyclonedx.org/schema/{name}.SNAPSHOT.schema.json", part) for name, part in parts.items()
    )
    document: dict[str, Any] = json.loads(text)
    checker = jsonschema.Draft7Validator.FORMAT_CHECKER
    jsonschema.Draft7Validator(schema("bom-1.6"), registry=registry, format_checker=checker).validate(document)
    refs = [document["metadata"]["component"]["bom-ref"], *_refs(document["components"])]
    assert len(set(refs)) == len(refs)
    for each in document["dependencies"]:
        assert {each["ref"], *each["dependsOn"]} <= set(refs)
    return document


def _refs(components: list[dict[str, Any]]) -> list[str]:
    return [ref for each in components for ref in (each["bom-ref"], *_refs(each.get("components", [])))]


def properties(component: dict[str, Any]) -> dict[str, str]:
    """Return what a component says in our own words."""
    return {each["name"].removeprefix("genomic-guard:"): each["value"] for each in component["properties"]}


@pytest.fixture(scope="module")
def prefix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an environment with all packages."""
    folder = tmp_path_factory.mktemp("made")
    return environment(folder / "venv", wheels(folder))


def test_the_packages_of_a_project(tmp_path: Path, prefix: Path) -> None:
    """All that is required is a component with licence, scope and what told; what only lies there is none."""
    root = project(tmp_path / "study", prefix)
    done = ran(root, "licences", "sbom")
    assert done.returncode == 0, done.stderr
    document = valid(done.stdout)
    found = {each["name"]: each for each in document["components"]}
    assert found.keys() == NAMES
    assert document["metadata"]["component"] == {
        "type": "application",
        "bom-ref": "project-0",
        "name": "study",
        "licenses": [{"license": {"id": "MIT", "acknowledgement": "declared"}}],
    }
    assert {name: each["scope"] for name, each in found.items()} == {
        "copy-thing": "required",
        "deep-thing": "required",
        "plain-thing": "required",
        "weak-thing": "optional",
        "tool-thing": "excluded",
    }
    assert found["copy-thing"]["licenses"] == [{"license": {"id": "GPL-3.0-or-later", "acknowledgement": "declared"}}]
    assert found["plain-thing"]["licenses"] == [{"expression": "MIT OR Apache-2.0", "acknowledgement": "declared"}]
    assert found["copy-thing"]["purl"] == "pkg:pypi/copy-thing@1.0"
    assert properties(found["copy-thing"])["class"] == "strong-copyleft"
    assert properties(found["copy-thing"])["told-by"] == "license"
    assert properties(found["deep-thing"])["why"] == "copy-thing -> deep-thing"
    assert [(each["name"], each["version"]) for each in found["deep-thing"]["components"]] == [("fast-crate", "0.3.1")]


def test_the_graph(tmp_path: Path, prefix: Path) -> None:
    """The project leads to what it asks for itself, and a package to what it requires."""
    document = valid(ran(project(tmp_path / "study", prefix), "licences", "sbom").stdout)
    graph = {each["ref"]: each["dependsOn"] for each in document["dependencies"]}
    assert graph["pkg:pypi/copy-thing@1.0"] == graph["pkg:pypi/weak-thing@0.5"] == ["pkg:pypi/deep-thing@2.0"]
    assert graph["pkg:pypi/deep-thing@2.0"] == []
    direct = ("copy-thing@1.0", "plain-thing@1.1", "tool-thing@3.0", "weak-thing@0.5")
    assert graph["project-0"] == [f"pkg:pypi/{each}" for each in direct]


def test_the_same_bytes_every_time(tmp_path: Path, prefix: Path) -> None:
    """From the environment or from memory, to a file or not; a time stamp is there only if somebody sets it."""
    root = project(tmp_path / "study", prefix)
    first, again = ran(root, "licences", "sbom"), ran(root, "licences", "sbom", "--output", "bom.json")
    assert (again.returncode, again.stdout) == (0, "")
    assert (root / "bom.json").read_text() == first.stdout
    assert "timestamp" not in json.loads(first.stdout)["metadata"]
    dated = [ran(root, "licences", "sbom", SOURCE_DATE_EPOCH="86400").stdout for _ in range(2)]
    assert dated[0] == dated[1]
    assert valid(dated[0])["metadata"]["timestamp"] == "1970-01-02T00:00:00Z"


def test_what_nothing_tells_of_is_a_component_too(tmp_path: Path, prefix: Path) -> None:
    """A bill without it would be short; without any evidence it says that it is incomplete."""
    root = project(tmp_path / "study", prefix, PYPROJECT.replace('"plain-thing"', '"plain-thing", "absent-thing"'))
    document = valid(ran(root, "licences", "sbom").stdout)
    (absent,) = (each for each in document["components"] if each["name"] == "absent-thing")
    assert "licenses" not in absent
    assert (absent["purl"], properties(absent)["told-by"]) == ("pkg:pypi/absent-thing", "none")
    bare = project(tmp_path / "bare")
    done = ran(bare, "licences", "sbom")
    assert done.returncode == 3
    assert valid(done.stdout)["compositions"][0]["aggregate"] == "incomplete"


def test_a_repository_without_packages(tmp_path: Path) -> None:
    """It has an empty bill."""
    root = project(tmp_path / "study")
    (root / "pyproject.toml").unlink()
    assert valid(ran(root, "licences", "sbom").stdout)["components"] == []


def test_several_projects_and_tools(tmp_path: Path, prefix: Path) -> None:
    """Each project of a policy is a component; a package of two is there once; conda, R and npm have their own addresses."""
    root = project(tmp_path / "study", prefix)
    (root / "part").mkdir()
    (root / "part" / "pyproject.toml").write_text('[project]\nname = "part"\nversion = "1"\ndependencies = ["copy-thing"]\n')
    (root / "part" / "DESCRIPTION").write_text("Package: part\nVersion: 1\nImports: data.table\n")
    (root / ".genomic-guard.yaml").write_text("version: 1\nprojects:\n  - {root: part}\n")
    (root / "environment.yml").write_text("dependencies:\n  - bwa-thing\n")
    (root / "package.json").write_text('{"name": "web", "dependencies": {"@scope/thing": "^1"}}')
    done = ran(root, "licences", "sbom")
    document = valid(done.stdout)
    purls = [each.get("purl") for each in document["components"]]
    assert {"pkg:conda/bwa-thing", "pkg:cran/data.table", "pkg:npm/%40scope/thing"} <= set(purls), done.stderr
    assert purls.count("pkg:pypi/copy-thing@1.0") == 1
    assert [each["name"] for each in document["components"] if each["type"] == "application"] == ["part"]
    graph = {each["ref"]: each["dependsOn"] for each in document["dependencies"]}
    assert "pkg:pypi/copy-thing@1.0" in graph["project-1"]
    assert "project-1" in graph["project-0"]


def test_metadata_and_file_that_disagree(tmp_path: Path) -> None:
    """What the package says is declared, what its file says is concluded; the stricter one stands first."""
    licence = (
        "GNU GENERAL PUBLIC LICENSE\nVersion 3, 29 June 2007\n\nEveryone is permitted to copy and distribute verbatim copies\n"
    )
    made = wheel(tmp_path, "copy-thing", "1.0", "License-Expression: MIT\n", {"licenses/LICENSE": licence})
    text = PYPROJECT.replace(', "plain-thing"', "").partition("[project.opt")[0]
    root = project(tmp_path / "study", environment(tmp_path / "venv", [made]), text)
    (component,) = valid(ran(root, "licences", "sbom").stdout)["components"]
    said = [component["licenses"][0]["license"], component["evidence"]["licenses"][0]["license"]]
    told = {each["id"]: each["acknowledgement"] for each in said}
    assert told == {"MIT": "declared", "GPL-3.0-or-later": "concluded"}


def test_ids_are_those_of_the_schema() -> None:
    """Every single id of our table is one that the schema lists, or is written as an expression."""
    listed = set(schema("spdx")["enum"])
    table = {each for words in classes._TABLE.values() for each in words.split()}  # noqa: SLF001 - the table itself
    for each in table:
        row = bom.choice(each, "declared")[0]
        assert row.get("license", {}).get("id") in listed or row.get("expression") == each


@pytest.mark.parametrize(
    "data", [b"", b"[", b"[]", b"{}", b'{"components": 1}', b'{"components": [1, {"name": 2}, {"name": "a\\u0000"}]}', b"[" * 99999]
)
def test_bills_that_others_wrote_are_read_with_care(data: bytes) -> None:
    """Damage says nothing, and does not end the run."""
    assert embeddings.components([data], "x") == []


def test_addresses_of_packages() -> None:
    """As the specification escapes them."""
    assert bom.purl("node", "@scope/a", "1.0+b") == "pkg:npm/%40scope/a@1.0%2Bb"
    assert bom.purl("python", "a-b", "1!2.0") == "pkg:pypi/a-b@1%212.0"
    assert bom.purl("tool", "bwa", "") == "pkg:generic/bwa"
