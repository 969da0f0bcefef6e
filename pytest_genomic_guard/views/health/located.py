"""What a path tells of pictures and scans: whether it is of clinical material, documentation or tests. No more than a hint."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex

_SPLIT = regex(rb"[^A-Za-z0-9]+")
_STEP = regex(rb"(?<=[a-z])(?=[A-Z])")
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
# Folders of programs and of what is published, in which such words are about screens and programmes
_SOFTWARE = frozenset(
    b"src lib app apps components component public resources resource res drawable dist build client server views view pages"
    b" page package packages node modules site podcast podcasts episodes episode radio news blog music songs game games sfx"
    b" sprites mouse mice rat rats animal animals monkey monkeys macaque fish zebrafish bird birds fly flies synthetic"
    b" simulated generated stock placeholder placeholders avatar avatars".split()
)
_STUDIED = frozenset(
    b"patient patients pts participant participants volunteer volunteers proband probands interview interviews interviewee"
    b" interviewees respondent respondents consultation consultations therapy counselling counseling wound wounds dermatology"
    b" caregiver caregivers informants".split()
)
_SHOWN = frozenset(
    b"photo photos photograph photographs photography picture pictures selfie selfies face faces facial portrait portraits headshot"
    b" headshots webcam".split()
)
_IMAGES = frozenset(b"image images img imgs".split())
_HEARD = frozenset(
    b"recording recordings recorded audio audios voice voices speech video videos film films footage interview interviews selfie"
    b" face faces webcam consultation consultations camera".split()
)
_SUBJECT = regex(
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


def shown(path: bytes, *, photographic: bool) -> bool:
    """Tell whether folders and name of a picture say by themselves that it is a photograph of somebody who is studied or treated.

    `photographic`: it is of a format that cameras write, so that a folder of images of patients, by its own name, counts as well.
    """
    if _told(path, _SHOWN):
        return True
    steps = path.split(b"/")[:-1]
    own = [step for step in steps if words(step) & _STUDIED and words(step) & _IMAGES]
    rest = b"/".join([*(step for step in steps if step not in own), b""])
    return photographic and bool(own) and not folders(rest) & (_ELSEWHERE | _SOFTWARE) and not words(path) & _SOFTWARE


def heard(path: bytes) -> bool:
    """Tell whether folders and name of a sound or film say by themselves that it records somebody who is studied or treated."""
    return _told(path, _HEARD)


def _told(path: bytes, media: frozenset[bytes]) -> bool:
    """Tell whether a folder is of people and another word of the path of such media; one word cannot be both."""
    people, found = folders(path) & _STUDIED, words(path)
    if folders(path) & _ELSEWHERE or found & _SOFTWARE:
        return False
    return any((found & media) - {each} for each in people)


def elsewhere(path: bytes) -> bool:
    """Tell whether a file lies in documentation, tests or a page's assets."""
    return bool(folders(path) & _ELSEWHERE)


def subject(path: bytes) -> bool:
    """Tell whether the name of a file, or of its folder, has the number of a subject."""
    return _SUBJECT.search(b"/".join(path.split(b"/")[-2:])) is not None
