"""Compare what is found in model files with picklescan and modelscan, over files that are made here and never loaded.

    python benchmarks/model_files.py [FOLDER]

Files are put together opcode by opcode in a temporary folder (or FOLDER, which is kept): bad ones, each with one way to run
something, and good ones. Each scanner runs over every file as a command; where it is not installed, its column is empty. Printed
are, for each scanner, how many bad files it found and missed, how many good ones it accused, and its seconds; then the misses.
A file is found where the scanner's own exit status says so; that it could not read a file is no finding.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_genomic_guard.testing import DIRECTIVES, samples

if TYPE_CHECKING:
    from collections.abc import Callable

_CALLS = """posix:system subprocess:Popen builtins:eval builtins:exec __builtin__:eval runpy:_run_code importlib:import_module
    socket:socket ctypes:CDLL webbrowser:open shutil:rmtree pty:spawn code:InteractiveInterpreter pickle:loads
    numpy:load torch.hub:load torch.serialization:load pip:main bdb:Bdb timeit:timeit asyncio:create_subprocess_shell
    multiprocessing.util:spawnv_passfds urllib.request:urlretrieve requests.api:get operator:attrgetter types:CodeType
    marshal:loads linecache:getlines zipimport:zipimporter numpy.testing._private.utils:runstring
    torch._inductor.codecache:compile_file cProfile:run doctest:debug_script idlelib.run:Executive.runcode
    lib2to3.pgen2.grammar:Grammar.loads logging.config:_resolve"""
_KNOWN = """collections:OrderedDict numpy.core.multiarray:_reconstruct sklearn.ensemble._forest:RandomForestClassifier
    pandas.core.frame:DataFrame scipy.sparse._csr:csr_matrix xgboost.sklearn:XGBClassifier datetime:datetime
    copyreg:_reconstructor argparse:Namespace anndata._core.anndata:AnnData torch.nn.modules.linear:Linear
    functools:partial"""


def bad() -> dict[str, bytes]:
    """Return files that run something, by name."""
    made = {f"call{number}.pkl": samples.pickled(calls=call, protocol=4) for number, call in enumerate(_CALLS.split())}
    made |= {f"protocol{number}.pkl": samples.pickled(calls="posix:system", protocol=number) for number in range(6)}
    made |= {
        f"broken-{how}.pkl": samples.pickled_broken(calls="posix:system", how=how) for how in ("opcode", "cut", "stack", "argument")
    }
    made["behind.pkl"] = samples.pickled_broken(calls="posix:system", how="behind")
    made |= {f"made-{how}.pkl": samples.pickled_made(how=how) for how in ("joined", "attribute", "getattr")}
    made |= {
        "torch.pt": samples.torch_zip(calls="posix:system"),
        "torch-crc.pt": samples.torch_zip(calls="posix:system", crc="wrong"),
        "torch-old.pth": samples.torch_old(calls="posix:system"),
        "objects.joblib": samples.joblib_file(calls="posix:system"),
        "after.joblib": samples.joblib_file(calls="posix:system", where="after"),
        "zlib.joblib": zlib.compress(samples.joblib_file(calls="posix:system", where="after")),
        "objects.npy": samples.npy_objects(calls="posix:system"),
        "objects.npz": samples.npz_objects(calls="posix:system"),
        "inside.pkl": samples.pickled(data="posix:system"),
        "renamed.dat": samples.pickled(calls="posix:system"),
        "renamed.txt": samples.pickled(calls="posix:system", protocol=0),
        "picture.gif": b"GIF87aabc" + samples.pickled(calls="posix:system", protocol=0),
        "second.pkl": b"N." + samples.pickled(calls="posix:system", protocol=0),
        "member.tar": samples.tarred_pickle(),
        "lambda.keras": samples.keras_zip(kind="lambda"),
        "module.keras": samples.keras_zip(kind="module"),
        "lambda.h5": samples.keras_h5(kind="lambda"),
        "graph/saved_model.pb": samples.graph(operation="WriteFile"),
        "path.onnx": samples.onnx(location="../../etc/passwd"),
        "template.gguf": samples.gguf(template="escape"),
        "length.gguf": samples.gguf(fault="length"),
        "overlap.safetensors": samples.safetensors(fault="overlap"),
    }
    made |= {
        f"{word}.pkl.{word}": DIRECTIVES[word](samples.pickled(calls="posix:system"))
        for word in ("gzip", "bz2", "xz", "zip", "tar")
    }
    made["two.zip"] = DIRECTIVES["zip"](DIRECTIVES["zip"](samples.torch_zip(calls="posix:system")))
    return made


def good() -> dict[str, bytes]:
    """Return files that run nothing, by name."""
    made = {f"known{number}.pkl": samples.pickled(calls=call, protocol=4) for number, call in enumerate(_KNOWN.split())}
    made |= {f"plain{number}.pkl": samples.pickled(protocol=number) for number in range(6)}
    return made | {
        "torch.pt": samples.torch_zip(),
        "script.pt": samples.torch_zip(code="yes"),
        "torch-old.pth": samples.torch_old(),
        "numbers.joblib": samples.joblib_file(),
        "objects.npy": samples.npy_objects(),
        "objects.npz": samples.npz_objects(),
        "plain.keras": samples.keras_zip(),
        "named.keras": samples.keras_zip(kind="named"),
        "plain.h5": samples.keras_h5(),
        "graph/saved_model.pb": samples.graph(),
        "plain.onnx": samples.onnx(),
        "plain.gguf": samples.gguf(),
        "plain.safetensors": samples.safetensors(),
    }


def _guard(path: Path) -> bool:
    code = [sys.executable, "-I", "-m", "pytest_genomic_guard", "scan", str(path), "--select", "COD2", "--format", "json"]
    done = subprocess.run(code, capture_output=True, check=False, cwd=path.parent)
    return any(each["code"].startswith("COD2") for each in json.loads(done.stdout or b"{}").get("findings", ()))


def _picklescan(path: Path) -> bool:
    return subprocess.run([str(_command("picklescan")), "-p", str(path)], capture_output=True, check=False).returncode == 1


def _modelscan(path: Path) -> bool:
    return subprocess.run([str(_command("modelscan")), "-p", str(path)], capture_output=True, check=False).returncode == 1


def _command(name: str) -> str | None:
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else shutil.which(name)


def main() -> int:
    """Make the files, run each scanner over each, and print the table."""
    with tempfile.TemporaryDirectory() as made:
        root = Path(sys.argv[1] if len(sys.argv) > 1 else made)
        groups = {"bad": bad(), "good": good()}
        for group, files in groups.items():
            for name, data in files.items():
                path = root / group / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        print(f"{len(groups['bad'])} bad files, {len(groups['good'])} good ones\n")
        print(f"{'scanner':16}{'found':>7}{'missed':>8}{'accused':>9}{'seconds':>9}")
        missed: dict[str, list[str]] = {}
        for scanner, run in (("genomic-guard", _guard), ("picklescan", _picklescan), ("modelscan", _modelscan)):
            if scanner != "genomic-guard" and not _command(scanner):
                print(f"{scanner:16}{'not installed':>33}")
                continue
            missed[scanner] = _row(scanner, run, root, groups)
        for scanner, some in missed.items():
            print(f"\n{scanner} misses: {', '.join(some) or 'none'}")
    return 0


def _row(scanner: str, run: Callable[[Path], bool], root: Path, groups: dict[str, dict[str, bytes]]) -> list[str]:
    begun = time.perf_counter()
    missed = [name for name in groups["bad"] if not run(root / "bad" / name)]
    accused = [name for name in groups["good"] if run(root / "good" / name)]
    spent = time.perf_counter() - begun
    print(f"{scanner:16}{len(groups['bad']) - len(missed):7}{len(missed):8}{len(accused):9}{spent:9.1f}")
    if accused:
        print(f"    accused: {', '.join(accused)}")
    return missed


if __name__ == "__main__":
    raise SystemExit(main())
