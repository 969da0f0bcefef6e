"""On which ground a file stands: the project's own licence there, what the policy allows, and what licence files lie above."""

from __future__ import annotations

from pytest_genomic_guard.views.licences import expression as spdx
from pytest_genomic_guard.views.licences import tree
from pytest_genomic_guard.views.licences.terms import Terms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.model import Facts

# Folders by whose name what is in them was brought from elsewhere.
VENDORED = frozenset(
    b"vendor vendored vendors _vendor _vendored third_party third-party thirdparty 3rdparty 3rd_party 3rd-party extern external"
    b" externals ext deps contrib node_modules bower_components site-packages submodules subprojects bundled".split()
)
_STUB = "WITH Bootloader-exception"  # of a hook for PyInstaller, which lets what is made with it be under any licence
_SHARED = ("strong-copyleft", "network-copyleft")


class Ground:
    """Answers for paths; made once a run and relation."""

    def __init__(self, facts: Facts) -> None:
        """Take the facts about licence files, declarations and the policy."""
        self._files: dict[bytes, list[tuple[bytes, tree.LicenceFile]]] = {}
        for path, each in facts.of(tree.LicenceFile):
            self._files.setdefault(folder(path), []).append((path, each))
        self._declared: dict[bytes, list[tree.Declared]] = {}
        for path, said in facts.of(tree.Declared):
            self._declared.setdefault(folder(path), []).append(said)
        self._terms = sorted((fact for _path, fact in facts.of(Terms)), key=lambda terms: len(terms.root))
        self._own: dict[bytes, str] = {}

    def terms(self, path: bytes) -> Terms:
        """Return what the policy allows at a path."""
        inside = [each for each in self._terms if not each.root or path.startswith(each.root.rstrip(b"/") + b"/")]
        return inside[-1] if inside else Terms()

    def own(self, path: bytes) -> str:
        """Return the project's own licence where a file lies; empty where nothing says it."""
        at = folder(path)
        if at not in self._own:
            self._own[at] = self._found(at, self.terms(path))
        return self._own[at]

    def allowed(self, expression: str, path: bytes) -> bool:
        """Tell whether what is under a licence may lie at a path: by the policy, or because the project is under as much itself."""
        terms = self.terms(path)
        if _STUB in expression or spdx.settled(expression, terms.classes, terms.ids):
            return True
        own = self.own(path)
        if not own or spdx.classify(own) not in _SHARED:
            return bool(own) and spdx.agree(expression, own)
        kind, whole = spdx.classify(expression), spdx.classify(own)
        milder = kind in _SHARED and _SHARED.index(kind) <= _SHARED.index(whole)
        return milder and spdx.compatible(expression, own) is not False

    def told(self, path: bytes, kind: str) -> bool:
        """Tell whether a licence file of a folder above, which is not the project's own, is told for all that is in the folder."""
        at = folder(path)
        while at:
            expression = self.of_folder(at)
            if expression and spdx.classify(expression) == kind and not self.allowed(expression, at + b"/x"):
                return not self.is_own(at)
            at = folder(at)
        return False

    def of_folder(self, at: bytes) -> str:
        """Return what the licence files of a folder say together."""
        return together([each for _path, each in self._files.get(at, ())])

    def files(self) -> Iterator[tuple[bytes, bytes, str]]:
        """Yield each folder with licence files that are not the project's own: folder, one of the files, what they say."""
        for at, files in sorted(self._files.items()):
            expression = self.of_folder(at)
            if at and expression and not self.is_own(at):
                named = [path for path, each in files if each.expression]
                yield at, min(named), expression

    def declared(self) -> Iterator[tuple[bytes, Sequence[tree.Declared], Sequence[tuple[bytes, tree.LicenceFile]]]]:
        """Yield each folder in which something is declared, with its declarations and licence files."""
        for at, said in sorted(self._declared.items()):
            yield at, said, self._files.get(at, ())

    def is_own(self, at: bytes) -> bool:
        """Tell whether a folder is the top of the project, or of a part of it that the policy names."""
        return not at or any(at == each.root.rstrip(b"/") for each in self._terms if each.root)

    def _found(self, at: bytes, terms: Terms) -> str:
        if terms.own:
            return spdx.canonical(terms.own)
        top = terms.root.rstrip(b"/")
        while at not in {top, b""}:
            manifests = [each for each in self._declared.get(at, ()) if each.by not in {"README", "CITATION.cff"}]
            if manifests and not vendored(at):
                return self.of_folder(at) or _joined([each.expression for each in manifests])
            at = folder(at)
        return self.of_folder(at) or _joined([each.expression for each in self._declared.get(at, ()) if not each.aside])


def folder(path: bytes) -> bytes:
    """Return the folder of a path."""
    return path.rpartition(b"/")[0]


def vendored(path: bytes) -> bool:
    """Tell whether something was brought from elsewhere, by the name of a folder above it."""
    return not VENDORED.isdisjoint(path.lower().split(b"/"))


def together(files: Sequence[tree.LicenceFile]) -> str:
    """Return what several licence files in one folder mean: a choice, or a COPYING.LESSER that adds to the COPYING beside it."""
    lesser = [each.expression for each in files if each.expression.startswith("LGPL")]
    if lesser:
        files = [each for each in files if not each.expression.startswith("GPL-")]
    return _joined([each.expression for each in files])


def _joined(expressions: Sequence[str]) -> str:
    found = [each for each in dict.fromkeys(expressions) if each]
    return found[0] if len(found) == 1 else " OR ".join(f"({each})" for each in found)
