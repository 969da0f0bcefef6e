"""Rules over text that say where a note about a person may stand. Cheap to import.

Each anchor is a label, and the pattern asks for what such a label has behind it: a date, a number, a capital. So the words of
schemas, forms and programs match nothing, and only where something matches is a window read (`notes`). A small `n`, `r` or `t`
may stand before a label: they end the escapes of a string.
"""

from __future__ import annotations

from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.health.notemorehints import MORE

_FREE = rb"(?<![A-Za-mo-qsu-z])"  # no letter before, as far as one byte can tell
_LABEL = rb"[A-Za-z._ '/()&;#\x80-\xff-]"  # what labels are made of, and words between them and their values
_SIGNS = rb"[^0-9A-Za-z\r\n]"

BIRTH = Rule(
    name="note-birth",
    face="lower",
    anchors=(
        *(b"dob", b"d.o.b", b"date of birth", b"date_of_birth", b"dateofbirth", b"date-of-birth", b"birth date", b"birth_date"),
        *(
            b"birthdate",
            b"birthday",
            b"birth:",
            b"bdate",
            b"born ",
            b"geburtsdatum",
            b"geb. ",
            b"geb.:",
            b"geb ",
            b"geb:",
            b"geb.am",
        ),
        *(
            b"gebdat",
            b"geboren ",
            b"naissance",
            b"n\xc3\xa9 le",
            b"n\xc3\xa9e le",
            b"n\xc3\xa9(e) le",
            b"n\xe9 le",
            b"n\xe9e le",
            b"ddn",
        ),
        *(
            b"nacimiento",
            b"f. nac",
            b"fec. nac",
            b"fnac",
            b"nacido el",
            b"nacida el",
            b"nascita",
            b"nato il",
            b"nata il",
            b"nato/a il",
        ),
        *(b"nascimento", b"nascido", b"nascida", b"d.n.", b"dn:", b"geboortedatum", b"geb.datum", b"geb.dat", b"delsedatum"),
        *(b"delsdatum", b"dselsdato", b"f\xc3\xb6dd", b"f\xc3\xb8dt", b"syntym\xc3\xa4aika", b"data urodzenia", b"narozen\xc3\xad"),
        *("生年月日".encode(), "出生日期".encode(), "출생".encode(), "생년월일".encode(), "дата рождения".encode()),
    ),
    pattern=_FREE
    + _LABEL
    + rb"{2,48}+"
    + _SIGNS
    + rb"{0,12}+(?:\?[^0-9\n]{0,40}+)?(?:\r?\n[^0-9A-Za-z\n]{0,12}+)?(?:(?:[A-Z][A-Za-z ]{0,15}+:[^0-9\n]{0,50}+)"
    rb"|[A-Za-z\x80-\xff]{3,12}+[., ]{1,2}+)?[0-9]{1,4}(?:[-/. ,]|[A-Za-z\x80-\xff]|[0-9]{4})[ ]?[0-9A-Za-z\x80-\xff]",
)
NUMBER = Rule(
    name="note-number",
    face="lower",
    anchors=(
        *(
            b"mrn",
            b"m.r.n",
            b"mr#",
            b"mr #",
            b"mr no",
            b"medical record",
            b"medical_record",
            b"medicalrecord",
            b"med rec",
            b"med. rec",
        ),
        *(
            b"hospital n",
            b"hospital_n",
            b"hospital id",
            b"hospital_id",
            b"hosp n",
            b"hosp. n",
            b"unit n",
            b"chart n",
            b"chart #",
            b"chart#",
        ),
        *(
            b"patient id",
            b"patient_id",
            b"patientid",
            b"patient-id",
            b"patient no",
            b"patient_no",
            b"patient num",
            b"patient #",
            b"pt id",
        ),
        *(
            b"pt. id",
            b"pt_id",
            b"pat id",
            b"emrn",
            b"empi",
            b"case note",
            b"ssn",
            b"social security",
            b"social_security",
            b"soc sec",
        ),
        *(
            b"soc. sec",
            b"mbi",
            b"medicare",
            b"medicaid",
            b"nhs n",
            b"nhs_n",
            b"nhs-n",
            b"nhsn",
            b"nhs:",
            b"nhs#",
            b"nhs ",
            b"chi n",
        ),
        *(
            b"chi:",
            b"chi ",
            b"hicn",
            b"member id",
            b"member_id",
            b"memberid",
            b"member n",
            b"member #",
            b"subscriber id",
            b"policy n",
        ),
        *(b"policy #", b"insurance id", b"insurance n", b"health card", b"ohip", b"phn", b"health n", b"account n", b"acct"),
        *(b"kvnr", b"versichertenn", b"versicherten-n", b"krankenversich", b"patientenn", b"patienten-", b"fallnummer", b"fall-nr"),
        *(b"fallnr", b"aufnahmen", b"pat.-nr", b"pat-nr", b"ipp ", b"ipp:", b"nir:", b"nir ", b"sociale", b"dossier", b"nhc"),
        *(b"historia",),
        *(
            b"dni",
            b"nie:",
            b"cip:",
            b"seguridad social",
            b"nuhsa",
            b"codice fiscale",
            b"cod. fisc",
            b"c.f.",
            b"cartella",
            b"sanitari",
        ),
        *(
            b"nosologico",
            b"bsn",
            b"burgerservice",
            b"ntnummer",
            b"ntnr",
            b"dossiernummer",
            b"personnummer",
            b"personnr",
            b"pnr",
            b"journaln",
        ),
        *(b"cpr", b"hetu", b"utente", b"processo", b"prontu", b"cpf", b"cns:", b"pesel", b"ahv", b"svnr", b"sv-n", b"my name is"),
        *("病历号".encode(), "住院号".encode(), "患者番号".encode(), "身份证".encode(), "환자번호".encode()),
    ),
    pattern=_FREE + _LABEL + rb"{2,48}+[^0-9A-Za-z\n]{0,12}+(?:\?[^0-9\n]{0,40}+)?(?:\r?\n[^0-9A-Za-z\n]{0,12}+)?(?:[A-Z][A-Za-z"
    rb" ]{0,15}+:[^0-9\n]{0,40}+)?[A-Za-z]{0,6}+[-./ ]{0,2}+[0-9](?:[-. /]{0,2}+[0-9A-Za-z]){3}",
)
SSN = Rule(
    name="note-ssn",
    face="shape",
    anchors=(b"000-00-0000",),
    pattern=rb"(?<![0-9A-Za-z-])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![0-9A-Za-z-])",
)
_NAMED = rb"(?:[A-Z]|[\xc3-\xed][\x80-\xbf])[A-Za-z.'\x80-\xff-]{1,30}+(?:[ ,^]{1,2}+)(?:[A-Za-z]|[\xc3-\xed][\x80-\xbf])"
PATIENT = Rule(
    name="note-patient",
    face="lower",
    anchors=(
        *(
            b"patient:",
            b"patient :",
            b'patient":',
            b'patient": ',
            b"patient's name",
            b"patient name",
            b"patient_name",
            b"patientname",
        ),
        *(
            b"patient=",
            b"patient -",
            b"patient is ",
            b"name of patient",
            b"pt name",
            b"pt. name",
            b"pt_name",
            b"pt:",
            b"pt ",
            b"pt. ",
        ),
        *(b"client name", b"client:", b"resident:", b"resident name", b"insured:", b"insured name", b"member name", b"member:"),
        *(b"subscriber:", b"subscriber name", b"claimant:", b"re: ", b"re:", b"regarding: ", b"dear m", b"my name is", b"i'm "),
        *(
            b"paciente:",
            b"paciente ",
            b"paziente:",
            b"paziente ",
            b"patientin:",
            b"patientin ",
            b"patient/in",
            b"pat.:",
            b"patientenname",
        ),
        *(
            b"nom du patient",
            b"nombre del paciente",
            b"nome do ",
            b"nombre y apellidos",
            b"nom et pr",
            b"cognome e nome",
            b"utente:",
        ),
        *(
            b"patientnamn",
            b"pati\xc3\xabnt:",
            b"pati\xc3\xabnt ",
            b"naam pati",
            b"namn:",
            b"naam:",
            b"herr ",
            b"frau ",
            b"mme ",
            b"dhr. ",
            b"mevr",
        ),
        *("患者".encode(), "姓名".encode(), "氏名".encode(), "환자".encode()),
    ),
    pattern=_FREE + rb"(?:[A-Za-z._ '/\x80-\xff-]{2,24}?(?:[:=#>|]|is|,)|(?i:pt|pt\.|dear|herrn?|frau|mme|dhr|mevr(?:ouw)?|paciente"
    rb"|paziente|patientin|i'm|patient))"
    rb"[\s\"'*_>`]{0,8}+(?i:(?:mr|mrs|ms|miss|mme|sra|sr|frau|herrn?)\.?[ ])?" + _NAMED,
)
AGED = Rule(
    name="note-aged",
    face="lower",
    anchors=(
        b"year-old",
        b"year old",
        b"years old",
        b"y/o ",
        b"yo m",
        b"yo f",
        b"yo w",
        b"y.o. ",
        b"yr-old",
        b"yr old",
        b"years of age",
    ),
    pattern=rb"(?<=[0-9 -])(?:[Yy])",
)
DATED = Rule(  # a name, and in brackets behind it a day
    name="note-dated",
    face="shape",
    anchors=(
        b" (00/00/0000)",
        b" (0000-00-00)",
        b" (0/0/0000)",
        b" (00/0/0000)",
        b" (0/00/0000)",
        b" (00.00.0000)",
        b" (00-00-0000)",
        b"**, 00/00/0000",
        b"**, 0000-00-00",
        b"**, 00.00.0000",
    ),
    pattern=rb"(?<=[a-z\x80-\xff])(?: \([0-9./-]{8,10}\)|\*\*, [0-9./-]{8,10}(?![0-9]))",
)
RULES = (BIRTH, NUMBER, SSN, PATIENT, AGED, DATED, *MORE)
