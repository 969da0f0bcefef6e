"""Blobs of a history in columns: they say what a table of objects would, and take a fraction of its memory."""

from __future__ import annotations

import hashlib
import tracemalloc
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.model import Covered
from pytest_genomic_guard.outcomes import Outcomes, Some, short
from pytest_genomic_guard.parts import planned
from pytest_genomic_guard.scanned import Scanned
from pytest_genomic_guard.sources.blobs import Blobs
from pytest_genomic_guard.sources.brought import SUBMODULE, Brought, Packed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pytest_genomic_guard.model import Artifact

BLOB = st.integers(0, 9).map(lambda number: f"{number:040x}")
PATH = st.sampled_from([b"", b"a", b"a/b", b"b", b"b.py", b"\xff"])
MODE = st.sampled_from([0o100644, 0o100755, 0o120000, SUBMODULE])
LISTED = st.lists(st.tuples(BLOB, st.integers(0, 1 << 40), PATH), max_size=12)
CHANGES = st.lists(st.tuples(st.integers(0, 5), PATH.filter(bool), MODE, BLOB), max_size=20).map(sorted)
THERE = st.lists(st.tuples(PATH, MODE, BLOB, st.none() | st.integers(0, 1 << 40)), max_size=12)


@given(listed=LISTED, changes=CHANGES)
def test_brought_says_what_tables_of_objects_do(
    listed: list[tuple[str, int, bytes]], changes: list[tuple[int, bytes, int, str]]
) -> None:
    """Ids, places, names and commits are those of dictionaries that are filled as git tells them."""
    found = Brought()
    blobs: dict[str, tuple[int, bytes]] = {}
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    names: dict[bytes, str] = {}
    places: dict[str, dict[bytes, int]] = {}
    begin: dict[str, tuple[bytes, int]] = {}
    for blob, size, path in listed:
        found.add(blob, size, path)
        blobs.setdefault(blob, (size, path))
    for number, path, mode, blob in changes:
        commit = f"commit {number}"
        found.place(commit, path, mode, blob)
        first[blob], names[path] = commit, blob
        last.setdefault(blob, commit)
        if begin.setdefault(blob, (path, mode)) != (path, mode) or blob in places:
            places.setdefault(blob, dict([begin[blob]]))[path] = mode
    assert (len(found), found.placed, found.named) == (len(blobs), len(begin), len(names))
    for blob in (*(f"{number:040x}" for number in range(10)), "no id", ""):
        assert (blob in found) == (blob in blobs)
        assert found.spanned(blob) == ((first[blob], last[blob]) if blob in first else None)
        assert found.paths(blob) == (sorted(places.get(blob, ())) or [each[0] for each in (begin.get(blob),) if each])
    assert list(found.listed()) == [
        (blob, min(places[blob].items()) if blob in places else begin.get(blob) or (path, 0), size)
        for blob, (size, path) in blobs.items()
    ]
    names |= {path: blob for blob, (_size, path) in blobs.items() if path and blob not in begin}
    assert list(found.names()) == sorted(names.items())


@given(there=THERE, beside=THERE)
def test_packed_artifacts_are_those_of_a_list(
    there: list[tuple[bytes, int, str, int | None]], beside: list[tuple[bytes, int, str, int | None]]
) -> None:
    """They stand in the order of their paths, and at a path is found what stands in the end, else the first."""
    packed = Packed(Blobs(b"/"))
    for each in there:
        packed.add(*each)
    packed.stand()
    for each in beside:
        packed.add(*each)
    packed.sort()
    told = sorted([*there, *beside], key=lambda each: each[0])
    assert [_told(each) for each in packed] == told
    assert [_told(each) for each in Some(packed, range(len(told))[::-1])] == told[::-1]
    by_path = {each[0]: each for each in reversed(told)} | {each[0]: each for each in there}
    for path in (b"", b"a", b"a/b", b"b", b"b.py", b"\xff", b"nowhere"):
        at = packed.at(path)
        assert (None if at is None else _told(packed[at])) == by_path.get(path)
        for blob in (f"{number:040x}" for number in range(10)):
            assert packed.stands(path, blob) == any((each[0], each[2]) == (path, blob) for each in there)


def _told(entry: Artifact) -> tuple[bytes, int, str | None, int | None]:
    return entry.path, entry.mode, entry.blob, entry.size


@given(there=THERE, known=st.lists(st.booleans(), min_size=12, max_size=12), changed=st.booleans())
def test_outcomes_are_those_of_a_list(
    there: list[tuple[bytes, int, str, int | None]],
    known: list[bool],
    changed: bool,  # noqa: FBT001 - drawn
) -> None:
    """What gave nothing comes back equal, what gave something is itself, and known ones stand between others."""
    entries = _packed(there)
    kinds = [Covered(level="full", format=str(at % 3)) for at in range(len(entries))]
    gave: list[Scanned] = []
    for at, (entry, covered) in enumerate(zip(entries, kinds, strict=True)):
        size = (entry.size or 0) + (at % 4 == 3)  # of those that were decoded, some are larger
        gave.append(
            Scanned(path=entry.path, findings=(), facts=(), gaps=(), covered=covered, size=size, blob=entry.blob, plain=at % 2 == 0)
        )
    new = [at for at in range(len(entries)) if not known[at]]
    found = Outcomes(Some(entries, new))
    for number, at in enumerate(new):
        found.put(number, short(entries[at], gave[at]))
    found = found.each(lambda each: each.replace(working_copy=frozenset({1}))) if changed else found
    whole = found.among(entries, [gave[at] if known[at] else None for at in range(len(entries))])
    wanted = [
        each.replace(working_copy=frozenset({1})) if changed and at in new and type(short(entries[at], each)) is Scanned else each
        for at, each in enumerate(gave)
    ]
    assert list(whole) == wanted == [whole[at] for at in range(len(whole))]
    assert len(whole) == len(entries)


def test_paths_with_many_contents_are_asked_in_few_steps() -> None:
    """At one path stand two thousand contents, and a thousand trees of one name: a question does not look at each of them."""
    packed, steps = Packed(Blobs(b"/")), [0]
    ids = [f"{number:040x}" for number in range(3000)]
    for each in ids[:1000]:
        packed.add(b"twice", 0o100644, each, 1)
    packed.stand()
    for each in ids[1000:]:
        packed.add(b"twice", 0o100644, each, 1)
    packed.sort()
    paths = packed._paths  # noqa: SLF001 - each look at a path is a step

    class Counted(list[bytes]):
        def __getitem__(self, at: object) -> bytes:  # type: ignore[override]
            steps[0] += 1
            return super().__getitem__(at)  # type: ignore[call-overload,no-any-return]

    packed._paths = Counted(paths)  # noqa: SLF001
    assert [packed.stands(b"twice", each) for each in ids] == [True] * 1000 + [False] * 2000
    assert steps[0] < 100
    assert {packed.at(b"twice") for _each in ids} == {999}
    assert steps[0] < 100 * len(ids)


def test_a_size_that_no_column_holds() -> None:
    """The header of an object can claim any."""
    brought, packed = Brought(), Packed(Blobs(b"/"))
    brought.add("0" * 40, 10**30, b"a")
    packed.add(b"a", 0o100644, "0" * 40, 10**30)
    packed.sort()
    assert (packed[0].size or 0) >= 1 << 60
    assert next(brought.listed())[2] >= 1 << 60
    assert planned([packed[0]] * 3, 2).parts


def _packed(there: Sequence[tuple[bytes, int, str, int | None]]) -> Packed:
    packed = Packed(Blobs(b"/"))
    for each in there:
        packed.add(*each)
    packed.sort()
    return packed


def test_memory_of_a_history_is_that_of_its_columns() -> None:
    """A blob more takes some hundred bytes, where objects for it would take more than a thousand; what it gave takes a pointer."""
    ids = [hashlib.sha1(b"%d" % number, usedforsecurity=False).hexdigest() for number in range(40_000)]
    commits = [f"{number:040x}" for number in range(100)]

    def history(count: int) -> object:
        found, packed = Brought(), Packed(Blobs(b"/"))
        for number, blob in enumerate(ids[:count]):
            found.add(blob, 100_000 + number, b"folder/file %d" % (number // 4))
        for number, blob in enumerate(ids[:count]):
            found.place(commits[number * 100 // count], b"folder/file %d" % (number // 4), 0o100644, blob)
        for blob, (path, mode), size in found.listed():
            packed.add(path, mode, blob, size)
        packed.sort()
        outcomes = Outcomes(packed)
        for at, entry in enumerate(packed):
            outcomes.put(at, (Covered(level="full", format="text"), entry.blob is not None))
        return found, outcomes

    assert _each(history) < 320


def _each(make: Callable[[int], object]) -> float:
    """Return the bytes that one more takes, of twenty thousand."""
    held = []
    tracemalloc.start()
    try:
        for count in (20_000, 40_000):
            before = tracemalloc.get_traced_memory()[0]
            made = make(count)
            held.append(tracemalloc.get_traced_memory()[0] - before)
            del made
    finally:
        tracemalloc.stop()
    return (held[1] - held[0]) / 20_000
