"""Signs that a card gives beside its sections: it is a card, it claims clinical use, the model writes or generates."""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.cards import inline

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pytest_genomic_guard.views.cards.blocks import Block

_CARD = regex(r"(?i)\b(?:model|data(?:set)?)[ -]?card\b|\bdatasheet (?:for|of)\b")
_CLINICAL = regex(
    r"\b(?:for|to|aid|support|assist|help)\w*\b[^.]{0,40}\b(?:diagnos\w+|treatment (?:decision|selection|planning"
    r"|recommend)\w*|clinical (?:decision|use|practice|care)\w*|triag\w+|prognos\w+)"
)
_NO = regex(r"\b(?:not|never|no|without|cannot|n't|prohibited|avoid|before)\b|out[- ]of[- ]scope")
# Each beginning with letters, so that the places where it can stand are soon found
_TEXT = tuple(
    regex(form)
    for form in (
        r"language models?\b",
        r"t(?<=\bt)ext[- ]generation\b",
        r"chat ?bots?\b",
        r"l(?<=\bl)lms?\b",
        r"generates? (?:\w+ ){0,3}text\b",
        r"summari[sz]ation model",
        r"causal lm\b|forcausallm\b",
        r"instruction[- ]tuned\b",
    )
)
_INVENTED = tuple(
    regex(form)
    for form in (
        r"hallucinat",
        r"fabricat\w",
        r"confabulat",
        r"factual(?:ly (?:incorrect|inaccurate|wrong)| (?:errors?|inaccura))",
        r"made[- ]up\b",
        r"invent(?:s|ed)? (?:facts|statements|references|information)",
        r"(?:inaccurate|incorrect|false|misleading) (?:\w{1,40} )?(?:statements?|information|facts?|responses?|text|outputs?)\b",
    )
)
# What sounds like a generative model, most telling first
_HINTS = (
    (
        "diffusion",
        ("diffusion", "ddpm"),
        regex(r"\bdiffusion (?:model|probabilistic|network|process)s?\b|\blatent diffusion|\bddpm\b"),
    ),
    (
        "generative adversarial network",
        ("generative adv", "gan"),
        regex(
            r"g(?:enerative adversarial|(?:(?<=\bg)|(?<=\b[cw]g)|(?<=\bdcg)|(?<=\bbigg)|(?<=\bprog)|(?<=styleg)|(?<=\bcycleg)"
            r"|(?<=\binfog)|(?<=\bpix2pixg)|(?<=\w-g))ans?\b)"
        ),
    ),
    ("variational autoencoder", ("variational", "vae", "scvi"), regex(r"\bvariational auto-?encoder|\bvae\b|\bscvi\b")),
    (
        "causal language model",
        ("causal", "autoregressive", "generative", "decoder-only"),
        regex(r"\bcausal (?:language|lm)|\bforcausallm\b|\bautoregressive\b|\bgenerative (?:pre-?trained|language)|\bdecoder-only"),
    ),
    (
        "generative model",
        ("generative", "synthetic"),
        regex(r"\bgenerative (?:ai|model|modell?ing)|\bsynthetic (?:data|genomes?|genotypes?|samples) generat"),
    ),
)
_OF_TEXT = ("language model", "generat", "chat", "llm", "summari", "causal", "instruction")
_OF_INVENTED = (
    "hallucin",
    "fabricat",
    "confab",
    "factual",
    "made up",
    "made-up",
    "invent",
    "inaccurate ",
    "incorrect ",
    "false ",
    "misleading ",
)
_OF_CLINICAL = ("diagnos", "treatment", "clinical", "triag", "prognos")
_TELLING = regex(r"intended use|out[- ]of[- ]scope|limitations|training data|model details|bias")
_SECTIONS = 3  # headings of as many sections of a card make one


def read(blocks: list[Block]) -> dict[str, Any]:
    """Return the fields of `Prose` that are signs."""
    low = _low(blocks)
    return {
        "clinical": _clinical(blocks) if any(each in low for each in _OF_CLINICAL) else 0,
        "text": any(each in low for each in _OF_TEXT) and any(form.search(low) for form in _TEXT),
        "invented": any(each in low for each in _OF_INVENTED) and any(form.search(low) for form in _INVENTED),
        "hint": next((name for name, words, form in _HINTS if any(each in low for each in words) and form.search(low)), ""),
    }


def cardlike(blocks: list[Block]) -> bool:
    """Tell whether a text says that it is a card, by its title and headings: none of its sentences is judged for that."""
    said = headings(blocks)
    titled = any(_CARD.search(each) for each in said[:3]) or bool(_CARD.search(_low(blocks)[:300]))
    return titled or sum(_TELLING.search(each) is not None for each in said) >= _SECTIONS


def headings(blocks: list[Block]) -> list[str]:
    """Return what headings say, in small letters."""
    return [inline.cleaned(block.text).lower() for block in blocks if block.kind == "heading"]


def _low(blocks: list[Block]) -> str:
    return "\n".join(block.text for block in blocks if block.kind != "code").lower()


def _clinical(blocks: list[Block]) -> int:
    """Return the line of the first claim of clinical use."""
    for block in blocks:
        if block.kind in {"code", "heading"}:
            continue
        low = block.text.lower()
        if not any(each in low for each in _OF_CLINICAL):
            continue
        for found in _CLINICAL.finditer(low):
            begin = low.rfind(". ", 0, found.start()) + 1
            end = low.find(". ", found.end())
            if not _NO.search(low[begin : end if end > 0 else len(low)]):
                return block.line
    return 0
