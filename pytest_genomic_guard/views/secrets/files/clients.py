"""Profiles of programs that copy files, open databases or join networks, and what each keeps in clear or can undo itself.

Grammars, read 2026-11-22: rclone/rclone `fs/config/obscure/obscure.go` and the options of `backend/sftp/sftp.go` and
`backend/webdav/webdav.go` (`IsPassword`); s3tools/s3cmd `S3/Config.py`; npm/cli `docs/lib/content/configuring-npm/npmrc.md`;
rstudio/rsconnect `R/accounts.R`. General knowledge, not read: further backends of rclone; FileZilla 3 `sitemanager.xml`; WinSCP
`Security.cpp` (scrambled); Sublime SFTP and vscode-sftp manuals; DBeaver; Robo 3T; Navicat `.ncx`; HeidiSQL
`portable_settings.txt`; s3cmd `.s3cfg`; boto/gsutil `.boto`; `mc/config.json`; wpa_supplicant.conf(5); NetworkManager
`nm-settings-keyfile`; OpenVPN 2.6 reference manual; Maven settings reference; Packaging User Guide `.pypirc`; npmrc and yarnrc
documentation; NuGet.Config reference; Bundler; Composer authentication; Cargo book (credentials); rsconnect `accounts`;
shinyapps.io; dbt profiles; SecureCRT; mRemoteNG; Slurm slurmdbd.conf.
"""

from __future__ import annotations

from pytest_genomic_guard.model import Rule
from pytest_genomic_guard.views.secrets.files.forms import Form

EOL = rb"[ \t]{0,80}+\r?$"
COLON = rb"\s{0,8}+(?::|=>)\s{0,8}+"
STRING = rb"(?P<q>\\{0,3}+[\"'])(?P<v>(?:(?!(?P=q))[^\n]){1,400}+)(?P=q)"
PLAIN = rb"(?P<v>\"[^\"\n]{1,400}+\"|'[^'\n]{1,400}+'|[^\s\"']{1,400}+)"
_BACKENDS = (
    rb"amazon cloud drive|azureblob|azurefiles|b2|box|crypt|drive|dropbox|fichier|filefabric|filelu|ftp|google cloud storage|"
    rb"google photos|"
    rb"hidrive|http|imagekit|internetarchive|jottacloud|koofr|mailru|mega|netstorage|onedrive|opendrive|oos|"
    rb"oracleobjectstorage|pcloud|pikpak|"
    rb"premiumizeme|protondrive|putio|qingstor|quatrix|s3|seafile|sftp|sharefile|sia|smb|storj|sugarsync|swift|tardigrade|"
    rb"ulozto|uptobox|webdav|yandex|zoho"
)
_HOST, _STORE, _BASE = "change it at the service", "revoke the keys at the storage service", "change the password in the database"
_REGISTRY, _NET = "revoke it at the registry", "change the key of the network"


def _rule(name: str, anchors: tuple[bytes, ...], pattern: bytes) -> Rule:
    return Rule(name=f"client-{name}", anchors=anchors, pattern=pattern)


TRANSFER = (
    Form(
        rule=_rule(
            "rclone",
            (b"type = ", b"type=", b"type ="),
            rb"(?<![^\n \t\xbf])type[ \t]{0,8}+=[ \t]{0,8}+(?:" + _BACKENDS + rb")[ \t]*+\r?$",
        ),
        what="a secret of an rclone remote (passwords there are obscured, not encrypted)",
        opens="revoke the grant or change the password at the storage service",
        reach="section",
        keys=rb"pass|password2?|token|secret_access_key|client_secret|key|account_key|sas_url|api_key|application_key|"
        rb"bearer_token|access_grant|app_secret|api_password|key_file_pass|session_token|app_token|encoded_passphrase|"
        rb"service_account_credentials",
        near=rb"^[ \t]*+\[[^\]\n]{1,100}+\]",
    ),
    Form(
        rule=_rule(
            "filezilla", (b'<Pass encoding="base64">', b"<Pass>"), rb"<Pass(?: encoding=\"base64\")?>(?P<v>[^<\n]{1,400}+)</Pass>"
        ),
        what="a password of a FileZilla site, in clear or base64",
        opens="change the password on the host",
        near=rb"<(?:Host|User|Server)\b",
        test="any",
    ),
    Form(
        rule=_rule("winscp", (b"[Sessions\\",), rb"\[Sessions\\[^\]\n]{1,200}+\][ \t]*+\r?$"),
        what="a scrambled password of a WinSCP session, which is no encryption",
        opens="change the password on the host",
        reach="section",
        keys=rb"password(?:plain)?|passphrase|proxypassword(?:enc)?|tunnelpassword(?:plain)?|encryptkey(?:plain)?",
        test="any",
    ),
    Form(
        rule=_rule("sftp", (b'"sftp"', b'"ftp"', b'"ftps"', b"'sftp'"), rb"(?<=[: ])[\"']s?ftps?[\"']\s{0,16}+[,}\n]"),
        what="a password of an editor's SFTP profile",
        opens="change the password on the host",
        reach="object",
        keys=rb"password|pass|passphrase",
        near=rb"[\"']host(?:name)?[\"']",
    ),
    Form(
        rule=_rule(
            "s3cmd", (b"secret_key =", b"secret_key="), rb"(?<![^\n \t\xbf])secret_key[ \t]{0,8}+=[ \t]{0,8}+" + PLAIN + EOL
        ),
        what="a secret key of a storage client's configuration (.s3cfg)",
        opens=_STORE,
        near=rb"^[ \t]*+(?:access_key|host_base|host_bucket|use_https)[ \t]*+=",
    ),
    Form(
        rule=_rule("gpg", (b"gpg_passphrase",), rb"gpg_passphrase[ \t]{0,8}+=[ \t]{0,8}+" + PLAIN + EOL),
        what="the passphrase with which s3cmd encrypts",
        opens="encrypt anew with another one",
    ),
    Form(
        rule=_rule(
            "boto",
            (b"gs_secret_access_key", b"gs_oauth2_refresh_token", b"azure_storage_key"),
            rb"(?:gs_secret_access_key|gs_oauth2_refresh_token|azure_storage_key)[ \t]{0,8}+=[ \t]{0,8}+" + PLAIN,
        ),
        what="a key or token of a boto configuration",
        opens=_STORE,
    ),
    Form(
        rule=_rule("minio", (b'"secretKey"',), rb"\"secretKey\"" + COLON + STRING),
        what="a secret key of a storage client (mc/config.json)",
        opens=_STORE,
        near=rb"\"accessKey\"",
    ),
    Form(
        rule=_rule("securecrt", (b'S:"Password',), rb"S:\"Password(?: V2)?\"=(?P<v>\S{8,400}+)"),
        what="a password of a SecureCRT session",
        opens="change the password on the host",
        test="any",
    ),
    Form(
        rule=_rule(
            "mremote", (b' Protocol="', b"<mrng:Connections"), rb" Protocol=\"(?:RDP|SSH[12]|VNC|ICA|RAW|RLOGIN|TELNET|HTTPS?)\""
        ),
        what="a password of mRemoteNG, whose standard key is public",
        opens="change the password on the host",
        reach="line",
        keys=rb"password",
        test="any",
    ),
)
DATABASES = (
    Form(
        rule=_rule("robo3t", (b'"userPassword"', b'"sshUserPassword"'), rb"\"(?:ssh)?[uU]serPassword\"" + COLON + STRING),
        what="a password of a Robo 3T connection",
        opens=_BASE,
    ),
    Form(
        rule=_rule("heidi", (b"\\Password<|||>",), rb"\\Password<\|\|\|>\d<\|\|\|>(?P<v>[0-9A-Fa-f]{5,400}+)"),
        what="a scrambled password of a HeidiSQL session, which is no encryption",
        opens=_BASE,
        test="any",
    ),
    Form(
        rule=_rule("navicat", (b"<Connection ",), rb"<Connection [^<>]{0,200}?ConnectionName="),
        what="a password of a Navicat connection, whose key is public",
        opens=_BASE,
        reach="line",
        keys=rb"password|ssh_password|http_password",
        test="any",
    ),
    Form(
        rule=_rule("dbeaver", (b"<connection ",), rb"<connection (?=[^<>\n]{0,400}?\b(?:host|url|server|database)=)"),
        what="a password of a database client's connection",
        opens=_BASE,
        reach="line",
        keys=rb"password",
    ),
    Form(
        rule=_rule(
            "sqldeveloper", (b'addrType="password"',), rb"addrType=\"password\"\s{0,8}/?>\s{0,32}<Contents>(?P<v>[^<\n]{4,400}+)"
        ),
        what="a password of an SQL Developer connection",
        opens=_BASE,
        test="any",
    ),
    Form(
        rule=_rule("slurm", (b"StoragePass=", b"StoragePass ="), rb"StoragePass[ \t]{0,8}+=[ \t]{0,8}+" + PLAIN),
        what="the password of Slurm's accounting database",
        opens=_BASE,
    ),
    Form(
        rule=_rule(
            "profile",
            (b"host", b"Host", b"server", b"SERVER", b"Server"),
            rb"(?<![\w.-])(?:db_?|mysql_?|pg_?|postgres_?)?(?:host(?:name)?|Host|server|SERVER|"
            rb"Server)[\"']?[ \t]{0,16}+[:=][ \t]{0,8}+[\"']?[\w.-]{3,200}+[\"']?,?" + EOL,
        ),
        what="a password of a connection profile",
        opens="change the password at the service",
        reach="block",
        keys=rb"(?:db_?|mysql_?|pg_?|postgres_?)?(?:password|passwd|pass|pwd)",
        test="strong",
        near=rb"(?i)^[ \t]*+[\"']?(?:db_?|mysql_?|pg_?|postgres_?)?(?:user(?:name)?|uid|login)[\"']?[ \t]*+[:=]",
    ),
)
NETWORKS = (
    Form(
        rule=_rule("wifi", (b"psk=",), rb"(?<![\w-])psk=" + PLAIN),
        what="the key of a wireless network",
        opens=_NET,
        near=rb"ssid=|\[wifi|key-mgmt|key_mgmt|network=\{",
    ),
    Form(
        rule=_rule("enterprise", (b"network={", b"[802-1x]"), rb"network=\{[ \t]*+\r?$|\[802-1x\][ \t]*+\r?$"),
        what="a password of a wireless network's user",
        opens="change the password of the account, which often opens much else",
        reach="block",
        keys=rb"password|private_key_passwd|private-key-password",
    ),
    Form(
        rule=_rule("openvpn", (b"<auth-user-pass>",), rb"<auth-user-pass>\s{1,8}+[^\n<]{1,100}+\n[ \t]*+(?P<v>[^\n<]{1,200}+)\n"),
        what="a login inside of an OpenVPN profile",
        opens="change the password at the VPN",
    ),
    Form(
        rule=_rule(
            "openvpn-static",
            (b"-----BEGIN OpenVPN Static key",),
            rb"-----BEGIN OpenVPN Static key V1-----(?:\s|\\[nr]){1,8}+(?P<v>[0-9a-f]{16,32}+)",
        ),
        what="a static key of OpenVPN",
        opens="make another one on all sides",
        test="any",
    ),
)
