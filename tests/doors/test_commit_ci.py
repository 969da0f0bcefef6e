"""``scan --range ci``: the commits of the event for which GitHub Actions or GitLab CI runs, by the variables that they set."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from _commits import POLICY, ZERO, Past, clone, excluding, leak, told

if TYPE_CHECKING:
    from pathlib import Path

    from _scratch import Ran


@pytest.fixture(name="past")
def fixture_past(tmp_path: Path) -> Past:
    """Return what a CI service has checked out: a branch `topic` with a leak that was removed, and main, which went on with one."""
    past = Past(tmp_path / "past")
    past.branch("topic")
    past.save("topic.dat", leak())
    past.drop("topic.dat")
    past.git("checkout", "-q", "main")
    past.save("main.dat", leak())
    past.git("update-ref", "refs/remotes/origin/main", "main")
    past.git("checkout", "-q", "topic")
    return past


def _github(past: Past, event: object, sha: str = "", **more: str) -> Ran:
    file = past.root.parent / "event.json"
    file.write_text(json.dumps(event), "utf-8")
    return past.scan("--range", "ci", env={"GITHUB_ACTIONS": "true", "GITHUB_EVENT_PATH": str(file), "GITHUB_SHA": sha, **more})


def _gitlab(past: Past, **said: str) -> Ran:
    return past.scan("--range", "ci", env={"GITLAB_CI": "true", "CI_DEFAULT_BRANCH": "main", **said})


def _merged(past: Past) -> str:
    """Return the commit that a service makes to test the result of a merge."""
    past.git("checkout", "-q", "--detach", "main")
    past.made("merge", "-q", "--no-ff", "-m", "service", "topic")
    return past.id("HEAD")


def _request(past: Past, base: str) -> dict[str, Any]:
    return {"pull_request": {"base": {"sha": past.id(base)}, "head": {"sha": past.id("topic")}}, "repository": _MAIN}


_MAIN = {"default_branch": "main"}


@pytest.mark.parametrize("base", ["topic~2", "main"])
def test_pull_request(past: Past, base: str) -> None:
    """Of a pull request what its branch brings counts, and not what the target got since the branch or the event began."""
    merge = _merged(past)
    assert told(_github(past, _request(past, base), merge, GITHUB_EVENT_NAME="pull_request")) == ["topic.dat"]
    assert told(_github(past, _request(past, base), past.id("topic"))) == ["topic.dat"]


def test_pull_request_target(past: Past) -> None:
    """Where GITHUB_SHA is of the target branch, the branch of the request is judged, or missing, and never nothing at all."""
    event, target = _request(past, "main"), {"GITHUB_EVENT_NAME": "pull_request_target"}
    assert told(_github(past, event, past.id("main"), **target)) == ["topic.dat"]
    event["pull_request"]["head"]["sha"] = "1" * 40
    assert _github(past, event, past.id("main"), **target).code == 3


def test_policy_of_a_pull_request(past: Past) -> None:
    """The policy is that of the target branch: what the request excludes is judged, what the target excludes is not."""
    past.save(POLICY, excluding("*.dat"))
    ran = _github(past, _request(past, "main"), _merged(past))
    assert told(ran) == ["topic.dat"]
    past.git("checkout", "-q", "main")
    past.save(POLICY, excluding("*.dat"))
    past.git("checkout", "-q", "topic")
    past.git("reset", "-q", "--hard", "HEAD~1")
    ran = _github(past, _request(past, "main"), _merged(past))
    assert (ran.code, ran.json["scanned"]["excluded"]) == (0, 1)


def test_push(past: Past) -> None:
    """Of a push what came since the id before counts."""
    event = {"before": past.base, "after": past.id("topic"), "repository": _MAIN}
    assert told(_github(past, event)) == ["topic.dat"]
    assert _github(past, event | {"before": past.id("topic~1")}).code == 0


@pytest.mark.parametrize("known", [True, False])
def test_push_of_a_branch_that_took_main(past: Past, *, known: bool) -> None:
    """A branch whose last commit merges main keeps its earlier commits in the range, also those of a new branch."""
    past.git("checkout", "-q", "topic")
    merge = past.made("merge", "-q", "--no-ff", "-m", "take main", "main")
    event = {"before": past.base if known else ZERO, "after": merge, "repository": _MAIN}
    assert "topic.dat" in told(_github(past, event, merge))
    said = {"CI_COMMIT_SHA": merge, "CI_COMMIT_BEFORE_SHA": past.base if known else ZERO}
    assert "topic.dat" in told(_gitlab(past, **said))
    request = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": past.id("main"), "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": merge}
    assert told(_gitlab(past, CI_COMMIT_SHA=merge, **request)) == ["topic.dat"]


def test_push_of_a_new_branch(past: Past) -> None:
    """Of a new branch what the default branch does not have counts; of the default branch itself all there is."""
    event = {"before": ZERO, "after": past.id("topic"), "repository": _MAIN}
    assert told(_github(past, event)) == ["topic.dat"]
    assert told(_github(past, event | {"after": past.id("main")})) == ["main.dat"]
    assert told(_github(past, event | {"repository": {}})) == ["topic.dat"]


def test_forced_push(past: Past) -> None:
    """Where the id before is not here any more, the default branch takes its place."""
    event = {"before": "1" * 40, "after": past.id("topic"), "forced": True, "repository": _MAIN}
    assert told(_github(past, event)) == ["topic.dat"]
    assert told(_gitlab(past, CI_COMMIT_SHA=past.id("topic"), CI_COMMIT_BEFORE_SHA="1" * 40)) == ["topic.dat"]


def test_push_of_a_tag(past: Past) -> None:
    """Of a tag its message counts too."""
    past.git("checkout", "-q", "--detach", past.base)
    past.git("tag", "-a", "v1", "--cleanup=verbatim", "-F", "-", stdin=leak())
    ran = _github(past, {"before": ZERO, "after": past.id("v1"), "repository": _MAIN}, past.base)
    assert told(ran) == ["tag:v1"]


def test_merge_queue(past: Past) -> None:
    """Of a merge queue what the group brings beyond its base counts."""
    base = past.id("main")
    head = _merged(past)
    event = {"merge_group": {"base_sha": base, "head_sha": head}, "repository": _MAIN}
    assert told(_github(past, event, head)) == ["topic.dat"]


def test_event_that_names_no_commits(past: Past) -> None:
    """At a schedule, or by hand, what the default branch lacks counts, and on that branch all there is."""
    assert told(_github(past, {"schedule": "daily", "repository": _MAIN}, past.id("topic"))) == ["topic.dat"]
    assert told(_github(past, {"inputs": None, "repository": _MAIN}, past.id("main"))) == ["main.dat"]


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 100_000])
def test_event_that_cannot_be_read(past: Past, text: str) -> None:
    """A file of the event that says nothing is an error, and not an empty range."""
    file = past.root.parent / "event.json"
    file.write_text(text, "utf-8")
    for path in (file, past.root / "there-is-none"):
        ran = past.scan("--range", "ci", env={"GITHUB_ACTIONS": "true", "GITHUB_EVENT_PATH": str(path), "GITHUB_SHA": past.base})
        assert ran.code == 2
        assert "GITHUB_EVENT_PATH" in ran.err


def test_without_a_service(past: Past) -> None:
    """Where no service says anything, the command says so."""
    assert past.scan("--range", "ci").code == 2


def test_merge_request(past: Past) -> None:
    """Of GitLab's merge requests, detached or of merged results, what the branch brings counts."""
    said = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": past.base, "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": ""}
    assert told(_gitlab(past, CI_COMMIT_SHA=past.id("topic"), **said)) == ["topic.dat"]
    said["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"] = past.id("topic")
    assert told(_gitlab(past, CI_COMMIT_SHA=_merged(past), **said)) == ["topic.dat"]


def test_branch_of_gitlab(past: Past) -> None:
    """Of GitLab's branch pipelines the same holds as of GitHub's pushes."""
    topic = past.id("topic")
    assert told(_gitlab(past, CI_COMMIT_SHA=topic, CI_COMMIT_BEFORE_SHA=past.base)) == ["topic.dat"]
    assert told(_gitlab(past, CI_COMMIT_SHA=topic, CI_COMMIT_BEFORE_SHA=ZERO)) == ["topic.dat"]
    assert _gitlab(past, CI_COMMIT_SHA=topic, CI_COMMIT_BEFORE_SHA=past.id("topic~1")).code == 0
    assert _gitlab(past, CI_COMMIT_SHA="1" * 40, CI_COMMIT_BEFORE_SHA=past.base).code == 3


@pytest.mark.parametrize("depth", ["1", "2"])
def test_checkout_without_its_history(past: Past, tmp_path: Path, depth: str) -> None:
    """A checkout that is cut before the base is a gap that names the fix, with either service."""
    past.git("checkout", "-q", "topic")
    past.save("later.txt", b"later\n")
    past.save("latest.txt", b"latest\n")
    cut = clone(past.root, tmp_path / "cut", "--depth", depth)
    event = {"before": past.base, "after": past.id("topic"), "repository": _MAIN}
    for ran in (_github(cut, event), _gitlab(cut, CI_COMMIT_SHA=past.id("topic"), CI_COMMIT_BEFORE_SHA=past.base)):
        assert (ran.code, ran.gaps()) == (3, [(".", "shallow")])
