"""Fast paths of what recognises people in tables, listings and notes: each says what the slow one would."""

from __future__ import annotations

import random
import re
from collections import Counter
from itertools import chain

from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard import identifiers
from pytest_genomic_guard.identifiers import general, sums
from pytest_genomic_guard.identifiers.labels import labelled
from pytest_genomic_guard.identifiers.marks import whole
from pytest_genomic_guard.testing import samples
from pytest_genomic_guard.views.health import contextwords, identitywords, notelayouts, words
from pytest_genomic_guard.views.health.columns import mostly, share
from pytest_genomic_guard.views.health.layouts import BY_ID, LAYOUTS
from pytest_genomic_guard.views.health.listing.drawn import _block
from pytest_genomic_guard.views.health.listing.listings import _MARK, uncommented
from pytest_genomic_guard.views.health.listing.prints import _used
from pytest_genomic_guard.views.health.noteitems import _AGED, _FORMS, _YEARS
from pytest_genomic_guard.views.health.notelabels import _FIRST, _WORD, Found, Words, _at, _together, folded, labels
from pytest_genomic_guard.views.health.notelayouts import _aged, _answered, _health, _national, _numbers, _rows, _shortened
from pytest_genomic_guard.views.health.openlayouts import _TELLING, SETS
from pytest_genomic_guard.views.health.roles import _KEYS, _LIKELY, _LOOSE, _SIZES, _good, is_telling
from pytest_genomic_guard.views.health.words import _BEGINNINGS, _FOREIGN_CONTEXT, _FOREIGN_IDENTITY

_CELLS = st.lists(st.sampled_from(["", "a", "1", "12", "x y", "z"]), max_size=30)
_SHAPES = (  # forms of all kinds that a column without a name is asked for
    r"[0-9]{3}[- .]?[0-9]{2}[- .]?[0-9]{4}",
    r"[1-9][A-Z\u017f\u00df][0-9A-Z][0-9]-?[A-Z][0-9A-Z][0-9]-?[A-Za-z]{2}[0-9]{2}",
    r"(?:[A-Z][ -]?){6}[0-9L-NP-V]{2}[ -]?[ABCDEHLMPRST][0-9L-NP-V]{2}[A-Z][0-9L-NP-V]{3}[A-Z]",
    r"[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-Y]",
    r"[A-Z]{4}[0-9]{6}[HM][A-Z]{5}[0-9A-Z][0-9]",
    r"[STFGM][0-9]{7}[A-Z]",
    r"[XYZ0-9]?[-. ]?[0-9]{7}[- ]?[A-Z]",
    r"[A-Z]{3}[A-Z0-9][ -]?[0-9]{6}[0-9A-Z][0-9]",
    r"[A-Z][0-9]{9}(?:[0-9]{10})?",
    r"[1-478][0-9]{4}(?:2[AB]|[0-9]{2})[0-9]{6}[0-9]{0,2}",
    r"[A-HJ-NP-Z]{3}[- ]?(?:[0-9]{4}|[0-9]{2}[A-Z]{2})",
    r"(?:19|20)?[0-9]{6}[-+ ]?[0-9]{4}(?:\.0)?",
    r"[0-9]{2,4}(?:[-./ ][0-9]{2,5}){1,4}",
    r"[0-9]{7,20}(?:\.0)?",
    r"(?:mobile:|tel\.: )?[+(]{0,2}[0-9]{1,4}[-. ()]{0,2}[0-9]{3}[-. ][0-9]{3,4}(?: x[0-9]{1,4})?",
    r"[a-z.]{1,8}@[a-z]{1,6}\.(?:org|example|de)",
    r"[\W0-9A-Za-z]{0,30}",
)
_VALUES = st.one_of([st.from_regex(shape, fullmatch=True) for shape in _SHAPES])


@given(_CELLS, st.sampled_from(["a", "1", "12"]), st.sampled_from([0, 0.1, 0.3, 0.5, 0.6, 0.8, 0.9, 1]))
@settings(max_examples=300, deadline=None)
def test_mostly_is_share(cells: list[str], most: str, least: float) -> None:
    """What stops early answers as what counts all, also of a tally."""
    asked = share(cells, lambda cell: cell <= most) >= least
    assert mostly(cells, lambda cell: cell <= most, least) == asked
    assert mostly(Counter(cells), lambda cell: cell <= most, least) == asked


def _holds(value: str) -> None:
    size = sum(map(str.isalnum, whole(value))) if value.isascii() else 0
    for key in _KEYS:
        if _good(key)(value):
            assert _LIKELY.match(value)
            assert key in _LOOSE or not size or size in _SIZES[key]
    told = any(
        identifiers.kind(key).check(value) == "yes" for key in ("ssn", "mbi", "email", "phone", "codice-fiscale", "cpf", "nir")
    )
    assert is_telling(value) == told


@given(_VALUES)
@settings(max_examples=600, deadline=None)
def test_likely_holds_all(value: str) -> None:
    """A value of any of the kinds has the signs and the size that are asked for first."""
    _holds(value)


def test_likely_holds_all_numbers() -> None:
    """Numbers of all lengths are as likely, of which some have the check digits of each kind."""
    draw = random.Random(11)  # noqa: S311 - values for tests
    passed = set[str]()
    for length in range(5, 22):
        for _time in range(150):
            value = str(draw.randrange(10 ** (length - 1), 10**length))
            year, month, of_month = draw.randrange(50, 99), draw.randrange(1, 13), draw.randrange(1, 29)
            for each in (
                value,
                f"{of_month:02}{month:02}{year}{value[6:]}",
                f"{year}{month:02}{of_month:02}{value[6:]}",
                value + ".0",
            ):
                _holds(each)
                passed.update(key for key in _KEYS if _good(key)(each))
    assert {"nhs", "bsn", "pesel", "amka", "fodselsnummer", "cpf", "egn", "svnr", "tckn", "oib"} - passed <= {"cpf", "tckn"}


def _slow_bare(text: str, marks: str) -> str:
    text = whole(text)
    if not text.isascii():
        return ""
    kept, after = [], False
    for each in text:
        if each.isalnum():
            kept.append(each)
            after = True
        elif each in marks and after:
            after = False
        else:
            return ""
    return "".join(kept).upper() if after else ""


@given(st.text("aZ09 -./+_\u00a0\u2013é\n", max_size=12), st.sampled_from([" -", " -.", " -/", " /", " -./"]))
@settings(max_examples=1000, deadline=None)
def test_bare_is_sign_by_sign(text: str, marks: str) -> None:
    """One pattern takes signs away as a walk over them does."""
    assert sums.bare(text, marks) == _slow_bare(text, marks)


@given(st.lists(st.text(" \t\u00a0\u2003\x1cab…é漢", max_size=20), min_size=1, max_size=8))
@settings(max_examples=500, deadline=None)
def test_places_are_those_of_characters(lines: list[str]) -> None:
    """Which places have a character is the same for all lines at once."""
    width = max(map(len, lines))
    used = bytearray(width)
    for line in lines:
        for match in re.finditer(r"\S", line):
            used[match.start()] = 1
    assert _used(lines, width) == bytes(used)


def _slow_labels(text: str) -> list[Found]:
    these, found, at = Words(text), list[Found](), 0
    while at < len(these.texts):
        key, length = _at(text, these, at) if these.texts[at] in _FIRST else ("", 0)
        if not key:
            key, length = _together(these.texts[at]), 1
        if key:
            found.append(Found(start=these.starts[at], end=these.end(at + length - 1), key=key))
        at += length if key else 1
    return found


_PIECES = st.sampled_from(
    ["patient", "name", "date of birth", "DOB", "patientDob", ":", " ", "\n", "Mrn", "no.", "fluid", "of", "né"]
)


@given(st.lists(_PIECES, max_size=40))
@settings(max_examples=300, deadline=None)
def test_labels_are_those_of_each_word(pieces: list[str]) -> None:
    """Words that begin no label are left out at once."""
    text = folded(" ".join(pieces))
    these = Words(text)
    assert labels(text, these) == _slow_labels(text)
    assert these.between(3, 20) == tuple(each.group() for each in _WORD.finditer(text) if 3 <= each.start() < 20)


def test_each_set_is_found_by_a_column() -> None:
    """Each open data set is looked at where its column is, and each layout where its first id is."""
    numbers = [number for those in _TELLING.values() for number in those]
    assert sorted(numbers) == list(range(len(SETS)))
    assert all(column in SETS[number].columns for column, those in _TELLING.items() for number in those)
    for number, layout in enumerate(LAYOUTS):
        assert all(number in BY_ID[name] for name in layout.ids[0])


def test_names_have_letters() -> None:
    """No table of names of columns has one without a letter, nor do labels: such cells need not be looked up."""
    tables = (contextwords.EXACT, contextwords.ANYWHERE, identitywords.IDENTITY, identitywords.ANYWHERE, identitywords.PERSON)
    named = [*(name for table in tables for name in table), *_BEGINNINGS, *_FOREIGN_CONTEXT, *_FOREIGN_IDENTITY]
    assert all(any(map(str.isalpha, name)) for name in named)


@given(st.text("0123456789 ./_-:()%#", min_size=2, max_size=20))
@settings(max_examples=500, deadline=None)
def test_signs_name_nothing(text: str) -> None:
    """A cell without a letter names no column."""
    found = words.named(text)
    assert (found.identity, found.context, found.person) == ("", "", "")
    assert not labelled(text)


@given(st.text("0123456789 ./-:TZ", max_size=20))
@settings(max_examples=300, deadline=None)
def test_a_date_needs_a_digit(text: str) -> None:
    """A cell without a digit is no date."""
    assert general.parse_date(text) is None or any("0" <= each <= "9" for each in text)


# "?" is a digit that is drawn: no number stands here
_LINES = (
    *("{name}", "Unit #:???????", "MRN ?????", "ID: ??????", "{last}, A. MRN", "(??M)"),
    *(" ?? y M ", "??-year-old", "? \u212br ", "?? ans", "??????-????", "????????-????"),
    *("??????A???B", "??? ??? ????", "what is your name and birth date?", "B\u0131rth name", "DOB", " {name} ????-??-?? ???????"),
    *("???-??-????", "(???) ???-????", "???.???.????", "a@b.org", "name", "\n"),
    *("  ", ", ", "1", "Mr. "),
)


def _told(form: str, digits: random.Random) -> str:
    first, last = samples.note_name().split()[0], samples.note_name().split()[-1]
    text = form.format(name=f"{first} {last}", last=last)
    return "".join(str(digits.randrange(10)) if each == "?" else each for each in text)


_TOLD = st.builds(_told, st.sampled_from(_LINES), st.randoms(use_true_random=False))


@given(st.lists(_TOLD, max_size=12))
@settings(max_examples=600, deadline=None)
def test_layouts_are_asked_where_they_can_be(pieces: list[str]) -> None:
    """No layout or form of notes that was left out for want of its signs has anything to say."""
    text = " ".join(pieces)
    shaped = notelayouts.shape(text)
    every = chain(*(layout(text) for layout in (_numbers, _shortened, _aged, _national, _health, _answered, _rows)))
    assert list(notelayouts.told(text, shaped)) == list(every)
    for _key, form, signs in _FORMS:
        assert not form.search(text) or any(sign in shaped for sign in signs)
    assert not _AGED.search(text) or _YEARS.search(shaped)


@given(
    st.lists(
        st.sampled_from(["# a", "#", "#> b", "", " ", "  # c", "a", "// d", "-- e: 1", "$ x : num 1 2", "| a | b |", "---"]),
        max_size=8,
    )
)
@settings(max_examples=400, deadline=None)
def test_signs_of_comments_are_those_of_all_lines(lines: list[str]) -> None:
    """What stops at the first line without a sign takes off what all lines have."""
    marks = {match[0] if (match := _MARK.match(line)) else "" for line in lines if line.strip()}
    mark = marks.pop() if len(marks) == 1 else ""
    assert uncommented(lines) == [line[len(mark) :] for line in lines]


@given(st.lists(st.sampled_from(["+--+--+", "====", "a  b", "---  ---", "1. x", "~~~", "", "_ = _"]), max_size=8))
@settings(max_examples=200, deadline=None)
def test_nothing_is_drawn_without_a_bar(lines: list[str]) -> None:
    """Rules alone make no table."""
    assert not list(_block(0, lines))
