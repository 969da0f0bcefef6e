"""Invented allele frequencies, summary statistics and their like."""

from __future__ import annotations

import random
from itertools import pairwise

_random = random.SystemRandom()
_LONGEST = 230_000_000  # bases: somewhat less than chromosome 2 has


class Aggregates:
    """Part of `testing.samples`: every function returns bytes or text made at call time."""

    @staticmethod
    def _sites(variants: int, step: int) -> list[tuple[str, int, str, str, str]]:
        """Return chromosome, position, id and alleles of sites that lie `step` bases apart, over as many chromosomes as needed."""
        each = max(1, min(_LONGEST, 40_000_000) // max(step, 1))
        rows = []
        for at in range(variants):
            reference, alternate = _random.sample("ACGT", 2)
            place = 1_000_000 + at % each * step + _random.randrange(max(1, step // 4))
            rows.append((str(at // each % 22 + 1), place, f"rs{_random.randrange(10**6, 10**8)}", reference, alternate))
        return rows

    @classmethod
    def frequencies(  # noqa: PLR0913 - what a case file can say
        cls, *, people: int = 60, variants: int = 700, step: int = 150_000, style: str = "afreq", least: int = 6, told: str = "yes"
    ) -> bytes:
        """Return allele frequencies; `style` is afreq, frq, gcount, csv or groups; `least` per cent; `told`: of how many people."""
        lines = {
            "afreq": ["#CHROM\tPOS\tID\tREF\tALT\tALT_FREQS\tOBS_CT"],
            "frq": [" CHR         SNP   A1   A2          MAF  NCHROBS"],
            "gcount": ["#CHROM\tID\tREF\tALT\tHOM_REF_CT\tHET_REF_ALT_CTS\tTWO_ALT_GENO_CTS\tHAP_REF_CT\tHAP_ALT_CTS\tMISSING_CT"],
            "csv": ["chrom,pos,ref,alt,af" + (",an" if told == "yes" else "")],
            "groups": ["chrom\tpos\tref\talt\tAF\tAN\tAF_EUR\tAF_AFR\tAF_EAS\tAF_SAS\tAF_AMR"],
        }[style]
        for chromosome, at, name, reference, alternate in cls._sites(variants, step):
            count = _random.randrange(max(1, 2 * people * least // 100), max(2, people))
            rate, counted = f"{count / (2 * people):.6g}", str(2 * people)
            homozygous = count * count // (4 * people)
            fields = {
                "afreq": [chromosome, str(at), name, reference, alternate, rate, counted],
                "frq": [f"{chromosome:>4}", f"{name:>12}", f"{alternate:>4}", f"{reference:>4}", f"{rate:>12}", f"{counted:>8}"],
                "gcount": [
                    *(chromosome, f"{chromosome}:{at}:{reference}:{alternate}", reference, alternate),
                    *(str(people - count + homozygous), str(count - 2 * homozygous), str(homozygous), "0", "0", "0"),
                ],
                "csv": [chromosome, str(at), reference, alternate, rate, *([counted] if told == "yes" else [])],
                "groups": [
                    chromosome,
                    str(at),
                    reference,
                    alternate,
                    rate,
                    counted,
                    *(f"{_random.random():.4f}" for _each in range(5)),
                ],
            }[style]
            lines.append((" " if style == "frq" else "," if style == "csv" else "\t").join(fields))
        return ("\n".join(lines) + "\n").encode()

    @classmethod
    def statistics(cls, people: int = 200, variants: int = 2_500, step: int = 150_000, style: str = "regenie") -> bytes:
        """Return summary statistics; `style` is regenie, ssf, ldsc or assoc (which tells no number of people)."""
        lines = {
            "regenie": ["CHROM GENPOS ID ALLELE0 ALLELE1 A1FREQ N TEST BETA SE CHISQ LOG10P EXTRA"],
            "ssf": [
                "chromosome\tbase_pair_location\teffect_allele\tother_allele\tbeta\tstandard_error\teffect_allele_frequency\tp_value\tn"
            ],
            "ldsc": ["SNP\tA1\tA2\tZ\tN"],
            "assoc": [" CHR SNP BP A1 F_A F_U A2 CHISQ P OR"],
        }[style]
        for chromosome, at, name, reference, alternate in cls._sites(variants, step):
            rate, beta, error = (
                f"{_random.uniform(0.06, 0.5):.4f}",
                f"{_random.gauss(0, 0.1):.5f}",
                f"{_random.uniform(0.01, 0.1):.5f}",
            )
            fields = {
                "regenie": [
                    chromosome,
                    str(at),
                    name,
                    reference,
                    alternate,
                    rate,
                    str(people),
                    "ADD",
                    beta,
                    error,
                    "1.2",
                    "0.5",
                    "NA",
                ],
                "ssf": [chromosome, str(at), alternate, reference, beta, error, rate, f"{_random.random():.5g}", str(people)],
                "ldsc": [name, alternate, reference, f"{_random.gauss(0, 1):.4f}", str(people)],
                "assoc": [chromosome, name, str(at), alternate, rate, rate, reference, "1.5", f"{_random.random():.4g}", "1.03"],
            }[style]
            lines.append((" " if style in {"regenie", "assoc"} else "\t").join(fields))
        return ("\n".join(lines) + "\n").encode()

    @classmethod
    def sites(cls, people: int = 40, variants: int = 400, step: int = 150_000, fields: str = "AC,AN,AF") -> bytes:
        """Return a VCF without people; `fields` are those of INFO, with EAS_AF and its like when they hold `groups`."""
        lines = [
            "##fileformat=VCFv4.3",
            *(f'##INFO=<ID={field},Number=A,Type=Float,Description="x">' for field in cls._fields(fields)),
        ]
        lines.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO")
        for chromosome, at, name, reference, alternate in cls._sites(variants, step):
            count = 1 if _random.random() < 0.3 else _random.randrange(1, max(2, people))
            values = {"AC": str(count), "AN": str(2 * people), "AF": f"{count / (2 * people):.5g}", "NS": str(people)}
            info = ";".join(f"{field}={values.get(field, '0.1')}" for field in cls._fields(fields))
            lines.append("\t".join([chromosome, str(at), name, reference, alternate, ".", "PASS", info]))
        return ("\n".join(lines) + "\n").encode()

    @staticmethod
    def _fields(fields: str) -> list[str]:
        told = [field for field in fields.split(",") if field not in {"groups", "none"}]
        return told + [f"{group}_AF" for group in ("EAS", "EUR", "AFR", "AMR", "SAS") if "groups" in fields] or ["DB"]

    @classmethod
    def linkage(cls, variants: int = 200, style: str = "pairs") -> bytes:
        """Return linkage between neighbouring variants, as pairs or as a square matrix."""
        sites = cls._sites(variants, 900)
        if style == "matrix":
            rows = [["", *(site[2] for site in sites)]]
            for at, site in enumerate(sites):
                rows.append([site[2], *(f"{0.8 ** abs(at - other):.5f}" for other in range(variants))])
            return ("\n".join("\t".join(row) for row in rows) + "\n").encode()
        lines = [" CHR_A         BP_A        SNP_A  CHR_B         BP_B        SNP_B           R2 "]
        for one, other in pairwise(sites):
            lines.append(f"     {one[0]} {one[1]} {one[2]}      {other[0]} {other[1]} {other[2]}     {_random.random():.6f}")
        return ("\n".join(lines) + "\n").encode()

    @classmethod
    def weights(cls, variants: int = 700) -> bytes:
        """Return a scoring file of a polygenic score."""
        lines = ["###PGS CATALOG SCORING FILE", "#format_version=2.0", "#variants_number=700"]
        lines.append("rsID\tchr_name\tchr_position\teffect_allele\tother_allele\teffect_weight")
        for chromosome, at, name, reference, alternate in cls._sites(variants, 90_000):
            lines.append(f"{name}\t{chromosome}\t{at}\t{alternate}\t{reference}\t{_random.gauss(0, 0.05):.6f}")
        return ("\n".join(lines) + "\n").encode()
