"""An audit as Markdown, to file and to sign. What is not ours stands in code spans; no value of what was scanned is there."""

from __future__ import annotations

from pytest_genomic_guard.reporters.found import found
from pytest_genomic_guard.reporters.markdown import code
from pytest_genomic_guard.reporters.purge import guide
from pytest_genomic_guard.reporters.tables import listed, many, table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    Told = dict[str, Any]

_VERDICTS = {
    "pass": "nothing of what was looked for was found in what was read",
    "fail": "something was found, and nothing excuses it",
    "incomplete": "nothing was found that fails, and not everything could be read",
}
_LEVELS = {
    "full": "read whole",
    "verdict-by-header": "recognised and judged by the header",
    "partial": "read in part: the names or printable parts, not the values",
    "opaque": "recognised, and no rule reads the format: nothing is known of the content",
    "unread": "not read, see section 4",
}
_SEVERITIES = {"error": "fails", "warning": "warns", "note": "is noted"}
_BLANKS = (
    "Repository (name and address):",
    "Project or application number:",
    "The remote is, or was at any time, public (yes or no, since when):",
    "What of section 5 was checked and found to be no data of participants, and why:",
    "What of section 7 was done, and when:",
    "Name:",
    "Role:",
    "Date:",
    "Signature:",
)


def render(told: Told) -> str:
    """Return the document."""
    parts = (_top, _repository, _scanned, _looked, _unscanned, found, _exceptions, guide, _ignore, _made, _statement)
    text = "\n".join(line for part in parts for line in (*part(told), ""))
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.rstrip("\n") + "\n"


def _top(told: Told) -> Iterator[str]:
    counts = told["counts"]
    yield f"# Audit of a git repository: {told['pack']['title']}"
    yield ""
    yield f"**Verdict: {told['verdict']}** (exit status {told['exit']}): {_VERDICTS[told['verdict']]}."
    if told["incomplete"]:
        yield f"**{told['incomplete'][0].upper()}{told['incomplete'][1:]}.**"
    yield ""
    yield (
        f"{many(len(told['findings']), 'place')} with findings: {counts['fail']} fail, {counts['warn']} warn, {counts['note']} are"
        f" notes, {counts['waived']} are waived. {many(len(told['not_scanned']['gaps']), 'gap')}."
    )
    yield ""
    yield (
        "No line, genotype or value of the data is quoted here. What a path, the name of a ref or a reason repeats of an identifier"
        " seen in the data is shown as `[masked]`; an identifier that no rule has seen is not known as one, so read the paths below"
        " before this document is passed on."
    )
    yield ""
    yield (
        "It says what the rules of section 3 found in what section 2 counts. It is no statement that the repository holds no data"
        " of people, and none that any condition is met. Section 3 says what nobody looked for, section 4 what was not read."
    )
    yield ""
    yield told["pack"]["duty"]


def _repository(told: Told) -> Iterator[str]:
    about, source = told["repository"], told["scanned"]["source"]
    yield "## 1. Repository"
    yield from table(
        ("what", "value"),
        [
            ("name and address", "stated by the signer in section 10"),
            ("HEAD", code(about["head"]) if about["head"] else "no commit"),
            ("commits examined", f"{about['commits']:,} ({'the whole history' if source == 'history' else 'a range'})"),
            ("oldest of them", _end(about["first"])),
            ("newest of them", _end(about["last"])),
            ("refs", ", ".join(f"{word}: {number}" for word, number in about["refs"].items())),
            ("complete", _whole(about)),
        ],
    )


def _whole(about: Told) -> str:
    if about["shallow"]:
        return "**no: a shallow clone, older commits are not here and were not examined** (`git fetch --unshallow`)"
    if about["partial"]:
        return "a partial clone: objects that are not here are gaps of section 4"
    return "neither a shallow nor a partial clone"


def _end(end: Told | None) -> str:
    return f"{code(end['id'])} of {end['day']}" if end else "none"


def _scanned(told: Told) -> Iterator[str]:
    scanned, texts = told["scanned"], told["scanned"]["texts"]
    yield "## 2. What was scanned"
    yield ""
    if scanned["source"] == "history":
        more = ", and what reflogs reach" if told["reflog"] else ""
        yield f"Every content that branches, tags, notes and stashes reach{more}, once each: deleted files too."
    else:
        base = f" beyond {code(scanned['base'])}" if scanned["base"] else ""
        yield f"Every content that the commits of a range bring{base}, also what a later one removed. Older content was not judged."
    yield from table(
        ("what", "number"),
        [
            ("contents of files (each version once)", f"{scanned['files']:,}"),
            ("bytes", f"{scanned['bytes']:,}"),
            ("messages of commits and tags", f"{texts.get('message', 0):,}"),
            ("names of files", f"{texts.get('name', 0):,}"),
            ("names of refs and tags", f"{texts.get('ref', 0):,}"),
            ("contents excluded by the policy", f"{scanned['excluded']:,}"),
        ],
    )
    held = [(level, f"{number:,}", _LEVELS[level]) for level, number in scanned["coverage"].items() if number]
    yield from table(("coverage", "contents", "meaning"), held)
    if scanned["exclusions"]:
        yield "Excluded by the policy, and not read:"
        rows = [(code(item["path"]), item["files"], code(item["reason"])) for item in scanned["exclusions"]]
        yield from table(("pattern", "contents at such paths", "reason"), rows)


def _looked(told: Told) -> Iterator[str]:
    yield "## 3. What was looked for, and what was not"
    yield from table(
        ("code", "about", "a finding", "in this run"),
        [
            (
                rule["code"],
                rule["title"].rstrip("."),
                _SEVERITIES[rule["severity"]],
                f"**no**: {rule['why']}" if rule["why"] else "yes",
            )
            for rule in told["looked_for"]
        ],
    )
    yield "Each code has a manual: `genomic-guard explain CODE`. Nothing beyond these manuals was looked for."
    yield ""
    asked = [each for each in told["not_looked_for"] if each["pack"]]
    if asked:
        yield f"**Not looked for, although {code(told['pack']['name'])} has clauses about it:**"
        yield ""
        yield from (f"- **{each['what']}** ({each['group']}xx): {each['why']}" for each in asked)
        yield ""
    rest = [f"{each['what']} ({each['group']}xx: {each['why']})" for each in told["not_looked_for"] if not each["pack"]]
    if rest:
        yield "Not looked for besides:"
        yield ""
        yield from (f"- {each}" for each in rest)
        yield ""
    yield from (f"- ignored by the policy: {code(each['code'])}, {code(each['reason'])}" for each in told["policy"]["ignored"])
    if told["policy"]["select_unused"]:
        yield ""
        yield "The policy selects some codes only. An audit runs all."


def _unscanned(told: Told) -> Iterator[str]:
    missing = told["not_scanned"]
    yield "## 4. What was not scanned"
    yield ""
    yield f"**Not read, and should have been: {len(missing['gaps'])}.**"
    yield ""
    yield from listed(f"- {code(gap['path'])}: {code(gap['message'])}" for gap in missing["gaps"])
    for key, words in (("partly", "Read in part"), ("opaque", "Recognised, and read by no rule")):
        if missing[key]:
            yield ""
            yield f"{words}: " + ", ".join(f"{each['files']} {code(each['format'])}" for each in missing[key]) + "."
    yield ""
    if missing["lfs_objects"]:
        yield f"- objects of git-lfs that are not in this repository's store: {missing['lfs_objects']} (`git lfs fetch --all`)"
    yield from listed(f"- submodule {code(path)}: another repository, to be audited by itself" for path in missing["submodules"])
    if missing["comparisons"]:
        yield f"- comparisons of files of one time ({', '.join(missing['comparisons'])}): `genomic-guard scan` makes them"
    if not told["reflog"]:
        yield "- what only reflogs reach, such as commits amended away: on this machine alone, and no push sends them (`--reflog`)"
    yield "- the work tree and the index: what is not committed; the names and addresses of authors"
    yield "- what a remote holds and this clone does not: other branches, forks, requests, releases, pages, artifacts of CI"


def _exceptions(told: Told) -> Iterator[str]:
    yield "## 6. Exceptions"
    rows = [
        (
            each["code"],
            code(each["path"]),
            each["state"],
            each["findings"],
            code(each["reason"]),
            code(each["owner"]),
            each["expires"],
        )
        for each in told["waivers"]
    ]
    yield from table(("code", "path", "waiver", "findings", "reason", "owner", "last day"), rows)
    by_comment = told["counts"]["waived"] - sum(each["findings"] for each in told["waivers"])
    yield ""
    if by_comment > 0:
        yield f"{many(by_comment, 'finding')} allowed by a comment beside it."
    elif not rows:
        yield "There is no waiver."


def _ignore(told: Told) -> Iterator[str]:
    advice = told["gitignore"]
    yield "## 8. Advice for .gitignore"
    yield ""
    if advice["missing"]:
        state = "at the root lacks" if advice["there"] else "at the root is not there or cannot be read, and lacks"
        yield f"The file {state} {many(len(advice['missing']), 'pattern')}; {advice['held']} are covered. `--write-gitignore` adds:"
        yield ""
        yield "```gitignore"
        yield from (each["pattern"] for each in advice["missing"])
        yield "```"
        yield ""
        kinds: dict[str, list[str]] = {}
        for each in advice["missing"]:
            kinds.setdefault(each["what"], []).append(each["pattern"])
        yield from (f"- {', '.join(map(code, some))}: {what}" for what, some in kinds.items())
    else:
        yield "The file at the root covers every pattern that the pack and the findings suggest."
    yield ""
    yield "It keeps out what is not tracked yet; what is tracked stays tracked (`git rm --cached`), and no history changes by it."
    if advice["notebooks"]:
        how = (
            "an attribute at the root names nbstripout" if advice["nbstripout"] else "`nbstripout --install` does it for this clone"
        )
        yield f"Strip the saved outputs of notebooks before each commit (paths of notebooks here: {advice['notebooks']}): {how}."


def _made(told: Told) -> Iterator[str]:
    tool, policy, date = told["tool"], told["policy"], told["date"]
    ruled = (
        f"{code(policy['path'])}, SHA-256 {code(policy['sha256'])}, as of {policy['from']}" if policy["path"] else "none: defaults"
    )
    yield "## 9. How it was made"
    yield from table(
        ("what", "value"),
        [
            ("program", f"{tool['name']} {tool['version']}"),
            ("rules", f"SHA-256 {code(tool['ruleset'])}"),
            ("policy", ruled),
            ("profile", policy["profile"]),
            ("packs", ", ".join(policy["packs"])),
            ("source of the pack", told["pack"]["source"]),
            ("date of the document", f"{date['day'] or 'none'}, from {date['from']}"),
        ],
    )
    yield (
        "The same repository, program and policy give the same bytes: the date is from no clock. Waivers alone are held against the"
        " day of the run. Nothing was fetched or sent; states are as of the last fetch or push of this clone."
    )


def _statement(told: Told) -> Iterator[str]:  # noqa: ARG001 - as the other parts
    yield "## 10. Statement"
    yield ""
    yield "To be filled in by the person who answers for the repository."
    for line in _BLANKS:
        yield ""
        yield f"{line} ______________________________"
