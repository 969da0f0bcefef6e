"""What a name that a pickle looks up can do: run code, hold code, or build data of a library that is known."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.weights.lists import (
    ALIASES,
    CLASS,
    CODE,
    DANGEROUS,
    EVERY,
    HARMLESS,
    KNOWN,
    LIBRARIES,
    PURE,
    REBUILDS,
    STANDARD,
    THROUGH,
)

_INSIDE = regex(
    r"__(?:globals|builtins|builtin|class|base|bases|mro|subclasses|dict|code|import|init|call|getattribute|reduce|reduce_ex|loader|spec"
    r"|func|self|closure|wrapped|setstate|subclasshook)__|f_globals|gi_frame|func_globals|im_func"
)
_HIDDEN_WORDS = """os posix nt subprocess sys builtins __builtins__ __builtin__ importlib pty socket shutil runpy pickle cPickle
    marshal ctypes commands popen2 webbrowser multiprocessing asyncio threading zipimport pkgutil tempfile
    urllib urllib2 requests"""
_HIDDEN = frozenset(_HIDDEN_WORDS.split())
_METHODS_WORDS = """system popen load loads eval exec write_text write_bytes unlink rmdir read_text read_bytes open run call
    check_output spawn fork execute query to_pickle to_csv to_hdf to_sql tofile dump save run_module
    exec_module load_module create_module fromfile import_module"""
_METHODS = frozenset(_METHODS_WORDS.split())


def judge(module: str, name: str) -> tuple[str, str]:
    """Tell what a name can do: "runs" or "code" with the entry of our list, "unknown", or "" for data of known libraries."""
    module = _plain(module)
    label = _runs(module, name)
    if label:
        return "runs", label
    if any(module == each or module.startswith(each + ".") for each in CODE):
        return "code", next(each for each in CODE if module == each or module.startswith(each + "."))
    return ("", "") if _known(module, name) else ("unknown", "")


def imported(module: str) -> str:
    """Return the entry of our list that a module is, of which everything counts."""
    module = _plain(module)
    while module:
        if EVERY in DANGEROUS.get(module, ()) or module in {"builtins", "pickle"}:
            return module
        module = module.rpartition(".")[0]
    return ""


def reached(name: str) -> str:
    """Return the entry of our list that reading an attribute of this name is, "" for a plain one."""
    for part in name.split("."):
        if _INSIDE.fullmatch(part):
            return "getattr"
        if part in _METHODS or _hidden(part):
            return "getattr"
    return ""


def _plain(module: str) -> str:
    for short, meant in ALIASES.items():
        if module == short or module.startswith(short + "."):
            return meant + module[len(short) :]
    return module


def _hidden(part: str) -> bool:
    """Tell whether a part of a dotted name is a module that runs code, which another one imported."""
    return part in _HIDDEN or part.lstrip("_") in _HIDDEN


def _runs(module: str, name: str) -> str:
    if f"{module} {name}" in HARMLESS:
        return ""
    parts = name.split(".")
    if any(map(_INSIDE.fullmatch, parts)) or any(part in {"__globals__", "__builtins__"} for part in module.split(".")):
        return "attributes of the interpreter"
    prefix = module
    while prefix:
        listed = DANGEROUS.get(prefix, frozenset())
        if EVERY in listed:
            return prefix
        if prefix == module and not listed.isdisjoint((name, parts[0])):
            return f"{prefix}.{name if name in listed else parts[0]}"
        prefix = prefix.rpartition(".")[0]
    if EVERY in DANGEROUS.get(f"{module}.{name}", ()):
        return f"{module}.{name}"
    return THROUGH if any(map(_hidden, parts)) else ""


def _known(module: str, name: str) -> bool:
    if name in KNOWN.get(module, ()):
        return True
    root = module.partition(".")[0]
    if module in STANDARD or root in STANDARD:
        return bool(CLASS.fullmatch(name)) or (module in {"math", "cmath"})
    if any(module == each or module.startswith(each + ".") for each in PURE):
        return name.replace(".", "").replace("_", "a").isalnum()
    if module == "numpy":
        return "." not in name and name.isidentifier() and name.islower()
    if root in LIBRARIES:
        return bool(CLASS.fullmatch(name) or REBUILDS.fullmatch(name))
    return False
