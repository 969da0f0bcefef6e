"""Tokens and people's numbers that stand where names, versions and licences do: no outlet has them, folded or not."""

from __future__ import annotations

import importlib.metadata
import json
import random
import re
import string
from typing import TYPE_CHECKING

import pytest
from _projects import environment, project, ran, wheel
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.views.licences import disguised
from pytest_genomic_guard.views.licences.kept import Kept, read, sound, write
from pytest_genomic_guard.views.licences.nouns import Requirement
from pytest_genomic_guard.views.licences.showing import shown, shown_expression, shown_step, shown_version, telling
from pytest_genomic_guard.views.secrets.vendors import masked

if TYPE_CHECKING:
    from pathlib import Path

_random = random.SystemRandom()
_LETTERS = string.ascii_letters + string.digits


def drawn(size: int, letters: str = _LETTERS) -> str:
    """Return what a vendor draws: of each kind of letters some."""
    kinds = [kind for kind in (string.ascii_lowercase, string.ascii_uppercase, string.digits) if set(kind) <= set(letters)]
    body = [_random.choice(kind) for kind in kinds for _each in range(3)] + _random.choices(letters, k=size - 3 * len(kinds))
    return "".join(_random.sample(body, size))


TOKENS = (
    *(f"{head}IA{drawn(16, string.ascii_uppercase + string.digits)}" for head in ("AK", "AS")),
    *(f"gh{kind}_{drawn(36)}" for kind in "po"),
    f"github_pat_{drawn(22)}_{drawn(59)}",
    f"hf_{drawn(34)}",
    f"glpat-{drawn(20)}",
    f"xoxb-{drawn(12, string.digits)}-{drawn(16)}",
    f"sk-{drawn(48)}",
    f"npm_{drawn(36)}",
    f"dckr_pat_{drawn(27)}",
)
PEOPLE = (
    "patient-123-45-6789",
    "123-45-6789",
    "john-doe-1950-01-02",
    "born-02-01-1950",
    "MRN_00123",
    "mrn00123",
    "patient12",
    "patient-id-7",
    "12-34-56-78",
    "1234567",
    "hello19750220",
)
ORDINARY = (
    *("nvidia-cuda-runtime-cu12", "types-python-dateutil", "opencv-python-headless", "backports-zstd", "zope-interface", "py4j"),
    *("h5py", "s3transfer", "r-base", "libstdcxx-ng", "ca-certificates", "tzdata", "alibabacloud-ecs20140526", "_libgcc_mutex"),
    *("nvidia-nccl-cu12", "python-3-11", "py310", "py3-11-12", "@types/node", "@babel/core", "hf-transfer", "hf-xet", "sk-dist"),
    *("org.Hs.eg.db", "BSgenome.Hsapiens.UCSC.hg38", "TxDb.Hsapiens.UCSC.hg19.knownGene", "patsy", "patient", "mrn", "npm-check"),
    *("moment-timezone-with-data-2010-2020", "odoo14-addon-base-rest", "collective.recipe.template", "azure-mgmt-recoveryservices"),
    *("xoxb", "akia", "key-value", "pul-sdk", "github-pat-tools", "scikit-learn", "jaraco.functools", "importlib-metadata", "2to3"),
    *(
        "cdk8s-plus-25",
        "pypi-attestations",
        "types-aiobotocore-s3",
        "pytest-asyncio",
        "xai-sdk",
        "ast-grep-cli",
        "oy2",
        "cio",
        "sl",
    ),
)


def folded(name: str) -> str:
    """Return a name as an index folds it."""
    return re.sub(r"[-_.]+", "-", name).lower().strip("-")


@pytest.mark.parametrize("name", [*TOKENS, *PEOPLE], ids=lambda name: f"{len(name)}-letters")
def test_hidden(name: str) -> None:
    """As it is, folded, with dots, within a longer name, as an extra and as a scope."""
    for form in (name, folded(name), folded(name).replace("-", "_"), folded(name).replace("-", "."), name.upper()):
        for whole in (form, f"my-{form}", f"{form}-tools", f"@scope/{form}"):
            assert whole not in shown(whole), whole
        assert form not in shown_step(f"{form}[{form}]")
        assert not sound(Kept(name=form, version="1"))
        assert not sound(Kept(name="a", version="1", extras=(form,)))
        assert form not in shown_expression(f"MIT OR LicenseRef-{form}")


@pytest.mark.parametrize("token", TOKENS, ids=lambda name: f"{len(name)}-letters")
def test_hidden_in_versions_and_files(token: str) -> None:
    """A version's local part, a file's name, and the marker of a requirement can be anything."""
    for form in (token, folded(token)):
        assert form not in shown_version(f"1.0+{form}"[:40])
        assert telling(f"licenses/{form}.txt")
        asked = Requirement(name="b", specifier=f">=1+{form}", marker=f'extra == "{form}"', extras=(form,))
        text = write([Kept(name="a", version="1", requires=(asked, Requirement(name=form)))], "2026-11-22")
        assert form not in text
        assert read(text.encode()) is not None


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_names(name: str) -> None:
    """Names of packages are shown, folded or not."""
    assert shown(name) == name
    assert shown(folded(name)) == folded(name)


def test_what_is_installed_is_shown() -> None:
    """All distributions of the environment that runs this, with their versions."""
    for each in importlib.metadata.distributions():
        name, version = each.metadata["Name"], each.version
        assert (shown(name), shown(folded(name)), shown_version(version)) == (name, folded(name), version)


@pytest.mark.parametrize(
    "version", ["2024.1.15", "2024-01-15", "1.2.3-4", "1!2.0.post1.dev3+cu121", "py310h5eee18b_0", "4.5-1", "2024a"]
)
def test_ordinary_versions(version: str) -> None:
    """Days are usual in versions, those of births are not."""
    assert shown_version(version) == version
    assert shown_version("1950-01-02") == "?"
    assert shown_version("123-45-6789") == "?"


WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=9), min_size=1, max_size=4)


@given(WORDS, st.sampled_from(["", "3", "12", "cu12", "py310", "3-11", "310"]))
def test_words_and_a_short_number(words: list[str], number: str) -> None:
    """Names of some words with a small number at the end are shown, unless the last word says that it is a person's."""
    name = "-".join([*words, number] if number else words)
    assert shown(name) == name or disguised.known(name)


@given(st.text("abcXYZ019", min_size=34, max_size=34))
def test_case_does_not_matter(body: str) -> None:
    """A body of letters and digits is hidden in every case."""
    for name in (f"hf_{body}", f"hf-{body.lower()}", f"HF.{body.upper()}"):
        assert name not in shown(name)


def test_ids_that_are_listed_are_shown() -> None:
    """A reference that a public list has is no secret, though it has a day in it."""
    listed = "LicenseRef-scancode-stability-ai-nc-2023-12-06"
    assert shown_expression(f"(MIT OR {listed})") == f"(MIT OR {listed})"
    assert shown_expression("LicenseRef-Ours AND MIT") == "LicenseRef-Ours AND MIT"


def test_tokens_in_texts_are_masked() -> None:
    """Each token gives way to stars, and nothing else does."""
    for token in (*TOKENS[:5], *TOKENS[6:9]):
        text = masked(f"By us. Key: {token}, and more.\n".encode()).decode()
        assert text == f"By us. Key: {'*' * len(token)}, and more.\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project whose packages are called after tokens and people."""
    folder = tmp_path_factory.mktemp("told")
    texts = {"licenses/LICENSE": f"Ours.\x1b[2J\x07 Key {TOKENS[2]}\n", f"licenses/{TOKENS[3]}.txt": "Ours.\n"}
    made = [wheel(folder, "plain-thing", "1.0", f"License-Expression: LicenseRef-{TOKENS[2].replace('_', '-')}\n", texts)]
    names = [folded(each) for each in (*TOKENS[:4], TOKENS[6], *PEOPLE[:5])]
    made += [wheel(folder, name, "1.0", "License: GPL-3.0-or-later\n") for name in names[:-1]]
    made.append(wheel(folder, "local-thing", "1.0+" + folded(TOKENS[2])[:30].replace("-", "."), "License: GPL-3.0-or-later\n"))
    asked = json.dumps(["plain-thing", "local-thing", *names])
    text = f'[project]\nname = "study"\nversion = "1"\nlicense = "MIT"\ndependencies = {asked}\n'
    return project(folder / "study", environment(folder / "venv", made), text)


COMMANDS = (
    *(("scan", "--select", "LIC", "--format", form) for form in ("text", "json", "sarif", "junit", "markdown")),
    ("licences", "list"),
    ("licences", "list", "--format", "json"),
    ("licences", "why", "plain-thing"),
    ("licences", "why", TOKENS[0].lower()),
    ("licences", "sbom"),
    ("licences", "notice"),
    ("licences", "refresh"),
    ("scan", "--select", "LIC"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words[:5]).lower() if "akia" not in words[-1] else "why")
def test_no_outlet_tells(root: Path, command: tuple[str, ...]) -> None:
    """Neither standard output, nor errors, nor the licence lock."""
    done = ran(root, *command)
    assert done.returncode in {0, 1, 2, 3}, done.stderr
    lock = root / ".genomic-guard" / "licences.lock.yaml"
    told = (done.stdout + done.stderr + (lock.read_text() if lock.is_file() else "")).lower()
    for each in (*TOKENS, *PEOPLE[:5]):
        for form in (each.lower(), folded(each), folded(each)[:30]):
            assert form not in told, (command, each)
    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout
    if command[-1] == "refresh":
        assert "left out" in done.stderr
