"""Environments of conda: ``environment.yml`` (conda-docs, "managing environments", read 2026-11; conda-lock's ``category``).

What ``pip:`` lists is in a group of its own, named ``pip``. Where every package of conda is written with its build, as ``conda env
export`` does, the file is a lock. A file of another kind under such a name (a workflow, a chart, a role) is none.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.licences.manifests import groups, matchspec, pep508, yamls
from pytest_genomic_guard.views.licences.manifests.damaged import NODES, DamagedError, TooLargeError
from pytest_genomic_guard.views.licences.manifests.ecosystems import named
from pytest_genomic_guard.views.licences.nouns import Group, Locked, Manifest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.licences.manifests.yamls import Yaml
    from pytest_genomic_guard.views.licences.nouns import Requirement, Scope

_PLAIN = regex(rb"(?:conda|mamba|micromamba|environments?|envs?|export(?:ed)?|spec|ya?ml)(?=[-_.]|$)|[-_.]$", re.IGNORECASE)
_BUILD = regex(r"[^\s=<>!~,|*\[\]]{1,200}={1,2}[^\s=<>!~,|*\[\]]{1,64}=[^\s=<>!~,|*\[\]]{1,128}")
_OPTION = regex(r"\s--?[A-Za-z][A-Za-z-]{0,40}(?:[=\s]|$)")
OTHER = frozenset(
    ("jobs", "on", "runs", "apiVersion", "services", "galaxy_info", "requirements", "environment")
)  # no environment has them


class Entries:
    """What was read of a list of dependencies."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.conda: list[Requirement] = []
        self.pip: list[Requirement] = []
        self.includes: list[str] = []
        self.limits: list[str] = []
        self.unread: list[int] = []
        self.built = 0  # entries of conda that say their build

    def add(self, text: str, line: int) -> None:
        """Take an entry of conda."""
        found = matchspec.parse(text, line)
        if found is None:
            self.unread.append(line)
        elif not found.name.startswith("__"):  # virtual packages: what the system has
            self.conda.append(found)
            self.built += _BUILD.fullmatch(text.strip().rpartition("::")[2].replace(" ", "=")) is not None

    def add_pip(self, text: str, line: int) -> None:
        """Take a line as ``pip install -r`` takes it."""
        text = text.partition(" #")[0].strip()
        word, _, rest = text.replace("=", " ", 1).partition(" ") if text.startswith("--") else text.partition(" ")
        if word in {"-r", "--requirement", "-c", "--constraint"} and rest.strip() and "://" not in rest:
            (self.includes if word in {"-r", "--requirement"} else self.limits).append(rest.strip()[:400])
            return
        if word in {"-e", "--editable"}:
            text = rest.strip()
        elif word.startswith("-") or not word:
            return  # an option: of where and how
        option = _OPTION.search(text)
        found = pep508.parse(text[: option.start()] if option else text, line)
        if found is not None:
            self.pip.append(found)
        elif not (text.startswith((".", "/", "~", "file:")) and ".whl" not in text):  # a folder: the project itself
            self.unread.append(line)


def read(data: bytes, path: bytes) -> Manifest | None:
    """Return what an environment asks for. Raises `DamagedError`."""
    if b"dependencies" not in data:  # many files of such names are something else, and no YAML
        return None
    document = yamls.Document(data)
    top = document.fields(document.root)
    listed = top.get("dependencies")
    if listed is None or not OTHER.isdisjoint(top):
        return None
    if listed.id == "mapping" and "channels" not in top and not _named(path):  # of something that lies beside environments
        return None
    items = document.listed(listed)
    if document.more and items:
        raise DamagedError
    entries = Entries()
    if not _read(document, items, entries):
        if "channels" in top:
            raise DamagedError
        return None
    group, scope = of_path(path)
    if groups.is_dev(yamls.text(top.get("category"))):
        group, scope = group or "dev", "dev"
    found = [Group(name=group, scope=scope, requires=tuple(entries.conda))]
    if entries.pip:
        found.append(Group(name=named(group, "pip"), scope=scope, requires=tuple(entries.pip)))
    lock = bool(entries.conda) and entries.built == len(entries.conda)
    return Manifest(
        form="environment.yml",
        ecosystem="conda",
        lock=lock,
        groups=tuple(found),
        packages=tuple(_locked(entries, "" if scope == "runtime" else group)) if lock else (),
        includes=tuple(entries.includes),
        limits=tuple(entries.limits),
        unread=tuple(entries.unread),
    )


def _named(path: bytes) -> bool:
    """Tell whether a file has the name of an environment, and not only its folder."""
    return re.search(rb"conda|mamba|\benv(?:ironments?)?\b", path.rpartition(b"/")[2].lower().replace(b"_", b"-")) is not None


def of_path(path: bytes) -> tuple[str, Scope]:
    """Return group and scope of an environment by its name and folder: ``environment-dev.yml``, ``docs/environment.yml``."""
    folder, slash, base = path.rpartition(b"/")
    words = _PLAIN.sub(b"", base.rpartition(b".")[0])
    return groups.of_path(folder + slash + words.strip(b"-_. ") + b".txt")


def _read(document: yamls.Document, items: list[Yaml], entries: Entries) -> bool:
    """Take all entries of a list; tell whether it can be one of conda. Raises `DamagedError` for lists in it."""
    if len(items) > NODES:
        raise TooLargeError
    foreign = 0
    for item in items:
        if item.id == "scalar":
            if item.value:
                entries.add(item.value, yamls.line(item))
            continue
        fields = document.table(item)
        pips = fields.get("pip")
        for each in [pips] if pips is not None and pips.id == "scalar" else document.listed(pips):
            if each.id != "scalar":
                raise DamagedError
            entries.add_pip(each.value, yamls.line(each))
        selected = [value for key, value in fields.items() if key.startswith("sel(")]
        for value in selected:
            for text in document.texts(value):
                entries.add(text, yamls.line(value))
        if pips is None and not selected:
            foreign += 1
            entries.unread.append(yamls.line(item))
    return not foreign or foreign < len(items)


def _locked(entries: Entries, group: str) -> list[Locked]:
    pins = [
        Locked(name=each.name, version=matchspec.exact(each), ecosystem="conda", groups=(group,), line=each.line)
        for each in entries.conda
    ]
    for each in entries.pip:
        version = each.specifier.removeprefix("==") if each.specifier.startswith("==") and "," not in each.specifier else ""
        pins.append(
            Locked(name=each.name, version=version.strip(), ecosystem="python", groups=(group,), marker=each.marker, line=each.line)
        )
    return pins
