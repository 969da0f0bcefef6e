"""Which environments could tell what a project is built on, best first, and what they hold.

Inside an isolated pre-commit hook VIRTUAL_ENV is the hook's own environment and its folder of programs is first on PATH, while
CONDA_PREFIX and the rest of PATH are the user's (measured with pre-commit 4, 2026-11). The tool's own environment is no evidence
about a project, except where it is the project's own.
"""

from __future__ import annotations

import os

from pytest_genomic_guard.evidence.direct import folder
from pytest_genomic_guard.evidence.elsewhere import from_file, of_tools, on_path
from pytest_genomic_guard.evidence.listed import listed
from pytest_genomic_guard.evidence.prefixes import PROBLEMS, Environment, looked, prefix_of
from pytest_genomic_guard.evidence.reading import inside, is_folder, piece
from pytest_genomic_guard.evidence.watched import digest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pytest_genomic_guard.evidence.condameta import CondaPackage, conda_packages
    from pytest_genomic_guard.evidence.installed import Installed, installed
    from pytest_genomic_guard.evidence.prefixes import Kind

__all__ = ("PROBLEMS", "CondaPackage", "Environment", "Installed", "conda_packages", "digest", "found", "installed")

_ADDRESS_BYTES = 1 << 14
_CHILDREN = 2000
_HOOKS = ("PRE_COMMIT", "PREK")


def __getattr__(name: str) -> object:
    """Return what reads an environment, which a run in which nothing changed does not need."""
    if name in {"Installed", "installed"}:
        from pytest_genomic_guard.evidence import installed as reads  # noqa: PLC0415 - see above

        return getattr(reads, name)
    if name in {"CondaPackage", "conda_packages"}:
        from pytest_genomic_guard.evidence import condameta  # noqa: PLC0415 - see above

        return getattr(condameta, name)
    raise AttributeError(name)


def found(root: bytes, configured: str, environ: Mapping[str, str], own_prefix: str, running: bool) -> list[Environment]:  # noqa: FBT001 - one answer of the caller
    """Return the environments in the order of the ladder, each prefix once; those that are of no use have a problem.

    `running` is set where this process runs inside of the project's environment, as pytest does. The tool's own environment is
    told with the problem "own" where something led to it; a "missing" one only where it was configured.
    """
    root = os.path.abspath(root)
    ladder = _Ladder(root, environ, own_prefix, running=running)
    if configured:
        ladder.configured(configured)
    if running:
        ladder.add("running", os.fsencode(own_prefix), project=True)
    for prefix in _of_project(root, environ):
        ladder.add("conda" if _is_conda(prefix) else "project", prefix, project=True)
    if not ladder.isolated and own_prefix:  # the tool, called in the environment in which the project is being worked on
        ladder.working(os.fsencode(own_prefix))
    if (prefix := os.fsencode(environ.get("VIRTUAL_ENV", ""))) and b"\0" not in prefix:
        ladder.add("project" if ladder.within(prefix) else "path", prefix, person=True)
    if prefix := os.fsencode(environ.get("CONDA_PREFIX", "")):
        ladder.add("conda", prefix, person=True)
    pixi = [each for each in inside(os.path.join(root, b".pixi", b"envs")) if is_folder(each)]
    for each in sorted(pixi, key=lambda one: (one.name != b"default", one.name)):
        ladder.add("pixi", each.path, project=True)
    for prefix in of_tools(root, environ):
        ladder.add("project", prefix)
    for program in on_path(root, environ):
        if ladder.add("path", prefix_of(program), person=not _is_venv(prefix_of(program)), program=program):
            break
    return ladder.found


class _Ladder:
    """The environments found so far."""

    def __init__(self, root: bytes, environ: Mapping[str, str], own_prefix: str, *, running: bool) -> None:
        self.root, self.running = root, running
        self.real = os.path.realpath(root)
        self.top = _top(self.real)
        self.own = os.path.realpath(os.fsencode(own_prefix)) if own_prefix else b""
        self.isolated = any(environ.get(name) for name in _HOOKS)
        self.home = os.fsencode(environ.get("HOME", "") or environ.get("USERPROFILE", ""))
        self.users = b""
        if not environ.get("PYTHONNOUSERSITE"):
            self.users = os.fsencode(environ.get("PYTHONUSERBASE", "")) or (
                os.path.join(self.home, b".local") if self.home else b""
            )
        self.found: list[Environment] = []
        self.seen: set[bytes] = set()

    def working(self, prefix: bytes) -> None:
        """Add the tool's own environment where the project itself is installed there from its folder."""
        environment = looked("project", prefix, within=self.within(prefix), users=self.users)
        if not environment.problem and os.path.realpath(prefix) not in self.seen and self._edited(environment):
            self.add("project", prefix, project=True)

    def within(self, prefix: bytes) -> bool:
        """Tell whether a prefix lies in the project's root, as it is written or where links lead."""
        here = os.path.abspath(prefix).startswith(self.root.rstrip(os.sep.encode()) + os.sep.encode())
        return here or os.path.realpath(prefix).startswith(self.real.rstrip(os.sep.encode()) + os.sep.encode())

    def configured(self, text: str) -> None:
        """Add what the policy or the command line names: a folder, or an interpreter. Relative to the root."""
        try:
            path = os.fsencode(text)
        except UnicodeEncodeError:
            path = b"\0"
        if b"\0" in path:
            self.found.append(Environment(kind="configured", prefix=b"", problem="missing"))
            return
        path = self.home + path[1:] if path[:2] == b"~/" and self.home else path
        path = os.path.join(self.root, path)
        if os.path.isdir(path):
            self.add("configured", os.path.normpath(path))
        elif os.path.lexists(path):
            self.add("configured", prefix_of(path), program=path)
        else:
            self.found.append(Environment(kind="configured", prefix=path, inside=self.within(path), problem="missing"))

    def add(self, kind: Kind, prefix: bytes, *, project: bool = False, person: bool = False, program: bytes = b"") -> bool:
        """Add one, and tell whether it is of use. `project`: it belongs to the project by its place; `person`: by who set it."""
        if b"\0" in prefix:
            return False
        prefix = os.path.abspath(os.path.join(self.root, prefix))
        real = os.path.realpath(prefix)
        environment = None if real in self.seen else self._look(kind, prefix, real, project, person, program)
        if environment is None or (environment.problem == "missing" and kind != "configured"):
            return False
        self.seen.add(real)
        self.found.append(environment.replace(top=self.top))
        return not environment.problem or kind != "path"

    def _look(self, kind: Kind, prefix: bytes, real: bytes, project: bool, person: bool, program: bytes) -> Environment:  # noqa: FBT001, PLR0913, PLR0917 - as of `add`
        environment = looked(kind, prefix, within=self.within(prefix), program=program, users=self.users)
        if real != self.own or environment.problem or project or (person and not self.isolated):
            return environment
        if self.running or self._edited(environment):
            return environment
        return environment.replace(problem="own")

    def _edited(self, environment: Environment) -> bool:
        """Tell whether the project itself is installed there from its folder."""
        for entry in listed(environment.sites):
            data = piece(os.path.join(entry.folder, b"direct_url.json"), _ADDRESS_BYTES) if entry.shape == "dist-info" else None
            source = folder(data) if data else entry.site if entry.linked else b""
            if source and os.path.realpath(source) == self.real:
                return True
        return False


def _of_project(root: bytes, environ: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the prefixes in the project's root."""
    own = os.path.join(root, b".venv")
    if os.path.isfile(own):
        yield from_file(root, own, environ)
    elif os.path.lexists(own):
        yield own
    named = os.fsencode(environ.get("UV_PROJECT_ENVIRONMENT", ""))
    if named and b"\0" not in named:
        yield os.path.join(root, named)
    children = []
    for count, entry in enumerate(inside(root)):
        if count >= _CHILDREN:
            break
        if entry.name != b".venv" and is_folder(entry) and (_is_venv(entry.path) or _is_conda(entry.path)):
            children.append(entry.path)
    yield from sorted(children)


def _is_venv(prefix: bytes) -> bool:
    return os.path.isfile(os.path.join(prefix, b"pyvenv.cfg"))


def _is_conda(prefix: bytes) -> bool:
    return os.path.isdir(os.path.join(prefix, b"conda-meta"))


def _top(real: bytes) -> bytes:
    """Return the top of the repository that a folder is in, or the folder."""
    folder = real
    while not os.path.lexists(os.path.join(folder, b".git")):
        if (above := os.path.dirname(folder)) == folder:
            return real
        folder = above
    return folder
