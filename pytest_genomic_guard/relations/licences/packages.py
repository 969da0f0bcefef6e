"""What relations over packages have in common: which of them a rule is about, and how a package is told."""

from __future__ import annotations

from pytest_genomic_guard.model import Location
from pytest_genomic_guard.views.licences.nouns import Package
from pytest_genomic_guard.views.licences.showing import shown, shown_step, shown_version

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Rulebook

COPYLEFT = ("strong-copyleft", "network-copyleft")
RESTRICTED = ("non-commercial", "use-restricted", "proprietary")
_STEPS = 8  # of a path that are shown
_EXPRESSION = 160  # characters of an expression that are shown
_TOLD = {
    "expression": "by its License-Expression",
    "license": "by its License field",
    "classifiers": "by its classifiers",
    "file": "by its licence file",
    "embedded": "by the lock",
    "lock": "by the licence lock",
    "clarified": "by the policy",
    "catalogue": "by a catalogue, which is a hint only",
    "none": "by nothing that could be read",
}
_WORDS = {
    "permissive": "permissive",
    "weak-copyleft": "weak copyleft",
    "strong-copyleft": "strong copyleft",
    "network-copyleft": "network copyleft",
    "non-commercial": "non-commercial",
    "use-restricted": "restricted in use",
    "proprietary": "proprietary",
    "unknown": "unknown",
}


def of(facts: Facts) -> Iterator[tuple[bytes, Package]]:
    """Yield each package once a manifest that leads to it, with the path of that."""
    known = set()
    for path, package in facts.of(Package):
        at = package.manifest or path
        key = (at, package.ecosystem, package.name, package.version, package.scope, package.group)
        if key not in known:
            known.add(key)
            yield at, package


def kind(package: Package) -> str:
    """Return the class by which a package is judged: of two sources that contradict each other, the stricter that is not allowed.

    Where one of the two is allowed, it is a conflict.
    """
    conclusion = package.conclusion
    if not conclusion.conflict or not package.against:
        return conclusion.kind
    if (conclusion.expression in package.against) != (conclusion.conflict in package.against):
        return "conflict"
    from pytest_genomic_guard.views.licences.expression import classify  # noqa: PLC0415 - for the few that contradict themselves
    from pytest_genomic_guard.views.licences.nouns import CLASSES  # noqa: PLC0415 - as above

    return max(conclusion.kind, classify(conclusion.conflict), key=CLASSES.index)


def main(package: Package) -> bool:
    """Tell whether what is not allowed is the package as a whole."""
    conclusion = package.conclusion
    return conclusion.expression in package.against or bool(conclusion.conflict and conclusion.conflict in package.against)


def denied(facts: Facts, *kinds: str) -> Iterator[tuple[bytes, Package]]:
    """Yield the packages of some classes that the policy does not allow, and that are not a matter of the project's own licence."""
    for path, package in of(facts):
        if not package.allowed and not package.unfit and main(package) and kind(package) in kinds:
            yield path, package


def tell(rule: Rulebook, path: bytes, package: Package, sentence: str, *, mend: bool = True) -> Finding:
    """Build the finding on a package: what it is, by what it was told, why it is there, and what to do instead."""
    what, scope = package.conclusion, package.scope
    parts = [sentence, f"{expression(what.expression)} ({_WORDS[what.kind]}, {_TOLD[what.told]})"]
    where = {"runtime": "required at runtime", "extra": "required by an extra", "dev": "required for development"}[scope]
    where += ", directly" if package.direct or len(package.why) == 1 else ", through {steps} others" if len(package.why) > 2 else ""
    where += ", through one other" if len(package.why) == 2 else ""
    parts.append(where)
    if mend:
        from pytest_genomic_guard.views.licences.instead import instead  # noqa: PLC0415 - for findings only

        parts += [way] if (way := instead(package.name, package.why)) else []
    return rule.finding(
        Location(path=path, line=package.line or None),
        "; ".join(parts),
        key=shown(package.name),
        subject=subject(package),
        steps=max(0, len(package.why) - 1),
    )


def subject(package: Package) -> str:
    """Return ``name==version``, with the extra or the group that brings it and the path that leads to it."""
    name = shown(package.name)
    about = f"{name}=={shown_version(package.version)}" if package.version else name
    group = package.group.partition(":")[0] if package.scope != "runtime" else ""  # behind a colon: who installs it
    said = [f"{'extra' if package.scope == 'extra' else 'group'} {shown(group)}"] if group else []
    if len(package.why) > 1:
        steps = [shown_step(step) for step in package.why]
        if len(steps) > _STEPS:
            steps = [*steps[: _STEPS - 2], "...", steps[-1]]
        said.append(" -> ".join(steps))
    return f"{about} ({': '.join(said)})" if said else about


def expression(text: str) -> str:
    """Return an SPDX expression as a message may have it: ids that are known, and no words of a file."""
    if not text:
        return "no licence"
    if len(text) > _EXPRESSION:
        return "a long expression"
    words = text.replace("(", " ( ").replace(")", " ) ").split()
    said = [word if _listed(word) else "a licence of its own" for word in words]
    return " ".join(said).replace("( ", "(").replace(" )", ")")


def _listed(word: str) -> bool:
    """Tell whether a word of an expression is an operator, or an id of a public list. A LicenseRef can be anybody's words."""
    from pytest_genomic_guard.views.licences import classes  # noqa: PLC0415 - for findings only

    low = word.lower().removesuffix("+")
    known = word in {"(", ")", "AND", "OR", "WITH"} or low in classes.KNOWN or low in classes.EXCEPTIONS
    return known or classes.listed(low) is not None
