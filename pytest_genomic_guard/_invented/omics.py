"""Invented expression, methylation, single cells and typing."""

from __future__ import annotations

import random
import string

_random = random.SystemRandom()
_LOCI = ("D3S1358", "D8S1179", "TH01", "FGA", "vWA", "D21S11")


class Omics:
    """Part of `testing.samples`: every function returns bytes or text made at call time."""

    @staticmethod
    def omics(  # noqa: PLR0913 - what a matrix is made of
        *,
        kind: str = "methylation",
        samples: int = 4,
        features: int = 12,
        columns: str = "samples",
        comma: str = ",",
        across: int = 0,
    ) -> bytes:
        """Return a matrix of methylation, expression, mouse or symbols by sample; `columns` may be groups or results."""
        forms = {
            "methylation": "cg{:08}",
            "expression": "ENSG{:011}.1",
            "mouse": "ENSMUSG{:011}",
            "symbols": _random.choice(("SLC1A{:02}", "ZNF{:03}", "RPL{:02}")),
        }
        people = [
            "".join(_random.choices(string.ascii_uppercase, k=2)) + f"{_random.randrange(1000):03}R" for _each in range(samples)
        ]
        names = {
            "samples": people,
            "groups": ["liver", "whole blood", "cortex", "muscle", "skin", "lung"][:samples],
            "results": ["baseMean", "log2FoldChange", "lfcSE", "pvalue"],
            "one": ["TPM"],
            "none": [""] * samples,
        }[columns]
        rows = [["id", *names]]
        ids = (forms[kind].format(_random.randrange(1, 90)) for _each in range(features))
        rows += [[each, *(f"{_random.random():.4f}" for _name in names)] for each in ids]
        rows = [list(row) for row in zip(*rows, strict=True)] if across else rows
        sign = "\t" if comma == "tab" else comma
        return "".join(sign.join(row) + "\n" for row in rows).encode()

    @staticmethod
    def typing(people: int = 3, kind: str = "hla", frequencies: int = 0) -> bytes:
        """Return HLA or STR types of people, a row for each; or how often alleles occur."""
        gene = ("A", "B", "C", "DRB1")
        first = [f"D{number:03}T" for number in _random.sample(range(1000), people)]
        if frequencies:
            rows = [["allele", "frequency", "n"]]
            rows += [
                [f"{_random.choice('ABC')}*{_random.randrange(1, 80):02}:01", f"{_random.random():.3f}", "900"] for _e in first
            ]
        elif kind == "hla":
            rows = [["donor", *(f"HLA-{each}_{copy}" for each in gene for copy in (1, 2))]]
            rows += [[each, *(f"{_random.randrange(1, 80):02}:{_random.randrange(1, 20):02}" for _e in range(8))] for each in first]
        else:
            rows = [["id", *_LOCI]]
            rows += [[each, *(f"{_random.randrange(8, 20)}-{_random.randrange(8, 20)}" for _locus in _LOCI)] for each in first]
        return "".join("\t".join(row) + "\n" for row in rows).encode()

    @staticmethod
    def genes(count: int = 30) -> str:
        """Return the features of a mouse as 10x Genomics' tools list them."""
        numbers = _random.sample(range(10**6), count)
        return "".join(f"ENSMUSG{number:011}\tGene{number}\tGene Expression\n" for number in numbers)
