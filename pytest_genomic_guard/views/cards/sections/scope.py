"""Out of scope: named uses that are not intended or not allowed; not general caution."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.cards import states

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.cards.sections import Piece

_STRONG = regex(
    r"\b(?:(?:not|never|n't|nor) (?:yet |currently |been |be |to be |\w+ly )?(?:intended|designed|meant|suitable|suited"
    r"|approved|cleared|validated|recommended|appropriate|permitted|allowed|authori[sz]ed|to be used|licensed|qualified"
    r"|certified|fit|acceptable|advised)(?: or \w+| and \w+)? (?:for|to|as|in|by|use)\b"
    r"|do(?<!we do)(?<!they do)(?: not|n't) (?:use|rely|deploy|apply|treat|attempt)\b|(?:should|must|may|can|shall|is to"
    r"|are to)(?: not|n't|not| never| neither) (?:be )?(?:\w+ly )?(?:use[d]?|relied|rely|deploy(?:ed)?|appl(?:y|ied)"
    r"|employ(?:ed)?|re-?distribut\w+|treat(?:ed)?|attempt)\b"
    r"|cannot (?:\w+ly )?(?:be )?(?:used?|relied|deployed|employed)\b|out[- ]of[- ]scope\b|outside (?:of )?(?:the "
    r"|its )?(?:intended )?scope"
    r"|prohibited\b|forbidden\b|unsuitable for\b|disallowed\b|not an? (?:\w+ ){0,2}(?:substitute|replacement)"
    r"|(?:not|never) (?:to )?(?:replace|substitute)\b|not (?:for|intended as|intended for) (?:\w+ ){0,2}(?:clinical|diagnos"
    r"|commercial|medical|production|treatment|patient|legal|surveill|military|standalone|real[- ]world|high[- ]stakes|direct"
    r"|use\b|variant|human)"
    r"|no (?:clinical|commercial|diagnostic|medical) (?:use|diagnos)|avoid (?:using|use|applying|application|deploy\w+"
    r"|relying)\b|(?:any|all) other (?:use|purpose)s? (?:is"
    r"|are) (?:\w+ )?(?:not|prohibit|out)"
    r"|non[- ]intended uses?\b|do(?:es)? not (?:constitute|provide) (?:\w+ ){0,3}(?:advice|diagnos|device|services?|recommend)"
    r"|(?:agree|allowed|permitted|attempt) not to\b|not (?:agree|attempt) to\b|no (?:debe|puede) (?:\w+ )?(?:usarse|utilizarse)"
    r"|nicht (?:\w+ ){0,3}(?:verwendet|bestimmt|vorgesehen|geeignet)|verwendung\b.{0,80}\bvermieden werden"
    r"|(?:no|não|nao) (?:se )?(?:est[áa] )?(?:recomend|apt[oa]|destinad|dise[ñn]ad|previst|adecuad|indicad|projetad|adequad)\w* "
    r"(?:para|como|a)\b|(?:no|não) (?:debe|puede|deve|pode) (?:se )?(?:ser )?(?:usad|utilizad)"
    r"|(?:pas|non) (?:destiné|conçu|adapté|recommandé|prévu)\w* (?:pour|à|au)\b|ne (?:doit|peut|convient) pas"
    r"|không được (?:sử dụng|dùng)|not an? medical device,(?= \w)"
    r"|^not for |\b(?:advise|recommend|caution|warn|urge)[sd]? (?:\w+ )?against (?:the )?(?:\w+ ){0,2}?(?:us(?:e|ing|age)|employ\w+"
    r"|appl(?:y\w*|ication)|deploy\w+|rel(?:y|ying|iance)|adopt\w+)\b|(?:us(?:e|ing|age)|deploy(?:ing|ment)"
    r"|application) (?:of )?(?:it|this"
    r"|the (?:\w+ )?(?:model|tool|data ?set|data|system|outputs?|scores?|predictions?|weights))\b.{0,60}\b(?:is"
    r"|are) (?:\w+ly )?discouraged\b"
    r"|(?:clinical|commercial|diagnostic|production|military|medical|surveillance) use (?:is|are) (?:\w+ly )?discouraged\b"
    r"|\bdiscourages? (?:the )?(?:us(?:e|ing|age)|deploy\w+|appl\w+)\b"
    r"|not an? (?:\w+ ){0,2}(?:therapist|doctor|clinician|physician|lawyer|diagnostic(?: \w+)?)\b"
    r"|(?:não|nao) (?:deve|pode) ser (?:usado|utilizado))|不提供|不得用于|禁止|不应(?:用|被)|不用于|不能(?:用于|替代)|不适用"
)
# What the data are not is no use: a limitation
_EXTENT = regex(
    r"\bnot (?:intended|meant|designed|expected) to (?:generali[sz]e|represent|be (?:\w+ ){0,2}(?:representative|exhaustive"
    r"|complete|comprehensive|perfect|exact))\b"
)
_TOLD = regex(
    r"^(?:the|this|our) (?:[\w-]+ ){0,2}(?:model|data ?set|tool|network|classifier) (?:has been|was|is|were) (?:[\w-]+ )?"
    r"(?:pre-?trained|trained|built|created|evaluated|fine-?tuned|developed)\b"
)
_ONLY = regex(r"\b(?:only|exclusively|solely|so|therefore|hence|which means)\b")
_FILE = regex(
    r"may not use this file|in compliance with the license|as is\b|without warrant|endorse|name of the copyright|trademark"
    r"|you may obtain|may only be used"
)
_CODE = regex(
    r"\b(?:argument|flag|parameter|option|folder|directory|layers?|gpu|cuda|conda|pip|package|install\w*|script|file|docker"
    r"|variable|dependenc\w+|checkpoint|version|token\w*|function|format|feature|predictor|column|dropout)s?\b"
)
_VAGUE = regex(
    r"^[^.]{0,80}\bnot (?:\w+ )?(?:cleared|approved|certified) as an? medical device|^(?:it is |this is )?not a medical device(?!,)"
)
_CUE = regex(
    r"\bnot\b|n't\b|\bno\b|\bnever\b|without|\bnon-|\bun|\bavoid|\bbeyond|\boutside|\bexcept|\bany\b|\billegal|\bharm"
    r"|\bdiagnos|\bclinical|\bmedical|\bcommercial|\bautomated|\bsurveil|\buse|\bdecision|\bdeploy|\bidentif|\blaw|\bhate"
    r"|\bviolen|\bmis|\bother|\breal[- ]|\bhigh|\bnão|\bnicht|\bkein|\bpas\b|\bne\b"
)
_DENIES = regex(r"\bnot\b.{0,24}\b(?:for|to|in|use)\b|\bdo not use|inappropriate|unsuitable|prohibited")  # a heading that says it
_CLEAR = regex(
    r"out[- ]of[- ]scope|outside (?:the )?scope|prohibited|misuse|unsupported|disallowed|not (?:intended|recommended|suitable)"
)
_CAUTION = regex(
    r"^(?:please )?use (?:it |this model |the model )?(?:with|at) (?:caution|care|your own)|\busers? should\b|\bresponsib"
    r"|\bensure\b|\bfuture\b"
)
_DENIED = regex(
    r"\b(?:not|n't|no|never|without|avoid|prohibit\w*|forbidden|illegal|harm\w*|unsuitable)\b|\bnão\b|\bnicht\b|\bpas\b"
)
CROSSES = ("❌", "🚫", "✗", "✘", "⛔")
_FEW, _NAMED = 2, 4  # words beside those that forbid; of a sentence that names what is not to be


def strong(low: str) -> bool:
    """Tell whether a sentence says what is not intended."""
    return bool(_STRONG.search(low))


def judged(piece: Piece) -> str:
    """Judge a piece that may say what is not intended."""
    low = piece.low
    if piece.code or _FILE.search(low):
        return ""
    found = _STRONG.search(low)
    if found and "not " in low and _EXTENT.search(low):
        found = _STRONG.search(_EXTENT.sub(" ", low))
    if (found or piece.under) and states.points(piece.text):
        return "deferral" if piece.under else ""
    if piece.under:
        return "stated" if found else _below(piece)
    if _VAGUE.search(low):
        return "word"
    if found is None or _CODE.search(low):
        return ""
    more = states.words(low[found.end() :]) + states.words(low[: found.start()]) >= _FEW
    return "stated" if more or states.words(low) >= _NAMED else ""


def _below(piece: Piece) -> str:
    """Judge what stands below a heading of such uses, and does not say so by itself."""
    low = piece.low
    made = _TOLD.match(low) and not _DENIED.search(low) and not _ONLY.search(low)  # how it was made, and no use
    if made or states.defers(piece.text):
        return "word" if made else "deferral"
    denied = _DENIES.search(piece.above) or (piece.label and "scope" in piece.label.lower())
    if denied and "limitations" not in piece.near and not states.fewer(low, 1):
        return "stated"
    if "intended-use" in piece.near and "limitations" not in piece.near:  # it says both what is meant and what is not
        return "stated" if low[:1] in CROSSES or _DENIED.search(low) else "word"
    if low[-1:] in ":?" or _CAUTION.search(low):
        return "word"
    if _CLEAR.search(piece.giver) and "limitations" not in piece.near and not states.fewer(low, _FEW):
        return "stated"
    said = not states.fewer(low, _FEW) and (_CUE.search(low) or states.foreign(low))
    return "stated" if said and "limitations" not in piece.near else "word"
