"""A membership gate: an attack's scores, an audit with canaries, a claim; each bound is held against what it asks for."""

from __future__ import annotations

import re

from pytest_genomic_guard.gates import groups
from pytest_genomic_guard.gates.fairness import asks
from pytest_genomic_guard.gates.masking import Layout
from pytest_genomic_guard.metrics.nouns import Terms, Unusable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard.gates.inputs import Source
    from pytest_genomic_guard.metrics.nouns import Ask, Assessment, Column, Grouping, Kind, Table
    from pytest_genomic_guard.policy import Gate

_OTHERS = ("epsilon-lower", "epsilon", "exposure")  # all else is told from an attack's scores
_NEEDS = {
    "epsilon-lower": ("canaries", "guesses", "correct"),
    "epsilon": ("epsilon",),
    "exposure": ("canary", "references"),
}
_STEPS = 40  # points of a curve
_LABELS = range(2, 51)  # of a column of words or whole numbers that is taken for a covariate
_MOST = 200  # columns that are looked at, as `evidence.rowtables` does
# Words in names of columns that tell people apart before any model has seen them: of amounts, and of labels, which may be coded.
_AMOUNTS = r"age|year|pc_?[0-9]{1,3}"
_CODED = (
    r"sex|gender|ancestry|(?:super)?pop(?:ulation)?|ethnicity|race|country|region|site|cent(?:er|re)|hospital|batch|cohort|study|plate"
    r"|array|chip|platform"
)
_WORD = r"(?:.*[^a-z])?(?:{})(?:[^a-z].*)?"
# What a model or an attack says of people is no covariate of theirs: that it tells members from others may be the leak.
_SAID = r"(?:y_?)?(?:pred|prediction|predicted|correct|loss|score)s?"
_MODES = {"lira": "online", "lira-offline": "offline", "lira-fixed": "fixed"}


class Attacked:
    """The rows of an audit, with the scores of the attack in which higher is member."""

    def __init__(self, gate: Gate, inputs: Mapping[str, Source]) -> None:
        """Read the columns, and run the attack where there are reference models. Raises `Unusable`."""
        self._gate = gate
        _there({*inputs, *gate.options}, "higher-is")
        source = inputs.get("scores") or inputs.get("references")
        if source is None:
            raise Unusable("there are no scores")
        self.member_name = str(gate.options.get("member", "member"))
        self.score_name = str(gate.options.get("score", "score"))
        self.unknown, columns = _looked_at(gate, source, {self.member_name, self.score_name})
        self.covariates = _covariates(gate, source, columns)
        kinds: dict[str, Kind] = {self.member_name: "truth", self.score_name: "number", **self.covariates}
        kinds |= dict.fromkeys((*gate.options.get("groups", ()), *gate.options.get("match-on", ())), "label")
        self.table: Table = source.table(kinds)
        if not self.table.rows:
            raise Unusable("there are no rows")
        if "covariates" not in gate.options:
            self.covariates = {name: kind for name, kind in self.covariates.items() if _is_label(name, self.table.columns[name])}
        self.member = self.table.columns[self.member_name].numbers.astype(bool)
        sign = 1 if gate.options["higher-is"] == "member" else -1
        score = self.table.columns[self.score_name].numbers
        self.references = 0
        self.attack = attack_of(gate)
        if "references" in inputs and self.attack in {*_MODES, "rmia"}:
            self.scores, self.references = _run(self.attack, score, inputs["references"], sign)
        else:
            self.scores = sign * score


def _there(given: set[str], *needed: str) -> None:
    """Raise `Unusable` where a gate that tests record, of which a policy need not tell all, was not given what it needs."""
    if lost := [key for key in needed if key not in given]:
        raise Unusable(f"the gate needs {' and '.join(map(repr, lost))}")


def attack_of(gate: Gate) -> str:
    """Return which attack was run, or is to be run."""
    return str(gate.options.get("attack", "lira" if "references" in gate.inputs else "loss"))


def _run(attack: str, score: Any, references: Source, sign: int) -> tuple[Any, int]:
    """Return an attack's scores from those of reference models, and how many models there are. Raises `Unusable`."""
    from pytest_genomic_guard.metrics import lira, rmia  # noqa: PLC0415 - numpy, for gates that are computed

    found, inside = references.matrix("ref_scores"), references.matrix("ref_member")
    if attack == "rmia":
        if sign < 0:
            raise Unusable("this attack takes probabilities of the right answer, which are higher for members")
        made = rmia.attack(score, found, inside)
    else:
        made = lira.attack(sign * score, sign * found if sign < 0 else found, inside, mode=_MODES[attack])  # type: ignore[arg-type]
    return made.scores, made.references


def _looked_at(gate: Gate, source: Source, taken: set[str]) -> tuple[str, list[str]]:
    """Return the columns that might tell members from others, or why nobody can try them all. Raises `Unusable`."""
    header = source.header()
    named = gate.options.get("covariates")
    if named is not None:
        if lost := [name for name in named if name not in header]:
            raise Unusable(f"there is no column {lost[0]!r}")
        return "", [*named]
    taken = {*taken, *gate.options.get("match-on", ())}
    columns = [name for name in dict.fromkeys(header) if name not in taken and not re.fullmatch(_SAID, name.lower())]
    if len(columns) <= _MOST:
        return "", columns
    return (
        f"{len(columns):,} columns might tell members from non-members without the model, and {_MOST} are the most that are tried:"
        " name those that could (covariates)"
    ), []


def _covariates(gate: Gate, source: Source, columns: Sequence[str]) -> dict[str, Kind]:
    """Return the columns that must not tell members from others: those that are named, or else all that could."""
    named = "covariates" in gate.options
    found: dict[str, Kind] = {}
    for first in range(0, len(columns), _MOST):
        some = columns[first : first + _MOST]
        known = source.kinds(some)
        for name in some:
            if name not in known:
                raise Unusable(f"two columns are called {name!r}")
            seen = known[name]
            if named and seen.kind is None:
                raise Unusable(f"the covariate {name} is neither numbers nor labels")
            kind = seen.kind if named else _tried(name, seen)
            if kind is not None:
                found[name] = kind
    return found


def _tried(name: str, seen: Any) -> Kind | None:
    """Return as what a column is tried for telling members from others that nobody named; None where it is not."""
    if seen.kind is None:
        return None
    amount, coded = (re.fullmatch(_WORD.format(words), name.lower()) for words in (_AMOUNTS, _CODED))
    if seen.kind == "number" and (amount or (coded and seen.labels not in _LABELS)):
        return "number"
    return "label" if seen.labels in _LABELS or ((amount or coded) and seen.labels > 1) else None


def _is_label(name: str, column: Column) -> bool:
    """Tell whether a column holds an amount, words, or the codes of something: numbers are codes where all are whole."""
    if column.codes is None or re.fullmatch(_WORD.format(_CODED), name.lower()):
        return True
    try:
        numbers = [float(label) for label in column.labels]
    except ValueError:
        return True
    return all(each.is_integer() for each in numbers)


def assess(gate: Gate, inputs: Mapping[str, Source], small: int) -> tuple[tuple[Assessment, ...], Layout, int]:
    """Return what is to be said of a gate's bounds, not masked, its groups by attributes, and how many reference models it had.

    `inputs` holds `scores`, `references` and `canary` where they are files. Raises `Unusable`.
    """
    by: dict[str, list[Ask]] = {}
    for ask in asks(gate):
        by.setdefault(ask.metric if ask.metric in _OTHERS else "", []).append(ask)
    statistical = sum(len(some) for kind, some in by.items() if kind != "epsilon")
    found: dict[str, Assessment] = {}
    layout = Layout()
    attacked = Attacked(gate, inputs) if "" in by or ("epsilon-lower" in by and "audit" in gate.options) else None
    for kind, some in by.items():
        terms = _terms(gate, some, statistical)
        if attacked and not kind:
            judged, layout = _attacked(gate, attacked, terms, small)
        else:
            judged = _other(gate, kind, attacked, inputs, terms)
        found |= {each.metric: each for each in judged}
    return tuple(found[bound.metric] for bound in gate.bounds), layout, attacked.references if attacked else 0


def _terms(gate: Gate, some: Sequence[Ask], all_of_them: int) -> Terms:
    """Return the terms of some of a gate's bounds, which share the error with the others."""
    error = (1 - gate.confidence) * len(some) / max(all_of_them, len(some))
    return Terms(asks=tuple(some), confidence=1 - error, minimum=gate.min_denominator, point=gate.decide == "point")


def _attacked(gate: Gate, attacked: Attacked, terms: Terms, small: int) -> tuple[tuple[Assessment, ...], Layout]:
    from pytest_genomic_guard.metrics import membership  # noqa: PLC0415 - numpy, for gates that are computed

    table, options = attacked.table, gate.options
    attributes, matched = options.get("groups", ()), options.get("match-on", ())
    columns: dict[str, Column] = {name: table.columns[name] for name in (*attributes, *matched)}
    called = groups.names(groups.people(columns), options.get("declared", {}), "", small)
    made, layout = groups.groupings(columns, attributes, 1, called)
    strata: Grouping | None = None
    if matched:
        strata = groups.groupings(columns, matched, len(matched), called)[0][-1]
    asked = options.get("min-attack")
    least = None if asked is None else (asked, 0) if isinstance(asked, str) else (asked["attack"], asked.get("references", 0))
    audit = membership.Audit(
        scores=attacked.scores,
        member=attacked.member,
        higher_is="member",
        groupings=made,
        strata=strata,
        covariates=tuple((name, table.columns[name]) for name in sorted(attacked.covariates)),
        matched=tuple(matched),
        attack=attacked.attack,
        references=attacked.references,
        min_attack=least,
        seed=options.get("seed"),
    )
    found = membership.assess(audit, terms, small)
    return (tuple(_refused(each, attacked.unknown) for each in found) if attacked.unknown else found), layout


def _refused(found: Assessment, why: str) -> Assessment:
    listed = tuple(each if each.verdict == "undefined" else each.replace(verdict="refused") for each in found.groups)
    return found.replace(verdict="refused", message=why, needed=None, band="", groups=listed)


def _other(gate: Gate, kind: str, attacked: Attacked | None, inputs: Mapping[str, Source], terms: Terms) -> tuple[Assessment, ...]:
    """Judge what is told from numbers of an audit, of a claim, or of canaries."""
    options = gate.options
    if attacked is None or kind != "epsilon-lower":
        _there({*inputs, *options}, *_NEEDS[kind])
    if kind == "epsilon":
        from pytest_genomic_guard.metrics import epsilon  # noqa: PLC0415 - for gates that are computed

        return epsilon.assess(options["epsilon"], terms)
    if kind == "exposure":
        from pytest_genomic_guard.metrics import exposure  # noqa: PLC0415 - as above

        canary = _numbers(inputs["canary"], gate) if "canary" in inputs else float(options["canary"])
        return exposure.assess(canary, _numbers(inputs["references"], gate), terms)
    from pytest_genomic_guard.metrics import onerun  # noqa: PLC0415 - as above

    delta, error = options.get("delta", 0.0), onerun.alpha(terms)
    if attacked is None:
        audit = onerun.of(options["canaries"], options["guesses"], options["correct"], delta, error)
    else:
        audit = onerun.from_scores(attacked.scores, attacked.member, delta, error)
    return onerun.assess(audit, terms)


def _numbers(source: Source, gate: Gate) -> Any:
    """Return the perplexities of a file: of the column that is named, of the only one, or of an array without columns."""
    header = source.header()
    if not header:
        found = source.matrix("").astype(float).reshape(-1)
        if not (found == found).all():  # noqa: PLR0124 - what is no number is not equal to itself
            raise Unusable("a perplexity is no number")
        return found
    name = gate.options.get("score", "score")
    if name not in header and len(header) != 1:
        raise Unusable(f"there is no column {name!r}")
    name = name if name in header else header[0]
    return source.table({name: "number"}).columns[name].numbers


def curve(gate: Gate, inputs: Mapping[str, Source], small: int) -> tuple[list[float], list[float], list[float], list[float]]:
    """Return what the attack of a gate finds at false-positive rates: these, the true-positive rates, and their intervals' ends.

    The rates begin where more than `small` non-members stand behind one, and each interval holds by itself. Raises `Unusable`, also
    for `small` members or fewer.
    """
    from fractions import Fraction  # noqa: PLC0415 - for plots

    from pytest_genomic_guard.metrics import attackers  # noqa: PLC0415 - numpy, for gates that are computed

    attacked = Attacked(gate, inputs)
    people = attackers.sample(attacked.scores, attacked.member)
    least = max(3, small + 1)
    if people.effective < 2 * least:
        raise Unusable("there are too few non-members for a curve")
    if len(people.inside) <= small:
        raise Unusable("there are too few members for a curve")
    span = people.effective / least
    rates = [
        Fraction(least, people.effective) * Fraction(span ** (step / _STEPS)).limit_denominator(10**6) for step in range(_STEPS)
    ]
    found = [attackers.tpr(people, 1 - gate.confidence, rate) for rate in rates]
    kept = [
        (float(rate), each.value, each.low, each.high) for rate, each in zip(rates, found, strict=True) if each.value is not None
    ]
    fpr, tpr, low, high = (list(column) for column in zip(*kept, strict=True))
    return fpr, tpr, low, high
