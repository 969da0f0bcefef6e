"""Annotated variants and clinical documents: of people, and of nobody."""

from __future__ import annotations

import json
import random
import string
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.testing import DIRECTIVES, samples, scan

_random = random.SystemRandom()


def told(data: bytes | str, name: bytes = b"x") -> list[tuple[str, str, str]]:
    """Return code, outcome and message of what was found in one file."""
    content = data.encode() if isinstance(data, str) else data
    codes = {"GEN106", "GEN108", "GEN109", "GEN116"}
    return [(found.code, found.outcome, found.message) for found in scan({name: content}).findings if found.code in codes]


def name() -> str:
    """Return a name of somebody that looks like no public one."""
    return "".join(_random.choices(string.ascii_uppercase, k=4)) + str(_random.randrange(10**6, 10**7)) + "K"


def variants(rows: int = 30) -> pd.DataFrame:
    """Return variants of nobody as pandas holds them."""
    pairs = [_random.sample("ACGT", 2) for _each in range(rows)]
    return pd.DataFrame(
        {
            "Chromosome": [str(_random.randrange(1, 23)) for _each in range(rows)],
            "Position": [_random.randrange(10**4, 10**8) for _each in range(rows)],
            "Ref": [pair[0] for pair in pairs],
            "Alt": [pair[1] for pair in pairs],
            "Gene": [f"GENE{number}" for number in range(rows)],
        }
    )


@pytest.mark.parametrize("column", ["Sample", "sample_id", "PatientID", "Tumor_Sample_Barcode", "proband", "Individual"])
def test_variants_with_names(column: str) -> None:
    """A column that says whose a variant is makes the table individual-level, in any delimiter and in JSON."""
    people = [name() for _each in range(5)]
    frame = variants().assign(**{column: [people[number % 5] for number in range(30)]})
    for content in (frame.to_csv(index=False), frame.to_csv(index=False, sep="\t"), frame.to_json(orient="records")):
        assert [(code, outcome) for code, outcome, _message in told(content)] == [("GEN108", "fail")]
        assert "5 samples" in told(content)[0][2]


@pytest.mark.parametrize(
    "columns",
    [
        {"AF": 0.01, "AN": 152_000},
        {"ClinicalSignificance": "Benign", "NumberSubmitters": 2},
        {"SampleSize": 9000, "P": 0.01},
        {"n_samples": 12},
        {"CADD": 12.1, "SIFT": "T"},
        {"nhomalt": 3},
    ],
)
def test_variants_of_nobody(columns: dict[str, Any]) -> None:
    """Variants with what is known of them, and of nobody, are not reported."""
    assert not told(variants().assign(**columns).to_csv(index=False, sep="\t"))


def test_maf_names() -> None:
    """The barcodes of a mutation annotation file are counted over all of it."""
    data = samples.maf(samples=40, rows=400)
    assert "400 rows of 40 samples" in told(data)[0][2]
    assert "400 rows of 40 samples" in told(DIRECTIVES["gzip"](data))[0][2]


PACKET: dict[str, Any] = {
    "id": "a",
    "subject": {"id": "b", "sex": "MALE"},
    "phenotypicFeatures": [{"type": {"id": "HP:0000001"}}],
    "metaData": {"phenopacketSchemaVersion": "2.0"},
}
OBSERVATION: dict[str, Any] = {
    "resourceType": "Observation",
    "code": {"coding": [{"system": "http://loinc.org", "code": "69548-6"}]},
    "subject": {"reference": "Patient/a"},
}
ABOUT_PEOPLE: dict[str, Any] = {
    "packet": PACKET,
    "packet without features": {**PACKET, "phenotypicFeatures": [], "interpretations": [{"id": "i"}]},
    "family": {"id": "f", "proband": PACKET, "relatives": [PACKET], "pedigree": {"persons": []}},
    "cohort": {"id": "c", "members": [PACKET, PACKET]},
    "list": [PACKET, PACKET],
    "observation": OBSERVATION,
    "report": {
        "resourceType": "DiagnosticReport",
        "code": {"coding": [{"code": "81247-9"}]},
        "subject": {"reference": "Patient/a"},
    },
    "sequence": {"resourceType": "MolecularSequence", "type": "dna", "patient": {"reference": "Patient/a"}},
    "bundle": {
        "resourceType": "Bundle",
        "entry": [{"resource": OBSERVATION}, {"resource": {"resourceType": "Patient", "id": "a"}}],
    },
    "individual": [{"id": "a", "sex": {"id": "NCIT:C20197"}, "ethnicity": {"id": "x"}, "diseases": [{"diseaseCode": {"id": "y"}}]}],
    "biosample": [{"id": "s", "individualId": "a", "biosampleStatus": {"id": "EFO:1"}, "sampleOriginType": {"id": "UBERON:1"}}],
    "case": {"variation": {}, "caseLevelData": [{"biosampleId": "s", "zygosity": {"id": "GENO:0000458"}}]},
    "GA4GH": [{"start": 1, "referenceBases": "A", "alternateBases": ["C"], "calls": [{"callSetName": "a", "genotype": [0, 1]}]}],
    "arrays": {"pos": 5, "ref": "A", "alt": "C", "genotypes": [[0, 1, False], [1, 1, True]]},
    "numbers": {"pos": 5, "ref": "A", "alt": "C", "gt_types": [0, 1, 3, 0]},
}
ABOUT_NOBODY: dict[str, Any] = {
    "schema": {
        "$schema": "x",
        "type": "object",
        "properties": {"subject": {"id": "x"}, "phenotypicFeatures": []},
        "examples": [PACKET],
    },
    "interface": {"openapi": "3.0", "components": {"examples": {"a": {"value": PACKET}}}},
    "definition": {"resourceType": "StructureDefinition", "id": "variant", "snapshot": {"element": [{"path": "Observation.code"}]}},
    "terms": {"resourceType": "ValueSet", "compose": {"include": [{"concept": [{"code": "69548-6"}]}]}},
    "blood pressure": {**OBSERVATION, "code": {"coding": [{"code": "85354-9"}]}},
    "nobody's": {key: value for key, value in OBSERVATION.items() if key != "subject"},
    "allele": {"type": "Allele", "location": {"type": "SequenceLocation", "start": 1, "end": 2}, "state": {"sequence": "T"}},
    "answer": {"responseSummary": {"exists": True, "numTotalResults": 3}, "individualId": None},
    "frequencies": {"variation": {}, "frequencyInPopulations": [{"frequencies": [{"alleleFrequency": 0.1, "population": "x"}]}]},
    "sites": [{"chrom": "1", "pos": 5, "ref": "A", "alt": "C", "af": 0.1, "samples": 1200}],
    "settings": {"samples": ["a", "b"], "ref": "GRCh38", "start": 1, "entries": [1, 2]},
    "form": {"resourceType": "Questionnaire", "item": [{"linkId": "1", "text": "x"}]},
}


@pytest.mark.parametrize("kind", ABOUT_PEOPLE)
@pytest.mark.parametrize("wrapper", ["gzip", "utf-16", "bom", "crlf", "blank-lines", "zip"])
def test_about_people(kind: str, wrapper: str) -> None:
    """A document about somebody is found, however it is written."""
    for data in (json.dumps(ABOUT_PEOPLE[kind]), json.dumps(ABOUT_PEOPLE[kind], indent=2)):
        assert [(code, outcome) for code, outcome, _message in told(DIRECTIVES[wrapper](data.encode()))] == [("GEN109", "fail")]


@pytest.mark.parametrize("kind", ABOUT_NOBODY)
def test_about_nobody(kind: str) -> None:
    """Schemas, definitions, answers with counts and descriptions of variants are not reported."""
    assert not told(json.dumps(ABOUT_NOBODY[kind]))
    assert not told(json.dumps(ABOUT_NOBODY[kind], indent=2), b"x.json")


def test_deep_and_large() -> None:
    """A document that is nested too deep, or repeats without end, is judged by its words or not at all."""
    deep = '{"phenopacket":' + "[" * 200_000
    assert not [gap for gap in scan({b"x.json": deep.encode()}).gaps if gap.where]
    wide = '{"phenopacket": [' + ",".join(['{"a": 1}'] * 50_000) + "]}"
    assert not told(wide)


def test_no_name_is_told() -> None:
    """The names of people stay where they are."""
    who = name()
    data = json.dumps({**PACKET, "subject": {"id": who}})
    assert who not in repr(list(scan({who.encode() + b".json": data.encode()}).findings))


_KEYS = (
    *(
        "subject",
        "id",
        "phenotypicFeatures",
        "metaData",
        "resourceType",
        "code",
        "coding",
        "entry",
        "resource",
        "pos",
        "ref",
        "samples",
    ),
    *("calls", "genotypes", "GT", "rs12", "rs13", "individualId", "sex", "diseases", "meta", "profile", "component", "properties"),
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["A", "0/1", "rs12", "Observation", "69548-6"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(_KEYS),
            inner,
            max_size=6,
        )
    ),
    max_leaves=25,
)


@settings(deadline=None, max_examples=300)
@given(_JSON)
def test_any_document_is_read(value: object) -> None:
    """No document makes a reader raise, whatever stands where it expects something else."""
    data = json.dumps(
        {"phenopacket": 1, "resourceType": value, "value": value} if _random.random() < 0.5 else [value, "phenopacket"]
    )
    assert not [gap for gap in scan({b"x": data.encode()}).gaps if gap.where]


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 3000), st.binary(max_size=20))
def test_cut_documents(at: int, noise: bytes) -> None:
    """A document that was cut or damaged makes no reader raise."""
    for data in (
        samples.phenopacket(),
        samples.phenopacket(form="yaml"),
        samples.gvf(),
        samples.maf(),
        samples.fhir(form="bundle"),
    ):
        assert not [gap for gap in scan({b"x": data[:at] + noise}).gaps if gap.where]
