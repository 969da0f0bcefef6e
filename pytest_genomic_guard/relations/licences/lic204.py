"""LIC204: the project's own licence is told in two ways."""

from __future__ import annotations

from pytest_genomic_guard.checks.licences.mend import OWN
from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.licences.ground import Ground, vendored
from pytest_genomic_guard.views.licences import expression, tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class LIC204(Relation):
    """A licence of the project's own that its files tell in two ways.

    What it looks for
    -----------------
    A licence file, `project.license`, the classifiers, `setup.cfg`, `setup.py`, `DESCRIPTION`, `package.json`, `CITATION.cff`,
    and a badge or the sentence "this project is licensed under" of a README in the same folder, of which two have no licence in
    common. A version left open ("BSD", "GPL") agrees with every one, `-only` with `-or-later`, and of a choice one part is enough.

    Why it matters
    --------------
    Who uses the project reads one of them, scanners another, and both can be sure that they are right.

    What to do instead
    ------------------
    Decide which holds, and let all of them say the same.

    References
    ----------
    - PEP 639; Writing R Extensions 1.1.2; Citation File Format 1.2.0
    """

    code = "LIC204"
    name = "own-licence-mismatch"
    severity = "warning"
    since = "0.1"
    inline = True
    mend = OWN
    needs = (tree.LicenceFile, tree.Declared)
    reach = "folder"

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Compare each declaration with the licence file beside it, or else with the first declaration."""
        ground = Ground(facts)
        for at, declared, files in ground.declared():
            if vendored(at):
                continue
            known = [(path, each.expression) for path, each in files if each.expression]
            first = [*known, *((said.at.path, said.expression) for said in declared if not said.vague and not said.aside)][:1]
            with_what = "the licence file beside it" if known else "what another file beside it declares"
            held = {family for _path, each in (known or first) for family in families(each)}
            involved = tuple(path for path, _each in (known or first))
            readme = {family for said in declared if said.by == "README" for family in families(said.expression)}
            for said in [each for each in declared if not each.aside]:
                own = readme if said.by == "README" else families(said.expression)
                if held and own and not _agree(own, held, vague=said.vague):
                    told = f"the licence by {said.by} is another than {with_what}"
                    yield self.finding(said.at, told, key=said.by, subject=said.expression, involves=involved)
                    if said.by == "README":
                        break


def families(said: str) -> set[str]:
    """Return the licences of an expression without what versions of them say of later ones."""
    bare = {each.removesuffix("-only").removesuffix("-or-later") for each in expression.ids(said)}
    return {"LGPL-2.1" if each == "LGPL-2.0" else each for each in bare}  # the Library GPL's successor; "LGPLv2" is said of both


def _agree(own: set[str], held: set[str], *, vague: bool) -> bool:
    if own & held or any(each.startswith("LicenseRef-") for each in own | held):
        return True  # of a licence that only its author knows nothing is recognised
    stems = {each.partition("-")[0] for each in own}
    return (vague or "GPL-1.0" in own | held) and bool(stems & {each.partition("-")[0] for each in held})
