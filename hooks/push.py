"""What a push sends."""

import sys

from pytest_genomic_guard.cli.push import push


def main(argv: list[str]) -> int:
    """Judge it."""
    return push(argv)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
