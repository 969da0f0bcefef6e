"""Evaluation: values of metrics, not the names of metrics, nor what the author is asked to report."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.cards import states
from pytest_genomic_guard.views.cards.sections import claims

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.cards.sections import Piece

METRIC = (
    r"(?<![a-z])(?:accurac(?:y|ies)|acc\b|auroc|au-roc|aucs?\b|aupr\w*|auc[- ]\w{2,4}\b|prauc|rocauc|roc[- _]auc|pr[- _]auc|f1"
    r"|f-?(?:score|measure)|f\d|precision|recall|sensitivity|specificity|bleu|rouge|wer\b|cer\b|word error rate"
    r"|perplexity|ppl\b|mae\b|rmse\b|mse\b|mape\b|r2\b|r²|r\^2|r-squared|dice\b|miou\b|iou\b|map\b|ap\b|ap50\b|correlation"
    r"|pearson|spearman|mcc\b|fid\b|(?:mean|absolute|squared|median|percentage|test|prediction|generali[sz]ation|relative|abs"
    r"|sq|validation|standard) error\b|error rate|brier|kappa|ppv\b|npv\b|c-index|concordance"
    r"|top-?[15]\b|exact match|em\b|eval[_ ]loss|loss|ndcg|mrr\b|hit rate|ece\b|jaccard|hausdorff|psnr|ssim|meteor|scores?\b"
    r"|pass@|win rate|dsc\b|success rate|agreement|odds ratio|hazard ratio|balanced acc|discrimination"
    r"|exactitud|precisi[óo]n|sensibilidad|genauigkeit|准确率|精度|召回率|微平均)"
)
NUMBER = r"(?<![\w.])[-~≈±<>=]{0,2}\s?(?:\d{1,3}\.\d+|\.\d{2,}|\d{1,3}(?:\.\d+)?\s?(?:%|percent)|0,\d+)(?!\w)"
_NEAR = regex(METRIC + r"[^.;\d]{0,60}?(?:@?\d{1,2}\b[^.;\d]{0,12})?" + NUMBER)
_BEFORE = regex(NUMBER + r"[^.;\d]{0,30}?" + METRIC)
_WHOLE = regex(
    METRIC + r"\)?\s*(?:of|=|:|is|was|\|)\s*(?:about |approximately |~)?\d{1,3}(?:\.\d+)?\b(?!\s*(?:epoch|gpu|class|fold|bit))"
)
_DIGIT, _QUICK = regex(r"\d"), regex(r"\.\d|\d\s?(?:%|p)|0,\d")
_NUMBER = regex(NUMBER)
_METRIC = regex(METRIC)
_TARGET = regex(
    r"\b(?:targets?(?! (?:variable|class|gene|label|column|trait|population|language|site|protein|region)s?\b)|goals?|thresholds?"
    r"|should|must|at least|aim(?:s|ed)? (?:for|to)|require[sd]?|expected to|minimum"
    r"|triggers?|degrades [<>]|drift detected|alert\w*"
    r"|cut-?offs?|if\b.{0,30}[<>]|e\.g\.)"
)
_GOAL = regex(
    r"\b(?:targets?|thresholds?|floors?|requirements?|required|goals?|expected|minimum|acceptance|acceptable|bounds?|ceiling"
    r"|criteri\w+|tolerance)\b(?! (?:met|\w+ variable))"
)
_TRAINING = regex(
    r"\b(?:learning[_ ]rate|weight[_ ]decay|dropout|batch|warm-?up|betas?|epsilon|momentum|optimi[sz]er|seed|temperature"
    r"|top[_-][pk]|guidance[- ]scales?"
    r"|lora|mixed[- ]precision|version|python|license|threshold|max_|min_|n_)|\bprecision:? (?:fp|bf|int|float"
    r"|half|single)"
)
_BENCH = regex(
    r"\b(?:mmlu|hellaswag|gsm8k|humaneval|arc-[ce]|glue|squad|truthfulqa|winogrande|boolq|piqa|medqa|pubmedqa|medmcqa|imagenet"
    r"|coco|superglue|mteb|bbh|mbpp|clinvar)\b"
)
# Shares of data, and numbers of versions and licences: none of them is a value
_SHARE = regex(
    r"\b\d{1,2}(?:\.\d)?\s?% (?:(?:held[- ]out|hold-?out|stratified|random|independent|unseen|internal)[ ,]+){0,2}"
    r"(?:(?:test|train\w*|validation|dev\w*|hold-?out|evaluation)\b(?! (?:acc|auc|au|f1|f-|precision|recall|sens|spec|error|perf"
    r"|loss|dice|iou|score|r2|corr))|splits?\b|subset\b|samples?\b|of (?:the |this |all |our |its |these )?(?:\w+ )?"
    r"(?:data|data ?sets?|samples|records|images|patients|rows|examples|subjects|cases)\b)"
    r"|\b(?:cc[ -]by(?:[ -][a-z]{2}){0,2}|version|python|cuda|apache|gpl|lgpl|licen[cs]e|release)[ -]v?\d{1,2}\.\d{1,2}\b"
    r"|\b\d\.\d (?:licen[cs]e|international|unported|or later)"
)
_NUMBERED = ("cc ", "cc-", "version ", "python ", "cuda ", "apache", "gpl", "licen", "release", " international")
_EDGE = regex(r"\b(?:below|above|under|over|outside|beyond|than|between) ?[\d.%]+$")  # of where something does not hold
_ALONE = regex(r"\W{0,4}[\d.,]{2,8}\s?%?(?: ?(?:\u00b1|\+/-) ?[\d.]{1,8})?(?: ?\([^()]{0,40}\))?\W{0,3}")
_WANTED = regex(r"train|target|goal|loss|threshold|plan|expect|required|minimum|baseline")
_FLAG = regex(r"^\s{0,8}--?\w")  # of a command
# How good labels are, and above which score an example was taken: neither is of the model
_OF_DATA = regex(
    r"\b(?:label|annotation|annotator)s? (?:accurac(?:y|ies)|error|noise|agreement)|\binter-?(?:annotator|rater) agreement"
    r"|\bfilter\w*\b.{0,120}\bscores? (?:>|<|\u2265|above|below|over)|\baesthetic score"
)
_LOSS = regex(r"^(?:the )?(?:train\w*)?[_ ]?loss")


def judged(piece: Piece) -> str:
    """Judge a piece that may give values of metrics."""
    low = _bare(piece.low)
    if piece.code and _FLAG.match(low):
        return "word" if piece.under else ""
    value = valued(low)
    if value and (piece.under or not piece.code) and not _spoiled(piece, value.group()):
        return "stated"
    number = _QUICK.search(low) and _NUMBER.search(low) and not (_TRAINING.search(low) or _TARGET.search(low))
    if number and piece.row and not _GOAL.search(piece.head.lower()) and (piece.under or _evaluates(piece)):
        return "stated"
    if not piece.under:
        return ""
    if number and not value and not piece.row and (_about(low) or _headed(piece)):
        return "stated"
    return "negation" if states.NEGATED.search(low) else "deferral" if states.defers(piece.text) else "word"


def metric(low: str) -> bool:
    """Tell whether a text names a metric."""
    return _METRIC.search(low) is not None


def valued(low: str) -> re.Match[str] | None:
    """Find a metric with its value."""
    if not _DIGIT.search(low):
        return None
    low = _bare(low)
    if _QUICK.search(low):
        found = _NEAR.search(low) or _BEFORE.search(low)
        if found:
            return found
    return _WHOLE.search(low)


def _bare(low: str) -> str:
    """Return a sentence without numbers that can be no values of metrics."""
    if "%" in low or ("." in low and any(each in low for each in _NUMBERED)):
        return _SHARE.sub(" ", low)
    return low


def _headed(piece: Piece) -> bool:
    """Tell whether a heading is the name of a metric, and what stands below it its value alone."""
    return _ALONE.fullmatch(piece.low) is not None and metric(piece.above) and not _WANTED.search(piece.above)


def _spoiled(piece: Piece, match: str) -> bool:
    """Tell whether a value is a target or a setting."""
    low = piece.low
    head = piece.head.lower()
    if (_TARGET.search(low) and not claims.measured(low)) or _GOAL.search(head):
        return True
    if not piece.under and _EDGE.search(match) and states.NEGATED.search(low):
        return True
    if not piece.under and _OF_DATA.search(low):
        return True
    if _LOSS.search(match) and not piece.under and "eval" not in low:
        return True
    if piece.row and not piece.under and _TRAINING.search(low):
        return True
    return bool(_TRAINING.search(match))


def _evaluates(piece: Piece) -> bool:
    """Tell whether the head of a table names benchmarks."""
    return piece.row and bool(_BENCH.search(piece.head.lower()))


def _about(low: str) -> bool:
    """Tell whether a sentence with a number speaks of how well something works."""
    return bool(
        _METRIC.search(low)
        or re.search(r"\b(?:outperform|improv|correct|detect|classif|predict|achiev|calibrat|scored|error)", low)
    )
