"""What an audit tells of membership: figures with intervals, overall and by group, and whether they may be judged at all.

A figure passes when its whole interval keeps the bound in every group, and the attack was strong enough to find a leak. No verdict
is given on people who differ by more than membership, or on scores that point the wrong way.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.metrics import attackers, bounds, cells, exchange, names, ranks
from pytest_genomic_guard.metrics.attackers import Figure
from pytest_genomic_guard.metrics.judging import band
from pytest_genomic_guard.metrics.nouns import Assessment, Unusable
from pytest_genomic_guard.report import GroupFigure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Literal

    from pytest_genomic_guard.metrics.attackers import Sample
    from pytest_genomic_guard.metrics.nouns import Ask, Column, Grouping, Terms
    from pytest_genomic_guard.model import Verdict

# How much of a leak an attack can find, as the literature ranks them (Carlini et al. 2022, Zarifzadeh et al. 2024).
STRENGTH = {"loss": 0, "min-k": 1, "zlib": 1, "reference": 1, "lira-offline": 2, "lira-fixed": 2, "lira": 3, "rmia": 3}
_METHODS = {
    "auc": "DeLong intervals on the logit scale",
    "advantage": "Hoeffding's upper limit, DKW-Massart band below",
    "tpr": "exact joint limits: order statistics of non-members, Clopper-Pearson on members",
}

_WORDS = {
    "undefined": "no members, or no non-members, to compare",
    "small": "too few members or non-members to judge",
    "constant": "all scores are equal: nobody was attacked",
}


class Audit(Record):
    """An attack's scores, row by row, and what is known of the people and of the attack."""

    scores: Any  # float64[n]
    member: Any  # bool[n]
    higher_is: Literal["member", "non-member"]
    groupings: tuple[Grouping, ...] = ()
    strata: Grouping | None = None  # the intersection of what is matched
    covariates: tuple[tuple[str, Column], ...] = ()
    matched: tuple[str, ...] = ()  # names of covariates that the strata are made of
    attack: str = "loss"
    references: int = 0  # models that the attack used
    min_attack: tuple[str, int] | None = None  # the weakest attack that may pass, and with how many reference models
    seed: int | None = None


class Group(Record):
    """A group's people and, for one metric, what is told of them."""

    label: str  # "": all of them
    people: Sample


def assess(audit: Audit, terms: Terms, small: int = 10) -> tuple[Assessment, ...]:
    """Return one assessment for each bound over `auc`, `advantage` and `tpr@fpr=X`, in order.

    Counts of 1 to `small` people are not told in messages. Raises Unusable for scores that are no finite numbers, columns of
    different lengths, and metrics that are none of these.
    """
    member, score, strata = _checked(audit)
    audit = audit.replace(member=member)
    groups = _groups(audit, score, strata)
    judged = sum(not _state(group.people, terms) for group in groups)
    alpha = (1 - terms.confidence) / max(1, judged) / max(1, len(terms.asks))
    refused = _refusal(audit, groups, strata, terms, alpha)
    return tuple(_assessment(ask, audit, terms, groups, alpha, refused, small) for ask in terms.asks)


def _checked(audit: Audit) -> tuple[Any, Any, Any]:
    """Return who is a member, the scores so that higher is member, and the strata from 0 on."""
    member = cells.bits(audit.member, "member").astype(bool)
    score, n = ranks.numbers("score", audit.scores), len(member)
    others = [column.codes if column.codes is not None else column.numbers for _name, column in audit.covariates]
    if audit.strata:
        others.append(audit.strata.codes)
    if any(len(each) != n for each in (score, *others)):
        raise Unusable("the columns differ in length")
    cells.checked(audit.groupings, n)
    score = score if audit.higher_is == "member" else 0.0 - score
    if audit.strata is None:
        return member, score, None
    strata = audit.strata.codes.astype(np.int64)  # who has no stratum is compared with nobody
    return member, score, np.where(strata < 0, len(audit.strata.labels) + member, strata)


def _groups(audit: Audit, score: Any, strata: Any) -> list[Group]:
    """Return all people, then the groups by name, the declared ones that nobody is in with them."""
    found = [Group(label="", people=attackers.sample(score, audit.member, strata))]
    for grouping in audit.groupings:
        order = np.argsort(grouping.codes, kind="stable")
        codes = grouping.codes[order]
        here = []
        for code, label in enumerate(grouping.labels):
            rows = order[np.searchsorted(codes, code, "left") : np.searchsorted(codes, code, "right")]
            if len(rows) or label in grouping.declared:
                within = None if strata is None else np.unique(strata[rows], return_inverse=True)[1]
                here.append(Group(label=label, people=attackers.sample(score[rows], audit.member[rows], within)))
        nobody = attackers.sample(score[:0], audit.member[:0])
        here += [Group(label=label, people=nobody) for label in grouping.declared if label not in grouping.labels]
        found += sorted(here, key=lambda group: group.label)
    return found


def _state(people: Sample, terms: Terms) -> Literal["", "undefined", "small", "constant"]:
    least = min(len(people.inside), len(people.outside))
    if not least:
        return "undefined"
    if least < terms.minimum:
        return "small"
    return "constant" if people.constant else ""


def _refusal(audit: Audit, groups: Sequence[Group], strata: Any, terms: Terms, alpha: float) -> str:
    rest = [(name, column) for name, column in audit.covariates if name not in audit.matched]
    if rest and groups[0].people.auc.positives:
        why = exchange.refusal(exchange.blind(audit.member, rest, strata, terms.confidence))
        if why:
            return why
    for group in groups:
        if not _state(group.people, terms) and group.people.auc.limits(alpha)[1] < 0.5:
            where = f" in {group.label}" if group.label else ""
            return (
                f"members score lower than non-members{where} (AUC {group.people.auc.value:.3f}), against the declared direction"
                " (higher-is): the wrong sign, or a leak the other way round"
            )
    return ""


def _assessment(  # noqa: PLR0913, PLR0917 - what all bounds share is made once
    ask: Ask, audit: Audit, terms: Terms, groups: Sequence[Group], alpha: float, refused: str, small: int
) -> Assessment:
    figures = [_figure(ask, group.people, terms, alpha) for group in groups]
    judged = [figure for figure in figures if not figure.state]
    worst, ends = bounds.worst(ask, judged)
    verdict: Verdict = "refused"
    why = refused
    if not refused:
        verdict, why = bounds.verdict(ask, terms, figures)
    if verdict == "pass":
        verdict, why = _held_back(why, audit, groups[0].people)
    at = figures.index(worst) if worst else 0
    notes = [why, *_notes(groups, figures, at, small)]
    return Assessment(
        metric=ask.metric,
        value=worst.value if worst else None,
        interval=ends,
        n=worst.n if worst else figures[0].n,
        verdict=verdict,
        message="; ".join(filter(None, notes)),
        groups=tuple(
            _told(ask, terms, audit, group, figure, verdict) for group, figure in zip(groups, figures, strict=True) if group.label
        ),
        method=_method(ask, terms, len(judged), audit, groups[0].people),
        needed=bounds.needed(ask, figures) if verdict == "inconclusive" and not terms.point else None,
        band=band(ask, verdict, (worst.value, *ends), point=terms.point) if worst and ends else "",
    )


def _figure(ask: Ask, people: Sample, terms: Terms, alpha: float) -> Figure:
    state = _state(people, terms)
    if state:
        least = min(len(people.inside), len(people.outside))
        return Figure(value=None, low=0.0, high=1.0, n=least, state=state, needed=terms.minimum if state != "constant" else None)
    if ask.metric == "auc":
        return attackers.auc(people, alpha)
    if ask.metric == "advantage":
        return attackers.advantage(people, alpha)
    if names.rate(ask.metric) is None:
        raise Unusable(f"scores say nothing of {ask.metric}")
    return attackers.tpr(people, alpha, Fraction(ask.metric.partition("=")[2]))


def _held_back(why: str, audit: Audit, people: Sample) -> tuple[Verdict, str]:
    """Return what becomes of a pass: nothing is proven by an attack too weak, or where most members are compared with nobody."""
    weak = _weakness(audit)
    if weak:
        return "inconclusive", weak
    if people.left > len(people.inside):
        return "inconclusive", "most members are compared with nobody"
    if audit.attack.lower() == "loss" and not audit.min_attack:
        why += "; scores of the loss alone are a smoke test: stronger attacks find more"
    return "pass", why


def _weakness(audit: Audit) -> str:
    """Return why the attack is no evidence that nothing leaks, where the policy asks for a stronger one."""
    if audit.min_attack is None:
        return ""
    word, references = audit.min_attack
    attack = audit.attack.lower()
    if attack not in STRENGTH:
        return f"a pass needs an attack as strong as {word}, and how strong this one is is not known"
    if STRENGTH[attack] < STRENGTH.get(word.lower(), max(STRENGTH.values())):
        return f"a pass needs an attack as strong as {word}: {attack} is weaker"
    if audit.references < references:
        had = f"the attack had {audit.references}" if audit.references else "how many the attack had is not known"
        return f"a pass needs {references} reference models: {had}"
    return ""


def _notes(groups: Sequence[Group], figures: Sequence[Figure], at: int, small: int) -> list[str]:
    """Return what else is told: of the figure at `at`, of groups that could not be judged, and of people left out."""
    notes = []
    if groups[at].label:
        notes.append(f"worst of {len(groups) - 1} groups: {groups[at].label}")
    if figures[at].told and not figures[at].state:
        notes.append(figures[at].told)
    for group, figure in zip(groups, figures, strict=True):
        where = f"{group.label}: " if group.label else ""
        if figure.state == "few":
            many = len(group.people.outside)
            counted = f"{many:,} non-members" if many > small else "they"
            notes.append(f"{where}too few non-members: {counted} {figure.told}; needed {figure.needed:,}")
        elif figure.state:
            notes.append(where + _WORDS[figure.state])
    left, compared = groups[0].people.left, len(groups[0].people.inside)
    if left:
        notes.append(f"{left / (left + compared):.1%} of members are in a stratum without non-members, and outside any comparison")
    return notes


def _told(  # noqa: PLR0913, PLR0917 - a group's line of one bound
    ask: Ask, terms: Terms, audit: Audit, group: Group, figure: Figure, whole: Verdict
) -> GroupFigure:
    interval = None if figure.state else (figure.low, figure.high)
    found, _why = bounds.verdict(ask, terms, [figure])
    if whole == "refused" and found != "undefined":
        found = whole
    elif found == "pass" and whole in {"inconclusive", "undefined"} and _weakness(audit):
        found = "inconclusive"
    return GroupFigure(group=group.label, n=figure.n, value=figure.value, interval=interval, verdict=found)


def _method(ask: Ask, terms: Terms, judged: int, audit: Audit, people: Sample) -> str:
    """Return how the intervals were made, and what was attacked with."""
    over = [f"{count} {what}" for count, what in ((judged, "figures"), (len(terms.asks), "bounds")) if count > 1]
    text = _METHODS[ask.metric.partition("@")[0]]
    text += f", {terms.confidence * 100:g} %" + (f" simultaneous over {' and '.join(over)} (Bonferroni)" if over else "")
    if audit.strata:
        text += f", within {audit.strata.name}" + ("" if people.weights is None else " (non-members weighted as members are mixed)")
    text += f"; attack {audit.attack}"
    if audit.references:
        text += f", {audit.references} reference models"
    return text + (f", seed {audit.seed}" if audit.seed is not None else "")
