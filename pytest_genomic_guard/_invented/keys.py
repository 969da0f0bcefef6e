"""Private keys, tokens that sign, addresses with passwords, invented at every call."""

from __future__ import annotations

import base64
import hmac
import json
import random
import string

_random = random.SystemRandom()
_DASHES = "-" * 5
_RSA = bytes.fromhex("06092a864886f70d010101")
_P256 = bytes.fromhex("06072a8648ce3d020106082a8648ce3d030107")
_LETTERS = string.ascii_letters + string.digits


def noise(size: int) -> bytes:
    """Return random bytes."""
    return _random.randbytes(size)


def element(tag: int, *parts: bytes) -> bytes:
    """Return an element of DER."""
    body = b"".join(parts)
    size = len(body)
    if size < 0x80:
        return bytes([tag, size]) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


def number(bits: int) -> bytes:
    """Return an INTEGER of so many bits, as DER writes a positive one."""
    value = _random.getrandbits(bits) | 1 << (bits - 1) | 1
    return element(2, value.to_bytes(bits // 8 + 1, "big").lstrip(b"\0").rjust(bits // 8 + 1, b"\0"))


def pkcs1(bits: int = 2048) -> bytes:
    half = bits // 2
    numbers = [number(bits), element(2, b"\1\0\1"), number(bits), *(number(half) for _each in range(5))]
    return element(0x30, element(2, b"\0"), *numbers)


def sec1() -> bytes:
    curve = element(0xA0, _P256[9:])
    point = element(0xA1, element(3, b"\0\4" + _random.randbytes(64)))
    return element(0x30, element(2, b"\1"), element(4, _random.randbytes(32)), curve, point)


def made(kind: str, bits: int = 2048) -> bytes:
    """Return a key in DER, or the body of one of another kind."""
    if kind == "pkcs8":
        return element(0x30, element(2, b"\0"), element(0x30, _RSA, b"\5\0"), element(4, pkcs1(bits)))
    if kind == "ed25519":
        seed = element(4, _random.randbytes(32))
        return element(0x30, element(2, b"\0"), element(0x30, bytes.fromhex("06032b6570")), element(4, seed))
    if kind == "p256":
        return element(0x30, element(2, b"\0"), element(0x30, _P256), element(4, sec1()))
    if kind == "dsa":
        return element(0x30, element(2, b"\0"), number(1024), number(160), number(1024), number(1024), number(160))
    if kind == "locked":
        scheme = element(0x30, bytes.fromhex("06092a864886f70d01050d"), element(0x30, _random.randbytes(80)))
        return element(0x30, scheme, element(4, _random.randbytes(1232)))
    return sec1() if kind == "ec" else pkcs1(bits)


def field(value: bytes) -> bytes:
    return len(value).to_bytes(4, "big") + value


def openssh(cipher: str = "none") -> bytes:
    locks = b"none" if cipher == "none" else b"bcrypt"
    options = b"" if cipher == "none" else field(_random.randbytes(16)) + (16).to_bytes(4, "big")
    public = field(b"ssh-ed25519") + field(_random.randbytes(32))
    head = b"openssh-key-v1\0" + field(cipher.encode()) + field(locks) + field(options) + (1).to_bytes(4, "big")
    return head + field(public) + field(_random.randbytes(144))


def pgp(locked: str = "no") -> bytes:
    body = b"\4" + _random.randbytes(4) + b"\1" + b"\x08\0" + b"\x80" + _random.randbytes(255) + b"\0\x11" + b"\1\0\1"
    body += (b"\xfe\x07\x03\x08" if locked == "yes" else b"\0") + _random.randbytes(600)
    return b"\x95" + len(body).to_bytes(2, "big") + body


def lines(data: bytes, width: int = 64) -> list[str]:
    text = base64.b64encode(data).decode()
    return [text[at : at + width] for at in range(0, len(text), width)]


def url_safe(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Keys:
    """Private keys, tokens that sign, addresses with passwords: a part of `Samples`."""

    @staticmethod
    def pem(kind: str = "rsa", bits: int = 2048, form: str = "plain", label: str = "") -> bytes:
        """Return a private key in PEM; `form` is how its lines are broken: plain, json, line, code, indented, traceback, base64."""
        labels = {"rsa": "RSA ", "ec": "EC ", "dsa": "DSA ", "openssh": "OPENSSH ", "sealed": "OPENSSH ", "locked": "ENCRYPTED "}
        name = f"{label or labels.get(kind, '')}PRIVATE KEY".replace("+", " ")
        body = openssh("none" if kind == "openssh" else "aes256-ctr") if kind in {"openssh", "sealed"} else made(kind, bits)
        head, tail = f"{_DASHES}BEGIN {name}{_DASHES}", f"{_DASHES}END {name}{_DASHES}"
        lined = [head, *lines(body, 70 if "OPENSSH" in name else 64), tail]
        return _formed(lined, form)

    @staticmethod
    def pem_locked() -> bytes:
        """Return a key of RSA that is encrypted as RFC 1421 has it."""
        name = "RSA PRIVATE KEY"
        iv = _random.randbytes(16).hex().upper()
        lined = ["Proc-Type: 4,ENCRYPTED", f"DEK-Info: AES-128-CBC,{iv}", "", *lines(_random.randbytes(1200))]
        return "\n".join([f"{_DASHES}BEGIN {name}{_DASHES}", *lined, f"{_DASHES}END {name}{_DASHES}", ""]).encode()

    @staticmethod
    def pem_other(kind: str = "public", form: str = "plain") -> bytes:
        """Return what is no private key: public, certificate, cut (a part left out), header, or words."""
        words = {"public": "PUBLIC KEY", "certificate": "CERTIFICATE"}
        name = words.get(kind, "RSA PRIVATE KEY")
        body = lines(element(0x30, element(0x30, _RSA, b"\5\0"), element(3, b"\0" + _random.randbytes(270))))
        if kind == "cut":
            body = [*body[:1], "...", *body[-1:]]
        elif kind == "words":
            body = ["YOUR PRIVATE KEY GOES HERE"]
        lined = [f"{_DASHES}BEGIN {name}{_DASHES}", *body, f"{_DASHES}END {name}{_DASHES}"]
        return _formed(lined[:1] if kind == "header" else lined, form)

    @staticmethod
    def pgp_key(locked: str = "no") -> bytes:
        """Return a secret key of OpenPGP in armour."""
        name = "PGP PRIVATE KEY BLOCK"
        lined = ["Version: GnuPG v2", "", *lines(pgp(locked)), "=" + "".join(_random.choices(_LETTERS, k=4))]
        return "\n".join([f"{_DASHES}BEGIN {name}{_DASHES}", *lined, f"{_DASHES}END {name}{_DASHES}", ""]).encode()

    @staticmethod
    def putty(encryption: str = "none") -> bytes:
        """Return a key of PuTTY."""
        public, private = lines(_random.randbytes(280)), lines(_random.randbytes(600))
        head = ["PuTTY-User-Key-" + "File-3: ssh-rsa", f"Encryption: {encryption}", "Comment: imported-key"]
        tail = [f"Private-Lines: {len(private)}", *private, f"Private-MAC: {_random.randbytes(32).hex()}", ""]
        return "\n".join([*head, f"Public-Lines: {len(public)}", *public, *tail]).encode()

    @staticmethod
    def age_key() -> str:
        """Return an identity of age."""
        return "AGE-SECRET-" + "KEY-1" + "".join(_random.choices("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", k=58))

    @staticmethod
    def wireguard_key() -> str:
        """Return a key of WireGuard."""
        return base64.b64encode(_random.randbytes(32)).decode()

    @staticmethod
    def der_key(kind: str = "rsa") -> bytes:
        """Return a key in DER, or a store: p12, jks."""
        if kind == "p12":
            bag = element(0x30, bytes.fromhex("060b2a864886f70d010c0a0102"), element(0xA0, made("locked")))
            safe = element(0x30, bytes.fromhex("06092a864886f70d010701"), element(0xA0, element(4, element(0x30, bag))))
            return element(0x30, element(2, b"\3"), safe)
        if kind == "jks":
            name = b"mykey"
            entry = b"\0\0\0\1" + len(name).to_bytes(2, "big") + name + _random.randbytes(8) + field(made("locked"))
            return b"\xfe\xed\xfe\xed\0\0\0\2\0\0\0\1" + entry + _random.randbytes(20)
        return made(kind)

    @staticmethod
    def bare_key(kind: str = "rsa", form: str = "line") -> bytes:
        """Return a key in base64 without a header."""
        return _formed(lines(made(kind)), form)

    @staticmethod
    def web_key(kty: str = "RSA", private: str = "yes") -> str:
        """Return a JSON Web Key."""
        parts = {"RSA": ["n", "p", "q", "dp", "dq", "qi"], "EC": ["x", "y"], "OKP": ["x"], "oct": []}[kty]
        sizes = dict.fromkeys(parts, 128 if kty == "RSA" else 32) | {"n": 256}
        key: dict[str, str] = {"kty": kty, "kid": "main", "use": "sig"}
        key |= {part: url_safe(_random.randbytes(sizes[part])) for part in parts}
        if private == "yes":
            key["k" if kty == "oct" else "d"] = url_safe(_random.randbytes(256 if kty == "RSA" else 32))
        return json.dumps(key, indent=2)

    @staticmethod
    def jwt(issuer: str = "https://login.lab-portal.io/", alg: str = "HS256", key: str = "", claims: str = "full") -> str:
        """Return a JSON Web Token; `key` signs it, or what is drawn; `claims` is full, example (of jwt.io), trivial or anon."""
        header = {"alg": alg, "typ": "JWT"}
        payload: dict[str, object] = {"iss": issuer, "sub": _random.randbytes(8).hex(), "iat": 1_700_000_000, "exp": 1_900_000_000}
        if claims == "example":
            payload = {"sub": "1234567890", "name": "John Doe", "iat": 1_516_239_022}
        elif claims == "trivial":
            payload = {"some": "payload"}
        elif claims == "anon":
            payload |= {"iss": "supabase", "role": "anon"}
        signed = ".".join(url_safe(json.dumps(each).encode()) for each in (header, payload))
        signature = hmac.digest(key.encode() or _random.randbytes(32), signed.encode(), "sha256")
        return f"{signed}." if alg == "none" else f"{signed}.{url_safe(signature)}"

    @staticmethod
    def opaque(size: int = 40) -> str:
        """Return a token of letters and digits that has no vendor's form."""
        return "q" + "".join(_random.choices(_LETTERS, k=size - 3)) + "7Z"

    @classmethod
    def basic(cls, password: str = "") -> str:
        """Return a user and a password in base64."""
        return base64.b64encode(f"pipeline:{password or cls.login_word()}".encode()).decode()

    @staticmethod
    def login_word(size: int = 14) -> str:
        """Return a password: letters of both cases, digits, and a sign that addresses allow."""
        some = _random.choices(string.ascii_lowercase, k=size - 6) + _random.choices(string.ascii_uppercase, k=2)
        some += _random.choices("23456789", k=3)
        _random.shuffle(some)
        return "w" + "".join(some)

    @staticmethod
    def azure_key(size: int = 64) -> str:
        """Return a key as Azure storage gives it."""
        return base64.b64encode(_random.randbytes(size)).decode()

    @staticmethod
    def azure_signature() -> str:
        """Return a signature as it stands in an address."""
        from urllib.parse import quote  # noqa: PLC0415

        return quote(base64.b64encode(_random.randbytes(32)).decode(), safe="")


def _formed(lined: list[str], form: str) -> bytes:
    """Return lines as they stand in something else."""
    if form == "json":
        text = json.dumps("\n".join([*lined, ""]))
    elif form == "line":
        text = "".join(lined)
    elif form == "blanks":
        text = " ".join(lined)
    elif form == "code":
        text = " + \n".join(f'    "{line}\\n"' for line in lined)
    elif form == "indented":
        text = "|\n" + "\n".join("    " + line for line in lined)
    elif form == "traceback":
        text = "\n".join(f"{'---->' if not at else '     '} {at + 1} {line}" for at, line in enumerate(lined))
    elif form == "base64":
        text = base64.b64encode("\n".join([*lined, ""]).encode()).decode()
    else:
        text = "\n".join([*lined, ""])
    return text.encode()
