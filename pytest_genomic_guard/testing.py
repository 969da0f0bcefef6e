"""For people who write checks: samples made at call time, and assertions that run a check as the engine runs it.

    from pytest_genomic_guard.testing import assert_fires, assert_quiet, samples
    assert_fires("GEN101", {"a.vcf": samples.vcf(samples=3)})

A case file shows a check's cases to people and runs as a test, so that no page can say what the check does not do. Under a
heading ``## fires: TITLE`` or ``## quiet: TITLE`` stand some prose and one or more files: a line with the path in backticks and
words that say how the content is wrapped (the keys of `DIRECTIVES`), or what only a source knows of it (withheld, narrowed,
unclear, unstaged, unrelated, loosened, accepted), then a fenced block with the content. In it ``{{name key=value}}`` is replaced by
what the function of that name of `samples` returns, and ``{{sha256 of=PATH}}`` by the digest of a file above. Files below
``.venv/`` are no part of the repository: they are the environment beside it. A firing case ends with a line such as
"Expect: `text`", a part of what `told` returns.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._samples import DIRECTIVES
from pytest_genomic_guard._samples import Samples as samples  # noqa: N813 - reads as a namespace: samples.vcf(...)
from pytest_genomic_guard.engine import Engine
from pytest_genomic_guard.gates import CODES
from pytest_genomic_guard.model import REASONS, Located, NotStaged, Withheld
from pytest_genomic_guard.policy import BASELINE, FILE, Policy
from pytest_genomic_guard.policy.lists import with_baseline
from pytest_genomic_guard.registry import Plan, Registry, added
from pytest_genomic_guard.relations.run.facts import NotRelated, PolicyLoosened
from pytest_genomic_guard.reporters.text import about, place
from pytest_genomic_guard.sources.memory import Memory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pytest_genomic_guard.model import Rulebook
    from pytest_genomic_guard.report import Report

    Content = bytes | str

__all__ = [
    "DIRECTIVES",
    "Case",
    "assert_case",
    "assert_fires",
    "assert_quiet",
    "cases",
    "fill",
    "run_case",
    "samples",
    "scan",
    "told",
]

# What only a source knows of a file; a case states it with these words, besides those of `DIRECTIVES`.
_FACTS = {
    "withheld": Withheld(),
    "narrowed": Withheld(by="narrowed"),
    "unclear": Withheld(by="unclear"),
    "unstaged": NotStaged(),
    "unrelated": NotRelated(code="GEN103"),
    "loosened": PolicyLoosened(what="profile", shows="profile strict -> research", line=2, was=2),
    "accepted": PolicyLoosened(what="gate removed", shows="fairness gate removed", line=0, was=5, used=True),
}
ENVIRONMENT = b".venv/"  # files below it are what is installed beside the repository
_HEADING = re.compile(r"^## (?:(fires|quiet): )?(.+)$", re.MULTILINE)
_FENCE = re.compile(r"^(`{3,})\w*\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
_NAME = re.compile(r"^`([^`\n]+)`((?: [\w-]+)*)\n\n?\Z", re.MULTILINE)
_EXPECT = re.compile(r"^Expect: `([^`]+)`", re.MULTILINE)
_PLACEHOLDER = re.compile(r"\{\{([a-z_0-9]+)((?: [a-z]+=[^\s}]+)*)\}\}")


class Case(Record):
    """One case of a case file."""

    title: str
    fires: bool
    files: tuple[tuple[str, tuple[str, ...], str], ...]  # path, directives, template
    expect: str  # a part of what the check tells when it fires


def cases(text: str) -> list[Case]:
    """Read a case file. Raises ValueError, with the case's title, for anything that would not be run as it reads."""
    fences = [found.span() for found in _FENCE.finditer(text)]
    headings = [found for found in _HEADING.finditer(text) if not any(start < found.start() < end for start, end in fences)]
    found = []
    for heading, after in zip(headings, [*headings[1:], None], strict=True):
        body = text[heading.end() : after.start() if after else len(text)]
        files, at = [], 0
        for fence in _FENCE.finditer(body):
            name = _NAME.search(body, at, fence.start())
            if name is None:
                raise ValueError(f"case {heading[2]!r}: a fenced block has no line with its path above it")
            files.append((name[1], tuple(name[2].split()), fence[2]))
            at = fence.end()
        expect = _EXPECT.search(body, at)
        if heading[1] is None or not files or (heading[1] == "fires") != bool(expect):
            raise ValueError(f"case {heading[2]!r}: it fires or is quiet, has a file, and ends with what to expect when it fires")
        found.append(Case(title=heading[2], fires=heading[1] == "fires", files=tuple(files), expect=expect[1] if expect else ""))
    return found


def fill(template: str, files: Mapping[bytes, bytes] | None = None) -> bytes:
    """Return a template with its placeholders filled; `files` are those whose digest it may name. Raises ValueError."""
    alone = _PLACEHOLDER.fullmatch(template.strip())
    if alone:
        return _made(alone, files or {})  # as it is: binary content has no line feed of its own
    out, at = [], 0
    for found in _PLACEHOLDER.finditer(template):
        made = _made(found, files or {})
        out += [template[at : found.start()].encode(), made]
        at = found.end() + (made.endswith(b"\n") and template.startswith("\n", found.end()))  # the sample brought its line feed
    return b"".join((*out, template[at:].encode()))


def _made(found: re.Match[str], files: Mapping[bytes, bytes]) -> bytes:
    words = dict(pair.split("=", 1) for pair in found[2].split())
    if found[1] == "sha256":
        return hashlib.sha256(files[words["of"].encode()]).hexdigest().encode()
    sample = getattr(samples, found[1], None)
    if sample is None:
        raise ValueError(f"there is no sample called {found[1]!r}")
    made: bytes | str = sample(**{key: int(value) if value.lstrip("-").isdigit() else value for key, value in words.items()})
    return made.encode() if isinstance(made, str) else made


def run_case(case: Case, extra: Iterable[type[Rulebook]] = ()) -> Report:
    """Scan a case's files together and return the report."""
    files: dict[bytes, bytes] = {}
    facts = []
    for path, directives, template in case.files:
        data = fill(template, files)
        for word in directives:
            if word in _FACTS:
                facts.append(Located(path=path.encode(), fact=_FACTS[word]))
            else:
                data = DIRECTIVES[word](data)
        files[path.encode()] = data
    return scan(files, extra=extra, facts=facts)


def scan(files: Mapping[bytes, bytes], *, extra: Iterable[type[Rulebook]] = (), facts: Iterable[Located] = ()) -> Report:
    """Scan contents by path, a policy file among them if there is one, with all shipped rules and the `extra` ones."""
    installed = {path: data for path, data in files.items() if path.startswith(ENVIRONMENT)}
    if installed:
        return _beside(installed, {path: data for path, data in files.items() if path not in installed}, extra, facts)
    return _scan_of(Memory(files, list(facts)), files, extra)


def _beside(
    installed: Mapping[bytes, bytes], files: Mapping[bytes, bytes], extra: Iterable[type[Rulebook]], facts: Iterable[Located]
) -> Report:
    """Scan contents beside an environment, which lies on the disk as it does for users: git ignores it, and nobody scans it."""
    with tempfile.TemporaryDirectory() as folder:
        root = os.fsencode(os.path.realpath(folder))
        for path, data in installed.items():
            full = os.path.join(root, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "wb") as file:
                file.write(data)
            os.chmod(full, 0o700)
        return _scan_of(Memory(files, list(facts), root), files, extra)


def _scan_of(snapshot: Memory, files: Mapping[bytes, bytes], extra: Iterable[type[Rulebook]]) -> Report:
    policy, registry = Policy(), Registry(extra)
    if FILE in files:
        from pytest_genomic_guard.policy.beside import gather  # noqa: PLC0415 - YAML, only where there is a policy
        from pytest_genomic_guard.policy.load import load  # noqa: PLC0415

        loaded = gather(load(files[FILE], FILE), files.get)
        registry = Registry([*extra, *added(loaded.policy.plugins)])
        policy = loaded.checked(tuple(registry.entries), registry.options)
    if BASELINE in files:
        policy = with_baseline(policy, files[BASELINE], BASELINE)
    ignore = [item.what for item in policy.ignore]
    plan = Plan(registry, selections=(policy.select,), ignore=ignore, options=policy.checks)
    return Engine(plan).run(snapshot, policy)


def told(report: Report, code: str) -> list[str]:
    """Return what a code reports, findings as ``PLACE: MESSAGE [OUTCOME]``, then gaps, then gates that do not pass."""
    findings = [
        f"{place(finding)}: {finding.message}{about(finding)} [{finding.outcome}]"
        for finding in report.findings
        if finding.code == code
    ]
    gaps = [f"{', '.join((gap.path, *gap.trail))}: {REASONS[gap.reason]}" for gap in report.gaps if gap.code == code]
    gates = [
        f"{gate.gate}: {gate.metric} {gate.bound}: {gate.verdict}, {gate.message} [{gate.outcome}]"
        for gate in report.gates
        if CODES[gate.kind] == code and gate.outcome != "pass"
    ]
    return [*findings, *gaps, *gates]


def assert_case(case: Case, check: str | type[Rulebook]) -> Report:
    """Assert that a case does what its heading says, for a check given by its class or code; return the report."""
    extra, code = _extra(check)
    report = run_case(case, extra)
    if case.fires and not any(case.expect in line for line in told(report, code)):
        raise AssertionError(f"{code} should tell {case.expect!r}: {'; '.join(told(report, code)) or 'it is quiet'}")
    if not case.fires:
        _refuse(report, code)
    return report


def assert_fires(check: str | type[Rulebook], files: Mapping[str, Content]) -> Report:
    """Assert that a check, given by its class or code, reports something in `files`; return the report."""
    report, code = _scan(check, files)
    if not told(report, code):
        raise AssertionError(f"{code} is quiet")
    return report


def assert_quiet(check: str | type[Rulebook], files: Mapping[str, Content]) -> Report:
    """Assert that a check, given by its class or code, reports nothing in `files`; return the report.

    A check that raised an error, or content that could not be read, is not quiet.
    """
    report, code = _scan(check, files)
    _refuse(report, code)
    return report


def _scan(check: str | type[Rulebook], files: Mapping[str, Content]) -> tuple[Report, str]:
    extra, code = _extra(check)
    contents = {path.encode(): data.encode() if isinstance(data, str) else data for path, data in files.items()}
    return scan(contents, extra=extra), code


def _extra(check: str | type[Rulebook]) -> tuple[tuple[type[Rulebook], ...], str]:
    """Return what to add to the shipped rules, and the code. Raises ValueError for a code that is not shipped."""
    shipped = Registry().entries
    if isinstance(check, str):
        if check not in shipped:
            raise ValueError(f"there is no shipped check {check!r}")
        return (), check
    known = shipped.get(check.code)
    return () if known and known.rulebook is check else (check,), check.code


def _refuse(report: Report, code: str) -> None:
    lines = told(report, code) or told(report, "RUN101")
    if lines:
        raise AssertionError(f"{code} is not quiet: {'; '.join(lines)}")
