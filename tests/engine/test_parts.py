"""Parts of the input: all of it once, the large first, versions of a file together."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard import parts
from pytest_genomic_guard.engine import FILE
from pytest_genomic_guard.model import Artifact
from pytest_genomic_guard.sources.files import BytesStream

WORKS = st.lists(st.integers(0, 1 << 22) | st.sampled_from([0, 1, 100, 1 << 26, 1 << 40]), min_size=1, max_size=60)
NAMES = st.sampled_from([b"x", b"a/x", b"b/x", b"b/y.py", b"c/d/y.py", b"z"])


def _entry(path: bytes, size: int) -> Artifact:
    return Artifact(path=path, kind="file", origin="memory", opener=BytesStream, size=size)  # type: ignore[arg-type]


def _whole(plan: parts.Order, left_out: set[int]) -> None:
    """Every artifact is in exactly one part."""
    assert sorted(plan.numbers) == [at for at in range(len(plan.entries)) if at not in left_out]
    assert [at for first, after in plan.parts for at in range(first, after)] == list(range(len(plan.numbers)))
    assert all(first < after for first, after in plan.parts)


@given(works=WORKS, times=st.sampled_from([1, 1, 1, 40]), jobs=st.integers(1, 256), without=st.sets(st.integers(0, 59)))
def test_parts_of_a_tree(works: list[int], times: int, jobs: int, without: set[int]) -> None:
    """Of a tree, large files begin, and there are not too many parts."""
    entries = [_entry(b"%d" % number, work) for number, work in enumerate(works * times)]
    left_out = {each for each in without if each < len(entries)}
    plan = parts.planned(entries, jobs, left_out)
    _whole(plan, left_out)
    sizes = [entries[at].size or 0 for at in plan.numbers]
    large = [size for size in sizes if size >= 1 << 20]
    assert sizes[: len(large)] == sorted(large, reverse=True)
    assert len(plan.parts) <= 4_096 + 250 * jobs


@given(given_=st.lists(st.tuples(NAMES, st.integers(0, 1 << 24)), min_size=1, max_size=60), times=st.sampled_from([2, 2, 2, 40]),
       jobs=st.integers(1, 64), without=st.sets(st.integers(0, 59)))  # fmt: skip
def test_parts_of_a_history(given_: list[tuple[bytes, int]], times: int, jobs: int, without: set[int]) -> None:
    """Of a history, files of one name follow each other, in their order, the name with the most work first."""
    entries = sorted((_entry(*each) for each in given_ * times), key=lambda entry: entry.path)
    left_out = {each for each in without if each < len(entries)}
    plan = parts.planned(entries, jobs, left_out)
    _whole(plan, left_out)
    runs = [(name, list(run)) for name, run in itertools.groupby(plan.numbers, lambda at: entries[at].path.rpartition(b"/")[2])]
    assert len({name for name, _run in runs}) == len(runs)
    assert all(run == sorted(run) for _name, run in runs)
    works = [sum((entries[at].size or 0) + FILE for at in run) for _name, run in runs]
    assert works == sorted(works, reverse=True)


@given(versions=st.integers(2, 300), size=st.integers(0, 1 << 20), jobs=st.integers(1, 8))
def test_versions_of_one_file_alone(versions: int, size: int, jobs: int) -> None:
    """One file of which there are many versions is no reason for which others wait: everybody gets a share of it."""
    plan = parts.planned([_entry(b"x", size) for _each in range(versions)], jobs)
    _whole(plan, set())
    assert len(plan.parts) >= min(versions, jobs, max(1, versions * (size + FILE) // (128 << 10)))
    assert len(plan.parts) <= 4_096


def test_many_names() -> None:
    """Versions of many small files make few parts."""
    entries = [_entry(b"%d/f%d" % (number % 7, number // 3), 100) for number in range(30_000)]
    assert len(parts.planned(entries, 2).parts) < 400
