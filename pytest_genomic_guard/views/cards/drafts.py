"""The mark beside each place of a draft that only a person can fill."""

from __future__ import annotations

from pytest_genomic_guard.model import Fact, Location, Rule

MARK = "<!-- genomic-guard: fill in -->"
RULE = Rule(
    name="card-draft-mark",
    anchors=(b"<!-- genomic-guard: fill in",),
    pattern=rb"<!-- genomic-guard: fill in[^\n>]{0,80}-->",
    face="lower",
)


class Drafted(Fact):
    """Such a mark."""

    at: Location
