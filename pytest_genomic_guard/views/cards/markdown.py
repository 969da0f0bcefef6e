"""What a card in Markdown says of each section, by its content: headings tell the subject, the text below has to say something."""

from __future__ import annotations

import zlib
from bisect import bisect_right

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.cards import blocks as structure
from pytest_genomic_guard.views.cards import found as findings
from pytest_genomic_guard.views.cards import inline, nobody, signs, states, subjects, templates
from pytest_genomic_guard.views.cards import sections as of
from pytest_genomic_guard.views.cards.nouns import SECTIONS, Fault, Metric, Section
from pytest_genomic_guard.views.cards.sections import (
    claims,
    hollow,
    limits,
    oversight,
    people,
    private,
    scope,
    scores,
    terms,
    training,
    uses,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_genomic_guard.views.cards.blocks import Block
    from pytest_genomic_guard.views.cards.nouns import Kind, Status, Why

_JUDGES: dict[str, Callable[[of.Piece], str]] = {
    "intended-use": uses.judged,
    "out-of-scope": scope.judged,
    "training-data": training.judged,
    "evaluation": scores.judged,
    "limitations": limits.judged,
    "licence": terms.judged,
    "subgroups": people.by_group,
    "demographics": people.composed,
    "privacy": private.spoken,
    "privacy-evaluation": private.tested,
    "oversight": oversight.judged,
}
_BITS = {name: 1 << at for at, name in enumerate(of.ORDER)}
_EVIDENCE = frozenset(["evaluation", "subgroups", "privacy-evaluation"])  # what has figures, of this model and measured
_SENTENCES, _FAULTS = 12, 40
_LABELS = 7  # words of a label
_WIDE, _EXAMPLES = 2, 2
_EXAMPLE = regex(r"(?i)(?:for )?examples?\b|e\.g\.|possible \w+:?$|you (?:might|may|can|could) ")
_WORD = regex(r"[a-z0-9]+")
_APART = str.maketrans(dict.fromkeys((chr(at) for at in range(128) if not chr(at).isalnum()), " "))
# labels of what only points elsewhere
_POINTER = regex(
    r"(?i)(?:project |model |code |original )?(?:home ?page|repositor(?:y|ies)|papers?|point of contact|contacts?|leaderboard"
    r"|urls?|links?|citation|download|demo|website|blog(?: post)?|developed by|authors?|owner|maintainer|funded by"
    r"|shared by)(?: \[optional\])?"
)
_CONTENTS = regex(r"\[[^\[\]]{1,200}\]\(#[^()\s]{0,200}\)")  # an entry of a table of contents
_BADGE = regex(r"(?i)(?:badge|shields\.io|!\[)[^)]{0,120}licen[cs]e|licen[cs]e[^)]{0,60}(?:badge|shields\.io)")


class Prose(Record):
    """What the text of a card says."""

    sections: tuple[Section, ...]
    faults: tuple[Fault, ...] = ()
    clinical: int = 0  # line on which it claims use for diagnosis or treatment; 0: none
    text: bool = False  # the model writes text
    invented: bool = False  # it speaks of invented statements
    hint: str = ""  # of a closed list: what sounds like a generative model
    metrics: tuple[Metric, ...] = ()
    nobody: bool = False  # it says plainly that nobody is in its data
    truncated: bool = False


def read(body: bytes, first_line: int, *, kind: Kind) -> Prose:
    """Return what the text of a card says; `first_line` is the line on which it begins in its file."""
    text, cut = structure.decoded(body)
    found, short = structure.blocks(text, first_line)
    reader = _Reading(data=kind == "dataset")
    reader.signs = states.signs(text)
    for block in found:
        reader.block(block)
    if reader.headings and "template" in reader.headings[0]:
        for each in reader.found.values():
            each.cap()
    told = signs.read(found)
    people, line = reader.found["demographics"], nobody.line(found)
    told["nobody"] = line > 0 and people.status != of.STATED
    if told["nobody"]:
        people.take(of.STATED, line, 0)
    sections = tuple(
        Section(name=name, status=each.status, why=each.why, line=each.line, sentences=tuple(each.sentences))
        for name, each in reader.found.items()
    )
    return Prose(sections=sections, faults=tuple(reader.faults), truncated=cut or short, **told)


def cardlike(body: bytes) -> bool:
    """Tell whether the headings of a text, or its first words, say that it is a card; most READMEs are none, and need no more."""
    return signs.cardlike(structure.blocks(structure.decoded(body)[0], 1)[0])


def field(section: str, text: str) -> tuple[Status, Why]:
    """Judge the text of a field that by its key means a section."""
    plain = templates.plain(text[:2000])
    if not plain:
        return "mentioned", "heading"
    reader = _Reading(data=False, fixed=frozenset({section}))
    for block in structure.blocks(text[: 1 << 16], 1)[0]:
        if block.kind != "heading" or states.words(block.text) > 3:
            reader.block(block if block.kind != "heading" else structure.Block(kind="prose", text=block.text, line=1))
    found = reader.found[section]
    return (found.status, found.why) if found.status != "absent" else ("mentioned", "word")


class _Reading:
    """A card while it is read: below which headings, and what was found."""

    def __init__(self, *, data: bool, fixed: frozenset[str] = frozenset()) -> None:
        self.data = data
        self.fixed = fixed
        self.stack: list[tuple[int, frozenset[str], str]] = []
        self.found = {name: findings.Found() for name in SECTIONS}
        self.faults: list[Fault] = []
        self.near = fixed
        self.above = self.giver = ""
        self.headings: list[str] = []
        self.signs: tuple[str, ...] = states.SIGNS
        self.done = 0  # bits of the sections of which only what stands below their headings is still looked at
        self.asking = 0  # 1: the last sentence asked the author for something; `_EXAMPLES`: and gives examples of answers

    def block(self, block: Block) -> None:
        """Take one block."""
        if block.kind == "heading":
            self.heading(block)
            return
        if ("icen" in block.text or "ICEN" in block.text) and _BADGE.search(block.text):
            self.found["licence"].take("badge", block.line, 0)
        text = block.text if block.kind == "code" else inline.cleaned(inline.run_in(block.text))
        if not text or (block.text[:1] == "[" and _CONTENTS.fullmatch(block.text)):
            self.below(self.near)
            return
        if block.open:
            for name in self.near:
                self.found[name].take("checklist", block.line, 0)
            return
        for at, sentence in inline.sentences(text) if block.kind in {"prose", "item"} else ((0, text),):
            line = block.line + bisect_right(block.breaks, at) if block.breaks else block.line
            self.sentence(block, sentence, line, first=at == 0)

    def heading(self, block: Block) -> None:
        """Go below a heading."""
        text = inline.cleaned(block.text)
        self.headings.append(text.lower())
        if not _EXAMPLE.match(text):
            self.asking = 0
        elif self.asking:
            self.asking = _EXAMPLES
            return
        while self.stack and self.stack[-1][0] >= block.level:
            self.stack.pop()
        own, self.giver = subjects.subjects(text), text.lower()
        if not own and self.stack and not subjects.other(text):
            _level, own, self.giver = self.stack[-1]
        elif self.fixed:
            own = self.fixed
        self.stack.append((block.level, own, self.giver))
        self.near, self.above = own, text.lower()
        for name in own:
            self.found[name].take("heading", block.line, 0)

    def sentence(self, block: Block, text: str, line: int, *, first: bool) -> None:
        """Judge one sentence for all sections of which it may be."""
        label = ""
        if block.kind == "row":
            label = block.first[:80] if block.head.count("|") < _WIDE else ""
        elif first and ":" in text[:70]:
            named = inline.LABEL.match(text)
            label = named[1].rstrip() if named else ""
            text = text[named.end() :] if named and not _keeps(label) else text
        own = subjects.subjects(label) if label and label.count(" ") < _LABELS else frozenset()
        near = own if own and (block.kind != "row" or block.head.count("|") == 1) else self.near
        if near is not self.near:
            self.below(self.near)
        low = text.lower()
        words = low.translate(_APART).split() if low.isascii() else _WORD.findall(low)
        why = self.empty(block, text, words, label)
        if why:
            self.asking = self.asking or int(why == "instruction")
            for name in near:
                self.found[name].take(why, line, 0)
            if why == "placeholder" and len(self.faults) < _FAULTS:
                self.faults.append(Fault(what="a place of a template is not filled in", line=line, code="CARD203"))
            return
        stems = {word[:5] for word in words}
        bits = self.about(stems, low, near)
        if bits:
            code = block.kind == "code" or inline.command(text)
            piece = of.Piece(text, low, near, row=block.kind == "row", code=code)
            piece.stems = stems if low.isascii() else None
            piece.label, piece.head, piece.above, piece.data = label, block.head, self.above, self.data
            piece.giver = self.giver if near is self.near else label.lower()
            self.judge(piece, bits, line, words)

    def below(self, near: frozenset[str]) -> None:
        """Take note that something stands below a heading, which is not one of nothing then."""
        for name in near:
            self.found[name].take("word", self.found[name].line, 0)

    def about(self, stems: set[str], low: str, near: frozenset[str]) -> int:
        """Return of which sections a sentence may be."""
        if self.fixed:
            return _BITS[next(iter(self.fixed))]
        bits = of.about(stems) & ~self.done
        for name in near:
            bits |= _BITS[name]
        if self.data and any(stem[0].isdigit() for stem in stems):
            bits |= _BITS["training-data"] & ~self.done
        return bits if low.isascii() else bits | (of.others(low) & ~self.done)

    def empty(self, block: Block, text: str, words: list[str], label: str) -> Why:
        """Return why a sentence says nothing, an empty text where it may."""
        if label and _POINTER.fullmatch(label):
            return "placeholder" if states.unfilled(text, self.signs) else "deferral"
        if block.kind == "row" and states.asked(block.head, text):
            return "instruction"
        if block.kind == "code" and "<" in text:
            text = inline.plain(text)
        if templates.known(" ".join(words)):
            return "boilerplate"
        if block.kind == "code" and not words:  # dots that stand for more of the same
            return ""
        return states.state(text, self.signs, words) or self.asked(block, text)

    def asked(self, block: Block, text: str) -> Why:
        """Tell whether a sentence is an example that a template gives with what it asks."""
        if self.asking == _EXAMPLES and block.kind == "item":
            return "instruction"
        if self.asking and _EXAMPLE.match(text):
            self.asking = _EXAMPLES
            return "instruction"
        self.asking = 0
        return ""

    def judge(self, piece: of.Piece, bits: int, line: int, words: list[str]) -> None:
        """Ask each section that a sentence may be of."""
        digest = 0
        for name, bit in _BITS.items():
            if not bits & bit:
                continue
            found = self.found[name]
            piece.under = name in piece.near
            if piece.under and len(found.sentences) >= _SENTENCES:
                continue
            verdict = _weighed(name, piece) or ("word" if piece.under else "")
            if verdict:
                digest = digest or zlib.crc32(" ".join(words).encode() if words else piece.low.encode())
                found.take(verdict, line, digest, own=piece.under)
                if verdict == of.STATED:
                    self.done |= bit


def _weighed(name: str, piece: of.Piece) -> str:
    """Judge a sentence for a section, and what is said to state it once more: it may be a wish, or say nothing."""
    verdict = _JUDGES[name](piece)
    if verdict == of.STATED:
        if name in _EVIDENCE and claims.unmeasured(piece):
            return "negation" if states.NEGATED.search(piece.low) else "word"
        empty = (
            name in hollow.JUDGED and not piece.row and (hollow.says_again(name, piece.low, piece.label) or hollow.shrugs(piece))
        )
        return "word" if empty else verdict
    if verdict in {"", "word"} and piece.under and name in hollow.JUDGED and hollow.believed(name, piece):
        return of.STATED
    return verdict


def _keeps(label: str) -> bool:
    """Tell whether a label belongs to what it says: the name of a metric does, that of a section does not."""
    return label.count(" ") >= _LABELS or not subjects.subjects(label) or scores.metric(label.lower())
