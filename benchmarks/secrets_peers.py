"""Compare findings and time of the secret checks with detect-secrets, kingfisher and credsweeper, in one run over the same files.

    python benchmarks/secrets_peers.py [--peers FOLDER] [--truth FILE] FOLDER...

`--peers` is the folder of scripts of an environment in which the peers are installed (kingfisher-bin, credsweeper,
detect-secrets); those that are missing are left out. `--truth` is a JSON file that names for each path of the one FOLDER the kind
of its case, such as ``secret`` or ``clean``: then the share of files with a finding is told for each kind. No value is printed: the
reports of the peers, which hold values, are read in memory and dropped. Each is run as its users run it: detect-secrets with all
plugins over all files, kingfisher without validation, credsweeper with its model. Ours is a scan for the code family SEC alone.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Read = Callable[[str, Path], Iterator[str]]  # the output and the folder: the path of each finding, relative to it


def main() -> int:
    """Run each tool over each folder, print a line for each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--peers", default="")
    parser.add_argument("--truth", type=Path)
    parser.add_argument("folders", nargs="+", type=Path)
    given = parser.parse_args()
    truth: dict[str, str] = json.loads(given.truth.read_text("utf-8")) if given.truth else {}
    for folder in given.folders:
        files = [path for path in folder.rglob("*") if path.is_file() and ".git" not in path.relative_to(folder).parts]
        size = sum(path.stat().st_size for path in files)
        print(f"{folder.name}: {len(files)} files, {size / 1e6:.1f} MB")
        for name, (command, read) in _tools(given.peers).items():
            try:
                seconds, paths = _run(command, read, folder)
            except FileNotFoundError:
                print(f"  {name:16} is not installed")
                continue
            rate = f"{seconds:8.2f} s, {size / 1e6 / seconds:8.2f} MB/s"
            print(f"  {name:16} {len(paths):6} findings in {len(set(paths)):5} files, {rate}{_shares(paths, truth)}", flush=True)
    return 0


def _tools(peers: str) -> dict[str, tuple[list[str], Read]]:
    """Return the command of each tool, with {folder} and {out} to be filled in, and what reads its report."""

    def script(name: str) -> str:
        return os.path.join(peers, name) if peers else name

    ours = [sys.executable, "-I", "-m", "pytest_genomic_guard", "scan", "{folder}", "--select", "SEC", "--format", "json:{out}"]
    quiet = ["--no-validate", "--no-update-check", "--no-dedup", "--format", "jsonl", "--output", "{out}"]
    return {
        "genomic-guard": (ours, _ours),
        "detect-secrets": (
            [script("detect-secrets"), "-C", "{folder}", "scan", "--all-files", "--no-verify", "."],
            _detect_secrets,
        ),
        "kingfisher": ([script("kingfisher"), "scan", "{folder}", *quiet], _kingfisher),
        "credsweeper": ([script("credsweeper"), "--path", "{folder}", "--save-json", "{out}"], _credsweeper),
    }


def _run(command: list[str], read: Read, folder: Path) -> tuple[float, list[str]]:
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "report"
        full = [part.replace("{folder}", str(folder.resolve())).replace("{out}", str(out)) for part in command]
        begin = time.perf_counter()
        done = subprocess.run(full, capture_output=True, text=True, errors="replace", check=False, cwd=place)
        seconds = time.perf_counter() - begin
        text = out.read_text("utf-8", "replace") if out.exists() else done.stdout
        return seconds, list(read(text, folder.resolve()))


def _ours(text: str, folder: Path) -> Iterator[str]:
    paths = sorted((path for path in _scanned(folder)), key=os.fsencode)
    for finding in json.loads(text)["findings"]:
        if finding["family"] == "SEC":
            yield paths[finding["entry"]] if finding["entry"] is not None and len(paths) > finding["entry"] else finding["path"]


def _scanned(folder: Path) -> list[str]:
    """Return the paths that a scan has: what git knows in a repository, all in a plain folder."""
    if (folder / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        done = subprocess.run(command, cwd=folder, capture_output=True, check=True)
        return sorted({os.fsdecode(each) for each in done.stdout.split(b"\0") if each})
    return [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() or path.is_symlink()]


def _detect_secrets(text: str, folder: Path) -> Iterator[str]:  # noqa: ARG001 - as the others
    for path, found in json.loads(text or '{"results": {}}')["results"].items():
        yield from [path] * len(found)


def _kingfisher(text: str, folder: Path) -> Iterator[str]:
    for line in text.splitlines():
        try:
            row: Any = json.loads(line)
        except ValueError:
            continue
        path = row.get("finding", {}).get("path") if isinstance(row, dict) else None
        if path:
            yield os.path.relpath(path, folder)


def _credsweeper(text: str, folder: Path) -> Iterator[str]:
    for row in json.loads(text) if text.startswith("[") else ():  # with no file to read it writes none, and prints a log
        for each in row.get("line_data_list", []):
            yield os.path.relpath(each["path"], folder)


def _shares(paths: list[str], truth: dict[str, str]) -> str:
    """Return the share of files with a finding, by the kind of their case."""
    if not truth:
        return ""
    have, found = Counter(truth.values()), Counter(truth[path] for path in set(paths) if path in truth)
    return "; " + ", ".join(f"{kind} {found[kind]}/{count}" for kind, count in sorted(have.items()))


if __name__ == "__main__":
    raise SystemExit(main())
