"""What was measured on: the machine, how busy it was, and versions."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def machine() -> dict[str, str]:
    """Return what is known of this machine."""
    models = [line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    model = models[0] if models else platform.machine()
    memory = next((int(line.split()[1]) / 1e6 for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    return {
        "processor": f"{model}, {os.cpu_count()} cores",
        "memory": f"{memory:.0f} GB",
        "system": f"{platform.system()} {platform.release()}",
        "load at the start": f"{os.getloadavg()[0]:.1f}",
        "day": datetime.now(tz=UTC).date().isoformat(),
    }


def versions(*packages: str) -> dict[str, str]:
    """Return versions of Python, git and distributions of this environment."""
    told = {"Python": sys.version.split()[0], "git": said(["git", "--version"]).removeprefix("git version ")}
    for package in ("pytest-genomic-guard", *packages):
        try:
            told[package] = version(package)
        except PackageNotFoundError:
            continue
    return told


def said(command: list[str]) -> str:
    """Return the first line that a command prints."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return (done.stdout.splitlines() or [""])[0].strip()


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text("utf-8").splitlines()
    except OSError:
        return []
