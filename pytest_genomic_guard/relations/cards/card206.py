"""CARD206: a figure of a card that the repository's own metrics contradict."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.cards import figured
from pytest_genomic_guard.relations.cards.mend_forms import FIGURE
from pytest_genomic_guard.views.cards.figures import shown
from pytest_genomic_guard.views.cards.metricfiles import MetricFile
from pytest_genomic_guard.views.cards.named import may_be
from pytest_genomic_guard.views.cards.nouns import Card

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class CARD206(Relation):
    """A figure of a card that the repository's own metrics contradict.

    What it looks for
    -----------------
    Figures of `model-index`, of tables and lists of results in the text of a card, and of structured cards, against the files of
    metrics beside the card, or below it where no other card is nearer: `metrics.json`, `eval_results.json`, `all_results.json`,
    `*_metrics.json`, `results.json`, `trainer_state.json`, `.eval_results/*.yaml`, metrics of DVC. The same metric, of the same
    data and split where both tell them, has to have the value of the card as exactly as that is written; a percentage and a
    fraction are the same. Where files give several values, or a card has several of one metric, and nothing tells which is
    meant, it is quiet.

    Why it matters
    --------------
    A card is read instead of the evaluation. A figure of an older run, or of another split, says of the model what it does not do.

    What to do instead
    ------------------
    Write the figure that the evaluation gave, with data and split, or commit the evaluation that gave the figure.

    References
    ----------
    - Mitchell and others, Model Cards for Model Reporting, 2019, section 4.5
    - huggingface/hub-docs, `modelcard.md` (2026)
    """

    code = "CARD206"
    name = "card-metric-contradicted"
    since = "0.1"
    mend = FIGURE
    needs = (Card, MetricFile)
    reach = "folder"  # the metrics lie beside the card
    standing = True
    looks_at = staticmethod(may_be)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report the figures that differ."""
        files = facts.of(MetricFile)
        cards = facts.of(Card) if files else []
        for path, card in cards:
            near = figured.near(path, files, cards)
            for metric, others in figured.contradicted(card.metrics, near) if near else ():
                at = card.at.replace(line=metric.line or card.at.line)
                told = "the card gives {written} for this metric, and the metrics of the repository {measured}"
                shape = {"written": metric.value, "measured": others[0][1].value}
                involves = tuple(sorted({path, *(file for file, _other in others)}))
                yield self.finding(at, told, key=shown(metric.metric), subject=shown(metric.metric), involves=involves, **shape)
