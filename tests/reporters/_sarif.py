"""What SARIF 2.1.0 says of the objects that we write, and what GitHub asks for besides.

A schema of our own, from the sections of the specification that are named here: no distribution that we test with brings the one of
OASIS along, and tests use no network. It is stricter: an object with a property that is not listed here fails.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema

_LEVEL = {"enum": ["none", "note", "warning", "error"]}  # 3.27.10
_FREE = {"type": "object"}  # a property bag, 3.8


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


def _list(item: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": item, **more}


_TEXT = _object(["text"], text={"type": "string", "minLength": 1})  # 3.11, 3.12
_HELP = _object(["text", "markdown"], text={"type": "string", "minLength": 1}, markdown={"type": "string", "minLength": 1})
_COUNT = {"type": "integer", "minimum": 1}
_RULE = _object(  # 3.49
    ["id", "name", "shortDescription", "fullDescription", "help", "defaultConfiguration", "properties"],
    id={"type": "string", "pattern": r"^[A-Z]{3,4}\d{3}$"},
    name={"type": "string"},
    shortDescription=_TEXT,
    fullDescription=_TEXT,
    help=_HELP,
    defaultConfiguration=_object(["level"], level=_LEVEL),
    properties={  # GitHub's
        "type": "object",
        "required": ["tags", "precision", "problem.severity"],
        "properties": {
            "tags": _list({"type": "string"}, maxItems=10, uniqueItems=True),
            "precision": {"enum": ["very-high", "high", "medium", "low"]},
            "problem.severity": {"enum": ["error", "warning", "recommendation"]},
            "security-severity": {"type": "string", "pattern": r"^\d+\.\d$"},
        },
    },
)
_PHYSICAL = _object(  # 3.29, 3.4, 3.30
    ["artifactLocation", "region"],
    artifactLocation=_object(["uri", "uriBaseId"], uri={"type": "string", "minLength": 1}, uriBaseId={"const": "SRCROOT"}),
    region=_object(["startLine"], startLine=_COUNT, startColumn=_COUNT),
)
_LOCATION = _object(  # 3.28, 3.33
    ["physicalLocation"],
    physicalLocation=_PHYSICAL,
    logicalLocations=_list(_object(["fullyQualifiedName"], fullyQualifiedName={"type": "string"})),
)
_RESULT = _object(  # 3.27
    ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints", "suppressions"],
    ruleId={"type": "string"},
    ruleIndex={"type": "integer", "minimum": 0},
    level=_LEVEL,
    message=_TEXT,
    locations=_list(_LOCATION, minItems=1, maxItems=1),
    partialFingerprints={"type": "object", "additionalProperties": {"type": "string"}},
    suppressions=_list(  # 3.35
        _object(
            ["kind", "status"],
            kind={"enum": ["inSource", "external"]},
            status={"enum": ["accepted", "underReview", "rejected"]},
            justification={"type": "string"},
        )
    ),
    properties=_FREE,
)
_INVOCATION = _object(  # 3.20, 3.58
    ["executionSuccessful", "exitCode"],
    executionSuccessful={"type": "boolean"},
    exitCode={"type": "integer"},
    exitCodeDescription={"type": "string"},
    toolExecutionNotifications=_list(_object(["level", "message"], level=_LEVEL, message=_TEXT)),
)
_RUN = _object(  # 3.14
    ["tool", "results", "invocations", "automationDetails", "originalUriBaseIds"],
    tool=_object(
        ["driver"],
        driver=_object(
            ["name", "version", "rules"],
            name={"type": "string"},
            version={"type": "string"},
            language={"type": "string", "pattern": "^[a-z]{2}(-[A-Z]{2})?$"},
            rules=_list(_RULE),
            properties=_FREE,
        ),
    ),
    automationDetails=_object(["id"], id={"type": "string", "pattern": "^[^/]+/[^/]+/$"}),
    invocations=_list(_INVOCATION, minItems=1, maxItems=1),
    originalUriBaseIds=_object(["SRCROOT"], SRCROOT=_object(["description"], description=_TEXT)),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results=_list(_RESULT, maxItems=60_000),
    properties=_FREE,
)
_LOG = _object(  # 3.13
    ["$schema", "version", "runs"],
    **{"$schema": {"type": "string"}},
    version={"const": "2.1.0"},
    runs=_list(_RUN, minItems=1, maxItems=1),
)
_VALIDATOR = jsonschema.Draft202012Validator(_LOG)


def valid(log: Any) -> Any:
    """Return the run of a log after holding it against the specification."""
    _VALIDATOR.validate(log)
    run = log["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(set(rules)) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert re.fullmatch(r"[0-9a-f]{64}", result["partialFingerprints"]["genomicGuard/v1"])
        relative(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
        literal(result["message"]["text"])
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]]
    assert len(set(prints)) == len(prints)
    return run


def relative(uri: str) -> str:
    """Return the path that a reference names, after making sure that it stays below the root whoever resolves it."""
    parts = urlsplit(uri)
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri)
    assert not uri.startswith("/")
    assert ".." not in re.sub("%2[Ee]", ".", uri).split("/")
    return unquote(uri)


def literal(text: str) -> None:
    """Make sure that a message has no placeholder (3.11.5) and no link (3.11.6) in it."""
    assert not re.search(r"[{}]", text.replace("{{", "").replace("}}", ""))
    assert not re.search(r"(?<!\\)(?:\\\\)*[\[\]]", text)
