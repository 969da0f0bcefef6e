"""Genotype containers and texts, written by PLINK and by libraries, are found under any name, and tables beside them are not."""

from __future__ import annotations

import gzip
import random
import sqlite3
from typing import TYPE_CHECKING

import pytest
from _containers import PEOPLE, VARIANTS, fileset, ids, run
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.behind import joined
from pytest_genomic_guard.model import Covered, Finding, Location
from pytest_genomic_guard.scanned import Scanned
from pytest_genomic_guard.testing import DIRECTIVES, samples, scan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_genomic_guard.report import Report

_random = random.SystemRandom()
OLD = {  # what plink 1.9 recodes to, and the file that holds the genotypes
    "ped": ([], "x.ped"),
    "12": (["12"], "x.ped"),
    "A": (["A"], "x.raw"),
    "AD": (["AD"], "x.raw"),
    "A-transpose": (["A-transpose"], "x.traw"),
    "beagle-nomap": (["beagle-nomap"], "x.beagle.dat"),
    "bimbam": (["bimbam-1chr"], "x.recode.geno.txt"),
    "compound": (["compound-genotypes"], "x.ped"),
    "fastphase": (["fastphase-1chr"], "x.recode.phase.inp"),
    "HV": (["HV-1chr"], "x.ped"),
    "lgen": (["lgen"], "x.lgen"),
    "lgen-ref": (["lgen-ref"], "x.lgen"),
    "list": (["list"], "x.list"),
    "oxford": (["oxford"], "x.gen"),
    "oxford-gz": (["oxford", "gen-gz"], "x.gen.gz"),
    "rlist": (["rlist"], "x.rlist"),
    "structure": (["structure"], "x.recode.strct_in"),
    "tab": (["tab"], "x.ped"),
    "transpose": (["transpose"], "x.tped"),
}
NEW = {
    "bgen-1.1": ".bgen",
    "bgen-1.2": ".bgen",
    "bgen-1.3": ".bgen",
    "haps": ".haps",
    "oxford": ".gen",
    "oxford-v2": ".gen",
    "ped": ".ped",
    "tped": ".tped",
    "compound-genotypes": ".ped",
    "A": ".raw",
    "AD": ".raw",
    "A-transpose": ".traw",
}
COUNTED = f"{PEOPLE} people"
WRAPS: list[Callable[[bytes], bytes]] = [DIRECTIVES[name] for name in ("gzip", "bgzf", "zip", "xz", "tar")]
TEXT: list[Callable[[bytes], bytes]] = [DIRECTIVES[name] for name in ("crlf", "bom", "blank-lines", "utf-16", "utf-16-be")]


def failing(report: Report) -> list[str]:
    """Return what is said of genomic data, and fails."""
    return [found.message for found in report.findings if found.code.startswith("GEN") and found.outcome == "fail"]


def quiet(report: Report) -> bool:
    """Tell whether nothing is said of genotypes, and nothing broke."""
    broken = [gap for gap in report.gaps if gap.reason.endswith("-failed")]
    return not broken and not [found for found in report.findings if found.code[:4] == "GEN1" and found.outcome != "note"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with calls and a fileset."""
    made = tmp_path_factory.mktemp("containers")
    fileset(made)
    return made


@pytest.mark.parametrize("form", OLD)
def test_recoded(folder: Path, form: str) -> None:
    """Whatever PLINK 1.9 recodes a fileset to is found, with the number of people, under any name and compressed."""
    words, name = OLD[form]
    run("plink1.9", folder, "--bfile", "base", "--recode", *words, "--out", "x")
    data = (folder / name).read_bytes()
    plain = gzip.decompress(data) if name.endswith(".gz") else data
    for content in (data, *(wrap(plain) for wrap in WRAPS), *(wrap(plain) for wrap in TEXT)):
        said = failing(scan({b"notes": content}))
        assert any(COUNTED in each for each in said), (form, said)


@pytest.mark.parametrize("form", NEW)
def test_exported(folder: Path, form: str) -> None:
    """Whatever PLINK 2 exports calls to is found, with the number of people, under any name and compressed."""
    run("plink2", folder, "--vcf", "calls.vcf", "--export", form, "--out", "y")
    data = (folder / f"y{NEW[form]}").read_bytes()
    for content in (data, *(wrap(data) for wrap in WRAPS)):
        said = failing(scan({b"notes": content}))
        assert any(COUNTED in each for each in said), (form, said)


def test_haplotypes_of_a_fileset(folder: Path) -> None:
    """Bare haplotypes are found by their name, or by the legend or the people beside them, and not otherwise."""
    run("plink2", folder, "--vcf", "calls.vcf", "--export", "hapslegend", "--out", "z")
    bare, legend, people = ((folder / f"z{suffix}").read_bytes() for suffix in (".haps", ".legend", ".sample"))
    assert failing(scan({b"z.hap": bare}))
    assert failing(scan({b"m.txt": bare, b"l.txt": legend}))
    assert any(found.code == "GEN107" for found in scan({b"m.txt": bare, b"p.txt": people}).findings)
    assert not [found for found in scan({b"m.txt": bare}).findings if found.code in {"GEN104", "GEN105", "GEN107"}]
    assert quiet(scan({b"l.txt": legend}))


@pytest.mark.parametrize("chromosome", ["29", "chr38", "2L"])
def test_other_species(folder: Path, chromosome: str) -> None:
    """Genotypes on chromosomes that people do not have are a note."""
    run("plink1.9", folder, "--bfile", "base", "--recode", "transpose", "--out", "o")
    run("plink2", folder, "--vcf", "calls.vcf", "--export", "haps", "oxford", "A-transpose", "--out", "o")
    for name in ("o.tped", "o.haps", "o.gen", "o.traw"):
        rows = [line.split(None, 1) for line in (folder / name).read_text().splitlines()]
        text = "".join(f"{chromosome if first.isdigit() else first} {rest}\n" for first, rest in rows)
        found = [each.outcome for each in scan({b"x": text.encode()}).findings if each.code in {"GEN104", "GEN105"}]
        assert found == ["note"], name


@pytest.mark.parametrize("form", ["standard", "fixed"])
def test_plink_2_matrix(folder: Path, form: str) -> None:
    """A PLINK 2 matrix of variable or fixed width tells both counts."""
    run("plink2", folder, "--vcf", "calls.vcf", "--make-pgen", *(["format=2"] if form == "fixed" else []), "--out", "w")
    (said,) = failing(scan({b"matrix": (folder / "w.pgen").read_bytes()}))
    assert said == f"PGEN with genotypes of {PEOPLE} people at {VARIANTS} variants"


def test_unmarked_bgen(folder: Path) -> None:
    """A BGEN whose mark is zeros is known by what its fields say of each other; with a field changed it is not."""
    for form in ("bgen-1.1", "bgen-1.2"):
        run("plink2", folder, "--vcf", "calls.vcf", "--export", form, "--out", "u")
        data = (folder / "u.bgen").read_bytes()
        data = data[:16] + bytes(4) + data[20:]
        assert failing(scan({b"matrix": data}))
        assert quiet(scan({b"matrix": data[:20] + b"\xff\xff\xff\x7f" + data[24:]}))


def test_tables_beside(folder: Path) -> None:
    """Tables of variants that PLINK writes beside genotypes are no genotypes: not even when their alleles are coded."""
    run("plink1.9", folder, "--bfile", "base", "--recode", "--out", "t")
    run("plink2", folder, "--bfile", "base", "--make-just-pvar", "--out", "t")
    for name in ("base.bim", "t.map", "t.pvar"):
        data = (folder / name).read_bytes()
        assert quiet(scan({b"notes": data})), name
    for words in (["--freq"], ["--hardy"], ["--missing"]):
        run("plink1.9", folder, "--bfile", "base", *words, "--out", "s")
    for name in ("s.frq", "s.hwe", "s.lmiss"):
        assert quiet(scan({name.encode(): (folder / name).read_bytes()})), name


def test_index_of_bgen(tmp_path: Path) -> None:
    """The index of a BGEN lists variants: it is no genotypes, and a note where the BGEN is not in its folder."""
    path = tmp_path / "a.bgi"
    with sqlite3.connect(path) as base:
        base.execute(
            "CREATE TABLE Variant (chromosome TEXT, position INT, rsid TEXT, number_of_alleles INT, allele1 TEXT, allele2 TEXT)"
        )
        base.executemany("INSERT INTO Variant VALUES ('11', ?, ?, 2, 'A', 'G')", [(100 + at, f"rs{900 + at}") for at in range(50)])
    base.close()
    index = path.read_bytes()
    alone = scan({b"d/a.bgen.bgi": index})
    assert quiet(alone)
    assert [found.outcome for found in alone.findings if found.code == "GEN603"] == ["note"]
    together = scan({b"d/a.bgen.bgi": index, b"d/a.bgen": samples.bgen()})
    assert not [found for found in together.findings if found.code == "GEN603"]


def test_names_are_masked(folder: Path) -> None:
    """A path that repeats the name of somebody in a container is masked."""
    run("plink2", folder, "--vcf", "calls.vcf", "--export", "bgen-1.2", "--out", "n")
    data = (folder / "n.bgen").read_bytes()
    own = (folder / "calls.vcf").read_text().split("FORMAT\t")[1].split("\t")[0]
    (found,) = [each for each in scan({f"out/{own}/a".encode(): data}).findings if each.code == "GEN104"]
    assert own not in found.path


def test_scikit_allel_array(tmp_path: Path) -> None:
    """Calls in HDF5 are found, sites alone are not."""
    h5py = pytest.importorskip("h5py")
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file["calldata/GT"] = [[[0, 1], [1, 1]]] * 9
        file["samples"] = [name.encode() for name in ids(2)]
    with h5py.File(tmp_path / "b.h5", "w") as file:
        file["variants/POS"] = list(range(9))
        file["variants/AF"] = [0.5] * 9
    assert failing(scan({b"x": (tmp_path / "a.h5").read_bytes()}))
    assert quiet(scan({b"x": (tmp_path / "b.h5").read_bytes()}))


@pytest.mark.parametrize(
    ("column", "outcome"), [("donor_id", "fail"), ("PatientID", "fail"), ("sample", "fail"), ("leiden", "warn")]
)
def test_anndata(tmp_path: Path, column: str, outcome: str) -> None:
    """Cells of donors fail, cells of nobody named warn; mouse genes make both a note."""
    anndata, pandas, numpy = (pytest.importorskip(name) for name in ("anndata", "pandas", "numpy"))
    said = {}
    for prefix in ("ENSG", "ENSMUSG"):
        cells = pandas.DataFrame({column: ["a", "b"] * 6}, index=[f"c{at}" for at in range(12)])
        genes = pandas.DataFrame(index=[f"{prefix}{at:011}" for at in range(8)])
        anndata.AnnData(X=numpy.ones((12, 8), "float32"), obs=cells, var=genes).write_h5ad(tmp_path / f"{prefix}.h5ad")
        report = scan({b"x": (tmp_path / f"{prefix}.h5ad").read_bytes()})
        said[prefix] = {found.outcome for found in report.findings if found.code in {"GEN204", "GEN214"}}
    assert said == {"ENSG": {outcome}, "ENSMUSG": {"note"}}


@pytest.mark.parametrize("version", [2, 3])
def test_zarr(tmp_path: Path, version: int) -> None:
    """A store of calls is found by its own metadata and by those of the calls alone; a store of something else is not."""
    zarr = pytest.importorskip("zarr")
    for name, shape in (("call_genotype", (9, 4, 2)), ("temperature", (9, 4, 2))):
        root = zarr.open_group(tmp_path / name, mode="w", zarr_format=version)
        words = {"dimension_names": ["variants", "samples", "ploidy"]} if version == 3 and name[0] == "c" else {}
        array = root.create_array(name, shape=shape, dtype="i1", **words)
        if version == 2 and name[0] == "c":
            array.attrs["_ARRAY_DIMENSIONS"] = ["variants", "samples", "ploidy"]
        files = {
            f"s.zarr/{path.relative_to(tmp_path / name)}".encode(): path.read_bytes() for path in (tmp_path / name).rglob("*.*")
        }
        assert bool(failing(scan(files))) == (name == "call_genotype")


def test_pointer_with_its_object() -> None:
    """Of a pointer whose object is at hand, the object decides, and nothing more is said of the pointer."""
    said = tuple(Finding(code=code, location=Location(path=b"a.bam"), message="m") for code in ("GEN601", "SEC101"))
    pointer = Scanned(path=b"a.bam", findings=said, facts=(), gaps=(), covered=Covered(level="partial"), size=130)
    held = pointer.replace(findings=(), covered=Covered(level="full"))
    assert [found.code for found in joined(pointer, held).findings] == ["SEC101"]
    assert failing(scan({b"a.bam": samples.lfs()}))


def test_matrices_that_are_no_genotypes() -> None:
    """Answers, flags, pictures and mazes are no genotypes, with blanks, tabs or commas between them or nothing."""
    for kinds in ("10", "210", "12", "1234", "54321", "9210"):
        for sign in (" ", "\t", ",", ""):
            for named in (False, True):
                rows = [[str(at)] * named + random.choices(kinds, k=24) for at in range(40)]  # noqa: S311 - answers of nobody
                text = "".join(sign.join(row) + "\n" for row in rows).encode()
                codes = {found.code for found in scan({b"m.csv": text}).findings}
                assert not codes & {"GEN104", "GEN105", "GEN107"}, (kinds, sign, named)


_WHOLE = [samples.bgen(), samples.pgen(), samples.gds(), samples.packed_geno(), samples.oxford_gen(), samples.haps()]
_WHOLE += [samples.ped(), samples.raw(), samples.traw(), samples.lgen(), samples.eigenstrat(), samples.beagle(), samples.phase()]
_WHOLE += [samples.hail(), samples.zarr(), samples.zarr(version=3), samples.anndata(), samples.oxford_sample(), samples.gprobs()]
_WHOLE += [samples.mtx(), samples.ind(), samples.legend(), samples.tped()]


@given(st.sampled_from(_WHOLE), st.data())
@settings(max_examples=150, deadline=None)
def test_damaged(content: bytes, data: st.DataObject) -> None:
    """Content that was cut, changed or joined with other bytes is found, a gap, or nothing: no reader fails."""
    cut = data.draw(st.integers(0, len(content)))
    at = data.draw(st.integers(0, max(0, cut - 1)))
    damaged = content[:at] + data.draw(st.binary(max_size=8)) + content[at + data.draw(st.integers(0, 8)) : cut]
    report = scan({b"x": damaged})
    assert not [gap for gap in report.gaps if gap.reason.endswith("-failed")]


@pytest.mark.parametrize("size", [1 << 16, 1 << 20])
def test_very_wide_rows(size: int) -> None:
    """A row of a million people is read within the bound of a first line."""
    row = b"7 rs1 0 1000 " + b"A G " * size
    said = failing(scan({b"x": row + b"\n" + row.replace(b"A", b"G", 1) + b"\n"}))
    assert said
