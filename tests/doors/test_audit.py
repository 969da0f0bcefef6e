"""An audit is a document that a committee can file: complete, plain about what was not done, without a value, reproducible."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from _audit import audit, calls, flat, parsed, section, told, waiver
from _scratch import Repo, guard
from _values import Planted, leaked

from pytest_genomic_guard.cli.groups import GROUPS
from pytest_genomic_guard.policy.packs import RULES
from pytest_genomic_guard.policy.packs.handling import HANDLING, PATTERNS
from pytest_genomic_guard.registry import Registry
from pytest_genomic_guard.testing import samples

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def leaky(repo: Repo) -> Repo:
    """Return a repository with calls in HEAD, calls that were deleted, and clean files."""
    repo.commit("notes.md", samples.prose())
    repo.commit("old/deleted.vcf", calls(3))
    repo.git("rm", "-q", "old/deleted.vcf")
    repo.commit("cohort.vcf", calls())
    return repo


def test_a_document_has_its_parts_in_order(leaky: Repo) -> None:
    """Ten numbered sections, a verdict first, and blank lines to sign at the end."""
    text = audit(leaky).out
    heads = [line for line in text.splitlines() if line.startswith("## ")]
    assert [head.split()[1] for head in heads] == [f"{number}." for number in range(1, 11)]
    assert text.splitlines()[2].startswith("**Verdict: fail** (exit status 1)")
    statement = section(text, 10)
    assert all(f"{word}: ______" in statement for word in ("Name", "Role", "Date", "Signature"))


def test_a_document_is_well_formed(repo: Repo) -> None:
    """Names of files that are Markdown, HTML or table cells stay text: no link, no tag, no row broken."""
    repo.commit("a | b `c` [d](http://e) <b>.vcf", calls())
    repo.commit("## x\n- y.vcf", calls())
    repo.commit(
        ".genomic-guard.yaml", waiver('"a | b `c` [d](http://e) <b>.vcf"', calls(), reason='"one | two [x](y) <i>"').encode()
    )
    ran = audit(repo)
    assert ran.code == 1
    tokens = flat(parsed(ran.out))
    kinds = {token.type for token in tokens}
    assert not kinds & {"html_inline", "html_block", "link_open", "image"}
    assert sum(token.type == "heading_open" and token.tag == "h1" for token in tokens) == 1
    assert sum(token.type == "heading_open" and token.tag == "h2" for token in tokens) == 10
    rows: list[int] = []
    widths: list[set[int]] = []
    for token in tokens:
        if token.type == "table_open":
            widths.append(set())
        elif token.type == "tr_open":
            rows.append(0)
        elif token.type in {"td_open", "th_open"}:
            rows[-1] += 1
        elif token.type == "tr_close":
            widths[-1].add(rows[-1])
    assert len(widths) >= 6
    assert all(len(width) == 1 for width in widths), widths


def test_the_same_repository_gives_the_same_bytes(leaky: Repo, tmp_path: Path) -> None:
    """Also as a copy in another folder, with another cache, at another time of day: no clock and no path is in it."""
    first = audit(leaky).raw_out
    copy = tmp_path / "elsewhere" / "copy"
    shutil.copytree(leaky.root, copy)
    assert audit(copy, env={"TZ": "Pacific/Auckland", "XDG_CACHE_HOME": str(tmp_path / "cache")}).raw_out == first
    assert audit(leaky, "--format", "json").raw_out == audit(copy, "--format", "json").raw_out
    assert str(tmp_path).encode() not in first


def test_the_date_is_that_of_the_newest_commit_or_the_given_one(repo: Repo) -> None:
    """The document says which of the two it is."""
    repo.git("commit", "-q", "--allow-empty", "--date=@86400 +0000", "-m", "work")
    newest = repo.git("log", "-1", "--format=%cd", "--date=format:%Y-%m-%d").decode().strip()
    assert f"| date of the document | {newest}, from newest commit |" in audit(repo).out
    given = audit(repo, env={"SOURCE_DATE_EPOCH": "86400"}).out
    assert "| date of the document | 1970-01-02, from SOURCE_DATE_EPOCH |" in given


@pytest.mark.parametrize("epoch", ["yesterday", "-1", "1e3", "9" * 12])
def test_a_wrong_epoch_is_wrong_usage(repo: Repo, epoch: str) -> None:
    """It is not passed over: the document would not be the one that was asked for."""
    repo.commit("notes.md", samples.prose())
    ran = audit(repo, env={"SOURCE_DATE_EPOCH": epoch})
    assert (ran.code, ran.out) == (2, "")
    assert "SOURCE_DATE_EPOCH" in ran.err


@pytest.mark.parametrize("form", [(), ("--format", "json"), ("--output", "audit.md"), ("--reflog", "--write-gitignore")])
def test_no_value_leaves(tmp_path: Path, form: tuple[str, ...]) -> None:
    """No sample, id, genotype or name of a ref that repeats one is on a stream or in a file, in any spelling."""
    planted = Planted(tmp_path).everything()
    person = planted.mark("sample")
    planted.write(f"zz/{person}/again.vcf", (planted.repo.root / "data" / f"{person}.vcf").read_bytes())
    planted.repo.commit()
    planted.repo.git("branch", f"work/{person}")
    planted.repo.git("tag", "-a", "-m", f"calls of {person}", f"release-{person}")
    planted.repo.git("commit", "-q", "--allow-empty", "-m", planted.vcf("sample in a message").decode())
    out = planted.silent("python", "-I", "-m", "pytest_genomic_guard", "audit", "--pack", "ukb", *form)
    if form != ("--output", "audit.md"):
        assert b"[masked]" in out
        assert b"commit:" in out


def test_a_reason_that_repeats_a_sample_is_masked(repo: Repo) -> None:
    """Reasons and owners are told, and masked as paths are."""
    planted = {"person": "HX" + samples.hexadecimal(6).decode() + "q7"}
    data = samples.vcf(names=planted["person"], variants=40)
    repo.commit("cohort.vcf", data)
    repo.commit(".genomic-guard.yaml", waiver("cohort.vcf", data, reason=f"agreed with {planted['person']}").encode())
    ran = audit(repo)
    assert ran.code == 0
    assert not leaked([("stdout", ran.raw_out), ("stderr", ran.raw_err)], planted)
    assert "| GEN101 | `cohort.vcf` | applied | 1 | `agreed with [masked]` | `steward` |" in section(ran.out, 6)


@pytest.mark.parametrize(("days", "state", "code"), [(90, "applied", 0), (-3, "expired", 1)])
def test_waivers_are_told_with_what_they_did(repo: Repo, days: int, state: str, code: int) -> None:
    """Reason, owner and last day of each one, whether it holds or not."""
    data = calls()
    repo.commit("cohort.vcf", data)
    repo.commit(".genomic-guard.yaml", waiver("cohort.vcf", data, days=days).encode())
    ran = audit(repo)
    assert ran.code == code
    row = next(line for line in section(ran.out, 6).splitlines() if "cohort.vcf" in line)
    assert [cell.strip(" `") for cell in row.split("|")[3:4]] == [state]
    assert row.split("|")[5:7] == [" `reference` ", " `steward` "]
    assert samples.later(days).decode() in row


def test_every_rule_is_told_and_whether_it_could_find_anything(leaky: Repo) -> None:
    """The list is the registry's; a comparison that a history does not allow is no rule that ran, here and by clause."""
    document = told(leaky)
    rules = {rule["code"]: rule for rule in document["looked_for"]}
    assert set(rules) == {code for code in Registry().entries if not code.startswith("RUN")}
    assert rules["GEN101"]["why"] == ""
    assert "history" in rules["GEN103"]["why"]
    assert all("GEN103" not in clause["rules"] and "GEN101" in clause["rules"] for clause in document["clauses"])
    assert "| GEN103 | A PLINK genotype matrix | fails | **no**: compares files" in audit(leaky).out


def test_what_no_rule_is_about_is_said_plainly(leaky: Repo) -> None:
    """No document claims that participant ids were looked for while no rule does: it follows from the registry."""
    document, text = told(leaky), section(audit(leaky).out, 3)
    codes = Registry().entries
    without = {each["group"]: each for each in document["not_looked_for"]}
    for group, what in GROUPS.items():
        there = any(code.startswith(group) for code in codes)
        assert there or without[group]["why"] == "no rule in this version"
        assert (f"({group}xx" in text) == (group in without)
        assert group not in without or what in text
    named = section(text, 3).partition("Not looked for, although")[2].partition("Not looked for besides")[0]
    assert ("**lists of participant ids** (GEN5xx)" in named) == ("GEN5" in without)
    assert without["GOV4"]["pack"] is False
    assert {each["group"]: each["pack"] for each in told(leaky, pack="nih")["not_looked_for"]}["GOV4"] is True


def test_every_code_belongs_to_a_group() -> None:
    """A code without one would be looked for and, in the same document, not."""
    assert not [code for code in Registry().entries if not code.startswith(("RUN", *GROUPS))]


def test_every_pack_says_whom_to_tell() -> None:
    """A pack of a new rule maker needs its duty, its contacts and its patterns, and these are all known by name."""
    assert {pack.name.partition("-")[0] for pack in RULES} == set(HANDLING)
    assert all(
        each.duty and each.tell and {pattern for pattern, _what in each.ignore} <= set(PATTERNS) for each in HANDLING.values()
    )


def test_the_numbers_are_those_of_the_repository(leaky: Repo) -> None:
    """Commits, refs by kind, first and last commit, HEAD, contents, messages."""
    leaky.git("tag", "-a", "-m", "one", "v1")
    leaky.git("branch", "other")
    leaky.git("notes", "add", "-m", "a note")
    leaky.write("notes.md", samples.prose())
    leaky.git("stash", "-q")
    document = told(leaky)
    about, scanned = document["repository"], document["scanned"]
    head = leaky.git("rev-parse", "HEAD").decode().strip()
    root = leaky.git("rev-list", "--max-parents=0", "main").decode().strip()
    refs = {"branches": 2, "remote branches": 0, "tags": 1, "notes": 1, "stashes": 1, "others": 0}
    assert (about["head"], about["refs"]) == (head, refs)
    reached = leaky.git("rev-list", "--all", "--count").decode().strip()
    assert about["commits"] == int(reached)
    assert about["first"]["id"] in {root, head, *leaky.git("rev-list", "--all").decode().split()}
    assert scanned["texts"]["message"] == int(reached) + 1
    assert scanned["texts"]["ref"] == 6  # and the name that the tag gives itself
    assert scanned["files"] == sum(scanned["coverage"].values()) == sum(each["files"] for each in scanned["formats"])


@pytest.mark.parametrize(("plan", "verdict", "code"), [("clean", "pass", 0), ("leak", "fail", 1), ("gap", "incomplete", 3)])
def test_the_exit_status_is_that_of_a_scan(repo: Repo, plan: str, verdict: str, code: int) -> None:
    """The document has the same verdict as ``scan --history``, as text and as data."""
    data = {"clean": samples.prose(), "leak": calls(), "gap": b"\x1f\x8b\x08"}[plan]
    repo.commit({"clean": "notes.md", "leak": "cohort.vcf", "gap": "cut.gz"}[plan], data)
    ran = audit(repo)
    assert ran.code == code == guard("scan", "--history", cwd=repo.root).code
    assert f"**Verdict: {verdict}** (exit status {code})" in ran.out
    document = told(repo)
    assert (document["verdict"], document["exit"]) == (verdict, code)


def test_a_shallow_clone_is_no_whole_history(leaky: Repo, tmp_path: Path) -> None:
    """The gap is told twice: as the state of the repository and among what was not read; it cannot pass."""
    leaky.git("rm", "-q", "cohort.vcf")
    leaky.git("commit", "-q", "-m", "work")
    clone = tmp_path / "clone"
    leaky.git("clone", "-q", "--depth=1", f"file://{leaky.root}", str(clone))
    ran = audit(clone)
    assert ran.code == 3
    assert "**no: a shallow clone" in section(ran.out, 1)
    assert "git fetch --unshallow" in section(ran.out, 4)
    assert told(clone)["repository"]["shallow"] is True


def test_what_was_not_scanned_is_listed(repo: Repo, tmp_path: Path) -> None:
    """Gaps, formats read in part or by nobody, absent objects of git-lfs, submodules, excluded paths with reasons."""
    inner = Repo(tmp_path / "inner")
    inner.commit("notes.md", samples.prose())
    repo.commit("figure.png", samples.png())
    repo.commit("reads.bam", samples.bam())
    oid = samples.hexadecimal().decode()
    repo.commit("calls.dat", f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize 12345\n".encode())
    repo.commit("cut.gz", b"\x1f\x8b\x08")
    repo.commit("third/party.vcf", calls())
    repo.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.root), "sub/module")
    repo.commit(".genomic-guard.yaml", b"version: 1\nexclude: [{path: third/**, reason: of others}]\n")
    ran = audit(repo)
    assert ran.code == 3
    missing = section(ran.out, 4)
    assert "**Not read, and should have been: 1.**" in missing
    assert "`cut.gz`" in missing
    assert "1 `BAM`" in missing
    assert "1 `PNG`" in missing
    assert "objects of git-lfs that are not in this repository's store: 1" in missing
    assert "submodule `sub/module`" in missing
    assert "| `third/**` | 1 | `of others` |" in section(ran.out, 2)
    assert "calls.dat" in section(ran.out, 5)


def test_the_policy_is_that_of_head(repo: Repo) -> None:
    """A newer branch, or a stash, excuses nothing: of a history the policy of HEAD rules, and its ignored codes are told."""
    data = calls()
    repo.commit("cohort.vcf", data)
    repo.git("checkout", "-q", "-b", "excuse")
    repo.commit(".genomic-guard.yaml", waiver("cohort.vcf", data).encode())
    repo.git("checkout", "-q", "main")
    assert audit(repo).code == 1
    repo.git("merge", "-q", "excuse")
    assert audit(repo).code == 0


def test_an_audit_runs_all_families(repo: Repo) -> None:
    """What a policy selects for daily work does not narrow it; what it ignores is told with its reason."""
    repo.commit("cohort.vcf", calls())
    repo.commit(".genomic-guard.yaml", b"version: 1\nselect: [FAIR]\n")
    assert guard("scan", cwd=repo.root).code == 0
    ran = audit(repo)
    assert ran.code == 1
    assert "The policy selects some codes only. An audit runs all." in section(ran.out, 3)
    repo.commit(".genomic-guard.yaml", b"version: 1\nignore: [{code: FAIR101, reason: no model here}]\n")
    document = told(repo)
    assert "FAIR101" not in {rule["code"] for rule in document["looked_for"]}
    assert {each["group"]: each["why"] for each in document["not_looked_for"]}["FAIR1"] == "ignored by the policy"
    assert "- ignored by the policy: `FAIR101`, `no model here`" in section(audit(repo).out, 3)


def test_clauses_of_the_pack_are_counted(leaky: Repo) -> None:
    """Each clause has the rules that ran, the findings they made, and the groups for which there is no rule."""
    document = told(leaky)
    assert document["pack"]["name"] == "ukb-2026-04"
    assert [clause["findings"]["fail"] for clause in document["clauses"]] == [2, 2]
    assert all(set(place["clauses"]) >= {clause["clause"] for clause in document["clauses"]} for place in document["findings"])
    assert "PHI201" in section(audit(leaky).out, 5)
    assert "hipaa-2024" in told(leaky, pack="hipaa")["policy"]["packs"]
    assert "none for GOV4xx" in section(audit(leaky, pack="hipaa").out, 5)
