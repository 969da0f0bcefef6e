"""The JSON schemas that are shipped: of the report, by hand from its contract; of the policy, from the code that reads it."""

from __future__ import annotations

from pytest_genomic_guard.gates.evidence import MD5, TERMS, VERDICTS
from pytest_genomic_guard.gates.evidence import SCHEMA as EVIDENCE
from pytest_genomic_guard.model import COVERAGES, REASONS
from pytest_genomic_guard.policy.load import SCHEMA as POLICY
from pytest_genomic_guard.report import SCHEMA as REPORT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Json = dict[str, Any]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Json = {"type": "string"}
_OPTIONAL_TEXT: Json = {"type": ["string", "null"]}
_COUNT: Json = {"type": "integer", "minimum": 0}
_PLACE: Json = {"type": ["integer", "null"], "minimum": 1}
_DIGEST: Json = {"type": ["string", "null"], "pattern": "^[0-9a-f]{64}$"}
_CODE: Json = {"type": "string", "pattern": "^[A-Z]{3,4}[0-9]{3}$"}
_TRAIL: Json = {"type": "array", "items": _TEXT}
_NUMBER: Json = {"type": ["number", "null"]}


def _one_of(*words: str) -> Json:
    return {"enum": list(words)}


def _object(**properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def report_schema() -> Json:
    """Return the schema of ``genomic-guard/report/1``."""
    verdict = _one_of("pass", "fail", "inconclusive", "undefined", "refused", "error")
    interval: Json = {"type": ["array", "null"], "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
    waiver = _object(code=_CODE, path=_TEXT, line=_COUNT)
    finding = _object(
        code=_CODE,
        name=_TEXT,
        family=_TEXT,
        severity=_one_of("error", "warning", "note"),
        confidence=_one_of("high", "medium", "low"),
        outcome=_one_of("fail", "warn", "note", "waived", "baselined"),
        path=_TEXT,
        entry={"type": ["integer", "null"], "minimum": 0},
        trail=_TRAIL,
        line=_PLACE,
        column=_PLACE,
        subject=_OPTIONAL_TEXT,
        message=_TEXT,
        fingerprint=_DIGEST,
        clauses=_list(_TEXT),
        help=_TEXT,
        commit={"anyOf": [{"type": "null"}, _object(first=_TEXT, last=_TEXT)]},
    )
    masked: Json = {"type": ["integer", "null"], "minimum": 0}
    group = _object(group=_TEXT, n=masked, value=_NUMBER, interval=interval, verdict=verdict)
    gate = _object(
        gate=_TEXT,
        kind=_one_of("fairness", "mia", "release"),
        metric=_TEXT,
        bound=_TEXT,
        value=_NUMBER,
        interval=interval,
        confidence={"type": "number"},
        groups=_list(group),
        n=masked,
        verdict=verdict,
        outcome=_one_of("pass", "fail", "warn", "note"),
        message=_TEXT,
    )
    gate["properties"] |= {  # what came later: nobody has to write it
        "method": _TEXT,
        "needed": masked,
        "band": _one_of("", "pass", "recalibrate", "stop"),
        "source": _one_of("", "rows", "counts", "evidence", "file", "recorded"),
        "line": _PLACE,
    }
    gap = _object(path=_TEXT, trail=_TRAIL, reason=_one_of(*REASONS), code=_CODE)
    gap["properties"]["message"] = _TEXT  # the reason in words: for people, so nobody has to write it
    body = _object(
        schema={"const": REPORT},
        tool=_object(name={"const": "pytest-genomic-guard"}, version=_TEXT, ruleset=_DIGEST),
        policy=_object(path=_OPTIONAL_TEXT, sha256=_DIGEST, profile=_TEXT),
        scanned=_object(
            source=_TEXT,
            files=_COUNT,
            bytes=_COUNT,
            coverage=_object(**dict.fromkeys(COVERAGES, _COUNT)),
            excluded=_COUNT,
        ),
        verdict=_one_of("pass", "fail", "incomplete"),
        findings=_list(finding),
        gaps=_list(gap),
        waivers=_object(applied=_COUNT, unused=_list(waiver), expired=_list(waiver)),
        evidence=_list(_object(path=_TEXT, sha256=_DIGEST, what=_TEXT)),
        gates=_list(gate),
    )
    return {"$schema": _DRAFT, "$id": "urn:genomic-guard:report:1", "title": "Genomic Guard report"} | body


def evidence_schema() -> Json:
    """Return the schema of ``genomic-guard/evidence/1``, the evidence file of a gate."""
    interval: Json = {"type": ["array", "null"], "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
    masked: Json = {"type": ["integer", "null"], "minimum": 0}
    verdict = _one_of(*VERDICTS)
    group = _object(group=_TEXT, n=masked, value=_NUMBER, interval=interval, verdict=verdict)
    metric = _object(
        metric=_TEXT,
        value=_NUMBER,
        interval=interval,
        confidence={"type": "number", "minimum": 0.5, "exclusiveMaximum": 1},
        n=masked,
        groups=_list(group),
        unjudged=_COUNT,
        method=_TEXT,
        needed=masked,
        verdict=verdict,
    )
    body = _object(
        schema={"const": EVIDENCE},
        kind=_one_of("fairness", "mia", "release"),
        gate=_TEXT,
        project=_TEXT,
        terms={"type": "object", "properties": {key: {} for key in TERMS}, "required": ["bounds"], "additionalProperties": False},
        model=_DIGEST,
        metrics=_list(metric),
    )
    body["properties"][MD5] = {"type": "string", "pattern": "^[0-9a-f]{32}(\\.dir)?$"}  # where it is known
    return {"$schema": _DRAFT, "$id": "urn:genomic-guard:evidence:1", "title": "Genomic Guard evidence of a gate"} | body


def policy_schema() -> Json:
    """Return the schema of the policy file, version 1; what a project can have of its own is told once, at the top."""
    made = POLICY.schema()
    own = made["properties"]["projects"]["items"]["properties"]
    own |= {key: {"$ref": f"#/properties/{key}"} for key in own if key in made["properties"]}
    return {"$schema": _DRAFT, "$id": "urn:genomic-guard:policy:1", "title": "Genomic Guard policy"} | made
