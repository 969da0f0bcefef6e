"""What containers install: ``Dockerfile``, ``Containerfile`` (docs.docker.com, "Dockerfile reference"), Apptainer's definitions.

Read are the commands of ``RUN`` (with its here-documents) and of ``%post``, and the label ``org.opencontainers.image.licenses``.
Groups are named after what installs: apt, apk, dnf, conda, pip, r, npm. They are notes: a container conveys what is in it.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.licences.manifests import groups, installs
from pytest_genomic_guard.views.licences.manifests.damaged import NODES, TooLargeError
from pytest_genomic_guard.views.licences.manifests.ecosystems import spoken
from pytest_genomic_guard.views.licences.nouns import Group, Manifest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_INSTRUCTION = regex(r"[ \t]*+(?P<name>[A-Za-z]{2,12})[ \t]++(?P<rest>.*)", re.DOTALL)
_ESCAPE = regex(r"#[ \t]*escape[ \t]*=[ \t]*`", re.IGNORECASE)
_HERE = regex(r"<<-?[ \t]*(?P<quote>['\"]?)(?P<mark>[A-Za-z_][A-Za-z0-9_]{0,60})(?P=quote)")
_FLAGS = regex(r"(?:--[a-z]{1,20}=\S{1,400}+[ \t\n]++)++")
_LABEL = regex(
    r"org\.opencontainers\.image\.licenses[\"']?[ \t]*=?[ \t]*(?P<quote>[\"']?)(?P<value>[A-Za-z0-9.+() -]{1,200}+)(?P=quote)"
)
_SECTION = regex(r"%(?P<name>[a-z]{3,20})")
_OF_INSTRUCTIONS = regex(rb"^[ \t]*(?:FROM|RUN)[ \t]", re.MULTILINE | re.IGNORECASE)


def read(data: bytes, path: bytes) -> Manifest | None:
    """Return what a container installs, None where a text is no definition of one. Raises `DamagedError`."""
    apptainer = re.search(rb"^[ \t]*bootstrap[ \t]*:", data[:65536], re.MULTILINE | re.IGNORECASE) is not None
    if not apptainer and _OF_INSTRUCTIONS.search(data) is None:
        return None
    lines = data.decode("utf-8", "replace").splitlines()
    if len(lines) > NODES:
        raise TooLargeError
    found = installs.Installed()
    licence = ""
    for name, text, line in _post(lines) if apptainer else _instructions(lines):
        if name == "run":
            found.take(text, line)
        elif name == "label":
            told = _LABEL.search(text)
            licence = spoken(told["value"].strip()) if told is not None else licence
    group, scope = groups.of_path(path.rpartition(b"/")[0] + b"/.txt")
    return Manifest(
        form="Dockerfile",
        ecosystem="container",
        licence=licence,
        groups=tuple(
            Group(name=f"{group}:{installer}" if group else installer, scope=scope, requires=tuple(each))
            for installer, each in found.by.items()
            if each
        ),
        includes=tuple(dict.fromkeys(found.includes)),
        unread=tuple(sorted(found.unread)),
    )


def _instructions(lines: list[str]) -> Iterator[tuple[str, str, int]]:
    """Yield each instruction with its text, continued lines joined by blanks and their number kept by line ends, and its line."""
    escape = "`" if any(_ESCAPE.match(each) for each in lines[:4]) else "\\"
    at = 0
    while at < len(lines):
        begun = at
        kept: list[str] = []
        while at < len(lines):
            each = lines[at].rstrip()
            at += 1
            if kept and (not each.strip() or each.lstrip().startswith("#")):
                kept.append("\\\n")  # comments and empty lines do not end an instruction
                continue
            if not each.endswith(escape):
                kept.append(each)
                break
            kept.append(each[: -len(escape)] + " \\\n")
        told = _INSTRUCTION.fullmatch("".join(kept))
        if told is None or told["name"].startswith("#"):
            continue
        text = told["rest"]
        for here in _HERE.findall(text)[:4] if told["name"].lower() in {"run", "copy", "add"} else ():
            end = next((number for number in range(at, len(lines)) if lines[number].strip() == here[1]), len(lines))
            text += "\n" + "\n".join(lines[at:end])
            at = end + 1
        yield told["name"].lower(), _without_flags(text), begun + 1


def _without_flags(text: str) -> str:
    """Return the text of RUN without its flags, of the form of JSON the words."""
    flags = _FLAGS.match(text)
    text = text[flags.end() :] if flags is not None else text
    if not text.startswith("["):
        return text
    words = re.findall(r'"((?:[^"\\]|\\.)*+)"', text[:20000])
    shell = words[:1] in (["/bin/sh"], ["/bin/bash"], ["sh"], ["bash"]) and words[1:2] and words[1].startswith("-")
    return " ".join(words[2:] if shell else words)


def _post(lines: list[str]) -> Iterator[tuple[str, str, int]]:
    """Yield the sections of a definition file that run commands, and its labels."""
    section, kept, begun = "", list[str](), 0
    for number, each in enumerate((*lines, "%end"), 1):
        told = _SECTION.match(each)
        if told is None:
            kept.append(each)
            continue
        if section in {"post", "setup", "appinstall"}:
            yield "run", "\n".join(kept), begun
        elif section == "labels":
            yield "label", "\n".join(kept), begun
        section, kept, begun = told["name"], [], number + 1
