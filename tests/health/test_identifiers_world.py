"""Numbers of people outside the United States: what the published sums promise, by writers that work another way."""

from __future__ import annotations

import itertools
import random
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard import identifiers
from pytest_genomic_guard.identifiers.labels import LABELS, ROLES, labelled
from pytest_genomic_guard.policy.mask import mask

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Writer = Callable[[random.Random], str]

HOME = {"us", "people", "places", "phones", "online", "moments", "things"}
ALL = identifiers.keys()
WORLD = sorted(key for key in ALL if identifiers.where(key) not in HOME)


def digits(source: random.Random, length: int) -> str:
    """Return random digits, not all of them alike."""
    while len(set(found := "".join(source.choice(string.digits) for _ in range(length)))) == 1 and length > 1:
        pass
    return found


def day(source: random.Random) -> tuple[str, str, str]:
    """Return year of the last century, month and day, which there are."""
    return f"{source.randint(55, 99)}", f"{source.randint(1, 12):02}", f"{source.randint(1, 28):02}"


def searched(body: str, right: Callable[[str], bool], alphabet: str = string.digits, places: int = 1) -> str:
    """Return a body with the first ending for which a congruence holds, or "" where there is none: no check digit is computed."""
    for ending in itertools.product(alphabet, repeat=places):
        if right(body + "".join(ending)):
            return body + "".join(ending)
    return ""


def congruent(weights: tuple[int, ...], modulus: int) -> Callable[[str], bool]:
    """Return a test that the weighted sum of all digits, the last with them, is a multiple."""
    return lambda text: sum(int(each) * weight for each, weight in zip(text, weights, strict=True)) % modulus == 0


def doubled(text: str) -> bool:
    """Luhn by its table of digits that are doubled."""
    return (sum(int(each) for each in text[-1::-2]) + sum(int("0246813579"[int(each)]) for each in text[-2::-2])) % 10 == 0


def dihedral(text: str) -> bool:
    """Verhoeff by permutations of a pentagon's corners, which are composed, with no table."""

    def element(value: int) -> tuple[int, ...]:
        return (
            tuple((value + corner) % 5 for corner in range(5)) if value < 5 else tuple((value - corner) % 5 for corner in range(5))
        )

    permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
    state = tuple(range(5))
    for place, each in enumerate(reversed(text)):
        value = int(each)
        for _ in range(place):
            value = permutation[value]
        moved = element(value)
        state = tuple(state[moved[corner]] for corner in range(5))
    return state == tuple(range(5))


def recursive(text: str, modulus: int) -> bool:
    """ISO 7064: pure MOD 11-2 as a sum of powers, hybrid MOD 11,10 by its recursion."""
    if modulus == 2:
        values = [10 if each == "X" else int(each) for each in text]
        return sum(value * pow(2, len(values) - 1 - place, 11) for place, value in enumerate(values)) % 11 == 1
    rest = 10
    for each in text[:-1]:
        total = (int(each) + rest) % 10
        rest = (20 if total == 0 else 2 * total) % 11
    return (rest + int(text[-1])) % 10 == 1


ELEVEN = (10, 9, 8, 7, 6, 5, 4, 3, 2, 1)


def dated(order: str, more: int, right: Callable[[str], bool], before: str = "", between: str = "") -> Writer:
    """Return a writer of a birth date, as many digits and one that makes it right."""

    def write(source: random.Random) -> str:
        while True:
            year, month, of_month = day(source)
            date = {"ymd": year + month + of_month, "dmy": of_month + month + year}[order]
            found = searched((source.choice(before) if before else "") + date + between + digits(source, more), right)
            if found:
                return found

    return write


def plain(length: int, right: Callable[[str], bool], before: tuple[str, ...] = ("",)) -> Writer:
    """Return a writer of digits behind one of a few beginnings and one that makes them right."""

    def write(source: random.Random) -> str:
        while True:
            start = source.choice(before)
            found = searched(start + digits(source, length - 1 - len(start)), right)
            if found:
                return found

    return write


def nir(source: random.Random) -> str:
    """Social security number of France: the whole, key and all, is a multiple of 97."""
    year, month, _ = day(source)
    place = source.choice(["2A", "2B", "13", "59", "75"])
    body = source.choice("12") + year + month + place + digits(source, 6)
    number = body.replace("2A", "19").replace("2B", "18")
    return searched(body, lambda text: (int(number) + int(text[-2:])) % 97 == 0 and text[-2:] != "00", places=2)


def belgian(source: random.Random) -> str:
    """National number of Belgium: nine digits and the key are a multiple of 97."""
    year, month, of_month = day(source)
    body = year + month + of_month + f"{source.randint(1, 997):03}"
    return searched(body, lambda text: (int(text[:9]) + int(text[9:])) % 97 == 0 and text[9:] != "00", places=2)


def norwegian(source: random.Random) -> str:
    """Fødselsnummer: both congruences at once."""
    first, second = congruent((3, 7, 6, 1, 8, 9, 4, 5, 2, 1, 0), 11), congruent((5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1), 11)
    while True:
        year, month, of_month = day(source)
        found = searched(of_month + month + year + digits(source, 3), lambda text: first(text) and second(text), places=2)
        if found:
            return found


def brazilian(source: random.Random) -> str:
    """CPF: both congruences, in which a rest of ten is written as a nought, are met without one."""
    first, second = congruent((10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0), 11), congruent((11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1), 11)
    while True:
        found = searched(digits(source, 9), lambda text: first(text) and second(text), places=2)
        if found:
            return found


def finnish(source: random.Random) -> str:
    """Henkilötunnus: date and serial divided by 31."""
    year, month, of_month = day(source)
    serial = f"{source.randint(2, 899):03}"
    letters = [each for each in string.digits + string.ascii_uppercase if each not in "GIOQZ"]
    return f"{of_month}{month}{year}-{serial}{letters[int(of_month + month + year + serial) % 31]}"


def spanish(source: random.Random) -> str:
    """DNI."""
    number = digits(source, 8)
    return number + "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) - int(number) // 23 * 23]


def chinese(source: random.Random) -> str:
    """Resident identity number."""
    year, month, of_month = day(source)
    body = f"{source.randint(11, 65)}0101" + "19" + year + month + of_month + digits(source, 3)
    return searched(body, lambda text: recursive(text, 2), string.digits + "X")


def irish(source: random.Random) -> str:
    """PPS number of one letter."""
    body = digits(source, 7)
    return searched(
        body,
        lambda text: (
            (sum(int(each) * weight for each, weight in zip(body, ELEVEN[2:], strict=False)) - ord(text[7]) + 64) % 23 == 0
        ),
        "ABCDEFGHIJKLMNOPQRSTUVW",
    )


def insured(source: random.Random) -> str:
    """Krankenversichertennummer: Luhn's doubling, but from the left."""
    letter = source.randint(1, 26)

    def right(text: str) -> bool:
        number = f"{letter:02}{text}"
        return sum(int("0246813579"[int(e)]) if at % 2 else int(e) for at, e in enumerate(number[:10])) % 10 == int(number[10])

    return chr(64 + letter) + searched(digits(source, 8), right)


def health_index(source: random.Random) -> str:
    """NHI number of New Zealand, the old form."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    while True:
        start = "".join(source.choice(letters[:-1]) for _ in range(3))
        values = [letters.index(each) + 1 for each in start]
        found = searched(
            digits(source, 3),
            lambda text, values=values: (
                sum(  # type: ignore[misc]  # bound where it is made
                    value * weight for value, weight in zip([*values, *map(int, text)], (7, 6, 5, 4, 3, 2, 1), strict=True)
                )
                % 11
                == 0
            ),
        )
        if found and found[-1] != "0":
            return start + found


SERVICES: dict[str, Writer] = {
    "nhs": plain(10, congruent(ELEVEN, 11), ("4", "6", "70")),
    "chi": dated("dmy", 3, congruent(ELEVEN, 11)),
    "health-and-care": plain(10, congruent(ELEVEN, 11), ("33", "36")),
    "sin": plain(9, doubled, ("1", "5")),
    "health-card": plain(10, doubled, ("2", "8")),
    "bsn": plain(9, congruent((9, 8, 7, 6, 5, 4, 3, 2, -1), 11), ("1", "2")),
    "nir": nir,
    "kvnr": insured,
    "rijksregisternummer": belgian,
    "ahv": plain(13, congruent((1, 3) * 6 + (1,), 10), ("756",)),
    "pps": irish,
    "dni": spanish,
    "amka": dated("dmy", 4, doubled),
    "teudat-zehut": plain(9, doubled, ("2", "3")),
    "personnummer": dated("ymd", 3, doubled),
    "hetu": finnish,
    "fodselsnummer": norwegian,
    "cpr": dated("dmy", 3, congruent((4, 3, 2, 7, 6, 5, 4, 3, 2, 1), 11)),
    "pesel": dated("ymd", 4, congruent((1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1), 10)),
    "rodne-cislo": dated("ymd", 3, lambda text: int(text) % 11 == 0),
    "oib": plain(11, lambda text: recursive(text, 10), ("1", "7")),
    "taj": plain(9, congruent((3, 7) * 4 + (-1,), 10), ("0", "1")),
    "aadhaar": plain(12, dihedral, ("2", "7")),
    "cpf": brazilian,
    "cns": plain(15, congruent(tuple(range(15, 0, -1)), 11), ("1", "2", "7")),
    "ihi": plain(16, doubled, ("800360",)),
    "nhi": health_index,
    "resident-id": chinese,
    "south-african-id": dated("ymd", 6, doubled),
}
# Sums of which one wrong digit always breaks the congruence. Of the others, one has a weight of 11 modulo 11, two let a rest of
# ten through as a nought, and ten digits from 9 may be of another province.
CATCH = sorted(set(SERVICES) - {"cns", "health-card", "rodne-cislo", "cpf"})
# ... and of which the exchange of two unequal neighbours does: primes with weights that differ, Verhoeff, ISO 7064's pure system
EXCHANGE = ("nhs", "health-and-care", "bsn", "dni", "pps", "aadhaar", "resident-id", "cns", "fodselsnummer", "cpf")


def written(key: str, seed: int) -> str:
    """Return a number that the published sum confirms."""
    source = random.Random(seed)  # noqa: S311 - nothing secret
    while True:
        found = SERVICES[key](source)
        if key == "south-african-id" and found[10] not in "012":
            continue
        return found


@pytest.mark.parametrize("key", SERVICES)
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 1 << 32))
def test_what_the_sum_confirms_is_yes(key: str, seed: int) -> None:
    """Numbers made by another formulation are confirmed, with blanks around and with separators too."""
    number, kind = written(key, seed), identifiers.kind(key)
    assert kind.check(number) == "yes"
    assert kind.check(f"  {number} ") == "yes"
    if key not in {"hetu", "personnummer", "rodne-cislo"}:
        assert kind.check(f"{number[:3]} {number[3:6]} {number[6:]}") == "yes"


@pytest.mark.parametrize("key", CATCH)
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 1 << 32), where=st.integers(0, 14), by=st.integers(1, 9))
def test_one_wrong_digit_is_caught(key: str, seed: int, where: int, by: int) -> None:
    """No number is confirmed any more when one of its digits is another."""
    number, kind = written(key, seed), identifiers.kind(key)
    places = [place for place, each in enumerate(number) if each.isdecimal()]
    at = places[where % len(places)]
    wrong = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]
    assert kind.check(wrong) != "yes"


@pytest.mark.parametrize("key", EXCHANGE)
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 1 << 32), where=st.integers(0, 14))
def test_two_exchanged_digits_are_caught(key: str, seed: int, where: int) -> None:
    """No number is confirmed any more when two unequal neighbours changed places."""
    number, kind = written(key, seed), identifiers.kind(key)
    pairs = [
        at
        for at in range(len(number) - 1)
        if number[at : at + 2].isdecimal() and number[at] != number[at + 1] and not (key == "cpf" and at > 7)
    ]
    if key == "bsn":
        pairs = [at for at in pairs if at < 7]
    at = pairs[where % len(pairs)]
    assert kind.check(number[:at] + number[at + 1] + number[at] + number[at + 2 :]) != "yes"


@pytest.mark.parametrize(
    ("key", "length", "start", "rate"),
    [
        ("nhs", 10, "", 1 / 11),
        ("bsn", 9, "", 1 / 11),
        ("sin", 9, "", 1 / 10),
        ("teudat-zehut", 9, "", 1 / 10),
        ("taj", 9, "", 1 / 10),
        ("oib", 11, "", 1 / 10),
        ("aadhaar", 12, "3", 1 / 10),
        ("ahv", 13, "756", 1 / 10),
        ("cns", 15, "7", 1 / 11),
        ("cpf", 11, "", 1 / 100),
        ("nir", 15, "18505", 1 / 97),
        ("rijksregisternummer", 11, "850512", 1 / 97),
        ("my-number", 12, "", 1 / 10),
        ("tckn", 11, "1", 1 / 100),
    ],
)
def test_random_digits_pass_as_often_as_the_sum_lets_them(key: str, length: int, start: str, rate: float) -> None:
    """One in ten, eleven or ninety-seven: which is why a number alone says nothing."""
    source, check = random.Random(key), identifiers.kind(key).check  # noqa: S311 - nothing secret
    tries = 20_000 if rate < 0.05 else 5_000
    found = sum(check(start + digits(source, length - len(start))) == "yes" for _ in range(tries)) / tries
    assert 0.75 * rate < found < 1.25 * rate


@pytest.mark.parametrize("key", WORLD)
@settings(max_examples=60, deadline=None)
@given(
    text=st.one_of(
        st.text(max_size=40),
        st.text("0123456789ABXYZabz -./()+\u0966\uff11", max_size=22),
        st.from_regex(r"[A-Z]{0,4}[0-9]{6,16}[-+A-Z]?[0-9]{0,4}[A-Z]{0,2}", fullmatch=True),
    )
)
def test_any_text_has_an_answer(key: str, text: str) -> None:
    """Whatever a cell holds, the answer is one of three, and nothing is raised; what is invented is no "no"."""
    kind = identifiers.kind(key)
    assert kind.check(text) in {"yes", "no", "unknown"}
    assert kind.invented(text) in {True, False}
    assert kind.check(text * 400) in {"yes", "no", "unknown"}


@pytest.mark.parametrize("key", ["ahv", "cpf", "hetu", "nhs", "rijksregisternummer"])
@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 1 << 32))
def test_paths_that_show_a_number_are_masked(key: str, seed: int) -> None:
    """A number as it is written on paper is hidden in the name of a file, and its neighbours are not."""
    found = written(key, seed)
    forms = {"ahv": (3, 7, 11), "cpf": (3, 6, 9), "nhs": (3, 6), "rijksregisternummer": (2, 4, 6, 9)}
    marks = {"ahv": "...", "cpf": "..-", "nhs": "--", "rijksregisternummer": "..-."}
    places = (0, *forms.get(key, ()), len(found))
    parts = [found[start:end] for start, end in itertools.pairwise(places)]
    shown = "".join(part + mark for part, mark in zip(parts, [*marks.get(key, ""), ""], strict=True))
    assert mask(())(f"data/{shown}.csv".encode()) == (
        f"data/{shown}.csv" if identifiers.kind(key).invented(found) else "data/[masked].csv"
    )


def test_every_kind_is_described() -> None:
    """All are strong, with a letter of the regulation, a name for messages, and labels."""
    for key in WORLD:
        kind = identifiers.kind(key)
        assert (kind.strength, kind.letter in "GHIR", bool(kind.name)) == ("strong", True, True)
        assert LABELS[key]
    assert set(LABELS) - set(identifiers.keys()) == set(ROLES)


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("nhs", ("999", "0000", "018")),
        ("nhs", ("943", "476", "5919")),
        ("nino", ("QQ", "123456", "C")),
        ("bsn", ("111", "222", "333")),
        ("bsn", ("999", "990", "019")),
        ("dni", ("12345678", "Z")),
        ("dni", ("X", "1234567", "L")),
        ("aadhaar", ("9999", "4105", "7058")),
        ("ahv", ("756", "1234", "5678", "97")),
        ("ahv", ("756", "9217", "0769", "85")),
        ("hetu", ("131052", "-308T")),
        ("nhi", ("ZZZ", "0016")),
        ("cpf", ("111", "444", "777", "35")),
        ("pesel", ("440514", "01359")),
        ("hkid", ("A", "123456", "(3)")),
        ("nric", ("S", "1234567", "D")),
        ("roc-id", ("A", "123456789")),
        ("tckn", ("1000", "0000", "146")),
        ("medicare-au", ("2123", "45670", "1")),
        ("svnr", ("1237", "010180")),
        ("rvnr", ("15", "070649", "C", "103")),
        ("steuer-id", ("86", "095", "742", "719")),
        ("nir", ("2", "69", "05", "49", "588", "157", "80")),
        ("personnummer", ("121212", "-1212")),
    ],
)
def test_samples_of_the_issuers_are_invented(key: str, parts: tuple[str, ...]) -> None:
    """What forms and standards print is confirmed by its sum, and known to be nobody's."""
    kind = identifiers.kind(key)
    assert (kind.check("".join(parts)) != "no", kind.invented("".join(parts))) == (True, True)


@pytest.mark.parametrize("key", sorted(set(SERVICES) - {"nhi"}))
def test_few_of_those_that_may_be_given_out_count_as_invented(key: str) -> None:
    """Ranges for tests are small: hardly any number made by the published sum falls in one."""
    kind = identifiers.kind(key)
    assert sum(kind.invented(written(key, seed)) for seed in range(100)) <= 2


@pytest.mark.parametrize("key", sorted(LABELS))
def test_labels_mean_what_they_stand_for(key: str) -> None:
    """Each label, written as a column name or with a colon, gives its own kind."""
    for label in LABELS[key]:
        assert labelled(label) == key
        assert labelled(label.title() + ":") == key
        assert labelled(label.replace(" ", "_").upper()) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("PatientSSN", "ssn"),
        ("Patient's SSN #", "ssn"),
        ("pat_mrn_id", "mrn"),
        ("MRN#", "mrn"),
        ("Mother's Name", "relative"),
        ("mother_phone", "phone"),
        ("guarantor_last_name", "family-name"),
        ("addr_line_1", "address"),
        ("zip5", "zip"),
        ("dateOfBirth", "birth-date"),
        ("NHS No.", "nhs"),
        ("Versicherten-Nr.", "kvnr"),
        ("NUMERO_SECURITE_SOCIALE", "nir"),
        ("foedselsnummer", "fodselsnummer"),
        ("身份证号", "resident-id"),
        ("patient_id", "patient-id"),
        *dict.fromkeys(("ssn_hash", "phone_type", "city_id", "gene_name", "hospital name", "plate_id", "age_group"), None).items(),
        *dict.fromkeys(
            ("run_id", "chi_squared", "cell_type", "sample name", "file_name", "", "x" * 10_000, "a " * 30), None
        ).items(),
    ],
)
def test_labels_in_other_words(text: str, key: str | None) -> None:
    """Owners, numbers of lines and capitals do not matter; words that make it something else do."""
    assert labelled(text) == key


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120))
def test_any_label_has_an_answer(text: str) -> None:
    """Nothing is raised whatever a column is called."""
    assert labelled(text) is None or labelled(text) in LABELS
