"""Whether a group of requirements is for those who use a project or for those who work on it, by its name.

Metadata has no word for it (PEP 621, PEP 735 and pip know groups and extras by name alone), so the customs are a table here.
A name counts as ``dev`` where its first or last word says so beyond doubt (``test-jax``, ``docs-auto``) or where every word of it
is of such groups (``ci-build``): ``doc-search`` is not.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.licences.nouns import Scope

DEV = frozenset(
    (
        *("dev", "devel", "develop", "developer", "developers", "development", "devtools", "contributing", "maintainer"),
        *("test", "tests", "testing", "tester", "pytest", "tox", "nox", "coverage", "cov", "unittest", "unittests", "e2e"),
        *("lint", "linter", "linters", "linting", "style", "formatting", "quality", "precommit", "ruff", "mypy", "typing", "type"),
        *("types", "typecheck", "typechecking", "doc", "docs", "documentation", "sphinx", "mkdocs", "rtd", "rtfd", "readthedocs"),
        *("ci", "cicd", "build", "release", "publish", "publishing", "packaging", "changelog"),
        *("bench", "benchmark", "benchmarks", "benchmarking", "profiling"),
    )
)
# Words that say which of several such groups one is, and nothing of what it is for.
_WHICH = frozenset(
    (
        *("full", "all", "min", "minimal", "minimum", "latest", "extra", "extras", "optional", "deps", "dependencies", "only"),
        *("base", "core", "common", "requirements", "requirement", "reqs", "req", "pip", "lock", "pinned", "gpu", "cpu"),
        *("linux", "windows", "macos", "mac", "win", "ubuntu", "env", "environment", "group", "tools", "tool", "pre", "commit"),
        *("code", "and", "actions", "github", "upstream", "nightly", "oldest", "prerelease", "no", "python", "py"),
    )
)
_WORDS = regex(r"[a-z0-9]+")
# What a name begins or ends with where the rest only says which of them it is: ``test-jax``, ``docs-auto``, ``gpu-tests``.
_PLAIN = frozenset(
    ("dev", "test", "tests", "testing", "docs", "lint", "linting", "typing", "mypy", "typecheck", "typechecking", "benchmarks")
)
_VERSION = regex(r"(?:py|python|cp)?[0-9]{1,4}")
_FOLDERS = frozenset(
    (
        *("doc", "docs", "documentation", "test", "tests", "testing", "ci", ".ci", ".github", ".circleci", ".azure-pipelines"),
        *(".binder", "benchmark", "benchmarks", "bench", "dev", "devtools", ".devcontainer", "lint"),
    )
)
_LIST = regex(r"(?:^|(?<=[-_. ]))(?:pip|requirements?|reqs?|lock|pinned|freeze|list)(?=$|[-_. ])")


def is_dev(name: str) -> bool:
    """Tell whether the name of an extra or a group is one for those who work on the project."""
    words = _WORDS.findall(name.lower()[:200])
    if words and (words[0] in _PLAIN or words[-1] in _PLAIN):
        return True
    known = [word for word in words if word in DEV]
    rest = [word for word in words if word not in DEV and word not in _WHICH and not _VERSION.fullmatch(word)]
    return name.lower() in {"pre-commit", "test-suite"} or (bool(known) and not rest)


def scope_of(name: str, otherwise: Scope = "extra") -> Scope:
    """Return the scope of an extra or a group."""
    return "dev" if is_dev(name) else otherwise


def of_path(path: bytes) -> tuple[str, Scope]:
    """Return the group and the scope of a list of requirements, by its name and the folders that it stands in.

    ``requirements-dev.txt``, ``dev-requirements.txt``, ``requirements/test.txt``, ``docs/requirements.txt`` are for those who
    work on the project; every other list is what it runs with.
    """
    *folders, base = path.decode("utf-8", "replace").lower().split("/")
    stem = base.rpartition(".")[0]
    name = " ".join(_LIST.sub("", stem).replace("_", " ").replace("-", " ").replace(".", " ").split())
    if name and is_dev(name):
        return name.replace(" ", "-"), "dev"
    for folder in reversed(folders):
        if folder in _FOLDERS:
            return folder.lstrip("."), "dev"
    return "", "runtime"
