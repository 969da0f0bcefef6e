"""What the commands of a shell install, by installer. A word that cannot be understood is counted by its line."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.licences.manifests import description, matchspec, package_json, pep508, shells
from pytest_genomic_guard.views.licences.manifests.damaged import NODES, DamagedError, TooLargeError
from pytest_genomic_guard.views.licences.nouns import Requirement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_PIP = frozenset(
    (
        *(
            "-i",
            "--index-url",
            "--extra-index-url",
            "-f",
            "--find-links",
            "--trusted-host",
            "-t",
            "--target",
            "--python",
            "--prefix",
            "--root",
        ),
        *(
            "--platform",
            "--python-version",
            "--implementation",
            "--abi",
            "--no-binary",
            "--only-binary",
            "--cache-dir",
            "--timeout",
            "--retries",
        ),
        *(
            "--progress-bar",
            "--config-settings",
            "-C",
            "--global-option",
            "--upgrade-strategy",
            "--index",
            "--default-index",
            "-p",
            "--proxy",
        ),
    )
)
_CONDA = frozenset(
    (
        "-n",
        "--name",
        "-p",
        "--prefix",
        "-c",
        "--channel",
        "--solver",
        "--platform",
        "--root-prefix",
        "-r",
        "--subdir",
        "--repodata-fn",
    )
)
_SYSTEM = frozenset(
    (
        "-t",
        "--target-release",
        "-o",
        "--option",
        "-X",
        "--repository",
        "--virtual",
        "-c",
        "--config-file",
        "-a",
        "--root",
        "-p",
        "--enablerepo",
    )
)
_R_OPTIONS = frozenset(("-l", "--libloc", "-r", "--repos", "-m", "--method", "-n", "--ncpus", "-d", "--deps", "-t", "--type"))
_OPTIONS = {"pip": _PIP, "conda": _CONDA, "r": _R_OPTIONS, "npm": frozenset(("--registry", "--prefix"))}
_PIPS = regex(r"pip(?:[0-9](?:\.[0-9]{1,2})?)?")
_PYTHONS = regex(r"python(?:[0-9](?:\.[0-9]{1,2})?)?")
_PACKAGE = regex(
    r"(?P<name>[A-Za-z0-9][A-Za-z0-9.+_-]{0,127})(?::[a-z0-9]{2,10})?(?P<rule>(?:=|~=|[<>]=?|/|@)[A-Za-z0-9.:+~_*-]{1,100})?"
)
_VARIABLE = regex(
    r"(?:[a-z-]{1,40}::)?(?P<name>[A-Za-z0-9][A-Za-z0-9._-]{0,127})(?:\[[^\]$]{0,200}\])?[=<>~!]{1,3}[^=<>~!]{0,100}\$"
)
_R_CALL = regex(
    r"\b(?:install\.packages|biocLite|install_(?:version|cran|bioc|github|gitlab|bitbucket)|pkg_install|pak"
    r"|(?:BiocManager|renv|remotes|devtools)::install)\s*\("
)
_R_END = regex(r"\)|[A-Za-z_.]{2,30}\s*=(?!=)")
_R_NAME = regex(
    r"""['"](?:[A-Za-z]{2,12}::)?(?:[A-Za-z0-9_.-]{1,100}/)?(?P<name>[A-Za-z][A-Za-z0-9._]{1,99})(?:[@#/][^'"\n]{0,100})?['"]"""
)
_SDIST = regex(r"/(?P<name>[A-Za-z0-9][A-Za-z0-9._-]{0,127})-(?P<version>[0-9][A-Za-z0-9.+!_]{0,98})\.(?:tar\.gz|zip)(?:[?#]|$)")
_CALL = 4000  # characters of a call of R
_CALLS = 2000  # of them in one text
_SCRIPTS = frozenset(("install.r", "install2.r", "installBioc.r", "installGithub.r", "installDeps.r"))


class Installed:
    """The requirements by installer, the lists that are installed, and the lines that were not understood."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.by: dict[str, list[Requirement]] = {}
        self.includes: list[str] = []
        self.unread: set[int] = set()
        self._count = 0

    def take(self, text: str, line: int) -> None:
        """Take all that a text of commands installs."""
        for words, number in shells.commands(text, line):
            self._command(words, number)
        at = 0
        for number, call in enumerate(_R_CALL.finditer(text, 0, shells.MOST)):
            if number > _CALLS:
                raise DamagedError
            line += text.count("\n", at, call.start())
            at = call.start()
            self._r_call(text[call.end() : call.end() + _CALL], line)

    def _command(self, words: list[str], line: int) -> None:
        """Take one command."""
        words = [words[0].rpartition("/")[2], *words[1:]]
        if _PYTHONS.fullmatch(words[0]) and words[1:2] == ["-m"] and len(words) > 2:
            words = words[2:]
        if words[0] == "uv" and words[1:2] == ["pip"]:
            words = words[1:]
        name = words[0]
        if _PIPS.fullmatch(name) or name == "pipx":
            self._asked(words, ("install",), "pip", line)
        elif name in {"conda", "mamba", "micromamba"}:
            if words[1:2] in (["run"], ["activate"], ["clean"], ["config"]):
                self._behind_run(words, line)
                return
            self._asked(words, ("install", "create", "update"), "conda", line)
        elif name in {"apt-get", "apt", "aptitude", "apk", "dnf", "yum", "microdnf", "tdnf", "zypper"}:
            kind = "apt" if name.startswith("apt") else "apk" if name == "apk" else "dnf"
            self._asked(words, ("install", "add", "in"), kind, line)
        elif name in _SCRIPTS:
            self._asked([name, "install", *words[1:]], ("install",), "r", line)
        elif name in {"npm", "yarn", "pnpm"}:
            self._asked(words, ("install", "i", "add"), "npm", line)

    def _behind_run(self, words: list[str], line: int) -> None:
        """Take the command behind ``conda run -n name``."""
        if words[1] == "run":
            at = next(
                (number for number, each in enumerate(words) if number > 1 and (_PIPS.fullmatch(each) or _PYTHONS.fullmatch(each))),
                0,
            )
            if at:
                self._command(words[at:], line)

    def _asked(self, words: list[str], verbs: tuple[str, ...], kind: str, line: int) -> None:
        """Take what stands behind a verb, without options and what they take."""
        at = next((number for number, each in enumerate(words) if number and each in verbs), 0)
        if not at:
            return
        options = _OPTIONS.get(kind, _SYSTEM)
        left = iter(words[at + 1 :])
        for word in left:
            if word in options:
                next(left, None)
            elif word in {"-f", "--file", "-r", "--requirement", "--requirements", "-c", "--constraint", "-e", "--editable"}:
                self._include(word, next(left, ""), kind)
            elif word.startswith(("--file=", "--requirement=")):
                self._include("-r", word.partition("=")[2], kind)
            elif not word.startswith("-") and not re.match(r"[0-9]?[<>]", word):
                self._one(word, kind, line)

    def _one(self, word: str, kind: str, line: int) -> None:
        self._count += 1
        if self._count > NODES:
            raise TooLargeError
        if word.startswith((".", "/", "~", "file:")) and not word.endswith((".whl", ".conda", ".tar.bz2")):
            return  # a folder of the project, or a file that was copied
        found = _named(word, line) if "$" in word or "`" in word else _PARSERS.get(kind, _system)(word, line)
        if found is None:
            self.unread.add(line)
        else:
            self.by.setdefault(kind, []).append(found)

    def _include(self, option: str, word: str, kind: str) -> None:
        if option in {"-c", "--constraint", "-e", "--editable"} and kind == "pip":
            return
        if word and "://" not in word and "$" not in word:
            self.includes.append(word[:400])

    def _r_call(self, text: str, line: int) -> None:
        """Take the names in the first arguments of a call of R: up to a named argument, or the end."""
        depth, end = 1, 0
        for found in re.finditer(r"""\\?['"](?:[^'"\\\n]{0,200}+)\\?['"]|[()]|[A-Za-z_.]{2,30}\s*+=(?!=)""", text):
            end = found.end()
            if found[0] == "(":
                depth += 1
            elif found[0] == ")":
                depth -= 1
                if not depth:
                    break
            elif found[0][-1] == "=" and depth == 1 and found[0].rstrip("= \t\n") not in {"pkgs", "package", "repo", "packages"}:
                end = found.start()
                break
        names = list(_R_NAME.finditer(text[:end].replace("\\", "")))
        if not names and text[:end].strip(" )\n\t\\"):
            self.unread.add(line)
        for name in names:
            if name["name"] not in description.BASE:
                self.by.setdefault("r", []).append(Requirement(name=name["name"].removesuffix(".git"), line=line))


def _named(word: str, line: int) -> Requirement | None:
    """Return the requirement of a word whose version alone is a variable."""
    found = _VARIABLE.match(word)
    return Requirement(name=pep508.normal(found["name"]), line=line) if found is not None else None


def _pip(word: str, line: int) -> Requirement | None:
    found = pep508.parse(word, line)
    source = _SDIST.search(word[-400:]) if found is None and "://" in word else None
    return (
        found if source is None else Requirement(name=pep508.normal(source["name"]), specifier="==" + source["version"], line=line)
    )


def _system(word: str, line: int) -> Requirement | None:
    found = _PACKAGE.fullmatch(word)
    if found is None:
        return None
    rule = found["rule"] or ""
    return Requirement(name=found["name"].lower(), specifier=rule if rule[:1] in "=~<>" and ":" not in rule else "", line=line)


def _r_word(word: str, line: int) -> Requirement | None:
    found = _R_NAME.fullmatch(f"'{word}'")
    return Requirement(name=found["name"], line=line) if found is not None else None


def _npm(word: str, line: int) -> Requirement | None:
    name, mark, rule = word.rpartition("@") if "@" in word[1:] else (word, "", "")
    return package_json.requirement(name, rule if mark else "", line)


_PARSERS: dict[str, Callable[[str, int], Requirement | None]] = {"pip": _pip, "conda": matchspec.parse, "r": _r_word, "npm": _npm}
