"""Which works can take which others in: the licence of a part against the licence of the whole.

After the compatibility list of the Free Software Foundation (gnu.org/licenses/license-list), the appendix of
EUPL 1.1 and 1.2 and section 13 of GPL 3 and AGPL 3. What is told is a legal reading made short, not advice:

* an own permissive licence takes permissive and weak parts, none of the copyleft ones that are strong or reach the network;
* an own weak one too: a library under LGPL or MPL that needs a GPL part can only be passed on under GPL;
* an own GPL takes the GNU versions that meet its own ("2.0-or-later" meets 3.0), AGPL 3 where it can be version 3, Apache 2.0 only
  where it can be version 3, LGPL 3 likewise; never what the FSF lists as incompatible (EPL, CDDL, MPL 1.x, 4-clause BSD, SSPL ...);
* nobody takes in a part that is restricted to uses, to non-commerce or proprietary, except a work under the very same terms.

Of a choice any side suffices, on either side; of parts that all hold, all must. Nothing (``None``): not known.
"""

from __future__ import annotations

from pytest_genomic_guard.views.licences import expression

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_genomic_guard.views.licences.expression import Tree

_FREE = frozenset({"permissive", "weak-copyleft"})
_LIMITED = frozenset({"non-commercial", "use-restricted", "proprietary"})
_THREE, _TWO = frozenset({"3.0"}), frozenset({"2.0"})

# In lower case. Permissive and weak licences that no version of the GPL can be combined with.
_REFUSED = (
    "apache-1.0 apache-1.1 artistic-1.0 bsd-4-clause bsd-4-clause-uc openssl php-3.0 php-3.01 cnri-python ms-pl "
    "ms-rl ms-lpl zend-2.0 json afl-1.1 afl-1.2 afl-2.0 afl-2.1 afl-3.0 zpl-1.1 ecl-1.0 bsd-3-clause-attribution "
    "xfree86-1.1 aal epl-1.0 epl-2.0 cpl-1.0 ipl-1.0 cddl-1.0 cddl-1.1 mpl-1.0 mpl-1.1 "
    "mpl-2.0-no-copyleft-exception npl-1.0 npl-1.1 apsl-1.0 apsl-1.1 apsl-1.2 apsl-2.0 lppl-1.0 lppl-1.2 lppl-1.3a "
    "lppl-1.3c nasa-1.3 nokia sissl spl-1.0 lpl-1.02 cc-by-sa-1.0 cc-by-sa-2.0 cc-by-sa-2.5 cc-by-sa-3.0 "
    "gfdl-1.1-only gfdl-1.1-or-later gfdl-1.2-only gfdl-1.2-or-later gfdl-1.3-only gfdl-1.3-or-later"
)
_AGAINST_GPL = frozenset(_REFUSED.split())
# Only with version 3 of the GPL, which says so of patents and of further terms.
_ONLY_THREE = frozenset({"apache-2.0", "ecl-2.0", "cc-by-sa-4.0", "mulanpsl-2.0"})
# Other strong licences that let themselves be passed on as GPL, and as which version.
_AS_GPL = {
    "eupl-1.1": _TWO,
    "eupl-1.2": frozenset({"2.0", "3.0"}),
    "cecill-2.0": frozenset({"2.0", "3.0"}),
    "cecill-2.1": frozenset({"2.0", "3.0"}),
    "cecill-1.0": frozenset({"2.0", "3.0"}),
    "cecill-1.1": frozenset({"2.0", "3.0"}),
    "sleepycat": frozenset({"2.0", "3.0"}),
}
_DATA = frozenset({"odbl-1.0", "cdla-sharing-1.0", "cc-sa-1.0"})  # of data, which a program rarely is one work with


def taken(tree: Tree, own: Tree) -> bool | None:
    """Tell whether a work under ``own`` can take a part under ``tree`` in."""
    if not isinstance(own, str):
        told = [taken(tree, part) for part in own[1]]
        return _any(told) if own[0] == "OR" else _all(told)
    if not isinstance(tree, str):
        told = [taken(part, own) for part in tree[1]]
        return _any(told) if tree[0] == "OR" else _all(told)
    return _one(tree, own)


def _any(told: Iterable[bool | None]) -> bool | None:
    kept = list(told)
    return True if True in kept else None if None in kept else False


def _all(told: Iterable[bool | None]) -> bool | None:
    kept = list(told)
    return False if False in kept else None if None in kept else True


def _one(part: str, own: str) -> bool | None:
    """Enter one id against one id."""
    if part.lower() == own.lower():
        return True
    kind, mine = expression.leaf_class(part), expression.leaf_class(own)
    if kind == "unknown" or (mine == "unknown" and kind not in _FREE):
        return None
    if kind in _LIMITED:
        return False
    if mine in ("strong-copyleft", "network-copyleft"):
        return _into_copyleft(part, own)
    return kind in _FREE


def _into_copyleft(part: str, own: str) -> bool | None:
    """Give a free or copyleft part in a work under strong or network copyleft."""
    free = expression.leaf_class(part) in _FREE
    versions = _versions(own)
    name = part.partition(" WITH ")[0].lower().removesuffix("+")
    if free and (not versions or " WITH " in part):
        return True
    if not versions or name in _DATA:  # EUPL, CeCILL, OSL, SSPL as own licence: what they take of others' copyleft is not told here
        return None
    if name in _AGAINST_GPL:
        return False
    if name in _ONLY_THREE:
        return bool(versions & _THREE)
    return _lesser(name, versions) if free else _gnu(name, versions)


def _gnu(name: str, versions: frozenset[str]) -> bool:
    """Tell whether a strong or network licence meets a version that the whole can have."""
    family, offered = expression.span(name)
    if family == "gpl":
        return bool(versions & offered)
    if family == "agpl":
        return bool(versions & offered & _THREE)
    as_gpl = _AS_GPL.get(name)
    return bool(as_gpl and versions & as_gpl)


def _versions(own: str) -> frozenset[str]:
    """Give the versions of the GPL that the whole can have; AGPL 3 takes in what is GPL 3."""
    family, versions = expression.span(own)
    if family == "agpl":
        return versions & _THREE
    return versions if family == "gpl" else frozenset()


def _lesser(name: str, versions: frozenset[str]) -> bool:
    """Tell whether it fits: LGPL 2 can be passed on as any GPL from 2, LGPL 3 only as GPL 3, all else that is free fits."""
    family, offered = expression.span(name)
    if family != "lgpl":
        return True
    return bool(versions & (_THREE if offered == _THREE else frozenset({"2.0", "3.0"})))
