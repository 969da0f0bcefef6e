"""Licence: its name in prose. A badge, a link called "License", or a note that none is chosen yet are not enough."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.cards.sections import Piece

_NAME = regex(
    r"\b(?:mit\b|apache(?:[- ]?(?:license|licence|v?(?:ersion )?2))|apache\b|bsd\b|[al]?gpl\b|[al]?gpl-?v?[23]|gnu (?:affero "
    r"|lesser )?general public|mpl[- ]?2|mozilla public|cc[- ]?(?:by|0)\b|cc0|creative commons|openrail|open rail"
    r"|\w*rail-?m?\b licen|polyform|unlicense|eupl|isc licen|odc-?by|odbl|pddl|open data commons"
    r"|public domain|llama[\w .]{0,8} (?:community )?licen|gemma (?:terms|licen)|community licen[cs]e|commercial licen[cs]e"
    r"|proprietary|non-?commercial (?:\w+ )?licen|\w+ v?\d(?:\.\d)? licen[cs]e|\w+ research licen|artistic licen|wtfpl|zlib"
    r"|bsl-1|boost software|cecill|ogl|open government licen|health ai developer foundations|all rights reserved|academic free"
    r"|npl\b|ncls|nvidia (?:\w+ )?licen|nscl|evaluation licen|research[- ]only licen)"
)
_TERM = regex(
    r"licen[cs]|released under|distributed under|available under|terms|copyright|许可|ライセンス|public domain|all rights reserved"
)
_NONE = regex(
    r"\b(?:no|not|yet|tbd|to be|unknown|undecided|pending|none)\b(?! (?:use|limited|be used|commercial))[^.]{0,40}(?:licen"
    r"|chosen|specified|decided|determined|selected)|licen[cs]e:? (?:unknown|none|tbd|not|to be|pending|n/a)"
)
_DATA = regex(r"\b(?:data\s?sets?|data|images?|comments|wikipedia|corpus|figures?|photos?|test set|labels)\b")
# Said not to hold for what the card is of
_SPARED = regex(
    r"\bnot\b[^.;]{0,60}?\b(?:assum\w+|inherit\w*|cover\w*|appl(?:y|ies)|extend\w*|fall\w*|govern\w*|(?:licen[cs]ed|released"
    r"|available"
    r"|distributed) under)\b|\b(?:does|do|doesn't|don't)(?: not)? (?:automatically )?inherit\b"
)
_APART = regex(r"[;]|, (?:but|while|whereas|and)\b|\bbut\b")
_OF_OTHERS = regex(r"dependenc|third[- ]part|requirements|packages|librar|acknowledg|credits")
_CODE = regex(r"\b(?:model|code|software|weights?|project|repository|work|bundle|package|card|license:)\b")


def judged(piece: Piece) -> str:
    """Judge a piece that may name a licence."""
    low = piece.low
    if piece.code:
        return ""
    term = _TERM.search(low)
    if not (piece.under or term):
        return ""
    name = _NAME.search(low)
    if name is None or _NONE.search(low):
        return ("negation" if _NONE.search(low) else "word") if piece.under or "licen" in low else ""
    if "not " in low and _SPARED.search(low) and not _kept(low):
        return "negation" if piece.under else "word"
    others = piece.above and _OF_OTHERS.search(piece.above)
    if others or (not piece.under and not piece.data and _DATA.search(low[max(0, name.start() - 90) :]) and not _CODE.search(low)):
        return "word"
    return "stated"


def _kept(low: str) -> bool:
    """Tell whether a sentence that spares something a licence names in another part of it one that holds."""
    return any(_NAME.search(each) and not _SPARED.search(each) for each in _APART.split(low, maxsplit=5))
