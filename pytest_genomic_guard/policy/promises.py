"""What became less strict in gates, and in what is said of licences and cards; `registers` has the registers."""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.policy import PROFILES, Project
from pytest_genomic_guard.policy.loosening import arrow, few, milder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard.policy import Gate, Policy
    from pytest_genomic_guard.policy.loosening import Loosening, Pair


_KINDS = ("mia",)  # whose gates are read and not judged; the others are typed
_METRICS = frozenset(
    ("selection-rate", "tpr", "fpr", "tnr", "fnr", "ppv", "npv", "accuracy", "auc", "calibration-error")
)  # of fairness; the policy can name others, in words of its own


class _Gate(Record):
    """A gate of any kind, in the parts that can be ordered and the rest."""

    bounds: Mapping[str, tuple[str, float, int]]  # by metric: operator, limit, line
    decide: str | None
    confidence: float | None
    least: int | None
    rest: Mapping[str, Any]
    line: int


def gates(pair: Pair) -> Iterator[Loosening]:
    """Yield gates that are gone, and what changed in those that are there."""
    after = dict(_gates(pair.new))
    for key, was in _gates(pair.old):
        now = after.get(key)
        if now is None:
            yield pair.told("gate removed", f"{key[0]} gate removed", 0, was.line)
        else:
            yield from _gate(pair, key[0], was, now)


def _gates(policy: Policy) -> Iterator[tuple[tuple[str, bytes, str], _Gate]]:
    """Yield all gates by kind, project and name."""
    for gate in policy.gates:
        yield (
            (gate.kind, gate.root, gate.name),
            _Gate(
                bounds={bound.metric: (bound.operator, bound.limit, bound.line) for bound in gate.bounds},
                decide=gate.decide,
                confidence=gate.confidence,
                least=gate.min_denominator if gate.kind == "fairness" else None,
                rest=_rest(gate),
                line=gate.line,
            ),
        )
    for project in (policy.top, *policy.projects):
        for kind in _KINDS:
            for name, item in project.settings.get(kind, {}).items():
                bounds = item.get("bounds", {})
                yield (
                    (kind, project.root, name),
                    _Gate(
                        bounds={key: (text[:2], float(text[2:]), bounds.lines[key]) for key, text in bounds.items()},
                        decide=item.get("decide"),
                        confidence=item.get("confidence"),
                        least=None,
                        rest={key: value for key, value in item.items() if key not in {"bounds", "decide", "confidence"}},
                        line=project.settings[kind].lines[name],
                    ),
                )


def _rest(gate: Gate) -> dict[str, Any]:
    """Return what a gate says besides its bounds, by the keys of the policy."""
    if gate.kind == "fairness":
        return {"value": (gate.file, gate.pointer)}
    return {"table": gate.file, "n": gate.people, "n-ref": gate.reference, "sensitive": gate.sensitive}


def _looser(key: str, before: Any, after: Any) -> bool:
    """Tell whether what changed in a release is milder: more people, a smaller reference (0: any), not sensitive, or a table."""
    if key == "n":
        return bool(after > before)
    if key == "n-ref":
        return bool(after and (not before or after < before))
    return key == "table" or not after


def _gate(pair: Pair, kind: str, was: _Gate, now: _Gate) -> Iterator[Loosening]:
    changed = {key for key in {*was.rest, *now.rest} if was.rest.get(key) != now.rest.get(key)}
    if kind == "release" and all(operator == "<=" for each in (was, now) for operator, _limit, _line in each.bounds.values()):
        changed = {key for key in changed if _looser(key, was.rest[key], now.rest[key])}
    if changed:
        yield pair.told("gate changed", f"{kind} {few(changed)} changed", now.line, was.line)
    for metric, (operator, limit, line) in was.bounds.items():
        other, wider, place = now.bounds.get(metric, ("", limit, 0))
        if other != operator or (wider > limit if operator == "<=" else wider < limit):
            after = f"{other} {wider}" if other else "none"
            yield pair.told("bound", f"{kind} {_metric(kind, metric)} {arrow(f'{operator} {limit}', after)}", place, line)
    if was.decide != now.decide != "pass-if-proven":  # under which alone a gate passes by nothing but proof
        yield pair.told("decide", f"{kind} decide {arrow(was.decide, now.decide)}", now.line, was.line)
    proofs = (("confidence", was.confidence, now.confidence), ("min-denominator", was.least, now.least))
    for word, less, more in proofs if {was.decide, now.decide} != {"point"} else ():
        raised = less is not None and more is not None and more > less
        if less != more and not (raised and _forced(pair.new, kind, now)):
            yield pair.told(word, f"{kind} {word} {arrow(less, more)}", now.line, was.line)


def _forced(policy: Policy, kind: str, gate: _Gate) -> bool:
    """Tell whether a gate without a decision fails. Else asking for more proof can turn a failure into less."""
    forced = PROFILES[policy.profile].get("inconclusive") or policy.inconclusive[kind]
    return gate.decide == "pass-if-proven" or (gate.decide == "fail-if-proven" and forced == "fail")


def _metric(kind: str, metric: str) -> str:
    """Return a metric, of fairness only where its first part is a word that everybody uses."""
    name, _dot, end = metric.partition(".")
    return metric if kind != "fairness" or name in _METRICS else f"bound on a .{end}"


def settings(pair: Pair) -> Iterator[Loosening]:
    """Yield what holds for licences and cards of the whole, then for those of a project where it differs from what is around it.

    What holds is the same for all paths between one root and the roots below it, so the roots of both policies tell of every path.
    """
    roots = sorted({b"", *(project.root for policy in (pair.old, pair.new) for project in policy.projects)}, key=len)
    for number, root in enumerate(roots):
        around = next((each for each in reversed(roots[:number]) if Project(root=each, settings={}).holds(root)), None)
        for key, parts in _SETTINGS.items():
            before, after = (policy.settings(key, root) for policy in (pair.old, pair.new))
            outer = [{} if around is None else policy.settings(key, around) for policy in (pair.old, pair.new)]
            for part, compare in parts.items():
                values = (before.get(part), after.get(part))
                if around is not None and values == (outer[0].get(part), outer[1].get(part)):
                    continue
                if shows := compare(*values):
                    line, was = (_line(policy, key, part, root) for policy in (pair.new, pair.old))
                    yield pair.told(key, f"{key} {part} {shows}{' in a project' if root else ''}", line, was)


def _line(policy: Policy, key: str, part: str, root: bytes) -> int:
    """Return where a value stands that holds for a project."""
    around = [
        project for project in (policy.top, *policy.projects) if project.holds(root) and part in project.settings.get(key, {})
    ]
    line: int = max(around, key=lambda project: len(project.root)).settings[key].lines[part] if around else 0
    return line


def _ranked(order: Sequence[str], default: str) -> Callable[[Any, Any], str | None]:
    """Return what compares two words of an order from strict to lax."""

    def compare(before: str | None, after: str | None) -> str | None:
        was, now = before or default, after or default
        return arrow(was, now) if milder(was, now, order) else None

    return compare


def _classes(before: list[str] | None, after: list[str] | None) -> str | None:
    if before is None or after is None:
        return None if before == after else arrow(*(None if each is None else "a list" for each in (before, after)))
    return f"+ {few(added)}" if (added := {*after} - {*before}) else None


def _groups(before: list[str] | None, after: list[str] | None) -> str | None:
    """Compare names that are the repository's own, which are counted only."""
    if before is None or after is None:
        return _classes(before, after)
    return f"+ {len(added)}" if (added := {*after} - {*before}) else None


def _counted(before: list[str] | None, after: list[str] | None) -> str | None:
    """Compare ids, of which none is allowed where there is no list."""
    return f"+ {len(added)}" if (added := {*(after or ())} - {*(before or ())}) else None


def _changed(before: str | None, after: str | None) -> str | None:
    """Compare what nobody can order: by whose licence, or by which environment the packages are judged."""
    return None if before == after else "+ 1" if before is None else "- 1" if after is None else "changed"


def _exceptions(before: list[Any] | None, after: list[Any] | None) -> str | None:
    """Compare what is granted: to a package for any licence, or for each that is named."""
    until: dict[tuple[str, str, str, str], str] = {}
    for item in before or ():
        for each in item.get("allow") or ("",):
            what = (item["package"], item.get("versions", ""), item.get("extra", ""), each)
            until[what] = max(item["expires"], until.get(what, ""))

    def more(item: Any) -> bool:
        package, versions = item["package"], item.get("versions", "")
        extras, named = {item.get("extra", ""), ""}, item.get("allow") or ("",)
        held = [max(until.get((package, versions, extra, one), "") for extra in extras for one in {each, ""}) for each in named]
        return any(item["expires"] > last for last in held)

    count = sum(map(more, after or ()))
    return f"+ {count}" if count else None


def _clarified(before: list[Any] | None, after: list[Any] | None) -> str | None:
    more = sum(item not in (before or ()) for item in after or ())
    return f"+ {more}" if more else None


_SETTINGS: Mapping[str, Mapping[str, Callable[[Any, Any], str | None]]] = {
    "licences": {
        **dict.fromkeys(("allow-classes", "dev-allow-classes"), _classes),
        "allow": _counted,
        "dev-groups": _groups,
        **dict.fromkeys(("unknown", "conflict", "uncovered"), _ranked(("fail", "warn", "note"), "fail")),
        "use": _ranked(("any", "non-commercial-research"), "any"),
        **dict.fromkeys(("own", "python"), _changed),
        "exceptions": _exceptions,
        "clarify": _clarified,
    },
    "cards": {
        "tier": _ranked(("release", "research", "basic"), "basic"),
        **dict.fromkeys(("registry", "fixtures"), _clarified),  # each entry speaks for models that would be judged without it
    },
}
