"""A figure in a metric file: what other tools wrote of it, and how much evidence that is.

A bare number has no interval and no n, so that it can be compared as a point and proves nothing. Successes and trials, or an
interval with its confidence, are evidence. Two tools write what decides beside the number: scikit-learn its support, and SACRO-ML
the rate of false positives in the name, which version 2.0.0 turned from a share into percent.
"""

from __future__ import annotations

import math
import re

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.evidence import metrictrees
from pytest_genomic_guard.evidence.numbers import finite, whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_ENDS = (("low", "high"), ("lower", "upper"), ("ci_low", "ci_high"), ("ci_lower", "ci_upper"))
_INTERVALS = ("interval", "ci", "confidence_interval")
_LEVELS = ("confidence", "confidence_level", "level")
_PEOPLE = ("n", "support")
_ROUNDED = 1e-6  # how far a rate may lie from successes / trials because it was written with fewer digits
_AT = re.compile(r"TPR@([0-9.eE+-]{1,20})(%?)")
_ASKED = re.compile(r"tpr@fpr=([0-9.eE+-]{1,20})", re.IGNORECASE)
_PERCENT = 2  # the first major version of SACRO-ML that writes percent


class Figure(Record):
    """A number, and what was told of its uncertainty."""

    value: float | None = None
    interval: tuple[float, float] | None = None
    confidence: float | None = None  # of the interval
    n: int | None = None
    successes: int | None = None  # of n, where the figure is a rate
    metric: str = ""  # as a policy would call it, where the file says so: "tpr@fpr=0.001"
    method: str = ""  # how the interval was made, where we made it
    problem: str = ""  # why there is no figure; quotes nothing of the file

    @property
    def bare(self) -> bool:
        """Tell whether it has no interval: it can be compared as a point and is no evidence."""
        return self.interval is None


def figure(data: bytes, name: str | bytes, pointer: str, *, rate: bool = False, confidence: float = 0.95) -> Figure:
    """Return the figure that a pointer leads to in a file.

    `rate` says that the figure is a share of n people, so that a value with its n has an interval; `confidence` is that of
    intervals that are made here.
    """
    path = name.decode("utf-8", "replace") if isinstance(name, bytes) else name
    try:
        return pointed(metrictrees.tree(data, path), pointer, rate=rate, confidence=confidence)
    except metrictrees.DamagedError as error:
        return Figure(problem=str(error))


def pointed(tree: Any, pointer: str, *, rate: bool = False, confidence: float = 0.95) -> Figure:
    """Return the figure that a pointer leads to in what a file says."""
    names = metrictrees.tokens(pointer)
    asked = _ASKED.fullmatch(names[-1]) if names else None
    try:
        trail = metrictrees.at(tree, pointer.rpartition("/")[0] if asked else pointer)
    except LookupError:
        return Figure(problem="the pointer leads to nothing in the evidence file")
    reported = _reported(trail, names[-1] if names else "", asked[1] if asked else "")
    if reported is not None:
        return reported
    found = of(trail[-1], rate=rate, confidence=confidence)
    support = _support(trail, names)
    if found.value is not None and found.n is None and support:
        share = found.value * support
        if abs(share - round(share)) <= support * _ROUNDED:
            return _rate(round(share), support, found.value, confidence)
    return found


def of(  # noqa: PLR0911 - one return for each thing that can be told
    value: Any, *, rate: bool = False, confidence: float = 0.95
) -> Figure:
    """Return a figure by its value: a number, or a table with its n, its successes or its interval."""
    if not isinstance(value, dict):
        number = finite(value)
        return Figure(value=number) if number is not None else Figure(problem="the evidence holds no finite number there")
    n = next((value[key] for key in _PEOPLE if key in value), None)
    if n is not None and whole(n) is None:
        return Figure(problem="the n of the evidence is no whole number")
    number = finite(value.get("value"))
    if "k" in value:
        k = whole(value["k"])
        if k is None or not whole(n) or k > (whole(n) or 0):
            return Figure(problem="the evidence tells successes k without the n that they are of")
        return _rate(k, whole(n) or 0, number, confidence)
    if number is None:
        return Figure(problem="the evidence holds no finite number there")
    ends = _ends(value)
    if ends is None and rate and whole(n) and 0 <= number <= 1:
        return _wilson(number, whole(n) or 0, confidence)
    if ends is None:
        return Figure(value=number, n=whole(n))
    low, high = finite(ends[0]), finite(ends[1])
    if low is None or high is None or not low <= number <= high:
        return Figure(value=number, n=whole(n), problem="the interval is not two finite numbers around the value")
    level = next((finite(value[key]) for key in _LEVELS if key in value), None)
    stated = level if level is not None and 0 < level < 1 else None
    return Figure(value=number, interval=(low, high), confidence=stated, n=whole(n))


def _rate(k: int, n: int, value: float | None, confidence: float) -> Figure:
    """Return a rate by its successes and trials."""
    if value is not None and abs(value - k / n) > max(_ROUNDED, 0.5 / n):
        return Figure(problem="the value of the evidence is not its k of n")
    return _wilson(k / n, n, confidence).replace(successes=k)


def _wilson(value: float, n: int, confidence: float) -> Figure:
    """Return a rate with the score interval (Wilson 1927)."""
    from statistics import NormalDist  # noqa: PLC0415 - for gates on such files alone

    z = NormalDist().inv_cdf((1 + confidence) / 2)
    centre = value + z * z / (2 * n)
    half = z * math.sqrt(value * (1 - value) / n + z * z / (4 * n * n))
    low, high = (centre - half) / (1 + z * z / n), (centre + half) / (1 + z * z / n)
    interval = max(0.0, low) if value else 0.0, min(1.0, high) if value < 1 else 1.0
    return Figure(value=value, interval=interval, confidence=confidence, n=n, method="Wilson")


def _ends(value: dict[str, Any]) -> tuple[Any, Any] | None:
    """Return the ends of an interval, None where none is told."""
    for key in _INTERVALS:
        found = value.get(key)
        if isinstance(found, list):
            return (found[0], found[1]) if len(found) == 2 else (None, None)
        if isinstance(found, dict):
            return _ends(found)
    return next(((value[low], value[high]) for low, high in _ENDS if low in value and high in value), None)


def _support(trail: list[Any], names: list[str]) -> int | None:
    """Return how many people a recall or the accuracy of scikit-learn's classification_report rests on."""
    around = trail[-2] if len(trail) > 1 else None
    if not isinstance(around, dict):
        return None
    if names[-1] == "accuracy":
        around = around.get("macro avg")
    elif names[-1] != "recall" or (len(names) > 1 and names[-2].endswith(" avg")):  # an average of rates is no rate of people
        return None
    return whole(around.get("support")) if isinstance(around, dict) and "precision" in around else None


def _reported(trail: list[Any], name: str, asked: str) -> Figure | None:
    """Return a figure of a report of SACRO-ML; None where it is none of these."""
    told = _AT.fullmatch(name)
    around = trail[-1] if asked else trail[-2] if len(trail) > 1 else None
    if not isinstance(around, dict) or not (asked or told):
        return None
    version = next((found for each in reversed(trail) if (found := _version(each)) is not None), None)
    if version is None:
        return Figure(problem="a true-positive rate by its name needs the version of SACRO-ML, which the report does not tell")
    rates = {key: _share(match, percent=version >= _PERCENT) for key in around if (match := _AT.fullmatch(key))}
    wanted = _float(asked) if asked else rates.get(name)
    key = next((key for key, share in rates.items() if share and wanted and math.isclose(share, wanted)), None)
    value = finite(around[key]) if key else None
    if value is None:
        return Figure(problem="the report has no true-positive rate at that false-positive rate, as its version writes them")
    return Figure(value=value, n=whole(around.get("n_pos_test_examples")), metric=f"tpr@fpr={wanted:g}")


def _version(node: Any) -> int | None:
    """Return the major version that an experiment of a report tells."""
    told = node.get("metadata") if isinstance(node, dict) else None
    text = told.get("sacroml_version") if isinstance(told, dict) else None
    digits = text.partition(".")[0] if isinstance(text, str) else ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 4 else None


def _share(match: re.Match[str], *, percent: bool) -> float | None:
    """Return a false-positive rate as a share; None where the name is not as its version writes it."""
    number = _float(match[1])
    if number is None or percent != bool(match[2]):
        return None
    return number / 100 if percent else number


def _float(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 < number < 1e3 else None
