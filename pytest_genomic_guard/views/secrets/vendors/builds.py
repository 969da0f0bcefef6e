"""Tokens of what builds, analyses, reports on and publishes code.

Rule packs and clients that are named as sources: see the package; read 2026-11-22.
"""

from __future__ import annotations

from pytest_genomic_guard.views.secrets.vendors.form import HEX, UUID, Maker

_DASH = rb"(?![A-Za-z0-9_-])"
made = Maker("SEC102")

made.token(
    "circleci",
    (b"CCIPAT_", b"CCIPRJ_"),
    rb"CCIP(?:AT|RJ)_([A-Za-z0-9]{22}_[0-9a-fA-F]{40})",
    ("CircleCI", "a CircleCI token", "builds and their secrets", "app.circleci.com/settings/user/tokens"),
    "circleci.com/changelog/new-format-for-api-access-tokens: both prefixes; trufflehog circleci v2",
)
made.near(
    "circleci-old",
    (b"circleci", b"circle_token", b"circle-token"),
    HEX + rb"{40}",
    ("CircleCI", "a CircleCI token", "builds and their secrets", "app.circleci.com/settings/user/tokens"),
    "trufflehog circleci v1",
    roles=rb"token|api_?key|secret|circle-token",
)
made.near(
    "travis",
    (b"travis",),
    rb"[A-Za-z0-9_-]{22}",
    ("Travis CI", "a Travis CI token", "builds of its owner", "app.travis-ci.com/account/preferences"),
    "trufflehog travisci.go; gitleaks travisci.go",
    roles=rb"token|api_?key|secret",
    kinds=3,
)
made.token(
    "buildkite",
    (b"bkua_",),
    rb"bkua_([a-z0-9]{40,53})",
    ("Buildkite", "a Buildkite API token", "builds of an organisation", "buildkite.com/user/api-access-tokens"),
    "trufflehog buildkite v2; betterleaks buildkite-user-access-token",
)
made.token(
    "sentry",
    (b"sntrys_eyJ", b"sntryu_"),
    rb"sntry(?:s_eyJ([A-Za-z0-9=_+/-]{60,400})|u_([0-9a-f]{64}))",
    ("Sentry", "a Sentry token", "errors, which hold what users typed, and releases", "sentry.io/settings/auth-tokens"),
    "gitleaks sentry.go; trufflehog sentryorgtoken.go, sentrytoken v2",
    end=rb"(?![A-Za-z0-9+/=_-])",
)
made.near(
    "sentry-old",
    (b"sentry",),
    HEX + rb"{64}",
    ("Sentry", "a Sentry token", "errors, which hold what users typed, and releases", "sentry.io/settings/auth-tokens"),
    "trufflehog sentrytoken v1",
    roles=rb"token|api_?key|secret",
)
made.token(
    "sonar",
    (b"squ_", b"sqp_", b"sqa_", b"sqco_"),
    rb"sq(?:[upa]_([0-9a-f]{40})|co_([A-Za-z0-9]{59}))",
    ("SonarQube", "a SonarQube token", "the source code that was analysed", "the server: My account, Security"),
    "gitleaks sonar.go; kingfisher sonarqube.yml; trufflehog sonarcloud v2",
)
made.near(
    "sonar-old",
    (b"sonar",),
    HEX + rb"{40}",
    ("SonarQube", "a SonarQube token", "the source code that was analysed", "the server: My account, Security"),
    "kingfisher sonarqube.yml; trufflehog sonarcloud v1",
    roles=rb"token|login|api_?key|secret",
)
made.near(
    "codecov",
    (b"codecov",),
    UUID + rb"|" + HEX + rb"{32}",
    ("Codecov", "a Codecov upload token", "uploads of coverage for a repository", "app.codecov.io, the repository, Settings"),
    "gitleaks codecov.go: 32 characters; betterleaks codecov-access-token: 36",
    roles=rb"token|api_?key|secret",
)
made.near(
    "snyk",
    (b"snyk",),
    UUID,
    ("Snyk", "a Snyk API token", "results of scans", "app.snyk.io/account"),
    "gitleaks snyk.go",
    roles=rb"token|api_?key|secret",
)
made.near(
    "netlify",
    (b"netlify",),
    rb"nfp_[A-Za-z0-9]{36}|[A-Za-z0-9_-]{40,46}|[0-9a-f]{64}",
    ("Netlify", "a Netlify access token", "sites of its owner", "app.netlify.com/user/applications"),
    "gitleaks netlify.go; kingfisher netlify.yml",
    roles=rb"token|api_?key|secret|auth",
    kinds=3,
)
made.near(
    "vercel",
    (b"vercel", b"zeit_"),
    rb"[A-Za-z0-9]{24}",
    ("Vercel", "a Vercel token", "sites of its owner", "vercel.com/account/tokens"),
    "betterleaks vercel-api-token; kingfisher vercel.yml",
    roles=rb"token|api_?key|secret",
    kinds=3,
)
made.token(
    "vercel-new",
    (b"vcp_", b"vck_", b"vca_", b"vci_", b"vcr_"),
    rb"vc[pkair]_([A-Za-z0-9_-]{56})",
    ("Vercel", "a Vercel token", "sites of its owner", "vercel.com/account/tokens"),
    "betterleaks vercel-personal-access-token",
    end=_DASH,
)

FORMATS = tuple(made.formats)
