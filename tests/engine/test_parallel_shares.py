"""A large text that several processes look at gives what one process finds in it."""

from __future__ import annotations

import base64
import gzip
import itertools
import json
import os
import random
import signal
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_genomic_guard import engine as engine_module
from pytest_genomic_guard import look, parallel, parts, shares
from pytest_genomic_guard._samples import notebook
from pytest_genomic_guard.engine import Engine
from pytest_genomic_guard.model import Artifact, Location, Unreadable, View
from pytest_genomic_guard.policy import Policy
from pytest_genomic_guard.registry import Plan, Registry
from pytest_genomic_guard.reporters import reporter
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.sources.memory import Memory
from pytest_genomic_guard.sources.worktree import WorkTree
from pytest_genomic_guard.testing import samples
from pytest_genomic_guard.views import plain, split, tables
from pytest_genomic_guard.views import text as text_module
from pytest_genomic_guard.views.genomic import texts
from pytest_genomic_guard.views.genomic.seen import Genomic
from pytest_genomic_guard.views.text import windows
from pytest_genomic_guard.views.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _scratch import Repo

    from pytest_genomic_guard.model import Covered, Gap, Snapshot, Stream
    from pytest_genomic_guard.views.text import Text

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="without fork there is one process")

WINDOW, OVERLAP = 4096, 1024


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make short texts long: many windows, and several shares of each."""
    monkeypatch.setattr(engine_module, "SPREAD", -1)
    monkeypatch.setattr(engine_module, "LARGE", 1)
    monkeypatch.setattr(shares, "_SHARE", 1)
    monkeypatch.setattr(parts, "_LEAST", 1)
    for module in (text_module, plain):
        monkeypatch.setattr(module, "WINDOW", WINDOW)
    monkeypatch.setattr(text_module, "OVERLAP", OVERLAP)


def told(snapshot: Snapshot, jobs: int) -> str:
    """Return the JSON report of a run."""
    registry = Registry()
    return reporter("json")(Engine(Plan(registry), jobs=jobs).run(snapshot, Policy()), registry)


def _people(rows: int, seed: int) -> bytes:
    """Return a table of people."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    lines = ["patient_id,name,birth_date,diagnosis"]
    for number in range(rows):
        name = f"{draw.choice('ABCDEFGHKLMN')}{draw.choice(['nna', 'arl', 'ina', 'olf'])} {draw.choice(['Beyer', 'Doe', 'Kramer'])}"
        born = f"19{draw.randint(30, 99)}-0{draw.randint(1, 9)}-1{draw.randint(0, 9)}"
        lines.append(f"P{10_000 + number},{name},{born},E11.{draw.randint(0, 9)}")
    return "\n".join(lines).encode() + b"\n"


def _secret(seed: int) -> bytes:
    draw = random.Random(seed)  # noqa: S311 - as above
    return (
        b'aws_secret_access_key = "%s"\n'
        % "".join(draw.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", k=40)).encode()
    )


def _key(seed: int) -> bytes:
    """Return what is shaped as a private key."""
    body = base64.encodebytes(random.Random(seed).randbytes(900 + 9 * seed))  # noqa: S311 - as above
    return b"-----BEGIN " + b"PRIVATE KEY-----\n" + body + b"-----END " + b"PRIVATE KEY-----\n"


PIECES: dict[str, Callable[[int], bytes]] = {
    "prose": lambda seed: samples.prose(40 + seed % 80),
    "blank": lambda seed: b"\n" * (seed % 50),
    "key": _key,
    "token": _secret,
    "calls": lambda seed: samples.vcf(samples=1 + seed % 3),
    "people": lambda seed: _people(5 + seed % 90, seed),
    "packed": lambda seed: base64.b64encode(gzip.compress(samples.vcf(samples=2) + bytes(str(seed), "ascii"))) + b"\n",
    "wrapped": lambda seed: base64.encodebytes(gzip.compress(_people(60, seed), mtime=0)),
    "quoted": lambda seed: json.dumps(samples.vcf(samples=1 + seed % 2).decode()).encode() + b"\n",
    "line": lambda seed: b"words " * (700 + seed % 900),
    "other": lambda seed: "Müller schreibt über Gänse\n".encode("latin-1" if seed % 2 else "utf-8") * (seed % 40),
    "binary": lambda seed: bytes(range(256)) * (seed % 9),
    "allowed": lambda seed: b"# genomic-guard: allow[SEC101] a test\n" + _secret(seed),
    "python": lambda _seed: b"import pickle\n\n\ndef load(path):\n    return pickle.load(open(path, 'rb'))\n",
    "return": lambda seed: b"one line\rother\r" * (seed % 30),
}
NAMES = st.sampled_from([b"x.txt", b"x.md", b"x.csv", b"x.py", b"x.html", b"x.ipynb", b"x.json", b"README.md", b"x.log", b"x.fam"])
TEXTS = st.lists(st.tuples(st.sampled_from(sorted(PIECES)), st.integers(0, 999)), min_size=1, max_size=14).map(
    lambda some: b"".join(PIECES[kind](seed) for kind, seed in some)
)
FORMS: dict[str, Callable[[bytes], bytes]] = {
    "plain": lambda data: data,
    "gzip": lambda data: gzip.compress(data, mtime=0),
    "utf-16": lambda data: data.decode("utf-8", "replace").encode("utf-16"),
    "returns": lambda data: data.replace(b"\n", b"\r"),
    "page": lambda data: b"<html><body><pre>" + data + b"</pre></body></html>",
    "pointer": lambda data: b"version https://git-lfs.github.com/spec/v1\nsize 12\n" + data,
    "notebook": lambda data: notebook(data.decode("utf-8", "replace").encode(), "source"),
    "damaged": lambda data: b'{"cells": [' + data,
}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(files=st.lists(st.tuples(NAMES, TEXTS, st.sampled_from(sorted(FORMS) + ["plain"] * 8)), min_size=1, max_size=3),
       jobs=st.sampled_from([2, 3, 5]))  # fmt: skip
def test_the_report_is_the_same(files: list[tuple[bytes, bytes, str]], jobs: int) -> None:
    """In whatever order something stands in a text, and wherever windows and shares meet: also the order in which it is found."""
    snapshot = Memory({b"%d/%b" % (number, name): FORMS[form](data) for number, (name, data, form) in enumerate(files)})
    assert told(snapshot, jobs) == told(snapshot, 1)
    one, several = ([*Engine(Plan(Registry()), jobs=each)._scan_all(snapshot.entries())] for each in (1, jobs))  # noqa: SLF001 - what is related
    assert several == one


def _of(opener: Callable[[], Stream], size: int = 1 << 20) -> Snapshot:
    """Return a snapshot with one artifact."""

    class One(Memory):
        """What the tests of children that die have, too."""

        def entries(self) -> list[Artifact]:
            """Return it."""
            return [Artifact(path=b"x.txt", kind="file", origin="memory", opener=opener, size=size)]

    return One({})


def _text(pieces: int = 12) -> bytes:
    """Return a text in which something is found everywhere, and over which a table goes on."""
    return b"".join(
        _secret(each) + samples.prose(150) + b"\n\n" + samples.vcf(samples=2) + _people(80, each) for each in range(pieces)
    )


def _shares(monkeypatch: pytest.MonkeyPatch) -> list[look.Share]:
    """Return a list to which all shares are added that fit together."""
    kept = list[look.Share]()

    def noting(given: list[look.Share]) -> object:
        kept.extend(given)
        return before(given)

    before = shares.together
    monkeypatch.setattr(parallel, "together", noting)
    return kept


@pytest.mark.parametrize("jobs", [2, 3])
def test_several_processes_look_at_one_text(monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    """Each has windows of its own, and one the tables of the whole; all cut the text at the same places."""
    out, to = os.pipe()
    given, data, before = _shares(monkeypatch), _text(), Engine.share

    def telling(self: Engine, artifact: Artifact, count: int, number: int, *, claimed: bool) -> look.Share:
        os.write(to, b"%d\n" % os.getpid())
        time.sleep(0.05)
        return before(self, artifact, count, number, claimed=claimed)

    monkeypatch.setattr(Engine, "share", telling)
    report = told(Memory({b"x.md": data}), jobs)
    os.close(to)
    with os.fdopen(out, "rb") as pipe:
        pids = set(map(int, pipe.read().split()))
    assert len(pids) == jobs
    assert os.getpid() not in pids
    assert [share.number for share in given] == [*range(2 * jobs), look.TABLES]
    assert all(share.found for share in given)
    assert {share.windows for share in given[:-1]} == {
        len(list(windows(BytesStream(data), _of(lambda: BytesStream(b"")).entries()[0], (), "file")))
    }
    assert report == told(Memory({b"x.md": data}), 1)


@pytest.mark.parametrize("at", [None, *range(7)])
def test_tables_are_asked_for_wherever_a_rule_matches(monkeypatch: pytest.MonkeyPatch, at: int | None) -> None:
    """What matched may be in anybody's windows, and then the whole text is asked; in nobody's, and it is not."""

    def within(self: Wanted, text: Text) -> Iterator[View | Gap | Covered]:
        self.matched = self.matched or b"E99" in text.data[text.begin : text.owned]
        return iter(())

    monkeypatch.setattr(Wanted, "within", within)
    lines = _people(700, 1).splitlines(keepends=True)
    if at is not None:
        lines[1 + 100 * at] = lines[1 + 100 * at].replace(b"E11", b"E99")
    snapshot = Memory({b"x.csv": b"".join(lines)})
    report = told(snapshot, 2)
    assert report == told(snapshot, 1)
    assert ('"PHI105"' in report) == (at is not None)


@pytest.mark.parametrize("claimed", [True, False])
def test_tables_of_a_text_that_a_reader_claims(monkeypatch: pytest.MonkeyPatch, *, claimed: bool) -> None:
    """Whether a reader of genomic formats knows the text is told to those who read its tables."""
    seen, before = list[bool](), tables.from_text
    out, to = os.pipe()

    def noting(*given: object) -> Iterator[View]:
        for table in before(*given):  # type: ignore[arg-type]  # as it is called
            yield Claims(artifact=table.artifact, table=table, to=to)

    class Claims(View):
        """A table that tells whether it is claimed, by a pipe."""

        table: View
        to: int
        complete: bool = True

        def replace(self, **values: object) -> Claims:
            """Tell it."""
            os.write(self.to, b"%d\n" % bool(values["claimed"]))
            return self

    known = Genomic(artifact=Memory({b"x": b""}).entries()[0], format="BIM", level="aggregate", at=Location(path=b"x"), final=False)
    monkeypatch.setattr(tables, "from_text", noting)
    monkeypatch.setattr(texts, "sniff", lambda _head: known if claimed else None)
    for jobs in (1, 2):
        told(Memory({b"x.csv": _people(700, 1)}), jobs)
    os.close(to)
    with os.fdopen(out, "rb") as pipe:
        seen = [line == b"1\n" for line in pipe]
    assert seen == [claimed] * 2


@pytest.mark.parametrize("number", [0, 1, look.TABLES])
def test_a_child_that_dies_at_a_share(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """The text is looked at as a whole, and what the others gave counts once."""
    snapshot, ticks, before = Memory({b"x.md": _text(), b"y.md": samples.prose()}), list[tuple[int, ...]](), Engine.share
    expected = told(snapshot, 1)

    def dying(self: Engine, artifact: Artifact, count: int, which: int, *, claimed: bool) -> look.Share:
        if which == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return before(self, artifact, count, which, claimed=claimed)

    monkeypatch.setattr(Engine, "share", dying)
    if not number:
        monkeypatch.setattr(split.Split, "end", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    registry = Registry()
    report = Engine(Plan(registry), jobs=2, tick=lambda *done: ticks.append(done)).run(snapshot, Policy())
    assert reporter("json")(report, registry) == expected
    total = len(snapshot.entries()), sum(entry.size or 0 for entry in snapshot.entries())
    assert ticks[-1] == (*total, *total)


@pytest.mark.parametrize("jobs", [2, 3, 5])
def test_progress_counts_a_text_once(jobs: int) -> None:
    """What is done grows with each share, and never beyond what there is."""
    snapshot, ticks = Memory({b"x.md": _text(), b"y.md": samples.prose()}), list[tuple[int, ...]]()
    Engine(Plan(Registry()), jobs=jobs, tick=lambda *done: ticks.append(done)).run(snapshot, Policy())
    total = len(snapshot.entries()), sum(entry.size or 0 for entry in snapshot.entries())
    assert ticks == sorted(ticks)
    assert ticks[-1] == (*total, *total)
    assert len({done for _files, done, *_of in ticks}) > jobs


class Ending(BytesStream):
    """A stream that cannot be read to its end."""

    def read(self, size: int, /) -> bytes:
        """Return what there is."""
        if part := super().read(size):
            return part
        raise Unreadable("truncated")


@pytest.mark.parametrize("kind", [BytesStream, Ending])
def test_a_text_that_cannot_be_read_to_its_end(kind: type[BytesStream]) -> None:
    """What stands before is judged, its tables are not asked for, and it is a gap."""
    snapshot = _of(lambda: kind(_damaged))
    report = told(snapshot, 3)
    assert report == told(snapshot, 1)
    assert ('"truncated"' in report) == (kind is Ending)


_damaged = _text(9)


@pytest.mark.parametrize("other", [b"", b"one line", _text(3), _text(9) + b"more\n" * 4000])
def test_a_text_that_is_written_to(other: bytes) -> None:
    """Where processes see different texts, the shares of none of them count."""
    parent, data = os.getpid(), _text(9)
    openings = itertools.count()
    snapshot = _of(lambda: BytesStream(data if os.getpid() == parent or not next(openings) else other))
    assert told(snapshot, 2) == told(_of(lambda: BytesStream(data)), 1)


def test_a_view_that_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    """One process leaves all that comes behind it unread: so do several."""
    before = Wanted.within

    def within(self: Wanted, text: Text) -> object:
        if b"worst" in text.data:
            raise ValueError("secret words")
        return before(self, text)

    monkeypatch.setattr(Wanted, "within", within)
    for at in range(8):
        data = b"".join(_text(1) + b"worst\n" * (each == at) for each in range(8))
        snapshot = Memory({b"x.md": data, b"y.md": data})
        report = told(snapshot, 3)
        assert report == told(snapshot, 1)
        assert '"view-failed"' in report


def test_a_copy_in_the_work_tree(repo: Repo) -> None:
    """A large file that differs from what git has, and one whose blob is what is judged, are told as by one process."""
    repo.write("x.md", _text(6))
    repo.write("y.md", _text(6))
    repo.git("add", "--all")
    repo.git("commit", "-qm", "Texts")
    repo.write("y.md", _text(7))
    reports = []
    for jobs in (1, 2, 3):
        tree = WorkTree(os.fsencode(repo.root))
        reports.append(told(tree, jobs))
        tree.close()
    assert reports[0] == reports[1] == reports[2]


@given(sizes=st.lists(st.integers(0, 1 << 28), max_size=40), jobs=st.integers(2, 64))
def test_who_is_shared(sizes: list[int], jobs: int) -> None:
    """What others would wait for, and nothing else; never in more shares than there are windows."""
    entries = [
        Artifact(path=b"%d" % each, kind="file", origin="memory", opener=lambda: BytesStream(b""), size=each) for each in sizes
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine_module, "LARGE", 8 << 20)
        patch.setattr(shares, "_SHARE", 8 << 20)
        counts = shares.counted(entries, jobs, range(len(entries)))
    assert all(2 <= count <= max(2, sizes[at] >> 23) for at, count in counts.items())
    assert all(size <= sum(sizes) / (4 * jobs) + 1 for at, size in enumerate(sizes) if size >= 8 << 20 and at not in counts)
    assert len(counts) <= 4 * jobs
