"""Limitations: concrete limits and failure modes; "limitations under the License" is none of them."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.cards import states
from pytest_genomic_guard.views.cards.sections import aside, scope

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.cards.sections import Piece

# Each form with what a sentence has to hold for it to be tried
_STRONG = tuple(
    (words, regex(form))
    for words, form in (
        (
            ("limitation",),
            (
                r"\blimitations?\b(?: \w+){0,4} (?:is|are|include|to|that|of (?:this|the|our) (?:model|dataset|tool|approach|work"
                r"|data))\b"
            ),
        ),
        (
            (" not ", "n't "),
            (
                r"\b(?:may|might|can|could|does|do|will|would|did)(?: not|n't) (?:\w+ly )?(?:generali[sz]e|perform|work|cover"
                r"|capture|reflect|represent|transfer|extend|account|handle|detect|support"
                r"|produce|guarantee|include|consider|model|distinguish|understand|be (?:accurate|reliable|representative|relevant"
                r"|suitable|robust))"
                r"|\bnot (?:been |an? )?(?:\w+ly )?(?:validated|tested|evaluated|representative|comprehensive|robust|calibrated"
                r"|guaranteed|perfect|captured?s?|particularly good|generali[sz])\b"
            ),
        ),
        (
            ("cannot", "unable", "inability"),
            (
                r"\bcannot (?:\w+ly )?(?:generali[sz]e|capture|handle|detect|distinguish|account|predict|guarantee|cover|establish"
                r"|be (?:guaranteed|generali[sz]ed|ruled))|\b(?:unable|inability) to\b"
            ),
        ),
        (
            ("may ", "might ", "can ", "could ", "will ", "would ", "sometimes ", "often ", "likely ", "tend"),
            (
                r"\b(?:may|might|can|could|will|would|sometimes|often|likely|tends? to)(?: also| still| sometimes| often| be| have"
                r"|,? in (?:some|certain|many) \w+,?| \w+ly)? (?:fail|degrade|strugg|hallucinat|suffer"
                r"|(?:produce|generate) (?:\w+ ){0,4}(?:incorrect|inaccurate|biased|false|unrealistic|harmful|offensive|wrong"
                r"|unreliable)|(?:contain|exhibit|reflect) (?:\w+ ){0,3}(?:bias|error|noise)|misclassif|mis-?\w+|over-?fit"
                r"|under-?perform|inherit|introduce|reinforce|perpetuate|amplify|biased|inaccurate|unreliable|less (?:accurate"
                r"|reliable)|suboptimal|lower|reduced|poor|worse|require (?:\w+ )?recalibration|memori[sz]ed)"
            ),
        ),
        (
            (
                "poor",
                "worse",
                "weak",
                "reduced",
                "limited",
                "lower",
                "degraded",
                "decreased",
                "inferior",
                "unreliable",
                "inaccurate",
                "accurate",
                "optimal",
                "badly",
                "well ",
                "only ",
            ),
            (
                r"\b(?:poor|poorly|worse|weak|reduced|lower|limited|degraded|decreased|inferior|unreliable|inaccurate"
                r"|less accurate|sub-?optimal)\b(?: \w+){0,3} (?:performance|accuracy|results|generali[sz]ation|quality|perform\w*"
                r"|on|when|for|in|coverage|diversity|sensitivity|ability)\b"
                r"|\b(?:performs?|performed|works?) (?:\w+ )?(?:poorly|worse|badly|less well|only|best)\b|\blimited (?:sample"
                r"|number|size|scope|data|to|by|context|set|diversity)"
                r"|\bonly (?:works?|supports?|covers?|trained|includes?|applicable|tested|valid|considers?|handles?|english"
                r"|annotates?)\b"
            ),
        ),
        (
            ("no ", "pose "),
            (
                r"\bno (?:external|independent|clinical|prospective|regulatory) (?:\w+ )?(?:validation|evaluation|assessment)\b"
                r"|\b(?:can|may|could|might) pose (?:\w+ ){0,2}risks?\b"
            ),
        ),
        (
            (
                "overestimat",
                "underestimat",
                "miss",
                "ignore",
                "never saw",
                "drop",
                "confus",
                "fall ",
                "falls ",
                "calibrated",
                "lose",
            ),
            (
                r"\b(?:over|under)-?estimat(?:es?|ed)\b|\b(?:it|model|models|score|scores|tool|classifier|network|and"
                r"|systematically"
                r"|often|sometimes|still) (?:misses|miss|ignores?|confuses?|never saw|loses?)\b"
                r"|\bsilently (?:drops?|ignores?|fails?|truncates?)\b|\b(?:are|is) (?:ignored|missed|confused)\b"
                r"|\b(?:poorly|badly|not well) calibrated\b"
                r"|\b(?:scores?|accuracy|performance|precision|recall|sensitivity|auroc|auc|correlation|quality)\b[^.;]{0,30}?"
                r"\b(?:falls?|drops?|decreases?|declines?|deteriorates?) (?:by|to|in|for|on|when|with|below|sharply|steeply|off)\b"
            ),
        ),
        (
            ("incapable", "overly ", "overconfident", "included", "modelled", "modeled"),
            (
                r"\bincapable of\b|\boverly (?:sensitive|confident|optimistic|pessimistic|simpl\w+)\b|\boverconfident\b"
                r"|\bno (?:[\w-]{1,40} ){1,8}(?:is|are) (?:included|modell?ed) in (?:the|this) model\b"
            ),
        ),
        (("struggle", "fail", "error"), r"\bstruggles?\b|\bfails? (?:to|on|when|for|in|at)\b|\bfailure modes?\b"),
        (
            ("bias", "stereotyp", "represent"),
            (
                r"(?<!pair )\bbias(?:ed)?\b(?: \w+){0,3} (?:toward|against|across|in (?:the|its)|from|due|present|related"
                r"|associated|by"
                r"|that|of)"
                r"|\b(?:gender|racial|social|societal|selection|sampling|cultural|demographic|population|ascertainment"
                r"|geographic\w*|historical|western|age) bias(?:es)?\b|\bstereotyp|\b(?:under|over)-?represent"
            ),
        ),
        (
            ("limited", "restricted", "confined", "sensitive", "vulnerable", "prone", "susceptible", "subject"),
            (
                r"\b(?:is|are|be) (?:\w+ )?(?:limited|restricted|confined|sensitive|vulnerable|prone|susceptible|subject) (?:to|by"
                r"|in|in its|for)\b"
            ),
        ),
        (
            ("limit", "partial", "only"),
            (
                r"\blimit(?:s|ing)?\b(?: \w+){0,6} (?:generali[sz]\w+|analys[ei]s|applicab\w+|us(?:e|age|ability)|perform\w+"
                r"|conclusions?|validity|accuracy)\b|\bonly partially\b|\b(?:is|are) (?:only )?available only\b"
            ),
        ),
        (
            ("have ",),
            r"\b(?:may|might|could) (?:also )?have (?:distorted|biased|affected|influenced|introduced|skewed|changed|led)\b",
        ),
        (
            ("small ",),
            r"\bsmall (?:sample|data|training|test)\w* ?(?:size|set)?\b.{0,30}\b(?:limit|may|caution|overfit|so\b|affect)",
        ),
        (
            (
                "halluc",
                "incorrect",
                "false ",
                "caution",
                "care",
                "grain",
                "assumes",
                "resource",
                "challenging",
                "shift",
                "spurious",
                "artifacts",
            ),
            (
                r"\bhallucinat|\bfactually incorrect|\bfalse (?:positives?|negatives?)\b(?! rates?)|\bshould be (?:treated|taken"
                r"|interpreted|considered|used) with (?:\w+ )?(?:caution|care|a grain)|\bwith a grain of salt"
                r"|\bassumes? that\b|\blow[- ]resource|\bchallenging (?:for|cases)|\b(?:distribution(?:al)?|domain) shift"
                r"|\bspurious|\bartifacts\b.{0,30}(?:may|can)"
            ),
        ),
        (
            (
                "treat ",
                "interpret",
                "regard",
                "not a ",
                "not an ",
                "small-sample",
                "not intended to",
                "not meant to",
                "not designed to",
            ),
            (
                r"\b(?:treat|interpret|regard|read|take)(?:ed)? (?:[\w'\"-]+ ){1,8}as (?:an? |the |only )?(?:[\w,-]+ ){0,4}"
                r"(?:signals?|directional|estimates?|indicat\w+|preliminary|rough|approximat\w+|exploratory|provisional|tentative"
                r"|early|(?:lower|upper) bounds?|suggestive|ballpark|hypothes[ei]s)\b"
                r"|\bnot (?:an? )(?:converged|final|definitive|conclusive|precise|exact|reliable|stable|robust|settled) "
                r"(?:results?|estimates?|measure\w*|figures?|values?|numbers?|indicators?|models?)\b"
                r"|\bnot (?:intended|meant|designed|expected) to (?:generali[sz]e|represent|be (?:\w+ ){0,2}(?:representative"
                r"|exhaustive"
                r"|complete|comprehensive|perfect|exact))\b"
            ),
        ),
        (
            ("no se ha", "pued", "sesgo", "kann "),
            (
                r"\bno se ha (?:validado|demostrado|evaluado)|\bpueden? (?:inducir|contener|presentar|fallar)|\bsesgo\b"
                r"|\bkann (?:\w+ ){0,4}(?:fehler|ungenau)"
            ),
        ),
    )
)
_LICENCE = regex(
    r"limitations under the licen[cs]e|limitation of liability|limitations? of liability|without limitation"
    r"|including but not limited|warrant|liabilit|shall not be liable|permissions and limitations|indemn|statute|in no event"
    r"|copyright|third-party|terms and conditions|licen[cs]e provisions|trademark|all rights"
)
_PRIVATE = regex(
    r"\b(?:sensitive|personal|identif\w+|protected health) (?:information|data|health|attributes)|\banonymi|\bde-?identif"
    r"|\bprivacy\b"
)
_CUE = regex(
    r"\b(?:not|no|n't|may|might|can(?:not)?|could|only|limit\w*|bias\w*|risk\w*|error\w*|fail\w*|less|lower|small\w*|lack\w*"
    r"|poor\w*|weak\w*|depend\w*|sensitive|sensitivity|assum\w*|rare|narrow|specific\w*|un\w{4,}|in(?:accura|correct"
    r"|complete)\w*|mis\w{4,}|over\w{3,}|without|never|difficult\w*|hard\w*|challeng\w*|issue\w*|problem\w*|noise|noisy"
    r"|artifact\w*|shift|drift|skew\w*|outdated|old\w*|missing|imbalanc\w*|self-report\w*|caution|false|wrong|require\w*"
    r"|should|would|if|unless|however|although|single|coarse|restrict\w*|degrad\w*|reduc\w*|potential\w*|harm\w*|stereotyp\w*"
    r"|discriminat\w*|offensive|subject to|simpl\w*|approximat\w*|few|hallucinat\w*|vary|varies|affect\w*|trained on|english"
    r"|disparat\w*|synthetic|cross-sectional|tiny|short|none|nothing)\b"
    r"|\b(?:não|nicht|keine?|peut|pas|ne|podem?|kann|können|sin|ning[uú]n\w?|existe|sesgo|puede\w*|limitad\w+)\b|不|仅|存在|问题|仍"
    r"|必须|只|可能|未|偏"
)
_NONE = regex(
    r"^(?:not|none) (?:to|that|as far as)\b (?:[\w']+ ){0,4}(?:know\w*|aware)\b"
    r"|^(?:none|n/?a|no|nothing|unknown|not applicable|no (?:other )?known (?:\w+ )?(?:limitations?|bias(?:es)?|risks?"
    r"|issues?))\b.{0,24}$"
)
_CLEAR = regex(r"limit|weakness|shortcoming|failure mode|known (?:issue|problem)|caveat|drawback|blind spot")
_ELSE = regex(
    r"\b(?:future|plan(?:s|ned)?|we will|will be|consider|recommend\w*|ensure|we (?:use|used|provide|also|show|present"
    r"|believe|propose)"
    r"|was used|were used|properly|achieves?|outperforms?|improv\w+|state[- ]of[- ]the[- ]art|should be (?:aware|made)"
    r"|the following|https?)\b"
)
# That there are some, and no word of which
_SAID = regex(
    r"^(?:there (?:are|may be|might be|can be) (?:\w+ ){0,2}limitations?|(?:like|as with) (?:all|any|most"
    r"|every) (?:[\w-]+ ){0,4}models?\b.{0,40}"
    r"\blimitations|limitations? (?:will|to be|are to)\b|we (?:plan|intend|hope) to\b|use (?:it |this |the model )?at your own risk"
    r"|all models are)[^,;:]{0,40}$"
)
_WHOLE = 5
_FEW, _LONG = 3, 22  # words: too few to say something; so many that a pointer is not all that they are


def judged(piece: Piece) -> str:
    """Judge a piece that may tell limits."""
    low = piece.low
    if piece.code:
        return ""
    strong = _strong(low)
    if not piece.under and (not strong or piece.row or low[-1:] in ":?" or aside.no_limit(low)):
        return ""
    if low[-1:] == "?" or _LICENCE.search(low):
        return "word" if low[-1:] == "?" else ""
    if states.points(piece.text):
        return "deferral" if piece.under else ""
    if _NONE.match(low):
        return "negation" if piece.under else ""
    return "stated" if strong else _below(piece)


def _below(piece: Piece) -> str:
    """Judge what stands below a heading of limitations, and tells none in so many words."""
    low = piece.low
    if "disclaimer" in piece.above or "intended-use" in piece.near or _PRIVATE.search(low):
        return "word"
    if scope.strong(low) and ("out-of-scope" in piece.near or "limit" not in piece.above):
        return "word"
    if states.defers(piece.text) and states.fewer(low, _LONG):
        return "deferral"
    if states.fewer(low, _FEW) or low[-1:] in ":?" or _SAID.search(low):
        return "word"
    return "stated" if _CUE.search(low) or states.foreign(low) or _plain(piece) else "word"


def _plain(piece: Piece) -> bool:
    """Tell whether a whole sentence, of no other matter, stands below a heading that can mean nothing else."""
    low = piece.low
    return bool(_CLEAR.search(piece.giver) and not states.fewer(low, _WHOLE) and not _ELSE.search(low))


def _strong(low: str) -> bool:
    """Tell whether a sentence tells a limit, whatever stands above it."""
    return any(form.search(low) for words, form in _STRONG if any(word in low for word in words))
