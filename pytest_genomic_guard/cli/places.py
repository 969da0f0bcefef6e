"""Findings by place: every path of the content, the commits that brought it, how far it went, and which refs keep it alive."""

from __future__ import annotations

import time

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.sources.git import GitError
from pytest_genomic_guard.sources.objects import tree
from pytest_genomic_guard.sources.refs import KINDS, kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard.cli.audited import Audited
    from pytest_genomic_guard.model import Artifact
    from pytest_genomic_guard.report import Judged
    from pytest_genomic_guard.sources.refs import How

_REACHED = 400  # commits of which the refs are told ...
_WALKED = 4_000_000  # ... as long as that takes no more steps: each is a walk through the history
_NAMES = 20  # refs of a kind that are named
_RANKS = {"fail": 0, "warn": 1, "note": 2, "waived": 3, "baselined": 4}


class Place(Record):
    """What one rule says of one path, with the objects in question."""

    findings: tuple[Judged, ...]
    objects: frozenset[str]  # ids of blobs; of a message, of the commit or tag
    others: tuple[bytes, ...]  # further paths at which the same content stood


def day(seconds: int) -> str:
    """Return the day of a time, in UTC."""
    return time.strftime("%Y-%m-%d", time.gmtime(seconds)) if 0 <= seconds < 1 << 36 else "no day"


def places(found: Audited, show: Callable[[bytes], str]) -> list[dict[str, Any]]:
    """Return what was found by place, what fails first."""
    grouped = _grouped(found)
    grouped.sort(key=lambda place: (_RANKS[place.findings[0].outcome], place.findings[0].code))  # stable: then by path
    far = found.refs.how_far({each for place in grouped for each in place.objects})
    kept = _kept(found, grouped, show)
    head = (
        {blob for _path, _mode, blob, _size in tree(found.refs.root, found.about.head)} if grouped and found.about.head else set()
    )
    return [_told(place, far, kept, head, show) for place in grouped]


def _held(root: bytes, commit: str) -> set[str]:
    """Return the contents of a commit, as far as they can be listed."""
    held: set[str] = set()
    try:
        for _path, _mode, blob, _size in tree(root, commit):
            held.add(blob)
    except GitError:
        return held
    return held


def _grouped(found: Audited) -> list[Place]:
    """Return the findings by code, path and outcome."""
    resolve = _Resolver(found)
    groups: dict[tuple[str, str, str, int | None], list[Judged]] = {}
    for finding in found.content():
        groups.setdefault((finding.code, finding.path, finding.outcome, finding.entry), []).append(finding)
    made = []
    for group in groups.values():
        entries = [each for finding in group for each in resolve.entries(finding)]
        objects = {each.blob for each in entries if each.blob} | {
            one
            for finding in group
            if not resolve.entries(finding) and finding.commit
            for one in (finding.commit.first, finding.commit.last)
        }
        own = {entry.path for entry in entries}
        others = {path for entry in entries for path in found.snapshot.paths(entry)} - own
        made.append(Place(findings=tuple(group), objects=frozenset(objects), others=tuple(sorted(others))))
    return made


class _Resolver:
    """Finds the contents that a finding is about: a report names no blob, and a path of a history can have had many."""

    def __init__(self, found: Audited) -> None:
        self._snapshot = found.snapshot
        self._listed = found.snapshot.entries()
        self._by_path: dict[bytes, list[Artifact]] = {}
        for entry in self._listed:
            if self._snapshot.judged(entry):
                self._by_path.setdefault(entry.path, []).append(entry)

    def entries(self, finding: Judged) -> list[Artifact]:
        """Return the contents at the path of a finding that the same commits brought; none for a message or ref."""
        if finding.entry is None:
            return []
        some = self._by_path.get(self._listed[finding.entry].path, [])
        return [each for each in some if finding.commit is None or self._snapshot.span(each.blob or "") == finding.commit]


def _kept(found: Audited, grouped: Sequence[Place], show: Callable[[bytes], str]) -> Mapping[str, Mapping[str, list[str]]]:
    """Return of commits the refs from which they are reached, by kind; only so many are looked up."""
    asked = dict.fromkeys(commit for place in grouped for commit in _commits(place.findings))
    told: dict[str, Mapping[str, list[str]]] = {}
    for commit in list(asked)[: min(_REACHED, _WALKED // max(found.about.commits, len(found.refs.names), 1))]:
        by_kind: dict[str, list[str]] = {}
        for name in found.refs.containing(commit):
            by_kind.setdefault(kind(name), []).append(show(name))
        told[commit] = by_kind
    return told


def _commits(findings: Iterable[Judged]) -> list[str]:
    spans = [finding.commit for finding in findings if finding.commit]
    return list(dict.fromkeys(each for span in spans for each in (span.first, span.last)))


def _told(
    place: Place,
    far: Mapping[str, How],
    kept: Mapping[str, Mapping[str, list[str]]],
    head: set[str],
    show: Callable[[bytes], str],
) -> dict[str, Any]:
    first = place.findings[0]
    return {
        "code": first.code,
        "name": first.name,
        "outcome": first.outcome,
        "path": first.path,
        "other_paths": [show(path) for path in place.others],
        "contents": len(place.objects),
        "places": [
            {"trail": list(each.trail), "line": each.line, "message": each.message, "subject": each.subject}
            for each in place.findings
        ],
        "clauses": sorted({clause for each in place.findings for clause in each.clauses}),
        "commits": _ends(place.findings),
        "in_head": not place.objects.isdisjoint(head),
        "state": _state(place, far),
        "kept_by": _refs(place.findings, kept),
    }


def _ends(findings: Sequence[Judged]) -> dict[str, Any] | None:
    """Return the first and the last commit that brought any of it, by their days."""
    spans = [finding.commit for finding in findings if finding.commit]
    if not spans:
        return None
    first, last = min(spans, key=lambda span: span.since), max(spans, key=lambda span: span.until)
    return {"first": {"id": first.first, "day": day(first.since)}, "last": {"id": last.last, "day": day(last.until)}}


def _state(place: Place, far: Mapping[str, How]) -> How:
    """Return how far any of the contents is known to have gone."""
    states = {far[each] for each in place.objects}
    if "pushed" in states or any(each.path.startswith("ref:refs/remotes/") for each in place.findings):
        return "pushed"
    return "not pushed" if states == {"not pushed"} else "unknown"


def _refs(findings: Sequence[Judged], kept: Mapping[str, Mapping[str, list[str]]]) -> dict[str, Any] | None:
    """Return how many refs of each kind reach it, and the first names; None where that was not looked up."""
    commits = _commits(findings)
    if not all(commit in kept for commit in commits):
        return None
    told: dict[str, Any] = {}
    for word in KINDS:
        names = sorted({name for commit in commits for name in kept[commit].get(word, ())})
        if names:
            told[word] = {"number": len(names), "names": names[:_NAMES]}
    return told
