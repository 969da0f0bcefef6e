"""Reading of clinical genomic documents: what is about a person in them, and what only describes variants or formats.

Sources: GA4GH Phenopacket Schema 1 and 2, Beacon 2 (individuals, biosamples, genomicVariations), HL7 FHIR Genomics Reporting 2.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic import calls, exports
from pytest_genomic_guard.views.genomic.consumer import Export
from pytest_genomic_guard.views.genomic.documents import ClinicalDocument
from pytest_genomic_guard.views.genomic.naming import bare

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from pytest_genomic_guard.views.genomic.head import Head
    from pytest_genomic_guard.views.genomic.seen import Genomic

_PARSED = 8 << 20  # bytes of a document that is parsed whole; of a longer one its beginning is judged by its words
_NODES = 200_000  # objects of one document that are looked at
_FEWEST = 4  # keys of an object of genotypes
_DEEP = 24  # objects in objects
_SCHEMA = frozenset({"$schema", "openapi", "swagger", "$defs", "definitions", "$ref"})
_FEATURES = (
    "phenotypicFeatures",
    "phenotypic_features",
    "interpretations",
    "diseases",
    "medicalActions",
    "medical_actions",
    "measurements",
)
_FEATURES_V1 = ("genes", "variants", "biosamples", "htsFiles", "hts_files", "files")
_INNER = (dict, list)
_RS = (b'"rs', b'"\\u', b'"r\\u')  # how such a key begins, which may be escaped
_META = ("metaData", "meta_data", "phenopacketSchemaVersion")
_BEACON = (
    "diseases",
    "phenotypicFeatures",
    "geographicOrigin",
    "ethnicity",
    "karyotypicSex",
    "interventionsOrProcedures",
    "measures",
)
# Each object that is told has one of these, which most objects have not
_TELLING = frozenset(
    {"resourceType", "sex", "karyotypicSex", "individualId", "biosampleId", "matcherMetadata", "metadata", "LocusResults"}
    | {"RepeatSizes", "hla", *_FEATURES, *_FEATURES_V1}
)
_CODES_OF_LOINC = (  # genomic findings: HL7 Genomics Reporting, and LOINC panel 81247-9
    "69548-6 48018-6 48004-6 48005-3 81252-9 51958-7 81290-9 53034-5 51963-7 48013-7 48019-4 82121-5 84413-4 84414-2 81304-8"
    " 53037-8 48006-1 81258-6 82120-7 83005-9 92821-8 81247-9 51969-4 48008-7 48002-0 81255-2 81259-4 69547-8 69551-0 86206-0"
    " 82154-6 82155-3 51961-1 51962-9 53040-2 93044-6 94076-7 62374-4 48001-2 56797-4 50397-9 79716-7 79715-9"
)
LOINC = frozenset(_CODES_OF_LOINC.split())
GENOMIC = regex(
    r"(?i)genomics-reporting|genomics/structuredefinition|/(?:geneticsobservation|observation-genetics|variant|genotype)\b"
)
RESOURCES = frozenset(
    {"Observation", "DiagnosticReport", "MolecularSequence", "Sequence", "GenomicStudy", "RiskAssessment", "Condition"}
)
_QUOTE = rb"[\"']"
_PACKET = regex(_QUOTE + rb"(?:phenopacketSchemaVersion|phenopacket_schema_version|phenotypicFeatures)" + _QUOTE + rb"\s*:")
_SUBJECT = regex(
    _QUOTE + rb"(?:subject|proband)" + _QUOTE + rb"\s*:\s*\{\s*" + _QUOTE + rb"(?!type\b|\$ref|description|properties)"
)
_SUBJECT_OF_YAML = regex(
    rb"(?m)^([ \t-]*)[\"']?(?:subject|proband)[\"']?:[ \t]*\r?\n(?:\1[ \t]+\S[^\n]*\n){0,8}?\1[ \t]+[\"']?id[\"']?:[ \t]*(\S+)"
)
_SCHEMA_OF_YAML = regex(rb"(?m)^[ \t-]*[\"']?(?:properties|\$ref|openapi|swagger|\$schema)[\"']?:")
_FHIR = regex(rb"\"resourceType\"\s*:\s*\"(?:Observation|DiagnosticReport|MolecularSequence|Bundle)\"")
_CODES = regex(rb"\"code\"\s*:\s*\"(" + "|".join(sorted(LOINC)).encode() + rb")\"")
_PLACED = regex(rb"\"(?:ref|REF|reference|referenceBases|alleles)\"\s*:")
_CALLED = regex(rb"\"(?:GT|gt|genotype)\"\s*:\s*(?:\"(?:\d|\.)[/|](?:\d|\.)|\[\s*\d\s*,\s*\d\s*\])")
_PATIENT = regex(rb"\"(?:subject|patient)\"\s*:\s*\{\s*\"reference\"\s*:\s*\"([^\"]{1,200})\"")


class Found:
    """What was found: how many records, and the names of those whom they are about."""

    def __init__(self, form: str) -> None:
        """Begin with none."""
        self.form, self.records, self.names = form, 0, dict[str, None]()

    def add(self, name: Any) -> None:
        """Count a record, about somebody whose name is known or not."""
        self.records += 1
        if isinstance(name, str | int) and str(name):
            self.names[str(name)[:200]] = None


def read(head: Head) -> Genomic | None:
    """Return what a document is; None for one that is about nobody, and for schemas."""
    data = head.peek(_PARSED + 1)
    found = None
    if head.lines[0].lstrip()[:1] in {b"{", b"["}:
        values = _parsed(data) if len(data) <= _PARSED else None
        found = _by_words(data[:_PARSED]) if values is None else _by_values(values)
        if not found and values is not None and any(begun in data for begun in _RS):
            return _export(head, values)
    elif (subjects := _SUBJECT_OF_YAML.findall(data[:_PARSED])) and not _SCHEMA_OF_YAML.search(data[:_PARSED]):
        found = Found("phenopacket")
        for _indent, name in subjects:
            found.add(name.decode("utf-8", "replace").strip("\"'"))
    if not found:
        return None
    names = tuple(bare(name.encode("utf-8", "replace")) for name in found.names)
    return head.seen(ClinicalDocument, found.form, len(found.names) or 1, found.records, names, final=False)


def _export(head: Head, values: list[Any]) -> Export | None:
    """Return genotypes by rs number: an object for each person."""
    people = variants = 0
    for each in _objects(values):
        if len(each) < _FEWEST:
            continue
        rows = [(key, _call(value)) for key, value in each.items() if key.startswith("rs")]
        if (
            len(rows) >= _FEWEST
            and len(rows) * 2 > len(each)
            and (found := exports.judged(["rsid", "genotype"], rows, provider=False))
        ):
            people, variants = people + 1, max(variants, found.variants)
    if not people:
        return None
    return head.seen(Export, "genotypes by rs number in JSON", people, variants, final=False)


def _call(value: Any) -> str:
    """Return a genotype that stands alone, in an object, or as two letters in a list."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("genotype", "Genotype", "gt", "call", "alleles") if key in value), "")
    return "/".join(map(str, value)) if isinstance(value, list) and len(value) == 2 else str(value)[:200]


def _parsed(data: bytes) -> list[Any] | None:
    """Return the value of a document, or those of its lines; None for one that is cut, damaged or too deep."""
    import json  # noqa: PLC0415 - most texts are no document

    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    try:
        return [json.loads(text)]
    except RecursionError:
        return None
    except ValueError:
        pass
    values = []
    for line in text.splitlines():
        if line.strip():
            try:
                values.append(json.loads(line))
            except (ValueError, RecursionError):
                return None
    return values or None


def _by_words(data: bytes) -> Found | None:
    """Judge a document that cannot be parsed, as one that was cut or printed by Python."""
    if any(f'"{word}"'.encode() in data[:4096] for word in _SCHEMA):
        return None
    if _PACKET.search(data) and _SUBJECT.search(data):
        found = Found("phenopacket")
        found.add(None)
        return found
    names = _PATIENT.findall(data) if _FHIR.search(data) and _CODES.search(data) else []
    if names:
        found = Found("FHIR genomics")
        for name in names:
            found.add(name.decode("utf-8", "replace"))
        return found
    if _PLACED.search(data) and _CALLED.search(data):
        found = Found("variants with calls in JSON")
        found.add(None)
        return found
    return None


def _by_values(values: list[Any]) -> Found | None:
    """Look at all objects, those of the first form that is found together."""
    found: dict[str, Found] = {}
    for each in _objects(values):
        form, name = ("", None) if _TELLING.isdisjoint(each) else _told(each)
        if form:
            found.setdefault(form, Found(form)).add(name)
    if found:
        return max(found.values(), key=lambda one: one.records)
    people, variants = calls.counted(values)
    if not people:
        return None
    made = Found("variants with calls in JSON")
    made.records = variants
    made.names = dict.fromkeys(people)
    return made


def _objects(values: list[Any]) -> Iterator[dict[str, Any]]:
    """Yield the objects of a document from the top, but not what a schema holds."""
    waiting, left = [(value, 0) for value in reversed(values)], _NODES
    while waiting and left:
        value, depth = waiting.pop()
        left -= 1
        if isinstance(value, dict):
            if not _SCHEMA.isdisjoint(value) or (isinstance(value.get("properties"), dict) and "type" in value):
                continue
            yield value
            inner = list(value.values())
        else:
            inner = value if isinstance(value, list) else []
        if depth < _DEEP:
            waiting += [(each, depth + 1) for each in reversed(inner[:left]) if isinstance(each, _INNER)]


def _told(each: dict[str, Any]) -> tuple[str, Any]:
    """Return of which form an object is, if it is a person's, and that person's name."""
    if isinstance(kind := each.get("resourceType"), str):
        return _fhir(each, kind)
    subject = each.get("subject", each.get("proband"))
    if any(isinstance(each.get(key), list) for key in (*_FEATURES, *_FEATURES_V1)):
        named = isinstance(subject, dict) and ("id" in subject or "sex" in subject)
        if named and any(isinstance(each.get(key), list) for key in (*_FEATURES, *_META, *_FEATURES_V1)):
            return "phenopacket", subject["id"] if isinstance(subject, dict) and "id" in subject else None
        meta = each.get("metaData", each.get("meta_data"))
        if isinstance(meta, dict) and ("phenopacketSchemaVersion" in meta or "phenopacket_schema_version" in meta):
            return "phenopacket", each.get("id")
    return _beacon(each)


def _beacon(each: dict[str, Any]) -> tuple[str, Any]:
    """Beacon 2: individuals, biosamples, runs and the cases of a variant; answers with counts are none of them."""
    sex = each.get("sex", each.get("karyotypicSex"))
    if "id" in each and isinstance(sex, dict | str) and any(isinstance(each.get(key), list | dict) for key in _BEACON):
        return "Beacon records", each["id"]
    if isinstance(each.get("individualId"), str):
        if any(
            key in each for key in ("biosampleStatus", "sampleOriginType", "runDate", "libraryStrategy", "zygosity", "platform")
        ):
            return "Beacon records", each["individualId"]
    elif isinstance(each.get("biosampleId"), str) and any(
        key in each for key in ("zygosity", "clinicalInterpretations", "callsetId")
    ):
        return "Beacon records", each["biosampleId"]
    return _typed(each)


def _typed(each: dict[str, Any]) -> tuple[str, Any]:
    """Tell what programs write of one sample: PharmCAT, ExpansionHunter, xHLA."""
    told, repeats = each.get("metadata"), each.get("LocusResults")
    if "matcherMetadata" in each and len(each) > 1:
        return "PharmCAT report", None
    if isinstance(told, dict) and "namedAlleleMatcherVersion" in told and each.get("results"):
        return "PharmCAT matches", told.get("sampleId")
    if isinstance(repeats, dict) and any(isinstance(one, dict) and one.get("Variants") for one in repeats.values()):
        sample = each.get("SampleParameters")
        return "lengths of repeats", sample.get("SampleId") if isinstance(sample, dict) else None
    if "RepeatSizes" in each and "RepeatUnit" in each and "Genotype" in each:
        return "lengths of repeats", None
    types = each.get("hla")
    named = each.get("subject_id", each.get("sample_id"))
    return ("HLA types", named) if named and isinstance(types, dict) and types.get("alleles") else ("", None)


def _fhir(each: dict[str, Any], kind: str) -> tuple[str, Any]:
    """FHIR: a resource with a genomic code, or of genomics altogether, about a patient."""
    if kind not in RESOURCES:
        return "", None
    who = each.get("subject", each.get("patient"))
    name = who.get("reference", who.get("display", who.get("identifier"))) if isinstance(who, dict) else None
    if not isinstance(who, dict) or not who:
        return "", None
    genomic = kind in {"MolecularSequence", "Sequence", "GenomicStudy"} or _is_genomic(each)
    return ("FHIR genomics", name) if genomic else ("", None)


def _is_genomic(each: dict[str, Any]) -> bool:
    meta = each.get("meta")
    profiles = meta.get("profile") if isinstance(meta, dict) else None
    if isinstance(profiles, list) and any(isinstance(one, str) and GENOMIC.search(one) for one in profiles):
        return True
    told = [each.get("code"), *(part.get("code") for part in _list(each.get("component")) if isinstance(part, dict))]
    codings = [coding for code in told if isinstance(code, dict) for coding in _list(code.get("coding"))]
    return any(isinstance(coding, dict) and coding.get("code") in LOINC for coding in codings)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
