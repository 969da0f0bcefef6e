"""The options of ``genomic-guard fairness``, ``mia``, ``release`` and ``merge``: the keys that a gate has in the policy."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

ALPHA = 0.001
_LISTS = {
    "groups": "columns that tell groups, with commas",
    "match-on": "compare members and non-members within these columns",
    "covariates": "columns that must not tell members from non-members",
}
_FAIRNESS = {
    "y-true": "the column of the truth; default: y_true",
    "y-pred": "the column of the prediction; default: y_pred",
    "score": "the column of the score; default: score",
    "time": "the column of the time to the event or to the end",
    "weights": "the column of weights",
    "cluster": "the column that tells families, or visits of one person",
    "reference": "pairs (default), rest, overall, or a group",
    "intersections": "how many attributes are taken together at most; default: 1",
    "pair-on": "the column that pairs rows with those of --base",
    "bins": "of calibration; default: 10",
    "resamples": "draw so many bootstrap samples of the counts instead of closed forms",
}
_MIA = {
    "member": "the column that tells members; default: member",
    "score": "the column of the score; default: score",
    "attack": "what was run, or is to be run with --references",
    "min-attack": "the weakest attack of which a pass counts",
    "canaries": "of a one-run audit: how many canaries there are",
    "guesses": "how many of them were guessed",
    "correct": "how many guesses were right",
    "delta": "of the privacy claim",
}
_RELEASE = {
    "n": "people in the cohort; default: what the table tells",
    "n-ref": "people in an attacker's reference; default: as many as wanted",
    "member": "the column of scores that tells members; default: member",
    "score": "the column with the score; default: score",
    "ancestry": "labels that must not tell members from others; default: ancestry",
    "mismatch": "share of variants in which a copy may differ; default: 0",
    "related": "kinship of a relative; default: 0.177",
    "error-rate": "of misread alleles in a beacon; default: 0.001",
}
RELEASED = {
    "scores": "member and score of each person, from an attack on the release",
    "synthetic": "synthetic genomes",
    "training": "genomes that their generator was trained on",
    "holdout": "genomes of the same population that it has not seen",
    "frequencies": "released frequencies by variant, and those of a reference",
    "members": "genotypes of people in the cohort",
    "non-members": "genotypes of people outside it",
    "reference": "reference frequencies, or genotypes of a reference",
}
_LEAST = {"min-denominator": "the least denominator with which a group is judged; default: 20"}
_ALL = {"confidence": "of all intervals together; default: 0.95"}


def fairness(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``fairness``."""
    parser.add_argument("data", metavar="FILE", nargs="?", type=os.fsencode, help="rows, or with --counts their counts by group")
    parser.add_argument("--counts", action="store_true", help="FILE counts people by group, truth and prediction")
    parser.add_argument("--base", type=os.fsencode, metavar="FILE", help="the same rows judged by the model before a change")
    _shared(parser, _FAIRNESS | _LEAST, ("groups",))
    parser.add_argument("--partial", metavar="FILE", help="write the counts, for `merge` with those of other sites")
    parser.add_argument("--unmasked", action="store_true", help="with --partial: small counts too, for sites that may have them")


def mia(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``mia``."""
    parser.add_argument(
        "data", metavar="FILE", nargs="?", type=os.fsencode, help="a row for each member and non-member with its score"
    )
    parser.add_argument("--higher-is", choices=("member", "non-member"), help="who has the higher scores")
    parser.add_argument("--references", type=os.fsencode, metavar="FILE", help="scores of reference models: ref_scores, ref_member")
    parser.add_argument("--audit", choices=("one-run",), help="compute a lower bound on epsilon from the scores of one run")
    _shared(parser, _MIA | _LEAST, ("groups", "match-on", "covariates"))


def release(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``release``."""
    parser.add_argument("table", metavar="TABLE", nargs="?", type=os.fsencode, help="a row for each variant, or a VCF")
    parser.add_argument("--alpha", type=float, default=ALPHA, metavar="RATE", help=f"false-positive rate; default: {ALPHA:g}")
    parser.add_argument("--plan", type=int, metavar="M", help="instead of TABLE: what M independent variants would give away")
    for name, what in RELEASED.items():
        parser.add_argument(f"--{name}", type=os.fsencode, metavar="FILE", help=what)
    parser.add_argument("--higher-is", choices=("member", "non-member"), help="who has the higher scores")
    _shared(parser, _RELEASE, ("match-on",))


def merge(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``merge``."""
    parser.add_argument(
        "files", metavar="FILE", nargs="+", type=os.fsencode, help="counts that `fairness --partial` wrote at each site"
    )
    _shared(parser, {"reference": _FAIRNESS["reference"]} | _LEAST, ())
    parser.add_argument("--partial", metavar="FILE", help="write the sum, for a further merge")
    parser.add_argument("--unmasked", action="store_true", help="with --partial: small counts too")


def _shared(parser: argparse.ArgumentParser, keys: dict[str, str], lists: tuple[str, ...]) -> None:
    for name in lists:
        parser.add_argument(f"--{name}", metavar="COLUMNS", help=_LISTS[name])
    for name, what in (keys | _ALL).items():
        parser.add_argument(f"--{name}", metavar="X", help=what)
    parser.add_argument("--decide", choices=("fail-if-proven", "pass-if-proven", "point"))
    parser.add_argument("--gate", metavar="NAME", help="judge this gate of the policy; no other option says how")
    parser.add_argument("--bound", action="append", default=[], metavar='"METRIC <= X"', help="judge this; repeatable")
    parser.add_argument("--small-cell", type=int, metavar="K", help="mask counts from 1 to K; default: the policy's, or 10")
    parser.add_argument(
        "--evidence", metavar="FILE", nargs="?", const="", help="write the evidence file; default: the gate's place"
    )
    parser.add_argument("--plot", metavar="FILE", help="draw the figures, as .svg or .png")
    parser.add_argument("--format", choices=("text", "json"), default="text")


KEYS = {
    "fairness": (*_FAIRNESS, *_LEAST, *_ALL, "groups", "decide"),
    "mia": (*_MIA, *_LEAST, *_ALL, "groups", "match-on", "covariates", "decide", "higher-is", "audit"),
    "release": (*_RELEASE, *_ALL, "match-on", "decide", "higher-is"),
}
LISTS = tuple(_LISTS)
