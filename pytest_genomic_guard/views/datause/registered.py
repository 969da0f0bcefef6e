"""That the register of data use stands in a file: where it changed, models that nobody touched may be against its terms now."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.datause.nouns import Registered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.text import Text

RULES = (
    Rule(
        name="register-of-data-use",
        anchors=(b"share-models", b"ai-training", b"controlled:", b'controlled"', b"generative", b"approval", b"data-use"),
        pattern=rb"[\w-]+",
    ),
    Rule(  # of a policy from which the register is gone
        name="policy-without-register",
        anchors=(b"version: 1", b"version:1", b'"version": 1', b'"version":1'),
        pattern=rb"[\"\w]+:",
    ),
)
_FILE = regex(rb"\.genomic-guard(?:\.yaml|/data-use\.yaml)")


def gathered(text: Text) -> Iterator[Registered]:
    """Yield it for a file of the policy, which stands at the top."""
    if text.artifact.kind == "file" and not text.trail and not text.begin and _FILE.fullmatch(text.artifact.path):
        import hashlib  # noqa: PLC0415 - for the policy only

        yield Registered(at=text.locate(), sha256=hashlib.sha256(text.data).hexdigest())


def concerns(path: bytes) -> bool:
    """Tell of a file that nobody touched whether the register may be about it: a program, a setting, a card, a model, a pointer."""
    from pytest_genomic_guard.views.cards.named import may_be  # noqa: PLC0415 - where a file of the policy changed
    from pytest_genomic_guard.views.datause import settings  # noqa: PLC0415 - as above
    from pytest_genomic_guard.views.models.named import format_of  # noqa: PLC0415 - as above

    return settings.of_path(path) in {"code", "config"} or may_be(path) or bool(format_of(path)[0])
