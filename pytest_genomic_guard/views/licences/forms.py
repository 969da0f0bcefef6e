"""Which files are manifests and locks, by their names, and who reads them.

A name is looked at once for every file of a run: a look-up of the base name, one match of it, and a look at the folder. The
reader of a format is imported when the first file of it is met.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.licences.manifests.damaged import DAMAGED, MOST, TOO_LARGE, TooLargeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.licences.nouns import Manifest

__all__ = ["DAMAGED", "TOO_LARGE", "form", "read"]

# Form to the module of ``manifests`` that reads it. A new format is a row here and a row in one of the tables below.
_READERS = {
    "pyproject.toml": "pyproject",
    "setup.cfg": "setup_cfg",
    "setup.py": "setup_py",
    "requirements": "requirements",
    "Pipfile": "pipfile",
    "Pipfile.lock": "pipfile_lock",
    "uv.lock": "uv_lock",
    "poetry.lock": "poetry_lock",
    "pdm.lock": "pdm_lock",
    "pylock.toml": "pylock",
    "environment.yml": "environment_yml",
    "conda-lock.yml": "conda_lock",
    "explicit": "conda_explicit",
    "pixi.toml": "pixi_toml",
    "pixi.lock": "pixi_lock",
    "renv.lock": "renv_lock",
    "DESCRIPTION": "description",
    "package.json": "package_json",
    "package-lock.json": "package_lock",
    "yarn.lock": "yarn_lock",
    "pnpm-lock.yaml": "pnpm_lock",
    "meta.yml": "meta_yml",
    "Dockerfile": "dockerfile",
}
# Base name, in small letters, to form.
_NAMES = {
    b"pyproject.toml": "pyproject.toml",
    b"setup.cfg": "setup.cfg",
    b"setup.py": "setup.py",
    b"pipfile": "Pipfile",
    b"pipfile.lock": "Pipfile.lock",
    b"uv.lock": "uv.lock",
    b"poetry.lock": "poetry.lock",
    b"pdm.lock": "pdm.lock",
    b"pylock.toml": "pylock.toml",
    b"pixi.toml": "pixi.toml",
    b"pixi.lock": "pixi.lock",
    b"renv.lock": "renv.lock",
    b"description": "DESCRIPTION",
    b"package.json": "package.json",
    b"package-lock.json": "package-lock.json",
    b"npm-shrinkwrap.json": "package-lock.json",
    b"yarn.lock": "yarn.lock",
    b"pnpm-lock.yaml": "pnpm-lock.yaml",
    b"meta.yml": "meta.yml",
    b"meta.yaml": "meta.yml",  # of conda recipes
    b"recipe.yaml": "meta.yml",
    b"dockerfile": "Dockerfile",
    b"containerfile": "Dockerfile",
    b"singularity": "Dockerfile",
    b"apptainer": "Dockerfile",
}
# Base names that are many, in small letters: the name of the group that matches is looked up in `_MATCHED`.
_MANY = regex(
    rb"(?P<requirements>[^/]{0,200}(?:requirement|constraint)[^/]{0,200}\.(?:txt|in|pip|lock)|(?:reqs?|pip[-_]?(?:freeze|list))(?:[-_.\d][^/]{0,60})?\.txt)$"
    rb"|(?P<uvscript>[^/]{1,200}\.py\.lock$)"
    rb"|(?P<pylock>pylock\.[^./]{1,100}\.toml)$"
    rb"|(?P<condalock>(?:[^/]{1,100}[-_.])?conda-lock(?:[-_.][^/]{1,100})?\.ya?ml)$"
    rb"|(?P<environment>(?:[^/]{1,100}[-_.])?(?:environments?|env|conda|conda[-_]?env|mamba)(?:[-_.][^/]{1,100})?\.ya?ml)$"
    rb"|(?P<explicit>(?:conda|spec|explicit)[-_.]?[^/]{0,100}\.(?:lock|txt)|[^/]{1,100}[-_.](?:explicit|spec-file|conda)[^/]{0,60}\.(?:txt|lock))$"
    rb"|(?P<container>(?:docker|container)file[-_.][^/]{1,100}|(?:singularity|apptainer)\.[^/]{1,100}|[^/]{1,100}\.(?:dockerfile|containerfile|def))$"
)
# Endings and beginnings without one of which no name is looked at further: it is one of nearly all files of a run.
_ENDS = frozenset((b"txt", b"in", b"pip", b"lock", b"toml", b"yml", b"yaml", b"dockerfile", b"containerfile", b"def"))
_BEGINS = (b"dockerfile", b"containerfile", b"singularity.", b"apptainer.")
_MATCHED = {
    "requirements": "requirements",
    "uvscript": "uv.lock",  # of a script with its requirements in a comment (PEP 723)
    "pylock": "pylock.toml",
    "condalock": "conda-lock.yml",
    "environment": "environment.yml",
    "explicit": "explicit",
    "container": "Dockerfile",
}
_CONDA = tuple(
    (folder, True, "environment.yml")
    for folder in (b"conda", b"envs", b"env", b"environments", b"conda_envs", b"conda-envs", b"deps")
)
# Ending of the base name to rows of (folder, whether it is the folder itself and not one further up, form).
_FOLDERS: dict[bytes, tuple[tuple[bytes, bool, str], ...]] = {
    b"txt": ((b"requirements", True, "requirements"), (b"reqs", True, "requirements"), (b".conda-lock", True, "pixi.lock")),
    b"in": ((b"requirements", True, "requirements"), (b"reqs", True, "requirements")),
    b"yml": _CONDA,
    b"yaml": _CONDA,
}


def form(path: bytes) -> str:
    """Return the kind of manifest that a path names, or an empty string: so for a template, which is no manifest yet."""
    folder, _, name = path.lower().rpartition(b"/")
    known = _NAMES.get(name)
    if known is not None:
        return "" if b"{{" in folder else known
    end = name.rpartition(b".")[2]
    if end.rstrip(b"\n") not in _ENDS and not name.startswith(_BEGINS):
        return ""
    many = _MANY.match(name)
    if many is not None and not folder.endswith((b".egg-info", b".dist-info")):
        return _MATCHED[many.lastgroup or ""]
    rows = _FOLDERS.get(end)
    if rows is not None and folder:
        folders = folder.split(b"/")
        for wanted, direct, kind in rows:
            if wanted == folders[-1] or (not direct and wanted in folders):
                return kind
    return ""


def read(path: bytes, data: bytes, kind: str = "") -> Manifest | None:
    """Return what a manifest says, None where the file is none after all, `DAMAGED` where it cannot be parsed. Never raises.

    `TOO_LARGE` where there is more in it than is read of one file.
    A file that another one includes is read as what the other one takes it for, whatever its name: ``kind`` is its form.
    """
    reader = _READERS.get(kind or form(path))
    if reader is None:
        return None
    if len(data) > MOST:
        return TOO_LARGE
    import importlib  # noqa: PLC0415 - a run without manifests needs no reader

    try:
        module = importlib.import_module(f"pytest_genomic_guard.views.licences.manifests.{reader}")
        found: Manifest | None = module.read(data, path)
    except TooLargeError:
        return TOO_LARGE
    except Exception:  # noqa: BLE001 - what is read is hostile, and a parser that gives up says the same as one that objects
        return DAMAGED
    return found
