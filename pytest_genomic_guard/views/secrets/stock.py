"""Values that everybody knows: words that stand for a secret in all languages, references to where it is kept, examples, masks."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex

_REFERS = regex(
    rb"""(?ix)
    <.*>?$ | \$[({\[].* | \$(?:env:|this->|_)?[a-z_]+\d?(?:[^\w!@\#%^&*].*)?$ | \#\{.* | \{[\w.!:\[\]'"-]*\}?$
    | %[sdrfv]$ | %\(.* | %\w+%$
    | \[.*\]$ | @[a-z_.]+@?$ | @microsoft.* | __[a-z_]+__$ | \*[a-z_*]*$ | \(.*\)$
    | !(?:ref|sub|getatt|vault|secret|env|var|env_var|importvalue|reference|join|fn)\b.*
    | (?:os\.)?(?:environ|getenv)\b.* | process\.env\b.* | import\.meta\b.* | sys\.(?:argv|getenv).*
    | (?:var|local|data|module|secrets?|env|vars|values|params?|inputs|outputs|self|this|args|config|settings|options|opts
    |request|req
    |ctx|state|each|cfg|conf|steps|needs|parameters|resource|aws_\w+|random_\w+)(?:\.|->|\[)[a-z_"'].*
    | (?:vault|arn|file|env|ssm|keyring|keychain|op|secretsmanager|awssm|gcpsm|azurekv|keyvault|sops|ref\+?\w*|classpath
    |secret|sm|doppler
    |pass|bws):/{0,2}[\w/{$].* | enc[\[(].* | \{cipher\}.* | projects/.*/secrets/.* | /run/secrets/.*
    | (?:lookup|get|read|fetch|load|require|sys|base64encode|getpass|input|prompt|generate|random|uuid)\w*(?:\.\w+)*\(.*
    | .*\$\{.* | .*\{\{.* | .*\{[a-z_]{1,30}(?:[.\[][\w'"\]]{1,30}){0,3}(?:![rs])?\}.*
    | .*%\(\w+\).* | .*<[a-z][a-z_ .-]*>.* | .*\$\(\w.*
    | \$2[aby]\$.* | (?:n/?a|none|null|nil|undefined|true|false|yes|no|nan)$ | .*\.\.\..* | .*%[sd]$ | .*\xe2\x80\xa6.*
    """,
    re.DOTALL,
)
_MASK = regex(
    rb"(?i)x{5,}|\*{3,}|\.{3,}|#{4,}|_{4,}|-{4,}|\?{3,}|0{8,}|1{8,}|\xe2\x80\xa2{1,}|deadbeef|cafebabe|badc0ffee|abcdefgh|asdasd|abcd1234|1234abcd"
)
# The beginnings of tokens that RFC 6749 and RFC 6750 print, and of the keys that the emulators of Azure have
_PRINTED = (b"tGzv3JOk", b"2YotnFZF", b"gX1fBat3", b"mF_9.B5f", b"czZCaGRS", b"Eby8vdM0", b"C2y6yDjf", b"s6BhdRkq")
_ALWAYS = regex(  # words that no random value has, and that no real secret is given
    rb"(?i)example|sample|placeholder|dummy|change[-_ ]?(?:me|this|it)|redacted|removed|masked|fixme|replace[-_ ]?(?:me|this|with)"
    rb"|insert[-_ ]|not[-_ ]?(?:a[-_ ]?)?real|fake|invalid|your[-_ ]?|lorem|ipsum|todo\b|\btbd\b|some[-_ ]?(?:key|token"
    rb"|secret|pass|random)"
    rb"|any[-_ ]?thing|whatever|to[-_ ]be[-_ ]|[-_ ]here\b|goes[-_ ]?here|put[-_ ]|enter[-_ ]|paste|super[-_ ]?secret"
    rb"|top[-_ ]?secret"
    rb"|correct[-_ ]?horse|battery[-_ ]?staple|hunter2|s3cr3t|p[a4@][s5$]{2}w[o0]rd|foo[-_]?bar|development[-_]|mysecret"
    rb"|my[-_ ]?(?:key|token|pass|pwd|api)"
    rb"|for[-_ ]?testing|[-_]test$|test[-_ ]?(?:key|token|secret|pass|pwd|api)|(?:key|token|secret|pass|pwd)[-_ ]?test"
    rb"|secret[-_ ]?key|api[-_ ]?key"
    rb"|access[-_ ]?(?:key|token)|client[-_ ]?secret|auth[-_ ]?token|private[-_ ]?key|django-insecure-?$|(?:^|[^a-z])(?:tu|su|votre"
    rb"|ihr|dein|deine?|seu|sua)[-_ ]"
    rb"|ejemplo|exemplo|exemple|beispiel|passwort|contrase|mot[-_ ]?de[-_ ]?passe|geheim|senha|cambia"
)
# Words of which a value is that says nothing; two or more of them make one as well, and so do the digits behind them
WORDS = frozenset(
    (
        b"password passwd passwort pass pwd passphrase secret secrets token tokens key keys api apikey auth access"
        b" private public client user username"
        b" admin administrator root guest test tests testing tester demo dev prod staging local localhost default value"
        b" values string text str data"
        b" my the a an is this that some new old super very top long short safe secure security strong weak random mock"
        b" stub foo bar baz qux quux spam"
        b" eggs ham abc abcd abcde xyz xxx hello world letmein welcome login qwerty asdf zxcv iloveyou monkey dragon"
        b" master postgres postgresql mysql"
        b" mariadb mongo mongodb redis rabbitmq guest oracle sa minio minioadmin elastic changeit changeme temp tmp db"
        b" database app application service"
        b" server session cookie jwt bearer basic oauth signing signature encryption encrypt shared account storage"
        b" hidden empty blank unset unused"
        b" insecure unsafe nobody noone none null nil bogus wrong bad good right correct incorrect valid invalid missing"
        b" required optional one two three"
        b" first second third other another different same super credential credentials cred creds id name field label"
        b" header type code pin otp email"
        b" clave contrasena senha segredo geheim geheimnis motdepasse secreto kennwort wachtwoord parola haslo chiave"
        b" schluessel hf openai aws github"
        b" azure google wandb do not use it for only in with of and or to no not please placeholder me here airflow"
        b" jupyter notebook docker kafka"
        b" req res request response superset grafana vagrant ubuntu pi raspberry tomcat manager"
    ).split()
) | {b"-", b"_", b".", b" ", b"!", b"@", b"#", b":", b"/"}


def refers(value: bytes) -> bool:
    """Tell whether a value says where the secret is, or is a template of one."""
    return _REFERS.match(value) is not None or _MASK.search(value) is not None


def example(value: bytes) -> bool:
    """Tell whether a value is an example, a default, or made of words that say nothing."""
    return value.startswith(_PRINTED) or _ALWAYS.search(value) is not None or made_of(value.lower(), WORDS, slack=0, digits=True)


def made_of(value: bytes, words: frozenset[bytes], *, slack: int, digits: bool = False) -> bool:
    """Tell whether a value is made of nothing but words: each place is reached at most once.

    `slack` bytes may be over at its end; with `digits`, up to four of them stand between words or behind them.
    """
    if len(value) > 80:
        return False
    reached = [False] * (len(value) + 1)
    reached[0] = True
    for at in range(len(value)):
        if not reached[at]:
            continue
        for size in range(1, min(14, len(value) - at) + 1):
            part = value[at : at + size]
            if part in words or (digits and size <= 4 and part.isdigit()):
                reached[at + size] = True
    return any(reached[max(1, len(value) - slack) :])
