"""Credentials of biomedical programmes, invented at every call."""

from __future__ import annotations

import base64
import gzip
import json
import random
import string
import uuid

_random = random.SystemRandom()
_ISSUERS = {
    "ras": "https://sts.nih.gov",
    "synapse": "https://repo-prod.prod.sagebase.org/auth/v1",
    "gen3": "https://gen3.invented.org/user",
    "ega": "https://ega.ebi.ac.uk:8443/ega-openid-connect-server/",
    "terra": "https://terraprodb2c.b2clogin.com/invented/v2.0/",
    "lifescience": "https://login.aai.lifescience-ri.eu/oidc/",
    "illumina": "https://ica.illumina.com",
    "epic": "https://fhir.epic.com/interconnect-fhir-oauth",
    "other": "https://id.invented.net",
}
_MARKS = {"key": b"ncbi_gap", "cart": b"ncbikart", "data": b"NCBInenc", "old": b"NCBIkenc"}


def _url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class BioKeys:
    """Credentials of biomedical programmes: a part of `Samples`."""

    @staticmethod
    def bio_hex(length: int = 32, case: str = "lower") -> str:
        """Return hexadecimal digits, a letter and a digit among them, as REDCap and Seven Bridges draw tokens."""
        drawn = "a7" + "".join(_random.choices("0123456789abcdef", k=length - 10)) + "".join(_random.sample("13579bdf", 8))
        return drawn.upper() if case == "upper" else drawn

    @staticmethod
    def bio_uuid() -> str:
        """Return a UUID."""
        return str(uuid.UUID(int=_random.getrandbits(128), version=4))

    @staticmethod
    def bio_letters(length: int = 32) -> str:
        """Return letters of both cases and digits, most of them different."""
        letters = string.ascii_letters + string.digits
        return "".join(("k7Q", *_random.sample(letters, min(40, length - 3)), *_random.choices(letters, k=max(0, length - 43))))

    @staticmethod
    def bio_base64(length: int = 200) -> str:
        """Return so many characters of base64 of random bytes."""
        return base64.b64encode(_random.randbytes(length)).decode()[:length]

    @staticmethod
    def bio_password() -> str:
        """Return a password of letters, digits and a sign."""
        return (
            "".join(_random.sample("bcdfghjkmnpqrtvwxz", 7))
            + _random.choice("#!*")
            + "".join(_random.choices("23456789", k=4))
            + "Q"
        )

    @staticmethod
    def bio_token(issuer: str = "synapse") -> str:
        """Return a signed token (JWT) of an issuer."""
        claims: dict[str, object] = {
            "iss": _ISSUERS[issuer],
            "sub": str(_random.randrange(10**6)),
            "exp": 2_000_000_000,
            "jti": str(uuid.uuid4()),
        }
        if issuer == "gen3":
            claims |= {"pur": "api_key", "context": {"user": {"name": "invented"}}}
        head = {"alg": "RS256", "typ": "JWT", "kid": str(uuid.uuid4())}
        return ".".join((_url(json.dumps(head).encode()), _url(json.dumps(claims).encode()), _url(_random.randbytes(256))))

    @staticmethod
    def bio_ngc(kind: str = "key", packed: str = "yes") -> bytes:
        """Return a repository key or cart of dbGaP, or encrypted data: first bytes, then a packed line of random fields."""
        line = f"version 1.0\n{_random.randrange(10**4)}|{_random.randrange(99)}|{uuid.uuid4()}|invented\n".encode()
        if packed == "no":
            return line
        return _MARKS[kind] + (gzip.compress(line) if kind in {"key", "cart"} else _random.randbytes(400))

    @staticmethod
    def bio_cart() -> str:
        """Return a cart of dbGaP in clear: the version, then a project and the accession of a run on each line."""
        rows = [f"{_random.randrange(10**4, 10**5)}||SRR{_random.randrange(10**5, 10**6)}||" for _row in range(2)]
        return "\n".join(("version 1.0", *rows, "$end"))

    @classmethod
    def bio_jwk(cls, form: str = "RS384") -> str:
        """Return a private key as JSON (JWK) that signs with an algorithm."""
        key = {
            "kty": "EC" if form.startswith("E") else "RSA",
            "alg": form,
            "kid": str(uuid.uuid4()),
            "n": _url(_random.randbytes(256)),
            "e": "AQAB",
        }
        return json.dumps(key | {"d": _url(_random.randbytes(256))})

    @staticmethod
    def bio_pet() -> str:
        """Return a key of a pet service account, cut where the key begins."""
        mail = "pet-" + "".join(_random.choices("123456789", k=21)) + "@terra-0a1b2c3d.iam.gserviceaccount.com"
        return json.dumps({"type": "service_account", "client_email": mail, "private_key": "-----" + "BEGIN"})
