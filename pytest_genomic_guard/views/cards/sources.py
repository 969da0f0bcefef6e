"""Which data under terms the parts of a card on training data name: accessions, and controlled sources by their names."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_HEADING = regex(rb"^(#{1,6})[ \t]+([^\r\n]{1,200})|^\*\*([^*\r\n]{1,80})\*\*[ \t]*:?[ \t]*\r?$", re.MULTILINE)
_TRAINING = regex(rb"(?i)train|data ?set|\bdata\b|source|cohort|corpus|corpora")
_OTHER = regex(rb"(?i)evaluat|test|valid|benchmark|privacy|sensitiv|result|licen|citation|out.of.scope|limitation|procedure|split")
_TRAINED = regex(rb"(?i)(?:pre-?|fine-?)?(?:train(?:ed|ing)|tuned|fitted|built|developed|derived|learn(?:ed|t))\b[^\r\n]{0,600}")
_NOT = regex(
    rb"(?i)\b(?:not|never|no|without|exclud\w{0,4}|neither|nor)\b[^.;\r\n]{0,80}$|"
    rb"\b(?:validated|evaluated|tested|benchmarked) (?:on|in|with|against)\b"
)

# Words that say of data beside them that everybody may have them, and what may stand between
_BETWEEN = (
    rb"(?:(?:is|are|data|dataset|data set|the|of|from|in|dbgap|gdc|tcga|ega|part|subset|portion|section|tier|study|gene"
    rb"|transcript|clinical|mutation"
    rb"|expression|counts?|levels?|rna-?seq|\d{1,2}|methylation|files|tables)\b[\s(\[]{1,3}){0,7}"
)
_OPEN = rb"open[- ]?(?:tier|access)\b(?![- ](?:request|application|committee|policy|journal|article|paper|publication))"
_OPEN_AFTER = regex(rb"(?i)[\w.]{0,30}(?:'s)?[\s(\[,-]{1,3}" + _BETWEEN + _OPEN)
_OPEN_LIST = regex(
    rb"(?i)[\w.]{0,30},\s{0,3}(?:the\s)?" + _OPEN + rb"\s(?!data|part|tier|subset|files|gene|expression|counts|rna|only|and )\w"
)
_OPEN_BEFORE = regex(rb"(?i)(?<!non-)(?<!not )\b" + _OPEN + rb"[\s(\[]{1,3}" + _BETWEEN + rb"\Z")
_CLOSED = regex(rb"(?i)controlled|protected|restricted|individual[- ]level|germline|\braw\b")
_DENIED = regex(
    rb"(?i)\b(?:no|not|none|without|nothing|never|neither|nor|excluding)\b[^.;\n]{0,40}"
    rb"(?:controlled|protected|restricted|individual[- ]level|germline|raw)"
)
# What somebody means to do with data, and has not done
_MEANT = regex(
    rb"(?i)(?:\b(?:plan(?:s|ned|ning)?|intends?|intending|(?:would|we'd) like|going|hoping|hope)\sto\s(?:[a-z]{1,12}\s){0,2}?"
    rb"(?:pre-?|fine-?|re-?)?(?:train|tune|add|include|extend|use|apply|adapt)\b"
    rb"|\b(?:will|could|might)\s(?:later\s|then\s|next\s|also\s|soon\s)?(?:be\s)?(?:pre-?|fine-?|re-?)?(?:train|tun|add|includ|extend|adapt)"
    rb"|\bfuture\s(?:work|versions?|releases?|training)\b|\bin\s(?:the\s)?future\b)(?P<on>[^.;]{0,120})\Z"
)
_DONE = regex(rb"(?i)\b(?:was|were|been|has|have|had)\b|\bdid\b|\b(?:but|and|now|already)\s(?:pre-?|fine-?)?(?:trained|tuned)")
_ENDS = regex(rb"[.!?](?=\s)|;|\n\s{0,10}\n|\n[ \t]{0,8}[-*+#|]")


def of(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the canonical ids of the sources that texts on training data name."""
    return tuple(dict.fromkeys(found for each in texts for _at, found in _named(each.encode("utf-8", "replace"))))


def of_markdown(body: bytes, datasets: Iterable[str]) -> tuple[str, ...]:
    """Return the same of Markdown: of its sections on training data, and of what elsewhere says that something was trained."""
    told = of(datasets)
    found = _named(body)
    spans = _spans(body) if found else []
    return tuple(dict.fromkeys([*told, *(each for at, each in found if any(start <= at < end for start, end in spans))]))


def _named(text: bytes) -> list[tuple[int, str]]:
    """Return what a text names, each with its place; not what it says was left out."""
    from pytest_genomic_guard.views.datause import accessions  # noqa: PLC0415 - where there is a card only

    return [
        (each.start, each.id)
        for each in (accessions.find(text) if text else ())
        if not _NOT.search(text[max(0, each.start - 120) : each.start].rpartition(b". ")[2].rpartition(b"\n")[2])
        and not _open(text, each.start, each.end)
    ]


def _open(text: bytes, start: int, end: int) -> bool:
    """Tell whether its sentence says that everybody may have the data, or that somebody means to use them and has not."""
    before = _ENDS.split(text[max(0, start - 300) : start])[-1]
    after = _ENDS.split(text[end : end + 300], maxsplit=1)[0]
    meant = _MEANT.search(before)
    if meant and not _DONE.search(meant["on"]):
        return True
    if _CLOSED.search(_DENIED.sub(b"", before + b" " + after)):
        return False
    return bool((_OPEN_AFTER.match(after) and not _OPEN_LIST.match(after)) or _OPEN_BEFORE.search(before))


def _spans(body: bytes) -> list[tuple[int, int]]:
    """Return where Markdown speaks of what the model was trained on: sections by their headings, sentences by their words."""
    found: list[tuple[int, int]] = []
    heads = list(_HEADING.finditer(body))
    for at, head in enumerate(heads):
        title, level = head[2] or head[3] or b"", len(head[1] or b"#######")
        if _TRAINING.search(title) and not _OTHER.search(title):
            after = (each for each in heads[at + 1 :] if len(each[1] or b"#######") <= level or _OTHER.search(each[2] or each[3]))
            found.append((head.start(), next((each.start() for each in after), len(body))))
    for each in _TRAINED.finditer(body):
        before = body[max(0, each.start() - 120) : each.start()]
        if not _NOT.search(before.rpartition(b". ")[2]):
            found.append((each.start(), each.start() + len(re.split(rb"\.[ \t\r\n]", each[0], maxsplit=1)[0])))
    return found
