"""What a notice in free words grants: which of the GNU licences, which versions, with which exception, or as one of several.

Sources: "How to Apply These Terms to Your New Programs" (GPL-2.0, GPL-3.0, LGPL-2.1, AGPL-3.0); the notices of Autoconf, Bison,
Libtool, GCC and Classpath with their exceptions (SPDX exceptions list 3.26, 2025); the tri-licence of Mozilla. Only phrases that
tell them apart are here, none of their texts.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# The words of the name in any order that people write: "Lesser GNU General", "GNU Library General", "GNU Lesser Public".
_WORD = r"(?:gnu|affero|lesser|library|general|gneral|genral)(?:['\u2019]s)?[ (),/-]{1,3}"
_NAME = regex(
    rf"\b(?:{_WORD}(?:or )?){{1,6}}public[ -](?:(?:lesser|library|gnu|affero) )?licen[sc]e(?: \((?:lesser|library)[^)]{{0,6}}\))?"
    rf"|\b(?:{_WORD}){{0,4}}(?:gnu)?(?P<short>[al])?gpl(?:icen[sc]e|v(?=[123]))?(?![a-z])"
    r"|\b(?P<cecill>cecill)(?:[ -](?P<which>[abc2])\b)?|european union public licen[sc]e"
)
_UNDER = regex(
    r"(?:\bunder|terms of|terms and conditions of|conditions of|licen[sc]ed|licen[sc]e ?[:=]|@licen[sc]e|licen[sc]e is|covered by"
    r"|governed by|subject to|according to|accordance with|released as|rights? granted by|pursuant to)[^.;]{0,90}$"
)
_RIGHTS = regex(r"(?:\bcopyright\b|\(c\)|©)[^;]{0,40}$")  # with a version: "(c) 2020 A. Name, GPLv3"
_NUMBER = regex(r"[ ,v-]{0,3}(?:version )?[23](?:\.[01])?(?![\w.]\w)")
_LICENSED = regex(r"(?:^|[.:] |\bthis (?:\w+ ){0,3}is )$")  # and "licensed" behind the name
# "a project under the GPL" is about another one; a file that is under it says what is done with it.
_DOES = regex(
    r"licen|distribut|releas|publish|availab|provid|cover|govern|subject|accord|free software|terms|conditions|modify|copying"
)
_COPY = regex(r"(?:copy of|see|full text of|details of)[^.;]{0,40}$")
_NOT = regex(
    r"(?:\bnot\b|n't\b|\bnon-|\bnever\b|\bwithout\b|\bavoid\w*|\bno longer\b|\bunlike\b|\binstead of\b|\bformerly\b|\bpreviously\b"
    r"|\bcompatib\w+ with\b|\bincompatib\w+)[^.,;]{0,40}$"
)
# What is set against the file: "while the rest of it is under the GPL, I release this file under other terms".
_CONTRAST = regex(
    r"\b(?:while|although|though|whereas|unlike)\b(?! this (?:file|program|software|library))[^.;]{0,100}$"
    r"|\b(?:rest|remainder) of (?:the )?[\w -]{1,40} (?:is|are)\b[^.;]{0,60}$"
)
_MENTIONED = regex(
    r"[ -]?(?:in)?compatib|(?:[ -]?v?[123](?:\.0)?)?[ -](?:code|program|tool|software|package|project|librar"
    r"|file)s?\b(?! (?:is|under))"
)
_LATER = regex(
    r"any later version|or later|or newer|or \(at your option\)|or,? at your option,? any|(?:\b|v)[123](?:\.[01])?\+|>= ?[123]"
)
_VERSION = regex(
    r"(?:\b(?:version|v\.?|gplv?|licen[sc]e,?)|\() ?(?:>= ?)?v?([123](?:\.[012])?)(?:\b|\+)"
    r"|^(?:icense)?[ ,(-]{0,3}(?:v|version )?\.?([123](?:\.[012])?)(?![0-9])"
)
_MOST = 40  # names of licences in one header that are looked at
_MILD = (
    r"(?:mit|x11|expat|isc|zlib|wtfpl|cc0|sip|(?:\d-clause |(?:new|modified|revised|simplified|two"
    r"|three)[ -](?:clause )?)?bsd(?:[ -]\d-clause)?"
    r"|apache(?: [\w.,]+){0,3}|mpl(?: ?[\d.]+)?|mozilla public|boost(?: software)?|artistic|perl|ruby|psf|python|openib.org bsd"
    r"|eclipse public|free documentation|cddl|unlicense)"
)
_GNU = r"(?:gnu |lesser |affero |library )*(?:general public|[al]?gpl)"
_ALTERNATIVE = regex(
    r"\b(?:dual|tri|tripl[ey]|multi)(?:ly)?[ -]?licen"
    r"|\balternative(?:ly)?,?[^.]{0,160}?(?:licen|terms|gpl|gnu)"
    r"|\beither (?:of )?the (?:terms of the )?(?:gnu |gpl|mit|bsd|apache|mozilla|new bsd)"
    r"|choice of (?:one of )?(?:the )?(?:following )?(?:two|three|several|these|either)? ?(?:open source )?licen"
    r"|\b(?:any|one|either) (?:one )?of the (?:following|three|two|four|below) (?:\w+ )?licen|at your (?:own )?choice"
    r"|may choose (?:to be licen|either|which)|may also (?:be )?used under"
    rf"|\b{_MILD}(?:[ -]style)?(?: public)?(?:[ -]licen[sc]es?)?(?: agreement)?(?: \([^)]{{0,40}}\))?,? (?:and/)?or "
    rf"(?:under )?(?:the )?(?:terms of )?(?:the )?{_GNU}|\b{_MILD} ?/ ?(?:gnu )?[al]?gpl"
    rf"|\b[al]?gpl(?:v?[ -]?[23][.\d]*\+?)? ?/ ?{_MILD}\b"
    rf"|\bgpl[^.;]{{0,40}}? (?:and/)?or (?:under )?(?:the )?(?:terms of the )?{_MILD}\b|artistic licen[sc]e"
    rf"|general public licen[sc]e[^;]{{0,120}}? or (?:under )?(?:the )?(?:terms of the )?(?:\w+ )?{_MILD}\b"
    rf"|under (?:the )?(?:terms of (?:the )?)?(?:{_MILD}(?: \([^)]{{0,40}}\))?(?:,|,? and|,? &) ){{1,3}}(?:the )?(?:gnu )?l?gpl"
    r"(?: \([^)]{0,40}\))?(?:v?[ -]?[23][.\d]*)? licenses"
)
_OTHERS = (
    (
        "MIT",
        regex(
            r"\bmit(?= licen|-licen|-style| or\b| ?/|,| \(|\.| and (?:gpl|gnu|the g))|\b(?:or|the|and|/) ?mit\b|/ ?mit\b"
            r"|permission is hereby granted, free of charge"
        ),
    ),
    ("BSD-3-Clause", regex(r"\bbsd\b|redistribution and use in source and binary forms")),
    ("Apache-2.0", regex(r"\bapache(?:-2\.0| licen| v| 2)")),
    ("MPL-1.1", regex(r"\bmpl\b|mozilla public")),
    ("Artistic-1.0-Perl", regex(r"artistic licen|perl itself")),
    ("EPL-2.0", regex(r"eclipse public")),
    ("ISC", regex(r"\bisc(?: licen|-licen)")),
    ("Zlib", regex(r"\bzlib(?:/libpng)? licen")),
    ("BSL-1.0", regex(r"\bboost (?:software )?licen")),
    ("WTFPL", regex(r"\bwtfpl\b")),
    ("CC0-1.0", regex(r"\bcc0\b")),
    (
        "PSF-2.0",
        regex(r"\bsip licen|\bpsf licen|python software foundation licen"),
    ),  # SIP's licence has the words of the PSF's
    ("GFDL-1.1-or-later", regex(r"free documentation licen")),
)
# What a file says of itself, beside what it says of the package that it came with.
_ITSELF = regex(
    r"(?<!of )(?<!from )(?<!in )\bthis (?:particular |source |single |one )?(?:file|module|script|header|unit|snippet"
    r"|example)(?: itself)?,?"
    r"(?: however,?| alone)? (?:is|are|was|may|can|has been)\b(?! part| based| derived| adapted| not)(?P<how>[^.;]{0,90}?)"
    rf"(?:\b{_MILD}[ -]?(?:style |public )?(?:licen|\(|\.|,|;|$)|public domain|permissive|bsd\b)"
)
_THIS = regex(r"\bthis (?:source )?(?:file|module|script|header|program|software|library|code|work)\b|(?:^|[.;] )it is\b")
_EXCEPTIONS = (
    ("Bootloader-exception", regex(r"bootloader[ -]exception|exception (?:for|of) (?:\w+ )?(?:the )?bootloader")),
    ("GCC-exception-3.1", regex(r"gcc runtime library exception")),
    ("Bison-exception-2.2", regex(r"special exception[^@]{0,400}?\bbison\b|\bbison\b[^@]{0,400}?special exception")),
    ("Libtool-exception", regex(r"special exception[^@]{0,400}?\blibtool\b")),
    ("Autoconf-exception-generic", regex(r"special exception[^@]{0,600}?\b(?:autoconf|configure|configuration script)")),
    ("Texinfo-exception", regex(r"special exception[^@]{0,300}?\btexinfo\b")),
    ("Font-exception-2.0", regex(r"special exception[^@]{0,300}?\bfont\b|font exception")),
    ("LLVM-exception", regex(r"llvm[ -]exceptions?")),
    ("Classpath-exception-2.0", regex(r"classpath.{0,3} exception|classpath-exception|special exception[^@]{0,400}?link")),
    ("GCC-exception-2.0", regex(r"special exception|runtime exception|unlimited permission")),
)
_OPENSSL = regex(r"special exception[^@]{0,400}?openssl")  # it lets a program be linked to OpenSSL, and stays copyleft


def granted(text: str) -> str:
    """Return the SPDX expression of what a notice, as `region.words` gives it, grants of copyleft; empty where it grants none."""
    mentions = list(_mentions(text))
    found = [found for found, sure in mentions if sure] or [found for found, _sure in mentions]
    if not found or _of_another(text, found):
        return ""
    each = list(dict.fromkeys(_spdx(text, mention) for mention in found))
    families = {name.partition("-")[0] for name in each}
    if len(families) == 1:  # one licence, named more than once, mostly with its version once only
        each = [max(each, key=_told)]
    choice = _ALTERNATIVE.search(text)
    if "LGPL" in families and not choice and _later_copy(text, each):
        each = [name for name in each if not name.startswith("GPL")]
    exception = next((name for name, pattern in _EXCEPTIONS if pattern.search(text)), "")
    if exception and not (exception.startswith("GCC-exception-2") and _OPENSSL.search(text)) and not _OPENSSL.search(text):
        each = [f"{name} WITH {exception}" if name.startswith("GPL") else name for name in each]
    if choice:
        others = [name for name, pattern in _OTHERS if pattern.search(text)]
        return " OR ".join([*others, *each])
    return " AND ".join(each)


def _mentions(text: str) -> Iterator[tuple[re.Match[str], bool]]:
    """Yield where a notice grants, and whether it says so, or only points to a copy."""
    for found, _count in zip(_NAME.finditer(text), range(_MOST), strict=False):
        before = text[max(0, found.start() - 120) : found.start()]
        if _NOT.search(before) or _CONTRAST.search(before) or _MENTIONED.match(text, found.end()):
            continue
        if (_UNDER.search(before) and ("public" in found[0] or _DOES.search(before))) or (
            _RIGHTS.search(before) and _NUMBER.match(text, found.end())
        ):
            yield found, True
            continue
        if _LICENSED.search(before) and text.startswith(("-licensed", " licensed"), found.end()):
            yield found, True
            continue
        whole = found.start() < 4 and text.startswith(" version", found.end())  # the licence itself stands in the comment
        if whole or (_COPY.search(before) and "public" in found[0]):
            yield found, False


def _of_another(text: str, found: Sequence[re.Match[str]]) -> bool:
    """Tell whether a file says that it is under other, mild terms itself: then what it says of the GPL is of its package."""
    own = _ITSELF.search(text)
    if not own or re.search(r"gpl|general public", own["how"]):
        return False
    for each in found:
        start = max(text.rfind(". ", 0, each.start()), text.rfind("; ", 0, each.start()), text.rfind(", but ", 0, each.start())) + 1
        if _THIS.search(text, start, each.start()) and not (start <= own.start() < each.start()):
            return False
    return True


def _spdx(text: str, found: re.Match[str]) -> str:
    if found["cecill"]:
        return {"b": "CECILL-B", "c": "CECILL-C"}.get(found["which"] or "", "CECILL-2.1")
    if found[0].startswith("european"):
        return "EUPL-1.2"
    said, letter = found[0], found["short"]
    lesser = letter == "l" or "lesser" in said or "library" in said
    family = "AGPL" if letter == "a" or "affero" in said else "LGPL" if lesser else "GPL"
    near = text[found.start() : found.end() + 260]
    near = near[: _next(near, len(found[0]))]
    version = (
        _VERSION.search(near[len(found[0]) :])
        or _VERSION.search(near)
        or _VERSION.search(text[max(0, found.start() - 60) : found.start()])
    )
    number = (version[1] or version[2]) if version else ""
    later = bool(_LATER.search(near)) or bool(_LATER.search(text[max(0, found.start() - 60) : found.start()]))
    if family == "AGPL":
        return "AGPL-1.0-only" if number.startswith("1") else f"AGPL-3.0-{'only' if number and not later else 'or-later'}"
    if not number:
        return "LGPL-2.0-or-later" if family == "LGPL" else "GPL-1.0-or-later"
    if family == "LGPL" and number.startswith("2"):
        number = "2.1" if number == "2.1" else "2.0"
    elif "." not in number or not number.endswith("0"):
        number = f"{number[0]}.0"
    return f"{family}-{number}-{'or-later' if later else 'only'}"


def _next(near: str, after: int) -> int:
    """Return where the next licence is named, whose version is not this one's; "of the GNU General Public License" is the same."""
    following = _NAME.search(near, after)
    return following.start() if following and following.start() > after + 20 else len(near)


def _told(name: str) -> tuple[bool, int]:
    return not name.startswith(("GPL-1.0", "LGPL-2.0-or", "AGPL-3.0-or")), len(name)


def _later_copy(text: str, each: list[str]) -> bool:
    """Tell whether a notice of the LGPL names the GPL only as what the LGPL adds to, or has a copy of."""
    return any(name.startswith("GPL") for name in each) and not re.search(r"(?:under|terms of) the gnu general public", text)
