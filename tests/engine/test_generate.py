"""What is generated agrees with its sources, and `generate` refuses what breaks the form of a rule."""

from __future__ import annotations

import compileall
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from py_compile import PycInvalidationMode

import pytest

ROOT = Path(__file__).parents[2]
GENERATED = ("pytest_genomic_guard/_index.py", "codes.lock", ".pre-commit-hooks.yaml", "docs/checks")
GEN103 = "pytest_genomic_guard/relations/genomic/gen103.py"
NEW_CHECK = '''"""GEN199: a word."""

from __future__ import annotations

from pytest_genomic_guard.checks.genomic.mend import INDIVIDUAL_LEVEL
from pytest_genomic_guard.model import Check, Rule
from pytest_genomic_guard.views.text import Text

WORD = Rule(name="a-word", anchors=(b"shibboleth",), pattern=rb"shibboleth")


class GEN199(Check[Text]):
    """A word.

    What it looks for
    -----------------
    The word.

    Why it matters
    --------------
    It does not.

    What to do instead
    ------------------
    Write another one.

    References
    ----------
    - None
    """

    code = "GEN199"
    name = "a-word"
    since = "0.1"
    mend = INDIVIDUAL_LEVEL
    rules = (WORD,)

    def look(self, view, options):
        """Report every place of the word."""
        for start, end in view.matches(WORD):
            yield self.finding(view.locate(start, end), "a word of {length} letters", length=end - start)
'''
NEW_CASES = """# GEN199 a-word

## fires: the word

`a.txt`

```
shibboleth
```

Expect: `a.txt:1: a word of 10 letters`

## quiet: another word

`a.txt`

```
sibboleth
```
"""


def run(checkout: Path, *arguments: str, seed: str = "0") -> subprocess.CompletedProcess[str]:
    """Run the command line from the root of a checkout, on the code of that checkout."""
    return subprocess.run(
        [sys.executable, "-m", "pytest_genomic_guard", *arguments],
        cwd=checkout,
        env={"PATH": os.environ["PATH"], "PYTHONHASHSEED": seed, "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what `generate` reads and writes, and compile it, so that an edited module alone is compiled by each run."""
    folder = tmp_path_factory.mktemp("pristine")
    for name in ("hooks", "pytest_genomic_guard", "tests/checks", "docs/checks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".*_cache"))
    for name in ("codes.lock", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, folder / name)
    # By the hash of its source, which tells any edit; a time might not.
    assert compileall.compile_dir(folder, quiet=2, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
    return folder


@pytest.fixture
def checkout(pristine: Path, tmp_path: Path) -> Path:
    """Return a copy of a checkout."""
    return shutil.copytree(pristine, tmp_path, dirs_exist_ok=True)


def edit(file: Path, old: str, new: str) -> None:
    """Replace a text that stands in a file."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def contents(checkout: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {str(file.relative_to(checkout)): file.read_bytes() for file in sorted(checkout.rglob("*")) if file.is_file()}


def test_this_checkout_is_up_to_date() -> None:
    """What is committed is what the generator writes."""
    done = run(ROOT, "generate", "--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_same_bytes_from_nothing(checkout: Path) -> None:
    """Without any generated file, in an order of another hash seed and in another locale, the same bytes are written."""
    before = contents(checkout)
    for name in GENERATED[1:]:
        path = checkout / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for schema in (checkout / "pytest_genomic_guard" / "schemas").glob("*.json"):
        schema.unlink()
    index = checkout / GENERATED[0]
    index.write_text(re.sub(r"^    \(.*\n", "", index.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    assert run(checkout, "generate", "--check").returncode == 1
    assert run(checkout, "generate", seed="12345").returncode == 0
    assert contents(checkout) == before
    assert run(checkout, "generate", "--check", seed="6789").returncode == 0


@pytest.mark.parametrize(
    "name",
    [
        "pytest_genomic_guard/_index.py",
        "pytest_genomic_guard/schemas/report-1.schema.json",
        "pytest_genomic_guard/schemas/policy-1.schema.json",
        "docs/checks/GEN101.md",
        "docs/checks/README.md",
        ".pre-commit-hooks.yaml",
        "hooks/gates.py",
    ],
)
@pytest.mark.parametrize("change", ["edited", "missing"])
def test_stale_file_is_refused_then_mended(checkout: Path, name: str, change: str) -> None:
    """An edit of a generated file, or its loss, is named by --check, which changes nothing; without it the file is written."""
    before = contents(checkout)
    file = checkout / name
    if change == "edited":
        file.write_text(file.read_text("utf-8") + "\n", "utf-8")
    elif name.endswith("_index.py"):
        file.write_text("INDEX = ()\n", "utf-8")  # a lost one cannot be imported
    else:
        file.unlink()
    broken = contents(checkout)
    done = run(checkout, "generate", "--check")
    assert (done.returncode, done.stdout) == (1, f"out of date: {name}\n")
    assert contents(checkout) == broken
    done = run(checkout, "generate")
    assert (done.returncode, done.stdout) == (0, f"written: {name}\n")
    assert contents(checkout) == before


def test_page_of_no_rule_is_removed(checkout: Path) -> None:
    """A page whose rule is not there is refused, and removed on writing."""
    page = checkout / "docs" / "checks" / "GEN999.md"
    page.write_text("# GEN999\n", "utf-8")
    done = run(checkout, "generate", "--check")
    assert (done.returncode, done.stdout) == (1, "out of date: docs/checks/GEN999.md\n")
    assert page.exists()
    assert run(checkout, "generate").returncode == 0
    assert not page.exists()


@pytest.mark.parametrize("heading", ["What it looks for", "Why it matters", "What to do instead", "References"])
def test_removed_heading(checkout: Path, heading: str) -> None:
    """A manual without one of its headings is an error that names rule and heading, also when writing."""
    edit(checkout / GEN103, f"    {heading}\n    {'-' * len(heading)}\n", "")
    for arguments in (["generate"], ["generate", "--check"]):
        done = run(checkout, *arguments)
        assert done.returncode == 2
        assert "GEN103" in done.stderr
        assert heading in done.stderr
        assert "Traceback" not in done.stderr


def test_empty_heading(checkout: Path) -> None:
    """A heading with nothing under it is no manual."""
    file = checkout / GEN103
    text = file.read_text("utf-8")
    start, end = text.index("    Keep the fileset"), text.index("    References\n")
    file.write_text(text[:start] + text[end:], "utf-8")
    done = run(checkout, "generate")
    assert (done.returncode, "What to do instead" in done.stderr) == (2, True)


@pytest.mark.parametrize("word", ["fires", "quiet"])
def test_removed_cases(checkout: Path, word: str) -> None:
    """A rule whose firing, or quiet, cases are all gone is an error, also when writing."""
    edit(checkout / "tests" / "checks" / "RUN301.md", f"## {word}: ", "### ")
    done = run(checkout, "generate")
    assert (done.returncode, "RUN301" in done.stderr) == (2, True)


def test_one_removed_case(checkout: Path) -> None:
    """A case that is taken away makes the page stale: it cannot leave unseen."""
    file = checkout / "tests" / "checks" / "RUN301.md"
    text = file.read_text("utf-8")
    file.write_text(text[: text.rindex("## quiet: ")], "utf-8")
    done = run(checkout, "generate", "--check")
    assert (done.returncode, done.stdout) == (1, "out of date: docs/checks/RUN301.md\n")


def test_removed_case_file(checkout: Path) -> None:
    """A rule without a case file is an error that says where it belongs."""
    (checkout / "tests" / "checks" / "RUN301.md").unlink()
    done = run(checkout, "generate", "--check")
    assert (done.returncode, "tests/checks/RUN301.md" in done.stderr) == (2, True)


def test_renamed_rule(checkout: Path) -> None:
    """A name that was released cannot change."""
    edit(checkout / GEN103, 'name = "plink-genotype-matrix"', 'name = "plink-matrix"')
    for arguments in (["generate"], ["generate", "--check"]):
        done = run(checkout, *arguments)
        assert (done.returncode, "GEN103 plink-genotype-matrix" in done.stderr) == (2, True)


def test_renumbered_rule(checkout: Path) -> None:
    """A code that was released cannot leave, even with module, class, cases and page moved together."""
    edit(checkout / GEN103, "GEN103", "GEN198")
    (checkout / GEN103).rename(checkout / GEN103.replace("103", "198"))
    cases = checkout / "tests" / "checks"
    (cases / "GEN103.md").rename(cases / "GEN198.md")
    done = run(checkout, "generate")
    assert (done.returncode, "GEN103 plink-genotype-matrix" in done.stderr) == (2, True)
    assert (checkout / "docs" / "checks" / "GEN103.md").exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('code = "GEN103"', 'code = "GEN102"'),
        ("class GEN103(", "class GEN199("),
        ('name = "plink-genotype-matrix"', 'name = "unread-content"'),
        ('name = "plink-genotype-matrix"', 'name = "PLINK matrix"'),
    ],
)
def test_broken_form(checkout: Path, old: str, new: str) -> None:
    """Code, class and module agree, and a name is in kebab-case and free: nothing is left out in silence."""
    edit(checkout / GEN103, old, new)
    done = run(checkout, "generate")
    assert done.returncode == 2
    assert re.search(r"gen103|GEN103|RUN101", done.stderr)
    assert "Traceback" not in done.stderr


def test_new_check_needs_no_other_edit(checkout: Path) -> None:
    """A module and a case file are enough: after `generate` every command knows the new check."""
    (checkout / "pytest_genomic_guard" / "checks" / "genomic" / "gen199.py").write_text(NEW_CHECK, "utf-8")
    done = run(checkout, "generate")
    assert (done.returncode, "GEN199 needs a case file" in done.stderr) == (2, True)
    (checkout / "tests" / "checks" / "GEN199.md").write_text(NEW_CASES, "utf-8")
    done = run(checkout, "generate")
    assert done.returncode == 0
    assert sorted(done.stdout.splitlines()) == [
        "written: codes.lock",
        "written: docs/checks/GEN199.md",
        "written: docs/checks/README.md",
        "written: pytest_genomic_guard/_index.py",
    ]
    assert run(checkout, "generate", "--check").returncode == 0
    assert "GEN199 a-word" in run(checkout, "explain", "GEN199").stdout
    (checkout / "a.txt").write_text("the shibboleth\n", "utf-8")
    done = run(checkout, "scan", "a.txt")
    assert done.returncode == 1
    assert "a word of 10 letters" in done.stdout


def test_elsewhere(tmp_path: Path) -> None:
    """Outside a checkout nothing is written."""
    done = subprocess.run(
        [sys.executable, "-I", "-m", "pytest_genomic_guard", "generate"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "from its root" in done.stderr) == (2, True)
    assert not list(tmp_path.iterdir())


def test_other_copy(checkout: Path) -> None:
    """The rules of one copy are never written into another: an installed tool refuses a checkout that is not its own."""
    before = contents(checkout)
    done = subprocess.run(
        [sys.executable, "-I", "-m", "pytest_genomic_guard", "generate"], cwd=checkout, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "another copy" in done.stderr) == (2, True)
    assert contents(checkout) == before
