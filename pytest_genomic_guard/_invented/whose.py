"""Invented public, synthetic and non-human samples: names are drawn when they are asked for, and calls are random."""

from __future__ import annotations

import random

_random = random.SystemRandom()
_MOUSE = {"1": 195_471_971, "2": 182_113_224, "X": 171_031_299}  # bases (GRCm38)
_HUMAN = {"chr1": 248_956_422, "chr2": 242_193_529, "chrX": 156_040_895}  # bases (GRCh38)


class Whose:
    """Part of `testing.samples`: every function returns bytes or text made at call time."""

    @staticmethod
    def public_names(resource: str = "1000-genomes", samples: int = 3, style: str = "commas") -> bytes:
        """Return different names of a public resource, with commas, or one in each of the lines."""
        from pytest_genomic_guard.policy.packs.names import listed  # noqa: PLC0415 - reads a list

        names = _random.sample(sorted(listed(resource)), samples)
        return b",".join(names) if style == "commas" else b"\n".join(names) + b"\n"

    @classmethod
    def callset(  # noqa: PLR0913 - what a case can ask for
        cls,
        *,
        names: str = "",
        public: str = "",
        contigs: str = "human",
        source: str = "",
        variants: int = 5,
        style: str = "columns",
    ) -> bytes:
        """Return a VCF of people with these names, or of some of a public resource.

        `contigs` are human, mouse, fly or none, or rows: those of a fly, without lines of the header; `source` is what the header
        says wrote it; `style` is columns, blocks (a gVCF) or info (no columns for people, and a call inside INFO).
        """
        people = (cls.public_names(public).decode() if public else names or "A,B").split(",")
        lengths = {
            "human": _HUMAN,
            "mouse": _MOUSE,
            "fly": {"2L": 23_513_712, "3R": 32_079_331},
        }.get(contigs, {})
        lines = ["##fileformat=VCFv4.3", *([f"##source={source}"] if source else [])]
        lines += [f"##contig=<ID={name},length={length}>" for name, length in lengths.items()]
        fixed = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"]
        lines.append("\t".join(fixed if style == "info" else [*fixed, "FORMAT", *people]))
        chromosome = "2L" if contigs == "rows" else next(iter(lengths), "7")
        for number in range(variants):
            lines.append("\t".join(cls._row(chromosome, 1000 + 60 * number, people, style)))
        return ("\n".join(lines) + "\n").encode()

    @staticmethod
    def _row(chromosome: str, position: int, people: list[str], style: str) -> list[str]:
        calls = [f"{_random.randrange(2)}/{_random.randrange(2)}" for _each in people]
        if style == "info":
            owner = _random.choice(people)
            return [chromosome, str(position), ".", "A", "G", ".", "PASS", f"SAMPLE={owner};GT={calls[0]};DP=31"]
        if style == "blocks":
            info = f"END={position + 50}"
            return [chromosome, str(position), ".", "A", "<NON_REF>", ".", ".", info, "GT:DP", *("0/0:31" for _each in people)]
        return [chromosome, str(position), ".", "A", "G", "50", "PASS", ".", "GT", *calls]
