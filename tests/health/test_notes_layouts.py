"""Notes in other scripts, and notes that tell people by where things stand: all people here are made of random letters."""

# ruff: noqa: RUF001 - letters of many countries

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.testing import scan
from pytest_genomic_guard.views.health import noteforeign, notelayouts

_random = random.SystemRandom()


def _of(letters: str, *, capital: bool = True) -> str:
    word = "".join(_random.choice(letters) for _each in range(5))
    return word.capitalize() if capital else word


def _word() -> str:
    return "".join(_random.choice("bdfgklmnprst") + _random.choice("aeiou") for _part in range(3)).capitalize()


def _name() -> str:
    return f"{_word()} {_word()}"


def _digits(count: int) -> str:
    return str(_random.randint(7, 9)) + "".join(str(_random.randint(2, 9)) for _each in range(count - 1))


def _day(form: str = "{d:02}.{m:02}.{y}") -> str:
    return form.format(d=_random.randint(13, 28), m=_random.randint(1, 12), y=_random.randint(1940, 1995))


def _phone() -> str:
    return f"{_random.randint(212, 219)}-{_random.randint(230, 290)}-{_digits(4)}"


def _failing(data: bytes, path: bytes = b"ward/one.txt") -> set[str]:
    return {found.code for found in scan({path: data}).findings if found.outcome == "fail"}


_CYRILLIC, _GREEK, _HEBREW, _ARABIC = "авеилнорст", "αεικλνορστ", "אבגדהלמנרש", "ابتدرسلمنه"


def _foreign() -> dict[str, str]:
    russian = f"{_of(_CYRILLIC)} {_of(_CYRILLIC)}"
    semitic = {each: f"{_of(each, capital=False)} {_of(each, capital=False)}" for each in (_HEBREW, _ARABIC)}
    chinese = _random.choice("王李张") + _random.choice("兰英明") + _random.choice("华玉芳")
    return {
        "russian": f"Ф.И.О. пациента: {russian}\nДата рождения: {_day()}\nДиагноз: стенокардия\nНазначено: 5 мг\n",
        "ukrainian": f"ПІБ: {russian}\nДата народження: {_day()}\nДіагноз: діабет\nЛікування: 500 мг\n",
        "greek": f"Ονοματεπώνυμο: {_of(_GREEK)} {_of(_GREEK)}\nΗμερομηνία γέννησης: {_day()}\nΔιάγνωση: διαβήτης\nΑγωγή: 850 mg\n",
        "hebrew": f'שם המטופל: {semitic[_HEBREW]}\nתאריך לידה: {_day()}\nאבחנה: סוכרת\nטיפול: 850 מ"ג\n',
        "arabic": f"اسم المريض: {semitic[_ARABIC]}\nتاريخ الميلاد: {_day('{d}/{m}/{y}')}\nالتشخيص: السكري\n",
        "chinese": f"姓名：{chinese}　年龄：73岁　住院号：{_digits(8)}\n入院诊断：糖尿病\n",
        "japanese": f"患者氏名：田中 {_random.choice('稔明誠')}　ID：{_digits(7)}\n"
        f"生年月日：{_day('{y}年{m}月{d}日')}\n診断：肺炎\n",
        "korean": f"성명: 김{_random.choice('민지수')}{_random.choice('영호진')}\n"
        f"생년월일: {_day('{y}년 {m}월 {d}일')}\n진단명: 폐렴\n",
        "polish": f"Pacjent: {_name()}\nData urodzenia: {_day()}\nRozpoznanie: zapalenie płuc\nLeki: 500 mg\n",
        "turkish": f"Hastanın Adı Soyadı: {_name()}\nDoğum Tarihi: {_day()}\nTanı: hipertansiyon\nİlaç: 5 mg\n",
        "finnish": f"Potilas: {_name()}\nSyntymäaika: {_day()}\nDiagnoosi: keuhkokuume\nLääkitys: 500 mg\n",
        "hungarian": f"Beteg neve: {_name()}\nSzületési dátum: {_day()}\nDiagnózis: tüdőgyulladás\nGyógyszer: 500 mg\n",
        "wide": f"ＮＡＭＥ：{_name()}\nＤＯＢ：{_day('{y}-{m:02}-{d:02}')}\nDiagnosis：pneumonia\nRx：500 mg\n",
    }


def _layouts() -> dict[str, str]:
    rows = "".join(f"{at}01-B  {_word().upper()}, {_word().upper()} K   {at + 40}F  FIN {_digits(10)}\n" for at in range(1, 4))
    talk = [
        ("bot", "Please tell me your full name and birthday"),
        ("user", f"{_name().lower()} {_day('{m:02}/{d:02}/{y}')}"),
        ("user", "chest pain since monday, I am on metformin"),
    ]
    tokens = ("Patient", "O"), (_word(), "B-PATIENT"), (_word(), "I-PATIENT"), (",", "O"), ("MRN", "O"), (_digits(7), "B-ID")
    more = ((",", "O"), ("admitted", "O"), ("with", "O"), ("sepsis", "O"), (".", "O"))
    printed = "".join(f"## {at} {_name():>20} {_day('{y}-{m:02}-{d:02}')} {_digits(7)} ICU I10\n" for at in range(1, 5))
    return {
        "chart.md": f"# Anaesthetic record\n\n**{_name()}** · {_day('{d}/{m}/{y}')} · Hosp no {_digits(7)}\n"
        "ASA 2, sevo, BP 120/80, 5 mg\n",
        "rounds.txt": rows.replace("\n", "\n   DOB 14-Mar-1961  Adm Dx: asthma\n"),
        "profile.txt": f"PATIENT: {_word().upper()},{_word().upper()}   ACCT #: V{_digits(11)}"
        f"  U #: M{_digits(7)}\nRX#7 OXYCODONE 5 MG\n",
        "pump.log": f"12:48:15 SN={_digits(8)} PTID={_digits(7)} PTNAME='{_word()}^{_word()}' DRUG=HEPARIN RATE=2mL/h\n" * 3,
        "spirometry.txt": f"Name:\t{_word()}, {_word()}\nID:\t{_digits(8)}\nBirth date:\t{_day()}\nFVC [L]\t3.1\nFEV1 [L]\t2.2\n",
        "board.txt": f"Tumor Board\n1. {_word()}, K. MRN {_digits(7)} (54M)\n   Stage IV NSCLC\n",
        "tto.txt": f"Addressograph: {_word().upper()} {_word()}  {_day('{d}/{m}/{y}')}\n"
        "Allergies: NKDA\n1) Amoxicillin 500mg caps\n",
        "post.txt": f"Name of deceased: {_name()}   Age: 61\nDate of death 05-28-2021\nCAUSE OF DEATH: stenosis\n",
        "diary.txt": f"Headache diary of {_name()}, born {_day('{d} Apr {y}')}, tel. {_phone()}\n"
        "Mon: pain 7/10, took ibuprofen 400\n",
        "visit.vtt": "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<v Nurse>Can you confirm your full name and date of birth?\n\n"
        f"00:00:04.000 --> 00:00:06.000\n<v Patient>Yeah, it's {_name()}, {_day('March {d}, {y}')}.\n\n"
        "00:00:07.000 --> 00:00:09.000\n<v Nurse>Are you still taking the topiramate for the migraines?\n",
        "chat.json": json.dumps({"turns": [{"r": who, "t": said} for who, said in talk]}, indent=1),
        "notes.conll": "".join(f"{word}\t{tag}\n" for word, tag in (*tokens, *more)),
        "weekly.md": f"```r\nhead(adm)\n```\n\n```\n##     name        dob      mrn   ward    admit_dx\n{printed}```\n",
    }


@pytest.mark.parametrize("language", _foreign())
def test_notes_in_other_scripts_and_languages_fail(language: str) -> None:
    """A note fails whatever its labels are written in."""
    assert "PHI106" in _failing(_foreign()[language].encode())


@pytest.mark.parametrize("layout", _layouts())
def test_layouts_of_hospitals_fail(layout: str) -> None:
    """Who is meant is told by where a name stands, too."""
    assert "PHI106" in _failing(_layouts()[layout].encode(), f"ward/{layout}".encode())


def _quiet() -> dict[str, str]:
    russian = f"{_of(_CYRILLIC)} {_of(_CYRILLIC)}"
    asked = (
        ("bot", "Please tell me your full name and birthday"),
        ("user", f"{_name().lower()} 05/06/1981"),
        ("user", "card declined"),
    )
    return {
        "resume.txt": f"Резюме\nФ.И.О.: {russian}\nДата рождения: {_day()}\nОпыт работы: бухгалтер\n",
        "form.txt": "患者氏名：\n生年月日：    年  月  日\n電話：\n診断：\n",
        "messages.json": json.dumps({"name": "Ф.И.О. пациента:", "birth": "Дата рождения:", "dx": "Диагноз:"}, ensure_ascii=False),
        "team.txt": "".join(f"{at}. {_word()}, K. (2{at}M) - midfielder, born 12/{at:02}/1995\n" for at in range(1, 9)),
        "bank.json": json.dumps([{"r": who, "t": said} for who, said in asked]),
        "actors.json": json.dumps(
            [{"name": _name(), "birth_date": _day("{y}-{m:02}-{d:02}"), "known_for": "The Doctor", "height_cm": 170}] * 9
        ),
        "will.txt": f"LAST WILL\nDecedent: {_name()}\nDate of death: 03/04/2020\nPlan: distribute assets\n",
        "news.conll": "".join(
            f"{word} NNP {tag}\n" for word, tag in ((_word(), "B-PER"), (_word(), "I-PER"), ("hospital", "O")) * 9
        ),
    }


@pytest.mark.parametrize("text", _quiet())
def test_other_trades_with_these_labels_are_nothing(text: str) -> None:
    """Neither a résumé, nor an empty form, nor a team, nor a call to a bank is about health."""
    assert not [found for found in scan({text.encode(): _quiet()[text].encode()}).findings if found.code.startswith("PHI")]


@given(st.text(max_size=600))
def test_signs_and_tokens_keep_their_length(text: str) -> None:
    """Places in what is read are places in what was written, whatever it was."""
    assert len(noteforeign.signs(text)) == len(text)
    assert len(notelayouts.joined(text)) == len(text)


@given(st.text(max_size=600), st.integers(0, 600))
def test_no_layout_raises(text: str, cut: int) -> None:
    """Values lie where they are said to, and a note that is cut anywhere raises nothing."""
    note = "".join(_layouts().values())
    for some in (text, note[cut : cut + 900] + text):
        assert all(0 <= at <= len(some) and value for at, _key, value, _sure in notelayouts.told(some, notelayouts.shape(some)))
