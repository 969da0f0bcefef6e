"""Rules that say which texts are asked for tables about people: names of columns as a header, a record or a page has them.

They decide nothing. A word counts where a cell ends behind it and another cell follows, so that prose and code stay unread.
"""

# ruff: noqa: RUF001 - letters of many countries

from __future__ import annotations

from pytest_genomic_guard.model import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

# What is left of a name of a column, then what parts it from the next one, which is short and ends in the same way; or the quote
# and colon of a record's key, the end of a cell of a page, blanks of a printed table, or how R and SQL list names
_REST = rb"[\w.()/%#*\x80-\xff-]{0,64}+(?:[ '][\w.()/%#*\x80-\xff-]{1,20}+){0,4}+"
_NEXT = rb"[\"' ]{0,3}[\w.()/%#*'\x80-\xff][\w.()/%#*'\x80-\xff -]{0,47}[\"']{0,2} {0,3}"
_END = (
    rb"(?:[\"']? {0,20}(?:,[\"']?(?! )" + _NEXT + rb"(?:,|\r?$)|[;\t|^~] {0,3}" + _NEXT + rb"(?:[;\t|^~]|\r?$))"
    rb"|[\"'] {0,2}: |[\"']:[\[{\"'0-9tfn-]|[\"']?</t[hd]>|[\"'] ?=> ?|[`\"']?, [^()\n]{0,400}\)\s{0,9}(?i:VALUES)| {0,2}= ?c\("
    rb"|(?<![.:;!?,]) {2,40}[A-Za-z_][\w.%-]{0,30}(?: |\r?$))"
)
_BEGIN = rb"(?:(?<![A-Za-z])|(?<=[a-z])(?=[A-Z]))"  # of a word, also behind another one as in patientDOB


def stems(words: Iterable[bytes]) -> bytes:
    """Return an expression for any of some words, in either case, by their first letter: the others are not tried."""
    found: dict[bytes, dict[bytes, None]] = {}
    for word in words:
        found.setdefault(word[:1].lower(), {})[word[1:].replace(b" ", rb"[ ]")] = None
    return rb"(?i:" + b"|".join(first + rb"(?:" + b"|".join(rests) + rb")" for first, rests in found.items()) + rb")"


def _rule(name: str, words: str, *more: bytes) -> Rule:
    anchors = (*(word.replace("+", " ").lower().encode() for word in words.split()), *more)
    word = stems(anchor.rstrip(b',\t";|') for anchor in anchors)
    last = rb"|(?<=[,;|\t\"])" + word + _REST + rb"[\"']?\r?$"  # the last of a row
    return Rule(name=name, anchors=anchors, pattern=_BEGIN + word + _REST + _END + last, face="lower")


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
    " allerg vaccin immuni procedure cpt hcpcs ndc rxnorm loinc snomed symptom complaint admission admit discharge"
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
_ABROAD = """
diagnóz léky lieky lääk betegség gyógyszer születési hastalı ilaç chẩn bệnh thuốc διάγνωσ φάρμακ γέννησ диагноз діагноз лекарств
рождения народження назначен 诊断 診斷 診断 病名 疾病 用药 用藥 处方 処方 薬 出生 生年月日 生日 진단 생년월일 처방 질병 التشخيص
الميلاد المريض אבחנ תאריך การวินิจฉัย วันเกิด
"""
ABROAD = _rule(  # of findings and births, in languages whose words begin with no letters of those above
    "column-abroad",
    "diagno dijagno rozpoznan choroba onemocn ochoren sairau bno mkn10 mkb tan\u0131 obat penyakit syntym narozen urodzeni nacimi"
    " rodjenja do\u011fum ng\u00e0y lahir padecim sykdom sygdom lidelse aandoen behand tratam traitem ziekte terapia",
    *(form.encode() for word in _ABROAD.split() for form in dict.fromkeys((word, word.capitalize(), word.upper()))),
)
STATES = _rule(  # of health, of people at school, at work, in a trial or a shelter
    "column-of-states-of-health",
    "hiv sti_ sti+ std_ tb_ tst igra pep prep+ prep_ hearing pta+ od+sph od_sph audiogram spirometr amputat prosthe"
    " socket epipen intoleran chronic disabil sober relapse recover_ detox narcan overdos substance blood+lead body+part"
    " injury organ abo meld dialys transplant embryo oocyt gestation eligib ineligib inclusion proband carrier variant"
    " genotype referral+indic iop perio mental suicid self_harm covid pcr swab isolation quarantin illness ailment sick_"
    " sick+ impairment toxicol cause+of biopsy+ therapy vaccinat mobility+ falls uds drug+test quantiferon titer titre"
    " flu+shot flu_shot hep+b hepb_ tb+q tb+t tb+s",
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
    pattern=rb"[0-9/-]{10}(?:[0-9A-Za-z]{0,64}+[^0-9A-Za-z]{1,40}+){1,40}?" + _MBI,
    face="shape",
)
TELEPHONE = Rule(  # in a cell of a row that has others, for tables without names of columns
    name="cell-of-telephone",
    anchors=(b"000-000-0000", b"(000) 000-0000", b"000.000.0000"),
    pattern=rb"(?<![\w.-])\(?\d{3}[-.)] ?\d{3}[-.]\d{4}[\"']?(?:[,;\t|^][\"' ]{0,2}\w| {2,40}[^\W\d])",
    face="shape",
)
IN_CELL = Rule(  # a telephone number at the end of what a cell says of somebody
    name="cell-with-telephone",
    anchors=(b"000-000-0000)", b"(000) 000-0000)", b"000.000.0000)", b"000 000 0000)", b"00000 000000)", b"000 0000)", b"0000000)"),
    pattern=rb"(?<![\w.-])[+(]{0,2}\d[\d .()-]{8,16}\)[\"']?(?:[,;\t|]|\r?$)",
    face="shape",
)
# Rows without names of columns: a code that only medicine has, as a cell; a day as a cell, and a second day or a sex in the same
# row; or a word or a unit of medicine, a doctor, and a day as a cell behind it. From cell to cell, as byte by byte takes long
_MARKS = rb",;|^~\t\"'> "
_CELL = rb"[" + _MARKS + rb"]"
_LAST = rb"[\"']?(?:[,;|^~\t\"'<\]]|\s|$)"
_BARE_DAY = rb"(?:\d{4}-\d\d-\d\d|\d\d?/\d\d?/(?:19|20)?\d\d|\d\d[.-]\d\d[.-]\d{4}|(?:19|20)\d\d[01]\d[0-3]\d)"
_TIME = rb"(?:[T ]\d\d:\d\d[0-9:.]{0,10})?"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OF_ROWS = (
    rb"(?=(?:[^\n" + _MARKS + rb"]{0,64}+" + _CELL + rb"{1,64}+){1,40}?"
    rb"(?:" + _BARE_DAY + _TIME + rb"|[MFWmfw]|(?i:fe)?(?i:male))" + _LAST + rb")"
)  # fmt: skip
_DAY_BEHIND = (
    rb"(?:[^" + _MARKS + rb"\n]{0,64}+[" + _MARKS + rb"\r\n]{1,64}+){1,60}?(?=[0-9]|[A-Za-z]{3} [0-9])"
    rb"(?:(?<=[,;|^~\t\"'>\n])|(?<=  ))"
    rb"(?:" + _BARE_DAY + rb"|\d\d?[ -]?[A-Za-z]{3}[ -]?\d{2,4}|[A-Za-z]{3} \d\d?, \d{4})" + _TIME
    + rb"[\"']?(?=[,;|^~\t<]|  |\r?$)"
)  # fmt: skip
_CARE = (
    "diabet hypert asthma cancer carcin pneumon fractur infect sepsis failure pain depress anxi cardi renal vaccin covid chemo"
    " insulin surg therap disease disorder syndrom tumor tumour mg/dl mmol/l um/l uu/l g/dl meq/l extraction filling prophylaxis"
    " krank schmerz dolor douleur cultur rhythm mmr tdap dtap influenza"
)
CARE = Rule(
    name="cell-of-care",
    anchors=(
        *map(str.encode, _CARE.split()),
        *(b"0mg", b"0 mg", b"0g", b"0 g", b"0mcg", b"0 mcg", b"0cg", b"0 cg", b"dr. ", b"dr ", b", md", b", m.d", b",md", b",m.d"),
        *(b"hep a", b"hepa", b"hep b", b"hepb"),
        *(f"{mark}{letter}00".encode() for mark in ",;|\t\"'" for letter in "abcdefghijklmnopqrstvwxyz"),
    ),
    pattern=rb"(?:(?i:[a-z]{4,11}+|mmr|[um]u/l|m?mol/l|mg/dl|g/dl|meq/l|\bdr\.? ?[a-z]|hep ?[ab]\b)|[0-9] ?m?c?g\b|, ?(?i:m\.?d)\b"
    rb"|[,;|\t\"'][A-TV-Z]\d\d(?:\.?[0-9A-Z]{1,4})?(?=" + _LAST + rb"))" + _DAY_BEHIND,
    face="shape",
)
DISEASE = Rule(
    name="cell-of-disease",
    anchors=tuple(f"{letter}00.".encode() for letter in "abcdefghijklmnopqrstvwxyz"),
    pattern=rb"(?<![A-Za-z_.-])[A-TV-Z]\d\d\.[0-9A-Z]{1,4}" + _LAST,
    face="shape",
)
ANALYTE = Rule(  # a code of LOINC
    name="cell-of-analyte",
    anchors=tuple(f"{mark}{digits}-0{mark}".encode() for mark in ",;|^\t\"' " for digits in ("000", "0000", "00000")),
    pattern=_CELL + rb"\d{3,5}-\d[,;|^\t\"' ]",
    face="shape",
)
DAY = Rule(  # or between blanks, as programs print it
    name="cell-of-a-day",
    anchors=(b"0000-00-00", b"00/00/0000", b"00.00.0000", b"00-00-0000", b"00/00/00"),
    pattern=rb"(?:(?:(?<=[,;|^~\t\"'>])|(?<=  )|^)" + _BARE_DAY + _TIME + rb"[\"']?(?=[,;|^~\t<]|  )" + _OF_ROWS
    + rb"|(?:(?<= )|^)" + _BARE_DAY + _TIME + rb"(?= [^\n]{0,160}? (?:" + _BARE_DAY + _TIME + rb"|[MFmf])(?: |\r?$)))"
    + rb"|(?<![\w.])" + _BARE_DAY + rb"[MFU](?=[ \d])",
    face="shape",
)  # fmt: skip
PLAIN_DAY = Rule(  # of eight digits, which a sex may follow at once in columns of fixed width
    name="cell-of-a-plain-day",
    anchors=(*(f"{mark}00000000{mark}".encode() for mark in ",;|^\t"), b" 00000000 ", b"00000000m", b"00000000f", b'"00000000"'),
    pattern=rb"[,;|^\t \"]?(?<![0-9a-fA-F])(?:(?:19|20)\d\d[01]\d[0-3]\d(?:[MFU](?![a-z])|[,;|^\t \"]" + _OF_ROWS + rb"))",
    face="shape",
)
MONTH = Rule(
    name="cell-of-a-month",
    anchors=tuple(form.encode() for month in _MONTHS for form in (f"0-{month}-", f"{month} 00, 0", f"{month} 0, 0", f"00{month}0")),
    pattern=rb"(?:\d-|(?<=[,;|^~\t\"'>])|(?<=  )|\d\d)[A-Za-z]{3}[ -]?(?:\d\d?, )?\d{2,4}[\"']?(?=[,;|^~\t<]|  )" + _OF_ROWS,
    face="shape",
)
FISCAL = Rule(  # an Italian tax code, a Brazilian, Swiss or Belgian number with its signs, as a cell
    name="cell-of-a-national-number",
    anchors=(
        b"000.000.000-00",
        b"756.0000.0000.00",
        b"00.00.00-000.00",
        b"000 000 0000",
        *(f"00{a}00".encode() for a in "abcdehlmprst"),
    ),
    pattern=rb"(?:\d{3}\.\d{3}\.\d{3}-|756\.\d{4}\.\d{4}\.|\d\d\.\d\d\.\d\d-\d{3}\.|\d{3} \d{3} \d\d"
    rb"|(?<=[A-Z]{6})\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z])"
    rb"\d{0,2}[\"']?(?:[,;|^~\t<]|\s|$)",
    face="shape",
)
BARE_HINTS = (DISEASE, ANALYTE, CARE, DAY, PLAIN_DAY, MONTH, FISCAL)
_CELLS = (SOCIAL_SECURITY, BENEFICIARY, TELEPHONE, IN_CELL)
PEOPLE_HINTS = (PEOPLE, NAMES, BIRTHS, FINDINGS, MEASURES, *_CELLS, ABROAD, STATES, *BARE_HINTS)
