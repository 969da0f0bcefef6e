"""Whether numbers and names are ids of people: by their shape, by how they are spread, and by the words that stand near them."""

from __future__ import annotations

import itertools
from collections import Counter
from heapq import nsmallest
from operator import sub

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Literal

    # strong: words say that they are people; some: words that often do; none; against: words say that they are something else
    Words = Literal["strong", "some", "none", "against"]
    # error: ids of people; warning: perhaps; "": not
    Verdict = Literal["error", "warning", ""]

FEWEST = 5  # distinct ids of a list that words speak for
BARE = 20  # ... of one that nothing speaks for
LOW, HIGH = 1_000_000, 6_100_000  # UK Biobank participants have numbers of seven digits up to a little over six million
_TOP, _LEAST_TOP = 6_030_000, 4_400_000  # where lists of them end, nearly always
_MOST = 1000  # numbers whose spread is looked at

_STRONG_WORDS = """eid eids neid feid ukb ukbb ukbiobank participant participants participantid participantids withdraw
    withdrawn withdrew withdrawal withdrawals subject subjects subjectid subjectids patient patients patientid
    patientids individual individuals individualid iid iids fid fids proband probands person persons personid donor
    donors donorid volunteer volunteers indv mrn mrns subj subjid ptid sampleid sampleids enrolled consented biobank"""
_STRONG = frozenset(_STRONG_WORDS.split())
_SOME_WORDS = """sample samples samp exclude excluded excludes exclusion exclusions excl remove removed removes removal
    rm drop dropped keep kept keeps id ids outlier outliers unrelated related cases controls cohort specimen specimens
    qc completed pheno phenotype ancestry white british female male duplicates hets heterozygosity"""
_SOME = frozenset(_SOME_WORDS.split())
_AGAINST_WORDS = """pmid pmids pubmed medline pmc pmcid doi issn isbn article articles paper papers citation citations
    reference references pos position positions bp start starts end ends stop stops coord coords coordinate coordinates
    chrom chr locus loci interval intervals snp snps variant variants rsid rsids zip zips zipcode zipcodes postcode
    postal phone phones tel telephone fax price prices cost costs salary salaries income revenue sales budget gdp profit
    population populations pop pops census inhabitants count counts reads umi umis total totals sum sums amount amounts
    size sizes bytes byte length lengths len offset offsets memory seed seeds time times timestamp timestamps epoch
    epochs duration durations tick ticks gene genes geneid geneids entrez taxon taxa taxid taxonomy gi accession
    accessions geo gse gsm order orders product products item items sku skus user users userid tweet tweets repo repos
    repository issue issues ticket tickets job jobs pid pids port ports commit commits build builds node nodes osm way
    ways edge edges prime primes area areas distance distances step steps iteration iterations iters tokens token params
    parameters flops capacity nrow nrows hash hashes crc checksum address addresses page pages invoice invoices account
    accounts transaction film films movie movies imdb book books track tracks song songs album albums video videos image
    images img imgs asset assets station stations site sites usgs gauge route routes tract tracts fips geoid block
    blocks concept concepts conceptid conceptset vocabulary snomed ndc rxnorm loinc mesh omim icd atc cohortid cohortids
    question customer customers employee employees company companies store stores lot listing listings property parcel
    parcels vehicle vehicles flight flights tag tags compound compounds cid sid chembl pubchem molecule molecules cas
    reaction density frequency freq hz energy voltage current resolution pixel pixels label labels class classes
    category species specieskey gbif occurrence taxonkey url urls photo photos post posts comment comments message
    messages version versions revision rev event events game games player players team teams sensor sensors device
    devices mapping maps loss accuracy benchmark benchmarks pull attendance votes visitors downloads followers
    subscribers passengers region regions ld row rows cids sids aid aids clinvar variationid
    openstreetmap breakpoint breakpoints tss tes tsss junction junctions peak peaks bins exon exons
    intron introns cpg cpgs marker markers enhancer enhancers promoter promoters motif motifs cnv cnvs telomere centromere"""
_AGAINST = frozenset(_AGAINST_WORDS.split())
_MADE_WORDS = frozenset({"expected"})  # in the name of a file: what a test compares with
_COHORT_WORDS = "eid eids neid feid ukb ukbb ukbiobank participant participants withdraw withdrawn withdrawal withdrawals"
_COHORT = frozenset(_COHORT_WORDS.split())
_CAMEL = regex(rb"(?<=[a-z])(?=[A-Z])")
_WORD = regex(rb"[A-Za-z]+")
_JOINED = (b"id", b"ids", b"no", b"number", b"code")
_RELEASE = regex(rb"w\d{3,6}(?:r\d+)?[_-](?:20\d{6}|20\d\d[_-]\d\d[_-]\d\d)")  # how UK Biobank names a list of the withdrawn


def words(text: bytes) -> Words:
    """Return what the words of a text, such as a name or a column's header, say about numbers near them."""
    found = [word.lower() for word in _WORD.findall(_CAMEL.sub(b" ", text))]
    joined = [one + two for one, two in itertools.pairwise(found) if two in _JOINED or len(one) == 1]
    every = {word.decode() for word in (*found, *joined)}
    if every & _AGAINST:
        return "some" if every & _COHORT else "against"
    return "strong" if every & _STRONG else "some" if every & _SOME else "none"


def people(text: bytes) -> bool:
    """Tell whether a text speaks of people, whatever else it speaks of."""
    return any(word.lower().decode("ascii") in _STRONG for word in _WORD.findall(_CAMEL.sub(b" ", text)))


def path_words(path: bytes) -> Words:
    """Return what the name of a file, and of the two folders it is in, say."""
    parts = path.split(b"/")[-3:]
    if _RELEASE.search(parts[-1]):
        return "strong"
    own = words(parts[-1])
    if own in {"some", "none"} and any(word.lower().decode() in _MADE_WORDS for word in _WORD.findall(parts[-1])):
        return "against"
    if own != "none":
        return own
    around = {words(part) for part in parts[:-1]}
    return "strong" if "strong" in around else "none"


def folder(path: bytes) -> bool:
    """Tell whether the folder of a file is called after lists of people."""
    return bool(path.split(b"/")[-2:-1]) and words(path.split(b"/")[-2]) in {"strong", "some"}


def best(*said: Words) -> Words:
    """Return what several texts say together, the nearest one first: the first that says anything decides, but for "some"."""
    order = [each for each in said if each != "none"]
    if not order:
        return "none"
    return "strong" if order[0] == "some" and "strong" in order else order[0]


def numbers(values: Sequence[int], said: Words, *, alone: bool, named: bool = False) -> Verdict:
    """Tell whether numbers of seven digits are ids of UK Biobank participants.

    `alone`: a text holds nothing else; `named`: but for a header.
    """
    if len(values) > 3 and values[::2] == values[1::2]:  # family and person
        values = values[::2]
    distinct = sorted(set(values))
    count = len(distinct)
    few = count < (3 if said == "strong" else FEWEST) or count * 10 < len(values) * 9
    if few or said == "against" or _steps(distinct):
        return ""
    if count > _MOST:  # as if drawn at random, and always the same ones
        drawn = nsmallest(_MOST, [(number**3 % 4294967291, number) for number in distinct])
        distinct = sorted(number for _draw, number in drawn)
        count = _MOST
    if regular(distinct, known=said == "strong"):
        return ""
    if said == "strong":
        return "error" if count >= FEWEST else "warning"
    if said == "some":
        return "error" if distinct[-1] - distinct[0] >= (1_000_000 if count < 8 else 2_000_000) else "warning"
    return _bare(distinct, alone=alone, named=named) if _fills(distinct) else ""


def _bare(distinct: Sequence[int], *, alone: bool, named: bool) -> Verdict:
    """Judge sorted numbers for which nothing speaks but how they are spread."""
    bare, count = alone and not named, len(distinct)
    if not _even(distinct):
        return "warning" if bare and count >= BARE and _even(distinct, 1.5) else ""
    if count >= BARE:
        return "error" if bare else "warning"
    return "warning" if bare and count >= 2 * FEWEST else ""


def regular(distinct: Sequence[int], *, known: bool = False) -> bool:
    """Tell whether sorted numbers follow each other in steps, are round, or end alike: what no ids drawn at random do.

    Ends count only where it is not `known` that they are ids.
    """
    count = len(distinct)
    if count < 3:
        return any(number % 1000 == 0 for number in distinct)
    if _steps(distinct):
        return True
    if sum(1 for number in distinct if number % 100 == 0) * 3 > count:
        return True
    if known:
        return False
    tens = sum(1 for number in distinct if number % 10 in {0, 5})
    return tens - 0.2 * count > max(2.0, 1.4 * count**0.5) or _one_ending(distinct)


def _steps(distinct: Sequence[int]) -> bool:
    """Tell whether sorted numbers follow each other closely, or mostly in the same steps."""
    gaps = Counter(map(sub, distinct[1:], distinct))
    number = gaps.total()
    return max(gaps) <= 10 or max(gaps.values()) * 2 > number > 1 or (number <= _MOST and len(gaps) * 4 <= number)


def _one_ending(distinct: Sequence[int]) -> bool:
    """Tell whether nearly all are odd, as primes are, or even."""
    odd = sum(1 for number in distinct if number % 2)
    return len(distinct) >= BARE and abs(odd - len(distinct) / 2) > 1.7 * len(distinct) ** 0.5


def _fills(distinct: Sequence[int]) -> bool:
    """Tell whether sorted numbers reach as near to both ends of the range as numbers drawn from all of it do.

    The nearest of n to an end is farther than 7/n of the range in one of a thousand draws. Where the range ends is not sure: it
    may be the ids of an application, or of its first participants.
    """
    reach = 7 / len(distinct) * (_TOP - LOW) + 150_000
    return distinct[0] - LOW <= reach and distinct[-1] >= min(_TOP - reach, _LEAST_TOP)


def _even(distinct: Sequence[int], slack: float = 1.0) -> bool:
    """Tell whether sorted numbers are spread evenly over the range, but not at equal distances.

    Of a hundred draws from all of it about one has a Kolmogorov distance above 1.63 / sqrt(n), a mean more than 2.6 of its errors
    away, or a variance more than 3 of its; distances between neighbours vary by about as much as they are large.
    """
    count, root = len(distinct), len(distinct) ** 0.5
    width = (_TOP if distinct[-1] > _TOP * (1 - 7 / count) else distinct[-1]) - LOW
    shares = [(number - LOW) / width for number in distinct]
    far = max(max(abs(share - at / count), abs(share - (at + 1) / count)) for at, share in enumerate(shares))
    mean = sum(shares) / count
    variance = 12 * sum((share - mean) ** 2 for share in shares) / count
    moved, squeezed = abs(mean - 0.5) * 12**0.5, abs(variance - 1)
    if far > slack * max(1.63 / root, 0.05) or moved > slack * max(2.6 / root, 0.1) or squeezed > slack * max(2.7 / root, 0.1):
        return False
    gaps = [two - one for one, two in itertools.pairwise(distinct)]
    middle = sum(gaps) / len(gaps)
    spread: float = (sum((gap - middle) ** 2 for gap in gaps) / len(gaps)) ** 0.5 / middle
    return (0.45 if count >= BARE else 0.2) < spread < 1.9 * slack


def in_range(values: Iterable[int]) -> list[int]:
    """Return the numbers that could be of UK Biobank participants."""
    values = list(values)
    return values if values and min(values) >= LOW and max(values) <= HIGH else [value for value in values if LOW <= value <= HIGH]
