"""However many processes scan a tree, the report is that of one, byte for byte."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_genomic_guard import parts
from pytest_genomic_guard._samples import gzipped, notebook, zipped
from pytest_genomic_guard.engine import Engine
from pytest_genomic_guard.policy import Policy
from pytest_genomic_guard.registry import Plan, Registry
from pytest_genomic_guard.reporters import reporter
from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="without fork there is one process")


def _large(luck: random.Random) -> bytes:
    lines = [b"A line of words.\n"] * luck.randrange(1, 150_000)
    for _each in range(luck.randrange(3)):
        lines[luck.randrange(len(lines))] = samples.hexadecimal(64) + samples.later() + b"\n"
    return b"".join(lines) + (samples.vcf() if luck.random() < 0.5 else b"")


def _deep(luck: random.Random) -> bytes:
    return b"[" * luck.randrange(1, 20_000) + b"]" * luck.randrange(20_000)


def _nested(luck: random.Random) -> bytes:
    data = samples.vcf()
    for _each in range(luck.randrange(1, 8)):
        data = gzipped(data) if luck.random() < 0.5 else zipped(data)
    return data[: luck.randrange(len(data))] if luck.random() < 0.5 else data


MAKERS: tuple[tuple[bytes, Callable[[random.Random], bytes]], ...] = (
    *[(b".md", lambda _luck: samples.prose())] * 4,
    *[(b".txt", lambda luck: b"words\n" * luck.randrange(40))] * 4,
    (b".py", lambda _luck: b"import os\n" + samples.comment() + b"\npassword = '" + samples.hexadecimal(40) + b"'\n"),
    (b".vcf", lambda luck: samples.vcf(samples=luck.randrange(1, 4))),
    (b".fam", lambda luck: samples.fam(people=luck.randrange(1, 9))),
    (b".tsv", lambda luck: samples.frame(samples=luck.randrange(1, 4))),
    (b".ipynb", lambda _luck: notebook(samples.frame())),
    (b".ipynb", lambda _luck: notebook(samples.vcf())[:-40]),
    (b".gz", _nested),
    (b".json", _deep),
    (b".bin", lambda luck: samples.binary(luck.randrange(1, 5_000))),
    (b".log", _large),
    (b"", lambda luck: luck.randbytes(luck.randrange(2_000))),
)


class Cut(NamedTuple):
    """How the work is cut: the least part, and how many artifacts of a kind there are before one of them goes first."""

    least: int
    many: int


@settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
@given(
    seed=st.integers(0, 1 << 32),
    count=st.integers(1, 120),
    jobs=st.integers(2, 5),
    cut=st.builds(Cut, least=st.sampled_from([1, 20_000, 64 << 10]), many=st.sampled_from([1, 8])),
)
def test_jobs_change_nothing(seed: int, count: int, jobs: int, cut: Cut) -> None:
    """Many small files, some large, some hostile."""
    luck = random.Random(seed)  # noqa: S311 - no secret
    files = {}
    for number in range(count):
        end, make = luck.choice(MAKERS)
        name = samples.name().encode() if luck.random() < 0.1 else b"file"  # perhaps the id of a person, that all paths must mask
        files[b"d%d/%b%d%b" % (luck.randrange(6), name, number, end)] = make(luck)
    registry = Registry()

    def told(jobs: int) -> str:
        return reporter("json")(Engine(Plan(registry), jobs=jobs).run(Memory(files), Policy()), registry)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "_LEAST", cut.least)
        patch.setattr(parts, "_MANY", cut.many)
        assert told(jobs) == told(1)
