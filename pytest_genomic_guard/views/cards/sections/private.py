"""Privacy: a statement on sensitivity or de-identification; and an attack or a test for replicas that has a result."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.cards import states
from pytest_genomic_guard.views.cards.sections import claims

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.cards.sections import Piece

_STRONG = regex(
    r"\b(?:de-?identif|anonymi[sz]|pseudonymi[sz]|personally[- ]identif|personal(?:ly)? (?:and sensitive )?(?:data|information"
    r"|identif\w+|health|details)"
    r"|(?:phi|pii)\b|gdpr\b|hipaa\b|re-?identif|differential(?:ly)? priva|protected health|informed consent"
    r"|irb[ -](?:approv|exempt)|approved by (?:the |an )?(?:\w+ ){0,4}(?:irb|review board|ethics)"
    r"|identifying (?:information|specific|individuals)|(?:sensitive|confidential) (?:personal |health |patient "
    r"|medical |user )?(?:data|information|attributes|content|details|records)"
    r"|(?:not|cannot|never|no|without|avoid|prevent\w*)\b[^.]{0,40}\bidentif\w+ (?:of )?(?:the |any )?(?:speakers?"
    r"|individuals?|participants|patients|people|users|persons?)\b"
    r"|no real (?:persons?|people|individuals?|patients?|biometric)\b"
    r"|personenbezogene|donnée?s? (?:à caractère )?personnelle|datos (?:\w+ )?personales|dados (?:\w+ )?(?:pessoais|anonimizad)"
    r"|anonimi[sz]ad|thông tin cá nhân|dữ liệu cá nhân"
    r"|\b(?<!gene )(?<!file )(?<!column )(?<!class )(?<!field )(?<!variable )(?<!model )(?:names?|addresses|dates of birth"
    r"|birth ?dates|identifiers)\b[^.;]{0,40}\b(?:not|never|removed|stripped|replaced"
    r"|masked|hashed)\b"
    r"|(?:have |had )?consented to\b|(?:no|zero|nothing|never)\b (?:\w+ ){0,3}(?:leaves?|leaving|(?:is |are )?(?:ever )?(?:sent"
    r"|uploaded"
    r"|transmitted)(?: to| off| from| out of)?) (?:the |your |this |an? |any )?(?:\w+ )?(?:devices?|phones?|machine|computer"
    r"|browser"
    r"|hospital|premises|servers?|laptop|third part\w+)"
    r"|anonymous|human subjects?\b|no (?:real |actual |identifiable )?(?:patient|personal|user|health"
    r"|clinical)(?:-level)? (?:data|records|information)\b"
    r")"
)
_WORD = regex(r"\bprivacy\b|\bconfidential|\bconsent\b")
_SAYS = regex(
    r"\b(?:is|are|was|were|has|have|had|must|may|should|no|not|does|do|did|remain\w*|contain\w*|includ\w*|protect\w*"
    r"|preserv\w*|stays?|kept|leaves?|gave|given|holds?|held|comply|complies|compliant|stor\w+|collect\w*|ensur\w*|remov\w*"
    r"|respect\w*|apply|can|cannot|only|without"
    r"|guide)\b"
)
_TEST = regex(
    r"\blira\b|\bshadow models?\b|\bmembership[- ]inference|\bmia\b|\breplicas?\b|\bmemori[sz]ation|\b(?:extraction|inversion"
    r"|privacy|linkage"
    r"|re-?identification|reconstruction|attribute inference|inference) attacks?|\bnearest[- ]neighbou?r distance|\bcanary"
    r"|\bcanaries|\bre-?identification risk|\bdata copying|\bcopies of (?:the )?(?:original )?training"
)
_UNDER = regex(r"\battacks?\b|\b(?:copies|copy|replicas?|nearest|closer|closest|distance)\b")
_RESULT = regex(
    r"(?<![\w.])(?:\d+\.\d+|\d+\s?%|\d+ (?:of|out of) (?:the )?\d|\d{1,6}/\d)|\b(?:no|zero|none)\b (?:\w+ ){0,4}(?:replicas?"
    r"|copies|matches|memori[sz]ed)\b.{0,30}\b(?:were|was|found|detected)"
)


_COMPLY = regex(  # what others are asked to do
    r"^(?:please |always |users? (?:must|should|shall) |you (?:must|should) )?(?:to )?(?:comply with|follow|adhere to|abide by"
    r"|respect)\b"
)
_UNDONE = regex(r"\b(?:planned|will|should|future|not (?:been )?(?:performed|evaluated|tested|conducted))\b")
_BOUND = regex(r"\b(?:target|threshold)\b")
_PLANNED = regex(r"\bplan(?:s|ned|ning)?\b|\bwill\b|\bshould\b|\bfuture\b|\bto be (?:done|run|performed)\b|\bpending\b|\bintend\b")


def spoken(piece: Piece) -> str:
    """Judge a piece that may speak of privacy."""
    low = piece.low
    if piece.code:
        return ""
    count = states.words(low)
    if _COMPLY.match(low):
        return "word"
    if _STRONG.search(low) and count >= 4 and not piece.text.endswith("?"):
        return "stated"
    if _WORD.search(low):
        return "stated" if (count >= 8 and _SAYS.search(low)) or (_below(piece) and count >= 4) else "word"
    if not piece.under:
        return ""
    return "stated" if _below(piece) and count >= 5 else "word"


def _below(piece: Piece) -> bool:
    """Tell whether what stands below a heading of privacy says something."""
    return piece.under and "privacy" in piece.near and _SAYS.search(piece.low) is not None and not states.defers(piece.text)


def tested(piece: Piece) -> str:
    """Judge a piece that may give the result of an attack."""
    low = piece.low
    if piece.code:
        return ""
    found = _TEST.search(low) or (_UNDER.search(low) if piece.under and "privacy-evaluation" in piece.near else None)
    if found and _RESULT.search(low) and not _UNDONE.search(low) and not (_BOUND.search(low) and not claims.measured(low)):
        return "stated"
    if not found and not piece.under:
        return ""
    if found and found[0] in {"memorisation", "memorization"} and not piece.under:
        return ""
    return "negation" if states.NEGATED.search(low) or _PLANNED.search(low) else "word"
