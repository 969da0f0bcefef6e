"""What leaves: weights and tags. The doors of a push, and of CI, note it beside what commits bring."""

from __future__ import annotations

from pytest_genomic_guard.model import Fact


class Sent(Fact):
    """A push, or a CI run for one: what its commits bring is published from here on."""

    brought: frozenset[bytes] = frozenset()  # paths


class Released(Sent):
    """A push that sends a tag: all that the tagged tree holds is published under a version."""

    name: bytes = b""  # of the ref, as the artifact of its name has it
