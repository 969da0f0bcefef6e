"""Invented genotype containers and PLINK text."""

from __future__ import annotations

import json
import random
import string

_random = random.SystemRandom()
_BASES = "ACGT"


def _id() -> str:
    return "".join(_random.choices(string.ascii_uppercase, k=3)) + "".join(_random.choices(string.digits, k=5)) + "K"


def _people(count: int) -> list[str]:
    return [_id() for _each in range(count)]


def _sites(count: int) -> list[tuple[str, int, str, str]]:
    sites = []
    for at in range(count):
        one, other = _random.sample(_BASES, 2)
        sites.append((f"rs{4000 + 37 * at}", 1000 + 211 * at, one, other))
    return sites


def _calls(people: int) -> list[tuple[int, int]]:
    """Return the two alleles of each person at one variant whose frequency is drawn first."""
    often = _random.uniform(0.05, 0.95)
    return [(int(_random.random() < often), int(_random.random() < often)) for _each in range(people)]


def _joined(rows: list[list[object]], sep: str = " ") -> bytes:
    return "".join(sep.join(map(str, row)) + "\n" for row in rows).encode()


class Containers:
    """Part of `testing.samples`: every function returns bytes or text made at call time."""

    @staticmethod
    def bgen(people: int = 5, variants: int = 4, named: int = 1, mark: str = "bgen", claims: int = 0) -> bytes:
        """Return a BGEN 1.2 header, the names of its people, and the beginning of a variant; `claims` people when it is given."""
        names = [name.encode() for name in _people(people)]
        block = b"".join(len(name).to_bytes(2, "little") + name for name in names)
        block = (len(block) + 8).to_bytes(4, "little") + people.to_bytes(4, "little") + block if named else b""
        counts = variants.to_bytes(4, "little") + (claims or people).to_bytes(4, "little")
        flags = (2 << 2 | 1 | (named << 31)).to_bytes(4, "little")
        header = (20).to_bytes(4, "little") + counts + (mark.encode() if mark else bytes(4)) + flags
        first = b"\2\0v1\6\0rs4000\1\x007" + (1000).to_bytes(4, "little") + b"\2\0\1\0\0\0A\1\0\0\0G"
        return (len(header) + len(block)).to_bytes(4, "little") + header + block + first + _random.randbytes(40)

    @staticmethod
    def pgen(people: int = 5, variants: int = 4, mode: int = 2) -> bytes:
        """Return a PLINK 2 genotype matrix of fixed width, or the header of another mode."""
        counts = variants.to_bytes(4, "little") + people.to_bytes(4, "little")
        return b"\x6c\x1b" + bytes([mode]) + counts + b"\x40" + _random.randbytes((people + 3) // 4 * variants)

    @staticmethod
    def gds(people: int = 1) -> bytes:
        """Return the beginning of a CoreArray file with the nodes of genotypes, or with those of annotation alone."""
        nodes = ["sample.id", "snp.id", "genotype"] if people else ["gene.id", "gene.name"]
        body = b"".join(b"\x10" + bytes([len(node)]) + node.encode() + bytes(12) for node in nodes)
        return b"COREARRAY" + b"x0A\0\1\0\1\0\0" + bytes(40) + body + _random.randbytes(300)

    @staticmethod
    def packed_geno(people: int = 5, variants: int = 4) -> bytes:
        """Return a packed GENO of EIGENSTRAT."""
        head = f"GENO {people:7d} {variants:7d} 1f2e3d4c 5a6b7c8d".encode()
        return head + bytes(48 - len(head)) + _random.randbytes(max(48, (people + 3) // 4) * variants)

    @staticmethod
    def oxford_gen(people: int = 5, variants: int = 6, columns: int = 5) -> bytes:
        """Return Oxford GEN, with five or six columns before the probabilities."""
        rows: list[list[object]] = []
        for name, at, one, other in _sites(variants):
            parts = [part for call in _calls(people) for part in [int(sum(call) == 0), int(sum(call) == 1), int(sum(call) == 2)]]
            rows.append([*([7] if columns == 6 else []), "7" if columns == 5 else name, name, at, one, other, *parts])
        return _joined(rows)

    @staticmethod
    def oxford_sample(people: int = 5) -> bytes:
        """Return an Oxford sample file."""
        rows: list[list[object]] = [[name, name, 0, _random.randrange(1, 3), 1] for name in _people(people)]
        return _joined([["ID_1", "ID_2", "missing", "sex", "trait"], ["0", "0", "0", "D", "B"], *rows])

    @staticmethod
    def haps(people: int = 5, variants: int = 6, bare: int = 0) -> bytes:
        """Return HAPS, or with `bare` the haplotypes alone."""
        rows: list[list[object]] = []
        for name, at, one, other in _sites(variants):
            alleles = [allele for call in _calls(people) for allele in call]
            rows.append([*([] if bare else [7, name, at, one, other]), *alleles])
        return _joined(rows)

    @staticmethod
    def legend(variants: int = 6) -> bytes:
        """Return the variant table of IMPUTE."""
        return _joined([["id", "position", "a0", "a1"], *([name, at, one, other] for name, at, one, other in _sites(variants))])

    @staticmethod
    def gprobs(people: int = 5, variants: int = 6) -> bytes:
        """Return genotype probabilities as BEAGLE 3 writes them."""
        names = [name for name in _people(people) for _each in range(3)]
        rows: list[list[object]] = []
        for name, _at, one, other in _sites(variants):
            parts = []
            for _person in range(people):
                low, high = sorted((round(_random.random(), 3), round(_random.random(), 3)))
                parts += [f"{low:.3f}", f"{high - low:.3f}", f"{1 - high:.3f}"]
            rows.append([name, one, other, *parts])
        return _joined([["marker", "alleleA", "alleleB", *names], *rows])

    @staticmethod
    def hail(kind: str = "matrix", key: str = "s", entry: str = "GT:Call") -> bytes:
        """Return the metadata of a Hail MatrixTable or Table."""
        column = f"col_key:[{key}],col:Struct{{{key}:String}}"
        matrix = f"Matrix{{global:Struct{{}},{column},row_key:[[locus,alleles]],entry:Struct{{{entry}}}}}"
        table = f"Table{{global:Struct{{}},key:[{key}],row:Struct{{{key}:String,n:Int32}}}}"
        said = {"matrix_type": matrix} if kind == "matrix" else {"table_type": table}
        return json.dumps({"file_version": 67328, "hail_version": "0.2.60", "references_rel_path": "references", **said}).encode()

    @staticmethod
    def zarr(people: int = 5, variants: int = 6, version: int = 2, arrays: str = "call_genotype,sample_id") -> bytes:
        """Return the consolidated metadata of a store of either version."""
        shapes = {"call_genotype": [variants, people, 2], "sample_id": [people]}
        named = {name: {"shape": shapes.get(name, [variants]), "zarr_format": version} for name in arrays.split(",")}
        if version == 2:
            return json.dumps({"metadata": {f"{k}/.zarray": v for k, v in named.items()}, "zarr_consolidated_format": 1}).encode()
        return json.dumps({"zarr_format": 3, "node_type": "group", "consolidated_metadata": {"metadata": named}}, indent=2).encode()

    @staticmethod
    def anndata(columns: str = "donor_id,cell_type") -> bytes:
        """Return the consolidated metadata of an AnnData store."""
        parts = {
            ".zattrs": {"encoding-type": "anndata", "encoding-version": "0.1.0"},
            "obs/.zattrs": {"column-order": columns.split(","), "encoding-type": "dataframe"},
            "var/.zattrs": {"column-order": ["name"], "encoding-type": "dataframe"},
        }
        return json.dumps({"metadata": parts, "zarr_consolidated_format": 1}).encode()

    @staticmethod
    def ped(people: int = 5, variants: int = 8, columns: int = 6, coded: int = 0, pairs: int = 0) -> bytes:
        """Return a PLINK ped: with 1 to 6 columns before the alleles, coded alleles, or both alleles in one field."""
        sites = [(("1", "2") if coded else (one, other), _calls(people)) for _name, _at, one, other in _sites(variants)]
        rows: list[list[object]] = []
        for at, name in enumerate(_people(people)):
            lead: list[object] = [name, name, 0, 0, _random.randrange(1, 3), _random.randrange(1, 3)]
            calls = [[alleles[each] for each in calls[at]] for alleles, calls in sites]
            cells = ["".join(call) for call in calls] if pairs else [allele for call in calls for allele in call]
            rows.append([*lead[:columns], *cells])
        return _joined(rows)

    @staticmethod
    def tped(people: int = 5, variants: int = 8) -> bytes:
        """Return a PLINK tped."""
        rows: list[list[object]] = []
        for name, at, one, other in _sites(variants):
            rows.append([7, name, 0, at, *((one, other)[allele] for call in _calls(people) for allele in call)])
        return _joined(rows)

    @staticmethod
    def raw(people: int = 5, variants: int = 8, header: int = 1) -> bytes:
        """Return a PLINK additive recoding."""
        sites = [(f"{name}_{one}", _calls(people)) for name, _at, one, _other in _sites(variants)]
        rows: list[list[object]] = (
            [["FID", "IID", "PAT", "MAT", "SEX", "PHENOTYPE", *(name for name, _calls in sites)]] if header else []
        )
        for at, name in enumerate(_people(people)):
            rows.append([name, name, 0, 0, 1, -9, *(sum(calls[at]) for _name, calls in sites)])
        return _joined(rows)

    @staticmethod
    def traw(people: int = 5, variants: int = 8) -> bytes:
        """Return a PLINK transposed additive recoding."""
        rows: list[list[object]] = [
            ["CHR", "SNP", "(C)M", "POS", "COUNTED", "ALT", *(f"{name}_{name}" for name in _people(people))]
        ]
        for name, at, one, other in _sites(variants):
            rows.append([7, name, 0, at, one, other, *map(sum, _calls(people))])
        return _joined(rows, "\t")

    @staticmethod
    def lgen(people: int = 5, variants: int = 8) -> bytes:
        """Return a PLINK lgen: a row for each call."""
        names = _people(people)
        rows: list[list[object]] = []
        for name, _at, one, other in _sites(variants):
            rows += [
                [own, own, name, *((one, other)[allele] for allele in call)]
                for own, call in zip(names, _calls(people), strict=True)
            ]
        return _joined(rows)

    @staticmethod
    def eigenstrat(people: int = 40, variants: int = 60) -> bytes:
        """Return the genotypes of EIGENSTRAT as text."""
        return "".join("".join(str(sum(call)) for call in _calls(people)) + "\n" for _each in range(variants)).encode()

    @staticmethod
    def ind(people: int = 40) -> bytes:
        """Return the people of EIGENSTRAT."""
        return _joined([[f"   {name}", _random.choice("MF"), "Case"] for name in _people(people)])

    @staticmethod
    def beagle(people: int = 5, variants: int = 8) -> bytes:
        """Return the input format of BEAGLE 3."""
        names = [name for name in _people(people) for _each in range(2)]
        rows: list[list[object]] = [["I", "id", *names]]
        for name, _at, one, other in _sites(variants):
            rows.append(["M", name, *((one, other)[allele] for call in _calls(people) for allele in call)])
        return _joined(rows)

    @staticmethod
    def phase(people: int = 5, variants: int = 8) -> bytes:
        """Return the input of fastPHASE."""
        places = " ".join(str(at) for _name, at, _one, _other in _sites(variants))
        bodies = [
            f"# ID {name}\n" + "".join("".join(_random.choices("AG", k=variants)) + "\n" for _each in (1, 2))
            for name in _people(people)
        ]
        return (f"{people}\n{variants}\nP {places}\n" + "".join(bodies)).encode()

    @staticmethod
    def digits(rows: int = 30, columns: int = 30, kinds: str | int = "10", sep: str = "none") -> bytes:
        """Return digits at random, which are of nobody; `sep` is none or blank."""
        between = "" if sep == "none" else " "
        return "".join(between.join(_random.choices(str(kinds), k=columns)) + "\n" for _each in range(rows)).encode()

    @staticmethod
    def lfs(size: int = 73241) -> bytes:
        """Return a pointer of git-lfs to an object that is nowhere."""
        word = "oid sha256"
        return f"version https://git-lfs.github.com/spec/v1\n{word}:{_random.randbytes(32).hex()}\nsize {size}\n".encode()

    @staticmethod
    def dvc(path: str = "calls.bam", size: int = 73241) -> bytes:
        """Return a DVC file."""
        word = "md5"
        return f"outs:\n- {word}: {_random.randbytes(16).hex()}\n  size: {size}\n  path: {path}\n".encode()

    @staticmethod
    def mtx(features: int = 30, cells: int = 40, entries: int = 100, ranger: int = 0) -> bytes:
        """Return a sparse matrix in MatrixMarket form, with the comment of Cell Ranger or without."""
        rows: list[list[object]] = [
            [_random.randrange(1, features + 1), _random.randrange(1, cells + 1), 1] for _each in range(entries)
        ]
        head = b"%%MatrixMarket matrix coordinate integer general\n"
        head += b'%metadata_json: {"software_version": "cellranger-7.1.0", "format_version": 2}\n' if ranger else b"%\n"
        return head + _joined([[features, cells, entries], *rows])

    @staticmethod
    def barcodes(cells: int = 40) -> bytes:
        """Return barcodes of cells."""
        return "".join("".join(_random.choices(_BASES, k=16)) + "-1\n" for _each in range(cells)).encode()
