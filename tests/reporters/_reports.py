"""What the tests of reporters share: reports made by hypothesis, and a repository with something of everything."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

# The helpers stand beside the tests of the policy and of sources, and test folders are no packages.
sys.path.insert(0, str(Path(__file__).parent.parent / "sources"))
sys.path.insert(0, str(Path(__file__).parent.parent / "policy"))

from _policy import POLICY, write
from hypothesis import strategies as st

from pytest_genomic_guard.model import COVERAGES, REASONS, Span
from pytest_genomic_guard.report import GateVerdict, Judged, Report, Unread, Used, WaiverRef
from pytest_genomic_guard.testing import DIRECTIVES, samples

CODES = ("GEN101", "GEN102", "GEN103", "RUN102", "RUN201", "RUN301")
OUTCOMES = ("fail", "warn", "note", "waived", "baselined")
TEXTS = st.text(max_size=20) | st.sampled_from(["\x1b[31m", "a\nPASS  0 fail", "\u202e", "é", "\x9b", "a\tb", "\0", ""])
DIGESTS = st.integers(0, 2**256 - 1).map(lambda number: f"{number:064x}")
PLACES = st.none() | st.integers(1, 10**6)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
SPANS = st.builds(
    Span,
    first=st.just("0" * 40),
    last=st.sampled_from(["0" * 40, "f" * 64]),
    since=st.integers(0, 10**12),  # a commit can have any time
    until=st.integers(0, 10**12),
)
FINDINGS = st.builds(
    Judged,
    code=st.sampled_from(CODES),
    name=st.just("a-name"),
    family=st.just("GEN"),
    severity=st.sampled_from(["error", "warning", "note"]),
    confidence=st.sampled_from(["high", "medium", "low"]),
    outcome=st.sampled_from(OUTCOMES),
    path=TEXTS,
    entry=st.none() | st.integers(0, 10**6),
    trail=st.lists(st.sampled_from(["gzip", "notebook", "cell 4", "output 1"]), max_size=4).map(tuple),
    line=PLACES,
    column=PLACES,
    subject=st.none() | st.just("Parquet"),
    commit=st.none() | SPANS,
    message=st.just("a sentence about shapes"),
    fingerprint=DIGESTS,
    clauses=st.just(("45 CFR 164.514(b)(2)",)),
    help=st.just("what to do"),
)
GAPS = st.builds(
    Unread,
    path=TEXTS,
    trail=st.lists(st.just("gzip"), max_size=2).map(tuple),
    reason=st.sampled_from(sorted(REASONS)),
    where=st.none() | st.just("a.module:7"),
    code=st.just("RUN101"),
)
GATES = st.builds(
    GateVerdict,
    gate=TEXTS,
    kind=st.just("fairness"),
    metric=st.just("tpr.difference"),
    bound=st.just("<= 0.1"),
    value=st.none() | FINITE,
    interval=st.none() | st.tuples(FINITE, FINITE),
    confidence=st.floats(0.5, 1),
    n=st.integers(0, 10**9),
    verdict=st.sampled_from(["pass", "fail", "inconclusive", "undefined", "refused", "error"]),
    outcome=st.sampled_from(["pass", "fail", "warn", "note"]),
    message=st.just("a sentence"),
)
WAIVERS = st.lists(st.builds(WaiverRef, code=st.sampled_from(CODES), path=TEXTS, line=st.integers(1, 999)), max_size=3).map(tuple)
REPORTS = st.builds(
    Report,
    version=st.just("1.2"),
    rules=st.text(),
    policy_path=st.none() | TEXTS,
    policy_sha256=st.none() | DIGESTS,
    profile=st.sampled_from(["minimal", "research", "strict"]),
    source=st.sampled_from(["worktree", "directory", "index"]),
    files=st.integers(0, 10**6),
    bytes=st.integers(0, 2**60),
    coverage=st.fixed_dictionaries({level: st.integers(0, 9) for level in COVERAGES}),
    excluded=st.integers(0, 9),
    findings=st.lists(FINDINGS, max_size=30).map(tuple),
    gaps=st.lists(GAPS, max_size=25).map(tuple),
    applied=st.integers(0, 9),
    unused=WAIVERS,
    expired=WAIVERS,
    evidence=st.lists(st.builds(Used, path=TEXTS, sha256=st.none() | DIGESTS), max_size=2).map(tuple),
    gates=st.lists(GATES, max_size=4).map(tuple),
)


def everything(folder: Path) -> Path:
    """Make a folder with findings of each outcome, gaps, waivers in each state, exclusions and gates of each verdict."""
    people = samples.vcf(samples=2)
    sha, later = hashlib.sha256(people).hexdigest(), samples.later().decode()
    until = {"good": (sha, later), "void": ("0" * 64, later), "late": (sha, "2020-01-01"), "gone": (sha, later)}
    waivers = [
        {"code": "GEN101", "path": f"w/{name}.vcf", "sha256": digest, "reason": "r", "owner": "o", "expires": day}
        for name, (digest, day) in until.items()
    ]
    figures = {
        "good": {"value": 0.04, "n": 900, "interval": [0.01, 0.07], "confidence": 0.95},
        "bad": {"value": 0.3, "n": 900, "interval": [0.2, 0.4], "confidence": 0.95},
        "unsure": {"value": 0.08, "n": 900, "interval": [0.02, 0.14], "confidence": 0.95},
    }
    gates = {name: {"value": f"m.json#/{name}", "bounds": {"tpr.difference": "<= 0.10"}} for name in (*figures, "missing")}
    exclude = [{"path": "third/", "reason": "r"}]
    policy = {"version": 1, "exclude": exclude, "waivers": waivers, "fairness": gates}
    files: dict[str, bytes | str] = {
        POLICY: json.dumps(policy, indent=1),
        "m.json": json.dumps(figures),
        "a.vcf": samples.vcf(samples=3),
        "b.ipynb": DIRECTIVES["notebook"](samples.vcf(samples=1)),
        "c.vcf.gz": DIRECTIVES["gzip"](samples.vcf(samples=1)),
        "notes.md": samples.prose() + samples.vcf(samples=1, variants=2, header="none"),
        "d.bin": samples.binary(),
        "e.png": samples.png(),
        "f.gz": b"\x1f\x8b\x08\0",
        "g.gz": DIRECTIVES["gzip"](samples.prose()) + b"more than a member" * 9,
        "third/x.vcf": people,
        **{f"w/{name}.vcf": people for name in ("good", "void", "late")},
    }
    return write(folder, files)
