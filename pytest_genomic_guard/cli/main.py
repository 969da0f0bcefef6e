"""The commands and their options. Each command's work is in its own module, imported when it is called."""

from __future__ import annotations

import argparse
import os
import sys

from pytest_genomic_guard import __version__
from pytest_genomic_guard.cli.session import guarded
from pytest_genomic_guard.policy import PROFILES
from pytest_genomic_guard.report import INTERRUPTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_EXITS = (
    "exit status: 0 clean, 1 findings or gates fail, 2 wrong usage or policy text, 3 something could not be read, 130 interrupted"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    try:
        arguments = parser().parse_args(argv)
    except KeyboardInterrupt:
        return INTERRUPTED
    return guarded(lambda: _run(arguments))


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    top = argparse.ArgumentParser(
        prog="genomic-guard",
        description="Keep human genomic and health data out of a repository.",
        epilog=_EXITS,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"genomic-guard {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    scan = commands.add_parser("scan", help="scan a repository, a folder, files or the index", epilog=_EXITS, allow_abbrev=False)
    scan.add_argument("paths", nargs="*", metavar="PATH", type=os.fsencode, help="files or folders; default: the whole repository")
    scan.add_argument("--staged", action="store_true", help="judge the staged entries, as the next commit would hold them")
    scan.add_argument("--select", action="append", default=[], metavar="CODES", help="codes or prefixes, with commas: GEN,GEN1")
    scan.add_argument("--ignore", action="append", default=[], metavar="CODES", help="codes or prefixes, with commas")
    scan.add_argument("--profile", choices=list(PROFILES), help="use this profile instead of the policy's")
    scan.add_argument("--config", type=os.fsencode, metavar="FILE", help="use this policy file")
    scan.add_argument(
        "--format", action="append", default=[], metavar="NAME[:FILE]", help="text or json, to stdout or a file; repeatable"
    )

    explain = commands.add_parser("explain", help="show the manual of a code", allow_abbrev=False)
    explain.add_argument("code", metavar="CODE")

    demo = commands.add_parser("demo", help="build a small repository with leaks and decoys and run all three doors over it")
    demo.add_argument("--keep", action="store_true", help="leave the repository there and say where it is")

    waive = commands.add_parser("waive", help="write a waiver for one file as it is now into the policy", allow_abbrev=False)
    waive.add_argument("code", metavar="CODE")
    waive.add_argument("path", metavar="PATH", type=os.fsencode)
    for name, what in (("reason", "why this content may stay"), ("owner", "who answers for it"), ("expires", "YYYY-MM-DD")):
        waive.add_argument(f"--{name}", required=True, metavar="TEXT", help=what)

    generate = commands.add_parser("generate", help="for people who write checks: rewrite what is generated", allow_abbrev=False)
    generate.add_argument("--check", action="store_true", help="change nothing; fail when something is out of date")
    return top


def _run(arguments: argparse.Namespace) -> int:
    if arguments.command == "scan":
        from pytest_genomic_guard.cli.scan import scan  # noqa: PLC0415 - as below: only the called command is loaded

        return scan(arguments)
    if arguments.command == "explain":
        from pytest_genomic_guard.cli.explain import explain  # noqa: PLC0415

        return explain(arguments.code)
    if arguments.command == "demo":
        from pytest_genomic_guard.cli.demo import demo  # noqa: PLC0415

        return demo(keep=arguments.keep)
    if arguments.command == "waive":
        from pytest_genomic_guard.cli.waive import waive  # noqa: PLC0415

        return waive(arguments)
    from pytest_genomic_guard.cli.generate import generate  # noqa: PLC0415

    return generate(check=arguments.check)


if __name__ == "__main__":
    sys.exit(main())
