"""Names that public resources give their samples: they are in print, and naming them harms nobody.

A name is a claim and no proof: anybody can rename a sample. The lists are names and nothing else; letter case does not matter.
"""

from __future__ import annotations

from pytest_genomic_guard.policy.packs import Pack

_FACTS = "names are facts; the data behind them have their own terms"
_MADE = "tools/public_samples.py"


class Samples(Pack):
    """The names of one resource, and how many."""

    count: int


PUBLIC: tuple[Samples, ...] = (
    Samples(
        name="1000-genomes",
        title="1000 Genomes Project: its high-coverage release of 3,202 samples, and those of phases 1 and 3 besides",
        source="International Genome Sample Resource, sample list, collections of the 1000 Genomes Project",
        date="2023-12",
        licence=_FACTS,
        generator=_MADE,
        count=3403,
    ),
    Samples(
        name="hapmap",
        title="International HapMap Project, phases I to III (of the 1,397 of its last release some are in 1000-genomes only)",
        source="the pedigrees of HapMap in Haploview, edu/mit/wi/pedfile/PedFile.java",
        date="2012-09",
        licence=_FACTS,
        generator=_MADE,
        count=1357,
    ),
    Samples(
        name="hgdp",
        title="Human Genome Diversity Project: the 929 genomes, the 940 of the arrays and those sequenced elsewhere",
        source="International Genome Sample Resource, sample list; HGDP-CEPH panel, names of the arrays of 2008",
        date="2023-12",
        licence=_FACTS,
        generator=_MADE,
        count=963,
    ),
    Samples(
        name="sgdp",
        title="Simons Genome Diversity Project, the 279 public samples by their names at the sequencer and in the project",
        source="Simons Foundation, 10_24_2014_SGDP_metainformation_update.txt, samples without a signed letter",
        date="2014-10",
        licence=_FACTS,
        generator=_MADE,
        count=558,
    ),
    Samples(
        name="giab",
        title="Genome in a Bottle: seven people by their names at NIST, Coriell and the Personal Genome Project; Platinum Genomes",
        source="NIST, Genome in a Bottle Consortium; Illumina, Platinum Genomes (CEPH pedigree 1463)",
        date="2026-11-21",
        licence=_FACTS,
        generator="by hand",
        count=35,
    ),
    Samples(
        name="t2t",
        title="Genomes of hydatidiform moles, of which references are made, and of nobody who lives: CHM1 and CHM13",
        source="Telomere-to-Telomere Consortium",
        date="2026-11-21",
        licence=_FACTS,
        generator="by hand",
        count=4,
    ),
)
