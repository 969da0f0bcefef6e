"""Plain lists beside the policy: the baseline, and the manifests of waivers. One entry a line, so that git can merge them."""

from __future__ import annotations

import re

from pytest_genomic_guard.policy import BASELINED, FOREIGN, Baseline, PolicyError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from pytest_genomic_guard.model import Finding
    from pytest_genomic_guard.policy import Policy

HEAD = "# genomic-guard baseline 1"
SIZE = 16 << 20
_ENTRY = rf"([^\t]+)\t((?:{'|'.join(BASELINED)})[0-9]{{3}})\t([^\t]*)\t([1-9][0-9]{{0,8}})"
_FILE = rb"([0-9a-f]{64})  ([^\t\r]+)"
_ESCAPED = rb"%([0-9A-F]{2})"


def escaped(text: str) -> str:
    """Return a text as a field of a line: what is not printable, and the percent sign, as bytes in hexadecimal."""
    return "".join(
        each if each.isprintable() and each != "%" else "".join(f"%{byte:02X}" for byte in each.encode("utf-8", "surrogateescape"))
        for each in text
    )


def baseline(counts: Mapping[tuple[str, str, str], int]) -> str:
    """Return a baseline that holds so many findings for each path, code and key."""
    lines = sorted(f"{path}\t{code}\t{key}\t{count}" for (path, code, key), count in counts.items())
    return "\n".join([HEAD, *lines]) + "\n"


def with_baseline(policy: Policy, data: bytes, path: bytes) -> Policy:
    """Return a policy with the baseline in `data`. Raises `PolicyError`."""
    import hashlib  # noqa: PLC0415 - loads OpenSSL, which most hooks do not need

    used = (*policy.used, (path, hashlib.sha256(data).hexdigest()))
    return policy.replace(baseline=read_baseline(data, path), used=tuple(sorted(used)))


def read_baseline(data: bytes, path: bytes) -> Baseline:
    """Return a baseline. Raises `PolicyError`."""
    lines = _lines(data, path)
    if lines[0] != HEAD:
        raise PolicyError(f"a baseline begins with the line '{HEAD}'", 1, 1, path)
    entries: dict[tuple[str, str, str], tuple[int, int]] = {}
    for number, line in enumerate(lines[1:], 2):
        found = re.fullmatch(_ENTRY, line)
        if found is None:
            kinds = f"{', '.join(BASELINED[:-1])} or {BASELINED[-1]}"
            raise PolicyError(f"this must be a path, a code of {kinds}, a key and a count, with tabs between", number, 1, path)
        where, code, key, count = found.groups()
        if (where, code, key) in entries:
            raise PolicyError("this entry is repeated", number, 1, path)
        entries[where, code, key] = (int(count), number)
    return Baseline(path=path, entries=entries)


def compare(
    held: Baseline,
    counts: Mapping[tuple[str, str, str], int],
    judged: Callable[[str], bool],
    codes: Collection[str],
) -> tuple[set[str], list[tuple[int, bool]]]:
    """Hold findings, counted by path, code and key, against the entries of the codes that run.

    Return the paths whose findings the baseline covers, and for every path that is not as it was the line of the baseline, and
    whether it only has fewer. Of a path of which not all was judged, there may be fewer.
    """
    want: dict[str, dict[tuple[str, str], int]] = {}
    lines: dict[str, int] = {}
    for (path, code, key), (count, line) in held.entries.items():
        if code in codes:
            want.setdefault(path, {})[code, key] = count
            lines.setdefault(path, line)
    have: dict[str, dict[tuple[str, str], int]] = {path: {} for path in want}
    for (path, code, key), count in counts.items():
        have.setdefault(path, {})[code, key] = count
    covered, changed = set(), []
    for path, expected in want.items():
        fewer = all(count <= expected.get(each, 0) for each, count in have[path].items())
        if have[path] == expected or (fewer and not judged(path)):
            covered.add(path)
        else:
            changed.append((lines[path], fewer))
    return covered, changed


def manifest(files: Iterable[tuple[bytes, str]]) -> str:
    """Return a manifest of files by path, each with its SHA-256."""
    return "".join(f"{sha256}  {escaped(path.decode('utf-8', 'surrogateescape'))}\n" for path, sha256 in sorted(files))


def read_manifest(data: bytes, path: bytes) -> list[tuple[bytes, str]]:
    """Return paths and digests of a manifest, in the order of its lines. Raises `PolicyError`."""
    files: dict[bytes, str] = {}
    for number, line in enumerate(_lines(data, path), 1):
        found = re.fullmatch(_FILE, line.encode("utf-8", "surrogateescape"))
        if found is None:
            raise PolicyError("this must be the SHA-256 of a file, two blanks and its path", number, 1, path)
        name = re.sub(_ESCAPED, lambda code: bytes([int(code[1], 16)]), found[2])
        if name in files:
            raise PolicyError("this path is repeated", number, 67, path)
        files[name] = found[1].decode()
    return list(files.items())


def _lines(data: bytes, path: bytes) -> list[str]:
    """Return the lines; a checkout on Windows may have given them other ends."""
    if len(data) > SIZE:
        raise PolicyError("this file is larger than 16 MiB", 1, 1, path)
    try:
        text = data.replace(b"\r\n", b"\n").decode()
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode().split("\n")
        raise PolicyError("this file is not UTF-8", len(before), len(before[-1]) + 1, path) from None
    if text and not text.endswith("\n"):
        raise PolicyError("the last line of this file has no end: was it cut?", text.count("\n") + 1, 1, path)
    return text.split("\n")[:-1] or [""]


def is_debt(finding: Finding, held: Baseline | None) -> bool:
    """Tell whether a baseline can hold a finding: by its code, and in another tool's list where that holds a credential."""
    if held is None or held.places is None:
        return finding.code.startswith(BASELINED)
    at = finding.location
    lines = range(at.line or 0, (at.end or at.line or 0) + 1)
    return finding.code.startswith(FOREIGN) and any((at.path, at.trail, line) in held.places for line in lines)


def debt_of(finding: Finding, show: Callable[[bytes], str]) -> tuple[str, str, str]:
    """Return path, code and key of a finding as a baseline writes them."""
    key = finding.key.encode("utf-8", "backslashreplace").decode()
    return escaped(show(finding.location.path)), finding.code, escaped(key)
