"""LIC203: a folder with a licence file of its own."""

from __future__ import annotations

from pytest_genomic_guard.checks.licences.mend import FOLDER
from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.licences.ground import Ground, vendored
from pytest_genomic_guard.views.licences import expression, tree
from pytest_genomic_guard.views.licences.showing import shown_expression

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC203(Relation):
    """A folder under a licence that the policy does not allow.

    What it looks for
    -----------------
    A `LICENSE`, `LICENCE`, `COPYING` or `UNLICENSE` in a folder below the top (`vendor/`, `third_party/`, `extern/`, any other),
    whose text is known and is of a class that the policy does not allow there; and in a folder of code from elsewhere a manifest
    that declares such a licence. Several licence files in one folder are a choice; `COPYING.LESSER` adds to the `COPYING` beside
    it. Collections of texts (`LICENSES/`) are quiet, and so are files whose names say that they are about something else, and
    pages that list or explain licences (`docs/licences.md`, `licensing.md`, `third-party-licenses.rst`).

    Why it matters
    --------------
    Code that was copied into a repository keeps its licence, and scanners of dependencies never see it.

    What to do instead
    ------------------
    Require the package instead of a copy where its licence lets the project do that, replace it, or take the folder out.

    References
    ----------
    - GPL-3.0, section 5(c); AGPL-3.0, section 13
    """

    code = "LIC203"
    name = "vendored-licence"
    since = "0.1"
    mend = FOLDER
    needs = (tree.LicenceFile, tree.Declared)
    reach = "above"  # the licence of the project lies at the top
    standing = True
    looks_at = staticmethod(tree.named)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each folder whose licence files are not allowed, and each that came from elsewhere and declares as much."""
        ground = Ground(facts)
        done: set[bytes] = set()
        for at, path, said in ground.files():
            done.add(at)
            if not ground.allowed(said, path) and expression.classify(said) != "unknown":
                yield self._told(Location(path=path, line=1, column=1), at, said)
        for at, declared, _files in ground.declared():
            for each in declared:
                if at in done or not vendored(at) or each.by == "README" or each.kind == "unknown":
                    continue
                if not ground.allowed(each.expression, at + b"/x"):
                    done.add(at)
                    yield self._told(each.at, at, each.expression)

    def _told(self, place: Location, at: bytes, said: str) -> Finding:
        where = "a folder of code from elsewhere" if vendored(at) else "a folder"
        told = f"{where} is under a licence that the policy does not allow here ({expression.classify(said)})"
        return self.finding(place, told, key=shown_expression(said), subject=shown_expression(said))
