"""How well somebody can tell from released summaries that a person was in the cohort: the one implementation of the formulas.

Two attacks. With allele frequencies, the likelihood-ratio test on a person's genotype (Homer et al. 2008, Visscher & Hill 2009,
Sankararaman et al. 2009); with a mere list of the variants that occur, the test of a beacon (Shringarpure & Bustamante 2015).

For variant j let x in {0, 1, 2} be the person's genotype, P the released frequency from n people, Q that of a reference of n_ref
people, p the true one. With g = (x - 2p) / sqrt(2p(1-p)) and u = (P - Q) sqrt(2 / (p(1-p))) the statistic is T = sum g u over m
independent variants. Outside the cohort E T = 0 and Var T = m (1/n + 1/n_ref); inside, E T = m / n. So the shift in standard
deviations is sqrt(m / (n (1 + n / n_ref))), and at false-positive rate alpha

    power = Phi(sqrt(m / (n (1 + n / n_ref))) - z(alpha)).

Pure standard library: no number of a verdict depends on which libraries are installed.
"""

from __future__ import annotations

import math

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container
    from typing import Final, Literal

    By = Literal["positions", "lengths", "chromosomes"]

ALPHA: Final = 1e-3  # false-positive rate at which a power is told unless another is asked for
COMMON: Final = 0.05  # minor allele frequency from which a variant counts
OF_GENOMES: Final = ("aats", "privacy-loss", "nearest-ibs", "duplicates", "kinship")  # metrics of synthetic genomes
OF_SCORES: Final = ("lr-auc", "homer-auc")
KNOWN: Final = ("frequencies", "members", "non-members")  # what an attack is run on
WINDOW: Final = 100_000  # base pairs of which one variant at most counts as independent
LOCI: Final = 30_000  # about as many windows as the human genome has
# Power 0.5 at a false-positive rate of 0.05, and of 0.001: z(alpha) squared, m/n at which the shift equals z.
WARN, BLOCK = 2.7, 9.5

# Windows of 100 kb in each human chromosome (GRCh38 lengths, rounded up): how many independent loci it can have at most.
_WINDOWS = dict(
    zip(
        (*map(str, range(1, 23)), "X", "Y", "MT"),
        (
            *(2490, 2422, 1983, 1903, 1816, 1709, 1594, 1452, 1384, 1338, 1351, 1333, 1144, 1071, 1020, 904, 833, 804, 587, 645),
            *(468, 509, 1561, 573, 1),
        ),
        strict=True,
    )
)
_NUMBERED = {"23": "X", "24": "Y", "25": "X", "26": "MT", "M": "MT", "XY": "X", "PAR1": "X", "PAR2": "X"}  # PLINK's codes
_OUTSIDE = 20  # one in so many variants without a position must lie outside the two chromosomes that have most of them
_KEPT = 1 << 17  # windows that are told apart, and chromosomes; no genome has more


def phi(x: float) -> float:
    """Return the probability that a standard normal variable is at most `x`."""
    return 0.5 * math.erfc(-x / math.sqrt(2))


def z(alpha: float) -> float:
    """Return the value that a standard normal variable exceeds with probability `alpha`. Raises ValueError outside (0, 1)."""
    if not 0 < alpha < 1:
        raise ValueError("a rate lies between 0 and 1")
    if alpha > 0.5:
        return -z(1 - alpha)
    t = math.sqrt(-2 * math.log(alpha))  # Abramowitz & Stegun 26.2.23, right to 4.5e-4 ...
    x = t - (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t**3)
    for _step in range(4):  # ... and Newton's method from there
        density = math.exp(-x * x / 2) / math.sqrt(2 * math.pi)
        if density <= 0:
            break
        x += (phi(-x) - alpha) / density
    return x


def power(loci: float, people: float, reference: float | None = None, alpha: float = ALPHA) -> float:
    """Return the power of the likelihood-ratio test.

    `loci` are independent variants (m_eff), `people` the cohort's (n), `reference` those of the attacker's panel (n_ref; None: as
    many as wanted). Raises ValueError for a cohort of nobody, or numbers below 0.
    """
    if people <= 0 or loci < 0 or (reference is not None and reference <= 0):
        raise ValueError("a cohort has people, and variants are counted")
    return phi(math.sqrt(loci / _spread(people, reference)) - z(alpha))


def needed(people: float, reference: float | None = None, alpha: float = ALPHA, wanted: float = 0.5) -> float:
    """Return how many independent variants give the test a power: m* = n (1 + n/n_ref) (z_alpha + z_beta)^2."""
    if people <= 0 or (reference is not None and reference <= 0):
        raise ValueError("a cohort has people")
    return _spread(people, reference) * max(0.0, z(alpha) - z(wanted)) ** 2


def _spread(people: float, reference: float | None) -> float:
    return people * (1 + (people / reference if reference else 0))


def measured(metric: str, inputs: Container[str]) -> bool:
    """Tell whether a metric is measured on files of people, which `inputs` names by their keys; else a table tells it by theory."""
    if metric in OF_GENOMES or metric in OF_SCORES:
        return True
    return metric != "variants-per-person" and (
        ("scores" in inputs and metric != "beacon-power") or all(key in inputs for key in KNOWN)
    )


def absence(people: int, a: float = 0.0, b: float = 0.0) -> float:
    """Return D_N: the probability that none of `people` carries an allele that a person outside the cohort has.

    Allele frequencies follow Beta(a, b); a = b = 0 is the neutral spectrum, for which it is 1 / (2N + 1). Raises ValueError.
    """
    if people < 0 or a <= -1 or b <= -1:
        raise ValueError("a cohort is counted, and a Beta distribution has positive parameters")
    first, second = a + 1, b + 1
    logarithm = math.lgamma(first + second) + math.lgamma(second + 2 * people)
    return math.exp(logarithm - math.lgamma(second) - math.lgamma(first + second + 2 * people))


def beacon_sites(people: int, alpha: float = 0.05, a: float = 0.0, b: float = 0.0) -> float:
    """Return how many of a person's heterozygous sites, all of them listed, tell at `alpha` that the person is in the cohort.

    A person outside finds all k sites listed with probability (1 - D_N)^k; about 6 N at 0.05.
    """
    return math.log(alpha) / math.log1p(-absence(people, a, b)) if people else 0.0


def beacon_error(sites: float, people: int, a: float = 0.0, b: float = 0.0) -> float:
    """Return the false-positive rate of calling a person a member whose `sites` heterozygous sites are all listed."""
    missing = absence(people, a, b)
    return math.exp(sites * math.log1p(-missing)) if missing < 1 else float(sites == 0)


def heterozygous(frequency: float) -> float:
    """Return the probability that a person is heterozygous at a site: 2 p (1 - p)."""
    return 2 * frequency * (1 - frequency)


def chromosome(name: str) -> str:
    """Return a human chromosome under one name, whichever of its names is given; another sequence as it is."""
    plain = name.strip().upper().removeprefix("CHR").lstrip("0")
    return _NUMBERED.get(plain, plain)


class Loci:
    """Bounds on how many independent variants a table has, where nobody knows the linkage between them.

    The upper bound counts all common variants, and those whose frequency is not told. The lower one counts at most one common
    variant in each 100 kb. Where positions are missing, as many for each chromosome as it has such windows, if the variants lie on
    several: all in one gene are on one chromosome. So where one or two hold nearly all of them, each counts once.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self.rows = self.upper = 0
        self._windows: set[tuple[str, int]] = set()
        self._placeless: dict[str, int] = {}
        self._names: dict[str, str] = {}

    def add(self, name: str, position: int | None, frequency: float | None) -> None:
        """Count a variant on a chromosome; one whose frequency is not told may be common, and is not known to be."""
        self.rows += 1
        if frequency is not None and not COMMON <= frequency <= 1 - COMMON:
            return
        self.upper += 1
        if frequency is None:
            return
        known = self._names.get(name)
        if known is None:
            known = chromosome(name)
            if len(self._names) < _KEPT:
                self._names[name] = known
        name = known
        if position is None:
            if name in self._placeless or len(self._placeless) < _KEPT:
                self._placeless[name] = self._placeless.get(name, 0) + 1
        elif len(self._windows) < _KEPT:
            self._windows.add((name, position // WINDOW))

    @property
    def by(self) -> By:
        """Return what the lower bound is made of: positions alone, lengths of chromosomes, or chromosomes that count once."""
        if not self._placeless:
            return "positions"
        counts = sorted(self._placeless.values())
        return "lengths" if sum(counts[:-2]) * _OUTSIDE >= sum(counts) else "chromosomes"

    @property
    def lower(self) -> int:
        """Return the lower bound."""
        rest = len(self._placeless)
        if self.by == "lengths":
            rest = sum(min(count, _WINDOWS.get(name, LOCI)) for name, count in self._placeless.items())
        return min(len(self._windows) + min(rest, LOCI), self.upper)


class People:
    """How many people a table is of, from a count in each row: missing calls make it smaller, and the largest is the cohort's."""

    def __init__(self) -> None:
        """Begin with none."""
        self.most = 0
        self._counts: dict[int, int] = {}

    def add(self, count: int) -> None:
        """Take a row's count; nobody is not counted."""
        if count > 0:
            self.most = max(self.most, count)
            if count >= 1_000:  # three digits are enough for a median, and keep the tally short
                step = 10 ** (len(str(count)) - 3)
                count = count // step * step
            self._counts[count] = self._counts.get(count, 0) + 1

    @property
    def median(self) -> int:
        """Return the median, to three digits; the largest where all are about the same."""
        left = sum(self._counts.values()) / 2
        for count in sorted(self._counts):
            left -= self._counts[count]
            if left <= 0:
                return self.most if count * 1.01 >= self.most else count
        return self.most
