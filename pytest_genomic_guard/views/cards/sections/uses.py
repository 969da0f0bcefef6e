"""Intended use: an explicit statement of purpose, users or setting; not a sentence on what the model does."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.cards import states
from pytest_genomic_guard.views.cards.sections import scope

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

    from pytest_genomic_guard.views.cards.sections import Piece

_STRONG = regex(
    r"\b(?:intended (?:primary |main )?(?:to (?:be used|help|support|assist|serve|be)|uses?\b|users?\b|purposes?\b|for\b|as\b"
    r"|audience|application|only)"
    r"|(?:is|are|was|were|been|model|tool|dataset|data)\s(?:\w+ ){0,2}(?:intended|meant|designed|developed|built|created|made"
    r"|released|provided|published|optimi[sz]ed|aimed)(?: \w+){0,2} (?:for|to|at|as|by)\b[^.;]{0,60}?\b(?:research|education"
    r"|academic|clinic|scientif|teaching|demonstrat|researcher|clinician|physician|developer|student|practitioner"
    r"|bioinformatic|biologist|use\b|users?\b|assist|help|support|aid\b|non-?commercial|experiment|evaluat|benchmark|explor"
    r"|nanodegree|coursework|capstone|class project|screening|triag|moderat|portfolio|training purposes|learning purposes"
    r"|serve|facilitat|enabl|provid|academi)"
    r"|(?:is|are) an? (?:[\w-]{1,40},? ){1,5}(?:intended|meant|designed|aimed) (?:\w+ly )?"
    r"(?:for\b(?! (?:[\w-]{1,40} ){0,4}(?:data|datasets?|images?|texts?|sequences?|reads|inputs?|tasks?)\b)|to (?:be used"
    r"|help|support|assist|aid"
    r"|enable|facilitate|serve|allow)\b)"
    r"|(?:is|are) (?:intended|meant|targeted|aimed)(?: \w+)? (?:for|to|at)\b|(?:is|are) (?:\w+ly )?designed (?:\w+ly )?(?:for|to)\b"
    r"|for (?:[\w/-]+ ){1,4}only(?= and\b|[.,;)]|$)|for (?:\w+[ ,/-]+(?:and |or )?){0,4}(?:research|educational?|academic"
    r"|demonstration|demo|learning|teaching|testing|experimental|illustrati\w+|showcase|scientific|portfolio)(?:[ ,/-]+(?:and "
    r"|or )?\w+){0,3}(?:[ ,]+(?:purposes?|only|use))"
    r"|research[- ](?:use|purposes?)[- ]only|for research use\b|(?:should|can|may|could|must)(?: only| also"
    r"| be)* be used (?:primarily |only |directly |solely |mainly )?(?:by|for research|for educational|for academic"
    r"|in research)\b"
    r"|should (?:only )?be used (?:to|for|as|in|by)\b|(?:primary|main|target|intended|typical|potential) (?:use|user|use case"
    r"|audience|purpose|application)s?\b(?: \w+){0,2} (?:is|are|include)"
    r"|(?:demonstration|proof[- ]of[- ]concept|reference|research|demo|educational|exploratory) (?:network|model"
    r"|implementation|prototype|tool|artifact|project|preview|baseline)\b.{0,40}?\b(?:to|for|only|meant|purpose|that)\b"
    r"|(?:can|could|may) be (?:useful|valuable|helpful|of interest|used) (?:to|for|by)\b[^.;]{0,40}\b(?:researchers"
    r"|practitioners|clinicians|developers|educators|students|scientists)"
    r"|decision[- ]support (?:aid|tool|system)?\b|(?:goal|purpose|aim) of (?:this|the) (?:model|dataset|tool|project"
    r"|system) is to\b"
    r"|(?:is|are) an? (?:\w+ and )?(?:research|educational?|academic|teaching|learning|portfolio|demonstration|hobby|student"
    r"|experimental|engineering)(?: and \w+| \w+)? (?:demonstration|prototype|project|tool|model|demo|artifact|resource)\b"
    r"|(?:dataset|model|tool|corpus|benchmark) aims to (?:help|support|assist|aid|enable|facilitate)\b"
    r"|^(?:made|meant|built|written|for) (?:for )?(?:\w+ ){1,3}(?:who|that want|wanting|looking)\b"
    r"|serves? as (?:an? )?(?:\w+ ){0,3}(?:tool|baseline|aid|benchmark|resource|reference|starting point)s?\b"
    r"|(?:dataset|model|tool|corpus) is an? (?:[\w-]{1,40} ){0,3}(?:reference|resource|benchmark|baseline|prototype|demo"
    r"|demonstration|exercise|experiment)(?=, not an? )"
    r"|\b(?:est|sont) (?:conçu|destiné|prévu)e?s? (?:pour|à|au|aux)\b"
    r")|仅供|仅用于|旨在|面向|研究用途"
)
_NOT = regex(
    r"\bnot (?:\w+ )?(?:intended|meant|designed|be used|for|suitable|validated|to be used)|\b(?:must|should|shall) not\b"
    r"|\bprohibited|\bnever\b|\bout[- ]of[- ]scope|\bunsuitable|\bnot\b"
)
# Where a part of a sentence begins that denies something by itself
_TURNS = regex(
    r"[;\u2014\u2013(]|\s-\s|,?\s(?:but|and|though|although|yet|however|while|whereas)\s(?=(?:it|this|these|they|its|the|we|is|are"
    r"|should|must|do|does|not|never|nor|no)\b)|,\s(?=(?:it|this|these|they|its|the|not|never|nor|no|do|must|should|rather"
    r"|neither)\b)"
)
_LATE = 25  # characters: what is denied later is not what the sentence is about
_BUT = regex(r"\b(?:only|but|rather|instead|intended (?:for|to|only))\b")
_LICENCE = regex(
    r"licen[cs]e|copyright|permission|\bmay not use this file\b|\bterms of\b|warrant|sponsor|acknowledg|\bcit(?:e|ation)\b"
)
_OTHER = regex(
    r"\b(?:loss|optimi[sz]er|learning rate|tokenizer|architecture|layers?|gpus?|script|command|function|parameter|flag"
    r"|argument|token|config\w*)\b|\bwas used to train\b"
)
_AIM = regex(r"\b(?:aims?|for|helps?|supports?|assists?|should|so that|enables?|allows?)\b")
_CARDS = regex(r"\b(?:these|this|the) (?:model |data(?:set)? )?cards?\b")
_DOES = regex(
    r"^(?:this|the|our) (?:model|tool|project|repository|classifier|network) (?:predicts?|classif|generates?|performs?|takes?"
    r"|outputs?|is a|was|has|have|converts?|estimates?)"
)


_LIMITS = regex(r"\b(?:not|cannot|limit\w*|bias\w*|fail\w*|poor\w*|errors?)\b")
_HOWTO = regex(
    r"\bhere(?:'s| is) (?:how|an example)|\bwith a pipeline\b|\bin (?:pytorch|tensorflow|keras)\b|\bthe following (?:code"
    r"|snippet|command)|\byou will need to\b|:$|^you can use (?:this|the) (?:raw )?model directly"
)
_HOWTOS = ("here", "with a pipeline", "in pytorch", "in tensorflow", "in keras", "following ", "you will", "you can use")
_OPENS = regex(r"^for (?:[\w-]+ ){1,3}(?:who|that)\b.*:$")  # of a list of commands
_FEW, _BEFORE = 3, 24


def judged(piece: Piece) -> str:
    """Judge a piece that may speak of the use."""
    low = piece.low
    if piece.code or _CARDS.search(low):
        return ""
    strong = _STRONG.search(low)
    if not piece.under and (strong is None or _OTHER.search(low) or _LICENCE.search(low) or _OPENS.match(low)):
        return ""
    if low[:1] in scope.CROSSES:
        return ""
    if _denied(piece, strong):
        return "stated" if _first(piece) else ""
    if states.points(piece.text):
        strong = None
    if strong:
        return "stated"
    return _below(piece) if piece.under else ""


def _denied(piece: Piece, strong: re.Match[str] | None) -> bool:
    """Tell whether a sentence says what is not the use."""
    low = piece.low
    denied = _NOT.search(low)
    if denied is None:
        return False
    if strong is None:
        return not piece.under or scope.strong(low) or denied.start() <= _LATE
    if denied.start() > strong.end():
        return False
    return not _BUT.search(low) or _NOT.search(low[max(0, strong.start() - _BEFORE) : strong.end()]) is not None


def _first(piece: Piece) -> bool:
    """Tell whether a sentence states the use before it denies another: "for breeders; it is not meant for patients"."""
    low = piece.low
    denied = _NOT.search(low)
    if denied is None or (piece.under and "out-of-scope" in piece.near):
        return False
    turn = next((each for each in reversed([*_TURNS.finditer(low, 0, denied.end())]) if each.start() <= denied.start()), None)
    head = low[: turn.start()].strip() if turn else ""
    if states.fewer(head, _FEW) or states.asks(head) or _OTHER.search(head) or _LICENCE.search(head):
        return False
    if _STRONG.search(head):
        return True
    return piece.under and _AIM.search(head) is not None and not _LIMITS.search(head) and not _DOES.match(head)


def _below(piece: Piece) -> str:
    """Judge what stands below a heading of the use."""
    low = piece.low
    howto = low.endswith(":") or (any(word in low for word in _HOWTOS) and _HOWTO.search(low))
    if states.defers(piece.text) and not howto:
        return "deferral"
    if howto or (states.fewer(piece.text, _FEW) and not piece.label):
        return "word"
    if "limitations" in piece.near and _LIMITS.search(low):
        return "word"
    return "word" if _DOES.search(low) and not _AIM.search(low) else "stated"
