"""For people who write checks: samples made at call time, and assertions that run a check as the engine runs it.

Nothing here holds a real genotype, name or secret, and no sample is a literal: every call invents new ones.

    from pytest_genomic_guard.testing import assert_fires, assert_quiet, samples
    assert_fires("GEN101", {"a.vcf": samples.vcf(samples=3)})
"""

from __future__ import annotations

import base64
import gzip
import json
import random
import re
import string
import zlib

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.engine import Engine
from pytest_genomic_guard.model import Located, NotStaged, Withheld
from pytest_genomic_guard.policy import FILE, Policy
from pytest_genomic_guard.registry import Plan, Registry, load_plugins
from pytest_genomic_guard.sources.memory import Memory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pytest_genomic_guard.model import Rulebook
    from pytest_genomic_guard.report import Report

    Content = bytes | str

_random = random.SystemRandom()


class samples:  # noqa: N801 - reads as a namespace: samples.vcf(...)
    """Invented contents. Every function returns bytes; its keywords are what a case file writes as ``{{name key=value}}``."""

    @staticmethod
    def name() -> str:
        """Return an invented sample name, which looks like no public one."""
        return "".join(_random.choices(string.ascii_uppercase, k=3)) + "".join(_random.choices(string.digits, k=5)) + "Q"

    @staticmethod
    def variants(count: int) -> list[tuple[str, int, str, str, str]]:
        """Return chromosome, position, id, reference and alternate allele of invented sites, in order."""
        at = 10_000
        rows = []
        for _each in range(count):
            at += _random.randrange(100, 5_000)
            reference, alternate = _random.sample("ACGT", 2)
            rows.append(("chr7", at, f"rs{_random.randrange(10**6, 10**8)}", reference, alternate))
        return rows

    @staticmethod
    def genotype() -> str:
        """Return an unphased or phased diploid genotype."""
        return f"{_random.randrange(2)}{_random.choice('/|')}{_random.randrange(2)}"

    @classmethod
    def vcf(cls, samples: int = 2, variants: int = 5, header: str = "full", names: str = "") -> bytes:
        """Return a VCF; `header` is full, columns (the column line alone) or none; `names` are given with commas, or invented."""
        people = names.split(",") if names else [cls.name() for _each in range(samples)]
        columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO" + ("\tFORMAT\t" + "\t".join(people) if people else "")
        lines = {
            "full": ["##fileformat=VCFv4.3", "##contig=<ID=chr7>", '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">', columns],
            "columns": [columns],
            "none": [],
        }[header]
        for row in cls.variants(variants):
            fields = [str(field) for field in row] + [".", "PASS", "."]
            calls = [f"{cls.genotype()}:{_random.randrange(9, 60)}" for _each in people]
            lines.append("\t".join(fields + (["GT:DP", *calls] if people else [])))
        return ("\n".join(lines) + "\n").encode()

    @classmethod
    def bcf(cls, samples: int = 2) -> bytes:
        """Return the beginning of a BCF2 with its header, uncompressed and without records."""
        header = cls.vcf(samples=samples, variants=0) + b"\0"
        return b"BCF\2\2" + len(header).to_bytes(4, "little") + header

    @classmethod
    def frame(cls, samples: int = 2, variants: int = 5, style: str = "text") -> bytes:
        """Return the same calls as a table library shows them, as text or html."""
        people = [cls.name() for _each in range(samples)]
        head = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", *people]
        body = [[*map(str, row), ".", "PASS", ".", "GT", *(cls.genotype() for _each in people)] for row in cls.variants(variants)]
        if style == "html":
            rows = ["<tr><th></th>" + "".join(f"<th>{cell}</th>\n" for cell in head) + "</tr>"]
            rows += [
                f"<tr>\n<th>{number}</th>\n" + "\n".join(f"<td>{cell}</td>" for cell in row) + "\n</tr>"
                for number, row in enumerate(body)
            ]
            return ("<div>\n<table border='1'>\n" + "\n".join(rows) + "\n</table>\n</div>").encode()
        widths = [max(len(row[at]) for row in [head, *body]) for at in range(len(head))]
        shown = [[" ", *head], *([str(number), *row] for number, row in enumerate(body))]
        return "\n".join(
            "  ".join(cell.rjust(width) for cell, width in zip(row, [1, *widths], strict=True)) for row in shown
        ).encode()

    @staticmethod
    def bed(people: int = 5, variants: int = 4, major: str = "variant", cut: int = 0) -> bytes:
        """Return a PLINK 1 genotype matrix of random genotypes, with `cut` bytes missing at its end."""
        across, down = (people, variants) if major == "variant" else (variants, people)
        size = (across + 3) // 4 * down - cut
        return b"\x6c\x1b" + (b"\1" if major == "variant" else b"\0") + _random.randbytes(size)

    @classmethod
    def fam(cls, people: int = 5) -> bytes:
        """Return a PLINK sample table."""
        return "".join(f"{cls.name()} {cls.name()} 0 0 {_random.randrange(1, 3)} -9\n" for _each in range(people)).encode()

    @classmethod
    def bim(cls, variants: int = 4) -> bytes:
        """Return a PLINK variant table."""
        return "".join(f"7\t{row[2]}\t0\t{row[1]}\t{row[3]}\t{row[4]}\n" for row in cls.variants(variants)).encode()

    @staticmethod
    def ucsc_bed(rows: int = 4) -> bytes:
        """Return a UCSC BED file: text, and aggregate."""
        starts = sorted(_random.randrange(10**6) for _each in range(rows))
        return "".join(f"chr7\t{start}\t{start + 500}\tregion{at}\n" for at, start in enumerate(starts)).encode()

    @staticmethod
    def binary(size: int = 200) -> bytes:
        """Return data of no known format."""
        return b"\0\1\2\3" + _random.randbytes(size)

    @staticmethod
    def later(days: int = 90) -> bytes:
        """Return a date so many days from today, which may be in the past."""
        import datetime  # noqa: PLC0415

        return (datetime.date.today() + datetime.timedelta(days=days)).isoformat().encode()  # noqa: DTZ011 - policies hold local dates

    @staticmethod
    def hexadecimal(digits: int = 64) -> bytes:
        """Return random hexadecimal digits."""
        return _random.randbytes(digits // 2).hex().encode()


def gzipped(data: bytes) -> bytes:
    """Return `data` as one gzip member."""
    return gzip.compress(data)


def bgzf(data: bytes) -> bytes:
    """Return `data` as BGZF blocks with the end marker (SAMv1, 4.1)."""
    blocks = []
    for start in [*range(0, len(data), 60_000), len(data)]:
        deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
        body = deflate.compress(data[start : start + 60_000]) + deflate.flush()
        head = b"\x1f\x8b\x08\4\0\0\0\0\0\xff\6\0BC\2\0" + (len(body) + 25).to_bytes(2, "little")
        part = data[start : start + 60_000]
        blocks.append(head + body + zlib.crc32(part).to_bytes(4, "little") + len(part).to_bytes(4, "little"))
    return b"".join(blocks)


def notebook(data: bytes, kind: str = "text/plain") -> bytes:
    """Return a notebook of which one output shows `data`; `kind` is a MIME type, or stream, source or markdown."""
    text = data.decode()
    output: dict[str, object] = {"output_type": "display_data", "metadata": {}, "data": {kind: text.splitlines(keepends=True)}}
    if kind == "stream":
        output = {"output_type": "stream", "name": "stdout", "text": text}
    cell: dict[str, object] = {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "show()", "outputs": [output]}
    if kind in {"source", "markdown"}:
        cell = {"cell_type": "markdown" if kind == "markdown" else "code", "metadata": {}, "source": text}
        cell |= {} if kind == "markdown" else {"outputs": [], "execution_count": None}
    first = {"cell_type": "markdown", "metadata": {}, "source": "# Analysis"}
    return json.dumps({"cells": [first, cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1).encode()


# What a case file writes after a path: how the content is wrapped, in order.
DIRECTIVES: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzipped,
    "bgzf": bgzf,
    "truncated": lambda data: data[: len(data) // 2],
    "crlf": lambda data: data.replace(b"\n", b"\r\n"),
    "bom": lambda data: b"\xef\xbb\xbf" + data,
    "blank-lines": lambda data: b"\n\n" + data,
    "spaces": lambda data: data.replace(b"\t", b" "),
    "utf-16": lambda data: data.decode().encode("utf-16"),
    "utf-16-le": lambda data: data.decode().encode("utf-16-le"),
    "base64": base64.b64encode,
    "notebook": notebook,
    "notebook-html": lambda data: notebook(data, "text/html"),
    "notebook-stream": lambda data: notebook(data, "stream"),
    "notebook-source": lambda data: notebook(data, "source"),
    "notebook-markdown": lambda data: notebook(data, "markdown"),
}
_FACTS = {"withheld": Withheld, "unstaged": NotStaged}


class Case(Record):
    """One case of a case file."""

    title: str
    fires: bool
    files: tuple[tuple[str, tuple[str, ...], str], ...]  # path, directives, template
    expect: str  # a text that the finding's message, or the gap's reason, holds


_HEADING = re.compile(r"^## (fires|quiet): (.+)$", re.MULTILINE)
_FILE = re.compile(r"^`([^`\n]+)`([^\n]*)\n\n?```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EXPECT = re.compile(r"^Expect: `([^`]+)`", re.MULTILINE)
_PLACEHOLDER = re.compile(r"\{\{([a-z_]+)((?: [a-z]+=[^\s}]+)*)\}\}")


def cases(text: str) -> list[Case]:
    """Read a case file. Raises ValueError for a case without a file, or a firing one that expects nothing."""
    found = []
    headings = list(_HEADING.finditer(text))
    for heading, after in zip(headings, [*headings[1:], None], strict=True):
        body = text[heading.end() : after.start() if after else len(text)]
        files = tuple((path, tuple(words.split()), template) for path, words, template in _FILE.findall(body))
        expect = _EXPECT.search(body)
        if not files or (heading[1] == "fires" and not expect):
            raise ValueError(f"the case {heading[2]!r} needs a file, and what to expect when it fires")
        found.append(Case(title=heading[2], fires=heading[1] == "fires", files=files, expect=expect[1] if expect else ""))
    return found


def fill(template: str) -> bytes:
    """Return a template with its placeholders filled. Raises AttributeError for an unknown one."""
    out, at = b"", 0
    for found in _PLACEHOLDER.finditer(template):
        words = dict(pair.split("=", 1) for pair in found[2].split())
        values = {key: int(value) if value.lstrip("-").isdigit() else value for key, value in words.items()}
        out += template[at : found.start()].encode()
        made: bytes = getattr(samples, found[1])(**values)
        out, at = out + made, found.end()
        if made.endswith(b"\n") and template[at : at + 1] == "\n":
            at += 1  # the sample brought its line feed
    rest = template[at:].encode()
    return out if at and not rest.strip() and not out.endswith(b"\n") else out + rest


def run_case(case: Case, extra: Iterable[type[Rulebook]] = ()) -> Report:
    """Scan a case's files together and return the report."""
    files: dict[bytes, bytes] = {}
    facts = []
    for path, directives, template in case.files:
        data = fill(template)
        for word in directives:
            if word in _FACTS:
                facts.append(Located(path=path.encode(), fact=_FACTS[word]()))
            else:
                data = DIRECTIVES[word](data)
        files[path.encode()] = data
    return scan(files, extra=extra, facts=facts)


def scan(
    files: Mapping[bytes, bytes], *, extra: Iterable[type[Rulebook]] = (), facts: Iterable[Located] = ()
) -> Report:
    """Scan contents by path, a policy file among them if there is one, with all shipped rules and the `extra` ones."""
    snapshot = Memory(files, list(facts))
    policy, registry = Policy(), Registry(extra)
    if FILE in files:
        from pytest_genomic_guard.policy.load import load  # noqa: PLC0415 - YAML, only where there is a policy

        loaded = load(files[FILE], FILE)
        registry = Registry([*extra, *load_plugins(loaded.policy.plugins)])
        policy = loaded.checked(tuple(registry.entries), registry.options)
    return Engine(Plan(registry, selections=(policy.select,), options=policy.checks)).run(snapshot, policy)


def assert_fires(check: str | type[Rulebook], files: Mapping[str, Content]) -> Report:
    """Assert that a check, given by its class or code, reports something in `files`; return the report."""
    report, code = _scan(check, files)
    assert code in _codes(report), f"{code} is quiet"  # noqa: S101 - an assertion for tests
    return report


def assert_quiet(check: str | type[Rulebook], files: Mapping[str, Content]) -> Report:
    """Assert that a check, given by its class or code, reports nothing in `files`; return the report."""
    report, code = _scan(check, files)
    assert code not in _codes(report), f"{code} fires"  # noqa: S101 - an assertion for tests
    return report


def _scan(check: str | type[Rulebook], files: Mapping[str, Content]) -> tuple[Report, str]:
    contents = {path.encode(): data.encode() if isinstance(data, str) else data for path, data in files.items()}
    if isinstance(check, str):
        return scan(contents), check
    shipped = check.code in Registry().entries
    return scan(contents, extra=() if shipped else (check,)), check.code


def _codes(report: Report) -> set[str]:
    """Return the codes of findings, gaps and gates that do not simply pass."""
    gates = {"FAIR101" for gate in report.gates if gate.outcome != "pass"}
    return {finding.code for finding in report.findings} | {gap.code for gap in report.gaps} | gates
