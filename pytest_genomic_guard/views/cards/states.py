"""In which state a text is: content, or one of the ways of saying nothing under a heading.

A sentence that asks the author for something, a place that nobody filled in, a box that nobody ticked, a pointer to another
document and a sentence of a template are told from one that says something. What counts as saying
something depends on the section: see `sections`.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice

from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.cards.nouns import Status, Why

# Open places by what each of them has to hold: to look for that costs less
_BY_SIGN = {
    sign: regex(form)
    for sign, form in (
        ("more information", r"more information needed"),
        (
            "[",
            (
                r"\[(?:needs? |add |insert[ _-]|your[ _-]|fill |specify |todo|tbd|tba|describe|list |e\.g\.|placeholder"
                r"|xx+|n/?a\]|optional|\.\.\.|to be )"
            ),
        ),
        (
            "to be ",
            (
                r"\bto be (?:added|completed|determined|announced|written|filled|defined|documented|updated|confirmed|decided"
                r"|provided)\b"
            ),
        ),
        (" here", r"\b(?:add|insert|put|enter|write) [\w ,/()]{0,40} here\b"),
        ("coming soon", r"coming soon\b"),
        ("{", r"\{\{|\{%"),
        ("%}", r"%\}"),
        # one within a path stands for each of several names, and is no open place
        (
            "<",
            (
                r"<(?:your|insert|add|fill|describe|todo)[^<>]{0,60}>"
                r"|(?<![\w/.\\-])<(?:model|dataset|name)[^<>]{0,60}>(?![\w/.\\-])"
            ),
        ),
        ("lorem ", r"lorem ipsum"),
        ("fill ", r"\bfill (?:this )?(?:in|out)\b"),
        ("placeholder", r"\bplaceholder\b"),
        ("in progress", r"work in progress\b"),
        ("xx", r"\bxx\.x|\bx{2,4}\s?%"),
        ("???", r"\?\?\?"),
        ("por ", r"por (?:completar|definir|documentar)\b"),
        ("à compl", r"à compléter"),
        ("待", r"待补充|待定"),
    )
}
SIGNS = (*_BY_SIGN,)
_WHOLE = regex(r"\[[^\W\d][^\[\]]{2,200}\]\.?\Z")  # all of it stands in brackets
_NOTHING = regex(
    r"(?:n/?a|none|null|nil|unknown|unspecified|not (?:specified|provided|applicable|available)|tbd|tba|todo|-+|\.+|…|\?+)\.?\Z"
)
_TODO = regex(r"\b(?:TODO|TBD|TBA|FIXME|XXX)\b")
_ASKS = regex(
    r"(?i)^(?:please )?(?:report|describe|list|provide|explain|include|specify|document|state|summari[sz]e|indicate|discuss"
    r"|outline|give|enumerate|identify|mention"
    r"|fill|insert|replace|clarify|detail|note any|write|define|choose an?|select an?|think about|consider (?:whether|if|how)"
    r"|mention any"
    r"|add)\b(?!s\b)(?! (?:generation|of|to|in)\b)"
    r"|^(?:what|which|who|how|why|where|when|is|are|was|were|does|do|did|has|have|can|should)\b(?:[^.!]|\be\.g\.|\bi\.e\.|\betc\.){3,300}\?$"
    r"|^(?:strengths|weaknesses|limitations|examples|this|these|issues|risks) (?:might|may|could|can) include\b|^(?:e\.g\."
    r"|for example,? (?:describe|list|the))|^(?:this section (?:should|is for|describes|addresses)|if (?:applicable|available"
    r"|known)\b)"
    r"|^(?:describa|indique|enumere|décrire|décrivez|beschreiben sie)\b"
)
# Words with which a sentence begins that asks for something
_FIRST = frozenset(
    [
        "please",
        "report",
        "describe",
        "list",
        "provide",
        "explain",
        "include",
        "specify",
        "document",
        "state",
        "summarise",
        "summarize",
        "indicate",
        "discuss",
        "outline",
        "give",
        "enumerate",
        "identify",
        "mention",
        "fill",
        "insert",
        "replace",
        "clarify",
        "detail",
        "note",
        "write",
        "define",
        "choose",
        "select",
        "think",
        "consider",
        "add",
        "what",
        "which",
        "who",
        "how",
        "why",
        "where",
        "when",
        "is",
        "are",
        "was",
        "were",
        "does",
        "do",
        "did",
        "has",
        "have",
        "can",
        "should",
        "strengths",
        "weaknesses",
        "limitations",
        "examples",
        "this",
        "these",
        "issues",
        "risks",
        "e",
        "for",
        "if",
        "describa",
        "indique",
        "enumere",
        "d",
        "beschreiben",
    ]
)
_DEFERS = regex(
    r"\b(?:(?:see|refer to|consult|check(?: out)?|visit|read|cf\.?|(?:more|further|additional|full) (?:details?|information)"
    r"|you can (?:download|find|get|access)|can be (?:downloaded|accessed)"
    r"|details? (?:of|on|about|can|are|in|is)|(?:is|are|can be) (?:found|described|detailed|available|reported|provided"
    r"|documented|outlined|discussed|listed|given) (?:in|at|on|here|by|from)|as described in|described in (?:the|our)"
    r"|in (?:our|the) (?:paper|publication|preprint|report|manuscript)|available (?:at|here|from|on)|veuillez|véase|siehe)\b)"
)
_TARGET = regex(
    r"https?:|\b(?:papers?|here|docs?|document|sop|documentation|link|article|publication|preprint|report|guide|figure|fig"
    r"|table|appendix"
    r"|supplement\w*|wiki|repository|readme|card|manual|website|page|section|below|above|notebook|folder|directory|\w+\.(?:md"
    r"|pdf|json|csv|ya?ml|txt|html))\b"
)
NEGATED = regex(
    r"\b(?:no|not|never|none|neither|without|unavailable|lack(?:s|ing)?|un(?:known|reported|tested|documented|published)"
    r"|missing|cannot|n't|didn't|isn't|haven't|hasn't|wasn't|weren't|nicht|keine?|ning[uú]n\w?|sin|aucune?)\b|不|没有|未"
)
_POINTS = regex(
    r"(?i)^(?:please )?(?:also )?(?:see|refer to|consult|check(?: out)?|visit|read|cf\.)\s"
    r"|^(?:[\w-]{1,30} ){1,6}(?:is|are|can be) (?:\w+ly )?(?:described|documented|listed|given|discussed|detailed|provided|outlined"
    r"|found|available) (?:in|at|on|here|by|from)\b"
)
_DEMANDS = regex(
    r"(?i)\b(?:required|mandatory)\??: ?\W{0,3}(?:yes|no|y|n|optional|required|recommended|true|false|✓|✅|x|always)\b"
)
_FIELDS = regex(r"(?i)\b(?:section|field|item|element|key|heading|name|attribute)s?\b")
_POINTERS = 18  # words of a sentence that only sends its reader elsewhere
_ENGLISH = frozenset(["the", "of", "and", "is", "to", "for", "with", "not", "this", "that", "by", "are", "it", "be", "from", "has"])
_THEIRS = frozenset(  # of German, Spanish, French, Portuguese, Italian, Dutch, Indonesian, Turkish, Vietnamese
    each
    for words in (
        "der die das und ist nicht für mit auf ein eine den dem von werden wird kann zu el la los las una que para",
        "con por como est une les des le du pas dans pour sur não uma os um são com nos dos da do em il della che",
        "non sono di het een niet van voor yang dan tidak dari untuk dengan hanya pada bir ve için değil không và",
        "của là các được cho se del al au aux",
    )
    for each in words.split()
)
_SHORT = 20  # characters of a text that may be nothing
_LETTERS = regex(r"[^\W\d_]{2,}")


def signs(text: str) -> tuple[str, ...]:
    """Return which of the signs of open places a whole text has: its sentences can have no others."""
    low = text.lower()
    return tuple(sign for sign in SIGNS if sign in low)


def unfilled(text: str, among: tuple[str, ...] = SIGNS) -> bool:
    """Tell whether a text holds a place that nobody filled in."""
    low = text.lower()
    if (len(low) < _SHORT and _NOTHING.match(low)) or (low[:1] == "[" and _WHOLE.match(low)):
        return True
    if any(sign in low and _BY_SIGN[sign].search(low) for sign in among):
        return True
    return ("TO" in text or "TB" in text or "XX" in text or "FIX" in text) and bool(_TODO.search(text))


def state(text: str, among: tuple[str, ...] = SIGNS, words: list[str] | None = None) -> Why:
    """Return why a sentence says nothing by itself, and an empty text where it may say something."""
    if unfilled(text, among):
        return "placeholder"
    if (words is None or (words and words[0] in _FIRST)) and _ASKS.match(text):
        return "instruction"
    return ""


def asked(head: str, text: str) -> bool:
    """Tell whether a row of a table says which sections a card has to have, and is of no model."""
    return ("equired" in head or "andatory" in head) and _DEMANDS.search(text) is not None and _FIELDS.search(head) is not None


def asks(text: str) -> bool:
    """Tell whether a sentence asks the author for something."""
    return bool(_ASKS.match(text))


@lru_cache(maxsize=4)  # several sections ask it of the same sentence
def defers(text: str) -> bool:
    """Tell whether a sentence only points to where something is said."""
    low = text.lower()
    return bool(_DEFERS.search(low) and _TARGET.search(low))


def fewer(text: str, count: int) -> bool:
    """Tell whether a text has fewer words of letters than these."""
    return sum(1 for _each in islice(_LETTERS.finditer(text), count)) < count


def words(text: str) -> int:
    """Count words of letters."""
    return len(_LETTERS.findall(text))


def field(section: str, text: str) -> tuple[Status, Why]:
    """Judge the text of one structured field that by its key means this section."""
    from pytest_genomic_guard.views.cards import markdown  # noqa: PLC0415 - it imports this module

    return markdown.field(section, text)


@lru_cache(maxsize=4)
def points(text: str) -> bool:
    """Tell whether a sentence begins by sending its reader elsewhere, and says where."""
    return bool(_POINTS.match(text)) and defers(text) and fewer(text, _POINTERS)


def foreign(low: str) -> bool:
    """Tell whether a sentence is in a language whose words the lexicons lack: what stands below a heading is then believed."""
    if not low.isascii() and sum(each > "\u036f" for each in low) * 3 > len(low):
        return True
    words = low.split()
    theirs = sum(word in _THEIRS for word in words)
    return theirs > 1 and theirs > sum(word in _ENGLISH for word in words)
