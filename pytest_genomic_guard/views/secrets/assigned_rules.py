"""Text rules for a secret that is assigned to a name: the noun of the name, what assigns, and a value that could be one.

They are the gate as well: where none matches, no tree is made of a program. So the value must have a digit, a sign or many letters,
and must not begin as a reference does. Every repeat is bounded, and blanks are possessive: no run of them is tried twice.
"""

from __future__ import annotations

from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.secrets import columned, further, used_rules

_NOUN = (
    rb"passw|pass_?phrase|pass[_-]phrase|passcode|psswd|pwd|secret|token|api[_-]?key|credential|creds|senha|contrase"
    rb"|kennwort|wachtwoord|parola"
    rb"|mot_de_passe|mot-de-passe|motdepasse|salasana|losenord|l\xc3\xb6senord|adgangskode|passord|has\xc5\x82o|haslo|bearer"
)
_TAIL = rb"(?:[\w\x80-\xff]|[.-](?=\w)){0,40}+"
_MARK = rb"&(?:quot|apos|\#34|\#39|\#x2[27]);"  # a quote in a page
_CLOSE = rb"""(?:\\{0,3}["'`]|""" + _MARK + rb""")?+\*{0,2}+(?:[ \t]{0,2}[\])]){0,2}+(?:\[\d{0,5}\])?+"""
_TYPE = rb"(?<![\"'`;])[ \t]{0,8}:?[ \t]{0,8}[A-Za-z&][\w.\[\], |<>?&*]{0,40}?[ \t]{0,8}=(?![=>~])\s{0,80}+"
_ASSIGNS = (
    rb"[ \t]{0,40}+(?:=>|<<?-|:=|:-|\|\|=|\?{1,2}=|\+=|={1,3}|!==?|:|,|->|(?:is|was)(?=[ \t]{1,4}[\"'`])"
    rb"|\s{0,40}+(?:or\b|\|\||\?\?|\?:)|=[ \t]{0,4}+[\w.]{1,40}+(?:\([^()\n]{0,60}\))?+[ \t]{1,4}+(?:or\b|\|\||\?\?))"
    rb"\*{0,2}+\s{0,80}+"
)
_WRAPPED = (
    rb"(?:[(\[{]\s{0,80}+|(?:new )?(?:[\w.:]{1,24}[.:])?(?:Secret|SecretStr|SecretBytes|String|str|bytes|Field|Some"
    rb"|StringValue|Just|of|from|Optional|Buffer|(?:\w{1,24}\.)?field"
    rb"|NewString|encode|c|Parameter)\(\s{0,40}+(?:default[ \t]?=[ \t]?)?"
    rb"|ConvertTo-SecureString\s(?:-String\s)?(?:-AsPlainText\s(?:-Force\s)?)?){0,2}"
)
_QUOTE = rb"""(?:[bBrRuUfFLN@$]{1,2}(?=["'`]))?(?P<quote>\\{0,3}(?:"{3}|'{3}|["'`])|""" + _MARK + rb""")"""
_NOT = rb"(?!\$\{|\$\(|\{\{|<[A-Za-z%]|%[s(]|\s)"
_VALUE = (
    rb" ?" + _NOT + rb"""(?=[^"'`\n]{0,60}?[0-9!\#$%&*+/=?@^~|;]|[A-Za-z]{12}|[\w-]{0,24}?[A-Z]{2}[a-z])(?P<value>[^"'`\s\\]{4})"""
)
_BARE_VALUE = (
    _NOT + rb"""(?!\$[A-Za-z_])(?=[^\s"'`]{0,60}?[\d!@\#^*]|[A-Za-z+/]{20}|[\w-]{0,24}?[A-Z]{2}[a-z])(?=[^\s"'`]{0,40}?[A-Za-z])"""
    rb"""(?P<bare>[^\s"'`,;<>(){}\[\]\\|&]{6,}+)(?![(\[{])"""
)
_BARE = (
    rb"(?:[ \t]{0,20}+(?:\??=>?|::=|:[=-]?|<-|>)\*{0,2}+[ \t]{0,20}+(?:<!\[CDATA\[|!!str[ \t]{1,4}"
    rb"|[|>][+-]?[ \t]{0,4}(?:\r?\n|\\n)[ \t]{1,40}+)?"
    rb"|[ \t]{1,20}+\|[ \t]{1,20}+`?|[ \t]{1,40}+(?:(?:for|of|to|on|in|at)[ \t](?:[\w.'-]{1,30}+[ \t]){1,4}?(?=is|was))?(?:(?:is"
    rb"|was|to|ist|est|es|=|:)[ \t]{1,4}+)?"
    rb"(?=[^\s\"'`]{8}))" + _BARE_VALUE
)
_SAYS = (
    rb"""(?:default|(?:(?:env|var|variable|key|parameter|argument|setting|option|field|secret|property)[_-]?)?value|val|"""
    rb"""content|string|secret_?string|defaultValue|password|token|help)"""
)
_PAIR = (
    rb"""\\{0,2}["'`]?\\{0,2}[,:>)]?(?:\s{0,40}+\{)?(?:[\s,]|\\n){0,60}+(?:</(?:key|name)>\s{0,60}+<)?(?:-[ \t])?"""
    rb"""(?:["']?(?<!\w)\w{1,20}+["']?[ \t]{0,8}+[=:][ \t]{0,8}+[\w \t.\"'\[\]/-]{1,50}[,\n]?(?:\\n)?\s{0,40}+){0,3}?"""
    rb"""\\{0,2}["']?(?i:""" + _SAYS + rb""")\\{0,2}["']?\s{0,10}+[=:>]\s{0,10}+"""
)
_LIST = (
    rb"""(?:[ \t]{0,4},[ \t]{0,4}\w{1,30}){0,3}[ \t]{0,8}=[ \t]{0,8}\(?"""
    rb"""(?:["'][^"'\n]{1,40}["'][ \t]{0,4},[ \t]{0,4}){1,3}(?=["'])""" + _QUOTE + _VALUE
)
_JOINED = rb"""[ \t]{0,8}[=:,(][ \t(\n]{0,60}+[bf]?["'](?P<first>[^"'\n]{1,60})["']\s{0,60}+(?:\+\s{0,40}+|\\\s{1,40}+)?["']"""

_MARKED = (  # the next cell of a page, or coloured text
    rb"(?:</\w{1,8}>[\s:=]{0,20}+(?:<\w{1,8}(?:[ \t][^<>\n]{0,60})?>[\s:=]{0,20}+){1,2}){1,2}(?:[\"'`]|" + _MARK + rb")?"
)
BEHIND = (
    _TAIL
    + rb"(?:"
    + _CLOSE
    + rb"(?:(?:"
    + _ASSIGNS
    + rb"|"
    + _TYPE
    + rb")"
    + _WRAPPED
    + _QUOTE
    + _VALUE
    + rb"|[ \t]{1,20}+"
    + _QUOTE.replace(b"<quote>", b"<quote2>")
    + _VALUE.replace(b"<value>", b"<value2>")
    + rb"|"
    + _BARE
    + rb")|"
    + _PAIR
    + rb"(?:"
    + _QUOTE.replace(b"<quote>", b"<quote3>")
    + _VALUE.replace(b"<value>", b"<value3>")
    + rb"|"
    + _BARE_VALUE.replace(b"<bare>", b"<bare3>")
    + rb")|"
    + _MARKED
    + _BARE_VALUE.replace(b"<bare>", b"<bare5>")
    + rb"|[ \t]?\(\s{0,40}+"
    + _QUOTE.replace(b"<quote>", b"<quote5>")
    + _VALUE.replace(b"<value>", b"<value5>")
    + rb"|"
    + _LIST.replace(b"<quote>", b"<quote4>").replace(b"<value>", b"<value4>")
    + rb"|"
    + _JOINED
    + rb")"
)
NOUN = Rule(
    name="assigned-noun",
    face="lower",
    anchors=(
        *(
            b"passw",
            b"passphrase",
            b"pass_phrase",
            b"pass-phrase",
            b"passcode",
            b"psswd",
            b"pwd",
            b"psw",
            b"secret",
            b"token",
            b"apikey",
        ),
        *(
            b"api_key",
            b"api-key",
            b"credential",
            b"creds",
            b"senha",
            b"contrase",
            b"kennwort",
            b"wachtwoord",
            b"parola",
            b"mot_de_passe",
        ),
        *(
            b"mot-de-passe",
            b"motdepasse",
            b"salasana",
            b"losenord",
            b"l\xc3\xb6senord",
            b"adgangskode",
            b"passord",
            b"has\xc5\x82o",
            b"haslo",
        ),
        b"bearer",
    ),
    pattern=rb"(?i:" + _NOUN + rb")" + BEHIND,
)
KEY = Rule(
    name="assigned-key",
    anchors=(
        b"_key",
        b"-key",
        b"_KEY",
        b"-KEY",
        b"Key",
        b" KEY",
        b".key",
        b" key",
        b"accesskey",
        b"privatekey",
        b"signingkey",
        b"authkey",
    ),
    pattern=rb"(?:[_.-]key|(?<=(?i:api|ess|ret|ate|ion|ing|unt|ent|ter|nse|age|red))[ ]"
    rb"(?:key|KEY|Key)|[_-]KEY|Key|(?:access|private|signing|auth)key)(?![a-z])" + BEHIND,
)
SHORT = Rule(
    name="assigned-short",
    face="lower",
    anchors=(b"pass", b"_pw", b"pw ", b"pw=", b"pw:", b'pw"', b"pw'", b"pw<", b"_auth", b"cookie_", b"clave"),
    pattern=rb"(?i:pass(?!w|ed|es|ing|port|ive|age|iv|phr|_phr|-phr|cod|ord)"
    rb"(?![ \t]{1,3}[^=:<|?!])|_?pw(?![a-z])|_auth(?![a-z])|cookie_(?=sec)|clave(?![a-z]))" + BEHIND,
)
RULES = (NOUN, KEY, SHORT, columned.HEADED, *used_rules.RULES, *further.RULES)
