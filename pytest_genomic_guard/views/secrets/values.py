"""Whether a value is a secret, or stands for one: placeholders, references, examples, and strings that nobody has drawn.

A drawn value is told by how it is written: under a model of what people write its letters and its changes of case, letters and
digits are less likely than if each of its characters was drawn from those of its kind. The model is of pairs of letters and of
kinds of characters, counted over the 74,566 different words (identifiers, words of comments, paths) of the standard library of
Python 3.11.7 (Python Software Foundation licence); it holds no word of it. Entropy alone tells nothing of short strings.
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.secrets import stock

_LETTERS = 26
# Half bits, A for none, of a letter behind another or, in the first row, at the beginning of a word
_PAIRS = (
    b"JKHIJJKKJRNJJKKIQJFJKMLMRRTKHISPKVKVNGIHWJWGIFMLOONUFNLNHPPSHITGNPHKWIJOGUQVJQHTMPGPRHLZHIOQEPSJMGJPTYOX"
    b"HNOJDNOSFSTIRPHQUKJMIRSTNVJPIIMLNUQXRFKGPLNFHHQMNJNTIRMMIHNTEWZIPQFPVHLKIWSZNZKQOPDSKJHYXJNJLQZHHMKRRXTQ"
    b"ERQOESUTHZPMNPFRZJNHLUUXPXLKJJKLJXRWRHJEHKVKHGVMYMZLGWLPDQWRLSLPRWFKWQIQFWRWPWJPMMCMLPGVSJRLMMQMHOMRKZQU"
    b"IOPKEEUUGYSISQHNZSKJKRUZLUFKQNDSUUIYRLKPGGZRJMLWVXOZHRIGHKGSJVNNQMINUQHFLMTWRWMLIHTNMVNWMJIFKIZGJJIMKOTT"
    b"FRNMFOSNJZRHQRHIUGLILRQZJZPQOPRRTPUXXLSLSOMLJRBTPXXXHRKLEOKUHYNNKMGNZJHIMNRVLZLTKQDRPKIXNMPQJJQPIFJROULY"
    b"GQLNENUHFZOMNQIMVHJKKROSKRLJLMHLMWJZUGIGNIZGIGQVWSZVEPOSCPRSGZXRPPMQXPORUQQVVVFSNMHPSKEYVMNIHPTGIOSUKQYX"
    b"LQHOHMSOIZUMJRNHVPMDPOSLKSOMLMKOPSLZVJKINEXMEFPNLSOPISOPCNUMFYYLLOINYROQPYQYOQ"
)
# Bits of a kind of character behind another: lower, upper, digit, separator, other; in the first row at the beginning
_KINDS = (
    (0.6, 2.6, 4.4, 3.2, 5.0),
    (0.2, 6.4, 6.7, 3.3, 6.0),
    (2.2, 0.6, 6.4, 3.5, 6.0),
    (2.4, 6.0, 0.6, 3.0, 5.0),
    (0.5, 3.1, 4.9, 2.9, 5.0),
    (1.5, 2.5, 2.5, 3.0, 2.0),
)
_LOWER, _UPPER, _DIGIT, _SEPARATOR, _OTHER = range(5)
_ALPHA = b"abcdefghijklmnopqrstuvwxyz"
_SIZES = (4.7, 4.7, 3.32, 1.0, 3.0)  # bits of a character of each kind that was drawn from its kind
_KIND = [_OTHER] * 256
for _byte in range(256):
    _char = chr(_byte)
    if _byte < 128 and _char.isalnum():
        _KIND[_byte] = _LOWER if _char.islower() else _UPPER if _char.isupper() else _DIGIT
for _byte in b"_-./ :":
    _KIND[_byte] = _SEPARATOR

_KEPT = 64  # values whose answers are kept: one after the other all checks ask for the same one
_LONGEST = 512  # bytes of a value that are looked at
_HEX = regex(rb"[0-9a-f]{8,}+|[0-9A-F]{8,}+")
_UUID = regex(rb"(?i)\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?")
_HASHES = frozenset({32, 40, 56, 64, 96, 128})
_HASHED = regex(
    rb"(?i)(?:sha-?\d{1,3}|md5|blake\w{0,3}|git|argon2\w{0,2}|bcrypt|s?crypt|pbkdf2[\w-]*)[:\-_=$][a-z0-9+/=$]{8,}"
    rb"|\$(?:\d\w?|argon2\w{1,2}|pbkdf2[\w-]*|apr1|y)\$"
)
_DNA = regex(rb"(?i)[acgtun*.-]{8,}+")
_PROTEIN = regex(rb"[ACDEFGHIKLMNPQRSTVWYX*-]{20,}+")
_PLAIN = regex(  # forms that things other than secrets have
    rb"""(?ix)
    [a-z][a-z0-9+.-]{1,15}://.* | [\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}
    | [\w.]{1,60}(?:/[\w.]{1,60}){1,6}@\d{4}-\d\d-\d\d[\w-]{0,12}
    | v?\d{1,5}(?:\.\d{1,6}){1,4}(?:[-+.]?[a-z]{1,6}[\w.-]{0,12})? | \d{1,4}[-/.:]\d{1,2}[-/.:]\d{1,4}(?:[t ]\d{1,2}:\d\d.{0,20})?
    | [\d.,+:/e-]+(?:[a-z%]{1,3})? | \#[0-9a-f]{3,8} | 0x[0-9a-f]{1,8} | (?:[a-z_]\w{0,60}\.){2,6}[a-z_]\w{0,60}
    | (?:[a-z_]\w{0,40}(?:\.|::|->)){0,5}[a-z_]\w{0,40}\(.*\)?;? | .*[(\[]\^.* | \^.*\$ | .*\\[dwsb].* | .*\[[a-z0]-[z9].*
    """
)
_PATHS = regex(  # paths, media types and locales; a drawn value can look so, and is told by its letters
    rb"""(?ix)
    (?:[a-z]:)?[\\/](?:[\w .@~-]+[\\/])*[\w.@~-]*\.[a-z]\w{0,5} | \.{0,2}/[\w.-]+(?:/[\w.-]+)*/?
    | [a-z]{2,20}/[a-z0-9.+-]{2,40}(?:;.*)?
    | (?:[\w.@~-]{1,40}/){1,8}[\w.~-]{1,60}(?:\.[a-z]\w{0,5})? | (?:[a-z]{2,3}[-_]){1,2}[a-z]{2,6}(?:\.[a-z0-9-]{3,10})?
    | [\w.-]{1,60}\.(?:py|ipynb|json|ya?ml|txt|csv|tsv|md|html?|js|ts|css|pem|key|crt|cfg|ini|toml|xml|sh|r|zip|gz|png
    |jpe?g|svg|pdf|log
    |db|sqlite3?|conf|env|java|go|rb|php|vcf|bam|fa|fasta|bed|pth?|ckpt|onnx|h5|pkl|npy|npz)
    """
)
_BASE64, _PRINTED = regex(rb"[A-Za-z0-9+/]{4,512}={0,2}"), regex(rb"[ -~]{4,}")
_SCREAMED = regex(rb"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
_NAMED = regex(rb"[A-Z]{2,}(?:[_-][A-Z0-9]+)+|[a-z]+(?:[_-][a-z]+)+|[a-z]{2,}(?:[A-Z][a-z]{2,})+")  # identifiers
_PIECE = regex(rb"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^A-Za-z]+")
_WORDY = regex(
    rb"(?:[a-z]+[-_. ])*[a-z]+\d{0,2}|(?:[A-Z]+[-_. ])*[A-Z]+\d{0,2}|[A-Z][a-z]+\d{0,2}|[A-Za-z][a-z]+(?:[A-Z][a-z]+)+\d?"
)
_DJANGO = regex(rb"[a-z0-9!@#$%^&*()_=+-]{50}")
_PASSWORD_LEAST, _PASSWORD_MOST = 6, 64
_LEAST, _SURE, _DOUBT = 8, 5.0, 10.0  # bytes of what can be told to be drawn; bits by which that must be likelier; more for names
_SEQUENCES = (
    b"abcdefghijklmnopqrstuvwxyz",
    b"01234567890",
    b"qwertyuiop",
    b"asdfghjkl",
    b"zxcvbnm",
    b"qwertzuiop",
    b"azertyuiop",
    b"!@#$%^&*()",
)


def placeholder(value: bytes) -> bool:
    """Tell whether a value stands for one that is not there: a reference, a template, an example, a mask, a well-known default."""
    return _stands(value[:_LONGEST].strip())


@lru_cache(_KEPT)
def _stands(value: bytes) -> bool:
    bare = value.strip(b"\"'`,;")
    if len(set(bare.lower())) < 4 or stock.refers(bare) or stock.example(bare) or sequence(bare):
        return True
    inside = _decoded(bare)
    return bool(inside) and (stock.refers(inside) or stock.example(inside) or sequence(inside))


def _decoded(value: bytes) -> bytes:
    """Return the words that a value is the base64 of, as in a Secret of Kubernetes; empty for what is none."""
    if len(value) < _LEAST or len(value) % 4 or not _BASE64.fullmatch(value):
        return b""
    from binascii import Error, a2b_base64  # noqa: PLC0415 - for texts with such a value only

    try:
        inside = a2b_base64(value).strip()
    except Error:
        return b""
    return inside if _PRINTED.fullmatch(inside) else b""


def drawn(value: bytes) -> bool:
    """Tell whether a value looks as if it was drawn at random, as keys and tokens are."""
    return _is_drawn(value[:_LONGEST].strip())


@lru_cache(_KEPT)
def _is_drawn(value: bytes) -> bool:  # noqa: PLR0911 - one line for each thing that is none
    if len(value) < _LEAST or len(set(value)) < min(8, 4 + len(value) // 8) or placeholder(value):
        return False
    if _UUID.fullmatch(value):
        return len(set(value)) > 9
    if _HEX.fullmatch(value):
        return _hexadecimal(value)
    if 3 * sum(byte > 0x7F for byte in value) > len(value):
        return False  # a word of another alphabet
    if _biological(value) or _PLAIN.fullmatch(value) or _HASHED.match(value) or b" " in value:
        return False
    if len(value) >= 2 * _LEAST and value.isalnum() and _changes(value) >= len(value) // 3:
        return True
    least = _SURE + 0.1 * len(value) + (_DOUBT if value.isalpha() or _NAMED.fullmatch(value) or _camel(value) else 0)
    return score(value) >= least


def score(value: bytes) -> float:
    """Return by how many bits it is likelier that each character was drawn from its kinds than that a person wrote it."""
    natural, before, last = 0.0, 5, -1
    seen = [False] * 5
    for byte in value:
        kind = _KIND[byte]
        seen[kind] = True
        natural += _KINDS[0 if before == 5 else before + 1][kind]
        if kind <= _UPPER:
            letter = (byte | 0x20) - 97
            inside = before <= _UPPER and not (before == _LOWER and kind == _UPPER)
            natural += (_PAIRS[(last + 1) * _LETTERS + letter] if inside else _PAIRS[letter]) / 2 - 32.5
            last = letter
        else:
            natural += _SIZES[kind]
        before = kind
    return natural - len(value) * _uniform(seen)


def _uniform(seen: list[bool]) -> float:
    """Return the bits of one character that is drawn from all characters of the kinds that are there."""
    import math  # noqa: PLC0415 - for texts with such a value only

    sizes = (26, 26, 10, 2, 8)
    return math.log2(sum(size for size, there in zip(sizes, seen, strict=True) if there) or 1)


def _hexadecimal(value: bytes) -> bool:
    """Tell whether hexadecimal digits are drawn: letters and digits are mixed, and neither counts up."""
    letters = sum(byte > 0x39 for byte in value)
    least = len(value) // (10 if len(value) >= 4 * _LEAST else 8)
    return letters > least and len(value) - letters > len(value) // 8 and _changes(value) >= len(value) // 5


def _camel(value: bytes) -> bool:
    """Tell whether a value is of words that begin with capitals: drawn letters change their case twice as often."""
    return value.lower() != value != value.upper() and len(value) >= 3 * len(_PIECE.findall(value))


def _changes(value: bytes) -> int:
    """Return how often a digit stands beside a letter."""
    return sum((one > 0x39) != (two > 0x39) for one, two in itertools.pairwise(value))


def _biological(value: bytes) -> bool:
    """Tell whether a value is a sequence of bases or residues, or a string of qualities."""
    if _DNA.fullmatch(value) or _PROTEIN.fullmatch(value):
        return True
    others = sum(_KIND[byte] == _OTHER for byte in value)
    return len(value) >= 20 and 3 * others > len(value)


def hashlike(value: bytes) -> bool:
    """Tell whether a value has the form of a digest or a revision: it is one only where its name says so."""
    return (_HEX.fullmatch(value) is not None and (len(value) in _HASHES or len(value) <= 12)) or _HASHED.match(value) is not None


def identifier(value: bytes) -> bool:
    """Tell whether a value has the form of a UUID."""
    return _UUID.fullmatch(value) is not None


def sequence(value: bytes) -> bool:
    """Tell whether a value counts up or down, runs along a keyboard, or repeats itself."""
    low = value.lower()
    if len(low) >= 6 and any(low[at:] == low[: len(low) - at] for at in (1, 2, 3, 4) if len(low) >= 2 * at + 2):
        return True
    if stock.made_of(low, _runs(), slack=2):
        return True
    letters, digits = bytes(filter(_ALPHA.__contains__, low)), bytes(filter(b"0123456789".__contains__, low))
    return (
        len(letters) > 2
        and len(digits) > 2
        and stock.made_of(letters, _runs(), slack=0)
        and stock.made_of(digits, _runs(), slack=0)
    )


def _runs() -> frozenset[bytes]:
    if not _found:
        both = [each for one in _SEQUENCES for each in (one, one[::-1])]
        _found.append(
            frozenset(each[at : at + size] for each in both for size in range(3, 11) for at in range(len(each) - size + 1))
        )
    return _found[0]


_found: list[frozenset[bytes]] = []


def password(value: bytes) -> bool:
    """Tell whether a value is what a person would choose as a password: letters with digits or signs, and no form of anything."""
    value = value.strip()
    if not _PASSWORD_LEAST <= len(value) <= _PASSWORD_MOST or len(set(value)) < 4 or any(byte <= 32 for byte in value):
        return False
    kinds = _kinds(value)
    if not kinds & {_LOWER, _UPPER} or not kinds & {_DIGIT, _OTHER} or placeholder(value):
        return False
    if (
        _SCREAMED.fullmatch(value)
        or _PLAIN.fullmatch(value)
        or _PATHS.fullmatch(value)
        or _HASHED.match(value)
        or _biological(value)
    ):
        return False
    return not _WORDY.fullmatch(value) or bool(re.search(rb"\d\d", value) and not re.search(rb"[-_. ]", value))


def django(value: bytes) -> bool:
    """Tell whether a value is a key as Django draws it (`get_random_secret_key`): 50 of its small letters, digits and signs."""
    key = value.removeprefix(b"django-insecure-")
    return _DJANGO.fullmatch(key) is not None and len(set(key)) >= 20 and len(_kinds(key)) >= 3


def strong(value: bytes) -> bool:
    """Tell whether a chosen password has three kinds of characters: then it is one, wherever it stands."""
    return len(value) >= 8 and len(_kinds(value)) >= 3 and password(value)


def _kinds(value: bytes) -> set[int]:
    """Return the kinds of characters of a value; letters of other alphabets are letters, and beside them a sign is punctuation."""
    kinds = {_KIND[byte] if byte < 128 else _LOWER for byte in value}
    return kinds - {_OTHER} if not value.isascii() and _DIGIT not in kinds else kinds
