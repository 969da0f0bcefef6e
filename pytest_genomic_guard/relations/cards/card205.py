"""CARD205: results of an evaluation in a form that the Hub refuses."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.cards.faulty import told
from pytest_genomic_guard.relations.cards.mend_forms import FORM
from pytest_genomic_guard.views.cards.metricfiles import MetricFile
from pytest_genomic_guard.views.cards.nouns import Card

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options


class CARD205(Relation):
    """Results of an evaluation in a form that the Hub refuses.

    What it looks for
    -----------------
    `model-index` in the front matter of a card: an entry without `name` or `results`, a result without `task.type`, `dataset.type`,
    `dataset.name` or `metrics`, a metric without `type` or `value`, a value that is no number, a `source` without `url`. And
    files `.eval_results/*.yaml`: a result without `dataset.id`, `dataset.task_id` or `value`, a value that is no number, a
    `source` without `url`, a date that is not of ISO 8601.

    Why it matters
    --------------
    The Hub's server refuses such a card at the upload, and its client drops all results of a card of which one is faulty, so that
    the figures are nowhere but in the file.

    What to do instead
    ------------------
    Fill in what is named. What is no result of an evaluation belongs into the text of the card.

    References
    ----------
    - huggingface/hub-docs, `modelcard.md` and `eval_results.yaml` (2026)
    - huggingface_hub, `repocard_data.py` and `_eval_results.py`
    """

    code = "CARD205"
    name = "model-index-faulty"
    since = "0.1"
    mend = FORM
    needs = (Card, MetricFile)
    alone = True
    standing = True

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report what is wrong, with its line."""
        found = [(card.at, card.faults) for _path, card in facts.of(Card)]
        found += [(file.at, file.faults) for _path, file in facts.of(MetricFile)]
        for at, faults in found:
            yield from (self.finding(place, what, key=what) for place, what in told(at, faults, self.code))
