"""What is installed beside a repository, invented: an interpreter that could run, and nothing that would."""

from __future__ import annotations


class Installed:
    """Environments."""

    @staticmethod
    def interpreter() -> bytes:
        """Return the first bytes of a program of Linux: an environment's interpreter is looked at, and never run."""
        return b"\x7fELF\2\1\1" + bytes(57)
