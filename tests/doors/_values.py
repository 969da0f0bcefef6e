"""Marker values, planted where data stands, and looked for in everything that a run leaves behind, in many spellings."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
import random
import shutil
import string
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from _pytest_door import WITHOUT_STRANGERS
from _scratch import Repo, environment

from pytest_genomic_guard.testing import DIRECTIVES, samples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

GUARD = ("python", "-I", "-m", "pytest_genomic_guard")
PYTEST = ("python", "-m", "pytest", *WITHOUT_STRANGERS, "--genomic-guard")
DOORS = {
    "scan": (*GUARD, "scan"),
    "scan, json": (*GUARD, "scan", "--format", "json"),
    "scan, json to a file": (*GUARD, "scan", "--format", "json:report.json", "--format", "text:report.txt"),
    "scan, staged": (*GUARD, "scan", "--staged", "--format", "json"),
    "scan, strict": (*GUARD, "scan", "--profile", "strict"),
    "hook": ("python", "-I", "-m", "pytest_genomic_guard.hooks.everything"),
    "genomic hook": ("python", "-I", "-m", "pytest_genomic_guard.hooks.genomic", "--profile", "strict"),
    "pytest": ("python", "-m", "pytest", "--genomic-guard"),  # with every plugin that is installed here
    "pytest, long": (*PYTEST, "-vv", "--tb=long", "--showlocals", "-rA", "--full-trace"),
    "pytest, short": (*PYTEST, "-l", "--tb=short", "-s", "--durations=0", "--setup-show"),
    "pytest, native": (*PYTEST, "-v", "--tb=native", "--log-cli-level=DEBUG", "-p", "no:terminalreporter"),
    "pytest, no text": (*PYTEST, "-q", "--tb=no", "--no-summary", "--trace-config"),
    "pytest, debug": (*PYTEST, "--genomic-guard-only", "--debug=debug.log"),  # collecting, pytest itself logs each file's name
    "pytest, xdist": (*PYTEST, "-n2", "-v", "-l"),
    "pytest, xdist, XML": (
        *PYTEST,
        "-n2",
        "--junitxml=report.xml",
        "-o",
        "junit_logging=all",
        "-o",
        "junit_log_passing_tests=true",
    ),
    "pytest, XML": (*PYTEST, "--junitxml=report.xml", "-o", "junit_family=xunit1", "-o", "junit_logging=all"),
}
LOUD = {"PYTHONFAULTHANDLER": "1", "PYTHONDEVMODE": "1", "PYTEST_DEBUG": "", "GIT_TRACE": "1", "GIT_TRACE_SETUP": "1"}
_random = random.SystemRandom()
_DIGESTS = ("md5", "sha1", "sha224", "sha256", "sha512", "blake2b")


def name() -> str:
    """Return an invented sample name that is found nowhere by chance."""
    return "".join(_random.choices(string.ascii_uppercase, k=4)) + "".join(_random.choices(string.digits, k=6)) + "Qz"


def number() -> str:
    """Return a number that is found nowhere by chance."""
    return str(_random.randrange(10**11, 10**12))


def forms(value: str) -> Iterator[tuple[str, bytes]]:
    """Yield the spellings of a value that give it away, each with what it is called."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        yield encoding, value.encode(encoding)
    raw = value.encode()
    yield "hex", raw.hex().encode()
    yield "URL", "".join(f"%{byte:02x}" for byte in raw).encode()
    yield "URL, plain", quote(value, safe="").encode()
    yield "HTML", html.escape(value).encode()
    yield "JSON", json.dumps(value)[1:-1].encode()
    yield "escaped", value.encode("unicode_escape")
    yield "backwards", raw[::-1]
    for shift in range(3):  # where the value begins in a longer text, each third byte
        encoded = base64.b64encode(b"\0" * shift + raw)
        core = encoded[-(-shift * 8 // 6) : len(encoded) - (4 if (shift + len(raw)) % 3 else 0)]
        yield f"base64, shifted by {shift}", core
        yield f"base64 for URLs, shifted by {shift}", core.translate(bytes.maketrans(b"+/", b"-_"))
    for spelt in {value, value.upper(), value.lower(), f"{value}\n"}:
        for digest in _DIGESTS:
            found = hashlib.new(digest, spelt.encode(), usedforsecurity=False)
            yield digest, found.hexdigest().encode()
            yield f"{digest} in base64", base64.b64encode(found.digest()).rstrip(b"=")


def leaked(where: Iterable[tuple[str, bytes]], values: dict[str, str]) -> list[str]:
    """Return what leaked: the value's role, never the value, how it is spelt, and where it stands."""
    wanted = [(role, form, spelt, spelt.lower()) for role, value in values.items() for form, spelt in set(forms(value))]
    found = []
    for place, content in where:
        lowered = content.lower()
        found += [
            f"{role} as {form} in {place}"
            for role, form, spelt, low in wanted
            if (spelt in content if "base64" in form else low in lowered)
        ]
    return found


class Planted:
    """A repository that holds marker values in every place that data can have, and folders of its own for what a run writes."""

    def __init__(self, folder: Path) -> None:
        """Make the repository; `values` are the markers by their role."""
        self.values: dict[str, str] = {}
        self.repo = Repo(folder / "repo")
        self.folders = {variable: folder / variable.lower() for variable in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "PRE_COMMIT_HOME")}
        for path in self.folders.values():
            path.mkdir(exist_ok=True)
        self.interpreter = sys.executable

    @classmethod
    def in_turn(cls, tmp_path: Path) -> Planted:
        """Make the repository where all tests of a worker do, with the cache of the last: what is installed is read once."""
        place = tmp_path.parent / "of-planted"
        for path in place.iterdir() if place.exists() else ():
            if path.name != "xdg_cache_home":
                shutil.rmtree(path)
        return cls(place)

    def forget(self) -> None:
        """Empty the cache, so that all that a run keeps there is new, and is looked at."""
        shutil.rmtree(self.folders["XDG_CACHE_HOME"])
        self.folders["XDG_CACHE_HOME"].mkdir()

    def mark(self, role: str) -> str:
        """Invent the value of a role; roles that end with a number sign get a number."""
        return self.values.setdefault(role, number() if role.endswith("#") else name())

    def vcf(self, *roles: str, rows: int = 40) -> bytes:
        """Return calls of the people with these roles, with marked depths, positions' ids and INFO."""
        lines = samples.vcf(names=",".join(self.mark(role) for role in roles), variants=rows).decode().splitlines()
        fields = lines[-1].split("\t")
        fields[2], fields[7] = f"rs{self.mark('variant id#')}", f"NOTE={self.mark('info')}"
        fields[9] = f"0|1:{self.mark('depth#')}"
        return ("\n".join([*lines[:-1], "\t".join(fields)]) + "\n").encode()

    def write(self, path: str, data: bytes) -> None:
        """Write a file into the repository, staged."""
        self.repo.add(path, data)

    def everything(self) -> Planted:
        """Plant everything that can stand beside each other."""
        one, two = self.mark("sample"), self.mark("second sample")
        calls = self.vcf("sample", "second sample")
        self.write(f"data/{one}.vcf", calls)
        self.write(f"data/{two.lower()}/calls.vcf.gz", DIRECTIVES["bgzf"](calls))
        self.write(f"{two}.blob", samples.binary())
        self.write(f"cut/{one}.txt.gz", DIRECTIVES["gzip"](samples.prose(4000) + one.encode())[:-20])
        self.write("cut/rows.gz", DIRECTIVES["gzip"](samples.prose(4000) + self.vcf("sample in a cut file"))[:-20])
        self.write("wide.txt", DIRECTIVES["utf-16"](self.vcf("sample in wide text")))
        self.write(f"notes-{one}.md", b"Rows:\n\n" + samples.vcf(names=two, variants=3, header="none"))
        self.notebooks()
        self.plink()
        return self

    def notebooks(self) -> None:
        """Plant names in outputs, as texts and tables, in metadata and where a notebook is broken."""
        for role, style, kind in (("column of a frame", "text", "text/plain"), ("column of a table", "html", "text/html")):
            shown = samples.frame(samples=1, style=style).decode().splitlines(keepends=True)
            old = "".join(shown).split("FORMAT", 1)[1].lstrip(" </th>\n").split("<")[0].split()[0]
            data = "".join(shown).replace(old, self.mark(role)).encode()
            self.write(
                f"{self.mark(role)}.ipynb",
                DIRECTIVES["notebook"](data) if kind == "text/plain" else DIRECTIVES["notebook-html"](data),
            )
        book = json.loads(DIRECTIVES["notebook"](self.vcf("sample in an output")))
        output = book["cells"][1]["outputs"][0]
        output["data"][f"application/{self.mark('type of an output')}"] = output["data"]["text/plain"]
        output["metadata"] = {self.mark("key of metadata"): self.mark("metadata")}
        book["cells"][1]["id"] = self.mark("cell id")
        book["cells"][0]["attachments"] = {self.mark("attachment"): {"image/png": self.mark("image")}}
        self.write("output.ipynb", json.dumps(book).encode())
        self.write("broken.ipynb", json.dumps(book).encode()[:-90] + f'"{self.mark("broken notebook")}'.encode())
        self.write("twice.ipynb", b'{"cells": [], "%b": 1, "%b": 2}' % ((self.mark("repeated key").encode(),) * 2))

    def plink(self) -> None:
        """Plant a fileset, and files called after its people."""
        rows = [(self.mark("family"), self.mark("person")), (self.mark("family"), self.mark("second person"))]
        self.write("set/c.fam", "".join(f"{house} {own} 0 0 1 -9\n" for house, own in rows).encode())
        self.write("set/c.bim", f"7\trs{self.mark('marker#')}\t0\t10500\tA\tC\n".encode())
        self.write("set/c.bed", samples.bed(people=2, variants=1))
        self.write(f"set/{self.mark('person')}.txt.gz", b"\x1f\x8b\x08")
        self.write(f"set/{self.mark('family')}_{self.mark('second person')}.blob", samples.binary())

    def policy(self) -> None:
        """Write a policy with marked reasons and owners: waivers that hold, are unused, expired and void, and an exclusion."""
        held = self.vcf("waived sample")
        self.write("waived.vcf", held)
        self.write("void.vcf", self.vcf("sample of a void waiver"))
        self.write(f"away/{self.mark('waived sample')}.vcf", held)
        day, past = samples.later().decode(), samples.later(-3).decode()
        digest = hashlib.sha256(held).hexdigest()
        waivers = [
            ("waived.vcf", digest, day),
            (f"away/{self.mark('waived sample')}.vcf", digest, past),
            ("void.vcf", samples.hexadecimal().decode(), day),
            (f"{self.mark('waived sample')}.txt", digest, day),
        ]
        lines = ["version: 1", f"exclude: [{{path: third/**, reason: {self.mark('reason of an exclusion')}}}]", "waivers:"]
        for path, sha256, until in waivers:
            lines.append(f"- {{code: GEN101, path: {path}, sha256: {sha256}, reason: {self.mark('reason')},")
            lines.append(f"   owner: {self.mark('owner')}, expires: {until}}}")
        lines += ["fairness:"]
        for gate, file in (
            ("one", "figures.json#/tpr"),
            ("two", "people.json#/tpr"),
            ("three", f"figures.json#/{self.mark('pointer')}"),
        ):
            lines.append(f'  {gate}: {{value: "{file}", bounds: {{tpr.difference: "<= 0.1"}}}}')
        figures = {
            "tpr": {"value": 0.2, "interval": [0.1, self.mark("figure")], self.mark("key of evidence"): self.mark("evidence")}
        }
        self.write("figures.json", json.dumps(figures).encode())
        self.write("people.json", self.mark("evidence that is none").encode())
        self.write(".genomic-guard.yaml", ("\n".join(lines) + "\n").encode())

    def run(self, *command: str, status: Sequence[int], env: Mapping[str, str] | None = None) -> list[tuple[str, bytes]]:
        """Run a command; return all that it left: both streams, and each file that is new or changed, with its name."""
        before = self._files()
        done = subprocess.run(
            [self.interpreter if word == "python" else word for word in command],
            cwd=self.repo.root,
            env=environment(**{variable: str(path) for variable, path in self.folders.items()}, **(env or {})),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        assert done.returncode in status, f"exit status {done.returncode}"  # the streams are not shown: they are what is tested
        new = [(str(path), path.read_bytes()) for path, state in self._files().items() if before.get(path) != state]
        names = [("name of a file", "\0".join(os.path.relpath(path, self.repo.root) for path, _data in new).encode())]
        return [("stdout", done.stdout), ("stderr", done.stderr), *new, *names]

    def _files(self) -> dict[Path, tuple[int, int]]:
        tops = [self.repo.root, *self.folders.values()]
        paths = (Path(here, file) for top in tops for here, _folders, files in os.walk(top) for file in files)
        ours = (path for path in paths if path != self.repo.root / ".git" / "index" and not path.is_symlink())  # git's own list
        return {path: (path.lstat().st_mtime_ns, path.lstat().st_size) for path in ours}

    def silent(self, *command: str, status: Sequence[int] = (1,), env: Mapping[str, str] | None = None) -> bytes:
        """Run a command, assert that no value left it, and return its stdout."""
        left = self.run(*command, status=status, env=env)
        found = leaked(left, self.values)
        assert not found, found
        return left[0][1]

    def install(self, folder: Path, distribution: str, source: str) -> None:
        """Make an interpreter of our own with everything that this one has, and a distribution with a plugin besides."""
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
        site = next(folder.glob("lib/python*/site-packages"))
        paths = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
        (site / "same.pth").write_text("".join(f"import site; site.addsitedir({path!r})\n" for path in sorted(paths)), "utf-8")
        info = site / f"{distribution}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n", "utf-8")
        (info / "entry_points.txt").write_text(f"[genomic_guard]\n{distribution} = {distribution}\n", "utf-8")
        (site / f"{distribution}.py").write_text(source, "utf-8")
        self.interpreter = str(folder / "bin" / "python")
