"""Microarray files: binary ones by their structure, reports and tables by their columns, and what is about the array alone."""

from __future__ import annotations

import random
import string
import struct

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.testing import DIRECTIVES, samples, scan

_random = random.SystemRandom()
WRAPPERS = ["gzip", "zip", "base64"]


def told(data: bytes, name: bytes = b"x") -> list[tuple[str, str, str]]:
    """Return code, outcome and message of what was found in one file."""
    codes = {"GEN110", "GEN116", "GEN117"}
    return [(found.code, found.outcome, found.message) for found in scan({name: data}).findings if found.code in codes]


def name() -> str:
    """Return a sample name that looks like no public one."""
    return "".join(_random.choices(string.ascii_uppercase, k=4)) + str(_random.randrange(10**6, 10**7)) + "K"


def report(people: int, snps: int) -> pd.DataFrame:
    """Return a final report in long form as pandas holds it."""
    who = [name() for _each in range(people)]
    rows = [(f"rs{1000 + snp}", one, _random.choice("ACGT"), _random.choice("ACGT")) for one in who for snp in range(snps)]
    return pd.DataFrame(rows, columns=["SNP Name", "Sample ID", "Allele1 - Top", "Allele2 - Top"])


def console(kind: str, chip: str = "GenomeWideSNP_6") -> bytes:
    """Return a file of the Command Console, built from its specification: header, type of data, id, date, locale, parameters."""
    wide = chip.encode("utf-16-be")

    def counted(text: str) -> bytes:
        return struct.pack(">i", len(text)) + text.encode("utf-16-be")

    def plain(text: str) -> bytes:
        return struct.pack(">i", len(text)) + text.encode()

    value = struct.pack(">i", len(wide)) + wide
    parameters = struct.pack(">i", 1) + counted("affymetrix-array-type") + value + counted("text/plain")
    generic = (
        plain(kind) + plain("made-id") + counted("2024-01-01T00:00:00Z") + counted("en-US") + parameters + struct.pack(">i", 0)
    )
    return struct.pack(">BBiI", 59, 1, 1, 10 + len(generic)) + generic + _random.randbytes(400)


@pytest.mark.parametrize("made", ["idat", "gtc", "cel"])
@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_binary(made: str, wrapper: str) -> None:
    """A binary file of an array is found under any name and behind any wrapper."""
    data = getattr(samples, made)()
    for content in (data, DIRECTIVES[wrapper](data)):
        assert [(code, outcome) for code, outcome, _message in told(content)] == [("GEN110", "fail")]


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("affymetrix-calvin-intensity", True),
        ("affymetrix-calvin-multi-intensity", True),
        ("affymetrix-multi-data-type-analysis", True),
        ("affymetrix-expression-probeset-analysis", True),
        ("affymetrix-calvin-cdf", False),
        ("affymetrix-calvin-array", False),
    ],
)
def test_console(kind: str, *, found: bool) -> None:
    """The type of data tells intensities and calls from layouts."""
    assert bool(told(console(kind))) == found


def test_species() -> None:
    """The name of an array of another species is a note, one of people is not."""
    assert [outcome for _code, outcome, _message in told(console("affymetrix-calvin-intensity", "Mouse430_2"))] == ["note"]
    assert [outcome for _code, outcome, _message in told(samples.cel(chip="Rat230_2"))] == ["note"]
    assert [outcome for _code, outcome, _message in told(samples.cel(chip="HG-U133A"))] == ["fail"]


@pytest.mark.parametrize("sign", ["\t", ",", ";"])
def test_final_report_by_pandas(sign: str) -> None:
    """The table of a final report is found without its header, under any delimiter, in any order of columns."""
    frame = report(3, 40)
    for columns in (list(frame), list(frame)[::-1]):
        data = frame[columns].to_csv(index=False, sep=sign).encode()
        assert [(code, outcome) for code, outcome, _message in told(data)] == [("GEN110", "fail")]
        assert "3 samples" in told(data)[0][2]
        assert "3 samples" in told(b"[Header]\nGSGT Version,2.0.4\n[Data]\n" + data)[0][2]


def test_axiom_by_pandas() -> None:
    """Calls by probe set are found with CEL files in the header, and with names of samples in their place."""
    for people in ([f"{name()}.CEL" for _each in range(4)], [name() for _each in range(4)]):
        frame = pd.DataFrame({one: [_random.choice((-1, 0, 1, 2)) for _probe in range(50)] for one in people})
        frame.insert(0, "probeset_id", [f"AX-{11_000_000 + number}" for number in range(50)])
        assert "4 samples" in told(frame.to_csv(index=False, sep="\t").encode())[0][2]
        assert "4 samples" in told(b"#%chip_type=Axiom\n" + frame.to_csv(index=False, sep="\t").encode())[0][2]


NOBODY = {
    "manifest": "Illumina, Inc.,\n[Heading],\n[Assay],\nIlmnID,Name,SNP\nrs1-0_T,rs1,[A/G]\nrs2-0_T,rs2,[A/C]\nrs3-0_T,rs3,[T/C]\n",
    "manifest's table": "IlmnID,Name,IlmnStrand,SNP,Chr,MapInfo\n"
    + "".join(f"a-{at},rs{at},TOP,[A/G],1,{at}\n" for at in range(1, 50)),
    "annotation": "Probe Set ID,Affy SNP ID,dbSNP RS ID,Chromosome\n" + "".join(f"AX-{at},{at},rs{at},1\n" for at in range(11, 50)),
    "frequencies": "Name\tChr\tPosition\tPFB\n" + "".join(f"rs{at}\t1\t{at}\t0.{at}\n" for at in range(11, 60)),
    "gc": "Name\tChr\tPosition\tGC\n" + "".join(f"rs{at}\t1\t{at}\t41.{at}\n" for at in range(11, 60)),
    "library": "#%chip_type=Made\n#%header0=probeset_id\ttype\n1001\tmain\n1002\tmain\n",
    "posteriors": "#%affymetrix-algorithm-name=made\nid\tBB\tAB\tAA\tCV\nAX-1:1\t1,2\t2,3\t3,4\t0.1\nAX-2:1\t1,2\t2,3\t3,4\t0.1\n",
    "performance": "probeset_id\tCR\tFLD\tHomRO\n" + "".join(f"AX-{at}\t99.1\t5.{at}\t1.2\n" for at in range(10, 60)),
    "ranking": "probeset_id\tConversionType\tBestProbeset\n" + "".join(f"AX-{at}\tPolyHighResolution\t1\n" for at in range(10, 60)),
    "locus": "[Header]\nGSGT Version,2.0\n[Data]\nLocus_Name,#Calls,Call_Freq,A/A_Freq\nrs1,90,0.9,0.3\nrs2,91,0.91,0.2\n",
    "bands": "ID\tchrom\tstart\tend\tstain\n" + "".join(f"p{at}\tchr1\t{at}00\t{at}99\tgneg\n" for at in range(1, 9)),
    "pooled reference": "chromosome,start,end,gene,log2,depth,gc,rmask,spread\n"
    + "".join(f"chr1,{at}00,{at}99,GENE,0.1,31,0.4,0.2,0.1\n" for at in range(1, 40)),
    "layout": "[CDF]\nVersion=GC3.0\n[Chip]\nName=Made\nRows=4\n",
    "settings": "[Header]\nname=x\n[Data]\npath=here\n",
    "volcano": "gene,log2FoldChange,pvalue\n" + "".join(f"GENE{at},0.{at},0.0{at}\n" for at in range(1, 40)),
}


@pytest.mark.parametrize("kind", NOBODY)
def test_nobody(kind: str) -> None:
    """What describes an array, its probes or many people together is not reported."""
    assert not told(NOBODY[kind].encode())
    assert not told(NOBODY[kind].replace("\n", "\r\n").encode("utf-16"))


def test_documentation() -> None:
    """A few rows in documentation warn, as many as single out a person fail."""
    table = samples.signal(snps=5).decode()
    assert [
        outcome for _code, outcome, _message in told(f"# Input\n\nThe file is:\n\n{table}\n\nDone.\n".encode(), b"docs/a.md")
    ] == ["warn"]


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(["idat", "gtc", "cel"]), st.binary(max_size=60), st.integers(0, 120), st.integers(0, 600))
def test_damaged(made: str, noise: bytes, at: int, cut: int) -> None:
    """Damaged and cut files are found or told as unread, and no reader raises."""
    data = getattr(samples, made)()
    for content in (data[:cut], data[:at] + noise + data[at + len(noise) :], data[:4] + noise):
        assert not [gap for gap in scan({b"x": content}).gaps if gap.where]


@settings(deadline=None, max_examples=100)
@given(
    st.text(alphabet="[]HeaderDatCEL#%affymetrix\t\n,numsnp=0123\x00é", max_size=300),
    st.sampled_from(["[Header]\n", "[CEL]\n", "#%affy", ""]),
)
def test_noise(noise: str, begin: str) -> None:
    """No text that begins like a report makes a reader raise."""
    assert not [gap for gap in scan({b"x": (begin + noise).encode()}).gaps if gap.where]
