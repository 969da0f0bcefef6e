"""What was found of one section of a card in Markdown so far: the best status, and the line that tells most."""

from __future__ import annotations

from pytest_genomic_guard.views.cards.sections import STATED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.cards.nouns import Status, Why

_TELLS = {"heading": 0, "word": 1}  # how much a reason tells: all others more


class Found:
    """What was found of one section so far; sentences below its heading are taken for longer, to be compared with other cards."""

    def __init__(self) -> None:
        self.status: Status = "absent"
        self.why: Why = ""
        self.line = 0
        self.own = False  # what states it stands below a heading, or a label, of the section
        self.sentences: list[int] = []

    def cap(self) -> None:
        """Take back what was found, for the text is a form and not a card."""
        if self.status == "stated":
            self.status, self.why, self.sentences = "mentioned", "boilerplate", []

    def take(self, verdict: str, line: int, digest: int, *, own: bool = False) -> None:
        """Take what a sentence says; `own`: below a heading of the section, whose line tells more than an earlier one."""
        if verdict == STATED:
            if self.status != "stated" or (own and not self.own):
                self.status, self.why, self.line, self.own = "stated", "", line, own
            self.sentences.append(digest)
        elif self.status == "absent" or (self.status == "mentioned" and _TELLS.get(verdict, 2) > _TELLS.get(self.why, 2)):
            self.status, self.why, self.line = "mentioned", verdict, line  # type: ignore[assignment]
