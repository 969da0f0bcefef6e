"""Tokens of vendors, invented at every call."""

from __future__ import annotations

import random
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

_random = random.SystemRandom()
_MOST = 4  # further repeats of what may repeat without end


class Tokens:
    """Tokens of vendors: a part of `Samples`."""

    @classmethod
    def token(cls, kind: str = "huggingface") -> bytes:
        """Return a token in the form of a vendor, by the name of its format: what the format's own rule matches, and is drawn."""
        from pytest_genomic_guard.views.secrets.vendors import FORMATS  # noqa: PLC0415 - samples are made in tests alone
        from pytest_genomic_guard.views.secrets.vendors.form import drawn  # noqa: PLC0415 - as above

        each = next(each for each in FORMATS if each.rule.name == f"vendor-{kind}")
        for _try in range(200):  # chance gives words as well
            pieces: list[bytes] = []
            written = _written(re._parser.parse(each.rule.pattern), pieces)  # type: ignore[attr-defined]  # noqa: SLF001
            shown = b'x = "' + written + b'"'
            real = each.real is None or each.named or each.real(shown, 5, 5 + len(written))
            value = pieces[-1] if each.named and pieces else written
            if drawn(pieces[-1] if pieces else written, each.kinds, each.least) and (real or _try > 100):
                break
        return value

    @classmethod
    def github_token(cls, checksum: str = "right") -> bytes:
        """Return a GitHub personal access token whose checksum is right, or wrong."""
        import zlib  # noqa: PLC0415 - samples are made in tests alone

        from pytest_genomic_guard.views.secrets.vendors.checksums import base62  # noqa: PLC0415 - as above

        body = "".join(_random.choices(_ALNUM, k=30)).encode()
        return b"gh" + b"p_" + body + base62(zlib.crc32(body) ^ (checksum != "right"))

    @staticmethod
    def characters(form: str = "hex", length: int = 40) -> bytes:
        """Return random characters: hex, alnum, dna or uuid."""
        if form == "uuid":
            raw = _random.randbytes(16).hex()
            return "-".join((raw[:8], raw[8:12], raw[12:16], raw[16:20], raw[20:])).encode()
        return "".join(_random.choices({"hex": "0123456789abcdef", "dna": "ACGT"}.get(form, _ALNUM), k=length)).encode()

    @staticmethod
    def join(a: str = "", b: str = "") -> bytes:
        """Return two pieces as one: what no tree should hold whole."""
        return (a + b).encode()

    @classmethod
    def account_file(cls, escaped: str = "no") -> bytes:
        """Return the JSON key file of a Google service account that does not exist."""
        import json  # noqa: PLC0415 - samples are made in tests alone

        rows = [cls.characters("alnum", 64).decode() for _each in range(26)]
        dashes = "-" * 5
        key = "\n".join([f"{dashes}BEGIN PRIVATE KEY{dashes}", *rows, f"{dashes}END PRIVATE KEY{dashes}", ""])
        name = f"etl@{_word()}.iam.gserviceaccount.com"
        made = {"type": "service_account", "project_id": _word(), "private_key_id": cls.characters().decode(), "private_key": key}
        text = json.dumps({**made, "client_email": name, "client_id": str(_random.randrange(10**20, 10**21))}, indent=2)
        return (json.dumps(text) if escaped == "yes" else text).encode()


_ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def _word() -> str:
    return "".join(_random.choices("aeioulmnrst", k=12))


def _written(items: Iterable[tuple[Any, Any]], groups: list[bytes]) -> bytes:
    """Return something that a parsed expression matches; what groups hold is kept, in order."""
    made = b""
    for kind, value in items:
        name = str(kind)
        if name == "LITERAL":
            made += bytes([value])
        elif name == "IN":
            made += bytes([_random.choice(_members(value))])
        elif name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            least, most, inner = value
            for _each in range(_random.randint(least, min(most, least + _MOST))):
                made += _written(inner, groups)
        elif name == "SUBPATTERN":
            part = _written(value[3], groups)
            made += part
            if value[0] is not None:
                groups.append(part)
        elif name == "BRANCH":
            made += _written(_random.choice(value[1]), groups)
        elif name == "ATOMIC_GROUP":
            made += _written(value, groups)
        elif name == "ASSERT" and value[0] < 0:
            made += _written(value[1], groups)
    return made


def _members(members: Iterable[tuple[Any, Any]]) -> list[int]:
    found: list[int] = []
    kept = True
    for kind, value in members:
        name = str(kind)
        if name == "LITERAL":
            found.append(value)
        elif name == "RANGE":
            found += range(value[0], value[1] + 1)
        elif name == "CATEGORY":
            found += _ALNUM.encode() if str(value) == "CATEGORY_WORD" else b"0123456789" if str(value) == "CATEGORY_DIGIT" else b" "
        kept = kept and name != "NEGATE"
    return found if kept else [byte for byte in (_ALNUM + "-").encode() if byte not in found]
