"""Path patterns of the policy: ``*`` and ``?`` within a name, ``**`` across folders, ``[...]`` for a set."""

from __future__ import annotations

import re


def matcher(pattern: str) -> re.Pattern[bytes]:
    """Compile a pattern that must match a whole path; one that ends in ``/`` means everything below that folder."""
    if pattern.endswith("/"):
        pattern += "**"
    out = []
    at = 0
    while at < len(pattern):
        if pattern.startswith("**/", at):
            out.append("(?:.*/)?")
            at += 3
        elif pattern.startswith("**", at):
            out.append(".*")
            at += 2
        elif pattern[at] == "*":
            out.append("[^/]*")
            at += 1
        elif pattern[at] == "?":
            out.append("[^/]")
            at += 1
        elif pattern[at] == "[" and "]" in pattern[at + 2 :]:
            end = pattern.index("]", at + 2)
            inside = pattern[at + 1 : end].replace("\\", "\\\\").replace("[", "\\[")
            out.append("[" + ("^/" + inside[1:] if inside[0] in "!^" else inside) + "]")
            at = end + 1
        else:
            out.append(re.escape(pattern[at]))
            at += 1
    return re.compile("".join(out).encode("utf-8", "surrogateescape") + rb"\Z", re.DOTALL)
