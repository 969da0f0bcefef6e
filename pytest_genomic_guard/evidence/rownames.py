"""What is said of a column that is not there: a header can hold ids of samples, so that few of its words may be shown."""

from __future__ import annotations

import difflib
import re

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
_WORD = re.compile(r"[A-Za-z][A-Za-z_. -]{0,30}(?:\d{1,4})?")
_COMPARED = 2000  # names of a header


def absent(name: str, header: Sequence[str]) -> str:
    """Return the message, with a name of the header where one is near and cannot be somebody's."""
    shown = [each for each in header[:_COMPARED] if each.casefold() in USUAL or _WORD.fullmatch(each)]
    folded = {each.casefold().replace("-", "_"): each for each in reversed(shown)}
    close = difflib.get_close_matches(name.casefold().replace("-", "_"), folded, 1, 0.7)
    return f"there is no column {name!r}" + (f"; did you mean {folded[close[0]]!r}?" if close else "")
