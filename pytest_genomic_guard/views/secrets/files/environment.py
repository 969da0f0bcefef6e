"""Files of environment variables, and the lines of scripts, images and units that set one without quotes.

Grammars: `.Renviron` (R `?Startup`); docker `--env-file`; python-dotenv; systemd.exec(5) `Environment=`; Dockerfile ENV and ARG;
bash and csh; IPython `%env`; Java `.properties`. A value in quotes is one here only where the whole file is of this kind: elsewhere
it is an assignment, which other checks judge.
"""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.secrets.assigned import CODE, TRIAL
from pytest_genomic_guard.views.secrets.files import worth
from pytest_genomic_guard.views.secrets.files.forms import Seen, stripped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.text import Segment, Text

_NAMES = (
    b"password",
    b"passwd",
    b"passphrase",
    b"_pass",
    b"_pwd",
    b"sshpass",
    b"secret",
    b"secret_key",
    b"_key",
    b"apikey",
    b"api.key",
    b"token",
    b"_pat",
    b"credentials",
    b"credential",
    b"secretkey",
    b"accesskey",
    b"_auth",
    b"_salt",
    b"_cred",
    b"_sid",
    b"webhook",
    b"dsn",
)
ENV = Rule(
    name="env-line",
    anchors=tuple(name + each for name in _NAMES for each in (b"=", b" =", b" ")),
    pattern=rb"(?i)[a-z_.]{3,12}(?:[ \t]{0,4}=|(?<=\w)[ \t]{1,4}(?=[^\s=:]))[ \t]{0,4}+[^\s=][^\n]{3,4096}+",
    face="lower",
)
RULES = (ENV,)
TOLD = {ENV.name: ("a secret set as an environment variable", "change it at the service that takes it")}

_BEFORE = regex(
    rb"(?P<lead>[ \t]*+(?:>>>?[ \t]*+)?(?:[%!]?(?:export|setenv|set|setx|env|ENV|ARG|declare -x|local|SetEnv)[ \t]++|"
    rb"%env[ \t]++|-e[ \t]++|--env[ \t=]|--build-arg[ \t]++|-D|"
    rb"Environment=[\"']?|-[ \t]++)?|.{0,200}[ \t](?:-e[ \t]|--env[ \t=]|--build-arg[ \t]|-D)[\"']?|"
    rb"Environment=.{0,200}[ \t][\"']?|(?:RUN|export|env|!)[ \t].{0,200}[ \t]|[A-Z][A-Z0-9_]{2,40}=\S{1,200}[ \t])"
    rb"(?P<name>[A-Za-z_][\w.-]{0,80}?)(?P<rest>)\Z"
)
_NAME = regex(
    rb"(?i)(?P<pass>(?:.*(?:[_.-]|[a-z0-9]))?(?:passw(?:or)?d|passphrase)|.*[_.-](?:pass|pwd)|.*(?-i:[a-z0-9]P(?:ass|wd))|"
    rb"mysql_pwd|sshpass)|"
    rb"(?P<key>(?:.*[_.-])?(?:secret|token|api[_.-]?key|secret[_.-]?key|secret[_.-]?access[_.-]?key|access[_.-]?key|"
    rb"auth[_.-]?key|account[_.-]?key|"
    rb"storage[_.-]?key|encryption[_.-]?key|signing[_.-]?key|private[_.-]?key|master[_.-]?key|shared[_.-]?key|app[_.-]?key|"
    rb"service[_.-]?key|entrez[_.-]?key|license[_.-]?key|"
    rb"\w{1,20}[_.-]key|apikey|secretkey|accesskey|pat|credentials?|auth|salt|cred|[a-z]+token|[a-z]+secret))"
)
_NO_NAME = regex(
    rb"(?i).*(?:public|primary|foreign|sort|partition|cache|index|hash|range|group|unique|site|publishable|shortcut|registry|"
    rb"host|dict|map|row|column|state|rng|"
    rb"prng|random|lookup|field|object|s3|bucket|blob|obs|obsm|layer|batch|label|sample|cell|gene|feature|x|y|id|"
    rb"next_public.*)[_.-]?key|"
    rb".*(?:pad|unk|mask|cls|sep|eos|bos|start|end|stop|special|image|max|min|num|next|new|current|first|last|per|"
    rb"csrf_?middleware|xsrf|cancel(?:lation)?|design|eot|fim|prompt)[_.-]?token|"
    rb".*(?:no|require|use|has|with|check|show|reset|allow|enable|disable|need)[_.-]?(?:password|passwd|pass|token|auth|secret|"
    rb"key)|.*(?:one|two|first|second|single|multi|by)[_.-]?pass"
)
_WHOLE = regex(
    rb"^(?:\xef\xbb\xbf)?[ \t]*+(?:(?:export|set)[ \t]++)?[A-Za-z_][\w.-]{0,80}+[ \t]?=[^\n]{0,4096}+$|^[ \t\r]*+$|"
    rb"^%%[a-z][^\n]{0,400}+$|^[ \t]*+[#;!][^\n]{0,4096}+$|^[ \t]*+\[[^\n]{1,80}+\][ \t\r]*+$",
    re.MULTILINE,
)
_CODE = regex(rb"[(){}\[\]|<>]|[A-Za-z_]\w*\.[a-z_]\w*$|^[a-z_]+$|^[A-Za-z_]\w{0,14}$|,$|^\\")
_PATH = regex(
    rb"(?:~|\.{1,2})?/[\w./~@%+-]{2,400}|[A-Za-z]:\\.*|[\w./-]{1,200}\.(?:pem|key|crt|json|ya?ml|txt|env|py|sh|pub|toml|ini|"
    rb"cfg|enc|gpg|csv|sh|p12|pfx|jks|db)|https?://.*|\w+://.*"
)
_MODEL = regex(
    rb"(?i)[._-](?:example|template|sample|dist|tmpl|tpl|j2|jinja2?|in|erb)(?:\.\w{1,6})?$|^(?:example|template|sample)s?[._-]"
)
_EXAMPLE = regex(rb"(?i)(?:^|[./_-])(?:example|template|sample|dist|default|defaults|tmpl|tpl|skel|schema|ci|test)(?:$|[./_-])")


def found(view: Text) -> Iterator[Seen]:
    """Yield the secrets among the variables that a text sets."""
    whole: dict[int, bool] = {}
    name = view.artifact.path.rsplit(b"/", 1)[-1]
    example = _MODEL.search(name) is not None or (b"env" in name.lower() and _EXAMPLE.search(name) is not None)
    trial = TRIAL.search(view.artifact.path) is not None
    for start, end in view.matches(ENV):
        segment = view.segment(start)
        if segment.context in {"markup", "binary"}:
            continue
        seen = _line(view, segment, start, min(end, view.end(segment)), whole)
        value = view.data[seen.start : seen.end] if seen else b""
        if seen and (worth.chance(value) if example else worth.strong(value) or not trial):
            yield seen


def _line(view: Text, segment: Segment, start: int, end: int, whole: dict[int, bool]) -> Seen | None:
    data = view.data
    line = max(data.rfind(b"\n", segment.start, start) + 1, segment.start, start - 400)
    sign = next((at for at in range(start, min(end, start + 40)) if data[at] in b"= \t"), end)
    before = _BEFORE.match(data[line:sign].removeprefix(b"\xef\xbb\xbf"))
    if not before:
        return None
    name, lead = before["name"], before["lead"].strip()
    first = sign
    while first < end and data[first] in b"= \t":
        first += 1
    spaced = b"=" not in data[sign:first]
    if spaced and lead.split(b" ")[0] not in {b"setenv", b"ENV", b"setx", b"SetEnv", b"%env"}:
        return None
    quoted = data[first : first + 1] in {b'"', b"'"}
    value = stripped(data, first, end)
    text = data[value[0] : value[1]]
    if not quoted:
        text = text.split(None, 1)[0] if text.strip() else b""
        rest = data[value[0] + len(text) : value[1]].strip()
        if rest and not lead and not rest.startswith(b"#"):
            return None  # a sentence, or an expression
        value = (value[0], value[0] + len(text))
    wide = data[sign : sign + 1] != b"=" or data[sign + 1 : sign + 2] in {b" ", b"\t"}
    entire = _entire(view, segment, whole)
    if not entire and not lead and (wide or quoted or name != name.upper() or b"_" not in name + b"_"):
        return None
    if quoted and not entire and not lead.startswith((b"Environment", b"ENV", b"ARG", b"%env", b"-e", b"--env")):
        return None
    return Seen(form=ENV.name, start=value[0], end=value[1], key=name.decode()) if _secret(name, text, entire=entire) else None


def _secret(name: bytes, value: bytes, *, entire: bool) -> bool:
    kind = _NAME.fullmatch(name)
    if not kind or _NO_NAME.fullmatch(name) or _PATH.fullmatch(value) or worth.named(value, name):
        return False
    if kind["key"] and b" " in value.strip():
        return False
    if kind["pass"] and (b"." in name or not value.isascii()):
        return worth.strong(value)  # a file of translations has such names
    if kind["pass"]:
        return worth.given(value) and (entire or worth.strong(value) or not _CODE.search(value))
    return worth.strong(value) and (entire or not _CODE.search(value))


def _entire(view: Text, segment: Segment, whole: dict[int, bool]) -> bool:
    """Tell whether a text is nothing but variables: nearly all of its lines set one, or are comments."""
    if segment.start not in whole:
        part = view.data[segment.start : min(view.end(segment), segment.start + (64 << 10))]
        coded = segment.context == "file" and not segment.trail and CODE.search(view.artifact.path)
        if coded or (segment.context == "source" and not part.lstrip().startswith((b"%%writefile", b"%%file"))):
            whole[segment.start] = False
        else:
            total = part.count(b"\n") + 1
            whole[segment.start] = sum(1 for _each in _WHOLE.finditer(part)) >= 0.85 * total
    return whole[segment.start]
