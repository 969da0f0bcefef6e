"""What stands after the name of a licence: its version, "or later", "only", an exception."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.licences.phrases import Family


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_GNU = frozenset({"gpl", "lgpl", "agpl", "gfdl"})
_BEFORE = _words(
    "license version versions v ver vers ) , ; : ( = == software as published by free foundation either under terms of"
)
_AROUND = _words("or and , ( ) any at your option opinion version versions v / of license as published by free software foundation")
_LATER = _words("later newer above greater higher up upwards upward subsequent onwards onward beyond after")
_MORE = frozenset({"or", "/", "|", ",", "and", "&"})
_SPELLED = {"two": "2", "three": "3", "ii": "2", "iii": "3", "one": "1"}
_NUMBERED = frozenset({"version", "versions", "v", "ver"})
_JOINTS = frozenset({"and", "or", "|", "&", ";", "/", "\n"})
_TELLS = _words("which that to allowing allows allow for permitting permits granting so")

# The words of an exception to the id that fits the licence, the first that is said; empty: its terms stay as they are.
_EXCEPTIONS = (
    ("classpath", "Classpath-exception-2.0"),
    ("openssl", ""),
    ("bootloader", "Bootloader-exception"),
    ("pyinstaller", "Bootloader-exception"),
    ("foss", "Universal-FOSS-exception-1.0"),
    ("floss", "Universal-FOSS-exception-1.0"),
    ("gcc", "GCC-exception-3.1"),
    ("runtime", "GCC-exception-3.1"),
    ("font", "Font-exception-2.0"),
    ("autoconf", "Autoconf-exception-3.0"),
    ("bison", "Bison-exception-2.2"),
    ("libtool", "Libtool-exception"),
    ("llvm", "LLVM-exception"),
    ("swift", "Swift-exception"),
    ("wxwindows", "WxWindows-exception-3.1"),
    ("ocaml", "OCaml-LGPL-linking-exception"),
    ("syscall", "Linux-syscall-note"),
    ("linking", "linking"),
    ("link", "linking"),
    ("linker", "linking"),
    ("static", "linking"),
)
_LINKING = {
    "GPL-2": "LicenseRef-scancode-linking-exception-2.0-plus",
    "GPL-3": "GPL-3.0-linking-exception",
    "LGPL-3": "LGPL-3.0-linking-exception",
}


class Name:
    """One name in a text: its id, its family, where it stands, how firmly it is said."""

    __slots__ = ("at", "end", "family", "loose", "plain", "rest", "wanted")

    def __init__(self, wanted: str, family: str, at: int, end: int, *, plain: bool = False, loose: bool = False) -> None:  # noqa: PLR0913 - where and how
        self.wanted, self.family, self.at, self.end = wanted, family, at, end
        self.plain = plain  # without a version
        self.loose = loose  # counts only where nothing else is named
        self.rest = False  # what follows describes an exception and names nothing


def versioned(words: list[str], at: int, end: int, family: Family) -> tuple[list[Name], int]:
    """Give the licences that a family's name and the version after, or before, it make, and where they end."""
    number, later, stop = _number_after(words, end, family)
    if not number:
        number, later = _number_before(words, at, family), False
        stop = end
    if not number:
        return [Name(family.plain, family.key, at, end, plain=True)], end
    found: list[Name] = []
    while number:
        follows, stop = _later(words, stop)
        found.append(Name(_id(family, number, later=later or follows), family.key, at, stop))
        number, later, further = _another(words, stop, family)
        stop = further if number else stop
    return found if len(found) < 2 else _choice(found, family), stop


def _choice(found: list[Name], family: Family) -> list[Name]:
    """Give several versions of one name as one choice."""
    first, last = found[0], found[-1]
    return [Name(" OR ".join(dict.fromkeys(name.wanted for name in found)), family.key, first.at, last.end)]


def _id(family: Family, number: str, *, later: bool) -> str:
    wanted = family.template.format(number)
    return wanted + ("-or-later" if later else "-only") if family.key in _GNU else wanted


def _number_after(words: list[str], at: int, family: Family) -> tuple[str, bool, int]:
    """Give the version after a name, whether ``>=`` or ``+`` is said with it, and where it ends."""
    look = at
    while look < min(len(words), at + 14) and (words[look] in _BEFORE or words[look] == family.key):
        look += 1
    later = look < len(words) and words[look] in (">=", ">")
    look += later
    return (_valid(words, look, family), later or _plus(words, look), look + 1)


def _number_before(words: list[str], at: int, family: Family) -> str:
    """Give the version of "version 3 of the" and of "v3" before a name."""
    look = at - 1
    while look >= 0 and look > at - 4 and words[look] in ("of", "license", "under"):
        look -= 1
    return _valid(words, look, family) if look >= 1 and words[look - 1] in _NUMBERED else ""


def _another(words: list[str], at: int, family: Family) -> tuple[str, bool, int]:
    """Give a further version of the same name: "2 or 3", "v2/v3"."""
    if family.key not in _GNU or at + 1 >= len(words) or words[at] not in _MORE:
        return "", False, at
    look = at + 1
    while look < len(words) and words[look] in _NUMBERED:
        look += 1
    return (_valid(words, look, family), _plus(words, look), look + 1)


def _valid(words: list[str], at: int, family: Family) -> str:
    """Give the version at this place, if the family has it and it is none of clauses."""
    if not 0 <= at < len(words) or (at + 1 < len(words) and words[at + 1] in ("clause", "clauses")):
        return ""
    parts = _SPELLED.get(words[at], words[at]).rstrip("+").split(".")
    number = f"{parts[0]}.{parts[1] if len(parts) > 1 else '0'}"
    return number if number in family.versions else ""


def _plus(words: list[str], at: int) -> bool:
    """Tell whether the version ends with a plus, which beside it must end the name: ``GPL-3 + file LICENSE`` is no "or later"."""
    if at < len(words) and words[at].endswith("+"):
        return True
    return at + 1 < len(words) and words[at + 1] == "+" and (at + 2 == len(words) or words[at + 2] in "),;|/\n")


def _later(words: list[str], at: int) -> tuple[bool, int]:
    """Tell whether "or any later version" follows, and where it, or "only", ends."""
    look = at
    while look < min(len(words), at + 16) and words[look] in _AROUND:
        look += 1
    if look > at and look < len(words) and words[look] in _LATER:
        return True, look + 1
    if at < len(words) and words[at] in _LATER:
        return True, at + 1
    return False, at + (at < len(words) and words[at] == "only")


def exception(words: list[str], at: int, wanted: str) -> tuple[str, int, bool]:
    """Give the exception that follows a name with "with", where it ends, and whether what comes then only describes it."""
    look = at
    while look < len(words) and look < at + 3 and words[look] in ("(", ",", "license", ")", "version", "-"):
        look += 1
    if look >= len(words) or words[look] not in ("with", "w", "+", "plus"):
        return "", at, False
    reach = words[look : look + 12]
    reach = reach[: next((place for place, word in enumerate(reach) if word in _JOINTS), len(reach))]
    stop = next((place for place, word in enumerate(reach) if word in ("exception", "exceptions")), 0)
    if not stop:
        return "", at, False
    end = look + stop + 1
    tells = end < len(words) and words[end] in _TELLS
    said = {*reach[:stop], *(words[end : end + 10] if tells else ())}
    added = next((name for word, name in _EXCEPTIONS if word in said), "")
    return _fitting(added, wanted), end, tells


def _fitting(added: str, wanted: str) -> str:
    """Give the exception's id as it is for this licence."""
    if " " in wanted:
        return ""
    if added == "linking":
        return _LINKING.get(wanted[: wanted.find(".")], "")
    if added == "Autoconf-exception-3.0" and wanted.startswith("GPL-2"):
        return "Autoconf-exception-2.0"
    if added == "LLVM-exception" or wanted.startswith(("GPL", "LGPL", "AGPL")):
        return added
    return ""
