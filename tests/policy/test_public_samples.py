"""Public and declared samples: their call sets are a note, and nobody else's."""

from __future__ import annotations

import contextlib
import random
from typing import TYPE_CHECKING

import pytest
from _policy import POLICY, inside, place, policy, refused, scan, write

from pytest_genomic_guard.policy.packs import RULES
from pytest_genomic_guard.policy.packs.samples import PUBLIC
from pytest_genomic_guard.testing import DIRECTIVES, samples

if TYPE_CHECKING:
    from pathlib import Path

ALL = [pack.name for pack in PUBLIC]
_random = random.SystemRandom()


def of(pack: str, count: int = 3) -> str:
    """Return different names of a resource, with blanks."""
    return samples.public_names(pack, count).decode().replace(",", " ")


def names(text: str) -> bytes:
    """Return a VCF with these sample names."""
    made = samples.vcf(samples=len(text.split()))
    head, _format, rest = made.partition(b"\tFORMAT\t")
    return head + b"\tFORMAT\t" + "\t".join(text.split()).encode() + b"\n" + rest.partition(b"\n")[2]


@pytest.mark.parametrize("pack", ALL)
@pytest.mark.parametrize("style", ["", "gzip", "bgzf", "utf-16"])
def test_note(tmp_path: Path, pack: str, style: str) -> None:
    """A call set whose names are all of the named resource is a note, which says so and fails nothing."""
    data = names(of(pack))
    files = {"x.vcf": DIRECTIVES[style](data) if style else data}
    ran = scan(cwd=write(tmp_path / "w", {**files, POLICY: policy(samples={"public": [pack]})}))
    assert (ran.code, ran.codes()) == (0, [("GEN101", "note", "x.vcf")])
    (finding,) = ran.json["findings"]
    assert finding["severity"] == "note"
    assert f"all named as samples of {pack} (a claim" in finding["message"]


@pytest.mark.parametrize("keys", [None, {}, {"samples": {}}, {"samples": {"public": ["hgdp", "sgdp"]}}])
def test_recognised_without_being_named(tmp_path: Path, keys: dict[str, object] | None) -> None:
    """All shipped resources count where the policy does not say which do, and where there is no policy."""
    files: dict[str, bytes | str] = {"x.vcf": names(of("sgdp"))}
    folder = write(tmp_path / "w", files if keys is None else {**files, POLICY: policy(**keys)})
    assert inside("scan", "--format", "json", folder).codes() == [("GEN101", "note", "x.vcf")]


@pytest.mark.parametrize("keys", [{"samples": {"public": []}}, {"samples": {"public": ["hgdp"]}}, {"profile": "strict"}])
def test_not_recognised(tmp_path: Path, keys: dict[str, object]) -> None:
    """A list that does not name the resource, an empty one, and the profile strict leave the finding what it is."""
    folder = write(tmp_path / "w", {"x.vcf": names(of("t2t", 2)), POLICY: policy(**keys)})
    ran = inside("scan", "--format", "json", folder)
    assert ran.codes() == [("GEN101", "fail", "x.vcf")]
    assert ran.json["findings"][0]["severity"] == "error"


def test_strict_on_the_command_line(tmp_path: Path) -> None:
    """A profile given to a run decides as one of the policy does."""
    folder = write(tmp_path / "w", {"x.vcf": names(of("hgdp"))})
    assert inside("scan", "--format", "json", "--profile", "strict", folder).codes() == [("GEN101", "fail", "x.vcf")]


def test_simulated(tmp_path: Path) -> None:
    """Names of simulators are a note whichever resources the policy names, and nothing where it says that they do not count."""
    for keys, outcome in (({}, "note"), ({"public": []}, "note"), ({"simulated": True}, "note"), ({"simulated": False}, "fail")):
        folder = write(tmp_path / "w", {"x.vcf": names("tsk_0 tsk_1"), POLICY: policy(samples=keys)})
        assert inside("scan", "--format", "json", folder).codes() == [("GEN101", outcome, "x.vcf")]


def test_one_other_among_them(tmp_path: Path) -> None:
    """One name that is not public keeps the file what it is; so does a name that only begins like a public one."""
    text = policy(samples={"public": ALL})
    for other in (samples.name(), f"{of('hapmap', 1)}x", f"{of('hapmap', 1)}0", "HG008"):
        folder = write(tmp_path / "w", {"x.vcf": names(f"{of('hgdp', 1)} {other} {of('giab', 1)}"), POLICY: text})
        ran = inside("scan", "--format", "json", folder)
        assert (ran.code, ran.codes()) == (1, [("GEN101", "fail", "x.vcf")])


def test_rows_without_names(tmp_path: Path) -> None:
    """People without names are nobody's public samples."""
    data = b"".join(line for line in names(of("hapmap")).splitlines(keepends=True) if not line.startswith(b"#CHROM"))
    folder = write(tmp_path / "w", {"x.vcf": data, POLICY: policy(samples={"public": ALL})})
    assert ("GEN101", "fail", "x.vcf") in inside("scan", "--format", "json", folder).codes()


@pytest.mark.parametrize("key", ["samples", "packs"])
def test_misspelt_pack(tmp_path: Path, key: str) -> None:
    """A pack that there is not is told at its place, with the one that was meant."""
    text = "version: 1\nsamples: {public: [hapmapp]}\n" if key == "samples" else "version: 1\npacks: [hipaa-2023]\n"
    wrong, meant = ("hapmapp", "hapmap") if key == "samples" else ("hipaa-2023", "hipaa-2024")
    line, column, message = refused(inside("scan", write(tmp_path / "w", {POLICY: text})))
    assert (line, column) == place(text, wrong)
    assert message.endswith(f"; did you mean {meant!r}?")


@pytest.mark.parametrize("option", ["public-samples", "simulated-samples"])
def test_not_as_an_option(tmp_path: Path, option: str) -> None:
    """Resources are named once for all checks, so the option itself is refused, with where to write it."""
    text = policy(checks={"GEN101": {option: "hapmap"}})
    assert "name public resources under 'samples'" in refused(inside("scan", write(tmp_path / "w", {POLICY: text})))[2]


def test_packs_say_where_they_are_from() -> None:
    """Every pack states title, source, date, licence and generator, under a name of its own."""
    packs = [*RULES, *PUBLIC]
    assert len({pack.name for pack in packs}) == len(packs)
    for pack in packs:
        assert all(len(text) > 5 for text in (pack.title, pack.source, pack.date, pack.licence, pack.generator))


DECLARED = {"path": "data/**", "species": "synthetic", "source": "drawn", "reason": "fixtures", "owner": "steward"}


def declared(**values: str) -> str:
    """Return a policy with one declaration, which holds for a while."""
    return policy(samples={"declared": [{**DECLARED, "expires": samples.later().decode(), **values}]})


def outcome(folder: Path, text: str, files: dict[str, bytes], *options: str) -> tuple[str, str]:
    """Return the outcome of the one finding in a folder, and its message."""
    ran = inside("scan", "--format", "json", *options, write(folder, {**files, POLICY: text}))
    (finding,) = ran.json["findings"]
    assert finding["code"] == "GEN101"
    return finding["outcome"], finding["message"].partition("; ")[2]


def test_declared(tmp_path: Path) -> None:
    """What is declared is listed as a note, with as what it is declared."""
    files = {"data/deep/x.vcf": samples.callset(names="A,B", contigs="none")}
    told = {"synthetic": "synthetic", "Escherichia coli": "of another species", "hgdp": "of hgdp"}
    for number, (species, words) in enumerate(told.items()):
        found = outcome(tmp_path / str(number), declared(species=species), files)
        assert found == ("note", f"the policy declares it as {words}")


def test_declaration_that_does_not_hold(tmp_path: Path) -> None:
    """It does not hold elsewhere, past its day, in the profile strict, or for what is human by its contigs; why is told."""
    files = {"data/x.vcf": samples.callset(names="A,B", contigs="none")}
    human = {"data/x.vcf": samples.callset(names="A,B", contigs="human")}
    assert outcome(tmp_path / "a", declared(path="other/**"), files) == ("fail", "")
    assert outcome(tmp_path / "b", declared(expires="2001-01-01"), files)[1].endswith("which has expired")
    assert outcome(tmp_path / "b", declared(expires="2001-01-01"), files)[0] == "fail"
    assert outcome(tmp_path / "c", declared(), files, "--profile", "strict")[0] == "fail"
    assert outcome(tmp_path / "d", declared(), human)[0] == "fail"
    assert outcome(tmp_path / "d", declared(), human)[1].endswith("but its contigs are human, so a waiver is needed")


@pytest.mark.parametrize("species", ["human", "Homo sapiens", "homo_sapiens", "9606", "", "x" * 101, "-"])
def test_what_cannot_be_declared(tmp_path: Path, species: str) -> None:
    """Data of people are not declared; a species is a short text."""
    message = refused(inside("scan", write(tmp_path / "w", {POLICY: declared(species=species)})))[2]
    assert message.startswith("this must be a species other than ours")


@pytest.mark.parametrize("key", ["path", "species", "source", "reason", "owner", "expires"])
def test_declaration_without_a_key(tmp_path: Path, key: str) -> None:
    """Every declaration says what, where from, why, who and until when."""
    entry = {name: value for name, value in {**DECLARED, "expires": "2030-01-01"}.items() if name != key}
    text = policy(samples={"declared": [entry]})
    assert key in refused(inside("scan", write(tmp_path / "w", {POLICY: text})))[2]


def test_one_waiver_for_many_files(tmp_path: Path) -> None:
    """Three hundred files of reads need one waiver with a manifest, or one declaration."""
    names = {f"data/reads{number}.fastq": _reads() for number in range(300)}
    folder = write(tmp_path / "w", names)
    found = inside("scan", "--format", "json", folder).json["findings"]
    codes = {each["code"] for each in found if each["outcome"] == "fail"}
    assert (len({each["path"] for each in found}), len(codes)) == (300, 1)
    said = ("--reason", "fixtures", "--owner", "steward", "--expires", samples.later().decode())
    with contextlib.chdir(folder):
        assert inside("waive", *codes, "--glob", "data/*.fastq", *said).code == 0
    text = (folder / POLICY).read_text()
    assert text.count("manifest:") == 1
    ran = inside("scan", "--format", "json", folder)
    assert (ran.code, {each["outcome"] for each in ran.json["findings"]}) == (0, {"waived"})
    write(folder, {POLICY: declared(species="Escherichia coli")})
    ran = inside("scan", "--format", "json", folder)
    assert (ran.code, {each["outcome"] for each in ran.json["findings"]}) == (0, {"note"})


def _reads() -> bytes:
    """Return four reads of a hundred random bases, as a sequencer names them."""
    lines = []
    for number in range(4):
        bases = "".join(_random.choices("ACGT", k=100))
        lines += [f"@M0{_random.randrange(9000)}:7:000-A:1:1101:{number}:9 1:N:0:1", bases, "+", "I" * 100]
    return ("\n".join(lines) + "\n").encode()
