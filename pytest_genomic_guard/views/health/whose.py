"""Whether texts in the header of a volume, or the metadata of a picture, name a person."""

from __future__ import annotations

from pytest_genomic_guard import identifiers
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.identifiers import general
from pytest_genomic_guard.views.health import located

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.health.pictures import Picture
    from pytest_genomic_guard.views.health.volumes import Volume

_LABEL = regex(r"(?i)\b(?:patient|pat|pt|name|subject)(?:'s)?(?:[ _]?name)?\s{0,3}[:=]?\s{0,3}")
_DAY = regex(r"\b(?:(?:19|20)[0-9]{2}[-/.]?[01][0-9][-/.]?[0-3][0-9]|[0-3]?[0-9][-/.][0-3]?[0-9][-/.](?:19|20)?[0-9]{2})\b")
_BIRTH = regex(r"(?i)\b(?:dob|born|birth)\b")
_CUT = regex(r"[;,|()\[\]]| - |\b(?i:dob|born|birth|mrn|id|sex|age|date)\b|[0-9]")
_PATIENT = regex(r"(?i)\b(?:patient|proband|participant)(?:'s)?(?:[ _]?name)?\s{0,3}[:=]\s{0,3}")
_TOLD = 4  # patients of one text that are looked at
_SUBJECT = regex(
    r"(?i)\b(?:patients?|participants?|interviewees?|respondents?|probands?"
    r"|subject (?:no\.? ?)?[a-z]{0,3}-?[0-9]{1,6}|study subjects?)\b"
)
_TALK = regex(
    r"(?i)\b(?:interviews?|consultations?|therapy|counsell?ing|intake|focus[ -]group|follow[ -]?up|home visit|session|voice diary"
    r"|recording of|history taking)\b"
)
_COMPANY = regex(
    r"(?i)\b(?:ltd|inc|llc|gmbh|corp|agency|team|studios?|photos?|photography|images?|stock|group|university|press|media|design|lab|dept"
    r"|department|hospital|clinic|institute|foundation|museum|library|camera|phone|nasa|noaa|usgs|unknown|user|owner|default)\b"
)
_PROGRAM = regex(
    r"(?i)fsl|spm|freesurfer|dcm2|ants|afni|itk|nibabel|mricro|nifti|version|brainvoyager|python|matlab|slicer|philips|siemens"
)


def described(view: Volume) -> tuple[bytes, ...]:
    """Return the names of people in the texts of a volume: after a label, beside a day of birth, or as `FAMILY^GIVEN`."""
    found = [name for text in view.texts for name in [_named(text)] if name]
    return tuple(name.encode("utf-8", "replace") for name in dict.fromkeys(found))


def _named(text: str) -> str:
    label = _LABEL.match(text)
    rest = text[label.end() :] if label else text
    sure = label is not None or "^" in text or (_DAY.search(text) is not None and (_BIRTH.search(text) is not None or "," in text))
    if not sure or _PROGRAM.search(text):
        return ""
    turned = rest.replace("^", ", ") if "^" in rest else rest
    for piece in (
        turned,
        *(_CUT.split(turned)[:1]),
        ",".join(_CUT.sub("|", turned.replace(",", "\0")).split("|")[0].split("\0")[:2]),
    ):
        name = piece.strip(" :=-/.,")
        if identifiers.kind("name").check(name) != "no" and not general.is_invented_person(name) and " " in name:
            return name
    return ""


def captioned(view: Picture) -> tuple[bytes, ...]:
    """Return the names of patients that title, comment or description of a picture, a sound or a film have, with that word."""
    found = []
    for text in view.texts:
        for label in list(_PATIENT.finditer(text))[:_TOLD]:
            name = _CUT.split(text[label.end() : label.end() + 80])[0].replace("^", ", ").strip(" :=-/.,_")
            if len(name.split()) > 1 and identifiers.kind("name").check(name) != "no" and not general.is_invented_person(name):
                found.append(name)
    return tuple(name.encode("utf-8", "replace") for name in dict.fromkeys(found))


def interviewed(view: Picture) -> bool:
    """Tell whether the metadata of a sound or a film tell of a talk with somebody who takes part in a study, or is treated."""
    return any(_SUBJECT.search(text) and _TALK.search(text) for text in view.texts)


def owned(view: Picture) -> bool:
    """Tell whether a picture names its owner or photographer, and the name is of a person who is somebody."""
    return (
        bool(view.owner)
        and not _COMPANY.search(view.owner)
        and identifiers.kind("name").check(view.owner) != "no"
        and not general.is_invented_person(view.owner)
    )


def clinical(view: Picture) -> str:
    """Return what a picture below a clinical folder tells of people, in our own words."""
    if not located.clinical(view.artifact.path):
        return ""
    told = [word for word, is_there in (("coordinates", view.located), ("the name of a person", owned(view))) if is_there]
    return " and ".join(told)
