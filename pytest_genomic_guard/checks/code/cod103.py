"""COD103: downloads from a hub that are not pinned."""

from __future__ import annotations

from pytest_genomic_guard.checks.code.mend import PINNED
from pytest_genomic_guard.checks.code.pinned import local, pinned
from pytest_genomic_guard.checks.code.told import last, root, told, uses
from pytest_genomic_guard.model import Check, Rule
from pytest_genomic_guard.views.code.python import Python

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Finding, Options

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
            if use.called and end in _DOWNLOADS and root(use.name) in _PACKAGES and not pinned(use) and not local(use, end):
                yield from told(self, view, use, f"{end} without the hash of a commit as revision (bandit B615)", ("B615",))
