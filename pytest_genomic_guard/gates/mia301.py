"""MIA301: a bound on a release."""

from __future__ import annotations

from pytest_genomic_guard.model import Rulebook


class MIA301(Rulebook):
    """A bound on a release of genomic summaries that is not kept.

    What it looks for
    -----------------
    The gates under `release` in the policy: a table of allele frequencies or summary statistics, or a VCF without people, the
    number of people in it, and bounds on `power` (of the likelihood-ratio test of membership, at a false-positive rate of 0.001),
    on `tpr@fpr=X` (the same at another rate) or on `variants-per-person` (independent variants, m_eff / n). Without bounds the
    power must be 0.5 at most.

    Linkage is not known, so each figure has two ends: one independent variant in each 100 kb, and all that are common. Both inside
    the bound passes, both outside fails, anything else is inconclusive, which fails unless `on-inconclusive` says otherwise. Where
    the table itself tells another number of people than the policy, the larger one counts for the lower end and the smaller one
    for the upper.

    Why it matters
    --------------
    Who has a person's genotype can compute from the frequencies of a cohort whether that person is in it.

    What to do instead
    ------------------
    Release fewer variants or pool cohorts: `genomic-guard release TABLE` says how many variants a cohort can bear.

    References
    ----------
    - Homer et al.: Resolving individuals contributing trace amounts of DNA. PLoS Genetics 2008, 4:e1000167
    - Sankararaman et al.: Genomic privacy and limits of individual detection in a pool. Nature Genetics 2009, 41:965
    """

    code = "MIA301"
    name = "release-bound"
    since = "0.1"
