"""What manifests, R packages, citations and READMEs declare as the licence of the folder in which they lie.

Sources: PEP 621 and PEP 639 (`project.license`), the classifiers of PyPI, setuptools' declarative `setup.cfg`, "Writing R
Extensions" 1.1.2 (`License`), npm's `package.json`, the Citation File Format 1.2.0 (`license`), shields.io's static badges.
Nothing is run; a file that cannot be read declares nothing, because whoever reads manifests tells that.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.licences.tree import Declared
    from pytest_genomic_guard.views.text import Text

    Said = tuple[str, str, bool, int]  # by what, expression, vague, offset

_LONGEST = 1 << 18
_README = regex(rb"readme(?:\.(?:md|rst|markdown))?$", re.IGNORECASE)
_NAMES = {
    b"pyproject.toml": "pyproject.toml",
    b"setup.cfg": "setup.cfg",
    b"setup.py": "setup.py",
    b"DESCRIPTION": "DESCRIPTION",
    b"package.json": "package.json",
    b"CITATION.cff": "CITATION.cff",
}
_BADGE = regex(rb"(?i)img\.shields\.io/badge/licen[sc]e(?:-|%20|_)([\w.%+ -]{2,40}?)-[\w]{3,12}(?:\.svg|\.png)?[?)\"'\s>\]]")
_SENTENCE = regex(
    rb"(?i)\bth(?:is|e)[ \t]{1,2}(?:(?:project|package|software|repository|repo|library|code|tool|toolkit|program"
    rb"|pipeline|work|source|python|r|base)[ \t]{1,2}){1,3}(?:is|are)[ \t]{1,2}(?:\w{1,20}[ \t]{1,2}){0,2}?"
    rb"(?:licen[sc]ed|released|distributed|published|made[ \t]available|available"
    rb"|free[ \t]and[ \t]licensed)[ \t]{1,2}under[ \t]{1,2}"
    rb"(?:the[ \t\n]{1,2})?(?:terms[ \t]of[ \t]the[ \t])?([^\n.,;!]{2,70}(?:\.[0-9][^\n.,;]{0,20})?)"
)
_UNDER = regex(rb"(?i)\bunder[ \t\n]{1,2}(?:the[ \t]|a[ \t])?[\[*_`\"]{0,3}([A-Za-z][^\n\]*_`\"();,]{2,60})")
_FIELD = regex(rb"(?im)^licen[sc]e[ \t]{0,4}[:=][ \t]{0,4}[\"']?([^\r\n\"'#]{1,120})")
_CLASSIFIER = regex(rb"License :: ([^\"'\r\n]{3,120})")
_KEYWORD = regex(rb"(?m)^[ \t]{0,12}license[ \t]{0,2}=[ \t]{0,2}[rRuU]?[\"']([^\"'\r\n]{2,100})[\"']")
_VAGUE = regex(
    r"(?i)^(?:the )?(?:new |modified |simplified )?(?:bsd|gpl|lgpl|agpl|cc|creative commons|apache|gnu [\w ]{3,30}"
    r"|[\w ]{0,12}general public licen[sc]e)(?: licen[sc]e)?(?: \([al]?gpl\))?$"
)


def form(path: bytes) -> str:
    """Return what declares a licence in a file of this name; empty where nothing does."""
    name = path.rpartition(b"/")[2]
    return _NAMES.get(name) or ("README" if _README.match(name) else "")


def read(text: Text) -> Iterator[Declared]:
    """Yield what the beginning of a file declares."""
    from pytest_genomic_guard.views.licences.tree import Declared, kind  # noqa: PLC0415 - they import each other

    told = form(text.artifact.path)
    for by, expression, vague, at in said(told, text.data[:_LONGEST]):
        if expression:
            named = by.partition(",")[0]
            yield Declared(
                by=named, expression=expression, kind=kind(expression), vague=vague, aside=named != by, at=text.locate(at)
            )


def said(told: str, data: bytes) -> list[Said]:
    """Return what each part of a file declares. Never raises."""
    try:
        return list(_READERS[told](data))
    except (ValueError, RecursionError, UnicodeError):
        return []


def _words(value: bytes | str) -> tuple[str, bool]:
    """Return what a name in free words is, and whether it leaves open which of a family."""
    from pytest_genomic_guard.views.licences import expression, prose  # noqa: PLC0415 - where a licence is declared only

    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    text = text.strip().strip("*`_[]()\"' ").strip()
    return expression.canonical(text) or prose.named(text), bool(_VAGUE.match(text))


def _classifiers(values: list[str]) -> tuple[str, bool]:
    from pytest_genomic_guard.views.licences import prose  # noqa: PLC0415 - as above

    found, ambiguous = prose.of_classifiers(tuple(values))
    return found, ambiguous or not re.search(r"v[123]|\(MIT|Apache|MPL|Mozilla|ISC", " ".join(values))


def _pyproject(data: bytes) -> Iterator[Said]:
    if b"icense" not in data:  # nothing to declare
        return
    import tomllib  # noqa: PLC0415 - where there is such a file

    tree = tomllib.loads(data.decode("utf-8"))
    tools = tree.get("tool")
    for table in (tree.get("project"), tools.get("poetry") if isinstance(tools, dict) else None):
        if not isinstance(table, dict):
            continue
        given = table.get("license")
        given = given.get("text") if isinstance(given, dict) else given
        at = max(0, data.find(b"license"))
        if isinstance(given, str) and len(given) < 200:
            yield ("pyproject.toml", *_words(given), at)
        classifiers = table.get("classifiers")
        own = (
            [each[11:] for each in classifiers if isinstance(each, str) and each.startswith("License :: ")]
            if isinstance(classifiers, list)
            else []
        )
        if own:
            yield ("classifiers", *_classifiers(own), max(0, data.find(b"License :: ")))


def _setup(data: bytes) -> Iterator[Said]:
    """Read the words of `setup.cfg` and `setup.py`, which is no program here: literals of keywords, and classifiers."""
    for pattern in (_KEYWORD, _FIELD):
        found = pattern.search(data)
        if found and not re.match(rb"(?i)file:|licen[sc]e(?:\.\w+)?$|open\(|read", found[1].strip()):
            yield ("setup", *_words(found[1]), found.start())
            break
    own = [found[1].decode("utf-8", "replace").strip() for found in _CLASSIFIER.finditer(data)]
    if own:
        yield ("classifiers", *_classifiers(own), data.find(b"License :: "))


def _description(data: bytes) -> Iterator[Said]:
    found = re.search(rb"(?m)^License:[ \t]{0,8}([^\r\n]{1,200})", data)
    if found and re.search(rb"(?m)^Package:", data):
        from pytest_genomic_guard.views.licences import rlang  # noqa: PLC0415 - for packages of R only

        yield "DESCRIPTION", rlang.expression(found[1].decode("utf-8", "replace")), False, found.start()


def _package(data: bytes) -> Iterator[Said]:
    import json  # noqa: PLC0415 - where there is such a file

    tree = json.loads(data)
    given = tree.get("license") if isinstance(tree, dict) else None
    given = given.get("type") if isinstance(given, dict) else given
    if isinstance(given, str) and len(given) < 200 and not given.upper().startswith(("SEE ", "UNLICENSED")):
        yield ("package.json", *_words(given), max(0, data.find(b'"license"')))


def _citation(data: bytes) -> Iterator[Said]:
    found = re.search(rb"(?m)^license:[ \t]{0,4}[\"']?([^\r\n\"'#]{1,100})", data)
    if found:
        yield ("CITATION.cff", *_words(found[1]), found.start())


def _readme(data: bytes) -> Iterator[Said]:
    for pattern, by in ((_BADGE, "README"), (_SENTENCE, "README"), (_UNDER, "README, aside")):
        for found in pattern.finditer(data):
            value = (
                found[1].replace(b"--", b"-").replace(b"__", b"_").replace(b"%20", b" ").replace(b"_", b" ").replace(b"%2B", b"+")
            )
            value = re.split(rb"(?i) licen[sc]e| - | \[| \(http| see |\]\(", b" " + value + b" ", maxsplit=1)[0] or value
            yield (by, *_words(value), found.start())


_READERS = {
    "pyproject.toml": _pyproject,
    "setup.cfg": _setup,
    "setup.py": _setup,
    "DESCRIPTION": _description,
    "package.json": _package,
    "CITATION.cff": _citation,
    "README": _readme,
}
