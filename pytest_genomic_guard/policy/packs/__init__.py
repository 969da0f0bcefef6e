"""Dated data: facts that a year, a resource or a rule maker fixed, each with its source, date, licence and origin."""

from __future__ import annotations

from pytest_genomic_guard._record import Record


class Pack(Record):
    """What a pack says of itself; modules beside this one hold the data."""

    name: str
    title: str
    source: str
    date: str  # ISO 8601, to the day or month; as of when the data stand
    licence: str
    generator: str  # how the data came from the source, so that it can be made again


# Rule sets that a policy can name under `packs`: which reading of a rule, as of which month.
RULES: tuple[Pack, ...] = (
    Pack(
        name="hipaa-2024",
        title="HIPAA Privacy and Security Rules: 45 CFR part 164, de-identification above all",
        source="Electronic Code of Federal Regulations, title 45, part 164",
        date="2024-12",
        licence="public domain (United States government work)",
        generator="by hand",
    ),
    Pack(
        name="nih-2025-03",
        title="NIH Genomic Data Sharing Policy with the notices in force in March 2025",
        source="NIH Guide for Grants and Contracts, NOT-OD-14-124, 19-023, 24-157, 25-081; Data Use Certification of 2025-01-25",
        date="2025-03",
        licence="public domain (United States government work)",
        generator="by hand",
    ),
    Pack(
        name="ukb-2026-04",
        title="UK Biobank, conditions for researchers as of April 2026",
        source="UK Biobank, guidance on code repositories (article 28027475352221) and on exports from its platform",
        date="2026-04",
        licence="facts only; no text of the source is shipped",
        generator="by hand",
    ),
)
