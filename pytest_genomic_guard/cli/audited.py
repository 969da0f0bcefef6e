"""The content of an audit as plain data: what was scanned and looked for, what was not, what was found, and how far it went."""

from __future__ import annotations

from collections import Counter

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.cli.groups import GROUPS
from pytest_genomic_guard.cli.places import day, places
from pytest_genomic_guard.policy.globs import Glob
from pytest_genomic_guard.policy.mask import mask
from pytest_genomic_guard.policy.packs.handling import handling
from pytest_genomic_guard.policy.packs.rules import clauses, data
from pytest_genomic_guard.reporters.common import gap_sentence, gate_sentence, missing, sentence
from pytest_genomic_guard.views.pointers import LFS_POINTER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from typing import Any

    from pytest_genomic_guard.policy import Policy, Waiver
    from pytest_genomic_guard.policy.packs import Pack
    from pytest_genomic_guard.registry import Plan
    from pytest_genomic_guard.report import Judged, Report
    from pytest_genomic_guard.sources.commits import Commits
    from pytest_genomic_guard.sources.refs import About, Refs

    Formats = Mapping[tuple[str, str], int]  # files by class of coverage and format
    Show = Callable[[bytes], str]

SCHEMA = "genomic-guard/audit/1"
OUTCOMES = ("fail", "warn", "note", "waived", "baselined")


class Audited(Record):
    """All that an audit knows."""

    pack: Pack
    report: Report
    policy: Policy
    plan: Plan
    snapshot: Commits
    refs: Refs
    about: About
    identifiers: Collection[bytes]
    formats: Formats
    epoch: int | None = None  # the seconds that SOURCE_DATE_EPOCH gives

    def idle(self, code: str) -> str:
        """Return why a rule could not find anything in this run; empty where it could."""
        if self.snapshot.source == "history" and self.plan.registry.entries[code].kind == "relation":
            return "compares files of one time, and is not run over a history"
        if code.startswith(("FAIR", "MIA")) and not self.policy.gates:
            return "judges gates, and the policy has none"
        return ""

    def ran(self) -> list[str]:
        """Return the codes that could find something, those of RUN left out."""
        return [code for code in self.plan.codes if not code.startswith("RUN") and not self.idle(code)]

    def content(self) -> list[Judged]:
        """Return the findings about content; those of RUN are about the run."""
        return [finding for finding in self.report.findings if finding.family != "RUN"]

    def paths(self) -> list[bytes]:
        """Return the paths at which data of people were found."""
        entries = self.snapshot.entries()
        found = (each for each in self.content() if each.code.startswith(("GEN", "PHI")))
        return [entries[each.entry].path for each in found if each.entry is not None]


def document(found: Audited) -> dict[str, Any]:
    """Return the audit, without the advice on `.gitignore`. Raises `GitError`."""
    report, pack, show = found.report, found.pack, mask(found.identifiers)
    maker = handling(pack.name)
    return {
        "schema": SCHEMA,
        "tool": {"name": "pytest-genomic-guard", "version": report.version, "ruleset": report.ruleset},
        "pack": {"name": pack.name, "title": pack.title, "source": pack.source, "date": pack.date, "duty": maker.duty},
        "policy": _policy(found),
        "date": _date(found),
        "verdict": report.verdict,
        "exit": report.exit_code,
        "incomplete": missing(report),
        "counts": _counted(found.content()),
        "repository": _repository(found.about),
        "scanned": _scanned(found, show),
        "looked_for": [_rule(found, code) for code in found.plan.codes if not code.startswith("RUN")],
        "not_looked_for": list(_unlooked(found)),
        "not_scanned": _unscanned(found, show),
        "clauses": list(_clauses(found)),
        "findings": places(found, show),
        "gates": [{"outcome": gate.outcome, "message": gate_sentence(gate)} for gate in report.gates],
        "run": _run(found),
        "waivers": [_waiver(found, waiver, show) for waiver in found.policy.waivers],
        "purge": {"tell": list(maker.tell)},
    }


def _counted(findings: list[Judged]) -> dict[str, int]:
    return {outcome: sum(each.outcome == outcome for each in findings) for outcome in OUTCOMES}


def _policy(found: Audited) -> dict[str, Any]:
    """Return which policy ruled. It may choose families; an audit judges by all of them, and says what is ignored."""
    return {
        "path": found.report.policy_path,
        "sha256": found.report.policy_sha256,
        "profile": found.report.profile,
        "from": "HEAD" if found.snapshot.source == "history" else "base of the range",
        "packs": list(found.policy.packs),
        "ignored": [{"code": code, "reason": reason} for code, reason in found.report.ignored],
        "select_unused": bool(found.policy.select),
    }


def _date(found: Audited) -> dict[str, Any]:
    """Return the day of the document: no clock is asked, so that the same repository gives the same bytes."""
    if found.epoch is not None:
        return {"day": day(found.epoch), "from": "SOURCE_DATE_EPOCH"}
    last = found.about.last
    return {"day": day(last[1]) if last else None, "from": "newest commit"}


def _repository(about: About) -> dict[str, Any]:
    ends = {
        name: {"id": end[0], "day": day(end[1])} if end else None for name, end in (("first", about.first), ("last", about.last))
    }
    return {
        "head": about.head,
        "commits": about.commits,
        **ends,
        "refs": dict(about.refs),
        "shallow": about.shallow,
        "partial": about.partial,
    }


def _scanned(found: Audited, show: Show) -> dict[str, Any]:
    report, base = found.report, found.snapshot.base
    return {
        "source": report.source,
        "base": getattr(base, "commit", None),
        "files": report.files,
        "bytes": report.bytes,
        "coverage": dict(report.coverage),
        "formats": _formats(found),
        "texts": dict(sorted(Counter(each.kind for each in found.snapshot.beside()).items())),
        "excluded": report.excluded,
        "exclusions": list(_exclusions(found, show)),
    }


def _formats(found: Audited, *levels: str) -> list[dict[str, Any]]:
    """Return how many files of each format had which coverage, of some classes or all."""
    held = sorted(found.formats.items())
    return [
        {"coverage": level, "format": form or "not told", "files": number}
        for (level, form), number in held
        if level in levels or not levels
    ]


def _exclusions(found: Audited, show: Show) -> Iterator[dict[str, Any]]:
    """Yield what the policy excludes, with how many files match each pattern; a file can match several."""
    entries = [each for each in found.snapshot.entries() if found.snapshot.judged(each)]
    texts = [entry.path.decode("utf-8", "surrogateescape") for entry in entries]
    for item in found.policy.exclude:
        number = sum(map(Glob(item.what).match, texts))
        yield {"path": show(item.what.encode()), "reason": show(item.reason.encode()), "files": number}


def _rule(found: Audited, code: str) -> dict[str, Any]:
    rulebook = found.plan.registry.entries[code].rulebook
    title = (rulebook.__doc__ or rulebook.name).strip().partition("\n")[0]
    return {"code": code, "name": rulebook.name, "title": title, "severity": rulebook.severity, "why": found.idle(code)}


def _unlooked(found: Audited) -> Iterator[dict[str, Any]]:
    """Yield what no rule of this run is about; `pack` tells that the pack has a clause for it."""
    named = [key for key, texts in data(found.pack.name).clauses.items() if texts]
    ran = found.ran()
    for group, what in GROUPS.items():
        if any(code.startswith(group) for code in ran):
            continue
        there = [code for code in found.plan.registry.entries if code.startswith(group)]
        planned = any(code in found.plan.codes for code in there)
        why = "no rule in this version" if not there else "its rules did not run, see above" if planned else "ignored by the policy"
        asked = any(group.startswith(key) or key.startswith(group) for key in named)
        yield {"group": group, "what": what, "why": why, "pack": asked}


def _unscanned(found: Audited, show: Show) -> dict[str, Any]:
    snapshot = found.snapshot
    submodules = {entry.path for entry in snapshot.entries() if entry.kind == "submodule"}
    return {
        "gaps": [{"path": gap.path, "reason": gap.reason, "message": gap_sentence(gap)} for gap in found.report.gaps],
        "partly": _formats(found, "partial"),
        "opaque": _formats(found, "opaque"),
        "lfs_objects": sum(number for (_level, form), number in found.formats.items() if form == LFS_POINTER),
        "submodules": sorted(map(show, submodules)),
        "comparisons": sorted({each.subject or "" for each in found.report.findings if each.code == "RUN103"}),
    }


def _clauses(found: Audited) -> Iterator[dict[str, Any]]:
    """Yield each clause of the pack with the rules that serve it here, what it also asks for, and the findings."""
    name = found.pack.name
    held = data(name).clauses
    for clause in dict.fromkeys(text for texts in held.values() for text in texts):
        rules = [code for code in found.ran() if clause in clauses(name, code)]
        keys = [key for key, texts in held.items() if clause in texts]
        without = [key for key in keys if not any(code.startswith(key) for code in rules)]
        yield {
            "clause": clause,
            "rules": rules,
            "without_rule": without,
            "findings": _counted([each for each in found.content() if each.code in rules]),
        }


def _run(found: Audited) -> list[dict[str, Any]]:
    """Return what the run says of itself."""
    return [
        {"code": each.code, "name": each.name, "outcome": each.outcome, "path": each.path, "message": sentence(each)}
        for each in found.report.findings
        if each.family == "RUN"
    ]


def _waiver(found: Audited, waiver: Waiver, show: Show) -> dict[str, Any]:
    path = show(waiver.path)
    number = sum(each.outcome == "waived" and (each.code, each.path) == (waiver.code, path) for each in found.report.findings)
    reference = (waiver.code, path, waiver.line)
    expired = reference in {(each.code, each.path, each.line) for each in found.report.expired}
    return {
        "code": waiver.code,
        "path": path,
        "reason": show(waiver.reason.encode()),
        "owner": show(waiver.owner.encode()),
        "expires": waiver.expires,
        "state": "expired" if expired else "applied" if number else "not applied",
        "findings": number,
    }
