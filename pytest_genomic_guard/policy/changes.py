"""A change cannot excuse itself: in which ways a policy is less strict than the one of the merge base.

What can be ordered is told where it became less strict. What cannot, such as an option whose direction nobody declared, is told
where it changed. A baseline that became shorter is not told: what it still holds was held before.
"""

from __future__ import annotations

from pytest_genomic_guard.policy.loosening import WORDS, Loosening, Pair, arrow, counted, few, milder
from pytest_genomic_guard.policy.promises import gates, settings
from pytest_genomic_guard.policy.registers import attestations, data_use, vendors
from pytest_genomic_guard.policy.released import INTERNAL, repeated
from pytest_genomic_guard.policy.smallcells import NONE, threshold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from pytest_genomic_guard.policy import Policy, Waiver
    from pytest_genomic_guard.policy.madeup import MadeUp
    from pytest_genomic_guard.policy.sampled import Declared

__all__ = ["WORDS", "Loosening", "loosened"]

_PROFILES = ("strict", "research", "minimal")
_INCONCLUSIVE = ("fail", "warn", "note")
_SMALL_CELL = 10
_MORE_IS_MILDER = frozenset(
    {("GEN101", "max_samples"), ("GEN401", "warn_from"), ("GEN401", "block_from")}
)  # options that allow more when they grow; of any other, a change counts
_SAMPLES = {"public_samples", "simulated_samples"}
_WILD = "*?["


def loosened(old: Policy, new: Policy, options: Callable[[str], Mapping[str, Any]] | None = None) -> tuple[Loosening, ...]:
    """Return what `new` is less strict in than `old`, in the order of files and lines.

    `options` gives the options of a rule with their defaults, as `Registry.options` does, and raises KeyError for a rule that there
    is not. Without it an option that only one of the policies has counts as changed. Both policies are as `prepare` would use
    them, registers, manifests and baseline included, and without what the command line changes.
    """
    pair = Pair(old=old, new=new, options=options or _unknown)
    found = [each for part in _PARTS for each in part(pair)]
    if found and old.path is not None and new.path is None:
        found.append(pair.told("policy removed", "the policy is gone, and the defaults are less strict", 0))
    order = {word: number for number, word in enumerate(WORDS)}
    found.sort(key=lambda each: (each.file, each.line, each.was, order[each.what], each.shows))
    return tuple(dict.fromkeys(found))


def _unknown(_code: str) -> Mapping[str, Any]:
    return {}


def _words(pair: Pair) -> Iterator[Loosening]:
    """Yield what is one word or number."""
    old, new = pair.old, pair.new
    if milder(old.changes, new.changes, ("refuse", "accept")):
        yield pair.told_of("policy-changes", f"policy-changes {arrow(old.changes, new.changes)}")
    if milder(old.profile, new.profile, _PROFILES):
        yield pair.told_of("profile", f"profile {arrow(old.profile, new.profile)}")
    before, after = (each.declared.get("small-cell", _SMALL_CELL) for each in (old, new))
    if after < before:
        yield pair.told_of("small-cell", f"small-cell {arrow(before, after)}")
    elif before and "small-cell" in old.declared and threshold(new) == NONE:  # what failed becomes a note
        yield pair.told_of("small-cell", f"small-cell {arrow(before, None)}")
    for kind in sorted(new.inconclusive):
        before, after = old.inconclusive.get(kind), new.inconclusive[kind]
        if milder(before, after, _INCONCLUSIVE):
            shows = f"on-inconclusive {kind} {arrow(before, after)}"
            yield pair.told_of("on-inconclusive", shows, f"on-inconclusive {kind}")


def _codes(pair: Pair) -> Iterator[Loosening]:
    """Yield codes that ran, and now are not selected or are ignored. RUN always runs."""
    old, new = pair.old, pair.new
    lost = {code for code in old.select if not code.startswith(("RUN", *new.select))}
    if new.select and (lost or not old.select):
        shows = f"select - {few(lost)}" if lost else f"select all -> {few(new.select)}"
        yield pair.told_of("select", shows)
    before = tuple(item.what for item in old.ignore)
    for item in new.ignore:
        ran = not old.select or any(item.what.startswith(code) or code.startswith(item.what) for code in old.select)
        if ran and not item.what.startswith(before):
            yield pair.told("ignore", f"ignore + {item.what}", item.line)


def _paths(pair: Pair) -> Iterator[Loosening]:
    """Yield patterns that exclude what no pattern did; of two with stars in their midst nobody knows, unless they are the same."""
    before = {item.what for item in pair.old.exclude}
    below = tuple(literal for pattern in before if (literal := _below(pattern)) is not None)
    for item in pair.new.exclude:
        if item.what not in before and not item.what.startswith(below):
            yield pair.told("exclude", "exclude + 1 pattern", item.line)


def _below(pattern: str) -> str | None:
    """Return the text with which every path begins that a pattern matches, where it matches all that begin so."""
    literal = pattern[:-2] if pattern.endswith("**") else pattern if pattern.endswith("/") else None
    return None if literal is None or any(mark in literal for mark in _WILD) else literal


def _options(pair: Pair) -> Iterator[Loosening]:
    """Yield options of checks."""
    old, new = pair.old.checks, pair.new.checks
    for code in sorted({*old, *new}):
        try:
            defaults = pair.options(code)
        except KeyError:  # a plugin's that is no longer there, or was not yet
            defaults = {}
        for name in sorted({*old.get(code, {}), *new.get(code, {})} - _SAMPLES):  # those are under `samples`
            before, after = (each.get(code, {}).get(name, defaults.get(name)) for each in (old, new))
            first = tuple(_value(each, "GEN401", name, defaults.get(name)) for each in (old, new))
            if repeated(code, name) and (name in INTERNAL or (before, after) == first):
                continue  # told under `release`, or of the check that has the one pair of thresholds
            if before == after or (_ordered(code, name, before, after) and before > after):  # type: ignore[operator]
                continue
            numbers = not any(isinstance(each, str) for each in (before, after))
            shows = f"{code} {name.replace('_', '-')} {arrow(before, after) if numbers else 'changed'}"
            yield pair.told_of("checks", shows, f"checks {code} {name}")


def _value(checks: Mapping[str, Mapping[str, Any]], code: str, name: str, default: object) -> object:
    return checks.get(code, {}).get(name, default)


def _ordered(code: str, name: str, *values: object) -> bool:
    return (code, name) in _MORE_IS_MILDER and all(isinstance(value, (int, float)) for value in values)


def _named(pair: Pair) -> Iterator[Loosening]:
    """Yield public resources, packs and plugins."""
    old, new = pair.old, pair.new
    if resources := _resources(new) - _resources(old):
        yield pair.told_of("samples", f"samples public + {few(resources)}")
    if new.simulated and not old.simulated:
        yield pair.told_of("samples", "samples simulated false -> true", "samples simulated")
    if old.packs != new.packs:
        from pytest_genomic_guard.policy.packs.rules import in_force  # noqa: PLC0415 - where they changed

        if gone := ({*old.packs} - {*new.packs}) | ({*in_force(old.packs)} - {*in_force(new.packs)}):
            yield pair.told_of("packs", f"packs - {few(gone)}")
    if plugins := {*old.plugins} - {*new.plugins}:
        yield pair.told_of("plugins", f"plugins - {len(plugins)}")


def _resources(policy: Policy) -> set[str]:
    from pytest_genomic_guard.policy.packs.samples import PUBLIC  # noqa: PLC0415 - where policies are compared

    return {pack.name for pack in PUBLIC} if policy.public is None else {*policy.public}


def _declared(pair: Pair) -> Iterator[Loosening]:
    """Yield declarations of data that nothing declared so before, or that hold for longer."""
    before: dict[tuple[str, str], Declared] = {}
    for entry in sorted(pair.old.samples, key=lambda each: each.expires):
        before[entry.path, entry.species] = entry  # the one that holds longest
    for entry in pair.new.samples:
        known = before.get((entry.path, entry.species))
        if known is None:
            yield pair.told("samples", "samples declared + 1 pattern", entry.line)
        elif entry.expires > known.expires:
            yield pair.told("samples", f"samples declared {arrow(known.expires, entry.expires)}", entry.line, known.line)


def _synthetic(pair: Pair) -> Iterator[Loosening]:
    """Yield files that nothing declared as made up before, whose content is another, or for which that holds for longer."""
    before: dict[tuple[bytes, str], MadeUp] = {}
    for entry in sorted(pair.old.synthetic, key=lambda each: each.expires):
        before[entry.path, entry.sha256] = entry  # the one that holds longest
    for entry in pair.new.synthetic:
        known = before.get((entry.path, entry.sha256))
        if known is None:
            yield pair.told("synthetic", "synthetic + 1 file", entry.line, 0, entry.file)
        elif entry.expires > known.expires:
            yield pair.told("synthetic", f"synthetic {arrow(known.expires, entry.expires)}", entry.line, known.line, entry.file)


def _waivers(pair: Pair) -> Iterator[Loosening]:
    """Yield waivers of other content, or for longer; those of one manifest together."""
    before: dict[tuple[str, bytes, str], Waiver] = {}
    for waiver in sorted(pair.old.waivers, key=lambda each: each.expires):
        before[waiver.code, waiver.path, waiver.sha256] = waiver  # the one that holds longest
    groups: dict[tuple[bytes | None, int], list[tuple[Waiver, Waiver | None]]] = {}
    for waiver in pair.new.waivers:
        known = before.get((waiver.code, waiver.path, waiver.sha256))
        if known is None or waiver.expires > known.expires:
            groups.setdefault((waiver.file, waiver.line), []).append((waiver, known))
    for (file, line), group in groups.items():
        waiver, known = group[0]
        if known and all(each for _waiver, each in group):
            yield pair.told("waiver", f"waiver {waiver.code} {arrow(known.expires, waiver.expires)}", line, known.line, file)
        else:
            many = f", {counted(len(group), 'file', 'files')}" if waiver.manifest else ""
            yield pair.told("waiver", f"waiver + {waiver.code}{many}", line, 0, file)


def _baseline(pair: Pair) -> Iterator[Loosening]:
    """Yield debts that were not held, by code: how many, and the first line with some."""
    if pair.new.baseline is None:
        return
    before = pair.old.baseline.entries if pair.old.baseline else {}
    more: dict[str, tuple[int, int]] = {}
    for key, (count, line) in sorted(pair.new.baseline.entries.items(), key=lambda entry: entry[1][1]):
        added = count - before.get(key, (0, 0))[0]
        if added > 0:
            number, first = more.get(key[1], (0, line))
            more[key[1]] = (number + added, first)
    for code, (number, line) in more.items():
        yield pair.told("baseline", f"baseline + {number} {code}", line, 0, pair.new.baseline.path)


_PARTS = (
    _words,
    _codes,
    _paths,
    _options,
    _named,
    _declared,
    _synthetic,
    _waivers,
    _baseline,
    gates,
    settings,
    data_use,
    vendors,
    attestations,
)
