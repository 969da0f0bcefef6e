"""Sentences below a heading that only say its words again: "intended for use by users" names no user and no use.

And the other way round: what stands below a clear heading in a language of which the lexicons have no words is believed.
"""

from __future__ import annotations

# ruff: noqa: RUF001 - letters that other languages have are meant
from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.cards import states

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.cards.sections import Piece

JUDGED = frozenset(["intended-use", "out-of-scope", "training-data", "limitations"])


def _words(text: str) -> frozenset[str]:
    return frozenset(each for each in text.split(" ") if each)


_ANY = _words(
    "a an the this that these those it its itself they them their we our us i my you your he she one ones who whom "
    "whose which what and or but nor so if as than then also too only just even still yet both either each every "
    "all any some most more much many few several various different other others another same such certain general "
    "generally specific particular is are was were be been being am do does did done has have had having can could "
    "may might will would shall should must cannot not no never none nothing without to of in on at by for from "
    "with within into about over under out up off through there here when where while how why because always often "
    "sometimes usually possibly potentially perhaps maybe however please note like etc e g model models tool tools "
    "system systems ai ml machine dataset datasets data thing things way ways kind kinds type types case cases make "
    "makes made making want wants wanted need needs needed likes wish wishes know known suitable appropriate "
    "appropriately proper properly good well aware careful carefully care caution cautious anything something "
    "everything someone anyone everyone anybody everybody people person persons user users use uses used using "
    "usage useful very really quite fully completely entirely necessarily example examples including include "
    "includes given "
)
_OWN = {
    "intended-use": _words(
        "intended intend intends intent intention purpose purposes aim aims aimed goal goals meant designed design "
        "built created developed application applications primary main mainly primarily direct task tasks work works "
        "help helps provide provides provided target audience scope "
    ),
    "out-of-scope": _words(
        "intended intend intention unintended purpose purposes misuse misused misuses abuse scope outside beyond "
        "application applications designed meant described stated listed mentioned above below recommended allowed "
        "permitted prohibited forbidden supported unsuitable inappropriate improper wrong wrongly way incorrect "
        "incorrectly avoid avoided rely relied task tasks "
    ),
    "training-data": _words(
        "training train trained collected collect collection gathered obtained taken come comes came coming sourced "
        "source sources origin origins consists consist contains contain large amount amounts number lot lots set sets "
        "quality high learn learned learning built was used diverse multiple wide variety "
    ),
    "limitations": _words(
        "limitation limitations limit limits limited accurate accuracy inaccurate correct incorrect incorrectly error "
        "errors mistake mistakes wrong perfect imperfect perfectly issue issues problem problems fail fails failure "
        "failures risk risks result results output outputs prediction predictions predict predicts answer answers "
        "produce produces perform performs performance work works reliable unreliable guaranteed guarantee expected "
        "weakness weaknesses shortcoming shortcomings caveat caveats subject prone contain contains right check checked "
        "verify verified "
    ),
}
_WORD = regex(r"[a-z0-9]+")
# How other scripts say that there is nothing, not yet, or elsewhere
_BAD = regex(
    r"暂无|暂缺|待[补定填更]|未知|不详|未公开|未披露|未说明|未提供|详见|请参|参见|参阅|见论文|(?:没有|无)(?:已知|任何)?(?:的)?(?:限制|局限|$)"
    r"|即将"
    r"|なし[。.]?$|不明|未定|未公表|参照|準備中|없음|미정|알 수 없|추후|참조|참고하"
    r"|неизвестн|не указан|не раскры|не публик|смотрите|см\.|будет (?:добав|описан|заполн)|нет (?:данных|информации|ограничений)"
    r"|نامشخص|ندارد|مراجعه|بعداً|تکمیل خواهد|در آینده|به زودی|غير معروف|لا يوجد|لا توجد|راجع|انظر|सूचना|अज्ञात|https?:"
)
# A number, a name in Latin letters, or a word of training and collecting
_SOURCE = regex(
    r"\d|[A-Z]{2}|\b[A-Z][a-z]+[A-Z]|(?<=[^\W\d_][ ,])[A-Z][a-z]{2}|训练|采集|收集|来自|来源|数据集|学習|収集"
    r"|학습|수집|обуч|собра|из базы"
    r"|آموزش|جمع|تدريب"
)
_OPENS = (":", " for", " by", " as", " to", " in", " of")
_ASKS = (":", "\uff1a", "?", "\uff1f")
_LETTERS, _WORDS = 8, 4  # a script without spaces, and one with them
_SHRUG = 60  # characters
_NARROW = "\u2e80"  # from here on scripts write no spaces between words


def says_again(name: str, low: str, label: str = "") -> bool:
    """Tell whether a sentence has no word that is not of its section, or of any sentence; what opens a list has its items."""
    if not low.isascii() or low.endswith(_OPENS):
        return False
    own, words = _OWN[name], _WORD.findall(f"{low} {label.lower()}")
    return bool(words) and all(word in _ANY or word in own for word in words)


def shrugs(piece: Piece) -> bool:
    """Tell whether a short sentence of another script says that there is nothing, or not here."""
    return not piece.low.isascii() and len(piece.low) < _SHRUG and _BAD.search(piece.low) is not None


def believed(name: str, piece: Piece) -> bool:
    """Tell whether a sentence of a language that is not read stands below a clear heading, and is longer than a shrug."""
    low = piece.low
    if piece.code or piece.row or low.endswith(_ASKS) or len(piece.near) > 1 or not states.foreign(low) or _BAD.search(low):
        return False
    if piece.giver not in {piece.above, piece.label.lower()} or (name == "training-data" and not _SOURCE.search(piece.text)):
        return False
    if sum(each >= _NARROW for each in low) >= _LETTERS:
        return True
    return not low.isascii() and not states.fewer(low, _WORDS)
