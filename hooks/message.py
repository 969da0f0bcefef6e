"""Commit messages."""

import sys

from pytest_genomic_guard.cli.push import message


def main(argv: list[str]) -> int:
    """Judge it."""
    return message(argv)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
