"""Public resources of summary data, by the names of the columns or INFO fields in which they are released.

They are in print, or shared without restriction, so whatever their frequencies give away is no secret of a repository. A name is a
claim and no proof: anybody can name columns so. Annotation copies fields of a resource into somebody's own call set: where a table
counts people of its own, most of its fields must be the resource's.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.policy.packs import Pack

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class Summaries(Pack):
    """One resource. At least `least` names of columns or fields, in lower case, must match `pattern` whole.

    Names that match `besides` are the resource's as well, and others have them too. Fewer than `people` are not its cohort,
    whatever columns are called; `counts`: it tells people at all.
    """

    pattern: str
    least: int
    people: int
    besides: str = ""
    counts: bool = True


_BY_HAND = "by hand: the column names that the source documents"
_FACTS = "names are facts; the data behind them have their own terms"
_POPULATION = r"(?:eas|eur|afr|amr|sas)"
_GROUP = r"(?:afr|amr|eas|sas|nfe|fin|asj|oth|remaining|mid|ami|popmax|grpmax|raw|joint|adj|xx|xy|male|female|exomes|genomes)"

# What any table about variants has: place, alleles, counts of all people, quality (GATK), effects. They tell nothing of a resource.
_NEUTRAL = regex(
    r"#?chr(?:om|omosome|_?id|_?pos|_?name)?|(?:genome_?)?pos(?:ition)?|start|end|bp|base_pair_location|ref(?:erence)?|alt(?:ernate)?"
    r"|(?:effect|other|risk)_?allele|a[012]|allele[012]|id|rs_?ids?|snps?|variant(?:_?id)?|qual|filter|ac|an|af|ns|dp|n|n_?total"
    r"|obs_ct|nchrobs|alt_freqs|maf|allele (?:count|number|frequency)|effect_allele_frequency|beta|se|standard_error|or|odds_ratio"
    r"|z|p|p[._-]?val(?:ue)?|ci_(?:low|upp)er|mq(?:0|ranksum)?|qd|fs|sor|vqslod|culprit|inbreedingcoeff|excesshet|db"
    r"|(?:baseq|clipping)ranksum|readposranksum|negative_train_site|positive_train_site|mle[ac][cf]|cipos|ciend|sv(?:type|len)"
)

RESOURCES: tuple[Summaries, ...] = (
    Summaries(
        name="1000-genomes-frequencies",
        title="Allele frequencies of the 1000 Genomes Project by continental group",
        source="1000 Genomes Project phase 3, README of the integrated call set (INFO EAS_AF, EUR_AF, AFR_AF, AMR_AF, SAS_AF)",
        date="2026-11-21",
        licence=_FACTS,
        generator=_BY_HAND,
        pattern=rf"{_POPULATION}_(?:af|maf|freq)(?:_unrel)?|(?:af|maf|freq|an|ac)_{_POPULATION}(?:_unrel)?",
        least=4,
        people=2_000,
    ),
    Summaries(
        name="gnomad",
        title="Genome Aggregation Database",
        source="gnomAD v2 to v4, INFO fields of the sites releases",
        date="2026-11-21",
        licence=_FACTS,
        generator=_BY_HAND,
        pattern=r"(?:faf9[59]|nhomalt|(?:ac|an)[_-](?:nfe|fin|asj|popmax|grpmax|raw|joint|mid|ami)).{0,40}",
        least=1,
        people=1_000,
        besides=rf"(?:af|ac|an|nhomalt|faf9[59]|fafmax)[_-]{_GROUP}.{{0,40}}|(?:age|gq|dp|ab)_hist.{{0,40}}",
    ),
    Summaries(
        name="exac",
        title="Exome Aggregation Consortium",
        source="ExAC release 1, INFO fields",
        date="2026-11-21",
        licence=_FACTS,
        generator=_BY_HAND,
        pattern=r"(?:ac|an|hom|het)_(?:nfe|fin|oth|adj|afr|amr|eas|sas)",
        least=6,
        people=10_000,
        besides=r"(?:ac|an|hom|het|hemi)_\w{1,10}|(?:dp|gq)_hist",
    ),
    Summaries(
        name="dbsnp",
        title="dbSNP",
        source="dbSNP build 155, INFO fields of GCF_000001405",
        date="2026-11-21",
        licence=_FACTS,
        generator=_BY_HAND,
        pattern=r"dbsnpbuildid|saos?|ssr|wgt|vp|pseudogeneinfo|gno",
        least=3,
        people=1,
        counts=False,
    ),
    Summaries(
        name="gwas-catalog",
        title="NHGRI-EBI GWAS Catalog, associations",
        source="GWAS Catalog, file headers for version 1.0 of the associations download",
        date="2026-11-21",
        licence=_FACTS,
        generator=_BY_HAND,
        pattern=r"pubmed_?id|disease/trait|study[ _]accession|strongest snp-risk allele|initial sample size|hm_code|hm_rsid",
        least=2,
        people=1,
        besides=r"hm_\w{1,40}",
    ),
    Summaries(
        name="finngen",
        title="FinnGen summary statistics",
        source="FinnGen documentation, data release: summary statistics format",
        date="2026-11-21",
        licence=_FACTS,
        generator=_BY_HAND,
        pattern=r"nearest_genes|mlogp|sebeta|af_alt|af_alt_cases|af_alt_controls",
        least=5,
        people=1_000,
    ),
    Summaries(
        name="pgs-catalog",
        title="PGS Catalog scoring files",
        source="PGS Catalog, scoring file format 2.0",
        date="2026-11-21",
        licence=_FACTS,
        generator=_BY_HAND,
        pattern=r"effect_weight|hm_source|hm_inferotherallele|is_interaction|allelefrequency_effect|hm_match_chr",
        least=2,
        people=1,
        counts=False,
    ),
)


def named(names: Iterable[str], people: int) -> str | None:
    """Return the resource whose columns or fields a release of `people` (0: not told) has, or None."""
    lower = {name.strip().lower() for name in names}
    for resource in RESOURCES:
        own = {name for name in lower if re.fullmatch(resource.pattern, name)}
        if len(own) < resource.least or (people and (people < resource.people or not resource.counts)):
            continue
        rest = {name for name in lower - own if not _NEUTRAL.fullmatch(name)}
        others = sum(1 for name in rest if not re.fullmatch(resource.besides, name))
        if not people or others * 2 <= len(own) + len(rest):
            return resource.name
    return None
