"""What the policy makes of a package: allowed where it stands, excepted, or not; and what of the policy's own words holds no more.

The values are those of the policy key `licences` (DESIGN 6). A class or an id that is allowed settles an expression: one side of
OR, all of AND. What a project is developed with stays at home and may be strong copyleft: that warns, unless the policy says so.
"""

from __future__ import annotations

from functools import lru_cache

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.inventory.states import DEV_GROUPS, plain
from pytest_genomic_guard.inventory.versions import holds
from pytest_genomic_guard.views.licences.judgements import ClarifyVoid, ExceptionUnused
from pytest_genomic_guard.views.licences.showing import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard.views.licences.nouns import Conclusion, Package

    Around = Callable[[frozenset[str]], Package | None]

__all__ = [
    "Clarify",
    "ClarifyVoid",
    "ExceptionUnused",
    "Exempt",
    "Settings",
    "clarified",
    "exempt",
    "judge",
    "plain",
    "shown",
    "unused",
]

ALLOWED = ("permissive", "weak-copyleft")
COPYLEFT = ("strong-copyleft", "network-copyleft")


class Exempt(Record):
    """One exception of the policy."""

    package: str
    versions: str = ""  # empty: all
    allow: tuple[str, ...] = ()  # empty: whatever it is
    extra: str = ""  # only where this extra or group brings it
    expires: str = ""  # the last day on which it holds
    line: int = 0


class Clarify(Record):
    """What the policy says that a package is licensed under, bound to versions and to a file."""

    package: str
    expression: str  # as written
    versions: str = ""
    file: str = ""
    sha256: str = ""
    line: int = 0


class Settings(Record):
    """The policy on licences as it holds for one project."""

    classes: frozenset[str] = frozenset(ALLOWED)
    allow: frozenset[str] = frozenset()
    dev_groups: frozenset[str] = frozenset(DEV_GROUPS)
    dev_classes: frozenset[str] = frozenset((*ALLOWED, *COPYLEFT))
    told: bool = False  # whether it says itself which classes may be in groups of development
    unknown: str = "fail"
    conflict: str = "fail"
    uncovered: str = "fail"
    own: str = ""  # the project's own licence, SPDX
    use: str = "any"
    exceptions: tuple[Exempt, ...] = ()
    clarify: tuple[Clarify, ...] = ()

    @classmethod
    def of(cls, values: Mapping[str, Any], own: str = "") -> Settings:
        """Build them from the typed values of the key `licences`, and the licence that the project declares."""
        classes = frozenset(values.get("allow-classes", ALLOWED))
        if values.get("use") == "non-commercial-research":
            classes |= {"non-commercial"}
        told = values.get("dev-allow-classes")
        return cls(
            classes=classes,
            allow=frozenset(values.get("allow", ())),
            dev_groups=frozenset(map(plain, values.get("dev-groups", DEV_GROUPS))),
            dev_classes=classes.union(COPYLEFT if told is None else told),
            told=told is not None,
            unknown=values.get("unknown", "fail"),
            conflict=values.get("conflict", "fail"),
            uncovered=values.get("uncovered", "fail"),
            own=values.get("own", "") or own,
            use=values.get("use", "any"),
            exceptions=tuple(_exempt(item) for item in values.get("exceptions", ())),
            clarify=tuple(_clarify(item) for item in values.get("clarify", ())),
        )

    def dev(self, package: Package) -> bool:
        """Tell whether a package is only developed with: by its scope, or an extra that is named as groups of development are."""
        if package.scope == "runtime":
            return False
        group = plain(package.group)
        words = (group, *group.split("-"))
        if package.scope == "dev" and frozenset(DEV_GROUPS).isdisjoint(words):  # not a name that the policy can have meant
            return True
        return not self.dev_groups.isdisjoint(words)


def judge(package: Package, settings: Settings, today: str, around: Around | None = None) -> Package:
    """Return a package with what the policy makes of it: `allowed`, `excepted`, `against`, `mild`, `unfit`.

    `around` tells of a way to it that goes through none of some extras: exceptions that are for extras do not hold for that.
    """
    conclusion, dev = package.conclusion, settings.dev(package)
    classes = settings.dev_classes if dev else settings.classes
    against = _against(conclusion, classes, settings)
    unfit = not dev and _unfit(conclusion, settings)
    lenient = dev and not settings.told and not against
    classes = settings.classes if lenient else classes
    wanted = _against(conclusion, classes, settings) if lenient else against
    if not wanted and not unfit:
        return package.replace(allowed=True, excepted=False, against=(), mild="", unfit=False)
    held = [each for each in exempt(package, settings, today) if not each.allow or not _left(wanted, classes, settings, each)]
    if held:
        extras = frozenset(plain(each.extra) for each in held)
        other = None if "" in extras or around is None else around(extras)
        if other is None:
            return package.replace(allowed=True, excepted=True, against=(), mild="", unfit=False)
        package = other
    if lenient:
        mild = "warn" if _main(conclusion, wanted) else ""
        return package.replace(allowed=True, excepted=False, against=(), mild=mild, unfit=False)
    main = _main(conclusion, against)
    word = settings.unknown if conclusion.kind == "unknown" else settings.conflict if _one_of_two(conclusion, against) else "fail"
    mild = word if main and not unfit and word != "fail" else ""
    return package.replace(allowed=bool(mild) or not (main or unfit), excepted=False, against=against, mild=mild, unfit=unfit)


def _main(conclusion: Conclusion, against: Sequence[str]) -> bool:
    """Tell whether what it is itself, by one source or the other, is not allowed: not only what is within, or could be chosen."""
    return conclusion.expression in against or bool(conclusion.conflict and conclusion.conflict in against)


def _one_of_two(conclusion: Conclusion, against: Sequence[str]) -> bool:
    """Tell whether two sources disagree, and one of them is allowed."""
    return bool(conclusion.conflict) and (conclusion.expression in against) != (conclusion.conflict in against)


def _against(conclusion: Conclusion, classes: frozenset[str], settings: Settings) -> tuple[str, ...]:
    """Return the expressions of a conclusion that are not allowed."""
    seen = [conclusion.expression, *([conclusion.conflict] if conclusion.conflict else []), *conclusion.bundled]
    if conclusion.ambiguous:
        from pytest_genomic_guard.views.licences.expression import ids  # noqa: PLC0415 - for the few that are

        seen += ids(conclusion.expression)
    if conclusion.kind in classes and len(seen) == 1:  # nearly all
        return ()
    return tuple(each for each in dict.fromkeys(seen) if not _allowed(each, conclusion, classes, settings))


def _allowed(expression: str, conclusion: Conclusion, classes: frozenset[str], settings: Settings) -> bool:
    from pytest_genomic_guard.views.licences.expression import compatible, settled  # noqa: PLC0415 - for what is not plainly allowed

    if expression == conclusion.expression and conclusion.kind in classes:
        return True
    if not expression:
        return False
    if settled(expression, classes, settings.allow):
        return True
    return bool(_copyleft(settings.own) and compatible(expression, settings.own))


@lru_cache(64)
def _copyleft(own: str) -> bool:
    """Tell whether the project is copyleft itself, so that others of its kind are at home in it."""
    from pytest_genomic_guard.views.licences.expression import classify  # noqa: PLC0415 - as above

    return bool(own) and classify(own) in COPYLEFT


def _unfit(conclusion: Conclusion, settings: Settings) -> bool:
    """Tell whether the project's own licence, where it is copyleft, cannot take in a package that the classes allow."""
    if not conclusion.expression or not _copyleft(settings.own):
        return False
    from pytest_genomic_guard.views.licences.expression import compatible  # noqa: PLC0415 - as above

    return compatible(conclusion.expression, settings.own) is False


def _left(against: Sequence[str], classes: frozenset[str], settings: Settings, exception: Exempt) -> tuple[str, ...]:
    from pytest_genomic_guard.views.licences.expression import settled  # noqa: PLC0415 - as above

    allow = settings.allow.union(exception.allow)
    return tuple(each for each in against if not each or not settled(each, classes, allow))


def exempt(package: Package, settings: Settings, today: str) -> list[Exempt]:
    """Return the exceptions that are meant for a package and not expired."""
    return [each for each in settings.exceptions if not (each.expires and each.expires < today) and _meant(each, package)]


def _meant(each: Exempt, package: Package) -> bool:
    named = plain(each.package) == plain(package.name) and holds(each.versions, package.version, package.ecosystem)
    if not named or not each.extra:
        return named
    extra = plain(each.extra)
    if extra in (*package.through, plain(package.group)):
        return True
    return any(extra in map(plain, step.partition("[")[2][:-1].split(",")) for step in package.why)


def unused(packages: Iterable[Package], settings: Settings, today: str) -> list[ExceptionUnused]:
    """Return the exceptions that are expired, or that no package needs, and clarifications of packages that are not there.

    `packages` are those that were judged.
    """
    judged = list(packages)
    strict = settings.replace(exceptions=())
    found = []
    for each in settings.exceptions:
        meant = [package for package in judged if _meant(each, package)]
        expired = bool(each.expires and each.expires < today)
        if expired or not any(package.excepted or _against_something(judge(package, strict, today)) for package in meant):
            found.append(ExceptionUnused(package=each.package, expired=expired, line=each.line))
    names = {plain(package.name) for package in judged}
    found += [
        ExceptionUnused(package=each.package, kind="clarify", line=each.line)
        for each in settings.clarify
        if plain(each.package) not in names
    ]
    return found


def _against_something(package: Package) -> bool:
    return bool(package.against or package.mild or package.unfit)


def clarified(
    conclusion: Conclusion, package: tuple[str, str, str], hashes: Callable[[], Mapping[str, str]], settings: Settings
) -> tuple[Conclusion, ClarifyVoid | None]:
    """Return a conclusion as the policy clarifies it, or what is wrong with its clarification.

    `package` is the name, version and ecosystem; `hashes` gives the SHA-256 of its licence files by their names, and is asked only
    where a clarification names a file. One that is for another version is void too: it would be believed to hold.
    """
    name, version, ecosystem = package
    meant = [each for each in settings.clarify if plain(each.package) == plain(name)]
    void = None
    for each in meant:
        from pytest_genomic_guard.views.licences.expression import canonical, classify  # noqa: PLC0415 - for the few that are

        expression = canonical(each.expression)
        why = "expression" if not expression else _void(each, version, ecosystem, hashes)
        if not why:
            told = {"expression": expression, "kind": classify(expression), "told": "clarified"}
            return conclusion.replace(**told, conflict="", ambiguous=False), None
        void = void or ClarifyVoid(package=name, version=version, why=why, line=each.line)  # type: ignore[arg-type]
    return conclusion, void


def _void(each: Clarify, version: str, ecosystem: str, hashes: Callable[[], Mapping[str, str]]) -> str:
    """Return why a clarification does not hold, or nothing."""
    if not holds(each.versions, version, ecosystem):
        return "version"
    if not each.file and not each.sha256:
        return ""
    there = [digest for file, digest in hashes().items() if not each.file or f"/{file}".endswith(f"/{each.file.lstrip('/')}")]
    if not there:
        return "file"
    return "" if not each.sha256 or each.sha256 in there else "changed"


def _exempt(item: Mapping[str, Any]) -> Exempt:
    return Exempt(
        package=item["package"],
        versions=item.get("versions", ""),
        allow=tuple(item.get("allow", ())),
        extra=item.get("extra", ""),
        expires=item.get("expires", ""),
        line=getattr(item, "line", 0),
    )


def _clarify(item: Mapping[str, Any]) -> Clarify:
    return Clarify(
        **{key: item.get(key, "") for key in ("package", "expression", "versions", "file", "sha256")},
        line=getattr(item, "line", 0),
    )
