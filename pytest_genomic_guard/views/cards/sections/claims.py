"""Figures that nobody measured, or that others measured: a target, a plan, a requirement, the figures of a baseline alone.

Both look like evidence to whoever only seeks a metric with its value.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.cards.sections import Piece

_FIGURES = (
    r"(?:accurac\w+|auc\w*|auroc|auprc?|f1|performance|thresholds?|scores?|values?|sensitivity|specificity|recall|precision|dice"
    r"|metrics?|results?|figures?)"
)
# Each form with what a sentence has to hold for it to be tried
_WISHES = tuple(
    (words, regex(form))
    for words, form in (
        (
            (
                "expect",
                "aim",
                "plan",
                "hope",
                "intend",
                "anticipat",
                "target",
                "want",
                "require",
                "strive",
                "project",
                "foresee",
                "think",
                "believe",
                "guess",
                "assume",
                "hoping",
                "estimated",
                "goal",
            ),
            (
                r"(?<!what )(?<!as )(?<!than )\b(?:we|i|authors|team|consortium) (?:\w+ly |still "
                r"|only |are )?(?:think|believe|guess|assume"
                r"|(?:aim|hop|plann|target)ing|expect|aim|plan|hope|intend|anticipate|target|want"
                r"|require|strive|project|foresee)(?:ed)?\b"
                r"|\b(?:is|are|was|were) (?:\w+ly )?(?:expected|projected|anticipated|hoped"
                r"|required|planned|targeted|aimed|estimated)"
                r"(?: (?:to|that|at|for)\b|\s?(?:[.;,)]|$))|\((?:expected|planned|target|goal|hoped[- ]for|projected)\)"
                r"|^(?:expected|planned|required|targeted|aimed|hoped[- ]for)\b(?! calibration)"
            ),
        ),
        (
            ("target", "goal", "aim", "objective", "requirement", "expectation", "ambition", "plan", "specification", "criteri"),
            (
                r"\b(?:target|goal|aim|objective|requirement|expectation|ambition|plan|specification|criteri(?:on|a))s?\b"
                r"(?: (?:for|of|here|on|in|set) (?:[\w-]{1,30} ){0,5}[\w-]{1,30}| here| then| now)?"
                r" ?(?:is|are|was|were|remains?|:|=)"
            ),
        ),
        (
            ("target", "planned", "expected", "required", "desired", "anticipated", "projected", "minimum", "acceptance", "goal"),
            (
                r"\b(?:target|planned|expected|required|desired|anticipated|projected|minimum|acceptance|goal)s?:? "
                r"(?:[\w-]{1,30} ){0,2}" + _FIGURES + r"\b"
            ),
        ),
        (
            ("will ", "would ", "shall ", "should ", "must ", "need", " to ", "could ", "may ", "might "),
            (
                r"\bneeds? (?:an? )?" + _FIGURES + r"\b|\b(?:will|would|shall|should|must|(?<!we )could|may|might|needs? to"
                r"|ha(?:s|ve) to|ought to|hop(?:e|es|ed|ing) to|wants? to)"
                r" (?:not |likely |probably |eventually |then |at least |finally )?"
                r"(?:reach|achieve|attain|exceed|obtain|score|yield|hit"
                r"|surpass|stay|remain|lie|get|be (?:at|above|below|over|under|within)"
                r"|have (?:an? )?" + _FIGURES + ")"
            ),
        ),
        (
            ("our ", "the ", "goes well", "ziel", "espera", "objetiv", "objectif"),
            (
                r"\bis (?:our|the|a|their) (?:[\w-]{1,30} )?(?:target|goal|aim|ambition|objective|requirement|minimum)\b"
                r"|\bif all goes well\b"
                r"|\bziel(?:e|wert)?\b (?:ist|sind|war)|\bse espera\b|\b(?:el|o) objetivo (?:es|é)\b|\bl'objectif est\b"
            ),
        ),
        (
            ("required", "needed", "necessary", "acceptable", "demanded"),
            (
                r"\b(?:at least|at most|minimum|maximum|above|below|or more|or less)\b[^;]{0,40}\b(?:required|needed|necessary"
                r"|acceptable|demanded)\b|\b(?:required|needed|demanded)\b[^;]{0,30}\bat (?:least|most)\b"
            ),
        ),
    )
)
# A part of a sentence that gives a value, and says that it holds
_VALUE = regex(r"\b(?:has|have|had|is|was|were|are|reaches|achieves|shows|gives|obtains)\b.{0,80}?(?:\.\d|\d\s?%)")
_PARTS = regex(r"[,;] |\bbut\b|\bwhile\b")
_TODAY = regex(r"\b(?:today|now|currently|at present|so far)\b")
_MOST = 12
# What nobody ran yet has no result
_UNRUN = regex(
    r"\bno (?:such )?(?:tests?|evaluations?|experiments?|measurements?|figures?|results?|attacks?|runs?)"
    r" (?:was|were|is|are|has|have) (?:yet )?(?:been )?(?:run|done|made|performed|conducted|measured|available|there)?"
    r"(?: yet| so far| to date)?\s*(?=[.;,!)]|$)"
    r"|[(,:] ?not (?:yet )?(?:been )?(?:run|measured|tested|evaluated)(?: yet| so far)?\s?(?:\)|[.]?$)"
    r"|\b(?:ours?|this (?:[\w-]{1,30} )?(?:model|one|version|release|work|tool)"
    r"|it) (?:itself )?(?:was|were|is|has|have)(?: not|n't)"
    r"(?: yet)?(?: been)? (?:evaluated|tested|measured|run|assessed|benchmarked)(?: yet| here| so far)?\s*(?=[.;,!)]|$)"
    r"|\bonce\b[^.;]{0,30}\b(?:data|cohorts?|results?|samples?|tests?|labels?)\b[^.;]{0,20}\b(?:arrives?|available|complete\w*"
    r"|collected"
    r"|done|finished|ready|here)\b"
    r"|\b(?:not|n't|never|(?:yet |still )?to be)(?: yet)?(?: been)? (?:run|measured|tested|evaluated) (?:yet|so far|to date)\b"
)
_SIGNS = ("no ", "not ", "n't ", "never ", "once", " be ")
_MEASURED = regex(
    r"(?<!be )(?<!to )(?<!yet )(?<!been )(?<!not )(?<!if )\b(?:reached|achieved|attained|obtained|measured"
    r"|observed|scored|fell short|came out)\b"
    r"|\b(?:met|missed|exceeded|surpassed|failed)\b(?<!be met)(?<!be exceeded)"
    r"|\b(?:above|below|exceeds?|meets?|beats?|clears?|within|under|over) (?:the|our|its|this|that) (?:[\w.%-]{1,30} ){0,3}"
    r"(?:targets?|thresholds?|goals?|requirements?|bounds?|limits?)\b"
)
_PLANS = regex(
    r"\b(?:planned|expected|targeted|target) (?:evaluations?|performance|results?|metrics?|figures|accuracy|scores?)\b"
    r"|\b(?:evaluation|performance|quality|accuracy|metric) (?:targets?|goals?|requirements?)\b|\bacceptance criteri"
)
_THEIRS = regex(
    r"^\W{0,4}(?:(?:in|on|for|by) [^,;]{1,60}, )?(?:the |an? |all |some |other )?(?:[\w-]{1,30} ){0,2}?"
    r"(?:baselines?|(?:previous|prior|earlier|older|existing|competing|other|another|published|state-of-the-art|sota)"
    r" (?:[\w-]{1,30} ){0,2}?(?:models?|methods?|works?|approach(?:es)?|systems?|tools?|stud(?:y|ies)|classifiers?|predictors?"
    r"|results?|attacks?))\b"
    r"|^(?:the |previous )?literature\b|^(?:the )?state of the art (?:is|has|reaches)\b"
    r"|^(?:typical|similar|comparable) (?:[\w-]{1,30} )?models\b|\((?:the )?(?:baselines?|previous|prior)\b"
    r"|^(?:according to|in|by|from) (?:[\w-]{1,30} ){1,3}et al\b"
    r"|\bet al\b\.?,?(?: ?[(\[]?\d{1,4}[a-z]?[)\]]?,?)?(?:'s)? (?:also |first )?(?:report|reach|achiev|obtain|show|found|find"
    r"|had|has|have"
    r"|got|get|describ|measur|g[ai]ve|see|saw|note|observ|publish|model|attack)"
)
_CELL = regex(r"^(?:the )?(?:baselines?|previous (?:model|work|method|best)|prior (?:model|work|method|best))\b")
_OURS = regex(
    r"\bthe model\b(?! (?:of|by|from|in)\b)|"
    r"\b(?:ours?|we|us|my|mine|it|its)\b|\b(?:this|the (?:present|proposed|new|current|final|fine-?tuned"
    r"|released)) (?:[\w-]{1,30} )?"
    r"(?:model|version|work|release|tool|network|classifier|predictor|system|method|approach|checkpoint)\b"
    r"|\b(?:outperform\w*|better than|compared (?:to|with)|improv\w+|beats?|surpass\w*|exceeds?|versus|vs)\b"
)
_DENIED = regex(
    r"\b(?:ours?|we|this (?:[\w-]{1,30} )?(?:model|one|version|release|work|tool|network)|it)\b[^.;,]{0,30}?"
    r"(?:\b(?:not|never|no|nothing|un(?:tested|evaluated|measured|known))\b|n't\b)"
)
_OF_THEIRS = (
    "baseline",
    "previous",
    "prior",
    "earlier",
    "older",
    "existing",
    "competing",
    "other",
    "published",
    "et al",
    "sota",
    "state-of",
    "literature",
    "state of the art",
    "typical",
    "similar",
    "comparable",
)


def unmeasured(piece: Piece) -> bool:
    """Tell whether the figures of a sentence are hoped for, asked for or others', so that it is no evidence for this model."""
    low = piece.low
    if _PLANS.search(piece.above) or wished(low):
        return True
    if piece.row:
        return bool(_CELL.search(low.lstrip("| ")) or (piece.label and _CELL.search(piece.label.lower())))
    return theirs(low)


def wished(low: str) -> bool:
    """Tell whether a sentence tells what somebody hopes for, plans or asks for, and not what came out."""
    if any(each in low for each in _SIGNS) and _UNRUN.search(low):
        return True
    return _hoped(low) and not measured(low) and not any(_VALUE.search(each) and not _hoped(each) for each in _before(low))


def _hoped(low: str) -> bool:
    return any(form.search(low) for words, form in _WISHES if any(word in low for word in words))


def _before(low: str) -> Iterator[str]:
    """Yield what stands in a sentence by itself: what it begins with, and what it says of today."""
    parts = _PARTS.split(low, maxsplit=_MOST)
    if len(parts) > 1:
        yield parts[0]
        yield from (each for each in parts[1:] if _TODAY.search(each))


def measured(low: str) -> bool:
    """Tell whether a sentence says beside a target what came out."""
    return _MEASURED.search(low) is not None


def theirs(low: str) -> bool:
    """Tell whether a sentence gives figures of what others made, and none of this model."""
    if not any(each in low for each in _OF_THEIRS) or not _THEIRS.search(low):
        return False
    return _DENIED.search(low) is not None or _OURS.search(low) is None
