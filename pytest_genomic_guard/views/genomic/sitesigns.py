"""Whether a text can name a variant at all: what must stand in it where `nested` finds genotypes, told by a few searches.

It may say so of a text that names none; where it does not, no string in the text is one that `genocells.is_variant` knows, and no
object in it has a chromosome and a position.
"""

from __future__ import annotations

import re

# Digits and what may be one in another script; letters of alleles; signs between a chromosome, a position and alleles.
_FORMS = bytearray(range(256))
for _kind, _members in ((b"0", bytes(range(48, 58)) + bytes(range(128, 256))), (b"A", b"ACGTDIR<*"), (b".", b"._-")):
    for _member in _members:
        _FORMS[_member] = _kind[0]
_SHAPED = bytes(_FORMS)
_MARKS = (b"rs0", b"AX.0", b"Affx.", b"SNP.A.", b"kgp0", b"exm", b"JHU.", b"ga0gh:VA.", b"NA.00000", b"NM.00000")
_PLACES = (b"00A", b"00.A", b"00:A", b":0000")
_SIGNS = rb"[:.>/|,\\]{1,3}"  # between two alleles; JSON may write a backslash before one
_PLACE = re.compile(rb"[0XYMA][.:]g?\.?00++[.:]?(?:A{1,80}+|A[A-Z0:]{1,20}>)" + _SIGNS + rb"A|[0XYMA]:0000")
_PROBE = re.compile(rb"ASA\.(?:rs)?[0XYMA:]{3}")  # GSA-
_LETTERS = bytes(ord(chr(each).lower()) if each < 128 else each for each in range(256))
_NO_LETTERS = bytes(each for each in range(256) if each > 127 or not chr(each).isalnum())
_GAP = rb"[^0-9A-Za-z]*+"  # signs are no part of a key's word
_CHROMOSOME = re.compile(
    rb"[cCrR](?<![0-9A-Za-z].)(?i:"
    + rb"|".join(
        _GAP + _GAP.join(bytes((each,)) for each in word) for word in (b"hr", b"hrom", b"hromosome", b"ontig", b"eferencename")
    )
    + rb")(?![0-9A-Za-z])",
    re.DOTALL,
)
_ON_CHROMOSOME = re.compile(rb"chr[0XYMA]{1,6}[.:]0000")


def can(text: bytes) -> bool:
    """Tell whether a text can name a variant. Not for what is written with escapes."""
    shaped = text.translate(_SHAPED)
    if any(mark in shaped for mark in _MARKS):
        return True
    if b"ASA." in shaped and _PROBE.search(shaped):
        return True
    if any(place in shaped for place in _PLACES) and _PLACE.search(shaped):
        return True
    if b"chr" in shaped and _ON_CHROMOSOME.search(shaped):
        return True
    joined = text.translate(_LETTERS, _NO_LETTERS)
    if b"chr" not in joined and b"contig" not in joined and b"referencename" not in joined:
        return False
    return any(word in joined for word in (b"pos", b"bp", b"start")) and _CHROMOSOME.search(text) is not None
