"""Secrets that are assigned to names, invented at every call."""

from __future__ import annotations

import random
import string
import uuid

from pytest_genomic_guard.views.secrets import values

_random = random.SystemRandom()
_ALPHABETS = {
    "mixed": string.ascii_letters + string.digits,
    "lower": string.ascii_lowercase + string.digits,
    "hex": "0123456789abcdef",
    "base64": string.ascii_letters + string.digits + "+/",
    "django": string.ascii_lowercase + string.digits + "!@#$%^&*(-_=+)",
    "signs": string.ascii_letters + string.digits + "!@#%^&*",
}
_TRIES = 50


class Assigned:
    """Secrets that are assigned to names: a part of `Samples`."""

    @staticmethod
    def drawn(length: int = 32, of: str = "mixed") -> bytes:
        """Return a random value of letters and digits: `of` is mixed, lower, hex, base64, django or signs."""
        for _try in range(_TRIES):  # chance gives words, and rows of digits; how many of them are lost has a test of its own
            middle = "".join(_random.choices(_ALPHABETS[of], k=length - 4))
            first, last = _random.sample("qzxkvw" if of != "hex" else "bdf", 2), _random.sample("3579", 2)
            value = "".join([*first, middle, *last]).encode()
            if values.drawn(value):
                break
        return value

    @staticmethod
    def chosen(style: str = "sign") -> bytes:
        """Return a password as people choose them: an invented word with a year and a sign (sign), or with digits only (plain)."""
        for _try in range(_TRIES):
            word = "".join(_random.choice("bdfglmnrstv") + _random.choice("aeiou") for _each in range(4)).title()
            value = f"{word}{_random.randrange(1950, 2030)}{_random.choice('!#?') if style == 'sign' else ''}".encode()
            if values.password(value):
                break
        return value

    @staticmethod
    def kept(style: str = "environment") -> bytes:
        """Return what stands where a secret is kept elsewhere: environment, template, shell, mask or example."""
        return {
            "environment": b'os.environ["X_TOKEN"]',
            "template": b"{{ token }}",
            "shell": b"${X_TOKEN}",
            "mask": b"*" * 12,
            "example": b"your-" + b"token-" + b"here",
        }[style]

    @staticmethod
    def identity() -> bytes:
        """Return a random UUID."""
        return str(uuid.uuid4()).encode()
