"""What is said of a column that is not there: a header can hold ids of samples, so that few of its words may be shown."""

from __future__ import annotations

import difflib

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

# Words that columns of predictions and audits have, whoever writes them.
USUAL = frozenset(
    (
        "y",
        "y_true",
        "y_pred",
        "y_score",
        "y_hat",
        "yhat",
        "truth",
        "label",
        "labels",
        "target",
        "outcome",
        "event",
        "time",
        "duration",
        "prediction",
        "predictions",
        "pred",
        "score",
        "scores",
        "prob",
        "proba",
        "probability",
        "risk",
        "weight",
        "weights",
        "sample_weight",
        "cluster",
        "family",
        "family_id",
        "fid",
        "member",
        "is_member",
        "membership",
        "loss",
        "logit",
        "confidence",
        "group",
        "groups",
        "ancestry",
        "population",
        "superpopulation",
        "race",
        "ethnicity",
        "sex",
        "gender",
        "age",
        "age_group",
        "site",
        "cohort",
        "centre",
        "center",
        "batch",
        "date",
        "year",
        "count",
        "counts",
        "n",
        "tn",
        "fp",
        "fn",
        "tp",
        "canary",
        "ref_scores",
        "ref_member",
    )
)
_WORD = regex(r"[A-Za-z][A-Za-z_. -]{0,30}(?:\d{1,4})?")
_COMPARED = 2000  # names of a header
_YEAR = r"(?:19|20)\d\d"
# What has digits and names nobody: years, spans of years, and numbers with a decimal point or between brackets.
_YEARS = regex(
    rf"(?<![\w/.])(?<!\d-)(?:{_YEAR} ?(?:[-/\u2013]|to) ?(?:{_YEAR}|\d\d)|(?:FY)?{_YEAR}s?(?:[ -]?[QH][1-4])?)(?!\w|[-/.]\d)"
)
_SPAN = regex(r"[\[(] ?-?\d{1,3}(?:\.\d+)? ?, ?-?\d{1,3}(?:\.\d+)? ?[\])]|(?<![\d.])\d{1,3}\.\d{1,2}(?![\d.])")
# What names one: mail, dates, long numbers, also with hyphens, words for people with a number, words with one of three digits at
# their end; codes of three parts or more.
_PERSON = r"patient|subject|sample|person|participant|proband|donor|individual|case|twin|child|mother|father|family|volunteer"
_SOMEBODY = regex(
    r"@|\d{4}|(?:\d[ ./-]?){7}|(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.]\d{2}"
    rf"|(?i:\b(?:{_PERSON})s?(?:[ _.-]?(?:id|no|nr|number))?[ _.:#-]{{0,2}}\d)"
    r"|^[^\W\d_]{1,20}[ _.-]?\d{3,}$"
)
_CODE = regex(r"(?=(?:\D*\d){3})(?=.*[^\W\d_])[^\W_]+(?:[-_.]+[^\W_]+){2,}")  # GTEX-ZXES-0005
_HEX = regex(r"(?:[0-9a-f]{6,}|[0-9A-F]{6,})")
_TOKEN = regex(r"[^\W_]+")
_RUN = regex(r"\d+|\D+")


def telling(label: str) -> bool:
    """Tell whether a name that data have looks like that of a person or a sample: an id, a date, a number that is no year.

    Words tell nothing, nor do short codes with a digit or two ("AFR2", "1KG", "GRCh38") and bands ("18-39", "65+"); the name of a
    person cannot be told from another word.
    """
    rest = _SPAN.sub(" ", _YEARS.sub(" ", label))
    return bool(_SOMEBODY.search(rest) or _CODE.fullmatch(label)) or any(_mixed(token) for token in _TOKEN.findall(rest))


def _mixed(token: str) -> bool:
    """Tell whether letters and digits are mixed as in an id."""
    runs = _RUN.findall(token)
    digits = sum(len(run) for run in runs if run.isdecimal())
    letters = len(token) - digits
    long = digits > 2 or len(runs) > 3 or letters > 8 or (len(runs) == 3 and letters > 4)
    return digits > 0 < letters and (long or _HEX.fullmatch(token) is not None)


def absent(name: str, header: Sequence[str]) -> str:
    """Return the message, with a name of the header where one is near and cannot be somebody's."""
    shown = [each for each in header[:_COMPARED] if each.casefold() in USUAL or (_WORD.fullmatch(each) and not telling(each))]
    folded = {each.casefold().replace("-", "_"): each for each in reversed(shown)}
    close = difflib.get_close_matches(name.casefold().replace("-", "_"), folded, 1, 0.7)
    return f"there is no column {name!r}" + (f"; did you mean {folded[close[0]]!r}?" if close else "")
