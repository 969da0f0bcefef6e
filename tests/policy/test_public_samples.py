"""Public resources that a policy names: their call sets are a note, and nobody else's."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from _policy import POLICY, inside, place, policy, refused, scan, write

from pytest_genomic_guard.policy.packs import RULES
from pytest_genomic_guard.policy.packs.samples import PUBLIC, matcher
from pytest_genomic_guard.testing import DIRECTIVES, samples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ALL = [pack.name for pack in PUBLIC]
_random = random.SystemRandom()


def number() -> str:
    """Return five digits."""
    return f"{_random.randrange(10_000, 100_000)}"


NAMES: dict[str, Callable[[], str]] = {
    "1000-genomes": lambda: f"HG{number()} NA{number()}",
    "hapmap": lambda: f"NA{number()} GM{number()}",
    "hgdp": lambda: f"HGDP{number()} hgdp{number()}",
    "giab": lambda: "HG001 HG007 NA24385",
}


def names(text: str) -> bytes:
    """Return a VCF with these sample names."""
    made = samples.vcf(samples=len(text.split()))
    head, _format, rest = made.partition(b"\tFORMAT\t")
    return head + b"\tFORMAT\t" + "\t".join(text.split()).encode() + b"\n" + rest.partition(b"\n")[2]


@pytest.mark.parametrize("pack", ALL)
@pytest.mark.parametrize("style", ["", "gzip", "bgzf", "utf-16"])
def test_note(tmp_path: Path, pack: str, style: str) -> None:
    """A call set whose names are all of the named resource is a note, which says so and fails nothing."""
    data = names(NAMES[pack]())
    files = {"x.vcf": DIRECTIVES[style](data) if style else data}
    ran = scan(cwd=write(tmp_path / "w", {**files, POLICY: policy(samples={"public": [pack]})}))
    assert (ran.code, ran.codes()) == (0, [("GEN101", "note", "x.vcf")])
    (finding,) = ran.json["findings"]
    assert finding["severity"] == "note"
    assert "all named as samples of a public resource" in finding["message"]


@pytest.mark.parametrize("named", [None, [], ["hgdp"]])
def test_not_named(tmp_path: Path, named: list[str] | None) -> None:
    """Without the key, or with another resource, nothing changes."""
    keys = {} if named is None else {"samples": {"public": named}}
    folder = write(tmp_path / "w", {"x.vcf": names(NAMES["hapmap"]()), POLICY: policy(**keys)})
    assert inside("scan", "--format", "json", folder).codes() == [("GEN101", "fail", "x.vcf")]


def test_one_other_among_them(tmp_path: Path) -> None:
    """One name that is not public keeps the file what it is; so does a name that only begins like a public one."""
    text = policy(samples={"public": ALL})
    for other in (samples.name(), f"NA{number()}x", f"NA{number()}0", "HG008"):
        folder = write(tmp_path / "w", {"x.vcf": names(f"NA{number()} {other} HG{number()}"), POLICY: text})
        ran = inside("scan", "--format", "json", folder)
        assert (ran.code, ran.codes()) == (1, [("GEN101", "fail", "x.vcf")])


def test_rows_without_names(tmp_path: Path) -> None:
    """People without names are nobody's public samples."""
    data = b"".join(line for line in names(NAMES["hapmap"]()).splitlines(keepends=True) if not line.startswith(b"#CHROM"))
    folder = write(tmp_path / "w", {"x.vcf": data, POLICY: policy(samples={"public": ALL})})
    assert inside("scan", "--format", "json", folder).codes() == [("GEN101", "fail", "x.vcf")]


@pytest.mark.parametrize("key", ["samples", "packs"])
def test_misspelt_pack(tmp_path: Path, key: str) -> None:
    """A pack that there is not is told at its place, with the one that was meant."""
    text = "version: 1\nsamples: {public: [hapmapp]}\n" if key == "samples" else "version: 1\npacks: [hipaa-2023]\n"
    wrong, meant = ("hapmapp", "hapmap") if key == "samples" else ("hipaa-2023", "hipaa-2024")
    line, column, message = refused(inside("scan", write(tmp_path / "w", {POLICY: text})))
    assert (line, column) == place(text, wrong)
    assert message.endswith(f"; did you mean {meant!r}?")


def test_not_as_an_option(tmp_path: Path) -> None:
    """Resources are named once for all checks, so the option itself is refused, with where to write it."""
    text = policy(checks={"GEN101": {"public-samples": "hapmap"}})
    assert "name public resources under 'samples'" in refused(inside("scan", write(tmp_path / "w", {POLICY: text})))[2]


def test_packs_say_where_they_are_from() -> None:
    """Every pack states title, source, date, licence and generator, under a name of its own."""
    packs = [*RULES, *PUBLIC]
    assert len({pack.name for pack in packs}) == len(packs)
    for pack in packs:
        assert all(len(text) > 5 for text in (pack.title, pack.source, pack.date, pack.licence, pack.generator))
    assert not matcher([])(b"NA" + number().encode())
