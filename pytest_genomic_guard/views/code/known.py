"""Last names of functions that do harm also where they are handed on, as in `map(pickle.load, files)`."""

from __future__ import annotations

REFERRED = frozenset(
    (
        "load",
        "loads",
        "read_pickle",
        "system",
        "popen",
        "getoutput",
        "eval",
        "exec",
        "_create_unverified_context",
        "CERT_NONE",
    )
)
