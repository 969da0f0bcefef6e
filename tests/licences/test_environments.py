"""Environments as tools make them: which are found, in which order, what is wrong with them. None of their interpreters is run."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pytest_genomic_guard.evidence.environments import Environment, conda_packages, digest, found, installed

NAME = "copyleft-thing"
OWN = "/nowhere/of/the/tool"
ELF = b"\x7fELF" + bytes(60)


def wheel(folder: Path, name: str = NAME, version: str = "1.0", head: str = "License: GPL-3.0-or-later\n") -> Path:
    """Write a wheel that pip and uv install."""
    stem = f"{name.replace('-', '_')}-{version}"
    info = f"{stem}.dist-info"
    inside = {
        f"{name.replace('-', '_')}/__init__.py": "",
        f"{name.replace('-', '_')}/_vendor/other/LICENSE": "other",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{head}\nText.\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/licenses/COPYING": "a licence",
    }
    rows = [f"{path},sha256={_hash(text)},{len(text)}\n" for path, text in inside.items()]
    inside[f"{info}/RECORD"] = "".join(rows) + f"{info}/RECORD,,\n"
    path = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for each, text in inside.items():
            archive.writestr(each, text)
    return path


def _hash(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


BACKEND = """
import zipfile

def build_editable(folder, settings=None, metadata=None):
    return build_wheel(folder)

def build_wheel(folder, settings=None, metadata=None):
    stem, info = "NAME-3-py3-none-any.whl", "NAME-3.dist-info"
    files = {f"{info}/METADATA": "Metadata-Version: 2.1\\nName: NAME\\nVersion: 3\\n"}
    files[f"{info}/WHEEL"] = "Wheel-Version: 1.0\\nTag: py3-none-any\\n"
    files["NAME.py"] = ""
    with zipfile.ZipFile(f"{folder}/{stem}", "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
        archive.writestr(f"{info}/RECORD", "".join(f"{path},,\\n" for path in [*files, f"{info}/RECORD"]))
    return stem
"""


def project(folder: Path, name: str = "own") -> Path:
    """Write a project that brings its own way to be built, so that nothing else is needed."""
    folder.mkdir(parents=True)
    (folder / "LICENSE").write_text("own licence")
    (folder / "backend.py").write_text(BACKEND.replace("NAME", name))
    text = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    text += f'[project]\nname = "{name}"\nversion = "3"\n'
    (folder / "pyproject.toml").write_text(text)
    return folder


def venv(prefix: Path, *options: str) -> Path:
    """Make an environment without pip."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", *options, prefix], check=True, capture_output=True)
    return prefix


def pip(prefix: Path, *arguments: object) -> None:
    """Run the pip of this interpreter for another environment."""
    command: list[str | Path] = [
        sys.executable,
        "-I",
        "-m",
        "pip",
        "--python",
        prefix,
        "install",
        "-q",
        "--no-index",
        "--no-deps",
        *map(str, arguments),
    ]
    subprocess.run(command, check=True, capture_output=True)


def told(
    root: Path, configured: str = "", environ: dict[str, str] | None = None, own: str = OWN, *, running: bool = False
) -> list[Environment]:
    """Return what is found."""
    return found(os.fsencode(root), configured, environ or {}, own, running)


def only(root: Path, **options: str) -> Environment:
    """Return the one environment that is found."""
    (one,) = told(root, **options)  # type: ignore[arg-type]
    return one


def handmade(prefix: Path, *names: str, library: str = "lib/python3.11/site-packages") -> Path:
    """Write what an environment looks like."""
    (prefix / "bin").mkdir(parents=True, exist_ok=True)
    program = prefix / "bin" / "python"
    program.write_bytes(ELF)
    program.chmod(0o755)
    for name in names:
        info = prefix / library / f"{name}-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n\n")
    (prefix / library).mkdir(parents=True, exist_ok=True)
    return prefix


@pytest.mark.parametrize("folder", ["plain", "with blank", "mit-Ümläut-名"])
def test_an_environment_of_venv_and_pip_is_read(tmp_path: Path, folder: str) -> None:
    """What pip installed is there, with its licence files, and the interpreter's version is known."""
    root = tmp_path / folder
    root.mkdir()
    pip(venv(root / ".venv"), wheel(tmp_path))
    environment = only(root)
    assert (environment.kind, environment.problem, environment.inside) == ("project", "", True)
    assert environment.python == f"3.{sys.version_info[1]}"
    (thing,) = installed(environment)
    assert (thing.name, thing.version, thing.broken, thing.local) == (NAME, "1.0", False, False)
    assert dict(thing.files) == {"licenses/COPYING": b"a licence", "copyleft_thing/_vendor/other/LICENSE": b"other"}
    assert b"License: GPL-3.0-or-later" in thing.metadata
    assert b"METADATA" in thing.record


def test_an_environment_that_pip_itself_is_in_is_not_empty_after_an_install(tmp_path: Path) -> None:
    """What every new environment holds is nothing; one more distribution is something, and changes the digest."""
    subprocess.run([sys.executable, "-m", "venv", tmp_path / ".venv"], check=True, capture_output=True)
    before = only(tmp_path)
    assert before.problem == "empty"
    pip(tmp_path / ".venv", wheel(tmp_path))
    after = only(tmp_path)
    assert after.problem == ""
    assert {each.name for each in installed(after)} >= {NAME, "pip"}
    assert digest(before.replace(problem="")) == digest(after) != digest(after.replace(sites=()))


def test_a_digest_follows_what_is_installed(tmp_path: Path) -> None:
    """The same environment has the same digest; another version, a removal or changed metadata have another."""
    prefix = venv(tmp_path / ".venv")
    pip(prefix, wheel(tmp_path))
    first = digest(only(tmp_path))
    assert first == digest(only(tmp_path))
    pip(prefix, wheel(tmp_path, version="2.0"))
    second = digest(only(tmp_path))
    (thing,) = installed(only(tmp_path))
    Path(os.fsdecode(thing.folder), "METADATA").write_text("Name: other\nVersion: 1\n\n")
    assert len({first, second, digest(only(tmp_path))}) == 3


def test_an_environment_of_uv_is_read(tmp_path: Path) -> None:
    """As that of pip."""
    uv = shutil.which("uv")
    if uv is None:
        pytest.skip("uv is not there")
    command: list[str | Path] = [uv, "venv", "-q", "--offline", "--python", sys.executable, tmp_path / ".venv"]
    subprocess.run(command, check=True, capture_output=True)
    environ = {**os.environ, "VIRTUAL_ENV": str(tmp_path / ".venv")}
    subprocess.run([uv, "pip", "install", "-q", "--offline", "--no-deps", wheel(tmp_path)], check=True, env=environ, cwd=tmp_path)
    subprocess.run(
        [uv, "pip", "install", "-q", "--offline", "--no-deps", "--no-build-isolation", wheel(tmp_path, "two")],
        check=True,
        env=environ,
    )
    environment = only(tmp_path)
    assert (environment.problem, environment.python) == ("", f"3.{sys.version_info[1]}")
    assert {each.name: each.local for each in installed(environment)} == {NAME: False, "two": False}


def test_an_environment_of_virtualenv_is_read(tmp_path: Path) -> None:
    """As that of venv."""
    if importlib.util.find_spec("virtualenv") is None:
        pytest.skip("virtualenv is not there")
    command: list[str | Path] = [sys.executable, "-m", "virtualenv", "-q", "--no-seed", "--no-download", tmp_path / ".venv"]
    subprocess.run(command, check=True, capture_output=True)
    pip(tmp_path / ".venv", wheel(tmp_path))
    assert [each.name for each in installed(only(tmp_path))] == [NAME]


def test_system_site_packages_are_seen_where_the_environment_sees_them(tmp_path: Path) -> None:
    """The base interpreter's distributions count after the environment's own, and only with that option."""
    venv(tmp_path / "open" / ".venv", "--system-site-packages")
    venv(tmp_path / "closed" / ".venv")
    pip(tmp_path / "open" / ".venv", wheel(tmp_path))
    pip(tmp_path / "closed" / ".venv", wheel(tmp_path))
    seen, unseen = only(tmp_path / "open"), only(tmp_path / "closed")
    assert len(seen.sites) > len(unseen.sites) == 1
    assert seen.sites[0] in {os.fsencode(each) for each in (tmp_path / "open").rglob("site-packages")}
    command: list[str | Path] = [tmp_path / "open" / ".venv" / "bin" / "python", "-I", "-c", "import sys; print(sys.path[-1])"]
    last = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    assert os.path.realpath(seen.sites[-1]) == os.fsencode(os.path.realpath(last))


def test_editable_and_local_installs_are_told_from_wheels(tmp_path: Path) -> None:
    """What was installed from a folder is local and names it; what came as a file is not."""
    prefix = venv(tmp_path / ".venv")
    pip(prefix, wheel(tmp_path))
    pip(prefix, "--no-build-isolation", "-e", project(tmp_path / "own"))
    pip(prefix, "--no-build-isolation", project(tmp_path / "other pl\u00e4ce", "other"))
    things = {each.name: each for each in installed(only(tmp_path))}
    assert {name: each.local for name, each in things.items()} == {NAME: False, "own": True, "other": True}
    assert things["own"].source == os.fsencode(tmp_path / "own")
    assert things["other"].source == os.fsencode(tmp_path / "other pl\u00e4ce")
    assert dict(things["own"].files) == dict(things["other"].files) == {"../LICENSE": b"own licence"}
    assert not things["own"].also


def test_the_ladder_goes_from_what_is_configured_to_what_is_on_path(tmp_path: Path) -> None:
    """Each rung in its place, each prefix once."""
    root, out = tmp_path / "root", tmp_path / "out"
    for prefix in (
        root / ".venv",
        root / "env",
        root / ".pixi/envs/default",
        root / ".pixi/envs/cuda",
        root / "near",
        *(out / name for name in ("set", "active", "conda", "path", "own")),
    ):
        handmade(prefix, "thing")
    (root / "env" / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.11.2\n")
    (out / "conda" / "conda-meta").mkdir()
    (root / "near" / "conda-meta").mkdir()
    environ = {
        "VIRTUAL_ENV": str(out / "active"),
        "CONDA_PREFIX": str(out / "conda"),
        "PATH": os.pathsep.join([str(out / "own" / "bin"), "relative", "", str(out / "path" / "bin"), str(out / "set" / "bin")]),
    }
    rungs = [
        (each.kind, os.fsdecode(each.prefix), each.problem)
        for each in told(root, str(out / "set" / "bin" / "python"), environ, str(out / "own"))
    ]
    assert rungs == [
        ("configured", str(out / "set"), ""),
        ("project", str(root / ".venv"), ""),
        ("project", str(root / "env"), ""),
        ("conda", str(root / "near"), ""),
        ("path", str(out / "active"), ""),
        ("conda", str(out / "conda"), ""),
        ("pixi", str(root / ".pixi/envs/default"), ""),
        ("pixi", str(root / ".pixi/envs/cuda"), ""),
        ("path", str(out / "own"), ""),
    ]
    hooked = told(root, "", environ | {"PRE_COMMIT": "1"}, str(out / "own"))
    assert [(each.kind, each.problem) for each in hooked][-2:] == [("path", "own"), ("path", "")]


def test_the_tools_own_environment_is_none_inside_an_isolated_hook(tmp_path: Path) -> None:
    """As pre-commit sets it up: VIRTUAL_ENV and the first of PATH are the hook's; also where it lies below the project's root."""
    own = handmade(tmp_path / "cache" / "py_env-python3.11", "thing")
    (own / "pyvenv.cfg").write_text("version = 3.11.2\n")
    environ = {"VIRTUAL_ENV": str(own), "PATH": str(own / "bin"), "PRE_COMMIT": "1"}
    assert [each.problem for each in told(tmp_path, "", environ, str(own))] == ["own"]
    link = tmp_path / "link"
    link.symlink_to(own)
    assert [each.problem for each in told(tmp_path, str(link), environ, str(own))] == ["own"]


def test_the_tools_own_environment_counts_where_it_is_the_projects(tmp_path: Path) -> None:
    """It is the project's `.venv`, pytest runs in it, a person activated it, or the project is installed there from its folder."""
    own = handmade(tmp_path / "root" / ".venv", "thing")
    (own / "pyvenv.cfg").write_text("version = 3.11.2\n")
    hooked = {"PRE_COMMIT": "1"}
    assert [each.problem for each in told(tmp_path / "root", "", hooked, str(own))] == [""]
    (tmp_path / "bare").mkdir()
    (running,) = told(tmp_path / "bare", "", hooked, str(own), running=True)
    assert (running.kind, running.problem) == ("running", "")
    assert [each.problem for each in told(tmp_path / "bare", "", {"VIRTUAL_ENV": str(own)}, str(own))] == [""]
    assert [each.problem for each in told(tmp_path / "bare", "", {"VIRTUAL_ENV": str(own), **hooked}, str(own))] == ["own"]
    (info,) = own.rglob("*.dist-info")
    (info / "direct_url.json").write_text(f'{{"url": "file://{tmp_path}/bare", "dir_info": {{"editable": true}}}}')
    assert [each.problem for each in told(tmp_path / "bare", "", {"VIRTUAL_ENV": str(own), **hooked}, str(own))] == [""]


def test_dead_interpreters_of_every_kind(tmp_path: Path) -> None:
    """Nothing, a link to nothing, a folder, a script, an empty file, one that may not be run, a link to itself."""
    for name in ("none", "dangling", "folder", "script", "blank", "forbidden", "loop", "good"):
        prefix = handmade(tmp_path / name, "thing")
        program = prefix / "bin" / "python"
        program.unlink()
        if name in {"dangling", "loop"}:
            program.symlink_to("/nowhere/python3" if name == "dangling" else "python")
        elif name == "folder":
            program.mkdir()
        elif name != "none":
            program.write_bytes({"script": b"#!/bin/sh\nexec python\n", "blank": b""}.get(name, ELF))
            program.chmod(0o644 if name == "forbidden" else 0o755)
    problems = {each.name: told(tmp_path, str(each))[0].problem for each in sorted(tmp_path.iterdir())}
    assert problems == dict.fromkeys(problems, "dead") | {"good": ""}


@pytest.mark.parametrize("text", ["nowhere", "nowhere/bin/python", "with\0null", "~/nowhere"])
def test_what_is_configured_and_not_there_is_missing(tmp_path: Path, text: str) -> None:
    """It is told, as nothing else takes its place."""
    assert [(each.kind, each.problem) for each in told(tmp_path, text)] == [("configured", "missing")]


def test_the_layout_of_windows(tmp_path: Path) -> None:
    """Its folders are Lib and Scripts, told by the folder or by the interpreter."""
    prefix = tmp_path / ".venv"
    handmade(prefix, "thing", library="Lib/site-packages")
    shutil.rmtree(prefix / "bin")
    (prefix / "Scripts").mkdir()
    (prefix / "Scripts" / "python.exe").write_bytes(b"MZ" + bytes(60))
    (prefix / "pyvenv.cfg").write_text("home = C:\\Python\nversion_info = 3.12.1.final.0\ninclude-system-site-packages = true\n")
    for configured in ("", ".venv", ".venv/Scripts/python.exe"):
        environment = told(tmp_path, configured)[0]
        assert (environment.problem, environment.python) == ("", "3.12")
        assert [each.name for each in installed(environment)] == ["thing"]


def test_an_environment_of_conda(tmp_path: Path) -> None:
    """Its packages have licences in conda-meta; one of R alone has no interpreter and is not dead."""
    prefix = handmade(tmp_path / "conda", "thing")
    meta = prefix / "conda-meta"
    meta.mkdir()
    (meta / "python-3.11.9-h0_0.json").write_text(
        '{\n  "build": "h0_0",\n  "license": "Python-2.0",\n  "name": "python",\n  "version": "3.11.9"\n}'
    )
    (meta / "odd-1-0.json").write_text('{"license": "GPL \\u2265 2", "name": "odd", "version": "1"}')
    (meta / "bad-2-0.json").write_text("{")
    (meta / "history").write_text("")
    environment = told(tmp_path, environ={"CONDA_PREFIX": str(prefix)})[0]
    assert (environment.kind, environment.problem, environment.python) == ("conda", "", "3.11")
    assert [(each.name, each.version, each.licence, each.broken) for each in conda_packages(environment)] == [
        ("", "", "", True),
        ("odd", "1", "GPL \u2265 2", False),
        ("python", "3.11.9", "Python-2.0", False),
    ]
    before = digest(environment)
    (meta / "bad-2-0.json").unlink()
    assert digest(environment) != before
    shutil.rmtree(prefix / "bin")
    assert told(tmp_path, environ={"CONDA_PREFIX": str(prefix)})[0].problem == "dead"
    (meta / "python-3.11.9-h0_0.json").rename(meta / "r-base-4.4-h0_0.json")
    shutil.rmtree(prefix / "lib")
    assert told(tmp_path, environ={"CONDA_PREFIX": str(prefix)})[0].problem == ""


def test_a_file_named_like_the_environment(tmp_path: Path) -> None:
    """Pipenv writes where the environment is; anything else is an environment that is dead."""
    prefix = handmade(tmp_path / "elsewhere", "thing")
    (tmp_path / ".venv").write_text(f"{prefix}\n")
    assert [(each.prefix, each.problem) for each in told(tmp_path)] == [(os.fsencode(prefix), "")]
    kept = handmade(tmp_path / "home/.local/share/virtualenvs/own-AbC", "thing")
    (tmp_path / ".venv").write_text("own-AbC")
    assert [each.prefix for each in told(tmp_path, environ={"HOME": str(tmp_path / "home")})] == [os.fsencode(kept)]
    for text in ("", "../..\nx", "nobody", "\0"):
        (tmp_path / ".venv").write_text(text)
        assert [each.problem for each in told(tmp_path)] == ["dead"]


def test_environments_that_poetry_and_pipenv_keep_are_found_by_their_names(tmp_path: Path) -> None:
    """Their names end in a digest of the project's path."""
    root = tmp_path / "root"
    root.mkdir()
    (root / "poetry.lock").write_text("")
    (root / "Pipfile").write_text("")
    poetry = base64.urlsafe_b64encode(hashlib.sha256(os.fsencode(os.path.realpath(root))).digest())[:8].decode()
    pipenv = base64.urlsafe_b64encode(hashlib.sha256(os.fsencode(root / "Pipfile")).digest()[:6])[:8].decode()
    one = handmade(tmp_path / f".cache/pypoetry/virtualenvs/root-{poetry}-py3.11", "thing")
    two = handmade(tmp_path / f".local/share/virtualenvs/root-{pipenv}", "thing")
    handmade(tmp_path / ".local/share/virtualenvs/root-AAAAAAAA", "thing")
    assert [each.prefix for each in told(root, environ={"HOME": str(tmp_path)})] == [os.fsencode(two), os.fsencode(one)]


def test_shims_of_pyenv_are_followed_without_running_them(tmp_path: Path) -> None:
    """The version is told by the variable, the project or the user; a path in its place is not followed."""
    for version in ("3.10.1", "3.11.2", "3.11.10"):
        handmade(tmp_path / "pyenv/versions" / version, "thing")
    (tmp_path / "pyenv/shims").mkdir()
    (tmp_path / "pyenv/version").write_text("3.10.1\n")
    root = tmp_path / "root"
    root.mkdir()
    environ = {"PATH": str(tmp_path / "pyenv/shims")}

    def chosen(environ: dict[str, str]) -> list[str]:
        return [os.path.basename(os.fsdecode(each.prefix)) for each in told(root, environ=environ)]

    assert chosen(environ) == ["3.10.1"]
    assert chosen(environ | {"PYENV_VERSION": "3.11.2"}) == ["3.11.2"]
    (root / ".python-version").write_text("3.11\n")
    assert chosen(environ) == ["3.11.2"]
    (root / ".python-version").write_text("../versions/3.11.2\n")
    assert chosen(environ) == []


def test_a_users_own_folder_counts_for_interpreters_outside_of_environments(tmp_path: Path) -> None:
    """First on the path, unless it is switched off."""
    prefix = handmade(tmp_path / "usr", "thing")
    handmade(tmp_path / "home/.local", "personal")
    environ = {"PATH": str(prefix / "bin"), "HOME": str(tmp_path / "home")}
    (environment,) = told(tmp_path, environ=environ)
    assert [each.name for each in installed(environment)] == ["personal", "thing"]
    (environment,) = told(tmp_path, environ={**environ, "PYTHONNOUSERSITE": "1"})
    assert [each.name for each in installed(environment)] == ["thing"]


def test_only_the_library_of_the_interpreters_version_counts(tmp_path: Path) -> None:
    """What an upgrade of Python left behind is not seen by the interpreter, and not here."""
    prefix = handmade(tmp_path / ".venv", "old")
    handmade(prefix, "new", library="lib/python3.12/site-packages")
    (prefix / "pyvenv.cfg").write_text("version = 3.12.4\n")
    environment = only(tmp_path)
    assert (environment.python, [each.name for each in installed(environment)]) == ("3.12", ["new"])
    (prefix / "pyvenv.cfg").write_bytes(b"\xff\xfe version 3.x = y\n=\n")
    assert only(tmp_path).python == "3.12"


def test_loops_of_links_and_nothing_at_all(tmp_path: Path) -> None:
    """An environment that is a link to itself is dead; an empty root has none."""
    assert told(tmp_path) == []
    (tmp_path / ".venv").symlink_to(".venv")
    assert [each.problem for each in told(tmp_path)] == ["dead"]
    assert (
        told(tmp_path, environ={"VIRTUAL_ENV": "a\0b", "PATH": "\0", "CONDA_PREFIX": str(tmp_path / "gone")})[0].problem == "dead"
    )
