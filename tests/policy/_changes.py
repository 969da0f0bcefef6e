"""What the tests of policy changes share: contents that many rules see, policies to draw, and what became milder between two."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from _gates import figure
from hypothesis import strategies as st

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.engine import Engine
from pytest_genomic_guard.model import Check, Rule
from pytest_genomic_guard.policy import BASELINE, FILE, Policy
from pytest_genomic_guard.policy.beside import gather
from pytest_genomic_guard.policy.lists import baseline, with_baseline
from pytest_genomic_guard.policy.load import load
from pytest_genomic_guard.registry import Plan, Registry
from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.testing import DIRECTIVES, samples
from pytest_genomic_guard.views.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pytest_genomic_guard.model import Options, Rulebook
    from pytest_genomic_guard.report import Report

    Document = dict[str, Any]

_WORDS = {"SEC901": b"opensesame", "COD901": b"evaluate"}
_RANKS = {"fail": 3, "warn": 2, "note": 1}
_ABOUT = ("RUN2", "RUN3")  # what the run says of the policy itself


def _debt(found: str) -> type[Rulebook]:
    """Return a check that finds one word, and is none of those that are shipped."""
    rule = Rule(name="debt-" + found.lower(), anchors=(_WORDS[found],), pattern=_WORDS[found])

    class Debt(Check[Text]):
        """A word.

        What to do instead
        ------------------
        Remove the word.
        """

        code, name, since, rules = found, rule.name, "1.0", (rule,)

        def look(self, view: Text, options: Options) -> Iterator[Any]:  # noqa: ARG002 - the contract of a check
            """Report each."""
            for start, end in view.matches(rule):
                yield self.finding(view.locate(start, end), "a word")

    return Debt


DEBTS = [_debt(code) for code in _WORDS]
FIGURES = {
    "keeps": figure(0.04, 0.01, 0.07),
    "breaks": figure(0.4, 0.3, 0.5),
    "straddles": figure(0.08, 0.02, 0.3),
    "leans": figure(0.15, 0.08, 0.3),
    "few": figure(0.04, 0.01, 0.07, n=25),
    "few-break": figure(0.4, 0.3, 0.5, n=25),
    "unsure": figure(0.04, 0.01, 0.07, confidence=0.9),
    "unsure-break": figure(0.4, 0.3, 0.5, confidence=0.9),
    "bare": {"value": 0.04},
}
CONTENT = {
    b"data/one.vcf": samples.vcf(samples=1),
    b"data/three.vcf": samples.vcf(samples=3),
    b"data/deep/two.vcf": samples.vcf(samples=2),
    b"data/known.vcf": samples.vcf(names="HG00" + "321"),
    b"data/made.vcf": samples.vcf(names="tsk_" + "0"),
    b"data/cohort.bed": samples.bed(people=7, variants=5),
    b"data/cohort.fam": samples.fam(people=7),
    b"data/cohort.bim": samples.bim(variants=5),
    b"guide.md": samples.prose(100) + samples.vcf(samples=2, variants=3, header="none") + samples.prose(40),
    b"cut.vcf.gz": DIRECTIVES["gzip"](samples.vcf(samples=2, variants=50))[:-30],
    b"part.bin": samples.binary(),
    b"src/a.py": b"opensesame\nevaluate\nopensesame\n",
    b"src/b.py": b"evaluate\n",
    **{path: json.dumps(FIGURES).encode() for path in (b"metrics/m.json", b"src/metrics/m.json")},
}


class Judged(Record):
    """A policy as it was read, and what it makes of the content."""

    policy: Policy
    report: Report


def read(document: Document, files: Mapping[bytes, bytes] | None = None) -> tuple[Policy, Registry]:
    """Return the policy of a document as a run would use it; the list at `baseline` is that beside it. Raises `PolicyError`."""
    beside = dict(files or {})
    held = document.get("baseline")
    data = json.dumps({"version": 1} | {key: value for key, value in document.items() if key != "baseline"}, indent=1)
    loaded = gather(load(data.encode(), FILE), beside.get)
    registry = Registry(DEBTS if "debts" in loaded.policy.plugins else ())
    policy = loaded.checked(tuple(registry.entries), registry.options)
    if held is not None:
        entries = {(path, code, ""): count for path, code, count in held}
        policy = with_baseline(policy, baseline(entries).encode(), BASELINE)
    return policy, registry


def judge(document: Document) -> Judged:
    """Judge the content by a policy. Raises `PolicyError` and `UnknownCode`."""
    policy, registry = read(document)
    ignore = [item.what for item in policy.ignore]
    plan = Plan(registry, selections=(policy.select,), ignore=ignore, options=policy.checks)
    return Judged(policy=policy, report=Engine(plan, cached=False).run(Memory(CONTENT), policy))


def milder(old: Judged, new: Judged) -> list[str]:
    """Return what has an outcome under the new policy that is less than it was; findings that stayed debts have not."""
    before, after = _outcomes(old, old.policy), _outcomes(new, old.policy)
    return sorted(
        str(what)
        for what, ranks in before.items()
        if any(now < was for was, now in zip(ranks, [*after.get(what, []), *[0] * len(ranks)], strict=False))
    )


def _outcomes(judged: Judged, held: Policy) -> dict[tuple[object, ...], list[int]]:
    """Return the ranks of everything that was told, highest first, by what it is about."""
    found: dict[tuple[object, ...], list[int]] = {}
    debts = Counter({key[:2]: count for key, (count, _line) in held.baseline.entries.items()}) if held.baseline else Counter()
    for each in judged.report.findings:
        if each.code.startswith(_ABOUT):
            continue
        debts[each.path, each.code] -= each.outcome == "baselined"
        old_debt = each.outcome == "baselined" and debts[each.path, each.code] >= 0
        rank = 3 if old_debt else _RANKS.get(each.outcome, 0)
        found.setdefault((each.code, each.entry, each.line, each.trail), []).append(rank)
    for gap in judged.report.gaps:
        found.setdefault((gap.code, gap.path, gap.reason), []).append(3)
    for gate in judged.report.gates:
        found.setdefault((gate.gate, gate.metric), []).append(_RANKS.get(gate.outcome, 0))
    return {what: sorted(ranks, reverse=True) for what, ranks in found.items()}


def _some(values: Iterable[Any], most: int = 3) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(list(values)), unique_by=str, max_size=most)


def _reasoned(key: str, values: Iterable[str]) -> st.SearchStrategy[list[Any]]:
    return _some(values).map(lambda found: [{key: each, "reason": "said"} for each in found])


_DAYS = ("2001-01-01", "2901-01-01", "2902-01-01")
_WAIVERS = st.lists(
    st.builds(
        lambda code, path, whole, day: {
            "code": code,
            "path": path.decode(),
            "sha256": hashlib.sha256(CONTENT[path] if whole else b"").hexdigest(),
            "reason": "said",
            "owner": "steward",
            "expires": day,
        },
        st.sampled_from(["GEN101", "GEN102", "GEN103", "SEC901"]),
        st.sampled_from([b"data/one.vcf", b"data/three.vcf", b"data/cohort.bed", b"guide.md", b"src/a.py"]),
        st.booleans(),
        st.sampled_from(_DAYS),
    ),
    max_size=3,
)
_DECLARED = st.lists(
    st.builds(
        lambda path, species, day: {
            "path": path,
            "species": species,
            "source": "said",
            "reason": "said",
            "owner": "steward",
            "expires": day,
        },
        st.sampled_from(["data/**", "data/one.vcf", "*.md"]),
        st.sampled_from(["Escherichia coli", "synthetic"]),
        st.sampled_from(_DAYS),
    ),
    max_size=2,
)
_BOUND = st.sampled_from(["<= 0.05", "<= 0.10", "<= 0.35", ">= 0.05", ">= 0.2"])
_GATE = st.fixed_dictionaries(
    {
        "value": st.sampled_from([f"metrics/m.json#/{name}" for name in FIGURES]),
        "bounds": st.dictionaries(st.sampled_from(["tpr.difference"] * 3 + ["ppv.min"]), _BOUND, min_size=1, max_size=2),
    },
    optional={
        "decide": st.sampled_from(["fail-if-proven", "pass-if-proven", "point"]),
        "confidence": st.sampled_from([0.85, 0.95, 0.99]),
        "min-denominator": st.sampled_from([10, 30, 2000]),
    },
)
_GATES = st.dictionaries(st.sampled_from(["a", "b"]), _GATE, max_size=2)
KEYS: Mapping[str, st.SearchStrategy[Any]] = {
    "profile": st.sampled_from(["minimal", "research", "strict"]),
    "select": _some(["GEN", "GEN1", "GEN101", "SEC", "COD901", "FAIR", "FAIR101", "RUN"]),
    "ignore": _reasoned("code", ["SEC", "SEC901", "COD", "COD901", "FAIR", "FAIR101"]),
    "exclude": _reasoned("path", ["data/**", "data/", "data/*.vcf", "data/deep/**", "**/*.vcf", "src/?.py", "*.bin", "cut*", "**"]),
    "checks": st.integers(0, 4).map(lambda most: {"GEN101": {"max-samples": most}}),
    "samples": st.fixed_dictionaries(
        {},
        optional={"public": _some(["1000-genomes", "hapmap", "giab"]), "simulated": st.booleans(), "declared": _DECLARED},
    ),
    "packs": _some(["hipaa-2024", "nih-2025-03", "ukb-2026-04"]),
    "waivers": _WAIVERS,
    "fairness": _GATES,
    "on-inconclusive": st.fixed_dictionaries({}, optional={"fairness": st.sampled_from(["fail", "warn", "note"])}),
    "projects": _GATES.map(lambda gates: [{"root": "src", "fairness": gates}]),
    "plugins": st.sampled_from([["debts"], ["debts"], []]),
    "baseline": st.lists(
        st.tuples(st.sampled_from(["src/a.py", "src/b.py"]), st.sampled_from(["SEC901", "COD901"]), st.integers(1, 3)),
        unique_by=lambda entry: entry[:2],
        max_size=3,
    ),
    "policy-changes": st.sampled_from(["refuse", "accept"]),
}
DOCUMENTS = st.fixed_dictionaries({}, optional=dict(KEYS))


@st.composite
def edited(draw: st.DrawFn) -> tuple[Document, Document]:
    """Draw a policy, and the same with one key there, gone, or otherwise; now and then with more, or with one key of a gate."""
    old = draw(DOCUMENTS)
    if draw(st.integers(0, 3)) == 0:
        gate = draw(_GATE)
        key = draw(st.sampled_from(["value", "bounds", "decide", "confidence", "min-denominator"]))
        other = draw(_GATE)
        kept = {name: value for name, value in gate.items() if name != key} | {name: other[name] for name in [key] if name in other}
        return old | {"fairness": {"a": gate}}, old | {"fairness": {"a": kept}}
    new = dict(old)
    for key in draw(st.lists(st.sampled_from(sorted(KEYS)), min_size=1, max_size=3, unique=True)):
        new.pop(key, None)
        if draw(st.integers(0, 3)):
            new[key] = draw(KEYS[key])
    return old, new
