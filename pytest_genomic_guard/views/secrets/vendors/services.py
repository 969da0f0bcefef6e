"""Tokens of shops, notes, designs, files, sign-ins, and of what watches services.

Rule packs and clients that are named as sources: see the package; read 2026-11-22.
"""

from __future__ import annotations

from pytest_genomic_guard.views.secrets.vendors.form import HEX, Maker

_DASH = rb"(?![A-Za-z0-9_-])"
made = Maker("SEC105")

made.token(
    "shopify",
    (b"shpat_", b"shpca_", b"shppa_", b"shpss_"),
    rb"shp(?:at|ca|pa|ss)_([0-9a-fA-F]{32})",
    ("Shopify", "a Shopify token", "orders and customers of a shop", "the shop: Settings, Apps"),
    "gitleaks shopify.go; trufflehog shopify.go",
)
made.token(
    "postman",
    (b"PMAK-",),
    rb"PMAK-([0-9a-f]{24}-[0-9a-f]{34})",
    ("Postman", "a Postman API key", "collections with the secrets in them", "go.postman.co/settings/me/api-keys"),
    "gitleaks postman.go",
)
made.token(
    "notion",
    (b"ntn_",),
    rb"ntn_([0-9]{11}[A-Za-z0-9]{35})",
    ("Notion", "a Notion token", "pages of a workspace", "www.notion.so/profile/integrations"),
    "gitleaks notion.go",
)
made.token(
    "notion-old",
    (b"secret_",),
    rb"secret_([A-Za-z0-9]{43})",
    ("Notion", "a Notion token", "pages of a workspace", "www.notion.so/profile/integrations"),
    "trufflehog notion.go; kingfisher notion.yml",
    kinds=3,
)
made.token(
    "linear",
    (b"lin_api_",),
    rb"lin_api_([A-Za-z0-9]{40})",
    ("Linear", "a Linear API key", "issues of a workspace", "linear.app/settings/account/security"),
    "gitleaks linear.go; kingfisher linear.yml",
)
made.token(
    "figma",
    (b"figd_", b"figu_", b"figo_", b"figp_"),
    rb"fig[duop]_([A-Za-z0-9_-]{38,54})",
    ("Figma", "a Figma access token", "files of its owner", "www.figma.com/settings, Security"),
    "trufflehog figmapersonalaccesstoken v2; betterleaks figma-personal-access-token",
    end=_DASH,
)
made.token(
    "dropbox",
    (b"sl.",),
    rb"sl\.(?:u\.)?([A-Za-z0-9_-]{130,1200})",
    ("Dropbox", "a Dropbox access token", "files of its owner", "www.dropbox.com/account/connected_apps"),
    "trufflehog dropbox.go",
    end=_DASH,
    kinds=3,
)
made.near(
    "dropbox-old",
    (b"dropbox",),
    rb"[A-Za-z0-9]{11}A{10}[A-Za-z0-9_=-]{43}",
    ("Dropbox", "a Dropbox access token", "files of its owner", "www.dropbox.com/account/connected_apps"),
    "gitleaks dropbox.go, dropbox-long-lived-api-token",
    roles=rb"key|token|secret|dropbox",
)
made.token(
    "airtable",
    (b"pat",),
    rb"pat([A-Za-z0-9]{14}\.[0-9a-f]{64})",
    ("Airtable", "an Airtable access token", "bases of its owner", "airtable.com/create/tokens"),
    "trufflehog airtablepersonalaccesstoken.go; gitleaks airtable.go",
)
made.near(
    "airtable-old",
    (b"airtable",),
    rb"key[A-Za-z0-9]{14}",
    ("Airtable", "an Airtable API key", "bases of its owner", "airtable.com/create/tokens"),
    "gitleaks airtable.go: 17 characters",
    roles=rb"key|token|secret|airtable|table|base",
)
made.token(
    "grafana",
    (b"glsa_",),
    rb"glsa_([A-Za-z0-9]{32}_[0-9a-fA-F]{8})",
    (
        "Grafana",
        "a Grafana service account token",
        "dashboards and the data behind them",
        "the server: Administration, Service accounts",
    ),
    "gitleaks grafana.go; trufflehog grafanaserviceaccount.go",
)
made.token(
    "grafana-cloud",
    (b"glc_eyJ", b"eyJrIjoi"),
    rb"(?:glc_eyJ|eyJrIjoi)([A-Za-z0-9+/]{50,400})={0,3}",
    ("Grafana", "a Grafana key", "dashboards and the data behind them", "grafana.com, Access policies"),
    "gitleaks grafana.go; trufflehog grafana.go",
    end=rb"(?![A-Za-z0-9+/])",
)
made.near(
    "datadog",
    (b"datadog", b"dd_api", b"dd_app", b"dd-api", b"dd-app"),
    HEX + rb"{32}|" + HEX + rb"{40}",
    ("Datadog", "a Datadog key", "logs and metrics of an organisation", "app.datadoghq.com/organization-settings/api-keys"),
    "kingfisher datadog.yml; trufflehog datadogtoken.go: 32 and 40 characters",
)
made.token(
    "newrelic",
    (b"NRAK-", b"NRII-", b"NRIQ-", b"NRRA-", b"NRSP-"),
    rb"NR(?:AK|II|IQ|RA|SP)-([A-Za-z0-9_-]{24,44})",
    ("New Relic", "a New Relic key", "logs and metrics of an account", "one.newrelic.com, API keys"),
    "gitleaks newrelic.go; trufflehog newrelicuserkey.go, newrelicinsightsinsertkey.go; NRRA, NRSP: not confirmed",
    end=_DASH,
)
made.near(
    "pagerduty",
    (b"pagerduty", b"pager_duty", b"pd_api", b"pd_token"),
    rb"u\+[A-Za-z0-9_+-]{18}|[A-Za-z0-9_+-]{20}",
    ("PagerDuty", "a PagerDuty key", "incidents and the people on call", "the account: Integrations, API access keys"),
    "support.pagerduty.com/main/docs/api-access-keys: 20 characters; trufflehog pagerdutyapikey.go",
    kinds=2,
)
made.near(
    "okta",
    (b"okta", b"ssws"),
    rb"00[A-Za-z0-9_-]{40}",
    ("Okta", "an Okta API token", "users and groups of an organisation", "the admin console: Security, API, Tokens"),
    "trufflehog okta.go; gitleaks okta.go",
    roles=rb"key|token|secret|ssws|authorization",
)
made.near(
    "auth0",
    (b"auth0",),
    rb"[A-Za-z0-9_-]{64}",
    ("Auth0", "an Auth0 client secret", "sign-in of an application", "manage.auth0.com, Applications"),
    "kingfisher auth0.yml; trufflehog auth0oauth.go: 64 characters or more",
    roles=rb"secret|key|token",
    kinds=3,
)
made.near(
    "social",
    (
        b"twitter",
        b"facebook",
        b"linkedin",
        b"reddit",
        b"spotify",
        b"algolia",
        b"launchdarkly",
        b"cloudinary",
        b"pusher",
        b"segment_write",
    ),
    rb"[A-Za-z0-9_%-]{24,120}",
    ("another vendor", "a secret of a network or service", "what its application may do there", "the vendor's page for developers"),
    "gitleaks twitter.go, facebook.go, linkedin.go and others, by the name before them",
    roles=rb"(?:api_?|client_?|app_?|consumer_?|access_?token_?)?secret|access_?token|bearer_?token|api_?key",
    kinds=3,
    code="SEC110",
)

FORMATS = tuple(made.formats)
