"""Text rules for passwords that commands and calls take without a name: behind an option, through a pipe, as the second argument.

The options are those of the programs' own manuals (as of 2024): sshpass, mysql, redis-cli, mongosh, ldapsearch, smbclient, sqlcmd,
7z, zip, ascp, plink, keytool, openssl, htpasswd, sqlplus, xfreerdp, rabbitmqctl, cqlsh. The order of
arguments is that of DB-API drivers, JDBC, PDO, DBI, MATLAB's `database`, keyring, and of the basic authentication of HTTP clients.
Every repeat is bounded; the options of a command are looked for on its own line.
"""

from __future__ import annotations

from pytest_genomic_guard.model import Rule

_LINE = rb"[^\n|;]{0,200}?[ \t\"']"  # up to an option
_ON = rb"(?:[ \t]{1,8}+|=|\\?[\"'],[ \t]{0,4}+(?=\\?[\"']))"  # from an option to its value, also in a list of arguments
_MAY = _ON + rb"?+"
_USER = rb"\\?[\"']?[^\s:'\"%/,]{1,80}"
_GIVEN = (
    rb"(?!\$[A-Za-z_({]|[<{(%])(?:\\{0,3}(?P<quote>[\"'])(?!\$[({])(?P<quoted>[^\"'\s\\]{4,200}+)"
    rb"|(?P<bare>[^\s\"'`;|&<>(),\\]{4,200}+))"
)
_OPTIONS = (
    rb"sshpass" + _LINE + rb"-p" + _MAY,
    rb"(?:docker|podman|nerdctl|buildah|oras|skopeo|crane|helm|apptainer|singularity|az|oc|mc)[^\n|;]{0,30}? login"
    + _LINE
    + rb"(?:-p|--password)"
    + _ON,
    rb"redis-cli" + _LINE + rb"(?:-a|--pass)" + _ON,
    rb"mongo(?:sh|dump|restore|import|export|files)?\b" + _LINE + rb"(?:-p|--password)" + _ON,
    rb"ldap(?:search|add|modify|delete|whoami|passwd|compare|modrdn)\b" + _LINE + rb"-[ws]" + _ON,
    rb"(?:sqlcmd|bcp|osql|isql|tsql)\b" + _LINE + rb"-P" + _MAY,
    rb"zip(?:cloak|note)?\b" + _LINE + rb"(?:-P|--password)" + _ON,
    rb"ascp4?\b" + _LINE + rb"(?:-W|--token)" + _ON,
    rb"(?:plink|pscp|psftp|putty)(?:\.exe)?\b" + _LINE + rb"-pw" + _ON,
    rb"[Pp]s[Ee]xec(?:64)?(?:\.exe)?\b" + _LINE + rb"-p" + _ON,
    rb"(?:keytool|jarsigner|apksigner)\b" + _LINE + rb"-(?:(?:src|dest)?(?:store|key)|new)pass" + _ON + rb"(?:pass:)?",
    rb"openssl\b" + _LINE + rb"(?:-pass(?:in|out)?" + _ON + rb"[\"']?pass:|-k" + _ON + rb")",
    rb"(?:cqlsh|beeline|ncftp(?:put|get|ls)?|influx|turbovnc|nxc|crackmapexec)\b" + _LINE + rb"(?:-p|-password|--password)" + _ON,
    rb"(?:vsql|nzsql|gsql)\b" + _LINE + rb"-(?:w|pw|p)" + _ON,
    rb"(?:mysql|mariadb)(?:dump|admin|import|check|show|slap|pump|sh)?\b" + _LINE + rb"-p",
    rb"(?:7z[azr]?|unrar|rar)\b" + _LINE + rb"-h?p",
    rb"(?:xfreerdp|wfreerdp|mstsc|cmdkey|net use|runas|winscp)\b" + _LINE + rb"/p(?:ass(?:word)?)?:",
    rb"(?:curl|wget)\b" + _LINE + rb"(?:-u|-U|--(?:proxy-)?user)[ =]?[ \t]{0,4}" + _USER + rb":",
    rb"(?:https?|xh)\b" + _LINE + rb"(?:-a|--auth)" + _ON + _USER + rb":",
    rb"skopeo\b" + _LINE + rb"--(?:src-|dest-)?creds" + _ON + _USER + rb":",
    rb"(?:smbclient|rpcclient|smbmap|smbget|winexe|wmic|net rpc)\b" + _LINE + rb"(?:-U|--user)" + _MAY + _USER + rb"%",
    rb"(?:sqlplus|sqlldr|expdp|impdp|rman)\b[ \t]{1,8}+(?:-\w{1,8}[ \t]{1,4}){0,3}" + _USER + rb"/",
    rb"htpasswd\b[ \t]{1,8}+-\w{0,6}b\w{0,6}[ \t]{1,8}+[^\s]{1,100}[ \t]{1,4}(?:[^\s-]{1,60}[ \t]{1,4})?",
    rb"rabbitmqctl\b" + _LINE + rb"(?:add_user|change_password)[ \t]{1,8}+[^\s]{1,60}[ \t]{1,4}",
    rb"mc (?:alias set|config host add)[ \t]{1,4}[^\s]{1,60}[ \t]{1,4}[^\s]{1,200}[ \t]{1,4}[^\s]{1,60}[ \t]{1,4}",
    rb"net use\b" + _LINE + rb"/user:[^\s]{1,60}[ \t]{1,4}",
    rb"ConvertTo-SecureString[ \t]{1,4}(?:-String[ \t]{1,4})?(?=[^\n]{1,300}-AsPlainText)",
    rb"ftp -\w{0,4}n[^\n]{0,80}\n(?:[ \t]{0,8}open[^\n]{1,80}\n)?[ \t]{0,8}(?:quote[ \t])?user[ \t]{1,4}[^\s]{1,60}[ \t]{1,4}",
    rb"quote (?:PASS|pass)[ \t]{1,4}",
    rb"rclone config" + _LINE + rb"(?:pass(?:word)?|secret_access_key|client_secret|token|key)[ =]",
    rb"(?:mount(?:\.cifs)?|sshfs|s3fs)\b[^\n|;]{0,200}?[,= \t]pass(?:word)?=",
    rb"lftp\b" + _LINE + rb"(?:-u|--user)" + _MAY + _USER + rb",",
)
TYPED = Rule(
    name="assigned-typed",
    face="lower",
    anchors=(
        *(b"sshpass", b"docker login", b"podman login", b"helm registry login", b"az login", b"oras login", b"crane auth login"),
        *(b"apptainer remote login", b"singularity remote login", b"apptainer registry login", b"redis-cli", b"mongo", b"ldap"),
        *(b"sqlcmd", b"bcp ", b"osql ", b"isql ", b"tsql ", b"zip -", b"zip'", b'zip"', b"zipcloak", b"ascp", b"plink", b"pscp"),
        *(
            b"psftp",
            b"putty",
            b"psexec",
            b"keytool",
            b"jarsigner",
            b"openssl",
            b"cqlsh",
            b"beeline",
            b"ncftp",
            b"influx ",
            b"vsql ",
        ),
        *(b"mysql", b"mariadb", b"7z ", b"7z'", b'7z"', b"7za ", b"7zz ", b"7zr ", b"unrar", b"rar a ", b"rar x ", b"xfreerdp"),
        *(b"cmdkey", b"net use", b"winscp", b"curl ", b"curl'", b'curl"', b"wget ", b"http -", b"https -", b"xh -", b"skopeo"),
        *(b"smbclient", b"rpcclient", b"winexe", b"sqlplus", b"sqlldr", b"expdp", b"impdp", b"htpasswd -", b"rabbitmqctl"),
        *(b"mc alias set", b"mc config host", b"lftp ", b"convertto-securestring", b"ftp -", b"quote pass ", b"rclone config"),
        *(b"mount ", b"mount.cifs", b"sshfs "),
    ),
    pattern=rb"(?:" + rb"|".join(_OPTIONS) + rb")" + _GIVEN,
)
TAKES = (
    rb"(?:sudo|doas)\b[^\n|;]{0,80}?(?:[ \t]-\w{0,4}S\b|--stdin|chpasswd|passwd)|passwd\b[^\n|;]{0,40}--stdin|chpasswd"
    rb"|--password-stdin|--with-token|kinit|iinit|cryptsetup|--passphrase-fd|-pass(?:in|out)?[ \t]stdin|smbpasswd|su\b[ \t]"
    rb"|--password-file[ \t]-|login[ \t]-$"
)
PIPED = Rule(
    name="assigned-piped",
    anchors=(b"echo ", b"printf ", b"<<< ", b'<<<"', b"<<<'"),
    pattern=rb"(?:(?:echo|printf)[ \t]{1,8}+(?:-\w{1,3}[ \t]{1,4})?(?:[\"']?%s(?:\\n)?[\"']?[ \t]{1,4})?|<<<[ \t]{0,4}+)" + _GIVEN,
)
ANSWERED = Rule(
    name="assigned-answered",
    anchors=(b"send ", b"send(", b"sendline(", b"send_line(", b"send_keys(", b"SendLine(", b".write(b"),
    pattern=rb"(?:send|send_?line|send_keys|SendLine|\.write)(?:[ \t]{1,4}|\()(?:--[ \t]{1,4})?[bru]?"
    rb"(?P<quote>[\"'])(?P<quoted>[^\"'\s\\$]{6,120}+)",
)
BACKWARD = Rule(
    name="assigned-backward",
    anchors=(b'" -> ', b"' -> ", b'" ->> ', b"' ->> ", b'"->', b"'->"),
    pattern=rb"[\"'][ \t]{0,4}->>?[ \t]{0,4}(?P<name>[\w.]{3,80}+)",
)
CALLED = Rule(
    name="assigned-called",
    face="lower",
    anchors=(
        *(
            b"login(",
            b"auth(",
            b"authenticate(",
            b"auth=(",
            b"auth = (",
            b"connect(",
            b"credentials(",
            b"credential(",
            b"connection(",
        ),
        *(
            b"create_user(",
            b"createuser(",
            b"new pdo(",
            b"new mysqli(",
            b"real_connect(",
            b"auth_basic(",
            b"basic_auth(",
            b"basicauth(",
        ),
        *(b"basic_auth '", b'basic_auth "', b"_with_value(", b"set_password(", b"setpassword(", b"userpassword(", b"plainauth("),
        *(
            b"database(",
            b"passwordauthentication(",
            b"auth.basic(",
            b"authtokens.basic(",
            b"ftp(",
            b"auth_password(",
            b"imap_open(",
        ),
        *(
            b"ldap_bind(",
            b"simple_bind(",
            b"simple_bind_s(",
            b"forurl(",
            b"gis(",
            b"gateway(",
            b"username_pw_set(",
            b"authprovider(",
        ),
        *(b"authenticator(", b"odbc(", b"proxyauth(", b"createpool(", b"driver("),
    ),
    pattern=rb"(?i:login|auth(?:_basic|enticate|entication|\.basic|enticator|provider|_password)?"
    rb"|connect(?:ion)?|credentials?|create_?user"
    rb"|new (?:pdo|mysqli)|real_connect|basic_?auth|_with_value|set_?password|userpassword|plainauth|database"
    rb"|passwordauthentication"
    rb"|authtokens\.basic"
    rb"|ftp|imap_open|ldap_bind|simple_bind(?:_s)?|forurl|gis|gateway|username_pw_set|odbc|createpool|driver)"
    rb"(?:(?: ?= ?)?\(|(?<=_auth) (?=[\"']))"
    rb"(?=[^{}]{1,300}?[,\]][^;\"']{0,30}[\"'](?=[^\"'`\s]{0,40}?[\d!#$%&*+?@^~_-])[^\"'\s]{6,100}+[\"'])",
)
SAID = Rule(
    name="assigned-said",
    face="lower",
    anchors=(b"identified by", b"identified with"),
    pattern=rb"(?i:identified (?:with \w{1,40} )?by)[ \t]{1,8}+(?i:password[ \t]{1,8}+)?" + _GIVEN,
)
RULES = (CALLED, SAID, TYPED, PIPED, ANSWERED, BACKWARD)
