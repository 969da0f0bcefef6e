"""Private keys and signed tokens: told by their structure, in every wrapper, each once; what is none is quiet; work is bounded."""

from __future__ import annotations

import base64
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_genomic_guard._invented import keys as invented
from pytest_genomic_guard.testing import DIRECTIVES, samples, scan
from pytest_genomic_guard.views.secrets import der, headers, jwk, jwt, keyfiles, pem

KINDS = ("rsa", "ec", "dsa", "pkcs8", "ed25519", "p256", "openssh")
FORMS = ("plain", "json", "line", "blanks", "code", "indented", "traceback", "base64")
WRAPPERS = ("gzip", "zip", "tar", "utf-16", "bom", "crlf", "notebook", "notebook-stream", "notebook-source", "notebook-markdown")


def codes(data: bytes, path: bytes = b"notes.txt") -> list[str]:
    """Return the codes of what these checks find."""
    report = scan({path: data})
    assert not [gap for gap in report.gaps if gap.reason in {"check-failed", "view-failed"}]
    return [each.code for each in report.findings if each.code in {"SEC106", "SEC107", "SEC108"}]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", KINDS)
def test_found_once_however_its_lines_are_broken(kind: str, form: str) -> None:
    """A key is one finding, whatever stands between its lines."""
    assert codes(b"key = " + samples.pem(kind=kind, form=form) + b"\n") == ["SEC106"]


@pytest.mark.parametrize("wrapper", WRAPPERS)
@pytest.mark.parametrize("kind", ["rsa", "openssh", "ed25519"])
def test_found_once_in_every_wrapper(kind: str, wrapper: str) -> None:
    """A key is one finding in archives, notebooks, and other encodings."""
    path = b"a.ipynb" if wrapper.startswith("notebook") else b"a.txt"
    assert codes(DIRECTIVES[wrapper](samples.pem(kind=kind)), path) == ["SEC106"]


@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_token_found_once_in_every_wrapper(wrapper: str) -> None:
    """A token is one finding, also behind the name of a header."""
    path = b"a.ipynb" if wrapper.startswith("notebook") else b"a.txt"
    said = f"Authorization: Bearer {samples.jwt()}\n".encode()
    assert codes(DIRECTIVES[wrapper](said), path) == ["SEC108"]


@pytest.mark.parametrize("kind", ["sealed", "locked"])
def test_locked_keys_warn(kind: str) -> None:
    """A key that a password locks is the other check's."""
    assert codes(samples.pem(kind=kind)) == ["SEC107"]


def test_structures_are_told() -> None:
    """The structures are told apart, and what is cut is none."""
    for kind in ("rsa", "ec", "dsa", "pkcs8", "ed25519", "p256"):
        assert der.private(invented.made(kind)) == "clear"
    assert der.private(invented.made("locked")) == "locked"
    assert der.openssh(invented.openssh()) == "clear"
    assert der.openssh(invented.openssh("aes256-ctr")) == "locked"
    assert der.pgp(invented.pgp()) == "clear"
    assert der.pgp(invented.pgp("yes")) == "locked"
    assert der.bits(invented.pkcs1(1024)) == 1024


@given(st.binary(max_size=300), st.integers(0, 40))
@settings(max_examples=300, deadline=None)
def test_structures_never_raise(data: bytes, cut: int) -> None:
    """Whatever follows, nothing is raised."""
    for head in (b"", b"\x30\x82", b"\x95\x01", b"\xc5", b"openssh-key-v1\0", invented.made("ec")[:cut], invented.pgp()[:cut]):
        for tell in (der.private, der.openssh, der.ssh2, der.pgp, der.bits):
            tell(head + data)


@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    "-----" + "BEGIN RSA PRIVATE KEY-----",
                    "-----END RSA PRIVATE KEY-----",
                    "\n",
                    "\\n",
                    '"',
                    " + ",
                    "A" * 64,
                    "=",
                    " ",
                ),
                *(
                    "MIIEpAIBAAKCAQEA",
                    "{",
                    "}",
                    '"kty": "RSA"',
                    '"d": "',
                    "eyJhbGciOiJIUzI1NiJ9",
                    ".",
                    "eyJpc3MiOiJhIn0",
                    "Bearer ",
                ),
                *("Authorization: ", "Basic ", "PuTTY-User-Key-" + "File-3: ssh-rsa\n", "Encryption: none\n", "Private-Lines: 2\n"),
                *("LS0tLS1CRUdJTi", "AGE-SECRET-" + "KEY-1", "<RSAKeyValue>", "<D>", "curl -u a:", "auth=(", "(11:private-key("),
            ]
        ),
        max_size=30,
    )
)
@settings(max_examples=40, deadline=None)
def test_pieces_never_raise(pieces: list[str]) -> None:
    """No order of the pieces raises, and none of them is a key without one."""
    assert "SEC107" not in codes("".join(pieces).encode())


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz .\n_-", max_size=400))
@settings(max_examples=25, deadline=None)
def test_words_are_no_key(words: str) -> None:
    """Words behind a header are none."""
    head = "-----" + "BEGIN PRIVATE KEY-----\n"
    assert codes(f"{head}{words}\n-----END PRIVATE KEY-----\n".encode()) == []


def test_ssh_com_is_told_by_its_cipher() -> None:
    """A key of ssh.com says encrypted in its header whether it is or not."""
    for cipher, code in ((b"none", "SEC106"), (b"3des-cbc", "SEC107")):
        body = b"\x3f\x6f\xf9\xeb\0\0\1\0" + invented.field(b"dl-modp{sign}") + invented.field(cipher) + invented.noise(300)
        lined = "\n".join(invented.lines(body, 70))
        name = "BEGIN SSH2 ENCRYPTED PRIVATE KEY ----"
        assert codes(f"---- {name}\nComment: x\n{lined}\n---- END SSH2 ENCRYPTED PRIVATE KEY ----\n".encode()) == [code]


def test_service_accounts_are_told_by_another_check() -> None:
    """The key of a service account is told with its project."""
    account = {"type": "service_account", "private_key_id": invented.noise(20).hex()}
    account["private_key"] = samples.pem(kind="pkcs8").decode()
    assert codes(json.dumps(account).encode()) == []


def test_xml_and_agent() -> None:
    """Keys as .NET and GnuPG write them."""
    parts = {name: base64.b64encode(invented.noise(128)).decode() for name in ("Modulus", "P", "Q", "DP", "DQ", "InverseQ", "D")}
    xml = "".join(f"<{name}>{value}</{name}>" for name, value in parts.items())
    assert codes(f"<RSAKey{'Value'}>{xml}</RSAKeyValue>".encode()) == ["SEC106"]
    assert codes(b"(11:private" + b"-key(3:rsa(1:n257:" + invented.noise(257) + b"\0") == ["SEC106"]
    assert codes(b"(21:protected" + b"-private-key(3:rsa(1:n257:" + invented.noise(257) + b"\0") == ["SEC107"]


ISSUERS = {
    "https://stsstg.nih.gov": "NIH RAS",
    "https://login.microsoftonline.com/x/v2.0": "Azure AD",
    "https://accounts.google.com": "Google",
    "pipeline@lab.iam.gserviceaccount.com": "Google",
    "https://lab.eu.auth0.com/": "Auth0",
    "https://repo-prod.prod.sagebase.org/auth/v1": "Synapse",
    "https://sso.lab.io/realms/main": "Keycloak",
    "https://nih.gov.lab.io": "",
    "": "",
}


@pytest.mark.parametrize("said", ISSUERS)
def test_issuers(said: str) -> None:
    """The issuer is one of ours, by its host."""
    assert jwt.issuer(samples.jwt(issuer=said).encode()) == ISSUERS[said]


def test_gen3_is_told_by_its_claims() -> None:
    """A token of Gen3 names no host of its own: any commons issues them."""
    head, body = (
        {"alg": "RS256", "typ": "JWT", "kid": "fence_key"},
        {"pur": "api_key", "iss": "https://commons.lab.io/user", "aud": []},
    )
    token = ".".join(
        [
            *(invented.url_safe(json.dumps(each).encode()) for each in (head, body)),
            invented.url_safe(b"s" + invented.noise(255)),
        ]
    )
    assert jwt.issuer(token.encode()) == "Gen3"


@given(st.binary(max_size=120), st.binary(max_size=120), st.binary(min_size=12, max_size=90))
@settings(max_examples=200, deadline=None)
def test_tokens_never_raise(first: bytes, second: bytes, third: bytes) -> None:
    """Parts of any content are told, or are none."""
    parts = [invented.url_safe(b'{"alg":' + first), invented.url_safe(second), invented.url_safe(third)]
    jwt.told(".".join(parts).encode())
    jwt.told(b"")


BLOWN = (
    *(
        b"-----" + b"BEGIN PRIVATE KEY-----",
        b"eyJhbGciOiJ.",
        b'"kty":"RSA",',
        b"Authorization: ",
        b"Bearer aaaaaaaaaaaaaaaaaaaaaaaa ",
    ),
    *(
        b"AIBAAKC",
        b"LS0tLS1CRUdJTi",
        b"<RSAKeyValue>",
        b" -u a:b ",
        b"auth=(",
        b"PrivateKey = ",
        b"authorization      ",
        b"eyJ",
        b"/eyJ.",
    ),
)


@pytest.mark.parametrize("piece", BLOWN)
def test_work_grows_with_the_text(piece: bytes) -> None:
    """Of a text of one repeated piece, what is matched and looked at is no more than a few times the text."""
    data = piece * (40_000 // len(piece))
    for rule in (*pem.RULES, *jwk.RULES, *jwt.RULES, *headers.RULES, *keyfiles.RULES):
        anchors = {
            found.start()
            for anchor in rule.anchors
            for found in re.finditer(re.escape(anchor), data.lower() if rule.face == "lower" else data)
        }
        pattern = re.compile(rule.pattern, re.MULTILINE)
        last, spent = 0, 0
        for at in sorted(anchors):
            if at >= last and (match := pattern.match(data, at)):
                last, spent = match.end(), spent + match.end() - at
        assert spent <= len(data)
    assert len(codes(data)) <= 1
