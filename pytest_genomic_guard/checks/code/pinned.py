"""Whether what a call loads from a hub is told by a commit, or lies on this machine."""

from __future__ import annotations

import ast

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.code import constants
from pytest_genomic_guard.views.code.scopes import qualified

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.code.names import Use

_COMMIT = regex(r"[0-9a-fA-F]{7,64}")
_LOCAL = regex(r"(?:\.{0,2}/|~|[A-Za-z]:[\\/]|\$|file:|gs://|s3://)")
_FILE = regex(r"\.(?:json|jsonl|csv|tsv|parquet|txt|bin|pt|safetensors|arrow|py)\Z")
_BUILDERS = frozenset(
    "csv json parquet text arrow pandas sql xml imagefolder audiofolder videofolder webdataset spark generator".split()  # noqa: SIM905
)
_FOLDER = regex(
    r"(?:^|_)(?:tmp|temp|output|save|saved|local|checkpoint|cache)?_?(?:dir|directory|dirname|folder|tmpdir|tmp)(?:_name)?\Z"
)
_PATHS = ("os.path.", "pathlib.", "tempfile.")


def pinned(use: Use) -> bool:
    """Tell whether a commit is named, or something that the program does not tell."""
    for name in ("revision", "commit_id"):
        given = use.argument(name)
        if given is not None:
            found = constants.values(given, use.scope)
            return all(value is constants.UNKNOWN or (isinstance(value, str) and _COMMIT.fullmatch(value)) for value in found) or (
                constants.UNKNOWN in found
            )
    return False


def local(use: Use, end: str) -> bool:
    """Tell whether what is loaded lies on this machine."""
    if constants.surely(use.argument("local_files_only"), use.scope, wanted=True):
        return True
    first = use.call.args[0] if use.call.args else None
    for name in ("pretrained_model_name_or_path", "repo_id", "path"):
        first = use.argument(name) or first
    if first is None:
        return False
    found = constants.values(first, use.scope)
    if all(isinstance(value, str) and (_LOCAL.match(value) or _FILE.search(value)) for value in found):
        return True
    if end == "load_dataset" and found and all(value in _BUILDERS for value in found if isinstance(value, str)):
        return all(isinstance(value, str) for value in found) and _files(use)
    return _folder(first, use)


def _files(use: Use) -> bool:
    return any(use.argument(name) is not None for name in ("data_files", "data_dir", "sql")) or use.spread


def _folder(node: ast.expr, use: Use) -> bool:
    """Tell whether an expression is a path, by what makes it or by the name it has."""
    name = qualified(node, use.scope)
    if name.startswith(_PATHS):
        return True
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "str" and node.args:
        return _folder(node.args[0], use)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        return True
    if isinstance(node, ast.JoinedStr) and node.values:
        first = node.values[0]
        return (
            _folder(first.value, use)
            if isinstance(first, ast.FormattedValue)
            else bool(_LOCAL.match(constants.text(first, use.scope)))
        )
    given = use.scope.given(node.id) if isinstance(node, ast.Name) else []
    if given and all(each is not None and not isinstance(each, ast.Name) and _folder(each, use) for each in given):
        return True
    word = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return _FOLDER.search(word.lower()) is not None
