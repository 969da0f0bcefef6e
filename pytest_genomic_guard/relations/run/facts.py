"""What a run knows about itself, as facts; the RUN rules turn them into findings."""

from __future__ import annotations

from pytest_genomic_guard.model import Fact


class PartlyRead(Fact):
    """An artifact of which only schema or printable runs were read."""

    format: str


class WaiverUnused(Fact):
    """A waiver that removed nothing, at a line of the policy."""

    line: int


class WaiverExpired(Fact):
    """A waiver whose last day is past."""

    line: int


class WaiverVoid(Fact):
    """A waiver whose file has changed since it was written."""

    line: int
