"""What earlier runs found is never another answer: not after changes, damage, a kill, in another work tree, or for a change."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from _scratch import Repo, environment, scan
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.model import Artifact, Covered
from pytest_genomic_guard.sources.files import BytesStream
from pytest_genomic_guard.testing import DIRECTIVES, cases, fill, samples
from pytest_genomic_guard.views.genomic.cells import BarcodesFact

if TYPE_CHECKING:
    from _scratch import Ran

    from pytest_genomic_guard.results import Held

_CASES = Path(__file__).parent.parent / "checks"
_PLAIN = 100  # files that hold nothing: from a hundred files on, results are kept


def contents(count: int) -> dict[str, bytes]:
    """Return files of the cases of checks, with what these find and what they do not, by paths of their own."""
    found: dict[str, bytes] = {}
    texts = [path.read_text("utf-8") for path in sorted(_CASES.glob("*.md"))]
    every = [case for text in random.sample(texts, min(count, len(texts))) for case in cases(text)]
    for number, case in enumerate(random.sample(every, min(count, len(every)))):
        made: dict[bytes, bytes] = {}
        for path, directives, template in case.files:
            if path.startswith((".git", ".genomic-guard", ".venv", "pyproject.toml")) or not set(directives) <= set(DIRECTIVES):
                break
            data = fill(template, made)
            for word in directives:
                data = DIRECTIVES[word](data)
            made[path.encode()] = data
        else:
            found |= {f"case{number}/{path.decode()}": data for path, data in made.items()}
    return found


class Kept:
    """A repository, and a cache folder of its own."""

    def __init__(self, root: Path) -> None:
        """Make both; plain files, some with facts and nothing else."""
        self.repo = Repo(root / "repo")
        self.cache = root / "cache"
        self.cache.mkdir()
        for number in range(_PLAIN):
            self.repo.write(f"plain/f{number}.md", b"Words and words of part %d.\n" % number)
        self.repo.write("LICENSE", b"MIT License\n\nPermission is hereby granted, free of charge, to any person\n")
        self.repo.write("requirements.txt", b"")
        self.commit()

    def commit(self) -> None:
        """Commit what there is, after a tick of the clock, so that git's stat data is beyond doubt."""
        time.sleep(0.02)
        self.repo.git("add", "-A", "-f")
        self.repo.commit()

    def scan(self, *arguments: str | Path, cwd: Path | None = None, ci: str = "") -> Ran:
        """Scan with the cache."""
        return scan(*arguments, cwd=cwd or self.repo.root, env={"XDG_CACHE_HOME": str(self.cache), "CI": ci})

    def fresh(self, *arguments: str | Path, cwd: Path | None = None) -> str:
        """Return the report of a scan without any cache."""
        told: str = self.scan("--no-cache", *arguments, cwd=cwd).out
        return told

    @property
    def files(self) -> list[Path]:
        """Return the files of results."""
        return sorted(self.cache.glob("genomic-guard/results-*"))

    def same(self, *arguments: str | Path, cwd: Path | None = None) -> None:
        """Hold a scan with what is kept against one without."""
        assert self.scan(*arguments, cwd=cwd).out == self.fresh(*arguments, cwd=cwd)

    def poison(self) -> None:
        """Say of every content that is known that there was something to see: so an answer from the cache shows itself."""
        from pytest_genomic_guard import results  # noqa: PLC0415

        for file in self.files:
            held = _loaded(file)
            told = Covered(level="opaque", format="poisoned"), ()
            known = dict.fromkeys(map(held.key, range(len(held))), 0)
            file.write_bytes(results._written(held.salt, [told], known))  # noqa: SLF001


def _loaded(file: Path) -> Held:
    from pytest_genomic_guard import results  # noqa: PLC0415

    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(file.parent.parent)
    try:
        found = results._loaded(file.name)  # noqa: SLF001
    finally:
        os.environ.pop("XDG_CACHE_HOME")
        if before is not None:
            os.environ["XDG_CACHE_HOME"] = before
    assert found
    return found


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    """Return a repository with a cache that knows it."""
    made = Kept(tmp_path)
    assert made.scan().code == 0
    return made


def opaque(ran: Ran) -> int:
    """Return how many files a report calls opaque: in these repositories, answers from a poisoned cache."""
    count: int = ran.json["scanned"]["coverage"]["opaque"]
    return count


def test_known_contents_are_not_read_again(kept: Kept) -> None:
    """The second scan answers from what the first one kept, and says the same; with --no-cache nothing is asked or written."""
    kept.same()
    kept.poison()
    assert opaque(kept.scan()) >= _PLAIN
    assert opaque(kept.scan("--no-cache")) == 0
    shutil.rmtree(kept.cache / "genomic-guard")
    kept.fresh()
    assert kept.files == []


def test_a_name_that_matches_a_rule_and_is_none_of_its_findings_is_known(kept: Kept) -> None:
    """Files whose names had to be looked at are kept too, where nothing was in these."""
    for number in range(_PLAIN):
        kept.repo.write(f"collect/safe_model_{number}.txt", b"Other words of part %d.\n" % number)
    kept.commit()
    kept.same()
    kept.poison()
    assert opaque(kept.scan()) >= 2 * _PLAIN


def test_facts_that_are_counts_and_flags_are_kept_and_related(kept: Kept) -> None:
    """What a manifest says of a version is known in the second run, where a call in a program is judged by it."""
    kept.repo.write("service/requirements.txt", b"torch==1.13.0\n")
    kept.repo.write("service/load.py", b"import torch\n\nmodel = torch.load(path)\n")
    kept.commit()
    assert kept.scan().code == 1
    outcomes = _loaded(kept.files[0]).outcomes
    assert {"TorchNamed", "LicenceFile"} <= {type(fact).__name__ for _covered, facts in outcomes for fact in facts}
    kept.same()
    assert kept.scan().code == 1


def test_what_is_kept_of_facts_is_bounded(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """A content of many facts is not kept, nor are more different outcomes than a bound: files of results are shared."""
    from pytest_genomic_guard import results  # noqa: PLC0415

    monkeypatch.setenv("XDG_CACHE_HOME", str(kept.cache))
    monkeypatch.setattr(results, "_OUTCOMES", 3)
    found = results.Results("results-bounded.bin")
    entry, covered = (
        Artifact(path=b"a", kind="file", origin="index", opener=lambda: BytesStream(b""), blob="0" * 40, size=1),
        _covered(0),
    )
    found.keep(entry, covered, tuple(BarcodesFact(cells=number) for number in range(17)))
    assert found.find(entry) is None
    for number in range(5):
        found.keep(entry.replace(path=b"%d" % number), covered, (BarcodesFact(cells=number),))
    found.store()
    again = results.Results("results-bounded.bin")
    told = [again.find(entry.replace(path=b"%d" % number)) for number in range(5)]
    assert told == [(covered, (BarcodesFact(cells=number),)) for number in range(3)] + [None, None]


def _covered(number: int) -> Covered:
    return Covered(level="full", format=str(number))


def changes(repo: Repo, draw: random.Random, new: dict[str, bytes]) -> None:
    """Change one random file in one of the ways in which files change."""
    path = repo.root / draw.choice(repo.git("ls-files", "-z").decode().rstrip("\0").split("\0"))
    name = draw.choice(sorted(new))
    how = draw.choice(["grow", "swap", "delete", "rename", "touch", "secretly", "add", "link", "stage", "commit"])
    if how == "add":
        repo.write(f"added/{draw.randrange(99)}-{Path(name).name}", new[name])
    elif not path.is_file() or path.is_symlink():
        return
    elif how == "grow":
        path.write_bytes(path.read_bytes() + b"\n" + new[name])
    elif how in {"swap", "stage", "commit"}:
        path.write_bytes(new[name])
        if how != "swap":
            repo.git("add", "-A", "-f")
        if how == "commit":
            repo.commit()
    elif how == "secretly":  # another content of the same size, with the old times
        before = path.stat()
        path.write_bytes(draw.randbytes(before.st_size))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    elif how == "delete":
        path.unlink()
    elif how == "rename":
        (path.parent / Path(name).name).write_bytes(path.read_bytes())
        path.unlink()
    elif how == "link":
        path.unlink()
        path.symlink_to("/nowhere")
    else:
        path.touch()


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Return a repository with all kinds of files, whose cache and content go on from example to example."""
    made = Kept(tmp_path_factory.mktemp("grown"))
    for path, data in contents(60).items():
        made.repo.write(path, data)
    made.commit()
    made.same()
    return made


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_after_any_change_the_report_is_that_of_a_scan_without_a_cache(grown: Kept, draw: random.Random) -> None:
    """Whatever becomes of a file: what is kept changes no byte of the report."""
    changes(grown.repo, draw, contents(20))
    grown.same(*draw.choice([(), (), ("--jobs", "2"), ("--history",), ("--select", "PHI,GEN"), ("plain",)]))
    grown.same()


@pytest.mark.parametrize("source", ["range", "staged"])
def test_what_a_change_brings_is_scanned(kept: Kept, source: str) -> None:
    """A blob that a range or a commit brings is never answered from the cache, in CI or elsewhere, whatever that says."""
    first = kept.repo.git("rev-parse", "HEAD").decode().strip()
    leak = samples.vcf(samples=3)
    for number in range(_PLAIN):
        kept.repo.write(f"new/f{number}.md", b"New words of %d.\n" % number)
    kept.repo.add("new/calls.vcf", leak)
    kept.repo.git("add", "-A")
    if source == "range":
        kept.repo.commit()
    kept.scan()  # which knows them all now
    kept.poison()
    arguments = ["--range", f"{first}..HEAD"] if source == "range" else ["--staged"]
    for ci in ("", "true"):
        ran = kept.scan(*arguments, ci=ci)
        assert opaque(ran) == 0
        assert [(code, path) for code, _outcome, path in ran.codes()] == [("GEN101", "new/calls.vcf")]


def test_a_kill_at_any_time_leaves_a_cache_that_can_be_used(tmp_path: Path) -> None:
    """Killed without warning, again and again: the next scan says what one without a cache says, and nothing stays behind."""
    made = Kept(tmp_path)
    expected = made.fresh()
    command = [sys.executable, "-I", "-m", "pytest_genomic_guard", "scan", "--format", "json"]
    env = environment(XDG_CACHE_HOME=str(made.cache))
    begun = time.monotonic()
    assert made.scan().out == expected
    lasts = time.monotonic() - begun
    for number in range(8):
        made.repo.write("plain/f0.md", b"Other words %d.\n" % number)  # so that there is something to keep
        made.commit()
        with subprocess.Popen(command, cwd=made.repo.root, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
            time.sleep(random.uniform(0.3, 1.0) * lasts)  # noqa: S311 - from the imports to the end
            process.send_signal(signal.SIGKILL)
            process.wait()
        made.same()
    strays = [path.name for path in made.cache.rglob("*") if path.name.endswith(".new")]
    assert len(strays) <= 8


@pytest.mark.parametrize("harm", ["cut", "flip", "empty", "words", "link", "folder"])
def test_a_damaged_or_foreign_file_is_as_none(kept: Kept, harm: str) -> None:
    """What is not as it was written is not used, and is written anew."""
    file = kept.files[0]
    data = file.read_bytes()
    kept.poison()
    poisoned = file.read_bytes()
    file.unlink()
    if harm == "cut":
        file.write_bytes(poisoned[: random.randrange(len(poisoned))])  # noqa: S311
    elif harm == "flip":
        at = random.randrange(len(poisoned))  # noqa: S311
        file.write_bytes(poisoned[:at] + bytes([poisoned[at] ^ 1 << random.randrange(8)]) + poisoned[at + 1 :])  # noqa: S311
    elif harm == "empty":
        file.write_bytes(b"")
    elif harm == "words":
        file.write_bytes(b"words " * 1000)
    elif harm == "link":
        elsewhere = kept.cache / "elsewhere"
        elsewhere.write_bytes(poisoned)
        file.symlink_to(elsewhere)
    else:
        file.mkdir()
    ran = kept.scan()
    assert opaque(ran) == 0
    assert ran.out == kept.fresh()
    if harm not in {"link", "folder"}:
        assert len(file.read_bytes()) == len(data)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="Windows keeps profiles apart by other means")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_others_can_write_is_not_believed(kept: Kept, what: str) -> None:
    """A cache is its owner's alone: made so, and not used where it is not so."""
    file = kept.files[0]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    kept.poison()
    (file if what == "file" else file.parent).chmod(0o777)
    assert opaque(kept.scan()) == 0


def test_a_file_as_old_as_the_index_is_read(kept: Kept) -> None:
    """Where git's stat data leave a doubt the file is read, and what is known of its content answers all the same."""
    kept.poison()
    index = (kept.repo.root / ".git/index").stat()
    os.utime(kept.repo.root / ".git/index", ns=(index.st_atime_ns, index.st_mtime_ns - 10**12))  # older than all files
    assert opaque(kept.scan()) >= _PLAIN
    (kept.repo.root / "plain/f3.md").write_bytes(samples.pgp_key())
    assert kept.scan().code == 1


def test_a_pointer_is_never_known(tmp_path: Path) -> None:
    """What stands behind a pointer of git-lfs may be here today and not tomorrow: both are looked at in every run."""
    made = Kept(tmp_path)
    data = b"Words that are large.\n"
    oid = hashlib.sha256(data).hexdigest()
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {len(data)}\n"
    made.repo.write("large.md", pointer.encode())
    made.commit()
    store = made.repo.root / ".git/lfs/objects" / oid[:2] / oid[2:4]
    store.mkdir(parents=True)
    (store / oid).write_bytes(data)
    made.same()
    made.same()
    made.same("--history")
    (store / oid).unlink()
    made.same()
    made.same("--history")


def test_in_ci_nothing_is_known(kept: Kept) -> None:
    """A job of CI may have restored what somebody else made: it scans all."""
    kept.poison()
    assert opaque(kept.scan(ci="true")) == 0
    assert opaque(kept.scan("--history", ci="1")) == 0
    assert opaque(kept.scan(ci="false")) >= _PLAIN


def test_other_rules_know_nothing(kept: Kept) -> None:
    """What was kept by some rules and options answers no question of others."""
    kept.poison()
    assert opaque(kept.scan("--select", "GEN,SEC")) == 0
    kept.repo.write(".genomic-guard.yaml", b"version: 1\nchecks: {GEN101: {max-samples: 5}}\n")
    assert opaque(kept.scan()) == 0


def test_work_trees_and_clones_share_what_is_known(kept: Kept, tmp_path: Path) -> None:
    """A second work tree, and a clone, are answered by contents that the first has seen, once each is read."""
    kept.repo.git("worktree", "add", "-q", str(tmp_path / "second"))
    kept.repo.git("clone", "-q", str(kept.repo.root), str(tmp_path / "clone"))
    kept.same(cwd=tmp_path / "second")
    kept.poison()
    assert opaque(kept.scan(cwd=tmp_path / "clone")) >= _PLAIN
    assert opaque(kept.scan("--history")) >= _PLAIN


def test_a_file_that_a_filter_changed_is_no_blob(kept: Kept) -> None:
    """Where line ends are not those of the blob, both are read, whatever is known of the blob."""
    kept.repo.write(".gitattributes", b"*.md text eol=crlf\n")
    kept.repo.git("add", "-A")
    kept.repo.commit()
    kept.repo.git("rm", "-q", "-r", "--cached", "plain")
    kept.repo.git("reset", "-q", "--hard")
    shutil.rmtree(kept.repo.root / "plain")
    kept.repo.git("checkout", "-q", "--", "plain")
    assert b"\r\n" in (kept.repo.root / "plain/f1.md").read_bytes()
    kept.same()
    kept.poison()
    assert opaque(kept.scan()) < _PLAIN


def test_nothing_of_a_value_is_kept(tmp_path: Path) -> None:
    """Of contents and names in which something was found, nothing is in the cache: neither a word, nor that they were there."""
    made = Kept(tmp_path)
    name = samples.name()
    leaks = {"calls.vcf": samples.vcf(names=name), f"out/{name}.md": b"Words.\n"}
    leaks["mail.asc"] = samples.pgp_key()
    for path, data in leaks.items():
        made.repo.write(path, data)
    made.commit()
    assert made.scan().code == 1
    held = _loaded(made.files[0])
    text = made.files[0].read_bytes()
    assert name.encode() not in text
    assert {told.format for told, _facts in held.outcomes} <= {"text", ""}
    for path in leaks:
        made.repo.git("rm", "-q", "--cached", path)
        (made.repo.root / path).unlink()
    made.commit()
    shutil.rmtree(made.cache / "genomic-guard")
    made.scan()
    assert len(_loaded(made.files[0])) == len(held), "as many as of the same files without the leaks"


def test_a_small_run_keeps_nothing(folder: Path, tmp_path: Path) -> None:
    """A scan of a few files asks nothing and writes nothing: that would cost more than it saves."""
    repo = Repo(folder)
    repo.commit("a.md", b"words\n")
    scan(cwd=repo.root, env={"XDG_CACHE_HOME": str(tmp_path / "cache")})
    assert not list((tmp_path / "cache").rglob("results-*"))
