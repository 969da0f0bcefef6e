"""Performance by group with values, and the composition of the people in the data.

A table by class is no performance by group, and sex or age that a model puts out are no groups.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.cards import states
from pytest_genomic_guard.views.cards.sections import scores

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.cards.sections import Piece

_GROUP = (
    r"(?:\b(?:fe)?males?\b|\b(?:wo)?men\b|\bgenders?\b|\bsex(?:es)?\b|\braces?\b|\bracial|\bethnic\w*|\bancestr\w+"
    r"|\bafricans?\b|\basians?\b|\bhispanic|\bcaucasian|\beuropeans?\b|\blatin[oax]\b|\b(?:non-hispanic )?(?:black"
    r"|white)\b(?! (?:matter|blood|box|paper|noise|list|space|background|and white))"
    r"|\bage[- ](?:group|band|range|bin)s?|\bage\b|\baged\b|\byears? old|\bolder\b|\byounger\b|\belderly\b|\bchildren\b"
    r"|\badults\b|\b(?:idade|edad|alter|âge|sexo|sexe|geschlecht|g[ée]nero|gênero|frauen|männer|femmes|hommes|mulheres|homens)\b"
    r"|\bskin (?:type|tone)s?|\bfitzpatrick|\b(?:eur|afr|eas|sas|amr)\b|\bdemographic\w*|\baccents?\b)"
)
_VALUES = (
    r"(?:(?:\b(?:fe)?males?\b|\b(?:wo)?men\b|\bafricans?\b|\basians?\b|\bhispanic|\bcaucasian|\beuropeans?\b|\blatin[oax]\b"
    r"|\b(?:black|white)\b(?! (?:matter|blood|box))|\bboys?\b|\bgirls?\b|\bnon-binary\b|\bjapanese\b|\bchinese\b|\b(?:eur|afr"
    r"|eas|sas|amr)\b|\bothers?\b (?:race|ethnic)))"
)
_PERSON = (
    r"\b(?:patients?|participants?|subjects?|individuals?|adults?|donors?|people|persons?|children|volunteers?|speakers?"
    r"|raters?|annotators?|women|men|females?|males?|infants?|respondents?|passengers?)"
)
_STEMS = frozenset(
    [
        "male",
        "males",
        "femal",
        "men",
        "women",
        "afric",
        "asian",
        "hispa",
        "cauca",
        "europ",
        "latin",
        "black",
        "white",
        "boy",
        "boys",
        "girl",
        "girls",
        "non",
        "japan",
        "chine",
        "eur",
        "afr",
        "eas",
        "sas",
        "amr",
        "other",
        "mean",
        "media",
        "avera",
        "age",
        "aged",
        "ages",
        "years",
    ]
)
_PEOPLE = frozenset(
    [
        "patie",
        "parti",
        "subje",
        "indiv",
        "adult",
        "donor",
        "peopl",
        "perso",
        "child",
        "volun",
        "speak",
        "rater",
        "annot",
        "women",
        "men",
        "femal",
        "male",
        "males",
        "infan",
        "respo",
        "passe",
    ]
)
_DIGIT = regex(r"\d")
_ANY = regex(_GROUP)
_COMPOSED = regex(
    _VALUES
    + r"[^.;\d]{0,24}?(?:n\s?=\s?)?\d[\d,.]{0,12}\s?%?|\d[\d,.]{0,12}\s?%?\s?\(?(?:[\w-]{1,40} ){0,3}?"
    + _VALUES
    + r"|\b(?:mean|median|average) age\b[^.;\d]{0,24}\d|\baged?\b[^.;\d]{0,20}\d{1,3}\s?(?:-|\u2013|to|and|years|\+)|\bages? \d"
    r"|\bage ranges?:? (?:of |from |was |is )?\d|\bage[^.;\d]{0,16}\d{1,3}(?:\.\d)?\s?(?:±|\+/-|years)|\d{1,3}\s?(?:-|\u2013"
    r"|to) ?\d{1,3} years"
)
_MANY = regex(r"\d[\d,.]{0,12}\s?(?:k|million|thousand)?\+? (?:\w[\w.-]* ){0,3}" + _PERSON + r"\b")
_WHO = regex(_PERSON + r"\b")
_COUNTRY = regex(
    r"\b(?:u\.?s\.?|american|british|uk|european|chinese|japanese|danish|african|indian|german|french|diverse|healthy|white"
    r"|swedish|norwegian|finnish|dutch|korean|canadian|australian|spanish|italian|brazilian|taiwanese|israeli"
    r"|turkish|icelandic|estonian|swiss|austrian|polish|portuguese|mexican|nigerian|singaporean|birth cohorts?|born"
    r"|black|asian|hispanic|male|female|ethnic|pediatric|elderly)\b"
)
_OUTPUT = regex(
    r"\b(?:gender|sex|age|race|ethnicity)(?: group)?s? (?:prediction|classification|estimation|classifier|detection"
    r"|recognition|output|regression|inference|label)|(?:predict|classif|estimat|detect|output)\w*+[^.]{0,30}\b(?:gender|sex"
    r"|age|race|ethnicity)\b"
)
_TASKS = regex(
    r"\b(?:class|label|output|task|target|attribute|feature|phenotype|trait|category|organ|tissue|variable|parameter)s?\b"
)
_WHOSE = regex(
    r"\b(?:people|users|speakers|participants|patients|donors|individuals|annotators|population|internet|subjects|samples|cohort)\b"
)
# Who they are in words
_SKEWED = regex(
    r"\b(?:skew\w*|tends?|predominantly|mostly|majority|primarily|mainly|largely|over-?represent\w*)\b[^.;]{0,60}\b(?:younger"
    r"|older|male"
    r"|female|men|women|white|caucasian|european|african|asian|hispanic)\b"
)
# Who they are in words, below a heading or a label that says whose words these are
_KIND = (
    r"(?:(?:fe)?males?|(?:wo)?men|adults?|children|infants|newborns|adolescents|elderly|p(?:a)?ediatric|pregnant|healthy|boys|girls"
    r"|africans?|asians?|hispanics?|caucasians?|europeans?|latin[oax]|black|white|indigenous|native|american|british|chinese"
    r"|japanese|danish|indian|german|french|swedish|norwegian|finnish|dutch|korean|canadian|australian|spanish|italian"
    r"|brazilian|taiwanese|israeli|turkish|icelandic|estonian|swiss|austrian|polish|portuguese|mexican|nigerian|pima|ashkenazi"
    r"|self-selected|anglophone|students|undergraduates|veterans)"
)
_WORDED = regex(
    r"\b"
    + _KIND
    + r"\b[^.;]{0,60}?"
    + _PERSON
    + r"\b|"
    + _PERSON
    + r"\b[^.;]{0,60}?\b"
    + _KIND
    + r"\b(?! (?:matter|blood|box|paper))"
    r"|\bof (?:[\w-]+ ){1,3}(?:heritage|ancestry|descent|origin|ethnicity)\b"
)
_ALL_ARE = regex(
    r"\b(?:all|every|both|each|the|these)\b (?:[\w-]{1,30} ){0,3}(?:patients|participants|subjects|donors|individuals|instances"
    r"|volunteers|speakers|respondents|contributors|annotators|people)\b(?: (?:in|of|from|behind) (?:[\w-]{1,30} ){1,5}?)? ?"
    r"(?:is|are|was|were) (?:all |mostly |mainly |exclusively |only |predominantly |self-selected,? )?(?:[\w-]{1,30} ){0,1}\b"
    + _KIND
    + r"\b"
)
_THEY, _KINDS = (
    frozenset(each.split())
    for each in (
        "patie parti subje donor indiv insta volun speak respo contr annot peopl",
        (
            "femal male males women men adult child infan newbo adole elder pedia paedi pregn healt boys girls afric asian hispa "
            "cauca europ latin black white indig nativ ameri briti chine japan danis india germa frenc swedi norwe finni dutch "
            "korea canad austr spani itali brazi taiwa israe turki icela eston swiss polis portu mexic niger pima ashke self "
            "anglo stude under veter"
        ),
    )
)
_MEANT = regex(r"target|intended|eligib|indicat|inclusion|exclu|\buse")
_UNLIKE = regex(
    r"\b(?:exclud\w+|omitt\w+|if|whether|unless|any|may|might|can|could|should|must|predict\w*|classif\w*|generali[sz]e\w*)\b"
)
# Of a program and no person
_PROGRAM = regex(
    r"(?:^|\s)--[a-z]|[\"'][\w -]{1,40}[\"']\s?:\s?[\"'\d\[{]|\w ?=\s?[\"'\[{]|^(?:import|from|def|curl|python\d?|return"
    r"|for \w+ in)\s|\w\.\w+\("
    r"|^[a-z_][\w.]{0,60}\("
)
_RANGE = regex(r"\bage ranges?:? ")
_CONTEST = regex(r"\b(?:competition|hackathon|challenge|prize|winn\w+|contributors?|teams)\b")
# Where a model does not hold is no composition
_LIMIT = regex(
    r"\b(?:poorly|loses?|lost|worse|fails?|degrades?|(?:un|not |less )reliable|less accurate|(?:not|un)[ -]?(?:calibrated"
    r"|tested|validated)"
    r"|(?:above|below|under|over|beyond|outside) (?:the )?ages?|(?:not|never)\b.{0,40}\b(?:use|used|for))\b"
)
_PLAN = regex(r"\b(?:should|future|will be|planned|would|could|recommend|need(?:s|ed)? to|to be)\b")


def by_group(piece: Piece) -> str:
    """Judge a piece that may give values by group."""
    low = piece.low
    if piece.code:
        return ""
    grouped = _ANY.search(low) or (piece.row and _ANY.search(piece.head.lower()))
    head = piece.head.lower()
    if grouped and _OUTPUT.search(low):  # what a model puts out is no group: what else is there?
        grouped = _ANY.search(_OUTPUT.sub(" ", low))
    if grouped and not (piece.row and _TASKS.match(head)):
        value = scores.valued(low)
        number = value or (piece.under and "subgroups" in piece.near and scores.judged(piece) == "stated")
        if number and not _PLAN.search(low) and not (states.NEGATED.search(low) and not value) and not _PROGRAM.search(piece.text):
            return "stated"
    if not piece.under:
        return "word" if grouped and re.search(r"subgroup|fairness|disparit", low) else ""
    if states.NEGATED.search(low):
        return "negation"
    return "deferral" if states.defers(piece.text) else "word"


def composed(piece: Piece) -> str:
    """Judge a piece that may say who the people of the data are; a command line is as little evidence as one in a fence."""
    if piece.code:
        return ""
    if _counted(piece) or _worded(piece):
        if _PROGRAM.search(piece.text):
            return ""
        return "word" if _PLAN.search(piece.low) else "stated"
    if not piece.under:
        return ""
    return "negation" if states.NEGATED.search(piece.low) else "word"


def _counted(piece: Piece) -> bool:
    """Tell whether a sentence gives how many the people of the data are, or of which age."""
    low = piece.low
    own = piece.under and "demographics" in piece.near
    if (piece.under or _WHOSE.search(low)) and _SKEWED.search(low):
        return True
    if _DIGIT.search(low) is None:
        return False
    found = _COMPOSED.search(low) if piece.has(_STEMS) else None
    if found and not own and (_CONTEST.search(low) or _LIMIT.search(low)):
        found = None
    if (
        found
        and not scores.valued(low)
        and (piece.under or piece.row or _RANGE.search(low) or _WHO.search(low))
        and not _OUTPUT.search(low)
    ):
        return True
    many = piece.has(_PEOPLE) and not _CONTEST.search(low) and _MANY.search(low)
    return bool(many and (own or _COUNTRY.search(low)) and not scores.valued(low))


def _worded(piece: Piece) -> bool:
    """Tell whether a sentence says in words who the people of the data are."""
    low = piece.low
    if piece.under and "demographics" in piece.near:
        told = not _MEANT.search(piece.giver) and _WORDED.search(f"{piece.label.lower()}: {low}")
    else:
        told = not piece.row and piece.has(_THEY) and piece.has(_KINDS) and _ALL_ARE.search(low)
    if not told:
        return False
    return not any(form.search(low) for form in (states.NEGATED, _LIMIT, _UNLIKE)) and not scores.valued(low)
