"""Public resources of summary data, by the names of the columns or INFO fields in which they are released.

They are in print, or shared without restriction, so whatever their frequencies give away is no secret of a repository. A name is a
claim and no proof: anybody can name columns so.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.policy.packs import Pack

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class Summaries(Pack):
    """One resource. At least `least` names of columns or fields, in lower case, must match `pattern` whole.

    Fewer than `people` are not its cohort, whatever columns are called.
    """

    pattern: str
    least: int
    people: int


_BY_HAND = "by hand: the column names that the source documents"
_FACTS = "names are facts; the data behind them have their own terms"
_POPULATION = r"(?:eas|eur|afr|amr|sas)"

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
        pattern=r"(?:gnomad.{0,40}|(?:faf9[59]|nhomalt|(?:af|ac|an|nhomalt)[_-](?:nfe|fin|asj|oth|popmax|grpmax|raw|joint|mid|ami)).{0,40})",
        least=2,
        people=1_000,
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
    ),
    Summaries(
        name="dbsnp",
        title="dbSNP",
        source="dbSNP build 155, INFO fields of GCF_000001405",
        date="2026-11-21",
        licence=_FACTS,
        generator=_BY_HAND,
        pattern=r"dbsnpbuildid|saos?|vc|wgt|vp|caf|topmed|clnsig|clnrevstat|clndn|geneinfo",
        least=3,
        people=1,
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
    ),
)


def named(names: Iterable[str], people: int) -> str | None:
    """Return the resource whose columns or fields a release of `people` (0: not told) has, or None."""
    lower = {name.strip().lower() for name in names}
    for resource in RESOURCES:
        form = re.compile(resource.pattern)
        if (not people or people >= resource.people) and sum(1 for name in lower if form.fullmatch(name)) >= resource.least:
            return resource.name
    return None
