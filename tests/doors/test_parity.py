"""One snapshot, one verdict, whatever the door; and the differences that are lawful, each by its name (DESIGN, first paragraph)."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING, Any

import pytest
from _precommit import Scratch, told

from pytest_genomic_guard.testing import DIRECTIVES, samples

if TYPE_CHECKING:
    from pathlib import Path

    Found = tuple[str, str, tuple[str, ...], int | None, str]

# The hook's own module, its text reporter exchanged for the one of the command line's JSON: nothing else is different.
_HOOK_IN_JSON = """
import sys
from pytest_genomic_guard.cli import staged
from pytest_genomic_guard.hooks import everything
from pytest_genomic_guard.reporters import reporter
staged.reporter = lambda _name: reporter("json")
sys.exit(everything.main(sys.argv[1:]))
"""
_STRIP = """
import json, sys
book = json.load(sys.stdin)
for cell in book["cells"]:
    cell.update({"outputs": []} if "outputs" in cell else {})
json.dump(book, sys.stdout)
"""
_POINT = """
import hashlib, sys
data = sys.stdin.buffer.read()
print("version https://git-lfs.github.com/spec/v1")
print("oid sha256:" + hashlib.sha256(data).hexdigest())
print("size", len(data))
"""


@pytest.fixture
def repository(tmp_path: Path) -> Scratch:
    """Return a repository in which leaks and decoys are staged and nothing is committed, so that every door judges all of it."""
    found = Scratch(tmp_path / "repository")
    leaks = {
        "data/people.vcf": samples.vcf(samples=3),
        "data/again.vcf.gz": DIRECTIVES["gzip"](samples.vcf()),
        "wide.txt": DIRECTIVES["utf-16"](samples.vcf()),
        "notes/day 1.ipynb": DIRECTIVES["notebook-html"](samples.frame(style="html")),
        "notes/größe.ipynb": DIRECTIVES["notebook-stream"](samples.vcf()),
        "cohort.bed": samples.bed(5, 4),
        "cohort.bim": samples.bim(4),
        "cohort.fam": samples.fam(5),
    }
    decoys = {
        "data/sites.vcf": samples.vcf(samples=0),
        "regions.bed": samples.ucsc_bed(),
        "readme.txt": b"Calls are kept elsewhere.\n",
        "blob.dat": samples.binary(),
        ".hidden/empty": b"",
    }
    for path, data in (leaks | decoys).items():
        found.stage(path, data)
    (found.root / "link.vcf").symlink_to("data/sites.vcf")
    found.git("add", "link.vcf")
    return found


def _report(repository: Scratch, *command: str) -> dict[str, Any]:
    done = repository.run(sys.executable, "-I", *command)
    report: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == {"pass": 0, "fail": 1, "incomplete": 3}[report["verdict"]], told(done)
    return report


def _scan(repository: Scratch, *arguments: str) -> dict[str, Any]:
    return _report(repository, "-m", "pytest_genomic_guard", "scan", "--format", "json", *arguments)


def _hook(repository: Scratch, *names: str) -> dict[str, Any]:
    return _report(repository, "-c", _HOOK_IN_JSON, "--", *names)


def _tracked(repository: Scratch) -> list[str]:
    return repository.git("ls-files", "-z").split("\0")[:-1]


def _findings(report: dict[str, Any]) -> set[Found]:
    found = [(each["code"], each["path"], tuple(each["trail"]), each["line"], each["fingerprint"]) for each in report["findings"]]
    assert len(set(found)) == len(found)
    return set(found)


def _outcomes(report: dict[str, Any], path: str) -> list[tuple[str, str]]:
    return [(each["code"], each["outcome"]) for each in report["findings"] if each["path"] == path]


def _under_pytest(repository: Scratch) -> tuple[int, str]:
    done = repository.run(sys.executable, "-m", "pytest", "--genomic-guard", "-p", "no:cacheprovider")
    return done.returncode, told(done)


def test_doors_agree_on_a_clean_tree(repository: Scratch, tmp_path: Path) -> None:
    """Work tree, index, hook with all names and without any, and a plain copy of the tree give the same findings."""
    everywhere = _scan(repository)
    expected = _findings(everywhere)
    assert {code for code, *_rest in expected} >= {"GEN101", "GEN103", "RUN102"}
    assert len({path for _code, path, *_rest in expected}) >= 7
    shutil.copytree(repository.root, tmp_path / "plain" / "copy", symlinks=True, ignore=shutil.ignore_patterns(".git"))
    for other in (
        _scan(repository, "--staged"),
        _hook(repository, *_tracked(repository)),
        _hook(repository),
        _scan(repository, str(tmp_path / "plain" / "copy")),
    ):
        assert _findings(other) == expected
        assert other["scanned"]["files"] == everywhere["scanned"]["files"]
        assert other["scanned"]["coverage"] == everywhere["scanned"]["coverage"]
        assert other["gaps"] == everywhere["gaps"]


def test_doors_agree_once_it_is_committed(repository: Scratch) -> None:
    """A commit changes nothing for the doors that look at the whole tree."""
    before = _findings(_scan(repository))
    repository.keep()
    assert _findings(_scan(repository)) == before
    assert _findings(_hook(repository, *_tracked(repository))) == before
    assert _findings(_hook(repository)) == set()  # nothing is staged any more


def test_text_of_the_hook_is_the_text_of_the_scan(repository: Scratch) -> None:
    """What a person reads is the same but for the line that says where the bytes came from."""
    scan = repository.guard("scan")
    hook = repository.hook(*_tracked(repository))
    assert scan.returncode == hook.returncode == 1
    assert hook.stdout.replace(" files of the index:", " files of the work tree:") == scan.stdout


def test_pytest_tells_the_same(repository: Scratch) -> None:
    """Under `pytest --genomic-guard` each failing code is told with its path."""
    report = _scan(repository)
    status, text = _under_pytest(repository)
    assert status == 1
    failing = {(each["code"], each["path"]) for each in report["findings"] if each["outcome"] == "fail"}
    assert failing
    for code, path in failing:
        assert code in text
        assert path in text
    for path in ("data/sites.vcf", "regions.bed", "readme.txt"):
        assert path not in text


def test_doors_agree_on_the_policy(repository: Scratch) -> None:
    """Waived, excluded and passed: the policy gives every door the same outcomes."""
    repository.waive("data/people.vcf")
    policy = repository.root / ".genomic-guard.yaml"
    excluded = "exclude:\n- {path: notes/, reason: r}\n- {path: 'cohort.*', reason: r}\n- {path: '**/*.gz', reason: r}\n"
    excluded += "- {path: wide.txt, reason: r}\n"
    repository.stage(".genomic-guard.yaml", policy.read_bytes() + excluded.encode())
    reports = [_scan(repository), _scan(repository, "--staged"), _hook(repository, *_tracked(repository))]
    for report in reports:
        assert report["verdict"] == "pass"
        assert _outcomes(report, "data/people.vcf") == [("GEN101", "waived")]
        assert report["scanned"]["excluded"] == 7
        assert report["policy"] == reports[0]["policy"]
    assert _under_pytest(repository)[0] == 0


def test_lawful_difference_dirty_tree(tmp_path: Path) -> None:
    """The work tree is what lies there, the index what the next commit holds: each door judges its own side of an edit."""
    repository = Scratch(tmp_path / "repository")
    for path in ("cleaned.vcf", "soiled.vcf", "new.vcf"):
        data = samples.vcf(samples=2 if path == "cleaned.vcf" else 0)
        (repository.write if path == "new.vcf" else repository.stage)(path, data)
    repository.write("cleaned.vcf", samples.vcf(samples=0))
    repository.write("soiled.vcf", samples.vcf(samples=2))
    repository.write("new.vcf", samples.vcf(samples=2))
    here = {path for _code, path, *_rest in _findings(_scan(repository))}
    staged = {path for _code, path, *_rest in _findings(_hook(repository))}
    assert here == {"soiled.vcf", "new.vcf"}
    assert staged == {"cleaned.vcf"}
    status, text = _under_pytest(repository)
    assert status == 1
    assert "soiled.vcf" in text
    assert "cleaned.vcf" not in text


def _filtered(repository: Scratch, pattern: str, name: str, program: str) -> None:
    """Configure a clean filter, as git-lfs and nbstripout install theirs."""
    (repository.root / ".git" / "clean.py").write_text(program, encoding="utf-8")
    repository.git("config", f"filter.{name}.clean", f"'{sys.executable}' .git/clean.py")
    repository.stage(".gitattributes", f"{pattern} filter={name}\n".encode())


def test_lawful_difference_lfs_checkout(tmp_path: Path) -> None:
    """Of a file that LFS keeps, the index holds a pointer. The work tree shows what a push uploads, and it counts in full."""
    repository = Scratch(tmp_path / "repository")
    _filtered(repository, "*.vcf", "lfs", _POINT)
    repository.stage("people.vcf", samples.vcf(samples=3))
    assert repository.git("show", ":people.vcf").startswith("version https://git-lfs")
    assert repository.git("status", "--porcelain") == "A  .gitattributes\nA  people.vcf\n"
    assert _outcomes(_scan(repository), "people.vcf") == [("GEN101", "fail")]
    assert _outcomes(_hook(repository), "people.vcf") == [("GEN602", "warn"), ("RUN102", "warn")]
    assert _under_pytest(repository)[0] == 1


def test_lawful_difference_clean_filter(tmp_path: Path) -> None:
    """What a filter such as nbstripout keeps out of the commit is a warning in the work tree, and nothing in the index."""
    repository = Scratch(tmp_path / "repository")
    _filtered(repository, "*.ipynb", "nbstripout", _STRIP)
    repository.stage("day.ipynb", DIRECTIVES["notebook-stream"](samples.vcf(samples=3)))
    assert repository.git("status", "--porcelain") == "A  .gitattributes\nA  day.ipynb\n"
    report = _scan(repository)
    assert _outcomes(report, "day.ipynb") == [("GEN101", "warn")]
    assert "working copy only" in report["findings"][0]["message"]
    assert _outcomes(_hook(repository), "day.ipynb") == []
    assert _under_pytest(repository)[0] == 0


def test_filter_that_stains_is_no_excuse(tmp_path: Path) -> None:
    """People that the committed content has fail everywhere, whatever a filter shows in the work tree."""
    repository = Scratch(tmp_path / "repository")
    people = samples.vcf(samples=3)
    _filtered(repository, "*.vcf", "stain", f"import sys; sys.stdin.read(); sys.stdout.write({people.decode()!r})")
    repository.stage("sites.vcf", samples.vcf(samples=0))
    assert repository.git("show", ":sites.vcf").encode() == people
    for report in (_scan(repository), _hook(repository)):
        assert _outcomes(report, "sites.vcf") == [("GEN101", "fail")]
