"""Comments that say where code was taken from: another project under strong copyleft, or an answer on Stack Overflow."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Fact, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.model import Location
    from pytest_genomic_guard.views.licences.nouns import Class
    from pytest_genomic_guard.views.text import Text

_VERBS = "adapted copied borrowed taken derived ported modified translated lifted stolen reused extracted".split()  # noqa: SIM905
ADAPTED = Rule(
    name="adapted-from",
    face="lower",
    anchors=(
        *(f"{verb} from".encode() for verb in _VERBS),
        b"based on",
        b"port of",
        b"adaptation of",
        b"translation of",
        b"as a template",
    ),
    pattern=rb"(?i)(?:"
    + "|".join(_VERBS).encode()
    + rb")[ \t]+from\b|based[ \t]+on\b|port[ \t]+of\b|adaptation[ \t]+of\b|translation[ \t]+of\b|as[ \t]+a[ \t]+template\b",
)
ANSWER = Rule(
    name="stack-exchange-link",
    face="lower",
    anchors=(b"stackoverflow.com/", b"stackexchange.com/", b"biostars.org/p/"),
    pattern=rb"(?i)stackoverflow\.com/(?:a|q|questions|answers)/[0-9]+|stackexchange\.com/(?:a|q|questions)/[0-9]+",
)
# Projects whose own code is under strong or network copyleft, by their licence files as of 2026-08. Short on purpose: well known,
# copied from, and never under another licence in the versions that people copy from.
STRONG = {
    "GPL-2.0-or-later": "igraph python-igraph limma edger lme4 mgcv wgcna raxml iq-tree iqtree spm12 octave fftw"
    " unidecode blender gimp",
    "GPL-2.0-only": "linux git",
    "GPL-3.0-or-later": "leidenalg louvain-igraph bowtie2 hisat2 bwa salmon fastqc multiqc trimmomatic plink plink-ng weka"
    " ilastik fieldtrip psychopy emacs gsl stockfish x264 yolov7 shiny",
    "AGPL-3.0-or-later": "ultralytics yolov5 yolov8 pymupdf mupdf ghostscript rstudio",
}
_STRONG = {name: expression for expression, names in STRONG.items() for name in names.split()}
_MOST = 1000  # comments of one text that are read; no program has as many that say where it is from
_WORDS = frozenset(
    {b"git", b"shiny", b"linux", b"salmon", b"blender", b"plink", b"spm12"}
)  # of other meanings: by their repository
_LINE = regex(rb"[ \t]*+(?:#|//|/\*|\*|%|!|;|--|<!--|dnl\b|\"\"\"|'''|[CcD*](?=[ \t]))")
_WORD = regex(rb"(?i)\bA?GPL|\baffero\b|general\W{1,12}public\W{1,12}licen")
_LESSER = regex(rb"(?i)lesser\W{1,12}general|library\W{1,12}general|\bLGPL")
_CODE = regex(
    rb"(?i)\b(?:code|implementation|source|function|script|module|routine|class|file|algorithm in|github\.com|gitlab\.com)\b"
)
_REPO = regex(rb"(?i)git(?:hub|lab)\.com[/:][\w.-]{1,60}/([\w.-]{1,80})")
_NAMED = regex(rb"[A-Za-z][\w.-]{1,40}")
_TAKEN = regex(
    rb"(?i)\b(?:from|taken|copied|copy|adapted|borrowed|stolen|source|credits?|courtesy|via|based on|thanks to"
    rb"|inspired by|modified|lifted|answer by)\b"
)
_NEAR = regex(rb"[^\w\"']{0,12}(?:\w[\w'-]{0,20}\W{1,8}){0,4}(?:\W{0,8}(?:https?)?:?/{0,2}(?:\w{2,12}\.)?)")  # up to the link
_SEE = regex(rb"(?i)\b(?:see|cf|issue|bug|question|discussion|explained|explanation|more info|read|details?|why|reference|refer)\b")


class Adapted(Fact):
    """Code that a comment says was taken from elsewhere, with a licence that is strong copyleft."""

    at: Location
    expression: str
    kind: Class
    named: bool = False  # told by the project that is named, not by words of a licence


def adapted(text: Text) -> Iterator[Adapted]:
    """Yield the comments that say so, one a block of comments."""
    done, tries, quotes = -1, 0, _Quotes(text)
    for start, end in text.matches(ADAPTED):
        if start < done or not _is_code(text, start):
            continue
        if tries > _MOST:
            return
        block = _block(text, start, quotes)
        if not block:
            continue
        after, tries = block[1], tries + 1
        expression, named = _licence(text.data[start:after])
        if expression:
            from pytest_genomic_guard.views.licences.tree import kind  # noqa: PLC0415 - where there is something

            done = after
            yield Adapted(at=text.locate(start, end), expression=expression, kind=kind(expression), named=named)


def answers(text: Text) -> Iterator[Location]:
    """Yield the links to answers from which a comment says that code was taken."""
    quotes = _Quotes(text)
    for start, end in text.matches(ANSWER):
        block = _block(text, start, quotes) if _is_code(text, start) else None
        if block:
            said = text.data[max(block[0], start - 160) : start]
            said = said[said.rfind(b"\n\n") + 1 :]
            last = [found.end() for found in _TAKEN.finditer(said)]
            if last and _NEAR.fullmatch(said, last[-1]) and not _SEE.search(said, max(0, last[-1] - 24)):
                yield text.locate(start, end)


def _is_code(text: Text, at: int) -> bool:
    """Tell whether a place is in a program: prose, tables and lists say where things are from without holding any code."""
    from pytest_genomic_guard.views.licences.tree import is_prose  # noqa: PLC0415 - where something matched

    segment = text.segment(at)
    if "notebook" in segment.trail:
        return segment.context == "source"
    return not segment.trail and segment.context in {"file", "source"} and not is_prose(text.artifact.path)


def _block(text: Text, at: int, quotes: _Quotes) -> tuple[int, int] | None:
    """Return the lines of comment around a place, at most 400 bytes before and 600 after it; None where it is in no comment."""
    data, segment = text.data, text.segment(at)
    low, high = max(segment.start, at - 400), min(text.end(segment), at + 600)
    begin = data.rfind(b"\n", low, at) + 1 or low
    if _LINE.match(data, begin, high):
        signed = True
    elif quotes.around(at):
        signed = False
    else:
        sign = re.search(rb"(?:[ \t]|^)(?:#|//|/\*|%|!)[ \t]", data[begin:at])
        if not sign or data[begin : begin + sign.start()].count(b'"') % 2 or data[begin : begin + sign.start()].count(b"'") % 2:
            return None
        return begin + sign.start(), _line_end(data, at, high)
    first, last = begin, _line_end(data, at, high)
    while first > low:
        previous = data.rfind(b"\n", low, first - 1) + 1
        if not previous or not _within(data, previous, first, signed=signed):
            break
        first = previous
    while last < high and _within(data, last + 1, _line_end(data, last + 1, high), signed=signed):
        last = _line_end(data, last + 1, high)
    return first, last


def _within(data: bytes, start: int, end: int, *, signed: bool) -> bool:
    line = data[start:end]
    if signed:
        return _LINE.match(line) is not None
    return bool(line.strip()) and b'"""' not in line and b"'''" not in line


def _line_end(data: bytes, at: int, high: int) -> int:
    found = data.find(b"\n", at, high)
    return found if found >= 0 else high


class _Quotes:
    """Tells of ascending places whether they are within a docstring or a comment of C; what lies between is read once."""

    def __init__(self, text: Text) -> None:
        """Begin before the text."""
        self._text = text
        self._start, self._at, self._open = -1, 0, {b'"""': 0, b"'''": 0}

    def around(self, at: int) -> bool:
        """Tell whether a place is within quotes of three, or within a comment that was opened last."""
        data, start = self._text.data, self._text.segment(at).start
        if start != self._start or at < self._at:
            self._start, self._at, self._open = start, start, dict.fromkeys(self._open, 0)
        for mark in self._open:
            self._open[mark] += data.count(mark, self._at, at)
        self._at = at
        low = max(start, at - 4096)
        return any(count % 2 for count in self._open.values()) or data.rfind(b"/*", low, at) > data.rfind(b"*/", low, at)


def _licence(said: bytes) -> tuple[str, bool]:
    """Return what a comment says, or what the project is under that it names; whether it is by name."""
    from pytest_genomic_guard.views.licences import grants, region  # noqa: PLC0415 - where something matched

    if _WORD.search(said) and not (_LESSER.search(said) and not re.search(rb"(?i)(?<!l)gpl|(?<!lesser )general public", said)):
        words = region.words(said)
        found = grants.granted(words) or grants.granted("licensed under " + words[_first(words) :])
        if found and not found.startswith("LGPL"):
            return found, False
    near = said[:220]
    repository = _REPO.search(near)
    name = repository[1].lower().removesuffix(b".git") if repository else b""
    if name.decode() in _STRONG:
        return _STRONG[name.decode()], True
    if _CODE.search(near[:120]) and not repository:
        for each in _NAMED.findall(near[:90]):
            name = each.lower().rstrip(b".-")
            if name.decode() in _STRONG and name not in _WORDS:
                return _STRONG[name.decode()], True
    return "", False


def _first(words: str) -> int:
    found = re.search(r"(?:gnu )?(?:affero )?general public|(?:gnu )?\ba?gpl", words)
    return found.start() if found else 0
