"""What source code says of a list of numbers in it: the name it has, the lines that use that name, the program it is for."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic import idlists

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Near = Literal["people", "against", "program", ""]

_FAR = 1 << 11  # bytes behind a list in which its use is looked for
_LONG = 300  # bytes of a line that are read
_USES = 6  # lines that use a name
_NAME = regex(rb"([A-Za-z_][\w.]{0,60})[\"'\])]{0,3}[ \t]*(?:<-|=|:)[ \t]*(?:[A-Za-z_.]{1,16})?[\s(\[{\"'0-9,]*\Z")
_ASKED = regex(rb"%in%|isin\(|\bin\b|\binlist\b|==|!=|match\(|\bdrop\b|\bfilter\b|setdiff", re.IGNORECASE)
_PROGRAM = regex(  # what reads lists of people, or is a file of theirs; and family and person, printed from one number
    rb"plink|\.fam\b|\.psam\b|bfile|pfile|regenie|bgenix|qctool|--(?:remove|keep)\b|ukb|\beids?\b"
    rb"|(\$\{?\w{1,20}\}?)[ \t]\1(?![\w.])",
    re.IGNORECASE,
)


def literal(name: bytes, above: bytes, before: bytes, after: bytes) -> Near:
    """Return what is said of a list whose own name says little.

    `name` is the line before it, `above` a comment over that, `before` and `after` what stands around. People that are named in
    these lines, or where its name is looked up, decide; then other things do; then the programs that read lists of people.
    """
    used = _uses(name, after)
    rest = after.split(b"\n", 1)[0][:_LONG]
    asked = b"\n".join(line for line in used if _ASKED.search(line))
    if any(idlists.people(each) for each in (above, asked, rest)):
        return "people"
    if any(idlists.words(each) == "against" for each in (above, *used, rest)):
        return "against"
    return "program" if _PROGRAM.search(before) or _PROGRAM.search(after) else ""


def _uses(name: bytes, after: bytes) -> list[bytes]:
    """Return the lines behind a list that have its name in them."""
    called = _NAME.search(name)
    if not called:
        return []
    word = re.compile(rb"(?<![\w.])" + re.escape(called[1]) + rb"(?![\w.])")
    lines = (line[:_LONG] for line in after[:_FAR].split(b"\n")[1:])
    return [line for line in lines if word.search(line)][:_USES]


def paired(name: bytes) -> bool:
    """Tell whether the name of a list is two words or more that are all of samples and what is done with them: remove_ids."""
    called = _NAME.search(name)
    found = [idlists.words(each) for each in re.findall(rb"[A-Za-z]+", called[1])] if called else []
    return len(found) > 1 and set(found) == {"some"}
