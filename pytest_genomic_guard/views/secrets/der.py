"""What a private key in DER is: PKCS #1, PKCS #8, SEC 1, in the clear or locked, told by its first elements.

Sources, from general knowledge, not opened again: RFC 8017 A.1.2 (RSAPrivateKey), RFC 5958 (OneAsymmetricKey,
EncryptedPrivateKeyInfo), RFC 5915 (ECPrivateKey), RFC 7292 (PKCS #12), RFC 4253 and OpenSSH `PROTOCOL.key` (openssh-key-v1), RFC
4880 5.5.3 (OpenPGP secret keys).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    State = Literal["clear", "locked", ""]  # "": no private key that this can tell

RSA = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"
EC = b"\x2a\x86\x48\xce\x3d\x02\x01"
PBES = b"\x2a\x86\x48\x86\xf7\x0d\x01"  # pkcs-5 (5) and pkcs-12 pbe (12, 1): what encrypts a key
EDWARDS = (b"\x2b\x65\x6e", b"\x2b\x65\x6f", b"\x2b\x65\x70", b"\x2b\x65\x71")  # X25519, X448, Ed25519, Ed448
_OPENSSH = b"openssh-key-v1\0"
_PUBLIC = {1: 2, 2: 2, 3: 2, 16: 3, 17: 4}  # numbers in the public part of an OpenPGP key, by its algorithm
_CURVE = frozenset({18, 19, 22})
_PLAIN = {25: 32, 26: 56, 27: 32, 28: 57}  # RFC 9580: X25519, X448, Ed25519, Ed448


def element(data: bytes, at: int) -> tuple[int, int, int] | None:
    """Return tag, begin and end of the element at an offset; its end may lie beyond the data. None when there is none."""
    if at + 2 > len(data):
        return None
    size, begin = data[at + 1], at + 2
    if size > 0x84 or size == 0x80:
        return None
    if size > 0x80:
        begin += size - 0x80
        if begin > len(data):
            return None
        size = int.from_bytes(data[at + 2 : begin], "big")
    return data[at], begin, begin + size


def private(data: bytes, at: int = 0) -> State:
    """Tell whether a private key begins at an offset, and whether it is locked."""
    outer = element(data, at)
    if outer is None or outer[0] != 0x30:
        return ""
    first = element(data, outer[1])
    if first is None or first[2] > len(data):
        return ""
    if first[0] == 0x30:
        return "locked" if _locks(data, first) else ""
    if first[0] != 2 or data[first[1] : first[2]] not in {b"\0", b"\1"}:
        return ""
    second = element(data, first[2])
    return _clear(data, first, second) if second else ""


def _clear(data: bytes, first: tuple[int, int, int], second: tuple[int, int, int]) -> State:
    """Tell whether a version and the element behind it begin a private key."""
    if second[0] == 4:  # SEC 1
        return "clear" if data[first[1]] == 1 and 16 <= second[2] - second[1] <= 72 else ""
    if second[0] == 0x30:  # PKCS #8
        third = element(data, second[2])
        return "clear" if third and third[0] == 4 and data[second[1] : second[1] + 1] == b"\6" else ""
    return "clear" if second[0] == 2 and second[2] - second[1] >= 32 else ""  # PKCS #1 and the same of DSA


def bits(data: bytes) -> int:
    """Return how many bits the modulus of a PKCS #1 key has, 0 when it is none."""
    outer = element(data, 0)
    first = element(data, outer[1]) if outer else None
    second = element(data, first[2]) if first else None
    if second is None or second[0] != 2 or second[2] - second[1] < 32:
        return 0
    return (second[2] - second[1]) // 8 * 64


def _locks(data: bytes, algorithm: tuple[int, int, int]) -> bool:
    """Tell whether an algorithm encrypts by a password, and encrypted data follow."""
    name = element(data, algorithm[1])
    after = element(data, algorithm[2])
    if name is None or name[0] != 6 or after is None or after[0] != 4:
        return False
    told = data[name[1] : name[2]]
    return told.startswith((PBES + b"\5", PBES + b"\x0c\1"))


def openssh(data: bytes) -> State:
    """Tell whether a key of OpenSSH is locked, by the cipher that its header names."""
    if not data.startswith(_OPENSSH):
        return ""
    at = len(_OPENSSH)
    size = int.from_bytes(data[at : at + 4], "big")
    if len(data) < at + 4 or size > 64:
        return ""
    return "clear" if data[at + 4 : at + 4 + size] == b"none" else "locked"


def ssh2(data: bytes) -> State:
    """Tell the same of a key of ssh.com: a mark, its length, the names of type and cipher."""
    if not data.startswith(b"\x3f\x6f\xf9\xeb"):
        return ""
    size = int.from_bytes(data[8:12], "big")
    at = 12 + size
    cipher = int.from_bytes(data[at : at + 4], "big")
    return "clear" if size < 200 and data[at + 4 : at + 4 + cipher] == b"none" else "locked"


def pgp(data: bytes) -> State:
    """Tell whether the first packet is a secret key, and locked: by the octet behind its public numbers."""
    if len(data) < 16:
        return ""
    tag = data[0]
    if tag & 0xC0 == 0xC0:
        kind, at = tag & 0x3F, 2 if data[1] < 192 else 3 if data[1] < 224 else 6
    elif tag & 0x80:
        kind, at = tag >> 2 & 0xF, 1 + (1, 2, 4, 0)[tag & 3]
    else:
        return ""
    if kind not in {5, 7} or data[at] not in {3, 4, 5, 6}:
        return ""
    version = data[at]
    algorithm = data[at + (7 if version == 3 else 5)]
    at += 8 if version == 3 else 6 if version == 4 else 10
    if algorithm in _CURVE:
        at += 1 + data[at] if at < len(data) else 0
    for _each in range(1 if algorithm in _CURVE else _PUBLIC.get(algorithm, 0)):
        at += 2 + (int.from_bytes(data[at : at + 2], "big") + 7) // 8
    at += _PLAIN.get(algorithm, 0)
    if algorithm == 18 and at < len(data):
        at += 1 + data[at]
    return "locked" if at < len(data) and data[at] else "clear"
