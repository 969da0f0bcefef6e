"""Rules over text that say where health data may be read. Cheap to import; used by providers and checks."""

from __future__ import annotations

from pytest_genomic_guard.model import Rule

# Four signs after MSH are its field separator and the first encoding characters (HL7 v2.5.1, 2.15.9.1 and 2.15.9.2).
HL7 = Rule(name="hl7-message", anchors=(b"MSH",), pattern=rb"MSH[!-/:-@\[-`{-~][!-/:-@\[-`{-~]{2,12}")
# A PID segment whose message header is elsewhere or gone: set id, then the first of its id fields.
HL7_PERSON = Rule(name="hl7-person", anchors=(b"PID|",), pattern=rb"PID\|[0-9]{0,4}\|[^|\r\n]{0,200}\|")
# ISA01 is 00 or 03 (X12.5, interchange control header).
X12 = Rule(name="x12-interchange", anchors=(b"ISA",), pattern=rb"ISA[^0-9A-Za-z \r\n](?:00|03)[^0-9A-Za-z\r\n]")
# A person (entity type 1) as insured, patient, corrected or prior insured, dependant, in what was cut out of an interchange.
X12_PERSON = Rule(
    name="x12-person", anchors=(b"NM1",), pattern=rb"NM1[^0-9A-Za-z \r\n](?:IL|QC|74|03|70)[^0-9A-Za-z \r\n]1[^0-9A-Za-z \r\n]"
)
# A resource of FHIR in JSON, YAML or the literals of a program: the key for its type, and the type (FHIR R4, 2.6.2).
FHIR = Rule(
    name="fhir-resource",
    anchors=(b"resourceType", b"resource_type"),
    pattern=rb"resource_?[Tt]ype\\{0,7}[\"'`]?\s{0,8}(?::|=>?|,)\s{0,8}\\{0,7}[\"'`]?[A-Z][A-Za-z]{3,40}",
)
# A person in its XML, with or without a prefix, and in its Turtle.
FHIR_PERSON = Rule(
    name="fhir-person",
    anchors=(b"<Patient", b":Patient", b"<Person", b":Person", b"<RelatedPerson", b":RelatedPerson"),
    pattern=rb"[<:](?:Patient|Person|RelatedPerson)(?=[ \t\r\n>;/])",
)
# Whom a document of CDA is about (CDA R2, 4.2.2.11), and the actors of a CCR (ASTM E2369).
# and whom messages of HL7 V3 are about (Patient Administration, R_Patient: a patient with a patientPerson).
CDA = Rule(
    name="cda-patient",
    anchors=(b"<patientRole", b":patientRole", b"<patientPerson", b":patientPerson"),
    pattern=rb"[<:]patient(?:Role|Person)(?=[ \t\r\n>\\])",
)
CCR = Rule(name="ccr-actor", anchors=(b"<CurrentName", b":CurrentName"), pattern=rb"[<:]CurrentName(?=[ \t\r\n>\\])")
