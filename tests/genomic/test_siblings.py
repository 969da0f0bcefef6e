"""What files beside each other tell of each other: names for genotypes without names, chromosomes for lists of samples."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest
from _containers import ids, run
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard._snapshot import BytesStream
from pytest_genomic_guard.model import Artifact, Location, Unreadable
from pytest_genomic_guard.policy.packs.names import listed
from pytest_genomic_guard.testing import DIRECTIVES, scan
from pytest_genomic_guard.views.genomic.binary import read
from pytest_genomic_guard.views.streams import Peek

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    Files = dict[bytes, bytes]

_random = random.SystemRandom()
PEOPLE, VARIANTS = 40, 76
HUMAN, DOG = range(1, 23), range(1, 39)
STRICT = b"version: 1\nprofile: strict\n"
GUARD = [sys.executable, "-I", "-m", "pytest_genomic_guard", "scan"]
IDENTITY = ("-c", "user.name=n", "-c", "user.email=n@example.org")
# What plink2 writes of the same calls, and the files of it that name nobody.
WRITTEN = {
    "pgen": (["--make-pgen"], [b"set.pgen"]),
    "bgen-1.1": (["--export", "bgen-1.1"], [b"set.bgen"]),
    "bgen-1.2": (["--export", "bgen-1.2", "id-paste=iid"], []),
    "oxford": (["--export", "oxford"], [b"set.gen"]),
    "haps": (["--export", "haps"], [b"set.haps"]),
}


def public(count: int = PEOPLE) -> list[str]:
    """Return names of a public resource."""
    return [name.decode() for name in _random.sample(sorted(listed("1000-genomes")), count)]


def calls(names: Sequence[str], chromosomes: Sequence[int]) -> str:
    """Return calls under random mating on some chromosomes, in their order."""
    rows = []
    for at in range(VARIANTS):
        often = _random.uniform(0.1, 0.9)
        cells = (f"{int(_random.random() < often)}|{int(_random.random() < often)}" for _each in names)
        chromosome = str(chromosomes[at * len(chromosomes) // VARIANTS])
        rows.append("\t".join([chromosome, str(5000 + 300 * at), f"rs{8000 + at}", "A", "G", ".", ".", ".", "GT", *cells]))
    head = "\t".join(["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", *names])
    return "\n".join(["##fileformat=VCFv4.2", '##FORMAT=<ID=GT,Number=1,Type=String,Description="g">', head, *rows, ""])


def written(folder: Path, program: str, names: Sequence[str], chromosomes: Sequence[int], *words: str) -> Files:
    """Return what a program writes of calls, by names that begin with ``set``."""
    folder.mkdir(exist_ok=True)
    (folder / "calls.vcf").write_text(calls(names, chromosomes))
    run(program, folder, "--vcf", "calls.vcf", "--chr-set", "38", "--const-fid", *words, "--out", "set")
    return {each.name.encode(): each.read_bytes() for each in folder.glob("set.*") if each.suffix != ".log"}


def outcomes(files: Files) -> dict[str, set[str]]:
    """Return the outcomes of what is found in each file."""
    found: dict[str, set[str]] = {}
    for each in scan(files).findings:
        if each.code.startswith("GEN") and each.code != "GEN603":
            found.setdefault(each.path, set()).add(each.outcome)
    return found


def matrix(people: int) -> list[list[int]]:
    """Return a row of allele counts for each person."""
    often = [_random.uniform(0.05, 0.95) for _each in range(VARIANTS)]
    return [[(_random.random() < each) + (_random.random() < each) for each in often] for _person in range(people)]


def array(kind: str, folder: Path, people: int = PEOPLE) -> Files:
    """Return genotypes of people without names, as a library writes them."""
    numpy = pytest.importorskip("numpy")
    numbers = numpy.array(matrix(people), dtype="i1")
    data = io.BytesIO()
    if kind == "npy":
        numpy.save(data, numbers)
    elif kind == "npz":
        numpy.savez_compressed(data, dosage=numbers)
    else:
        pairs = numpy.stack([numbers.T > 0, numbers.T > 1], axis=2).astype("i1")
        if kind == "h5":
            with pytest.importorskip("h5py").File(data, "w") as file:
                file["calldata/GT"], file["variants/POS"] = pairs, numpy.arange(VARIANTS)
        else:
            return store(folder, pairs)
    return {b"data." + kind.encode(): data.getvalue()}


def store(folder: Path, pairs: object) -> Files:
    """Return a VCF Zarr."""
    zarr = pytest.importorskip("zarr")
    group = zarr.open_group(str(folder / "data.zarr"), mode="w", zarr_format=2)
    made = group.create_array("call_genotype", data=pairs)
    made.attrs["_ARRAY_DIMENSIONS"] = ["variants", "samples", "ploidy"]
    zarr.consolidate_metadata(str(folder / "data.zarr"))
    return {str(each.relative_to(folder)).encode(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def lists(names: Sequence[str]) -> Files:
    """Return lists of people as they stand beside arrays, each under its name."""
    rows = "".join(f"{name}\tGBR\tEUR\tmale\n" for name in names)
    return {
        b"samples.txt": "".join(f"{name}\n" for name in names).encode(),
        b"data.samples": "".join(f"{name}\n" for name in names).encode(),
        b"panel": b"sample\tpop\tsuper_pop\tgender\n" + rows.encode(),
        b"data.sample": ("ID_1 ID_2 missing\n0 0 0\n" + "".join(f"{name} {name} 0\n" for name in names)).encode(),
    }


def notes(files: Files) -> bool:
    """Tell whether something is found, and all of it is no more than a note."""
    found = outcomes(files)
    return bool(found) and set().union(*found.values()) == {"note"}


@pytest.mark.parametrize("form", WRITTEN)
def test_public_sets(form: str, tmp_path: Path) -> None:
    """Genotypes of PLINK 2 are notes beside the table of their own name, whose people are all public; alone they fail."""
    words, unnamed = WRITTEN[form]
    files = written(tmp_path, "plink2", public(), HUMAN, *words)
    assert notes(files)
    for each in unnamed:
        assert outcomes({each: files[each]}) == {each.decode(): {"fail"}}


@pytest.mark.parametrize("form", [form for form, (_words, unnamed) in WRITTEN.items() if unnamed])
def test_sets_that_do_not_fit(form: str, tmp_path: Path) -> None:
    """One private person, another count, another folder, another table of the same name, or the strict profile: all fail."""
    words, (unnamed,) = WRITTEN[form]
    *names, another = public(PEOPLE + 1)
    files = written(tmp_path / "one", "plink2", names, HUMAN, *words)
    table = b"set.psam" if form == "pgen" else b"set.sample"
    private = written(tmp_path / "two", "plink2", [*names[:-1], *ids(1)], HUMAN, *words)
    more = written(tmp_path / "three", "plink2", [*names, another], HUMAN, *words)
    fewer = written(tmp_path / "four", "plink2", names[:-1], HUMAN, *words)
    for other in (private, more, fewer):
        assert outcomes({unnamed: files[unnamed], table: other[table]})[unnamed.decode()] == {"fail"}
    apart = {b"a/" + unnamed: files[unnamed], b"b/" + table: files[table]}
    assert outcomes(apart)["a/" + unnamed.decode()] == {"fail"}
    assert outcomes({**files, b"set.keep": b"\n".join(each.encode() for each in ids(9))})[unnamed.decode()] == {"fail"}
    assert outcomes({**files, b".genomic-guard.yaml": STRICT})[unnamed.decode()] == {"fail"}
    only = b"version: 1\nsamples: {public: [giab]}\n"
    assert outcomes({**files, b".genomic-guard.yaml": only})[unnamed.decode()] == {"fail"}


@pytest.mark.parametrize("layout", [1, 2])
def test_another_writer(layout: int, tmp_path: Path) -> None:
    """A BGEN of another library is settled by the same tables."""
    numpy, bgen = pytest.importorskip("numpy"), pytest.importorskip("bgen")
    for chromosomes in (HUMAN, DOG):
        path = tmp_path / f"{len(chromosomes)}.bgen"
        with bgen.BgenWriter(str(path), PEOPLE, layout=layout, compression="zlib") as file:
            for at, row in enumerate(zip(*matrix(PEOPLE), strict=True)):
                chance = numpy.eye(3)[list(row)]
                chromosome = str(chromosomes[at * len(chromosomes) // VARIANTS])
                file.add_variant(f"v{at}", f"rs{at}", chromosome, 1000 + at, ["A", "G"], chance)
        files = {b"x.bgen": path.read_bytes()}
        assert outcomes(files) == {"x.bgen": {"fail" if chromosomes is HUMAN else "note"}}
        assert notes({**files, b"x.sample": lists(public())[b"data.sample"]})
        assert notes({**files, b"x.sample": lists(ids(PEOPLE))[b"data.sample"]}) == (chromosomes is DOG)
        assert not notes({**files, b"x.sample": lists(ids(PEOPLE + 1))[b"data.sample"]})


@pytest.mark.parametrize("beside", list(lists([])))
@pytest.mark.parametrize("kind", ["npy", "npz", "h5", "zarr"])
def test_public_arrays(kind: str, beside: bytes, tmp_path: Path) -> None:
    """Arrays without names are notes beside a list of as many public people, and fail beside any other."""
    files, (*names, another) = array(kind, tmp_path), public(PEOPLE + 1)
    assert set().union(*outcomes(files).values()) == {"fail"}
    assert notes({**files, beside: lists(names)[beside]})
    for other in ([*names[:-1], *ids(1)], names[:-1], [*names, another], ids(PEOPLE)):
        found = outcomes({**files, beside: lists(other)[beside]})
        assert all(found[path.decode()] == {"fail"} for path in files if path.decode() in found)
    assert any(each == {"fail"} for each in outcomes({**files, b"far/" + beside: lists(names)[beside]}).values())
    strict = outcomes({**files, beside: lists(names)[beside], b".genomic-guard.yaml": STRICT})
    assert "note" not in set().union(*strict.values())


def test_one_list_of_a_folder(tmp_path: Path) -> None:
    """A list of another name counts where no other of the folder contradicts it."""
    files, names = array("npy", tmp_path), public()
    near = {b"samples.txt": lists(names)[b"samples.txt"]}
    assert notes({**files, **near})
    for other in (lists(public(7))[b"panel"], lists(ids(PEOPLE))[b"panel"], lists(ids(9))[b"panel"]):
        assert outcomes({**files, **near, b"panel": other})["data.npy"] == {"fail"}
    assert outcomes({**files, **near, b"data.sample": lists(ids(PEOPLE))[b"data.sample"]})["data.npy"] == {"fail"}


def test_digits(tmp_path: Path) -> None:
    """Digits of IMPUTE and EIGENSTRAT are notes beside their lists of public people, under names that say nothing too."""
    names = public()
    made = written(tmp_path, "plink2", names, range(7, 8), "--export", "hapslegend")
    files = {b"set.digits": made[b"set.haps"], b"set.legend": made[b"set.legend"], b"set.sample": made[b"set.sample"]}
    assert notes(made)
    assert notes(files)
    private = lists([*names[:-1], *ids(1)])[b"data.sample"]
    assert outcomes({**files, b"set.sample": private})["set.digits"] == {"fail"}
    people = "".join(f"{name} U study\n" for name in names).encode()
    digits = "".join("".join(map(str, row)) + "\n" for row in zip(*matrix(PEOPLE), strict=True)).encode()
    assert notes({b"a.geno": digits, b"a.ind": people})
    assert outcomes({b"a.geno": digits, b"a.ind": people.replace(names[3].encode(), ids(1)[0].encode())})["a.geno"] == {"fail"}


def test_archives(tmp_path: Path) -> None:
    """What stands in one archive is of one set; a list in another archive says nothing of it."""
    files = written(tmp_path, "plink2", public(), HUMAN, "--make-pgen")

    def packed(*names: bytes) -> bytes:
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            for name in names:
                archive.writestr(name.decode(), files[name])
        return data.getvalue()

    assert notes({b"all.zip": packed(b"set.pgen", b"set.psam", b"set.pvar")})
    assert outcomes({b"a.zip": packed(b"set.pgen"), b"b/c.zip": packed(b"set.psam")})["a.zip"] == {"fail"}
    wrapped = {**files, b"set.psam.gz": DIRECTIVES["gzip"](files[b"set.psam"])}
    assert notes({path: data for path, data in wrapped.items() if path != b"set.psam"})


def test_saved_outputs_settle_nothing(tmp_path: Path) -> None:
    """Names that a notebook shows are no list beside an array."""
    files, names = array("npy", tmp_path), public()
    for form in ("notebook", "notebook-html", "notebook-stream"):
        shown = DIRECTIVES[form](lists(names)[b"panel"])
        assert outcomes({**files, b"data.ipynb": shown})["data.npy"] == {"fail"}


@pytest.mark.parametrize("form", WRITTEN)
def test_other_species(form: str, tmp_path: Path) -> None:
    """Sets of dogs are notes, table and genotypes, by the chromosomes of variants or genotypes."""
    files = written(tmp_path, "plink2", ids(PEOPLE), DOG, *WRITTEN[form][0])
    assert notes(files)
    assert notes({**files, b".genomic-guard.yaml": STRICT})


def test_side_files_of_other_species(tmp_path: Path) -> None:
    """What PLINK 1.9 writes beside a set of dogs is a note; those of another name, and a fileset of people, fail."""
    names = ids(PEOPLE)
    written(tmp_path, "plink1.9", names, DOG, "--make-bed")
    words = ["--dog", "--bfile", "set", "--missing", "--het", "--genome", "--pca", "3", "--out", "set"]
    run("plink1.9", tmp_path, *words)
    files = {each.name.encode(): each.read_bytes() for each in tmp_path.glob("set.*") if each.suffix != ".log"}
    assert notes(files)
    assert {"set.fam", "set.imiss", "set.het", "set.genome", "set.eigenvec"} <= set(outcomes(files))
    for kept in ([b"set.fam", b"set.bim"], [b"set.imiss", b"set.bim"]):
        assert notes({path: files[path] for path in kept})
    assert outcomes({b"other.imiss": files[b"set.imiss"], b"set.bim": files[b"set.bim"]})["other.imiss"] == {"fail"}
    assert outcomes({b"a/set.fam": files[b"set.fam"], b"b/set.bim": files[b"set.bim"]})["a/set.fam"] == {"fail"}
    human = written(tmp_path / "people", "plink1.9", names, HUMAN, "--make-bed")
    assert set().union(*outcomes(human).values()) == {"fail"}
    more = {**files, b"set.fam": files[b"set.fam"] + b"0 ZZ123456Q 0 0 0 -9\n"}
    assert outcomes(more)["set.fam"] == {"fail"}


def test_tables_that_are_of_people_whatever_stands_beside(tmp_path: Path) -> None:
    """Lists of ids, and tables without the columns of filesets, are not cleared by variants of another species."""
    bim = written(tmp_path, "plink2", ids(PEOPLE), DOG, "--make-bed")[b"set.bim"]
    names = ids(PEOPLE)
    for table in (lists(names)[b"panel"], "".join(f"{name}\n" for name in names).encode()):
        alone, beside = outcomes({b"set.table": table}), outcomes({b"set.table": table, b"set.bim": bim})
        assert alone == beside


def test_damaged_species(tmp_path: Path) -> None:
    """A set whose table counts others than its genotypes fails, though its variants are of dogs."""
    one = written(tmp_path / "one", "plink2", ids(PEOPLE), DOG, "--make-pgen")
    two = written(tmp_path / "two", "plink2", ids(PEOPLE - 1), DOG, "--make-pgen")
    found = outcomes({**one, b"set.psam": two[b"set.psam"]})
    assert found["set.pgen"] == {"fail"}
    assert found["set.psam"] == {"note"} or found["set.psam"] == {"fail"}


@pytest.fixture(scope="module")
def bgen(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a BGEN of dogs."""
    return written(tmp_path_factory.mktemp("bgen"), "plink2", ids(PEOPLE), DOG, "--export", "bgen-1.1")[b"set.bgen"]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_blocks(bgen: bytes, data: st.DataObject) -> None:
    """A BGEN that is cut or changed anywhere is read, or is unreadable, and nothing else happens."""
    changed = bytearray(bgen[: data.draw(st.integers(24, len(bgen)))])
    for _each in range(data.draw(st.integers(0, 8))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    content = bytes(changed)
    artifact = Artifact(path=b"x", kind="file", origin="memory", opener=lambda: BytesStream(content))
    try:
        found = read("BGEN", Peek(BytesStream(content)), artifact, ())
    except Unreadable:
        return
    assert found is None or found.at == Location(path=b"x")


def test_staged_beside_what_is_committed(tmp_path: Path) -> None:
    """A staged matrix is a note beside a committed list; beside one that is only in the work tree, and in a history, it fails."""
    files = written(tmp_path / "made", "plink2", public(), HUMAN, "--make-pgen")
    root = tmp_path / "repository"
    root.mkdir()

    def failing(*words: str) -> bool:
        done = subprocess.run([*GUARD, *words], cwd=root, capture_output=True, check=False, timeout=120)
        assert done.returncode in {0, 1}, done.stderr
        return done.returncode == 1

    run("git", root, "init", "-q")
    (root / "set.pgen").write_bytes(files[b"set.pgen"])
    (root / "set.psam").write_bytes(files[b"set.psam"])
    run("git", root, "add", "set.pgen")
    assert failing("--staged")
    run("git", root, "rm", "-q", "--cached", "set.pgen")
    run("git", root, "add", "set.psam")
    run("git", root, *IDENTITY, "commit", "-q", "-m", "list")
    run("git", root, "add", "set.pgen")
    assert not failing("--staged")
    run("git", root, *IDENTITY, "commit", "-q", "-m", "matrix")
    assert not failing()
    assert failing("--history")
    (root / "set.psam").write_bytes(files[b"set.psam"] + ids(1)[0].encode() + b"\tNA\n")
    run("git", root, "add", "set.psam")
    assert failing("--staged")
