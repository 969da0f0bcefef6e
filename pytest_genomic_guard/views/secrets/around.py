"""What stands around a value that is assigned to a name, and says that it is none, or none that is sure.

A hash beside its salt, fields of a record that is parted by colons or stars, options of a command, names among names, the
fingerprint of the key that signs commits, an identifier or a digest in a test.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.secrets import names, values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.secrets.assigned import Seen, Setting

_HEX = regex(rb"(?i)[0-9a-f]{8,}+")
_SALT = regex(rb"(?i)[\"'`,;)/>\s]{0,4}<?[\w\"']{0,16}salt")
_OPTION = regex(rb"--[a-z][\w-]{0,40}(?:=|\Z)|[a-z_]\w{0,40}=[\"'`]")
_RECORD = regex(rb"\d{1,9}:")
_TAG = regex(rb"(?i)<[a-z]\w{0,9}\s(?:[^<>\n]{0,60}\s)?(?:name|href|id|class|style|src|title|rel)=[\"']?\Z")
_CONTROL = regex(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # of a compiled program
_FINGERPRINTS = frozenset({8, 16, 40})  # digits, of a key of OpenPGP
_NEAR = 40
_TRIED = regex(rb"(?i)(?<![a-z])test(?![a-z])|dummy|mock")


def weighed(one: Seen, data: bytes, begin: int, where: Setting, *, listed: bool) -> Seen | None:
    """Return a value as it is, with less certainty, or None where it is no secret; its name begins at an offset."""
    value = data[one.start : one.end]
    before, behind = data[max(0, begin - 1) : begin], data[one.end : one.end + _NEAR]
    if (
        _CONTROL.search(data, begin, one.end)
        or _OPTION.match(value)
        or (before == b":" and _RECORD.match(value))
        or (listed and names.kind(value))
    ):
        return None
    if (before == b"*" and value.startswith(b"*")) or _TAG.search(data[max(begin, one.start - 100) : one.start]):
        return None  # a segment of X12; a tag behind the sentence
    digits = _HEX.fullmatch(value) is not None
    if digits and len(value) in _FINGERPRINTS and data[begin : one.start].lower().rstrip(b" \t=:\"'").endswith(b"signingkey"):
        return None
    hashed = one.kind == "password" and (_SALT.match(behind) is not None or (digits and len(value) >= 32))
    named = values.identifier(value) and b"secret" not in data[max(0, begin - 1) : one.start].lower()
    tried = where.trial and (named or values.hashlike(value) or bool(_TRIED.search(data, begin, one.start)))
    return one.replace(sure=False) if hashed or tried else one
