"""What tells allele counts of people from other small numbers: Hardy-Weinberg proportions along one axis of a matrix.

With an allele's share p at a variant, the genotypes 0, 1 and 2 of n people who mate at random have the shares q^2, 2pq, p^2 (Hardy,
Science 1908, 28:49). The fixation index F = 1 - H / E, with H people of value 1 and E = 2pq n * 2n/(2n - 1) expected (Nei, Genetics
1978, 89:583, without bias in small samples), is then 0 with a variance of about 1/n at each variant: n F^2 is the chi-square of
Wigginton, Cutler, Abecasis, Am J Hum Genet 2005, 76:887. A sample of several populations has F of one sign and up to about 0.15 at
all variants (Wahlund), while scales, labels and counts have F far from 0, or of any size and sign from one column to the next.
Shares differ between variants far beyond the noise of a sample, and little between people.

At variants of X where they have no second copy, men are 0 or 2 and never 1, the same people at all of them: such columns are told
by that and left out. Of fewer than 20 people more variants are asked for, as n F^2 of each says little.
"""

from __future__ import annotations

from pytest_genomic_guard._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

PEOPLE, VARIANTS = 20, 30  # the least that is judged
FEW = 8  # people, of whom the least number of common variants is
_MANY = 60  # and
_EVEN, _NARROW = 1.5, (-0.08, 0.12)  # the most of the variance, and F, that such people may have
_COMMON = 0.08  # the least share of the rarer allele at which F is looked at
_FEWEST = 9  # such variants
_LOW, _HIGH = -0.1, 0.25  # of F over all of them
_OWN = 0.06  # by how much F of a variant may differ from that, in standard deviations beside those of the sample's size
_TIMES = 1.9  # that variance over the sample's own
_MIXED = 0.11  # F from which people are of several populations, so that variants are linked through them, besides by place
_LINK, _MORE = 0.4, 0.25  # of the linkage that is expected then, 1 + n F^2; and how much of it chance makes of few pairs
_SMOOTH = 0.35  # r^2 of neighbours from which columns are those of a picture
_PAIRS = 200  # pairs of variants
_SPREAD = 0.007  # the least variance of shares between variants, that of the sample left out
_RARE = 0.12  # ... or this part of what it can be at most by their mean, where nearly all are rare
_LACK = 4.0  # standard deviations by which people of value 1 are fewer at variants of X than at others
_X, _LOST = 0.3, 0.06  # of the common variants that can be on X, and that can be left out without a sign of why
_MEN = 0.15  # the least share of people, and of others, by which X is told
_PEOPLE_SPREAD = 0.2  # of the variance between variants that those between people may reach


class Shape(Record):
    """One axis of a matrix taken as variants. `none` is the share of cells that are missing."""

    people: int
    variants: int
    common: int
    index: float  # F over all common variants
    scatter: float  # variance of F between common variants, times the number of people: about 1 in one population
    mean: float  # share over all variants
    spread: float  # variance of shares between variants, that of the sample left out
    between: float  # the same between people
    linked: float  # people times squared correlation, over pairs of columns: 1 where they are independent


def shape(columns: Sequence[Sequence[int]]) -> Shape:
    """Return the figures of columns of values 0, 1 and 2; negative ones are missing."""
    people = max(map(len, columns), default=0)
    shares: list[float] = []
    indexes: list[tuple[float, float]] = []  # F, and the people it is of
    noise = het = expected = 0.0
    for column in columns:
        one, two = column.count(1), column.count(2)
        known = one + two + column.count(0)
        if not known or known * 2 < people:
            continue
        share = (one + 2 * two) / (2 * known)
        shares.append(share)
        noise += share * (1 - share) / (2 * known)
        if _COMMON <= share <= 1 - _COMMON:
            fair = 2 * share * (1 - share) * known * 2 * known / (2 * known - 1)
            het, expected = het + one, expected + fair
            indexes.append((1 - one / fair, known))
    index = 1 - het / expected if expected else 1.0
    scatter = sum(known * (each - index) ** 2 for each, known in indexes) / len(indexes) if indexes else 99.0
    count = len(shares) or 1
    return Shape(
        people=people,
        variants=len(shares),
        common=len(indexes),
        index=index,
        scatter=scatter,
        mean=sum(shares) / count,
        spread=_variance(shares) - noise / count,
        between=_between(columns, people) - sum(share * (1 - share) for share in shares) / 2 / count**2,
        linked=_linked([column for column in columns if len(set(column)) > 1]) if index > _MIXED else 1.0,
    )


def _linked(columns: Sequence[Sequence[int]]) -> float:
    """Return the mean of n r^2 over pairs of columns half of the matrix apart, or over neighbours, whichever is more."""
    near = _linkage(columns, 1)
    people = max(map(len, columns), default=0)
    return max(_linkage(columns, max(1, len(columns) // 2)), near if near < _SMOOTH * people else 0.0)


def _linkage(columns: Sequence[Sequence[int]], apart: int) -> float:
    found = []
    last = len(columns) - apart
    for at in range(0, last, max(1, last // _PAIRS)):
        pairs = [(one, two) for one, two in zip(columns[at], columns[at + apart], strict=False) if one >= 0 and two >= 0]
        if len(pairs) < PEOPLE // 2:
            continue
        first, second = sum(one for one, _two in pairs) / len(pairs), sum(two for _one, two in pairs) / len(pairs)
        square = sum((one - first) ** 2 for one, _two in pairs) * sum((two - second) ** 2 for _one, two in pairs)
        shared = sum((one - first) * (two - second) for one, two in pairs)
        if square:
            found.append(len(pairs) * shared * shared / square)
    return sum(found) / len(found) if found else 1.0


def _between(columns: Sequence[Sequence[int]], people: int) -> float:
    """Return the variance of the shares of people over all variants."""
    sums, counts = [0.0] * people, [0] * people
    for column in columns:
        known = [each for each in column if each >= 0]
        mean = sum(known) / len(known) if known else 0.0
        for at, each in enumerate(column):
            if each >= 0:
                sums[at] += each - mean
                counts[at] += 1
    return _variance([total / (2 * count) for total, count in zip(sums, counts, strict=True) if count])


def _variance(values: Sequence[float]) -> float:
    if not values:
        return 0.0
    mean = sum(values) / len(values)
    return sum((each - mean) ** 2 for each in values) / len(values)


def judged(columns: Sequence[Sequence[int]]) -> bool:
    """Tell whether columns are those of people at variants, of which some may be on X."""
    if genotypes(shape(columns)):
        return True
    rest = _autosomes(columns)
    return len(rest) < len(columns) and genotypes(shape(rest))


def _autosomes(columns: Sequence[Sequence[int]]) -> Sequence[Sequence[int]]:
    """Return columns without those at which too few people have the value 1, where X can be why."""
    indexes = {at: index for at, column in enumerate(columns) if (index := _index(column)) is not None}
    if len(indexes) < _FEWEST:
        return columns
    middle = sorted(indexes.values())[len(indexes) // 2]
    people = max(map(len, columns))
    least = middle + _LACK / people**0.5
    odd = {at for at, index in indexes.items() if index > least}
    if not odd or len(odd) > _X * len(indexes):
        return columns
    if len(odd) > _LOST * len(indexes):
        men = people - len({who for at in odd for who, value in enumerate(columns[at]) if value == 1})
        if not _MEN * people <= men <= (1 - _MEN) * people:
            return columns
    return [column for at, column in enumerate(columns) if at not in odd]


def _index(column: Sequence[int]) -> float | None:
    """Return F of a common variant."""
    one, two = column.count(1), column.count(2)
    known = one + two + column.count(0)
    share = (one + 2 * two) / (2 * known) if known * 2 >= len(column) > 0 else 0.0
    if not _COMMON <= share <= 1 - _COMMON:
        return None
    return 1 - one / (2 * share * (1 - share) * known * 2 * known / (2 * known - 1))


def genotypes(found: Shape) -> bool:
    """Tell whether figures are those of people at variants."""
    few = found.people < PEOPLE
    if found.people < FEW or found.variants < VARIANTS or found.common < (_MANY if few else _FEWEST):
        return False
    low, high = _NARROW if few else (_LOW, _HIGH)
    own = (_OWN + max(0.0, found.index)) ** 2 * found.people
    return (
        low <= found.index <= high
        and found.scatter <= (_EVEN if few else _TIMES) + own
        and found.spread >= min(_SPREAD, _RARE * found.mean * (1 - found.mean))
        and found.between <= _PEOPLE_SPREAD * found.spread
        and (found.index <= _MIXED or found.linked >= 1 + _MORE + _LINK * found.people * found.index**2)
    )
