"""What a distribution says of itself: ``METADATA`` and ``PKG-INFO``, as bytes.

Core metadata is a head of ``Field: value`` lines, the description as the body (packaging.python.org, "Core metadata
specifications", read November 2026; PEP 241 to 753). ``email`` reads it too, and spends most of its time on the description, which
is of no use here. A head is read as ``email`` reads it, with three mercies that real files need: a line that is no field goes on
with the field before it (old build tools did not indent the text of a licence); a licence whose first empty line was not
indented goes on until the next field of the metadata; bytes that are no UTF-8 are replaced.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.licences.nouns import Metadata, Requirement

HEAD = 1 << 20  # bytes of a head that are read: the longest known one, with five licences in full, is a tenth
MANY = 4096  # values of one field; where there are more of a head, or more bytes, what is left out could say the contrary

_NAME = regex(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,198}[A-Za-z0-9])?+\Z")
_REQUIRES = regex(
    r"\s*+([A-Za-z0-9][A-Za-z0-9._-]{0,199}+)\s*+(?:\[([A-Za-z0-9._,\s-]{0,999}+)\])?+\s*+(@?)([^;]{0,2000}+)(?:;(.{0,4000}))?",
    re.DOTALL,
)
_RUNS = regex(r"[-_.]+")
_FIELD = regex(r"[!-9;-~]++(?=:)")  # as in RFC 822: printable, no blank, no colon
_NAMED = regex(rb"[!-9;-~]++(?=:)")
_NAME_AT_MOST = 40  # bytes of a License field that is a name and no text
_RESUMED = regex(
    rb"^(?:Keywords|Platform|Classifier|Requires-Python|Requires-Dist|Provides-Extra|License-File|License-Expression|Project-URL"
    rb"|Description-Content-Type): ",
    re.MULTILINE,
)
_TOLD = "License ::"
_ONE = ("name", "version", "license-expression", "license")
_MORE = ("classifier", "license-file", "requires-dist", "provides-extra", "requires")
_WANTED = frozenset(_ONE + _MORE)


def normal(name: str) -> str:
    """Return the name of a distribution or an extra as PEP 503 writes it."""
    return _RUNS.sub("-", name).strip("-").lower()


def read(data: bytes) -> Metadata | None:
    """Read core metadata; None where it names no distribution, or has a longer head than is read, whatever the bytes are."""
    head = _head(data)
    fields = _fields(head) if head is not None else {}
    if any(len(values) > MANY for values in fields.values()):
        return None
    names = fields.get("name", ())
    name = names[0].strip() if names else ""
    if not _NAME.match(name):
        return None
    return Metadata(
        name=normal(name),
        version=_line(fields, "version"),
        expression=_line(fields, "license-expression"),
        licence=_dedented(fields.get("license", [""])[0]),
        classifiers=tuple(
            dict.fromkeys(
                one.strip()[len(_TOLD) :].strip() for one in fields.get("classifier", ()) if one.lstrip().startswith(_TOLD)
            )
        ),
        files=tuple(dict.fromkeys(one.strip() for one in fields.get("license-file", ()) if one.strip())),
        requires=tuple(made for one in fields.get("requires-dist", ()) if (made := requirement(one))),
        extras=tuple(dict.fromkeys(normal(one.strip()) for one in fields.get("provides-extra", ()) if _NAME.match(one.strip()))),
    )


def requirement(text: str) -> Requirement | None:
    """Read one requirement (PEP 508, and the older ``name (>=1)``); None where it is none. Of an address nothing is kept."""
    found = _REQUIRES.match(text)
    if not found:
        return None
    name, extras, address, specifier, marker = found.groups()
    specifier = "" if address else specifier.strip()
    if specifier.startswith("(") and specifier.endswith(")"):
        specifier = specifier[1:-1].strip()
    if specifier and specifier[0] not in "<>=!~":
        return None
    return Requirement(
        name=normal(name),
        specifier=specifier,
        extras=tuple(dict.fromkeys(normal(one.strip()) for one in extras.split(",") if one.strip())) if extras else (),
        marker=" ".join(marker.split()) if marker else "",
    )


def _head(data: bytes) -> str | None:
    """Return the head of the metadata, with plain ends of lines and no body; None where it does not end in what is read."""
    cut = len(data) > HEAD + 3
    data = data[: HEAD + 3].removeprefix(b"\xef\xbb\xbf")
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    end = data.find(b"\n\n")
    if end < 0:
        return None if cut else data.decode("utf-8", "replace")
    head = data[:end]
    if b"\nLicense: " in head and _ends_in_text(head):
        resumed = _RESUMED.search(data, end)
        if resumed:
            later = data.find(b"\n\n", resumed.start())
            if later < 0 and cut:
                return None
            text = data[end : resumed.start()].strip().replace(b"\n", b"\n ")
            head += b"\n " + text + b"\n" + data[resumed.start() : later if later >= 0 else len(data)]
    return head.decode("utf-8", "replace")


def _ends_in_text(head: bytes) -> bool:
    """Return whether the last field of a head is a licence that may not have ended with it: no short name."""
    at = len(head)
    while at > 0:
        start = head.rfind(b"\n", 0, at) + 1
        named = _NAMED.match(head, start, at)
        if named:
            return named.group().lower() == b"license" and len(head) - start > _NAME_AT_MOST
        at = start - 1
    return False


def _fields(head: str) -> dict[str, list[str]]:
    """Return the wanted fields with their values, lines of one value joined by ends of lines."""
    fields: dict[str, list[str]] = {}
    values: list[str] | None = None  # of the field that is being read, where it is wanted
    lines: list[str] = []  # of its present value that follow the first
    for line in head.split("\n"):
        named = None if line[:1] in (" ", "\t", "") else _FIELD.match(line)
        if named is None:
            if values is not None:
                lines.append(line)
            continue
        if lines and values:
            values[-1] = "\n".join((values[-1], *lines))
            lines = []
        field = named.group().lower()
        values = None
        if field in _WANTED:
            values = fields.setdefault(field, [])
            if len(values) <= MANY:
                values.append(line[named.end() + 1 :])
            else:
                values = None
    if lines and values:
        values[-1] = "\n".join((values[-1], *lines))
    return fields


def _line(fields: dict[str, list[str]], field: str) -> str:
    """Return the first value of a field as one line."""
    values = fields.get(field)
    return " ".join(values[0].split()) if values else ""


def _dedented(text: str) -> str:
    """Return a value of several lines without what marks them as such: blanks, or blanks and a bar."""
    if "\n" not in text:
        return text.strip()
    return "\n".join(line.strip().removeprefix("|").strip() for line in text.split("\n")).strip()
