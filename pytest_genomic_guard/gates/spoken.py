"""How intervals were made, as an evidence file says it: in words of ours and of the policy, or not at all.

A file that anybody can edit holds free text where this stands. What has another word than those with which the metrics tell it
is not printed.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from pytest_genomic_guard.policy import Gate

_WORD = re.compile(r"[^\s,;:()%]+")
_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,6})?(?:e-[0-9]{2})?")  # a longer one stands between commas
_WORDS = (
    "Bonferroni Clopper-Pearson DKW-Massart DeLong Fisher's Hoeffding's Homer's MOVER Newcombe Sidak T Tukey Wilson a above"
    " adversarial all and answers are as at attack audit band base beacon's below best bias-free bound bounds by calibration"
    " canaries canary cells chance cluster clusters comparison comparisons delta difference each effective error estimate"
    " evidence exact exposed figures for from genomes group groups guesses half hold-out identity in influences interval"
    " intervals is it joint likelihood limit limits linearised log logit loss lower max-T members metrics min-k mixed models"
    " most nearest neighbours no non-members numbers of on one one-run order over pair pairs perfect pieces point projection"
    " ratio real reference references release resamples robust same scale seed share simultaneous size skewness stated"
    " statistics synthetic t the there ties training two upper variance weighted widened with within x z zlib"
)
_KNOWN = frozenset(_WORDS.split(" "))


def method(text: str, gate: Gate) -> str:
    """Return the text where all its words are known, numbers of a usual size among them; else nothing."""
    known = _KNOWN.union(word for said in _said(gate.options) for word in _WORD.findall(said))
    return text if all(word in known or _NUMBER.fullmatch(word) for word in _WORD.findall(text)) else ""


def _said(found: Any) -> Iterator[str]:
    """Yield the words and numbers of what a policy says of a gate."""
    if isinstance(found, dict):
        for value in found.values():
            yield from _said(value)
    elif isinstance(found, (list, tuple)):
        for value in found:
            yield from _said(value)
    else:
        yield str(found)
