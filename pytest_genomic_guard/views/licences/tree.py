"""What the files of a repository say of licences: the licence files of its folders, what manifests declare, what headers state.

Facts for relations, which alone know what the policy allows. They hold SPDX expressions, never words of a file.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Fact, Location, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.licences.nouns import Class
    from pytest_genomic_guard.views.text import Segment, Text

# Long or rare anchors; what is found is read by `headers`, which sees the whole header.
TAG = Rule(name="licence-tag", anchors=(b"SPDX-License-Identifier",), pattern=rb"SPDX-License-Identifier:")
NOTICE = Rule(
    name="licence-notice",
    face="lower",
    anchors=(
        *(b"general public", b"gnu general", b"gnu lesser", b"gnu affero", b"affero general", b"public license", b"public licence"),
        *(b"gnu gpl", b"gplv", b"gpl v", b"gpl-", b"(gpl", b" gpl", b"agpl", b"cecill", b"__license__"),
    ),
    pattern=rb"(?i)general\W{1,40}public|affero\b|public\W{1,3}licen|\W?gpl|gnu\W{1,40}(?:general|lesser|affero|gpl)"
    rb"|agpl|cecill|__license__",
)
_LICENCE = regex(rb"(?:^|/)(?:[\w.-]{0,40}[-_.])?(?:(?:un)?licen[cs]e|copying)(?:s)?(?:[-_.][\w.+ -]{0,60})?$", re.IGNORECASE)
_PROGRAM = regex(
    rb"\.(?:py|pyi|r|c|h|cpp|js|ts|java|go|rs|rb|sh|json|ya?ml|html?|css|png|svg|xml|toml|cfg|ipynb|lock|pl|m|sql|csv"
    rb"|tsv|stan|jl|lua|f|f90|for"
    rb"|sh|bat|swift|kt|scala|php|vue|jsx|tsx|scss|less|nf|smk|wdl|[rq]md|cc|hpp|hh|cxx|mjs|ex|exs|erl|hs|ml|clj|j2"
    rb"|jinja2?|tmpl|template)$",
    re.IGNORECASE,
)
_THIRD = regex(
    rb"third|3rd|other|depend|bundl|exception|header|template|checker|compat|list|notice|policy|check|data", re.IGNORECASE
)
_NOTE = regex(
    rb"(?:^|/)(?:authors|contributors|changelog|changes|news|history|citation|credits|thanks|notice|readme|install|todo|release|faq"
    rb"|security|code_of_conduct|contributing|maintainers)[^/]{0,40}$|\.(?:md|markdown|mdx|rst|txt|adoc|tex|bib|csv"
    rb"|tsv|po|pot|lock|patch|diff|json"
    rb"|geojson|jsonl|ndjson|log|svg|vcf|sam|fa|fasta|gtf|gff3?|eps|ps|pdf|rtf|spdx|out|eml|mbox|snap|map)$",
    re.IGNORECASE,
)
# A page that lists or explains licences, in a guide or anywhere else: its name has the plural, or speaks of licensing.
_PAGE = regex(
    rb"(?:^|/)(?:[\w.-]{0,60}[-_.])?(?:licen[cs]es|licen[cs]ing)(?:[-_.][\w.+ -]{0,60})?\.(?:md|markdown|mdx|rst|adoc"
    rb"|asciidoc|qmd)$",
    re.IGNORECASE,
)
_GUIDE = regex(rb"(?:^|/)(?:docs?|documentation|guides?|website|wiki|handbook)/", re.IGNORECASE)
_TEXT = regex(rb"(?:^|/)(?:(?:un)?licen[cs]e|copying)(?:[-_.][\w.+-]{0,40})?$", re.IGNORECASE)
_COLLECTION = regex(rb"(?:^|/)(?:licen[cs]es?|licen[cs]e[-_]texts?|3rd[-_]?party[-_]licen[cs]es?|dep5|\.reuse)/", re.IGNORECASE)


class LicenceFile(Fact):
    """A licence file of a folder, recognised."""

    expression: str = ""  # empty: none that is known
    kind: Class = "unknown"
    lesser: bool = False  # COPYING.LESSER adds to the COPYING beside it (LGPL-3.0, section "how to apply")
    part: bool = False  # of a part of the folder, by its name: of what it depends on, or one of several that can be chosen


class Declared(Fact):
    """What a manifest or a README says the licence of its folder is."""

    by: str  # of a closed list: `pyproject.toml`, `classifiers`, `DESCRIPTION`, `README` ...
    expression: str = ""
    kind: Class = "unknown"
    vague: bool = False  # a family without its version, such as "BSD"
    aside: bool = False  # named in a README without a word that it is the project's: it says nothing against the others
    at: Location


class Stated(Fact):
    """What a source file states in its header, or a cell of a notebook."""

    at: Location
    expression: str = ""
    kind: Class = "unknown"


class Tagged(Stated):
    """By a tag of SPDX."""


class Noticed(Stated):
    """By a notice in free words."""


def named(path: bytes) -> bool:
    """Tell whether the name of a file says that it is a licence file, or declares the licence of its folder."""
    return is_licence(path) or declares(path)


def is_licence(path: bytes) -> bool:
    """Tell whether a file is the licence of its folder, by its name; what is in a collection of texts is not."""
    if not _LICENCE.search(path) or _PROGRAM.search(path) or _COLLECTION.search(path) or _PAGE.search(path):
        return False
    return not _GUIDE.search(path) or bool(_TEXT.search(path))


def declares(path: bytes) -> bool:
    """Tell whether a file can declare the licence of its folder."""
    from pytest_genomic_guard.views.licences import declared  # noqa: PLC0415 - no run needs it before it has a text

    return declared.form(path) != ""


def told(text: Text) -> Iterator[Fact]:
    """Yield what a licence file or a manifest tells of its folder, where a text is the beginning of one."""
    path = text.artifact.path
    if text.trail or text.begin or text.artifact.kind != "file" or not named(path):
        return
    data = text.data[:262144]
    if is_licence(path):
        found = licence(path, data)
        if found:
            yield found
        return
    from pytest_genomic_guard.views.licences import declared  # noqa: PLC0415 - as above

    yield from declared.read(text)


def licence(path: bytes, data: bytes) -> LicenceFile | None:
    """Return what a licence file is, None for one of somebody else, by its name."""
    name = path.rpartition(b"/")[2]
    if _THIRD.search(name):
        return None
    from pytest_genomic_guard.views.licences import texts  # noqa: PLC0415 - where there is a licence file only

    expression = texts.recognised(data).expression
    return LicenceFile(
        expression=expression, kind=kind(expression), lesser=b"lesser" in name.lower() or name.lower().endswith(b".lib")
    )


def kind(expression: str) -> Class:
    """Return the class of an expression."""
    if not expression:
        return "unknown"
    from pytest_genomic_guard.views.licences import expression as spdx  # noqa: PLC0415 - as above

    return spdx.classify(expression)


def stated(text: Text, rule: Rule) -> Iterator[tuple[Location, str, bool]]:
    """Yield what the headers of a text state, of a file or of each cell of a notebook, in which a rule matched."""
    from pytest_genomic_guard.views.licences import headers, region  # noqa: PLC0415 - where a licence is named only

    done: set[int] = set()
    for at, _end in text.matches(rule):
        segment = text.segment(at)
        if segment.start in done:
            continue
        done.add(segment.start)
        whole = _place(text, segment)
        if whole is not None:
            data = text.data[segment.start : min(text.end(segment), segment.start + 4 * region.LONGEST)]
            found = headers.stated(data, whole=whole)
            if found:
                start = segment.start + found.start
                yield text.locate(start, max(start, segment.start + found.end)), found.expression, found.spdx


def is_prose(path: bytes) -> bool:
    """Tell whether a file is text for people, a table or a list, by its name: none of them is a program."""
    return _NOTE.search(path) is not None or is_licence(path) or _COLLECTION.search(path) is not None


def _place(text: Text, segment: Segment) -> bool | None:
    """Tell whether all of a segment is a place for a header; None where none of it is."""
    path = text.artifact.path
    if text.artifact.kind != "file" or segment.line != 1:
        return None
    if "notebook" in segment.trail:
        if segment.context == "prose":
            return True if segment.trail[-2:-1] in {("cell 1",), ("cell 2",)} or segment.trail[-1] in {"cell 1", "cell 2"} else None
        return False if segment.context == "source" else None
    if segment.trail or segment.context not in {"file", "source", "markup"} or text.begin:
        return None
    return None if is_prose(path) else False
