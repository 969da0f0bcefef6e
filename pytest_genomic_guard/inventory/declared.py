"""The manifests and locks of a snapshot, read, and the parts of it that are judged together."""

from __future__ import annotations

import os

from pytest_genomic_guard._record import Record
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
_INCLUDES = 50  # lists that one manifest names
_PIECE = 1 << 20
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
        try:
            manifest = forms.read(entry.path, content(entry))
        except Unreadable as error:
            gaps.append(Gap(path=entry.path, reason=error.reason))
            continue
        aside = _aside(entry.path)
        if manifest is forms.DAMAGED and aside:  # often broken on purpose
            manifest = Manifest(form="", ecosystem="python", damaged=True)
        if manifest is forms.DAMAGED:
            gaps.append(Gap(path=entry.path, reason="manifest"))
        elif manifest is not None:
            manifest = manifest.replace(ecosystem="tool") if _of_process(snapshot, entry.path, manifest) else manifest
            each = Declared(path=entry.path, manifest=manifest, aside=aside)
            found.setdefault(policy.project(entry.path).root, []).extend((each, *_included(snapshot, each, gaps)))
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


def _included(snapshot: Snapshot, by: Declared, gaps: list[Gap]) -> Iterator[Declared]:
    """Yield the lists that a manifest includes and that are none by their own names."""
    for name in by.manifest.includes[:_INCLUDES]:
        path = os.path.normpath(os.path.join(by.folder, os.fsencode(name.replace("\\", "/")))) if "\0" not in name else b""
        entry = snapshot.find(path) if path and not forms.form(path) else None
        if entry is None or entry.kind != "file":
            continue
        try:
            manifest = forms.read(path, content(entry), "requirements")
        except Unreadable as error:
            gaps.append(Gap(path=path, reason=error.reason))
            continue
        if manifest is forms.DAMAGED:
            gaps.append(Gap(path=path, reason="manifest"))
        elif manifest is not None:
            yield Declared(path=path, manifest=manifest, aside=by.aside or _aside(path))


def _entries(snapshot: Snapshot) -> Iterator[Artifact]:
    """Yield the files that are manifests by their names, of several contents at a path the last."""
    last: bytes | None = None
    for entry in snapshot.entries():
        if entry.kind == "file" and entry.path != last and forms.form(entry.path):
            last = entry.path
            yield snapshot.find(entry.path) or entry


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
        if each.manifest.damaged:
            yield Located(path=each.path, fact=Unclear(damaged=True))
        elif each.manifest.unread:
            yield Located(path=each.path, fact=Unclear(lines=len(each.manifest.unread), first=each.manifest.unread[0]))
        elif each.manifest.dynamic and each.folder not in named and not each.aside:
            yield Located(path=each.path, fact=Unclear())
