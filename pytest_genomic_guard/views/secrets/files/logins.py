"""Logins of mail, database, version control and remote desktop programs, each told by the line or section that only its file has.

Grammars, general knowledge, their manuals not opened: MySQL 8.4 manual, 6.2.2.2 option files; msmtp 1.8 manual; esmtprc(5); isync
`mbsync.1`; offlineimap.conf; postfix SASL_README; mutt manual (variables); wget manual (wgetrc); mount.cifs(8); Subversion
`auth/svn.simple` (hash dump of libsvn_subr `hash.c`); CVS manual, .cvspass; Mercurial `hg help config.auth`; Remmina
`remmina_file.c`; RDP files; ssmtp.conf(5); lftp(1).
"""

from __future__ import annotations

from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.secrets.files import netrc
from pytest_genomic_guard.views.secrets.files.forms import Book, Form

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_genomic_guard.views.secrets.files.forms import Seen
    from pytest_genomic_guard.views.text import Text

_EOL = rb"[ \t]{0,80}+\r?$"
_VALUE = rb"(?P<v>\"[^\"\n]{1,200}+\"|'[^'\n]{1,200}+'|[^\s\"']{1,200}+)"
_MAIL = "change the password of the mailbox"
_BASE = "change the password in the database"
_HOST = "change the password on the host"

FORMS = (
    Form(
        rule=Rule(
            name="login-mysql",
            anchors=(b"[client", b"[mysql", b"[mariadb"),
            pattern=rb"\[(?:client|mysql|mariadb)[\w.-]{0,40}+\][ \t]*+\r?$",
        ),
        what="a password of a MySQL option file (.my.cnf)",
        opens=_BASE,
        reach="section",
        keys=rb"password|pass|pwd|passwd|password[123]|ssl-passphrase",
    ),
    Form(
        rule=Rule(
            name="login-word",
            anchors=(b"password ", b"password\t", b"Pass ", b"Pass\t"),
            pattern=rb"(?:(?<![^\n\t\xbf])|(?<=\n )|(?<=  ))(?:password|Pass)[ \t]{1,32}+" + _VALUE + _EOL,
        ),
        what="a password of a mail program's configuration (msmtp, mbsync)",
        opens=_MAIL,
        test="strong",
        near=rb"^[ \t]*+(?:(?i:host)[ \t]++\S++|(?i:tls)[ \t]++\w++|auth[ \t]++\w++|IMAPAccount[ \t]|SSLType[ \t])[ \t]*+\r?$",
    ),
    Form(
        rule=Rule(
            name="login-mail",
            anchors=(
                b"remotepass",
                b"imap_pass",
                b"smtp_pass",
                b"pop_pass",
                b"nntp_pass",
                b"AuthPass",
                b"smtp-auth-password",
                b"http_passwd",
                b"ftp_passwd",
                b"proxy_passw",
                b"http_password",
                b"ftp_password",
                b"http-passwd",
            ),
            pattern=rb"(?<![\w.-])(?:remotepass|(?:imap|smtp|pop|nntp)_pass|AuthPass|smtp-auth-password|(?:http|ftp|"
            rb"proxy)[_-]passw(?:or)?d)[ \t]{0,8}+=[ \t]{0,8}+" + _VALUE + _EOL,
        ),
        what="a password of a mail or download program's configuration",
        opens=_MAIL,
    ),
    Form(
        rule=Rule(
            name="login-esmtp",
            anchors=(b"hostname=", b"hostname =", b"hostname  "),
            pattern=rb"(?<![^\n \t\xbf])hostname[ \t]{0,8}+=[ \t]{0,8}+[\"']?[\w.-]{3,200}+:(?:\d{2,5}|smtps?|submission)\b",
        ),
        what="a password of an SMTP client's configuration (esmtprc)",
        opens=_MAIL,
        reach="block",
        keys=rb"password",
    ),
    Form(
        rule=Rule(
            name="login-relay",
            anchors=(b"]:587", b"]:465", b"]:25", b"]:submission", b"]:smtp"),
            pattern=rb"(?<=\w)\]:(?:587|465|2?525|25|submission|smtps?)[ \t]{1,40}+[^\s:]{1,120}+:(?P<v>[^\s\"']{1,200}+)",
        ),
        what="a login of a mail relay (sasl_passwd)",
        opens=_MAIL,
    ),
    Form(
        rule=Rule(
            name="login-curl",
            anchors=(b'user = "', b'user="', b'user "', b"proxy-user "),
            pattern=rb"(?<![^\n \t\xbf-])(?:proxy-)?user[ \t]{0,8}+=?[ \t]{0,8}+\"[^\s\":]{1,80}+:(?P<v>[^\s\"]{1,200}+)\"" + _EOL,
        ),
        what="a login of a curl configuration (.curlrc)",
        opens=_HOST,
    ),
    Form(
        rule=Rule(
            name="login-share",
            anchors=(b"username=", b"user="),
            pattern=rb"(?<![^\n \t\xbf])user(?:name)?=[^\n=]{1,100}+\n(?:[ \t]{0,16}+(?:domain|dom|"
            rb"workgroup)=[^\n]{0,100}+\n)?[ \t]{0,16}+(?:password|pass)=(?P<v>[^\s()]{4,200}+)" + _EOL,
        ),
        what="a login of a network share (mount.cifs credentials)",
        opens=_HOST,
        test="strong",
        never=rb"^[ \t]*+(?:host(?:name)?|server|port|database|url)[ \t]*+[=:]|^[ \t]*+\[",
    ),
    Form(
        rule=Rule(name="login-remmina", anchors=(b"[remmina]", b"[remmina_pref]"), pattern=rb"\[remmina(?:_pref)?\][ \t]*+\r?$"),
        what="a password or key of Remmina, which its own key decrypts",
        opens=_HOST,
        reach="section",
        keys=rb"(?:ssh_tunnel_|ssh_|gateway_)?(?:password|passphrase)|secret",
    ),
    Form(
        rule=Rule(name="login-rdp", anchors=(b"password 51:b:",), pattern=rb"password 51:b:(?P<v>[0-9A-Fa-f]{32,4096}+)"),
        what="a password of a remote desktop file",
        opens=_HOST,
        test="any",
    ),
    Form(
        rule=Rule(
            name="login-svn",
            anchors=(b"K 8\npassword\n", b"K 8\r\npassword"),
            pattern=rb"K 8\r?\npassword\r?\nV \d{1,4}+\r?\n(?P<v>[^\n]{1,400}+)",
        ),
        what="a password of Subversion's cache",
        opens="change the password on the Subversion server",
    ),
    Form(
        rule=Rule(
            name="login-cvs", anchors=(b":pserver:",), pattern=rb"(?<=/1 ):pserver:[^\s@:]{1,80}+@[^\s]{1,200}+ (?P<v>A\S{2,200}+)"
        ),
        what="a scrambled password of CVS, which is no encryption",
        opens="change the password on the CVS server",
        test="any",
    ),
    Form(
        rule=Rule(
            name="login-hg", anchors=(b".password =", b".password="), pattern=rb"\.password[ \t]{0,8}+=[ \t]{0,8}+" + _VALUE + _EOL
        ),
        what="a password of a Mercurial configuration",
        opens=_HOST,
        near=rb"^[ \t]*+(?:\[auth\]|[\w-]{1,60}\.prefix[ \t]*+=)",
    ),
    Form(
        rule=Rule(
            name="login-lftp",
            anchors=(b"lftp -", b"open -u ", b"open --user"),
            pattern=rb"(?:lftp|open)(?:[ \t]{1,8}+-[eCcdp]\S*+)?[ \t]{1,8}+(?:-u[ \t]{0,8}+|"
            rb"--user[ =])[\"']?[^\s,\"'$]{1,80}+,(?P<v>[^\s\"';]{1,200}+)",
        ),
        what="a login of lftp",
        opens=_HOST,
    ),
    Form(
        rule=Rule(name="login-line", anchors=(b"sshpass -p",), pattern=rb"sshpass -p[ \t]{0,8}+" + _VALUE),
        what="a password on the command line of sshpass",
        opens=_HOST,
    ),
)
BOOK = Book(FORMS)
RULES = (*netrc.RULES, *BOOK.rules)
TOLD = {
    netrc.NETRC.name: ("a password of a .netrc or .authinfo file", _HOST),
    netrc.DEFAULT.name: ("a default password of a .netrc file", _HOST),
    netrc.POLL.name: ("a password of a .fetchmailrc", _MAIL),
    netrc.PGPASS.name: ("a password of a .pgpass file", _BASE),
    **{form.rule.name: (form.what, form.opens) for form in FORMS},
}


def found(view: Text) -> Iterator[Seen]:
    """Yield the logins of a text."""
    yield from netrc.found(view)
    yield from BOOK.found(view)
