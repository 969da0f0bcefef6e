"""Rules that say which texts are asked for tables about people: names of columns as a header, a record or a page has them.

They decide nothing. A word counts where a cell ends behind it and another cell follows, so that prose and code stay unread.
"""

from __future__ import annotations

from pytest_genomic_guard.model import Rule

# What is left of a name of a column, then what parts it from the next one, which is short and ends in the same way; or the quote
# and colon of a record's key, the end of a cell of a page, blanks of a printed table, or how R and SQL list names
_REST = rb"[\w.()/%#*'\x80-\xff-]{0,24}(?:[ _][\w.()/%#*'\x80-\xff-]{1,20}){0,4}"
_NEXT = rb"[\"' ]{0,3}[\w.()/%#*'\x80-\xff][\w.()/%#*'\x80-\xff -]{0,47}[\"']{0,2} {0,3}"
_END = (
    rb"(?:[\"']? {0,20}(?:,[\"']?(?! )" + _NEXT + rb"(?:,|\r?$)|[;\t|^~] {0,3}" + _NEXT + rb"(?:[;\t|^~]|\r?$))"
    rb"|[\"'] {0,2}: |[\"']:[\[{\"'0-9tfn-]|[\"']?</t[hd]>|[\"'] ?=> ?|[`\"']?, [^()\n]{0,400}\)\s{0,9}(?i:VALUES)| {0,2}= ?c\("
    rb"|(?<![.:;!?,]) {2,40}[A-Za-z_][\w.%-]{0,30}(?: |\r?$))"
)
_BEGIN = rb"(?:(?<![A-Za-z])|(?<=[a-z])(?=[A-Z]))"  # of a word, also behind another one as in patientDOB


def _rule(name: str, words: str, *more: bytes) -> Rule:
    anchors = (*(word.replace("+", " ").encode() for word in words.split()), *more)
    stems = rb"(?i:" + b"|".join(anchor.rstrip(b',\t";|').replace(b" ", rb"[ ]") for anchor in anchors) + rb")"
    last = rb"|(?<=[,;|\t\"])" + stems + _REST + rb"[\"']?\r?$"  # the last of a row
    return Rule(name=name, anchors=anchors, pattern=_BEGIN + stems + _REST + _END + last, face="lower")


PEOPLE = _rule(
    "column-of-patients",
    "patient paciente paziente pat_id patid pt_id ptid pt_name subject_ subjectid subjid usubjid participant mrn"
    " medical+rec medical_rec medicalrec hospital_n hospital+n uhid record_id study_id studyid person_id personid"
    " hadm_id encounter case_id case+id",
)
NAMES = _rule(
    "column-of-names",
    "first_name firstname first+name last_name lastname last+name full_name fullname full+name surname forename"
    " given_name family_name nachname vorname prenom apellido cognome sobrenome achternaam voornaam efternamn namn+"
    " naam nom+complet nome+completo nombre",
    "prénom".encode(),
    "förnamn".encode(),
)
BIRTHS = _rule(
    "column-of-births",
    "dob birth geburts gebdat naissance nacimiento nascita nascimento geboorte ssn social_sec social+sec mbi"
    " medicare medicaid nhs+n nhs_n nhsn member_id member+id memberid insurance payer claim",
    "födelse".encode(),
)
FINDINGS = _rule(
    "column-of-findings",
    "diagnos hauptdiagnos dx_ dx1 dxcode icd1 icd9 icd_ icd+ icd-"
    " comorb condition disease medication medicat medica medika farmac drug prescri treatment"
    "allerg vaccin immuni procedure cpt hcpcs ndc rxnorm loinc snomed symptom complaint admission admit discharge"
    " aufnahme entlassung ingreso ricovero internac opname inskriv ward appointment appt onset smok pregnan"
    " cause_of_death hospitali tumor tumour stage histolog adverse phq gad7 vital clinical note_text impression hpi",
    b"dx,",
    b"dx\t",
    b'dx"',
    b"dx;",
    b"dx|",
    b"aeterm",
    "läkemedel".encode(),
)
MEASURES = _rule(
    "column-of-measurements",
    "hba1c a1c egfr creatin cholest hemoglob haemoglob hgb triglyc glucose ldl hdl bmi sbp dbp systolic diastolic"
    " heart_rate heartrate heart+rate blood_pres blood+pres bloodpres spo2 lab_ test_name test+name testname lbtest"
    " vstest diabet hypertens stroke wbc platelet",
)
SOCIAL_SECURITY = Rule(  # in a cell, whatever the column is called
    name="cell-of-social-security",
    anchors=(b"000-00-0000",),
    pattern=rb"(?<![\w-])\d{3}-\d{2}-\d{4}(?:[\"' ]{0,2}[,;\t|<]|[\"']?\r?$| {2,9}\S)",
    face="shape",
)
_MBI = rb"(?<![0-9A-Za-z])[1-9][AC-HJ-KM-NP-RT-Y][0-9A-Z][0-9]-?[AC-HJ-KM-NP-RT-Y][0-9A-Z][0-9]-?[A-Z]{2}[0-9]{2}(?![0-9A-Za-z])"
BENEFICIARY = Rule(  # beside a date, with no names of columns
    name="cell-of-beneficiary",
    anchors=(b"0000-00-00", b"00/00/0000"),
    pattern=rb"[0-9/-]{10}[^\n]{0,160}\n?[^\n]{0,160}?" + _MBI,
    face="shape",
)
TELEPHONE = Rule(  # in a cell of a row that has others, for tables without names of columns
    name="cell-of-telephone",
    anchors=(b"000-000-0000", b"(000) 000-0000", b"000.000.0000"),
    pattern=rb"(?<![\w.-])\(?\d{3}[-.)] ?\d{3}[-.]\d{4}[\"']?[,;\t|][\"' ]{0,2}\w",
    face="shape",
)
PEOPLE_HINTS = (PEOPLE, NAMES, BIRTHS, FINDINGS, MEASURES, SOCIAL_SECURITY, BENEFICIARY, TELEPHONE)
