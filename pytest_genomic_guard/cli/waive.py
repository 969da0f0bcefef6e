"""``genomic-guard waive``: write an exception for one file, as it is now, into the policy."""

from __future__ import annotations

import datetime
import os

import yaml

from pytest_genomic_guard.cli.scan import below
from pytest_genomic_guard.cli.session import UsageError, emit, prepare, replace, tell
from pytest_genomic_guard.engine import Engine
from pytest_genomic_guard.evidence.files import digest
from pytest_genomic_guard.policy import MANIFESTS, NEVER_WAIVED
from pytest_genomic_guard.policy.globs import Glob
from pytest_genomic_guard.policy.held import policy as policy_of
from pytest_genomic_guard.policy.lists import manifest
from pytest_genomic_guard.policy.load import load
from pytest_genomic_guard.report import sha256_of
from pytest_genomic_guard.reporters.text import printable
from pytest_genomic_guard.sources.worktree import WorkTree

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from pytest_genomic_guard.model import Snapshot


def waive(arguments: argparse.Namespace) -> int:
    """Write the waiver, keeping everything else in the file as it is. Raises `UsageError` and `PolicyError`."""
    code = arguments.code.strip().upper()
    pattern: str | None = arguments.glob
    reviewed = {"expires": _date(arguments.expires)}
    for name in ("reason", "owner"):
        reviewed[name] = getattr(arguments, name).strip()
        if not reviewed[name]:
            raise UsageError(f"--{name} must not be empty")
    if (arguments.path is None) == (pattern is None):
        raise UsageError("give a PATH, or a pattern of paths with --glob")
    if pattern is None and os.path.isdir(arguments.path):
        raise UsageError("PATH is a folder; a waiver is for one file, bound to its content, or with --glob for a list of files")
    if code.startswith(NEVER_WAIVED):
        raise UsageError("findings about the run itself (RUN) and gates (FAIR, MIA) cannot be waived")
    snapshot = below([] if pattern is not None else [arguments.path])
    try:
        files = _matching(snapshot, code, pattern) if pattern is not None else [_reviewed(snapshot, code)]
        policy, _text = policy_of(snapshot)
        root: bytes = snapshot.root  # type: ignore[attr-defined]  # every source of `below` has one
    finally:
        snapshot.close()
    if pattern is None:
        place, sha256, listed = *files[0], None
    else:
        listed = manifest(files)
        sha256 = sha256_of(listed)
        place = MANIFESTS + f"{code}-{sha256[:12]}.sha256".encode()
    entry = {"code": code, ("manifest" if listed else "path"): place.decode("utf-8", "surrogateescape"), "sha256": sha256}
    _add(root, policy, {**entry, **{name: reviewed[name] for name in ("reason", "owner", "expires")}}, listed)
    many = "" if pattern is None else f" in {len(files)} file{'' if len(files) == 1 else 's'}"
    emit(f"waived {code}{many} until {reviewed['expires']}, in {printable(os.fsdecode(policy))}\n")
    tell("commit the policy file together with the data: hooks read it from the index")
    return 0


def _add(root: bytes, policy: bytes, entry: dict[str, str], listed: str | None) -> None:
    """Write an entry into the policy, and its manifest first. Raises `UsageError` and `PolicyError`."""
    file = os.path.join(root, policy)
    text = _read(file)
    changed = _insert(text.replace("\r\n", "\n"), _item(entry))
    changed = changed.replace("\n", "\r\n") if "\r\n" in text else changed
    load(changed.encode("utf-8", "surrogateescape"), policy)  # what we write must be readable; raises with line and column
    if listed:
        place = os.path.join(root, os.fsencode(entry["manifest"]))
        try:
            os.makedirs(os.path.dirname(place), exist_ok=True)
        except OSError:
            raise UsageError("the folder of the manifest could not be made; nothing was written") from None
        replace(place, _encoded(listed), "the policy file")
    replace(file, _encoded(changed), "the policy file")


def _matching(snapshot: Snapshot, code: str, pattern: str) -> list[tuple[bytes, str]]:
    """Return the files of a pattern that have the finding, with their digests. Raises `UsageError` where there is none."""
    try:
        glob = Glob(pattern)
    except ValueError:
        raise UsageError("--glob takes a pattern of paths relative to the root, such as data/**") from None
    plan, policy = prepare(snapshot, select=[code])
    if code not in plan.registry.entries:
        raise UsageError("CODE must be one whole code, such as GEN101")
    report = Engine(plan).run(snapshot, policy)
    found = {finding.entry for finding in report.findings if finding.code == code and finding.outcome != "waived"}
    paths = [entry.path for number, entry in enumerate(snapshot.entries()) if number in found]
    files = [(path, digest(snapshot, path)) for path in paths if glob.match(path.decode("utf-8", "surrogateescape"))]
    if not files:
        raise UsageError(f"no file that the pattern matches has a finding of {code} that is not waived; nothing was written")
    if not all(sha256 for _path, sha256 in files):
        raise UsageError("a file that the pattern matches could not be read; nothing was written")
    return files


def _reviewed(snapshot: Snapshot, code: str) -> tuple[bytes, str]:
    """Return the path and the hash of the one file to judge. Raises `UsageError` for one that a waiver is not for."""
    (path,) = snapshot.changed
    if isinstance(snapshot, WorkTree) and path in snapshot.ignored:
        raise UsageError("git ignores PATH; the hash of content that is in no commit must not get into one, so nothing was written")
    plan, policy = prepare(snapshot, select=[code])
    if code not in plan.registry.entries:
        raise UsageError("CODE must be one whole code, such as GEN101")
    sha256 = digest(snapshot, path)
    if not sha256:
        raise UsageError("PATH could not be read; nothing was written")
    report = Engine(plan).run(snapshot, policy)
    entry = {each.path: number for number, each in enumerate(snapshot.entries())}[path]
    if not any((finding.code, finding.entry) == (code, entry) for finding in report.findings):
        why = ", since the policy excludes it" if report.excluded else ""
        raise UsageError(f"PATH has no finding of {code}{why}; nothing was written")
    return path, sha256


def _date(text: str) -> str:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise UsageError("--expires must be a date such as 2027-06-30") from None
    if day < datetime.date.today():  # noqa: DTZ011 - a policy's dates are local
        raise UsageError("--expires is in the past")
    return day.isoformat()


def _item(entry: dict[str, str]) -> list[str]:
    """Return the entry as lines of YAML, each value quoted where it needs to be."""
    dumped = yaml.safe_dump([entry], sort_keys=False, allow_unicode=True, width=10**6)
    return [f"  {line}" for line in dumped.splitlines()]


def _insert(text: str, item: list[str]) -> str:
    """Return the policy with the entry at the end of its waivers. Raises `UsageError` where that needs a person."""
    node = yaml.compose(text) if text.strip() else None
    if node is None:
        return "\n".join([*text.splitlines(), "version: 1", "waivers:", *item]) + "\n"
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        raise UsageError("the policy is written in braces; write it as lines of KEY: VALUE first")
    waivers = next((value for key, value in node.value if key.value == "waivers"), None)
    if waivers is None:
        margin = " " * node.start_mark.column
        return "\n".join([*text.splitlines(), *(margin + line for line in ["waivers:", *item])]) + "\n"
    if waivers.flow_style:
        if waivers.value:
            raise UsageError("the policy writes its waivers on one line, in brackets; write them as a list of lines first")
        rest, feed, after = text[waivers.end_mark.index :].partition("\n")
        margin = " " * node.start_mark.column
        lines = [text[: waivers.start_mark.index].rstrip() + rest, *(margin + line for line in item)]
        return "\n".join(lines) + "\n" + (after if feed else "")
    lines = text.splitlines()
    margin = " " * waivers.start_mark.column
    at = _end(waivers.value[-1])
    return "\n".join([*lines[:at], *(margin + line[2:] for line in item), *lines[at:]]) + "\n"


def _end(node: yaml.Node) -> int:
    """Return the number of lines up to the end of a node's last value; what follows it, comments too, is not the node's."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    mark = node.end_mark
    return int(mark.line + (1 if mark.column else 0))


def _read(file: bytes) -> str:
    try:
        with open(file, encoding="utf-8", errors="surrogateescape", newline="") as policy:
            return policy.read()
    except FileNotFoundError:
        return ""
    except OSError:
        raise UsageError("the policy file could not be read; nothing was written") from None


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
