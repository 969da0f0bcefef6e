"""GOV202: code or a workflow that publishes a generative model that was trained on controlled-access data."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.datause import notices
from pytest_genomic_guard.relations.datause.generates import SURE
from pytest_genomic_guard.relations.datause.mend_models import PUBLISHED
from pytest_genomic_guard.relations.datause.provenance import Provenance
from pytest_genomic_guard.views.cards.nouns import Before, Card
from pytest_genomic_guard.views.datause import publishing, registered
from pytest_genomic_guard.views.datause.nouns import Publishes, Registered
from pytest_genomic_guard.views.models import trains
from pytest_genomic_guard.views.models.nouns import Model, ModelConfig, Trains

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options
    from pytest_genomic_guard.views.text import Text


class GOV202(Relation):
    """Code or a workflow that publishes a generative model that was trained on NIH controlled-access data.

    What it looks for
    -----------------
    `push_to_hub`, `Trainer(..., push_to_hub=True)`, `upload_file` and `upload_folder` to the Hugging Face Hub, `huggingface-cli
    upload`, `hf upload`, a push to a repository of the Hub, model files that `gh release`, `actions/upload-release-asset` or
    `softprops/action-gh-release` attach to a release, `register_model` and `registered_model_name` of MLflow, artifacts of type
    `model` and linked models of Weights & Biases, `kaggle models` and `kaggle datasets create`, uploads to Zenodo, `ollama push`,
    `pb_upload` of piggyback, and model files that go to a bucket with a list that lets everybody read (`--acl public-read`).
    They count in programs, cells of notebooks, shell scripts, workflows, Makefiles and settings, and not in documentation and
    tests. A data set or a tokenizer that is pushed, a remote of one's own, and a release of wheels are quiet.

    The model that is meant is generative and was trained on controlled-access data, as GOV201 tells it; its weights need not be
    here, its card is enough. Code that names no model, or one that is not known here, means those of its project. It is quiet
    where the entry of the register has `approval`, and `share-models: allowed`.

    Why it matters
    --------------
    What was published once can be fetched by anybody, and taking it down does not take it back. NIH has paused the sharing of
    generative models that were trained on its controlled-access data, parameters included.

    What to do instead
    ------------------
    Take the step out, or publish a model that is made from data that allow it. Share with the approved users of the data access
    request alone. With NIH's written approval, write that and `share-models: allowed` into the entry of the register.

    References
    ----------
    - NIH NOT-OD-25-081 (2025-03-28) and NOT-OD-25-118
    - NIH Data Use Certification, Non-Transferability, provision 14 (Data Derivatives)
    """

    code = "GOV202"
    name = "generative-model-published"
    since = "0.1"
    mend = PUBLISHED
    needs = (Publishes, Model, Card, ModelConfig, Trains, Registered, Before)
    reach = "snapshot"
    looks_at = staticmethod(notices.looks_at)
    standing = True
    rules = (*publishing.RULES, *registered.RULES, trains.RULE)

    def gathered(self, text: Text) -> Iterator[Publishes | Registered | Trains]:
        """Yield what it compares, where no other relation has."""
        yield from publishing.gathered(text)
        yield from registered.gathered(text)
        yield from trains.told(text)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each place that publishes such a model, once for a model."""
        provenance = Provenance(facts)
        rules = [each for each in notices.in_force(provenance.register.today) if each.sharing in notices.HALTED]
        for path, what in provenance.publishes() if rules else ():
            for subject in provenance.meant(path, what):
                bound = [
                    pair
                    for pair in notices.binding(subject, rules)
                    if not (pair[0].entry and pair[0].entry.approval and pair[0].entry.share_models == "allowed")
                ]
                if bound:
                    source, notice = bound[0]
                    model = "a generative model" if subject.generates in SURE else "a model"
                    model += " (its card said so before this change)" if subject.generates == "before" else ""
                    told = f"this publishes ({what.target}) {model} trained on {source.told}: {notices.told(notice)}"
                    yield self.finding(
                        what.at,
                        told.replace("{", "{{").replace("}", "}}"),
                        key=source.shown,
                        subject=source.shown,
                        involves=(subject.path, *subject.involves, *source.places),
                    )
                    break
