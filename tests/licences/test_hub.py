"""The Hub's licence ids: their classes, what each asks of what is made from it, and what people write instead of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.views.licences import expression, families, hub
from pytest_genomic_guard.views.licences.nouns import CLASSES

if TYPE_CHECKING:
    from collections.abc import Sequence

IDS = sorted(hub.ids())
CONDITIONS = sorted({each for listed in hub.ids().values() for each in listed.conditions})


def test_the_list_has_as_many_ids_as_the_hub() -> None:
    """83 ids in August 2026, of which three name no licence."""
    assert len(IDS) == 83
    assert {name for name, each in hub.ids().items() if not each.expression} == {"cc", "other", "unknown"}


@pytest.mark.parametrize("name", IDS)
def test_every_id_is_what_spdx_says(name: str) -> None:
    """An expression is canonical, and its class is the one that packages under it get."""
    listed = hub.ids()[name]
    assert listed.kind in CLASSES
    if listed.expression:
        assert expression.canonical(listed.expression) == listed.expression
        classed = expression.classify(listed.expression)
        assert classed in {listed.kind, "unknown"} or listed.kind == "non-commercial"
    else:
        assert listed.kind == "unknown"


@pytest.mark.parametrize(
    ("name", "spdx", "kind"),
    [
        ("bsl-1.0", "BSL-1.0", "permissive"),
        ("apple-ascl", "LicenseRef-scancode-apple-sscl", "permissive"),
        ("c-uda", "C-UDA-1.0", "use-restricted"),
        ("apple-amlr", "LicenseRef-Apple-AMLR", "non-commercial"),
        ("openrail", "LicenseRef-OpenRAIL", "use-restricted"),
        ("llama3.1", "LicenseRef-Llama-3.1", "use-restricted"),
        ("gemma", "LicenseRef-Gemma", "use-restricted"),
        ("cc-by-nd-4.0", "CC-BY-ND-4.0", "use-restricted"),
        ("cc-by-nc-sa-4.0", "CC-BY-NC-SA-4.0", "non-commercial"),
        ("odbl", "ODbL-1.0", "weak-copyleft"),
        ("agpl-3.0", "AGPL-3.0-only", "network-copyleft"),
        ("lgpl-lr", "LGPLLR", "weak-copyleft"),
        ("openmdw-1.1", "LicenseRef-OpenMDW-1.1", "permissive"),
    ],
)
def test_traps(name: str, spdx: str, kind: str) -> None:
    """Ids that mean another thing than they seem to."""
    assert (hub.ids()[name].expression, hub.ids()[name].kind) == (spdx, kind)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *((each, each) for each in IDS),
        *((each.upper(), each) for each in IDS),
        *((each.replace(".", "-"), each) for each in IDS if each != "cc"),
        ("apache 2.0", "apache-2.0"),
        ("Apache License 2.0", "apache-2.0"),
        ("apache-2", "apache-2.0"),
        ("The MIT License", "mit"),
        ("CC-BY-4.0", "cc-by-4.0"),
        ("CC BY-NC-SA 4.0", "cc-by-nc-sa-4.0"),
        ("CC_BY_NC_4p0", "cc-by-nc-4.0"),
        ("gpl3", "gpl-3.0"),
        ("GPLv3", "gpl-3.0"),
        ("GPL-3.0-or-later", "gpl-3.0"),
        ("bsd-3", "bsd-3-clause"),
        ("CC0", "cc0-1.0"),
        ("Llama 3.1", "llama3.1"),
        ("Use of Llama 3.2 is governed by the Llama 3.2 Community License", "llama3.2"),
        ("Llama 3 Community License Agreement", "llama3"),
        ("Llama 9.9 Community License", ""),
        ("bsl-1.1", ""),
        ("BUSL-1.1", ""),
        ("cc-by-sa-2.0", ""),
        ("proprietary", ""),
        ("see LICENSE", ""),
        ("", ""),
    ],
)
def test_what_people_write(text: str, name: str) -> None:
    """Another spelling is told with the id that is meant, where one is clear."""
    assert hub.meant(text) == name


def _conditions(name: str) -> tuple[str, ...]:
    return hub.ids()[name].conditions


# From what may be made what: rows are the licence of what is made, columns that of what it is made from; x drops a condition.
SOURCES = """mit cc0-1.0 cc-by-4.0 cc-by-sa-4.0 cc-by-nc-4.0 cc-by-nc-sa-4.0 cc-by-nd-4.0 lgpl-3.0 gpl-3.0 agpl-3.0 openrail llama3
    gemma apple-amlr"""
ORDER = """
mit                   . . . x x x x x x x x x x x
cc0-1.0               x . x x x x x x x x x x x x
apache-2.0            . . . x x x x x x x x x x x
cc-by-4.0             . . . x x x x x x x x x x x
cc-by-sa-4.0          . . . . x x x . x x x x x x
cc-by-nc-4.0          . . . x . x x x x x x x x x
cc-by-nc-sa-4.0       . . . . . . x . x x x x x x
cc-by-nc-nd-4.0       . . . x . x . x x x x x x x
lgpl-3.0              . . . x x x x . x x x x x x
gpl-3.0               . . . . x x x . . x x x x x
agpl-3.0              . . . . x x x . . . x x x x
creativeml-openrail-m . . . x x x x x x x . x x x
llama3.3              . . . x x x x x x x x . x x
h-research            . . . x . x x x x x x x x .
"""


def _order() -> list[tuple[str, str, bool]]:
    cells = []
    for row in ORDER.strip().splitlines():
        made, *marks = row.split()
        cells += [(made, source, mark == "x") for source, mark in zip(SOURCES.split(), marks, strict=True)]
    return cells


@pytest.mark.parametrize(("made", "source", "drops"), _order())
def test_the_order_of_licences(made: str, source: str, drops: bool) -> None:  # noqa: FBT001 - a cell of the table
    """What is made from a work keeps each of its conditions, or drops one."""
    assert bool(hub.lost(_conditions(made), _conditions(source))) == drops


@given(st.lists(st.sampled_from(CONDITIONS)), st.lists(st.sampled_from(CONDITIONS)))
def test_conditions_only_grow(own: Sequence[str], more: Sequence[str]) -> None:
    """A work keeps its own conditions, and one that has more of them drops none."""
    assert hub.lost(tuple(own), tuple(own)) == []
    assert hub.lost((*own, *more), tuple(own)) == []
    assert len(hub.lost(tuple(own), (*own, *more))) <= len(more)


@pytest.mark.parametrize("name", ["c-uda", "cdla-sharing-1.0", "cdla-permissive-2.0"])
def test_data_that_leave_results_free(name: str) -> None:
    """They ask nothing of a model that is trained on them, but something of data made from them."""
    assert hub.to_model(hub.ids()[name]) == ()
    assert hub.ids()[name].conditions


@given(st.text(max_size=300))
def test_anything_can_be_asked(text: str) -> None:
    """A name never raises, and what is meant is in the list."""
    assert hub.meant(text) in {"", *IDS}
    called = hub.called(text)
    assert called is None or called.kind in CLASSES
    families.licence(text)


@pytest.mark.parametrize(
    ("name", "licence"),
    [
        ("meta-llama/Llama-2-7b-hf", "llama2"),
        ("meta-llama/Meta-Llama-3-8B", "llama3"),
        ("meta-llama/Meta-Llama-3.1-8B", "llama3.1"),
        ("meta-llama/Llama-3.2-1B", "llama3.2"),
        ("google/gemma-2b", "gemma"),
        ("google/gemma-3-4b-it", "gemma"),
        ("google/gemma-4-31b", ""),
        ("google/bert_uncased_L-2", ""),
        ("bigscience/bloom-560m", "bigscience-bloom-rail-1.0"),
        ("stabilityai/stable-diffusion-xl-base-1.0", "openrail++"),
        ("InstaDeepAI/nucleotide-transformer-v2-50m-multi-species", "cc-by-nc-sa-4.0"),
        ("MahmoodLab/UNI2-h", "cc-by-nc-nd-4.0"),
        ("nobody/meta-llama", ""),
    ],
)
def test_families_of_public_models(name: str, licence: str) -> None:
    """The catalogue knows a family by the beginning of its id."""
    assert families.licence(name) == licence
    assert not licence or hub.called(licence) is not None
