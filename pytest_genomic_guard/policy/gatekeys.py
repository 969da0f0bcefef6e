"""The keys of gates: what the reader accepts, and what the shipped JSON schema says. `gaterules` has what goes together."""

from __future__ import annotations

from pytest_genomic_guard.metrics import names
from pytest_genomic_guard.policy import gaterules as rules
from pytest_genomic_guard.policy.scalars import COUNT, DECIDE, NUMBER, PART, PATH, SHARE, TRUTH, WORD, name
from pytest_genomic_guard.policy.schema import Choice, Either, Fields, Held, ListOf, MapOf, Scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_genomic_guard.policy.schema import Kind

# Attacks on membership with how much they can find, as `metrics.membership` ranks them.
ATTACKS = {"loss": 0, "min-k": 1, "zlib": 1, "reference": 1, "lira-offline": 2, "lira-fixed": 2, "lira": 3, "rmia": 3}
_NUMBER = r"(?:[0-9]{1,9}(?:\.[0-9]{1,17})?|\.[0-9]{1,17})"
_NAME, _KEY = "the name of a gate", r"[A-Za-z0-9][\w.-]*"
_AT_RATE = r"tpr@fpr=0\.\d{1,9}"
_ABOVE_0 = r"tpr@fpr=0\.(?=\d*[1-9])\d{1,9}"  # of an attack, which is asked for no rate of 0


def _limit(pattern: str) -> Either:
    """Return a bound: a text, or two with a band between them."""
    text = Scalar('a bound such as "<= 0.10"', rf"[<>]=\s*{pattern}")
    return Either(text, Held(Fields({"pass": text, "recalibrate": text}), rules.bands))


def _any_of(words: Sequence[str]) -> str:
    return "|".join(word.replace(".", r"\.") for word in words)


def _bounds(example: str, pattern: str, known: Sequence[str], signed: str = "") -> MapOf:
    """Return bounds by metric; `signed` are those that can lie below 0."""
    kinds: dict[str, Kind] = {pattern: _limit(_NUMBER)}
    if signed:
        kinds[signed] = _limit(rf"-?{_NUMBER}")
    return MapOf(f"a metric such as {example}", kinds, least=1, known=known)


_POINTED = Scalar('a file and a JSON pointer such as "metrics.json#/tpr"', r"[^#\0]+#(?:/.*)?", name)
_JUDGED: Mapping[str, Kind] = {"decide": DECIDE, "confidence": SHARE}
_FAIR = names.keys("fairness")
_SIGNS = tuple(key for key in _FAIR if names.possible(key)[0] < 0)
_PLAIN = tuple(key for key in _FAIR if key not in _SIGNS)
_SIGNED = "privacy-loss"  # of releases
_RELEASED = tuple(key for key in names.RELEASE if key != _SIGNED)
_COLUMNS = ("y-true", "y-pred", "score", "time", "weights", "cluster", "pair-on")
_FAIRNESS = Held(
    Fields(
        {"bounds": _bounds("tpr.difference", _any_of(_PLAIN), _FAIR, _any_of(_SIGNS))},
        {
            "value": _POINTED,
            **dict.fromkeys(("data", "counts", "base", "against", "model"), PATH),
            "recorded": TRUTH,
            **dict.fromkeys((*_COLUMNS, "reference"), Scalar("the name of a column or group", r"[^\n\0]{1,200}")),
            "groups": ListOf(Scalar("the name of a column", r"[^\n\0]{1,200}"), distinct=""),
            "declared": MapOf(
                "a column of 'groups'", {r"[^\n\0]{1,200}": ListOf(Scalar("a group", r"[^\n\0]{1,200}"), distinct="")}
            ),
            **dict.fromkeys(("intersections", "min-denominator", "bins", "resamples"), COUNT),
            **_JUDGED,
        },
    ),
    rules.fairness,
)
_EPSILON = Fields(
    {"value": NUMBER},
    {"delta": PART, "accountant": WORD, "version": WORD, "sampling": WORD, "batch": COUNT, "noise": NUMBER, "steps": COUNT},
)
_ATTACK = Choice(*ATTACKS)
_MIA_GATE = Held(
    Fields(
        {"bounds": _bounds("auc", f"{_any_of(names.MIA)}|{_ABOVE_0}", names.keys("mia"))},
        {
            "value": _POINTED,
            **dict.fromkeys(("scores", "references", "model"), PATH),
            "recorded": TRUTH,
            **dict.fromkeys(("member", "score"), WORD),
            "higher-is": Choice("member", "non-member"),
            **dict.fromkeys(("groups", "match-on", "covariates"), ListOf(WORD, distinct="")),
            "declared": MapOf(
                "a column of 'groups'", {r"[^\n\0]{1,200}": ListOf(Scalar("a group", r"[^\n\0]{1,200}"), distinct="")}
            ),
            "attack": _ATTACK,
            "min-attack": Either(_ATTACK, Fields({"attack": _ATTACK}, {"references": COUNT})),
            "audit": Choice("one-run"),
            **dict.fromkeys(("canaries", "guesses", "correct", "seed", "min-denominator"), COUNT),
            "delta": PART,
            "canary": Scalar("a number, or a file", r"(?!/)(?!.*\\)[^\0\n]+", name, type=["string", "number"]),
            "epsilon": _EPSILON,
            **_JUDGED,
        },
    ),
    rules.membership,
)
_RELEASE = Held(
    Fields(
        {},
        {
            **dict.fromkeys(("n", "n-ref", "variants"), COUNT),
            **dict.fromkeys(("table", "scores", "synthetic", "training", "holdout"), PATH),
            **dict.fromkeys(("frequencies", "members", "non-members", "reference"), PATH),
            **dict.fromkeys(("member", "score", "ancestry"), WORD),
            "higher-is": Choice("member", "non-member"),
            "match-on": ListOf(WORD, distinct=""),
            **dict.fromkeys(("mismatch", "related", "error-rate"), PART),
            "sensitive": TRUTH,
            "bounds": _bounds("power", f"{_any_of(_RELEASED)}|{_AT_RATE}", names.keys("release"), _SIGNED),
            **_JUDGED,
        },
    ),
    rules.release,
)
_KINDS = {"fairness": _FAIRNESS, "mia": _MIA_GATE, "release": _RELEASE}
GATES = {kind: MapOf(_NAME, {_KEY: gate}) for kind, gate in _KINDS.items()}


def keys(kind: str) -> tuple[str, ...]:
    """Return the keys that a gate of a kind can have."""
    return tuple(_KINDS[kind].schema()["properties"])
