"""Counts of few people, rows of one person, and keys between ids of people."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.testing import DIRECTIVES, samples, scan

_random = random.SystemRandom()
RULE = b"version: 1\nsmall-cell: 10\n"
POLICY = b".genomic-guard.yaml"


def told(data: bytes, policy: bytes = RULE, path: bytes = b"t.csv") -> list[tuple[str, str]]:
    """Return codes and outcomes of what is found of counts and keys."""
    report = scan({path: data, **({POLICY: policy} if policy else {})})
    found = [(each.code, each.outcome) for each in report.findings if each.code.startswith("PHI5")]
    return [*found, *(("gap", gap.reason) for gap in report.gaps)]


@pytest.mark.parametrize(
    "noun", ["n_patients", "patients", "deaths", "cases", "participants", "Number of patients", "patient_count", "n"]
)
@pytest.mark.parametrize("wrapper", ["", "gzip", "utf-16", "crlf"])
def test_threshold_is_inclusive(noun: str, wrapper: str) -> None:
    """A cell of as many people as the policy says is small, and one of one more is not."""
    for smallest, found in ((10, [("PHI501", "fail")]), (11, [])):
        data = samples.cells(noun=noun, smallest=smallest)
        assert told(DIRECTIVES[wrapper](data) if wrapper else data) == found


@pytest.mark.parametrize(
    "category", ["diagnosis", "sex", "ethnicity", "age_group", "region", "hospital", "icd10", "cause_of_death", "site"]
)
def test_categories(category: str) -> None:
    """Counts by what people are told apart by are judged."""
    assert told(samples.cells(category=category, smallest=4)) == [("PHI501", "fail")]


@pytest.mark.parametrize(
    ("policy", "outcome"),
    [
        (b"", "note"),
        (b"version: 1\n", "note"),
        (b"version: 1\nprofile: strict\n", "note"),
        (RULE, "fail"),
        (b"version: 1\npacks: [hipaa-2024]\n", "fail"),
        (b"version: 1\ndata-use: [{id: phs000178}]\n", "fail"),
    ],
)
def test_fails_where_a_rule_binds(policy: bytes, outcome: str) -> None:
    """Without a rule of the policy small cells are a note, in every profile."""
    assert told(samples.cells(smallest=4), policy) == [("PHI501", outcome)]


def test_threshold_of_the_policy() -> None:
    """The number of the policy counts, that of All of Us where its data are used, and 0 switches it off."""
    fifteen = samples.cells(smallest=15)
    assert told(fifteen, b"version: 1\nsmall-cell: 15\n") == [("PHI501", "fail")]
    assert told(fifteen, b"version: 1\ndata-use: [{id: all-of-us-v8}]\n") == [("PHI501", "fail")]
    assert told(fifteen, b"version: 1\ndata-use: [{id: phs000178}]\n") == []
    assert told(samples.cells(smallest=1), b"version: 1\nsmall-cell: 0\n") == []


def test_what_is_derived() -> None:
    """A masked cell that its total gives away is small; two masked ones under a total are not."""
    rows = "region,deaths\nnorth,20\nsouth,31\nhills,40\ncoast,60\nlakes,50\nplains,50\n{}total,{}\n"
    assert told(rows.format("east,<11\n", 120 + 131 + 7).encode()) == [("PHI501", "fail")]
    assert told(rows.format("east,<11\nwest,<11\n", 120 + 131 + 13).encode()) == []
    assert told(rows.format("east,<11\n", 120 + 131 + 70).encode()) == []
    assert told(b"diagnosis,patients,total,percent\nasthma,*,900,0.5%\ngout,300,900,33.3%\n") == [("PHI501", "fail")]


@pytest.mark.parametrize(
    "text",
    [
        "true_label,predicted_label,n\nsick,sick,5\nwell,sick,2\n",
        "feature,count\nage,3\nsex,2\n",
        "gene,disease,cases\nA1,asthma,3\nB2,gout,4\n",
        "journal,condition,n\nx,asthma,3\ny,gout,4\n",
        "question,sex,n\nq1,female,3\nq2,male,4\n",
        "department,staff,n\nward,3,4\nlab,5,6\n",
        "model,condition,n\nlinear,asthma,3\nforest,gout,4\n",
        "patient_id,diagnosis,n\nA19283,asthma,3\nB28374,gout,4\n",
        "diagnosis,mean,sd\nasthma,3,4\ngout,5,6\n",
        "cluster,cell_type,count\n1,B,3\n2,T,4\n",
        "diagnosis,patients\nasthma,0\ngout,120\n",
        "year,n\n2001,3\n2002,4\n",
    ],
)
def test_counts_of_other_things(text: str) -> None:
    """Predictions, features, genes, papers, answers, staff, rows of one person each, and cells of nobody are no small cells."""
    assert told(text.encode()) == []


@pytest.mark.parametrize("system", ["empi", "chart_number", "emr_id"])
@pytest.mark.parametrize("study", ["study_id", "participant_id", "deid_id", "pseudonym"])
def test_keys(study: str, system: str) -> None:
    """An id of a study beside one of a hospital fails, as a key or as what names people, whatever it is wrapped in."""
    for wrapper in ("", "gzip", "zip", "utf-16", "bom"):
        data = samples.crosswalk(study, system, people=12)
        report = scan({b"link": DIRECTIVES[wrapper](data) if wrapper else data})
        assert any(each.outcome == "fail" and each.code.startswith("PHI") for each in report.findings), wrapper


def test_renumbering_needs_people() -> None:
    """Old and new ids are a key where something says that they are of people."""
    assert told(samples.crosswalk("old_subject_id", "new_subject_id")) == [("PHI502", "fail")]
    assert told(samples.crosswalk("old_id", "new_id"), path=b"patient_mapping.csv") == [("PHI502", "fail")]
    assert told(samples.crosswalk("old_id", "new_id")) == []
    assert told(samples.crosswalk("sample_id", "library_id")) == []


def test_bridge_of_a_biobank() -> None:
    """Ids that one biobank gave to two projects fail: as a key, or as rows of its participants."""
    rows = [f"{_random.randrange(10**6, 6 * 10**6)},{_random.randrange(10**6, 6 * 10**6)}" for _row in range(9)]
    report = scan({b"t.csv": "\n".join(["eid_12345,eid_67890", *rows, ""]).encode(), POLICY: RULE})
    assert {each.code for each in report.findings if each.outcome == "fail"} & {"PHI502", "PHI201"}


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(st.text(max_size=12), st.text(max_size=6)), max_size=9))
def test_never_an_error(rows: list[tuple[str, str]]) -> None:
    """Whatever stands in the cells, no check fails."""
    for header in ("diagnosis,patients", "old_subject_id,new_subject_id", "characteristic,n (%)"):
        data = "\n".join([header, *(f'"{one}","{two}"' for one, two in rows), ""]).encode("utf-8", "replace")
        assert not [each for each in told(data) if each[1] in {"check-failed", "view-failed"}]
