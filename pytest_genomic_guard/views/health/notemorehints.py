"""Further rules over text that say where a note about a person may stand: other scripts, questions, lists of wards, tokens.

As in `notehints`, each is cheap to try and asks for more than a word: a colon, a number, a name behind it.
"""

# ruff: noqa: RUF001 - letters of many countries

from __future__ import annotations

from pytest_genomic_guard.model import Rule

_COLON = rb"(?:[^\x00-\x1f:0-9\xef]|\xef(?!\xbc\x9a)){0,80}+(?:[:0-9]|\xef\xbc\x9a)"  # the sign of ASCII, a digit, or the wide sign
FOREIGN = Rule(  # letters that have two forms stand without their first
    name="note-foreign",
    face="plain",
    anchors=tuple(
        each.encode()
        for each in (
            *(
                "ата рождения",
                "АТА РОЖДЕНИЯ",
                "Ф.И.О",
                "ФИО",
                "СНИЛС",
                "ациент",
                "АЦИЕНТ",
                "ата народження",
                "ПІБ",
                "П.І.Б",
                "ацієнт",
            ),
            *("ата на раждане", "ЕГН", "атум рођења", "ЈМБГ", "μερομηνία γέννησης", "ΗΜΕΡΟΜΗΝΙΑ ΓΕΝΝΗΣΗΣ", "νοματεπώνυμο"),
            *(
                "ΟΝΟΜΑΤΕΠΩΝΥΜΟ",
                "σθενής",
                "ΑΣΘΕΝΗΣ",
                "ΑΜΚΑ",
                "γέννησης",
                "שם המטופל",
                "שם החולה",
                "שם מלא",
                "תאריך לידה",
                "תעודת זהות",
            ),
            *("ת.ז", "اسم المريض", "المريض", "تاريخ الميلاد"),
            *("تاريخ الولادة", "رقم الهوية", "نام بیمار", "تاریخ تولد", "کد ملی"),
            *("مریض کا نام", "ชื่อ-", "ชื่อผู้ป่วย", "ผู้ป่วย", "วันเกิด"),
            *("เลขประจำตัวประชาชน", "मरीज", "रोगी का नाम", "जन्म", "রোগীর নাম"),
            *(
                "জন্ম তারিখ",
                "姓名",
                "出生日期",
                "出生年月",
                "身份证",
                "身分證",
                "病人",
                "住院号",
                "住院號",
                "病历号",
                "病歷號",
                "病案号",
            ),
            *(
                "ＤＯＢ",
                "ＮＡＭＥ",
                "Ｎａｍｅ：",
                "氏名",
                "生年月日",
                "患者",
                "診察券",
                "성명",
                "환자",
                "생년월일",
                "주민등록번호",
                "주민번호",
            ),
        )
    ),
    pattern=_COLON,
)
LATIN = Rule(
    name="note-latin",
    face="lower",
    anchors=tuple(
        each.encode()
        for each in (
            *(
                "pacjent",
                "urodzenia",
                "narozen",
                "rodné č",
                "pacient:",
                "pacientka:",
                "potilas:",
                "potilas ",
                "potilaan",
                "henkilötunnus",
            ),
            *(
                "syntymäaika",
                "cpr-n",
                "cpr n",
                "cpr:",
                "fødsels",
                "pasient:",
                "pasient ",
                "doğum tarihi",
                "dogum tarihi",
                "hasta ad",
            ),
            *(
                "hastanın ad",
                "kimlik no",
                "született",
                "születési",
                "szül.",
                "beteg neve",
                "beteg:",
                "taj:",
                "taj sz",
                "numele pacient",
            ),
            *("nașterii", "ngày sinh", "bệnh nhân", "tanggal lahir"),
            *("nama pasien", "dátum naroden", "rođenja", "datum rojstva"),
            *("pacijent", "gimimo data", "sünniaeg", "dzimšanas", "fæðing", "kennitala", "isikukood", "asmens kodas"),
        )
    ),
    pattern=_COLON,
)
ASKED = Rule(  # a question whose answer is in the next turn
    name="note-asked",
    face="lower",
    anchors=(
        *(b"date of birth?", b"birth date?", b"birthdate?", b"birthday?", b"dob?", b"and birthday", b"and date of birth"),
        *(b"and dob", b"date de naissance", b"fecha de nacimiento?"),
        *(b"geburtsdatum?", b"data di nascita?", b"geboortedatum?"),
    ),
    pattern=rb"[^0-9\n?]{3,40}+(?:\?|\"[ ]{0,2}[},\n]|[.:!]?[ ]{0,2}(?:please[ .]{0,3})?\r?\n)",
)
WARD = Rule(  # lists and forms of hospitals
    name="note-ward",
    face="lower",
    anchors=(
        *(b"addressograph", b"ptid", b"patid=", b"ptname"),
        *(b"patname", b"pt_name", b"name of deceased", b"deceased:", b"decedent:"),
        *(
            b"name of the deceased",
            b"decedent's name",
            b"name of decedent",
            b" diary of ",
            b"age/sex",
            b"sex/age",
            b"u #:",
            b"unit #",
        ),
        *(b" fin ", b" fin:", b"fin#", b"addressograph:", b"affix label", b"patient label:", b"patient sticker"),
    ),
    pattern=rb"[A-Za-z _/'#]{2,24}+[ :=#\t'\"*]{0,12}+[A-Z0-9]",
)
PRINTED = Rule(  # rows of a table that R printed into a document: a name and a day
    name="note-printed",
    face="plain",
    anchors=(b"\n## 1 ", b"\n#> 1 ", b"\n[1,] "),
    pattern=rb"\n(?:#[#>] 1|\[1,\])[ ]{1,40}+[A-Z][^\n]{2,60}? "
    rb"(?:[12][0-9]{3}-[01][0-9]-[0-3][0-9]|[01]?[0-9]/[0-3]?[0-9]/[12][0-9]{3})",
)
TAGGED = Rule(  # a word a line, with what it is behind it (the form of CoNLL-2003)
    name="note-tagged",
    face="plain",
    anchors=(b"B-PATIENT", b"B-NAME", b"B-MEDICALRECORD", b"B-MRN", b"B-DOB", b"B-BIRTH", b"B-DATE", b"B-ID", b"B-PHONE", b"B-PER"),
    pattern=rb"B-[A-Z_]{2,20}+[ \t]{0,4}+\r?\n",
)
YEARS = Rule(
    name="note-years",
    face="lower",
    anchors=(b" yo. ", b" yo, ", b"yo) ", b"y.o.,", b"yr, ", b"yr), "),
    pattern=rb"(?<=[0-9 ])[ ]?[Yy]",
)
BORN = Rule(  # numbers that begin with the day of birth, behind a name
    name="note-born",
    face="shape",
    anchors=(b" 00000000-0000", b" 000000-0000", b"(00000000-0000", b"(000000-0000"),
    pattern=rb"(?<=[a-z\x80-\xff,])[ (]{1,2}(?:19|20)?[0-9]{2}[01][0-9][0-7][0-9]-[0-9]{4}(?![0-9-])"
    rb"|(?<=[a-z\x80-\xff])[ (](?:[0-3][0-9][01][0-9][0-9]{2})-[0-9]{4}(?![0-9-])",
)
NHS_BARE = Rule(
    name="note-health-number",
    face="shape",
    anchors=(b" 000 000 0000",),
    pattern=rb"(?<=[0-9a-z)]) [0-9]{3} [0-9]{3} [0-9]{4}(?![0-9 -])",
)
MORE = (FOREIGN, LATIN, ASKED, WARD, PRINTED, TAGGED, YEARS, BORN, NHS_BARE)
WEAK = frozenset({YEARS.name, NHS_BARE.name, PRINTED.name})
