"""What form a value has, as far as that tells which programme could have issued it.

A form alone is never enough: 32 hexadecimal digits are an md5 sum far more often than a token.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.secrets.values import placeholder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

UUID = rb"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"
_FORMS = (
    ("hex32", regex(rb"[0-9A-Fa-f]{32}")),
    ("hex36", regex(rb"[0-9A-Fa-f]{36}")),
    ("hex64", regex(rb"[0-9A-Fa-f]{64}")),
    ("uuid", regex(UUID)),
    ("jwt", regex(rb"eyJ[\w-]{8,8192}\.eyJ[\w-]{8,16384}\.[\w-]{0,4096}")),
    ("labkey", regex(rb"(?:apikey|session)\|[0-9A-Za-z]{20,128}")),
    ("flywheel", regex(rb"[\w-]{2,40}(?:\.[\w-]{1,40}){1,6}:(?:\d{1,5}:)?[\w-]{16,128}")),
    ("ya29", regex(rb"ya29\.(?:[a-z]\.)?[\w-]{20,2048}")),
    ("sk", regex(rb"sk_[0-9A-Za-z]{16,128}")),
    ("alnum32", regex(rb"[0-9A-Za-z]{32}")),
    ("alnum40", regex(rb"[0-9A-Za-z]{40}")),
    ("alnum64", regex(rb"[0-9A-Za-z]{64}")),
    ("base64", regex(rb"[0-9A-Za-z+/_-]{40,4096}={0,2}")),
    ("long", regex(rb"[0-9A-Za-z+/=_.:~-]{80,8192}")),
)
_ALONE = regex(
    rb"(?i)(?:pass(?:word|wd|wort|phrase)?|pwd|secret|token|user(?:name)?|admin(?:istrator)?|root|postgres(?:ql)?|test(?:ing|er|user)?|demo|guest"
    rb"|my\w{0,24}|your\w{0,24}|ohdsi\w{0,12}|omop\w{0,12}|atlas|webapi|oracle|mysql|sqlserver|blah|foo|bar|baz|asdf|qwerty|abcd?e?f?g?"
    rb"|anonymous|public|cdm|synpuf|eunomia|welcome|letmein|change\w{0,10}|some\w{0,20}|the\w{0,20}|a?string|str|null|none|true|false|na|required"
    rb"|optional|redcap|synapse|galaxy|xnat|omero|irods|rods|physionet|ega|cosmic|toor|egarocks)[0-9!]{0,4}"
)
_NAMED = regex(
    rb"(?i)passw|secret|token|credential|_key\b|apikey|example|placeholder|getpass|environ|getenv|prompt|config|keyring|vault"
)
_REFERENCE = regex(
    rb"[$%{<\[(*]|[A-Za-z_][\w.]{0,60}[(\[]|(?:self|os|sys|args|opts?|params|cfg|conf|config|settings|input|options)\."
)
_SHORT = 72  # characters
_STEPS = bytes(range(0x30, 0x3A)) + b"abcdefghijklmnopqrstuvwxyz"
_HEX = frozenset({"hex32", "hex36", "hex64"})


def forms(value: bytes) -> frozenset[str]:
    """Return the names of all forms that a value has."""
    return frozenset(name for name, pattern in _FORMS if pattern.fullmatch(value))


def invented(value: bytes) -> bool:
    """Tell whether a value of some form was typed by hand, or stands for one: runs, repeats, alphabets."""
    bare = value.replace(b"-", b"").lower()
    if len(value) > _SHORT:  # words of placeholders come about by chance in a long one
        return len(set(bare)) < 12
    if placeholder(value) or len(set(bare)) < 6:
        return True
    half = len(bare) // 2
    if half >= 8 and (bare[:half] == bare[half : 2 * half] or bare[:8] == bare[8:16] == bare[16:24]):
        return True
    return any(bare[at : at + 9] in _STEPS or bare[at : at + 9] in _STEPS[::-1] for at in range(0, max(1, len(bare) - 8), 2))


def fits(value: bytes, wanted: AbstractSet[str]) -> bool:
    """Tell whether a value has one of the wanted forms and could have been drawn by a program."""
    found = forms(value) & wanted
    if not found or invented(value.rpartition(b"|")[2]):
        return False
    if found & (_HEX | {"uuid"}):
        return any(byte in b"0123456789" for byte in value) and len(set(value.lower())) >= 8
    if found & {"jwt", "ya29", "labkey", "sk", "flywheel"}:
        return True
    return (
        len(set(value)) >= 14 and value.lower() != value and value.upper() != value and any(byte in b"0123456789" for byte in value)
    )


def password(value: bytes, *, quoted: bool) -> bool:
    """Tell whether a value is a password that somebody chose: no default, no word for one, no reference to where it is kept."""
    if (
        not 6 <= len(value) <= 200
        or placeholder(value)
        or _ALONE.fullmatch(value)
        or _NAMED.search(value)
        or _REFERENCE.match(value)
    ):
        return False
    if b"://" in value or value.startswith((b"/", b"./", b"~", b"jdbc:")) or b"..." in value or len(set(value)) < 4:
        return False
    letters = value.replace(b"_", b"").replace(b".", b"").replace(b"-", b"")
    if letters.isalpha():  # a word, or the name of a variable: only a quoted one without joints is a value
        return quoted and letters == value and len(value) >= 8 and (value.islower() or value.isupper() or len(set(value)) >= 8)
    return True


def default(value: bytes) -> bool:
    """Tell whether a value is a password that installations and examples come with."""
    return bool(_ALONE.fullmatch(value))
