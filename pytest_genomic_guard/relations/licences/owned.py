"""What declares the licence of one folder otherwise than the licence file, or the first declaration, beside it."""

from __future__ import annotations

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.relations.licences.ground import Ground, vendored
from pytest_genomic_guard.views.licences import expression

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.model import Facts
    from pytest_genomic_guard.views.licences import tree

_STRICT = frozenset(("strong-copyleft", "network-copyleft"))


class Mismatch(Record):
    """One declaration that agrees with nothing else."""

    said: tree.Declared
    told: str
    involves: tuple[bytes, ...]
    copyleft: bool  # one of the two is strong or network copyleft, and the other is not


def mismatches(facts: Facts) -> Iterator[Mismatch]:
    """Compare each declaration with the licence file beside it, or else with the first declaration."""
    ground = Ground(facts)
    for at, declared, files in ground.declared():
        if vendored(at):
            continue
        known = [(path, each.expression) for path, each in files if each.expression]
        first = known[:1] or _usual(declared)
        with_what = "the licence file beside it" if known else "what another file beside it declares"
        held = {family for _path, each in (known or first) for family in families(each)}
        strict = any(expression.classify(each) in _STRICT for _path, each in (known or first))
        involved = tuple(path for path, _each in (known or first))
        readme = {family for said in declared if said.by == "README" for family in families(said.expression)}
        for said in [each for each in declared if not each.aside]:
            own = readme if said.by == "README" else families(said.expression)
            if held and own and not _agree(own, held, vague=said.vague):
                told = f"the licence by {said.by} is another than {with_what}"
                crosses = strict != (expression.classify(said.expression) in _STRICT)
                yield Mismatch(said=said, told=told, involves=involved, copyleft=crosses)
                if said.by == "README":
                    break


def _usual(declared: Sequence[tree.Declared]) -> list[tuple[bytes, str]]:
    """Return the declaration that most of the others agree with; of two, that of a manifest rather than that of a README."""
    some = [said for said in declared if not said.vague and not said.aside]
    own = [families(said.expression) for said in some]
    if not some:
        return []
    ranks = [(sum(bool(each & one) for one in own), said.by != "README") for said, each in zip(some, own, strict=True)]
    best = some[ranks.index(max(ranks))]
    return [(best.at.path, best.expression)]


def families(said: str) -> set[str]:
    """Return the licences of an expression without what versions of them say of later ones."""
    bare = {each.removesuffix("-only").removesuffix("-or-later") for each in expression.ids(said)}
    return {"LGPL-2.1" if each == "LGPL-2.0" else each for each in bare}  # the Library GPL's successor; "LGPLv2" is said of both


def _agree(own: set[str], held: set[str], *, vague: bool) -> bool:
    if own & held or any(each.startswith("LicenseRef-") for each in own | held):
        return True  # of a licence that only its author knows nothing is recognised
    stems = {each.partition("-")[0] for each in own}
    return (vague or "GPL-1.0" in own | held) and bool(stems & {each.partition("-")[0] for each in held})
