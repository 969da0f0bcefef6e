"""Programs that train a model and save it, by what stands in their text: a hint, so that both have to be plain to see."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.models.named import is_fixture
from pytest_genomic_guard.views.models.nouns import Trains

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.text import Text

_LINE = rb"^[\w.=\" \t]{0,120}?"  # a statement; in a notebook a line of JSON
_TRAINS = regex(
    _LINE
    + rb"(?:\.fit(?:_generator|_one_cycle|_transform)?\(|\bTrainer\(|\btrainer\.train\(|\bloss\w{0,20}\.backward\(|\.partial_fit\("
    rb"|\b(?:xgb|lgb|xgboost|lightgbm|catboost)\.(?:train|cv)\(|\.minimize\(|tape\.gradient\(|\bfit_one_cycle\()",
    re.MULTILINE,
)
_SAVES = regex(
    _LINE
    + rb"(?P<by>torch\.save|joblib\.dump|pickle\.dump|dump"
    + rb"|\w{1,60}\.(?:save_pretrained|push_to_hub|save_model|save_weights|save|export)"
    + rb"|mlflow\.\w{2,20}\.(?:log|save)_model)\((?P<what>[^\n]{0,200})",
    re.MULTILINE,
)
_CALLED = regex(rb"(?:dump|\.(?:save(?:_pretrained|_model|_weights)?|push_to_hub|export|log_model))\(")  # by all of these
_FAR = 200  # bytes before that in which its line begins
_MODEL = regex(
    rb"(?i)(?:^|[^a-z])(?:model|net|network|clf|classifier|regressor|estimator|state_dict|pipeline|encoder|generator|booster"
    rb"|learner|learn|unet|vae|gan|forest|best|checkpoint|ckpt)(?:[^a-z]|$)"
)
_NOT = regex(
    rb"(?i)^\W{0,3}(?:scaler|vectori[sz]er|label_?encoder|tokeni[sz]er|vocab|optimi[sz]er|results?|metrics?|history|data|features?|x_|y_|fig)"
)
_LITERAL = regex(rb"[\"']([A-Za-z0-9][\w./-]{1,120})[\"']")
_QUIET = regex(
    rb"(?:^|/)(?:docs?|examples?|tutorials?|samples?|demos?|benchmarks?|\.github|templates?|third_party|vendor|site-packages)(?=/)",
    re.IGNORECASE,
)
RULE = Rule(
    name="trained-model",
    anchors=(
        *(
            b"torch.save(",
            b"joblib.dump(",
            b"pickle.dump(",
            b".save_pretrained(",
            b".push_to_hub(",
            b".save_model(",
            b".log_model(",
        ),
        *(b"model.save(", b".save_weights("),
    ),
    pattern=rb"[\w.]{4,24}\(",
)
# what saves, as a closed list
_BY = (
    "torch.save",
    "joblib.dump",
    "pickle.dump",
    "save_pretrained",
    "push_to_hub",
    "save_model",
    "log_model",
    "save_weights",
    "save",
)


_last: list[Text] = []  # the text of which was told last: several relations ask for the same


def told(text: Text) -> Iterator[Trains]:
    """Yield that a program trains and saves a model, once a file, whoever asks."""
    if _last and _last[0] is text:
        return
    _last[:] = [text]
    path, data = text.artifact.path, text.data
    if text.trail or text.artifact.kind != "file" or not path.lower().endswith((b".py", b".ipynb")):
        return
    if _QUIET.search(path) or is_fixture(path) or path.rpartition(b"/")[2].startswith(b"test_"):
        return
    saves: dict[str, None] = {}
    first = None
    for found in _saving(data):
        by, what = found["by"], found["what"]
        if _NOT.search(what) or not (_MODEL.search(by.partition(b".")[0]) or _MODEL.search(what) or b"_model" in by):
            continue
        first = first or found
        saves.update((each.decode(), None) for each in _LITERAL.findall(what) if b"/" in each or b"." in each)
    if first and _TRAINS.search(data):
        name = next((each for each in _BY if first["by"].endswith(each.encode())), "save")
        yield Trains(at=text.locate(first.start("by")), saves=tuple(saves)[:20], by=name)


def _saving(data: bytes) -> Iterator[re.Match[bytes]]:
    """Yield what `_SAVES` finds: one place of a line, and only on lines that call what saves, which are looked for first."""
    last = -1
    for called in _CALLED.finditer(data):
        least = max(0, called.start() - _FAR)
        line = data.rfind(b"\n", least, called.start()) + 1 or least
        found = _SAVES.match(data, line) if line > last else None
        last = max(last, line)
        if found:
            yield found
