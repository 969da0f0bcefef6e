"""Data use only."""

import sys

from pytest_genomic_guard.cli.hook import main as run


def main(argv: list[str]) -> int:
    """Judge what is staged."""
    return run(argv, "genomic-guard-data-use", ("GOV",))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
