"""What to do about the form of a card, and about its figures, by how far the commit went."""

from __future__ import annotations

from pytest_genomic_guard.model import Mend

FORM = Mend(
    not_pushed="correct the line, so that the Hub and other readers see what the card says",
    pushed="correct the line in a further commit; until then readers of the card do not see what it says",
    public="correct the line and publish the card again; who read it so far may have seen nothing of it",
)
FIGURE = Mend(
    not_pushed="write the figure that the evaluation gave, or run the evaluation again and commit both",
    pushed="write the figure that the evaluation gave in a further commit",
    public="correct the figure and say so in the card: people may have relied on it",
)
