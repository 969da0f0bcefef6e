"""What a path tells of pictures and scans: whether it is of clinical material, documentation or tests. No more than a hint."""

from __future__ import annotations

import re

_SPLIT = re.compile(rb"[^A-Za-z0-9]+")
_STEP = re.compile(rb"(?<=[a-z])(?=[A-Z])")
_CLINICAL = frozenset(
    b"patient patients pts clinic clinics clinical wound wounds consult consultation consultations dermatology derm ward hospital"
    b" casenotes referral referrals telehealth telemedicine bedside theatre surgery surgical lesions ulcers ehr emr".split()
)
_PEOPLE = _CLINICAL | frozenset(
    b"participant participants subject subjects interview interviews recording recordings session sessions therapy counselling"
    b" counseling volunteers probands families faces portraits headshots".split()
)
_ELSEWHERE = frozenset(
    b"doc docs documentation static assets asset icon icons logo logos img images figures figure figs test tests testing testdata"
    b" fixtures example examples demo demos sample samples tutorial tutorials vendor third node theme themes website"
    b" screenshots badges template templates ui web frontend www paper slides lena".split()
)
_SUBJECT = re.compile(
    rb"(?i)(?<![a-z0-9])(?:sub|subj|subject|pt|pat|patient|participant|proband|volunteer|resp|respondent|interviewee|case|id|p|s)"
    rb"[-_ ]?[0-9]{2,8}(?![0-9a-z])"
)


def words(path: bytes) -> frozenset[bytes]:
    """Return the words of a path in small letters."""
    return frozenset(each.lower() for part in _SPLIT.split(path[-1000:]) for each in _STEP.split(part) if each)


def folders(path: bytes) -> frozenset[bytes]:
    """Return the words of the folders of a path."""
    return words(path.rpartition(b"/")[0])


def clinical(path: bytes) -> bool:
    """Tell whether a file lies where clinical material is kept, and not in documentation or tests."""
    found = folders(path)
    return bool(found & _CLINICAL) and not found & _ELSEWHERE


def of_people(path: bytes) -> bool:
    """Tell whether a file lies where pictures or recordings of people are kept, and not in documentation or tests."""
    found = folders(path)
    return bool(found & _PEOPLE) and not found & _ELSEWHERE


def elsewhere(path: bytes) -> bool:
    """Tell whether a file lies in documentation, tests or a page's assets."""
    return bool(folders(path) & _ELSEWHERE)


def subject(path: bytes) -> bool:
    """Tell whether the name of a file, or of its folder, has the number of a subject."""
    return _SUBJECT.search(b"/".join(path.split(b"/")[-2:])) is not None
