"""What marks people of FHIR as made up, and how values are taken out of resources that may hold anything."""

from __future__ import annotations

from pytest_genomic_guard.identifiers.fictional import TOGETHER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MOST = 12  # names, numbers and the like of one person that are looked at
_LONGEST = 200  # characters of a value
_TEMPLATE = ("${", "{{", "{%", "<%", "%s", "%(", "#{")
# Families of HL7's examples and of forms, whoever else stands beside them
_SPECIMENS = frozenset({"everyman", "everywoman", "everychild", "nuclear", "mustermann", "betterhalf", "mychart"})
_MARKS = (
    ("synthetichealth", "an identifier of Synthea"),
    ("synthea", "an identifier of Synthea"),
    ("smarthealthit.org", "an identifier of the SMART sandbox"),
    ("logicahealth.org", "an identifier of the Logica sandbox"),
    ("1.2.840.114350.1.13.0.1.7", "an identifier of Epic's sandbox"),
    ("projectcypress", "an identifier of a test deck of Cypress"),
    ("1.2.36.146.595.217.0.1 12345 ", "an identifier of the specification's example"),  # other numbers of it stand in copies
)
_OWN = ("id", "identifier", "name", "telecom", "address")  # what a template of a person leaves open


# Patients of HL7's examples whose names others could have: f201
_WHOLE = frozenset({frozenset({"roelof", "olaf", "bor"})})


def of_a_specification(words: list[str]) -> bool:
    """Tell whether a name is one of the people whom specifications and forms show."""
    import unicodedata  # noqa: PLC0415 - for people of FHIR only

    plain = (unicodedata.normalize("NFKD", word.casefold()) for word in " ".join(words).replace(",", " ").split())
    kept = {"".join(each for each in word if each.isalpha()) for word in plain}
    return bool(kept & _SPECIMENS) or kept in _WHOLE or any(frozenset(kept - {word}) in TOGETHER for word in ("", *kept))


def marked(resource: dict[str, Any]) -> str:
    """Return what marks a resource as made up, in our own words; nothing where nothing does."""
    mark = ""
    meta = resource.get("meta")
    for label in (*several(meta, "security"), *several(meta, "tag")) if isinstance(meta, dict) else ():
        told = f"{text_of(label.get('system'))} {text_of(label.get('code'))} {text_of(label.get('display'))}".lower()
        if text_of(label.get("code")).upper() == "HTEST":
            return "HTEST in meta.security"
        if any(word in told for word in ("synthea", "synthetic", "smarthealthit", "test-data", "testdata", "test data")):
            mark = mark or "a tag in meta"
    places = [*several(resource, "identifier"), *several(resource, "extension")]
    for each in places:
        told = f"{text_of(each.get('system'))} {text_of(each.get('value'))} {text_of(each.get('url'))}".lower()
        mark = mark or next((meant for word, meant in _MARKS if word in told), "")
    if not mark and any(_open(resource.get(key)) for key in _OWN):
        mark = "a template's places that nothing filled"
    text = resource.get("text")
    div = text.get("div") if isinstance(text, dict) else ""
    if isinstance(div, str) and "synthea" in div[:4096].lower():
        mark = mark or "a narrative of Synthea"
    return mark


def _open(value: Any, depth: int = 4) -> bool:
    """Tell whether a template is still to fill a text in a value."""
    if isinstance(value, str):
        return any(sign in value[:_LONGEST] for sign in _TEMPLATE)
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return depth > 0 and any(_open(each, depth - 1) for each in list(inner)[:_MOST])


def several(holder: Any, key: str) -> list[dict[str, Any]]:
    """Return the objects under a key, of which there may be one or a list."""
    value = holder.get(key) if isinstance(holder, dict) else None
    values = value if isinstance(value, list) else [value]
    return [each for each in values[:_MOST] if isinstance(each, dict)]


def listed(value: Any) -> list[str]:
    """Return the texts of a value, of which there may be one or a list."""
    values = value if isinstance(value, list) else [value]
    return [text for each in values[:_MOST] if (text := text_of(each))]


def text_of(value: Any, longest: int = _LONGEST) -> str:
    """Return a text of a bounded length that no template will fill, or nothing."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**20 else ""
    if not isinstance(value, str) or any(sign in value[:longest] for sign in _TEMPLATE):
        return ""
    return value[:longest].strip()
