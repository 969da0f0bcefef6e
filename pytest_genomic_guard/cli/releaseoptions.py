"""The options of ``genomic-guard release``."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

FILES = {
    "scores": "member and score of each person, from an attack on the release",
    "synthetic": "synthetic genomes",
    "training": "genomes that their generator was trained on",
    "holdout": "genomes of the same population that it has not seen",
    "frequencies": "released frequencies by variant, and those of a reference",
    "members": "genotypes of people in the cohort",
    "non-members": "genotypes of people outside it",
    "reference": "reference frequencies, or genotypes of a reference",
}


def add(release: argparse.ArgumentParser) -> None:
    """Add the options to the command's parser."""
    release.add_argument("table", metavar="TABLE", nargs="?", type=os.fsencode, help="a row for each variant, or a VCF")
    release.add_argument("--n", type=int, metavar="N", help="people in the cohort; default: what the table tells")
    release.add_argument("--n-ref", type=int, metavar="N", help="people in an attacker's reference; default: as many as wanted")
    release.add_argument("--alpha", type=float, default=0.001, metavar="RATE", help="false-positive rate; default: 0.001")
    release.add_argument("--plan", type=int, metavar="M", help="instead of TABLE: what M independent variants would give away")
    files = release.add_argument_group(
        "what is measured on people", "npz, npy, csv and other tables; genotypes are 0, 1, 2 or missing"
    )
    for name, what in FILES.items():
        files.add_argument(f"--{name}", type=os.fsencode, metavar="FILE", help=what)
    files.add_argument("--bound", action="append", default=[], metavar='"METRIC <= X"', help="judge this; repeatable")
    files.add_argument("--member", default="member", metavar="NAME", help="the column of scores that tells members")
    files.add_argument("--score", default="score", metavar="NAME", help="the column with the score")
    files.add_argument("--higher-is", choices=("member", "non-member"), default="member", help="who scores higher")
    files.add_argument(
        "--match-on", action="append", default=[], metavar="NAME", help="compare people within these labels; repeatable"
    )
    files.add_argument("--ancestry", default="ancestry", metavar="NAME", help="labels that must not tell members from others")
    files.add_argument(
        "--mismatch", type=float, default=0.0, metavar="SHARE", help="of variants in which a copy may differ; default: 0"
    )
    files.add_argument("--related", type=float, default=0.177, metavar="PHI", help="kinship of a relative; default: 0.177")
    files.add_argument(
        "--error-rate", type=float, default=0.001, metavar="RATE", help="of misread alleles in a beacon; default: 0.001"
    )
    files.add_argument("--confidence", type=float, default=0.95, metavar="SHARE", help="of all intervals together; default: 0.95")
    release.add_argument("--format", choices=("text", "json"), default="text")
