"""COD101: loading that runs what it loads."""

from __future__ import annotations

from pytest_genomic_guard.checks.code.loads import unsafe
from pytest_genomic_guard.checks.code.mend import CODE
from pytest_genomic_guard.checks.code.told import excused, told
from pytest_genomic_guard.model import Check, Rule
from pytest_genomic_guard.views.code import constants, manifests
from pytest_genomic_guard.views.code.names import program
from pytest_genomic_guard.views.code.python import Python
from pytest_genomic_guard.views.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Fact, Finding, Options

_WORDS = Rule(
    name="unsafe-load",
    anchors=(
        b"pickle",
        b"Pickle",
        b"joblib",
        b"shelve",
        b"marshal",
        b"dill",
        b"allow_",
        b"yaml",
        b"safe_mode",
        b"load_",
        b"unsafe_des",
        b"weights_",
    ),
    pattern=rb"(?:[pP]ickle5?\b|joblib\b|shelve\b|marshal\b|(?<=import )dill|(?<=from )dill|dill\.|allow_pickle|allow_dangerous_"
    rb"|yaml\.\w|(?<=from )yaml|safe_mode|unsafe_deserialization|weights_only|load_learner|load_model\(|load_pyfunc|load_local\()",
)
# The third argument of numpy.load is allow_pickle, also where nobody names it
_PLACED = Rule(
    name="numpy-load",
    anchors=(b"np.load(", b"numpy.load("),
    pattern=rb"(?:np|numpy)\.load\((?:[^,()\n]|\([^()\n]{0,80}\)){1,200}+,[^,()=]{1,40}+,\s{0,40}+(?:[A-Za-z_]\w{0,60}+|1)\s{0,40}+[,)]",
)
_TORCH = Rule(
    name="torch-load",
    anchors=(b"torch.load", b"from torch", b"import torch as", b"PackageImporter"),
    pattern=rb"(?:torch\.load\b|from torch(?:\.serialization)? import [^\n]{0,200}\bload\b|import torch as \w|PackageImporter)",
)
_LOAD = Rule(
    name="library-load",
    anchors=(
        b"import gensim",
        b"from gensim",
        b"skops",
        b"stable_baselines3",
        b"sb3_contrib",
        b"autogluon",
        b"statsmodels.",
        b"surprise",
    ),
    pattern=rb"(?:import gensim|from gensim|skops|stable_baselines3|sb3_contrib|autogluon|statsmodels\.(?:api|iolib)"
    rb"|surprise import)",
)
_NAMED = Rule(
    name="torch-requirement",
    anchors=(b"torch", b"pytorch"),
    pattern=rb"(?:(?<![\w./ \t@-])|(?<=- ))(?:py)?torch(?:(?:\[[\w,]{0,40}\])?[ \t]{0,4}[=<>~!^]|[\"']|[ \t]{0,8}(?:[\#;]|\r?$))",
)


class COD101(Check[Text | Python]):
    """Loading that runs what it loads.

    What it looks for
    -----------------
    Calls that unpickle or otherwise run what a file tells them to, by their full names, so also under an alias, imported in
    another cell, looked up with `getattr`, or handed on as in `map(pickle.load, files)`: pickle, cPickle, dill, cloudpickle,
    shelve, jsonpickle, marshal, `pandas.read_pickle`, joblib, `numpy.load` with `allow_pickle=True`, `torch.load` with
    `weights_only=False`, `torch.package`, `yaml.load` without a safe loader, keras with `safe_mode=False`, skops with
    `trusted=True`, any other loader that is told `weights_only=False`, mlflow, gensim, fastai, stable-baselines3, autogluon,
    pycaret, statsmodels and langchain with `allow_dangerous_deserialization`.

    An argument that is a name counts as what was assigned to it; one that only the caller knows does not count. A loader of YAML
    that is a class made from `SafeLoader` is safe. What bandit calls B301, B302, B506 and part of B614; a `# nosec` for these
    counts. `torch.load` that leaves `weights_only` to the version is COD111.

    Why it matters
    --------------
    A pickle is a program. Whoever can change the file, on a share, in a bucket, on a hub, runs code with the rights of the person
    who loads it, next to the data of patients.

    What to do instead
    ------------------
    Keep weights as safetensors, arrays as npy without objects, tables as Parquet, settings as JSON; `skops.io` with a list of
    types for scikit-learn; `yaml.safe_load`. Where a pickle of your own must be read, check its digest first and say so in
    `# genomic-guard: allow[COD101] why`.

    References
    ----------
    - Python library reference, pickle and marshal: warnings
    - CWE-502
    - bandit B301, B302, B506, B614
    """

    code = "COD101"
    name = "unsafe-deserialization"
    since = "0.1"
    inline = True
    mend = CODE
    rules = (_WORDS, _PLACED, _TORCH, _LOAD, _NAMED)

    def look(self, view: Text | Python, options: Options) -> Iterator[Finding | Fact]:  # noqa: ARG002 - it has none
        """Report loads in programs; tell what manifests say of torch."""
        if isinstance(view, Python):
            yield from self._loads(view)
        elif manifests.is_manifest(view.artifact.path):
            for start, end in view.matches(_NAMED):
                length = len(b"pytorch") if view.data.startswith(b"pytorch", start) else len(b"torch")
                fact = manifests.torch(view, start, min(end, start + length))
                if fact is not None:
                    yield fact

    def _loads(self, view: Python) -> Iterator[Finding | Fact]:
        made = program(view)
        for use in made.uses:
            what, tests = unsafe(use, made)
            if what:
                yield from told(self, view, use, f"{what} runs what it loads{_as(tests)}", tests)
            elif use.name == "torch.load" and not constants.surely(use.argument("weights_only"), use.scope, wanted=True):
                given = use.argument("weights_only") if use.called else None
                passed = given is not None or use.spread
                if not passed and not excused(view, use.source, use.node, ("B614", "COD111")):
                    yield manifests.TorchLoad(at=view.at(use.source, use.node), key=use.key)


def _as(tests: tuple[str, ...]) -> str:
    return f" (bandit {', '.join(tests)})" if tests else ""
