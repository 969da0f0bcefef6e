"""The manifests and locks of a snapshot, read, and the parts of it that are judged together."""

from __future__ import annotations

import os

from pytest_genomic_guard._record import Record
from pytest_genomic_guard.inventory.links import behind
from pytest_genomic_guard.model import Gap, Located, Unreadable
from pytest_genomic_guard.views.licences import forms
from pytest_genomic_guard.views.licences.nouns import Manifest, Unclear

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_genomic_guard.model import Artifact, Snapshot
    from pytest_genomic_guard.policy import Policy

LOCK = b".genomic-guard/licences.lock.yaml"
MOST = 64 << 20  # bytes of one manifest
_INCLUDES = 200  # lists that one manifest and the lists that it names name
_PIECE = 1 << 20
_READ = frozenset(("file", "link"))
# Folders of other people's programs: what their manifests ask for, nobody installs here.
_FOREIGN = frozenset((b"node_modules", b"site-packages", b"vendor", b"_vendor", b"third_party", b"third-party", b"extern"))
# Folders of what is tried or shown, and not shipped.
_ASIDE = frozenset(
    (
        *(b"test", b"tests", b"testing", b"testdata", b"test_data", b"fixtures", b"docs", b"doc", b"example", b"examples"),
        *(b"demo", b"demos", b"benchmark", b"benchmarks", b"ci", b".github", b".devcontainer"),
    )
)


class Declared(Record):
    """One manifest at its place."""

    path: bytes
    manifest: Manifest
    aside: bool = False  # it lies among tests, examples or documentation: what it asks for is no runtime of the project
    missing: int = 0  # lists that it names and that are not in the repository

    @property
    def folder(self) -> bytes:
        """Return the folder in which it lies."""
        return self.path.rpartition(b"/")[0]


class Unit(Record):
    """What is judged together: the manifests below one root, without those of roots below it."""

    root: bytes
    declared: tuple[Declared, ...]


def concerns(path: bytes) -> bool:
    """Tell whether a change of a file can change what is said of licences of dependencies."""
    return bool(forms.form(path)) or path == LOCK


def counts(path: bytes) -> bool:
    """Tell whether a file is a manifest of the project by its name, and not one of somebody else's program in it."""
    return bool(forms.form(path)) and _FOREIGN.isdisjoint(path.split(b"/")[:-1])


def units(snapshot: Snapshot, policy: Policy, excluded: Callable[[bytes], bool]) -> tuple[list[Unit], list[Gap]]:
    """Read all manifests of a snapshot; a Gap for each that could not be."""
    found: dict[bytes, list[Declared]] = {}
    gaps: list[Gap] = []
    for entry in _entries(snapshot):
        if excluded(entry.path) or not _FOREIGN.isdisjoint(entry.path.split(b"/")[:-1]):
            continue
        aside = _aside(entry.path)
        manifest = _read(snapshot, entry, gaps, aside=aside)
        if manifest is not None:
            manifest = manifest.replace(ecosystem="tool") if _of_process(snapshot, entry.path, manifest) else manifest
            each = Declared(path=entry.path, manifest=manifest, aside=aside)
            found.setdefault(policy.project(entry.path).root, []).extend(_with_lists(snapshot, each, gaps))
    return [Unit(root=root, declared=_without_recipes(each)) for root, each in sorted(found.items())], gaps


def _of_process(snapshot: Snapshot, path: bytes, manifest: Manifest) -> bool:
    """Tell whether an environment of conda is that of one step of a workflow, which runs as a program of its own.

    Modules of Nextflow keep it beside their ``main.nf`` (nf-co.re/docs, "module specifications"), workflows of Snakemake in a
    folder ``envs`` beside their rules (snakemake.readthedocs.io, "distribution and reproducibility").
    """
    if manifest.form != "environment.yml":
        return False
    folder = path.rpartition(b"/")[0]
    if folder and snapshot.find(folder + b"/main.nf") is not None:
        return True
    above, _, last = folder.rpartition(b"/")
    places = (above and above + b"/Snakefile", (above and above + b"/") + b"workflow/Snakefile", b"" if above else b"Snakefile")
    return last == b"envs" and any(place and snapshot.find(place) is not None for place in places)


def _without_recipes(declared: list[Declared]) -> tuple[Declared, ...]:
    """Return manifests, recipes of conda set aside where others say what the project needs: they say it again, for a packager."""
    others = any(
        each.manifest.form != "recipe" and not each.aside and any(group.requires for group in each.manifest.groups)
        for each in declared
        if each.manifest.ecosystem in {"python", "r"}
    )
    return tuple(each.replace(aside=True) if others and each.manifest.form == "recipe" else each for each in declared)


def _aside(path: bytes) -> bool:
    return not _ASIDE.isdisjoint(path.lower().split(b"/")[:-1])


def _read(  # noqa: PLR0913 - a file, and as what it is read
    snapshot: Snapshot, entry: Artifact, gaps: list[Gap], *, aside: bool, kind: str = "", path: bytes = b""
) -> Manifest | None:
    """Read a file, or what a link leads to, as the manifest that its name or another manifest takes it for.

    One that cannot be read is a gap; among tests and examples, which are often broken on purpose, it is damaged.
    """
    manifest, reason = None, ""
    try:
        there = entry if entry.kind == "file" else behind(snapshot, entry.path)
        manifest = None if there is None else forms.read(path or entry.path, content(there), kind)
        reason = "manifest" if manifest is forms.DAMAGED else "too-large" if manifest is forms.TOO_LARGE else ""
    except Unreadable as error:
        reason, aside = error.reason, aside and entry.kind == "link"
    if not reason:
        return manifest
    if aside:
        return Manifest(form="", ecosystem="python", damaged=True)
    gaps.append(Gap(path=entry.path, reason=reason))
    return None


def _with_lists(snapshot: Snapshot, by: Declared, gaps: list[Gap]) -> Iterator[Declared]:
    """Yield a manifest, and the lists that it and they include and that are none by their own names."""
    seen: set[bytes] = {by.path}
    waiting = [by]
    while waiting:
        each = waiting.pop()
        names = [(name, False) for name in each.manifest.includes] + [(name, True) for name in each.manifest.limits]
        missing = 0
        for name, limits in names:
            path = _beside(each.folder, name)
            if path in seen:
                continue
            entry = _there(snapshot, path)
            missing += entry is None
            if entry is None or counts(path):
                continue
            if len(seen) > _INCLUDES:
                missing += 1
                continue
            seen.add(path)
            # Whom it is for is told by its own name, and by the folder of what asks for it: a list in ``ci`` can be of the project.
            as_named = by.folder + b"/" + (b"constraints.txt" if limits else path.rpartition(b"/")[2])
            manifest = _read(snapshot, entry.replace(path=path), gaps, aside=by.aside, kind="requirements", path=as_named)
            if manifest is not None:
                waiting.append(Declared(path=path, manifest=manifest, aside=by.aside))
        yield _told(each, missing)


def _told(each: Declared, missing: int) -> Declared:
    """Note what lists are missing: a program may look for them elsewhere, and an image names them by its own folders."""
    form = each.manifest.form
    if not missing or form == "Dockerfile":
        return each
    return each.replace(manifest=each.manifest.replace(dynamic=True)) if form == "setup.py" else each.replace(missing=missing)


def _beside(folder: bytes, name: str) -> bytes:
    """Return the path of a list from the folder of what names it; empty where it is outside of the repository."""
    if "\0" in name or "://" in name:
        return b""
    path = os.path.normpath(os.path.join(folder, name.replace("\\", "/").encode("utf-8", "replace")))
    return b"" if path.startswith((b"../", b"/")) or path in {b"..", b"."} else path


def _there(snapshot: Snapshot, path: bytes) -> Artifact | None:
    """Return the file of a list that another one names, None where it is not in the repository."""
    try:
        return behind(snapshot, path) if path else None
    except Unreadable:
        return None


def _entries(snapshot: Snapshot) -> Iterator[Artifact]:
    """Yield the files that are manifests by their names, of several contents at a path the last."""
    last: bytes | None = None
    entries = snapshot.entries()
    for at, path in enumerate(snapshot.names()):
        if path != last and forms.form(path) and (entry := entries[at]).kind in _READ:
            last = path
            yield snapshot.find(path) or entry


def content(entry: Artifact) -> bytes:
    """Return the content of a file. Raises `Unreadable`."""
    stream = entry.open()
    try:
        parts: list[bytes] = []
        size = 0
        while part := stream.read(_PIECE):
            size += len(part)
            if size > MOST:
                raise Unreadable("too-large")
            parts.append(part)
        return b"".join(parts)
    finally:
        stream.close()


def unclear(unit: Unit) -> Iterator[Located]:
    """Yield what of the manifests of a unit could not be understood; what a lock or a list beside it names is clear."""
    named = {each.folder for each in unit.declared if each.manifest.lock or any(group.requires for group in each.manifest.groups)}
    for each in unit.declared:
        if each.missing:
            yield Located(path=each.path, fact=Unclear(missing=each.missing))
        if each.manifest.damaged:
            yield Located(path=each.path, fact=Unclear(damaged=True))
        elif each.manifest.unread:
            yield Located(path=each.path, fact=Unclear(lines=len(each.manifest.unread), first=each.manifest.unread[0]))
        elif each.manifest.dynamic and each.folder not in named and not each.aside:
            yield Located(path=each.path, fact=Unclear())
