"""COD103: downloads from a hub that are not pinned."""

from __future__ import annotations

import ast
import re

from pytest_genomic_guard.checks.code.mend import PINNED
from pytest_genomic_guard.checks.code.told import last, root, told, uses
from pytest_genomic_guard.model import Check, Rule
from pytest_genomic_guard.views.code import constants
from pytest_genomic_guard.views.code.python import Python
from pytest_genomic_guard.views.code.scopes import qualified

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options
    from pytest_genomic_guard.views.code.names import Use

_CALLS = Rule(
    name="hub-download",
    anchors=(b"from_pretrained", b"load_dataset", b"snapshot_download", b"hf_hub_download"),
    pattern=rb"(?:from_pretrained|load_dataset|snapshot_download|hf_hub_download)\b",
)
# Packages whose from_pretrained downloads from the Hugging Face hub
_PACKAGES = frozenset(
    (
        "transformers",
        "diffusers",
        "datasets",
        "huggingface_hub",
        "peft",
        "tokenizers",
        "optimum",
        "trl",
        "setfit",
        "span_marker",
        "gliner",
        "auto_gptq",
        "awq",
        "ctransformers",
        "unsloth",
        "adapters",
        "pytorch_transformers",
        "pytorch_pretrained_bert",
        "esm",
    )
)
_DOWNLOADS = frozenset(("from_pretrained", "load_dataset", "snapshot_download", "hf_hub_download"))
_COMMIT = re.compile(r"[0-9a-fA-F]{7,64}")
_LOCAL = re.compile(r"(?:\.{0,2}/|~|[A-Za-z]:[\\/]|\$|file:|gs://|s3://)")
_FILE = re.compile(r"\.(?:json|jsonl|csv|tsv|parquet|txt|bin|pt|safetensors|arrow|py)\Z")
_BUILDERS = frozenset(
    "csv json parquet text arrow pandas sql xml imagefolder audiofolder videofolder webdataset spark generator".split()  # noqa: SIM905
)
_FOLDER = re.compile(
    r"(?:^|_)(?:tmp|temp|output|save|saved|local|checkpoint|cache)?_?(?:dir|directory|dirname|folder|tmpdir|tmp)(?:_name)?\Z"
)
_PATHS = ("os.path.", "pathlib.", "tempfile.")


class COD103(Check[Python]):
    """Downloads from a hub that are not pinned.

    What it looks for
    -----------------
    `from_pretrained`, `load_dataset`, `snapshot_download` and `hf_hub_download` of the Hugging Face libraries without a `revision`
    that is the hash of a commit. A tag or branch is none: both can be moved. `revision=CONSTANT` is looked up; a revision that the
    program does not tell, as one that the caller gives, is not reported. Quiet for local paths (also `os.path.join`, `Path`,
    a temporary or output directory), for `local_files_only=True`, and for the packaged builders of `datasets` (`csv`, `json`,
    `parquet` ...), which read local files.

    What bandit calls B615.

    Why it matters
    --------------
    What is downloaded tomorrow is not what was reviewed today; results cannot be reproduced, and a stolen account at the hub
    becomes code or poisoned weights here.

    What to do instead
    ------------------
    Name the commit: `revision="<40 hexadecimal digits>"`, as the page of the model shows it under "Files and versions".

    References
    ----------
    - Hugging Face Hub documentation, "Download files": revision
    - CWE-494
    - bandit B615
    """

    code = "COD103"
    name = "unpinned-download"
    severity = "warning"
    since = "0.1"
    inline = True
    mend = PINNED
    rules = (_CALLS,)

    def look(self, view: Python, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report downloads without the hash of a commit."""
        for use in uses(view):
            end = last(use.name)
            if use.called and end in _DOWNLOADS and root(use.name) in _PACKAGES and not _pinned(use) and not _local(use, end):
                yield from told(self, view, use, f"{end} without the hash of a commit as revision (bandit B615)", ("B615",))


def _pinned(use: Use) -> bool:
    """Tell whether a commit is named, or something that the program does not tell."""
    for name in ("revision", "commit_id"):
        given = use.argument(name)
        if given is not None:
            found = constants.values(given, use.scope)
            return all(value is constants.UNKNOWN or (isinstance(value, str) and _COMMIT.fullmatch(value)) for value in found) or (
                constants.UNKNOWN in found
            )
    return False


def _local(use: Use, end: str) -> bool:
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
    word = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return _FOLDER.search(word.lower()) is not None
