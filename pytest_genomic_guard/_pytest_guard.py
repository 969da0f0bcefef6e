"""What the pytest door asks of a scan, and what its items say. Knows no pytest, and is loaded when the guard is switched on."""

from __future__ import annotations

import os
from json import loads
from subprocess import DEVNULL, run

from pytest_genomic_guard._index import INDEX
from pytest_genomic_guard._pytest_specs import PREFIX, gate, spec
from pytest_genomic_guard._record import Record
from pytest_genomic_guard.inventory import RUNNING
from pytest_genomic_guard.model import FAMILIES
from pytest_genomic_guard.registry import family
from pytest_genomic_guard.report import CLEAN, FAILED, INCOMPLETE, SCHEMA, USAGE, Judged
from pytest_genomic_guard.reporters.text import SHOWN, leave, place, printable
from pytest_genomic_guard.sources.names import within

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard._pytest_specs import Result, Spec

GAPS = f"{PREFIX}gaps"
ALL = "all"
_VERDICTS = {CLEAN: "pass", FAILED: "fail", INCOMPLETE: "incomplete"}
_OUTCOMES = ("fail", "warn", "note", "waived", "baselined")
_NOT_STARTED = (
    "the scan did not start: 'python -I -m pytest_genomic_guard' must work with the interpreter that runs pytest"
    " (an installation with --user, or only on PYTHONPATH, is out of its reach)"
)


_LISTING = ("collectonly", "showfixtures", "show_fixtures_per_test", "markers", "help", "version", "cacheshow")
_UNOPENED = "git rev-parse failed"


class Usage(Exception):  # noqa: N818 - the word a user needs
    """The options or the policy cannot be understood; the message says what to change."""


class Asked(Record):
    """What is asked of the guard, as it stood before any conftest ran."""

    words: tuple[str, ...] | None  # the families to judge, None for all
    only: bool
    firm: bool  # items that were all deselected are put back
    insist: bool  # asked for by more than the repository itself, so nothing in its ini file or conftest takes it back
    lists: bool  # pytest shows something and runs nothing
    root: str | None
    free: bool  # the root comes from the command line itself


def asked(known: Any, added: Any, line: Any, *, ci: bool) -> Asked:
    """Tell apart who asks: `line` is the command line alone, `added` PYTEST_ADDOPTS alone, `known` both after the ini's addopts."""
    value = next((said.genomic_guard for said in (line, known, added) if said.genomic_guard is not None), None)
    only = any(said.genomic_guard_only for said in (line, known, added))
    insist = ci or any(said.genomic_guard is not None or said.genomic_guard_only for said in (line, added))
    return Asked(
        words=chosen(value),
        only=only,
        firm=ci or only or value is not None,
        insist=insist,
        lists=any(getattr(line if insist else known, name, None) for name in _LISTING),
        root=known.genomic_guard_root if line.genomic_guard_root is None else line.genomic_guard_root,
        free=line.genomic_guard_root is not None,
    )


def placed(asked: Asked, rootdir: str, start: str) -> tuple[str, bool]:
    """Return the folder to scan, and whether it is another than where one would look for it. Raises `Usage`."""
    top = above(rootdir)
    root = top if asked.root is None else os.path.join(start, asked.root)
    if not os.path.isdir(root):
        raise Usage("--genomic-guard-root: there is no such folder")
    root = above(root)
    if not asked.free and not within(os.fsencode(root), os.fsencode(top)):
        raise Usage("--genomic-guard-root: outside the repository that holds rootdir, and not given on the command line itself")
    return root, root != top or root != above(start)


def above(folder: str) -> str:
    """Return the nearest folder from `folder` upwards with a ``.git``, else the folder itself."""
    folder = here = os.path.realpath(folder)
    while not os.path.lexists(os.path.join(here, ".git")):
        if here == (here := os.path.dirname(here)):
            return folder
    return here


def chosen(value: str | None) -> tuple[str, ...] | None:
    """Return the family words to judge, or None for all. Raises `Usage`."""
    if value is None or value == ALL:
        return None
    known = tuple(dict.fromkeys(FAMILIES.values()))
    words = tuple(word.strip().lower() for word in value.split(",") if word.strip())
    for word in words:
        if word not in known:
            from difflib import get_close_matches  # noqa: PLC0415 - for errors only

            near = get_close_matches(word, known, 1, 0.5)
            hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}"
            raise Usage(f"--genomic-guard: there is no such family; {hint}")
    if not words:
        raise Usage(f"--genomic-guard= needs family words with commas between them: {', '.join(_with_rules())}")
    return words


def _with_rules() -> tuple[str, ...]:
    return tuple(dict.fromkeys(FAMILIES[family(code)] for code, *_rest in INDEX))


def listed(words: Collection[str] | None) -> list[Spec]:
    """Return the static items without a scan; running one of them fails, since nothing was scanned."""
    names = [f"{PREFIX}{word}" for word in _static(words)]
    return [spec(name, "fail", "not scanned", "nothing was scanned") for name in [*names, GAPS]]


def _static(words: Collection[str] | None) -> list[str]:
    return [word for word in _with_rules() if word not in {"run", "gates"} and (words is None or word in words)]


def scan(root: str, python: str, environment: Mapping[str, str], words: Collection[str] | None) -> Result:
    """Scan the repository at `root` in a child process and return what the items say. Raises `Usage` for a wrong policy."""
    document, error = _child(root, python, environment)
    if document is None:
        gaps = spec(GAPS, "fail", error, error)
        others = [spec(f"{PREFIX}{word}", "fail", "no scan", error) for word in _static(words)]
        return {"specs": [*others, gaps], "summary": [f"INCOMPLETE  {error}"]}
    specs = _specs(document, words)
    return {"specs": specs, "summary": [*_covered(document, words), _verdict(document, specs, words)]}


def _child(root: str, python: str, environment: Mapping[str, str]) -> tuple[dict[str, Any] | None, str]:
    """Run the scan; return its report, or why there is none. What the child says is believed only if its exit status agrees."""
    command = [python, "-I", "-m", "pytest_genomic_guard", "scan", "--format", "json", "--python", RUNNING]
    try:
        done = run(command, cwd=root, env=shielded(environment), stdin=DEVNULL, capture_output=True, check=False)  # noqa: S603
    except OSError:
        return None, _NOT_STARTED
    said = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if line.startswith("genomic-guard: ")]
    line = printable(said[-1].removeprefix("genomic-guard: ")) if said else ""
    if done.returncode == USAGE:
        raise Usage(f"genomic-guard: {line or 'the policy or the options could not be understood'}")
    if line.startswith(_UNOPENED):
        hint = "" if ":" in line else "; 'git status' says why"
        raise Usage(f"genomic-guard: git cannot open the repository, so nothing was scanned: {line}{hint}")
    try:
        document = loads(done.stdout)
        agrees = document["schema"] == SCHEMA and document["verdict"] == _VERDICTS[done.returncode]
    except (ValueError, LookupError, TypeError, RecursionError):
        agrees = False
    return (document, "") if agrees else (None, line or _NOT_STARTED)


def shielded(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without what could lead the child into the repository: PYTHON*, and relative parts of PATH."""
    kept = {name: value for name, value in environment.items() if not name.startswith("PYTHON")}
    if "PATH" in kept:
        kept["PATH"] = os.pathsep.join(part for part in kept["PATH"].split(os.pathsep) if os.path.isabs(part))
    return kept


def _specs(document: Mapping[str, Any], words: Collection[str] | None) -> list[Spec]:
    """Return the items of a report: families, gaps, gates."""
    findings = [_judged(found) for found in document["findings"]]
    by_word: dict[str, list[Judged]] = {word: [] for word in _static(words)}
    for found in findings:
        word = FAMILIES.get(found.family, found.family.lower())
        if word != "run" and (words is None or word in words):
            by_word.setdefault(word, []).append(found)  # a plugin's rules can be of a family that has none of ours
    specs = [_family(word, found) for word, found in by_word.items()]
    specs.append(_gaps(document, [found for found in findings if found.family == "RUN"]))
    gates = [gate(each) for each in document["gates"] if words is None or "gates" in words]
    everything = [*specs, *gates]
    if words is None and document["verdict"] != "pass" and not any(spec["state"] == "fail" for spec in everything):
        what = "content is there and none of it was read" if document["scanned"]["files"] else "the scan did not pass"
        specs[-1] = spec(GAPS, "fail", what, what)
    return [*specs, *gates]


def _judged(found: Mapping[str, Any]) -> Judged:
    fields = {name: found[name] for name in Judged._defaults}  # noqa: SLF001 - the fields of a record
    return Judged(**fields | {"trail": tuple(found["trail"]), "clauses": tuple(found["clauses"])})


def _family(word: str, findings: Sequence[Judged]) -> Spec:
    text = "\n".join(told(findings))
    return spec(f"{PREFIX}{word}", _state(findings), _counted(findings), text, _properties(findings))


def _gaps(document: Mapping[str, Any], findings: Sequence[Judged]) -> Spec:
    """Return the item that fails on content that was not read, and on failing findings about the run itself."""
    gaps = document["gaps"]
    if not gaps:
        return spec(GAPS, _state(findings), _counted(findings), "\n".join(told(findings)), _properties(findings))
    lines = [f"{len(gaps)} not read, so this run cannot pass"]
    for gap in gaps[:SHOWN]:
        inside = f"  {', '.join(gap['trail'])}" if gap["trail"] else ""
        lines += [f"  {gap['path']}{inside}", f"      {gap['message']}"]
    if len(gaps) > SHOWN:
        lines.append(f"  and {len(gaps) - SHOWN} more, all of them in genomic-guard scan --format json")
    lines += [f"  why     genomic-guard explain {code}" for code in sorted({gap["code"] for gap in gaps})]
    counted = "; ".join(filter(None, [f"{len(gaps)} not read", _counted(findings)]))
    text = "\n".join([*map(printable, lines), *told(findings)])
    return spec(GAPS, "fail", counted, text, [("genomic-guard.gaps", len(gaps)), *_properties(findings)])


def _state(findings: Sequence[Judged]) -> str:
    outcomes = {found.outcome for found in findings}
    return "fail" if "fail" in outcomes else "warn" if "warn" in outcomes else "pass"


def told(findings: Sequence[Judged], *, waive: bool = True) -> list[str]:
    """Return what to say of findings: by code, with places, what to do, how to learn more and how to waive."""
    lines: list[str] = []
    for code in sorted({found.code for found in findings}):
        group = [found for found in findings if found.code == code and found.outcome not in {"waived", "baselined"}]
        if not group:
            continue
        lines.append(f"{code} {group[0].name}: {_outcomes(group)}")
        for found in group[:SHOWN]:
            subject = f" ({found.subject})" if found.subject else ""
            lines += [f"  {place(found)}", f"      {found.message}{subject}"]
        if len(group) > SHOWN:
            lines.append(f"  and {len(group) - SHOWN} more places, all of them in genomic-guard scan --format json")
        lines += [f"  mend    {group[0].help}", f"  why     genomic-guard explain {code}"]
        if waive and group[0].family != "RUN":
            lines.append(leave(code))
    return [printable(line) for line in lines]


def _counted(findings: Sequence[Judged]) -> str:
    codes = sorted({found.code for found in findings})
    return "; ".join(f"{code} {_outcomes([found for found in findings if found.code == code])}" for code in codes)


def _outcomes(findings: Iterable[Judged]) -> str:
    outcomes = [found.outcome for found in findings]
    return ", ".join(f"{outcomes.count(word)} {word}" for word in _OUTCOMES if word in outcomes)


def _properties(findings: Sequence[Judged]) -> list[tuple[str, str | int]]:
    names = [f"genomic-guard.{found.code}.{found.outcome}" for found in findings]
    return [(name, names.count(name)) for name in sorted(set(names))]


def _covered(document: Mapping[str, Any], words: Collection[str] | None) -> Iterator[str]:
    scanned = document["scanned"]
    levels = ", ".join(f"{number} {level}" for level, number in scanned["coverage"].items() if number)
    yield f"{scanned['files']} files: {levels or 'none read'}; {scanned['excluded']} excluded by policy"
    yield from (printable(each["what"]) for each in document["evidence"] if each["what"])
    if words and "gates" in words and not document["gates"]:
        yield "the policy has no gates"


def _verdict(document: Mapping[str, Any], specs: Sequence[Spec], words: Collection[str] | None) -> str:
    failed = any(spec["state"] == "fail" for spec in specs)
    verdict = "PASS" if not failed else "INCOMPLETE" if document["verdict"] == "incomplete" else "FAIL"
    policy = document["policy"]
    narrowed = "" if words is None else f"only {', '.join(words)}; "
    return printable(f"{verdict}  ({narrowed}profile {policy['profile']}, {policy['path'] or 'no policy file'})")
