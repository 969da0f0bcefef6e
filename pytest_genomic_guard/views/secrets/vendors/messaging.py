"""Tokens of what sends messages and mail, takes money, holds notes and designs, and watches services.

Rule packs and clients that are named as sources: see the package; read 2026-11-22.
"""

from __future__ import annotations

from pytest_genomic_guard.views.secrets.vendors.form import HEX, UUID, Maker

_DASH = rb"(?![A-Za-z0-9_-])"
_CHANNEL = "the right to write into a channel as a trusted sender"
_WORKSPACE = "messages and files of a workspace"
_MONEY = "payments and customers of an account"
_MAIL = "mail sent in its owner's name"
made = Maker("SEC105")

# A Discord token begins with its bot's number in base64: digits give these beginnings, and no others.
_DIGITS = tuple(
    first + second
    for first in (b"MD", b"MT", b"Mj", b"Mz", b"ND", b"NT", b"Nj", b"Nz", b"OD", b"OT")
    for second in (b"A", b"E", b"I", b"M", b"Q", b"U", b"Y", b"c", b"g", b"k")
)

made.token(
    "slack",
    (*(b"xox%c-" % kind for kind in b"abcdeoprs"), b"xoxe.xoxb-", b"xoxe.xoxp-"),
    rb"xox[abcdeoprs](?:\.xox[bp])?-(?:[0-9]{1,15}-){0,4}([A-Za-z0-9%/+=-]{10,260})",
    ("Slack", "a Slack token", _WORKSPACE, "api.slack.com/apps, Install app, Revoke"),
    "docs.slack.dev/authentication/tokens; detect-secrets slack.py; gitleaks slack.go",
    end=_DASH,
    least=7,
)
made.token(
    "slack-app",
    (b"xapp-",),
    rb"xapp-[0-9]{1,3}-[A-Z0-9]{8,15}-[0-9]{10,15}-([a-z0-9]{10,70})",
    ("Slack", "a Slack app-level token", _WORKSPACE, "api.slack.com/apps, Basic information"),
    "gitleaks slack.go; kingfisher slack.yml",
    end=_DASH,
)
made.token(
    "slack-hook",
    (b"hooks.slack.com/",),
    rb"hooks\.slack\.com/(?:services|workflows|triggers)/[A-Z0-9_]{6,14}/[A-Z0-9_]{6,20}/(?:[0-9]{6,20}/)?([A-Za-z0-9_]{16,40})",
    ("Slack", "an incoming webhook of Slack", _CHANNEL, "api.slack.com/apps, Incoming webhooks"),
    "trufflehog slackwebhook.go; gitleaks slack.go; detect-secrets slack.py",
    left="loose",
)
made.token(
    "discord",
    _DIGITS,
    rb"[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.([A-Za-z0-9_-]{27,38})",
    ("Discord", "a Discord bot token", "the bot and the servers it is in", "discord.com/developers/applications, Bot, Reset token"),
    "discord.com/developers/docs/reference#authentication; detect-secrets discord.py",
    end=_DASH,
)
made.near(
    "discord-named",
    (b"discord", b"bot.run", b"client.run", b"bot_token", b"bottoken"),
    rb"[MNO][A-Za-z0-9_-]{23,25}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,38}",
    ("Discord", "a Discord bot token", "the bot and the servers it is in", "discord.com/developers/applications, Bot, Reset token"),
    "detect-secrets discord.py",
    roles=rb"token|key|secret|run",
)
made.token(
    "discord-hook",
    (b"discord.com/api/webhooks/", b"discordapp.com/api/webhooks/"),
    rb"discord(?:app)?\.com/api/webhooks/[0-9]{17,20}/([A-Za-z0-9_-]{60,72})",
    ("Discord", "a webhook of Discord", _CHANNEL, "the channel: Integrations, Webhooks"),
    "trufflehog discordwebhook.go; kingfisher discord.yml",
    left="loose",
    end=_DASH,
)
made.token(
    "telegram",
    (b"00000000:",),
    rb"[0-9]{8}:([A-Za-z0-9_-]{35})",
    ("Telegram", "a Telegram bot token", "the bot and what it is told", "t.me/BotFather, /revoke"),
    "core.telegram.org/bots/api#authorizing-your-bot; detect-secrets telegram_token.py",
    face="shape",
    end=_DASH,
    left="loose",
    kinds=3,
)
made.token(
    "teams-hook",
    (b".webhook.office.com/webhookb2/", b"outlook.office.com/webhook/"),
    rb"\.?(?:webhook|outlook)\.office\.com/webhook(?:b2)?/"
    + UUID
    + rb"@"
    + UUID
    + rb"/IncomingWebhook/([0-9a-f]{32}/"
    + UUID
    + rb")",
    ("Microsoft Teams", "an incoming webhook of Microsoft Teams", _CHANNEL, "the channel: Connectors"),
    "gitleaks teams.go; trufflehog microsoftteamswebhook.go",
    left="loose",
    end=b"",
)
made.token(
    "flow-hook",
    (b"/triggers/manual/paths/invoke",),
    rb"/triggers/manual/paths/invoke\?[^\s\"'<>\\]{0,200}sig=([A-Za-z0-9_-]{40,50})",
    (
        "Power Automate",
        "the address of a flow of Power Automate or Logic Apps",
        "whatever the flow does",
        "make.powerautomate.com, the flow, its trigger",
    ),
    "trufflehog microsoftteamswebhook v2",
    left="loose",
    end=b"",
)
made.token(
    "twilio-key",
    tuple(b"SK%c" % digit for digit in b"0123456789abcdef"),
    rb"SK([0-9a-f]{32})",
    ("Twilio", "a Twilio API key", "calls and messages on its owner's bill", "console.twilio.com, API keys & tokens"),
    "detect-secrets twilio.py; gitleaks twilio.go; trufflehog twilioapikey.go",
)
made.near(
    "twilio-token",
    (b"twilio",),
    HEX + rb"{32}",
    ("Twilio", "a Twilio auth token", "calls and messages on its owner's bill", "console.twilio.com, API keys & tokens"),
    "trufflehog twilio.go: 32 hexadecimal digits",
    roles=rb"token|secret|key|passw(?:or)?d",
)
made.token(
    "sendgrid",
    (b"SG.",),
    rb"SG\.([A-Za-z0-9_-]{20,24}\.[A-Za-z0-9_-]{39,50})",
    ("SendGrid", "a SendGrid API key", _MAIL, "app.sendgrid.com/settings/api_keys"),
    "detect-secrets sendgrid.py: 22 and 43 characters",
    end=_DASH,
    kinds=3,
)
made.token(
    "mailgun",
    (b"key-",),
    rb"key-([0-9a-f]{32}|[0-9a-z]{32})",
    ("Mailgun", "a Mailgun API key", _MAIL, "app.mailgun.com/settings/api_security"),
    "trufflehog mailgun.go; kingfisher mailgun.yml",
)
made.near(
    "mailgun-new",
    (b"mailgun",),
    HEX + rb"{32}-" + HEX + rb"{8}-" + HEX + rb"{8}",
    ("Mailgun", "a Mailgun API key", _MAIL, "app.mailgun.com/settings/api_security"),
    "trufflehog mailgun.go",
)
made.token(
    "mailchimp",
    tuple(b"-us%c" % digit for digit in b"0123456789"),
    rb"(?<=[0-9a-z]{32})-us[0-9]{1,2}",
    ("Mailchimp", "a Mailchimp API key", "mailing lists with the addresses in them", "admin.mailchimp.com/account/api"),
    "detect-secrets mailchimp.py",
    left="loose",
    kinds=0,
    least=1,
    real=lambda data, start, _end: len(set(data[start - 32 : start])) > 9 and not data[start - 33 : start - 32].isalnum(),
)
made.token(
    "brevo",
    (b"xkeysib-",),
    rb"xkeysib-([0-9a-f]{64}-[A-Za-z0-9]{16})",
    ("Brevo", "a Brevo API key", _MAIL, "app.brevo.com/settings/keys/api"),
    "gitleaks sendinblue.go",
)
made.token(
    "stripe",
    (b"sk_live_", b"rk_live_", b"sk_prod_", b"rk_prod_"),
    rb"[sr]k_(?:live|prod)_([A-Za-z0-9]{20,247})",
    ("Stripe", "a Stripe live key", _MONEY, "dashboard.stripe.com/apikeys"),
    "trufflehog stripe.go: 20 to 247 characters; detect-secrets stripe.py",
)
made.token(
    "stripe-hook",
    (b"whsec_",),
    rb"whsec_([A-Za-z0-9+/]{32,64})",
    ("Stripe", "a signing secret of a webhook", "the right to send events in Stripe's name", "dashboard.stripe.com/webhooks"),
    "credsweeper config.yaml: 24 to 160 characters",
)
made.token(
    "square",
    (b"sq0atp-", b"sq0csp-", b"sq0idp-"),
    rb"sq0(?:atp|csp)-([A-Za-z0-9_-]{22,60})",
    ("Square", "a Square token or OAuth secret", _MONEY, "developer.squareup.com/apps"),
    "detect-secrets square_oauth.py; kingfisher square.yml",
    end=_DASH,
)
made.token(
    "braintree",
    (b"access_token$production$",),
    rb"access_token\$production\$[0-9a-z]{16}\$([0-9a-f]{32})",
    ("PayPal", "a Braintree access token", _MONEY, "the gateway: API keys"),
    "credsweeper config.yaml",
)
made.near(
    "paypal",
    (b"paypal",),
    rb"E[A-Za-z0-9_-]{79}",
    ("PayPal", "a PayPal client secret", _MONEY, "developer.paypal.com/dashboard/applications"),
    "kingfisher 2.14, betterleaks.paypal-client-secret.1: 78 to 120 characters; the first letter: not confirmed",
    roles=rb"secret",
)

FORMATS = tuple(made.formats)
