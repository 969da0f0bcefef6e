"""Whose data: names of public resources and of simulators, decorated as files have them, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.checks.genomic.whose import Whose, settled
from pytest_genomic_guard.model import Finding, Location
from pytest_genomic_guard.policy.packs.names import listed, matcher, open_tier, recognise
from pytest_genomic_guard.policy.packs.samples import PUBLIC, Samples

# Names are put together here, so that this file names nobody.
_H, _N, _D, _P, _G = "HG" + "00096", "NA" + "12878", "HGDP" + "00521", "LP6005441" + "-DNA_A05", "HG" + "002"
_LATE = "HG" + "02024"


def whose(*names: str, source: str = "", simulated: bool = True, packs: list[str] | None = None) -> tuple[str, ...] | None:
    """Return the resources of names, "made up" and "example" among them, or None."""
    found = recognise([name.encode() for name in names], len(names), packs, source=source, simulated=simulated)
    if found is None:
        return None
    return (*found.resources, *(["made up"] if found.made_up else []), *(["example"] if found.example else []))


@pytest.mark.parametrize("pack", PUBLIC, ids=lambda pack: pack.name)
def test_lists_are_whole(pack: Samples) -> None:
    """A list has as many names as its pack says, and they have the forms of its resource."""
    names = listed(pack.name)
    assert len(names) == pack.count
    assert all(name == name.upper() and matcher([pack.name])(name.lower()) for name in names)


def test_lists_know_who_is_in_them() -> None:
    """People whom publications name are there, and numbers between them that nobody has are not."""
    thousand, hgdp = listed("1000-genomes"), listed("hgdp")
    there = {"HG00096", "HG00097", "HG03742", "NA18486", "NA20589", "NA21144", "HG00733", "NA19240", "NA12891"}
    assert {name.encode() for name in there} <= thousand
    assert not {b"HG00161", b"HG00001", b"HG99999", b"NA00001", b"NA21145"} & thousand
    assert {b"HGDP00001", b"HGDP01417", b"HGDP00998"} <= hgdp
    assert not {b"HGDP00002", b"HGDP01500"} & hgdp
    assert {b"LP6005441-DNA_A05", b"SS6004480", b"S_FRENCH-1", b"S_YORUBA-2"} <= listed("sgdp")
    assert not {b"LP6005442-DNA_A07", b"S_CREE-1"} & listed("sgdp")  # a person under a signed letter


DECORATED = {
    _H: "1000-genomes",
    _H.lower(): "1000-genomes",
    f"GM{_N[2:]}": "1000-genomes",
    f"{_H}_{_H}": "1000-genomes",
    f"0_{_H}": "1000-genomes",
    f"VN047::{_LATE}": "1000-genomes",
    f"Yoruba004_{_N}": "1000-genomes",
    f"1463-{_N}": "1000-genomes",
    f"{_N}.bam": "1000-genomes",
    f"{_N}.final.cram": "1000-genomes",
    f"{_H}.mapped.ILLUMINA.bwa.GBR.low_coverage.20120522": "1000-genomes",
    **{f"{_H}{end}": "1000-genomes" for end in ("_1", "_2", ".0", ".1", "#1", "#2", ".hap1", "_maternal", "_h2", "_S1_L001")},
    _G: "giab",
    f"{_G}-NA24385-huAA53E0": "giab",
    "NA24149_father": "giab",
    _D: "hgdp",
    f"{_D}.DG": "hgdp",
    f"HGDP_{_D}": "hgdp",
    _P: "sgdp",
    f"SGDP_{_P}": "sgdp",
    "S_French-1.DG": "sgdp",
    "CHM" + "13": "t2t",
}


@pytest.mark.parametrize("name", DECORATED)
def test_decorated(name: str) -> None:
    """Families before a name and files, places and haplotypes after it leave it what it is."""
    assert whose(name) == (DECORATED[name],)


SYNTHETIC = [
    *(
        "tsk_0",
        "tsk_99",
        "msp_4",
        "syn12",
        "syn_3",
        "MOCK_7",
        "mock-1",
        "sim",
        "sim1",
        "sim_12",
        "SIM001",
        "simulated",
        "simulated_3",
    ),
    *(
        "synthetic_person_4",
        "synthetic1",
        "Synthetic-sample-02",
        "fake_patient_1",
        "dummy1",
        "sim_child",
        "artificial_9",
        "msprime_0",
    ),
    *("SIM_SAMPLE_12", "stdpopsim_3", "tsk_3_1"),
]


@pytest.mark.parametrize("name", SYNTHETIC)
def test_simulated(name: str) -> None:
    """Names that say that they are made up are taken at their word, which a policy can forbid."""
    assert whose(name) == ("made up",)
    assert whose(name, simulated=False) is None


NOBODYS = [
    *(
        "1",
        "2",
        "A",
        "B",
        "S1",
        "s_2",
        "SAMPLE_1",
        "sample",
        "TUMOR",
        "NORMAL",
        "test",
        "foo",
        "proband",
        "i0",
        "per0",
        "id1_0",
        "x",
    ),
    *(
        "HG99999",
        "NA99999",
        "HG008",
        "HG000960",
        f"{_N}x",
        f"{_N}0",
        f"X{_N}",
        "HGDP99999",
        "NA12345",
        "NA00004",
        "LP6005441-DNA_Z05",
    ),
    *(
        f"patient_{_N}",
        f"{_N}_relapse",
        f"smith-{_N}",
        f"{_N} control of M",
        f"M. {_N}",
        f"a_b_c_{_N}",
        "_" * 99 + _N,
        _N + "_1" * 40,
    ),
    *(
        "Simon",
        "Simpson_1",
        "SIMONE01",
        "Synnove",
        "synd4",
        "syn123456789",
        "Mockingbird_Lane",
        "Dummett",
        "fakir1",
        "sim_smith",
        "tsk",
    ),
    *("HeLa", "K562", "HEK293", "TCGA-AA-0001-01A", "SRR123456", "SAMN01234567", "1234567", "UKB_1234567", "", " ", "\0"),
]


@pytest.mark.parametrize("name", NOBODYS)
def test_nobodys(name: str) -> None:
    """Names that say nothing, that no list has, that hold more than a public one, or that only sound made up clear nothing."""
    assert whose(name) is None
    assert whose(_H, name) is None


def test_all_must_match() -> None:
    """One name among many is enough to keep the others from counting; people without a name too."""
    names = sorted(listed("1000-genomes"))
    assert recognise(names, len(names)) is not None
    assert recognise([*names, b"R17"], len(names) + 1) is None
    assert recognise(names, len(names) + 1) is None
    assert recognise([], 0) is None
    assert recognise([b"tsk_1"], 0) is not None  # how many people there are is not known


def test_of_several_resources() -> None:
    """Who is in one resource with all others is told as of that one; else all are named that are needed."""
    assert whose(_N, _H) == ("1000-genomes",)
    assert whose(_N, _G) == ("giab",)
    assert whose(_H, _D) == ("1000-genomes", "hgdp")
    assert whose(_H, "tsk_1") == ("1000-genomes", "made up")
    assert whose("NA" + "00001", "NA" + "00003") == ("example",)


def test_narrowed() -> None:
    """Resources that are not named do not count."""
    assert whose(_N, packs=["hapmap"]) == ("hapmap",)
    assert whose(_H, packs=["hgdp", "giab"]) is None
    assert whose(_H, packs=[]) is None
    assert whose("tsk_1", packs=[]) == ("made up",)
    assert not matcher([])(_N.encode())


def test_simulator() -> None:
    """Names that one simulator gives count under its header, and no other name does."""
    assert whose("i0", "i17", source="slim") == ("made up",)
    assert whose("i0", "i17", source="tskit") is None
    assert whose("A", "B", source="slim") is None


def test_open_tier() -> None:
    """Barcodes of The Cancer Genome Atlas are known, and clear nothing where a check does not say that its data are open."""
    names = [b"TCGA-" + b"AB-1234-01A-11D-A12B-09", b"TCGA-" + b"CD-5678"]
    assert open_tier(names, 2)
    assert not open_tier([*names, b"R17"], 3)
    assert not open_tier(names, 3)
    assert told(names=names, open_tier=True).known == "public"
    assert told(names=names).known == ""


_FOUND = Finding(code="GEN101", location=Location(path=b"x"), message="VCF")


def told(*, names: list[bytes], species: str = "", options: Whose | None = None, open_tier: bool = False) -> Finding:
    """Return the finding as it is told for these names."""
    return settled(_FOUND, names=names, people=len(names), species=species, options=options or Whose(), open_tier=open_tier)


def test_settled() -> None:
    """The note says in our words what makes it one; content that is human by its contigs is marked where nothing clears it."""
    name = [_D.encode()]
    assert told(names=name).message == "VCF; all named as samples of hgdp (a claim: anybody can rename a sample)"
    assert told(names=name, species="human").known == "public"
    assert told(names=name, options=Whose(public_samples="none")) == _FOUND
    assert told(names=name, options=Whose(public_samples="hgdp sgdp")).known == "public"
    assert told(names=[b"tsk_1"], options=Whose(simulated_samples=False)) == _FOUND
    assert told(names=[b"tsk_1"]).known == "synthetic"
    assert told(names=[b"R17"], species="other").message == "VCF; of another species by its contigs"
    assert told(names=[b"R17"], species="human") == _FOUND.replace(human=True)
    assert told(names=[b"R17"]) == _FOUND


@given(st.lists(st.binary(max_size=120), max_size=8), st.integers(0, 9), st.text(max_size=8))
def test_any_bytes(names: list[bytes], people: int, source: str) -> None:
    """Names of any bytes are looked up without an error, and none of them is told."""
    found = settled(_FOUND, names=names, people=people, species="", options=Whose(), source=source)
    assert (found.known == "") == (found.message == "VCF")
