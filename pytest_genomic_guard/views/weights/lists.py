"""Closed lists of names in pickles: what runs code, what holds code, and what is data of libraries that are known.

The lists are ours, put together from what the modules are known to do and not from one page of documentation; what picklescan 1.0.5
and modelscan 0.8.8 list is compared with them in a test, where these are installed. A name of the file's own making is never shown:
what is told is an entry of these lists.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex

THROUGH = "a module reached through another one"
EVERY = "*"
# Modules of which everything counts, with what is inside them
_WHOLE = """os posix nt posixpath ntpath genericpath subprocess _posixsubprocess _winapi popen2 commands sys pty tty socket
    _socket socketserver ssl _ssl select selectors runpy importlib imp _imp zipimport pkgutil modulefinder code codeop
    bdb pdb ctypes _ctypes cffi _cffi_backend webbrowser antigravity http httplib urllib urllib2 urllib3 requests
    httpx httpcore aiohttp websocket websockets ftplib smtplib smtpd telnetlib imaplib poplib nntplib xmlrpc xmlrpclib
    SimpleXMLRPCServer paramiko fabric pip _pip ensurepip venv pipes setuptools distutils pkg_resources shutil
    tempfile fileinput linecache marshal shelve dbm anydbm whichdb sqlite3 _sqlite3 mmap multiprocessing
    _multiprocessing asyncio _asyncio asyncore asynchat concurrent signal _signal threading _thread thread
    dummy_threading sched atexit gc faulthandler trace tracemalloc timeit profile cProfile pstats doctest unittest
    pytest _pytest nose idlelib lib2to3 pydoc pydoc_data cgi cgitb inspect dis symtable ast parser compiler compileall
    py_compile new site sitecustomize usercustomize resource readline rlcompleter cmd curses turtle tkinter Tkinter
    zipfile tarfile zipapp gzip bz2 lzma rexec winreg _winreg msilib syslog sh plumbum pexpect ptyprocess invoke
    psutil IPython ipykernel jupyter_client notebook jinja2 mako flask django tornado twisted celery scapy boto3
    botocore s3fs fsspec gcsfs docker selenium playwright yaml execnet rpyc Pyro4 zmq nltk.app torch.hub
    torch.utils.cpp_extension torch.utils.bottleneck torch.utils._config_module torch.utils.collect_env
    torch.utils.bundled_inputs torch.utils.show_pickle torch.utils.model_zoo torch.utils.model_dump
    torch.utils.benchmark torch.utils.data.datapipes torch._dynamo torch._inductor torch.distributed.rpc
    torch.distributed.run torch.distributed.launch torch.distributed.elastic torch.multiprocessing torch.package
    torch.jit.unsupported_tensor_ops torch.fx.experimental torch.testing._internal
    torch.utils._cpp_extension_versioner torch.utils.hipify torch.ops hydra.utils numpy.distutils numpy.f2py
    numpy.testing numpy.ctypeslib numpy.compat scipy.weave scipy._lib._ccallback keras.src.saving.legacy
    keras.utils.get_file tensorflow.python.lib.io tensorflow.io tensorflow.gfile tensorflow.python.platform.gfile
    pandas.io pandas.core.computation pandas.compat.pickle_compat pandas.util pandas.eval"""

# Names of modules whose others are harmless, or not known
_SOME = {
    "builtins": "eval exec compile execfile file open input raw_input breakpoint __import__ apply getattr setattr delattr vars"
    " globals locals dir exit quit help reload __loader__ __build_class__ __dict__",
    "pickle": EVERY,
    "test": EVERY,
    "dill": "load loads load_session load_module load_module_asdict run extend",
    "dill._dill": "_eval_repr load loads Unpickler",
    "cloudpickle": "load loads",
    "cloudpickle.cloudpickle": "load loads",
    "joblib": "load",
    "joblib.numpy_pickle": "load NumpyUnpickler _unpickle",
    "joblib.numpy_pickle_compat": "load_compatibility ZipNumpyUnpickler",
    "jsonpickle": "decode loads",
    "jsonpickle.unpickler": "decode Unpickler loadclass",
    "skops.io": "load loads",
    "operator": "attrgetter methodcaller call",
    "functools": "reduce partialmethod singledispatch",
    "types": "CodeType FunctionType LambdaType ModuleType MethodType",
    "io": "open open_code FileIO OpenWrapper TextIOWrapper",
    "codecs": "open",
    "logging": "FileHandler config",
    "logging.config": EVERY,
    "logging.handlers": EVERY,
    "pathlib": "Path.write_text Path.write_bytes Path.unlink Path.rmdir Path.open Path.read_text Path.read_bytes",
    "platform": "popen _syscmd_ver _syscmd_file _syscmd_uname architecture",
    "uuid": "_get_command_stdout _popen getnode",
    "_aix_support": "_read_cmd_output",
    "_osx_support": "_read_output _find_build_tool",
    "_pyrepl": EVERY,
    "_pydecimal": "setcontext",
    "_testcapi": EVERY,
    "copyreg": "add_extension pickle constructor dispatch_table",
    "weakref": "finalize",
    "contextlib": "contextmanager ExitStack",
    "string": "Formatter",
    "decimal": "setcontext",
    "ssl": EVERY,
    "encodings": EVERY,
    "glob": EVERY,
    "sre": EVERY,
    "numpy": "load save savez savez_compressed savetxt loadtxt genfromtxt fromfile memmap DataSource fromregex source"
    " vectorize apply_along_axis",
    "numpy.lib": "load save DataSource",
    "numpy.lib.npyio": "load save savetxt loadtxt NpzFile DataSource genfromtxt fromregex",
    "numpy.lib._npyio_impl": "load save savetxt loadtxt NpzFile DataSource genfromtxt fromregex",
    "numpy.lib.format": "read_array open_memmap",
    "numpy.core.multiarray": "fromfile",
    "numpy.core.memmap": "memmap",
    "torch": "load save hub jit compile import_ir_module classes ops",
    "torch.serialization": "load save _load _legacy_load _open_file _open_zipfile_reader load_from",
    "torch._utils_internal": EVERY,
    "torch._C": "import_ir_module _jit_import _import_ir_module_from_buffer PyTorchFileReader PyTorchFileWriter",
    "torch.utils.data.dataloader": "_InfiniteConstantSampler.load",
    "torch.fx.graph_module": "_deserialize_graph_module reduce_graph_module reduce_package_graph_module _exec_with_source",
    "torch.fx._lazy_graph_module": EVERY,
    "torch._weights_only_unpickler": "load Unpickler",
    "pandas": "read_pickle eval read_csv read_table read_json read_html read_sql read_hdf read_parquet read_clipboard",
    "scipy.io": EVERY,
    "sklearn.utils": "_joblib",
    "sklearn.utils._joblib": "load",
    "sklearn.externals.joblib": "load",
    "keras.models": "load_model model_from_json model_from_yaml",
    "keras.saving": "load_model deserialize_keras_object",
    "keras.layers": "Lambda",
    "keras.src.layers.core.lambda_layer": "Lambda",
    "keras.layers.core": "Lambda",
    "tensorflow": "py_function numpy_function io saved_model keras",
    "tensorflow.python.ops.script_ops": EVERY,
    "tensorflow.keras.models": "load_model",
    "tensorflow.python.keras.models": "load_model",
    "tensorflow.python.saved_model.load": "load",
    "transformers": "pipeline",
    "transformers.pipelines": "pipeline",
    "transformers.utils.hub": "cached_file",
    "transformers.dynamic_module_utils": EVERY,
    "huggingface_hub": "hf_hub_download snapshot_download login upload_file",
    "datasets": "load_dataset",
    "statsmodels.iolib.smpickle": "load_pickle",
    "mlflow": "run",
    "mlflow.pyfunc": "load_model",
    "mlflow.projects": EVERY,
    "test.support.script_helper": EVERY,
    "xml.etree.ElementTree": "parse ElementTree.parse",
    "lxml.etree": "parse",
}
ALIASES = {"__builtin__": "builtins", "__builtins__": "builtins", "cPickle": "pickle", "_pickle": "pickle", "_io": "io",
            "_operator": "operator", "_functools": "functools", "copy_reg": "copyreg", "_pyio": "io", "_types": "types",
            "pathlib._local": "pathlib", "pathlib._abc": "pathlib"}  # fmt: skip
DANGEROUS: dict[str, frozenset[str]] = {
    **{name: frozenset({EVERY}) for name in _WHOLE.split()},
    **{name: frozenset(names.split()) for name, names in _SOME.items()},
}
# What these modules hold that is data
HARMLESS = frozenset(
    (
        *("os PathLike", "os stat_result", "posix stat_result", "nt stat_result", "os terminal_size", "sys version_info"),
        *("inspect Parameter", "inspect Signature", "inspect _ParameterKind", "inspect _empty", "urllib.parse ParseResult"),
        *(
            "urllib.parse SplitResult",
            "http HTTPStatus",
            "http HTTPMethod",
            "signal Signals",
            "socket AddressFamily",
            "socket SocketKind",
        ),
        *("ast Module", "concurrent.futures TimeoutError", "pandas.io.formats.style Styler", "typing Generic"),
        *("torch.distributed.fsdp.fully_sharded_data_parallel StateDictType", "tempfile TemporaryDirectory.name"),
        *(
            "numpy.testing assert_array_equal",
            "pandas.io.json._json JsonReader",
            "requests.structures CaseInsensitiveDict",
            "pickle PickleBuffer",
        ),
        *("distutils.version LooseVersion", "distutils.version StrictVersion", "pkg_resources.extern.packaging.version Version"),
        *("sqlite3 Row", "ray.cloudpickle.cloudpickle _builtin_type", "numpy.compat.py3k unicode"),
    )
)
# Modules whose functions hold the code of what was pickled; it is in the file
CODE: tuple[str, ...] = (
    "cloudpickle",
    "dill",
    "ray.cloudpickle",
    "torch.fx",
    "numba.core.serialize",
    "numba.cloudpickle",
    "pyspark.cloudpickle",
)
CODE += ("srsly.cloudpickle", "joblib.externals.cloudpickle", "pyspark.serializers", "mlflow.utils.cloudpickle")

# Libraries whose classes are data: a name like one of a class, or of what rebuilds one
_LIBRARIES = """torch torchvision torchaudio torch_geometric torch_scatter torch_sparse torchmetrics torchtext pytorch_lightning
    lightning lightning_fabric lightning_utilities numpy scipy pandas polars pyarrow sklearn xgboost lightgbm
    catboost statsmodels anndata scvi scanpy mudata transformers tokenizers sentence_transformers timm monai peft
    accelerate diffusers keras tensorflow flax jax jaxlib optax gensim spacy thinc nltk joblib networkx igraph Bio
    pysam sksurv lifelines imblearn umap hdbscan pynndescent skbio shap category_encoders skopt optuna hyperopt
    xarray dask sparse h5py PIL skimage cv2 matplotlib plotly seaborn datasets omegaconf ruamel easydict addict attr
    attrs pydantic pydantic_core bitarray sortedcontainers toolz cytoolz patsy formulaic rdkit deepchem dgl ogb esm
    fair_esm fairseq detectron2 mmcv mmengine stable_baselines3 gym gymnasium gpytorch botorch linear_operator pyro
    numpyro pymc arviz interpret tslearn sktime prophet pmdarima autogluon flaml tpot feature_engine mlxtend pytz
    dateutil zoneinfo tzlocal yacs munch box fastai fastcore fastprogress learn2learn kornia
    segmentation_models_pytorch efficientnet_pytorch apex skorch geopandas shapely pyproj
    docutils sphinx babel pygments myst_parser nbsphinx
    celltypist cellrank velvet scvelo squidpy pytorch_tabnet rpy2 mne nibabel nilearn pydicom SimpleITK
    quantile_forest econml dowhy causalml leidenalg annoy faiss sentencepiece tiktoken ml_collections mlflow hydra
    tqdm packaging"""
LIBRARIES = frozenset(_LIBRARIES.split())
CLASS = regex(r"_{0,2}[A-Z]\w*(?:\._{0,2}[A-Z]\w*)*", re.ASCII)
REBUILDS = regex(
    r"_rebuild\w*|_reconstruct\w*|_reconstructor|__newobj__|__newobj_ex__|__pyx_unpickle\w*|_?unpickle_?\w*|_new_\w+|\w*_ctor"
    r"|_?ufunc_reconstruct|_from_\w+|_restore\w*|_make\w*|_frombuffer|scalar|ndarray|dtype|recarray|record|matrix|u?int\d*|float\d*"
    r"|complex\d*|bool_?|str_|bytes_|object_|void|datetime64|timedelta64|[a-z]+_gen|rv_\w+|[a-z]{3}_(?:matrix|array)|interp1d|dummy_ctype",
    re.ASCII,
)
# Modules whose lower-case names are functions of numbers, types of values, or builders of data, too
_PURE = """pyarrow.lib
    torch.nn torch.optim torch.nn.functional torch.distributions torchvision.transforms torchvision.models torch._utils
    torch.storage torch._tensor torch.random sklearn.metrics sklearn.feature_selection sklearn.preprocessing
    sklearn.feature_extraction sklearn.tree sklearn.neighbors sklearn.linear_model sklearn.ensemble
    sklearn.gaussian_process sklearn._loss sklearn.utils._bunch scipy.stats scipy.sparse scipy.special scipy.spatial
    scipy.interpolate scipy.linalg numpy.core.multiarray numpy._core.multiarray numpy.core.numeric numpy._core.numeric
    numpy.core._multiarray_umath numpy._core._multiarray_umath numpy.core numpy._core numpy.core.fromnumeric
    numpy._core.fromnumeric numpy.lib.function_base numpy.random numpy.linalg numpy.ma numpy.ma.core numpy.dtypes
    pandas._libs pandas.core.indexes pandas.core.internals pandas.core.arrays pandas.core.dtypes
    transformers.activations keras.activations jax.numpy jax.nn tensorflow.python.framework.dtypes pytz xgboost.core
    lightgbm.basic jaxlib.xla_extension optax collections math cmath statistics random._inst"""
PURE = tuple(_PURE.split())
_KNOWN = {
    "builtins": "set frozenset list dict object complex bytearray bytes range xrange slice int long float str unicode basestring"
    " bool tuple type len sum min max abs round sorted zip enumerate reversed any all hash repr NotImplemented Ellipsis"
    " super property staticmethod classmethod iter next divmod pow ord chr buffer None",
    "copyreg": "_reconstructor __newobj__ __newobj_ex__ __reduce_ex__",
    "collections": "OrderedDict defaultdict deque Counter namedtuple ChainMap UserDict UserList abc",
    "_collections": "OrderedDict defaultdict deque _tuplegetter",
    "datetime": "datetime date time timedelta timezone tzinfo",
    "_codecs": "encode",
    "re": "_compile compile",
    "functools": "partial _lru_cache_wrapper cmp_to_key",
    "itertools": "count cycle repeat chain islice product starmap permutations combinations accumulate zip_longest",
    "time": "struct_time",
    "array": "array _array_reconstructor",
    "types": "SimpleNamespace MappingProxyType GenericAlias NoneType EllipsisType UnionType",
    "io": "BytesIO StringIO",
    "random": "Random",
    "logging": "getLogger Logger Formatter StreamHandler Filter Manager RootLogger PlaceHolder",
    "operator": "add sub mul truediv neg eq ne lt le gt ge and_ or_ not_",
    "typing": "_GenericAlias _SpecialForm Any Union Optional TypeVar",
    "weakref": "WeakValueDictionary WeakKeyDictionary WeakSet",
    "_weakref": "ref",
    "torch": "float float16 float32 float64 double half bfloat16 int int8 int16 int32 int64 uint8 uint16 uint32 uint64 long short"
    " bool complex32 complex64 complex128 device dtype Size Tensor Generator strided sparse_coo sparse_csr layout memory_format"
    " contiguous_format channels_last preserve_format quint8 qint8 qint32 per_tensor_affine per_channel_affine tanh sigmoid relu"
    " softmax sum mean max min exp log abs float8_e4m3fn float8_e5m2",
    "torch.serialization": "_get_layout",
}
KNOWN = {name: frozenset(names.split()) for name, names in _KNOWN.items()}
# Standard modules whose classes hold data
_STANDARD = """collections datetime decimal _pydecimal _decimal fractions uuid enum pathlib argparse numbers statistics ipaddress
    zoneinfo copyreg calendar string queue configparser typing types abc dataclasses graphlib locale email contextvars
    traceback optparse exceptions builtins json csv struct heapq difflib textwrap random weakref"""
STANDARD = frozenset(_STANDARD.split())
