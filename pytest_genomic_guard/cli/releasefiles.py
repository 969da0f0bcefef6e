"""``genomic-guard release`` on files of people: scores of an attack, genotypes of members and others, synthetic genomes."""

from __future__ import annotations

import contextlib
import os
import re

from pytest_genomic_guard.cli.releaseoptions import FILES
from pytest_genomic_guard.cli.session import UsageError, emit
from pytest_genomic_guard.metrics import names
from pytest_genomic_guard.metrics.nouns import Ask, Terms
from pytest_genomic_guard.metrics.release import KNOWN
from pytest_genomic_guard.report import CLEAN, FAILED, INCOMPLETE

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from typing import Any

    from pytest_genomic_guard.gates.genomes import Settings
    from pytest_genomic_guard.metrics.nouns import Assessment

SCHEMA = "genomic-guard/release-files/1"
_BOUND = re.compile(r"\s*([a-z][\w@=.-]*?)\s*(<=|>=)\s*(-?[0-9]+(?:\.[0-9]+)?)\s*", re.ASCII)
_UNJUDGED = "variants-per-person"


def files(given: argparse.Namespace) -> dict[str, bytes]:
    """Return the files of people that the command names, by the keys of a policy."""
    found = {key: getattr(given, key.replace("-", "_")) for key in FILES}
    return {key: path for key, path in found.items() if path is not None}


def measure(given: argparse.Namespace) -> int:
    """Compute and print what the files tell; 1 where a bound is not kept. Raises `UsageError`."""
    from pytest_genomic_guard.gates import genomes  # noqa: PLC0415 - needs numpy, for such files alone

    paths = files(given)
    bounds = [_bound(text) for text in given.bound]
    if len({ask.metric for ask in bounds}) < len(bounds):
        raise UsageError("one --bound for each metric")
    asks = bounds or _all(paths, given.alpha)
    terms = Terms(asks=tuple(asks), confidence=_within(given.confidence, "--confidence", 0.5, 1))
    settings = _settings(given)
    with contextlib.ExitStack() as stack:
        opened = {key: (stack.enter_context(_open(path, key)), os.path.basename(path)) for key, path in paths.items()}
        judged = genomes.assess(opened, asks, terms, settings)
    emit(_json(judged, bounds, terms) if given.format == "json" else _text(judged, bounds, terms))
    if any(each.verdict == "error" for each in judged):
        return INCOMPLETE
    return FAILED if bounds and any(each.verdict != "pass" for each in judged) else CLEAN


def _settings(given: argparse.Namespace) -> Settings:
    from pytest_genomic_guard.gates.genomes import Settings  # noqa: PLC0415 - as above

    if (given.n is not None and given.n < 1) or (given.n_ref is not None and given.n_ref < 1):
        raise UsageError("--n and --n-ref are numbers of people, from 1 on")
    return Settings(
        people=given.n or 0,
        reference=given.n_ref or 0,
        member=given.member,
        score=given.score,
        higher_is=given.higher_is,
        match_on=tuple(given.match_on),
        ancestry=given.ancestry,
        mismatch=_within(given.mismatch, "--mismatch", 0, 0.5),
        related=_within(given.related, "--related", 0, 0.5),
        error=_within(given.error_rate, "--error-rate", 0, 0.5),
    )


def _within(value: float, option: str, low: float, high: float) -> float:
    if not low <= value < high:
        raise UsageError(f"{option} lies between {low:g} and {high:g}")
    return value


def _bound(text: str) -> Ask:
    found = _BOUND.fullmatch(text)
    if not found or not names.known(found[1], "release") or found[1] == _UNJUDGED:
        import difflib  # noqa: PLC0415 - for this message only

        keys = [key for key in names.keys("release") if key != _UNJUDGED]
        near = difflib.get_close_matches(found[1], keys, 1) if found else []
        raise UsageError(
            "--bound is such as 'lr-auc <= 0.6'" + (f"; did you mean {near[0]!r}?" if near else f": {', '.join(keys)}")
        )
    return Ask(metric=found[1], operator="<=" if found[2] == "<=" else ">=", limit=float(found[3]))


def _all(paths: dict[str, bytes], alpha: float) -> list[Ask]:
    """Return all metrics that the files can tell, with bounds that anything keeps."""
    found: list[str] = []
    if "scores" in paths:
        found = ["lr-auc", f"tpr@fpr={alpha:g}"]
    if all(key in paths for key in KNOWN):
        found = [*dict.fromkeys((*found, "lr-auc", f"tpr@fpr={alpha:g}")), "homer-auc", "beacon-power"]
    if "synthetic" in paths and "training" in paths:
        found += ["aats", "duplicates", "kinship", *(("privacy-loss", "nearest-ibs") if "holdout" in paths else ())]
    if not found:
        raise UsageError("give --scores, or --frequencies, --members and --non-members, or --synthetic and --training")
    return [Ask(metric=metric, operator="<=", limit=1.0) for metric in found]


def _open(path: bytes, key: str) -> Any:
    try:
        return open(path, "rb")
    except OSError:
        raise UsageError(f"the file of --{key} cannot be read") from None


def _said(each: Assessment, ask: Ask | None) -> str:
    """Return the verdict; without a bound there is none, unless nothing could be told."""
    return each.verdict if ask or each.verdict not in {"pass", "fail"} else "not judged"


def _json(judged: Sequence[Assessment], bounds: Sequence[Ask], terms: Terms) -> str:
    import json  # noqa: PLC0415 - for this format only

    asked = {ask.metric: ask for ask in bounds}
    metrics = [
        {
            "metric": each.metric,
            "bound": f"{ask.operator} {ask.limit:g}" if (ask := asked.get(each.metric)) else None,
            "value": each.value,
            "interval": list(each.interval) if each.interval else None,
            "n": each.n,
            "needed": each.needed,
            "verdict": _said(each, ask),
            "method": each.method,
            "message": each.message,
        }
        for each in judged
    ]
    return json.dumps({"schema": SCHEMA, "confidence": terms.confidence, "metrics": metrics}, indent=2) + "\n"


def _text(judged: Sequence[Assessment], bounds: Sequence[Ask], terms: Terms) -> str:
    from pytest_genomic_guard.metrics.bounds import WORDS  # noqa: PLC0415 - as above

    asked = {ask.metric: ask for ask in bounds}
    lines = []
    for each in judged:
        ask = asked.get(each.metric)
        figure = "no figure" if each.value is None else f"{each.value:.3f}"
        ends = f" [{each.interval[0]:.3f}, {each.interval[1]:.3f}]" if each.interval else ""
        bound = f" must be {ask.operator} {ask.limit:g}" if ask else ""
        lines.append(f"{each.metric}{bound}: {_said(each, ask)}, {figure}{ends}, n {each.n}")
        message = each.message if ask else each.message.removeprefix(WORDS["pass"]).removeprefix("; ")
        lines += [f"  {line}" for line in (message, each.method) if line]
        if each.needed:
            lines.append(f"  about {each.needed:,} people would decide")
    lines.append(f"intervals hold together with {terms.confidence:.0%} confidence")
    return "\n".join(lines) + "\n"
