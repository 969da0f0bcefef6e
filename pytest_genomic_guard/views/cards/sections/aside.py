"""Sentences outside of the heading of limitations that sound like one: of code, of the task, of what others made, of the world."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex

_CODE = regex(
    r"\b(?:pip|conda|install\w*|docker|cuda|gpu memory|argument|flag|directory|folder|path|script|command|file(?:name)?s?"
    r"|notebook|checkpoint|windows (?:\d+|os|users?)|on windows"
    r"|linux|mac ?os|python \d|poetry|dependenc\w+|issue tracker|pull request|json|config\w*"
    r"|parameter|repo\w*|download\w*|torchscript|version \d)\b|`"
)
_OFTASK = regex(
    r"\b(?:predict|detect|classif|identif|recogni[sz]e|mitigat\w+|reduc\w+|address\w*|correct\w*|remov\w+|minimi[sz]\w+"
    r"|measur\w+|evaluat\w+|overcome\w*|unlike|previous|existing)\b[^.]{0,40}\b(?:bias|fail|false|error|limitation)"
)
# Of what others made, which the work mends
_OTHERS = regex(
    r"^(?:(?:however|but|yet|while|although|as|since),? )?(?:current|existing|previous|prior) (?:[\w-]{1,40} ){0,3}"
    r"(?:methods|classifiers|approaches|systems|tools|benchmarks)\b"
    r"|^(?:however|but|yet|in practice|traditionally),? (?:[\w'-]+ ){0,3}(?:training|usage|development|adoption|annotation"
    r"|labell?ing"
    r"|analysis|diagnosis|screening|interpretation|sequencing)\b.{0,30}\b(?:is|are|remains?) (?:often |still |usually |typically )?"
    r"(?:difficult|limited|challenging|expensive|hampered|hindered|costly|slow)\b"
)
# Of the world, and of no model
_WORLD = regex(
    r"\b(?:worse|poor|reduced|lower|decreased|weak|degraded) (?:air|water|soil|sleep|life|health|outcomes?|prognosis|survival"
    r"|quality"
    r" of life|housing|yields?|mood|vision|hearing)\b"
)
_DO_NOT = regex(
    r"^(?:please,? )?do(?: not|n't) (?:include|consider|support|produce|extend|model|handle|cover|work|modify|change)\b"
)


def no_limit(low: str) -> bool:
    """Tell whether a sentence without a heading is of code, of the task, of what others made, or of the world."""
    return any(form.search(low) for form in (_CODE, _OFTASK, _OTHERS, _WORLD, _DO_NOT))
