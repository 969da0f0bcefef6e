"""The pre-commit door: the shipped manifest, run by real pre-commit at real commits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from _precommit import (  # noqa: F401 - a fixture is found by being here
    CallSet,
    Scratch,
    fixture_bare,
    fixture_calls,
    fixture_common,
    fixture_empty,
    fixture_hooks,
    fixture_repository,
    told,
)

from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path


def test_try_repo_blocks_what_bcftools_wrote(bare: Scratch, hooks: Path, calls: CallSet) -> None:
    """`pre-commit try-repo` of this checkout fails for VCF, BGZF and BCF, and shows nobody's name."""
    for name, data in (("a.vcf", calls.vcf), ("b.vcf.gz", calls.bgzf), ("c.bcf", calls.bcf)):
        bare.stage(f"data/{name}", data)
    done = bare.pre_commit("try-repo", str(hooks), "genomic-guard")
    assert done.returncode == 1, told(done)
    assert "GEN101" in done.stdout
    assert all(name in done.stdout for name in ("data/a.vcf", "data/b.vcf.gz", "data/c.bcf"))
    assert calls.hidden_in(told(done))


def test_try_repo_lets_clean_and_waived_through(empty: Scratch, hooks: Path, calls: CallSet) -> None:
    """`pre-commit try-repo` passes sites without people, and people whose publication somebody answers for."""
    empty.stage("sites.vcf", calls.sites)
    empty.stage("people.vcf", calls.vcf)
    empty.waive("people.vcf")
    done = empty.try_repo(hooks, "genomic-guard")
    assert done.returncode == 0, told(done)
    assert "0 fail, 0 warn, 1 waived" in done.stdout
    assert calls.hidden_in(told(done))


def test_try_repo_lets_the_deletion_through(empty: Scratch, hooks: Path, calls: CallSet) -> None:
    """`pre-commit try-repo` passes when all that is staged is that the people go."""
    empty.stage("people.vcf", calls.vcf)
    empty.keep()
    empty.git("rm", "--quiet", "people.vcf")
    done = empty.try_repo(hooks, "genomic-guard")
    assert done.returncode == 0, told(done)
    assert "0 files changed content" in done.stdout


@pytest.mark.parametrize("form", ["vcf", "bgzf", "bcf"])
def test_commit_of_people_is_refused(repository: Scratch, calls: CallSet, form: str) -> None:
    """A commit that adds people does not happen, whatever the file is called, and nothing of them is told."""
    before = repository.git("rev-parse", "HEAD")
    repository.stage("notes/table.dat", getattr(calls, form))
    done = repository.commit()
    assert done.returncode == 1
    assert "GEN101" in told(done)
    assert "notes/table.dat" in told(done)
    assert repository.git("rev-parse", "HEAD") == before
    assert calls.hidden_in(told(done))


def test_commit_of_sites_is_made(repository: Scratch, calls: CallSet) -> None:
    """A commit that adds sites without people goes through."""
    repository.stage("sites.vcf", calls.sites)
    done = repository.commit()
    assert done.returncode == 0, told(done)
    assert "1 files of the index" in told(done)


def test_commit_of_waived_people_is_made(repository: Scratch, calls: CallSet) -> None:
    """A waiver that is staged with the data lets the commit through, and the report says that it did."""
    repository.stage("people.vcf", calls.vcf)
    repository.waive("people.vcf")
    done = repository.commit()
    assert done.returncode == 0, told(done)
    assert "1 waived" in told(done)


def test_waiver_ends_with_the_content(repository: Scratch, calls: CallSet) -> None:
    """Other people at a waived path are refused: what was reviewed is one content."""
    repository.stage("people.vcf", calls.vcf)
    repository.waive("people.vcf")
    assert repository.commit().returncode == 0
    repository.stage("people.vcf", samples.vcf(samples=2))
    done = repository.commit()
    assert done.returncode == 1
    assert "GEN101" in told(done)
    assert "RUN203" in told(done)


@pytest.mark.parametrize("waived", [True, False])
def test_commit_that_deletes_people_is_made(repository: Scratch, calls: CallSet, *, waived: bool) -> None:
    """Nothing stands in the way of the commit that removes people, waived or leaked: pre-commit then gives no names."""
    repository.stage("people.vcf", calls.vcf)
    if waived:
        repository.waive("people.vcf")
    repository.keep()
    repository.git("rm", "--quiet", "people.vcf")
    done = repository.commit()
    assert done.returncode == 0, told(done)
    assert "0 files changed content" in told(done)


def test_index_is_judged_not_the_work_tree(repository: Scratch, calls: CallSet) -> None:
    """People that are staged are refused although the work tree was cleaned since."""
    repository.stage("people.vcf", calls.vcf)
    repository.write("people.vcf", calls.sites)
    done = repository.commit()
    assert done.returncode == 1
    assert "GEN101" in told(done)
    direct = repository.hook("people.vcf")  # pre-commit puts unstaged changes aside; on our own we see both
    assert direct.returncode == 1
    assert "GEN101" in direct.stdout


def test_dirty_work_tree_does_not_matter(repository: Scratch, calls: CallSet) -> None:
    """Sites that are staged go through although the work tree holds people at that path."""
    repository.stage("sites.vcf", calls.sites)
    repository.write("sites.vcf", calls.vcf)
    assert repository.hook("sites.vcf").returncode == 0
    done = repository.commit()
    assert done.returncode == 0, told(done)


def test_link_is_judged_and_not_followed(repository: Scratch, calls: CallSet, tmp_path: Path) -> None:
    """A staged link is one of the files that are judged, by the text of its target and not by what it points to."""
    (tmp_path / "outside.vcf").write_bytes(calls.vcf)
    (repository.root / "link.vcf").symlink_to(tmp_path / "outside.vcf")
    repository.git("add", "link.vcf")
    repository.stage("beside.txt")
    done = repository.commit()
    assert done.returncode == 0, told(done)
    assert "2 files of the index" in told(done)


def test_odd_file_names(repository: Scratch, calls: CallSet) -> None:
    """Blanks, other scripts, a line feed and names like options are names: each file is judged and told on one line."""
    names = ["--profile", "-dash.vcf", "a$(id).vcf", "größe 日本.vcf", "line\nfeed.vcf", "strict", "two words.vcf"]
    for name in names:
        repository.stage(name, calls.vcf)
    done = repository.commit()
    assert done.returncode == 1
    assert f"FAIL  {len(names)} fail, 0 warn, 0 waived, 0 not read" in told(done)
    assert "größe 日本.vcf" in told(done)
    assert "line\\nfeed.vcf" in told(done)
    assert calls.hidden_in(told(done))


def test_long_list_of_names(repository: Scratch, calls: CallSet) -> None:
    """6,000 names, which pre-commit splits over several processes, are all judged once, and one leak among them is found."""
    for number in range(6_000):
        repository.write(f"many/{'long' * 8}-{number:04}.txt", b"%d\n" % number)
    repository.write("many/people.vcf", calls.vcf)
    repository.git("add", "many")
    done = repository.commit()
    assert done.returncode == 1
    runs = [int(line.split()[0]) for line in told(done).splitlines() if " files of the index: " in line]
    assert len(runs) > 1
    assert sum(runs) == 6_001
    assert told(done).count("many/people.vcf") == 1
    assert "RUN401" not in told(done)


def test_genomic_hook_blocks_people(empty: Scratch, hooks: Path, calls: CallSet) -> None:
    """The hook of the genomic family refuses people too, and obeys its own patterns."""
    empty.install(hooks, {"id": "genomic-guard-genomic", "exclude": "^shown/"})
    empty.stage("people.vcf", calls.vcf)
    empty.stage("shown/people.vcf", calls.vcf)
    done = empty.commit()
    assert done.returncode == 1
    assert "GEN101" in told(done)
    assert "RUN401" in told(done)
    assert calls.hidden_in(told(done))


def test_run_all_files(repository: Scratch, calls: CallSet) -> None:
    """`pre-commit run --all-files` finds people that were committed before the hook was there."""
    repository.stage("old/people.vcf.gz", calls.bgzf)
    repository.keep()
    repository.stage("new.txt")
    assert repository.pre_commit("run").returncode == 0
    done = repository.pre_commit("run", "--all-files")
    assert done.returncode == 1
    assert "old/people.vcf.gz" in told(done)
    assert calls.hidden_in(told(done))


@pytest.mark.parametrize("change", ["add", "delete"])
def test_range_is_judged(repository: Scratch, calls: CallSet, change: str) -> None:
    """Of a range of commits every blob is judged, with names and without: what comes, and not what goes."""
    repository.stage("people.vcf", calls.vcf)
    repository.keep()
    if change == "delete":
        repository.git("rm", "--quiet", "people.vcf")
        repository.keep()
    done = repository.pre_commit("run", "--from-ref", "HEAD~1", "--to-ref", "HEAD")
    assert (done.returncode, "GEN101" in told(done)) == ((1, True) if change == "add" else (0, False)), told(done)
    assert "of the range" in told(done) or change == "delete"
    repository.git("rm", "--quiet", "--ignore-unmatch", "people.vcf")
    repository.stage("last.txt")
    repository.keep()
    done = repository.pre_commit("run", "--from-ref", "HEAD~2", "--to-ref", "HEAD")
    assert (done.returncode, "people.vcf" in told(done)) == ((1, True) if change == "add" else (0, False)), told(done)


def test_staged_policy_excludes(repository: Scratch, calls: CallSet) -> None:
    """A policy that is staged with the data is in force, and what it excludes is counted."""
    repository.stage("third/people.vcf", calls.vcf)
    repository.stage(".genomic-guard.yaml", b"version: 1\nexclude: [{path: third/, reason: a published cohort}]\n")
    done = repository.commit()
    assert done.returncode == 0, told(done)
    assert "1 excluded by policy" in told(done)


def test_unstaged_policy_is_not_used(repository: Scratch, calls: CallSet) -> None:
    """A waiver that nobody staged excuses nothing, and the report says why."""
    repository.stage("people.vcf", calls.vcf)
    repository.waive("people.vcf")
    repository.git("rm", "--quiet", "--cached", ".genomic-guard.yaml")
    done = repository.commit()
    assert done.returncode == 1
    assert "GEN101" in told(done)
    assert "RUN301" in told(done)


def test_staged_policy_with_an_error(repository: Scratch) -> None:
    """A policy that cannot be understood stops the commit, with line and column and exit status 2."""
    repository.stage(".genomic-guard.yaml", b"version: 1\nprofil: strict\n")
    done = repository.commit()
    assert done.returncode == 1
    assert "exit code: 2" in told(done)
    assert ".genomic-guard.yaml:2:1: " in told(done)


def test_change_of_policy_alone(repository: Scratch, calls: CallSet) -> None:
    """A commit that takes a waiver back goes through, and the next commit of that file is refused."""
    repository.stage("people.vcf", calls.vcf)
    repository.waive("people.vcf")
    repository.keep()
    repository.stage(".genomic-guard.yaml", b"version: 1\n")
    done = repository.commit()
    assert done.returncode == 0, told(done)
    assert "1 files of the index: 1 full" in told(done)
    repository.stage("people.vcf", calls.vcf + b"\n")
    assert repository.commit().returncode == 1


def test_options_of_the_user(empty: Scratch, hooks: Path) -> None:
    """`args` of the user's configuration reach the hook: under `strict` binary data of no known format fails."""
    empty.install(hooks, {"id": "genomic-guard", "args": ["--profile", "strict", "--"]})
    empty.stage("blob.dat", samples.binary())
    done = empty.commit()
    assert done.returncode == 1
    assert "RUN102" in told(done)
    assert "profile strict" in told(done)


def test_push_is_not_stopped(empty: Scratch, hooks: Path, tmp_path: Path) -> None:
    """Where more of pre-commit's stages are installed than hooks of ours are for, a push goes through."""
    empty.install(hooks, default_install_hook_types=["pre-commit", "pre-push"])
    empty.stage("plain.txt")
    assert empty.commit().returncode == 0
    empty.git("init", "--quiet", "--bare", str(tmp_path / "remote"))
    done = empty.run("git", "push", "--quiet", str(tmp_path / "remote"), "HEAD:main")
    assert done.returncode == 0, told(done)
    assert (empty.root / ".git" / "hooks" / "pre-push").exists()
