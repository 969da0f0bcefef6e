"""Names of secrets: a closed grammar over the words of a name, in which the last noun says what the name is of.

``db_password``, ``apiKey`` and ``OPENAI_API_KEY`` are names of secrets; ``password_hash``, ``token_type``, ``pad_token``,
``primary_key`` and ``max_tokens`` only look so: their last noun is another, or the word before it says what kind it is.
"""

from __future__ import annotations

from functools import lru_cache

from pytest_genomic_guard._regex import regex

_WORD = regex(rb"[A-Z]+(?![a-z])|[A-Z]?[a-z\x80-\xff]+|\d+")
_LONGEST = 12  # words of a name

_PASS = frozenset(
    b"password passwd passwort pwd pass passphrase passcode pw psw pswd passw contrasena contrase\xc3\xb1a senha kennwort"
    b" wachtwoord"
    b" parola haslo has\xc5\x82o motdepasse mdp salasana losenord l\xc3\xb6senord adgangskode passord"
    b" sifre parole clave psk".split()
)
_PASS_END = regex(
    rb".*(?:password|passwd|passphrase|passwort|contrasena|contrase\xc3\xb1a|kennwort|wachtwoord|motdepasse)"
    rb"|(?:db|user|my|root|admin|ssh|smtp|ftp|sftp|mysql|pg|sql|mail|email|login|auth|redis|mongo|http|basic|sudo|ldap|vpn|wifi|key"
    rb"|store|keystore|truststore|crypt|enc|svc|service|api|app|host|proxy|zip|pdf|sys|web|net|jdbc|usr|u|db\d?)(?:pass|pwd|pw)"
)
_PASS_BEFORE = frozenset(  # words before "pass" and "pw", which have other meanings as well
    b"db database user my root admin ssh smtp ftp sftp mysql pg postgres sql mail email login auth redis mongo http basic"
    b" sudo ldap vpn"
    b" wifi key store keystore truststore service svc api app host proxy zip sys web jdbc usr account the rabbitmq mqtt imap broker"
    b" neo4j elastic es omop cdm redcap server client bot oracle mssql git github docker registry jenkins nexus".split()
)
_SECRET = frozenset(b"secret token bearer credential credentials cred creds apikey jwt pat".split())
_SECRET_END = regex(
    rb"(?:api|auth|access|refresh|id|bearer|session|oauth|bot|app|user|client|sas|hf|github|gitlab|gh|slack|my|service"
    rb"|personal|security"
    rb"|deploy|device|login|jwt|vault|private|admin|master|wandb|write|read|npm|pypi)token"
    rb"|(?:api|auth|access|secret|private|priv|signing|encryption|encrypt|client|account|storage|subscription|licen[sc]e"
    rb"|master|shared"
    rb"|session|app|service|crypt|deploy|openai|hmac|aes)key|(?:client|app|consumer|api|shared|oauth|auth|jwt|session"
    rb"|webhook|cookie|token)secret"
)
_PLURAL = frozenset(b"tokens keys passwords secrets apikeys passwds".split())
_WEAK = frozenset(b"auth authorization cookie session sessionid authentication psk".split())
_KEY_STRONG = frozenset(
    b"api access auth authorization authentication private priv secret signing sign encryption encrypt crypto cipher aes"
    b" hmac jwt fernet"
    b" client account storage subscription license licence master shared app application service db database session"
    b" consumer admin root"
    b" deploy ingestion ingest write server webhook integration function cookie enc decrypt decryption developer dev prod"
    b" team bot oauth"
    b" openai anthropic azure aws gcp google stripe twilio sendgrid mailgun github gitlab slack hf huggingface cohere"
    b" mistral groq wandb"
    b" kaggle comet neptune pinecone weaviate qdrant tavily serpapi serper langchain langsmith deepl assemblyai"
    b" elevenlabs datadog sentry"
    b" algolia weather maps rapidapi together replicate gemini claude ncbi entrez umls redcap security auth0 security my".split()
)
_KEY_NOT = frozenset(
    b"public pub primary foreign partition sort row hash cache dict index group map lookup site publishable anon i18n"
    b" translation message"
    b" label field column join merge registry routing binding idempotency object blob file dvc sorting unique natural"
    b" composite color meta"
    b" data context search query config option param cell etag git commit item value values left right up down enter"
    b" escape arrow shift"
    b" ctrl alt control tab hot short function_key host known ssh_host state storage_object env attr attribute feature"
    b" image batch obs layer"
    b" uns rng random prng musical minor major sample test parent child document doc record entity trie sub by for is has"
    b" pressed press"
    b" modifier answer event error default override option json xml dictionary hkey registry_key"
    b" gpg pgp signature fingerprint instrumentation".split()
)
_TOKEN_NOT = frozenset(
    b"pad mask eos bos cls sep unk special start end stop next page pagination continuation csrf xsrf class image text prompt input"
    b" output first last current prev previous num n max min vocab byte word sub eot eod boi im assistant system begin of"
    b" per syntax lexer"
    b" parser cancel cancellation continue sync delta design sot video audio additional padding unknown separator mask"
    b" masked target source"
    b" frame speech object answer question list each by is has no non verification_field blank noise resume paging cursor"
    b" iterator peek"
    b" punctuation operator keyword identifier literal crsf authenticity forgery antiforgery requestverification fim"
    b" suffix prefix middle bot eom eoh"
    b" tool think thinking language lang timestamps transcribe translate pool governance erc20 nft symbol contract mint"
    b" generator".split()
)
_NEVER = frozenset(  # anywhere in a name: it is of no secret, or of none in clear
    b"hashed encrypted masked redacted obfuscated placeholder hint schema regex pattern csrf xsrf csrfmiddleware fake"
    b" dummy mock mocked"
    b" invalid wrong bogus incorrect example sample public hash checksum digest label forgot forgotten reset_url tooltip".split()
)
_BEHIND = frozenset(  # words behind the noun that leave it what it is
    b"prod production dev development staging stage live default value val str string text plain plaintext clear raw b64"
    b" base64 old new"
    b" backup local main bytes ro rw qa uat override const current in test".split()
)


def words(name: bytes) -> list[bytes]:
    """Return the words of a name in lower case."""
    return [each.lower() for each in _WORD.findall(name)][-_LONGEST:]


@lru_cache(maxsize=4096)  # a program has few names, again and again
def kind(name: bytes) -> str:
    """Return what a name is of: ``password``, ``secret``, ``weak`` for what may be one, or nothing."""
    parts = words(name)
    while len(parts) > 1 and (parts[-1].isdigit() or parts[-1] in _BEHIND):
        parts.pop()
    if not parts or b"inchi" in name.lower() or not _NEVER.isdisjoint(parts):
        return ""
    last, before = parts[-1], parts[-2] if len(parts) > 1 else b""
    if _of_password(parts, last, before):
        return "password"
    if last == b"key":
        return _of_key(parts, before)
    if (last == b"token" and before in _TOKEN_NOT) or last in {b"pass", b"pw"}:
        return ""
    if last in _SECRET or _SECRET_END.fullmatch(last):
        return "secret"
    plural = last in _PLURAL and before not in _TOKEN_NOT | _KEY_NOT | {b""}
    return "weak" if plural or last in _WEAK else ""


def _of_password(parts: list[bytes], last: bytes, before: bytes) -> bool:
    """Tell whether a name is of a password."""
    if last in {b"pass", b"pw"}:
        return not before or before in _PASS_BEFORE
    if parts[-3:] == [b"mot", b"de", b"passe"] or (last, before) in {(b"phrase", b"pass"), (b"word", b"pass")}:
        return True
    return last in _PASS or _PASS_END.fullmatch(last) is not None


def _of_key(parts: list[bytes], before: bytes) -> str:
    """Return what a key is, by the word before it."""
    if not before or before in _KEY_NOT:
        return ""
    return "secret" if before in _KEY_STRONG or before.endswith((b"api", b"secret")) or b"secret" in parts else "weak"
