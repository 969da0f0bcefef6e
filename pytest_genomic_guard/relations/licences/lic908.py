"""LIC908: packages of whose licences nothing tells."""

from __future__ import annotations

from pytest_genomic_guard.model import Rulebook
from pytest_genomic_guard.relations.licences.evidence import REFRESH


class LIC908(Rulebook):
    """Packages of whose licences nothing tells.

    What it looks for
    -----------------
    A manifest or lock that names packages, where nothing at all tells of their licences: there is no environment of the project
    and no licence lock; or the environment that should tell is missing, has no interpreter, is empty, or is that of this tool.
    Then there is no verdict on them: the run is incomplete, and does not pass.

    What is looked at, in this order: the environment that `--python` or `licences: python` names, `.venv` and other environments
    in the repository, that of the running tests, those of uv, Pipenv, Poetry, conda and pixi, the first Python on PATH that is
    not this tool's own; the licence lock; what a lock says of itself (pixi, renv, npm).

    Why it matters
    --------------
    A hook of pre-commit runs in an environment of its own. A reader of licences that looks there sees its own packages, all of
    them permissive, and passes, whatever the project uses. Nothing that was judged is no pass.

    What to do instead
    ------------------
    Install the project into `.venv`, or name its environment; or write a licence lock where it is installed, with
    `genomic-guard licences refresh`, and commit it: then no environment is needed.

    References
    ----------
    - pre-commit, "Creating new hooks": hooks run in isolated environments
    """

    code = "LIC908"
    name = "no-licence-evidence"
    since = "0.1"
    mend = REFRESH
