"""Human oversight: who reviews what the model puts out before it counts."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.cards import states

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.cards.sections import Piece

_STRONG = regex(
    r"\b(?:(?:humans?|clinicians?|physicians?|(?:domain |medical |subject[- ]matter )?experts?|radiologists?|pathologists?"
    r"|doctors?|(?:healthcare |medical |health |qualified )?professionals?|geneticists?|specialists?|people|moderators?"
    r"|reviewers?|curators?)(?:'s)?[- ](?:\w{3,20} (?=oversight|review|supervision))?(?:oversight|review\b|supervision"
    r"|in[- ]the[- ]loop|judg\w+|verification|validation"
    r"|confirmation|assisted|approval|moderation|workflows?|interpretation)"
    r"|(?:review|verif|confirm|validat|check|interpret|overs|supervis|approv|overrid)\w* by (?:an? |the |trained "
    r"|qualified )?(?:\w+[- ]){0,2}(?:humans?|clinicians?|physicians?|(?:domain |medical |subject[- ]matter )?experts?"
    r"|radiologists?|pathologists?|doctors?|(?:healthcare |medical |health |qualified )?professionals?|geneticists?"
    r"|specialists?|people|moderators?|reviewers?|curators?)\b"
    r"|(?:be )?(?:reviewed|edited|verified|approved|checked)(?: and \w+| or \w+)? before (?:be|it|they|any|sav|submi|us)\w*"
    r"|under (?:the )?(?:\w+ ){0,2}supervision|in conjunction with (?:\w+ ){0,3}(?:judg|expert|clinical)"
    r"|(?:humans?|clinicians?|physicians?|(?:domain |medical |subject[- ]matter )?experts?|radiologists?|pathologists?"
    r"|doctors?|(?:healthcare |medical |health |qualified )?professionals?|geneticists?|specialists?|people|moderators?"
    r"|reviewers?|curators?) (?:should|must|need to|has to|have to|are required to|remains?|to (?:catch|review|verify|check))\b"
    r"|human[- ](?:in|on)[- ]the[- ]loop|human oversight|clinical (?:judg\w+|review|oversight)|final (?:decision"
    r"|diagnosis)\b[^.]{0,30}\b(?:made|remain|rest|lie)\w*"
    r")"
)
# Who acts, and how: "a geneticist reviews every score and can overrule it"
_LOOKS = (
    r"[^.;]{0,40}?\b(?:reviews?|re-?views?|checks?|verif(?:y|ies)|confirms?|approves?|signs? off|over(?:rules?|rides?|sees?)"
    r"|inspects?"
    r"|validates?|supervises?|decides?)\b"
)
_ACTS = regex(
    r"\b(?:teams?|engineers?|researchers?|investigators?|managers?|caseworkers?|humans?|clinicians?|physicians?|experts?"
    r"|doctors?|professionals?|moderators?|reviewers?|curators?|operators?|analysts?"
    r"|officers?|committees?|boards?|counsell?ors?|nurses?|staff|people|person|someone|users?)\b"
    + _LOOKS
    + r"|\b(?:outputs?|results?|predictions?|scores?|calls|reports?|responses?|answers?|generations?|findings?|alerts?|cases"
    r"|flags)\b"
    r"[^.;]{0,40}?\b(?:should|must|needs? to|have to|has to|are|is|shall) (?:always |first |then |all |also )?(?:be )?(?:\w+ly )?"
    r"(?:(?:double-?)?checked|reviewed|verified|signed off|approved|confirmed),? (?:and|or|before|by|prior|for|in|especially"
    r"|manually|with)\b"
    r"|\bresponsib\w+ (?:for|to) (?:\w+ly )?(?:review|verif|check)\w*(?: and \w+)? (?:the |any |all "
    r"|every )?(?:\w+ )?(?:outputs?|results?"
    r"|predictions?|scores?|responses?)\b"
)
# First letters of words of which a sentence has some: what it has to do, and who does it or to what
_VERBS, _ACTORS = (
    frozenset(each.split())
    for each in (
        (
            "revie check doubl verif confi appro overs overr valid super inspe sign signs signe decid decis human loop "
            "judgm judge judgi moder workf inter assis edite final conju must shoul need needs has have remai requi catch allow "
            "enabl permi letti lets"
        ),
        (
            "human clini physi exper radio patho docto profe genet speci moder revie curat opera analy offic commi board scien "
            "couns nurse staff peopl perso someo user users outpu resul predi score calls repor respo answe gener findi "
            "alert cases flags"
        ),
    )
)
_DUTIES = regex(
    r"\b(?:every|each|all|always|must|should|need\w*|required?|before|prior to|responsib\w+)\b[^.]{0,60}\b(?:review|check"
    r"|verif|confirm"
    r"|approv|sign|inspect|overrul|overrid)|\b(?:reviews?|checks?|verif\w+|confirms?|approves?|signs? off|inspects?) (?:every"
    r"|each|all|any)\b"
)
_ENABLED = ("allow", "let ", "lets ", "letting ", "enabl", "permit", "gives ", "give ", "giving ", "offer", "ask", "requir")
_NOBODY = regex(r"\b(?:no|nobody|not|never|none|without|isn't|aren't|wasn't)\b|\bn't\b")
_ISTS = regex(r"ists?\b" + _LOOKS)  # epidemiologists, geneticists, radiologists ...
# "allow users to review and edit outputs", "let clinicians overrule"
_ENABLES = regex(
    r"\b(?:allow|let|enabl|permit|giv|offer|ask|requir)\w* (?:the |all |an? |its |end[- ])?(?:\w+ )?(?:users?|humans?|operators?"
    r"|people|clinicians?|physicians?|experts?|reviewers?|moderators?|curators?|analysts?|staff|person|radiologists?|pathologists?"
    r"|professionals?|editors?|researchers?)(?: reviewers?)? (?:(?:to|a chance to|the option to|the ability to) )?(?:\w+ly )?"
    r"(?:review|edit|check|correct|overrid|overrul|reject|approv|confirm|veto|verif|inspect|amend|cross-?referenc|cross-?check)\w*"
)
# "review the generated report by a radiologist"; "always check the code before use"
_BY = regex(
    r"\b(?:review|verif|check|validat|confirm)\w*(?: (?:the|all|any|every|each|generated|final|its|model|their|\w+)){1,5} by "
    r"(?:an? |the )?(?:\w+ ){0,2}(?:humans?|clinicians?|physicians?|experts?|radiologists?|pathologists?|doctors?|professionals?"
    r"|geneticists?|specialists?|reviewers?|curators?)\b"
    r"|\balways (?:\w+ly )?(?:review|check|verify|validate|inspect)\b[^.]{0,30}\b(?:generated|outputs?|predict\w+|suggest\w+)\b"
    r"[^.]{0,40}\bbefore\b"
)
_BARE = (
    r"(?:\bwithout\b[^.]{0,30}\b(?:review|oversight|supervision|judg\w+|verification|confirmation|approval|consult\w+|advice)\b"
    r"[^.]{0,20}\b(?:by|of|from|with) (?:an? |the |their )?(?:\w+ ){0,2}(?:human|clinician|physician|doctor|professional|expert"
    r"|specialist|geneticist|radiologist|pathologist)s?\b|"
    r"\bwithout\b[^.]{0,70}\b(?:human|clinician|physician|expert|medical|clinical|professional|manual|specialist)(?:'s)? "
    r"(?:review|oversight|supervision|judg\w+|verification|confirmation|approval|intervention))"
)
_DUTY = regex(
    r"^(?:please )?(?:always )?(?:review|verify|check|validate|confirm)\b[^.]{0,40}"
    r"\b(?:outputs?|predictions?|results?|responses?|scores?|calls)\b[^.]{0,40}\bbefore\b"
    r"|(?:revisi[óo]n|supervisi[óo]n|validaci[óo]n|revis[ãa]o|supervis[ãa]o) humana\b.{0,40}\b(?:obligatori|obrigat|antes"
    r"|necesari|necess[áa]ri)"
    r"|\b(?:no|não|nunca)\b.{0,80}\b(?:sin|sem) (?:revisi[óo]n|supervisi[óo]n|revis[ãa]o|supervis[ãa]o) humana"
    r"|menschliche[rn]? (?:überprüfung|aufsicht|kontrolle|prüfung)|(?:supervision|contrôle|validation) humaine?\b"
)
_WITHOUT = regex(_BARE)
_NEVER = regex(r"\b(?:not|never|no)\b[^.]{0,60}" + _BARE)
# Below its heading: what somebody does with what comes out, or with the model
_DONE = regex(
    r"\b(?:re-?)?(?:review\w*|check\w*|verif\w+|confirm\w*|approv\w+|sign\w* off|overrul\w+|overrid\w+|overs\w+|inspect\w*"
    r"|supervis\w+"
    r"|decid\w+|decision\w*|withdraw\w*|monitor\w*|escalat\w*|intervene\w*|audit\w*|reject\w*|correct\w*|read\w*|look\w*"
    r"|final say|last word"
    r"|in the loop|second|judg\w+|responsib\w+|accountab\w+|stop\w*|veto\w*|discard\w*|sees?)\b"
)
_BUT = regex(r"\bwithout\b|\buntil\b|\bunless\b|\bon its own\b|\balone\b|\bautomatic")
_PRAISE = regex(r"\b(?:is|are|remains?) (?:very |always )?(?:important|crucial|key|valuable|valued|encouraged|welcome)\b")
_FEW, _LONG = 5, 16  # words
_MEANT = regex(
    r"\b(?:committee|board|panel|quarterly|monthly|weekly|obrigat\w+|obligatori\w+|mandatory|require\w*|must|should|need\w*"
    r"|always|ensur\w*|recommend\w*|essential|deploy\w*|intended|only|remain\w*|keep"
    r"|designed|support\w*|assist\w*|is|are|with)\b"
)
_NOT = regex(
    r"\bwithout\b[^.]{0,30}(?:human|supervis|clinic|review|oversight)|\bfuture\b|\bwould require\b|\bplanned\b|^before (?:any"
    r"|real)\b|\bcould\b|\b(?:not (?:a )?(?:replace\w*|substitut\w*)|replac\w+|substitut\w+)\b[^.]{0,40}(?:judg|profession"
    r"|clinician|physician|expert|advice)|\breinforcement|\bfeedback\b|\bannotat|\bevaluat(?:ed|ion)\b|\blabel"
    r"|\busage polic|\bterms of\b|\bwill be (?:defined|added|decided|described|documented|set)\b|\bhuman performance"
    r"|\braters?\b|\bbenchmark"
)


def judged(piece: Piece) -> str:
    """Judge a piece that may speak of oversight."""
    if piece.code or not (piece.under or piece.has(_VERBS)):
        return ""
    said = _said(piece)
    if said and _praised(piece):
        return ("deferral" if states.points(piece.text) else "word") if piece.under else ""
    return said


def _said(piece: Piece) -> str:
    """Judge a sentence by its words."""
    low = piece.low
    if _told(piece):
        return "stated"
    strong = _STRONG.search(low)
    if strong:
        return "stated" if not _NOT.search(low) and (piece.under or _MEANT.search(low)) else "word"
    if (piece.under or piece.has(_ACTORS) or "ist " in low or "ists " in low) and _acts(piece):
        return "stated"
    return _below(piece) if piece.under else ""


def _praised(piece: Piece) -> bool:
    """Tell whether a sentence only points elsewhere, or says that oversight matters."""
    low = piece.low
    return states.points(piece.text) or (_PRAISE.search(low) is not None and states.fewer(low, _LONG // 2))


def _told(piece: Piece) -> bool:
    """Tell whether a sentence demands a person, or forbids to go without one."""
    low = piece.low
    if "without" in low and (_WITHOUT if "out-of-scope" in piece.near else _NEVER).search(low):
        return True
    if any(each in low for each in _ENABLED) and _ENABLES.search(low) and not _NOBODY.search(low):
        return True
    if ("always " in low or " by " in low) and _BY.search(low) and not _NOT.search(low) and not _NOBODY.search(low):
        return True
    return ("human" in low or "menschlich" in low or "before" in low) and _DUTY.search(low) is not None


def _below(piece: Piece) -> str:
    """Judge what stands below a heading of oversight."""
    low = piece.low
    if _NOBODY.search(low) and not _BUT.search(low):
        return "negation"
    said = not states.fewer(low, _FEW) and (_DONE.search(low) or states.foreign(low))
    return "stated" if said and not _NOT.search(low) else "word"


def _acts(piece: Piece) -> bool:
    """Tell whether a sentence says that somebody looks at what comes out: below its heading, or as a duty."""
    low = piece.low
    return bool(
        (_ACTS.search(low) or _ISTS.search(low))
        and not _NOT.search(low)
        and not _NOBODY.search(low)
        and (piece.under or _DUTIES.search(low))
    )
