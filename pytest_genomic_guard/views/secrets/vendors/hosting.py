"""Tokens of hosts of source code, of builds and of package registries.

Rule packs and clients that are named as sources: see the package; read 2026-11-22.
"""

from __future__ import annotations

from pytest_genomic_guard.views.secrets.vendors.checksums import crc62
from pytest_genomic_guard.views.secrets.vendors.form import HEX, UUID, Maker

_DASH = rb"(?![A-Za-z0-9_-])"
_OPENS = "repositories and packages of its owner"
_GITHUB = "github.com/settings/tokens"
_GITLAB = "gitlab.com/-/user_settings/personal_access_tokens"
_PUBLISH = "the right to publish packages as their owner"
made = Maker("SEC102")

made.token(
    "github-personal",
    (b"ghp_",),
    rb"ghp_([A-Za-z0-9_]{36,251})",
    ("GitHub", "a GitHub personal access token", _OPENS, _GITHUB),
    "github.blog/changelog/2021-03-31: prefixes, 255 characters at most; gitleaks github.go: 36; checksum: checksums.py",
    holds=crc62,
)
made.token(
    "github-other",
    (b"gho_", b"ghu_", b"ghs_", b"ghr_"),
    rb"gh[ousr]_([A-Za-z0-9_]{36,251})",
    ("GitHub", "a GitHub token of an application", "repositories that it was granted", _GITHUB),
    "github.blog/changelog/2021-03-31: prefixes, 255 characters at most; gitleaks github.go: 36; checksum: checksums.py",
    holds=crc62,
)
made.token(
    "github-fine",
    (b"github_pat_",),
    rb"github_pat_([A-Za-z0-9]{22}_[A-Za-z0-9]{59})",
    (
        "GitHub",
        "a GitHub fine-grained personal access token",
        "the repositories that it names",
        "github.com/settings/personal-access-tokens",
    ),
    "gitleaks github.go; kingfisher github.yml: 82 characters; 22, an underscore and 59 as in public code",
)
made.near(
    "github-old",
    (b"github", b"gh_token", b"gh_pat"),
    HEX + rb"{40}",
    ("GitHub", "a GitHub token of the form before 2021, or a client secret", _OPENS, _GITHUB),
    "github.blog/changelog/2021-03-31: hexadecimal before; trufflehog github_oauth2.go: 40 digits",
    roles=rb"token|secret|pat|passw(?:or)?d|oauth",
)
made.token(
    "gitlab-personal",
    (b"glpat-",),
    rb"glpat-([A-Za-z0-9_-]{20,300})(?:\.[0-9a-z]{2}(?:\.)?[0-9a-z]{7,9})?",
    ("GitLab", "a GitLab personal access token", _OPENS, _GITLAB),
    "gitlabhq/gitlabhq doc/security/tokens/_index.md; gitleaks gitlab.go: 20 characters, or 27 to 300 and a sum",
    end=_DASH,
)
made.token(
    "gitlab-other",
    (
        b"gldt-",
        b"glrt-",
        b"glft-",
        b"glsoat-",
        b"glcbt-",
        b"glimt-",
        b"glptt-",
        b"glagent-",
        b"gloas-",
        b"glffct-",
        b"glwt-",
        b"glrtr-",
    ),
    rb"gl(?:dt|rtr?|ft|soat|cbt|imt|ptt|agent|oas|ffct|wt)-(?:[0-9a-zA-Z]{1,5}_)?([A-Za-z0-9_-]{20,1024}+)(?:\.[0-9a-z]{2}(?:\.)?[0-9a-z]{7,9})?",
    (
        "GitLab",
        "a GitLab token of a deployment, runner, job, trigger or application",
        "repositories or builds of a project",
        "the project: Settings, Access tokens or CI/CD",
    ),
    "gitlabhq/gitlabhq doc/security/tokens/_index.md, Token prefixes; detect-secrets gitlab_token.py",
    end=_DASH,
)
made.token(
    "gitlab-registration",
    (b"GR1348941",),
    rb"GR1348941([A-Za-z0-9_-]{20,50})",
    ("GitLab", "a GitLab runner registration token", "builds of a project", "the project: Settings, CI/CD, Runners"),
    "gitleaks gitlab.go; detect-secrets gitlab_token.py",
    end=_DASH,
)
made.token(
    "bitbucket",
    (b"ATBB",),
    rb"ATBB([A-Za-z0-9_=.-]{24,40})",
    ("Bitbucket", "a Bitbucket app password", _OPENS, "bitbucket.org/account/settings/app-passwords"),
    "trufflehog bitbucketapppassword.go; credsweeper config.yaml: 24 and 8 characters",
    end=rb"(?![A-Za-z0-9_=-])",
    kinds=3,
)
made.token(
    "atlassian",
    (b"ATATT3x", b"ATCTT3x"),
    rb"AT[AC]TT3x([A-Za-z0-9+/=_-]{60,400})",
    (
        "Atlassian",
        "an Atlassian API token",
        "Jira, Confluence and Bitbucket as its owner",
        "id.atlassian.com/manage-profile/security/api-tokens",
    ),
    "trufflehog jiratoken v2, atlassian v2",
    end=rb"(?![A-Za-z0-9+/=_-])",
)
made.near(
    "atlassian-old",
    (b"atlassian", b"jira", b"confluence"),
    rb"[A-Za-z0-9]{24}",
    (
        "Atlassian",
        "an Atlassian API token",
        "Jira and Confluence as its owner",
        "id.atlassian.com/manage-profile/security/api-tokens",
    ),
    "trufflehog jiratoken v1; gitleaks atlassian.go",
    roles=rb"token|api_?key|secret",
    kinds=3,
)
made.token(
    "npm",
    (b"npm_",),
    rb"npm_([A-Za-z0-9]{36})",
    ("npm", "an npm access token", _PUBLISH, "www.npmjs.com/settings, Access tokens"),
    "gitleaks npm.go; trufflehog npmtokenv2.go; checksum: checksums.py",
    holds=crc62,
)
made.token(
    "npm-old",
    (b":_authtoken",),
    rb":_[aA]uth[tT]oken[ \t]{0,4}=[ \t]{0,4}[\"']?(" + UUID.replace(b"a-f", b"a-fA-F") + rb")",
    ("npm", "an npm access token", _PUBLISH, "www.npmjs.com/settings, Access tokens"),
    "detect-secrets npm.py; npm/cli docs/lib/content/configuring-npm/npmrc.md: _authToken",
    face="lower",
    left="loose",
)
made.token(
    "pypi",
    (b"pypi-AgE",),
    rb"pypi-AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZw)([A-Za-z0-9_-]{50,1000})",
    ("PyPI", "a PyPI API token", _PUBLISH, "pypi.org/manage/account/token"),
    "detect-secrets pypi_token.py; trufflehog pypi.go; pypi/warehouse docs/dev/development/token-scanning.md",
    end=_DASH,
)
made.token(
    "docker",
    (b"dckr_pat_", b"dckr_oat_"),
    rb"dckr_[po]at_([A-Za-z0-9_-]{27,32})",
    ("Docker Hub", "a Docker Hub access token", "private images of its owner", "app.docker.com/settings/personal-access-tokens"),
    "trufflehog dockerhub v2; betterleaks dockerhub-personal-access-token, dockerhub-organization-access-token",
    end=_DASH,
)
made.token(
    "docker-swarm",
    (b"SWMTKN-1-",),
    rb"SWMTKN-1-([a-z0-9]{50,60}-[a-z0-9]{24,30})",
    ("Docker", "a join token of a Docker swarm", "the swarm", "docker swarm join-token --rotate"),
    "betterleaks docker-swarm-join-token; credsweeper config.yaml: 50 and 25 characters",
)
made.token(
    "conda-address",
    (b"conda.anaconda.org/t/", b"anaconda.cloud/t/", b"repo.anaconda.cloud/t/"),
    rb"(?:conda\.anaconda\.org|(?:repo\.)?anaconda\.cloud)/t/((?:[a-z]{2}-)?[A-Za-z0-9_-]{20,80})",
    ("Anaconda", "an Anaconda token in a channel's address", "private packages of its owner", "anaconda.org, Settings, Access"),
    "anaconda/anaconda-client binstar_client/commands/show.py: conda.anaconda.org/t/TOKEN; length: not confirmed",
    left="loose",
    end=_DASH,
)
made.token(
    "rubygems",
    (b"rubygems_",),
    rb"rubygems_([0-9a-f]{48})",
    ("RubyGems", "a RubyGems API key", _PUBLISH, "rubygems.org/profile/api_keys"),
    "trufflehog rubygems.go; gitleaks rubygems.go",
)
made.token(
    "nuget",
    (b"oy2",),
    rb"oy2([a-z2-7]{43})",
    ("NuGet", "a NuGet API key", _PUBLISH, "www.nuget.org/account/apikeys"),
    "microsoft/security-utilities, NuGetApiKey",
)
made.token(
    "crates",
    (b"cio",),
    rb"cio([A-Za-z0-9]{32})",
    ("crates.io", "a crates.io token", _PUBLISH, "crates.io/settings/tokens"),
    "rust-lang/crates.io crates/crates_io_database/src/utils/token.rs: cio, and 32 letters and digits",
    kinds=3,
)
made.token(
    "artifactory",
    (b"AKCp",),
    rb"AKCp([A-Za-z0-9]{60,80})",
    ("JFrog Artifactory", "an Artifactory API key", "packages and images of its owner", "the server: Edit profile"),
    "detect-secrets artifactory.py; gitleaks artifactory.go: 69 characters",
)
made.token(
    "artifactory-reference",
    (b"cmVmdGtuOj",),  # "reftkn:" in base64
    rb"cmVmdGtuOj([A-Za-z0-9]{50,60})",
    ("JFrog Artifactory", "an Artifactory reference token", "packages and images of its owner", "the server: Edit profile"),
    "gitleaks artifactory.go: cmVmd and 59 characters",
)

FORMATS = tuple(made.formats)
