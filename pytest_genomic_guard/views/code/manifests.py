"""What manifests beside a program promise of torch, and where a program depends on it: facts for a relation."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Fact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.model import Location
    from pytest_genomic_guard.views.text import Text

# Names of files that pin what is installed. What else names torch, as a page or a comment, pins nothing.
_NAMES = regex(
    rb"(?:^|/)(?:(?:[\w.-]{0,60}requirements|constraints)[\w.-]{0,60}\.(?:txt|in)|requirements/[\w.-]{1,60}\.(?:txt|in)|pyproject\.toml"
    rb"|setup\.(?:cfg|py)|environment[\w.-]{0,40}\.ya?ml|conda[\w.-]{0,40}\.ya?ml|pixi\.(?:toml|lock)|(?:poetry|uv|pdm)\.lock"
    rb"|Pipfile(?:\.lock)?|meta\.ya?ml)$"
)
_SAFE = (2, 6)
_FLOOR = regex(rb"(?:>=|==|~=|>|\^|===|\"?,? ?version\"? ?[=:] ?\"?[~^]?(?:>=|==)?|=)[ \t]{0,4}\"?v?([0-9]{1,3})\.([0-9]{1,3})")


class TorchLoad(Fact):
    """A call of `torch.load` that says nothing of `weights_only`: what it does is decided by the version of torch."""

    at: Location
    key: str = ""


class TorchNamed(Fact):
    """A manifest that names torch: whether every version it allows is one that loads weights only."""

    safe: bool


def is_manifest(path: bytes) -> bool:
    """Tell whether a file pins what is installed, by its name."""
    return _NAMES.search(path) is not None


def torch(text: Text, start: int, end: int) -> TorchNamed | None:
    """Return what a manifest says of torch at a match, None where it is no requirement."""
    data = text.data
    before = data[max(0, start - 80) : start]
    before = before[before.rfind(b"\n") + 1 :]
    if b"#" in before or re.search(rb"[\w.-]$", before):
        return None
    rest = data[end : end + 200].partition(b"\n")
    said = rest[0].partition(b"#")[0].partition(b";")[0]
    if re.fullmatch(rb"[\"' \t\r,]{0,8}", said) and re.match(rb"[ \t]{0,8}\"?version\"? ?[=:]", rest[2]):
        said = rest[2].partition(b"\n")[0]  # as a lock has it
    found = _FLOOR.search(said)
    return TorchNamed(safe=found is not None and (int(found[1]), int(found[2])) >= _SAFE and b"||" not in said)
