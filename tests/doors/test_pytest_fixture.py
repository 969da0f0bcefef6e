"""The fixture `genomic_guard` on each kind of thing that a test can make."""

from __future__ import annotations

import io
import json
import logging
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pandas
import pytest
from _pytest_door import Repo

from pytest_genomic_guard.testing import DIRECTIVES, samples

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_genomic_guard.pytest_plugin import GenomicGuard

pytest_plugins = ["pytester"]


@pytest.fixture
def repo(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """Return a clean repository with one passing test."""
    return Repo(pytester, monkeypatch)


class Table:
    """Something with `to_csv` that is no pandas."""

    def __init__(self, made: object) -> None:
        """Take what `to_csv` gives."""
        self._made = made

    def to_csv(self, *, sep: str, index: bool = True) -> object:  # noqa: ARG002 - the signature that is asked for
        """Return it."""
        return self._made


def frame(vcf: bytes) -> pandas.DataFrame:
    """Return the calls of a VCF as a table."""
    body = vcf[vcf.index(b"#CHROM") :]
    return pandas.read_csv(io.BytesIO(body), sep="\t")


def things(vcf: bytes, tmp_path: Path) -> dict[str, Any]:
    """Return one content as everything that can be judged."""
    plain, packed, link = tmp_path / "out" / "plain.vcf", tmp_path / "packed.vcf.gz", tmp_path / "link"
    plain.parent.mkdir()
    plain.write_bytes(vcf)
    packed.write_bytes(DIRECTIVES["bgzf"](vcf))
    link.symlink_to(plain)
    text = vcf.decode()
    return {
        "file": plain,
        "packed file": packed,
        "link": link,
        "folder": plain.parent,
        "text": text,
        "bytes": vcf,
        "packed bytes": bytearray(DIRECTIVES["gzip"](vcf)),
        "table": frame(vcf),
        "named table": frame(vcf).set_index("#CHROM"),
        "other table": Table(text),
    }


KINDS = ("file", "packed file", "link", "folder", "text", "bytes", "packed bytes", "table", "named table", "other table")


def test_printed(genomic_guard: GenomicGuard, capsys: pytest.CaptureFixture[str]) -> None:
    """What a test printed is judged from the fixture and from what it gave; when it is judged, it is read."""
    for _way in range(2):
        sys.stdout.write(samples.vcf(samples=3).decode())
        with pytest.raises(AssertionError, match="this is not clean:\nGEN101"):
            genomic_guard.assert_clean(capsys if _way else capsys.readouterr())
        genomic_guard.assert_clean(capsys)


@pytest.mark.parametrize("library", ["polars", "pyarrow", "payload", "response"])
def test_further(genomic_guard: GenomicGuard, library: str) -> None:
    """Tables of other libraries, payloads of requests and responses are judged as a table of pandas is."""
    rows = frame(samples.vcf(samples=3, variants=40))
    payload: Any = {"rows": json.loads(rows.to_json(orient="records")), "at": io.BytesIO()}
    if library == "polars":
        payload = pytest.importorskip("polars").from_pandas(rows)
    elif library == "pyarrow":
        payload = pytest.importorskip("pyarrow").Table.from_pandas(rows)
    elif library == "response":
        payload = SimpleNamespace(text=json.dumps(payload, default=str), content=b"")
    with pytest.raises(AssertionError, match="this is not clean:\nGEN"):
        genomic_guard.assert_clean(payload)


@pytest.mark.parametrize("kind", KINDS)
def test_fixture(genomic_guard: GenomicGuard, tmp_path: Path, kind: str) -> None:
    """The fixture fails on people in every kind of thing, without naming them, and is content with sites alone."""
    people = [samples.name() for _each in range(3)]
    with pytest.raises(AssertionError, match="this is not clean:\nGEN101") as caught:
        genomic_guard.assert_clean(things(samples.vcf(names=",".join(people)), tmp_path)[kind])
    assert not [name for name in people if name in str(caught.value)]
    clean = tmp_path / "clean"
    clean.mkdir()
    genomic_guard.assert_clean(things(samples.vcf(samples=0), clean)[kind])


def test_fixture_on_a_log(genomic_guard: GenomicGuard, caplog: pytest.LogCaptureFixture) -> None:
    """A log is judged by its text: a file that was logged, and also a few of its rows among other lines."""
    logging.getLogger(__name__).warning("two people were read")
    genomic_guard.assert_clean(caplog)
    rows = samples.vcf(variants=3, header="none")
    for content, code in ((samples.vcf(), "GEN101"), (samples.prose(400) + rows, "GEN102")):
        logging.getLogger(__name__).warning("%s", "\n" + content.decode())
        with pytest.raises(AssertionError, match=code):
            genomic_guard.assert_clean(caplog)
        caplog.clear()


def test_fixture_on_what_is_not_there(genomic_guard: GenomicGuard, tmp_path: Path) -> None:
    """A path to nothing, content that cannot be read, and the name of a file as text are no clean things."""
    with pytest.raises(AssertionError, match="nothing at this path"):
        genomic_guard.assert_clean(tmp_path / "missing")
    with pytest.raises(AssertionError, match="bytes gzip: ends in the middle"):
        genomic_guard.assert_clean(DIRECTIVES["truncated"](DIRECTIVES["gzip"](samples.vcf())))
    with pytest.raises(TypeError, match="names a file"):
        genomic_guard.assert_clean(str(tmp_path))
    for thing in (3, None, {"text"}, Table(None)):
        with pytest.raises(TypeError):
            genomic_guard.assert_clean(thing)


def test_fixture_in_a_failing_test(repo: Repo) -> None:
    """A user's failing test shows the finding, no frame of ours, and no name; nothing else of us has to be switched on."""
    path = repo.leak()
    repo.write(
        "test_mine.py",
        f"from pathlib import Path\n\ndef test_mine(genomic_guard):\n    genomic_guard.assert_clean(Path({str(path)!r}))\n",
    )
    result = repo.run()
    assert result.ret == 1
    result.stdout.fnmatch_lines(["E *AssertionError: this is not clean:", "E *GEN101 *", "test_mine.py:4: AssertionError"])
    assert "pytest_plugin.py" not in result.stdout.str()
