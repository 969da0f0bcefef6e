"""A push to a remote that the same text adds, and that leads to the Hugging Face Hub."""

from __future__ import annotations

from itertools import islice

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_FEW = 20
_PUSHED = regex(rb"git push(?:[ \t]{1,4}-[\w=.-]{1,60}){0,6}[ \t]{1,4}[\"']?(?P<remote>[A-Za-z][\w.-]{0,60})(?=[\s\"';&|)]|$)")
_REMOTE = regex(
    rb"git remote (?:add|set-url)(?:[ \t]{1,4}-[\w-]{1,30}){0,4}[ \t]{1,4}[\"']?([A-Za-z][\w.-]{0,60})[\"']?[ \t]{1,4}[\"']?"
    rb"(?:https?://[^\s\"'/]{0,200}|git@|ssh://git@)?(?:huggingface\.co|hf\.co)[:/](datasets/|spaces/)?([^\s\"']{3,190})"
)


def pushed(data: bytes, start: int) -> Iterator[tuple[int, bool, str]]:
    """Yield where a push ends that goes to a remote of the Hub, whether to a Space, and the name of the model that it is."""
    push = _PUSHED.match(data, start)
    if push is None or b"git remote " not in data:
        return
    for found in islice(_REMOTE.finditer(data), _FEW):
        head = data[data.rfind(b"\n", 0, found.start()) + 1 : found.start()].lstrip()
        if found[1] == push["remote"] and found[2] != b"datasets/" and not head.startswith((b"#", b"//", b"echo ", b"print")):
            yield push.end(), found[2] is not None, found[3].removesuffix(b".git").decode("utf-8", "replace")
            return
