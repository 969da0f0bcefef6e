"""Where a distribution was installed from (direct_url.json, PEP 610): of addresses nothing is kept but a folder on this machine."""

from __future__ import annotations

import os
import re


def folder(data: bytes) -> bytes:
    """Return the folder that a direct URL names; empty for an archive, a repository, an index, or what cannot be read."""
    import json  # noqa: PLC0415 - where one is installed from somewhere

    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return b""
    if not isinstance(found, dict) or not isinstance(found.get("dir_info"), dict) or not isinstance(found.get("url"), str):
        return b""
    return _path(found["url"])


def _path(url: str) -> bytes:
    """Return the path of a ``file:`` address."""
    if url[:7].lower() != "file://" or "\0" in url:
        return b""
    host, slash, rest = url[7:].partition("/")
    if host not in {"", "localhost"} or not slash:
        return b""
    path = re.sub(rb"%([0-9A-Fa-f]{2})", lambda match: bytes((int(match[1], 16),)), os.fsencode("/" + rest))
    if os.name == "nt" and path[2:3] in b":|":
        path = path[1:2] + b":" + path[3:]
    return b"" if b"\0" in path else os.path.normpath(path)
