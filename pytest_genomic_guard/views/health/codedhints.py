"""Rules for messages and exports with codes for fields, that may tell of people (`coded`). They decide nothing."""

from __future__ import annotations

from pytest_genomic_guard.model import Rule

# LIS2-A2, 7: a patient record has its number, ids, and a name of parts or a day of birth
ANALYSER = Rule(
    name="coded-analyser",
    anchors=(b"P|1|", b"P|2|"),
    pattern=rb"(?<![A-Za-z|])P\|[12]\|(?:[^|\r\n]{0,80}\|){3}(?:[^|\r\n^]{1,60}\^|[^|\r\n]{0,80}\|[^|\r\n]{0,60}\|(?:19|20)\d{6})",
)
PHARMACY = Rule(  # fields of D.0 stand behind a sign that parts them, or what a log shows for it
    name="coded-pharmacy",
    anchors=(b"\x1cca", b"\x1ccb", b"<fs>ca", b"<fs>cb", b"\\x1cca", b"\\x1ccb", b"\\u001cca", b"^\\ca"),
    pattern=rb"(?:\x1c|<FS>|\\x1c|\\u001c|\^\\)C[AB][A-Za-z\x80-\xff]",
    face="lower",
)
SLOT = Rule(
    name="coded-slot",
    anchors=(b"PID-3|", b"PID-5|", b"PID-7|"),
    pattern=rb"PID-[357]\|[^<\s|]",
)
TRIAL = Rule(name="coded-trial", anchors=(b"SubjectKey=",), pattern=rb"SubjectKey=[\"'][^\"'<>{}$]{1,80}[\"']")
TELEPHONE = Rule(
    name="coded-telephone",
    anchors=(b"HKCharacteristicTypeIdentifierDateOfBirth",),
    pattern=rb"HKCharacteristicTypeIdentifierDateOfBirth=\"\d{4}-",
)
ARCHETYPE = Rule(
    name="coded-archetype",
    anchors=(b"schemas.openehr.org", b"openEHR-EHR-", b"openEHR-DEMOGRAPHIC-"),
    pattern=rb"(?:schemas\.openehr\.org/v\d|openEHR-(?:EHR|DEMOGRAPHIC)-(?:COMPOSITION|PERSON|ROLE))",
)
# What a form asks of a person, as a text in JSON: a value, and no key
QUESTION = Rule(
    name="coded-question",
    face="lower",
    anchors=(
        *(
            b'full name"',
            b'first name"',
            b'last name"',
            b'given name"',
            b'family name"',
            b'surname"',
            b'patient name"',
            b'your name"',
        ),
        *(b'of birth"', b'birth date"', b'birthdate"', b'birthday"', b'dob"', b'geburtsdatum"', b'nachname"', b'de naissance"'),
        *(
            b'de nacimiento"',
            b'apellidos"',
            b'apellido"',
            b'nascita"',
            b'nascimento"',
            b'geboortedatum"',
            b"of birth?",
            b"full name?",
        ),
        *(b"your name?", b'nom"', b'cognome"', b'achternaam"', b'completo"', b"birthday?"),
        *(b'name"%c' % after for after in b" \t\n\r\v\f,}"),
    ),
    pattern=rb"(?i:of birth|(?:full|first|last|given|family|patient|your) name|surname|birth ?da(?:te|y)|dob|geburtsdatum|nachname"
    rb"|de naissance|de nacimiento|apellidos?|nascita|nascimento|geboortedatum|nom|cognome|achternaam|completo|(?<=: \")name)"
    rb"[?:*]?\"\s{0,40}[,}]",
)
COHORT = Rule(
    name="coded-cohort",
    face="lower",
    anchors=(b"<subject ", b"<patient ", b"<participant ", b"<case ", b"<proband ", b"<person "),
    pattern=rb"<[A-Za-z]{4,11} (?:[a-z_]{1,20}=\"[^\"<>{}$]{0,80}\" ){0,4}id=\"[A-Za-z-]{0,8}\d[^\"<>{}$]{2,40}\""
    rb"[^<>]{0,300}>\s{0,40}<",
)
STRUCTURE = Rule(  # rows of C: texts in brackets in brackets
    name="coded-structure",
    anchors=(b"] = {", b"]={", b"] ={"),
    pattern=rb"\] ?= ?\{\s{0,40}\{\s{0,20}\"[^\"\n]{1,80}\"\s{0,8},\s{0,8}\"[^\"\n]{1,80}\"\s{0,8},",
)
CELLS = Rule(  # rows of MATLAB that go on in the next line
    name="coded-cells",
    anchors=(b"; ...", b";..."),
    pattern=rb"; ?\.\.\.[ \t]{0,8}\r?\n[ \t]{0,12}'[A-Za-z]",
)
CORRECTION = Rule(
    name="coded-correction",
    anchors=(b'== "', b"== '", b'=="', b"=='"),
    pattern=rb"== ?[\"'][A-Z][\w'-]{1,30},? [A-Z][^\"\n]{1,40}[\"'][^\n]{1,80}== ?",
)
RULES = (COHORT, STRUCTURE, CELLS, CORRECTION, ANALYSER, PHARMACY, SLOT, TRIAL, TELEPHONE, ARCHETYPE, QUESTION)
NAMES = frozenset(rule.name for rule in RULES)
