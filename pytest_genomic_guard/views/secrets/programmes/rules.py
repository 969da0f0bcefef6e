"""The rules of the biomedical checks, shared by all of them: one for the words of each programme, and those of whole formats."""

from __future__ import annotations

from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.secrets import jwt
from pytest_genomic_guard.views.secrets.programmes.others import PROGRAMMES, SECTIONS

# First bytes: ncbi/ncbi-vdb `libs/kfg/config.c` decode_ncbi_gap, `libs/kfg/kart.c`, `interfaces/krypto/encfile-priv.h`
MAGIC = Rule(
    name="ncbi-magic",
    anchors=(b"ncbi_gap", b"ncbikart", b"NCBInenc", b"NCBIkenc", b"NCBIsenc"),
    pattern=rb"(?:ncbi_gap|ncbikart|NCBI[nks]enc)",
)
# The same in base64, and as Python shows bytes
WRITTEN = Rule(
    name="ncbi-magic-written",
    anchors=(b"bmNiaV9nYX", b"bmNiaWthcn", b"TkNCSW5lbm", b"TkNCSWtlbm"),
    pattern=rb"(?<![0-9A-Za-z+/])(?:bmNiaV9nYX|bmNiaWthcn|TkNCSW5lbm|TkNCSWtlbm)[0-9A-Za-z+/_-]{40}",
)
# What an .ngc holds when it is unpacked: `version 1.0`, then project, subproject or ticket, key, title
OPENED = Rule(
    name="ngc-opened",
    anchors=(b"version 1.",),
    pattern=rb"version 1\.\d[\r\n|]{1,3}\d{2,9}\|[^|\r\n]{0,64}\|[0-9A-Fa-f-]{32,64}\|",
)
# A cart in clear: ncbi/ncbi-vdb `libs/kfg/kart.c` KartPrintNumbered (`version`, then proj-id|item-id|accession|name|item-desc,
# then `$end`); a project of number 0 is public data
CART = Rule(
    name="ncbi-cart",
    anchors=(b"version 1.",),
    pattern=rb"version 1\.\d\r?\n[1-9]\d{1,8}\|\d{0,20}\|[A-Z]{0,4}\d{0,12}\|[^|\r\n]{0,200}\|",
)
# `vdb-config`: ncbi/ncbi-vdb `libs/kfg/repository.c` (download-ticket, encryption-key beside encryption-key-path)
SETTINGS = Rule(
    name="ncbi-settings",
    anchors=(b"download-ticket", b"encryption-key"),
    pattern=rb"""(?:download-ticket|encryption-key)["']?\s{0,4}[=:>]\s{0,4}\\?["']?(?=[^\s"'\\<>$]{12,128})""",
)
# A login file of pyega3: EGA-archive/ega-download-client `libs/credentials.py`
LOGIN = Rule(
    name="json-login",
    anchors=(b'"username', b'"password'),
    pattern=rb"""(?x)"(?:username|password)\\{0,3}"\s{0,8}:\s{0,8}\\{0,3}"[^"\r\n\\]{1,200}\\{0,3}"(?:\s|\\n){0,40},(?:\s|\\n){0,40}
    \\{0,3}"(?:username|password)\\{0,3}"\s{0,8}:\s{0,8}\\{0,3}"[^"\r\n\\]{1,200}\\{0,3}"(?:\s|\\n){0,40}
    (?:,(?:\s|\\n){0,40}\\{0,3}"(?:client_secret|key|grant_type)\\{0,3}"\s{0,8}:\s{0,8}\\{0,3}"[^"\r\n\\]{0,200}\\{0,3}"(?:\s|\\n){0,40}){0,3}\}""",
)
# Gen3: uc-cdis/gen3sdk-python `gen3/auth.py` (`api_key` beside `key_id`); fence issues the first as a JWT
PAIR = Rule(
    name="gen3-key-pair",
    anchors=(b"key_id",),
    pattern=rb"""key_id\\?["']\s{0,8}:\s{0,8}\\?["'][0-9A-Fa-f-]{20,64}""",
)
# A key of SMART backend services: RFC 7517; SMART App Launch 2.0, "Asymmetric authentication" (RS384, ES384)
JWK = Rule(
    name="smart-private-jwk",
    anchors=(b"kty",),
    pattern=rb"""kty\\?["']\s{0,8}:\s{0,8}\\?["'](?:RSA|EC)\b""",
)
# The file that cBioPortal gives out: its docs/deployment/authorization-and-authentication/Authenticating-Users-via-Tokens.md
CBIOPORTAL = Rule(
    name="cbioportal-token-file",
    anchors=(b"creation_date:",),
    pattern=rb"creation_date: \d{4}-\d\d-\d\dT[\d:.]{5,16}Z?\r?\n",
)
# What PyCap says of a token that it was given with a blank or a letter too many: redcap-tools/PyCap `redcap/methods/base.py`
REFUSED = Rule(
    name="redcap-token-refused",
    anchors=(b"ncorrect token format",),
    pattern=rb"""ncorrect token format \\{0,3}["'][\w .:-]{20,66}?\\{0,3}["'],? ?token""",
)
PET = Rule(name="terra-pet", anchors=(b"pet-00",), pattern=rb"pet-\d{6,32}@[\w-]{4,40}\.iam\.gserviceaccount\.com", face="shape")
ADDRESS = Rule(
    name="omop-address",
    anchors=(b"://",),
    pattern=rb"""://[^\s:/@"'<>]{1,64}:[^\s/@"'<>]{3,128}@[^\s"'<>@]{3,200}""",
)
STRING = Rule(
    name="omop-connection-string",
    anchors=(b"jdbc:",),
    pattern=rb"""(?i)jdbc:[a-z]{2,20}:[^\s"'<>]{4,300}""",
)
# A value of a form of its own behind a word that only credentials have, where nothing but the path may name the programme
_FORMS = rb"[0-9a-f]{32}|[0-9a-f]{36}|[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
TYPED = Rule(
    name="typed-token",
    anchors=(b"token", b"api_key", b"apikey", b"api-key", b"[authentication]"),
    pattern=(
        rb"""(?i)(?:token|api[_-]?key)\\?["']?\]?\s{0,4}(?:=|:|<-|,|>)\s{0,4}\\?["']?(?:FORMS|[0-9a-z+/]{86}==)(?![0-9A-Za-z_-])"""
        rb"""|(?:token|api[_-]?key)"?(?:[,;\t][^\r\n]{0,120}+)?\r?\n(?:[^\r\n,;\t]{0,120}[,;\t]){0,12}"?(?:FORMS)(?![0-9A-Za-z_-])"""
        rb"""|\[authentication\]\s"""
    ).replace(b"FORMS", _FORMS),
    face="lower",
)
# What a part of a settings file is called: `ncbi:`, `[ega]`, `"terra": {`
_NAMES = b"|".join(SECTIONS)
SECTION = Rule(
    name="programme-section",
    anchors=tuple(each for name in SECTIONS for each in (b"[" + name + b"]", b'"' + name + b'"', b"'" + name + b"'", name + b":")),
    pattern=(
        rb"""(?i)(?:\[(?:NAMES)\]|["'](?:NAMES)["']\s{0,3}[:=]\s{0,3}(?:\{|dict\()|(?<![\w/.-])(?:NAMES):[ \t]{0,8}\r?\n)"""
    ).replace(b"NAMES", _NAMES),
    face="lower",
)
# Names of files, which are texts of their own
NAMED = Rule(
    name="biomedical-file-name",
    anchors=(b".enc_key", b"gdc-user-token", b"gdc_user_token", b".ukbkey", b".irodsa"),
    pattern=rb"(?i)(?:\.enc_key|gdc[-_]user[-_]token[\w.:+-]{0,64}|\.ukbkey|\.irodsA)(?![\w.])",
    face="lower",
)
WORDS = tuple(
    Rule(
        name="programme-" + "-".join(programme.subject.lower().split()),
        anchors=programme.anchors,
        pattern=rb"(?i)" + programme.marks,
        face="lower",
    )
    for programme in PROGRAMMES
)
RULES = (
    MAGIC, WRITTEN, OPENED, CART, SETTINGS, LOGIN, PAIR, JWK, CBIOPORTAL, REFUSED, PET, ADDRESS, STRING, TYPED, SECTION,
    NAMED, *jwt.RULES, *WORDS,
)  # fmt: skip
