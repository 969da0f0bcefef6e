"""``setup.py``, which is a program and is not run: read by its grammar, with what its constants add up to.

Lists, tuples, dictionaries, sums of them, texts that are split into lines, and names that are assigned once are followed; a
call that opens a file whose name is written there and looks like a list of requirements is an include. Anything else that a
requirement could come from makes the manifest ``dynamic``.
"""

from __future__ import annotations

import ast
import re

from pytest_genomic_guard.views.licences.manifests.damaged import DamagedError
from pytest_genomic_guard.views.licences.manifests.folded import Folder
from pytest_genomic_guard.views.licences.manifests.groups import scope_of
from pytest_genomic_guard.views.licences.manifests.pep508 import normal, parse
from pytest_genomic_guard.views.licences.manifests.pyproject import licence_of
from pytest_genomic_guard.views.licences.nouns import Group, Manifest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.licences.nouns import Requirement, Scope

_MOST = 1 << 20  # bytes of a program that is parsed
_CALL = re.compile(rb"\bsetup[ \t]*\(")
_KEYS = (
    ("install_requires", "", "runtime"),
    ("requires", "", "runtime"),
    ("tests_require", "test", "dev"),
    ("setup_requires", "build-system", "dev"),
)


def read(data: bytes, path: bytes) -> Manifest | None:  # noqa: ARG001 - all readers are called alike
    """Return the groups of the call of ``setup``; None where there is none."""
    if len(data) > _MOST:
        raise DamagedError
    import warnings  # noqa: PLC0415 - a run without setup.py needs none

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of escapes in the strings of old programs
            tree = ast.parse(data)
    except SyntaxError:  # a program of Python 2, or a template of one
        return Manifest(form="setup.py", ecosystem="python", dynamic=True) if _CALL.search(data) else None
    except (ValueError, RecursionError, MemoryError):
        raise DamagedError from None
    folder = Folder(tree)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _named(node.func) == "setup"]
    arguments = [each for call in calls for each in folder.arguments(call)]
    if not calls:
        return None
    reader = _Reader(folder)
    for key, value in arguments:
        reader.argument(key, value)
    texts = {key: folder.text(value) for key, value in arguments if key in {"name", "license"}}
    classifiers = [each for key, value in arguments if key == "classifiers" for _, each in folder.strings(value)]
    if not (texts.get("name") or texts.get("license") or classifiers or reader.groups or folder.files or reader.dynamic):
        return None
    return Manifest(
        form="setup.py",
        ecosystem="python",
        name=normal(texts.get("name", "")),
        licence=licence_of(texts.get("license"), classifiers),
        groups=tuple(reader.groups),
        includes=tuple(dict.fromkeys(folder.files)),
        unread=tuple(reader.unread),
        dynamic=reader.dynamic,
    )


def _named(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


class _Reader:
    """Turns the arguments of ``setup`` into groups."""

    def __init__(self, folder: Folder) -> None:
        self.groups: list[Group] = []
        self.unread: list[int] = []
        self.dynamic = False
        self._folder = folder

    def argument(self, key: str, value: ast.expr) -> None:
        """Read one argument, if it is one of requirements."""
        for known, name, scope in _KEYS:
            if key == known:
                self._group(name, scope, value)  # type: ignore[arg-type]
        if key == "extras_require":
            for name, each in self._folder.items(value):
                extra, _, marker = name.partition(":")
                self._group(normal(extra), scope_of(extra), each, marker)
            self.dynamic = self.dynamic or self._folder.computed
        if key == "**":
            self.dynamic = True

    def _group(self, name: str, scope: Scope, value: ast.expr, marker: str = "") -> None:
        self._folder.computed = False
        files = len(self._folder.files)
        strings = self._folder.strings(value)
        if scope == "dev":
            del self._folder.files[files:]
        elif self._folder.computed:
            self.dynamic = True
        found = [each for line, text in strings for each in self._requirement(line, text, marker)]
        if found:
            self.groups.append(Group(name=name, scope=scope, requires=tuple(found)))

    def _requirement(self, line: int, text: str, marker: str) -> list[Requirement]:
        words = text.partition(" #")[0].strip()
        if not words or words.startswith("#"):
            return []
        each = parse(words, line)
        if each is None:
            self.unread.append(line)
            return []
        if marker:
            return [each.replace(marker=f"({each.marker}) and ({marker})" if each.marker else marker)]
        return [each]
