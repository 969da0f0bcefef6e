"""CARD101: a model has no card."""

from __future__ import annotations

from pytest_genomic_guard.model import Location, Relation
from pytest_genomic_guard.relations.cards.before import Was
from pytest_genomic_guard.relations.cards.mend_models import CARD
from pytest_genomic_guard.relations.cards.names import shown
from pytest_genomic_guard.views.cards.named import may_be
from pytest_genomic_guard.views.cards.nouns import Before
from pytest_genomic_guard.views.models.first import configures
from pytest_genomic_guard.views.models.nouns import Model, Perhaps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_genomic_guard.model import Facts, Finding, Options
    from pytest_genomic_guard.relations.cards.resolve import Resolver

_SYSTEMS = {"git-lfs": "git-lfs", "dvc": "DVC", "git-annex": "git-annex"}


class CARD101(Relation):
    """A model has no card.

    What it looks for
    -----------------
    Models by what is in them, whatever they are called: safetensors, GGUF, weights of PyTorch, pickles of scikit-learn, XGBoost and
    other libraries, ONNX, Keras, SavedModel, checkpoints of TensorFlow, TFLite, Core ML, LightGBM, CatBoost, flax, skops, MLflow;
    and pointers of git-lfs, DVC and git-annex that stand for one; what DVC keeps lies where `.dvc` or `dvc.lock` says. Data
    (`.h5ad`, tables in pickles, vocabularies, states of optimisers) are no models, and what lies where test data lie needs no card:
    in the folders that docs/cards.md lists (`tests`, `test_data`, `fixtures` and few more; `test_models` is none) and at the
    patterns `cards: fixtures:` of the policy. `genomic-guard card check` counts it. Shards and checkpoints of one model are one,
    so are its exports in one folder (`x.pth`, `x.onnx`, `x-int8.onnx`), and copies with the same bytes are told once.

    A card is looked for in the folder of the model, then in the registry of the policy (`cards: registry:`), for an adapter among
    the cards of its base model, and then in the folders above up to the top, in each with `docs/MODEL_CARD.md`, `docs/README.md`
    and the metadata of a bundle; at last, a card anywhere that gives the whole path of the model file. A README counts where it has
    the headings of a card. `genomic-guard card check` shows which card was taken. Where a card
    lies that could not be read, the run tells so as a gap, and none is missing. A commit, or a range, that deletes the card of a
    model, moves it away or empties it is told of the models that stay.

    Why it matters
    --------------
    Nobody can tell what a file of weights was made from, for whom it works, and what it must not be used for. A card says it, and
    people who get the model get the card.

    What to do instead
    ------------------
    Write a card beside the model: `genomic-guard card new MODEL` begins one from what the model says of itself. Name a card that
    lies elsewhere in `cards: registry:`. Where the file is test data, name it in `cards: fixtures:`.

    References
    ----------
    - Mitchell and others, Model Cards for Model Reporting, 2019
    - Hugging Face Hub documentation, "Model Cards" (August 2026)
    """

    code = "CARD101"
    name = "model-without-card"
    since = "0.1"
    needs = (Model, Perhaps, Before)
    mend = CARD
    reach = "snapshot"  # a card lies beside the model, above it, in a folder of its bundle or where the registry says
    standing = True
    alone = False

    @staticmethod
    def looks_at(path: bytes) -> bool:
        """Take cards, what says that weights beside it are a model, and models, whose card a change may take away."""
        from pytest_genomic_guard.relations.cards.held import looks_at  # noqa: PLC0415 - where there are models only

        return may_be(path) or configures(path) or looks_at(path)

    def look(self, facts: Facts, options: Options) -> Iterator[Finding]:  # noqa: ARG002 - it has none
        """Report each model without a card."""
        from pytest_genomic_guard.relations.cards.resolve import Resolver  # noqa: PLC0415 - where there are models only

        cards = Resolver(facts)
        was = Was(facts, cards)
        alone = [each for each in cards.models() if cards.card(each[0]) is None and not cards.missed(each[0])]
        copies: dict[tuple[bytes | str, ...], list[tuple[bytes, Model]]] = {}
        for path, model in alone:
            same = model.digest and len(cards.parts(path)) == 1 and not cards.registered(path)
            copies.setdefault((model.digest, *model.at.trail) if same else (path,), []).append((path, model))
        for each in copies.values():
            yield self._of(cards, each, next(filter(None, (was.gone(path) for path, _model in each)), b""))

    def _of(self, cards: Resolver, copies: Sequence[tuple[bytes, Model]], gone: bytes) -> Finding:
        path, model = copies[0]
        parts, at = cards.parts(path), model.at
        what = f"a pointer of {_SYSTEMS[model.system]} to a model" if model.system in _SYSTEMS else "a model"
        told = f"{what} has no card: none beside it, in the folders above or in the registry of the policy"
        told += ", and none of its base model" if model.adapter else ""
        told += "; this change takes away the one that it had" if gone else ""
        told += "; the card that the registry names is not there" if cards.registered(path) else ""
        passed = next(filter(None, (cards.passed(each) for each, _model in copies)), b"")
        told += (
            "; a card elsewhere names a file of this name, and is not taken, as it does not give its whole path" if passed else ""
        )
        many = " ({files} files are parts of it)" if len(parts) > 1 else " ({files} copies)" if len(copies) > 1 else ""
        place = path if path not in {at.path, at.path.removesuffix(b".dvc")} else b""
        words = [*dict.fromkeys(filter(None, (model.format, model.kind)))]
        subject = ", ".join(filter(None, (shown(place), " ".join(words), f"not taken: {shown(passed)}" if passed else "")))
        involves = dict.fromkeys((*(file for each, _model in copies for file in cards.files(each)), gone))
        return self.finding(
            Location(path=at.path, line=at.line),
            f"{told}{many}",
            key=shown(place),
            subject=subject,
            involves=tuple(filter(None, involves)),
            files=len(parts) if len(parts) > 1 else len(copies),
        )
