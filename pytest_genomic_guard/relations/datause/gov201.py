"""GOV201: weights of a generative model that was trained on controlled-access data."""

from __future__ import annotations

from pytest_genomic_guard.model import Relation
from pytest_genomic_guard.relations.datause import notices
from pytest_genomic_guard.relations.datause.mend_models import WEIGHTS
from pytest_genomic_guard.relations.datause.provenance import Provenance
from pytest_genomic_guard.views.cards.nouns import Before, Card
from pytest_genomic_guard.views.datause import accessions, registered
from pytest_genomic_guard.views.datause.nouns import Registered
from pytest_genomic_guard.views.datause.systems import RULES
from pytest_genomic_guard.views.models import trains
from pytest_genomic_guard.views.models.nouns import Model, ModelConfig, Trains

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Facts, Finding, Options
    from pytest_genomic_guard.views.datause.nouns import Accession
    from pytest_genomic_guard.views.text import Text

_IS = {
    "declared": "a generative model",
    "recognised": "a generative model (by its architecture)",
    "before": "a generative model (its card said so before this change)",
    "contradicted": "a generative model (its architecture generates, and its card says that it does not)",
}
_POINTER = " (a pointer)"


class GOV201(Relation):
    """Weights of a generative model that was trained on NIH controlled-access data.

    What it looks for
    -----------------
    Model files, by their content, and pointers to them (git-lfs, DVC, git-annex), of which both are known:

    - The model is generative: its card declares `generative: true`, or, where the card says nothing, its architecture does nothing
      but generate (`...ForCausalLM`, `...LMHeadModel`, `...ForConditionalGeneration`, the pipelines and networks of diffusion
      models, GGUF of a language model, an adapter for `CAUSAL_LM`). Whatever only sounds like one is GOV203. `generative: false`
      is believed of all but such an architecture: that contradiction is told, and a waiver ends it.
    - It was trained on controlled-access data of NIH (dbGaP, the controlled tier of TCGA, AnVIL, BioData Catalyst): by
      its card, by the data sets that the artifact names, by `models` or `paths` of an entry of the register `data-use`, by the
      program that names the accession and saves to this path, or by the card of the model on which it builds. An accession
      elsewhere in the repository ties nothing, and a name that stands for open data too, such as TCGA, only where the register
      says `controlled: true`.

    Which archives, which models and what of them is halted stands in dated packs (`packs` of the policy, else the newest):
    NOT-OD-25-081 of 2025-03-28 in `nih-2025-03`. An entry with `approval` makes it quiet. A model among test data
    counts too. Data of UK Biobank, EGA, FinnGen and
    others are under their own terms: GOV204.

    Why it matters
    --------------
    Generative models can give back what they were trained on. NIH counts them with their parameters as Data Derivatives, which may
    not leave the people of the data access request; sharing them is paused, and at close-out they are deleted. A repository is a
    copy for everyone who can read it, and its history keeps what a later commit removes.

    What to do instead
    ------------------
    Keep the weights where the approved users of the data work, and the code here. Training with NIH's approval, developing the
    model further, and renewing the project to go on using it are allowed. With written approval to share, write it into
    `approval`.

    References
    ----------
    - NIH NOT-OD-25-081 (2025-03-28) and NOT-OD-25-118; NCI, "Important Reminders About the Use of AI"
    - NIH Data Use Certification, Non-Transferability, provision 14 (Data Derivatives), term 12 (Project Close-out)
    """

    code = "GOV201"
    name = "generative-model-on-controlled-data"
    since = "0.1"
    mend = WEIGHTS
    needs = (Model, Card, ModelConfig, Trains, Registered, Before)
    reach = "snapshot"  # the card, the configuration and the program of a model lie beside it, above it or elsewhere
    looks_at = staticmethod(notices.looks_at)
    standing = True
    rules = (*registered.RULES, trains.RULE, *RULES)

    def gathered(self, text: Text) -> Iterator[Registered | Trains | Accession]:
        """Yield what it compares, where no other relation has."""
        yield from registered.gathered(text)
        yield from trains.told(text)
        yield from accessions.gathered(text)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each such model once, with the first of its data that no approval covers."""
        provenance = Provenance(facts)
        rules = [each for each in notices.in_force(provenance.register.today) if notices.HALTED & {each.sharing, each.retention}]
        for subject in provenance.subjects() if rules else ():
            bound = [pair for pair in notices.binding(subject, rules) if not (pair[0].entry and pair[0].entry.approval)]
            if not subject.weights or not bound:
                continue
            source, notice = bound[0]
            what = _IS.get(subject.generates, "a model")
            told = f"weights{_POINTER if subject.pointer else ''} of {what} trained on {source.told}: {notices.told(notice)}"
            yield self.finding(
                subject.at,
                told.replace("{", "{{").replace("}", "}}"),
                key=source.shown,
                subject=source.shown,
                involves=(*subject.involves, *source.places),
            )
