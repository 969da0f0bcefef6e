"""How conda names packages: match specs (conda-docs, "package match specifications", read 2026-11) and the names of archives.

``conda-forge::scanpy=1.10=pyhd8ed1ab_0``, ``python >=3.10,<3.13``, ``blas[build=mkl]``, ``numpy 1.26.* py312*`` and addresses
of archives. A name is kept in small letters, a rule of the version without the build, of channels and addresses nothing.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.licences.nouns import Requirement

_SPEC = regex(r"(?P<name>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}+)(?P<rest>[^\[\]]{0,300}+)(?:\[(?P<inner>[^\]]{0,1000}+)\])?\s*+$")
_CHANNEL = regex(r"[A-Za-z0-9_./-]{1,200}+:")  # two colons, or one where somebody forgot the other: conda takes it as well
_INNER = regex(r"version\s*+=\s*+(?P<quote>['\"]?)(?P<version>[^'\",\]]{1,100}+(?:,[^'\",=\]]{1,100}+){0,5})")
_RULE = regex(r"[0-9A-Za-z.*<>=!~,|+_() -]{1,200}")
_EXACT = regex(r"(?P<version>[0-9A-Za-z._+!]{1,64})=(?P<build>[0-9A-Za-z._+-]{1,128})")
# An archive: the name may hold hyphens, version and build may not (conda-docs, "package naming conventions").
_ARCHIVE = regex(
    r"(?:^|[/\\])(?P<name>[A-Za-z0-9_][A-Za-z0-9_.+-]{0,127})-(?P<version>[A-Za-z0-9_.+!]{1,64})"
    r"-(?P<build>[A-Za-z0-9_.+]{1,128})\.(?:conda|tar\.bz2)(?:[?#]|$)"
)


def archive(address: str) -> tuple[str, str] | None:
    """Return name and version of the package that an archive of conda holds, told by its file name."""
    found = _ARCHIVE.search(address[-400:])
    return (found["name"].lower(), found["version"]) if found else None


def parse(text: str, line: int = 0) -> Requirement | None:
    """Return the requirement that a match spec is, None where no name can be told."""
    text = text.strip()
    if "://" in text or text.endswith((".conda", ".tar.bz2")):
        held = archive(text)
        return None if held is None else Requirement(name=held[0], specifier=f"=={held[1]}", line=line)
    found = _SPEC.match(text.rpartition(":")[2].strip() if _CHANNEL.match(text) else text)
    if found is None:
        return None
    rest, inner = found["rest"], found["inner"]
    if not rest[:1].strip(" \t<>=!~"):
        rest = rest.strip()
    elif rest:
        return None  # a path, an address, or another language
    version = _INNER.search(inner) if inner else None
    rule = version["version"] if version is not None else rest
    return Requirement(name=found["name"].lower(), specifier=_without_build(rule.strip()), line=line)


def _without_build(rule: str) -> str:
    """Return the rule of a version without that of a build, which makes it exact."""
    head, _, tail = rule.partition(" ")
    if head.startswith("="):
        exact = _EXACT.fullmatch(rule.lstrip("="))
        if exact is not None:
            return "==" + exact["version"] if "*" not in rule else rule
    if tail and head[0] not in "<>=!~" and not head.endswith((",", "|")) and tail.lstrip()[:1] not in tuple("<>=!~,|"):
        rule = head if "*" in rule else "==" + head  # a version, a blank, a build
    return rule if _RULE.fullmatch(rule) and rule != "*" else ""


def exact(requirement: Requirement) -> str:
    """Return the version that a requirement pins, or nothing."""
    rule = requirement.specifier.replace(" ", "")
    version = rule[2:] if rule.startswith("==") and not rule.startswith("===") else ""
    return version if version and version.replace(".", "").replace("_", "").replace("+", "").replace("!", "").isalnum() else ""
