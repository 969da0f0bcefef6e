"""Notes in scripts and languages beyond those of `notelabels` and `notecontext`: their signs, their labels, their headings.

Sources: the headings of discharge letters and patient summaries that health services publish, as for `foreignwords`, whose names
of columns are headings of notes, too.
"""

# ruff: noqa: RUF001 - letters of many countries

from __future__ import annotations

from functools import lru_cache

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Labels that `notelabels` reads besides its own and those of `identifiers.labels`
LABELS: Mapping[str, str] = {
    "patient": "пациент|пациентка|пациента|фио пациента|ф и о пациента|больной"
    "|пацієнт|пацієнтка|піб пацієнта|pacjent|pacjentka"
    "|imię i nazwisko pacjenta|pacient|pacientka|jméno pacienta|meno pacienta|pasient|potilas|potilaan nimi|beteg neve|beteg"
    "|páciens neve|hasta adı|hasta adı soyadı|hastanın adı soyadı|hasta adi soyadi|ασθενής|ασθενησ|όνομα ασθενούς"
    "|ονοματεπώνυμο ασθενούς|اسم المريض|اسم المريضة|المريض|المريضة|שם המטופל|שם המטופלת|שם החולה|המטופל|مریض کا نام|نام بیمار"
    "|ชื่อผู้ป่วย|ผู้ป่วย|मरीज़ का नाम|मरीज का नाम|रोगी का नाम|রোগীর নাম|환자|환자 성명|환자성명|病人|患者|患儿姓名|患者さん"
    "|お名前|pacijent|pacijentica|bolesnik|bolnik|pacientas|patsient|pasien|nama pasien|bệnh nhân|tên bệnh nhân"
    "|numele pacientului|pacientul|пациент име|пацијент",
    "name": "ф и о|ф і о|піб|п і б|прізвище ім'я по батькові|имя|име и фамилия"
    "|име и презиме|ονοματεπώνυμο|ονοματεπωνυμο|שם מלא|שם"
    "|الاسم|الاسم الكامل|نام و نام خانوادگی|نام|ชื่อ สกุล|ชื่อ นามสกุล"
    "|ชื่อ|नाम|নাম|성명|이름|姓名|氏名|名前|adı soyadı|ad soyad|név"
    "|ime i prezime|ime in priimek|meno a priezvisko|nume și prenume|họ và tên|họ tên|nama|nama lengkap|nimi|nafn",
    "birth": "дата народження|дата на раждане|г р|датум рођења|ημερομηνία γέννησης"
    "|ημ γέννησης|ημ νία γέννησης|תאריך לידה|ת לידה"
    "|تاريخ الميلاد|تاريخ الولادة|تاریخ تولد|วันเกิด|วันเดือนปีเกิด"
    "|जन्म तिथि|जन्मतिथि|জন্ম তারিখ|생년월일|出生日期|出生年月日|出生"
    "|出生年月|生日|生年月日|doğum tarihi|dogum tarihi|data urodzenia|ur|datum narození"
    "|nar|narozen|narozena|dátum narodenia|születési dátum"
    "|születési idő|szül|datum rođenja|datum rojstva|data nașterii|syntymäaika|fødselsdato|født|fødd|gimimo data|sünniaeg"
    "|dzimšanas datums|tanggal lahir|ngày sinh|fæðingardagur",
    "mrn": "住院号|住院號|病历号|病歷號|病案号|门诊号|門診號|患者番号|患者id"
    "|患者no|診察券番号|カルテ番号|환자번호|등록번호|차트번호"
    "|رقم الملف|رقم الملف الطبي|رقم المريض|номер карты|номер истории болезни"
    "|история болезни|медкарта|номер медкарты|карта номер"
    "|nr historii choroby|numer historii choroby|nr księgi głównej|číslo chorobopisu|potilasnumero|törzsszám|naplósorszám"
    "|protokol no|dosya no|hasta no|מספר תיק|αριθμός φακέλου|αρ φακέλου"
    "|α μ|no rm|nomor rekam medis|mã bệnh nhân|mã bn|pasientnummer"
    "|journalnr|matični broj pacijenta|ptid|patid|pt mrn|hosp no|hospital no|hospital nr|u number|cr no|uhid|ip no|op no",
    "phone": "电话|联系电话|手机|電話|電話番号|携帯|연락처|전화|전화번호|휴대폰|الجوال"
    "|الهاتف|رقم الجوال|رقم الهاتف|تلفن|טלפון|נייד"
    "|телефон|тел|τηλέφωνο|τηλ|κινητό|โทร|โทรศัพท์|เบอร์โทร|फ़ोन|फोन"
    "|मोबाइल|मोबाइल नंबर|puhelin|puh|cep tel|cep|điện thoại|no hp",
    "address": "адрес|адреса|адрес проживания|住址|地址|住所|주소|العنوان|כתובת|διεύθυνση|ที่อยู่|पता|osoite|adresi|alamat|địa chỉ",
    "event": "入院日期|出院日期|入院日|退院日|就诊日期|입원일|퇴원일|дата поступления|дата выписки|дата приема|تاريخ الدخول"
    "|تاريخ الخروج|תאריך אשפוז|תאריך שחרור|ημερομηνία εισαγωγής|ημερομηνία εξιτηρίου|yatış tarihi|çıkış tarihi|taburcu tarihi"
    "|data przyjęcia|data wypisu|datum přijetí|datum propuštění|tulopäivä|lähtöpäivä|inskriven|utskriven|indlagt|udskrevet"
    "|innlagt|utskrevet|felvétel|date of death|died|time of death",
    "provider": "врач|лечащий врач|лікар|医师|医生|主治医师|主治医生|医師|担当医|主治医"
    "|의사|담당의|주치의|الطبيب|الطبيب المعالج|רופא|רופא מטפל"
    "|γιατρός|ιατρός|lekarz|lekarz prowadzący|lékař|ošetřující lékař"
    "|lääkäri|orvos|kezelőorvos|doktor|hekim|แพทย์|डॉक्टर|läkare|læge"
    "|lege|liječnik|medic|bác sĩ|dokter",
}
# Signs that other scripts write for those of ASCII, one for one; marks of direction are blanks
_SIGNS = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SIGNS |= dict.fromkeys((0x3000, 0xA0, 0x202F, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF), " ")
_SIGNS |= {
    ord("、"): ",",
    ord("。"): ".",
    ord("،"): ",",
    ord("؛"): ";",
    ord("【"): "[",
    ord("】"): "]",
    ord("・"): " ",
    ord("।"): ".",
}
_SIGNS |= {zero + digit: str(digit) for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50) for digit in range(10)}
_DOSE = regex(
    r"[0-9][ ]?(?:мг|мкг|мл|毫克|毫升|克|ملغ|ملجم|مجم|ملغم|มก|มิลลิกรัม"
    r"|밀리그램|מ\"ג|מג|मिग्रा|मिलीग्राम|mg|錠|カプセル|片|정)(?![^\W\d_])"
    r"|每日|每天|1日[0-9]回"
    "|하루|วันละ|כדור"
)
_HEADING = regex(r"(?:^|[\n.;,|]|  )[\s*#>\"'|-]{0,6}([^\W\d_][^\n:=.;,|\"0-9]{1,40}?)[ *_]{0,3}[:=]")
_MOST = 60  # headings of a person that are looked up
# Words that staff write of one person, in these languages
_SAID: Mapping[str, str] = {
    "admission": "выписной|выписан|выписана|поступил|поступила|госпитализация"
    "|госпитализирован|госпитализирована|выписка|入院|出院|退院"
    "|퇴원|입원|inkommer|inskriven|utskriven|utskrivs|epikris|epikrise"
    "|udskrives|indlagt|innlagt|utskrives|wypis|wypisany|przyjęty"
    "|przyjęta|propuštěn|hospitalizován|hospitalizovaná|taburcu|yatış"
    "|loppuarvio|epikriisi|zárójelentés|εξιτήριο|εισαγωγή|אושפז|אושפזה"
    "|שחרור|شفاء|مستشفى|الخروج",
    "diagnosis": "диабет|гипертония|гипертензия|стенокардия|инфаркт|пневмония"
    "|астма|инсульт|糖尿病|高血压|高血圧|脳梗塞|心筋梗塞|肺炎|당뇨|당뇨병"
    "|고혈압|폐렴|السكري|سكري|ضغط الدم|סוכרת|יתר לחץ דם|διαβήτης|υπέρταση"
    "|เบาหวาน|ความดันโลหิตสูง|मधुमेह|cukrzyca|nadciśnienie|zapalenie"
    "|diabetes|hjärtinfarkt|hjerteinfarkt|keuhkokuume|verenpainetauti"
    "|hipertansiyon|şeker|cukorbetegség|magasvérnyomás|zawał|zánět",
    "medication": "метформин|аспирин|бисопролол|аторвастатин|инсулин|таблетки"
    "|назначено|二甲双胍|胰岛素|阿司匹林|インスリン|アスピリン|메트포르민"
    "|인슐린|아스피린|ميتفورمين|أنسولين|أسبرين|מטפורמין|אינסולין|μετφορμίνη"
    "|ινσουλίνη|เมตฟอร์มิน|อินซูลิน|मेटफॉर्मिन|tabletki|tabletter",
    "symptom": "боль|одышка|кашель|температура|发热|胸痛|咳嗽|头痛|発熱|頭痛|두통|발열|통증"
    "|حمى|صداع|ألم|חום|כאב|πόνος|πυρετός|ไข้|ปวด|बुखार|दर्द"
    "|bröstsmärta|smärta|brystsmerter|feber|kipu|kuume|ból|gorączka|bolest|horečka|ağrı|ateş|fájdalom|láz|hosta",
}


def signs(text: str) -> str:
    """Return a text of the same length with the colons, digits and blanks of other scripts as those of ASCII."""
    return text if text.isascii() else text.translate(_SIGNS)


def context(text: str, words: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Yield the kinds of health context of a text in another script or language, each with whether a record says it.

    `words` are those of the text, folded as `notelabels` does.
    """
    if _DOSE.search(text) and not text.isascii():
        yield "medication", True
    for found, _number in zip(_HEADING.finditer(text), range(_MOST), strict=False):
        said, firm = _named(found[1].strip())
        if said:
            yield said, firm
    if text.isascii():
        return
    for kind, those, inside in _said():
        if not those.isdisjoint(words) or any(each in text for each in inside):
            yield kind, False


@lru_cache(maxsize=512)
def _named(heading: str) -> tuple[str, bool]:
    """Return what a heading speaks of, as columns of that name do; English ones are `notecontext`'s."""
    from pytest_genomic_guard.views.health.words import foreign  # noqa: PLC0415 - tables alone need it otherwise

    return foreign(heading)


@lru_cache(maxsize=1)
def _said() -> tuple[tuple[str, frozenset[str], tuple[str, ...]], ...]:
    """Return for each kind its words, and those of scripts without blanks."""
    from pytest_genomic_guard.views.health.notelabels import folded  # noqa: PLC0415 - which reads the labels of this module

    some = ((kind, text.split("|")) for kind, text in _SAID.items())
    return tuple(
        (
            kind,
            frozenset(folded(each) for each in those),
            tuple(each for each in those if " " in each or _unspaced(each)),
        )
        for kind, those in some
    )


def _unspaced(word: str) -> bool:
    return "\u0e00" <= word[0] <= "\u0eff" or "\u3000" <= word[0] <= "\ud7ff" or "\u0900" <= word[0] <= "\u0dff"
