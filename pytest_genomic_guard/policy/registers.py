"""What became less strict in the registers of data sets, vendors and attestations."""

from __future__ import annotations

from pytest_genomic_guard.policy.loosening import arrow, few, milder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

    from pytest_genomic_guard.policy import Policy
    from pytest_genomic_guard.policy.loosening import Loosening, Pair

    Grant = tuple[tuple[str, ...], str]  # what is granted, and until which day

_NEVER = "9999-12-31"
_MODIFIERS = frozenset(  # of the Data Use Ontology: each says less may be done; the other terms are permissions
    ("NMDS", "NPOA", "GSO", "NCU", "NPU", "NPUNCU", "IRB", "COL", "PUB", "MOR", "TS", "US", "PS", "IS", "GS", "RTN", "CC", "RS")
)


def data_use(pair: Pair) -> Iterator[Loosening]:
    """Yield data sets whose terms are new, gone, or allow more."""
    before, after = (_by_id(policy) for policy in (pair.old, pair.new))
    for name in sorted({*before, *after}):
        was, now = before.get(name, []), after.get(name, [])
        if was == now:
            continue
        line, file = (now[-1].line, now[-1].file) if now else (0, was[0].file)
        if not was or not now:
            yield pair.told("data-use", f"data-use {'-' if was else '+'} 1 entry", line, was[0].line if was else 0, file)
        elif len(was) > 1 or len(now) > 1:
            yield pair.told("data-use", "data-use, several entries of one data set changed", line, was[0].line, file)
        else:
            for key, shows in _terms(was[0], now[0]):
                yield pair.told("data-use", f"data-use {key} {shows}", now[0].lines.get(key, line), was[0].lines.get(key, 0), file)


def _by_id(policy: Policy) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for item in policy.declared.get("data-use", ()):
        found.setdefault(item["id"], []).append(item)
    return found


def _terms(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the terms of one data set that allow more, or that cannot be ordered."""
    for key, order in (
        ("controlled", (True, False)),
        ("ai-training", ("forbidden", "allowed")),
        ("share-models", ("forbidden", "paused", "allowed")),
        ("generative", ("forbidden", "allowed")),
    ):
        if milder(was.get(key), now.get(key), order):
            yield key, arrow(was.get(key), now.get(key))
    if now.get("closes", _NEVER) > was.get("closes", _NEVER):
        yield "closes", arrow(was.get("closes"), now.get("closes", "none"))
    before, after = ({*each.get("duo", ())} for each in (was, now))
    if before - after or after - before - _MODIFIERS:
        yield "duo", f"{few(before) or 'none'} -> {few(after) or 'none'}"
    yield from _ties(was, now)


def _ties(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what an entry covers more, ties to itself less, or says otherwise in words that nobody can order."""
    least = [each.get("small-cell", 0) for each in (was, now)]
    if least[1] < least[0]:
        yield "small-cell", arrow(*least)
    for key, fewer in (("aliases", False), ("paths", True), ("models", True)):
        before, after = ({*each.get(key, ())} for each in (was, now))
        if gone := before - after if fewer else after - before:
            yield key, f"{'-' if fewer else '+'} {len(gone)}"
    for key in ("consent", "use", "limits", "irb", "approval"):
        if was.get(key) != now.get(key) and not (key == "approval" and key not in now):
            yield key, "changed"


def vendors(pair: Pair) -> Iterator[Loosening]:
    """Yield vendors that are new, or whose agreement is, or holds for longer."""
    yield from _granted(pair, "vendors", _vendor)


def attestations(pair: Pair) -> Iterator[Loosening]:
    """Yield attestations that are new, or hold for longer."""
    yield from _granted(pair, "attestations", lambda item: [((item["id"],), item["expires"]), ((item["id"], "date"), item["date"])])


def _vendor(item: Mapping[str, Any]) -> list[Grant]:
    until, name = item.get("expires", _NEVER), item["name"]
    agreed = [key for key, value in item.get("terms", {}).items() if value]
    told = [*(("baa",) if item.get("baa") else ()), *agreed, *item.get("diligence", ())]
    return [((name,), until), *(((name, each), until) for each in told)]


def _granted(pair: Pair, key: str, grants: Callable[[Mapping[str, Any]], list[Grant]]) -> Iterator[Loosening]:
    before, after = (policy.declared.get(key, ()) for policy in (pair.old, pair.new))
    for item in _more(before, after, grants):
        yield pair.told(key, f"{key} + 1 entry, or for more or longer", item.line, 0, item.file)


def _more(before: Iterable[Any], after: Iterable[Any], grants: Callable[[Any], list[Grant]]) -> list[Any]:
    """Return the entries that grant what none did, or for longer."""
    until: dict[tuple[str, ...], str] = {}
    for item in before:
        for what, day in grants(item):
            until[what] = max(day, until.get(what, ""))
    return [item for item in after if any(day > until.get(what, "") for what, day in grants(item))]
