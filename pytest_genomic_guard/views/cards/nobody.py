"""Whether a card says plainly that its data hold no people: what is asked about people then has that for an answer.

Strict on purpose, for less is asked of such a card. A sentence on what is released, on what others should put in, or on the data of
a test says nothing of it, and neither does a card that speaks elsewhere of patients or donors as being in its data.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.cards import inline

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.cards.blocks import Block

_PEOPLE = r"(?:people|persons?|humans?|human[- ](?:subjects?|beings?)|individuals|patients|participants|donors)"
_DATA = r"(?:data|data ?sets?|records?|samples|corpus|corpora|images|sequences|training (?:data|set))"
# What the people of the data would be told apart by: "no patients with diabetes" leaves others
_SOME = r"(?! (?:with|without|from|under|over|of|younger|older|who|whose|below|above|aged|between|other)\b)"
_NOBODY = regex(
    r"\bno human[- ]subjects?(?:'s?)?(?: data| records?| information| samples?)?(?: (?:is|are|was|were|has been"
    r"|have been)(?: ever)?"
    r" (?:used|involved|in|part of|contained|studied|present|included in (?:the|this|these|our|its) (?:\w+ )?data)\b"
    r"|\s?(?:[.;:,!)\u2013\u2014-]|$| and no\b"
    r"| or\b))"
    r"|\b(?:nobody|no one|no " + _PEOPLE + r") (?:is|are|was|were|stands?) (?:in|part of|represented in|included in|contained in"
    r"|described (?:in|by)|behind|the subject of) (?:any of )?(?:the|this|these|its|our) (?:\w+ ){0,2}?"
    + _DATA
    + r"\b"
    + _SOME
    + r"|\b"
    + _DATA
    + r" (?:\w+ly )?(?:contains?|holds?|includes?|describes?|covers?|involves?|concerns?|represents?|hold|has|have)"
    r" no (?:real |actual |living )?"
    + _PEOPLE
    + r"\b"
    + _SOME
    + r"|\b"
    + _DATA
    + r" (?:does|do|did)(?: not|n't) (?:contain|include|involve|describe|hold|concern|represent|relate to|come from"
    r"|derive from) (?:any )?(?:real |actual |living )?(?:"
    + _PEOPLE
    + r"|human data|data (?:of|from|on|about) "
    + _PEOPLE
    + r")\b"
    + _SOME
    + r"|\bthere (?:is|are) (?:nobody|no one|no "
    + _PEOPLE
    + r") in (?:the|this|these|its|our) (?:\w+ ){0,2}?"
    + _DATA
    + r"\b"
    + _SOME
    + r"|^(?:not applicable|n/a|none)\b[^\w]{1,6}(?:as |since |because |there (?:is|are) )?(?:the data (?:hold|contain|have) )?"
    r"(?:nobody|no " + _PEOPLE + r")(?: (?:is|are|in|was|were)\b.{0,40})?\W{0,3}$"
)
_DENIALS = ("no ", "not ", "n't ", "nobody")
_SUBJECTS = ("nobody", "no one", "human", "people", "person", "individual", "patient", "participant", "donor")
_ANSWERS = ("not applicable", "n/a", "none")
# A sentence that denies it, asks for it, or is of something else than what the data hold
_BUT = regex(
    r"\b(?:cannot|can't|should|must|shall|ensure|make sure|verify|check|if|whether|unless|except|apart from|other than|besides"
    r"|only|beyond"
    r"|but|although|though|released?|shar(?:e|ed|ing)|(?:re)?distribut\w+|upload\w*|publish\w*|stored?|sent|commit\w*|repositor\w+"
    r"|transmit\w*|github|bundled?|ship(?:s|ped)?|(?:test|validation|held[- ]out|evaluation|control) (?:data|set|split|records"
    r"|images|samples)|guarantee|claim\w*|believe|think"
    r"|aware|knowledge|directly|identif\w+|names? of|new|additional|further|yet|currently|will|plan\w*|assum\w+|collected)\b"
)
# People as being in the data
_HERE = regex(
    r"\b\d[\d,.]{0,40}\s?(?:k|thousand|million)? (?:[\w-]{1,30} ){0,3}?"
    r"(?P<first>patients|participants|donors|individuals|subjects|volunteers|people|persons|adults|children|women|men"
    r"|respondents|speakers"
    r"|infants|families|carriers)\b"
    r"|\b(?:data|recordings?|samples?|images?|scans?|records?|sequences?|genomes?|exomes?|biops\w+|cells?|tissues?|text|notes"
    r"|speech|trained on"
    r"|collected|obtained|derived|drawn|recruited|sampled|donated)\b (?:\w+ ){0,2}?(?:from|of|by) (?:[\w-]{1,30} ){0,4}?"
    r"(?P<second>patients|participants|donors|individuals|volunteers|people|adults|children|women|men|respondents|speakers"
    r"|humans)\b"
    r"|\b(?:patients|participants|donors|subjects|volunteers|individuals|respondents) (?:were|was|are|who|aged|gave|consented"
    r"|in the"
    r" (?:training|data|cohort|study))\b"
)
_OF_PEOPLE = (
    "patient",
    "particip",
    "donor",
    "individual",
    "subject",
    "volunteer",
    "people",
    "person",
    "adults",
    "children",
    "women",
    " men",
    "respond",
    "speaker",
    "infant",
    "famil",
    "carrier",
    "human",
)
_INVENTED = regex(r"\b(?:synthetic\w*|simulated|virtual|artificial\w*|generated|fictitious|fictional|invented|in silico|made-up)\b")
_NONE = regex(r"\b(?:no|not|never|without|none|nobody|nor)\b|n't\b")
_AROUND = 60  # characters before people, in which it says that they are none


def line(blocks: list[Block]) -> int:
    """Return the line on which a card says that nobody is in its data, 0 where it does not, or speaks of somebody who is."""
    told = [block for block in blocks if block.kind not in {"code", "heading"}]
    found = next((block.line for block in told if _says(block.text)), 0)
    return 0 if found and any(_somebody(block.text.lower()) for block in told) else found


def _says(text: str) -> bool:
    low = text.lower()
    if not any(each in low for each in _DENIALS) or not any(each in low for each in _SUBJECTS):
        return False
    return any(_said(each.lower()) for _at, each in inline.sentences(inline.cleaned(text)))


def _said(low: str) -> bool:
    label = None if low.startswith(_ANSWERS) else inline.LABEL.match(low)
    low = low[label.end() :] if label else low
    return _NOBODY.search(low) is not None and _BUT.search(low) is None


def _somebody(low: str) -> bool:
    """Tell whether a piece of the text speaks of people as being in the data."""
    if not any(each in low for each in _OF_PEOPLE):
        return False
    for found in _HERE.finditer(low):
        around = low[max(0, found.start() - _AROUND) : found.end()].rpartition(". ")[2]
        if not _INVENTED.search(around) and not _NONE.search(around):
            return True
    return False
