"""What is drawn, what people choose, and what only stands for a secret."""

from __future__ import annotations

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_genomic_guard.views.secrets import values

_ALPHABETS = {
    "letters and digits": string.ascii_letters + string.digits,
    "small letters and digits": string.ascii_lowercase + string.digits,
    "capitals and digits": string.ascii_uppercase + string.digits,
    "hexadecimal": "0123456789abcdef",
    "base64": string.ascii_letters + string.digits + "+/",
    "base64url": string.ascii_letters + string.digits + "-_",
    "with signs": string.ascii_letters + string.digits + "!@#%^&*",
    "letters": string.ascii_letters,
}
# Written, and not drawn: of each kind that stands behind names of secrets in real programs
_WRITTEN = (
    b"bert-base-uncased biobert_v1_1_pubmed settings/production.json https://host.org/token/v2 token_endpoint_auth_method"
    b" X-Forwarded-For Content-Type application/json;charset=utf-8 2024-05-01T10:22:31Z v1.22.3-rc1 getAccessTokenSilently"
    b" org.springframework.security.oauth2 com.company.service.TokenProvider input[type=password] #login-form .btn-primary"
    b" ^[A-Za-z0-9_-]{20,}$ en_US.UTF-8 sha256 AES-256-GCM HMACSHA256 RS256 text/x-python GRCh38.p14 ENSG00000139618"
    b" ACGTTGCAACGTACGTTGCAACGT MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQAPILSRVGDG NM_007294.4:c.5266dup authenticationStrategy"
    b" SOCIAL_AUTH_GOOGLE_OAUTH2_KEY /run/secrets/db_password infinite_scroll_container RandCropByPosNegLabelDict"
).split()
_STANDS = (
    b"<password> ${DB_PASSWORD} $(cat secret.txt) {{ vault_password }} %(password)s %s {token} os.environ['X'] process.env.TOKEN"
    b" var.db_password secrets.API_KEY !Ref vault:secret/data/db file:/etc/token env:TOKEN ******** xxxxxxxxxxxx ... None null"
    b" changeme your-api-key YOUR_TOKEN_HERE my-secret-token test123 admin postgres password123 example-key-1 placeholder dummy"
    b" REDACTED abc123 123456789 qwertyuiop asdfasdf aaaaaaaa abcdefghijklmnop secret_key insert_token_here not-a-real-key"
    b" mot-de-passe geheim senha123 changeit letmein fake_token_1 s3cr3t"
).split()


@pytest.mark.parametrize("alphabet", list(_ALPHABETS))
@pytest.mark.parametrize("length", [16, 20, 24, 32, 40, 64])
def test_random_values_are_drawn(alphabet: str, length: int) -> None:
    """Of random values nearly all are told, whatever their characters and length."""
    source = random.Random(length)  # noqa: S311 - the same values in every run
    made = ["".join(source.choices(_ALPHABETS[alphabet], k=length)).encode() for _each in range(200)]
    assert sum(map(values.drawn, made)) >= 186


@pytest.mark.parametrize("value", _WRITTEN, ids=range(len(_WRITTEN)))
def test_written_values_are_not_drawn(value: bytes) -> None:
    """Names, paths, media types, sequences, dates and expressions are nobody's random value."""
    assert not values.drawn(value)


@pytest.mark.parametrize("value", _STANDS, ids=range(len(_STANDS)))
def test_placeholders(value: bytes) -> None:
    """What stands for a secret is a placeholder, neither drawn nor chosen."""
    assert values.placeholder(value)
    assert not values.drawn(value)
    assert not values.password(value)


@given(
    st.lists(st.sampled_from(["Bodo", "Falun", "Gimel", "Tarvo", "nelub", "rimos"]), min_size=1, max_size=2), st.integers(100, 9999)
)
def test_chosen_passwords(words: list[str], number: int) -> None:
    """An invented word with a number and a sign is a password."""
    value = f"{''.join(words)}{number}!".encode()
    assert values.password(value) or values.sequence(value) or values.drawn(value)


@given(st.binary(max_size=600))
def test_any_bytes(value: bytes) -> None:
    """No value is too odd to be judged, and what is a placeholder is never drawn or chosen."""
    found = values.drawn(value), values.password(value), values.hashlike(value), values.identifier(value), values.sequence(value)
    assert all(isinstance(each, bool) for each in found)
    assert not (values.placeholder(value) and (values.drawn(value) or values.password(value)))


def test_digests_and_identifiers_are_known_by_form() -> None:
    """A digest and a UUID have forms of their own; names decide what they are."""
    digest = random.Random(1).randbytes(20).hex().encode()  # noqa: S311 - as above
    assert values.hashlike(digest)
    assert values.drawn(digest)
    assert values.identifier(b"-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:32])))
