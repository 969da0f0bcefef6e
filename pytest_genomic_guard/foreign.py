"""Lists of known findings that other tools wrote: baselines of detect-secrets, reports and ignore files of gitleaks.

What they hold is looked for in the files as they are now, so that a line above does not undo an entry. detect-secrets keeps the
SHA-1 of each value: the values of the files that it names are hashed here, in memory, to be compared, and nothing of that is kept.

Sources: detect_secrets/core/baseline.py and potential_secret.py (1.5.0); gitleaks report/json.go, detect/baseline.go (8.30).
"""

from __future__ import annotations

import re

from pytest_genomic_guard.model import Unreadable
from pytest_genomic_guard.views.decode import decode
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from pytest_genomic_guard.model import Artifact, Snapshot
    from pytest_genomic_guard.policy import Place

    # of one file: lines as the tool counted them, digests of values, values
    Held = tuple[set[int], set[str], set[bytes]]

_IGNORED = re.compile(r"(?:[0-9a-f]{40}:)?(.+):([\w.-]+):(\d{1,9})")
_QUOTED = re.compile(rb"'([^'\n]{1,4096}+)'|\"([^\"\n]{1,4096}+)\"|`([^`\n]{1,4096}+)`")
_WORDS = (
    re.compile(rb"[\w+/=.~@$!%^&*#?-]{3,4096}+"),
    re.compile(rb"[^\s'\"`,;<>(){}\[\]]{3,4096}+"),
    re.compile(rb"[\w-]{3,4096}+"),
)
_AFTER = re.compile(rb"(?:[=:]|=>)[ \t]*([^\r\n]{3,4096}+)")
_LINES = 200_000  # of one file


def places(data: bytes, snapshot: Snapshot) -> frozenset[Place] | None:
    """Return where findings stand that a list of another tool holds; None when the data are no such list."""
    held = _held(data)
    if held is None:
        return None
    found: set[Place] = set()
    for name, (lines, digests, values) in held.items():
        path = name.replace("\\", "/").removeprefix("./").encode("utf-8", "surrogateescape")
        entry = snapshot.find(path)
        found |= {(path, (), line) for line in lines}
        if entry is not None and (digests or values):
            found |= {(path, trail, line) for trail, line in _now(entry, digests, values)}
    return frozenset(found)


def _held(data: bytes) -> dict[str, Held] | None:
    """Return what a list holds, by file."""
    text = data.decode("utf-8", "replace").lstrip("\ufeff")
    if not text.lstrip().startswith(("{", "[")):
        return _ignored(text)
    import json  # noqa: PLC0415 - for such a list only

    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(read, dict) and isinstance(read.get("results"), dict):
        return _of_detect_secrets(read["results"])
    if isinstance(read, list) and all(isinstance(each, dict) and "RuleID" in each and "File" in each for each in read):
        return _of_gitleaks(read)
    return None


def _of_detect_secrets(results: dict[str, Any]) -> dict[str, Held]:
    held: dict[str, Held] = {}
    for name, entries in results.items():
        lines, digests, _values = held.setdefault(name, (set(), set(), set()))
        for entry in entries if isinstance(entries, list) else ():
            digest, line = entry.get("hashed_secret"), entry.get("line_number")
            if isinstance(digest, str):
                digests.add(digest)
            elif isinstance(line, int):
                lines.add(line)  # a slim one has no lines, and none should have no digest
    return held


def _of_gitleaks(findings: list[dict[str, Any]]) -> dict[str, Held]:
    held: dict[str, Held] = {}
    for each in findings:
        lines, _digests, values = held.setdefault(str(each["File"]), (set(), set(), set()))
        value, line = each.get("Secret"), each.get("StartLine")
        if isinstance(value, str) and len(value) > 3 and value != "REDACTED" and not value.endswith("..."):
            values.add(value.encode("utf-8", "surrogateescape"))
        elif isinstance(line, int):
            lines.add(line)
    return held


def _ignored(text: str) -> dict[str, Held] | None:
    """Return what a ``.gitleaksignore`` holds; one line of another form, and it is none."""
    held: dict[str, Held] = {}
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _IGNORED.fullmatch(line.strip())
        if found is None:
            return None
        held.setdefault(found[1], (set(), set(), set()))[0].add(int(found[3]))
    return held or None


def _now(entry: Artifact, digests: set[str], values: set[bytes]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield where values stand in a file as it is now, in cells of notebooks too."""
    import hashlib  # noqa: PLC0415 - as above

    left = _LINES
    try:
        for view in decode(entry):
            if not isinstance(view, Text):
                continue
            at = view.begin
            while at < view.owned and left > 0:
                end = view.data.find(b"\n", at)
                end = len(view.data) if end < 0 else end
                line = view.data[at:end]
                left -= 1
                same = digests and any(hashlib.sha1(each, usedforsecurity=False).hexdigest() in digests for each in _parts(line))
                if same or any(value in line for value in values):
                    place = view.locate(at)
                    yield place.trail, place.line or 0
                at = end + 1
    except Unreadable:
        return  # the scan says so


def _parts(line: bytes) -> set[bytes]:
    """Return what of a line could be a value, as the plugins of detect-secrets cut it out."""
    found = {part for each in _QUOTED.finditer(line) for part in each.groups() if part}
    for words in _WORDS:
        found.update(words.findall(line))
    for each in _AFTER.finditer(line):
        found |= {each[1], each[1].strip(), each[1].strip().strip(b"'\"`,;")}
    return found
