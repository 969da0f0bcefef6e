"""Copyleft that bills of materials within a wheel name: by id, by expression, by words, by the name of a known library."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from _projects import environment, judged, project, wheel
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.inventory.embeddings import components, copyleft

if TYPE_CHECKING:
    from pathlib import Path

GPL, AGPL = "GPL-3.0-or-later", "AGPL-3.0-only"


def cyclonedx(*rows: Any, **more: Any) -> bytes:
    """Return a document of CycloneDX."""
    return json.dumps({"bomFormat": "CycloneDX", "components": rows, **more}).encode()


def part(name: str = "thing", **more: Any) -> dict[str, Any]:
    """Return a component."""
    return {"type": "library", "name": name, **more}


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (cyclonedx(part(licenses=[{"license": {"id": GPL}}])), (GPL,)),
        (cyclonedx(part(licenses=[{"license": {"name": "GNU Affero General Public License v3"}}])), (AGPL,)),
        (cyclonedx(part(licenses=[{"expression": f"MIT AND {GPL}"}])), (f"MIT AND {GPL}",)),
        (cyclonedx(part(licenses=[{"expression": f"MIT OR {GPL}"}])), ()),
        (cyclonedx(part(licenses=[{"license": {"id": "MIT"}}])), ()),
        (cyclonedx(part(components=[part("inner", licenses=[{"license": {"id": GPL}}])])), (GPL,)),
        (cyclonedx(metadata={"component": part(licenses=[{"license": {"id": GPL}}])}), (GPL,)),
        (cyclonedx(part(evidence={"licenses": [{"license": {"id": GPL}}]})), (GPL,)),
        (cyclonedx(part(licenses=[{"license": {"id": GPL}}], scope="excluded")), ()),
        (cyclonedx(part(licenses=[{"license": {"id": GPL}}], scope="optional")), ()),
        (cyclonedx(part("libgomp", licenses=[{"license": {"id": GPL}}])), ()),
        (cyclonedx(part("gsl", purl="pkg:rpm/almalinux/gsl@2.5-1.el8")), (GPL,)),
        (cyclonedx(part("libreadline8", purl="pkg:deb/debian/libreadline8@8.2")), (GPL,)),
        (cyclonedx(part("fftw-libs-double", purl="pkg:rpm/almalinux/fftw-libs-double@3.3")), ("GPL-2.0-or-later",)),
        (cyclonedx(part("gsl")), (GPL,)),
        (cyclonedx(part("gsl-lite")), ()),
        (cyclonedx(part("readline", purl="pkg:npm/readline@1.3.0")), ()),
        (cyclonedx(part("readline", licenses=[{"license": {"id": "MIT"}}])), ()),
        (json.dumps({"spdxVersion": "SPDX-2.3", "packages": [{"name": "x", "licenseConcluded": GPL}]}).encode(), (GPL,)),
        (
            json.dumps({"packages": [{"name": "x", "licenseConcluded": "NOASSERTION", "licenseDeclared": GPL}]}).encode(),
            (GPL,),
        ),
        (json.dumps({"files": [{"fileName": "x.c", "licenseConcluded": GPL}]}).encode(), (GPL,)),
        (json.dumps({"@graph": [{"simplelicensing_licenseExpression": GPL}]}).encode(), (GPL,)),
        (b"{", ()),
        (b"[]", ()),
        (b"\xff", ()),
        (cyclonedx(None, 1, {"name": 1, "licenses": [None, {"license": 1}]}), ()),
    ],
)
def test_what_documents_name(document: bytes, told: tuple[str, ...]) -> None:
    """In all shapes of two formats, and nothing of what is damaged."""
    assert copyleft([document]) == told


def test_what_is_optional_counts_where_it_is_there() -> None:
    """A native library of the wheel has its name."""
    document = cyclonedx(part("libimagequant", licenses=[{"license": {"id": GPL}}], scope="optional"))
    assert copyleft([document], ("libjpeg-1.so",)) == ()
    assert copyleft([document], ("libimagequant-0c.so.0",)) == (GPL,)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.sampled_from(("MIT", GPL, "gsl", "optional", "pkg:rpm/x"))),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ("components", "metadata", "component", "licenses", "license", "id", "name", "packages", "files", "@graph", "scope")
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@given(JSON, st.binary(max_size=50))
def test_never_raises(value: Any, data: bytes) -> None:
    """Whatever a document holds, both readers return."""
    for each in (json.dumps(value).encode(), data):
        copyleft([each])
        components([each], "x")


def test_a_wheel_with_a_bill(tmp_path: Path) -> None:
    """It is told as what a package of another licence contains."""
    bill = cyclonedx(part("gsl", purl="pkg:rpm/almalinux/gsl@2.5-1.el8")).decode()
    made = [
        wheel(tmp_path, "copy-thing", "1.0", "License-Expression: MIT\n", {"sboms/auditwheel.cdx.json": bill}),
        wheel(tmp_path, "plain-thing", "1.0", "License-Expression: MIT\n"),
    ]
    _verdict, rows = judged(project(tmp_path / "study", environment(tmp_path / "venv", made)))
    assert [(code, subject) for code, _outcome, _path, subject in rows if code != "LIC906"] == [("LIC109", "copy-thing==1.0")]
