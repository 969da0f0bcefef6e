"""What became less strict in gates, and in what is said of licences and cards; `registers` has the registers."""

from __future__ import annotations

from pytest_genomic_guard.policy import PROFILES, Project
from pytest_genomic_guard.policy.loosening import arrow, few, milder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard.policy import Bound, Gate, Policy
    from pytest_genomic_guard.policy.loosening import Loosening, Pair


def gates(pair: Pair) -> Iterator[Loosening]:
    """Yield gates that are gone, and what changed in those that are there."""
    after = {(gate.kind, gate.root, gate.name): gate for gate in pair.new.gates}
    for was in pair.old.gates:
        now = after.get((was.kind, was.root, was.name))
        if now is None:
            yield pair.told("gate removed", f"{was.kind} gate removed", 0, was.line)
        else:
            yield from _gate(pair, was, now)


def _rest(gate: Gate) -> dict[str, Any]:
    """Return what a gate says besides its bounds and the proof that it asks for, by the keys of the policy."""
    found: dict[str, Any] = {**gate.options, **gate.inputs}
    if gate.kind == "release":
        return found | {"table": gate.file, "n": gate.people, "n-ref": gate.reference, "sensitive": gate.sensitive}
    return found | ({"value": (gate.file, gate.pointer)} if gate.file else {})


def _looser(was: Gate, now: Gate, key: str, before: Any, after: Any) -> bool:
    """Tell whether what changed can be milder: all that nobody can order is."""
    if key == "declared":  # groups that have to be there
        return any(set(labels) - set((after or {}).get(column, ())) for column, labels in (before or {}).items())
    if key == "min-attack":
        return not all(least >= asked for least, asked in zip(strength(after), strength(before), strict=True))
    if key == "covariates":  # that must not tell members from others
        return before is None or not {*before} <= {*(after or ())}
    ordered = was.kind == "release" and all(bound.operator == "<=" for bound in (*was.bounds, *now.bounds))
    return not ordered or _more_given(key, before, after)


def _more_given(key: str, before: Any, after: Any) -> bool:
    """Tell whether more can be released: of more people, against a smaller reference (0: any), of nothing sensitive."""
    if key == "n":
        return bool(after > before)
    if key == "n-ref":
        return bool(after and (not before or after < before))
    return key != "sensitive" or not after


def strength(asked: str | Mapping[str, Any] | None) -> tuple[int, int]:
    """Return how strong an attack must be at least, and of how many reference models; `asked` as the policy has it."""
    from pytest_genomic_guard.policy.gatekeys import ATTACKS  # noqa: PLC0415 - of a policy with such gates it is there already

    if asked is None:
        return -1, 0
    attack, references = (asked, 0) if isinstance(asked, str) else (asked["attack"], asked.get("references", 0))
    return ATTACKS[attack], references


def _gate(pair: Pair, was: Gate, now: Gate) -> Iterator[Loosening]:
    kind, before, after = was.kind, _rest(was), _rest(now)
    changed = [key for key in sorted({*before, *after}) if before.get(key) != after.get(key)]
    changed = [key for key in changed if _looser(was, now, key, before.get(key), after.get(key))]
    if changed:
        yield pair.told("gate changed", f"{kind} {few(changed)} changed", now.line, was.line)
    bounds = {bound.metric: bound for bound in now.bounds}
    for bound in was.bounds:
        other = bounds.get(bound.metric)
        if other is None or other.operator != bound.operator or _wider(bound, other):
            shows = arrow(_limits(bound), _limits(other) if other else "none")
            yield pair.told("bound", f"{kind} {bound.metric} {shows}", other.line if other else 0, bound.line)
    if was.decide != now.decide != "pass-if-proven":  # under which alone a gate passes by nothing but proof
        yield pair.told("decide", f"{kind} decide {arrow(was.decide, now.decide)}", now.line, was.line)
    proofs = (("confidence", was.confidence, now.confidence), ("min-denominator", was.min_denominator, now.min_denominator))
    for word, less, more in proofs if {was.decide, now.decide} != {"point"} else ():
        if less != more and not (more > less and _forced(pair.new, now)):
            yield pair.told(word, f"{kind} {word} {arrow(less, more)}", now.line, was.line)


def _wider(was: Bound, now: Bound) -> bool:
    """Tell whether a bound, or the band around it, reaches further than before."""
    outer = was.limit if was.recalibrate is None else was.recalibrate, now.limit if now.recalibrate is None else now.recalibrate
    pairs = ((was.limit, now.limit), outer)
    return any(after > before if was.operator == "<=" else after < before for before, after in pairs)


def _limits(bound: Bound) -> str:
    band = "" if bound.recalibrate is None else f", recalibrate {bound.operator} {bound.recalibrate}"
    return f"{bound.operator} {bound.limit}{band}"


def _forced(policy: Policy, gate: Gate) -> bool:
    """Tell whether a gate without a decision fails. Else asking for more proof can turn a failure into less."""
    forced = PROFILES[policy.profile].get("inconclusive") or policy.inconclusive[gate.kind]
    return gate.decide == "pass-if-proven" or (gate.decide == "fail-if-proven" and forced == "fail")


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
