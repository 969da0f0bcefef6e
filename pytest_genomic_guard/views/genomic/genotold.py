"""Genotype tables in words: numbers, and what the rows are."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.genomic.kinds import Kind


def told(kind: Kind) -> str:
    """Return a template of what a genotype table shows."""
    variants = "1 variant" if kind.variants == 1 else "{variants} variants"
    if kind.format == "names":
        return "columns for {variants} variants beside ids of people; its values were not read"
    if kind.format == "by-variant":
        columns = "1 genotype column" if kind.people == 1 else "{people} genotype columns"
        return f"individual-level genotypes: one row per variant, {columns} over {variants}"
    people = "1 person" if kind.people == 1 else "{people} people"
    if kind.format == "long":
        return f"individual-level genotypes: one row per person and variant, {people}, up to {variants} each"
    return f"individual-level genotypes: one row per person, {people}, {variants} each"
