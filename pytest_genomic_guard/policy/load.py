"""Read the policy file: strict YAML without anchors or tags, typed by the schema, every error with line and column."""

from __future__ import annotations

import hashlib

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.policy import (
    DECLARED,
    INCONCLUSIVE,
    NEVER_WAIVED,
    SETTINGS,
    WAIVER_ONLY,
    Policy,
    PolicyError,
    Project,
    Reasoned,
    Waiver,
)
from pytest_genomic_guard.policy.gates import gates
from pytest_genomic_guard.policy.keys import SCHEMA
from pytest_genomic_guard.policy.madeup import entries as made_up
from pytest_genomic_guard.policy.nodes import typed
from pytest_genomic_guard.policy.released import INTERNAL, options_of
from pytest_genomic_guard.policy.sampled import Declared
from pytest_genomic_guard.policy.scalars import COUNT, NUMBER
from pytest_genomic_guard.policy.schema import Choice, fail, nearest
from pytest_genomic_guard.policy.smallcells import options as small_cells

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from pytest_genomic_guard.policy.nodes import Cache, Node
    from pytest_genomic_guard.policy.schema import Block

__all__ = ["SCHEMA", "Loaded", "load", "waiver"]


class Loaded(Record):
    """A policy whose form is right; `checked` holds it against the rules that there are, those of its plugins included.

    `registers` are the lists of files beside it that were added to it: key, file, nodes.
    """

    policy: Policy
    root: Node
    registers: tuple[tuple[str, bytes, Node], ...] = ()

    def checked(self, codes: Sequence[str], options: Callable[[str], Mapping[str, Any]]) -> Policy:
        """Return the policy with typed options; `options` gives a rule's options with their defaults. Raises `PolicyError`."""
        _check_codes(_codes(self.root.value), codes)
        for name, file, node in self.registers:
            try:
                _check_codes(_entries(name, node), codes)
            except PolicyError as error:
                raise error.within(file) from None
        sections = {key.value: value for key, value in self.root.value}
        checks: dict[str, dict[str, Any]] = {}
        for code, block in sections["checks"].value if "checks" in sections else ():
            known = options(code.value)
            checks[code.value] = {key.value.replace("-", "_"): _option(key, value, known) for key, value in block.value}
        given = _recognised(self.policy) | options_of(self.policy.gates, checks) | small_cells(self.policy)
        for code in codes if given else ():
            known = options(code)
            for name in given.keys() & known.keys():
                checks.setdefault(code, {})[name] = given[name]
        return self.policy.replace(checks=checks)


def load(data: bytes, path: bytes, cache: Cache | None = None) -> Loaded:
    """Return the policy in `data`. Raises `PolicyError`."""
    root, block = typed(data, SCHEMA, cache)
    projects = tuple(_project(item) for item in block.get("projects", ()))
    policy = Policy(
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        profile=block.get("profile", "research"),
        select=tuple(block.get("select", ())),
        ignore=tuple(Reasoned(what=item["code"], reason=item["reason"], line=item.line) for item in block.get("ignore", ())),
        exclude=tuple(Reasoned(what=item["path"], reason=item["reason"], line=item.line) for item in block.get("exclude", ())),
        **_samples(block.get("samples", {})),
        waivers=tuple(waiver(item) for item in block.get("waivers", ())),
        synthetic=tuple(made_up(block.get("synthetic", ()))),
        packs=tuple(sorted(block.get("packs", ()))),
        projects=projects,
        gates=(*gates(b"", block), *(gate for project in projects for gate in gates(project.root, project.settings))),
        inconclusive={**INCONCLUSIVE, **block.get("on-inconclusive", {})},
        plugins=tuple(block.get("plugins", ())),
        declared={key: block[key] for key in DECLARED if key in block},
        changes=block.get("policy-changes", "refuse"),
        lines=dict(_lines(block)),
    )
    return Loaded(policy=policy, root=root)


def _samples(block: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the policy says of samples, as the fields that hold it."""
    declared = tuple(Declared(**item, line=item.line) for item in block.get("declared", ()))
    public = tuple(sorted(set(block["public"]))) if "public" in block else None
    return {"public": public, "simulated": block.get("simulated", True), "samples": declared}


def _recognised(policy: Policy) -> dict[str, Any]:
    """Return the options by which checks recognise samples, where the policy changes them."""
    given: dict[str, Any] = {} if policy.public is None else {"public_samples": " ".join(policy.public) or "none"}
    return given if policy.simulated else {**given, "simulated_samples": False}


def waiver(item: Block, file: bytes | None = None) -> Waiver:
    """Return an entry of `waivers`; one with a manifest has the manifest's path until that is read."""
    manifest = item.get("manifest")
    values = {key: value for key, value in item.items() if key != "manifest"}
    path = (manifest or item["path"]).encode("utf-8", "surrogateescape")
    return Waiver(**{**values, "path": path}, line=item.line, file=file, manifest=path if manifest else None)


def _lines(block: Block) -> Iterator[tuple[str, int]]:
    """Yield where keys stand, and those below the ones whose values are kept apart from their places."""
    yield from block.lines.items()
    if "on-inconclusive" in block:
        yield from ((f"on-inconclusive {kind}", line) for kind, line in block["on-inconclusive"].lines.items())
    if "samples" in block:
        yield from ((f"samples {key}", line) for key, line in block["samples"].lines.items())
    for code, options in block.get("checks", {}).items():
        yield from ((f"checks {code} {name.replace('-', '_')}", line) for name, line in options.lines.items())


def _check_codes(named: Iterable[tuple[str, Node]], known: Sequence[str]) -> None:
    """Refuse codes that do not exist, and exceptions that the house does not make."""
    for section, node in named:
        code = node.value
        if not any(each.startswith(code) for each in known) or (section == "checks" and code not in known):
            raise fail(node, f"there is no such code{nearest(code, known)}")
        if section == "waivers" and (code not in known or code.startswith("RUN")):
            raise fail(node, "a waiver names one whole code, and none of RUN: mend those, or exclude the path")
        if section == "waivers" and code.startswith(NEVER_WAIVED):
            raise fail(node, "a gate cannot be waived: its bound can be changed, with whoever answers for it")
        if section == "ignore" and code.startswith("RUN"):
            raise fail(node, "RUN always runs")
        if section == "ignore" and any(code.startswith(only) or only.startswith(code) for only in WAIVER_ONLY):
            raise fail(node, f"{code} findings are removed by a waiver only")


def _codes(sections: Sequence[tuple[Node, Node]]) -> Iterator[tuple[str, Node]]:
    """Yield the nodes that name codes, each with its section."""
    for key, value in sections:
        if key.value == "select":
            yield from (("select", item) for item in value.value)
        elif key.value == "checks":
            yield from (("checks", code) for code, _options in value.value)
        else:
            yield from _entries(key.value, value)


def _entries(section: str, value: Node) -> Iterator[tuple[str, Node]]:
    """Yield the codes of a list whose entries have one."""
    if section in {"ignore", "waivers"}:
        yield from ((section, node) for item in value.value for name, node in item.value if name.value == "code")


def _option(key: Node, value: Node, known: Mapping[str, Any]) -> Any:
    """Return an option's text as the type of its default."""
    name = key.value.replace("-", "_")
    if name not in known:
        named = [each.replace("_", "-") for each in known if each not in INTERNAL]
        raise fail(key, f"there is no such option{nearest(key.value, named)}")
    if name in INTERNAL:
        where = "set 'small-cell'" if name == "small_cell" else "declare tables under 'release'"
        raise fail(key, f"{where}, for all checks at once")
    if name in {"public_samples", "simulated_samples"}:
        raise fail(key, "name public resources under 'samples', for all checks at once")
    if isinstance(known[name], bool):
        return Choice("true", "false").read(value) == "true"
    kind = COUNT if isinstance(known[name], int) else NUMBER if isinstance(known[name], float) else None
    return kind.read(value) if kind else value.value


def _project(item: Block) -> Project:
    settings = {key: item[key] for key in SETTINGS if key in item}
    return Project(root=item["root"].encode("utf-8", "surrogateescape"), settings=settings, line=item.line)
