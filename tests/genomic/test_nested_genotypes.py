"""Genotypes nested in JSON, YAML, code and pickles; dosages drawn evenly; and what has the same shape and is about nobody."""

from __future__ import annotations

import json
import pickle
import pprint
import random
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.testing import scan
from pytest_genomic_guard.views.genomic import nested
from pytest_genomic_guard.views.tables import yamls

if TYPE_CHECKING:
    from collections.abc import Callable

_CHANCE = random.Random()  # noqa: S311 - genotypes of nobody
_LAYOUTS: dict[str, Callable[[list[str], list[str], list[list[Any]]], Any]] = {
    "lists of calls": lambda who, sites, cells: [
        {"sample": one, "calls": [{"rsid": site, "gt": cell} for site, cell in zip(sites, row, strict=True)]}
        for one, row in zip(who, cells, strict=True)
    ],
    "objects by person": lambda who, sites, cells: {
        one: dict(zip(sites, row, strict=True)) for one, row in zip(who, cells, strict=True)
    },
    "objects in records": lambda who, sites, cells: [
        {"participant_id": one, "age": 30, "genotypes": dict(zip(sites, row, strict=True))}
        for one, row in zip(who, cells, strict=True)
    ],
    "objects by variant": lambda who, sites, cells: {
        site: {one: row[at] for one, row in zip(who, cells, strict=True)} for at, site in enumerate(sites)
    },
    "lists beside each other": lambda who, sites, cells: {"samples": who, "variants": sites, "genotypes": cells},
}
_STYLES: dict[str, tuple[Any, ...]] = {
    "counts": (0, 1, 2),
    "calls": ("0/0", "0/1", "1/1"),
    "pairs": ([0, 0], [0, 1], [1, 1]),
    "objects": ({"gt": "0/0"}, {"gt": "0/1"}, {"gt": "1/1"}),
}


def _sites(count: int) -> list[str]:
    return [f"rs{number}" for number in _CHANCE.sample(range(10**5, 10**8), count)]


def _drawn(layout: str, style: str, people: int, variants: int) -> Any:
    values = _STYLES[style]
    cells = [[values[index] for index in _CHANCE.choices((0, 1, 2), (4, 3, 2), k=variants)] for _each in range(people)]
    who = [f"QX{number}" for number in _CHANCE.sample(range(1000, 9999), people)]
    return _LAYOUTS[layout](who, _sites(variants), cells)


def _written(document: Any, form: str) -> bytes:
    if form == "json":
        return json.dumps(document).encode()
    if form == "lines":
        lines = document if isinstance(document, list) else [{key: value} for key, value in document.items()]
        return "\n".join(map(json.dumps, lines)).encode()
    if form == "yaml":
        text: str = yaml.safe_dump(document, sort_keys=False)
        return text.encode()
    if form == "pickle":
        return pickle.dumps(document)
    return f"import os\n\nDATA = {pprint.pformat(document, width=100, sort_dicts=False)}\n".encode()


def _outcomes(data: bytes) -> set[str]:
    return {each.outcome for each in scan({b"data": data}).findings if each.family == "GEN"}


@pytest.mark.parametrize("form", ["json", "yaml", "code", "pickle"])
@pytest.mark.parametrize("style", _STYLES)
@pytest.mark.parametrize("layout", _LAYOUTS)
def test_forty_variants_of_a_person_fail(layout: str, style: str, form: str) -> None:
    """Whatever the order of people and variants is, and however it is written."""
    assert "fail" in _outcomes(_written(_drawn(layout, style, 3, 40), form))


@pytest.mark.parametrize("layout", ["lists of calls", "objects by person", "objects in records"])
def test_lines_of_people_fail(layout: str) -> None:
    """An object a line, of one person each."""
    assert "fail" in _outcomes(_written(_drawn(layout, "counts", 4, 40), "lines"))


@pytest.mark.parametrize("form", ["json", "yaml", "code"])
def test_twelve_variants_of_a_person_warn(form: str) -> None:
    """Too few to single out anybody."""
    assert _outcomes(_written(_drawn("lists of calls", "calls", 3, 12), form)) == {"warn"}


def _about_variants() -> dict[str, Any]:
    sites = _sites(60)
    share = _CHANCE.random
    return {
        "effects": {site: share() / 5 for site in sites},
        "shares": {group: {site: share() for site in sites} for group in ("AFR", "EUR", "EAS")},
        "shares of genotypes": [
            {"rsid": site, "genotypes": [{"genotype": one, "frequency": share()} for one in ("AA", "AG", "GG")]} for site in sites
        ],
        "codes of genotypes": {site: {"AA": 0, "AG": 1, "GG": 2} for site in sites},
        "weights": {"weights": [{"rsID": site, "effect_allele": "A", "effect_weight": share()} for site in sites]},
        "meanings": [{"rsid": site, "genotype": one, "meaning": "none"} for site in sites for one in ("CC", "CT", "TT")],
        "blocks": {"blocks": {site: at // 20 for at, site in enumerate(sites)}},
        "an interface": {"openapi": "3.1.0", "example": dict.fromkeys(sites, "0/1")},
    }


@pytest.mark.parametrize("form", ["json", "yaml", "code"])
@pytest.mark.parametrize("what", [name for name in _about_variants() if name != "an interface"])
def test_what_is_said_of_variants_is_quiet(what: str, form: str) -> None:
    """Numbers and words for each variant, of nobody."""
    assert "fail" not in _outcomes(_written(_about_variants()[what], form))


def test_examples_of_an_interface_are_quiet() -> None:
    """A description of an interface holds examples."""
    assert not _outcomes(_written(_about_variants()["an interface"], "json"))


@pytest.mark.parametrize("across", [False, True])
def test_even_dosages_of_people_fail(*, across: bool) -> None:
    """Numbers from 0 to 2, where variants name one axis and people the other; studies on that axis make them scores."""
    sites = _sites(40)
    for names, outcome in (([f"QX{at:04d}" for at in range(12)], {"fail"}), ([f"study_{at:03d}" for at in range(12)], set())):
        rows, columns = (names, sites) if across else (sites, names)
        lines = [",".join([row, *(f"{_CHANCE.uniform(0, 2):.3f}" for _each in columns)]) for row in rows]
        assert _outcomes("\n".join([",".join(["", *columns]), *lines]).encode()) == outcome


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 9) | st.sampled_from(["rs12345", "0/1", "AG", "sample", "x"]),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.sampled_from(["rs12345", "rs777", "sample", "gt", "calls", "variants", "a"]), inner, max_size=5)
    ),
    max_leaves=40,
)


@given(_VALUES)
def test_no_value_raises(value: Any) -> None:
    """Nor does what it is made of."""
    nested.rows([value])


@given(st.text(alphabet="ab:- \n[]{},#\"'&*|", max_size=200))
def test_no_text_raises(text: str) -> None:
    """What is no YAML is None."""
    yamls.load(text.encode())


@given(_VALUES)
def test_yaml_is_read_as_it_was_written(value: Any) -> None:
    """All keys and scalars of what another program writes, as texts."""
    if isinstance(value, (dict, list)) and value:
        found = yamls.load(yaml.safe_dump(value).encode())
        assert found is not None
        assert _texts(found[0]) == _texts(value)


def test_aliases_without_end_are_bounded() -> None:
    """An object in an object in an object, each ten times."""
    lines = ["a0: &a0 {rs12345: 0, rs12346: 1}"] + [f"a{at}: &a{at}\n" + f"- *a{at - 1}\n" * 10 for at in range(1, 20)]
    documents = yamls.load("\n".join(lines).encode())
    assert documents
    nested.rows(documents)


def _texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _texts(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_texts(each) for each in value]
    return None if value is None else str(value).lower()
