"""Whether a text can name a variant at all: what must stand in it where `nested` finds genotypes, told by a few searches.

It may say so of a text that names none; where it does not, no string in the text is one that `genocells.is_variant` knows, and no
object in it has a chromosome and a position.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex

# Digits and what may be one in another script; letters of alleles; signs between a chromosome, a position and alleles.
_FORMS = bytearray(range(256))
for _kind, _members in ((b"0", bytes(range(48, 58)) + bytes(range(128, 256))), (b"A", b"ACGTDIR<*"), (b".", b"._-")):
    for _member in _members:
        _FORMS[_member] = _kind[0]
_SHAPED = bytes(_FORMS)
_MARKS = (b"rs0", b"AX.0", b"Affx.", b"SNP.A.", b"kgp0", b"exm", b"JHU.", b"ga0gh:VA.", b"NA.00000", b"NM.00000")
_PLACES = (b"00A", b"00.A", b"00:A", b":0000")
_SIGNS = rb"[:.>/|,\\]{1,3}"  # between two alleles; JSON may write a backslash before one
_PLACE = regex(rb"[0XYMA][.:]g?\.?00++[.:]?(?:A{1,80}+|A[A-Z0:]{1,20}>)" + _SIGNS + rb"A|[0XYMA]:0000")
_PROBE = regex(rb"ASA\.(?:rs)?[0XYMA:]{3}")  # GSA-
_LETTERS = bytes(ord(chr(each).lower()) if each < 128 else each for each in range(256))
_NO_LETTERS = bytes(each for each in range(256) if each > 127 or not chr(each).isalnum())
_GAP = rb"[^0-9A-Za-z]*+"  # signs are no part of a key's word
_CHROMOSOME = regex(
    rb"[cCrR](?<![0-9A-Za-z].)(?i:"
    + rb"|".join(
        _GAP + _GAP.join(bytes((each,)) for each in word) for word in (b"hr", b"hrom", b"hromosome", b"ontig", b"eferencename")
    )
    + rb")(?![0-9A-Za-z])",
    re.DOTALL,
)
_ON_CHROMOSOME = regex(rb"chr[0XYMA]{1,6}[.:]0000")


_WORDS = (b"chr", b"contig", b"referencename", b"pos", b"bp", b"start")
_PIECE = 1 << 18  # bytes that are looked at together: a long text is not copied as a whole, and these stay near the processor
_CARRIED = 16  # bytes of the piece before: no mark, place or word is longer


def can(text: bytes) -> bool:
    """Tell whether a text can name a variant. Not for what is written with escapes."""
    places = probes = sites = False
    words, joined = set[bytes](), b""
    for at in range(0, len(text), _PIECE):
        shaped = text[max(0, at - _CARRIED) : at + _PIECE].translate(_SHAPED)
        if any(mark in shaped for mark in _MARKS):
            return True
        probes = probes or b"ASA." in shaped
        places = places or any(place in shaped for place in _PLACES)
        sites = sites or b"chr" in shaped
        joined = joined[-_CARRIED:] + text[at : at + _PIECE].translate(_LETTERS, _NO_LETTERS)
        words.update(word for word in _WORDS if word in joined)
    if probes or places or sites:
        shaped = text.translate(_SHAPED)
        if (probes and _PROBE.search(shaped)) or (places and _PLACE.search(shaped)) or (sites and _ON_CHROMOSOME.search(shaped)):
            return True
    if words.isdisjoint(_WORDS[:3]) or words.isdisjoint(_WORDS[3:]):
        return False
    return _CHROMOSOME.search(text) is not None
