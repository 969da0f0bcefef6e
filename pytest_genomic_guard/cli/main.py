"""The commands and their options. Each command's work is in its own module, imported when it is called."""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import sys

from pytest_genomic_guard import __version__
from pytest_genomic_guard.cli import gateoptions
from pytest_genomic_guard.cli.session import guarded
from pytest_genomic_guard.policy import PROFILES
from pytest_genomic_guard.report import INTERRUPTED
from pytest_genomic_guard.reporters import FORMATS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

_EXITS = (
    "exit status: 0 clean, 1 findings or gates fail, 2 wrong usage or policy text, 3 something could not be read, 130 interrupted"
)
# A scan of 100,000 files keeps as many records, and none is garbage: looking through them again and again is a third of listing.
_COLLECT = (100_000, 20, 100)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    try:
        arguments = parser().parse_args(argv)
    except KeyboardInterrupt:
        return INTERRUPTED
    gc.set_threshold(*_COLLECT)
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
    span = scan.add_mutually_exclusive_group()
    span.add_argument("--range", metavar="A..B", help="judge every blob that commits bring; A...B from where they parted; ci")
    span.add_argument("--since", metavar="REV", help="judge every blob that the commits since a revision bring")
    span.add_argument("--history", action="store_true", help="judge every blob that branches, tags, notes and stashes reach")
    scan.add_argument("--reflog", action="store_true", help="with --history: also what only reflogs reach")
    scan.add_argument("--select", action="append", default=[], metavar="CODES", help="codes or prefixes, with commas: GEN,GEN1")
    scan.add_argument("--ignore", action="append", default=[], metavar="CODES", help="codes or prefixes, with commas")
    scan.add_argument("--profile", choices=list(PROFILES), help="use this profile instead of the policy's")
    scan.add_argument("--config", type=os.fsencode, metavar="FILE", help="use this policy file")
    scan.add_argument("--baseline", type=os.fsencode, metavar="FILE", help="use this baseline, and not .genomic-guard/baseline")
    scan.add_argument("--write-baseline", type=os.fsencode, metavar="FILE", help="write what a baseline can hold of the findings")
    scan.add_argument(
        "--format",
        action="append",
        default=[],
        metavar="NAME[:FILE]",
        help=f"{', '.join(FORMATS)}; to stdout or a file; repeatable; default: text",
    )

    scan.add_argument("--jobs", type=_jobs, default=0, metavar="N", help="processes for large inputs; default: one a processor")
    scan.add_argument("--python", default="", metavar="PATH", help="the environment whose packages tell of licences, or its Python")
    kept = "neither read nor write what is kept between runs: compiled rules, contents without a finding"
    scan.add_argument("--no-cache", action="store_true", help=kept)

    explain = commands.add_parser("explain", help="show the manual of a code", allow_abbrev=False)
    explain.add_argument("code", metavar="CODE")

    demo = commands.add_parser("demo", help="build a small repository with leaks and decoys and run all three doors over it")
    demo.add_argument("--keep", action="store_true", help="leave the repository there and say where it is")

    _waive(commands)
    _further(commands)
    return top


def _jobs(text: str) -> int:
    """Return a number of processes. Raises ValueError for what is none."""
    number = int(text)
    if not 0 <= number <= 256:
        raise ValueError
    return number


def _waive(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    waive = commands.add_parser("waive", help="write a waiver for files as they are now into the policy", allow_abbrev=False)
    waive.add_argument("code", metavar="CODE")
    waive.add_argument("path", metavar="PATH", type=os.fsencode, nargs="?")
    waive.add_argument("--glob", metavar="PATTERN", help="instead of PATH: all files with that finding, in one waiver")
    for name, what in (("reason", "why this content may stay"), ("owner", "who answers for it"), ("expires", "YYYY-MM-DD")):
        waive.add_argument(f"--{name}", required=True, metavar="TEXT", help=what)


def _further(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands around the scan."""
    rules = commands.add_parser("rules", help="list all codes", allow_abbrev=False)
    rules.add_argument("--clauses", action="store_true", help="list clauses of laws and policies with the codes that serve them")
    rules.add_argument("--format", choices=("text", "json"), default="text")
    rules.add_argument("--plugins", action="store_true", help="also the codes that the policy here adds")

    init = commands.add_parser(
        "init", help="write a policy, a pre-commit stanza and CI jobs where there are none", allow_abbrev=False
    )
    init.add_argument(
        "--ci", choices=("both", "github", "gitlab", "none"), default="both", help="which CI jobs to write; default: both"
    )

    _audit(commands)
    _release(commands)
    _gates(commands)
    _licences(commands)
    _card(commands)

    commands.add_parser("clean", help="delete what is cached between runs", allow_abbrev=False)

    notebook = commands.add_parser("clean-notebook", help="take saved outputs out of notebooks", epilog=_EXITS, allow_abbrev=False)
    notebook.add_argument("files", nargs="+", metavar="FILE", type=os.fsencode)
    notebook.add_argument(
        "--only-findings", action="store_true", help="only the outputs in which something is found; all else stays"
    )
    notebook.add_argument(
        "--select", action="append", default=[], metavar="CODES", help="with --only-findings: findings of these codes"
    )

    new = commands.add_parser("new-check", help="for people who write checks: write a new one to be changed", allow_abbrev=False)
    new.add_argument("code", metavar="CODE")
    new.add_argument("--name", help='words with hyphens; reads as "allow NAME", and stays for ever')

    generate = commands.add_parser("generate", help="for people who write checks: rewrite what is generated", allow_abbrev=False)
    generate.add_argument("--check", action="store_true", help="change nothing; fail when something is out of date")


def _audit(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    audit = commands.add_parser(
        "audit", help="write what a data-access committee can file about a history", epilog=_EXITS, allow_abbrev=False
    )
    audit.add_argument("--pack", required=True, metavar="NAME", help="whose conditions: ukb, nih, hipaa, or one by its date")
    span = audit.add_mutually_exclusive_group()
    span.add_argument("--range", metavar="A..B", help="audit what these commits bring, and not the whole history")
    span.add_argument("--since", metavar="REV", help="audit what the commits since a revision bring")
    audit.add_argument("--reflog", action="store_true", help="of a history: also what only reflogs reach")
    audit.add_argument("--output", metavar="FILE", help="write the document to a file, and not to stdout")
    audit.add_argument("--format", choices=("markdown", "json"), default="markdown")
    audit.add_argument("--write-gitignore", action="store_true", help="add the proposed patterns to .gitignore")


def _release(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    about = "compute what frequencies, statistics, scores of an attack or synthetic genomes give away of a cohort"
    gateoptions.release(commands.add_parser("release", help=about, epilog=_EXITS, allow_abbrev=False))


def _licences(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    about = "what packages are licensed under, and why they are there"
    licences = commands.add_parser("licences", help=about, epilog=_EXITS, allow_abbrev=False)
    acts = licences.add_subparsers(dest="act", required=True, metavar="COMMAND")
    every = {}
    for name, what in (
        ("list", "list all packages with their licences"),
        ("why", "show which direct requirements lead to a package"),
        ("refresh", "write the licence lock, so that commits can be judged without an environment"),
        ("sbom", "write a CycloneDX 1.6 bill of materials with licences and evidence"),
        ("notice", "write a NOTICE with the licences of what is shipped"),
    ):
        every[name] = acts.add_parser(name, help=what, allow_abbrev=False)
        every[name].add_argument("--python", default="", metavar="PATH", help="the environment that tells, or its Python")
    every["list"].add_argument("--format", choices=("text", "json"), default="text")
    every["why"].add_argument("package", metavar="PACKAGE")
    every["refresh"].add_argument("--online", action="store_true", help="ask the package index about what no environment tells of")
    for name in ("sbom", "notice"):
        every[name].add_argument("--output", metavar="FILE", help="write to a file, and not to stdout")


def _gates(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands on gates."""
    abouts = {
        "fairness": ("figures of groups with their intervals, held against bounds", gateoptions.fairness),
        "mia": ("what a membership inference attack tells, held against bounds", gateoptions.mia),
        "merge": ("add the counts of sites whose rows may not leave, and judge them together", gateoptions.merge),
    }
    for name, (about, add) in abouts.items():
        add(commands.add_parser(name, help=about, epilog=_EXITS, allow_abbrev=False))


def _card(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands on cards."""
    about = "what the cards of models and data sets state, and drafts of cards"
    card = commands.add_parser("card", help=about, epilog=_EXITS, allow_abbrev=False)
    acts = card.add_subparsers(dest="act", required=True, metavar="COMMAND")
    check = acts.add_parser("check", help="show each section of each card with its status and the reason", allow_abbrev=False)
    files = "files or folders; a file is read as a card, whatever its name; default: all cards of the repository"
    check.add_argument("files", nargs="*", metavar="FILE", type=os.fsencode, help=files)
    check.add_argument("--format", choices=("text", "json"), default="text")
    new = acts.add_parser("new", help="write a draft from what a model file says of itself", allow_abbrev=False)
    new.add_argument("model", metavar="MODEL", type=os.fsencode, help="a file, a folder or a pointer that is a model")
    new.add_argument(
        "--output", metavar="FILE", help="write the draft there, - for stdout; default: MODEL_CARD.md beside the model"
    )
    for each in (check, new):
        each.add_argument("--tier", choices=("basic", "research", "release"), help="instead of the policy's")


def _run(arguments: argparse.Namespace) -> int:
    """Call the command; only its module is loaded."""
    call = _CALLS[arguments.command]
    module = importlib.import_module(f"pytest_genomic_guard.cli.{arguments.command.replace('-', '')}")
    return call(module, arguments)


# How each command's function is called; its module has the command's name.
_CALLS: Mapping[str, Callable[[Any, argparse.Namespace], int]] = {
    "scan": lambda module, given: module.scan(given),
    "explain": lambda module, given: module.explain(given.code),
    "rules": lambda module, given: module.rules(clauses=given.clauses, form=given.format, plugins=given.plugins),
    "init": lambda module, given: module.init(given.ci),
    "demo": lambda module, given: module.demo(keep=given.keep),
    "waive": lambda module, given: module.waive(given),
    "audit": lambda module, given: module.audit(given),
    "release": lambda module, given: module.command(given),
    **dict.fromkeys(("fairness", "mia", "merge"), lambda module, given: module.command(given)),
    "licences": lambda module, given: module.licences(given),
    "card": lambda module, given: module.card(given),
    "clean": lambda module, _given: module.clean(),
    "clean-notebook": lambda module, given: module.clean_notebook(given),
    "new-check": lambda module, given: module.new_check(given.code, given.name),
    "generate": lambda module, given: module.generate(check=given.check),
}


if __name__ == "__main__":
    sys.exit(main())
