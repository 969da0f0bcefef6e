"""Functions that run what they load, by their full names, with what bandit calls them.

Sources: for the standard library its reference, which warns of data that one does not trust. Read as files of the repositories on
2026-11-22, each of which hands the file to a pickle: piskvorky/gensim `gensim/utils.py` (SaveLoad.load), statsmodels/statsmodels
`statsmodels/iolib/smpickle.py`, DLR-RM/stable-baselines3 `stable_baselines3/common/save_util.py` (json_to_data), pycaret/pycaret
`pycaret/internal/persistence.py` (joblib), NicolasHug/Surprise `surprise/dump.py`. Not read, but taken as they are known to
be: autogluon, mlflow, fastai 2, jsonpickle, klepto, compress_pickle.
"""

from __future__ import annotations

import ast

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.checks.code.told import last, root
from pytest_genomic_guard.views.code import constants
from pytest_genomic_guard.views.code.scopes import qualified

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.code.names import Program, Use

_PICKLES = {
    "pickle": ("load", "loads", "Unpickler"),
    "dill": ("load", "loads", "Unpickler", "load_session", "load_module"),
    "cloudpickle": ("load", "loads"),
    "ray.cloudpickle": ("load", "loads"),
    "shelve": ("open", "DbfilenameShelf", "Shelf", "BsdDbShelf"),
    "jsonpickle": ("decode", "loads", "unpickler.decode", "unpickler.Unpickler"),
    "pandas": ("read_pickle", "io.pickle.read_pickle", "compat.pickle_compat.load"),
    "joblib": ("load", "numpy_pickle.load"),
    "torch.package": ("PackageImporter",),
    "statsmodels": ("api.load", "api.load_pickle", "iolib.smpickle.load_pickle", "iolib.api.load_pickle"),
    "surprise": ("dump.load",),
    "fastai": ("learner.load_learner", "basics.load_learner", "vision.all.load_learner", "tabular.all.load_learner"),
    "gensim": ("utils.unpickle",),
    "compress_pickle": ("load", "loads"),
    "klepto": (),
}
PICKLES = {f"{module}.{name}": f"{module}.{last(name)}" for module, names in _PICKLES.items() for name in names}
PICKLES["fastai.text.all.load_learner"] = "fastai.load_learner"
_METHODS = {  # any class of the package that has them
    "gensim": ("load",),
    "stable_baselines3": ("load",),
    "sb3_contrib": ("load",),
    "autogluon": ("load",),
    "pycaret": ("load_model",),
    "mlflow": ("load_model", "load_pyfunc"),
}
_MARSHAL = {"marshal.load": "marshal.load", "marshal.loads": "marshal.loads"}
_DUMPS = regex(r"(?:pickle|dill|cloudpickle)\.dumps\(\)")
_SAFE = frozenset(("yaml.SafeLoader", "yaml.CSafeLoader", "yaml.BaseLoader", "yaml.CBaseLoader"))
FULL = frozenset(("yaml.FullLoader", "yaml.CFullLoader"))
_KERAS = frozenset(("load_model", "from_config", "deserialize_keras_object", "deserialize", "model_from_json", "clone_model"))


def unsafe(use: Use, made: Program) -> tuple[str, tuple[str, ...]]:
    """Return what loads there, and bandit's name for it; empty where nothing is run by loading."""
    name = use.name
    if name in PICKLES:
        return ("", ()) if last(name) == "loads" and _copied(use) else (PICKLES[name], ("B301",))
    if name in _MARSHAL:
        return _MARSHAL[name], ("B302",)
    base, end = root(name), last(name)
    if end in _METHODS.get(base, ()):
        return f"{base} {end}", ("B301",)
    if base == "yaml" or name.startswith("ruamel.yaml"):
        return _yaml(use, made), ("B506",)
    if not use.called:
        return "", ()
    return _argument(use, name, base, end)


def _copied(use: Use) -> bool:
    """Tell whether what is loaded was dumped by the program itself a moment ago, as a test or a deep copy does."""
    data = use.call.args[0] if use.call.args else None
    given = use.scope.given(data.id) if isinstance(data, ast.Name) else [data]
    return all(each is not None and _DUMPS.fullmatch(qualified(each, use.scope)) is not None for each in given)


def _argument(use: Use, name: str, base: str, end: str) -> tuple[str, tuple[str, ...]]:  # noqa: PLR0911 - one a library
    """Return what an argument makes unsafe."""
    scope = use.scope
    if base == "numpy" and end in {"load", "read_array", "NpzFile"} and constants.true(use.argument("allow_pickle", 2), scope):
        return "numpy.load with allow_pickle", ("B301",)
    if name == "torch.load" and constants.false(use.argument("weights_only"), scope):
        return "torch.load with weights_only=False", ("B614",)
    if "load" in end and constants.false(use.argument("weights_only"), scope):
        return "loading with weights_only=False", ()  # as load_from_checkpoint of Lightning, which hands it on
    if base == "skops" and end in {"load", "loads"} and constants.true(_bare(use.argument("trusted", 1)), scope):
        return "skops.io.load with trusted=True", ("B301",)
    if base == "keras" and (end == "enable_unsafe_deserialization" or end in _KERAS):
        if end not in _KERAS:
            return "keras enable_unsafe_deserialization", ()
        return ("keras load_model with safe_mode=False" if constants.false(use.argument("safe_mode"), scope) else ""), ()
    if constants.true(use.argument("allow_dangerous_deserialization"), scope):
        return "langchain with allow_dangerous_deserialization", ("B301",)
    return ("fastai.load_learner", ("B301",)) if name == "load_learner" else ("", ())


def _bare(node: ast.expr | None) -> ast.expr | None:
    """Return an argument only where it is a constant: a list of types is what skops asks for."""
    return node if isinstance(node, (ast.Constant, ast.Name)) else None


def _yaml(use: Use, made: Program) -> str:
    """Return what loads YAML with tags that make objects."""
    end = last(use.name)
    if end in {"unsafe_load", "unsafe_load_all"}:
        return "yaml.unsafe_load"
    if use.name == "ruamel.yaml.YAML" and not constants.surely(use.argument("typ", 0), use.scope, "unsafe"):
        return ""
    if use.name == "ruamel.yaml.YAML":
        return "ruamel.yaml with typ=unsafe"
    if use.name not in {"yaml.load", "yaml.load_all", "ruamel.yaml.load", "ruamel.yaml.load_all"} or not use.called:
        return ""
    loader = loads_with(use)
    if loader in FULL or use.spread:
        return ""
    return "" if safe(loader, made) else "yaml.load without a safe loader"


def loads_with(use: Use) -> str:
    """Return the full name of the loader of `yaml.load`, empty where none is given."""
    given = use.argument("Loader", 1)
    return qualified(given, use.scope) if given is not None else ""


def safe(loader: str, made: Program) -> bool:
    """Tell whether a loader of YAML makes plain values only, or is a class of the program that is made from such a one."""
    known = loader if not loader.startswith("ruamel.") else loader[len("ruamel.") :]
    return known in _SAFE or any(base in _SAFE for base in made.bases.get(loader, ()))
