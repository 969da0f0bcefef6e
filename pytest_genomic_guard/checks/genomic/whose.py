"""Whose data: what a check says when all people are of a public resource, made up, or no people at all."""

from __future__ import annotations

from pytest_genomic_guard.model import Options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_genomic_guard.model import Finding, Whom
    from pytest_genomic_guard.policy.packs.names import Recognised

_CLAIM = "a claim: anybody can rename a sample"


class Whose(Options):
    """Which names make a finding a note: `all` of public resources, `none`, or those of the ones named; and made-up ones."""

    public_samples: str = "all"
    simulated_samples: bool = True


def settled(  # noqa: PLR0913 - a finding with all that tells whose the data are
    finding: Finding,
    *,
    names: Sequence[bytes],
    people: int,
    species: str,
    options: Whose,
    source: str = "",
    open_tier: bool = False,
    normal: bool = False,
    by: str = "contigs",
    whom: Whom | None = None,
) -> Finding:
    """Return a finding as it is told: a note where the data are known to be nobody's secret, with what makes it one.

    `people` is how many there are, 0 where the content does not tell; where some have no name, names decide nothing. `source`
    is the simulator that the content says it is from, in lower case: it counts for names that this simulator gives, and never
    alone. `by` is what told the species. `open_tier` says that the content is of a kind that The Cancer Genome Atlas shares
    with everybody, `normal` that it is
    so of normal tissue, too. `whom` counts the people for what stands beside the file; whether all are named is added to it here.
    """
    if whom:
        finding = finding.replace(whom=whom.replace(named=bool(names) and people <= len(names)))
    if species == "other":
        return finding.replace(known="non-human", message=f"{finding.message}; of another species by its {by}")
    if names and people <= len(names):
        from pytest_genomic_guard.policy.packs import names as of  # noqa: PLC0415 - where names of people are seen

        packs = None if options.public_samples == "all" else options.public_samples.split()
        found = of.recognise(names, people, packs, simulated=options.simulated_samples, source=source)
        if found:
            return finding.replace(known=found.known, message=f"{finding.message}; {_told(found)}")
        if open_tier and packs is None and of.open_tier(names, people, normal=normal):
            told = "all named as samples of The Cancer Genome Atlas, of which such data are open"
            return finding.replace(known="public", message=f"{finding.message}; {told} ({_CLAIM})")
    return finding.replace(human=True) if species == "human" else finding


def _told(found: Recognised) -> str:
    """Return whose the samples are, in our own words."""
    words = [f"samples of {' or '.join(found.resources)}"] if found.resources else []
    words += ["simulated"] if found.made_up else []
    words += ["in the example of the VCF specification"] if found.example else []
    return f"all named as {', or as '.join(words)} ({_CLAIM})"
