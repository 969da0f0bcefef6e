"""Sample names that public resources give their samples, as patterns: they are in print, and naming them harms nobody.

A pattern is matched against a whole name, and letter case does not matter. It is a claim and no proof: anybody can rename a sample.
"""

from __future__ import annotations

import re

from pytest_genomic_guard.policy.packs import Pack

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    Matcher = Callable[[bytes], bool]


class Samples(Pack):
    """The names of one resource."""

    pattern: bytes


_BY_HAND = "by hand: the form of the names that the source lists"
_FACTS = "names are facts; the data behind them have their own terms"
# The seven individuals of Genome in a Bottle under their names at the Coriell Institute, in the order of HG001 to HG007.
_GIAB = rb"HG00[1-7]|(?:NA|GM)(?:12878|24385|24149|24143|24631|24694|24695)"

PUBLIC: tuple[Samples, ...] = (
    Samples(
        name="1000-genomes",
        title="1000 Genomes Project and its high-coverage release",
        source="International Genome Sample Resource, sample list",
        date="2026-11-21",
        licence=_FACTS,
        generator=_BY_HAND,
        pattern=rb"(?:HG|NA|GM)\d{5}",
    ),
    Samples(
        name="hapmap",
        title="International HapMap Project",
        source="Coriell Institute, NHGRI Sample Repository for Human Genetic Research",
        date="2026-11-21",
        licence=_FACTS,
        generator=_BY_HAND,
        pattern=rb"(?:NA|GM)\d{5}",
    ),
    Samples(
        name="hgdp",
        title="Human Genome Diversity Project",
        source="CEPH, HGDP-CEPH Human Genome Diversity Cell Line Panel",
        date="2026-11-21",
        licence=_FACTS,
        generator=_BY_HAND,
        pattern=rb"HGDP\d{5}",
    ),
    Samples(
        name="giab",
        title="Genome in a Bottle reference materials",
        source="NIST, Genome in a Bottle Consortium",
        date="2026-11-21",
        licence=_FACTS,
        generator=_BY_HAND,
        pattern=_GIAB,
    ),
)


def matcher(names: Collection[str] | None = None) -> Matcher:
    """Return a function that tells whether a name is one of the named resources', or of any."""
    patterns = [pack.pattern for pack in PUBLIC if names is None or pack.name in names]
    matches = re.compile(b"|".join(b"(?:%b)" % pattern for pattern in patterns), re.IGNORECASE).fullmatch
    return lambda name: bool(patterns) and matches(name.strip()) is not None
