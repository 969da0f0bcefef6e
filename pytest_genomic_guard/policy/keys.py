"""The keys of a policy and what their values may be: what the reader accepts, and what the shipped JSON schema says."""

from __future__ import annotations

import datetime
import re

from pytest_genomic_guard.policy import INCONCLUSIVE, PROFILES, terms
from pytest_genomic_guard.policy.gatekeys import GATES
from pytest_genomic_guard.policy.globs import Glob
from pytest_genomic_guard.policy.packs import RULES
from pytest_genomic_guard.policy.packs.samples import PUBLIC
from pytest_genomic_guard.policy.scalars import COUNT, PATH, RELATIVE, TRUTH, WORD, name
from pytest_genomic_guard.policy.schema import Choice, Fields, ListOf, MapOf, OneOf, Scalar


def _pattern(text: str) -> str:
    """Return a pattern's text. Raises ValueError for one that cannot be compiled, such as a set that runs backwards."""
    Glob(text)
    return text


def _not_human(text: str) -> str:
    """Return the name of a species. Raises ValueError for ours: what people wrote down of people needs a waiver."""
    if text.strip().lower().replace("_", " ") in {"human", "humans", "homo sapiens", "h. sapiens", "homo sapiens sapiens", "9606"}:
        raise ValueError("human")
    return text


def _day(text: str) -> str:
    return datetime.date.fromisoformat(text).isoformat()


_TEXT = Scalar("a text that is not empty", r"[\s\S]*\S[\s\S]*", minLength=1)
_CODE = Scalar("a code such as GEN101, or the beginning of one such as GEN", r"[A-Z]{3,4}[0-9]{0,3}")
_DATE = Scalar("a date such as 2027-06-30", r"\d{4}-\d{2}-\d{2}", _day, format="date")
_FOLDER = r"(?!\.{1,2}(?:/|$))[^/\0\\]+"
_ROOT = Scalar(
    "a folder below the root such as services/imputation, without . or .. in it",
    rf"{_FOLDER}(?:/{_FOLDER})*/*",
    lambda text: name(text).rstrip("/"),
)
_PATTERN = Scalar("a pattern of paths relative to the root, such as data/**", RELATIVE, _pattern)
_VALUE = Scalar("a number, true or false, or a word", r"[^\n]+", type=["string", "number", "boolean"])
_SHA256 = Scalar("the SHA-256 of the file: 64 hexadecimal digits", r"[0-9a-f]{64}")
_MANIFEST = Scalar("a file below .genomic-guard/waivers/", r"\.genomic-guard/waivers/[A-Za-z0-9][\w.-]{0,99}")
_LINK = Scalar("an address that begins with https://", r"https://[^\s\0]+")
_PLUGIN = Scalar("the name of an installed plugin", r"[\w.-]+")
_REVIEWED = {"reason": _TEXT, "owner": _TEXT, "expires": _DATE}
_WAIVER = OneOf(
    Fields({"code": _CODE, "path": PATH, "sha256": _SHA256, **_REVIEWED}),
    manifest=Fields({"code": _CODE, "manifest": _MANIFEST, "sha256": _SHA256, **_REVIEWED}),
)
_RESOURCE = Choice(*(pack.name for pack in PUBLIC))
_SPECIES = Scalar(
    "a species other than ours such as Escherichia coli, the word synthetic, or the name of a public resource",
    r"[A-Za-z0-9][\w .()/-]{1,99}",
    _not_human,
)
_DECLARED = Fields({"path": _PATTERN, "species": _SPECIES, "source": _TEXT, **_REVIEWED})
_CLASSES = Choice(
    *("permissive", "weak-copyleft", "strong-copyleft", "network-copyleft", "non-commercial", "use-restricted", "proprietary"),
    "unknown",
)
_ID, _ID_FORM = "an SPDX licence id such as MPL-2.0, or one such as LicenseRef-Ours", r"[A-Za-z0-9][A-Za-z0-9.+-]{0,99}"
_SPDX, _LISTED = Scalar(_ID, _ID_FORM, terms.expression), Scalar(_ID, _ID_FORM, terms.listed)
_EXPRESSION = Scalar("an SPDX expression such as MIT OR Apache-2.0", r"[A-Za-z0-9(][A-Za-z0-9.+() -]{0,199}", terms.expression)
_VERSIONS = Scalar('versions such as "<1.2" or ">=1.0, <2"', r"[^\n]{1,200}", terms.versions)
_PACKAGE = Scalar("the name of one package, without wildcards", terms.PACKAGE)
_LICENCES = Fields(
    {},
    {
        "allow-classes": ListOf(_CLASSES),
        "allow": ListOf(_LISTED),  # of cards too
        "dev-groups": ListOf(WORD),
        "dev-allow-classes": ListOf(_CLASSES),
        **dict.fromkeys(("unknown", "conflict", "uncovered"), Choice("fail", "warn", "note")),
        "own": _EXPRESSION,
        "use": Choice("any", "non-commercial-research"),
        "python": PATH,
        "exceptions": ListOf(
            Fields({"package": _PACKAGE, **_REVIEWED}, {"versions": _VERSIONS, "extra": WORD, "allow": ListOf(_SPDX)})
        ),
        "clarify": ListOf(
            Fields({"package": _PACKAGE, "expression": _EXPRESSION}, {"versions": _VERSIONS, "file": PATH, "sha256": _SHA256})
        ),
    },
)
_CARDS = Fields(
    {},
    {
        "tier": Choice("basic", "research", "release"),
        "registry": ListOf(Fields({"models": _PATTERN, "card": PATH})),  # models whose card lies elsewhere
        "fixtures": ListOf(_PATTERN),  # model files that are test data
    },
)
# The codes of the Data Use Ontology (EBISPOT/DUO, duo.csv), by their abbreviations and by their ids.
_DUO = Choice(
    *("GRU", "HMB", "DS", "POA", "NRES", "NMDS", "NPOA", "GSO", "NCU", "NPU", "NPUNCU", "IRB"),
    *("COL", "PUB", "MOR", "TS", "US", "PS", "IS", "GS", "RTN", "CC", "RS"),
    *(f"DUO:{number:07d}" for number in (1, 4, 6, 7, 11, 12, *range(15, 30), *range(42, 47)) if number != 23),
)
# What a project does with a data set, and to what the data set's terms hold it: `policy.packs.duo` compares them.
_PURPOSE = Fields(
    {},
    {
        "purpose": Choice("general", "health", "disease", "ancestry", "methods", "control"),
        **dict.fromkeys(("disease", "region", "institution", "research"), _TEXT),
        **dict.fromkeys(("commercial", "for-profit", "methods", "ancestry", "genetic", "clinical-care"), TRUTH),
        **dict.fromkeys(("approved-users", "approved-project", "approved-institution"), TRUTH),
        **dict.fromkeys(("irb", "collaboration", "publication", "return"), TRUTH),
        "published": _DATE,
    },
)
_LIMITS = Fields(
    {},
    {
        **dict.fromkeys(("disease", "region", "institution", "research"), _TEXT),
        **dict.fromkeys(("until", "publish-from"), _DATE),
    },
)
# A bare word tells of no approval, and some words of one that is not there yet or was refused.
_NO_APPROVAL = (
    r"no|none|null|nil|n/?a|tbd|tba|todo|yes|y|n|x|true|false|ok|on|off|approved|granted|given|allowed|unknown|missing|never|requested"
    r"|asked|applied|submitted|awaited|wip|later"
)
_REFUSED = (
    r"not|denied|refused|rejected|declined|revoked|withdrawn|expired|pending|awaiting|waiting|to be|under review"
    r"|in (?:review|progress)"
)


def _approval(text: str) -> str:
    """Return the text of an approval. Raises `ValueError` where it tells of none."""
    if re.fullmatch(rf"(?i)\W*(?:(?:{_NO_APPROVAL})?\W*|(?:{_REFUSED})\b[\s\S]*)", text[:200]):
        raise ValueError
    return text


_APPROVAL = Scalar(
    "where the archive's written approval is found, such as its number, or a letter and its day, and no bare word",
    r"[\s\S]*\S[\s\S]*",
    _approval,
    minLength=1,
)
_USE = Fields(
    {"id": WORD},
    {
        "controlled": TRUTH,
        "duo": ListOf(_DUO),
        "ai-training": Choice("allowed", "forbidden"),
        "share-models": Choice("allowed", "paused", "forbidden"),
        "closes": _DATE,
        "generative": Choice("allowed", "forbidden"),
        **dict.fromkeys(("dua", "dar", "owner", "irb"), _TEXT),
        "approval": _APPROVAL,
        **dict.fromkeys(("consent", "aliases"), ListOf(WORD)),
        "small-cell": COUNT,
        "use": _PURPOSE,
        "limits": _LIMITS,
        **dict.fromkeys(("paths", "models"), ListOf(_PATTERN)),
    },
)
# What a business associate agreement has to settle, and what is asked of a vendor before.
_BAA = Fields({}, dict.fromkeys(("no-training", "security", "subprocessors", "breach", "location", "traces"), TRUTH))
_DILIGENCE = Fields({}, dict.fromkeys(("assessments", "isolation", "de-identification", "updates", "governance"), _TEXT))
_VENDOR = Fields(
    {"name": _TEXT, "owner": _TEXT}, {"baa": TRUTH, "link": _LINK, "expires": _DATE, "terms": _BAA, "diligence": _DILIGENCE}
)
_SYNTHETIC = Fields({"path": PATH, "sha256": _SHA256, "generator": _TEXT, **_REVIEWED})
_ATTESTATION = Fields({"id": WORD, "owner": _TEXT, "date": _DATE, "expires": _DATE}, {"link": _LINK})
_PROJECT = Fields({"root": _ROOT}, {"licences": _LICENCES, "cards": _CARDS, **GATES})

# Lists that may stand in `.genomic-guard/<key>.yaml` as well.
REGISTERS = {
    "waivers": ListOf(_WAIVER),
    "synthetic": ListOf(_SYNTHETIC),
    "data-use": ListOf(_USE),
    "vendors": ListOf(_VENDOR),
    "attestations": ListOf(_ATTESTATION),
}
SCHEMA = Fields(
    {"version": Choice("1")},
    {
        "profile": Choice(*PROFILES),
        "packs": ListOf(Choice(*(pack.name for pack in RULES)), distinct=""),
        "select": ListOf(_CODE),
        "ignore": ListOf(Fields({"code": _CODE, "reason": _TEXT})),
        "exclude": ListOf(Fields({"path": _PATTERN, "reason": _TEXT})),
        "small-cell": COUNT,
        "checks": MapOf("a code such as GEN101", {r"[A-Z]{3,4}\d{3}": MapOf("an option", {r"[a-z][a-z-]*": _VALUE})}),
        "samples": Fields({}, {"public": ListOf(_RESOURCE), "simulated": TRUTH, "declared": ListOf(_DECLARED)}),
        **REGISTERS,
        "licences": _LICENCES,
        "cards": _CARDS,
        **GATES,
        "on-inconclusive": Fields({}, {kind: Choice("fail", "warn", "note") for kind in INCONCLUSIVE}),
        "projects": ListOf(_PROJECT, distinct="root"),
        "plugins": ListOf(_PLUGIN),
        "policy-changes": Choice("refuse", "accept"),
    },
)
