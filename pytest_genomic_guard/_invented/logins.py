"""Files of credentials, invented at every call."""

from __future__ import annotations

import base64
import random
import string

from pytest_genomic_guard.views.secrets import values

_random = random.SystemRandom()
_LETTERS = {
    "alnum": string.ascii_letters + string.digits,
    "upper": string.ascii_uppercase + string.digits,
    "hex": "0123456789abcdef",
    "base64": string.ascii_letters + string.digits + "+/",
    "crypt": string.ascii_letters + string.digits + "./",
}
_FIRST = ("Harbour", "Meadow", "Copper", "Violet", "Lantern", "Walnut", "Juniper", "Pepper")
_SECOND = ("river", "stone", "garden", "window", "thunder", "kettle", "ribbon", "saddle")


class Logins:
    """Files of credentials: a part of `Samples`."""

    @staticmethod
    def login_password(form: str = "drawn") -> bytes:
        """Return a password, drawn at random or as a person thinks of one (`form=human`)."""
        if form == "human":
            return f"{_random.choice(_FIRST)}{_random.choice(_SECOND)}{_random.randrange(100, 9999)}".encode()
        for _try in range(50):  # chance gives words and placeholders as well
            body = [*_random.choices(_LETTERS["alnum"], k=13), _random.choice(string.digits), _random.choice("bcdfghkmnp"), "Q"]
            value = ("".join(body[:9]) + _random.choice("!%+^") + "".join(body[9:])).encode()
            if values.strong(value) and values.drawn(value):
                break
        return value

    @staticmethod
    def login_letters(size: int = 32, of: str = "alnum") -> bytes:
        """Return letters drawn from an alphabet: alnum, upper, hex, base64 or crypt; one of each kind is among them."""
        letters = _random.choices(_LETTERS[of], k=size)
        for at, kind in enumerate((string.ascii_lowercase, string.ascii_uppercase, string.digits)):
            known = sorted(set(kind) & set(_LETTERS[of]))
            if known and at < size:
                letters[at * (size - 1) // 2] = _random.choice(known)
        return "".join(letters).encode()

    @classmethod
    def login_base64(cls, form: str = "pair") -> bytes:
        """Return base64 of a password, of a user with one (`form=pair`), or of docker's configuration with one (`form=docker`)."""
        plain = cls.login_password()
        if form == "pair":
            plain = b"jane:" + plain
        elif form == "docker":
            plain = b'{"auths": {"registry.lab.org": {"auth": "' + base64.b64encode(b"jane:" + plain) + b'"}}}'
        return base64.b64encode(plain)

    @staticmethod
    def login_words(form: str = "base64") -> bytes:
        """Return base64 of a word that stands for a password."""
        return base64.b64encode(b"changeme") if form == "base64" else b"changeme"
