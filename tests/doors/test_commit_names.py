"""What leaves in a name or a message: of files, branches, tags, commits. A third party's rule finds it, and nothing repeats it."""

from __future__ import annotations

import json
import re
import secrets
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from _commits import POLICY, Past
from _scratch import environment

# The plugin is that of the tests of the engine, and test folders are no packages.
sys.path.insert(0, str(Path(__file__).parent.parent / "engine"))

from _plugins import CHECK, REPORT, distribution, guard

from pytest_genomic_guard.beside import Gathered
from pytest_genomic_guard.model import Artifact
from pytest_genomic_guard.sources.files import BytesStream

if TYPE_CHECKING:
    from collections.abc import Callable

_DIGITS = ('anchors=(b"TUBE-",), pattern=rb"TUBE-[0-9a-f]{12}"', 'anchors=(b"77",), pattern=rb"77[0-9]{5}"')


class Labelled(Past):
    """A repository whose policy names a plugin that finds labels."""

    def __init__(self, root: Path, label: str) -> None:
        """Install the plugin, and commit the policy."""
        super().__init__(root)
        self.label, self.site = label, root.parent / "site"
        source = CHECK.replace("BODY", REPORT)
        distribution(self.site, "acme", source if label.startswith("TUBE") else source.replace(*_DIGITS))
        self.base = self.save(POLICY, b"version: 1\nplugins: [acme]\n")

    def report(self, *arguments: str) -> list[str]:
        """Return the paths at which labels were found; no label is in what was told, in any format."""
        done = guard(self.site, self.root, "scan", "--format", "json", *arguments)
        text = guard(self.site, self.root, "scan", "--format", "text", *arguments)
        told = done.stdout + done.stderr + text.stdout + text.stderr
        assert self.label not in told
        assert "internal error" not in told
        report: Any = json.loads(done.stdout)
        assert done.returncode == text.returncode == bool(report["findings"])
        return [each["path"] for each in report["findings"]]

    def call(self, module: str, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """Call the module of a hook, as git would."""
        done = subprocess.run(
            [sys.executable, "-m", f"pytest_genomic_guard.hooks.{module}", *arguments],
            cwd=self.root,
            env=environment(PYTHONPATH=str(self.site), PYTHONDONTWRITEBYTECODE="1"),
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        assert self.label not in done.stdout + done.stderr
        return done


@pytest.fixture(name="past", params=["letters", "digits"])
def fixture_past(tmp_path: Path, request: pytest.FixtureRequest) -> Labelled:
    """Return a repository, and a label that is invented: one of letters and digits, one that is a plain number."""
    label = f"TUBE-{secrets.token_hex(6)}" if request.param == "letters" else f"77{secrets.randbelow(10**5):05}"
    return Labelled(tmp_path / "past", label)


def test_name_of_a_file(past: Labelled) -> None:
    """A label in a name is found when it is staged, in a range that brings and removes it, and in the history."""
    name = f"scans/{past.label}_left.png"
    past.add(name, b"\x89PNG\r\n\x1a\n")
    masked = ["scans/[masked]_left.png"]
    assert past.report("--staged") == masked
    done = past.call("everything", "--", name)
    assert (done.returncode, masked[0] in done.stdout) == (1, True), done.stderr
    past.save()
    assert past.report() == masked
    past.git("rm", "-q", name)
    past.save()
    assert past.report() == []
    assert past.report("--range", f"{past.base}..HEAD") == past.report("--history") == masked


def test_name_of_a_folder(past: Labelled) -> None:
    """A folder's name counts in the path of each file below it, and a finding inside shows none of it."""
    past.add(f"{past.label}/a.txt", f"x {past.label}\n".encode())
    past.save(f"{past.label}/b.txt", b"b\n")
    assert sorted(set(past.report("--range", f"{past.base}..HEAD"))) == ["[masked]/a.txt", "[masked]/b.txt"]


def test_names_of_refs(past: Labelled) -> None:
    """The names of branches and tags are in the history, and in what a push sends: the name that the ref gets there."""
    past.save("b.txt", b"b\n")
    past.git("branch", f"for/{past.label}")
    past.git("tag", f"v-{past.label}")
    assert past.report("--history") == ["ref:refs/heads/for/[masked]", "ref:refs/tags/v-[masked]"]
    assert past.report("--range", f"{past.base}..HEAD") == []
    line = f"refs/heads/main {past.id('HEAD')} refs/heads/for/{past.label} {'0' * 40}\n"
    done = past.call("push", "origin", "address", given=line)
    assert (done.returncode, "ref:refs/heads/for/[masked]" in done.stdout) == (1, True)
    assert past.call("push", "origin", "address", given=line.replace(past.label, "x")).returncode == 0


def test_messages(past: Labelled) -> None:
    """Messages of commits, tags and notes hold labels too; findings say which commit, and the line."""
    commit = past.save(message=f"about\n\n{past.label}\n")
    past.git("tag", "-a", "-m", f"of {past.label}", "v1")
    past.git("notes", "add", "-m", f"note {past.label}")
    found = past.report("--history")
    assert {f"commit:{commit}", "tag:v1"} <= set(found)
    assert len(found) == 3
    assert past.report("--range", f"{past.base}..HEAD") == [f"commit:{commit}"]
    text = past.write("said", f"about {past.label}\n".encode())
    done = past.call("message", str(text))
    assert (done.returncode, "commit:message:1" in done.stdout) == (1, True)
    text.write_text("about something else\n", "utf-8")
    assert past.call("message", str(text)).returncode == 0


def test_among_many(past: Labelled) -> None:
    """Messages and names are matched many together: a label is found in its own, whichever that is, and in no other."""
    for number in range(30):
        past.save(f"file{number}.txt", b"x\n", message=f"change {number}" if number != 17 else f"{past.label}")
    (found,) = past.report("--range", f"{past.base}..HEAD")
    assert found == "commit:" + past.id("HEAD~12")


def test_excluded_names(past: Labelled) -> None:
    """The name of an excluded file is not looked at; the same content at another path is told by that path's name alone."""
    base = past.save(POLICY, b"version: 1\nplugins: [acme]\nexclude: [{path: 'raw/**', reason: kept elsewhere}]\n")
    past.add(f"raw/{past.label}.txt", b"same\n")
    past.save("shown.txt", b"same\n")
    past.save("shown.txt", b"other\n")
    assert past.report("--range", f"{base}..HEAD") == []


SPLIT = [lambda label: (label[:5], label[5:]), lambda label: (label + "\n", "\n" + label[:3])]


@pytest.mark.parametrize("parts", SPLIT, ids=["halves", "ends"])
def test_texts_are_not_one(past: Labelled, parts: Callable[[str], tuple[str, str]]) -> None:
    """What begins in one message and ends in the next is no finding, and what ends a message is."""
    first, second = parts(past.label)
    past.save(message=f"a {first}")
    past.save(message=f"{second} b")
    assert len(past.report("--range", f"{past.base}..HEAD")) == (past.label in first)


def test_match_over_several_texts() -> None:
    """A rule that matches from one text into the next hides none of the matches in the next: both are looked at alone."""
    rule = re.compile(rb"a[^x]{0,20}b")
    gathered = Gathered(lambda data: {"rule": [found.span() for found in rule.finditer(data)]})
    texts = [_text(data) for data in (b"x", b"a", b"x", b"a", b"cab", b"x", b"a b", b"x", b"b")]
    assert [list(gathered.take(text)) for text in texts] == [[]] * len(texts)
    assert list(gathered.rest()) == [texts[3], texts[4], texts[6]]
    assert list(gathered.rest()) == []


def _text(data: bytes) -> Artifact:
    return Artifact(path=b"commit:x", kind="message", origin="memory", opener=lambda: BytesStream(data))
